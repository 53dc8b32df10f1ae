//! A three-way merge of texts (三方合并): what one side changed and what the other changed, both kept.
//!
//! The text as it was drafted is the base; hers is what the writer made of it, ours what the same
//! facts and skeleton give today. They are aligned by clauses, since a clause is what a writer
//! changes as a whole; where both changed one clause, its characters are aligned, figures and Latin
//! words as one. Two changes that touch each other even so are a conflict, and hers stays.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A change of hers that brings it up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Bytes of hers; empty for an insertion.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// What both changed, each in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Bytes of hers, which stay as they are.
    pub range: Range<usize>,
    /// What ours says.
    pub ours: String,
}

/// What comes of a merge, in order of hers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// What is to be changed.
    pub updates: Vec<Update>,
    /// What she must decide.
    pub conflicts: Vec<Conflict>,
}

/// How alike two clauses must be for their characters to be aligned: below it they are different
/// clauses, and a mixture of both would be neither.
const ALIKE: f32 = 0.5;

/// Merges what changed from `base` to `ours` into `hers`.
#[must_use]
pub fn merge(base: &str, hers: &str, ours: &str) -> Merged {
    let ours = &*with_line_ends_of(hers, ours);
    let mut merged = Merged::default();
    let (b, h, o) = (clauses(base), clauses(hers), clauses(ours));
    for chunk in chunks(&b, &h, &o) {
        let range = h.bytes(&chunk.hers);
        let (was, her, our) =
            (&base[b.bytes(&chunk.base)], &hers[range.clone()], &ours[o.bytes(&chunk.ours)]);
        match chunk.changed(&b, &h, &o) {
            Changed::Hers => {}
            Changed::Ours => merged.updates.push(Update { range, text: our.to_owned() }),
            Changed::Both => match finer(was, her, our) {
                Some(text) if text == her => {}
                Some(text) => merged.updates.push(Update { range, text }),
                None => {
                    merged.conflicts.push(Conflict { range, ours: our.to_owned() });
                }
            },
        }
    }
    merged
}

/// Our text with line ends as in hers: an editor may have made CR LF of all.
fn with_line_ends_of<'t>(hers: &str, ours: &'t str) -> Cow<'t, str> {
    if hers.contains("\r\n") { ours.replace("\r\n", "\n").replace('\n', "\r\n").into() } else { ours.into() }
}

/// The merge of one clause by its characters; `None` if the changes touch or the clauses are not
/// versions of one.
fn finer(base: &str, hers: &str, ours: &str) -> Option<String> {
    let (b, h, o) = (characters(base), characters(hers), characters(ours));
    let alike = |a: &Units<'_>, b: &Units<'_>| {
        let same: usize = capture_diff_slices(Algorithm::Myers, &a.words, &b.words)
            .iter()
            .map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 })
            .sum();
        2.0 * same as f32 / (a.words.len() + b.words.len()).max(1) as f32
    };
    if alike(&b, &h) < ALIKE || alike(&b, &o) < ALIKE {
        return None;
    }
    let mut out = String::with_capacity(hers.len());
    let mut copied = 0;
    for chunk in chunks(&b, &h, &o) {
        match chunk.changed(&b, &h, &o) {
            Changed::Hers => {}
            Changed::Ours => {
                let at = h.bytes(&chunk.hers);
                out.push_str(&hers[copied..at.start]);
                out.push_str(&ours[o.bytes(&chunk.ours)]);
                copied = at.end;
            }
            Changed::Both => return None,
        }
    }
    out.push_str(&hers[copied..]);
    Some(out)
}

/// Units that belong together in the three texts and are not the same in all of them.
#[derive(Debug)]
struct Chunk {
    base: Range<usize>,
    hers: Range<usize>,
    ours: Range<usize>,
}

/// Who changed a chunk.
enum Changed {
    /// She did, or both did the same: hers stays.
    Hers,
    /// We did.
    Ours,
    /// Both did, each in another way.
    Both,
}

impl Chunk {
    fn changed(&self, base: &Units<'_>, hers: &Units<'_>, ours: &Units<'_>) -> Changed {
        let was = &base.words[self.base.clone()];
        let (her, our) = (&hers.words[self.hers.clone()], &ours.words[self.ours.clone()]);
        if our == was || our == her {
            Changed::Hers
        } else if her == was {
            Changed::Ours
        } else {
            Changed::Both
        }
    }
}

