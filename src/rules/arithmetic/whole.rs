//! A whole and what 其中 tells of it (总数与其中各项), item by item: no part is above the whole of its own name, and
//! parts that leave nothing out make it.
//!
//! Items may be parted by 、 or by ；, and have several figures each (事故16起、死亡11人): of every unit a column. A
//! part belongs to the whole whose name its own name ends in (规模以上工业增加值 to 工业增加值), else to the last figure
//! of its unit. That parts leave nothing out is known where they are kinds that make all of a thing (男、女), where
//! another column comes out, or where the list ends in 其他.

use std::ops::Range;

use super::parts::{at_most, is_increase, led_from, overlap};
use super::{Wrong, scale, share_of, shown, vague};
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::model::Severity;
use crate::text;

/// Bytes to either side of 其中 that are read.
const REACH: usize = 700;

/// A figure with its name.
#[derive(Clone, Copy)]
struct Told<'t> {
    figure: &'t Figure,
    /// What stands before it: 死亡, 到位资金.
    name: &'t str,
    /// The noun behind its unit: 镇.
    noun: &'t str,
    /// Which item of the list it stands in.
    item: usize,
}

/// See the module.
pub(super) fn find(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut found = Vec::new();
    // 22个主要指标中，预期性指标14个.
    let within = text.match_indices("中，").filter(|(at, _)| {
        let led = text[..*at].trim_end_matches(crate::base::han::is_han);
        led.ends_with(|c: char| c.is_ascii_digit())
            && at - led.len() <= 36
            && !text[..*at].ends_with(['其', '高', '初', '集', '途', '期'])
    });
    for (at, word) in text.match_indices("其中").chain(within) {
        let next = all.partition_point(|f| f.range.start < at);
        let before = before(text, &all[..next], at);
        let (items, end) = items(text, &before, &all[next..], at + word.len());
        if before.is_empty() || items.is_empty() {
            continue;
        }
        found.extend(items.iter().filter_map(|part| share(text, &before, part, all)));
        let larger: Vec<Wrong> = items.iter().filter_map(|part| larger(text, &before, part, at)).collect();
        let clear = larger.is_empty();
        found.extend(larger);
        if clear {
            found.extend(columns(text, &before, &items, at, end));
        }
    }
    found
}

/// The figures before 其中 in its sentence, or in the sentence before where it opens one.
fn before<'t>(text: &'t str, all: &'t [Figure], at: usize) -> Vec<Told<'t>> {
    let low = text.ceil_char_boundary(at.saturating_sub(REACH));
    let head = text[low..at].trim_end_matches(['。', '；', '，', '（', '\n', ' ', '　']);
    let from = low + head.rfind(['。', '\n']).map_or(0, |i| i + 1);
    let from = text.ceil_char_boundary(from);
    let first = all.partition_point(|f| f.range.start < from);
    let mut last = from;
    let told = all[first..].iter().map(|figure| {
        let one = tell(text, last, figure, 0);
        last = figure.range.end;
        one
    });
    // What another 其中 tells of is no whole.
    let part = |t: &Told<'_>| {
        let clause = crate::base::clause::behind(text, t.figure.range.start);
        clause.contains("其中")
    };
    let told: Vec<Told<'_>> = told
        .filter(|t| !part(t))
        .filter(|t| {
            !matches!(t.figure.unit, "" | "%" | "年" | "月" | "日" | "百分点" | "倍")
                && !classes(text, t.figure)
        })
        .collect();
    // 635个，比上年净增9个。其中: of the two the first is the whole.
    let whole = |f: &Figure| told.iter().any(|t| t.figure.unit == f.unit && !is_increase(text, t.figure));
    told.iter().filter(|t| !is_increase(text, t.figure) || !whole(t.figure)).copied().collect()
}

