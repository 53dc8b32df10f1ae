//! `wengao page`: the page in a browser, from a server on this machine that nobody else reaches.
//!
//! The server is the standard library's listener and a thread for each connection, with hyper's parser
//! for the head of a request. `tiny_http` was tried: its pool leaves one of the six connections that a
//! browser opens at once without a thread, and a page in two hangs. hyper whole wants an executor and
//! forty crates for what is one page, one person and one machine.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the one server, on the loopback address, with its own clock"
)]

mod guard;
mod server;

use std::process::{Command as Process, Stdio};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::against::held;
use super::{Exit, Subcommand, World, corpus, either};
use crate::base::{Lang, Result, Text};
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "page",
    about: Text::fixed(
        "在浏览器里检查、起草（只在本机，不联网）",
        "check and draft in a browser (on this machine alone)",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command.args([
        Arg::new("port")
            .long("port")
            .value_name(say("端口", "PORT"))
            .value_parser(value_parser!(u16))
            .help(say("用这个端口；不写时随便找一个空着的", "use this port; if not given, any that is free")),
        Arg::new("no-open")
            .long("no-open")
            .action(ArgAction::SetTrue)
            .help(say("只写出网址，不打开浏览器", "print the address and open no browser")),
        Arg::new("stay")
            .long("stay")
            .action(ArgAction::SetTrue)
            .help(say("网页关了也不退出；按 Ctrl-C 结束", "go on when the page is closed; Ctrl-C ends it")),
        corpus::folders_flag(lang),
    ])
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or(0);
    let folders = corpus::folders_named(matches, world);
    let corpus = if folders.is_empty() { None } else { Some(held(world, folders)?) };
    let server = server::Server::start(port, corpus)?;
    let address = server.address();
    world.print(format!("{address}\n"))?;
    if !matches.get_flag("no-open") && !open(address) {
        world.say(&Text::fixed(
            "没能打开浏览器，把上面的网址复制过去",
            "no browser opened; copy the address above",
        ));
    }
    world.say(&text!(
        "网页关上，程序就结束；也可以按 Ctrl-C",
        "the program ends when the page is closed; Ctrl-C ends it too"
    ));
    server.serve(matches.get_flag("stay"));
    Ok(Exit::Clean)
}

/// Opens an address in the person's browser; whether something was started that does so.
fn open(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut process = Process::new(program);
    process.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    process.spawn().is_ok()
}
