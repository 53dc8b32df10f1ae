//! The assistant's door, as an assistant's client sees it: lines in, lines out.

#![expect(clippy::unwrap_used, reason = "a test runs the program and reads its answers")]

use serde_json::{Value as Json, json};

use crate::desk::Desk;

/// The answers to these messages, from a server that may read what `args` name.
fn talk(desk: &Desk, args: &str, messages: &[Json]) -> Vec<Json> {
    let lines: String = messages.iter().map(|message| format!("{message}\n")).collect();
    said(desk, args, &lines)
}

fn said(desk: &Desk, args: &str, lines: &str) -> Vec<Json> {
    let shown = desk.run_with(&format!("mcp {args}"), lines.as_bytes(), "zh_CN.UTF-8");
    assert!(shown.ends_with("--- exit 0\n") && !shown.contains("--- stderr"), "{shown}");
    shown.lines().filter(|l| l.starts_with(['{', '['])).map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn call(tool: &str, arguments: Json) -> Json {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "arguments": arguments } })
}

/// The result of one call.
fn called(desk: &Desk, args: &str, tool: &str, arguments: Json) -> Json {
    let answer = talk(desk, args, &[call(tool, arguments)]).remove(0);
    assert!(answer["result"]["content"][0]["text"].is_string(), "{answer:#}");
    answer["result"].clone()
}

const SPEECH: &str = "在全县森林防火会上的讲话\n同志们:\n　　今年全县排查隐患x处。下面，我讲三点意见。\n　　一、看清形势。\n　　二、压实责任。\n";

