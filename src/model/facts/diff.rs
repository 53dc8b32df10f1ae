//! Last year's facts beside this year's: what changed, came and went, and what stayed the same
//! although it looks as if it should not have.
//!
//! A clerk begins with last year's file and writes over it. What she overlooks is said from the
//! platform: last year's growth, “去年” with the figures of the year before that, a date. So a value
//! that is the same in both files is looked at: dates, years, words such as 去年 beside a figure, and
//! figures themselves. Some are sure enough to be called out of date, others (an area, a number of
//! towns) only worth a look; [`Kept::sure`] tells which.
//!
//! Records of a list are matched by their names, years aside, since lists are reordered and grow. What an
//! indicator gives as last year's value (上年) is held against what it had last year: a figure that was
//! revised since, or typed from another table, is told of.

use crate::base::{Place, Text, figures};
use crate::model::facts::partner::partners;
use crate::model::facts::path::{Step, steps};
use crate::model::facts::{Fact, Facts, Record, Value};
use crate::text;

/// One value of one of the files.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The value as a sentence takes it.
    pub value: String,
    /// Where it stands.
    pub at: Place,
}

/// A fact, or a record of a list as a whole, that is in only one of the files.
#[derive(Debug, Clone, PartialEq)]
pub struct Single {
    /// Its path of ids in that file.
    pub path: String,
    /// The name of the record that it belongs to, if it is in a list.
    pub of: Option<String>,
    /// The value; of a record, its name.
    pub said: Said,
    /// How many values stand there: more than one where it is a record.
    pub values: usize,
}

/// A fact that is in both files and says something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// Its path of ids in the later file.
    pub path: String,
    /// The name of the record that it belongs to, if it is in a list.
    pub of: Option<String>,
    /// Last time.
    pub last: Said,
    /// Now.
    pub this: Said,
}

/// A fact that looks as if it should have been brought up to date and was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its path of ids in the later file.
    pub path: String,
    /// The name of the record that it belongs to, if it is in a list.
    pub of: Option<String>,
    /// The value in the later file.
    pub this: Said,
    /// Where the earlier file says so.
    pub last: Place,
    /// What makes it look so.
    pub why: Text,
    /// Whether it is most likely out of date, not only worth a look.
    pub sure: bool,
}

/// What two files have to do with each other, each list in the order of the later file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// In both, with another value.
    pub changed: Vec<Differing>,
    /// Only in the later file.
    pub added: Vec<Single>,
    /// Only in the earlier file.
    pub removed: Vec<Single>,
    /// Not brought up to date, the surer ones first.
    pub kept: Vec<Kept>,
    /// 上年 of indicators, where it is not the value of the earlier file.
    pub restated: Vec<Differing>,
    /// How many values are the same and give no reason to doubt them.
    pub same: usize,
}

/// Compares last year's facts with this year's.
#[must_use]
pub fn diff(last: &Facts, this: &Facts) -> Difference {
    let mut compare = Compare { years: years_of(last), out: Difference::default() };
    compare.records("", &last.root, &this.root, None);
    compare.out.kept.sort_by_key(|kept| !kept.sure);
    compare.out
}

/// Years that an earlier file speaks of as its own: that of its latest date, and the one before.
fn years_of(facts: &Facts) -> Option<[u16; 2]> {
    let dates = facts.leaves().into_iter().filter_map(|(_, fact)| match fact.value {
        Value::Date(date) => Some(date.year),
        _ => None,
    });
    dates.max().map(|year| [year, year.saturating_sub(1)])
}

struct Compare {
    years: Option<[u16; 2]>,
    out: Difference,
}

impl Compare {
    fn records(&mut self, path: &str, last: &Record, this: &Record, of: Option<&str>) {
        let under = |id: &str| if path.is_empty() { id.to_owned() } else { format!("{path}.{id}") };
        for (id, fact) in this {
            self.facts(&under(id), last.get(id), Some(fact), of);
        }
        for (id, fact) in last.iter().filter(|(id, _)| !this.contains_key(*id)) {
            self.facts(&under(id), Some(fact), None, of);
        }
    }

