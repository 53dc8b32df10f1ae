//! `wengao fix`: the safe changes that findings carry, shown first and made only on request.
//!
//! Nothing is written without `--write`. With it the original is kept beside the file under a new
//! name, and the file is replaced in one step. One change may make room for another, so the check
//! is run again until nothing more is to be done. Changes that go round in a circle would never
//! end: then the text stays as it was when the circle began, and that is said; so fixing what was
//! fixed changes nothing.

use clap::{Arg, ArgAction, ArgMatches, Command};
use similar::{ChangeTag, TextDiff};

use super::check::Baselines;
use super::checking::{self, Plan};
use super::{Exit, Subcommand, World, either, input, output};
use crate::base::{Lang, Place, Problem, Result, Text};
use crate::read::read;
use crate::report::cut;
use crate::rules::{self, Case};
use crate::text;
use crate::write::fix::{changes, fix};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "fix",
    about: Text::fixed("改掉可以放心改的问题", "make the changes that are safe"),
    define,
    run,
};

/// Rounds of checking and changing. Three do for fixes that make room for others.
const ROUNDS: usize = 6;

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .args([
            Arg::new("files").value_name(say("文件", "FILES")).num_args(1..).required(true).help(say(
                "文件、文件夹、加引号的通配符（'drafts/*.txt'）",
                "files, folders, quoted patterns ('drafts/*.txt')",
            )),
            Arg::new("write").long("write").short('w').action(ArgAction::SetTrue).help(say(
                "写进文件；原文另存在旁边，加 .bak。不写时只显示差别",
                "change the files; the originals are kept beside them as .bak. Else the difference is only shown",
            )),
        ])
        .args(checking::flags(lang))
        .after_help(say(
            "退出码：0 没有可改的，或已经写好；1 有可改的而没有写；2 有误\n例：\n  wengao fix 讲话.txt\n  wengao fix drafts --write",
            "Exit codes: 0 nothing to change, or written; 1 there are changes and they were not written; 2 trouble\nExamples:\n  wengao fix speech.txt\n  wengao fix drafts --write",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let arguments: Vec<String> = matches.get_many("files").into_iter().flatten().cloned().collect();
    let (paths, missed) = input::documents(&arguments);
    let plans = checking::plans(world, matches, &paths, None)?;
    let mut baselines = Baselines::load(matches, &plans)?;
    let write = matches.get_flag("write");
    let mut exit = Exit::Clean;
    let mut total = 0;
    for (_, error) in &missed {
        world.complain(error.problems());
        exit = Exit::Trouble;
    }
    for (path, plan) in paths.iter().zip(&plans) {
        let at = Place::File(path.as_str().into());
        match one(path, plan, &mut baselines) {
            Err(error) => {
                let error = error.map(|p| if p.at.is_some() { p } else { p.at(at.clone()) });
                world.complain(error.problems());
                exit = Exit::Trouble;
            }
            Ok(done) => {
                if !done.settled {
                    let what = Text::fixed(
                        "有几处改动互相抵触，没有改",
                        "some changes undo each other and were not made",
                    );
                    world.note(
                        &Problem::new(what).help(Text::fixed("请手工修改", "make them by hand")).at(at),
                    );
                }
                if done.before == done.after {
                    continue;
                }
                total += done.count;
                let picture = difference(path, &done, world.colours());
                world.print(picture)?;
                if write {
                    let kept = output::backup(path, &done.original)?;
                    output::replace(path, &done.bytes)?;
                    world.say(&text!("已改 {path}，原文在 {kept}", "changed {path}; the original is {kept}"));
                } else {
                    exit = exit.max(Exit::Findings);
                }
            }
        }
    }
    match (total, write) {
        (0, _) if exit == Exit::Trouble => {}
        (0, _) => world.say(&Text::fixed("没有可以放心改的", "nothing that is safe to change")),
        (_, true) => {}
        (n, false) => world.say(&text!(
            "可改{n}处，还没有写；加 --write 写进文件",
            "{n} changes, not written; add --write to change the files"
        )),
    }
    Ok(exit)
}

/// One document before and after.
struct Done {
    original: Vec<u8>,
    bytes: Vec<u8>,
    before: String,
    after: String,
    /// How many changes were made in all rounds.
    count: usize,
    /// Whether nothing more is to be done.
    settled: bool,
}

fn one(path: &str, plan: &Plan, baselines: &mut Baselines) -> Result<Done> {
    if path == "-" {
        return Err(Problem::new(Text::fixed("标准输入不能修改", "standard input cannot be fixed"))
            .help(Text::fixed("给文件名", "give a file"))
            .into());
    }
    let original = input::read_to_change(path)?;
    let first = read(path, &original)?;
    let Settled { bytes, count, settled } = settle(&original, |bytes| {
        let manuscript = read(path, bytes)?;
        let case = Case::new(&manuscript, &plan.settings).with_facts(plan.facts.as_deref());
        let findings = baselines.apply_anew(plan, manuscript.text(), rules::check(&case));
        let changes = changes(manuscript.text(), &findings);
        if changes.is_empty() {
            return Ok(None);
        }
        Ok(Some((fix(path, bytes, &manuscript, &changes)?, changes.len())))
    })?;
    let after =
        if bytes == original { first.text().to_owned() } else { read(path, &bytes)?.text().to_owned() };
    Ok(Done { before: first.text().to_owned(), original, bytes, after, count, settled })
}

/// What rounds of changes come to.
#[derive(Debug, PartialEq, Eq)]
struct Settled {
    bytes: Vec<u8>,
    /// How many changes were made in all rounds.
    count: usize,
    /// Whether nothing more is to be done.
    settled: bool,
}

/// Goes on with `round`, which gives the next bytes and how many changes they took, until it gives
/// none. Where the rounds go in a circle, the bytes with which it began; where they never end, the
/// first ones. So doing it again changes nothing.
fn settle(
    original: &[u8],
    mut round: impl FnMut(&[u8]) -> Result<Option<(Vec<u8>, usize)>>,
) -> Result<Settled> {
    let mut states: Vec<(Vec<u8>, usize)> = Vec::new();
    let (mut bytes, mut count) = (original.to_vec(), 0);
    while states.len() < ROUNDS {
        let Some((next, changes)) = round(&bytes)? else {
            return Ok(Settled { bytes, count, settled: true });
        };
        states.push((bytes, count));
        if let Some(at) = states.iter().position(|(earlier, _)| *earlier == next) {
            let (bytes, count) = states.swap_remove(at);
            return Ok(Settled { bytes, count, settled: false });
        }
        (bytes, count) = (next, count + changes);
    }
    if round(&bytes)?.is_none() {
        return Ok(Settled { bytes, count, settled: true });
    }
    Ok(Settled { bytes: original.to_vec(), count: 0, settled: false })
}

/// Terminal columns of an unchanged stretch of a line that are shown.
const SHOWN: usize = 24;

/// The difference by lines; within a line what goes is `[-…-]` and what comes `{+…+}`, coloured
/// where there are colours. A paragraph is one line of five hundred characters, so what stays the
/// same is cut.
fn difference(path: &str, done: &Done, color: bool) -> String {
    let paint = |code: &str, words: String| {
        if color { format!("\x1b[{code}m{words}\x1b[0m") } else { words }
    };
    let mut out = paint("1", format!("--- {path}\n+++ {path}"));
    out.push('\n');
    let diff = TextDiff::from_lines(&done.before, &done.after);
    for op in diff.ops() {
        if op.tag() == similar::DiffTag::Equal {
            continue;
        }
        let line = op.old_range().start + 1;
        out.push_str(&paint("36", format!("@@ {line} @@")));
        out.push('\n');
        for change in diff.iter_inline_changes(op) {
            let (sign, code, open, close) = match change.tag() {
                ChangeTag::Delete => ("-", "31", "[-", "-]"),
                ChangeTag::Insert => ("+", "32", "{+", "+}"),
                ChangeTag::Equal => (" ", "0", "", ""),
            };
            out.push_str(&paint(code, sign.to_owned()));
            let parts: Vec<_> = change.iter_strings_lossy().collect();
            let last = parts.len().saturating_sub(1);
            for (n, (changed, words)) in parts.iter().enumerate() {
                let words = words.trim_end_matches(['\n', '\r']);
                if words.is_empty() {
                } else if !changed {
                    out.push_str(&middle(words, n == 0, n == last));
                } else if color {
                    out.push_str(&paint(&format!("{code};1;4"), words.to_owned()));
                } else {
                    out.push_str(&format!("{open}{words}{close}"));
                }
            }
            out.push('\n');
        }
    }
    out
}

/// An unchanged stretch, cut where it is far from a change.
fn middle(words: &str, first: bool, last: bool) -> String {
    let width = unicode_width::UnicodeWidthStr::width;
    if width(words) <= 2 * SHOWN {
        return words.to_owned();
    }
    let head = || cut(words, SHOWN).into_owned();
    let tail = || {
        let backwards: String = words.chars().rev().collect();
        cut(&backwards, SHOWN).chars().rev().collect::<String>()
    };
    match (first, last) {
        (true, true) => head(),
        (true, false) => tail(),
        (false, true) => head(),
        (false, false) => format!("{}{}", head().trim_end_matches('…'), tail()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Done, Settled, difference, settle};

    /// A round that makes the first of these replacements that applies.
    fn round(bytes: &[u8], pairs: &[(&str, &str)]) -> Option<(Vec<u8>, usize)> {
        let text = std::str::from_utf8(bytes).unwrap();
        let pair = pairs.iter().find(|(from, _)| text.contains(from));
        pair.map(|(from, to)| (text.replacen(from, to, 1).into_bytes(), 1))
    }

    fn settled(text: &str, pairs: &[(&str, &str)]) -> (String, usize, bool) {
        let Settled { bytes, count, settled } = settle(text.as_bytes(), |b| Ok(round(b, pairs))).unwrap();
        (String::from_utf8(bytes).unwrap(), count, settled)
    }

    #[test]
    fn fixing_what_was_fixed_changes_nothing() {
        for pairs in [
            &[("。。", "。"), (",", "，")][..],
            &[("甲", "乙"), ("乙", "甲")],
            &[("。", "。。")],
            &[("始", "甲"), ("甲", "乙"), ("乙", "甲")],
        ] {
            let (once, _, _) = settled("始甲,。。。", pairs);
            assert_eq!(settled(&once, pairs).0, once, "{pairs:?}");
        }
    }

    #[test]
    fn one_change_makes_room_for_the_next_and_circles_end() {
        assert_eq!(settled("会议。。。", &[("。。", "。")]), ("会议。".into(), 2, true));
        assert_eq!(settled("甲", &[("甲", "乙"), ("乙", "甲")]), ("甲".into(), 0, false));
        assert_eq!(settled("a", &[("a", "aa")]), ("a".into(), 0, false));
    }

    #[test]
    fn the_difference_marks_what_goes_and_what_comes_and_cuts_long_lines() {
        let long = "各级各部门要压实责任，确保各项任务落到实处，".repeat(6);
        let before = format!("同志们:\r\n　　{long}投资3亿元元。\r\n完毕。\r\n");
        let done = Done {
            original: Vec::new(),
            bytes: Vec::new(),
            after: before.replace("元元", "元").replace("们:", "们："),
            before,
            count: 2,
            settled: true,
        };
        insta::assert_snapshot!(difference("讲话.txt", &done, false));
        assert!(difference("讲话.txt", &done, true).contains("\x1b[32;1;4m"));
    }
}
