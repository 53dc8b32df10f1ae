//! What a paper does throughout, which says how its parts are read.

use std::ops::Range;

use super::label::are_units;
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::rules::paper::bare_title;

/// What is true of a paper as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Habit {
    /// It says of itself that it is a plan.
    pub plan: bool,
    /// It is a list of what is to be done.
    pub list: bool,
    /// It says that the first of several units leads.
    pub first_leads: bool,
    /// Brackets at the end of its paragraphs hold units and nothing else.
    pub bare_brackets: bool,
}

impl Habit {
    /// Of a text, its lines and those of its head that are no headings.
    pub fn of<'r>(
        text: &str,
        head: impl Iterator<Item = &'r Range<usize>>,
        lines: impl Iterator<Item = &'r Range<usize>>,
    ) -> Self {
        /// So many brackets are no accident.
        const MANY: usize = 3;
        let first = ["第一位", "第一的", "首位的"];
        let first_leads = first.iter().any(|f| text.contains(f)) && text.contains("牵头");
        let bare = lines.filter_map(|line| last_bracket(text, line));
        let bare = bare.filter(|(inner, _)| are_units(&text[inner.clone()])).take(MANY).count();
        let (mut plan, mut list) = (false, false);
        for line in head {
            plan |= is_plan(&text[line.clone()]);
            list |= is_list(&text[line.clone()]);
        }
        Self { plan, list, first_leads, bare_brackets: bare >= MANY }
    }
}

/// Whether a line is the title of a plan.
fn is_plan(line: &str) -> bool {
    is_title(line, lexicon::WORK_ENDS.iter().chain(&["规划", "措施"]))
}

/// Whether a line is the title of a list of what is to be done, and not of what was.
fn is_list(line: &str) -> bool {
    is_title(line, lexicon::LIST_ENDS.iter()) && !bare_title(line).contains('，')
}

/// Characters of a title.
pub(super) const LONGEST_TITLE: usize = 70;

/// Whether a line is a title that ends in one of these words.
pub(super) fn is_title<'w>(line: &str, mut ends: impl Iterator<Item = &'w &'w str>) -> bool {
    let words = bare_title(line);
    words.chars().count() <= LONGEST_TITLE
        && !words.contains(['。', '；', '：'])
        && ends.any(|end| words.ends_with(*end))
}

/// The inside of the bracket in which a line ends, and where it opens.
pub(super) fn last_bracket(text: &str, line: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let words = text.get(line.clone())?.trim_end_matches(['。', '；', ';', ' ', '，']);
    let close = words.chars().next_back().filter(|c| matches!(c, '）' | ')' | '】' | ']'))?;
    let mut deep = 0usize;
    for (at, c) in words.char_indices().rev() {
        match c {
            '）' | ')' | '】' | ']' => deep += 1,
            '（' | '(' | '【' | '[' => {
                deep = deep.saturating_sub(1);
                if deep == 0 {
                    let inner = line.start + at + c.len_utf8()..line.start + words.len() - close.len_utf8();
                    return Some((tight(text, inner), line.start + at));
                }
            }
            _ => {}
        }
    }
    None
}
