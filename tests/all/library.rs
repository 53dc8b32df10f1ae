//! Every skeleton, for eight topics, in every sample locality: 县, 县级市, 市辖区, 自治县, 旗. Each other topic
//! pack is drafted once, since a pack says little now and facts the rest.
//!
//! `tests/samples/library/` has a file for each locality and, in a folder of its name, one for each
//! topic, laid over it; 芷岭县 has each topic's year before as well, as `教育（上年）.yaml`. All is
//! invented. `cargo test --test all library:: -- --nocapture` prints how alike the drafts are.

#![expect(clippy::disallowed_methods, reason = "the samples are files")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use wengao::{
    Case, Facts, Lang, Manuscript, Options, Place, Settings, Skeleton, Value, characters, check, draft,
    library, load_facts,
};

/// Letters in a row from which a stretch that two drafts have in common counts.
const RUN: usize = 25;
/// The longest run that two localities' drafts may have in common.
const LONGEST: usize = 50;
/// What part of a draft may stand in common runs: two localities, one locality's two years.
const ALIKE: (f64, f64) = (0.10, 0.15);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/library")
}

fn load(path: &Path) -> Facts {
    let name = path.strip_prefix(folder()).unwrap_or(path).to_string_lossy().into_owned();
    let source = std::fs::read_to_string(path).expect("a sample reads");
    load_facts(&name, &source).unwrap_or_else(|e| panic!("{}", e.in_lang(Lang::Zh)))
}

/// One document's facts: whose they are, on what, and of which year.
pub(crate) struct Sample {
    locality: String,
    pub(crate) topic: String,
    year_before: bool,
    pub(crate) facts: Facts,
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut all = Vec::new();
    let entries = |path: &Path| {
        let mut names: Vec<_> =
            std::fs::read_dir(path).expect("the samples").map(|e| e.expect("a sample").path()).collect();
        names.sort();
        names
    };
    for path in entries(&folder()).iter().filter(|p| p.is_dir()) {
        let locality = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in entries(path) {
            let mut facts = load(&path.with_extension("yaml"));
            facts.lay_over(load(&file));
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let topic = name.trim_end_matches("（上年）").to_owned();
            all.push(Sample { locality: locality.clone(), year_before: topic != name, topic, facts });
        }
    }
    all
}

/// The skeletons that the program brings along.
pub(crate) fn skeletons() -> Vec<Skeleton> {
    let library = library::built_in();
    library.skeleton_ids().iter().map(|id| library.skeleton(id).expect(id)).collect()
}

fn made(skeleton: &Skeleton, sample: &Sample, options: &Options) -> Manuscript {
    draft(skeleton, &sample.facts, options).unwrap_or_else(|e| {
        panic!("{} {} {}: {}", skeleton.id, sample.locality, sample.topic, e.in_lang(Lang::Zh))
    })
}

/// What the check finds in a draft, as a person reads it.
fn findings(manuscript: &Manuscript, facts: &Facts) -> Vec<String> {
    let settings = Settings::default();
    check(&Case::new(manuscript, &settings).with_facts(Some(facts)))
        .iter()
        .map(|f| format!("{}: {}: {}", f.rule, f.message.zh, &manuscript.text()[f.range.clone()]))
        .collect()
}

#[test]
fn five_kinds_of_localities_have_facts_for_eight_topics() {
    let mut topics: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut levels = BTreeSet::new();
    for sample in samples() {
        levels.insert(sample.facts.text("locality.level").expect("a level"));
        let key = if sample.year_before { format!("{}（上年）", sample.topic) } else { sample.topic };
        topics.entry(key).or_default().insert(sample.locality);
    }
    let levels: Vec<_> = levels.iter().map(String::as_str).collect();
    assert_eq!(levels, ["区", "县", "市", "旗", "自治县"]);
    let (before, topics): (Vec<_>, Vec<_>) = topics.into_iter().partition(|(t, _)| t.ends_with("（上年）"));
    assert!(topics.len() >= 8, "{}", topics.len());
    for (topic, localities) in topics {
        assert_eq!(localities.len(), 5, "{topic}");
        assert!(before.iter().any(|(t, _)| *t == format!("{topic}（上年）")), "{topic}");
        library::built_in().topic(&topic).unwrap_or_else(|e| panic!("{e}"));
    }
}

