//! `copied-passage` (照抄): a passage that another document has as well.
//!
//! The search itself is in [`corpus`](crate::corpus); here is what it means to a writer. How grave
//! a passage is goes by how much of it is nobody's set phrase. From one's own last year one may
//! copy, and from the province one must quote: both are told as what they are. What the passage
//! keeps of its source gives a copy away, so place names, figures and offices in it are pointed out.
//!
//! Without a corpus the rule has nothing to say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::reading::places::gazetteer::covers;
use super::reading::places::mention::mentions;
use super::reading::places::own::{Own, Relation, own};
use super::{About, Case, Reads, Rule, against, excerpt};
use crate::base::words::Words;
use crate::base::{Problem, Result, Text};
use crate::corpus::{Asked, Comparable, Corpus, Entry, EqualRun, Passage, bodies, search};
use crate::model::{Finding, Severity, Source};
use crate::text;

/// The rule.
pub struct CopiedPassage;

/// The rule's id.
pub const ID: &str = "copied-passage";

static ABOUT: About = About {
    id: ID,
    title: Text::fixed("照抄语料库里的段落", "a passage that another document has as well"),
    severity: Severity::Error,
    reads: Reads::Prose,
    why: Text::fixed(
        "用 --corpus 给出各地材料的语料库，本规则找出与其中文稿相同的段落，换了地名、数字、个别字词，调了句序，改成繁体、\
         夹了拼音、断了行的也找得到，并列出原文。固定提法、警句、机构名、许多地方都有的话不算，除去它们还剩13字以上\
         连着相同、又不尽是套话字眼的才报：60字以上是错误，40字以上、或26字以上而留着原文的地名数字的是警告，再短是提示。与本地以往材料、与上级文件相同的只作提示。",
        "With a corpus of other localities' documents (--corpus) this rule finds the passages of a draft that stand in one \
         of them, also where places, figures or single words were changed, sentences change order, or the text is \
         Traditional, mixed with pinyin or broken into lines, and shows the source. Set phrases, mottos, names of offices \
         and what many localities say do not count; what remains must have 13 letters in a row, not all of them words that \
         set phrases are made of: from 60 on it is an error, from 40 a warning, or from 26 with places or figures of the source, else a hint. Passages of one's own earlier material and of upper levels are hints.",
    ),
    examples: &[
        against(
            &[(
                "邻县总结.txt",
                "石塘县",
                "石塘县组织党员干部逐户走访，把老人夜里怕黑、孩子上学路远这些小事记进民情本，三个月销号办结。",
            )],
            "各村组织党员干部逐户走访，把老人夜里怕黑、孩子上学路远这些小事记进民情本，三个月销号办结。",
            &["组织党员干部逐户走访，把老人夜里怕黑、孩子上学路远这些小事记进民情本，三个月销号办结"],
        ),
        // Another place, another figure, another word.
        against(
            &[(
                "a.txt",
                "",
                "石塘县在柳湾镇试点“渠长打钟”，天旱时按钟点轮灌，36条毛渠再没有为水吵过架，村民自己管住了自己的水。",
            )],
            "云岭县在青石镇试点“渠长打钟”，天旱时按钟点轮灌，52条毛渠再没有为水红过脸，村民自己管住了自己的水。",
            &[
                "云岭县在青石镇试点“渠长打钟”，天旱时按钟点轮灌，52条毛渠再没有为水红过脸，村民自己管住了自己的水",
            ],
        ),
        // Traditional characters with pinyin.
        against(
            &[("a.txt", "", "老支书把账本摊在晒谷场上，一笔一笔念给乡亲听，从此村里办事先过晒谷场这一关。")],
            "會上說，老支書把賬(zhàng)本攤在曬(shài)谷場上，一筆一筆念給鄉(xiāng)親聽，從此村里辦事先過曬谷場這一關。",
            &[
                "老支書把賬(zhàng)本攤在曬(shài)谷場上，一筆一筆念給鄉(xiāng)親聽，從此村里辦事先過曬谷場這一關",
            ],
        ),
        // The order changed.
        against(
            &[(
                "a.txt",
                "",
                "茶农半夜排队等水的日子过去了。新修的塘坝把山泉留到了秋后。合作社又添了六台揉捻机和一间冷库。",
            )],
            "合作社又添了六台揉捻机和一间冷库。茶农半夜排队等水的日子过去了。新修的塘坝把山泉留到了秋后。",
            &["合作社又添了六台揉捻机和一间冷库。茶农半夜排队等水的日子过去了。新修的塘坝把山泉留到了秋后"],
        ),
        // One's own last year is told of as well, as a hint.
        against(
            &[(
                "2024总结.txt",
                "云岭县",
                "全县把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后把新米寄到城里。",
            )],
            "全县把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后把新米寄到城里。",
            &["全县把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后把新米寄到城里"],
        )
        .with("地区: {名称: 云岭县, 级别: 县}"),
        // Set phrases, one after the other.
        against(
            &[(
                "a.txt",
                "",
                "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念。",
            )],
            "我们要坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，抓好春耕。",
            &[],
        ),
        // Who leads and who helps.
        against(
            &[("a.txt", "", "由县农业农村局牵头，县财政局、县自然资源局配合，6月底前完成。")],
            "由县农业农村局牵头，县财政局、县自然资源局配合，6月底前完成。",
            &[],
        ),
        // The name of a document.
        against(
            &[("a.txt", "", "印发了《澜溪市高标准农田建后管护实施细则和考核办法》，明确了责任。")],
            "按照《澜溪市高标准农田建后管护实施细则和考核办法》，逐块落实管护人。",
            &[],
        ),
        // What many localities say.
        against(
            &[
                ("a.txt", "石塘县", "要把水窖清淤当成入冬头件大事。"),
                ("b.txt", "柳湾县", "会议要求，要把水窖清淤当成入冬头件大事！"),
                ("c.txt", "塔前县", "各镇要把水窖清淤当成入冬头件大事，抓早。"),
                ("d.txt", "沙井县", "记住：要把水窖清淤当成入冬头件大事。"),
            ],
            "同志们，要把水窖清淤当成入冬头件大事。",
            &[],
        ),
        // The same thing in other words.
        against(
            &[("a.txt", "", "全县新修塘坝12座，把山泉留到了秋后，茶农不用再半夜排队。")],
            "今年我们修了十来座塘坝，茶农秋天也有水用，夜里排队的事没有了。",
            &[],
        ),
        against(&[], "各村组织党员干部逐户走访，把老人夜里怕黑、孩子上学路远这些小事记进民情本。", &[]),
    ],
};

