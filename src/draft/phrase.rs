//! The phrase bank (套语): set ways of saying a thing, several of each.
//!
//! A phrase has an id, a function and a list of variants with slots in braces: `{owner}` is an
//! argument of the call, `{meeting.name}` a fact, `{words.here}` a word of the locality's level.
//! Which variant is taken depends on locality, document, seed and phrase alone, so the same facts
//! give the same bytes and two localities seldom get the same sentence; a phrase used again in
//! one document goes on to its next variant. A variant whose slots cannot all be filled is passed
//! over.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::asserts::Asserts;
use super::plan::Condition;
use super::{Shared, mark};
use crate::base::{Error, Place, Problem, Result, Text, stable, yaml};
use crate::model::facts::{
    Fact, Record, Value, check_list,
    table::{Field, Kind},
};
use crate::text;

/// One phrase with its variants.
#[derive(Debug)]
pub struct Phrase {
    /// Dotted id, such as `mobilize.open`; its first part names the file.
    pub id: Arc<str>,
    /// What it does in a text: 开场, opening.
    pub function: Text,
    /// What it asserts, where its file says so.
    pub asserts: Option<Asserts>,
    /// The slots that a call must fill, as the file declares them.
    pub slots: Vec<String>,
    /// The variants, each as written.
    pub variants: Vec<Variant>,
    /// Where it stands.
    pub at: Place,
}

/// One way of saying it.
#[derive(Debug)]
pub struct Variant {
    /// As written in the bank, slots in braces.
    pub text: String,
    /// How the figures must stand for it to be said; said on any if there is none.
    pub when: Option<Condition>,
    /// Where it stands.
    pub at: Place,
    parts: Vec<Token>,
}

#[derive(Debug)]
enum Token {
    Words(String),
    Slot(String),
}

impl Variant {
    fn parse(text: &str, when: Option<Condition>, at: &Place) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = open + rest[open..].find('}')?;
            if open > 0 {
                parts.push(Token::Words(rest[..open].to_owned()));
            }
            let slot = rest[open + 1..close].trim();
            if slot.is_empty() || !slot.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')) {
                return None;
            }
            parts.push(Token::Slot(slot.to_owned()));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Token::Words(rest.to_owned()));
        }
        Some(Self { text: text.to_owned(), when, at: at.clone(), parts })
    }

    /// The variant with its slots filled.
    #[must_use]
    pub fn filled(&self, fill: &dyn Fn(&str) -> String) -> String {
        let part = |part: &Token| match part {
            Token::Words(words) => words.clone(),
            Token::Slot(name) => fill(name),
        };
        self.parts.iter().map(part).collect()
    }

    /// How many of these arguments it has a slot for.
    fn says(&self, given: &[&str]) -> usize {
        given.iter().filter(|name| self.slots().any(|slot| slot == **name)).count()
    }

    /// The names of its slots, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|p| match p {
            Token::Slot(name) => Some(name.as_str()),
            Token::Words(_) => None,
        })
    }
}

/// What decides which variant of a phrase is said.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// The hash by which variants are shuffled.
    pub key: u64,
    /// The variants of this phrase that the document has already.
    pub used: &'a [u32],
    /// The arguments for which the call has something.
    pub given: &'a [&'a str],
    /// Slots without which a variant is preferred, of equal ones.
    pub avoid: &'a [&'a str],
    /// How the figures of the facts stand, all together.
    pub condition: Option<Condition>,
    /// How much of a text others have said.
    pub shared: Option<Shared<'a>>,
}

