//! How fast the corpus on disk is: making documents ready, opening, looking up, and adding a few
//! documents to many.

#![expect(
    clippy::disallowed_methods,
    reason = "a corpus and a draft of one's own are named by the environment"
)]

use divan::counter::{BytesCount, ItemsCount};
use tempfile::TempDir;
use wengao::{Comparable, CorpusWriter, Entry, PostingStore, Prepared, fingerprints, open_corpus};

fn main() {
    divan::main();
}

/// A document of about 2,800 characters. Words are drawn from a few hundred, so that documents
/// share runs as real ones do.
fn text(seed: u64) -> String {
    const HEADS: &[&str] =
        &["推进", "落实", "完善", "深化", "抓好", "统筹", "健全", "培育", "盘活", "压实", "提升", "补齐"];
    const MIDDLES: &[&str] =
        &["河道", "农村", "社区", "冷链", "水源", "茶叶", "项目", "责任", "台账", "隐患", "政务", "园区"];
    const TAILS: &[&str] =
        &["机制", "工程", "体系", "行动", "清单", "治理", "改造", "服务", "平台", "建设", "试点", "专班"];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut pick = |words: &[&'static str]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words[(state >> 40) as usize % words.len()]
    };
    (0..400).map(|_| format!("{}{}{}，", pick(HEADS), pick(MIDDLES), pick(TAILS))).collect()
}

fn prepared(numbers: std::ops::Range<u64>) -> Vec<Prepared> {
    numbers.map(|n| Prepared::new(Entry { name: format!("{n}.txt"), ..Entry::default() }, text(n))).collect()
}

fn corpus(documents: u64) -> TempDir {
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    add(folder.path(), 0..documents);
    folder
}

fn add(folder: &std::path::Path, numbers: std::ops::Range<u64>) {
    let mut writer = CorpusWriter::open(folder, &mut || ()).unwrap_or_else(|e| panic!("{e}"));
    writer.add(prepared(numbers), false).and_then(|_| writer.commit()).unwrap_or_else(|e| panic!("{e}"));
}

#[divan::bench]
fn prepare(bencher: divan::Bencher<'_, '_>) {
    let text = text(1);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone())
        .bench_values(|text| Prepared::new(Entry::default(), text));
}

#[divan::bench(args = [200, 2_000, 20_000])]
fn opening(bencher: divan::Bencher<'_, '_>, documents: u64) {
    let folder = corpus(documents);
    bencher.bench(|| open_corpus(folder.path()));
}

/// The fingerprints of a draft of 14,000 characters, opening included.
#[divan::bench(args = [200, 2_000, 20_000])]
fn looking_up(bencher: divan::Bencher<'_, '_>, documents: u64) {
    let folder = corpus(documents);
    let draft: String = (documents - 2..documents + 3).map(text).collect();
    let prints: Vec<u32> = fingerprints(Comparable::of(&draft).letters()).iter().map(|f| f.hash).collect();
    bencher.counter(ItemsCount::new(prints.len())).bench(|| {
        let store = open_corpus(folder.path()).unwrap_or_else(|e| panic!("{e}"));
        let mut places = 0;
        store.lookup(&prints, &mut |_, found| places += found.list.len()).map(|()| places)
    });
}

/// The same with a corpus and a draft of one's own, named by `WENGAO_CORPUS` and `WENGAO_DRAFT`:
/// opening; looking up; and reading the entries and texts of forty documents.
#[divan::bench(args = ["opening", "looking up", "reading"])]
fn of_ones_own(bencher: divan::Bencher<'_, '_>, what: &str) {
    let var = |name| std::env::var(name).ok();
    let (Some(folder), Some(draft)) = (var("WENGAO_CORPUS"), var("WENGAO_DRAFT")) else { return };
    let folder = std::path::PathBuf::from(folder);
    let draft = std::fs::read_to_string(draft).unwrap_or_else(|e| panic!("{e}"));
    let prints: Vec<u32> = fingerprints(Comparable::of(&draft).letters()).iter().map(|f| f.hash).collect();
    let opened = || open_corpus(&folder).unwrap_or_else(|e| panic!("{e}"));
    match what {
        "opening" => bencher.bench(opened),
        // A new one each time: what is loaded at the first question counts.
        "looking up" => {
            bencher.counter(ItemsCount::new(prints.len())).with_inputs(opened).bench_refs(|store| {
                let mut places = 0;
                store.lookup(&prints, &mut |_, found| places += found.list.len()).map(|()| places)
            })
        }
        _ => bencher.with_inputs(opened).bench_refs(|store| {
            let step = (store.len() as usize / 40).max(1);
            let ids: Vec<_> = store.ids().step_by(step).collect();
            ids.iter()
                .map(|&id| {
                    store.text(id).map_or(0, |t| t.len()) + store.entry(id).map_or(0, |e| e.name.len())
                })
                .sum::<usize>()
        }),
    }
}

/// A hundred documents more; the corpus grows by them from one sample to the next.
#[divan::bench(args = [2_000, 20_000], sample_count = 10, sample_size = 1)]
fn adding_a_hundred(bencher: divan::Bencher<'_, '_>, documents: u64) {
    let folder = corpus(documents);
    let next = std::sync::atomic::AtomicU64::new(documents);
    bencher.bench(|| {
        let first = next.fetch_add(100, std::sync::atomic::Ordering::Relaxed);
        add(folder.path(), first..first + 100);
    });
}
