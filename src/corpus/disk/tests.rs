//! The store on disk against the one in memory, and against a disk that fails.

#![expect(clippy::disallowed_methods, reason = "a test damages files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

use super::reach::Disk;
use super::{Change, DiskCorpus, Manifest, Outcome, Prepared, Writer, open};
use crate::corpus::{Comparable, DocumentId, Entry, MemoryStore, PostingStore, fingerprints};

fn entry(name: &str, locality: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        title: format!("{name}的标题"),
        locality: locality.to_owned(),
        year: 2025,
        genre: "讲话".to_owned(),
        corpus: String::new(),
    }
}

/// A text of words drawn from a few, so that documents share runs.
fn text(seed: u64, words: usize) -> String {
    const WORDS: &[&str] = &[
        "青石镇",
        "河道清淤",
        "春耕生产",
        "逐村过关",
        "责任到人",
        "，",
        "。",
        "水源农资农机",
        "2025年",
        "整地八千亩",
        "农村公路",
        "隐患排查",
        "（二）",
        "抓早抓实",
        "云岭县",
        "汛前完工",
        "摆上重要位置",
        "\n",
        "一盘棋",
        "台账",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..words)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            WORDS[(state >> 40) as usize % WORDS.len()]
        })
        .collect()
}

fn documents(seed: u64, count: u64) -> Vec<(Entry, String)> {
    (0..count)
        .map(|n| {
            let locality = ["云岭县", "青石县", ""][(n % 3) as usize];
            (entry(&format!("{:02}/{n}.txt", n % 4), locality), text(seed + n, 30 + (n as usize * 37) % 400))
        })
        .collect()
}

fn add(folder: &Path, documents: &[(Entry, String)]) {
    let mut writer = Writer::open(folder, &mut || ()).unwrap();
    let batch = documents.iter().map(|(e, t)| Prepared::new(e.clone(), t.clone())).collect();
    for outcome in writer.add(batch, false).unwrap() {
        assert!(matches!(outcome, Outcome::Added(_)), "{outcome:?}");
    }
    writer.commit().unwrap();
}

/// All postings of the fingerprints of `draft`, by the names of the documents.
type Found = BTreeMap<u32, (u32, Vec<(String, u32)>)>;

fn found(store: &dyn PostingStore, draft: &str) -> crate::base::Result<Found> {
    let prints: Vec<u32> = fingerprints(Comparable::of(draft).letters()).iter().map(|f| f.hash).collect();
    let mut hits = Vec::new();
    store.lookup(&prints, &mut |i, postings| {
        let list: Vec<_> = postings.list.iter().map(|p| (p.document, p.at)).collect();
        hits.push((prints[i], postings.total, list));
    })?;
    let mut all = Found::new();
    for (print, total, list) in hits {
        let named: crate::base::Result<Vec<_>> =
            list.into_iter().map(|(id, at)| Ok((store.entry(id)?.name, at))).collect();
        all.insert(print, (total, named?));
    }
    Ok(all)
}

fn drafts() -> Vec<String> {
    (0..6).map(|n| text(n * 7, 300)).collect()
}

/// That both say the same of documents and fingerprints; places up to where lists are cut short.
fn same(disk: &DiskCorpus, memory: &MemoryStore) {
    let ids: Vec<DocumentId> = disk.ids().collect();
    assert_eq!(ids.len(), memory.ids().count());
    for (&id, other) in ids.iter().zip(memory.ids()) {
        assert_eq!(disk.entry(id).unwrap(), memory.entry(other).unwrap());
        assert_eq!(disk.text(id).unwrap(), memory.text(other).unwrap());
        for (&id2, other2) in ids.iter().zip(memory.ids()) {
            assert_eq!(
                disk.locality(id) == disk.locality(id2),
                memory.locality(other) == memory.locality(other2)
            );
        }
    }
    for draft in drafts() {
        let (ours, theirs) = (found(disk, &draft).unwrap(), found(memory, &draft).unwrap());
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
        for (print, (total, list)) in ours {
            let (all, whole) = &theirs[&print];
            assert_eq!(total, *all);
            assert!(list.len() == whole.len() || list.len() >= super::bucket::LISTED);
            assert_eq!(list[..], whole[..list.len()]);
        }
    }
}

