//! The README is true: what it shows of the program is what the program says.
//!
//! Every `console` block, English and Chinese, is run as a person would who reads the page from its
//! top and types what stands after `$`: in one folder, empty at first, in the order of the page. A
//! line `…` stands for lines that the page leaves out; all else must be there letter by letter.

#![expect(clippy::disallowed_methods, reason = "a test reads the page and runs the program")]

use std::path::Path;
use std::process::Command;

/// A command of the page and what it shows after it.
#[derive(Debug, PartialEq)]
struct Step {
    /// Its line in the page, from 1.
    line: usize,
    command: String,
    shown: Vec<String>,
}

/// The steps of all console blocks. A command goes on in the lines that begin with `> `.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if !inside {
        } else if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { line: at + 1, command: command.to_owned(), shown: Vec::new() });
        } else {
            let step = steps.last_mut().expect("a block begins with a command");
            match line.strip_prefix("> ") {
                Some(more) if step.shown.is_empty() => step.command.push_str(&format!("\n{more}")),
                _ => step.shown.push(line.to_owned()),
            }
        }
    }
    steps
}

/// Whether lines are as shown, `…` standing for any number of lines.
fn agrees(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => (0..=lines.len()).any(|n| agrees(rest, &lines[n..])),
        Some((first, rest)) => lines.first() == Some(&first.as_str()) && agrees(rest, &lines[1..]),
    }
}

/// Of a shell only what every one has is asked: pipes, `printf`, `cat`, `grep`, `head` and `tail`.
#[test]
#[cfg(unix)]
fn every_command_of_the_page_answers_as_the_page_says() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_wengao")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let desk = tempfile::tempdir().unwrap();
    let mut here = desk.path().to_owned();
    let mut wrong = Vec::new();
    for step in steps(&page) {
        if let Some(folder) = step.command.strip_prefix("cd ") {
            here.push(folder);
            continue;
        }
        let answer = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{}", step.command)])
            .current_dir(&here)
            .env("PATH", &path)
            .env_remove("NO_COLOR")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("SOURCE_DATE_EPOCH", "1772668800")
            .output()
            .unwrap();
        let answer = String::from_utf8(answer.stdout).unwrap();
        if !agrees(&step.shown, &answer.lines().collect::<Vec<_>>()) {
            wrong.push(format!(
                "README.md:{}: $ {}\nshown:\n{}\nanswered:\n{answer}",
                step.line,
                step.command,
                step.shown.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn both_parts_of_the_page_have_commands_to_run() {
    let page = include_str!("../../README.md");
    let (english, chinese) = page.split_once("## 中文说明").unwrap();
    assert!(steps(english).len() > 20 && steps(chinese).len() > 5);
    assert!(!steps(page).iter().any(|s| s.command.starts_with("wengao") && s.command.contains("…")));
}

#[test]
fn a_page_is_taken_apart_and_an_ellipsis_stands_for_lines() {
    let page = "text\n```console\n$ cat > a <<'END'\n> 甲\n> END\n$ cat a\n甲\n```\n```sh\n$ no\n```\n";
    let step = |line, command: &str, shown: &[&str]| Step {
        line,
        command: command.to_owned(),
        shown: shown.iter().map(|&s| s.to_owned()).collect(),
    };
    assert_eq!(steps(page), [step(3, "cat > a <<'END'\n甲\nEND", &[]), step(6, "cat a", &["甲"])]);
    let shown = |lines: &[&str]| lines.iter().map(|&l| l.to_owned()).collect::<Vec<_>>();
    assert!(agrees(&shown(&["甲", "…", "丙"]), &["甲", "乙", "乙", "丙"]));
    assert!(agrees(&shown(&["…", "丙"]), &["丙"]));
    assert!(!agrees(&shown(&["甲", "…", "丙"]), &["甲", "丙", "丁"]));
    assert!(!agrees(&shown(&["甲"]), &[]));
}
