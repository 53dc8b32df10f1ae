//! Bombs in containers: .docx, .xlsx, .odt, .ofd, archives.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Bomb, Door, check};

/// All of them.
pub const BOMBS: &[Bomb] = &[
    check(".docx whose text unpacks to 1 GB", "a.docx", || {
        docx(&[("word/document.xml", giant("<w:document><w:body><w:p><w:r><w:t>"))])
    }),
    check(".docx of 64 MB of text in paragraphs", "a.docx", || {
        docx(&[("word/document.xml", body(&paragraphs(64 << 20)))])
    }),
    check(".docx of 20 MB of text in paragraphs", "a.docx", || {
        docx(&[("word/document.xml", body(&paragraphs(20 << 20)))])
    }),
    check(".docx of one paragraph of 20 MB", "a.docx", || {
        docx(&[("word/document.xml", body(&paragraph(&"春耕备耕，".repeat(20 << 16))))])
    }),
    check(".docx whose styles unpack to 1 GB", "a.docx", || {
        docx(&[("word/document.xml", body(&paragraph("同志们："))), ("word/styles.xml", giant("<w:styles>"))])
    }),
    check(".docx with an entity that doubles 30 times", "a.docx", || {
        docx(&[("word/document.xml", laughs())])
    }),
    check(".docx of elements a million deep", "a.docx", || {
        docx(&[("word/document.xml", body(&deep("w:p", 1_000_000)))])
    }),
    check(".docx of tables 20,000 deep", "a.docx", || {
        docx(&[("word/document.xml", body(&"<w:tbl><w:tr><w:tc>".repeat(20_000)))])
    }),
    check(".docx of 3,000,000 empty paragraphs", "a.docx", || {
        docx(&[("word/document.xml", body(&"<w:p/>".repeat(3_000_000)))])
    }),
    check(".odt of 1,200,000 empty paragraphs", "a.odt", || odt(odf(&"<text:p/>".repeat(1_200_000)))),
    check(".docx of 800,000 empty paragraphs", "a.docx", || {
        docx(&[("word/document.xml", body(&"<w:p/>".repeat(800_000)))])
    }),
    check(".docx of 250,000 paragraphs of a table", "a.docx", || {
        docx(&[(
            "word/document.xml",
            body(&format!(
                "<w:tbl>{}</w:tbl>",
                "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>".repeat(250_000)
            )),
        )])
    }),
    check(".docx of a table of 200,000 cells", "a.docx", || {
        docx(&[(
            "word/document.xml",
            body(&format!(
                "<w:tbl>{}</w:tbl>",
                format!("<w:tr>{}</w:tr>", "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>".repeat(10))
                    .repeat(20_000)
            )),
        )])
    }),
    check(".docx of 300,000 runs, each with its own look", "a.docx", || {
        docx(&[("word/document.xml", body(&runs(300_000)))])
    }),
    check(".docx with an attribute of 20 MB", "a.docx", || {
        docx(&[("word/document.xml", body(&format!("<w:p w:a=\"{}\"/>", "x".repeat(20 << 20))))])
    }),
    check(".docx of 65,000 parts", "a.docx", || {
        let names: Vec<String> = (0..65_000).map(|n| format!("word/x{n}.xml")).collect();
        let mut parts: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (&**name, Vec::new())).collect();
        parts.push(("word/document.xml", body(&paragraph("同志们："))));
        docx(&parts)
    }),
    check(".docx of 200,000 footnotes", "a.docx", || {
        docx(&[("word/document.xml", body(&paragraph("同志们："))), ("word/footnotes.xml", notes(200_000))])
    }),
    check(".xlsx of 1,000,000 rows", "a.xlsx", || xlsx(&rows(1_000_000, 1), "")),
    Bomb {
        what: ".xlsx of 1,000,000 rows, as facts",
        file: "a.xlsx",
        door: Door::Facts,
        make: || xlsx(&rows(1_000_000, 1), ""),
    },
    Bomb {
        what: ".xlsx of 1,000,000 rows, gathered",
        file: "a.xlsx",
        door: Door::Gather,
        make: || xlsx(&rows(1_000_000, 1), ""),
    },
    check(".xlsx of 120,000 cells", "a.xlsx", || xlsx(&rows(12_000, 10), "")),
    check(".xlsx of 60 rows and 16,384 columns", "a.xlsx", || xlsx(&rows(60, 16_384), "")),
    check(".xlsx with a cell of 40 MB", "a.xlsx", || {
        xlsx(&format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "粮食".repeat(40 << 17)), "")
    }),
    check(".xlsx of 5,000 sheets", "a.xlsx", || sheets(5_000)),
    check(".xlsx of one word of 32 KB in 100,000 cells", "a.xlsx", shared),
    check(".xlsx with a number format of 1.5 KB", "a.xlsx", || {
        xlsx("<row><c s=\"0\"><v>5.6</v></c></row>", &"#,##0.00?/".repeat(150))
    }),
    check(".xlsx with a number format of 255 signs", "a.xlsx", || {
        xlsx(&"<row><c s=\"0\"><v>5.6</v></c></row>".repeat(20_000), &"0\\a".repeat(85))
    }),
    check(".xlsx of 300,000 merged ranges", "a.xlsx", || {
        xlsx(
            &format!(
                "<row><c><v>1</v></c></row></sheetData><mergeCells>{}</mergeCells><sheetData>",
                "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(300_000)
            ),
            "",
        )
    }),
    check(".odt whose text unpacks to 1 GB", "a.odt", || {
        odt(giant("<office:document-content><office:body><office:text><text:p>"))
    }),
    check(".odt of four thousand million spaces", "a.odt", || {
        odt(odf("<text:p>同志们<text:s text:c=\"4000000000\"/>：</text:p>"))
    }),
    check(".odt of a cell repeated a thousand million times", "a.odt", || {
        odt(odf(
            "<table:table><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"1000\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>",
        ))
    }),
    check(".odt of spans 200,000 deep", "a.odt", || {
        odt(odf(&format!("<text:p>{}", "<text:span>".repeat(200_000))))
    }),
    check(".ofd of 50,000 pages", "a.ofd", || ofd(50_000)),
    check(".zip of zips, ten in each, ten deep", "a.zip", nested),
    check(".zip of 60,000 papers", "a.zip", || {
        let names: Vec<String> = (0..60_000).map(|n| format!("{n}.txt")).collect();
        zip(&names.iter().map(|name| (&**name, b"\xE4\xBC\x9A".to_vec())).collect::<Vec<_>>())
    }),
    check(".zip of a paper of 1 GB", "a.zip", || zip(&[("a.txt", vec![b' '; 1 << 30])])),
];

