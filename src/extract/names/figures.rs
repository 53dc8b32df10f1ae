//! Figures: by what is counted, or what they are said of; and passages, by what they stand under.

use super::around::Around;
use super::call::LONGEST;
use super::words::{first_words, is_joint, is_pause, last_words, tail, verb};
use crate::base::blank;
use crate::base::han::{self, is_han, is_numeral};
use crate::base::lexicon::extract as lexicon;
use crate::extract::slot::{Slot, is_labelled};
use crate::rules::counted;
use crate::rules::placeholder::Notation;

impl Around<'_> {
    /// `恢复到x年`: 恢复到年份.
    pub(super) fn with_left(&self, what: &str) -> String {
        let left = tail(self.left());
        let count = left.chars().count();
        if (2..=4).contains(&count) { format!("{left}{what}") } else { what.to_owned() }
    }

    pub(super) fn ordinal(&self) -> String {
        let right = self.right();
        let unit = blank::before(right).map_or("", |(_, word)| word);
        let noun = noun(&right[unit.len()..]);
        format!("第几{unit}{noun}")
    }

    /// A figure: by what it is said of before it, and what is counted behind it.
    pub(super) fn figure(&self) -> String {
        let (unit, behind) = self.unit();
        let before = key_words(self.before_row());
        if before.ends_with('第') {
            return self.rank();
        }
        if let Some(named) = self.listed().or_else(|| self.growth(&before)).or_else(|| self.moved(&before)) {
            return named;
        }
        let name = self.sized(counted(&before));
        let noun = noun(behind);
        let count = |words: &str| words.chars().count();
        if let Some((_, of)) = lexicon::SPANS.iter().find(|(word, _)| unit == *word) {
            // 医院二期 is a part of what stands before, 三年行动计划 and 三次到现场 are told by what follows.
            let ahead = unit != "期" && !name.ends_with("连续") || name.is_empty();
            let thing = if ahead && !noun.is_empty() { noun } else { &name };
            return format!("{thing}{}", of[0]);
        }
        let counts = lexicon::CLASSIFIERS.contains(&unit);
        if !noun.is_empty() && !noun.contains("同志") && (counts || count(&name) <= 2) {
            let left = if (2..=4).contains(&count(&name)) && !noun.contains(name.as_str()) {
                name.as_str()
            } else {
                ""
            };
            let what = match unit {
                _ if counts => "数",
                "%" | "％" => "比例",
                "" | "元" | "万元" | "亿元" => "规模",
                _ => "",
            };
            return format!("{left}{noun}{what}");
        }
        match unit {
            "位" | "名" if verb(behind).is_some() => format!("{}人数", self.person()),
            "%" | "％" if name.starts_with('占') => format!("{name}比例"),
            // 预期增长7%，完成6.8%.
            _ if matches!(&*name, "完成" | "实现") => {
                format!("{}{name}", self.topic().unwrap_or_default())
            }
            _ if count(&name) >= 2 => name,
            "%" | "％" => "比例".to_owned(),
            "人" | "名" | "位" | "万人" | "人次" | "万人次" => "人数".to_owned(),
            "元" | "万元" | "亿元" => "金额".to_owned(),
            // 35个（4400户）, 甲18家和33家: what stood before it says what it is.
            _ if name.is_empty() => {
                self.topic().filter(|_| before.is_empty()).unwrap_or_else(|| "数字".to_owned())
            }
            _ => format!("{name}数"),
        }
    }

    /// 新开工项目 of 新开工500万元以上项目, where the name alone is as good as none.
    fn sized(&self, name: String) -> String {
        let sized =
            ["以上", "以下"].iter().any(|w| self.before_row().starts_with(w)) && name.chars().count() <= 2;
        let Some(index) = self.index.checked_sub(1).filter(|_| sized) else { return name };
        let around = Around { index, ..*self };
        format!("{}{name}", counted(&key_words(around.before_row())))
    }

    /// Of 居全省第3 what holds the rank.
    pub(super) fn rank(&self) -> String {
        let topic = self.topic().unwrap_or_default();
        let topic = &topic[..counted::grown(&topic).unwrap_or(topic.len())];
        format!("{}位次", if lexicon::VAGUE.contains(&topic) { "" } else { topic })
    }

    /// Of 甲、乙分别增长11%、12% the thing that this figure is of.
    fn listed(&self) -> Option<String> {
        let (at, behind) = self.slot().row;
        let before = self.before_row();
        let clause = before.rsplit(['，', '。', '；', '：', '！', '？', ',', ';', ':']).next()?;
        let (things, verb) = clause.rsplit_once("分别")?;
        let things: Vec<&str> = things.split(['、', '和', '与']).collect();
        let thing = things.get(things.len().checked_sub(at + behind + 1)? + at)?;
        let thing = counted(&key_words(counted::subject(thing)));
        let verb = key_words(verb);
        let grown = counted::grown(&verb).map_or("", |from| &verb[from..]);
        (at + behind > 0 && thing.chars().count() >= 2).then(|| format!("{thing}{grown}"))
    }

    /// Of 从18家增至33家 what the second is of: the first and the verb.
    fn moved(&self, before: &str) -> Option<String> {
        let to = before.ends_with(['到', '至', '达']) && counted::name(before, 0..before.len()).is_none();
        to.then(|| self.topic()).flatten().map(|topic| format!("{topic}{before}"))
    }

    /// The unit of a figure, whether it is part of the slot or stands behind it, and what follows.
    fn unit(&self) -> (&str, &str) {
        let right = self.right();
        if self.slot().blank.is_some() {
            let unit = blank::before(right).map_or("", |(_, word)| word);
            return (unit, &right[unit.len()..]);
        }
        let value = &self.paragraph.text[self.slot().range.clone()];
        let number = |c: char| {
            !is_han(c) && !matches!(c, '%' | '％') || is_numeral(c) || "百千余多几两零〇".contains(c)
        };
        (value.trim_start_matches(number), right)
    }

    /// 粮食产量增长: what grew by this figure, if the words before it say that something did.
    fn growth(&self, before: &str) -> Option<String> {
        let at = counted::grown(before)?;
        let word = &before[at..];
        let subject = counted(counted::subject(&before[..at]).trim_end_matches("分别"));
        // 增加1万个停车位 is no growth of what stands before.
        let (unit, behind) = self.unit();
        let counts = lexicon::CLASSIFIERS.contains(&unit) && !noun(behind).is_empty();
        let subject =
            if subject.chars().count() >= 2 { subject } else { self.topic().filter(|_| !counts)? };
        Some(format!("{subject}{word}"))
    }

    /// What the figure before this one in the sentence counts, for the growth that follows it.
    pub(super) fn topic(&self) -> Option<String> {
        let row = self.index - self.slot().row.0;
        let before = (0..row).rev().find(|&i| self.slots[i].is_figure())?;
        if self.slots[before].range.start < self.sentence().start {
            return None;
        }
        let around = Around { index: before, ..*self };
        let key = around.figure();
        (key.chars().count() <= LONGEST - 2).then_some(key)
    }

    /// A passage left out: by the label or the heading that it stands under.
    pub(super) fn passage(&self) -> String {
        let number = han::heading_number(self.heading).map_or(0, |(_, _, len)| len);
        let words = [self.left(), &self.heading[number..]].map(head_words);
        match words.iter().find(|w| w.chars().count() >= 2) {
            Some(words) => format!("{words}内容"),
            None => "省略内容".to_owned(),
        }
    }
}

