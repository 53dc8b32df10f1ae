//! `numeral-style` (数字用法): years, ranges and figures against GB/T 15835-2011.
//!
//! Checked is what the standard settles without the writer: 〇 and not 零 in a year of Han numerals,
//! four digits for a year, % at both ends of a range, no 千 and 百 between Arabic digits, one style
//! within one date. Numerals that are words (星期五, 五四运动, 十五五) and round numbers (三五个) are not
//! looked at.

use std::ops::Range;
use std::sync::LazyLock;

use super::reading::quote::Quoted;
use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::Text;
use crate::base::charset::CharSet;
use crate::base::han::{is_numeral, numeral, parse_numeral};
use crate::base::lexicon::numeral_style as lexicon;
use crate::base::pattern::pattern;
use crate::model::{BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct NumeralStyle;

static ABOUT: About = About {
    id: "numeral-style",
    title: Text::fixed("数字和年份的写法", "how figures and years are written"),
    severity: Severity::Warning,
    authority: Authority::NUMERALS,
    reads: Reads::Prose,
    why: Text::fixed(
        "按GB/T 15835—2011：汉字年份用“〇”不用“零”（二〇二六年），也不用数字0；“第一要务”“一把手”里的数目用汉字；年份写四位（2026年3月，不写26年3月）；百分数的范围两头\
         都带%（5%～8%）；阿拉伯数字不与“千”“百”“十”混写（2千3百）；同一个日期、同一篇正文的年份用一种写法。星期五、五四、\
         “十五五”、概数三五个不管。",
        "By GB/T 15835-2011: years in Han numerals take 〇, not 零 or 0; 第一要务 and 一把手 keep their Han numerals; years have four digits; both ends of a range \
         bear the % sign; Arabic digits are not mixed with 千, 百, 十 (2千3百); one date, and the years of one text, \
         keep to one style. Words such as 星期五, 五四 and 十五五 and round numbers are left alone.",
    ),
    examples: &[
        example("二零二六年，全县完成春耕生产任务。", &["二零二六年"]),
        example("云岭县于26年3月启动建设，25年底完工。", &["26年3月", "25年底"]),
        example("农民收入增长5～8%，投资增长10-12%。", &["5～8%", "10-12%"]),
        example("新栽茶苗2千3百株。", &["2千3百"]),
        example("发展是第1要务，各单位1把手负总责。", &["第1要务", "1把手"]),
        example("要做到三点：1是抓早，2是抓小，3是抓细。", &["1是", "2是", "3是"]),
        example("会议定于2026年三月五日召开。", &["2026年三月五日"]),
        example("2024年增长，2025年平稳，2026年提速。到二〇三〇年，全部建成。", &["二〇三〇年"]),
        example("二〇二六年三月五日，逢星期五，纪念五四运动。", &[]),
        example("“十五五”时期，三五个村抱团发展，7月建成3千米道路。", &[]),
        example("水库建于一九九0年，二000年加固。", &["一九九0年", "二000年"]),
        example("增长5%～8%，占5.2%-6.1%，存款3万5千元左右。", &[]),
        example("建成20年来，每10年大修一次，第26年初心不改。", &[]),
        example("2024-2026年，人口3亿，2千万元以上项目5个，3百余人参加。", &[]),
    ],
};

pattern! {
    /// 二零二六年, which takes 〇; of other years the 零 is looked for afterwards.
    static ZERO = r"([一二][〇零○0０OoＯｏΟО一二三四五六七八九]{3}年)";
    /// 26年3月, 25年底.
    static SHORT = r"(?:^|[^0-9０-９.．第每近满\-－—～~/：:“”])([0-9]{2})(年(?:底|初(?:[^心中高级]|$)|末|上半年|下半年|年底|年初|[0-9]{1,2}月(?:[^以来]|$)))";
    /// 5～8%.
    static RANGE = r"(?:^|[^0-9.%％A-Za-z\-－～~—])([0-9]+(?:\.[0-9]+)?)([～~\-－—至]|——)([0-9]+(?:\.[0-9]+)?)([%％])";
    /// 2千3百.
    static MIXED = r"([0-9]+千[0-9]百(?:[0-9]十)?[0-9]?|[0-9]+百[0-9]十[0-9]?)";
    /// 2026年三月五日.
    static DATE = r"([0-9]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?|[0-9]{4}年[0-9]{1,2}月[一二三四五六七八九十]{1,3}日|[一二][〇零○一二三四五六七八九]{3}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)";
    /// A year in Han numerals.
    static HAN_YEAR = "[一二][〇零○一二三四五六七八九]{3}年";
    /// 第1，, 1是: an ordinal that is a word.
    static ORDINAL = r"(?:^|[，。；：、\n　])(第[1-9][，、]|[1-9]是[一-龥])";
}

/// Which of the patterns a text may match, by what stands on both sides of a few signs: most
/// texts match none, and are read once.
#[derive(Debug, Default)]
struct Seen {
    zero: bool,
    short: bool,
    range: bool,
    mixed: bool,
    date: bool,
    han_year: bool,
}

impl Seen {
    fn of(text: &str) -> Self {
        static SIGNS: CharSet = CharSet::of("年月千百%％");
        let digit = |c: char| c.is_ascii_digit();
        let numeral = |c: char| is_numeral(c) || matches!(c, '〇' | '零' | '○');
        let mut seen = Self::default();
        for (at, c) in SIGNS.find_iter(text) {
            let mut back = text[..at].chars().rev();
            let before = back.next().unwrap_or('\n');
            let after = text[at + c.len_utf8()..].chars().next().unwrap_or('\n');
            match c {
                '年' if digit(before) => {
                    seen.date |= numeral(after);
                    let digits = 1 + back.take_while(|&c| digit(c)).count();
                    let told = matches!(after, '底' | '初' | '末' | '上' | '下' | '年') || digit(after);
                    seen.short |= digits == 2 && told;
                    // 一九九0年, 二000年: a year in Han numerals that ends in the digit.
                    let year = text[..at].char_indices().rev().nth(3).map(|(from, _)| &text[from..at]);
                    seen.zero |= year.is_some_and(|y| y.starts_with(['一', '二']));
                }
                '年' if numeral(before) || matches!(before, '0' | '０' | 'O' | 'o' | 'Ｏ' | 'Ο' | 'О') =>
                {
                    seen.han_year = true;
                    seen.date |= digit(after);
                    seen.zero |= back.take(3).any(is_zero) || is_zero(before);
                }
                '月' => seen.date |= digit(before) && numeral(after),
                '千' | '百' => seen.mixed |= digit(before) && digit(after),
                '%' | '％' if digit(before) => {
                    let sign = back.find(|&c| !(digit(c) || c == '.'));
                    seen.range |= sign.is_some_and(|c| matches!(c, '～' | '~' | '-' | '－' | '—' | '至'));
                }
                _ => {}
            }
        }
        seen
    }

    const fn something(&self) -> bool {
        self.zero || self.short || self.range || self.mixed || self.date || self.han_year
    }
}

impl Rule for NumeralStyle {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.manuscript.text();
        let seen = Seen::of(text);
        let mut found = digits_in_words(text);
        found.extend(digit_ordinals(text));
        if !seen.something() {
            return found;
        }
        let kinds: [(bool, Kind); 5] = [
            (seen.zero, zeros),
            (seen.short, short_years),
            (seen.range, ranges),
            (seen.mixed, mixed_figures),
            (seen.date, mixed_dates),
        ];
        for (_, find) in kinds.iter().filter(|(seen, _)| *seen) {
            found.extend(find(text));
        }
        if seen.han_year {
            found.extend(odd_years(case.manuscript, case.quotes()));
        }
        found
    }
}

