//! What counts as reworded, and what does not.

use std::sync::OnceLock;

use super::*;
use crate::corpus::{Entry, MemoryStore, PostingStore, Stock};

const SOURCE: &str = "老支书把水账本摊在晒谷场上，每户放水几时几刻一笔一笔念给乡亲听。茶农半夜排队守渠的日子过去了，\
    新修的塘坝把山泉留到秋后，六台揉捻机和一间冷库也在霜降前安装到位。渠长打钟轮灌，三十六条毛渠再没有为水红过脸。";

/// The same in other words: words swapped, clauses turned, some of one's own between them.
const TURNED: &str = "晒谷场上摊开水账本，老支书一笔一笔读给大伙儿听，每户放水几时几刻清清楚楚。山泉被新建的塘坝存到秋后，\
    茶农夜半守渠排长队成了过去，霜降之前六台揉捻机、一间冷库装好到位。轮灌由渠长打钟，我们还看到，三十六条毛渠没有再为水吵架。";

const OWN: &str = "会上，我想先说说学校食堂的事。去年秋天家长提的意见，今年春天已经改完了，灶台换成了电的，菜价每周贴在门口。\
    校车的班次也加了两趟，住在山背后的孩子天黑前能到家。";

fn store(texts: &[(&str, &str)]) -> MemoryStore {
    let entry = |name: &str| Entry { name: name.into(), locality: name.into(), ..Entry::default() };
    MemoryStore::of(texts.iter().map(|(name, text)| (entry(name), (*text).to_owned())).collect())
}

fn found(draft: &str, store: &MemoryStore, aside: &[Range<usize>]) -> Vec<Reworded> {
    let (stock, failure) = (Stock::known(), OnceLock::new());
    let corpus = Corpus { store, stock: &stock, failure: &failure };
    let (draft, asked) = (Comparable::of(draft), Asked { least: 13, aside, skip: &|_| false });
    Ready::of(&draft, corpus.stock, &asked).find(corpus, &asked).unwrap()
}

#[test]
fn what_was_turned_clause_by_clause_is_found_with_both_sides() {
    let filler = "修桥的账另外有人管，桥墩的混凝土上个月验过两回，栏杆的样子村里投了票，定的是石榴花。";
    let store =
        store(&[("甲县", &format!("{filler}\n{SOURCE}\n{filler}")), ("乙县", "修桥的事，明年再议。")]);
    let draft = format!("{OWN}\n{TURNED}\n{OWN}");
    let one = &found(&draft, &store, &[])[0];
    let passage = &draft[one.bytes.clone()];
    assert!(TURNED.contains(passage) && passage.chars().count() * 2 > TURNED.chars().count(), "{passage}");
    assert!(one.words.contains("晒谷场") || one.words.contains("塘坝"), "{}", one.words);
    let text = store.text(one.document).unwrap();
    let quoted: String = text.chars().skip(one.points.start).take(one.words.chars().count()).collect();
    assert_eq!(quoted, one.words);
    assert!(!one.common.is_empty() && one.common.iter().all(|word| passage.contains(word.as_str())));
    assert!(one.share > 0.2 && one.share <= 1.0);
}

#[test]
fn two_who_write_of_other_things_meet_nowhere() {
    assert!(found(OWN, &store(&[("甲县", SOURCE)]), &[]).is_empty());
    assert!(found("", &store(&[("甲县", SOURCE)]), &[]).is_empty());
    assert!(found(TURNED, &store(&[]), &[]).is_empty());
}

#[test]
fn formula_alone_is_nothing() {
    let formula = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持稳中求进工作总基调，\
        完整、准确、全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展，统筹发展和安全。";
    let turned = "以习近平新时代中国特色社会主义思想为指导，坚持稳中求进工作总基调，全面贯彻党的二十大精神，\
        统筹发展和安全，完整、准确、全面贯彻新发展理念，着力推动高质量发展，加快构建新发展格局。";
    assert!(found(turned, &store(&[("甲县", formula)]), &[]).is_empty());
}

#[test]
fn what_many_localities_have_is_nobodys_own() {
    let of = |n: usize| {
        let names: Vec<&str> = ["甲县", "乙县", "丙县", "丁县", "戊县"][..n].to_vec();
        store(&names.into_iter().map(|name| (name, SOURCE)).collect::<Vec<_>>())
    };
    assert!(!found(TURNED, &of(3), &[]).is_empty());
    assert!(found(TURNED, &of(5), &[]).is_empty());
}

#[test]
fn what_is_put_aside_speaks_for_nothing() {
    let all = 0..TURNED.len();
    assert!(found(TURNED, &store(&[("甲县", SOURCE)]), &[all]).is_empty());
}

#[test]
fn a_text_that_says_one_thing_all_along_ends() {
    let again = SOURCE.repeat(60);
    let store = store(&[("甲县", &again)]);
    assert!(found(&TURNED.repeat(40), &store, &[]).len() <= 120);
    // Beyond so many sentences the same words are followed no further.
    assert!(found(&TURNED.repeat(2_000), &store, &[]).len() <= 3 * BOUNDS.repeats);
    assert!(found(&"水渠".repeat(20_000), &store, &[]).is_empty());
}
