//! How many units (单位数): a row of units and the number that goes with it.
//!
//! 县教育局、县民政局、县财政局两家单位 counts three as two; 青龙、白沙两个乡镇 and 市（区） likewise; 牵头的两家单位是… and 三个部门：…
//! announce a row. A row with 等 may have fewer items than are counted, never more. An item that means many (各乡镇)
//! is no one unit. What cannot be told to be a row of names is not counted.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use super::Told;
use crate::base::Text;
use crate::base::charset::CharSet;
use crate::base::han::{self, is_han};
use crate::base::lexicon::post as lexicon;
use crate::text;

static ORGANS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(&lexicon::ORGANS.iter().collect::<String>()));

/// A number of units in the text.
struct Count {
    /// The number with its classifier and noun.
    range: Range<usize>,
    value: usize,
    /// Whether the units are places: 三县, 两个乡镇.
    places: bool,
    /// Whether number and unit stand together without a classifier: 四县.
    bare: bool,
    /// Whether no noun says what is counted: 一家.
    unnamed: bool,
}

/// Numbers that do not agree with their rows.
pub(super) fn find(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| han::is_counting(c) || c.is_ascii_digit()) {
        let start = from + at;
        let len = text[start..].find(|c: char| !(han::is_counting(c) || c.is_ascii_digit()));
        let end = len.map_or(text.len(), |l| start + l);
        from = end;
        let Some(count) = count_at(text, start..end) else { continue };
        found.extend(row_before(text, &count).or_else(|| row_behind(text, &count)));
        found.extend(many_as_one(text, &count));
    }
    found.extend(several_as_one(text));
    found.extend(addressed(text));
    found
}

/// 各乡镇一个单位.
fn many_as_one(text: &str, count: &Count) -> Option<Told> {
    let before: String = text[..count.range.start].chars().rev().take(8).collect();
    let before: String = before.chars().rev().collect();
    let unit = lexicon::UNITS.iter().find(|u| before.ends_with(**u))?;
    let head = &before[..before.len() - unit.len()];
    let every = ["各", "有关", "相关"].iter().any(|w| head.ends_with(w));
    let words = &text[count.range.clone()];
    (count.value == 1 && every && !count.unnamed).then(|| {
        Told::warning(
            count.range.clone(),
            text!("“各”字说的是许多家，与“{words}”对不上", "各 means many, and “{words}” counts them as one"),
        )
        .help(HELP)
    })
}

/// 县教育局、县民政局这个单位: several that are spoken of as one.
fn several_as_one(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for word in lexicon::THIS_UNIT {
        for (at, _) in text.match_indices(word) {
            let low = text.ceil_char_boundary(at.saturating_sub(240));
            let before = &text[low..at];
            let from = before
                .rfind(|c: char| !(is_han(c) || c == '、'))
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            let row = row_of(&before[from..], false, true).filter(|row| row.offices);
            if let Some(row) = row {
                let most = row.items.end();
                found.push(
                    Told::warning(
                        at..at + word.len(),
                        text!(
                            "前面列出的是{most}家，这里说成“{word}”",
                            "{most} are listed, and “{word}” speaks of one"
                        ),
                    )
                    .help(HELP),
                );
            }
        }
    }
    found
}

