//! The program as a person meets it: its help, its complaints, its answers, each as a snapshot.
//!
//! Every case runs the built binary in a folder of its own. Files are invented; paths in the
//! snapshots are relative to that folder.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes files and runs the program"
)]

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::desk::Desk;

const SPEECH: &str = "全县农村人居环境整治动员讲话\n同志们：\n　　今天召开动员会，安排部署下一步工作。\n";

// Help and usage.

#[test]
fn help_in_chinese() {
    let desk = Desk::new();
    snapshot!(
        desk.run("--help"),
        desk.run("check --help"),
        desk.run("facts show --help"),
        desk.run("help init")
    );
}

#[test]
fn help_in_english() {
    let desk = Desk::new();
    snapshot!(desk.run("--lang en --help"), desk.run("check --help --lang=en"));
}

#[test]
fn the_program_alone_prints_its_help_and_did_nothing() {
    let shown = Desk::new().run("");
    assert!(shown.contains("用法: wengao") && shown.ends_with("--- exit 2\n"), "{shown}");
}

#[test]
fn the_locale_decides_and_an_unknown_one_means_chinese() {
    let desk = Desk::new();
    assert!(desk.run_with("rules --help", b"", "en_GB.UTF-8").contains("Usage:"));
    assert!(desk.run_with("rules --help", b"", "C").contains("用法:"));
}

const WRONG_USAGE: &[&str] = &[
    "chekc",
    "check",
    "check --fial-on error a.txt",
    "check --fail-on fatal a.txt",
    "check --format",
    "check --format jsom a.txt",
    "check --quiet=yes a.txt",
    "check --output a --output b a.txt",
    "--lang fr rules",
    "--config a.yaml --no-config rules",
    "rules 多余",
    "explain",
    "facts",
    "facts chekc",
    "completions tcsh",
];

#[test]
fn wrong_usage_in_chinese() {
    let desk = Desk::new();
    let runs: Vec<_> = WRONG_USAGE.iter().map(|args| desk.run(args)).collect();
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn wrong_usage_in_english() {
    let desk = Desk::new();
    let runs: Vec<_> = WRONG_USAGE.iter().map(|args| desk.run_with(args, b"", "en_US.UTF-8")).collect();
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn unknown_rules_are_named_all_at_once() {
    let desk = Desk::with(&[("讲话.txt", SPEECH.as_bytes())]);
    snapshot!(
        desk.run("check 讲话.txt --only placehoder --skip placeholder,天气"),
        desk.run("check 讲话.txt --as-of 三月五日"),
        desk.run("explain place-holder"),
        desk.run("explain 天气"),
    );
}

#[test]
fn completions_are_scripts_for_each_shell() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = desk.run(&format!("completions {shell}"));
        assert!(script.contains("explain") && script.ends_with("--- exit 0\n"), "{shell}");
        // clap's script for PowerShell has no values.
        let ids = ["speech/mobilization", "education", "count-claim"];
        assert!(shell == "powershell" || ids.iter().all(|id| script.contains(id)), "{shell}");
    }
}

// Inputs of `check`.

#[test]
fn inputs_that_cannot_be_read_do_not_keep_the_others_from_being_checked() {
    let desk = Desk::with(&[
        ("讲话.txt", SPEECH.as_bytes()),
        ("空.txt", b""),
        ("照片.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"),
        ("旧稿.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"),
    ]);
    fs::create_dir(desk.0.path().join("空文件夹")).unwrap();
    snapshot!(desk.run("check 讲话.txt 没有.txt 空.txt 照片.txt 旧稿.doc 空文件夹 没有*.txt [.txt"));
}

/// What exactly is said is the reader's business and its tests'.
#[test]
fn an_old_doc_under_a_new_name_is_refused_by_name() {
    let desk =
        Desk::with(&[("旧稿.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"), ("表.xlsx", b"PK\x03\x04")]);
    for name in ["旧稿.docx", "表.xlsx"] {
        let shown = desk.run(&format!("check {name}"));
        assert!(shown.contains(&format!("错误：{name}：")) && shown.ends_with("--- exit 2\n"), "{shown}");
    }
}

#[test]
fn json_tells_of_unread_inputs_too() {
    let desk = Desk::with(&[("讲话.txt", SPEECH.as_bytes())]);
    snapshot!(desk.run("check 讲话.txt 没有.txt --format json"));
}

#[test]
fn an_empty_file_is_not_read_and_no_all_clear() {
    let desk = Desk::with(&[("空.txt", b"")]);
    snapshot!(
        desk.run("check 空.txt --format json"),
        desk.run("check 空.txt"),
        desk.run("--quiet check 空.txt")
    );
}

