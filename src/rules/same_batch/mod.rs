//! `same-batch` (同批雷同): a paper that differs from another of its batch in little but names and figures.
//!
//! Thirty townships' papers made from one skeleton should say what each of them did. Beside the papers that
//! are checked with it a paper is told which of them is most like it, how much of it that one has too, and
//! where the longest passage stands that both have. Checked by itself it is told nothing.

mod alike;

use super::{About, Authority, Case, Reads, Rule, example};
use crate::base::{Place, Text};
use crate::model::{Finding, Severity};
use crate::text;

pub use alike::{Alike, alike};

/// The rule.
pub struct SameBatch;

static ABOUT: About = About {
    id: "same-batch",
    title: Text::fixed("同批文稿雷同", "papers of one batch that are alike"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::All,
    why: Text::fixed(
        "一批文稿一起检查（--among）时，逐份找出最像它的另一份：句子除了本单位名称、数字、日期、职务后面的人名以外都一样，就算相同。\
         标题和16字以下的短句不算。相同的占到一半是警告，占到四分之一、且有3句以上是提示，报在两份共有的最长一段上。",
        "With papers of one batch checked together (--among), each is told which other is most like it: sentences that \
         are equal but for the unit's own name, figures, dates and names behind an office count as the same; headings and sentences \
         below 16 characters do not count. Half of the text is a warning, a quarter of it, in three sentences or more, a hint; it is \
         told at the longest passage that both have.",
    ),
    examples: &[
        example(FIRST, &[FIRST_PASSAGE]).among(&[("枫林渡乡.txt", OTHER)]),
        example(
            "各村把账本摊在晒谷场上，一笔一笔念给乡亲听。",
            &["各村把账本摊在晒谷场上，一笔一笔念给乡亲听。"],
        )
        .among(&[("b.txt", "各村把账本摊在晒谷场上，一笔一笔念给乡亲听。")]),
        example(
            "全镇清出淤泥320方，修好水闸12座，渠水当年通到田头。",
            &["全镇清出淤泥320方，修好水闸12座，渠水当年通到田头。"],
        )
        .among(&[("b.txt", "全镇清出淤泥85方，修好水闸4座，渠水当年通到田头。")]),
        example(
            "3月5日前，请县长周明达同志到渠首验收一次，验完再放水。",
            &["3月5日前，请县长周明达同志到渠首验收一次，验完再放水。"],
        )
        .among(&[("b.txt", "4月20日前，请县长林知远同志到渠首验收一次，验完再放水。")]),
        example(
            "茶农不再半夜排队等水，合作社添了揉捻机。\n库房漏雨的老账，请木匠做了木箱装起来。",
            &["茶农不再半夜排队等水，合作社添了揉捻机。"],
        )
        .among(&[(
            "b.txt",
            "茶农不再半夜排队等水，合作社添了揉捻机。\n沿河栽下的柳树有人浇水，也有人看管补栽。",
        )]),
        example(FIRST, &[]),
        example(FIRST, &[]).among(&[("b.txt", "库房漏雨的老账，请木匠做了樟木箱子装起来。")]),
        example("一、总体要求\n狠抓落实。", &[]).among(&[("b.txt", "一、总体要求\n狠抓落实。")]),
        example("石桥湾镇把山泉引到了晒谷场，老人不再下河挑水。", &[])
            .among(&[("b.txt", "枫林渡乡把山泉引到了学校里，孩子不再下河挑水。")]),
        example("", &[]).among(&[("b.txt", OTHER)]),
    ],
};

const FIRST: &str = "石桥湾镇冬修水利总结\n石桥湾镇组织护林员沿河清淤，共清出淤泥320方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n茶农不再半夜排队等水，合作社添了揉捻机。\n";
const FIRST_PASSAGE: &str =
    "石桥湾镇组织护林员沿河清淤，共清出淤泥320方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。";
const OTHER: &str = "枫林渡乡冬修水利总结\n枫林渡乡组织护林员沿河清淤，共清出淤泥85方。\n各村把账本摊在晒谷场上，一笔一笔念给乡亲听。\n";

impl Rule for SameBatch {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(alike) = case.alike else { return Vec::new() };
        let percent = alike.percent();
        let (all, same) = alike.sentences;
        let severity = match percent {
            50.. => Severity::Warning,
            25.. if same >= 3 => Severity::Info,
            _ => return Vec::new(),
        };
        let other = &alike.nearest;
        let message = text!(
            "{all}句里有{same}句（{percent}%的字）和 {other} 只差名称和数字；最长相同的一段在这里",
            "{same} of {all} sentences ({percent}% of the characters) differ from {other} in names and figures alone; the longest passage is this one"
        );
        let help = Text::fixed(
            "写进本单位自己的做法、例子和数字；都该一样的话，放行这一处",
            "say what this unit did itself, with its own examples; where all must say the same, allow it",
        );
        let any = alike.percent_of_any();
        let note =
            text!("同批其他各份合起来有它的{any}%", "all others of the batch together have {any}% of it");
        vec![
            ABOUT
                .finding(alike.longest.clone(), message)
                .severity(severity)
                .help(help)
                .note(None::<Place>, note),
        ]
    }
}
