//! Small .odt files made here, whole and broken.

use crate::base::{Lang, Place};
use crate::model::{BlockKind, Gap};
use crate::office::tests::zip;
use crate::read::read;

const NAMES: &str =
    r#"xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s" xmlns:draw="d" xmlns:dc="dc""#;

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content {NAMES}><office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/><style:style style:name="P2" style:family="paragraph" style:parent-style-name="Heading_20_2"/></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

#[test]
fn paragraphs_headings_and_signs_are_those_of_the_file() {
    let m = read(
        "稿.odt",
        &odt("<text:p text:style-name=\"P1\">青石镇 总结</text:p><text:p/>\
              <text:h text:outline-level=\"1\">一、做法</text:h>\
              <text:p>备耕<text:s text:c=\"2\"/>早<text:span>动手</text:span>，\n  抓实。<text:line-break/>完<text:tab/>成</text:p>\
              <text:p text:style-name=\"P2\">抓春耕</text:p>"),
    )
    .unwrap();
    assert_eq!(m.text(), "青石镇 总结\n\n一、做法\n备耕  早动手， 抓实。\n完\t成\n抓春耕");
    let kinds: Vec<_> = m.blocks().iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::Heading(1), BlockKind::Body, BlockKind::Heading(2)]);
    assert_eq!(m.place(m.text().find("备耕").unwrap()), Some(&Place::Paragraph(4)));
}

#[test]
fn notes_comments_and_deleted_words_are_left_out_and_boxes_come_after() {
    let m = read(
        "稿.odt",
        &odt("<text:tracked-changes><text:changed-region><text:deletion><text:p>旧</text:p></text:deletion></text:changed-region></text:tracked-changes>\
              <text:p>全镇<draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>动员<office:annotation><text:p>再核</text:p></office:annotation>\
              <text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>。</text:p>"),
    )
    .unwrap();
    assert_eq!(m.text(), "全镇动员。\n框里");
    assert_eq!(m.gaps(), [Gap::Footnotes, Gap::Comments]);
}

#[test]
fn joined_cells_keep_their_places() {
    let m = read(
        "表.odt",
        &odt("<table:table><table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>甲</text:p></table:table-cell><table:table-cell table:number-columns-spanned=\"2\"><text:p>乙</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
              <table:table-row><table:covered-table-cell/><table:table-cell><text:p>丙</text:p></table:table-cell><table:table-cell><text:p/></table:table-cell></table:table-row></table:table><text:p>完</text:p>"),
    )
    .unwrap();
    let cells: Vec<_> =
        m.cells().iter().map(|c| (c.row, c.column, c.continues, &m.text()[c.range.clone()])).collect();
    assert_eq!(
        cells,
        [(0, 0, false, "甲"), (0, 1, false, "乙"), (1, 0, true, ""), (1, 1, false, "丙"), (1, 2, false, "")]
    );
    assert!(m.blocks().iter().take(3).all(|b| b.kind == BlockKind::Cell));
}

#[test]
fn what_a_cell_covers_beside_itself_goes_on_from_no_row_above() {
    let table = "<table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"><text:p>甲</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:covered-table-cell/><table:covered-table-cell/><table:table-cell><text:p>丙</text:p></table:table-cell></table:table-row></table:table>";
    let m = read("表.odt", &odt(table)).unwrap();
    let cells: Vec<_> =
        m.cells().iter().map(|c| (c.row, c.column, c.continues, &m.text()[c.range.clone()])).collect();
    assert_eq!(
        cells,
        [(0, 0, false, "甲"), (0, 2, false, "乙"), (1, 0, true, ""), (1, 1, true, ""), (1, 2, false, "丙")]
    );
}

#[test]
fn what_is_no_text_or_locked_says_so() {
    let sheet = zip(&[(
        "content.xml",
        format!("<office:document-content {NAMES}><office:body><office:spreadsheet/></office:body></office:document-content>").as_bytes(),
    )]);
    assert!(read("表.odt", &sheet).unwrap_err().in_lang(Lang::Zh).contains("没有文稿正文"));
    let locked =
        zip(&[("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")]);
    assert!(read("稿.odt", &locked).unwrap_err().in_lang(Lang::Zh).contains("密码"));
    let whole = odt("<text:p>全镇动员。</text:p>");
    for cut in 4..whole.len() {
        assert!(read("稿.odt", &whole[..cut]).is_err_and(|e| !e.in_lang(Lang::En).is_empty()), "{cut}");
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        let _ = read("稿.odt", &bytes);
    }
}
