//! `last-year` (照去年未改): what stands as it stood in last year's paper.
//!
//! A speech that began as last year's keeps what nobody changed: a figure, a day, the number of a session,
//! whole sentences. With last year's paper given, each value of this one that belongs to its year is looked
//! for there. A figure is told where it is said of the same thing, or has so many digits that no other thing
//! has it by chance; a day and the year in a heading where they are of the old paper's year or before; a
//! plenary session that is the latest in both papers. What a paper says every year (an aim of 6 % or so, a
//! holiday, a law) is left alone, and so are a number without a unit and a sentence without a value; how much
//! of the text stands word for word is told once.

mod examples;
mod sentences;
mod sessions;

use std::collections::HashMap;
use std::ops::Range;

use super::yearly::{Kind, Stretch, about, base_year, find};
use super::{About, Authority, Case, Reads, Rule};
use crate::base::han::is_han;
use crate::base::lexicon::last_year as lexicon;
use crate::base::{Place, Text, clause, figures::figures};
use crate::model::{Finding, Manuscript, Severity};
use crate::text;
use sessions::Plenums;

/// The rule.
pub struct LastYear;

static ABOUT: About = About {
    id: "last-year",
    title: Text::fixed("照去年未改", "as it stood last year"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "给了去年的稿子（--last-year），就找今年稿里照去年没有改的：说的是同一件事、值也相同的数字，位数多、碰不巧的数字，\
         去年的会期、届次，标题里的年份，两年引的都是同一次全会，“去年”后面跟着去年那份里也说是“去年”的数。\
         目标和一位数的、节会的届数只作提示，没有单位的数、法律、节日、电话、代号不报；整句未改的报一个比例（提示）。",
        "With last year's paper given (--last-year), what stands as it stood is looked for: a figure of the same \
         thing, a figure of so many digits that chance does not make it, the day of last year's meeting, the number \
         of its session, the year in a heading, one and the same plenary session as the latest of both papers, a \
         figure that both papers call last year's. Aims, counts of one digit and the editions of fairs are hints, \
         since they are often the same again; numbers without a unit, laws, holidays, telephone numbers and codes \
         are left alone. How many sentences stand word for word is told once, as a hint.",
    ),
    examples: examples::EXAMPLES,
};

/// What is known of last year's paper.
struct Old<'o> {
    manuscript: &'o Manuscript,
    text: &'o str,
    /// The stretches of a value, with what each is said of.
    values: HashMap<(Kind, &'o str), Vec<(usize, String)>>,
    stretches: Vec<Stretch>,
    base: Option<u16>,
    /// The latest plenary session of each body that it names.
    plenums: Plenums<'o>,
}

impl<'o> Old<'o> {
    fn of(manuscript: &'o Manuscript) -> Self {
        let text = manuscript.text();
        let stretches = find(manuscript);
        let mut values: HashMap<(Kind, &str), Vec<(usize, String)>> = HashMap::new();
        for (index, stretch) in stretches.iter().enumerate() {
            let said = about(manuscript, &stretches, index);
            values.entry((stretch.kind, &text[stretch.range.clone()])).or_default().push((index, said));
        }
        let base = base_year(text, &stretches);
        let plenums = Plenums::of(text, &stretches);
        Self { manuscript, text, values, stretches, base, plenums }
    }

    /// Whether a year is this paper's own or one before, by itself: 2024年, not 2021—2025年.
    fn is_past(&self, value: &str) -> bool {
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        digits.len() == 4 && digits.parse::<u16>().ok() <= self.base
    }

    /// Where a heading says of the same year what `head` says, or begins so.
    fn year_in(&self, head: &str, there: &[(usize, String)]) -> Option<usize> {
        /// Characters that name a part of a paper.
        const TELLING: usize = 4;
        let alike = |one: &str, other: &str| one.starts_with(other) && other.chars().count() >= TELLING;
        there.iter().map(|(at, _)| *at).find(|&at| {
            headed(self.manuscript, &self.stretches[at])
                .is_some_and(|other| alike(head, other) || alike(other, head))
        })
    }
}

impl Rule for LastYear {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(last) = case.last_year else { return Vec::new() };
        let old = Old::of(last);
        let text = case.manuscript.text();
        let stretches = find(case.manuscript);
        let plenums = Plenums::of(text, &stretches);
        let mut found = Vec::new();
        for (index, stretch) in stretches.iter().enumerate() {
            let value = &text[stretch.range.clone()];
            let Some(there) = old.values.get(&(stretch.kind, value)) else { continue };
            let said = about(case.manuscript, &stretches, index);
            let alike = |(at, other): &(usize, String)| Some((*at, same_thing(&said, other)?));
            // The surest of them, the first of equals.
            let alike = there.iter().filter_map(alike).min_by_key(|(_, sure)| *sure != Severity::Warning);
            let told = match stretch.kind {
                Kind::Figure => figure(text, stretch, alike, there[0].0),
                Kind::Date => is_day(value, &old).then(|| sure(alike.map_or(there[0].0, |(at, _)| at))),
                Kind::Year if old.is_past(value) => {
                    headed(case.manuscript, stretch).and_then(|head| old.year_in(head, there)).map(sure)
                }
                Kind::Ordinal => match sessions::same(text, &stretches, index, &old, there) {
                    Some(at) => Some(sure(at)),
                    None => alike
                        .filter(|_| sessions::is_event(text, stretch))
                        .map(|(at, _)| (at, Severity::Info)),
                },
                Kind::Meeting => plenums.is_latest_of(value, &old.plenums).then(|| sure(there[0].0)),
                _ => None,
            };
            let Some((at, severity)) = told else { continue };
            found.push(finding(stretch, value, &old, at).severity(severity));
        }
        found.extend(
            sentences::share(case.manuscript, last)
                .map(|(range, message)| ABOUT.finding(range, message).severity(Severity::Info)),
        );
        found
    }
}

