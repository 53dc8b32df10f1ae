//! Ledgers (台账) from outside: what is read, what is asked, and the mapping that answers.

use crate::desk::Desk;

const PROJECTS: &str =
    "泮山县重点项目台账,,,\n序号,项目名称,总投资（万元）,形象进度\n1,竹器加工园,1200,主体封顶\n";
const UNKNOWN: &str = "甲,乙,丙\n修堤,县水利局,6月底\n";

#[test]
fn a_ledger_is_read_by_its_heads_whatever_its_file_is_called() {
    let desk = Desk::texts(&[("四月.csv", PROJECTS)]);
    let said = desk.run("facts import 四月.csv");
    assert!(said.contains("- 名称: 竹器加工园  # 四月.csv B3"), "{said}");
    assert!(said.contains("投资: 1200万元  # 四月.csv C3"), "{said}");
    assert!(said.contains("按“项目”读了1条") && said.ends_with("--- exit 0\n"), "{said}");
    let english = desk.run("facts import 四月.csv --lang en");
    assert!(english.contains("1 read as 项目"), "{english}");
}

#[test]
fn where_nothing_is_read_the_tables_are_shown_as_a_mapping_to_fill_in() {
    let desk = Desk::texts(&[("杂表.csv", UNKNOWN)]);
    let said = desk.run("facts import 杂表.csv --output 事实.yaml");
    assert!(said.ends_with("--- exit 1\n"), "{said}");
    assert!(said.contains("没有读到事实") && said.contains("      甲:\n"), "{said}");
    let english = desk.run("facts import 杂表.csv --lang en");
    assert!(
        english.contains("no facts were found") && english.contains("A 映射.yaml to fill in"),
        "{english}"
    );
    // Written on request, filled in, kept beside the table.
    let stub = desk.run("facts import 杂表.csv --mapping-stub 底稿.yaml");
    assert!(stub.ends_with("--- exit 0\n") && desk.read("底稿.yaml").contains("  杂表:\n"), "{stub}");
    let filled = desk
        .read("底稿.yaml")
        .replace("    类:", "    类: 任务")
        .replace("甲:", "甲: 名称")
        .replace("乙:", "乙: 牵头单位")
        .replace("丙:", "丙: 完成时限");
    desk.put("底稿.yaml", filled.as_bytes());
    let given = desk.run("facts import 杂表.csv --mapping 底稿.yaml");
    assert!(given.contains("牵头单位: 县水利局") && given.ends_with("--- exit 0\n"), "{given}");
    desk.put("映射.yaml", filled.as_bytes());
    assert_eq!(
        desk.run("facts import 杂表.csv").split_once('\n').unwrap().1,
        given.split_once('\n').unwrap().1
    );
    // The same table as facts of a document.
    assert!(desk.run("facts show 杂表.csv").contains("任务[1].完成时限"));
}

#[test]
fn a_mapping_with_a_fault_stops_the_import_and_is_told() {
    let desk = Desk::texts(&[("四月.csv", PROJECTS), ("映射.yaml", "表头:\n  形象进度: 项目.进展程度\n")]);
    let said = desk.run("facts import 四月.csv");
    assert!(said.contains("映射.yaml:2") && said.contains("“项目”里没有“进展程度”"), "{said}");
    assert!(said.ends_with("--- exit 2\n"), "{said}");
    let none = Desk::texts(&[("任务.csv", "名称,牵头单位\n修堤,县水利局\n")]);
    let said = none.run("facts import 任务.csv --mapping 没有.yaml");
    assert!(said.ends_with("--- exit 2\n"), "{said}");
}

#[test]
fn the_part_of_a_long_value_that_changed_is_shown_and_a_revised_figure_of_last_year_is_told() {
    let long = "全县14个乡镇、168个行政村完成户厕改造4200座，管护经费列入预算，逐村建立台账";
    let last = format!("工作: {{进展: [\"{long}\"]}}\n指标: [{{名称: 财政收入, 值: 5.60亿元}}]\n");
    let this = last.replace("4200座", "4850座").replace("值: 5.60亿元", "值: 5.92亿元, 上年: 5.58亿元");
    let desk = Desk::texts(&[("去年.yaml", &last), ("今年.yaml", &this)]);
    let said = desk.run("facts diff 去年.yaml 今年.yaml");
    assert!(said.contains("…完成户厕改造4200座，管护经费… → …完成户厕改造4850座，管护经费…"), "{said}");
    assert!(said.contains("上年数和上一份的值对不上：1\n"), "{said}");
    assert!(said.contains("上一份的值是5.60亿元，去年.yaml:2:"), "{said}");
    let english = desk.run("facts diff 去年.yaml 今年.yaml --lang en");
    assert!(english.contains("Last year's values that are not what they were: 1"), "{english}");
    assert!(desk.run("facts diff 去年.yaml 今年.yaml --format json").contains("\"restated\": ["));
}
