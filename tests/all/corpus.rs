//! The corpus and its enemies: a process that is killed, a disk that is full or read-only, two
//! writers at once. And its commands as a person meets them.
//!
//! `WENGAO_KILLS=200 cargo test --release --test all corpus::` kills two hundred times; a plain test run
//! does so a few times only.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes files and runs the program"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn wengao(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wengao"));
    command
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "zh_CN.UTF-8")
        .env_remove("LANG")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &str) -> Output {
    wengao(folder, &args.split_whitespace().collect::<Vec<_>>()).output().unwrap()
}

/// Runs and shows all that a person sees.
fn shown(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let mut shown = format!("$ wengao {args}\n{}", String::from_utf8(output.stdout).unwrap());
    let errors = String::from_utf8(output.stderr).unwrap();
    if !errors.is_empty() {
        shown.push_str(&format!("--- stderr\n{errors}"));
    }
    shown.push_str(&format!("--- exit {}\n", output.status.code().unwrap()));
    shown.replace(&*folder.to_string_lossy(), "…")
}

/// The names of all documents, in order; panics if the corpus is not sound.
fn sound(folder: &Path) -> Vec<String> {
    let verified = run(folder, "corpus verify --corpus 库");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let listed = run(folder, "corpus list --corpus 库 --format json");
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    listed.as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap().to_owned()).collect()
}

const WORDS: &[&str] = &[
    "青石镇",
    "河道清淤",
    "春耕生产",
    "逐村过关",
    "责任到人",
    "水源农资农机",
    "整地八千亩",
    "农村公路",
    "隐患排查",
    "抓早抓实",
    "汛前完工",
    "摆上重要位置",
    "一盘棋",
    "台账",
    "，",
    "。",
    "\n",
];

/// Random numbers that differ from run to run are wanted nowhere but for moments of killing.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

/// Makes a folder of documents and returns their names in the corpus.
fn batch(folder: &Path, number: usize, documents: usize) -> Vec<String> {
    let inside = folder.join(format!("批次{number:03}"));
    fs::create_dir_all(&inside).unwrap();
    (0..documents)
        .map(|n| {
            let mut random = Random((number * 1000 + n) as u64 + 1);
            let words = (0..400).map(|_| WORDS[random.next() as usize % WORDS.len()]);
            let text: String = std::iter::once("云岭县春耕工作总结\n").chain(words).collect();
            let name = format!("第{number:03}批{n:04}.txt");
            fs::write(inside.join(&name), format!("{text}{number}{n}")).unwrap();
            name
        })
        .collect()
}

