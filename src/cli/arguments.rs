//! Arguments that several subcommands take, said once.

use clap::{Arg, ArgAction, ArgMatches};

use super::either;
use crate::app::Over;
use crate::base::Lang;

/// The skeleton that is meant: its id, or a file of one's own.
pub(super) fn template(lang: Lang) -> Arg {
    Arg::new("template").required(true).value_name(either(lang, "模板", "TEMPLATE")).help(either(
        lang,
        "模板编号，见 wengao template list；或自己的 .tera 文件",
        "a skeleton's id, see wengao template list; or a .tera file of your own",
    ))
}

/// `--name FILE`.
pub(super) fn file(name: &'static str, lang: Lang) -> Arg {
    Arg::new(name).long(name).value_name(either(lang, "文件", "FILE"))
}

/// `--facts FILE`, several times over.
pub(super) fn facts(lang: Lang) -> Arg {
    file("facts", lang)
        .short('f')
        .action(ArgAction::Append)
        .help(either(
            lang,
            "事实文件，可写多次，后面的优先；wengao.yaml 里的垫在最下面",
            "facts file; may be given several times, the last one counts most; those of wengao.yaml lie under all of them",
        ))
}

/// `--package DIR`, the package for review.
pub(super) fn package(lang: Lang) -> Arg {
    Arg::new("package").long("package").value_name(either(lang, "文件夹", "DIR")).help(either(
        lang,
        "送审包写到这个文件夹：逐句的依据、算式、待办、问题，和上一份相比变了什么（依据.xlsx、依据.html）",
        "write the package for review into this folder: grounds of every sentence, arithmetic, open points, findings, what is different from the last one (依据.xlsx, 依据.html)",
    ))
}

/// `--output FILE`, standard output if not given.
pub(super) fn output(lang: Lang) -> Arg {
    file("output", lang).short('o').default_value("-").hide_default_value(true).help(either(
        lang,
        "写到这个文件；不写则输出到屏幕",
        "write to this file; to the screen if not given",
    ))
}

/// The file that [`output`] was given; `-` for standard output.
pub(super) fn output_of(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("output").map_or("-", String::as_str)
}

/// `--force`, which every subcommand that writes files takes.
pub(super) fn force(lang: Lang) -> Arg {
    Arg::new("force").long("force").action(ArgAction::SetTrue).help(either(
        lang,
        "文件已存在时覆盖；原来的另存为 .bak",
        "overwrite a file that exists; what was there is kept as .bak",
    ))
}

/// What may be written over, as [`force`] says.
pub(super) fn over(matches: &ArgMatches) -> Over {
    if matches.get_flag("force") { Over::Others } else { Over::Nothing }
}

/// All values of an argument; `None` if it was not given.
pub(super) fn many(matches: &ArgMatches, name: &str) -> Option<Vec<String>> {
    matches.get_many(name).map(|given| given.cloned().collect())
}

/// `--format text|json` of the subcommands that list something.
pub(super) fn json_format(lang: Lang) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name(either(lang, "格式", "FORMAT"))
        .value_parser(["text", "json"])
        .default_value("text")
        .help(either(lang, "输出格式", "format of the output"))
}

/// Whether [`json_format`] was given `json`.
pub(super) fn wants_json(matches: &ArgMatches) -> bool {
    matches.get_one::<String>("format").is_some_and(|f| f == "json")
}
