//! The table of what may have to change (沿用表): written to be filled in, read back with its answers.
//!
//! A row a value, in the order of the text: what it is, what stood there last year, an empty cell for this
//! year's, what may be offered, the sentence. `不变` confirms a value. As a workbook or as YAML; whichever
//! it is, its file's name says.

use std::sync::Arc;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, XlsxError,
};

use super::answer::{Answer, SAME};
use super::rows::Row;
use crate::base::yaml::{self, Value as Yaml};
use crate::base::{Lang, Place, Problem, Result, Text, han::Date};
use crate::model::facts::write::scalar;
use crate::read::has_extension;
use crate::sheet::{Sheet, book};
use crate::text;

/// The headings: number, what it is, what it is said of, last year's, this year's, what may be offered, the
/// sentence, how often it stands.
const HEADS: [&str; 8] = ["编号", "类别", "说的是", "去年", "今年", "可以是", "原句", "处数"];
const NUMBER: usize = 0;
const LAST: usize = 3;
const THIS: usize = 4;

/// Extensions of the files that such a table may be.
pub const YAML: &[&str] = &["yaml", "yml"];
pub const WORKBOOK: &[&str] = &["xlsx"];

/// The cells of a row with what was entered.
fn cells(row: &Row, answer: Option<&Answer>, lang: Lang) -> [String; 8] {
    [
        row.number.to_string(),
        row.kind.label().in_lang(lang).to_owned(),
        row.about.clone(),
        row.value.clone(),
        answer.map_or("", Answer::words).to_owned(),
        row.offer.clone().unwrap_or_default(),
        row.sentence.clone(),
        row.places.len().to_string(),
    ]
}

/// The rows as a workbook to fill in, with what was entered so far.
///
/// # Errors
/// If a sentence is longer than a cell may be.
pub fn to_workbook(
    rows: &[Row],
    answers: &[Answer],
    from: &str,
    (lang, today): (Lang, Date),
) -> Result<Vec<u8>> {
    on_sheets(rows, answers, from, (lang, today)).map_err(|error| {
        Problem::new(text!("写不成工作簿：{error}", "the workbook cannot be made: {error}"))
            .help(Text::fixed("改写成 .yaml", "write a .yaml file instead"))
            .into()
    })
}

fn on_sheets(
    rows: &[Row],
    answers: &[Answer],
    from: &str,
    (lang, today): (Lang, Date),
) -> std::result::Result<Vec<u8>, XlsxError> {
    const WIDTHS: [f64; 8] = [6.0, 8.0, 22.0, 18.0, 18.0, 14.0, 70.0, 6.0];
    let plain = Format::new()
        .set_font_name("宋体")
        .set_font_size(11)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00BF_BFBF))
        .set_num_format("@");
    let grey = plain.clone().set_font_color(Color::RGB(0x0060_6060));
    let head = plain.clone().set_bold().set_background_color(Color::RGB(0x00D9_E2F3));
    let wanted = plain.clone().set_background_color(Color::RGB(0x00FF_F9E5));
    let mut book = Workbook::new();
    // The same table has the same bytes.
    let made = ExcelDateTime::from_ymd(today.year, today.month.unwrap_or(1), today.day.unwrap_or(1))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("沿用")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 5)?.set_repeat_rows(0, 0)?;
    for ((column, name), width) in (0u16..).zip(HEADS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    let mut last = 0;
    for ((line, row), index) in (1u32..).zip(rows).zip(0usize..) {
        for ((column, words), at) in (0u16..).zip(cells(row, answers.get(index), lang)).zip(0usize..) {
            let format = match at {
                THIS => &wanted,
                LAST => &plain,
                _ => &grey,
            };
            sheet.write_string_with_format(line, column, words, format)?;
        }
        last = line;
    }
    sheet.ignore_error_range(0, 0, last + 1, 7, IgnoreError::NumberStoredAsText)?;
    let help = book.add_worksheet();
    help.set_name("说明")?.set_column_width(0, 96)?;
    for (line, words) in (0u32..).zip(instructions(from, lang)) {
        help.write_string(line, 0, words)?;
    }
    book.save_to_buffer()
}

fn instructions(from: &str, lang: Lang) -> Vec<String> {
    match lang {
        Lang::Zh => vec![
            format!("从 {from} 里找出的、换一年可能要改的地方，一值一行，次序同原文。"),
            format!("今年变了的，在“今年”栏填今年的写法（连单位，照要印出来的样子）；核实过没有变的，填“{SAME}”。"),
            "空着的，新稿里照去年的留着，并加批注提醒。“可以是”是按年份推的，核实后自己填到“今年”栏。".to_owned(),
            format!("填好后运行：wengao renew {from} --values 这张表.xlsx --output 今年稿.docx"),
        ],
        Lang::En => vec![
            format!("What may have to change in {from} with the year, a row a value, in the order of the text."),
            format!("Enter this year's words under 今年 (with the unit, as they are to be printed); {SAME} confirms a value that you checked."),
            "What is left empty stays as last year's and gets a comment. 可以是 follows from the years; enter it yourself once you checked it.".to_owned(),
            format!("Then run: wengao renew {from} --values THIS.xlsx --output NEW.docx"),
        ],
    }
}

