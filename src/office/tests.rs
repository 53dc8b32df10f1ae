//! Hand-written documents for the tests of comments and of edits, and what holds of every one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Comment, annotate, apply, body};
use crate::base::han::Date;
use crate::read::read;

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
pub(super) const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
pub(super) const DAY: Option<Date> = Some(Date { year: 2026, month: Some(3), day: Some(5) });

/// A container with these parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:mc="mc" xmlns:m="m" xmlns:v="v" xmlns:wps="wps"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    )
}

pub(super) fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("word/styles.xml", b"<w:styles xmlns:w='w'/>"),
        ("word/document.xml", document.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    zip(&parts)
}

pub(crate) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

pub(super) fn r(text: &str) -> String {
    format!(r#"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"#)
}

pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

pub(super) fn text(bytes: &[u8]) -> String {
    read("a.docx", bytes).unwrap().text().to_owned()
}

pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut xml = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// The packed bytes of every part.
pub(super) fn raw(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index_raw(index).unwrap();
            let mut packed = Vec::new();
            file.read_to_end(&mut packed).unwrap();
            (file.name().unwrap().into_owned(), packed)
        })
        .collect()
}

pub(super) fn boxed(before: &str, inside: &str) -> String {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p(inside));
    format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        r(before),
        r("之后")
    )
}

pub(super) fn comment(range: Range<usize>) -> Comment {
    Comment {
        range, lines: vec!["错误[placeholder]：没有填写".into(), "办法：补上 <1> & 2".into()]
    }
}

/// Pieces of paragraphs that hold the words that they are given.
pub(super) fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "一",
        "二三",
        "x ",
        " y",
        "&amp;",
        "四<!---->五",
        "<![CDATA[六七]]>",
        "八&#x4E5D;",
        "",
        "\r\n",
    ]);
    let run = proptest::collection::vec(
        prop_oneof![
            6 => words.prop_map(|w| format!("<w:t>{w}</w:t>")),
            1 => Just("<w:tab/>".to_owned()),
            1 => Just("<w:br></w:br>".to_owned()),
            1 => Just("<w:br w:type=\"page\"/>".to_owned()),
            1 => Just("<w:lastRenderedPageBreak/>".to_owned()),
        ],
        0..4,
    )
    .prop_map(|t| format!("<w:r><w:rPr><w:b/></w:rPr>{}</w:r>", t.concat()));
    (proptest::collection::vec(run, 0..3), 0..10).prop_map(|(runs, wrap)| {
        let runs = runs.concat();
        match wrap {
            0 => format!("<w:hyperlink>{runs}</w:hyperlink>"),
            1 => format!("<w:ins>{runs}</w:ins>"),
            2 => format!("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>"),
            3 => format!("<m:oMath>{}</m:oMath>", runs.replace("w:r>", "m:r>").replace("w:t>", "m:t>").replace("w:rPr>", "m:rPr>")),
            4 => format!("<w:r><w:ruby><w:rubyBase>{runs}</w:rubyBase></w:ruby></w:r>"),
            5 => format!("<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>{runs}</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{runs}</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
            6 => format!("</w:p><w:p>{runs}"),
            _ => runs,
        }
    })
}

pub(super) fn some_body() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 1..8).prop_map(|pieces| format!("<w:p>{}</w:p>", pieces.concat()))
}

pub(super) fn some_range(text: &str, a: usize, b: usize) -> Option<Range<usize>> {
    let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (a, b) = (ends[a % ends.len()], ends[b % ends.len()]);
    (a != b).then(|| a.min(b)..a.max(b))
}

proptest! {
    /// Every stretch of the map is the text that the XML says there.
    #[test]
    fn the_map_covers_the_text(body in some_body()) {
        let xml = document(&body);
        let map = body::map(&xml);
        prop_assert_eq!(map.text(), body::read(&xml).text());
        for paragraph in &map.paragraphs {
            let mut next = 0;
            for node in &paragraph.nodes {
                prop_assert_eq!(node.text.start, next);
                next = node.text.end;
                if node.kind == body::NodeKind::Text || node.kind == body::NodeKind::Cdata {
                    prop_assert_eq!(xml[node.source.clone()].replace(['\r', '\n'], " "), &paragraph.text[node.text.clone()]);
                }
            }
            prop_assert_eq!(next, paragraph.text.len());
        }
        for host in &map.hosts {
            prop_assert!(xml[host.range.clone()].starts_with('<') && xml[host.range.clone()].ends_with('>'));
        }
    }

    #[test]
    fn no_markup_makes_it_panic(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "文", "&amp;", "&x;", "<w:rPr>", "</w:rPr>", "<w:del/>", "<w:sdt>", "</w:sdt>",
            "<w:sdtPr>", "</w:sdtPr>", "<w:text/>", "<w:txbxContent>", "</w:txbxContent>", "<w:drawing>", "</w:drawing>", "<m:oMath>", "</m:oMath>",
            "<w:br w:type='page'/>", "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>", "</mc:Fallback>",
            "<w:p><w:r><w:t>字</w:t></w:r></w:p>", "<w:commentReference w:id='0'/>", "<![CDATA[",
        ]), 0..60)
    ) {
        let bytes = docx(&parts.concat());
        if let Ok(m) = read("a.docx", &bytes) && let Some(range) = some_range(m.text(), 0, 1) {
            let _ = annotate(&bytes, m.text(), &[comment(range.clone())], DAY);
            let _ = apply(&bytes, &[(range, "改".into())]);
        }
    }
}
