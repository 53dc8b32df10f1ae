//! What each report says of the same findings, made by hand.

use super::{Checked, Document, REPORTS, View};
use crate::base::{Lang, Place, Problem, Text, encoding};
use crate::model::{Block, BlockKind, Finding, Fix, Manuscript, Piece, Severity, Source};
use crate::read::read;
use crate::text;

fn finding(text: &str, words: &str, rule: &'static str, severity: Severity) -> Finding {
    let start = text.find(words).unwrap();
    Finding::new(
        rule,
        severity,
        start..start + words.len(),
        text!("“{words}”没有填写", "“{words}” was not filled in"),
    )
    .help(Text::fixed("补上实际内容", "fill it in"))
}

fn document(path: &str, text: &str, findings: Vec<Finding>) -> Document {
    Document::new(path.to_owned(), read("a.txt", text.as_bytes()).unwrap(), findings)
}

fn report(name: &str, checked: &Checked, view: View) -> String {
    let report = REPORTS.iter().find(|r| r.name() == name).unwrap();
    String::from_utf8(report.write(checked, view).unwrap()).unwrap()
}

/// Two documents with one finding of each severity, evidence, a fix, a note, and an unread one.
fn mixed() -> Checked {
    let speech = "全县农村人居环境整治动员讲话\r\n同志们：\r\n　　𠮷林路整治已完成x公里，投入3.2亿元，惠及群众1.6万人。全县上下要拧成一股绳，确保按时完成各项任务，让群众满意，让上级放心，以实际成效检验工作。\r\n";
    let mut figure = finding(speech, "3.2亿元", "fact-mismatch", Severity::Warning);
    let at = Place::Line { file: "facts/事实.yaml".into(), line: 12, column: 5 };
    figure.notes.push((Some(at), Text::fixed("这里写的是2.3亿元", "2.3亿元 is stated here")));
    figure.fix = Some(Fix { text: "2.3亿元".into() });
    figure.help = None;
    let mut hint = finding(speech, "让群众满意", "set-phrase", Severity::Info);
    hint.fix = Some(Fix { text: String::new() });
    let findings = vec![finding(speech, "x公里", "placeholder", Severity::Error), figure, hint];
    let mut checked =
        Checked { documents: vec![document("drafts/讲话.txt", speech, findings)], ..Checked::default() };
    checked.documents[0].notes.extend(encoding::decode(&[0xC8, 0xAB, 0xCF, 0xD8]).unwrap().note());
    checked.documents.push(document("drafts/空.txt", "", Vec::new()));
    let problem = Problem::new(Text::fixed("读不了：没有这个文件", "cannot read: no such file"))
        .at(Place::File("旧稿.doc".into()));
    checked.unread.push(("旧稿.doc".into(), problem.into()));
    checked
}

#[test]
fn the_json_of_two_documents() {
    insta::assert_snapshot!(report("json", &mixed(), View::default()));
}

#[test]
fn json_is_valid_for_no_documents() {
    insta::assert_snapshot!(report("json", &Checked::default(), View { lang: Lang::En, ..View::default() }));
}

#[test]
fn json_positions_are_code_points_also_after_astral_characters_and_crlf() {
    let checked = mixed();
    let json: serde_json::Value = serde_json::from_str(&report("json", &checked, View::default())).unwrap();
    let text: Vec<char> = checked.documents[0].manuscript.text().chars().collect();
    let lines: Vec<&str> = checked.documents[0].manuscript.text().split('\n').collect();
    let number = |v: &serde_json::Value| usize::try_from(v.as_u64().unwrap()).unwrap();
    let document = &json["documents"][0];
    assert_eq!(number(&document["characters"]), text.len());
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 3);
    for found in findings {
        let (start, end) = (number(&found["start"]), number(&found["end"]));
        let words: String = text[start..end].iter().collect();
        assert_eq!(found["text"], words);
        let from: String =
            lines[number(&found["line"]) - 1].chars().skip(number(&found["column"]) - 1).collect();
        assert!(from.starts_with(&words));
    }
}

#[test]
fn the_terminal_in_chinese() {
    insta::assert_snapshot!(report("terminal", &mixed(), View::default()));
}