/// Starts a command and kills it after some of the time that it takes.
fn kill(folder: &Path, args: &[&str], whole: Duration, random: &mut Random) {
    let mut child = wengao(folder, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(whole.mul_f64(random.next() as f64 / f64::from(1u32 << 31) * 1.1));
    let _ = child.kill();
    child.wait().unwrap();
}

fn kills() -> usize {
    std::env::var("WENGAO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6)
}

#[test]
fn killed_at_any_moment_the_corpus_holds_all_or_nothing_of_each_batch() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    let mut expected = batch(folder, 0, 40);
    let begun = Instant::now();
    assert!(run(folder, "corpus add --corpus 库 批次000").status.success());
    let whole = begun.elapsed();
    let mut random = Random(std::process::id().into());
    let (mut kept, mut lost) = (0, 0);
    for number in 1..=kills() {
        let names = batch(folder, number, 40);
        let path = format!("批次{number:03}");
        kill(folder, &["corpus", "add", "--corpus", "库", &path], whole, &mut random);
        let mut found = sound(folder);
        // The order of the documents is that of the batches.
        if found.len() > expected.len() {
            expected.extend(names);
            kept += 1;
        } else {
            lost += 1;
        }
        assert_eq!(found, expected);
        if number % 3 == 0 {
            let begun = Instant::now();
            assert!(run(folder, "corpus verify --corpus 库").status.success());
            kill(folder, &["corpus", "compact", "--corpus", "库"], begun.elapsed() * 2, &mut random);
            found = sound(folder);
            assert_eq!(found, expected);
        }
    }
    assert_eq!(kept + lost, kills());
    println!("{kept} batches were in when they were killed, {lost} were not");
    // What was lost goes in again, and nothing is left lying about.
    assert!(run(folder, "corpus add --corpus 库 批次001").status.success());
    assert!(run(folder, "corpus compact --corpus 库").status.success());
    assert_eq!(fs::read_dir(folder.join("库")).unwrap().count(), 3);
}

#[test]
fn killed_while_compacting_the_corpus_is_as_it_was() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    let mut expected = Vec::new();
    for number in 0..3 {
        expected.extend(batch(folder, number, 60));
        assert!(run(folder, &format!("corpus add --corpus 库 批次{number:03}")).status.success());
    }
    copy(&folder.join("库"), &folder.join("原样"));
    let begun = Instant::now();
    assert!(run(folder, "corpus compact --corpus 库").status.success());
    let whole = begun.elapsed();
    let mut random = Random(u64::from(std::process::id()) + 7);
    for _ in 0..kills() {
        fs::remove_dir_all(folder.join("库")).unwrap();
        copy(&folder.join("原样"), &folder.join("库"));
        kill(folder, &["corpus", "compact", "--corpus", "库"], whole, &mut random);
        assert_eq!(sound(folder), expected);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_leaves_the_corpus_as_it_was() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    let expected = batch(folder, 0, 5);
    batch(folder, 1, 300);
    assert!(run(folder, "corpus add --corpus 库 批次000").status.success());
    // 512 bytes times 100; the signal that would end the program is ignored, so that it gets an error.
    let script = format!(
        "trap '' XFSZ; ulimit -f 100; exec {} corpus add --corpus 库 批次001",
        env!("CARGO_BIN_EXE_wengao")
    );
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains("写不了语料库") || errors.contains("cannot be written"), "{errors}");
    assert_eq!(sound(folder), expected);
    assert_eq!(fs::read_dir(folder.join("库")).unwrap().count(), 3);
}

/// A small file system of its own, where the machine lets us have one.
#[cfg(target_os = "linux")]
struct Mount(PathBuf);

#[cfg(target_os = "linux")]
impl Mount {
    fn new(at: PathBuf) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"])
            .arg(&at)
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|s| s.success()) {
            return Some(Self(at));
        }
        eprintln!("not run: no file system may be mounted here");
        None
    }

    fn read_only(&self) {
        let status = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status().unwrap();
        assert!(status.success());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_one_leave_the_corpus_as_it_was() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    let Some(mount) = Mount::new(folder.join("库")) else { return };
    let expected = batch(folder, 0, 20);
    batch(folder, 1, 800);
    assert!(run(folder, "corpus add --corpus 库 批次000").status.success());
    let full = run(folder, "corpus add --corpus 库 批次001");
    let errors = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(2));
    assert!(errors.contains("磁盘已满"), "{errors}");
    assert_eq!(sound(folder), expected);
    mount.read_only();
    batch(folder, 2, 2);
    for command in
        ["corpus add --corpus 库 批次002", "corpus remove --corpus 库 *", "corpus compact --corpus 库"]
    {
        let refused = run(folder, command);
        let errors = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{command}");
        assert!(errors.contains("磁盘只读"), "{errors}");
    }
    // Reading needs no permission to write.
    assert_eq!(sound(folder), expected);
}

