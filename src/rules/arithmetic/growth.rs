//! How much a figure grew (增减): 由甲增加到乙，增加丙; 年均增长丙%; 增长丙倍; 翻两番; 乙，比上年的甲提高丙.
//!
//! Growth a year needs to know over how many years: by the years that the sentence names, else by the span
//! that its paragraph tells (五年来, “十四五”), else by any that may be meant.

use super::{Wrong, between, differs, direction, scale, shown, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::years_said;
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
use crate::text;

/// What grew from one figure to another.
struct Move<'f> {
    a: &'f Figure,
    b: &'f Figure,
    /// Up or down.
    way: f64,
}

/// What the figures of a sentence say of growth; years are left out of them.
pub(super) fn find(text: &str, figures: &[Figure]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for i in 0..figures.len().saturating_sub(1) {
        if let Some(moved) = from_to(text, &figures[i], &figures[i + 1]) {
            wrong.extend(told(text, &moved, &figures[i + 2..]));
        } else {
            wrong.extend(rows(text, figures, i));
        }
        if let Some([a, b, c]) = figures.get(i..i + 3)
            && ![a, b, c].iter().any(|f| vague(text, f))
        {
            wrong.extend(
                than(text, a, b, c).or_else(|| by_so_much(text, a, b, c)).or_else(|| years(text, a, b, c)),
            );
        }
    }
    wrong
}

/// 28万吨，比上年增加2万吨，增长12%: what it was before is the one without the other.
fn by_so_much(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    let (ab, bc) = (between(text, a, b), between(text, b, c));
    let led = ab.trim_start_matches(['，', '、', '（']).trim_end_matches('了');
    let verb = ["增加", "净增", "净增加", "新增", "减少", "增"].into_iter().find(|v| led.ends_with(v))?;
    let compared = &led[..led.len() - verb.len()];
    // 比2023年底净增
    let since = compared
        .strip_prefix(['比', '较'])
        .and_then(|w| ["年底", "年末", "年"].iter().find_map(|e| w.strip_suffix(e)))
        .is_some_and(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()));
    let plain = (since || lexicon::COMPARISONS.contains(&compared)) && led.len() < ab.len();
    let again = bc.trim_start_matches(['，', '、']).trim_end_matches('了');
    let way = if verb == "减少" { -1.0 } else { 1.0 };
    let same = a.unit == b.unit && !matches!(a.unit, "" | "%" | "年" | "月" | "日") && c.is_percent();
    let rate = matches!(again, "增长" | "同比增长" | "增幅" | "增幅达" | "增幅为") && way > 0.0
        || matches!(again, "下降" | "降幅" | "同比下降" | "降幅达" | "降低") && way < 0.0;
    let before = a.value - b.value * way;
    if !plain || !same || !rate || before <= 0.0 || b.value >= a.value {
        return None;
    }
    let was = Figure { value: before, slack: a.slack.max(b.slack), range: a.range.clone(), ..a.clone() };
    let low = (b.value - b.slack) / (before + was.slack + b.slack) * 100.0;
    let high = (b.value + b.slack) / (before - was.slack - b.slack).max(1e-9) * 100.0;
    let margin = if a.unit == "元" { 1.0 } else { 0.0 };
    let right = shown(b.value / before * 100.0, c.slack);
    differs(c, low - margin, high + margin).then(|| {
        let (whole, by, said) = (&text[a.range.clone()], &text[b.range.clone()], &text[c.range.clone()]);
        let message = text!(
            "{whole}里增加的是{by}，算下来是{right}%，不是“{said}”",
            "{by} of {whole} is a change of {right}%, not “{said}”"
        );
        Wrong::new(c.range.clone(), message)
    })
}

/// 2024年完成税收6.2亿元，2025年完成7.1亿元，增长14.5%.
fn years(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    let (first, second) = (clause::behind(text, a.range.start), clause::behind(text, b.range.start));
    let year = |words: &str| years_said(words).next().filter(|(at, _)| *at <= 6).map(|(_, y)| y);
    let rest = |words: &str| words.find('年').map_or(0, |i| words[i..].chars().count() - 1);
    let bc = between(text, b, c).trim_start_matches(['，', '、']).trim_end_matches('了');
    let next = year(first).zip(year(second)).is_some_and(|(x, y)| y == x + 1);
    let plain = rest(second) <= 10 && matches!(bc, "增长" | "同比增长" | "下降" | "同比下降");
    let way = direction(bc)?;
    let same = a.unit == b.unit && !a.is_percent() && !a.unit.is_empty() && c.is_percent();
    (next && plain && same && between(text, a, b).matches('，').count() == 1)
        .then(|| change(text, a, b, c, way))?
}

