//! What stands in a written .docx, looked at part by part.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Docx, order};
use crate::base::{Lang, Place};
use crate::model::settings::Fonts;
use crate::model::{Block, BlockKind, Manuscript, Piece, Row, Settings, Table};
use crate::write::{Writer as _, tests::manuscript};

const KINDS: [BlockKind; 26] = [
    BlockKind::Masthead,
    BlockKind::DocumentNumber,
    BlockKind::IssueNumber,
    BlockKind::EditedLine,
    BlockKind::Title,
    BlockKind::Subtitle,
    BlockKind::DateLine,
    BlockKind::SpeakerLine,
    BlockKind::Salutation,
    BlockKind::Heading(1),
    BlockKind::Heading(2),
    BlockKind::Heading(3),
    BlockKind::Heading(4),
    BlockKind::Body,
    BlockKind::Item,
    BlockKind::Caption,
    BlockKind::Cell,
    BlockKind::Quotation,
    BlockKind::Code,
    BlockKind::AttachmentNote,
    BlockKind::Signature,
    BlockKind::DateOfIssue,
    BlockKind::Note,
    BlockKind::Annex,
    BlockKind::CopyLine,
    BlockKind::PrintLine,
];

/// A manuscript of one table and what comes after it.
fn tabled(rows: &[&[&str]], after: &[(BlockKind, &str)]) -> Manuscript {
    let cells: Vec<_> = rows.iter().flat_map(|r| r.iter().map(|w| (BlockKind::Cell, *w))).collect();
    let m = manuscript(&[&cells, after].concat());
    let mut next = 0;
    let rows = rows.iter().enumerate().map(|(index, row)| {
        let start = next;
        next += row.len();
        Row { cells: start..next, header: index == 0 }
    });
    let table = Table { rows: rows.collect() };
    m.with_tables(vec![table])
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
    let table = tabled(&[&["序号", "任务"], &["1", ""], &["2"]], &all);
    for (_, fonts) in Fonts::ALL {
        for m in [&manuscript(&all), &table] {
            let bytes = Docx.write(m, &Settings { fonts, ..Settings::default() }).unwrap();
            for (name, xml) in parts(&bytes) {
                assert_eq!(order::faults(&name, &xml), [""; 0]);
            }
        }
    }
}

