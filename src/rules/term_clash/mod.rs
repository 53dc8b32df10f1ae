//! `term-clash` (提法矛盾): set terms that contradict each other, and lists that name one thing twice.
//!
//! A plan that is over spoken of as the current one is `stale-time`'s, and a phrase that was superseded
//! `stale-formula`'s. Here stands what contradicts itself at any time: a plan with the years of another, a congress
//! beside the plenum of another, a plenum with what another resolved, 做到 with what is 拥护, a set list that lacks a
//! member, an item that a list names twice, and one campaign under two names.
//!
//! | file | finds |
//! |---|---|
//! | `twice` | 教育、医疗、养老、教育 |
//! | `pairs` | 做到“两个确立” |
//! | `sets` | “六稳” with five members, 政治意识、大局意识、看齐意识 |
//! | `plans` | 2021年是“十三五”开局之年, “十四五”时期（2016—2020年）, 第三个五年 |
//! | `congresses` | 今年是党的十九大召开之年 in 2022 |
//! | `contents` | “双创”：减轻义务教育阶段学生作业负担 |
//! | `terms` | 党的十九大和二十届三中全会 |
//! | `names` | “夏季治安百日会战” and “夏季平安百日攻坚” |

mod congresses;
mod contents;
mod examples;
mod names;
mod pairs;
mod plans;
mod sets;
mod terms;
mod twice;

use std::ops::Range;

use super::reading::{
    day,
    quote::{self, Quoted},
};
use super::{About, Authority, Case, Reads, Rule, told_once};
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
        "提法有固定的搭配和年份：“两个确立”是拥护的，“两个维护”是做到的；“十四五”是2021至2025年；哪次全会通过哪个决定，都有定数；“六稳”是六项，少一项就不成。\
         拼接、套改时容易张冠李戴。本规则指出：搭配错了的提法，规划同年份、大会同年份、大会同全会、全会同决定对不上的，固定提法列举不全的，\
         顿号列举里同一项列了两次的；名称相近、像是同一活动的两个名字只提示。回顾、引文、书名号里的不指出。",
        "Set terms have set company and set years: 两个确立 is upheld and 两个维护 done; the 14th plan runs from 2021 \
         to 2025; which plenum resolved what is settled, and 六稳 are six. Drafts that are joined or adapted mix them up. The \
         rule flags terms in the wrong company, plans, congresses and plenums with the years or resolutions of \
         others, a congress beside the plenum of another, set lists that lack a member, and an item that a list \
         names twice; two names that look like one campaign are a hint. \
         Accounts of the past, quotations and titles are left alone.",
    ),
    examples: examples::EXAMPLES,
};

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
        let families = [
            twice::find,
            pairs::find,
            sets::find,
            plans::find,
            congresses::find,
            contents::find,
            terms::find,
            names::find,
        ];
        let mut hits: Vec<Finding> = families.iter().flat_map(|find| find(&page)).collect();
        told_once(&mut hits);
        hits
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::TermClash;
    use crate::base::han::Date;
    use crate::model::{Settings, pack};
    use crate::read::read;
    use crate::rules::{Case, Rule};

    /// The words that are told, with these lists of a pack.
    fn found(lists: &str, text: &str, day: &str) -> Vec<String> {
        let pack = pack::load("词库.yaml", &format!("名称: 提法\n日期: 2027-03-01\n{lists}")).unwrap();
        let settings = Settings { pack: Arc::new(pack), as_of: Date::parse(day), ..Settings::default() };
        let manuscript = read("a.txt", text.as_bytes()).unwrap();
        let case = Case::new(&manuscript, &settings);
        let told = TermClash.check(&case).into_iter();
        told.map(|f| case.folded().text()[f.range].to_owned()).collect()
    }

    #[test]
    fn a_pack_s_list_counts_instead_of_the_built_in_one_also_without_its_phrase() {
        let text = "各级干部要增强政治意识、大局意识、看齐意识。";
        let own = "提法:\n  - {名称: 四个意识, 成员: [政治意识, 大局意识, 看齐意识]}\n";
        assert_eq!(found("", text, "2026-03-05"), ["政治意识、大局意识、看齐意识"]);
        assert!(found(own, text, "2026-03-05").is_empty());
    }

    #[test]
    fn plenums_that_a_pack_alone_knows_are_not_told_before_they_are_held() {
        let text = "要认真贯彻党的二十一届三中全会精神。";
        let own = "届次:\n  - {名称: 二十一届三中全会, 闭幕: 2029-10-20}\n";
        assert_eq!(found(own, text, "2028-03-05"), ["二十一届三中全会"]);
        assert!(found(own, text, "2029-12-05").is_empty());
        assert!(found("", text, "2028-03-05").is_empty());
    }
}
