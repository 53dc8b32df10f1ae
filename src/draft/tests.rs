//! Small skeletons, written for one question each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::library::{Library, Own};
use super::{Options, Skeleton, draft, sample};
use crate::base::{ErrorKind, Lang, Place};
use crate::model::facts::load;
use crate::model::{BlockKind, Manuscript};

const FRONT: &str = "---\nid: t/t\ntitle: {zh: 试, en: test}\nneeds:\n- {fact: meeting.name, for: {zh: 点明会议, en: names the meeting}}\n- {fact: 'tasks[].name', for: {zh: 任务, en: tasks}}\n- {fact: 'tasks[].owner', for: {zh: 责任, en: owners}}\noptional:\n- {fact: work.funds, for: {zh: 资金, en: funds}}\n- {fact: work.goal, for: {zh: 目标, en: goal}}\n---\n";

const FACTS: &str = "会议: {名称: 推进会}\n工作: {资金: 5.60万元}\n任务:\n- {名称: 抓好垃圾治理, 牵头单位: 县住建局}\n- {名称: 抓好污水治理, 牵头单位: 县水务局}\n";

/// A library with one family of phrases and one topic pack.
fn library() -> Arc<Library> {
    let who =
        "- id: t.who\n  variants: ['由{owner}牵头', '{owner}负总责', '{owner}要抓到底', '这件事归{owner}']\n";
    let general = "- id: topic.stand\n  variants: [总说一, 总说二, 总说三, 总说四]\n";
    let pack = "id: wells\ntitle: {zh: 水井, en: Wells}\nnames: [水井, 机井]\ntasks:\n- {name: 打深井, detail: [先勘探]}\nphrases:\n- id: topic.stand\n  variants: [水井一, 水井二, 水井三, 水井四]\n";
    let own = [("phrases/t.yaml", who), ("phrases/topic.yaml", general), ("topics/wells.yaml", pack)];
    let own = own.map(|(name, text)| (name.to_owned(), Own { path: name.to_owned(), text: text.to_owned() }));
    Library::with_own(own.into())
}

pub(super) fn skeleton(body: &str) -> Skeleton {
    library().skeleton_from("t/t", &format!("{FRONT}{body}")).unwrap()
}

fn made(body: &str, facts: &str) -> Manuscript {
    draft(&skeleton(body), &load("f.yaml", facts).unwrap(), &Options::default()).unwrap()
}

#[test]
fn lines_join_and_blank_lines_part_paragraphs() {
    let m = made(
        "甲，\n乙。\n\n{% if work.goal %}\n丙\n{% endif %}\n丁{% if work.funds %}，{{ work.funds }}{% endif %}。\n",
        FACTS,
    );
    assert_eq!(m.text(), "甲，乙。\n丁，5.60万元。");
}

#[test]
fn headings_are_numbered_under_their_parent() {
    let m = made(
        "# 题\n## 甲\n{% for t in tasks %}\n### {{ t.name }}\n正文。\n\n{% endfor %}\n## 乙\n### 丙\n正文。\n",
        FACTS,
    );
    assert_eq!(
        m.text(),
        "题\n一、甲\n（一）抓好垃圾治理\n正文。\n（二）抓好污水治理\n正文。\n二、乙\n（一）丙\n正文。"
    );
    assert_eq!(m.blocks()[2].kind, BlockKind::Heading(2));
}

