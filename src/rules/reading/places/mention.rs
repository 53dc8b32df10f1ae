//! Where a text names places (地名的出现).
//!
//! Full names end in one of a few characters (县 市 区 …): at each of them the stretches that end
//! there are looked up, and the longest counts. Short names are looked up where their first two
//! characters stand. A name right behind one that covers it belongs to it: 甘肃省兰州市红古区
//! is one mention, and says which of several 新华区 is meant.
//!
//! Names that are also words are believed only where something else speaks for them; the classes
//! are in the tables, measured on provincial reports: 示范县 is no 范县, 适应城市 no 应城市, 资源 no county.

use std::ops::Range;

use super::edge::{
    ends_in_word, is_framed, is_free, is_own_office, is_short_county, may_begin, parts_before,
};
use super::gazetteer::{self, Code, Entry, Name, covers, prefecture, province, rank};
use crate::base::charset::CharSet;
use crate::base::han::is_han;
use crate::base::lexicon::places as lexicon;

/// How a place is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Form {
    /// By its full name: 红古区.
    Full,
    /// By its short name: 红古.
    Short,
    /// A town by its full name; the codes are those of its counties.
    Town,
    /// By a name that was given up in this year.
    Former(u16),
    /// A region of several provinces: 兰西城市群.
    Region,
}

/// A place named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Mention {
    /// The bytes of the name, its upper levels included where they stand right before it.
    pub range: Range<usize>,
    /// Which divisions may be meant; never empty.
    pub codes: Vec<Code>,
    /// How it is named.
    pub form: Form,
    /// The bytes of an upper level right before it that does not cover it: 湖南省红古区.
    pub contradicts: Option<Range<usize>>,
}

/// With what [`lexicon::REGIONS`] begin.
static REGION_STARTS: CharSet = CharSet::of("兰长呼关北滇黔辽中山环");

/// In what a full name may end.
static ENDS: CharSet = CharSet::of("县市区旗州盟省镇乡道木");

/// Characters of the longest full name, 双江拉祜族佤族布朗族傣族自治县 with room to spare.
const LONGEST: usize = 16;

/// All mentions in order; they do not overlap.
pub(in crate::rules) fn mentions(text: &str) -> Vec<Mention> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Mention> = Vec::new();
    let mut full: Vec<(usize, usize, Entry, Form)> = Vec::new();
    for (i, &(_, c)) in chars.iter().enumerate() {
        if ENDS.holds(c) {
            full.extend(full_name(text, &chars, i));
        }
    }
    // Of names that overlap the one that began first, then the longest.
    full.sort_by_key(|&(start, end, ..)| (start, std::cmp::Reverse(end)));
    let mut full = full.into_iter().peekable();
    let mut next_full = full.peek().map_or(usize::MAX, |f| f.0);
    let mut i = 0;
    let mut waiting: Vec<(usize, usize, Entry)> = Vec::new();
    while i < chars.len() {
        if next_full <= i {
            while full.next_if(|f| f.0 < i).is_some() {}
            let here = full.next_if(|f| f.0 == i);
            next_full = full.peek().map_or(usize::MAX, |f| f.0);
            // 川塬区 and the like are dropped by the class; what is left counts.
            if let Some((start, end, entry, form)) = here
                && accepts_full(text, &chars, start, end, entry, form, found.last())
            {
                push(text, &mut found, range(text, &chars, start, end), entry.codes().collect(), form);
                i = end;
                continue;
            }
        }
        match short_name(text, &chars, i) {
            Some(Bare::Sure(end, codes, form)) => {
                push(text, &mut found, range(text, &chars, i, end), codes, form);
                i = end;
            }
            Some(Bare::Doubtful(end, entry))
                if chars[i].1 != '全' && is_framed(text, chars[i].0, byte_at(text, &chars, end)) =>
            {
                push(text, &mut found, range(text, &chars, i, end), entry.codes().collect(), Form::Short);
                i = end;
            }
            Some(Bare::Doubtful(end, entry)) => {
                waiting.push((i, end, entry));
                i += 1;
            }
            None => i += 1,
        }
    }
    beside(text, &chars, &mut found, &waiting);
    found
}

fn range(text: &str, chars: &[(usize, char)], start: usize, end: usize) -> Range<usize> {
    byte_at(text, chars, start)..byte_at(text, chars, end)
}

