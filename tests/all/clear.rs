//! An all-clear that can be trusted: every path that was given is checked, checked in part or not read,
//! and every format, the summary and the exit code say which.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes its folders")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::cmd::{compound, zip_of};
use super::desk::Desk;

const ROOT: &[u8] = br#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A .docx of these paragraphs, given as what stands in `w:body`.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    zip_of(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", ROOT),
        ("word/document.xml", document.as_bytes()),
    ])
}

const SOUND: &str = "<w:p><w:r><w:t>云岭县委要求，全县投资x亿元。</w:t></w:r></w:p>";
const IN_PART: &str = r#"<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>云岭县委抓好春耕。</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r></w:p>"#;

/// A folder with one of each kind.
fn mixed() -> Desk {
    let desk = Desk::with(&[
        ("稿/讲话.docx", &docx(SOUND)),
        ("稿/附图.docx", &docx(IN_PART)),
        ("稿/通知.txt", "云岭县人民政府关于春耕的通知\n各镇抓好春耕。\n".as_bytes()),
        ("稿/扫描.pdf", b"%PDF-1.7\n"),
        ("稿/材料.rar", b"Rar!\x1A\x07\0"),
        ("稿/加密.docx", &compound("EncryptedPackage")),
        ("稿/坏心.docx", &zip_of(&[("_rels/.rels", ROOT), ("word/document.xml", b"")])),
        ("稿/空.txt", b""),
        ("稿/锁.txt", "云岭县\n".as_bytes()),
        ("别处/外.txt", "云岭县\n".as_bytes()),
        ("稿/照片.jpg", b"\xFF\xD8"),
        ("稿/.藏.txt", "x万元\n".as_bytes()),
    ]);
    odd(&desk);
    desk
}

/// What only some systems have: links, a pipe, a name that is no UTF-8, a file and a folder that are locked.
#[cfg(unix)]
fn odd(desk: &Desk) {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = desk.0.path().join("稿");
    symlink("没有.docx", folder.join("断.docx")).unwrap();
    symlink("通知.txt", folder.join("同一份.txt")).unwrap();
    symlink("../别处", folder.join("夹")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("管.docx")).status().unwrap().success());
    fs::write(folder.join(OsStr::from_bytes(b"\xFF\xFE.txt")), "全县\n").unwrap();
    fs::create_dir(folder.join("密")).unwrap();
    for locked in ["锁.txt", "密"] {
        fs::set_permissions(folder.join(locked), fs::Permissions::from_mode(0o000)).unwrap();
    }
    fs::set_permissions(desk.0.path(), fs::Permissions::from_mode(0o777)).unwrap();
}

#[cfg(not(unix))]
fn odd(_: &Desk) {}

/// What is checked as a whole, what in part, and what is not read, sorted.
const CHECKED: &[&str] = &["稿/讲话.docx", "稿/通知.txt"];
const PART: &[&str] = &["稿/附图.docx"];
const UNREAD: &[&str] = &["稿/加密.docx", "稿/坏心.docx", "稿/扫描.pdf", "稿/材料.rar", "稿/空.txt"];
#[cfg(unix)]
const ODD: &[&str] = &["稿/夹", "稿/密", "稿/断.docx", "稿/管.docx", "稿/锁.txt", "稿/\u{FFFD}\u{FFFD}.txt"];
#[cfg(not(unix))]
const ODD: &[&str] = &[];

fn states() -> BTreeMap<String, String> {
    let of = |paths: &[&str], state: &str| {
        paths.iter().map(|path| ((*path).to_owned(), state.to_owned())).collect::<Vec<_>>()
    };
    [of(CHECKED, "checked"), of(PART, "part"), of(UNREAD, "unread"), of(ODD, "unread")]
        .concat()
        .into_iter()
        .collect()
}

/// What a run printed, on both streams, and how it ended.
struct Run {
    out: String,
    err: String,
    exit: i32,
}

