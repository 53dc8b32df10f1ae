//! Cues of tense (时态): Chinese verbs have none, so these words tell whether a sentence plans,
//! reports or remembers.

use crate::base::lexicon::cue as lexicon;

/// Whether the words plan.
#[must_use]
pub(in crate::rules) fn plans(words: &str) -> bool {
    lexicon::AHEAD.iter().any(|w| words.contains(w)) || must(words).is_some()
}

/// Whether the words report something done. 了 in 了解 and 为了 does not count.
#[must_use]
pub(in crate::rules) fn reports(words: &str) -> bool {
    lexicon::DONE.iter().any(|w| match *w {
        "了" => words.match_indices('了').any(|(at, _)| {
            !words[at..].starts_with("了解") && !words[..at].ends_with('为') && !words[..at].ends_with('除')
        }),
        w => words.contains(w),
    })
}

/// Whether the words remember.
#[must_use]
pub(in crate::rules) fn remembers(words: &str) -> bool {
    lexicon::HISTORY.iter().any(|w| words.contains(w))
}

/// The byte of a 要 that is a verb by itself (we must), not part of 重要, 需要, 要求 and the like.
#[must_use]
pub(in crate::rules) fn must(words: &str) -> Option<usize> {
    words.match_indices('要').map(|(at, _)| at).find(|&at| {
        let before = words[..at].chars().next_back();
        let after = words[at + '要'.len_utf8()..].chars().next();
        !before.is_some_and(|c| "重主需纲摘概简只首紧还".contains(c))
            && !after.is_none_or(|c| "求素点件闻么塞道义领".contains(c))
    })
}