/// A figure with the words before and behind it.
fn tell<'t>(text: &'t str, last: usize, figure: &'t Figure, item: usize) -> Told<'t> {
    let words = text.get(last..figure.range.start).unwrap_or_default();
    let words = words.rsplit(['，', '、', '；', '。', '：', '（', '\n', ',']).next().unwrap_or_default();
    let mut name = words.trim();
    while let Some(rest) = lexicon::REACHES.iter().find_map(|v| name.strip_suffix(v)) {
        name = rest;
    }
    let rest = &text[figure.range.end..];
    let len = rest.find(|c: char| !crate::base::han::is_han(c)).unwrap_or(rest.len()).min(60);
    Told { figure, name, noun: &rest[..rest.floor_char_boundary(len)], item }
}

/// Whether a figure only says which ones are meant: 10亿元以上项目, 60岁以上.
fn classes(text: &str, f: &Figure) -> bool {
    let rest = &text[f.range.end..];
    // 渠道220公里以上，: how many at least, and not which ones.
    if rest.strip_prefix("以上").is_some_and(|r| r.starts_with(['，', '（', '。', '、', '；', '）']))
    {
        return false;
    }
    lexicon::CLASSES.iter().any(|w| rest.starts_with(w))
        || matches!(f.unit, "岁" | "元") && rest.starts_with("的") && !rest.starts_with("的是")
}

