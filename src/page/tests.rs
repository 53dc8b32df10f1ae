//! The page's calls as a page makes them: bytes in, bytes out.

use serde_json::{Value as Json, json};

use super::{call, parcel};

/// What a call gives back: its JSON and its files.
fn ask(route: &str, asked: &Json, files: &[&[u8]]) -> (Json, Vec<Vec<u8>>) {
    let mut all = json!({ "lang": "zh", "today": "2026-03-05" });
    all.as_object_mut().unwrap().extend(asked.as_object().unwrap().clone());
    let head = all.to_string();
    let parts: Vec<&[u8]> = std::iter::once(head.as_bytes()).chain(files.iter().copied()).collect();
    let answer = call(route, &parcel::pack(&parts), None);
    let parts = parcel::open(&answer).unwrap();
    (serde_json::from_slice(parts[0]).unwrap(), parts[1..].iter().map(|p| p.to_vec()).collect())
}

const PAPER: &str = "# 讲话\n\n全年新改建农村公路x公里,总投资3.2亿元，由***同志牵头。\n";

#[test]
fn a_paper_is_checked_with_its_text_and_what_is_ignored_stays_out_of_the_report() {
    let names = json!({ "names": ["讲话.md"] });
    let (answer, _) = ask("check", &names, &[PAPER.as_bytes()]);
    let findings = answer["report"]["documents"][0]["findings"].as_array().unwrap().clone();
    assert_eq!(findings.len(), 3, "{answer:#}");
    let text: Vec<char> = answer["texts"]["讲话.md"]["text"].as_str().unwrap().chars().collect();
    for finding in &findings {
        let (start, end) = (finding["start"].as_u64().unwrap(), finding["end"].as_u64().unwrap());
        let words: String = text[start as usize..end as usize].iter().collect();
        assert_eq!(words, finding["text"].as_str().unwrap());
    }
    let ignored = json!({ "names": ["讲话.md"], "format": "json", "ignored": { "讲话.md": [0, 2] } });
    let (answer, files) = ask("report", &ignored, &[PAPER.as_bytes()]);
    let report: Json = serde_json::from_slice(&files[0]).unwrap();
    assert_eq!(report["documents"][0]["findings"], json!([findings[1]]), "{answer:#}");
}

#[test]
fn all_safe_changes_are_those_of_the_command_line_and_chosen_ones_are_those_alone() {
    let text = "会议讲三点：一是抓早,二是抓小,三是抓细。。\n";
    let asked = |accepted: Json| json!({ "names": ["a.txt"], "name": "a.txt", "accepted": accepted });
    let (answer, files) = ask("fix", &asked(Json::Null), &[text.as_bytes()]);
    assert_eq!(
        String::from_utf8_lossy(&files[0]),
        "会议讲三点：一是抓早，二是抓小，三是抓细。\n",
        "{answer}"
    );
    let (_, files) = ask("fix", &asked(json!([0])), &[text.as_bytes()]);
    assert_eq!(String::from_utf8_lossy(&files[0]), "会议讲三点：一是抓早，二是抓小,三是抓细。。\n");
}

#[test]
fn two_versions_are_held_against_each_other() {
    let (old, new) =
        ("青石镇防汛方案\n落实资金3.2亿元。\n", "青石镇防汛方案\n落实资金3.5亿元。\n各村每旬报一次。\n");
    let names = json!({ "names": ["方案.txt", "方案.txt"] });
    let (answer, files) = ask("compare", &names, &[old.as_bytes(), new.as_bytes()]);
    assert_eq!(answer["paragraphs"], json!({ "same": 1, "changed": 1, "gone": 0, "come": 1, "moved": 0 }));
    assert_eq!(answer["values"][0]["told"], "第2段 数字（落实资金）：3.2亿元 → 3.5亿元");
    assert_eq!(answer["name"], "方案.docx");
    assert!(files[0].starts_with(b"PK"));
    let (answer, _) = ask("compare", &json!({ "names": ["方案.txt"] }), &[old.as_bytes()]);
    assert!(answer["problems"][0]["message"].as_str().unwrap().contains("旧稿和新稿"));
}

