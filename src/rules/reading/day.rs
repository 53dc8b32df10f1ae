//! On which day a document speaks (成文日期): what rules about time and set phrases judge by.
//!
//! In this order: `document.date` of the facts, `meeting.date` of the facts, the date that the
//! document plainly gives itself (under its title, at its foot, or the year in its title), the day
//! of the check. A speech of 2021 that says so is no worse for being read in 2026.

use crate::base::han::Date;
use crate::base::lexicon::day as lexicon;
use crate::model::{BlockKind, Manuscript};
use crate::rules::Case;

/// The document's day; `None` if nothing tells it.
pub(in crate::rules) fn of(case: &Case<'_>) -> Option<Date> {
    *case.day.get_or_init(|| told(case).or(case.settings.as_of))
}

/// The document's day by its facts or its own words, and never that of the check.
pub(in crate::rules) fn told(case: &Case<'_>) -> Option<Date> {
    let fact = |path: &str| case.facts?.get(path)?.value.date();
    fact("document.date").or_else(|| fact("meeting.date")).or_else(|| own(case.manuscript))
}

/// The date that a document plainly gives itself.
fn own(manuscript: &Manuscript) -> Option<Date> {
    /// Blocks at the top among which the date line is looked for.
    const TOP: usize = 5;
    /// Blocks at the foot.
    const FOOT: usize = 3;
    /// Characters that a date line has at most, with the meeting and the speaker's name.
    const LONGEST: usize = 70;
    let blocks = manuscript.blocks();
    let line = |at: usize| {
        blocks.get(at).map(|b| manuscript.block_text(b).trim()).filter(|l| l.chars().count() <= LONGEST)
    };
    let declared = blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::DateLine | BlockKind::DateOfIssue | BlockKind::EditedLine))
        // A brief has its date on one line with the office that edits it.
        .find_map(|b| manuscript.block_text(b).rsplit('\t').next().and_then(whole));
    let title = blocks.iter().position(|b| b.kind == BlockKind::Title).unwrap_or(0);
    let top = || (0..TOP.min(blocks.len())).filter_map(line).find_map(opening);
    let foot = || (blocks.len().saturating_sub(FOOT)..blocks.len()).rev().filter_map(line).find_map(whole);
    declared.or_else(top).or_else(foot).or_else(|| line(title).and_then(titled))
}

fn bare(line: &str) -> &str {
    line.trim().trim_matches(['（', '）', '(', ')', '—', '-', ' ', '　'])
}

/// A line that is a date and nothing else, by the day.
fn whole(line: &str) -> Option<Date> {
    let line = bare(line).trim_end_matches("印发").trim_end();
    let date = Date::parse(&line.replace(' ', ""))?;
    date.month.map(|_| date)
}

/// A line at the top that is a date or opens with one and tells of the meeting: 2026年3月5日在……上.
fn opening(line: &str) -> Option<Date> {
    // 在……第二次会议上（2019年1月14日）
    let told = line.rsplit(['（', '(']).next().filter(|_| line.contains("会议上"));
    if let Some(date) = told.and_then(whole) {
        return Some(date);
    }
    let line = bare(line);
    let end = line.find('日')? + '日'.len_utf8();
    let date = Date::parse(&line[..end])?;
    date.day?;
    let rest = line[end..].trim();
    (rest.is_empty()
        || rest.contains("在")
            && (rest.contains("会") || rest.ends_with("上"))
            && !rest.contains(['，', ','])
        || rest.starts_with(['）', ')']))
    .then_some(date)
}

/// The year in a title: 云岭县2026年工作要点.
fn titled(line: &str) -> Option<Date> {
    if !lexicon::KINDS.iter().any(|k| line.ends_with(k)) || line.contains(['。', '，', ',']) {
        return None;
    }
    let mut years = line.match_indices('年').filter_map(|(at, _)| {
        let year = line.get(at.checked_sub(4)?..at)?;
        Date::parse(year).filter(|d| (1949..2100).contains(&d.year))
    });
    let year = years.next()?;
    years.next().is_none().then_some(year)
}

#[cfg(test)]
mod tests {
    use super::{opening, titled, whole};

    #[test]
    fn a_date_line_dates_the_document_and_an_event_told_at_the_top_does_not() {
        assert_eq!(whole("（2026年3月5日）").map(|d| d.year), Some(2026));
        assert_eq!(
            opening("——2026年1月14日在云岭县第十八届人民代表大会第五次会议上").map(|d| d.year),
            Some(2026)
        );
        assert_eq!(opening("2016年9月3日，云岭县被命名为示范县，各级干部深受鼓舞。"), None);
        assert_eq!(titled("云岭县2026年乡村振兴工作要点").map(|d| d.year), Some(2026));
        assert_eq!(titled("我县2021年以来工作推进有力"), None);
    }
}
