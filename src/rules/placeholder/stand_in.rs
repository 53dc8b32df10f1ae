//! Stand-in characters (替代字符): `x` `×` `*` `_` `○` `□` in place of a name, number or date.
//!
//! The same characters are letters, multiplication signs, footnote marks, list bullets and boxes
//! to tick. What decides is the company that they keep: a measure word or an office after them, a
//! 第 before them, Chinese on both sides. A single sign between punctuation is only believed in a
//! document that has shown what it uses the sign for.

use std::ops::Range;

use super::page::Page;
use super::{Found, Hit, Notation, Verdict, is_han};
use crate::base::blank::{self, Lack, Sign};
use crate::base::lexicon::placeholder as lexicon;

/// Characters that may open a run.
pub(super) const TRIGGERS: &[&str] = &[
    "x", "X", "х", "Х", "×", "✕", "✖", "╳", "⨯", "✗", "✘", "*", "∗", "﹡", "✱", "_", "﹍", "﹏", "○", "◯",
    "●", "□", "■", "△", "▲", "◇", "◆", "▢", "※",
];

/// A run of stand-ins and its company.
struct Run<'p> {
    page: &'p Page<'p>,
    sign: Sign,
    range: Range<usize>,
    /// Signs in the run; a decimal point does not count.
    count: usize,
    /// The clause before and after, past a blank or two.
    left: &'p str,
    right: &'p str,
    /// The characters right beside the run.
    prev: Option<char>,
    next: Option<char>,
    /// What follows, seen past `、*、*` and `-x`: the unit that the whole row shares.
    unit: Option<Lack>,
    /// The same, only where no common word opens like the unit.
    strict_unit: Option<Lack>,
}

/// Looks at the run that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Found {
    let Some(sign) = page.text[at..].chars().next().and_then(Sign::of) else { return Found::none(at + 1) };
    let mut range = page.run(at, sign);
    // `xx.x`, `**.*`: one number.
    while let Some(rest) = page.text[range.end..].strip_prefix('.')
        && rest.chars().next().and_then(Sign::of) == Some(sign)
    {
        range.end = page.run(range.end + 1, sign).end;
    }
    let resume = range.end;
    let Some(range) = without_markup(page, range) else { return Found::none(resume) };
    let (before, after) = (page.before(range.start), page.after(range.end));
    let (left, right) = (page.left(range.start), page.right(range.end));
    let company = past_row(after, right, sign);
    let run = Run {
        page,
        sign,
        count: page.text[range.clone()].chars().filter(|&c| Sign::of(c).is_some()).count(),
        // The backslash of an escape is not beside the sign, what stands before it is.
        prev: before
            .chars()
            .nth_back(usize::from(before.ends_with('\\') && page.mask(range.start - 1).is_some())),
        next: after.chars().next().filter(|&c| c != '\\' || page.mask(range.end).is_none()),
        unit: blank::before(company).map(|u| u.0),
        strict_unit: blank::unit(company).map(|u| u.0),
        left,
        right,
        range,
    };
    let Some((verdict, range)) = run.judge() else { return Found::none(resume) };
    let lack = run.lack(&range);
    Found { hit: Some(Hit { range, verdict, lack, notation: Notation::StandIn(sign) }), resume }
}

