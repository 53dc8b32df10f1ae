//! An .odt is read as LibreOffice shows it and comes back as an .odt.
//!
//! The files are made here. Where LibreOffice cannot be run, the tests that ask it say so and end.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes files that another program reads"
)]

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use wengao::read;

use crate::desk::{Desk, made};

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0""#;

/// A file of these automatic styles, body and styles.
fn odt(automatic: &str, body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES} office:version="1.3"><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let styles = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-styles {NAMES} office:version="1.3"><office:styles>{styles}</office:styles></office:document-styles>"#
    );
    let kind = "application/vnd.oasis.opendocument.text";
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("mimetype", kind),
        ("content.xml", &content),
        ("styles.xml", &styles),
        ("META-INF/manifest.xml", &manifest),
    ];
    for (name, part) in parts {
        let way = if name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        zip.start_file(name, zip::write::SimpleFileOptions::default().compression_method(way)).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut xml = String::new();
    zip::ZipArchive::new(Cursor::new(bytes))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    xml
}

/// What LibreOffice makes of files in another format; nothing where it cannot be run.
fn converted(folder: &str, files: &[(String, Vec<u8>)], to: &str) -> Option<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("out")).unwrap();
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        std::fs::write(path, bytes).unwrap();
    }
    if !made(&paths, to, &folder.join("out")) {
        return None;
    }
    let extension = to.split(':').next().unwrap();
    let place = |path: &PathBuf| folder.join("out").join(path.file_name().unwrap()).with_extension(extension);
    Some(paths.iter().map(|path| std::fs::read(place(path)).unwrap()).collect())
}

