//! The package for review, as somebody makes it at her desk: beside a draft, of a paper, and again after facts
//! have changed.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test runs the program")]

use std::io::{Cursor, Read};

use serde_json::Value as Json;

use crate::desk::Desk;

const FACTS: &str = "\
地区: {名称: 云溪县, 级别: 县, 上级: [澜溪市]}
文稿: {日期: 2026-03-05, 讲话人: 林知远, 讲话人职务: 县长, 年度: 2025年}
工作: {名称: 灌区续建, 简称: 灌区续建, 进展: [去年衬砌渠道42公里], 监督电话: 13812345678}
指标:
- {名称: 有效灌溉面积, 值: 12.6万亩, 上年: 12.0万亩, 来源: 县水利局, 已核: 是}
- {名称: 机井, 值: {值: '320', 单位: 眼, 已核: 否}, 上年: 300眼}
做法: [{名称: 把管护账算到渠, 内容: [逐条登记，挂牌公布]}]
任务: [{名称: 续建支渠, 牵头单位: 县水利局, 完成时限: 2026年9月底前, 目标: 支渠全部通水}]
单位进展:
- {名称: 清河镇, 完成: 96%, 进展: 干渠通水}
- {名称: 石桥湾镇, 完成: 88%, 进展: 支渠开工}
- {名称: 枫林渡乡, 完成: 86%, 进展: 测量完成}
- {名称: 竹溪乡, 完成: 79%, 进展: 正在招标}
";

const PAPER: &str = "# 云溪县灌区情况汇报\n\n全县有效灌溉面积12.6万亩，比上年增长5%；机井320眼。清河镇养羊3500只。联系电话13812345678。\n";

fn desk() -> Desk {
    Desk::texts(&[("f.yaml", FACTS), ("稿.md", PAPER)])
}

const DRAFT: &str = "draft summary/annual --facts f.yaml --output 总结.docx --package 送审";

fn kept(desk: &Desk) -> Json {
    serde_json::from_slice(&desk.bytes("送审/包.json")).unwrap()
}

/// The words of the workbook.
fn words(desk: &Desk) -> String {
    let mut book = zip::ZipArchive::new(Cursor::new(desk.bytes("送审/依据.xlsx"))).unwrap();
    let mut out = String::new();
    book.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut out).unwrap();
    out
}

#[test]
fn a_draft_is_handed_over_with_its_grounds_and_the_next_one_says_what_followed_a_fact() {
    let desk = desk();
    let said = desk.run(DRAFT);
    assert!(said.contains("送审包写在 送审：依据.xlsx、依据.html"), "{said}");
    let page = desk.read("送审/依据.html");
    assert!(
        page.contains("这是第一份送审包") && page.contains("（12.6万亩 − 12.0万亩）÷ 12.0万亩 = 5%"),
        "{page}"
    );
    assert!(page.contains("f.yaml 第5行（来源：县水利局）") && page.contains("写明没有核"), "{page}");
    let first = kept(&desk);
    assert_eq!(
        (&first["schema"], &first["document"]),
        (&Json::from("wengao.package/1"), &Json::from("总结"))
    );
    assert_eq!(first["summary"]["unbacked"], 0, "{}", first["summary"]);

    desk.put("f.yaml", FACTS.replace("12.6万亩", "12.9万亩").replace("96%", "80%").as_bytes());
    let said = desk.run(&format!("{DRAFT} --force"));
    assert!(said.contains("送审包写在 送审"), "{said}");
    let page = desk.read("送审/依据.html");
    assert!(page.contains("指标“有效灌溉面积”的值：<del>12.6</del>万亩"), "{page}");
    assert!(page.contains("1处随之变动") && page.contains("正文和算出的数"), "{page}");
    // The towns change places in the table, and their difference is another.
    assert!(
        page.contains("单位进展“清河镇”的完成") && page.contains("（表格）") && page.contains("0句不随事实"),
        "{page}"
    );
    assert!(words(&desk).contains("随之变动"));
}

#[test]
fn the_same_document_of_the_same_facts_gives_the_same_bytes_and_says_that_nothing_changed() {
    let desk = desk();
    desk.run(DRAFT);
    desk.run(&format!("{DRAFT} --force"));
    let all =
        |desk: &Desk| ["依据.xlsx", "依据.html", "包.json"].map(|name| desk.bytes(&format!("送审/{name}")));
    let second = all(&desk);
    desk.run(&format!("{DRAFT} --force"));
    assert_eq!(second, all(&desk));
    assert!(desk.read("送审/依据.html").contains("没有变动。"));
    assert!(!desk.0.path().join("送审/依据.xlsx.bak").exists());
}

