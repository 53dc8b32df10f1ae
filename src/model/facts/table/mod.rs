//! Which facts there are: the one table that the loader, the schema, the sample and the help read.
//!
//! A row is a Chinese key as a clerk writes it, the English id that skeletons and code use, a
//! kind, its meaning in both languages, and an example (about an invented locality). Files may
//! use keys or ids. Adding a fact is adding a row: `document`, `work` and `place` hold those below the top.

mod document;
mod names;
mod place;
mod work;

use self::document::{DOCUMENT, MEETING};
pub use self::names::{level_named, names_units};
use self::place::{AWARD, HONOUR, INDICATOR, LOCALITY, PERSON, POLICY, PROJECT, UNIT, VOICE, WORDING};
use self::work::{INSIGHT, MEASURE, PRACTICE, PROBLEM, RESULT, STAGE, SUGGESTION, TARGET, TASK, WORK};
use crate::base::Text;

/// One fact that a file may state.
#[derive(Debug)]
pub struct Field {
    /// The English id: `place`.
    pub id: &'static str,
    /// The Chinese key: `地点`.
    pub key: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What it means, in a few words.
    pub label: Text,
    /// What a clerk might write there; empty for records and lists of records.
    pub example: &'static str,
}

impl Field {
    /// Whether a word is its Chinese key, its id, the id that its Chinese key has in other lists, or one
    /// of the names that the same thing has elsewhere; files may use any.
    #[must_use]
    pub fn is_called(&self, word: &str) -> bool {
        self.names().any(|name| name == word)
    }

    /// What files may call it: its Chinese key first, then its id.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let also = ONE_ID.iter().find(|(key, id)| *key == self.key && *id != self.id);
        [self.key, self.id].into_iter().chain(also.map(|(_, id)| *id)).chain(names::also(self))
    }
}

/// The field of a table that a word calls, by whichever of its names.
#[must_use]
pub fn called<'f>(fields: &'f [Field], word: &str) -> Option<&'f Field> {
    // Nearly always one of the two, and the other names are many.
    let plain = fields.iter().find(|f| f.key == word || f.id == word);
    plain.or_else(|| fields.iter().find(|f| f.is_called(word)))
}

/// Whether a line alone may stand for a record of these fields, as its name: of a document it would be
/// a slip.
#[must_use]
pub(crate) fn goes_by_name(fields: &'static [Field]) -> bool {
    matches!(fields[0].kind, Words) && !std::ptr::eq(fields, DOCUMENT)
}

/// Chinese keys of several lists of the facts, and the one id by which each may be called in all of
/// them. Skeletons, and whatever shows an id, have the one of the row.
const ONE_ID: &[(&str, &str)] = &[
    ("名称", "name"),
    ("要点", "name"),
    ("效果", "effect"),
    ("进展", "progress"),
    ("讲话人", "speaker"),
    ("单位", "unit"),
];

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Words on one or more lines.
    Words,
    /// A figure: `86.4亿元`, or a record of [`FIGURE`].
    Figure,
    /// A date: `2026-03-05`, `2026年3月5日`; month and day may be left out.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// 是 or 否.
    Flag,
    /// Named values.
    Record(&'static [Field]),
    /// Several values of one kind. A single value is taken as a list of one.
    List(&'static Kind),
    /// Any keys: whatever a locality needs that this table does not foresee.
    Open,
}

impl Kind {
    /// The fields below this kind; empty for plain values.
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Self::Record(fields) => fields,
            Self::List(item) => item.fields(),
            Self::Figure => FIGURE,
            _ => &[],
        }
    }
}

/// A row of a table of keys.
pub(crate) const fn row(
    id: &'static str,
    key: &'static str,
    kind: Kind,
    zh: &'static str,
    en: &'static str,
    example: &'static str,
) -> Field {
    Field { id, key, kind, label: Text::fixed(zh, en), example }
}

use Kind::{Flag, List, Open, Record, Words};

/// The levels a locality may have (`地区.级别`).
pub const LEVELS: &[&str] =
    &["县", "市", "区", "旗", "自治县", "自治旗", "州", "盟", "地区", "乡", "镇", "街道"];

