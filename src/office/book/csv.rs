//! Tables saved as .csv: one sheet of words. UTF-8 with or without a mark, GBK, UTF-16.
//!
//! A comma separates, unless the first line has none but tabs, as Excel's “Unicode text” has, or semicolons, as
//! programs write that are set to a country with decimal commas.

use super::cells::{Book, Cell, Sheet};
use super::{Room, too_many_words};
use crate::base::{Error, Problem, Result, Text, encoding};
use crate::text;

/// A row behind the last one, in a character that no text has.
const END: &str = "\n\u{FDD1}";

/// Separators of a line at most: six times the columns of the widest workbook, and each costs memory.
const WIDEST: usize = 100_000;

fn too_wide() -> Problem {
    Problem::new(text!(
        "有一行的分隔符超过{WIDEST}个，不像表格，没有读取",
        "a line has more than {WIDEST} separators, which no table has; it was not read"
    ))
    .help(Text::fixed("看看是不是给错了文件", "see whether this is the file that you meant"))
}

/// Reads a .csv.
///
/// # Errors
/// If the bytes are no text, quotes do not close, or there are more cells than there is room for.
pub(super) fn read(bytes: &[u8], mut room: Room) -> Result<Book> {
    // Quotes and separators are no words; what has as many of them is told by its words all the same.
    if bytes.len() > 2 * room.words {
        return Err(too_many_words().into());
    }
    let decoded = encoding::decode(bytes).map_err(|e| {
        e.map(|p| {
            p.help(Text::fixed(
                "在 Excel 或 WPS 里另存为“CSV UTF-8”，或直接给 .xlsx",
                "save it as “CSV UTF-8” in Excel or WPS, or give the .xlsx",
            ))
        })
    })?;
    let note = decoded.note();
    // One kind of line end, so that lines can be counted between records and inside cells alike; at
    // the end a row that only a quote left open can swallow.
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n") + END;
    let first = text.lines().next().unwrap_or_default();
    let other = [b'\t', b';'].into_iter().find(|sign| first.contains(char::from(*sign)));
    let separator = other.filter(|_| !first.contains(',')).unwrap_or(b',');
    if text.lines().any(|line| memchr::memchr_iter(separator, line.as_bytes()).count() > WIDEST) {
        return Err(too_wide().into());
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut row = 0u32;
    let mut is_whole = false;
    for record in reader.records() {
        let record = record.map_err(|error| {
            Error::from(Problem::new(text!("CSV 写法有误：{error}", "not a sound CSV: {error}")))
        })?;
        is_whole = record.iter().eq([END.trim_start()]);
        if is_whole {
            break;
        }
        // Empty lines are no records, yet they are rows where a person counts them.
        let at = record.position().map_or(0, csv::Position::byte);
        let before = usize::try_from(at).ok().and_then(|at| text.get(at..)).unwrap_or_default();
        let empty = before.bytes().take_while(|b| *b == b'\n').count();
        row = row.saturating_add(u32::try_from(empty + 1).unwrap_or(u32::MAX));
        for (column, words) in record.iter().enumerate() {
            let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
            if !words.trim().is_empty() {
                let cell = Cell::Words(words.to_owned());
                room.take(&cell)?;
                sheet.cells.insert((row, column), cell);
            }
        }
    }
    if !is_whole {
        return Err(Problem::new(text!(
            "从第{row}行起有一个引号没有配对，后面的都成了一格",
            "a quote that opens on row {row} or below it is never closed; all that follows became one cell"
        ))
        .help(Text::fixed(
            "补上或删去这个引号；格里本来有引号的，整格加引号、里面的引号写两遍",
            "close or delete it; in a cell that is to hold a quote, put quotes round the cell and write it twice",
        ))
        .into());
    }
    Ok(Book { sheets: vec![sheet], notes: note.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::Room;

    fn read(bytes: &[u8]) -> crate::base::Result<super::Book> {
        super::read(bytes, Room::ALL)
    }

    #[test]
    fn more_cells_than_there_is_room_for_are_refused_with_what_to_do() {
        let room = |cells, words| super::read("甲,乙\n丙,丁\n".as_bytes(), Room { cells, words, signs: 0 });
        assert!(room(4, 12).is_ok());
        let told = room(3, 12).unwrap_err().in_lang(crate::base::Lang::En);
        assert!(told.contains("300000 cells") && told.contains("divide it"), "{told}");
        assert!(room(4, 11).unwrap_err().in_lang(crate::base::Lang::Zh).contains("16 MB"));
        assert!(room(4, 6).is_err());
    }

    #[test]
    fn a_line_of_nothing_but_separators_is_refused() {
        assert!(read(",".repeat(200_000).as_bytes()).is_err());
        assert!(read(",".repeat(20_000).as_bytes()).is_ok());
    }

    #[test]
    fn semicolons_separate_where_the_first_line_has_no_comma() {
        let cells = |text: &str| read(text.as_bytes()).unwrap().sheets[0].cells.len();
        assert_eq!(cells("名称;内容\n甲;1,5\n"), 4);
        assert_eq!(cells("名称;别名,内容\n"), 2);
    }

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

    /// The rest of the table became one cell, in silence.
    #[test]
    fn a_quote_that_does_not_close_is_told_with_its_row() {
        let error = read("名称,单位\n甲,乙\n\"丙,丁\n戊,己\n".as_bytes()).unwrap_err();
        assert!(error.in_lang(crate::base::Lang::En).contains("row 3"), "{error}");
        assert!(read("名称,单位\n甲,\"乙\"".as_bytes()).is_ok());
        assert!(read("名称,单位\n甲,5\"管\n".as_bytes()).is_ok());
        assert!(read(b"").unwrap().sheets[0].cells.is_empty());
    }

    #[test]
    fn gbk_and_tabs_are_read() {
        let bytes = encoding_rs::GB18030.encode("名称\t牵头单位\n抓好垃圾治理\t县住建局\n").0.into_owned();
        let book = read(&bytes).unwrap();
        assert_eq!(book.sheets[0].text(2, 2), "县住建局");
        assert_eq!(book.notes.len(), 1);
    }
}