#[test]
fn a_table_has_a_row_for_each_line_and_a_cell_for_each_bar_of_the_skeleton() {
    let m = made(
        "@table 分工\n@head 序号 | 任务|单位\n{% for t in tasks %}\n@row {{ loop.index }}|{{ t.name }}|{{ t.owner }}\n{% endfor %}\n@row 合计||{{ work.funds }}\n\n正文。\n@table\n@row 甲\n",
        &FACTS.replace("抓好垃圾治理", "'@row 甲|乙'"),
    );
    let kinds: Vec<_> = m.blocks().iter().map(|b| b.kind).collect();
    assert_eq!((kinds[0], kinds[13], kinds.len()), (BlockKind::Caption, BlockKind::Body, 15));
    let rows: Vec<Vec<&str>> = m.tables()[0]
        .rows
        .iter()
        .map(|r| m.blocks()[r.cells.clone()].iter().map(|b| m.block_text(b)).collect())
        .collect();
    // A bar or a sign in a fact is the fact's own.
    assert_eq!(
        rows,
        [
            vec!["序号", "任务", "单位"],
            vec!["1", "@row 甲|乙", "县住建局"],
            vec!["2", "抓好污水治理", "县水务局"],
            vec!["合计", "", "5.60万元"]
        ]
    );
    assert_eq!(m.tables()[0].rows.iter().map(|r| r.header).collect::<Vec<_>>(), [true, false, false, false]);
    assert_eq!(m.tables()[1].blocks(), 14..15);
    let Place::Fact { path, .. } = m.place(m.text().find("县水务局").unwrap()).unwrap() else { panic!() };
    assert_eq!(&**path, "tasks[1].owner");
}

#[test]
fn the_parts_of_the_form_are_told_by_their_signs() {
    use BlockKind::{
        Annex, AttachmentNote, CopyLine, DateOfIssue, DocumentNumber, EditedLine, Heading, IssueNumber,
        Masthead, Note, PrintLine, Quotation, Subtitle, Title,
    };
    let m = made(
        "@masthead 文件\n@number 〔2026〕5号\n@issue 第5期\n@edited 办公室编|2026年3月5日\n# 题\n@subtitle ——副题\n## 甲\n@quote 话\n@attached 附件：1. 表\n@issued 2026年3月5日\n@note 此件公开发布\n@annex 附件1\n# 表\n##= 一、甲\n@cc 抄送：县委。\n@printed {{ work.funds }}|印发\n",
        FACTS,
    );
    let kinds: Vec<_> = m.blocks().iter().map(|b| b.kind).collect();
    let (h, a) = (Heading(1), AttachmentNote);
    assert_eq!(
        kinds,
        [
            Masthead,
            DocumentNumber,
            IssueNumber,
            EditedLine,
            Title,
            Subtitle,
            h,
            Quotation,
            a,
            DateOfIssue,
            Note,
            Annex,
            Title,
            h,
            CopyLine,
            PrintLine
        ]
    );
    let said: Vec<_> = m.blocks().iter().map(|b| m.block_text(b)).collect();
    assert_eq!(said[3], "办公室编\t2026年3月5日");
    assert_eq!((said[10], said[15]), ("（此件公开发布）", "5.60万元\t印发"));
    assert_eq!((said[6], said[13]), ("一、甲", "一、甲"), "an attachment counts anew");
}

#[test]
fn every_stretch_knows_where_it_came_from() {
    let m = made(
        "讲{{ tasks | count }}点，资金{{ work.funds }}。\n{{ phrase(id=\"t.who\", owner=tasks[1].owner) }}。",
        FACTS,
    );
    let place = |words: &str| m.place(m.text().find(words).unwrap()).unwrap().clone();
    let Place::Fact { path, at } = place("5.60") else { panic!() };
    assert_eq!((&*path, at.unwrap().label().en.as_ref()), ("work.funds", "f.yaml:2:10"));
    assert!(matches!(place("县水务局"), Place::Fact { path, .. } if &*path == "tasks[1].owner"));
    assert!(matches!(place("讲"), Place::Template { line: 12, .. }), "{:?}", place("讲"));
    assert!(m.pieces().iter().any(|p| matches!(&p.from, Place::Phrase { id, .. } if &**id == "t.who")));
    let covered: usize = m.pieces().iter().map(|p| p.range.len()).sum();
    assert_eq!(covered, m.text().len(), "nothing comes from nowhere");
}

