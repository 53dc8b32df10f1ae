//! One indicator of one paper with two values: 地区生产总值86.4亿元 here, 68.4亿元 there.
//!
//! A report tells an indicator of the year, of the year before, of five years, of the county and of the
//! province, and as an aim. Only what says none of these is compared, by the same name in full; two figures
//! are a warning where one looks like a slip of the other (万 for 亿, two digits turned round, a nought too
//! many), and else a hint.

use super::hit;
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::years_said;
use crate::base::lexicon::figure as lexicon;
use crate::base::lexicon::told as told_words;
use crate::base::words::Words;
use crate::model::{Finding, Severity};
use crate::rules::Case;
use crate::rules::reading::told::{self, Told};
use crate::rules::reading::{counted, day};
use crate::text;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The growth of one year among several (年均增长).
const YEARLY: i8 = 2;

/// A value of an indicator.
struct Value<'t> {
    name: &'t str,
    figure: &'t Figure,
    /// Whether it says by how much it grew: 1 up, -1 down, 2 up every year; 0 for an amount.
    growth: i8,
    /// The year that its words name; the paper's own last year by 去年.
    year: Option<u16>,
    aim: bool,
    /// Whether its words say the year.
    dated: bool,
}

pub(super) fn find(case: &Case<'_>, text: &str, all: &[Figure]) -> Vec<Finding> {
    static INDICATORS: LazyLock<Words<'static>> =
        LazyLock::new(|| Words::of(lexicon::INDICATORS.iter().copied()));
    let now = day::of(case).map(|d| d.year);
    // Only values of one name and of one unit clash.
    let mut values: HashMap<(&str, &str), Vec<Value<'_>>> = HashMap::new();
    let mut found: Vec<Finding> = Vec::new();
    for m in INDICATORS.find_iter(text) {
        let next = all.partition_point(|f| f.range.start < m.range.end);
        let Some(figure) = all.get(next) else { break };
        let Some(value) = value(text, m.range.clone(), figure, now) else { continue };
        // …86.4亿元，增长5.6%
        let growth = all.get(next + 1).and_then(|g| growth(text, &value, figure, g));
        for value in [Some(value), growth].into_iter().flatten() {
            let told = values.entry((value.name, value.figure.unit)).or_default();
            found.extend(told.iter().rev().find_map(|before| clash(text, before, &value)));
            told.push(value);
        }
    }
    found
}

/// Bytes before a name in which its sentence may say that it is aimed at.
const REACH: usize = 600;

/// The value that a figure gives an indicator, where nothing else stands between them.
fn value<'t>(
    text: &'t str,
    name: std::ops::Range<usize>,
    figure: &'t Figure,
    now: Option<u16>,
) -> Option<Value<'t>> {
    let between = text.get(name.end..figure.range.start)?;
    if between.chars().count() > 8 || between.contains(['，', '。', '；', '\n']) || figure.unit.is_empty()
    {
        return None;
    }
    let growth = match between.trim_end_matches('了') {
        "" | "达" | "达到" | "为" | "完成" | "实现" | "突破" | "超" | "超过" | "预计" | "预计达到"
        | "达到了" | "预计完成" | "稳定在" | "目标" => 0,
        "增长" | "同比增长" | "比上年增长" => 1,
        "下降" | "同比下降" => -1,
        "年均增长" | "年均增速" => YEARLY,
        _ => return None,
    };
    // Whose it is: what stands before the name may be a time and the whole county, and no more.
    let clause = clause::behind(text, name.start);
    let led = clause.rsplit('、').next().unwrap_or_default();
    let lead = counted::without_lead(text, name.start - led.len()..name.start);
    let own = text[lead.clone()].trim_matches(['（', '(', '—', ' ', '　']);
    let plain = own.is_empty()
        || own.ends_with('年') && own.len() <= "2026年".len()
        || ["实现", "完成", "预计"].contains(&own);
    // What is aimed at is said once, before a row of semicolons.
    let low = text.ceil_char_boundary(name.start.saturating_sub(REACH));
    let from = text[low..name.start].rfind(['。', '\n']).map_or(low, |at| low + at + 1);
    let from = text.ceil_char_boundary(from);
    let end = text[figure.range.end..]
        .find(['，', '、', '；', '。', '\n'])
        .map_or(text.len(), |at| figure.range.end + at);
    let words = &text[from..end];
    let near = &text[clause::sentence(text, name.clone()).start..end];
    let elsewhen = lexicon::ELSEWHEN.iter().any(|w| near.contains(w) && !text[name.clone()].contains(w));
    if !plain || elsewhen && growth != YEARLY {
        return None;
    }
    let aim = lexicon::TARGETS.iter().any(|w| words.contains(w));
    let year = years_said(near).next_back().map(|(_, y)| y);
    let dated = year.is_some() || near.contains("去年");
    // Where none is said, a value is of the year that is over, and an aim of this one.
    let year = year.or_else(|| now.map(|now| if aim { now } else { now.saturating_sub(1) }));
    let name = text[name].trim_start_matches("地区");
    Some(Value { name, figure, growth, year, aim, dated })
}

