//! Workbooks (.xlsx) → cells, as a person sees them.
//!
//! Read from the XML itself (ECMA-376 Part 1, SpreadsheetML): the libraries that read workbooks
//! hand out 5.6 where the sheet shows `5.60`, and the figure of a report is what was shown. Needed
//! are the list of sheets, the shared words, the formats of the styles, and the cells.

use std::collections::HashMap;

use super::cells::{Book, Cell, Merged, Sheet};
use super::format::Format;
use super::{Room, SAVE_ANEW, damaged, encrypted, hidden};
use crate::base::{Error, Problem, Result, Text, han::Date};
use crate::office::Make;
use crate::office::package::{Package, Part};
use crate::office::xml::{Element, Token, each, is_on};
use crate::text;

/// Reads a workbook.
///
/// # Errors
/// If the bytes are no .xlsx, with what they seem to be instead, a damaged one, or one that holds more than there
/// is room for.
pub(super) fn read(bytes: &[u8], room: Room) -> Result<Book> {
    let mut package = Package::open(bytes).ok_or_else(|| stranger(bytes))?;
    let main = package.relationships("").into_iter().find(|r| r.kind == "officeDocument");
    let main = main.map(|r| r.target).filter(|name| package.has(name));
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let Some(workbook) = package.part(&main).filter(|_| main.starts_with("xl/") && main.ends_with(".xml"))
    else {
        return Err(stranger(bytes).into());
    };
    let (tabs, since_1904) = tabs(&sound(workbook)?).ok_or_else(damaged)?;
    let parts = package.relationships(&main);
    let mut by_kind = |kind: &str| {
        let part = parts.iter().find(|r| r.kind == kind).and_then(|r| package.part(&r.target));
        part.map(sound).transpose()
    };
    let words = by_kind("sharedStrings")?.map_or(Some(Vec::new()), |xml| shared(&xml)).ok_or_else(damaged)?;
    let formats = by_kind("styles")?.map_or(Some(Vec::new()), |xml| formats(&xml)).ok_or_else(damaged)?;
    let mut lookup = Lookup { words: &words, formats: &formats, since_1904, room };
    let mut book = Book::default();
    for tab in tabs {
        let name = &tab.name;
        let part = parts.iter().find(|r| r.id == tab.id).and_then(|r| package.part(&r.target));
        let Some(part) = part else {
            book.notes.push(
                Problem::new(text!("文件里没有表“{name}”的内容", "the file holds nothing of sheet “{name}”"))
                    .help(SAVE_ANEW),
            );
            continue;
        };
        let mut sheet = cells(&sound(part)?, &mut lookup)?.ok_or_else(|| {
            Problem::new(text!("表“{name}”的内容有损坏", "sheet “{name}” is damaged")).help(SAVE_ANEW)
        })?;
        if !tab.hidden {
            sheet.name = tab.name;
            book.sheets.push(sheet);
        } else if sheet.cells.values().any(|cell| !cell.is_empty()) {
            book.notes.push(hidden(name));
        }
    }
    Ok(book)
}

/// The text of a part that could be read whole.
fn sound(part: Part) -> Result<String> {
    match part.problem {
        Some(problem) => Err(problem.help(SAVE_ANEW).into()),
        None => Ok(part.text),
    }
}

/// A sheet as the workbook lists it.
struct Tab {
    name: String,
    id: String,
    hidden: bool,
}

/// The sheets, and whether days are counted from 1904; `None` if the XML breaks off.
fn tabs(xml: &str) -> Option<(Vec<Tab>, bool)> {
    let (mut tabs, mut since_1904) = (Vec::new(), false);
    let is_whole = each(xml, |token, _| {
        if let Token::Start(e) = token {
            match e.name() {
                "workbookPr" => {
                    since_1904 = e.attribute("date1904").is_some_and(|v| is_on(Some(&v)));
                }
                "sheet" => tabs.push(Tab {
                    name: e.attribute("name").unwrap_or_default(),
                    // `r:id`; the sheet's own number is `sheetId`.
                    id: e.attribute("id").unwrap_or_default(),
                    hidden: e.attribute("state").is_some_and(|s| s != "visible"),
                }),
                _ => {}
            }
        }
    });
    is_whole.then_some((tabs, since_1904))
}

/// The words that cells share, in their order; `None` if the XML breaks off.
fn shared(xml: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut current = String::new();
    // Readings of Japanese words (rPh) stand beside them and are not said.
    let (mut in_text, mut reading) = (false, false);
    let is_whole = each(xml, |token, _| match token {
        Token::Start(e) => match e.name() {
            "si" => current.clear(),
            "t" => in_text = !reading,
            "rPh" => reading = true,
            _ => {}
        },
        Token::End("si") => all.push(unescaped(&current)),
        Token::End("t") => in_text = false,
        Token::End("rPh") => reading = false,
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) if in_text => {
            current.push_str(&words)
        }
        _ => {}
    });
    is_whole.then_some(all)
}