/// Runs the program as somebody who may not read what is locked: root may.
fn run(desk: &Desk, args: &str) -> Run {
    let mut command = Command::new(binary(desk));
    command.args(args.split_whitespace()).current_dir(desk.0.path());
    command.env("LC_ALL", "zh_CN.UTF-8").env("SOURCE_DATE_EPOCH", "1772668800");
    #[cfg(unix)]
    if is_root(desk) {
        use std::os::unix::process::CommandExt;
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    Run {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        exit: output.status.code().unwrap(),
    }
}

/// Whether what is locked opens all the same.
fn is_root(desk: &Desk) -> bool {
    fs::read(desk.0.path().join("稿/锁.txt")).is_ok()
}

/// The program, where anybody may start it.
fn binary(desk: &Desk) -> std::path::PathBuf {
    let built = Path::new(env!("CARGO_BIN_EXE_wengao"));
    let here = desk.0.path().join(".wengao-binary");
    if !is_root(desk) {
        return built.to_owned();
    }
    if !here.exists() {
        fs::hard_link(built, &here).or_else(|_| fs::copy(built, &here).map(drop)).unwrap();
    }
    here
}

fn json(words: &str) -> Value {
    serde_json::from_str(words).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_terminal_accounts_for_every_path() {
    let desk = mixed();
    let Run { out, err, exit } = run(&desk, "check 稿 --locality 云岭县");
    assert_eq!(exit, 2);
    assert!(out.contains("检查了3个文件（其中1个只查了一部分）"), "{out}");
    let unread = UNREAD.len() + ODD.len();
    assert!(out.contains(&format!("另有{unread}项没有读成")), "{out}");
    for path in UNREAD.iter().chain(ODD) {
        let at = out.find(&format!("  {path}：")).unwrap_or_else(|| panic!("{path}: {out}"));
        assert!(out[at..].lines().nth(1).unwrap().contains("办法："), "{path}: {out}");
        assert!(err.contains(path), "{path}: {err}");
    }
    // Asked for by its name a pipe keeps nobody waiting either.
    assert_eq!(run(&desk, "check 稿/断.docx 稿/不在.txt").exit, 2);
    #[cfg(unix)]
    assert!(run(&desk, "check 稿/管.docx").err.contains("没有打开"));
    for path in ["同一份", "照片", "藏"] {
        assert!(!out.contains(path), "{path}: {out}");
    }
}

#[test]
fn json_and_its_lines_account_for_every_path() {
    let desk = mixed();
    let report = json(&run(&desk, "check 稿 --locality 云岭县 --format json").out);
    let all = report["documents"].as_array().unwrap().iter().chain(report["unread"].as_array().unwrap());
    let told: BTreeMap<_, _> = all.map(|one| (text(&one["path"]), text(&one["state"]))).collect();
    assert_eq!(told, states());
    let part = report["documents"].as_array().unwrap().iter().find(|d| d["path"] == "稿/附图.docx").unwrap();
    assert_eq!(part["left_out"], serde_json::json!(["pictures"]));
    let counts = &report["summary"]["documents"];
    assert_eq!((&counts["checked"], &counts["part"]), (&2.into(), &1.into()));
    assert_eq!(counts["unread"], Value::from(UNREAD.len() + ODD.len()));

    let lines = run(&desk, "check 稿 --locality 云岭县 --format jsonl").out;
    let lines: Vec<Value> = lines.lines().map(json).collect();
    let told = lines.iter().filter(|line| !line["state"].is_null());
    let told: BTreeMap<_, _> = told.map(|one| (text(&one["path"]), text(&one["state"]))).collect();
    let mut expected = states();
    expected.retain(|_, state| state != "checked");
    assert_eq!(told, expected);
    assert!(lines.iter().any(|line| line["rule"] == "placeholder"));
}

#[test]
fn sarif_and_github_account_for_every_path() {
    let desk = mixed();
    let log = json(&run(&desk, "check 稿 --locality 云岭县 --format sarif").out);
    let run_of = &log["runs"][0];
    let given = run_of["artifacts"].as_array().unwrap();
    let told: Vec<_> = given.iter().map(|one| text(&one["properties"]["state"])).collect();
    for state in ["checked", "part", "unread"] {
        let expected = states().values().filter(|s| *s == state).count();
        assert_eq!(told.iter().filter(|s| *s == state).count(), expected, "{state}");
    }
    assert_eq!(run_of["invocations"][0]["executionSuccessful"], false);
    let notified = run_of["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let of = |level: &str| notified.iter().filter(|n| n["level"] == level).count();
    assert_eq!(of("error"), UNREAD.len() + ODD.len());
    assert_eq!(of("note"), PART.len());

    let lines = run(&desk, "check 稿 --locality 云岭县 --format github").out;
    for path in UNREAD.iter().chain(ODD) {
        assert!(lines.contains(&format!("::error file={path},title=没有读成::")), "{path}: {lines}");
    }
    assert!(lines.contains("::notice file=稿/附图.docx,title=只查了一部分::没有查：图片里的字"), "{lines}");
}

#[test]
fn the_page_opens_with_a_table_of_all_files() {
    let desk = mixed();
    let page = run(&desk, "check 稿 --locality 云岭县 --format html").out;
    let body = page.split("<main>").nth(1).unwrap();
    let table = body.split("</table>").next().unwrap();
    assert!(table.trim_start().starts_with("<section class=\"files\""));
    for (path, state) in states() {
        let row =
            table.split("<tr class=").find(|row| row.contains(&path)).unwrap_or_else(|| panic!("{path}"));
        assert!(row.starts_with(&format!("\"{state}\"")), "{path}: {row}");
        // A file without findings keeps its notes.
        if path == "稿/附图.docx" {
            assert!(row.contains("有1张图片，图片里的字没有读取"), "{row}");
        }
    }
}

#[test]
fn comments_say_what_of_a_document_was_not_read() {
    let desk = mixed();
    let Run { err, exit, .. } = run(&desk, "check 稿 --locality 云岭县 --format docx --output 批注");
    assert_eq!(exit, 2);
    for path in UNREAD.iter().chain(ODD) {
        assert!(err.contains(path), "{path}: {err}");
    }
    let comments = |name: &str| {
        let file = fs::File::open(desk.0.path().join("批注").join(name)).unwrap();
        let mut package = zip::ZipArchive::new(file).unwrap();
        let mut xml = String::new();
        if let Ok(mut part) = package.by_name("word/comments.xml") {
            std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        }
        xml
    };
    assert!(comments("附图.docx").contains("没有查：图片里的字"));
    let whole = comments("讲话.docx");
    assert!(whole.contains("placeholder") && !whole.contains("没有查"), "{whole}");
}

#[test]
fn the_list_that_is_sent_back_has_a_row_for_each_finding_and_each_path() {
    let desk = mixed();
    desk.put("县水务局/总结.txt", "云岭县水务局工作总结\n投资x亿元，，=1+1。\n".as_bytes());
    assert_eq!(run(&desk, "check 稿 县水务局 --locality 云岭县 -o 退改.xlsx").exit, 2);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets/returned.py");
    let Ok(read) = Command::new("python3").arg(script).arg(desk.0.path().join("退改.xlsx")).output() else {
        return println!("skipped: python3 cannot be run");
    };
    if read.status.code() == Some(77) {
        return println!("skipped: openpyxl is missing");
    }
    let book = json(&String::from_utf8(read.stdout).unwrap());
    assert_eq!(book["formulas"], 0);
    let rows =
        |sheet: &str| -> Vec<Vec<Value>> { serde_json::from_value(book["sheets"][sheet].clone()).unwrap() };
    let findings = rows("问题");
    assert_eq!(
        findings[0].iter().map(text).collect::<Vec<_>>(),
        ["序号", "文件", "单位", "位置", "程度", "规则", "依据", "原文", "问题", "办法", "改为", "整改情况"]
    );
    assert_eq!(findings.len(), 1 + 3);
    let doubled = findings.iter().find(|row| row[10] == "，").unwrap();
    let told: Vec<_> = doubled[1..8].iter().map(text).collect();
    let expected = [
        "县水务局/总结.txt",
        "县水务局",
        "第2行第6字",
        "警告",
        "标点重叠、不成对、缺漏",
        "国家标准 GB/T 15834—2011《标点符号用法》",
        "，，",
    ];
    assert_eq!(told, expected);
    let summary = rows("汇总");
    for (path, state) in states() {
        let row = summary
            .iter()
            .find(|row| row[0] == path.as_str())
            .unwrap_or_else(|| panic!("{path}: {summary:?}"));
        let label = match &*state {
            "checked" => "已查",
            "part" => "只查了一部分",
            _ => "没有读成",
        };
        assert_eq!(row[2], label, "{path}");
        assert_eq!(row[6].is_null() || row[6] == "", state == "checked", "{row:?}");
    }
    let unit = summary.iter().find(|row| row[0] == "县水务局").unwrap();
    assert_eq!((&unit[1], &unit[3], &unit[4]), (&1.into(), &1.into(), &1.into()));
}

#[test]
fn what_was_not_read_can_be_accepted_and_what_was_read_in_part_refused() {
    let desk = Desk::with(&[
        ("好/讲话.txt", "云岭县委抓好春耕。\n".as_bytes()),
        ("好/扫描.pdf", b"%PDF-1.7\n"),
        ("附图.docx", &docx(IN_PART)),
        ("断.docx", &docx(SOUND)[..400]),
    ]);
    let exit = |args: &str| desk.run(args).lines().last().unwrap().to_owned();
    assert_eq!(exit("check 好"), "--- exit 2");
    assert_eq!(exit("check 好 --accept-unread"), "--- exit 0");
    // Of nothing at all there is no all-clear.
    assert_eq!(exit("check 好/扫描.pdf --accept-unread"), "--- exit 2");
    assert_eq!(exit("check 附图.docx"), "--- exit 0");
    // Half a file is a file that could not be read.
    assert_eq!(exit("check 断.docx"), "--- exit 2");
    assert_eq!(exit("check 附图.docx --require-whole"), "--- exit 2");
    assert!(desk.run("check 好 --accept-unread").contains("另有1项没有读成"));
    let log = desk.run("check 好 --accept-unread --format sarif");
    assert!(log.contains("\"executionSuccessful\": true"), "{log}");
}

#[test]
fn a_text_with_bytes_that_are_no_character_is_checked_in_part() {
    let mut bytes = "\u{FEFF}云岭县委抓好春耕。".as_bytes().to_vec();
    bytes.extend(b"\xFF\n");
    let desk = Desk::with(&[("讲话.txt", &bytes)]);
    let shown = desk.run("check 讲话.txt --format json");
    assert!(shown.contains("\"state\": \"part\"") && shown.contains("undecodable-bytes"), "{shown}");
}

#[test]
fn the_extension_of_the_output_chooses_the_format_and_a_contradiction_is_an_error() {
    let desk = Desk::texts(&[("讲话.txt", "云岭县投资x亿元。\n")]);
    for (name, begins) in [
        ("a.json", "{\n  \"schema\": \"wengao.check/1\""),
        ("a.jsonl", "{\"path\":"),
        ("a.sarif", "{\n  \"$schema\""),
        ("a.HTML", "<!doctype html>"),
        ("a.txt", "错误[placeholder]"),
    ] {
        assert!(desk.run(&format!("check 讲话.txt -o {name}")).ends_with("--- exit 1\n"), "{name}");
        assert!(desk.read(name).starts_with(begins), "{name}: {}", desk.read(name));
    }
    for name in ["a.docx", "a.xlsx"] {
        desk.run(&format!("check 讲话.txt -o {name}"));
        assert!(desk.bytes(name).starts_with(b"PK"), "{name}");
    }
    desk.run("check 讲话.txt --format sarif -o results.json");
    assert!(desk.read("results.json").contains("\"$schema\""));
    desk.run("check 讲话.txt --format json -o 无扩展名");
    assert!(desk.read("无扩展名").contains("wengao.check/1"));
    for (format, name) in [("json", "b.html"), ("docx", "b.txt"), ("terminal", "b.docx"), ("xlsx", "b.json")]
    {
        let said = desk.run(&format!("check 讲话.txt --format {format} -o {name}"));
        assert!(said.contains("对不上") && said.ends_with("--- exit 2\n"), "{said}");
        assert!(!desk.0.path().join(name).exists(), "{name}");
    }
}

#[test]
fn a_draft_that_does_not_tell_whose_it_is_says_so_unless_somebody_else_does() {
    let words = "全县上下要抓好春耕，全县各镇要抓好管护，全县各部门要抓好服务。\n";
    let desk = Desk::texts(&[
        ("讲话.txt", words),
        ("云岭县2025年讲话.txt", words),
        ("事实.yaml", "地区: {名称: 石塘县}\n"),
    ]);
    let said = "看不出文稿是哪里的";
    assert!(desk.run("check 讲话.txt").contains(said));
    assert!(desk.run("check 讲话.txt --format json").contains(said));
    assert!(desk.run("check 讲话.txt --format html").contains(said));
    for silent in [
        "check 讲话.txt --locality 云岭县",
        "check 讲话.txt -f 事实.yaml",
        "check 云岭县2025年讲话.txt",
        "check 讲话.txt --only placeholder",
        "check 讲话.txt --locality 全国",
    ] {
        let shown = desk.run(silent);
        assert!(!shown.contains(said) && shown.ends_with("--- exit 0\n"), "{silent}: {shown}");
    }
    let home = |args: &str| {
        let shown = desk.run(&format!("{args} --format json"));
        let report = shown.split_once('\n').unwrap().1.split("--- exit").next().unwrap();
        json(report)["documents"][0]["home"].clone()
    };
    assert_eq!(home("check 讲话.txt"), Value::Null);
    assert_eq!(
        home("check 云岭县2025年讲话.txt"),
        serde_json::json!({"name": "云岭县", "origin": "file-name"})
    );
    assert_eq!(
        home("check 云岭县2025年讲话.txt -f 事实.yaml"),
        serde_json::json!({"name": "石塘县", "origin": "given"})
    );
}

#[test]
fn a_source_of_the_whole_country_is_of_an_upper_level_and_ones_own_is_known_by_the_file_name() {
    let words = "村民把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后把新米寄到城里，第二年再添茶苗。";
    let desk = Desk::texts(&[
        ("全国材料.txt", &format!("试点材料\n{words}\n")),
        ("讲话.txt", &format!("同志们：\n{words}\n")),
        ("云岭县讲话.txt", &format!("同志们：\n{words}\n")),
    ]);
    let check = |name: &str, corpus: &str| {
        desk.run(&format!("check {name} --corpus {corpus} --only copied-passage --show-info"))
    };
    desk.run("corpus add --corpus 国 全国材料.txt --locality 全国");
    assert!(check("讲话.txt", "国").contains("与上级文件"), "{}", check("讲话.txt", "国"));
    desk.run("corpus add --corpus 县 全国材料.txt --locality 云岭县");
    assert!(check("云岭县讲话.txt", "县").contains("与本地以往材料"), "{}", check("云岭县讲话.txt", "县"));
    assert!(!check("讲话.txt", "县").contains("与本地以往材料"));
}

#[test]
fn what_no_reader_reads_is_told_and_keeps_nobody_from_adding_the_rest_to_a_corpus() {
    let desk = Desk::with(&[("料/扫描.caj", b"x"), ("料/总结.txt", "云岭县清沟。\n".as_bytes())]);
    let said = desk.run("corpus add --corpus 库 料");
    assert!(said.contains("说明：料/扫描.caj：是版式文件") && said.ends_with("--- exit 0\n"), "{said}");
    assert!(desk.run("corpus add --corpus 库 料/扫描.caj").ends_with("--- exit 2\n"));
}

#[test]
fn the_whole_country_is_foreign_to_nobody_and_nobody_is_foreign_to_it() {
    let desk = Desk::texts(&[("要点.txt", "工作要点\n在昌宁县、红古区开展试点，推广石景山区做法。\n")]);
    let shown = desk.run("check 要点.txt --locality 全国 --only foreign-place");
    assert!(shown.ends_with("--- exit 0\n") && !shown.contains("foreign-place]"), "{shown}");
}

#[test]
fn rules_that_did_not_run_are_named_with_who_turned_them_off() {
    let desk = Desk::texts(&[
        ("讲话.txt", "云岭县投资3亿元。\n"),
        ("旧/讲话.txt", "云岭县投资3亿元。\n"),
        ("旧/wengao.yaml", "规则: {punctuation-style: 关}\n"),
    ]);
    assert!(!desk.run("check 讲话.txt").contains("没有用规则"));
    assert!(desk.run("check 旧").contains("没有用规则 punctuation-style（wengao.yaml）。"));
    let both = desk.run("check 讲话.txt 旧 --skip arithmetic");
    assert!(
        both.contains(
            "没有用规则 punctuation-style（wengao.yaml，1个文件）；没有用规则 arithmetic（--skip）。"
        ),
        "{both}"
    );
    assert!(desk.run("check 讲话.txt --only placeholder").contains("只用了规则 placeholder（--only）。"));
    let report = desk.run("check 旧 --format json");
    assert!(report.contains("\"by\": \"wengao.yaml\""), "{report}");
    assert!(desk.run("check 旧 --format html").contains("没有用规则 punctuation-style"));
}

#[test]
fn a_working_folder_knows_its_locality_from_the_start() {
    let desk = Desk::new();
    desk.run("init 工作 --locality 云岭县");
    assert!(desk.read("工作/wengao.yaml").contains("\n本地: 云岭县\n"));
    desk.run("init 别处 --locality a:b");
    assert!(desk.read("别处/wengao.yaml").contains("\n本地: 'a:b'\n"));
    assert!(desk.run("config --config 别处/wengao.yaml").contains("a:b"));
    // Nobody is there to be asked.
    desk.run("init 空");
    assert!(desk.read("空/wengao.yaml").contains("\n# 本地: 云岭县\n"));
}
