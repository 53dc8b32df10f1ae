//! A workbook's sheets as people are handed them: filled from top to bottom, each row as high as its words need,
//! landscape on A4. Cells are text, so that `=1+1` in a draft stays words.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::base::{Lang, Text, han::Date};

/// Characters that are shown of a cell; Excel takes 32,767.
const MOST: usize = 8_000;

pub(super) type Done<T> = Result<T, XlsxError>;

/// Says when a workbook was made, so that the same one has the same bytes.
pub(super) fn dated(book: &mut Workbook, date: Option<Date>) -> Done<()> {
    if let Some(date) = date {
        let made = ExcelDateTime::from_ymd(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    }
    Ok(())
}

/// A sheet that is filled from top to bottom.
pub(super) struct Page<'s> {
    pub sheet: &'s mut Worksheet,
    /// Its columns' widths.
    widths: Vec<f64>,
    /// The next row.
    pub row: u32,
    pub lang: Lang,
}

/// The looks of a cell.
pub(super) fn plain() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_text_wrap().set_align(FormatAlign::Top)
}

pub(super) fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF))
}

pub(super) fn head() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(0x00E7_E6E6)).set_align(FormatAlign::Center)
}

/// What is an error, and what was not read, is to be seen at a glance.
pub(super) fn alarming() -> Format {
    boxed().set_font_color(Color::RGB(0x00B3_261E)).set_bold()
}

impl<'s> Page<'s> {
    /// A sheet with columns of these widths, in characters of which a Han character takes two.
    pub fn of(sheet: &'s mut Worksheet, widths: Vec<f64>, lang: Lang) -> Done<Self> {
        for (column, width) in (0u16..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(Self { sheet, widths, row: 0, lang })
    }

    /// A row of cells, as high as the words in it need: not every program sees to that.
    pub fn put(&mut self, cells: &[(Cell, &Format)]) -> Done<()> {
        let lines = |(cell, width): (&(Cell, &Format), &f64)| match &cell.0 {
            Cell::Words(words) => lines(words, *width),
            Cell::Count(_) => 1.0,
            Cell::Marked(parts) => {
                let all: String = parts.iter().map(|(_, words)| words.as_str()).collect();
                lines(&all, *width)
            }
        };
        let lines = cells.iter().zip(&self.widths).map(lines).fold(1.0, f64::max);
        self.sheet.set_row_height(self.row, (lines * LINE).min(TALLEST))?;
        for (column, (cell, format)) in (0u16..).zip(cells) {
            match cell {
                Cell::Words(words) => {
                    self.sheet.write_string_with_format(self.row, column, clean(words), format)?
                }
                Cell::Count(n) => self.sheet.write_number_with_format(self.row, column, *n as f64, format)?,
                Cell::Marked(parts) => {
                    marked(self.sheet, (self.row, column), parts, format)?;
                    continue;
                }
            };
        }
        self.row += 1;
        Ok(())
    }

    /// The heads of columns.
    pub fn heads(&mut self, heads: &[Text]) -> Done<()> {
        let format = head();
        let cells: Vec<_> = heads.iter().map(|text| (self.words(text), &format)).collect();
        self.put(&cells)
    }

    /// A sentence across the sheet.
    pub fn line(&mut self, text: &Text, columns: u16, format: &Format) -> Done<()> {
        let words = clean(text.in_lang(self.lang));
        let width = self.widths.iter().take(columns.into()).sum();
        self.sheet.set_row_height(self.row, (lines(&words, width) * LINE).min(TALLEST))?;
        self.sheet.merge_range(self.row, 0, self.row, columns - 1, &words, format)?;
        self.row += 1;
        Ok(())
    }

    /// Lines that words take in so many characters.
    pub fn sheet_lines(&self, words: &str, width: f64) -> f64 {
        lines(words, width)
    }

    pub fn words(&self, text: &Text) -> Cell {
        Cell::Words(text.in_lang(self.lang).to_owned())
    }
}

/// Points of a line of text, and of the tallest row that there is.
const LINE: f64 = 17.0;
const TALLEST: f64 = 409.0;

/// Lines that words take in a column of this width.
fn lines(words: &str, width: f64) -> f64 {
    words.lines().map(|line| (line.width() as f64 * 1.1 / width).ceil().max(1.0)).sum()
}

/// What a cell holds.
pub(super) enum Cell {
    Words(String),
    Count(usize),
    /// Words of which some are to be seen at a glance.
    Marked(Vec<(bool, String)>),
}

/// Words as a cell may hold them: no longer than it takes, and without what XML does not have.
pub(super) fn clean(words: &str) -> String {
    let plain = |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || *c == '\n';
    let mut out: String = words.replace("\r\n", "\n").chars().filter(plain).take(MOST).collect();
    if words.chars().count() > MOST {
        out.push('…');
    }
    out
}

/// Words of which some are bold and blue.
fn marked(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    parts: &[(bool, String)],
    format: &Format,
) -> Done<()> {
    let (plain, bold) = (Format::new(), Format::new().set_bold().set_font_color(Color::RGB(0x001F_4E9E)));
    let clean: Vec<(bool, String)> =
        parts.iter().map(|(is, words)| (*is, clean(words))).filter(|(_, words)| !words.is_empty()).collect();
    let all: usize = clean.iter().map(|(_, words)| words.chars().count()).sum();
    // One stretch is no rich text, and what is too long is shown without marks.
    if clean.len() < 2 || all > MOST {
        let words: String = clean.iter().map(|(_, words)| words.as_str()).collect();
        sheet.write_string_with_format(row, column, self::clean(&words), format)?;
        return Ok(());
    }
    let rich: Vec<(&Format, &str)> =
        clean.iter().map(|(is, words)| (if *is { &bold } else { &plain }, words.as_str())).collect();
    sheet.write_rich_string_with_format(row, column, &rich, format)?;
    Ok(())
}
