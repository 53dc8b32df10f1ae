//! What became of each path that was given (查到什么程度): checked, checked in part, or not read. A
//! report that is silent on one of them would pass it off as clean.

use std::collections::BTreeMap;

use super::{Checked, Document};
use crate::base::{Problem, Text};
use crate::model::pack::Title;
use crate::model::{Gap, Severity};
use crate::rules::RULES;
use crate::text;

/// What became of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// All of it was checked.
    Checked,
    /// Some of what it holds was not read; [`Document::gaps`] says what.
    Part,
    /// It was not read.
    Unread,
}

impl State {
    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Part => "part",
            Self::Unread => "unread",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Checked => Text::fixed("已查", "checked"),
            Self::Part => Text::fixed("只查了一部分", "checked in part"),
            Self::Unread => Text::fixed("没有读成", "not read"),
        }
    }
}

/// Who turned a rule off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silencer {
    /// `wengao.yaml`.
    Settings,
    /// `--skip`.
    Skip,
    /// `--only`, which names others.
    Only,
}

impl Silencer {
    /// Its name for programs, which is what a person would write too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "wengao.yaml",
            Self::Skip => "--skip",
            Self::Only => "--only",
        }
    }
}

/// A rule that did not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// The rule's id.
    pub rule: &'static str,
    /// Who turned it off.
    pub by: Silencer,
    /// For how many of the documents.
    pub documents: usize,
}

impl Document {
    /// What became of it.
    #[must_use]
    pub const fn state(&self) -> State {
        if self.gaps.is_empty() { State::Checked } else { State::Part }
    }

    /// How many findings it has of each severity.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Severity, usize> {
        let mut counts: BTreeMap<_, _> = Severity::ALL.iter().map(|&(_, s)| (s, 0)).collect();
        for finding in &self.findings {
            *counts.entry(finding.severity).or_default() += 1;
        }
        for (&severity, more) in &self.further {
            *counts.entry(severity).or_default() += more;
        }
        counts
    }

    /// What of it was not read, in a sentence; `None` if all of it was.
    #[must_use]
    pub fn left_out(&self) -> Option<Text> {
        (!self.gaps.is_empty()).then(|| {
            let list = Gap::list(&self.gaps);
            Text::new(format!("没有查：{}", list.zh), format!("not checked: {}", list.en))
        })
    }

    /// Whether some of it was lost, which nobody chose to leave out.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.gaps.contains(&Gap::Rest)
    }
}

impl Checked {
    /// How many paths there are of each state.
    #[must_use]
    pub fn states(&self) -> BTreeMap<State, usize> {
        let mut counts =
            BTreeMap::from([(State::Checked, 0), (State::Part, 0), (State::Unread, self.unread.len())]);
        for document in &self.documents {
            *counts.entry(document.state()).or_default() += 1;
        }
        counts
    }

    /// How many documents do not tell whose they are.
    #[must_use]
    pub fn homeless(&self) -> usize {
        self.documents.iter().filter(|document| document.homeless).count()
    }

    /// What a reader should know of what the documents were checked with: rules that did not run, packs of
    /// the office's own that counted. A sentence each.
    pub fn conditions(&self) -> impl Iterator<Item = Text> {
        self.silence().into_iter().chain(self.packs_named())
    }

    /// The packs that counted, in a sentence; `None` if there was none.
    fn packs_named(&self) -> Option<Text> {
        let all = self.packs.iter().map(Title::label).collect::<Vec<_>>().join("、");
        (!all.is_empty()).then(|| text!("词库：{all}。", "Packs of dated words: {all}."))
    }

    /// Which rules did not run, in a sentence; `None` if all of them ran on all documents.
    fn silence(&self) -> Option<Text> {
        let all = self.documents.len();
        // `--only` is told by the rules that it leaves, of which there are few.
        let only: Vec<_> = self.silenced.iter().filter(|s| s.by == Silencer::Only).collect();
        let mut zh: Vec<String> = Vec::new();
        let mut en: Vec<String> = Vec::new();
        if !only.is_empty() {
            let off = |id: &str| self.silenced.iter().any(|s| s.rule == id && s.documents == all);
            let ran: Vec<_> = RULES.iter().map(|r| r.about().id).filter(|id| !off(id)).collect();
            zh.push(format!("只用了规则 {}（--only）", ran.join("、")));
            en.push(format!("only {} ran (--only)", ran.join(", ")));
        }
        let mut of: BTreeMap<(Silencer, usize), Vec<&str>> = BTreeMap::new();
        for one in self.silenced.iter().filter(|s| s.by != Silencer::Only) {
            of.entry((one.by, one.documents)).or_default().push(one.rule);
        }
        for ((by, documents), rules) in of {
            let by = by.name();
            let (some_zh, some_en) = match documents == all {
                true => (String::new(), String::new()),
                false => (format!("，{documents}个文件"), format!(", {documents} of the documents")),
            };
            zh.push(format!("没有用规则 {}（{by}{some_zh}）", rules.join("、")));
            en.push(format!("{} did not run ({by}{some_en})", rules.join(", ")));
        }
        (!zh.is_empty()).then(|| Text::new(format!("{}。", zh.join("；")), format!("{}.", en.join("; "))))
    }
}

/// What is said of `some` of `all` documents that do not tell whose they are.
#[must_use]
pub fn homeless(some: usize, all: usize) -> Problem {
    let what = match (some, all) {
        (_, 1) => Text::fixed(
            "看不出文稿是哪里的，外地地名和级别用词没有查全",
            "it does not tell whose document it is; names of other localities and words of level could not be checked in full",
        ),
        (n, _) => text!(
            "有{n}个文件看不出是哪里的，外地地名和级别用词没有查全",
            "{n} documents do not tell whose they are; names of other localities and words of level could not be checked in full"
        ),
    };
    Problem::new(what).help(Text::fixed(
        "加上 --locality 云岭县（写本地全称），或在 wengao.yaml 里写 本地: 云岭县",
        "add --locality with the full name of the own locality, or set 本地 in wengao.yaml",
    ))
}

/// An error as the lines of a list: what happened, and what to do, each set in by two.
pub(super) fn set_in(words: &str) -> String {
    words.lines().map(|line| format!("  {line}\n")).collect()
}
