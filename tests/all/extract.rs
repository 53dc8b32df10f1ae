//! From a draft with blanks to a skeleton and back: every blank a fact, every letter as it was.
//!
//! All samples are invented. The labelled drafts, where they are at hand, are real: they lie in
//! `../shared/drafts`, or in the folder that `WENGAO_SHARED` names, and are no part of the project.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads files")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::Desk;
use crate::gold::files;
use proptest::prelude::*;
use serde_json::Value as Json;
use wengao::{
    BlockKind, Extracted, Lang, Manuscript, MaskKind, Options, Settings, Slot, draft, extract, in_chinese,
    library, load_facts, read, writer,
};

fn extracted(name: &str, draft: &Manuscript) -> Extracted {
    extract(draft, name, Lang::Zh).unwrap()
}

/// A value for each fact that looks like none of the draft's blanks.
fn value(index: usize, fact: &Slot, draft: &Manuscript) -> String {
    let blank = &draft.text()[fact.uses[0].clone()];
    match fact.path.as_str() {
        "document.date" | "meeting.date" if blank.contains('日') => "2031年7月9日".to_owned(),
        "document.date" | "meeting.date" => "2031年7月".to_owned(),
        _ if index.is_multiple_of(2) => format!("云岭{index}"),
        _ => format!("31.{index}"),
    }
}

/// The facts file with a value after each key.
fn filled(stub: &str, values: &[(String, String)]) -> String {
    let mut group = String::new();
    let mut out = String::new();
    let mut count = 0;
    for line in stub.lines() {
        out.push_str(line);
        if let Some(key) = line.strip_suffix(':').filter(|_| !line.trim_start().starts_with('#')) {
            match key.strip_prefix("  ") {
                None => group = key.to_owned(),
                Some(key) => {
                    let chinese = format!("{group}.{key}");
                    let (_, value) =
                        values.iter().find(|(path, _)| in_chinese(path) == chinese).expect(&chinese);
                    out.push_str(&format!(" {value}"));
                    count += 1;
                }
            }
        }
        out.push('\n');
    }
    assert_eq!(count, values.len(), "the stub asks for each fact once:\n{stub}");
    out
}

/// The draft's paragraphs without the signs of its format, each blank replaced by its value.
fn expected(draft: &Manuscript, uses: &[(std::ops::Range<usize>, &str)]) -> String {
    let mut lines = Vec::new();
    for block in draft.blocks() {
        let mut line = String::new();
        for (at, c) in draft.text()[block.range.clone()].char_indices() {
            let at = block.range.start + at;
            match uses.iter().find(|(range, _)| range.contains(&at)) {
                Some((range, value)) if range.start == at => line.push_str(value),
                Some(_) => {}
                None if matches!(draft.mask(at), Some(MaskKind::Markup | MaskKind::Link)) => {}
                None => line.push(c),
            }
        }
        // A paragraph of a word processor may be of several lines.
        lines.extend(line.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned));
    }
    lines.join("\n")
}

/// Extracts, fills in, drafts, and compares; gives what was extracted.
fn round_trip(name: &str, draft_read: &Manuscript) -> Extracted {
    let extracted = extracted(name, draft_read);
    let values: Vec<(String, String)> =
        extracted.facts.iter().enumerate().map(|(i, f)| (f.path.clone(), value(i, f, draft_read))).collect();
    let skeleton = library::built_in()
        .skeleton_from("own.tera", &extracted.skeleton)
        .unwrap_or_else(|e| panic!("{name}: {e:?}\n{}", extracted.skeleton));
    assert_eq!(skeleton.undeclared_and_unused(), (Vec::new(), Vec::new()), "{name}");
    assert_eq!(skeleton.needs.len(), extracted.facts.len(), "{name}");

    let empty = load_facts("stub.yaml", &extracted.stub).unwrap();
    assert!(empty.leaves().iter().all(|(_, f)| f.value.is_missing()), "{name}: the stub is empty");
    assert_eq!(skeleton.missing(&empty, &[]).len(), extracted.facts.len(), "{name}");

    let full = load_facts("stub.yaml", &filled(&extracted.stub, &values)).unwrap();
    let drafted = draft(&skeleton, &full, &Options::default()).unwrap();
    let uses: Vec<_> = extracted
        .facts
        .iter()
        .zip(&values)
        .flat_map(|(f, (_, value))| f.uses.iter().map(move |r| (r.clone(), value.as_str())))
        .collect();
    let expected = expected(draft_read, &uses);
    assert_eq!(drafted.text(), expected, "{name}");

    // The same through a file: written and read again.
    let bytes = writer("a.txt").unwrap().write(&drafted, &Settings::default()).unwrap();
    let again = read("a.txt", &bytes).unwrap();
    let lines: Vec<_> = again.text().lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let wanted: Vec<_> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(lines, wanted, "{name}");
    extracted
}