/// The number formats by the number that cells give as their style; `None` if the XML breaks off.
fn formats(xml: &str) -> Option<Vec<Format>> {
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut ids = Vec::new();
    let mut in_cells = false;
    let is_whole = each(xml, |token, _| match token {
        Token::Start(e) => {
            let number = |name: &str| e.attribute(name).and_then(|v| v.parse::<u32>().ok());
            match e.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (number("numFmtId"), e.attribute("formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => ids.push(number("numFmtId").unwrap_or(0)),
                _ => {}
            }
        }
        Token::End("cellXfs") => in_cells = false,
        _ => {}
    });
    let mut made: HashMap<u32, Format> = HashMap::new();
    let formats = ids.iter().map(|id| {
        let make = || codes.get(id).map_or_else(|| Format::built_in(*id), |code| Format::new(code));
        made.entry(*id).or_insert_with(make).clone()
    });
    is_whole.then(|| formats.collect())
}

/// What cells refer to.
struct Lookup<'a> {
    words: &'a [String],
    formats: &'a [Format],
    since_1904: bool,
    room: Room,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: Option<usize>,
    value: Option<String>,
    inline: String,
    formula: bool,
}

/// The cells of a sheet's part, which are merged and what is hidden; `None` if the XML breaks off.
fn cells(xml: &str, lookup: &mut Lookup<'_>) -> Result<Option<Sheet>> {
    let mut part = SheetPart::default();
    let is_whole = each(xml, |token, _| match token {
        Token::Start(e) => part.start(e),
        Token::End(name) => part.end(name, lookup),
        Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => part.words(&words),
    });
    match part.fault {
        Some(fault) => Err(fault),
        None => Ok(is_whole.then_some(part.sheet)),
    }
}

/// A sheet's part while it is read.
#[derive(Default)]
struct SheetPart {
    /// What was read so far, without its name.
    sheet: Sheet,
    fault: Option<Error>,
    open: Option<Open>,
    /// Where the last cell was: those after it may leave out where they are.
    row: u32,
    column: u32,
    /// Which of `v`, `t` and `f` the words belong to.
    inside: String,
    /// Whether the words are a phonetic reading of others.
    is_phonetic: bool,
}

impl SheetPart {
    fn start(&mut self, e: Element<'_>) {
        match e.name() {
            "row" => {
                let next = self.row.saturating_add(1);
                self.row = e.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(next);
                self.column = 0;
                if e.attribute("hidden").is_some_and(|v| is_on(Some(&v))) {
                    self.sheet.hidden_rows.insert(self.row);
                }
            }
            "col" if e.attribute("hidden").is_some_and(|v| is_on(Some(&v))) => {
                let end = |name: &str| e.attribute(name).and_then(|v| v.parse::<u32>().ok());
                self.sheet.hidden_columns.extend(end("min").zip(end("max")));
            }
            "c" => {
                let at = e.attribute("r").and_then(|r| reference(&r));
                let at = at.unwrap_or((self.row.max(1), self.column.saturating_add(1)));
                (self.row, self.column) = at;
                self.open = Some(Open {
                    at,
                    kind: e.attribute("t").unwrap_or_default(),
                    style: e.attribute("s").and_then(|s| s.parse().ok()),
                    ..Open::default()
                });
            }
            "mergeCell" => {
                let range = e.attribute("ref").unwrap_or_default();
                let ends = range.split_once(':').and_then(|(a, b)| reference(a).zip(reference(b)));
                self.sheet.merged.extend(ends.map(|(from, to)| Merged { from, to }));
            }
            "rPh" => self.is_phonetic = true,
            name => {
                if let Some(cell) = &mut self.open {
                    cell.formula |= name == "f";
                    if name == "v" {
                        cell.value = Some(String::new());
                    }
                }
                name.clone_into(&mut self.inside);
            }
        }
    }

    fn end(&mut self, name: &str, lookup: &mut Lookup<'_>) {
        match name {
            "c" => {
                let Some(cell) = self.open.take().filter(|_| self.fault.is_none()) else { return };
                let at = cell.at;
                let value = value(cell, lookup).and_then(|value| {
                    value.iter().try_for_each(|value| lookup.room.take(value))?;
                    Ok(value)
                });
                match value {
                    Ok(value) => self.sheet.cells.extend(value.map(|value| (at, value))),
                    Err(fault) => self.fault = Some(fault),
                }
            }
            "rPh" => self.is_phonetic = false,
            _ => self.inside.clear(),
        }
    }

    fn words(&mut self, words: &str) {
        let Some(cell) = &mut self.open else { return };
        match self.inside.as_str() {
            "v" => cell.value.get_or_insert_default().push_str(words),
            "t" if !self.is_phonetic => cell.inline.push_str(words),
            _ => {}
        }
    }
}

