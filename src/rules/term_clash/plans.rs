//! Five-year plans with the years of another: 2021年是“十三五”开局之年, “十四五”时期（2016—2020年）, 比“十五五”末
//! in 2021.
//!
//! That a plan which is over is spoken of as the current one, `stale-time` tells.

use std::ops::Range;

use super::{Page, hit};
use crate::base::Text;
use crate::base::clause;
use crate::base::han::years_said;
use crate::base::lexicon::term_clash as lexicon;
use crate::model::Finding;
use crate::rules::reading::cue;
use crate::rules::reading::five_years::{self, Plan, key_year};
use crate::text;

const HELP: Text = Text::fixed("核对是哪个五年规划，改成一致", "see which plan is meant and make them agree");

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let plans = five_years::plans(page.text);
    let mut found = Vec::new();
    for plan in &plans {
        let told = Told { page, plan };
        if let Some(hit) = told.years() {
            found.push(hit);
        } else if !page.is_quoted(&plan.range) {
            found.extend(told.key_year().or_else(|| told.ends()).or_else(|| told.until()));
            // What follows is said of a plan in its marks only.
            if plan.marked {
                found.extend(told.ahead().or_else(|| told.stage()).or_else(|| told.heads()));
            }
        }
    }
    found.extend(plans.windows(2).filter_map(|pair| follows(page, &pair[0], &pair[1])));
    found.extend(plans.windows(2).filter_map(|pair| turned(page, &pair[0], &pair[1])));
    found.extend(march(page));
    found
}

/// A plan that the page names.
struct Told<'a> {
    page: &'a Page<'a>,
    plan: &'a Plan,
}

/// The words without what joins two years.
fn past_joint(words: &str) -> &str {
    words.trim_start_matches(['年', '—', '–', '-', '－', '至', '到', '~', '～', '─', '―'])
}

/// A span of years at the head of words, 2016—2020年: both, and the bytes.
fn span(words: &str) -> Option<(u16, u16, usize)> {
    let from: u16 = words.get(..4)?.parse().ok()?;
    let rest = past_joint(&words[4..]);
    let to: u16 = rest.get(..4)?.parse().ok()?;
    let joined = rest.len() < words.len() - 4;
    let end = words.len() - rest.len() + 4;
    let end = end + if words[end..].starts_with('年') { '年'.len_utf8() } else { 0 };
    (joined && (1980..2100).contains(&from) && to < 2100).then_some((from, to, end))
}

/// A year of four digits at the head of words.
fn year(words: &str) -> Option<u16> {
    words.get(..4)?.parse().ok().filter(|y| (1980..2100).contains(y) && words[4..].starts_with('年'))
}

