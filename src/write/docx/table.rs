//! Tables (表格): as wide as the 版心, thin lines all round, the header row on every page.
//!
//! Widths are settled here and not left to the program that opens the file: Word, WPS and
//! LibreOffice each make something else of an automatic layout, and a task table has to keep its
//! pages when it goes from one office to the next. See [`widths`].

use std::fmt::Write as _;

use super::markup::{Page, RUN, half_characters};
use super::page::{CELL_LARGE, CELL_SMALL, LEFT, RIGHT, WIDTH};
use crate::model::{Manuscript, Row, Table};

/// From a cell's edge to its text, left and right, in twips (1.2 mm).
const MARGIN: u32 = 70;
/// What a column has beyond its characters and margins: programs take half a border off.
const SPARE: u32 = 30;
/// Above and below the text. A line has four fifths of its height above the base line, so the
/// characters stand low in it; the rest is made up below.
const ABOVE: u32 = 20;
const BELOW: u32 = 60;
/// The least height of a row: 8.5 mm.
const HEIGHT: u32 = 482;
/// Half a point, in eighths.
const BORDER: u32 = 4;
/// From this many columns on cells are set in 小四 and not in 4号.
const MANY: usize = 5;

/// Appends a table.
pub fn push(page: &mut Page<'_>, table: &Table) {
    let columns = table.columns();
    let (size, suffix) = if columns < MANY { (CELL_LARGE, "Large") } else { (CELL_SMALL, "") };
    let lengths = lengths(page.manuscript, table);
    let room = WIDTH - LEFT - RIGHT;
    let widths = widths(&lengths, room, size * 5);
    push_head(room, &widths, &mut page.out);
    // A column whose every cell stands on one line is centred; running text is not.
    let centred: Vec<bool> = (0..columns)
        .map(|c| lengths.iter().all(|row| row.get(c).is_none_or(|&l| fits(l, widths[c], size * 5))))
        .collect();
    for row in &table.rows {
        push_row(page, row, &widths, &centred, suffix);
    }
    page.out.push_str("</w:tbl>");
}

/// Appends what stands before the rows: width, borders, margins, columns.
fn push_head(room: u32, widths: &[u32], out: &mut String) {
    out.push_str("<w:tbl><w:tblPr>");
    let _ = write!(out, r#"<w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>"#);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, r#"<w:{side} w:val="single" w:sz="{BORDER}" w:space="0" w:color="auto"/>"#);
    }
    out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>"#);
    for (side, margin) in [("top", ABOVE), ("left", MARGIN), ("bottom", BELOW), ("right", MARGIN)] {
        let _ = write!(out, r#"<w:{side} w:w="{margin}" w:type="dxa"/>"#);
    }
    out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
    for width in widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
}

/// Appends a row: a cell for each column, in the style of this suffix.
fn push_row(page: &mut Page<'_>, row: &Row, widths: &[u32], centred: &[bool], suffix: &str) {
    let _ =
        write!(page.out, r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{HEIGHT}" w:hRule="atLeast"/>"#);
    if row.header {
        page.out.push_str("<w:tblHeader/>");
    }
    page.out.push_str("</w:trPr>");
    let style = if row.header { "TableHead" } else { "TableText" };
    // A row may be shorter than others.
    let cells = row.cells.clone().map(Some).chain(std::iter::repeat(None));
    for ((width, centred), cell) in widths.iter().zip(centred).zip(cells) {
        let _ = write!(
            page.out,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}{suffix}"/>"#
        );
        if *centred && !row.header {
            page.out.push_str(r#"<w:jc w:val="center"/>"#);
        }
        page.out.push_str("</w:pPr>");
        if let Some(block) = cell.and_then(|index| page.manuscript.blocks().get(index)) {
            page.words(block, RUN);
        }
        page.out.push_str("</w:p></w:tc>");
    }
    page.out.push_str("</w:tr>");
}

/// The length of each cell's text in half characters. Digits and Latin letters count for half
/// as much again: where a machine lacks 仿宋 they come from fonts that have them wider, LibreOffice
/// sets them apart from Chinese whatever the document says, and 2026年12月底前 should stay on its
/// line there too.
fn lengths(manuscript: &Manuscript, table: &Table) -> Vec<Vec<usize>> {
    let length = |index: usize| {
        let text = manuscript.blocks().get(index).map_or("", |b| manuscript.block_text(b));
        half_characters(text) + text.bytes().filter(u8::is_ascii).count().div_ceil(2)
    };
    table.rows.iter().map(|row| row.cells.clone().map(length).collect()).collect()
}

/// How many half characters a column of this width holds, where one takes `half` twips.
fn holds(width: u32, half: u32) -> usize {
    (width.saturating_sub(2 * MARGIN + SPARE) / half) as usize
}

fn fits(length: usize, width: u32, half: u32) -> bool {
    length <= holds(width, half)
}

/// The width of each column in twips; they sum up to `room`.
///
/// First each column gets what its short cells need (序号, 期限, the name of an office), so that
/// these do not break. What is left goes, half a character at a time, to the column where it
/// spares most: a cell of `l` half characters on lines of `w` weighs `(l / w)³`, so the cells with
/// the most lines weigh most, and those that stand on one line nothing. Where everything fits,
/// what is left over is shared out in proportion.
fn widths(lengths: &[Vec<usize>], room: u32, half: u32) -> Vec<u32> {
    /// Cells up to eight characters or so (2026年12月底前) are not broken.
    const SHORT: usize = 18;
    /// Four characters: a column is not narrower than that, if it has more to say.
    const LEAST: usize = 8;
    let columns = lengths.iter().map(Vec::len).max().unwrap_or(0);
    let column = |c: usize| lengths.iter().filter_map(move |row| row.get(c).copied());
    let natural: Vec<usize> = (0..columns).map(|c| column(c).max().unwrap_or(0).max(2)).collect();
    let margins = u32::try_from(columns).unwrap_or(u32::MAX).saturating_mul(2 * MARGIN + SPARE);
    let halves = (room.saturating_sub(margins) / half) as usize;
    if halves < 2 * columns {
        // More columns than a page can take: whoever made them wants to see them all.
        let each = room / u32::try_from(columns).unwrap_or(u32::MAX);
        let mut widths = vec![each; columns];
        share_out(&mut widths, &natural, room - each * u32::try_from(columns).unwrap_or(0));
        return widths;
    }
    // The longest cell that is short, or, where all are long, the least.
    let mut width: Vec<usize> = (0..columns)
        .map(|c| column(c).filter(|&l| l <= SHORT).max().unwrap_or(0).max(LEAST.min(natural[c])))
        .collect();
    let mut spent: usize = width.iter().sum();
    // Too many columns for that: the widest ones break after all.
    while spent > halves {
        let Some(widest) = width.iter_mut().max() else { break };
        *widest -= 1;
        spent -= 1;
    }
    let weight = |c: usize, w: usize| -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "lengths of cells")]
        column(c).filter(|&l| l > w).map(|l| (l as f64 / w as f64).powi(3)).sum()
    };
    let mut gain: Vec<f64> = (0..columns).map(|c| weight(c, width[c]) - weight(c, width[c] + 1)).collect();
    while spent < halves {
        let best = (0..columns).max_by(|&a, &b| gain[a].total_cmp(&gain[b]).then(b.cmp(&a)));
        let Some(best) = best.filter(|&c| gain[c] > 0.0) else { break };
        width[best] += 1;
        spent += 1;
        gain[best] = weight(best, width[best]) - weight(best, width[best] + 1);
    }
    let mut twips: Vec<u32> = width
        .iter()
        .map(|&w| u32::try_from(w).unwrap_or(u32::MAX).saturating_mul(half) + 2 * MARGIN + SPARE)
        .collect();
    let used: u32 = twips.iter().sum();
    share_out(&mut twips, &natural, room.saturating_sub(used));
    twips
}

