//! `foreign-place` (外地地名): names of other localities left in from an older draft.
//!
//! A name from elsewhere is no fault: documents name neighbours, partners, markets, places where
//! somebody studied or something happened. So each mention is weighed by how the place stands to
//! the document's own (`Relation`) and by the words round it ([`cues`]):
//!
//! * the words with which a document speaks of itself (…县委、县政府, 建设美丽…的, 把…建设成, 立足…实际) are as
//!   good as proof, wherever the place lies; short names need words on both sides, and in a city's
//!   document a county's short name is never told, since streets and zones bear it;
//! * without such words only full names of counties, prefectures and towns of other provinces count, and
//!   only where nothing in the sentence gives a reason to name them;
//! * a place for which there is proof, or whose full name stands three times without a reason, is taken to
//!   be where a pasted passage comes from: then its towns, villages, neighbours and upper levels count
//!   too, also within titles and quotations.
//!
//! Documents of a province or of the whole country name places everywhere: there only levels that
//! contradict each other are told. Where the own locality cannot be told, the rule is silent.

mod cues;
mod examples;
mod judge;

use self::judge::{Accusation, judge};
use super::reading::places::mention::Mention;
use super::reading::places::own::{Own, own};
use super::reading::places::renewed::path_of;
use super::{About, Authority, Case, Reads, Rule};
use crate::base::Text;
use crate::model::{Finding, Severity};
use crate::rules::reading::quote::{Quoted, inside};
use crate::text;

/// The rule.
pub struct ForeignPlace;

static ABOUT: About = About {
    id: "foreign-place",
    title: Text::fixed("外地地名", "names of other localities"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Prose,
    why: Text::fixed(
        "借用外地稿子改写时，别处的省、市、县、乡镇名常常留在文中。本规则用随程序附带的行政区划表查出地名，\
         与本地对照：本地由事实文件或 --locality 给出，没有给出的按标题、自称和前半部分写得最多的地方推断，并在提示里说明。\
         本地的上级和下辖乡镇、相邻县市、学习考察、对口帮扶、外地事件和会议、引文和书名、几地并列，都不算；\
         省名和简称只在写成本地口气时才算（建设美丽…、…上下）；“示范县”“适应城市”“资源”之类与地名同形的词、\
         各地都有的“滨海新区”也不算。全国和全省的文稿只查上下级对不上的地名。\
         拿不准的不报。",
        "A draft made from another locality's text often keeps its names. The rule finds names with the table of \
         divisions that comes with the program and holds them against the document's own locality: that of the \
         facts or of --locality, else the one that the title, the document's words for itself or its first part \
         suggest, and then says so. Upper levels and own towns, neighbours, study trips, aid and partners, events, \
         quotations, titles and lists of places are left alone; provinces and short names count only where the document speaks \
         as if they were its own (建设美丽…, …上下); words that look like names and zones that many cities have are \
         none. Documents of a \
         province or the whole country are only held against the table itself. In doubt it stays silent.",
    ),
    examples: examples::EXAMPLES,
};

impl Rule for ForeignPlace {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let found = case.mentions();
        if found.is_empty() {
            return Vec::new();
        }
        let quotes = case.quotes();
        let mut findings: Vec<Finding> =
            found.iter().filter_map(|m| contradiction(case, m, quotes)).collect();
        let Some(own) = own(case) else { return findings };
        if own.rank() == Some(0) {
            return findings;
        }
        for told in judge(case, own) {
            let apart = |f: &Finding| f.range.end <= told.range.start || told.range.end <= f.range.start;
            if findings.iter().all(apart) {
                findings.push(finding(case, own, told));
            }
        }
        findings
    }
}

/// An upper level that does not have the place right behind it.
fn contradiction(case: &Case<'_>, mention: &Mention, quotes: &[Quoted]) -> Option<Finding> {
    let (text, places) = (case.manuscript.text(), &case.settings.pack.places);
    let upper = mention.contradicts.clone()?;
    if inside(quotes, upper.start) {
        return None;
    }
    let (above, below) = (&text[upper.clone()], &text[mention.range.clone()]);
    let right = mention.codes.iter().map(|&c| path_of(places, c)).collect::<Vec<_>>().join("、");
    let message = text!(
        "“{above}”没有“{below}”：行政区划表里是{right}",
        "there is no “{below}” in “{above}”: the table of divisions has {right}"
    );
    Some(ABOUT.finding(upper.start..mention.range.end, message).severity(Severity::Error).help(Text::fixed(
        "核对上下级地名；可能有一个是旧稿留下的",
        "check both names; one of them may be left from an older draft",
    )))
}

fn finding(case: &Case<'_>, own: &Own, told: Accusation) -> Finding {
    let (text, places) = (case.manuscript.text(), &case.settings.pack.places);
    let Accusation { range, codes, sure, former } = told;
    let words = &text[range.clone()];
    let Own { name, .. } = own;
    let mut notes = Vec::new();
    let paths: Vec<String> = codes.iter().take(3).map(|&c| path_of(places, c)).collect();
    let paths = paths.join("、");
    notes.push((
        None,
        match former {
            Some(year) => text!("曾用名，{year}年起属{paths}", "a former name; since {year} {paths}"),
            None => text!("行政区划表：{paths}", "table of divisions: {paths}"),
        },
    ));
    if let Some(Text { zh, en }) = &own.inferred {
        notes.push((
            None,
            text!(
                "没有给出本地，按文稿推断为{name}：{zh}；可用 --locality 说明",
                "no locality was given; {name} is inferred: {en}. --locality says for sure"
            ),
        ));
    }
    let message = text!(
        "“{words}”不是{name}的地名，可能是别处稿子留下的",
        "“{words}” is not in {name}; it may be left from another locality's text"
    );
    ABOUT
        .finding(range, message)
        .severity(if sure { Severity::Error } else { Severity::Warning })
        .help(text!("换成{name}的，或写明为什么提到它", "name {name}'s own, or say why it is mentioned"))
        .notes(notes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::ForeignPlace;
    use crate::model::{Settings, pack};
    use crate::read::read;
    use crate::rules::{Case, Rule};

    #[test]
    fn a_pack_s_place_with_its_upper_level_before_it_is_a_chain_as_any_other() {
        let source = "名称: 区划\n日期: 2027-03-01\n地名:\n  - {名称: 榆中区, 原名: 榆中县, 上级: 兰州市, 自: \
                      2027-01-20}\n";
        let pack = Arc::new(pack::load("词库.yaml", source).unwrap());
        let home = Some("浙江省杭州市临安区".to_owned());
        let settings = Settings { pack, home, ..Settings::default() };
        let told = |text: &str| {
            let manuscript = read("a.txt", text.as_bytes()).unwrap();
            ForeignPlace.check(&Case::new(&manuscript, &settings)).len()
        };
        assert_eq!(told("榆中区种了百合。"), 1);
        assert_eq!(told("甘肃省兰州市榆中区种了百合。"), 0);
    }
}
