//! What a blank is called: the fact of the table that its context means, or a key of its own under
//! 补充, from the words around it.
//!
//! Two blanks are one fact only where that is sure: the locality itself, the meeting, the holder of
//! an office of which there is one, a field of the same name, the same sentence said again. `请x同志发言`
//! three times over is three people, and `完成投资x万元` may be two projects: asked twice, a writer
//! gives the same answer twice; asked once, she could not give two.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::page::Paragraph;
use super::slot::{Slot, What, is_labelled};
use crate::base::blank::{self, Lack};
use crate::base::clause;
use crate::base::han::{self, is_han};
use crate::model::BlockKind;
use crate::model::facts::{
    path,
    table::{FACTS, Kind},
};
use crate::rules::placeholder::Notation;

/// The facts that a draft asks for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Their paths (`locality.name`, `more.完成投资`), in order of first use.
    pub paths: Vec<String>,
    /// Of each paragraph the index in `paths` for each slot.
    pub of: Vec<Vec<usize>>,
}

/// What a slot is called before numbers tell namesakes apart.
struct Call {
    /// A path of the table, or a key.
    name: Name,
    /// Slots that agree in this and in the name are one fact; `None` agrees with nothing.
    same: Option<String>,
}

enum Name {
    Table(String),
    Own(String),
}

/// Names the slots of all paragraphs.
pub(super) fn name(paragraphs: &[Paragraph], slots: &[Vec<Slot>]) -> Names {
    let document = Document::of(paragraphs, slots);
    let mut names = Names::default();
    // What is known of each fact: its base name, what makes another slot the same.
    let mut known: Vec<(String, Option<String>)> = Vec::new();
    let mut by_identity: HashMap<(String, String), usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut heading = "";
    for (paragraph, slots) in paragraphs.iter().zip(slots) {
        if matches!(paragraph.kind, BlockKind::Heading(_)) && slots.is_empty() {
            heading = &paragraph.text;
        }
        let mut of = Vec::with_capacity(slots.len());
        for index in 0..slots.len() {
            let around = Around { document: &document, paragraph, slots, index, heading };
            let Call { name, same } = around.call();
            let said = same.or_else(|| around.said_again());
            // A fact of the table holds one value; what else would go there has a key of its own.
            let base = match name {
                Name::Own(key) => format!("more.{key}"),
                Name::Table(path) => {
                    let known =
                        said.as_ref().is_some_and(|s| by_identity.contains_key(&(path.clone(), s.clone())));
                    if known || taken.insert(path.clone()) { path } else { format!("more.{}", spare(&path)) }
                }
            };
            let found = said.as_ref().and_then(|s| by_identity.get(&(base.clone(), s.clone()))).copied();
            let fact = found.unwrap_or_else(|| {
                known.push((base.clone(), said.clone()));
                known.len() - 1
            });
            if let Some(said) = said {
                by_identity.entry((base, said)).or_insert(fact);
            }
            of.push(fact);
        }
        names.of.push(of);
    }
    names.paths = numbered(&known.into_iter().map(|(base, _)| base).collect::<Vec<_>>());
    names
}

/// Tells namesakes apart by numbers, from 1.
fn numbered(bases: &[String]) -> Vec<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for base in bases {
        *count.entry(base).or_default() += 1;
    }
    let alone: HashSet<&str> = count.iter().filter(|(_, n)| **n == 1).map(|(base, _)| *base).collect();
    let mut used: HashSet<String> = alone.iter().map(|b| (*b).to_owned()).collect();
    let mut next: HashMap<&str, usize> = HashMap::new();
    bases
        .iter()
        .map(|base| {
            if alone.contains(base.as_str()) {
                return base.clone();
            }
            let next = next.entry(base).or_insert(0);
            loop {
                *next += 1;
                let path = format!("{base}{next}");
                if used.insert(path.clone()) {
                    return path;
                }
            }
        })
        .collect()
}

/// The key of a second fact where the table has room for one: 会议名称.
fn spare(path: &str) -> String {
    path::in_chinese(path).replace('.', "")
}

