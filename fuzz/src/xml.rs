//! Changes of elements: taken out, doubled, moved, nested; attributes and words that become others.

use std::ops::Range;

use super::chance::Chance;
use super::shape::insert;
use super::words::{self, Words};

/// The tags of a text, in order; a comment or a declaration counts as one.
fn tags(xml: &[u8]) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = xml[at..].iter().position(|&b| b == b'<').map(|n| at + n) {
        let Some(end) = xml[start..].iter().position(|&b| b == b'>').map(|n| start + n + 1) else { break };
        tags.push(start..end);
        at = end;
    }
    tags
}

fn is_end(xml: &[u8], tag: &Range<usize>) -> bool {
    xml.get(tag.start + 1) == Some(&b'/')
}

fn is_alone(xml: &[u8], tag: &Range<usize>) -> bool {
    xml[tag.end - 2] == b'/' || matches!(xml.get(tag.start + 1), Some(b'!' | b'?'))
}

/// The element that a tag opens, with what is in it.
fn element(xml: &[u8], tags: &[Range<usize>], index: usize) -> Range<usize> {
    let tag = &tags[index];
    if is_end(xml, tag) || is_alone(xml, tag) {
        return tag.clone();
    }
    let mut depth = 0usize;
    for other in &tags[index..] {
        if is_end(xml, other) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return tag.start..other.end;
            }
        } else if !is_alone(xml, other) {
            depth += 1;
        }
    }
    tag.start..xml.len()
}

/// An element that is not too long.
fn some_element(xml: &[u8], tags: &[Range<usize>], chance: &mut Chance) -> Option<Range<usize>> {
    (0..8)
        .map(|_| chance.below(tags.len()))
        .filter(|&index| index < tags.len())
        .map(|index| element(xml, tags, index))
        .find(|range| range.len() < 4096 && range.len() < xml.len() / 2 + 64)
}

/// An element of a part, to be put elsewhere.
pub fn piece(xml: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    some_element(xml, &tags(xml), chance).map(|range| xml[range].to_vec())
}

/// A piece put before or behind one of the tags.
pub fn with(mut xml: Vec<u8>, piece: &[u8], chance: &mut Chance) -> Vec<u8> {
    let at = chance.one(&tags(&xml)).map_or(0, |tag| if tag.start % 2 == 0 { tag.start } else { tag.end });
    insert(&mut xml, at, piece);
    xml
}

/// One change.
pub fn changed(mut xml: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let tags = tags(&xml);
    let Some(range) = some_element(&xml, &tags, chance) else { return xml };
    let element = xml[range.clone()].to_vec();
    match chance.below(16) {
        0 => drop(xml.drain(range)),
        1 => {
            let many = element.repeat(chance.often().min(1 + 60_000 / element.len().max(1)));
            insert(&mut xml, range.end, &many);
        }
        2 | 3 => xml = with(xml, &element, chance),
        4 => {
            xml.drain(range);
            xml = with(xml, &element, chance);
        }
        // Into one another.
        5 => {
            let open = tags.iter().find(|tag| tag.start == range.start).map(|tag| xml[tag.clone()].to_vec());
            let many = open.unwrap_or_default().repeat(chance.often());
            insert(&mut xml, range.start, &many);
        }
        6 => {
            if let Some(tag) = chance.one(&tags) {
                xml.drain(tag.clone());
            }
        }
        7..=10 => attribute(&mut xml, &tags, chance),
        11 => {
            if let (Some(a), Some(b)) = (chance.one(&tags), chance.one(&tags)) {
                let name = name(&xml, b);
                let old = name_at(&xml, a);
                xml.splice(old, name);
            }
        }
        12..=14 => {
            if let Some(tag) = chance.one(&tags) {
                let word = words::one(Words::Prose, chance);
                let word = word.replace('&', "&amp;").replace('<', "&lt;");
                let many = if chance.once_in(8) { word.repeat(chance.often()) } else { word };
                insert(&mut xml, tag.end, many.as_bytes());
            }
        }
        _ => {
            let word = chance.one(words::ELEMENTS).copied().unwrap_or_default();
            xml = with(xml, word.as_bytes(), chance);
        }
    }
    xml
}

/// Where the name of a tag stands.
fn name_at(xml: &[u8], tag: &Range<usize>) -> Range<usize> {
    let start = tag.start + 1 + usize::from(is_end(xml, tag));
    let long = xml[start..tag.end].iter().position(|b| b" />\n".contains(b)).unwrap_or_default();
    start..start + long
}

fn name(xml: &[u8], tag: &Range<usize>) -> Vec<u8> {
    xml[name_at(xml, tag)].to_vec()
}

/// A value becomes another; of the same file, or one at a limit.
fn attribute(xml: &mut Vec<u8>, tags: &[Range<usize>], chance: &mut Chance) {
    let all: Vec<Range<usize>> = tags.iter().flat_map(|tag| values(xml, tag)).collect();
    let (Some(at), Some(other)) = (chance.one(&all), chance.one(&all)) else { return };
    let value = match chance.below(4) {
        0 => xml[other.clone()].to_vec(),
        1 => words::one(Words::Prose, chance).replace(['"', '<', '&'], "").into_bytes(),
        _ => chance.one(words::VALUES).copied().unwrap_or_default().as_bytes().to_vec(),
    };
    xml.splice(at.clone(), value);
}

/// The values of a tag's attributes.
fn values(xml: &[u8], tag: &Range<usize>) -> Vec<Range<usize>> {
    let quotes: Vec<usize> = tag.clone().filter(|&at| xml[at] == b'"').collect();
    quotes.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect()
}
