//! One paper in the formats of other programs: the same words, paragraphs and cells, the same findings.
//!
//! The files lie in `samples/programs/`. Longer ones are made by LibreOffice on the spot, of what this
//! program drafts; where it is missing, that is said and nothing is tested.
#![expect(clippy::disallowed_methods, reason = "the other programs' files are read")]

use std::path::{Path, PathBuf};

use wengao::{BlockKind, Case, Manuscript, Settings, read};

use crate::desk::made;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/programs")
}

/// What a file says, as it is read under its own name.
fn of(path: &Path) -> Manuscript {
    let bytes = std::fs::read(path).expect("a file of the samples, or one that was made");
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    read(&name.unwrap_or_default(), &bytes).expect("a paper")
}

/// The paragraphs and cells, blanks taken out.
fn paragraphs(m: &Manuscript) -> Vec<(bool, String)> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    m.blocks().iter().map(|b| (b.kind == BlockKind::Cell, bare(m.block_text(b)))).collect()
}

fn findings(m: &Manuscript) -> Vec<(&'static str, String)> {
    let settings = Settings::default();
    let all = wengao::check(&Case::new(m, &settings));
    all.into_iter().map(|f| (f.rule, m.text()[f.range].to_owned())).collect()
}

#[test]
fn every_program_s_file_has_the_same_paragraphs_and_cells() {
    let docx = paragraphs(&of(&samples().join("春种.docx")));
    assert_eq!(docx.iter().filter(|(cell, _)| *cell).count(), 9);
    let mut count = 0;
    for entry in std::fs::read_dir(samples()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "pdf" || e == "odt" || e == "html") {
            assert_eq!(paragraphs(&of(&path)), docx, "{}", path.display());
            count += 1;
        }
    }
    assert_eq!(count, 8);
}

#[test]
fn a_title_and_headings_are_told_in_every_format() {
    for name in ["xelatex.pdf", "reportlab.pdf", "reportlab-ttf.pdf", "libreoffice.pdf"] {
        let m = of(&samples().join(name));
        let kinds: Vec<_> = m.blocks().iter().map(|b| b.kind).filter(|k| *k != BlockKind::Cell).collect();
        use BlockKind::{Body, Heading, Title};
        let told =
            [Title, Body, Body, Body, Heading(1), Body, Heading(2), Body, Heading(1), Body, Body, Body];
        assert_eq!(kinds, told, "{name}");
    }
}

#[test]
fn a_file_is_what_its_bytes_are_whatever_it_is_called() {
    for name in ["reportlab.pdf", "pandoc.odt", "pandoc.html"] {
        let bytes = std::fs::read(samples().join(name)).unwrap();
        let own = read(name, &bytes).unwrap();
        for other in ["稿.docx", "稿.doc", "稿.txt", "稿"] {
            assert_eq!(read(other, &bytes).unwrap().text(), own.text(), "{name} as {other}");
        }
    }
}

#[test]
fn long_drafts_that_libreoffice_laid_out_say_the_same_and_are_found_fault_with_alike() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
    std::fs::create_dir_all(&folder).unwrap();
    let mut files = Vec::new();
    for (name, source) in crate::sample::FORMS {
        let form = crate::sample::drafted(name, source);
        let bytes = wengao::writer("a.docx").unwrap().write(&form, &Settings::default()).unwrap();
        let path = folder.join(format!("{name}.docx"));
        std::fs::write(&path, bytes).unwrap();
        files.push(path);
    }
    let han = |m: &Manuscript| {
        let is_han = |c: &char| ('\u{3400}'..='\u{9FFF}').contains(c);
        m.text().chars().filter(is_han).collect::<String>()
    };
    for format in ["odt", "html", "pdf"] {
        if !made(&files, format, &folder) {
            return;
        }
        for docx in &files {
            let (ours, theirs) = (of(docx), of(&docx.with_extension(format)));
            let (ours_han, theirs_han) = (han(&ours), han(&theirs));
            assert_eq!(theirs_han, ours_han, "{} as .{format}", docx.display());
            assert_eq!(findings(&theirs), findings(&ours), "{} as .{format}", docx.display());
        }
    }
}
