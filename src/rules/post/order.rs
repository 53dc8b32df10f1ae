//! Leaders out of order (领导排序): 县长 before 县委书记 in one row of names, a deputy before the head, and the post of
//! the government before that of the party with one name.
//!
//! A row is names that stand together with nothing between them, or one a line. Sentences that tell who did what
//! have their own order.

use std::ops::Range;

use super::Told;
use super::office::{ANY, are_one};
use super::people::Mention;
use crate::base::lexicon::post as lexicon;
use crate::base::{Text, clause};
use crate::text;

/// Rows and posts that stand the wrong way round.
pub(super) fn find(text: &str, people: &[Mention<'_>]) -> Vec<Told> {
    let mut found: Vec<Told> =
        people.windows(2).filter_map(|pair| pair_of(text, &pair[0], &pair[1])).collect();
    found.extend(people.iter().filter_map(|m| own_order(text, m)));
    found.extend(heads(text));
    found.extend(organs(text));
    found.extend(general_offices(text));
    found.extend(state_council(text));
    found
}

/// 县长、县委书记 without names.
fn heads(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(['、', '和', '与']) {
        let Some(head) = text[..at].strip_suffix('长') else { continue };
        let Some(level) = head.chars().next_back().filter(|c| PLACES.contains(*c)) else { continue };
        let start = head.len() - level.len_utf8();
        let rest = &text[at + mark.len()..];
        let behind = rest.strip_prefix("乡镇").or_else(|| rest.strip_prefix(level)).unwrap_or(rest);
        let Some(tail) = ["委书记", "党委书记"].iter().find_map(|w| behind.strip_prefix(w)) else {
            continue;
        };
        let end = text.len() - tail.len();
        let other = text[..start].ends_with(['副', '原', '前', '“', '代']) || follows_sequence(text, end);
        // 省长、市委书记 are of two levels.
        let same = behind.len() < rest.len() || behind.starts_with("党委") && "镇乡".contains(level);
        if same && !other {
            found.push(ahead_of(text, start..at, at + mark.len()..end));
        }
    }
    found
}

/// Levels whose head and committee are named side by side.
const PLACES: &str = "省市县区州旗镇乡";

/// 县政府、县委; 县政协、县人大.
fn organs(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for (first, second) in [("政府", "委"), ("政协", "人大")] {
        for (at, _) in text.match_indices(first) {
            let body = text[..at].strip_suffix("人民").unwrap_or(&text[..at]);
            let Some(level) = body.chars().next_back().filter(|c| PLACES.contains(*c)) else { continue };
            let start = body.len() - level.len_utf8();
            let Some(rest) = text[at + first.len()..].strip_prefix(['、', '和']) else { continue };
            let from = text.len() - rest.len();
            let Some(rest) = rest.strip_prefix(level) else { continue };
            let Some(rest) = rest.strip_prefix("党").unwrap_or(rest).strip_prefix(second) else { continue };
            // 县委办公室, 县人大代表 are others; 县委办成了大事 is none.
            let office =
                rest.starts_with('办') && !["办成", "办好", "办了"].iter().any(|w| rest.starts_with(w));
            if office || rest.starts_with(|c: char| "员托派组宣统政老书常代会".contains(c)) {
                continue;
            }
            found.push(ahead_of(text, start..at + first.len(), from..text.len() - rest.len()));
        }
    }
    found
}

/// 县政府办公室 县委办公室 above a joint paper, below it, or in a row: 抄送：县政府办公室，县委办公室.
fn general_offices(text: &str) -> Vec<Told> {
    /// Bytes of what a place may be called before the second.
    const NAME: usize = 45;
    let mut found = Vec::new();
    for (at, first) in text.match_indices("政府办公室") {
        let body = text[..at].strip_suffix("人民").unwrap_or(&text[..at]);
        let Some(level) = body.chars().next_back().filter(|c| PLACES.contains(*c)) else { continue };
        let end = at + first.len();
        let rest = &text[end..];
        let marked = rest.strip_prefix(['、', '，']).unwrap_or(rest);
        let behind = marked.trim_start_matches([' ', '　', '\n', '\r']);
        if behind.len() == rest.len() {
            continue;
        }
        let from = text.len() - behind.len();
        let close = behind.floor_char_boundary(behind.len().min(NAME));
        let tail = format!("{level}委办公室");
        let Some(stop) = behind[..close].find(&*tail) else { continue };
        let name = behind[..stop].strip_prefix("中共").unwrap_or(&behind[..stop]);
        // The same place, or none said: 县政府办公室、县委办公室.
        let place = &body[..body.len() - level.len_utf8()];
        if name.is_empty() || place.ends_with(name) {
            let start = body.len() - level.len_utf8() - name.len();
            found.push(ahead_of(text, start..end, from..from + stop + tail.len()));
        }
    }
    found
}

/// 国务院、党中央.
fn state_council(text: &str) -> Vec<Told> {
    let first = "国务院";
    let told = text.match_indices(first).filter_map(|(at, _)| {
        let end = at + first.len();
        let rest = text[end..].strip_prefix(['、', '和', '与'])?;
        let second = ["党中央", "中共中央"].iter().find(|w| rest.starts_with(**w))?;
        let from = text.len() - rest.len();
        let led = text[..at].ends_with(['、', '和', '与', '》']);
        (!led).then(|| ahead_of(text, at..end, from..from + second.len()))
    });
    told.collect()
}

fn ahead_of(text: &str, one: Range<usize>, next: Range<usize>) -> Told {
    let (first, second) = (&text[one.clone()], &text[next.clone()]);
    Told::warning(
        one.start..next.end,
        text!("“{first}”排在“{second}”前面", "“{first}” stands before “{second}”"),
    )
    .help(ORDER)
}

const ORDER: Text = Text::fixed(
    "按党委、人大、政府、政协的次序，正职在前、副职在后",
    "party, congress, government and conference follow one another, heads before deputies",
);

/// The rank of a person: the highest of her posts at the level that the other is of.
fn rank(m: &Mention<'_>, level: Option<char>) -> Option<(u8, char)> {
    m.posts
        .iter()
        .filter_map(super::office::Post::rank)
        .filter(|r| level.is_none_or(|l| l == r.1 || r.1 == ANY && l != ANY))
        .min()
}

fn pair_of(text: &str, one: &Mention<'_>, next: &Mention<'_>) -> Option<Told> {
    let between = text.get(one.range.end..next.range.start)?;
    if !(is_row(between) || are_lines(text, one, next)) || follows_sequence(text, next.range.end) {
        return None;
    }
    let (before, level) = rank(one, None)?;
    let (after, _) = rank(next, Some(level))?;
    // 人大常委会副主任 and 副县长 stand in either order; whatever is not known to come first is left alone.
    let wrong = match (before, after) {
        (2.., 1) | (3.., 2) | (4, 3) | (8, 6) | (9, 6..=8) | (6..=9, 5) => true,
        _ => one.posts.len() + next.posts.len() == 2 && of_one_body(one, next),
    };
    wrong.then(|| {
        let (first, second) = (one.title(), next.title());
        Told::warning(
            one.range.start..next.range.end,
            text!("“{first}”排在“{second}”前面", "“{first}” stands before “{second}”"),
        )
        .help(ORDER)
        .note(next.range.start, text!("排在后面的：{second}", "behind it: {second}"))
    })
}

/// 县水利局副局长甲、县水利局局长乙.
fn of_one_body(one: &Mention<'_>, next: &Mention<'_>) -> bool {
    let (Some(a), Some(b)) = (one.posts.first(), next.posts.first()) else { return false };
    a.head == b.head && !a.org.is_empty() && are_one(a.org, b.org) && a.deputy && !b.deputy
}

/// Whether nothing but marks of a row stands between two persons. A new role (副组长：) begins a new row.
fn is_row(between: &str) -> bool {
    let bare = between.trim_start_matches(['）', ')']).trim_start_matches("同志");
    let bare = bare.trim_matches(super::name::is_blank);
    matches!(bare, "、" | "和" | "与" | "，" | "及" | "以及" | "；")
}

/// Whether two persons stand one a line in a list: nothing but a role (组　长：) before the first, and behind each
/// nothing or what that person is in charge of. Two paragraphs that end and begin with a person are no list.
fn are_lines(text: &str, one: &Mention<'_>, next: &Mention<'_>) -> bool {
    /// Characters of a role with its colon.
    const ROLE: usize = 8;
    let between = &text[one.range.end..next.range.start];
    let bare = between.trim_start_matches(super::name::is_blank);
    if !(bare.starts_with('\n') && bare.trim().is_empty() || is_line_of_work(bare)) {
        return false;
    }
    let line = clause::line_start(text, one.range.start);
    let head = text[line..one.range.start].trim();
    let opens = head.is_empty() || head.ends_with(['：', ':']) && head.chars().count() <= ROLE;
    let behind = text[next.range.end..].trim_start_matches(super::name::is_blank);
    let closes = behind.is_empty()
        || behind.starts_with('\n')
        || behind.len() < text.len() - next.range.end
        || work(behind);
    opens && closes
}

/// Whether words say what somebody is in charge of.
fn work(words: &str) -> bool {
    ["负责", "分管", "协助", "领导"].iter().any(|w| words.starts_with(w))
}

/// 负责教育、卫生健康方面的工作。分管县教育局。 and the end of the line: lists of who is in charge of what.
fn is_line_of_work(between: &str) -> bool {
    /// Bytes of such a line.
    const LONGEST: usize = 600;
    between.len() < LONGEST
        && between.ends_with('\n')
        && between.trim_end().matches('\n').count() == 0
        && work(between)
}

/// 先后发言, 依次讲话 behind a row: it tells the order of deeds.
fn follows_sequence(text: &str, end: usize) -> bool {
    let ahead = clause::ahead(text, end, 1);
    let near: String = ahead.chars().take(12).collect();
    lexicon::SEQUENCE.iter().any(|w| near.contains(w))
}

/// 县长、县委副书记柳文涛: the post of the party comes first.
fn own_order(text: &str, m: &Mention<'_>) -> Option<Told> {
    let place = m.posts.iter().position(|p| p.is_of_place() && !p.past)?;
    let level = m.posts[place].rank()?.1;
    let party = m.posts[place + 1..].iter().find(|p| {
        !p.is_of_place() && p.rank().is_some_and(|(rank, own)| own == level && matches!(rank, 1 | 5 | 6))
    })?;
    let (first, second) = (m.posts[place].words, party.words);
    let range = m.range.clone();
    text.get(range.clone())?;
    Some(
        Told::warning(
            range,
            text!(
                "一人的职务里“{first}”写在“{second}”前面",
                "of one person's posts “{first}” stands before “{second}”"
            ),
        )
        .help(Text::fixed("党内职务写在前面", "the post of the party comes first")),
    )
}
