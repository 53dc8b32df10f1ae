//! How a source stands to the draft (来源与本地的关系): from one's own last year one may copy, and from the
//! province one must quote.

use crate::rules::Case;
use crate::rules::reading::places::gazetteer::covers;
use crate::rules::reading::places::mention::mentions;
use crate::rules::reading::places::own::{COUNTRY, Own, own};

/// How a source stands to the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The draft's own locality.
    Own,
    /// A level above it.
    Upper,
    /// Elsewhere, or not known.
    Other,
}

/// The draft's own locality, as far as it is known.
pub(super) struct Home<'c> {
    /// Its place, if anything tells.
    pub own: Option<&'c Own>,
    /// The names of the levels above it, as the facts have them.
    pub uppers: Vec<String>,
}

impl<'c> Home<'c> {
    /// As facts, settings and the draft itself say.
    pub fn of(case: &'c Case<'_>) -> Self {
        let own = own(case);
        let uppers = case.facts.and_then(|f| f.text("locality.upper"));
        let uppers = uppers.map(|u| u.split(['、', ',', '，']).map(str::to_owned).collect());
        Self { own, uppers: uppers.unwrap_or_default() }
    }

    /// How a document of this locality stands to the draft.
    pub fn standing(&self, locality: &str) -> Standing {
        if COUNTRY.contains(&locality) {
            return Standing::Upper;
        }
        let Some(own) = self.own.filter(|_| !locality.is_empty()) else { return Standing::Other };
        if own.name == locality || own.name.ends_with(locality) || locality.ends_with(&own.name) {
            return Standing::Own;
        }
        if self.uppers.iter().any(|u| !u.is_empty() && (locality.ends_with(&**u) || u.ends_with(locality))) {
            return Standing::Upper;
        }
        let Some(named) = mentions(locality).into_iter().last() else { return Standing::Other };
        let is = |test: &dyn Fn(u32, u32) -> bool| {
            named.codes.iter().any(|&theirs| own.codes.iter().any(|&ours| test(theirs, ours)))
        };
        if is(&|theirs, ours| theirs == ours) {
            Standing::Own
        } else if is(&|theirs, ours| covers(theirs, ours)) {
            Standing::Upper
        } else {
            Standing::Other
        }
    }
}
