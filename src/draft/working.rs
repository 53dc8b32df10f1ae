//! How a computed figure was computed (算式), written out for whoever checks it by hand.
//!
//! A computed stretch knows the facts that it rests on and not the way from them to its words. The way is
//! found again: of the few computations that there are, the one whose outcome these very words say. So what
//! is written out is arithmetic that was done once more, and not a label that might be wrong; where none fits
//! nothing is said.

use super::compute::{Amount, divided, number};
use crate::base::Text;

/// A computation written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// What kind it is: 增减幅度, 差, 占比, 合计, 照录.
    pub kind: Text,
    /// The arithmetic: `（9260张 − 8231张）÷ 8231张 = 12.5%`; of what is said as it stands, that.
    pub sum: String,
}

impl Working {
    const fn of(zh: &'static str, en: &'static str, sum: String) -> Self {
        Self { kind: Text::fixed(zh, en), sum }
    }
}

/// A source: its words from the first digit on, and what they amount to.
struct Source {
    words: String,
    amount: Amount,
}

impl Source {
    fn of(value: &str) -> Option<Self> {
        let at = value.find(|c: char| c.is_ascii_digit())?;
        // 全市平均-2.1%
        let at = if value[..at].ends_with('-') { at - 1 } else { at };
        let words = value[at..].trim().trim_end_matches(['。', '；']).to_owned();
        Some(Self { amount: Amount::parse(&words)?, words })
    }
}

/// The numbers of a text, each with what follows it.
fn numbers(words: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[at..];
        let end = from.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(from.len());
        found.push((from[..end].trim_end_matches('.'), &from[end..]));
        rest = &from[end..];
    }
    found
}

/// How these words came of the values of these facts; `None` if no computation that there is gives them.
#[must_use]
pub fn working(words: &str, values: &[String]) -> Option<Working> {
    let sources: Vec<Source> = values.iter().filter_map(|v| Source::of(v)).collect();
    let found = numbers(words);
    let Some(&(first, after)) = found.first() else { return compared(words, &sources, values) };
    moved(words, &found, values)
        .or_else(|| paced(&found, &sources))
        .or_else(|| pairs(&sources).find_map(|(a, b)| two(words, (first, after), a, b)))
        .or_else(|| summed(first, after, &sources))
        .or_else(|| stated(words, &found, values))
}

/// Every two of the sources that have one unit, either first.
fn pairs(sources: &[Source]) -> impl Iterator<Item = (&Source, &Source)> {
    let each = move |(i, a): (usize, &'_ Source)| (i, a.amount.unit.clone());
    let ids: Vec<(usize, String)> = sources.iter().enumerate().map(each).collect();
    let all = ids.clone().into_iter().flat_map(move |one| {
        ids.clone()
            .into_iter()
            .filter(move |two| two.0 != one.0 && two.1 == one.1)
            .map(move |two| (one.0, two.0))
    });
    all.map(|(i, j)| (&sources[i], &sources[j]))
}

/// What two figures of one unit give: growth, a multiple, a share, a difference.
fn two(words: &str, (token, after): (&str, &str), a: &Source, b: &Source) -> Option<Working> {
    let decimals = a.amount.decimals().max(b.amount.decimals());
    let (now, before) = (a.amount.at(decimals), b.amount.at(decimals));
    let (x, y) = (&a.words, &b.words);
    let is = |scaled: i128, decimals: u32| number(scaled, decimals) == token;
    let grows = words.contains("增长") || words.contains("下降");
    if grows && before > 0 && after.starts_with('%') && is(divided((now - before) * 1000, before), 1) {
        return Some(Working::of(
            "增减幅度",
            "growth",
            format!("（{x} − {y}）÷ {y} = {}{token}%", sign(now - before)),
        ));
    }
    if before > 0 && after.starts_with('倍') && is(divided((now - before) * 10, before), 1) {
        return Some(Working::of("增减幅度", "growth", format!("（{x} − {y}）÷ {y} = {token}倍")));
    }
    if !grows && before > 0 && after.starts_with('%') && is(divided(now * 1000, before), 1) {
        return Some(Working::of("占比", "share", format!("{x} ÷ {y} = {token}%")));
    }
    let fits = after.starts_with("个百分点") == a.amount.is_percent();
    (now >= before && fits && is(now - before, decimals)).then(|| {
        let unit = if a.amount.is_percent() { "个百分点" } else { &a.amount.unit };
        Working::of("差", "difference", format!("{x} − {y} = {token}{unit}"))
    })
}

const fn sign(step: i128) -> &'static str {
    if step < 0 { "−" } else { "" }
}

