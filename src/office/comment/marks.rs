//! The marks of comments in the text: where each begins and ends, and its reference.
//!
//! `marked` puts them in, `without_marks` takes those of the program out again.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::entry::Comment;
use super::shelter::Shelters;
use crate::office::body::{Body, Host, Node, NodeKind, Unit};
use crate::office::own::{mark_number, prefix};
use crate::office::parting::{Child, Point};
use crate::office::splice::{Splices, keeping_spaces};
use crate::office::xml::{Token, each};

/// A run that may hold a comment's reference.
struct Holder {
    /// Its start tag.
    open: Range<usize>,
    properties: Range<usize>,
    reference: Option<Range<usize>>,
}

/// `xml` without the marks of the comments with these ids, and the highest id of the others.
pub(super) fn without_marks(xml: &str, own: &HashSet<String>) -> Option<(String, Option<u64>)> {
    if memchr::memmem::find(xml.as_bytes(), b"comment").is_none() {
        return Some((xml.to_owned(), None));
    }
    let mut splices = Splices::default();
    let (mut highest, mut runs, mut properties, mut mark) = (None, Vec::<Holder>::new(), 0usize, None);
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => match e.name() {
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => {
                let id = e.attribute("id").unwrap_or_default();
                if own.contains(&id) {
                    mark = Some(at.start);
                } else {
                    highest = highest.max(mark_number(&id));
                }
            }
            "r" => {
                let properties = at.end..at.end;
                runs.push(Holder { open: at, properties, reference: None });
            }
            "rPr" => properties += 1,
            _ => {}
        },
        Token::End("commentRangeStart" | "commentRangeEnd") => {
            if let Some(start) = mark.take() {
                splices.replace(start..at.end, "");
            }
        }
        Token::End("commentReference") => {
            if let Some(start) = mark.take() {
                match runs.last_mut() {
                    Some(run) if run.reference.is_none() => run.reference = Some(start..at.end),
                    _ => splices.replace(start..at.end, ""),
                }
            }
        }
        Token::End("rPr") => {
            properties = properties.saturating_sub(1);
            if let Some(run) = runs.last_mut().filter(|_| properties == 0) {
                run.properties.end = at.end;
            }
        }
        Token::End("r") => {
            if let Some(Holder { open, properties, reference: Some(reference) }) = runs.pop() {
                let blank = |range: Range<usize>| xml.get(range).is_some_and(|s| s.trim().is_empty());
                let alone = blank(properties.end..reference.start) && blank(reference.end..at.start);
                splices.replace(if alone { open.start..at.end } else { reference }, "");
            }
        }
        _ => {}
    });
    if !sound {
        return None;
    }
    Some((splices.apply(xml)?, highest))
}

/// What is put in at one place: what ends a run there, marks, what opens it again.
#[derive(Default)]
struct Cut {
    left: String,
    ends: String,
    starts: String,
    right: String,
}

/// The document with marks of the comments, numbered from `first`. `None` if it is unforeseen.
pub(super) fn marked(xml: &str, body: &Body, comments: &[Comment], first: u64) -> Option<String> {
    let mark = marks(xml)?;
    let shelters = Shelters::of(xml);
    let nodes: Vec<(Range<usize>, usize, &Node)> = body
        .paragraphs
        .iter()
        .zip(body.spans())
        .enumerate()
        .flat_map(|(index, (p, span))| {
            p.nodes.iter().map(move |n| (span.start + n.text.start..span.start + n.text.end, index, n))
        })
        .collect();
    let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
    let mut kept: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for (id, comment) in (first..).zip(comments) {
        let (start, end) = span(xml, body, &nodes, &comment.range)?;
        for (point, is_end) in [(start, false), (end, true)] {
            kept.extend(point.keep_spaces.map(|open| (open.start, open)));
            let cut = cuts.entry(point.at).or_default();
            if let Some((left, right)) = point.cut {
                (cut.left, cut.right) = (left, right);
            }
            if is_end {
                cut.ends += &mark("commentRangeEnd", id);
                let place = shelters.out_of(point.at);
                cuts.entry(place).or_default().ends += &mark("commentReference", id);
            } else {
                cut.starts += &mark("commentRangeStart", id);
            }
        }
    }
    let mut splices = Splices::default();
    for (at, cut) in cuts {
        splices.replace(at..at, [cut.left, cut.ends, cut.starts, cut.right].concat());
    }
    for open in kept.into_values() {
        splices.replace(open.clone(), keeping_spaces(xml.get(open)?));
    }
    splices.apply(xml)
}

