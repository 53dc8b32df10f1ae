//! The document's own locality (本地): given by facts or settings, else inferred.
//!
//! Inferring goes by the title, by what the document says of itself (中共…县委, 我们…) and by the
//! place most named in its first part, since what was pasted in comes later. The level that the
//! document speaks of (我县, 全县) must fit. Where nothing stands out, nothing is inferred; a draft
//! that says 我县 throughout and names one county once may well be that county's.

use std::collections::BTreeMap;
use std::ops::Range;

use super::gazetteer::{self, Code, covers, prefecture, province, rank};
use super::mention::{Form, Mention};
use super::renewed::{mentions_with, names_of};
use crate::base::han::is_han;
use crate::base::lexicon::places as lexicon;
use crate::base::{Text, clause};
use crate::model::facts::{Value, settle::names};
use crate::model::pack::NewPlace;
use crate::model::{BlockKind, Facts, Manuscript};
use crate::rules::reading::quote::{Quoted, inside};
use crate::rules::{Case, Whose};
use crate::text;

/// The document's own locality.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Own {
    /// Its name as given, or as found.
    pub name: String,
    /// Its codes: none for a place that the gazetteer does not know, several for 朝阳区 alone.
    pub codes: Vec<Code>,
    /// Codes of upper levels, where they are all that is known.
    uppers: Vec<Code>,
    /// Every name that is its own: of itself, its towns, its upper levels.
    words: Vec<String>,
    /// All that the facts say: what they name, the document may name.
    said: String,
    /// The people whom the facts name.
    people: Vec<String>,
    /// Its level as one character: 县, 市, 区, 旗, 州, 盟, 乡, 镇, 村, 省; 街 is 街道.
    pub level: Option<char>,
    /// Why this place, if nobody said so.
    pub inferred: Option<Text>,
}

/// How a place stands to the document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Relation {
    /// It is the place itself, above it or in it.
    Own,
    /// In the same prefecture, or the seat of the own province.
    Neighbour,
    /// In the same province.
    Province,
    /// Elsewhere.
    Far,
}

impl Own {
    /// How the place of a mention stands to this one; the nearest of those that may be meant.
    pub fn relation(&self, text: &str, mention: &Mention) -> Relation {
        let name = &text[mention.range.clone()];
        if self.said.contains(name)
            || self.words.iter().any(|w| w == name || name.ends_with(&**w))
            || self.is_within_own_word(text, mention)
            || self.is_of_a_person(text, mention)
        {
            return Relation::Own;
        }
        let one = |&code: &Code| {
            if self.codes.iter().any(|&own| covers(own, code) || covers(code, own))
                || self.uppers.iter().any(|&u| covers(code, u))
            {
                return Relation::Own;
            }
            let known = || self.codes.iter().chain(&self.uppers).filter(|&&c| rank(c) > 0);
            let capital = lexicon::CAPITALS.contains(&code) && self.provinces().any(|p| p == province(code));
            if capital || known().any(|&own| prefecture(own) == prefecture(code)) {
                Relation::Neighbour
            } else if self.provinces().any(|p| p == province(code)) {
                Relation::Province
            } else {
                Relation::Far
            }
        };
        mention.codes.iter().map(one).min().unwrap_or(Relation::Own)
    }

    fn provinces(&self) -> impl Iterator<Item = Code> {
        self.codes.iter().chain(&self.uppers).map(|&c| province(c))
    }

    /// 云岭 in 云岭湖, where the facts say 云岭湖; 石桥镇 in 青石桥镇.
    fn is_within_own_word(&self, text: &str, mention: &Mention) -> bool {
        let Mention { range, .. } = mention;
        let name = &text[range.clone()];
        self.words.iter().filter(|w| w.len() > name.len()).any(|word| {
            word.match_indices(name).any(|(at, _)| {
                range.start.checked_sub(at).and_then(|s| text.get(s..s + word.len())) == Some(&**word)
            })
        })
    }

