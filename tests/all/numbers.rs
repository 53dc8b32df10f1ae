//! Automatic numbers: what is read is what a word processor shows, and nobody writes into it.
//!
//! `tests/samples/formats/README.md` says what the samples are.

#![expect(clippy::disallowed_methods, reason = "another program reads files")]

use std::path::Path;
use std::process::Command;

use wengao::{BlockKind, Manuscript, read};

use crate::desk::{Desk, made};

const SAMPLES: [(&str, &[u8], &str); 3] = [
    (
        "numbers",
        include_bytes!("../samples/formats/numbers.docx"),
        include_str!("../samples/formats/numbers.txt"),
    ),
    (
        "list-python-docx",
        include_bytes!("../samples/formats/list-python-docx.docx"),
        include_str!("../samples/formats/list-python-docx.txt"),
    ),
    (
        "list-libreoffice",
        include_bytes!("../samples/formats/list-libreoffice.docx"),
        include_str!("../samples/formats/list-libreoffice.txt"),
    ),
];

/// The lines of a text without spaces; of a bullet, which is no number, and a level that shows nothing but a
/// mark, nothing is left.
fn lines(text: &str) -> Vec<String> {
    let bare = |line: &str| {
        let line: String = line.chars().filter(|c| !c.is_whitespace() && *c != '\u{FEFF}').collect();
        let marked = |mark: char| line.strip_prefix(mark).map(str::to_owned);
        let line = line.strip_prefix("第条").map(str::to_owned).unwrap_or(line.clone());
        marked('•').or_else(|| marked('◦')).or_else(|| marked('、')).unwrap_or(line)
    };
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

fn read_lines(name: &str, bytes: &[u8]) -> Vec<String> {
    lines(read(&format!("{name}.docx"), bytes).expect("a sound sample").text())
}

#[test]
fn numbers_are_those_that_libreoffice_shows() {
    for (name, bytes, shown) in SAMPLES {
        assert_eq!(read_lines(name, bytes), lines(shown), "{name}");
    }
    let numbered = read("a.docx", SAMPLES[0].1).unwrap().made().len();
    assert!(numbered > 500, "{numbered}");
}

#[test]
fn libreoffice_shows_what_the_samples_say() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("numbers");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes, _) in SAMPLES {
        std::fs::write(folder.join(format!("{name}.docx")), bytes).unwrap();
    }
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "txt:Text", "--outdir"])
        .arg(&folder)
        .args(SAMPLES.map(|(name, ..)| folder.join(format!("{name}.docx"))))
        .output();
    if !run.is_ok_and(|output| output.status.success()) {
        println!("skipped: LibreOffice cannot be run");
        return;
    }
    for (name, bytes, _) in SAMPLES {
        let shown = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        assert_eq!(read_lines(name, bytes), lines(&shown), "{name}");
    }
}

#[test]
fn numbers_of_the_old_formats_are_those_that_libreoffice_shows() {
    let (_, _, shown) = SAMPLES[2];
    for (name, bytes) in [
        ("a.doc", &include_bytes!("../samples/formats/list-libreoffice.doc")[..]),
        ("a.rtf", include_bytes!("../samples/formats/list-libreoffice.rtf")),
    ] {
        let read = read(name, bytes).unwrap();
        assert_eq!(lines(read.text()), lines(shown), "{name}");
        assert_eq!((read.made().len(), read.gaps()), (6, &[][..]), "{name}");
    }
}

/// In .rtf LibreOffice writes 、 as ? where it says what lists look like, and rightly where it says what was shown,
/// so that what it shows of its own file is no measure.
#[test]
fn what_libreoffice_saves_in_the_old_formats_has_the_numbers_that_it_shows() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("old-numbers");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut files = Vec::new();
    for (name, bytes, _) in SAMPLES {
        files.push(folder.join(format!("{name}.docx")));
        std::fs::write(&files[files.len() - 1], bytes).unwrap();
    }
    let old: Vec<_> = files.iter().map(|file| file.with_extension("doc")).collect();
    if !made(&files, "rtf", &folder) || !made(&files, "doc", &folder) || !made(&old, "txt", &folder) {
        return;
    }
    let of = |file: &Path, extension: &str| {
        let file = file.with_extension(extension);
        let bytes = std::fs::read(&file).unwrap();
        if extension == "txt" {
            return lines(&String::from_utf8(bytes).unwrap());
        }
        lines(read(&file.display().to_string(), &bytes).unwrap().text())
    };
    for (file, (name, _, shown)) in files.iter().zip(SAMPLES) {
        assert_eq!(of(file, "rtf"), lines(shown), "{name}.rtf");
        assert_eq!(of(file, "doc"), of(file, "txt"), "{name}.doc");
    }
}

