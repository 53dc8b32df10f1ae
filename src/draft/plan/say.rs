//! What a figure means, in one sentence (比上年、高于平均、位次、差距、日均).
//!
//! All is computed, and what cannot be computed is not said. Texts come in with their marks and go out
//! as computed from the facts that they stem from.

use super::direction::Better;
use super::due::Day;
use super::judge::{Judged, mean, place};
use crate::draft::compute::{change, number, pair};
use crate::draft::mark;

/// The marked texts of an indicator; empty where the facts do not give them.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub name: String,
    pub value: String,
    pub prev: String,
    pub yoy: String,
    pub mean: String,
    pub rank: String,
    pub rank_prev: String,
    pub goal: String,
    pub due: String,
}

impl Told {
    /// Those that `text` gives by the ids of their rows, with the goal and the day that it is for.
    pub fn of(text: impl Fn(&'static str) -> String, goal: String, due: String) -> Self {
        Self {
            name: text("name"),
            value: text("value"),
            prev: text("prev"),
            yoy: text("yoy"),
            mean: text("upper_mean"),
            rank: text("rank"),
            rank_prev: text("rank_prev"),
            goal,
            due,
        }
    }
}

/// 农村卫生厕所普及率92%，比上年提高7.5个百分点，高于全市平均2.1个百分点，居全市第3位. `upper` is how the upper
/// level's whole is called: 全市.
pub(super) fn said(told: &Told, judged: &Judged, upper: &str) -> String {
    if mark::is_blank(&told.value) {
        return String::new();
    }
    let glue = if mark::plain(&told.value).starts_with(|c: char| c.is_ascii_digit()) { "" } else { "为" };
    let mut out = format!("{}{glue}{}", told.name, told.value);
    let clauses = [since(told), beside(told, upper), rank(told), reached(told, judged)];
    for clause in clauses.into_iter().filter(|c| !c.is_empty()) {
        out.push('，');
        out.push_str(&clause);
    }
    out
}

/// The change on the year before, computed or as the facts have it.
fn since(told: &Told) -> String {
    let step = mark::plain(&change(&told.value, &told.prev));
    if !step.is_empty() {
        let words =
            if step.ends_with("持平") { format!("与上年{step}") } else { format!("比上年{step}") };
        return mark::computed([&*told.value, &*told.prev], &words);
    }
    let yoy = mark::plain(&told.yoy);
    if yoy.is_empty() {
        return String::new();
    }
    let named = yoy.starts_with("同比") || yoy.starts_with('比') || yoy.starts_with('与');
    mark::computed([&*told.yoy], &if named { yoy } else { format!("同比{yoy}") })
}

/// Above or below the mean of the upper level.
fn beside(told: &Told, upper: &str) -> String {
    let plain = mark::plain(&told.mean);
    let (label, figure) = mean(&plain);
    let label = label.trim_end_matches(['为', '是', '：', ' ']);
    let label = match (label, upper) {
        ("", "") => "平均水平".to_owned(),
        ("", upper) => format!("{upper}平均"),
        (label, _) => label.to_owned(),
    };
    let Some((value, than, decimals)) = pair(&told.value, figure) else { return String::new() };
    let step = value.at(decimals) - than.at(decimals);
    let amount = number(step, decimals);
    let unit = if value.is_percent() { "个百分点" } else { &value.unit };
    let words = match step {
        0 => format!("与{label}持平"),
        1.. => format!("高于{label}{amount}{unit}"),
        _ => format!("低于{label}{amount}{unit}"),
    };
    mark::computed([&*told.value, &*told.mean], &words)
}

/// The place, and whether it was gained or lost.
fn rank(told: &Told) -> String {
    let rank = mark::plain(&told.rank);
    if rank.is_empty() {
        return String::new();
    }
    let named = ["居", "列", "排", "位"].iter().any(|word| rank.starts_with(word));
    let mut words = if named { rank.clone() } else { format!("居{rank}") };
    let mut from = vec![&*told.rank];
    if let (Some(now), Some(before)) = (place(&rank), place(&mark::plain(&told.rank_prev))) {
        from.push(&told.rank_prev);
        words.push_str(&match now.cmp(&before) {
            std::cmp::Ordering::Less => format!("，比上次前移{}位", before - now),
            std::cmp::Ordering::Greater => format!("，比上次后移{}位", now - before),
            std::cmp::Ordering::Equal => "，位次与上次相同".to_owned(),
        });
    }
    mark::computed(from, &words)
}

fn reached(told: &Told, judged: &Judged) -> String {
    let goal = mark::plain(&told.goal);
    if !judged.reached || goal.is_empty() {
        return String::new();
    }
    mark::computed([&*told.value, &*told.goal], &format!("已达到{goal}的目标"))
}

/// 距目标还差3.2个百分点, 比目标多14件; empty where the target is reached or cannot be compared.
pub(super) fn gap(value: &str, goal: &str, better: Option<Better>) -> String {
    let Some((now, goal_figure, decimals)) = pair(value, goal) else { return String::new() };
    let step = goal_figure.at(decimals) - now.at(decimals);
    let amount = number(step, decimals);
    let unit = if now.is_percent() { "个百分点" } else { &now.unit };
    let words = match (better, step) {
        (Some(Better::Higher), 1..) => format!("距目标还差{amount}{unit}"),
        (Some(Better::Lower), ..0) if is_many(&now.unit) => format!("比目标多{amount}{unit}"),
        (Some(Better::Lower), ..0) => format!("比目标高{amount}{unit}"),
        _ => return String::new(),
    };
    mark::computed([value, goal], &words)
}

/// Whether more of a unit is 多 and not 高: what is counted, and money.
fn is_many(unit: &str) -> bool {
    let of_time = ["天", "小时", "分钟", "公里"].contains(&unit);
    !(unit.is_empty() || unit.contains(['%', '％', '/', '℃']) || of_time)
}

/// 余下40天，每天至少完成12户: what is needed from `today` on to be there in time. Rounded up, so that
/// whoever does it arrives; by the week or the month where a day's share is too small to say.
pub(super) fn pace(
    (value, goal): (&str, &str),
    better: Option<Better>,
    (today, due): (Option<Day>, Option<Day>),
    from: &[&str],
) -> String {
    let (Some(today), Some(due), Some(better)) = (today, due, better) else { return String::new() };
    let Some((now, goal_figure, decimals)) = pair(value, goal) else { return String::new() };
    let step = goal_figure.at(decimals) - now.at(decimals);
    let days = i128::from(due - today);
    if days < 1 || step == 0 || (step > 0) != (better == Better::Higher) {
        return String::new();
    }
    // What is counted is done as a whole; of the rest one more decimal is told than the facts have.
    let shown = if now.is_count() { 0 } else { decimals.max(1) };
    let scaled = step.abs() * 10i128.pow(shown - decimals.min(shown));
    // A rate does not move by the month, nor a coefficient by any time.
    /// Days within which a rate is told by the day or the week.
    const SOON: i128 = 92;
    let by = if now.is_count() { 3 } else { 2 };
    if !now.is_count() && (!now.is_percent() || days > SOON) {
        return String::new();
    }
    let periods = &[("每天", 1), ("每周", 7), ("每月", 30)][..by];
    let least = if now.is_count() { 1 } else { 5 };
    let Some(&(period, length)) = periods.iter().find(|(_, length)| scaled * length >= least * days) else {
        return String::new();
    };
    let share = (scaled * length + days - 1) / days;
    let unit = if now.is_percent() { "个百分点" } else { &now.unit };
    let verb = match better {
        Better::Higher if now.is_percent() => "提高",
        Better::Higher => "完成",
        Better::Lower if is_many(&now.unit) => "减少",
        Better::Lower => "降低",
    };
    // A period that is longer than what is left would promise more than there is.
    if length > days {
        return String::new();
    }
    let words = format!("余下{days}天，{period}至少{verb}{}{unit}", number(share, shown));
    mark::computed([value, goal].into_iter().chain(from.iter().copied()), &words)
}

#[cfg(test)]
mod tests {
    use super::{Told, gap, pace, said};
    use crate::draft::plan::direction::Better;
    use crate::draft::plan::judge::Judged;

