//! Changes made by hand, put into files of every encoding.

use encoding_rs::{BIG5, GB18030};

use super::{Change, apply, can_change, changes, fix, mend};
use crate::base::Text;
use crate::model::{Finding, Manuscript, Severity};
use crate::office::tests::{docx, p};
use crate::read::read;

fn finding(text: &str, words: &str, rule: &'static str, to: &str) -> Finding {
    let start = text.find(words).unwrap();
    Finding::new(
        rule,
        Severity::Warning,
        start..start + words.len(),
        Text::fixed("标点有误", "wrong punctuation"),
    )
    .fix(to.to_owned())
}

const TEXT: &str = "各位代表:\r\n今天開會,任務很重。。\r\n";

/// A text as the bytes of some encoding.
type Way<'w> = &'w dyn Fn(&str) -> Vec<u8>;

fn wanted() -> Vec<Change> {
    let findings = [
        finding(TEXT, "。。", "punctuation", "。"),
        finding(TEXT, ":", "punctuation", "："),
        finding(TEXT, ",", "punctuation", "，"),
    ];
    changes(TEXT, &findings)
}

#[test]
fn every_encoding_keeps_its_mark_and_its_line_ends() {
    let fixed = "各位代表：\r\n今天開會，任務很重。\r\n";
    assert_eq!(apply(TEXT, &wanted()), fixed);
    let utf16 =
        |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let ways: [Way; 6] = [
        &|t| t.as_bytes().to_vec(),
        &|t| [b"\xEF\xBB\xBF", t.as_bytes()].concat(),
        &|t| GB18030.encode(t).0.into_owned(),
        &|t| BIG5.encode(t).0.into_owned(),
        &|t| utf16(t, u16::to_le_bytes),
        &|t| [vec![0xFE, 0xFF], utf16(t, u16::to_be_bytes)].concat(),
    ];
    for (n, way) in ways.iter().enumerate() {
        let bytes = way(TEXT);
        let manuscript = read("稿.txt", &bytes).unwrap();
        assert_eq!(manuscript.text(), TEXT, "way {n}");
        assert_eq!(fix(&bytes, &manuscript, &wanted()).unwrap(), way(fixed), "way {n}");
    }
}

#[test]
fn of_two_changes_that_meet_the_first_counts_whatever_their_order() {
    let text = "投资3亿元元";
    let (one, two) = (finding(text, "亿元元", "doubled-word", "亿元"), finding(text, "元元", "typo", "元"));
    let there = changes(text, &[one.clone(), two.clone()]);
    assert_eq!(there, changes(text, &[two, one]));
    assert_eq!(apply(text, &there), "投资3亿元");
    // A second fix of the same place, and one that changes nothing.
    let same = finding(text, "亿元", "a", "亿元");
    assert!(changes(text, &[same]).is_empty());
}

#[test]
fn words_that_the_encoding_lacks_are_refused_not_replaced() {
    let bytes = BIG5.encode(TEXT).0.into_owned();
    let manuscript = read("稿.txt", &bytes).unwrap();
    let simplified = changes(TEXT, &[finding(TEXT, "開", "typo", "开")]);
    assert!(fix(&bytes, &manuscript, &simplified).is_err());
}

#[test]
fn a_paragraph_of_which_nothing_is_left_is_taken_away() {
    let bytes = docx(&[p("标题"), p("来源：某报"), p("同志们：")].concat());
    let manuscript = read("稿.docx", &bytes).unwrap();
    let gone = changes(manuscript.text(), &[finding(manuscript.text(), "来源：某报", "damage", "")]);
    let mended = mend(&bytes, &manuscript, &gone).unwrap();
    assert_eq!(read("稿.docx", &mended).unwrap().text(), "标题\n同志们：");
}

#[test]
fn a_damaged_docx_is_refused() {
    let change = Change { range: 0..1, text: String::new() };
    assert!(fix(b"PK\x03\x04", &Manuscript::default(), &[change]).is_err());
}

#[test]
fn what_is_no_text_byte_for_byte_is_never_changed_as_one() {
    let rtf = b"{\\rtf1\\ansi A\\par}";
    let manuscript = read("稿.rtf", rtf).unwrap();
    assert!(!can_change(rtf, &manuscript));
    assert!(fix(rtf, &manuscript, &[]).is_err());
    let text = read("稿.txt", b"A").unwrap();
    assert!(can_change(b"A", &text));
}
