//! Lists of figures and how many there should be: 四项指标分别下降27%、34.3%和16.9%; 甲、乙、丙三地分别…; 完成甲、乙、
//! 丙，增长丁、戊; 涉及4个乡镇：青石镇12户、…

use std::ops::Range;

use super::{Wrong, between};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::han::{is_counting, parse_numeral};
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
use crate::text;

/// Figures one behind the other, and the words that lead them.
struct Row {
    /// Of all figures.
    first: usize,
    count: usize,
    range: Range<usize>,
}

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    /// Bytes from 分别 to the first figure.
    const LEAD: usize = 60;
    let bytes = text.as_bytes();
    let mut marks: Vec<usize> = memchr::memmem::find_iter(bytes, "分别").collect();
    marks.extend(memchr::memmem::find_iter(bytes, "依次"));
    marks.sort_unstable();
    // The row before with what it answers, by the end of its sentence.
    let mut before: Option<Row> = None;
    let mut i = 0;
    while i < all.len() {
        let row = row(text, all, i);
        i += row.count;
        found.extend(steps(text, &row));
        let last = marks.partition_point(|at| *at < row.range.start).checked_sub(1).map(|i| marks[i]);
        let near = last.filter(|at| row.range.start - at <= LEAD);
        if near.is_none() && (row.count < 2 || before.is_none()) {
            continue;
        }
        let sentence = clause::sentence(text, row.range.clone());
        let led = &text[sentence.start..row.range.start];
        let respective = near.filter(|at| *at >= sentence.start).map(|at| at - sentence.start);
        let own = respective.filter(|&at| is_lead(&led[at..]));
        if let Some(at) = own {
            let names = &led[..at];
            let alone = || alone(text, &row, &led[at..]);
            if row.count < 2 {
                found.extend(alone());
                before = None;
                continue;
            }
            let by_names =
                || named(text, &row, names).or_else(|| amounts(text, all, &row, sentence.start, names));
            found.extend(claimed(text, &row, sentence.start, names).or_else(by_names));
        } else if row.count < 2 {
            continue;
        }
        if let Some(last) = before.filter(|last| last.range.start >= sentence.start) {
            found.extend(unlike(text, &last, &row));
        }
        before = own.map(|_| row);
    }
    found.extend(items(text, all));
    found.extend(enumerated(text));
    found
}

/// Whether words from 分别 to a figure lead it: 分别实现营业收入, and no other clause between.
fn is_lead(words: &str) -> bool {
    words.chars().count() <= 16
        && !words.contains(['，', '。', '：', '、'])
        && !words.contains(|c: char| c.is_ascii_digit())
}

/// The figures of one unit that stand in a row from figure `first` on.
fn row(text: &str, all: &[Figure], first: usize) -> Row {
    let joined = |a: &Figure, b: &Figure| {
        let gap = between(text, a, b).trim_start_matches(['左', '右', '以', '上', '多', '余', ' ']);
        let gap = gap.trim_end_matches(['约', '近', '超', '过', ' ', '第']);
        let unit = a.unit == b.unit || a.unit.is_empty();
        unit && matches!(gap, "、" | "和" | "及" | "与" | "以及")
    };
    let count = 1 + all[first..].windows(2).take_while(|pair| joined(&pair[0], &pair[1])).count();
    Row { first, count, range: all[first].range.start..all[first + count - 1].range.end }
}

/// Whether a row may go on where it seems to end, or is a span.
fn goes_on(text: &str, row: &Row) -> bool {
    let rest = &text[row.range.end..];
    let more = rest.trim_start_matches(['左', '右', '以', '上', '多', '余']);
    let comma = more.strip_prefix('，').unwrap_or(more);
    comma.starts_with(|c: char| c.is_ascii_digit())
        || more.starts_with(['—', '～', '-', '~', '至', '等', '和', '、', '及', '与'])
        || text[row.range.clone()].contains(['—', '～', '~'])
}

/// A count of things: 四项, 4个, 三大.
struct Count {
    range: Range<usize>,
    value: usize,
}

