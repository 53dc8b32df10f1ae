//! What a document's title and file name tell: locality (地区), year (年份), genre (文种).
//!
//! The first of these that says it counts: front matter, the file beside it, its folder's index,
//! the title, the file name, the folder's name. Nothing is guessed from the text below the title:
//! a report names many places and years.

use crate::base::lines::code_points;
use crate::corpus::Entry;
use crate::model::{BlockKind, Manuscript};
use crate::rules::locality_of_title;

/// Genres by the words that titles end in, the more particular first.
static GENRES: &[(&str, &[&str])] = &[
    ("政府工作报告", &["政府工作报告"]),
    ("主持词", &["主持词", "主持讲话"]),
    ("表态发言", &["表态发言"]),
    ("述职报告", &["述职述廉报告", "述职报告", "述廉报告"]),
    ("经验交流", &["经验交流材料", "经验材料", "典型发言", "交流发言"]),
    ("情况汇报", &["情况汇报", "工作汇报", "汇报材料", "汇报提纲", "汇报"]),
    ("工作总结", &["工作总结", "总结"]),
    ("实施方案", &["实施方案", "工作方案", "行动方案", "方案"]),
    ("工作要点", &["工作要点", "要点"]),
    ("工作计划", &["工作计划", "计划"]),
    ("规划", &["规划", "纲要"]),
    ("通知", &["通知"]),
    ("意见", &["意见"]),
    ("致辞", &["致辞", "致词", "贺词", "献词"]),
    ("讲话", &["讲话提纲", "讲话稿", "讲话", "演讲"]),
    ("发言", &["发言提纲", "发言稿", "发言"]),
    ("调研报告", &["调研报告", "调查报告"]),
    ("报告", &["报告"]),
    ("简报", &["简报", "信息"]),
];

/// Characters that a title has at most.
const LONGEST_TITLE: usize = 60;

/// The title: what the format marks as one, else a first line that can be one.
pub(super) fn title(manuscript: &Manuscript) -> String {
    let text = manuscript.text();
    let line = |range: &std::ops::Range<usize>| clean(&text[range.clone()]);
    let marked = manuscript.blocks().iter().take(20).find(|b| b.kind == BlockKind::Title);
    if let Some(block) = marked {
        return line(&block.range);
    }
    let prose = |range: &std::ops::Range<usize>| {
        !manuscript.masks().iter().any(|m| m.range.start <= range.start && range.end <= m.range.end)
    };
    let first = manuscript.blocks().iter().take(20).find(|b| b.kind != BlockKind::Code && prose(&b.range));
    first.map(|b| line(&b.range)).filter(|l| is_title(l)).unwrap_or_default()
}

/// The first line of plain text, if it can be a title.
pub(super) fn first_line(text: &str) -> String {
    let first = text.lines().take(20).map(clean).find(|l| !l.is_empty());
    first.filter(|l| is_title(l)).unwrap_or_default()
}

/// Whether a line is short enough for a title and ends like one.
pub(super) fn is_title(line: &str) -> bool {
    code_points(line) <= LONGEST_TITLE && !line.ends_with(['。', '；', '，', '：', ':'])
}

/// A line without what stands around its words.
pub(super) fn clean(line: &str) -> String {
    line.trim_matches(|c: char| c.is_whitespace() || "#*_\u{FEFF}\u{200B}".contains(c)).to_owned()
}

/// Fills what is not known yet from one source's words.
pub(super) fn guess(entry: &mut Entry, words: &str) {
    if words.is_empty() {
        return;
    }
    if entry.locality.is_empty() {
        entry.locality = locality_of_title(words).unwrap_or_default();
    }
    if entry.year == 0 {
        entry.year = year(words).unwrap_or_default();
    }
    if entry.genre.is_empty() {
        entry.genre = genre(words).unwrap_or_default().to_owned();
    }
}

/// The first year that the words name: 2025年, 二〇二五年, or four digits alone.
fn year(words: &str) -> Option<u16> {
    const YEARS: std::ops::RangeInclusive<u16> = 1949..=2099;
    let chars: Vec<char> = words.chars().collect();
    let digit = |c: char| match c {
        '〇' | '○' | '零' => Some(0),
        _ => c.to_digit(10).or_else(|| match c {
            '０'..='９' => Some(c as u32 - '０' as u32),
            _ => "一二三四五六七八九".chars().position(|n| n == c).map(|n| n as u32 + 1),
        }),
    };
    let alone = |i: usize| chars.get(i).is_none_or(|&c| digit(c).is_none());
    let found: Vec<(u16, bool)> = (0..chars.len().saturating_sub(3))
        .filter_map(|i| {
            let before = i.checked_sub(1).is_none_or(alone);
            let year = chars[i..i + 4].iter().try_fold(0, |n, &c| digit(c).map(|d| n * 10 + d))?;
            let year = u16::try_from(year).ok().filter(|y| YEARS.contains(y))?;
            (before && alone(i + 4)).then(|| (year, chars.get(i + 4) == Some(&'年')))
        })
        .collect();
    found.iter().find(|f| f.1).or(found.first()).map(|f| f.0)
}

fn genre(words: &str) -> Option<&'static str> {
    let last = GENRES
        .iter()
        .filter_map(|(genre, ends)| {
            let end = ends.iter().filter_map(|e| words.rfind(e).map(|at| (at + e.len(), e.len()))).max()?;
            Some((end, *genre))
        })
        .max_by_key(|&((end, length), _)| (end, length));
    last.map(|(_, genre)| genre)
}

#[cfg(test)]
mod tests {
    use super::guess;
    use crate::corpus::Entry;

    #[test]
    fn a_file_name_tells_locality_year_and_genre() {
        for (words, locality, year, genre) in [
            ("云岭县2025年政府工作总结", "云岭县", 2025, "工作总结"),
            ("在云岭县二〇二四年经济工作会议上的讲话", "云岭县", 2024, "讲话"),
            ("2023年全县工作要点", "", 2023, "工作要点"),
            ("关于印发云岭县2021—2025年规划的通知", "云岭县", 2025, "通知"),
            ("政府工作报告_20240115", "", 0, "政府工作报告"),
            ("d0000017", "", 0, ""),
        ] {
            let mut entry = Entry::default();
            guess(&mut entry, words);
            assert_eq!(
                (entry.locality.as_str(), entry.year, entry.genre.as_str()),
                (locality, year, genre),
                "{words}"
            );
        }
    }
}
