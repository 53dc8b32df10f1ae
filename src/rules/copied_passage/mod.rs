//! `copied-passage` (照抄): a passage that another document has as well.
//!
//! The search itself is in [`corpus`](crate::corpus); here is what it means to a writer. How grave
//! a passage is goes by how much of it is nobody's set phrase. From one's own last year one may
//! copy, and from the province one must quote: both are told as what they are. What the passage
//! keeps of its source gives a copy away, so place names, figures and offices in it are pointed out.
//!
//! Without a corpus the rule has nothing to say.

mod formal;
mod home;
mod kept;
mod reworded;
mod sum;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::home::{Home, Standing};
use super::{About, Authority, Case, Reads, Rule, against, excerpt};
use crate::base::{Problem, Result, Text};
use crate::corpus::{Asked, Comparable, Corpus, Entry, Passage, Taken, fresh, search_both};
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
    authority: Authority::Practice,
    reads: Reads::Prose,
    why: Text::fixed(
        "用 --corpus 给出各地材料的语料库，本规则找出与其中文稿相同的段落，换了地名、数字、个别字词，调了句序，改成繁体、\
         夹了拼音、断了行的也找得到，并列出原文。固定提法、警句、机构名、许多地方都有的话不算，除去它们还剩13字以上\
         连着相同、又不尽是套话字眼的才报：60字以上是错误，40字以上、或26字以上而留着原文的地名数字的是警告，再短是提示。\
         逐句改写、倒换语序而内容、次序照旧的，按两处都有的少见字眼比出来，作警告。小标题照抄一篇的，许多短句凑起来的，三分之一出自一篇的，合起来另报一条。\
         报告的开头、指导思想、预期目标和名词解释，各地写法本来相近，没有留着原文地名的只作提示；\
         与本地以往材料、与上级文件、与下级材料相同的也只作提示。",
        "With a corpus of other localities' documents (--corpus) this rule finds the passages of a draft that stand in one \
         of them, also where places, figures or single words were changed, sentences change order, or the text is \
         Traditional, mixed with pinyin or broken into lines, and shows the source. Set phrases, mottos, names of offices \
         and what many localities say do not count; what remains must have 13 letters in a row, not all of them words that \
         set phrases are made of: from 60 on it is an error, from 40 a warning, or from 26 with places or figures of the source, else a hint. \
         What was reworded clause by clause and keeps content and order is found by the rare words that both have, and is a warning. Headings taken from one document, \
         many short stretches that add up and a third of the text from one document are told once more as a whole. \
         What every report has to say (its opening, guiding thought, targets, notes on terms) is a hint if it keeps no place of the source, \
         and so are passages of one's own earlier material, of upper levels and of those below.",
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
        // Reworded clause by clause.
        against(
            &[(
                "a.txt",
                "",
                "村里的老磨坊改成了豆腐作坊，十一户人家轮流掌勺，每月初八在祠堂门口公布豆子进价和分红。去年冬天大雪封山，作坊把豆干烘成礼盒托邮车捎下山，卖了四万多元，欠了三年的磨盘钱一次还清。",
            )],
            "老磨坊如今成了豆腐作坊，掌勺由十一户人家轮着来，豆子进价、分红每月初八写在祠堂门口。雪大封山的去冬，豆干被烘成礼盒，托邮车捎到山下卖得四万多元，欠了三年的磨盘钱就此还清。",
            &[
                "老磨坊如今成了豆腐作坊，掌勺由十一户人家轮着来，豆子进价、分红每月初八写在祠堂门口。雪大封山的去冬，豆干被烘成礼盒，托邮车捎到山下卖得四万多元，欠了三年的磨盘钱就此还清",
            ],
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
    let asked = Asked { least, aside: &aside, skip: &|_| false };
    let (passages, others) = search_both(&draft, corpus, &asked)?;
    let home = Home::of(case);
    let parts = formal::parts(text);
    let copied = passages.iter().map(|passage| {
        let is_formal =
            formal::mostly(&parts, &passage.bytes) && kept::places(&draft, passage, &home).is_empty();
        let finding = finding(case, corpus, &draft, passage, &home)?;
        Ok(if is_formal { finding.severity(Severity::Info) } else { finding })
    });
    let mut found: Vec<Finding> = copied.collect::<Result<_>>()?;
    let is_alike = |passage: &&Passage| passage.same * 10 >= draft.within(&passage.bytes).len() * 9;
    let alike: Vec<Range<usize>> =
        passages.iter().filter(is_alike).map(|passage| passage.bytes.clone()).collect();
    // Of such parts the same is said everywhere in other words.
    for passage in others.iter().filter(|passage| !formal::mostly(&parts, &passage.bytes)) {
        reworded::settle(&mut found, reworded::finding(case, corpus, passage, &home)?, &alike);
    }
    found.sort_by_key(|f| (f.range.start, f.range.end));
    let is_own = |locality: &str| home.standing(locality) != Standing::Other;
    let summed = sum::sums(case, &draft, corpus, &found, &is_own)?;
    found.extend(summed);
    Ok(found)
}

/// A document that has the passage.
struct Holder<'p> {
    standing: Standing,
    entry: Entry,
    taken: &'p Taken,
}

