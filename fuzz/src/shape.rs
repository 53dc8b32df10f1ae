//! How an input is changed. libFuzzer's own changes of bytes never come behind a checksum or an inflate,
//! so a container is taken apart, a part of it changed, and put together again, stored and not packed:
//! what was found stays a file that any program opens.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::chance::Chance;
use super::words::{self, Words};
use super::xml;

/// What an input is.
#[derive(Clone, Copy)]
pub enum Shape {
    /// A zip of XML parts: .docx, .xlsx, .odt, .ofd.
    Parts,
    /// Lines of text, with what may stand in them.
    Text(Words),
    /// Elements and text in one file.
    Markup,
    /// Numbers at fixed places: .doc, .xls, a segment.
    Binary,
}

/// libFuzzer's own change: buffer, length, most → length.
type Native<'n> = &'n dyn Fn(&mut [u8], usize, usize) -> usize;

/// Bytes of what is repeated; beyond, the peak of memory would be ours.
const MOST_REPEATED: usize = 60_000;

/// Bytes of all parts of a container that are unpacked to be changed.
const LARGEST: u64 = 1 << 21;

/// Changes the first `size` bytes of `data`, which has room for `most`; how long it is then.
pub fn changed(shape: Shape, data: &mut [u8], size: usize, most: usize, seed: u32, native: Native) -> usize {
    let most = most.min(data.len());
    let mut chance = Chance::of(seed);
    let old = data[..size.min(data.len())].to_vec();
    let new = match shape {
        Shape::Parts if !chance.once_in(24) => in_parts(&old, most, &mut chance, native),
        Shape::Text(words) if !chance.once_in(3) => Some(in_text(old, words, &mut chance)),
        Shape::Markup if !chance.once_in(3) => Some(xml::changed(old, &mut chance)),
        Shape::Binary if chance.once_in(2) => Some(in_numbers(old, &mut chance)),
        _ => None,
    };
    match new {
        Some(new) if new.len() <= most && !new.is_empty() => {
            data[..new.len()].copy_from_slice(&new);
            new.len()
        }
        _ => native(data, size, most),
    }
}

/// The parts of a container by name; `None` if it is none, or a large one.
pub fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(left + 1).read_to_end(&mut bytes).ok()?;
        left = left.checked_sub(bytes.len() as u64)?;
        parts.push((name, bytes));
    }
    Some(parts)
}