impl Told<'_> {
    fn hit(&self, range: Range<usize>, zh: &str, en: &str) -> Finding {
        let (first, last, name) = (self.plan.first, self.plan.last, self.plan.name());
        hit(range, text!("{name}是{first}—{last}年，{zh}", "{name} runs from {first} to {last}; {en}"), HELP)
    }

    /// The words behind the plan, from its name on.
    fn rest(&self) -> &str {
        &self.page.text[self.plan.range.end..]
    }

    /// 2021年是“十三五”开局之年.
    fn key_year(&self) -> Option<Finding> {
        let told = key_year(self.page.text, self.plan, self.page.day)
            .filter(|told| !told.fits && !told.is_left_over(self.plan))?;
        let (year, said) = (told.year, told.said);
        let end = self.plan.range.end + said.len();
        Some(self.hit(
            self.plan.range.start..end,
            &format!("{year}年不是它的“{said}”"),
            &format!("{year} is not the year of it that this says"),
        ))
    }

    /// “十四五”时期（2016—2020年）, 2016—2020年“十四五”期间; in a title too.
    fn years(&self) -> Option<Finding> {
        let (text, plan) = (self.page.text, self.plan);
        let rest = self.rest();
        let named = lexicon::PERIODS
            .iter()
            .filter_map(|w| rest.strip_prefix(w))
            .min_by_key(|r| r.len())
            .unwrap_or(rest);
        let said = named.strip_prefix(['（', '(', '即']).or_else(|| named.strip_prefix("，即"));
        if let Some((from, to, len)) = said.and_then(span) {
            // （2021—2035年）: a plan and what lies beyond it.
            let wrong = from != plan.first || to != plan.last && to != 2035;
            let end = text.len() - said?.len() + len;
            let end = end
                + if text[end..].starts_with(['）', ')']) {
                    text[end..].chars().next()?.len_utf8()
                } else {
                    0
                };
            return wrong.then(|| self.not(plan.range.start..end, from, to));
        }
        let head = text[..plan.range.start].trim_end_matches(['（', '(', '的', '即', '，']);
        let line = &head[head.char_indices().rev().nth(11).map_or(0, |(at, _)| at)..];
        let at = line.find(|c: char| c.is_ascii_digit())?;
        let (from, to, len) = span(&line[at..]).filter(|(.., len)| at + len == line.len())?;
        let period =
            ["期间", "时期", "规划期"].iter().any(|w| rest.starts_with(w)) || rest.starts_with(['）', ')']);
        let whole = head.len() - len..plan.range.end;
        (period && plan.last - plan.first == to.checked_sub(from)? && from != plan.first)
            .then(|| self.not(whole, from, to))
    }

    fn not(&self, range: Range<usize>, from: u16, to: u16) -> Finding {
        self.hit(range, &format!("不是{from}—{to}年"), &format!("not from {from} to {to}"))
    }

    /// “十四五”末（2020年）, 到2030年，即“十四五”末, “十三五”末的2025年, “十四五”收官的2026年.
    fn ends(&self) -> Option<Finding> {
        let (text, plan) = (self.page.text, self.plan);
        let rest = self.rest();
        let named =
            ["规划期", "规划", "时期", "期"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let (word, due) = lexicon::ENDS.iter().find(|(w, _)| named.starts_with(w))?;
        let due = if *due == 0 { plan.first } else { plan.last };
        let behind = &named[word.len()..];
        let after = behind.trim_start_matches(['（', '(', '的', '即', '，', ',']);
        let joined =
            after.len() < behind.len() && !behind.starts_with(['，', ',']) || behind.starts_with("，即");
        let end = text.len() - behind.len();
        let (said, range) = if let Some(said) = joined.then(|| year(after)).flatten() {
            (said, plan.range.start..text.len() - after.len() + "2026年".len())
        } else {
            let head = &text[..plan.range.start];
            let bare = head.trim_end_matches(['（', '(', '即', '，', ',']);
            let joined = head.ends_with(['（', '(', '即']) && bare.ends_with('年');
            let from = bare.len().checked_sub("2026年".len()).filter(|_| joined)?;
            (year(bare.get(from..)?)?, from..end)
        };
        // The beginning of a plan is held against the end of the one before.
        let fits = said == due || due == plan.first && said + 1 == due;
        (!fits).then(|| {
            self.hit(range, &format!("{said}年不是它的{word}"), &format!("{said} is not its {word}"))
        })
    }

    /// “十四五”时期，力争到2020年建成: a plan that is to be reached before it begins.
    fn until(&self) -> Option<Finding> {
        let (text, plan) = (self.page.text, self.plan);
        let rest = ["时期", "期间"].iter().find_map(|w| self.rest().strip_prefix(w))?;
        let from = text.len() - rest.len();
        let ahead = clause::ahead(text, from, 2);
        let (at, said) = years_said(ahead).next()?;
        let led = ahead[..at].ends_with('到') && !ahead[..at].contains(['从', '自', '比', '较']);
        let aims =
            cue::plans(ahead) || ["实现", "建成", "达到", "达"].iter().any(|w| ahead[at..].contains(w));
        let wrong = led && aims && !cue::reports(ahead) && said < plan.first && said + 10 >= plan.first;
        let range = plan.range.start..from + at + "2026年".len();
        wrong.then(|| {
            self.hit(range, &format!("到{said}年还没有开始"), &format!("in {said} it has not begun"))
        })
    }

    /// 是“十五五”期间的1.7倍: held against a time that is still to come.
    fn ahead(&self) -> Option<Finding> {
        let (page, plan) = (self.page, self.plan);
        let day = page.day.filter(|d| d.year < plan.first)?;
        let rest = self.rest();
        let part = ["期间", "时期", "末", "初", "期末"].iter().find(|w| rest.starts_with(**w))?;
        let behind = clause::behind(page.text, plan.range.start);
        let near = clause::ahead(page.text, plan.range.end, 1);
        let compared =
            near.starts_with(&format!("{part}的")) && near.contains('倍') && behind.ends_with('是')
                || behind.ends_with(['比', '较'])
                    && (near.contains("增长")
                        || near.contains("提高")
                        || near.contains("下降")
                        || near.contains("增加"));
        let year = day.year;
        compared.then(|| {
            self.hit(
                plan.range.start..plan.range.end + part.len(),
                &format!("{year}年还没有到，不能拿来比"),
                &format!("it is still to come in {year}"),
            )
        })
    }

    /// 实现“十三五”良好开局 in 2021, “十二五”规划中期评估 in 2024.
    fn stage(&self) -> Option<Finding> {
        let (page, plan) = (self.page, self.plan);
        let year = page.day?.year;
        let rest = self.rest();
        let rest = ["规划纲要", "规划", "的"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let sentence = &page.text[clause::sentence(page.text, plan.range.clone())];
        let said = years_said(sentence).any(|(_, y)| (plan.first - 1..=plan.last + 1).contains(&y));
        let past = said
            || cue::remembers(sentence)
            || ["过去", "五年来", "年来"].iter().any(|w| sentence.contains(w));
        let (word, at) = [
            ("良好开局", plan.first),
            ("开局良好", plan.first),
            ("开门红", plan.first),
            ("中期评估", plan.first + 2),
            ("中期调整", plan.first + 2),
        ]
        .into_iter()
        .find(|(word, _)| rest.starts_with(word))?;
        // What was begun in a year is told in the next one or two.
        let far = year > at + 2 || year + 1 < at;
        let behind = clause::behind(page.text, plan.range.start);
        let told = word.starts_with("中期")
            || ["实现", "确保", "力争", "夺取", "推动", "奋力"].iter().any(|w| behind.contains(w));
        (far && told && !past && plan.last < year).then(|| {
            let end = page.text.len() - rest.len() + word.len();
            self.hit(
                plan.range.start..end,
                &format!("同{year}年的“{word}”对不上"),
                &format!("its {word} is not of {year}"),
            )
        })
    }

    /// “十三五”时期主要目标任务: the heading of what is to be done, in a paper of the next plan.
    fn heads(&self) -> Option<Finding> {
        const LONGEST: usize = 26;
        let (page, plan) = (self.page, self.plan);
        let year = page.day?.year;
        let whole = clause::line(page.text, plan.range.clone());
        let start = whole.start;
        // A line in which very many plans stand is not looked through for each.
        if whole.len() > 12 * LONGEST {
            return None;
        }
        let line = page.text[whole].trim();
        let short = line.chars().count() <= LONGEST && !line.contains(['。', '，', '；', '：']);
        // The first line is the title.
        let opens = !page.text[..start].trim().is_empty();
        let done = ["完成", "回顾", "情况", "成就", "成绩"].iter().any(|w| line.contains(w));
        (short && opens && plan.last < year && !done && lexicon::AIMS.iter().any(|w| line.ends_with(w))).then(
            || {
                self.hit(
                    plan.range.clone(),
                    "已经过去，不是今后的目标",
                    "it is over, and no aim of what is to come",
                )
            },
        )
    }
}

/// “十三五”圆满收官、“十五五”开局起步: what ends and what begins follow on each other.
fn follows(page: &Page<'_>, one: &Plan, next: &Plan) -> Option<Finding> {
    /// Characters between the two.
    const NEAR: usize = 30;
    let between = page.text.get(one.range.end..next.range.start)?;
    if one.last + 1 == next.first || between.len() > 3 * NEAR {
        return None;
    }
    let behind = clause::ahead(page.text, next.range.end, 1);
    let begins = behind.trim_start_matches("规划").trim_start_matches('的');
    let starts = lexicon::BEGINS.iter().any(|w| begins.starts_with(w))
        || clause::behind(page.text, next.range.start).ends_with("开启");
    let ends = lexicon::CLOSES.iter().any(|w| between.contains(w));
    let near = between.chars().count() <= NEAR && !between.contains(['。', '；', '\n']);
    let apart = one.numeral != next.numeral;
    let range = one.range.start..next.range.end;
    (near && ends && starts && apart && !page.is_quoted(&range)).then(|| {
        let (name, other) = (one.name(), next.name());
        let message = text!("{name}之后不是{other}", "{other} is not the plan after {name}");
        hit(range, message, HELP)
    })
}

/// 决胜“十五五”、谋划“十四五”: what ends stands for what begins.
fn turned(page: &Page<'_>, one: &Plan, next: &Plan) -> Option<Finding> {
    let between = page.text.get(one.range.end..next.range.start)?;
    let before = &page.text[..one.range.start];
    let ends = ["决胜", "收官", "圆满收官", "决战", "冲刺"].iter().any(|w| before.ends_with(w));
    let bare = ["规划", "圆满"].iter().fold(between, |rest, w| rest.trim_start_matches(w));
    let verb = bare.strip_prefix(['、', '，', '和'])?;
    let starts = ["谋划", "谋篇", "布局", "开启", "谋划好", "起步", "编制"].contains(&verb);
    let range = one.range.start..next.range.end;
    (ends && starts && one.last >= next.first && !page.is_quoted(&range)).then(|| {
        let (name, other) = (one.name(), next.name());
        let message = text!(
            "{other}在{name}之前，像是写颠倒了",
            "{other} comes before {name}; they seem to have changed places"
        );
        hit(range, message, HELP)
    })
}

/// 向第二个百年奋斗目标进军的第三个五年: the 14th plan was the first of these.
fn march(page: &Page<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, words) in page.text.match_indices("奋斗目标进军的第") {
        let rest = &page.text[at + words.len()..];
        let Some(n) = rest.chars().next().filter(|_| rest.chars().nth(1) == Some('个')) else { continue };
        let Some(year) = page.day.map(|d| d.year) else { continue };
        let due = if year <= 2025 { '一' } else { '二' };
        let five = rest[n.len_utf8() + '个'.len_utf8()..].starts_with("五年");
        let ok = n == due || n == '一' && year <= 2027 || n == '二' && year >= 2025;
        if five && !ok {
            let start = at + words.len() - '第'.len_utf8();
            let range = start..at + words.len() + n.len_utf8() + "个五年".len();
            let said = &page.text[range.clone()];
            let message = text!(
                "“{said}”：“十四五”是第一个五年，“十五五”是第二个",
                "“{said}”: the 14th plan was the first, the 15th is the second"
            );
            found.push(hit(range, message, HELP));
        }
    }
    found
}