#[test]
fn what_lies_beside_a_paper_counts_for_it_and_is_no_paper() {
    let names = json!({ "names": ["材料/a.txt", "材料/wengao.yaml"] });
    let files: [&[u8]; 2] = ["投资x万元。\n".as_bytes(), "放行: [x]\n".as_bytes()];
    let (answer, _) = ask("check", &names, &files);
    assert_eq!(answer["report"]["documents"].as_array().unwrap().len(), 1, "{answer:#}");
    assert_eq!(answer["report"]["documents"][0]["findings"], json!([]));
}

#[test]
fn other_localities_papers_are_held_against_for_the_sitting() {
    let passage =
        "坚持把群众的操心事烦心事揪心事放在心上，逐户走访逐条登记逐件办结，办一件清一件，回头再看一件。";
    let (own, theirs) = (format!("{passage}\n"), format!("溪口县二〇二五年工作总结\n{passage}\n"));
    let asked = json!({ "names": ["a.txt"], "others": ["溪口县2025年工作总结.txt"] });
    let (answer, _) = ask("check", &asked, &[own.as_bytes(), theirs.as_bytes()]);
    let found = answer["report"]["documents"][0]["findings"].as_array().unwrap();
    assert!(found.iter().any(|f| f["rule"] == "copied-passage"), "{answer:#}");
}

const NOTICE: &str = "关于做好春灌工作的通知\n各村要在3月底前完成渠道清淤。\n清河镇人民政府\n2026年3月1日\n";

#[test]
fn papers_are_held_to_the_genre_that_is_chosen_and_what_can_be_chosen_is_said() {
    let (hello, _) = ask("hello", &json!({}), &[]);
    assert!(hello["genres"].as_array().unwrap().iter().any(|g| g["id"] == "通知"), "{}", hello["genres"]);
    let found = |genre: &str| {
        let asked = json!({ "names": ["通知.txt"], "genre": genre });
        let (answer, _) = ask("check", &asked, &[NOTICE.as_bytes()]);
        let all = answer["report"]["documents"][0]["findings"].as_array().unwrap().clone();
        all.into_iter().filter(|f| f["rule"] == "genre").collect::<Vec<_>>()
    };
    let told = found("通知");
    assert!(told.len() == 1 && told[0]["message"].as_str().unwrap().contains("主送"), "{told:#?}");
    assert!(found("").is_empty());
}

/// Every genre's form has its example, fields for all that the example says, and drafts from it.
#[test]
fn each_genre_has_a_form_whose_example_drafts() {
    let (hello, _) = ask("hello", &json!({}), &[]);
    assert_eq!(hello["rules"].as_array().unwrap().len(), crate::rules::RULES.len());
    let tables = hello["tables"].as_array().unwrap();
    assert!(["xlsx", "xls", "et", "csv"].iter().all(|ending| tables.contains(&json!(ending))), "{tables:?}");
    let mut unknown = Vec::new();
    for template in hello["templates"].as_array().unwrap() {
        let id = &template["id"];
        let (form, _) = ask("form", &json!({ "template": id }), &[]);
        let known: Vec<&str> =
            form["fields"].as_array().unwrap().iter().filter_map(|f| f["key"].as_str()).collect();
        let said = form["example"].as_object().unwrap().keys();
        unknown.extend(said.filter(|key| !known.contains(&key.as_str())).map(|key| format!("{id}: {key}")));
        let blank = json!({ "template": id, "facts": {}, "options": { "blanks": true } });
        let (blank, _) = ask("draft", &blank, &[]);
        assert!(blank["text"].is_string() && blank["plan"].is_null(), "{id}: {blank:#}");
        let (draft, _) = ask("draft", &json!({ "template": id, "facts": form["example"] }), &[]);
        assert_eq!(draft["missing"], json!([]), "{id}");
        assert_eq!(draft["findings"], json!([]), "{id}");
        let length = draft["text"].as_str().unwrap().chars().count() as u64;
        let pieces = draft["pieces"].as_array().unwrap();
        assert!(pieces.iter().any(|p| p["from"] == "fact" && p["end"].as_u64().unwrap() <= length), "{id}");
    }
    assert!(unknown.is_empty(), "no form asks for {unknown:#?}");
}