    fn facts(&mut self, path: &str, last: Option<&Fact>, this: Option<&Fact>, of: Option<&str>) {
        let stated = |fact: Option<&Fact>| fact.is_some_and(|f| !f.value.is_missing());
        match (last, this) {
            (Some(last), Some(this)) if stated(Some(last)) && stated(Some(this)) => {
                self.both(path, last, this, of);
            }
            (Some(last), _) if stated(Some(last)) => {
                let found = singles(path, last, of);
                self.out.removed.extend(found);
            }
            (_, Some(this)) if stated(Some(this)) => {
                let found = singles(path, this, of);
                self.out.added.extend(found);
            }
            _ => {}
        }
    }

    fn both(&mut self, path: &str, last: &Fact, this: &Fact, of: Option<&str>) {
        match (&last.value, &this.value) {
            (Value::Record(l), Value::Record(t)) => self.records(path, l, t, of),
            (Value::List(l), Value::List(t)) => self.lists(path, l, t, of),
            (l, t) => match (words(l), words(t)) {
                (Some(old), Some(new)) => {
                    self.values(path, of, (old, last), (new, this));
                    if let (Value::Figure(l), Value::Figure(t)) = (l, t) {
                        self.records(path, &l.parts, &t.parts, of);
                    }
                }
                _ => {
                    self.facts(path, Some(last), None, of);
                    self.facts(path, None, Some(this), of);
                }
            },
        }
    }

    fn values(&mut self, path: &str, of: Option<&str>, last: (String, &Fact), this: (String, &Fact)) {
        let own = of.map(str::to_owned);
        let doubt = if last.0 == this.0 {
            self.why_kept(path, of, &this.0, &this.1.value)
        } else {
            // A date that was changed was changed as a whole.
            let prose = !matches!(this.1.value, Value::Date(_));
            self.half_changed(&last.0, &this.0).filter(|_| prose).map(|why| (why, true))
        };
        let changed = last.0 != this.0;
        let said = Said { value: this.0, at: this.1.at.clone() };
        match doubt {
            Some((why, sure)) => self.out.kept.push(Kept {
                path: path.to_owned(),
                of: own.clone(),
                this: said.clone(),
                last: last.1.at.clone(),
                why,
                sure,
            }),
            None if !changed => self.out.same += 1,
            None => {}
        }
        if changed {
            let last = Said { value: last.0, at: last.1.at.clone() };
            self.out.changed.push(Differing { path: path.to_owned(), of: own, last, this: said });
        }
    }

    fn lists(&mut self, path: &str, last: &[Fact], this: &[Fact], of: Option<&str>) {
        let names = |items: &[Fact]| -> Vec<Option<String>> {
            let name = |fact: &Fact| (!fact.value.is_missing()).then(|| without_years(&name_of(fact)));
            items.iter().map(name).collect()
        };
        let partners = partners(&names(last), &names(this));
        let mut taken = vec![false; last.len()];
        partners.iter().flatten().for_each(|&index| taken[index] = true);
        let partner = partners.into_iter().map(|index| last.get(index?));
        for (index, (fact, partner)) in this.iter().zip(partner).enumerate() {
            let path = format!("{path}[{index}]");
            let name = name_of(fact);
            match (&fact.value, partner) {
                (_, Some(_)) => {
                    let of = if let Value::Record(_) = fact.value { Some(name.as_str()) } else { of };
                    if let Some(partner) = partner {
                        self.out.restated.extend(restated(&path, partner, fact));
                    }
                    self.facts(&path, partner, Some(fact), of);
                }
                _ => self.out.added.extend(whole(&path, fact, of)),
            }
        }
        for (index, fact) in
            last.iter().enumerate().filter(|(index, f)| !taken[*index] && !f.value.is_missing())
        {
            self.out.removed.extend(whole(&format!("{path}[{index}]"), fact, of));
        }
    }

    /// Why a value that is the same in both files looks out of date, and whether that is likely.
    fn why_kept(&self, path: &str, of: Option<&str>, words: &str, value: &Value) -> Option<(Text, bool)> {
        if matches!(value, Value::Flag(_)) {
            return None;
        }
        let in_list = steps(path).any(|s| matches!(s, Step::Index(_)));
        if let Value::Date(_) = value {
            // A policy keeps its date; a meeting does not.
            return Some((Text::fixed("日期和上一份一样", "the same date as last time"), !in_list));
        }
        if let Some(year) = self.old_year(words) {
            return Some((
                text!("还写着{year}年", "still speaks of {year}"),
                self.years.is_some() && !words.contains('〔'),
            ));
        }
        let found = numbers(words);
        // A document's number (云办发〔2026〕1号) holds figures that nothing counts.
        if found.is_empty() || words.contains('〔') || of == Some(words) {
            return None;
        }
        if let Some(word) = RELATIVE.iter().find(|word| words.contains(**word)) {
            return Some((
                text!(
                    "“{word}”说的已经不是同一段时间，数字却和上一份一样",
                    "“{word}” means another time now, yet the figures are those of last time"
                ),
                true,
            ));
        }
        // Counts of towns may well stay; what is measured to a decimal hardly ever does.
        let measured = found.iter().any(|number| number.contains('.'));
        Some((Text::fixed("数字和上一份一样", "the same figure as last time"), measured))
    }

