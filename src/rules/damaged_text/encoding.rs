//! Lost characters and mojibake: U+FFFD, `5?12`, 锟斤拷, `Ã©`.

use std::sync::LazyLock;

use regex::Regex;

use super::{Harm, Hit};
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
    .iter()
    .filter_map(|p| Regex::new(p).ok())
    .collect()
});

pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, pattern) in PATTERNS.iter().enumerate() {
        for found in pattern.captures_iter(text) {
            let Some(word) = found.get(1) else { continue };
            let dotted = (index == 0).then(|| word.as_str().replace(['?', '？'], "·"));
            hits.push(Hit {
                range: word.range(),
                severity: Severity::Error,
                harm: Harm::Unreadable,
                was: dotted.clone().unwrap_or_default(),
                fix: dotted,
                weak: false,
            });
        }
    }
    hits
}