#[test]
fn a_version_that_both_speak_is_agreed_on_and_the_newest_is_offered_else() {
    let desk = Desk::new();
    let begin = |version: &str| json!({ "jsonrpc": "2.0", "id": "a", "method": "initialize", "params": { "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } } });
    let answers = talk(
        &desk,
        "",
        &[
            begin("2024-11-05"),
            begin("2025-06-18"),
            begin("1999-01-01"),
            json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
            json!({ "jsonrpc": "2.0", "id": 2, "method": "ping" }),
        ],
    );
    let versions: Vec<_> = answers.iter().map(|a| a["result"]["protocolVersion"].clone()).collect();
    assert_eq!(versions, [json!("2024-11-05"), json!("2025-06-18"), json!("2025-11-25"), Json::Null]);
    assert_eq!(answers[3], json!({ "jsonrpc": "2.0", "id": 2, "result": {} }));
    assert_eq!(answers[0]["result"]["capabilities"], json!({ "tools": {} }));
}

#[test]
fn what_is_wrong_with_a_message_has_its_code_and_the_next_one_is_answered() {
    let desk = Desk::new();
    let lines = "{oops\n\n[]\n{\"jsonrpc\":\"2.0\",\"id\":1}\n{\"id\":2,\"method\":\"ping\"}\n{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"no/such\"}\n{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"none\"}}\n{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":[]}\n{\"jsonrpc\":\"2.0\",\"id\":6,\"result\":{}}\n{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}\n[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"method\":\"x\"}]\n{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"}";
    let answers = said(&desk, "", lines);
    let short = |a: &Json| (a["id"].clone(), a["error"]["code"].as_i64().unwrap_or(0));
    let got: Vec<_> = answers.iter().map(|a| if a.is_array() { short(&a[0]) } else { short(a) }).collect();
    let want = [
        (Json::Null, -32700),
        (Json::Null, -32600),
        (json!(1), -32600),
        (json!(2), -32600),
        (json!(3), -32601),
        (json!(4), -32602),
        (json!(5), -32602),
        (json!(7), 0),
        (json!(8), 0),
    ];
    assert_eq!(got, want);
}

#[test]
fn the_tools_are_told_in_both_languages_with_a_schema_each() {
    let desk = Desk::new();
    let list = talk(&desk, "", &[json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" })]).remove(0);
    let tools = list["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "check",
            "fix",
            "compare",
            "draft",
            "renew",
            "format",
            "template_list",
            "facts_schema",
            "facts_read",
            "facts_check",
            "explain",
            "corpus_compare"
        ]
    );
    let both = |words: &str| {
        words.chars().any(|c| c > '\u{4e00}') && words.contains(|c: char| c.is_ascii_lowercase())
    };
    for tool in tools {
        for key in ["title", "description"] {
            assert!(both(tool[key].as_str().unwrap()), "{tool:#}");
        }
        let schema = &tool["inputSchema"];
        assert!(schema["type"] == "object" && tool["annotations"]["readOnlyHint"] == true);
        for (name, property) in schema["properties"].as_object().unwrap() {
            assert!(both(property["description"].as_str().unwrap()), "{name}");
        }
    }
}

#[test]
fn a_text_is_checked_as_the_command_line_checks_its_file() {
    let desk = Desk::texts(&[("来稿.txt", SPEECH)]);
    let shown = desk.run("check 来稿.txt --format json");
    let report = shown.split_once('\n').unwrap().1.split("--- ").next().unwrap();
    let wanted: Json = serde_json::from_str(report).unwrap();
    let result = called(&Desk::new(), "", "check", json!({ "text": SPEECH }));
    assert_eq!(result["structuredContent"], wanted);
    assert_eq!(result["isError"], false);
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("“三点意见”") && words.contains("来稿.txt:3:"), "{words}");
    // One rule, on another day, of a locality.
    let less = called(
        &desk,
        "",
        "check",
        json!({ "text": SPEECH, "only": ["placeholder"], "as_of": "2026-01-01", "locality": "云岭县" }),
    );
    let found = less["structuredContent"]["documents"][0].clone();
    assert_eq!((found["findings"].as_array().unwrap().len(), &found["home"]["name"]), (1, &json!("云岭县")));
}

#[test]
fn only_what_was_named_is_read_and_nothing_is_written() {
    let desk = Desk::texts(&[
        ("稿/甲.txt", SPEECH),
        ("私/乙.txt", SPEECH),
        ("私/事实.yaml", "会议: {名称: 秘密会}\n"),
    ]);
    let path = |args: &str, path: &str| called(&desk, args, "check", json!({ "path": path }));
    assert_eq!(path("稿", "稿/甲.txt")["isError"], false);
    for (args, name) in [
        ("稿", "私/乙.txt"),
        ("稿", "稿/../私/乙.txt"),
        ("", "稿/甲.txt"),
        ("稿", "/etc/hostname"),
        ("稿", "-"),
    ] {
        let result = path(args, name);
        let words = result["content"][0]["text"].as_str().unwrap();
        assert!(result["isError"] == true && words.contains("没有读"), "{args} {name}: {words}");
    }
    let facts = called(&desk, "稿", "facts_check", json!({ "facts_paths": ["私/事实.yaml"] }));
    assert!(facts["isError"] == true && !facts.to_string().contains("秘密会"), "{facts}");
    let fixed = called(&desk, "稿", "fix", json!({ "path": "稿/甲.txt" }));
    assert!(fixed["structuredContent"]["text"].as_str().unwrap().contains("同志们："), "{fixed:#}");
    assert_eq!(desk.read("稿/甲.txt"), SPEECH);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_a_folder_that_was_named() {
    let desk = Desk::texts(&[("稿/甲.txt", SPEECH), ("私/乙.txt", SPEECH)]);
    std::os::unix::fs::symlink("../私/乙.txt", desk.0.path().join("稿/链.txt")).unwrap();
    assert_eq!(called(&desk, "稿", "check", json!({ "path": "稿/链.txt" }))["isError"], true);
}

#[test]
fn missing_facts_are_listed_and_a_draft_tells_where_each_figure_came_from() {
    let desk = Desk::new();
    desk.run("facts new speech/mobilization --example --output facts.yaml");
    let yaml = desk.read("facts.yaml");
    let lacking = called(
        &desk,
        "",
        "draft",
        json!({ "template": "speech/mobilization", "facts": { "会议": { "名称": "动员会" } } }),
    );
    assert_eq!(lacking["isError"], true);
    let missing = lacking["structuredContent"]["missing"].as_array().unwrap();
    assert!(missing.iter().any(|m| m["fact"] == "document.date" && m["key"] == "文稿.日期"), "{missing:#?}");
    assert!(lacking["content"][0]["text"].as_str().unwrap().contains("不要编造"));

    let drafted = called(&desk, "", "draft", json!({ "template": "speech/mobilization", "facts": yaml }));
    let structured = &drafted["structuredContent"];
    assert_eq!((drafted["isError"].clone(), structured["findings"].clone()), (json!(false), json!([])));
    assert!(structured["text"].as_str().unwrap().starts_with("# "));
    let provenance = structured["provenance"].as_array().unwrap();
    let money = provenance.iter().find(|p| p["text"] == "6800万元").unwrap();
    assert_eq!((&money["fact"], &money["from"]), (&json!("work.funds"), &json!("fact")));
    assert!(money["at_line"].as_u64().is_some() && money["file"] == "传入的事实.yaml", "{money}");
    assert!(provenance.iter().all(|p| p["from"] != "phrase"));
    let from_file = called(
        &desk,
        "facts.yaml",
        "draft",
        json!({ "template": "speech/mobilization", "facts_paths": ["facts.yaml"], "format": "text", "provenance": "all" }),
    );
    let all = from_file["structuredContent"]["provenance"].as_array().unwrap();
    assert!(all.iter().any(|p| p["from"] == "phrase") && all.iter().any(|p| p["file"] == "facts.yaml"));
}

#[test]
fn a_package_says_what_stands_behind_each_figure_of_a_draft_and_of_a_paper() {
    let desk = Desk::new();
    desk.run("facts new speech/mobilization --example --output facts.yaml");
    desk.run("draft speech/mobilization --facts facts.yaml --output 稿.md --package 送审");
    let yaml = desk.read("facts.yaml").replace("6800万元", "7100万元");
    let asked = json!({ "template": "speech/mobilization", "facts": yaml, "package": true, "last_package": "送审/包.json" });
    let drafted = called(&desk, "送审", "draft", asked);
    let package = &drafted["structuredContent"]["package"];
    assert_eq!(package["summary"]["unbacked"], 0, "{}", package["summary"]);
    let money = package["values"].as_array().unwrap().iter().find(|v| v["text"] == "7100万元").unwrap();
    assert_eq!(
        (&money["standing"], &money["grounds"][0]["facts"][0]["fact"]),
        (&json!("backed"), &json!("work.funds"))
    );
    let moved = &package["changes"]["facts"][0];
    assert_eq!((&moved["old"], &moved["new"]), (&json!("6800万元"), &json!("7100万元")), "{moved}");
    assert!(!moved["followed"].as_array().unwrap().is_empty(), "{moved}");

    let paper = json!({ "text": "全县投入资金7100万元，养羊3500只。\n", "facts": yaml, "package": true });
    let checked = called(&desk, "", "check", paper.clone());
    let english = called(&desk, "--lang en", "check", paper);
    let place = &english["structuredContent"]["package"]["values"][0]["grounds"][0]["facts"][0]["place"];
    assert!(!place.as_str().unwrap().contains("行"), "{place}");
    let values = &checked["structuredContent"]["package"]["values"];
    let standing = |n: usize| values[n]["standing"].as_str().unwrap().to_owned();
    assert_eq!([standing(0), standing(1)], ["backed", "unbacked"], "{values}");
    let without = called(&desk, "", "check", json!({ "text": "全县养羊3500只。\n", "package": true }));
    assert_eq!(without["isError"], true, "{without}");
    let out = json!({ "template": "speech/mobilization", "facts": yaml, "package": true, "last_package": "送审/包.json" });
    assert_eq!(called(&desk, "", "draft", out)["isError"], true, "a file that was not named is not read");
}

#[test]
fn what_hangs_loose_comes_beside_a_draft_and_the_plan_without_one() {
    let desk = Desk::new();
    desk.run("facts new speech/mobilization --example --output facts.yaml");
    let yaml = desk.read("facts.yaml").replace("问题:\n", "问题:\n  - 名称: 值班脱岗\n");
    let draft = |more: Json| {
        let mut asked = json!({ "template": "speech/mobilization", "facts": yaml });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        called(&desk, "", "draft", asked)
    };
    let drafted = draft(json!({}));
    let loose = drafted["structuredContent"]["loose"].as_array().unwrap();
    assert!(loose.iter().any(|l| l["name"] == "值班脱岗" && l["path"] == "problems[0]"), "{loose:#?}");
    assert!(drafted["structuredContent"]["wanted"].as_array().unwrap().len() <= 10);
    let words =
        |result: &Json, n: usize| result["content"][n]["text"].as_str().unwrap_or_default().to_owned();
    assert!(
        !words(&drafted, 0).contains("没有任务回应")
            && words(&drafted, 1).contains("问题“值班脱岗”没有任务回应")
    );

    let plan = draft(json!({ "plan": true }));
    assert_eq!(
        (&plan["structuredContent"]["plan"]["schema"], &plan["isError"]),
        (&json!("wengao.plan/1"), &json!(false))
    );
    assert!(
        plan["structuredContent"]["text"].is_null()
            && words(&plan, 0).contains("问题 值班脱岗\n  没有任务回应")
    );
    let bare = called(
        &desk,
        "",
        "draft",
        json!({ "template": "speech/mobilization", "facts": "问题: [值班脱岗]\n", "plan": true }),
    );
    assert_eq!(bare["structuredContent"]["plan"]["loose"][0]["field"], "tasks[0]", "{bare:#}");
}

#[test]
fn facts_are_asked_for_and_their_faults_told() {
    let desk = Desk::new();
    let form = called(&desk, "", "facts_schema", json!({ "template": "speech/mobilization" }));
    let schema = &form["structuredContent"]["schema"];
    assert!(schema["required"].as_array().unwrap().contains(&json!("会议")), "{schema:#}");
    assert!(form["content"][0]["text"].as_str().unwrap().contains("【必需】"));
    let wrong = called(&desk, "", "facts_check", json!({ "facts": "会仪: {}\n" }));
    let problem = &wrong["structuredContent"]["problems"][0];
    assert_eq!((wrong["isError"].clone(), problem["line"].clone()), (json!(true), json!(1)));
    assert!(problem["help"].as_str().unwrap().contains("会议"), "{problem}");
    let right = called(&desk, "", "facts_check", json!({ "facts": "会议: {名称: 动员会, 地点: 待定}\n" }));
    assert_eq!(right["structuredContent"]["blank"], json!(["会议.地点"]));
}

#[test]
fn facts_of_papers_come_with_their_places_and_what_the_papers_contradict() {
    let plan = "云岭县供水实施方案\n一、重点任务\n（一）改造管网。更换86公里。（牵头单位：县水利局；完成时限：10月底）\n";
    let desk = Desk::texts(&[("方案.txt", plan)]);
    let shares = "| 任务 | 牵头单位 | 完成时限 |\n|---|---|---|\n| 改造管网 | 县水利局 | 9月底 |\n";
    let papers = json!([{ "path": "方案.txt" }, { "text": shares, "name": "分工.md" }]);
    let read = called(
        &desk,
        "方案.txt",
        "facts_read",
        json!({ "papers": papers, "template": "plan/implementation" }),
    );
    let structured = &read["structuredContent"];
    let facts = structured["facts"].as_array().unwrap();
    let owner = facts.iter().find(|f| f["key"] == "任务[1].牵头单位").unwrap();
    assert_eq!((&owner["value"], &owner["at"]), (&json!("县水利局"), &json!("方案.txt:3:22")), "{owner}");
    let said: Vec<_> =
        structured["doubts"][0]["said"].as_array().unwrap().iter().map(|s| &s["value"]).collect();
    assert_eq!(
        (&structured["doubts"][0]["of"], said),
        (&json!("改造管网"), vec![&json!("10月底"), &json!("9月底")])
    );
    let yaml = read["content"][0]["text"].as_str().unwrap();
    assert!(yaml.contains("县水利局  # 方案.txt 第3行") && yaml.contains("文稿还要的"), "{yaml}");
    assert_eq!(structured["yaml"], yaml);
    // A paper that was not named is not read.
    assert_eq!(
        called(&desk, "", "facts_read", json!({ "papers": [{ "path": "方案.txt" }] }))["isError"],
        true
    );
}

#[test]
fn rules_are_explained_and_texts_held_against_each_other() {
    let desk = Desk::new();
    assert!(
        called(&desk, "", "explain", json!({}))["structuredContent"]["rules"].as_array().unwrap().len() > 10
    );
    let one = called(&desk, "", "explain", json!({ "rule": "placeholder" }));
    assert_eq!(one["structuredContent"]["id"], "placeholder");
    let passage = "石塘县在柳湾镇试点渠长打钟，天旱时按钟点轮灌，三十六条毛渠再没有为水吵过架。";
    let (own, other) = (format!("一、做法\n{passage}\n"), format!("{passage}另外修了桥。\n"));
    let shared = called(
        &desk,
        "",
        "corpus_compare",
        json!({ "text": own, "name": "甲.txt", "others": [{ "text": other, "name": "乙.txt" }, { "text": "别的话。" }] }),
    );
    let all = shared["structuredContent"]["comparisons"].as_array().unwrap();
    assert!(all[0]["percent"][0].as_u64().unwrap() > 80 && all[1]["passages"] == json!([]), "{all:#?}");
    assert_eq!(all[0]["documents"], json!(["甲.txt", "乙.txt"]));
    let templates = called(&desk, "", "template_list", json!({}));
    assert!(templates["structuredContent"]["templates"].as_array().unwrap().len() > 10);
}

#[test]
fn arguments_that_are_wrong_are_an_answer_that_says_so_all_at_once() {
    let desk = Desk::new();
    let wrong = called(&desk, "", "check", json!({ "txt": "x", "only": "placeholder" }));
    assert_eq!(wrong["isError"], true);
    insta::assert_snapshot!(wrong["content"][0]["text"].as_str().unwrap(), @r#"
    没有“txt”这个参数
      办法：是不是 text？
    参数“only”不合要求：{"type":"array","items":{"type":"string"}}
    "#);
    let neither = called(&desk, "", "check", json!({ "only": ["placehodler"] }));
    assert!(neither["content"][0]["text"].as_str().unwrap().contains("text 和 path"));
}

#[test]
fn two_versions_are_held_against_each_other() {
    let older = "青石镇防汛方案\n落实资金3.2亿元，完成检修。\n";
    let newer = "青石镇防汛方案\n落实资金3.5亿元，完成检修。\n各村每旬报一次。\n";
    let asked = json!({ "text": newer, "older": [{ "text": older, "name": "旧.txt" }], "marked": true });
    let result = called(&Desk::new(), "", "compare", asked);
    let told = &result["structuredContent"];
    assert_eq!((&told["paragraphs"]["changed"], &told["paragraphs"]["come"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&told["values"][0]["old"], &told["values"][0]["new"]),
        (&json!("3.2亿元"), &json!("3.5亿元"))
    );
    // A zip begins so.
    let file = &result["content"][1]["resource"];
    assert!(file["blob"].as_str().unwrap().starts_with("UEsD"), "{file}");
    let words = result["content"][0]["text"].as_str().unwrap();
    assert!(words.contains("3.2亿元 → 3.5亿元"), "{words}");
}
