//! What a cell says as a fact (取值): as it is seen, with the unit that stands elsewhere.
//!
//! A number is never calculated or rounded anew: what the format shows is what a person reads. Only the
//! unit of its head or column is put behind it, and under a head that says growth its sign becomes the
//! word: 5.6 is 增长5.6%, -3.2 下降3.2%.

use crate::base::blank::is_blank_value;
use crate::base::han::heading_number;
use crate::base::lexicon::ledger as lexicon;
use crate::sheet::heading::squeezed;

/// A unit of figures, as it is written; `None` for other words, such as 量化 or 盖章.
pub fn measure(words: &str) -> Option<String> {
    let words = words.trim_matches(['±', ' ', '　']);
    let plain = words.replace('％', "%");
    let is_one = |mut words: &str| loop {
        if lexicon::QUANTITIES.contains(&words) {
            return true;
        }
        match words.strip_prefix(['万', '亿', '千', '百', '十']) {
            Some(rest) => words = rest,
            None => return false,
        }
    };
    let is_share = plain.split_once('/').is_some_and(|(of, per)| is_one(of) && is_one(per));
    (is_one(&plain) || is_share).then_some(plain)
}

/// Digits of one width, signs of one kind: for looking at, not for saying.
pub fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '％' => '%',
        '．' => '.',
        '，' => ',',
        '－' | '−' | '﹣' => '-',
        '＋' => '+',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// Whether words are a number and nothing else: digits with a sign, separators, a percent sign.
pub fn is_number(text: &str) -> bool {
    let narrow = narrow(text);
    let digits = narrow.trim_start_matches(['+', '-']).trim_end_matches('%');
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.matches('.').count() <= 1
}

/// The lines of a cell as one, outer blanks dropped.
pub fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect::<String>().trim().to_owned()
}

/// Whether a cell says nothing: a stroke, 无, 未报.
pub fn says_nothing(text: &str) -> bool {
    let joined = joined(text);
    joined.is_empty() || lexicon::NOTHING.contains(&joined.as_str()) || is_blank_value(&joined)
}

/// Whether a cell repeats the one above: 同上.
pub fn is_ditto(text: &str) -> bool {
    lexicon::DITTO.contains(&joined(text).as_str())
}

/// Whether words name a sum: 合计, 小计（5个）, 工业项目小计, 全县.
pub fn is_sum(text: &str) -> bool {
    let squeezed = squeezed(text);
    let bare = squeezed.split(['（', '(', '：', ':']).next().unwrap_or_default();
    let ends = ["合计", "小计", "总计", "平均"].iter().any(|end| bare.ends_with(end));
    lexicon::TOTALS.contains(&bare) || ends && bare.chars().count() < 11
}

/// Whether words are a remark below a table: 注：…, 填表人（签字）：….
pub fn is_remark(text: &str) -> bool {
    let (before, _) = text.split_once(['：', ':']).unwrap_or_default();
    let before = squeezed(before);
    lexicon::NOTES.contains(&before.split(['（', '(']).next().unwrap_or_default())
}

/// A figure with its unit, which is put behind a bare number and never twice.
pub fn figure(text: &str, unit: Option<&str>) -> String {
    let words = joined(text);
    let Some(unit) = unit else { return words };
    // ≤29 and 8以上 are bare numbers too.
    let mut before = words.trim_start_matches(['≤', '≥', '＜', '＞', '<', '>', '约']);
    for lead in lexicon::LEADS {
        before = before.strip_prefix(lead).unwrap_or(before);
    }
    let ends = ["以上", "以下", "以内", "左右"];
    let number = ends.iter().find_map(|end| before.strip_suffix(end)).unwrap_or(before);
    if !is_number(number) || number.ends_with(['%', '％']) {
        return words;
    }
    let (lead, end) = (&words[..words.len() - before.len()], &before[number.len()..]);
    format!("{lead}{number}{unit}{end}")
}

