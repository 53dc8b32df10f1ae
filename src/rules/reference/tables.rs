//! Tables that are announced and do not follow (如下表): 各乡镇完成情况如下表 before the next heading, 如表3所示 in a paper
//! without tables, 名单如下： with nothing behind it.

use super::{hit, number};
use crate::base::Text;
use crate::base::lexicon::reference as lexicon;
use crate::model::{Block, BlockKind, Finding, Manuscript, Severity};
use crate::rules::Case;
use crate::rules::reading::outline::Mark;
use crate::text;

/// Lines behind the announcement among which a table may begin.
const NEAR: usize = 4;

const HELP: Text = Text::fixed("补上表格，或删去这句话", "put the table in, or take the words out");

pub(super) fn find(case: &Case<'_>) -> Vec<Finding> {
    let manuscript = case.manuscript;
    let text = manuscript.text();
    let mut found = Vec::new();
    let blocks: Vec<&Block> =
        manuscript.blocks().iter().filter(|b| !manuscript.block_text(b).trim().is_empty()).collect();
    let at_block = |at: usize| blocks.partition_point(|b| b.range.start <= at).checked_sub(1);
    let tables: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), "表").collect();
    for &at in &tables {
        let (head, rest) = (&text[..at], &text[at + '表'.len_utf8()..]);
        let Some(word) = lexicon::TABLES.iter().find(|w| head.ends_with(**w)) else { continue };
        // 下表所示; 以下表现, 如下表述
        let bare = *word == "下" && !rest.starts_with("所示") && !rest.starts_with("所列");
        let Some(index) = at_block(at).filter(|_| !bare) else { continue };
        if rest.starts_with(['现', '面', '态', '述', '彰', '决', '演', '达'])
            || follows(manuscript, &blocks, index)
        {
            continue;
        }
        let range = at - word.len()..at + '表'.len_utf8();
        let words = &text[range.clone()];
        found.push(hit(
            range.clone(),
            text!("“{words}”：后面没有表", "“{words}”, but no table follows"),
            HELP,
        ));
    }
    if tables.is_empty() {
        found.extend(pictures(manuscript, &blocks));
        found.extend(announced(case, &blocks));
        return found;
    }
    found.extend(pictures(manuscript, &blocks));
    let tabled = || blocks.iter().any(|b| is_row(manuscript, b));
    for at in tables {
        let behind = at + '表'.len_utf8();
        let Some((value, len)) = number(&text[behind..]).filter(|(n, _)| *n <= 60) else { continue };
        let end = behind + len;
        let led = lexicon::SEE.iter().any(|w| text[..at].ends_with(w));
        if !led || tabled() || captions(manuscript, &blocks, value) {
            continue;
        }
        let words = &text[at..end];
        let message = text!("“{words}”：文中没有表{value}", "“{words}”: there is no table {value}");
        // A conversion may have left the tables out.
        found.push(hit(at..end, message, HELP).severity(Severity::Info));
    }
    found.extend(announced(case, &blocks));
    found
}

/// Whether a line belongs to a table: a cell, cells between bars or tabs, or words in columns.
fn is_row(manuscript: &Manuscript, block: &Block) -> bool {
    let line = manuscript.block_text(block).trim();
    block.kind == BlockKind::Cell
        || line.contains('\t')
        || line.matches('|').count() >= 2
        || line.matches("  ").count() >= 2
        || line.matches('　').count() >= 2
}

/// Whether a table, or what may be one without its lines, stands behind the block.
fn follows(manuscript: &Manuscript, blocks: &[&Block], index: usize) -> bool {
    let lines = blocks[index + 1..].iter().take(NEAR);
    let mut short = 0;
    for block in lines {
        let line = manuscript.block_text(block).trim();
        let caption = line.starts_with('表') || line.starts_with("附表") || line.starts_with("单位：");
        if is_row(manuscript, block) || caption {
            return true;
        }
        let prose = line.ends_with(['。', '；', '：']) || line.chars().count() > 30;
        short += usize::from(!prose && !is_heading(line));
    }
    // Cells that a conversion put on lines of their own.
    short >= 2
}

/// Whether a line opens with an ordinal, or is the day or the office at the foot.
fn is_heading(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '第']);
    number(bare)
        .is_some_and(|(_, len)| bare[len..].starts_with(['、', '）', ')', '.', '．', '章', '条', '是']))
        || line.ends_with('日') && line.contains('年')
        || lexicon::OFFICES.iter().any(|w| line.ends_with(w))
}

/// Whether a line is headed by this table: 表3, 表 3.
fn captions(manuscript: &Manuscript, blocks: &[&Block], value: usize) -> bool {
    blocks.iter().any(|b| {
        let line = manuscript.block_text(b).trim().trim_start_matches('附');
        line.strip_prefix('表').map(str::trim_start).and_then(number).is_some_and(|(n, _)| n == value)
    })
}

/// 见图2 in a paper that has no picture of any number. A conversion may have left them out, so it is a hint.
fn pictures(manuscript: &Manuscript, blocks: &[&Block]) -> Vec<Finding> {
    let text = manuscript.text();
    let mut found = Vec::new();
    let mut told: Option<bool> = None;
    let headed = || {
        blocks.iter().any(|b| {
            let line = manuscript.block_text(b).trim().trim_start_matches('附');
            line.strip_prefix('图').map(str::trim_start).and_then(number).is_some()
        })
    };
    for at in memchr::memmem::find_iter(text.as_bytes(), "图") {
        let behind = at + '图'.len_utf8();
        let Some((value, len)) = number(&text[behind..]).filter(|(n, _)| *n <= 60) else { continue };
        let led = ["见", "如", "参见"].iter().any(|w| text[..at].ends_with(w));
        let closes = text[behind + len..].starts_with(['）', ')', '，', '。', '、', '；', '所']);
        if !led || !closes || *told.get_or_insert_with(headed) {
            continue;
        }
        let words = &text[at..behind + len];
        let message = text!("“{words}”：文中没有图{value}", "“{words}”: there is no picture {value}");
        let help = Text::fixed("补上图，或删去这句话", "put the picture in, or take the words out");
        found.push(hit(at..behind + len, message, help).severity(Severity::Info));
    }
    found
}

/// 二、各校情况统计如下： and the next line is 三、.
fn announced(case: &Case<'_>, blocks: &[&Block]) -> Vec<Finding> {
    let manuscript = case.manuscript;
    let outline = case.outline();
    let lead = |block: &Block| -> Option<&Mark> {
        let first = outline.marks.partition_point(|m| m.range.start < block.range.start);
        outline.marks.get(first).filter(|m| m.lead && m.range.start < block.range.end)
    };
    let mut found = Vec::new();
    for pair in blocks.windows(2) {
        let line = manuscript.block_text(pair[0]).trim_end();
        let Some(bare) = line.strip_suffix(['：', ':']).filter(|l| l.ends_with("如下")) else { continue };
        let (Some(own), Some(next)) = (lead(pair[0]), lead(pair[1])) else { continue };
        if own.shape != next.shape || next.value != own.value + 1 || own.shape.is_prose() {
            continue;
        }
        let clause = bare.rsplit(['，', '。', '；']).next().unwrap_or(bare);
        let start = pair[0].range.start + bare.len() - clause.len();
        let words = &manuscript.text()[start..start + clause.len()];
        let message = text!("“{words}”：后面没有内容", "nothing follows “{words}”");
        let help = Text::fixed("补上内容，或删去这句话", "write what belongs there, or take the words out");
        found.push(hit(start..start + clause.len(), message, help).severity(Severity::Warning));
    }
    found
}