#[test]
fn every_kind_has_a_style_that_exists() {
    for kind in KINDS {
        let styles = part(&write(&manuscript(&[(kind, "文字")])), "word/styles.xml");
        let id = super::styles::id(kind);
        assert!(styles.contains(&format!(r#"w:styleId="{id}""#)), "{id}");
    }
    // What the text of a table and the paragraphs that hold things apart ask for.
    let bytes = write(&tabled(&[&["甲"]], &[(BlockKind::PrintLine, "印发")]));
    let (styles, document) = (part(&bytes, "word/styles.xml"), part(&bytes, "word/document.xml"));
    for (at, open) in document.match_indices(r#"<w:pStyle w:val=""#) {
        let id = document[at + open.len()..].split('"').next().unwrap();
        assert!(styles.contains(&format!(r#"w:styleId="{id}""#)), "{id}");
    }
}

#[test]
fn a_speech_has_only_the_styles_of_a_speech() {
    let styles = part(&write(&manuscript(&[(BlockKind::Body, "正文。")])), "word/styles.xml");
    assert!(!styles.contains("Masthead") && !styles.contains("TableText"));
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
    assert!(xml[..spaced[1]].ends_with(r#"<w:pStyle w:val="Signature"/><w:keepNext w:val="1"/><w:spacing "#));
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

#[test]
fn the_red_head_stands_35_mm_down_with_its_rule_4_mm_below_the_number() {
    use BlockKind::{DocumentNumber, Masthead, Title};
    let xml =
        body(&[(Masthead, "云岭县人民政府文件"), (DocumentNumber, "云政发〔2026〕5号"), (Title, "通知")]);
    // 35 mm are 1984 twips, two lines 1158.
    assert!(xml.contains(r#"<w:pStyle w:val="Masthead"/><w:spacing w:before="1984" "#), "{xml}");
    assert!(
        xml.contains(
            r#"<w:pStyle w:val="DocumentNumber"/><w:pBdr><w:bottom w:val="single" w:sz="16" w:space="8" w:color="FF0000"/></w:pBdr><w:spacing w:before="1158"/>"#
        ),
        "{xml}"
    );
    assert!(xml.contains(r#"<w:pStyle w:val="Title"/><w:spacing w:before="1158"/>"#), "{xml}");
    // A number alone, below a title, has no rule.
    let xml = body(&[(Title, "通知"), (DocumentNumber, "云政发〔2026〕5号"), (BlockKind::Body, "正文。")]);
    assert!(!xml.contains("pBdr"), "{xml}");
}

#[test]
fn a_brief_has_its_rule_below_the_line_of_who_edited_it() {
    use BlockKind::{EditedLine, IssueNumber, Masthead, Title};
    let xml = body(&[
        (Masthead, "工作简报"),
        (IssueNumber, "第5期"),
        (EditedLine, "办公室编\t3月5日"),
        (Title, "题"),
    ]);
    assert_eq!(xml.matches("<w:pBdr>").count(), 1);
    assert!(xml.contains(r#"<w:pStyle w:val="EditedLine"/><w:pBdr>"#), "{xml}");
    assert!(!xml.contains(r#"w:before="1984""#), "35 mm are a document's");
}

#[test]
fn a_long_masthead_is_set_narrower_and_then_smaller() {
    use super::edges::masthead_size;
    // Half-points, and the width in hundredths.
    assert_eq!(masthead_size("工作简报"), (124, 90));
    assert_eq!(masthead_size("云岭县人民政府文件"), (124, 76));
    let (size, width) = masthead_size("中共云岭县委全面深化改革委员会办公室文件");
    assert_eq!(width, 66);
    // 20 characters of this size and width stay within 150 mm.
    assert!(size < 124 && size * 10 * 66 / 100 * 20 <= 8_504, "{size}");
}

#[test]
fn the_imprint_floats_at_the_foot_between_thick_rules_with_a_thin_one_inside() {
    use BlockKind::{Body, CopyLine, PrintLine};
    let xml = body(&[
        (Body, "正文。"),
        (CopyLine, "报送：县委。"),
        (CopyLine, "发送：各乡镇。"),
        (PrintLine, "办公室\t2026年3月6日印发"),
    ]);
    assert!(xml.contains(r#"w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="1587" w:tblpYSpec="bottom""#));
    assert!(xml.contains(r#"<w:insideH w:val="single" w:sz="6""#));
    // 报送 and 发送 share a row; 印发 has its own.
    assert_eq!(xml.matches("<w:tr>").count(), 2);
    assert!(xml.contains(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="Anchor"/></w:pPr></w:p><w:sectPr>"#));
}

#[test]
fn the_names_of_attachments_stand_below_each_other() {
    use BlockKind::{AttachmentNote, Body, Signature};
    let xml = body(&[
        (Body, "正文。"),
        (AttachmentNote, "附件：1. 任务分解表"),
        (AttachmentNote, "2. 名单"),
        (Signature, "县政府"),
    ]);
    // 附件：1. is four and a half characters wide and stands two in; 2. stands below 1.
    let first = r#"<w:spacing w:before="579"/><w:ind w:left="2080" w:hanging="1440"/>"#;
    let second = r#"<w:keepNext w:val="1"/><w:ind w:left="2080" w:hanging="480"/>"#;
    assert!(xml.contains(first) && xml.contains(second), "{xml}");
    assert!(xml.contains(r#"<w:pStyle w:val="Signature"/><w:spacing w:before="579"/>"#), "{xml}");
}

#[test]
fn an_attachment_has_its_title_on_the_third_line() {
    use BlockKind::{Annex, Body, Title};
    let xml = body(&[(Body, "正文。"), (Annex, "附件1"), (Title, "名单"), (Body, "李远山")]);
    assert!(xml.contains(r#"<w:pStyle w:val="Annex"/></w:pPr>"#), "{xml}");
    assert!(xml.contains(r#"<w:pStyle w:val="Title"/><w:spacing w:before="579"/>"#), "{xml}");
}

#[test]
fn a_table_repeats_its_head_and_breaks_no_row() {
    let xml = part(
        &write(&tabled(&[&["序号", "任务"], &["1", "清淤"], &["2"]], &[(BlockKind::Body, "正文。")])),
        "word/document.xml",
    );
    assert_eq!(xml.matches("<w:cantSplit/>").count(), 3);
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    // The short row has its empty cell.
    assert_eq!(xml.matches("<w:tc>").count(), 6);
    assert!(xml.contains(r#"<w:pStyle w:val="TableHeadLarge"/></w:pPr><w:r>"#), "{xml}");
}

#[test]
fn two_tables_in_a_row_stay_two() {
    let m = manuscript(&[(BlockKind::Cell, "甲"), (BlockKind::Cell, "乙")]);
    let row = |at: usize| Table { rows: vec![Row { cells: at..at + 1, header: false }] };
    let xml = part(&write(&m.with_tables(vec![row(0), row(1)])), "word/document.xml");
    assert_eq!(xml.matches("<w:tbl>").count(), 2);
    assert!(!xml.contains("</w:tbl><w:tbl>") && !xml.contains("</w:tbl><w:sectPr>"), "{xml}");
}

#[test]
fn no_page_begins_with_a_signature_or_a_date_alone() {
    use BlockKind::{Annex, AttachmentNote, Body, DateOfIssue, Signature};
    let xml = body(&[
        (Body, "正文。"),
        (Body, "方案由县教育局解释。"),
        (AttachmentNote, "附件：任务分解表"),
        (Signature, "县政府"),
        (DateOfIssue, "2026年3月5日"),
        (Annex, "附件"),
    ]);
    let kept: Vec<bool> =
        xml.split("</w:p>").take(6).map(|p| p.contains(r#"<w:keepNext w:val="1"/>"#)).collect();
    assert_eq!(kept, [false, true, true, true, false, false], "{xml}");
}
