//! `stale-time` (过时): target years, plan periods, congresses and campaigns of another time, spoken
//! of as if they were now.
//!
//! A year is not stale by being past: 2016年9月，我县被命名 is history. What dates a text is its
//! tense. So each family looks for words that fix a time and asks the words round them whether the
//! sentence plans, reports or remembers (`rules/reading/cue.rs`); only what plans is flagged. The day that
//! counts is the document's own (`rules/reading/day.rs`).
//!
//! | file | finds |
//! |---|---|
//! | `years` | 到2020年实现……, 2021年工作安排 under another year, deadlines gone by |
//! | `plans` | 今年是“十三五”开局之年, 编制“十三五”规划 |
//! | `congress` | 贯彻党的十九大精神 with no word of the next one |
//! | `counted` | 新中国成立60年来, 今年是第31个教师节 |
//! | `eras` | goals since reached, campaigns since ended, guiding thought since extended (a lexicon) |
//!
//! 以科学发展观为统领 and 全面建成小康社会 stand here and not under `stale-formula`: what is old
//! about them is not a word but the time in which they were the task.

mod congress;
mod counted;
mod eras;
mod examples;
mod plans;
mod years;

use std::ops::Range;

use super::reading::quote::{self, Quoted};
use super::reading::{cue, day};
use super::{About, Authority, Case, Reads, Rule};
use crate::base::han::{Date, years_said};
use crate::base::lexicon::stale_time as lexicon;
use crate::base::{Text, clause};
use crate::model::{Finding, Pack, Severity};
use crate::text;

/// The rule.
pub struct StaleTime;

static ABOUT: About = About {
    id: "stale-time",
    title: Text::fixed("过时的时间说法", "times gone by"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "旧稿改一改再用，最容易留下当年的目标年份、五年规划、党代会届次和阶段性任务。本规则按文稿的日期\
         （事实文件的文稿日期、会议日期，文中自己写明的成文日期，或检查当天）判断：已经过去的年份还当作目标，\
         上一个五年规划还当作当前，旧一次党代会还当作最近一次，已宣告完成的任务还说“决胜”，才指出。\
         回顾历史、“……以来”、“……期间取得”、书名号里的名称、比较用的基期，不指出。",
        "Old drafts that are used again keep the target years, plan periods, congresses and tasks of their time. \
         Judged by the document's date (the facts' date of the document or the meeting, the date it gives itself, \
         or the day of the check), the rule flags a past year that is still a target, a past plan spoken of as the \
         current one, an old congress as the latest, a task since declared done. History, 以来, names in 《》 and \
         base years of comparisons are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// The document as the families see it.
struct Page<'a> {
    /// Folded text.
    text: &'a str,
    /// Quotations and titles of it.
    quoted: &'a [Quoted],
    /// The document's day.
    day: Date,
    /// What an office's own packs say.
    pack: &'a Pack,
}

/// What a family found, in bytes of the folded text.
struct Hit {
    range: Range<usize>,
    message: Text,
    help: Text,
    severity: Severity,
}

impl Hit {
    fn new(range: Range<usize>, message: Text, help: Text) -> Self {
        Self { range, message, help, severity: Severity::Warning }
    }
}

impl Page<'_> {
    /// Whether the range lies in a title in 《》, or in a quotation that says more than a name.
    fn is_quoted(&self, range: &Range<usize>) -> bool {
        /// Characters up to which marks hold a name and not somebody's words.
        const NAME: usize = 12;
        quote::are_others(self.quoted, self.text, range, NAME)
    }

    fn sentence(&self, range: &Range<usize>) -> &str {
        &self.text[clause::sentence(self.text, range.clone())]
    }

    /// The words before the range, of its own clause.
    fn behind(&self, range: &Range<usize>) -> &str {
        clause::behind(self.text, range.start)
    }

    /// The words of the sentence before the range.
    fn before(&self, range: &Range<usize>) -> &str {
        &self.text[clause::sentence(self.text, range.clone()).start..range.start]
    }

    /// Whether the words remember: what is said of this year so far does not, what is said of a year
    /// that is past does.
    fn remembers(&self, words: &str) -> bool {
        let mut rest = words.to_owned();
        for now in lexicon::THIS_YEAR {
            rest = rest.replace(now, "");
        }
        cue::remembers(&rest)
            || rest.contains("年来")
            || years_said(words).any(|(_, year)| (1900..self.day.year).contains(&year))
    }

    /// Whether the words tell of the time since this year began.
    fn is_this_year(&self, words: &str) -> bool {
        lexicon::THIS_YEAR.iter().any(|w| words.contains(w))
    }

    /// Whether the words speak of what goes on now.
    fn is_present(&self, words: &str) -> bool {
        lexicon::THIS_YEAR.iter().chain(lexicon::NOW).any(|w| words.contains(w))
            || words.contains(&format!("{}年", self.day.year))
    }

    /// The words after the range, to the end of the `n`th clause.
    fn ahead(&self, range: &Range<usize>, n: usize) -> &str {
        clause::ahead(self.text, range.end, n)
    }
}

impl Rule for StaleTime {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(day) = day::of(case) else { return Vec::new() };
        let day_en = day.iso();
        let page =
            Page { text: case.folded().text(), quoted: case.folded_quotes(), day, pack: &case.settings.pack };
        let families = [years::find, plans::find, congress::find, counted::find, eras::find];
        let mut hits: Vec<Hit> = families.iter().flat_map(|find| find(&page)).collect();
        // One clause is told once, by the first family that knows it.
        hits.sort_by_key(|h| h.range.start);
        let mut told: Vec<Range<usize>> = Vec::new();
        hits.retain(|hit| {
            let clause = clause::clause(page.text, hit.range.clone());
            let again = told.last().is_some_and(|t| t.start < clause.end && clause.start < t.end);
            if !again {
                told.push(clause);
            }
            !again
        });
        hits.into_iter()
            .map(|hit| {
                ABOUT
                    .finding(hit.range, hit.message)
                    .severity(hit.severity)
                    .help(hit.help)
                    .note(None, text!("按{day}判断", "judged by the date {day_en}"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::StaleTime;
    use crate::base::han::Date;
    use crate::model::{Settings, pack};
    use crate::read::read;
    use crate::rules::{Case, Rule};

    #[test]
    fn the_day_that_a_pack_gives_a_plenum_counts_instead_of_the_built_in_one() {
        let text = "要认真贯彻党的二十届二中、三中全会精神，抓好落实。";
        let told = |closed: &str| {
            let source = format!(
                "名称: 届次\n日期: 2027-03-01\n届次:\n  - {{名称: 二十届四中全会, 闭幕: {closed}}}\n"
            );
            let pack = Arc::new(pack::load("词库.yaml", &source).unwrap());
            let settings = Settings { pack, as_of: Date::parse("2026-03-05"), ..Settings::default() };
            let manuscript = read("a.txt", text.as_bytes()).unwrap();
            StaleTime.check(&Case::new(&manuscript, &settings)).len()
        };
        assert_eq!((told("2025-10-23"), told("2026-03-01")), (1, 0));
    }
}
