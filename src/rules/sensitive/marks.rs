//! Marks that a paper is not for everybody: grades of secrecy (密级) and notes that it is internal.
//!
//! A mark is short and by itself: on a line of its own, in brackets, or with its ★. The same words in a sentence
//! speak of secrets and of the rules for them.

use std::ops::Range;
use std::sync::LazyLock;

use super::Hit;
use crate::base::lexicon::sensitive as lexicon;
use crate::base::{Text, clause, words::Words};
use crate::model::{BlockKind, Severity};
use crate::rules::Case;
use crate::text;

/// Characters of the longest note in brackets, and of the longest line that is one.
const LONGEST: usize = 30;

/// Words without which there is no mark.
static ANCHORS: LazyLock<Words<'static>> = LazyLock::new(|| {
    let lists = [lexicon::GRADES, lexicon::SPREAD, lexicon::ALONE, TAKEN, ONLY];
    let mut all: Vec<&str> = lists.into_iter().flatten().copied().chain(["内部"]).collect();
    all.sort_unstable();
    all.dedup();
    Words::of(all)
});

/// When a paper is taken back.
const TAKEN: &[&str] = &["阅后", "会后", "用后", "阅毕"];
/// For whom alone it is.
const ONLY: &[&str] = &["仅供", "仅限", "只供", "只限"];

const OPEN: [char; 6] = ['（', '(', '【', '〔', '[', '［'];
const CLOSE: [char; 6] = ['）', ')', '】', '〕', ']', '］'];

/// The marks of a text.
pub(super) fn find(case: &Case<'_>) -> Vec<Hit> {
    let text = case.folded().text();
    let mut hits: Vec<Hit> = spaced(text).map(|range| told(text, range, true)).collect();
    for m in ANCHORS.find_iter(text) {
        if hits.last().is_some_and(|h| h.range.end > m.range.start) {
            continue;
        }
        let at = m.range.start;
        let kind = || case.manuscript.block(case.folded().back(at)).map(|b| b.kind);
        let words = &text[m.range.clone()];
        let graded = lexicon::GRADES.contains(&words).then(|| starred(text, &m.range)).flatten();
        let hit = graded
            .map(|range| (range, true))
            .or_else(|| bracketed(text, at))
            .or_else(|| (kind() != Some(BlockKind::Cell)).then(|| on_a_line(text, at)).flatten());
        hits.extend(hit.map(|(range, grade)| told(text, range, grade)));
    }
    hits
}

/// 秘　密 on one of the first lines, as GB/T 9704—2012 has it.
fn spaced(text: &str) -> impl Iterator<Item = Range<usize>> {
    /// Lines of a paper's head.
    const HEAD: usize = 8;
    let of = |line: &str| {
        let words = line.trim();
        let blank = words.chars().nth(1).is_some_and(char::is_whitespace);
        let short = || words.chars().take(LONGEST).filter(|c| !c.is_whitespace()).collect::<String>();
        let graded = |words: String| {
            let rest = lexicon::GRADES.iter().find_map(|grade| words.strip_prefix(grade));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('★') && rest.chars().count() < 8)
        };
        (blank && graded(short())).then_some(words.len())
    };
    let mut end = 0;
    text.split_inclusive('\n').take(HEAD).filter_map(move |line| {
        let start = end + line.len() - line.trim_start().len();
        end += line.len();
        of(line).map(|len| start..start + len)
    })
}

/// 秘密★1年, 密级：秘密: a grade with its star or behind 密级, whatever is round it, unless the sentence
/// teaches how grades are written.
fn starred(text: &str, grade: &Range<usize>) -> Option<Range<usize>> {
    let sentence = &text[clause::sentence(text, grade.clone())];
    if lexicon::TAUGHT.iter().any(|w| sentence.contains(w)) {
        return None;
    }
    let tail = &text[grade.end..];
    let close = tail.trim_start_matches([' ', '　']);
    if let Some(term) = close.strip_prefix(['★', '☆', '*']) {
        let digits = term.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let rest = ["年", "个月", "月", "长期"].iter().find_map(|unit| digits.strip_prefix(unit));
        let end = text.len() - rest.unwrap_or(term).len();
        return (close.starts_with('★') || rest.is_some()).then_some(grade.start..end);
    }
    let head = text[..grade.start].trim_end_matches([' ', '　', '：', ':']);
    let start = head.strip_suffix("密级").filter(|_| head.len() < grade.start)?.len();
    let ends = |c: char| c.is_whitespace() || "，。；,;".contains(c) || CLOSE.contains(&c);
    tail.chars().next().is_none_or(ends).then_some(start..grade.end)
}

/// A note in brackets round `at`, and whether it is a grade.
fn bracketed(text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let low = text.ceil_char_boundary(at.saturating_sub(3 * LONGEST));
    let (back, sign) = text[low..at]
        .char_indices()
        .rev()
        .find(|(_, c)| OPEN.contains(c) || CLOSE.contains(c) || *c == '\n')?;
    let start = OPEN.contains(&sign).then_some(low + back)?;
    let inner = start + sign.len_utf8();
    let high = text.floor_char_boundary((inner + 3 * LONGEST).min(text.len()));
    let rest = text.get(inner..high)?;
    let len = rest.find(|c| OPEN.contains(&c) || CLOSE.contains(&c) || c == '\n')?;
    let close = rest[len..].chars().next().filter(|c| CLOSE.contains(c))?;
    let (words, range) = (rest[..len].trim(), start..inner + len + close.len_utf8());
    if is_regulated(words) {
        return None;
    }
    let grade = clauses(words).next().is_some_and(is_grade);
    let version = || text[..start].ends_with(['稿', '件', '版', '本', '表', '案']) && words == "内部";
    (grade || version() || clauses(words).any(is_note)).then_some((range, grade))
}