/// The count that a number makes with what stands behind it.
fn count_at(text: &str, number: Range<usize>) -> Option<Count> {
    let words = &text[number.clone()];
    let value = match words {
        "两" => 2,
        // 二区, 二村 are names.
        "二" => return None,
        _ => words.parse().ok().or_else(|| han::parse_numeral(words)).filter(|v| (1..=60).contains(v))?,
    };
    let rest = &text[number.end..];
    let classifier = lexicon::UNIT_CLASSIFIERS.iter().copied().find(|c| rest.starts_with(c));
    let behind = &rest[classifier.map_or(0, str::len)..];
    let noun = lexicon::UNITS.iter().filter(|u| behind.starts_with(**u)).max_by_key(|u| u.len());
    // 一家国家级企业: 国 is none here.
    let noun = noun.filter(|n| !opens_another(n, &behind[n.len()..]) || classifier != Some("家"));
    let noun_len = noun.map_or(0, |n| n.len());
    let family = classifier == Some("家");
    if noun.is_none() && !family || value == 1 && classifier.is_none() {
        return None;
    }
    let after = &behind[noun_len..];
    // 一家人, 三家分店; 两县一市, 三省十县; 三区域; 五市场.
    // 三国 is a time, and one of something is no row of them.
    let era = noun == Some(&"国") && words == "三" && classifier.is_none();
    let one =
        value == 1 && noun.is_some_and(|n| !matches!(*n, "单位" | "部门" | "乡镇" | "牵头单位" | "责任单位"));
    if era || one {
        return None;
    }
    let alone = family
        && noun.is_none()
        && value == 1
        && after.chars().next().is_some_and(|c| lexicon::ALONE.contains(&c));
    let goes_on = noun.is_some_and(|n| opens_another(n, after))
        || after.starts_with(|c: char| han::is_counting(c) || c.is_ascii_digit());
    // 一城六区, and 及15个乡镇, which is an item itself.
    let mut before = text[..number.start].chars().rev();
    let (last, earlier) = (before.next(), before.next());
    let within = last.is_some_and(|c| lexicon::NO_COUNT.contains(&c) || lexicon::JOINTS.contains(&c))
        || earlier.is_some_and(|c| han::is_counting(c) || c.is_ascii_digit());
    // 52家 of 国家级、省级企业52家 counts what is of a kind.
    let digits = family && noun.is_none() && words.starts_with(|c: char| c.is_ascii_digit());
    if alone || goes_on || within || digits {
        return None;
    }
    let places = noun
        .is_some_and(|n| !matches!(*n, "单位" | "部门" | "企业" | "公司" | "学校") && n.chars().count() <= 2);
    let end = number.end + classifier.map_or(0, str::len) + noun_len;
    Some(Count {
        range: number.start..end,
        value,
        places,
        bare: classifier.is_none(),
        unnamed: noun.is_none(),
    })
}

/// Whether a unit of one letter is the head of another word: 省级, 市场, 区域.
fn opens_another(noun: &str, after: &str) -> bool {
    noun.chars().count() == 1 && after.starts_with(|c: char| lexicon::BEYOND.contains(&c))
}

/// A row of items: how many there may be, and its bytes.
struct Row {
    items: RangeInclusive<usize>,
    many: bool,
    /// Whether every item ends as the name of an office does.
    offices: bool,
}

/// Whether these letters may be one item of a row: a name of an office, or of a place where places are counted.
fn is_item(words: &str, places: bool) -> bool {
    let bare = words.split(['（', '(']).next().unwrap_or_default();
    let length = bare.chars().count();
    let closed = bare.chars().next_back().is_some_and(|c| ORGANS.holds(c)) && length <= 16;
    (2..=16).contains(&length)
        && (closed || places && length <= 4 || length <= 6)
        && bare.chars().all(|c| is_han(c) || c.is_ascii_alphabetic())
        && !(length == 2
            && bare.starts_with(han::is_counting)
            && bare.ends_with(|c: char| lexicon::PLANNED.contains(&c)))
}

/// The row that ends right before a count: 县法院、县检察院两家单位.
fn row_before(text: &str, count: &Count) -> Option<Told> {
    /// Bytes that a row has at most.
    const LONGEST: usize = 900;
    let before = &text[..count.range.start];
    let low = text.ceil_char_boundary(before.len().saturating_sub(LONGEST));
    let stop = before[low..].char_indices().rev().find(|&(_, c)| {
        !(is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '、' | '（' | '）' | '(' | ')'))
    });
    let from = stop.map_or(low, |(at, c)| low + at + c.len_utf8());
    let open = before[from..].strip_suffix('等').map(|list| (list, true)).unwrap_or((&before[from..], false));
    let (list, more) = open;
    let row =
        row_of(list, count.places, true).or_else(|| more.then(|| firms(text, count, list)).flatten())?;
    if count.unnamed && !row.offices && !are_of_a_size(list) {
        return None;
    }
    if more && row.items.start() <= &count.value && !row.many {
        return None;
    }
    // 市区及平川四县: the number may be that of the last item alone.
    let apposed = count.bare
        && row_has_two(&row)
        && (row.items.end() > row.items.start() || count.value > *row.items.end() + 1);
    let apposed = apposed && count.value > *row.items.end();
    if apposed {
        return None;
    }
    told(text, count, &row)
}