impl Phrase {
    /// Chooses a variant whose slots can all be filled and fills them; `fill` gives the text for a slot,
    /// or nothing. Of those that can be filled the ones count that say most of what was given: what was
    /// typed is said where there are words for it. A variant that waits for a condition is said only on
    /// that one. Where it is known how much of a text others have said, the variant with the least is
    /// chosen of those not used yet.
    ///
    /// The order in which variants are tried is shuffled by the key, not begun at another place: else
    /// two documents that agree on one variant would agree on all that follow.
    ///
    /// Gives the number of the variant, its text and what it shares; `None` if no variant can be
    /// filled.
    pub(super) fn say(
        &self,
        asked: &Asked<'_>,
        fill: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Option<(u32, String, usize)> {
        let Asked { key, used, given, avoid, condition, shared } = *asked;
        let rank = |n: u32| {
            let times = used.iter().filter(|&&u| u == n).count();
            Reverse((
                given.len() - self.variants[n as usize].says(given),
                times,
                self.variants[n as usize].says(avoid) > 0,
                stable::mix(key.wrapping_add(u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15))),
                n,
            ))
        };
        // The first one mostly does, so the rest are not sorted before they are asked for.
        let said = |n: &u32| self.variants[*n as usize].when.is_none_or(|when| Some(when) == condition);
        let mut ranked: BinaryHeap<_> =
            (0..u32::try_from(self.variants.len()).unwrap_or(0)).filter(said).map(rank).collect();
        let order = std::iter::from_fn(|| ranked.pop().map(|Reverse((.., number))| number));
        let mut filled = order.filter_map(|number| {
            let mut out = String::new();
            for part in &self.variants[number as usize].parts {
                match part {
                    Token::Words(words) => {
                        // What fills a slot may be a whole sentence, and one 。 is enough.
                        if mark::closes(words) {
                            mark::open_end(&mut out);
                        }
                        out.push_str(words);
                    }
                    Token::Slot(name) => out.push_str(&fill(name)?),
                }
            }
            Some((number, out))
        });
        let Some(shared) = shared else { return filled.next().map(|(number, text)| (number, text, 0)) };
        // Of equal ones the first, so that the choice still varies with the key.
        filled
            .map(|(number, text)| {
                let plain: String = text.chars().filter(|&c| !mark::is_mark(c)).collect();
                let letters = shared(&plain);
                (number, text, letters)
            })
            .min_by_key(|&(number, _, letters)| {
                let variant = &self.variants[number as usize];
                (given.len() - variant.says(given), used.contains(&number), variant.says(avoid) > 0, letters)
            })
    }
}

/// The keys of a phrase in a data file. A `topic` is read and means nothing: files of one's own had to
/// say `general` once; a phrase of a topic stands in that topic's pack.
pub(super) static PHRASE: &[Field] = &[
    field("id", Kind::Words, "编号", "id"),
    field("function", Kind::Record(BOTH), "功能", "function"),
    field("topic", Kind::Words, "主题", "topic"),
    field("asserts", Kind::Words, "主张", "what it asserts"),
    field("slots", Kind::List(&Kind::Words), "参数", "arguments"),
    field("variants", Kind::List(&Kind::Words), "各种说法", "variants"),
    field("ahead", Kind::List(&Kind::Words), "数字都好时的说法", "variants where figures are good"),
    field("behind", Kind::List(&Kind::Words), "数字多半不好时的说法", "variants where most figures are bad"),
    field(
        "mixed",
        Kind::List(&Kind::Words),
        "数字有好有坏时的说法",
        "variants where figures are good and bad",
    ),
];

/// The lists of variants, each with how the figures must stand.
const LISTS: [(&str, Option<Condition>); 4] = [
    ("variants", None),
    ("ahead", Some(Condition::Ahead)),
    ("behind", Some(Condition::Behind)),
    ("mixed", Some(Condition::Mixed)),
];

/// So many ways of saying it each list has at least.
const FEWEST: usize = 4;

/// A text in both languages, as data files give it.
pub(super) static BOTH: &[Field] =
    &[field("zh", Kind::Words, "中文", "Chinese"), field("en", Kind::Words, "英文", "English")];

/// A row of a data file's table, where key and id are one and no sample is ever written.
pub(super) const fn field(id: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { id, key: id, kind, label: Text::fixed(zh, en), example: "" }
}

