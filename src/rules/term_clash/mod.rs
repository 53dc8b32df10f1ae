//! `term-clash` (提法矛盾): set terms that contradict each other, and lists that name one thing twice.
//!
//! A plan that is over spoken of as the current one is `stale-time`'s, and so is a congress beside a plenum of
//! another; a set list that lacks a member is `stale-formula`'s. Here stands what contradicts itself at any
//! time: a plan with the years of another, a plenum with what another resolved, 做到 with what is 拥护, an item
//! that a list names twice, and one campaign under two names.
//!
//! | file | finds |
//! |---|---|
//! | `twice` | 教育、医疗、养老、教育 |
//! | `pairs` | 做到“两个确立” |
//! | `plans` | “十四五”时期（2016—2020年）, 第三个五年 |
//! | `congresses` | 今年是党的十九大召开之年 in 2022 |
//! | `names` | “夏季治安百日会战” and “夏季平安百日攻坚” |

mod congresses;
mod names;
mod pairs;
mod plans;
mod twice;

use std::ops::Range;

use super::reading::{
    day,
    quote::{self, Quoted},
};
use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::Text;
use crate::base::han::Date;
use crate::model::{Finding, Pack, Severity};

/// The rule.
pub struct TermClash;

static ABOUT: About = About {
    id: "term-clash",
    title: Text::fixed("互相矛盾的提法", "set terms that contradict each other"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "提法有固定的搭配和年份：“两个确立”是拥护的，“两个维护”是做到的；“十四五”是2021至2025年；哪次全会通过哪个决定，都有定数。\
         拼接、套改时容易张冠李戴。本规则指出：搭配错了的提法，规划同年份、大会同年份、全会同决定对不上的，顿号列举里同一项列了两次的；\
         同一段里名称相近、像是同一活动的两个名字只提示。回顾、引文、书名号里的不指出。",
        "Set terms have set company and set years: 两个确立 is upheld and 两个维护 done; the 14th plan runs from 2021 \
         to 2025; which plenum resolved what is settled. Drafts that are joined or adapted mix them up. The rule \
         flags terms in the wrong company, plans, congresses and plenums with the years or resolutions of others, \
         and an item that a list names twice; two names in one paragraph that look like one campaign are a hint. \
         Accounts of the past, quotations and titles are left alone.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("统筹教育、医疗、养老、教育、住房等民生事业。", &["教育、医疗、养老、教育"]),
    example("群众在就业、医疗、就业等方面还有难题。", &["就业、医疗、就业"]),
    example("加快水、电、路、气、水、讯向村覆盖。", &["水、电、路、气、水"]),
    example("推动产业链、创新链、资金链、产业链深度融合。", &["产业链、创新链、资金链、产业链"]),
    example("增强“四个意识”，坚决做到“两个确立”。", &["做到“两个确立”"]),
    example("坚定拥护“两个维护”。", &["坚定拥护“两个维护”"]),
    example("“十四五”时期（2016—2020年），新建农路600公里。", &["“十四五”时期（2016—2020年）"]),
    example("民生支出是“十五五”期间的1.7倍。", &["“十五五”期间"]).on("2021-03-05"),
    example("今年是党的十九大召开之年。", &["十九大"]).on("2022-03-05"),
    example("贯彻党的十九大和二十届历次全会精神。", &["十九大和二十届历次全会"]).on("2025-03-05"),
    example("党的十八届六中全会通过了第三个历史决议。", &["十八届六中全会"]).on("2022-03-05"),
    example("迎接党的二十一大召开。", &["二十一大"]).on("2023-03-05"),
    example("组织“夏季治安百日会战”。“夏季平安百日攻坚”成效明显。", &["“夏季平安百日攻坚”"]),
    example("增强“四个意识”、坚定“四个自信”、做到“两个维护”，坚定拥护“两个确立”。", &[]),
    example("“十四五”时期（2021—2025年），新建农路600公里。", &[]),
    example("加快教育、医疗、养老、托育等服务发展，办好人民满意的教育。", &[]),
    example("贯彻党的二十大和二十届历次全会精神。", &[]).on("2025-03-05"),
    example("党的十九届六中全会通过了第三个历史决议。", &[]).on("2022-03-05"),
    example("实施工业倍增行动和农业倍增行动。开展“厕所革命”和“厕所清洁行动”。", &[]),
    example("第12、13、12组分别讨论。加油、加油、加油！", &[]),
    example("高等教育、职业教育、教育评价改革同步推进。", &[]),
    example("民生支出是“十二五”期间的1.7倍。", &[]).on("2021-03-05"),
];

/// What is wrong at these bytes of the folded text.
fn hit(range: Range<usize>, message: Text, help: Text) -> Finding {
    ABOUT.finding(range, message).help(help)
}

/// The document as the families see it.
struct Page<'a> {
    text: &'a str,
    day: Option<Date>,
    quoted: &'a [Quoted],
    /// What an office's own packs say.
    pack: &'a Pack,
}

impl Page<'_> {
    /// Whether the range lies in a title in 《》, or in a quotation that says more than a name.
    fn is_quoted(&self, range: &Range<usize>) -> bool {
        /// Characters up to which marks hold a name and not somebody's words.
        const NAME: usize = 12;
        quote::are_others(self.quoted, self.text, range, NAME)
    }
}

impl Rule for TermClash {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let page = Page {
            text: case.folded().text(),
            day: day::of(case),
            quoted: case.folded_quotes(),
            pack: &case.settings.pack,
        };
        let families = [twice::find, pairs::find, plans::find, congresses::find, names::find];
        let mut hits: Vec<Finding> = families.iter().flat_map(|find| find(&page)).collect();
        hits.sort_by_key(|h| h.range.start);
        hits.dedup_by(|later, first| later.range.start < first.range.end);
        hits
    }
}
