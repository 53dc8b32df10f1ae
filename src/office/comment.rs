//! Comments (批注) in a .docx: each on its exact words, and nothing else changed.
//!
//! A comment begins and ends between two runs, so a run is cut in two where the words begin or
//! end in its middle; both halves keep its `w:rPr`, byte for byte. Some places cannot be cut, or
//! may hold no comment: a formula, pinyin over a character, a content control that Word fills
//! anew, a text box. There the comment goes round the whole, or round the run that the box hangs
//! on. A comment's reference keeps out of fields and out of the first paragraph of a content control
//! (`shelter.rs`). Words in two table cells get their comment in the first, since a range across cells is not
//! kept by every program.
//!
//! The program knows its own comments by their author. A second pass takes them out first, and
//! with them whatever marked their words; other people's stay, and their numbers are not given
//! away again. So annotating an annotated document gives the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::body::{self, Body, Node, NodeKind};
use super::package::{Encoding, Package, Part, relationships_of};
use super::shelter::Shelters;
use super::splice::Splices;
use super::{attribute, open_whole, unsafe_change};
use crate::base::{Problem, Result, Text, han::Date};

/// The author of the program's comments, by which it knows them again.
pub const AUTHOR: &str = "文稿 wengao";
/// What Word shows before a comment's number.
const INITIALS: &str = "文稿";

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_W: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A comment that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The words that it is about, in bytes of the manuscript's text.
    pub range: Range<usize>,
    /// What it says, a paragraph each.
    pub lines: Vec<String>,
}

/// The document with these comments, in the order given, and without those that the program made
/// before. `text` is the manuscript's text by which the ranges were found; `date` is the
/// comments' date.
///
/// Text, formats and all parts that say nothing of comments stay as they are. A range that is
/// nothing but a paragraph's end gets its comment on the last character before it.
///
/// # Errors
/// If the document is damaged, has another text than `text`, or holds markup between which no
/// comment can be put without touching the text.
pub fn annotate(bytes: &[u8], text: &str, comments: &[Comment], date: Option<Date>) -> Result<Vec<u8>> {
    let (mut package, main, part) = open_whole(bytes)?;
    let old = Old::read(&mut package, &main)?;
    if comments.is_empty() && old.own.is_empty() {
        return Ok(bytes.to_vec());
    }
    let (bare, taken) = without_marks(&part.text, &old.own).ok_or_else(unsafe_change)?;
    let body = body::map(&bare);
    if body.problem.is_some() {
        return Err(unsafe_change().into());
    }
    if body.text() != text {
        return Err(other_text().into());
    }
    let first = old.highest.max(taken).map_or(0, |id| id.saturating_add(1));
    let document = marked(&bare, &body, comments, first).ok_or_else(unsafe_change)?;
    if body::read(&document).text() != text {
        return Err(unsafe_change().into());
    }
    let mut parts = BTreeMap::new();
    old.rewrite(&mut package, &main, &bare, &entries(comments, first, date), &mut parts)?;
    parts.insert(main, part.encoding.encode(&document));
    package.with(parts)
}

fn other_text() -> Problem {
    Problem::new(Text::fixed(
        "文稿的内容和检查时不一样了",
        "the document's text is not the one that was checked",
    ))
    .help(Text::fixed("关闭正在编辑它的程序，再检查一次", "close the program that edits it and check again"))
}

/// The comments that a document has.
#[derive(Default)]
struct Old {
    /// The name and text of the part, if there is one.
    part: Option<(String, Part)>,
    /// Bytes of the program's own comments in it.
    ranges: Vec<Range<usize>>,
    /// Their ids.
    own: HashSet<String>,
    /// The ids of their paragraphs, by which newer parts refer to them.
    paragraphs: HashSet<String>,
    /// The highest id of the others.
    highest: Option<u64>,
}

/// Runs `see` over the tags of `xml` with their bytes; an empty element is a start and an end.
/// `None` if the XML is malformed.
pub(super) fn tags(xml: &str, mut see: impl FnMut(Tag<'_, '_>, Range<usize>)) -> Option<()> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut start = 0;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(e) => see(Tag::Start(&e), start..end),
            Event::End(e) => see(Tag::End(e.local_name().as_ref()), start..end),
            Event::Eof => return Some(()),
            _ => {}
        }
        start = end;
    }
}