#[test]
fn folders_patterns_and_doubles_give_each_document_once_and_sorted() {
    let text = SPEECH.as_bytes();
    let desk = Desk::with(&[
        ("drafts/乙.txt", text),
        ("drafts/甲.txt", text),
        ("drafts/深/丙.md", text),
        ("drafts/~$甲.docx", text),
        ("drafts/照片.png", text),
        ("drafts/旧/丁.txt", text),
        ("drafts/.gitignore", "旧/\n".as_bytes()),
    ]);
    let paths = |args: &str| -> Vec<String> {
        let shown = desk.run(&format!("check {args} --format json"));
        shown
            .lines()
            .filter_map(|l| l.trim().strip_prefix("\"path\": \""))
            .map(|p| p.trim_end_matches("\",").to_owned())
            .collect()
    };
    assert_eq!(paths("drafts"), ["drafts/乙.txt", "drafts/深/丙.md", "drafts/甲.txt"]);
    assert_eq!(
        paths("drafts/甲.txt drafts ./drafts/甲.txt"),
        ["drafts/甲.txt", "drafts/乙.txt", "drafts/深/丙.md"]
    );
    assert_eq!(paths("drafts/*.txt"), ["drafts/乙.txt", "drafts/甲.txt"]);
    assert_eq!(paths("drafts/**/*.md"), ["drafts/深/丙.md"]);
}

#[test]
fn standard_input_is_text_unless_it_is_given_a_name() {
    let desk = Desk::new();
    snapshot!(
        desk.run_with("check -", SPEECH.as_bytes(), "zh_CN.UTF-8"),
        desk.run_with("check - --stdin-name 讲话.md --format json", SPEECH.as_bytes(), "zh_CN.UTF-8"),
        desk.run_with("check - --stdin-name 讲话.pages", SPEECH.as_bytes(), "zh_CN.UTF-8"),
    );
}

#[test]
fn another_encoding_is_read_and_told_of() {
    let gbk = encoding_rs::GB18030.encode(SPEECH).0;
    let desk = Desk::with(&[("讲话.txt", &gbk)]);
    snapshot!(desk.run("check 讲话.txt"), desk.run("show 讲话.txt"));
}

