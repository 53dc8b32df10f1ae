//! Papers laid out, looked at as XML and read again.

use proptest::prelude::*;

use super::{Done, Doubt, Form, Wishes, restyle};
use crate::model::{BlockKind, Manuscript};
use crate::office::tests::{docx, part};
use crate::read::read;
use crate::write::docx::order::faults;

/// A document laid out as a speech: its main part, what was done, what is in doubt.
fn set(body: &str) -> (Vec<u8>, Done, Vec<Doubt>) {
    set_as(body, Form::Speech)
}

fn set_as(body: &str, form: Form) -> (Vec<u8>, Done, Vec<Doubt>) {
    let bytes = docx(body);
    let wishes = Wishes { form, ..Wishes::default() };
    let restyled = restyle(&bytes, &read("a.docx", &bytes).unwrap(), wishes, None).unwrap();
    let doubts = restyled.doubts.iter().map(|(_, doubt)| *doubt).collect();
    (restyled.bytes, restyled.done, doubts)
}

fn xml(bytes: &[u8]) -> String {
    part(bytes, "word/document.xml")
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn kinds(manuscript: &Manuscript) -> Vec<BlockKind> {
    manuscript.blocks().iter().map(|block| block.kind).collect()
}

const LONG: &str = "今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。";

/// A paper of every part of the form.
fn paper() -> String {
    let lines = [
        "云溪县人民政府文件",
        "云溪政发〔2026〕5号",
        "云溪县人民政府",
        "关于做好春灌工作的通知",
        "各乡镇人民政府：",
        LONG,
        "一、把水送到田头",
        LONG,
        "（一）清好干渠",
        LONG,
        "1.先远后近",
        LONG,
        "（1）先高后低",
        LONG,
        "附件：1. 任务分解表",
        "2. 联系人名单",
        "云溪县人民政府",
        "2026年3月5日",
        "（此件公开发布）",
        "附件1",
        "任务分解表",
        LONG,
        "抄送：县委办公室。",
        "云溪县人民政府办公室　　2026年3月5日印发",
    ];
    lines.map(p).concat()
}

#[test]
fn every_part_of_the_form_is_known_and_stays_known() {
    use BlockKind as K;
    let (bytes, done, doubts) = set_as(&paper(), Form::Document);
    let manuscript = read("a.docx", &bytes).unwrap();
    let want = [
        K::Masthead,
        K::DocumentNumber,
        K::Title,
        K::Title,
        K::Salutation,
        K::Body,
        K::Heading(1),
        K::Body,
        K::Heading(2),
        K::Body,
        K::Heading(3),
        K::Body,
        K::Heading(4),
        K::Body,
        K::AttachmentNote,
        K::AttachmentNote,
        K::Signature,
        K::DateOfIssue,
        K::Note,
        K::Annex,
        K::Title,
        K::Body,
        K::CopyLine,
        K::PrintLine,
    ];
    assert_eq!(kinds(&manuscript), want);
    assert!(doubts.is_empty(), "{doubts:?}");
    assert_eq!(done.title, ["云溪县人民政府", "关于做好春灌工作的通知"]);
    let again =
        restyle(&bytes, &manuscript, Wishes { form: Form::Document, ..Wishes::default() }, None).unwrap();
    assert!(again.bytes == bytes, "laying out twice changes nothing");
    for name in ["word/document.xml", "word/styles.xml", "word/settings.xml"] {
        assert_eq!(faults(name, &part(&bytes, name)), [""; 0]);
    }
    let xml = xml(&bytes);
    // 版记 floats at the foot; its line has a tab between office and day.
    assert!(xml.contains("<w:tblpPr ") && xml.contains("<w:tab/>") && !xml.contains("　　"), "{xml}");
}

#[test]
fn content_stays_where_it_is() {
    let kept = [
        r#"<w:bookmarkStart w:id="3" w:name="甲"/>"#,
        r#"<w:hyperlink r:id="r9"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>县水务局</w:t></w:r></w:hyperlink>"#,
        r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>"#,
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 甲</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
        r#"<w:commentRangeStart w:id="1"/>"#,
        r#"<w:r><w:drawing><wp:inline/></w:drawing></w:r>"#,
        r#"<w:ins w:id="7" w:author="甲"><w:r><w:t>新添的话</w:t></w:r></w:ins>"#,
    ];
    let body = format!("<w:p>{}<w:r><w:t>{LONG}</w:t></w:r></w:p>", kept.concat());
    let (bytes, done, _) = set(&[p("关于春灌的讲话"), body].concat());
    let xml = xml(&bytes);
    for stays in [
        "w:name=\"甲\"",
        "r:id=\"r9\"",
        "footnoteReference",
        "REF 甲",
        "commentRangeStart",
        "wp:inline",
        "w:author=\"甲\"",
    ] {
        assert!(xml.contains(stays), "{stays}: {xml}");
    }
    assert_eq!(done.pictures, 1);
    // A line of a fixed height would cut the picture off.
    assert!(xml.contains(r#"w:line="240" w:lineRule="auto""#), "{xml}");
}

#[test]
fn direct_formats_go_and_emphasis_stays() {
    let body = format!(
        "{}<w:p><w:pPr><w:spacing w:line=\"360\" w:after=\"200\"/><w:ind w:firstLine=\"0\"/><w:jc w:val=\"right\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"21\"/></w:rPr><w:t>　　{LONG}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>强调</w:t></w:r></w:p>",
        p("关于春灌的讲话")
    );
    let (bytes, done, _) = set(&body);
    let xml = xml(&bytes);
    assert!(
        !xml.contains("w:line=\"360\"") && !xml.contains("w:val=\"right\"") && !xml.contains("\"21\""),
        "{xml}"
    );
    assert!(xml.contains("<w:b/>") && xml.contains(&format!("<w:t>{LONG}")), "{xml}");
    assert_eq!((done.emphasis, done.indents), (1, 1));
}

#[test]
fn empty_paragraphs_go_but_where_something_hangs_on_them() {
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("格"));
    let empty = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:p>";
    let held = "<w:p><w:bookmarkStart w:id=\"3\" w:name=\"乙\"/></w:p>";
    let body = [&*p("关于春灌的讲话"), empty, &p(LONG), empty, held, &table, empty, &table, empty].concat();
    let (bytes, done, _) = set(&body);
    assert_eq!(done.blanks, 2);
    let xml = xml(&bytes);
    assert!(xml.contains("乙"), "{xml}");
    // Two tables stay apart, and the last one has its paragraph.
    let between = xml.split("</w:tbl>").nth(1).unwrap();
    assert!(between.contains("<w:p>") && xml.split("</w:tbl>").nth(2).unwrap().contains("<w:p>"));
}

#[test]
fn a_page_break_becomes_a_setting_of_what_follows() {
    let page = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let body =
        [&*p("关于春灌的讲话"), &p(LONG), page, &p("一、清渠"), &p(LONG), page, &p("附件1"), &p("名单")]
            .concat();
    let (bytes, done, _) = set(&body);
    let xml = xml(&bytes);
    assert_eq!(done.breaks, 2);
    assert!(!xml.contains("w:type=\"page\""));
    // An attachment begins a page by its style.
    assert_eq!(xml.matches("pageBreakBefore").count(), 1, "{xml}");
}

#[test]
fn what_is_not_sure_is_said_and_not_decided() {
    let (_, _, doubts) = set(&[&*p("春灌早十天"), &p(LONG), &p("清好干渠"), &p(LONG)].concat());
    assert_eq!(doubts, [Doubt::Title, Doubt::Heading]);
    let (_, _, doubts) = set(&[&*p("关于春灌的讲话"), &p("林知远"), &p("同志们："), &p(LONG)].concat());
    assert_eq!(doubts, [Doubt::Speaker]);
    let (_, _, none) = set(&[&*p("关于春灌的讲话"), &p("县长 林知远"), &p("同志们："), &p(LONG)].concat());
    assert_eq!(none, []);
}

#[test]
fn a_heading_that_its_text_goes_on_from_keeps_its_font() {
    let run_in = format!("<w:p><w:r><w:t>（一）清好干渠。</w:t></w:r><w:r><w:t>{LONG}</w:t></w:r></w:p>");
    let (bytes, ..) = set(&[p("关于春灌的讲话"), p("一、清渠"), run_in].concat());
    assert!(xml(&bytes).contains(r#"w:eastAsia="楷体""#));
}

#[test]
fn tables_keep_what_they_are() {
    let cell = |w: u32, text: &str| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{w}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let table = format!(
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"6000\"/><w:gridCol w:w=\"6000\"/></w:tblGrid><w:tr>{}{}</w:tr></w:tbl>",
        cell(6000, "镇"),
        cell(6000, "干渠")
    );
    let (bytes, done, _) = set(&[p("关于春灌的讲话"), p(LONG), table, p(LONG)].concat());
    let xml = xml(&bytes);
    assert_eq!((done.tables, done.broad), (1, 1));
    assert!(
        xml.contains("<w:gridCol w:w=\"4422\"/>") && xml.matches(r#"<w:jc w:val="center"/>"#).count() == 2
    );
    assert!(xml.contains(r#"<w:sz w:val="24"/>"#));
}

#[test]
fn what_cannot_be_changed_without_risk_is_refused() {
    let bytes = crate::office::tests::zip(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#),
        ("word/document.xml", "<document xmlns=\"w\"><body><p><r><t>无前缀</t></r></p></body></document>".as_bytes()),
    ]);
    let manuscript = read("a.docx", &bytes).unwrap();
    assert!(restyle(&bytes, &manuscript, Wishes::default(), None).is_err());
}

#[test]
fn a_strict_document_gets_strict_parts_and_relationships() {
    const W: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let document = format!(
        r#"<w:document xmlns:w="{W}"><w:body>{}{}</w:body></w:document>"#,
        p("关于春灌的讲话"),
        p(LONG)
    );
    let bytes = crate::office::tests::zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#),
        ("word/document.xml", document.as_bytes()),
    ]);
    let done = restyle(&bytes, &read("a.docx", &bytes).unwrap(), Wishes::default(), None).unwrap().bytes;
    let relationships = part(&done, "word/_rels/document.xml.rels");
    // Styles, settings, two footers.
    assert_eq!(relationships.matches("http://purl.oclc.org/ooxml/officeDocument/relationships/").count(), 4);
    assert!(!relationships.contains("/officeDocument/2006/"), "{relationships}");
    for name in ["styles.xml", "settings.xml", "footerWengao1.xml", "footerWengao2.xml"] {
        let xml = part(&done, &format!("word/{name}"));
        assert!(xml.contains(W) && !xml.contains("openxmlformats"), "{name}: {xml}");
    }
    assert!(!xml(&done).contains("openxmlformats"));
    let again = restyle(&done, &read("a.docx", &done).unwrap(), Wishes::default(), None).unwrap().bytes;
    assert!(again == done, "laying out twice changes nothing");
}

/// A document whose numbers are automatic: a list of four levels, the second one at its own first number.
fn numbered() -> Vec<u8> {
    let level = |depth: u8, signs: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{signs}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="right"/><w:pPr><w:ind w:left="840" w:hanging="420"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:sz w:val="21"/></w:rPr></w:lvl>"#
        )
    };
    let levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "（%4）"),
    ];
    let lists = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">{}</w:abstractNum><w:abstractNum w:abstractNumId="8">{}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num></w:numbering>"#,
        levels.concat(),
        level(0, "decimal", "%1.")
    );
    let styles = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="L"><w:name w:val="编号段"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let of = |set: &str, words: &str| format!("<w:p><w:pPr>{set}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>");
    let at = |level: u8, words: &str| {
        of(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>"#), words)
    };
    let cell = of(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>"#, "干渠");
    let body = [
        p("关于春灌的讲话"),
        of(r#"<w:pStyle w:val="L"/>"#, "　　把水送到田头"),
        p(LONG),
        at(1, "清好干渠"),
        at(2, "先远后近"),
        at(3, "先高后低"),
        p("一、这个序号是打出来的"),
        at(2, "2026年4月底前清完"),
        at(0, "管好闸门"),
        p(LONG),
        format!(
            "<w:tbl><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
        ),
        p(LONG),
    ]
    .concat();
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="x/styles" Target="styles.xml"/><Relationship Id="n" Type="x/numbering" Target="numbering.xml"/></Relationships>"#;
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    crate::office::tests::zip(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", lists.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

#[test]
fn automatic_numbers_are_headings_of_their_level_and_stay_automatic() {
    use BlockKind as K;
    let bytes = numbered();
    let before = read("a.docx", &bytes).unwrap();
    assert!(
        before.text().contains("（1）先高后低") && before.text().contains("二、管好闸门"),
        "{}",
        before.text()
    );
    let done = restyle(&bytes, &before, Wishes::default(), None).unwrap();
    let after = read("a.docx", &done.bytes).unwrap();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(bare(after.text()), bare(before.text()));
    let kinds = kinds(&after);
    assert_eq!(
        kinds[1..7],
        [K::Heading(1), K::Body, K::Heading(2), K::Heading(3), K::Heading(4), K::Heading(1)]
    );
    assert_eq!(done.done.numbered, 7);
    let document = xml(&done.bytes);
    // The blanks behind a number go as others do; one that was typed does not get another from the style.
    assert!(!document.contains("　　") && document.contains(r#"<w:numId w:val="0"/>"#), "{document}");
    let lists = part(&done.bytes, "word/numbering.xml");
    // The list of the table's cell stays as it is.
    assert_eq!(lists.matches("Arial").count(), 1, "{lists}");
    // 1.2026年 would be read as another figure.
    assert!(
        after.text().contains("2. 2026年4月底") && after.text().contains("\n（一）清好干渠"),
        "{}",
        after.text()
    );
    let again = restyle(&done.bytes, &after, Wishes::default(), None).unwrap();
    assert!(again.bytes == done.bytes, "laying out twice changes nothing");
}

proptest! {
    /// Whatever stands in a document: its words stay, and laying out twice changes nothing.
    #[test]
    fn words_stay_and_twice_is_once(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<w:p><w:r><w:t>关于春灌的讲话</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>一、清渠</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>　　今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。</w:t></w:r></w:p>",
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"44\"/></w:rPr><w:t>短行</w:t></w:r></w:p>",
            "<w:p/>", "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>",
            "<w:p><w:r><w:t xml:space=\"preserve\"> 2026年3月5日 </w:t></w:r></w:p>",
            "<w:p><w:r><w:t>附件</w:t></w:r></w:p>", "<w:p><w:r><w:t>附件：名单</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>抄送：县委办公室</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>县政府办公室</w:t><w:tab/><w:t> 2026年3月5日印发</w:t></w:r></w:p>",
            "<w:tbl><w:tblGrid><w:gridCol w:w=\"9999\"/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\" w:h=\"2\"/></w:sectPr></w:pPr></w:p>",
            "<w:p><w:r><w:t>甲</w:t><w:br w:type=\"page\"/></w:r></w:p>",
            "<w:p><w:r/><w:r><w:drawing><wp:inline/></w:drawing></w:r></w:p>",
            "<w:p><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>列项</w:t></w:r></w:p>",
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
            "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"甲\"/></w:rPr></w:pPr><w:r><w:t>并入下段</w:t></w:r></w:p>",
        ]), 0..14),
        form in prop::sample::select(vec![Form::Speech, Form::Document, Form::Brief]),
    ) {
        let bytes = docx(&parts.concat());
        let wishes = Wishes { form, ..Wishes::default() };
        let before = read("a.docx", &bytes).unwrap();
        let once = restyle(&bytes, &before, wishes, None).unwrap();
        let after = read("a.docx", &once.bytes).unwrap();
        let set = ["<pPr>", "<rPr>", "<sectPr>", "<tblPr>"];
        let mut wrong = faults("document", &xml(&once.bytes));
        wrong.retain(|fault| set.iter().any(|parent| fault.ends_with(&format!("in {parent}"))));
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        let bare = |m: &Manuscript| m.text().split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&before), bare(&after));
        let twice = restyle(&once.bytes, &after, wishes, None).unwrap();
        prop_assert!(twice.bytes == once.bytes, "{}\n{}", xml(&once.bytes), xml(&twice.bytes));
    }
}
