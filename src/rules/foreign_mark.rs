//! `foreign-mark` (外地特有内容): products, slogans, landmarks and people of another locality.
//!
//! Scrubbing a borrowed draft takes out the county's name and leaves its lake, its brand and its
//! secretary. Which words are whose only facts can tell: those of other localities are given with
//! `check --others`. What the own facts say as well is left alone. Without such files the rule is
//! silent.

use std::collections::BTreeMap;

use super::reading::quote::quoted;
use super::{About, Authority, Case, Example, Reads, Rule, beside, example};
use crate::base::Text;
use crate::base::han::is_han;
use crate::base::lexicon::foreign_mark as lexicon;
use crate::base::words::Words;
use crate::model::facts::{Fact, Value};
use crate::model::{Facts, Finding, Severity};
use crate::text;

/// The rule.
pub struct ForeignMark;

static ABOUT: About = About {
    id: "foreign-mark",
    title: Text::fixed(
        "外地的特产、口号、地标、人员",
        "products, slogans, landmarks and people of other localities",
    ),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Prose,
    why: Text::fixed(
        "借来的稿子隐去了县名，却常常留下那里的湖、品牌、口号和领导姓名。用 check --others 给出外地的事实文件，\
         本规则就查其中的特产、地标、口号、人员，以及带数字的引号提法（如“一廊两区三带”），并指出是哪个文件哪一行写的。\
         本地事实里也有的、几个外地共有的泛称，不算。没有给出外地事实文件时不报。",
        "A borrowed draft whose county was taken out often keeps its lake, its brand, its slogan and its leaders. Give \
         the facts of other localities with check --others, and the rule looks for their products, landmarks, \
         slogans, people and quoted phrases with numbers, and shows the line of the facts file that states them. What \
         the own facts state as well is left alone. Without such files it is silent.",
    ),
    examples: EXAMPLES,
};

const OTHER: &str = "地区:\n  名称: 澄波县\n  特产: [澄波湖大闸蟹, 苹果]\n  地标: [澄波湖]\n  口号: [千岛水乡 鱼米澄波, “一湖两岸三城”发展格局]\n人员:\n  - {姓名: 陆远舟, 职务: 县委书记}\n  - {姓名: 高峰, 职务: 县长}\n";

static EXAMPLES: &[Example] = &[
    beside(OTHER, "要做响澄波湖大闸蟹品牌，带动农户增收。", &["澄波湖大闸蟹"]),
    beside(OTHER, "会议在澄波湖畔召开，要守护好一湖清水。", &["澄波湖"]),
    beside(OTHER, "刚才，陆远舟同志作了讲话，我完全赞成。", &["陆远舟"]),
    beside(OTHER, "请县长高峰同志部署工作。", &["高峰"]),
    beside(OTHER, "要唱响千岛水乡 鱼米澄波的口号。", &["千岛水乡 鱼米澄波"]),
    beside(OTHER, "加快形成“一湖两岸三城”的布局。", &["一湖两岸三城"]),
    beside(OTHER, "产业发展迎来高峰，要攀登科技高峰。", &[]),
    beside(OTHER, "全县苹果产量稳步提高。", &[]),
    beside(OTHER, "要做响云岭高山茶品牌。", &[]),
    beside("地区: {名称: 澄波县}\n", "要守护好澄波湖一湖清水。", &[]),
    example("要做响澄波湖大闸蟹品牌。", &[]),
    beside(OTHER, "要走好湖区发展的路子，两岸三地共同发展。", &[]),
];

/// What a word of another locality is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Product,
    Landmark,
    Slogan,
    Person,
    Phrase,
}

impl Kind {
    const fn label(self) -> Text {
        match self {
            Self::Product => Text::fixed("特产", "a product"),
            Self::Landmark => Text::fixed("地标", "a landmark"),
            Self::Slogan => Text::fixed("口号", "a slogan"),
            Self::Person => Text::fixed("人员", "a person"),
            Self::Phrase => Text::fixed("提法", "a phrase"),
        }
    }
}

/// A word of another locality.
struct Mark<'f> {
    words: String,
    kind: Kind,
    whose: &'f str,
    fact: &'f Fact,
}

