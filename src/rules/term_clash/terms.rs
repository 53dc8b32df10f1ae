//! Congresses beside the plenums of another committee (届次): 党的十九大和二十届三中全会, 党的二十大…十九届中央纪委四次
//! 全会; and plenums that there are not, or not yet.

use std::ops::Range;

use super::{Page, hit};
use crate::base::Text;
use crate::base::clause;
use crate::base::han::{numeral, parse_numeral};
use crate::base::lexicon::term_clash as lexicon;
use crate::model::Finding;
use crate::text;

const HELP: Text = Text::fixed("核对届次，改成同一届", "see which term is meant and name one");

/// A congress or a meeting of the committee that one elected.
struct Term {
    range: Range<usize>,
    n: usize,
    /// The plenums that are named with the committee: 二中、三中.
    plenums: Vec<usize>,
    /// Whether it is a meeting of the committee, or of the commission that the same congress elected.
    committee: bool,
}

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut group: Vec<Term> = Vec::new();
    for term in terms(page) {
        found.extend(plenums(page, &term));
        let breaks = group.last().is_some_and(|last| {
            page.text[last.range.end..term.range.start].contains(['。', '；', '\n', '！', '？'])
        });
        if breaks {
            found.extend(mixed(page, &group));
            group.clear();
        }
        group.push(term);
    }
    found.extend(mixed(page, &group));
    found
}

fn terms(page: &Page<'_>) -> Vec<Term> {
    let text = page.text;
    let mut found = Vec::new();
    for (range, n) in super::congresses::numbered(text) {
        let (start, end) = (range.start, range.end);
        let rest = &text[end..];
        if text[..start].ends_with(['第', '二', '百', '省', '市', '县', '区', '委'])
            && !lexicon::COMMISSION.iter().any(|w| text[..start].ends_with(w))
            || page.is_quoted(&(start..end))
        {
            continue;
        }
        if text[range].ends_with('大') {
            let other = rest.starts_with(|c: char| "产业项工举战任类重行民".contains(c));
            if !other && !lexicon::SINCE.iter().any(|w| rest.starts_with(w)) {
                found.push(Term { range: start..end, n, plenums: Vec::new(), committee: false });
            }
            continue;
        }
        if let Some((plenums, len)) = meeting(&text[..start], rest) {
            found.push(Term { range: start..end + len, n, plenums, committee: true });
        }
    }
    found
}

/// What meets, behind 二十届: the plenums that are named, and the bytes.
fn meeting(before: &str, rest: &str) -> Option<(Vec<usize>, usize)> {
    /// Bytes of a list of plenums.
    const LIST: usize = "二中、".len() * 7;
    let near = &rest[..rest.floor_char_boundary(rest.len().min(LIST + "全会".len()))];
    if let Some((list, _)) = near.split_once("全会") {
        let len = list.len() + "全会".len();
        if list == "历次" || list == "历次中央" {
            return Some((Vec::new(), len));
        }
        let items = list.split(['、', '和', '及']);
        let numbers: Option<Vec<usize>> =
            items.map(|item| parse_numeral(item.strip_suffix('中').unwrap_or(item))).collect();
        if let Some(numbers) = numbers.filter(|_| list.ends_with('中')) {
            return Some((numbers, len));
        }
    }
    let commission = ["中央纪委", "中央纪律检查委员会"].iter().find(|w| rest.starts_with(**w));
    if let Some(commission) = commission {
        return Some((Vec::new(), commission.len()));
    }
    let counted = rest.starts_with(|c: char| parse_numeral(c.encode_utf8(&mut [0; 4])).is_some());
    if counted && lexicon::COMMISSION.iter().any(|w| before.ends_with(w)) {
        return Some((Vec::new(), 0));
    }
    let full = rest.strip_prefix("中央委员会第")?;
    let n = full.chars().next().and_then(|c| parse_numeral(c.encode_utf8(&mut [0; 4])))?;
    let tail = full[full.chars().next()?.len_utf8()..].strip_prefix("次全体会议")?;
    Some((vec![n], rest.len() - tail.len()))
}

