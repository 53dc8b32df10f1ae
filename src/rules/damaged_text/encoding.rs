//! Lost characters and mojibake: U+FFFD, `5?12`, 锟斤拷, `Ã©`.

use std::sync::LazyLock;

use regex::Regex;

use super::{Harm, Hit};
use crate::base::pattern::{compile, pattern};
use crate::model::Severity;

/// A lost middle dot between the month and the day of an event, a lost character between Han
/// characters, and runs that only a wrong decoder writes.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"[“‘「]?([0-9０-９]{1,2}[?？][0-9０-９]{1,2})(?:[”’」]|事件|地震|特大|讲话|批示|事故|专案|大案|国际|国家|运动)",
        r"((?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|锘匡豢|锘|鈥[\u{9c}\u{9d}滄潱攢]?|銆[侀俓\u{80}-\u{ff}]?|锛[岀屾侊]){1,})",
        r"((?:[ÃÂâ][\u{80}-\u{bf}€™œž“”‘’¢£¥§¨©ª«®°±²³´µ¶·¸¹º»¼½¾]){2,}|(?:[äåæçèé][\u{80}-\u{bf}€™œžŸŒ‚ƒ„…†‡ˆ‰Š‹–—˜š›¡-¿]{1,2}){2,})",
        r"(\u{FFFD}+)",
        r"\p{Han}(\?{2,}|[\u{E000}-\u{F8FF}]+|[\u{0000}-\u{0008}\u{000E}-\u{001F}\u{0080}-\u{009F}]+)\p{Han}",
    ]
    .into_iter()
    .map(compile)
    .collect()
});

/// What wrong decoders write for what they could not read. Where none of it stands, and no byte is
/// suspicious, the patterns need not be tried.
pub(super) const SCRAWLS: [&str; 8] = ["锟斤", "斤拷", "烫烫", "屯屯", "锘", "鈥", "銆", "锛"];

/// Whether a byte that few sound texts have is there: control characters, question marks, the first
/// bytes of Latin letters with accents and of private characters, U+FFFD.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No early exit: this way the compiler compares many bytes at once.
    let odd = bytes
        .iter()
        .fold(false, |odd, &b| odd | matches!(b, 0..=8 | 0x0E..=0x1F | b'?' | 0xC2 | 0xC3 | 0xEE));
    let private = |(&a, &b): (&u8, &u8)| a == 0xEF && b < 0xA4;
    odd || bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, pair| found | private(pair))
        || text.contains('\u{FFFD}')
        || text.contains('？') && ASKING.is_match(text)
}

pattern! {
    /// A full-width question mark between figures.
    static ASKING = "[0-9０-９]？[0-9０-９]";
}

/// All of it; `scrawled` tells that one of [`SCRAWLS`] was seen.
pub(super) fn find(text: &str, scrawled: bool) -> Vec<Hit> {
    if !(scrawled || is_suspicious(text)) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (index, pattern) in PATTERNS.iter().enumerate() {
        for found in pattern.captures_iter(text) {
            let Some(word) = found.get(1) else { continue };
            let dotted = (index == 0).then(|| word.as_str().replace(['?', '？'], "·"));
            hits.push(Hit {
                was: dotted.clone().unwrap_or_default(),
                fix: dotted,
                ..Hit::of(word.range(), Severity::Error, Harm::Unreadable)
            });
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_pattern_of_the_list_compiles() {
        assert!(super::PATTERNS.iter().all(|p| p.captures_len() == 2));
    }
}
