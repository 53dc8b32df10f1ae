//! Floor 3: tables (.xlsx, .xls, .et, .csv) ⇄ facts.
//!
//! Facts live in workbooks: units fill in tables, and the office collects them. [`read`] takes a
//! workbook for facts, whether this program made it or somebody else; [`write`](write()) makes one that asks for
//! what a document needs, or holds facts that there are. Both follow one shape: a sheet 单项 with a
//! value a row, and for each list of records a sheet of its name. So reading and writing live in
//! one room, and the table of facts alone says which sheets and headings there are.
//!
//! A table that is kept for another purpose, a ledger (台账), is read by what its heads are called.
//!
//! ```text
//! bytes ─▶ cells (`office::book`) ─▶ tree (gather; key, items; ledger) ─▶ the loader of facts
//! questions, facts ─▶ plan (key, items) ─▶ bytes (paper)
//! ```

mod gather;
mod heading;
mod items;
mod key;
mod ledger;
mod paper;
mod plan;
#[cfg(test)]
mod tests;
mod tree;

use crate::base::has_extension;
use crate::base::{Lang, Problem, Result, Text, han::Date};
use crate::model::{Facts, facts::Question};
pub(crate) use crate::office::book::Sheet;
use crate::office::book::{self, WORKBOOKS};
use crate::text;
pub use gather::Reading;
pub use ledger::{
    mapping::{FILE as MAPPING, Mapping},
    stub as mapping_stub,
};

/// The sheet of single values (单项).
pub const SINGLE: &str = "单项";
/// The sheet that says how to fill in the others.
pub const GUIDE: &str = "说明";
/// Headings of the sheet of single values: the key,
const ITEM: &str = "项目";
/// the value,
const CONTENT: &str = "内容";
/// its unit,
const UNIT: &str = "单位";
/// whether the document cannot do without it,
const NEEDED: &str = "必需";
/// and how it may look; also the mark of a row that holds examples.
const EXAMPLE: &str = "例";
/// The column that numbers rows, or marks them as explanations.
const NUMBER: &str = "序号";
/// Before the name of the list above: `所属任务`.
const OF: &str = "所属";
/// In a cell whose value, too large for one, stands in rows of 单项.
const ELSEWHERE: &str = "（见单项）";
/// Marks under 序号 of rows that are never read.
const NOTES: &[&str] = &["说明", "填写说明", "例", "示例", "例子", "备注"];
/// What cells of explanations begin with, should the column 序号 be gone.
const MARKS: &[&str] = &["【必需】", "〔可选〕", "[needed]", "[optional]", "例：", "e.g. "];

/// Tables that are no workbooks we read: the text, and those that [`read`] refuses with advice.
const OTHERS: &[&str] = &["csv", "xlsb", "ods"];

/// The extensions of tables; also of formats that [`read`] refuses with advice.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    WORKBOOKS.iter().chain(OTHERS).copied()
}

/// Whether a file is a table by its name; also of formats that [`read`] refuses with advice.
#[must_use]
pub fn knows(name: &str) -> bool {
    has_extension(name, WORKBOOKS) || has_extension(name, OTHERS)
}

/// Reads a table of facts. `file` is its name as the person gave it; `sheet` names the one sheet
/// that is meant, or says what a table without a name holds.
///
/// # Errors
/// If the bytes are no workbook or text, or there is no such sheet. What is wrong in single cells
/// is in [`Reading::problems`].
pub fn read(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Reading> {
    read_with(file, bytes, sheet, &Mapping::default())
}

/// As [`read`], of a workbook of whose sheets and heads a clerk says what they mean.
///
/// # Errors
/// As [`read`].
pub fn read_with(file: &str, bytes: &[u8], sheet: Option<&str>, mapping: &Mapping) -> Result<Reading> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut book = book(name, bytes)?;
    if let Some(wanted) = sheet
        && book.sheets.len() > 1
    {
        let names: Vec<_> = book.sheets.iter().map(|s| s.name.clone()).collect();
        book.sheets.retain(|s| s.name.trim() == wanted.trim());
        if book.sheets.is_empty() {
            let names = names.join("、");
            return Err(Problem::new(text!("没有“{wanted}”这张表", "there is no sheet “{wanted}”"))
                .help(text!("有：{names}", "there are: {names}"))
                .into());
        }
    }
    Ok(gather::gather(file, sheet.unwrap_or(stem), &book, mapping))
}

/// Keys and their words as facts, read as if each were a row of the sheet [`SINGLE`]; the first is its
/// second row.
pub(crate) fn singles<'w>(entries: impl Iterator<Item = (&'w str, &'w str)>) -> Reading {
    let mut sheet = Sheet::default();
    for (row, (key, words)) in (1..).zip(std::iter::once((ITEM, CONTENT)).chain(entries)) {
        for (column, words) in (1..).zip([key, words]) {
            sheet.cells.insert((row, column), book::Cell::Words(words.to_owned()));
        }
    }
    let book = book::Book { sheets: vec![sheet], notes: Vec::new() };
    gather::gather("", SINGLE, &book, &Mapping::default())
}

/// The sheets of a workbook or a .csv, cell by cell, for whoever knows its own headings.
///
/// # Errors
/// If the bytes are no workbook and no text, or a damaged one.
pub(crate) fn book(file: &str, bytes: &[u8]) -> Result<book::Book> {
    book::read(file, bytes)
}

/// What a workbook is made of.
#[derive(Debug, Clone, Copy)]
pub struct Contents<'a> {
    /// The skeleton's id and the name of its genre, if it is made for one.
    pub skeleton: Option<(&'a str, &'a Text)>,
    /// What it asks for, in the order of the document.
    pub questions: &'a [Question],
    /// The facts that it holds.
    pub facts: Option<&'a Facts>,
}

/// A workbook (.xlsx) that asks the questions and holds the facts. The same contents, language and
/// date give the same bytes.
///
/// # Errors
/// If a value is longer than a cell may be.
pub fn write(contents: &Contents<'_>, lang: Lang, today: Date) -> Result<Vec<u8>> {
    let plan = plan::plan(contents, lang);
    paper::write(contents, &plan, lang, today)
}

#[cfg(test)]
mod examples {
    #[test]
    fn read_does_as_its_example_says() {
        use crate::sheet::read;
        let table = "名称,牵头单位\n抓好垃圾治理,县住房城乡建设局\n";
        let reading = read("任务.csv", table.as_bytes(), None).unwrap();
        assert_eq!(reading.facts.text("tasks[0].owner").unwrap(), "县住房城乡建设局");
        assert_eq!(reading.facts.get("tasks[0].owner").unwrap().at.label().zh, "任务.csv B2");
    }
}