/// What is in a cell; `None` for one that only has a style.
fn value(cell: Open, lookup: &mut Lookup<'_>) -> Result<Option<Cell>> {
    let Open { kind, style, value, inline, formula, .. } = cell;
    if kind == "inlineStr" {
        return Ok(Some(Cell::Words(unescaped(&inline))));
    }
    // A formula that gives no words has an empty value; one never calculated has none.
    let Some(value) = value.filter(|v| !v.is_empty() || kind == "str") else {
        return Ok(formula.then_some(Cell::Uncomputed));
    };
    Ok(Some(match kind.as_str() {
        "s" => {
            let words = value.trim().parse::<usize>().ok().and_then(|index| lookup.words.get(index));
            let words = words.ok_or_else(damaged)?;
            Cell::Words(words.clone())
        }
        "str" => Cell::Words(unescaped(&value)),
        "b" => Cell::Flag(is_on(Some(value.trim()))),
        "e" => Cell::Error(value.trim().to_owned()),
        "d" => {
            let day = value.split('T').next().unwrap_or_default();
            match Date::parse(day) {
                Some(date) => Cell::Date { date, shown: date.to_string(), year_hidden: false },
                None => Cell::Words(value),
            }
        }
        _ => match value.trim().parse::<f64>() {
            Ok(number) => {
                let format = style.and_then(|s| lookup.formats.get(s)).unwrap_or(&Format::GENERAL);
                lookup.room.shown(format, number, lookup.since_1904)?
            }
            Err(_) => Cell::Words(value),
        },
    }))
}

/// Row and column, from 1, of a reference such as `C4` or `$C$4`.
fn reference(words: &str) -> Option<(u32, u32)> {
    let words = words.replace('$', "");
    let digits = words.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = words.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes().map(|b| b.to_ascii_uppercase()) {
        let digit = letter.checked_sub(b'A').filter(|d| *d < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(digit) + 1)?;
    }
    row.parse().ok().filter(|row| *row > 0 && column > 0).map(|row| (row, column))
}

/// Words without the escapes that workbooks have for control characters: `_x000D_` is a return.
fn unescaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// What bytes are that are no .xlsx.
fn stranger(bytes: &[u8]) -> Problem {
    const AGAIN: Text = Text::fixed("重新复制或下载一份", "copy or download it again");
    const SAVE_AS: Text = Text::fixed(
        "用 Excel 或 WPS 打开，另存为 .xlsx（不要只改扩展名）",
        "open it in Excel or WPS and save it as .xlsx; renaming it is not enough",
    );
    let has_cells = || memchr::memmem::find(bytes, b"xl/").is_some();
    let (what, help) = match Make::of(bytes).name {
        "empty" => (Text::fixed("文件是空的（0 字节）", "the file is empty (0 bytes)"), AGAIN),
        "encrypted" => return encrypted(),
        "broken-zip" | "xlsx" | "xlsb" | "zip" if has_cells() => {
            (Text::fixed("工作簿不完整或有损坏", "the workbook is incomplete or damaged"), AGAIN)
        }
        _ => (Text::fixed("不是 .xlsx、.xls 工作簿", "no workbook (.xlsx, .xls)"), SAVE_AS),
    };
    Problem::new(what).help(help)
}

#[cfg(test)]
mod tests {
    use super::{Lookup, Room, cells, read, reference, unescaped};
    use proptest::prelude::*;

    #[test]
    fn a_sheet_of_more_cells_than_there_is_room_for_is_refused() {
        let row = "<row><c><v>12</v></c><c t=\"inlineStr\"><is><t>亩</t></is></c><c s=\"1\"/></row>";
        let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
        let read = |room| {
            let mut lookup = Lookup { words: &[], formats: &[], since_1904: false, room };
            cells(&sheet, &mut lookup).map(|sheet| sheet.unwrap().cells.len())
        };
        // What only has a style takes no room.
        assert_eq!(read(Room { cells: 2, words: 5, signs: 0 }).unwrap(), 2);
        assert!(
            read(Room { cells: 1, words: 5, signs: 0 })
                .unwrap_err()
                .in_lang(crate::base::Lang::Zh)
                .contains("300000个")
        );
        assert!(
            read(Room { cells: 2, words: 4, signs: 0 })
                .unwrap_err()
                .in_lang(crate::base::Lang::Zh)
                .contains("16 MB")
        );
    }

    #[test]
    fn references_and_escapes_are_read() {
        assert_eq!(reference("C4"), Some((4, 3)));
        assert_eq!(reference("$AA$10"), Some((10, 27)));
        assert_eq!(reference("4"), None);
        assert_eq!(reference("AAAAAAAAAAAA1"), None);
        assert_eq!(unescaped("一_x000D_\n二_x005F_x000D_ _x00"), "一\n二_x000D_ _x00");
        assert_eq!(unescaped("_x+00D_ _xD83D_"), "_x+00D_ _xD83D_");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, Room::ALL);
        }
    }
}
