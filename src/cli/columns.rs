//! Rows of words in straight columns, a Han character being two columns wide.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::base::visible::on_one_line;

/// The rows, each on a line, two spaces between columns; the last column is not padded.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let rows: Vec<[Cow<'_, str>; N]> =
        rows.iter().map(|row| row.each_ref().map(|cell| on_one_line(cell))).collect();
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or_default());
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        out.push_str(line.trim_end_matches(' '));
        out.push('\n');
    }
    out
}