/// The last count of things that words name.
fn count(words: &str) -> Option<Count> {
    /// Bytes before 分别 in which it stands.
    const FAR: usize = 120;
    let low = words.ceil_char_boundary(words.len().saturating_sub(FAR));
    let mut at = words.len();
    while let Some(step) = words[low..at].rfind(|c: char| c.is_ascii_digit() || is_counting(c)) {
        let end = low + step + words[low + step..].chars().next().map_or(1, char::len_utf8);
        let digit = words[low + step..].starts_with(|c: char| c.is_ascii_digit());
        let number = |c: char| if digit { c.is_ascii_digit() } else { is_counting(c) };
        let start = words[..end].trim_end_matches(number).len();
        at = start.max(low);
        let rest = &words[end..];
        let unit = lexicon::LIST_UNITS.iter().find(|u| rest.starts_with(**u));
        let led = &words[..start];
        let ordinal = led.ends_with([
            '第', '“', '前', '十', '.', '-', '—', '近', '超', '约', '逾', '多', '每', '至', '、', '其', '月',
            '年', '期', '另', '和', '与', '及', '个', '项',
        ]) || led.ends_with("其中");
        let Some(unit) = unit.filter(|_| !ordinal && !rest.starts_with("个百分点")) else { continue };
        let said = &words[start..end];
        let value = if digit { said.parse().ok() } else { parse_numeral(said) };
        return value
            .filter(|v| (2..=12).contains(v))
            .map(|value| Count { range: start..end + unit.len(), value });
    }
    None
}

/// 一二三产, 城乡: names that are as many things as they have parts.
fn told(names: &str) -> Option<Count> {
    let clause = names.rsplit(['，', '：', '。', '；']).next()?;
    let (word, value) = lexicon::TOGETHER.iter().find_map(|(n, words)| {
        let word = words.iter().find(|w| {
            clause.starts_with(**w) || clause.strip_prefix("全市").is_some_and(|c| c.starts_with(**w))
        })?;
        Some((*word, usize::try_from(*n).ok()?))
    })?;
    let at = names.len() - clause.len() + clause.find(word)?;
    Some(Count { range: at..at + word.len(), value })
}

/// 四项主要污染物排放分别下降28.4%、25.8%、14.6%.
fn claimed(text: &str, row: &Row, start: usize, names: &str) -> Option<Wrong> {
    let count = count(names).or_else(|| told(names))?;
    let noun = &names[count.range.end..];
    let (commas, plain) =
        (noun.matches('，').count(), !noun.contains(['、', '和', '与', '及', '；', '：', '（']));
    let short = noun.chars().count() <= if commas > 0 { 14 } else { 20 };
    let figures = noun.contains(|c: char| c.is_ascii_digit());
    if row.count == count.value || !plain || !short || commas > 1 || figures || goes_on(text, row) {
        return None;
    }
    // 三大产业投资 and 两级: what is counted is all that is told of. Names before it are those that it counts.
    let before = names[..count.range.start].rsplit(['，', '：', '。', '；']).next().unwrap_or_default();
    let (points, joints) = (before.matches('、').count() + 1, joints(before));
    let sum = points == 1 && joints == 0 || (points..=points + joints).contains(&count.value)
        // 甲、乙、丙4个产业集群 with three figures: the number is wrong.
        || points == row.count && count.value.abs_diff(points) == 1 && !before.contains('“');
    let other = each(noun) || noun.starts_with('，') || !sum;
    (!other).then(|| {
        let claim = &names[count.range.clone()];
        let n = row.count;
        let range = start + count.range.start..row.range.end;
        let message = text!("前面说“{claim}”，后面列出的数是{n}个", "“{claim}”, but {n} figures follow");
        Wrong::new(range, message)
    })
}

/// Whether words say that more than one figure belongs to each, or one to all: not 人均.
fn each(words: &str) -> bool {
    let words = words.replace("人均", "").replace("平均工资", "");
    lexicon::EACH.iter().any(|w| words.contains(w))
}

