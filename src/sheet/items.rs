//! Several values in one cell: a line each.
//!
//! People also write 石桥湾镇、云溪镇 on one line, and 一是……；二是……. Whether 、 parts items depends on
//! what they are: between names it does, inside “健全户分类、村收集、镇转运体系” it does not. The table's
//! own example tells the two apart: of a list whose example is a short name, items are names. What
//! stands in brackets or quotes is never parted.

use crate::model::facts::table::Field;

/// The items of a cell that is read into a list of `field`. Lines part items; on a single line ；
/// does, and in lists of names 、 and ， as well.
pub fn split(words: &str, field: &Field) -> Vec<String> {
    if words.trim_end_matches([' ', '\t']).contains('\n') {
        let lines: Vec<&str> = words.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        return unnumbered(&lines);
    }
    let names = are_names(field);
    let parts = |c: char| matches!(c, '；' | ';') || names && matches!(c, '、' | '，' | ',');
    let mut items = vec![String::new()];
    let mut depth = 0usize;
    let mut chars = words.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        match c {
            '（' | '(' | '《' | '“' | '〔' | '[' | '【' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' | ']' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let number = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        if depth == 0 && parts(c) && !(c == ',' && number) {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
        before = c;
    }
    items.retain(|item| !item.trim().is_empty());
    items.iter().map(|item| item.trim().to_owned()).collect()
}

/// Lines without the numbers of a list that somebody typed: `1.`, `2、`, `（3）` in their order.
fn unnumbered(lines: &[&str]) -> Vec<String> {
    let bare = |(index, line): (usize, &&str)| {
        let number = (index + 1).to_string();
        let inner = line.strip_prefix(['（', '(']);
        let rest = inner.unwrap_or(line).strip_prefix(&number)?;
        let marks: &[char] = if inner.is_some() { &['）', ')'] } else { &['.', '．', '、', '）', ')'] };
        let rest = rest.strip_prefix(marks)?;
        // `1.5万亩` is a figure, not the first item.
        (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| rest.trim().to_owned())
    };
    let numbered: Option<Vec<String>> = lines.iter().enumerate().map(bare).collect();
    match numbered {
        Some(bare) if bare.len() > 1 && bare.iter().all(|item| !item.is_empty()) => bare,
        _ => lines.iter().map(|&line| line.to_owned()).collect(),
    }
}

/// The cell that [`split`] reads as these items; `None` if no cell does.
pub fn join(items: &[String], field: &Field) -> Option<String> {
    // A line break at the end keeps a single item with ； in it whole.
    [items.join("\n"), format!("{}\n", items.join("\n"))].into_iter().find(|cell| split(cell, field) == items)
}

/// Whether the items of a list are names rather than sentences.
fn are_names(field: &Field) -> bool {
    let length = field.example.chars().count();
    (1..=8).contains(&length) && !field.example.contains(['、', '，', '；', '。'])
}

#[cfg(test)]
mod tests {
    use super::{join, split};
    use crate::model::facts::path::field;
    use proptest::prelude::*;

    fn parts(words: &str, path: &str) -> Vec<String> {
        split(words, field(path).unwrap())
    }

    #[test]
    fn lines_are_items_whatever_they_are() {
        assert_eq!(parts("甲镇\n乙镇、丙镇\n\n", "locality.towns"), ["甲镇", "乙镇、丙镇"]);
        assert_eq!(
            parts("1.建章立制；2.抓落实\n2.加强管护", "tasks[].detail"),
            ["建章立制；2.抓落实", "加强管护"]
        );
        assert_eq!(parts("1.5万亩\n2.6万亩", "tasks[].detail"), ["1.5万亩", "2.6万亩"]);
    }

    #[test]
    fn names_on_one_line_are_parted_and_sentences_are_not() {
        assert_eq!(parts("石桥湾镇、云溪镇，白鹭乡", "locality.towns"), ["石桥湾镇", "云溪镇", "白鹭乡"]);
        assert_eq!(
            parts("县直部门（住建、水务）、各乡镇", "tasks[].partners"),
            ["县直部门（住建、水务）", "各乡镇"]
        );
        let sentence = "健全户分类、村收集、镇转运、县处理体系，责任到村";
        assert_eq!(parts(sentence, "tasks[].detail"), [sentence]);
        assert_eq!(parts("健全机制；加强管护；", "tasks[].detail"), ["健全机制", "加强管护"]);
        assert_eq!(parts("传达“一是抓早；二是抓小”精神", "tasks[].detail").len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_joined_is_parted_the_same(items in proptest::collection::vec("[一二三甲乙；、，,（）“”1-3. ]{1,8}", 1..5)) {
            for path in ["locality.towns", "tasks[].detail"] {
                let field = field(path).unwrap();
                if let Some(cell) = join(&items, field) {
                    prop_assert_eq!(split(&cell, field), items.clone());
                }
            }
        }
    }
}