fn finding(stretch: &Stretch, value: &str, old: &Old<'_>, at: usize) -> Finding {
    let range = &old.stretches[at].range;
    let words = quoted(old.text, range);
    let Text { zh, en } = stretch.kind.label();
    let message = Text::new(
        format!("{zh}“{value}”同去年的稿子一样"),
        format!("the {en} “{value}” stands as in last year's paper"),
    );
    ABOUT
        .finding(stretch.range.clone(), message)
        .help(Text::fixed(
            "核实今年的，改过来；没有变的，放行这一处",
            "check this year's and change it, or allow it if it is the same",
        ))
        .note(None::<Place>, text!("去年的稿子：{words}", "last year's paper: {words}"))
}

/// The sentence of a stretch; of a long one what stands round the stretch.
fn quoted(text: &str, range: &Range<usize>) -> String {
    /// Characters of the whole, and of those before the stretch.
    const MOST: usize = 60;
    const BEFORE: usize = 30;
    let sentence = clause::sentence(text, range.clone());
    let words = text[sentence.clone()].trim();
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let before = &text[sentence.start..range.start];
    let cut = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let opening = if cut > 0 { "…" } else { "" };
    format!("{opening}{}", super::excerpt(text[sentence.start + cut..sentence.end].trim(), MOST))
}

const fn sure(at: usize) -> (usize, Severity) {
    (at, Severity::Warning)
}

/// How surely two values are said of one thing: their words end alike, far enough to name something, or are
/// the same, however few. Only words count: 增长 of another amount is growth of the same thing.
fn same_thing(one: &str, other: &str) -> Option<Severity> {
    /// Characters that name a thing, and those that may.
    const TELLING: usize = 5;
    const ALIKE: usize = 4;
    /// The least of a name.
    const SHORT: usize = 2;
    let words = |text: &str| text.chars().rev().filter(|c| is_han(*c)).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let common = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let least = one.len().min(other.len());
    match common {
        TELLING.. => Some(Severity::Warning),
        ALIKE if least == ALIKE => Some(Severity::Warning),
        ALIKE => Some(Severity::Info),
        SHORT.. if one == other => Some(Severity::Info),
        _ => None,
    }
}

/// A figure: of the same thing, or with many digits. Where in the old paper it stood, and how sure it is that
/// it must change: an aim and a count of one digit are often set anew to the same.
fn figure(
    text: &str,
    stretch: &Stretch,
    alike: Option<(usize, Severity)>,
    any: usize,
) -> Option<(usize, Severity)> {
    let range = &stretch.range;
    let value = &text[range.clone()];
    if is_code(text, range)
        || is_size(value)
        || is_standing(text, range)
        || figures(value).first().is_some_and(|f| f.value == 100.0 && f.is_percent())
    {
        return None;
    }
    let digits = digits_of(value);
    if digits >= RARE {
        return Some(sure(alike.map_or(any, |(at, _)| at)));
    }
    let (at, of_one_thing) = alike?;
    let clause = clause::clause(text, range.clone());
    let aimed = lexicon::AIMS.iter().any(|word| text[clause.clone()].contains(word));
    let is_sure = digits >= 2 && !aimed && of_one_thing == Severity::Warning;
    Some((at, if is_sure { Severity::Warning } else { Severity::Info }))
}

/// Whether digits have no unit, so that nobody knows what they count, or are a name: 12345, 8+4, 3人制.
fn is_code(text: &str, range: &Range<usize>) -> bool {
    let after = &text[range.end..];
    text[range.clone()].ends_with(|c: char| c.is_ascii_digit())
        || lexicon::NAMED.iter().any(|word| after.starts_with(word))
}

/// Whether a figure only says how large something is, or which part of it: 千亩, 亿元以上, 二期.
fn is_size(value: &str) -> bool {
    let one = |c: char| c.is_ascii_digit() || "一二三四五六七八九两半".contains(c);
    value.ends_with('期') || !value.contains(one)
}

/// Digits from which no two things have a figure by chance.
const RARE: usize = 4;

/// The digits of a figure that tell it from others: not zeros at its end.
fn digits_of(value: &str) -> usize {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    digits.trim_end_matches('0').trim_start_matches('0').len()
}

/// Whether a figure is of what stands for years: an area, a law's article, a telephone number.
fn is_standing(text: &str, range: &Range<usize>) -> bool {
    let clause = clause::clause(text, range.clone());
    let words = &text[clause];
    lexicon::STANDING.iter().any(|word| words.contains(word))
}

/// What a heading or a title, a line without a sentence, says behind a stretch in it.
fn headed<'m>(manuscript: &'m Manuscript, stretch: &Stretch) -> Option<&'m str> {
    /// Characters of the longest.
    const LONGEST: usize = 40;
    let block = manuscript.block(stretch.range.start)?;
    let words = manuscript.block_text(block);
    let is_head = words.chars().count() <= LONGEST && !words.contains(['。', '，', '；']);
    is_head.then(|| manuscript.text()[stretch.range.end..block.range.end].trim())
}

/// Whether a day has the year and month of the old paper; an anniversary of long ago stays what it is.
fn is_day(value: &str, old: &Old<'_>) -> bool {
    let with_month = value.contains('月') || value.len() > 7;
    let year = value.get(..4).and_then(|year| year.parse::<u16>().ok());
    with_month && year.is_some() && year == old.base
}