/// How many words of a list join two names; 普及率 has none.
fn joints(words: &str) -> usize {
    let and = |(at, _): &(usize, &str)| !words[..*at].ends_with(['普', '涉', '惠', '以', '波', '未']);
    // 城乡居民 are two.
    words.match_indices(['和', '与', '及']).filter(and).count()
        + words.matches("以及").count()
        + words.matches("城乡").count()
}

/// 机械、化工、食品分别实现收入1500亿元、880亿元: a name for each figure.
fn named(text: &str, row: &Row, names: &str) -> Option<Wrong> {
    let clause = names.rsplit(['，', '：', '。', '；']).next()?;
    let plain = !clause.contains(|c: char| c.is_ascii_digit() || matches!(c, '（' | '）' | '“'))
        && !clause.contains('等')
        && !each(clause);
    let segments: Vec<&str> = clause.split('、').collect();
    let n = segments.len();
    let most = n + segments.iter().map(|s| joints(s)).sum::<usize>();
    let short = segments.iter().all(|s| (2..=22).contains(&s.chars().count()));
    if !plain || n < 2 || !short || count(clause).is_some() || goes_on(text, row) {
        return None;
    }
    let few = row.count < n;
    let many = row.count > most;
    // 甲、乙和丙分别增长5%、6%: of three names, two of which may be one.
    let last = segments.last().is_some_and(|s| joints(s) == 1);
    let perhaps = row.count == n && most == n + 1 && last && segments[..n - 1].iter().all(|s| joints(s) == 0);
    if !(few || many || perhaps) {
        return None;
    }
    let (said, k) = (if few || perhaps { most } else { n }, row.count);
    let message = text!(
        "前面列了{said}项，“分别”后面却有{k}个数",
        "{said} things are named, but {k} figures follow 分别"
    );
    let severity = if perhaps || many && most > n { Severity::Info } else { Severity::Warning };
    Some(Wrong { severity, ..Wrong::new(row.range.clone(), message) })
}

/// 分别增长8.3%。: of one figure there is nothing to tell apart.
fn alone(text: &str, row: &Row, led: &str) -> Option<Wrong> {
    let rest = &text[row.range.end..];
    let ends = rest.starts_with(['，', '。', '；', '\n']);
    // 分别增长8%以上, 分别不少于5个: each of them.
    let exact = !lexicon::EACH_WORDS.iter().any(|w| led.contains(w))
        && !led.ends_with(['约', '近', '超', '过', '于']);
    let figure = &text[row.range.clone()];
    // An aim is a round number, and may be that of each.
    let rate = (figure.ends_with('%') || figure.ends_with("百分点")) && figure.contains('.');
    let counted = lexicon::ROW_VERBS.iter().any(|w| led.trim_start_matches("分别").starts_with(w));
    // 12%，8%: the second stands behind a comma; 8%（左右）.
    let more = rest
        .trim_start_matches(['，', '。', '；', '\n'])
        .starts_with(|c: char| c.is_ascii_digit() || c == '第');
    if !ends || !exact || !rate || !counted || more || goes_on(text, row) {
        return None;
    }
    let message = text!("“分别”后面只有一个数", "one figure only follows 分别");
    // Some write it of an aim that is the same for each.
    Some(Wrong { severity: Severity::Info, ..Wrong::new(row.range.clone(), message) })
}

/// 连续跨越3000亿元、4000亿元、5000亿元3个台阶: as many as are told.
fn steps(text: &str, row: &Row) -> Option<Wrong> {
    if row.count < 2 {
        return None;
    }
    let rest = &text[row.range.end..];
    // A numeral of one character or up to three digits stands before it.
    let mut near = rest.char_indices().take_while(|(at, _)| *at <= 3);
    let (len, _) = near.find(|(_, c)| matches!(c, '个' | '大')).filter(|(len, _)| *len > 0)?;
    let said = &rest[..len];
    let noun = &rest[len + '个'.len_utf8()..];
    let step = ["台阶", "大关", "关口", "整数关口", "量级"]
        .iter()
        .any(|w| noun.char_indices().take(7).any(|(i, _)| noun[i..].starts_with(w)));
    let number = said.parse().ok().or_else(|| parse_numeral(said))?;
    (step && number != row.count && number < 10).then(|| {
        let range = row.range.start..row.range.end + len + '个'.len_utf8();
        let (words, k) = (&text[range.clone()], row.count);
        let message = text!("“{words}”：列了{k}个", "“{words}”: {k} are told");
        Wrong::new(range, message)
    })
}

