//! The written .docx as other programs see it: python-docx reads the same paragraphs, LibreOffice
//! lays out 22 lines of 28 characters.
//!
//! `check_docx.py` does the looking and prints its figures. Where python-docx or LibreOffice is
//! missing, it says so and nothing is tested; CI has both.
#![expect(clippy::disallowed_methods, reason = "the other programs read files")]

use std::path::Path;
use std::process::Command;

use wengao::{Comment, Fonts, Settings, annotate};

#[test]
fn libreoffice_lays_out_22_lines_of_28_characters() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let speech = crate::sample::speech();
    let expected = folder.join("expected.txt");
    std::fs::write(&expected, speech.text()).unwrap();
    for (name, fonts) in Fonts::ALL {
        let file = folder.join(format!("speech-{name}.docx"));
        let settings = Settings::with(|s| s.fonts = fonts);
        let bytes = wengao::writer("a.docx").unwrap().write(&speech, &settings).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/check_docx.py");
        match Command::new("python3").arg(script).arg(&file).arg(&expected).status() {
            // 77 is the custom of test programs for "skipped"; the script has said why.
            Ok(status) => assert!(status.success() || status.code() == Some(77), "{name}: see above"),
            Err(error) => println!("skipped: python3 cannot be run: {error}"),
        }
    }
}

#[test]
fn libreoffice_lays_out_plans_briefs_and_summaries() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let looks: [&[&str]; 3] = [&["head", "imprint", "table", "body"], &["brief", "imprint"], &["table"]];
    for ((name, source), looks) in crate::sample::FORMS.into_iter().zip(looks) {
        let form = crate::sample::drafted(name, source);
        let (file, expected) = (folder.join(format!("{name}.docx")), folder.join(format!("{name}.txt")));
        std::fs::write(&expected, form.text()).unwrap();
        let bytes = wengao::writer("a.docx").unwrap().write(&form, &Settings::default()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/check_form.py");
        match Command::new("python3").arg(script).arg(&file).arg(&expected).args(looks).status() {
            Ok(status) => assert!(status.success() || status.code() == Some(77), "{name}: see above"),
            Err(error) => println!("skipped: python3 cannot be run: {error}"),
        }
    }
}

/// The 版记 keeps to the foot of the last page however far down the text ends, and gives way to no
/// line of it.
#[test]
fn the_imprint_finds_its_place_wherever_the_text_ends() {
    use wengao::{
        BlockKind::Body, BlockKind::CopyLine, BlockKind::DateOfIssue, BlockKind::PrintLine,
        BlockKind::Signature, BlockKind::Title,
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imprint");
    std::fs::create_dir_all(&folder).unwrap();
    for lines in 10..=20 {
        let mut blocks = vec![(Title, "通知")];
        blocks.extend(std::iter::repeat_n((Body, "一行正文。"), lines));
        blocks.push((Signature, "云岭县人民政府"));
        blocks.push((DateOfIssue, "2026年3月5日"));
        blocks.push((CopyLine, "抄送：县委各部门，县人大常委会办公室，县政协办公室，县监委，县人民法院，县人民检察院，各人民团体。"));
        blocks.push((PrintLine, "云岭县人民政府办公室\t2026年3月6日印发"));
        let m = crate::sample::manuscript(&blocks);
        let bytes = wengao::writer("a.docx").unwrap().write(&m, &Settings::default()).unwrap();
        std::fs::write(folder.join(format!("lines{lines}.docx")), bytes).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/check_imprint.py");
    match Command::new("python3").arg(script).arg(&folder).status() {
        Ok(status) => assert!(status.success() || status.code() == Some(77), "see above"),
        Err(error) => println!("skipped: python3 cannot be run: {error}"),
    }
}

#[test]
fn other_programs_read_the_same_text_and_the_comments() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let speech = crate::sample::speech();
    let bytes = wengao::writer("a.docx").unwrap().write(&speech, &Settings::default()).unwrap();
    let comments: Vec<_> = speech
        .text()
        .match_indices("供水")
        .map(|(at, words)| Comment { range: at..at + words.len(), lines: vec!["提示[x]：核实".into()] })
        .collect();
    let annotated = annotate(&bytes, speech.text(), &comments, None).unwrap();
    let (plain, commented) = (folder.join("plain.docx"), folder.join("commented.docx"));
    std::fs::write(&plain, bytes).unwrap();
    std::fs::write(&commented, annotated).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/check_comments.py");
    let count = comments.len().to_string();
    match Command::new("python3").arg(script).arg(&plain).arg(&commented).arg(count).status() {
        Ok(status) => assert!(status.success() || status.code() == Some(77), "see above"),
        Err(error) => println!("skipped: python3 cannot be run: {error}"),
    }
}