fn byte_at(text: &str, chars: &[(usize, char)], i: usize) -> usize {
    chars.get(i).map_or(text.len(), |&(at, _)| at)
}

/// The longest full name that ends with the character at `last`; start and end in characters.
fn full_name(text: &str, chars: &[(usize, char)], last: usize) -> Option<(usize, usize, Entry, Form)> {
    let (_, suffix) = *chars.get(last)?;
    let next = chars.get(last + 1).map_or('\n', |&(_, c)| c);
    let end = last + 1;
    let wrong_next = match suffix {
        '市' => "场值容面",
        '区' => "域间位块段",
        '旗' => "帜",
        '乡' => "镇亲愁土贤",
        '镇' => "长",
        '州' | '盟' | '省' | '县' => "",
        '道' => "路",
        _ => "",
    };
    // 镇长 is an office, and 张家镇长 names the town all the same: only the town counts.
    if suffix != '镇' && wrong_next.contains(next) || suffix == '乡' && next == '村' {
        return None;
    }
    let town = match suffix {
        '镇' | '乡' => true,
        '道' => chars.get(last.wrapping_sub(1)).is_some_and(|&(_, c)| c == '街'),
        '木' => chars.get(last.wrapping_sub(1)).is_some_and(|&(_, c)| c == '苏'),
        _ => false,
    };
    let byte = chars[last].0 + suffix.len_utf8();
    let names = Name::ending_at(text, byte, LONGEST + 1, is_han).zip(1..).skip(1);
    if town {
        // A town's name has two characters before its suffix's last.
        let towns = names.skip(1).filter_map(|(name, len)| Some((end - len, end, name.town()?, Form::Town)));
        return towns.last();
    }
    if matches!(suffix, '道' | '木') {
        return None;
    }
    let divisions = names.filter_map(|(name, len)| {
        let start = end - len;
        let full = name.division().map(|entry| (start, end, entry, Form::Full));
        full.or_else(|| {
            name.former().map(|entry| (start, end, entry, Form::Former(entry.class.parse().unwrap_or(0))))
        })
    });
    divisions.last()
}

fn accepts_full(
    text: &str,
    chars: &[(usize, char)],
    start: usize,
    end: usize,
    entry: Entry,
    form: Form,
    before: Option<&Mention>,
) -> bool {
    let at = chars[start].0;
    let follows = before
        .is_some_and(|m| m.range.end == at && entry.codes().any(|c| m.codes.iter().any(|&u| covers(u, c))));
    let bytes = range(text, chars, start, end);
    let name = &text[bytes.clone()];
    let next = chars.get(end).map_or('\n', |&(_, c)| c);
    let begins = text[..at].chars().next_back().is_none_or(|c| !is_han(c));
    // 新建|县域: what follows belongs to the suffix.
    let cut = name.ends_with('县') && lexicon::NO_COUNTY.contains(&next);
    match form {
        _ if follows => true,
        Form::Town => !is_common_town(name) && is_free(text, at) && (begins || !ends_in_word(name)),
        _ if end - start == 2 && is_own_office(text, at, bytes.end) => false,
        _ if is_framed(text, at, bytes.end) => name.ends_with(['县', '市']),
        _ if end - start == 2 => !cut && is_short_county(text, at, bytes.end),
        Form::Full if matches!(name, "西城区" | "东城区") => false,
        Form::Full if entry.class.contains('b') => !cut && begins && parts_before(text, at),
        _ => parts_before(text, at) && (is_free(text, at) || !ends_in_word(name)),
    }
}

/// Whether it is what any town may be called: 城关镇, 小城镇.
fn is_common_town(name: &str) -> bool {
    lexicon::GENERIC_TOWNS.contains(&name)
        || name.chars().count() == 3 && lexicon::NOUN_ENDS.iter().any(|noun| name.ends_with(noun))
}

enum Bare {
    Sure(usize, Vec<Code>, Form),
    /// Believed beside another name only.
    Doubtful(usize, Entry),
}