#[test]
fn what_is_missing_is_listed_and_a_draft_with_blanks_shows_where() {
    let asked = json!({ "template": "speech/mobilization", "facts": {} });
    let (answer, _) = ask("draft", &asked, &[]);
    let missing = answer["missing"].as_array().unwrap();
    assert!(missing.iter().any(|m| m["path"] == "meeting.name"), "{answer}");
    assert!(answer["text"].is_null());
    let asked = json!({ "template": "speech/mobilization", "facts": {}, "options": { "blanks": true } });
    let (answer, _) = ask("draft", &asked, &[]);
    assert!(answer["text"].as_str().unwrap().contains("【待补"), "{answer}");
    let asked = json!({ "template": "speech/mobilization", "facts": {}, "format": "docx" });
    let (answer, files) = ask("draft_file", &asked, &[]);
    assert!(files.is_empty() && answer["problems"].as_array().is_some_and(|p| !p.is_empty()));
}

#[test]
fn the_plan_comes_with_the_draft_and_its_loose_ends_are_no_notes_besides() {
    let facts = json!({
        "工作": { "名称": "安全饮水" },
        "问题": [{ "名称": "管网漏损高" }, { "名称": "值班脱岗" }],
        "任务": [{ "名称": "更换漏损管网", "牵头单位": "县水务局", "完成时限": "9月底前", "目标": "漏损率降到12%" }],
    });
    for id in ["plan/implementation", "speech/mobilization"] {
        for blanks in [false, true] {
            let asked = json!({ "template": id, "facts": facts, "options": { "blanks": blanks } });
            let (answer, _) = ask("draft", &asked, &[]);
            let plan = &answer["plan"];
            assert_eq!(
                (&plan["schema"], &plan["tasks"][0]["problem"]),
                (&json!("wengao.plan/1"), &json!("管网漏损高"))
            );
            let loose = plan["loose"].as_array().unwrap();
            assert_eq!((loose.len(), &loose[0]["path"]), (1, &json!("problems[1]")), "{id}: {plan:#}");
            let notes = answer["notes"].as_array().into_iter().flatten();
            assert!(notes.into_iter().all(|note| note["message"] != loose[0]["say"]), "{answer:#}");
            let wanted = answer["wanted"].as_array().unwrap();
            assert!(
                (1..=10).contains(&wanted.len()) && wanted.iter().all(|w| w["path"].is_string()),
                "{wanted:#?}"
            );
        }
    }
    let (bare, _) = ask(
        "draft",
        &json!({ "template": "speech/mobilization", "facts": { "工作": { "名称": "安全饮水" } } }),
        &[],
    );
    assert_eq!(bare["plan"], json!(null));
}

/// What says what belongs to what is asked for wherever both are, and told whose names it takes.
#[test]
fn a_form_that_asks_for_problems_and_tasks_asks_what_answers_what() {
    let (form, _) = ask("form", &json!({ "template": "speech/mobilization" }), &[]);
    let fields = |of: &Json| of["fields"].as_array().unwrap().clone();
    let list = |key: &str| fields(&form).into_iter().find(|f| f["key"] == key).unwrap();
    for (key, inner, names) in [("任务", "针对", "问题"), ("措施", "针对", "问题"), ("目标", "对应", "任务")]
    {
        let found: Vec<_> = fields(&list(key)).into_iter().filter(|f| f["key"] == inner).collect();
        assert!(found.len() == 1 && found[0]["names"] == names, "{key}: {found:#?}");
    }
    let (launch, _) = ask("form", &json!({ "template": "speech/launch" }), &[]);
    assert!(!launch.to_string().contains("针对"));
}