#[test]
fn the_terminal_in_english_with_hints() {
    let view = View { lang: Lang::En, info: true, ..View::default() };
    insta::assert_snapshot!(report("terminal", &mixed(), view));
}

#[test]
fn colour_comes_as_escapes_and_only_when_asked_for() {
    assert!(!report("terminal", &mixed(), View::default()).contains('\x1b'));
    let colored = report("terminal", &mixed(), View { color: true, ..View::default() });
    assert!(colored.contains("\x1b[") && !colored.contains(":::"));
}

#[test]
fn sixty_alike_are_shown_as_three_and_the_places_of_the_rest() {
    let text = "　　*月*日，*在*讲话。\n".repeat(15);
    let findings = text
        .match_indices('*')
        .map(|(start, words)| Finding {
            range: start..start + 1,
            ..finding(&text, words, "placeholder", Severity::Error)
        })
        .collect();
    let checked = Checked { documents: vec![document("讲话.txt", &text, findings)], ..Checked::default() };
    insta::assert_snapshot!(report("terminal", &checked, View::default()));
    let all = report("terminal", &checked, View { all: true, ..View::default() });
    assert_eq!(all.matches("错误[placeholder]").count(), 60);
}

#[test]
fn a_line_of_five_hundred_characters_is_cut_round_the_finding() {
    let sentence = "各级各部门要压实责任，确保各项任务落到实处。";
    let text = format!("　　{}到2026年底，整治村庄xx个。{}\n", sentence.repeat(12), sentence.repeat(12));
    let found = finding(&text, "xx个", "placeholder", Severity::Error);
    let long =
        Finding { range: 6..text.len() - 1, ..finding(&text, "各级", "copied-passage", Severity::Warning) };
    let checked =
        Checked { documents: vec![document("讲话.txt", &text, vec![found, long])], ..Checked::default() };
    insta::assert_snapshot!(report("terminal", &checked, View::default()));
}

#[test]
fn a_word_document_is_shown_by_paragraph() {
    let text = "关于整治工作的通知\n各乡镇：\n投入x万元。".to_owned();
    let (mut blocks, mut pieces) = (Vec::new(), Vec::new());
    for (n, line) in (1..).zip(text.split('\n')) {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        blocks.push(Block { kind: BlockKind::Body, range: start..start + line.len() });
        // Paragraphs of a table before the text make the numbers differ from the lines.
        pieces.push(Piece { range: start..start + line.len(), from: Place::Paragraph(n + 4) });
    }
    let found = finding(&text, "x万元", "placeholder", Severity::Error);
    let manuscript = Manuscript::new(text, blocks, pieces, Vec::new());
    let documents = vec![Document::new("通知.docx".into(), manuscript, vec![found])];
    insta::assert_snapshot!(report(
        "terminal",
        &Checked { documents, ..Checked::default() },
        View::default()
    ));
}

#[test]
fn of_ten_thousand_alike_the_rest_is_counted_and_said() {
    let text = "x".repeat(super::MOST + 5);
    let one = finding(&text, "x", "placeholder", Severity::Error);
    let mut all: Vec<_> = (0..text.len()).map(|at| Finding { range: at..at + 1, ..one.clone() }).collect();
    all.push(Finding { rule: "stale-time", severity: Severity::Warning, ..one });
    let document = document("a.txt", &text, all);
    assert_eq!(document.findings.len(), super::MOST + 1);
    assert_eq!(document.notes.len(), 1);
    assert!(document.notes[0].in_lang(Lang::Zh).contains("另有5处"));
    assert!(document.notes[0].in_lang(Lang::En).contains("5 more"));
    let checked = Checked { documents: vec![document], ..Checked::default() };
    assert_eq!(checked.summary()[&Severity::Error], text.len());
}

