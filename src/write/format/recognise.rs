//! What each paragraph is to the form (格式要素): by its style where that says so, else by its mark, its words, its
//! place and its look. What cannot be told for sure is laid out as what it most likely is, and said to be in doubt.

use super::Form;
use super::line::{
    Line, Told, is_annex, is_attachment, is_caption, is_copied, is_date, is_dated, is_issue, is_number,
    is_printed, is_salutation, is_sentence, is_short, names_a_post,
};
use super::told::Doubt;
use crate::base::han::heading_number;
use crate::base::lexicon::layout as lexicon;
use crate::model::BlockKind;

/// Paragraphs of a head, at most.
const HEAD: usize = 16;
/// Paragraphs of a 版记 and what stands near it.
const TAIL: usize = 12;
/// Characters of the longest title that stands on one line of a text.
const LONGEST_TITLE: usize = 60;

/// What each line is.
pub fn recognise(lines: &[Line<'_>], form: Form) -> Vec<Told> {
    let mut told: Vec<Told> = lines.iter().map(by_itself).collect();
    // What stands in tables and boxes is no part of the text's order.
    let flow: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].cell && !lines[i].passed).collect();
    let paper = Paper { lines, flow: &flow, form, text_size: text_size(lines, &flow) };
    paper.tail(&mut told);
    paper.head(&mut told);
    paper.annexes(&mut told);
    paper.body(&mut told);
    // 版记 is mostly set as a table.
    let from = lines.len().saturating_sub(TAIL);
    for (line, told) in lines.iter().zip(&mut told).skip(from).filter(|(line, _)| line.cell && !line.settled)
    {
        if is_copied(line.text) {
            told.kind = BlockKind::CopyLine;
        } else if is_printed(line.text) {
            told.kind = BlockKind::PrintLine;
        }
    }
    told
}

/// What a line is without its neighbours.
fn by_itself(line: &Line<'_>) -> Told {
    let sure = |kind| Told { kind, doubt: None, left: false };
    if line.passed {
        return Told { left: true, ..sure(line.kind) };
    }
    if line.settled {
        return sure(line.kind);
    }
    if line.cell {
        let kind = if line.kind.is_imprint() { line.kind } else { BlockKind::Cell };
        // A red head within a table is set by it.
        return Told { left: line.red && line.size >= 40, ..sure(kind) };
    }
    sure(match line.kind {
        BlockKind::Heading(level) => heading(line.text, level),
        BlockKind::Cell => BlockKind::Body,
        kind => kind,
    })
}

/// A heading has the level of its mark; what goes on like a sentence is text.
fn heading(words: &str, level: u8) -> BlockKind {
    let level = heading_number(words).map_or(level, |(level, _, _)| level);
    let goes_on = words.ends_with(['；', ';', '，', '：', ':']) || level > 2 && words.ends_with('。');
    if goes_on || words.chars().count() > LONGEST_TITLE {
        BlockKind::Body
    } else {
        BlockKind::Heading(level.min(4))
    }
}

/// The size of most running text, in half-points.
fn text_size(lines: &[Line<'_>], flow: &[usize]) -> u32 {
    let mut sizes: Vec<u32> =
        flow.iter().map(|&i| &lines[i]).filter(|l| is_sentence(l.text)).map(|l| l.size).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(32)
}

struct Paper<'p> {
    lines: &'p [Line<'p>],
    /// The lines of the text's own order.
    flow: &'p [usize],
    form: Form,
    /// The size of most text, in half-points.
    text_size: u32,
}

