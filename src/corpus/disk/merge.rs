//! Several segments made into one, without what was removed and with what was set.
//!
//! Blocks of texts of which nothing was removed are copied as they are. Of the index, the part of
//! one value of the upper bits after another is read from each segment and coded anew, so memory
//! holds a few parts at a time.

use std::path::Path;

use super::Shelf;
use super::build::{Builder, Partition};
use super::manifest::Listed;
use super::segment::ENTRIES;
use crate::base::Result;

/// The letters of documents that are gone go nowhere.
const GONE: u32 = u32::MAX;

/// Writes a segment of all that `shelves` have left; `None` if that is nothing.
pub(super) fn merge(
    folder: &Path,
    id: u64,
    shelves: &[&Shelf],
    told: &mut dyn FnMut(u64, u64),
) -> Result<Option<Listed>> {
    let mut builder = Builder::begin(folder, id)?;
    let all: u64 = shelves.iter().map(|s| u64::from(s.segment.foot.documents)).sum();
    let mut done = 0;
    let mut moved: Vec<Moved> = Vec::new();
    let mut letters = 0u32;
    for &shelf in shelves {
        let first_new = builder.documents();
        moved.push(Moved { shelf, to: documents(shelf, &mut builder, &mut letters)? });
        texts(shelf, first_new, &mut builder, &mut |here| told(done + here, all))?;
        done += u64::from(shelf.segment.foot.documents);
    }
    if builder.documents() == 0 {
        return Ok(None);
    }
    let postings = shelves.iter().map(|s| s.segment.foot.postings).sum();
    builder.finish_with(postings, &|number| part(number, &moved)).map(Some)
}

/// A shelf, and where the letters of each of its documents go: to which number among those of the
/// new segment, or [`GONE`].
struct Moved<'s> {
    shelf: &'s Shelf,
    to: Vec<u32>,
}

/// Tells the new segment of the documents that are left; `letters` counts those of all so far.
fn documents(shelf: &Shelf, builder: &mut Builder, letters: &mut u32) -> Result<Vec<u32>> {
    let segment = &shelf.segment;
    let identities = segment.identities()?;
    let mut to = Vec::with_capacity(identities.len());
    for block in 0..identities.len().div_ceil(ENTRIES) {
        for (entry, document) in shelf.entries(block)?.iter().zip((block * ENTRIES) as u32..) {
            if shelf.removed(document) {
                to.push(GONE);
                continue;
            }
            let at = document as usize;
            let length = segment.starts[at + 1] - segment.starts[at];
            to.push(*letters);
            *letters += length;
            builder.document(entry, identities[at], length);
        }
    }
    Ok(to)
}

/// Gives the new segment the texts that are left, of which the first gets the number `next`; `told`
/// hears how many documents were seen.
fn texts(shelf: &Shelf, mut next: u32, builder: &mut Builder, told: &mut dyn FnMut(u64)) -> Result<()> {
    let segment = &shelf.segment;
    let mut gone = 0;
    for block in 0..segment.text_blocks()? {
        let (first, documents) = segment.documents_of(block)?;
        if shelf.changes.removed.range(first..first + documents).next().is_none() {
            let (raw, packed) = segment.packed_texts(block)?;
            builder.texts(next, raw, &packed)?;
            next += documents;
        } else {
            let texts = segment.texts(block)?;
            let mut kept = Vec::new();
            for document in first..first + documents {
                let text = segment.text_in(&texts, document)?;
                if shelf.removed(document) {
                    gone += text.len() as u64;
                } else {
                    kept.push(text);
                }
            }
            if !kept.is_empty() {
                let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
                builder.pack_texts(next, &kept)?;
                next += kept.len() as u32;
            }
        }
        told(u64::from(first + documents));
    }
    builder.count_text(segment.foot.text_bytes.checked_sub(gone).ok_or_else(|| segment.unfit())?);
    Ok(())
}

/// The places of one value of the upper bits, of all shelves.
fn part(number: usize, moved: &[Moved<'_>]) -> Result<Partition> {
    let mut part = Partition::default();
    for Moved { shelf, to } in moved {
        shelf.segment.partition(number, |found, places| {
            let before = part.keys.len();
            for &place in places {
                let (document, at) = shelf.segment.document(place);
                let start = to[document as usize];
                if start != GONE {
                    part.keys.push(u64::from(found.fingerprint) << 32 | u64::from(start + at));
                }
            }
            if found.more > 0 && part.keys.len() > before {
                part.more.push((found.fingerprint, found.more));
            }
        })?;
    }
    // Each segment's keys rise already, which a stable sort makes use of.
    part.keys.sort();
    part.more.sort_unstable();
    part.more.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(later.1);
        }
        same
    });
    Ok(part)
}
