//! No command asks for a network, as strace sees it, but for the page, which is on this machine alone.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test makes files and runs the program"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::kills::desk::{Desk, Disturb};
use crate::kills::scenes::SCENES;
use crate::kills::trace::{Call, calls};
use crate::kills::works;

const PROGRAM: &str = env!("CARGO_BIN_EXE_wengao");

/// Commands that write nothing, on the papers of a scene with a corpus.
const READING: &[&str] = &[
    "help",
    "check 稿.txt 稿.docx --facts f.yaml",
    "check . --format json",
    "check 稿.docx --format sarif",
    "check 讲.txt --format html",
    "check 讲.txt --last-year 新.txt --corpus 库",
    "check 稿.txt 讲.txt 新.txt --among",
    "fix 稿.txt 稿.docx",
    "format --help",
    "fonts",
    "renew 讲.txt",
    "compare 讲.txt 新.txt --format json",
    "template list",
    "template show speech/mobilization",
    "skeleton extract 讲.txt",
    "topic list",
    "phrase search 任务",
    "facts check f.yaml",
    "facts show f.yaml",
    "facts diff f.yaml f.yaml",
    "facts schema",
    "facts new speech/mobilization",
    "corpus list --corpus 库",
    "corpus info --corpus 库",
    "corpus show --corpus 库 讲.txt",
    "corpus verify --corpus 库",
    "corpus compare 讲.txt 新.txt",
    "corpus matrix 讲.txt 新.txt 稿.txt",
    "rules",
    "explain placeholder",
    "config 稿.txt",
    "show 稿.docx",
    "lsp",
    "mcp",
    "tidy",
    "completions bash",
];

/// What a run asked for that reaches further than this machine's own files.
fn asked(calls: &[Call]) -> Vec<String> {
    let further = calls.iter().filter(|call| call.has("AF_INET") || call.has("AF_INET6"));
    further.map(|call| format!("{call:?}")).collect()
}

fn command_of(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

#[test]
fn no_command_asks_for_a_network() {
    if !works() {
        return;
    }
    let mut ran = vec!["page"];
    for scene in SCENES {
        let (desk, _) = scene.set(Path::new(PROGRAM));
        let (ended, calls) = desk.traced(scene.command, "%network");
        assert!(ended.code.is_some_and(|code| code < 2), "{}: {}", scene.command, ended.said);
        assert_eq!(asked(&calls), Vec::<String>::new(), "{}", scene.command);
        ran.push(command_of(scene.command));
    }
    let scene = SCENES.iter().find(|scene| scene.name == "fix --write").expect("a scene with papers");
    let (desk, _) = scene.set(Path::new(PROGRAM));
    desk.run("corpus add --corpus 库 讲.txt 稿.txt", &Disturb::Nothing);
    for line in READING {
        let (ended, calls) = desk.traced(line, "%network");
        // One of the papers is none, which a check tells.
        let ran_well = line.starts_with("check .") || !ended.said.contains("错误：");
        assert!(ended.code.is_some_and(|code| code <= 2) && ran_well, "{line}: {}", ended.said);
        assert_eq!(asked(&calls), Vec::<String>::new(), "{line}");
        ran.push(command_of(line));
    }
    // None is forgotten here.
    let help = desk.run("--lang en help", &Disturb::Nothing).said;
    let (_, listed) = help.split_once("Commands:\n").expect("a list of commands");
    let (listed, _) = listed.split_once("\n\n").expect("its end");
    let names: Vec<&str> = listed.lines().map(|line| command_of(line.trim_start())).collect();
    assert!(names.len() > 20, "{help}");
    let forgotten: Vec<_> = names.into_iter().filter(|name| !ran.contains(name)).collect();
    assert!(forgotten.is_empty(), "not tried: {forgotten:?}");
}

#[test]
fn the_page_listens_on_this_machine_alone_and_connects_to_nothing() {
    if !works() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut strace = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=%network", "-o"])
        .args([&*log, Path::new(PROGRAM)])
        .args(["--lang", "zh", "--no-config", "page", "--no-open"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(strace.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said = std::fs::read_to_string(&log).unwrap();
    // The program itself is ended, not who looks at it.
    let own = said.split(' ').next().unwrap();
    let ended = Command::new("kill").args(["-9", own]).status().unwrap();
    strace.wait().unwrap();
    assert!(ended.success() && line.starts_with("http://127.0.0.1:"), "{line}");
    let all = calls(&std::fs::read_to_string(&log).unwrap());
    let of = |name: &str| all.iter().filter(|call| call.name == name).collect::<Vec<_>>();
    assert!(!of("bind").is_empty() && !of("listen").is_empty(), "{said}");
    for call in of("bind") {
        assert!(format!("{call:?}").contains("inet_addr(\\\"127.0.0.1\\\")"), "{call:?}");
    }
    assert!(of("connect").is_empty() && of("sendto").is_empty(), "{said}");
}

/// A check that sees nothing would pass: it sees a socket where there is one.
#[test]
fn a_socket_would_be_seen() {
    if !works() {
        return;
    }
    let shown = "7 socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3\n";
    assert_eq!(asked(&calls(shown)).len(), 1);
    let bash = Desk::new(Path::new("/bin/bash"));
    // It asks for one itself; where there is none, the line above is the check.
    bash.put("try.sh", b"exec 3<>/dev/tcp/127.0.0.1/9 || true\n");
    if Path::new("/bin/bash").exists() {
        let (_, calls) = bash.traced("try.sh", "%network");
        assert!(!asked(&calls).is_empty());
    }
}
