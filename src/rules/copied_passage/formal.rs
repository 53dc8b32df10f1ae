//! What every such paper has to say (程式部分): the opening of a report, the guiding thought, the year's targets,
//! notes on terms. Two papers have them alike without one having copied the other, so a passage that lies in
//! them is a hint, if it keeps no place of its source.

use std::ops::Range;

/// Words all of which a sentence has that only says what guides the work, what the year aims at, or that the
/// report begins.
const MARKS: [&[&str]; 5] =
    [&["为指导", "精神"], &["预期目标"], &["发展的主要目标"], &["向大会报告", "审议"], &["最根本的遵循"]];

/// Headings under which terms are explained, to the end of the paper.
const NOTES: [&str; 5] = ["名词解释", "名词注释", "名词说明", "有关名词", "有关用语说明"];

/// Characters of such a heading, at most.
const HEADING: usize = 16;

/// Bytes within which a report opens: title, place, date and address, some 500 characters. Where its words are
/// quoted later on, nothing opens.
const OPENING: usize = 1_500;

/// Hundredths of a passage that must lie in such parts.
const MOSTLY: usize = 60;

/// The bytes of such parts of a text, in order.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        // In the first half such a heading is a line of the contents.
        let is_late = at * 2 >= text.len();
        if is_late && words.chars().count() <= HEADING && NOTES.iter().any(|note| words.contains(note)) {
            parts.push(at..text.len());
            return parts;
        }
        for sentence in line.split_inclusive('。') {
            let range = at..at + sentence.len();
            at = range.end;
            if range.end <= OPENING && sentence.contains("现在，我代表") {
                // Title, place and address stand before it.
                parts.clear();
                parts.push(0..range.end);
            } else if MARKS.iter().any(|marks| marks.iter().all(|mark| sentence.contains(mark))) {
                parts.push(range);
            }
        }
    }
    parts
}

/// Whether these bytes lie in such parts for the most part.
pub(super) fn mostly(parts: &[Range<usize>], bytes: &Range<usize>) -> bool {
    let within = |part: &Range<usize>| part.end.min(bytes.end).saturating_sub(part.start.max(bytes.start));
    parts.iter().map(within).sum::<usize>() * 100 >= bytes.len() * MOSTLY
}

#[cfg(test)]
mod tests {
    use super::{mostly, parts};

    #[test]
    fn opening_guiding_thought_and_notes_are_such_parts_and_the_work_is_not() {
        let text = "青石镇工作报告\n各位代表：\n现在，我代表镇人民政府，向大会报告工作，请予审议。\n去年修了十二座塘坝。\n\
                    以科学的思想为指导，落实会议精神，种好田。主要预期目标是：增收一成。茶园再添三百亩。\n名词解释\n\
                    渠长：管一条渠的人。\n";
        let parts = parts(text);
        let is = |words: &str| {
            let start = text.find(words).unwrap();
            mostly(&parts, &(start..start + words.len()))
        };
        assert!(is("各位代表") && is("落实会议精神") && is("增收一成") && is("管一条渠的人"));
        assert!(!is("去年修了十二座塘坝") && !is("茶园再添三百亩"));
        assert!(!is("增收一成。茶园再添三百亩"));
    }

    #[test]
    fn a_line_of_the_contents_and_a_quoted_opening_make_nothing_formal() {
        let body = "去年修了十二座塘坝，茶园添了三百亩，渠长管水管到了田头。\n".repeat(30);
        let contents = format!("目录\n一、塘坝\n附：名词解释\n{body}名词解释\n渠长：管一条渠的人。\n");
        let of = |text: &str| parts(text).iter().map(std::ops::Range::len).sum::<usize>();
        assert!(of(&contents) < 100, "{}", of(&contents));
        let quoted = format!("{body}老镇长那年说，现在，我代表全镇认个错。\n{body}");
        assert_eq!(of(&quoted), 0);
    }
}
