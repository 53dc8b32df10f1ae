//! `scrambled-text` (繁体夹拼音): Traditional characters with their pinyin in brackets, 團(tuán)結(jié).
//!
//! Some web pages mix their text like this so that it cannot be copied; whoever copies it all the
//! same gets a speech that nobody can read out. One glossed character proves nothing — a language
//! lesson has many, a report may gloss the name of a village — so the rule wants several, most of
//! them on characters that are not Simplified, and close together. It then makes one finding for
//! the document and offers the whole stretch mended: pinyin out, Traditional to Simplified.

use std::ops::Range;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::Text;
use crate::base::han::is_han;
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct ScrambledText;

static ABOUT: About = About {
    id: "scrambled-text",
    title: Text::fixed("繁体字夹拼音的乱文", "Traditional characters mixed with pinyin"),
    severity: Severity::Error,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "有的网页为防复制，把一部分字换成繁体，后面加括号注音，如“團(tuán)結(jié)”，复制下来就成了这样。本规则要求这种注音\
         有好几处、挨得近、大多注在繁体字上，全文只报一处，并给出去掉拼音、转成简体的文字。只有繁体没有拼音的文章，\
         或者简体文章里给生僻字注几个音，都不报。",
        "Some web pages guard against copying by turning characters into Traditional ones with pinyin in brackets, \
         as in 團(tuán)結(jié). The rule wants several such glosses, close together and mostly on Traditional \
         characters; it makes one finding for the document and offers the text without pinyin, in Simplified \
         characters. Traditional text without pinyin, and Simplified text with a few glosses, are left alone.",
    ),
    examples: &[
        example(
            "全縣民族團(tuán)結(jié)進(jìn)步工作取得實效。",
            &["縣民族團(tuán)結(jié)進(jìn)步工作取得實"],
        ),
        example(
            "同志们：\n云嶺縣創(chuàng)建工作關(guān)系全局，要引導(dǎo)群眾廣泛參與。\n谢谢大家。",
            &["嶺縣創(chuàng)建工作關(guān)系全局，要引導(dǎo)群眾廣泛參與"],
        ),
        example(
            "青石鎮（zhèn）農（nóng）業（yè）合作社今年增產（chǎn）。",
            &["鎮（zhèn）農（nóng）業（yè）合作社今年增產（chǎn）"],
        ),
        example(
            "促進(jin)學(xue)習(xi)交流，開(kāi)展(zhan)協(xié)商，講(jiǎng)求實效。",
            &["進(jin)學(xue)習(xi)交流，開(kāi)展(zhan)協(xié)商，講(jiǎng)求實"],
        ),
        example(
            "黨員(yuán)干部要帶(dài)頭(tóu)調查，\n并總結(jié)經(jīng)驗。",
            &["黨員(yuán)干部要帶(dài)頭(tóu)調查，\n并總結(jié)經(jīng)驗"],
        ),
        example("全縣各族群眾團結協作，共同發展。", &[]),
        example("尉犁（yù lí）县位于塔里木盆地，且末（mò）县在其南。", &[]),
        example("垚（yáo）、犇（bēn）、鑫（xīn）、淼（miǎo）、焱（yàn）是会意字。", &[]),
        example("樂(lè)器展在縣文化館開幕，展期三個月，免費向群眾開放。", &[]),
        example("国内生产总值(GDP)增长，研发投入(R&D)提高，单位(kg)不变，系数(a)为1。", &[]),
    ],
};

/// So many toned glosses on characters that are not Simplified make a scrambled text.
const FEWEST: usize = 3;
/// Characters of the scrambled stretch to one gloss, at most.
const SPREAD: usize = 60;
/// Letters of a syllable.
const LONGEST_SYLLABLE: usize = 6;

static SIMPLIFY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// `text` in Simplified characters; as it is where the tables cannot be read.
fn simplified(text: &str) -> String {
    SIMPLIFY.as_ref().map_or_else(|| text.to_owned(), |t| t.convert(text))
}

/// A bracketed syllable after a Han character.
struct Gloss {
    /// The brackets and what is in them.
    range: Range<usize>,
    /// The character that it stands behind.
    on: char,
    /// Whether it bears a tone mark.
    toned: bool,
}

fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ".contains(c)
}

/// Every syllable in brackets that stands right behind a Han character.
fn glosses(text: &str) -> Vec<Gloss> {
    let mut found = Vec::new();
    for (at, open) in text.match_indices(['(', '（']) {
        let Some(on) = text[..at].chars().next_back().filter(|&c| is_han(c)) else { continue };
        let inside = &text[at + open.len()..];
        let end = inside
            .char_indices()
            .take(LONGEST_SYLLABLE + 1)
            .find(|&(_, c)| !(c.is_ascii_lowercase() || is_toned(c) || c == 'ü'))
            .map_or(0, |(i, _)| i);
        let Some(close) = inside[end..].chars().next().filter(|c| matches!(c, ')' | '）')) else { continue };
        if end > 0 {
            let toned = inside[..end].contains(is_toned);
            found.push(Gloss { range: at..at + open.len() + end + close.len_utf8(), on, toned });
        }
    }
    found
}

impl Rule for ScrambledText {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.manuscript.text();
        let mut glosses = glosses(text);
        glosses.retain(|g| case.manuscript.mask(g.range.start).is_none());
        find(text, &glosses).into_iter().collect()
    }
}

fn find(text: &str, glosses: &[Gloss]) -> Option<Finding> {
    let toned = glosses.iter().filter(|g| g.toned).count();
    if glosses.len() < FEWEST || toned == 0 {
        return None;
    }
    let ons: String = glosses.iter().map(|g| g.on).collect();
    let traditional = ons.chars().zip(simplified(&ons).chars()).filter(|(a, b)| a != b).count();
    // A character that is the same in both scripts is now and then glossed as well (習, but 步).
    if traditional < FEWEST || traditional * 2 < glosses.len() {
        return None;
    }
    let (first, last) = (glosses.first()?, glosses.last()?);
    let core = first.range.start..last.range.end;
    if text[core.clone()].chars().filter(|&c| is_han(c)).count() > glosses.len() * SPREAD {
        return None;
    }
    let range = trimmed(text, widened(text, core));
    let mut plain = String::with_capacity(range.len());
    let mut from = range.start;
    for gloss in glosses {
        plain.push_str(&text[from..gloss.range.start]);
        from = gloss.range.end;
    }
    plain.push_str(&text[from..range.end]);
    let count = glosses.len();
    let sample: String = text[first.range.start.saturating_sub(first.on.len_utf8())..first.range.end].into();
    let message = text!(
        "从网页复制来的乱文：繁体字夹拼音{count}处，如“{sample}”",
        "text copied off a scrambled web page: {count} characters with inline pinyin, such as “{sample}”"
    );
    Some(
        ABOUT
            .finding(range, message)
            .help(Text::fixed(
                "可以自动修复：去掉拼音，繁体转简体；修复后通读一遍",
                "this can be mended: pinyin out, Traditional to Simplified; read it through afterwards",
            ))
            .fix(simplified(&plain)),
    )
}

/// The range grown to whole lines, and on over neighbouring lines that are Traditional as well.
fn widened(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let mut end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i);
    let foreign = |line: &str| line.trim().is_empty() || simplified(line) != line;
    while start > 0 {
        let before = text[..start - 1].rfind('\n').map_or(0, |i| i + 1);
        if !foreign(&text[before..start - 1]) {
            break;
        }
        start = before;
    }
    while end < text.len() {
        let after = text[end + 1..].find('\n').map_or(text.len(), |i| end + 1 + i);
        if !foreign(&text[end + 1..after]) {
            break;
        }
        end = after;
    }
    start..end
}

/// The range without the characters at both ends that the repair would leave as they are.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let changes = |c: char| {
        let mut buffer = [0; 4];
        let c: &str = c.encode_utf8(&mut buffer);
        matches!(c, ")" | "）") || simplified(c) != c
    };
    let Some((start, _)) = words.char_indices().find(|&(_, c)| changes(c)) else { return range };
    let end =
        words.char_indices().rev().find(|&(_, c)| changes(c)).map_or(words.len(), |(i, c)| i + c.len_utf8());
    range.start + start..range.start + end
}