/// A congress and a committee of one sentence that are of two terms.
fn mixed(page: &Page<'_>, group: &[Term]) -> Option<Finding> {
    /// Characters between the two.
    const NEAR: usize = 60;
    let (committees, congresses): (Vec<&Term>, Vec<&Term>) = group.iter().partition(|t| t.committee);
    let one_term = committees.iter().any(|p| congresses.iter().any(|c| c.n == p.n));
    let pair = group.windows(2).find(|pair| pair[0].committee != pair[1].committee);
    // 党的二十大和二十届三中全会…，十九届中央纪委四次全会
    let odd = || {
        let known = committees.iter().find(|p| congresses.iter().any(|c| c.n == p.n))?;
        group.windows(2).find(|w| w[1].committee && w[1].n != known.n && w[0].n == known.n)
    };
    let pair = if one_term { odd()? } else { pair? };
    let (first, last) = (&pair[0], &pair[1]);
    let between = &page.text[first.range.end..last.range.start];
    let bare = between.trim_start_matches("精神").trim_start_matches("报告").trim_end_matches("党的");
    let joined =
        matches!(bare, "、" | "和" | "及" | "与" | "以及" | "，" | "暨" | "、中央纪委" | "和中央纪委");
    let sentence = clause::sentence(page.text, first.range.start..last.range.end);
    let (before, after) =
        (&page.text[sentence.start..first.range.start], clause::ahead(page.text, last.range.end, 1));
    let carried = lexicon::CARRYING_OUT.iter().any(|w| before.contains(w) || between.contains(w))
        && (after.contains("精神") || after.contains("部署") || after.contains("要求") || after.is_empty())
        && between.chars().count() <= NEAR;
    let history = lexicon::SINCE.iter().any(|w| between.contains(w))
        || ["到", "至", "选举", "产生"].iter().any(|w| between.contains(w));
    if history || !(joined || carried) {
        return None;
    }
    let (congress, committee) = if first.committee { (last.n, first.n) } else { (first.n, last.n) };
    // Until the new committee has met, the last plenums are those of the old one.
    let waits = congress > committee || one_term && last.n < first.n;
    let new = congress.max(first.n);
    let met = super::congresses::plenum_held(page, new, 2);
    let early = page.day.is_none_or(|day| {
        met.is_none_or(|year| day.year < year || day.year == year && day.month.is_none_or(|m| m <= 3))
    });
    if waits && early && !(page.day.is_none() && joined) {
        return None;
    }
    let range = first.range.start..last.range.end;
    let range = if joined { range } else { last.range.clone() };
    let (name, one, other) = (&page.text[range.clone()], numeral(first.n), numeral(last.n));
    let (n, m) = (first.n, last.n);
    let message = text!(
        "“{name}”同前后不是同一届：前面是党的{one}大这一届，后面是{other}届",
        "“{name}” mixes two terms: that of the congress number {n} and that of number {m}"
    );
    Some(hit(range, message, HELP))
}

/// A list of plenums that names one twice, or one that was not held.
fn plenums(page: &Page<'_>, term: &Term) -> Option<Finding> {
    let range = term.range.clone();
    let name = &page.text[range.clone()];
    let twice = term.plenums.windows(2).any(|pair| pair[0] >= pair[1]);
    if twice {
        let message = text!(
            "“{name}”的次序不对，或同一次全会列了两次",
            "“{name}” is out of order, or names a plenum twice"
        );
        return Some(hit(range, message, HELP));
    }
    let last = *term.plenums.last()?;
    let built_in = lexicon::PLENUM_YEARS.iter().filter(|(t, ..)| *t as usize == term.n);
    let own = page.pack.sessions.iter().filter(|s| usize::from(s.congress) == term.n);
    let own = own.filter_map(|s| s.plenum.map(usize::from));
    let most = built_in.map(|(_, p, _)| *p as usize).chain(own).max()?;
    let (before, after) = (clause::behind(page.text, range.start), clause::ahead(page.text, range.end, 1));
    let spoken = after.starts_with("精神") || after.starts_with("的部署") || after.starts_with("决定");
    let to_come = lexicon::TO_COME.iter().any(|w| before.contains(w) || after.contains(w));
    if !spoken || to_come {
        return None;
    }
    let held = super::congresses::plenum_held(page, term.n, last);
    let day = page.day.map(|d| d.year);
    let (word, en) = match (held, day) {
        (Some(held), Some(day)) if held > day => (format!("{held}年才召开"), format!("it is held in {held}")),
        (None, _) if last > most && term.n < 20 => {
            (format!("这一届只开过{most}次"), format!("there were {most} of that term"))
        }
        // Of the committee of now the tables know those up to 2025.
        (None, Some(day)) if last > most && day <= 2025 => {
            (format!("{day}年还没有开"), format!("in {day} it is still to come"))
        }
        _ => return None,
    };
    Some(hit(range, text!("“{name}”：{word}", "“{name}”: {en}"), HELP))
}
