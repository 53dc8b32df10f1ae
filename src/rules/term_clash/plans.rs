//! Five-year plans with the years of another: “十四五”时期（2016—2020年）, 比“十五五”末 in 2021.
//!
//! That a plan which is over is spoken of as the current one, `stale-time` tells.

use super::{Page, hit};
use crate::base::Text;
use crate::base::clause;
use crate::base::han::years_said;
use crate::base::lexicon::term_clash as lexicon;
use crate::model::Finding;
use crate::rules::reading::cue;
use crate::text;

const NUMERALS: &str = "一二三四五六";

const HELP: Text = Text::fixed("核对是哪个五年规划，改成一致", "see which plan is meant and make them agree");

pub(super) fn find(page: &Page<'_>) -> Vec<Finding> {
    let text = page.text;
    let mut found = Vec::new();
    for (at, ten) in text.match_indices('十') {
        let rest = &text[at + ten.len()..];
        let Some(n) = rest.chars().next().filter(|c| NUMERALS.contains(*c)) else { continue };
        let Some(rest) = rest[n.len_utf8()..].strip_prefix('五') else { continue };
        let marked = text[..at].ends_with(['“', '"']);
        let Some(rest) = rest.strip_prefix(['”', '"']).filter(|_| marked) else { continue };
        let Some(index) = NUMERALS.find(n).and_then(|i| u16::try_from(i / 3).ok()) else { continue };
        let first = 2006 + 5 * index;
        let start = at - '“'.len_utf8();
        let plan = Plan { start, end: text.len() - rest.len(), first, last: first + 4 };
        if !page.is_quoted(&(start..plan.end)) {
            found.extend(
                plan.years(page)
                    .or_else(|| plan.ahead(page))
                    .or_else(|| plan.stage(page))
                    .or_else(|| plan.heads(page)),
            );
        }
    }
    found.extend(march(page));
    found
}

/// A plan that is named, in its marks.
struct Plan {
    start: usize,
    end: usize,
    first: u16,
    last: u16,
}

impl Plan {
    fn name<'t>(&self, page: &Page<'t>) -> &'t str {
        &page.text[self.start..self.end]
    }

    fn hit(&self, page: &Page<'_>, end: usize, zh: &str, en: &str) -> Finding {
        let (first, last) = (self.first, self.last);
        let name = self.name(page);
        hit(
            self.start..end,
            text!("{name}是{first}—{last}年，{zh}", "{name} runs from {first} to {last}; {en}"),
            HELP,
        )
    }

    /// “十四五”时期（2016—2020年）.
    fn years(&self, page: &Page<'_>) -> Option<Finding> {
        let rest = &page.text[self.end..];
        let named =
            ["时期", "期间", "规划", "规划期"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let inner = named.strip_prefix(['（', '('])?;
        let close = inner.find(['）', ')'])?;
        let words = &inner[..close];
        let from: u16 = words.get(..4)?.parse().ok()?;
        let rest = words[4..].trim_start_matches(['年', '—', '–', '-', '－', '至', '~', '～']);
        let to: u16 = rest.get(..4)?.parse().ok()?;
        let wrong = rest.len() < words.len() - 4 && (from != self.first || to != self.last);
        let end = page.text.len() - named.len() + '（'.len_utf8() + close + '）'.len_utf8();
        wrong.then(|| {
            self.hit(
                page,
                end.min(page.text.len()),
                &format!("不是{from}—{to}年"),
                &format!("not from {from} to {to}"),
            )
        })
    }

    /// 是“十五五”期间的1.7倍: held against a time that is still to come.
    fn ahead(&self, page: &Page<'_>) -> Option<Finding> {
        let day = page.day.filter(|d| d.year < self.first)?;
        let rest = &page.text[self.end..];
        let part = ["期间", "时期", "末", "初", "期末"].iter().find(|w| rest.starts_with(**w))?;
        let (behind, near) = (clause::behind(page.text, self.start), clause::ahead(page.text, self.end, 1));
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
                page,
                self.end + part.len(),
                &format!("{year}年还没有到，不能拿来比"),
                &format!("it is still to come in {year}"),
            )
        })
    }

    /// 实现“十三五”良好开局 in 2021, “十二五”规划中期评估 in 2024.
    fn stage(&self, page: &Page<'_>) -> Option<Finding> {
        let year = page.day?.year;
        let rest = &page.text[self.end..];
        let rest = ["规划纲要", "规划", "的"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let sentence = &page.text[clause::sentence(page.text, self.start..self.end)];
        let said = years_said(sentence).any(|(_, y)| (self.first - 1..=self.last + 1).contains(&y));
        let past = said
            || cue::remembers(sentence)
            || ["过去", "五年来", "年来"].iter().any(|w| sentence.contains(w));
        let (word, at) = [
            ("良好开局", self.first),
            ("开局良好", self.first),
            ("开门红", self.first),
            ("中期评估", self.first + 2),
            ("中期调整", self.first + 2),
        ]
        .into_iter()
        .find(|(word, _)| rest.starts_with(word))?;
        // What was begun in a year is told in the next one or two.
        let far = year > at + 2 || year + 1 < at;
        let behind = clause::behind(page.text, self.start);
        let told = word.starts_with("中期")
            || ["实现", "确保", "力争", "夺取", "推动", "奋力"].iter().any(|w| behind.contains(w));
        (far && told && !past && self.last < year).then(|| {
            let end = page.text.len() - rest.len() + word.len();
            self.hit(
                page,
                end,
                &format!("同{year}年的“{word}”对不上"),
                &format!("its {word} is not of {year}"),
            )
        })
    }

    /// “十三五”时期主要目标任务: the heading of what is to be done, in a paper of the next plan.
    fn heads(&self, page: &Page<'_>) -> Option<Finding> {
        const LONGEST: usize = 26;
        let year = page.day?.year;
        let start = page.text[..self.start].rfind('\n').map_or(0, |i| i + 1);
        let line = page.text[start..].lines().next().unwrap_or_default().trim();
        let short = line.chars().count() <= LONGEST && !line.contains(['。', '，', '；', '：']);
        // The first line is the title.
        let opens = !page.text[..start].trim().is_empty();
        let done = ["完成", "回顾", "情况", "成就", "成绩"].iter().any(|w| line.contains(w));
        (short && opens && self.last < year && !done && lexicon::AIMS.iter().any(|w| line.ends_with(w))).then(
            || {
                self.hit(
                    page,
                    self.end,
                    "已经过去，不是今后的目标",
                    "it is over, and no aim of what is to come",
                )
            },
        )
    }
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