fn chunks(base: &Units<'_>, hers: &Units<'_>, ours: &Units<'_>) -> Vec<Chunk> {
    let (base, hers, ours) = (&base.words, &hers.words, &ours.words);
    // For each unit of the base, its partner on either side.
    let partners = |side: &[&str]| {
        let mut partner = vec![None; base.len()];
        for op in capture_diff_slices(Algorithm::Patience, base, side) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                for k in 0..len {
                    partner[old_index + k] = Some(new_index + k);
                }
            }
        }
        partner
    };
    let (in_hers, in_ours) = (partners(hers), partners(ours));
    let mut out = Vec::new();
    let (mut b, mut h, mut o) = (0, 0, 0);
    // Every unit that all three have ends a chunk; the ends of the texts do, too.
    for at in 0..=base.len() {
        let (to_h, to_o) = match (in_hers.get(at), in_ours.get(at)) {
            (Some(Some(to_h)), Some(Some(to_o))) => (*to_h, *to_o),
            (None, _) => (hers.len(), ours.len()),
            _ => continue,
        };
        if at > b || to_h > h || to_o > o {
            out.push(Chunk { base: b..at, hers: h..to_h, ours: o..to_o });
        }
        (b, h, o) = (at + 1, to_h + 1, to_o + 1);
    }
    out
}

/// A text cut into units.
struct Units<'t> {
    /// Each as it is compared: CR LF as LF.
    words: Vec<&'t str>,
    /// The byte at which each begins, and the one at which the text ends.
    starts: Vec<usize>,
}

impl<'t> Units<'t> {
    fn of(parts: Vec<&'t str>) -> Self {
        let mut end = 0;
        let ends = parts.iter().map(|part| {
            end += part.len();
            end
        });
        let starts = std::iter::once(0).chain(ends).collect();
        Self { words: parts.into_iter().map(|p| if p == "\r\n" { "\n" } else { p }).collect(), starts }
    }

    /// The bytes of some units.
    fn bytes(&self, of: &Range<usize>) -> Range<usize> {
        self.starts[of.start]..self.starts[of.end]
    }
}

/// A text as clauses, each with the mark that ends it; line ends are units of their own.
fn clauses(text: &str) -> Units<'_> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // The LF of a CR LF.
        if at < from {
            continue;
        }
        if matches!(c, '\n' | '\r') {
            if from < at {
                out.push(&text[from..at]);
            }
            let end = if text[at..].starts_with("\r\n") { end + 1 } else { end };
            out.push(&text[at..end]);
            from = end;
        } else if matches!(c, '，' | '。' | '；' | '：' | '！' | '？') {
            out.push(&text[from..end]);
            from = end;
        }
    }
    if from < text.len() {
        out.push(&text[from..]);
    }
    Units::of(out)
}

/// A text as characters, with figures and Latin words as one.
fn characters(text: &str) -> Units<'_> {
    let mut out = Vec::new();
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            c if joins(c) => rest.find(|c| !joins(c)).unwrap_or(rest.len()),
            '\r' if rest.starts_with("\r\n") => 2,
            c => c.len_utf8(),
        };
        out.push(&rest[..len]);
        rest = &rest[len..];
    }
    Units::of(out)
}

#[cfg(test)]
mod tests {
    use super::{Merged, merge};

    fn applied(hers: &str, merged: &Merged) -> String {
        let mut out = hers.to_owned();
        for update in merged.updates.iter().rev() {
            out.replace_range(update.range.clone(), &update.text);
        }
        out
    }

    fn merged(base: &str, hers: &str, ours: &str) -> (String, usize) {
        let merged = merge(base, hers, ours);
        (applied(hers, &merged), merged.conflicts.len())
    }

    #[test]
    fn her_words_stay_and_the_facts_move() {
        let base = "一、垃圾治理\n全县投资3亿元，年底完工。由县水务局牵头。\n二、污水治理";
        let hers =
            "一、垃圾治理\n全县投资3亿元，请大家记住这个数，年底完工。由县水务局牵头抓总。\n二、污水治理";
        let ours = "一、垃圾治理\n全县投资5亿元，年底完工。由县住建局牵头。\n二、污水治理";
        assert_eq!(
            merged(base, hers, ours),
            (
                "一、垃圾治理\n全县投资5亿元，请大家记住这个数，年底完工。由县住建局牵头抓总。\n二、污水治理"
                    .to_owned(),
                0
            )
        );
    }