#[test]
fn a_reader_who_closes_the_pipe_ends_the_program_in_peace() {
    let desk = Desk::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wengao"))
        .args(["facts", "schema"])
        .current_dir(desk.0.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

// Outputs.

#[test]
fn an_output_is_never_written_over_anything_unasked() {
    let desk = Desk::with(&[("讲话.txt", SPEECH.as_bytes()), ("报告.json", "旧的".as_bytes())]);
    snapshot!(
        desk.run("check 讲话.txt --format json --output 报告.json"),
        desk.run("check 讲话.txt --format json --output 没有/报告.json"),
        desk.run("check 讲话.txt --format json --output 讲话.txt/报告.json"),
        desk.run("check 讲话.txt --format json --output ."),
    );
    assert_eq!(desk.read("报告.json"), "旧的");
    snapshot!(desk.run("check 讲话.txt --format json --output 报告.json --force"));
    assert!(desk.read("报告.json").contains("wengao.check/1"));
    let left: Vec<_> = fs::read_dir(desk.0.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "a temporary file was left behind: {left:?}");
}

// Facts files.

fn facts(source: &[u8]) -> Desk {
    Desk::with(&[("事实.yaml", source)])
}

#[test]
fn slips_of_the_input_method_are_all_named() {
    let desk = facts("地区：\n　　名称：云岭县\n会议:\n\t名称: 推进会\n  时间：三月五日\n".as_bytes());
    snapshot!(desk.run("facts check 事实.yaml"), desk.run("facts check 事实.yaml --lang en"));
}

#[test]
fn unknown_and_double_keys_and_wrong_kinds_are_all_named() {
    let desk = facts(
        "地区:\n  名称: 云岭县\n  名称: 青石县\n  级别: 郡\n  天气: 晴\n会仪:\n  名称: 推进会\n会议:\n  日期: 三月三十二日\n  名称: {甲: 乙}\n任务: 云岭\n文稿: 讲话\n"
            .as_bytes(),
    );
    snapshot!(desk.run("facts check 事实.yaml"));
}

#[test]
fn text_that_is_no_yaml_is_explained() {
    snapshot!(
        facts("会议: {名称: 推进会\n".as_bytes()).run("facts check 事实.yaml"),
        facts("会议:\n  名称: @推进会\n".as_bytes()).run("facts check 事实.yaml"),
        facts("地区: {}\n---\n会议: {}\n".as_bytes()).run("facts check 事实.yaml"),
        facts("只有一句话\n".as_bytes()).run("facts check 事实.yaml"),
        facts("".as_bytes()).run("facts check 事实.yaml"),
    );
}

#[test]
fn an_alias_bomb_is_refused_at_once() {
    let mut bomb = String::from("补充:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..9 {
        let p = i - 1;
        bomb += &format!("  a{i}: &a{i} [*a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}, *a{p}]\n");
    }
    snapshot!(facts(bomb.as_bytes()).run("facts check 事实.yaml"));
}

#[test]
fn facts_in_other_encodings_are_decoded_and_told_of() {
    let source = "地区:\n  名称: 云岭县\n  人口: 31.60万人\n会议:\n  名称: 农村公路建设推进会\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(source.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    snapshot!(
        facts(&encoding_rs::GB18030.encode(source).0).run("facts check 事实.yaml"),
        facts(&utf16).run("facts check 事实.yaml"),
        facts(b"PK\x03\x04\0\0\0\0").run("facts check 事实.yaml"),
    );
}

#[test]
fn values_that_are_placeholders_count_as_missing_and_are_told_of() {
    snapshot!(
        facts("地区:\n  名称: x县\n  人口: x万人\n  简称: 待定\n  面积: 2140平方公里\n".as_bytes())
            .run("facts check 事实.yaml")
    );
}

#[test]
fn faults_of_all_facts_files_come_at_once() {
    let desk = Desk::with(&[("甲.yaml", "会仪: {}\n".as_bytes()), ("乙.yaml", "地曲: {}\n".as_bytes())]);
    snapshot!(
        desk.run("facts check 甲.yaml 没有.yaml 乙.yaml"),
        desk.run("facts check ."),
        desk.run("facts check")
    );
}

#[test]
fn show_tells_where_a_fact_stands_and_what_it_overrides() {
    let desk = Desk::with(&[
        ("县情.yaml", "地区:\n  名称: 云岭县\n  人口: 31.60万人\n任务:\n- {名称: 垃圾治理, 牵头单位: 县住建局}\n- 污水治理\n".as_bytes()),
        ("新.yaml", "地区:\n  人口: 31.8万人\n  简称:\n".as_bytes()),
    ]);
    snapshot!(
        desk.run("facts show 县情.yaml 新.yaml"),
        desk.run("facts show 县情.yaml 新.yaml --lang en"),
        desk.run("facts show 县情.yaml 新.yaml --format json"),
    );
}

#[test]
fn faults_of_a_facts_file_stop_a_check() {
    let desk = Desk::with(&[("讲话.txt", SPEECH.as_bytes()), ("事实.yaml", "会仪: {}\n".as_bytes())]);
    snapshot!(desk.run("check 讲话.txt --facts 事实.yaml"));
}

// The working folder and its settings.

#[test]
fn init_makes_a_folder_that_works_and_never_overwrites() {
    let desk = Desk::new();
    snapshot!(
        desk.run("init 工作"),
        desk.run("init 工作"),
        desk.run("init 工作 --force"),
        desk.run("facts check --config 工作/wengao.yaml"),
    );
    insta::assert_snapshot!(
        ["wengao.yaml", "facts/事实.yaml", "说明.txt"]
            .map(|f| desk.read(&format!("工作/{f}")))
            .join("\n=====\n")
    );
    let file = Desk::with(&[("工作", b"")]);
    snapshot!(file.run("init 工作"), file.run("init 工作/内"));
}

#[test]
fn settings_are_found_upward_and_their_faults_are_told() {
    let desk = Desk::with(&[
        ("wengao.yaml", "语言: en\n事实: [县情.yaml]\n".as_bytes()),
        ("县情.yaml", "地区: {名称: 云岭县}\n".as_bytes()),
        ("坏.yaml", "字型: gb2312\n语言: 法文\n字体：standard\n".as_bytes()),
        ("坏键.yaml", "天气: 晴\n".as_bytes()),
    ]);
    snapshot!(
        desk.run("facts check"),
        desk.run("facts check --no-config"),
        desk.run("--config 坏.yaml rules"),
        desk.run("--config 坏键.yaml rules"),
        desk.run("--config 没有.yaml rules"),
    );
}

// Looking inside.

#[test]
fn show_prints_the_side_tables() {
    let desk = Desk::with(&[(
        "讲话.txt",
        "一、提高认识\r\n　　２０２６年，完成投资3.2亿元。\u{200b}\r\n".as_bytes(),
    )]);
    snapshot!(
        desk.run("show 讲话.txt --blocks"),
        desk.run("show 讲话.txt --pieces"),
        desk.run("show 讲话.txt --masks"),
        desk.run("show 讲话.txt --folded"),
        desk.run("show 讲话.txt --blocks --masks"),
        desk.run("show 没有.txt"),
    );
}

// Drafting.

/// A desk with the example facts of the mobilization speech.
fn drafting() -> Desk {
    let desk = Desk::new();
    desk.run("facts new speech/mobilization --example --output facts.yaml");
    desk
}

#[test]
fn skeletons_are_listed_and_shown() {
    let desk = Desk::new();
    snapshot!(
        desk.run("template list"),
        desk.run("template list --format json --lang en"),
        desk.run("template show speech/mobilisation")
    );
    let shown = desk.run("template show speech/mobilization");
    assert!(shown.contains("会议.名称（meeting.name）"), "{shown}");
}

#[test]
fn an_empty_facts_file_asks_its_questions_and_lacks_everything() {
    let desk = Desk::new();
    snapshot!(
        desk.run("facts new speech/mobilization --output facts.yaml"),
        desk.run("facts check facts.yaml"),
        desk.run("draft speech/mobilization --facts facts.yaml"),
    );
    let file = desk.read("facts.yaml");
    assert!(file.contains("【必需】") && file.contains("〔可选〕"), "{file}");
}

#[test]
fn the_example_drafts_to_every_format_and_its_own_check_is_clean() {
    let desk = drafting();
    let shown = desk.run("draft speech/mobilization -f facts.yaml -o a.docx -o a.md -o a.txt");
    assert!(shown.ends_with("--- exit 0\n"), "{shown}");
    for name in ["a.docx", "a.md", "a.txt"] {
        let shown = desk.run(&format!("check {name}"));
        assert!(shown.ends_with("--- exit 0\n"), "{shown}");
    }
}

#[test]
fn a_draft_is_never_written_over_anything_unasked() {
    let desk = drafting();
    fs::write(desk.0.path().join("稿.docx"), "旧稿").unwrap();
    snapshot!(
        desk.run("draft speech/mobilization -f facts.yaml -o 稿.docx"),
        desk.run("draft speech/mobilization -f facts.yaml -o 没有的文件夹/稿.docx"),
        desk.run("draft speech/mobilization -f facts.yaml -o 稿.pdf"),
        desk.run("draft speech/mobilization -f facts.yaml -o 稿.docx --force"),
    );
    assert!(fs::read(desk.0.path().join("稿.docx")).unwrap().starts_with(b"PK"));
}

const FLOODS: &str = "\
地区: {名称: 云岭县, 上级: [澜溪市]}
文稿: {日期: 2026-04-10}
工作: {名称: 山洪防御, 开始: 2026-03-01, 完成: 2026-09-30}
问题:
- {名称: 预警送不到最后一户, 表现: 46户没有听到广播, 单位: 枫林渡乡}
- {名称: 值班脱岗, 原因: 排班没有替补}
任务:
- {名称: 打通预警到户的一段路, 内容: [给21个村的广播加装蓄电池], 牵头单位: 县应急管理局, 完成时限: 5月底前}
- {名称: 开展演练, 牵头单位: 县水利局}
目标:
- {名称: 断电可用的预警广播, 目标值: 168个, 基数: 147个, 时限: 5月底前}
指标:
- {名称: 预警到户用时, 值: 12分钟, 上年: 31分钟}
- {名称: 隐患整改率, 值: 82%, 上年: 88%, 上级平均: 91%, 位次: 全市第7位, 上次位次: 全市第4位}
";

#[test]
fn the_plan_shows_what_answers_what_and_what_hangs_loose() {
    let desk = Desk::texts(&[("f.yaml", FLOODS)]);
    snapshot!(
        desk.run("draft plan/implementation -f f.yaml --plan"),
        desk.run("draft plan/implementation -f f.yaml --plan --lang en"),
        desk.run("draft plan/implementation -f f.yaml --plan=json"),
        desk.run("draft plan/implementation -f f.yaml --plan -o a.txt"),
    );
}

/// A skeleton that places the office's lines.
const FRAMED: &str = "\
---
id: own/a
title: {zh: 安排, en: plan}
family: own
about: {zh: 安排, en: plan}
---
# 安排

以{{ frame.guide | names }}为指导。

{% for p in plan.problems %}{{ p.name }}由{{ p.tasks | names }}解决。{% endfor %}
";

#[test]
fn current_lines_of_the_folder_are_used_and_one_that_ran_out_is_told() {
    let lines = "- {文字: 甲讲话精神, 用于: 指导思想, 止: 2026-03-31}\n- {文字: 乙讲话精神, 用于: 指导思想, 来源: 省委一号文件}\n- {文字: 丙讲话精神, 用于: 指导思想, 起: 2026-06-01}\n";
    let desk = Desk::texts(&[("t.tera", FRAMED), ("县/f.yaml", FLOODS), ("县/常用表述.yaml", lines)]);
    let drafted = desk.run("draft t.tera -f 县/f.yaml");
    fs::write(desk.0.path().join("县/常用表述.yaml"), "- {文字: 甲, 止: 三月}\n").unwrap();
    snapshot!(drafted, desk.run("draft t.tera -f 县/f.yaml"));
}

#[test]
fn what_is_missing_is_listed_or_left_blank_on_request() {
    let desk = drafting();
    let facts = desk.read("facts.yaml");
    let less: String = facts.lines().filter(|l| !l.contains("日期:")).map(|l| format!("{l}\n")).collect();
    assert_ne!(less, facts);
    fs::write(desk.0.path().join("less.yaml"), less).unwrap();
    snapshot!(
        desk.run("draft speech/mobilization -f less.yaml -o a.txt"),
        desk.run("draft speech/mobilization -f less.yaml -o a.txt --allow-missing"),
        desk.run("check a.txt"),
    );
}

#[test]
fn a_draft_can_be_traced_to_facts_phrases_and_lines() {
    let desk = drafting();
    let shown = desk.run("draft speech/mobilization -f facts.yaml --trace");
    for part in ["事实 work.funds（facts.yaml:", "套语 ", "模板 speech/mobilization:", "程序生成\t一、"]
    {
        assert!(shown.contains(part), "no {part}");
    }
}

#[test]
fn unknown_and_broken_templates_are_told_with_their_line() {
    let front = "---\nid: own\ntitle: {zh: 通知, en: notice}\nneeds:\n- {fact: meeting.name, for: {zh: 会议, en: meeting}}\n---\n";
    let desk = Desk::with(&[
        ("没有说明.tera", "同志们：\n".as_bytes()),
        ("括号.tera", format!("{front}今天召开{{{{ meeting.name }}。\n").as_bytes()),
        ("笔误.tera", format!("{front}在{{{{ meeting.plaec }}}}召开。\n").as_bytes()),
        ("未知.tera", format!("{}正文\n", front.replace("meeting.name", "meeting.nmae")).as_bytes()),
        ("套语.tera", format!("{front}{{{{ phrase(id=\"mobilize.nothing\") }}}}\n").as_bytes()),
        ("facts.yaml", "会议: {名称: 推进会}\n".as_bytes()),
    ]);
    snapshot!(
        desk.run("draft speech/mobilisation -f facts.yaml"),
        desk.run("draft 没有.tera -f facts.yaml"),
        desk.run("draft 没有说明.tera -f facts.yaml"),
        desk.run("draft 括号.tera -f facts.yaml"),
        desk.run("draft 笔误.tera -f facts.yaml"),
        desk.run("draft 未知.tera -f facts.yaml"),
        desk.run("draft 套语.tera -f facts.yaml"),
    );
}

#[test]
fn the_demonstration_ends_well_and_names_its_files() {
    let desk = Desk::new();
    let shown = desk.run("demo");
    assert!(shown.ends_with("--- exit 0\n"), "{shown}");
    for name in ["事实.yaml", "讲话稿.docx", "讲话稿.md", "旧稿.txt"] {
        let path = format!("wengao-demo/{name}");
        assert!(shown.contains(&path) && desk.0.path().join(&path).is_file(), "{path}");
    }
    // A second run takes another folder rather than touch the first.
    assert!(desk.run("demo").contains("wengao-demo-2/事实.yaml"));
}

// Damaged and foreign word-processor files.

/// A zip archive of these parts.
pub(crate) fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The head of a compound file with a directory entry of this name.
pub(crate) fn compound(name: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    // An entry of the directory says behind its name how many bytes that has, its zero included.
    let length = bytes.len() - 1024 + 2;
    bytes.resize(1024 + 64, 0);
    bytes.push(length as u8);
    bytes.resize(4096, 0);
    bytes
}

#[test]
fn word_processor_files_that_cannot_be_read_are_told_apart() {
    let desk = drafting();
    desk.run("draft speech/mobilization -f facts.yaml -o 好.docx");
    let good = fs::read(desk.0.path().join("好.docx")).unwrap();
    let bomb = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &vec![b' '; 80 << 20])]);
    for (name, bytes) in [
        ("断.docx", &good[..good.len() / 4 * 3]),
        ("炸弹.docx", &bomb),
        ("加密.docx", &compound("EncryptedPackage")),
        ("改名.docx", &compound("WordDocument")),
        ("表格.docx", &zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])),
        ("文本.docx", "同志们：".as_bytes()),
    ] {
        fs::write(desk.0.path().join(name), bytes).unwrap();
    }
    snapshot!(
        desk.run("check 断.docx 炸弹.docx 加密.docx 改名.docx 表格.docx 文本.docx"),
        desk.run("check 加密.docx --lang en"),
    );
}

