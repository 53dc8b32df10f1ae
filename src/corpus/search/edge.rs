//! The edges of a passage: a copied sentence whose beginning or end was renamed is copied whole.

use super::limits::LIMITS;
use crate::corpus::{Comparable, Letters};

/// A longer passage goes to the ends of its sentences, where no more than a name or a figure was
/// changed there; the stretches of the document, in the order of the draft, go with it.
pub(super) fn widened(
    draft: &Comparable<'_>,
    source: &Comparable<'_>,
    mut letters: Letters,
    same: usize,
    stretches: &mut [Letters],
) -> Letters {
    if same < LIMITS.widened {
        return letters;
    }
    let most = LIMITS.edge.min(same / LIMITS.like);
    let head = |text: &Comparable<'_>, start: usize| {
        (start.saturating_sub(most)..=start).rev().find(|&i| is_sentence_end(text, i))
    };
    if let Some(first) = stretches.first_mut()
        && let (Some(here), Some(there)) = (head(draft, letters.start), head(source, first.start))
        && alike(&draft.letters()[here..letters.start], &source.letters()[there..first.start])
    {
        (letters.start, first.start) = (here, there);
    }
    let tail = |text: &Comparable<'_>, end: usize| {
        (end..=(end + most).min(text.len())).find(|&i| is_sentence_end(text, i))
    };
    if let Some(last) = stretches.last_mut()
        && let (Some(here), Some(there)) = (tail(draft, letters.end), tail(source, last.end))
        && alike(&draft.letters()[letters.end..here], &source.letters()[last.end..there])
    {
        (letters.end, last.end) = (here, there);
    }
    letters
}

/// Whether a sentence ends between a letter and the one before it.
pub(in crate::corpus) fn is_sentence_end(text: &Comparable<'_>, at: usize) -> bool {
    if at == 0 || at >= text.len() {
        return true;
    }
    let is_digit = |i: usize| (0x30..=0x39).contains(&text.letters()[i]);
    // Both halves of a rare character stand at the same place, with nothing between them; so do most letters, which
    // their first byte says.
    let (before, here) = (text.byte(at - 1), text.byte(at));
    let width = text.text().as_bytes().get(before).map_or(0, |&first| width(first));
    if before + width >= here {
        return false;
    }
    let between = text.text().get(before + width..here).unwrap_or_default();
    // The point of 3.5 ends nothing.
    between.contains(['。', '！', '？', '；', '!', '?', ';', '\n'])
        || between.contains('.') && !(is_digit(at - 1) && is_digit(at))
}

/// Bytes of a character that begins with this one.
const fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Whether two stretches are alike but for figures and names: 云岭县 and 石塘县 are.
fn alike(here: &[u16], there: &[u16]) -> bool {
    let (short, long) = if here.len() <= there.len() { (here, there) } else { (there, here) };
    let figure = |l: &u16| if (0x30..=0x39).contains(l) { 0x30 } else { *l };
    let mut rest: Vec<u16> = long.iter().map(figure).collect();
    let common = |l: &u16| rest.iter().position(|r| *r == figure(l)).map(|at| rest.swap_remove(at));
    let common = short.iter().filter_map(common).count();
    common * LIMITS.like >= long.len()
}