impl Rule for ForeignMark {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let marks = marks(case);
        if marks.is_empty() {
            return Vec::new();
        }
        let search = Words::of(marks.iter().map(|m| &*m.words));
        let text = case.manuscript.text();
        search
            .find_iter(text)
            .filter_map(|hit| {
                let mark = marks.get(hit.word)?;
                let fits = mark.kind != Kind::Person || names_somebody(text, hit.range.start, hit.range.end);
                fits.then(|| finding(mark, hit.range))
            })
            .collect()
    }
}

/// The words of other localities that are not the own locality's too, longest first.
fn marks<'f>(case: &Case<'f>) -> Vec<Mark<'f>> {
    let own_words: Vec<String> = case
        .facts
        .map(|f| f.leaves().iter().filter_map(|(_, fact)| fact.value.text()).collect())
        .unwrap_or_default();
    let own_name = case.facts.and_then(|f| f.text("locality.name")).or_else(|| case.settings.home.clone());
    let mut marks: BTreeMap<String, Mark<'f>> = BTreeMap::new();
    for other in case.others {
        let Some(Value::Words(whose)) = other.get("locality.name").map(|f| &f.value) else { continue };
        if own_name.as_ref().is_some_and(|own| own.ends_with(&**whose)) {
            continue;
        }
        for mark in marks_of(other, whose) {
            if own_words.iter().all(|own| !own.contains(&*mark.words)) {
                marks.entry(mark.words.clone()).or_insert(mark);
            }
        }
    }
    marks.into_values().collect()
}

fn marks_of<'f>(other: &'f Facts, whose: &'f str) -> Vec<Mark<'f>> {
    let mut marks = Vec::new();
    for (path, fact) in other.leaves() {
        let Value::Words(words) = &fact.value else { continue };
        let kind = match path.split('[').next() {
            Some("locality.products") => Some(Kind::Product),
            Some("locality.landmarks") => Some(Kind::Landmark),
            Some("locality.slogans") => Some(Kind::Slogan),
            Some("people") if path.ends_with(".name") => Some(Kind::Person),
            _ => None,
        };
        // 苹果 and 茶叶 are everybody's; a name of a person may have two characters.
        let least = if kind == Some(Kind::Person) { 2 } else { 3 };
        if let Some(kind) = kind.filter(|_| words.chars().count() >= least && !words.contains(['“', '\n']))
        {
            marks.push(Mark { words: words.clone(), kind, whose, fact });
        }
        for quote in quoted(words).into_iter().filter(|q| q.mark == '“') {
            let inner = words[quote.range].trim_matches(['“', '”']);
            let numbers = inner.chars().filter(|c| "一二三四五六七八九十两双百千".contains(*c)).count();
            if numbers >= 2 && (4..=16).contains(&inner.chars().count()) {
                marks.push(Mark { words: inner.to_owned(), kind: Kind::Phrase, whose, fact });
            }
        }
    }
    marks
}

/// Whether these two or three characters are a person here: 高峰同志, 县长高峰, and not 迎来高峰.
fn names_somebody(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    let office = lexicon::BEFORE_PERSON;
    let called = lexicon::BEHIND_PERSON;
    let marked = |c: Option<char>| c.is_none_or(|c| !is_han(c));
    office.iter().any(|w| before.ends_with(w))
        || called.iter().any(|w| after.starts_with(w))
        || text[start..end].chars().count() >= 3
        || marked(before.chars().next_back()) && marked(after.chars().next())
}

fn finding(mark: &Mark<'_>, range: std::ops::Range<usize>) -> Finding {
    let Mark { words, whose, kind, fact } = mark;
    let Text { zh, en } = kind.label();
    let message = text!(
        "“{words}”是{whose}的{zh}，可能是那里的稿子留下的",
        "“{words}” is {en} of {whose}; it may be left from a text of theirs"
    );
    ABOUT
        .finding(range, message)
        .help(Text::fixed(
            "换成本地的，或写明为什么提到它",
            "name the own locality's, or say why it is mentioned",
        ))
        .note(Some(fact.at.clone()), text!("{whose}的事实文件这样写", "the facts of {whose} say so"))
}
