//! What tells a blank from anything else, sign by sign: `x光` is a term, `文旅×体育` multiplies words, `*` at
//! the head of a line is a bullet, `●` one too, `□` a box to tick.

use super::{Signs, ends_in_office, is_mark};
use crate::base::blank::{Lack, Sign};
use crate::base::lexicon::placeholder as lexicon;
use crate::rules::placeholder::{Verdict, is_han};

impl Signs<'_> {
    pub(super) fn letter(&self) -> Option<Verdict> {
        if self.right.starts_with("染色体") {
            return None;
        }
        if self.count >= 2 {
            let english = |s: Option<char>| s.is_some_and(|c| c.is_ascii_alphabetic());
            let (l, r) = (self.left.chars().next_back(), self.right.chars().next());
            if english(l) && (english(r) || r.is_none()) || self.is_pattern() {
                return None;
            }
            // In a whole sentence that somebody else is quoted with, it may be so-and-so.
            let before = self.page.before(self.range.start);
            let quoted = before.rfind(['“', '”']).and_then(|at| before[at..].strip_prefix('“'));
            let spoken = self.unit.is_none() && quoted.is_some_and(|q| q.contains('，'));
            return Some(if spoken { Verdict::Among } else { Verdict::Sure });
        }
        if self
            .page
            .in_formula(self.range.start, self.page.text[self.range.start..].chars().next().unwrap_or('X'))
        {
            return None;
        }
        // RS：X级, a grade in Roman numerals.
        if self.right.starts_with('级') && !self.left_is_han() {
            return None;
        }
        let area = self.right.starts_with("片区");
        if lexicon::LETTER_TERMS.iter().any(|t| self.right.starts_with(t))
            && !area
            && self.strict_unit.is_none()
        {
            return None;
        }
        let row = self.left.trim_end_matches(|c: char| Sign::of(c) == Some(self.sign) || c == ' ');
        if row.ends_with(|c: char| c.is_ascii_alphanumeric()) || self.is_variable() {
            return None;
        }
        self.by_company()
    }

    pub(super) fn cross(&self) -> Option<Verdict> {
        if self.count >= 2 {
            let marks = self.page.has_ticks() && !self.left_is_han() && !self.right_is_han();
            return (!marks).then_some(Verdict::Sure);
        }
        let value = |c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | '）' | '%');
        let factor = |c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '（' | '[');
        if self.left.ends_with(value) && (self.strict_unit.is_none() || self.right.starts_with(['(', '（']))
            || self.right.starts_with(factor) && self.unit.is_none()
        {
            return None;
        }
        // “数据要素×”行动, “文旅×体育”: a sign that multiplies words.
        let quoted = self.opening_quote();
        if self.next == Some('”') && quoted.is_some_and(|q| q.chars().count() > 1)
            || self.left.ends_with("数据要素")
        {
            return None;
        }
        if quoted.is_some_and(|q| q.chars().count() >= 2 && q.chars().all(is_han))
            && self.strict_unit.is_none()
        {
            let closing = self.right.find('”').map(|i| &self.right[..i]);
            if closing.is_some_and(|w| w.chars().count() >= 2 && w.chars().all(is_han)) {
                return None;
            }
        }
        if self.is_formula() {
            return None;
        }
        if self.page.has_ticks()
            && !(self.left_is_han() && self.unit.is_some())
            && !(self.left_is_han() && self.right_is_han())
        {
            return None;
        }
        self.by_company()
    }

    pub(super) fn star(&self) -> Option<Verdict> {
        let before = self.page.before(self.range.start);
        let after = self.page.after(self.range.end);
        // `/*` and `*/` are code; `*/*位` is a row.
        let code = |s: Option<&str>, c: fn(&str) -> bool| s.is_some_and(|s| !c(s));
        if self.is_divider()
            || code(before.strip_suffix('/'), |s| s.ends_with('*'))
            || code(after.strip_prefix('/'), |s| s.starts_with('*'))
        {
            return None;
        }
        let blank_after = self.next.is_none_or(char::is_whitespace);
        if self.page.opens_line(self.range.start) {
            // A bullet, or the legend of footnotes.
            if self.count == 1 && blank_after {
                return None;
            }
            if self.unit.is_none() && self.page.has_legend() {
                return None;
            }
            if self.count == 1 && self.strict_unit.is_none() {
                return self.right_is_han().then_some(Verdict::Among);
            }
        }
        if self.unit.is_none() && self.page.has_legend() {
            return None;
        }
        if self.count >= 2 {
            return Some(Verdict::Sure);
        }
        if self.is_formula() {
            return None;
        }
        // 坚决反对*,维护稳定
        let closes =
            self.prev.is_some_and(is_han) && self.next.is_some_and(|c| matches!(c, ',' | '，' | ';'));
        self.by_company().map(|v| if v == Verdict::Among && closes { Verdict::Look } else { v })
    }

    pub(super) fn line(&self) -> Option<Verdict> {
        if self.count >= 2 {
            return (!self.page.in_form(self.range.start) && !self.is_divider()).then_some(Verdict::Sure);
        }
        if self.unit.is_some() && (self.left_is_han() || self.strict_unit.is_some_and(Lack::is_figure)) {
            return Some(Verdict::Sure);
        }
        // In a line without a sentence it joins the parts of a file name or of a page's title.
        let sentence = |s: &str| s.contains(['。', '，', ',', '；']);
        let prose = sentence(self.page.before(self.range.start)) || sentence(self.page.after(self.range.end));
        // `报告_终稿.docx`
        let file = self.page.after(self.range.end).trim_start_matches(is_han).starts_with('.');
        let tight = !file
            && self.next.is_some_and(|c| is_han(c) || is_mark(c))
            && self.prev.is_none_or(|c| is_han(c) || is_mark(c));
        (prose && tight && (self.left_is_han() || self.right_is_han())).then_some(Verdict::Sure)
    }

    pub(super) fn circle(&self) -> Option<Verdict> {
        let numeral =
            |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九〇零十百千壹贰叁肆伍陆柒捌玖".contains(c));
        let words = &self.page.text[self.range.clone()];
        // 一九九○年, ●●●○○
        if numeral(self.prev) || numeral(self.next) || words.contains('●') && words.contains(['○', '◯'])
        {
            return None;
        }
        if self.count >= 2 {
            // ○○○、○○○ in a row of names
            let row = !self.is_divider();
            return if self.left_is_han() || self.right_is_han() || self.follows_person() {
                Some(Verdict::Sure)
            } else {
                row.then_some(Verdict::Among)
            };
        }
        if words == "●"
            && self.strict_unit.is_some_and(Lack::is_figure)
            && self.prev.is_some_and(|c| is_han(c) || is_mark(c))
        {
            return Some(Verdict::Look);
        }
        if self.page.opens_line(self.range.start) || words == "●" {
            let office = matches!(self.strict_unit, Some(Lack::Place | Lack::Month | Lack::Year));
            return (office && self.next.is_some_and(is_han) && words != "●").then_some(Verdict::Sure);
        }
        self.by_company().map(|v| if self.unit.is_some() { v } else { Verdict::Among })
    }

    /// 述职人：△△△
    fn follows_person(&self) -> bool {
        let label = self.left.strip_suffix(['：', ':']);
        label.is_some_and(|l| lexicon::PERSON_LABELS.iter().any(|p| l.ends_with(p)))
    }

    pub(super) fn shape(&self) -> Option<Verdict> {
        let words = &self.page.text[self.range.clone()];
        if self.page.in_form(self.range.start) || self.page.has_ticks() {
            return None;
        }
        if self.count >= 2 {
            let between = self.prev.is_some_and(is_han) && self.next.is_some_and(is_han);
            return (self.unit.is_some() || between || ends_in_office(self.left) || self.follows_person())
                .then_some(Verdict::Sure);
        }
        let tight = self.prev.is_some_and(is_han) && self.next.is_some_and(is_han);
        // 困难移民、■户残疾人家庭
        let row = matches!(self.prev, Some('、' | '，'));
        let place = matches!(self.strict_unit, Some(Lack::Place | Lack::Person))
            || self.strict_unit.is_some_and(Lack::is_figure) && (tight || row);
        // Bullets, boxes to tick and signs of growth stand alone.
        let choice = lexicon::CHOICES.iter().any(|w| self.right.starts_with(w))
            || self.page.after(self.range.end).contains(words) && !place
            || self.page.before(self.range.start).contains(words) && !place;
        if choice || self.page.opens_line(self.range.start) && !(place && self.next.is_some_and(is_han)) {
            return None;
        }
        if place && self.next.is_some_and(is_han) {
            return Some(Verdict::Sure);
        }
        (tight && words == "□").then_some(Verdict::Look)
    }
}
