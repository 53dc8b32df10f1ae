//! What a search finds and what it leaves alone.

use super::edge::is_sentence_end;
use super::*;
use crate::corpus::{Entry, GUARANTEED, MemoryStore, letters};
use proptest::prelude::*;

/// Letters that follow each other at random; the same number gives the same text.
fn words(seed: u64, length: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from_u32(0x4E00 + u32::try_from(state >> 44).unwrap() % 4000).unwrap()
        })
        .collect()
}

fn store(texts: &[&str]) -> MemoryStore {
    let entry = |n: usize| Entry { name: format!("{n}.txt"), ..Entry::default() };
    MemoryStore::of(texts.iter().enumerate().map(|(n, text)| (entry(n), (*text).to_owned())).collect())
}

fn found(text: &str, store: &dyn PostingStore) -> Vec<Passage> {
    let (stock, failure) = (Stock::default(), OnceLock::new());
    let asked = Asked { least: GUARANTEED, aside: &[], skip: &|_| false };
    search(&Comparable::of(text), Corpus { store, stock: &stock, failure: &failure }, &asked).unwrap()
}

fn folded(text: &str) -> Vec<u16> {
    let mut out = Vec::new();
    letters(text, &mut out);
    out
}

#[test]
fn nothing_is_found_where_nothing_is() {
    assert!(found("", &store(&[&words(1, 500)])).is_empty());
    assert!(found(&words(1, 500), &store(&[])).is_empty());
    assert!(found(&words(1, 500), &store(&["", &words(2, 500)])).is_empty());
}

#[test]
fn a_reposted_passage_is_one_with_several_sources() {
    let passage = words(3, 60);
    let texts: Vec<String> =
        (0..3).map(|n| format!("{}{passage}{}", words(10 + n, 200), words(20 + n, 90))).collect();
    let store = store(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let found = found(&format!("{}{passage}{}", words(30, 300), words(31, 300)), &store);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].sources.len(), 3);
    assert_eq!(found[0].localities, 3);
}

/// The words of the draft that are found, beyond these set phrases.
fn flagged_beyond<'t>(stock: &Stock, draft: &'t str, texts: &[&str]) -> Vec<&'t str> {
    let (failure, store) = (OnceLock::new(), store(texts));
    let asked = Asked { least: GUARANTEED, aside: &[], skip: &|_| false };
    let corpus = Corpus { store: &store, stock, failure: &failure };
    let found = search(&Comparable::of(draft), corpus, &asked).unwrap();
    found.iter().map(|p| &draft[p.bytes.clone()]).collect()
}

/// The same with the set phrases that the program knows.
fn flagged<'t>(draft: &'t str, texts: &[&str]) -> Vec<&'t str> {
    flagged_beyond(&Stock::known(), draft, texts)
}

#[test]
fn a_clause_put_together_from_the_words_of_set_phrases_is_nobodys() {
    let clause = "河道清后要守住，常抓不忘保安澜，重要位";
    let (draft, text) = (format!("会上说，{clause}子。"), format!("各乡镇{clause}次，久久为功。"));
    let mut stock = Stock::default();
    assert_eq!(flagged_beyond(&stock, &draft, &[&text]), [clause]);
    stock.add("河道清淤不松劲\n守土有责要守住\n常抓不懈见成效\n年年清淤保安澜\n摆上重要位置");
    assert_eq!(flagged_beyond(&stock, &draft, &[&text]), [""; 0]);
}

#[test]
fn what_five_of_twenty_have_in_their_own_words_is_copied_and_in_worn_ones_common() {
    let page = words(51, 124);
    let others = (0..20).map(|n| match n {
        0..5 => format!("{}{page}{}", words(60 + n, 90), words(80 + n, 90)),
        _ => words(60 + n, 200),
    });
    let texts: Vec<String> = others.collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let draft = format!("{}{page}{}", words(52, 100), words(53, 100));
    let mut stock = Stock::default();
    assert_eq!(flagged_beyond(&stock, &draft, &texts), [page.as_str()]);
    // Every second run of three letters is in a list.
    let letters: Vec<char> = page.chars().collect();
    let lists: Vec<String> = letters.chunks(6).map(|c| c.iter().take(3).collect()).collect();
    stock.add(&lists.join("\n"));
    assert_eq!(flagged_beyond(&stock, &draft, &texts), [""; 0]);
}

#[test]
fn a_renamed_beginning_and_end_of_a_copied_sentence_belong_to_it() {
    let kept = "把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后新米寄进城，剩下的换成渠边的新石板";
    let source = format!("账本翻到头。2024年6月，石塘县{kept}，唐兴平等235人参加。饭后散了。");
    let copied = format!("2025年11月，云岭县{kept}，李家旺等81人参加");
    let draft = format!("会开得很短。{copied}。散会。");
    assert_eq!(flagged(&draft, &[&source]), [copied]);
    // What is one's own there is not taken along.
    let own = format!("谁家缺劳力先问一声，青山镇{kept}，石匠分文不收，。");
    assert_eq!(flagged(&own, &[&source]), [kept]);
}

#[test]
fn sentences_end_where_they_do_and_not_within_figures_or_rare_characters() {
    let text = Comparable::of("投入3.5亿元,新建𠮷塔.成了。好");
    let ends: Vec<usize> = (0..=text.len()).filter(|&i| is_sentence_end(&text, i)).collect();
    let letters = String::from_utf16(text.letters()).unwrap();
    assert_eq!(letters, "投入35亿元新建𠮷塔成了好");
    assert_eq!(ends, [0, 11, 13, 14]);
}