    #[test]
    fn a_figure_is_told_with_what_it_means() {
        let told = Told {
            name: "农村卫生厕所普及率".into(),
            value: "92%".into(),
            prev: "84.5%".into(),
            mean: "89.9%".into(),
            rank: "全市第3位".into(),
            rank_prev: "全市第5位".into(),
            ..Told::default()
        };
        assert_eq!(
            said(&told, &Judged::default(), "全市"),
            "农村卫生厕所普及率92%，比上年提高7.5个百分点，高于全市平均2.1个百分点，居全市第3位，比上次前移2位"
        );
    }

    #[test]
    fn what_cannot_be_computed_is_not_said() {
        let told = Told {
            name: "粮食产量".into(),
            value: "12万吨".into(),
            prev: "十多万吨".into(),
            ..Told::default()
        };
        assert_eq!(said(&told, &Judged::default(), "全市"), "粮食产量12万吨");
        assert_eq!(said(&Told::default(), &Judged::default(), "全市"), "");
        assert_eq!(gap("12万吨", "13亿斤", Some(Better::Higher)), "");
        assert_eq!(gap("92%", "95%", None), "");
    }

    #[test]
    fn the_distance_is_told_on_the_side_that_is_better() {
        assert_eq!(gap("92%", "95.2%", Some(Better::Higher)), "距目标还差3.2个百分点");
        assert_eq!(gap("214件", "200件", Some(Better::Lower)), "比目标多14件");
        assert_eq!(gap("16.8%", "12%", Some(Better::Lower)), "比目标高4.8个百分点");
        assert_eq!(gap("96%", "95%", Some(Better::Higher)), "");
    }

    #[test]
    fn what_is_needed_a_day_is_rounded_up_and_told_by_the_week_where_a_day_is_too_little() {
        let needed =
            |value, goal, days| pace((value, goal), Some(Better::Higher), (Some(0), Some(days)), &[]);
        assert_eq!(needed("5120人", "8600人", 40), "余下40天，每天至少完成87人");
        assert_eq!(needed("41个", "96个", 180), "余下180天，每周至少完成3个");
        assert_eq!(needed("61.8%", "95%", 41), "余下41天，每天至少提高0.9个百分点");
        assert_eq!(needed("2座", "3座", 200), "");
        assert_eq!(needed("41个", "96个", 0), "");
    }
}
