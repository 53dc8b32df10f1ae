//! The table against a plain count of the same texts, and what it says of official prose.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::table::{TOP, level as level_of_count};
use super::*;

type Exact = HashMap<Vec<char>, (u32, HashSet<u32>)>;

/// The same counting, written down plainly.
fn exact(texts: &[(u32, String)]) -> Exact {
    let mut all: Exact = HashMap::new();
    for (source, text) in texts {
        let letters = Letters::of(text);
        for length in 1..=LONGEST {
            for window in letters.all().windows(length) {
                let inner = window.get(1..length - 1).unwrap_or_default();
                if !inner.contains(&EDGE) {
                    let entry = all.entry(window.to_vec()).or_default();
                    entry.0 += 1;
                    entry.1.insert(*source);
                }
            }
        }
    }
    all
}

fn tally(texts: &[(u32, String)]) -> Tally {
    let mut tally = Tally::default();
    for (source, text) in texts {
        tally.add(*source, &Letters::of(text));
    }
    tally
}

fn texts() -> impl Strategy<Value = Vec<(u32, String)>> {
    prop::collection::vec((0_u32..4, "[推进动发展改革质量，。0-9a]{0,60}"), 1..8)
}

proptest! {
    #[test]
    fn what_is_tallied_is_what_a_plain_count_finds(texts in texts(), least in 1_u32..4, sources in 1_u32..3) {
        let grams = tally(&texts).grams(|_, count, of| count >= least && of >= sources);
        let found: HashMap<Vec<char>, (u32, u32)> =
            grams.iter().map(|g| (g.letters().to_vec(), (g.count, g.sources))).collect();
        prop_assert_eq!(found.len(), grams.len());
        let wanted: HashMap<Vec<char>, (u32, u32)> = exact(&texts)
            .into_iter()
            .map(|(letters, (count, of))| (letters, (count, of.len() as u32)))
            .filter(|(_, (count, of))| *count >= least && *of >= sources)
            .collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn every_packed_ngram_has_the_level_of_its_count(texts in texts(), least in 1_u32..4) {
        let tally = tally(&texts);
        let grams = tally.grams(|_, count, _| count >= least);
        let bytes = pack(&grams, tally.letters() as u64, 2).unwrap();
        let counts = Counts::open(&bytes).unwrap();
        prop_assert_eq!(counts.grams(), grams.len());
        let from = grams.iter().map(|g| g.count).min().unwrap_or(1);
        for letter in "推进动发展改革质量|0A".chars() {
            let mut found: Vec<char> = counts.followers(letter).collect();
            let count = |c: &char| grams.iter().find(|g| g.letters() == [letter, *c]).map_or(0, |g| g.count);
            prop_assert!(found.is_sorted_by_key(|c| std::cmp::Reverse(count(c))));
            found.sort_unstable();
            let mut wanted: Vec<char> = grams
                .iter()
                .filter(|g| g.letters().len() == 2 && g.letters()[0] == letter && g.count >= 2)
                .map(|g| g.letters()[1])
                .collect();
            wanted.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
        for gram in &grams {
            let level = counts.level(gram.letters());
            prop_assert_eq!(level, level_of_count(gram.count, from));
            let (count, exact) = (f64::from(counts.count(gram.letters())), f64::from(gram.count));
            prop_assert!(count <= exact * 1.5 && (level == TOP || count * 2.0 >= exact - 1.0), "{} {}", count, exact);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..4_000) {
        prop_assert!(Counts::open(&bytes).is_err());
        let whole = pack(&tally(&[(0, "推进改革发展".into())]).grams(|_, _, _| true), 8, 1).unwrap();
        if cut < whole.len() {
            prop_assert!(Counts::open(&whole[..cut]).is_err());
        }
        // A damaged head is refused or leads to look-ups that find nothing, or something wrong.
        for (at, byte) in bytes.iter().enumerate() {
            let mut damaged = whole.clone();
            damaged[8 + at % 48] ^= byte;
            if let Ok(counts) = Counts::open(&damaged) {
                let _ = counts.seen("推进改革发展");
                let _ = counts.odds("推进改革发展", 3..6, "");
            }
        }
    }

    #[test]
    fn comparing_is_the_opposite_the_other_way_round(a in "[推进动发展]{0,3}", b in "[推进动发展]{0,3}") {
        let counts = Counts::shipped();
        let (there, back) = (format!("加快{a}改革，"), format!("加快{b}改革，"));
        let (one, other) = (counts.odds(&there, 6..6 + a.len(), &b), counts.odds(&back, 6..6 + b.len(), &a));
        prop_assert!((one + other).abs() < 0.01, "{} {}", one, other);
    }
}

#[test]
fn what_is_not_packed_is_rarely_known() {
    let text: String = (0..400_u32).filter_map(|n| char::from_u32(0x4E00 + n * 7 % 5_000)).collect();
    let tally = tally(&[(0, text)]);
    let grams = tally.grams(|_, _, _| true);
    let bytes = pack(&grams, 1, 1).unwrap();
    let counts = Counts::open(&bytes).unwrap();
    // Characters of another block, so none of these was packed.
    let asked = 200_000;
    let known = (0..asked)
        .filter(|n| {
            let letters = [0x3400 + n % 5_000, 0x3400 + n / 5_000, 0x4DBF - n % 700];
            counts.level(&letters.map(|c| char::from_u32(c).unwrap())) > 0
        })
        .count();
    assert!((20..=80).contains(&known), "{known} of {asked}, expected 46");
}

#[test]
fn an_ngram_that_is_there_twice_is_refused() {
    let gram = tally(&[(0, "进".into())]).grams(|_, _, _| true)[0];
    assert!(pack(&[gram, gram], 1, 1).is_err());
}

#[test]
fn the_shipped_counts_open_and_are_small() {
    let counts = Counts::shipped();
    assert!(SHIPPED.len() <= 3_000_000, "{}", SHIPPED.len());
    assert!(counts.letters() > 20_000_000 && counts.grams() > 1_000_000);
}

#[test]
fn what_official_prose_says_is_seen_and_what_it_does_not_say_is_not() {
    let counts = Counts::shipped();
    for common in ["高质量发展", "乡村振兴", "各位代表", "增长8.5%", "党的二十大", "，坚持", "基础设施"]
    {
        assert!(counts.seen(common) > 500, "{common}: {}", counts.seen(common));
    }
    for odd in ["乡振兴", "高质发展", "生态振新", "习近同志", "展量质高"] {
        assert_eq!(counts.seen(odd), 0, "{odd}");
    }
    assert_eq!(counts.seen(""), 0);
}

#[test]
fn the_odds_tell_a_slip_from_two_words_that_meet() {
    let counts = Counts::shipped();
    let doubled = |text: &str, twice: &str| {
        let at = text.find(twice).unwrap() + twice.len() / 2;
        counts.odds(text, at..at + twice.len() / 2, "")
    };
    for sound in ["深入学习习近平总书记重要讲话", "推动产业产业链升级", "加快推进进境口岸建设"]
    {
        let twice = ["习习", "产业产业", "进进"].into_iter().find(|t| sound.contains(t)).unwrap();
        let slip = doubled("加快推进进农业现代化", "进进");
        assert!(doubled(sound, twice) + 5.0 < slip, "{sound}: {} against {slip}", doubled(sound, twice));
    }
}

#[test]
fn bridges_are_low_where_a_character_was_lost() {
    let counts = Counts::shipped();
    let letters = Letters::of("全面推进乡振兴战略");
    let bridges = counts.bridges(letters.all());
    let at = letters.all().iter().position(|&c| c == '振').unwrap();
    assert!(bridges[at] <= 2, "{bridges:?}");
    assert!(bridges[at - 2] >= 3, "{bridges:?}");
}