#[test]
fn two_writers_at_once_both_get_their_documents_in() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    let mut expected = Vec::new();
    let children: Vec<_> = (0..4)
        .map(|number| {
            expected.extend(batch(folder, number, 30));
            let path = format!("批次{number:03}");
            wengao(folder, &["corpus", "add", "--corpus", "库", &path]).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let mut found = sound(folder);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn readers_go_on_while_others_write() {
    let desk = TempDir::new().unwrap();
    let folder = desk.path();
    batch(folder, 0, 30);
    assert!(run(folder, "corpus add --corpus 库 批次000").status.success());
    for number in 1..6 {
        batch(folder, number, 30);
    }
    let writing = std::thread::spawn({
        let folder = folder.to_owned();
        move || {
            for number in 1..6 {
                assert!(run(&folder, &format!("corpus add --corpus 库 批次{number:03}")).status.success());
            }
            assert!(run(&folder, "corpus compact --corpus 库").status.success());
        }
    });
    while !writing.is_finished() {
        let found = sound(folder).len();
        assert!(found >= 30 && found.is_multiple_of(30), "{found}");
    }
    writing.join().unwrap();
    assert_eq!(sound(folder).len(), 180);
}

// As a person meets it.

fn desk() -> TempDir {
    let desk = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = desk.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let body = "　　青石镇盯住水源、农资、农机三件事，逐村过关，春耕生产平稳有序。\n";
    write("材料/云岭县2025年政府工作总结.txt", format!("政府工作总结\n{body}").as_bytes());
    let (gbk, _, _) =
        encoding_rs::GB18030.encode("在石桥县春耕生产现场会上的讲话\n同志们：\n　　今天召开现场会。\n");
    write("材料/讲话.txt", &gbk);
    write(
        "材料/汇报.md",
        format!("---\n地区: 金川县\n年份: 2024\n---\n# 情况汇报\n{body}今年好。\n").as_bytes(),
    );
    write("材料/各地/甲.txt", "工作情况\n完成整地8200亩，育秧中心投用3座。\n".as_bytes());
    write(
        "材料/各地/目录.yaml",
        "- {文件: '*.txt', 地区: 白水县}\n- {文件: 甲.txt, 年份: 2023}\n".as_bytes(),
    );
    write("材料/各地/乙.txt", "完成整地八千二百亩，育秧中心都已投用。\n".as_bytes());
    write("材料/各地/乙.txt.yaml", "文种: 简报\n标题: 春耕简报\n".as_bytes());
    write("材料/各地/重发的甲.txt", "工作情况　完成整地８２００亩、育秧中心投用3座\n".as_bytes());
    write("材料/各地/空.txt", "\n……\n".as_bytes());
    write("材料/坏.docx", b"PK\x03\x04 no document");
    let long = body.repeat(5);
    let pieces: Vec<String> =
        (1..=3).map(|n| format!("【篇{n}】林河县{}年春耕工作总结\n{long}{n}\n", 2020 + n)).collect();
    write("合集/春耕工作总结精选3篇.txt", format!("春耕工作总结精选3篇\n{}", pieces.concat()).as_bytes());
    desk
}

macro_rules! snapshot {
    ($folder:expr, $($args:expr),+ $(,)?) => {
        insta::assert_snapshot!([$(shown($folder, $args)),+].join("\n"))
    };
}

#[test]
fn documents_go_in_and_are_listed_with_what_is_known_of_them() {
    let desk = desk();
    snapshot!(
        desk.path(),
        "corpus add --corpus 库 材料 合集",
        "corpus list --corpus 库",
        "corpus add --corpus 库 材料/讲话.txt",
        "corpus show --corpus 库 讲话.txt",
        "corpus info --corpus 库",
        "corpus verify --corpus 库",
    );
}

#[test]
fn papers_that_a_pattern_found_are_called_by_their_own_names() {
    let desk = desk();
    for (arguments, expected) in [
        ("材料/各地/*.txt", &["乙.txt", "甲.txt"][..]),
        ("./材料/各地/*.txt", &["乙.txt", "甲.txt"]),
        ("./材料/**/*.txt", &["云岭县2025年政府工作总结.txt", "各地/乙.txt", "各地/甲.txt", "讲话.txt"]),
        ("./材料/各地", &["乙.txt", "甲.txt"]),
        ("./材料/讲话.txt", &["讲话.txt"]),
    ] {
        assert!(run(desk.path(), &format!("corpus add --corpus 库 {arguments}")).status.success());
        assert_eq!(sound(desk.path()), expected, "{arguments}");
        fs::remove_dir_all(desk.path().join("库")).unwrap();
    }
}

#[test]
fn what_was_guessed_wrong_is_set_right_and_documents_are_removed() {
    let desk = desk();
    snapshot!(
        desk.path(),
        "corpus add -q --corpus 库 材料/各地 合集",
        "corpus set --corpus 库 甲.txt --locality 青石县 --year 2022",
        "corpus set --corpus 库 --of-locality 林河县 --genre 总结",
        "corpus list --corpus 库 --format json",
        "corpus remove --corpus 库 春耕工作总结精选3篇.txt",
        "corpus list --corpus 库",
        "corpus compact --corpus 库",
        "corpus list --corpus 库",
        "corpus remove --corpus 库 没有.txt",
        "corpus remove --corpus 库",
    );
}

#[test]
fn a_corpus_is_named_by_the_settings_or_asked_for() {
    let desk = desk();
    fs::write(desk.path().join("材料/各地/wengao.yaml"), "语料库: ../../库\n").unwrap();
    let inner = desk.path().join("材料/各地");
    let mut all = vec![
        shown(desk.path(), "corpus list"),
        shown(desk.path(), "corpus list --corpus 库"),
        shown(desk.path(), "corpus add --corpus 材料 合集"),
        shown(&inner, "corpus add 甲.txt"),
        shown(&inner, "corpus add --corpus ../../库 甲.txt"),
        shown(&inner, "corpus add 甲.txt"),
        shown(desk.path(), "corpus list --corpus 库"),
    ];
    fs::write(desk.path().join("库/00000001.segment"), "x").unwrap();
    all.push(shown(desk.path(), "corpus list --corpus 库"));
    fs::write(desk.path().join("库/manifest"), "x").unwrap();
    all.push(shown(desk.path(), "corpus list --corpus 库 --lang en"));
    insta::assert_snapshot!(all.join("\n"));
}

/// Settings come along with somebody's papers.
#[test]
fn no_corpus_is_begun_where_only_settings_say_so() {
    let desk = desk();
    let inner = desk.path().join("材料/各地");
    fs::write(inner.join("wengao.yaml"), "语料库: ../../别处\n").unwrap();
    let refused = run(&inner, "corpus add 甲.txt");
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("没有在那里新建") && said.contains("--corpus ../../别处"), "{said}");
    assert!(!desk.path().join("别处").exists());
    assert!(run(&inner, "corpus add --corpus ../../别处 甲.txt").status.success());
    assert!(desk.path().join("别处").exists());
}

/// Letters of a draft that the check calls copied.
fn copied(folder: &Path, draft: &str) -> usize {
    let checked =
        run(folder, &format!("check --no-config {draft} --corpus 库 --only copied-passage --format json"));
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let findings = checked["documents"][0]["findings"].as_array().unwrap();
    findings.iter().map(|f| (f["end"].as_u64().unwrap() - f["start"].as_u64().unwrap()) as usize).sum()
}

#[test]
fn a_draft_against_a_corpus_says_what_others_say_in_other_words() {
    let folder = tempfile::tempdir().unwrap();
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/facts");
    for place in ["松川区安全生产", "查干塔拉旗公共文化服务", "霞屿市营商环境"] {
        fs::copy(facts.join(format!("{place}.yaml")), folder.path().join(format!("{place}.yaml"))).unwrap();
    }
    let draft = |facts: &str, more: &str| {
        let done =
            run(folder.path(), &format!("draft speech/mobilization --facts {facts}.yaml --force {more}"));
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    };
    fs::create_dir(folder.path().join("外地")).unwrap();
    draft("查干塔拉旗公共文化服务", "--output 外地/一.txt");
    draft("霞屿市营商环境", "--output 外地/二.txt");
    assert!(run(folder.path(), "corpus add --corpus 库 外地").status.success());
    draft("松川区安全生产", "--output 照常.txt");
    draft("松川区安全生产", "--output 避开.txt --against 库");
    let (before, after) = (copied(folder.path(), "照常.txt"), copied(folder.path(), "避开.txt"));
    assert!(before > 0 && after * 4 <= before, "{before} letters before, {after} after");
}
