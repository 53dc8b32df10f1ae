//! The locality that a title speaks for: 云岭县2025年工作总结, 在红古区…会议上的讲话.
//!
//! Only a name with which the title begins, or that stands where a speech's title has it, counts:
//! 学习浙江经验的报告 is not from 浙江. A county that the gazetteer does not know is believed there.

use super::gazetteer::path_of;
use super::mention::{Form, mentions};
use crate::base::han::is_han;

/// What may stand before the name.
const BEFORE: &[&str] = &["在", "中共", "印发", "《", "（", "(", "【", "_", "-", "—", " ", "　", "年"];

/// The locality, by its full name with its upper levels where the gazetteer knows it. `None` if
/// the title names none as its own.
///
/// ```
/// use wengao::rules::locality_of_title;
/// assert_eq!(locality_of_title("在云岭县经济工作会议上的讲话").as_deref(), Some("云岭县"));
/// assert_eq!(locality_of_title("2025年红古区工作要点").as_deref(), Some("甘肃省兰州市红古区"));
/// assert_eq!(locality_of_title("在全县经济工作会议上的讲话"), None);
/// ```
#[must_use]
pub fn locality_of_title(title: &str) -> Option<String> {
    let begins = |at: usize| at == 0 || BEFORE.iter().any(|b| title[..at].ends_with(b));
    let known = mentions(title).into_iter().find(|m| m.form != Form::Region && begins(m.range.start));
    let invented = || {
        let starts = title.char_indices().map(|(at, _)| at).filter(|&at| begins(at));
        starts.filter_map(|at| unknown(&title[at..])).next().map(str::to_owned)
    };
    match known {
        Some(mention) => Some(match mention.codes.as_slice() {
            [one] if mention.form != Form::Town => path_of(*one),
            _ => title[mention.range].to_owned(),
        }),
        None => invented(),
    }
}

/// A county with which `text` begins: two or three characters that are no word of the trade, and
/// 县, which is no part of 县级, 县域 and the like.
fn unknown(text: &str) -> Option<&str> {
    const LONGEST: usize = 3;
    /// Characters that no stem has.
    const NEVER: &str = "省市县区旗州乡镇各全本我两级在到向的和与是化范老园社开推加建做抓促关于学落强深提完实进动为以把年月日第一";
    let at = text.find('县')?;
    let (stem, rest) = (&text[..at], &text[at + '县'.len_utf8()..]);
    let length = stem.chars().count();
    let plain = (2..=LONGEST).contains(&length) && stem.chars().all(|c| is_han(c) && !NEVER.contains(c));
    let alone = !rest.starts_with(['级', '域', '乡', '城', '区', '直', '情', '市', '处', '学']);
    (plain && alone).then(|| &text[..at + '县'.len_utf8()])
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
    }
}