/// A growth in words, by the sign of the number; `None` where no unit is known, so that nobody can tell
/// per cent from points.
pub fn growth(text: &str, unit: Option<&str>, is_loss: bool) -> Option<String> {
    let words = joined(text);
    if !is_number(&words) {
        return Some(words);
    }
    let narrow = narrow(&words);
    let unit = if narrow.ends_with('%') { "%" } else { unit? };
    let digits = narrow.trim_start_matches(['+', '-']).trim_end_matches('%');
    let is_below = narrow.starts_with('-');
    if digits.chars().all(|c| matches!(c, '0' | '.' | ',')) {
        return Some(format!("{digits}{unit}"));
    }
    // A loss below zero may be a growth, or somebody's way to write a loss.
    if is_loss && is_below {
        return None;
    }
    let (up, unit) = match unit {
        "%" => ("增长", "%"),
        "百分点" | "个百分点" => ("提高", "个百分点"),
        other => ("增加", other),
    };
    let down = if up == "增加" { "减少" } else { "下降" };
    Some(format!("{}{digits}{unit}", if is_below || is_loss { down } else { up }))
}

/// Words without the number of a list before them: `（一）`, `1.`, `2、`, `①`.
pub fn unnumbered(words: &str) -> &str {
    let words = words.trim();
    if let Some((_, _, length)) = heading_number(words)
        && let Some(rest) = words.get(length..).filter(|rest| !rest.trim().is_empty())
    {
        return rest.trim();
    }
    match words.strip_prefix(|c| matches!(c, '①'..='⑳')) {
        Some(rest) if !rest.trim().is_empty() => rest.trim(),
        _ => words,
    }
}

/// The name of a record. Towns and people are written apart to be of one width (南 桥 镇); an indicator
/// is numbered and set in (`其中：`, `#`), and may have its unit in brackets.
pub fn name(text: &str, list: &str) -> (String, Option<String>) {
    let words = joined(text);
    match list {
        "units" | "people" if !words.contains(|c: char| c.is_ascii_alphabetic()) => {
            (words.split_whitespace().collect(), None)
        }
        "indicators" | "targets" => {
            let mut bare = words.as_str();
            loop {
                let before = bare;
                bare = unnumbered(bare.trim_start_matches(['#', '＃', '*', '·', '-', '—', '　', ' ']));
                for lead in ["其中：", "其中:", "其中", "＃", "#"] {
                    bare = bare.strip_prefix(lead).unwrap_or(bare).trim();
                }
                if bare == before {
                    break;
                }
            }
            let bracket = bare.rfind(['（', '(']).filter(|at| *at > 0 && bare.ends_with(['）', ')']));
            if let Some(at) = bracket
                && let Some(unit) = measure(bare[at..].trim_matches(['（', '(', '）', ')']))
            {
                return (bare[..at].trim().to_owned(), Some(unit));
            }
            (bare.to_owned(), None)
        }
        _ => (unnumbered(&words).to_owned(), None),
    }
}

/// The units that a cell names on several lines, as one string: 麻石镇、青坪镇. A line that ends in the
/// middle of a name goes on in the next one.
pub fn units(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_whole = lexicon::BODIES.iter().any(|end| out.ends_with(end)) || out.ends_with(['）', ')']);
        if is_whole {
            out.push('、');
        }
        out.push_str(line);
    }
    let closed = out.trim_end_matches(['、', '；', ';', '，', ',']);
    closed.to_owned()
}

/// Who is in charge, and who helps, of words that say both: 县公安局牵头，县林业局配合, or 牵头单位：…；配合单位：….
/// `None` where they say no such thing, or not of all whom they name.
pub fn charged(text: &str) -> Option<(String, Vec<String>)> {
    /// Words before the colon, and behind the units, of those in charge and of those who help.
    const MARKS: [(&[&str], &[&str]); 2] = [
        (
            &["牵头单位", "牵头部门", "主办单位", "责任单位", "主责单位", "牵头", "主办", "主责"],
            &["牵头负责", "牵头", "负责", "主办"],
        ),
        (
            &[
                "配合单位",
                "配合部门",
                "协办单位",
                "参与单位",
                "责任配合单位",
                "协同单位",
                "配合",
                "协办",
                "参与",
            ],
            &["配合", "协助", "协办", "参与", "协同"],
        ),
    ];
    let mut named: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    let mut waiting: Vec<String> = Vec::new();
    for part in
        text.replace(':', "：").split(['；', ';', '\n', '。']).map(str::trim).filter(|p| !p.is_empty())
    {
        let before = part.split_once('：');
        if let Some((mark, rest)) = before {
            let which = MARKS.iter().position(|(marks, _)| marks.contains(&mark.trim()))?;
            named[which].extend(names(rest));
            continue;
        }
        for piece in part.split(['，', ',']).map(str::trim).filter(|p| !p.is_empty()) {
            let which = MARKS.iter().position(|(_, ends)| ends.iter().any(|end| piece.ends_with(end)));
            let Some(which) = which else {
                waiting.extend(names(piece));
                continue;
            };
            let bare = MARKS[which].1.iter().find_map(|end| piece.strip_suffix(end)).unwrap_or(piece);
            named[which].append(&mut waiting);
            named[which].extend(names(bare.trim()));
        }
    }
    let [owner, partners] = named;
    (waiting.is_empty() && !owner.is_empty()).then(|| (owner.join("、"), partners))
}

