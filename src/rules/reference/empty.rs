//! Headings with nothing beneath them (空标题): the next line is a heading of the same level or a higher one.
//!
//! A list of names looks the same. So a heading is told only where most of its siblings have something
//! beneath them.

use super::{hit, number};
use crate::base::Text;
use crate::model::{Block, BlockKind, Finding};
use crate::rules::Case;
use crate::rules::reading::outline::{Mark, Shape};
use crate::text;

/// Characters of a heading.
const LONGEST: usize = 45;

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let outline = case.outline();
    let blocks = case.manuscript.blocks();
    let mut lead: Vec<Option<&Mark>> = vec![None; blocks.len()];
    for mark in outline.marks.iter().filter(|m| m.lead && !m.shape.is_prose()) {
        if let Some(slot) = lead.get_mut(mark.block) {
            slot.get_or_insert(mark);
        }
    }
    let mut found = Vec::new();
    for run in outline.runs.iter().filter(|run| run.items.len() >= 2) {
        let marks: Vec<&Mark> = run.items.iter().map(|&i| &outline.marks[i]).collect();
        let heads = marks.iter().all(|m| m.lead && matches!(m.shape, Shape::Han | Shape::HanParen));
        if !heads {
            continue;
        }
        let bare: Vec<&&Mark> = marks.iter().filter(|m| is_bare(case, blocks, &lead, m)).collect();
        // Two of five at most; of two or three, one.
        if bare.is_empty() || bare.len() * 5 > marks.len() * 2 && !(bare.len() == 1 && marks.len() >= 2) {
            continue;
        }
        for mark in bare {
            let block = &blocks[mark.block];
            let start = mark.range.start;
            let end = block.range.start + case.manuscript.block_text(block).trim_end().len();
            let words = &case.manuscript.text()[start..end];
            let message = text!("“{words}”下面没有内容", "nothing stands beneath “{words}”");
            let help = Text::fixed(
                "补上内容，或删去标题并改正后面的序号",
                "write what belongs there, or take the heading out and renumber",
            );
            found.push(hit(start..end, message, help));
        }
    }
    found
}

/// 第五章 附则 with no article beneath it, at the end or before the next chapter. A table of contents tells every
/// chapter twice.
pub(super) fn chapters(case: &Case<'_>) -> Vec<Finding> {
    let manuscript = case.manuscript;
    let blocks: Vec<&Block> =
        manuscript.blocks().iter().filter(|b| !manuscript.block_text(b).trim().is_empty()).collect();
    let head = |block: &Block| -> Option<usize> {
        let line = manuscript.block_text(block).trim();
        let (value, len) = number(line.strip_prefix('第')?)?;
        let title = line['第'.len_utf8() + len..].strip_prefix('章')?;
        (title.chars().count() <= 30 && !title.contains(['。', '，', '；'])).then_some(value)
    };
    let heads: Vec<(usize, usize)> =
        blocks.iter().enumerate().filter_map(|(i, b)| Some((i, head(b)?))).collect();
    let rising = heads.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let article = |i: usize| manuscript.block_text(blocks[i]).trim_start().starts_with('第');
    let is_bare = |at: usize| {
        let (i, next) = (heads[at].0, heads.get(at + 1).map_or(blocks.len(), |n| n.0));
        // The text before it is one of articles that end in a full stop.
        let above =
            i.checked_sub(1).is_some_and(|i| manuscript.block_text(blocks[i]).trim_end().ends_with('。'));
        i + 1 == next && above
    };
    let mut found = Vec::new();
    let bare: Vec<usize> = (0..heads.len()).filter(|&at| is_bare(at)).collect();
    if !rising || bare.len() != 1 || !(0..blocks.len()).any(|i| head(blocks[i]).is_none() && article(i)) {
        return found;
    }
    let block = blocks[heads[bare[0]].0];
    let range = crate::base::lines::tight(manuscript.text(), block.range.clone());
    let words = &manuscript.text()[range.clone()];
    let message = text!("“{words}”下面没有条文", "no article stands beneath “{words}”");
    let help = Text::fixed("补上条文，或删去这一章", "write its articles, or take the chapter out");
    found.push(hit(range, message, help));
    found
}

/// Whether a mark heads a line of its own beneath which nothing stands.
fn is_bare(case: &Case<'_>, blocks: &[Block], lead: &[Option<&Mark>], mark: &Mark) -> bool {
    let line = case.manuscript.block_text(&blocks[mark.block]).trim();
    let short = line.chars().count() <= LONGEST
        && !line.ends_with(['。', '；', '：', ':', ';', '！', '？', '，', '”', '）', ')', '、', '…']);
    if !short || line.contains(['。', '；', '：']) || blocks[mark.block].kind == BlockKind::Cell {
        return false;
    }
    let next =
        (mark.block + 1..blocks.len()).find(|&i| !case.manuscript.block_text(&blocks[i]).trim().is_empty());
    let Some(next) = next else { return mark.value > 1 };
    if mark.value > 1 && is_foot(case, blocks, next) {
        return true;
    }
    // （…） or a date above the heading: what is no mark is content.
    lead[next].is_some_and(|m| {
        m.shape <= mark.shape && m.value == mark.value + 1 && m.shape == mark.shape
            || m.shape < mark.shape && m.value > 1
    })
}

/// Whether nothing but the office and the day stands from this block on (落款).
fn is_foot(case: &Case<'_>, blocks: &[Block], from: usize) -> bool {
    let lines = blocks[from..].iter().map(|b| case.manuscript.block_text(b).trim()).filter(|l| !l.is_empty());
    let lines: Vec<&str> = lines.take(5).collect();
    let short = lines.iter().all(|l| l.chars().count() <= 30 && !l.contains(['。', '，', '；', '：']));
    let day = lines.last().is_some_and(|l| l.ends_with('日') && l.contains('年') && l.contains('月'));
    (1..=3).contains(&lines.len()) && short && day
}