/// Everything of one kind that a text has.
type Kind = fn(&str) -> Vec<Finding>;

/// What is wrong at a place, and how it is written if that can be told.
fn slip(range: Range<usize>, message: Text, fix: Option<String>) -> Finding {
    let help = fix.as_ref().map(|f| text!("写作“{f}”", "write “{f}”"));
    ABOUT.finding(range, message).help(help).fix(fix)
}

/// What is written for 〇.
const fn is_zero(c: char) -> bool {
    matches!(c, '零' | '0' | '０' | 'O' | 'o' | 'Ｏ' | 'ｏ' | 'Ο' | 'О')
}

fn zeros(text: &str) -> Vec<Finding> {
    let message = Text::fixed(
        "汉字年份用“〇”，不用“零”、数字0或字母O",
        "a year in Han numerals takes 〇, not 零, the digit 0 or the letter O",
    );
    let years = ZERO.on_lines(text, |line| Seen::of(line).zero);
    let years = years.filter_map(|c| c.get(0)).filter(|m| m.as_str().contains(is_zero));
    years.map(|y| slip(y.range(), message.clone(), Some(y.as_str().replace(is_zero, "〇")))).collect()
}

/// What stands behind a numeral of a set word, or before one that ends it: few figures of a text have
/// it beside them.
static BESIDE: LazyLock<CharSet> = LazyLock::new(|| {
    let beside = lexicon::SET_WORDS.iter().flat_map(|word| {
        let letters: Vec<char> = word.chars().collect();
        let numerals = (0..letters.len()).filter(|&at| is_numeral(letters[at]));
        numerals
            .filter_map(|at| letters.get(at + 1).or(letters.get(at.wrapping_sub(1))).copied())
            .collect::<Vec<_>>()
    });
    CharSet::of(&beside.collect::<String>())
});