/// A [`Text`] from a record of [`BOTH`].
pub(super) fn both(record: &Record, id: &str) -> Text {
    let part = |lang: &str| match &record.get(id).map(|f| &f.value) {
        Some(Value::Record(both)) => both.get(lang).and_then(|f| f.value.text()).unwrap_or_default(),
        _ => String::new(),
    };
    Text::new(part("zh"), part("en"))
}

/// Reads one file of the phrase bank.
///
/// # Errors
/// With everything that is wrong in the file: no YAML, unknown keys, fewer than four variants, a
/// slot that does not close.
pub fn load(file: &str, source: &str) -> Result<Vec<Phrase>> {
    let file: Arc<str> = file.into();
    let read = yaml::read(&file, source, &|_| false);
    of(&file, read)
}

/// The phrases of a file that was read, as [`load`].
pub(super) fn of(
    file: &Arc<str>,
    (root, mut problems): (Option<yaml::Node>, Vec<Problem>),
) -> Result<Vec<Phrase>> {
    let mut list = None;
    match &root {
        Some(node) if matches!(node.value, yaml::Value::List(_)) => {
            list = Some(check_list(file, node, PHRASE, &mut problems));
        }
        Some(yaml::Node { value: yaml::Value::Empty, .. }) | None => {}
        Some(_) => {
            let what = Text::fixed("套语文件应是一个列表", "a phrase file is a list of phrases");
            problems.push(Problem::new(what).at(Place::File(Arc::clone(file))));
        }
    }
    let phrases = phrases_of(list.as_ref(), &mut problems);
    Error::unless_empty(problems, phrases)
}

