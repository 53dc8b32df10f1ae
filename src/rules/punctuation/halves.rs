//! Brackets, quotation and title marks without their other half (不成对的标点).
//!
//! Marks are paired on a stack, paragraph by paragraph. What stays open may close in a later one (a
//! quotation of several paragraphs, a hard line break), so an accusation waits until the whole text has
//! been seen. Width does not matter here: `（` and `)` are a pair.

use std::collections::BTreeMap;
use std::ops::Range;

use super::finding;
use crate::base::charset::CharSet;
use crate::base::han::{is_han, is_numeral};
use crate::model::{BlockKind, Finding, Manuscript};
use crate::text;

/// The closing mark of an opening one, both as full-width.
const PAIRS: &[(char, char)] = &[
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('‘', '’'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
    ('［', '］'),
];

/// Paragraphs within which a mark that stayed open may still be closed.
const REACH: usize = 12;

/// Open marks among which the other half is looked for; a text with more is no prose.
const DEEPEST: usize = 64;

/// The marks of [`PAIRS`] in either width.
static HALVES: CharSet = CharSet::of("〝〞＂″()（）《》〈〉“”‘’【】〔〕「」『』［］");

/// A mark without its other half.
struct Half {
    at: usize,
    mark: char,
    block: usize,
    opens: bool,
}

impl Half {
    /// Its bytes; a half-width bracket has one.
    fn range(&self, text: &str) -> Range<usize> {
        self.at..self.at + text[self.at..].chars().next().map_or(1, char::len_utf8)
    }
}

/// Brackets, quotation and title marks without their other half.
pub(super) fn find(manuscript: &Manuscript) -> Vec<Finding> {
    let text = manuscript.text();
    let mut lonely: Vec<Half> = Vec::new();
    let mut unlike: Vec<Finding> = Vec::new();
    for (index, block) in manuscript.blocks().iter().enumerate() {
        if block.kind == BlockKind::Code {
            continue;
        }
        let words = manuscript.block_text(block);
        let mut open: Vec<(usize, char)> = Vec::new();
        for (offset, c) in HALVES.find_iter(words) {
            let at = block.range.start + offset;
            // ＂ is either half; ″ after a digit is a second or an inch.
            let opened = || nearest(&open, |&(_, o)| o == '“').is_some();
            if c == '″' && (!opened() || words[..offset].ends_with(|c: char| c.is_ascii_digit())) {
                continue;
            }
            let mark =
                if matches!(c, '＂' | '″') { if opened() { '”' } else { '“' } } else { wide(c) };
            if PAIRS.iter().any(|&(o, _)| o == mark) {
                if manuscript.mask(at).is_none() && !is_face(words, offset) {
                    open.push((at, mark));
                }
            } else if let Some(&(opening, _)) = PAIRS.iter().find(|&&(_, close)| close == mark) {
                let place = nearest(&open, |&(_, o)| o == opening);
                if manuscript.mask(at).is_some() || place.is_none() && is_apostrophe(words, offset, c) {
                    continue;
                }
                match place {
                    Some(depth) => {
                        unlike.extend(unlike_pair(text, open[depth].0, at));
                        for (at, mark) in open.drain(depth..).skip(1) {
                            lonely.push(Half { at, mark, block: index, opens: true });
                        }
                    }
                    None if is_number_mark(words, offset, mark) => {}
                    None => lonely.push(Half { at, mark, block: index, opens: false }),
                }
            }
        }
        lonely.extend(open.into_iter().map(|(at, mark)| Half { at, mark, block: index, opens: true }));
    }
    lonely.sort_by_key(|h| h.at);
    unlike.extend(reconcile(text, manuscript, &lonely));
    unlike
}

/// A pair of which one half has the shape of another kind: “十五〞, “厕所革命＂.
fn unlike_pair(text: &str, opening: usize, closing: usize) -> Option<Finding> {
    let mark = |at: usize| text[at..].chars().next();
    let (open, close) = (mark(opening)?, mark(closing)?);
    let (at, wrong, right) = match (open, close) {
        ('“', '〞' | '＂' | '″') => (closing, close, '”'),
        ('〝' | '＂' | '″', '”') => (opening, open, '“'),
        _ => return None,
    };
    let message = text!(
        "引号的前后两半不是一对：“{wrong}”应为“{right}”",
        "the quotation marks are no pair: {wrong} should be {right}"
    );
    let range = at..at + wrong.len_utf8();
    let fix = fits(text, &range, right).then(|| right.to_string());
    Some(finding(range, message, fix))
}

/// Whether a quotation mark may stand here: no opening one stands before a pause or a closing mark, no
/// closing one behind a comma or an opening mark or at the head of a line. Where it would, another
/// of the marks is the wrong one (“赶”、转”、改”).
fn fits(text: &str, range: &Range<usize>, mark: char) -> bool {
    let next = text[range.end..].trim_start_matches([' ', '　']).chars().next().unwrap_or('\n');
    let before = text[..range.start].trim_end_matches([' ', '　']).chars().next_back().unwrap_or('\n');
    if matches!(mark, '“' | '‘') {
        !"、，；：。！？,;:!?）)》〉”’】〕\r\n".contains(next)
    } else {
        !"、，；：,;:（(《〈“‘【〔\r\n".contains(before)
    }
}

/// The last of `open` that fits, among the nearest ones.
fn nearest<T>(open: &[T], fits: impl Fn(&T) -> bool) -> Option<usize> {
    (open.len().saturating_sub(DEEPEST)..open.len()).rev().find(|&i| fits(&open[i]))
}

fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        '〝' => '“',
        '〞' => '”',
        other => other,
    }
}

