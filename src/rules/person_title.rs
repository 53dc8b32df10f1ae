//! `person-title` (称谓): one person under two titles or two spellings, names out of order, names
//! that are gone.
//!
//! Names are not guessed at: without a list of people only what stands right behind the title of
//! an office that one person holds (县委书记, 县长, 主任 of the standing committee, 主席) is taken
//! for a name, and only where a surname opens it and 同志, a mark or a verb of speaking closes it.
//! With facts, the people named there are looked up by name.
//!
//! Left out: officials of units (局长, 镇长), since a county has many of them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::han::is_han;
use crate::base::lexicon::person_title as lexicon;
use crate::base::pattern::pattern;
use crate::base::{Place, Text, clause, words::Words};
use crate::model::facts::Value;
use crate::model::{Facts, Finding, Severity};
use crate::text;

/// The rule.
pub struct PersonTitle;

static ABOUT: About = About {
    id: "person-title",
    title: Text::fixed("人名同职务对不上", "names and titles that disagree"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "同一个人前后职务不同、同一职务前后名字差一个字，出席名单县长排在书记前面，“请同志发言”漏了名字，\
         都是换人换届、删改旧稿留下的。本规则只看一县一人的职务（书记、县长、人大主任、政协主席）和事实文件里列出的人；\
         原任、时任、副职多人的，不指出。",
        "One person with two titles, one office under two spellings of a name, a list with the county head before \
         the party secretary, 请同志发言 with the name gone: left-overs of changed staff and edited drafts. Only \
         offices that one person holds and the people of the facts are looked at; former holders and offices of \
         many are left alone.",
    ),
    examples: EXAMPLES,
};

const FACTS: &str = "人员:\n- {姓名: 林知远, 职务: 县委书记}\n- {姓名: 周明达, 职务: 县委副书记、县长}\n";

static EXAMPLES: &[Example] = &[
    example("县委书记林知远同志主持会议。会上，县委书记林志远同志讲话。", &["林志远"]),
    example("县长周明达同志到会指导。副县长周明达同志作了部署。", &["副县长周明达"]),
    example("出席会议的有县长周明达、县委书记林知远。", &["县长周明达、县委书记林知远"]),
    example("县委书记林知远同志主持会议。会后，县长林知远同志到现场察看。", &["县长林知远"]),
    example("下面，请同志作表态发言。", &["请同志作"]),
    example("会议由副县长周明达主持。", &["副县长周明达"]).with(FACTS),
    example("县委书记林知元同志强调三点。", &["林知元"]).with(FACTS),
    example("县委书记林知远同志主持会议，县长周明达同志讲话。", &[]),
    example("县委副书记、县长周明达同志主持。县长周明达同志指出三个问题。", &[]),
    example("原县长周明达同志、县委书记周明达同志的事迹，大家都熟悉。", &[]),
    example("请同志们认真领会，由书记任组长。", &[]),
    example("县委书记林知远出席。会后，县长林知远检查了塘坝。", &["县长林知远"]),
    example("慰问的有镇长周明达、镇党委书记林知远一行。", &["镇长周明达、镇党委书记林知远"]),
    example("请各位同志发言。", &[]),
    example("副县长周明达、副县长周明远分别汇报。", &[]),
    example("县委副书记、县长周明达出席会议。", &[]).with(FACTS),
    example("出席会议的有县委书记林知远、县长周明达。", &[]),
    example("县长、县委书记共同负责。", &[]),
];

/// A title and the name behind it.
struct Named<'t> {
    /// The whole, title and name.
    range: Range<usize>,
    name_at: Range<usize>,
    title: &'t str,
    name: &'t str,
    /// The office's rank; deputies have one of their own, 10 above it.
    rank: u32,
    office: &'static str,
}

/// A name of two or three characters at the start of `rest`, and how many bytes with what stands
/// behind it it takes.
fn name_at(rest: &str) -> Option<(&str, usize)> {
    let mut chars = rest.char_indices();
    chars.next().filter(|&(_, c)| lexicon::SURNAMES.contains(&c))?;
    for _ in 0..2 {
        chars.next().filter(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c))?;
        let (name, behind) = rest.split_at(chars.offset());
        let sign = lexicon::BEHIND.iter().find(|sign| behind.starts_with(**sign));
        let length = sign.map(|sign| sign.len()).or(behind.starts_with('\n').then_some(1));
        let length = length.or(behind.is_empty().then_some(0));
        if let Some(length) = length {
            return Some((name, name.len() + length));
        }
    }
    None
}

