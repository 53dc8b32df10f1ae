//! Comments (批注) in an .odt: `office:annotation` where the words begin, `office:annotation-end` behind them.
//!
//! Both may stand between any two characters of a paragraph, so no span is cut. Within a text box or a shape
//! LibreOffice keeps none when it saves another format, so there the comment goes round the drawing; a field and the
//! pinyin over a character are not parted. The program knows its own comments by their author and takes them out first.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::file::{File, unsafe_change};
use super::styles::Styles;
use super::walk::{self, LOOSE, Odf};
use crate::base::{Problem, Result, Text, han::Date};
use crate::model::Manuscript;
use crate::office::body::{Node, NodeKind};
use crate::office::comment::Comment;
use crate::office::own::AUTHOR;
use crate::office::splice::Splices;
use crate::office::xml::{Element, Token, each, root};

/// The document with these comments, in the order given, and without those that the program made before; `date`
/// is the comments' date. Ranges are of the manuscript's whole text.
///
/// Text, formats and all other parts stay as they are.
///
/// # Errors
/// If the document is damaged, encrypted or signed, has another text than the manuscript, or holds markup
/// between which no comment can be put.
pub fn annotate(
    bytes: &[u8],
    manuscript: &Manuscript,
    comments: &[Comment],
    date: Option<Date>,
) -> Result<Vec<u8>> {
    let file = File::open_whole(bytes)?;
    let (bare, had) = without_own(&file.content.text).ok_or_else(unsafe_change)?;
    if comments.is_empty() && !had {
        return Ok(bytes.to_vec());
    }
    let styles = Styles::default();
    let odf = walk::read(&bare, &styles);
    if !odf.whole || !odf.is_text {
        return Err(unsafe_change().into());
    }
    let text = manuscript.file_text();
    if odf.body.text() != text {
        return Err(other_text().into());
    }
    let comments: Vec<Comment> = comments
        .iter()
        .map(|c| Comment { range: manuscript.in_file(&c.range), lines: c.lines.clone() })
        .collect();
    let marked = marked(&bare, &odf, &comments, date).ok_or_else(unsafe_change)?;
    if walk::read(&marked, &styles).body.text() != text {
        return Err(unsafe_change().into());
    }
    file.with(&marked)
}

fn other_text() -> Problem {
    Problem::new(Text::fixed(
        "文稿的内容和检查时不一样了",
        "the document's text is not the one that was checked",
    ))
    .help(Text::fixed("关闭正在编辑它的程序，再检查一次", "close the program that edits it and check again"))
}

/// `xml` without the program's comments, and whether there were some; `None` if it is malformed.
fn without_own(xml: &str) -> Option<(String, bool)> {
    if memchr::memmem::find(xml.as_bytes(), AUTHOR.as_bytes()).is_none() {
        return Some((xml.to_owned(), false));
    }
    let mut own = Own::default();
    let sound = each(xml, |token, at| match token {
        Token::Start(e) => own.start(e, at.start),
        Token::End(name) => own.end(name, at.end),
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => own.words(&words),
    });
    let had = !own.splices.is_empty();
    sound.then(|| own.splices.apply(xml)).flatten().map(|bare| (bare, had))
}

/// The program's own comments, while they are looked for.
#[derive(Default)]
struct Own {
    splices: Splices,
    /// What their ends go by, which always come behind them.
    names: HashSet<String>,
    depth: usize,
    /// The comment at hand: how deep it stands, where it begins, its name, its author.
    open: Option<(usize, usize, String, String)>,
    /// Whether the author's name is being read.
    naming: bool,
    end: Option<usize>,
}

