//! Small .odt files made here, whole and broken.

use crate::base::{Lang, Place};
use crate::model::{Beside, BlockKind, MaskKind};
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
    assert_eq!(m.gaps(), []);
    let beside: Vec<_> = m.margin().iter().map(|l| (l.beside, &*l.text, &m.text()[l.at.clone()])).collect();
    assert_eq!(beside, [(Beside::Footnote, "注", "全镇动员")]);
    assert!(m.notes().iter().any(|note| note.what.zh.contains("还有1条批注")), "{:?}", m.notes());
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

/// The lines of a body with lists of the style L: 一、 then 1. on the second level.
fn listed(body: &str) -> (String, Vec<String>) {
    let level = |n: u8, format: &str, more: &str| {
        format!("<text:list-level-style-number text:level=\"{n}\" style:num-format=\"{format}\" {more}/>")
    };
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles><text:list-style style:name=\"L\">{}{}</text:list-style><text:list-style style:name=\"B\"><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"•\"/></text:list-style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        level(1, "一, 二, 三, ...", "style:num-suffix=\"、\""),
        level(2, "1", "style:num-suffix=\".\" text:display-levels=\"2\""),
    );
    let m = read("稿.odt", &zip(&[("content.xml", content.as_bytes())])).unwrap();
    let made = m.made().iter().map(|r| m.text()[r.clone()].to_owned()).collect();
    assert!(m.gaps().is_empty(), "{:?}", m.gaps());
    (m.text().to_owned(), made)
}

#[test]
fn automatic_numbers_stand_before_their_paragraphs_and_are_made() {
    let item = |words: &str| format!("<text:list-item>{words}</text:list-item>");
    let list = |items: &str| format!("<text:list text:style-name=\"L\">{items}</text:list>");
    let p = |words: &str| format!("<text:p>{words}</text:p>");
    let inner = format!("<text:list>{}{}</text:list>", item(&p("三")), item(&p("四")));
    let body = list(&[item(&[p("备耕"), p("续"), inner].concat()), item(&p("春播"))].concat());
    let (text, made) = listed(&body);
    assert_eq!(text, "一、备耕\n续\n一.1. 三\n一.2. 四\n二、春播");
    assert_eq!(made, ["一、", "一.1. ", "一.2. ", "二、"]);
    let bullets =
        "<text:list text:style-name=\"B\"><text:list-item><text:p>甲</text:p></text:list-item></text:list>";
    assert_eq!(listed(bullets), ("甲".to_owned(), vec![]));
}

#[test]
fn running_heads_are_beside_the_text_and_prompts_are_none_of_it() {
    let styles = format!(
        "<office:document-styles {NAMES}><office:master-styles><style:master-page style:name=\"S\"><style:header><text:p>青石镇简报</text:p></style:header><style:header-left style:display=\"false\"><text:p>不显示</text:p></style:header-left><style:footer><text:p>第<text:page-number>1</text:page-number>页</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"
    );
    let content = format!(
        "<office:document-content {NAMES}><office:body><office:text><text:p>关于<text:placeholder text:placeholder-type=\"text\">&lt;事项&gt;</text:placeholder>的通知<text:hidden-text text:is-hidden=\"true\">隐</text:hidden-text></text:p></office:text></office:body></office:document-content>"
    );
    let m = read("稿.odt", &zip(&[("content.xml", content.as_bytes()), ("styles.xml", styles.as_bytes())]))
        .unwrap();
    let beside: Vec<_> = m.margin().iter().map(|l| (l.beside, &*l.text)).collect();
    assert_eq!(beside, [(Beside::Header, "青石镇简报")]);
    assert_eq!(m.text(), "关于<事项>的通知");
    assert_eq!(m.mask(m.text().find('事').unwrap()), Some(MaskKind::Prompt));
}
