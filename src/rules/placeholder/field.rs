//! Bracketed fields (括号栏): `[发文机关]`, `【事项名称】`, `{姓名}`, `（单位名称）`, and brackets left
//! empty.
//!
//! Brackets also hold document numbers, labels (`【导读】`), buttons (`点击【提交】`), notes and links.
//! What they hold decides — the name of a field, or an order to the writer — and for the rest the
//! document's own habit: a label among a dozen fields is a field.

use std::ops::Range;

use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack, Sign};
use crate::base::han::{self, is_numeral};
use crate::base::lexicon::placeholder as lexicon;

/// Opening brackets, and pairs that hold nothing.
pub(super) const TRIGGERS: &[&str] =
    &["[", "【", "〔", "{", "<", "（", "(", "［", "｛", "＜", "《》", "“”", "〈", "«", "《…", "《."];

/// Looks at the bracket that opens at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let Some(open) = page.text[at..].chars().next() else { return Judged::none(at + 1) };
    let inside = at + open.len_utf8();
    let Some(close) = closing(open) else { return Judged::none(inside) };
    let Some(len) = page.after(inside).find(close) else { return Judged::none(inside) };
    let range = at..inside + len + close.len_utf8();
    let around = Around {
        page,
        open,
        words: page.text[inside..inside + len].trim(),
        prev: page.before(at).chars().next_back(),
        next: page.after(range.end).chars().next(),
        range: range.clone(),
    };
    match around.judge() {
        Some((verdict, lack)) => Judged {
            suspect: Some(Suspect { range: range.clone(), verdict, lack, notation: Notation::Bracket(open) }),
            resume: range.end,
        },
        None => Judged::none(inside),
    }
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '[' => ']',
        '【' => '】',
        '〔' => '〕',
        '{' => '}',
        '<' => '>',
        '（' => '）',
        '(' => ')',
        '［' => '］',
        '｛' => '｝',
        '＜' => '＞',
        '〈' => '〉',
        '《' => '》',
        '“' => '”',
        '«' => '»',
        _ => return None,
    })
}

/// A bracket, its contents and its neighbours.
struct Around<'p> {
    page: &'p Page<'p>,
    open: char,
    words: &'p str,
    prev: Option<char>,
    next: Option<char>,
    range: Range<usize>,
}

