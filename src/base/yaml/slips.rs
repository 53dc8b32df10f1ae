//! Slips of the hand that no YAML parser forgives, found line by line so that a clerk is told of all
//! of them in one go and in her own words.
//!
//! The parser stops at the first, names the line below as often as not, and speaks of scalars and
//! anchors. Here each is named for what was written, and mended in memory so that the rest of the file
//! is read and its other faults are told too. But for what YAML would lose or misread in silence they
//! are only told of a text that does not parse: what parses is what was meant.

use std::ops::Range;

use super::LineColumn;
use crate::base::{Problem, Text};
use crate::text;

/// What was found in a text.
#[derive(Default)]
pub(super) struct Slips {
    /// Slips that change what is read without a word of the parser's.
    pub silent: Vec<(LineColumn, Problem)>,
    /// The text with those mended.
    pub heard: Option<String>,
    /// Slips on which a parser breaks off.
    pub breaking: Vec<(LineColumn, Problem)>,
    /// The text with all of them mended.
    pub whole: Option<String>,
}

/// Looks for slips in a text; `is_key` tells which words are keys.
pub(super) fn find(source: &str, is_key: &dyn Fn(&str) -> bool) -> Slips {
    let mut finder = Finder { source, is_key, slips: Slips::default(), block: None, open: 0, quote: None };
    let (mut heard, mut whole) = (String::with_capacity(source.len()), String::with_capacity(source.len()));
    let mut from = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let code = line.trim_end_matches(['\n', '\r']);
        let changes = finder.line(code, number, &source[from + line.len()..]);
        apply(&mut heard, line, changes.iter().filter(|c| c.silent));
        apply(&mut whole, line, changes.iter());
        from += line.len();
    }
    let Slips { silent, breaking, .. } = finder.slips;
    let heard = (!silent.is_empty()).then_some(heard);
    let whole = (!silent.is_empty() || !breaking.is_empty()).then_some(whole);
    Slips { silent, heard, breaking, whole }
}

/// What a range of a line is to be instead.
struct Change {
    at: Range<usize>,
    with: String,
    /// Whether YAML would have read something else without a word.
    silent: bool,
}

fn apply<'c>(out: &mut String, line: &str, changes: impl Iterator<Item = &'c Change>) {
    let mut from = 0;
    for change in changes.filter(|c| !c.with.is_empty()) {
        if change.at.start < from {
            continue;
        }
        out.push_str(&line[from..change.at.start]);
        out.push_str(&change.with);
        from = change.at.end;
    }
    out.push_str(&line[from..]);
}

struct Finder<'s> {
    source: &'s str,
    is_key: &'s dyn Fn(&str) -> bool,
    slips: Slips,
    /// Indentation of the key whose block scalar (| or >) is running.
    block: Option<usize>,
    /// How many brackets of earlier lines are open.
    open: usize,
    /// The quotation mark of earlier lines that is open.
    quote: Option<char>,
}