pattern! {
    static GONE = "(?:^|[，,。：:\n　 ])(?:下面[，,]?|现在[，,]?|首先[，,]?|接下来[，,]?)?(请同志(?:作|发言|讲话|致辞|宣读|主持|通报))";
}

impl Rule for PersonTitle {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.folded().text();
        let named = named(text);
        let mut found = Vec::new();
        if let Some(facts) = case.facts {
            against_facts(&named, facts, &mut found);
        }
        two_titles(text, &named, &mut found);
        two_spellings(&named, &mut found);
        out_of_order(text, &mut found);
        let gone = text.contains("请同志").then(|| GONE.captures_iter(text));
        for gone in gone.into_iter().flatten().filter_map(|c| c.get(1)) {
            let words = gone.as_str();
            found.push(Told {
                range: gone.range(),
                message: text!("“{words}”里“同志”前面漏了姓名", "the name is gone before 同志 in “{words}”"),
                note: None,
            });
        }
        found.sort_by_key(|t| (t.range.start, t.range.end));
        found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
        found
            .into_iter()
            .map(|t| {
                ABOUT
                    .finding(t.range, t.message)
                    .help(Text::fixed(
                        "核对姓名和职务，全文统一",
                        "check name and title, and use one throughout",
                    ))
                    .notes(t.note)
            })
            .collect()
    }
}

/// What was found, in bytes of the folded text.
struct Told {
    range: Range<usize>,
    message: Text,
    note: Option<(Option<Place>, Text)>,
}

/// Where the names of those stand who hold an office that one person holds: 周明达 of 县长周明达.
#[must_use]
pub fn holders(text: &str) -> Vec<Range<usize>> {
    named(text).into_iter().map(|n| n.name_at).collect()
}

/// The name that ends at a byte, where an office stands right before it: what may be another one in another version,
/// whatever follows on it.
#[must_use]
pub fn name_before(text: &str, end: usize) -> Option<Range<usize>> {
    let mut starts = text.get(..end)?.char_indices().rev().take_while(|(_, c)| is_han(*c));
    let start = starts.nth(1).into_iter().chain(starts.take(1)).map(|(at, _)| at);
    let is_name = |at: &usize| {
        let (before, name) = (&text[..*at], &text[*at..end]);
        name.chars().next().is_some_and(|c| lexicon::SURNAMES.contains(&c))
            && lexicon::OFFICES.iter().any(|office| before.ends_with(office.0))
    };
    start.into_iter().find(is_name).map(|at| at..end)
}

/// The first characters of some words, if they have so many.
fn head(words: &str, count: usize) -> Option<&str> {
    let (last, c) = words.char_indices().nth(count.checked_sub(1)?)?;
    words.get(..last + c.len_utf8())
}

fn named(text: &str) -> Vec<Named<'_>> {
    let offices = Words::of(lexicon::OFFICES.iter().map(|o| o.0));
    let mut all: Vec<Named<'_>> = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut from = 0;
    for found in offices.every(text) {
        let Some(between) = text.get(from..found.range.start) else { continue };
        let rest = &text[found.range.end..];
        let rest = rest.strip_prefix('、').unwrap_or(rest);
        // Whoever was named before is known by her name, whatever follows on it.
        let known = || {
            let heads = [2, 3].into_iter().filter_map(|count| head(rest, count));
            let known = heads.filter_map(|name| first.get_key_value(name));
            known.min_by_key(|(_, at)| **at).map(|(name, _)| (*name, name.len()))
        };
        let Some((name, length)) = name_at(rest).or_else(known) else { continue };
        let deputy = between.ends_with('副');
        let prefix = ["代理", "代", "副"].into_iter().find(|prefix| between.ends_with(prefix));
        let start = found.range.start - prefix.map_or(0, str::len);
        let name_start = text.len() - rest.len();
        from = name_start + length;
        // 原县长, 时任县长, 副 of another word, an officer of a higher level or of a part.
        let before = &text[..start];
        if ["原", "时任", "前任", "前", "历任", "首任", "副", "常务"].iter().any(|w| before.ends_with(w))
        {
            continue;
        }
        let (office, rank) = lexicon::OFFICES[found.word];
        first.entry(name).or_insert(all.len());
        all.push(Named {
            range: start..name_start + name.len(),
            name_at: name_start..name_start + name.len(),
            title: &text[start..name_start],
            name,
            rank: if deputy { rank + 10 } else { rank },
            office,
        });
    }
    all
}

