//! Words of a time: goals since declared reached, campaigns since ended. The lexicon is
//! `phrasebank/lexicon/eras.tsv`, each line with the day from which it is history, and why.

use std::sync::LazyLock;

use super::{Hit, Page};
use crate::base::Text;
use crate::base::han::Date;
use crate::model::pack::Era;
use crate::rules::reading::{cue, dated::Dated};
use crate::text;

static ERAS: LazyLock<Dated<Era>> = LazyLock::new(|| {
    let lines = include_str!("../../../phrasebank/lexicon/eras.tsv").lines();
    Dated::of(lines.filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut parts = line.split('\t');
        let name = parts.next()?;
        let era = Era {
            name: name.into(),
            until: Date::parse(parts.next()?)?,
            forward: parts.next()? == "forward",
            basis: Text::fixed(parts.next()?, parts.next()?),
        };
        Some((name, era))
    }))
});

pub(super) fn find(page: &Page<'_>) -> Vec<Hit> {
    let said = ERAS.said(&page.pack.eras, page.text).into_iter();
    said.filter_map(|(era, range)| {
        if page.day <= era.until || page.is_quoted(&range) {
            return None;
        }
        let (before, behind) = (page.before(&range), page.behind(&range));
        // 邓小平理论、“三个代表”重要思想、科学发展观: one of a list.
        let near = page.ahead(&range, 1);
        let listed = behind.ends_with(['、', '和']) || near.starts_with(['、', '和']);
        if listed && era.name.starts_with("科学发展观") {
            return None;
        }
        // What is reported of this year was done this year.
        let reports = !page.is_this_year(before) && (cue::reports(behind) || cue::reports(near));
        let next = page.ahead(&range, 2).get(near.len()..).unwrap_or_default();
        let next = next.trim_start_matches([',', '，']);
        let next_plans = ["确保", "力争", "争取"].iter().any(|w| next.starts_with(w));
        let past = page.remembers(before)
                || reports
                || ["常态化", "成果", "的历史", "后", "以来", "之后", "精神", "基础上"]
                    .iter()
                    .any(|w| near.starts_with(w))
                // At the start of a year 一年来 is the year before.
                || before.contains("一年来") && era.until.year + 1 >= page.day.year;
        let ahead = cue::plans(behind)
            || cue::plans(near)
            || next_plans
            || behind.trim_end().ends_with('为')
            || page.is_present(before)
            || page.is_present(near)
            || near.contains("而努力")
            || near.contains("而奋斗");
        if past || era.forward && !ahead {
            return None;
        }
        let (phrase, Text { zh, en }) = (&era.name, &era.basis);
        Some(Hit::new(
            range,
            text!("“{phrase}”是当年的说法：{zh}", "“{phrase}” belongs to another time: {en}"),
            Text::fixed(
                "改成现在的任务和提法，或写明是回顾",
                "say what the task is now, or that this is history",
            ),
        ))
    })
    .collect()
}