/// 城镇居民收入甲元，农村居民收入乙元，分别增长丙%和丁%: a rate for each amount.
fn amounts(text: &str, all: &[Figure], row: &Row, start: usize, names: &str) -> Option<Wrong> {
    let clause = names.rsplit(['，', '：', '。', '；']).next()?;
    if !(clause.is_empty() || lexicon::COMPARING.contains(&clause)) || goes_on(text, row) {
        return None;
    }
    let told = all[..row.first].iter().rev().take_while(|f| f.range.start >= start);
    let told: Vec<&Figure> = told.collect();
    if told.iter().any(|f| matches!(f.unit, "" | "%" | "百分点" | "倍")) {
        return None;
    }
    let amounts = told
        .into_iter()
        .filter(|f| !matches!(f.unit, "" | "%" | "百分点" | "年" | "月" | "日" | "倍"))
        .count();
    (amounts >= 2 && row.count > amounts).then(|| {
        let k = row.count;
        let message = text!(
            "前面只有{amounts}个数，“分别”后面却有{k}个",
            "{amounts} figures stand before, and {k} follow 分别"
        );
        Wrong { severity: Severity::Info, ..Wrong::new(row.range.clone(), message) }
    })
}

/// 分别完成甲、乙、丙，增长丁、戊: two rows of the same things.
fn unlike(text: &str, last: &Row, row: &Row) -> Option<Wrong> {
    let gap = text.get(last.range.end..row.range.start)?;
    let led = gap.trim_start_matches(['，', '、', '左', '右', '以', '上']);
    let verb =
        led.trim_end_matches(['了', '约', '达', '到']).trim_start_matches("分别").trim_end_matches("分别");
    let plain = led.chars().count() <= 12 && !led.contains(['，', '。', '；', '、', '和']);
    let grows = ["增长", "下降", "提高", "增加", "占", "减少", "上升"].iter().any(|w| verb.ends_with(w))
        && lexicon::ROW_LEADS.iter().any(|w| verb.starts_with(w));
    if last.count == row.count || !plain || !grows || goes_on(text, row) || goes_on(text, last) {
        return None;
    }
    let (a, b) = (last.count, row.count);
    let message = text!("前面是{a}个数，这里却是{b}个", "{a} figures stand before, and {b} here");
    Some(Wrong::new(row.range.clone(), message))
}

/// 电子、建材、食品四大产业, 东河、西山、南坪4个乡镇: names and how many there are, in a sentence with figures.
fn enumerated(text: &str) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut told = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "、") {
        if at < told {
            continue;
        }
        let from = at - clause::behind(text, at).len();
        let end = at + text[at..].find(['，', '。', '；', '：', '\n']).unwrap_or(text.len() - at);
        told = end;
        let all = &text[from..end];
        // 包括饮用水源保护、黑臭水体整治、生活污水处理4个专项行动: longer names too.
        let opener = ["包括", "包含", "涵盖"].into_iter().find_map(|w| all.find(w).map(|i| i + w.len()));
        let from = from + opener.unwrap_or(0);
        let (first, others) = if opener.is_some() { (18, 18) } else { (12, 6) };
        let clause = &text[from..end];
        if clause.matches('、').count() < 2 {
            continue;
        }
        // The number stands behind the last name.
        let last = clause.rsplit('、').next().unwrap_or_default();
        if !last.contains(|c: char| c.is_ascii_digit() || is_counting(c) && !matches!(c, '一' | '二')) {
            continue;
        }
        let Some(n) = count(clause) else { continue };
        let names = &clause[..n.range.start];
        let segments: Vec<&str> = names.split('、').collect();
        let last = segments.last().copied().unwrap_or_default();
        let short = |s: &&str| (2..=others).contains(&s.chars().count());
        let plain = segments.len() >= 3
            && segments[1..].iter().all(short)
            && segments[0].chars().count() <= first
            && (opener.is_some() && joints(last) == 0 || joints(names) == 0)
            && !names.contains(|c: char| {
                c.is_ascii_digit() || matches!(c, '“' | '”' | '（' | '）' | '等' | '的' | '《')
            })
            && !lexicon::NO_LAST.iter().any(|w| last.ends_with(w));
        let noun = &clause[n.range.end..];
        let plain = plain && !clause[n.range.clone()].ends_with(['级', '地']);
        let off = segments.len().abs_diff(n.value) == 1 && noun.starts_with(crate::base::han::is_han);
        let figures = text[from..].chars().take(80).any(|c| c.is_ascii_digit());
        if plain && off && figures {
            let range = from..from + n.range.end;
            let (words, k) = (&text[from + n.range.start..range.end], segments.len());
            let message = text!("前面列了{k}项，却说“{words}”", "{k} are named, but “{words}” is said");
            found.push(Wrong { severity: Severity::Info, ..Wrong::new(range, message) });
        }
    }
    found
}