/// Parts as a container; of parts with one name the first.
pub fn container(parts: &[(String, Vec<u8>)], packed: Option<usize>) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut seen = std::collections::HashSet::new();
    for (index, (name, bytes)) in parts.iter().enumerate().filter(|(_, part)| seen.insert(&part.0)) {
        let method =
            if packed == Some(index) { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        writer.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).ok()?;
        writer.write_all(bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn in_parts(bytes: &[u8], most: usize, chance: &mut Chance, native: Native) -> Option<Vec<u8>> {
    let mut parts = parts(bytes)?;
    let at = weighty(&parts, chance)?;
    match chance.below(40) {
        0 => drop(parts.remove(at)),
        1 => {
            let name = parts.get(chance.below(parts.len()))?.0.clone();
            parts[at].0 = name;
        }
        2 => {
            let (name, bytes) = (chance.one(words::PARTS)?, parts[at].1.clone());
            parts.push(((*name).to_owned(), bytes));
        }
        3..=9 => {
            let part = &mut parts[at].1;
            let size = part.len();
            let room = (most.saturating_sub(bytes.len())).min(4096);
            part.resize(size + room, 0);
            let size = native(part, size, size + room);
            part.truncate(size);
        }
        // An element of another part, which may mean something there too.
        10..=12 => {
            let from = weighty(&parts, chance)?;
            let piece = xml::piece(&parts[from].1, chance)?;
            let part = std::mem::take(&mut parts[at].1);
            parts[at].1 = xml::with(part, &piece, chance);
        }
        _ => {
            for _ in 0..1 + chance.below(3) {
                let part = std::mem::take(&mut parts[at].1);
                parts[at].1 = xml::changed(part, chance);
            }
        }
    }
    let packed = chance.once_in(32).then(|| chance.below(parts.len()));
    container(&parts, packed)
}

/// One of the parts, the longer the likelier.
fn weighty(parts: &[(String, Vec<u8>)], chance: &mut Chance) -> Option<usize> {
    if chance.once_in(4) {
        return (!parts.is_empty()).then(|| chance.below(parts.len()));
    }
    let weight = |part: &(String, Vec<u8>)| part.1.len().min(20_000) + 200;
    let mut at = chance.below(parts.iter().map(weight).sum());
    parts.iter().position(|part| {
        let here = at < weight(part);
        at = at.saturating_sub(weight(part));
        here
    })
}

/// A place in the text where a character begins, or a line where `lines`.
fn place(text: &[u8], lines: bool, chance: &mut Chance) -> usize {
    let mut at = chance.below(text.len() + 1);
    let begins = |at: usize| match lines {
        true => text[at - 1] == b'\n',
        false => text[at] & 0xC0 != 0x80,
    };
    while at > 0 && at < text.len() && !begins(at) {
        at -= 1;
    }
    at
}

fn in_text(mut text: Vec<u8>, of: Words, chance: &mut Chance) -> Vec<u8> {
    for _ in 0..1 + chance.below(4) {
        let lines = chance.once_in(3);
        let (a, b) = (place(&text, lines, chance), place(&text, lines, chance));
        let (start, mut end) = (a.min(b), a.max(b));
        if !lines && end - start > 60 {
            end = start + 60;
            while end < text.len() && text[end] & 0xC0 == 0x80 {
                end += 1;
            }
        }
        match chance.below(12) {
            0 => drop(text.drain(start..end)),
            1 => {
                let times = chance.often().min(1 + MOST_REPEATED / (end - start).max(1));
                let piece = text[start..end].repeat(times);
                insert(&mut text, start, &piece);
            }
            2 | 3 => {
                let piece = text[start..end].to_vec();
                let to = place(&text, lines, chance);
                insert(&mut text, to, &piece);
            }
            4 => {
                let piece: Vec<u8> = text.drain(start..end).collect();
                let to = place(&text, lines, chance);
                insert(&mut text, to, &piece);
            }
            5 => {
                let word = words::one(of, chance).repeat(chance.often());
                insert(&mut text, start, word.as_bytes());
            }
            6 => {
                text.drain(start..end);
                insert(&mut text, start, words::one(of, chance).as_bytes());
            }
            _ => insert(&mut text, start, words::one(of, chance).as_bytes()),
        }
    }
    text
}

pub fn insert(text: &mut Vec<u8>, at: usize, piece: &[u8]) {
    text.splice(at..at, piece.iter().copied());
}

fn in_numbers(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    const VALUES: &[u32] = &[
        0,
        1,
        2,
        7,
        8,
        0x7F,
        0x80,
        0xFF,
        0x100,
        0x1FF,
        0x200,
        0x7FFF,
        0x8000,
        0xFFFE,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFD,
        0xFFFF_FFFE,
        0xFFFF_FFFF,
    ];
    for _ in 0..1 + chance.below(3) {
        let at = chance.below(bytes.len());
        let width = 1 << chance.below(3);
        let old = bytes.get(at..at + width).unwrap_or_default();
        let old = old.iter().rev().fold(0u32, |n, &b| n << 8 | u32::from(b));
        let new = match chance.below(5) {
            0 => old.wrapping_add(1 + chance.below(4) as u32),
            1 => old.wrapping_sub(1 + chance.below(4) as u32),
            2 => chance.below(bytes.len()) as u32,
            _ => chance.one(VALUES).copied().unwrap_or_default(),
        };
        for (byte, new) in bytes.iter_mut().skip(at).take(width).zip(new.to_le_bytes()) {
            *byte = new;
        }
    }
    if chance.once_in(6) {
        let (from, to, length) =
            (chance.below(bytes.len()), chance.below(bytes.len()), 1 << chance.below(10));
        let piece: Vec<u8> = bytes.iter().skip(from).take(length).copied().collect();
        for (byte, new) in bytes.iter_mut().skip(to).zip(piece) {
            *byte = new;
        }
    }
    bytes
}
