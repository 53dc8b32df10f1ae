//! What stands in a text as it must stand (原样): addresses, code between backticks and in fences, and the
//! `key: value` lines between two `---`.
//!
//! The reader of Markdown masks what its own grammar says is code. The same signs come in plain text and
//! in .docx, where nobody reads them; a page address or a command stops working when its colon gets
//! wide. Damaged words are told there as anywhere, but no fix is offered.

use std::ops::Range;

use super::super::Case;
use crate::base::han::is_han;

/// The stretches of a text that stand as they must, in order and apart.
#[derive(Debug, Default)]
pub struct Verbatim(Vec<Range<usize>>);

impl Verbatim {
    /// Those of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut found = Vec::new();
        if text.contains("---") || text.contains("```") {
            lines(text, &mut found);
        }
        if text.contains('`') {
            between_backticks(text, &mut found);
        }
        if text.contains("://") || text.contains("www.") {
            addresses(text, &mut found);
        }
        found.sort_by_key(|r| (r.start, r.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in found {
            match apart.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => apart.push(range),
            }
        }
        Self(apart)
    }

    /// Whether the byte lies in one of them.
    #[must_use]
    pub fn holds(&self, at: usize) -> bool {
        self.around(at).is_some()
    }

    /// Whether a change of `range` would change only a part of one: what is taken away as a whole takes
    /// nothing out of its place.
    #[must_use]
    pub fn is_changed(&self, range: &Range<usize>) -> bool {
        let cut = |at: usize| self.around(at).is_some_and(|r| range.start > r.start || range.end < r.end);
        cut(range.start) || range.end > range.start && cut(range.end - 1)
    }

    fn around(&self, at: usize) -> Option<&Range<usize>> {
        self.0.get(self.0.partition_point(|r| r.end <= at)).filter(|r| r.start <= at)
    }
}

impl Case<'_> {
    /// What of the document must stand as it is.
    pub(in crate::rules) fn verbatim(&self) -> &Verbatim {
        self.verbatim.get_or_init(|| Verbatim::of(self.manuscript.text()))
    }
}

/// Fences with what is between them, and lines of keys and values between rules.
fn lines(text: &str, found: &mut Vec<Range<usize>>) {
    /// Lines between two rules; more are a text of their own.
    const MOST: usize = 60;
    let (mut fence, mut keys): (Option<usize>, Option<Vec<Range<usize>>>) = (None, None);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let words = line.trim();
        if words.starts_with("```") {
            match fence.take() {
                Some(from) => found.push(from..range.end),
                None => fence = Some(range.start),
            }
        } else if words.len() >= 3 && words.bytes().all(|b| b == b'-') {
            if let Some(keys) = keys.replace(Vec::new()) {
                found.extend(keys);
            }
        } else if let Some(between) = &mut keys {
            if between.len() > MOST {
                keys = None;
            } else if is_key(words) {
                between.push(range);
            }
        }
    }
}

/// `key: value`: a short word without marks before the first colon, which a blank or nothing follows.
fn is_key(line: &str) -> bool {
    /// Characters of a key.
    const LONGEST: usize = 20;
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.chars().count() <= LONGEST
            && key.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '))
            && (value.is_empty() || value.starts_with(' '))
    })
}

/// Pairs of backticks within a line, with what is between them.
fn between_backticks(text: &str, found: &mut Vec<Range<usize>>) {
    // Where it opened, and the end of the backticks there: two or three in a row open together.
    let mut open: Option<Range<usize>> = None;
    for at in memchr::memchr2_iter(b'`', b'\n', text.as_bytes()) {
        open = match (text.as_bytes()[at], open) {
            (b'\n', _) => None,
            (_, None) => Some(at..at + 1),
            (_, Some(run)) if run.end == at => Some(run.start..at + 1),
            (_, Some(run)) => {
                found.push(run.start..at + 1);
                None
            }
        };
    }
}

/// Addresses of pages, up to a blank or to what no address holds.
fn addresses(text: &str, found: &mut Vec<Range<usize>>) {
    let part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    for sign in ["://", "www."] {
        // One address may hold many signs, and all end where it ends.
        let (mut reach, mut trimmed) = (0, 0);
        for (at, _) in text.match_indices(sign) {
            if at >= reach {
                reach = text[at..].find(|c| !part(c)).map_or(text.len(), |len| at + len);
                trimmed = at + text[at..reach].trim_end_matches([')', ',', ';', '.', '!', '?', ':']).len();
            }
            let scheme = text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
            if trimmed > at + sign.len() && (sign == "www." || scheme < at) {
                found.push(scheme..trimmed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verbatim;

    /// The stretches of a text, one after another.
    fn found(text: &str) -> Vec<&str> {
        Verbatim::of(text).0.into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn addresses_code_and_keys_stand_as_they_are() {
        assert_eq!(found("详见https://a.example.cn/x?a=1,2;b,请查。"), ["https://a.example.cn/x?a=1,2;b"]);
        assert_eq!(found("网址(www.example.cn:80)公布,"), ["www.example.cn:80"]);
        assert_eq!(found("运行`a:b,c`后,再看``x:y`。"), ["`a:b,c`", "``x:y`"]);
        assert_eq!(found("前\n```\n甲:乙,\n```\n后:"), ["```\n甲:乙,\n```\n"]);
        assert_eq!(found("甲: 乙\n---\n时间: 3月\n会议讲了三点,意见: 抓早。\n---\n丙: 丁"), ["时间: 3月\n"]);
    }

    #[test]
    fn many_signs_in_one_address_and_many_backticks_in_a_row_are_one_stretch() {
        let text = format!("见{}，{}a`。", "http://a.".repeat(500), "`".repeat(500));
        assert_eq!(found(&text), ["http://a.".repeat(500).trim_end_matches('.'), &*("`".repeat(500) + "a`")]);
        assert_eq!(found("见http://a.cn/www.b.cn.：://，`"), ["http://a.cn/www.b.cn"]);
    }

    #[test]
    fn what_never_closes_or_has_no_end_is_prose() {
        assert!(found("一个`记号,\n---\n时间: 3月\n```\n甲:乙").is_empty());
    }

    #[test]
    fn what_goes_as_a_whole_may_go() {
        let text = "见(http://a.cn/b)。";
        let address = text.find("http").unwrap()..text.find(')').unwrap();
        let verbatim = Verbatim::of(text);
        assert!(!verbatim.is_changed(&address));
        assert!(!verbatim.is_changed(&(0..text.len())));
        assert!(verbatim.is_changed(&(address.start + 4..address.start + 5)));
        assert!(verbatim.is_changed(&(address.end - 1..text.len())));
        assert!(!verbatim.is_changed(&(0..3)));
    }
}