/// A tag of the XML.
pub(super) enum Tag<'t, 'e> {
    Start(&'t BytesStart<'e>),
    /// The local name.
    End(&'t str),
}

/// Whether a comments part holds comments that are not the program's own.
pub(crate) fn has_others(xml: &str) -> bool {
    let mut others = false;
    // Of a damaged part as much counts as can be read.
    let _ = tags(xml, |tag, _| {
        if let Tag::Start(e) = tag
            && e.local_name().as_ref() == "comment"
        {
            others |= attribute(e, "author").is_none_or(|author| author != AUTHOR);
        }
    });
    others
}

impl Old {
    fn read(package: &mut Package<'_>, main: &str) -> Result<Self> {
        let mut old = Self::default();
        let name = package.relationships(main).into_iter().find(|r| r.kind == "comments").map(|r| r.target);
        let Some((name, part)) = name.and_then(|n| package.part(&n).map(|p| (n, p))) else { return Ok(old) };
        if let Some(problem) = part.problem {
            return Err(problem.into());
        }
        // The comment at hand: where it starts, and whether it is the program's.
        let mut open: Option<(usize, bool)> = None;
        let sound = tags(&part.text, |tag, at| match tag {
            Tag::Start(e) if e.local_name().as_ref() == "comment" => {
                let own = attribute(e, "author").is_some_and(|a| a == AUTHOR);
                let id = attribute(e, "id").unwrap_or_default();
                if own {
                    old.own.insert(id);
                } else {
                    old.highest = old.highest.max(id.parse().ok());
                }
                open = Some((at.start, own));
            }
            Tag::Start(e) if open.is_some_and(|(_, own)| own) && e.local_name().as_ref() == "p" => {
                old.paragraphs.extend(attribute(e, "paraId"));
            }
            Tag::End("comment") => {
                if let Some((start, true)) = open.take() {
                    old.ranges.push(start..at.end);
                }
            }
            _ => {}
        });
        sound.ok_or_else(unsafe_change)?;
        old.part = Some((name, part));
        Ok(old)
    }

