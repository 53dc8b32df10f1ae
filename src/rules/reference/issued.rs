//! 关于印发《甲管理实施细则》的通知, and behind it the text of 甲管理暂行办法: the title of what is issued is another in the
//! notice than at its own head.

use super::{hit, number};
use crate::base::Text;
use crate::base::lexicon::reference as lexicon;
use crate::model::{Finding, Manuscript};
use crate::text;

/// Characters that both titles begin with.
const ALIKE: usize = 6;

/// See the module.
pub(super) fn find(manuscript: &Manuscript) -> Option<Finding> {
    let lines: Vec<(usize, &str)> = manuscript
        .blocks()
        .iter()
        .map(|b| (b.range.start, manuscript.block_text(b).trim()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let notice = lines.iter().take(8).find(|(_, l)| l.contains("印发") && l.ends_with("通知"))?.1;
    let (issued, rest) = notice.split_once('《')?.1.split_once('》')?;
    if rest.contains('《') || !is_title(issued) {
        return None;
    }
    let own = bare(issued);
    // Behind the day at the foot of the notice.
    let foot =
        lines.iter().position(|(_, l)| l.ends_with('日') && l.contains('年') && l.chars().count() <= 14)?;
    let mut heads = lines.windows(2).skip(foot).filter(|pair| {
        let line = pair[0].1;
        is_title(line) && !line.contains(['《', '。', '，', '：']) && opens(pair[1].1)
    });
    let (start, head) = *heads.next()?.first()?;
    let other = bare(head);
    let alike = own.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let one =
        own.ends_with(&other) || other.ends_with(&own) || other.starts_with(&own) || own.starts_with(&other);
    let again = lines.iter().skip(foot).any(|(_, l)| bare(l) == own);
    if one || alike < ALIKE || again || heads.next().is_some() {
        return None;
    }
    let at = start + manuscript.text()[start..].find(head)?;
    let message = text!(
        "通知印发的是“{issued}”，正文的题目却是“{head}”",
        "the notice issues “{issued}”, and the text is headed “{head}”"
    );
    Some(hit(at..at + head.len(), message, Text::fixed("核对题名，写成一致", "make the titles agree")))
}

/// Whether words are the title of something that is issued.
fn is_title(words: &str) -> bool {
    let words = words.split(['（', '(']).next().unwrap_or_default();
    let kinds = lexicon::ANNEX_KINDS.iter().chain(lexicon::ISSUED);
    words.chars().count() <= 40 && kinds.into_iter().any(|k| words.ends_with(k))
}

/// A title without its marks and notes.
fn bare(title: &str) -> String {
    let cut = title.find(['（', '(']).unwrap_or(title.len());
    title[..cut].chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a line opens the text beneath a title: 第一条, 第一章, 一、, 为…, or a day in brackets.
fn opens(line: &str) -> bool {
    let first = line.strip_prefix('第').and_then(number).is_some_and(|(n, _)| n == 1);
    first || line.starts_with("一、") || line.starts_with(['为', '（', '('])
}