/// 涉及4个乡镇：青石镇12户、枫林乡9户、清河镇7户; 甲园120亿元、乙园80亿元等3个园区.
fn items(text: &str, all: &[Figure]) -> Vec<Wrong> {
    /// Bytes of a list.
    const LONGEST: usize = 900;
    let mut found = Vec::new();
    let marks = ["：", "（"]
        .into_iter()
        .flat_map(|m| memchr::memmem::find_iter(text.as_bytes(), m).map(move |at| (at, m)));
    for (at, mark) in marks {
        let from = at + mark.len();
        // What is counted stands right before.
        let near = &text[text.ceil_char_boundary(at.saturating_sub(66))..at];
        if !near.contains(|c: char| c.is_ascii_digit() || is_counting(c) && c != '一') {
            continue;
        }
        let high = text.floor_char_boundary((from + LONGEST).min(text.len()));
        let ends = |c: char| matches!(c, '。' | '\n') || mark == "（" && c == '）';
        let Some(len) = text[from..high].find(ends) else { continue };
        found.extend(opened(text, all, at, from..from + len));
    }
    found.extend(follows(text, all));
    // 有3个县增速超过8%，分别是甲县9.1%、乙县8.7%: named by a word and no mark.
    for word in ["分别是", "分别为", "依次是", "依次为", "包括", "，即"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), word) {
            let from = at + word.len();
            let high = text.floor_char_boundary((from + LONGEST).min(text.len()));
            let len = text[from..high].find(['。', '；', '\n', '，']).unwrap_or(high - from);
            let starts = text[from..].starts_with(|c: char| c.is_ascii_digit() || c == '：');
            if !starts {
                found.extend(opened(text, all, at, from..from + len));
            }
        }
    }
    found
}

/// 表彰3个先进单位，奖励县住建局10万元、……: the list is the rest of the sentence; 甲、乙、丙等3座水厂: it stands before.
fn follows(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut told = 0;
    for first in all {
        if first.range.start < told {
            continue;
        }
        let range = clause::sentence(text, first.range.clone());
        told = range.end;
        let (from, body) = (range.start, &text[range]);
        if !body.contains('，') || !body.contains('、') && !body.contains("指标") {
            continue;
        }
        let Some(comma) =
            body.find('，').filter(|_| body.matches('、').count() + body.matches('，').count() >= 3)
        else {
            continue;
        };
        let (head, list) = (&body[..comma], from + comma + '，'.len_utf8()..from + body.len());
        // The count and its noun are the last that the first clause tells.
        let Some(n) = count(head).filter(|n| head[n.range.end..].chars().count() <= 10) else { continue };
        let only = !head[..n.range.start].contains(|c: char| c.is_ascii_digit() || c == '、');
        let told = &text[list.clone()];
        // 提出3项指标，生产总值增长6%，……: each in a clause.
        let marks = told.contains('、') && !told.contains('，')
            || head[n.range.end..].ends_with("指标") && !told.contains('、');
        let Some(k) = segments(text, all, &list).filter(|k| *k >= 3 && *k != n.value && only && marks) else {
            continue;
        };
        let claim = &head[n.range.clone()];
        let message = text!("前面说“{claim}”，后面列了{k}项", "“{claim}”, but {k} items follow");
        let wrong = Wrong::new(from + n.range.start..list.end, message);
        found.push(Wrong { severity: Severity::Info, ..wrong });
    }
    found
}

