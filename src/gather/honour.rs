//! 荣誉: what was won, and who gave it.

use std::ops::Range;

use super::page::Page;
use super::sense::Sense;
use super::split::between;
use super::{Found, Kind};
use crate::base::clause::behind;
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 荣获“…”称号, 获评全省…先进县, 被省政府评为…: who, the verb, and what.
    static WON = format!(
        "(?:被([\\p{{Han}}、]{{2,24}}?))?({}|{}|获)(?:了|为)?([^，,。；;：:]{{4,90}})",
        lexicon::WON.join("|"),
        lexicon::LISTED.join("|")
    );
}

/// The honours of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let aims = |sense| matches!(sense, Some(Sense::Targets | Sense::Plans | Sense::Tasks | Sense::Measures));
    let wins = |line: &str| {
        line.contains('获') || lexicon::WON.iter().chain(lexicon::LISTED).any(|v| line.contains(v))
    };
    for line in page.lines.iter().filter(|l| !l.cell && !aims(l.sense)) {
        let words = page.said(&line.range);
        let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
        for won in WON.on_lines(words, wins) {
            let (Some(whole), Some(verb), Some(what)) = (won.get(0), won.get(2), won.get(3)) else {
                continue;
            };
            // 争取获评 is not won yet.
            let before = behind(words, whole.start());
            if lexicon::NOT_YET.iter().any(|word| before.contains(word)) {
                continue;
            }
            let all = between(page.text, &at(&what), |c| c == '、');
            let won_it = lexicon::WON.contains(&verb.as_str());
            let names = all.iter().enumerate().map_while(|(index, one)| {
                // Of 全国乡村治理、基层治理典型案例 the first is cut off.
                let alone = all.get(index + 1).is_none_or(|next| has_level(page.said(next)));
                honour(page, one, won_it && alone)
            });
            for name in names {
                let mut one = Found::named(Kind::Honour, page, &name);
                won.get(1).iter().for_each(|giver| one.say(page, "giver", &at(giver)));
                found.push(one);
            }
        }
    }
    found
}

/// The name of an honour: it ends as one, or names the level that gave it where the verb is sure. 获评国家级企业2户
/// is a count. “…先进县” goes without its marks, 全国“…”示范县 with them.
fn honour(page: &Page<'_>, range: &Range<usize>, sure: bool) -> Option<Range<usize>> {
    let words = page.said(range);
    let name = words.trim_end_matches(['等', '的']);
    let ends = name.trim_end_matches(['”', '）', ')']);
    let ends = lexicon::HONOUR_ENDS.iter().any(|end| ends.ends_with(end));
    let mut digits = name.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let counts = digits.any(|(at, _)| COUNTERS.iter().any(|c| name[at + 1..].starts_with(*c)));
    let fits = ends || sure && has_level(name);
    if !fits || counts || !(5..=40).contains(&name.chars().count()) {
        return None;
    }
    let inner = name.strip_prefix('“').and_then(|n| n.strip_suffix('”')).filter(|n| !n.contains('”'));
    let start = range.start + inner.map_or(0, |_| '“'.len_utf8());
    Some(start..start + inner.unwrap_or(name).len())
}

/// Whether words begin with the level that gave an honour.
fn has_level(words: &str) -> bool {
    let bare = words.trim_start_matches(['“', '‘']);
    lexicon::LEVELS.iter().any(|level| bare.starts_with(level))
}

/// What counts several of a kind.
const COUNTERS: &[char] =
    &['个', '家', '项', '名', '户', '件', '处', '种', '人', '次', '位', '所', '篇', '例', '万', '亿'];
