//! The locality that a title speaks for: 云岭县2025年工作总结, 在红古区…会议上的讲话.
//!
//! Only a name with which the title begins, or that stands where a speech's title has it, counts:
//! 学习浙江经验的报告 is not from 浙江. A county that the gazetteer does not know is believed there. A
//! corpus asks this of every document, so only the names at those places are looked up.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::gazetteer::{self, Code, Entry, covers, prefecture, province};
use crate::base::han::is_han;
use crate::base::lexicon::places as lexicon;

/// What may stand before the name.
const BEFORE: &[&str] = &["在", "中共", "印发", "《", "（", "(", "【", "_", "-", "—", " ", "　", "年"];

/// Characters of the longest full name.
const LONGEST: usize = 16;

/// The locality, by its full name with its upper levels where the gazetteer knows it. `None` if
/// the title names none as its own.
#[must_use]
pub fn locality_of_title(title: &str) -> Option<String> {
    let starts = title.char_indices().map(|(at, _)| at);
    let begins = |&at: &usize| at == 0 || BEFORE.iter().any(|b| title[..at].ends_with(b));
    starts.filter(begins).find_map(|at| at_beginning(&title[at..]))
}

/// The full name of a division with its upper levels. Made for many documents, so the names are
/// gathered once.
fn path_of(code: Code) -> String {
    static NAMES: LazyLock<HashMap<Code, &'static str>> = LazyLock::new(|| gazetteer::names().collect());
    let mut levels = vec![province(code), prefecture(code), code];
    levels.dedup();
    levels.iter().filter_map(|c| NAMES.get(c)).copied().collect()
}

/// The locality with whose name `text` begins.
fn at_beginning(text: &str) -> Option<String> {
    // 甘肃省兰州市红古区: the last of a chain whose links cover one another.
    let mut chain: Option<(usize, Vec<Code>)> = None;
    loop {
        let behind = chain.as_ref().map_or(0, |(end, _)| *end);
        let Some((len, entry)) = full_name(&text[behind..]) else { break };
        let codes: Vec<Code> = match &chain {
            None => entry.codes().collect(),
            Some((_, uppers)) => {
                entry.codes().filter(|&c| uppers.iter().any(|&u| u != c && covers(u, c))).collect()
            }
        };
        if codes.is_empty() {
            break;
        }
        chain = Some((behind + len, codes));
    }
    match chain {
        Some((_, codes)) if codes.len() == 1 => Some(path_of(codes[0])),
        Some((end, _)) => Some(text[..end].to_owned()),
        None => unknown(text).map(str::to_owned).or_else(|| short_name(text)),
    }
}

/// The longest full name with which `text` begins, in bytes.
fn full_name(text: &str) -> Option<(usize, Entry)> {
    let ends = text.char_indices().take(LONGEST).filter(|(_, c)| lexicon::FULL_ENDS.contains(c));
    ends.filter_map(|(at, c)| {
        let end = at + c.len_utf8();
        Some((end, gazetteer::division(&text[..end])?))
    })
    .last()
}

/// The place of the short name with which `text` begins, if it is one's alone and no word.
fn short_name(text: &str) -> Option<String> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(6).skip(1);
    let found = ends.filter_map(|end| Some((end, gazetteer::short(&text[..end])?))).last();
    let (_, entry) = found.filter(|(_, e)| !e.class.contains(['w', 'x', 'f']))?;
    let codes: Vec<Code> = entry.codes().collect();
    match codes.as_slice() {
        [one] => Some(path_of(*one)),
        _ => None,
    }
}

/// A county with which `text` begins: two or three characters that are no word of the trade, and
/// 县, which is no part of 县级, 县域 and the like.
fn unknown(text: &str) -> Option<&str> {
    /// Characters of the longest stem.
    const STEM: usize = 3;
    let (at, county) = text.char_indices().take(STEM + 1).find(|&(_, c)| c == '县')?;
    let (stem, rest) = (&text[..at], &text[at + county.len_utf8()..]);
    let plain =
        stem.chars().count() >= 2 && stem.chars().all(|c| is_han(c) && !lexicon::NO_STEM.contains(&c));
    let alone = !rest.starts_with(lexicon::NO_COUNTY);
    (plain && alone).then(|| &text[..at + county.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::locality_of_title;

    #[test]
    fn titles_that_name_no_locality_of_their_own_give_none() {
        for title in [
            "在全县农村工作会议上的讲话",
            "关于推进县域经济发展的意见",
            "学习浙江经验的报告",
            "深化县乡村一体化改革方案",
            "资源节约工作总结",
            "d0000017.txt",
            "",
        ] {
            assert_eq!(locality_of_title(title), None, "{title}");
        }
    }

    #[test]
    fn the_name_is_found_at_the_beginning_and_in_a_speech() {
        for title in ["云岭县2025年政府工作总结", "中共云岭县委关于巡察工作的报告", "2025年云岭县工作要点"]
        {
            assert_eq!(locality_of_title(title).as_deref(), Some("云岭县"), "{title}");
        }
        for title in ["甘肃省兰州市红古区工作总结", "在红古区大会上的讲话", "兰州市红古区2025年工作总结"]
        {
            assert_eq!(locality_of_title(title).as_deref(), Some("甘肃省兰州市红古区"), "{title}");
        }
        assert_eq!(locality_of_title("兰州2025年工作总结").as_deref(), Some("甘肃省兰州市"));
        assert_eq!(locality_of_title("朝阳区2025年工作总结").as_deref(), Some("朝阳区"));
    }

    #[test]
    fn locality_of_title_does_as_its_example_says() {
        use crate::rules::locality_of_title;
        assert_eq!(locality_of_title("在云岭县经济工作会议上的讲话").as_deref(), Some("云岭县"));
        assert_eq!(locality_of_title("2025年红古区工作要点").as_deref(), Some("甘肃省兰州市红古区"));
        assert_eq!(locality_of_title("在全县经济工作会议上的讲话"), None);
    }
}