/// A topic pack says three things and offers the rest to be ticked, so one locality's few facts show
/// whether it reads.
#[test]
fn each_other_topic_drafts_in_its_own_words_and_has_no_finding() {
    const FEW: &str = "\
文稿: {日期: 2026-03-05, 讲话人: 温立秋, 讲话人职务: 县长}
会议: {名称: 全县工作动员会}
工作: {名称: 主题工作, 开始: 2026-03-01, 完成: 2026-11-30, 目标: 把该办的事办到位}
问题: [{名称: 底数不清, 表现: 两个乡镇没有台账}]
任务: [{名称: 摸清底数, 针对: [底数不清], 牵头单位: 县政府办公室, 完成时限: 6月底前, 内容: [逐村登记]}]
";
    let library = library::built_in();
    let skeleton = library.skeleton("speech/mobilization").unwrap_or_else(|e| panic!("{e}"));
    let sampled: BTreeSet<String> = samples().into_iter().map(|s| s.topic).collect();
    let (mut told, mut others) = (Vec::new(), 0);
    for id in library.topic_ids() {
        let topic = library.topic(&id).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(topic.id, id);
        if sampled.contains(&*topic.title.zh) {
            continue;
        }
        others += 1;
        let name = &topic.title.zh;
        let few = FEW.replace("主题工作", name).replace("工作动员会", &format!("{name}动员会"));
        let few = few.replace("工作: {", &format!("工作: {{主题: {name}, "));
        let mut facts = load(&folder().join("芷岭县.yaml"));
        facts.lay_over(load_facts("few.yaml", &few).unwrap_or_else(|e| panic!("{}", e.in_lang(Lang::Zh))));
        let sample =
            Sample { locality: "芷岭县".to_owned(), topic: name.to_string(), year_before: false, facts };
        let manuscript = made(&skeleton, &sample, &Options::default());
        let own = |p: &wengao::Piece| matches!(&p.from, Place::Phrase { id, .. } if id.starts_with("topic."));
        if !manuscript.pieces().iter().any(own) {
            told.push(format!("{id}: says nothing of its own"));
        }
        told.extend(findings(&manuscript, &sample.facts).iter().map(|found| format!("{id}: {found}")));
    }
    assert_eq!(others, 12);
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn no_draft_has_a_finding() {
    let mut told = Vec::new();
    for skeleton in skeletons() {
        for sample in samples() {
            for found in findings(&made(&skeleton, &sample, &Options::default()), &sample.facts) {
                told.push(format!("{} {} {}: {found}", skeleton.id, sample.locality, sample.topic));
            }
        }
    }
    assert!(told.is_empty(), "{} findings\n{}", told.len(), told.join("\n"));
}

#[test]
fn no_draft_has_a_finding_when_it_is_short_or_a_section_is_left_out() {
    let mut told = Vec::new();
    for skeleton in skeletons() {
        for (index, sample) in samples().iter().enumerate() {
            let mut all = vec![Options::with(|o| o.length = Some(1))];
            // One section less for each sample in turn, so that over all of them each is left out.
            if skeleton.sections.len() > 1 {
                let mut sections: Vec<_> = skeleton.sections.iter().map(|s| s.id.clone()).collect();
                sections.remove(index % skeleton.sections.len());
                all.push(Options::with(|o| {
                    o.sections = sections;
                    o.seed = 1;
                }));
            }
            for options in all {
                for found in findings(&made(&skeleton, sample, &options), &sample.facts) {
                    told.push(format!(
                        "{} {} {} {options:?}: {found}",
                        skeleton.id, sample.locality, sample.topic
                    ));
                }
            }
        }
    }
    assert!(told.is_empty(), "{} findings\n{}", told.len(), told.join("\n"));
}

#[test]
fn each_needed_fact_is_missed_by_its_name() {
    for skeleton in skeletons() {
        for sample in samples() {
            for need in &skeleton.needs {
                let (less, path) = without(&sample.facts, &need.fact);
                // What one record lacks and others have stops nothing (`genres`).
                let chosen = skeleton.chosen(&less, &[]).expect("its own sections");
                if !skeleton.gaps(&less, &chosen).is_empty() {
                    continue;
                }
                let error = draft(&skeleton, &less, &Options::default()).expect_err(&need.fact);
                let told = error.in_lang(Lang::En);
                assert_eq!(error.problems().len(), 1, "{told}");
                assert!(told.ends_with(&format!("id {path}")), "{} {path}: {told}", skeleton.id);
            }
        }
    }
}

/// The facts without what stands at a pattern; `[]` is the last item of a list.
fn without(facts: &Facts, pattern: &str) -> (Facts, String) {
    let mut less = facts.clone();
    let mut path = String::new();
    let mut record = &mut less.root;
    let steps: Vec<&str> = pattern.split('.').collect();
    let (last, before) = steps.split_last().expect("a path has a step");
    for step in before {
        let key = step.trim_end_matches("[]");
        path.push_str(key);
        record = match record.get_mut(key).map(|f| &mut f.value) {
            Some(Value::Record(below)) => below,
            Some(Value::List(items)) => {
                let index = items.len() - 1;
                path.push_str(&format!("[{index}]"));
                match &mut items[index].value {
                    Value::Record(below) => below,
                    _ => panic!("{path} is no record"),
                }
            }
            _ => panic!("the sample has no {path}"),
        };
        path.push('.');
    }
    let key = last.trim_end_matches("[]");
    path.push_str(key);
    assert!(record.shift_remove(key).is_some(), "the sample has no {path}");
    (less, path)
}

/// A text's letters: no punctuation, no white space.
fn letters(manuscript: &Manuscript) -> Vec<char> {
    manuscript.text().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How much of the shorter text stands in runs of [`RUN`] letters or more that both have, and the
/// longest run.
fn common(a: &[char], b: &[char]) -> (f64, String) {
    let mut at: HashMap<&[char], Vec<usize>> = HashMap::new();
    for (i, window) in b.windows(RUN).enumerate() {
        at.entry(window).or_default().push(i);
    }
    let (mut covered, mut longest, mut from) = (0, 0..0, 0);
    let mut i = 0;
    while i + RUN <= a.len() {
        let ends = at
            .get(&a[i..i + RUN])
            .into_iter()
            .flatten()
            .map(|&j| i + a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count());
        let Some(end) = ends.max() else {
            i += 1;
            continue;
        };
        covered += end - i.max(from);
        from = end;
        if end - i > longest.len() {
            longest = i..end;
        }
        // The next run may overlap this one.
        i = end - RUN + 1;
    }
    (covered as f64 / a.len().min(b.len()).max(1) as f64, a[longest].iter().collect())
}

#[test]
fn two_localities_drafts_on_one_topic_are_no_copies_of_each_other() {
    let all = samples();
    let mut shares: Vec<f64> = Vec::new();
    let mut years: Vec<f64> = Vec::new();
    let mut runs: Vec<usize> = Vec::new();
    let mut told = Vec::new();
    for skeleton in skeletons() {
        let drafts: Vec<_> =
            all.iter().map(|sample| letters(&made(&skeleton, sample, &Options::default()))).collect();
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate().skip(i + 1).filter(|(_, b)| a.topic == b.topic) {
                let one = a.locality == b.locality;
                if !one && (a.year_before || b.year_before) {
                    continue;
                }
                let (share, run) = common(&drafts[i], &drafts[j]);
                let most = if one { ALIKE.1 } else { ALIKE.0 };
                let length = run.chars().count();
                if share > most || !one && length > LONGEST {
                    told.push(format!(
                        "{} {} {}/{}: {:.1} %, {length}: {run}",
                        skeleton.id,
                        a.topic,
                        a.locality,
                        b.locality,
                        share * 100.0
                    ));
                }
                if one {
                    years.push(share)
                } else {
                    shares.push(share)
                }
                if !one {
                    runs.push(length);
                }
            }
        }
    }
    for (what, shares) in [("localities", &mut shares), ("years", &mut years)] {
        shares.sort_by(f64::total_cmp);
        let at = |part: f64| {
            shares.get(((shares.len() - 1) as f64 * part) as usize).copied().unwrap_or(0.0) * 100.0
        };
        println!(
            "{what}: {} pairs, in common: median {:.1} %, 90th {:.1} %, 99th {:.1} %, most {:.1} %",
            shares.len(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
    }
    runs.sort_unstable();
    let at = |part: f64| runs[((runs.len() - 1) as f64 * part) as usize];
    println!("longest run: median {}, 90th {}, 99th {}, longest {}", at(0.5), at(0.9), at(0.99), at(1.0));
    assert!(told.is_empty(), "{}\n{}", told.len(), told.join("\n"));
}

#[test]
fn a_length_is_kept_as_near_as_the_facts_allow() {
    for skeleton in skeletons() {
        let all = samples();
        let sample = all.first().expect("a sample");
        let length = |wanted| characters(&made(&skeleton, sample, &Options::with(|o| o.length = wanted)));
        let (least, most) = (length(Some(1)), length(None));
        assert!(least <= most, "{}", skeleton.id);
        let middle = (least + most) / 2;
        let off = length(Some(middle)).abs_diff(middle);
        assert!(off * 2 <= (most - least).max(1), "{}: {least}, {most}, {off}", skeleton.id);
    }
}
