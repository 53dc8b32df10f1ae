//! `wengao facts import`: tables (.xlsx, .csv) → a YAML file of facts that names each value's cell.
//!
//! What could be read is written; what could not is listed, all at once, on standard error and at
//! the end of the file, with its cell and what to do, and the exit code says that there is some.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either};
use crate::app::facts::table;
use crate::base::{Lang, Result, Text};

pub(super) const ACTION: Subcommand = Subcommand {
    name: "import",
    about: Text::fixed(
        "把工作簿（.xlsx）或 .csv 读成事实文件，每个值注明单元格",
        "read a workbook (.xlsx) or .csv into a facts file that names the cell of each value",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let files = Arg::new("files").value_name(either(lang, "文件", "FILES")).num_args(1..).required(true);
    let sheet = Arg::new("sheet").long("sheet").value_name(either(lang, "表名", "SHEET"));
    command.args([
        files.help(either(lang, "工作簿或 .csv，后面的优先", "workbooks or .csv files, later ones over earlier ones")),
        sheet.help(either(
            lang,
            "只读这张表；.csv 和只有一张表的，说明它是哪一类（如 任务），不写时看文件名",
            "read only this sheet; for a .csv or a single sheet, what it holds (such as 任务), else its file's name says so",
        )),
        arguments::output(lang),
        arguments::force(lang),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let wanted = matches.get_one::<String>("sheet").map(String::as_str);
    let names: Vec<&str> = matches.get_many::<String>("files").into_iter().flatten().map(|f| &**f).collect();
    let to = arguments::output_of(matches);
    let office = world.office();
    let imported = table::import(&office, &names, wanted)?;
    let written = world.write(to, imported.yaml.as_bytes(), arguments::over(matches))?;
    imported.facts.notes.iter().for_each(|note| world.note(note));
    world.complain(&imported.unread);
    written.iter().for_each(|said| world.say(said));
    world.say(&imported.count());
    Ok(if imported.unread.is_empty() { Exit::Clean } else { Exit::Findings })
}