impl Around<'_> {
    fn judge(&self) -> Option<(Verdict, Lack)> {
        if self.words.is_empty() {
            return self.empty().map(|v| (v, Lack::Unknown));
        }
        if self.words.chars().all(|c| matches!(c, '…' | '.' | '⋯' | '·')) {
            return self.elided();
        }
        if matches!(self.open, '《' | '“') {
            return None;
        }
        let left = self.page.left(self.range.start);
        if self.words.chars().all(|c| Sign::of(c).is_some()) {
            // 增长[X]%, not [x] before something done.
            let figure = blank::unit(self.page.right(self.range.end)).is_some_and(|u| u.0.is_figure());
            let bracket = !matches!(self.open, '（' | '(');
            return (bracket && figure && left.ends_with(is_han)).then_some((Verdict::Sure, Lack::Number));
        }
        let due = |p: &str| {
            p.starts_with('待') && (self.words.starts_with(p) || p.len() > 6 && self.words.ends_with(p))
        };
        if self.is_told_to_fill_in() {
            return (!self.page.in_form(self.range.start)).then_some((Verdict::Sure, Lack::Passage));
        }
        let pending = self.words.contains('待')
            && self.words != "待定"
            && blank::PENDING.iter().any(|p| due(p))
            && !["有待", "尚待", "亟待", "急待"].iter().any(|w| self.words.contains(w));
        if pending || is_order_here(self.words) {
            return (!self.page.in_form(self.range.start)).then_some((Verdict::Sure, Lack::Passage));
        }
        if matches!(self.words, "待定" | "未定" | "TBD" | "TODO" | "暂缺" | "TBC") {
            return Some((Verdict::Look, Lack::Unknown));
        }
        if self.words == "略" && self.page.opens_line(self.range.start) && self.page.ends_line(self.range.end)
        {
            return Some((Verdict::Look, Lack::Passage));
        }
        if matches!(self.words, "下略" | "中略" | "此处略" | "以下略" | "中间略" | "上略") {
            return Some((Verdict::Look, Lack::Passage));
        }
        let verdict = match self.open {
            '（' | '(' => self.round(),
            '[' | '［' => self.square(),
            '【' => self.lenticular(),
            '{' | '｛' => self.curly(),
            '«' => self.merged(),
            _ => self.only_names(),
        }?;
        Some((verdict, lack(self.words)))
    }

    /// 〔…〕镇, （…）户, 《…》称号: what is missing is bracketed. Elsewhere words of a quotation were left out.
    fn elided(&self) -> Option<(Verdict, Lack)> {
        let (left, right) = (self.page.left(self.range.start), self.page.right(self.range.end));
        if let Some((lack, _)) = blank::unit(right)
            && (left.is_empty() || left.ends_with(|c: char| is_han(c) || is_clause_end(c)))
        {
            return Some((Verdict::Sure, lack));
        }
        if blank::wants_number(left) && !right.starts_with(is_han) {
            return Some((Verdict::Sure, Lack::Number));
        }
        let prose = left.ends_with(is_han) && right.starts_with(is_han);
        (prose && !self.page.in_quote(self.range.start)).then_some((Verdict::Look, Lack::Name))
    }

    fn empty(&self) -> Option<Verdict> {
        let spoken_of = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, '`' | '→' | '‘' | '’' | '“' | '”' | '"' | '\'' | '/'))
        };
        let before = self.page.left(self.range.start);
        let after = self.page.right(self.range.end);
        let marks =
            ["括号", "引号", "书名号", "符号"].iter().any(|w| after.starts_with(w) || before.ends_with(w));
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        if marks
            || latin(self.prev)
            || spoken_of(self.prev)
            || spoken_of(self.next)
            || self.page.in_form(self.range.start)
        {
            return None;
        }
        let line_open = before.trim_start_matches([' ', '　', '-', '*', '+']).is_empty();
        // 同意（　）　反对（　）, 1.是否满意？（　）, （　）A.…: for those who are asked.
        let choice = after
            .strip_prefix(|c: char| c.is_ascii_uppercase())
            .is_some_and(|r| r.starts_with(['.', '、', '．']));
        if choice
            || before.ends_with(['？', '?', '：'])
            || !matches!(self.open, '《' | '“') && lexicon::ANSWERS.iter().any(|a| before.ends_with(a))
        {
            return None;
        }
        let han = before.ends_with(is_han)
            || after.starts_with(is_han)
            || before.ends_with(|c: char| c.is_ascii_digit());
        match self.open {
            // A box to tick, not a blank.
            '[' | '（' | '(' if line_open && !after.is_empty() && blank::unit(after).is_none() => None,
            '{' | '<' | '＜' | '〈' if !han => None,
            _ if han || self.open == '（' || self.open == '【' || self.open == '〔' => Some(Verdict::Sure),
            _ => None,
        }
    }

    /// 【数据待各办核实】, （姓名待组织办提供）, （以下内容由党政办补充）, （可根据行业特点补充，约200字）: an order to
    /// the writer, not the first word of which says so.
    fn is_told_to_fill_in(&self) -> bool {
        /// Characters of the longest remark.
        const LONGEST: usize = 40;
        if self.words.chars().count() > LONGEST {
            return false;
        }
        let words = self.words.trim_end_matches(['。', '！', '）', ')', '*']);
        let ends = |list: &[&str]| list.iter().any(|w| words.ends_with(w));
        let due = words.split_once('待').is_some_and(|(head, rest)| {
            !head.ends_with(['有', '尚', '亟', '急', '等', '期', '对', '招', '接', '看']) && !rest.is_empty()
        });
        let rest = ["以下", "此段", "本段"].iter().any(|w| words.starts_with(w))
            && words.contains(['由', '请', '需']);
        let free = lexicon::FREE_TO_FILL.iter().any(|w| words.contains(w));
        due && ends(lexicon::DUE) && !words.contains('。')
            || rest && ends(lexicon::DUE)
            || free && lexicon::FILLED.iter().any(|w| words.contains(w))
            || lexicon::TO_REPLACE.iter().any(|w| words.contains(w))
    }

    fn round(&self) -> Option<Verdict> {
        #[rustfmt::skip]
        let order = lexicon::ROUND_ORDERS
        .iter()
        .any(|o| self.words.starts_with(o));
        let heading = self.page.opens_line(self.range.start) && self.next.is_some();
        // ......(主题): a lesson on writing, see `elision`.
        if self.prev == Some('.') {
            return None;
        }
        if self.page.in_form(self.range.start) {
            return None;
        }
        let left = self.page.left(self.range.start);
        // 贵（厅/局/委）
        let choice = self.words.contains(['/', '／'])
            && left.ends_with(['贵', '我', '本'])
            && self.words.chars().all(|c| is_han(c) || matches!(c, '/' | '／'));
        if choice {
            return Some(Verdict::Look);
        }
        if !order && !lexicon::ROUND_FIELDS.contains(&self.words) {
            // 由（县领导）任组长; 一、（批复意见）
            let asked = left.ends_with(['由', '请'])
                && self.next.is_some_and(is_han)
                && self.words.chars().all(is_han)
                && (ends_in(self.words, lexicon::FIELD_NAMES) || self.words.ends_with("领导"));
            let whole = self.next.is_none()
                && han::heading_number(left).is_some_and(|(_, _, len)| left[len..].trim().is_empty())
                && ends_in(self.words, lexicon::OUTLINE_PARTS);
            return if asked { Some(Verdict::Sure) } else { whole.then_some(Verdict::Among) };
        }
        // 真实姓名（单位名称）: another field stands before it.
        if lexicon::FIELD_NAMES.iter().any(|f| left.ends_with(f)) {
            return None;
        }
        if order
            && !self.words.starts_with("补充说明")
            && !self.words.starts_with("输入性")
            && !self.words.starts_with("自行车")
        {
            return Some(Verdict::Sure);
        }
        // （数额）万元, 部长（姓名）同志, （主送机关）：
        let right = self.page.right(self.range.end);
        let unit = blank::unit(right).map(|u| u.0);
        let titled = lexicon::TITLES.iter().any(|t| left.ends_with(t));
        let addressed = self.page.opens_line(self.range.start)
            && right.trim_end() == "："
            && self.words.ends_with("机关");
        if lack(self.words) == Lack::Number && unit.is_some_and(Lack::is_figure) && left.ends_with(is_han)
            || self.words.contains("姓名") && titled && unit == Some(Lack::Person)
            || addressed
        {
            return Some(Verdict::Sure);
        }
        let office = self.words.contains("名称")
            || self.words.contains("姓名")
            || self.words.contains("具体")
            || self.words.ends_with('名') && self.words.len() == 6;
        let taken = self.next.is_some_and(is_han)
            || self.next.is_none() && !heading && self.page.opens_line(self.range.start);
        let stem = self.prev.is_none_or(|c| !is_han(c))
            || "在于由自向为到请和与经从以把对给叫是至".contains(self.prev.unwrap_or(' '));
        if office && taken && (stem || !self.words.contains("姓名"))
            || taken && stem && self.words.chars().count() > 1
        {
            Some(Verdict::Sure)
        } else {
            Some(Verdict::Among)
        }
    }

    fn square(&self) -> Option<Verdict> {
        // [俄] 普列汉诺夫：《…》: a writer's country.
        let book = self.page.after(self.range.end).find('《').is_some_and(|i| i <= 60);
        if book && self.words.chars().count() <= 6 && !ends_in(self.words, lexicon::FIELD_NAMES) {
            return None;
        }
        if self.next == Some('(') || self.words.starts_with('^') || self.prev == Some('!') {
            return None;
        }
        if !self.words.contains(is_han) {
            #[rustfmt::skip]
            const KEYS: &[&str] = &[
                "name", "date", "title", "place", "time", "year", "unit", "department", "Name", "Date",
                "Title", "Insert", "Your",
            ];
            return KEYS.iter().any(|k| self.words.starts_with(k)).then_some(Verdict::Sure);
        }
        self.named(true)
    }

    fn lenticular(&self) -> Option<Verdict> {
        let label = self.page.opens_line(self.range.start);
        if !self.words.contains(is_han)
            || label && self.next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '：' | ':'))
        {
            return None;
        }
        let named = self.named(!label)?;
        // 【时间】、【工作亮点】 at the start of a line are labels of what follows.
        let orders =
            lexicon::ORDERS.iter().any(|o| self.words.starts_with(o)) || self.words.contains(['/', '／']);
        let strong = self.words.ends_with("名称")
            || self.words.ends_with("姓名")
            || self.next.is_some_and(|c| matches!(c, '，' | '、' | '《'));
        let order_alone = orders && self.next.is_none_or(|c| c == '\r') || self.words.ends_with('。');
        Some(if label && !strong && !order_alone { Verdict::Among } else { named })
    }

    fn curly(&self) -> Option<Verdict> {
        if self.words.contains([':', '"', ';', '=', '：', '；', '\\', '\'']) {
            return None;
        }
        if self.words.contains(is_han) {
            return self.named(true);
        }
        // 咨询电话：{0}
        if self.words.chars().all(|c| c.is_ascii_digit()) {
            let label = matches!(self.prev, Some('：' | ':')) || self.prev.is_some_and(is_han);
            return (label && self.words.len() <= 2).then_some(Verdict::Sure);
        }
        let beside = |c: Option<char>| c.is_some_and(is_han);
        let key = self.words.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
            && self.words.len() > 1;
        let letters = self.words.contains(|c: char| c.is_ascii_alphabetic());
        let latex = self.prev.is_some_and(|c| matches!(c, '\\' | '_' | '^') || c.is_ascii_alphabetic());
        (key && letters && !latex && (beside(self.prev) || beside(self.next))).then_some(Verdict::Sure)
    }

    /// «县名»: a field of a mail merge. Some texts quote so.
    fn merged(&self) -> Option<Verdict> {
        let key = self.words.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '、'));
        let short = self.words.chars().count() <= 12 && key;
        let named = ends_in(self.words, lexicon::FIELD_NAMES) || ends_in(self.words, lexicon::OUTLINE_PARTS);
        short.then_some(if named || self.words.is_ascii() { Verdict::Sure } else { Verdict::Among })
    }

    /// A field's name where brackets of this kind are otherwise common: 〔责任单位〕 needs a name.
    fn only_names(&self) -> Option<Verdict> {
        let name = self.words.chars().all(is_han) && self.words.chars().count() <= 8;
        let strict = matches!(self.open, '〈' | '〔');
        (name
            && (ends_in(self.words, lexicon::FIELD_NAMES)
                && (!strict || lexicon::ROUND_FIELDS.contains(&self.words))
                || self.open != '〈' && self.open != '〔' && ends_in(self.words, lexicon::OUTLINE_PARTS)))
        .then_some(Verdict::Sure)
    }

    /// By what the contents call themselves.
    fn named(&self, parts: bool) -> Option<Verdict> {
        let words = self.words;
        // [责任单位：县农业农村局] is filled in; [示例：……] is not.
        if let Some((label, rest)) = words.split_once(['：', ':']) {
            let example =
                ["示例", "例", "举例", "如", "格式", "提示", "注"].iter().any(|e| label.ends_with(e));
            return (example || rest.trim().is_empty()).then_some(Verdict::Sure);
        }
        let stem = words
            .trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c))
            .trim_end_matches(['。', '、', '等']);
        if stem.is_empty() {
            return None;
        }
        let order = lexicon::ORDERS.iter().any(|o| words.starts_with(o))
            || words.contains(['/', '／', '+'])
            || words.contains(|c| Sign::of(c).is_some());
        let number =
            stem.len() < words.len() && !words.ends_with('。') && ends_in(stem, lexicon::OUTLINE_PARTS);
        if order
            || number
            || ends_in(stem, lexicon::FIELD_NAMES)
            || parts && ends_in(stem, lexicon::OUTLINE_PARTS)
        {
            return Some(Verdict::Sure);
        }
        Some(Verdict::Among)
    }
}