/// Firms by their names, more than are counted: 云溪化工、清河气体、石桥科瑞化工等两家企业.
fn firms(text: &str, count: &Count, list: &str) -> Option<Row> {
    let noun = &text[count.range.clone()];
    let counted = lexicon::FIRMS.iter().any(|w| noun.ends_with(&format!("家{w}")));
    let name = |part: &str| {
        let length = part.chars().count();
        (4..=12).contains(&length) && part.chars().all(|c| is_han(c) && !lexicon::JOINTS.contains(&c))
    };
    let parts: Vec<&str> = list.split('、').collect();
    let items = parts.len();
    let closed = parts.last().is_some_and(|p| !p.ends_with(lexicon::NO_END));
    (counted && closed && items > count.value && parts.iter().all(|p| name(p))).then_some(Row {
        items: items..=items,
        many: false,
        offices: false,
    })
}

/// 贵方两个单位 in a letter to three.
fn addressed(text: &str) -> Vec<Told> {
    /// Lines up to the addressees, with the title.
    const HEAD: usize = 6;
    let head = text.lines().take(HEAD).find_map(|line| line.trim().strip_suffix(['：', ':']));
    let Some(row) = head.and_then(|line| row_of(line, false, false)).filter(|row| row.offices && !row.many)
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for word in lexicon::ADDRESSED {
        for (at, _) in text.match_indices(word) {
            let start = at + word.len();
            let rest = &text[start..];
            let len = rest.find(|c: char| !(han::is_counting(c) || c.is_ascii_digit())).unwrap_or(rest.len());
            let count = count_at(text, start..start + len);
            found.extend(count.and_then(|count| told(text, &count, &row)));
        }
    }
    found
}

/// Whether the items of a row are names of about one length: 友和生物、良友工贸.
fn are_of_a_size(list: &str) -> bool {
    let mut sizes = list.split('、').skip(1).map(|part| part.chars().count());
    let first = sizes.next().unwrap_or(0);
    let last = list.rsplit('、').next().unwrap_or_default();
    first >= 3
        && sizes.all(|n| n.abs_diff(first) <= 2 && n >= 3)
        && !last.contains(['各', '新', '这', '那', '均'])
}

/// Whether a row may have two items.
fn row_has_two(row: &Row) -> bool {
    *row.items.start() <= 2
}

/// A row of words by 、; `lead` says that the first item may have words before it that are none of its.
fn row_of(list: &str, places: bool, lead: bool) -> Option<Row> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in list.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    if parts.len() < 2 || depth > 0 {
        return None;
    }
    // 新增2家、累计4家: these are figures.
    if list.contains(|c: char| c.is_ascii_digit())
        || parts.last().is_some_and(|p| p.ends_with(lexicon::NO_END))
    {
        return None;
    }
    let first = usize::from(lead);
    if !parts[first..].iter().all(|part| is_joined_item(part, places)) {
        return None;
    }
    // Of 支持县教育局 the end is the item; one letter alone (县、乡) is no name.
    if parts.iter().any(|part| part.chars().count() < 2) {
        return None;
    }
    let joints: Vec<usize> = parts.iter().map(|part| joints_of(part)).collect();
    // 甲、乙和丙三县: what the last joint joins are two, where both are names.
    // 加强与甲、乙: what is joined before the row is none of it.
    let (body, last) = joints[1..].split_at(parts.len() - 2);
    let parted = last == [1] && parts.last().is_some_and(|part| are_two(part, places));
    let total: usize = joints[1..].iter().sum::<usize>();
    // Of 交通和青龙、白沙 the row may begin behind the joint.
    let inner = body.iter().rposition(|&n| n > 0);
    let most = parts.len() + total;
    let least = inner.map_or(parts.len(), |at| parts.len() - at - 1) + usize::from(parted);
    // 各学校会同县教育局、县民政局: what leads up to the row is none of it.
    let lengthy = |part: &str| lead && part.as_ptr() == list.as_ptr() && part.chars().count() > 6;
    let many = parts.iter().any(|part| !lengthy(part) && lexicon::EVERY.iter().any(|w| part.starts_with(w)));
    let offices = parts
        .iter()
        .all(|part| part.chars().count() >= 3 && part.chars().next_back().is_some_and(|c| ORGANS.holds(c)));
    let items = least.min(most)..=most;
    Some(Row { items, many, offices })
}