/// 由甲增加到乙.
fn from_to<'f>(text: &str, a: &'f Figure, b: &'f Figure) -> Option<Move<'f>> {
    let ab = between(text, a, b).trim();
    if vague(text, a) || vague(text, b) || a.unit != b.unit || ab.len() > 60 {
        return None;
    }
    let way = to(ab)?;
    let counts = !matches!(a.unit, "年" | "月" | "日" | "" | "时" | "级" | "届" | "期" | "位");
    let start = clause::sentence(text, a.range.clone()).start;
    let before = &text[start..a.range.start];
    let opens =
        ["由", "从"].iter().any(|w| before.rfind(w).is_some_and(|at| before[at..].chars().count() <= 14));
    (counts && opens).then_some(Move { a, b, way })
}

/// Which way words go that stand between two figures of one thing: 亩增加到, （2020年）提高至.
fn to(ab: &str) -> Option<f64> {
    // 提高到2020年的85%
    let ab = ["去年的", "今年的", "上年的", "现在的", "目前的"]
        .iter()
        .find_map(|w| ab.strip_suffix(w))
        .unwrap_or(ab);
    let bare = match ab.strip_suffix('的').unwrap_or(ab).strip_suffix('年') {
        Some(led) => led.trim_end_matches(|c: char| c.is_ascii_digit()),
        None => ab,
    };
    let moved = bare.trim_end_matches(['到', '至', '为']);
    if ab.chars().count() > 14 || moved.len() == bare.len() || ab.contains(['。', '；', '、']) {
        return None;
    }
    direction(moved).or_else(|| lexicon::REACHED.iter().any(|w| moved.ends_with(w)).then_some(1.0))
}

/// What is told of a move by the figures behind it.
fn told(text: &str, m: &Move<'_>, rest: &[Figure]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    wrong.extend(doublings(text, m));
    let mut last = m.b;
    // The change may be told twice, as an amount and as a rate.
    for c in rest.iter().take(3) {
        let gap = between(text, last, c);
        let Some(by) = by(gap) else { break };
        let yearly = lexicon::YEARLY.iter().find_map(|w| by.strip_suffix(w));
        if let Some(yearly) = yearly {
            if !c.is_percent() || !is_span(yearly) {
                break;
            }
            wrong.extend(annual(text, m, c));
            last = c;
            continue;
        }
        if c.unit == "倍" {
            wrong.extend(times(text, m, c, gap));
            break;
        }
        let rate =
            lexicon::RATE_NAMES.iter().any(|w| gap.trim_end_matches(['达', '为', '到', '约']).ends_with(w));
        let way = if rate { Some(m.way) } else { direction(gap.trim_end_matches(['了', '约', ' '])) };
        if !is_span(by) || way != Some(m.way) || vague(text, c) {
            break;
        }
        wrong.extend(change(text, m.a, m.b, c, m.way));
        last = c;
    }
    wrong
}

/// Whether words before a verb of growth only say over what time.
fn is_span(words: &str) -> bool {
    words.is_empty() || lexicon::SPANS.contains(&words) || words.ends_with('年') && words.chars().count() <= 4
}

