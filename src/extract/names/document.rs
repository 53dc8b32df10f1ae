//! What the whole document tells of its slots.

use std::collections::{HashMap, HashSet};

use super::words::verb;
use crate::base::lexicon::extract as lexicon;
use crate::extract::page::Paragraph;
use crate::extract::slot::{Slot, What};
use crate::model::BlockKind;

/// What the whole document tells.
pub(super) struct Document<'d> {
    /// The word of its own level: 县 of 我县, 全县.
    pub level: Option<&'static str>,
    /// Verbs of which one `请x同志…` stands in the document, so that 刚才，x同志… is the same person.
    pub asked_once: HashSet<&'static str>,
    /// The year that it is of.
    pub year: Option<u16>,
    /// The name on the line of the speaker, where it is written without blanks.
    pub speaker: Option<&'d str>,
}

impl<'d> Document<'d> {
    pub fn of(paragraphs: &'d [Paragraph], slots: &[Vec<Slot>], year: Option<u16>) -> Self {
        let count = |word: &str| paragraphs.iter().map(|p| p.text.matches(word).count()).sum::<usize>();
        let placed = |level: &str| {
            slots
                .iter()
                .flatten()
                .filter(|s| matches!(s.what, What::Place(suffix) if suffix == level))
                .count()
        };
        // 我县 says it outright; 全县 and 县委 may be said of others; so may a name left out. A level
        // that no blank is of counts too: in a speech of 我区 the x市 is the one above.
        let weight = |level: &str| {
            let short = level.strip_prefix("自治").unwrap_or(level);
            let said = 3 * count(&format!("我{short}"))
                + count(&format!("全{short}"))
                + count(&format!("{short}委"));
            // 自治县 calls itself 县: it counts only where a blank says the whole word.
            let own = short.len() == level.len() || placed(level) > 0;
            if own { said + 2 * placed(level) } else { 0 }
        };
        let level = lexicon::LEVELS
            .iter()
            .copied()
            .filter(|l| weight(l) > 0)
            .max_by_key(|l| (weight(l), std::cmp::Reverse(lexicon::LEVELS.iter().position(|x| x == l))));
        let mut asked: HashMap<&'static str, usize> = HashMap::new();
        for (paragraph, slots) in paragraphs.iter().zip(slots) {
            for slot in slots.iter().filter(|s| paragraph.text[..s.range.start].ends_with('请')) {
                if let Some(verb) = verb(&paragraph.text[slot.range.end..]) {
                    *asked.entry(verb).or_default() += 1;
                }
            }
        }
        let asked_once = asked.into_iter().filter(|(_, n)| *n == 1).map(|(verb, _)| verb).collect();
        let speaker =
            paragraphs.iter().filter(|p| p.kind == BlockKind::SpeakerLine).find_map(Paragraph::person);
        let speaker = speaker.filter(|name| !name.contains(char::is_whitespace));
        Self { level, asked_once, year, speaker }
    }
}
