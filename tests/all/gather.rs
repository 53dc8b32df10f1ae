//! `facts read` as a clerk meets it: papers in, a facts file out that loads and says where each value stands.

use wengao::gathering::{Kind, gather};
use wengao::{Options, Settings, Value, draft, library, read, writer};

use crate::desk::Desk;

const PLAN: &str = "泮山县2026年农村供水提升实施方案
根据《泮山县供水条例》，制定本方案。
一、工作目标
到2026年底，自来水普及率达到96%以上。
二、重点任务
（一）改造管网。更换86公里。（牵头单位：县水利局；配合单位：县财政局；完成时限：10月底）
（二）计量收费。全部装表。（县供水公司负责）
";
const NOTICE: &str = "关于召开全县供水工作推进会的通知
定于2026年3月18日上午在县会议中心召开推进会。
";
const SHARES: &str = "| 任务 | 牵头单位 | 完成时限 |
|---|---|---|
| 改造管网 | 县水利局 | 9月底 |
";

#[test]
fn papers_become_a_facts_file_that_loads() {
    let desk = Desk::texts(&[("方案.txt", PLAN), ("通知.txt", NOTICE)]);
    let said = desk.run("facts read 方案.txt 通知.txt --output 事实.yaml");
    assert!(said.contains("采集") && said.ends_with("--- exit 0\n"), "{said}");
    insta::assert_snapshot!(desk.read("事实.yaml"));
    assert!(desk.run("facts check 事实.yaml").contains("没有问题"));
}

#[test]
fn what_two_papers_say_differently_is_left_to_the_clerk() {
    let desk = Desk::texts(&[("方案.txt", PLAN), ("分工.md", SHARES)]);
    let said = desk.run("facts read 方案.txt 分工.md --output 事实.yaml");
    assert!(said.contains("1处说法不一"), "{said}");
    let yaml = desk.read("事实.yaml");
    assert!(yaml.contains("#   完成时限（改造管网）: 10月底 方案.txt 第6行 / 9月底 分工.md 第3行"), "{yaml}");
    assert!(!yaml.contains("  完成时限:"), "{yaml}");
    assert!(yaml.contains("  牵头单位: 县水利局  # 方案.txt 第6行"), "{yaml}");
}

#[test]
fn what_a_template_still_needs_is_asked_for_and_what_is_there_is_not() {
    let desk = Desk::texts(&[("方案.txt", PLAN), ("通知.txt", NOTICE)]);
    desk.run("facts read 方案.txt 通知.txt --for speech/mobilization --output 事实.yaml");
    let yaml = desk.read("事实.yaml");
    let key = |line: &str| yaml.lines().any(|l| l == line);
    assert!(key("  讲话人:") && key("  目的:"), "{yaml}");
    assert!(!key("  地点:") && yaml.matches("\n会议:").count() == 1, "{yaml}");
    let checked = desk.run("facts check 事实.yaml");
    assert!(checked.ends_with("--- exit 0\n"), "{checked}");
}

#[test]
fn a_paper_without_facts_gives_none_and_one_that_cannot_be_read_is_named() {
    let desk = Desk::texts(&[("闲话.txt", "今天天气很好。\n")]);
    assert!(desk.run("facts read 闲话.txt").contains("没有采集到事实"));
    let said = desk.run("facts read 闲话.txt 没有.txt");
    assert!(said.contains("没有.txt") && said.ends_with("--- exit 2\n"), "{said}");
}

#[test]
fn in_english_it_speaks_english() {
    let desk = Desk::texts(&[("方案.txt", PLAN)]);
    let said = desk.run_with("facts read 方案.txt --for speech/mobilization", b"", "en_US.UTF-8");
    assert!(said.contains("# Gathered from 方案.txt") && said.contains("# 方案.txt line 6"), "{said}");
    assert!(said.contains("Not in the papers and still asked for"), "{said}");
}

/// A plan that the program drafted states the facts that it was drafted from.
#[test]
fn of_a_drafted_plan_each_task_comes_back_with_who_and_when() {
    let library = library::built_in();
    let mut counted = 0;
    for id in ["plan/implementation", "plan/actions", "plan/priorities"] {
        let skeleton = library.skeleton(id).unwrap();
        let facts = skeleton.example();
        let paper = draft(&skeleton, facts, &Options::default()).unwrap();
        let bytes = writer("稿.docx").unwrap().write(&paper, &Settings::default()).unwrap();
        let found = gather(&read("稿.docx", &bytes).unwrap());
        let Some(Value::List(tasks)) = facts.get("tasks").map(|f| &f.value) else { continue };
        for at in 0..tasks.len() {
            let said = |key: &str| facts.text(&format!("tasks[{at}].{key}"));
            let (Some(name), Some(owner), Some(due)) = (said("name"), said("owner"), said("due")) else {
                continue;
            };
            let task = found.iter().find(|f| f.kind == Kind::Task && f.title().contains(&name));
            let task = task.unwrap_or_else(|| panic!("{id}: {name} is not found"));
            assert_eq!(task.get("owner"), Some(&*owner), "{id}: {name}");
            assert_eq!(task.get("due"), Some(&*due), "{id}: {name}");
            counted += 1;
        }
    }
    assert!(counted >= 6, "{counted}");
}
