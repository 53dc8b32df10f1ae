//! How a source stands to the draft (来源与本地的关系): from one's own last year one may copy, from the province
//! one must quote, and what the level below reports is there to be used.

use crate::model::pack::NewPlace;
use crate::rules::Case;
use crate::rules::reading::places::gazetteer::covers;
use crate::rules::reading::places::own::{COUNTRY, Own, own};
use crate::rules::reading::places::renewed::mentions_with;

/// How a source stands to the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The draft's own locality.
    Own,
    /// A level above it.
    Upper,
    /// A level below it, which reports to it.
    Lower,
    /// Elsewhere, or not known.
    Other,
}

/// The draft's own locality, as far as it is known.
pub(super) struct Home<'c> {
    /// Its place, if anything tells.
    pub own: Option<&'c Own>,
    /// The names of the levels above it, as the facts have them.
    pub uppers: Vec<String>,
    /// The places of the office's packs.
    pub places: &'c [NewPlace],
}

impl<'c> Home<'c> {
    /// As facts, settings and the draft itself say.
    pub fn of(case: &'c Case<'_>) -> Self {
        let own = own(case);
        let uppers = case.facts.and_then(|f| f.text("locality.upper"));
        let uppers = uppers.map(|u| u.split(['、', ',', '，']).map(str::to_owned).collect());
        Self { own, uppers: uppers.unwrap_or_default(), places: &case.settings.pack.places }
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
        let named = mentions_with(locality, self.places, None).pop();
        let Some(named) = named else { return Standing::Other };
        let is = |test: &dyn Fn(u32, u32) -> bool| {
            named.codes.iter().any(|&theirs| own.codes.iter().any(|&ours| test(theirs, ours)))
        };
        if is(&|theirs, ours| theirs == ours) {
            Standing::Own
        } else if is(&|theirs, ours| covers(theirs, ours)) {
            Standing::Upper
        } else if is(&|theirs, ours| covers(ours, theirs)) {
            Standing::Lower
        } else {
            Standing::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Home, Standing};
    use crate::model::{Settings, pack};
    use crate::read::read;
    use crate::rules::Case;

    #[test]
    fn material_under_a_pack_s_new_name_of_the_own_place_is_one_s_own() {
        let source = "名称: 区划\n日期: 2027-03-01\n地名:\n  - {名称: 榆中区, 原名: 榆中县, 上级: 兰州市, 自: \
                      2027-01-20}\n";
        let pack = Arc::new(pack::load("词库.yaml", source).unwrap());
        let settings = Settings { pack, home: Some("榆中县".to_owned()), ..Settings::default() };
        let manuscript = read("a.txt", "抓好春灌。".as_bytes()).unwrap();
        let case = Case::new(&manuscript, &settings);
        assert_eq!(Home::of(&case).standing("榆中区"), Standing::Own);
    }

    #[test]
    fn what_is_above_below_and_beside_is_told_apart() {
        let settings = Settings { home: Some("甘肃省兰州市".to_owned()), ..Settings::default() };
        let manuscript = read("a.txt", "抓好春灌。".as_bytes()).unwrap();
        let case = Case::new(&manuscript, &settings);
        let home = Home::of(&case);
        assert_eq!(home.standing("甘肃省"), Standing::Upper);
        assert_eq!(home.standing("兰州市榆中县"), Standing::Lower);
        assert_eq!(home.standing("甘肃省天水市"), Standing::Other);
    }
}
