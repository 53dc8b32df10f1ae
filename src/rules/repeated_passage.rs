//! `repeated-passage` (重复): a passage that the draft says twice.
//!
//! Only letters and digits are compared, with their width folded, so that a comma more or less
//! hides nothing. Every stretch of [`CORE`] letters goes into one table; where a stretch was seen
//! before, it is followed to its end in both places, and pieces that a few letters part are joined.
//! Each letter is looked at a few times, however often the text repeats itself.
//!
//! Official prose repeats itself on purpose: names of documents and bodies, formulas of loyalty,
//! headings that an outline promised, parallel openings (`深刻认识……是`). So a finding needs whole
//! clauses in both places, and [`CORE`] letters of its own besides formulas and titles.

use std::ops::Range;

use super::reading::outline::Outline;
use super::reading::quote;
use super::{About, Authority, Case, Reads, Rule, example, excerpt};
use crate::base::counts::Counts;
use crate::base::lexicon::repeated_passage as lexicon;
use crate::base::{Text, clause, fold::fold_char, han};
use crate::model::{Block, BlockKind, Finding, Manuscript, Severity};
use crate::text;

/// The rule.
pub struct RepeatedPassage;

static ABOUT: About = About {
    id: "repeated-passage",
    title: Text::fixed("同一段话说了两遍", "a passage said twice"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Prose,
    why: Text::fixed(
        "几份旧稿拼成的稿子，同一句话、同一段话常在两处出现。本规则只比汉字、字母和数字，连续20个以上相同、\
         且成句的，标出后一处，并指明前一处。整段重复80字以上，或者500字以上相同，报错误；整句重复、别处又没有人\
         这样写过的，报警告；其余（目标、口号、要求常要再说一遍）只作提示。文件名、机构名、固定提法、\
         提纲与正文的标题、排比句相同的开头，是有意重复，不报。",
        "In drafts put together from old ones the same sentence or paragraph often stands in two places. Only letters \
         and digits are compared; whole clauses of 20 or more that come again are marked at the later place, with a \
         note of the earlier. A paragraph of 80 or more that comes again, or 500 letters of any kind, is an error; a \
         whole sentence in words that nobody else uses is a warning; the rest (goals, slogans and demands are said \
         again on purpose) is an info. Titles, names of bodies, set formulas, headings promised by an \
         outline and the equal openings of parallel sentences are left alone.",
    ),
    examples: &[
        example(
            "青石镇要把河道清淤作为今年冬修水利的头等大事来抓，确保汛前完工。\n各村要备足物料。\n青石镇要把河道清淤作为今年冬修水利的头等大事来抓，确保汛前完工。",
            &["青石镇要把河道清淤作为今年冬修水利的头等大事来抓，确保汛前完工"],
        ),
        example(
            "会议要求，各村支部书记要带头走完每一条村道、看完每一块撂荒地。散会后，各村支部书记要带头走完每一条村道，看完每一块撂荒地。",
            &["各村支部书记要带头走完每一条村道，看完每一块撂荒地"],
        ),
        example(
            "在云岭县冬修水利暨河道清淤现场推进会上的讲话提纲\n同志们：\n今天开会。\n在云岭县冬修水利暨河道清淤现场推进会上的讲话提纲",
            &["在云岭县冬修水利暨河道清淤现场推进会上的讲话提纲"],
        ),
        example(
            "全县新建高标准农田３万亩，改造提升老旧灌区12处，受益农户1万户。下一步再干一年。全县新建高标准农田3万亩，改造提升老旧灌区12处，受益农户1万户。",
            &["全县新建高标准农田3万亩，改造提升老旧灌区12处，受益农户1万户"],
        ),
        example(
            "坚决拿下云岭河全域水质达标这场硬仗，再向美丽河湖示范县发起冲刺。\n另外说一件事。\n大家要有决心，坚决拿下云岭河全域水质达标这场硬仗，再向美丽河湖示范县发起冲刺。",
            &["坚决拿下云岭河全域水质达标这场硬仗，再向美丽河湖示范县发起冲刺"],
        ),
        example(
            "学习《云岭县关于加强冬修水利和河道清淤工作的实施意见》。落实《云岭县关于加强冬修水利和河道清淤工作的实施意见》。",
            &[],
        ),
        example(
            "深刻认识做好全县冬修水利和河道清淤工作是惠民之举；深刻认识做好全县冬修水利和河道清淤工作是发展之需。",
            &[],
        ),
        example(
            "一、以冬修水利为抓手，全面提升全县防汛抗旱能力水平\n正文\n一、以冬修水利为抓手，全面提升全县防汛抗旱能力水平",
            &[],
        ),
        example("要早谋划、早部署、早落实。会后要早谋划、早部署、早落实。", &[]),
        example(
            "坚持以习近平新时代中国特色社会主义思想为指导，抓好春耕。坚持以习近平新时代中国特色社会主义思想为指导，抓好防汛。",
            &[],
        ),
        example(
            "云岭县青石镇人民政府冬修水利工作领导小组办公室负责统筹。请报云岭县青石镇人民政府冬修水利工作领导小组办公室。",
            &[],
        ),
    ],
};

/// Letters that a passage has at least: as the labelled drafts count, 20 letters or digits.
const CORE: usize = 20;

/// Letters that a passage of a law has at least, and a whole paragraph that nobody says twice.
const LONG: usize = 80;

/// Letters from which a repeated passage is an error, whatever it says.
const SURE: usize = 500;

/// Letters between two places of a sentence that are the work of one hand: what was said some pages
/// before is said again as a matter of course.
const NEAR: usize = 1500;

/// Letters that nobody else has written, of a sentence that is a slip where it comes again.
const FRESH: usize = 10;

/// Letters from which a passage may begin within a clause.
const SPLIT: usize = 30;

/// Letters of its first clause that it must then hold.
const HEAD: usize = 10;

/// Letters that may differ between two pieces of one passage.
const GAP: usize = 6;

/// Whether `c` ends a clause; the point of 4.5 and the comma of 1,000 do not.
fn is_stop(c: char, next: Option<char>) -> bool {
    match c {
        '.' | ',' => !next.is_some_and(|n| n.is_ascii_digit()),
        '\n' => true,
        _ => !c.is_whitespace() && !"“”‘’《》（）()、%·-—~".contains(c),
    }
}

/// Whether `c` is compared. Chinese marks are the most frequent of those that are not.
fn is_letter(c: char) -> bool {
    let mark = matches!(c, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}')
        || matches!(c, '！'..='／' | '：'..='＠');
    han::is_han(c) || !mark && c.is_alphanumeric()
}

/// The letters of a text with the way back.
struct Letters {
    /// Folded letters and digits.
    letters: Vec<char>,
    /// The byte of each in the manuscript's text.
    at: Vec<usize>,
    /// What begins at each.
    opens: Vec<Opens>,
}

/// What begins at a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Opens {
    Nothing,
    Clause,
    /// A sentence, a paragraph, or what a number heads.
    Sentence,
}

