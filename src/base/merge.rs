//! A three-way merge of texts (三方合并): what one side changed and what the other changed, both kept.
//!
//! The text as it was drafted is the base; hers is what the writer made of it, ours what the same
//! facts and skeleton give today. They are aligned by clauses, since a clause is what a writer
//! changes as a whole; where both changed one clause, its characters are aligned, figures and Latin
//! words as one. Two changes that touch each other even so are a conflict, and hers stays.

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
    /// What the base said.
    pub base: String,
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
///
/// ```
/// use wengao::base::merge::merge;
/// let base = "投资3亿元，年底完工。";
/// let merged = merge(base, "投资3亿元，年底前一定完工。", "投资5亿元，年底完工。");
/// assert_eq!(merged.updates[0].text, "投资5亿元，年底前一定完工。");
/// assert!(merged.conflicts.is_empty());
/// ```
#[must_use]
pub fn merge(base: &str, hers: &str, ours: &str) -> Merged {
    let mut merged = Merged::default();
    let (b, h, o) = (clauses(base), clauses(hers), clauses(ours));
    for chunk in chunks(&b, &h, &o) {
        let (was, her, our) = (bytes(&b, &chunk.base), bytes(&h, &chunk.hers), bytes(&o, &chunk.ours));
        let (was, her_text, our) = (&base[was], &hers[her.clone()], &ours[our]);
        if our == was || our == her_text {
            continue;
        }
        if her_text == was {
            merged.updates.push(Update { range: her, text: our.to_owned() });
            continue;
        }
        match finer(was, her_text, our) {
            Some(text) if text == her_text => {}
            Some(text) => merged.updates.push(Update { range: her, text }),
            None => {
                merged.conflicts.push(Conflict { range: her, base: was.to_owned(), ours: our.to_owned() });
            }
        }
    }
    merged
}

/// The merge of one clause by its characters; `None` if the changes touch or the clauses are not
/// versions of one.
fn finer(base: &str, hers: &str, ours: &str) -> Option<String> {
    let (b, h, o) = (characters(base), characters(hers), characters(ours));
    let alike = |a: &[&str], b: &[&str]| {
        let same: usize = capture_diff_slices(Algorithm::Myers, a, b)
            .iter()
            .map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 })
            .sum();
        2.0 * same as f32 / (a.len() + b.len()).max(1) as f32
    };
    if alike(&b, &h) < ALIKE || alike(&b, &o) < ALIKE {
        return None;
    }
    let mut out = String::with_capacity(hers.len());
    let mut copied = 0;
    for chunk in chunks(&b, &h, &o) {
        let at = bytes(&h, &chunk.hers);
        let (was, her, our) =
            (&base[bytes(&b, &chunk.base)], &hers[at.clone()], &ours[bytes(&o, &chunk.ours)]);
        if our == was || our == her {
            continue;
        }
        if her != was {
            return None;
        }
        out.push_str(&hers[copied..at.start]);
        out.push_str(our);
        copied = at.end;
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

fn chunks(base: &[&str], hers: &[&str], ours: &[&str]) -> Vec<Chunk> {
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

/// The bytes of some units.
fn bytes(units: &[&str], of: &Range<usize>) -> Range<usize> {
    let start: usize = units[..of.start].iter().map(|u| u.len()).sum();
    start..start + units[of.clone()].iter().map(|u| u.len()).sum::<usize>()
}

/// A text as clauses, each with the mark that ends it; line ends are units of their own.
fn clauses(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '\n' | '\r') {
            if from < at {
                out.push(&text[from..at]);
            }
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
    out
}

/// A text as characters, with figures and Latin words as one.
fn characters(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = if joins(c) { rest.find(|c| !joins(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        out.push(&rest[..len]);
        rest = &rest[len..];
    }
    out
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
        }
    }
}
