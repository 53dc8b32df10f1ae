//! Scars that are known by their neighbours, one a line of `phrasebank/lexicon/scars.tsv`.

use std::sync::LazyLock;

use regex::Regex;

use super::{Harm, Hit};
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/scars.tsv");

struct Scar {
    pattern: Regex,
    harm: Harm,
    weak: bool,
    severity: Severity,
    was: &'static str,
    fix: Option<&'static str>,
}

static SCARS: LazyLock<Vec<Scar>> = LazyLock::new(|| {
    let mut scars = Vec::new();
    for line in LEXICON.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(kind), Some(pattern)) = (columns.next(), columns.next()) else { continue };
        let Ok(pattern) = Regex::new(pattern) else { continue };
        let harm = match kind.trim_end_matches(['?', '!']) {
            "lost" => Harm::Lost,
            "swapped" => Harm::Swapped,
            "confused" => Harm::Confused,
            "unreadable" => Harm::Unreadable,
            _ => continue,
        };
        let severity = if harm == Harm::Confused { Severity::Warning } else { Severity::Error };
        scars.push(Scar {
            pattern,
            harm,
            severity,
            weak: kind.ends_with('?'),
            was: columns.next().unwrap_or_default(),
            fix: columns.next(),
        });
    }
    scars
});

/// All scars; the range is that of the first group.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for scar in SCARS.iter() {
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|_| scar.pattern.captures_at(text, at)) {
            let Some(word) = found.get(1) else { break };
            at = word.end().max(at + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            let mut was = String::new();
            found.expand(scar.was, &mut was);
            let fix = scar.fix.map(|f| {
                let mut fix = String::new();
                found.expand(f, &mut fix);
                fix
            });
            hits.push(Hit {
                range: word.range(),
                severity: scar.severity,
                harm: scar.harm,
                was,
                fix,
                weak: scar.weak,
            });
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_of_the_lexicon_is_a_pattern() {
        let lines = super::LEXICON.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(super::SCARS.len(), lines);
    }
}