    /// Why a value that was changed looks as if only half of it was.
    fn half_changed(&self, last: &str, this: &str) -> Option<Text> {
        let (old, new) = (numbers(last), numbers(this));
        let (old_years, new_years) = (years(last), years(this));
        if !new.is_empty() && old == new && old_years != new_years && !new_years.is_empty() {
            return Some(Text::fixed("年份改了，数字没有改", "the year was changed, the figures were not"));
        }
        let year = self.old_year(this).filter(|_| old != new && old_years == new_years)?;
        Some(text!("数字改了，年份还是{year}年", "the figures were changed, the year is still {year}"))
    }

    /// A year in the words that was the earlier file's own, or the one before.
    fn old_year(&self, words: &str) -> Option<u16> {
        let own = |year: &u16| self.years.is_none_or(|years| years.contains(year));
        years(words).into_iter().find(own)
    }
}

/// Where 上年 of an indicator is another figure than its value in the earlier file. Only of indicators of
/// one name and of years that follow each other, and where both say one figure in one unit.
fn restated(path: &str, last: &Fact, this: &Fact) -> Option<Differing> {
    let (Value::Record(old), Value::Record(new)) = (&last.value, &this.value) else { return None };
    let (value, prev) = (old.get("value")?, new.get("prev")?);
    let year =
        |record: &Record| record.get("year").and_then(|f| words(&f.value)?.get(..4)?.parse::<u16>().ok());
    if let (Some(old), Some(new)) = (year(old), year(new))
        && old + 1 != new
    {
        return None;
    }
    let name = name_of(this);
    if !path.starts_with("indicators[") || without_years(&name_of(last)) != without_years(&name) {
        return None;
    }
    // The unit may stand in a field of its own.
    let said = |fact: &Fact, record: &Record| {
        let text = fact.value.text()?;
        let unit = record.get("unit").and_then(|f| words(&f.value)).unwrap_or_default();
        let is_bare = text.ends_with(|c: char| c.is_ascii_digit());
        Some(if is_bare { format!("{text}{unit}") } else { text })
    };
    let (before, now) = (said(value, old)?, said(prev, new)?);
    let (was, is) = (figures::figures(&before), figures::figures(&now));
    let ([was], [is]) = (&was[..], &is[..]) else { return None };
    let is_negative = |text: &str| text.starts_with(['-', '−']);
    if was.unit != is.unit || was.same(is) && is_negative(&before) == is_negative(&now) {
        return None;
    }
    Some(Differing {
        path: format!("{path}.prev"),
        of: Some(name),
        last: Said { value: before, at: value.at.clone() },
        this: Said { value: now, at: prev.at.clone() },
    })
}

/// The part of two long values in which they differ, with a few characters round it, and … where they
/// are cut; no figure is cut through. Values without anything in common are given whole.
#[must_use]
pub fn differing_part(last: &str, this: &str) -> [String; 2] {
    /// Characters that are kept on either side.
    const AROUND: usize = 6;
    let (old, new): (Vec<char>, Vec<char>) = (last.chars().collect(), this.chars().collect());
    let shorter = old.len().min(new.len());
    let mut head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut tail =
        old.iter().rev().zip(new.iter().rev()).take(shorter - head).take_while(|(a, b)| a == b).count();
    let in_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%');
    while head > 0 && in_figure(old[head - 1]) {
        head -= 1;
    }
    while tail > 0 && in_figure(old[old.len() - tail]) {
        tail -= 1;
    }
    let mut from = head.saturating_sub(AROUND);
    while from > 0 && in_figure(old[from]) && in_figure(old[from - 1]) {
        from -= 1;
    }
    let part = |all: &[char]| {
        let mut to = (all.len() - tail + AROUND).min(all.len());
        while to < all.len() && in_figure(all[to]) && in_figure(all[to - 1]) {
            to += 1;
        }
        let dots = |cut: bool| if cut { "…" } else { "" };
        let middle: String = all[from..to].iter().collect();
        format!("{}{middle}{}", dots(from > 0), dots(to < all.len()))
    };
    [part(&old), part(&new)]
}