/// Letters of its own that a passage must have in a row, where the settings do not say.
pub const LEAST: usize = 13;

/// Letters of its own from which a passage is an error, a warning, and a warning where it keeps
/// figures or places of its source. Two honest reports on the same matters share up to 48 letters
/// beyond what everybody says, nearly always fewer than 40.
const ERROR: usize = 60;
const WARNING: usize = 40;
const SURE: usize = 26;

/// Localities that make a passage less grave.
const MANY: u32 = 4;

/// Letters of a passage that a message quotes, and of a source that a note does.
const EXCERPT: usize = 24;
const QUOTED: usize = 60;

/// What may stand before the name of an office.
const LEVELS: &str = "省州盟市县区旗镇乡";

/// Names and figures that a note lists.
const LISTED: usize = 6;

/// How a source stands to the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// The draft's own locality.
    Own,
    /// A level above it.
    Upper,
    /// Elsewhere, or not known.
    Other,
}

impl Rule for CopiedPassage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(corpus) = case.corpus else { return Vec::new() };
        match find(case, corpus) {
            Ok(found) => found,
            Err(error) => {
                // A rule has no errors; who gave the corpus asks for them.
                corpus.failed(error);
                Vec::new()
            }
        }
    }
}

fn find(case: &Case<'_>, corpus: Corpus<'_>) -> Result<Vec<Finding>> {
    let text = case.manuscript.text();
    let draft = Comparable::of(text);
    let quotes = case.quotes();
    // Titles are named, not copied; code and markup are no prose; every county sends copies to the
    // same offices.
    let titles = quotes.iter().filter(|q| q.mark == '《').map(|q| q.range.clone());
    let form = case.manuscript.blocks().iter().filter(|b| b.kind.is_form()).map(|b| b.range.clone());
    let masks = case.manuscript.masks().iter().map(|m| m.range.clone());
    let aside: Vec<_> = titles.chain(masks).chain(form).collect();
    let least = case.settings.least_copied.unwrap_or(LEAST);
    let passages = search(&draft, corpus, &Asked { least, aside: &aside, skip: &|_| false })?;
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let home = Home::of(case);
    passages.iter().map(|passage| finding(case, corpus, &draft, passage, &home)).collect()
}

