//! Set terms in the company of another's verb (做到“两个确立”, 拥护“两个维护”), or named twice in one row.

use std::ops::Range;

use super::{Page, hit};
use crate::base::han::is_han;
use crate::base::lexicon::term_clash as lexicon;
use crate::base::{Text, clause};
use crate::model::{Finding, Severity};
use crate::text;

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let text = page.text;
    let mut found = Vec::new();
    for (term, right, verbs) in lexicon::COMPANY {
        for (at, _) in text.match_indices(*term) {
            let before = text[..at].trim_end_matches(['“', '"']);
            // 拥护“两个确立”、做到“两个维护”: a verb reaches only its own term.
            let Some(verb) = verbs.iter().find(|v| before.ends_with(**v)) else { continue };
            let start = before.len() - verb.len();
            let close = if text[at + term.len()..].starts_with('”') { '”'.len_utf8() } else { 0 };
            let range = start..at + term.len() + close;
            // 坚定“四个自信”“四个意识” is loose, and no slip.
            if page.is_quoted(&range) {
                continue;
            }
            let words = &text[range.clone()];
            let message = text!(
                "“{words}”搭配有误，“{term}”前面是“{right}”",
                "“{words}”: with “{term}” goes “{right}”"
            );
            let help =
                Text::fixed("查是不是写颠倒了，改成固定的搭配", "see whether two terms have changed places");
            found.push(hit(range, message, help));
        }
    }
    found.extend(twice(page));
    found.extend(lacks(page));
    found
}

/// Whether words join two terms of one row, with the verb of the second: 、坚定.
fn joins(between: &str) -> bool {
    let verb = between.strip_prefix(['、', '，', '和']).unwrap_or(between);
    verb.len() < between.len() && verb.chars().count() <= 4 && verb.chars().all(is_han)
}

/// 坚定“四个自信”、坚定“四个自信”.
fn twice(page: &Page<'_>) -> Vec<Finding> {
    let names: Vec<_> = page.quoted.iter().filter(|q| q.mark == '“').collect();
    let mut found = Vec::new();
    for pair in names.windows(2) {
        let (one, next) = (&pair[0].range, &pair[1].range);
        let name = &page.text[one.clone()];
        let bare = name.trim_matches(['“', '”']);
        // “三农”、跳出“三农” is a figure of speech; a set term stands once in a row.
        let set = lexicon::COMPANY.iter().any(|(term, ..)| *term == bare) || lexicon::ONCE.contains(&bare);
        let same = name == &page.text[next.clone()] && set;
        if !same || !page.text.get(one.end..next.start).is_some_and(joins) || page.is_quoted(next) {
            continue;
        }
        let words = &page.text[next.clone()];
        let message = text!("一列里{words}出现了两次", "{words} stands twice in one row");
        let help = Text::fixed("删去一处，或改成漏了的一项", "take one out, or put in what was meant");
        found.push(hit(one.start..next.end, message, help));
    }
    found
}

/// 增强“四个意识”、做到“两个维护” without “四个自信”: since 2018 the three stand together. Only a hint.
fn lacks(page: &Page<'_>) -> Vec<Finding> {
    /// The first year in which papers surely name the three.
    const SINCE: u16 = 2020;
    const THREE: [&str; 3] = ["“四个意识”", "“四个自信”", "“两个维护”"];
    if page.day.is_none_or(|day| day.year < SINCE) {
        return Vec::new();
    }
    let names = page.quoted.iter().filter(|q| q.mark == '“');
    let told: Vec<(usize, Range<usize>)> = names
        .filter_map(|q| {
            Some((THREE.iter().position(|t| *t == &page.text[q.range.clone()])?, q.range.clone()))
        })
        .collect();
    let mut found = Vec::new();
    for pair in told.windows(2) {
        let ((one, first), (other, second)) = (&pair[0], &pair[1]);
        let sentence = &page.text[clause::sentence(page.text, first.start..second.end)];
        let Some(missing) = (0..3).find(|n| n != one && n != other).map(|n| THREE[n]) else { continue };
        if one == other
            || !page.text.get(first.end..second.start).is_some_and(joins)
            || sentence.contains(missing.trim_matches(['“', '”']))
            || page.is_quoted(first)
        {
            continue;
        }
        let range = first.start..second.end;
        let words = &page.text[range.clone()];
        let message = text!("“{words}”通常同{missing}连着说", "“{words}” is usually said with {missing}");
        let help = Text::fixed("看是不是漏了一项", "see whether one was left out");
        found.push(hit(range, message, help).severity(Severity::Info));
    }
    found
}