/// What stands before the verb of growth between a move and by how much it was: 五年, 年均, 净; `None` where it
/// says more. 由85户增加到96户，增加值增长16.7%: another thing grows.
fn by(gap: &str) -> Option<&str> {
    if gap.contains(['。', '；', '\n']) || gap.chars().count() > 30 {
        return None;
    }
    let words = gap.trim_end_matches(['了', '约', '达', '近', '超', '过', '为', '到', ' ']);
    let mut clauses = words.split(['，', ',', '、', '（', '(']);
    let last = clauses.next_back()?;
    // 创历史新高 and the like between say nothing of another thing.
    // 个工作日: what is left of a unit.
    let noun = clauses.clone().next().is_some_and(|c| c.chars().count() <= 4);
    let idle = clauses
        .skip(usize::from(noun))
        .all(|c| c.is_empty() || lexicon::IDLE.iter().any(|w| c.contains(w)) || c.starts_with('）'));
    if !idle {
        return None;
    }
    let verb =
        |list: &[&'static str]| list.iter().copied().filter(|w| last.ends_with(*w)).max_by_key(|w| w.len());
    let last = last.trim();
    let verb = match last {
        _ if last.starts_with(['是', '为', '达', '相']) && last.ends_with('的') => return Some(""),
        _ => verb(lexicon::UP)
            .or_else(|| verb(lexicon::DOWN))
            .or_else(|| verb(lexicon::RATE_NAMES))
            .or_else(|| last.ends_with("递增").then_some("递增"))?,
    };
    let led = last[..last.len() - verb.len()].trim_matches(['共', '净', '实', '际', '复', '合']);
    (!led.ends_with("累计")).then_some(led)
}

/// 年均增长丙%.
fn annual(text: &str, m: &Move<'_>, c: &Figure) -> Option<Wrong> {
    let (a, b) = (m.a, m.b);
    if a.value <= 0.0
        || a.is_percent()
        || b.value <= a.value
        || c.value <= 0.0
        || m.way < 0.0
        || vague(text, c)
    {
        return None;
    }
    let ratio = b.value / a.value;
    let slack = (a.slack / a.value + b.slack / b.value) * ratio;
    let name = &text[clause::sentence(text, a.range.clone()).start..a.range.start];
    let name = &name[name.char_indices().rev().nth(40).map_or(0, |(at, _)| at)..];
    // Growth at constant prices lies off what the amounts give.
    let priced = lexicon::PRICED.iter().any(|w| name.contains(w));
    let margin = match () {
        () if priced => 2.5,
        () if a.unit == "元" || a.unit == "美元" => 1.2,
        () => 0.6,
    } + c.value * if priced { 0.08 } else { 0.05 };
    let off = |n: f64| {
        let low = ((ratio - slack).max(0.01)).powf(1.0 / n) * 100.0 - 100.0;
        let high = (ratio + slack).powf(1.0 / n) * 100.0 - 100.0;
        (low - c.value).max(c.value - high).max(0.0)
    };
    let spans = spans(text, m, c);
    let first = spans.first().is_none_or(|n| off(*n) <= margin);
    let others = spans.iter().any(|n| off(*n) <= margin);
    // Which companies and projects are counted changes from year to year.
    let counted = lexicon::RECOUNTED.iter().any(|w| name.contains(w));
    // The product is revised from year to year as well: at constant prices it may be told far off its amounts.
    let product = clause::behind(text, a.range.start).contains("生产总值");
    let revised = product && off(spans.first().copied().unwrap_or(5.0)) <= 4.0;
    if first || others && spans.len() > 3 || counted && priced || revised {
        return None;
    }
    // What prices did in between is not known.
    let perhaps = priced && off(spans.first().copied().unwrap_or(5.0)) <= 6.0;
    let severity = if others || counted || perhaps { Severity::Info } else { Severity::Warning };
    let n = spans.first().copied().unwrap_or(5.0);
    let (said, from, to) = (&text[c.range.clone()], &text[a.range.clone()], &text[b.range.clone()]);
    let right = shown(ratio.powf(1.0 / n) * 100.0 - 100.0, 0.05);
    let whole = shown((ratio - 1.0) * 100.0, 0.05);
    let message = text!(
        "从{from}到{to}一共增长{whole}%，按{n}年算年均{right}%，不是“{said}”",
        "from {from} to {to} is {whole}% in all, {right}% a year over {n} years, not “{said}”"
    );
    Some(Wrong { severity, ..Wrong::new(c.range.clone(), message) })
}

/// Over how many years a growth may be told, the likeliest first.
fn spans(text: &str, m: &Move<'_>, c: &Figure) -> Vec<f64> {
    /// Bytes before a growth in which its span is told.
    const FAR: usize = 900;
    let start = clause::sentence(text, m.a.range.clone()).start;
    let mut years = years_said(&text[start..c.range.start]).map(|(_, y)| f64::from(y));
    let (first, last) = (years.next(), years.next_back());
    if let Some((first, last)) = first.zip(last).filter(|(f, l)| l > f && l - f <= 20.0) {
        return vec![last - first];
    }
    let low = text.ceil_char_boundary(m.a.range.start.saturating_sub(FAR));
    let told = &text[low..m.a.range.start];
    let said = |words: &[&str]| words.iter().any(|w| told.contains(w));
    // A five-year span is told at its end, before it is over, or from the year before.
    if said(lexicon::FIVE_YEARS) {
        return vec![5.0, 4.0, 6.0];
    }
    if said(&["三年", "3年"]) {
        return vec![3.0, 2.0, 4.0];
    }
    if said(&["四年", "4年"]) {
        return vec![4.0, 3.0, 5.0];
    }
    if said(&["十年"]) {
        return vec![10.0, 9.0, 11.0];
    }
    vec![5.0, 4.0, 3.0, 2.0, 6.0]
}

/// 增长1.2倍, 是2015年的2.2倍.
fn times(text: &str, m: &Move<'_>, c: &Figure, gap: &str) -> Option<Wrong> {
    let (a, b) = (m.a, m.b);
    if a.value <= 0.0 || a.is_percent() || m.way < 0.0 || b.value < a.value {
        return None;
    }
    let ratio = b.value / a.value;
    let last = gap.rsplit(['，', '、', ',']).next().unwrap_or_default();
    let of = last.ends_with('的') || last.ends_with("相当于");
    let grew = if of { ratio } else { ratio - 1.0 };
    // 近3倍, 2倍多: to the next half.
    let loose = vague(text, c) || text[c.range.end..].starts_with(['多', '以']);
    let slack = (a.slack / a.value + b.slack / b.value) * ratio
        + c.slack * 2.0
        + if loose { 0.5 } else { 0.0 }
        + 0.02 * grew;
    let name = clause::behind(text, a.range.start);
    let counted = lexicon::RECOUNTED.iter().chain(lexicon::PRICED).any(|w| name.contains(w));
    // 增长2.2倍 for what is 2.2 times as much.
    let taken = !of && (ratio - c.value).abs() <= slack && slack < 0.4;
    let wrong = (grew - c.value).abs() > slack && (!counted || taken);
    wrong.then(|| {
        let (from, to) = (&text[a.range.clone()], &text[b.range.clone()]);
        let said = &text[c.range.clone()];
        let (grew, whole) = (shown(ratio - 1.0, 0.05), shown(ratio, 0.05));
        let message = text!(
            "从{from}到{to}，增长{grew}倍，是原来的{whole}倍，不是“{said}”",
            "from {from} to {to} is {grew} times more, {whole} times as much, not “{said}”"
        );
        Wrong::new(c.range.clone(), message)
    })
}

/// 翻了两番: twice and twice again.
fn doublings(text: &str, m: &Move<'_>) -> Option<Wrong> {
    let (a, b) = (m.a, m.b);
    let rest = clause::ahead(text, b.range.end, 2);
    let at = rest.find('番')?;
    let led = rest[..at].rfind('翻')?;
    let said = &rest[led..at];
    let number = said['翻'.len_utf8()..].trim_start_matches(['了', '近']);
    let count = match number.chars().next()? {
        '一' | '1' => 1.0,
        '两' | '二' | '2' => 2.0,
        '三' | '3' => 3.0,
        '四' | '4' => 4.0,
        _ => return None,
    };
    let before = rest[..led].trim_start_matches(['，', '、']);
    let own = before.is_empty() || is_span(before) || lexicon::DOUBLING.contains(&before);
    if !own || number.chars().count() != 1 || a.value <= 0.0 || a.is_percent() || m.way < 0.0 {
        return None;
    }
    let real = (b.value / a.value).log2();
    let near = said.contains('近') || rest[..led].ends_with(['近', '约']) || rest[..led].ends_with("接近");
    let wrong = real + if near { 0.4 } else { 0.12 } < count || real > count + 0.98;
    wrong.then(|| {
        let range = b.range.end + led..b.range.end + at + '番'.len_utf8();
        let (from, to, said) = (&text[a.range.clone()], &text[b.range.clone()], &text[range.clone()]);
        let ratio = shown(b.value / a.value, 0.05);
        let message = text!(
            "从{from}到{to}是{ratio}倍，不是“{said}”（翻一番是2倍，翻两番是4倍）",
            "from {from} to {to} is {ratio} times as much, not “{said}”"
        );
        Wrong::new(range, message)
    })
}

/// 分别由甲、乙提高到丙、丁，分别增长戊、己: figure by figure.
fn rows(text: &str, all: &[Figure], i: usize) -> Vec<Wrong> {
    /// Figures of a row at most.
    const MOST: usize = 6;
    let first = row(text, &all[i..]);
    let n = first.len();
    let Some(to_first) = all.get(i + n).filter(|_| (2..=MOST).contains(&n)) else { return Vec::new() };
    let Some(way) = first.last().and_then(|last| to(between(text, last, to_first).trim())) else {
        return Vec::new();
    };
    let opened = clause::behind(text, all[i].range.start);
    let second = row(text, &all[i + n..]);
    let Some(by_first) = all.get(i + 2 * n).filter(|_| second.len() == n && opened.contains(['由', '从']))
    else {
        return Vec::new();
    };
    let third = row(text, &all[i + 2 * n..]);
    let gap = second.last().map_or("", |last| between(text, last, by_first));
    let led = by(gap).map(|led| led.trim_end_matches("分别").trim_start_matches("分别"));
    if third.len() != n || led.is_none() {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for k in 0..n {
        let (a, b, c) = (&first[k], &second[k], &third[k]);
        if a.unit != b.unit || [a, b, c].iter().any(|f| vague(text, f)) {
            continue;
        }
        match led {
            Some(led) if lexicon::YEARLY.contains(&led) => wrong.extend(annual(text, &Move { a, b, way }, c)),
            Some("") => wrong.extend(change(text, a, b, c, way)),
            _ => {}
        }
    }
    wrong
}

/// The figures of one row: 23326元、10096元.
fn row<'f>(text: &str, all: &'f [Figure]) -> &'f [Figure] {
    let joined =
        |pair: &[Figure]| matches!(between(text, &pair[0], &pair[1]), "、" | "和" | "，" | "及" | "与");
    &all[..(1 + all.windows(2).take_while(|pair| joined(pair)).count()).min(all.len())]
}

