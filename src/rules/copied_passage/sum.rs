//! Small copies that add up (积少成多): each a hint by itself, together what a reader would call copied.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{ABOUT, called, label, source};
use crate::base::{Result, Text};
use crate::corpus::{Comparable, Corpus, DocumentId, Entry, K, Letters, run_hash};
use crate::model::{BlockKind, Finding, Severity, Source};
use crate::rules::Case;
use crate::text;

/// Headings that one source has in the same order, from which an outline was copied.
const HEADINGS: usize = 3;

/// Localities that have a run of letters from which on a heading is everybody's: one writes its own again
/// every year.
const MANY: usize = 4;

/// Headings that must be met in the index for a document to be read: of one of fewer than 13 letters the index may
/// have kept nothing.
const MET: usize = 2;

/// Documents that are read for their headings.
const READ: usize = 6;

/// Hints, and the hundredths of the text that they cover, from which they are told together. Honest reports
/// share some three hundredths with a hundred others in short stretches.
const HINTS: usize = 8;
const COVERED: usize = 12;

/// Hundredths of the text that one source has, from which that is told.
const THIRD: usize = 33;

/// What the findings come to for the whole document; `own` tells whether a source is the own locality's or an
/// upper level's.
///
/// # Errors
/// If the store fails.
pub(super) fn sums(
    case: &Case<'_>,
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    findings: &[Finding],
    own: &dyn Fn(&str) -> bool,
) -> Result<Vec<Finding>> {
    let foreign = |f: &&Finding| f.sources.first().is_some_and(|s| !own(&s.locality));
    let foreign: Vec<&Finding> = findings.iter().filter(foreign).collect();
    let outline = outline(case, draft, corpus, own)?;
    let whole = Whole::of(case.manuscript.text());
    Ok(outline.into_iter().chain(mosaic(&whole, &foreign)).chain(third(&whole, &foreign)).collect())
}

/// The characters of words, blanks left out.
fn count(words: &str) -> usize {
    words.chars().filter(|c| !c.is_whitespace()).count()
}

/// A text of which findings cover a part.
struct Whole<'t> {
    text: &'t str,
    characters: usize,
}

impl<'t> Whole<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, characters: count(text) }
    }

    /// What these findings cover, in hundredths.
    fn covered(&self, findings: &[&Finding]) -> usize {
        let some: usize = findings.iter().map(|f| count(&self.text[f.range.clone()])).sum();
        (some * 100).checked_div(self.characters).unwrap_or(0)
    }
}

/// Headings that one document has in the same order, though each be too short to be told by itself.
fn outline(
    case: &Case<'_>,
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    own: &dyn Fn(&str) -> bool,
) -> Result<Option<Finding>> {
    let blocks = case.manuscript.blocks().iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    let headings: Vec<Letters> = blocks.map(|b| bare(draft, draft.within(&b.range))).collect();
    if headings.len() < HEADINGS {
        return Ok(None);
    }
    for document in likely(draft, &headings, corpus)? {
        let entry = corpus.store.entry(document)?;
        if own(&entry.locality) {
            continue;
        }
        let text = corpus.store.text(document)?;
        let same = in_order(draft, &headings, &Comparable::of(&text));
        let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
        if same.len() < HEADINGS {
            continue;
        }
        let (count, named) = (same.len(), label(&entry));
        let message = text!(
            "有{count}个小标题与{named}相同，次序也一样",
            "{count} headings are those of {named}, in the same order"
        );
        let said: Vec<&str> = same.iter().map(|&h| &draft.text()[draft.bytes(headings[h])]).collect();
        let (zh, en) = (said.join("、"), said.join(", "));
        return Ok(Some(
            ABOUT
                .finding(draft.bytes(headings[*first]), message)
                .severity(Severity::Warning)
                .help(Text::fixed(
                    "按本地的事重新列提纲：先定要办几件事，再定标题",
                    "make an outline of one's own: first what is to be done here, then the headings",
                ))
                .note(None, text!("相同的小标题：{zh}", "the headings: {en}"))
                .sources(vec![place(&entry, &text, draft, headings[*last])]),
        ));
    }
    Ok(None)
}