/// A zip of these parts.
fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let started = out.start_file(*name, SimpleFileOptions::default());
        started.and_then(|()| Ok(out.write_all(bytes)?)).unwrap_or_default();
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The beginning of a part, and 1 GB.
fn giant(head: &str) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    bytes.resize(1 << 30, b' ');
    bytes
}

fn docx(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let names = [("styles", "word/styles.xml"), ("footnotes", "word/footnotes.xml")];
    let links: String = names
        .iter()
        .map(|(kind, target)| {
            format!("<Relationship Id=\"{kind}\" Type=\"http://x/{kind}\" Target=\"/{target}\"/>")
        })
        .collect();
    let links = format!("<Relationships>{links}</Relationships>").into_bytes();
    zip(&[parts, &[("word/_rels/document.xml.rels", links)]].concat())
}

fn body(inside: &str) -> Vec<u8> {
    format!("<w:document><w:body>{inside}</w:body></w:document>").into_bytes()
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// Paragraphs of so many bytes of text.
fn paragraphs(bytes: usize) -> String {
    let sentence = "各乡镇要把春耕备耕摆在突出位置，逐村逐户摸清底数，确保种子、化肥按时到田。";
    (0..bytes / (sentence.len() + 6)).map(|n| paragraph(&format!("{sentence}{n:06}"))).collect()
}

fn runs(count: usize) -> String {
    let run = |n: usize| format!("<w:r><w:rPr><w:sz w:val=\"{}\"/></w:rPr><w:t>春</w:t></w:r>", n % 90 + 10);
    format!("<w:p>{}</w:p>", (0..count).map(run).collect::<String>())
}

fn notes(count: usize) -> Vec<u8> {
    let note =
        |n: usize| format!("<w:footnote w:id=\"{n}\">{}</w:footnote>", paragraph("注：数据来自统计部门。"));
    format!("<w:footnotes>{}</w:footnotes>", (0..count).map(note).collect::<String>()).into_bytes()
}

fn deep(name: &str, count: usize) -> String {
    format!("<{name}>").repeat(count)
}

/// A part with entities each of which is the one before it twice.
fn laughs() -> Vec<u8> {
    let mut out = String::from("<!DOCTYPE w [<!ENTITY a0 \"ha\">");
    for n in 1..=30 {
        let _ = write!(out, "<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1);
    }
    out.push_str("]><w:document><w:body><w:p><w:r><w:t>&a30;</w:t></w:r></w:p></w:body></w:document>");
    out.into_bytes()
}

fn rows(rows: usize, columns: usize) -> String {
    format!("<row>{}</row>", "<c><v>12.5</v></c>".repeat(columns)).repeat(rows)
}

const SHEET: &str = "<worksheet><sheetData>";

/// A workbook of one sheet of these rows, and the format of its numbers.
fn xlsx(rows: &str, format: &str) -> Vec<u8> {
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs></styleSheet>"
    );
    book(&[format!("{SHEET}{rows}</sheetData></worksheet>")], &styles, "<sst/>")
}

/// A workbook of these sheets.
fn book(sheets: &[String], styles: &str, words: &str) -> Vec<u8> {
    let link = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let mut links = link("s", "styles", "/xl/styles.xml") + &link("w", "sharedStrings", "/xl/words.xml");
    let mut tabs = String::new();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (n, sheet) in sheets.iter().enumerate() {
        links.push_str(&link(&format!("r{n}"), "worksheet", &format!("/xl/sheet{n}.xml")));
        let _ = write!(tabs, "<sheet name=\"{n}\" id=\"r{n}\"/>");
        parts.push((format!("xl/sheet{n}.xml"), sheet.clone().into_bytes()));
    }
    for (name, text) in [
        ("xl/workbook.xml", format!("<workbook><sheets>{tabs}</sheets></workbook>")),
        ("xl/styles.xml", styles.to_owned()),
        ("xl/words.xml", words.to_owned()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{links}</Relationships>")),
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", link("b", "officeDocument", "/xl/workbook.xml")),
        ),
    ] {
        parts.push((name.to_owned(), text.into_bytes()));
    }
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (&**name, bytes.clone())).collect();
    zip(&parts)
}

