//! Safe changes to the words of a .docx: the new words take the format of those that they
//! replace, and everything else stays as it is, byte for byte.
//!
//! What an edit has in common with the old words at either end is left alone first, so that
//! `3.2亿元` → `2.3亿元` does not touch a bold 亿元. What remains goes where its first character
//! stood. A text box is kept twice in the file, once for newer and once for older programs; both
//! are changed if they say the same.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body::{self, Body, Node, NodeKind, Paragraph};
use super::document::{open_whole, unsafe_change};
use super::splice::{Splices, keeping_spaces};
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
    let mut sorted: Vec<&(Range<usize>, String)> = edits.iter().collect();
    sorted.sort_by_key(|(range, _)| (range.start, range.end));
    let mut expected = Splices::default();
    let mut splices = Splices::default();
    let mut twins = Vec::new();
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
        let (range, new) = common(range, old, new);
        if range.is_empty() && new.is_empty() {
            continue;
        }
        let nodes = change(xml, 0, &body, &range, new, &mut splices).ok_or_else(unsafe_change)?;
        twins.push((nodes, range, new));
    }
    for (taken, other) in &body.twins {
        change_twin(xml, &body, taken, other, &twins, &mut splices);
    }
    let changed = splices.apply(xml).ok_or_else(unsafe_change)?;
    if Some(body::read(&changed).text()) != expected.apply(&text) {
        return Err(unsafe_change().into());
    }
    package.with(BTreeMap::from([(main, part.encoding.encode(&changed))]))
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
        "新文字里有 Word 文件不能容纳的控制字符",
        "the new words hold a control character, which no Word file can hold",
    ))
}

/// An edit without what its old and new words have in common at either end.
fn common<'n>(range: &Range<usize>, old: &str, new: &'n str) -> (Range<usize>, &'n str) {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let head = alike(&mut old.chars().zip(new.chars()));
    let (old, new) = (&old[head..], &new[head..]);
    let tail = alike(&mut old.chars().rev().zip(new.chars().rev()));
    (range.start + head..range.end - tail, &new[..new.len() - tail])
}

/// Makes one change; the bytes of `xml` that it touched. `xml` begins at `base` of the part that
/// the splices are for. `None` if it cannot be made.
fn change(
    xml: &str,
    base: usize,
    body: &Body,
    range: &Range<usize>,
    new: &str,
    splices: &mut Splices,
) -> Option<Range<usize>> {
    let (paragraph, span) = body
        .paragraphs
        .iter()
        .zip(body.spans())
        .find(|(_, s)| s.start <= range.start && range.end <= s.end)?;
    let within = range.start - span.start..range.end - span.start;
    let shift = |r: Range<usize>| base + r.start..base + r.end;
    if within.is_empty() {
        let (node, at) = insertion(paragraph, within.start)?;
        put(xml, base, body, node, at..at, new, splices)?;
        return Some(shift(at..at));
    }
    let mut new = Some(new);
    let mut touched: Option<Range<usize>> = None;
    let mut reached = within.start;
    for node in paragraph.nodes.iter().filter(|n| n.text.end > within.start && n.text.start < within.end) {
        if node.text.start > reached {
            return None;
        }
        reached = node.text.end;
        let cut = cut(node, &within)?;
        let words = new.take().unwrap_or_default();
        put(xml, base, body, node, cut.clone(), words, splices)?;
        let cut = shift(cut);
        touched = Some(touched.map_or(cut.clone(), |t| t.start.min(cut.start)..t.end.max(cut.end)));
    }
    (reached >= within.end).then_some(touched?)
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

/// Puts `new` in the place of the bytes `cut` of a node.
fn put(
    xml: &str,
    base: usize,
    body: &Body,
    node: &Node,
    cut: Range<usize>,
    new: &str,
    splices: &mut Splices,
) -> Option<()> {
    let here = base + cut.start..base + cut.end;
    if node.kind == NodeKind::Sign {
        if new.is_empty() {
            splices.replace(here, "");
            return Some(());
        }
        // A sign stands beside `w:t`; its prefix tells that of the new one.
        let name = xml.get(cut)?.trim_start_matches('<');
        let name = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next()?;
        let prefix = name.rsplit_once(':').map_or(String::new(), |(p, _)| format!("{p}:"));
        let open = format!("<{prefix}t xml:space=\"preserve\">");
        let close = format!("</{prefix}t>");
        splices.replace(here, format!("{open}{}{close}", words(new, &prefix, &open, &close)));
        return Some(());
    }
    let open = xml.get(node.open.clone())?;
    let name = open.trim_start_matches('<');
    let name = name.split(|c: char| c.is_whitespace() || c == '>').next()?;
    let prefix = name.rsplit_once(':').map_or(String::new(), |(p, _)| format!("{p}:"));
    // Formulas have no elements for tabs and line ends.
    let in_run = body.units.get(node.unit).and_then(|u| body.hosts.get(u.host))?.properties.is_some();
    if new.contains(['\t', '\n']) && !in_run {
        return None;
    }
    let kept = keeping_spaces(open);
    let said = words(new, &prefix, &kept, &format!("</{name}>"));
    let inside_cdata = node.kind == NodeKind::Cdata;
    let said = if inside_cdata && !said.is_empty() { format!("]]>{said}<![CDATA[") } else { said };
    // A space may now stand at the edge of its element, where it would not be shown.
    let beside = || Some(xml.get(..cut.start)?.ends_with(' ') || xml.get(cut.end..)?.starts_with(' '));
    if kept != open && (new.contains([' ', '\t', '\n']) || new.is_empty() && beside()?) {
        splices.keep(base + node.open.start..base + node.open.end, kept);
    }
    splices.replace(here, said);
    Some(())
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
fn change_twin(
    xml: &str,
    body: &Body,
    taken: &Range<usize>,
    other: &Range<usize>,
    edits: &[(Range<usize>, Range<usize>, &str)],
    splices: &mut Splices,
) {
    let inside: Vec<_> =
        edits.iter().filter(|(at, ..)| taken.start <= at.start && at.end <= taken.end).collect();
    let (Some(one), Some(two)) = (xml.get(taken.clone()), xml.get(other.clone())) else { return };
    if inside.is_empty() {
        return;
    }
    let (one, two_body) = (body::map(one), body::map(two));
    if one.text() != two_body.text() {
        return;
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
        let mut changes = Splices::default();
        if change(two, other.start, &two_body, &(start..start + range.len()), new, &mut changes).is_some() {
            splices.extend(changes);
        }
    }
}

#[cfg(test)]
mod tests;
