//! `wengao facts import`: tables (.xlsx, .csv) → a YAML file of facts that names each value's cell.
//!
//! What could be read is written; what could not is listed, all at once, on standard error and at
//! the end of the file, with its cell and what to do, and the exit code says that there is some. So it does
//! where nothing was found; then the tables that were seen are shown as a mapping to fill in.

use clap::{Arg, ArgMatches, Command};

use super::super::{Exit, Subcommand, World, arguments, either};
use crate::app::facts::table;
use crate::base::{Lang, Problem, Result, Text};

pub(super) const ACTION: Subcommand = Subcommand {
    name: "import",
    about: Text::fixed(
        "把工作簿（.xlsx）、台账或 .csv 读成事实文件，每个值注明单元格",
        "read a workbook, a ledger or a .csv into a facts file that names the cell of each value",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let files = Arg::new("files").value_name(either(lang, "文件", "FILES")).num_args(1..).required(true);
    let sheet = Arg::new("sheet").long("sheet").value_name(either(lang, "表名", "SHEET"));
    let mapping = arguments::file("mapping", lang);
    let stub = arguments::file("mapping-stub", lang);
    command.after_help(either(lang, ABOUT_LEDGERS.0, ABOUT_LEDGERS.1)).args([
        files.help(either(lang, "工作簿或 .csv，后面的优先", "workbooks or .csv files, later ones over earlier ones")),
        sheet.help(either(
            lang,
            "只读这张表；.csv 和只有一张表的，说明它是哪一类（如 任务），不写时看文件名",
            "read only this sheet; for a .csv or a single sheet, what it holds (such as 任务), else its file's name says so",
        )),
        mapping.help(either(
            lang,
            "映射文件：写明台账里的表和表头各是什么；不写时用工作簿旁边的 映射.yaml",
            "what the tables and heads of ledgers are; 映射.yaml beside the workbook if not given",
        )),
        stub.help(either(
            lang,
            "把见到的表和表头写成映射文件的底稿（- 写到标准输出），供填写；不写事实",
            "write the tables and heads that were seen as a mapping to fill in (- for standard output), and no facts",
        )),
        arguments::output(lang),
        arguments::force(lang),
    ])
}

/// What is said of ledgers below the flags.
const ABOUT_LEDGERS: (&str, &str) = (
    "部门自己的台账也能读：合并的标题和表头、单位栏、小计和分类行、表下附注都认得，隐藏的行和列不读。\n\
     看不准的不猜，列出来问；在 映射.yaml 里写明（表: {Sheet1: 任务}，表头: {办结日期: 任务.完成时限}），下次照读。",
    "Ledgers as departments keep them are read as well: merged titles and heads, units, sums, sections and remarks are\n\
     known, hidden rows and columns left out. What is not clear is not guessed but asked; say it in a 映射.yaml\n\
     (表: {Sheet1: 任务}, 表头: {办结日期: 任务.完成时限}), and it is read so from then on.",
);

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let one = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let asked = table::Asked { sheet: one("sheet"), mapping: one("mapping") };
    let names: Vec<&str> = matches.get_many::<String>("files").into_iter().flatten().map(|f| &**f).collect();
    let to = arguments::output_of(matches);
    let office = world.office();
    let imported = table::import(&office, &names, asked)?;
    if let Some(to) = one("mapping-stub") {
        let Some(stub) = &imported.stub else { return Err(no_ledger().into()) };
        world.deliver(to, stub.as_bytes(), arguments::over(matches))?;
        return Ok(Exit::Clean);
    }
    let written = world.write(to, imported.yaml.as_bytes(), arguments::over(matches))?;
    imported.facts.notes.iter().for_each(|note| world.note(note));
    world.complain(&imported.unread);
    if let Some(stub) = imported.stub.as_deref().filter(|_| imported.is_nothing()) {
        world.say(&Text::new(
            format!("映射.yaml 的底稿：\n{stub}"),
            format!("A 映射.yaml to fill in:\n{stub}"),
        ));
    }
    written.iter().for_each(|said| world.say(said));
    world.say(&imported.count());
    Ok(if imported.unread.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// Why there is no mapping to fill in.
fn no_ledger() -> Problem {
    Problem::new(Text::fixed(
        "没有见到台账，写不出映射文件",
        "no ledger was seen, so there is no mapping to write",
    ))
    .help(Text::fixed(
        "程序自己的工作簿用不着映射；台账要有一行表头",
        "the program's own workbooks need none; a ledger has a row of heads",
    ))
}