/// What is left of a run when the signs at its ends that are markup are taken off.
fn without_markup(page: &Page<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    if !page.text[range.clone()].starts_with(['*', '_']) {
        return Some(range);
    }
    while !range.is_empty() && page.is_markup(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && page.is_markup(range.end - 1) {
        range.end -= 1;
    }
    (!range.is_empty()).then_some(range)
}

/// `right` past further members of a row of blanks: of `、*、*位同志` the unit is 位.
fn past_row<'t>(after: &'t str, right: &'t str, sign: Sign) -> &'t str {
    let mut rest = if after.len() > right.len() && right.chars().next().and_then(Sign::of) == Some(sign) {
        after
    } else {
        right
    };
    for _ in 0..16 {
        let next = rest.trim_start_matches([
            '、', '，', ',', '/', '-', '—', '－', '~', '～', '至', '到', '和', '或', '与', '及', '.', ' ',
        ]);
        let stripped = next.trim_start_matches(|c| Sign::of(c) == Some(sign));
        if next.len() == rest.len() || stripped.len() == next.len() {
            break;
        }
        rest = stripped;
    }
    rest
}

impl Run<'_> {
    /// How sure, and the words that are meant; `None` where the signs mean themselves.
    fn judge(&self) -> Option<(Verdict, Range<usize>)> {
        if self.prev.is_some_and(|c| c.is_ascii_digit()) {
            return self.after_digits();
        }
        if self.is_latin() || self.is_name_of_file() || self.is_mentioned() {
            return None;
        }
        let verdict = if self.next.is_some_and(|c| c.is_ascii_digit()) {
            self.before_digits()
        } else if self.is_operator() {
            None
        } else if self.left.ends_with('第') && (self.unit.is_some() || self.right_is_han()) {
            Some(Verdict::Sure)
        } else {
            match self.sign {
                Sign::Letter => self.letter(),
                Sign::Cross => self.cross(),
                Sign::Star => self.star(),
                Sign::Line => self.line(),
                Sign::Circle => self.circle(),
                Sign::Shape => self.shape(),
            }
        }?;
        Some((verdict, self.range.clone()))
    }

    /// `20xx年`, `202x`, `1xx家`: the digits belong to the blank. `415X`, `3×4` and `138****5678`
    /// are no blanks.
    fn after_digits(&self) -> Option<(Verdict, Range<usize>)> {
        let before = self.page.before(self.range.start);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let range = self.range.start - digits..self.range.end;
        let words = &self.page.text[range.start..self.range.start];
        let head = &before[..before.len() - digits];
        let latin = |c: char| c.is_ascii_alphanumeric();
        if self.next.is_some_and(|c| latin(c) || matches!(c, '×' | '(' | '=' | '+' | '^' | '*'))
            || head.ends_with(latin)
        {
            return None;
        }
        let year = match digits {
            1 => matches!(words, "1" | "2") && self.count == 3,
            2 => matches!(words, "19" | "20") && self.count == 2,
            3 => (words.starts_with("19") || words.starts_with("20")) && self.count == 1,
            _ => false,
        };
        let dated = ["年", "学年", "级", "届"].iter().any(|w| self.right.starts_with(w));
        if year && (dated || self.sign == Sign::Letter || digits < 3 && self.next != Some('/')) {
            return Some((Verdict::Sure, range));
        }
        // `20*年`, `20×年`: too few signs, and still a year.
        let stub = matches!(words, "19" | "20") && self.right.starts_with('年');
        let counted = self.strict_unit.is_some_and(Lack::is_figure)
            && !self.right.starts_with(|c: char| c.is_ascii_alphabetic());
        // 电话：0871-62xxxxxx
        let number =
            self.count >= 3 && digits <= 4 && matches!(self.sign, Sign::Letter | Sign::Cross | Sign::Star);
        (stub || counted && self.sign != Sign::Shape || number).then_some((Verdict::Sure, range))
    }

    /// `××2026年政府工作报告`: the name of the place is missing before the year.
    fn before_digits(&self) -> Option<Verdict> {
        let after = self.page.after(self.range.end);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let year = digits == 4
            && after[4..].starts_with('年')
            && (after.starts_with("19") || after.starts_with("20"));
        let bullet = matches!(self.sign, Sign::Circle | Sign::Shape | Sign::Line) && self.count == 1;
        let named = self.count >= 2 || self.prev.is_some_and(is_han);
        (year && named && !bullet && self.left.chars().next_back().is_none_or(|c| is_han(c) || !c.is_ascii()))
            .then_some(Verdict::Sure)
    }

    fn letter(&self) -> Option<Verdict> {
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

    fn cross(&self) -> Option<Verdict> {
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

    fn star(&self) -> Option<Verdict> {
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
        self.by_company()
    }

    fn line(&self) -> Option<Verdict> {
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

    fn circle(&self) -> Option<Verdict> {
        let numeral =
            |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九〇零十百千壹贰叁肆伍陆柒捌玖".contains(c));
        let words = &self.page.text[self.range.clone()];
        // 一九九○年, ●●●○○
        if numeral(self.prev) || numeral(self.next) || words.contains('●') && words.contains(['○', '◯'])
        {
            return None;
        }
        if self.count >= 2 {
            return (self.left_is_han() || self.right_is_han()).then_some(Verdict::Sure);
        }
        if self.page.opens_line(self.range.start) || words == "●" {
            let office = matches!(self.strict_unit, Some(Lack::Place | Lack::Month | Lack::Year));
            return (office && self.next.is_some_and(is_han) && words != "●").then_some(Verdict::Sure);
        }
        self.by_company().map(|v| if self.unit.is_some() { v } else { Verdict::Among })
    }

    fn shape(&self) -> Option<Verdict> {
        let words = &self.page.text[self.range.clone()];
        if self.page.in_form(self.range.start) || self.page.has_ticks() {
            return None;
        }
        if self.count >= 2 {
            let between = self.prev.is_some_and(is_han) && self.next.is_some_and(is_han);
            return (self.unit.is_some() || between || ends_in_office(self.left)).then_some(Verdict::Sure);
        }
        let tight = self.prev.is_some_and(is_han) && self.next.is_some_and(is_han);
        let place = matches!(self.strict_unit, Some(Lack::Place | Lack::Person))
            || self.strict_unit.is_some_and(Lack::is_figure) && tight;
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

    /// What the words around a single sign allow.
    fn by_company(&self) -> Option<Verdict> {
        if self.unit.is_some() || ends_in_office(self.left) && self.next.is_none_or(|c| c != '”') {
            return Some(Verdict::Sure);
        }
        let (left, right) = (self.left_is_han(), self.right_is_han());
        let wanted = blank::wants_number(self.left);
        match (left, right) {
            (true, true) => Some(Verdict::Sure),
            (true, false) if wanted && self.next.is_none_or(|c| !matches!(c, '”' | '"')) => {
                Some(Verdict::Sure)
            }
            (false, true) => Some(if self.prev.is_none_or(is_mark) { Verdict::Look } else { Verdict::Among }),
            // Alone in its cell or on its line.
            _ if self.prev.is_none() && (self.right.is_empty() || self.next == Some('\t')) => None,
            _ => Some(Verdict::Among),
        }
    }

    fn left_is_han(&self) -> bool {
        self.left.chars().next_back().is_some_and(is_han)
    }

    fn right_is_han(&self) -> bool {
        self.right.chars().next().is_some_and(is_han)
    }

    /// Part of a Latin word or of an identifier; `xxkm` and `Gxx线` are not.
    fn is_latin(&self) -> bool {
        let latin = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphabetic() && !is_han(c) && !('\u{3040}'..='\u{30ff}').contains(&c))
        };
        let (prev, next) = (latin(self.prev), latin(self.next));
        if !prev && next && self.sign != Sign::Line {
            return blank::unit(self.page.after(self.range.end)).is_none();
        }
        if prev && !next && self.count >= 2 && matches!(self.sign, Sign::Letter | Sign::Cross | Sign::Star) {
            let before = self.page.before(self.range.start);
            let road = before.ends_with(['G', 'S', 'K', 'X', 'Y'])
                && !before[..before.len() - 1].ends_with(|c: char| c.is_ascii_alphanumeric());
            return !(road && self.right_is_han());
        }
        prev || next
    }

    /// `*.docx`, `xxx.pdf`, `www.xxx.cn`, `/xx/`
    fn is_name_of_file(&self) -> bool {
        let after = self.page.after(self.range.end);
        let before = self.page.before(self.range.start);
        let word = |c: char| c.is_ascii_alphabetic();
        after.strip_prefix('.').is_some_and(|r| r.starts_with(word))
            || before.strip_suffix(['.', '/', '\\', '@']).is_some_and(|l| {
                // XX/XX is a date, www/xx is not.
                let path =
                    |c: char| word(c) && Sign::of(c) != Some(self.sign) || matches!(c, '/' | ':' | '\\');
                l.ends_with(path) || word_of(l).len() > 4 && l.contains(':')
            })
    }

    /// `带*的为必填项`, `打“×”`, `“*”号`: the sign itself is spoken of.
    fn is_mentioned(&self) -> bool {
        if self.count > 2 {
            return false;
        }
        const QUOTES: [char; 8] = ['“', '”', '"', '‘', '’', '「', '」', '`'];
        let left = self.left.trim_end_matches(QUOTES);
        let right = self.right.trim_start_matches(QUOTES);
        let quoted = left.len() < self.left.len() && right.len() < self.right.len();
        let verb = |words: &[&str]| words.iter().any(|w| left.ends_with(w));
        let noun = |words: &[&str]| words.iter().any(|w| right.starts_with(w));
        verb(lexicon::MARKING) && (quoted || noun(lexicon::MARKED))
            || quoted
                && (verb(&["用", "以", "加", "符号", "记号", "字符", "、"]) && noun(lexicon::MEANING)
                    || noun(&["表示", "号", "标记", "符号", "标识", "键"]))
            || noun(&["号表示", "号项", "号为", "号的为"])
    }

    /// Beside `+ = < >` and inside `X-1` the sign is a variable.
    fn is_operator(&self) -> bool {
        let operator = |c: Option<char>| {
            c.is_some_and(|c| {
                matches!(
                    c,
                    '+' | '='
                        | '＝'
                        | '<'
                        | '>'
                        | '≤'
                        | '≥'
                        | '^'
                        | '≈'
                        | '÷'
                        | '|'
                        | '&'
                        | '\\'
                        | '{'
                        | '}'
                        | '$'
                )
            })
        };
        if self.manuscript_table() {
            return false;
        }
        if operator(self.prev) || operator(self.next) {
            let counted = self.strict_unit.is_some_and(Lack::is_figure) && !matches!(self.prev, Some('+'));
            return !counted;
        }
        let hyphen = |c: Option<char>| matches!(c, Some('-' | '－'));
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = self.page.before(self.range.start);
        let after = self.page.after(self.range.end);
        self.count == 1
            && (hyphen(self.prev) && latin(before.chars().nth_back(1)) && self.unit.is_none()
                || hyphen(self.next) && latin(after.chars().nth(1)))
    }

    /// Whether the bars beside the sign are those of a table.
    fn manuscript_table(&self) -> bool {
        self.prev == Some('|') || self.next == Some('|')
    }

    /// 设x为……, `x、y`
    /// `xxx或者xxx`: how a title might run, not a title. No two names are missing there.
    fn is_pattern(&self) -> bool {
        let sign = &self.page.text[self.range.clone()];
        ["或者", "还是"].iter().any(|or| {
            self.right.strip_prefix(or).is_some_and(|r| r.starts_with(sign))
                || self.left.strip_suffix(or).is_some_and(|l| l.ends_with(sign))
        })
    }

    fn is_variable(&self) -> bool {
        let right = self.right;
        // 设产品价格为x元
        let clause = self.left.rsplit(['。', '，', '；']).next().unwrap_or_default();
        if clause.starts_with('设') && clause.ends_with('为') || matches!(clause.trim(), "设" | "令") {
            return true;
        }
        lexicon::BESIDE_VARIABLES.iter().any(|w| right.starts_with(w))
            || lexicon::VARIABLES.iter().any(|w| self.left.ends_with(w)) && self.strict_unit.is_none()
    }

    /// 长×宽×高, 得分=分值×权重
    fn is_formula(&self) -> bool {
        if !matches!(self.strict_unit, None | Some(Lack::Name)) {
            return false;
        }
        let clause = |s: &str| s.contains(['=', '＝', '÷', '∑']);
        let left = self.page.before(self.range.start);
        let left = left.rfind(['。', '；']).map_or(left, |i| &left[i..]);
        let right = self.page.after(self.range.end);
        let right = right.find(['。', '；']).map_or(right, |i| &right[..i]);
        let side = ["宽", "高", "厚", "深", "长"].iter().any(|s| self.right.starts_with(s));
        clause(left) || clause(right) || side || lexicon::FACTORS.iter().any(|f| self.left.ends_with(f))
    }

    /// The words between an opening quotation mark and the run, if they are few.
    fn opening_quote(&self) -> Option<&str> {
        let at = self.left.rfind(['“', '”'])?;
        self.left[at..].strip_prefix('“').filter(|w| w.chars().count() <= 12)
    }

    /// A line of nothing but signs divides; a name removed stands among the first or last lines.
    fn is_divider(&self) -> bool {
        const LONGEST_NAME: usize = 4;
        let others = |s: &str| s.contains(|c| !matches!(c, '*' | '_' | ' ' | '　' | '-' | '\r'));
        if others(self.page.before(self.range.start)) || others(self.page.after(self.range.end)) {
            return false;
        }
        let text = self.page.text;
        let after = &text[self.range.end..text.floor_char_boundary(self.range.end + 200)];
        let next = after.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
        let signature =
            next.len() <= 60 && next.contains(['年', '月']) && next.ends_with(['日', '月', '）', ')']);
        #[rustfmt::skip]
        let spaced = self.page.after(self.range.end).contains(['*', '_'])
            || self.page.before(self.range.start).contains(['*', '_']);
        !(self.count <= LONGEST_NAME && self.count >= 2 && signature && !spaced)
    }

    /// What is missing, from the nearest words that tell.
    fn lack(&self, range: &Range<usize>) -> Lack {
        if range.start < self.range.start {
            return if self.right.starts_with('年')
                || self.page.text[range.clone()].len() <= 4 && self.unit.is_none()
            {
                Lack::Year
            } else {
                Lack::Number
            };
        }
        if self.left.ends_with('第') && self.unit.is_none_or(Lack::is_figure) {
            return Lack::Ordinal;
        }
        match self.unit {
            Some(lack) => lack,
            None if ends_in_office(self.left) => Lack::Person,
            None if blank::wants_number(self.left) && !self.right_is_han() => Lack::Number,
            None if self.left_is_han() || self.right_is_han() => Lack::Name,
            None => Lack::Unknown,
        }
    }
}

/// The Latin letters, digits and slashes at the end of a text: a path, if it is one.
fn word_of(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_ascii() || c == ' ').next().unwrap_or_default()
}

/// Whether an office ends here, whose holder's name would follow: 县委书记×同志.
fn ends_in_office(left: &str) -> bool {
    lexicon::TITLES.iter().any(|o| left.trim_end_matches(['：', ':']).ends_with(o))
}

/// Punctuation of Chinese prose.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '（'
            | '）'
            | '《'
            | '》'
            | ','
            | ';'
            | ':'
            | '('
            | ')'
            | '"'
            | '…'
            | '—'
    )
}
