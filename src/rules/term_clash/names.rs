//! One campaign under two names in one paragraph: “夏季治安百日会战”, “夏季平安百日攻坚”. Only a hint, since two
//! campaigns may well be called alike.

use std::ops::Range;

use super::{Page, hit};
use crate::base::Text;
use crate::base::lexicon::term_clash as lexicon;
use crate::model::{Finding, Severity};
use crate::text;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let text = page.text;
    let mut found = Vec::new();
    let mut line: Vec<Range<usize>> = Vec::new();
    for q in page.quoted.iter().filter(|q| q.mark == '“') {
        if line.last().is_some_and(|last| text[last.end..q.range.start.max(last.end)].contains('\n')) {
            line.clear();
        }
        let inner = text[q.range.clone()].trim_matches(['“', '”']);
        if !(5..=12).contains(&inner.chars().count()) || !is_campaign(inner, &text[q.range.end..]) {
            continue;
        }
        if let Some(before) =
            line.iter().find(|b| is_twin(text[(*b).clone()].trim_matches(['“', '”']), inner))
        {
            let first = &text[before.clone()];
            let words = &text[q.range.clone()];
            let message = text!(
                "前面是{first}，这里是{words}，像是同一活动的两个名字",
                "{first} above and {words} here look like two names of one campaign"
            );
            let help = Text::fixed("如是同一活动，统一名称", "if it is one, use one name");
            found.push(hit(q.range.clone(), message, help).severity(Severity::Info));
        }
        line.push(q.range.clone());
    }
    found
}

/// Whether a name in marks is that of a campaign.
fn is_campaign(inner: &str, behind: &str) -> bool {
    lexicon::CAMPAIGNS.iter().any(|w| inner.ends_with(w) || behind.starts_with(w))
}

/// Whether two names share most of their letters, in about the same places, and are not the same.
fn is_twin(one: &str, other: &str) -> bool {
    let core = |name: &str| {
        let cut = lexicon::CAMPAIGNS.iter().find_map(|w| name.strip_suffix(w)).unwrap_or(name);
        cut.chars().collect::<Vec<_>>()
    };
    let (one, other) = (core(one), core(other));
    if one == other || one.len() != other.len() || one.len() < 4 {
        return false;
    }
    let same = one.iter().filter(|c| other.contains(c)).count();
    let figures = |name: &[char]| name.iter().any(|c| c.is_ascii_digit());
    same * 4 >= one.len() * 3 && one[0] == other[0] && !figures(&one)
}
