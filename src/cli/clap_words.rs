//! clap's own words in Chinese: the headings of help pages, and its errors by their kind.
//!
//! clap speaks English. Its help is laid out by it and then put through a short table of the
//! words that it writes itself; its errors are said anew from their kind and context. In English
//! both stay as clap has them.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::{Exit, World};
use crate::base::{Lang, Problem, Text};

/// What clap writes by itself, longest first where one begins another.
static WORDS: &[(&str, &str)] = &[
    ("Usage:", "用法:"),
    ("Commands:", "命令:"),
    ("Arguments:", "参数:"),
    ("Options:", "选项:"),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("[COMMAND]", "[命令]"),
    ("[default: ", "[默认："),
    ("[possible values: ", "[可选："),
    ("Print this message or the help of the given subcommand(s)", "显示某个命令的说明"),
    ("Print help (see more with '--help')", "显示说明"),
    ("Print help (see a summary with '-h')", "显示说明"),
    ("Print help", "显示说明"),
    ("Print version", "显示版本"),
];

/// Prints help or version where that is what was asked for, else the usage error.
pub(super) fn tell(error: &Error, subcommand: Option<&str>, world: &mut World) -> Exit {
    let rendered = error.render();
    let page = |world: &World, plain: bool| {
        let text = if plain { rendered.to_string() } else { rendered.ansi().to_string() };
        if world.lang == Lang::Zh { in_chinese(&text) } else { text }
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let page = page(world, !world.colours());
            match world.print_painted(page).and_then(|()| world.flush()) {
                Ok(()) => Exit::Clean,
                Err(error) => super::fail(&error, world),
            }
        }
        // `wengao` alone, or a command group alone: the help is the answer, but nothing was done.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let page = page(world, true);
            world.print_error(&page);
            Exit::Trouble
        }
        _ if world.lang == Lang::Zh => {
            world.complain(&[problem(error)]);
            let usage = match error.get(ContextKind::Usage) {
                Some(ContextValue::StyledStr(usage)) => in_chinese(&usage.to_string()),
                _ => String::new(),
            };
            if !usage.is_empty() {
                world.print_error(&format!("\n{usage}\n"));
            }
            let of = subcommand.map(|name| format!("{name} ")).unwrap_or_default();
            world.print_error(&format!("\n详细说明：wengao {of}--help\n"));
            Exit::Trouble
        }
        _ => {
            world.print_error(&rendered.to_string());
            Exit::Trouble
        }
    }
}

fn in_chinese(page: &str) -> String {
    WORDS.iter().fold(page.to_owned(), |page, (english, chinese)| page.replace(english, chinese))
}

/// A usage error said in Chinese; the English wording is clap's own.
fn problem(error: &Error) -> Problem {
    let english = error.render().to_string();
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => Some(one.clone()),
        Some(ContextValue::Strings(all)) if !all.is_empty() => Some(all.join("、")),
        Some(ContextValue::StyledStrs(all)) if !all.is_empty() => {
            Some(all.iter().map(ToString::to_string).collect::<Vec<_>>().join("；"))
        }
        Some(ContextValue::Number(n)) => Some(n.to_string()),
        _ => None,
    };
    // The three dots say "one or more" in a usage line and nothing in a sentence.
    let arg = context(ContextKind::InvalidArg).unwrap_or_default().replace("...", "");
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let (what, help) = match error.kind() {
        ErrorKind::UnknownArgument if !arg.starts_with('-') => {
            (format!("多出了“{arg}”"), Some("去掉它；名字里有空格时要加引号".to_owned()))
        }
        ErrorKind::UnknownArgument => {
            (format!("没有 {arg} 这个选项"), context(ContextKind::SuggestedArg).map(did_you_mean))
        }
        ErrorKind::InvalidSubcommand => (
            format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand).unwrap_or_default()),
            context(ContextKind::SuggestedSubcommand).map(did_you_mean),
        ),
        ErrorKind::MissingSubcommand => ("还要写明命令".to_owned(), None),
        ErrorKind::MissingRequiredArgument => (format!("缺少 {arg}"), None),
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("{arg} 后面缺少内容"), one_of(context(ContextKind::ValidValue)))
        }
        ErrorKind::InvalidValue => {
            let near = context(ContextKind::SuggestedValue).map(did_you_mean).unwrap_or_default();
            let all = one_of(context(ContextKind::ValidValue)).unwrap_or_default();
            (format!("{arg} 不能是“{value}”"), Some(near + &all).filter(|help| !help.is_empty()))
        }
        ErrorKind::ValueValidation => {
            (format!("{arg} 不能是“{value}”"), std::error::Error::source(error).map(ToString::to_string))
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            if other == arg {
                (format!("{arg} 只能写一次"), None)
            } else {
                (format!("{arg} 不能和 {other} 一起用"), Some("去掉其中一个".to_owned()))
            }
        }
        ErrorKind::NoEquals => (format!("{arg} 要用等号接内容"), None),
        ErrorKind::TooManyValues => (format!("{arg} 不能再接“{value}”"), None),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (format!("{arg} 后面的内容个数不对"), None)
        }
        ErrorKind::InvalidUtf8 => ("命令行里有无法识别的字符".to_owned(), None),
        _ => (english.clone(), None),
    };
    let problem = Problem::new(Text::new(what, english));
    match help {
        Some(help) => problem.help(Text::new(help, "")),
        None => problem,
    }
}

fn did_you_mean(near: String) -> String {
    format!("是不是 {near}？")
}

fn one_of(valid: Option<String>) -> Option<String> {
    valid.map(|all| format!("可选：{all}"))
}
