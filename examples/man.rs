//! The man pages of every command, from the table of the help:
//! `cargo run --example man -- FOLDER zh` (or `en`) writes `wengao.1`, `wengao-check.1` … into the folder.

use std::io::Result;
use std::path::Path;
use std::{env, fs};

use wengao::{Lang, command};

/// What `clap_mangen` and clap write by themselves. Headings of the program's own are in Chinese already.
const WORDS: &[(&str, &str)] = &[
    // Lines of Chinese break between characters, and none is stretched to the margin.
    (".SH NAME", ".mso zh.tmac\n.ad l\n.SH 名称"),
    (".SH SYNOPSIS", ".SH 用法"),
    (".SH DESCRIPTION", ".SH 说明"),
    (".SH OPTIONS", ".SH 选项"),
    (".SH SUBCOMMANDS", ".SH 命令"),
    (".SH EXTRA", ".SH 另外"),
    (".SH VERSION", ".SH 版本"),
    ("<\\fIsubcommands\\fR>", "<\\fI命令\\fR>"),
    ("<\\fIcommand\\fR>", "<\\fI命令\\fR>"),
    ("[default: ", "[默认："),
    ("Possible values:", "可选："),
    ("[\\fIpossible values: \\fR", "[\\fI可选：\\fR"),
    ("Print help (see more with \\*(Aq\\-\\-help\\*(Aq)", "显示说明"),
    ("Print help (see a summary with \\*(Aq\\-h\\*(Aq)", "显示说明"),
    ("Print help", "显示说明"),
    ("Print version", "显示版本"),
];

#[expect(clippy::disallowed_methods, reason = "an example writes files")]
fn main() -> Result<()> {
    let args: Vec<_> = env::args().skip(1).collect();
    let [folder, lang] = args.as_slice() else { panic!("a folder, and zh or en") };
    let (folder, chinese) = (Path::new(folder), lang == "zh");
    fs::create_dir_all(folder)?;
    let lang = if chinese { Lang::Zh } else { Lang::En };
    clap_mangen::generate_to(command(lang).disable_help_subcommand(true), folder)?;
    for page in fs::read_dir(folder)?.filter(|_| chinese) {
        let page = page?.path();
        let english = fs::read_to_string(&page)?;
        fs::write(&page, WORDS.iter().fold(english, |page, (from, to)| page.replace(from, to)))?;
    }
    Ok(())
}
