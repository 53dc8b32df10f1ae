//! What every such paper has to say (程式部分): the opening of a report, the guiding thought, the year's targets,
//! notes on terms. Two papers have them alike without one having copied the other, so a passage that lies in
//! them is a hint, if it keeps no place of its source.

use std::ops::Range;

/// Words all of which a sentence has that only says what guides the work, what the year aims at, or that the
/// report begins.
const MARKS: [&[&str]; 5] =
    [&["为指导", "精神"], &["预期目标"], &["发展的主要目标"], &["向大会报告", "审议"], &["最根本的遵循"]];

/// What a heading is made of under which terms are explained, to the end of the paper: one of each.
const NOTES: [&[&str]; 2] =
    [&["名词", "用语", "术语", "词语", "词条"], &["解释", "注释", "注解", "说明", "释义", "有关", "附注"]];

/// Lines in a row, at least, that explain a term each, where no heading says so; of so many one at least says
/// of what sort they are.
const EXPLAINED: usize = 4;
const SURE: usize = 4;

/// Characters of a term that is explained, at most.
const TERM: usize = 26;

/// Characters of such a heading, at most.
const HEADING: usize = 16;

/// Bytes within which a report opens: title, place, date and address, some 500 characters. Where its words are
/// quoted later on, nothing opens.
const OPENING: usize = 1_500;

/// Lines above the first sentence and characters of each, at most.
const LINES: usize = 9;
const TITLE: usize = 45;

/// Hundredths of a passage that must lie in such parts.
const MOSTLY: usize = 60;

/// The bytes of such parts of a text, in order.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = sentences(text);
    let whole: Vec<Range<usize>> = head(text).into_iter().chain(explained(text)).collect();
    parts.retain(|part| !whole.iter().any(|other| other.start <= part.start && part.end <= other.end));
    parts.extend(whole);
    parts.sort_by_key(|part| part.start);
    parts
}

/// What stands above the first sentence: title, date, who speaks, whom to.
fn head(text: &str) -> Option<Range<usize>> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim()))
    });
    let is_body = |line: &str| line.contains(['。', '；', '！', '？']) || line.chars().count() > TITLE;
    let (start, _) =
        lines.filter(|(_, line)| !line.is_empty()).take(LINES).find(|(_, line)| is_body(line))?;
    (start > 0).then_some(0..start)
}

/// Whether a line is the heading of notes on terms.
fn is_notes(words: &str) -> bool {
    let is_short = words.chars().count() <= HEADING;
    is_short && NOTES.iter().all(|some| some.iter().any(|word| words.contains(word)))
}

/// Runs of lines each of which explains a term: “〔3〕三张清单：指……”. A list of tasks has the same form, but
/// its lines name no slogans in marks and say nowhere what a word stands for.
fn explained(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<(Range<usize>, usize, usize)> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            continue;
        }
        let told = explains(line.trim());
        match (told, runs.last_mut()) {
            (Some(is_sure), Some((run, lines, sure))) if is_open => {
                run.end = range.end;
                *lines += 1;
                *sure += usize::from(is_sure);
            }
            (Some(is_sure), _) => runs.push((range, 1, usize::from(is_sure))),
            (None, _) => {}
        }
        is_open = told.is_some();
    }
    let enough =
        |&(_, lines, sure): &(Range<usize>, usize, usize)| lines >= EXPLAINED && sure * SURE >= lines;
    runs.into_iter().filter(enough).map(|(run, ..)| run).collect()
}

/// Whether a line explains a term; if so, whether it could be nothing else.
fn explains(line: &str) -> Option<bool> {
    let (head, said) = line.split_once(['：', ':'])?;
    let term =
        head.trim_start_matches(|c: char| c.is_ascii_digit() || "〔［[（(〕］]）).．、 　注".contains(c));
    let is_term = !term.is_empty() && term.chars().count() <= TERM && !term.contains(['，', '。', '；']);
    let is_slogan = term.contains('“') || term.chars().any(|c| c.is_ascii_uppercase());
    let says =
        ["指", "即", "是指", "又称", "也称", "简称"].iter().any(|word| said.trim_start().starts_with(word));
    is_term.then_some(is_slogan || says || said.contains("的简称") || said.contains("具体是指"))
}

/// The bytes of sentences and headings that make such parts.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        // In the first half such a heading is a line of the contents.
        let is_late = at * 2 >= text.len();
        if is_late && is_notes(words) {
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
    fn lines_that_explain_terms_need_no_heading_and_a_list_of_tasks_is_none() {
        let notes = "〔3〕“三本账”：指水账、地账、工账。\n〔4〕渠长：管一条渠的人。\n\n〔5〕“两清单”：问题清单、责任清单。\n\
                     〔6〕轮灌：即按时刻放水。\n";
        let tasks = "教育：新建学校两所。\n卫生：改建村卫生室十个。\n水利：清淤三十里。\n交通：修路五条。\n";
        let body = "去年修了十二座塘坝，茶园添了三百亩。\n";
        let text = format!("{body}{tasks}{body}{notes}");
        let start = text.find(notes).unwrap();
        assert_eq!(parts(&text).first(), Some(&(start..text.len())));
        assert!(parts(&format!("{body}“三本账”：指水账。\n{body}")).is_empty());
    }

    #[test]
    fn title_date_and_speaker_are_such_a_part_and_what_they_stand_over_is_not() {
        let (head, body) =
            ("在全镇春灌动员会上的讲话\n（3月2日）\n\n镇长　石川\n同志们：\n", "今天开个短会。\n一、水\n");
        assert_eq!(parts(&format!("{head}{body}")).first(), Some(&(0..head.len())));
        assert!(parts(body).is_empty() && parts("塘坝\n毛渠\n").is_empty());
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