/// The growth that stands right behind an amount.
fn growth<'t>(text: &'t str, value: &Value<'t>, amount: &Figure, figure: &'t Figure) -> Option<Value<'t>> {
    let gap = text.get(amount.range.end..figure.range.start)?.trim_start_matches(['，', '、', '（']);
    let growth = match gap {
        "增长" | "同比增长" | "比上年增长" => 1,
        "下降" | "同比下降" => -1,
        _ => return None,
    };
    (value.growth == 0 && figure.is_percent()).then_some(Value { figure, growth, ..*value })
}

/// What is to be said of a value that is not the one before it, of the same name and unit.
fn clash(text: &str, before: &Value<'_>, value: &Value<'_>) -> Option<Finding> {
    let (a, b) = (before.figure, value.figure);
    let kind = |growth: i8| growth.abs();
    let comparable = kind(before.growth) == kind(value.growth);
    let times = before.year == value.year;
    if !comparable
        || !times
        || before.aim != value.aim
        || a.agrees(b.value, b.slack) && before.growth == value.growth
    {
        return None;
    }
    let digits = |f: &Figure| text[f.digits.clone()].to_owned();
    let (x, y) = (digits(a), digits(b));
    let ratio = (a.value / b.value).max(b.value / a.value);
    let scaled = (9_000.0..11_000.0).contains(&ratio);
    let slip = scaled || is_slip(&x, &y, value.growth != 0);
    let (name, first, said) = (value.name, &text[a.range.clone()], &text[b.range.clone()]);
    let message = if scaled {
        text!(
            "{name}前面是“{first}”，这里是“{said}”，差一万倍，核对“万”“亿”",
            "{name} is “{first}” above and “{said}” here, 10,000 times as much; check 万 and 亿"
        )
    } else {
        text!("{name}前面是“{first}”，这里是“{said}”", "{name} is “{first}” above and “{said}” here")
    };
    // Of the same year, and no aim: worth a look.
    let sure = before.growth == 0 && !value.aim && before.dated && value.dated;
    if !slip && !sure {
        return None;
    }
    let severity = if slip { Severity::Warning } else { Severity::Info };
    Some(hit(b.range.clone(), message).severity(severity))
}

/// Two figures of one thing that the reader of all figures finds, beyond the indicators that are told once a year.
pub(super) fn any(text: &str, all: &[Figure]) -> Vec<Finding> {
    // A long paper tells a thing of many times.
    if text.len() > SHORT {
        return Vec::new();
    }
    let told = told::told(text, all);
    let mut found = Vec::new();
    nouns(text, all, &told, &mut found);
    let told: Vec<Named> = told.into_iter().filter_map(|told| Named::of(text, all, told)).collect();
    // Figures of one thing end in the same words; where the noun stands behind, they begin with the same.
    let mut ends: HashMap<(&str, &str), Vec<&Named>> = HashMap::new();
    let mut heads: HashMap<(&str, &str), Vec<&Named>> = HashMap::new();
    for one in &told {
        let unit = all[one.told.index].unit;
        let (Some(end), Some(head)) = (last(&one.key), first(&one.key)) else { continue };
        let same = ends.entry((unit, end)).or_default();
        let alike = heads.entry((unit, head)).or_default();
        let before = same.iter().rev().take(COMPARED);
        let hit =
            before.chain(alike.iter().rev().take(COMPARED)).find_map(|other| clash_of(text, all, other, one));
        found.extend(hit);
        same.push(one);
        alike.push(one);
    }
    found
}

