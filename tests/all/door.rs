//! A door that is not the command line: what it takes to check documents that are in memory.

use std::sync::Arc;

use crate::desk::Desk;
use crate::house::{files, source};
use wengao::door::{Asked, Deaf, Files, InMemory, Office, Order, Pile, Use, check, draft, plans, update};
use wengao::{Date, Lang, Options, REPORTS, Result, View};

const FILES: &[(&str, &str)] = &[
    ("讲话.md", "# 讲话\n\n全年新改建农村公路x公里，总投资3.2亿元，由***同志牵头。\n"),
    ("通知/秋收.txt", "关于秋收的通知\n各镇人民政府:\n　　全县投资3.6亿元，落实x项措施。\n"),
    ("通知/wengao.yaml", "规则: {placeholder: 警告}\n事实: [县情.yaml]\n放行: [x项]\n"),
    ("通知/县情.yaml", "地区: {名称: 云岭县}\n指标: [{名称: 总投资, 值: 3.2亿元}]\n"),
];

/// The door: names and bytes in, a report as JSON out.
fn door(files: InMemory, names: &[&str], today: Date) -> Result<Vec<u8>> {
    let office = Office::with(Arc::new(files), Lang::Zh, today);
    let (names, asked): (Vec<String>, _) =
        (names.iter().map(|n| (*n).to_owned()).collect(), Asked::default());
    let plans = plans(&office, &asked, &names, &mut Deaf)?;
    let checked = check(&office, Pile::of(names, plans, &asked), &mut Deaf)?;
    let json = REPORTS.iter().find(|report| report.name() == "json").unwrap_or(&REPORTS[0]);
    json.write(&checked, View { lang: office.lang, date: Some(today), ..View::default() })
}

#[test]
fn documents_in_memory_are_reported_as_the_command_line_reports_them() {
    let shown = Desk::texts(FILES).run("check 讲话.md 通知/秋收.txt --format json");
    let files = InMemory::of(FILES.iter().map(|&(name, text)| (name.to_owned(), text.into())));
    let today = Date::parse("2026-03-05").unwrap();
    let report = door(files, &["讲话.md", "通知/秋收.txt"], today).unwrap();
    let shown = shown.split_once("{\n").unwrap().1.split("\n}\n").next().unwrap();
    assert_eq!(String::from_utf8(report).unwrap(), format!("{{\n{shown}\n}}\n"));
}

/// The papers of which the rule `genre` says something, by name.
fn held_to_genre(config: &str, asked: &Asked, papers: &[(&str, &str)], today: Date) -> Result<Vec<String>> {
    let files = papers.iter().map(|&(name, head)| (name.to_owned(), format!("{head}{NOTICE}").into_bytes()));
    let files = files.chain([("wengao.yaml".to_owned(), config.as_bytes().to_vec())]);
    let office = Office::with(Arc::new(InMemory::of(files)), Lang::Zh, today);
    let names: Vec<String> = papers.iter().map(|paper| paper.0.to_owned()).collect();
    let plans = plans(&office, asked, &names, &mut Deaf)?;
    let checked = check(&office, Pile::of(names, plans, asked), &mut Deaf)?;
    let lines = REPORTS.iter().find(|report| report.name() == "jsonl").unwrap_or(&REPORTS[0]);
    let lines = lines.write(&checked, View { lang: office.lang, ..View::default() })?;
    let lines = String::from_utf8_lossy(&lines).into_owned();
    let told: Vec<&str> = lines.lines().filter(|line| line.contains("\"genre\"")).collect();
    let named = papers.iter().filter(|paper| told.iter().any(|line| line.contains(paper.0)));
    Ok(named.map(|paper| paper.0.to_owned()).collect())
}

const NOTICE: &str =
    "# 关于做好春灌工作的通知\n\n各村要在3月底前完成渠道清淤。\n\n清河镇人民政府\n\n2026年3月1日\n";

#[test]
fn a_genre_is_declared_by_pattern_by_front_matter_and_by_who_asks_the_later_the_surer() {
    let config = "例外:\n- {文件: '通知/*', 文种: 通知}\n";
    let papers = [("通知/甲.md", ""), ("别的/乙.md", ""), ("别的/丙.md", "---\n文种: 通知\n---\n")];
    let today = Date::parse("2026-03-05").unwrap();
    let told = held_to_genre(config, &Asked::default(), &papers, today).unwrap();
    assert_eq!(told, ["通知/甲.md", "别的/丙.md"]);
    let mut asked = Asked::default();
    asked.flags.genre = Some("方案".to_owned());
    assert!(held_to_genre(config, &asked, &papers, today).unwrap().is_empty());
}

#[test]
fn a_plan_is_drafted_gone_on_with_and_brought_up_to_date_without_a_disk() {
    let template = "---\nid: own/plan\ntitle: {zh: 安排, en: plan}\nneeds:\n- {fact: meeting.name, for: {zh: 会, en: m}}\n- {fact: work.funds, for: {zh: 钱, en: f}}\n---\n# {{ meeting.name }}安排\n\n安排{{ work.funds }}，用在点上。\n\n各村要把这件事办好。\n";
    let facts = "会议: {名称: 全县清沟会}\n工作: {资金: 30万元}\n";
    let files = Arc::new(InMemory::default());
    files.put("t.tera", template.as_bytes());
    files.put("f.yaml", facts.as_bytes());
    let office = Office::with(files.clone(), Lang::Zh, Date::parse("2026-03-05").unwrap());
    let order = |update| Order {
        template: "t.tera",
        facts: vec!["f.yaml".to_owned()],
        options: Options::default(),
        fonts: None,
        apart: None,
        update,
    };
    let drafted = draft(&office, order(None), &mut Deaf).unwrap();
    drafted.write(&office, &["稿/甲.txt"], false, &mut Deaf).unwrap();
    let text = || String::from_utf8(files.read("稿/甲.txt", Use::Look).unwrap()).unwrap();
    assert!(drafted.findings.is_empty() && text().contains("安排30万元"), "{}", text());

    files.put("稿/甲.txt", text().replace("办好", "办实，月底回头看").as_bytes());
    assert!(drafted.write(&office, &["稿/甲.txt"], false, &mut Deaf).is_err());
    files.put("f.yaml", facts.replace("30", "45").as_bytes());
    let anew = draft(&office, order(Some("稿/甲.txt")), &mut Deaf).unwrap();
    let bytes = anew.bytes("稿/甲.txt").unwrap();
    assert!(update(&office, "稿/甲.txt", &bytes, &anew.name, &mut Deaf).unwrap());
    assert!(text().contains("安排45万元") && text().contains("办实，月底回头看"), "{}", text());
    assert!(files.is_file("稿/甲.txt.bak"));
}

#[test]
fn the_room_behind_the_doors_prints_nothing_and_knows_no_command_line() {
    for (path, source) in
        files(&source().join("app")).into_iter().filter(|(path, _)| !path.ends_with("tests.rs"))
    {
        for word in ["clap", "print!", "println!", "stdin()", "stdout", "stderr", "std::fs", "std::env"] {
            assert!(!source.contains(word), "{} says {word}", path.display());
        }
    }
}