/// What no later paragraph closes either.
fn reconcile(text: &str, manuscript: &Manuscript, lonely: &[Half]) -> Vec<Finding> {
    /// So many halves of one kind are told once.
    const MANY: usize = 4;
    let mut settled = across_paragraphs(text, manuscript, lonely);
    let mut found = Vec::new();
    let mut left: BTreeMap<(char, bool), usize> = BTreeMap::new();
    for (half, _) in lonely.iter().zip(&settled).filter(|(_, settled)| !**settled) {
        *left.entry((half.mark, half.opens)).or_default() += 1;
    }
    let mut told: Vec<char> = Vec::new();
    for (index, half) in lonely.iter().enumerate() {
        if settled[index] || opens_anew(text, manuscript, half) || closes_note(manuscript, half) {
            continue;
        }
        let second = lonely.get(index + 1).filter(|n| !settled[index + 1] && is_second(half, n));
        if let Some(second) = second {
            found.push(same_twice(text, half, second));
            settled[index + 1] = true;
            left.entry((second.mark, second.opens)).and_modify(|count| *count -= 1);
        } else {
            let mark = half.mark;
            let all = left.get(&(mark, half.opens)).copied().unwrap_or_default();
            if all >= MANY && told.contains(&mark) {
                continue;
            }
            told.push(mark);
            let message = if all >= MANY {
                text!(
                    "“{mark}”只有一半，全文{all}处，这是第一处",
                    "“{mark}” without its other half: {all} places, this is the first"
                )
            } else if half.opens {
                text!("“{mark}”没有收尾的另一半", "“{mark}” is never closed")
            } else {
                text!("“{mark}”没有开头的另一半", "“{mark}” was never opened")
            };
            found.push(finding(half.range(text), message, None));
        }
    }
    found
}

/// Which halves make pairs with those of other paragraphs.
fn across_paragraphs(text: &str, manuscript: &Manuscript, lonely: &[Half]) -> Vec<bool> {
    let mut settled = vec![false; lonely.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, half) in lonely.iter().enumerate() {
        while open.first().is_some_and(|&o| half.block - lonely[o].block > REACH) || open.len() > DEEPEST {
            open.remove(0);
        }
        if half.opens {
            open.push(index);
            continue;
        }
        let closed =
            |&o: &usize| lonely[o].block < half.block && PAIRS.contains(&(lonely[o].mark, half.mark));
        let Some(place) = open.iter().rposition(closed) else { continue };
        settled[open[place]] = true;
        settled[index] = true;
        // 多段引文: each paragraph opens the quotation anew, the last one closes it.
        for &o in &open[..place] {
            settled[o] |=
                lonely[o].mark == lonely[open[place]].mark && opens_paragraph(text, manuscript, &lonely[o]);
        }
        open.truncate(place);
    }
    settled
}