/// Bytes of a paper that tells of one time.
const SHORT: usize = 12_000;

/// Figures of a short paper that are a slip of one another and count the same noun: 上报的236处隐患 for 隐患326处.
fn nouns(text: &str, all: &[Figure], told: &[Told], found: &mut Vec<Finding>) {
    let mut by_noun: HashMap<(&str, &str), Vec<&Told>> = HashMap::new();
    for one in told.iter().filter(|t| !matches!(all[t.index].unit, "%" | "百分点" | "倍")) {
        let figure = &all[one.index];
        let digits = &text[figure.digits.clone()];
        let heads = heads(text, one);
        let before = heads.iter().filter_map(|h| by_noun.get(&(figure.unit, *h)));
        let other = before.flat_map(|list| list.iter().rev().take(COMPARED)).find(|other| {
            let was = &all[other.index];
            let apart = other.sentence.start != one.sentence.start;
            let times = other.year == one.year;
            let said = &text[was.digits.clone()];
            let scaled = was.unit_words(text) == figure.unit_words(text);
            let common = heads.iter().all(|h| told_words::COMMON_HEADS.contains(h));
            apart
                && times
                && scaled
                && !was.agrees(figure.value, figure.slack)
                && is_near(said, digits, common)
        });
        if let Some(other) = other {
            let (p, q) = (&text[all[other.index].range.clone()], &text[figure.range.clone()]);
            let message = text!(
                "前面是“{p}”，这里是“{q}”，核对是不是一回事",
                "“{p}” above and “{q}” here; is it one thing?"
            );
            found.push(hit(figure.range.clone(), message).severity(Severity::Info));
        }
        for head in heads {
            by_noun.entry((figure.unit, head)).or_default().push(one);
        }
    }
}

/// The nouns that a figure may count: the end of what stands before it, the beginning and the end of what
/// stands behind.
fn heads<'t>(text: &'t str, one: &Told) -> Vec<&'t str> {
    let name = text[one.name.clone()].trim_end_matches(['的', '了', '共', '计']);
    let noun = text[one.noun.clone()].trim_start_matches('的');
    let mut heads: Vec<&str> = Vec::new();
    for head in [last(name), first(noun)].into_iter().flatten() {
        if !heads.contains(&head)
            && head.chars().all(crate::base::han::is_han)
            && !told_words::NO_HEADS.contains(&head)
        {
            heads.push(head);
        }
    }
    heads
}

/// Whether one number looks like a slip of the other: two digits turned round, or one other digit of three and more.
pub(super) fn is_near(x: &str, y: &str, common: bool) -> bool {
    let bare = |s: &str| s.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (p, q) = (bare(x), bare(y));
    if p.len() != q.len() || p.len() < 2 || x.find('.') != y.find('.') {
        return false;
    }
    let odd: Vec<usize> = (0..p.len()).filter(|&i| p[i] != q[i]).collect();
    match odd[..] {
        [i, j] => p[i] == q[j] && p[j] == q[i],
        // Of round numbers and of common nouns there are many.
        [_] => p.len() >= 3 && !common && (!p.ends_with(b"0") || !q.ends_with(b"0")),
        _ => false,
    }
}

/// With how many figures before it one is held together.
const COMPARED: usize = 6;

/// A figure with its name.
struct Named {
    told: Told,
    key: String,
}

impl Named {
    fn of(text: &str, all: &[Figure], told: Told) -> Option<Self> {
        let key = told.key(text)?;
        // A rate is told of now and as an aim, in words that do not always say which.
        let rate = matches!(all[told.index].unit, "%" | "百分点" | "倍");
        (!rate).then_some(Self { told, key })
    }
}

/// The last two characters of a name.
fn last(key: &str) -> Option<&str> {
    key.char_indices().rev().nth(1).map(|(at, _)| &key[at..])
}

/// The first two.
fn first(key: &str) -> Option<&str> {
    key.char_indices().nth(2).map(|(at, _)| &key[..at])
}

/// How many characters two names end in together.
fn shared(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count()
}

