//! What surrounds the rules, as a person meets it: settings, baseline, fix, reports, manual.
//!
//! Every case runs the built binary in a folder of its own, with invented files.

#![expect(clippy::disallowed_methods, reason = "a test makes files and runs the program")]

use std::fs;
use std::path::Path;

use crate::desk::Desk;

const DRAFT: &str = "全县农村公路建设动员讲话\n同志们：\n　　全年新改建农村公路x公里，由***同志牵头。\n";

// Settings.

#[test]
fn settings_of_a_document_are_those_of_the_nearest_file_above_it() {
    let desk = Desk::texts(&[
        (
            "wengao.yaml",
            "规则: {placeholder: 警告}\n放行: ['***']\n例外:\n- {文件: 'drafts/旧*.txt', 规则: {placeholder: 关}}\n",
        ),
        ("drafts/旧稿.txt", DRAFT),
        ("drafts/新稿.txt", DRAFT),
        ("drafts/内/wengao.yaml", "本地: 云岭县\n"),
        ("drafts/内/稿.txt", DRAFT),
    ]);
    let (one, two) = ("check drafts --format jsonl", "check 旧稿.txt 新稿.txt --format jsonl");
    snapshot!(
        desk.run(one),
        desk.run_in("drafts", two),
        desk.run("check drafts/旧稿.txt --only placeholder")
    );
}

