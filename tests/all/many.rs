//! Several corpora at once, read-only ones, and several processes at one: as an office meets them.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes files and runs the program"
)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

fn wengao(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wengao"));
    command
        .args(args.split_whitespace())
        .current_dir(folder)
        .env("LC_ALL", "zh_CN.UTF-8")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &str) -> Output {
    wengao(folder, args).output().unwrap()
}

fn done(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{args}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn put(folder: &Path, name: &str, words: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, words).unwrap();
}

const TOLLING: &str = "天旱时渠长按钟点打钟轮灌，三十六条毛渠再没有为水吵过架，村民自己管住了自己的水";
const MILL: &str = "老磨坊改成豆腐作坊，十一户人家轮流掌勺，每月初八在祠堂门口公布豆子进价和分红";
const CLAUSE: &str = "要把水窖清淤当成入冬头件大事";

/// Two corpora: one's own, and the city's; one document is in both.
fn two(folder: &Path) {
    put(folder, "本办稿/石塘县2024年总结.txt", &format!("石塘县2024年工作总结\n{TOLLING}。{CLAUSE}。"));
    put(folder, "本办稿/共有.txt", &format!("柳湾县2024年工作总结\n各村都有办法。{CLAUSE}。"));
    put(folder, "市里稿/塔前县2024年总结.txt", &format!("塔前县2024年工作总结\n{MILL}。{CLAUSE}。"));
    put(folder, "市里稿/别名.txt", &format!("柳湾县2024年工作总结\n各村都有办法。{CLAUSE}。"));
    put(folder, "市里稿/沙井县2024年总结.txt", &format!("沙井县2024年工作总结\n入了冬，{CLAUSE}。"));
    put(
        folder,
        "稿.txt",
        &format!("云岭县2025年工作总结\n今年我们办成了两件事。{TOLLING}。{MILL}。{CLAUSE}。\n"),
    );
    done(folder, "corpus add --corpus 本办 本办稿");
    done(folder, "corpus add --corpus 市/市库 市里稿");
}

fn check(folder: &Path, flags: &str) -> Json {
    let report = done(folder, &format!("check 稿.txt --only copied-passage --format json {flags}"));
    serde_json::from_str(&report).unwrap()
}

fn findings(report: &Json) -> &Vec<Json> {
    report["documents"][0]["findings"].as_array().unwrap()
}

/// Findings without what names their corpus.
fn bare(report: &Json) -> String {
    let mut report = findings(report).clone();
    for source in report.iter_mut().flat_map(|f| f["sources"].as_array_mut().unwrap()) {
        source.as_object_mut().unwrap().shift_remove("corpus");
    }
    let all = Json::Array(report).to_string();
    all.replace("本办: ", "").replace("市库: ", "")
}

#[test]
fn several_corpora_are_one_and_the_finding_names_which() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    two(folder);
    let both = check(folder, "--corpus 本办 --corpus 市/市库");
    let of: Vec<&str> = findings(&both).iter().map(|f| f["sources"][0]["corpus"].as_str().unwrap()).collect();
    assert_eq!(of, ["本办", "市库"], "{both:#}");
    assert!(
        findings(&both)[1]["message"].as_str().unwrap().contains("市库: 塔前县2024年总结.txt"),
        "{both:#}"
    );
    // The clause is in four localities of both together, and in fewer of either.
    assert!(!both.to_string().contains("头件大事，"), "{both:#}");
    let city = check(folder, "--corpus 市/市库");
    assert!(city["documents"][0]["findings"][0]["sources"][0].get("corpus").is_none());
    // All of it in one corpus gives the same, in the same words but for the corpus.
    done(folder, "corpus add --corpus 一个 本办稿");
    done(folder, "corpus add --corpus 一个 市里稿");
    assert_eq!(bare(&both), bare(&check(folder, "--corpus 一个")));
    // The settings name them as well, and every door heeds that.
    put(folder, "wengao.yaml", "语料库: [本办, 市/市库]\n");
    assert_eq!(bare(&check(folder, "")), bare(&both));
    let shown = done(folder, "corpus list");
    assert_eq!(shown.lines().count(), 5);
    assert!(shown.lines().any(|l| l.starts_with("市库") && l.contains("塔前县2024年总结.txt")), "{shown}");
    let listed: Json = serde_json::from_str(&done(folder, "corpus list --format json")).unwrap();
    assert_eq!(listed[4]["corpus"], "市库");
    let info: Json = serde_json::from_str(&done(folder, "corpus info --format json")).unwrap();
    assert_eq!((info[0]["documents"].as_u64(), info[1]["documents"].as_u64()), (Some(2), Some(3)));
    assert!(done(folder, "corpus show 沙井县*").contains("市库"));
    done(folder, "corpus verify");
    assert!(done(folder, "config 稿.txt").contains("市/市库"));
    // What is written goes to the first.
    put(folder, "新稿.txt", "新的一篇，只进本办的语料库。");
    done(folder, "corpus add 新稿.txt");
    let info: Json = serde_json::from_str(&done(folder, "corpus info --format json")).unwrap();
    assert_eq!((info[0]["documents"].as_u64(), info[1]["documents"].as_u64()), (Some(3), Some(3)));
}

