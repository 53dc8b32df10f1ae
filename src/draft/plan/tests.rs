//! What a plan promises: what answers what, which figures are behind, what hangs loose.

use super::{Condition, Plan};
use crate::model::{Facts, facts};

fn load(source: &str) -> Facts {
    facts::load("事实.yaml", source).unwrap()
}

/// Which tasks answer each problem, by name.
fn answers(plan: &Plan<'_>) -> Vec<(String, Vec<String>)> {
    let names = |p: usize| plan.links.tasks_of[p].iter().map(|&t| plan.tasks[t].name()).collect();
    (0..plan.problems.len()).map(|p| (plan.problems[p].name(), names(p))).collect()
}

/// The facts of every skeleton and of the library, each with its name.
#[allow(clippy::disallowed_methods, reason = "the samples lie on the disk")]
fn samples() -> Vec<(String, Facts)> {
    let library = crate::draft::library::built_in();
    let mut all: Vec<(String, Facts)> = Vec::new();
    for entry in library.entries().unwrap() {
        all.push((entry.id.to_string(), library.skeleton(&entry.id).unwrap().example().clone()));
    }
    for folder in std::fs::read_dir("tests/samples/library").unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let place = std::fs::read_to_string(folder.with_extension("yaml")).unwrap();
        for file in std::fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            let name = file.strip_prefix("tests/samples/library").unwrap().with_extension("");
            let mut facts = load(&place);
            facts.lay_over(load(&std::fs::read_to_string(&file).unwrap()));
            all.push((name.to_string_lossy().into_owned(), facts));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// The links that a plan finds by words, each as a line of `links.txt`.
fn found(name: &str, plan: &Plan<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut tell = |kind: &str, from: String, to: String| out.push(format!("{name}：{kind} {from} → {to}"));
    for (p, problem) in plan.problems.iter().enumerate() {
        for &t in &plan.links.tasks_of[p] {
            tell("问题—任务", problem.name(), plan.tasks[t].name());
        }
        for &m in &plan.links.measures_of[p] {
            tell("问题—措施", problem.name(), plan.measures[m].name());
        }
    }
    for (kind, items, links) in [
        ("目标—任务", &plan.targets, &plan.links.tasks_of_targets),
        ("指标—任务", &plan.indicators, &plan.links.tasks_of_indicators),
        ("项目—任务", &plan.projects, &plan.links.tasks_of_projects),
    ] {
        for (item, link) in items.iter().zip(links) {
            if let Some(t) = link {
                tell(kind, item.name(), plan.tasks[*t].name());
            }
        }
    }
    out
}

/// A reader labelled every link that the bounds of `link.rs` give on the samples: `对`, or `错` where she
/// would not have made it. After a change of the bounds, what is new is to be read and labelled.
#[test]
fn of_twenty_links_that_words_make_nineteen_are_right() {
    let labels = include_str!("links.txt");
    let label = |link: &str| {
        labels.lines().find_map(|l| l.split_once(' ').filter(|(_, l)| *l == link)).map(|(w, _)| w)
    };
    let (mut right, mut wrong, mut unread) = (0, 0, Vec::new());
    for (name, facts) in samples() {
        for link in found(&name, &Plan::of(&facts)) {
            match label(&link) {
                Some("对") => right += 1,
                Some(_) => wrong += 1,
                None => unread.push(link),
            }
        }
    }
    assert!(unread.is_empty(), "to be read and labelled in links.txt:\n{}", unread.join("\n"));
    assert!(right >= 150, "{right} links: the bounds let hardly any through");
    assert!(wrong * 20 <= right + wrong, "{wrong} of {} are wrong", right + wrong);
}

const FEES: &str = "\
地区: {名称: 云岭县, 上级: [澜溪市]}
文稿: {日期: 2026-11-20}
工作: {名称: 医保征缴, 开始: 2026-09-01, 完成: 2026-12-31}
问题:
- {名称: 宣传不到户, 表现: 外出务工的人不知道}
- {名称: 值班脱岗, 表现: 抽查三次有两次没人, 原因: 排班没有替补}
任务:
- {名称: 上门动员, 牵头单位: 县医保局, 完成时限: 12月25日前, 目标: 参保率到95%}
- {名称: 清欠, 针对: [值班脱岗]}
目标:
- {名称: 参保率, 目标值: 95%, 基数: 61.8%, 时限: 12月31日前, 对应: 上门动员}
指标:
- {名称: 参保率, 值: 61.8%, 上级平均: 全市平均66.4%, 位次: 全市第7位}
- {名称: 参保人数, 值: 20.4万人, 上年: 20.8万人}
- {名称: 投诉, 值: 12件, 上年: 30件}
- {名称: 常住人口, 值: 31万人, 上年: 32万人}
单位进展:
- {名称: 石桥湾镇, 完成: 96%}
- {名称: 枫林渡乡, 完成: 44.9%, 不足: 动员晚了}
";

/// The case to remember: 这些进展，值得充分肯定 over a fall.
#[test]
fn what_fell_or_lags_is_behind_and_what_has_no_direction_is_not_judged() {
    let facts = load(FEES);
    let plan = Plan::of(&facts);
    let verdicts: Vec<_> = plan.of_indicators.iter().map(|j| j.verdict.id()).collect();
    assert_eq!(verdicts, ["behind", "behind", "ahead", ""]);
    assert_eq!(plan.condition(), Some(Condition::Behind));
}

#[test]
fn facts_say_what_answers_what_and_what_they_say_counts_alone() {
    let facts = load(FEES);
    let plan = Plan::of(&facts);
    let tasks: Vec<_> = answers(&plan).into_iter().map(|(_, tasks)| tasks).collect();
    assert_eq!(tasks, [Vec::<String>::new(), vec!["清欠".to_owned()]]);
    assert_eq!(plan.links.tasks_of_targets, [Some(0)]);
    assert_eq!(plan.links.tasks_of_indicators[0], Some(0));
}

#[test]
fn what_hangs_loose_is_told_with_what_to_do() {
    let facts = load(FEES);
    let said: Vec<_> = Plan::of(&facts).loose().into_iter().map(|l| l.say.zh.to_string()).collect();
    assert_eq!(
        said,
        [
            "问题“宣传不到户”没有任务回应：在任务里写 针对: [宣传不到户]，或补一项任务",
            "任务“清欠”没有牵头单位、完成时限、目标：补上“牵头单位、完成时限、目标”",
        ]
    );
}

#[test]
fn a_name_that_no_record_has_is_told() {
    let facts =
        load("问题: [甲事]\n任务:\n- {名称: 乙, 针对: [丙事], 牵头单位: 丁, 完成时限: 5月底前, 目标: 戊}\n");
    let loose = Plan::of(&facts).loose();
    assert!(loose.iter().any(|l| l.field == "tasks[0].answers"), "{loose:?}");
    assert!(loose.iter().any(|l| l.say.zh.contains("“丙事”不是哪一个问题的名称")), "{loose:?}");
}

#[test]
fn a_deadline_that_has_passed_makes_a_target_missed() {
    let facts = |date: &str| {
        load(&format!(
            "文稿: {{日期: {date}}}\n目标: [{{名称: 普及率, 目标值: 92%, 基数: 84%, 时限: 2026年9月底前}}]\n"
        ))
    };
    assert_eq!(Plan::of(&facts("2026-10-10")).condition(), Some(Condition::Behind));
    assert_eq!(Plan::of(&facts("2026-03-10")).condition(), None);
}

/// An annual summary whose figures miss what the year was to bring.
#[test]
fn a_target_without_a_day_is_missed_in_a_paper_that_looks_back_on_its_year() {
    let facts = |date: &str| {
        load(&format!(
            "文稿: {{日期: {date}, 年度: 2026年}}\n工作: {{开始: 2026-01-01, 完成: 2026-12-31}}\n指标: [{{名称: 普及率, 值: 84%, 上年: 80%, 目标: 92%}}]\n"
        ))
    };
    let verdict = |date: &str| Plan::of(&facts(date)).of_indicators[0].verdict;
    assert_eq!(verdict("2026-12-18"), super::judge::Verdict::Behind);
    assert_eq!(verdict("2027-01-08"), super::judge::Verdict::Behind);
    assert_eq!(verdict("2026-07-01"), super::judge::Verdict::Ahead);
}

#[test]
fn what_comes_next_stands_for_tasks_where_there_are_none() {
    let facts = load(
        "问题: [值班脱岗, 台账不全]\n打算:\n- {名称: 定替补, 针对: [值班脱岗]}\n- {名称: 补台账, 内容: 台账一户一页}\n",
    );
    let text = drafted(
        "{% for p in plan.problems %}{{ p.name }}：{{ p.tasks | names }}。{% endfor %}{{ plan.tasks | names }}",
        &facts,
    );
    assert_eq!(text.text(), "值班脱岗：定替补。台账不全：补台账。定替补、补台账");
    assert!(text.pieces().iter().any(|p| p.from.label().zh.contains("plans[0].name")));
    assert!(Plan::of(&facts).loose().is_empty());
}

/// A skeleton with this body, drafted with these facts.
fn drafted(body: &str, facts: &Facts) -> crate::model::Manuscript {
    let source =
        format!("---\nid: a/b\ntitle: {{zh: 甲, en: a}}\nfamily: a\nabout: {{zh: 甲, en: a}}\n---\n{body}");
    let skeleton = crate::draft::library::built_in().skeleton_from("甲.tera", &source).unwrap();
    crate::draft::draft(&skeleton, facts, &crate::draft::Options::default()).unwrap()
}

#[test]
fn a_skeleton_draws_on_the_plan_and_every_word_knows_its_facts() {
    let facts = load(FEES);
    let body = "{% for t in plan.tasks %}{% for i in t.indicators %}{{ i.said }}；{{ i.gap }}，{{ i.pace }}{% endfor %}\n\n{% endfor %}{{ plan.best.name }}{{ plan.spread }}{{ plan.condition }}";
    let text = drafted(body, &facts);
    assert_eq!(
        text.text(),
        "参保率61.8%，低于全市平均4.6个百分点，居全市第7位；距目标还差33.2个百分点，余下41天，每天至少提高0.9个百分点\n石桥湾镇相差51.1个百分点behind"
    );
    let pace = text.pieces().iter().find(|p| text.text()[p.range.clone()].starts_with("余下")).unwrap();
    let label = pace.from.label().zh.to_string();
    for fact in ["indicators[0].value", "targets[0].value", "targets[0].due", "document.date"] {
        assert!(label.contains(fact), "{label}");
    }
}

#[test]
fn lines_of_the_frame_are_used_while_they_are_valid() {
    let facts = load(
        "文稿: {日期: 2026-11-20}\n常用表述:\n- {文字: 甲, 用于: 依据, 止: 2026-10-31}\n- {文字: 乙, 用于: 依据, 起: 2026-01, 止: 2026-11}\n- {文字: 丙, 用于: 会议精神, 起: 2027-01-01}\n",
    );
    let text =
        drafted("依据{{ frame.basis | names }}{{ frame.guide | names }}{{ frame.spirit | names }}", &facts);
    assert_eq!(text.text(), "依据乙");
    let told: Vec<_> =
        super::frame::frame(&facts).left_out.into_iter().map(|(_, say)| say.zh.to_string()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("到2026年10月31日为止"), "{told:?}");
}

/// The names of the tasks in the order in which documents tell them.
fn told(source: &str) -> Vec<String> {
    let facts = load(source);
    let plan = Plan::of(&facts);
    plan.task_order.iter().map(|&t| plan.tasks[t].name()).collect()
}

#[test]
fn what_is_furthest_behind_goes_first_and_the_rest_stays_as_typed() {
    let dated = "\
文稿: {日期: 2026-11-01}
任务:
- {名称: 甲, 完成时限: 12月底前}
- {名称: 乙}
- {名称: 丙, 完成时限: 11月20日前}
";
    assert_eq!(told(dated), ["甲", "乙", "丙"]);
    let ahead = format!("{dated}目标:\n- {{名称: 建成数, 目标值: 40个, 基数: 10个, 对应: 乙}}\n");
    assert_eq!(told(&ahead), ["甲", "乙", "丙"], "a target of the future is not behind");
    let behind = ahead.replace("基数: 10个", "基数: 10个, 时限: 2026年6月底");
    assert_eq!(told(&behind), ["乙", "甲", "丙"]);
    let typed = behind.replace("日期: 2026-11-01", "日期: 2026-11-01, 照填的次序: 是");
    assert_eq!(told(&typed), ["甲", "乙", "丙"]);
}

#[test]
fn a_document_tells_them_in_that_order() {
    let facts = load(
        "文稿: {日期: 2026-11-01}\n任务:\n- {名称: 甲}\n- {名称: 丙}\n目标:\n- {名称: 建成数, 目标值: 40个, 基数: 10个, 时限: 2026年6月底, 对应: 丙}\n",
    );
    let skeleton = crate::draft::tests::skeleton("{{ tasks | names }}\n");
    let blanks = crate::draft::Options::with(|o| o.allow_missing = true);
    let made = crate::draft::draft(&skeleton, &facts, &blanks).unwrap();
    assert_eq!(made.text().trim(), "丙、甲");
}
