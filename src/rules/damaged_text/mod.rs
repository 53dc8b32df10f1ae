//! `damaged-text` (残损): words that lost or gained characters on their way here.
//!
//! Texts are damaged in a few ways, and each leaves its own scar. A filter takes characters or
//! names out (风俗惯, 以同志为核心的党中央); a replacement runs over all places at once and leaves
//! words that do not exist (省党委); a broken encoding leaves `5?12`, U+FFFD or 锟斤拷; a slip of
//! the hand doubles a word (总书记记) or takes one that looks or sounds alike (具查证).
//!
//! | where | finds |
//! |---|---|
//! | `names` | names of leaders, of the state and of the party with one character wrong |
//! | `echo` | a phrase of four characters and more said twice on end |
//! | `slips` | characters lost or said twice, by counts of what official prose says |
//! | `worn` | idioms short of one character, from `phrasebank/lexicon/worn_phrases.tsv` |
//! | `patterns` | scars that are known by their neighbours, from `phrasebank/lexicon/scars.tsv` |
//! | `encoding` | lost characters and mojibake |
//!
//! What the lists hold is damage only where the counts have never seen it: a list knows nothing of the
//! longer word that a stretch may be a part of (零突破, 行为惯|性). Words of the facts and names of places
//! are nobody's slip. A scar that reads well on the surface (引领作用 for 党建引领作用) is believed only
//! in a document that has been scrubbed for sure. What was lost is suggested, never written in.

mod echo;
mod encoding;
mod examples;
mod names;
mod patterns;
mod slips;
mod worn;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::reading::letters::{is_broken, is_own};
use super::{About, Authority, Case, Reads, Rule};
use crate::base::counts::{Between, Counts, Letters};
use crate::base::{Text, words::Words};
use crate::model::{BlockKind, Finding, Severity};
use crate::text;

/// The rule.
pub struct DamagedText;

/// The rule's id.
pub const ID: &str = "damaged-text";

static ABOUT: About = About {
    id: ID,
    title: Text::fixed("残缺、重复、错换的字词", "words that lost, doubled or swapped characters"),
    severity: Severity::Error,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "网上的稿子常被过滤、替换或转码弄坏：固定词组中间少字（风俗惯），人名被删（以同志为核心的党中央），整词被批量替换\
         （省党委），间隔号变成问号（5?12），汉字变成乱码（锟斤拷），词语重复（总书记记），形近音近的字用错（具查证）。\
         领导人、国家和党的名称有一个字不对，是单独的一类错误，给人看的报告都先报。本规则只报读不通的；表面通顺的，要在全文确有残缺时才提示。常常、天天、一步一步等重叠词不算。",
        "Texts off the web are often damaged: a fixed phrase lacks a character (风俗惯), a name was cut out \
         (以同志为核心的党中央), a replacement ran over every place (省党委), a middle dot became a question mark \
         (5?12), characters turned to mojibake (锟斤拷), words stand twice (总书记记) or are confused (具查证). A name of a leader, of the \
         state or of the party with one character wrong is an error of its own kind, told first wherever a \
         person reads. Only \
         what does not read is flagged; what reads well on the surface is pointed at only in a document that is \
         surely damaged. Words that double by nature, such as 常常 or 一步一步, are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// What is known of a damaged stretch.
#[derive(Debug, Clone)]
struct Hit {
    range: Range<usize>,
    severity: Severity,
    harm: Harm,
    /// What it probably was; for the reader, not for the fix.
    was: String,
    fix: Option<String>,
    /// Believed only where the document is surely damaged.
    weak: bool,
}

/// How a stretch was damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    /// Characters are gone.
    Lost,
    /// A word stands twice.
    Doubled,
    /// A replacement that makes no word.
    Swapped,
    /// A character that could not be read.
    Unreadable,
    /// Another character of the same look or sound.
    Confused,
    /// A name of leaders, of the state or of the party that is not whole.
    Named,
}

/// So many sure scars of lost characters make a scrubbed document.
const SCRUBBED: usize = 3;

impl Rule for DamagedText {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let letters = Letters::of(text);
        let mut hits = counted(case, &letters);
        hits.extend(worn::find(text));
        hits.extend(patterns::find(text));
        hits.extend(echo::find(text));
        hits.extend(unreadable(text));
        hits.retain(|h| {
            manuscript.mask(h.range.start).is_none()
                && manuscript.block(h.range.start).is_none_or(|b| b.kind != BlockKind::Code)
        });
        let scars = hits.iter().filter(|h| !h.weak && h.harm == Harm::Lost).count();
        hits.retain(|h| !h.weak || scars >= SCRUBBED);
        // Of two that overlap, the surer, then the longer one speaks.
        hits.sort_by_key(|h| (h.weak, h.harm != Harm::Named, std::cmp::Reverse(h.range.len())));
        let mut kept: BTreeMap<usize, Hit> = BTreeMap::new();
        for hit in hits {
            // What is kept does not overlap, so only the one before and the one after can.
            let (start, end) = (hit.range.start, hit.range.end);
            let before = kept.range(..=start).next_back().map(|(_, k)| k.range.end);
            let after = kept.range(start + 1..).next().map(|(start, _)| *start);
            if before.is_none_or(|before| start >= before) && after.is_none_or(|after| after >= end) {
                kept.insert(start, hit);
            }
        }
        let kept: Vec<Hit> = kept.into_values().collect();
        let mut found: Vec<Finding> = kept.iter().map(|h| finding(text, h)).collect();
        found.extend(missing_party(text, &kept));
        found
    }
}

