//! A paragraph as it is looked at, and what lines of the form look like.

use super::told::Doubt;
use crate::base::lexicon::post;
use crate::base::pattern::pattern;
use crate::model::BlockKind;

/// A paragraph that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its words, blanks round them left out.
    pub text: &'t str,
    /// What its reader took it for.
    pub kind: BlockKind,
    /// Whether it has a style of the program's own, which settles what it is.
    pub settled: bool,
    /// The size of most of its letters, in half-points; none where nothing says so.
    pub size: u32,
    /// Whether it is centred.
    pub centred: bool,
    /// Whether most of it is red.
    pub red: bool,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether the word processor numbers it.
    pub numbered: bool,
    /// Whether it stands in a table.
    pub cell: bool,
    /// Whether it is none of the text's own: in a text box, a table of contents.
    pub passed: bool,
}

impl<'t> Line<'t> {
    /// A line of which nothing but words is known.
    pub const fn plain(text: &'t str, kind: BlockKind, cell: bool) -> Self {
        Self {
            text,
            kind,
            settled: false,
            size: 0,
            centred: false,
            red: false,
            bold: false,
            numbered: false,
            cell,
            passed: false,
        }
    }
}

/// What a line was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What it is.
    pub kind: BlockKind,
    /// What about that is not sure.
    pub doubt: Option<Doubt>,
    /// Whether it is left as it is.
    pub left: bool,
}

pattern! {
    /// 发文字号 on a line of its own, 签发人 behind it at times.
    static NUMBER = r"^[^\s，。：；《》]{1,16}?[〔\[［（(﹝](?:19|20)[0-9]{2}[〕\]］）)﹞](?:第)?[0-9]{1,4}号(?:\s+签发人.{0,24})?$";
    /// 期号 of a brief.
    static ISSUE = r"^[（(]?(?:[12][0-9]{3}年|〔[12][0-9]{3}〕)?第\s?[0-9〇零一二三四五六七八九十百]{1,5}\s?[期次号](?:[（(]总第?[0-9]{1,5}期[）)])?[）)]?$";
    /// A day on a line of its own.
    static DATE = r"^(?:[12][0-9]{3}|[〇○零一二三四五六七八九]{4})\s{0,2}年\s{0,2}[0-9一二三四五六七八九十]{1,2}\s{0,2}月\s{0,2}[0-9一二三四五六七八九十]{1,3}\s{0,2}日$";
    /// A day anywhere.
    static DATED = r"[12][0-9]{3}\s{0,2}年\s{0,2}[0-9]{1,2}\s{0,2}月\s{0,2}[0-9]{1,2}\s{0,2}日";
    /// Who gets a copy.
    static COPIED = r"^(?:抄\s{0,2}送|报\s{0,2}送|分\s{0,2}送|发\s{0,2}送|主\s{0,2}送)[：:]";
    /// Who printed it, and when.
    static PRINTED = r"^.{2,40}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日\s{0,2}印发$";
    /// The head of an attachment's page.
    static ANNEX = r"^附\s{0,2}件\s{0,2}[0-9]{0,2}[：:]?$";
    /// The name of a table.
    static CAPTION = r"^(?:附?表\s?[0-9]{1,2}[：:．.\s]|.{2,28}表$)";
    /// Whom a speech speaks to.
    static SALUTATION = r"^(?:(?:尊敬的|敬爱的|各位)[^，。；！？]{1,40}|.{0,24}(?:同志们|代表们|朋友们|委员们|同学们|来宾们|女士们|先生们))[：:]$";
}

/// Whether a line has a pattern; it is asked only where the words may have it.
fn is(pattern: &crate::base::pattern::Pattern, words: &str, holds: bool) -> bool {
    holds && pattern.is_match(words)
}

pub fn is_number(words: &str) -> bool {
    is(&NUMBER, words, words.contains('号'))
}

pub fn is_issue(words: &str) -> bool {
    is(&ISSUE, words, words.contains('第'))
}

pub fn is_date(words: &str) -> bool {
    is(&DATE, words, words.ends_with('日'))
}

pub fn is_dated(words: &str) -> bool {
    is(&DATED, words, words.contains('日'))
}

pub fn is_copied(words: &str) -> bool {
    is(&COPIED, words, words.contains('送'))
}

pub fn is_printed(words: &str) -> bool {
    is(&PRINTED, words, words.ends_with("印发"))
}

pub fn is_annex(words: &str) -> bool {
    is(&ANNEX, words, words.starts_with('附'))
}

/// 附件：1. …, and 附件1：….
pub fn is_attachment(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("附件") else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let name = rest.strip_prefix(['：', ':']).map(str::trim);
    name.is_some_and(|name| !name.is_empty() && name.chars().count() <= 80)
}

pub fn is_caption(words: &str) -> bool {
    is(&CAPTION, words, words.contains('表')) && is_short(words, 34)
}

pub fn is_salutation(words: &str) -> bool {
    is(&SALUTATION, words, words.ends_with(['：', ':']))
}

/// Whether a line is surely running text.
pub fn is_sentence(words: &str) -> bool {
    const SHORTEST: usize = 24;
    words.contains(['。', '；', '！']) && words.chars().nth(SHORTEST).is_some()
}

/// Whether a line has at most so many characters.
pub fn is_short(words: &str, most: usize) -> bool {
    words.chars().nth(most).is_none()
}

/// Whether a line names a post, as one that says who speaks does.
pub fn names_a_post(words: &str) -> bool {
    post::HEADS.iter().any(|(head, kind)| *kind != 7 && words.contains(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_form_are_known() {
        assert!(is_number("云溪政发〔2026〕5号") && !is_number("第5号"));
        assert!(is_issue("第3期") && is_issue("（第12期）") && !is_issue("第3期培训"));
        assert!(is_date("2026年3月5日") && is_date("二〇二六年三月五日") && !is_date("2026年3月5日起"));
        assert!(is_copied("抄送：县委办公室。") && is_printed("云溪县人民政府办公室 2026年3月5日印发"));
        assert!(is_annex("附件") && is_annex("附件2") && !is_annex("附件：任务表"));
        assert!(
            is_attachment("附件：1. 任务分解表") && is_attachment("附件1：任务表") && !is_attachment("附件")
        );
        assert!(is_salutation("同志们：") && is_salutation("各位代表：") && !is_salutation("要求如下："));
        assert!(is_caption("表1 任务分解") && is_caption("全县春灌任务分解表") && !is_caption("代表"));
        assert!(names_a_post("县长  李某某") && !names_a_post("春灌工作"));
    }
}
