//! Workbooks and tables as text → cells, as a person sees them: .xlsx, .xls and .et, .csv.
//!
//! What reads facts from tables and what reads a workbook as a document both begin here. A figure is what its
//! cell shows, not what it holds, so [`format`] carries out number formats. `calamine` reads .xls as well, but
//! hands no formats out: 5.60 would be 5.6.

mod csv;
mod format;
mod xls;
mod xlsx;

pub(crate) mod cells;

pub(crate) use cells::{Book, Cell, Merged, Sheet, Spot};

use self::format::Format;
use super::make::{Make, is_packed};
use crate::base::{Problem, Result, Text, has_extension};
use crate::model::LINES;

/// Extensions of workbooks.
pub(crate) const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "xls", "xlt", "et", "ett"];

/// Reads a workbook, or a table as text if its name says that it is one. Which workbook it is, its bytes tell.
///
/// # Errors
/// If the bytes are no workbook and no text, with what they seem to be instead, or a damaged one.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Book> {
    match Make::of(bytes).name {
        "xls" => xls::read(bytes, Room::ALL),
        "xlsx" => xlsx::read(bytes, Room::ALL),
        // What office systems export as .xls often is a table as text.
        "other" if has_extension(name, &["xls", "et"]) => {
            csv::read(bytes, Room::ALL).or_else(|_| xlsx::read(bytes, Room::ALL))
        }
        _ if has_extension(name, &["csv"]) && !is_packed(bytes) => csv::read(bytes, Room::ALL),
        _ => xlsx::read(bytes, Room::ALL),
    }
}

/// How much the cells of a workbook may still hold. What many cells share is kept once in the file, and a row of
/// numbers packs to nothing, so a few kilobytes may ask for gigabytes.
#[derive(Clone, Copy)]
struct Room {
    cells: usize,
    /// Bytes of what they show.
    words: usize,
    /// Characters of formats that are carried out, each as often as a number stands under it.
    signs: usize,
}

impl Room {
    /// A roster of twenty thousand people with fifteen columns, and more words than any table has. A cell with
    /// some words takes 650 bytes until it is checked.
    const ALL: Self = Self { cells: LINES, words: 16 << 20, signs: 24 << 20 };

    /// A number under its format.
    ///
    /// # Errors
    /// If more is to be carried out than any table asks for: 80 characters in each of all cells.
    fn shown(&mut self, format: &Format, value: f64, since_1904: bool) -> Result<Cell> {
        self.signs = self.signs.checked_sub(format.signs()).ok_or_else(too_much_format)?;
        Ok(format.cell(value, since_1904))
    }

    /// Counts a cell.
    ///
    /// # Errors
    /// If there are more of them, or of their words, than there may be.
    fn take(&mut self, cell: &Cell) -> Result<()> {
        // Each line of a cell is a line of the document.
        let lines = 1 + memchr::memchr2_iter(b'\n', b'\r', cell.text().as_bytes()).count();
        self.cells = self.cells.checked_sub(lines).ok_or_else(too_many_cells)?;
        self.words = self.words.checked_sub(cell.text().len()).ok_or_else(too_many_words)?;
        Ok(())
    }
}

/// The words of the cells take more than they may.
fn too_many_words() -> Problem {
    let most = Room::ALL.words >> 20;
    Problem::new(crate::text!(
        "工作簿里的文字展开后超过 {most} MB，没有读取",
        "the words of the workbook's cells take more than {most} MB; it was not read"
    ))
    .help(DIVIDE)
}

/// There are more cells than there may be.
fn too_many_cells() -> Problem {
    let most = Room::ALL.cells;
    Problem::new(crate::text!(
        "工作簿里有内容的单元格超过{most}个，没有读取",
        "more than {most} cells of the workbook hold something; it was not read"
    ))
    .help(DIVIDE)
}

/// The formats of numbers are longer than anybody needs, in very many cells.
fn too_much_format() -> Problem {
    Problem::new(Text::fixed(
        "数字格式太长，用的单元格太多，没有读取",
        "number formats too long in too many cells; it was not read",
    ))
    .help(Text::fixed(
        "选中数字列，把格式改为“常规”或“数值”，保存后再试",
        "set the columns of numbers to the format General or Number, save it and try again",
    ))
}

const DIVIDE: Text = Text::fixed(
    "只留要用的表、行和列，另存为一个文件，或分成几个文件",
    "keep only the sheets, rows and columns that are needed in a file of its own, or divide it into several",
);

const SAVE_ANEW: Text = Text::fixed(
    "用 Excel 或 WPS 打开，另存为新的 .xlsx 再试",
    "open it in Excel or WPS, save it as a new .xlsx and try again",
);

/// A part that others need breaks off, or lacks what they refer to.
fn damaged() -> Problem {
    Problem::new(Text::fixed("工作簿不完整或有损坏", "the workbook is incomplete or damaged")).help(SAVE_ANEW)
}

/// The file is encrypted.
fn encrypted() -> Problem {
    Problem::new(Text::fixed("工作簿加了打开密码", "the workbook is protected by a password")).help(
        Text::fixed(
            "用 Excel 或 WPS 打开，去掉打开密码，保存后再试",
            "open it in Excel or WPS, take the password off, save it and try again",
        ),
    )
}

/// A sheet that is not shown and holds something.
fn hidden(name: &str) -> Problem {
    Problem::new(crate::text!("表“{name}”是隐藏的，没有读", "sheet “{name}” is hidden and was not read"))
        .help(Text::fixed("要用它就取消隐藏", "unhide it if it is to be used"))
}
