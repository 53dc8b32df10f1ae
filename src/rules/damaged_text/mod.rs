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
//! | `slips` | characters lost, said twice or turned round, by counts of what official prose says |
//! | `worn` | idioms short of one character, from `phrasebank/lexicon/worn_phrases.tsv` |
//! | `patterns` | scars that are known by their neighbours, from `phrasebank/lexicon/scars.tsv` |
//! | `confused` | words of the same look or sound, from `phrasebank/lexicon/confusions.tsv` |
//! | `encoding` | lost characters and mojibake |
//!
//! What the lists hold is damage only where the counts have never seen it: a list knows nothing of the
//! longer word that a stretch may be a part of (零突破, 行为惯|性). Words of the facts and names of places
//! are nobody's slip. A scar that reads well on the surface (引领作用 for 党建引领作用) is believed only
//! in a document that has been scrubbed for sure. What was lost is suggested, never written in.

mod confused;
mod echo;
mod encoding;
mod examples;
mod names;
mod patterns;
mod slips;
mod worn;

use std::ops::Range;
use std::sync::LazyLock;

use super::{About, Authority, Case, Reads, Rule};
use crate::base::counts::{Between, Counts, EDGE, Letters};
use crate::base::{Text, words::Words};
use crate::model::{BlockKind, Finding, Severity};
use crate::text;

/// The rule.
pub struct DamagedText;

static ABOUT: About = About {
    id: "damaged-text",
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
    /// Two characters in the wrong order.
    Turned,
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
        hits.extend(slips_of_lists(text));
        hits.retain(|h| {
            manuscript.mask(h.range.start).is_none()
                && manuscript.block(h.range.start).is_none_or(|b| b.kind != BlockKind::Code)
        });
        let scars = hits.iter().filter(|h| !h.weak && h.harm == Harm::Lost).count();
        hits.retain(|h| !h.weak || scars >= SCRUBBED);
        // Of two that overlap, the surer, then the longer one speaks.
        hits.sort_by_key(|h| (h.weak, h.harm != Harm::Named, std::cmp::Reverse(h.range.len())));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            if kept.iter().all(|k| hit.range.start >= k.range.end || k.range.start >= hit.range.end) {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|h| h.range.start);
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
    let reader = slips::Reader::of(letters, counts, Between::shipped());
    for slip in reader.slips() {
        if matches!(slip.kind, slips::Kind::Lost | slips::Kind::Turned) && is_broken(case, read, &slip.at) {
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
            slips::Kind::Turned => (Severity::Warning, Harm::Turned),
        };
        hits.push(Hit { was: right, ..Hit::of(range, severity, harm) });
    }
    debug_assert!(hits.iter().all(|h| text.get(h.range.clone()).is_some()));
    hits
}

/// Whether a line may have been broken, or a blank or a mark of format have come in, near these
/// letters: then what stands on either side may be one word (安全生⏎产). Between a heading and what follows it
/// no word goes on.
fn is_broken(case: &Case<'_>, read: &Letters, at: &Range<usize>) -> bool {
    let text = case.manuscript.text();
    let kind = |byte: usize| case.manuscript.block(byte).map(|block| block.kind);
    (at.start.saturating_sub(2)..(at.end + 2).min(read.all().len())).any(|index| {
        let bytes = read.bytes(index..index + 1);
        let Some(gap) = text.get(bytes.clone()).filter(|gap| !gap.is_empty()) else { return false };
        read.all()[index] == EDGE
            && gap.chars().all(|c| c.is_whitespace() || "*_`~#>-".contains(c))
            && kind(bytes.start.saturating_sub(1)) == kind(bytes.end)
    })
}

/// Whether these bytes lie in a word that the facts give, or in the name of a place.
fn is_own(case: &Case<'_>, range: &Range<usize>) -> bool {
    let text = case.manuscript.text();
    let meets = |other: Range<usize>| other.start < range.end && range.start < other.end;
    let stands = |word: &str| text.match_indices(word).any(|(at, _)| meets(at..at + word.len()));
    let given = case.facts.is_some_and(|facts| {
        facts
            .leaves()
            .iter()
            .filter_map(|(_, fact)| fact.value.text())
            .any(|value| value.chars().nth(1).is_some() && stands(&value))
    });
    given
        || case.settings.home.as_deref().is_some_and(|home| !home.is_empty() && stands(home))
        || case.mentions().iter().any(|mention| meets(mention.range.clone()))
}

/// Words of one list each: confused ones, and what a wrong decoder writes.
struct Slips {
    words: Words<'static>,
    /// The right word of each confused one, in the order of the list, which they open.
    right: Vec<&'static str>,
}

static SLIPS: LazyLock<Slips> = LazyLock::new(|| {
    let (wrong, right): (Vec<&str>, Vec<&str>) = confused::pairs().unzip();
    Slips { words: Words::of(wrong.into_iter().chain(encoding::SCRAWLS)), right }
});

/// What one pass over the text finds.
fn slips_of_lists(text: &str) -> Vec<Hit> {
    let slips = &*SLIPS;
    let mut hits = Vec::new();
    let mut scrawled = false;
    for found in slips.words.every(text) {
        match slips.right.get(found.word) {
            Some(right) => hits.extend(confused::hit(text, found.range, right)),
            None => scrawled = true,
        }
    }
    hits.extend(encoding::find(text, scrawled));
    hits
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
        Harm::Turned => text!(
            "“{words}”字序颠倒，应为“{was}”",
            "two characters of “{words}” are the wrong way round; it should be “{was}”"
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
        Harm::Doubled | Harm::Confused | Harm::Turned => Text::fixed(
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