/// Reads, makes the round trip, and gives the facts as `key: blank|blank`.
fn facts_of(name: &str, text: &str) -> Vec<String> {
    let draft = read(name, text.as_bytes()).unwrap();
    let extracted = round_trip(name, &draft);
    let blanks = |f: &Slot| f.uses.iter().map(|r| &draft.text()[r.clone()]).collect::<Vec<_>>().join("|");
    extracted.facts.iter().map(|f| format!("{}: {}", in_chinese(&f.path), blanks(f))).collect()
}

const SPEECH: &str = "在全县秋冬森林防火工作会议上的讲话
（20xx年x月x日）
县委书记　×××

同志们：
　　今天，我们在x县召开森林防火工作会议。刚才，x县应急局通报了前三季度火情，请大家对照检查。
一、肯定成绩，找准差距
　　去年以来，x县新建防火隔离带x公里，培训护林员1x名，查处野外用火*起，同比下降x.x%。
（一）成效
　　石桥湾镇完成投资x万元，x镇、x镇完成投资x万元。
二、突出重点，抓实防控
　　x月x日前，各乡镇报送方案。联系人：×××，联系电话：0000-12xxx。
(三)压实责任
　　从早上*：*站到*：*的，是x村的护林员。
五、严肃问责
　　要讲好x故事。
";

#[test]
fn a_speech_comes_back_and_its_blanks_are_named_by_their_company() {
    insta::assert_snapshot!(facts_of("讲话.txt", SPEECH).join("\n"));
}

#[test]
fn the_files_are_what_a_writer_opens() {
    let draft = read("讲话.txt", SPEECH.as_bytes()).unwrap();
    let Extracted { skeleton, stub, .. } = extracted("讲话.txt", &draft);
    insta::assert_snapshot!(format!("{skeleton}\n======\n{stub}"));
}

#[test]
fn the_same_unknown_is_one_fact_and_two_in_a_sentence_are_two() {
    let facts = facts_of(
        "a.txt",
        "我县要向兄弟县x县学习。x县今年投入x万元，其中x县水务局x万元。\n全县学习x县、x县的做法。\n请*同志发言。\n请*同志发言。\n",
    );
    insta::assert_snapshot!(facts.join("\n"));
}

#[test]
fn a_placeholder_inside_a_figure_or_date_is_the_whole_figure() {
    let facts = facts_of(
        "a.txt",
        "20xx年以来，新建卫生厕所1x座，覆盖率达x.x%，2026年x月x日验收，x月完工，二〇xx年总结。\n",
    );
    insta::assert_snapshot!(facts.join("\n"));
}

#[test]
fn fields_in_brackets_say_their_names() {
    let facts = facts_of(
        "a.txt",
        "在【会议名称】上，【会议名称】由[主持人姓名]主持，地点在（具体地点），投入资金【待补：投入金额】万元。\n主持人：×××\n{{ 会议.时间 }}，${单位名称}报送。\n",
    );
    insta::assert_snapshot!(facts.join("\n"));
}

#[test]
fn headings_are_numbered_by_the_program_only_where_the_words_stay_the_same() {
    let text = "一、甲\n（一）乙\n正文。\n（二）丙\n正文。\n二、丁\n（一）戊\n1.己\n正文。\n四、庚\n（一）辛\n正文。\n(二)壬\n三、癸\n";
    let draft = read("a.txt", text.as_bytes()).unwrap();
    let extracted = round_trip("a.txt", &draft);
    let lines: Vec<_> = extracted.skeleton.lines().filter(|l| l.starts_with('#')).collect();
    assert_eq!(
        lines,
        [
            "## 甲",
            "### 乙",
            "### 丙",
            "## 丁",
            "### 戊",
            "#### 己",
            "##= 四、庚",
            "### 辛",
            "###= (二)壬",
            "##= 三、癸"
        ]
    );
    assert_eq!(extracted.headings, (7, 3));
}

