//! Which character each glyph of a TrueType font draws, read from its own table (cmap): for a font whose
//! characters the .pdf does not tell.

use std::collections::HashMap;

use crate::read::printed::settle;

/// Entries of a table that are looked at.
const MOST: usize = 200_000;

/// The characters by the numbers of their glyphs; empty if the font has no table of Unicode.
pub fn characters(font: &[u8]) -> HashMap<u16, char> {
    let mut found = HashMap::new();
    let Some(table) = table(font) else { return found };
    let mut put = |code: u32, glyph: u16| {
        let Some(sign) = char::from_u32(code).filter(|_| glyph != 0) else { return };
        // Of several characters of one shape the plain one is meant.
        let plain = settle(sign);
        let better = |known: &char| (*known as u32) > plain as u32 && plain as u32 >= 0x3400;
        let known = found.entry(glyph).or_insert(plain);
        if better(known) {
            *known = plain;
        }
    };
    match u16_at(table, 0) {
        Some(4) => format_4(table, &mut put),
        Some(12) => format_12(table, &mut put),
        _ => None,
    };
    found
}

/// The table of Unicode that tells most.
fn table(font: &[u8]) -> Option<&[u8]> {
    let tables = usize::from(u16_at(font, 4)?);
    let entry = (0..tables).map(|n| 12 + 16 * n).find(|&at| font.get(at..at + 4) == Some(b"cmap"))?;
    let cmap = font.get(usize::try_from(u32_at(font, entry + 8)?).ok()?..)?;
    let count = usize::from(u16_at(cmap, 2)?);
    let rank = |at: usize| match (u16_at(cmap, at)?, u16_at(cmap, at + 2)?) {
        (3, 10) | (0, 4 | 6) => Some(2),
        (3, 1) | (0, _) => Some(1),
        _ => None,
    };
    let best = (0..count).map(|n| 4 + 8 * n).filter_map(|at| Some((rank(at)?, at))).max()?;
    cmap.get(usize::try_from(u32_at(cmap, best.1 + 4)?).ok()?..)
}

fn format_4(table: &[u8], put: &mut impl FnMut(u32, u16)) -> Option<()> {
    let twice = usize::from(u16_at(table, 6)?);
    let (ends, starts) = (14, 16 + twice);
    let (deltas, offsets) = (starts + twice, starts + 2 * twice);
    let mut left = MOST;
    for at in (0..twice).step_by(2) {
        let (start, end) = (u16_at(table, starts + at)?, u16_at(table, ends + at)?);
        let (delta, offset) = (u16_at(table, deltas + at)?, u16_at(table, offsets + at)?);
        for code in start..=end.min(0xFFFE) {
            left = left.checked_sub(1)?;
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                let place = offsets + at + usize::from(offset) + 2 * usize::from(code - start);
                match u16_at(table, place) {
                    Some(0) | None => 0,
                    Some(glyph) => glyph.wrapping_add(delta),
                }
            };
            put(u32::from(code), glyph);
        }
    }
    Some(())
}

fn format_12(table: &[u8], put: &mut impl FnMut(u32, u16)) -> Option<()> {
    let groups = usize::try_from(u32_at(table, 12)?).ok()?;
    let mut left = MOST;
    for at in (0..groups).map(|n| 16 + 12 * n) {
        let (start, end, glyph) = (u32_at(table, at)?, u32_at(table, at + 4)?, u32_at(table, at + 8)?);
        for code in start..=end {
            left = left.checked_sub(1)?;
            put(code, u16::try_from(glyph.wrapping_add(code - start)).unwrap_or(0));
        }
    }
    Some(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
