//! `wengao fix`: the safe changes that findings carry, shown first and made only on request.
//!
//! Nothing is written without `--write`. With it the original is kept beside the file under a new
//! name, and the file is replaced in one step.

use clap::{Arg, ArgAction, ArgMatches, Command};
use similar::{ChangeTag, TextDiff};

use super::{Exit, Subcommand, World, arguments, asked, either, input};
use crate::app::baseline::Baselines;
use crate::app::fix::{How, Mended, fix};
use crate::app::plan::plans;
use crate::app::{Files, Over, placed};
use crate::base::visible::{on_one_line, visible};
use crate::base::{Lang, Place, Problem, Result, Text};
use crate::office::seal::Seal;
use crate::report::cut;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "fix",
    about: Text::fixed("改掉可以放心改的问题", "make the changes that are safe"),
    define,
    run,
};

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
            Arg::new("track").long("track").action(ArgAction::SetTrue).help(say(
                "把改动标成修订（.docx、.odt），在 Word、WPS、LibreOffice 里逐处接受或拒绝；全部接受就是不加 --track 改好的稿子，全部拒绝就是原稿",
                "show the changes as tracked ones (.docx, .odt), to be accepted or refused in Word, WPS or LibreOffice; all accepted, it is what is written without --track, all rejected what was there",
            )),
        ])
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            "有数字签名、设了限制编辑的文稿也改；原件照样留 .bak",
            "change signed documents and those whose editing is restricted, too; what was there is kept as .bak",
        )))
        .args(asked::flags(lang))
        .after_help(say(
            "能改的：.docx、.odt、.txt、.md，格式不动。\n退出码：0 没有可改的，或已经写好；1 有可改的而没有写；2 有误\n例：\n  wengao fix 讲话.txt\n  wengao fix drafts --write\n  wengao fix 讲话.docx --track --write",
            "Files that can be changed: .docx, .odt, .txt, .md; their formats stay.\nExit codes: 0 nothing to change, or written; 1 there are changes and they were not written; 2 trouble\nExamples:\n  wengao fix speech.txt\n  wengao fix drafts --write\n  wengao fix speech.docx --track --write",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let (names, missed) = input::documents(&arguments::many(matches, "files").unwrap_or_default());
    let office = world.office();
    let asked = asked::asked(matches, world)?;
    let plans = plans(&office, &asked, &names, world)?;
    let mut baselines = Baselines::load(&*office.files, plans.iter(), asked.baseline.is_some())?;
    let (write, force) = (matches.get_flag("write"), matches.get_flag("force"));
    let how = if matches.get_flag("track") { How::Tracked } else { How::Plain };
    let mut exit = Exit::Clean;
    let mut total = 0;
    for (_, error) in &missed {
        world.complain(error.problems());
        exit = Exit::Trouble;
    }
    for (name, plan) in names.iter().zip(&plans) {
        match fix(&office, name, plan, &mut baselines, how) {
            Err(error) => {
                world.complain(placed(error, name).problems());
                exit = Exit::Trouble;
            }
            Ok(mended) => {
                let (count, told) = show(name, &mended, (write, force), world)?;
                total += count;
                exit = exit.max(told);
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

/// Shows what is changed in a document, and writes it if that is wanted; how many changes there are.
fn show(
    name: &str,
    mended: &Mended,
    (write, force): (bool, bool),
    world: &mut World,
) -> Result<(usize, Exit)> {
    if !mended.settled {
        let what =
            Text::fixed("有几处改动互相抵触，没有改", "some changes undo each other and were not made");
        let help = Text::fixed("请手工修改", "make them by hand");
        world.note(&Problem::new(what).help(help).at(Place::File(name.into())));
    }
    if mended.before == mended.after {
        return Ok((0, Exit::Clean));
    }
    let picture = difference(name, mended, world.colours());
    world.print_painted(picture)?;
    if !write {
        return Ok((mended.count, Exit::Findings));
    }
    if !mended.seals.is_empty() && !force {
        let placed = |seal: &Seal| seal.refusal().at(Place::File(name.into()));
        world.complain(&mended.seals.iter().map(placed).collect::<Vec<_>>());
        return Ok((0, Exit::Trouble));
    }
    let kept = world.disk.write(name, &mended.bytes, Over::Original)?.unwrap_or_default();
    world.say(&text!("已改 {name}，原文在 {kept}", "changed {name}; the original is {kept}"));
    Ok((mended.count, Exit::Clean))
}

/// Terminal columns of an unchanged stretch of a line that are shown.
const SHOWN: usize = 24;

/// The difference by lines; within a line what goes is `[-…-]` and what comes `{+…+}`, coloured
/// where there are colours. A paragraph is one line of five hundred characters, so what stays the
/// same is cut.
fn difference(path: &str, mended: &Mended, color: bool) -> String {
    let paint = |code: &str, words: String| {
        if color { format!("\x1b[{code}m{words}\x1b[0m") } else { words }
    };
    let mut out = paint("1", format!("--- {0}\n+++ {0}", on_one_line(path)));
    out.push('\n');
    let diff = TextDiff::from_lines(&mended.before, &mended.after);
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
                let words = &*visible(words.trim_end_matches(['\n', '\r']));
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
    use super::{Mended, difference};

    #[test]
    fn the_difference_marks_what_goes_and_what_comes_and_cuts_long_lines() {
        let long = "各级各部门要压实责任，确保各项任务落到实处，".repeat(6);
        let before = format!("同志们:\r\n　　{long}投资3亿元元。\r\n完毕。\r\n");
        let mended = Mended {
            original: Vec::new(),
            bytes: Vec::new(),
            after: before.replace("元元", "元").replace("们:", "们："),
            before,
            count: 2,
            settled: true,
            seals: Vec::new(),
        };
        insta::assert_snapshot!(difference("讲话.txt", &mended, false));
        assert!(difference("讲话.txt", &mended, true).contains("\x1b[32;1;4m"));
    }
}