#[test]
fn what_a_skeleton_would_read_as_its_own_signs_stays_text() {
    let text = "# 不是标题\n@date 不是日期\n\\# 反斜杠\n###### 六个\n{% if a %} {# 注 #} {{ {单} }} #}\n{x万元{\n%} 末尾{\n  @item 缩进\n--- \n####\n";
    let draft = read("a.txt", text.as_bytes()).unwrap();
    let extracted = round_trip("a.txt", &draft);
    assert!(!extracted.skeleton.contains("\n# "), "{}", extracted.skeleton);
}

/// Stretches of which texts are made that nobody would write, and that must come back.
#[rustfmt::skip]
const TRICKY: &[&str] = &[
    "{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "#", "##", "@date", "@", "\\", "\"", "'", "`", "-", "---", "=",
    "x", "×", "**", "_", "某", "……", "20xx", "　", " ", "\t", "\r", "\n", "\n\n", "县", "镇", "年", "月", "日", "万元", "%",
    "一、", "（一）", "(一)", "1.", "（", "）", "【", "】", "【姓名】", "：", "，", "。", "、", "请", "同志", "书记", "会议", "在",
    "上", "全县", "讲好", "故事", "5", ".", "x县", "x月x日", "raw", "endraw", "$", "[", "]", "<", ">", "|", "：同志们",
    "同志们：", "待补充", "TODO：",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(parts in prop::collection::vec(prop::sample::select(TRICKY), 0..40), markdown in any::<bool>()) {
        let name = if markdown { "a.md" } else { "a.txt" };
        if let Ok(draft) = read(name, parts.concat().as_bytes()) {
            round_trip(name, &draft);
        }
    }
}

#[test]
fn a_draft_without_blanks_needs_nothing_and_an_empty_one_is_empty() {
    let draft = read("a.txt", "全县森林防火工作总结\n\n一、进展\n全县没有发生火情。\n".as_bytes()).unwrap();
    assert!(round_trip("a.txt", &draft).facts.is_empty());
    let nothing = read("a.txt", b"").unwrap();
    assert!(round_trip("a.txt", &nothing).facts.is_empty());
}

#[test]
fn signs_of_markdown_are_left_behind_and_the_words_come_back() {
    let text = "# 全县**防火**总结\n\n## 一、进展\n\n完成投资x万元，见[方案](http://example.com)。\n\n- 新建x公里\n\n> 引用x县的话\n\n| 乡镇 | 投资 |\n|---|---|\n| x镇 | x万元 |\n\n\\# 转义\n";
    let draft = read("a.md", text.as_bytes()).unwrap();
    let extracted = round_trip("a.md", &draft);
    assert_eq!(extracted.blanks, 5);
    assert!(extracted.skeleton.contains("# 全县防火总结") && extracted.skeleton.contains("## 进展"));
}

const REPORT: &str = "# 云岭县2025年工作总结

云岭县县长　周明达

同志们：

2025年，云岭县新建改建农村公路120公里，粮食产量12.6万吨，比上年增长1.3%，居全市第3位。按照《云岭县农村公路管护实施方案》，县长周明达三次到现场。

## 一、主要工作

建成公共图书馆8个，森林覆盖率由41.2%提高到43.5%。货物进出口总额、实际利用外资分别增长8.1%和6%。

## 二、2026年安排

3月底前开工水厂二期工程，全年完成投资2.4亿元，农村公路120公里全部通车。
";

const NOTICE: &str = "在全县冬修水利现场会上的讲话
（2025年11月6日）
县委书记　林知远

同志们：
　　今天，县委、县政府召开全县冬修水利现场会。去年以来，全县清淤渠道86.5公里，加固山塘32座，投入5600万元。
一、看清差距
　　还有14座山塘带病运行，占总数的9.2%。
二、抓紧施工
　　12月20日前完成招标，“十四五”末灌溉面积达到18.6万亩。贯彻县委十三届八次全会精神。
";

/// Drafts a finished text from the values that stood in it, and gives the facts as `key: value`.
fn drafted_from_its_values(name: &str, text: &str) -> Vec<String> {
    let draft_read = read(name, text.as_bytes()).unwrap();
    let extracted = round_trip(name, &draft_read);
    let skeleton = library::built_in().skeleton_from("own.tera", &extracted.skeleton).unwrap();
    let example = load_facts("own.example.yaml", &extracted.example).unwrap();
    let drafted = draft(&skeleton, &example, &Options::default()).unwrap();
    assert_eq!(drafted.text(), expected(&draft_read, &[]), "{name}\n{}", extracted.example);
    let value = |f: &Slot| f.value.clone().unwrap();
    extracted.facts.iter().map(|f| format!("{}: {}", in_chinese(&f.path), value(f))).collect()
}

