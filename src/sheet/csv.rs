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
        e.map(|p| {
            p.help(Text::fixed(
                "在 Excel 或 WPS 里另存为“CSV UTF-8”，或直接给 .xlsx",
                "save it as “CSV UTF-8” in Excel or WPS, or give the .xlsx",
            ))
        })
    })?;
    let note = decoded.note();
    // One kind of line end, so that lines can be counted between records and inside cells alike.
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut row = 0u32;
    for record in reader.records() {
        let record = record.map_err(|error| {
            Error::from(Problem::new(Text::new(
                format!("CSV 写法有误：{error}"),
                format!("not a sound CSV: {error}"),
            )))
        })?;
        // Empty lines are no records, yet they are rows where a person counts them.
        let at = record.position().map_or(0, csv::Position::byte);
        let before = usize::try_from(at).ok().and_then(|at| text.get(at..)).unwrap_or_default();
        let empty = before.bytes().take_while(|b| *b == b'\n').count();
        row = row.saturating_add(u32::try_from(empty + 1).unwrap_or(u32::MAX));
        for (column, words) in record.iter().enumerate() {
            let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
            if !words.trim().is_empty() {
                sheet.cells.insert((row, column), Cell::Words(words.to_owned()));
            }
        }
    }
    Ok(Book { sheets: vec![sheet], notes: note.into_iter().collect() })
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
