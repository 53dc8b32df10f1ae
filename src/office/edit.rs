//! Safe changes to the words of a .docx: the new words take the format of those that they
//! replace, and everything else stays as it is, byte for byte.
//!
//! What an edit has in common with the old words at either end is left alone first, so that
//! `3.2亿元` → `2.3亿元` does not touch a bold 亿元; a number is one thing. What remains goes where its first
//! character stood. On request it is put in as tracked changes ([`track`]). A text box is kept twice in the file, once for newer and once for older programs; both
//! are changed if they say the same.

mod plain;
mod track;
mod versions;

use std::collections::BTreeMap;
use std::ops::Range;

use super::body::{self, Body, Node, NodeKind, Paragraph};
use super::document::{open_whole, unsafe_change};
use super::splice::Splices;
use crate::base::han::{Date, is_numeral};
use crate::base::{Problem, Result, Text};

/// The document with each range of its text, in bytes of the manuscript's text, become the new
/// words; an empty range is a place to put them in. A tab and a line end become what Word has for
/// them. No edits give the same bytes.
///
/// # Errors
/// If the document is damaged; if ranges overlap, lie outside the text, or reach over a
/// paragraph's end; if the words hold control characters; if they stand where they cannot be
/// changed without touching more, as in an automatic field's symbol.
pub fn apply(bytes: &[u8], edits: &[(Range<usize>, String)]) -> Result<Vec<u8>> {
    rewritten(bytes, edits, |xml, puts| {
        let changed = plain::splices(xml, puts).and_then(|splices| splices.apply(xml));
        changed.ok_or_else(|| unsafe_change().into())
    })
}

/// The same as tracked changes (修订): the old words deleted and the new ones put in by the program on this
/// day. Accepted they give what [`apply`] gives, rejected what was there.
///
/// # Errors
/// As [`apply`], and where words stand in somebody else's insertion that is not yet accepted.
pub fn track(bytes: &[u8], edits: &[(Range<usize>, String)], date: Option<Date>) -> Result<Vec<u8>> {
    rewritten(bytes, edits, |xml, puts| {
        let changed =
            track::splices(xml, puts, date, track::Way::Forward)?.apply(xml).ok_or_else(unsafe_change)?;
        if body::read_rejected(&changed).text() != body::read_rejected(xml).text() {
            return Err(unsafe_change().into());
        }
        Ok(changed)
    })
}

pub(super) use track::pending;

/// Two versions as one; see [`versions`].
pub use versions::between;

/// What is to be put where, in the order of the edits, those of text boxes in both of their copies.
pub(super) type Puts<'e> = Vec<Put<'e>>;

/// Words that are to stand in the place of others, within one node; places are in bytes of the part.
#[derive(Debug, Clone)]
pub(super) struct Put<'e> {
    pub(super) kind: NodeKind,
    /// The start tag of the `w:t`.
    open: Range<usize>,
    /// The whole node; without the brackets of CDATA.
    node: Range<usize>,
    /// What of it goes.
    pub(super) cut: Range<usize>,
    pub(super) new: &'e str,
    /// Whether it goes on with the edit of the one before, which has its new words.
    pub(super) follows: bool,
    /// Whether what stands there was moved there, and has not come.
    moved: bool,
}

