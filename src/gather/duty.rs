//! Who is asked to do what in running text: 税务部门要做好征收工作, 各乡镇于11月20日前将总结报县水利局, 细则由县财政局
//! 制定.
//!
//! What is asked of everybody (各级各部门要…) is nobody's task unless a day is named. What is filed by a day is a
//! task even where nobody is named: a notice asks it of whom it is sent to.

use std::ops::Range;

use super::charge::{Charge, begins, by_when, due};
use super::label::{are_units, is_unit};
use super::page::Page;
use super::split::between;
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::base::pattern::pattern;
use crate::model::facts::units::parted;

pattern! {
    /// 税务部门要做好征收工作: who, and what.
    static ASKED = r"^([\p{Han}（）()、“”]{3,60}?)(?:要|应当|应|须|必须)([^。；;]{6,200})";
    /// 细则由县财政局制定: the group is who.
    static MADE = r"[^，,。；;：]{2,20}由([\p{Han}、（）]{3,40}?)(?:负责)?(?:制定|编制|起草|组织实施)";
    /// 每月24日前, 每季度.
    static REGULAR = r"每(?:月|季度|周|半年|年)(?:[0-9]{1,2}[日号])?(?:以?前|之前)?";
}

/// What a line asks of whom: the words of it, and who and by when.
pub(super) fn asked(page: &Page<'_>, line: &Range<usize>) -> Vec<(Range<usize>, Charge)> {
    let mut all = Vec::new();
    for part in between(page.text, line, |c| matches!(c, '。' | '；' | ';')) {
        let words = page.said(&part);
        if words.contains("负责") || words.contains("牵头") || begins(page.text, &part).is_some() {
            continue;
        }
        match told(page, &part) {
            Some(told) => all.push(told),
            None => {
                all.extend(filed(page, &part));
                all.extend(made(page, &part));
            }
        }
    }
    all
}

/// 税务部门要做好征收工作.
fn told(page: &Page<'_>, part: &Range<usize>) -> Option<(Range<usize>, Charge)> {
    let asks = |line: &str| line.contains(['要', '应', '须']);
    let asked = ASKED.on_lines(page.said(part), asks).next()?;
    let (who, what) = (asked.get(1)?, asked.get(2)?);
    // 要求, 应对 and 主要 ask nothing.
    if what.as_str().starts_with(NO_VERB) || who.as_str().ends_with(NO_UNIT) {
        return None;
    }
    let owner = who_is(page, &(part.start + who.start()..part.start + who.end()))?;
    let what = part.start + what.start()..part.start + what.end();
    let due = due(page.text, &what);
    let generic = lexicon::GENERIC.iter().any(|word| page.said(&owner).starts_with(word));
    (due.is_some() || !generic)
        .then(|| (what.clone(), Charge { owner: Some(owner), due, start: what.end, ..Charge::default() }))
}

/// What makes another word of 要 and 应 before it, and of 要 behind it.
const NO_VERB: &[char] = &[
    '求', '素', '点', '件', '害', '务', '领', '闻', '旨', '么', '塞', '对', '用', '急', '届', '聘', '收',
    '付',
];
const NO_UNIT: &[char] = &[
    '主', '重', '需', '只', '必', '摘', '纪', '简', '供', '响', '适', '反', '效', '相', '对', '不', '还',
    '都', '又',
];

/// The units of a range, the last of which is known for one. What they do first ends no name: 各乡镇汇总后.
fn who_is(page: &Page<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    /// Characters of a unit's name with what describes it.
    const LONGEST: usize = 28;
    let words = page.said(range);
    let kept =
        ["汇总后", "审核后", "收集后"].iter().find_map(|after| words.strip_suffix(after)).unwrap_or(words);
    let range = tight(page.text, range.start..range.start + kept.len());
    let words = page.said(&range);
    let whole = parted(words).all(|unit| unit.chars().count() <= LONGEST);
    let last = parted(words).last()?;
    let vague =
        ["这", "本", "此次", "此项", "我", "其", "该", "是", "对", "在", "以", "把", "谁", "坚持", "树立"]
            .iter()
            .any(|w| words.starts_with(w))
            || words.contains('“') != words.contains('”');
    (words.chars().count() > 2 && !vague && (are_units(words) || whole && is_unit(last))).then_some(range)
}

/// What is to be handed in by a day: 各乡镇于11月20日前将总结报县水利局.
fn filed(page: &Page<'_>, part: &Range<usize>) -> Option<(Range<usize>, Charge)> {
    let files = |line: &str| lexicon::FILED.iter().any(|verb| line.contains(verb));
    if !files(page.said(part)) {
        return None;
    }
    let mut before: Option<Range<usize>> = None;
    for clause in between(page.text, part, |c| matches!(c, '，' | ',')) {
        let words = page.said(&clause);
        let regular = REGULAR.on_lines(words, |line| line.contains('每')).next().and_then(|c| c.get(0));
        let day = by_when(words).filter(|m| m.as_str().ends_with('前')).or(regular);
        let Some(day) = day.filter(|day| files(&words[day.end()..])) else {
            before = Some(clause);
            continue;
        };
        let lead = words[..day.start()].trim_end_matches(['于', '在', '请', '应', '须', '要', '务', '必']);
        let own = clause.start..clause.start + lead.len();
        let due = Some(clause.start + day.start()..clause.start + day.end());
        let who = if lead.is_empty() { before } else { Some(own) };
        let owner = who.and_then(|who| who_is(page, &who));
        // 设立情况要在5月10日前报县水利局: what is filed stands before the day.
        let from = if lead.is_empty() || owner.is_some() { clause.start + day.end() } else { clause.start };
        return Some((from..clause.end, Charge { owner, due, start: clause.end, ..Charge::default() }));
    }
    None
}

/// 细则由县财政局制定.
fn made(page: &Page<'_>, part: &Range<usize>) -> Option<(Range<usize>, Charge)> {
    let made = MADE.on_lines(page.said(part), |line| line.contains('由')).next()?;
    let (whole, who) = (made.get(0)?, made.get(1)?);
    let owner = Some(part.start + who.start()..part.start + who.end());
    let named = are_units(who.as_str()) && !who.as_str().starts_with('各');
    let what = part.start + whole.start()..part.start + whole.end();
    named.then(|| (what.clone(), Charge { owner, start: what.end, ..Charge::default() }))
}