    /// 卫东区 in 孙卫东区长, 长安 in 县长安德海: what shares a character with the name of a person.
    fn is_of_a_person(&self, text: &str, mention: &Mention) -> bool {
        let Mention { range, .. } = mention;
        self.people.iter().any(|name| {
            let from = text.floor_char_boundary(range.start.saturating_sub(name.len()));
            let to = text.ceil_char_boundary((range.end + name.len()).min(text.len()));
            text[from..to]
                .match_indices(&**name)
                .any(|(at, _)| from + at < range.end && range.start < from + at + name.len())
        })
    }

    /// Whether the facts name this.
    pub fn says(&self, words: &str) -> bool {
        self.said.contains(words)
    }

    /// Whether a town of this name, or one that only changed from 乡 to 镇 to 街道, is in the own
    /// county.
    pub fn has_town(&self, name: &str) -> bool {
        let stem = ["街道", "苏木", "镇", "乡"].iter().find_map(|s| name.strip_suffix(s)).unwrap_or(name);
        ["镇", "乡", "街道", "苏木"].iter().any(|suffix| {
            gazetteer::town(&format!("{stem}{suffix}"))
                .is_some_and(|e| e.codes().any(|c| self.codes.iter().any(|&own| covers(own, c))))
        })
    }

    /// Whether the table knows towns of it: not of a city without counties.
    pub fn towns_known(&self) -> bool {
        self.codes.iter().any(|&own| match rank(own) {
            2 => gazetteer::towns_of(own).next().is_some(),
            _ => gazetteer::names().any(|(c, _)| rank(c) == 2 && covers(own, c)),
        })
    }

    /// Whether it is known in which province it lies.
    pub fn provinces_known(&self) -> bool {
        self.provinces().next().is_some()
    }

    /// Whether it lies in this province, or is it.
    pub fn lies_in(&self, wanted: Code) -> bool {
        self.provinces().any(|p| p == wanted)
    }

    /// Whether it lies in an autonomous region (自治区), which calls itself 我区 too.
    pub fn in_autonomous_region(&self) -> bool {
        self.provinces().any(|p| matches!(p, 150_000 | 450_000 | 540_000 | 640_000 | 650_000))
    }

    /// 0 a province, 1 a prefecture, 2 a county, 3 a town, 4 a village; by the gazetteer where it
    /// knows the place, else by the level.
    pub fn rank(&self) -> Option<u8> {
        match self.level {
            Some('乡' | '镇' | '街') => Some(3),
            Some('村') => Some(4),
            _ => self.codes.first().map(|&c| rank(c)).or_else(|| self.level.and_then(rank_of_level)),
        }
    }
}

/// The rank of a level's word; `None` for 市, which is a prefecture or a county.
pub(in crate::rules) fn rank_of_level(level: char) -> Option<u8> {
    Some(match level {
        '省' => 0,
        '州' | '盟' => 1,
        '县' | '区' | '旗' => 2,
        '乡' | '镇' | '街' => 3,
        '村' => 4,
        _ => return None,
    })
}

/// The level in a name's last character or a level's name: 自治县 is 县.
pub(in crate::rules) fn level_of(name: &str) -> Option<char> {
    if name.ends_with("街道") {
        return Some('街');
    }
    if name.ends_with("自治区") {
        return Some('省');
    }
    if name.ends_with("地区") {
        return Some('州');
    }
    name.chars().next_back().filter(|c| "县市区旗州盟乡镇村省".contains(*c))
}

/// What the whole country is called as a locality: above every other.
pub(in crate::rules) const COUNTRY: &[&str] = &["国家", "中央", "全国", "中国"];

/// The document's own locality; `None` where nothing tells, and for national documents. Found once for
/// all that ask.
pub(in crate::rules) fn own<'c>(case: &'c Case<'_>) -> Option<&'c Own> {
    case.own.get_or_init(|| find(case)).as_ref()
}