#[test]
fn the_disk_answers_as_memory_does() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("语料库");
    let all = documents(3, 150);
    // Several segments, so that lists are joined.
    add(&path, &all[..60]);
    add(&path, &all[60..61]);
    add(&path, &all[61..]);
    let disk = open(&path).unwrap();
    assert_eq!(disk.figures().segments, 3);
    disk.verify(&mut |_, _| ()).unwrap();
    same(&disk, &MemoryStore::of(all.clone()));
    let writer = Writer::open(&path, &mut || ()).unwrap();
    assert!(writer.compact(&mut |_, _| ()).unwrap());
    let disk = open(&path).unwrap();
    assert_eq!(disk.figures().segments, 1);
    disk.verify(&mut |_, _| ()).unwrap();
    same(&disk, &MemoryStore::of(all));
}

/// In some ten million runs and pairs one has the number of another, in one document or at one place.
#[test]
fn a_run_with_the_number_of_a_pair_does_not_disturb_the_index() {
    let folder = TempDir::new().unwrap();
    let mut document = Prepared::new(entry("a.txt", ""), text(3, 200));
    let number = 7;
    document.prints.extend([(number, 90), (number, 40), (number, 90), (number, 200)]);
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    writer.add(vec![document], false).unwrap();
    writer.commit().unwrap();
    let disk = open(folder.path()).unwrap();
    disk.verify(&mut |_, _| ()).unwrap();
    let mut places = Vec::new();
    // What `spread` makes 7.
    let hash = (0..32)
        .fold(1u32, |inverse, _| inverse.wrapping_mul(2u32.wrapping_sub(inverse.wrapping_mul(0x9E37_79B1))));
    disk.lookup(&[hash.wrapping_mul(number)], &mut |_, found| {
        places.extend(found.list.iter().map(|p| p.at));
    })
    .unwrap();
    assert_eq!(places, [40, 90, 200]);
}

#[test]
fn small_segments_become_one_by_themselves() {
    let folder = TempDir::new().unwrap();
    let all = documents(4, 40);
    for some in all.chunks(4) {
        add(folder.path(), some);
    }
    let disk = open(folder.path()).unwrap();
    assert!(disk.figures().segments < 4);
    same(&disk, &MemoryStore::of(all));
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, disk.figures().segments + 2, "manifest, lock and segments, nothing left over");
}

#[test]
fn what_is_removed_or_set_stays_so_through_compaction() {
    let folder = TempDir::new().unwrap();
    let mut all = documents(5, 90);
    add(folder.path(), &all);
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    writer.remove(&(20..50).map(DocumentId).collect::<Vec<_>>()).unwrap();
    let change = Change { locality: Some("石桥县".to_owned()), year: Some(0), ..Change::default() };
    writer.set(DocumentId(7), &change).unwrap();
    writer.commit().unwrap();
    (all[7].0.locality, all[7].0.year) = ("石桥县".to_owned(), 0);
    all.drain(20..50);
    let disk = open(folder.path()).unwrap();
    assert_eq!(disk.len(), 90);
    same_but_for_totals(&disk, &MemoryStore::of(all.clone()));
    disk.verify(&mut |_, _| ()).unwrap();
    assert!(Writer::open(folder.path(), &mut || ()).unwrap().compact(&mut |_, _| ()).unwrap());
    let disk = open(folder.path()).unwrap();
    assert_eq!(disk.len(), 60);
    disk.verify(&mut |_, _| ()).unwrap();
    same_but_for_totals(&disk, &MemoryStore::of(all));
    assert!(!Writer::open(folder.path(), &mut || ()).unwrap().compact(&mut |_, _| ()).unwrap());
}

/// Where a list was cut short nobody knows which of the rest was removed.
fn same_but_for_totals(disk: &DiskCorpus, memory: &MemoryStore) {
    for draft in drafts() {
        let (ours, theirs) = (found(disk, &draft).unwrap(), found(memory, &draft).unwrap());
        for (print, (_, whole)) in &theirs {
            let (_, list) = &ours[print];
            assert!(whole.starts_with(list) || list.iter().all(|p| whole.contains(p)));
            assert!(list.len() == whole.len() || list.len() > 30, "{} {}", list.len(), whole.len());
        }
        assert!(ours.keys().all(|print| theirs.contains_key(print)));
    }
}