fn sheets(count: usize) -> Vec<u8> {
    let sheet = format!("{SHEET}<row><c><v>1</v></c></row></sheetData></worksheet>");
    book(&vec![sheet; count], "<styleSheet/>", "<sst/>")
}

fn shared() -> Vec<u8> {
    let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(100_000);
    let word = format!("<sst><si><t>{}</t></si></sst>", "粮食".repeat(5_400));
    book(&[format!("{SHEET}{rows}</sheetData></worksheet>")], "<styleSheet/>", &word)
}

fn odt(content: Vec<u8>) -> Vec<u8> {
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()), ("content.xml", content)])
}

fn odf(inside: &str) -> Vec<u8> {
    format!(
        "<office:document-content><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    )
    .into_bytes()
}

fn ofd(pages: usize) -> Vec<u8> {
    const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let listed: String = (0..pages).map(|n| format!("<ofd:Page ID=\"{n}\" BaseLoc=\"Page.xml\"/>")).collect();
    let page = format!(
        "<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"1\"><ofd:TextObject ID=\"7\" Boundary=\"28 40 160 6\" Font=\"3\" Size=\"5.6\"><ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g 3 5.6\">同志们：</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
    );
    let document = format!(
        "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    );
    let root = format!(
        "<ofd:OFD {SPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    zip(&[
        ("OFD.xml", root.into_bytes()),
        ("Doc_0/Document.xml", document.into_bytes()),
        ("Doc_0/Page.xml", page.into_bytes()),
    ])
}

/// Ten copies of the same archive in an archive, ten times over.
fn nested() -> Vec<u8> {
    let mut inner = zip(&[("a.txt", vec![b' '; 8 << 20])]);
    for _ in 0..10 {
        let names: Vec<String> = (0..10).map(|n| format!("{n}.zip")).collect();
        inner = zip(&names.iter().map(|name| (&**name, inner.clone())).collect::<Vec<_>>());
    }
    inner
}
