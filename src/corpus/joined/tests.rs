//! Several corpora against one of all their documents.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;

use super::{Joined, join};
use crate::base::Result;
use crate::corpus::disk::{Prepared, Writer, open};
use crate::corpus::held::Shared;
use crate::corpus::{
    Asked, Comparable, Corpus, DocumentId, Entry, MemoryStore, PostingStore, Stock, search_both,
};

const SENTENCES: &[&str] = &[
    "把旧磨盘铺成了晒谷场边的步道，夜里有人提灯守着",
    "每月初八在祠堂门口公布豆子进价和分红，一笔不落",
    "渠长打钟轮灌，三十六条毛渠不再为放水红脸",
    "退下来的校车改成流动药箱车，逢五逢十进山",
    "请会唱山歌的阿婆录下防火广播，一早一晚各放一遍",
    "豆干烘成礼盒托邮车捎下山，卖了四万多元",
    "茶农半夜排队守水的日子过去了，塘坝留住山泉",
    "水窖钥匙挂在三户人家墙上，谁用谁登记",
    "木匠带着徒弟修完了风雨桥，桥头刻下各家的名字",
    "粮站改成读书的地方，放学的孩子有了去处",
];

const PLACES: &[&str] = &["石塘县", "柳湾县", "塔前县", "沙井县", "云岭县", ""];

/// A document by a number: some sentences in some order.
fn document(n: u64) -> (Entry, String) {
    let mut state = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let locality = PLACES[next(PLACES.len())].to_owned();
    let count = 1 + next(5);
    let text: Vec<&str> = (0..count).map(|_| SENTENCES[next(SENTENCES.len())]).collect();
    let entry = Entry { name: format!("{n}.txt"), locality, ..Entry::default() };
    (entry, format!("第{n}号材料。{}。", text.join("。")))
}

fn memory(numbers: &[u64]) -> Shared {
    Arc::new(MemoryStore::of(numbers.iter().map(|&n| document(n)).collect()))
}

/// What is found of a draft, by the names of the documents.
fn found(store: &dyn PostingStore, draft: &str) -> Result<Vec<String>> {
    let (stock, failure) = (Stock::known(), OnceLock::new());
    let corpus = Corpus { store, stock: &stock, failure: &failure };
    let asked = Asked { least: 13, aside: &[], skip: &|_| false };
    let draft = Comparable::of(draft);
    let name = |id: DocumentId| store.entry(id).map(|e| (e.name, e.locality));
    let mut all = Vec::new();
    let (copied, other) = search_both(&draft, corpus, &asked)?;
    for passage in copied {
        let sources: Result<Vec<_>> =
            passage.sources.iter().map(|s| Ok((name(s.document)?, s.same))).collect();
        all.push(format!("{:?} {} {} {:?}", passage.bytes, passage.own, passage.localities, sources?));
    }
    for passage in other {
        all.push(format!("{:?} {:?} {:?}", passage.bytes, name(passage.document)?, passage.points));
    }
    Ok(all)
}

fn draft(n: u64) -> String {
    (0..4).map(|i| document(n * 31 + i).1).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn several_corpora_find_what_one_of_all_their_documents_finds(
        own in prop::collection::vec(0u64..40, 0..14),
        county in prop::collection::vec(0u64..40, 0..30),
        city in prop::collection::vec(0u64..40, 0..30),
        of in 0u64..20,
    ) {
        // Within one corpus nothing stands twice.
        let once = |all: &[u64]| {
            let mut seen = std::collections::BTreeSet::new();
            all.iter().copied().filter(|n| seen.insert(*n)).collect::<Vec<_>>()
        };
        let parts = [once(&own), once(&county), once(&city)];
        let all = once(&parts.concat());
        let joined = join(parts.iter().zip(["own", "county", "city"])
            .map(|(part, name)| (name.to_owned(), memory(part))).collect()).unwrap();
        let one = memory(&all);
        prop_assert_eq!(joined.len(), one.len());
        prop_assert_eq!(joined.ids().count(), all.len());
        prop_assert_eq!(found(&*joined, &draft(of)).unwrap(), found(&*one, &draft(of)).unwrap());
        for id in joined.ids() {
            let entry = joined.entry(id).unwrap();
            let number: u64 = entry.name.trim_end_matches(".txt").parse().unwrap();
            let first = parts.iter().position(|part| part.contains(&number)).unwrap();
            prop_assert_eq!(entry.corpus, ["own", "county", "city"][first]);
            prop_assert_eq!(joined.text(id).unwrap(), document(number).1);
        }
    }
}

#[test]
fn corpora_on_disk_with_what_was_removed_and_set_are_joined_alike() {
    let folder = tempfile::TempDir::new().unwrap();
    let build = |name: &str, numbers: &[u64]| {
        let path = folder.path().join(name);
        let mut writer = Writer::open(&path, &mut || ()).unwrap();
        let batch = numbers.iter().map(|&n| document(n)).map(|(e, t)| Prepared::new(e, t));
        writer.add(batch.collect(), false).unwrap();
        writer.commit().unwrap();
        path
    };
    let (own, city) = (build("own", &[1, 2, 3, 4, 5]), build("city", &[9, 3, 8, 4, 7, 6]));
    // What the own one removed is found in the city's again.
    let mut writer = Writer::open(&own, &mut || ()).unwrap();
    writer.remove(&[DocumentId(2)]).unwrap();
    writer.commit().unwrap();
    let named = [("own", &own), ("city", &city)];
    let joined = Joined::of(
        named
            .iter()
            .map(|(name, path)| ((*name).to_owned(), Arc::new(open(path).unwrap()) as Shared))
            .collect(),
    );
    let joined = joined.unwrap();
    let names: Vec<(String, String)> =
        joined.ids().map(|id| joined.entry(id).unwrap()).map(|e| (e.corpus, e.name)).collect();
    let expected = [("own", "1"), ("own", "2"), ("own", "4"), ("own", "5")];
    let expected =
        expected.iter().chain(&[("city", "9"), ("city", "3"), ("city", "8"), ("city", "7"), ("city", "6")]);
    let expected: Vec<_> = expected.map(|(c, n)| ((*c).to_owned(), format!("{n}.txt"))).collect();
    assert_eq!(names, expected);
    let one = memory(&[1, 2, 4, 5, 9, 3, 8, 7, 6]);
    for n in 0..10 {
        assert_eq!(found(&joined, &draft(n)).unwrap(), found(&*one, &draft(n)).unwrap());
    }
}

#[test]
fn one_corpus_alone_is_not_named() {
    let joined = join(vec![("own".to_owned(), memory(&[1, 2]))]).unwrap();
    assert_eq!(joined.entry(DocumentId(1)).unwrap().corpus, "");
}