/// 第1要务, “3个代表”: set words whose numeral a search for figures has changed.
fn digits_in_words(text: &str) -> Vec<Finding> {
    let message = Text::fixed("固定说法里的数目用汉字", "the numeral of a set word is a Han numeral");
    let mut found = Vec::new();
    for (at, digit) in text.match_indices(|c: char| matches!(c, '1'..='9')) {
        let (before, after) = (&text[..at], &text[at + digit.len()..]);
        if after.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            continue;
        }
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '．' | '-' | '—' | '～'))
        {
            continue;
        }
        if !after.chars().next().is_some_and(|c| BESIDE.holds(c))
            && !before.chars().next_back().is_some_and(|c| BESIDE.holds(c))
        {
            continue;
        }
        let word = lexicon::SET_WORDS.iter().find_map(|word| {
            let head = said_with_digits(before, after, digit, word)?;
            Some((word, head))
        });
        if let Some((word, (head, len))) = word {
            let range = at - head..at + len;
            if found.last().is_none_or(|f: &Finding| f.range.end <= range.start) {
                found.push(slip(range, message.clone(), Some((*word).to_owned())));
            }
        }
    }
    found
}

/// Whether `word` stands round a digit, with digits for its numerals: the bytes before the digit and
/// those from it on.
fn said_with_digits(before: &str, after: &str, digit: &str, word: &str) -> Option<(usize, usize)> {
    let han = |d: char| d.to_digit(10).map(|d| numeral(d as usize));
    let first = han(digit.chars().next()?)?;
    let (head, tail) = word.split_once(first.as_str())?;
    if tail.is_empty() && head.is_empty() || !before.ends_with(head) {
        return None;
    }
    let mut rest = after.chars();
    let mut len = digit.len();
    for due in tail.chars() {
        let said = rest.next()?;
        if said != due && han(said).is_none_or(|h| h != due.to_string()) {
            return None;
        }
        len += said.len_utf8();
    }
    Some((head.len(), len))
}

/// 第1，…第2，…, 1是…2是…: ordinals that are words, at least two of a paragraph.
fn digit_ordinals(text: &str) -> Vec<Finding> {
    let message =
        Text::fixed("“第一”“一是”里的数目用汉字", "the ordinals 第一 and 一是 are written in Han numerals");
    let mut found = Vec::new();
    if !["1是", "第1，", "第1、"].iter().any(|w| text.contains(w)) {
        return found;
    }
    for line in text.split('\n') {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let marks: Vec<Range<usize>> =
            ORDINAL.captures_iter(line).filter_map(|c| c.get(1)).map(|m| m.range()).collect();
        for mark in marks.iter().filter(|_| marks.len() > 1) {
            let words = &line[mark.clone()];
            // “1+2”：1是指…: the digit itself is explained.
            if words.ends_with('指') {
                continue;
            }
            let len = if words.starts_with('第') { "第1".len() } else { "1是".len() };
            let mended: String = words[..len]
                .chars()
                .map(|c| c.to_digit(10).map_or_else(|| c.to_string(), |d| numeral(d as usize)))
                .collect();
            found.push(slip(start + mark.start..start + mark.start + len, message.clone(), Some(mended)));
        }
    }
    found
}

fn short_years(text: &str) -> Vec<Finding> {
    let message = Text::fixed("年份要写四位数字", "a year takes four digits");
    let mut found = Vec::new();
    for hit in SHORT.on_lines(text, |line| Seen::of(line).short) {
        let (Some(year), Some(rest)) = (hit.get(1), hit.get(2)) else { continue };
        // 年初 was matched with one character more, to tell it from 年初心.
        let tail = rest.as_str();
        let tail = if tail.starts_with("年初") {
            "年初"
        } else {
            tail.find('月').map_or(tail, |i| &tail[..i + "月".len()])
        };
        let century = match year.as_str().as_bytes() {
            [b'0'..=b'2', _] | b"30" => Some("20"),
            [b'7'..=b'9', _] => Some("19"),
            _ => None,
        };
        let fix = century.map(|c| format!("{c}{}{tail}", year.as_str()));
        found.push(slip(year.start()..rest.start() + tail.len(), message.clone(), fix));
    }
    found
}

