//! Where a finding and its evidence stand, in the words of the reports that people read.
//!
//! A text has lines and columns, a document of a word processor has paragraphs, a workbook has cells; which
//! of them a person is told is decided here for all.

use super::Document;
use crate::base::lines::{LineColumn, Walk};
use crate::base::{Lang, Place, Text};
use crate::model::Finding;
use crate::text;

/// Where a finding stands, as it is told to a person.
#[derive(Clone, Copy)]
pub(super) enum Spot<'d> {
    /// Line and column of a text.
    Line(LineColumn),
    /// The paragraph of a word-processor document.
    Paragraph(u32),
    /// The cell of a workbook, and its row.
    Cell(&'d Place, u32),
    /// Page and line of a document that is laid out for good.
    Page(u32, u32),
}

impl<'d> Spot<'d> {
    /// That of a finding; `walk` goes along the document's text.
    pub(super) fn of(document: &'d Document, finding: &Finding, walk: &mut Walk<'_>) -> Self {
        let (_, at) = walk.to(finding.range.start);
        match document.manuscript.place(finding.range.start) {
            Some(Place::Paragraph(n)) => Self::Paragraph(*n),
            Some(place @ Place::Cell { row, .. }) => Self::Cell(place, *row),
            Some(Place::Page { page, line }) => Self::Page(*page, *line),
            _ => Self::Line(at),
        }
    }

    /// Its line, paragraph, row or page, from 1.
    pub(super) const fn number(self) -> u32 {
        match self {
            Self::Line(at) => at.line,
            Self::Paragraph(n) => n,
            Self::Cell(_, row) => row,
            Self::Page(page, _) => page,
        }
    }

    /// `path:line:column`, which editors turn into a link; paragraphs in words.
    pub(super) fn header(self, path: &str, lang: Lang) -> String {
        match self {
            Self::Line(at) => format!("{path}:{}:{}", at.line, at.column),
            Self::Paragraph(n) => format!("{path}{}", text!(" 第{n}段", ", paragraph {n}").in_lang(lang)),
            Self::Cell(..) => format!("{path} {}", self.label().in_lang(lang)),
            Self::Page(page, line) => {
                format!(
                    "{path}{}",
                    text!(" 第{page}页第{line}行", ", page {page}, line {line}").in_lang(lang)
                )
            }
        }
    }

    /// The place in words.
    pub(super) fn label(self) -> Text {
        match self {
            Self::Line(LineColumn { line, column }) => {
                text!("第{line}行第{column}字", "line {line}, column {column}")
            }
            Self::Paragraph(n) => Place::Paragraph(n).label(),
            Self::Cell(place, _) => Text::same(place.cell().unwrap_or_default()),
            Self::Page(page, line) => Place::Page { page, line }.label(),
        }
    }
}

/// A piece of evidence on one line, with where it stands.
pub(super) fn evidence(place: Option<&Place>, note: &Text, lang: Lang) -> String {
    let note = note.in_lang(lang);
    match place {
        Some(place) => format!("{}{}{note}", place.label().in_lang(lang), lang.either("：", ": ")),
        None => note.to_owned(),
    }
}
