//! How fast the counts are looked up: one n-gram that is known, one that is not, and what rules ask of a
//! document of some 5,000 letters.

use divan::counter::ItemsCount;
use wengao::counts::{Between, Counts, Judge, Letters, Speller};

fn main() {
    divan::main();
}

/// Some 5,000 letters of words that meet in every order, so that some joints are known and some are not.
fn letters() -> Letters {
    const WORDS: &[&str] = &[
        "推进",
        "高质量发展",
        "农村",
        "基础设施",
        "建设",
        "完善",
        "，",
        "社会",
        "治理",
        "体系",
        "落实",
        "责任",
        "台账",
        "增长8.5%",
        "。",
        "统筹",
        "项目",
        "服务",
        "群众",
        "改革",
        "创新",
        "机制",
        "；",
        "加快",
        "产业",
        "转型",
    ];
    let mut state = 1_u64;
    let mut pick = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 40) as usize % WORDS.len()]
    };
    Letters::of(&(0..2_300).map(|_| pick()).collect::<String>())
}

#[divan::bench(args = [3, 5])]
fn levels_of_windows(bencher: divan::Bencher<'_, '_>, length: usize) {
    let (counts, letters) = (Counts::shipped(), letters());
    bencher
        .counter(ItemsCount::new(letters.all().len() - length + 1))
        .bench_local(|| letters.all().windows(length).map(|w| u64::from(counts.level(w))).sum::<u64>());
}

#[divan::bench]
fn bridges_of_a_document(bencher: divan::Bencher<'_, '_>) {
    let (counts, letters) = (Counts::shipped(), letters());
    bencher.counter(ItemsCount::new(letters.all().len())).bench_local(|| counts.bridges(letters.all()));
}

#[divan::bench]
fn odds_of_one_change() -> f32 {
    Counts::shipped().odds("全面推动高质发展取得新成效", 18..18, "量")
}

#[divan::bench]
fn reading_the_letters(bencher: divan::Bencher<'_, '_>) {
    let text: String = letters().all().iter().collect();
    bencher.counter(ItemsCount::new(text.chars().count())).bench_local(|| Letters::of(&text));
}

/// What `misspelling` asks of a document: every odd place, and the judge of each suspect.
#[divan::bench]
fn suspects_of_a_document(bencher: divan::Bencher<'_, '_>) {
    let (letters, judge) = (letters(), Judge::shipped());
    bencher.counter(ItemsCount::new(letters.all().len())).bench_local(|| {
        let speller = Speller::of(letters.all(), Counts::shipped(), Between::shipped());
        speller.suspects().iter().map(|suspect| judge.says(suspect)).sum::<f32>()
    });
}
