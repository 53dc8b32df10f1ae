//! What is read from a .docx, and what is said of one that cannot be read.

use proptest::prelude::*;

use super::Docx;
use crate::base::{Lang, Place};
use crate::model::{BlockKind, Gap, Manuscript, MaskKind};
use crate::office::tests::zip;
use crate::read::Reader as _;

const ROOT: &str = r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#)
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut parts = vec![("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", document.as_bytes())];
    parts.extend(more.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    zip(&parts)
}

fn read(bytes: &[u8]) -> Manuscript {
    Docx.read("a.docx", bytes).unwrap()
}

fn text(body: &str) -> String {
    read(&docx(body, &[])).text().to_owned()
}

fn kinds(m: &Manuscript) -> Vec<BlockKind> {
    m.blocks().iter().map(|b| b.kind).collect()
}

fn notes(m: &Manuscript) -> String {
    m.notes().iter().map(|n| n.in_lang(Lang::En)).collect::<Vec<_>>().join("\n")
}

fn fault(bytes: &[u8]) -> String {
    Docx.read("a.docx", bytes).unwrap_err().in_lang(Lang::Zh)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_are_joined_by_one_lf_and_empty_ones_count() {
    let m = read(&docx(&[p("甲"), "<w:p/>".into(), p("乙")].concat(), &[]));
    assert_eq!(m.text(), "甲\n\n乙");
    assert_eq!(m.blocks().len(), 2);
    assert_eq!(m.place("甲\n\n".len()), Some(&Place::Paragraph(3)));
}

fn gaps(m: &Manuscript) -> Vec<&'static str> {
    m.gaps().iter().map(|gap| gap.name()).collect()
}

#[test]
fn what_a_drawing_shows_is_named_as_not_read() {
    let drawing = |inside: &str| format!("{}<w:p><w:r>{inside}</w:r></w:p>", p("甲"));
    for (inside, gap) in [
        ("<w:drawing><pic:blipFill><a:blip r:embed=\"r1\"/></pic:blipFill></w:drawing>", "pictures"),
        ("<w:pict><v:shape><v:imagedata r:id=\"r1\"/></v:shape></w:pict>", "pictures"),
        ("<w:drawing><a:graphicData><c:chart r:id=\"r1\"/></a:graphicData></w:drawing>", "charts"),
        ("<w:drawing><a:graphicData><dgm:relIds r:dm=\"r1\"/></a:graphicData></w:drawing>", "diagrams"),
        ("<w:pict><v:shape><v:textpath string=\"内部资料\"/></v:shape></w:pict>", "word-art"),
        (
            "<w:object><v:imagedata r:id=\"r1\"/><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object>",
            "objects",
        ),
    ] {
        let m = read(&docx(&drawing(inside), &[]));
        assert_eq!(gaps(&m), [gap], "{inside}");
        assert!(notes(&m).contains("not read"), "{inside}: {}", notes(&m));
        assert_eq!(m.text(), "甲\n");
    }
    // A type of shape that could hold words, and the second of two ways to say one picture.
    let kind = "<w:pict><v:shapetype><v:textpath on=\"t\"/></v:shapetype></w:pict>";
    assert_eq!(gaps(&read(&docx(&drawing(kind), &[]))), Vec::<&str>::new());
    let twice = "<mc:AlternateContent><mc:Choice><w:drawing><a:blip/></w:drawing></mc:Choice><mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback></mc:AlternateContent>";
    assert!(notes(&read(&docx(&drawing(twice), &[]))).contains("(1 of them)"));
}

#[test]
fn a_text_box_is_read_and_no_gap() {
    let inside = format!(
        "<w:p><w:r><w:t>甲</w:t><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>",
        p("乙")
    );
    let m = read(&docx(&inside, &[]));
    assert_eq!((m.text(), gaps(&m)), ("甲\n乙", Vec::new()));
}

