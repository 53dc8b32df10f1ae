//! Papers as other programs write them: whatever the format, the same text, blocks, cells and findings.
//!
//! The samples are described in `tests/samples/formats/README.md`. Where LibreOffice is installed, a dozen
//! drafts of this program are saved by it in the other formats and read again; else the test says so.

#![expect(clippy::disallowed_methods, reason = "other programs read and write files")]

use std::path::Path;

use wengao::{BlockKind, Lang, Manuscript, Options, Settings, draft, read};

use crate::desk::{Desk, made};
use crate::library::skeletons;

const DOCX: &[u8] = include_bytes!("../samples/formats/notice.docx");
const DOC: &[u8] = include_bytes!("../samples/formats/notice.doc");
const RTF: &[u8] = include_bytes!("../samples/formats/notice.rtf");
const XLSX: &[u8] = include_bytes!("../samples/formats/ledger.xlsx");
const XLS: &[u8] = include_bytes!("../samples/formats/ledger.xls");

fn assert_same(one: &Manuscript, other: &Manuscript, what: &str) {
    assert_eq!(one.text(), other.text(), "{what}");
    assert_eq!(one.blocks(), other.blocks(), "{what}");
    assert_eq!(one.cells(), other.cells(), "{what}");
    assert_eq!(one.gaps(), other.gaps(), "{what}");
    assert_eq!(one.made(), other.made(), "{what}");
    let beside = |m: &Manuscript| {
        m.margin().iter().map(|l| (l.beside, l.text.trim().to_owned(), l.at.clone())).collect::<Vec<_>>()
    };
    assert_eq!(beside(one), beside(other), "{what}");
}

/// The blocks with what they say. LibreOffice puts an empty paragraph before a table that floats, such as a
/// 版记, and in .rtf forgets the styles in it.
fn said(m: &Manuscript) -> Vec<(BlockKind, &str)> {
    let kind = |kind: BlockKind| if kind.is_imprint() { BlockKind::Cell } else { kind };
    m.blocks().iter().map(|block| (kind(block.kind), m.block_text(block))).collect()
}

/// The cells with what they say, but for those of a 版记: LibreOffice makes a text box of a table that floats.
fn cells(m: &Manuscript) -> Vec<(usize, usize, usize, bool, &str)> {
    let is_cell = |at: usize| m.block(at).is_none_or(|block| block.kind == BlockKind::Cell);
    m.cells()
        .iter()
        .filter(|c| is_cell(c.range.start))
        .map(|c| (c.table, c.row, c.column, c.continues, &m.text()[c.range.clone()]))
        .collect()
}

#[test]
fn a_notice_is_the_same_paper_in_every_format() {
    let docx = read("通知.docx", DOCX).unwrap();
    assert!(docx.text().contains("𠮷祥村、㴔河村—清河镇") && docx.text().contains("保留的话插入的话。"));
    assert!(docx.cells().iter().any(|cell| cell.continues));
    for (name, bytes) in [("通知.doc", DOC), ("通知.rtf", RTF)] {
        let other = read(name, bytes).unwrap();
        assert_same(&docx, &other, name);
        let notes = |m: &Manuscript| m.notes().iter().map(|n| n.in_lang(Lang::En)).collect::<Vec<_>>();
        assert_eq!(notes(&docx), notes(&other), "{name}");
    }
}

#[test]
fn a_file_is_read_as_what_it_is_and_not_as_what_it_is_called() {
    let papers: [(&[u8], &[&str]); 5] = [
        (DOCX, &["通知.doc", "通知.wps", "通知.txt", "通知"]),
        (DOC, &["通知.wps", "通知.docx", "通知.txt", "通知.rtf", "通知"]),
        (RTF, &["通知.doc", "通知.docx", "通知.txt", "通知.wps"]),
        (XLS, &["台账.et", "台账.xlsx", "台账.csv", "台账.doc"]),
        (XLSX, &["台账.xls", "台账.et", "台账.csv", "台账.docx"]),
    ];
    for (bytes, names) in papers {
        let text = read(names[0], bytes).unwrap().into_text();
        for name in names {
            assert_eq!(read(name, bytes).unwrap().text(), text, "{name}");
        }
    }
}

#[test]
fn findings_are_the_same_and_comments_go_into_a_docx_of_its_own() {
    let desk = Desk::with(&[("a.docx", DOCX), ("a.doc", DOC), ("a.rtf", RTF)]);
    let found = |name: &str| {
        let said = desk.run(&format!("check {name} --skip layout,sensitive --format jsonl"));
        let findings = said.lines().filter(|line| line.contains("\"rule\""));
        findings.map(|line| line.replace(name, "")).collect::<Vec<_>>()
    };
    let docx = found("a.docx");
    assert!(docx.iter().any(|line| line.contains("XX万元")), "{docx:?}");
    for name in ["a.doc", "a.rtf"] {
        assert_eq!(docx, found(name), "{name}");
        let said = desk.run(&format!("check {name} -o 批注.docx --force"));
        let text = read("批注.docx", &desk.bytes("批注.docx")).unwrap().into_text();
        assert!(text.contains("投入资金XX万元"), "{name}: {said}");
    }
    let all = desk.run("check . --format jsonl");
    assert!(all.contains("a.doc\"") && all.contains("a.rtf\""), "a folder holds them too: {all}");
}