/// The figures of the list behind 其中, and where it ends.
fn items<'t>(text: &'t str, before: &[Told<'_>], all: &'t [Figure], from: usize) -> (Vec<Told<'t>>, usize) {
    let high = text.floor_char_boundary((from + REACH).min(text.len()));
    let rest = &text[from..high];
    let mut depth = 0_usize;
    let closes = |c: char| {
        let ends = matches!(c, '。' | '\n') || c == '）' && depth == 0;
        depth = match c {
            '（' => depth + 1,
            '）' => depth.saturating_sub(1),
            _ => depth,
        };
        ends
    };
    let stop = rest.find(closes).unwrap_or(rest.len());
    // 其中：……；……。 goes to the full stop, and so does what opens a sentence; else a semicolon ends it.
    let opens = text[..from].trim_end_matches("其中").ends_with(['。', '\n', '；', ';']);
    let shares = rest[..stop].matches("，占").count() > 1;
    let long = rest.starts_with('：') || opens || shares;
    let end = if long { stop } else { rest[..stop].find(['；', ';']).unwrap_or(stop) };
    let end = goes_on(text, all, from, end, stop);
    let end = rest[..end].find("其中").unwrap_or(end);
    let list = from..from + end;
    let mut last = list.start;
    let (mut item, mut told) = (0, Vec::new());
    for figure in all.iter().take_while(|f| f.range.end <= list.end) {
        let gap = text.get(last..figure.range.start).unwrap_or_default();
        if gap.contains(['；', '，', '、', ';', ',']) {
            item += 1;
        }
        let fresh = gap.contains(['，', ',']) && !told.is_empty();
        let first = told.first().map_or(0, |t: &Told<'_>| t.item);
        let homes = is_home(figure) && told.iter().all(|t: &Told<'_>| is_home(t.figure));
        let new_unit = fresh
            && !homes
            && !told.iter().filter(|t| t.item <= first + 1).any(|t| t.figure.unit == figure.unit);
        // What is told of all again, or of another thing, ends the list.
        let one = tell(text, last, figure, item);
        let rate = matches!(figure.unit, "%" | "百分点" | "倍");
        let bare = fresh && one.name.is_empty() && told.last().is_some_and(|t| !t.name.is_empty());
        // 项目94个、总投资434亿元，其中产业项目55个，总投资360亿元.
        let again = before.iter().any(|w| w.figure.unit == figure.unit && shared(w.name, one.name) >= 2);
        if !rate && (new_unit && !again || bare) || lexicon::LIST_ENDS.iter().any(|w| gap.contains(w)) {
            break;
        }
        last = figure.range.end;
        let moves = lexicon::UP
            .iter()
            .chain(lexicon::DOWN)
            .any(|v| one.name.ends_with(v) && !one.name.ends_with("新增"));
        let other =
            matches!(figure.unit, "" | "%" | "年" | "月" | "日" | "百分点" | "倍") || classes(text, figure);
        if !moves && !other && !one.name.ends_with(['从', '由', '自', '每', '均']) {
            told.push(one);
        }
    }
    (told, list.end)
}

/// Where a list ends whose items are parted by semicolons though its head does not say so: 其中预期性指标13个，主要
/// ……；约束性指标8个.
fn goes_on(text: &str, all: &[Figure], from: usize, end: usize, stop: usize) -> usize {
    let Some(first) = all.first().filter(|f| f.range.end <= from + end) else { return end };
    let name = tell(text, from, first, 0).name;
    if let Some(end) = parallel(text, all, from, end, stop) {
        return end;
    }
    if text[from..from + stop].contains("其中") || !exhaustive(&text[from..from + stop]) {
        return end;
    }
    let mut end = end;
    while end < stop {
        let next = from + end;
        let Some(f) = all.iter().find(|f| f.range.start >= next).filter(|f| f.range.end <= from + stop)
        else {
            break;
        };
        let one = tell(text, next, f, 0);
        if f.unit != first.unit || shared(one.name, name) < 2 || f.range.start - next > 60 {
            break;
        }
        end = text[f.range.end..from + stop].find(['；', ';']).map_or(stop, |i| f.range.end + i - from);
    }
    end
}

/// Where a list ends whose items are told in one way: 其中工业项目82个，投资170亿元；农业项目20个，投资44亿元.
fn parallel(text: &str, all: &[Figure], from: usize, end: usize, stop: usize) -> Option<usize> {
    let within = |a: usize, b: usize| -> Vec<&Figure> {
        all.iter().skip_while(|f| f.range.start < a).take_while(|f| f.range.end <= b).take(4).collect()
    };
    let first = within(from, from + end);
    let mut last = from + end;
    let [one, two] = first[..] else { return None };
    if text[from..from + stop].contains("其中") || two.unit == one.unit {
        return None;
    }
    while last < from + stop {
        let next = last + text[last..].chars().next().map_or(1, char::len_utf8);
        // 投资44亿元，以项目建设推动……: what stands behind the item is of no weight.
        let close = text[next..from + stop].find(['；', ';']).map_or(from + stop, |i| next + i);
        let row = within(next, close);
        let [p, q, ..] = row[..] else { break };
        let alike = p.unit == one.unit
            && q.unit == two.unit
            && shared(tell(text, from, one, 0).name, tell(text, next, p, 0).name) >= 2
            && tell(text, one.range.end, two, 0).name == tell(text, p.range.end, q, 0).name;
        if !alike {
            break;
        }
        last = close;
    }
    (last > from + end).then(|| last - from)
}

/// How many characters two names end in together; 总 counts for nothing: 投资总额, 投资额.
fn shared(a: &str, b: &str) -> usize {
    let plain = |s: &str| s.chars().filter(|c| *c != '总' && *c != '共').rev().collect::<Vec<char>>();
    plain(a).iter().zip(&plain(b)).take_while(|(x, y)| x == y).count()
}

/// Whether two units count alike.
fn same_unit(a: &Figure, b: &Figure) -> bool {
    let few = |u: &str| matches!(u, "个" | "家" | "户");
    a.unit == b.unit || few(a.unit) && few(b.unit)
}

/// The whole that a part belongs to, and whether its name says so.
fn whole_of<'t>(before: &[Told<'t>], part: &Told<'_>) -> Option<(Told<'t>, bool)> {
    let same = before.iter().filter(|w| same_unit(w.figure, part.figure));
    let by_name = same.clone().rev().max_by_key(|w| shared(w.name, part.name).min(6));
    let named = by_name.filter(|w| {
        let n = shared(w.name, part.name);
        n >= 2
            && (n >= w.name.chars().count().min(4) || n >= 3)
            && !lexicon::OTHER_WHOLES.iter().any(|o| w.name.contains(o) != part.name.contains(o))
    });
    // 幼儿园4所、中小学19所，其中……: which of the two is not told.
    let mut last = same.clone().rev();
    let only = last.next().filter(|_| {
        last.next().is_none_or(|other| lexicon::OTHER_WHOLES.iter().any(|o| other.name.contains(o)))
    });
    let own = named.is_some_and(|w| w.name == part.name && !w.name.is_empty());
    named.map(|w| (*w, true)).or_else(|| only.map(|w| (*w, false))).filter(|_| !own)
}

