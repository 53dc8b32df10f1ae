//! Pairs of papers a year apart, for measuring `last-year`: what is said of each pair as it is, and how many of
//! 20 values of the older one are found where they were put into the newer one.
//! `cargo run --release --example last_year -- SEED OLD NEW [OLD NEW]…`
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring tool reads and prints")]

use wengao::renewal::{Kind, find};
use wengao::{Case, Change, Manuscript, Settings, Severity, check, fix, read};

fn told(new: &Manuscript, old: &Manuscript, least: Severity) -> Vec<std::ops::Range<usize>> {
    let settings = Settings::with(|s| s.only = vec!["last-year".to_owned()]);
    let case = Case::new(new, &settings).after(Some(old));
    check(&case).into_iter().filter(|f| f.severity >= least).map(|f| f.range).collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seed: u64 = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(0);
    let names: Vec<String> = arguments.collect();
    let (mut put, mut found, mut sure, mut said) = (0, 0, 0, 0);
    for pair in names.chunks_exact(2) {
        let bytes: Vec<Vec<u8>> = pair.iter().map(|n| std::fs::read(n).expect("the file reads")).collect();
        let [old, new] = [0, 1].map(|i| read(&pair[i], &bytes[i]).unwrap_or_else(|e| panic!("{e}")));
        let before = told(&new, &old, Severity::Warning);
        said += before.len();
        for range in &before {
            let from = new.text()[..range.start].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
            let to = new.text()[range.end..]
                .char_indices()
                .nth(14)
                .map_or(new.text().len(), |(at, _)| range.end + at);
            println!(
                "  {}\t{}【{}】{}",
                pair[1],
                new.text()[from..range.start].replace('\n', "/"),
                &new.text()[range.clone()],
                new.text()[range.end..to].replace('\n', "/")
            );
        }
        // Values of the old paper in the place of values of the same thing in the new one.
        let things = |m: &Manuscript| {
            let all = find(m);
            let of = (0..all.len()).map(|i| wengao::renewal::about(m, &all, i)).collect::<Vec<_>>();
            (all, of)
        };
        let ((old_all, old_of), (new_all, new_of)) = (things(&old), things(&new));
        let mut changes: Vec<Change> = Vec::new();
        let mut order: Vec<usize> = (0..new_all.len()).collect();
        order.sort_by_key(|&i| wengao::counts::stable_hash(&[&seed.to_string(), &pair[1], &i.to_string()]));
        for i in order {
            let kind = new_all[i].kind;
            if !matches!(kind, Kind::Figure | Kind::Date | Kind::Ordinal) || changes.len() == 20 {
                continue;
            }
            let value = &new.text()[new_all[i].range.clone()];
            let same = |j: &usize| {
                old_all[*j].kind == kind && old_of[*j] == new_of[i] && new_of[i].chars().count() >= 4
            };
            let Some(j) = (0..old_all.len()).find(same) else { continue };
            let other = &old.text()[old_all[j].range.clone()];
            if other != value {
                changes.push(Change { range: new_all[i].range.clone(), text: other.to_owned() });
            }
        }
        changes.sort_by_key(|c| c.range.start);
        let mended = fix(&bytes[1], &new, &changes).unwrap_or_else(|e| panic!("{e}"));
        let mended = read(&pair[1], &mended).unwrap_or_else(|e| panic!("{e}"));
        let (warned, after) = (told(&mended, &old, Severity::Warning), told(&mended, &old, Severity::Info));
        let mut moved = 0isize;
        for change in &changes {
            let start = change.range.start.saturating_add_signed(moved);
            moved += change.text.len() as isize - change.range.len() as isize;
            let within =
                |all: &[std::ops::Range<usize>]| all.iter().any(|r| r.start <= start && start < r.end);
            let hit = within(&after);
            put += 1;
            sure += usize::from(within(&warned));
            found += usize::from(hit);
            if !hit {
                let from = mended.text()[..start].char_indices().rev().nth(16).map_or(0, |(at, _)| at);
                println!("  missed\t{}【{}】", mended.text()[from..start].replace('\n', "/"), change.text);
            }
        }
    }
    println!(
        "{} pairs: {said} warnings as they are; of {put} put in {found} found, {sure} as warnings",
        names.len() / 2
    );
}
