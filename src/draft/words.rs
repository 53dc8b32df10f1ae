//! Words that depend on a locality's level (级别用词): 县委 or 旗委, 我县 or 我区, 各乡镇 or 各街道.
//!
//! Skeletons and phrases never type them; they say `words.committee` and the like. Sources: the
//! usual titles of the bodies at each level, as `地方组织法` names the organs.

use crate::model::Facts;

/// The words of one level, in the order of [`NAMES`].
type LevelWords = [&'static str; 13];

/// What each word is called in skeletons and phrases (`words.here` …).
pub const NAMES: [&str; 13] = [
    "here",       // 我县
    "whole",      // 全县
    "level",      // 县
    "committee",  // 县委
    "government", // 县政府
    "secretary",  // 县委书记
    "head",       // 县长
    "units",      // 县直各部门
    "towns",      // 各乡镇
    "town",       // 乡镇
    "village",    // 村
    "congress",   // 县人大
    "conference", // 县政协
];

/// What every document speaks of, its work and its place. A phrase may say them whoever asks for it,
/// so that to leave them out is no less said.
pub(super) const STANDING: [&str; 4] = ["work", "it", "topic", "place"];

/// What the work is called once it has been named.
pub(super) const IT: &str = "这项工作";

/// The words of each level that `地区.级别` may name.
#[rustfmt::skip]
static LEVEL_WORDS: &[(&str, LevelWords)] = &[
    ("县", ["我县", "全县", "县", "县委", "县政府", "县委书记", "县长", "县直各部门", "各乡镇", "乡镇", "村（社区）", "县人大", "县政协"]),
    ("市", ["我市", "全市", "市", "市委", "市政府", "市委书记", "市长", "市直各部门", "各镇（街道）", "镇（街道）", "村（社区）", "市人大", "市政协"]),
    ("区", ["我区", "全区", "区", "区委", "区政府", "区委书记", "区长", "区直各部门", "各街道（镇）", "街道（镇）", "社区（村）", "区人大", "区政协"]),
    ("旗", ["我旗", "全旗", "旗", "旗委", "旗政府", "旗委书记", "旗长", "旗直各部门", "各苏木镇", "苏木镇", "嘎查村", "旗人大", "旗政协"]),
    ("自治县", ["我县", "全县", "县", "县委", "县政府", "县委书记", "县长", "县直各部门", "各乡镇", "乡镇", "村（社区）", "县人大", "县政协"]),
    ("自治旗", ["我旗", "全旗", "旗", "旗委", "旗政府", "旗委书记", "旗长", "旗直各部门", "各乡镇", "乡镇", "村（社区）", "旗人大", "旗政协"]),
    ("州", ["我州", "全州", "州", "州委", "州政府", "州委书记", "州长", "州直各部门", "各县市", "县市", "乡镇", "州人大", "州政协"]),
    ("盟", ["我盟", "全盟", "盟", "盟委", "盟行署", "盟委书记", "盟长", "盟直各部门", "各旗县市", "旗县市", "苏木乡镇", "盟人大工委", "盟政协"]),
    ("地区", ["我地区", "全地区", "地区", "地委", "行署", "地委书记", "专员", "地直各部门", "各县市", "县市", "乡镇", "地区人大工委", "地区政协"]),
    ("乡", ["我乡", "全乡", "乡", "乡党委", "乡政府", "乡党委书记", "乡长", "乡直各单位", "各村", "村", "村民小组", "乡人大", "乡政协联络组"]),
    ("镇", ["我镇", "全镇", "镇", "镇党委", "镇政府", "镇党委书记", "镇长", "镇直各单位", "各村（社区）", "村（社区）", "村（居）民小组", "镇人大", "镇政协联络组"]),
    ("街道", ["我街道", "全街道", "街道", "街道党工委", "街道办事处", "街道党工委书记", "街道办事处主任", "街道各单位", "各社区（村）", "社区（村）", "居（村）民小组", "街道人大工委", "街道政协工委"]),
];

/// The words for these facts' level, by name; a locality without a level speaks as a 县.
pub(super) fn of(facts: &Facts) -> impl Iterator<Item = (&'static str, String)> {
    let level = facts.text("locality.level");
    let words = level
        .as_deref()
        .and_then(|level| LEVEL_WORDS.iter().find(|(name, _)| *name == level))
        .unwrap_or(&LEVEL_WORDS[0])
        .1;
    let own = facts.text("locality.self_reference");
    NAMES.iter().zip(words).map(move |(&name, word)| match (&own, name) {
        (Some(own), "here") => (name, own.clone()),
        _ => (name, word.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::LEVEL_WORDS;
    use crate::model::facts::table::LEVELS;

    #[test]
    fn every_level_that_a_facts_file_may_name_has_its_words() {
        let with_words: Vec<_> = LEVEL_WORDS.iter().map(|(level, _)| *level).collect();
        assert_eq!(with_words, LEVELS);
    }
}
