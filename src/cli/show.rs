//! `wengao show`: the side tables of one document, for whoever wonders why a rule spoke or was
//! silent. No debugger needed.

use std::ops::Range;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};

use super::{Exit, Subcommand, World, columns::columns, either};
use crate::app::{Use, placed};
use crate::base::{Lang, Place, Result, Text, lines::LineColumn};
use crate::model::{Manuscript, MaskKind};
use crate::read::read;
use crate::report::cut;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "show",
    about: Text::fixed("显示程序怎样读一个文件", "show how a document is read"),
    define,
    run,
};

/// Columns of the text that are shown of each stretch.
const SHOWN: usize = 48;

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    let view = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    command
        .args([
            Arg::new("file").value_name(say("文件", "FILE")).required(true).help(say("文稿", "the document")),
            view("blocks").help(say(
                "每段是什么：标题、正文、表格单元格…（默认）",
                "what each stretch is: title, body, cell, … (default)",
            )),
            view("pieces").help(say("每段从哪里来", "where each stretch came from")),
            view("masks")
                .help(say("哪些不算正文：代码、链接、标记", "what is not prose: code, links, markup")),
            view("folded").help(say(
                "规则比对用的文字：全角转半角、去零宽字符",
                "the text that rules compare: width folded, zero-width characters dropped",
            )),
        ])
        .group(ArgGroup::new("view").args(["blocks", "pieces", "masks", "folded"]))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let path = matches.get_one::<String>("file").map_or("-", String::as_str);
    let bytes = world.office().files.read(path, Use::Input)?;
    let at = Place::File(path.into());
    let manuscript = read(path, &bytes).map_err(|e| placed(e, path))?;
    for note in manuscript.notes() {
        world.note(&note.clone().at(at.clone()));
    }
    let lang = world.lang;
    let page = if matches.get_flag("folded") {
        format!("{}\n", manuscript.folded().text().trim_end_matches('\n'))
    } else if matches.get_flag("pieces") {
        table(
            &manuscript,
            manuscript.pieces().iter().map(|p| (&p.range, p.from.label().in_lang(lang).to_owned())),
        )
    } else if matches.get_flag("masks") {
        table(&manuscript, manuscript.masks().iter().map(|m| (&m.range, mask_name(m.kind).to_owned())))
    } else {
        table(&manuscript, manuscript.blocks().iter().map(|b| (&b.range, b.kind.name())))
    };
    world.print_page(page)?;
    Ok(Exit::Clean)
}

const fn mask_name(kind: MaskKind) -> &'static str {
    match kind {
        MaskKind::Code => "code",
        MaskKind::Markup => "markup",
        MaskKind::Link => "link",
        MaskKind::Prompt => "prompt",
    }
}

/// `line:column-line:column  name  text`, the end being right after the last character.
fn table<'m>(manuscript: &Manuscript, rows: impl Iterator<Item = (&'m Range<usize>, String)>) -> String {
    let text = manuscript.text();
    let place = |byte| {
        let LineColumn { line, column } = manuscript.lines().line_column(text, byte);
        format!("{line}:{column}")
    };
    let rows: Vec<_> = rows
        .map(|(range, name)| {
            let shown = cut(&text[range.clone()], SHOWN).into_owned();
            [format!("{}-{}", place(range.start), place(range.end)), name, shown]
        })
        .collect();
    columns(&rows)
}
