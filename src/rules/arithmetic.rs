//! `arithmetic` (算术): sums, differences, shares and growth that do not come out.
//!
//! Only what the sentence itself works out is checked: it gives both terms and the result, tied by
//! its own words (由……增加到……，增加了……). Every figure is allowed its rounding, 5.6% may be
//! anything from 5.55 to 5.65, and figures with 约, 近, 余 and the like prove nothing. Parts after
//! 其中 need not be all parts; only a part that is larger than its whole is told.

use std::ops::Range;

use super::{About, Authority, Case, Example, Reads, Rule, example};
use crate::base::figures::{Figure, figures};
use crate::base::lexicon::arithmetic as lexicon;
use crate::base::{Text, clause};
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct Arithmetic;

static ABOUT: About = About {
    id: "arithmetic",
    title: Text::fixed("算不拢的数字", "figures that do not add up"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "改了一个数、忘了改跟着它算出来的数，是最常见的硬伤。本规则只算句子自己摆出来的账：\
         由甲增加到乙、增加多少；甲比上年的乙提高多少；甲占乙的百分之几；几项合计多少；其中一项不能比总数大。\
         百分数之差叫百分点，不叫百分之几。四舍五入的误差、带“约”“近”“余”的数，不指出。",
        "A figure is changed and what was worked out from it is not. The rule only checks sums that the sentence \
         itself does: from A to B, by so much; B against last year's A; A as a share of B; parts and their total; \
         no part above its whole. A difference of two percentages is in percentage points. Rounding is allowed \
         for, and figures with 约, 近, 余 prove nothing.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("全县茶园面积由12.4万亩增加到15.6万亩，增加了2.2万亩。", &["2.2万亩"]),
    example("森林覆盖率从61.2%提高到63.5%，提高1.3个百分点。", &["1.3个百分点"]),
    example("卫生厕所普及率从84.5%提高到92%，增长7.5%。", &["7.5%"]),
    example("群众满意度达到91.20分，比上年的88.10分提高了4.10分。", &["4.10分"]),
    example("脱贫人口1.2万人，占全县总人口24万人的8%。", &["8%"]),
    example("新建改造农路120公里，其中青石镇135公里。", &["135公里"]),
    example("石桥湾镇20个、枫林渡乡15个、竹溪坪镇10个，共计50个。", &["50个"]),
    example("粮食产量由20.5万吨提高到22.1万吨，增长7.8%，增加2.6万吨。", &["2.6万吨"]),
    example("全县茶园面积由12.4万亩增加到15.6万亩，增加了3.2万亩。", &[]),
    example("森林覆盖率从61.2%提高到63.5%，提高2.3个百分点。", &[]),
    example("群众满意度达到91.20分，比上年的88.10分提高了3.10分。", &[]),
    example("脱贫人口1.2万人，占全县总人口24万人的5%。", &[]),
    example("地区生产总值从80.0亿元增加到86.4亿元，增长8%。", &[]),
    example("地区生产总值从约80亿元增加到90亿元以上，增长9%。", &[]),
    example("新建农路120公里，其中青石镇35公里、枫林渡乡20公里。", &[]),
    example("失业率从5%上升到8%，上升3个百分点。", &[]),
    example("石桥湾镇20个、枫林渡乡15个、竹溪坪镇10个，共计45个。", &[]),
    example("从3月5日到3月20日，新增20人。", &[]),
];

/// A claim that does not hold: the figure that is wrong, and what it should be.
struct Wrong {
    range: Range<usize>,
    message: Text,
}

impl Rule for Arithmetic {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.folded().text();
        let all = figures(text);
        let mut wrong = Vec::new();
        let mut from = 0;
        // The figures of one sentence at a time.
        while let Some(first) = all.get(from) {
            let end = clause::sentence(text, first.range.clone()).end;
            let count = all[from..].iter().take_while(|f| f.range.start < end).count().max(1);
            wrong.extend(sentence(text, &all[from..from + count]));
            from += count;
        }
        wrong
            .into_iter()
            .map(|w| {
                ABOUT.finding(w.range, w.message).help(Text::fixed(
                    "核对原始数据，改正算错或没有跟着改的那个数",
                    "go back to the data and correct the figure that is wrong or was not updated",
                ))
            })
            .collect()
    }
}

/// How a verb moves a figure; `None` if it is no such verb.
fn direction(verb: &str) -> Option<f64> {
    let ends = |list: &[&str]| list.iter().any(|w| verb.ends_with(w));
    if ends(lexicon::UP) {
        Some(1.0)
    } else if ends(lexicon::DOWN) {
        Some(-1.0)
    } else {
        None
    }
}

/// Whether a word beside the figure says that it is not exact.
fn vague(text: &str, f: &Figure) -> bool {
    let before = &text[..f.range.start];
    let after = &text[f.range.end..];
    lexicon::VAGUE_BEFORE.iter().any(|w| before.ends_with(w))
        || lexicon::VAGUE_BEHIND.iter().any(|w| after.starts_with(w))
        || text[f.digits.end..].starts_with(['多', '余'])
}