/// The rows as YAML to fill in, with what was entered so far.
#[must_use]
pub fn to_yaml(rows: &[Row], answers: &[Answer], from: &str, lang: Lang) -> String {
    let mut out = String::new();
    for line in instructions(from, lang) {
        out.push_str("# ");
        out.push_str(&line);
        out.push('\n');
    }
    for (index, row) in rows.iter().enumerate() {
        let cells = cells(row, answers.get(index), lang);
        for (at, (head, words)) in HEADS.iter().zip(&cells).enumerate() {
            // What is empty says nothing, but for the one cell that is to be filled in.
            if words.is_empty() && at != THIS {
                continue;
            }
            out.push_str(if at == 0 { "- " } else { "  " });
            out.push_str(head);
            out.push(':');
            if !words.is_empty() {
                out.push(' ');
                out.push_str(&scalar(words));
            }
            out.push('\n');
        }
    }
    out
}

/// The answers of a table, one for each of `rows`.
///
/// # Errors
/// If the file is no such table, or was made of another text: a row that the text does not have, or with
/// another value of last year.
pub fn read(name: &str, bytes: &[u8], rows: &[Row]) -> Result<Vec<Answer>> {
    let filled = if has_extension(name, YAML) { of_yaml(name, bytes)? } else { of_workbook(name, bytes)? };
    let mut answers = vec![Answer::Open; rows.len()];
    for Filled { number, last, this, at } in filled {
        let row = number.checked_sub(1).and_then(|index| rows.get(index));
        let Some(row) = row.filter(|row| row.value == last) else {
            return Err(Problem::new(text!(
                "第{number}行的“去年”是“{last}”，原稿里对不上",
                "row {number} has “{last}” for last year, which the text does not have there"
            ))
            .at(at)
            .help(Text::fixed(
                "这张表是从另一份稿子、或改动前的稿子列出的：对现在的原稿再列一次",
                "the table was made of another text, or before this one was changed: list it anew",
            ))
            .into());
        };
        answers[row.number - 1] = Answer::of(&this);
    }
    Ok(answers)
}

/// Whether a file is such a table, and no facts.
#[must_use]
pub fn is_table(name: &str, bytes: &[u8]) -> bool {
    if has_extension(name, YAML) {
        // A list at the top; facts are keys and values.
        return of_yaml(name, bytes).is_ok_and(|filled| !filled.is_empty());
    }
    has_extension(name, WORKBOOK)
        && book(name, bytes).is_ok_and(|book| book.sheets.iter().any(|sheet| columns(sheet).is_some()))
}

/// A row as somebody filled it in.
struct Filled {
    number: usize,
    last: String,
    this: String,
    at: Place,
}

fn no_table(name: &str) -> Problem {
    let (last, this) = (HEADS[LAST], HEADS[THIS]);
    Problem::new(text!(
        "不是沿用表：没有“{last}”“{this}”两栏",
        "no table of what to change: it has no columns {last} and {this}"
    ))
    .at(Place::File(name.into()))
    .help(Text::fixed(
        "先用 wengao renew 原稿 --output 沿用.xlsx 列出来",
        "make one with wengao renew TEXT --output TABLE.xlsx",
    ))
}

/// The columns of a sheet that count, by its heads: number, last year's, this year's.
fn columns(sheet: &Sheet) -> Option<[u32; 3]> {
    let column = |head: &str| (1..=40).find(|&column| sheet.text(1, column) == head);
    Some([column(HEADS[NUMBER])?, column(HEADS[LAST])?, column(HEADS[THIS])?])
}

fn of_workbook(name: &str, bytes: &[u8]) -> Result<Vec<Filled>> {
    let book = book(name, bytes)?;
    for sheet in &book.sheets {
        let Some([number, last, this]) = columns(sheet) else { continue };
        let rows = sheet.rows().into_iter().filter(|row| *row > 1 && !sheet.text(*row, number).is_empty());
        return rows
            .map(|row| {
                let at =
                    Place::Cell { file: name.into(), sheet: sheet.name.as_str().into(), row, column: this };
                let number = sheet.text(row, number).parse().map_err(|_| no_table(name))?;
                let words = |column: u32| sheet.cell(row, column).map_or("", |cell| cell.text()).to_owned();
                Ok(Filled { number, last: words(last), this: words(this), at })
            })
            .collect();
    }
    Err(no_table(name).into())
}

fn of_yaml(name: &str, bytes: &[u8]) -> Result<Vec<Filled>> {
    let source = crate::base::encoding::decode(bytes)?.text;
    let file: Arc<str> = name.into();
    let (root, problems) = yaml::read(&file, &source, &|key| HEADS.contains(&key));
    let root = crate::base::Error::unless_empty(problems, root)?;
    let Some(Yaml::List(items)) = root.map(|node| node.value) else { return Err(no_table(name).into()) };
    items
        .into_iter()
        .map(|item| {
            let at = Place::line(&file, item.at);
            let Yaml::Map(entries) = item.value else { return Err(no_table(name).into()) };
            let words = |head: &str| {
                entries.iter().find(|e| e.key == head).map_or(String::new(), |e| match &e.value.value {
                    Yaml::Scalar(words) => words.clone(),
                    _ => String::new(),
                })
            };
            let number = words(HEADS[NUMBER]).parse().map_err(|_| no_table(name))?;
            Ok(Filled { number, last: words(HEADS[LAST]), this: words(HEADS[THIS]), at })
        })
        .collect()
}
