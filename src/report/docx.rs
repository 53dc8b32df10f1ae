//! `--format docx`: the document itself, each finding a native comment (批注) on its words.
//!
//! A .docx comes back as it was but for the comments, and so does an .odt, unless a .docx is wanted of it. Other
//! formats have no comments, so their text is laid out as a .docx first, a paragraph for each block. What must be known before all else
//! (that not all was read, that names of leaders are damaged) is a comment on the first words.

use std::ops::Range;

use super::spot::evidence;
use super::{Checked, Document, Report, View, remedy};
use crate::base::{Lang, Problem, Result, Text, han::Date};
use crate::model::{Finding, Manuscript, Settings, Severity};
use crate::office::{Comment, Container, annotate};
use crate::read::read;
use crate::text;
use crate::write::fix::{Change, changes, track};
use crate::write::{self, Writer};

/// The report.
pub struct Docx;

impl Report for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm", "odt", "ott", "fodt"]
    }

    /// The one document of the run. Findings of severity info are left out unless the view shows
    /// them.
    fn write(&self, checked: &Checked, view: View) -> Result<Vec<u8>> {
        let [document] = &checked.documents[..] else { return Err(several().into()) };
        let Some(original) = &document.original else { return Err(several().into()) };
        // A clean document's text is not kept; and the file may have changed since it was checked.
        let manuscript = read(&original.name, &original.bytes)?;
        let changes = if view.track { changes(manuscript.text(), &document.findings) } else { Vec::new() };
        // What is changed where it stands says so itself.
        let is_changed = |f: &Finding| f.fix.is_some() && changes.iter().any(|c| c.range == f.range);
        let shown: Vec<&Finding> = document
            .findings
            .iter()
            .filter(|f| (view.info || f.severity > Severity::Info) && !is_changed(f))
            .collect();
        let head = at_the_head(document, &manuscript, &shown, view.lang);
        let comments = shown.iter().map(|f| Comment { range: f.range.clone(), lines: lines(f, view.lang) });
        let comments: Vec<_> = head.into_iter().chain(comments).collect();
        let same = document.findings.is_empty() || is_same(manuscript.text(), document.manuscript.text());
        let container = Container::of(&original.bytes).filter(|_| !view.anew);
        if let Some(comment) = container.and_then(|container| container.comment) {
            let checked = if same { &manuscript } else { &document.manuscript };
            if same && !changes.is_empty() {
                return tracked(
                    (&original.name, &original.bytes),
                    &manuscript,
                    &changes,
                    comments,
                    view.date,
                );
            }
            return comment(&original.bytes, checked, &comments, view.date);
        }
        if !same {
            return Err(changed(document).into());
        }
        if changes.is_empty() {
            return laid_out(&manuscript, comments, view.date);
        }
        let bytes = laid_out(&manuscript, Vec::new(), view.date)?;
        let moved = |range: &Range<usize>| in_blocks(&manuscript, range);
        let changes: Vec<_> =
            changes.iter().map(|c| Change { range: moved(&c.range), text: c.text.clone() }).collect();
        let comments = comments.into_iter().map(|c| Comment { range: moved(&c.range), ..c }).collect();
        tracked(("a.docx", &bytes), &read("a.docx", &bytes)?, &changes, comments, view.date)
    }

    fn per_document(&self) -> Option<&'static str> {
        Some("docx")
    }
}

/// The document with changes as tracked ones (修订), and comments on what of it was not changed.
fn tracked(
    (name, bytes): (&str, &[u8]),
    manuscript: &Manuscript,
    changes: &[Change],
    comments: Vec<Comment>,
    date: Option<Date>,
) -> Result<Vec<u8>> {
    let bytes = track(bytes, manuscript, changes, date)?;
    let moved = |at: usize, is_end: bool| {
        let mut shift = 0isize;
        for change in changes.iter().take_while(|c| c.range.start < at) {
            let by = change.text.len() as isize - change.range.len() as isize;
            if at < change.range.end {
                // Within what was changed: its beginning, or its end.
                let edge = if is_end { change.range.start + change.text.len() } else { change.range.start };
                return edge.saturating_add_signed(shift);
            }
            shift += by;
        }
        at.saturating_add_signed(shift)
    };
    let comments: Vec<Comment> = comments
        .into_iter()
        .map(|c| Comment { range: moved(c.range.start, false)..moved(c.range.end, true), lines: c.lines })
        .collect();
    let renewed = read(name, &bytes)?;
    match Container::of(&bytes).and_then(|container| container.comment) {
        Some(comment) => comment(&bytes, &renewed, &comments, date),
        None => Ok(bytes),
    }
}

/// Whether a text is the one that was checked, in which some numbers are veiled.
fn is_same(text: &str, checked: &str) -> bool {
    text.len() == checked.len()
        && text.chars().zip(checked.chars()).all(|(c, seen)| c == seen || matches!(seen, '*' | '＊'))
}