impl Letters {
    fn of(manuscript: &Manuscript, outline: &Outline) -> Self {
        let text = manuscript.text();
        let mut ordinals = outline.marks.iter().peekable();
        let room = text.len() / 3;
        let mut this = Self {
            letters: Vec::with_capacity(room),
            at: Vec::with_capacity(room),
            opens: Vec::with_capacity(room),
        };
        let mut blocks = manuscript.blocks().iter().peekable();
        let mut opens = Opens::Sentence;
        let masked = !manuscript.masks().is_empty();
        // 附件：1.… names what the attachment's own page is headed with. Asked once a block.
        let mut note = (usize::MAX, false);
        let mut names_attachment = |b: &Block| {
            if note.0 != b.range.start {
                note = (b.range.start, manuscript.block_text(b).trim_start().starts_with("附件"));
            }
            note.1
        };
        for (byte, c) in text.char_indices() {
            // What a number heads is a clause by itself: 三是|抓好…, 五是|抓好….
            while ordinals.next_if(|m| m.range.end <= byte).is_some() {
                opens = Opens::Sentence;
            }
            let Some(c) = fold_char(c) else { continue };
            if !is_letter(c) {
                let ends = matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
                if ends || is_stop(c, text[byte..].chars().nth(1).and_then(fold_char)) {
                    opens = opens.max(if ends { Opens::Sentence } else { Opens::Clause });
                }
                continue;
            }
            while blocks.next_if(|b| b.range.end <= byte).is_some() {
                opens = Opens::Sentence;
            }
            let prose = blocks.peek().is_some_and(|b| {
                !b.kind.is_form()
                    && !names_attachment(b)
                    && !matches!(
                        b.kind,
                        BlockKind::Cell | BlockKind::Code | BlockKind::Signature | BlockKind::DateOfIssue
                    )
            });
            if !prose || masked && manuscript.mask(byte).is_some() {
                opens = Opens::Sentence;
                continue;
            }
            this.letters.push(c);
            this.at.push(byte);
            this.opens.push(opens);
            opens = Opens::Nothing;
        }
        this
    }

