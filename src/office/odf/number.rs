//! Automatic numbers of an .odt, as LibreOffice shows them.
//!
//! The walk notes what list each paragraph stands in, how deep, and what it begins with; numbers of one list
//! count on whatever style each level has. Headings that stand in no list count together in the outline.

use std::collections::HashMap;

use super::styles::{Level, ListStyle, Styles};
use super::walk::{Asked, Odf};
use crate::office::list::count::{Count, said};
use crate::office::list::definition::LEVELS;
use crate::office::list::put;
use crate::office::list::signs::Signs;

/// Puts the automatic numbers of a document before the text of its paragraphs.
pub fn number(odf: &mut Odf, styles: &Styles) {
    odf.body.labelled = true;
    let mut counts: HashMap<Option<usize>, Count> = HashMap::new();
    for (paragraph, asked) in odf.body.paragraphs.iter_mut().zip(&odf.asked) {
        let Some(Asked { list, style, level, start, .. }) = asked else { continue };
        let style = if list.is_none() { Some(styles.outline()) } else { styles.list(style) };
        let first = |depth: u8| style?.get(usize::from(depth))?.as_ref().map(|level| level.start).or(Some(1));
        let count = counts.entry(*list).or_default();
        let Some(numbers) = count.next(*level, *start, |d| first(d).or(Some(1)), |_| true) else { continue };
        if let Some(label) = style.and_then(|style| shown(style, *level, &numbers)) {
            put(paragraph, &label);
        }
    }
}

/// What a level shows.
fn shown(style: &ListStyle, level: u8, numbers: &[Option<u32>; LEVELS]) -> Option<String> {
    let at = usize::from(level);
    let set = style.get(at)?.as_ref()?;
    if set.signs == Signs::Bullet {
        return None;
    }
    let number = |depth: usize| {
        let signs = style.get(depth)?.as_ref()?.signs;
        Some(signs.write((*numbers.get(depth)?)?))
    };
    let label = match &set.text {
        Some(text) => filled(text, number),
        None => [&*set.before, &joined(style, set, at, number), &set.after].concat(),
    };
    said(&label, set.parted)
}

/// The numbers of the levels that are shown, with full stops between them.
fn joined(style: &ListStyle, set: &Level, at: usize, number: impl Fn(usize) -> Option<String>) -> String {
    let from = (at + 1).saturating_sub(usize::from(set.shown.max(1)));
    let is_shown = |depth: &usize| {
        let level = style.get(*depth).and_then(Option::as_ref);
        level.is_some_and(|level| level.signs != Signs::None)
    };
    let numbers: Vec<String> = (from..=at).filter(is_shown).filter_map(number).collect();
    numbers.join(".")
}

/// A text with its `%1%` to `%9%` filled in.
fn filled(text: &str, number: impl Fn(usize) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let end = behind.find('%');
        let depth = end.and_then(|end| behind[..end].parse::<usize>().ok()).and_then(|n| n.checked_sub(1));
        match (end, depth) {
            (Some(end), Some(depth)) => {
                out.push_str(&number(depth).unwrap_or_default());
                rest = &behind[end + 1..];
            }
            _ => {
                out.push('%');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}
