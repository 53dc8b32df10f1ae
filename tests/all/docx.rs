//! .docx written and read back: the same text, the same blocks.

use proptest::prelude::*;
use wengao::{BlockKind, Manuscript, Place, Settings, heading_number};

use BlockKind::{
    Annex, AttachmentNote, Body, Caption, Cell, Code, CopyLine, DateLine, DateOfIssue, DocumentNumber,
    EditedLine, Heading, IssueNumber, Item, Masthead, Note, PrintLine, Quotation, Salutation, Signature,
    SpeakerLine, Subtitle, Title,
};

fn round(m: &Manuscript) -> Manuscript {
    let writer = wengao::writer("a.docx").expect("the table has .docx");
    let bytes = writer.write(m, &Settings::default()).expect("no control characters");
    wengao::read("a.docx", &bytes).expect("what was written is sound")
}

#[test]
fn a_speech_comes_back_as_it_was() {
    let speech = crate::sample::speech();
    let back = round(&speech);
    assert_eq!(back.text(), speech.text());
    assert_eq!(back.blocks(), speech.blocks());
    assert_eq!(
        back.place(speech.text().len() - 1),
        Some(&Place::Paragraph(u32::try_from(speech.blocks().len()).unwrap()))
    );
    assert_eq!(back.notes(), []);
}

#[test]
fn a_fix_changes_the_words_it_means_and_nothing_else() {
    let speech = crate::sample::speech();
    let writer = wengao::writer("a.docx").expect("the table has .docx");
    let bytes = writer.write(&speech, &Settings::default()).expect("no control characters");
    let read = wengao::read("a.docx", &bytes).expect("what was written is sound");
    let at = read.text().find("同志们").expect("a salutation");
    let change = wengao::Change { range: at..at + "同志们".len(), text: "各位同志".to_owned() };
    let fixed = wengao::fix(&bytes, &read, &[change]).expect("a plain change");
    let back = wengao::read("a.docx", &fixed).expect("still sound");
    assert_eq!(back.text(), read.text().replacen("同志们", "各位同志", 1));
    assert_eq!(back.blocks().len(), read.blocks().len());
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop::sample::select(vec![
        Masthead,
        DocumentNumber,
        IssueNumber,
        EditedLine,
        Title,
        Subtitle,
        DateLine,
        SpeakerLine,
        Salutation,
        Heading(1),
        Heading(2),
        Heading(3),
        Heading(4),
        Body,
        Item,
        Quotation,
        Code,
        Caption,
        AttachmentNote,
        Signature,
        DateOfIssue,
        Note,
        Annex,
    ])
}

/// What a text may hold: everyday signs, markup's own signs, odd characters that XML allows.
fn words() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => prop::sample::select("云岭县供水，。、“”‘’—…（）《》一二三123abc %".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("&<>\"'\t\n\u{A0}\u{3000}\u{200B}\u{E000}\u{FDD0}\u{FFFD}\u{F0FE}𠮷😀".chars().collect::<Vec<_>>()),
        1 => any::<char>().prop_filter("no character of XML 1.0", |&c| {
            !(c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        }),
    ];
    proptest::collection::vec(sign, 0..40).prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    #[test]
    fn what_is_written_is_read(parts in proptest::collection::vec((kind(), words()), 0..12)) {
        let parts: Vec<_> = parts.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
        let m = crate::sample::manuscript(&parts);
        let back = round(&m);
        prop_assert_eq!(back.text(), m.text());
        // Blank paragraphs are no blocks, as in plain text; a body line that opens with a number
        // may be a heading that its author forgot to make one.
        let expected = m.blocks().iter().filter(|b| !m.block_text(b).trim().is_empty());
        prop_assert_eq!(back.blocks().len(), expected.clone().count());
        for (got, wanted) in back.blocks().iter().zip(expected) {
            prop_assert_eq!(&got.range, &wanted.range);
            let forgotten = wanted.kind == Body && heading_number(m.block_text(wanted)).is_some();
            prop_assert!(got.kind == wanted.kind || forgotten, "{:?} {:?}", got, wanted);
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_read_by_part_or_refused() {
    let speech = crate::sample::speech();
    let writer = wengao::writer("a.docx").unwrap();
    let bytes = writer.write(&speech, &Settings::default()).unwrap();
    for cut in (0..bytes.len()).step_by(41) {
        if let Ok(part) = wengao::read("a.docx", &bytes[..cut]) {
            assert!(!part.notes().is_empty(), "cut at {cut}");
            assert!(speech.text().starts_with(part.text().trim_end()), "cut at {cut}: {}", part.text());
        }
    }
}

#[test]
fn a_plan_a_brief_and_a_summary_come_back_as_they_were() {
    for (name, source) in crate::sample::FORMS {
        let form = crate::sample::drafted(name, source);
        let back = round(&form);
        // The empty paragraph after a 版记 is a line end more.
        assert_eq!(back.text().trim_end(), form.text(), "{name}");
        // An empty cell is no block.
        let kept: Vec<_> = form.blocks().iter().filter(|b| !b.range.is_empty()).collect();
        assert_eq!(back.blocks().iter().collect::<Vec<_>>(), kept, "{name}");
        assert_eq!(back.notes(), [], "{name}");
    }
}

#[test]
fn forms_give_no_finding_in_any_format() {
    for (name, source) in crate::sample::FORMS {
        let form = crate::sample::drafted(name, source);
        let settings = Settings::with(|s| s.home = Some("云岭县".to_owned()));
        let found = wengao::check(&wengao::Case::new(&form, &settings));
        assert_eq!(found, [], "{name} as drafted");
        for format in ["a.docx", "a.md", "a.txt"] {
            let writer = wengao::writer(format).expect("a known format");
            let bytes = writer.write(&form, &settings).expect("no control characters");
            let back = wengao::read(format, &bytes).expect("what was written is sound");
            let found = wengao::check(&wengao::Case::new(&back, &settings));
            assert_eq!(found, [], "{name} in {format}");
        }
    }
}

#[test]
fn the_lines_of_an_imprint_come_back_though_they_stand_in_a_table() {
    let parts = [(Body, "正文。"), (CopyLine, "抄送：县委。"), (PrintLine, "办公室\t2026年3月6日印发")];
    let m = crate::sample::manuscript(&parts);
    let back = round(&m);
    assert_eq!((back.text().trim_end(), back.blocks()), (m.text(), m.blocks()));
}

#[test]
fn cells_of_no_table_come_back_as_paragraphs() {
    let back = round(&crate::sample::manuscript(&[(Cell, "单位"), (Cell, "期限")]));
    assert_eq!(back.text(), "单位\n期限");
}
