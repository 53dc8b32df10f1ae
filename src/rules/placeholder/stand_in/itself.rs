//! Where signs mean themselves: parts of Latin words, of file names and paths, operators, variables and
//! formulas, lines that divide, and signs that are spoken of.

use super::Signs;
use crate::base::blank::{self, Lack, Sign};
use crate::base::lexicon::placeholder as lexicon;
use crate::rules::placeholder::is_han;

impl Signs<'_> {
    /// Part of a Latin word or of an identifier; `xxkm` and `Gxx线` are not.
    pub(super) fn is_latin(&self) -> bool {
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
            // GDPxxxx万元
            let measured = self.strict_unit.is_some_and(Lack::is_figure) && self.right_is_han();
            let other = before.ends_with(|c: char| c.is_ascii_uppercase())
                && self.next.is_some_and(is_han)
                && !self.page.text[self.range.clone()].starts_with('X');
            return !(road && self.right_is_han() || measured && other);
        }
        prev || next
    }

    /// `*.docx`, `xxx.pdf`, `www.xxx.cn`, `/xx/`
    pub(super) fn is_name_of_file(&self) -> bool {
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
    pub(super) fn is_mentioned(&self) -> bool {
        if self.is_name_for_any() {
            return true;
        }
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

    /// 应称“XX先生”, 加盖“XX局”的印章: a quoted pattern of names, told as such.
    fn is_name_for_any(&self) -> bool {
        let (before, after) = (self.page.before(self.range.start), self.page.after(self.range.end));
        let Some(open) = before.rfind(['“', '”']).filter(|&i| before[i..].starts_with('“')) else {
            return false;
        };
        let Some(close) = after.find(['“', '”']).filter(|&i| after[i..].starts_with('”')) else {
            return false;
        };
        if before.len() - open + close > 60 {
            return false;
        }
        let follows = &after[close + '”'.len_utf8()..];
        let near = &follows[..follows.floor_char_boundary(90)];
        if lexicon::NAMED_AFTER.iter().any(|w| follows.starts_with(w)) || near.contains("应称") {
            return true;
        }
        // “A”、“B”或“XX”: what is said before the first of them.
        let mut head = &before[..open];
        for _ in 0..8 {
            let row = head.trim_end_matches(['、', '，', '或', '和', '与', '及', '者']);
            match row.strip_suffix('”').and_then(|r| r.rfind('“').map(|i| &r[..i])) {
                Some(rest) => head = rest,
                None => break,
            }
        }
        !head.ends_with("简称") && lexicon::NAMING.iter().any(|w| head.ends_with(w))
    }

    /// Beside `+ = < >` and inside `X-1` the sign is a variable.
    pub(super) fn is_operator(&self) -> bool {
        let operator = |c: Option<char>| c.is_some_and(|c| r"+=＝<>≤≥^≈÷|&\{}$".contains(c));
        // The bars of a table.
        if self.prev == Some('|') || self.next == Some('|') {
            return false;
        }
        // 关于修改<xx县办法>的决定: brackets.
        let bracketed = self.prev == Some('<') && self.next.is_some_and(is_han);
        if !bracketed && (operator(self.prev) || operator(self.next)) {
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

    /// 设x为……, `x、y`
    pub(super) fn is_variable(&self) -> bool {
        let right = self.right;
        // 设产品价格为x元
        let clause = self.left.rsplit(['。', '，', '；']).next().unwrap_or_default();
        if clause.starts_with('设') && clause.ends_with('为') || matches!(clause.trim(), "设" | "令") {
            return true;
        }
        lexicon::BESIDE_VARIABLES.iter().any(|w| right.starts_with(w))
            || lexicon::VARIABLES.iter().any(|w| self.left.ends_with(w)) && self.strict_unit.is_none()
    }

    /// `xxx或者xxx`: how a title might run, not a title. No two names are missing there.
    pub(super) fn is_pattern(&self) -> bool {
        let sign = &self.page.text[self.range.clone()];
        ["或者", "还是"].iter().any(|or| {
            self.right.strip_prefix(or).is_some_and(|r| r.starts_with(sign))
                || self.left.strip_suffix(or).is_some_and(|l| l.ends_with(sign))
        })
    }

    /// 长×宽×高, 得分=分值×权重
    pub(super) fn is_formula(&self) -> bool {
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
    pub(super) fn opening_quote(&self) -> Option<&str> {
        let at = self.left.rfind(['“', '”'])?;
        self.left[at..].strip_prefix('“').filter(|w| w.chars().count() <= 12)
    }

    /// A line of nothing but signs divides; a name removed stands among the first or last lines.
    pub(super) fn is_divider(&self) -> bool {
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
}

/// The Latin letters, digits and slashes at the end of a text: a path, if it is one.
fn word_of(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_ascii() || c == ' ').next().unwrap_or_default()
}
