//! 荣誉: what was won, and who gave it.

use super::page::Page;
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 荣获“…”称号, 获评全省…先进县, 被省政府评为…: who, and what.
    static WON = format!(
        "(?:被([\\p{{Han}}、]{{2,24}}?))?({})(?:了)?([^，。；、：“”]{{0,24}}(?:“[^“”]{{2,30}}”)?[^，。；：“”]{{0,24}})",
        lexicon::WON.join("|")
    );
}

/// The honours of a paper.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for line in page.lines.iter().filter(|l| !l.cell) {
        let words = page.said(&line.range);
        for won in WON.on_lines(words, |line| lexicon::WON.iter().any(|verb| line.contains(verb))) {
            let (Some(verb), Some(what)) = (won.get(2), won.get(3)) else { continue };
            let name = what.as_str().trim_end_matches(['等', '的']);
            let count = name.chars().count();
            let ends = name.trim_end_matches(['”', '）', ')']);
            let ends = lexicon::HONOUR_ENDS.iter().any(|end| ends.ends_with(end));
            let whole = won.get(0).map_or(verb.start(), |m| m.start());
            let ahead = lexicon::AHEAD.iter().any(|a| words[..whole].ends_with(a));
            if !ends || count < 5 || ahead {
                continue;
            }
            let start = line.range.start + what.start();
            // “…先进县” goes without its marks, 全国“…”示范县 with them.
            let inner = name.strip_prefix('“').and_then(|n| n.strip_suffix('”')).filter(|n| !n.contains('”'));
            let start = start + if inner.is_some() { '“'.len_utf8() } else { 0 };
            let mut one = Found::named(Kind::Honour, page, &(start..start + inner.unwrap_or(name).len()));
            if let Some(giver) = won.get(1) {
                one.say(page, "giver", &(line.range.start + giver.start()..line.range.start + giver.end()));
            }
            found.push(one);
        }
    }
    found
}