// Comments.

#[test]
fn comments_are_written_into_the_document() {
    let desk = Desk::with(&[("讲话.txt", "同志们：\n　　整治村庄xx个，投入x万元。\n".as_bytes())]);
    snapshot!(
        desk.run("check 讲话.txt --format docx"),
        desk.run("check 讲话.txt --format docx --output 批注.docx"),
        desk.run("check 讲话.txt --format docx --output 批注.docx"),
        desk.run("check 讲话.txt 批注.docx --format docx --output 两份.docx"),
        desk.run("check 讲话.txt 批注.docx --format docx --output 批注"),
    );
    // The text is the same, and a second pass has nothing to change.
    let once = fs::read(desk.0.path().join("批注.docx")).unwrap();
    let twice = fs::read(desk.0.path().join("批注/批注.docx")).unwrap();
    assert!(once == twice);
    assert!(desk.0.path().join("批注/讲话.docx").exists());
}

#[test]
fn comments_on_standard_input_and_in_a_folder_of_their_own() {
    let desk = Desk::with(&[
        ("稿/a.txt", "同志们：\n".as_bytes()),
        ("稿/b/a.md", "# 通知\n\n投入x万元。\n".as_bytes()),
    ]);
    snapshot!(
        desk.run_with(
            "check - --stdin-name 稿.md --format docx --output 出/",
            "# 通知\n\n投入x万元。\n".as_bytes(),
            "zh_CN.UTF-8"
        ),
        desk.run("check 稿 --format docx --output 出.docx"),
        desk.run("check 稿 --format docx --output 出"),
    );
}

