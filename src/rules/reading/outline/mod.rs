//! The outline (层次) of a document: its ordinals, and the runs that they form.
//!
//! A [`Mark`] is one ordinal — `一、`, `（二）`, `3.`, `四是`, `第五，` — where it can number something:
//! at the head of a line, or after a pause within one. A [`Run`] is the marks that number siblings.
//! Runs nest: a mark of a form that is open higher up closes what was opened since, and a form that
//! is new opens a run beneath the last mark. 第三条 and 第二章 close everything, since laws count
//! anew in each article.
//!
//! Nothing is judged here. A run keeps the numbers as written, gaps and repetitions included, so
//! that one rule can say what is out of order and another how many items there are.
//!
//! What lies between quotation marks is not the writer's and numbers nothing. `1.5亿元`, `一、二产业`,
//! `第三方` and `一是一，二是二` are no marks.
//!
//! | file | what |
//! |---|---|
//! | `ordinal` | what is an ordinal |
//! | `spans` | quotations over several lines, in which there is none |
//! | `scan` | where marks stand |
//! | `runs` | which of them number siblings |

mod ordinal;
mod runs;
mod scan;
mod spans;

use std::ops::Range;

use self::spans::Spans;
use crate::model::Manuscript;
use crate::rules::reading::quote::Quoted;

/// The form of an ordinal, in the order of rank; GB/T 9704 has the first four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::rules) enum Shape {
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1.
    Digit,
    /// （1）
    DigitParen,
    /// ①
    Circle,
    /// 一是
    Is,
    /// 一要
    Must,
    /// 第一，
    Nth,
    /// 其一，
    Its,
    /// 首先、其次、再次
    First,
}

impl Shape {
    /// Whether this form numbers clauses of prose rather than headings.
    pub(in crate::rules) fn is_prose(self) -> bool {
        self >= Self::Is
    }
}

/// One ordinal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Mark {
    /// Its bytes, blanks before it left out: `（三）`, `三是`, `第三`.
    pub range: Range<usize>,
    /// The bytes of the number within: `三`.
    pub number: Range<usize>,
    /// Its form.
    pub shape: Shape,
    /// What it says.
    pub value: usize,
    /// Whether it opens its line.
    pub lead: bool,
    /// The index of its block.
    pub block: usize,
    /// Whether a pause or the head of the line stands before it.
    paused: bool,
}

/// Marks that number siblings, in order of the text; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Run {
    /// Indices of the marks.
    pub items: Vec<usize>,
    /// The mark beneath which it stands.
    pub parent: Option<usize>,
    /// Whether it goes on counting where a run beneath another parent stopped.
    pub continues: bool,
}

/// The outline of one document.
#[derive(Debug, Default)]
pub(in crate::rules) struct Outline {
    /// All marks that belong to a run, in order.
    pub marks: Vec<Mark>,
    /// All runs, in order of their first marks.
    pub runs: Vec<Run>,
    /// The run of each mark.
    pub run_of: Vec<usize>,
    /// Lines that open with this number in a way that is no mark, `二 `, by value.
    lines: Vec<Vec<usize>>,
    /// The same of rows and cells of a table that lost its shape, by value.
    bare: Vec<Vec<usize>>,
    /// Words that may stand for the ordinal of this value, `二来`, `第二个`, by value.
    words: Vec<Vec<usize>>,
    /// Headings and list items that a word processor numbers, by their start.
    unnumbered: Vec<usize>,
    /// Where the outline starts anew: articles, chapters, salutations.
    breaks: Vec<usize>,
}

/// Larger numbers are years and figures.
const LARGEST: usize = 99;

impl Outline {
    /// The outline of `manuscript`. An empty one has no marks.
    pub(in crate::rules) fn of(manuscript: &Manuscript, quoted: &[Quoted]) -> Self {
        let mut outline = Self {
            lines: vec![Vec::new(); LARGEST + 1],
            bare: vec![Vec::new(); LARGEST + 1],
            words: vec![Vec::new(); LARGEST + 1],
            ..Self::default()
        };
        let marks = outline.scan(manuscript, &Spans::of(manuscript.text(), quoted));
        outline.build(marks);
        outline
    }

    /// Whether something between the two positions may stand for the ordinal `value` that `mark`
    /// lacks before it, though it is not written as a mark.
    pub(in crate::rules) fn hints_at(&self, value: usize, mark: &Mark, between: &Range<usize>) -> bool {
        let held = |list: &[Vec<usize>]| {
            list.get(value).is_some_and(|at| {
                let first = at.partition_point(|&p| p < between.start);
                at.get(first).is_some_and(|&p| p < between.end)
            })
        };
        let han = matches!(mark.shape, Shape::Han | Shape::HanParen);
        held(&self.lines)
            || !han && held(&self.bare)
            || (mark.shape.is_prose() || !mark.lead) && held(&self.words)
    }

    /// Whether a heading or item without a number of its own lies between the two positions.
    pub(in crate::rules) fn has_unnumbered(&self, between: Range<usize>) -> bool {
        let first = self.unnumbered.partition_point(|&p| p < between.start);
        self.unnumbered.get(first).is_some_and(|&p| p < between.end)
    }

    /// Where the outline last started anew before `at`; 0 if nowhere.
    pub(in crate::rules) fn scope(&self, at: usize) -> usize {
        let before = self.breaks.partition_point(|&p| p <= at);
        before.checked_sub(1).and_then(|i| self.breaks.get(i)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::read;
    use crate::rules::reading::quote::quoted;

    fn runs(text: &str) -> Vec<Vec<usize>> {
        let manuscript = read("a.txt", text.as_bytes()).unwrap_or_default();
        let outline = Outline::of(&manuscript, &quoted(manuscript.text()));
        outline.runs.iter().map(|r| r.items.iter().map(|&i| outline.marks[i].value).collect()).collect()
    }

    #[test]
    fn runs_nest_and_end_with_their_parents() {
        assert_eq!(
            runs("一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅：一是春；二是夏。\n（二）卯"),
            [vec![1, 2], vec![1, 2], vec![1, 2], vec![1, 2]]
        );
    }

    #[test]
    fn a_list_within_an_item_leaves_the_item_open() {
        assert_eq!(runs("一要抓早。一是春；二是夏；三是秋。\n二要抓实。"), [vec![1, 2], vec![1, 2, 3]]);
    }

    #[test]
    fn another_form_that_goes_on_belongs_to_the_run() {
        assert_eq!(runs("一要抓早。\n二要抓实。\n三是抓好。"), [vec![1, 2, 3]]);
    }

    #[test]
    fn articles_count_anew() {
        assert_eq!(
            runs("第一条 下列：\n（一）甲；\n（二）乙。\n第二条 下列：\n（一）丙。"),
            [vec![1, 2], vec![1]]
        );
    }

    #[test]
    fn an_empty_text_has_no_runs() {
        assert!(runs("").is_empty());
    }
}