    /// How many letters of a stretch are the writer's own, not of a formula or of a title in 《》.
    fn own(&self, text: &str, stretch: Range<usize>) -> usize {
        let formulas: Vec<Vec<char>> = lexicon::FORMULAS.iter().map(|f| f.chars().collect()).collect();
        // A formula may begin before the stretch.
        let longest = formulas.iter().map(Vec::len).max().unwrap_or(0);
        let mut own = vec![true; stretch.len()];
        for i in stretch.start.saturating_sub(longest)..stretch.end {
            let rest = &self.letters[i..];
            if let Some(formula) = formulas.iter().find(|f| rest.starts_with(f)) {
                let end = (i + formula.len()).min(stretch.end);
                let start = i.max(stretch.start);
                own[start - stretch.start..end.max(start) - stretch.start].fill(false);
            }
        }
        let Some((&first, &last)) = self.at.get(stretch.start).zip(self.at.get(stretch.end - 1)) else {
            return 0;
        };
        // Marks pair up within a line.
        let Range { start: from, end: to } = clause::line(text, first..last);
        for title in quote::quoted(&text[from..to]).into_iter().filter(|q| q.mark == '《') {
            let title = from + title.range.start..from + title.range.end;
            for (own, at) in own.iter_mut().zip(&self.at[stretch.clone()]) {
                *own &= !title.contains(at);
            }
        }
        own.into_iter().filter(|&o| o).count()
    }

    /// How many letters of a stretch stand in no five that several published documents share.
    fn fresh(&self, stretch: Range<usize>) -> usize {
        const GRAM: usize = 5;
        let counts = Counts::shipped();
        let words = &self.letters[stretch];
        let mut fresh = vec![true; words.len()];
        for (at, gram) in words.windows(GRAM).enumerate() {
            if counts.level(gram) > 0 {
                fresh[at..at + GRAM].fill(false);
            }
        }
        fresh.into_iter().filter(|&f| f).count()
    }

    /// Whether a clause begins at letter `i`; the end of the text counts.
    fn is_edge(&self, i: usize) -> bool {
        self.opens.get(i).is_none_or(|&o| o > Opens::Nothing)
    }
}

/// A passage: where it stands the second time, and the first. Both in letters; the lengths may
/// differ where a few letters do.
#[derive(Debug, Clone)]
struct Twice {
    later: Range<usize>,
    earlier: Range<usize>,
    /// The longest stretch that is the same letter for letter.
    core: usize,
}

impl Rule for RepeatedPassage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        // Laws say the same thing in the same words, article by article.
        let least = if is_law(case.manuscript) { LONG } else { CORE };
        let letters = Letters::of(case.manuscript, case.outline());
        let found = join(matches(&letters.letters, least));
        found
            .iter()
            .filter(|t| t.core >= least)
            .filter_map(|t| finding(case.manuscript, &letters, t))
            .collect()
    }
}

/// Whether the document is made of articles (第三条).
fn is_law(manuscript: &Manuscript) -> bool {
    /// Articles of a short law.
    const ARTICLES: usize = 8;
    let article = |block: &&Block| {
        let words = manuscript.block_text(block).trim_start();
        words.starts_with('第') && words.chars().take(8).any(|c| c == '条')
    };
    manuscript.blocks().iter().filter(article).take(ARTICLES).count() == ARTICLES
}

