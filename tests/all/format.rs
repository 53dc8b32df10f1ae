//! Papers laid out to the standard: what is said, what is written, what other programs make of it.

#![expect(clippy::disallowed_methods, reason = "the other programs read files")]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use zip::write::SimpleFileOptions;

use crate::desk::Desk;

const LONG: &str = "今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后，一家一户都说清楚，不漏一块地，不误一天时间，让群众心里有数、手里有水。";

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// A paper as somebody types it who sets everything by hand: small letters, blanks for indents, empty lines, narrow
/// margins.
fn messy(lines: &[String]) -> Vec<u8> {
    let paragraph = |words: &String| {
        format!(
            r#"<w:p><w:pPr><w:spacing w:line="400" w:lineRule="exact" w:after="120"/><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体"/><w:sz w:val="24"/></w:rPr><w:t>{words}</w:t></w:r></w:p>"#
        )
    };
    let body: String = lines.iter().map(paragraph).collect();
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT), ("word/document.xml", &document)]
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A speech of several pages.
fn speech() -> Vec<String> {
    let mut lines: Vec<String> =
        ["在全县春灌工作推进会上的讲话", "（2026年3月5日）", "县长　林知远", "", "同志们："]
            .map(String::from)
            .to_vec();
    for n in ["一", "二", "三", "四"] {
        lines.push(format!("{n}、把水送到田头"));
        for part in ["一", "二"] {
            lines.push(format!("（{part}）清好干渠"));
            lines.extend((0..3).map(|_| format!("　　{LONG}")));
            lines.push(String::new());
        }
    }
    lines
}

#[test]
fn a_paper_is_laid_out_and_what_was_done_is_told() {
    let desk = Desk::with(&[("讲话.docx", &messy(&speech()))]);
    let shown = desk.run("format 讲话.docx --output 规范.docx");
    let english = desk.run("format 讲话.docx --output standard.docx --form speech --lang en");
    let checked = desk.run("check 规范.docx --only layout --show-info");
    snapshot!(shown, english, checked);
    // Doing it twice changes nothing.
    desk.run("format 规范.docx --output 再排.docx");
    assert!(desk.bytes("规范.docx") == desk.bytes("再排.docx"));
}

#[test]
fn any_paper_is_laid_out_from_its_text_and_its_declared_genre_decides_the_form() {
    let notice = format!(
        "---\n文种: 通知\n---\n# 关于做好春灌工作的通知\n\n各乡镇人民政府：\n\n{LONG}\n\n## 一、清好干渠\n\n| 镇 | 干渠 |\n|---|---|\n| 清河镇 | 3条 |\n\n云溪县人民政府\n\n2026年3月5日\n"
    );
    let desk = Desk::texts(&[("通知.md", &notice), ("短.txt", "春灌早十天\n林知远\n清好干渠\n")]);
    let shown = desk.run("format 通知.md --output 规范.docx");
    let blocks = desk.run("show 规范.docx");
    let unsure = desk.run("format 短.txt --output 短.docx --lang en");
    snapshot!(shown, blocks, unsure);
}

#[test]
fn what_cannot_be_is_told_and_nothing_is_written() {
    let desk = Desk::with(&[("稿.docx", &messy(&speech())), ("坏.docx", b"PK\x03\x04"), ("空.txt", b"  \n")]);
    snapshot!(
        desk.run("format 稿.docx"),
        desk.run("format 稿.docx --output 稿.docx --force"),
        desk.run("format 稿.docx --output 规范.doc"),
        desk.run("format 坏.docx --output 好.docx"),
        desk.run("format 空.txt --output 好.docx --lang en"),
    );
    assert!(!desk.0.path().join("好.docx").exists());
}

#[test]
fn a_sample_and_whoever_reads_aloud_have_looks_of_their_own() {
    let desk = Desk::with(&[("讲话.docx", &messy(&speech())), ("样稿.docx", &messy(&speech()))]);
    let like = desk.run("format 讲话.docx --like 样稿.docx --output 照样.docx");
    let aloud = desk.run("format 讲话.docx --form reading --output 朗读.docx --lang en");
    let text = desk.run("show 朗读.docx");
    assert!(text.contains("一、把水送到田头（约2分钟）"), "{text}");
    desk.run("format 朗读.docx --form reading --output 再读.docx");
    assert!(desk.bytes("朗读.docx") == desk.bytes("再读.docx"));
    // What was put in for reading goes again.
    desk.run("format 朗读.docx --output 又规范.docx");
    assert!(!desk.run("show 又规范.docx").contains("分钟"));
    snapshot!(like, aloud, desk.run("format 讲话.docx --like 没有.docx --output 甲.docx"));
}

