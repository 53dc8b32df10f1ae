//! Whether two runs of stars are emphasis (`**重点**`) or two words removed (`县**届…**亿元`).
//!
//! Markdown decides by the characters right beside the stars, which is too little for Chinese:
//! without spaces between words nearly every pair may open and close. Here the sense decides: a
//! star right before a measure word stands for a figure, emphasis does not end in a comma, and it
//! does not run over the end of a sentence unless it is set off on both sides.

use std::ops::Range;

use super::blank;

/// The runs of stars on one line that are emphasis, in order. Bytes of the line.
#[must_use]
pub fn pairs(line: &str) -> Vec<Range<usize>> {
    let runs = runs(line);
    let mut found = Vec::new();
    let mut at = 0;
    while let [open, close, ..] = &runs[at..] {
        if is_emphasis(line, open, close) {
            found.extend([open.clone(), close.clone()]);
            at += 2;
        } else {
            at += 1;
        }
    }
    // Where one single star is no emphasis, the others of the line are words removed like it.
    let single = |r: &Range<usize>| r.len() == 1;
    if runs.iter().filter(|r| single(r)).count() > found.iter().filter(|r| single(r)).count() {
        found.retain(|r| !single(r));
    }
    found
}

/// Runs of `*`, as bytes.
fn runs(line: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'*', line.as_bytes()) {
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Whether the run `open` of `text` opens emphasis that the run `close` ends. Runs of one star
/// need to be set off from the words on both sides: inside Chinese prose they are words removed.
#[must_use]
pub fn is_emphasis(text: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let strength = open.len();
    if strength != close.len() || strength > 3 {
        return false;
    }
    let set_off = set_off(text, open, close);
    makes_sense(text, open, close) && (strength > 1 || set_off == (true, true))
}

/// Whether nothing inside or beside the pair speaks for words removed.
#[must_use]
pub fn makes_sense(text: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    /// Emphasis inside a sentence is a phrase; one that is set off may be a whole sentence.
    const LONGEST_PHRASE: usize = 120;
    let inner = &text[open.end..close.start];
    let (first, last) = (inner.chars().next(), inner.chars().next_back());
    let (Some(first), Some(last)) = (first, last) else { return false };
    if first.is_whitespace()
        || last.is_whitespace()
        || matches!(last, '、' | '，' | ',')
        || is_joint(first) && !matches!(first, '“' | '《' | '（' | '(' | '—')
    {
        return false;
    }
    let (before, after) = (&text[..open.start], &text[close.end..]);
    let (opens_freely, closes_freely) = set_off(text, open, close);
    if !(opens_freely && closes_freely) {
        let body = inner.trim_end_matches(['。', '！', '？', '；', '：']);
        if inner.len() > LONGEST_PHRASE || body.contains(['。', '！', '？', '；', '\n']) {
            return false;
        }
    }
    // **村居民收入增长；有人说我们**，: a sentence ends within, none at the end, and the first word wants a name.
    let broken =
        inner.contains(['。', '；']) && !matches!(last, '。' | '；' | '！' | '？' | '：' | '”' | '）');
    if broken && blank::before(inner).is_some() {
        return false;
    }
    if before.ends_with('第') || inner.ends_with('第') {
        return false;
    }
    // 收入**亿元，增长**%: what follows a star is a unit.
    let unit_after = blank::unit(after).is_some_and(|(lack, _)| {
        lack.is_figure()
            || !inner.ends_with(['：', '。', '；', ':']) && (!opens_freely || blank::unit(inner).is_some())
    });
    let unit_inside = blank::unit(inner).is_some_and(|(lack, word)| {
        lack.is_figure() && word.len() < inner.len() || lack != blank::Lack::Name && !opens_freely
    });
    !unit_after && !unit_inside
}

/// Whether there is a boundary before the pair, and one after it.
#[must_use]
pub fn set_off(text: &str, open: &Range<usize>, close: &Range<usize>) -> (bool, bool) {
    let free = |c: Option<char>| {
        c.is_none_or(|c| c.is_whitespace() || is_joint(c) || matches!(c, '-' | '#' | '>' | '|'))
    };
    let inner_end = text[..close.start].chars().next_back();
    (
        free(text[..open.start].chars().next_back()),
        free(text[close.end..].chars().next())
            || inner_end.is_some_and(|c| matches!(c, '。' | '：' | '；' | '！' | '？' | ':')),
    )
}

/// Punctuation between clauses.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '”'
            | '“'
            | '《'
            | '》'
            | '—'
            | '…'
            | '.'
            | ','
            | ';'
            | ':'
            | ')'
            | '('
    )
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn emphasis_is_told_from_words_removed() {
        for text in [
            "- **风险一：任务没有压实** —— 要逐项核对",
            "要把**产业振兴**作为第一位的任务",
            "**县级财政**投入持续加大",
            "**村集体经济**不断壮大。",
            "**2026年**，全县要",
            "（一）**抓好春耕备耕。**各镇要早安排",
            "**一是责任要明。二是措施要实。**",
        ] {
            assert_eq!(pairs(text).len(), 2, "{text}");
        }
        for text in [
            "新签约项目**个，其中亿元以上**个",
            "在**县调研时指出，**镇要带头",
            "扎实推进**产业园建设，绿色建材**个",
            "请*、*、*同志发言",
            "讲好*故事、彰显*特色",
            "第**届人大第**次会议",
        ] {
            assert_eq!(pairs(text).len(), 0, "{text}");
        }
    }

    #[test]
    fn emphasis_does_as_its_example_says() {
        use crate::base::emphasis::pairs;
        assert_eq!(pairs("**一要抓好落实。**各镇要……").len(), 2);
        assert_eq!(pairs("完成县**届人大确定的目标，收入**亿元").len(), 0);
    }
}