#[test]
fn facts_go_out_as_a_workbook_and_come_back_as_they_were() {
    let (form, _) = ask("form", &json!({ "template": "plan/implementation" }), &[]);
    for format in ["xlsx", "yaml"] {
        let asked = json!({ "facts": form["example"], "format": format, "template": "plan/implementation" });
        let (file, bytes) = ask("facts_file", &asked, &[]);
        let (back, _) = ask("facts", &json!({ "names": [file["name"]] }), &[&bytes[0]]);
        assert_eq!(back["unread"], json!([]), "{format}");
        assert_eq!(back["facts"], form["example"], "{format}");
    }
}

#[test]
fn a_ledger_is_read_and_one_that_is_not_clear_is_asked_about_once() {
    let ledger = "重点项目台账,,\n序号,项目名称,总投资（万元）\n1,泮河水厂二期,23000\n";
    let (read, _) = ask("facts", &json!({ "names": ["台账.csv"] }), &[ledger.as_bytes()]);
    assert_eq!(read["facts"]["项目"][0], json!({ "名称": "泮河水厂二期", "投资": "23000万元" }), "{read:#}");
    assert!(read["mapping"].is_null());
    let odd = "甲表,,\n编号,何物,何人\n1,改造管网,县水利局\n2,计量收费,县供水公司\n".as_bytes();
    let (asked, _) = ask("facts", &json!({ "names": ["怪表.csv"] }), &[odd]);
    let stub = asked["mapping"].as_str().unwrap();
    assert!(!asked["unread"].as_array().unwrap().is_empty() && stub.contains("何物:"), "{asked:#}");
    let said =
        stub.replace("类:\n", "类: 任务\n").replace("何物:", "何物: 名称").replace("何人:", "何人: 牵头单位");
    let (read, _) = ask("facts", &json!({ "names": ["怪表.csv", "映射.yaml"] }), &[odd, said.as_bytes()]);
    assert_eq!(read["facts"]["任务"][1], json!({ "名称": "计量收费", "牵头单位": "县供水公司" }), "{read:#}");
    assert_eq!((&read["unread"], &read["mapping"]), (&json!([]), &Json::Null));
}

const PLAN: &str = "泮山县供水实施方案\n一、重点任务\n（一）改造管网。更换86公里。（牵头单位：县水利局；完成时限：10月底）\n（二）计量收费。全部装表。（县供水公司负责）\n";
const SHARES: &str = "| 任务 | 牵头单位 | 完成时限 |\n|---|---|---|\n| 改造管网 | 县水利局 | 9月底 |\n";

#[test]
fn papers_are_gathered_with_the_place_of_each_value_and_what_was_decided_goes_into_the_file() {
    let asked = |left: Json, chosen: Json| json!({ "names": ["方案.txt", "分工.md"], "left": left, "chosen": chosen });
    let files = [PLAN.as_bytes(), SHARES.as_bytes()];
    let (all, _) = ask("gather", &asked(json!([]), json!({})), &files);
    let records = all["records"].as_array().unwrap();
    for said in records
        .iter()
        .flat_map(|r| r["values"].as_array().unwrap())
        .flat_map(|v| v["said"].as_array().unwrap())
    {
        let at = |key: &str| usize::try_from(said[key].as_u64().unwrap()).unwrap();
        let text = all["papers"][at("paper")]["text"].as_str().unwrap();
        let words: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(said["words"], words);
    }
    let task = records.iter().find(|r| r["id"] == "tasks/改造管网/0").unwrap();
    let due = task["values"].as_array().unwrap().iter().find(|v| v["id"] == "due").unwrap();
    assert!(due["differs"] == true && due["said"].as_array().unwrap().len() == 2, "{due:#}");
    assert_eq!(all["facts"]["任务"][0].get("完成时限"), None, "{all:#}");

    let decided = asked(json!(["tasks/计量收费/0"]), json!({ "tasks/改造管网/0/due": "9月底" }));
    let (kept, _) = ask("gather", &decided, &files);
    assert_eq!(kept["facts"]["任务"].as_array().unwrap().len(), 1, "{kept:#}");
    assert_eq!(
        (&kept["facts"]["任务"][0]["完成时限"], &kept["places"]["tasks[0].due"]),
        (&json!("9月底"), &json!("分工.md 第3行"))
    );
    let (_, file) = ask("gather_file", &decided, &files);
    let yaml = String::from_utf8_lossy(&file[0]);
    assert!(yaml.contains("完成时限: 9月底  # 分工.md 第3行") && !yaml.contains("计量收费"), "{yaml}");
}