/// The phrases of a list of records of [`PHRASE`]; what is wrong with them is added to `problems`.
pub(super) fn phrases_of(list: Option<&Fact>, problems: &mut Vec<Problem>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let Some(Value::List(nodes)) = list.map(|f| &f.value) else { return phrases };
    for node in nodes {
        let Value::Record(record) = &node.value else { continue };
        let text_of = |id: &str| record.get(id).and_then(|f| f.value.text()).unwrap_or_default();
        let id = text_of("id");
        let mut variants = Vec::new();
        let mut too_few = LISTS.iter().all(|(list, _)| record.get(*list).is_none());
        for (list, when) in LISTS {
            let Some(Value::List(items)) = record.get(list).map(|f| &f.value) else { continue };
            too_few |= items.len() < FEWEST;
            for item in items {
                let written = item.value.text().unwrap_or_default();
                match Variant::parse(&written, when, &item.at) {
                    Some(variant) => variants.push(variant),
                    None => problems.push(
                        Problem::new(text!(
                            "“{id}”有空位写错了",
                            "“{id}” has a slot that is not well formed"
                        ))
                        .at(item.at.clone())
                        .help(Text::fixed(
                            "空位写成 {参数名} 或 {meeting.name}，左右花括号成对",
                            "write slots as {argument} or {meeting.name}, braces in pairs",
                        )),
                    ),
                }
            }
        }
        if id.is_empty() || too_few {
            problems.push(
                Problem::new(text!("“{id}”不足四种说法", "“{id}” has fewer than four variants"))
                    .at(node.at.clone())
                    .help(Text::fixed(
                        "每条套语至少四种说法，并有 id",
                        "give it an id and at least four variants",
                    )),
            );
            continue;
        }
        let asserts = record.get("asserts").and_then(|f| Some((f.value.text()?, f.at.clone())));
        let kind = asserts.as_ref().and_then(|(word, _)| Asserts::from_name(word));
        if let (Some((word, at)), None) = (&asserts, kind) {
            let all = Asserts::all();
            problems.push(
                Problem::new(text!("没有“{word}”这种主张", "nothing asserts “{word}”"))
                    .at(at.clone())
                    .help(Text::new(format!("可写：{}", all.zh), format!("one of: {}", all.en))),
            );
        }
        phrases.push(Phrase {
            id: id.into(),
            function: both(record, "function"),
            asserts: kind,
            slots: match record.get("slots").map(|f| &f.value) {
                Some(Value::List(items)) => items.iter().filter_map(|f| f.value.text()).collect(),
                _ => Vec::new(),
            },
            variants,
            at: node.at.clone(),
        });
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::{Asked, load};

    const BANK: &str = "- id: t.open\n  function: {zh: 开场, en: opening}\n  topic: general\n  variants:\n  - 甲{who}\n  - 乙{who}\n  - 丙{work.name}\n  - 丁\n";

    #[test]
    fn a_variant_with_a_slot_that_cannot_be_filled_is_passed_over() {
        let phrases = load("t.yaml", BANK).unwrap();
        let mut only_who = |slot: &str| (slot == "who").then(|| "某局".to_owned());
        let mut used = Vec::new();
        let mut said: Vec<_> = (0..3)
            .map(|_| {
                let (number, text, _) =
                    phrases[0].say(&Asked { used: &used, ..Asked::default() }, &mut only_who).unwrap();
                used.push(number);
                text
            })
            .collect();
        said.sort();
        assert_eq!(said, ["丁", "乙某局", "甲某局"]);
        let mut nothing = |_: &str| None;
        assert_eq!(phrases[0].say(&Asked::default(), &mut nothing).unwrap(), (3, "丁".to_owned(), 0));
    }

    /// Where a task had partners, half of the variants left them out.
    #[test]
    fn what_was_given_is_said_where_there_are_words_for_it() {
        let bank = "- id: t.owner\n  slots: [owner, partners, due]\n  variants:\n  - '{owner}牵头'\n  - '{owner}牵头，{partners}配合'\n  - '{owner}牵头，{due}完成'\n  - '{owner}牵头，{partners}配合，{due}完成'\n";
        let phrases = load("t.yaml", bank).unwrap();
        let said = |given: &[&str]| {
            let mut fill = |slot: &str| given.contains(&slot).then(|| "某".to_owned());
            let texts =
                (0..9).filter_map(|key| phrases[0].say(&Asked { key, given, ..Asked::default() }, &mut fill));
            let texts: std::collections::BTreeSet<_> = texts.map(|(_, text, _)| text).collect();
            texts.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(said(&["owner"]), ["某牵头"]);
        assert_eq!(said(&["owner", "partners"]), ["某牵头，某配合"]);
        assert_eq!(said(&["owner", "partners", "due"]), ["某牵头，某配合，某完成"]);
        assert!(said(&["due"]).is_empty(), "nobody is in charge, so nothing is said");
    }

    #[test]
    fn of_what_others_have_said_the_least_is_chosen() {
        let phrases = load("t.yaml", BANK).unwrap();
        let mut who = |_: &str| Some("某局".to_owned());
        let shared = |text: &str| usize::from(!text.starts_with('丙')) * 9;
        assert_eq!(
            phrases[0].say(&Asked { shared: Some(&shared), ..Asked::default() }, &mut who).unwrap(),
            (2, "丙某局".to_owned(), 0)
        );
        assert!(
            !phrases[0]
                .say(&Asked { used: &[2], shared: Some(&shared), ..Asked::default() }, &mut who)
                .unwrap()
                .1
                .starts_with('丙')
        );
        let plain = phrases[0].say(&Asked::default(), &mut who).unwrap();
        assert_eq!(
            phrases[0].say(&Asked { shared: Some(&|_| 9), ..Asked::default() }, &mut who).unwrap(),
            (plain.0, plain.1, 9)
        );
    }

    #[test]
    fn a_broken_slot_is_named_with_its_line() {
        let error = load("t.yaml", &BANK.replace("甲{who}", "甲{who")).unwrap_err();
        assert!(error.in_lang(crate::base::Lang::Zh).starts_with("t.yaml:5:5"), "{error}");
    }
}
