//! What a phrase asserts (主张): the right by which it may say what it says.
//!
//! A draft says only what somebody typed, so a phrase of the bank may announce, appeal and give reasons
//! that hold anywhere; what it says of this locality comes through its slots. Praise and blame it may
//! have ready, but says them only where the figures of the facts bear them out. Numbers, frequencies,
//! deadlines and sanctions stand in no variant at all: they are facts.
//!
//! [`claims`] reads a variant for words to which it has no right. Words are all it knows; what a sentence
//! implies is for the people who read the bank.

use std::sync::LazyLock;

use crate::base::Text;
use crate::base::lexicon::asserts as lexicon;
use crate::base::pattern::pattern;
use crate::base::words::Words;

/// What a phrase asserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asserts {
    /// Announces or joins what is said (引导): 重点抓好三件事.
    Signpost,
    /// Asks the hearers for something (号召), without number, time, owner or sanction.
    Appeal,
    /// Holds of this work in any locality (道理).
    Reason,
    /// Says what its slots say (事实).
    Fact,
    /// Praises or blames (评价); said only on a [`Condition`](super::plan::Condition).
    Judgement,
    /// Says a time that a slot gives (时间).
    Time,
    /// Says an owner, a way of reporting, a sanction that a slot gives (规定).
    Rule,
}

impl Asserts {
    /// All of them, with the word by which a file declares each and what a person calls it.
    pub const NAMES: [(Self, &'static str, Text); 7] = [
        (Self::Signpost, "signpost", Text::fixed("引导", "signpost")),
        (Self::Appeal, "appeal", Text::fixed("号召", "appeal")),
        (Self::Reason, "reason", Text::fixed("道理", "reason")),
        (Self::Fact, "fact", Text::fixed("事实", "fact")),
        (Self::Judgement, "judgement", Text::fixed("评价", "judgement")),
        (Self::Time, "time", Text::fixed("时间", "time")),
        (Self::Rule, "rule", Text::fixed("规定", "rule")),
    ];

    /// The kind that a file declares by this word.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name, zh)| *name == word || zh.zh == word).map(|(kind, ..)| *kind)
    }

    /// All of them as a file may write them: signpost（引导）, or `signpost` alone.
    #[must_use]
    pub fn all() -> Text {
        let each =
            |one: fn(&(Self, &'static str, Text)) -> String| Self::NAMES.iter().map(one).collect::<Vec<_>>();
        Text::new(
            each(|(_, name, text)| format!("{name}（{}）", text.zh)).join("、"),
            each(|(_, name, _)| (*name).to_owned()).join(", "),
        )
    }

    /// What a person calls it.
    #[must_use]
    pub fn name(self) -> Text {
        let found = Self::NAMES.into_iter().find(|(kind, ..)| *kind == self);
        found.map_or_else(|| Text::fixed("", ""), |(.., name)| name)
    }
}

/// A claim to which a variant has no right: the word, and what kind of claim it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The word as it stands in the variant.
    pub word: String,
    /// What a person calls such a claim: 频次, frequency.
    pub kind: Text,
}

/// The words of one kind of claim, and the phrases that may say them.
struct Claims {
    words: LazyLock<Words<'static>>,
    kind: Text,
    may: &'static [Asserts],
}

macro_rules! claims {
    ($list:ident, $zh:literal, $en:literal, $may:expr) => {
        Claims {
            words: LazyLock::new(|| Words::of(lexicon::$list.iter().copied())),
            kind: Text::fixed($zh, $en),
            may: $may,
        }
    };
}

static CLAIMS: [Claims; 8] = [
    claims!(FREQUENCIES, "频次", "frequency", &[]),
    claims!(DEADLINES, "时限", "deadline", &[]),
    claims!(SANCTIONS, "处理", "sanction", &[]),
    claims!(PROMISES, "承诺", "promise", &[]),
    claims!(TIMES, "时间", "time", &[]),
    claims!(YEARS, "时间", "time", &[Asserts::Fact, Asserts::Time]),
    claims!(PRAISE, "肯定", "praise", &[Asserts::Judgement]),
    claims!(BLAME, "批评", "blame", &[Asserts::Judgement]),
];

pattern! { static NUMBER = r"[0-9０-９]+|[一二两三四五六七八九十百千万亿]+(?:[余多])?(?:个|条|项|点|件|户|人次|名|天|日|周|年|倍|成|遍|轮|届|批|场|次|元|亩|公里)"; }

/// What a variant claims without a right to it. Slots are no words of it.
#[must_use]
pub fn claims(variant: &str, asserts: Asserts) -> Vec<Claim> {
    let said = without_slots(variant);
    let mut found: Vec<(usize, Claim)> = Vec::new();
    for claims in CLAIMS.iter().filter(|c| !c.may.contains(&asserts)) {
        for word in claims.words.find_iter(&said) {
            let at = word.range.start;
            found.push((at, Claim { word: said[word.range].to_owned(), kind: claims.kind.clone() }));
        }
    }
    static SET_PHRASES: LazyLock<Words<'static>> =
        LazyLock::new(|| Words::of(lexicon::SET_PHRASES.iter().copied()));
    let spared: Vec<_> = SET_PHRASES.find_iter(&said).map(|f| f.range).collect();
    for number in NUMBER.find_iter(&said) {
        if spared.iter().any(|s| s.start <= number.start() && number.end() <= s.end) {
            continue;
        }
        let kind = Text::fixed("数字", "number");
        found.push((number.start(), Claim { word: number.as_str().to_owned(), kind }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, claim)| claim).collect()
}

/// A variant with a blank for each slot.
fn without_slots(variant: &str) -> String {
    let mut out = String::new();
    let mut rest = variant;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        out.push(' ');
        rest = rest[open..].find('}').map_or("", |close| &rest[open + close + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{Asserts, claims};

    fn words(variant: &str, asserts: Asserts) -> Vec<String> {
        claims(variant, asserts).into_iter().map(|c| c.word).collect()
    }

    #[test]
    fn what_nobody_typed_is_told_by_its_words() {
        assert_eq!(words("{lead}每月研究一次{work}。", Asserts::Rule), ["每月", "一次"]);
        assert_eq!(words("逾期的书面说明原因。", Asserts::Rule), ["逾期", "书面说明"]);
        assert_eq!(words("须在上半年补齐。", Asserts::Appeal), ["上半年"]);
        assert_eq!(words("与年初相比，有3个变化。", Asserts::Fact), ["年初", "3"]);
        assert_eq!(words("{work}是扎实的，值得肯定。", Asserts::Appeal), ["是扎实的", "值得肯定"]);
    }

    #[test]
    fn praise_is_the_right_of_a_judgement_and_of_nothing_else() {
        assert!(words("{work}进展顺利，成绩来之不易。", Asserts::Judgement).is_empty());
        assert!(!words("{work}进展顺利，成绩来之不易。", Asserts::Signpost).is_empty());
    }

    #[test]
    fn announcements_and_set_phrases_are_left_alone() {
        for fine in [
            "重点抓好{count}件事：",
            "一件一件抓，一项一项过。",
            "大家心往一处想。",
            "下面，我讲{count}点意见。",
        ] {
            assert_eq!(words(fine, Asserts::Signpost), Vec::<String>::new(), "{fine}");
        }
    }
}