#[test]
fn all_can_be_removed_and_added_again() {
    let folder = TempDir::new().unwrap();
    let all = documents(6, 10);
    add(folder.path(), &all);
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    writer.remove(&(0..10).map(DocumentId).collect::<Vec<_>>()).unwrap();
    writer.commit().unwrap();
    assert!(open(folder.path()).unwrap().is_empty());
    Writer::open(folder.path(), &mut || ()).unwrap().compact(&mut |_, _| ()).unwrap();
    assert_eq!(open(folder.path()).unwrap().len(), 0);
    add(folder.path(), &all);
    same(&open(folder.path()).unwrap(), &MemoryStore::of(all));
}

#[test]
fn the_same_document_twice_is_noticed_however_it_is_set() {
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    let one = |name: &str, text: &str| Prepared::new(entry(name, ""), text.to_owned());
    let outcomes = writer
        .add(
            vec![one("a.txt", "全县清淤，12处。"), one("b.txt", "全縣清淤　１２处"), one("c.txt", "……")],
            false,
        )
        .unwrap();
    let added = |name: &str| Outcome::Added(name.to_owned());
    assert_eq!(outcomes, [added("a.txt"), Outcome::Same("a.txt".to_owned()), Outcome::Empty]);
    writer.commit().unwrap();
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    let batch = vec![one("d.txt", "全县清淤12处"), one("a.txt", "另一篇"), one("a.txt", "又一篇")];
    let outcomes = writer.add(batch, false).unwrap();
    assert_eq!(outcomes, [Outcome::Same("a.txt".to_owned()), added("a(2).txt"), added("a(3).txt")]);
    writer.commit().unwrap();
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    assert_eq!(writer.add(vec![one("a.txt", "改过的一篇")], true).unwrap(), [Outcome::Replaced]);
    writer.commit().unwrap();
    let disk = open(folder.path()).unwrap();
    let texts: Vec<_> = disk.ids().map(|id| disk.text(id).unwrap()).collect();
    assert_eq!(texts, ["另一篇", "又一篇", "改过的一篇"]);
}

#[test]
fn memory_that_is_full_makes_several_segments() {
    let folder = TempDir::new().unwrap();
    let all = documents(8, 60);
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap().gathering(500);
    for some in all.chunks(10) {
        writer.add(some.iter().map(|(e, t)| Prepared::new(e.clone(), t.clone())).collect(), false).unwrap();
    }
    writer.commit().unwrap();
    same(&open(folder.path()).unwrap(), &MemoryStore::of(all));
}

#[test]
fn a_folder_of_other_files_is_no_corpus() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("讲话.txt"), "x").unwrap();
    assert!(Writer::open(folder.path(), &mut || ()).is_err());
    assert!(open(folder.path()).is_err());
    fs::write(folder.path().join("manifest"), "something else").unwrap();
    assert!(open(folder.path()).is_err());
}

