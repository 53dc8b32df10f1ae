//! `misspelling` (错别字): a character for another that sounds or looks the same, one too few or too many, two
//! turned round.
//!
//! | where | finds |
//! |---|---|
//! | `lists` | forms that are never right, old forms, words beside what they do not go with |
//! | `manner` | 的 where 地 or 得 belongs |
//! | `odd` | what the counts of official prose have never seen, where something common is like it |
//!
//! A list is sure and short; the counts know all of official prose and are sure of nothing, so they offer: a
//! warning where the judge (`base/counts/judge.rs`) is nearly always right, a hint where it is wrong about once
//! in a hundred thousand characters. Names of places and persons, words of the facts and what a text says twice are nobody's slip.
//!
//! `damaged-text` has what filters, replacements and broken encodings do to a text, and names of leaders and
//! of the state; where both see the same letters, it speaks ([`super::check`]). What an office's own corpus
//! says does not count as known yet: a store of fingerprints cannot be asked for three letters.

mod examples;
mod lists;
mod manner;
mod odd;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule};
use crate::base::Text;
use crate::model::{BlockKind, Finding, Severity};
use crate::text;

/// The rule.
pub struct Misspelling;

/// The rule's id.
pub const ID: &str = "misspelling";

static ABOUT: About = About {
    id: ID,
    title: Text::fixed("错别字", "a wrong character"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "同音、近音、形近的字用错（布署、资肋、相辅相承），字序颠倒、多字少字，的地得混用，同音词不合搭配（合法权力、严峻形式）。\
         从来不对的写法有一张表，是错误，可以自动改；其余对照两千多万字公文的字频：这里的写法从没见过，换一个音同形似的字就很常见，\
         才报，并给出可能的正字，由人核定：把握大的是警告，其余是提示。地名、人名、事实文件里的词、文中反复出现的写法不报，引号里的从宽。",
        "A character for another of the same sound or shape (布署, 资肋, 相辅相承), two turned round, one too few or too \
         many, 的 for 地 or 得, a word beside what it does not go with (合法权力). Forms that are never right are a \
         list, errors, and can be fixed; the rest goes by counts of twenty million characters of official prose: what \
         stands here was never seen, and is common with one character of like sound or shape. That is a warning \
         with a suggestion where it is nearly sure, and else a hint. Places, persons, words of the facts and what the text says again are left alone, and more \
         is asked within quotation marks.",
    ),
    examples: examples::EXAMPLES,
};

/// How it is known that something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It is never right; whether it can be put right unasked.
    Never { fixed: bool },
    /// It was right once.
    Old,
    /// It is a word, but not here.
    Beside,
    /// 的 for 地 or 得.
    Particle,
    /// The counts have not seen it.
    Odd,
    /// Two characters are turned round.
    Turned,
    /// A character is missing.
    Missing,
    /// A character is too many.
    Extra,
}

/// A wrong stretch.
#[derive(Debug, Clone)]
struct Hit {
    range: Range<usize>,
    /// What should stand there.
    right: String,
    sure: Sure,
    /// Whether it is clear enough to be warned of; else it is hinted at.
    clear: bool,
}

impl Rule for Misspelling {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let mut hits = lists::find(text);
        hits.extend(manner::find(text));
        // Of the words of facts the counts are not asked, and those of the library are no slips.
        if !case.is_drafted() {
            hits.extend(odd::find(case));
        }
        hits.retain(|hit| {
            manuscript.mask(hit.range.start).is_none()
                && manuscript.block(hit.range.start).is_none_or(|block| block.kind != BlockKind::Code)
        });
        // Of two that overlap the surer, then the longer one speaks.
        hits.sort_by_key(|hit| (hit.sure, std::cmp::Reverse(hit.range.len()), hit.range.start));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            if kept.iter().all(|k| hit.range.start >= k.range.end || k.range.start >= hit.range.end) {
                kept.push(hit);
            }
        }
        kept.iter().map(|hit| finding(text, hit)).collect()
    }
}

fn finding(text: &str, hit: &Hit) -> Finding {
    let words = &text[hit.range.clone()];
    let right = &hit.right;
    let message = match hit.sure {
        Sure::Never { .. } => text!("“{words}”应为“{right}”", "“{words}” should be “{right}”"),
        Sure::Old => text!("“{words}”今作“{right}”", "“{words}” is written “{right}” today"),
        Sure::Beside => {
            text!("这里的“{words}”应为“{right}”", "“{words}” should be “{right}” beside this")
        }
        Sure::Particle => {
            text!("这里的“{words}”可能应为“{right}”", "“{words}” should probably be “{right}” here")
        }
        Sure::Odd => text!("“{words}”可能是“{right}”之误", "“{words}” is probably meant to be “{right}”"),
        Sure::Turned => text!(
            "“{words}”字序可能颠倒，应为“{right}”",
            "two characters of “{words}” may be the wrong way round: “{right}”"
        ),
        Sure::Missing => {
            text!("“{words}”可能缺字，应为“{right}”", "“{words}” may have lost a character: “{right}”")
        }
        Sure::Extra => {
            text!("“{words}”可能多字，应为“{right}”", "“{words}” may have a character too many: “{right}”")
        }
    };
    let fixed = hit.sure == Sure::Never { fixed: true };
    let help = if fixed {
        Text::fixed("可以自动改正", "this can be fixed")
    } else {
        Text::fixed(
            "核对后手工改；是人名、地名、专名的，不用改",
            "look at it and mend it by hand; leave it where it is a name",
        )
    };
    let severity = match hit.sure {
        Sure::Never { .. } => Severity::Error,
        _ if hit.clear => Severity::Warning,
        _ => Severity::Info,
    };
    ABOUT.finding(hit.range.clone(), message).severity(severity).help(help).fix(fixed.then(|| right.clone()))
}
