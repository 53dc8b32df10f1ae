//! What headings and first words of rows say, in the many ways in which people write them.

use crate::base::{Problem, Text};
use crate::office::book::Sheet;

/// Why a row is none of the records: a total, or a remark below the table.
pub fn no_record(sheet: &Sheet, row: u32, first: &str) -> Option<Problem> {
    const TOTALS: &[&str] = &["合计", "总计", "小计", "共计"];
    const REMARKS: &[&str] = &["注", "附注", "备注", "说明", "填表", "填报", "制表", "审核"];
    if sheet.row(row).any(|(_, cell)| TOTALS.contains(&squeezed(cell.text()).as_str())) {
        return Some(
            Problem::new(Text::fixed(
                "这一行像是合计，没有读",
                "this row looks like a total; it was not read",
            ))
            .help(Text::fixed("如果不是合计，换个名称", "if it is none, give it another name")),
        );
    }
    // “审核：周明达” is a remark, “审核项目资金” is a task.
    let first = squeezed(first);
    let before = first.split_once(['：', ':']).map_or("", |(before, _)| before);
    let short = before.chars().count() <= 4;
    let remark = short && REMARKS.iter().any(|w| before.starts_with(w)) && sheet.row(row).count() == 1;
    remark.then(|| {
        Problem::new(Text::fixed(
            "这一行像是表下的附注，没有读",
            "this row looks like a remark; it was not read",
        ))
    })
}

/// A heading without stars, spaces and brackets, and the unit in the brackets.
pub fn heading(words: &str) -> (String, Option<String>) {
    let squeezed = squeezed(words);
    let bare = squeezed.trim_matches(['*', '＊']);
    if let Some(at) = bare.rfind(['（', '('])
        && bare.ends_with(['）', ')'])
        && at > 0
    {
        let inner = bare[at..].trim_matches(['（', '(', '）', ')']);
        let unit = inner.strip_prefix("单位：").or(inner.strip_prefix("单位:")).unwrap_or(inner);
        let unit = (!MANNER.contains(&unit) && !unit.is_empty()).then(|| unit.to_owned());
        return (bare[..at].trim_matches(['*', '＊']).to_owned(), unit);
    }
    (bare.to_owned(), None)
}

/// What brackets of a heading say besides a unit.
const MANNER: &[&str] = &["必需", "必填", "可选", "选填"];

/// Words without any spaces.
pub fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
