//! The look of an office's own sample (样稿), a .docx, and what else of it a paper may take.

use super::Wishes;
use super::model::Model;
use super::paper::Paper;
use super::scan::scan;
use super::sections::Frame;
use super::taken::Taken;
use crate::base::Result;
use crate::model::Manuscript;
use crate::office::body;
use crate::office::document::{open_whole, unsafe_change};
use crate::office::list;
use crate::office::look::sheet::Sheet;

/// The look of a sample, which reads as this manuscript, and its head and 版记.
///
/// # Errors
/// If it is damaged.
pub fn sample(bytes: &[u8], read: &Manuscript, wishes: Wishes) -> Result<(Model, Taken)> {
    let (mut package, main, part) = open_whole(bytes)?;
    let mut body = body::map(&part.text);
    let scan = scan(&part.text).ok_or_else(unsafe_change)?;
    let relationships = package.relationships(&main);
    let styles = relationships.iter().find(|r| r.kind == "styles");
    let styles = styles.and_then(|r| package.part(&r.target)).map(|part| part.text).unwrap_or_default();
    let sheet = Sheet::read(styles);
    list::number(&mut package, &relationships, &sheet, &mut body);
    let layout = read.layout().filter(|_| read.text() == body.text()).ok_or_else(unsafe_change)?;
    let paper = Paper::new(&part.text, &body, &scan, read, layout, &sheet, wishes);
    let frame = layout.sections.first().filter(|s| s.width > 0 && s.left > 0).map(Frame::of_section);
    let taken = Taken::of(&paper, &mut package, &main);
    Ok((Model::of_looks(frame, paper.looks()), taken))
}