/// The document with its edits, which `way` puts into the XML.
fn rewritten(
    bytes: &[u8],
    edits: &[(Range<usize>, String)],
    way: impl FnOnce(&str, &Puts<'_>) -> Result<String>,
) -> Result<Vec<u8>> {
    if edits.is_empty() {
        return Ok(bytes.to_vec());
    }
    let (mut package, main, part) = open_whole(bytes)?;
    let xml = &part.text;
    let body = body::map(xml);
    if body.problem.is_some() {
        return Err(unsafe_change().into());
    }
    let text = body.text();
    let Planned { mut puts, edited, expected } = planned(&body, &text, edits, &IN_WORD)?;
    for (taken, other) in &body.twins {
        puts.extend(in_twin(xml, &body, taken, other, &edited));
    }
    let changed = way(xml, &puts)?;
    if body::read(&changed).text() != expected {
        return Err(unsafe_change().into());
    }
    package.with(BTreeMap::from([(main, part.encoding.encode(&changed))]))
}

/// What edits come to.
pub(super) struct Planned<'e> {
    /// What is put where.
    pub puts: Puts<'e>,
    /// The bytes of the XML that each edit touches, with its range of the text and its new words.
    edited: Vec<(Range<usize>, Range<usize>, &'e str)>,
    /// The text as it is to be.
    pub expected: String,
}

/// The text, a range of it and its new words → a range that may be wider, with its new words.
type Widen = for<'e> fn(&str, Range<usize>, &'e str) -> (Range<usize>, &'e str);

/// How edits are put into a make of files.
pub(super) struct Manner {
    /// Is shown the text and what is left of an edit when what it has in common with the old words is left
    /// alone, and may take more.
    pub widen: Widen,
    /// Whether an edit that cannot be made so is made as it was given: what it has in common with the old words
    /// is then put anew.
    pub whole: bool,
    /// Why an edit is not made.
    pub refusal: fn() -> Problem,
}

const IN_WORD: Manner = Manner { widen: |_, range, new| (range, new), whole: false, refusal: unsafe_change };

/// Where edits of a body's text stand in its XML.
///
/// # Errors
/// If ranges overlap or lie outside the text, if the words hold control characters, or if they stand where they
/// cannot be changed.
pub(super) fn planned<'e>(
    body: &Body,
    text: &str,
    edits: &'e [(Range<usize>, String)],
    manner: &Manner,
) -> Result<Planned<'e>> {
    let mut sorted: Vec<&(Range<usize>, String)> = edits.iter().collect();
    sorted.sort_by_key(|(range, _)| (range.start, range.end));
    let mut expected = Splices::default();
    let mut puts = Puts::new();
    let mut edited = Vec::new();
    let mut last = 0;
    for (range, new) in sorted {
        let Some(old) = text.get(range.clone()).filter(|_| range.start >= last) else {
            return Err(not_there().into());
        };
        last = range.end;
        if new.chars().any(|c| c < ' ' && !matches!(c, '\t' | '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
            return Err(control_character().into());
        }
        expected.replace(range.clone(), new.clone());
        let (given, whole) = (range, new);
        let (range, new) = common(range, old, new);
        if range.is_empty() && new.is_empty() {
            continue;
        }
        let (range, new) = (manner.widen)(text, range, new);
        let again = || change(body, 0, given, whole).filter(|_| manner.whole);
        let here = change(body, 0, &range, new).or_else(again).ok_or_else(manner.refusal)?;
        let (start, end) =
            (here.iter().map(|put| put.cut.start).min(), here.iter().map(|put| put.cut.end).max());
        edited.extend(start.zip(end).map(|(start, end)| (start..end, range, new)));
        puts.extend(here);
    }
    let expected = expected.apply(text).ok_or_else(not_there)?;
    Ok(Planned { puts, edited, expected })
}

fn not_there() -> Problem {
    Problem::new(Text::fixed(
        "要改的文字不在文稿里，或几处改动重叠",
        "the words to be changed are not in the document, or two changes overlap",
    ))
    .help(Text::fixed("重新检查一次再改", "check again and then change"))
}

fn control_character() -> Problem {
    Problem::new(Text::fixed(
        "新文字里有文稿文件不能容纳的控制字符",
        "the new words hold a control character, which no word processor's file can hold",
    ))
}

/// An edit without what its old and new words have in common at either end; a number is not parted.
fn common<'n>(range: &Range<usize>, old: &str, new: &'n str) -> (Range<usize>, &'n str) {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let counts =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_numeral(c) || "〇零百千".contains(c);
    let mut head = alike(&mut old.chars().zip(new.chars()));
    if [&old[head..], &new[head..]].iter().any(|rest| rest.starts_with(counts)) {
        head = old[..head].trim_end_matches(counts).len();
    }
    let (old, new) = (&old[head..], &new[head..]);
    let mut tail = alike(&mut old.chars().rev().zip(new.chars().rev()));
    if [old, new].iter().any(|words| words[..words.len() - tail].ends_with(counts)) {
        tail = old[old.len() - tail..].trim_start_matches(counts).len();
    }
    (range.start + head..range.end - tail, &new[..new.len() - tail])
}

/// What one change puts where; the body is of a part's stretch that begins at `base`. `None` if it cannot be
/// made.
fn change<'e>(body: &Body, base: usize, range: &Range<usize>, new: &'e str) -> Option<Puts<'e>> {
    let (paragraph, span) = body
        .paragraphs
        .iter()
        .zip(body.spans())
        .find(|(_, s)| s.start <= range.start && range.end <= s.end)?;
    let within = range.start - span.start..range.end - span.start;
    if within.is_empty() {
        let (node, at) = insertion(paragraph, within.start)?;
        return Some(vec![put(body, base, node, at..at, new)?]);
    }
    let mut puts = Puts::new();
    let mut reached = within.start;
    for node in paragraph.nodes.iter().filter(|n| n.text.end > within.start && n.text.start < within.end) {
        if node.text.start > reached {
            return None;
        }
        reached = node.text.end;
        let cut = cut(node, &within)?;
        let follows = !puts.is_empty();
        puts.push(Put { follows, ..put(body, base, node, cut, if follows { "" } else { new })? });
    }
    (reached >= within.end && !puts.is_empty()).then_some(puts)
}