#[test]
fn an_assistant_checks_against_the_corpora_of_the_settings() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    two(folder);
    put(folder, "wengao.yaml", "语料库: [本办, 市/市库]\n");
    let call = serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params":
        {"name": "check", "arguments": {"text": fs::read_to_string(folder.join("稿.txt")).unwrap()}}});
    let mut command = wengao(folder, "mcp");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, format!("{call}\n").as_bytes()).unwrap();
    drop(stdin);
    let answer = child.wait_with_output().unwrap();
    let answer: Json = serde_json::from_slice(&answer.stdout).unwrap();
    let found = answer["result"]["structuredContent"]["documents"][0]["findings"].as_array().unwrap();
    let copied = found.iter().filter(|f| f["rule"] == "copied-passage");
    let of: Vec<&str> = copied.map(|f| f["sources"][0]["corpus"].as_str().unwrap()).collect();
    assert_eq!(of, ["本办", "市库"], "{answer:#}");
}

/// Runs the program as somebody who may write nowhere, where the machine knows such a person.
#[cfg(unix)]
fn as_nobody(folder: &Path, args: &str) -> Option<Output> {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    if fs::metadata(folder).unwrap().uid() != 0 {
        // Whoever is not root is held by the rights of the folder.
        return Some(run(folder, args));
    }
    wengao(folder, args).uid(65534).gid(65534).output().ok()
}

#[cfg(unix)]
#[test]
fn a_corpus_that_one_may_only_read_is_searched_and_nothing_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    two(folder);
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let expected = bare(&check(folder, "--corpus 本办 --corpus 市/市库"));
    for corpus in ["本办", "市/市库"] {
        for file in fs::read_dir(folder.join(corpus)).unwrap() {
            set(&file.unwrap().path(), 0o444);
        }
        set(&folder.join(corpus), 0o555);
    }
    set(folder, 0o555);
    let checked =
        as_nobody(folder, "check 稿.txt --only copied-passage --format json --corpus 本办 --corpus 市/市库");
    let listed = as_nobody(folder, "corpus list --corpus 市/市库");
    let refused = as_nobody(folder, "corpus add --corpus 市/市库 稿.txt");
    set(folder, 0o755);
    let (Some(checked), Some(listed), Some(refused)) = (checked, listed, refused) else {
        eprintln!("not run: nobody else can be on this machine");
        return;
    };
    if String::from_utf8_lossy(&checked.stderr).contains("Permission denied") {
        eprintln!("not run: nobody else reaches this folder");
        return;
    }
    let report: Json = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(bare(&report), expected);
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 3);
    let errors = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(2) && errors.contains("没有权限"), "{errors}");
    for corpus in ["本办", "市/市库"] {
        assert_eq!(fs::read_dir(folder.join(corpus)).unwrap().count(), 3);
        set(&folder.join(corpus), 0o755);
    }
}

/// Two write, one of them tightens as well, two check: nobody sees half of anything.
#[test]
fn four_processes_at_one_corpus_do_not_disturb_each_other() {
    const ROUNDS: usize = 6;
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    two(folder);
    let expected = bare(&check(folder, "--corpus 本办 --corpus 市/市库"));
    for who in ["甲", "乙"] {
        for round in 0..ROUNDS {
            let words = format!(
                "{who}的第{round}篇：{}，别处没有这样的话。",
                "一二三四五六七八九十".repeat(round + 1)
            );
            put(folder, &format!("{who}{round}/{who}{round}.txt"), &words);
        }
    }
    let writer = |who: &str| -> Child {
        let program = env!("CARGO_BIN_EXE_wengao");
        let rounds = (0..ROUNDS).map(|round| {
            let tighten = if who == "甲" {
                format!(" && {program} corpus compact --corpus 市/市库")
            } else {
                String::new()
            };
            format!("{program} corpus add --corpus 市/市库 {who}{round}{tighten}")
        });
        let script = rounds.collect::<Vec<_>>().join(" && ");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(folder).env("LC_ALL", "zh_CN.UTF-8");
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let writers = [writer("甲"), writer("乙")];
    let reads = std::thread::scope(|scope| {
        let readers = [0, 1].map(|_| {
            scope.spawn(|| {
                let (mut reads, mut left) = (0, 400);
                while left > 0 && fs::read_dir(folder.join("市/市库")).is_ok() {
                    assert_eq!(bare(&check(folder, "--corpus 本办 --corpus 市/市库")), expected);
                    reads += 1;
                    let listed: Json =
                        serde_json::from_str(&done(folder, "corpus info --corpus 市/市库 --format json"))
                            .unwrap();
                    left = if listed["documents"].as_u64() == Some(3 + 2 * ROUNDS as u64) {
                        0
                    } else {
                        left - 1
                    };
                }
                reads
            })
        });
        for writer in writers {
            let output = writer.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        readers.map(|reader| reader.join().unwrap())
    });
    assert!(reads.iter().all(|&n| n > 0));
    done(folder, "corpus verify --corpus 市/市库");
    let names: Vec<_> =
        fs::read_dir(folder.join("市/市库")).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name == "writing"), "{names:?}");
}
