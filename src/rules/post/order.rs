//! Leaders out of order (领导排序): 县长 before 县委书记 in one row of names, a deputy before the head, and the post of
//! the government before that of the party with one name.
//!
//! A row is names that stand together with nothing between them, or one a line. Sentences that tell who did what
//! have their own order.

use super::Told;
use super::people::Mention;
use crate::base::Text;
use crate::base::lexicon::post as lexicon;
use crate::text;

/// Rows and posts that stand the wrong way round.
pub(super) fn find(text: &str, people: &[Mention<'_>]) -> Vec<Told> {
    let mut found: Vec<Told> =
        people.windows(2).filter_map(|pair| pair_of(text, &pair[0], &pair[1])).collect();
    found.extend(people.iter().filter_map(|m| own_order(text, m)));
    found
}

/// The rank of a person: the highest of her posts at the level that the other is of.
fn rank(m: &Mention<'_>, level: Option<char>) -> Option<(u8, char)> {
    m.posts.iter().filter_map(super::office::Post::rank).filter(|r| level.is_none_or(|l| l == r.1)).min()
}

fn pair_of(text: &str, one: &Mention<'_>, next: &Mention<'_>) -> Option<Told> {
    let between = text.get(one.range.end..next.range.start)?;
    if !is_row(between) || follows_sequence(text, next.range.end) {
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
        .help(Text::fixed(
            "名单按党委、人大、政府、政协的次序，正职在前、副职在后",
            "in a list party, congress, government and conference follow one another, heads before deputies",
        ))
        .note(next.range.start, text!("排在后面的：{second}", "behind it: {second}"))
    })
}

/// 县水利局副局长甲、县水利局局长乙.
fn of_one_body(one: &Mention<'_>, next: &Mention<'_>) -> bool {
    let (Some(a), Some(b)) = (one.posts.first(), next.posts.first()) else { return false };
    a.head == b.head && !a.org.is_empty() && a.org == b.org && a.deputy && !b.deputy
}

/// Whether nothing but marks of a row stands between two persons. A new role (副组长：) begins a new row.
fn is_row(between: &str) -> bool {
    let bare = between.trim_start_matches("同志").trim_matches(super::name::is_blank);
    matches!(bare, "、" | "和" | "与" | "，" | "及" | "以及" | "；")
        || bare.starts_with('\n') && bare.trim().is_empty()
        || is_line_of_work(bare)
}

/// 负责教育、卫生健康方面的工作。分管县教育局。 and the end of the line: lists of who is in charge of what.
fn is_line_of_work(between: &str) -> bool {
    /// Bytes of such a line.
    const LONGEST: usize = 600;
    between.len() < LONGEST
        && between.ends_with('\n')
        && between.trim_end().matches('\n').count() == 0
        && ["负责", "分管", "协助", "主持"].iter().any(|w| between.starts_with(w))
}

/// 先后发言, 依次讲话 behind a row: it tells the order of deeds.
fn follows_sequence(text: &str, end: usize) -> bool {
    let ahead = crate::base::clause::ahead(text, end, 1);
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