fn between<'t>(text: &'t str, a: &Figure, b: &Figure) -> &'t str {
    text.get(a.range.end..b.range.start).unwrap_or_default()
}

fn sentence(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (i, window) in all.windows(3).enumerate() {
        let [a, b, c] = window else { continue };
        if [a, b, c].iter().any(|f| vague(text, f)) {
            continue;
        }
        let start = clause::sentence(text, a.range.clone()).start;
        let before = &text[start..a.range.start];
        let (ab, bc) = (between(text, a, b), between(text, b, c));
        // 由甲增加到乙，增加丙
        if a.unit == b.unit && !matches!(a.unit, "年" | "月" | "日" | "" | "时" | "级" | "届" | "期") {
            let moved = ab.trim_end_matches(['到', '至', '为']);
            let opens = ["由", "从"]
                .iter()
                .any(|w| before.rfind(w).is_some_and(|at| before[at..].chars().count() <= 14));
            let far = ab.chars().count() > 12 || moved.len() == ab.len();
            if let (true, false, Some(way)) = (opens, far, direction(moved)) {
                // The change may be told twice, as an amount and as a rate.
                let mut last = b;
                for c in all[i + 2..].iter().take(2) {
                    let gap = between(text, last, c);
                    let by = gap.trim_start_matches(['，', ',', '、', '（', '(']).trim_end_matches('了');
                    let tied = gap.chars().count() <= 8 && direction(by) == Some(way);
                    if !tied || by.contains("年均") || by.contains("同比") || vague(text, c) {
                        break;
                    }
                    wrong.extend(change(text, a, b, c, way));
                    last = c;
                }
            }
        }
        // 乙，比上年的甲提高丙
        if a.unit == b.unit && !matches!(a.unit, "年" | "月" | "日" | "") {
            let than = ab.starts_with(['，', ',', '、']) && ab.contains(['比', '较']);
            let of = ["的", "(", "（"].iter().any(|w| ab.ends_with(w));
            let verb = bc.trim_start_matches(['）', ')']).trim_end_matches('了');
            if let (true, true, Some(way)) =
                (than && ab.chars().count() <= 40, of, direction(verb).filter(|_| verb.chars().count() <= 3))
            {
                wrong.extend(change(text, b, a, c, way));
            }
        }
        // 甲，占乙的丙%
        if a.unit == b.unit && !a.unit.is_empty() && c.is_percent() && !a.is_percent() && bc == "的" {
            let share = ab.trim_start_matches(['，', ',']);
            if share.starts_with('占') && share.chars().count() <= 16 && b.value > 0.0 {
                wrong.extend(share_of(text, a, b, c));
            }
        }
    }
    wrong.extend(parts(text, all));
    wrong
}

/// What the result should be, from the ends of what both terms may be.
fn differs(c: &Figure, low: f64, high: f64) -> bool {
    // One more unit of the last digit, for those who cut instead of rounding.
    let slack = c.slack * 2.0 + 1e-9 * high.abs().max(1.0);
    c.value < low.min(high) - slack || c.value > low.max(high) + slack
}

fn change(text: &str, a: &Figure, b: &Figure, c: &Figure, way: f64) -> Option<Wrong> {
    let exact = (b.value - a.value) * way;
    let slack = a.slack + b.slack;
    let (said, from, to) = (&text[c.range.clone()], &text[a.range.clone()], &text[b.range.clone()]);
    let wrong = |zh: &str, en: &str| Wrong {
        range: c.range.clone(),
        message: text!(
            "从{from}到{to}，不是“{said}”，算下来是{zh}",
            "from {from} to {to} is not “{said}” but {en}"
        ),
    };
    if a.is_percent() {
        let points = shown(exact, a.slack.min(b.slack));
        if c.is_points() {
            return differs(c, exact - slack, exact + slack)
                .then(|| wrong(&format!("{points}个百分点"), &format!("{points} percentage points")));
        }
        if c.is_percent() && a.value > 0.0 {
            let growth = exact / a.value * 100.0;
            let fits = !differs(c, growth - growth.abs() * 0.02 - 0.1, growth + growth.abs() * 0.02 + 0.1);
            return (!fits)
                .then(|| wrong(&format!("{points}个百分点"), &format!("{points} percentage points")));
        }
        return None;
    }
    if c.unit == a.unit {
        let scale = scale(text, c);
        let (value, unit) = (shown(exact / scale, a.slack.min(b.slack) / scale), unit_words(text, c));
        return differs(c, exact - slack, exact + slack)
            .then(|| wrong(&format!("{value}{unit}"), &format!("{value}{unit}")));
    }
    if c.is_percent() && a.value > a.slack {
        let low = ((b.value - b.slack) / (a.value + a.slack) - 1.0) * 100.0 * way;
        let high = ((b.value + b.slack) / (a.value - a.slack) - 1.0) * 100.0 * way;
        // Growth at constant prices may lie off what the amounts give; money is left a margin.
        let margin = if a.unit == "元" { 3.0 } else { 0.0 };
        let percent = shown(exact / a.value * 100.0, c.slack);
        return differs(c, low.min(high) - margin, low.max(high) + margin)
            .then(|| wrong(&format!("{percent}%"), &format!("{percent}%")));
    }
    None
}