#[test]
fn a_main_part_that_is_empty_or_no_document_is_no_empty_document() {
    let main = |xml: &str| zip(&[("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    assert!(fault(&main("")).contains("正文部分是空的"));
    for xml in ["全县工作要点", "<html><body><p>全县</p></body></html>", "<w:styles/>"] {
        assert!(fault(&main(xml)).contains("不是 Word 的正文"), "{xml}");
    }
    assert_eq!(read(&docx("", &[])).text(), "");
}

#[test]
fn a_word_split_over_runs_is_one_word() {
    assert_eq!(
        text("<w:p><w:r><w:t>云</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>岭县</w:t></w:r></w:p>"),
        "云岭县"
    );
}

#[test]
fn tabs_breaks_and_hyphens_come_through_and_tab_stops_do_not() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r></w:p>";
    assert_eq!(text(body), "甲\t乙\n丙\nA-BC");
}

#[test]
fn a_page_break_alone_leaves_no_trace_and_inside_a_paragraph_it_parts_lines() {
    let page = r#"<w:br w:type="page"/>"#;
    assert_eq!(text(&format!("<w:p><w:r>{page}<w:t>附件</w:t></w:r></w:p>")), "附件");
    assert_eq!(text(&format!("<w:p><w:r><w:t>完</w:t>{page}<w:t>附件</w:t></w:r></w:p>")), "完\n附件");
    assert_eq!(text(&format!("<w:p><w:r><w:t>完</w:t>{page}</w:r></w:p>")), "完");
}

#[test]
fn entities_and_character_references_are_resolved() {
    assert_eq!(text(&p("A&amp;B &lt;&#x4E91;&#23725;&gt;")), "A&B <云岭>");
}

#[test]
fn deletions_are_left_out_and_insertions_kept() {
    let body = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>";
    let m = read(&docx(body, &[]));
    assert_eq!(m.text(), "新来");
    assert!(notes(&m).contains("tracked changes"));
}

#[test]
fn a_deleted_paragraph_end_joins_two_paragraphs() {
    let body = [
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>".to_owned(),
        p("后半。"),
    ];
    assert_eq!(text(&body.concat()), "前半，后半。");
}

#[test]
fn a_field_gives_its_result_and_not_its_code() {
    let field = |kind| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let body = format!(
        "<w:p><w:r><w:t>第</w:t></w:r>{begin}<w:r><w:instrText>PAGE</w:instrText><w:t>码</w:t></w:r>{separate}<w:r><w:t>3</w:t></w:r>{end}<w:r><w:t>页</w:t></w:r><w:fldSimple w:instr=\"DATE\"><w:r><w:t>今日</w:t></w:r></w:fldSimple></w:p>"
    );
    assert_eq!(text(&body), "第3页今日");
    // Never ended: the rest of the document is not lost.
    assert_eq!(text(&format!("<w:p>{begin}<w:r><w:t>x</w:t></w:r></w:p>{}", p("正文"))), "\n正文");
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let boxed = |t| format!("<w:txbxContent>{}</w:txbxContent>", p(t));
    let body = format!(
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:p><a:r><a:t>图形</a:t></a:r></a:p><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>{}",
        boxed("框"),
        boxed("框"),
        p("下一段")
    );
    assert_eq!(text(&body), "前后\n框\n下一段");
}

#[test]
fn a_fallback_alone_is_read() {
    let body = "<w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>旧式</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>";
    assert_eq!(text(body), "旧式");
}

#[test]
fn what_wraps_text_does_not_hide_it() {
    let body = "<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标</w:t></w:r></w:smartTag><w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p></w:sdtContent></w:sdt>";
    assert_eq!(text(body), "链标云");
}

#[test]
fn a_prompt_that_was_never_overwritten_is_masked() {
    let body = "<w:p><w:r><w:t>时间：</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r><w:r><w:t>输入日期</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>。</w:t></w:r></w:p>";
    let m = read(&docx(body, &[]));
    let masks: Vec<_> = m.masks().iter().map(|k| (&m.text()[k.range.clone()], k.kind)).collect();
    assert_eq!(masks, [("单击此处输入日期", MaskKind::Prompt)]);
}

#[test]
fn cells_are_read_in_order() {
    let body = format!(
        "{}<w:tbl><w:tblPr/><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>{}",
        p("表前"),
        p("一"),
        p("二"),
        p("表后")
    );
    let m = read(&docx(&body, &[]));
    assert_eq!(m.text(), "表前\n一\n二\n表后");
    assert_eq!(kinds(&m), [BlockKind::Body, BlockKind::Cell, BlockKind::Cell, BlockKind::Body]);
}

#[test]
fn kinds_come_from_styles_then_levels_then_numbers() {
    let styles = r#"<w:styles>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="x"><w:name w:val="一级"/><w:basedOn w:val="1"/></w:style>
        <w:style w:type="paragraph" w:styleId="y"><w:name w:val="圈"/><w:basedOn w:val="z"/></w:style>
        <w:style w:type="paragraph" w:styleId="z"><w:name w:val="圈圈"/><w:basedOn w:val="y"/></w:style>
        <w:style w:type="paragraph" w:styleId="t"><w:name w:val="标题"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="m"><w:name w:val="toc 1"/></w:style>
        </w:styles>"#;
    let q = |properties: &str, t: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>")
    };
    let body = [
        q(r#"<w:pStyle w:val="t"/>"#, "关于供水的方案"),
        q(r#"<w:pStyle w:val="m"/>"#, "一、目录里的一行"),
        q(r#"<w:pStyle w:val="x"/>"#, "总体要求"),
        q(r#"<w:pStyle w:val="x"/><w:outlineLvl w:val="9"/>"#, "不是标题"),
        q(r#"<w:pStyle w:val="y"/>"#, "正文"),
        q(r#"<w:outlineLvl w:val="2"/>"#, "三级"),
        q("", "（一）按序号认"),
        q(r#"<w:numPr><w:numId w:val="3"/></w:numPr>"#, "自动编号"),
    ]
    .concat();
    let m = read(&docx(&body, &[("word/styles.xml", styles)]));
    use BlockKind::{Body, Heading, Item, Title};
    assert_eq!(kinds(&m), [Title, Item, Heading(1), Body, Body, Heading(3), Heading(2), Item]);
    // A list that is nowhere defined shows nothing.
    assert_eq!((notes(&m), m.made().len()), (String::new(), 0));
}

#[test]
fn other_parts_are_read_beside_the_text_if_they_say_something() {
    let rels = r#"<Relationships><Relationship Type="x/header" Target="header1.xml"/><Relationship Type="x/footer" Target="/word/footer1.xml"/><Relationship Type="x/footnotes" Target="footnotes.xml"/></Relationships>"#;
    let more = [
        ("word/_rels/document.xml.rels", rels.to_owned()),
        ("word/header1.xml", format!("<w:hdr>{}</w:hdr>", p("内部资料"))),
        ("word/footer1.xml", format!("<w:ftr>{}</w:ftr>", p("— 第 1 页 —"))),
        (
            "word/footnotes.xml",
            format!("<w:footnotes><w:footnote>{}</w:footnote></w:footnotes>", p("见附表")),
        ),
    ];
    let more: Vec<_> = more.iter().map(|(n, x)| (*n, x.as_str())).collect();
    let m = read(&docx(&p("正文"), &more));
    assert_eq!((m.text(), gaps(&m)), ("正文", Vec::new()));
    // A note that nothing calls is not shown.
    let beside: Vec<_> = m.margin().iter().map(|line| (&*line.text, &m.text()[line.at.clone()])).collect();
    assert_eq!(beside, [("内部资料", "正文")]);
}

#[test]
fn the_main_part_is_found_by_its_relationship() {
    let root = r#"<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let strict = r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>严格格式</t></r></p></body></document>"#;
    let bytes = zip(&[("_rels/.rels", root.as_bytes()), ("word\\document2.xml", strict.as_bytes())]);
    assert_eq!(read(&bytes).text(), "严格格式");
}

#[test]
fn a_relationship_that_leads_nowhere_does_not_lose_the_text() {
    let bytes = zip(&[
        ("_rels/.rels", ROOT.replace("word/", "gone/").as_bytes()),
        ("word/document.xml", document(&p("正文")).as_bytes()),
    ]);
    assert_eq!(read(&bytes).text(), "正文");
}

#[test]
fn a_part_in_utf_16_is_read() {
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(document(&p("云岭县")).encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&zip(&[("word/document.xml", &utf16)])).text(), "云岭县");
}

#[test]
fn damaged_xml_is_read_up_to_the_damage_and_says_so() {
    let whole = document(&[p("第一段"), p("第二段"), p("第三段")].concat());
    let cut = &whole[..whole.find("三段").unwrap()];
    let m = read(&zip(&[("word/document.xml", cut.as_bytes())]));
    assert!(m.text().starts_with("第一段\n第二段"), "{}", m.text());
    assert!(notes(&m).contains("damaged"));
    let crossed = document(&[p("第一段"), "<w:p></w:r>".into()].concat());
    assert!(read(&zip(&[("word/document.xml", crossed.as_bytes())])).text().starts_with("第一段"));
    assert!(fault(&zip(&[("word/document.xml", b"<w:document")])).contains("损坏"));
}

#[test]
fn files_under_a_wrong_name_are_told_what_they_are() {
    let ole = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(512, 0);
        // An entry of the directory: the name, and the bytes that it has with its zero.
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(576, 0);
        bytes.extend((2 * stream.len() as u16 + 2).to_le_bytes());
        bytes.resize(640, 0);
        bytes
    };
    let sound = docx(&p("正文"), &[]);
    let cases: [(Vec<u8>, &str); 11] = [
        (Vec::new(), "0 字节"),
        (ole("WordDocument"), ".doc"),
        (ole("EncryptedPackage"), "打开密码"),
        (ole("Workbook"), ".xls"),
        (b"%PDF-1.7".to_vec(), "PDF"),
        (b"{\\rtf1".to_vec(), "RTF"),
        (b"\xEF\xBB\xBF<HTML>".to_vec(), "网页"),
        ("同志们：".into(), "不是 .docx"),
        (sound[..40].to_vec(), "不完整"),
        (zip(&[("xl/workbook.xml", b"<a/>")]), ".xlsx"),
        (zip(&[("mimetype", b"x"), ("content.xml", b"<a/>")]), ".odt"),
    ];
    for (bytes, word) in cases {
        let said = fault(&bytes);
        assert!(said.contains(word) && said.contains("办法"), "{word}: {said}");
    }
}

#[test]
fn an_unfinished_download_is_read_as_far_as_it_came() {
    let bytes = docx(&[p("第一段"), p("第二段")].concat(), &[("word/styles.xml", "<w:styles/>")]);
    let m = read(&bytes[..bytes.len() - 30]);
    assert_eq!(m.text(), "第一段\n第二段");
    assert!(notes(&m).contains("incomplete"));
}

#[test]
fn a_bomb_is_stopped_while_it_unpacks() {
    let mut bomb = document(&p("开头")).into_bytes();
    bomb.truncate(bomb.len() - "</w:body></w:document>".len());
    bomb.resize(usize::try_from(crate::office::package::LIMIT).unwrap() + 4096, b' ');
    let m = read(&zip(&[("word/document.xml", &bomb)]));
    assert_eq!(m.text(), "开头");
    assert!(notes(&m).contains("more than 20 MB"));
}

#[test]
fn words_that_a_file_declares_itself_are_told_to_be_unread() {
    let text =
        format!("<!DOCTYPE a [<!ENTITY a \"字字\"><!ENTITY b \"&a;&a;\">]>{}", document(&p("开头&b;")));
    let m = read(&zip(&[("word/document.xml", text.as_bytes())]));
    assert_eq!(m.gaps(), [Gap::Rest]);
    assert!(notes(&m).contains("<!ENTITY>"));
}

#[test]
fn absurd_nesting_is_stopped() {
    let body = [p("开头"), "<w:sdt>".repeat(100_000)].concat();
    let m = read(&docx(&body, &[]));
    assert_eq!(m.text(), "开头");
    assert!(notes(&m).contains("damaged"));
}

proptest! {
    /// Whatever happens to the bytes, there is a text or a message.
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), pk in any::<bool>()) {
        let mut bytes = bytes;
        if pk {
            bytes.splice(0..0, *b"PK\x03\x04");
        }
        let _ = Docx.read("a.docx", &bytes);
    }

    #[test]
    fn no_damage_to_a_sound_file_makes_it_panic(
        hits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        truncate in any::<bool>(),
    ) {
        let mut bytes = docx(&[p("一、总体要求"), p("正文。")].concat(), &[("word/styles.xml", "<w:styles/>")]);
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if truncate {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = Docx.read("a.docx", &bytes);
    }

    /// Damage to the XML itself, which the zip's checksum would mostly catch before.
    #[test]
    fn no_markup_makes_it_panic(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "文", "&amp;", "&#0;", "&x;", "&", "<w:tbl>", "</w:tbl>",
            "<w:pPr>", "</w:pPr>", "<w:rPr>", "</w:rPr>", "<w:del/>", "<w:sdt>", "</w:sdt>", "<w:sdtPr>", "<w:showingPlcHdr/>",
            "</w:sdtPr>", "<w:txbxContent>", "</w:txbxContent>", "<w:drawing>", "</w:drawing>", "<m:oMath>", "</m:oMath>",
            "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"end\"/>", "<w:br/>", "<w:br w:type='page'/>",
            "<mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>", "<w:outlineLvl w:val=\"300\"/>", "<", ">", "\"", "<!--", "<![CDATA[",
        ]), 0..60)
    ) {
        let _ = Docx.read("a.docx", &docx(&parts.concat(), &[]));
    }
    /// The same of the numbers, and of what stands beside the text.
    #[test]
    fn no_numbering_and_no_margin_makes_it_panic(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<w:abstractNum w:abstractNumId=\"1\">", "</w:abstractNum>", "<w:num w:numId=\"1\">", "</w:num>",
            "<w:abstractNumId w:val=\"1\"/>", "<w:lvl w:ilvl=\"0\">", "<w:lvl w:ilvl=\"9\">", "</w:lvl>", "<w:start w:val=\"4294967295\"/>",
            "<w:start w:val=\"-1\"/>", "<w:numFmt w:val=\"ideographZodiacTraditional\"/>", "<w:numFmt w:val=\"lowerLetter\"/>",
            "<w:lvlText w:val=\"%1%9%0%、\"/>", "<w:lvlText w:val=\"第%1条\"/>", "<w:lvlRestart w:val=\"255\"/>", "<w:isLgl/>",
            "<w:lvlOverride w:ilvl=\"0\">", "</w:lvlOverride>", "<w:startOverride w:val=\"7\"/>", "<w:styleLink w:val=\"s\"/>",
            "<w:numStyleLink w:val=\"s\"/>", "<mc:Choice>", "</mc:Choice>", "<w:pStyle w:val=\"a\"/>", "文", "<",
        ]), 0..40),
        levels in proptest::collection::vec((0u32..3, 0u8..12, "[甲一，]{0,3}"), 0..12),
    ) {
        let body: String = levels.iter().map(|(number, level, words)| format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t><w:footnoteReference w:id=\"{number}\"/></w:r></w:p>"
        )).collect();
        let rels = r#"<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/><Relationship Type="x/header" Target="numbering.xml"/><Relationship Type="x/footnotes" Target="footnotes.xml"/></Relationships>"#;
        let inner = parts.concat();
        let m = read(&docx(&body, &[
            ("word/_rels/document.xml.rels", rels),
            ("word/numbering.xml", &format!("<w:numbering>{inner}")),
            ("word/footnotes.xml", &format!("<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>注</w:t></w:r></w:p>{inner}")),
        ]));
        for made in m.made() {
            prop_assert!(m.text().get(made.clone()).is_some());
            // What is made stands for what is behind it, and the rest of the text is the file's.
            prop_assert!(m.file_text().get(m.in_file(made)).is_some());
        }
        let bare: usize = m.made().iter().map(ExactSizeIterator::len).sum();
        prop_assert_eq!(m.file_text().len() + bare, m.text().len());
    }
}