#[test]
fn of_several_papers_those_that_can_be_read_are() {
    let names = json!({ "names": ["坏.docx", "方案.txt"] });
    let (answer, _) = ask("gather", &names, &[b"no zip", PLAN.as_bytes()]);
    assert_eq!(
        (answer["unread"].as_array().unwrap().len(), answer["papers"].as_array().unwrap().len()),
        (1, 1)
    );
    assert!(!answer["records"].as_array().unwrap().is_empty());
}

const LAST: &str = "在全县档案工作会议上的讲话\n（2025年3月5日）\n县委副书记　林知远\n\n同志们：\n去年，全县进馆档案2.3万卷，比上年增长6.5%，数字化率达到82.4%。\n数字化率达到82.4%，这是底数。\n年底前数字化率达到90%。\n";

/// Last year's paper as the page lists it, and the row of a value.
fn listed(answers: &Json) -> (Json, impl Fn(&str) -> Json + use<>) {
    let (answer, _) = ask("renew", &json!({ "names": ["去年.txt"], "answers": answers }), &[LAST.as_bytes()]);
    let rows = answer["rows"].as_array().unwrap().clone();
    let of = move |value: &str| rows.iter().find(|row| row["last"] == value).unwrap().clone();
    (answer, of)
}

/// Answers of so many rows, with these put in: row, words.
fn cells(answer: &Json, put: &[(&Json, &str)]) -> Vec<String> {
    let mut cells = vec![String::new(); answer["rows"].as_array().unwrap().len()];
    for (row, words) in put {
        (*words).clone_into(&mut cells[row["row"].as_u64().unwrap() as usize - 1]);
    }
    cells
}

#[test]
fn last_years_paper_is_listed_with_its_text_and_a_growth_follows_from_the_figure_before_it() {
    let (answer, row) = listed(&json!([]));
    let text: Vec<char> = answer["text"].as_str().unwrap().chars().collect();
    for row in answer["rows"].as_array().unwrap() {
        for place in row["places"].as_array().unwrap() {
            let at = |n: usize| place[n].as_u64().unwrap() as usize;
            assert_eq!(text[at(0)..at(1)].iter().collect::<String>(), row["last"].as_str().unwrap());
        }
    }
    assert_eq!(row("82.4%")["places"].as_array().unwrap().len(), 2);
    assert!(row("6.5%")["follows"].is_null());
    let (_, row) = listed(&json!(cells(&answer, &[(&row("2.3万卷"), "2.9万卷")])));
    let told = "按前一个数的新旧两值算，是增长26.1%";
    assert_eq!(row("6.5%")["follows"], json!({ "told": told, "value": "26.1%" }));
}