#[test]
fn a_finished_text_gives_its_values_names_by_what_they_count_and_comes_back_from_them() {
    let facts =
        [("总结.md", REPORT), ("讲话.txt", NOTICE)].map(|(name, text)| drafted_from_its_values(name, text));
    insta::assert_snapshot!(facts.map(|facts| facts.join("\n")).join("\n\n"));
}

#[test]
fn a_value_that_stands_twice_is_one_fact_and_a_law_is_none() {
    let facts = facts_of(
        "a.txt",
        "云岭县工作总结\n2025年，云岭县清淤渠道86.5公里。\n2025年，云岭县按《中华人民共和国水法》办事，清淤渠道86.5公里。\n",
    );
    assert_eq!(
        facts,
        [
            "地区.名称: 云岭县|云岭县|云岭县",
            "补充.本年年份: 2025年|2025年",
            "补充.清淤渠道: 86.5公里|86.5公里"
        ]
    );
}

#[test]
fn names_are_made_of_whole_words() {
    let facts = facts_of(
        "a.txt",
        "新能源装机容量达到86万千瓦。\n可再生能源消纳12亿千瓦时。\n推进29个公共图书馆改造。\n为建设美丽x作出新的更大贡献。\n",
    );
    insta::assert_snapshot!(facts.join("\n"));
}

#[test]
fn the_same_county_left_out_three_times_is_one_fact() {
    let facts = facts_of("a.txt", "x县冬修水利总结\n今年，x县清淤渠道。x县的做法是早动手。\n");
    assert_eq!(facts, ["地区.名称: x县|x县|x县"]);
}

#[test]
fn a_finished_text_becomes_a_skeleton_that_passes_its_own_check() {
    let desk = Desk::new();
    desk.put("总结.md", REPORT.as_bytes());
    desk.put("讲话.txt", NOTICE.as_bytes());
    let runs = [
        desk.run("skeleton extract 讲话.txt --output 讲话.tera --facts 事实.yaml"),
        desk.run("template lint 讲话.tera"),
        desk.run("skeleton extract 总结.md --output 总结.tera"),
        desk.run("template lint 总结.tera"),
        desk.run("skeleton extract 总结.md --output 总结.tera"),
    ];
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn a_word_document_comes_back_with_what_its_styles_say() {
    let text = read("a.txt", SPEECH.as_bytes()).unwrap();
    let skeleton = library::built_in().skeleton_from("a.tera", &extracted("a.txt", &text).skeleton).unwrap();
    let options = Options::with(|o| o.allow_missing = true);
    // A document of this program's own, all kinds of blocks in it, blanks as 【待补：…】.
    let document = draft(&skeleton, &load_facts("a.yaml", "").unwrap(), &options).unwrap();
    let bytes = writer("a.docx").unwrap().write(&document, &Settings::default()).unwrap();
    let draft = read("a.docx", &bytes).unwrap();
    let extracted = round_trip("a.docx", &draft);
    assert_eq!(extracted.facts.len(), skeleton.needs.len());
    for kind in [BlockKind::Title, BlockKind::DateLine, BlockKind::SpeakerLine, BlockKind::Salutation] {
        assert!(draft.blocks().iter().any(|b| b.kind == kind), "{kind:?}");
    }
    assert!(extracted.skeleton.contains("\n@salutation 同志们：\n"));
}

#[test]
fn what_is_somebodys_own_is_told_and_what_everybody_says_is_not() {
    let text = "坚持以人民为中心，深入学习贯彻习近平新时代中国特色社会主义思想。秋收以后，沿河三个村的护林员把瞭望台搬到了鹰嘴崖上。\n";
    let draft = read("a.txt", text.as_bytes()).unwrap();
    let extracted = extracted("a.txt", &draft);
    assert_eq!(extracted.sentences, 2);
    let own: Vec<_> = extracted.own.iter().map(|(r, _)| &draft.text()[r.clone()]).collect();
    assert_eq!(own, ["秋收以后，沿河三个村的护林员把瞭望台搬到了鹰嘴崖上。"]);
    assert!(extracted.letters.0 > 20, "{:?}", extracted.letters);
}

#[test]
fn a_character_that_drafts_are_made_with_is_refused_with_its_place() {
    let draft = read("a.txt", "全县\n完成\u{FDD0}投资\n".as_bytes()).unwrap();
    let error = extract(&draft, "a.txt", Lang::Zh).unwrap_err();
    let at = error.problems()[0].at.as_ref().unwrap().label();
    assert_eq!(at.zh, "a.txt:2:3");
}

// The command.

#[test]
fn the_command_writes_both_files_and_says_what_is_still_somebody_elses() {
    let desk = Desk::new();
    desk.put("讲话.txt", SPEECH.as_bytes());
    let runs = [
        desk.run("skeleton extract 讲话.txt --output 防火.tera --facts 事实.yaml"),
        desk.run("draft 防火.tera --facts 事实.yaml"),
        desk.run("facts new 防火.tera"),
        desk.run("--lang en skeleton extract 讲话.txt --output 防火.tera --facts 二.yaml"),
        desk.run("--lang en skeleton extract 讲话.txt --output 二.tera --facts 二.yaml"),
        desk.run("skeleton extract 没有.txt"),
    ];
    insta::assert_snapshot!(runs.join("\n"));
    assert!(desk.0.path().join("二.tera").exists());
}

#[test]
fn neither_file_is_written_if_one_cannot_be() {
    let desk = Desk::new();
    desk.put("a.txt", SPEECH.as_bytes());
    desk.put("事实.yaml", "地区:\n".as_bytes());
    let shown = desk.run("skeleton extract a.txt --output 新.tera --facts 事实.yaml");
    assert!(shown.contains("已经存在") && shown.ends_with("--- exit 2\n"), "{shown}");
    assert!(!desk.0.path().join("新.tera").exists());
}

// Real drafts.

fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("WENGAO_SHARED").map_or(beside, PathBuf::from).join(name);
    if !folder.exists() {
        println!("skipped: ../shared/{name} is not here");
        return None;
    }
    Some(folder)
}