#[test]
fn a_set_phrase_between_copied_words_does_not_part_them() {
    let copied = "灶台边上记账，坚持以习近平新时代中国特色社会主义思想为指导，晒谷场上对账";
    let texts = (format!("会上有人提起来，{copied}。"), format!("我们这几年{copied}，都清楚。"));
    assert_eq!(flagged(&texts.0, &[&texts.1]), [copied]);
    // A word or two on either side come together by chance.
    let chance = "二是坚持以习近平新时代中国特色社会主义思想为指导，采取";
    let texts = (format!("会上说，{chance}办法。"), format!("我们{chance}行动。"));
    assert_eq!(flagged(&texts.0, &[&texts.1]), [""; 0]);
}

#[test]
fn one_office_counts_as_four_letters_and_a_list_of_them_as_no_more() {
    let one = "渠长每夜轮流打钟放水，县住房城乡建设局";
    let texts = (format!("会上说，{one}要管。"), format!("我们{one}来看。"));
    assert_eq!(flagged(&texts.0, &[&texts.1]), [one]);
    let list = "由县住房城乡建设局牵头，县财政局、县自然资源局、县水利局配合，打钟放水";
    let texts = (format!("会上说，{list}。"), format!("我们{list}，"));
    assert_eq!(flagged(&texts.0, &[&texts.1]), [""; 0]);
}

#[test]
fn each_document_is_held_against_the_draft_by_itself() {
    let (one, other) = (words(41, 80), words(42, 80));
    let store = store(&[&format!("{}{one}", words(43, 50)), &words(44, 300), &format!("{other}{one}")]);
    let (stock, failure, draft) =
        (Stock::default(), OnceLock::new(), format!("{one}{}{other}", words(45, 90)));
    let asked = Asked { least: GUARANTEED, aside: &[], skip: &|d| d.0 == 3 };
    let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
    let each = search_each(&Comparable::of(&draft), corpus, &asked).unwrap();
    let shared: Vec<(u32, usize)> =
        each.iter().map(|(d, passages)| (d.0, passages.iter().map(|p| p.same).sum())).collect();
    assert_eq!(shared, [(0, 80), (2, 160)]);
    assert!(each.values().flatten().all(|p| p.sources.len() == 1));
}

// A letter that repeats itself makes every run equal to every other.
#[test]
fn texts_that_repeat_themselves_take_linear_time() {
    let one = "抓".repeat(300_000);
    found(&one, &store(&[&one, &one]));
    let clause = "抓好春耕备耕，".repeat(50_000);
    assert!(!found(&clause, &store(&[&clause])).is_empty());
}

#[test]
fn a_megabyte_is_held_against_a_megabyte() {
    let (text, passage) = (words(5, 350_000), words(6, 400));
    let draft = format!("{}{passage}{}", words(7, 200_000), words(8, 150_000));
    let found = found(&draft, &store(&[&format!("{text}{passage}"), &words(9, 1_000)]));
    assert_eq!(found.len(), 1);
    assert_eq!(&draft[found[0].bytes.clone()], passage);
    assert_eq!(
        found[0].sources[0].stretches,
        [Stretch { points: Points { start: 350_000, end: 350_400 }, words: passage }]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Stretches of a document put into a draft, with single edits: each verbatim run of the
    /// guaranteed length is inside a passage, and both sides map back to what is equal.
    #[test]
    fn every_verbatim_run_of_the_guaranteed_length_is_found(
        seed in 0u64..1000,
        pieces in prop::collection::vec((0usize..900, 13usize..90, 0usize..40), 1..5),
        edits in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let source: Vec<char> = words(seed, 1000).chars().collect();
        let mut draft: Vec<char> = words(seed + 5000, 50).chars().collect();
        for (n, &(from, length, own)) in pieces.iter().enumerate() {
            draft.extend(&source[from..(from + length).min(1000)]);
            draft.extend(words(seed + 6000 + n as u64, 20 + own).chars());
        }
        for edit in &edits {
            let at = edit.index(draft.len());
            draft[at] = '改';
        }
        let (draft, source): (String, String) = (draft.iter().collect(), source.iter().collect());
        let store = store(&[&words(seed + 9000, 700), &source]);
        let found = found(&draft, &store);
        let (a, b) = (folded(&draft), folded(&source));
        for i in 0..a.len() {
            for j in 0..b.len() {
                if i > 0 && j > 0 && a[i - 1] == b[j - 1] { continue; }
                let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                if length >= GUARANTEED {
                    let inside = found.iter().any(|p| p.letters.start <= i && i + length <= p.letters.end);
                    prop_assert!(inside, "run of {} at {}", length, i);
                }
            }
        }
        let mut end = 0;
        for passage in &found {
            prop_assert!(passage.letters.start >= end && passage.letters.start < passage.letters.end);
            end = passage.letters.end;
            let comparable = Comparable::of(&draft);
            prop_assert_eq!(comparable.within(&passage.bytes), passage.letters);
            for taken in &passage.sources {
                let text = store.text(taken.document).unwrap();
                for Stretch { points, words } in &taken.stretches {
                    let there: String = text.chars().skip(points.start).take(points.end - points.start).collect();
                    prop_assert_eq!(&there, words);
                }
                let other = folded(&text);
                for run in &taken.runs {
                    prop_assert_eq!(&a[run.draft..run.draft + run.length], &other[run.source..run.source + run.length]);
                }
            }
        }
        prop_assert_eq!(found, self::found(&draft, &store));
    }
}