#[test]
fn head_and_foot_of_a_sample_are_taken_and_what_is_another_papers_is_a_gap() {
    let sample = [
        "云溪县水务局文件",
        "云水发〔2025〕18号",
        "云溪县水务局",
        "关于做好秋季清渠工作的通知",
        "各镇水管站：",
        LONG,
        "云溪县水务局",
        "2025年9月20日",
        "抄送：县委办公室，县人大常委会办公室。",
        "云溪县水务局办公室　　2025年9月20日印发",
    ];
    let draft = |office: &str| {
        format!(
            "关于做好春灌工作的通知\n各镇水管站：\n{LONG}\n一、清好干渠\n{LONG}\n{office}\n2026年3月5日\n"
        )
    };
    let (own, other) = (draft("云溪县水务局"), draft("云溪县农业农村局"));
    let lines: Vec<String> = own.lines().map(str::to_owned).collect();
    let desk = Desk::with(&[
        ("样稿.docx", &messy(&sample.map(str::to_owned))),
        ("稿.docx", &messy(&lines)),
        ("稿.txt", own.as_bytes()),
        ("外.txt", other.as_bytes()),
    ]);
    let shown = desk.run("format 稿.docx --form document --like 样稿.docx --output 规范.docx");
    let english = desk.run("format 稿.txt --form document --like 样稿.docx --output standard.docx --lang en");
    let blocks = desk.run("show 规范.docx");
    // Nothing that is the other paper's.
    for gone in ["18号", "2025年", "县人大常委会", "清渠"] {
        assert!(!blocks.contains(gone), "{gone}: {blocks}");
    }
    let text = |name: &str| {
        let shown = desk.run(&format!("show --folded {name}"));
        shown.split_once('\n').map(|(_, text)| text.to_owned())
    };
    assert_eq!(text("规范.docx"), text("standard.docx"));
    desk.run("format 规范.docx --form document --like 样稿.docx --output 再排.docx");
    assert!(desk.bytes("规范.docx") == desk.bytes("再排.docx"), "laying out twice changes nothing");
    let of_another = desk.run("format 外.txt --form document --like 样稿.docx --output 外.docx");
    assert!(of_another.contains("样稿是“云溪县水务局”，稿子是“云溪县农业农村局”"), "{of_another}");
    let blocks_of_another = desk.run("show 外.docx");
    assert!(
        !blocks_of_another.contains("水务局") && blocks_of_another.contains("【待补：印发机关】"),
        "{blocks_of_another}"
    );
    let speech = desk.run("format 稿.txt --form speech --like 样稿.docx --output 讲.docx");
    assert!(speech.contains("讲话稿不用"), "{speech}");
    snapshot!(shown, english, blocks);
}

#[test]
fn libreoffice_lays_out_22_lines_of_28_characters_of_any_paper() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let lines = speech();
    let bare: Vec<&str> = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let text = lines.join("\n");
    let desk = Desk::with(&[("a.docx", &messy(&lines)), ("b.txt", text.as_bytes())]);
    let expected = folder.join("format.txt");
    std::fs::write(&expected, bare.join("\n")).expect("a folder to write in");
    for (name, fonts) in [("a.docx", "standard"), ("b.txt", "founder")] {
        let shown = desk.run(&format!("format {name} --fonts {fonts} --output {fonts}.docx"));
        assert!(shown.ends_with("--- exit 0\n"), "{shown}");
        let file = folder.join(format!("format-{fonts}.docx"));
        std::fs::write(&file, desk.bytes(&format!("{fonts}.docx"))).expect("a folder to write in");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/check_docx.py");
        match Command::new("python3").arg(script).arg(&file).arg(&expected).status() {
            // 77 is the custom of test programs for "skipped"; the script has said why.
            Ok(status) => assert!(status.success() || status.code() == Some(77), "{name}: see above"),
            Err(error) => println!("skipped: python3 cannot be run: {error}"),
        }
    }
}