/// The sum of all figures.
fn summed(token: &str, after: &str, sources: &[Source]) -> Option<Working> {
    let first = sources.first()?;
    let unit = &first.amount.unit;
    if sources.len() < 2
        || sources.iter().any(|s| s.amount.unit != *unit)
        || !after.starts_with(unit.as_str())
    {
        return None;
    }
    let decimals = sources.iter().map(|s| s.amount.decimals()).max().unwrap_or(0);
    let sum: i128 = sources.iter().map(|s| s.amount.at(decimals)).sum();
    let all: Vec<&str> = sources.iter().map(|s| &*s.words).collect();
    (number(sum, decimals) == token)
        .then(|| Working::of("合计", "sum", format!("{} = {token}{unit}", all.join(" + "))))
}

/// 居全市第3位，比上次前移2位: two places, and how far they are apart.
fn moved(words: &str, found: &[(&str, &str)], values: &[String]) -> Option<Working> {
    let (steps, _) = found.get(1).filter(|_| words.contains("上次前移") || words.contains("上次后移"))?;
    let place = |words: &String| numbers(words).first().and_then(|(n, _)| n.parse::<i64>().ok());
    let (now, before) = (place(values.first()?)?, place(values.get(1)?)?);
    (steps.parse() == Ok(now.abs_diff(before))).then(|| {
        let (high, low) = (now.max(before), now.min(before));
        Working::of("位次变动", "move in rank", format!("{high} − {low} = {steps}位"))
    })
}

/// 余下40天，每天至少完成12户: what is left, by the day, the week or the month, rounded up.
fn paced(found: &[(&str, &str)], sources: &[Source]) -> Option<Working> {
    let [(days, after), (share, unit)] = found else { return None };
    let period = ["天，每天", "天，每周", "天，每月"].iter().position(|p| after.starts_with(p))?;
    let (length, each) = ([1, 7, 30][period], ["天", "周", "月"][period]);
    let left: i128 = days.parse().ok()?;
    let unit = if unit.starts_with("个百分点") { "个百分点" } else { "" };
    pairs(sources).find_map(|(goal, now)| {
        let decimals = goal.amount.decimals().max(now.amount.decimals());
        let shown = if now.amount.is_count() { 0 } else { decimals.max(1) };
        let step = (goal.amount.at(decimals) - now.amount.at(decimals)).abs();
        let scaled = step * 10i128.pow(shown - decimals.min(shown));
        let fits = left > 0 && number((scaled * length + left - 1) / left, shown) == *share;
        let (g, n) = (&goal.words, &now.words);
        let unit = if unit.is_empty() { &*now.amount.unit } else { unit };
        let (from, to) = if goal.amount.at(decimals) < now.amount.at(decimals) { (n, g) } else { (g, n) };
        fits.then(|| {
            let times = if length == 1 { String::new() } else { format!(" × {length}") };
            let sum = format!("（{from} − {to}）÷ {days}天{times} = {share}{unit}/{each}（进一）");
            Working::of("进度", "pace", sum)
        })
    })
}

/// Words that say what a fact says, or a part of it.
fn stated(words: &str, found: &[(&str, &str)], values: &[String]) -> Option<Working> {
    let known = |(n, _): &(&str, &str)| values.iter().any(|v| numbers(v).iter().any(|(m, _)| m == n));
    let whole = values.iter().find(|v| words.contains(&***v));
    match whole {
        Some(value) if values.len() > 1 => {
            let other = values.iter().find(|v| *v != value)?;
            Some(Working::of("对照", "comparison", format!("{other} / {value}")))
        }
        _ => found.iter().all(known).then(|| Working::of("照录", "as stated", values.join("、"))),
    }
}

