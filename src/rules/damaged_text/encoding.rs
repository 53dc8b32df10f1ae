//! Lost characters and mojibake: U+FFFD, `5?12`, 锟斤拷, `Ã©`.

use super::{Harm, Hit};
use crate::base::pattern::pattern;
use crate::model::Severity;

pattern! {
    /// A lost middle dot between the month and the day of an event.
    static DOT = r"[“‘「]?([0-9０-９]{1,2}[?？][0-9０-９]{1,2})(?:[”’」]|事件|地震|特大|讲话|批示|事故|专案|大案|国际|国家|运动)";
    /// What GBK makes of UTF-8.
    static OF_UTF8 = r"((?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯|锘匡豢|锘|鈥[\u{9c}\u{9d}滄潱攢]?|銆[侀俓\u{80}-\u{ff}]?|锛[岀屾侊]){1,})";
    /// What Latin-1 makes of it.
    static OF_LATIN = r"((?:[ÃÂâ][\u{80}-\u{bf}€™œž“”‘’¢£¥§¨©ª«®°±²³´µ¶·¸¹º»¼½¾]){2,}|(?:[äåæçèé][\u{80}-\u{bf}€™œžŸŒ‚ƒ„…†‡ˆ‰Š‹–—˜š›¡-¿]{1,2}){2,})";
    /// What a decoder writes for bytes that it cannot read.
    static UNREAD = r"(\u{FFFD}+)";
    /// A lost character between Han characters.
    static BETWEEN = r"\p{Han}(\?{2,}|[\u{E000}-\u{F8FF}]+|[\u{0000}-\u{0008}\u{000E}-\u{001F}\u{0080}-\u{009F}]+)\p{Han}";
}

/// What wrong decoders write for what they could not read. Where none of it stands, and no byte is
/// suspicious, the patterns need not be tried.
pub(super) const SCRAWLS: [&str; 8] = ["锟斤", "斤拷", "烫烫", "屯屯", "锘", "鈥", "銆", "锛"];

/// Whether a byte that few sound texts have is there: control characters, question marks, the first
/// bytes of Latin letters with accents and of private characters, U+FFFD.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No early exit: this way the compiler compares many bytes at once.
    let odd = bytes.iter().fold(false, |odd, &b| odd | matches!(b, 0..=8 | 0x0E..=0x1F | b'?' | 0xC3 | 0xEE));
    // The middle dot (U+00B7) is no such letter.
    let two = |(&a, &b): (&u8, &u8)| a == 0xEF && b < 0xA4 || a == 0xC2 && b != 0xB7;
    odd || bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, pair| found | two(pair))
        || text.contains('\u{FFFD}')
        || text.contains('？') && ASKING.on_lines(text, |line| line.contains('？')).next().is_some()
}

pattern! {
    /// A full-width question mark between figures.
    static ASKING = "[0-9０-９]？[0-9０-９]";
}

/// Whether a line has anything that the patterns find.
fn is_scrawled(line: &str) -> bool {
    SCRAWLS.iter().any(|scrawl| line.contains(scrawl)) || is_suspicious(line)
}

/// All of it; `scrawled` tells that one of [`SCRAWLS`] was seen.
pub(super) fn find(text: &str, scrawled: bool) -> Vec<Hit> {
    if !(scrawled || is_suspicious(text)) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (pattern, is_dot) in
        [(&DOT, true), (&OF_UTF8, false), (&OF_LATIN, false), (&UNREAD, false), (&BETWEEN, false)]
    {
        for found in pattern.on_lines(text, is_scrawled) {
            let Some(word) = found.get(1) else { continue };
            let dotted = is_dot.then(|| word.as_str().replace(['?', '？'], "·"));
            hits.push(Hit {
                was: dotted.clone().unwrap_or_default(),
                fix: dotted,
                ..Hit::of(word.range(), Severity::Error, Harm::Unreadable)
            });
        }
    }
    hits
}
