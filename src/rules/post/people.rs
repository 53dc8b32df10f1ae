//! The persons that a text names with their posts (人名与职务), in the order in which it names them.
//!
//! Three forms: the post before the name (副县长陈立新, 副县长　陈立新), the name before the post in a list of
//! members (陈立新　副县长, 陈立新（副县长）), and the short address of one who was named (陈立新副县长). The last is
//! looked for by the names that the first two give.

use std::collections::BTreeSet;
use std::ops::Range;

use super::name::{self, End, Name};
use super::office::{HEADS, Post, chain};
use crate::base::han::is_han;
use crate::base::words::Found;

/// In which form a person is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 副县长陈立新.
    Before,
    /// 陈立新　副县长.
    Behind,
    /// 陈立新副县长.
    Short,
}

/// A person with posts, as named at one place.
#[derive(Debug, Clone)]
pub(super) struct Mention<'t> {
    /// Posts and name together.
    pub range: Range<usize>,
    /// The name.
    pub name_at: Range<usize>,
    /// The name without blanks.
    pub name: String,
    /// The posts in their order.
    pub posts: Vec<Post<'t>>,
    /// The form.
    pub form: Form,
}

impl Mention<'_> {
    /// The posts as they are written.
    pub fn title(&self) -> String {
        self.posts.iter().map(|p| p.words).collect::<Vec<_>>().join("、")
    }
}

/// All of them, in order.
pub(super) fn people(text: &str) -> Vec<Mention<'_>> {
    let heads: Vec<Found> = HEADS.find_iter(text).collect();
    let firm = titled(text, &heads, &|_| false);
    if firm.is_empty() {
        return firm;
    }
    let names: BTreeSet<String> = firm.into_iter().map(|m| m.name).collect();
    // Whoever is known by name is known whatever follows.
    let mut all = titled(text, &heads, &|n| names.contains(n));
    all.extend(short(text, &heads, &names, &all));
    all.sort_by_key(|m| m.range.start);
    all
}

/// Names with posts before or behind them.
fn titled<'t>(text: &'t str, heads: &[Found], known: &dyn Fn(&str) -> bool) -> Vec<Mention<'t>> {
    let mut all: Vec<Mention<'t>> = Vec::new();
    let mut last = 0;
    for head in heads {
        // 总书记来陕考察: nobody's name stands there.
        if head.range.start < last || is_general(text, head) {
            continue;
        }
        let mut end = head.range.end;
        let rest = &text[end..];
        // 副县长（挂职）陈立新.
        if rest.starts_with(['（', '('])
            && let Some(close) = rest.find(['）', ')']).filter(|&at| at <= "（一二三四五六".len())
        {
            end += close + rest[close..].chars().next().map_or(0, char::len_utf8);
        }
        let Some((start, posts)) = chain(&text[last..end]) else { continue };
        let start = last + start;
        if let Some(m) = behind(text, start, end, last, &posts) {
            last = end;
            all.push(m);
            continue;
        }
        let rest = text[end..].trim_start_matches(name::is_blank);
        let at = text.len() - rest.len();
        let blank = at > end;
        let Some(Name { text: name, len, end: sure }) = name::at_head(rest, known) else { continue };
        let role = posts.iter().all(Post::is_role) && !known(&name) && !name::is_sure(&name);
        if blank && sure != End::Firm || !is_post_of_a_person(&posts) || role {
            continue;
        }
        last = at + len;
        let others = shared(text, last, &posts, known);
        all.push(Mention { range: start..last, name_at: at..last, name, posts, form: Form::Before });
        last = others.last().map_or(last, |m| m.range.end);
        all.extend(others);
    }
    all
}

/// 罗建军 and 唐永胜 of 副县长何晓梅、罗建军、唐永胜: a deputy's post is said once for all who hold it.
fn shared<'t>(
    text: &'t str,
    from: usize,
    posts: &[Post<'t>],
    known: &dyn Fn(&str) -> bool,
) -> Vec<Mention<'t>> {
    let mut all = Vec::new();
    if posts.iter().any(Post::is_single) || posts.len() != 1 {
        return all;
    }
    let mut end = from;
    while let Some(rest) = text[end..].strip_prefix('、') {
        let at = text.len() - rest.len();
        let Some(found) = name::at_head(rest, known) else { break };
        let letters: Vec<char> = found.text.chars().collect();
        if !known(&found.text) && !name::is_bare_name(&letters, true) {
            break;
        }
        end = at + found.len;
        let posts = posts.to_vec();
        all.push(Mention { range: at..end, name_at: at..end, name: found.text, posts, form: Form::Before });
    }
    all
}