#[test]
fn whatever_can_be_read_comes_back() {
    let mut all = Vec::new();
    for name in ["wild", "docx"] {
        shared(name).iter().for_each(|folder| files(folder, &mut all));
    }
    let (mut documents, mut blanks) = (0, 0);
    for path in all {
        let name = path.to_string_lossy();
        if ![".txt", ".md", ".docx"].iter().any(|e| name.ends_with(e)) {
            continue;
        }
        // What is damaged is the reader's to refuse.
        let Ok(draft) = read(&name, &fs::read(&path).unwrap()) else { continue };
        documents += 1;
        blanks += round_trip(&name, &draft).blanks;
    }
    println!("{documents} documents with {blanks} blanks came back");
}

#[test]
fn of_the_labelled_placeholders_nearly_all_become_facts_and_every_draft_comes_back() {
    let Some(folder) = shared("drafts") else { return };
    let (mut all, mut became, mut drafts, mut asked) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    let mut labels: Vec<_> =
        fs::read_dir(folder.join("labels")).unwrap().map(|e| e.unwrap().path()).collect();
    labels.sort();
    for label in labels {
        let label: Json = serde_json::from_slice(&fs::read(label).unwrap()).unwrap();
        let name = format!("{}.txt", label["doc"].as_str().unwrap());
        let draft = read(&name, &fs::read(folder.join("docs").join(&name)).unwrap()).unwrap();
        let extracted = round_trip(&name, &draft);
        (drafts, asked) = (drafts + 1, asked + extracted.facts.len());
        let byte = |n: &Json| {
            let n = usize::try_from(n.as_u64().unwrap()).unwrap();
            draft.text().char_indices().nth(n).map_or(draft.text().len(), |(at, _)| at)
        };
        for span in label["spans"].as_array().unwrap() {
            if span["kind"] != "placeholder" || span["certain"] == false {
                continue;
            }
            let range = byte(&span["start"])..byte(&span["end"]);
            assert_eq!(&draft.text()[range.clone()], span["text"].as_str().unwrap());
            all += 1;
            let uses = || extracted.facts.iter().flat_map(|f| &f.uses);
            if uses().any(|u| u.start <= range.start && range.end <= u.end) {
                became += 1;
            } else {
                missed.push(format!("{name}: {}", span["text"]));
            }
        }
    }
    println!(
        "{became} of {all} placeholders became {asked} facts in {drafts} drafts, all of which came back"
    );
    assert!(drafts >= 13 && all > 100);
    assert!(became * 100 >= all * 95, "{became} of {all}; missed: {missed:?}");
}
