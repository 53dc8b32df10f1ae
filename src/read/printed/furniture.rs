//! What a page has for its own sake (页码、页眉、页脚): page numbers, running heads and feet.

use std::collections::HashMap;

use super::{Item, Line};

/// Pages on which a line stands at least to be a running head.
const PAGES: usize = 3;
/// Lines at either edge of a page that are looked at.
const DEEP: usize = 3;

/// Whether running heads and feet that say something were taken away.
pub(super) struct Furniture {
    pub heads: bool,
    pub feet: bool,
}

/// Takes page numbers, running heads and feet off the pages.
pub(super) fn take(pages: &mut [Vec<Item>]) -> Furniture {
    let mut took = Furniture { heads: false, feet: false };
    for foot in [false, true] {
        for _ in 0..DEEP {
            let repeated = repeated(pages, foot);
            let mut any = false;
            for page in &mut *pages {
                let Some(line) = edge(page, foot) else { continue };
                let is_number = is_page_number(&line.text);
                if !is_number && !repeated.contains_key(&sign(line)) {
                    continue;
                }
                any = true;
                if !is_number {
                    *(if foot { &mut took.feet } else { &mut took.heads }) = true;
                }
                if foot {
                    page.pop();
                } else {
                    page.remove(0);
                }
            }
            if !any {
                break;
            }
        }
    }
    took
}

/// The outermost line of a page, if no table is there and something else stands on the page.
fn edge(page: &[Item], foot: bool) -> Option<&Line> {
    match if foot { page.last() } else { page.first() }? {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    }
}

/// What a running line is known by: its words, figures being any figures, and its height on the page.
fn sign(line: &Line) -> (String, i32) {
    let text = line.text.chars().filter(|c| !c.is_whitespace());
    let text = text.map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page; what is out of range is cut")]
    (text, (line.y / 4.0).round() as i32)
}

/// The lines that stand at the edge of many pages at one height.
fn repeated(pages: &[Vec<Item>], foot: bool) -> HashMap<(String, i32), usize> {
    let mut count: HashMap<(String, i32), usize> = HashMap::new();
    for line in pages.iter().filter_map(|page| edge(page, foot)) {
        *count.entry(sign(line)).or_default() += 1;
    }
    // Facing pages may have a head each.
    count.retain(|_, n| *n >= PAGES && *n * 3 >= pages.len());
    count
}

/// Whether a line is no more than a page number: — 1 —, 第1页 共5页, 3/12.
pub(super) fn is_page_number(line: &str) -> bool {
    let mut digits = 0;
    let mut bare = true;
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '0'..='9' | '０'..='９' => digits += 1,
            '—' | '–' | '-' | '－' | '―' | '─' | '~' | '～' | '·' | '•' | '|' | '/' | '／' | '第' | '页'
            | '頁' | '共' | '，' | ',' => bare = false,
            _ => return false,
        }
    }
    // A year on a line of its own is one.
    (1..=8).contains(&digits) && !(bare && digits > 3)
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn a_page_number_is_told_from_a_line() {
        for line in ["— 1 —", "3", "- 12 -", "第1页 共5页", "第 3 页", "3/12", "－２－"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["2025", "1.", "一、总体要求", "—", "（1）", "第一页", "12%", ""] {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