fn several() -> Problem {
    Problem::new(Text::fixed(
        "批注要写进文稿自己，一份文稿一个文件",
        "comments are written into the document itself, one file a document",
    ))
    .help(Text::fixed("用 --output 写明一个文件夹", "name a folder with --output"))
}

fn changed(document: &Document) -> Problem {
    let path = &document.path;
    Problem::new(text!("{path} 的内容和检查时不一样了", "{path} is not what it was when it was checked"))
        .help(Text::fixed("再检查一次", "check it again"))
}

/// A comment on the first words: that not all was read, and the findings than which nothing weighs more,
/// which a person would otherwise meet where they stand.
fn at_the_head(
    document: &Document,
    manuscript: &Manuscript,
    shown: &[&Finding],
    lang: Lang,
) -> Option<Comment> {
    let mut lines = Vec::new();
    if let Some(gaps) = document.left_out() {
        lines.extend([document.state().label().in_lang(lang).to_owned(), gaps.in_lang(lang).to_owned()]);
    }
    let gravest: Vec<_> = shown.iter().filter(|f| f.gravest).collect();
    if !gravest.is_empty() {
        let times = gravest.len();
        let first = text!("最要紧的{times}处，先改：", "{times} to be mended before all else:");
        lines.push(first.in_lang(lang).to_owned());
        lines.extend(gravest.iter().map(|f| f.message.in_lang(lang).to_owned()));
    }
    let first = manuscript.blocks().iter().find(|b| manuscript.mask(b.range.start).is_none())?;
    (!lines.is_empty()).then(|| Comment { range: first.range.clone(), lines })
}

/// What a comment says: the finding, what to do, the evidence.
fn lines(finding: &Finding, lang: Lang) -> Vec<String> {
    let label = finding.severity.label();
    let (severity, rule) = (label.in_lang(lang), finding.rule);
    let (help, colon) = (lang.either("办法", "help"), lang.either("：", ": "));
    let mut lines = vec![format!("{severity}[{rule}]{colon}{}", finding.message.in_lang(lang))];
    for words in remedy::remedies(finding, usize::MAX) {
        lines.push(format!("{help}{colon}{}", words.in_lang(lang)));
    }
    lines.extend(finding.notes.iter().map(|(place, note)| evidence(place.as_ref(), note, lang)));
    // A message may run over several lines.
    lines.iter().flat_map(|l| l.lines().map(str::to_owned)).collect()
}

/// A text of another format laid out as a .docx, with comments on its words, made on that date.
///
/// # Errors
/// If it cannot be laid out.
pub fn laid_out(manuscript: &Manuscript, comments: Vec<Comment>, date: Option<Date>) -> Result<Vec<u8>> {
    let bytes = write::Docx.write(manuscript, &Settings::default())?;
    // The document has the blocks joined by one LF, and nothing between them.
    let moved = |c: Comment| Comment { range: in_blocks(manuscript, &c.range), ..c };
    let comments: Vec<_> = comments.into_iter().map(moved).collect();
    annotate(&bytes, read("a.docx", &bytes)?.text(), &comments, date)
}

/// A range of the manuscript's text in that of its blocks joined by one LF, line ends being one
/// LF each; what lies between blocks goes to the nearest.
fn in_blocks(manuscript: &Manuscript, range: &Range<usize>) -> Range<usize> {
    let place = |at: usize| {
        let mut laid = 0;
        let blocks = manuscript.blocks();
        for (index, block) in blocks.iter().enumerate() {
            let words = manuscript.block_text(block);
            let next = blocks.get(index + 1).map_or(usize::MAX, |b| b.range.start);
            if at < next {
                let within = at.clamp(block.range.start, block.range.end) - block.range.start;
                return laid + one_lf(words.get(..within).unwrap_or(words));
            }
            laid += one_lf(words) + 1;
        }
        laid
    };
    place(range.start)..place(range.end)
}

/// The bytes of a text in which CR LF are one.
fn one_lf(text: &str) -> usize {
    text.len() - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::at_the_head;
    use crate::base::{Lang, Text};
    use crate::model::{Finding, Severity};
    use crate::read::read;
    use crate::report::Document;

    #[test]
    fn damaged_names_are_told_at_the_head_of_the_document() {
        let manuscript = read("稿.txt", "通知\n依据《中国人民共和国公路法》。".as_bytes()).unwrap();
        let name = Finding::new("damaged-text", Severity::Error, 16..37, Text::fixed("名称有误", "damaged"));
        let document = |finding: &Finding| {
            let manuscript = read("稿.txt", manuscript.text().as_bytes()).unwrap();
            Document::new("稿.txt".to_owned(), manuscript, vec![finding.clone()])
        };
        let head = |finding: &Finding| {
            at_the_head(&document(finding), &manuscript, &[finding], Lang::Zh).map(|c| (c.range, c.lines))
        };
        assert_eq!(head(&name), None);
        let lines = vec!["最要紧的1处，先改：".to_owned(), "名称有误".to_owned()];
        assert_eq!(head(&name.gravest(true)), Some((0..6, lines)));
    }
}