/// Words that mean another time in another year.
const RELATIVE: &[&str] =
    &["去年", "上年", "今年", "本年", "年初", "上半年", "下半年", "季度", "上月", "本月", "目前", "截至"];

/// The value as a sentence takes it, flags as 是 and 否; `None` for lists and records.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Flag(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        other => other.text(),
    }
}

/// What a list's item is known by: its words, or the first words of its record.
fn name_of(fact: &Fact) -> String {
    match &fact.value {
        Value::Record(record) => record.values().find_map(|f| words(&f.value)).unwrap_or_default(),
        other => words(other).unwrap_or_default(),
    }
}

/// An item that is in one list only, as one entry; `None` if it says nothing.
fn whole(path: &str, fact: &Fact, of: Option<&str>) -> Option<Single> {
    let all = singles(path, fact, of);
    let first = all.first()?;
    let said = Said { value: name_of(fact), at: first.said.at.clone() };
    Some(Single { path: path.to_owned(), of: of.map(str::to_owned), said, values: all.len() })
}

fn singles(path: &str, fact: &Fact, of: Option<&str>) -> Vec<Single> {
    let root = Record::from([(String::new(), fact.clone())]);
    let facts = Facts { root, notes: Vec::new() };
    let leaves = facts.leaves().into_iter();
    leaves
        .filter_map(|(below, leaf)| {
            let said = Said { value: words(&leaf.value)?, at: leaf.at.clone() };
            Some(Single { path: format!("{path}{below}"), of: of.map(str::to_owned), said, values: 1 })
        })
        .collect()
}

/// The years in running words, those in titles and document numbers left out.
fn years(words: &str) -> Vec<u16> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let chars: Vec<char> = words.trim().chars().collect();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '《' | '〔' => depth += 1,
            '》' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let digits: String = chars.iter().skip(at).take(4).collect();
        let before = at.checked_sub(1).map(|b| chars[b]);
        let after = chars.get(at + 4);
        if depth == 0
            && digits.len() == 4
            && (digits.starts_with("19") || digits.starts_with("20"))
            && before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.')
            // Alone it is a year in a field for years.
            && (after == Some(&'年') || chars.len() == 4)
            && let Ok(year) = digits.parse()
        {
            found.push(year);
        }
    }
    found
}

fn without_years(words: &str) -> String {
    let mut out = words.to_owned();
    for year in years(words) {
        out = out.replace(&year.to_string(), "");
    }
    out
}

/// The figures of a text as written, with their units; years, months and days left out.
fn numbers(words: &str) -> Vec<&str> {
    let is_year = |f: &figures::Figure| {
        let digits = &words[f.digits.clone()];
        digits.len() == 4
            && (digits.starts_with("19") || digits.starts_with("20"))
            && (f.unit == "年" || digits.len() == words.trim().len())
    };
    let is_date = |f: &figures::Figure| matches!(f.unit, "月" | "日") || is_year(f);
    figures::figures(words).iter().filter(|f| !is_date(f)).map(|f| &words[f.range.clone()]).collect()
}

#[cfg(test)]
mod tests {
    use super::diff;
    use crate::model::facts::load;

    fn told(last: &str, this: &str) -> Vec<String> {
        let difference = diff(&load("去年.yaml", last).unwrap(), &load("今年.yaml", this).unwrap());
        let mut out = Vec::new();
        out.extend(
            difference.changed.iter().map(|c| format!("{} {} → {}", c.path, c.last.value, c.this.value)),
        );
        out.extend(difference.added.iter().map(|s| format!("+ {} {}", s.path, s.said.value)));
        out.extend(difference.removed.iter().map(|s| format!("- {} {}", s.path, s.said.value)));
        out.extend(difference.kept.iter().map(|k| {
            format!("{} {} {}：{}", if k.sure { "!" } else { "?" }, k.path, k.this.value, k.why.zh)
        }));
        out.push(format!("= {}", difference.same));
        out
    }

    #[test]
    fn records_are_matched_by_name_whatever_their_order_and_year() {
        let last = "指标:\n- {名称: 2025年粮食产量, 值: 12.0万吨}\n- {名称: 财政收入, 值: 5.60亿元}\n";
        let this = "指标:\n- {名称: 财政收入, 值: 5.92亿元}\n- {名称: 2026年粮食产量, 值: 12.3万吨}\n- {名称: 旅游收入, 值: 3亿元}\n";
        insta::assert_debug_snapshot!(told(last, this));
    }