fn ranges(text: &str) -> Vec<Finding> {
    let message = Text::fixed("百分数的范围两头都要带%", "both ends of a range of percentages bear the sign");
    let mut found = Vec::new();
    for hit in RANGE.on_lines(text, |line| Seen::of(line).range) {
        let (_, [from, dash, to, sign]) = hit.extract();
        let Some(start) = hit.get(1).map(|m| m.start()) else { continue };
        let whole = start..start + from.len() + dash.len() + to.len() + sign.len();
        found.push(slip(whole, message.clone(), Some(format!("{from}{sign}{dash}{to}{sign}"))));
    }
    found
}

fn mixed_figures(text: &str) -> Vec<Finding> {
    let message =
        Text::fixed("阿拉伯数字不与“千”“百”“十”混写", "Arabic digits are not mixed with 千, 百 and 十");
    let mixed = MIXED.on_lines(text, |line| Seen::of(line).mixed).filter_map(|c| c.get(0));
    mixed.map(|m| slip(m.range(), message.clone(), plain(m.as_str()))).collect()
}

fn mixed_dates(text: &str) -> Vec<Finding> {
    let message =
        Text::fixed("一个日期里混用汉字和阿拉伯数字", "one date mixes Han numerals and Arabic digits");
    let mended = |date: &str| arabic(date).filter(|_| date.starts_with(|c: char| c.is_ascii_digit()));
    let dates = DATE.on_lines(text, |line| Seen::of(line).date).filter_map(|c| c.get(0));
    dates.map(|d| slip(d.range(), message.clone(), mended(d.as_str()))).collect()
}

/// Whether a text begins with a date of both kinds.
fn is_mixed_date(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    DATE.find(line).is_some_and(|date| date.start() == 0)
}

/// Years in Han numerals in the prose of a text that writes others in Arabic digits.
fn odd_years(manuscript: &Manuscript, quoted: &[Quoted]) -> Vec<Finding> {
    /// So many years in Arabic digits make a style.
    const STYLE: usize = 3;
    let text = manuscript.text();
    // 2026年: four digits, the first of them 1 or 2.
    let is_year = |at: &usize| {
        let digits = text.as_bytes()[..*at].last_chunk::<4>();
        digits.is_some_and(|d| matches!(d[0], b'1' | b'2') && d.iter().all(u8::is_ascii_digit))
    };
    if text.match_indices('年').map(|(at, _)| at).filter(is_year).take(STYLE).count() < STYLE {
        return Vec::new();
    }
    let message = Text::fixed(
        "全文年份多用阿拉伯数字，这里用了汉字",
        "the text writes years in Arabic digits; here is one in Han numerals",
    );
    let is_prose = |at: usize| {
        manuscript.block(at).is_none_or(|b| {
            matches!(b.kind, BlockKind::Body | BlockKind::Item)
                && manuscript.block_text(b).contains(['。', '，'])
        })
    };
    let mut found = Vec::new();
    let years = HAN_YEAR.on_lines(text, |line| Seen::of(line).han_year).filter_map(|c| c.get(0));
    for year in years.filter(|y| is_prose(y.start())) {
        // Those are told as what else they are.
        let official = text[year.end()..].starts_with("远景目标")
            || quoted.iter().any(|q| q.mark == '《' && q.range.contains(&year.start()));
        let told = official || year.as_str().contains('零') || is_mixed_date(&text[year.start()..]);
        if !told {
            // 二〇三五年 is how some documents of state write it, so no change is safe.
            found.push(slip(year.range(), message.clone(), None).severity(Severity::Info));
        }
    }
    found
}

/// 2千3百 as 2300.
fn plain(words: &str) -> Option<String> {
    let (mut total, mut digits) = (0u64, String::new());
    for c in words.chars() {
        let unit = match c {
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            _ => {
                digits.push(c);
                continue;
            }
        };
        total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    // 2千3百5 may be 2350 or 2305.
    digits.is_empty().then(|| total.to_string())
}

/// A date with its Han numerals as digits: 2026年三月五日 as 2026年3月5日.
fn arabic(words: &str) -> Option<String> {
    let mut out = String::new();
    let mut han = String::new();
    for c in words.chars() {
        if matches!(c, '年' | '月' | '日') {
            if !han.is_empty() {
                out.push_str(&parse_numeral(&han.replace('○', "〇"))?.to_string());
                han.clear();
            }
            out.push(c);
        } else if c.is_ascii_digit() {
            out.push(c);
        } else {
            han.push(c);
        }
    }
    Some(out)
}
