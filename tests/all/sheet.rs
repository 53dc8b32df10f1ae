//! Facts in workbooks, as a person meets them: made, filled in, read, compared; also after other
//! programs had them.
//!
//! LibreOffice and openpyxl are asked where they are there; where not, the test says so.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files and runs programs")]

use std::process::Command;

use crate::desk::Desk;

const LAST: &str = "文稿: {日期: 2025-03-06}
会议: {名称: 全县农村人居环境整治提升动员会, 地点: 三楼}
地区: {名称: 云岭县, 面积: 2140平方公里, 人口: 31.6万人}
工作: {进展: [去年新建户厕4200座, 2024年改造农房300户]}
指标:
- {名称: 财政收入, 值: 5.60亿元, 同比: 增长5.6%}
- {名称: 粮食产量, 值: 12.0万吨}
";
const THIS: &str = "文稿: {日期: 2026-03-05}
会议: {名称: 全县农村人居环境整治提升动员会, 主持人: 周明达}
地区: {名称: 云岭县, 面积: 2140平方公里, 人口: 31.6万人}
工作: {进展: [去年新建户厕4200座, 2025年改造农房300户]}
指标:
- {名称: 粮食产量, 值: 12.3万吨}
- {名称: 财政收入, 值: 5.92亿元, 同比: 增长5.6%}
";

/// The facts without their places.
fn facts_of(desk: &Desk, file: &str) -> Vec<String> {
    let shown = desk.run(&format!("facts show {file} --format json"));
    let json = shown.split_once('\n').unwrap().1.split("--- ").next().unwrap().to_owned();
    let all: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut all: Vec<String> = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|fact| !fact["value"].is_null())
        .map(|fact| format!("{} {}", fact["path"], fact["value"]))
        .collect();
    all.sort();
    all
}

#[test]
fn a_workbook_is_asked_for_filled_in_and_drafted_from() {
    let desk = Desk::new();
    let made = desk.run("facts new speech/mobilization --xlsx 空白.xlsx");
    let checked = desk.run("facts check 空白.xlsx");
    let missing = desk.run("draft speech/mobilization --facts 空白.xlsx");
    assert!(missing.contains("缺少 会议.名称（") && missing.ends_with("--- exit 2\n"), "{missing}");
    let again = desk.run("facts new speech/mobilization --output 空白.xlsx");
    desk.run("facts new speech/mobilization --example --xlsx 例.xlsx");
    desk.run("facts new speech/mobilization --example --output 例.yaml");
    assert_eq!(facts_of(&desk, "例.xlsx"), facts_of(&desk, "例.yaml"));
    let traced = desk.run("draft speech/mobilization --facts 例.xlsx --trace");
    let funds = traced.lines().find(|l| l.ends_with("\t6800万元")).unwrap();
    assert!(funds.contains("事实 work.funds（例.xlsx 单项!B"), "{funds}");
    desk.run("draft speech/mobilization --facts 例.xlsx --output a.txt");
    desk.run("draft speech/mobilization --facts 例.yaml --output b.txt");
    assert_eq!(desk.read("a.txt"), desk.read("b.txt"));
    snapshot!(made, checked.replace(char::is_numeric, "#"), again);
}

#[test]
fn a_table_becomes_yaml_that_names_its_cells() {
    let desk = Desk::texts(&[
        ("任务.csv", "序号,*名称,牵头单位,投资\n1,抓好垃圾治理,县住房城乡建设局,3\n2,改好户厕,,\n"),
        (
            "县情.csv",
            "项目,内容,单位\n会议.名称,推进会,\n会议.地点,,\n会仪.日期,2026-03-05,\n地区.人口,31.60,万人\n",
        ),
        ("旧.xls", "不是表"),
    ]);
    let first = desk.run("facts import 任务.csv 县情.csv --output 事实.yaml");
    let yaml = desk.read("事实.yaml");
    snapshot!(
        first,
        yaml,
        desk.run("facts check 事实.yaml"),
        desk.run("facts import 任务.csv --sheet 问题"),
        desk.run("facts import 旧.xls 没有.csv 事实.yaml"),
        desk.run("facts check 县情.csv 旧.xls"),
        desk.run("facts show 任务.csv"),
    );
}

#[test]
fn a_table_in_gbk_is_read_and_told_of() {
    let desk = Desk::new();
    desk.put("任务.csv", &encoding_rs::GB18030.encode("名称,牵头单位\n抓好垃圾治理,县住建局\n").0);
    snapshot!(desk.run("facts show 任务.csv"));
}

