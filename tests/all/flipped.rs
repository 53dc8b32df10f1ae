//! Files of the program's own in which a bit has fallen over: the baseline, and the copy of a draft that an
//! update goes by. An error or a right answer; never a finding hidden or a word of hers gone. Those of a
//! corpus are in `src/corpus/disk/tests.rs`.

#![expect(clippy::disallowed_methods, reason = "a test is asked by the environment how much it is to do")]

use std::sync::Arc;

use wengao::door::{Asked, Deaf, Files, InMemory, Listener, Office, Pile, Use, check, plans, update};
use wengao::{Date, Lang, Problem, Result, Settings, Text, read, writer};

const DRAFTED: &str =
    "全县清沟安排\n\n　　安排30万元，用在点上。\n\n　　各村要把这件事办好。\n\n　　月底前报县水务局。\n";

fn office(files: &Arc<InMemory>) -> Office {
    let today = Date::parse("2026-03-05").expect("a day");
    Office::with(files.clone(), Lang::Zh, today)
}

/// Which bytes are flipped: all of them if so asked, else some.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let all = std::env::var_os("WENGAO_EVERY_BYTE").is_some();
    (0..length).step_by(if all || length < 1000 { 1 } else { length / 400 })
}

/// Whoever counts what is told.
#[derive(Default)]
struct Told(usize);

impl Listener for Told {
    fn note(&mut self, _: &Problem) {
        self.0 += 1;
    }
    fn say(&mut self, _: &Text) {}
    fn complain(&mut self, _: &[Problem]) {}
    fn progress(&mut self, _: Option<&Text>) {}
}

/// Her document brought up to date by a copy: whether nothing was left open, how much was told, and the text.
fn updated(name: &str, copy: &[u8], hers: &[u8], ours: &[u8]) -> Result<(bool, usize, String)> {
    let files = Arc::new(InMemory::default());
    files.put(name, hers);
    files.put(&format!(".wengao/{name}"), copy);
    let mut told = Told::default();
    let settled = update(&office(&files), name, ours, "", &mut told);
    let now = files.read(name, Use::Look)?;
    if settled.is_err() {
        assert_eq!(now, hers, "not brought up to date, and changed");
    }
    Ok((settled?, told.0, read(name, &now)?.into_text()))
}

#[test]
fn a_bit_of_the_kept_copy_that_falls_over_costs_her_no_word() {
    let hers = DRAFTED.replace("这件事办好", "清沟办好，回头看一遍");
    let ours = DRAFTED.replace("30万元", "45万元");
    for name in ["a.txt", "a.md", "a.docx"] {
        let bytes = |text: &str| {
            if !name.ends_with("docx") {
                return text.as_bytes().to_vec();
            }
            let manuscript = read("a.txt", text.as_bytes()).expect("a text");
            writer(name).expect("a writer").write(&manuscript, &Settings::default()).expect("a .docx")
        };
        let (copy, hers, ours) = (bytes(DRAFTED), bytes(&hers), bytes(&ours));
        let right = updated(name, &copy, &hers, &ours).expect("it can be brought up to date");
        assert!(right.0 && right.2.contains("45万元") && right.2.contains("清沟办好，回头看一遍"));
        for at in places(copy.len()) {
            let mut bad = copy.clone();
            bad[at] ^= 1 << (at % 8);
            let Ok((settled, told, text)) = updated(name, &bad, &hers, &ours) else { continue };
            if text != right.2 {
                assert!(!settled && told > 0, "{name} byte {at}: another text, and not a word of it: {text}");
            }
            for words in ["全县清沟安排", "清沟办好，回头看一遍", "月底前报县水务局", "万元，用在点上"]
            {
                assert!(text.contains(words), "{name} byte {at}: {words} is gone: {text}");
            }
        }
    }
}

#[test]
fn a_bit_of_the_baseline_that_falls_over_hides_nothing_that_nobody_accepted() {
    let paper = "# 通知\n\n全年新改建农村公路x公里。\n\n总投资3.2亿元，由***同志牵头。\n\n新建泵站XX座。\n";
    let baseline = "接受:\n- 规则: placeholder\n  文件: a.md\n  词: x\n  前文: 新改建农村公路\n  后文: 公里。\n  理由: 数还没有报来\n- {规则: placeholder, 文件: a.md, 词: '***', 前文: 亿元，由, 后文: 同志牵头。}\n";
    let shown = |baseline: &[u8]| -> Result<Vec<String>> {
        let files = Arc::new(InMemory::default());
        files.put("a.md", paper.as_bytes());
        files.put("wengao-baseline.yaml", baseline);
        let (office, asked, names) = (office(&files), Asked::default(), vec!["a.md".to_owned()]);
        let plans = plans(&office, &asked, &names, &mut Deaf)?;
        let checked = check(&office, Pile::of(names, plans, &asked), &mut Deaf)?;
        let document = &checked.documents[0];
        Ok(document.findings.iter().map(|f| paper[f.range.clone()].to_owned()).collect())
    };
    assert_eq!(shown(baseline.as_bytes()).expect("a baseline"), ["XX"]);
    for at in places(baseline.len()) {
        for bit in 0..8 {
            let mut bad = baseline.as_bytes().to_vec();
            bad[at] ^= 1 << bit;
            if let Ok(shown) = shown(&bad) {
                assert!(shown.contains(&"XX".to_owned()), "byte {at} bit {bit}: {shown:?}");
            }
        }
    }
}
