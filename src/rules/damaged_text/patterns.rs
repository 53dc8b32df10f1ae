//! Scars that are known by their neighbours, one a line of `phrasebank/lexicon/scars.tsv`.
//!
//! A pattern is compiled when one of its anchors is seen for the first time, and is tried on the
//! lines that hold one: `build/anchors.rs` says which words those are.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::{Harm, Hit};
use crate::base::pattern::compile;
use crate::base::words::Words;
use crate::model::Severity;
use crate::rules::reading::anchors::Anchors;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/scars.tsv");
/// The anchors of each line of [`LEXICON`].
static ANCHORS: Anchors = include!(concat!(env!("OUT_DIR"), "/scars.anchors"));

struct Scar {
    source: &'static str,
    pattern: OnceLock<Regex>,
    harm: Harm,
    weak: bool,
    severity: Severity,
    was: &'static str,
    fix: Option<&'static str>,
}

static SCARS: LazyLock<Vec<Scar>> =
    LazyLock::new(|| LEXICON.lines().filter(|l| !l.starts_with('#')).filter_map(scar).collect());

fn scar(line: &'static str) -> Option<Scar> {
    let mut columns = line.split('\t');
    let (kind, source) = (columns.next()?, columns.next()?);
    let harm = match kind.trim_end_matches('?') {
        "lost" => Harm::Lost,
        "swapped" => Harm::Swapped,
        "confused" => Harm::Confused,
        "unreadable" => Harm::Unreadable,
        _ => return None,
    };
    Some(Scar {
        source,
        pattern: OnceLock::new(),
        harm,
        severity: if harm == Harm::Confused { Severity::Warning } else { Severity::Error },
        weak: kind.ends_with('?'),
        was: columns.next().unwrap_or_default(),
        fix: columns.next(),
    })
}

impl Scar {
    fn pattern(&self) -> &Regex {
        self.pattern.get_or_init(|| compile(self.source))
    }

    /// All of this scar in a stretch of the text; the range is that of the first group.
    fn find(&self, text: &str, stretch: Range<usize>, hits: &mut Vec<Hit>) {
        let pattern = self.pattern();
        let words = &text[stretch.clone()];
        let mut at = 0;
        while let Some(found) = pattern.captures_at(words, at) {
            let Some(word) = found.get(1) else { break };
            let expand = |template: &str| {
                let mut said = String::new();
                found.expand(template, &mut said);
                said
            };
            // Beside “旅游+” a “+旅游” is meant.
            let meant = word.as_str().strip_prefix("“+").and_then(|w| w.strip_suffix('”'));
            if meant.is_some_and(|w| text.contains(&format!("{w}+"))) {
                at = words.ceil_char_boundary(word.end());
                continue;
            }
            hits.push(Hit {
                range: stretch.start + word.start()..stretch.start + word.end(),
                severity: self.severity,
                harm: self.harm,
                was: expand(self.was),
                fix: self.fix.map(expand),
                weak: self.weak,
            });
            if word.end() >= words.len() {
                break;
            }
            at = words.ceil_char_boundary(word.end().max(at + 1));
        }
    }
}

/// All scars.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut seen = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        for index in ANCHORS.candidates(line, &mut seen) {
            // Patterns tell the head of a line by the line ends and blanks before it.
            let before = text[..start].trim_end().len();
            SCARS[index].find(text, before..end, &mut hits);
        }
        start = end;
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::{ANCHORS, LEXICON, SCARS};

    #[test]
    fn every_line_of_the_lexicon_is_a_pattern_with_anchors() {
        let lines = LEXICON.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(SCARS.len(), lines);
        assert_eq!(ANCHORS.len(), lines);
        for scar in &*SCARS {
            assert!(scar.pattern().captures_len() > 1, "{}", scar.source);
        }
    }
}