/// Shares what is left among the columns in proportion to their text; a column of one or two
/// figures (序号) stays as narrow as it is.
fn share_out(twips: &mut [u32], natural: &[usize], left: u32) {
    /// Half characters of 序号.
    const NARROW: usize = 4;
    let wide: Vec<usize> = (0..twips.len()).filter(|&c| natural[c] > NARROW).collect();
    let wide = if wide.is_empty() { (0..twips.len()).collect() } else { wide };
    let whole: usize = wide.iter().map(|&c| natural[c]).sum();
    let mut rest = left;
    for &c in &wide {
        let part = u32::try_from(left as usize * natural[c] / whole.max(1)).unwrap_or(0).min(rest);
        twips[c] += part;
        rest -= part;
    }
    // What rounding left.
    if let Some(&last) = wide.last() {
        twips[last] += rest;
    }
}

#[cfg(test)]
mod tests {
    use super::{MARGIN, SPARE, holds, widths};

    const ROOM: u32 = 8_845;
    /// Twips of half a character of 12 pt.
    const HALF: u32 = 120;

    #[test]
    fn columns_fill_the_page_whatever_is_in_them() {
        let long = vec![400; 3];
        for lengths in [
            vec![vec![4, 8]],
            vec![vec![0, 0, 0]],
            vec![vec![1; 40]],
            vec![long.clone(), vec![2, 3, 900]],
            vec![vec![4, 8, 8], long],
        ] {
            let widths = widths(&lengths, ROOM, HALF);
            assert_eq!(widths.iter().sum::<u32>(), ROOM, "{lengths:?} {widths:?}");
        }
    }

    #[test]
    fn short_columns_do_not_break_and_the_longest_text_gets_the_room() {
        // 序号, 任务, 具体要求, 牵头单位, 完成时限
        let lengths =
            vec![vec![4, 8, 8, 8, 8], vec![1, 8, 90, 10, 17], vec![2, 8, 60, 28, 16], vec![2, 8, 70, 14, 8]];
        let widths = widths(&lengths, ROOM, HALF);
        let hold: Vec<usize> = widths.iter().map(|&w| holds(w, HALF)).collect();
        assert!(hold[0] >= 4 && hold[1] >= 8 && hold[4] >= 17, "{hold:?}");
        assert_eq!(widths[0], 4 * HALF + 2 * MARGIN + SPARE, "the number's column is as narrow as its name");
        assert!(hold[2] > hold[3] && hold[2] > hold[4], "{hold:?}");
    }

    #[test]
    fn a_table_with_room_to_spare_shares_it_in_proportion() {
        let widths = widths(&[vec![4, 20, 10], vec![1, 18, 8]], ROOM, HALF);
        assert_eq!(widths[0], 4 * HALF + 2 * MARGIN + SPARE);
        assert!(widths[1] > widths[2] * 3 / 2, "{widths:?}");
    }
}
