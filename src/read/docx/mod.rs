//! Word-processor documents (.docx, .docm, and templates of the same make).
//!
//! The text is the paragraphs of the body joined by one LF, table cells in reading order, text
//! boxes after the paragraph that anchors them, automatic numbers before their paragraphs ([`list`]). What the
//! body does not hold is beside it ([`margin`]) or named in the manuscript's notes.
//! What is damaged is read as far as it goes.
//!
//! The container and its text are read in [`crate::office`]; [`styles`] tells headings from body.

pub(super) mod margin;
pub(super) mod styles;
#[cfg(test)]
mod tests;

use self::styles::{Role, Styles, kind_of_outline};
use super::{Reader, has_extension, txt::line_kind};
use crate::base::{ErrorKind, Place, Problem, Result, Text};
use crate::model::{Block, BlockKind, CellAt, Gap, Layout, Manuscript, Mask, Piece};
use crate::office::body::{self, Body, Cell, Paragraph, Shapes};
use crate::office::carried::carried;
use crate::office::comment::others;
use crate::office::document::open;
use crate::office::list;
use crate::office::look::{self, sheet::Sheet};
use crate::office::make::is_packed;
use crate::office::package::{Package, Relationship};
use crate::office::seal;
use crate::office::xml::root;
use crate::text;

/// The reader of .docx.
pub struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn makes(&self) -> &'static [&'static str] {
        &["docx"]
    }

    fn knows(&self, name: &str, head: &[u8]) -> bool {
        // What is packed and of no known make comes here to be told what to do about it.
        has_extension(name, &["docx", "docm", "dotx", "dotm"]) || is_packed(head)
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let (mut package, main, part) = open(bytes)?;
        let relationships = package.relationships(&main);
        let sheet = sheet_of(&mut package, &relationships);
        let mut body = body::read(&part.text);
        // A part that broke off is also malformed; the cause says more than the consequence.
        let problem = part.problem.or(body.problem.take());
        if body.paragraphs.iter().all(|p| p.text.trim().is_empty()) {
            match problem {
                Some(problem) => return Err(problem.into()),
                None if !is_document(&part.text) => return Err(no_document(&part.text).into()),
                None => {}
            }
        }
        let mut left_out: Vec<_> = problem.into_iter().map(|problem| (Gap::Rest, problem)).collect();
        list::number(&mut package, &relationships, &sheet, &mut body);
        let (beside, gaps) = margin::margin(&mut package, &relationships, &body);
        left_out.extend(gaps);
        let layout = look::layout(&mut package, &relationships, &part.text, &body, &sheet);
        let styles = Styles::of(&sheet);
        let manuscript = manuscript(&body, |p| styles.role(p.style.as_deref()), &layout, left_out);
        let text = manuscript.text();
        let carried = carried(&mut package, &relationships, &main, &body, text, &layout);
        let shut = seal::of(&mut package).into_iter().map(seal::Seal::note);
        let open = undecided(&mut package, &relationships);
        let manuscript = manuscript.with_notes(open.into_iter().chain(shut).collect()).with_margin(beside);
        Ok(manuscript.with_carried(carried).with_layout(layout))
    }
}

/// Whether a part is a document of a word processor, be it an empty one.
fn is_document(xml: &str) -> bool {
    root(xml, |e| e.name() == "document") == Some(true)
}

/// Why a main part without a paragraph is no document.
fn no_document(xml: &str) -> Problem {
    let what = if xml.trim().is_empty() {
        Text::fixed("文件里的正文部分是空的", "the main part of the file is empty")
    } else {
        Text::fixed("文件里的正文部分不是 Word 的正文", "the main part of the file is no Word document")
    };
    let help = Text::fixed(
        "用 Word 或 WPS 打开看看是否完整；能打开就另存为 .docx 再试，打不开就重新要一份",
        "open it in Word or WPS; if it opens, save it as .docx and try again, else ask for another copy",
    );
    Problem::new(what).help(help).kind(ErrorKind::Format)
}

fn sheet_of(package: &mut Package<'_>, relationships: &[Relationship]) -> Sheet {
    let name = relationships.iter().find(|r| r.kind == "styles");
    let name = name.map_or("word/styles.xml", |r| &r.target);
    package.part(name).map_or_else(Sheet::default, |part| Sheet::read(part.text))
}

/// Text, blocks, pieces and masks of the paragraphs, also of those that another format has; `role` is what a
/// paragraph's style gives it.
pub(super) fn manuscript(
    body: &Body,
    role: impl Fn(&Paragraph) -> Role,
    layout: &Layout,
    left_out: Vec<(Gap, Problem)>,
) -> Manuscript {
    let text = body.text();
    let (mut blocks, mut pieces, mut masks) = (Vec::new(), Vec::new(), Vec::new());
    let (mut numbered, mut made) = (0usize, Vec::new());
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
        let (kind, by_list) = kind(paragraph, role(paragraph));
        numbered += usize::from(by_list && !body.labelled && paragraph.label == 0);
        if paragraph.label > 0 {
            made.push(range.start..range.start + paragraph.label);
        }
        blocks.push(Block { kind, range });
    }
    let (mut gaps, mut notes): (Vec<_>, Vec<_>) = left_out.into_iter().unzip();
    for (gap, note) in told_of(body, layout, numbered) {
        gaps.extend(gap);
        notes.push(note);
    }
    let cells = cells(body);
    let manuscript = Manuscript::new(text, blocks, pieces, masks).with_made(made).with_cells(cells);
    manuscript.with_notes(notes).with_gaps(gaps)
}

