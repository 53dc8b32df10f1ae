//! Set phrases with their members (固定提法), as the lexicon `formulations.tsv` has them: what rules about phrases
//! that were superseded and about lists that lack a member ask.

use std::sync::LazyLock;

use super::dated::Dated;
use crate::base::han::Date;
use crate::model::pack::Formula;

/// The lines of the lexicon, by columns.
fn rows() -> impl Iterator<Item = [&'static str; 9]> {
    let lines = include_str!("../../../phrasebank/lexicon/formulations.tsv").lines();
    lines
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// All set phrases, by their names.
pub(in crate::rules) static FORMULAS: LazyLock<Dated<Formula>> = LazyLock::new(|| {
    Dated::of(rows().map(|[name, _, members, successor, from, change, context, basis, _]| {
        let members = members.split('|').filter(|m| !m.is_empty()).map(Into::into).collect();
        let successor = Date::parse(from).map(|from| (successor.into(), from, change.into()));
        let (context, basis) = (context.into(), basis.into());
        (name, Formula { name: name.into(), members, successor, context, basis })
    }))
});

/// A set that is known by its members alone: 政治意识、大局意识、核心意识、看齐意识.
pub(in crate::rules) struct Set {
    /// Its name.
    pub name: &'static str,
    /// Its members, in order.
    pub members: Vec<&'static str>,
    /// The first year in which its list is surely the whole one.
    pub since: u16,
    /// On what basis the members are these.
    pub basis: &'static str,
}

/// The sets that are known by their members alone.
pub(in crate::rules) static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| {
    let sets = rows().filter_map(|[name, _, members, _, _, _, _, basis, since]| {
        Some(Set { name, members: members.split('|').collect(), since: since.parse().ok()?, basis })
    });
    sets.collect()
});

#[cfg(test)]
mod tests {
    use super::{SETS, rows};

    #[test]
    fn every_line_has_as_many_members_as_it_says() {
        let mut lines = 0;
        for [name, count, members, ..] in rows() {
            lines += 1;
            let n = members.split('|').filter(|m| !m.is_empty()).count();
            assert!(n == 0 || count.parse() == Ok(n), "{name}");
        }
        let text = include_str!("../../../phrasebank/lexicon/formulations.tsv");
        assert_eq!(lines, text.lines().filter(|l| !l.starts_with('#')).count());
        assert!(SETS.iter().all(|set| set.members.len() >= 4));
    }
}
