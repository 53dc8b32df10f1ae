//! How fast facts are gathered: a paper of every kind of fact, and papers whose shape asks a reader to look
//! back: lines of nothing but who is in charge, and a paragraph of many brackets.
//!
//! `cargo bench --bench gather`. Twice the paper should take twice the time.

use divan::Bencher;
use divan::counter::BytesCount;
use wengao::gathering::gather;
use wengao::{Manuscript, read};

fn main() {
    divan::main();
}

/// A paper that `part` writes by parts, numbered.
fn manuscript(parts: usize, part: impl Fn(usize) -> String) -> Manuscript {
    let text: String = (0..parts).map(part).collect();
    read("稿.txt", text.as_bytes()).unwrap_or_default()
}

fn run(bencher: Bencher<'_, '_>, manuscript: &Manuscript) {
    bencher.counter(BytesCount::of_str(manuscript.text())).bench(|| gather(manuscript));
}

#[divan::bench(args = [50, 100, 200, 400])]
fn paper(bencher: Bencher<'_, '_>, parts: usize) {
    let part = |n: usize| {
        format!(
            "（一）改造{n}号管网。更换老旧管网{n}公里，检测水质每月一次，把水源看住、把水价理顺、把账目公开。（牵头单位：县水利局；配合单位：县财政局；完成时限：2026年10月底）\n\
             2025年，{n}号片区供水量完成{n}万吨，同比增长5.6%，居全市第3位；{n}号水厂二期项目总投资2.3亿元，已完成主体工程。\n\
             还存在{n}号水厂管护不到位等问题，根据《{n}号水厂管护办法》，被省水利厅评为“全省{n}号供水先进县”。\n"
        )
    };
    run(bencher, &manuscript(parts, part));
}

#[divan::bench(args = [500, 1000, 2000])]
fn labels(bencher: Bencher<'_, '_>, lines: usize) {
    run(bencher, &manuscript(lines, |n| format!("责任单位：县水利局、{n}号乡镇\n")));
}

#[divan::bench(args = [500, 1000, 2000])]
fn brackets(bencher: Bencher<'_, '_>, brackets: usize) {
    run(bencher, &manuscript(brackets, |n| format!("更换管网（见附件{n}），")));
}