/// Where a clause ends.
fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '、' | '：' | '“' | '《')
}

fn ends_in(words: &str, list: &[&str]) -> bool {
    words.chars().count() <= 24 && list.iter().any(|n| words.ends_with(n))
}

/// `此处填写会议主题`, `此处应补充数据`
pub(super) fn is_order_here(words: &str) -> bool {
    let Some(rest) =
        words.strip_prefix("此处").or(words.strip_prefix("在此处")).or(words.strip_prefix("这里"))
    else {
        return false;
    };
    lexicon::DEEDS.iter().any(|d| rest.starts_with(d))
}

/// What a field of this name lacks.
fn lack(words: &str) -> Lack {
    let words = words.trim_end_matches(|c: char| c.is_ascii_digit());
    match words {
        w if w.ends_with("姓名")
            || w.ends_with("人名")
            || w.ends_with("主持人")
            || w.ends_with("联系人")
            || w.ends_with("领导") =>
        {
            Lack::Person
        }
        w if w.ends_with("地点") || w.ends_with("地名") || w.ends_with("县名") || w.ends_with("地址") => {
            Lack::Place
        }
        w if w.ends_with("年份") || w.ends_with("年度") => Lack::Year,
        w if w.ends_with("日期") => Lack::Day,
        w if ["金额", "数额", "数值", "数字", "数量", "数据", "人数", "百分比"]
            .iter()
            .any(|n| w.ends_with(n)) =>
        {
            Lack::Number
        }
        w if ends_in(w, &["名称", "单位", "部门", "机关", "署名", "公司", "機關", "單位"]) => {
            Lack::Name
        }
        w if w.chars().count() > 12 || lexicon::ORDERS.iter().any(|o| w.starts_with(o)) => Lack::Passage,
        _ => Lack::Unknown,
    }
}