/// 县长周明达 … 副县长周明达.
fn two_titles(text: &str, named: &[Named<'_>], found: &mut Vec<Told>) {
    let mut first: BTreeMap<&str, &Named<'_>> = BTreeMap::new();
    // Whether anybody holds two offices is asked of the whole text, once.
    let mut held: HashMap<[&str; 2], bool> = HashMap::new();
    for n in named {
        let Some(known) = first.get(n.name) else {
            first.insert(n.name, n);
            continue;
        };
        // Head and deputy of one office in one document may not be one person, nor the heads of two
        // bodies, unless one holds both (县委书记、县长).
        let deputy = known.office == n.office && known.rank % 10 == n.rank % 10 && known.rank != n.rank;
        let mut both = || {
            *held.entry([known.office, n.office]).or_insert_with(|| {
                let pair = format!("{}、{}", known.office, n.office);
                text.contains(&pair) || text.contains(&format!("{}兼{}", known.office, n.office))
            })
        };
        let heads = known.rank < 10 && n.rank < 10 && known.rank != n.rank && !both();
        let clash = deputy || heads;
        let moves = ["任", "升", "当选", "调", "原", "曾"]
            .iter()
            .any(|w| clause::behind(text, n.range.start).contains(w));
        if clash && !moves {
            let (name, one, other) = (n.name, known.title, n.title);
            found.push(Told {
                range: n.range.clone(),
                message: text!(
                    "“{name}”前面是“{one}”，这里是“{other}”",
                    "“{name}” was “{one}” before and is “{other}” here"
                ),
                note: None,
            });
        }
    }
}

/// 县委书记林知远 … 县委书记林志远.
fn two_spellings(named: &[Named<'_>], found: &mut Vec<Told>) {
    let mut first: BTreeMap<&str, &Named<'_>> = BTreeMap::new();
    for n in named.iter().filter(|n| n.rank < 10) {
        let known = *first.entry(n.office).or_insert(n);
        if alike(known.name, n.name) {
            let (title, one, other) = (n.office, known.name, n.name);
            found.push(Told {
                range: n.name_at.clone(),
                message: text!(
                    "同是{title}，前面写“{one}”，这里写“{other}”",
                    "{title} is “{one}” before and “{other}” here"
                ),
                note: None,
            });
        }
    }
}

/// Two names of three characters that differ in one.
fn alike(one: &str, other: &str) -> bool {
    let count = one.chars().count();
    count == 3
        && other.chars().count() == count
        && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
        && one.chars().next() == other.chars().next()
}

/// 县长周明达、县委书记林知远 in one list. What stands between the two offices is a name, however rare.
fn out_of_order(text: &str, found: &mut Vec<Told>) {
    /// Characters to the sign behind a name and its 同志: a list without signs is not looked through each time.
    const REACH: usize = 16;
    /// Characters of a name.
    const NAME: std::ops::RangeInclusive<usize> = 2..=4;
    let of = |rank: u32| {
        let all = lexicon::OFFICES.iter().chain(lexicon::TOWN_OFFICES);
        all.filter(move |o| o.1 == rank).map(|o| o.0)
    };
    for later in of(2) {
        for (at, _) in text.match_indices(later) {
            let (before, rest) = (&text[..at], &text[at + later.len()..]);
            if ["副", "原", "前", "时任", "历任"].iter().any(|w| before.ends_with(w)) {
                continue;
            }
            let mut near = rest.char_indices().take(REACH);
            let Some((end, _)) = near.find(|(_, c)| matches!(c, '、' | '和' | '与')) else { continue };
            let name = rest[..end].trim_end_matches("同志");
            let next = rest[end..].trim_start_matches(['、', '和', '与']);
            let level = later.chars().next();
            let Some(first) = of(1).find(|o| next.starts_with(o) && o.chars().next() == level) else {
                continue;
            };
            let other = next[first.len()..].chars().take(2).filter(|&c| is_han(c)).count();
            if NAME.contains(&name.chars().count()) && name.chars().all(is_han) && other == 2 {
                let len = later.len() + end + rest[end..].len() - next.len() + first.len();
                let who: usize = next[first.len()..]
                    .chars()
                    .take(3)
                    .take_while(|&c| is_han(c) && !"同等陪共出".contains(c))
                    .map(char::len_utf8)
                    .sum();
                found.push(Told {
                    range: at..at + len + who,
                    message: text!(
                        "名单里“{later}”排在“{first}”前面",
                        "“{later}” stands before “{first}” in the list"
                    ),
                    note: None,
                });
            }
        }
    }
}

/// The people of the facts: their titles, and the spelling of their names.
fn against_facts(named: &[Named<'_>], facts: &Facts, found: &mut Vec<Told>) {
    let Some(Value::List(people)) = facts.get("people").map(|f| &f.value) else { return };
    for (index, _) in people.iter().enumerate() {
        let part = |key: &str| facts.get(&format!("people[{index}].{key}"));
        let (Some(name), Some(title)) = (part("name"), part("title")) else { continue };
        let (Some(who), Some(what)) = (name.value.text(), title.value.text()) else { continue };
        let offices: Vec<&str> = what.split(['、', '，']).collect();
        for n in named {
            if n.name == who
                && !offices.iter().any(|o| {
                    o.ends_with(n.title.trim_end_matches('、')) && o.contains('副') == (n.rank >= 10)
                })
            {
                let said = n.title.trim_end_matches('、');
                found.push(Told {
                    range: n.range.clone(),
                    message: text!(
                        "“{who}”的职务写成“{said}”，事实文件是“{what}”",
                        "“{who}” is “{said}” here and “{what}” in the facts"
                    ),
                    note: Some((Some(title.at.clone()), text!("事实：{who}，{what}", "fact: {who}, {what}"))),
                });
            } else if n.rank < 10
                && alike(&who, n.name)
                && offices.iter().any(|o| o.ends_with(n.office) && !o.contains('副'))
            {
                let said = n.name;
                found.push(Told {
                    range: n.name_at.clone(),
                    message: text!(
                        "姓名写成“{said}”，事实文件是“{who}”",
                        "the name is “{said}” here and “{who}” in the facts"
                    ),
                    note: Some((Some(name.at.clone()), text!("事实：{who}，{what}", "fact: {who}, {what}"))),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{lexicon, named};
    use crate::base::pattern::compile;

    #[test]
    fn a_name_that_was_told_is_known_again_however_many_there_are() {
        let text = format!("县长林知远、{}", "县长林知远抓，".repeat(500));
        assert_eq!(named(&text).len(), 501);
    }

    proptest! {
        #[test]
        fn names_are_found_as_a_pattern_would_find_them(
            words in prop::collection::vec(prop::sample::select(vec![
                "县委书记", "县长", "市长", "代理", "代", "副", "原", "、", "，", "林", "王", "知远", "明", "作", "了",
                "重", "同志", "和", "县", "出席", "等", "a", "\n",
            ]), 0..16),
        ) {
            let text = words.concat();
            let offices: Vec<&str> = lexicon::OFFICES.iter().map(|o| o.0).collect();
            let surnames: String = lexicon::SURNAMES.iter().collect();
            let pattern = compile(&format!(
                "(?:代理?|副)?(?:{})[、]?([{surnames}][\u{4e00}-\u{9fff}]{{1,2}}?)(?:{}|作[了重]?|\n|$)",
                offices.join("|"),
                lexicon::BEHIND.join("|"),
            ));
            let out = |start: usize| {
                let before = &text[..start];
                ["原", "时任", "前任", "前", "历任", "首任", "副", "常务"].iter().any(|w| before.ends_with(w))
            };
            let wanted: Vec<_> = pattern
                .captures_iter(&text)
                .map(|c| (c.get(0).unwrap().start(), c.get(1).unwrap().range()))
                .filter(|(start, _)| !out(*start))
                .collect();
            let found: Vec<_> = named(&text).into_iter().map(|n| (n.range.start, n.name_at)).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
