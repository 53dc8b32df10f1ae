//! The package for review (送审包): what stands behind a document, so that a leader can sign it.
//!
//! Of a draft all of that is known; of a paper that was handed in it is held against the facts. What comes out
//! are plain values ([`Package`]) and the bytes of three files; a folder, where there is one, keeps what was
//! said last time, so that the next package tells what is different.
//!
//! | file | what |
//! |---|---|
//! | `sentences` | the document sentence by sentence, with places |
//! | `evidence` | the grounds of a draft, by its pieces |
//! | `held` | the grounds of a paper that was handed in, held against the facts |
//! | `odds` | values at odds with the facts, and facts that contradict each other |
//! | `open` | what is not settled |
//! | `change` | what is different from last time, and what followed each fact |
//! | `left` | what a change may have left behind |
//! | `state` | `包.json`, which a folder keeps |
//! | `folder` | the files in their folder, nobody else's among them |

mod change;
mod evidence;
mod folder;
mod held;
mod left;
mod odds;
mod open;
mod sentences;
mod state;
#[cfg(test)]
mod tests;

use serde_json::Value as Json;

pub use folder::{FILES, last, write};
pub use state::Kept;

use self::sentences::Stretch;
use super::draft::Drafted;
use super::office::Office;
use crate::base::{Lang, Problem, Result, Text};
use crate::draft::plan::Plan;
use crate::draft::plan::loose::Loose;
use crate::draft::wanted::Wanted;
use crate::model::finding::{veil, veiled};
use crate::model::{Facts, Finding, Manuscript, Settings};
use crate::read::read;
use crate::report::Document;
use crate::report::package::{self as laid, Evidence, Issue, Package, Sentence};
use crate::rules::{self, Case, about};

/// Why there is no package of a paper without facts.
#[must_use]
pub fn no_facts() -> Problem {
    Problem::new(Text::fixed("没有事实，做不成送审包", "there are no facts, and so no package for review"))
}

/// A package with what is to be kept of it.
pub struct Made {
    /// The package.
    pub package: Package,
    /// What a folder keeps.
    pub kept: Kept,
    lang: Lang,
}

impl Made {
    /// The package for programs.
    #[must_use]
    pub fn as_json(&self) -> Json {
        laid::json(&self.package, self.lang)
    }

    /// The three files by name; what is kept last.
    ///
    /// # Errors
    /// If the workbook cannot be made.
    pub fn files(&self) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let mut kept = self.kept.clone();
        let book = laid::xlsx(&self.package, self.lang)?;
        let page = laid::html(&self.package, self.lang);
        kept.files = vec![state::Written::of(FILES[0], &book), state::Written::of(FILES[1], &page)];
        Ok(vec![(FILES[0], book), (FILES[1], page), (FILES[2], kept.bytes())])
    }

    /// The three files in one .zip, for a door that hands out one file.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn zip(&self) -> Result<Vec<u8>> {
        folder::zip(&self.files()?)
    }
}

/// The package of a draft; `file` is where it was written, empty if nowhere.
///
/// # Errors
/// If what it lacks cannot be told.
pub fn of_draft(office: &Office, drafted: &Drafted, file: &str, last: Option<&Kept>) -> Result<Made> {
    let (facts, manuscript) = (&drafted.facts, &drafted.manuscript);
    let stretches = sentences::sentences(manuscript);
    let mut sentences = evidence::grounded(manuscript, &stretches, facts, drafted.skeleton());
    odds::mark(&mut sentences, &stretches, &held::Ground::of(facts), (facts, &drafted.findings));
    let plan = Plan::of(facts);
    let missing = drafted.missing()?;
    let made = Making {
        office,
        facts,
        manuscript,
        findings: &drafted.findings,
        stretches: &stretches,
        missing: &missing,
        loose: &plan.loose(),
        wanted: &drafted.wanted,
    };
    let again = |facts: &Facts| -> Result<Vec<String>> {
        let manuscript = drafted.again(facts)?;
        let text = veil(manuscript.text(), &drafted.findings_in(&manuscript)).into_owned();
        let stretches = sentences::sentences(&manuscript);
        Ok(stretches.iter().map(|stretch| text[stretch.range.clone()].to_owned()).collect())
    };
    let of = Of { file, skeleton: &drafted.skeleton().id, genre: drafted.skeleton().title.clone() };
    Ok(made.package(sentences, of, last, Some(&again)))
}