fn find(case: &Case<'_>) -> Option<Own> {
    if given(case).is_some_and(|name| COUNTRY.contains(&name.trim())) {
        return None;
    }
    let places = &case.settings.pack.places;
    let mut own = case
        .facts
        .and_then(|facts| given_by_facts(facts, places))
        .or_else(|| case.settings.home.as_deref().and_then(|name| given_by_name(name, places)))
        .or_else(|| infer(case))?;
    // What the facts name the document may name, whoever says whose document it is.
    if let Some(facts) = case.facts {
        own.said.push_str(&said_by(facts));
        own.people = names(facts);
    }
    Some(own)
}

/// All that the facts say.
fn said_by(facts: &Facts) -> String {
    let mut said = String::new();
    for (_, fact) in facts.leaves() {
        said.extend(fact.value.text());
        said.push('\n');
    }
    said
}

/// The name that facts or settings give.
fn given(case: &Case<'_>) -> Option<String> {
    case.facts.and_then(|f| f.text("locality.name")).or_else(|| case.settings.home.clone())
}

/// Whose document it is, for whoever tells a person what was checked.
pub(in crate::rules) fn whose(case: &Case<'_>) -> Whose {
    match own(case) {
        Some(own) if own.inferred.is_some() && own.codes.is_empty() && own.name.starts_with('本') => {
            Whose::Unknown
        }
        Some(own) => Whose::Known(own.name.clone()),
        None => {
            let text = case.manuscript.text();
            let spoken = spoken_level(text, case.quotes());
            if given(case).is_some() || is_national(text, head(case.manuscript), spoken) {
                Whose::Country
            } else {
                Whose::Unknown
            }
        }
    }
}