/// Signs within an item that may join two.
fn joints_of(part: &str) -> usize {
    // 和顺 is a county.
    let inner = part.chars().count().saturating_sub(2);
    part.chars().skip(1).take(inner).filter(|c| lexicon::JOINTS.contains(c)).count()
}

/// Whether the two sides of a joint are two items: 丙和丁, 县教育局和县民政局, but not 发展和改革局.
fn are_two(part: &str, places: bool) -> bool {
    let mut sides = part.split(|c: char| lexicon::JOINTS.contains(&c));
    let (Some(one), Some(other)) = (sides.next(), sides.next()) else { return false };
    let closed = |w: &str| w.chars().next_back().is_some_and(|c| ORGANS.holds(c)) && w.chars().count() >= 3;
    let name = |w: &str| (2..=4).contains(&w.chars().count());
    closed(one) && closed(other) || places && name(one) && name(other)
}

/// Whether an item, or both of 县教育局和县民政局, may be one.
fn is_joined_item(part: &str, places: bool) -> bool {
    is_item(part, places) || part.split(['和', '与', '及']).all(|one| is_item(one, places))
}

/// The row that a count announces: 牵头的两家单位是县教育局、县民政局、县财政局.
fn row_behind(text: &str, count: &Count) -> Option<Told> {
    /// Bytes that a row has at most.
    const LONGEST: usize = 600;
    let rest = &text[count.range.end..];
    let rest = rest
        .strip_prefix("：")
        .or_else(|| rest.strip_prefix(":"))
        .or_else(|| rest.strip_prefix('（'))
        .or_else(|| {
            let rest = rest.strip_prefix('，').unwrap_or(rest);
            lexicon::OPENS_LIST.iter().find_map(|w| rest.strip_prefix(w))
        })?;
    let high = rest.floor_char_boundary(rest.len().min(LONGEST));
    let end = rest[..high].find(['。', '；', '，', '\n', '）', '：', '\r', ',', ';']).unwrap_or(high);
    let list = &rest[..end];
    // 五乡为恩施红土、新塘，鹤峰…: the list goes on behind the comma.
    let goes_on = rest[end..].starts_with(['，', ',', '：']);
    let (list, more) = match list.find('等') {
        Some(at) => (&list[..at], true),
        None => (list, false),
    };
    let row = row_of(list, count.places, false)?;
    // More than are counted are too many, whatever follows: 两家单位是县教育局、县文明办、县民政局，各乡镇配合.
    let too_many =
        row.offices && !row.many && row.items.start() > &count.value && rest[end..].starts_with('，');
    if goes_on && !too_many {
        return None;
    }
    // 22个省（自治区、直辖市）: other words for the unit.
    if more && row.items.start() <= &count.value || list.split('、').any(|w| lexicon::KINDS.contains(&w)) {
        return None;
    }
    told(text, count, &row)
}

fn told(text: &str, count: &Count, row: &Row) -> Option<Told> {
    let words = &text[count.range.clone()];
    let (least, most) = (row.items.start(), row.items.end());
    if row.many {
        return (count.value <= *most).then(|| {
            Told::warning(
                count.range.clone(),
                text!(
                    "名单里有“各……”，不能算一家，与“{words}”对不上",
                    "one item of the list means many, and “{words}” counts it as one"
                ),
            )
            .help(HELP)
        });
    }
    if row.items.contains(&count.value) {
        return None;
    }
    // A slip is by one or so; what differs by more is a count of something else, unless these are offices.
    let far = count.value.abs_diff(*least).min(count.value.abs_diff(*most)) > 1;
    if far && (count.places || !row.offices) {
        return None;
    }
    let range = count.range.clone();
    Some(
        Told::warning(
            range,
            if least == most {
                text!("说的是“{words}”，列出的是{most}个", "“{words}” are said, {most} are listed")
            } else {
                text!(
                    "说的是“{words}”，列出的是{least}到{most}个",
                    "“{words}” are said, {least} to {most} are listed"
                )
            },
        )
        .help(HELP),
    )
}

const HELP: Text =
    Text::fixed("数一数名单，改数目或补单位", "count the list, then correct the number or the list");