/// What a person should know of how the text was read, and what of it was not; `numbered` is how many automatic
/// numbers nobody could tell.
fn told_of(body: &Body, layout: &Layout, numbered: usize) -> Vec<(Option<Gap>, Problem)> {
    let mut told = Vec::new();
    if body.tracked {
        told.push((
            None,
            Problem::new(Text::fixed(
                "文稿里有未定的修订，按全部接受读取",
                "the document holds tracked changes; read as if all were accepted",
            ))
            .help(Text::fixed(
                "定稿前接受或拒绝全部修订",
                "accept or reject them before the document goes out",
            )),
        ));
    }
    if body.hidden || layout.faces.iter().any(|face| face.hidden) {
        told.push((
            None,
            Problem::new(Text::fixed(
                "有设为“隐藏”的文字，打印时看不见，也一并读取",
                "some text is formatted as hidden and would not print; it was read with the rest",
            )),
        ));
    }
    if body.embedded {
        told.push((
            Some(Gap::Embedded),
            Problem::new(Text::fixed("嵌入的外部文档没有读取", "embedded foreign documents were not read")),
        ));
    }
    if numbered > 0 {
        told.push((Some(Gap::Numbers), Problem::new(text!(
            "有{numbered}段用了自动编号，编号不在文字里，没有检查",
            "{numbered} paragraphs are numbered automatically; their numbers are no text and were not checked"
        ))));
    }
    told.extend(among_the_text(body.shapes).map(|(gap, note)| (Some(gap), note)));
    told
}

/// Where the cells of its tables stand.
fn cells(body: &Body) -> Vec<CellAt> {
    let spans: Vec<_> = body.spans().collect();
    let at = |cell: &Cell| {
        let within = spans.get(cell.paragraphs.clone())?;
        let range = within.first()?.start..within.last()?.end;
        let Cell { table, row, column, continues, .. } = *cell;
        Some(CellAt { table, row, column, continues, range })
    };
    body.cells.iter().filter_map(at).collect()
}

/// A note for each kind of thing among the text that may show words.
fn among_the_text(shapes: Shapes) -> impl Iterator<Item = (Gap, Problem)> {
    let Shapes { pictures, charts, diagrams, word_art, objects } = shapes;
    [
        (
            Gap::Pictures,
            pictures,
            text!(
                "有{pictures}张图片，图片里的字没有读取",
                "text in pictures ({pictures} of them) was not read"
            ),
        ),
        (
            Gap::Charts,
            charts,
            text!("有{charts}个图表，里面的字没有读取", "text in charts ({charts}) was not read"),
        ),
        (
            Gap::Diagrams,
            diagrams,
            text!(
                "有{diagrams}个图示（SmartArt），里面的字没有读取",
                "text in diagrams ({diagrams}) was not read"
            ),
        ),
        (Gap::WordArt, word_art, text!("有{word_art}处艺术字没有读取", "word art ({word_art}) was not read")),
        (
            Gap::Objects,
            objects,
            text!(
                "有{objects}个嵌入对象（表格、公式等），里面的字没有读取",
                "embedded objects ({objects}: workbooks, formulas and the like) were not read"
            ),
        ),
    ]
    .into_iter()
    .filter(|&(_, count, _)| count > 0)
    .map(|(gap, _, note)| (gap, Problem::new(note)))
}

/// What a paragraph is, and whether its number is made by the word processor.
fn kind(paragraph: &Paragraph, role: Role) -> (BlockKind, bool) {
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
        told.unwrap_or_else(|| match line_kind(&paragraph.text) {
            // A number that is shown tells what one that is typed tells.
            BlockKind::Body if numbered => BlockKind::Item,
            _ if numbered && paragraph.label == 0 => BlockKind::Item,
            kind => kind,
        })
    };
    (kind, numbered)
}

/// What is told of other people's comments: they are no text, and nobody has dealt with them.
fn undecided(package: &mut Package<'_>, relationships: &[Relationship]) -> Option<Problem> {
    let mut parts = relationships.iter().filter(|r| r.kind == "comments");
    let count: usize = parts.by_ref().filter_map(|r| package.part(&r.target)).map(|p| others(&p.text)).sum();
    open_comments(count)
}

/// What is told of so many comments that are not the program's, also of another format.
pub(super) fn open_comments(count: usize) -> Option<Problem> {
    (count > 0).then(|| {
        Problem::new(text!("还有{count}条批注没有处理", "comments that nobody has dealt with yet: {count}"))
            .help(Text::fixed(
                "定稿前逐条处理，处理完的删去",
                "deal with each and delete it before the document goes out",
            ))
    })
}

/// Whether a line beside the body says anything. A page number (— 1 —, 第1页 共5页) says nothing.
fn says_something(line: &str) -> bool {
    line.contains(|c: char| c.is_alphabetic() && !matches!(c, '第' | '页' | '共'))
}