#[test]
fn files_of_others_are_left_alone_and_told() {
    for name in ["依据.xlsx", "依据.html", "包.json"] {
        let desk = desk();
        desk.put(&format!("送审/{name}"), b"hers");
        desk.put("送审/批示.txt", b"hers");
        let said = desk.run(DRAFT);
        assert!(
            said.contains(name) && said.contains("不是送审包的文件") && said.contains("exit 2"),
            "{said}"
        );
        assert_eq!(desk.bytes(&format!("送审/{name}")), b"hers");
        assert!(!desk.0.path().join("总结.docx").exists(), "nothing is written before that is known");
    }
    let desk = desk();
    desk.put("送审/批示.txt", b"hers");
    assert!(desk.run(DRAFT).contains("送审包写在"));
    assert_eq!(desk.bytes("送审/批示.txt"), b"hers");
}

#[test]
fn a_workbook_in_which_somebody_ticked_is_kept_beside_the_new_one() {
    let desk = desk();
    desk.run(DRAFT);
    desk.put("送审/依据.xlsx", b"ticked");
    let said = desk.run(&format!("{DRAFT} --force"));
    assert!(said.contains("有人写过") && said.contains("依据.xlsx.bak"), "{said}");
    assert_eq!(desk.bytes("送审/依据.xlsx.bak"), b"ticked");
}

#[test]
fn a_folder_is_of_one_document() {
    let desk = desk();
    desk.run(DRAFT);
    let other = desk.run("draft summary/annual --facts f.yaml --output 另一份.docx --package 送审");
    assert!(other.contains("里是“总结”的送审包") && other.contains("exit 2"), "{other}");
    // The same document, gone on with and checked, is the same one whatever its format.
    let same = desk.run("check 总结.docx --facts f.yaml --package 送审");
    assert!(same.contains("送审包写在"), "{same}");
    assert!(desk.read("送审/依据.html").contains("自2026-03-05的送审包以来"));
}

#[test]
fn a_paper_is_held_against_the_facts_and_told_where_it_has_no_ground() {
    let desk = desk();
    let said = desk.run("check 稿.md --facts f.yaml --package 送审");
    assert!(said.contains("送审包写在"), "{said}");
    let page = desk.read("送审/依据.html");
    assert!(page.contains("3500只　没有依据"), "{page}");
    assert!(page.contains("12.6万亩　指标“有效灌溉面积”的值"), "{page}");
    assert!(page.contains("5%　增减幅度：（12.6万亩 − 12.0万亩）÷ 12.0万亩 = 5%"), "{page}");
    let summary = kept(&desk)["summary"].clone();
    assert_eq!((&summary["unbacked"], &summary["confirmed"]), (&Json::from(1), &Json::from(2)), "{summary}");
}

#[test]
fn a_value_that_was_left_behind_is_told_with_the_fact_that_changed() {
    let desk = desk();
    desk.run("check 稿.md --facts f.yaml --package 送审");
    desk.put("f.yaml", FACTS.replace("320", "335").as_bytes());
    desk.run("check 稿.md --facts f.yaml --package 送审");
    let page = desk.read("送审/依据.html");
    assert!(page.contains("旧值还在") && page.contains("已由“320眼”改为“335眼”，稿中还有旧值"), "{page}");
    // The paper follows: nothing is left behind any more.
    desk.put("稿.md", PAPER.replace("320", "335").as_bytes());
    desk.put("f.yaml", FACTS.replace("320", "335").replace("12.6", "12.7").as_bytes());
    desk.run("check 稿.md --facts f.yaml --package 送审");
    let page = desk.read("送审/依据.html");
    assert!(!page.contains("已由“320眼”") && page.contains("已由“12.6万亩”改为“12.7万亩”"), "{page}");
}

#[test]
fn a_sentence_of_the_facts_that_was_left_behind_is_told_in_a_draft() {
    let desk = desk();
    let facts = FACTS.replace("去年衬砌渠道42公里", "有效的水浇灌溉面积已有12.6万亩");
    desk.put("f.yaml", facts.as_bytes());
    desk.run(DRAFT);
    assert!(!desk.read("送审/依据.html").contains("旧值还在"));
    desk.put("f.yaml", facts.replace("值: 12.6万亩", "值: 12.9万亩").as_bytes());
    desk.run(&format!("{DRAFT} --force"));
    let page = desk.read("送审/依据.html");
    assert!(page.contains("已由“12.6万亩”改为“12.9万亩”，稿中还有旧值"), "{page}");
}