/// 总书记; 州长 of 池州长江大桥 is none.
fn is_general(text: &str, head: &Found) -> bool {
    let (words, mut rest) = (&text[head.range.clone()], text[head.range.end..].chars());
    let river = words.ends_with('长') && rest.next() == Some('江');
    words == "书记" && text[..head.range.start].ends_with('总')
        || river && rest.next().is_some_and(|c| "公大干经流中沿口岸两南北上下生".contains(c))
}

/// 常委、委员、代表 and 成员 alone before a name are a row of people (各位代表), and no post.
fn is_post_of_a_person(posts: &[Post<'_>]) -> bool {
    posts.iter().any(|p| !p.is_member() || p.head == "常委")
}

/// 陈立新　副县长 in a list of members: the name stands right before the posts, a blank or a bracket between.
fn behind<'t>(
    text: &'t str,
    start: usize,
    end: usize,
    last: usize,
    posts: &[Post<'t>],
) -> Option<Mention<'t>> {
    let before = text.get(last..start)?;
    let name_end = before.trim_end_matches(|c: char| name::is_blank(c) || matches!(c, '（' | '('));
    let bracket = before[name_end.len()..].contains(['（', '(']);
    if name_end.len() == before.len() || name_end.is_empty() {
        return None;
    }
    let closes = text[end..].chars().next().is_none_or(|c| {
        if bracket {
            matches!(c, '）' | ')')
        } else {
            matches!(c, '\n' | '\r' | '；' | ';' | '。' | '，') || name::is_blank(c)
        }
    });
    let (at, name) = name::at_end(name_end).or_else(|| spaced_end(name_end))?;
    let name_at = last + at..last + name_end.len();
    closes.then(|| Mention {
        range: name_at.start..end,
        name_at,
        name,
        posts: posts.to_vec(),
        form: Form::Behind,
    })
}

/// 韩　松 at the end of some words.
fn spaced_end(before: &str) -> Option<(usize, String)> {
    let given = before.chars().next_back().filter(|&c| is_han(c))?;
    let head = &before[..before.len() - given.len_utf8()];
    let bare = head.trim_end_matches(name::is_blank);
    let surname = bare.chars().next_back().filter(|_| bare.len() < head.len())?;
    let at = bare.len() - surname.len_utf8();
    let named = name::at_head(&before[at..], &|_| false)?;
    let opens = bare[..at].chars().next_back().is_none_or(|c| !is_han(c));
    (opens && at + named.len == before.len()).then_some((at, named.text))
}

/// 陈立新副县长: a known name right before a post that says no organisation.
fn short<'t>(
    text: &'t str,
    heads: &[Found],
    names: &BTreeSet<String>,
    titled: &[Mention<'t>],
) -> Vec<Mention<'t>> {
    let mut all = Vec::new();
    for head in heads {
        let before = &text[..head.range.start];
        let deputy = before.ends_with('副');
        let start = head.range.start - if deputy { '副'.len_utf8() } else { 0 };
        let Some(name) = ends_in(&text[..start], names) else { continue };
        let name_at = start - name.len()..start;
        // 县委书记林知远副… no part of posts that were read with a name.
        let next = titled.partition_point(|m| m.range.end <= name_at.end);
        if titled.get(next).is_some_and(|m| m.range.start < start && m.name_at != name_at) {
            continue;
        }
        let range = name_at.start..head.range.end;
        let posts = vec![Post::short(deputy, head.word, &text[start..head.range.end])];
        all.push(Mention { range, name_at, name: name.clone(), posts, form: Form::Short });
    }
    all
}

/// The name in which these words end.
fn ends_in<'n>(words: &str, names: &'n BTreeSet<String>) -> Option<&'n String> {
    let ends: Vec<usize> = words.char_indices().rev().take(4).map(|(at, _)| at).collect();
    [3, 2, 1].into_iter().filter_map(|n| ends.get(n)).find_map(|&at| names.get(&words[at..]))
}