#[test]
fn a_missing_fact_stops_the_draft_and_is_named_with_its_use() {
    let facts = load("f.yaml", "任务:\n- {名称: 甲, 完成时限: 5月底前}\n- {名称: 乙}\n").unwrap();
    let body = "{{ meeting.name }}\n{% for t in tasks %}{{ t.name }}{{ t.owner }}{% endfor %}";
    let error = draft(&skeleton(body), &facts, &Options::default()).unwrap_err();
    insta::assert_snapshot!(error.in_lang(Lang::Zh));
    let options = Options { allow_missing: true, ..Options::default() };
    let m = draft(&skeleton(body), &facts, &options).unwrap();
    let text = "【待补：会议.名称】甲【待补：任务[1].牵头单位】乙【待补：任务[2].牵头单位】";
    assert_eq!(m.text(), text);
}

/// One task of four whose owner nobody had decided stopped a draft of three pages.
#[test]
fn what_one_record_lacks_and_another_has_stops_nothing_and_is_known() {
    let file = |owner: &str| {
        format!("会议: {{名称: 推进会}}\n任务:\n- {{名称: 甲, 牵头单位: 县水务局}}\n- {{名称: 乙{owner}}}\n")
    };
    let facts = load("f.yaml", &file("")).unwrap();
    let skeleton = skeleton("{{ meeting.name }}\n{% for t in tasks %}{{ t.name }}{{ t.owner }}{% endfor %}");
    assert_eq!(draft(&skeleton, &facts, &Options::default()).unwrap().text(), "推进会甲县水务局乙");
    let gaps =
        |facts| -> Vec<String> { skeleton.gaps(facts, &[]).into_iter().map(|(path, _)| path).collect() };
    assert_eq!(gaps(&facts), ["tasks[1].owner"]);
    assert!(gaps(&load("f.yaml", &file(", 牵头单位: 县住建局")).unwrap()).is_empty());
    // Without its name there is no second task.
    let nameless = load(
        "f.yaml",
        "会议: {名称: 推进会}\n任务:\n- {名称: 甲, 牵头单位: 县水务局}\n- {牵头单位: 县住建局}\n",
    );
    let error = draft(&skeleton, &nameless.unwrap(), &Options::default()).unwrap_err();
    assert!(error.in_lang(Lang::Zh).contains("任务[2].名称"), "{error}");
}

#[test]
fn a_phrase_used_again_goes_on_to_its_next_variant() {
    let m = made(
        "{% for t in tasks %}\n{{ phrase(id=\"t.who\", owner=t.owner) }}。\n{% endfor %}",
        &FACTS.replace("县水务局", "县住建局"),
    );
    let sentences: Vec<_> = m.text().trim_end_matches('。').split('。').collect();
    assert_eq!(sentences.len(), 2);
    assert_ne!(sentences[0], sentences[1]);
}

#[test]
fn the_seed_and_the_locality_choose_and_nothing_else_does() {
    let body = "{{ phrase(id=\"t.who\", owner=meeting.name) }}";
    let facts = |name: &str| load("f.yaml", &format!("地区: {{名称: {name}}}\n{FACTS}")).unwrap();
    let say = |name: &str, seed| {
        draft(&skeleton(body), &facts(name), &Options { seed, ..Options::default() })
            .unwrap()
            .text()
            .to_owned()
    };
    assert_eq!(say("云岭县", 0), say("云岭县", 0));
    let by_seed: std::collections::HashSet<_> = (0..20).map(|s| say("云岭县", s)).collect();
    assert_eq!(by_seed.len(), 4);
    let by_name: std::collections::HashSet<_> =
        ["甲县", "乙县", "丙县", "丁县", "戊县", "己县", "庚县"].iter().map(|n| say(n, 0)).collect();
    assert!(by_name.len() > 1);
}

/// Such a fact was an error of its own before the scan declared what it finds.
#[test]
fn a_fact_that_is_used_need_not_be_declared_and_one_that_there_is_not_is_told_at_its_line() {
    let skeleton = skeleton("甲\n{{ meeting.place }}\n{{ tasks | run(detail=1) }}\n");
    assert_eq!(skeleton.undeclared_and_unused().0, []);
    let found: Vec<_> = skeleton.optional.iter().map(|n| (&*n.fact, &*n.purpose.zh, &*n.lines)).collect();
    assert!(found.contains(&("meeting.place", "开会地点", &[13])), "{found:?}");
    assert!(found.iter().any(|(fact, ..)| *fact == "tasks[].detail"), "{found:?}");
    let error = library().skeleton_from("t/t", &format!("{FRONT}甲\n{{{{ meeting.plaec }}}}\n")).unwrap_err();
    let told = error.in_lang(Lang::Zh);
    assert!(told.starts_with("t/t:13:1：") && told.contains("是不是“meeting.place”"), "{told}");
}