/// The package of a paper that was handed in, held against its facts.
#[must_use]
pub fn of_paper(office: &Office, document: &Document, facts: &Facts, last: Option<&Kept>) -> Made {
    let manuscript = &document.manuscript;
    let stretches = sentences::sentences(manuscript);
    let ground = held::Ground::of(facts);
    let mut sentences = held::held(manuscript, &stretches, &ground, &document.findings);
    odds::mark(&mut sentences, &stretches, &ground, (facts, &document.findings));
    odds::otherwise(&mut sentences, &stretches, &ground);
    let made = Making {
        office,
        facts,
        manuscript,
        findings: &document.findings,
        stretches: &stretches,
        missing: &[],
        loose: &[],
        wanted: &[],
    };
    let of = Of { file: &document.path, skeleton: "", genre: Text::fixed("", "") };
    made.package(sentences, of, last, None)
}

/// What a package is of.
struct Of<'m> {
    /// Its file, empty if it is in none.
    file: &'m str,
    /// The skeleton of a draft.
    skeleton: &'m str,
    genre: Text,
}

/// What a package is made of.
struct Making<'m> {
    office: &'m Office,
    facts: &'m Facts,
    manuscript: &'m Manuscript,
    findings: &'m [Finding],
    stretches: &'m [Stretch],
    missing: &'m [(String, Text)],
    loose: &'m [Loose],
    wanted: &'m [Wanted],
}

impl Making<'_> {
    fn package(
        &self,
        mut sentences: Vec<Sentence>,
        of: Of<'_>,
        last: Option<&Kept>,
        again: Option<change::Again<'_>>,
    ) -> Made {
        let text = veil(self.manuscript.text(), self.findings);
        let secret: Vec<String> =
            self.findings.iter().filter(|f| f.private).map(|f| f.words(&text).into_owned()).collect();
        for (sentence, stretch) in sentences.iter_mut().zip(self.stretches) {
            text[stretch.range.clone()].clone_into(&mut sentence.text);
            hush_bases(sentence, &secret);
        }
        let issues = self.issues(&text, &sentences);
        let known = open::Known {
            facts: self.facts,
            missing: self.missing,
            loose: self.loose,
            wanted: self.wanted,
            today: self.office.today,
        };
        let open = open::points(&sentences, &known);
        let title =
            self.stretches.iter().zip(&sentences).find(|(s, _)| s.block == crate::model::BlockKind::Title);
        let first = || sentences.first().map(|sentence| sentence.text.clone()).unwrap_or_default();
        let title = title.map_or_else(first, |(_, sentence)| sentence.text.clone());
        let name = folder::name_of(of.file).unwrap_or_else(|| title.clone());
        let mut package = Package {
            title,
            file: of.file.to_owned(),
            skeleton: of.skeleton.to_owned(),
            genre: of.genre,
            day: self.office.today,
            sentences,
            issues,
            open,
            changes: None,
        };
        let facts = hushed(self.facts);
        let hush = |words: &str| hush(words, &secret);
        let mut kept = Kept::of(&package, &name, &facts, &hush);
        if let Some(last) = last {
            let changes = change::changes(last, &package.sentences, (self.facts, &kept.facts()), again);
            package.open.extend(left::points(&changes, &package.sentences, self.facts));
            package.open.sort_by_key(|open| open.kind);
            package.changes = Some(changes);
            kept.count(&package);
        }
        Made { package, kept, lang: self.office.lang }
    }

    /// What the check found, the gravest first, each with its sentence.
    fn issues(&self, text: &str, sentences: &[Sentence]) -> Vec<Issue> {
        // A count of values without a ground is told value by value.
        let mut findings: Vec<&Finding> = self.findings.iter().filter(|f| !odds::is_count(f)).collect();
        findings
            .sort_by_key(|f| (std::cmp::Reverse(f.gravest), std::cmp::Reverse(f.severity), f.range.start));
        let issue = |finding: &Finding| {
            let about = about(finding.rule);
            let at = finding.range.start;
            let next = self.stretches.partition_point(|s| s.range.end <= at && s.range.start < at);
            let sentence = self.stretches.get(next).filter(|s| s.range.start <= at).map(|_| next);
            Issue {
                severity: finding.severity,
                sentence,
                words: finding.words(text).into_owned(),
                rule: about.map_or_else(|| Text::same(finding.rule), |about| about.title.clone()),
                authority: about.map_or_else(|| Text::same(""), |about| about.authority.cited()),
                message: finding.message.clone(),
                help: finding.help.clone(),
                facts: odds::facts_of(finding, sentences, self.stretches, self.facts),
            }
        };
        findings.into_iter().map(issue).collect()
    }
}

