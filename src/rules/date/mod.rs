//! `date` (日期): days that there are not, and days that contradict each other.
//!
//! A calendar needs no context: 2月30日 and 13月 are wrong wherever they stand, and so is a weekday beside a
//! date with its year. What is held against the paper's own day (a meeting told as held, an answer due) is
//! told only where that day is known, and where the words say that it is one or the other. Years and plans of
//! another time are `stale-time`'s, and how dates are written `numeral-style`'s.
//!
//! | file | finds |
//! |---|---|
//! | `said` | what a text says, possible or not |
//! | `calendar` | 2月30日, 13月, 203年, 农历1月25日, 25时 |
//! | `weekday` | 2026年3月5日（星期一） |
//! | `lunar` | 农历二月十五 as 元宵节, 腊月三十二, 公历正月初八 |
//! | `spans` | 2026年9月至2026年3月 |
//! | `order` | approved before it was passed, completed before it was begun |
//! | `told` | against the day of the paper or of the meeting |

mod calendar;
mod examples;
mod lunar;
mod order;
mod said;
mod spans;
mod told;
mod weekday;

use std::ops::Range;

use super::reading::day;
use super::{About, Authority, Case, Reads, Rule, told_once};
use crate::base::Text;
use crate::model::{Finding, Severity};

/// The rule.
pub struct DateRule;

static ABOUT: About = About {
    id: "date",
    title: Text::fixed("不可能或自相矛盾的日期", "impossible or contradictory dates"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "日期是手误最多、也最容易被人一眼看出的地方。本规则指出：历法上没有的日子（2月30日、13月、第五季度、25时）；\
         同日期对不上的星期；多一位少一位的年份（203年、20225年）；止期早于起期（3月15日至10日）；农历公历混写、对不上（公历腊月、\
         农历1月25日、2026年3月3日（农历二月十五））；批准早于通过、竣工早于开工；文稿的日子还没到就写成已经开过的会；要求回复的期限早于成文日期，报名的期限晚于会期。\
         跨年写明“次年”的、史书上的年份、编号里的数字，不指出。",
        "Dates are where slips are most common and most easily seen. The rule flags days that no calendar has \
         (2月30日, 13月, 第五季度, 25时); weekdays that do not fit their date; years with a digit too many or too few \
         (203年, 20225年); spans that end before they begin (3月15日至10日); lunar and solar days mixed or at odds \
         (公历腊月, 农历1月25日); what is approved before it was passed or completed before it was begun; meetings told as held that are still to come; answers due before the paper was written, names \
         due after the meeting. Spans that say 次年, years of history and numbers are left alone.",
    ),
    examples: examples::EXAMPLES,
};

/// What is wrong at these bytes of the folded text.
fn hit(range: Range<usize>, message: Text, help: Text) -> Finding {
    ABOUT.finding(range, message).help(help)
}

impl Rule for DateRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.folded().text();
        let arabic = said::all(text);
        let han = said::han(text);
        let days = told::Days { own: day::told(case), now: day::of(case) };
        let mut hits = calendar::find(text, &arabic);
        hits.extend(calendar::find_han(text, &han));
        hits.extend(weekday::find(text, &arabic, days.now));
        hits.extend(weekday::find(text, &han, days.now));
        hits.extend(spans::find(text, &arabic));
        hits.extend(lunar::find(text, &arabic, days.now));
        hits.extend(order::find(text, &arabic, &han));
        hits.extend(told::find(text, &arabic, &days));
        // A day that there is not is told once.
        told_once(&mut hits);
        hits
    }
}
