//! Cutting text to a width, between characters as people see them.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// `text` cut to at most `columns` terminal columns (a Han character has two), with `…` in place
/// of what was cut. Line ends become spaces, since a quotation stands on one line.
#[must_use]
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    let whole = !text.contains(['\n', '\r']);
    if whole && text.len() <= columns {
        return Cow::Borrowed(text);
    }
    let flat = if whole { Cow::Borrowed(text) } else { Cow::Owned(text.replace(['\r', '\n'], " ")) };
    // Each character of text.len() ≤ 4 × columns may still be too wide, so widths are summed, and
    // no further than they matter.
    let kept = head(&flat, columns);
    if kept == flat.len() {
        return flat;
    }
    let kept = head(&flat, columns.saturating_sub(2));
    Cow::Owned(format!("{}…", &flat[..kept]))
}

/// Bytes of the longest beginning of `text` that fits into `columns`.
pub(super) fn head(text: &str, columns: usize) -> usize {
    fitting(text.graphemes(true), columns)
}

/// Bytes of the longest end of `text` that fits into `columns`.
pub(super) fn tail(text: &str, columns: usize) -> usize {
    fitting(text.graphemes(true).rev(), columns)
}

fn fitting<'t>(graphemes: impl Iterator<Item = &'t str>, columns: usize) -> usize {
    let (mut width, mut bytes) = (0, 0);
    for grapheme in graphemes {
        width += grapheme.width();
        if width > columns {
            break;
        }
        bytes += grapheme.len();
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn cut_does_as_its_example_says() {
        use crate::report::cut;
        assert_eq!(cut("全县完成投资3亿元", 40), "全县完成投资3亿元");
        assert_eq!(cut("全县完成投资3亿元", 11), "全县完成…");
    }
}
