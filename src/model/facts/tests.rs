//! What a facts file may hold and what is said of one that cannot be used.

use super::{Value, load, path::in_chinese};
use crate::base::Lang;

#[test]
fn keys_and_ids_say_the_same() {
    let chinese = load("a.yaml", "会议:\n  名称: 推进会\n  日期: 2026-03-05\n").unwrap();
    let english = load("a.yaml", "meeting:\n  name: 推进会\n  date: 2026-03-05\n").unwrap();
    assert_eq!(chinese.text("meeting.date"), english.text("meeting.date"));
    assert_eq!(chinese.text("meeting.date").unwrap(), "2026年3月5日");
}

#[test]
fn a_figure_prints_exactly_as_written() {
    let facts = load("a.yaml", "指标:\n- {名称: 财政收入, 值: {值: 5.60, 单位: 亿元, 同比: 增长5.0%}}\n- {名称: 粮食, 值: 12.0万吨}\n").unwrap();
    assert_eq!(facts.text("indicators[0].value").unwrap(), "5.60亿元");
    assert_eq!(facts.text("indicators[0].value.yoy").unwrap(), "增长5.0%");
    assert_eq!(facts.text("indicators[1].value").unwrap(), "12.0万吨");
}

#[test]
fn a_later_file_overrides_and_remembers_what() {
    let mut facts = load("base.yaml", "地区: {名称: 云岭县, 人口: 30万人}\n").unwrap();
    facts.lay_over(load("new.yaml", "地区: {人口: 31万人}\n").unwrap());
    assert_eq!(facts.text("locality.name").unwrap(), "云岭县");
    let fact = facts.get("locality.population").unwrap();
    assert_eq!(fact.at.label().en, "new.yaml:1:10");
    assert_eq!(fact.overrides[0].label().en, "base.yaml:1:19");
}

#[test]
fn a_key_left_empty_in_a_later_file_overrides_nothing() {
    let mut facts = load("base.yaml", "地区: {名称: 云岭县, 乡镇: [石桥湾镇]}\n").unwrap();
    facts.lay_over(load("new.yaml", "地区:\n  名称:\n  乡镇:\n  - \n").unwrap());
    assert_eq!(facts.text("locality.name").unwrap(), "云岭县");
    assert_eq!(facts.text("locality.towns[0]").unwrap(), "石桥湾镇");
}

#[test]
fn a_value_that_is_itself_a_placeholder_is_missing_and_noted() {
    let facts = load("a.yaml", "地区: {名称: x县, 人口: x万人, 面积: 待定, 简称: /}\n").unwrap();
    assert!(facts.root["locality"].value.is_missing());
    assert_eq!(facts.notes.len(), 4);
    assert_eq!(facts.missing("locality.population"), ["locality.population"]);
}

#[test]
fn missing_items_of_a_list_are_named_one_by_one() {
    let facts = load("a.yaml", "任务:\n- {名称: 垃圾治理, 牵头单位: 县住建局}\n- 污水治理\n").unwrap();
    assert_eq!(facts.missing("tasks[].owner"), ["tasks[1].owner"]);
    assert_eq!(facts.missing("tasks[].name"), [""; 0]);
    assert_eq!(facts.missing("measures[].name"), ["measures"]);
    assert_eq!(in_chinese("tasks[1].owner"), "任务[2].牵头单位");
}

#[test]
fn all_faults_come_at_once_with_line_and_column() {
    let source = "会仪: {名称: 推进会}\n会议:\n  名称: {甲: 乙}\n  名称: 推进会\n  日期: 二月三十日\n　　地点：三楼\n地区:\n  级别: 郡\n";
    let error = load("a.yaml", source).unwrap_err();
    insta::assert_snapshot!(error.in_lang(Lang::Zh));
}

#[test]
fn a_single_value_serves_where_a_list_is_asked_for() {
    let facts = load("a.yaml", "会议: {参会人员: 各乡镇}\n").unwrap();
    assert!(matches!(&facts.get("meeting.attendees").unwrap().value, Value::List(l) if l.len() == 1));
}

#[test]
fn one_chinese_key_is_one_id_in_every_list_and_the_old_ids_still_load() {
    for (file, path) in [
        ("work: {significance: [{point: 甲}]}\n", "work.significance[0].point"),
        ("work: {significance: [{name: 甲}]}\n", "work.significance[0].point"),
        ("results: [{name: 甲}]\n", "results[0].name"),
        ("practices: [{name: 一, result: 甲}]\n", "practices[0].result"),
        ("practices: [{name: 一, effect: 甲}]\n", "practices[0].result"),
        ("做法: [{名称: 一, 效果: 甲}]\n", "practices[0].result"),
        ("policies: [{name: 甲}]\n", "policies[0].title"),
        ("policies: [{title: 甲}]\n", "policies[0].title"),
        ("units: [{name: 一, progress: 甲}]\n", "units[0].done"),
        ("people: [{name: 一, unit: 甲}]\n", "people[0].body"),
    ] {
        assert_eq!(load("a.yaml", file).unwrap().text(path).as_deref(), Some("甲"), "{file}");
    }
    let twice = load("a.yaml", "practices: [{name: 一, effect: 甲, result: 乙}]\n").unwrap_err();
    assert!(twice.in_lang(Lang::En).contains("given twice"), "{twice}");
}

#[test]
fn a_guess_in_english_is_answered_with_ids_and_one_in_chinese_with_keys() {
    let english = load("a.yaml", "tasks: [{name: 一, ownre: 甲}]\n").unwrap_err();
    assert!(english.in_lang(Lang::En).contains("did you mean “owner”"), "{english}");
    let english = load("a.yaml", "tasks: [{name: 一, zzz: 甲}]\n").unwrap_err();
    assert!(english.in_lang(Lang::En).contains("owner、partners"), "{english}");
    let chinese = load("a.yaml", "任务: [{名称: 一, 天气: 甲}]\n").unwrap_err();
    assert!(chinese.in_lang(Lang::Zh).contains("牵头单位、配合单位"), "{chinese}");
}