#[test]
fn config_shows_what_counts_and_who_set_it() {
    let desk = Desk::texts(&[
        (
            "wengao.yaml",
            "字体: gb2312\n规则:\n  placeholder: 提示\n放行: [某某大道, {规则: placeholder, 词: [x]}]\n本地: 云岭县\n例外:\n- 文件: 'drafts/旧*'\n  规则: {placeholder: 关}\n  文种: 主持词\n",
        ),
        ("drafts/旧稿.txt", DRAFT),
    ]);
    // Which rules there are is not what this is about.
    let own = |shown: String| -> String {
        shown
            .lines()
            .filter(|l| !l.starts_with("规则.") || l.contains("placeholder"))
            .map(|l| format!("{}\n", l.split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect()
    };
    snapshot!(
        own(desk.run("config")),
        own(desk.run("config drafts/旧稿.txt --locality 松川区 --lang en")),
        own(desk.run("config drafts/旧稿.txt --only placeholder")),
        own(desk.run("config --no-config")),
    );
}

#[test]
fn faults_of_the_settings_are_all_told_with_their_places() {
    let desk = Desk::texts(&[
        ("稿.txt", DRAFT),
        ("内/稿.txt", DRAFT),
        ("内/wengao.yaml", "规侧: {}\n"),
        (
            "坏.yaml",
            "规侧: {}\n规则: {placehoder: 关, placeholder: 大}\n放行: [{规则: placehodler, 词: x}, {词语: x}, {规则: placeholder}]\n例外:\n- {文件: '{a', 规责: {}}\n- {规则: {placeholder: 关}}\n",
        ),
    ]);
    snapshot!(desk.run("check 稿.txt --config 坏.yaml"), desk.run("check 稿.txt 内/稿.txt"));
}

// Baseline.

#[test]
fn a_baseline_leaves_only_what_is_new_and_survives_edits_elsewhere() {
    let desk = Desk::texts(&[("稿.txt", DRAFT)]);
    let first = desk.run("check 稿.txt --update-baseline");
    let written = desk.read("wengao-baseline.yaml");
    let second = desk.run("check 稿.txt");
    desk.put("稿.txt", format!("关于公路的讲话\n\n{DRAFT}　　投入××万元。\n").as_bytes());
    snapshot!(first, written, second, desk.run("check 稿.txt --format jsonl"));
}

#[test]
fn reasons_and_dates_are_kept_and_expired_or_idle_entries_are_told() {
    let desk = Desk::texts(&[
        ("稿.txt", DRAFT),
        (
            "wengao-baseline.yaml",
            "接受:\n- {规则: placeholder, 文件: 稿.txt, 词: x, 理由: 数据月底才有, 到期: 2026-12-31, 次数: 1}\n- {规则: placeholder, 文件: 稿.txt, 词: '***', 到期: 2026-03-01}\n- {规则: placeholder, 文件: 稿.txt, 词: 待定}\n- {规则: placeholder, 文件: 别的.txt, 词: 待定}\n",
        ),
    ]);
    let shown = desk.run("check 稿.txt --format jsonl");
    let updated = desk.run("check 稿.txt --update-baseline");
    snapshot!(
        shown,
        updated,
        desk.read("wengao-baseline.yaml"),
        desk.run("check 稿.txt --baseline 没有.yaml")
    );
}

#[test]
fn updating_a_baseline_twice_gives_the_same_bytes() {
    let desk = Desk::texts(&[("甲.txt", DRAFT), ("乙.txt", DRAFT)]);
    desk.run("check . --update-baseline");
    let once = desk.read("wengao-baseline.yaml");
    desk.run("check . --update-baseline");
    assert_eq!(once, desk.read("wengao-baseline.yaml"));
}

// Fix.

#[test]
fn nothing_to_fix_is_said_and_standard_input_is_refused() {
    let desk = Desk::texts(&[("稿.txt", DRAFT)]);
    snapshot!(
        desk.run("fix 稿.txt"),
        desk.run("fix 稿.txt --write"),
        desk.run("fix -"),
        desk.run("fix 没有.txt")
    );
    assert_eq!(desk.read("稿.txt"), DRAFT);
}

#[test]
fn fixing_keeps_encoding_line_ends_and_originals_and_writes_only_on_request() {
    let text =
        "关于农村公路建设的通知\r\n各镇人民政府:\r\n　　今年新改建农村公路12公里,由县交通运输局牵头。。\r\n";
    let wanted =
        "关于农村公路建设的通知\r\n各镇人民政府：\r\n　　今年新改建农村公路12公里，由县交通运输局牵头。\r\n";
    let gbk = |t: &str| encoding_rs::GBK.encode(t).0.into_owned();
    let marked = |t: &str| ["\u{FEFF}", t].concat().into_bytes();
    let desk = Desk::new();
    desk.put("国标.txt", &gbk(text));
    desk.put("记号.txt", &marked(text));
    desk.put("稿.md", text.as_bytes());
    desk.put("国标.txt.bak", b"mine");
    let shown = desk.run("fix 国标.txt 记号.txt 稿.md");
    assert!(shown.contains("[-:-]") && shown.ends_with("--- exit 1\n"), "{shown}");
    assert_eq!(desk.bytes("国标.txt"), gbk(text));
    let written = desk.run("fix 国标.txt 记号.txt 稿.md --write");
    assert!(written.contains("原文在 国标.txt.bak2") && written.ends_with("--- exit 0\n"), "{written}");
    assert_eq!(desk.bytes("国标.txt"), gbk(wanted));
    assert_eq!(desk.bytes("记号.txt"), marked(wanted));
    assert_eq!(desk.read("稿.md"), wanted);
    assert_eq!(desk.bytes("国标.txt.bak"), b"mine");
    assert_eq!(desk.bytes("国标.txt.bak2"), gbk(text));
    assert_eq!(desk.bytes("记号.txt.bak"), marked(text));
    let again = desk.run("fix 国标.txt 记号.txt 稿.md --write");
    assert!(again.contains("没有可以放心改的"), "{again}");
}

/// `fix` once wrote 学习近平 for 学习习近平 and 推进境 for 推进进境: where two words meet, a word may seem
/// to stand twice, or another to be misspelt, and no list of neighbours knows all of them.
#[test]
fn where_two_words_meet_nothing_is_fixed() {
    let text = "全县农产品加工动员讲话\n同志们：\n　　认真学习习近平总书记的重要讲话，推进进境水果查验提速，希望年轻同志志存高远，\
        做强产业产业链，确保保山方向道路畅通，班子团结团结出战斗力。\n　　各镇上传宣传资料，公布署名文章，按装机容量\
        核定补助，开好座谈汇报会，一贯切实抓好落实，面对严峻工作形势，调取证卷宗。\n";
    let desk = Desk::texts(&[("稿.txt", text)]);
    let said = desk.run("fix 稿.txt --write");
    assert_eq!(desk.read("稿.txt"), text, "{said}");
    assert!(said.contains("没有可以放心改的"), "{said}");
    // A whole idiom cannot be two words by chance.
    desk.put("稿.txt", "同志们：\n　　各镇要再接再励，抓好秋收。\n".as_bytes());
    desk.run("fix 稿.txt --write");
    assert_eq!(desk.read("稿.txt"), "同志们：\n　　各镇要再接再厉，抓好秋收。\n");
}

// Reports.

#[test]
fn every_report_of_one_draft() {
    let desk = Desk::texts(&[("drafts/讲 话.txt", DRAFT)]);
    for format in ["jsonl", "github"] {
        insta::assert_snapshot!(
            format,
            desk.run(&format!("check drafts --only placeholder --format {format}"))
        );
    }
    let page = desk.run("check drafts --format html");
    assert!(page.contains("<mark class=\"error\"") && page.contains("is a placeholder"), "{page}");
}

#[test]
fn sarif_counts_utf16_and_its_fingerprints_outlive_new_lines() {
    let parse = |shown: String| -> serde_json::Value {
        let (_, rest) = shown.split_once('\n').unwrap();
        serde_json::from_str(rest.split("\n--- ").next().unwrap()).unwrap()
    };
    let desk = Desk::texts(&[("稿.txt", "标题\n𠮷林路长x公里。\n")]);
    let before = parse(desk.run("check 稿.txt --only placeholder --format sarif"));
    desk.put("稿.txt", "标题\n\n新的一段。\n𠮷林路长x公里。\n".as_bytes());
    let after = parse(desk.run("check 稿.txt --only placeholder --format sarif"));
    let result = |log: &serde_json::Value| log["runs"][0]["results"][0].clone();
    let region = result(&before)["locations"][0]["physicalLocation"]["region"].clone();
    // 𠮷 is two UTF-16 units: 𠮷林路长 is five, and columns count from 1.
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(2), Some(6)));
    assert_eq!((region["endLine"].as_u64(), region["endColumn"].as_u64()), (Some(2), Some(7)));
    assert_eq!(result(&before)["partialFingerprints"], result(&after)["partialFingerprints"]);
    let index = usize::try_from(result(&before)["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(before["runs"][0]["tool"]["driver"]["rules"][index]["id"], "placeholder");
    assert_eq!(before["runs"][0]["columnKind"], "utf16CodeUnits");
    assert_eq!(before["version"], "2.1.0");
}

#[test]
fn the_sarif_of_every_example_keeps_to_the_schema_and_its_regions_hold_the_words() {
    let desk = Desk::new();
    let mut n = 0;
    for example in wengao::RULES.iter().flat_map(|r| r.about().examples) {
        n += 1;
        desk.put(&format!("drafts/{n}{}", &example.name[1..]), example.text.as_bytes());
    }
    desk.put("drafts/星.txt", "𠮷林路长x公里，𠮷林桥长××米，由***同志负责𠮷。\n".as_bytes());
    desk.put("drafts/坏.docx", b"PK\x03\x04");
    for lang in ["zh", "en"] {
        desk.run(&format!("check drafts --show-info --lang {lang} --format sarif --output {lang}.sarif"));
    }
    let log: serde_json::Value = serde_json::from_str(&desk.read("zh.sarif")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 200, "{}", results.len());
    for result in results {
        let at = &result["locations"][0]["physicalLocation"];
        let uri = at["artifactLocation"]["uri"].as_str().unwrap().replace("%E6%98%9F", "星");
        let region = &at["region"];
        let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
        if number("startLine") != number("endLine") {
            continue;
        }
        let text = desk.read(&uri);
        let line: Vec<u16> = text.split('\n').nth(number("startLine") - 1).unwrap().encode_utf16().collect();
        let words = String::from_utf16(&line[number("startColumn") - 1..number("endColumn") - 1]).unwrap();
        let snippet = region["snippet"]["text"].as_str().unwrap();
        // Numbers that are somebody's own are veiled.
        let same = |(c, seen): (char, char)| c == seen || matches!(seen, '*' | '＊');
        assert_eq!(words.len(), snippet.len(), "{uri}");
        assert!(words.chars().zip(snippet.chars()).all(same), "{uri}: {words} {snippet}");
    }
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif/check.py");
    let run = std::process::Command::new("python3")
        .arg(check)
        .args(["zh.sarif", "en.sarif"])
        .current_dir(desk.0.path())
        .output();
    match run.map(|o| (o.status.code(), String::from_utf8_lossy(&o.stdout).into_owned())) {
        Ok((Some(0), _)) => {}
        Ok((Some(77), said)) => eprintln!("{said}"),
        Ok((_, said)) => panic!("{said}"),
        Err(_) => eprintln!("skipped, not installed: python3"),
    }
}

// The manual.

#[test]
fn the_manual_in_docs_is_up_to_date() {
    let desk = Desk::texts(&[]);
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (lang, name) in [("en", "rules.md"), ("zh", "rules.zh.md")] {
        let shown = desk.run(&format!("rules --format markdown --lang {lang}"));
        let (_, page) = shown.split_once('\n').unwrap();
        let page = page.strip_suffix("--- exit 0\n").unwrap();
        if std::env::var_os("WENGAO_UPDATE").is_some() {
            fs::write(docs.join(name), page).unwrap();
        }
        let written = fs::read_to_string(docs.join(name)).unwrap_or_default();
        assert!(written == page, "docs/{name} is old: WENGAO_UPDATE=1 cargo test --test all surround::");
    }
}

#[test]
fn runs_that_accept_at_once_lose_nothing() {
    let name = |n: usize| format!("稿{n}.txt");
    let texts: Vec<(String, String)> =
        (0..8).map(|n| (name(n), format!("云河县第{n}份\n\n　　完成投资x万元。\n"))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let desk = Desk::texts(&files);
    std::thread::scope(|all| {
        for n in 0..8 {
            let desk = &desk;
            all.spawn(move || desk.run(&format!("check {} --only placeholder --update-baseline", name(n))));
        }
    });
    let kept = desk.read("wengao-baseline.yaml");
    assert!((0..8).all(|n| kept.contains(&name(n))), "{kept}");
    assert!(!desk.0.path().join(".wengao-wengao-baseline.yaml.lock").exists());
}

/// Settings that came with a folder of somebody else's name a file of hers.
#[test]
fn a_baseline_elsewhere_is_written_only_when_she_names_it() {
    let desk = Desk::texts(&[("来/稿.txt", DRAFT), ("来/wengao.yaml", "基线: ../我的.yaml\n")]);
    let refused = desk.run_in("来", "check 稿.txt --update-baseline");
    assert!(refused.contains("没有写") && refused.contains("--- exit 2"), "{refused}");
    assert!(!desk.0.path().join("我的.yaml").exists());
    let told = desk.run_in("来", "check 稿.txt --update-baseline --baseline ../我的.yaml");
    assert!(told.contains("--- exit 0"), "{told}");
    assert!(desk.read("我的.yaml").contains("规则"));
}
