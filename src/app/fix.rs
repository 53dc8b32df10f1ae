//! The safe changes that findings carry.
//!
//! One change may make room for another, so the check is run again until nothing more is to be
//! done. Changes that go round in a circle would never end: then the text stays as it was when the
//! circle began; so fixing what was fixed changes nothing.

use super::baseline::Baselines;
use super::files::Use;
use super::office::Office;
use super::plan::Plan;
use crate::base::{Problem, Result, Text, versions};
use crate::model::Finding;
use crate::office::seal::{Seal, seals};
use crate::read::read;
use crate::rules::{self, Case};
use crate::write::fix::{Change, changes, fix as plain, mend, track};

/// Rounds of checking and changing. Three do for fixes that make room for others.
const ROUNDS: usize = 6;

/// One document before and after.
#[derive(Debug)]
pub struct Mended {
    /// The file as it was.
    pub original: Vec<u8>,
    /// The file as it is to be.
    pub bytes: Vec<u8>,
    /// Its text before.
    pub before: String,
    /// Its text after.
    pub after: String,
    /// How many changes were made in all rounds.
    pub count: usize,
    /// Whether nothing more is to be done; else some changes undo each other and were not made.
    pub settled: bool,
    /// What holds the file shut, if anything does: to be asked about before it is written.
    pub seals: Vec<Seal>,
}

/// How changes are put into a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As if they had always stood there.
    Plain,
    /// As tracked changes (修订), which somebody accepts or refuses.
    Tracked,
}

/// The document with its safe changes made; nothing is written.
///
/// # Errors
/// If it cannot be read or changed, or has no name; if changes are to be tracked in a file that holds none.
pub fn fix(office: &Office, name: &str, plan: &Plan, baselines: &mut Baselines, how: How) -> Result<Mended> {
    if name == "-" {
        return Err(Problem::new(Text::fixed("标准输入不能修改", "standard input cannot be fixed"))
            .help(Text::fixed("给文件名", "give a file"))
            .into());
    }
    let original = office.files.read(name, Use::Change)?;
    let first = read(name, &original)?;
    let before = first.text().to_owned();
    if how == How::Tracked {
        // Whoever asks for what the file cannot hold is told so, though there be nothing to change.
        track(&original, &first, &[], None)?;
    }
    let Settled { bytes, count, settled } = settle(&original, |bytes| {
        let manuscript = read(name, bytes)?;
        let case = Case::new(&manuscript, &plan.settings).with_facts(plan.facts.as_deref());
        let findings = baselines.apply_anew(plan, manuscript.text(), rules::check(&case));
        let changes = changes(manuscript.text(), &findings);
        if changes.is_empty() {
            return Ok(None);
        }
        // Tracked, no paragraph goes: what is left of it is for whoever accepts.
        let put = if how == How::Tracked { plain } else { mend };
        Ok(Some((put(bytes, &manuscript, &changes)?, changes.len())))
    })?;
    let after = if bytes == original { before.clone() } else { read(name, &bytes)?.into_text() };
    let bytes = match how {
        How::Plain => bytes,
        How::Tracked => track(&original, &first, &between(&before, &after), Some(office.today))?,
    };
    let seals = seals(&original);
    Ok(Mended { original, bytes, before, after, count, settled, seals })
}

/// What leads from one text to another of as many lines.
fn between(before: &str, after: &str) -> Vec<Change> {
    let mut all = Vec::new();
    let mut start = 0;
    for (old, new) in before.split('\n').zip(after.split('\n')) {
        let change = |c: versions::Change| Change {
            range: start + c.old.start..start + c.old.end,
            text: new[c.new].to_owned(),
        };
        all.extend(versions::changes(old, new).into_iter().map(change));
        start += old.len() + 1;
    }
    all
}

/// The document with the changes of these findings alone, which were made of it; nothing is written.
/// What they make room for is left for another time.
///
/// # Errors
/// If it cannot be read or changed.
pub fn fix_these(office: &Office, name: &str, findings: &[Finding], how: How) -> Result<Mended> {
    let original = office.files.read(name, Use::Change)?;
    let manuscript = read(name, &original)?;
    let changes = changes(manuscript.text(), findings);
    let bytes = match how {
        How::Plain => mend(&original, &manuscript, &changes)?,
        How::Tracked => track(&original, &manuscript, &changes, Some(office.today))?,
    };
    let (before, after) = (manuscript.into_text(), read(name, &bytes)?.into_text());
    let seals = seals(&original);
    Ok(Mended { original, bytes, before, after, count: changes.len(), settled: true, seals })
}

/// What rounds of changes come to.
#[derive(Debug, PartialEq, Eq)]
struct Settled {
    bytes: Vec<u8>,
    /// How many changes were made in all rounds.
    count: usize,
    /// Whether nothing more is to be done.
    settled: bool,
}

/// Goes on with `round`, which gives the next bytes and how many changes they took, until it gives
/// none. Where the rounds go in a circle, the bytes with which it began; where they never end, the
/// first ones. So doing it again changes nothing.
fn settle(
    original: &[u8],
    mut round: impl FnMut(&[u8]) -> Result<Option<(Vec<u8>, usize)>>,
) -> Result<Settled> {
    let mut states: Vec<(Vec<u8>, usize)> = Vec::new();
    let (mut bytes, mut count) = (original.to_vec(), 0);
    while states.len() < ROUNDS {
        let Some((next, changes)) = round(&bytes)? else {
            return Ok(Settled { bytes, count, settled: true });
        };
        states.push((bytes, count));
        if let Some(at) = states.iter().position(|(earlier, _)| *earlier == next) {
            let (bytes, count) = states.swap_remove(at);
            return Ok(Settled { bytes, count, settled: false });
        }
        (bytes, count) = (next, count + changes);
    }
    if round(&bytes)?.is_none() {
        return Ok(Settled { bytes, count, settled: true });
    }
    Ok(Settled { bytes: original.to_vec(), count: 0, settled: false })
}

#[cfg(test)]
mod tests {
    use super::{Settled, settle};

    /// A round that makes the first of these replacements that applies.
    fn round(bytes: &[u8], pairs: &[(&str, &str)]) -> Option<(Vec<u8>, usize)> {
        let text = std::str::from_utf8(bytes).unwrap();
        let pair = pairs.iter().find(|(from, _)| text.contains(from));
        pair.map(|(from, to)| (text.replacen(from, to, 1).into_bytes(), 1))
    }

    fn settled(text: &str, pairs: &[(&str, &str)]) -> (String, usize, bool) {
        let Settled { bytes, count, settled } = settle(text.as_bytes(), |b| Ok(round(b, pairs))).unwrap();
        (String::from_utf8(bytes).unwrap(), count, settled)
    }

    #[test]
    fn fixing_what_was_fixed_changes_nothing() {
        for pairs in [
            &[("。。", "。"), (",", "，")][..],
            &[("甲", "乙"), ("乙", "甲")],
            &[("。", "。。")],
            &[("始", "甲"), ("甲", "乙"), ("乙", "甲")],
        ] {
            let (once, _, _) = settled("始甲,。。。", pairs);
            assert_eq!(settled(&once, pairs).0, once, "{pairs:?}");
        }
    }

    #[test]
    fn one_change_makes_room_for_the_next_and_circles_end() {
        assert_eq!(settled("会议。。。", &[("。。", "。")]), ("会议。".into(), 2, true));
        assert_eq!(settled("甲", &[("甲", "乙"), ("乙", "甲")]), ("甲".into(), 0, false));
        assert_eq!(settled("a", &[("a", "aa")]), ("a".into(), 0, false));
    }
}