/// Words with the numbers in them veiled that are somebody's own; `secret` are such numbers, veiled already.
fn hush(words: &str, secret: &[String]) -> String {
    let mut out = words.to_owned();
    for number in secret.iter().filter(|number| !number.is_empty()) {
        let mut at = 0;
        while at + number.len() <= out.len() {
            let end = at + number.len();
            let same = out.get(at..end).is_some_and(|part| veiled(part) == *number);
            if same {
                out.replace_range(at..end, number);
            }
            at += 1;
        }
    }
    out
}

fn hush_bases(sentence: &mut Sentence, secret: &[String]) {
    if secret.is_empty() {
        return;
    }
    let parts = sentence.parts.iter_mut().map(|part| &mut part.from);
    for evidence in parts.chain(sentence.values.iter_mut().flat_map(|value| &mut value.evidence)) {
        match evidence {
            Evidence::Fact(basis) => basis.said = hush(&basis.said, secret),
            Evidence::Computed { of, .. } => of.iter_mut().for_each(|b| b.said = hush(&b.said, secret)),
            _ => {}
        }
    }
}

/// The facts with the numbers veiled that are somebody's own, though no sentence says them: what a folder
/// keeps goes to others with it.
fn hushed(facts: &Facts) -> Facts {
    let all: Vec<String> =
        held::texts(facts).into_iter().map(|(_, text)| text.replace(['\n', '\r'], " ")).collect();
    let settings = Settings::with(|s| s.only = vec!["sensitive".to_owned()]);
    let Ok(manuscript) = read("facts.txt", all.join("\n").as_bytes()) else { return facts.clone() };
    let found = rules::check(&Case::new(&manuscript, &settings));
    let secret: Vec<String> =
        found.iter().filter(|f| f.private).map(|f| f.words(manuscript.text()).into_owned()).collect();
    if secret.is_empty() {
        return facts.clone();
    }
    let mut facts = facts.clone();
    fn below(record: &mut crate::model::facts::Record, secret: &[String]) {
        record.values_mut().for_each(|fact| one(&mut fact.value, secret));
    }
    fn one(value: &mut crate::model::facts::Value, secret: &[String]) {
        use crate::model::facts::Value;
        match value {
            Value::Words(words) => *words = hush(words, secret),
            Value::Figure(figure) => {
                figure.value = hush(&figure.value, secret);
                below(&mut figure.parts, secret);
            }
            Value::List(items) => items.iter_mut().for_each(|item| one(&mut item.value, secret)),
            Value::Record(record) => below(record, secret),
            Value::Date(_) | Value::Flag(_) | Value::Blank(_) => {}
        }
    }
    below(&mut facts.root, &secret);
    facts
}