fn finding(
    case: &Case<'_>,
    corpus: Corpus<'_>,
    draft: &Comparable<'_>,
    passage: &Passage,
    home: &Home,
) -> Result<Finding> {
    let mut holders = Vec::new();
    for taken in &passage.sources {
        let entry = corpus.store.entry(taken.document)?;
        holders.push(Holder { standing: home.standing(&entry.locality), entry, taken });
    }
    // One's own material first: if it was there before, that is where it is from.
    holders.sort_by_key(|h| h.standing);
    let standing = holders.first().map_or(Standing::Other, |h| h.standing);
    let elsewhere = standing == Standing::Other;
    // A figure or a foreign place that stayed behind makes sure.
    let left = if elsewhere { kept::left(draft, passage, home) } else { None };
    let offices = if elsewhere { kept::offices(draft, passage, home) } else { None };
    let shown = excerpt(&on_one_line(&case.manuscript.text()[passage.bytes.clone()]), EXCERPT);
    let named = holders.first().map(|h| label(&h.entry)).unwrap_or_default();
    let sources = sources(&holders);
    let notes = evidence(&holders, &named, sources.first()).chain(left.clone()).chain(offices);
    Ok(ABOUT
        .finding(passage.bytes.clone(), message(standing, &shown, &named, passage.same))
        .severity(if elsewhere { severity(draft, passage, left.is_some()) } else { Severity::Info })
        .help(help(standing))
        .notes(notes.map(|note| (None, note)))
        .sources(sources))
}

/// How grave a passage from elsewhere is; `kept` if it keeps figures or places of its source.
fn severity(draft: &Comparable<'_>, passage: &Passage, kept: bool) -> Severity {
    let severity = match passage.own.min(fresh(&draft.text()[passage.bytes.clone()])) {
        ERROR.. => Severity::Error,
        WARNING.. => Severity::Warning,
        SURE.. if kept => Severity::Warning,
        _ => Severity::Info,
    };
    match severity {
        Severity::Error if passage.localities >= MANY => Severity::Warning,
        Severity::Warning if passage.localities >= MANY => Severity::Info,
        other => other,
    }
}

fn message(standing: Standing, shown: &str, named: &str, same: usize) -> Text {
    match standing {
        Standing::Own => text!(
            "“{shown}”与本地以往材料{named}相同（{same}字）",
            "“{shown}” stands in {named}, one's own earlier material ({same} letters)"
        ),
        Standing::Upper => text!(
            "“{shown}”与上级文件{named}相同（{same}字）",
            "“{shown}” stands in {named}, of an upper level ({same} letters)"
        ),
        Standing::Lower => text!(
            "“{shown}”与下级材料{named}相同（{same}字）",
            "“{shown}” stands in {named}, of a level below ({same} letters)"
        ),
        Standing::Other => text!(
            "“{shown}”与{named}相同（{same}字）",
            "“{shown}” stands in {named} as well ({same} letters)"
        ),
    }
}

