//! Documents of LibreOffice and other programs that keep to `OpenDocument` (.odt, .ott, .fodt).
//!
//! The text is the paragraphs of the body in their order, cells as a .docx has them, text boxes after
//! the paragraph that anchors them, automatic numbers before their paragraphs; tracked changes are read as accepted.
//! Running heads and notes are beside it; what the body does not hold is told.
//!
//! The file and its text are read in [`crate::office::odf`]; [`styles`] tells headings from body.

mod styles;
#[cfg(test)]
mod tests;

use super::docx::margin::{Calls, first_words, once, push};
use super::docx::{manuscript, open_comments};
use super::{Reader, has_extension};
use crate::base::{Problem, Result, Text};
use crate::model::{Beside, Gap, Layout, Manuscript, MarginLine};
use crate::office::odf::beside::running;
use crate::office::odf::file::{File, no_text};
use crate::office::odf::styles::Styles;
use crate::office::odf::walk::{self, Odf};
use crate::office::odf::{carried, number};
use crate::office::own::AUTHOR;
use crate::office::package::Package;

/// The reader of .odt.
pub struct Odt;

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn makes(&self) -> &'static [&'static str] {
        &["odt", "fodt"]
    }

    fn read(&self, _name: &str, bytes: &[u8]) -> Result<Manuscript> {
        if super::is_torn_zip(bytes) && Package::open(bytes).is_none() {
            return Err(super::torn().into());
        }
        let mut file = File::open(bytes)?;
        let mut styles = Styles::default();
        styles.read(&file.styles);
        styles.read(&file.content.text);
        let mut odf = walk::read(&file.content.text, &styles);
        let problem = file.content.problem.clone();
        if !odf.is_text {
            return Err(problem.unwrap_or_else(no_text).into());
        }
        let problem = problem.or_else(|| (!odf.whole).then(broken));
        if let Some(problem) = &problem
            && odf.body.paragraphs.iter().all(|p| p.text.trim().is_empty())
        {
            return Err(problem.clone().into());
        }
        number(&mut odf, &styles);
        let mut left_out: Vec<(Gap, Problem)> = problem.into_iter().map(|p| (Gap::Rest, p)).collect();
        let beside = margin(&file.styles, &styles, &odf, &mut left_out);
        let role = |p: &crate::office::body::Paragraph| styles::role(&styles, p.style.as_deref());
        let manuscript = manuscript(&odf.body, role, &Layout::default(), left_out);
        let others = odf.comments.iter().filter(|author| *author != AUTHOR).count();
        let notes = open_comments(others).into_iter().collect();
        let carried = carried(&mut file, &odf);
        Ok(manuscript.with_notes(notes).with_margin(beside).with_carried(carried))
    }
}

fn broken() -> Problem {
    Problem::new(Text::fixed(
        "文件已损坏，损坏处以后的文字没有读取",
        "the file is damaged; what lies beyond the damage was not read",
    ))
    .help(Text::fixed("重新复制或下载一份", "copy or download it again"))
}

/// The lines beside the text.
fn margin(xml: &str, styles: &Styles, odf: &Odf, left_out: &mut Vec<(Gap, Problem)>) -> Vec<MarginLine> {
    let mut lines = Vec::new();
    let (heads, whole) = running(xml, styles);
    let first = first_words(&odf.body);
    for (foot, paragraph) in &heads {
        push([paragraph], if *foot { Beside::Footer } else { Beside::Header }, &first, &mut lines);
    }
    // Of one file of XML the same is told already.
    if !whole && odf.whole {
        let told = Text::fixed("页眉页脚没有读全", "the page headers and footers could not be read whole");
        left_out.push((Gap::Headers, Problem::new(told)));
    }
    let calls = Calls::of(&odf.body);
    for (id, note) in odf.notes.iter().enumerate() {
        let beside = if note.end { Beside::Endnote } else { Beside::Footnote };
        if let Some(at) = calls.place(note.end, &id.to_string()) {
            push(&note.paragraphs, beside, at, &mut lines);
        }
    }
    once(&mut lines);
    lines
}
