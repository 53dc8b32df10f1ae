//! 见附表一、二、三 with two forms listed (附表).

use super::{hit, number};
use crate::base::Text;
use crate::model::{Finding, Manuscript};
use crate::text;

const WORD: &str = "附表";

/// See the module.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    let text = manuscript.text();
    let mut found = Vec::new();
    if memchr::memmem::find(text.as_bytes(), WORD.as_bytes()).is_none() {
        return found;
    }
    let Some((list, count)) = listed(manuscript) else { return found };
    for at in memchr::memmem::find_iter(text.as_bytes(), WORD).filter(|at| *at != list) {
        let before = text[..at].trim_end_matches(['见', '详', '（', '(', '的']);
        // 《…》附表三 is another paper's.
        let led = before.len() < at && !before.ends_with(['》', '号']);
        let Some((value, len)) = row(&text[at + WORD.len()..]).filter(|_| led) else { continue };
        let end = at + WORD.len() + len;
        if value > count && !text[end..].starts_with(['个', '份', '张']) {
            let words = &text[at..end];
            let message = text!("“{words}”：附表只列了{count}个", "“{words}”, but {count} forms are listed");
            let help = Text::fixed("补上附表，或改正附表的序号", "add the form, or correct its number");
            found.push(hit(at..end, message, help));
        }
    }
    found
}

/// Where the list stands (附表：), and how many forms it names.
fn listed(manuscript: &Manuscript) -> Option<(usize, usize)> {
    let mut lines = manuscript.blocks().iter().filter(|b| !manuscript.block_text(b).trim().is_empty());
    let head = lines.find(|b| manuscript.block_text(b).trim().trim_end_matches(['：', ':']) == WORD)?;
    let mut count = 0;
    for block in lines {
        let line = manuscript.block_text(block).trim();
        match number(line).filter(|(_, len)| line[*len..].starts_with(['、', '.', '．'])) {
            Some((value, _)) if value == count + 1 => count = value,
            // A second title under one number.
            None if count > 0 && line.starts_with('《') => {}
            _ => break,
        }
    }
    let text = manuscript.block_text(head);
    let at = head.range.start + text.find(WORD)?;
    (count >= 2).then_some((at, count))
}

/// The last of a row of numbers, each larger than the one before: 一、二、三.
fn row(words: &str) -> Option<(usize, usize)> {
    let (mut value, mut len) = number(words)?;
    while let Some(rest) = words[len..].strip_prefix(['、', '至', '和', '—', '-']) {
        let Some((next, more)) = number(rest).filter(|(n, _)| *n > value && *n <= 30) else { break };
        len = words.len() - rest.len() + more;
        value = next;
    }
    Some((value, len))
}