const fn help(standing: Standing) -> Text {
    match standing {
        Standing::Own => Text::fixed(
            "可以沿用；看看数字、时间、说法是否还合适",
            "it may be used again; see whether figures, times and wording still fit",
        ),
        Standing::Upper => Text::fixed(
            "引用要准确、注明出处；要求要落到本地实际",
            "quote it exactly and name it; say what it means for the own locality",
        ),
        Standing::Lower => Text::fixed(
            "可以采用；看看数字、口径是否已是全局的",
            "it may be used; see whether figures and wording hold for the whole",
        ),
        Standing::Other => Text::fixed(
            "改用本地的事实和自己的话；确是通用提法的，写进 --stock 文件",
            "say it with the own facts and in own words; add real set phrases to the --stock file",
        ),
    }
}

/// Every stretch of every document that has the passage.
fn sources(holders: &[Holder<'_>]) -> Vec<Source> {
    let stretches = holders.iter().flat_map(|h| h.taken.stretches.iter().map(|stretch| (&h.entry, stretch)));
    stretches
        .map(|(entry, stretch)| source(entry, stretch.points.start..stretch.points.end, &stretch.words))
        .collect()
}

/// What a document says at these code points of it.
fn source(entry: &Entry, range: Range<usize>, words: &str) -> Source {
    Source {
        corpus: entry.corpus.clone(),
        document: entry.name.clone(),
        title: entry.title.clone(),
        locality: entry.locality.clone(),
        range,
        text: words.to_owned(),
    }
}

/// A source's name; where there are several corpora, with the one that holds it.
fn called(source: &Source) -> String {
    let Source { corpus, document, .. } = source;
    if corpus.is_empty() { document.clone() } else { format!("{corpus}: {document}") }
}

/// Where a source stands, in its own words.
fn place(named: &str, source: &Source) -> Text {
    let (at, quoted) = (source.range.start + 1, excerpt(&on_one_line(&source.text), QUOTED));
    text!("原文在{named}第{at}字起：“{quoted}”", "the source, {named} from character {at}: “{quoted}”")
}

/// Where the first source has the passage, and who else has it.
fn evidence(holders: &[Holder<'_>], named: &str, first: Option<&Source>) -> impl Iterator<Item = Text> {
    let place = first.map(|first| place(named, first));
    let others: Vec<String> = holders.iter().skip(1).map(|h| label(&h.entry)).collect();
    let list = others.join("、");
    let also =
        (!others.is_empty()).then(|| text!("同样的话还在：{list}", "the same passage is also in: {list}"));
    place.into_iter().chain(also)
}

/// A document as a person knows it.
fn label(entry: &Entry) -> String {
    let Entry { name, title, locality, corpus, .. } = entry;
    // Where there are several corpora, it is said which one has it.
    let name = if corpus.is_empty() { name.clone() } else { format!("{corpus}: {name}") };
    let named = if title.is_empty() { name } else { format!("《{title}》（{name}）") };
    let from = locality.as_str();
    if from.is_empty() || named.contains(from) { named } else { format!("{from}{named}") }
}

fn on_one_line(words: &str) -> String {
    words.replace(['\n', '\r'], "")
}

/// How much of a document was copied, and from whom: for whoever reads the report's head. `None`
/// if nothing was found that is more than a hint.
#[must_use]
pub fn summary(characters: usize, text: &str, findings: &[Finding]) -> Option<Problem> {
    let copied = |f: &&Finding| f.rule == ABOUT.id && f.severity > Severity::Info;
    let mut all = 0;
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    // What is told of a passage and of the whole at the same words counts once.
    let mut counted = BTreeSet::new();
    let once = |f: &&Finding| counted.insert((f.range.start, f.range.end));
    for finding in findings.iter().filter(copied).filter(once) {
        let length = text[finding.range.clone()].chars().count();
        all += length;
        if let Some(source) = finding.sources.first() {
            let (document, locality) = (called(source), &source.locality);
            let name = if locality.is_empty() { document } else { format!("{locality} {document}") };
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