#[test]
fn a_syntax_error_is_told_with_line_and_column() {
    let source = format!("{FRONT}甲\n乙{{{{ meeting.name }}\n丙\n");
    let error = library().skeleton_from("t/t", &source).unwrap_err();
    insta::assert_snapshot!(error.in_lang(Lang::Zh));
}

/// Every sentence about something had an `if` round it.
#[test]
fn what_nobody_knows_leaves_no_trace() {
    let m = made(
        "第一句。\n{{ work.goal }}。\n目标是：{{ targets | run }}\n{{ phrase(\"t.who\", owner=work.lead) }}\n{{ work.goal | run }}\n第二句。\n\n目标：{{ work.goal }}。\n\n@signature {{ document.issuer }}\n",
        FACTS,
    );
    assert_eq!(m.text(), "第一句。第二句。");
}

#[test]
fn a_heading_over_nothing_is_not_printed_and_not_counted() {
    let m = made(
        "## 目标\n### 总目标\n{{ work.goal }}\n\n### 分目标\n{{ targets | run }}\n\n## 任务\n{{ tasks | run }}\n\n## 保障\n{{ measures | run }}\n\n@signature 县政府\n",
        FACTS,
    );
    assert_eq!(m.text(), "一、任务\n抓好垃圾治理；抓好污水治理。\n县政府");
    // What was typed is not lost, even where nothing more is known of it.
    let m = made(
        "## 任务\n{% for t in tasks %}\n### {{ t.name }}\n{{ t.detail | run }}\n\n{% endfor %}\n",
        FACTS,
    );
    assert_eq!(m.text(), "一、任务\n（一）抓好垃圾治理\n（二）抓好污水治理");
}

#[test]
fn a_sentence_in_a_slot_brings_no_second_full_stop() {
    let facts = FACTS.replace("资金:", "总目标: 年底前全部完成。, 资金:");
    let m = made(
        "目标是{{ work.goal }}。{{ phrase(\"t.who\", owner=work.goal) }}\n{{ work.goal }}，请抓紧。\n",
        &facts,
    );
    assert!(m.text().starts_with("目标是年底前全部完成。"), "{}", m.text());
    assert!(m.text().ends_with("年底前全部完成，请抓紧。") && !m.text().contains("。。"), "{}", m.text());
}

#[test]
fn a_phrase_takes_lists_and_is_said_for_each_record() {
    let m = made("{{ phrase(\"t.who\", owner=tasks) }}\n", FACTS);
    assert!(m.text().contains("抓好垃圾治理、抓好污水治理"), "{}", m.text());
    let each = "{{ phrase(\"t.who\", each=tasks, first=1) }}|{{ phrase(\"t.who\", each=tasks, room=9) }}\n";
    let m = made(each, FACTS);
    assert_eq!(m.text().matches("县住建局").count(), 2, "{}", m.text());
    assert_eq!(m.text().matches("县水务局").count(), 1, "{}", m.text());
    let Place::Fact { path, .. } = m.place(m.text().find("县水务局").unwrap()).unwrap() else { panic!() };
    assert_eq!(&**path, "tasks[1].owner");
}

#[test]
fn the_work_is_named_once_in_a_paragraph() {
    let facts = FACTS.replace("资金:", "名称: 水井建设, 简称: 打井, 资金:");
    let m = made(
        "抓好{{ words.work }}，{{ words.it }}要快。\n\n{{ words.it }}要好，{{ words.it }}要省。\n",
        &facts,
    );
    assert_eq!(m.text(), "抓好打井，这项工作要快。\n打井要好，这项工作要省。");
    let Place::Fact { path, .. } = m.place(m.text().find("打井").unwrap()).unwrap() else { panic!() };
    assert_eq!(&**path, "work.short");
}