/// Words without a number that say how two figures stand to each other: 持平, 翻了一番, 由…提高到….
fn compared(words: &str, sources: &[Source], values: &[String]) -> Option<Working> {
    let Some((a, b)) = pairs(sources).next() else {
        return (!values.is_empty()).then(|| Working::of("照录", "as stated", values.join("、")));
    };
    let decimals = a.amount.decimals().max(b.amount.decimals());
    let (now, before) = (a.amount.at(decimals), b.amount.at(decimals));
    let (x, y) = (&a.words, &b.words);
    if words.contains("翻了一番") {
        return (now == 2 * before || before == 2 * now).then(|| {
            let (x, y) = if now > before { (x, y) } else { (y, x) };
            Working::of("倍数", "multiple", format!("{x} ÷ {y} = 2"))
        });
    }
    let sign = match now.cmp(&before) {
        std::cmp::Ordering::Less => "<",
        std::cmp::Ordering::Equal => "=",
        std::cmp::Ordering::Greater => ">",
    };
    Some(Working::of("比较", "comparison", format!("{x} {sign} {y}")))
}

#[cfg(test)]
mod tests {
    use super::working;

    fn sum(words: &str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
        working(words, &values).map_or_else(String::new, |w| format!("{}：{}", w.kind.zh, w.sum))
    }

    #[test]
    fn growth_differences_shares_and_sums_are_written_out() {
        assert_eq!(
            sum("比上年增长12.5%", &["9260张", "8231张"]),
            "增减幅度：（9260张 − 8231张）÷ 8231张 = 12.5%"
        );
        assert_eq!(
            sum("下降3.1%", &["79.3亿元", "81.8亿元"]),
            "增减幅度：（79.3亿元 − 81.8亿元）÷ 81.8亿元 = −3.1%"
        );
        assert_eq!(sum("比上年提高0.5个百分点", &["98.6%", "98.1%"]), "差：98.6% − 98.1% = 0.5个百分点");
        assert_eq!(
            sum("低于全市平均2.1个百分点", &["92%", "全市平均94.1%"]),
            "差：94.1% − 92% = 2.1个百分点"
        );
        assert_eq!(sum("33.3%", &["56个", "168个"]), "占比：56个 ÷ 168个 = 33.3%");
        assert_eq!(sum("2.05万亩", &["1.25万亩", "0.8万亩"]), "合计：1.25万亩 + 0.8万亩 = 2.05万亩");
        assert_eq!(sum("增长1.4倍", &["2880人", "1200人"]), "增减幅度：（2880人 − 1200人）÷ 1200人 = 1.4倍");
        assert_eq!(sum("翻了一番", &["2400人", "1200人"]), "倍数：2400人 ÷ 1200人 = 2");
    }

    #[test]
    fn ranks_paces_and_what_is_said_as_it_stands_are_told() {
        assert_eq!(sum("居全市第3位，比上次前移2位", &["全市第3位", "全市第5位"]), "位次变动：5 − 3 = 2位");
        assert_eq!(sum("居全市第3位", &["全市第3位"]), "照录：全市第3位");
        assert_eq!(sum("同比增长5.6%", &["增长5.6%"]), "照录：增长5.6%");
        assert_eq!(
            sum("余下180天，每周至少完成3个", &["41个", "96个", "到年底"]),
            "进度：（96个 − 41个）÷ 180天 × 7 = 3个/周（进一）"
        );
        assert_eq!(sum("已达到92%的目标", &["95%", "92%"]), "对照：95% / 92%");
        assert_eq!(sum("提高到", &["92%", "84.5%"]), "比较：92% > 84.5%");
    }

    #[test]
    fn what_no_computation_gives_is_not_explained() {
        assert_eq!(sum("比上年增长12.6%", &["9260张", "8231张"]), "");
        assert_eq!(sum("提高0.6个百分点", &["98.6%", "98.1%"]), "");
        assert_eq!(sum("2.06万亩", &["1.25万亩", "0.8万亩"]), "");
    }
}