/// The documents that may have most of the headings, the likeliest first.
fn likely(draft: &Comparable<'_>, headings: &[Letters], corpus: Corpus<'_>) -> Result<Vec<DocumentId>> {
    // Every run of a heading is asked for: which of them the index kept depends on what stood round it.
    let mut runs: Vec<(u32, usize)> = Vec::new();
    for (heading, letters) in headings.iter().enumerate() {
        runs.extend(draft.letters()[letters.numbers()].windows(K).map(|run| (run_hash(run), heading)));
    }
    let hashes: Vec<u32> = runs.iter().map(|run| run.0).collect();
    let mut met: BTreeMap<DocumentId, BTreeSet<usize>> = BTreeMap::new();
    corpus.store.lookup(&hashes, &mut |index, postings| {
        let Some(&(_, heading)) = runs.get(index) else { return };
        let localities: BTreeSet<u32> =
            postings.list.iter().map(|p| corpus.store.locality(p.document)).collect();
        if localities.len() < MANY {
            postings.list.iter().for_each(|p| {
                met.entry(p.document).or_default().insert(heading);
            });
        }
    })?;
    let mut likely: Vec<(DocumentId, usize)> =
        met.into_iter().map(|(document, headings)| (document, headings.len())).collect();
    likely.retain(|&(_, count)| count >= MET);
    likely.sort_by_key(|&(document, count)| (Reverse(count), document));
    Ok(likely.into_iter().take(READ).map(|(document, _)| document).collect())
}

/// The letters of a heading without its number.
fn bare(draft: &Comparable<'_>, letters: Letters) -> Letters {
    let is_number = |l: u16| {
        let numeral = char::from_u32(l.into()).is_some_and(|c| "一二三四五六七八九十".contains(c));
        numeral || (0x30..=0x39).contains(&l)
    };
    let numbers = draft.letters()[letters.numbers()].iter().take_while(|&&l| is_number(l)).count();
    Letters { start: letters.start + numbers, end: letters.end }
}

/// The headings that a document has whole, as long as they follow each other there.
fn in_order(draft: &Comparable<'_>, headings: &[Letters], source: &Comparable<'_>) -> Vec<usize> {
    let mut same = Vec::new();
    let mut from = 0;
    for (heading, letters) in headings.iter().enumerate().filter(|(_, letters)| letters.len() >= K) {
        let wanted = &draft.letters()[letters.numbers()];
        let found = source.letters()[from..].windows(wanted.len()).position(|run| run == wanted);
        if let Some(at) = found {
            from += at + wanted.len();
            same.push(heading);
        }
    }
    same
}

/// Where a document has a heading.
fn place(entry: &Entry, text: &str, draft: &Comparable<'_>, heading: Letters) -> Source {
    let words = &draft.text()[draft.bytes(heading)];
    let start = text.find(words).map_or(0, |at| text[..at].chars().count());
    source(entry, start..start + words.chars().count(), words)
}

/// Hints from here and there.
fn mosaic(whole: &Whole<'_>, findings: &[&Finding]) -> Option<Finding> {
    let hints: Vec<&Finding> = findings.iter().copied().filter(|f| f.severity == Severity::Info).collect();
    let percent = whole.covered(&hints);
    let first = hints.first()?;
    if hints.len() < HINTS || percent < COVERED {
        return None;
    }
    let mut documents: Vec<String> = hints.iter().filter_map(|f| f.sources.first()).map(called).collect();
    documents.sort_unstable();
    documents.dedup();
    let (count, of) = (hints.len(), documents.len());
    let message = text!(
        "全文有{count}处短句与语料库里{of}篇文稿相同，合起来约占{percent}%",
        "{count} short stretches stand in {of} documents of the corpus as well, about {percent}% of the text together"
    );
    Some(summed(
        first,
        message,
        Text::fixed(
            "单看每处都不长，合起来就是拼凑：加 --show-info 逐处查看，改用本地的事实",
            "each is short, together they are patchwork: see each with --show-info, and say it with the own facts",
        ),
    ))
}