impl Own {
    fn start(&mut self, e: Element<'_>, at: usize) {
        self.depth += 1;
        let name = || e.attribute("name").unwrap_or_default();
        match e.name() {
            "annotation" => self.open = Some((self.depth, at, name(), String::new())),
            "annotation-end" => self.end = self.names.contains(&name()).then_some(at),
            "creator" => self.naming = self.open.as_ref().is_some_and(|open| self.depth == open.0 + 1),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((.., author)) = self.open.as_mut().filter(|_| self.naming) {
            author.push_str(words);
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        match name {
            "creator" => self.naming = false,
            "annotation" => {
                let own = self.open.take().filter(|(.., author)| author == AUTHOR);
                if let Some((_, start, name, _)) = own {
                    self.splices.replace(start..at, "");
                    self.names.extend(Some(name).filter(|name| !name.is_empty()));
                }
            }
            "annotation-end" => {
                if let Some(start) = self.end.take() {
                    self.splices.replace(start..at, "");
                }
            }
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// The document with marks of the comments; `None` if it is unforeseen.
fn marked(xml: &str, odf: &Odf, comments: &[Comment], date: Option<Date>) -> Option<String> {
    let declared = declarations(xml)?;
    let nodes: Vec<(Range<usize>, usize, &Node)> = odf
        .body
        .paragraphs
        .iter()
        .zip(odf.body.spans())
        .enumerate()
        .flat_map(|(index, (p, span))| {
            p.nodes.iter().map(move |n| (span.start + n.text.start..span.start + n.text.end, index, n))
        })
        .filter(|(_, _, node)| node.unit != LOOSE)
        .collect();
    let mut names = free(xml, "wengao-");
    let mut marks: BTreeMap<usize, (String, String)> = BTreeMap::new();
    for comment in comments {
        let (start, end) = span(odf, &nodes, &comment.range)?;
        let name = names.next()?;
        marks.entry(start).or_default().1 += &annotation(&name, comment, date, &declared);
        let ends = format!("<office:annotation-end{declared} office:name=\"{name}\"/>");
        marks.entry(end).or_default().0 += &ends;
    }
    let cdata: Vec<&Node> =
        nodes.iter().map(|(_, _, node)| *node).filter(|node| node.kind == NodeKind::Cdata).collect();
    let in_cdata = |at: usize| cdata.iter().any(|node| node.outer.start < at && at < node.outer.end);
    let mut splices = Splices::default();
    for (at, (ends, starts)) in marks {
        let mark = ends + &starts;
        splices.replace(at..at, if in_cdata(at) { format!("]]>{mark}<![CDATA[") } else { mark });
    }
    splices.apply(xml)
}

/// Names that begin so and that nothing in the XML has.
pub(super) fn free(xml: &str, prefix: &str) -> impl Iterator<Item = String> {
    let number = |at: usize| {
        let digits = xml[at + prefix.len()..].split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse::<u64>().ok())
    };
    let given = memchr::memmem::find_iter(xml.as_bytes(), prefix).filter_map(number).max();
    let first = given.map_or(1, |given| given.saturating_add(1));
    let prefix = prefix.to_owned();
    (first..).map(move |n| format!("{prefix}{n}"))
}

/// Where the comment on `range` begins and ends in the XML.
fn span(odf: &Odf, nodes: &[(Range<usize>, usize, &Node)], range: &Range<usize>) -> Option<(usize, usize)> {
    let mut range = range.clone();
    let mut first = nodes.partition_point(|(at, ..)| at.end <= range.start);
    let mut past = nodes.partition_point(|(at, ..)| at.start < range.end);
    if range.is_empty()
        && let Some((at, paragraph, node)) = nodes.get(first).filter(|_| first < past)
    {
        // Between two characters of a run: the second of them.
        let words = odf.body.paragraphs.get(*paragraph)?.text.get(node.text.clone())?;
        range.end += words.get(range.start - at.start..)?.chars().next().map_or(0, char::len_utf8);
    }
    if first >= past {
        // A paragraph's end, or words in a drawing that hangs on none: the last character before, or the first after.
        let before = first.checked_sub(1);
        first = before.unwrap_or(0);
        past = first + 1;
        let (at, paragraph, node) = nodes.get(first)?;
        let words = odf.body.paragraphs.get(*paragraph)?.text.get(node.text.clone())?;
        range = match before {
            Some(_) => at.end - words.chars().next_back().map_or(0, char::len_utf8)..at.end,
            None => at.start..at.start + words.chars().next().map_or(0, char::len_utf8),
        };
    }
    let paragraph = nodes.get(first)?.1;
    let is_cell = |index: usize| odf.body.paragraphs.get(index).is_some_and(|p| p.cell);
    if nodes.get(past - 1)?.1 != paragraph && (is_cell(paragraph) || is_cell(nodes.get(past - 1)?.1)) {
        past = first + nodes.get(first..past)?.iter().take_while(|n| n.1 == paragraph).count();
    }
    let meant = nodes.get(first..past)?;
    // A text box is read after the paragraph that it hangs on, and may stand before its words.
    let start = meant.iter().map(|node| edge(node, range.start, false)).min()?;
    let end = meant.iter().map(|node| edge(node, range.end, true)).max()?;
    (start < end).then_some((start, end))
}

/// Where a mark stands that is to stand at this byte of the text, within a node or at its edge.
fn edge((text, _, node): &(Range<usize>, usize, &Node), at: usize, is_end: bool) -> usize {
    let plain = matches!(node.kind, NodeKind::Text | NodeKind::Cdata);
    let whole = node.kind == NodeKind::Text && node.outer != node.source;
    let within = text.start < at && at < text.end;
    if plain && within && !whole {
        return node.source.start + (at - text.start);
    }
    if is_end { node.outer.end } else { node.outer.start }
}

/// Declares what the root does not.
pub(super) fn declarations(xml: &str) -> Option<String> {
    const PREFIXES: [(&str, &str); 3] = [
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    ];
    root(xml, |e| {
        PREFIXES
            .iter()
            .filter(|(prefix, _)| !e.declares(prefix))
            .map(|(prefix, namespace)| format!(" xmlns:{prefix}=\"{namespace}\""))
            .collect()
    })
}

/// A comment as an element.
fn annotation(name: &str, comment: &Comment, date: Option<Date>, declared: &str) -> String {
    let date = date.and_then(|d| Some((d.year, d.month?, d.day?)));
    let date = date.map_or(String::new(), |(year, month, day)| {
        format!("<dc:date>{year:04}-{month:02}-{day:02}T00:00:00</dc:date>")
    });
    let mut out = format!(
        "<office:annotation{declared} office:name=\"{name}\"><dc:creator>{AUTHOR}</dc:creator>{date}"
    );
    for line in &comment.lines {
        let line: String = line
            .chars()
            .map(|c| if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { c })
            .collect();
        out += &format!("<text:p>{}</text:p>", super::edit::words(&line));
    }
    if comment.lines.is_empty() {
        out += "<text:p/>";
    }
    out + "</office:annotation>"
}
