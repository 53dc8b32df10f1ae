//! `wengao format`: a paper laid out to the standard (排版).

use clap::{Arg, ArgMatches, Command};

use super::pdf::pdf;
use super::{Exit, Subcommand, World, arguments, either};
use crate::app::format::{Asked, format, tell};
use crate::base::{Lang, Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::read::has_extension;
use crate::text;
use crate::write::format::{Form, Grid};

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "format",
    about: Text::fixed("排版：照公文格式排成 .docx", "lay a paper out to the standard form, as a .docx"),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    let choice = |name: &'static str, zh, en| Arg::new(name).long(name).value_name(say(zh, en));
    command
        .arg(Arg::new("paper").required(true).value_name(say("稿件", "PAPER")).help(say(
            "写完的稿子：.docx、.doc、.pdf、.odt、.rtf、.txt、.md 等",
            "a paper: .docx, .doc, .pdf, .odt, .rtf, .txt, .md and others",
        )))
        .arg(arguments::output(lang).help(say(
            "排好的稿子（.docx；有 LibreOffice 的也可写 .pdf）；原稿不动",
            "the paper laid out (.docx, or .pdf where there is LibreOffice); the one that was given stays as it is",
        )))
        .arg(choice("form", "样式", "FORM").value_parser(Form::ALL.map(|(name, _)| name)).help(say(
            "speech 讲话稿、document 公文、brief 简报、reading 朗读稿（大字，标每部分几分钟）；不写时看 .md 文首或 wengao.yaml 的“文种”，都没有的按讲话稿，并说明",
            "speech, document, brief, or reading (large letters, minutes of each part); if not given, by the declared genre (front matter of a .md, 文种 of wengao.yaml), else a speech, which it says",
        )))
        .arg(choice("fonts", "字体", "FONTS").value_parser(Fonts::ALL.map(|(name, _)| name)).help(say(
            "字体名：standard 仿宋、楷体、方正小标宋简体；gb2312 仿宋_GB2312、楷体_GB2312；founder 方正仿宋_GBK、方正小标宋_GBK 等；wps 与 founder 相同：WPS 的 Linux 版（统信、麒麟）自带这五种方正 GBK 字体。不写时用 wengao.yaml 的“字体”",
            "names of fonts: standard (仿宋, 楷体, 方正小标宋简体), gb2312 (仿宋_GB2312 …), founder (方正仿宋_GBK …), wps (the same: WPS for Linux, on 统信 and 麒麟, brings these five 方正 GBK fonts along); 字体 of wengao.yaml if not given",
        )))
        .arg(
            choice("grid", "算法", "GRID")
                .value_parser(Grid::ALL.map(|(name, _)| name))
                .default_value(Grid::ALL[0].0)
                .help(say(
                    "22行的两种算法：9704 行距28.95磅；33476 行距29.45磅、上34.58下32.58毫米（GB/T 33476.2）",
                    "which reading of 22 lines: 9704, 28.95 pt a line; 33476, 29.45 pt and margins of 34.58 and 32.58 mm (GB/T 33476.2)",
                )),
        )
        .arg(arguments::file("like", lang).help(say(
            "照本单位的样稿（.docx）排：字体、字号、行距、缩进、页边距都用它的；公文、简报没有版头、版记的，照样稿加上（机关名称、图标用样稿的，文号、日期、抄送留空待补）；样稿和标准不一的地方、加了什么，都会说明",
            "an office's own sample (.docx): its fonts, sizes, lines, indents and margins count; documents and briefs without head (红头) or foot (版记) get the sample's, with its office's name and picture and gaps for number, dates and copies; what was taken, and where it departs from the standard, is told",
        )))
        .arg(arguments::force(lang))
        .after_help(say(
            "文字一字不动：只删空段和段首的空格，都会说明。.docx 在原文件上排，图片、表格、脚注、链接、批注照旧；自动编号的标题照认，编号仍是自动的；其他格式按文字重新排。\n拿不准的（像标题的、像讲话人的、没有序号的小标题）在稿子里加批注。\n退出码：0 排好；1 排好了，有拿不准的；2 有误\n例：\n  wengao format 讲话.docx --output 规范.docx\n  wengao format 通知.doc --form document --output 规范.docx\n  wengao format 讲话.docx --form reading --output 朗读稿.pdf\n  wengao format 讲话.docx --like 样稿.docx --output 规范.docx",
            "No word is changed: only empty paragraphs and blanks at the beginning of lines go, which it says. A .docx is set in its own file and keeps pictures, tables, notes, links and comments; headings that Word numbers are known as such, and their numbers stay automatic; other formats are laid out from their text.\nWhat is not sure (may be the title, the speaker, a heading without a mark) gets a comment.\nExit codes: 0 done; 1 done, and something is not sure; 2 trouble\nExamples:\n  wengao format speech.docx --output standard.docx\n  wengao format notice.doc --form document --output standard.docx\n  wengao format speech.docx --form reading --output reading.pdf\n  wengao format speech.docx --like sample.docx --output standard.docx",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let paper = matches.get_one::<String>("paper").map_or("-", String::as_str);
    let to = arguments::output_of(matches);
    let printed = has_extension(to, &["pdf"]);
    if to == "-" || !printed && !has_extension(to, &["docx"]) {
        return Err(output(to).into());
    }
    let office = world.office();
    let over = arguments::over(matches);
    let formatted = format(&office, paper, &asked(matches), world)?;
    if printed {
        office.files.may_write(to, over)?;
        let pages = pdf(&formatted.bytes)?;
        world.deliver(to, &pages, over)?;
    } else {
        world.deliver(to, &formatted.bytes, over)?;
    }
    tell(&formatted, world);
    Ok(if formatted.doubts.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn asked(matches: &ArgMatches) -> Asked {
    fn named<T: Copy>(matches: &ArgMatches, name: &str, all: &[(&str, T)]) -> Option<T> {
        let given = matches.get_one::<String>(name)?;
        all.iter().find(|(known, _)| known == given).map(|&(_, value)| value)
    }
    Asked {
        form: named(matches, "form", &Form::ALL),
        fonts: named(matches, "fonts", &Fonts::ALL),
        grid: named(matches, "grid", &Grid::ALL).unwrap_or_default(),
        like: matches.get_one::<String>("like").cloned(),
    }
}

fn output(to: &str) -> Problem {
    let what = if to == "-" {
        Text::fixed("没有写明排好的稿子写到哪里", "no place for the paper was named")
    } else {
        text!("排好的稿子不能写成 {to}", "a paper is not laid out as {to}")
    };
    Problem::new(what).help(Text::fixed("加上 --output 规范.docx", "add --output STANDARD.docx"))
}