/// What somebody reads of a page, without its marks.
fn read(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn facts_that_contradict_each_other_are_told_with_both_their_lines_and_stand_in_no_green_box() {
    let desk = desk();
    let facts =
        FACTS.replace("任务:", "目标: [{名称: 有效灌溉面积, 基数: 12.4万亩, 目标值: 14.5万亩}]\n任务:");
    desk.put("f.yaml", facts.as_bytes());
    let said = desk.run(DRAFT);
    assert!(said.contains("有效灌溉面积在事实文件里有两个值：12.6万亩和12.4万亩"), "{said}");
    let page = desk.read("送审/依据.html");
    let told = read(&page);
    assert!(told.contains("指标“有效灌溉面积”的值：12.6万亩［f.yaml 第5行］"), "{told}");
    assert!(told.contains("目标“有效灌溉面积”的基数：12.4万亩［f.yaml 第8行］"), "{told}");
    // The growth that rests on it is no surer.
    let summary = kept(&desk)["summary"].clone();
    assert_eq!(summary["conflict"], 2, "{summary}");
    assert_eq!(summary["values"].as_u64(), Some(summary["backed"].as_u64().unwrap() + 2), "{summary}");
}

#[test]
fn a_deadline_that_moved_alone_is_told() {
    let desk = desk();
    let facts =
        FACTS.replace("任务:", "目标: [{名称: 续建支渠条数, 目标值: 12条, 时限: 2026年9月底前}]\n任务:");
    desk.put("f.yaml", facts.as_bytes());
    desk.run(DRAFT);
    desk.put("f.yaml", facts.replace("时限: 2026年9月底前}]\n", "时限: 2026年10月底前}]\n").as_bytes());
    desk.run(&format!("{DRAFT} --force"));
    let told = read(&desk.read("送审/依据.html"));
    assert!(
        told.contains("目标“续建支渠条数”的时限由“2026年9月底前”改为“2026年10月底前”，任务“续建支渠”的完成时限还是“2026年9月底前”"),
        "{told}"
    );
}

#[test]
fn marks_are_told_apart_from_facts_that_changed() {
    let desk = desk();
    desk.run(DRAFT);
    desk.put(
        "f.yaml",
        FACTS.replace("上年: 300眼}", "上年: 300眼, 已核: 是}").replace("96%", "95%").as_bytes(),
    );
    desk.run(&format!("{DRAFT} --force"));
    let told = read(&desk.read("送审/依据.html"));
    assert!(told.contains("1项事实变了，另有1项只改了核实标记"), "{told}");
}

#[test]
fn a_value_of_a_paper_that_the_facts_have_otherwise_is_at_odds_and_has_its_line() {
    let desk = desk();
    let table = "|单位|完成|\n|---|---|\n|清河镇|96%|\n|石桥湾镇|78%|\n|枫林渡乡|86%|\n";
    let paper = format!("# 云溪县灌区情况汇报\n\n有效灌溉面积12.6万亩，比上年下降5%。机井310眼。\n\n{table}");
    desk.put("稿.md", paper.as_bytes());
    desk.run("check 稿.md --facts f.yaml --package 送审");
    let told = read(&desk.read("送审/依据.html"));
    let summary = kept(&desk)["summary"].clone();
    assert_eq!(
        (&summary["at_odds"], &summary["unbacked"]),
        (&Json::from(3), &Json::from(0)),
        "{summary} {told}"
    );
    assert!(told.contains("“78%”与事实不符：单位进展“石桥湾镇”的完成是88%（第11行）"), "{told}");
    assert!(told.contains("310眼　与事实不符　指标“机井”的值：“320眼”［f.yaml 第6行］"), "{told}");
}

#[test]
fn where_a_fact_says_otherwise_is_told_in_each_language_and_of_a_table_by_its_cell() {
    let desk = desk();
    let table = "|单位|完成|\n|---|---|\n|清河镇|96%|\n|石桥湾镇|78%|\n|枫林渡乡|86%|\n";
    desk.put("稿.md", format!("# 云溪县灌区情况汇报\n\n有效灌溉面积12.6万亩。\n\n{table}").as_bytes());
    desk.run("--lang en check 稿.md --facts f.yaml --package 英");
    let told = read(&desk.read("英/依据.html"));
    assert!(
        told.contains("“78%” is at odds with the facts: 单位进展“石桥湾镇”的完成 is 88% (line 11)"),
        "{told}"
    );
    let (own, units) = FACTS.split_once("单位进展:").unwrap();
    desk.put("f.yaml", own.as_bytes());
    let rows: Vec<String> = units.lines().skip(1).map(row).collect();
    desk.put("单位进展.csv", format!("名称,完成,进展\n{}\n", rows.join("\n")).as_bytes());
    desk.run("check 稿.md --facts f.yaml --facts 单位进展.csv --package 表");
    let told = read(&desk.read("表/依据.html"));
    assert!(told.contains("“78%”与事实不符：单位进展“石桥湾镇”的完成是88%（B3）"), "{told}");
}

/// A record of the facts as a row of a table.
fn row(record: &str) -> String {
    let fields = record.trim_matches(['-', ' ', '{', '}']).split(", ");
    let values: Vec<&str> = fields.filter_map(|field| Some(field.split_once(": ")?.1)).collect();
    values.join(",")
}

#[test]
fn every_number_of_the_first_page_is_that_of_a_list_and_no_id_is_on_it() {
    let desk = desk();
    desk.run(DRAFT);
    let page = desk.read("送审/依据.html");
    let told = read(&page);
    let rows = page.split("id=\"open\"").nth(1).unwrap().split("</table>").next().unwrap();
    let open = rows.matches("<tr><td").count();
    assert!(told.contains(&format!("待办：{open}项（")), "{open} {told}");
    for id in ["summary/annual", "parts/", "gap.row", "指标["] {
        assert!(!told.contains(id), "{id}: {told}");
    }
    let top = page.split("</section>").next().unwrap();
    assert!(top.contains("第<a href=\"#s"), "{top}");
}

#[test]
fn a_number_that_is_somebodys_own_stands_in_no_file_of_a_package() {
    let desk = desk();
    for asked in [DRAFT, "check 稿.md --facts f.yaml --package 检查"] {
        desk.run(asked);
    }
    for folder in ["送审", "检查"] {
        for name in ["依据.html", "包.json"] {
            let text = desk.read(&format!("{folder}/{name}"));
            assert!(!text.contains("13812345678"), "{folder}/{name}");
        }
        assert!(desk.read(&format!("{folder}/包.json")).contains("138******78"), "{folder}");
    }
    assert!(!words(&desk).contains("13812345678"));
}

#[test]
fn a_paper_that_cannot_be_read_is_told_with_its_reason_and_the_report_is_written_all_the_same() {
    let desk = desk();
    desk.put("坏.docx", b"PK\x03\x04 cut");
    for paper in ["坏.docx", "没有.docx"] {
        let run = |more: &str| {
            let said = desk.run(&format!("check {paper} --facts f.yaml -o 报告.json{more}"));
            assert!(desk.read("报告.json").contains(paper), "{said}");
            std::fs::remove_file(desk.0.path().join("报告.json")).unwrap();
            said.split_once('\n').unwrap().1.to_owned()
        };
        let why = run("");
        assert!(why.contains("exit 2"), "{why}");
        assert_eq!(run(" --package 送审"), why);
    }
    // A folder that is somebody else's is told before anything is written.
    desk.put("送审/包.json", b"hers");
    let said = desk.run("check 稿.md --facts f.yaml --package 送审 -o 报告.json");
    assert!(said.contains("不是送审包的文件") && said.contains("exit 2"), "{said}");
    assert!(!desk.0.path().join("报告.json").exists());
}

#[test]
fn what_makes_no_package_is_told() {
    let desk = desk();
    let facts = desk.run("check 稿.md --package 送审");
    assert!(facts.contains("没有事实") && facts.contains("exit 2"), "{facts}");
    desk.put("二.md", PAPER.as_bytes());
    let two = desk.run("check 稿.md 二.md --facts f.yaml --package 送审");
    assert!(two.contains("一次只做一份") && two.contains("exit 2"), "{two}");
    let file = desk.run("draft summary/annual --facts f.yaml --output 总结.docx --package f.yaml");
    assert!(file.contains("是文件") && file.contains("exit 2"), "{file}");
    let english = desk.run("--lang en draft summary/annual --facts f.yaml --output 总结.docx --package 送审");
    assert!(english.contains("the package for review is in 送审"), "{english}");
    let page = desk.read("送审/依据.html");
    assert!(page.contains("Grounds, sentence by sentence") && page.contains("growth: （12.6万亩"), "{page}");
}