/// 乙，比上年的甲提高丙, 乙，比上年甲增长丙.
fn than(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    let (ab, bc) = (between(text, a, b), between(text, b, c));
    let counts = a.unit == b.unit && !matches!(a.unit, "年" | "月" | "日" | "");
    let than = ab.starts_with(['，', ',', '、']) && ab.contains(['比', '较']) && ab.chars().count() <= 40;
    let of = ab.ends_with(['的', '(', '（', '年', '期', '初', '末', '底']);
    let verb = bc.trim_matches(['）', ')', ' ']).trim_end_matches('了');
    let way = direction(verb).filter(|_| verb.chars().count() <= 3)?;
    (counts && than && of).then(|| change(text, b, a, c, way))?
}

fn change(text: &str, a: &Figure, b: &Figure, c: &Figure, way: f64) -> Option<Wrong> {
    let exact = (b.value - a.value) * way;
    // Units and households are counted and not rounded.
    let counted = |f: &Figure| lexicon::COUNTED.contains(&f.unit) && f.slack <= 0.5;
    let slack_of = |f: &Figure| if counted(f) { 0.0 } else { f.slack };
    let slack = slack_of(a) + slack_of(b);
    // What goes the other way than its verb is `figure`'s.
    if exact < 0.0 {
        return None;
    }
    let (said, from, to) = (&text[c.range.clone()], &text[a.range.clone()], &text[b.range.clone()]);
    let wrong = |zh: &str, en: &str| {
        let message = text!(
            "从{from}到{to}，不是“{said}”，算下来是{zh}",
            "from {from} to {to} is not “{said}” but {en}"
        );
        Wrong::new(c.range.clone(), message)
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
        let (value, unit) = (shown(exact / scale, a.slack.min(b.slack) / scale), c.unit_words(text));
        return differs(c, exact - slack, exact + slack)
            .then(|| wrong(&format!("{value}{unit}"), &format!("{value}{unit}")));
    }
    if c.is_percent() && a.value > a.slack {
        let low = ((b.value - slack_of(b)) / (a.value + slack_of(a)) - 1.0) * 100.0 * way;
        let high = ((b.value + slack_of(b)) / (a.value - slack_of(a)) - 1.0) * 100.0 * way;
        // Growth at constant prices may lie off what the amounts give; money is left a margin.
        let comparable = || {
            let sentence = &text[clause::sentence(text, a.range.start..c.range.end)];
            ["口径", "可比", "名义", "实际", "不变价", "扣除"].iter().any(|w| sentence.contains(w))
        };
        let name = clause::behind(text, a.range.start.min(b.range.start));
        let priced = lexicon::PRICED.iter().chain(lexicon::RECOUNTED).any(|w| name.contains(w));
        let margin = match () {
            () if a.unit != "元" => 0.0,
            () if comparable() => 3.0,
            () if priced => 2.2,
            () => 0.0,
        };
        let percent = shown(exact / a.value * 100.0, c.slack);
        return differs(c, low.min(high) - margin, low.max(high) + margin)
            .then(|| wrong(&format!("{percent}%"), &format!("{percent}%")));
    }
    None
}
