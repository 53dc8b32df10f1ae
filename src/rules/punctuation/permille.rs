//! A ‰ that fell apart (千分号): `人口自然增长率4.6％。。`, where the program that made the text had no such
//! sign and wrote a percent sign with its third ring, which became a stop.
//!
//! Deleting one of the stops would make a figure ten times what it is, so there is no fix: a person has
//! to look. Beside the words for what is counted by the thousand it is sure what was meant.

use std::ops::Range;

use super::finding;
use crate::model::Finding;
use crate::text;

/// Rates that are told by the thousand.
const RATES: [&str; 5] = ["自然增长率", "出生率", "死亡率", "自增率", "人口增长率"];

/// Characters before the sign among which its rate is looked for.
const NEAR: usize = 30;

/// What is to be said of the marks at `marks` if they begin with a stop behind a percent sign.
pub(super) fn find(text: &str, marks: Range<usize>) -> Option<Finding> {
    let (before, run) = (&text[..marks.start], &text[marks.clone()]);
    let rest = run.strip_prefix('。')?;
    let figure = before.strip_suffix(['%', '％'])?;
    figure.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).then_some(())?;
    let whole = &text[figure.len()..marks.end];
    let meant = format!("‰{rest}");
    let line = figure.rsplit('\n').next().unwrap_or_default();
    let near = line.char_indices().rev().take(NEAR).last().map_or(line, |(at, _)| &line[at..]);
    let message = if RATES.iter().any(|rate| near.contains(rate)) {
        text!("“{whole}”是残缺的千分号，原文应是“{meant}”", "“{whole}” is a broken sign; it was “{meant}”")
    } else {
        text!(
            "“{whole}”标点叠用，或是残缺的千分号：原文可能是“{meant}”",
            "“{whole}” has a mark too many, or is a broken sign: it may have been “{meant}”"
        )
    };
    Some(finding(figure.len()..marks.end, message, None))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::base::Lang;

    /// What is said of the first run of marks behind a percent sign.
    fn said(text: &str) -> Option<String> {
        let at = text.find(['%', '％']).map(|at| at + text[at..].chars().next().unwrap().len_utf8()).unwrap();
        let end = text[at..].find(|c| !"。，；、".contains(c)).map_or(text.len(), |len| at + len);
        find(text, at..end).map(|finding| {
            assert_eq!(finding.fix, None);
            finding.message.in_lang(Lang::Zh).to_owned()
        })
    }

    #[test]
    fn a_stop_behind_a_percent_sign_may_be_the_ring_of_another_sign() {
        assert!(said("人口出生率9.1％。；城乡居民收入增长5%。").unwrap().contains("应是“‰；”"));
        assert!(said("茶叶产量增长9.1%。。农民增收。").unwrap().contains("可能是“‰。”"));
        assert_eq!(said("茶叶产量增长9.1%，，农民增收。"), None);
    }
}