/// A list behind `at`, held against the count that stands before it.
fn opened(text: &str, all: &[Figure], at: usize, list: Range<usize>) -> Option<Wrong> {
    let low = text.ceil_char_boundary(at.saturating_sub(120));
    let before = &text[low..at];
    let stop = before.trim_end_matches('，').rfind(['。', '\n', '；', '：']);
    let from = stop.map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    let clauses = &before[from..];
    let n = count(clauses)?;
    let behind = &clauses[n.range.end..];
    // 5个园区，产值分别为…: one clause may stand between, and no other figure.
    let near = behind.chars().count() <= 22 && behind.matches('，').count() <= 1;
    let plain =
        near && !behind.contains(['、', '“']) && behind.chars().filter(char::is_ascii_digit).count() <= 4;
    let k = segments(text, all, &list).filter(|k| *k != n.value && plain)?;
    let partial = text[list.clone()].starts_with("其中") && k < n.value;
    // 8个小区（5个整治、3个改造）: parts of the number, and no items.
    let classifier = text[low + from + n.range.start..low + from + n.range.end]
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    let first = all.partition_point(|f| f.range.start < list.start);
    let partial = partial || all.get(first).is_some_and(|f| f.unit == classifier);
    let start = low + from + n.range.start;
    let claim = &text[start..low + from + n.range.end];
    let message = text!("前面说“{claim}”，后面列了{k}项", "“{claim}”, but {k} items follow");
    (!partial).then(|| Wrong::new(start..list.end, message))
}

/// How many items with figures a list has; `None` where some have none.
fn segments(text: &str, all: &[Figure], list: &Range<usize>) -> Option<usize> {
    let words = text[list.clone()].trim_start_matches("其中").trim_start_matches(['，', '：']);
    let from = list.end - words.len();
    let mark = ['；', '、', '，'].into_iter().find(|m| outside(words, *m).next().is_some())?;
    if words.contains(['等', '“']) || mark == '、' && outside(words, '，').next().is_some() {
        return None;
    }
    let mut at = from;
    let mut count = 0;
    let mut unit: Option<&str> = None;
    let (mut mixed, mut several) = (false, false);
    let ends = outside(words, mark).chain([words.len()]).collect::<Vec<_>>();
    for end in ends {
        let range = at..from + end;
        at = range.end + mark.len_utf8();
        let first = all.partition_point(|f| f.range.start < range.start);
        let first = first + usize::from(all.get(first).is_some_and(super::is_year));
        let f = all.get(first).filter(|f| f.range.end <= range.end)?;
        let name = &text[range.start..f.range.start];
        let named = (2..=24).contains(&name.chars().count()) || range.end - f.range.end >= 6;
        if f.unit.is_empty()
            || !named
            || name.trim_start_matches('，').starts_with('共')
            || name.ends_with('共')
        {
            return None;
        }
        mixed |= unit.is_some_and(|u| u != f.unit);
        several |= all.get(first + 1).is_some_and(|f| f.range.end <= range.end);
        unit = Some(f.unit);
        count += 1;
    }
    (count >= 2 && !(mixed && several) && !matches!(unit, Some("年" | "月" | "日" | "时"))).then_some(count)
}

/// Where a mark stands outside of brackets.
fn outside(words: &str, mark: char) -> impl Iterator<Item = usize> {
    let mut depth = 0_i32;
    words.char_indices().filter_map(move |(i, c)| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        (c == mark && depth <= 0).then_some(i)
    })
}