impl Hit {
    /// One of which nothing more is known.
    const fn of(range: Range<usize>, severity: Severity, harm: Harm) -> Self {
        Self { range, severity, harm, was: String::new(), fix: None, weak: false }
    }
}

/// What the counts know: damaged names and slips.
fn counted(case: &Case<'_>, read: &Letters) -> Vec<Hit> {
    let (text, letters) = (case.manuscript.text(), read.all());
    let counts = Counts::shipped();
    let named = names::find(letters, counts);
    let mut hits: Vec<Hit> = named
        .iter()
        .map(|n| Hit {
            was: n.right.to_owned(),
            ..Hit::of(read.bytes(n.at.clone()), Severity::Error, Harm::Named)
        })
        .collect();
    // Of the words of facts the counts are not asked, and those of the library are no slips.
    if case.is_drafted() {
        return hits;
    }
    let reader = slips::Reader::of(letters, counts, Between::shipped());
    for slip in reader.slips() {
        if slip.kind == slips::Kind::Lost && is_broken(case, read, &slip.at) {
            continue;
        }
        let (range, right, name) = reader.quoted(&slip);
        let range = read.bytes(range);
        if name.is_none() && is_own(case, &range) {
            continue;
        }
        let (severity, harm) = match slip.kind {
            _ if name.is_some() => (Severity::Error, Harm::Named),
            slips::Kind::Lost => (Severity::Warning, Harm::Lost),
            slips::Kind::Doubled | slips::Kind::Repeated => (Severity::Warning, Harm::Doubled),
        };
        hits.push(Hit { was: right, ..Hit::of(range, severity, harm) });
    }
    debug_assert!(hits.iter().all(|h| text.get(h.range.clone()).is_some()));
    hits
}

static SCRAWLED: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(encoding::SCRAWLS));

/// What a wrong decoder wrote.
fn unreadable(text: &str) -> Vec<Hit> {
    let scrawled = SCRAWLED.every(text).next().is_some();
    encoding::find(text, scrawled)
}

/// The statistic: a long text about the work of the Party in which 党 never occurs, full of gaps.
fn missing_party(text: &str, hits: &[Hit]) -> Option<Finding> {
    /// Han characters of a text in which the absence of a common character means something.
    const LONG: usize = 1_500;
    let first = hits.iter().find(|h| h.harm == Harm::Lost)?;
    let scars = hits.iter().filter(|h| h.harm == Harm::Lost && !h.weak).count();
    if scars < SCRUBBED
        || text.contains('党')
        || !["干部", "支部", "县委", "市委", "基层组织", "民族团结"].iter().any(|w| text.contains(w))
    {
        return None;
    }
    let han = text.chars().filter(|&c| crate::base::han::is_han(c)).count();
    (han >= LONG).then(|| {
        let message = text!(
            "全文{han}个汉字没有一个“党”字，又有{scars}处缺字：这份稿子很可能被整篇过滤过",
            "not one 党 in {han} Chinese characters, and {scars} gaps: the whole text was probably filtered"
        );
        ABOUT.finding(first.range.clone(), message).severity(Severity::Warning).help(Text::fixed(
            "换一份完整的底稿，不要在这一份上补",
            "take a whole copy as your base instead of mending this one",
        ))
    })
}

fn finding(text: &str, hit: &Hit) -> Finding {
    let words = &text[hit.range.clone()];
    let was = &hit.was;
    let message = match hit.harm {
        Harm::Lost if was.is_empty() => {
            text!("“{words}”处似乎缺了字", "something seems to be missing at “{words}”")
        }
        Harm::Lost => text!("“{words}”缺字，原文可能是“{was}”", "“{words}” lost something; probably “{was}”"),
        Harm::Doubled => text!("“{words}”重复了，应为“{was}”", "“{words}” is doubled; it should be “{was}”"),
        Harm::Swapped => text!(
            "“{words}”像是批量替换留下的，原文可能是“{was}”",
            "“{words}” looks like the scar of a replacement; probably “{was}”"
        ),
        Harm::Unreadable if was.is_empty() => {
            text!("“{words}”是乱码", "“{words}” is unreadable: the encoding was broken")
        }
        Harm::Unreadable => text!(
            "“{words}”里有字符丢失，原文可能是“{was}”",
            "a character of “{words}” was lost; probably “{was}”"
        ),
        Harm::Named => text!(
            "“{words}”：党和国家、领导人的名称有误，应为“{was}”",
            "“{words}”: a name of the party, the state or a leader is damaged; it should be “{was}”"
        ),
        Harm::Confused => text!("“{words}”可能是“{was}”之误", "“{words}” is probably meant to be “{was}”"),
    };
    let help = match hit.harm {
        _ if hit.fix.is_some() => Text::fixed("可以自动改正", "this can be fixed"),
        Harm::Named => Text::fixed("这类差错最要紧，先改这一处", "nothing weighs more; mend this first"),
        Harm::Doubled | Harm::Confused => Text::fixed(
            "核对后手工改；只是两个词连在一起的，不用改",
            "mend it by hand; leave it where two words only meet",
        ),
        _ => Text::fixed("对照原文补正", "restore it from the original"),
    };
    ABOUT
        .finding(hit.range.clone(), message)
        .severity(if hit.weak { Severity::Warning } else { hit.severity })
        .help(help)
        .fix(hit.fix.clone())
        .gravest(hit.harm == Harm::Named)
}
