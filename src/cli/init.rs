//! `wengao init`: a working folder to start from.

#![expect(clippy::disallowed_methods, reason = "this is the edge: files that exist are left alone")]

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Exit, Subcommand, World, either, input};
use crate::app::settings::{KEYS, NAME};
use crate::app::{Files, Over};
use crate::base::{Lang, Problem, Result, Text, han::is_han};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand =
    Subcommand {
        name: "init", about: Text::fixed("建一个工作文件夹", "make a working folder"), define, run
    };

/// Folders made, also where no file stands in them yet.
const FOLDERS: &[&str] = &["facts", "corpus", "drafts"];

/// The empty keys of `facts/事实.yaml`; what is particular to a document comes from `facts new`.
const FACTS_KEYS: &str = "\
地区:
  名称:
  级别:
  上级:
  人口:
会议:
  名称:
  日期:
  地点:
工作:
  名称:
任务:
指标:
";

static FACTS_HEAD: Text = Text::fixed(
    "\
# 事实文件：本地情况和这篇文稿要用的事实，一行一项，冒号用半角、后加一个空格。
# 没有的先空着，不要写 x、待定；起草时会指出缺哪几项。
# 某种文稿要哪些事实：wengao facts new speech/mobilization；全部键名：wengao facts schema
",
    "\
# Facts of this locality and document: a key a line, a plain colon and a space after it.
# Leave what you do not have empty (no x, no 待定): drafting says what is missing.
# What a document asks for: wengao facts new speech/mobilization; all keys: wengao facts schema
",
);

static NOTES: Text = Text::fixed(
    "\
文稿 wengao 工作文件夹

facts/    事实文件。先填 facts/事实.yaml。
corpus/   参考材料：外地、往年的文稿，只作比对，不改动。
drafts/   草稿。

常用命令（在本文件夹里运行）：
  wengao template list                          有哪些模板
  wengao facts new speech/mobilization -o facts/动员会.yaml
                                                一份空白的事实文件，照着填
  wengao facts check facts/动员会.yaml          检查事实文件
  wengao draft speech/mobilization -f facts/事实.yaml -f facts/动员会.yaml -o drafts/讲话稿.docx
                                                起草
  wengao check drafts                           检查草稿
  wengao --help                                 全部命令

程序不联网，文件不离开这台电脑。
",
    "\
A working folder of wengao

facts/    facts files; fill in facts/事实.yaml first
corpus/   documents of other localities and years, only compared with, never changed
drafts/   drafts

Everyday commands, run in this folder:
  wengao template list                          which skeletons there are
  wengao facts new speech/mobilization -o facts/meeting.yaml
                                                an empty facts file with its questions
  wengao facts check facts/meeting.yaml         check it
  wengao draft speech/mobilization -f facts/事实.yaml -f facts/meeting.yaml -o drafts/speech.docx
                                                draft
  wengao check drafts                           check drafts
  wengao --help                                 all commands

Nothing goes over the network; no file leaves this computer.
",
);

static SETTINGS_HEAD: Text = Text::fixed(
    "# 文稿 wengao 的设置，对本文件夹和下面的文件夹有效。去掉行首的 # 生效。\n",
    "# Settings of wengao for this folder and those below it. Take away the # of a line to set it.\n",
);

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command.args([
        Arg::new("folder")
            .value_name(say("文件夹", "DIR"))
            .required(true)
            .help(say("要建的文件夹", "the folder to make")),
        Arg::new("locality").long("locality").value_name(say("名称", "NAME")).help(say(
            "本地全称，如 云岭县，写进 wengao.yaml；不写时在终端上会问",
            "full name of the locality, put into wengao.yaml; asked for on a terminal if not given",
        )),
        // Not `check::force`: here it never overwrites.
        Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            "文件夹不空也照建；已有的文件不动",
            "go ahead in a folder that is not empty; files that exist are left as they are",
        )),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let folder = matches.get_one::<String>("folder").map_or(".", String::as_str);
    let root = Path::new(folder);
    if input::has_entries(root)? && !matches.get_flag("force") {
        return Err(Problem::new(text!(
            "{folder} 不是空文件夹，没有改动",
            "{folder} is not empty; nothing was done"
        ))
        .help(Text::fixed(
            "换一个文件夹；或加 --force，只补上没有的文件",
            "choose another folder, or add --force to add only the files that are not there",
        ))
        .into());
    }
    let home = match matches.get_one::<String>("locality") {
        Some(home) => home.trim().to_owned(),
        None => world.ask(&Text::fixed(
            "本地全称（如 云岭县；先不填就按回车）：",
            "Full name of the locality (such as 云岭县; Enter to leave it open): ",
        ))?,
    };
    for sub in FOLDERS {
        world.disk.make_folder(&root.join(sub).to_string_lossy())?;
    }
    let lang = world.lang;
    let files = [
        ("facts/事实.yaml", format!("{}{FACTS_KEYS}", FACTS_HEAD.in_lang(lang))),
        (NAME, settings(&home, lang)),
        (either(lang, "说明.txt", "README.txt"), NOTES.in_lang(lang).to_owned()),
    ];
    for (name, content) in files {
        let path = root.join(name);
        let shown = path.to_string_lossy();
        if path.exists() {
            world.say(&text!("已有 {shown}，没有改动", "{shown} exists and was left as it is"));
        } else {
            world.deliver(&shown, content.as_bytes(), Over::Nothing)?;
        }
    }
    world.say(&text!(
        "下一步：填 {folder}/facts/事实.yaml，然后在 {folder} 里运行 wengao facts check",
        "next: fill in {folder}/facts/事实.yaml, then run wengao facts check in {folder}"
    ));
    Ok(Exit::Clean)
}

/// `wengao.yaml` with every key of the table, all but the facts and what is known commented out. Without
/// a locality, documents that do not name theirs are checked for foreign places in part only.
fn settings(home: &str, lang: Lang) -> String {
    let mut out = SETTINGS_HEAD.in_lang(lang).to_owned();
    for field in KEYS {
        let known = (field.id == "home" && !home.is_empty()).then(|| quoted(home));
        let off = if field.id == "facts" || known.is_some() { "" } else { "# " };
        let value = known.as_deref().unwrap_or(field.example);
        out.push_str(&format!("\n# {}\n{off}{}: {value}\n", field.label.in_lang(lang), field.key));
    }
    out
}

/// A name as YAML reads it back: in quotation marks where it is not made of Han characters alone.
fn quoted(name: &str) -> String {
    match name.chars().all(is_han) {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "''")),
    }
}
