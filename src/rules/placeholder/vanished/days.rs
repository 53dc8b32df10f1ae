//! Dates that vanished in part: `于年获得`, `月中旬至下旬`, `明年月底`, `年7月，` at the head of a line, `定于日晚`,
//! `下午时`. 年, 月 and 日 begin and end many words; what is asked for here stands in none of them.

use super::{Joint, Weight, is_mark};
use crate::base::blank::{self, Lack};
use crate::base::counts::{Counts, EDGE, FIGURE};
use crate::base::lexicon::placeholder as lexicon;
use crate::rules::placeholder::is_han;
use crate::rules::placeholder::page::Page;

fn found(range: std::ops::Range<usize>, lack: Lack) -> Option<Joint> {
    Some(Joint { range, lack, weight: Weight::Alone })
}

/// Whether a clause begins at `at`: at the head of a line, or after a mark.
fn opens(text: &str, at: usize) -> bool {
    let head = &text[..at];
    // 2025⏎年1月: a line that was broken within a date.
    let broken = || head.trim_end().ends_with(|c: char| c.is_ascii_digit());
    head.is_empty()
        || head.ends_with(['。', '，', '；', '：', '（', '、'])
        || head.ends_with('\n') && !broken()
}

/// 月日，乡党委召开: no figure before either; 20xx年月日 neither.
pub(super) fn month_and_day(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let head = &page.text[..at];
    let dated = head.strip_suffix('年').is_some_and(|h| {
        h.is_empty() || h.ends_with(|c: char| c.is_ascii_digit() || blank::is_stand_in(c) || c == '\n')
    });
    let opens = dated || head.is_empty() || head.ends_with(['\n', '。', '，', '；', '于', '在', ' ', '　']);
    let named = page.text[end..].chars().next().is_none_or(|c| matches!(c, '）' | ')' | '】' | ']'));
    (opens && !named).then_some(Joint { range: at..end, lack: Lack::Day, weight: Weight::Alone })
}

/// 于年获得, 转机出现在年。, 确保于年月交付: a figure is common there, and nobody wrote it without one.
pub(super) fn in_year(page: &Page<'_>, counts: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let text = page.text;
    let word = text[at..].chars().next()?;
    let year = at + word.len_utf8();
    if blank::unit(&text[year..]) != Some((Lack::Year, "年")) || text[..at].ends_with(lexicon::BEFORE_IN_YEAR)
    {
        return None;
    }
    let next = text[end..].chars().next().filter(|&c| !is_mark(c)).unwrap_or(EDGE);
    let next = if next.is_ascii_digit() { FIGURE } else { next };
    let unheard = counts.level(&[word, '年', next]) == 0 && counts.level(&[word, FIGURE, '年']) >= 3;
    let meant = lexicon::OF_NEW_YEAR.contains(&next);
    (unheard && !meant).then(|| found(at..end, Lack::Year))?
}

/// 女，某族，年月生.
pub(super) fn year_and_month(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next()?;
    let text = page.text;
    // 2026年月至: the month alone.
    if text[..at].ends_with(|c: char| c.is_ascii_digit() || blank::is_stand_in(c)) {
        let said = matches!(next, '日' | '均' | '度' | '薪' | '收' | '报' | '　' | ' ');
        return (!said && !page.ends_line(end)).then(|| found(at..end, Lack::Month))?;
    }
    let goes_on = matches!(next, '生' | '任' | '参' | '入' | '至' | '起' | '毕');
    (goes_on && opens(page.text, at)).then(|| found(at..end, Lack::Year))?
}

/// 年7月，农校毕业的她 and 年冬天 at the head of a sentence.
pub(super) fn year_opens(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let rest = page.text[at + '年'.len_utf8()..].trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = page.text[..end].ends_with(|c: char| c.is_ascii_digit());
    let dated = if digits { rest.starts_with('月') } else { !rest.starts_with(['节', '运', '晚']) };
    (dated && opens(page.text, at)).then(|| found(at..end, Lack::Year))?
}

/// 明年月底.
pub(super) fn month_of_year(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next();
    let goes_on = next.is_none_or(|c| is_mark(c) || "底初末中上下份至到起日".contains(c));
    goes_on.then(|| found(at..end, Lack::Month))?
}

/// 于月上旬开工, ，月中旬至下旬.
pub(super) fn ten_days(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let prev = page.text[..at].chars().next_back();
    let told = prev.is_some_and(|c| {
        !is_han(c) && !matches!(c, '，' | '。' | '；' | '：' | '（' | '\n')
            || lexicon::COUNTING.contains(&c)
            || lexicon::BEFORE_MONTHS.contains(&c)
    });
    (!told && (prev.is_some_and(is_han) || opens(page.text, at))).then(|| found(at..end, Lack::Month))?
}

/// 半决赛定于日晚7点; 于日前 is said of the last days.
pub(super) fn day(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let rest = &page.text[end..];
    lexicon::AFTER_DAY.iter().any(|w| rest.starts_with(w)).then(|| found(at..end, Lack::Day))?
}

/// 截至昨天下午时，.
pub(super) fn hour(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let next = page.text[end..].chars().next();
    let closed = next.is_none_or(|c| is_mark(c) || "许整前起至左半".contains(c));
    closed.then(|| found(at..end, Lack::Number))?
}

/// 月，选址、规划、公示: the head of a line.
pub(super) fn month_opens(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let head = &page.text[..at];
    let first = head.is_empty() || head.ends_with('\n') && opens(page.text, at);
    let end = end - page.text[..end].chars().next_back().map_or(0, char::len_utf8);
    first.then(|| found(at..end, Lack::Month))?
}

/// 截至月底 may be said within the month.
pub(super) fn up_to_month(_: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    Some(Joint { range: at..end, lack: Lack::Month, weight: Weight::Draft })
}

/// 中国人民解放军建军周年到来之际.
pub(super) fn jubilee(_: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    found(at..end, Lack::Number)
}

/// 至今已历余年.
pub(super) fn years(page: &Page<'_>, _: Counts<'_>, at: usize, end: usize) -> Option<Joint> {
    let prev = page.text[..at].chars().next_back().filter(|&c| is_han(c))?;
    let word =
        lexicon::COUNTING.contains(&prev) || matches!(prev, '〇' | '零' | '其' | '业' | '残' | '富' | '之');
    let range = at - prev.len_utf8()..end;
    (!word).then_some(Joint { range, lack: Lack::Number, weight: Weight::Draft })
}
