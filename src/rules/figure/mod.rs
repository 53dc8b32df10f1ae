//! `figure` (数字): figures that are written wrongly, and figures of one paper that contradict each other.
//!
//! What stands there is compared with itself: its marks, its unit, the verb beside it, and the same
//! indicator elsewhere in the paper. What facts say of it is `figure-mismatch`'s, what a sentence works out
//! `arithmetic`'s, how figures are written where both ways are known `numeral-style`'s, and a unit whose
//! figure is gone `placeholder`'s.
//!
//! | file | finds |
//! |---|---|
//! | `points` | 12..5, 7.2.9公里, 301。2亿元, 45l6项 |
//! | `written` | 1,23,4, 亿元元, %%, 下降-3.2% |
//! | `percent` | 增长5.6， without its sign |
//! | `unit` | 从26.7%提高到52.1，, 资金32.5，: no unit |
//! | `moves` | 由35%提高到32% |
//! | `scale` | 地区生产总值86.4万元, 人均收入3.2亿元 |
//! | `twins` | a statement made twice, with another figure the second time |
//! | `twice` | one indicator with two values, or in 万 here and in 亿 there |

mod examples;
mod moves;
mod percent;
mod points;
mod scale;
mod twice;
mod twins;
mod unit;
mod written;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule, told_once};
use crate::base::Text;
use crate::model::{Finding, Severity};

/// The rule.
pub struct FigureRule;

static ABOUT: About = About {
    id: "figure",
    title: Text::fixed("写坏的或前后矛盾的数字", "figures that are broken or contradict each other"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "数字是稿子里最要紧、也最经不起手误的东西。本规则指出：写坏的数（12..5、亿元元、%%、混进字母的45l件）；丢了的百分号和单位（增长5.6，\
         从26.7%提高到52.1，淘汰锅炉335，）；下降之后又带负号；由高到低却说“提高”、由低到高却说“下降”，名次也一样；同一指标一处是亿、一处是万，\
         大得或小得不合常理的量级（地区生产总值86.4万元）；\
         同一篇里同一件事两个值（确有把握的才报，拿不准的只提示；长稿里同一件事会说多次，只看年份、旁边的数和数字本身都对得上的）。不同年份、不同地区、累计、同比、目标和完成数不同，名次、指数、\
         评分不带单位，都不指出。",
        "Figures matter most and bear slips least. The rule flags figures that are broken (12..5, 亿元元, %%, 45l件 with \
         a letter), that lost their percent sign or unit (增长5.6，), a minus sign behind a verb of falling, 提高 from \
         the higher to the lower and 下降 the other way round, places in a ranking too, one indicator in 亿 here and \
         in 万 there, amounts that cannot be (a county's product of 86.4万元), and two values of one thing in one \
         paper (only where it is sure, else a hint; a long paper tells a thing of many times). Other years and places, totals, targets, \
         ranks, indices and scores are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// What is wrong at these bytes of the folded text.
fn hit(range: Range<usize>, message: Text) -> Finding {
    ABOUT.finding(range, message).help(Text::fixed("对照原始数据改正", "correct it by the original data"))
}

impl Rule for FigureRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.folded().text();
        let all = case.figures();
        let mut hits = points::find(text, all);
        hits.extend(written::find(text, all));
        hits.extend(percent::find(text, all));
        hits.extend(moves::find(text, all));
        hits.extend(scale::find(text, all));
        hits.extend(unit::find(text, all));
        hits.extend(twice::find(case, text, all));
        // What was drafted a moment ago says what its facts say.
        if !case.is_drafted() {
            hits.extend(twice::any(text, all));
            hits.extend(twins::find(text, all));
        }
        told_once(&mut hits);
        hits
    }
}
