//! Figures: by what is counted, or what they are said of; and passages, by what they stand under.

use super::around::Around;
use super::call::LONGEST;
use super::words::{first, is_pause, last, tail, verb};
use crate::base::blank::{self, Lack};
use crate::base::han::{self, is_han};
use crate::base::lexicon::extract as lexicon;
use crate::extract::slot::{Slot, What, is_labelled};
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
        let noun = first(noun(&right[unit.len()..]), 4);
        format!("第几{unit}{noun}")
    }

    /// A figure: by what is counted.
    pub(super) fn figure(&self) -> String {
        let right = self.right();
        let unit = blank::before(right).map_or("", |(_, word)| word);
        let left = counted(self.before_row());
        let noun =
            if lexicon::CLASSIFIERS.contains(&unit) { first(noun(&right[unit.len()..]), 6) } else { "" };
        let growth = ["增长", "下降", "提高", "上升", "降低", "减少", "增加", "提升"];
        let change = growth.iter().any(|g| left.ends_with(g)) && left.chars().count() <= 6;
        if change && let Some(topic) = self.topic() {
            return format!("{topic}{left}");
        }
        if !noun.is_empty() && !noun.contains("同志") {
            let left =
                if left.chars().count() <= 4 && !noun.contains(left.as_str()) { left } else { String::new() };
            return format!("{left}{noun}数");
        }
        match unit {
            "位" | "名" if verb(right).is_some() => format!("{}人数", self.person()),
            _ if left.chars().count() >= 2 => left,
            "%" | "％" => "比例".to_owned(),
            "人" | "名" | "位" | "万人" | "人次" | "万人次" => "人数".to_owned(),
            "元" | "万元" | "亿元" => "金额".to_owned(),
            _ if left.is_empty() => "数字".to_owned(),
            _ => format!("{left}数"),
        }
    }

    /// What the figure before this one in the sentence counts, for the growth that follows it.
    pub(super) fn topic(&self) -> Option<String> {
        let before = self.index.checked_sub(1)?;
        let slot = &self.slots[before];
        if slot.range.start < self.sentence().start || slot.blank.lack != Lack::Number {
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
    let run = text.split(is_pause).next().unwrap_or_default();
    let end = lexicon::NOUN_ENDS.iter().filter_map(|e| run.find(e)).min().unwrap_or(run.len());
    let noun = &run[..end];
    if noun.chars().count() >= 2 { noun } else { "" }
}

/// What a figure is said of, from the words before it: 接待游客 of 五一期间预计接待游客约.
fn counted(left: &str) -> String {
    let mut run = tail(left);
    let listed = run.ends_with('等');
    while let Some(rest) = lexicon::OFF_END.iter().find_map(|w| run.strip_suffix(w)) {
        run = rest;
    }
    if listed {
        return String::new();
    }
    let after = lexicon::COUNTED_BEGINS
        .iter()
        .filter_map(|b| run.rfind(b).map(|at| at + b.len()))
        .filter(|&at| run[at..].chars().count() >= 2 || at == run.len())
        .max()
        .unwrap_or(0);
    last(&run[after..], 8).to_owned()
}

/// The last words of a line before a passage, without punctuation.
fn head_words(left: &str) -> String {
    let line = left.trim_end().trim_end_matches(['：', ':']);
    let run: String = line.chars().filter(|c| is_han(*c)).collect();
    last(&run, 8).to_owned()
}

/// Whether the slot's unit stands behind it, and what it is.
pub(in crate::extract) fn unit<'t>(slot: &Slot, after: &'t str) -> Option<&'t str> {
    let figure = slot.what == What::Single && slot.blank.lack.is_figure();
    if !figure || is_labelled(&slot.blank) && !matches!(slot.blank.notation, Notation::Bracket(_)) {
        return None;
    }
    let trimmed = after.trim_start();
    blank::unit(trimmed).map(|(_, word)| &trimmed[..word.len()])
}