#[test]
fn a_copied_passage_is_shown_beside_its_source() {
    let desk = Desk::with(&[
        (
            "各地/石塘县2025年工作总结.txt",
            "石塘县2025年工作总结\n石塘县在柳湾镇试点“渠长打钟”，天旱时按钟点轮灌，36条毛渠再没有为水吵过架，共节水12400方，村民自己管住了自己的水。\n"
                .as_bytes(),
        ),
        (
            "讲话.txt",
            "在冬修水利会上的讲话\n今年我们在青石镇试点“渠长打钟”，天旱时按钟点轮灌，52条毛渠再没有为水红过脸，共节水12400方，村民自己管住了自己的水。坚持以习近平新时代中国特色社会主义思想为指导。\n"
                .as_bytes(),
        ),
        ("常用语.txt", "# 我们那里人人会说\n天旱时按钟点轮灌，条毛渠再没有为水红过脸，共节水12400方，村民自己管住了自己的水\n".as_bytes()),
        ("wengao.yaml", "语料库: 没有的\n照抄字数: 3\n".as_bytes()),
    ]);
    let check = "--no-config check 讲话.txt --only copied-passage --corpus 库 --locality 云岭县";
    snapshot!(
        desk.run("--no-config corpus add --corpus 库 各地"),
        desk.run(check),
        desk.run(&format!("{check} --format json")),
        desk.run(&format!("{check} --stock 常用语.txt")),
        desk.run("--no-config check 讲话.txt --only copied-passage --corpus 没有的"),
        desk.run("check 讲话.txt"),
        desk.run("--no-config corpus compare 讲话.txt 各地"),
        desk.run("--no-config corpus matrix 讲话.txt 各地"),
    );
}

