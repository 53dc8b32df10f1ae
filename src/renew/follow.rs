//! What follows for a row (推算) from what was entered for others, by the [`Bond`] between them.

use super::answer::Answer;
use super::bond::{Bond, MOVES, counted, move_word, rank, weekday};
use super::rows::Row;
use crate::base::Text;
use crate::base::han::count;
use crate::draft::{change_between, share_between};
use crate::rules::listed_items;

/// What follows for a value.
#[derive(Debug, PartialEq, Eq)]
pub struct Follow {
    /// In the words of the trade: 增长26.1%, 星期四.
    pub value: String,
    /// What of it may stand where last year's value stands: after 增长 only 26.1%.
    pub fits: Option<String>,
    /// By what.
    by: Text,
}

impl Follow {
    /// One that may stand there as it is; `None` where nothing follows.
    fn whole(value: String, by: Text) -> Option<Self> {
        (!value.is_empty()).then(|| Self { fits: Some(value.clone()), value, by })
    }

    /// What it is computed from and what it comes to.
    #[must_use]
    pub fn told(&self) -> Text {
        let Self { value, by, .. } = self;
        Text::new(format!("{}，是{value}", by.zh), format!("{}, it would be {value}", by.en))
    }
}

/// What follows for a row from the answers to others, if they are there.
#[must_use]
pub fn follows(rows: &[Row], answers: &[Answer], index: usize) -> Option<Follow> {
    let row = rows.get(index)?;
    // This year's words of a row, where they are known.
    let known = |index: usize| match answers.get(index)? {
        Answer::New(words) => Some(words.as_str()),
        Answer::Same => Some(rows.get(index)?.value.as_str()),
        Answer::Open => None,
    };
    match row.bond.as_ref()? {
        Bond::Growth { of } => {
            let Answer::New(new) = answers.get(*of)? else { return None };
            let value = change_between(new, &rows.get(*of)?.value);
            let verb = value.find(|c: char| c.is_ascii_digit()).map_or("", |at| &value[..at]);
            let fits =
                (!verb.is_empty() && row.before().ends_with(verb)).then(|| value[verb.len()..].to_owned());
            let by = Text::fixed("按前一个数的新旧两值算", "by the two values of the figure before it");
            (!value.is_empty()).then_some(Follow { value, fits, by })
        }
        Bond::Share { part, whole } => {
            let by = Text::fixed("按句中的部分和总数算", "by the part and the whole in its sentence");
            Follow::whole(share_between(known(*part)?, known(*whole)?), by)
        }
        Bond::Moved { from, to } => {
            let before = from.map_or_else(|| Some(&*rows.get(*to)?.value), known)?;
            moved(row, rank(before)?, rank(known(*to)?)?)
        }
        Bond::Weekday { date, year } => {
            let day = weekday(known(*date)?, *year)?;
            let before = row.value.trim_end_matches(|c| "一二三四五六日天".contains(c));
            let by = Text::fixed("按前面的日期算", "by the date before it");
            Follow::whole(format!("{before}{day}"), by)
        }
        Bond::Count { list, joined } => {
            let (least, most) = listed_items(known(*list)?)?;
            let (_, unit) = counted(&row.value)?;
            let by = Text::fixed("按句中列的数", "by what the sentence lists");
            Follow::whole(like(&row.value, if *joined { most } else { least }, unit), by)
        }
    }
}

/// A move from one rank to another, in the words of last year's: 上升2位.
fn moved(row: &Row, before: usize, now: usize) -> Option<Follow> {
    let (was_up, word) = move_word(row.before())?;
    let (up, down) = MOVES[word];
    let (_, unit) = counted(&row.value)?;
    let by = Text::fixed("按前后两个位次算", "by the two ranks");
    let steps = before.abs_diff(now);
    if steps == 0 {
        return Some(Follow { value: "位次不变".to_owned(), fits: None, by });
    }
    let is_up = now < before;
    let said = like(&row.value, steps, unit);
    let value = format!("{}{said}", if is_up { up } else { down });
    Some(Follow { value, fits: (is_up == was_up).then_some(said), by })
}

/// A number written as another one is: 三个 → 四个, 3个 → 4个.
fn like(old: &str, number: usize, unit: &str) -> String {
    let digits = old.contains(|c: char| c.is_ascii_digit());
    format!("{}{unit}", if digits { number.to_string() } else { count(number) })
}

#[cfg(test)]
mod tests {
    use super::follows;
    use crate::read::read;
    use crate::renew::{Answer, rows};

    /// What follows for last year's values, once these have answers, and what of it fits.
    fn following(text: &str, put: &[(&str, &str)], years: u16) -> Vec<(String, String, Option<String>)> {
        let rows = rows(&read("去年.txt", text.as_bytes()).unwrap(), years);
        let of = |value: &str| put.iter().find(|(last, _)| *last == value).map_or("", |(_, this)| this);
        for (last, _) in put {
            assert!(rows.iter().any(|row| row.value == *last), "{last} is no row: {rows:#?}");
        }
        let answers: Vec<Answer> = rows.iter().map(|row| Answer::of(of(&row.value))).collect();
        (0..rows.len())
            .filter_map(|i| {
                let follow = follows(&rows, &answers, i)?;
                Some((rows[i].value.clone(), follow.value, follow.fits))
            })
            .collect()
    }

