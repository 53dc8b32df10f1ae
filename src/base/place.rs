//! Where something stands or came from, as a person would look it up.
//!
//! Inside the program a finding is a byte range; a [`Place`] is what that range becomes when
//! somebody has to be shown where. Drafting and reading share it: "this figure came from that
//! line of the facts file" and "this sentence is that paragraph of the .docx" are one thing.

use std::sync::Arc;

use super::visible::on_one_line;
use super::{Text, lines::LineColumn};

/// A place that a person can go to. Lines, columns and paragraphs count from 1; columns count
/// Unicode code points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A file as a whole.
    File(Arc<str>),
    /// A line and column of a named text file (facts, settings, a .txt or .md draft).
    Line {
        /// The file's name as the person gave it.
        file: Arc<str>,
        /// Line, from 1.
        line: u32,
        /// Column in code points, from 1.
        column: u32,
    },
    /// A cell (单元格) of a table of facts.
    Cell {
        /// The file's name as the person gave it.
        file: Arc<str>,
        /// The sheet's name; empty for a .csv, which has one.
        sheet: Arc<str>,
        /// Row, from 1.
        row: u32,
        /// Column, from 1: A is 1.
        column: u32,
    },
    /// A paragraph (段落) of a word-processor document, from 1, table cells included in order.
    Paragraph(u32),
    /// A paragraph of a named word-processor document, one of several.
    ParagraphOf {
        /// The file's name as the person gave it.
        file: Arc<str>,
        /// The paragraph, from 1, table cells included in order.
        paragraph: u32,
    },
    /// A line of a page (页), of a document that is laid out for good.
    Page {
        /// The page, from 1: the sheet, whatever number is printed on it.
        page: u32,
        /// Its line, from 1, running heads and page numbers not counted.
        line: u32,
    },
    /// The same in a named document, one of several.
    PageOf {
        /// The file's name as the person gave it.
        file: Arc<str>,
        /// The page, from 1.
        page: u32,
        /// Its line, from 1.
        line: u32,
    },
    /// A line of a skeleton (模板).
    Template {
        /// The skeleton's id, such as `speech/mobilization`.
        id: Arc<str>,
        /// Line of the skeleton's file, from 1.
        line: u32,
    },
    /// A fact (事实), by its path of ids, such as `tasks[0].owner`, and the line that states it.
    Fact {
        /// The path of ids; indices count from 0 as in the facts tree.
        path: Arc<str>,
        /// The place in the facts file; `None` where the fact is missing or derived.
        at: Option<Arc<Place>>,
    },
    /// A variant of a phrase (套语) of the phrase bank.
    Phrase {
        /// The phrase's id.
        id: Arc<str>,
        /// Which of its variants, from 0.
        variant: u32,
    },
    /// A figure that the program computed, and the facts that it computed it from.
    Computed(Arc<[Place]>),
    /// What the program itself puts in: heading numbers, the page's fixed words.
    Program,
}

impl Place {
    /// A position in a named text file.
    #[must_use]
    pub fn line(file: &Arc<str>, at: LineColumn) -> Self {
        Self::Line { file: Arc::clone(file), line: at.line, column: at.column }
    }

    /// The place as the start of a message line, in the `file:line:column` form that editors
    /// turn into links, or in words where there is no file.
    #[must_use]
    pub fn label(&self) -> Text {
        match self {
            Self::File(file) => Text::same(on_one_line(file)),
            Self::Line { file, line, column } => Text::same(format!("{}:{line}:{column}", on_one_line(file))),
            Self::Cell { file, .. } => {
                let cell = self.cell().unwrap_or_default();
                Text::same(format!("{} {}", on_one_line(file), on_one_line(&cell)))
            }
            Self::Paragraph(n) => Text::new(format!("第{n}段"), format!("paragraph {n}")),
            Self::ParagraphOf { file, paragraph } => {
                let file = on_one_line(file);
                Text::new(format!("{file} 第{paragraph}段"), format!("{file} paragraph {paragraph}"))
            }
            Self::Page { page, line } => {
                Text::new(format!("第{page}页第{line}行"), format!("page {page}, line {line}"))
            }
            Self::PageOf { file, page, line } => {
                let file = on_one_line(file);
                Text::new(format!("{file} 第{page}页第{line}行"), format!("{file} page {page}, line {line}"))
            }
            Self::Template { id, line } => {
                Text::new(format!("模板 {id}:{line}"), format!("template {id}:{line}"))
            }
            Self::Fact { path, at } => {
                let at = at.as_ref().map(|p| p.label());
                let tail = |t: &Text, l| format!("（{}）", t.in_lang(l));
                Text::new(
                    format!("事实 {path}{}", at.as_ref().map_or(String::new(), |t| tail(t, super::Lang::Zh))),
                    format!("fact {path}{}", at.as_ref().map_or(String::new(), |t| format!(" ({})", t.en))),
                )
            }
            Self::Phrase { id, variant } => {
                let n = variant + 1;
                Text::new(format!("套语 {id} 第{n}式"), format!("phrase {id}, variant {n}"))
            }
            Self::Computed(of) => {
                let labels: Vec<_> = of.iter().map(Self::label).collect();
                let list = |lang, separator| {
                    labels.iter().map(|l| l.in_lang(lang)).collect::<Vec<_>>().join(separator)
                };
                Text::new(
                    format!("由 {} 算出", list(super::Lang::Zh, "、")),
                    format!("computed from {}", list(super::Lang::En, ", ")),
                )
            }
            Self::Program => Text::fixed("程序生成", "the program"),
        }
    }
}

impl Place {
    /// Of a cell, its sheet, column and row: `任务!C4`; `None` for every other place.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let Self::Cell { sheet, row, column, .. } = self else { return None };
        let bang = if sheet.is_empty() { "" } else { "!" };
        Some(format!("{sheet}{bang}{}{row}", column_name(*column)))
    }
}

/// The name of a spreadsheet's column, counted from 1: A, Z, AA; empty for 0.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut left = column;
    let mut name = Vec::new();
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    name.iter().rev().collect()
}

/// Whether a file's name ends in one of these extensions (lower case, without the dot).
#[must_use]
pub fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, e)| extensions.iter().any(|x| e.eq_ignore_ascii_case(x)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn column_name_does_as_its_example_says() {
        use crate::base::place::column_name;
        assert_eq!([1, 26, 27, 703].map(column_name), ["A", "Z", "AA", "AAA"]);
    }
}