    /// Puts the parts that tell of comments into `parts`, changed.
    fn rewrite(
        self,
        package: &mut Package<'_>,
        main: &str,
        document: &str,
        entries: &dyn Fn(&str, &str) -> String,
        parts: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<()> {
        let strict = root(document).is_some_and(|(_, namespace)| namespace == STRICT_W);
        let namespace = if strict { STRICT_W } else { W };
        self.forget(package, main, parts);
        let Some((name, part)) = self.part else {
            let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let mut files = std::iter::once("comments.xml".to_owned())
                .chain((2..).map(|n: u32| format!("comments{n}.xml")));
            let file = files.find(|f| !package.has(&format!("{folder}{f}"))).unwrap_or_default();
            let xml = format!(
                "{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{}</w:comments>",
                entries("w", namespace)
            );
            let name = format!("{folder}{file}");
            relate(package, main, &file, strict, parts)?;
            declare(package, &name, parts)?;
            parts.insert(name, xml.into_bytes());
            return Ok(());
        };
        let mut splices = Splices::default();
        for range in self.ranges {
            splices.replace(range, "");
        }
        let bare = splices.apply(&part.text).ok_or_else(unsafe_change)?;
        let xml = append(&bare, |prefix| entries(prefix, namespace)).ok_or_else(unsafe_change)?;
        parts.insert(name, part.encoding.encode(&xml));
        Ok(())
    }

    /// Takes the program's comments out of the parts in which newer Words keep threads and
    /// durable ids. Replies to them become comments of their own.
    fn forget(&self, package: &mut Package<'_>, main: &str, parts: &mut BTreeMap<String, Vec<u8>>) {
        if self.paragraphs.is_empty() {
            return;
        }
        let mut durable = HashSet::new();
        let relationships = package.relationships(main);
        for (kind, key) in
            [("commentsExtended", "paraId"), ("commentsIds", "paraId"), ("commentsExtensible", "durableId")]
        {
            let Some(name) = relationships.iter().find(|r| r.kind == kind).map(|r| r.target.clone()) else {
                continue;
            };
            let Some(part) = package.part(&name).filter(|p| p.problem.is_none()) else { continue };
            let mut splices = Splices::default();
            let mut ends: Vec<Option<usize>> = Vec::new();
            let gone = if key == "durableId" { durable.clone() } else { self.paragraphs.clone() };
            let sound = tags(&part.text, |tag, at| match tag {
                Tag::Start(e) => {
                    let mine = attribute(e, key).is_some_and(|id| gone.contains(&id));
                    if mine {
                        durable.extend(attribute(e, "durableId"));
                    }
                    let parent = attribute(e, "paraIdParent").filter(|id| gone.contains(id));
                    if let Some(parent) = parent.filter(|_| !mine) {
                        let tag = &part.text[at.clone()];
                        if let Some(value) = tag.find(&format!("paraIdParent=\"{parent}\"")) {
                            let name = tag[..value].rfind(char::is_whitespace).unwrap_or(value);
                            let end = value + "paraIdParent=\"\"".len() + parent.len();
                            splices.replace(at.start + name..at.start + end, "");
                        }
                    }
                    // What an element of the program's holds goes with it.
                    let nested = ends.iter().any(Option::is_some);
                    ends.push((mine && !nested).then_some(at.start));
                }
                Tag::End(_) => {
                    if let Some(Some(start)) = ends.pop() {
                        splices.replace(start..at.end, "");
                    }
                }
            });
            if sound.is_some()
                && !splices.is_empty()
                && let Some(xml) = splices.apply(&part.text)
            {
                parts.insert(name, part.encoding.encode(&xml));
            }
        }
    }
}

/// `xml` with what `child` gives as the last child of its root; it is told the root's prefix,
/// without the colon.
fn append(xml: &str, child: impl FnOnce(&str) -> String) -> Option<String> {
    let mut root: Option<(String, Range<usize>)> = None;
    let (mut depth, mut close) = (0usize, None);
    tags(xml, |tag, at| match tag {
        Tag::Start(e) => {
            depth += 1;
            if root.is_none() {
                root = Some((e.name().as_ref().to_owned(), at));
            }
        }
        Tag::End(_) => {
            depth = depth.saturating_sub(1);
            if depth == 0 && close.is_none() {
                close = Some(at);
            }
        }
    })?;
    let ((name, open), close) = (root?, close?);
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    let child = child(prefix);
    let mut splices = Splices::default();
    if close.is_empty() {
        // `<w:comments/>`: the tag has to be opened first.
        let slash = open.start + xml[open.clone()].rfind('/')?;
        splices.replace(
            slash..open.end,
            if child.is_empty() { "/>".into() } else { format!(">{child}</{name}>") },
        );
    } else {
        splices.replace(close.start..close.start, child);
    }
    splices.apply(xml)
}

fn qualified(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") }
}

/// Adds the relationship from the main part to its comments.
fn relate(
    package: &mut Package<'_>,
    main: &str,
    target: &str,
    strict: bool,
    parts: &mut BTreeMap<String, Vec<u8>>,
) -> Result<()> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let base = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let name = relationships_of(main);
    let part = package.part(&name).unwrap_or(Part {
        text: format!("{DECLARATION}<Relationships xmlns=\"{NAMESPACE}\"></Relationships>"),
        problem: None,
        encoding: Encoding::Utf8,
    });
    // Links to the web have ids too, which `relationships` leaves out; the text tells of all.
    let mut ids = std::iter::once("rIdWengao".to_owned()).chain((2..).map(|n: u32| format!("rIdWengao{n}")));
    let id = ids.find(|id| !part.text.contains(&format!("\"{id}\""))).unwrap_or_default();
    let xml = append(&part.text, |prefix| {
        let name = qualified(prefix, "Relationship");
        format!(r#"<{name} Id="{id}" Type="{base}/comments" Target="{target}"/>"#)
    });
    parts.insert(name, part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(())
}

/// Adds the content type of the comments.
fn declare(package: &mut Package<'_>, part_name: &str, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    const NAME: &str = "[Content_Types].xml";
    let Some(part) = package.part(NAME) else { return Ok(()) };
    let part_name = format!("/{part_name}");
    let mut known = false;
    let sound = tags(&part.text, |tag, _| {
        if let Tag::Start(e) = tag {
            known |= attribute(e, "PartName").is_some_and(|n| n.eq_ignore_ascii_case(&part_name));
        }
    });
    sound.ok_or_else(unsafe_change)?;
    if known {
        return Ok(());
    }
    let part_name = quick_xml::escape::escape(part_name.as_str());
    let xml = append(&part.text, |prefix| {
        let name = qualified(prefix, "Override");
        format!(r#"<{name} PartName="{part_name}" ContentType="{CONTENT_TYPE}"/>"#)
    });
    parts.insert(NAME.to_owned(), part.encoding.encode(&xml.ok_or_else(unsafe_change)?));
    Ok(())
}

/// The comments as elements of the comments part, for a prefix and its namespace.
fn entries(comments: &[Comment], first: u64, date: Option<Date>) -> impl Fn(&str, &str) -> String {
    let date = date.and_then(|d| Some((d.year, d.month?, d.day?)));
    move |prefix, namespace| {
        // Attributes need a prefix even where elements have none.
        let (p, declared) = match prefix {
            "" => ("w", format!(" xmlns:w=\"{namespace}\"")),
            prefix => (prefix, String::new()),
        };
        let date = date.map_or(String::new(), |(year, month, day)| {
            format!(r#" {p}:date="{year:04}-{month:02}-{day:02}T00:00:00Z""#)
        });
        let mut out = String::new();
        for (id, comment) in (first..).zip(comments) {
            out += &format!(
                r#"<{p}:comment{declared} {p}:id="{id}" {p}:author="{AUTHOR}"{date} {p}:initials="{INITIALS}">"#
            );
            for line in &comment.lines {
                let line: String = line
                    .chars()
                    .map(|c| if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c })
                    .collect();
                let line = quick_xml::escape::partial_escape(line.as_str());
                out +=
                    &format!(r#"<{p}:p><{p}:r><{p}:t xml:space="preserve">{line}</{p}:t></{p}:r></{p}:p>"#);
            }
            if comment.lines.is_empty() {
                out += &format!("<{p}:p/>");
            }
            out += &format!("</{p}:comment>");
        }
        out
    }
}

/// `xml` without the marks of the comments with these ids, and the highest id of the others.
fn without_marks(xml: &str, own: &HashSet<String>) -> Option<(String, Option<u64>)> {
    /// A run: its start tag, its properties, the reference that it holds.
    struct Run {
        open: Range<usize>,
        properties: Range<usize>,
        reference: Option<Range<usize>>,
    }
    if memchr::memmem::find(xml.as_bytes(), b"comment").is_none() {
        return Some((xml.to_owned(), None));
    }
    let mut splices = Splices::default();
    let (mut highest, mut runs, mut properties, mut mark) = (None, Vec::<Run>::new(), 0usize, None);
    tags(xml, |tag, at| match tag {
        Tag::Start(e) => match e.local_name().as_ref() {
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => {
                let id = attribute(e, "id").unwrap_or_default();
                if own.contains(&id) {
                    mark = Some(at.start);
                } else {
                    highest = highest.max(id.parse().ok());
                }
            }
            "r" => {
                let properties = at.end..at.end;
                runs.push(Run { open: at, properties, reference: None });
            }
            "rPr" => properties += 1,
            _ => {}
        },
        Tag::End("commentRangeStart" | "commentRangeEnd") => {
            if let Some(start) = mark.take() {
                splices.replace(start..at.end, "");
            }
        }
        Tag::End("commentReference") => {
            if let Some(start) = mark.take() {
                match runs.last_mut() {
                    Some(run) if run.reference.is_none() => run.reference = Some(start..at.end),
                    _ => splices.replace(start..at.end, ""),
                }
            }
        }
        Tag::End("rPr") => {
            properties = properties.saturating_sub(1);
            if let Some(run) = runs.last_mut().filter(|_| properties == 0) {
                run.properties.end = at.end;
            }
        }
        Tag::End("r") => {
            if let Some(Run { open, properties, reference: Some(reference) }) = runs.pop() {
                let blank = |range: Range<usize>| xml.get(range).is_some_and(|s| s.trim().is_empty());
                let alone = blank(properties.end..reference.start) && blank(reference.end..at.start);
                splices.replace(if alone { open.start..at.end } else { reference }, "");
            }
        }
        Tag::End(_) => {}
    })?;
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

/// Where a comment begins or ends.
struct Point {
    at: usize,
    /// What ends the run before and opens it after, if it has to be cut there.
    cut: Option<(String, String)>,
    /// The start tag of a `w:t` that has to keep its spaces from now on.
    keep_spaces: Option<Range<usize>>,
}

impl Point {
    fn between(at: usize) -> Self {
        Self { at, cut: None, keep_spaces: None }
    }
}

/// The document with marks of the comments, numbered from `first`. `None` if it is unforeseen.
fn marked(xml: &str, body: &Body, comments: &[Comment], first: u64) -> Option<String> {
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

/// The name of the root, with its prefix, and its namespace.
fn root(xml: &str) -> Option<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) | Event::Empty(e) => {
                let name = e.name().as_ref().to_owned();
                let declaration =
                    name.split_once(':').map_or("xmlns".to_owned(), |(p, _)| format!("xmlns:{p}"));
                let mut attributes = e.attributes();
                let namespace =
                    attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == declaration);
                let namespace = namespace.map_or(W.to_owned(), |a| a.value.to_string());
                return Some((name, namespace));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Makes marks in the words of the document's own prefix; a reference comes in a run.
fn marks(xml: &str) -> Option<impl Fn(&str, u64) -> String> {
    let (name, namespace) = root(xml)?;
    let (p, declared) = match name.split_once(':') {
        Some((prefix, _)) => (prefix.to_owned(), String::new()),
        None => ("w".to_owned(), format!(" xmlns:w=\"{namespace}\"")),
    };
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
    let unit = body.units.get(node.unit)?;
    let host = body.hosts.get(unit.host)?;
    let Some(properties) = &host.properties else { return Some(Point::between(host.range.start)) };
    let plain = matches!(node.kind, NodeKind::Text | NodeKind::Cdata);
    let within = at.saturating_sub(text.start);
    let place = if plain && within > 0 { node.source.start + within } else { node.outer.start };
    if unit.text && place > node.open.end {
        return cut_text(xml, body, node, place);
    }
    let place = unit.range.start;
    if xml.get(properties.end..place)?.trim().is_empty() {
        return Some(Point::between(host.range.start));
    }
    cut_run(xml, body, node, place)
}

fn end_of(
    xml: &str,
    body: &Body,
    (text, _, node): &(Range<usize>, usize, &Node),
    at: usize,
) -> Option<Point> {
    let unit = body.units.get(node.unit)?;
    let host = body.hosts.get(unit.host)?;
    if host.properties.is_none() {
        return Some(Point::between(host.range.end));
    }
    let plain = matches!(node.kind, NodeKind::Text | NodeKind::Cdata);
    let within = at.saturating_sub(text.start);
    let place = if plain && at < text.end { node.source.start + within } else { node.outer.end };
    if unit.text && place < unit.close.start {
        return cut_text(xml, body, node, place);
    }
    let place = unit.range.end;
    if xml.get(place..host.close.start)?.trim().is_empty() {
        return Some(Point::between(host.range.end));
    }
    cut_run(xml, body, node, place)
}

/// A cut between two children of a run.
fn cut_run(xml: &str, body: &Body, node: &Node, at: usize) -> Option<Point> {
    let host = body.hosts.get(body.units.get(node.unit)?.host)?;
    let left = xml.get(host.close.clone())?.to_owned();
    let right = [xml.get(host.open.clone())?, xml.get(host.properties.clone()?)?].concat();
    Some(Point { at, cut: Some((left, right)), keep_spaces: None })
}

/// A cut within a `w:t`.
fn cut_text(xml: &str, body: &Body, node: &Node, at: usize) -> Option<Point> {
    let unit = body.units.get(node.unit)?;
    let run = cut_run(xml, body, node, at)?;
    let (close_run, open_run) = run.cut?;
    let in_cdata = node.kind == NodeKind::Cdata && node.source.start < at && at < node.source.end;
    let (stop, go) = if in_cdata { ("]]>", "<![CDATA[") } else { ("", "") };
    let (open, close) = (xml.get(node.open.clone())?, xml.get(unit.close.clone())?);
    let left = [stop, close, &close_run].concat();
    let right = [&open_run, &*keeping_spaces(open), go].concat();
    let spaces = xml.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace());
    Some(Point { at, cut: Some((left, right)), keep_spaces: spaces.then(|| node.open.clone()) })
}

/// The start tag of a `w:t`, with its order to keep spaces at the edges.
pub(super) fn keeping_spaces(open: &str) -> String {
    if open.contains("xml:space") {
        return open.to_owned();
    }
    format!("{} xml:space=\"preserve\">", open.trim_end_matches('>'))
}