fn short_name(text: &str, chars: &[(usize, char)], start: usize) -> Option<Bare> {
    let (&(at, first), &(_, second)) = (chars.get(start)?, chars.get(start + 1)?);
    if REGION_STARTS.holds(first) {
        let rest = &text[at..];
        if let Some((name, codes)) = lexicon::REGIONS.iter().find(|(name, _)| rest.starts_with(name)) {
            let end = start + name.chars().count();
            // 兰西 is a county's short name too.
            let counties = gazetteer::short(name).into_iter().flat_map(Entry::codes);
            return Some(Bare::Sure(end, codes.iter().copied().chain(counties).collect(), Form::Region));
        }
    }
    if !gazetteer::may_start_short(first, second) {
        return None;
    }
    for len in (2..=6).rev().filter(|len| start + len <= chars.len()) {
        let end = start + len;
        let name = &text[range(text, chars, start, end)];
        let Some(entry) = gazetteer::short(name) else { continue };
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).map_or('\n', |c| c.1);
        let next = chars.get(end).map_or('\n', |c| c.1);
        if let Some((_, not_before, not_behind)) = lexicon::GUARDED.iter().find(|(n, ..)| *n == name) {
            // 网上|海选: two words that meet inside the name.
            let two_words = start > 0 && word_at(text, chars, start - 1) && word_at(text, chars, end - 1);
            let fits = !not_before.contains(before) && !not_behind.contains(next) && !two_words;
            let codes = entry.codes().filter(|&c| rank(c) == 0).collect();
            return fits.then_some(Bare::Sure(end, codes, Form::Short));
        }
        let high = entry.codes().any(|c| rank(c) < 2);
        let banned = entry.class.contains(['w', 'b', 's'])
            || entry.class.contains(['x', 'f']) && !high
            || lexicon::CROSSING.contains(&name);
        if banned {
            return Some(Bare::Doubtful(end, entry));
        }
        // 昌江河, 澄江街: the name of something else that holds this one.
        if "江河湖山岭岛峡湾溪泉寺庙路街桥村镇乡族口".contains(next) && !high {
            return None;
        }
        // 榆林铺街道, 永安里社区.
        let longer = |c: &(usize, char)| {
            let rest = &text[c.0..];
            !"省市县区州".contains(next) && ["街道", "社区", "村", "镇"].iter().any(|w| rest.starts_with(w))
        };
        if is_han(next) && chars.get(end + 1).is_some_and(longer) {
            return None;
        }
        if lexicon::ALSO_WORDS.contains(&name) || len == 2 && crosses(text, chars, start, end) {
            return Some(Bare::Doubtful(end, entry));
        }
        return Some(Bare::Sure(end, entry.codes().collect(), Form::Short));
    }
    None
}

/// Whether the character at `start` and the one behind it are a common word.
fn word_at(text: &str, chars: &[(usize, char)], start: usize) -> bool {
    gazetteer::is_word(&text[range(text, chars, start, start + 2)])
}

/// Whether a name of two characters is the end of one word and the beginning of the next: 结合|浦东,
/// 推广|平台. Not where its neighbours make a word without it: 关心|安化, 博白|人民; but a place
/// word stands behind any other (会议上|思想), and 镇, 乡, 市 and 内 end whatever stands before them
/// (柳树屯镇|江对岸, 区域内|乡道).
fn crosses(text: &str, chars: &[(usize, char)], start: usize, end: usize) -> bool {
    let word = |i: usize| word_at(text, chars, i);
    let (at, first) = chars[start];
    let begins = may_begin(text, at);
    let locative = matches!(first, '上' | '中' | '下' | '外');
    let excused = begins || start > 1 && word(start - 2);
    matches!(first, '镇' | '乡' | '市' | '内') && !begins
        || start > 0 && word(start - 1) && (locative || !excused)
        || word(end - 1) && !word(end)
}

/// Adds a mention; one right behind its upper level is joined to it.
fn push(text: &str, found: &mut Vec<Mention>, range: Range<usize>, codes: Vec<Code>, form: Form) {
    let mut contradicts = None;
    if let Some(upper) = found.last_mut()
        && upper.range.end == range.start
        && upper.form != Form::Region
    {
        let below: Vec<Code> =
            codes.iter().copied().filter(|&c| upper.codes.iter().any(|&u| covers(u, c))).collect();
        if !below.is_empty() {
            upper.range.end = range.end;
            upper.codes = below;
            upper.form = form;
            return;
        }
        let sure = |f: Form| f == Form::Full;
        let lower = codes.iter().all(|&c| upper.codes.iter().all(|&u| rank(u) < rank(c)));
        // 西城区 of 漯河市 is a zone that the table does not know.
        let zone = ["西城区", "东城区", "新区"].iter().any(|z| text[range.clone()].ends_with(z));
        if sure(upper.form) && sure(form) && lower && !zone && text[upper.range.clone()].chars().count() > 2 {
            contradicts = Some(upper.range.clone());
        }
    }
    found.push(Mention { range, codes, form, contradicts });
}

