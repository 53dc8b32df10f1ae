//! Tables saved as .csv: one sheet of words. UTF-8 with or without a mark, GBK, UTF-16.
//!
//! A comma separates, unless the first line has tabs and no comma, as Excel's “Unicode text” has.

use super::cells::{Book, Cell, Sheet};
use crate::base::{Error, Problem, Result, Text, encoding};

/// Reads a .csv.
///
/// # Errors
/// If the bytes are no text, or quotes do not close.
pub fn read(bytes: &[u8]) -> Result<Book> {
    let decoded = encoding::decode(bytes).map_err(|e| {
        e.map(|p| p.help(Text::fixed(
            "在 Excel 或 WPS 里另存为“CSV UTF-8”，或直接给 .xlsx",
            "save it as “CSV UTF-8” in Excel or WPS, or give the .xlsx",
        )))
    })?;
    let first = decoded.text.lines().next().unwrap_or_default();
    let separator = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(decoded.text.as_bytes());
    let mut sheet = Sheet::default();
    let mut row = 0u32;
    let mut line = 1;
    for record in reader.records() {
        let record = record.map_err(|error| {
            Error::from(Problem::new(Text::new(
                format!("CSV 写法有误：{error}"),
                format!("not a sound CSV: {error}"),
            )))
        })?;
        // Empty lines are no records, yet they are rows where a person counts them.
        let at = record.position().map_or(line, csv::Position::line);
        row += 1 + u32::try_from(blank_lines(&decoded.text, line, at)).unwrap_or(0);
        for (column, words) in record.iter().enumerate() {
            let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
            if !words.trim().is_empty() {
                sheet.cells.insert((row, column), Cell::Words(words.replace("\r\n", "\n")));
            }
        }
        line = at + 1 + record.iter().map(|w| w.matches('\n').count() as u64).sum::<u64>();
    }
    Ok(Book { sheets: vec![sheet], notes: decoded.note().into_iter().collect() })
}

/// How many lines between two, counted from 1, are empty.
fn blank_lines(text: &str, from: u64, to: u64) -> usize {
    let count = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
    if count == 0 {
        return 0;
    }
    let skip = usize::try_from(from.saturating_sub(1)).unwrap_or(0);
    text.lines().skip(skip).take(count).filter(|l| l.trim().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn cells_keep_their_rows_across_empty_lines_and_line_breaks() {
        let book = read("名称,内容\n\n甲,\"一\n二\"\r\n\n乙,\"他说\"\"好\"\"\"\n".as_bytes()).unwrap();
        let sheet = &book.sheets[0];
        let found: Vec<_> = sheet.cells.iter().map(|(at, c)| (*at, c.text())).collect();
        assert_eq!(
            found,
            [
                ((1, 1), "名称"),
                ((1, 2), "内容"),
                ((3, 1), "甲"),
                ((3, 2), "一\n二"),
                ((5, 1), "乙"),
                ((5, 2), "他说\"好\"")
            ]
        );
    }

    #[test]
    fn gbk_and_tabs_are_read() {
        let bytes = encoding_rs::GB18030.encode("名称\t牵头单位\n抓好垃圾治理\t县住建局\n").0.into_owned();
        let book = read(&bytes).unwrap();
        assert_eq!(book.sheets[0].text(2, 2), "县住建局");
        assert_eq!(book.notes.len(), 1);
    }
}