impl Paper<'_> {
    fn line(&self, i: usize) -> &Line<'_> {
        &self.lines[i]
    }

    /// Whether a line is no more than what its reader made of it.
    fn open(&self, i: usize, told: &[Told]) -> bool {
        !self.line(i).settled && matches!(told[i].kind, BlockKind::Body | BlockKind::Heading(_))
    }

    /// What stands above the text: 红头, title, what is under it, whom it speaks to.
    fn head(&self, told: &mut [Told]) {
        let begins = |i: usize| {
            let line = self.line(i);
            let marked = heading_number(line.text).is_some() && line.size < 40;
            is_sentence(line.text) || marked || told[i].kind == BlockKind::Salutation
        };
        let end = self.flow.iter().take(HEAD).position(|&i| begins(i));
        let head = &self.flow[..end.unwrap_or(self.flow.len().min(HEAD))];
        self.red_head(head, told);
        let from = head.iter().rposition(|&i| told[i].kind.is_red_head()).map_or(0, |n| n + 1);
        let styled = head.iter().any(|&i| told[i].kind == BlockKind::Title);
        if !styled {
            self.title(&head[from..], told);
        }
        let last = self.flow.iter().take(HEAD).rposition(|&i| told[i].kind == BlockKind::Title);
        self.under(last.map_or(from, |n| n + 1), last.is_some(), told);
    }

    /// 发文机关标志, 发文字号, 期号, 编印行; what is stamped beside them stays as it is.
    fn red_head(&self, head: &[usize], told: &mut [Told]) {
        let mut anchor = None;
        for (n, &i) in head.iter().enumerate() {
            if !self.open(i, told) {
                continue;
            }
            let line = self.line(i);
            let words = line.text;
            let copies = words.len() == 6 && words.bytes().all(|b| b.is_ascii_digit());
            if is_number(words) {
                told[i].kind = BlockKind::DocumentNumber;
                anchor.get_or_insert(n);
            } else if is_issue(words) {
                told[i].kind = BlockKind::IssueNumber;
                anchor.get_or_insert(n);
            } else if anchor.is_some() && is_dated(words) && words.contains(['\t', ' ', '\u{3000}']) {
                told[i].kind = BlockKind::EditedLine;
            } else if copies || lexicon::GRADES.iter().any(|grade| words.starts_with(grade)) {
                told[i].left = true;
            } else if line.red && line.size >= 40 {
                told[i].kind = BlockKind::Masthead;
            }
        }
        let above = anchor.and_then(|n| head[..n].iter().rev().find(|&&i| self.open(i, told)));
        if let Some(&i) = above
            && !head.iter().any(|&i| told[i].kind == BlockKind::Masthead)
            && lexicon::MASTHEAD_ENDS.iter().any(|end| self.line(i).text.ends_with(end))
        {
            told[i].kind = BlockKind::Masthead;
        }
    }

    /// The title among the lines between red head and text: the largest one, or the one that reads like one.
    fn title(&self, between: &[usize], told: &mut [Told]) {
        let may_be = |&i: &usize| {
            let words = self.line(i).text;
            self.open(i, told)
                && words.chars().count() <= LONGEST_TITLE
                && !words.ends_with(['：', ':', '。', '；', '，'])
                && !words.starts_with(['（', '(', '—', '-'])
                && !is_date(words)
        };
        let candidates: Vec<usize> = between.iter().copied().filter(may_be).collect();
        let size = |i: usize| self.line(i).size;
        let Some(largest) = candidates.iter().map(|&i| size(i)).max() else { return };
        let text = self.text_size;
        let named = |i: usize| {
            let words = self.line(i).text.trim_end_matches(['）', ')']);
            lexicon::TITLE_ENDS.iter().any(|end| words.ends_with(end) || words.contains(&format!("{end}（")))
        };
        let first = candidates
            .iter()
            .position(|&i| size(i) == largest && (largest > text || self.line(i).centred))
            .or_else(|| candidates.iter().position(|&i| named(i)))
            .unwrap_or(0);
        let top = candidates[first];
        let mut lines = vec![top];
        // An office's name above 关于……的通知 is the title's first line.
        if let Some(&above) = first.checked_sub(1).and_then(|n| candidates.get(n))
            && size(above) == size(top)
            && self.follows(above, top)
            && is_short(self.line(above).text, 24)
            && lexicon::MASTHEAD_ENDS.iter().any(|end| self.line(above).text.ends_with(end))
        {
            lines.insert(0, above);
        }
        for &i in &candidates[first + 1..] {
            let next = lines.last().is_some_and(|&last| self.follows(last, i));
            let alike = size(i) > text && size(i) == size(top);
            // 云溪县人民政府 / 关于……的通知: one title on two lines.
            let goes_on = size(i) == size(top) && !lines.iter().any(|&l| named(l)) && named(i);
            if !next || lines.len() > 3 || !(alike || goes_on) {
                break;
            }
            lines.push(i);
        }
        let sure = largest > text || self.line(top).centred || lines.iter().any(|&i| named(i));
        for &i in &lines {
            told[i] = Told { kind: BlockKind::Title, doubt: (!sure).then_some(Doubt::Title), left: false };
        }
    }

    /// Whether a line of the text's order is the next one.
    fn follows(&self, one: usize, other: usize) -> bool {
        let at = |i: usize| self.flow.iter().position(|&f| f == i);
        at(one).zip(at(other)).is_some_and(|(a, b)| a + 1 == b)
    }

    /// What follows on the title: 副标题, 日期行, 讲话人行, then whom the paper speaks to.
    fn under(&self, from: usize, titled: bool, told: &mut [Told]) {
        for n in from..self.flow.len().min(from + 6) {
            let i = self.flow[n];
            let line = self.line(i);
            let words = line.text;
            if line.settled || !matches!(told[i].kind, BlockKind::Body) {
                if matches!(told[i].kind, BlockKind::Heading(_) | BlockKind::Body | BlockKind::Salutation) {
                    return;
                }
                continue;
            }
            if words.ends_with(['：', ':']) && words.chars().count() <= 120 && !is_sentence(words) {
                let plain = is_salutation(words) || self.form == Form::Document;
                told[i].kind = BlockKind::Salutation;
                told[i].doubt = (!plain).then_some(Doubt::Salutation);
                return;
            }
            if !titled || is_sentence(words) || heading_number(words).is_some() {
                return;
            }
            if words.starts_with('—') {
                told[i].kind = BlockKind::Subtitle;
            } else if words.starts_with(['（', '(']) && words.ends_with(['）', ')']) || is_date(words) {
                told[i].kind = BlockKind::DateLine;
            } else if is_short(words, 30) {
                self.speaker(n, told);
            } else {
                return;
            }
        }
    }

    /// A short line under the title: who speaks, if it names a post or stands where a speaker does.
    fn speaker(&self, n: usize, told: &mut [Told]) {
        let i = self.flow[n];
        let line = self.line(i);
        let beside = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
        let dated = beside.filter_map(|n| self.flow.get(n)).any(|&i| {
            told[i].kind == BlockKind::DateLine
                || is_dated(self.line(i).text) && is_short(self.line(i).text, 24)
        });
        let said = names_a_post(line.text);
        let greeted = self.flow.get(n + 1).is_some_and(|&i| is_salutation(self.line(i).text));
        let speech = matches!(self.form, Form::Speech | Form::Reading);
        if speech && (said || line.centred || dated || greeted) {
            told[i].kind = BlockKind::SpeakerLine;
            told[i].doubt = (!said).then_some(Doubt::Speaker);
        } else if line.centred {
            told[i].kind = BlockKind::SpeakerLine;
            told[i].doubt = Some(Doubt::Speaker);
        } else if !self.ends_sentence(line.text) {
            told[i].doubt = Some(Doubt::Speaker);
        }
    }

    fn ends_sentence(&self, words: &str) -> bool {
        words.ends_with(['。', '！', '？', '；', '：', '，', '…', ':', ';', '.', '”'])
    }

    /// What stands below the text: 附件说明, 署名, 成文日期, 附注, 版记.
    fn tail(&self, told: &mut [Told]) {
        let from = self.flow.len().saturating_sub(TAIL);
        for n in 0..self.flow.len() {
            let i = self.flow[n];
            if told[i].kind == BlockKind::DateOfIssue && n > 2 {
                self.signed(n, told);
            }
            if !self.open(i, told) {
                continue;
            }
            let words = self.line(i).text;
            let late = n >= from && n > 1;
            if late && is_copied(words) {
                told[i].kind = BlockKind::CopyLine;
            } else if late && is_printed(words) {
                told[i].kind = BlockKind::PrintLine;
            } else if n > 2 && is_date(words) {
                self.signed(n, told);
            } else if n > 1 && is_attachment(words) && !is_sentence(words) && self.ends_soon(n) {
                self.attached(n, told);
            }
        }
        // What stands between two lines of a 版记 goes on with the first.
        for n in from.max(1)..self.flow.len() {
            let (i, before) = (self.flow[n], self.flow[n - 1]);
            let goes_on = told[before].kind == BlockKind::CopyLine
                && self.open(i, told)
                && self.flow[n..].iter().take(4).any(|&i| told[i].kind == BlockKind::PrintLine);
            if goes_on {
                told[i].kind = BlockKind::CopyLine;
            }
        }
    }

    /// Whether the text ends within a few lines: its date, or an attachment.
    fn ends_soon(&self, n: usize) -> bool {
        let rest = &self.flow[n + 1..];
        rest.len() < TAIL
            || rest.iter().take(TAIL).any(|&i| is_date(self.line(i).text) || is_annex(self.line(i).text))
    }

    /// A date on a line of its own, and who signs above it.
    fn signed(&self, n: usize, told: &mut [Told]) {
        told[self.flow[n]].kind = BlockKind::DateOfIssue;
        for above in (0..n).rev().take(4) {
            let i = self.flow[above];
            let words = self.line(i).text;
            // 〔此处加盖印章〕 is for whoever prints it.
            if self.open(i, told) && words.starts_with(['〔', '【', '[', '（']) && is_short(words, 20) {
                told[i].left = true;
                continue;
            }
            if told[i].kind == BlockKind::Signature {
                continue;
            }
            let signs = self.open(i, told)
                && above > 1
                && is_short(words, 30)
                && heading_number(words).is_none()
                && !self.ends_sentence(words);
            if !signs {
                break;
            }
            told[i].kind = BlockKind::Signature;
        }
        if let Some(&i) = self.flow.get(n + 1)
            && self.open(i, told)
            && self.line(i).text.starts_with(['（', '('])
            && self.line(i).text.ends_with(['）', ')'])
        {
            told[i].kind = BlockKind::Note;
        }
    }

    /// 附件：1. …, and its further lines.
    fn attached(&self, n: usize, told: &mut [Told]) {
        told[self.flow[n]].kind = BlockKind::AttachmentNote;
        for &i in self.flow[n + 1..].iter().take(20) {
            let words = self.line(i).text;
            let numbered = words.starts_with(|c: char| c.is_ascii_digit()) && heading_number(words).is_some();
            if !(self.open(i, told) && numbered && !is_sentence(words)) {
                return;
            }
            told[i].kind = BlockKind::AttachmentNote;
        }
    }

    /// 附件1 on a line of its own, and the attachment's title below it.
    fn annexes(&self, told: &mut [Told]) {
        for n in 3..self.flow.len() {
            let i = self.flow[n];
            if !self.open(i, told) && told[i].kind != BlockKind::Annex || !is_annex(self.line(i).text) {
                continue;
            }
            told[i].kind = BlockKind::Annex;
            for &i in self.flow[n + 1..].iter().take(2) {
                let line = self.line(i);
                if !self.open(i, told) || heading_number(line.text).is_some() || !is_short(line.text, 40) {
                    break;
                }
                if self.ends_sentence(line.text) {
                    break;
                }
                told[i].kind = BlockKind::Title;
                if !line.centred {
                    break;
                }
            }
        }
    }

    /// Further 称谓, names of tables, and lines that look like headings and have no mark.
    fn body(&self, told: &mut [Told]) {
        for n in 0..self.flow.len() {
            let i = self.flow[n];
            let line = self.line(i);
            if line.settled || told[i].kind != BlockKind::Body || told[i].doubt.is_some() || told[i].left {
                continue;
            }
            if is_salutation(line.text) {
                told[i].kind = BlockKind::Salutation;
            } else if is_caption(line.text) && self.lines.get(i + 1).is_some_and(|l| l.cell) {
                told[i].kind = BlockKind::Caption;
            } else if is_short(line.text, 30)
                && !self.ends_sentence(line.text)
                && !line.text.starts_with(['（', '('])
            {
                let set_apart = line.bold || line.centred || line.size > self.text_size;
                let above_text = self.flow.get(n + 1).is_some_and(|&i| is_sentence(self.line(i).text));
                if set_apart || above_text && heading_number(line.text).is_none() && !line.numbered {
                    told[i].doubt = Some(Doubt::Heading);
                }
            }
        }
    }
}