#[test]
fn facts_go_out_with_what_a_skeleton_still_needs() {
    let desk = Desk::texts(&[("县情.yaml", LAST)]);
    let said = desk.run("facts export 县情.yaml --template speech/mobilization --output 事实.xlsx");
    assert_eq!(facts_of(&desk, "事实.xlsx"), facts_of(&desk, "县情.yaml"));
    let yaml = desk.run("facts export 事实.xlsx");
    snapshot!(said, yaml, desk.run("facts check 事实.xlsx"), desk.run("facts export 县情.yaml -o a.doc"));
}

#[test]
fn the_facts_of_every_sample_go_out_and_come_back_the_same() {
    use wengao::{Contents, read_table, write_workbook};
    use wengao::{Facts, Value, load_facts};
    /// Every value with its path, parts of figures included, places left out.
    fn said(facts: &Facts) -> Vec<String> {
        let shown = |path: &str, value: &Value| match value {
            Value::Figure(figure) => {
                let parts: Vec<_> = figure.parts.iter().map(|(k, f)| format!("{k}={:?}", f.value)).collect();
                format!("{path} {}|{} {parts:?}", figure.value, figure.unit)
            }
            other => format!("{path} {other:?}"),
        };
        let stated = facts.leaves().into_iter().filter(|(_, f)| f.value != Value::Blank(String::new()));
        let mut all: Vec<_> = stated.map(|(path, fact)| shown(&path, &fact.value)).collect();
        all.sort();
        all
    }
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let (mut files, mut values) = (0, 0);
    for entry in ignore::Walk::new(samples) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|e| e != "yaml") {
            continue;
        }
        // Other files of the samples hold settings.
        let Ok(facts) = load_facts("a.yaml", &std::fs::read_to_string(&path).unwrap()) else { continue };
        let contents = Contents { skeleton: None, questions: &[], facts: Some(&facts) };
        let today = wengao::Date::parse("2026-03-05").unwrap();
        let bytes = write_workbook(&contents, wengao::Lang::Zh, today).unwrap();
        let reading = read_table("a.xlsx", &bytes, None).unwrap();
        assert!(reading.problems.is_empty(), "{}: {:?}", path.display(), reading.problems);
        assert_eq!(said(&reading.facts), said(&facts), "{}", path.display());
        files += 1;
        values += facts.leaves().len();
    }
    println!("{files} files, {values} facts");
    assert!(files >= 10 && values >= 2000, "{files} files, {values} facts");
}

#[test]
fn two_years_are_compared() {
    let desk = Desk::texts(&[("去年.yaml", LAST), ("今年.yaml", THIS)]);
    desk.run("facts export 今年.yaml --output 今年.xlsx");
    snapshot!(
        desk.run("facts diff 去年.yaml 今年.yaml"),
        desk.run("facts diff 去年.yaml 今年.xlsx --lang en"),
        desk.run("facts diff 去年.yaml 今年.yaml --format json"),
        desk.run("facts diff 今年.yaml 今年.yaml"),
    );
}

#[test]
fn a_workbook_made_by_openpyxl_is_read() {
    let desk = Desk::new();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets/own.py");
    match Command::new("python3").arg(script).arg(desk.0.path().join("台账.xlsx")).status() {
        Ok(status) if status.code() == Some(77) => return,
        Ok(status) => assert!(status.success()),
        Err(error) => return println!("skipped: python3 cannot be run: {error}"),
    }
    snapshot!(desk.run("facts import 台账.xlsx"));
}

#[test]
fn a_workbook_saved_by_libreoffice_holds_the_same_facts() {
    let desk = Desk::new();
    desk.run("facts new speech/mobilization --example --xlsx example.xlsx");
    let before = facts_of(&desk, "example.xlsx");
    let folder = desk.0.path();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    // Through the format of LibreOffice and back: every cell is written anew.
    for (to, from) in [("ods", "example.xlsx"), ("xlsx", "example.ods")] {
        let status = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", to, "--outdir"])
            .arg(folder)
            .arg(folder.join(from))
            .output();
        if let Err(error) = status {
            return println!("skipped: LibreOffice cannot be run: {error}");
        }
        if to == "ods" {
            if !folder.join("example.ods").exists() {
                return println!("skipped: LibreOffice has no Calc");
            }
            std::fs::remove_file(folder.join("example.xlsx")).unwrap();
        }
    }
    assert_eq!(facts_of(&desk, "example.xlsx"), before);
}
