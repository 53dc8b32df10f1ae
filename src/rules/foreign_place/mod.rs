//! `foreign-place` (外地地名): names of other localities left in from an older draft.
//!
//! A name from elsewhere is no fault: documents name neighbours, partners, markets, places where
//! somebody studied or something happened. So each mention is weighed by how the place stands to
//! the document's own ([`Relation`]) and by the words round it ([`cues`]):
//!
//! * the words with which a document speaks of itself (…县委、县政府, 建设美丽…, 立足…实际) are as good
//!   as proof, wherever the place lies;
//! * without such words only places of other provinces count, and only where nothing in the
//!   sentence gives a reason to name them;
//! * a place for which there is proof, or which is named three times without a reason, is taken to
//!   be where a pasted passage comes from: then its towns, neighbours and upper levels count too,
//!   also within titles and quotations.
//!
//! Documents of a province or of the whole country name places everywhere: there only levels that
//! contradict each other are told. Where the own locality cannot be told, the rule is silent.

mod cues;
mod examples;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::cues::Reading;
use super::reading::places::gazetteer::{self, Code, covers, prefecture, rank};
use super::reading::places::mention::{Form, Mention};
use super::reading::places::own::{Own, Relation, own};
use super::reading::quote::{Quoted, inside};
use super::{About, Case, Reads, Rule};
use crate::base::Text;
use crate::base::lexicon::foreign_place as lexicon;
use crate::model::{BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct ForeignPlace;

static ABOUT: About = About {
    id: "foreign-place",
    title: Text::fixed("外地地名", "names of other localities"),
    severity: Severity::Warning,
    reads: Reads::Prose,
    why: Text::fixed(
        "借用外地稿子改写时，别处的省、市、县、乡镇名常常留在文中。本规则用随程序附带的行政区划表查出地名，\
         与本地对照：本地由事实文件或 --locality 给出，没有给出的按标题、自称和前半部分写得最多的地方推断，并在提示里说明。\
         本地的上级和下辖乡镇、相邻县市、学习考察、对口帮扶、外地事件和会议、引文和书名、几地并列，都不算；\
         “示范县”“适应城市”“资源”之类与地名同形的词也不算。全国和全省的文稿只查上下级对不上的地名。\
         拿不准的不报。",
        "A draft made from another locality's text often keeps its names. The rule finds names with the table of \
         divisions that comes with the program and holds them against the document's own locality: that of the \
         facts or of --locality, else the one that the title, the document's words for itself or its first part \
         suggest, and then says so. Upper levels and own towns, neighbours, study trips, aid and partners, events, \
         quotations, titles and lists of places are left alone, as are words that look like names. Documents of a \
         province or the whole country are only held against the table itself. In doubt it stays silent.",
    ),
    examples: examples::EXAMPLES,
};

/// So many mentions without a reason make a place the source of a pasted passage.
const ESTABLISHED: usize = 3;
/// A passage that names so many other places compares them.
const COMPARING: usize = 3;
/// Bytes either side that belong to a passage: a hundred characters.
const PASSAGE: usize = 300;

impl Rule for ForeignPlace {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let found = case.mentions();
        if found.is_empty() {
            return Vec::new();
        }
        let quotes = case.quotes();
        let mut findings: Vec<Finding> =
            found.iter().filter_map(|m| contradiction(text, m, quotes)).collect();
        let Some(own) = own(case, found, quotes) else { return findings };
        if own.rank() == Some(0) {
            return findings;
        }
        for (range, codes, error, why) in judge(manuscript, &own, found, quotes) {
            if findings.iter().all(|f| f.range.end <= range.start || range.end <= f.range.start) {
                findings.push(finding(text, &own, range, &codes, error, why));
            }
        }
        findings
    }
}

/// One mention with what was made of it.
struct Weighed<'m> {
    mention: &'m Mention,
    relation: Relation,
    reading: Reading,
    masked: bool,
    block: usize,
}