// Outputs that are inputs.

/// `check 讲话.docx -o 讲话.docx --force` once put the report in the place of the speech.
#[cfg(unix)]
#[test]
fn no_output_is_an_input_by_any_path_to_it_and_force_does_not_override() {
    let desk = Desk::with(&[("稿.txt", SPEECH.as_bytes()), ("内/别的.txt", SPEECH.as_bytes())]);
    let here = desk.0.path();
    std::os::unix::fs::symlink("稿.txt", here.join("链.txt")).unwrap();
    fs::hard_link(here.join("稿.txt"), here.join("硬.txt")).unwrap();
    let whole = here.join("稿.txt").display().to_string();
    for to in ["稿.txt", "./稿.txt", "内/../稿.txt", "链.txt", "硬.txt", &whole] {
        for force in ["", " --force"] {
            let said = desk.run(&format!("check 内 稿.txt --output {to}{force}"));
            assert!(said.contains("要读的") && said.contains("换一个名字"), "{said}");
            assert!(!said.contains("加 --force 覆盖") && said.ends_with("--- exit 2\n"), "{said}");
            assert_eq!(desk.read("稿.txt"), SPEECH);
        }
    }
    assert!(here.join("链.txt").is_symlink());
}

/// A report through a link once put a file in the place of the link, a file that may only be read was
/// replaced, and all that was written could be read by everybody whatever she had set.
#[cfg(unix)]
#[test]
fn what_is_written_keeps_to_links_to_rights_and_to_what_she_lets_others_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::with(&[("稿.txt", SPEECH.as_bytes()), ("柜/旧.html", b"old"), ("定.html", b"fixed")]);
    let here = desk.0.path();
    let mode = |name: &str| fs::metadata(here.join(name)).unwrap().permissions().mode() & 0o777;
    let set = |name: &str, mode: u32| {
        fs::set_permissions(here.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };

    symlink("柜/旧.html", here.join("链.html")).unwrap();
    set("柜/旧.html", 0o640);
    desk.run("check 稿.txt -o 链.html --force");
    assert!(here.join("链.html").is_symlink() && desk.read("柜/旧.html").contains("<html"));
    assert_eq!(mode("柜/旧.html"), 0o640);

    set("定.html", 0o444);
    let said = desk.run("check 稿.txt -o 定.html --force");
    assert!(said.contains("只读") && said.ends_with("--- exit 2\n"), "{said}");
    assert_eq!(desk.read("定.html"), "fixed");

    desk.put("改.txt", "全县各单位要抓好落实,完成任务。\n".as_bytes());
    set("改.txt", 0o600);
    desk.run("fix 改.txt --write");
    assert_eq!((mode("改.txt"), mode("改.txt.bak")), (0o600, 0o600));

    let umask = format!("umask 077; '{}' check 稿.txt -o 新.html", env!("CARGO_BIN_EXE_wengao"));
    Command::new("sh").args(["-c", &umask]).current_dir(here).output().unwrap();
    assert_eq!(mode("新.html"), 0o600);
}

