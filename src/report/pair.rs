//! Two sides of a copied passage: the draft's words and the source's, with what differs between
//! them told apart. By characters as people see them, since a changed place or figure is a few.

use similar::{DiffOp, TextDiff};

use crate::model::Finding;

/// Characters of either side from which nothing is told apart: the work grows with what differs.
const LONGEST: usize = 4_000;

/// Equal characters between two differences that are not worth ending the first for.
const ISLAND: usize = 1;

/// A stretch of one side, and whether the other side has something else there.
pub(super) type Part<'t> = (&'t str, bool);

/// Both sides, each in stretches. Line ends and blanks count as characters like others.
pub(super) fn pair<'t>(ours: &'t str, theirs: &'t str) -> (Vec<Part<'t>>, Vec<Part<'t>>) {
    if ours == theirs || ours.len().max(theirs.len()) > 3 * LONGEST {
        return (vec![(ours, false)], vec![(theirs, false)]);
    }
    let diff = TextDiff::from_graphemes(ours, theirs);
    let (mut left, mut right) = (Sides::of(ours), Sides::of(theirs));
    let ops = diff.ops();
    for (n, op) in ops.iter().enumerate() {
        let (a, b) = (op.old_range(), op.new_range());
        let island = matches!(op, DiffOp::Equal { .. }) && a.len() <= ISLAND && n > 0 && n + 1 < ops.len();
        let differs = !matches!(op, DiffOp::Equal { .. }) || island;
        left.take(a.filter_map(|i| diff.old_slice(i)).map(str::len).sum(), differs);
        right.take(b.filter_map(|i| diff.new_slice(i)).map(str::len).sum(), differs);
    }
    (left.parts, right.parts)
}

/// One side on the way.
struct Sides<'t> {
    rest: &'t str,
    parts: Vec<Part<'t>>,
    /// The text and where its last part begins, so that like parts grow together.
    whole: &'t str,
}

impl<'t> Sides<'t> {
    const fn of(whole: &'t str) -> Self {
        Self { rest: whole, parts: Vec::new(), whole }
    }

    fn take(&mut self, bytes: usize, differs: bool) {
        if bytes == 0 {
            return;
        }
        let end = self.whole.len() - self.rest.len() + bytes;
        self.rest = &self.whole[end..];
        match self.parts.last_mut() {
            Some((words, before)) if *before == differs => {
                let start = end - bytes - words.len();
                *words = &self.whole[start..end];
            }
            _ => self.parts.push((&self.whole[end - bytes..end], differs)),
        }
    }
}

/// Both sides on a line each, what differs in 【】.
#[must_use]
pub fn sides(ours: &str, theirs: &str) -> (String, String) {
    let (ours, theirs) = pair(ours, theirs);
    (marked(&ours), marked(&theirs))
}

/// The words of a finding's first source; what lies between two stretches of it is left out.
pub(super) fn source(finding: &Finding) -> Option<String> {
    let first = finding.sources.first()?;
    let same =
        finding.sources.iter().take_while(|s| (&s.corpus, &s.document) == (&first.corpus, &first.document));
    Some(same.map(|s| s.text.as_str()).collect::<Vec<_>>().join("……"))
}

/// One side on one line, what differs in 【】.
pub(super) fn marked(parts: &[Part<'_>]) -> String {
    parts
        .iter()
        .map(|&(words, differs)| {
            let words = words.replace(['\r', '\n'], " ");
            if differs { format!("【{words}】") } else { words }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_place_and_a_changed_figure_are_marked_on_both_sides() {
        let (ours, theirs) = pair("云岭县清淤52条毛渠，村民自己管水。", "石塘县清淤36条毛渠，村民自己管水。");
        assert_eq!(marked(&ours), "【云岭】县清淤【52】条毛渠，村民自己管水。");
        assert_eq!(marked(&theirs), "【石塘】县清淤【36】条毛渠，村民自己管水。");
    }

    #[test]
    fn nothing_is_lost_on_either_side() {
        for (a, b) in [("", ""), ("", "甲"), ("甲乙\n丙", "甲丁丙"), ("甲", "乙"), ("é甲é", "e\u{301}乙é")]
        {
            let (ours, theirs) = pair(a, b);
            assert_eq!(ours.iter().map(|p| p.0).collect::<String>(), a);
            assert_eq!(theirs.iter().map(|p| p.0).collect::<String>(), b);
        }
    }

    #[test]
    fn sides_does_as_its_example_says() {
        use crate::report::sides;
        assert_eq!(sides("云岭县清淤", "石塘县清淤"), ("【云岭】县清淤".into(), "【石塘】县清淤".into()));
    }
}
