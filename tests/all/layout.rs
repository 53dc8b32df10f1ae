//! The rules `layout` and `sensitive` on files: what the program writes is as the standard has it and carries
//! nothing, and what a person is shown of a file that is not.

use wengao::{Case, Fonts, Manuscript, Options, Settings, WRITERS, check, draft};

use crate::library::{samples, skeletons};
use crate::sample;

/// What both rules say of a manuscript that is written and read again.
fn told(manuscript: &Manuscript, fonts: Fonts) -> Vec<String> {
    let writer = WRITERS.iter().find(|w| w.name() == "docx").expect("the table has .docx");
    let bytes = writer.write(manuscript, &Settings::with(|s| s.fonts = fonts)).expect("it is written");
    let back = wengao::read("a.docx", &bytes).expect("what was written is sound");
    let rules = ["layout", "sensitive"].map(str::to_owned);
    let settings = Settings::with(|s| s.only = rules.to_vec());
    let found = check(&Case::new(&back, &settings));
    found.iter().map(|f| format!("{}: {}: {}", f.rule, f.message.zh, &back.text()[f.range.clone()])).collect()
}

#[test]
fn what_the_program_writes_is_set_by_the_standard_and_carries_nothing() {
    let mut wrong = Vec::new();
    let mut look = |what: &str, manuscript: &Manuscript| {
        for (name, fonts) in Fonts::ALL {
            wrong.extend(told(manuscript, fonts).into_iter().map(|t| format!("{what}, {name}: {t}")));
        }
    };
    look("a speech", &sample::speech());
    for (name, source) in sample::FORMS {
        look(name, &sample::drafted(name, source));
    }
    let samples = samples();
    for skeleton in skeletons() {
        let example = draft(&skeleton, skeleton.example(), &Options::default()).expect(&skeleton.id);
        look(&skeleton.id, &example);
        for sample in samples.iter().filter(|s| s.topic == "教育") {
            let made = draft(&skeleton, &sample.facts, &Options::default()).expect(&skeleton.id);
            look(&skeleton.id, &made);
        }
    }
    assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
}