#[test]
fn leftovers_of_a_writer_that_was_killed_are_swept_away_by_the_next() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), &documents(1, 5));
    for name in ["00000007.segment", "00000008.segment.tmp", "manifest.tmp", "00000009.changes"] {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    same(&open(folder.path()).unwrap(), &MemoryStore::of(documents(1, 5)));
    drop(Writer::open(folder.path(), &mut || ()).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    same(&open(folder.path()).unwrap(), &MemoryStore::of(documents(1, 5)));
}

#[test]
fn a_reader_sees_what_it_opened_while_others_write() {
    let folder = TempDir::new().unwrap();
    let all = documents(2, 30);
    add(folder.path(), &all[..20]);
    let before = open(folder.path()).unwrap();
    add(folder.path(), &all[20..]);
    Writer::open(folder.path(), &mut || ()).unwrap().compact(&mut |_, _| ()).unwrap();
    same(&before, &MemoryStore::of(all[..20].to_vec()));
    same(&open(folder.path()).unwrap(), &MemoryStore::of(all));
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    let mut first = Writer::open(&path, &mut || ()).unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    let second = std::thread::spawn({
        let path = path.clone();
        move || {
            let mut writer = Writer::open(&path, &mut || send.send(()).unwrap()).unwrap();
            assert_eq!(writer.corpus().len(), 3);
            writer.add(vec![Prepared::new(entry("z.txt", ""), text(99, 50))], false).unwrap();
            writer.commit().unwrap();
        }
    });
    receive.recv().unwrap();
    let all = documents(2, 3);
    first.add(all.into_iter().map(|(e, t)| Prepared::new(e, t)).collect(), false).unwrap();
    first.commit().unwrap();
    second.join().unwrap();
    assert_eq!(open(&path).unwrap().len(), 4);
}

/// Documents with their localities, and what is found of drafts.
type All = (Vec<(Entry, String, u32)>, Vec<Found>);

/// Everything that a corpus says, or the first error.
fn all_of(path: &Path) -> crate::base::Result<All> {
    let disk = open(path)?;
    let documents: crate::base::Result<Vec<_>> =
        disk.ids().map(|id| Ok((disk.entry(id)?, disk.text(id)?, disk.locality(id)))).collect();
    let found: crate::base::Result<Vec<_>> = drafts().iter().map(|d| found(&disk, d)).collect();
    Ok((documents?, found?))
}

#[test]
fn every_byte_that_is_flipped_gives_an_error_or_the_right_answer() {
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    let batch = documents(9, 4).into_iter().map(|(e, t)| Prepared::new(e, t)).collect();
    writer.add(batch, false).unwrap();
    writer.commit().unwrap();
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    writer.remove(&[DocumentId(1)]).unwrap();
    writer.set(DocumentId(2), &Change { genre: Some("通知".to_owned()), ..Change::default() }).unwrap();
    writer.commit().unwrap();
    let right = all_of(folder.path()).unwrap();
    let mut unnoticed = 0;
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let good = fs::read(&path).unwrap();
        if good.is_empty() {
            continue;
        }
        // Of the segment only some, unless all are asked for (two minutes).
        let all = std::env::var_os("WENGAO_EVERY_BYTE").is_some();
        let step = if all || good.len() < 4096 { 1 } else { 23 };
        for at in (0..good.len()).step_by(step) {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            fs::write(&path, &bad).unwrap();
            match all_of(folder.path()) {
                Ok(answer) => assert!(answer == right, "{} byte {at}", path.display()),
                Err(error) => assert!(!error.problems().is_empty()),
            }
            // What no answer touched is found by verify.
            if open(folder.path()).and_then(|c| c.verify(&mut |_, _| ())).is_ok() {
                unnoticed += 1;
            }
        }
        for len in [0, 1, good.len() / 2, good.len() - 1] {
            fs::write(&path, &good[..len]).unwrap();
            assert!(all_of(folder.path()).is_err());
        }
        fs::write(&path, &good).unwrap();
    }
    assert_eq!(unnoticed, 0);
    assert!(all_of(folder.path()).unwrap() == right);
}

/// What the fuzzer found: the foot of a segment said that its texts are shorter than what was removed of
/// them, under a checksum that was right.
#[test]
fn a_segment_that_lies_about_itself_is_not_made_into_another() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), &documents(9, 4));
    let mut writer = Writer::open(folder.path(), &mut || ()).unwrap();
    writer.remove(&[DocumentId(1)]).unwrap();
    writer.commit().unwrap();
    let mut manifest = Manifest::read(&Disk, folder.path()).unwrap().unwrap();
    let path = manifest.segments[0].path(folder.path());
    let mut foot = open(folder.path()).unwrap().shelves[0].segment.foot.clone();
    foot.text_bytes = 1;
    let mut bytes = fs::read(&path).unwrap();
    let foot = foot.encode();
    bytes.truncate(bytes.len() - foot.len());
    bytes.extend(&foot);
    fs::write(&path, &bytes).unwrap();
    manifest.segments[0].foot = u32::from_le_bytes(*foot.last_chunk().unwrap());
    manifest.write(folder.path()).unwrap();
    let writer = Writer::open(folder.path(), &mut || ()).unwrap();
    let told = writer.compact(&mut |_, _| ()).unwrap_err();
    assert!(told.in_lang(crate::base::Lang::Zh).contains("内容不符"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(open(folder.path()).unwrap().entries().unwrap().len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_in_place_of_a_file_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0usize..2) {
        let folder = TempDir::new().unwrap();
        add(folder.path(), &documents(9, 2));
        fs::write(folder.path().join(["manifest", "00000001.segment"][which]), &bytes).unwrap();
        prop_assert!(open(folder.path()).is_err());
    }
}