/// The lines of a text without spaces and bullets.
fn lines(text: &str) -> Vec<String> {
    let bare = |line: &str| {
        let line: String = line.chars().filter(|c| !c.is_whitespace() && *c != '\u{FEFF}').collect();
        line.trim_start_matches('•').to_owned()
    };
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

fn level(n: u8, format: &str, before: &str, after: &str, more: &str) -> String {
    format!(
        r#"<text:list-level-style-number text:level="{n}" style:num-format="{format}" style:num-prefix="{before}" style:num-suffix="{after}" {more}/>"#
    )
}

fn style(name: &str, levels: &[String]) -> String {
    format!(r#"<text:list-style style:name="{name}">{}</text:list-style>"#, levels.concat())
}

fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

fn item(more: &str, inner: &[&str]) -> String {
    format!("<text:list-item {more}>{}</text:list-item>", inner.concat())
}

fn list(of: &str, more: &str, items: &[String]) -> String {
    let of = if of.is_empty() { String::new() } else { format!(r#"text:style-name="{of}""#) };
    format!("<text:list {of} {more}>{}</text:list>", items.concat())
}

const HAN: &str = "一, 二, 三, ...";

/// Styles of lists: L Arabic, M Chinese as official papers have it, S with first numbers of its own, N with a text,
/// B bullets above numbers, and one for each way of writing.
fn automatic() -> String {
    let two = "text:display-levels=\"2\"";
    let mut all = [
        style("L", &[level(1, "1", "", ".", ""), level(2, "1", "", ".", two), level(3, "a", "(", ")", "")]),
        style("M", &[level(1, HAN, "", "、", ""), level(2, HAN, "（", "）", ""), level(3, "1", "", "．", "")]),
        style("S", &[
            level(1, "1", "", ".", "text:start-value=\"5\""),
            level(2, "1", "", ".", &format!("{two} text:start-value=\"3\"")),
            level(3, "1", "", ".", "text:display-levels=\"3\""),
        ]),
        style("N", &[level(1, HAN, "", "。", "loext:num-list-format=\"第%1%条\"")]),
        r#"<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="）"/></text:list-style>"#.to_owned(),
        r#"<style:style style:name="HN" style:family="paragraph" style:parent-style-name="Heading_20_1" style:list-style-name=""/>"#.to_owned(),
    ]
    .concat();
    for (n, format) in WAYS.iter().enumerate() {
        all += &style(&format!("W{n}"), &[level(1, format, "", "|", "")]);
    }
    all
}

const WAYS: [&str; 12] = [
    HAN,
    "壹, 贰, 叁, ...",
    "壹, 貳, 參, ...",
    "①, ②, ③, ...",
    "甲, 乙, 丙, ...",
    "子, 丑, 寅, ...",
    "01, 02, 03, ...",
    "1, 2, 3, ...",
    "a",
    "A",
    "i",
    "I",
];

const STYLES: &str = r#"<style:style style:name="Standard" style:family="paragraph"/><style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"/><style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2"/><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:outline-style>"#;

/// Lists of many kinds, each a file.
fn kinds() -> Vec<(&'static str, String)> {
    let nested = |of: &str| {
        let inner = list("", "", &[item("", &[&p("乙")]), item("", &[&p("丙")])]);
        let last = list("", "", &[item("", &[&p("戊")])]);
        list(of, "", &[item("", &[&p("甲"), &p("续"), &inner]), item("", &[&p("丁"), &last])])
    };
    let two = |of: &str, more: &str, words: [&str; 2]| list(of, more, &words.map(|w| item("", &[&p(w)])));
    let h = |style: &str, n: u8, more: &str, words: &str| {
        format!(r#"<text:h text:style-name="{style}" text:outline-level="{n}" {more}>{words}</text:h>"#)
    };
    let deep = list("", "", &[item("", &[&p("乙")])]);
    let ways: Vec<String> = (0..WAYS.len())
        .flat_map(|n| [1, 2, 10, 11, 20, 21, 27, 52, 101, 1010].map(|start| (n, start)))
        .map(|(n, start)| {
            list(&format!("W{n}"), "", &[item(&format!("text:start-value=\"{start}\""), &[&p("数")])])
        })
        .collect();
    vec![
        ("nested", nested("L")),
        ("chinese", nested("M")),
        ("starts", nested("S")),
        ("bullets", nested("B")),
        ("text", two("N", "", ["甲", "乙"])),
        ("ways", ways.concat()),
        ("anew", [two("L", "", ["甲", "乙"]), p("间"), two("L", "", ["丙", "丁"])].concat()),
        ("goes-on", [two("L", "", ["甲", "乙"]), p("间"), two("L", "text:continue-numbering=\"true\"", ["丙", "丁"])].concat()),
        ("other-between", [two("L", "", ["甲", "乙"]), two("M", "", ["子", "丑"]), two("L", "text:continue-numbering=\"true\"", ["丙", "丁"])].concat()),
        ("goes-on-with", [
            two("L", "xml:id=\"a\"", ["甲", "乙"]),
            two("M", "xml:id=\"b\"", ["子", "丑"]),
            two("L", "xml:id=\"c\" text:continue-list=\"a\"", ["丙", "丁"]),
            two("L", "xml:id=\"d\" text:continue-list=\"c\"", ["戊", "己"]),
        ].concat()),
        ("header", list("L", "", &[format!("<text:list-header>{}</text:list-header>", p("头")), item("", &[&p("甲")]), item("", &[&p("乙")])])),
        ("start-here", list("L", "", &[item("text:start-value=\"7\"", &[&p("甲"), &deep]), item("", &[&p("丙")])])),
        ("level-left-out", list("L", "", &[item("", &[&deep]), item("", &[&p("丙")])])),
        ("no-words", list("L", "", &[item("", &[&p("甲")]), item("", &[&p("")]), item("", &[]), item("", &[&p("丙")])])),
        ("other-style-within", list("L", "", &[item("", &[&p("甲"), &list("M", "", &[item("", &[&p("乙")])])]), item("text:style-override=\"M\"", &[&p("丙")])])),
        ("table", [
            two("L", "", ["甲", "乙"]),
            format!("<table:table><table:table-column/><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>", two("L", "text:continue-numbering=\"true\"", ["格", "子"])),
            p("完"),
        ].concat()),
        ("alone", ["1", "2", "1"].map(|n| format!(r#"<text:numbered-paragraph text:list-id="n" text:style-name="L" text:level="{n}"><text:p>条</text:p></text:numbered-paragraph>"#)).concat()),
        ("outline", [
            h("Heading_20_1", 1, "", "甲"), h("Heading_20_2", 2, "", "乙"), h("Heading_20_2", 2, "", "丙"),
            h("Heading_20_1", 1, "", "丁"), h("Heading_20_2", 2, "", "戊"), h("HN", 1, "", "无号"),
            h("Heading_20_1", 1, "text:is-list-header=\"true\"", "也无号"), h("Standard", 1, "", "己"),
            h("Heading_20_1", 1, "text:restart-numbering=\"true\" text:start-value=\"9\"", "庚"), h("Heading_20_1", 1, "", "辛"),
        ].concat()),
        ("heading-in-list", list("M", "", &[item("", &[&h("Heading_20_1", 1, "", "甲")]), item("", &[&h("Heading_20_1", 1, "", "乙")])])),
    ]
}

#[test]
fn numbers_of_lists_are_those_that_libreoffice_shows() {
    let files: Vec<_> = kinds()
        .into_iter()
        .map(|(name, body)| (format!("{name}.odt"), odt(&automatic(), &body, STYLES)))
        .collect();
    let Some(shown) = converted("odt-numbers", &files, "txt:Text (encoded):UTF8") else { return };
    for ((name, bytes), shown) in files.iter().zip(shown) {
        let manuscript = read(name, bytes).unwrap();
        assert_eq!(lines(manuscript.text()), lines(&String::from_utf8(shown).unwrap()), "{name}");
        assert!(manuscript.gaps().is_empty() && !manuscript.made().is_empty(), "{name}");
    }
}

/// A draft with faults that are safe to change, in a list and in a span.
fn draft() -> Vec<u8> {
    let span = r#"全镇抓好<text:span text:style-name="T1">春耕,备耕</text:span>工作。<text:s/>"#;
    let body = [
        "<text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">工作安排</text:h>".to_owned(),
        list("M", "", &[item("", &[&p("各村要抓紧落实,不得拖延。")]), item("", &[&p(span)])]),
        p("确保按时,按质完成。请于2026年XX月XX日前报送。"),
    ];
    let automatic = automatic()
        + r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>"#;
    odt(&automatic, &body.concat(), STYLES)
}

#[test]
fn fixes_go_back_into_the_file_and_it_opens() {
    let desk = Desk::new();
    desk.put("稿.odt", &draft());
    let said = desk.run("fix 稿.odt --write");
    assert!(said.contains("已改 稿.odt"), "{said}");
    let fixed = desk.bytes("稿.odt");
    assert_eq!(part(&fixed, "styles.xml"), part(&draft(), "styles.xml"));
    let wanted = part(&draft(), "content.xml")
        .replace("春耕,备", "春耕，备")
        .replace("落实,不", "落实，不")
        .replace("时,按", "时，按");
    assert_eq!(part(&fixed, "content.xml"), wanted);
    assert!(desk.run("fix 稿.odt").contains("没有可以放心改的"));
    let files = [("a.odt".to_owned(), draft()), ("b.odt".to_owned(), fixed)];
    let Some(shown) = converted("odt-fix", &files, "txt:Text (encoded):UTF8") else { return };
    let [before, after] = [&shown[0], &shown[1]].map(|text| String::from_utf8(text.clone()).unwrap());
    assert_eq!(after, before.replace(',', "，"));
}

#[test]
fn comments_go_back_into_the_file_and_libreoffice_sees_them() {
    let desk = Desk::new();
    desk.put("稿.odt", &draft());
    let said = desk.run("check 稿.odt --show-info -o 批注.odt");
    assert!(said.contains("批注.odt"), "{said}");
    let noted = desk.bytes("批注.odt");
    let count = part(&noted, "content.xml").matches("<office:annotation ").count();
    assert!(count >= 3, "{count}");
    assert_eq!(read("a.odt", &noted).unwrap().text(), read("a.odt", &draft()).unwrap().text());
    // A second run takes the first one's comments out again.
    desk.run("check 批注.odt --show-info -o 再.odt");
    assert_eq!(part(&desk.bytes("再.odt"), "content.xml").matches("<office:annotation ").count(), count);
    // Of an .odt a .docx can be made, and of nothing else an .odt.
    desk.run("check 稿.odt -o 批注.docx");
    assert!(part(&desk.bytes("批注.docx"), "word/comments.xml").contains("w:comment "));
    desk.put("稿.txt", "各村要抓紧落实,不得拖延。\n".as_bytes());
    let said = desk.run("check 稿.txt -o 文.odt");
    assert!(said.contains(".docx") && !desk.0.path().join("文.odt").exists(), "{said}");
    let files = [("a.odt".to_owned(), draft()), ("b.odt".to_owned(), noted.clone())];
    let Some(shown) = converted("odt-notes", &files, "txt:Text (encoded):UTF8") else { return };
    assert_eq!(shown[0], shown[1]);
    let Some(docx) = converted("odt-notes-docx", &files[1..], "docx") else { return };
    assert_eq!(part(&docx[0], "word/comments.xml").matches("<w:comment ").count(), count);
}

#[test]
fn tracked_changes_are_those_that_libreoffice_accepts_and_refuses() {
    let desk = Desk::new();
    desk.put("稿.odt", &draft());
    desk.run("fix 稿.odt --track --write");
    let tracked = desk.bytes("稿.odt");
    assert_eq!(part(&tracked, "content.xml").matches("<text:changed-region").count(), 6);
    let before = read("a.odt", &draft()).unwrap().into_text();
    assert_eq!(read("a.odt", &tracked).unwrap().text(), before.replace(',', "，"));
    let Some(docx) = converted("odt-track", &[("a.odt".to_owned(), tracked)], "docx") else { return };
    let xml = part(&docx[0], "word/document.xml");
    let texts = |tag: &str| -> Vec<String> {
        let open = format!("<{tag}");
        let words = xml.split(&*open).skip(1).filter(|rest| rest.starts_with(['>', ' ']));
        words.filter_map(|rest| Some(rest.split_once('>')?.1.split('<').next()?.to_owned())).collect()
    };
    assert_eq!(texts("w:delText"), [",", ",", ","], "{xml}");
    assert_eq!(xml.matches("<w:ins ").count(), 3);
    // What was deleted keeps its format.
    assert!(xml.contains("<w:b/>"), "{xml}");
}
