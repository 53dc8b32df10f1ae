//! What is computed from facts and worded as the trade words it: growth, differences, shares,
//! totals, ranks.
//!
//! Nobody types these twice, so they cannot disagree with their figures. Sums are exact: a figure
//! is an integer and a number of decimals. The result keeps as many decimals as its figures have,
//! percentages of growth one. What cannot be computed (other units, no digits, a last year of
//! nothing) is the empty text, for a skeleton to ask with `if`.

use super::mark;

/// A figure as a fact has it: `84.5%` is 845 with one decimal and the unit `%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    scaled: i128,
    decimals: u32,
    pub unit: String,
}

impl Amount {
    pub fn parse(marked: &str) -> Option<Self> {
        let text = mark::plain(marked);
        let text = text.trim();
        let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-')));
        let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
        let number: String = number.chars().filter(|&c| c != ',').collect();
        let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
        // Room for products of two figures and a thousand in 128 bits.
        if whole.is_empty() || whole.len() + part.len() > 15 {
            return None;
        }
        let scaled = format!("{whole}{part}").parse().ok()?;
        Some(Self { scaled, decimals: u32::try_from(part.len()).ok()?, unit: unit.trim().to_owned() })
    }

    /// The number with so many decimals, as an integer.
    pub fn at(&self, decimals: u32) -> i128 {
        self.scaled * 10i128.pow(decimals - self.decimals.min(decimals))
    }

    /// Whether things are counted that cannot be halved.
    pub fn is_count(&self) -> bool {
        self.decimals == 0 && !self.is_percent() && !self.unit.contains(['万', '亿', '元'])
    }

    /// How many digits stand behind its point.
    pub const fn decimals(&self) -> u32 {
        self.decimals
    }

    pub fn is_percent(&self) -> bool {
        matches!(&*self.unit, "%" | "％")
    }
}

/// A number with its decimals, without zeros that say nothing.
pub(super) fn number(scaled: i128, decimals: u32) -> String {
    let mut digits = scaled.unsigned_abs().to_string();
    let decimals = decimals as usize;
    if digits.len() <= decimals {
        digits.insert_str(0, &"0".repeat(decimals + 1 - digits.len()));
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, '.');
        let kept = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(kept);
    }
    digits
}

/// `a / b` rounded half up, with a tenth: the numerator is given times ten.
pub(super) fn divided(a: i128, b: i128) -> i128 {
    let (a, b) = (a.abs(), b.abs());
    (a * 2 + b) / (b * 2)
}

pub(super) fn pair(now: &str, before: &str) -> Option<(Amount, Amount, u32)> {
    let (now, before) = (Amount::parse(now)?, Amount::parse(before)?);
    (now.unit == before.unit).then(|| {
        let decimals = now.decimals.max(before.decimals);
        (now, before, decimals)
    })
}

/// How much more or less, in the figures' own unit: 提高2.3个百分点, 增加12个, 减少0.8万吨, 持平.
pub(super) fn difference(now: &str, before: &str) -> String {
    let Some((n, b, decimals)) = pair(now, before) else { return String::new() };
    let step = n.at(decimals) - b.at(decimals);
    let words = if step == 0 {
        "持平".to_owned()
    } else if n.is_percent() {
        format!("{}{}个百分点", if step > 0 { "提高" } else { "下降" }, number(step, decimals))
    } else {
        format!("{}{}{}", if step > 0 { "增加" } else { "减少" }, number(step, decimals), n.unit)
    };
    mark::computed([now, before], &words)
}

/// The change on the year before (同比): 增长5.6%, 下降3.1%, 提高2.3个百分点, 增加12个, 翻了一番,
/// 增长1.4倍, 持平. Small counts are told by their difference, since 由3个增长到4个 is no 33.3%.
pub(super) fn change(now: &str, before: &str) -> String {
    /// Counts below this are told by their difference.
    const FEW: i128 = 100;
    let Some((n, b, decimals)) = pair(now, before) else { return String::new() };
    let (a, z) = (n.at(decimals), b.at(decimals));
    if n.is_percent() || a == z || n.is_count() && a.abs().max(z.abs()) < FEW {
        return difference(now, before);
    }
    if z <= 0 || a < 0 {
        return String::new();
    }
    let words = if a == 2 * z {
        "翻了一番".to_owned()
    } else if a > 2 * z {
        format!("增长{}倍", number(divided((a - z) * 10, z), 1))
    } else {
        let tenths = divided((a - z) * 1000, z);
        // Less than half a tenth of a percent is no change that anybody reports.
        match tenths {
            0 => "基本持平".to_owned(),
            _ => format!("{}{}%", if a > z { "增长" } else { "下降" }, number(tenths, 1)),
        }
    };
    mark::computed([now, before], &words)
}