impl Finder<'_> {
    /// What is to be changed in a line; `below` is the text after it.
    fn line(&mut self, code: &str, number: u32, below: &str) -> Vec<Change> {
        let indent = code.len() - code.trim_start_matches(' ').len();
        if self.block.is_some_and(|b| indent > b || code.trim().is_empty()) {
            return Vec::new();
        }
        self.block = None;
        if let Some(quote) = self.quote {
            // The rest of a quotation over several lines.
            let closed = close(code, quote);
            if let Some(end) = closed {
                self.quote = None;
                self.open = depth(&code[end..], self.open);
            }
            return Vec::new();
        }
        if self.open > 0 {
            self.open = depth(code, self.open);
            return Vec::new();
        }
        let mut at = indent;
        let mut is_item = false;
        while let Some(rest) = code[at..].strip_prefix("- ") {
            at = code.len() - rest.trim_start().len();
            is_item = true;
        }
        let rest = &code[at..];
        if rest.is_empty()
            || rest.starts_with('#')
            || rest.starts_with("---")
            || rest.starts_with('%') && at == 0
        {
            return Vec::new();
        }
        let mut changes = Vec::new();
        let value = match self.key(code, at) {
            Some(Key { end, spaced: true }) => end,
            Some(Key { end, spaced: false }) => {
                self.glued(code, at..end, number, is_item, &mut changes);
                end
            }
            None => at,
        };
        let value = value + (code[value..].len() - code[value..].trim_start_matches(' ').len());
        if value < code.len() {
            self.value(code, value, number, below, &mut changes);
            if opens_block(&code[value..]) {
                self.block = Some(if is_item { indent + 1 } else { indent });
            }
        }
        changes.sort_by_key(|c| c.at.start);
        changes
    }

    /// The key at a byte of a line. Only a known word counts where no blank follows its colon.
    fn key(&self, code: &str, at: usize) -> Option<Key> {
        let rest = &code[at..];
        if rest.starts_with(['"', '\'', '[', '{', '#', '&', '*', '!', '|', '>']) {
            return None;
        }
        let colon = rest.find(':')?;
        let after = &rest[colon + 1..];
        let end = at + colon + 1;
        let is_known = (self.is_key)(rest[..colon].trim_end());
        match after.chars().next() {
            None | Some(' ') => Some(Key { end, spaced: true }),
            _ if is_known && !after.starts_with("//") => Some(Key { end, spaced: false }),
            _ => None,
        }
    }

    /// `名称:桦泉县`. As an item of a list it may be a sentence, which YAML reads as one.
    fn glued(
        &mut self,
        code: &str,
        key: Range<usize>,
        number: u32,
        is_item: bool,
        changes: &mut Vec<Change>,
    ) {
        let word = code[key.start..key.end - 1].trim_end();
        let value = value_of(&code[key.end..]);
        self.tell(code, key.end - 1, number, no_blank(word, &value), !is_item);
        changes.push(Change { at: key.end - 1..key.end, with: ": ".to_owned(), silent: !is_item });
    }

    /// What is wrong with the value that begins at a byte of a line.
    fn value(&mut self, code: &str, at: usize, number: u32, below: &str, changes: &mut Vec<Change>) {
        let value = &code[at..];
        let Some(first) = value.chars().next() else { return };
        match first {
            '#' => return,
            '"' | '\'' => return self.quoted(code, at, number, below, changes),
            '[' | '{' => return self.brackets(code, at, number, changes),
            _ => {}
        }
        let whole = at..at + uncommented(value).len();
        let words = &code[whole.clone()];
        let problem = match first {
            '%' | '@' | '`' => Some(opening(first)),
            '>' | '|' if !opens_block(value) => Some(opening(first)),
            '*' if !self.source.contains(&format!("&{}", name_of(&value[1..]))) || is_emphasis(words) => {
                Some(opening(first))
            }
            // An anchor that nothing refers to; those of a program have names of ASCII.
            '&' if !name_of(&value[1..]).is_ascii()
                && !self.source.contains(&format!("*{}", name_of(&value[1..]))) =>
            {
                Some(opening(first))
            }
            '!' if !value.starts_with("!!") => Some(opening(first)),
            '-' | '?' if value[1..].starts_with(' ') => Some(opening(first)),
            _ => None,
        };
        if let Some(problem) = problem {
            // An anchor, a tag or an item takes words away without a complaint, the rest does not parse.
            self.tell(code, at, number, quote_it(problem, words), matches!(first, '&' | '!'));
            changes.push(Change { at: whole, with: quoted(words), silent: matches!(first, '&' | '!') });
            return;
        }
        if let Some(colon) = words.find(": ").or_else(|| words.ends_with(':').then(|| words.len() - 1)) {
            let problem = Problem::new(Text::fixed(
                "内容里有半角冒号加空格，会被当成又一个键",
                "a colon and a blank within the value read as another key",
            ));
            let mended = words.replace(": ", "：");
            let mended = mended.strip_suffix(':').map_or(mended.clone(), |m| format!("{m}："));
            let problem = problem.help(text!("改用全角冒号：{mended}", "use a full-width colon: {mended}"));
            self.tell(code, at + colon, number, problem, false);
            changes.push(Change { at: whole, with: quoted(words), silent: false });
            return;
        }
        self.comment(code, at, number, changes);
    }

    /// `改造3 #楼`: what looks like the number of a house is a comment to YAML.
    fn comment(&mut self, code: &str, at: usize, number: u32, changes: &mut Vec<Change>) {
        /// What is numbered with # in Chinese: buildings, wells, machines, lines.
        const NUMBERED: &str = "楼栋幢号机井炉站线泵塔库仓墩桥车厂门孔段坝渠变";
        let value = &code[at..];
        let Some(sign) = value.find(" #") else { return };
        let before = value[..sign].chars().next_back();
        let after = value[sign + 2..].chars().next();
        let numbered = before.is_some_and(|c| c.is_ascii_digit() || c.is_alphanumeric() && c.is_ascii())
            && after.is_some_and(|c| NUMBERED.contains(c))
            || after.is_some_and(|c| c.is_ascii_digit());
        if !numbered {
            return;
        }
        let lost = value[sign + 1..].trim_end();
        let problem = Problem::new(text!(
            "“{lost}”在空格和 # 之后，会被当成注释丢掉",
            "“{lost}” follows a blank and #, and would be dropped as a comment"
        ));
        let words = value.trim_end();
        self.tell(code, at + sign + 1, number, quote_it(problem, words), true);
        changes.push(Change { at: at..at + words.len(), with: quoted(words), silent: true });
    }

    /// A value that begins with a quotation mark: it must end with it too.
    fn quoted(&mut self, code: &str, at: usize, number: u32, below: &str, changes: &mut Vec<Change>) {
        let sign = code[at..].chars().next().unwrap_or('"');
        let body = at + 1;
        let Some(end) = close(&code[body..], sign) else {
            // It may be closed further down, before the next key.
            if closes_below(below, sign, self.is_key) {
                self.quote = Some(sign);
                return;
            }
            let words = uncommented(&code[at..]);
            let problem = Problem::new(text!(
                "引号 {sign} 只有一半，没有合上",
                "the quotation mark {sign} is not closed"
            ));
            let bare = words[1..].trim_end();
            let help =
                text!("补上另一半，或改用中文引号：“{bare}”", "close it, or use Chinese quotes: “{bare}”");
            self.tell(code, at, number, problem.help(help), false);
            changes.push(Change {
                at: at..at + words.len(),
                with: quoted(&format!("“{bare}”")),
                silent: false,
            });
            return;
        };
        let end = body + end;
        let tail = code[end..].trim();
        if tail.is_empty() || tail.starts_with('#') || tail.starts_with(':') {
            return;
        }
        // A # within the quotation begins no comment.
        let whole = at..end + uncommented(&code[end..]).len();
        let words = &code[whole.clone()];
        let mended = format!("“{}”{}", &code[body..end - 1], words[end - at..].trim_end());
        let problem = Problem::new(text!(
            "引号 {sign} 后面还有文字“{tail}”，读不下去",
            "“{tail}” follows the closing {sign}, where the value has ended"
        ))
        .help(text!("改用中文引号：{mended}", "use Chinese quotes: {mended}"));
        self.tell(code, end, number, problem, false);
        changes.push(Change { at: whole, with: quoted(&mended), silent: false });
    }

    /// A value that begins with a bracket: a list, or words that only look like one.
    fn brackets(&mut self, code: &str, at: usize, number: u32, changes: &mut Vec<Change>) {
        self.within(code, at, number, changes);
        let left = depth(&code[at..], 0);
        if left > 0 {
            self.open = left;
            return;
        }
        let mut open = 0usize;
        let mut inside = None;
        for (offset, c) in code[at..].char_indices() {
            match (inside, c) {
                (Some(sign), c) if c == sign => inside = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => inside = Some(c),
                (None, '[' | '{') => open += 1,
                (None, ']' | '}') => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        let end = at + offset + 1;
                        let tail = code[end..].trim();
                        if !tail.is_empty() && !tail.starts_with('#') && !tail.starts_with(':') {
                            let words = uncommented(&code[at..]);
                            let problem = Problem::new(text!(
                                "“{tail}”在括号之外，读不下去",
                                "“{tail}” stands behind the closing bracket, where the value has ended"
                            ));
                            self.tell(code, end, number, quote_it(problem, words), false);
                            changes.clear();
                            changes.push(Change {
                                at: at..at + words.len(),
                                with: quoted(words),
                                silent: false,
                            });
                        }
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// The values within the brackets of one line: `{名称: 甲, 目标值: >85%}`.
    fn within(&mut self, code: &str, at: usize, number: u32, changes: &mut Vec<Change>) {
        let mut inside = None;
        let mut starts = true;
        for (offset, c) in code[at..].char_indices() {
            let here = at + offset;
            match (inside, c) {
                (Some(sign), c) if c == sign => inside = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if starts => inside = Some(c),
                (None, '[' | '{' | ',') => starts = true,
                (None, ':') if code[here + 1..].starts_with(' ') => starts = true,
                (None, ' ') => {}
                // JSON has no blank behind the colon of a quoted key.
                (None, ':') if code[..here].ends_with(['"', '\'']) => starts = true,
                (None, ':') => {
                    let from = code[..here].rfind(['{', ',']).map_or(at, |i| i + 1);
                    let word = code[from..here].trim();
                    let next = &code[here + 1..];
                    if (self.is_key)(word) && !next.starts_with([',', '}', ']']) && !next.is_empty() {
                        let value = next.split([',', '}', ']']).next().unwrap_or_default().trim();
                        self.tell(code, here, number, no_blank(word, value), true);
                        changes.push(Change { at: here..here + 1, with: ": ".to_owned(), silent: true });
                    }
                    starts = false;
                }
                (None, '%' | '@' | '`' | '>' | '|') if starts => {
                    let end = code[here..].find([',', '}', ']']).map_or(code.len(), |i| here + i);
                    let words = code[here..end].trim_end();
                    self.tell(code, here, number, quote_it(opening(c), words), false);
                    changes.push(Change { at: here..here + words.len(), with: quoted(words), silent: false });
                    starts = false;
                }
                _ => starts = false,
            }
        }
    }

    fn tell(&mut self, code: &str, at: usize, line: u32, problem: Problem, silent: bool) {
        let column = u32::try_from(code[..at].chars().count() + 1).unwrap_or(u32::MAX);
        let into = if silent { &mut self.slips.silent } else { &mut self.slips.breaking };
        into.push((LineColumn { line, column }, problem));
    }
}

/// A key of a line: where its colon ends, and whether a blank follows.
struct Key {
    end: usize,
    spaced: bool,
}

/// A value may not begin so.
fn opening(sign: char) -> Problem {
    Problem::new(text!(
        "内容不能以 {sign} 开头，这个符号另有用处",
        "a value cannot begin with {sign}, which has a use of its own"
    ))
}

/// The problem, with the remedy of quotation marks.
fn quote_it(problem: Problem, words: &str) -> Problem {
    let mended = quoted(words.trim_end());
    problem.help(text!("用半角引号括起来：{mended}", "put it in quotation marks: {mended}"))
}

/// Words between single quotation marks.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// `*重点* 摸清`: emphasis as Markdown has it, and no reference.
fn is_emphasis(words: &str) -> bool {
    words[1..].contains('*')
}

/// The name of an anchor or a reference.
fn name_of(words: &str) -> &str {
    words.split([' ', ',', ']', '}']).next().unwrap_or_default()
}

/// A value without the comment behind it.
fn uncommented(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default().trim_end()
}

/// The first characters of a value, to be shown.
fn value_of(rest: &str) -> String {
    uncommented(rest.trim_start()).chars().take(12).collect()
}

/// Where a quotation that was opened with `sign` ends: the byte behind its closing mark.
fn close(body: &str, sign: char) -> Option<usize> {
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if sign == '"' => drop(chars.next()),
            c if c == sign => {
                // Two single marks are one within the quotation.
                if sign == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                } else {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a quotation is closed on one of the next lines, before one that begins with a key.
fn closes_below(below: &str, sign: char, is_key: &dyn Fn(&str) -> bool) -> bool {
    for line in below.lines() {
        let start = line.trim_start_matches([' ', '-']);
        if start.split_once(':').is_some_and(|(key, _)| is_key(key.trim_end())) {
            return false;
        }
        if close(line, sign).is_some() {
            return true;
        }
    }
    false
}

/// How many brackets are open behind a line, if so many were before it.
fn depth(code: &str, before: usize) -> usize {
    let mut open = before;
    let mut inside = None;
    let mut last = ' ';
    for c in code.chars() {
        match (inside, c) {
            (Some(sign), c) if c == sign => inside = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(last, ' ' | '[' | '{' | ',' | ':') => inside = Some(c),
            (None, '#') if last == ' ' => break,
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') => open = open.saturating_sub(1),
            _ => {}
        }
        last = c;
    }
    open
}

/// Whether the lines below a value are prose: `|`, `>-`, `|2`.
fn opens_block(value: &str) -> bool {
    let sign = uncommented(value).trim();
    sign.starts_with(['|', '>']) && sign[1..].chars().all(|c| matches!(c, '-' | '+' | '1'..='9'))
}

/// `名称:桦泉县`: what is wrong and what to write.
fn no_blank(word: &str, value: &str) -> Problem {
    Problem::new(text!("“{word}:”后面没有空格", "no blank after “{word}:”"))
        .help(text!("冒号后加一个半角空格：{word}: {value}", "put a blank after the colon: {word}: {value}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Parsed, parse};
    use crate::base::Lang;

    const KEYS: &[&str] =
        &["名称", "地区", "工作", "督查", "单位", "目标值", "内容", "现状", "级别", "话", "任务"];

    fn told(source: &str) -> (Vec<String>, Parsed) {
        let parsed = parse(source, &|word| KEYS.contains(&word));
        let told =
            parsed.faults.iter().map(|(at, p)| format!("{}:{} {}", at.line, at.column, p.in_lang(Lang::Zh)));
        (told.collect(), parsed)
    }

    #[test]
    fn every_slip_of_a_file_is_told_at_once_and_at_its_place() {
        let source = "地区:\n  名称:云岭县\n  级别: 县\n工作:\n  督查: \"月底\"通报\n任务:\n  - 名称: >八成\n    单位: %\n  - 内容: 时限: 5月前\n  - *先* 摸底\n";
        let (told, parsed) = told(source);
        let places: Vec<&str> = told.iter().map(|t| t.split(' ').next().unwrap()).collect();
        assert_eq!(places, ["2:5", "5:11", "7:9", "8:9", "9:11", "10:5"], "{told:#?}");
        assert!(told[0].contains("“名称:”后面没有空格") && told[0].contains("名称: 云岭县"), "{}", told[0]);
        assert!(told[1].contains("“月底”通报"), "{}", told[1]);
        assert!(told.iter().all(|t| !t.contains("scalar") && !t.contains("expected")), "{told:#?}");
        assert!(parsed.root.is_some(), "mended, the rest is read");
    }

    /// These parse, and say something else than was typed.
    #[test]
    fn what_yaml_would_lose_or_misread_without_a_word_is_told_too() {
        for (source, says) in [
            ("地区:\n  名称:云岭县\n", "没有空格"),
            ("现状: 改造3 #楼\n", "#楼"),
            ("任务:\n- {名称:清渠, 单位: 县水利局}\n", "没有空格"),
            ("现状: !重要 渠道堵了\n", "!"),
            ("现状: &渠 道堵了\n", "&"),
        ] {
            let (told, parsed) = told(source);
            assert!(told.len() == 1 && told[0].contains(says), "{source}{told:?}");
            assert!(parsed.root.is_some());
        }
    }

    #[test]
    fn slips_between_brackets_and_half_a_quotation_are_told() {
        for (source, says) in [
            ("任务:\n- {名称: 清渠, 目标值: >85%}\n", "> 开头"),
            ("任务:\n- {名称: 清渠, 单位: %}\n", "% 开头"),
            ("话: [笑] 这下好了\n名称: 甲\n", "括号之外"),
            ("话: \"这下好了\n名称: 甲\n", "没有合上"),
            ("话: \"三号楼 #3\"好了 # 注\n名称: 甲\n", "“三号楼 #3”好了"),
            ("话: \" #\"好了\n名称: 甲\n", "“ #”好了"),
            ("内容: 要求:\n名称: 甲\n", "要求："),
            ("内容: - 清渠\n名称: 甲\n", "- 开头"),
        ] {
            let (told, _) = told(source);
            assert!(told.len() == 1 && told[0].contains(says), "{source}{told:?}");
        }
    }

    #[test]
    fn sound_yaml_of_any_style_is_left_alone() {
        for source in [
            "名称: 甲 # 注\n内容: |\n  督查:每周\n  *要点* 甲: 乙\n级别: 县\n",
            "名称: \"甲: 乙\" # 注\n话: '这''个'\n",
            "内容: \"第一行\n  名称: 第二行\"\n级别: 县\n".replace("名称", "名字").as_str(),
            "任务: [甲, \"乙: 丙\", {名称: 丁}]\n",
            "任务:\n  [\n    {名称: 甲, 内容: '>85%'},\n  ]\n",
            "a: &n 5.60\nb: *n\n",
            "- 名称: 甲\n  内容:\n    - 时间:11月\n    - 网址 http://x.cn/#a\n",
            "内容: 12:30开会\n'名称': 甲\n\"级别\": 县\n",
            "内容: >-\n  甲\n  乙\n名称: 丙\n",
            "{\"名称\":\"甲\",\"任务\":[{\"内容\":\"乙: >3 #1\"}]}\n",
            "%YAML 1.2\n---\n名称: 甲\n",
        ] {
            let (told, parsed) = told(source);
            assert!(told.is_empty() && parsed.root.is_some(), "{source}{told:?}");
        }
    }
}