/// The draft's own locality, as far as it is known.
struct Home {
    own: Option<Own>,
    uppers: Vec<String>,
}

impl Home {
    fn of(case: &Case<'_>) -> Self {
        let own = own(case, case.mentions(), case.quotes());
        let uppers = case.facts.and_then(|f| f.text("locality.upper"));
        let uppers = uppers.map(|u| u.split(['、', ',', '，']).map(str::to_owned).collect());
        Self { own, uppers: uppers.unwrap_or_default() }
    }

    fn standing(&self, locality: &str) -> Standing {
        let Some(own) = self.own.as_ref().filter(|_| !locality.is_empty()) else { return Standing::Other };
        if own.name == locality || own.name.ends_with(locality) || locality.ends_with(&own.name) {
            return Standing::Own;
        }
        if matches!(locality, "国家" | "中央" | "全国" | "中国")
            || self
                .uppers
                .iter()
                .any(|u| !u.is_empty() && (locality.ends_with(&**u) || u.ends_with(locality)))
        {
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

/// A document as a person knows it.
fn label(entry: &Entry) -> String {
    let Entry { name, title, locality, .. } = entry;
    let named = if title.is_empty() { name.clone() } else { format!("《{title}》（{name}）") };
    let from = locality.as_str();
    if from.is_empty() || named.contains(from) { named } else { format!("{from}{named}") }
}

fn on_one_line(words: &str) -> String {
    words.replace(['\n', '\r'], "")
}

fn finding(
    case: &Case<'_>,
    corpus: Corpus<'_>,
    draft: &Comparable<'_>,
    passage: &Passage,
    home: &Home,
) -> Result<Finding> {
    let text = case.manuscript.text();
    let range = passage.bytes.clone();
    let mut entries = Vec::new();
    for taken in &passage.sources {
        let entry = corpus.store.entry(taken.document)?;
        entries.push((home.standing(&entry.locality), entry, taken));
    }
    // One's own material first: if it was there before, that is where it is from.
    entries.sort_by_key(|(standing, ..)| *standing);
    let standing = entries.first().map_or(Standing::Other, |(s, ..)| *s);
    let own = passage.own;
    // A figure or a foreign place that stayed behind makes sure.
    let left = if standing == Standing::Other { left(draft, passage, home) } else { None };
    let mut severity = match own {
        ERROR.. => Severity::Error,
        WARNING.. => Severity::Warning,
        SURE.. if left.is_some() => Severity::Warning,
        _ => Severity::Info,
    };
    if passage.localities >= MANY && severity > Severity::Info {
        severity = if severity == Severity::Error { Severity::Warning } else { Severity::Info };
    }
    if standing != Standing::Other {
        severity = Severity::Info;
    }
    let shown = excerpt(&on_one_line(&text[range.clone()]), EXCERPT);
    let named = entries.first().map(|(_, entry, _)| label(entry)).unwrap_or_default();
    let same = passage.same;
    let message = match standing {
        Standing::Own => text!(
            "“{shown}”与本地以往材料{named}相同（{same}字）",
            "“{shown}” stands in {named}, one's own earlier material ({same} letters)"
        ),
        Standing::Upper => text!(
            "“{shown}”与上级文件{named}相同（{same}字）",
            "“{shown}” stands in {named}, of an upper level ({same} letters)"
        ),
        Standing::Other => {
            text!(
                "“{shown}”与{named}相同（{same}字）",
                "“{shown}” stands in {named} as well ({same} letters)"
            )
        }
    };
    let mut notes = Vec::new();
    let mut sources = Vec::new();
    for (_, entry, taken) in &entries {
        for stretch in &taken.stretches {
            sources.push(Source {
                document: entry.name.clone(),
                title: entry.title.clone(),
                locality: entry.locality.clone(),
                range: stretch.points.start..stretch.points.end,
                text: stretch.words.clone(),
            });
        }
    }
    if let Some(first) = sources.first() {
        let (at, quoted) = (first.range.start + 1, excerpt(&on_one_line(&first.text), QUOTED));
        notes.push((
            None,
            text!(
                "原文在{named}第{at}字起：“{quoted}”",
                "the source, {named} from character {at}: “{quoted}”"
            ),
        ));
    }
    let others: Vec<String> = entries.iter().skip(1).map(|(_, entry, _)| label(entry)).collect();
    if !others.is_empty() {
        let list = others.join("、");
        notes.push((None, text!("同样的话还在：{list}", "the same passage is also in: {list}")));
    }
    notes.extend(left.map(|note| (None, note)));
    if standing == Standing::Other {
        notes.extend(offices(draft, passage, home).map(|note| (None, note)));
    }
    let help = match standing {
        Standing::Own => Text::fixed(
            "可以沿用；看看数字、时间、说法是否还合适",
            "it may be used again; see whether figures, times and wording still fit",
        ),
        Standing::Upper => Text::fixed(
            "引用要准确、注明出处；要求要落到本地实际",
            "quote it exactly and name it; say what it means for the own locality",
        ),
        Standing::Other => Text::fixed(
            "改用本地的事实和自己的话；确是通用提法的，写进 --stock 文件",
            "say it with the own facts and in own words; add real set phrases to the --stock file",
        ),
    };
    Ok(ABOUT.finding(range, message).severity(severity).help(help).notes(notes).sources(sources))
}

/// What the passage keeps of its source: places that are not the draft's own, and figures.
fn left(draft: &Comparable<'_>, passage: &Passage, home: &Home) -> Option<Text> {
    let text = draft.text();
    let mut kept: Vec<&str> = Vec::new();
    let equal = |bytes: &Range<usize>| equal(draft, passage, bytes);
    let words = &text[passage.bytes.clone()];
    if let Some(own) = &home.own {
        for mention in mentions(words) {
            let bytes = passage.bytes.start + mention.range.start..passage.bytes.start + mention.range.end;
            if own.relation(words, &mention) > Relation::Neighbour && equal(&bytes) {
                kept.push(&text[bytes]);
            }
        }
    }
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
fn offices(draft: &Comparable<'_>, passage: &Passage, home: &Home) -> Option<Text> {
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

/// How much of a document was copied, and from whom: for whoever reads the report's head. `None`
/// if nothing was found that is more than a hint.
#[must_use]
pub fn summary(characters: usize, text: &str, findings: &[Finding]) -> Option<Problem> {
    let copied = |f: &&Finding| f.rule == ABOUT.id && f.severity > Severity::Info;
    let mut all = 0;
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter().filter(copied) {
        let length = text[finding.range.clone()].chars().count();
        all += length;
        if let Some(source) = finding.sources.first() {
            let Source { document, locality, .. } = source;
            let name = if locality.is_empty() { document.clone() } else { format!("{locality} {document}") };
            *of.entry(name).or_default() += length;
        }
    }
    if all == 0 || characters == 0 {
        return None;
    }
    let percent = (all * 100).div_ceil(characters);
    let mut largest: Vec<(String, usize)> = of.into_iter().collect();
    largest.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let documents = largest.len();
    largest.truncate(3);
    let zh: Vec<String> = largest.iter().map(|(name, n)| format!("{name}（{n}字）")).collect();
    let en: Vec<String> = largest.iter().map(|(name, n)| format!("{name} ({n})")).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    Some(Problem::new(Text::new(
        format!("约{percent}%（{all}字）与语料库里{documents}篇文稿相同，最多的是{zh}"),
        format!(
            "about {percent}% ({all} characters) stand in {documents} documents of the corpus, most in {en}"
        ),
    )))
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::corpus::{MemoryStore, Stock};

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
        let home = Home { own: None, uppers: Vec::new() };
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