#[test]
fn whatever_a_command_reads_it_does_not_write_over() {
    let facts = "地区: {名称: 云岭县}\n";
    let template = "---\nid: own/a\ntitle: {zh: 甲, en: a}\nneeds:\n- {fact: locality.name, for: {zh: 县, en: c}}\n---\n# {{ locality.name }}\n";
    let files = [
        ("稿.txt", "关于x的讲话\n"),
        ("f.yaml", facts),
        ("t.tera", template),
        ("任务.csv", "名称\n清淤\n"),
        ("s.yaml", "语言: 中文\n"),
        ("b.yaml", "接受: []\n"),
        ("o.yaml", facts),
        ("话.txt", "抓好落实\n"),
    ];
    let desk = Desk::texts(&files);
    desk.run("corpus add 稿.txt --corpus 库");
    let manifest = desk.bytes("库/manifest");
    for args in [
        "check 稿.txt --facts f.yaml --output f.yaml",
        "check 稿.txt --others o.yaml --output o.yaml",
        "check 稿.txt --config s.yaml --output s.yaml",
        "check 稿.txt --baseline b.yaml --output b.yaml",
        "check 稿.txt --corpus 库 --output 库/manifest",
        "check 稿.txt --corpus 库 --stock 话.txt --output 话.txt",
        "check 稿.txt --format docx --output 稿.txt",
        "draft t.tera --facts f.yaml --output 稿.txt --output 稿.txt",
        "facts new t.tera --output t.tera",
        "facts export f.yaml --output f.yaml",
        "facts import 任务.csv --output 任务.csv",
        "skeleton extract 稿.txt --output 稿.txt",
        "skeleton extract 稿.txt --output 新.tera --facts 稿.txt",
        "skeleton extract 稿.txt --output 新.tera --facts ./新.tera",
        "fix 话.txt --facts 话.txt --write",
    ] {
        let said = desk.run(&format!("{args} --force").replace("--write --force", "--write"));
        assert!(said.ends_with("--- exit 2\n"), "{said}");
        for (name, text) in files {
            assert_eq!(desk.read(name), text, "{said}");
        }
        assert_eq!(desk.bytes("库/manifest"), manifest, "{said}");
    }
    assert!(!desk.0.path().join("新.tera").exists());
    // Through a pipe the shell has opened it.
    let speech = fs::File::open(desk.0.path().join("稿.txt")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_wengao"))
        .args(["check", "-", "--output", "稿.txt", "--force"])
        .current_dir(desk.0.path())
        .stdin(speech)
        .output()
        .unwrap();
    assert_eq!((run.status.code(), desk.read("稿.txt").as_str()), (Some(2), files[0].1));
}

#[test]
fn what_is_replaced_by_force_is_kept_unless_it_is_a_report() {
    let desk =
        Desk::with(&[("稿.txt", SPEECH.as_bytes()), ("笔记.txt", b"mine"), ("笔记.txt.bak", b"older")]);
    let said = desk.run("check 稿.txt --output 笔记.txt --force");
    assert!(said.contains("已写出 笔记.txt；原来的留在 笔记.txt.bak2"), "{said}");
    assert_eq!((desk.read("笔记.txt.bak"), desk.read("笔记.txt.bak2")), ("older".into(), "mine".into()));
    desk.put("空.txt", "第x条，由***同志负责。\n".as_bytes());
    // The terminal's is for a person, who may have gone on with it, and so are documents.
    let machines = |r: &dyn wengao::Report| !r.is_binary() && r.per_document().is_none();
    let reports = wengao::REPORTS.iter().filter(|r| machines(**r) && r.name() != "terminal");
    for format in reports.map(|r| r.name()) {
        for (path, kept) in [("稿.txt", ""), ("空.txt", "")] {
            let said =
                desk.run(&format!("check 空.txt {path} --format {format} --output 报告.{format} --force"));
            assert!(said.contains(&format!("已写出 报告.{format}\n{kept}")), "{said}");
        }
        assert!(
            !desk.0.path().join(format!("报告.{format}.bak")).exists(),
            "{format} begins as no report in app::is_report"
        );
    }
}

/// What was shown, without the command.
fn bare(shown: &str) -> &str {
    shown.split_once('\n').map_or("", |(_, rest)| rest)
}

/// `template list` shows 动员讲话 and `template show 动员讲话` said that there was none.
#[test]
fn templates_and_rules_go_by_their_chinese_names_wherever_their_ids_do() {
    let desk = Desk::texts(&[
        ("a.txt", "讲话\n全县新修渠道x公里，由***同志牵头。\n"),
        ("静/wengao.yaml", "规则: {占位符: 关}\n"),
        ("静/a.txt", "讲话\n全县新修渠道x公里，由***同志牵头。\n"),
    ]);
    for (chinese, id) in [
        ("explain 占位符", "explain placeholder"),
        ("template show 实施方案", "template show plan/implementation"),
        ("facts new 会议简报", "facts new brief/meeting"),
        ("facts schema 动员讲话", "facts schema speech/mobilization"),
        ("check a.txt --only 占位符", "check a.txt --only placeholder"),
        ("check a.txt --skip 没有填写的占位", "check a.txt --skip placeholder"),
        ("topic show 安全生产", "topic show safety"),
    ] {
        let (chinese, id) = (desk.run(chinese), desk.run(id));
        assert_eq!(bare(&chinese), bare(&id));
        assert!(!chinese.contains("没有“"), "{chinese}");
    }
    let quiet = desk.run_in("静", "check a.txt");
    assert!(quiet.contains("没有发现"), "{quiet}");
    assert!(desk.run("template show 动员讲活").contains("是不是 动员讲话"));
    assert!(desk.run("explain 占拉符").contains("是不是 占位符"));
}

/// With `-f` what the folder says of the county was gone.
#[test]
fn the_facts_of_the_folder_lie_under_those_that_are_given() {
    let template = "---\nid: own/a\ntitle: {zh: 甲, en: a}\nneeds:\n- {fact: locality.name, for: {zh: 题, en: t}}\n- {fact: meeting.name, for: {zh: 会, en: m}}\noptional:\n- {fact: work.funds, for: {zh: 钱, en: f}}\n---\n# {{ locality.name }}{{ meeting.name }}安排\n\n投入{{ work.funds }}，用在渠上。\n";
    let desk = Desk::texts(&[
        ("t.tera", template),
        ("wengao.yaml", "事实: [本县.yaml]\n"),
        (
            "本县.yaml",
            "地区: {名称: 泮山县, 级别: 县}\n工作: {资金: 10万元}\n人员: [{姓名: 梁思远, 职务: 县委书记}]\n指标: [{名称: 通水率, 值: 91%}]\n",
        ),
        ("会.yaml", "会议: {名称: 清渠会, 出席领导: [梁思远同志]}\n工作: {资金: 30万元}\n"),
        ("稿.txt", "安排\n全县通水率达到95%。\n"),
    ]);
    let drafted = desk.run("draft t.tera -f 会.yaml --trace");
    assert!(drafted.contains("本县.yaml:1:"), "where a value comes from is told: {drafted}");
    assert!(drafted.contains("30万元") && !drafted.contains("10万元"), "the file's own wins: {drafted}");
    let again = desk.run("draft t.tera -f 本县.yaml -f 会.yaml --trace");
    assert_eq!(bare(&drafted), bare(&again), "named again it is no other");
    let checked = desk.run("check 稿.txt --facts 会.yaml");
    assert!(checked.contains("本县.yaml:4:") && checked.contains("91%"), "{checked}");
}

#[test]
fn people_of_the_facts_are_no_foreign_places() {
    let text = "讲话\n请孙卫东区长讲话。\n";
    let desk = Desk::texts(&[
        ("a.txt", text),
        ("人.yaml", "会议: {主持人: 区长孙卫东}\n"),
        ("别人.yaml", "会议: {主持人: 区长梁思远}\n"),
    ]);
    let check =
        |facts: &str| desk.run(&format!("check a.txt --locality 云阳县 --only 外地地名 --facts {facts}"));
    assert!(check("别人.yaml").contains("“卫东区”"), "{}", check("别人.yaml"));
    assert!(check("人.yaml").contains("没有发现"), "{}", check("人.yaml"));
}

#[test]
fn check_and_draft_say_the_same_of_a_topic_without_a_pack_and_neither_stops() {
    let desk = Desk::new();
    desk.run("facts new speech/launch --example -o 事实.yaml");
    let example = desk.read("事实.yaml");
    let topic = example.lines().find(|line| line.trim_start().starts_with("主题:"));
    let facts = match topic {
        Some(line) => example.replace(line.trim(), "主题: 渡口改造"),
        None => example.replacen("工作:\n", "工作:\n  主题: 渡口改造\n", 1),
    };
    desk.put("事实.yaml", facts.as_bytes());
    let note = |shown: &str| {
        let told = shown.lines().skip_while(|line| !line.contains("渡口改造")).take(2);
        told.map(str::to_owned).collect::<Vec<_>>()
    };
    let (checked, drafted) =
        (desk.run("facts check 事实.yaml"), desk.run("draft 启动仪式致辞 -f 事实.yaml -o 稿.txt"));
    assert!(note(&checked)[0].contains("没有“渡口改造”这个主题包"), "{checked}");
    assert_eq!(note(&checked), note(&drafted));
    assert!(!desk.read("稿.txt").is_empty());
}

/// Each was told in the parser's English, at the line below, and the rest in the runs that followed.
#[test]
fn all_slips_of_a_facts_file_are_told_in_one_run_and_in_chinese() {
    let desk = facts(
        "地区:\n  名称:泮山县\n工作:\n  督查: \"月底\"通报\n  差距: 改了3 #楼\n指标:\n- 名称: 通水率\n  值: 91\n  单位: %\n目标:\n- {名称: 清淤率, 目标值: >85%}\n任务:\n- 名称:清渠\n- *先* 摸底\n- 名称: 修闸\n  内容: 时间: 5月底前，换闸门6扇\n"
            .as_bytes(),
    );
    snapshot!(desk.run("facts check 事实.yaml"), desk.run("facts check 事实.yaml --lang en"));
}

#[test]
fn a_skeleton_without_an_example_is_told_that_it_was_not_tried() {
    let body = "---\nid: own/a\ntitle: {zh: 便函, en: note}\nfamily: own\nabout: {zh: 试, en: a try}\nneeds: [work.name]\n---\n# {{ work.name }}\n";
    let desk = Desk::texts(&[("wengao.yaml", "文稿库: 库\n"), ("库/templates/own/a.tera", body)]);
    let told = desk.run("template lint own/a");
    assert!(told.contains("没有例子，所以没有试写") && told.contains("a.example.yaml"), "{told}");
    desk.put("库/templates/own/a.example.yaml", "工作: {名称: 山洪防御}\n".as_bytes());
    let told = desk.run("template lint own/a");
    assert!(told.contains("1个模板，0处问题"), "{told}");
}
