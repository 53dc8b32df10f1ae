//! The rules `layout` and `sensitive` on files: what the program writes is as the standard has it and carries
//! nothing, and what a person is shown of a file that is not.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;

use wengao::{Case, Fonts, Manuscript, Options, Settings, WRITERS, check, draft};

use crate::desk::Desk;
use crate::library::{samples, skeletons};
use crate::sample;

/// What both rules say of a manuscript that is written and read again.
fn told(manuscript: &Manuscript, fonts: Fonts) -> Vec<String> {
    let writer = WRITERS.iter().find(|w| w.name() == "docx").expect("the table has .docx");
    let bytes = writer.write(manuscript, &Settings::with(|s| s.fonts = fonts)).expect("it is written");
    let back = wengao::read("a.docx", &bytes).expect("what was written is sound");
    let rules = ["layout", "sensitive"].map(str::to_owned);
    let settings = Settings::with(|s| s.only = rules.to_vec());
    let found = check(&Case::new(&back, &settings));
    found.iter().map(|f| format!("{}: {}: {}", f.rule, f.message.zh, &back.text()[f.range.clone()])).collect()
}

#[test]
fn what_the_program_writes_is_set_by_the_standard_and_carries_nothing() {
    let mut wrong = Vec::new();
    let mut look = |what: &str, manuscript: &Manuscript| {
        for (name, fonts) in Fonts::ALL {
            wrong.extend(told(manuscript, fonts).into_iter().map(|t| format!("{what}, {name}: {t}")));
        }
    };
    look("a speech", &sample::speech());
    for (name, source) in sample::FORMS {
        look(name, &sample::drafted(name, source));
    }
    let samples = samples();
    for skeleton in skeletons() {
        let example = draft(&skeleton, skeleton.example(), &Options::default()).expect(&skeleton.id);
        look(&skeleton.id, &example);
        for sample in samples.iter().filter(|s| s.topic == "教育") {
            let made = draft(&skeleton, &sample.facts, &Options::default()).expect(&skeleton.id);
            look(&skeleton.id, &made);
        }
    }
    assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
}

/// A drafted speech with these strings of its parts replaced, and these parts besides.
fn altered(edits: &[(&str, &str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let writer = WRITERS.iter().find(|w| w.name() == "docx").expect("the table has .docx");
    let bytes = writer.write(&sample::speech(), &Settings::default()).expect("it is written");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut file = old.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut xml = String::new();
        file.read_to_string(&mut xml).expect("UTF-8");
        for (part, from, to) in edits.iter().filter(|(part, ..)| *part == name) {
            assert!(xml.contains(from), "{part} holds no {from}");
            xml = xml.replacen(from, to, 1);
        }
        new.start_file(name, SimpleFileOptions::default()).expect("a part");
        new.write_all(xml.as_bytes()).expect("a part");
    }
    for (name, xml) in more {
        new.start_file(*name, SimpleFileOptions::default()).expect("a part");
        new.write_all(xml.as_bytes()).expect("a part");
    }
    new.finish().expect("a container").into_inner()
}

const DOCUMENT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const TEXT: &str = "今天，我们召开";

/// A speech with all that a file may carry.
fn carrying() -> Vec<u8> {
    let changed = format!(
        r#"<w:ins w:id="7" w:author="林知远"><w:r><w:t>早上</w:t></w:r></w:ins><w:del w:id="8" w:author="周青"><w:r><w:delText>前天</w:delText></w:r></w:del><w:ins w:id="9" w:author="文稿 wengao"><w:r><w:t>好</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>底数另报</w:t></w:r><w:r><w:t xml:space="preserve">{TEXT}"#
    );
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let more = format!(
        r#"<Relationship Id="rIdC" Type="{base}/comments" Target="comments.xml"/><Relationship Id="rIdL" Type="{base}/hyperlink" TargetMode="External" Target="file:///C:\Users\linzy\a.docx"/></Relationships>"#
    );
    let comments = r#"<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1" w:author="林知远"><w:p/></w:comment><w:comment w:id="2" w:author="文稿 wengao"><w:p/></w:comment></w:comments>"#;
    let opening =
        format!(r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{TEXT}"#);
    altered(
        &[
            (DOCUMENT, &opening, &changed),
            ("word/_rels/document.xml.rels", "</Relationships>", &more),
            (
                "docProps/core.xml",
                "<dc:title>",
                "<dc:creator>林知远</dc:creator><cp:lastModifiedBy>Administrator</cp:lastModifiedBy><dc:title>",
            ),
            ("docProps/app.xml", "</Application>", "</Application><Company>云岭县水务局</Company>"),
        ],
        &[("word/comments.xml", comments)],
    )
}

#[test]
fn what_goes_out_with_a_file_is_told_with_names_by_their_first_sign() {
    let desk = Desk::with(&[("稿.docx", &carrying())]);
    snapshot!(
        desk.run("check 稿.docx --only sensitive --show-info"),
        desk.run("check 稿.docx --only sensitive --show-info --lang en"),
    );
    for lang in ["zh", "en"] {
        let shown =
            desk.run(&format!("check 稿.docx --only sensitive --show-info --format json --lang {lang}"));
        assert!(
            !shown.contains("知远") && !shown.contains("云岭县水务局（") && !shown.contains("linzy"),
            "{shown}"
        );
    }
}

#[test]
fn what_departs_is_told_once_a_kind_and_all_at_once_where_nearly_all_departs() {
    let fonts = r#"w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Title">"#;
    let two = altered(
        &[
            (STYLES, fonts, &fonts.replace("eastAsia=\"仿宋\"", "eastAsia=\"宋体\"")),
            (DOCUMENT, "w:top=\"2098\"", "w:top=\"1440\""),
        ],
        &[],
    );
    let all = altered(
        &[
            (STYLES, fonts, &fonts.replace("eastAsia=\"仿宋\"", "eastAsia=\"宋体\"").replace("32", "28")),
            (STYLES, "<w:sz w:val=\"44\"/>", "<w:sz w:val=\"36\"/>"),
            (STYLES, "w:line=\"579\"", "w:line=\"400\""),
            (DOCUMENT, "w:top=\"2098\"", "w:top=\"1440\""),
            (DOCUMENT, "w:type=\"default\"", "w:type=\"unknown\""),
            (DOCUMENT, "w:type=\"even\"", "w:type=\"unknown\""),
        ],
        &[],
    );
    let desk = Desk::with(&[("两处.docx", &two), ("整篇.docx", &all)]);
    snapshot!(
        desk.run("check 两处.docx --only layout --show-info"),
        desk.run("check 整篇.docx --only layout --show-info"),
        desk.run("check 整篇.docx --only layout --show-info --lang en"),
    );
}

/// Findings of several kinds begin at one place: the title.
#[test]
fn a_file_is_annotated_and_accepted_whatever_stands_at_its_title() {
    let desk = Desk::with(&[("稿.docx", &carrying())]);
    desk.run("check 稿.docx --show-info -o 一.docx");
    desk.run("check 一.docx --show-info -o 二.docx");
    assert!(desk.bytes("一.docx") == desk.bytes("二.docx"), "annotated twice is annotated once");
    let found = wengao::read("一.docx", &desk.bytes("一.docx")).expect("it reads");
    assert_eq!(found.text(), wengao::read("稿.docx", &desk.bytes("稿.docx")).expect("it reads").text());
}