/// All stretches of `least` letters or more that stood before, in order; they do not overlap.
fn matches(letters: &[char], least: usize) -> Vec<Twice> {
    const BASE: u64 = 0x0100_0000_01B3;
    if letters.len() < 2 * CORE {
        return Vec::new();
    }
    let top = (1..CORE).fold(1u64, |p, _| p.wrapping_mul(BASE));
    // Among so many starts one is in the table for every stretch of `least` letters.
    let step = least - CORE + 1;
    // Open addressing: first positions plus one, 0 where there is none, under 32 bits of the hash.
    let size = (letters.len() * 2 / step).next_power_of_two();
    let mut table = vec![0u64; size];
    let mut hash =
        letters[..CORE - 1].iter().fold(0u64, |h, &c| h.wrapping_mul(BASE).wrapping_add(u64::from(c as u32)));
    let mut found = Vec::new();
    // Up to here the later places are settled.
    let mut settled = 0;
    for at in 0..=letters.len() - CORE {
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(letters[at + CORE - 1] as u32));
        let window = &letters[at..at + CORE];
        // Chinese letters differ in their low bits; the high ones of a product mix best.
        let mixed = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let tag = mixed & !0xFFFF_FFFF;
        let mut slot = (mixed >> 20) as usize & (size - 1);
        let earlier = loop {
            let entry = table[slot];
            let place = (entry & 0xFFFF_FFFF) as usize;
            if entry == 0 {
                if at % step == 0 {
                    table[slot] = tag | u64::from(u32::try_from(at + 1).unwrap_or(0));
                }
                break None;
            }
            if entry & !0xFFFF_FFFF == tag && letters[place - 1..].starts_with(window) {
                break Some(place - 1);
            }
            slot = (slot + 1) & (size - 1);
        };
        hash = hash.wrapping_sub(u64::from(letters[at] as u32).wrapping_mul(top));
        let Some(earlier) = earlier.filter(|&e| at >= settled && e + CORE <= at) else { continue };
        // Forwards to the end; backwards where the start was not in the table, over what is not settled.
        let same =
            letters[at + CORE..].iter().zip(&letters[earlier + CORE..at]).take_while(|(a, b)| a == b).count();
        let before = letters[settled..at].iter().rev().zip(letters[..earlier].iter().rev());
        let before = before.take(step - 1).take_while(|(a, b)| a == b).count();
        let length = before + CORE + same;
        let (at, earlier) = (at - before, earlier - before);
        found.push(Twice { later: at..at + length, earlier: earlier..earlier + length, core: length });
        settled = at + length;
    }
    found
}

/// Joins pieces that a few letters part in both places.
fn join(found: Vec<Twice>) -> Vec<Twice> {
    let mut joined: Vec<Twice> = Vec::new();
    for next in found {
        if let Some(last) = joined.last_mut()
            && next.later.start - last.later.end <= GAP
            && next.earlier.start >= last.earlier.end
            && next.earlier.start - last.earlier.end <= GAP
        {
            last.later.end = next.later.end;
            last.earlier.end = next.earlier.end;
            last.core = last.core.max(next.core);
        } else {
            joined.push(next);
        }
    }
    joined
}

