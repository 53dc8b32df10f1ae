//! What a passage keeps of its source (原文痕迹): place names, figures and offices give a copy away.

use std::collections::BTreeSet;
use std::ops::Range;

use super::home::Home;
use crate::base::Text;
use crate::base::words::Words;
use crate::corpus::{Comparable, EqualRun, Passage, bodies};
use crate::rules::reading::places::own::Relation;
use crate::rules::reading::places::renewed::mentions_with;
use crate::text;

/// What may stand before the name of an office.
const LEVELS: &str = "省州盟市县区旗镇乡";

/// Names and figures that a note lists.
const LISTED: usize = 6;

/// The places that the passage keeps of its source and that are not the draft's own.
pub(super) fn places<'d>(draft: &'d Comparable<'_>, passage: &Passage, home: &Home) -> Vec<&'d str> {
    let text = draft.text();
    let mut kept: Vec<&str> = Vec::new();
    let words = &text[passage.bytes.clone()];
    if let Some(own) = &home.own {
        for mention in mentions_with(words, home.places, None) {
            let bytes = passage.bytes.start + mention.range.start..passage.bytes.start + mention.range.end;
            if own.relation(words, &mention) > Relation::Neighbour && equal(draft, passage, &bytes) {
                kept.push(&text[bytes]);
            }
        }
    }
    kept
}

/// What the passage keeps of its source: places that are not the draft's own, and figures.
pub(super) fn left(draft: &Comparable<'_>, passage: &Passage, home: &Home) -> Option<Text> {
    let text = draft.text();
    let mut kept = places(draft, passage, home);
    let equal = |bytes: &Range<usize>| equal(draft, passage, bytes);
    for bytes in figures(text, passage.bytes.clone()) {
        let figure = &text[bytes.clone()];
        let said = home.own.as_ref().is_some_and(|own| own.says(figure));
        if equal(&bytes) && !said {
            kept.push(figure);
        }
    }
    let list = listed(kept)?;
    Some(text!(
        "与原文一字不差的地名、数字：{list}，核实是不是本地的",
        "places and figures just as in the source: {list}; see whether they are the draft's own"
    ))
}

/// The offices (机构) that the passage names as its source does and the rest of the draft nowhere.
/// Every county has an office for water, but not by the same name. They make nothing sure.
pub(super) fn offices(draft: &Comparable<'_>, passage: &Passage, home: &Home) -> Option<Text> {
    let text = draft.text();
    let (before, after) = (&text[..passage.bytes.start], &text[passage.bytes.end..]);
    let names = Words::of(bodies());
    let mut kept = Vec::new();
    for found in names.find_iter(&text[passage.bytes.clone()]) {
        let end = passage.bytes.start + found.range.end;
        let start = passage.bytes.start + found.range.start;
        let name = &text[start..end];
        let elsewhere = before.contains(name) || after.contains(name);
        if elsewhere
            || home.own.as_ref().is_some_and(|own| own.says(name))
            || !equal(draft, passage, &(start..end))
        {
            continue;
        }
        let level =
            text[..start].chars().next_back().filter(|c| LEVELS.contains(*c)).map_or(0, char::len_utf8);
        kept.push(&text[start - level..end]);
    }
    let list = listed(kept)?;
    Some(text!(
        "与原文一样的机构名：{list}，核实本地是不是这样叫、管不管这件事",
        "offices just as in the source: {list}; see whether they are called so here and in charge"
    ))
}

/// Whether the source has the same letters where the draft has these bytes.
fn equal(draft: &Comparable<'_>, passage: &Passage, bytes: &Range<usize>) -> bool {
    let letters = draft.within(bytes);
    let holds = |r: &EqualRun| r.draft <= letters.start && letters.end <= r.draft + r.length;
    passage.sources.first().is_some_and(|s| s.runs.iter().any(holds))
}

/// The first of these words, each once; `None` if there are none.
fn listed(mut words: Vec<&str>) -> Option<String> {
    let mut seen = BTreeSet::new();
    words.retain(|word| seen.insert(*word));
    let more = if words.len() > LISTED { "…" } else { "" };
    words.truncate(LISTED);
    (!words.is_empty()).then(|| format!("{}{more}", words.join("、")))
}

/// Figures of three digits or more, or with a point: what is not there by chance. Years are left
/// out.
fn figures(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = within.start;
    while at < within.end {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..within.end)
            .find(|&i| !(bytes[i].is_ascii_digit() || bytes[i] == b'.'))
            .unwrap_or(within.end);
        let figure = text[at..end].trim_end_matches('.');
        let year = figure.len() == 4 && figure.starts_with(['1', '2']) && text[end..].starts_with('年');
        if (figure.len() >= 3 || figure.contains('.')) && !year {
            found.push(at..at + figure.len());
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::corpus::{Asked, Corpus, Entry, MemoryStore, Stock, search};
    use crate::rules::copied_passage::LEAST;

    #[test]
    fn offices_that_the_rest_of_the_draft_does_not_name_are_pointed_out() {
        let source =
            "老支书把账本摊在晒谷场上，请县农业农村和水利局、县审计局的人坐在前排，一笔一笔念给乡亲听。";
        let text = format!("县审计局有三个人。{source}");
        let entry = Entry { name: "a.txt".into(), ..Entry::default() };
        let store = MemoryStore::of(vec![(entry, source.to_owned())]);
        let (stock, failure, draft) = (Stock::known(), OnceLock::new(), Comparable::of(&text));
        let asked = Asked { least: LEAST, aside: &[], skip: &|_| false };
        let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
        let found = search(&draft, corpus, &asked).unwrap();
        let home = Home { own: None, uppers: Vec::new(), places: &[] };
        let note = offices(&draft, &found[0], &home).unwrap();
        assert_eq!(
            note.in_lang(crate::base::Lang::Zh),
            "与原文一样的机构名：县农业农村和水利局，核实本地是不是这样叫、管不管这件事"
        );
    }

    #[test]
    fn years_and_small_numbers_are_no_figures() {
        let text = "2024年清淤3250米，占5.6%，分3期，投12万元，2019户";
        let found: Vec<&str> = figures(text, 0..text.len()).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["3250", "5.6", "2019"]);
    }
}