/// What the whole document tells.
struct Document {
    /// The word of its own level: 县 of 我县, 全县.
    level: Option<&'static str>,
    /// Verbs of which one `请x同志…` stands in the document, so that 刚才，x同志… is the same person.
    asked_once: HashSet<&'static str>,
}

/// Levels that speak of themselves.
const LEVELS: &[&str] = &["自治县", "自治旗", "街道", "县", "市", "区", "旗", "州", "盟", "镇", "乡"];

impl Document {
    fn of(paragraphs: &[Paragraph], slots: &[Vec<Slot>]) -> Self {
        let count = |word: &str| paragraphs.iter().map(|p| p.text.matches(word).count()).sum::<usize>();
        let placed = |level: &str| {
            slots
                .iter()
                .flatten()
                .filter(|s| matches!(s.what, What::Place(suffix) if suffix == level))
                .count()
        };
        // 我县 says it outright; 全县 and 县委 may be said of others; so may a name left out. A level
        // that no blank is of counts too: in a speech of 我区 the x市 is the one above.
        let weight = |level: &str| {
            let short = level.strip_prefix("自治").unwrap_or(level);
            let said = 3 * count(&format!("我{short}"))
                + count(&format!("全{short}"))
                + count(&format!("{short}委"));
            // 自治县 calls itself 县: it counts only where a blank says the whole word.
            let own = short.len() == level.len() || placed(level) > 0;
            if own { said + 2 * placed(level) } else { 0 }
        };
        let level = LEVELS
            .iter()
            .copied()
            .filter(|l| weight(l) > 0)
            .max_by_key(|l| (weight(l), std::cmp::Reverse(LEVELS.iter().position(|x| x == l))));
        let mut asked: HashMap<&'static str, usize> = HashMap::new();
        for (paragraph, slots) in paragraphs.iter().zip(slots) {
            for slot in slots.iter().filter(|s| paragraph.text[..s.range.start].ends_with('请')) {
                if let Some(verb) = verb(&paragraph.text[slot.range.end..]) {
                    *asked.entry(verb).or_default() += 1;
                }
            }
        }
        Self { level, asked_once: asked.into_iter().filter(|(_, n)| *n == 1).map(|(v, _)| v).collect() }
    }
}

/// What people do at meetings, the longer words first.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "书面交流", "会议发言", "表态发言", "交流发言", "典型发言", "副组长", "组长", "通报", "汇报", "发言",
    "宣读", "传达", "主持", "讲话", "致辞", "总结", "部署", "解读", "说明", "交流", "介绍", "点评", "宣布",
    "陪同", "出席", "参加", "任职", "联系", "负责", "牵头",
];

/// What somebody does whose name stands before `after`.
fn verb(after: &str) -> Option<&'static str> {
    /// Characters within which the verb stands.
    const REACH: usize = 14;
    let clause = after.split(['，', '。', '；', ',', '\n']).next().unwrap_or_default();
    let near: String = clause.chars().take(REACH).collect();
    VERBS
        .iter()
        .filter_map(|v| near.find(v).map(|at| (at, *v)))
        .min_by_key(|(at, v)| (*at, usize::MAX - v.len()))
        .map(|(_, v)| v)
}

/// A slot with what stands around it.
struct Around<'d> {
    document: &'d Document,
    paragraph: &'d Paragraph,
    slots: &'d [Slot],
    index: usize,
    /// The heading that it stands under; empty if there is none.
    heading: &'d str,
}

/// What stands between the parts of a sentence.
fn is_pause(c: char) -> bool {
    !is_han(c)
}