#[test]
fn what_was_entered_goes_into_the_paper_and_what_is_open_gets_comments_there() {
    let (answer, row) = listed(&json!([]));
    let answers = cells(&answer, &[(&row("82.4%"), "91%"), (&row("2.3万卷"), "2.3万卷")]);
    let asked = |format: &str| json!({ "names": ["去年.txt"], "answers": answers, "format": format });
    let (done, files) = ask("renew_file", &asked("txt"), &[LAST.as_bytes()]);
    assert_eq!(String::from_utf8_lossy(&files[0]), LAST.replace("82.4%", "91%"));
    assert_eq!((&done["name"], &done["changed"], &done["same"]), (&json!("去年.txt"), &json!(1), &json!(1)));
    let (_, files) = ask("renew_file", &asked("docx"), &[LAST.as_bytes()]);
    let text = crate::read::read("今年.docx", &files[0]).unwrap().into_text();
    assert!(text.matches("91%").count() == 2 && !text.contains("82.4%"), "{text}");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&files[0])).unwrap();
    let mut comments = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/comments.xml").unwrap(), &mut comments).unwrap();
    assert!(comments.contains("还是去年的数字“6.5%”") && !comments.contains("2.3万卷"), "{comments}");
}

#[test]
fn a_table_goes_out_with_what_was_entered_and_comes_back_and_facts_fill_what_is_open() {
    let (answer, row) = listed(&json!([]));
    let answers = cells(&answer, &[(&row("2.3万卷"), "2.9万卷"), (&row("6.5%"), "不变")]);
    let facts = "指标:\n- {名称: 数字化率, 值: 91%}\n".as_bytes();
    for format in ["xlsx", "yaml"] {
        let asked = json!({ "names": ["去年.txt"], "answers": answers, "format": format });
        let (_, files) = ask("renew_file", &asked, &[LAST.as_bytes()]);
        let table = format!("表.{format}");
        let asked = json!({ "names": ["去年.txt", table, "事实.yaml"] });
        let (back, _) = ask("renew_fill", &asked, &[LAST.as_bytes(), &files[0], facts]);
        assert_eq!(
            (&back["tables"], &back["entered"], &back["facts"]),
            (&json!([table]), &json!(2), &json!(["事实.yaml"])),
            "{back:#}"
        );
        assert_eq!(
            back["answers"],
            json!(cells(
                &answer,
                &[(&row("2.3万卷"), "2.9万卷"), (&row("6.5%"), "不变"), (&row("82.4%"), "91%")]
            ))
        );
        assert_eq!(
            (&back["filled"][0]["row"], back["filled"].as_array().unwrap().len()),
            (&row("82.4%")["row"], 1),
            "{back:#}"
        );
        assert!(back["filled"][0]["from"].as_str().unwrap().contains("事实.yaml"), "{back:#}");
    }
    let other = json!({ "names": ["别.txt", "表.yaml"] });
    let (_, files) =
        ask("renew_file", &json!({ "names": ["去年.txt"], "format": "yaml" }), &[LAST.as_bytes()]);
    let (wrong, _) = ask("renew_fill", &other, &["去年，建成3座。\n".as_bytes(), &files[0]]);
    assert!(wrong["problems"][0]["message"].as_str().unwrap().contains("对不上"), "{wrong:#}");
}

#[test]
fn a_paper_is_checked_against_last_years() {
    let new = LAST.replace("2025年3月5日", "2026年3月6日").replace("2.3万卷", "2.9万卷");
    let asked = json!({ "names": ["今年.txt"], "last_year": "去年/去年.txt" });
    let (answer, _) = ask("check", &asked, &[new.as_bytes(), LAST.as_bytes()]);
    let found = answer["report"]["documents"][0]["findings"].as_array().unwrap();
    assert!(found.iter().any(|f| f["rule"] == "last-year"), "{answer:#}");
}