fn share_of(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    let low = (a.value - a.slack) / (b.value + b.slack) * 100.0;
    let high = (a.value + a.slack) / (b.value - b.slack).max(f64::MIN_POSITIVE) * 100.0;
    let (part, whole, said) = (&text[a.range.clone()], &text[b.range.clone()], &text[c.range.clone()]);
    let percent = shown(a.value / b.value * 100.0, c.slack);
    differs(c, low, high).then(|| Wrong {
        range: c.range.clone(),
        message: text!(
            "{part}占{whole}，不是“{said}”，算下来是{percent}%",
            "{part} of {whole} is not “{said}” but {percent}%"
        ),
    })
}

/// Parts and their total: 甲、乙、丙，合计丁; 共甲，其中乙.
fn parts(text: &str, all: &[Figure]) -> Vec<Wrong> {
    const TOTALS: &[&str] = &["合计", "共计", "总计", "一共"];
    let mut wrong = Vec::new();
    for (i, total) in all.iter().enumerate() {
        if vague(text, total) || matches!(total.unit, "" | "%" | "年" | "月" | "日" | "百分点") {
            continue;
        }
        let before = clause::behind(text, total.range.start);
        if TOTALS.iter().any(|w| before.trim_end_matches('为').ends_with(w)) && before.chars().count() <= 4 {
            // Parts: figures of the same unit in one list right before it.
            let mut start = i;
            while start > 0 {
                let f = &all[start - 1];
                let gap = between(text, f, &all[start]);
                let list = if start == i {
                    gap.chars().count() <= 6
                } else {
                    gap.contains('、') && gap.chars().count() <= 12 && !gap.contains(['，', ','])
                };
                if !list || f.unit != total.unit || vague(text, f) {
                    break;
                }
                start -= 1;
            }
            let list = &all[start..i];
            let led = list.first().map(|f| clause::behind(text, f.range.start)).unwrap_or_default();
            if list.len() >= 2 && !led.contains("其中") && !led.contains('等') {
                let sum: f64 = list.iter().map(|f| f.value).sum();
                let slack: f64 = list.iter().map(|f| f.slack).sum::<f64>()
                    * f64::from(u8::from(list.iter().any(|f| f.slack < 0.4 || f.slack > 0.6)));
                if differs(total, sum - slack, sum + slack) && (total.value - sum).abs() > 0.5 * total.slack {
                    let scale = scale(text, total);
                    let (n, unit) = (shown(sum / scale, total.slack / scale), unit_words(text, total));
                    let said = &text[total.range.clone()];
                    wrong.push(Wrong {
                        range: total.range.clone(),
                        message: text!(
                            "各项相加是{n}{unit}，不是“{said}”",
                            "the parts add up to {n}{unit}, not “{said}”"
                        ),
                    });
                }
            }
        }
        // 甲，其中乙: a part is no larger than its whole.
        if let Some(part) = all.get(i + 1) {
            let gap = between(text, total, part);
            if gap.trim_start_matches(['，', ',', '（', '(']).starts_with("其中")
                && part.unit == total.unit
                && gap.chars().count() <= 16
                && !gap.contains("人均")
                && !gap.contains("累计")
                && part.value - part.slack > total.value + total.slack
            {
                let (said, whole) = (&text[part.range.clone()], &text[total.range.clone()]);
                wrong.push(Wrong {
                    range: part.range.clone(),
                    message: text!(
                        "总数是{whole}，其中一项却是“{said}”",
                        "the whole is {whole}, and a part of it “{said}”"
                    ),
                });
            }
        }
    }
    wrong
}

/// The scale that a figure is written in: 10,000 for 万亩.
fn scale(text: &str, f: &Figure) -> f64 {
    let digits: f64 = text[f.digits.clone()].replace(',', "").parse().unwrap_or(0.0);
    if digits > 0.0 { f.value / digits } else { 1.0 }
}

/// Scale and unit as written.
fn unit_words<'t>(text: &'t str, f: &Figure) -> &'t str {
    &text[f.digits.end..f.range.end]
}

/// A number with as many decimals as `slack` allows.
fn shown(value: f64, slack: f64) -> String {
    let decimals = if slack >= 0.4 {
        0
    } else if slack >= 0.04 {
        1
    } else {
        2
    };
    format!("{value:.decimals$}")
}