    fn one(last: &str, value: &str, fits: Option<&str>) -> Vec<(String, String, Option<String>)> {
        vec![(last.to_owned(), value.to_owned(), fits.map(str::to_owned))]
    }

    #[test]
    fn a_weekday_follows_from_its_date() {
        let text = "2025年度工作会议通知\n会议定于2025年3月5日（星期三）上午召开，3月7日（周五）报名截止。\n";
        assert_eq!(
            following(text, &[("2025年3月5日", "2026年3月6日")], 1),
            one("星期三", "星期五", Some("星期五"))
        );
        // A day without a year is of this year, and so moves on even where it stays.
        assert_eq!(following(text, &[("3月7日", "不变")], 1), one("周五", "周六", Some("周六")));
        // Last year's weekday was another one; no date; a day that there is not.
        let wrong = text.replace("星期三", "星期四");
        assert_eq!(following(&wrong, &[("2025年3月5日", "2026年3月6日")], 1), []);
        assert_eq!(following(text, &[("2025年3月5日", "待定")], 1), []);
        assert_eq!(following("每逢星期三，3月5日，周一鸣到会。\n", &[("3月5日", "3月6日")], 1), []);
    }

    #[test]
    fn a_share_follows_from_part_and_whole_where_last_years_did() {
        let text = "2025年，全县生产总值93.6亿元，其中工业增加值45.2亿元，占48.3%。\n";
        let put = [("93.6亿元", "100亿元"), ("45.2亿元", "52.5亿元")];
        assert_eq!(following(text, &put, 1), one("48.3%", "52.5%", Some("52.5%")));
        assert_eq!(following(text, &[("45.2亿元", "52.5亿元"), ("93.6亿元", "不变")], 1)[0].1, "56.1%");
        let of = "2025年，工业增加值45.2亿元，占全县93.6亿元的48.3%。\n";
        assert_eq!(following(of, &put, 1), one("48.3%", "52.5%", Some("52.5%")));
        // One of them is not known yet; the three did not agree; nothing says that it is a share; two wholes do;
        // the share is of something else.
        assert_eq!(following(text, &put[..1], 1), []);
        for other in [
            text.replace("48.3%", "49.3%"),
            text.replace("占48.3%", "利用率48.3%"),
            text.replace("，其中", "，税收93.6亿元，其中"),
            text.replace("占48.3%", "民营经济占48.3%"),
            text.replace("占48.3%", "占比由45%升至48.3%"),
        ] {
            assert_eq!(following(&other, &put, 1), [], "{other}");
        }
    }

    #[test]
    fn a_move_follows_from_two_ranks() {
        let text = "2025年，全县综合考核由全市第5位升到第3位，上升2位。\n";
        let put = [("第5位", "第3位"), ("第3位", "第2位")];
        assert_eq!(following(text, &put, 1), one("2位", "上升1位", Some("1位")));
        assert_eq!(
            following(text, &[("第5位", "第3位"), ("第3位", "第4位")], 1),
            one("2位", "下降1位", None)
        );
        assert_eq!(following(&text.replace("上升2位", "上升3位"), &put, 1), []);
        // Beside last year one rank is enough, if a year lies between; Han numerals stay such.
        let beside = "2025年，居全市第三位，比上年前移两位。\n";
        assert_eq!(following(beside, &[("第三位", "第一位")], 1), one("两位", "前移两位", Some("两位")));
        assert_eq!(following(beside, &[("第三位", "第三位")], 1), one("两位", "位次不变", None));
        assert_eq!(following(beside, &[("第三位", "第一位")], 2), []);
        assert_eq!(following("居全市第三位，前移两位。\n", &[("第三位", "第一位")], 1), []);
    }

    #[test]
    fn a_count_follows_from_the_list_that_it_counts() {
        for (text, list, new) in [
            ("建成青石村、白云村、清河村3个示范村。\n", "青石村、白云村、清河村", "青石村、白云村"),
            ("建成3个示范村（青石村、白云村、清河村），投用。\n", "青石村、白云村、清河村", "松坪村、青石村"),
        ] {
            assert_eq!(following(text, &[(list, new)], 1), one("3个", "2个", Some("2个")), "{text}");
        }
        let han = "完成修桥、铺路和引水三件实事。\n";
        assert_eq!(
            following(han, &[("修桥、铺路和引水", "修桥、铺路、引水和通电")], 1),
            one("三件", "四件", Some("四件"))
        );
        // Another number than the list has members, members that are figures: no list.
        for text in [
            "建成青石村、白云村等3个示范村。\n",
            "整治8处、9处3个村。\n",
            "抓住主线、守住底线、办好3个村。\n",
        ] {
            assert!(following(text, &[("3个", "4个")], 1).is_empty(), "{text}");
        }
        let rows = rows(&read("去年.txt", "建成厂房、宿舍、食堂三期工程。\n".as_bytes()).unwrap(), 1);
        assert!(rows.iter().all(|row| row.bond.is_none()), "{rows:#?}");
    }

    #[test]
    fn a_growth_follows_from_its_amount_if_a_year_lies_between() {
        let text = "2025年，进馆档案2.3万卷，比上年增长6.5%。\n";
        let put = [("2.3万卷", "2.9万卷")];
        assert_eq!(following(text, &put, 1), one("6.5%", "增长26.1%", Some("26.1%")));
        assert_eq!(following(text, &[("2.3万卷", "2.1万卷")], 1), one("6.5%", "下降8.7%", None));
        assert_eq!(following(text, &put, 2), []);
    }
}