/// A library with a part, and a skeleton that holds it in a loop.
fn with_part(part: &str) -> crate::base::Result<Skeleton> {
    let own = Own { path: "own/parts/task.tera".to_owned(), text: part.to_owned() };
    let library = Library::with_own(BTreeMap::from([("templates/parts/task.tera".to_owned(), own)]));
    let source = format!("{FRONT}{{% for t in tasks %}}\n@part task\n{{% endfor %}}\n完。\n");
    library.skeleton_from("t/t", &source)
}

#[test]
fn a_part_stands_where_it_is_asked_for_and_brings_its_facts() {
    let skeleton = with_part("{# 一项任务 #}\n### {{ t.name }}\n{{ t.due }}完成。\n\n").unwrap();
    let due = skeleton.optional.iter().find(|n| n.fact == "tasks[].due").unwrap();
    assert_eq!(due.lines, [13], "the line that asks for the part");
    let facts = FACTS.replace("牵头单位: 县住建局", "完成时限: 9月底前");
    let m = draft(&skeleton, &load("f.yaml", &facts).unwrap(), &Options::with(|o| o.allow_missing = true))
        .unwrap();
    assert_eq!(m.text(), "（一）抓好垃圾治理\n9月底前完成。\n（二）抓好污水治理\n完。");
    let place = m.place(m.text().find("完成。").unwrap()).unwrap();
    assert!(matches!(place, Place::Template { id, line: 3 } if &**id == "own/parts/task.tera"), "{place:?}");
    let place = m.place(m.text().find("完。").unwrap()).unwrap();
    assert!(matches!(place, Place::Template { id, line: 15 } if &**id == "t/t"), "{place:?}");
}

#[test]
fn what_is_wrong_in_a_part_is_told_in_its_own_file() {
    for (part, told) in [
        ("好。\n{{ t.name }\n", "own/parts/task.tera:2:"),
        ("{{ t.nmae }}", "own/parts/task.tera:1:1："),
        ("@part task\n", "own/parts/task.tera:1:1："),
        ("@part tsk\n", "是不是 task？"),
    ] {
        let error = with_part(part).unwrap_err();
        assert!(error.in_lang(Lang::Zh).contains(told), "{part}: {}", error.in_lang(Lang::Zh));
    }
}

#[test]
fn the_lint_names_the_nearest_filter_phrase_and_fact() {
    let source =
        format!("{FRONT}{{{{ tasks | runn }}}}\n{{{{ phrase(\"t.whom\") }}}}\n{{{{ meeting.plaec }}}}\n");
    insta::assert_snapshot!(library().skeleton_from("t/t", &source).unwrap_err().in_lang(Lang::Zh));
}

/// Three sections, of which one needs a fact and one is only there with one.
const SECTIONED: &str = "---\nid: t/t\ntitle: {zh: 试, en: test}\nsections:\n- {id: a, title: {zh: 甲, en: A}}\n- {id: b, title: {zh: 乙, en: B}, when: [work.funds]}\n- {id: c, title: {zh: 丙, en: C}}\nneeds:\n- {fact: meeting.name, for: {zh: 会, en: m}}\n- {fact: 'tasks[].owner', for: {zh: 责, en: o}}\noptional:\n- {fact: work.funds, for: {zh: 钱, en: f}}\n---\n讲{{ sections | count }}点。\n\n@section a\n## 甲\n{{ meeting.name }}\n\n@section b\n## 乙\n{{ work.funds }}\n\n@section c\n## 丙\n{% for t in tasks %}{{ t.owner }}{% endfor %}\n\n@end\n完。\n";