#[test]
fn what_differs_from_a_source_is_marked_on_both_sides() {
    let text = "云岭县清淤52条毛渠，村民自己管水。<b>";
    let mut copied =
        finding(text, "云岭县清淤52条毛渠，村民自己管水。<b>", "copied-passage", Severity::Error);
    copied.sources.push(Source {
        corpus: String::new(),
        document: "石塘.txt".into(),
        title: "总结".into(),
        locality: "石塘县".into(),
        range: 40..59,
        text: "石塘县清淤36条毛渠，村民自己管水。<b>".into(),
    });
    let checked =
        Checked { documents: vec![document("讲话.txt", text, vec![copied])], ..Checked::default() };
    let terminal = report("terminal", &checked, View::default());
    assert!(terminal.contains("本文：【云岭】县清淤【52】条毛渠，村民自己管水。<b>"), "{terminal}");
    assert!(terminal.contains("原文：【石塘】县清淤【36】条毛渠"), "{terminal}");
    let html = report("html", &checked, View::default());
    assert!(html.contains("<em>石塘</em>县清淤<em>36</em>条毛渠，村民自己管水。&lt;b&gt;</p>"), "{html}");
    let json = report("json", &checked, View::default());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let source = &json["documents"][0]["findings"][0]["sources"][0];
    assert_eq!(
        (&source["document"], &source["start"], &source["end"]),
        (&"石塘.txt".into(), &40.into(), &59.into())
    );
}

/// A slip in a figure and, behind it, one in the name of the state.
fn with_a_name() -> Checked {
    let text = "全县修路x公里。\n依据《中国人民共和国公路法》办理。\n";
    let name = finding(text, "中国人民共和国", "damaged-text", Severity::Error).gravest(true);
    let findings = vec![finding(text, "x公里", "placeholder", Severity::Error), name];
    Checked { documents: vec![document("讲话.txt", text, findings)], ..Checked::default() }
}

#[test]
fn a_damaged_name_comes_first_where_a_person_reads() {
    for name in ["terminal", "html", "github"] {
        let said = report(name, &with_a_name(), View::default());
        let place = |words: &str| said.find(&format!("“{words}”没有填写")).unwrap();
        assert!(place("中国人民共和国") < place("x公里"), "{name}");
    }
}

#[test]
fn a_damaged_name_is_marked_in_its_place_where_a_program_reads() {
    let json: serde_json::Value =
        serde_json::from_str(&report("json", &with_a_name(), View::default())).unwrap();
    let findings = &json["documents"][0]["findings"];
    assert!(findings[0].get("gravest").is_none());
    assert_eq!(findings[1]["gravest"], true);
    let sarif: serde_json::Value =
        serde_json::from_str(&report("sarif", &with_a_name(), View::default())).unwrap();
    let results = &sarif["runs"][0]["results"];
    assert!(results[0].get("rank").is_none());
    assert_eq!(results[1]["rank"], 100.0);
}

/// More findings of a rule than are kept must not hide the one that counts.
#[test]
fn a_damaged_name_is_never_left_out() {
    let text = "x".repeat(super::MOST + 5);
    let one = finding(&text, "x", "damaged-text", Severity::Error);
    let mut all: Vec<_> = (0..text.len()).map(|at| Finding { range: at..at + 1, ..one.clone() }).collect();
    all.last_mut().unwrap().gravest = true;
    let document = document("a.txt", &text, all);
    assert_eq!(document.ranked().next().unwrap().1.range, text.len() - 1..text.len());
}

/// Whatever a report quotes, and whatever stands beside it, somebody's number is told nowhere.
#[test]
fn no_report_repeats_a_private_number() {
    let text = "甲某13800001234，乙某13900001234，完成x公里。\n";
    let number = |n: &str| finding(text, n, "sensitive", Severity::Warning).private(true);
    let mut findings = vec![number("13800001234"), number("13900001234")];
    for finding in &mut findings {
        finding.message = Text::fixed("写有号码", "a number");
    }
    findings.push(finding(text, "x公里", "placeholder", Severity::Error));
    let original = Some(super::Original { name: "a.txt".to_owned(), bytes: text.as_bytes().to_vec() });
    let document = Document { original, ..document("a.txt", text, findings) };
    let checked = Checked { documents: vec![document], ..Checked::default() };
    for name in ["terminal", "json", "jsonl", "sarif", "html", "github"] {
        let said = report(name, &checked, View::default());
        assert!(!said.contains("00001234"), "{name}: {said}");
    }
    for report in REPORTS {
        assert!(report.write(&checked, View::default()).is_ok(), "{}", report.name());
    }
}
