//! Cues of tense (时态): Chinese verbs have none, so these words tell whether a sentence plans,
//! reports or remembers.

/// Words of what is still to be done.
const AHEAD: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "努力",
    "务必",
    "必须",
    "奋力",
    "决胜",
    "为目标",
    "的目标",
    "目标是",
    "将全面",
    "将继续",
    "将进一步",
    "将重点",
    "将着力",
    "前要",
    "我们要",
    "全力以赴",
];

/// Words of what is done or past.
const DONE: &[&str] = &[
    "已",
    "了",
    "累计",
    "完成率",
    "荣获",
    "获评",
    "被评为",
    "被命名",
    "被授予",
    "被列入",
    "获得",
    "先后",
    "曾",
    "当时",
    "当年",
    "回顾",
    "以来",
    "至今",
    "历史性",
    "如期完成",
    "圆满完成",
    "顺利完成",
    "成功",
    "印发",
    "出台",
    "提前",
    "同比",
    "胜利闭幕",
    "召开以来",
    "期间，",
    "取得",
    "过去",
    "宣告",
    "宣布",
    "增长到",
    "提高到",
    "增加到",
];

/// Words that remember.
const HISTORY: &[&str] = &[
    "以来",
    "回顾",
    "当时",
    "当年",
    "曾经",
    "历史上",
    "历程",
    "先后",
    "从此",
    "时任",
    "那时",
    "相继",
    "提出",
    "发展为",
    "拓展为",
    "上升为",
    "首次",
    "至今",
    "一路走来",
    "经历",
    "成立",
    "一年来",
    "几年来",
    "原来的",
    "改为",
    "过去",
];

/// Whether the words plan.
#[must_use]
pub(super) fn plans(words: &str) -> bool {
    AHEAD.iter().any(|w| words.contains(w)) || must(words).is_some()
}

/// Whether the words report something done. 了 in 了解 and 为了 does not count.
#[must_use]
pub(super) fn reports(words: &str) -> bool {
    DONE.iter().any(|w| match *w {
        "了" => words.match_indices('了').any(|(at, _)| {
            !words[at..].starts_with("了解") && !words[..at].ends_with('为') && !words[..at].ends_with('除')
        }),
        w => words.contains(w),
    })
}

/// Whether the words remember.
#[must_use]
pub(super) fn remembers(words: &str) -> bool {
    HISTORY.iter().any(|w| words.contains(w))
}

/// The byte of a 要 that is a verb by itself (we must), not part of 重要, 需要, 要求 and the like.
#[must_use]
pub(super) fn must(words: &str) -> Option<usize> {
    words.match_indices('要').map(|(at, _)| at).find(|&at| {
        let before = words[..at].chars().next_back();
        let after = words[at + '要'.len_utf8()..].chars().next();
        !before.is_some_and(|c| "重主需纲摘概简只首紧还".contains(c))
            && !after.is_none_or(|c| "求素点件闻么塞道义领".contains(c))
    })
}