/// Makes marks in the words of the document's own prefix; a reference comes in a run.
fn marks(xml: &str) -> Option<impl Fn(&str, u64) -> String> {
    let (p, declared) = prefix(xml)?;
    Some(move |what: &str, id: u64| match what {
        "commentReference" => format!(r#"<{p}:r{declared}><{p}:{what} {p}:id="{id}"/></{p}:r>"#),
        _ => format!(r#"<{p}:{what}{declared} {p}:id="{id}"/>"#),
    })
}

/// Where the comment on `range` begins and ends.
fn span(
    xml: &str,
    body: &Body,
    nodes: &[(Range<usize>, usize, &Node)],
    range: &Range<usize>,
) -> Option<(Point, Point)> {
    let mut range = range.clone();
    let mut first = nodes.partition_point(|(at, ..)| at.end <= range.start);
    let mut past = nodes.partition_point(|(at, ..)| at.start < range.end);
    if first >= past {
        // A paragraph's end: the last character before it, or else the first after it.
        let before = first.checked_sub(1);
        first = before.unwrap_or(0);
        past = first + 1;
        let (at, paragraph, node) = nodes.get(first)?;
        let words = body.paragraphs.get(*paragraph)?.text.get(node.text.clone())?;
        range = match before {
            Some(_) => at.end - words.chars().next_back().map_or(0, char::len_utf8)..at.end,
            None => at.start..at.start + words.chars().next().map_or(0, char::len_utf8),
        };
    }
    let paragraph = nodes.get(first)?.1;
    let is_cell = |index: usize| body.paragraphs.get(index).is_some_and(|p| p.cell);
    if nodes.get(past - 1)?.1 != paragraph && (is_cell(paragraph) || is_cell(nodes.get(past - 1)?.1)) {
        past = first + nodes.get(first..past)?.iter().take_while(|n| n.1 == paragraph).count();
    }
    // A text box is read after the paragraph that it hangs on, and may stand before its words.
    let meant = nodes.get(first..past)?;
    let start = start_of(xml, body, meant.iter().min_by_key(|n| n.2.outer.start)?, range.start)?;
    let end = end_of(xml, body, meant.iter().max_by_key(|n| n.2.outer.end)?, range.end)?;
    (start.at < end.at).then_some((start, end))
}

fn start_of(
    xml: &str,
    body: &Body,
    (text, _, node): &(Range<usize>, usize, &Node),
    at: usize,
) -> Option<Point> {
    let (unit, host) = stands_in(body, node)?;
    let Some(child) = child(unit, host, node) else { return Some(Point::between(host.range.start)) };
    let plain = matches!(node.kind, NodeKind::Text | NodeKind::Cdata);
    let within = at.saturating_sub(text.start);
    child.start(xml, if plain && within > 0 { node.source.start + within } else { node.outer.start })
}

fn end_of(
    xml: &str,
    body: &Body,
    (text, _, node): &(Range<usize>, usize, &Node),
    at: usize,
) -> Option<Point> {
    let (unit, host) = stands_in(body, node)?;
    let Some(child) = child(unit, host, node) else { return Some(Point::between(host.range.end)) };
    let plain = matches!(node.kind, NodeKind::Text | NodeKind::Cdata);
    let within = at.saturating_sub(text.start);
    child.end(xml, if plain && at < text.end { node.source.start + within } else { node.outer.end })
}

fn stands_in<'b>(body: &'b Body, node: &Node) -> Option<(&'b Unit, &'b Host)> {
    let unit = body.units.get(node.unit)?;
    Some((unit, body.hosts.get(unit.host)?))
}

/// The child of a run in which a node stands; `None` where its host cannot be cut.
fn child(unit: &Unit, host: &Host, node: &Node) -> Option<Child> {
    Some(Child {
        head: host.open.start..host.properties.as_ref()?.end,
        close: host.close.clone(),
        unit: unit.range.clone(),
        text: unit.text.then(|| (node.open.clone(), unit.close.clone())),
        cdata: (node.kind == NodeKind::Cdata).then(|| node.source.clone()),
    })
}