/// A part that is above its whole.
fn larger(text: &str, before: &[Told<'_>], part: &Told<'_>, at: usize) -> Option<Wrong> {
    let (whole, named) = whole_of(before, part)?;
    let (w, p) = (whole.figure, part.figure);
    let alike = w.unit == p.unit || lexicon::BODIES.iter().any(|b| whole.name.ends_with(b));
    // 市场主体12万个，其中企业13.6万家: nothing stands between.
    let near = at - w.range.end <= 36 && before.last().is_some_and(|l| l.figure.range == w.range);
    let above = p.value - p.slack > at_most(text, w);
    let each = lexicon::PER.iter().any(|x| whole.name.contains(x) || part.name.contains(x));
    let sure = named || near && part.item <= 1 && w.unit != "元" && w.value >= 2.0;
    if !above || !alike || each || !sure || is_increase(text, w) || vague(text, p) {
        return None;
    }
    // A whole of the same name that was told before: 项目总投资500亿元、今年完成投资50亿元.
    let before_it = before.iter().any(|o| {
        o.figure.range != w.range
            && same_unit(o.figure, p)
            && o.figure.value >= p.value
            && shared(o.name, part.name) >= 2.min(shared(whole.name, part.name))
    });
    (!before_it).then(|| {
        let (all, said) = (&text[w.range.clone()], &text[p.range.clone()]);
        let message =
            text!("总数是{all}，其中一项却是“{said}”", "the whole is {all}, and a part of it “{said}”");
        Wrong::new(p.range.clone(), message)
    })
}

/// 其中肢体残疾6820人，占55%: what a part is of its whole.
fn share(text: &str, before: &[Told<'_>], part: &Told<'_>, all: &[Figure]) -> Option<Wrong> {
    let next = all.partition_point(|f| f.range.start < part.figure.range.end);
    let c = all.get(next).filter(|c| c.is_percent() && !vague(text, c))?;
    let gap = text.get(part.figure.range.end..c.range.start)?;
    let said = gap.trim_start_matches(crate::base::han::is_han).trim_start_matches(['，', '、', '（', ',']);
    let said = if gap.starts_with('占') { gap } else { said };
    let name = said.strip_prefix('占')?.trim_start_matches('比').trim_end_matches(['的', '为', '达']);
    let same: Vec<&Told<'_>> = before.iter().filter(|w| same_unit(w.figure, part.figure)).collect();
    let named = same.iter().rev().find(|w| name.chars().count() >= 2 && w.name.contains(name));
    let total = name.is_empty() || lexicon::ALL_OF.contains(&name);
    let whole = named.or_else(|| same.last().filter(|_| total && same.len() == 1))?;
    let (w, p) = (whole.figure, part.figure);
    let fits = p.value <= w.value
        && !vague(text, w)
        && !vague(text, p)
        && !is_increase(text, w)
        && part.figure.unit == w.unit;
    fits.then(|| share_of(text, p, w, c))?
}

/// The parts of one unit and their whole.
struct Column<'t> {
    whole: &'t Figure,
    parts: Vec<Told<'t>>,
    sum: f64,
    /// 1 where they make more, -1 where they make less, 0 where they come out.
    off: i8,
}

/// Columns of the list, held against their wholes.
fn columns(text: &str, before: &[Told<'_>], items: &[Told<'_>], at: usize, end: usize) -> Option<Wrong> {
    if items.iter().any(|t| t.figure.unit != items[0].figure.unit) && items.iter().all(|t| is_home(t.figure))
    {
        return mixed(text, before, items, at);
    }
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut told: Vec<usize> = Vec::new();
    for (i, first) in items.iter().enumerate() {
        if told.contains(&i) {
            continue;
        }
        // Of one unit; where items have two of it, by the words before them too.
        let alike = |t: &&(usize, &Told<'_>)| {
            same_unit(t.1.figure, first.figure) && kind(t.1.name) == kind(first.name)
        };
        let rows: Vec<(usize, &Told<'_>)> = items.iter().enumerate().skip(i).collect();
        let column: Vec<(usize, &Told<'_>)> = rows.iter().filter(alike).copied().collect();
        told.extend(column.iter().map(|c| c.0));
        let parts: Vec<Told<'_>> = column.iter().map(|c| *c.1).collect();
        columns.extend(held(text, before, parts, at));
    }
    let even = columns.iter().any(|c| c.off == 0 && c.parts.len() >= 2);
    let column = columns.iter().find(|c| c.off != 0)?;
    judge(text, column, even, at..end)
}

/// 住房243套，其中公租房31套、改造棚户区164户、危旧房36户: counted by several words, and the sum is a slip of the whole.
fn mixed(text: &str, before: &[Told<'_>], items: &[Told<'_>], at: usize) -> Option<Wrong> {
    let whole = before.last()?.figure;
    let exact = !vague(text, whole) && items.iter().all(|t| !vague(text, t.figure));
    let near = at - whole.range.end <= 36 && is_home(whole) && !is_increase(text, whole);
    let sum: f64 = items.iter().map(|t| t.figure.value).sum();
    let column = Column { whole, parts: items.to_vec(), sum, off: 0 };
    let apart = (sum - whole.value).abs() > 0.4;
    let (first, last) = (items.first()?.figure, items.last()?.figure);
    (items.len() >= 3 && exact && near && apart && is_slip(text, &column))
        .then(|| wrong(text, &column, first.range.start..last.range.end))
}

/// Whether it counts homes or things that are set up, of which one paper speaks in several words.
fn is_home(f: &Figure) -> bool {
    matches!(f.unit, "套" | "户" | "副" | "处" | "间")
}

/// Which column a name belongs to: what is told of accidents, of the dead and of the injured is apart.
fn kind(name: &str) -> Option<&'static str> {
    lexicon::COLUMNS.iter().copied().find(|w| name.ends_with(w))
}

/// The column of some parts, if it has a whole.
fn held<'t>(text: &str, before: &[Told<'t>], parts: Vec<Told<'t>>, at: usize) -> Option<Column<'t>> {
    let first = parts.first()?;
    let same = |w: &&Told<'_>| same_unit(w.figure, first.figure) && kind(w.name) == kind(first.name);
    let (whole, _) = whole_of(before, first).or_else(|| Some((*before.iter().rev().find(same)?, false)))?;
    let several = before.iter().filter(same).count() > 1 && shared(whole.name, first.name) < 2;
    let last = before.iter().rev().find(same)?;
    let whole = if kind(first.name).is_none() { whole } else { *last };
    // Parts of different names are of different wholes.
    let elsewhere = parts.iter().any(|p| {
        before.iter().filter(same).any(|w| {
            w.figure.range != whole.figure.range
                && shared(w.name, p.name) >= 2
                && shared(w.name, p.name) > shared(whole.name, p.name)
        })
    });
    if elsewhere || several && kind(first.name).is_none() {
        return None;
    }
    let w = whole.figure;
    // 150家以上，其中75家以上、10家以上: by the numbers as they stand.
    let open = vague(text, w) && at_most(text, w) > w.value * 1.2;
    let least = |f: &Figure| text[f.range.end..].starts_with("以上") || !vague(text, f);
    let exact = (open || !vague(text, w)) && parts.iter().all(|p| least(p.figure)) && !is_increase(text, w);
    let each = lexicon::PER.iter().any(|x| whole.name.contains(x));
    if parts.len() < 2 || !exact || each || at - w.range.end > 240 || w.unit != first.figure.unit {
        return None;
    }
    let sum: f64 = parts.iter().map(|p| p.figure.value).sum();
    let counted = w.slack <= 0.5 && w.value.fract() == 0.0;
    let slack = if counted { 0.4 } else { parts.iter().map(|p| p.figure.slack).sum::<f64>() + w.slack };
    // 1000亿元以上，其中……、其他40亿元以上: nothing is left out, and it makes no 1000.
    let left = text[w.range.end..].starts_with("以上")
        && parts.last().is_some_and(|p| lexicon::LEFTOVER.iter().any(|l| p.name.starts_with(l)));
    let off = match sum - w.value {
        apart if open && left && apart < -slack => -1,
        _ if open => i8::from(sum > w.value * 1.2),
        apart if apart > slack => 1,
        apart if apart < -slack => -1,
        _ => 0,
    };
    Some(Column { whole: w, parts, sum, off })
}

/// What is to be said of a column that does not come out, of the list from 其中 to its end.
fn judge(text: &str, column: &Column<'_>, even: bool, list: Range<usize>) -> Option<Wrong> {
    let (first, last) = (column.parts.first()?.figure, column.parts.last()?.figure);
    let stretch = first.range.start..last.range.end;
    let from = led_from(text, list.start, stretch.start);
    let words = &text[from..text.floor_char_boundary((stretch.end + 24).min(text.len()))];
    let whole = column.whole;
    let n = column.parts.len();
    let all = exhaustive(words) || even;
    let overlapping = overlap(text, list.start, &stretch);
    let near = (column.sum - whole.value).abs() < whole.value * if n > 2 { 0.3 } else { 0.2 };
    let bound = text[whole.range.end..].starts_with("以上") && text[last.range.end..].starts_with("以上");
    let open = text[last.range.end..].starts_with(['等', '以']) && !bound
        || column.parts.iter().any(|p| p.noun.contains('等'));
    let ends = list.end.saturating_sub(last.range.end) <= 36;
    let slip = is_slip(text, column);
    let severity = match () {
        () if open || column.parts.iter().any(|p| p.name.ends_with(['各', '均'])) => {
            return None;
        }
        () if column.parts.iter().any(|p| lexicon::AGAIN.iter().any(|w| p.name.contains(w))) => return None,
        () if all && near => Severity::Warning,
        () if column.off > 0 && !overlapping && column.sum < whole.value * 3.0 => Severity::Warning,
        () if slip && !overlapping && ends => Severity::Warning,
        () if column.off > 0 && n > 2 && near => Severity::Info,
        () if column.off < 0 && near && !overlapping && ends && n > 2 => Severity::Info,
        () if column.off < 0
            && !overlapping
            && ends
            && !text[stretch.clone()].contains('，')
            && column.sum > whole.value * 0.5 =>
        {
            Severity::Info
        }
        () => return None,
    };
    Some(Wrong { severity, ..wrong(text, column, stretch) })
}

/// What parts make that is not their whole.
fn wrong(text: &str, column: &Column<'_>, stretch: Range<usize>) -> Wrong {
    let whole = column.whole;
    let scale = scale(text, whole);
    let (n, unit) = (shown(column.sum / scale, whole.slack / scale), whole.unit_words(text));
    let said = &text[whole.range.clone()];
    let message = text!(
        "总数是{said}，其中各项相加却是{n}{unit}",
        "the whole is {said}, and its parts add up to {n}{unit}"
    );
    Wrong::new(stretch, message)
}

/// Whether words name kinds that make all of a thing: 男 and 女, 镇 and 乡, or what is left.
fn exhaustive(words: &str) -> bool {
    lexicon::LEFTOVER.iter().any(|w| words.contains(w))
        || lexicon::COMPLETE
            .iter()
            .any(|(first, others)| words.contains(first) && others.iter().any(|o| words.contains(o)))
}

/// Whether the sum is the whole but for one digit, or for two that stand the wrong way round: of numbers of three
/// digits and more, by no chance.
fn is_slip(text: &str, column: &Column<'_>) -> bool {
    let scale = scale(text, column.whole);
    let decimals = text[column.whole.digits.clone()].split_once('.').map_or(0, |(_, d)| d.len());
    let written = |v: f64| format!("{:.decimals$}", v / scale);
    let (a, b) = (written(column.whole.value), written(column.sum));
    let odd: Vec<usize> = (0..a.len().min(b.len())).filter(|&i| a.as_bytes()[i] != b.as_bytes()[i]).collect();
    let digits = a.bytes().filter(u8::is_ascii_digit).count();
    a.len() == b.len()
        && digits >= 3
        && match odd[..] {
            [_] => true,
            [i, j] => a.as_bytes()[i] == b.as_bytes()[j] && a.as_bytes()[j] == b.as_bytes()[i],
            _ => false,
        }
}
