//! Word-processor documents (.docx, .docm, and templates of the same make).
//!
//! The text is the paragraphs of the body joined by one LF, table cells in reading order, text
//! boxes after the paragraph that anchors them. What the body does not hold (headers, footnotes,
//! comments, the numbers of automatic lists) is left out and named in the manuscript's notes.
//! What is damaged is read as far as it goes.
//!
//! The container and its text are read in [`crate::office`]; [`styles`] tells headings from body.

mod styles;
#[cfg(test)]
mod tests;

use self::styles::{Styles, kind_of_outline};
use super::{Reader, has_extension, txt::line_kind};
use crate::base::{Place, Problem, Result, Text};
use crate::model::{Block, BlockKind, Manuscript, Mask, Piece};
use crate::office::body::{self, Body, Paragraph};
use crate::office::comment::has_others;
use crate::office::document::open;
use crate::office::make::is_packed;
use crate::office::package::{Package, Relationship};
use crate::text;

/// The reader of .docx.
pub struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        // Old .doc files and their kin come here to be told what to do about them.
        has_extension(name, &["docx", "docm", "dotx", "dotm", "doc", "wps"]) || is_packed(head)
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let (mut package, main, part) = open(bytes)?;
        let relationships = package.relationships(&main);
        let styles = styles_of(&mut package, &relationships);
        let mut body = body::read(&part.text);
        // A part that broke off is also malformed; the cause says more than the consequence.
        let problem = part.problem.or(body.problem.take());
        if let Some(problem) = problem.clone()
            && body.paragraphs.iter().all(|p| p.text.trim().is_empty())
        {
            return Err(problem.into());
        }
        let mut notes: Vec<_> = problem.into_iter().collect();
        notes.extend(left_out(&mut package, &relationships));
        Ok(manuscript(body, &styles, notes))
    }
}

fn styles_of(package: &mut Package<'_>, relationships: &[Relationship]) -> Styles {
    let name = relationships.iter().find(|r| r.kind == "styles");
    let name = name.map_or("word/styles.xml", |r| &r.target);
    package.part(name).map_or_else(Styles::default, |part| Styles::read(&part.text))
}

/// Text, blocks, pieces and masks of the paragraphs.
fn manuscript(body: Body, styles: &Styles, mut notes: Vec<Problem>) -> Manuscript {
    let text = body.text();
    let (mut blocks, mut pieces, mut masks) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbered = 0usize;
    for (index, (paragraph, range)) in body.paragraphs.iter().zip(body.spans()).enumerate() {
        masks.extend(paragraph.masks.iter().map(|(within, kind)| Mask {
            range: range.start + within.start..range.start + within.end,
            kind: *kind,
        }));
        if paragraph.text.trim().is_empty() {
            continue;
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        pieces.push(Piece { range: range.clone(), from: Place::Paragraph(number) });
        let (kind, by_list) = kind(paragraph, styles);
        numbered += usize::from(by_list);
        blocks.push(Block { kind, range });
    }
    if body.tracked {
        notes.push(
            Problem::new(Text::fixed(
                "文稿里有未定的修订，按全部接受读取",
                "the document holds tracked changes; read as if all were accepted",
            ))
            .help(Text::fixed(
                "定稿前接受或拒绝全部修订",
                "accept or reject them before the document goes out",
            )),
        );
    }
    if body.hidden {
        notes.push(Problem::new(Text::fixed(
            "有设为“隐藏”的文字，打印时看不见，也一并读取",
            "some text is formatted as hidden and would not print; it was read with the rest",
        )));
    }
    if body.embedded {
        notes.push(Problem::new(Text::fixed(
            "嵌入的外部文档没有读取",
            "embedded foreign documents were not read",
        )));
    }
    if numbered > 0 {
        notes.push(Problem::new(text!(
            "有{numbered}段用了自动编号，编号不在文字里，没有检查",
            "{numbered} paragraphs are numbered automatically; their numbers are no text and were not checked"
        )));
    }
    Manuscript::new(text, blocks, pieces, masks).with_notes(notes)
}

/// What a paragraph is, and whether its number is made by the word processor.
fn kind(paragraph: &Paragraph, styles: &Styles) -> (BlockKind, bool) {
    let role = styles.role(paragraph.style.as_deref());
    let numbered = paragraph.numbered.unwrap_or(role.numbered);
    // 版记 is mostly set as a table; its lines are no cells.
    let imprint = role.kind.filter(|k| k.is_imprint());
    let kind = if let Some(kind) = imprint {
        kind
    } else if paragraph.cell {
        BlockKind::Cell
    } else {
        // A level of the paragraph's own, also "body text", is stronger than its style's.
        let own = paragraph.outline.map(kind_of_outline);
        let told = match (role.kind, own) {
            (Some(BlockKind::Heading(_)) | None, Some(own)) => own,
            (told, _) => told,
        };
        told.unwrap_or_else(|| if numbered { BlockKind::Item } else { line_kind(&paragraph.text) })
    };
    (kind, numbered)
}

/// A note for each kind of part beside the body that holds words.
fn left_out(package: &mut Package<'_>, relationships: &[Relationship]) -> Vec<Problem> {
    const KINDS: [(&str, Text); 5] = [
        ("header", Text::fixed("页眉里的文字没有读取", "the text of the page headers was not read")),
        ("footer", Text::fixed("页脚里的文字没有读取", "the text of the page footers was not read")),
        ("footnotes", Text::fixed("脚注没有读取", "the footnotes were not read")),
        ("endnotes", Text::fixed("尾注没有读取", "the endnotes were not read")),
        ("comments", Text::fixed("批注没有读取", "the comments were not read")),
    ];
    let mut notes = Vec::new();
    for (kind, note) in KINDS {
        let parts = relationships.iter().filter(|r| r.kind == kind);
        let says = |xml: &str| if kind == "comments" { has_others(xml) } else { has_words(xml) };
        if parts.into_iter().any(|r| package.part(&r.target).is_some_and(|p| says(&p.text))) {
            notes.push(Problem::new(note));
        }
    }
    notes
}

/// Whether a part says anything. A page number (— 1 —, 第1页 共5页) says nothing.
fn has_words(xml: &str) -> bool {
    let is_word = |c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共');
    body::read(xml).paragraphs.iter().any(|p| p.text.contains(is_word))
}
