//! What stands in a written .docx, looked at part by part.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Docx, order};
use crate::base::{Lang, Place};
use crate::model::settings::Fonts;
use crate::model::{Block, BlockKind, Manuscript, Piece, Settings};
use crate::write::Writer as _;

const KINDS: [BlockKind; 15] = [
    BlockKind::Title,
    BlockKind::DateLine,
    BlockKind::SpeakerLine,
    BlockKind::Salutation,
    BlockKind::Heading(1),
    BlockKind::Heading(2),
    BlockKind::Heading(3),
    BlockKind::Heading(4),
    BlockKind::Body,
    BlockKind::Item,
    BlockKind::Cell,
    BlockKind::Quotation,
    BlockKind::Code,
    BlockKind::Signature,
    BlockKind::DateOfIssue,
];

fn manuscript(parts: &[(BlockKind, &str)]) -> Manuscript {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for (kind, words) in parts {
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind: *kind, range: start..text.len() });
        text.push('\n');
    }
    Manuscript::new(text, blocks, Vec::new(), Vec::new())
}

fn write(m: &Manuscript) -> Vec<u8> {
    Docx.write(m, &Settings::default()).unwrap()
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut xml = String::new();
            file.read_to_string(&mut xml).unwrap();
            (file.name().unwrap().into_owned(), xml)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(n, _)| n == name).unwrap().1
}

/// The body's paragraphs of one block each.
fn body(parts: &[(BlockKind, &str)]) -> String {
    part(&write(&manuscript(parts)), "word/document.xml")
}

#[test]
fn every_part_keeps_the_schemas_order() {
    let all = KINDS.map(|kind| (kind, "一行\t文字\n又一行"));
    for (_, fonts) in Fonts::ALL {
        let bytes = Docx.write(&manuscript(&all), &Settings { fonts, ..Settings::default() }).unwrap();
        for (name, xml) in parts(&bytes) {
            assert_eq!(order::faults(&name, &xml), [""; 0]);
        }
    }
}

#[test]
fn every_kind_has_a_style_that_exists() {
    let styles = part(&write(&manuscript(&[])), "word/styles.xml");
    for kind in KINDS {
        let id = super::styles::id(kind);
        assert!(styles.contains(&format!(r#"w:styleId="{id}""#)), "{id}");
    }
}

#[test]
fn the_same_manuscript_gives_the_same_bytes() {
    let m = || manuscript(&[(BlockKind::Title, "关于供水的讲话"), (BlockKind::Body, "正文。")]);
    assert_eq!(write(&m()), write(&m()));
}

#[test]
fn no_entry_carries_a_time() {
    let bytes = write(&manuscript(&[(BlockKind::Body, "正文。")]));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..zip.len() {
        let file = zip.by_index(index).unwrap();
        assert!(file.last_modified().is_none_or(|t| t == zip::DateTime::default()));
    }
}

#[test]
fn an_empty_manuscript_is_a_sound_document() {
    assert!(body(&[]).contains("<w:body><w:sectPr>"));
}

#[test]
fn the_title_goes_into_the_properties() {
    let core = part(&write(&manuscript(&[(BlockKind::Title, "供水<一>\n讲话")])), "docProps/core.xml");
    assert!(core.contains("<dc:title>供水&lt;一&gt; 讲话</dc:title>"), "{core}");
}

#[test]
fn markup_in_the_text_stays_text() {
    let xml = body(&[(BlockKind::Body, "A&B <w:p> “引号”\t＆\r\n末行\r")]);
    assert!(xml.contains(r#"<w:t xml:space="preserve">A&amp;B &lt;w:p&gt; “引号”</w:t><w:tab/><w:t xml:space="preserve">＆</w:t><w:br/><w:t xml:space="preserve">末行</w:t><w:br/></w:r>"#), "{xml}");
}

#[test]
fn characters_that_no_word_file_can_hold_are_named_with_their_place() {
    let text = "会议\u{7}地点\n正文\u{FFFE}。".to_owned();
    let cut = "会议\u{7}地点".len();
    let blocks = [0..cut, cut + 1..text.len()].map(|range| Block { kind: BlockKind::Body, range }).to_vec();
    let from = Place::Line { file: "facts.yaml".into(), line: 3, column: 5 };
    let m = Manuscript::new(text, blocks, vec![Piece { range: 0..cut, from }], Vec::new());
    let error = Docx.write(&m, &Settings::default()).unwrap_err();
    let said = error.in_lang(Lang::En);
    assert_eq!(error.problems().len(), 2);
    assert!(
        said.starts_with("facts.yaml:3:5: ") && said.contains("U+0007") && said.contains("U+FFFE"),
        "{said}"
    );
}

#[test]
fn one_line_is_left_blank_after_the_head_and_before_the_signature() {
    use BlockKind::{Body, DateLine, DateOfIssue, Salutation, Signature, Title};
    let xml = body(&[
        (Title, "讲话"),
        (DateLine, "（2026年3月5日）"),
        (Salutation, "同志们："),
        (Body, "正文。"),
        (Signature, "县政府办公室"),
        (DateOfIssue, "2026年3月5日"),
    ]);
    let spaced: Vec<_> = xml.match_indices(r#"w:before="579""#).map(|(at, _)| at).collect();
    assert_eq!(spaced.len(), 2);
    assert!(xml[..spaced[0]].ends_with(r#"<w:pStyle w:val="Salutation"/><w:spacing "#));
    assert!(xml[..spaced[1]].ends_with(r#"<w:pStyle w:val="Signature"/><w:spacing "#));
}

#[test]
fn the_date_starts_two_characters_right_of_the_office() {
    use BlockKind::{DateOfIssue, Signature};
    // 10 characters against 6 characters' width: 4 characters from the right.
    let xml = body(&[(Signature, "云岭县人民政府办公室"), (DateOfIssue, "2026年3月5日")]);
    assert!(xml.contains(r#"<w:ind w:rightChars="200" w:right="640"/>"#), "{xml}");
    assert!(xml.contains(r#"<w:ind w:rightChars="400" w:right="1280"/>"#), "{xml}");
    // The date is the longer one: it takes the two characters, the office moves left.
    let xml = body(&[(Signature, "县水务局"), (DateOfIssue, "2026年12月15日")]);
    assert!(xml.contains(r#"<w:ind w:rightChars="700" w:right="2240"/>"#), "{xml}");
    assert!(xml.contains(r#"<w:ind w:rightChars="200" w:right="640"/>"#), "{xml}");
}

#[test]
fn a_long_title_is_set_in_lines_of_like_length() {
    use BlockKind::Title;
    // 20 characters fill a line; of 21, 11 stand on the first.
    let xml = body(&[(Title, &"供".repeat(21))]);
    assert!(xml.contains(r#"<w:ind w:left="1957" w:right="1957"/>"#), "{xml}");
    assert!(!body(&[(Title, &"供".repeat(20))]).contains("<w:ind"));
    assert!(!body(&[(Title, &format!("{}\n讲话", "供".repeat(20)))]).contains("<w:ind"));
}