/// Where a document names its own locality, in order: in full (`true`), or short where no other word is
/// meant. Where nobody knows whose it is, nowhere.
pub(in crate::rules) fn named(case: &Case<'_>) -> Vec<(Range<usize>, bool)> {
    let Whose::Known(name) = whose(case) else { return Vec::new() };
    let text = case.manuscript.text();
    let full = |at: usize| at..at + name.len();
    let mut found: Vec<_> = text.match_indices(&name).map(|(at, _)| (full(at), true)).collect();
    if let Some(short) = stem(&name) {
        let known = gazetteer::division(&name).is_some();
        let meant = |range: &Range<usize>| {
            // A name that the gazetteer knows may be a word as well; of one that it does not know only the
            // letters tell.
            !known && !gazetteer::is_word(&short)
                || case.mentions().binary_search_by_key(&range.end, |m| m.range.end).is_ok()
        };
        let all = text.match_indices(&short).map(|(at, _)| at..at + short.len());
        let alone = all.filter(|range| !text[range.start..].starts_with(&name) && meant(range));
        found.extend(alone.map(|range| (range, false)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a document speaks for the whole country.
fn is_national(text: &str, head_end: usize, spoken: Option<char>) -> bool {
    spoken == Some('国') || text[..head_end].contains("全国人民代表大会")
}

fn words_at(facts: &Facts, path: &str) -> Vec<String> {
    match facts.get(path).map(|f| &f.value) {
        Some(Value::List(items)) => items.iter().filter_map(|f| f.value.text()).collect(),
        Some(value) => value.text().into_iter().collect(),
        None => Vec::new(),
    }
}

fn given_by_facts(facts: &Facts, places: &[NewPlace]) -> Option<Own> {
    let name = facts.text("locality.name")?;
    let uppers = words_at(facts, "locality.upper");
    let mut path: String = uppers.iter().rev().map(String::as_str).collect();
    path.push_str(&name);
    let mut own = given_by_name(&path, places).or_else(|| given_by_name(&name, places))?;
    // 云岭县 of an invented city of a real province.
    for upper in &uppers {
        own.uppers.extend(mentions_with(upper, places, None).into_iter().flat_map(|m| m.codes));
    }
    for leaf in ["short", "towns", "landmarks", "products", "slogans", "former_names"] {
        own.words.extend(words_at(facts, &format!("locality.{leaf}")));
    }
    own.words.extend(uppers);
    own.words.push(name.clone());
    own.words.retain(|w| w.chars().count() > 1);
    own.level = facts.text("locality.level").as_deref().and_then(level_of).or_else(|| level_of(&name));
    own.name = name;
    Some(own)
}

fn given_by_name(name: &str, places: &[NewPlace]) -> Option<Own> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let found = mentions_with(name, places, None);
    let whole = found.iter().find(|m| m.range.end == name.len());
    let exact = || {
        let entry =
            gazetteer::division(name).or_else(|| gazetteer::short(name)).or_else(|| gazetteer::town(name));
        entry.into_iter().flat_map(gazetteer::Entry::codes).collect::<Vec<_>>()
    };
    let codes = match whole {
        Some(m) => m.codes.clone(),
        None => exact(),
    };
    let uppers = match whole {
        Some(m) if m.range.start > 0 || !codes.is_empty() => Vec::new(),
        _ => found.iter().flat_map(|m| m.codes.clone()).collect(),
    };
    let level =
        level_of(name).or_else(|| codes.first().and_then(|&c| gazetteer::name_of(c)).and_then(level_of));
    let mut words = vec![name.to_owned()];
    words.extend(stem(name));
    Some(Own {
        name: name.to_owned(),
        codes,
        uppers,
        words,
        said: String::new(),
        people: Vec::new(),
        level,
        inferred: None,
    })
}

/// 云岭 of 云岭县, where two characters or more are left.
fn stem(name: &str) -> Option<String> {
    let stem = name.strip_suffix(['县', '市', '区', '旗', '州', '镇', '乡'])?;
    (stem.chars().count() >= 2).then(|| stem.to_owned())
}

/// The level that a text speaks of as its own: the word that most often follows 我 and 全 in its
/// first part.
pub(in crate::rules) fn spoken_level(text: &str, quotes: &[Quoted]) -> Option<char> {
    let counts = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for (at, word) in self_words(text) {
            if !inside(quotes, at) {
                let weight = if word.starts_with('我') { 2 } else { 1 };
                *counts.entry(word.chars().next_back().unwrap_or('国')).or_default() += weight;
            }
        }
        counts
    };
    let first = first_part(text);
    let mut found = counts(&text[..first]);
    if found.values().sum::<usize>() < 3 {
        found = counts(text);
    }
    let (&level, &most) = found.iter().max_by_key(|&(_, n)| *n)?;
    // A county speaks of 全市 and 全国 too; only another county's words speak against it.
    let counted = |l: char| !"县区旗".contains(level) || "县区旗".contains(l);
    let all: usize = found.iter().filter(|&(&l, _)| counted(l)).map(|(_, n)| n).sum();
    (most >= 2 && most * 3 >= all * 2).then_some(level)
}

/// 我县, 全市 and the like, with their bytes.
pub(in crate::rules) fn self_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.char_indices().filter(|&(_, c)| c == '我' || c == '全').filter_map(move |(at, _)| {
        let end = at + text[at..].chars().take(2).map(char::len_utf8).sum::<usize>();
        let word = text.get(at..end)?;
        let level = word.chars().next_back()?;
        if !"县市区旗州盟乡镇村省国".contains(level) {
            return None;
        }
        let next = text[end..].chars().next().unwrap_or('\n');
        // 自我区分, 全乡村, 全市场, 全区域.
        let wrong = match level {
            '市' => "场",
            '区' => "别分域间",
            '乡' | '村' | '镇' => "村镇庄",
            _ => "",
        };
        let before = text[..at].chars().next_back().unwrap_or('\n');
        (!wrong.contains(next) && !"自安健齐完保".contains(before)).then_some((at, word))
    })
}

/// Where the first part of a text ends: two fifths of it, but what a short text is made of.
fn first_part(text: &str) -> usize {
    let end = (text.len() / 5 * 2).max(9_000).min(text.len());
    text.floor_char_boundary(end)
}

/// Where the head of a document ends: its title and what stands before its first long line.
fn head(manuscript: &Manuscript) -> usize {
    let text = manuscript.text();
    let mut end = 0;
    for block in manuscript.blocks().iter().take(8) {
        let line = manuscript.block_text(block);
        let short = line.chars().count() <= 50 && !line.contains(['。', '；']) && !line.starts_with("同志们");
        if !short && block.kind != BlockKind::Title {
            break;
        }
        end = block.range.end;
    }
    end.min(text.len())
}

fn infer(case: &Case<'_>) -> Option<Own> {
    let (manuscript, found, quotes) = (case.manuscript, case.mentions(), case.quotes());
    let (text, places) = (manuscript.text(), &case.settings.pack.places);
    let spoken = spoken_level(text, quotes);
    let head_end = head(manuscript);
    if is_national(text, head_end, spoken) {
        return None;
    }
    let mut scores: BTreeMap<Code, u32> = BTreeMap::new();
    for mention in found.iter().filter(|m| !matches!(m.form, Form::Region | Form::Town) && m.codes.len() <= 4)
    {
        let score = score(text, mention, head_end, quotes);
        for &code in &mention.codes {
            *scores.entry(code).or_default() += score;
        }
    }
    scores.retain(|&code, _| speaks_as(code, spoken, places));
    let least = if spoken.is_some() { 2 } else { 12 };
    match scores.values().copied().max().filter(|&best| best >= least) {
        Some(best) => most_named(text, &scores, best, places),
        None => unknown(text, head_end, quotes).or_else(|| nameless(text, found, spoken)),
    }
}

/// What the title says counts for so much.
const TITLE: u32 = 20;

/// How much a mention says that the document is of this place.
fn score(text: &str, mention: &Mention, head_end: usize, quotes: &[Quoted]) -> u32 {
    let (before, after) = (&text[..mention.range.start], &text[mention.range.end..]);
    let studied = ["赴", "学习", "考察", "借鉴", "来自", "去", "到"].iter().any(|w| before.ends_with(w));
    if studied || after.starts_with("经验") || after.starts_with("会议") {
        return 0;
    }
    let at_head = mention.range.end <= head_end;
    if at_head && (mention.form == Form::Full || is_title(text, mention.range.start)) {
        TITLE
    } else if inside(quotes, mention.range.start) {
        0
    } else if before.ends_with("我们") || before.ends_with("中共") {
        4
    } else if mention.range.start >= text.len() / 20 * 19 {
        // The closing call names the place that it calls on.
        2
    } else {
        u32::from(mention.range.start < first_part(text))
    }
}

/// Whether a document of this place speaks of itself as of this level.
fn speaks_as(code: Code, spoken: Option<char>, places: &[NewPlace]) -> bool {
    match spoken {
        None => true,
        Some('省') => rank(code) == 0,
        // A town or a village names its county as often as itself.
        Some('乡' | '镇' | '村') => rank(code) == 2,
        Some(level) => names_of(places, code).any(|n| n.ends_with(level)),
    }
}

/// The place of the best score, if no other comes near, by that of its names which the text says.
fn most_named(text: &str, scores: &BTreeMap<Code, u32>, best: u32, places: &[NewPlace]) -> Option<Own> {
    // In a title 江西省寻乌县 is read as one mention; 兰州市 with its own districts is above them.
    let codes: Vec<Code> = scores.iter().filter(|&(_, &n)| n == best).map(|(&c, _)| c).collect();
    let others = scores.iter().filter(|&(&c, _)| !codes.iter().any(|&o| covers(c, o) || covers(o, c)));
    let rival = others.map(|(_, &n)| n).max().unwrap_or(0);
    if codes.len() > 4 || rival * 2 > best {
        return None;
    }
    let code = *codes.first()?;
    let said = names_of(places, code).find(|name| text.contains(name));
    let name = said.or_else(|| gazetteer::name_of(code))?.to_owned();
    let why = if best >= TITLE {
        text!("标题里写的是{name}", "the title names {name}")
    } else {
        text!("前半部分写得最多的是{name}", "its first part names {name} most")
    };
    Some(Own {
        words: vec![name.clone()],
        level: level_of(&name),
        name,
        codes,
        uppers: Vec::new(),
        said: String::new(),
        people: Vec::new(),
        inferred: Some(why),
    })
}

/// A document that never names itself: nothing but its level is known, and a county of the same
/// level may be its own.
fn nameless(text: &str, found: &[Mention], spoken: Option<char>) -> Option<Own> {
    /// Own words that leave no doubt about the level.
    const ENOUGH: usize = 3;
    /// A document that names more places speaks of several.
    const FEW: usize = 3;
    let level = spoken.filter(|l| "县区旗".contains(*l))?;
    if found.len() > FEW || self_words(text).filter(|(_, w)| w.ends_with(level)).count() < ENOUGH {
        return None;
    }
    let fits = |m: &&Mention| {
        m.form != Form::Full || m.codes.iter().any(|&c| rank(c) < 2) || text[m.range.clone()].ends_with(level)
    };
    Some(Own {
        name: format!("本{level}"),
        codes: Vec::new(),
        uppers: Vec::new(),
        words: found.iter().filter(fits).map(|m| text[m.range.clone()].to_owned()).collect(),
        said: String::new(),
        people: Vec::new(),
        level: Some(level),
        inferred: Some(text!(
            "文中没有写明本地，自称“我{level}”“全{level}”",
            "it does not name itself and speaks of 我{level} and 全{level}"
        )),
    })
}

/// Whether the line at `at` is a document's title, not a speaker's name or an office.
fn is_title(text: &str, at: usize) -> bool {
    let line = &text[clause::line(text, at..at)];
    lexicon::DOCUMENT_KINDS.iter().any(|w| line.contains(w))
}

/// A locality that the gazetteer does not know but the document names as its own: in its head, or
/// twice before 委 and 人民政府.
fn unknown(text: &str, head_end: usize, quotes: &[Quoted]) -> Option<Own> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, suffix) in text.match_indices(['县', '市', '旗', '区']) {
        let end = at + suffix.len();
        let after = &text[end..];
        let body = after.starts_with("委") || after.starts_with("人民政府");
        if !body && at > head_end || inside(quotes, at) {
            continue;
        }
        let start = text[..at].char_indices().rev().take(2).last().map_or(at, |(i, _)| i);
        let name = &text[start..end];
        // 我代表市委: no word is a name, but a title's.
        let word = at > head_end && gazetteer::is_word(&text[start..at]);
        let plain = !word
            && name.chars().count() == 3
            && name.chars().all(is_han)
            && !name.chars().take(2).any(|c| {
                "省市县区旗州乡镇各全本我两级在到向的和与是级型化范主老新城园地山社开发".contains(c)
            });
        let begins = text[..start].ends_with("中共") || super::edge::may_begin(text, start);
        if plain && begins && gazetteer::division(name).is_none() {
            *seen.entry(name).or_default() += if at <= head_end { 2 } else { 1 };
        }
    }
    let (&name, &count) = seen.iter().max_by_key(|&(_, n)| *n)?;
    if count < 2 {
        return None;
    }
    let mut words = vec![name.to_owned()];
    words.extend(stem(name));
    Some(Own {
        name: name.to_owned(),
        codes: Vec::new(),
        uppers: Vec::new(),
        words,
        said: String::new(),
        people: Vec::new(),
        level: level_of(name),
        inferred: Some(text!("文中自称{name}", "it calls itself {name}")),
    })
}