impl<'d> Around<'d> {
    fn slot(&self) -> &'d Slot {
        &self.slots[self.index]
    }

    /// The words before the slot, back to the slot before it.
    fn left(&self) -> &'d str {
        let from = self.index.checked_sub(1).map_or(0, |i| self.slots[i].range.end);
        &self.paragraph.text[from..self.slot().range.start]
    }

    /// The words after the slot, up to the next.
    fn right(&self) -> &'d str {
        let to = self.slots.get(self.index + 1).map_or(self.paragraph.text.len(), |s| s.range.start);
        &self.paragraph.text[self.slot().range.end..to]
    }

    /// Whether it stands in a row with others.
    fn in_row(&self) -> bool {
        self.slot().row != (0, 0)
    }

    /// The words after the row that the slot stands in.
    fn after_row(&self) -> &'d str {
        let last = self.index + self.slot().row.1;
        let to = self.slots.get(last + 1).map_or(self.paragraph.text.len(), |s| s.range.start);
        &self.paragraph.text[self.slots[last].range.end..to]
    }

    /// The words before that row.
    fn before_row(&self) -> &'d str {
        let first = self.index - self.slot().row.0;
        let from = first.checked_sub(1).map_or(0, |i| self.slots[i].range.end);
        &self.paragraph.text[from..self.slots[first].range.start]
    }

    fn sentence(&self) -> Range<usize> {
        clause::sentence(&self.paragraph.text, self.slot().range.clone())
    }

    /// The same sentence, said again, asks for the same.
    fn said_again(&self) -> Option<String> {
        /// Bytes of a sentence that is not said twice by chance: 12 Han characters.
        const SHORTEST: usize = 36;
        let sentence = self.sentence();
        let words = &self.paragraph.text[sentence.clone()];
        let nth = self.slots[..self.index].iter().filter(|s| s.range.start >= sentence.start).count();
        // 请x同志发言 is said of one after the other.
        (words.len() >= SHORTEST && !words.contains('请')).then(|| format!("{nth} {words}"))
    }

    fn call(&self) -> Call {
        let slot = self.slot();
        match slot.what {
            What::Date(day) => self.date(day),
            What::Day => own("日期", None),
            What::Time => own("时间", None),
            What::Meeting => stated("meeting.name", Some(self.paragraph.text[slot.range.clone()].to_owned())),
            What::Place(suffix) => self.place(suffix),
            What::Single => self.labelled().or_else(|| self.by_colon()).unwrap_or_else(|| self.single()),
        }
    }

    /// The date beside the title and under the text is the document's; others are their own.
    fn date(&self, day: bool) -> Call {
        let dated = matches!(self.paragraph.kind, BlockKind::DateLine | BlockKind::DateOfIssue);
        if dated {
            return stated("document.date", Some(format!("{day}")));
        }
        let label = self.label();
        if day && label.as_deref().is_some_and(|l| ["会议时间", "开会时间", "时间"].contains(&l)) {
            return stated("meeting.date", None);
        }
        own(label.as_deref().unwrap_or("日期"), None)
    }

    fn place(&self, suffix: &'static str) -> Call {
        const OTHERS: &[&str] = &[
            "学习",
            "借鉴",
            "赴",
            "兄弟",
            "兄弟县",
            "兄弟市",
            "邻县",
            "邻近",
            "周边",
            "友好",
            "学习的",
            "对标",
        ];
        /// Of these a document speaks of one only, unless it names several in a row.
        const ONE: &[&str] =
            &["省", "市", "州", "盟", "县", "区", "旗", "自治区", "自治州", "自治县", "江", "河", "湖", "山"];
        let others = self.in_row() || OTHERS.iter().any(|w| self.left().ends_with(w));
        if self.document.level == Some(suffix) && !others {
            return stated("locality.name", Some(self.surface()));
        }
        own(&format!("{suffix}名"), (!others && ONE.contains(&suffix)).then(|| suffix.to_owned()))
    }

    /// How the slot is written, whatever sign stands for its name.
    fn surface(&self) -> String {
        let words = &self.paragraph.text[self.slot().range.clone()];
        words.chars().filter(|c| is_han(*c) && *c != '某').collect()
    }

    /// `【会议名称】`, `{{ 会议.时间 }}`: the blank says what it is.
    fn labelled(&self) -> Option<Call> {
        let blank = &self.slot().blank;
        if !is_labelled(blank) {
            return None;
        }
        let words = &self.paragraph.text[self.slot().range.clone()];
        if let Some(call) = by_path(words) {
            return Some(call);
        }
        let mut label: String = words.chars().filter(|c| is_han(*c) || c.is_ascii_digit()).collect();
        #[rustfmt::skip]
        const ORDERS: &[&str] = &[
            "此处", "在此", "这里", "请", "待补充", "待填写", "待核实", "待确认", "待补", "待填", "待核", "待定",
            "填写", "填入", "输入", "键入", "插入", "补充", "写明", "注明", "具体", "某某", "某", "单击", "点击",
        ];
        while let Some(rest) = ORDERS.iter().find_map(|o| label.strip_prefix(o)) {
            label = rest.to_owned();
        }
        /// Names of fields that may be said of many.
        const ANY: &[&str] = &[
            "姓名", "人名", "名字", "名称", "单位", "部门", "数字", "数据", "数量", "金额", "日期", "时间",
            "地点", "年份", "月份", "内容", "职务",
        ];
        if label.is_empty() {
            return None;
        }
        let label = first(&label, LONGEST);
        let named = !ANY.contains(&label);
        Some(match table(label).filter(|_| named) {
            Some(path) => stated(path, Some(label.to_owned())),
            None => own(label, named.then(|| label.to_owned())),
        })
    }

    /// The label that a colon sets before the slot: `主持人：×××`.
    fn label(&self) -> Option<String> {
        // 联系电话：0000-12xxx
        let left = self.left().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '－'));
        let left = left.trim_end().strip_suffix(['：', ':'])?;
        let at = left
            .rfind(|c: char| !is_han(c) && !matches!(c, ' ' | '　' | '/'))
            .map_or(0, |i| i + left[i..].chars().next().map_or(1, char::len_utf8));
        let label: String = left[at..].chars().filter(|c| is_han(*c)).collect();
        let count = label.chars().count();
        (2..=LONGEST).contains(&count).then_some(label)
    }

    fn by_colon(&self) -> Option<Call> {
        let label = self.label()?;
        let alone = |path: &&str| !self.in_row() && !matches!(*path, "meeting.date" | "document.date");
        Some(match table(&label).filter(alone) {
            Some(path) => stated(path, None),
            None => own(&label, None),
        })
    }

    fn single(&self) -> Call {
        let slot = self.slot();
        if self.paragraph.kind == BlockKind::SpeakerLine && !slot.blank.lack.is_figure() {
            return stated("document.speaker", Some(String::new()));
        }
        // In `x、x、x位同志` the last is their number, the others are names.
        let people = self.after_row().starts_with(['位', '名']) && slot.row.1 > 0;
        // 名片 begins with a measure word and is none.
        let (word, unit) = (blank::before(self.right()), blank::unit(self.right()));
        let counts = slot.blank.lack == Lack::Number && !self.in_row();
        let festival = unit.is_some_and(|(_, u)| u == "节") && !blank::wants_number(self.left());
        match slot.blank.lack {
            _ if counts && (word.is_some() && unit.is_none() || festival) => self.named(),
            _ if people => own(&self.person(), None),
            Lack::Person => self.holder().unwrap_or_else(|| self.doer()),
            Lack::Year => own(&self.with_left("年份"), None),
            Lack::Month => own(&self.with_left("月份"), None),
            Lack::Day => own("日期", None),
            Lack::Ordinal => own(&self.ordinal(), None),
            Lack::Number => own(&self.figure(), None),
            Lack::Place => match suffix_of_row(self.after_row(), self.slots, self.index) {
                Some(word) => own(&format!("{word}名"), None),
                None => self.named(),
            },
            Lack::Passage => own(&self.passage(), None),
            Lack::Name | Lack::Unknown => self.named(),
        }
    }

    /// 县委书记×同志, ×县长: by the office.
    fn holder(&self) -> Option<Call> {
        #[rustfmt::skip]
        const OFFICES: &[&str] = &[
            "副书记", "书记", "副县长", "县长", "副市长", "市长", "副区长", "区长", "副州长", "州长", "副旗长", "旗长",
            "副镇长", "镇长", "副乡长", "乡长", "副局长", "局长", "副主任", "主任", "副主席", "主席", "副部长", "部长",
            "厅长", "处长", "院长", "校长", "主持人", "记录人", "联系人",
        ];
        /// Offices of which a locality has one.
        const ONE: &[&str] = &["书记", "县长", "市长", "区长", "州长", "旗长", "镇长", "乡长"];
        // The slot before may hold the 县 of 县委书记.
        let before = &self.paragraph.text[..self.slot().range.start];
        let office = match OFFICES.iter().find(|o| before.ends_with(**o)) {
            Some(office) => {
                let body = &before[..before.len() - office.len()];
                let body =
                    ["县委", "市委", "区委", "州委", "旗委", "镇党委", "乡党委", "省委", "党委", "支部"]
                        .iter()
                        .find(|b| body.ends_with(**b))
                        .copied()
                        .unwrap_or_default();
                format!("{body}{office}")
            }
            None => (*OFFICES.iter().find(|o| self.right().starts_with(**o))?).to_owned(),
        };
        let one = ONE.iter().any(|o| office == *o || office.ends_with("委书记") && *o == "书记");
        let key = format!("{office}姓名");
        Some(own(&key, (one && !self.in_row()).then(|| office.clone())))
    }

    /// x同志通报…: by what somebody does.
    fn doer(&self) -> Call {
        let key = self.person();
        let verb = verb(self.after_row());
        let asked = self.left().ends_with('请');
        let again =
            ["刚才", "从刚才", "刚刚"].iter().any(|w| self.left().trim_end_matches(['，', ',']).ends_with(w));
        let once =
            verb.filter(|v| (asked || again) && !self.in_row() && self.document.asked_once.contains(v));
        own(&key, once.map(str::to_owned))
    }

    fn person(&self) -> String {
        match verb(self.after_row()) {
            Some(verb @ ("组长" | "副组长")) => verb.to_owned(),
            Some(verb) => format!("{verb}同志"),
            None => "同志".to_owned(),
        }
    }

    /// `恢复到x年`: 恢复到年份.
    fn with_left(&self, what: &str) -> String {
        let left = tail(self.left());
        let count = left.chars().count();
        if (2..=4).contains(&count) { format!("{left}{what}") } else { what.to_owned() }
    }

    fn ordinal(&self) -> String {
        let right = self.right();
        let unit = blank::before(right).map_or("", |(_, word)| word);
        let noun = first(noun(&right[unit.len()..]), 4);
        format!("第几{unit}{noun}")
    }

    /// A figure: by what is counted.
    fn figure(&self) -> String {
        #[rustfmt::skip]
        const CLASSIFIERS: &[&str] = &[
            "个", "名", "位", "家", "户", "项", "件", "条", "场", "次", "处", "座", "所", "支", "篇", "批", "种", "类",
            "万", "亿", "间", "栋", "台", "套", "辆", "期", "余个", "余名", "余家", "余户", "多个", "万名", "万户", "万个",
        ];
        let right = self.right();
        let unit = blank::before(right).map_or("", |(_, word)| word);
        let left = counted(self.before_row());
        let noun = if CLASSIFIERS.contains(&unit) { first(noun(&right[unit.len()..]), 6) } else { "" };
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
    fn topic(&self) -> Option<String> {
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
    fn passage(&self) -> String {
        let number = han::heading_number(self.heading).map_or(0, |(_, _, len)| len);
        let words = [self.left(), &self.heading[number..]].map(head_words);
        match words.iter().find(|w| w.chars().count() >= 2) {
            Some(words) => format!("{words}内容"),
            None => "省略内容".to_owned(),
        }
    }

    /// A name between other words. Before 特色 and 经验 it is the locality's; else the words on both
    /// sides are the key, with 某 in the middle.
    fn named(&self) -> Call {
        #[rustfmt::skip]
        const OURS: &[&str] = &["特色", "故事", "经验", "名片", "形象", "印象", "实际", "力量", "品牌", "声音"];
        let (left, right) = (self.left(), self.after_row());
        let of = right.strip_prefix('的').unwrap_or(right);
        if !self.in_row() && OURS.iter().any(|w| of.starts_with(w)) {
            return stated("locality.short", Some(String::new()));
        }
        if left.ends_with(['由', '请']) && verb(right).is_some() {
            return self.doer();
        }
        let (before, after) = (near_left(left), near_right(right));
        if before.is_empty() && after.is_empty() {
            return own("名称", None);
        }
        own(&format!("{before}某{after}"), None)
    }
}

/// Characters on either side of 某 in a key; a run that is a little longer is kept whole.
const SIDE: usize = 4;

/// The last words before a name.
fn near_left(left: &str) -> &str {
    const BREAKS: &[&str] = &[
        "总书记",
        "建设",
        "推进",
        "开启",
        "加快",
        "实现",
        "的",
        "了",
        "和",
        "与",
        "及",
        "在",
        "对",
        "为",
        "是",
        "将",
        "把",
    ];
    let run = tail(left);
    let at =
        BREAKS.iter().filter_map(|b| run.rfind(b).map(|at| at + b.len())).filter(|&at| at < run.len()).max();
    let run = at.map_or(run, |at| &run[at..]);
    if run.chars().count() <= SIDE + 1 { run } else { last(run, SIDE) }
}

/// The first words after a name.
fn near_right(right: &str) -> &str {
    const BREAKS: &[&str] = &["的", "了", "和", "与", "及", "在", "等", "没有", "不", "奠定"];
    let run = right.split(is_pause).next().unwrap_or_default();
    let of = if run.starts_with('的') { '的'.len_utf8() } else { 0 };
    let end = BREAKS.iter().filter_map(|b| run[of..].find(b)).filter(|&at| at > 0).min();
    let run = &run[..end.map_or(run.len(), |at| of + at)];
    if run.chars().count() <= SIDE + 2 { run } else { first(run, SIDE + usize::from(of > 0)) }
}

/// Characters of a key at most, numbers and endings left out.
const LONGEST: usize = 10;

fn stated(path: &str, same: Option<String>) -> Call {
    Call { name: Name::Table(path.to_owned()), same }
}

fn own(key: &str, same: Option<String>) -> Call {
    Call { name: Name::Own(key.to_owned()), same }
}

/// `【待补：会议.地点】` as this program writes it, `{{ meeting.place }}`: the path itself.
fn by_path(words: &str) -> Option<Call> {
    let path = words.trim_matches(['【', '】', '{', '}', '$', ' ', '[', ']']);
    let path = path.strip_prefix("待补：").unwrap_or(path);
    let (group, key) = path.split_once('.')?;
    let group = FACTS.iter().find(|f| f.is_called(group))?;
    if matches!(group.kind, Kind::Open) {
        let fits = !key.is_empty() && key.chars().all(|c| is_han(c) || c.is_ascii_digit());
        return fits.then(|| own(key, Some(path.to_owned())));
    }
    let Kind::Record(fields) = group.kind else { return None };
    let field = fields.iter().find(|f| f.is_called(key))?;
    matches!(field.kind, Kind::Words | Kind::Figure | Kind::Date)
        .then(|| stated(&format!("{}.{}", group.id, field.id), Some(path.to_owned())))
}

/// The fact of the table that a field or a label of this name means.
fn table(label: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const LABELS: &[(&str, &[&str])] = &[
        ("meeting.name", &["会议名称", "会议全称", "活动名称"]),
        ("meeting.place", &["会议地点", "开会地点", "地点"]),
        ("meeting.chair", &["主持人", "会议主持人", "主持"]),
        ("document.speaker", &["讲话人", "讲话人姓名", "致辞人", "主讲人"]),
        ("document.speaker_title", &["讲话人职务"]),
        ("document.issuer", &["发文机关", "发文单位", "发文机关署名", "制发机关"]),
        ("document.number", &["文号", "发文字号"]),
        ("document.title", &["标题", "文稿标题"]),
        ("locality.name", &["县名", "市名", "区名", "地区名称", "县区名", "区县名", "单位所在县"]),
        ("work.name", &["工作名称"]),
        ("work.hotline", &["监督电话", "举报电话"]),
    ];
    LABELS.iter().find(|(_, labels)| labels.contains(&label)).map(|(path, _)| *path)
}

/// The Chinese characters at the end of a text.
fn tail(text: &str) -> &str {
    text.rsplit(is_pause).next().unwrap_or_default()
}

/// The first `n` characters.
fn first(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(at, _)| &text[..at])
}

