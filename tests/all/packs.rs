//! An office's own packs of dated words (词库): what they change, and what is said of a faulty one.

#![expect(clippy::unwrap_used, reason = "tests say so by failing")]

use crate::desk::Desk;

const PACK: &str = "\
名称: 机构和提法
日期: 2027-03-01
机构:
  - {名称: 县共富办, 到: 2026-12-31, 现名: 县农业农村局, 依据: 县机构改革方案（2026年12月）}
  - {名称: 县环保局, 到: 2030-12-31, 现名: 县生态环境局}
提法:
  - {名称: 四个融合, 现行: 五个融合, 自: 2027-01, 依据: 县委全会决定}
时限:
  - {名称: 河道清零行动, 到: 2026-12, 只限打算: 是, 依据: 2026年底收官}
届次:
  - {名称: 二十届五中全会, 闭幕: 2026-10-29}
地名:
  - {名称: 窑街新区, 原名: 红古区, 上级: 兰州市, 自: 2027-01-20}
";

const DRAFT: &str = "县共富办要抓好监测，县环保局配合。\n要推进“四个融合”。下一步，要继续推进河道清零行动。\n\
                     2025年，党的二十届五中全会召开。\n红古区要抓好秋收，窑街新区要抓好冬灌。\n";

/// The rules and words of what is found.
fn found(desk: &Desk) -> Vec<(String, String)> {
    let shown = desk.run("check 稿.txt --as-of 2027-06-01 --locality 甘肃省兰州市窑街新区 --format jsonl");
    let lines = shown.lines().filter(|line| line.starts_with('{'));
    let word = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let line = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    lines.map(line).map(|l| (word(&l, "rule"), word(&l, "text"))).collect()
}

#[test]
fn what_a_pack_says_counts_beside_and_over_the_built_in_tables() {
    let settled = [("wengao.yaml", "词库: [词库.yaml]\n"), ("词库.yaml", PACK), ("稿.txt", DRAFT)];
    let with = found(&Desk::texts(&settled));
    let without = found(&Desk::texts(&[("稿.txt", DRAFT)]));
    let said = |found: &[(String, String)], rule: &str, words: &str| {
        found.iter().any(|(id, told)| id == rule && told.contains(words))
    };
    for (rule, words) in [
        ("stale-body", "县共富办"),
        ("stale-formula", "四个融合"),
        ("stale-time", "河道清零行动"),
        ("term-clash", "二十届五中全会"),
    ] {
        assert!(said(&with, rule, words) && !said(&without, rule, words), "{rule}: {with:?} {without:?}");
    }
    // What the pack says of an office that is in the tables counts in their place.
    assert!(
        !said(&with, "stale-body", "县环保局") && said(&without, "stale-body", "县环保局"),
        "{without:?}"
    );
    // The new name is the document's own, and the old one is its own too.
    assert!(with.iter().all(|(rule, _)| rule != "foreign-place"), "{with:?}");
}

#[test]
fn reports_and_settings_name_the_packs() {
    let desk = Desk::texts(&[("wengao.yaml", "词库: [词库.yaml]\n"), ("词库.yaml", PACK), ("稿.txt", DRAFT)]);
    let label = "机构和提法（2027年3月1日）";
    assert!(desk.run("check 稿.txt --only stale-body").contains(label));
    let json = desk.run("check 稿.txt --only stale-body --format json");
    assert!(json.contains("\"packs\"") && json.contains("\"2027-03-01\""), "{json}");
    assert!(desk.run("check 稿.txt --only stale-body --format html").contains(label));
    assert!(desk.run("config").contains("词库.yaml"));
}

#[test]
fn a_faulty_pack_is_told_with_its_place_and_nothing_is_checked() {
    let faulty = "名称: 甲\n日期: 2027-03-01\n机构:\n  - {名称: 县共富办}\n";
    let desk =
        Desk::texts(&[("wengao.yaml", "词库: [词库.yaml]\n"), ("词库.yaml", faulty), ("稿.txt", DRAFT)]);
    let told = desk.run("check 稿.txt");
    assert!(told.contains("词库.yaml:4:5：这一条没有“到”"), "{told}");
    desk.put(
        "词库.yaml",
        "名称: 甲\n日期: 2027-03-01\n地名:\n  - {名称: 云岭区, 自: 2027-01-20}\n".as_bytes(),
    );
    let told = desk.run("check 稿.txt");
    assert!(told.contains("词库.yaml:4:5：不知道“云岭区”在哪里"), "{told}");
    let missing =
        Desk::texts(&[("wengao.yaml", "词库: [没有.yaml]\n"), ("稿.txt", DRAFT)]).run("check 稿.txt");
    assert!(missing.contains("没有.yaml"), "{missing}");
}

#[test]
fn a_stub_is_written_once_and_asks_to_be_filled_in() {
    let desk = Desk::texts(&[("稿.txt", DRAFT)]);
    let _ = desk.run("config --pack-stub 词库.yaml");
    let again = desk.run("config --pack-stub 词库.yaml");
    assert!(again.contains("--force"), "{again}");
}