/// The finding, if the passage is one that nobody says twice on purpose.
fn finding(manuscript: &Manuscript, letters: &Letters, twice: &Twice) -> Option<Finding> {
    let text = manuscript.text();
    // From the first clause that begins in both places to the last that ends in both.
    let shift = |i: usize| twice.earlier.start + (i - twice.later.start);
    let edge = |i: usize| letters.is_edge(i) && letters.is_edge(shift(i));
    let exact = twice.later.len() == twice.earlier.len();
    let (start, end) = if exact {
        let start = twice.later.clone().find(|&i| edge(i))?;
        let end = (start + 1..=twice.later.end).rev().find(|&i| edge(i))?;
        // …的决心坚决拿下……，继而……: the first clause is the same but for its head.
        let whole =
            end == twice.later.end && end - twice.later.start >= SPLIT && start - twice.later.start >= HEAD;
        (if whole { twice.later.start } else { start }, end)
    } else {
        (twice.later.start, twice.later.end)
    };
    if end - start < CORE || letters.own(text, start..end) < CORE {
        return None;
    }
    let byte = |i: usize| letters.at.get(i).copied();
    let last = byte(end - 1)?;
    let range = byte(start)?..last + text[last..].chars().next()?.len_utf8();
    let before = byte(shift(start))?;
    // A heading that the outline promised.
    let heading = |at: usize| manuscript.block(at).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    if heading(range.start) && heading(before) {
        return None;
    }
    let length = end - start;
    let shown = excerpt(&text[range.clone()], EXCERPT).replace(['\n', '\r'], "");
    let message = text!(
        "“{shown}”前文已经说过（{length}字相同）",
        "“{shown}” was said before ({length} letters the same)"
    );
    Some(
        ABOUT
            .finding(range, message)
            .severity(severity(manuscript, letters, twice, start..end))
            .help(Text::fixed("删去一处，或改换说法", "delete one of the two, or say it in other words"))
            .note(
                manuscript.place(before).cloned(),
                Text::fixed("前一处在这里", "the earlier place is here"),
            ),
    )
}

/// How sure it is that a passage is said twice by a slip. Goals, slogans and what is asked of all are
/// said again on purpose, as a part of a sentence or in words that others use too.
fn severity(manuscript: &Manuscript, letters: &Letters, twice: &Twice, passage: Range<usize>) -> Severity {
    let text = manuscript.text();
    let earlier = passage.start + twice.earlier.start - twice.later.start..twice.earlier.end;
    let places = [&passage, &earlier];
    // What stands right behind the last letter, marks that close aside.
    let behind = |p: &Range<usize>| {
        let last = letters.at.get(p.end.saturating_sub(1)).copied().unwrap_or(text.len());
        text[last..].chars().skip(1).find(|c| !" 　”’）)》".contains(*c)).unwrap_or('\n')
    };
    let sentence = places.iter().all(|p| matches!(behind(p), '。' | '！' | '？' | '\n'))
        && places.iter().any(|p| letters.opens.get(p.start) == Some(&Opens::Sentence));
    let exact = twice.later.len() == twice.earlier.len();
    let opens_line = |p: &Range<usize>| {
        let first = letters.at.get(p.start).copied().unwrap_or(0);
        text[..first].trim_end_matches([' ', '　', '“']).ends_with('\n')
    };
    let paragraph = sentence && exact && places.iter().all(|p| opens_line(p)) && !is_law(manuscript);
    let words = letters.at.get(passage.start).zip(letters.at.get(passage.end - 1));
    let words = words.and_then(|(&from, &to)| text.get(from..to)).unwrap_or_default();
    let cited = letters.at.get(passage.start).is_some_and(|&at| text[..at].ends_with("原文："));
    let meant = || cited || lexicon::MEANT.iter().any(|w| words.contains(w)) || is_law(manuscript);
    let near = passage.start.saturating_sub(earlier.end) < NEAR || passage.len() >= LONG;
    if twice.core >= SURE || twice.core >= LONG && paragraph {
        Severity::Error
    } else if sentence && near && !meant() && letters.fresh(passage.clone()) >= FRESH {
        Severity::Warning
    } else {
        Severity::Info
    }
}

/// Letters of a passage that a message quotes.
const EXCERPT: usize = 24;

#[cfg(test)]
mod tests {
    use super::{RepeatedPassage, Rule};
    use crate::model::{Manuscript, Settings};
    use crate::read;
    use crate::rules::Case;

    fn flagged(text: &str) -> usize {
        let manuscript: Manuscript = read("a.txt", text.as_bytes()).unwrap_or_default();
        RepeatedPassage.check(&Case::new(&manuscript, &Settings::default())).len()
    }

    #[test]
    fn an_empty_and_a_short_text_repeat_nothing() {
        assert_eq!(flagged(""), 0);
        assert_eq!(flagged("抓好春耕。抓好春耕。"), 0);
    }

    // A table that is searched from each letter anew would take hours.
    #[test]
    fn a_text_of_one_letter_takes_linear_time() {
        flagged(&"抓".repeat(200_000));
        flagged(&"抓好春耕。".repeat(100_000));
    }
}
