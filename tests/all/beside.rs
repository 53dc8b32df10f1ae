//! What a .docx holds beside and within its text: headers, footers, notes, comments, marks by colour, prompts.

use wengao::{Manuscript, read};

use crate::cmd::zip_of;
use crate::desk::Desk;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A document of these paragraphs with these parts beside: kind, file, what stands in it.
fn paper(body: &str, beside: &[(&str, &str, String)]) -> Vec<u8> {
    let rels = |inner: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    let rel = |kind: &str, to: &str| {
        format!(
            "<Relationship Id=\"r{to}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{to}\"/>"
        )
    };
    let inner: String = beside.iter().map(|(kind, file, _)| rel(kind, file)).collect();
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let (root, main) = (rels(&rel("officeDocument", "word/document.xml")), rels(&inner));
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("_rels/.rels".into(), root.into_bytes()),
        ("word/_rels/document.xml.rels".into(), main.into_bytes()),
        ("word/document.xml".into(), document.into_bytes()),
    ];
    parts.extend(beside.iter().map(|(_, file, xml)| (format!("word/{file}"), xml.clone().into_bytes())));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    zip_of(&parts)
}

fn header(words: &str) -> (&'static str, &'static str, String) {
    ("header", "header1.xml", format!("<w:hdr {W}>{}</w:hdr>", p(words)))
}

fn notes(m: &Manuscript) -> String {
    m.notes().iter().map(|n| n.in_lang(wengao::Lang::En)).collect::<Vec<_>>().join("\n")
}

/// What the rules named say, info included.
fn found(bytes: &[u8], only: &str) -> String {
    let desk = Desk::with(&[("a.docx", bytes)]);
    let said = desk.run(&format!(
        "check a.docx --only {only} --format jsonl --show-info --as-of 2026-03-05 --locality 云溪县"
    ));
    said.lines().filter(|line| line.contains("\"rule\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_stands_beside_the_text_is_checked_and_told_at_the_text() {
    let call = "<w:p><w:r><w:t>全县粮食总产稳定增长</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>，再创新高。</w:t></w:r></w:p>";
    let body = [p("云溪县2026年工作要点"), call.to_owned()].concat();
    let footnotes = format!(
        "<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p(""),
        p("数据由XX局提供。")
    );
    let bytes = paper(
        &body,
        &[
            header("【单位名称】文件"),
            ("footer", "footer1.xml", format!("<w:ftr {W}>{}</w:ftr>", p("— 3 —"))),
            ("footnotes", "footnotes.xml", footnotes),
        ],
    );
    let m = read("a.docx", &bytes).unwrap();
    assert_eq!(m.text(), "云溪县2026年工作要点\n全县粮食总产稳定增长，再创新高。");
    assert!(m.gaps().is_empty() && notes(&m).is_empty(), "{}", notes(&m));
    let said = found(&bytes, "placeholder");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].contains("页眉里") && lines[0].contains("云溪县2026年工作要点"), "{said}");
    assert!(lines[1].contains("脚注里") && lines[1].contains("粮食总产稳定增长"), "{said}");
    // A comment can hang on neither a header nor a note: it hangs on these words.
    let desk = Desk::with(&[("a.docx", &bytes)]);
    desk.run("check a.docx --only placeholder -o b.docx --lang zh");
    assert_eq!(read("b.docx", &desk.bytes("b.docx")).unwrap().text(), m.text());
}

#[test]
fn places_and_times_of_a_header_are_held_against_the_document() {
    let body = [p("云溪县2026年工作要点"), p("今年要抓好春耕备耕。")].concat();
    assert!(found(&paper(&body, &[header("今年是“十三五”开局之年")]), "stale-time").contains("页眉里"));
    assert!(found(&paper(&body, &[header("中共绩溪县委文件")]), "foreign-place").contains("页眉里"));
    // Its own name, a page number, the same words once more.
    for words in ["中共云溪县委文件", "— 1 —", "云溪县2026年工作要点"] {
        assert_eq!(
            found(&paper(&body, &[header(words)]), "foreign-place,stale-time,placeholder"),
            "",
            "{words}"
        );
    }
}