/// People on several lines, parted where each line is a name.
pub fn people(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_name = |line: &&str| {
        let name: String = line.split_whitespace().collect();
        (2..=4).contains(&name.chars().count())
    };
    if lines.len() > 1 && lines.iter().all(is_name) { lines.join("、") } else { joined(text) }
}

/// The names that a cell lists, parted by its signs and lines; what brackets hold is parted nowhere.
pub fn names(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut deep = 0usize;
    for c in units(text).chars() {
        match c {
            '（' | '(' | '“' | '《' => deep += 1,
            '）' | ')' | '”' | '》' => deep = deep.saturating_sub(1),
            _ => {}
        }
        match items.last_mut() {
            Some(item) if !(deep == 0 && matches!(c, '、' | '，' | ',' | '；' | ';' | ' ' | '　')) => {
                item.push(c)
            }
            _ => items.push(String::new()),
        }
    }
    items.retain(|item| !says_nothing(item));
    items
}

/// The items of a cell of measures: its lines, or what is numbered on one line. The numbers go, and with
/// them what closes each.
pub fn items(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        let numbered = lines.iter().filter(|line| unnumbered(line) != **line).count();
        if numbered == lines.len() {
            let close = |line: &&str| unnumbered(line).trim_end_matches(['；', ';', '。']).to_owned();
            return lines.iter().map(close).collect();
        }
        // A line without a number goes on with the one before it, where others have one.
        if numbered > 0 && unnumbered(lines[0]) != lines[0] {
            let mut items: Vec<String> = Vec::new();
            for line in lines {
                match items.last_mut() {
                    Some(item) if unnumbered(line) == line => item.push_str(line),
                    _ => items.push(unnumbered(line).to_owned()),
                }
            }
            return items.iter().map(|i| i.trim_end_matches(['；', ';', '。']).to_owned()).collect();
        }
        return lines.iter().map(|line| (*line).to_owned()).collect();
    }
    let line = lines.first().copied().unwrap_or_default();
    let parts = numbered_parts(line);
    if parts.len() > 1 {
        return parts;
    }
    Some(unnumbered(line).to_owned()).into_iter().filter(|line| !line.is_empty()).collect()
}

/// What stands between `1.`, `2.`, `3.` (or ①, （1）) of one line, where they count on from one.
fn numbered_parts(line: &str) -> Vec<String> {
    for style in 0..4 {
        let mark = |n: u32| match style {
            0 => vec![format!("{n}."), format!("{n}．")],
            1 => vec![format!("{n}、")],
            2 => vec![format!("（{n}）"), format!("({n})")],
            _ => char::from_u32(0x2460 + n - 1).map(String::from).into_iter().collect(),
        };
        let first = mark(1).into_iter().find_map(|m| line.strip_prefix(m.as_str()));
        let Some(mut rest) = first else { continue };
        let mut parts = Vec::new();
        for n in 2..20 {
            let cut = mark(n).into_iter().filter_map(|m| Some((rest.find(m.as_str())?, m.len()))).min();
            // Only behind a sign that closes: 提高1.2.5 is no list.
            let closes = |at: usize| rest[..at].trim_end().ends_with(['；', ';', '。', '，']) || style > 1;
            let Some((at, length)) = cut.filter(|(at, _)| closes(*at)) else { break };
            parts.push(rest[..at].trim());
            rest = &rest[at + length..];
        }
        parts.push(rest.trim());
        let close = |part: &&str| part.trim_end_matches(['；', ';', '。', '，']).to_owned();
        return parts.iter().map(close).filter(|part| !part.is_empty()).collect();
    }
    Vec::new()
}