/// One document behind a third of the text.
fn third(whole: &Whole<'_>, findings: &[&Finding]) -> Option<Finding> {
    let mut of: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for &finding in findings {
        if let Some(source) = finding.sources.first() {
            of.entry(called(source)).or_default().push(finding);
        }
    }
    let shares = of.into_iter().map(|(document, found)| (whole.covered(&found), document, found));
    let (percent, document, found) = shares.max_by_key(|&(percent, ..)| percent)?;
    // Where one passage is an error, that has been told.
    if percent < THIRD || found.len() < 2 {
        return None;
    }
    let count = found.len();
    let message = text!(
        "约{percent}%出自{document}（{count}处）",
        "about {percent}% is from {document} ({count} passages)"
    );
    Some(summed(
        found[0],
        message,
        Text::fixed(
            "这篇文稿主要是照那一篇写的：重新起草，或者说明来源",
            "this draft was mainly written after that one: write it anew, or say where it is from",
        ),
    ))
}

fn summed(first: &Finding, message: Text, help: Text) -> Finding {
    ABOUT
        .finding(first.range.clone(), message)
        .severity(Severity::Warning)
        .help(help)
        .sources(first.sources.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use crate::corpus::{Corpus, MemoryStore, Stock};
    use crate::model::{Finding, Settings, Severity};
    use crate::read::read;
    use crate::rules::copied_passage::CopiedPassage;
    use crate::rules::{Case, Rule};

    /// What is told of a draft beside these documents, each of a locality of its own.
    fn told(draft: &str, documents: &[String]) -> Vec<Finding> {
        let entry = |n: usize| crate::corpus::Entry { name: format!("{n}.txt"), ..Default::default() };
        let store =
            MemoryStore::of(documents.iter().enumerate().map(|(n, d)| (entry(n), d.clone())).collect());
        let (stock, failure) = (Stock::known(), OnceLock::new());
        let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
        let (manuscript, settings) = (read("稿.txt", draft.as_bytes()).unwrap(), Settings::default());
        CopiedPassage.check(&Case::new(&manuscript, &settings).against(Some(corpus)))
    }

    fn says(findings: &[Finding], words: &str) -> bool {
        findings.iter().any(|f| f.severity == Severity::Warning && f.message.zh.contains(words))
    }

    const HEADINGS: [&str; 4] =
        ["茶园改种给荒坡添新绿", "老渠清淤让活水进田", "校车加班送暖上学路", "夜校开课聚起左邻右舍"];

    fn paper(headings: &[&str], body: &str) -> String {
        let part = |(n, heading): (usize, &&str)| {
            let number = crate::base::han::numeral(n + 1);
            format!("{number}、{heading}\n第{number}件事{body}。\n")
        };
        headings.iter().enumerate().map(part).collect()
    }

    #[test]
    fn headings_of_one_document_in_its_order_are_told_though_each_is_short() {
        let source = paper(&HEADINGS, "去年就写在村口的牌子上");
        assert!(says(
            &told(&paper(&HEADINGS, "今年才开头，慢慢办"), std::slice::from_ref(&source)),
            "4个小标题"
        ));
        let others =
            ["修桥补路办成几件实事", "老渠清淤让活水进田", "校车加班送暖上学路", "粮站改成了读书的地方"];
        assert!(!says(&told(&paper(&others, "今年才开头，慢慢办"), std::slice::from_ref(&source)), "小标题"));
        // What four documents have is nobody's outline.
        let many: Vec<String> = (0..4).map(|_| source.clone()).collect();
        assert!(!says(&told(&paper(&HEADINGS, "今年才开头，慢慢办"), &many), "小标题"));
    }

    #[test]
    fn short_stretches_from_here_and_there_are_told_together() {
        const STRETCHES: [&str; 9] = [
            "把旧磨盘铺成了晒谷场边的步道",
            "每月初八在祠堂门口公布豆子进价",
            "渠长打钟轮灌不再为放水红脸",
            "用退下来的校车改成流动药箱车",
            "请会唱山歌的阿婆录下防火广播",
            "把豆干烘成礼盒托邮车捎下山",
            "茶农半夜排队守水的日子过去了",
            "把水窖钥匙挂在三户人家墙上",
            "让木匠带着徒弟修完了风雨桥",
        ];
        let documents: Vec<String> =
            STRETCHES.iter().map(|s| format!("别的村也有别的办法。{s}，大家都说好。")).collect();
        let draft: String =
            STRETCHES.iter().map(|s| format!("我们自己的做法另有一条，{s}，往后照着办。\n")).collect();
        assert!(says(&told(&draft, &documents), "处短句"));
        assert!(!says(&told(&draft, &documents[..4]), "处短句"));
    }
}