/// Where words are put in that are to stand at this byte of a paragraph's text: after the character
/// before, or before the one after; never inside a reference.
fn insertion(paragraph: &Paragraph, at: usize) -> Option<(&Node, usize)> {
    let mut plain = paragraph.nodes.iter().filter(|n| n.kind != NodeKind::Sign);
    let before = plain.clone().find(|n| n.text.start < at && at <= n.text.end);
    match before {
        Some(n) if n.kind == NodeKind::Reference => (at == n.text.end).then_some((n, n.source.end)),
        Some(n) => Some((n, n.source.start + at - n.text.start)),
        None => plain.find(|n| n.text.start == at).map(|n| (n, n.source.start)),
    }
}

/// The bytes of the XML that say what of a node lies within these bytes of its paragraph's text;
/// `None` if it can only be changed as a whole and more is there.
fn cut(node: &Node, within: &Range<usize>) -> Option<Range<usize>> {
    match node.kind {
        NodeKind::Text | NodeKind::Cdata => {
            let from = within.start.max(node.text.start) - node.text.start;
            let to = within.end.min(node.text.end) - node.text.start;
            Some(node.source.start + from..node.source.start + to)
        }
        NodeKind::Reference | NodeKind::Sign => {
            let whole = within.start <= node.text.start && node.text.end <= within.end;
            whole.then(|| node.source.clone())
        }
    }
}

/// `new` in the place of the bytes `cut` of a node.
fn put<'e>(body: &Body, base: usize, node: &Node, cut: Range<usize>, new: &'e str) -> Option<Put<'e>> {
    // Formulas have no elements for tabs and line ends.
    let in_run = || Some(body.hosts.get(body.units.get(node.unit)?.host)?.properties.is_some());
    if node.kind != NodeKind::Sign && new.contains(['\t', '\n']) && !in_run()? {
        return None;
    }
    let shift = |r: &Range<usize>| base + r.start..base + r.end;
    let (open, cut) = (shift(&node.open), shift(&cut));
    Some(Put { kind: node.kind, open, node: shift(&node.source), cut, new, follows: false, moved: false })
}

/// The prefix of an element, with its colon, by its start tag.
fn prefix_of(tag: &str) -> String {
    let name =
        tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next();
    name.and_then(|name| name.rsplit_once(':')).map_or(String::new(), |(prefix, _)| format!("{prefix}:"))
}

/// Words as they stand in a `w:t`, with tabs and line ends between two of them.
fn words(new: &str, prefix: &str, open: &str, close: &str) -> String {
    let escaped = quick_xml::escape::partial_escape(new);
    escaped
        .replace('\t', &format!("{close}<{prefix}tab/>{open}"))
        .replace('\n', &format!("{close}<{prefix}br/>{open}"))
}

/// Makes in the alternative that was not read the changes that were made in the one that was, if
/// both have one text.
fn in_twin<'e>(
    xml: &str,
    body: &Body,
    taken: &Range<usize>,
    other: &Range<usize>,
    edited: &[(Range<usize>, Range<usize>, &'e str)],
) -> Puts<'e> {
    let mut puts = Puts::new();
    let inside: Vec<_> =
        edited.iter().filter(|(at, ..)| taken.start <= at.start && at.end <= taken.end).collect();
    let (Some(one), Some(two)) = (xml.get(taken.clone()), xml.get(other.clone())) else { return puts };
    if inside.is_empty() {
        return puts;
    }
    let (one, two) = (body::map(one), body::map(two));
    if one.text() != two.text() {
        return puts;
    }
    // The same byte of the XML tells where a change of the whole text lies in this part of it.
    let place = |at: usize, body: &Body, base: usize| {
        body.paragraphs.iter().zip(body.spans()).find_map(|(p, span)| {
            let node = p.nodes.iter().find(|n| base + n.source.start <= at && at <= base + n.source.end)?;
            Some((span.start + node.text.start, base + node.source.start))
        })
    };
    for (at, range, new) in inside {
        let (Some((whole, source)), Some((part, same))) =
            (place(at.start, body, 0), place(at.start, &one, taken.start))
        else {
            continue;
        };
        if source != same || range.start < whole {
            continue;
        }
        let start = part + (range.start - whole);
        puts.extend(change(&two, other.start, &(start..start + range.len()), new).unwrap_or_default());
    }
    puts
}

#[cfg(test)]
mod tests;