/// The last `n` characters.
fn last(text: &str, n: usize) -> &str {
    let skip = text.chars().count().saturating_sub(n);
    text.char_indices().nth(skip).map_or("", |(at, _)| &text[at..])
}

/// The thing that is counted, after its measure word: 自然村 of 自然村全部实现.
fn noun(text: &str) -> &str {
    let run = text.split(is_pause).next().unwrap_or_default();
    const ENDS: &[&str] = &[
        "的", "被", "在", "等", "和", "及", "与", "全部", "均", "都", "已", "由", "为", "是", "将", "进行",
        "开展", "实现", "完成", "参加", "获", "列", "有", "建", "达", "得", "同比", "以上", "以下", "左右",
        "用于", "约", "近", "共", "生活",
    ];
    let end = ENDS.iter().filter_map(|e| run.find(e)).min().unwrap_or(run.len());
    let noun = &run[..end];
    if noun.chars().count() >= 2 { noun } else { "" }
}

/// What a figure is said of, from the words before it: 接待游客 of 五一期间预计接待游客约.
fn counted(left: &str) -> String {
    #[rustfmt::skip]
    const OFF_END: &[&str] = &[
        "达到", "突破", "超过", "不少于", "不低于", "不超过", "累计", "总计", "合计", "共计", "共有", "分别", "增至", "降至",
        "预计", "一般", "仅有", "大约", "将近", "接近", "约", "近", "达", "为", "是", "有", "至", "到", "共", "仅", "超", "已",
        "的", "了", "也", "就", "将", "由", "过", "等", "第", "全年", "占",
    ];
    #[rustfmt::skip]
    const BREAKS: &[&str] = &[
        "期间", "预计", "累计", "计划", "已经", "其中", "全县", "全市", "全区", "全旗", "全州", "全镇", "全乡", "我县", "我市", "我区",
        "今年", "去年", "目前", "同时", "截至", "年底", "以来", "年的", "的", "了", "在", "将", "可",
    ];
    let mut run = tail(left);
    let listed = run.ends_with('等');
    while let Some(rest) = OFF_END.iter().find_map(|w| run.strip_suffix(w)) {
        run = rest;
    }
    if listed {
        return String::new();
    }
    let after = BREAKS
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

/// The word for the places of a row, which stands after its last member: `x、x县`.
fn suffix_of_row(after: &str, slots: &[Slot], index: usize) -> Option<&'static str> {
    let last = slots.get(index + slots.get(index)?.row.1)?;
    match last.what {
        What::Place(suffix) => Some(suffix),
        _ => blank::unit(after).filter(|(lack, _)| *lack == Lack::Place).map(|(_, word)| word),
    }
}

/// Whether the slot's unit stands behind it, and what it is.
pub(super) fn unit<'t>(slot: &Slot, after: &'t str) -> Option<&'t str> {
    let figure = slot.what == What::Single && slot.blank.lack.is_figure();
    if !figure || is_labelled(&slot.blank) && !matches!(slot.blank.notation, Notation::Bracket(_)) {
        return None;
    }
    let trimmed = after.trim_start();
    blank::unit(trimmed).map(|(_, word)| &trimmed[..word.len()])
}