type Told = (Range<usize>, Vec<Code>, bool, Option<&'static str>);

fn judge(manuscript: &Manuscript, own: &Own, found: &[Mention], quotes: &[Quoted]) -> Vec<Told> {
    let text = manuscript.text();
    let blocks = manuscript.blocks();
    let weighed: Vec<Weighed<'_>> = found
        .iter()
        .filter_map(|mention| {
            let at = mention.range.start;
            let relation = relation(text, own, mention);
            if relation == Relation::Own {
                return None;
            }
            let block = blocks.partition_point(|b| b.range.end <= at);
            let quotation = blocks.get(block).is_some_and(|b| b.kind == BlockKind::Quotation);
            Some(Weighed {
                mention,
                relation,
                reading: cues::read(text, &mention.range),
                masked: quotation || inside(quotes, at),
                block,
            })
        })
        .collect();

    // Partners and the like, named once with the reason, are named without it afterwards.
    let partners: BTreeSet<Code> = weighed
        .iter()
        .filter(|w| w.reading == Reading::Partner)
        .flat_map(|w| w.mention.codes.iter().copied())
        .collect();
    let is_partner = |m: &Mention| {
        m.codes.iter().any(|&c| partners.iter().any(|&p| p == c || rank(p) > 0 && covers(p, c)))
    };
    // A reason given once in a paragraph holds for all of it.
    let mut excused: BTreeSet<(usize, Code)> = BTreeSet::new();
    for w in &weighed {
        if w.reading == Reading::Reason || w.reading == Reading::Partner {
            excused.extend(w.mention.codes.iter().map(|&c| (w.block, c)));
        }
    }

    // Where pasted passages come from.
    let mut plain: BTreeMap<Code, usize> = BTreeMap::new();
    let mut sources: BTreeMap<Code, usize> = BTreeMap::new();
    for w in &weighed {
        if w.masked && w.reading != Reading::Basis || w.relation != Relation::Far || is_partner(w.mention) {
            continue;
        }
        for &code in &w.mention.codes {
            let count = plain.entry(code).or_default();
            *count += match w.reading {
                Reading::Own | Reading::Basis => ESTABLISHED,
                Reading::Plain => 1,
                _ => 0,
            };
            if *count >= ESTABLISHED {
                sources.entry(code).or_insert(w.mention.range.start);
            }
        }
    }
    let from_source = |m: &Mention| {
        m.codes.iter().any(|&c| {
            sources.keys().any(|&s| {
                covers(c, s) || covers(s, c) || rank(s) == 2 && rank(c) == 2 && prefecture(s) == prefecture(c)
            })
        })
    };

    let mut told: Vec<Told> = Vec::new();
    for (at, w) in weighed.iter().enumerate() {
        if is_partner(w.mention) || w.reading == Reading::Partner {
            continue;
        }
        let pasted = w.relation == Relation::Far && from_source(w.mention);
        let excused = w.mention.codes.iter().any(|&c| excused.contains(&(w.block, c)));
        let comparing = compares(&weighed, at);
        let flag = match w.reading {
            Reading::Own => pasted || !(w.masked || comparing && w.relation != Relation::Far),
            Reading::Basis => w.relation == Relation::Far,
            _ if pasted => w.reading == Reading::Plain || !cues::is_visited(&text[..w.mention.range.start]),
            Reading::Plain => {
                !w.masked
                    && w.relation == Relation::Far
                    && !excused
                    && !comparing
                    && may_stand_alone(own, w.mention)
            }
            _ => false,
        };
        if flag {
            let error = w.reading == Reading::Own
                && own.inferred.is_none()
                && w.mention.form == Form::Full
                && w.relation > Relation::Neighbour;
            told.push((w.mention.range.clone(), w.mention.codes.clone(), error, note(w)));
        }
    }
    told.extend(towns_of_sources(text, &told, &weighed, own));
    told.sort_by_key(|t| t.0.start);
    told
}

/// Whether the passage round a mention names several other places.
fn compares(weighed: &[Weighed<'_>], at: usize) -> bool {
    let middle = weighed[at].mention.range.start;
    let near =
        |w: &&Weighed<'_>| w.mention.range.start.abs_diff(middle) <= PASSAGE && w.block == weighed[at].block;
    let behind = weighed[at..].iter().take(8).take_while(near);
    let before = weighed[..at].iter().rev().take(8).take_while(near);
    behind.chain(before).map(|w| &w.mention.codes).collect::<BTreeSet<_>>().len() >= COMPARING
}

/// Whether a mention without any word for or against it is told.
fn may_stand_alone(own: &Own, mention: &Mention) -> bool {
    match mention.form {
        // Towns of the same name are many, and lists of towns have gaps.
        Form::Town => !own.codes.is_empty() && mention.codes.len() <= 3,
        Form::Full | Form::Former(_) | Form::Short | Form::Region => true,
    }
}

fn relation(text: &str, own: &Own, mention: &Mention) -> Relation {
    let name = &text[mention.range.clone()];
    if mention.form == Form::Town && (own.codes.is_empty() || own.has_town(name)) {
        return Relation::Own;
    }
    own.relation(text, mention)
}

fn note(w: &Weighed<'_>) -> Option<&'static str> {
    match w.mention.form {
        Form::Former(year) => Some(year),
        _ => None,
    }
}

/// Towns of a county that was told, by their short names before a school, an office or a market:
/// 珠街中心学校.
fn towns_of_sources(text: &str, told: &[Told], weighed: &[Weighed<'_>], own: &Own) -> Vec<Told> {
    let counties: BTreeSet<Code> = weighed
        .iter()
        .filter(|w| {
            w.mention.form == Form::Full
                && w.mention.codes.len() == 1
                && told.iter().any(|t| t.0 == w.mention.range)
        })
        .flat_map(|w| w.mention.codes.iter().copied())
        .filter(|&c| rank(c) == 2)
        .take(4)
        .collect();
    let mut more = Vec::new();
    for county in counties {
        for town in gazetteer::towns_of(county) {
            let stem: String = town.chars().take(2).collect();
            if town.chars().count() < 3 || own.has_town(town) {
                continue;
            }
            more.extend(text.match_indices(&*stem).filter_map(|(at, _)| {
                let end = at + stem.len();
                let behind = lexicon::TOWN_BODIES.iter().any(|b| text[end..].starts_with(b));
                behind.then(|| (at..end, vec![county], false, None))
            }));
        }
    }
    more.retain(|(range, ..)| told.iter().all(|t| t.0.end <= range.start || range.end <= t.0.start));
    more
}

/// An upper level that does not have the place right behind it.
fn contradiction(text: &str, mention: &Mention, quotes: &[Quoted]) -> Option<Finding> {
    let upper = mention.contradicts.clone()?;
    if inside(quotes, upper.start) {
        return None;
    }
    let (above, below) = (&text[upper.clone()], &text[mention.range.clone()]);
    let right = mention.codes.iter().map(|&c| gazetteer::path_of(c)).collect::<Vec<_>>().join("、");
    let message = text!(
        "“{above}”没有“{below}”：行政区划表里是{right}",
        "there is no “{below}” in “{above}”: the table of divisions has {right}"
    );
    Some(ABOUT.finding(upper.start..mention.range.end, message).severity(Severity::Error).help(Text::fixed(
        "核对上下级地名；可能有一个是旧稿留下的",
        "check both names; one of them may be left from an older draft",
    )))
}

fn finding(
    text: &str,
    own: &Own,
    range: Range<usize>,
    codes: &[Code],
    error: bool,
    former: Option<&'static str>,
) -> Finding {
    let words = &text[range.clone()];
    let Own { name, .. } = own;
    let mut notes = Vec::new();
    let paths: Vec<String> = codes.iter().take(3).map(|&c| gazetteer::path_of(c)).collect();
    let paths = paths.join("、");
    notes.push((
        None,
        match former {
            Some(year) => text!("曾用名，{year}年起属{paths}", "a former name; since {year} {paths}"),
            None => text!("行政区划表：{paths}", "table of divisions: {paths}"),
        },
    ));
    if let Some(Text { zh, en }) = &own.inferred {
        notes.push((
            None,
            text!(
                "没有给出本地，按文稿推断为{name}：{zh}；可用 --locality 说明",
                "no locality was given; {name} is inferred: {en}. --locality says for sure"
            ),
        ));
    }
    let message = text!(
        "“{words}”不是{name}的地名，可能是别处稿子留下的",
        "“{words}” is not in {name}; it may be left from another locality's text"
    );
    ABOUT
        .finding(range, message)
        .severity(if error { Severity::Error } else { Severity::Warning })
        .help(text!("换成{name}的，或写明为什么提到它", "name {name}'s own, or say why it is mentioned"))
        .notes(notes)
}
