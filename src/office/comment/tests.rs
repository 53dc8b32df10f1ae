//! Comments in hand-written documents: on the right words, and nothing else changed.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use proptest::prelude::*;
use quick_xml::events::Event;

use super::annotate;
use crate::base::Lang;
use crate::office::tests::{
    DAY, ROOT, TYPES, W, boxed, comment, document, docx, docx_with, p, part, r, raw, some_body, some_range,
    text, zip,
};
use crate::office::xml::attribute;

/// The words between the marks of each comment, by a walk that knows nothing of ours, and whether
/// each has one reference outside text boxes.
fn commented(xml: &str) -> BTreeMap<String, String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut done) = (BTreeMap::<String, String>::new(), BTreeMap::new());
    let (mut stack, mut references): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        let mut said = String::new();
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(e) => {
                let name = e.local_name().as_ref().to_owned();
                let id = || attribute(&e, "id").unwrap();
                assert!(
                    !name.starts_with("comment")
                        || !stack.iter().any(|s| ["txbxContent", "oMath", "ruby"].contains(&s.as_str())),
                    "{xml}"
                );
                match name.as_str() {
                    "commentRangeStart" => assert!(open.insert(id(), String::new()).is_none()),
                    "commentRangeEnd" => {
                        let words = open.remove(&id()).expect("begun before it ends");
                        assert!(done.insert(id(), words).is_none());
                    }
                    "commentReference" => {
                        assert_eq!(stack.last().unwrap(), "r");
                        assert!(done.contains_key(&id()), "a reference comes after its range");
                        references.push(id());
                    }
                    "tab" if stack.last().is_some_and(|s| s == "r") => said.push('\t'),
                    "br" | "cr" => said.push('\n'),
                    _ => {}
                }
                stack.push(name);
            }
            Event::End(e) => {
                assert_eq!(stack.pop().unwrap(), e.local_name().as_ref());
                if e.local_name().as_ref() == "p" {
                    said.push('\n');
                }
            }
            Event::Text(e) if stack.last().is_some_and(|s| s == "t") => said.push_str(&e.xml10_content()),
            Event::CData(e) if stack.last().is_some_and(|s| s == "t") => said.push_str(&e.xml10_content()),
            Event::GeneralRef(e) => {
                let name = e.into_inner();
                said.push_str(quick_xml::escape::resolve_xml_entity(&name).unwrap_or("?"));
            }
            _ => {}
        }
        if !stack.iter().any(|s| ["del", "Fallback", "rt", "instrText"].contains(&s.as_str())) {
            open.values_mut().for_each(|words| words.push_str(&said));
        }
    }
    assert!(open.is_empty(), "a comment never ends: {xml}");
    assert_eq!(references.len(), done.len());
    assert_eq!(references.iter().collect::<HashSet<_>>().len(), references.len());
    done
}

/// Comments on each range; what holds of every annotation is asserted on the way.
fn annotated(bytes: &[u8], ranges: &[Range<usize>]) -> Vec<u8> {
    let comments: Vec<_> = ranges.iter().cloned().map(comment).collect();
    let before = text(bytes);
    let once = annotate(bytes, &before, &comments, DAY).unwrap();
    assert_eq!(text(&once), before);
    let twice = annotate(&once, &before, &comments, DAY).unwrap();
    assert_eq!(part(&once, "word/document.xml"), part(&twice, "word/document.xml"));
    assert!(once == twice, "a second pass changes the bytes");
    let (old, new) = (raw(bytes), raw(&once));
    for (name, packed) in &old {
        let touched = name.ends_with("document.xml")
            || name.contains("comments")
            || name.ends_with(".rels")
            || name.starts_with('[');
        assert!(touched || packed == &new[name], "{name} was touched");
    }
    // Taken out again, nothing of them is left.
    let bare = annotate(&once, &before, &[], None).unwrap();
    assert_eq!(text(&bare), before);
    let left = part(&bare, "word/document.xml");
    assert_eq!(left.matches("comment").count(), part(bytes, "word/document.xml").matches("comment").count());
    once
}

/// The words that a comment on `words` comes to stand on.
fn on(body: &str, words: &str) -> String {
    let bytes = docx(body);
    let text = text(&bytes);
    let start = text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    let done = annotated(&bytes, std::slice::from_ref(&(start..start + words.len())));
    commented(&part(&done, "word/document.xml")).remove("0").unwrap()
}