    #[test]
    fn what_both_changed_is_a_conflict_and_hers_stays() {
        let (base, hers, ours) = ("投资3亿元。", "投资4亿元。", "投资5亿元。");
        let result = merge(base, hers, ours);
        assert!(result.updates.is_empty());
        assert_eq!(
            (result.conflicts[0].ours.as_str(), &hers[result.conflicts[0].range.clone()]),
            (ours, hers)
        );
    }

    #[test]
    fn what_both_changed_alike_is_none() {
        assert_eq!(merged("投资3亿元。", "投资5亿元。", "投资5亿元。"), ("投资5亿元。".to_owned(), 0));
    }

    #[test]
    fn paragraphs_come_and_go_beside_her_own() {
        let base = "甲。\n乙。\n丙。";
        assert_eq!(
            merged(base, "甲。\n乙。\n丙。\n她的一段。", "甲。\n丙。"),
            ("甲。\n丙。\n她的一段。".to_owned(), 0)
        );
        // Beside what goes her paragraph may have lost its reason: that is for her to say.
        assert_eq!(merged(base, "甲。\n乙。\n她的一段。\n丙。", "甲。\n丙。").1, 1);
        assert_eq!(merged(base, "甲。\n丙。", "甲。\n乙。\n新。\n丙。").1, 1);
        assert_eq!(
            merged(base, "甲改。\n乙。\n丙。", "甲。\n乙。\n丙。\n丁。"),
            ("甲改。\n乙。\n丙。\n丁。".to_owned(), 0)
        );
    }

    /// Her editor made CR LF of all line ends, which then counted as her changes, and ours beside them
    /// as conflicts.
    #[test]
    fn line_ends_are_no_change_of_hers_and_stay_hers() {
        let (base, ours) = ("甲，一。\n乙。\n丙。\n", "甲，二。\n丙。\n丁。\n");
        assert_eq!(
            merged(base, &base.replace('\n', "\r\n"), ours),
            ("甲，二。\r\n丙。\r\n丁。\r\n".to_owned(), 0)
        );
    }

    #[test]
    fn nothing_changed_on_one_side_gives_the_other() {
        let (a, b) = ("甲，乙。\n丙。", "甲，改。\n丁。\n戊。");
        assert_eq!(merged(a, a, b), (b.to_owned(), 0));
        assert_eq!(merged(a, b, a), (b.to_owned(), 0));
        assert_eq!(merged("", "", b), (b.to_owned(), 0));
    }

    proptest::proptest! {
        #[test]
        fn updates_are_in_order_within_hers_and_one_sided_merges_are_exact(
            base in "[甲乙丙，。\n]{0,24}", hers in "[甲乙丙丁，。\n]{0,24}", ours in "[甲乙丙戊0-9，。\n]{0,24}",
        ) {
            let both = merge(&base, &hers, &ours);
            let mut last = 0;
            for update in &both.updates {
                proptest::prop_assert!(update.range.start >= last && hers.get(update.range.clone()).is_some());
                last = update.range.end;
            }
            proptest::prop_assert_eq!(applied(&base, &merge(&base, &base, &ours)), ours.clone());
            proptest::prop_assert!(merge(&base, &hers, &base).updates.is_empty());
            proptest::prop_assert!(merge(&base, &ours, &ours).updates.is_empty());
            let crlf = hers.replace('\n', "\r\n");
            let (again, open) = merged(&base, &crlf, &ours);
            proptest::prop_assert_eq!((again.replace("\r\n", "\n"), open), merged(&base, &hers, &ours));
        }
    }

    #[test]
    fn merge_does_as_its_example_says() {
        use crate::base::merge::merge;
        let base = "投资3亿元，年底完工。";
        let merged = merge(base, "投资3亿元，年底前一定完工。", "投资5亿元，年底完工。");
        assert_eq!(merged.updates[0].text, "投资5亿元，年底前一定完工。");
        assert!(merged.conflicts.is_empty());
    }
}