#[test]
fn a_finding_in_a_workbook_is_told_by_its_cell() {
    let desk = Desk::with(&[("台账.xls", XLS), ("台账.xlsx", XLSX)]);
    for name in ["台账.xls", "台账.xlsx"] {
        let said = desk.run(&format!("check {name}"));
        assert!(said.contains(&format!("{name} 项目!F3")), "{said}");
        assert!(desk.run(&format!("check {name} --format json")).contains("\"cell\": \"项目!F3\""));
        assert!(desk.run(&format!("check {name} --format github")).contains("项目!F3："));
        assert!(desk.run(&format!("check {name} --format sarif")).contains("项目!F3"));
    }
    let text = read("台账.xls", XLS).unwrap().into_text();
    assert_eq!(text, read("台账.xlsx", XLSX).unwrap().text());
    assert!(text.contains("\n5.60\n92.5%\n2026年3月5日\n") && !text.contains("内部"), "{text}");
}

#[test]
fn facts_are_imported_from_the_old_workbooks_too() {
    let desk = Desk::with(&[("台账.xls", XLS), ("台账.et", XLS), ("台账.xlsx", XLSX)]);
    let imported = |name: &str| desk.run(&format!("facts import {name}")).replace(name, "");
    let new = imported("台账.xlsx");
    assert!(new.contains("清河镇供水工程") && new.contains("投资: 5.60"), "{new}");
    assert_eq!(imported("台账.xls"), new);
    assert_eq!(imported("台账.et"), new);
}

#[test]
fn every_door_takes_them() {
    let desk = Desk::with(&[("in/a.doc", DOC), ("in/b.rtf", RTF)]);
    let said = desk.run("facts read in/a.doc --lang en");
    assert!(said.contains("云溪县") && said.ends_with("--- exit 0\n"), "{said}");
    let said = desk.run("corpus add --corpus 库 in --lang en");
    assert!(said.ends_with("--- exit 0\n"), "{said}");
    let said = desk.run("renew in/a.doc --output 沿用.yaml");
    assert!(said.ends_with("--- exit 0\n") && desk.read("沿用.yaml").contains("2026"), "{said}");
    let filled = desk.read("沿用.yaml").replacen("今年:", "今年: 2027年", 1);
    desk.put("沿用.yaml", filled.as_bytes());
    let said = desk.run("renew in/a.doc --values 沿用.yaml --output 今年.docx");
    assert!(said.contains("改了1行"), "{said}");
    let made = read("今年.docx", &desk.bytes("今年.docx")).unwrap();
    assert!(made.text().contains("关于做好2027年防汛备汛工作的通知"), "{}", made.text());
    assert_eq!(made.blocks()[0].kind, BlockKind::Title);
    for to in ["今年.doc", "今年.txt"] {
        let said = desk.run(&format!("renew in/a.doc --values 沿用.yaml --output {to} --lang en"));
        assert!(said.contains("write a .docx") && said.ends_with("--- exit 2\n"), "{said}");
    }
    assert!(desk.run("fix in/b.rtf --lang en").contains("--- exit"));
}

/// Each byte of the samples in its turn, and each length, would take minutes: a step that is prime to the
/// sizes of sectors meets every part of every structure.
#[test]
fn flipped_and_cut_samples_are_read_or_refused() {
    for (name, bytes, step) in [("a.doc", DOC, 61), ("a.rtf", RTF, 211), ("a.xls", XLS, 17)] {
        let whole = read(name, bytes).unwrap();
        for at in (0..bytes.len()).step_by(step) {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 1 << (at % 8);
            let _ = read(name, &flipped);
            if let Ok(part) = read(name, &bytes[..at]) {
                let told = part.gaps().len() > whole.gaps().len() || part.text() == whole.text();
                assert!(told, "{name} cut at {at} reads as if it were whole");
            }
        }
    }
}

#[test]
fn what_libreoffice_saves_in_other_formats_is_the_same_paper() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).unwrap();
    let writer = wengao::writer("a.docx").unwrap();
    let mut names = Vec::new();
    for (index, skeleton) in skeletons().iter().enumerate().take(12) {
        let drafted = draft(skeleton, skeleton.example(), &Options::default()).unwrap();
        let name = format!("draft-{index}");
        let bytes = writer.write(&drafted, &Settings::default()).unwrap();
        std::fs::write(folder.join(format!("{name}.docx")), bytes).unwrap();
        names.push(name);
    }
    let files: Vec<_> = names.iter().map(|name| folder.join(format!("{name}.docx"))).collect();
    for (extension, filter) in [("doc", "doc:MS Word 97"), ("rtf", "rtf:Rich Text Format")] {
        if !made(&files, filter, &folder) {
            return;
        }
        for name in &names {
            let docx = read("a.docx", &std::fs::read(folder.join(format!("{name}.docx"))).unwrap()).unwrap();
            let file = format!("{name}.{extension}");
            let other = read(&file, &std::fs::read(folder.join(&file)).unwrap()).unwrap();
            assert_eq!(said(&docx), said(&other), "{file}");
            assert_eq!(cells(&docx), cells(&other), "{file}");
            assert_eq!(docx.gaps(), other.gaps(), "{file}");
        }
    }
}
