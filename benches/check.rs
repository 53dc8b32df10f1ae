//! How fast the rules read: clean prose, where nearly every character is passed over, a scrubbed
//! draft, where every clause has a blank, and prose as long as a report, rule by rule.

use divan::counter::BytesCount;
use wengao::{Case, Date, Manuscript, RULES, Settings, check, read};

const CLEAN: &str = "　　今年以来，青石镇坚持抓早抓实，春耕生产平稳有序。全镇完成整地8200亩，育秧中心投用3座，\
                     技术人员进村入户（含驻村工作队）开展指导126次；下一步，要盯住水源、农资、农机三件事，逐村过关。\n";
const DIRTY: &str = "　　20xx年，××县新建农村公路x公里，*同志牵头，完成投资  万元，增长x.x%；【牵头单位】要于*月*日前\
                     报送[总结材料]，会议地点：待定。\n";

fn main() {
    divan::main();
}

fn manuscript(line: &str, bytes: usize) -> Manuscript {
    read("稿.txt", line.repeat(bytes / line.len()).as_bytes()).unwrap_or_default()
}

#[divan::bench(args = [15_000, 1_000_000])]
fn clean(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    run(bencher, &manuscript(CLEAN, bytes), "placeholder");
}

#[divan::bench(args = [15_000, 1_000_000])]
fn dirty(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    run(bencher, &manuscript(DIRTY, bytes), "placeholder");
}

#[divan::bench(args = RULES.iter().map(|rule| rule.about().id))]
fn each(bencher: divan::Bencher<'_, '_>, rule: &str) {
    run(bencher, &manuscript(CLEAN, 15_000), rule);
}

fn run(bencher: divan::Bencher<'_, '_>, manuscript: &Manuscript, rule: &str) {
    let settings = Settings::with(|s| {
        s.only = vec![rule.to_owned()];
        s.as_of = Date::parse("2026-03-05");
    });
    bencher.counter(BytesCount::of_str(manuscript.text())).bench(|| check(&Case::new(manuscript, &settings)));
}
