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

use super::make::{Make, is_packed};
use crate::base::{Problem, Result, Text, has_extension};

/// Extensions of workbooks.
pub(crate) const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "xls", "xlt", "et", "ett"];

/// Reads a workbook, or a table as text if its name says that it is one. Which workbook it is, its bytes tell.
///
/// # Errors
/// If the bytes are no workbook and no text, with what they seem to be instead, or a damaged one.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Book> {
    match Make::of(bytes).name {
        "xls" => xls::read(bytes),
        "xlsx" => xlsx::read(bytes),
        // What office systems export as .xls often is a table as text.
        "other" if has_extension(name, &["xls", "et"]) => csv::read(bytes).or_else(|_| xlsx::read(bytes)),
        _ if has_extension(name, &["csv"]) && !is_packed(bytes) => csv::read(bytes),
        _ => xlsx::read(bytes),
    }
}

/// Bytes of words that the cells of a workbook may hold: what many cells share is kept once in the
/// file, so a few kilobytes may ask for gigabytes.
const MOST: usize = 64 << 20;

/// The words of the cells take more than they may.
fn too_many_words() -> Problem {
    let most = MOST >> 20;
    Problem::new(crate::text!(
        "工作簿里的文字展开后超过 {most} MB",
        "the words of the workbook's cells take more than {most} MB"
    ))
    .help(SAVE_ANEW)
}

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
