//! Places of an office's own packs (词库里的地名): new ones, and those that have a new name.
//!
//! A pack says which names a place had, or its code of GB/T 2260; so what covers it, and whose it is, is
//! read off the gazetteer as for any other.

use super::gazetteer::{self, Code, Entry, covers};
use super::mention::{Form, Mention, mentions};
use crate::base::{han::Date, words::Words};
use crate::model::pack::NewPlace;

/// All mentions of a text in order, those of a pack's places among them.
pub(in crate::rules) fn mentions_with(text: &str, places: &[NewPlace], day: Option<Date>) -> Vec<Mention> {
    let mut found = mentions(text);
    if !places.is_empty() {
        given_up(text, &mut found, places, day);
        named(text, &mut found, places);
    }
    found
}

/// The codes of a place: its own, or those of the places that it was; of a town, those of its county.
/// None if neither is known.
pub(in crate::rules) fn codes_of(place: &NewPlace) -> Vec<Code> {
    let upper: Vec<Code> = mentions(&place.upper).pop().map(|m| m.codes).unwrap_or_default();
    if let Some(code) = place.code {
        return vec![code];
    }
    let known = |name: &String| {
        let entry = if is_town(name) { gazetteer::town(name) } else { gazetteer::division(name) };
        entry.into_iter().flat_map(Entry::codes).collect::<Vec<_>>()
    };
    let mut codes: Vec<Code> = place.former.iter().flat_map(known).collect();
    if !upper.is_empty() {
        codes.retain(|&code| upper.iter().any(|&upper| covers(upper, code)));
    }
    if codes.is_empty() && is_town(&place.name) {
        codes = upper;
    }
    codes
}

/// Whether a place says where it is: its code, or a name that the gazetteer knows.
#[must_use]
pub(crate) fn is_known_place(place: &NewPlace) -> bool {
    !codes_of(place).is_empty()
}

/// What a place is called: the names that packs give it, then that of the gazetteer.
pub(in crate::rules) fn names_of(places: &[NewPlace], code: Code) -> impl Iterator<Item = &str> {
    let new = places.iter().filter(move |p| !is_town(&p.name) && codes_of(p).contains(&code));
    new.map(|p| &*p.name).chain(gazetteer::name_of(code))
}

/// The name of a division with its upper levels, as a pack has it where it says something else than the
/// gazetteer.
pub(in crate::rules) fn path_of(places: &[NewPlace], code: Code) -> String {
    let path = gazetteer::path_of(code);
    let old = gazetteer::name_of(code).unwrap_or_default();
    let new = places.iter().find(|p| !is_town(&p.name) && codes_of(p).contains(&code));
    match new {
        Some(new) if path.is_empty() => format!("{}{}", new.upper, new.name),
        Some(new) => format!("{}{}", path.strip_suffix(old).unwrap_or(&path), new.name),
        None => path,
    }
}

fn is_town(name: &str) -> bool {
    name.ends_with(['镇', '乡']) || name.ends_with("街道") || name.ends_with("苏木")
}

/// What a text of the day calls by a name that a place has no more.
fn given_up(text: &str, found: &mut [Mention], places: &[NewPlace], day: Option<Date>) {
    for place in places.iter().filter(|place| day.is_none_or(|day| place.since <= day)) {
        let codes = codes_of(place);
        for mention in found.iter_mut().filter(|m| m.form == Form::Full) {
            let words = &text[mention.range.clone()];
            let old = |name: &String| *name != place.name && words.ends_with(&**name);
            if place.former.iter().any(old) && mention.codes.iter().any(|code| codes.contains(code)) {
                mention.form = Form::Former(place.since.year);
            }
        }
    }
}

/// What a text calls by a name of a pack.
fn named(text: &str, found: &mut Vec<Mention>, places: &[NewPlace]) {
    let words = Words::of(places.iter().map(|place| &*place.name));
    for said in words.find_iter(text) {
        let Some(place) = places.get(said.word) else { continue };
        let (codes, mut range) = (codes_of(place), said.range);
        if codes.is_empty() {
            continue;
        }
        let first = found.partition_point(|m| m.range.end <= range.start);
        let beyond = found.partition_point(|m| m.range.start < range.end);
        if found.get(first..beyond).unwrap_or_default().iter().any(|m| m.range.len() > range.len()) {
            continue;
        }
        let mut from = first;
        let upper = first.checked_sub(1).and_then(|i| found.get(i)).filter(|m| m.range.end == range.start);
        if let Some(upper) = upper
            && codes.iter().any(|&c| upper.codes.iter().any(|&u| covers(u, c)))
        {
            (range.start, from) = (upper.range.start, first - 1);
        }
        let form = if is_town(&place.name) { Form::Town } else { Form::Full };
        let mention = Mention { range, codes, form, contradicts: None };
        found.splice(from..beyond.max(from), [mention]);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{mentions_with, path_of};
    use crate::base::han::Date;
    use crate::model::{Settings, pack};
    use crate::read::read;
    use crate::rules::Case;
    use crate::rules::reading::places::{mention::Form, own::own};

    #[test]
    fn a_new_name_is_known_and_the_old_one_is_former() {
        let source = "名称: 区划\n日期: 2027-03-01\n地名:\n  - {名称: 窑街新区, 原名: 红古区, 上级: 兰州市, 自: \
                      2027-01-20}\n";
        let places = pack::load("词库.yaml", source).unwrap().places;
        let text = "甘肃省兰州市窑街新区和红古区";
        let said = |day: &str| {
            let found = mentions_with(text, &places, Date::parse(day));
            found.into_iter().map(|m| (text[m.range].to_owned(), m.form)).collect::<Vec<_>>()
        };
        let new = ("甘肃省兰州市窑街新区".to_owned(), Form::Full);
        assert_eq!(said("2027-06-01"), [new.clone(), ("红古区".to_owned(), Form::Former(2027))]);
        assert_eq!(said("2026-06-01"), [new, ("红古区".to_owned(), Form::Full)]);
        assert_eq!(path_of(&places, 620_111), "甘肃省兰州市窑街新区");
    }

    #[test]
    fn a_paper_that_names_itself_by_its_new_name_is_of_that_place() {
        let source = "名称: 区划\n日期: 2027-03-01\n地名:\n  - {名称: 榆中区, 原名: 榆中县, 上级: 兰州市, 自: \
                      2027-01-20}\n";
        let pack = Arc::new(pack::load("词库.yaml", source).unwrap());
        let settings = Settings { pack, ..Settings::default() };
        let own = |text: &str| {
            let manuscript = read("a.txt", text.as_bytes()).unwrap();
            let case = Case::new(&manuscript, &settings);
            own(&case).map(|own| (own.name.clone(), own.codes.clone()))
        };
        let new = "榆中区2027年政府工作报告\n一年来，我区抓实春灌，全区产粮3万吨。我区的学校都通了车。\n";
        assert_eq!(own(new), Some(("榆中区".to_owned(), vec![620_123])));
        let old = new.replace('区', "县");
        assert_eq!(own(&old), Some(("榆中县".to_owned(), vec![620_123])));
    }
}
