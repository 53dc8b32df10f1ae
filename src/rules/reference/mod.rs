//! `reference` (引用): what a paper says of its own parts, held against them.
//!
//! Annexes, articles, sections, what stands above, the paper's own number: each can be looked up in the
//! paper itself. What is said of another paper (《…》第八条, 报告第六部分, a number that is cited) is not looked
//! at. What is out of order among the headings is `heading-sequence`'s, and what is announced to follow
//! `count-claim`'s.
//!
//! | file | finds |
//! |---|---|
//! | `annexes` | 见附件3 with two annexes; an annex whose title is another in the text or at its head |
//! | `parts` | 本办法第六十条 of thirty-five, 第八部分 of four, 第（七）项 of two |
//! | `items` | 本条第一款第十一项 of ten, 本办法第八章 of six, 第一条第（五）项 of three |
//! | `above` | 上述四项 after three |
//! | `below` | 下列六种情形之一的，不得批准： before five |
//! | `forms` | 见附表一、二、三 with two forms listed |
//! | `issued` | 关于印发《甲细则》的通知 and the text of 甲暂行办法 behind it |
//! | `tables` | 如下表 with no table, 统计如下： with nothing behind it |
//! | `empty` | a heading with nothing beneath it |
//! | `number` | 〔2024〕8号 on a paper of 2026 |

mod above;
mod annexes;
mod below;
mod empty;
mod examples;
mod forms;
mod issued;
mod items;
mod number;
mod parts;
mod tables;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule, told_once};
use crate::base::Text;
use crate::base::lexicon::reference as lexicon;
use crate::model::{Finding, Severity};

/// The rule.
pub struct Reference;

static ABOUT: About = About {
    id: "reference",
    title: Text::fixed("指不到地方的引用", "references that lead nowhere"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "删了一个附件、并了两个部分、套用去年的红头，文中指向它们的话就落了空。本规则指出：附件只有两个却说“见附件3”；\
         附件说明里的题名同正文或附件本身不一致；“本办法第六十条”“第八部分”“前款第（七）项”没有这一条、这一部分、这一项；“上述四项”前面列的\
         不是四项，“下列六种情形之一的”后面列的不是六项；通知印发的同后面正文的题目不是一个；“如下表”后面没有表；标题下面没有内容；本文的发文字号年份同成文日期不符。引用别的文件的条款、部分和文号，不指出。",
        "An annex is dropped, two parts are joined, last year's letterhead is used again, and what points there \
         points nowhere. The rule flags 见附件3 with two annexes; an annex with another title in the list than in \
         the text or at its head; 本办法第六十条, 第八部分, 前款第（七）项 where there is none; 上述四项 after \
         another number of things, 下列六种情形之一的 before another; a text issued under one title and headed by another; 如下表 with no table; a heading with nothing beneath it; a paper's own number of another year than its date. \
         Articles, parts and numbers of other papers are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// What is wrong at these bytes of the text.
fn hit(range: Range<usize>, message: Text, help: Text) -> Finding {
    ABOUT.finding(range, message).help(help)
}

/// A number in digits or Han numerals at the head of words: its value and its bytes.
fn number(words: &str) -> Option<(usize, usize)> {
    use crate::base::han::{is_numeral, parse_numeral};
    let digit = |c: char| c.is_ascii_digit();
    let han = |c: char| is_numeral(c) || matches!(c, '百' | '零' | '〇' | '两');
    let len = words.find(|c| !digit(c)).unwrap_or(words.len());
    if len > 0 {
        return words[..len].parse().ok().filter(|n| *n < 1000).map(|n| (n, len));
    }
    let len = words.find(|c| !han(c)).unwrap_or(words.len());
    parse_numeral(&words[..len]).filter(|n| *n < 1000).map(|n| (n, len))
}

/// Where words that mean the paper itself (本办法) stand right before 第: their bytes, and the word.
fn own(text: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "第").filter_map(move |at| {
        let own = lexicon::OWN.iter().find(|own| text[..at].ends_with(**own))?;
        Some((at - own.len(), *own))
    })
}

impl Rule for Reference {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let mut hits = annexes::find(case.manuscript);
        hits.extend(parts::find(case));
        hits.extend(above::find(case));
        hits.extend(empty::find(case));
        hits.extend(empty::chapters(case));
        hits.extend(below::find(case));
        hits.extend(forms::find(case.manuscript));
        hits.extend(issued::find(case.manuscript));
        hits.extend(number::find(case));
        hits.extend(items::find(case));
        hits.extend(tables::find(case));
        told_once(&mut hits);
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;
    use crate::model::Settings;
    use crate::read::read;
    use crate::rules::{Case, Rule};

    #[test]
    fn the_line_before_a_list_says_how_many_there_are_with_the_unit_of_the_claim() {
        let told = |text: &str| {
            let (manuscript, settings) = (read("a.txt", text.as_bytes()).unwrap(), Settings::default());
            Reference.check(&Case::new(&manuscript, &settings)).len()
        };
        let list = "——抓灌溉。\n——抓护坡。\n——抓绿化。\n——抓清淤。\n以上三个方面要抓好。\n";
        assert_eq!(told(&format!("工作分三个方面：\n{list}")), 0);
        assert_eq!(told(&format!("工作分几个方面：\n{list}")), 1);
    }
}
