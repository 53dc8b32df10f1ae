//! A person without a post where everybody else has one (漏写职务).
//!
//! Only in a paper that gives at least three persons their posts and leaves no second one without. A name that no
//! post introduces is taken for one where it fills an item of a row of persons, or opens a clause before a verb,
//! and is in no word that papers write.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Told;
use super::name::{self, End};
use super::people::Mention;
use crate::base::Text;
use crate::base::han::{self, is_han};
use crate::base::lexicon::post as lexicon;
use crate::text;

/// Persons with posts from which a paper counts as one that gives everybody a post.
const TITLED: usize = 3;

/// Names without a post from which it surely does not.
const MOST: usize = 40;

/// The same where the place of a name is surely a person's.
const FEW: usize = 2;

/// Persons that the paper names without a post.
pub(super) fn find(text: &str, people: &[Mention<'_>]) -> Vec<Told> {
    let titled: BTreeSet<&str> = people.iter().map(|m| m.name.as_str()).collect();
    if titled.len() < FEW {
        return Vec::new();
    }
    let (mut sure, mut likely) = before_verbs(text);
    sure.extend(in_rows(text, people));
    sure.extend(on_lines(text, people));
    sure.extend(speakers(text, people));
    for list in [&mut sure, &mut likely] {
        list.sort_by_key(|r| r.start);
        let mut met = BTreeSet::new();
        list.retain(|r| met.insert(&text[r.clone()]));
        if met.len() > MOST {
            return Vec::new();
        }
        list.retain(|r| is_first(text, r) && !is_titled(&titled, &text[r.clone()]));
    }
    // Two without a post: the paper does not give everybody one. What is only likely a name counts where none is
    // surely one, and in a paper of more persons.
    let names = |list: &[Range<usize>]| list.iter().map(|r| &text[r.clone()]).collect::<BTreeSet<_>>().len();
    let one = match (names(&sure), names(&likely)) {
        (1, _) => sure.first(),
        (0, 1) if titled.len() >= TITLED => likely.first(),
        _ => None,
    };
    one.map(|at| told(text, people, titled.len(), at.clone())).into_iter().collect()
}

/// Whether a name has a post elsewhere, or begins with one that has, or is another spelling of one.
fn is_titled(titled: &BTreeSet<&str>, name: &str) -> bool {
    titled.contains(name) || titled.iter().any(|t| name.starts_with(t) || name::are_alike(t, name))
}

fn told(text: &str, people: &[Mention<'_>], count: usize, at: Range<usize>) -> Told {
    let name = &text[at.clone()];
    let told = Told::warning(
        at,
        text!(
            "“{name}”第一次出现没有写职务，其他人都写了",
            "“{name}” is first named without a post, others are not"
        ),
    )
    .help(Text::fixed("补上单位和职务", "add the office and the post"));
    let Some(first) = people.first() else { return told };
    let words = format!("{}{}", first.title(), first.name);
    told.note(
        first.range.start,
        text!("写了职务的有{count}人，如“{words}”", "{count} have posts, such as “{words}”"),
    )
}

/// A line of a list of members that is a name and nothing else, among lines with posts.
fn on_lines(text: &str, people: &[Mention<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for pair in people.windows(2) {
        let between = text.get(pair[0].range.end..pair[1].range.start).unwrap_or_default();
        if !between.starts_with('\n') || between.len() > 60 {
            continue;
        }
        let from = pair[0].range.end + 1;
        let Some(end) = between[1..].find('\n') else { continue };
        let line = text[from..from + end].trim();
        let start = from + text[from..from + end].find(line).unwrap_or(0);
        let letters: Vec<char> = line.chars().collect();
        if name::is_bare_name(&letters, true) {
            found.push(start..start + line.len());
        }
    }
    found
}

/// A line of what was said that opens with a name alone, among lines that open with posts and names:
/// 县教育局副局长简明：….
fn speakers(text: &str, people: &[Mention<'_>]) -> Vec<Range<usize>> {
    /// Lines that open with a person's post.
    const LINES: usize = 3;
    let said = |end: usize| text[end..].starts_with(['：', ':']);
    let opens = |start: usize| text[..start].chars().next_back().is_none_or(|c| c == '\n');
    let titled = people.iter().filter(|m| opens(m.range.start) && said(m.range.end));
    let lines: Vec<usize> = titled.map(|m| m.range.start).collect();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    if lines.len() < LINES {
        return Vec::new();
    }
    let heads = text[*first..*last].match_indices('\n').map(|(at, _)| first + at + 1);
    let named = heads.filter_map(|start| {
        let name = name::at_head(&text[start..], &|_| false)?;
        let letters: Vec<char> = name.text.chars().collect();
        let end = start + name.len;
        (said(end) && name::is_bare_name(&letters, true)).then_some(start..end)
    });
    named.collect()
}

/// Whether the words stand here for the first time.
fn is_first(text: &str, at: &Range<usize>) -> bool {
    text.find(&text[at.clone()]) == Some(at.start)
}

/// Items of a row of persons that are a name and nothing else: 局长仇大海、应如意、总农艺师芮国安.
fn in_rows(text: &str, people: &[Mention<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (index, m) in people.iter().enumerate() {
        // 副县长甲、乙、丙: a deputy's post is said once for all who hold it.
        let shared = m.posts.iter().all(|p| !p.is_single());
        let rest = &text[m.range.end..];
        if let Some(mark) = ['、', '，', '和', '与', '及'].into_iter().find(|c| rest.starts_with(*c)) {
            let at = m.range.end + mark.len_utf8();
            let next = people.get(index + 1).map(|n| n.range.start);
            if !(shared && mark != '，')
                && let Some(item) = item(text, at, next, mark)
            {
                found.push(item);
            }
        }
        // 钱伟，副县长崔玉兰参加调研.
        let before = &text[..m.range.start];
        let Some(head) = before.strip_suffix(['、', '，']) else { continue };
        let start = head.char_indices().rev().take(5).find(|&(_, c)| !is_han(c));
        let start = start.map_or(0, |(at, c)| at + c.len_utf8());
        let row = before.ends_with('、');
        let closed =
            head[..start].ends_with(['。', '；', '：', '\n', '！']) || row && head[..start].ends_with('，');
        let letters: Vec<char> = head[start..].chars().collect();
        if closed && name::is_bare_name(&letters, true) {
            found.push(start..head.len());
        }
    }
    found
}

/// The name at `at`, all of an item: a mark of the row follows, or a verb of which the row is the subject.
fn item(text: &str, at: usize, next: Option<usize>, mark: char) -> Option<Range<usize>> {
    let name = name::at_head(&text[at..], &|_| false)?;
    let letters: Vec<char> = name.text.chars().collect();
    let end = at + name.len;
    let behind = &text[end..];
    let marked = behind.starts_with(['、', '，']) && next.is_some_and(|n| n <= end + '、'.len_utf8() * 3);
    let subject = name.end >= End::Word && (mark != '，' || behind.starts_with("结合"));
    (name::is_bare_name(&letters, true) && (marked || subject)).then_some(at..end)
}

/// Names at the head of a clause, or behind 由 and 听取, with a verb behind them.
fn before_verbs(text: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut sure, mut likely) = (Vec::new(), Vec::new());
    let mut opens = true;
    for (at, c) in text.char_indices() {
        let led = lexicon::INTROS.iter().any(|w| text[..at].ends_with(w));
        let here = opens || led;
        opens = matches!(c, '。' | '；' | '，' | '\n' | '！' | '？');
        if !here || !is_han(c) {
            continue;
        }
        match subject(text, at, led) {
            Some((found, true)) => sure.push(found),
            Some((found, false)) => likely.push(found),
            None => {}
        }
    }
    (sure, likely)
}

/// The name at `at`, if a verb stands behind it; `led` says that a word stands before it that persons follow. The second: whether both are a person's.
fn subject(text: &str, at: usize, led: bool) -> Option<(Range<usize>, bool)> {
    let letters: Vec<(usize, char)> = text[at..].char_indices().take(3).take_while(|l| is_han(l.1)).collect();
    let lengths = [3, 2].into_iter().filter_map(|n| letters.get(..n));
    let mut names = lengths.filter_map(|own| {
        let own: Vec<char> = own.iter().map(|l| l.1).collect();
        let end = at + own.iter().map(|c| c.len_utf8()).sum::<usize>();
        let rest = &text[end..];
        let (goes_on, sure) = name::goes_on(rest);
        let speaks = lexicon::SAYS.iter().any(|w| rest.starts_with(w)) || leads(rest);
        let named = |sure: bool| name::is_bare_name(&own, sure) || speaks && name::is_speaker(&own);
        let whole = (goes_on || speaks) && !name::opens_post(rest) && named(led && sure);
        whole.then_some((at..end, led && sure))
    });
    names.next()
}

/// 率12名工人: a verb here, and not the 率 of 增长率.
fn leads(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('率') else { return false };
    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit() || han::is_counting(c));
    bare.len() < rest.len() && bare.trim_start_matches('余').starts_with(['名', '人'])
}
