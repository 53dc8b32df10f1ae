//! What a part of a paper is about, as its heading says.

use crate::base::lexicon::gather as lexicon;

/// What stands in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// 存在的问题.
    Problems,
    /// 保障措施.
    Measures,
    /// 重点任务.
    Tasks,
    /// 实施步骤.
    Stages,
    /// 工作目标.
    Targets,
    /// 取得的成效: what was done.
    Done,
    /// 下一步打算.
    Plans,
    /// 组织机构.
    Body,
    /// Something else that is known: 指导思想, 基本原则.
    Other,
}

/// Which words of a heading say what; the first that stands in it decides.
const SENSES: &[(Sense, &[&str])] = &[
    (Sense::Other, lexicon::NO_PART),
    (Sense::Problems, lexicon::PROBLEM_PARTS),
    (Sense::Stages, lexicon::STAGE_PARTS),
    (Sense::Plans, lexicon::PLAN_PARTS),
    (Sense::Measures, lexicon::MEASURE_PARTS),
    (Sense::Tasks, lexicon::TASK_PARTS),
    (Sense::Targets, lexicon::TARGET_PARTS),
    (Sense::Body, lexicon::BODY_PARTS),
    (Sense::Done, lexicon::DONE_PARTS),
];

/// What the part under a heading is about.
pub(super) fn sense(head: &str, top: bool) -> Option<Sense> {
    /// Longer headings say what to do, not what stands below.
    const LONGEST: usize = 26;
    /// Characters that a heading below the first level may have beside the words that tell.
    const BESIDE: usize = 5;
    let head = head.split(['（', '(']).next().unwrap_or(head).trim();
    let count = head.chars().count();
    if head.is_empty() || count > LONGEST {
        return None;
    }
    // 保障 and 目标 may be part of what is to be done; at the end of a heading they name the part.
    let tells = |word: &str| {
        let letters = word.chars().count();
        let close = top || count <= letters + BESIDE;
        close && (head.ends_with(word) || letters > 3 && head.contains(word))
    };
    let sense = SENSES.iter().find(|(_, words)| words.iter().any(|w| tells(w))).map(|(sense, _)| *sense);
    // 解决突出问题 says what to do.
    let deals = lexicon::DEALS_WITH.iter().any(|w| head.contains(w));
    sense.filter(|s| *s != Sense::Problems || !deals)
}