/// The whole model: the keys that may stand at the top of a facts file.
pub static FACTS: &[Field] = &[
    row("locality", "地区", Record(LOCALITY), "本地基本情况", "the locality", ""),
    row("document", "文稿", Record(DOCUMENT), "这篇文稿", "this document", ""),
    row("meeting", "会议", Record(MEETING), "会议", "the meeting", ""),
    row("work", "工作", Record(WORK), "文稿要讲的这项工作", "the work that the document is about", ""),
    row("tasks", "任务", List(&Record(TASK)), "重点任务", "the tasks, in order", ""),
    row("targets", "目标", List(&Record(TARGET)), "要达到的目标", "the targets", ""),
    row("stages", "步骤", List(&Record(STAGE)), "实施步骤，依次", "the stages, in order", ""),
    row("measures", "措施", List(&Record(MEASURE)), "保障措施", "the measures that secure the work", ""),
    row("problems", "问题", List(&Record(PROBLEM)), "存在的问题", "the problems", ""),
    row("results", "成效", List(&Record(RESULT)), "取得的成效", "what was achieved", ""),
    row("practices", "做法", List(&Record(PRACTICE)), "主要做法", "what was done, and how", ""),
    row("insights", "启示", List(&Record(INSIGHT)), "体会、启示", "what was learnt", ""),
    row("plans", "打算", List(&Record(TASK)), "下一步打算", "what comes next", ""),
    row("suggestions", "建议", List(&Record(SUGGESTION)), "提出的建议", "what is suggested", ""),
    row("units", "单位进展", List(&Record(UNIT)), "各单位进展", "how far each unit has come", ""),
    row("awards", "表彰", List(&Record(AWARD)), "表彰的集体和个人", "who is commended", ""),
    row("voices", "群众评价", List(&Record(VOICE)), "群众说的话", "what people say", ""),
    row("indicators", "指标", List(&Record(INDICATOR)), "经济社会发展等指标", "indicators", ""),
    row("projects", "项目", List(&Record(PROJECT)), "重点项目", "projects", ""),
    row("honours", "荣誉", List(&Record(HONOUR)), "获得的荣誉", "honours received", ""),
    row("people", "人员", List(&Record(PERSON)), "文中的人", "the people named", ""),
    row("policies", "依据", List(&Record(POLICY)), "依据的文件", "the documents it rests on", ""),
    row(
        "wordings",
        "常用表述",
        List(&Record(WORDING)),
        "现行的政治表述，写明出处和起止",
        "current set words of the upper levels, with source and dates",
        "",
    ),
    row("more", "补充", Open, "表里没有的其他事实，键名自定", "other facts, under keys of your own", ""),
];

/// What may stand in place of a plain figure.
pub static FIGURE: &[Field] = &[
    row("value", "值", Words, "数字，按文件里的写法原样使用", "the digits, used exactly as written", "5.60"),
    row("unit", "单位", Words, "单位", "unit", "亿元"),
    row("year", "年份", Words, "年份", "year", "2025"),
    row("yoy", "同比", Words, "同比增减", "change on the year before", "增长5.6%"),
    row("source", "来源", Words, "来源", "source", "县统计局"),
    row("confirmed", "已核", Flag, "是否核实", "whether it was checked", "是"),
];

#[cfg(test)]
mod tests {
    use super::{FACTS, FIGURE, Field};
    use std::collections::{HashMap, HashSet};

    fn each_level(fields: &'static [Field], check: &mut dyn FnMut(&'static [Field])) {
        check(fields);
        for field in fields {
            if !field.kind.fields().is_empty() && !std::ptr::eq(field.kind.fields(), FIGURE) {
                each_level(field.kind.fields(), check);
            }
        }
    }

    #[test]
    fn no_level_has_a_key_or_id_twice_and_every_row_speaks_both_languages() {
        each_level(FACTS, &mut |fields| {
            let mut seen = HashSet::new();
            for field in fields {
                assert!(field.names().all(|name| seen.insert(name)), "{}", field.key);
                assert!(!field.label.zh.is_empty() && !field.label.en.is_empty(), "{}", field.key);
                let leaf = field.kind.fields().is_empty() || std::ptr::eq(field.kind.fields(), FIGURE);
                assert_eq!(
                    leaf && !matches!(field.kind, super::Kind::Open),
                    !field.example.is_empty(),
                    "{}",
                    field.key
                );
            }
        });
    }

    #[test]
    fn one_chinese_key_has_one_id_wherever_it_means_the_same() {
        /// Keys that mean two things, or one of something here and several there.
        const TWO: &[&str] = &["完成", "对象", "目标", "人员"];
        let mut ids: HashMap<&str, HashSet<&str>> = HashMap::new();
        each_level(FACTS, &mut |fields| {
            for field in fields.iter().filter(|f| !TWO.contains(&f.key)) {
                let mine: HashSet<&str> = field.names().skip(1).filter(|name| name.is_ascii()).collect();
                let shared = ids.entry(field.key).or_insert_with(|| mine.clone());
                shared.retain(|id| mine.contains(id));
                assert!(!shared.is_empty(), "{} is {mine:?} here, something else elsewhere", field.key);
            }
        });
    }
}