#[test]
fn sections_come_as_asked_and_numbers_and_counts_follow() {
    let skeleton = library().skeleton_from("t/t", SECTIONED).unwrap();
    let text = |facts: &str, sections: &[&str]| {
        let sections = sections.iter().map(|s| (*s).to_owned()).collect();
        let options = Options { sections, ..Options::default() };
        draft(&skeleton, &load("f.yaml", facts).unwrap(), &options).map(|m| m.text().replace('\n', "/"))
    };
    let all = "讲三点。/一、甲/推进会/二、乙/5.60万元/三、丙/县住建局县水务局/完。";
    assert_eq!(text(FACTS, &[]).unwrap(), all);
    assert_eq!(text(FACTS, &["c", "甲"]).unwrap(), "讲两点。/一、丙/县住建局县水务局/二、甲/推进会/完。");
    let less = FACTS.replace("工作: {资金: 5.60万元}\n", "");
    assert_eq!(text(&less, &[]).unwrap(), "讲两点。/一、甲/推进会/二、丙/县住建局县水务局/完。");
    let own = format!("{FACTS}文稿: {{章节: [乙]}}\n");
    assert_eq!(text(&own, &[]).unwrap(), "讲一点。/一、乙/5.60万元/完。");
    let error = text(FACTS, &["丁"]).unwrap_err();
    assert!(error.in_lang(Lang::Zh).contains("可写的部分：甲、乙、丙"), "{}", error.in_lang(Lang::Zh));
}

#[test]
fn what_only_a_section_needs_is_not_missed_when_it_is_left_out() {
    let skeleton = library().skeleton_from("t/t", SECTIONED).unwrap();
    let facts = load("f.yaml", "会议: {名称: 推进会}\n").unwrap();
    assert!(draft(&skeleton, &facts, &Options::default()).is_err());
    let options = Options { sections: vec!["a".to_owned()], ..Options::default() };
    assert_eq!(draft(&skeleton, &facts, &options).unwrap().text(), "讲一点。\n一、甲\n推进会\n完。");
}

#[test]
fn a_length_decides_how_much_that_is_not_needed_is_said() {
    let skeleton = skeleton(
        "{{ meeting.name }}开了。{% if room >= 3 %}这是多说的第一句话。{% endif %}{% if room >= 7 %}这是再多说的一句话。{% endif %}\n",
    );
    let text = |length| {
        let options = Options { length, ..Options::default() };
        draft(&skeleton, &load("f.yaml", FACTS).unwrap(), &options).unwrap().into_text()
    };
    assert_eq!(text(None), "推进会开了。这是多说的第一句话。这是再多说的一句话。");
    assert_eq!(text(Some(15)), "推进会开了。这是多说的第一句话。");
    assert_eq!(text(Some(1)), "推进会开了。");
    assert_eq!(text(Some(900)), text(None));
}

#[test]
fn a_computed_figure_knows_the_facts_that_it_comes_from() {
    let facts = format!("{FACTS}指标: [{{名称: 收入, 值: 86.4亿元, 上年: 81.8亿元}}]\n");
    let front = FRONT.replace("optional:", "optional:\n- {fact: 'indicators[].value', for: {zh: 值, en: v}}\n- {fact: 'indicators[].prev', for: {zh: 值, en: v}}");
    let body = "{% for i in indicators %}{{ i.value }}，{{ i.value | change(from=i.prev) }}{% endfor %}\n";
    let skeleton = library().skeleton_from("t/t", &format!("{front}{body}")).unwrap();
    let manuscript = draft(&skeleton, &load("f.yaml", &facts).unwrap(), &Options::default()).unwrap();
    assert_eq!(manuscript.text(), "86.4亿元，增长5.6%");
    let at = manuscript.text().find("5.6").unwrap();
    let Some(Place::Computed(of)) = manuscript.place(at) else { panic!("{:?}", manuscript.place(at)) };
    let paths: Vec<_> = of.iter().map(|p| p.label().en).collect();
    assert_eq!(paths, ["fact indicators[0].value (f.yaml:6:18)", "fact indicators[0].prev (f.yaml:6:30)"]);
}

#[test]
fn a_chair_does_not_introduce_himself() {
    let facts = FACTS.replace("推进会", "抓好污水治理推进会");
    let m = made("{{ tasks | others(than=meeting.name) | names }}\n", &facts);
    assert_eq!(m.text(), "抓好垃圾治理");
}