/// Where a figure came from and where it is now: 由84.5%提高到92%, 由6万吨降至5.2万吨, 保持在92%; 达到92%
/// where that cannot be told.
pub(super) fn reaches(now: &str, before: &str) -> String {
    let step = pair(now, before).map(|(n, b, decimals)| (n.at(decimals) - b.at(decimals), n.is_percent()));
    let both = |verb: &str| format!("由{before}{}{now}", mark::computed([now, before], verb));
    match step {
        None => format!("达到{now}"),
        Some((0, _)) => format!("保持在{now}"),
        Some((1.., true)) => both("提高到"),
        Some((1.., false)) => both("增加到"),
        Some(_) => both("降至"),
    }
}

/// The share of a part in a whole: 35.2%.
pub(super) fn share(part: &str, whole: &str) -> String {
    let Some((p, w, decimals)) = pair(part, whole) else { return String::new() };
    let (p, w) = (p.at(decimals), w.at(decimals));
    if w <= 0 || p < 0 || p > w {
        return String::new();
    }
    mark::computed([part, whole], &format!("{}%", number(divided(p * 1000, w), 1)))
}

/// The sum of figures of one unit.
pub(super) fn total(figures: &[String]) -> String {
    let amounts: Option<Vec<Amount>> = figures.iter().map(|f| Amount::parse(f)).collect();
    let Some(amounts) = amounts.filter(|a| !a.is_empty()) else { return String::new() };
    let unit = &amounts[0].unit;
    if amounts.iter().any(|a| a.unit != *unit) || amounts[0].is_percent() {
        return String::new();
    }
    let decimals = amounts.iter().map(|a| a.decimals).max().unwrap_or(0);
    let sum: i128 = amounts.iter().map(|a| a.at(decimals)).sum();
    let sign = if sum < 0 { "-" } else { "" };
    mark::computed(figures.iter().map(String::as_str), &format!("{sign}{}{unit}", number(sum, decimals)))
}

/// A figure as a number for sorting: value in millionths, scales 万 and 亿 counted.
pub(super) fn size(figure: &str) -> Option<i128> {
    let amount = Amount::parse(figure)?;
    let scale = match amount.unit.chars().next() {
        Some('万') => 10_000,
        Some('亿') => 100_000_000,
        _ => 1,
    };
    Some(amount.at(6.max(amount.decimals)) * scale)
}

#[cfg(test)]
mod tests {
    use super::{change, difference, share, total};

    #[test]
    fn growth_is_worded_as_the_trade_words_it() {
        assert_eq!(change("86.4亿元", "81.8亿元"), "增长5.6%");
        assert_eq!(change("79.3亿元", "81.8亿元"), "下降3.1%");
        assert_eq!(change("92%", "84.5%"), "提高7.5个百分点");
        assert_eq!(change("0.62%", "0.80%"), "下降0.18个百分点");
        assert_eq!(change("15所", "12所"), "增加3所");
        assert_eq!(change("2400人", "1200人"), "翻了一番");
        assert_eq!(change("2880人", "1200人"), "增长1.4倍");
        assert_eq!(change("5200座", "5200座"), "持平");
        assert_eq!(change("100001人", "100000人"), "基本持平");
    }

    #[test]
    fn what_cannot_be_compared_says_nothing() {
        assert_eq!(change("86亿元", "81万元"), "");
        assert_eq!(change("12个", ""), "");
        assert_eq!(change("1200万元", "0万元"), "");
        assert_eq!(share("12个", "9个"), "");
        assert_eq!(total(&["3个".to_owned(), "4家".to_owned()]), "");
    }

    #[test]
    fn differences_shares_and_sums_keep_their_decimals() {
        assert_eq!(difference("168个", "96个"), "增加72个");
        assert_eq!(difference("5.60亿元", "5.2亿元"), "增加0.4亿元");
        assert_eq!(share("56个", "168个"), "33.3%");
        assert_eq!(total(&["1.25万亩".to_owned(), "0.8万亩".to_owned()]), "2.05万亩");
    }
}