/// A line of its own round `at` that is a note or a grade.
fn on_a_line(text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |i| at + i);
    if end - start > 4 * LONGEST {
        return None;
    }
    let line = text[start..end].trim();
    let words = line.trim_start_matches(['★', '※', '*', '●', '■']);
    let from = start + (text[start..end].len() - text[start..end].trim_start().len());
    if is_regulated(words) || words.ends_with(['。', '：', ':', '；']) || words.chars().count() > LONGEST {
        return None;
    }
    let range = from..from + line.len();
    let beside =
        |c: &str| is_grade(c) || lexicon::URGENT.contains(&c) || c.bytes().all(|b| b.is_ascii_digit());
    if clauses(words).any(is_grade) && clauses(words).all(beside) {
        return Some((range, true));
    }
    let first = clauses(words).next()?;
    let own = first.trim_start_matches(['本', '此', '该']);
    let own = ["资料", "材料", "文件", "件", "稿"].iter().find_map(|w| own.strip_prefix(w)).unwrap_or(own);
    let begins = |list: &[&str]| list.iter().any(|w| own.starts_with(w));
    let note = |c: &str| {
        is_note(c) && (begins(&["内部", "限"]) || begins(ONLY) || begins(TAKEN) || begins(lexicon::NEVER))
    };
    (lexicon::ALONE.contains(&own) || note(own)).then_some((range, false))
}

fn clauses(words: &str) -> impl Iterator<Item = &str> {
    let parted = |c: char| c.is_whitespace() || "，,、；;。！!：:—·".contains(c);
    words.split(parted).filter(|c| !c.is_empty())
}

fn is_regulated(words: &str) -> bool {
    lexicon::REGULATED.iter().any(|w| words.contains(w))
}

/// 秘密, 机密件.
fn is_grade(clause: &str) -> bool {
    lexicon::GRADES
        .iter()
        .any(|grade| clause.strip_prefix(grade).is_some_and(|rest| matches!(rest, "" | "件" | "级")))
}

/// Whether a clause says that a paper is for the office alone.
fn is_note(clause: &str) -> bool {
    is_inner(clause) || is_forbidden(clause) || is_taken(clause) || is_only(clause)
}

/// 内部掌握, 系统内部测算用.
fn is_inner(clause: &str) -> bool {
    clause.split_once("内部").is_some_and(|(head, rest)| {
        let mut rest = rest;
        let whole = !rest.is_empty();
        while let Some(less) =
            lexicon::INNER.iter().filter_map(|w| rest.strip_prefix(w)).min_by_key(|less| less.len())
        {
            rest = less;
        }
        whole && rest.is_empty() && !lexicon::INSIDE.iter().any(|w| head.ends_with(w))
    })
}

/// 请勿外传, 不对外口径; 此件不公开 tells how a paper is published, as it must.
fn is_forbidden(clause: &str) -> bool {
    let spread = |rest: &str| lexicon::SPREAD.contains(&rest);
    let never = |w: &&str| clause.match_indices(*w).any(|(at, _)| spread(&clause[at + w.len()..]));
    let published = clause.starts_with("此件") && clause.contains("公开");
    !published && lexicon::NEVER.iter().any(never)
}

/// 阅后销毁, 会后请收回.
fn is_taken(clause: &str) -> bool {
    let back = |rest: &str| lexicon::AFTER.contains(&rest.trim_start_matches(['请', '即', '须', '应']));
    TAKEN.iter().any(|w| clause.split_once(w).is_some_and(|(_, rest)| back(rest)))
}

/// 仅供内部参考, 仅限班子成员掌握.
fn is_only(clause: &str) -> bool {
    let used = ["参考", "参阅", "掌握", "使用", "传阅", "知悉", "阅示", "研判"];
    let who = |rest: &str| {
        lexicon::ONLY.iter().any(|w| rest.starts_with(w)) && used.iter().any(|w| rest.ends_with(w))
    };
    ONLY.iter().any(|w| clause.split_once(w).is_some_and(|(_, rest)| who(rest)))
}

fn told(text: &str, range: Range<usize>, grade: bool) -> Hit {
    let words = &text[range.clone()];
    let (message, help) = if grade {
        (
            text!("标有密级“{words}”", "marked as a secret: “{words}”"),
            Text::fixed(
                "涉密的，不得在联网的电脑上处理和传送，按保密规定办；不涉密的，删去这个标志",
                "a secret is neither handled nor sent on a computer with a network; what is none loses the mark",
            ),
        )
    } else {
        (
            text!("写有内部使用的字样“{words}”", "marked as internal: “{words}”"),
            Text::fixed(
                "对外印发、公开前，看这部分内容能不能给人看，再删去字样",
                "before it goes out, see whether this may be shown, then delete the mark",
            ),
        )
    };
    Hit { range, message, help, private: false, severity: Severity::Warning }
}
