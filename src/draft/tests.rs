//! Small skeletons, written for one question each.

use super::{Options, Skeleton, draft, phrase};
use crate::base::{Lang, Place};
use crate::model::facts::load;
use crate::model::{BlockKind, Manuscript};

const FRONT: &str = "---\nid: t/t\ntitle: {zh: 试, en: test}\nneeds:\n- {fact: meeting.name, for: {zh: 点明会议, en: names the meeting}}\n- {fact: 'tasks[].name', for: {zh: 任务, en: tasks}}\n- {fact: 'tasks[].owner', for: {zh: 责任, en: owners}}\noptional:\n- {fact: work.funds, for: {zh: 资金, en: funds}}\n- {fact: work.goal, for: {zh: 目标, en: goal}}\n---\n";

const FACTS: &str = "会议: {名称: 推进会}\n工作: {资金: 5.60万元}\n任务:\n- {名称: 抓好垃圾治理, 牵头单位: 县住建局}\n- {名称: 抓好污水治理, 牵头单位: 县水务局}\n";

fn skeleton(body: &str) -> Skeleton {
    Skeleton::load("t/t", &format!("{FRONT}{body}"), &|_| {
        let bank = "- id: t.who\n  variants: ['由{owner}牵头', '{owner}负总责', '{owner}要抓到底', '这件事归{owner}']\n";
        Ok(phrase::load("t.yaml", bank)?.into_iter().map(std::sync::Arc::new).collect())
    })
    .unwrap()
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
        "# 题\n## 甲\n{% for t in tasks %}\n### {{ t.name }}\n正文。\n\n{% endfor %}\n## 乙\n### 丙\n",
        FACTS,
    );
    assert_eq!(
        m.text(),
        "题\n一、甲\n（一）抓好垃圾治理\n正文。\n（二）抓好污水治理\n正文。\n二、乙\n（一）丙"
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
        "@masthead 文件\n@number 〔2026〕5号\n@issue 第5期\n@edited 办公室编|2026年3月5日\n# 题\n@subtitle ——副题\n## 甲\n@quote 话\n@attached 附件：1. 表\n@issued 2026年3月5日\n@note 此件公开发布\n@annex 附件1\n# 表\n## 甲\n@cc 抄送：县委。\n@printed {{ work.funds }}|印发\n",
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
    let facts = load("f.yaml", "任务:\n- {名称: 甲, 牵头单位: 县水务局}\n- {名称: 乙}\n").unwrap();
    let body = "{{ meeting.name }}\n{% for t in tasks %}{{ t.name }}{{ t.owner }}{% endfor %}";
    let error = draft(&skeleton(body), &facts, &Options::default()).unwrap_err();
    insta::assert_snapshot!(error.in_lang(Lang::Zh));
    let options = Options { allow_missing: true, ..Options::default() };
    let m = draft(&skeleton(body), &facts, &options).unwrap();
    assert_eq!(m.text(), "【待补：会议.名称】甲县水务局乙【待补：任务[2].牵头单位】");
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
        draft(&skeleton(body), &facts(name), &Options { seed, allow_missing: false })
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

#[test]
fn an_undeclared_fact_is_an_error_at_its_line() {
    let skeleton = skeleton("甲\n{{ meeting.place }}\n");
    let error = draft(&skeleton, &load("f.yaml", FACTS).unwrap(), &Options::default()).unwrap_err();
    assert!(error.in_lang(Lang::Zh).starts_with("t/t:13:12："), "{}", error.in_lang(Lang::Zh));
    assert_eq!(skeleton.undeclared_and_unused().0, [("meeting.place".to_owned(), 13)]);
}

#[test]
fn a_syntax_error_is_told_with_line_and_column() {
    let source = format!("{FRONT}甲\n乙{{{{ meeting.name }}\n丙\n");
    let error = Skeleton::load("t/t", &source, &|_| Ok(Vec::new())).unwrap_err();
    insta::assert_snapshot!(error.in_lang(Lang::Zh));
}