/// Doubtful short names are believed in a list beside a name of the same prefecture:
/// 西固、安宁、红古.
fn beside(text: &str, chars: &[(usize, char)], found: &mut Vec<Mention>, waiting: &[(usize, usize, Entry)]) {
    let mut more = Vec::new();
    for &(start, end, entry) in waiting {
        let bytes = range(text, chars, start, end);
        let next = found.partition_point(|m| m.range.start < bytes.start);
        let joined = |gap: &str| matches!(gap, "、" | "，" | "," | "和" | "与" | "及");
        let left = next.checked_sub(1).and_then(|i| found.get(i));
        let left = left.filter(|m| text.get(m.range.end..bytes.start).is_some_and(joined));
        let right = found.get(next);
        let right = right.filter(|m| text.get(bytes.end..m.range.start).is_some_and(joined));
        let codes: Vec<Code> = entry
            .codes()
            .filter(|&c| {
                left.iter().chain(&right).any(|m| {
                    m.form != Form::Region && m.codes.iter().any(|&o| rank(o) == rank(c) && near(o, c))
                })
            })
            .collect();
        if !codes.is_empty() {
            more.push(Mention { range: bytes, codes, form: Form::Short, contradicts: None });
        }
    }
    found.extend(more);
    found.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
}

/// Counties of one prefecture, prefectures of one province.
fn near(a: Code, b: Code) -> bool {
    match rank(a) {
        0 => false,
        1 => province(a) == province(b),
        _ => prefecture(a) == prefecture(b),
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    fn names(text: &str) -> Vec<&str> {
        mentions(text).into_iter().map(|m| &text[m.range]).collect()
    }

    #[test]
    fn every_region_is_read() {
        for (name, _) in super::lexicon::REGIONS {
            assert_eq!(names(&format!("融入{name}发展")), [*name]);
        }
    }

    #[test]
    fn a_name_is_read_with_its_upper_levels() {
        assert_eq!(names("来自甘肃省兰州市红古区的同志"), ["甘肃省兰州市红古区"]);
        assert_eq!(names("今年西固、安宁、红古三个区"), ["西固", "安宁", "红古"]);
    }

    #[test]
    fn names_within_words_are_not_read() {
        for text in [
            "创建示范县",
            "增强适应城市发展的能力",
            "盘活资源，深化合作，同心同德",
            "发展和安全",
            "南昌都市圈里的主城区",
            "太行山东北部",
            "建设美丽乡村",
            "各部门会同县应急局",
            "被评上海上搜救先进",
            "网上海选",
            "以上海鲜",
            "隆重庆祝",
            "柳树屯镇江对岸的学校",
            "整修金沙尾镇海堤",
            "行政区域内乡道",
            "会上思考得很深",
            "面积不超过四平方米",
        ] {
            let found = names(text);
            assert!(found.is_empty() || found == ["南昌"], "{text}: {found:?}");
        }
    }

    #[test]
    fn names_beside_whole_words_are_read() {
        assert_eq!(names("博白人民，关心安化的朋友"), ["博白", "安化"]);
        assert_eq!(names("乌兰浩特大地，兴文人民"), ["乌兰浩特", "兴文"]);
        assert_eq!(names("支持内蒙古发展"), ["内蒙古"]);
    }

    #[test]
    fn names_that_begin_like_the_end_of_another_are_read_where_a_name_may_begin() {
        assert_eq!(names("赴镇江学习，与镇远交流"), ["镇江", "镇远"]);
    }

    #[test]
    fn levels_that_do_not_fit_are_told() {
        let found = mentions("湖南省红古区");
        assert!(found.iter().any(|m| m.contradicts.is_some()), "{found:?}");
    }
}
