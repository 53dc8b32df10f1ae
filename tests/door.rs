//! A door that is not the command line: what it takes to check documents that are in memory.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the sources")]

mod desk;

use std::sync::Arc;

use desk::Desk;
use wengao::app::check::{Pile, check};
use wengao::app::plan::{Asked, plans};
use wengao::app::{Deaf, InMemory, Office};
use wengao::base::{Lang, Result, han::Date};
use wengao::report::{REPORTS, View};

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

#[test]
fn the_room_behind_the_doors_prints_nothing_and_knows_no_command_line() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app")];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for word in ["clap", "print!", "println!", "stdin()", "stdout", "stderr", "std::fs", "std::env"] {
                assert!(!source.contains(word), "{} says {word}", path.display());
            }
        }
    }
}
