//! The parts of the container that are the same in every document, deflated once a process.
//!
//! What differs from one manuscript to the next is `word/document.xml` and the title in
//! `docProps/core.xml`; everything else depends on the font names and on whether the further styles
//! are needed. So there is one finished container for each of these, and writing a document appends
//! two parts to a copy.
//!
//! No part tells a time, a person or a machine: the same manuscript gives the same bytes.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::markup::{DECLARATION, W};
use super::page::{FOOTER, NUMBER_INDENT};
use super::styles;
use crate::base::{Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::text;

/// Relationship ids that the body's section refers to.
pub const FOOTER_ODD: &str = "rIdOdd";
/// See [`FOOTER_ODD`].
pub const FOOTER_EVEN: &str = "rIdEven";

const CONTENT_TYPES: &str = concat!(
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
    "</Types>",
);

const ROOT_RELATIONSHIPS: &str = concat!(
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>",
);

const APP: &str = concat!(
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>wengao</Application></Properties>",
);

/// Odd and even pages differ; punctuation keeps its full width, so that columns stay columns.
fn settings() -> String {
    format!(
        r#"{DECLARATION}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders w:val="1"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"#
    )
}

fn document_relationships() -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdStyles" Type="{base}/styles" Target="styles.xml"/><Relationship Id="rIdSettings" Type="{base}/settings" Target="settings.xml"/><Relationship Id="rIdFonts" Type="{base}/fontTable" Target="fontTable.xml"/><Relationship Id="{FOOTER_ODD}" Type="{base}/footer" Target="footer1.xml"/><Relationship Id="{FOOTER_EVEN}" Type="{base}/footer" Target="footer2.xml"/></Relationships>"#
    )
}

/// The fonts, each with what a machine may have in its stead. GB/T 9704 names the faces, not the
/// files; one office has 仿宋, the next `仿宋_GB2312`.
fn font_table(names: Fonts) -> String {
    let fonts = [
        (names.body(), "仿宋,仿宋_GB2312,FangSong"),
        (names.kai(), "楷体,楷体_GB2312,KaiTi"),
        (names.hei(), "SimHei"),
        (names.title(), "小标宋,华文中宋"),
        (names.song(), "SimSun"),
    ];
    let mut out = format!("{DECLARATION}<w:fonts {W}>");
    for (name, others) in fonts {
        let others: Vec<_> = others.split(',').filter(|&o| o != name).collect();
        let others = others.join(",");
        out += &format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#
        );
    }
    out + "</w:fonts>"
}

/// `— 1 —` (GB/T 9704-2012, 7.5): right on odd pages, left on even ones, one character in.
pub fn footer(side: &str, style: &str) -> String {
    let run = |inner: &str| format!(r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{inner}</w:r>"#);
    let (dash_before, dash_after) =
        (run(r#"<w:t xml:space="preserve">— </w:t>"#), run(r#"<w:t xml:space="preserve"> —</w:t>"#));
    let begin = run(r#"<w:fldChar w:fldCharType="begin"/>"#);
    let code = run(r#"<w:instrText xml:space="preserve"> PAGE </w:instrText>"#);
    let middle = run(r#"<w:fldChar w:fldCharType="separate"/>"#);
    let number = run("<w:t>1</w:t>");
    let end = run(r#"<w:fldChar w:fldCharType="end"/>"#);
    format!(
        r#"{DECLARATION}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="{style}"/><w:ind w:{side}Chars="100" w:{side}="{NUMBER_INDENT}"/><w:jc w:val="{side}"/></w:pPr>{dash_before}{begin}{code}{middle}{number}{end}{dash_after}</w:p></w:ftr>"#
    )
}

/// The section that ends every body: footers, paper, margins. No grid, see
/// [`TRACKING`](super::page::TRACKING).
pub fn section() -> String {
    use super::page::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH};
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="{FOOTER_ODD}"/><w:footerReference w:type="even" r:id="{FOOTER_EVEN}"/><w:pgSz w:w="{WIDTH}" w:h="{HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="850" w:footer="{FOOTER}" w:gutter="0"/><w:pgNumType w:start="1"/><w:cols w:space="720"/></w:sectPr>"#
    )
}

fn with_declaration(xml: &str) -> String {
    [DECLARATION, xml].concat()
}

/// A finished container.
type Container = LazyLock<Result<Vec<u8>>>;

/// For each of the first three of [`Fonts::ALL`], which are all there are, in that order: without the further styles, and with them.
static CONTAINERS: [[Container; 2]; 3] = [
    [LazyLock::new(|| constant(0, false)), LazyLock::new(|| constant(0, true))],
    [LazyLock::new(|| constant(1, false)), LazyLock::new(|| constant(1, true))],
    [LazyLock::new(|| constant(2, false)), LazyLock::new(|| constant(2, true))],
];

fn constant(index: usize, further: bool) -> Result<Vec<u8>> {
    let fonts = Fonts::ALL[index].1;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", with_declaration(CONTENT_TYPES)),
        ("_rels/.rels", with_declaration(ROOT_RELATIONSHIPS)),
        ("docProps/app.xml", with_declaration(APP)),
        ("word/_rels/document.xml.rels", document_relationships()),
        ("word/styles.xml", styles::xml(fonts, further)),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", font_table(fonts)),
        ("word/footer1.xml", footer("right", "Footer")),
        ("word/footer2.xml", footer("left", "Footer")),
    ];
    for (name, xml) in parts {
        add(&mut zip, name, &xml)?;
    }
    Ok(zip.finish().map_err(zip_problem)?.into_inner())
}

/// Bytes from which on a part is deflated: setting up a compressor for fewer costs more than it saves.
const DEFLATED: usize = 2048;

/// Adds one part, stored if it is small, else deflated at level 1: somebody waits for a document, or for
/// hundreds, and the next levels save a few hundred bytes. Its time is the zip format's first
/// day, its system is always the same.
fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, xml: &str) -> Result<()> {
    let level = (xml.len() >= DEFLATED).then_some(1);
    let method = if level.is_some() { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .system(System::Dos);
    zip.start_file(name, options).map_err(zip_problem)?;
    zip.write_all(xml.as_bytes()).map_err(|e| zip_problem(e.into()))
}

/// A whole .docx of the constant parts and these two.
pub fn package(fonts: Fonts, further: bool, core: &str, document: &str) -> Result<Vec<u8>> {
    let index = Fonts::ALL.iter().position(|&(_, f)| f == fonts).unwrap_or(0);
    let constant = CONTAINERS[index][usize::from(further)].as_ref().map_err(Clone::clone)?;
    // Deflated Chinese markup is about a third of its size.
    let mut bytes = Vec::with_capacity(constant.len() + document.len() / 2 + 1024);
    bytes.extend_from_slice(constant);
    let mut zip = ZipWriter::new_append(Cursor::new(bytes)).map_err(zip_problem)?;
    add(&mut zip, "docProps/core.xml", core)?;
    add(&mut zip, "word/document.xml", document)?;
    Ok(zip.finish().map_err(zip_problem)?.into_inner())
}

fn zip_problem(error: zip::result::ZipError) -> crate::base::Error {
    // In memory this happens only past the 4 GB of a zip's length fields.
    Problem::new(text!("打包 .docx 时出错：{error}", "the .docx could not be packed: {error}"))
        .help(Text::fixed("把文稿拆成几份再写", "split the manuscript and write it in parts"))
        .into()
}