#[test]
fn a_paper_is_laid_out_and_handed_out() {
    let paper = "在全县春灌工作推进会上的讲话\n县长 林知远\n同志们：\n一、清好干渠\n抓好管护\n今年春灌比往年早了十天，各镇要先把干渠清一遍，排好用水的先后。\n";
    let asked = json!({ "names": ["讲话.txt"], "form": "speech", "fonts": "gb2312", "grid": "33476" });
    let (answer, files) = ask("format", &asked, &[paper.as_bytes()]);
    assert_eq!(answer["name"], "讲话-规范.docx");
    let kinds: Vec<_> =
        answer["blocks"].as_array().unwrap().iter().map(|b| b["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["title", "speaker-line", "salutation", "heading-1", "body", "body"]);
    assert_eq!(answer["doubts"].as_array().unwrap().len(), 1, "{answer:#}");
    assert!(files[0].starts_with(b"PK") && !answer["told"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_no_call_is_told_in_words() {
    for (route, body) in [
        ("check", &b"no parcel"[..]),
        ("nowhere", &parcel::pack(&[br#"{"today":"2026-03-05"}"#])),
        ("check", &parcel::pack(&[br#"{"today":"someday"}"#])),
        ("form", &parcel::pack(&[br#"{"today":"2026-03-05","template":"no/such"}"#])),
        ("renew", &parcel::pack(&[br#"{"today":"2026-03-05"}"#])),
        ("format", &parcel::pack(&[br#"{"today":"2026-03-05"}"#])),
        ("renew_file", &parcel::pack(&[br#"{"today":"2026-03-05","names":["a.txt"]}"#])),
    ] {
        let answer = call(route, body, None);
        let json: Json = serde_json::from_slice(parcel::open(&answer).unwrap()[0]).unwrap();
        assert!(json["problems"][0]["message"].as_str().is_some_and(|m| !m.is_empty()), "{route}: {json}");
    }
}

#[test]
fn a_package_is_handed_out_as_one_file_and_the_next_says_what_followed() {
    let facts = |funds: &str| {
        json!({
            "文稿": { "日期": "2026-03-05", "讲话人": "林知远", "讲话人职务": "县长" },
            "会议": { "名称": "全县春灌动员会" },
            "地区": { "名称": "云溪县" },
            "工作": { "名称": "春灌", "资金": funds, "进展": [format!("已落实资金{funds}")] },
            "任务": [{ "名称": "清淤", "牵头单位": "县水利局", "完成时限": "3月底前" }],
        })
    };
    let asked = |facts: Json, last: &str| {
        let wanted = json!({ "template": "speech/mobilization", "facts": facts, "options": { "blanks": true }, "last": last });
        ask("draft_package", &wanted, &[])
    };
    let (first, files) = asked(facts("680万元"), "");
    assert!(first["name"].as_str().unwrap().ends_with(".zip") && files[0].starts_with(b"PK"), "{first}");
    assert_eq!(first["summary"]["unbacked"], 0, "{first}");
    let (next, _) = asked(facts("710万元"), first["kept"].as_str().unwrap());
    assert!(next["kept"].as_str().unwrap().contains("710万元"), "{next}");

    let paper = "# 汇报\n\n春灌已落实资金680万元，养羊3500只。\n";
    let wanted = json!({ "names": ["汇报.md"], "name": "汇报.md", "facts": facts("680万元") });
    let (checked, files) = ask("check_package", &wanted, &[paper.as_bytes()]);
    assert_eq!(
        (&checked["summary"]["backed"], &checked["summary"]["unbacked"]),
        (&json!(1), &json!(1)),
        "{checked}"
    );
    assert_eq!(files.len(), 1);
    let (without, _) =
        ask("check_package", &json!({ "names": ["汇报.md"], "name": "汇报.md" }), &[paper.as_bytes()]);
    assert!(without["problems"][0]["message"].as_str().unwrap().contains("没有事实"), "{without}");
    let broken = json!({ "names": ["汇报.docx"], "name": "汇报.docx", "facts": facts("680万元") });
    let (broken, _) = ask("check_package", &broken, &[b"PK\x03\x04 cut"]);
    let why = broken["problems"][0]["message"].as_str().unwrap();
    assert!(!why.contains("这份文稿没有读成"), "{broken}");
}