/// Whether one name is the other with words left out, from the same beginning to the same end: 签约项目 and
/// 签约招商引资项目; or goes on behind it: 新改建农村公路全部建成.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    let within = short.chars().all(|c| rest.any(|d| d == c));
    let open = first(short) == first(long) && last(short) == last(long);
    within && open || short.chars().count() >= 5 && long.starts_with(short)
}

fn clash_of(text: &str, all: &[Figure], a: &Named, b: &Named) -> Option<Finding> {
    let (x, y) = (&all[a.told.index], &all[b.told.index]);
    if x.agrees(y.value, y.slack) {
        return None;
    }
    let said = (&text[x.digits.clone()], &text[y.digits.clone()]);
    let ratio = (x.value / y.value).max(y.value / x.value);
    let turned = said.0 == said.1 && said.0.len() >= 2 && (9_000.0..11_000.0).contains(&ratio);
    let (same, n) = (a.key == b.key, shared(&a.key, &b.key));
    let name = if a.key.len() <= b.key.len() { &a.key } else { &b.key };
    let (p, q) = (&text[x.range.clone()], &text[y.range.clone()]);
    if turned && (same || n >= 4) {
        let message = text!(
            "{name}前面是“{p}”，这里是“{q}”，差一万倍，核对“万”“亿”",
            "{name} is “{p}” above and “{q}” here, 10,000 times as much; check 万 and 亿"
        );
        return Some(hit(y.range.clone(), message));
    }
    let (s, t) = (&a.told, &b.told);
    let apart = s.sentence.start != t.sentence.start;
    let slip = said.0.len() >= 3 && is_slip(said.0, said.1, false);
    // 2025年，……186公里, and 全年……168公里 behind it: the year is not said twice.
    let one_year = |told: &Told| years_said(&text[told.sentence.clone()]).take(2).count() < 2;
    let unsaid = s.year.is_none() || t.year.is_none();
    let years = s.year == t.year || slip && unsaid && one_year(s) && one_year(t);
    let times = s.time == t.time && years;
    let named = same || alike(&a.key, &b.key);
    let generic = told_words::GENERIC.contains(&name.as_str());
    if !named || !apart || !times || s.marks != t.marks || generic || ratio > 3.0 {
        return None;
    }
    let twin = companion(text, all, s, t);
    let dated = s.year.is_some() && s.year == t.year;
    let message = text!("{name}前面是“{p}”，这里是“{q}”", "{name} is “{p}” above and “{q}” here");
    let severity = if twin && (slip || dated) { Severity::Warning } else { Severity::Info };
    Some(hit(y.range.clone(), message).severity(severity))
}

/// Whether both figures have the same figure behind them: 增长5.6%, 16659人.
fn companion(text: &str, all: &[Figure], a: &Told, b: &Told) -> bool {
    let next = |t: &Told| all.get(t.index + 1).filter(|f| f.range.end <= t.sentence.end);
    let Some((p, q)) = next(a).zip(next(b)) else { return false };
    let (x, y) = (&text[p.digits.clone()], &text[q.digits.clone()]);
    p.unit == q.unit && x == y && x.len() >= 3
}

/// Whether one number looks like a slip of the other: two neighbours turned round, or a nought lost.
fn is_slip(x: &str, y: &str, growth: bool) -> bool {
    let bare = |s: &str| s.replace([',', '.'], "");
    let (p, q) = (bare(x), bare(y));
    if p.len() == q.len() && p != q {
        let odd: Vec<usize> = (0..p.len()).filter(|&i| p.as_bytes()[i] != q.as_bytes()[i]).collect();
        let turned = |i: usize, j: usize| {
            j == i + 1 && p.as_bytes()[i] == q.as_bytes()[j] && p.as_bytes()[j] == q.as_bytes()[i]
        };
        return p.len() >= 2 && matches!(odd[..], [i, j] if turned(i, j));
    }
    let (long, short) = if p.len() > q.len() { (&p, &q) } else { (&q, &p) };
    !growth
        && long.len() == short.len() + 1
        && short.len() >= 2
        && long.match_indices('0').any(|(at, _)| {
            format!("{}{}", &long[..at], &long[at + 1..]) == **short && at > 0 && at + 1 < long.len()
        })
}