#[test]
fn a_topic_says_it_in_its_own_words_and_any_other_in_the_general_ones() {
    let skeleton = skeleton("{{ phrase(id=\"topic.stand\") }}\n");
    let text = |facts: &str| draft(&skeleton, &load("f.yaml", facts).unwrap(), &Options::default());
    assert!(text(FACTS).unwrap().text().starts_with("总说"));
    for name in ["wells", "水井", "机井"] {
        let facts = FACTS.replace("资金:", &format!("主题: {name}, 资金:"));
        assert!(text(&facts).unwrap().text().starts_with("水井"), "{name}");
    }
    let unknown = FACTS.replace("资金:", "主题: 水并, 资金:");
    assert!(text(&unknown).unwrap().text().starts_with("总说"), "no reason to stop");
    let note = skeleton.library.topic_note(&load("f.yaml", &unknown).unwrap()).unwrap();
    assert!(
        note.in_lang(Lang::En).starts_with("f.yaml:2:") && note.in_lang(Lang::En).contains("wells"),
        "{note:?}"
    );
    assert!(note.in_lang(Lang::Zh).contains("是不是“水井”"), "{note:?}");
    assert!(skeleton.library.topic_note(&load("f.yaml", FACTS).unwrap()).is_none());
}

#[test]
fn a_word_of_the_language_and_a_number_are_no_facts_and_all_figures_of_a_verdict_are_known() {
    let own = [(
        "phrases/own.yaml",
        "- id: own.say\n  variants: ['{n}是{name}。', '第{n}，{name}。', '{n}：{name}。', '有{n}，{name}。']\n",
    )];
    let own = own.map(|(name, text)| (name.to_owned(), Own { path: name.to_owned(), text: text.to_owned() }));
    let body = "{% set x = false %}{% if x %}甲{% endif %}{{ phrase(\"own.say\", each=plan.problems) }}{{ plan.behind.all | run(detail=\"value\") }}{% for i in plan.good.all %}{{ i.said }}{% endfor %}";
    let front = "---\nid: t/u\ntitle: {zh: 试, en: test}\n---\n";
    let skeleton = Library::with_own(own.into()).skeleton_from("t/u", &format!("{front}{body}"));
    let skeleton = skeleton.unwrap_or_else(|e| panic!("{}", e.in_lang(Lang::Zh)));
    let asked: Vec<&str> = skeleton.optional.iter().map(|n| &*n.fact).collect();
    assert!(asked.contains(&"problems[].name") && asked.contains(&"indicators[].value"), "{asked:?}");
}

/// A figure that was told is not told again, whatever stands between.
#[test]
fn what_is_fresh_holds_no_figure_that_was_told() {
    let facts = format!(
        "{FACTS}指标: [{{名称: 普及率, 值: 92%}}]\n成效: [建成3个, 修路38公里, 普及率到92%, 修路138公里, 投入5.60万元]\n"
    );
    let said = |body: &str| made(body, &facts).text().to_owned();
    let told = "普及率{{ indicators[0].value }}，修路38公里。\n";
    assert_eq!(
        said(&format!("{told}{{{{ results | fresh | points }}}}")),
        "普及率92%，修路38公里。一是建成3个；二是修路138公里；三是投入5.60万元。"
    );
    assert_eq!(
        said(&format!("{told}{{{{ results | fresh | run(first=1) }}}}")),
        "普及率92%，修路38公里。建成3个。"
    );
    // Told in a list, it is told.
    assert_eq!(
        said("{{ results | fresh | run }}{{ work.funds | fresh }}"),
        "建成3个；修路38公里；普及率到92%；修路138公里；投入5.60万元。"
    );
    assert_eq!(
        said("{{ work.funds | fresh | else(\"没有\") }}{{ work.funds | fresh | else(\"没有\") }}"),
        "5.60万元没有"
    );
}