#[test]
fn words_inside_a_run_are_cut_out_with_its_format() {
    let bytes = docx(&p("投入x万元。"));
    let done = annotated(&bytes, std::slice::from_ref(&("投入".len().."投入x万元".len())));
    let mark = |name| format!(r#"<w:{name} w:id="0"/>"#);
    let expected = [
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>投入</w:t></w:r>",
        &mark("commentRangeStart"),
        r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">x万元</w:t></w:r>"#,
        &mark("commentRangeEnd"),
        r#"<w:r><w:commentReference w:id="0"/></w:r>"#,
        r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">。</w:t></w:r></w:p>"#,
    ]
    .concat();
    assert_eq!(part(&done, "word/document.xml"), document(&expected));
    insta::assert_snapshot!(part(&done, "word/comments.xml"), @r#"
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="文稿 wengao" w:date="2026-03-05T00:00:00Z" w:initials="文稿"><w:p><w:r><w:t xml:space="preserve">错误[placeholder]：没有填写</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">办法：补上 &lt;1&gt; &amp; 2</w:t></w:r></w:p></w:comment></w:comments>
    "#);
    assert!(part(&done, "word/_rels/document.xml.rels").contains(r#"Target="comments.xml""#));
    assert!(part(&done, "[Content_Types].xml").contains(r#"PartName="/word/comments.xml""#));
}

#[test]
fn words_are_found_in_whatever_wraps_them() {
    let (a, b) = (r("整治"), r("村庄xx个"));
    let field = |kind| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let cases = [
        format!("<w:p>{}{}</w:p>", r("整治村庄x"), r("x个。")),
        format!("<w:tbl><w:tr><w:tc><w:p>{a}</w:p></w:tc><w:tc><w:p>{b}</w:p></w:tc></w:tr></w:tbl>"),
        format!("<w:p>{a}<w:hyperlink>{b}</w:hyperlink>{a}</w:p>"),
        format!("<w:p><w:hyperlink>{}</w:hyperlink>{}</w:p>", r("整治村庄x"), r("x个")),
        format!("<w:p>{a}<w:fldSimple w:instr=\"DOCPROPERTY x\">{b}</w:fldSimple></w:p>"),
        format!("<w:p>{}<w:r><w:instrText>PAGE</w:instrText></w:r>{}{b}{}</w:p>", field("begin"), field("separate"), field("end")),
        format!("<w:p><w:ins w:id=\"1\" w:author=\"李\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>旧</w:delText></w:r></w:del>{}</w:p>", r("整治村庄x"), r("x个")),
        format!("<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{b}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"),
        format!("<w:p><w:smartTag><w:smartTag>{a}{b}</w:smartTag></w:smartTag></w:p>"),
        "<w:p><w:r><w:t>村庄x<!-- 旧 -->x</w:t><w:softHyphen/><w:t xml:space=\"preserve\">个 </w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t><![CDATA[整治村庄xx个，]]></w:t></w:r></w:p>".to_owned(),
        "<w:p>\n <w:r>\n  <w:t>整治</w:t>\n  <w:tab/>\n  <w:t>村庄xx个</w:t>\n </w:r>\n</w:p>".to_owned(),
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>村庄xx个</w:t></w:r></w:p>".to_owned(),
        format!("<w:p><w:bookmarkStart w:id=\"0\"/>{b}<w:bookmarkEnd w:id=\"0\"/></w:p>"),
    ];
    for body in cases {
        assert_eq!(on(&body, "xx个"), "xx个", "{body}");
    }
    assert_eq!(
        on("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>", "\t乙"),
        "\t乙"
    );
    assert_eq!(
        on("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>", "\n"),
        "\n"
    );
    assert_eq!(on("<w:p><w:r><w:t>A&amp;B&lt;甲&gt;</w:t></w:r></w:p>", "&B<"), "&B<");
    assert_eq!(on(&[p("前一段。"), p("后一段。")].concat(), "段。\n后一"), "段。\n后一");
}

#[test]
fn what_cannot_be_cut_gets_its_comment_round_the_whole() {
    let ruby = "<w:p><w:r><w:t>在</w:t><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云岭</w:t></w:r></w:rubyBase></w:ruby><w:t>县</w:t></w:r></w:p>";
    assert_eq!(on(ruby, "云"), "云岭");
    let math = format!(
        "<w:p>{}<m:oMathPara><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></m:oMathPara>{}</w:p>",
        r("令"),
        r("成立")
    );
    assert_eq!(on(&math, "x"), "x+y");
    let control = format!(
        "<w:p>{}<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
        r("时间："),
        r("3月x日")
    );
    assert_eq!(on(&control, "x日"), "3月x日");
    let cells = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("一栏"), p("二栏"));
    assert_eq!(on(&cells, "栏\n二"), "栏");
}

#[test]
fn a_text_box_gets_its_comment_where_it_hangs() {
    // No comment may stand inside; `commented` asserts that.
    assert_eq!(on(&boxed("之前", "联系人：某某"), "某某"), "联系人：某某\n");
    assert_eq!(on(&boxed("之前", "联系人：某某"), "前之"), "前联系人：某某\n之");
}

#[test]
fn comments_that_meet_nest_and_cross_all_stand() {
    let bytes = docx(&format!("<w:p>{}{}</w:p>", r("一二三四"), r("五六七八")));
    let at = |from: usize, to: usize| from * 3..to * 3;
    let done = annotated(&bytes, &[at(0, 8), at(0, 2), at(2, 4), at(1, 5), at(4, 8), at(4, 5), at(1, 5)]);
    let words: Vec<_> = commented(&part(&done, "word/document.xml")).into_values().collect();
    assert_eq!(words, ["一二三四五六七八", "一二", "三四", "二三四五", "五六七八", "五", "二三四五"]);
}

#[test]
fn spaces_at_a_cut_are_kept() {
    let done = annotated(
        &docx("<w:p><w:r><w:t>甲 乙</w:t></w:r></w:p>"),
        std::slice::from_ref(&("甲 ".len().."甲 乙".len())),
    );
    assert!(part(&done, "word/document.xml").contains(r#"<w:t xml:space="preserve">甲 </w:t>"#));
}

#[test]
fn a_comment_whose_id_is_the_last_there_is_does_not_stop_the_counting() {
    let (last, theirs) = (u64::MAX, r("共x人y"));
    let body = format!(
        r#"<w:p><w:commentRangeStart w:id="{last}"/>{theirs}<w:commentRangeEnd w:id="{last}"/><w:r><w:commentReference w:id="{last}"/></w:r></w:p>"#
    );
    let at = |words: &str| "共x人y".find(words).unwrap();
    let done = annotated(&docx(&body), &[at("x")..at("人"), at("y").."共x人y".len()]);
    let words = commented(&part(&done, "word/document.xml"));
    assert_eq!((words["0"].as_str(), words["1"].as_str(), words.len()), ("x", "y", 3));
}

#[test]
fn other_peoples_comments_stay_and_their_ids_are_not_given_again() {
    let theirs =
        r#"<w:comment w:id="7" w:author="李远山"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>"#;
    let comments = format!(r#"<?xml version="1.0"?><w:comments xmlns:w="{W}">{theirs}</w:comments>"#);
    let rels = r#"<Relationships xmlns="r"><Relationship Id="c" Type="x/comments" Target="comments.xml"/><Relationship Id="web" Type="x/hyperlink" Target="http://x.invalid/" TargetMode="External"/></Relationships>"#;
    let body = format!(
        r#"<w:p><w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:commentReference w:id="7"/></w:r></w:p>"#,
        r("共x人")
    );
    let bytes = docx_with(&body, &[("word/comments.xml", &comments), ("word/_rels/document.xml.rels", rels)]);
    let done = annotated(&bytes, std::slice::from_ref(&("共".len().."共x".len())));
    let words = commented(&part(&done, "word/document.xml"));
    assert_eq!((words["7"].as_str(), words["8"].as_str(), words.len()), ("共x人", "x", 2));
    assert!(part(&done, "word/comments.xml").contains(theirs));
    assert_eq!(part(&done, "word/_rels/document.xml.rels"), rels);
}

#[test]
fn an_annotation_that_word_has_saved_again_is_known() {
    // Word gives the program's comments styles, paragraph ids and threads.
    let comments = format!(
        r#"<w:comments xmlns:w="{W}" xmlns:w14="w14"><w:comment w:id="0" w:author="文稿 wengao" w:initials="文稿"><w:p w14:paraId="00AA"><w:r><w:annotationRef/></w:r></w:p></w:comment><w:comment w:id="1" w:author="李远山"><w:p w14:paraId="00BB"/></w:comment></w:comments>"#
    );
    let rels = r#"<Relationships xmlns="r"><Relationship Id="c" Type="x/comments" Target="comments.xml"/><Relationship Id="e" Type="x/commentsExtended" Target="commentsExtended.xml"/><Relationship Id="i" Type="x/commentsIds" Target="commentsIds.xml"/></Relationships>"#;
    let extended = r#"<w15:commentsEx><w15:commentEx w15:paraId="00AA" w15:done="0"/><w15:commentEx w15:paraId="00BB" w15:paraIdParent="00AA" w15:done="0"/></w15:commentsEx>"#;
    let ids = r#"<x:commentsIds><x:commentId x:paraId="00AA" x:durableId="1"/><x:commentId x:paraId="00BB" x:durableId="2"/></x:commentsIds>"#;
    let mark = |name, id| format!(r#"<w:{name} w:id="{id}"/>"#);
    let reference = |id| {
        format!(
            r#"<w:r w:rsidR="1"><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{id}"/></w:r>"#
        )
    };
    let body = [
        "<w:p>".into(),
        mark("commentRangeStart", 0),
        mark("commentRangeStart", 1),
        r("共x人"),
        mark("commentRangeEnd", 0),
        reference(0),
        mark("commentRangeEnd", 1),
        reference(1),
        "</w:p>".into(),
    ];
    let bytes = docx_with(
        &body.concat(),
        &[
            ("word/comments.xml", &comments),
            ("word/_rels/document.xml.rels", rels),
            ("word/commentsExtended.xml", extended),
            ("word/commentsIds.xml", ids),
        ],
    );
    let done = annotate(&bytes, "共x人", &[comment(3..4)], DAY).unwrap();
    let words = commented(&part(&done, "word/document.xml"));
    assert_eq!((words["1"].as_str(), words["2"].as_str(), words.len()), ("共x人", "x", 2));
    assert_eq!(
        part(&done, "word/commentsExtended.xml"),
        r#"<w15:commentsEx><w15:commentEx w15:paraId="00BB" w15:done="0"/></w15:commentsEx>"#
    );
    assert_eq!(
        part(&done, "word/commentsIds.xml"),
        r#"<x:commentsIds><x:commentId x:paraId="00BB" x:durableId="2"/></x:commentsIds>"#
    );
    assert!(!part(&done, "word/comments.xml").contains("00AA"));
    assert!(done == annotate(&done, "共x人", &[comment(3..4)], DAY).unwrap());
}

#[test]
fn references_keep_out_of_fields_and_of_a_controls_first_paragraph() {
    // LibreOffice prints a comment whose reference stands in a field among the field's words, and
    // loses the words before one in the first paragraph of a content control.
    let at = |body: &str, words: &str| {
        let bytes = docx(body);
        let text = text(&bytes);
        let start = text.find(words).unwrap();
        let range = start..start + words.len();
        let done = annotated(&bytes, std::slice::from_ref(&range));
        let xml = part(&done, "word/document.xml");
        assert_eq!(commented(&xml)["0"], words);
        xml
    };
    let follows = |xml: &str, before: &str| {
        let reference = format!("{before}<w:r><w:commentReference w:id=\"0\"/></w:r>");
        assert!(xml.contains(&reference), "{before} {xml}");
    };
    let simple = format!("<w:fldSimple w:instr=\"REF a\">{}</w:fldSimple>", r("投资xx亿元"));
    follows(&at(&format!("<w:p>{simple}{}</w:p>", r("后")), "xx"), "</w:fldSimple>");
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let field = |code: &str| {
        let (begin, separate, end) = (char("begin"), char("separate"), char("end"));
        let code = format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
        format!("<w:p>{begin}{code}{separate}{}{end}{}</w:p>", r("投资xx亿元"), r("后"))
    };
    follows(&at(&field("REF a"), "xx"), &char("end"));
    follows(&at(&field("HYPERLINK \"a\""), "xx"), "<w:commentRangeEnd w:id=\"0\"/>");
    let control = |inside: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>");
    let properties = "<w:pPr><w:jc/></w:pPr>";
    let after = format!("<w:p/><w:p>{properties}{}</w:p>", r("后"));
    follows(&at(&(control(&p("投资xx亿元")) + &after), "xx"), properties);
    follows(&at(&(control(&p("投资xx亿元")) + &p("后")), "xx"), "</w:sdt><w:p>");
    // The second paragraph of a control, and the last of the document.
    let second = control(&[p("前"), p("投资xx亿元")].concat());
    follows(&at(&second, "xx"), "<w:commentRangeEnd w:id=\"0\"/>");
    follows(&at(&control(&p("投资xx亿元")), "xx"), "<w:commentRangeEnd w:id=\"0\"/>");
}

#[test]
fn strict_files_other_prefixes_and_other_names_of_the_main_part() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let root = r#"<Relationships xmlns="r"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    for (prefix, colon) in [("", ""), (":wp", "wp:")] {
        let xml = format!(
            "<{colon}document xmlns{prefix}=\"{strict}\"><{colon}body><{colon}p><{colon}r><{colon}t>共x人</{colon}t></{colon}r></{colon}p></{colon}body></{colon}document>"
        );
        let bytes = zip(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", root.as_bytes()),
            ("word/document2.xml", xml.as_bytes()),
        ]);
        let done = annotate(&bytes, "共x人", &[comment(3..4)], DAY).unwrap();
        assert_eq!(text(&done), "共x人");
        assert_eq!(commented(&part(&done, "word/document2.xml"))["0"], "x");
        assert!(part(&done, "word/comments.xml").contains(strict));
        assert!(
            part(&done, "word/_rels/document2.xml.rels")
                .contains("purl.oclc.org/ooxml/officeDocument/relationships/comments")
        );
        assert!(done == annotate(&done, "共x人", &[comment(3..4)], DAY).unwrap());
    }
}

#[test]
fn a_part_in_utf_16_stays_in_utf_16() {
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(document(&p("共x人")).encode_utf16().flat_map(u16::to_le_bytes));
    let bytes = zip(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("word/document.xml", &utf16),
    ]);
    let done = annotate(&bytes, "共x人", &[comment(3..4)], DAY).unwrap();
    assert_eq!(text(&done), "共x人");
    assert!(done == annotate(&done, "共x人", &[comment(3..4)], DAY).unwrap());
}

#[test]
fn without_findings_the_document_is_handed_back_as_it_is() {
    let bytes = docx(&p("正文"));
    assert!(annotate(&bytes, "正文", &[], DAY).unwrap() == bytes);
}

#[test]
fn a_paragraph_end_alone_gets_its_comment_on_the_words_before() {
    assert_eq!(on(&[p("前"), p("后")].concat(), "\n"), "前");
    assert_eq!(on(&["<w:p/>".into(), p("后")].concat(), "\n"), "后");
    assert_eq!(on(&["<w:p/><w:p><w:r/></w:p>".into(), p("后"), "<w:p/>".into()].concat(), "\n\n"), "后");
}

#[test]
fn damaged_and_changed_documents_are_refused() {
    let bytes = docx(&p("正文"));
    let said =
        |bytes: &[u8], text| annotate(bytes, text, &[comment(0..3)], DAY).unwrap_err().in_lang(Lang::Zh);
    assert!(said(&bytes, "别的").contains("不一样"));
    assert!(said(&bytes[..bytes.len() - 30], "正文").contains("不完整"));
    let cut = document(&p("正文")).replace("</w:body>", "");
    assert!(
        said(&zip(&[("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", cut.as_bytes())]), "正文")
            .contains("没有改")
    );
}

proptest! {
    /// Wherever the words stand: the text stays, a second pass changes nothing, and the comment
    /// holds its words (more only where they cannot be cut).
    #[test]
    fn comments_stand_on_their_words(body in some_body(), picks in proptest::collection::vec((0usize..99, 0usize..99), 1..5)) {
        let bytes = docx(&body);
        let text = text(&bytes);
        let ranges: Vec<_> = picks.iter().filter_map(|&(a, b)| some_range(&text, a, b)).collect();
        if text.trim().is_empty() || ranges.is_empty() {
            return Ok(());
        }
        let done = annotated(&bytes, &ranges);
        let words = commented(&part(&done, "word/document.xml"));
        prop_assert_eq!(words.len(), ranges.len());
        let whole = ["ruby", "oMath", "sdt>", "drawing", "type="].iter().any(|w| body.contains(w));
        for (index, range) in ranges.iter().enumerate() {
            // A line end in `w:t` is a space, and one of two bytes is not to be cut from its words.
            let got = words[&index.to_string()].replace(['\r', '\n', ' '], "").replace('?', "九");
            let meant = text[range.clone()].replace(['\n', ' '], "");
            prop_assert!(whole || meant.is_empty() || got == meant, "{:?} {:?}", got, meant);
        }
    }
}