/// The thing that is counted, after its measure word: 自然村 of 自然村全部实现.
fn noun(text: &str) -> &str {
    let text =
        ["以上", "以下", "以内", "左右", "级"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let text = text.strip_prefix('的').unwrap_or(text).trim_start_matches(['“', '‘']);
    let run = text.split(is_pause).next().unwrap_or_default();
    // Not within a word: 公共图书馆 does not end before 共.
    let ends =
        |word: &&str| run.match_indices(*word).map(|(at, _)| at).find(|&at| is_joint(&run[..at], &run[at..]));
    let end = lexicon::NOUN_ENDS.iter().filter_map(ends).min().unwrap_or(run.len());
    let noun = &run[..end];
    let noun = first_words(noun, 10);
    if noun.chars().count() >= 2 || noun == run { noun } else { "" }
}

/// What a figure is said of, from the words before it: 接待游客 of 五一期间预计接待游客约.
fn counted(before: &str) -> String {
    let behind = ["以上", "以下", "以内", "左右"].iter().find_map(|w| before.strip_prefix(w));
    // 3月底前开工, and not 前三季度.
    let due = before.strip_prefix('前').filter(|rest| !rest.starts_with(is_numeral));
    let before = behind.or(due).unwrap_or(before);
    let before = before.trim_end_matches(['由', '从', '自']);
    // What alone does not say of what still says more than nothing: 完成投资.
    let mut run = counted::name(before, 0..before.len()).map_or(before, |range| &before[range]);
    if run.ends_with('等') {
        return String::new();
    }
    while let Some(rest) = lexicon::OFF_END.iter().find_map(|w| run.strip_suffix(w)) {
        run = rest;
    }
    let after = lexicon::COUNTED_BEGINS
        .iter()
        .filter_map(|b| run.rfind(b).map(|at| at + b.len()))
        .filter(|&at| run[at..].chars().count() >= 2 && is_joint(&run[..at], &run[at..]))
        .max()
        .unwrap_or(0);
    last_words(&run[after..], LONGEST).to_owned()
}

/// The words of the last part of a clause that a key may be made of.
fn key_words(before: &str) -> String {
    // 示范镇（乡）11个: what is noted in brackets is no part of the name.
    let mut before = before.to_owned();
    while let Some((from, to)) = before.rfind(['（', '(']).and_then(|from| {
        let close = before[from..].find(['）', ')'])?;
        Some((from, from + close + before[from + close..].chars().next().map_or(1, char::len_utf8)))
    }) {
        before.replace_range(from..to, "");
    }
    let part = before
        .rsplit([
            '，', '。', '；', '：', '、', '！', '？', ',', ';', ':', '\t', '（', '(', '）', ')', ']', '.',
        ])
        .next();
    part.unwrap_or_default().chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).collect()
}

/// The last words of a line before a passage, without punctuation.
fn head_words(left: &str) -> String {
    let line = left.trim_end().trim_end_matches(['：', ':']);
    let run: String = line.chars().filter(|c| is_han(*c)).collect();
    last_words(&run, 8).to_owned()
}

/// Whether the slot's unit stands behind it, and what it is.
pub(in crate::extract) fn unit<'t>(slot: &Slot, after: &'t str) -> Option<&'t str> {
    let blank = slot.single().filter(|b| b.lack.is_figure())?;
    if is_labelled(blank) && !matches!(blank.notation, Notation::Bracket(_)) {
        return None;
    }
    let trimmed = after.trim_start();
    blank::unit(trimmed).map(|(_, word)| &trimmed[..word.len()])
}