#[test]
fn comments_that_are_left_are_told() {
    let comment =
        |author: &str| format!("<w:comment w:id=\"1\" w:author=\"{author}\">{}</w:comment>", p("再核一下"));
    let part = |inner: String| ("comments", "comments.xml", format!("<w:comments {W}>{inner}</w:comments>"));
    let m = read("a.docx", &paper(&p("正文"), &[part(comment("某某"))])).unwrap();
    assert!(notes(&m).contains("comments that nobody has dealt with yet: 1"));
    assert!(m.gaps().is_empty());
    let own = read("a.docx", &paper(&p("正文"), &[part(comment("文稿 wengao"))])).unwrap();
    assert_eq!(notes(&own), "");
}

fn run(set: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{set}</w:rPr><w:t>{words}</w:t></w:r>")
}

#[test]
fn words_marked_by_colour_are_hinted_at_and_red_heads_are_not() {
    let (pen, red) = ("<w:highlight w:val=\"yellow\"/>", "<w:color w:val=\"FF0000\"/>");
    let ground = "<w:shd w:val=\"clear\" w:fill=\"FFFF00\"/>";
    let plain = p("全县春耕备耕工作进展顺利。").repeat(6);
    for (set, how) in [(pen, "底色"), (ground, "底色"), (red, "红字")] {
        let marked = format!("<w:p>{}{}{}</w:p>", run("", "共落实资金"), run(set, "3200万元"), run("", "。"));
        let said = found(&paper(&[&*plain, &marked].concat(), &[]), "placeholder");
        assert!(
            said.contains(how) && said.contains("3200万元") && said.contains("\"info\""),
            "{set}: {said}"
        );
    }
    let grey = "<w:shd w:val=\"clear\" w:fill=\"D9D9D9\"/>";
    let quiet = [
        // A red head, a grey ground, no pen.
        format!("<w:p>{}</w:p>", run(red, "云溪县人民政府文件")),
        format!("<w:p>{}{}</w:p>", run("", "共落实资金"), run(grey, "3200万元")),
        format!("<w:p>{}{}</w:p>", run("", "共落实资金"), run("<w:highlight w:val=\"none\"/>", "3200万元")),
    ];
    for marked in quiet {
        assert_eq!(found(&paper(&[&*plain, &marked].concat(), &[]), "placeholder"), "", "{marked}");
    }
    // In every paragraph: taste.
    let taste = format!("<w:p>{}{}</w:p>", run(red, "一是抓进度。"), run("", "倒排工期。")).repeat(4);
    assert_eq!(found(&paper(&taste, &[]), "placeholder"), "");
}

#[test]
fn a_control_that_was_never_filled_in_is_a_placeholder() {
    let control = "<w:p><w:r><w:t>主持人：</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let said = found(&paper(&[p("会议方案"), control.to_owned()].concat(), &[]), "placeholder");
    assert!(said.contains("单击此处输入文字") && said.contains("\"error\""), "{said}");
}

/// A document that is protected, or signed, is told of and not changed unless that is asked for.
#[test]
fn what_is_signed_or_protected_is_changed_only_by_force() {
    let protected = format!(
        "<w:settings {W}><w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/></w:settings>"
    );
    let bytes = paper(&p("全县完成投资三亿元。。"), &[("settings", "settings.xml", protected)]);
    let desk = Desk::with(&[("a.docx", &bytes)]);
    let told = desk.run("check a.docx");
    assert!(told.contains("设了限制编辑"), "{told}");
    let refused = desk.run("fix a.docx --write");
    assert!(refused.contains("没有改这份文稿") && refused.contains("--- exit 2"), "{refused}");
    assert_eq!(desk.bytes("a.docx"), bytes);
    let forced = desk.run("fix a.docx --write --force");
    assert!(forced.contains("--- exit 0") && desk.bytes("a.docx.bak") == bytes, "{forced}");
    assert_ne!(desk.bytes("a.docx"), bytes);
}
