//! A collection off the web, 经验交流材料精选17篇, taken apart into its pieces.
//!
//! Its pieces are headed by their number: 篇一, 第一篇, 【篇1】, 工作总结 篇3, 工作汇报（第2篇）. They count
//! only if they run from 1 without a gap and each is long enough for a document; a speech that
//! says “做好三篇文章，第一篇” is one.

use super::about::clean;
use crate::base::han::parse_numeral;
use crate::base::pattern::pattern;

/// Characters of the text behind a head that make it a piece.
const SHORTEST: usize = 100;

/// Characters that a head has at most.
const LONGEST_HEAD: usize = 60;

pattern! {
    static HEAD = r"(?x)^ [\#*\s　]* (?:
            [【\[（(〔<《]? \s* (?: 第 \s* (?P<a>[0-9０-９一二三四五六七八九十百]+) \s* 篇 | 篇 \s* (?P<b>[0-9０-９一二三四五六七八九十百]+) | 范文 \s* (?P<f>[0-9０-９一二三四五六七八九十百]+) )
                (?: [】\]）)〕>》：:、．.\s　] .* )?
            | .* (?: [（(【\[ ]\s*第\s*(?P<c>[0-9０-９一二三四五六七八九十百]+)\s*篇\s*[）)】\]]? | \s*篇\s*(?P<d>[0-9０-９一二三四五六七八九十百]+) | 范文\s*(?P<e>[0-9０-９一二三四五六七八九十百]+) ) [】）)\]*\s]*
        ) $";
}

/// One piece: its title and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Its head without the number, or the first line below a head that has only a number.
    pub title: String,
    /// Its text, the head included.
    pub text: &'t str,
}

fn number(digits: &str) -> Option<usize> {
    let half: String = digits
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect();
    half.parse().ok().or_else(|| parse_numeral(&half))
}

/// The pieces of a collection; none if the text is one document.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    // Most documents have no 篇 to look at.
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !has("篇") && !has("范文") {
        return Vec::new();
    }
    let mut heads: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if line.len() > LONGEST_HEAD * 4 || !(line.contains('篇') || line.contains("范文")) {
            continue;
        }
        let Some(found) = HEAD.captures(line) else { continue };
        let digits = found.iter().skip(1).flatten().next().map_or("", |m| m.as_str());
        let next = number(digits) == Some(heads.len() + 1);
        if next && line.chars().count() <= LONGEST_HEAD {
            heads.push((start, at));
        }
    }
    if heads.len() < 2 {
        return Vec::new();
    }
    let ends = heads.iter().skip(1).map(|h| h.0).chain([text.len()]);
    let all: Vec<Piece<'_>> = heads
        .iter()
        .zip(ends)
        .map(|(&(start, behind), end)| {
            let below = text[behind..end].lines().map(clean).find(|l| !l.is_empty()).unwrap_or_default();
            let own = title_of(&text[start..behind]);
            let title = if own.is_empty() && super::about::is_title(&below) { below } else { own };
            Piece { title, text: &text[start..end] }
        })
        .collect();
    let long = all.iter().zip(&heads).all(|(p, h)| p.text[h.1 - h.0..].chars().nth(SHORTEST).is_some());
    if long { all } else { Vec::new() }
}

pattern! {
    /// A number of a piece with its brackets.
    static NUMBER = r"[【\[（(〔<《]?\s*(?:第\s*[0-9０-９一二三四五六七八九十百]+\s*篇|(?:篇|范文)\s*[0-9０-９一二三四五六七八九十百]+)\s*[】\]）)〕>》]?[：:、．.]?";
}

/// A head without its number and brackets.
fn title_of(head: &str) -> String {
    let head = clean(head);
    clean(&NUMBER.replace(&head, ""))
}

#[cfg(test)]
mod tests {
    use super::pieces;

    fn collection(heads: &[&str]) -> String {
        let body = "　　青石镇盯住水源、农资、农机三件事，逐村过关，春耕生产平稳有序。\n".repeat(6);
        let pieces: Vec<String> = heads.iter().map(|h| format!("{h}\n{body}")).collect();
        format!("春耕工作总结精选{}篇\n\n下面是整理的材料。\n{}", heads.len(), pieces.concat())
    }

    #[test]
    fn every_way_of_numbering_is_known() {
        for (heads, titles) in [
            (["篇一", "篇二", "篇三"], ["", "", ""]),
            (["【篇1】春耕总结", "【篇2】备耕汇报", "【篇3】农机要点"], ["春耕总结", "备耕汇报", "农机要点"]),
            (
                ["第一篇：春耕总结", "第二篇：备耕汇报", "第三篇：农机要点"],
                ["春耕总结", "备耕汇报", "农机要点"],
            ),
            (["春耕工作总结 篇1", "春耕工作总结 篇2", "春耕工作总结 篇3"], ["春耕工作总结"; 3]),
            (
                ["**春耕工作总结（第1篇）**", "**春耕工作总结（第2篇）**", "**春耕工作总结（第3篇）**"],
                ["春耕工作总结"; 3],
            ),
            (["春耕总结范文１", "春耕总结范文２", "春耕总结范文３"], ["春耕总结"; 3]),
        ] {
            let text = collection(&heads);
            let found = pieces(&text);
            assert_eq!(found.len(), 3, "{heads:?}");
            assert!(found.iter().zip(heads).all(|(p, h)| p.text.starts_with(h)));
            for (piece, title) in found.iter().zip(titles) {
                assert_eq!(piece.title, title);
            }
        }
    }

    #[test]
    fn a_speech_about_articles_is_one_document() {
        for text in [
            "做好三篇文章\n第一篇\n生态文章要写好。\n第二篇\n产业文章要写实。\n".to_owned(),
            collection(&["篇一", "篇三", "篇四"]),
            collection(&["一、总体要求", "二、主要任务", "三、保障措施"]),
            String::new(),
        ] {
            assert!(pieces(&text).is_empty());
        }
    }
}