    #[test]
    fn what_should_have_changed_and_did_not_is_told() {
        let last = "会议: {日期: 2025-03-05, 名称: 推进会}\n地区: {名称: 云岭县, 面积: 2140平方公里, 人口: 31.6万人}\n工作: {进展: [去年新建户厕4200座, 2024年改造农房300户, 建成《2025年规划》], 差距: 到2035年全覆盖, 监督电话: 0000-12345}\n依据: [{名称: 行动方案, 文号: 南办发〔2025〕8号, 日期: 2024-11}]\n";
        let this = last.replace("2025-03-05", "2026-03-06").replace("2024年改造", "2025年改造");
        insta::assert_debug_snapshot!(told(last, &this));
    }

    #[test]
    fn facts_that_came_and_went_are_listed_and_blanks_are_not() {
        let last = "会议: {名称: 推进会, 地点: 三楼, 主持人: }\n";
        let this =
            "会议: {名称: 推进会, 通报人: 周明达, 地点: 待定}\n任务: [{名称: 抓好甲, 牵头单位: 县水务局}]\n";
        insta::assert_debug_snapshot!(told(last, this));
    }

    #[test]
    fn last_years_value_is_held_against_what_it_was() {
        let last = "指标:\n- {名称: 财政收入, 值: 5.60亿元, 年份: 2025}\n- {名称: 2025年粮食产量, 值: 12.0, 单位: 万吨}\n- {名称: 第一产业, 值: 7亿元}\n- {名称: 工业投资, 值: 8.6亿元}\n- {名称: 税收, 值: 3亿元, 年份: 2024}\n";
        let this = "指标:\n- {名称: 财政收入, 值: 5.92亿元, 上年: 5.58亿元, 年份: 2026}\n- {名称: 2026年粮食产量, 值: 12.3万吨, 上年: 11.8万吨}\n- {名称: 第二产业, 值: 9亿元, 上年: 8亿元}\n- {名称: 工业投资, 值: 9亿元, 上年: 86050万元}\n- {名称: 税收, 值: 4亿元, 上年: 5亿元, 年份: 2026}\n";
        let (last, this) = (load("去年.yaml", last).unwrap(), load("今年.yaml", this).unwrap());
        let told: Vec<_> = diff(&last, &this)
            .restated
            .into_iter()
            .map(|r| format!("{} {} {} {}", r.path, r.of.unwrap_or_default(), r.last.value, r.this.value))
            .collect();
        // 86050万元 may be 8.6亿元; 第二产业 is another one than 第一产业; 2024 is not the year before 2026.
        assert_eq!(
            told,
            [
                "indicators[0].prev 财政收入 5.60亿元 5.58亿元",
                "indicators[1].prev 2026年粮食产量 12.0万吨 11.8万吨"
            ]
        );
    }

    #[test]
    fn of_long_values_the_part_that_differs_is_shown() {
        let part = |last, this| super::differing_part(last, this).join(" → ");
        assert_eq!(
            part(
                "全县14个乡镇、168个行政村完成户厕改造4200座，管护经费列入预算",
                "全县14个乡镇、168个行政村完成户厕改造4850座，管护经费列入预算"
            ),
            "…完成户厕改造4200座，管护经费… → …完成户厕改造4850座，管护经费…"
        );
        assert_eq!(part("甲乙", "丙丁"), "甲乙 → 丙丁");
        assert_eq!(part("", "丙丁"), " → 丙丁");
        assert_eq!(part("好好好", "好好"), "好好好 → 好好");
    }

    #[test]
    fn diff_does_as_its_example_says() {
        use crate::model::facts::{diff::diff, load};
        let last = load("去年.yaml", "指标: [{名称: 财政收入, 值: 5.60亿元, 同比: 增长5.6%}]").unwrap();
        let this = load("今年.yaml", "指标: [{名称: 财政收入, 值: 5.92亿元, 同比: 增长5.6%}]").unwrap();
        let difference = diff(&last, &this);
        assert_eq!(difference.changed[0].this.value, "5.92亿元");
        assert_eq!(difference.kept[0].path, "indicators[0].yoy");
        assert!(difference.kept[0].sure);
    }
}