/// Whether the next paragraph opens the same quotation anew.
fn opens_anew(text: &str, manuscript: &Manuscript, half: &Half) -> bool {
    let next = manuscript.blocks().get(half.block + 1);
    half.opens
        && opens_paragraph(text, manuscript, half)
        && next.is_some_and(|b| manuscript.block_text(b).trim_start().starts_with(half.mark))
}

/// “三个到位“: two of the same mark, near each other, make a pair with one of them wrong.
fn is_second(first: &Half, second: &Half) -> bool {
    /// Bytes between them.
    const NEAR: usize = 120;
    second.block == first.block
        && second.mark == first.mark
        && matches!(first.mark, '“' | '”' | '‘')
        && second.at - first.at < NEAR
}

/// Whether the bracket closes the note beneath a law's title, which several lines make and which opens
/// where the title ends: 2010年7月30日……第十八次会议修正）.
fn closes_note(manuscript: &Manuscript, half: &Half) -> bool {
    /// Lines of title and note.
    const TOP: usize = 12;
    /// Bytes of a line of it.
    const LONG: usize = 3000;
    let words = manuscript.blocks().get(half.block).map_or("", |b| manuscript.block_text(b).trim_end());
    half.mark == '）'
        && half.block < TOP
        && words.len() < LONG
        && words.ends_with(['）', ')'])
        && words.contains("会议")
        && ["通过", "修正", "修订", "批准", "次会议上"].iter().any(|w| words.contains(w))
}

fn same_twice(text: &str, first: &Half, second: &Half) -> Finding {
    let mark = first.mark;
    let (wrong, right) = match mark {
        '“' => (second, '”'),
        '‘' => (second, '’'),
        _ => (first, '“'),
    };
    let message = text!("引号的前后两半都用了“{mark}”", "both halves of the quotation marks are “{mark}”");
    let range = wrong.range(text);
    let fix = fits(text, &range, right).then(|| right.to_string());
    finding(range, message, fix)
}

fn opens_paragraph(text: &str, manuscript: &Manuscript, half: &Half) -> bool {
    manuscript.blocks().get(half.block).is_some_and(|b| text[b.range.start..half.at].trim().is_empty())
}

/// `1）`, `a)`, `①)` and `一）` where an item begins.
fn is_number_mark(words: &str, offset: usize, mark: char) -> bool {
    if mark != '）' {
        return false;
    }
    let before = words[..offset].trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || is_numeral(c) || ('①'..='⑳').contains(&c) || c == '.'
    });
    let len = words[..offset].len() - before.len();
    len > 0 && len <= 9 && before.chars().next_back().is_none_or(|c| !is_han(c))
}

/// The ’ of Tom’s, and of ’90.
fn is_apostrophe(words: &str, offset: usize, c: char) -> bool {
    let before = words[..offset].chars().next_back();
    c == '’' && before.is_some_and(|b| b.is_ascii_alphanumeric())
}

/// `:(` and the like are no brackets.
fn is_face(words: &str, offset: usize) -> bool {
    words[offset..].starts_with('(')
        && words[..offset].ends_with([':', ';'])
        && words[offset + 1..].is_empty()
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::read::read;

    /// The text with what is sure mended.
    fn mended(text: &str) -> String {
        let manuscript = read("稿.txt", text.as_bytes()).unwrap();
        let changes = find(&manuscript).into_iter().filter_map(|f| Some((f.range, f.fix?.text)));
        let mut out = text.to_owned();
        for (range, mark) in changes.collect::<Vec<_>>().into_iter().rev() {
            out.replace_range(range, &mark);
        }
        out
    }

    /// 山茶”、油茶” lost the marks that open, so none of those that are left is to be turned.
    #[test]
    fn a_quotation_mark_is_not_turned_where_its_other_half_cannot_stand() {
        for text in [
            "既要管好“茶园”、山林”、水塘”的防火，又要管好河道。",
            "他说，“要抓早，“要抓小，谁也不能松劲。",
            "要“早谋划（“早动手），争取主动。",
        ] {
            assert_eq!(mended(text), text);
        }
        assert_eq!(mended("做到“三个到位“，确保完成。"), "做到“三个到位”，确保完成。");
        assert_eq!(mended("落实”三个到位”的要求。"), "落实“三个到位”的要求。");
    }
}
