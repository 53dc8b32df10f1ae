//! Lines of a text of which a change leaves nothing: they go with their line ends, and of the empty
//! lines before and behind them those of one side.
//!
//! Of a .docx a paragraph goes only where it held nothing but words; see `office::sweep`.

use std::ops::Range;

use super::Change;

/// The changes, those that leave nothing of a line as changes that take the line away.
#[must_use]
pub fn with_line_ends(text: &str, changes: &[Change]) -> Vec<Change> {
    let mut kept: Vec<Change> = Vec::new();
    let mut run = Run::default();
    let mut rest = changes.iter().peekable();
    let mut start = 0;
    // Where the last change ends: one over several lines, as of a scrambled text, leaves words in all.
    let mut reached = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let mut here: Vec<Change> = Vec::new();
        while let Some(change) = rest.next_if(|c| c.range.start < end) {
            here.push(change.clone());
        }
        let apart = reached <= start && here.last().is_none_or(|c| c.range.end <= end);
        reached = here.last().map_or(reached, |c| c.range.end);
        let blank = line.trim().is_empty();
        if apart && !blank && !here.is_empty() && is_emptied(text, start..end, &here) {
            run.gone(start..end);
        } else if apart && blank && here.is_empty() {
            run.blank(start..end);
        } else {
            kept.extend(run.close(text));
            kept.extend(here);
        }
        start = end;
    }
    run.at_end = true;
    kept.extend(run.close(text));
    kept.extend(rest.cloned());
    kept
}

/// Whether changes leave nothing but blanks of a line.
fn is_emptied(text: &str, line: Range<usize>, changes: &[Change]) -> bool {
    let mut from = line.start;
    changes.iter().all(|c| {
        let before = &text[from..c.range.start];
        from = c.range.end;
        before.trim().is_empty() && c.text.trim().is_empty()
    }) && text[from..line.end].trim().is_empty()
}

/// Lines, one below the other, that are empty or become so.
#[derive(Default)]
struct Run {
    /// The empty ones before the first that goes.
    before: Option<Range<usize>>,
    /// From the first that goes to the last one.
    gone: Option<Range<usize>>,
    /// The empty ones behind it.
    behind: Option<Range<usize>>,
    /// Whether nothing follows.
    at_end: bool,
}

impl Run {
    fn gone(&mut self, line: Range<usize>) {
        let start = self.gone.as_ref().map_or(line.start, |gone| gone.start);
        self.gone = Some(start..line.end);
        self.behind = None;
    }

    fn blank(&mut self, line: Range<usize>) {
        let side = if self.gone.is_some() { &mut self.behind } else { &mut self.before };
        let start = side.as_ref().map_or(line.start, |side| side.start);
        *side = Some(start..line.end);
    }

    /// The change that takes the lines away, if some go, with the empty ones of the side that has fewer;
    /// at the head and at the end of a text nothing needs them.
    fn close(&mut self, text: &str) -> Option<Change> {
        let Self { before, gone, behind, at_end } = std::mem::take(self);
        let gone = gone?;
        let lines = |side: &Option<Range<usize>>| {
            side.as_ref().map_or(0, |side| text[side.clone()].matches('\n').count())
        };
        let whole =
            before.as_ref().map_or(gone.start, |b| b.start)..behind.as_ref().map_or(gone.end, |b| b.end);
        let mut range = if whole.start == 0 || at_end {
            whole
        } else if lines(&before) < lines(&behind) {
            whole.start..gone.end
        } else {
            gone.start..whole.end
        };
        // A text whose last line had no end gets none.
        if at_end && !text.ends_with('\n') {
            let above = text[..range.start].strip_suffix('\n').map_or(range.start, str::len);
            range.start = text[..above].strip_suffix('\r').map_or(above, str::len);
        }
        Some(Change { range, text: String::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Change, apply};
    use super::with_line_ends;

    /// The text without these words, as the fixer leaves it.
    fn without(text: &str, words: &[&str]) -> String {
        let mut changes: Vec<Change> = words
            .iter()
            .map(|words| {
                let start = text.find(words).unwrap();
                Change { range: start..start + words.len(), text: String::new() }
            })
            .collect();
        changes.sort_by_key(|c| c.range.start);
        apply(text, &with_line_ends(text, &changes))
    }

    #[test]
    fn a_line_of_which_nothing_is_left_goes_with_its_line_end() {
        assert_eq!(without("标题\n来源：某报\n同志们：\n", &["来源：某报"]), "标题\n同志们：\n");
        assert_eq!(without("标题\r\n　来源：某报 \r\n同志们：", &["来源：某报"]), "标题\r\n同志们：");
        assert_eq!(without("【打印】\n\n标题\n", &["【打印】"]), "标题\n");
    }

    #[test]
    fn no_heap_of_empty_lines_is_left() {
        let page = "前\n\n甲\n\n乙\n\n\n后\n";
        assert_eq!(without(page, &["甲", "乙"]), "前\n\n\n后\n");
        assert_eq!(without(page, &["甲"]), "前\n\n乙\n\n\n后\n");
        assert_eq!(without("前\n\n甲\n后\n", &["甲"]), "前\n\n后\n");
        assert_eq!(without("前\n甲\n\n后\n", &["甲"]), "前\n\n后\n");
    }

    #[test]
    fn at_the_end_the_text_ends_as_it_did() {
        assert_eq!(without("前\n\n甲\n乙\n", &["甲", "乙"]), "前\n");
        assert_eq!(without("前\r\n\r\n甲", &["甲"]), "前");
        assert_eq!(without("甲", &["甲"]), "");
    }

    #[test]
    fn what_is_put_in_behind_the_end_is_put_in() {
        let text = "前\n";
        let change = Change { range: text.len()..text.len(), text: "后\n".to_owned() };
        assert_eq!(apply(text, &with_line_ends(text, &[change])), "前\n后\n");
    }

    #[test]
    fn a_line_that_keeps_words_and_an_empty_line_stay() {
        assert_eq!(without("前\n\n篇1：讲话\n\n后\n", &["篇1："]), "前\n\n讲话\n\n后\n");
        assert_eq!(without("前，，\n\n\n后", &["，"]), "前，\n\n\n后");
    }
}