/// What a document with these lists and paragraphs reads as; a paragraph is its list, its level, its words.
fn document(kinds: &str, lists: &str, paragraphs: &[(&str, &str)]) -> Vec<u8> {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let said: String = paragraphs
        .iter()
        .map(|(list, words)| {
            let set = list.split_once('.').map_or(String::new(), |(number, depth)| {
                format!("<w:pPr><w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{number}\"/></w:numPr></w:pPr>")
            });
            format!("<w:p>{set}<w:r><w:t>{words}</w:t></w:r></w:p>")
        })
        .collect();
    let rel = |id: &str, kind: &str, to: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{to}\"/>")
    };
    let rels = |inner: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    crate::cmd::zip_of(&[
        ("_rels/.rels", rels(&rel("r1", "officeDocument", "word/document.xml")).as_bytes()),
        ("word/_rels/document.xml.rels", rels(&rel("r1", "numbering", "numbering.xml")).as_bytes()),
        ("word/document.xml", format!("<w:document {w}><w:body>{said}</w:body></w:document>").as_bytes()),
        ("word/numbering.xml", format!("<w:numbering {w}>{kinds}{lists}</w:numbering>").as_bytes()),
    ])
}

fn level(depth: u8, signs: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{signs}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn list(levels: &[String]) -> (String, &'static str) {
    let kind = format!("<w:abstractNum w:abstractNumId=\"7\">{}</w:abstractNum>", levels.concat());
    (kind, "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>")
}

fn said(m: &Manuscript) -> Vec<&str> {
    m.text().lines().collect()
}

/// LibreOffice knows neither of these two; Word does.
#[test]
fn legal_numbers_and_levels_that_go_on_are_as_word_shows_them() {
    let (kinds, lists) = list(&[
        level(0, "chineseCounting", "第%1章", ""),
        level(1, "chineseCounting", "第%2条", "<w:lvlRestart w:val=\"0\"/>"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/><w:lvlRestart w:val=\"1\"/>"),
    ]);
    let paragraphs = [
        ("1.0", "总则"),
        ("1.1", "甲"),
        ("1.2", "乙"),
        ("1.1", "丙"),
        ("1.2", "丁"),
        ("1.0", "附则"),
        ("1.1", "戊"),
        ("1.2", "己"),
    ];
    let m = read("a.docx", &document(&kinds, lists, &paragraphs)).unwrap();
    assert_eq!(
        said(&m),
        [
            "第一章 总则",
            "第一条 甲",
            "1.1.1 乙",
            "第二条 丙",
            "1.2.2 丁",
            "第二章 附则",
            "第三条 戊",
            "2.3.1 己"
        ]
    );
    assert!(m.gaps().is_empty() && m.notes().is_empty());
}

/// The outline of an official document, numbered by the word processor.
fn outline(paragraphs: &[(&str, &str)]) -> Vec<u8> {
    let (kinds, lists) = list(&[
        level(0, "chineseCounting", "%1、", "<w:suff w:val=\"nothing\"/>"),
        level(1, "chineseCounting", "（%2）", ""),
    ]);
    document(&kinds, lists, paragraphs)
}

#[test]
fn rules_see_numbers_and_comments_and_changes_go_beside_them() {
    let paper = outline(&[
        ("", "关于做好清河镇秋收的通知"),
        ("", "全镇要抓好五件事："),
        ("1.0", "抢收稻谷"),
        ("1.0", "修整场院"),
        ("1.0", "备足烘干机,防止霉变"),
        ("", "请各村照前述第六项工作办理。"),
    ]);
    let m = read("a.docx", &paper).unwrap();
    assert_eq!(m.blocks()[2].kind, BlockKind::Heading(1));
    assert!(m.text().contains("三、备足烘干机"));
    let desk = Desk::with(&[("通知.docx", &paper)]);
    let found = desk.run("check 通知.docx --skip layout,sensitive --format jsonl --show-info");
    assert!(found.contains("count-claim"), "five things are said, three are there: {found}");
    desk.run("check 通知.docx --skip layout,sensitive -o 批注.docx --show-info");
    let commented = read("批注.docx", &desk.bytes("批注.docx")).unwrap();
    assert_eq!(commented.text(), m.text());
    let said = desk.run("fix 通知.docx --write");
    let mended = read("通知.docx", &desk.bytes("通知.docx")).unwrap();
    assert!(mended.text().contains("三、备足烘干机，防止霉变"), "{said}{}", mended.text());
    assert_eq!(mended.made(), m.made());
}

#[test]
fn a_finding_on_a_number_is_told_and_never_mended() {
    let (kinds, _) = list(&[level(0, "chineseCounting", "%1、", "")]);
    let lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>";
    let paper = document(
        &kinds,
        lists,
        &[("", "清河镇秋收方案"), ("1.0", "抢收稻谷"), ("1.0", "修整场院"), ("2.0", "备足烘干机")],
    );
    let desk = Desk::with(&[("方案.docx", &paper)]);
    let found = desk.run("check 方案.docx --only heading-sequence --format json --show-info");
    assert!(found.contains("heading-sequence") && !found.contains("\"fix\""), "{found}");
    let said = desk.run("check 方案.docx --only heading-sequence -o 批注.docx --show-info");
    let commented = read("批注.docx", &desk.bytes("批注.docx")).unwrap();
    assert!(commented.text().contains("四、备足烘干机"), "{said}");
    assert!(desk.run("fix 方案.docx --only heading-sequence").ends_with("--- exit 0\n"));
}