/// The second line of the example stood there as a line of YAML.
#[test]
fn an_example_of_several_lines_is_all_comment() {
    let mut skeleton = skeleton("{{ meeting.name }}\n");
    skeleton.set_example(load("e.yaml", "会议:\n  名称: |\n    全县水井\n    现场会\n").unwrap());
    let page = sample::blank(&skeleton, None, Lang::Zh);
    assert!(page.contains("#   例：全县水井\n  #     现场会\n"), "{page}");
    assert!(load("f.yaml", &page).is_ok(), "{page}");
}

#[test]
fn a_blank_facts_file_lists_what_is_usual_for_its_topic_and_fills_in_nothing_else() {
    let skeleton = skeleton("{{ phrase(id=\"topic.stand\") }}{% for t in tasks %}{{ t.name }}{% endfor %}\n");
    let topic = library().topic("水井").unwrap();
    let page = sample::blank(&skeleton, Some(&topic), Lang::Zh);
    assert!(page.contains("主题: 水井\n") && page.contains("#   这方面常见的：打深井\n任务:\n"), "{page}");
    let facts = load("f.yaml", &page).unwrap();
    let given: Vec<_> = facts.leaves().into_iter().filter(|(_, f)| !f.value.is_missing()).collect();
    assert_eq!(given.len(), 1, "{page}");
    assert!(!sample::blank(&skeleton, None, Lang::Zh).contains("打深井"));
}

/// What the pack offers is read as it stands when it is ticked.
#[test]
fn duties_and_principles_of_a_topic_are_lines_to_tick() {
    let library = super::library::built_in();
    let (skeleton, topic) =
        (library.skeleton("plan/implementation").unwrap(), library.topic("防汛抗旱").unwrap());
    let page = sample::blank(&skeleton, Some(&topic), Lang::Zh);
    let (duty, principle) = (&topic.duties[0], &topic.principles[0]);
    assert!(page.contains(&format!("#   - 名称: {}\n#     责任单位: ", duty.name)), "{page}");
    assert!(page.contains(&format!("  #   - 要点: {}\n  #     展开: ", principle.name)), "{page}");
    // Taken out, the lines are facts.
    let at = page.find("#   - 名称").unwrap();
    let end = page[at..].find("措施:").unwrap();
    let ticked = format!("措施:\n{}", page[at..at + end].replace('#', " "));
    let facts = load("f.yaml", &ticked).unwrap_or_else(|e| panic!("{}\n{ticked}", e.in_lang(Lang::Zh)));
    assert_eq!(facts.text("measures[0].owner"), duty.owner);
}

/// The title was written into the facts file as it stood, where `: ` parts a key from its value.
#[test]
fn a_title_that_yaml_would_take_for_something_else_survives_in_a_facts_file() {
    let text = "id: fire\ntitle: {zh: '安全: 消防, 防汛', en: Safety}\n";
    let own = Own { path: "own/fire.yaml".to_owned(), text: text.to_owned() };
    let library = Library::with_own(BTreeMap::from([("topics/fire.yaml".to_owned(), own)]));
    let (skeleton, topic) =
        (library.skeleton("speech/mobilization").unwrap(), library.topic("fire").unwrap());
    let page = sample::blank(&skeleton, Some(&topic), Lang::Zh);
    let facts = load("f.yaml", &page).unwrap();
    assert_eq!(facts.text("work.topic").unwrap(), "安全: 消防, 防汛");
}

#[test]
fn a_program_tells_what_is_missing_from_what_is_unknown_without_reading_words() {
    let skeleton = library().skeleton("speech/mobilization").unwrap();
    let empty = load("a.yaml", "").unwrap();
    let missing = draft(&skeleton, &empty, &Options::default()).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Missing);
    assert!(missing.problems().len() > 1);
    assert_eq!(library().skeleton("speech/none").unwrap_err().kind(), ErrorKind::Unknown);
    assert_eq!(load("a.yaml", "会议: {名称: [").unwrap_err().kind(), ErrorKind::Faulty);
    assert_eq!(crate::read::read("a.pdf", b"%PDF-1.7").unwrap_err().kind(), ErrorKind::Format);
}
