//! What is found in papers of an invented county, and what must stay unfound.

use proptest::prelude::*;

use super::{Found, Kind, gather};
use crate::model::BlockKind;
use crate::office::tests::zip;
use crate::read::read;

const ROOT: &str = r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// The facts of a kind: name, then `key=words` of what else is said.
fn found(text: &str, kind: Kind) -> Vec<String> {
    all("稿.txt", text.as_bytes()).iter().filter(|one| one.kind == kind).map(shown).collect()
}

/// All that a file states.
fn all(name: &str, bytes: &[u8]) -> Vec<Found> {
    gather(&read(name, bytes).unwrap())
}

fn shown(one: &Found) -> String {
    let rest = one.said.iter().filter(|s| s.key != one.kind.name());
    let rest: String = rest.map(|s| format!(" {}={}", s.key, s.words)).collect();
    format!("{}{rest}", one.title())
}

#[test]
fn a_task_is_called_by_what_is_done_and_not_by_how() {
    let text = "一、重点任务\n县水利局要按照职责分工，逐户登记用水情况，9月底前完成。\n";
    assert_eq!(found(text, Kind::Task), ["逐户登记用水情况，9月底前完成 owner=县水利局 due=9月底前"]);
}

#[test]
fn who_is_in_charge_stands_in_the_bracket_at_the_end_of_a_paragraph() {
    let text = "一、重点任务\n（一）改造管网。更换老旧管网86公里。（牵头单位：县水利局；配合单位：县财政局、各乡镇；完成时限：2026年10月底）\n";
    assert_eq!(
        found(text, Kind::Task),
        [
            "改造管网 detail=更换老旧管网86公里 owner=县水利局 partners=县财政局 partners=各乡镇 due=2026年10月底"
        ]
    );
    let text = "（一）改造管网。更换老旧管网86公里。（县水利局牵头，县财政局等部门配合，10月底前完成）\n";
    assert_eq!(
        found(text, Kind::Task),
        ["改造管网 detail=更换老旧管网86公里 owner=县水利局 partners=县财政局 due=10月底前"]
    );
}

#[test]
fn lines_of_nothing_but_labels_belong_to_the_heading_above_them() {
    let text = "（一）检测水质\n每月检测一次出厂水。\n责任单位：县疾控中心\n完成时限：长期坚持\n（二）收费\n全部装表。\n责任单位：县供水公司\n";
    assert_eq!(
        found(text, Kind::Task),
        [
            "检测水质 detail=每月检测一次出厂水 owner=县疾控中心 due=长期坚持",
            "收费 detail=全部装表 owner=县供水公司"
        ]
    );
}

#[test]
fn units_of_which_none_leads_stay_together_unless_the_paper_says_that_the_first_does() {
    let text = "（一）检测水质。每月一次。（县疾控中心、县水利局负责）\n";
    assert_eq!(found(text, Kind::Task), ["检测水质 detail=每月一次 owner=县疾控中心、县水利局"]);
    let text = "（一）检测水质。每月一次。（县疾控中心、县水利局负责，排在第一位的为牵头单位）\n";
    assert_eq!(found(text, Kind::Task), ["检测水质 detail=每月一次 owner=县疾控中心 partners=县水利局"]);
}

#[test]
fn a_bracket_that_names_no_unit_puts_nobody_in_charge() {
    for text in [
        "（一）检测水质。每月一次。（见附件2）\n",
        "（一）检测水质。谁污染、谁负责。（党委领导、政府负责、社会协同）\n",
        "领导小组由县水利局牵头，下设三个组。\n",
    ] {
        assert!(found(text, Kind::Task).iter().all(|task| !task.contains("owner=")), "{text}");
    }
}

#[test]
fn two_deadlines_of_one_paragraph_are_none() {
    let text = "（一）改造管网。由县水利局牵头，6月底前完成设计，10月底前完成施工。\n";
    assert!(
        found(text, Kind::Task).iter().all(|task| task.contains("owner=县水利局") && !task.contains("due="))
    );
    let text = "（一）改造管网。由县水利局牵头，10月底前完成施工。\n";
    assert!(found(text, Kind::Task)[0].ends_with("due=10月底前"));
}

#[test]
fn headings_of_a_part_about_tasks_are_tasks_and_those_of_other_parts_are_not() {
    let text = "泮山县供水工作实施方案\n一、总体要求\n（一）指导思想。以人为本。\n二、重点任务\n（一）改造管网。更换86公里。\n三、保障措施\n（一）加强领导。成立专班。\n";
    assert_eq!(found(text, Kind::Task), ["改造管网 detail=更换86公里"]);
    assert_eq!(found(text, Kind::Measure), ["加强领导 detail=成立专班"]);
}

#[test]
fn a_table_says_by_its_heads_who_does_what() {
    let text = "# 任务分工表\n\n| 序号 | 重点任务 | 具体措施 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|---|---|\n| 1 | 改造管网 | 更换86公里。改造水厂5座 | 县水利局 | 县财政局、各乡镇 | 9月底 |\n| 2 | 计量收费 | 全部装表 | 县供水公司 |  | 12月底前 |\n";
    let tasks: Vec<String> = all("表.md", text.as_bytes()).iter().map(shown).collect();
    assert_eq!(
        tasks,
        [
            "改造管网 detail=更换86公里 detail=改造水厂5座 owner=县水利局 partners=县财政局 partners=各乡镇 due=9月底",
            "计量收费 detail=全部装表 owner=县供水公司 due=12月底前",
        ]
    );
}

#[test]
fn a_table_in_a_text_is_parted_by_tabs_and_one_without_known_heads_says_nothing() {
    let text = "项目名称\t总投资\t责任单位\n泮河水厂二期\t2.3亿元\t县水利局\n合计\t2.3亿元\t\n";
    assert_eq!(found(text, Kind::Project), ["泮河水厂二期 invest=2.3亿元 owner=县水利局"]);
    assert!(all("稿.txt", "甲\t乙\t丙\n一\t二\t三\n".as_bytes()).is_empty());
}

#[test]
fn an_indicator_has_its_figure_its_growth_and_its_rank() {
    let text =
        "2025年，全县地区生产总值完成86.4亿元，同比增长5.6%，居全市第3位；集中供水率由84%提高到88.6%。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        [
            "地区生产总值 value=86.4亿元 year=2025年 yoy=增长5.6% rank=全市第3位",
            "集中供水率 value=88.6% prev=84%"
        ]
    );
    let text = "规模以上工业增加值增长8.2%，固定资产投资、民间投资分别增长6%、7%。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        ["规模以上工业增加值 yoy=增长8.2%", "固定资产投资 yoy=增长6%", "民间投资 yoy=增长7%"]
    );
    // 城镇 is no name of what grew, and of 石化 nobody knows what did.
    assert_eq!(
        found("城镇、农村居民人均可支配收入分别增长6%、7%。\n", Kind::Indicator),
        ["城镇居民人均可支配收入 yoy=增长6%", "农村居民人均可支配收入 yoy=增长7%"]
    );
    assert!(found("石化、煤炭、电力行业增加值分别增长6%、7%、8%。\n", Kind::Indicator).is_empty());
}

#[test]
fn figures_that_count_no_named_thing_are_no_indicators() {
    for text in [
        "按“3456”的路子走，用“1357”的台账管。\n",
        "泮河镇、石桥湾镇等3个乡镇作了发言。\n",
        "引进10亿元以上企业，新投产5家。\n",
        "收到后5个工作日内办结，用3年左右时间建成。\n",
        "总投资3亿元的水厂进展顺利，下设3个组。\n",
        "其中，总量达到3亿元。\n",
        "我们走访了86户。\n",
    ] {
        assert!(found(text, Kind::Indicator).is_empty(), "{text}: {:?}", found(text, Kind::Indicator));
    }
}

#[test]
fn what_is_counted_stands_behind_its_figure_too() {
    let text =
        "去年新建20座水厂、改造管网86公里，评选200名技术能手和30名管水标兵，更换水表1.2万只、阀门900个。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        [
            "新建水厂 value=20座",
            "改造管网 value=86公里",
            "评选技术能手 value=200名",
            "管水标兵 value=30名",
            "更换水表 value=1.2万只",
            "阀门 value=900个"
        ]
    );
    let text = "县水利局完成37处雨量站的踏勘，淘汰水泵131台、2012千瓦，每个乡镇建成1个水质检测点。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        [
            "县水利局完成雨量站的踏勘 value=37处",
            "淘汰水泵 value=131台",
            "淘汰水泵 value=2012千瓦",
            "每个乡镇建成水质检测点 value=1个"
        ]
    );
}

#[test]
fn what_goes_on_from_a_figure_is_said_of_what_it_counts() {
    let text =
        "新签约项目37个，总投资3.7亿元；供水收入增长8%，达到4.2亿元；补助标准由每人每月600元提高到700元。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        [
            "新签约项目 value=37个",
            "新签约项目总投资 value=3.7亿元",
            "供水收入 yoy=增长8% value=4.2亿元",
            "补助标准 value=700元 prev=600元"
        ]
    );
    let text = "为老年人免费提供体检服务3万人次，新增5家管护企业，增加20个取水点。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        ["提供体检服务 value=3万人次", "新增管护企业 value=5家", "增加取水点 value=20个"]
    );
}

#[test]
fn figures_in_brackets_are_read_but_a_name_that_stands_outside_is_not_taken_twice() {
    let text = "新建水厂80座、新增蓄水量2万方（县城新区水厂11座、新增蓄水量0.3万方）。\n";
    assert_eq!(
        found(text, Kind::Indicator),
        ["新建水厂 value=80座", "新增蓄水量 value=2万方", "县城新区水厂 value=11座"]
    );
}

#[test]
fn in_a_list_of_what_is_to_be_done_each_item_is_a_task_and_each_figure_a_target() {
    let text = "泮山县2026年民生实事\n一、改善供水。改造管网86公里，累计惠及群众3万人以上。\n二、方便出行。新增停车位500个。\n";
    assert_eq!(found(text, Kind::Task).len(), 2);
    assert!(found(text, Kind::Indicator).is_empty());
    assert_eq!(
        found(text, Kind::Target),
        ["改造管网 value=86公里", "累计惠及群众 value=3万人以上", "新增停车位 value=500个"]
            .map(|t| t.replace("累计", ""))
    );
}

#[test]
fn running_text_asks_units_and_names_the_day() {
    let text =
        "水利部门要做好水质检测工作；财政部门要落实管护资金，10月底前拨付到位；各级各部门要加强领导。\n";
    assert_eq!(
        found(text, Kind::Task),
        ["做好水质检测工作 owner=水利部门", "落实管护资金，10月底前拨付到位 owner=财政部门 due=10月底前"]
    );
    assert_eq!(
        found("各乡镇汇总后，于2026年11月20日前报送县水利局。\n", Kind::Task),
        ["报送县水利局 owner=各乡镇汇总后 due=2026年11月20日前"].map(|t| t.replace("汇总后", ""))
    );
    assert_eq!(
        found("每月24日前将进展情况报县水利局。\n", Kind::Task),
        ["将进展情况报县水利局 due=每月24日前"]
    );
    assert_eq!(
        found("具体标准由县水利局、县财政局制定。\n", Kind::Task),
        ["具体标准由县水利局、县财政局制定 owner=县水利局、县财政局"]
    );
}

#[test]
fn an_item_within_five_years_has_that_for_its_deadline() {
    let text = "（一）改造管网。5年内更换管网86公里。（牵头单位：县水利局）\n";
    assert!(found(text, Kind::Task)[0].ends_with("owner=县水利局 due=5年内"));
}

#[test]
fn what_is_to_be_reached_is_a_target_with_its_time() {
    let text = "一、工作目标\n到2027年，自来水普及率达到96%以上，新建供水工程14处。\n";
    assert_eq!(
        found(text, Kind::Target),
        ["自来水普及率 value=96%以上 due=到2027年", "新建供水工程 value=14处 due=到2027年"]
    );
    assert!(found(text, Kind::Indicator).is_empty());
    assert_eq!(
        found("5月底前，安置容量由7100人增加到11800人。\n", Kind::Target),
        ["安置容量 value=11800人 due=5月底前 base=7100人"]
    );
    assert_eq!(
        found("到2030年，城乡供水一体化基本实现。\n", Kind::Target),
        ["城乡供水一体化 value=基本实现 due=到2030年"]
    );
}

#[test]
fn problems_are_listed_under_their_heading_or_announced() {
    let listed = ["管护不到位 detail=11座水厂没有管水员", "收费难"];
    for text in [
        "二、存在的问题\n一是管护不到位。11座水厂没有管水员。二是收费难。\n",
        "二、存在的问题\n（一）管护不到位。11座水厂没有管水员。\n（二）收费难。\n",
        "总的看，还有以下几个问题。一是管护不到位。11座水厂没有管水员。二是收费难。\n",
    ] {
        assert_eq!(found(text, Kind::Problem), listed, "{text}");
    }
    assert_eq!(found("个别水厂还存在管护不到位、收费难等问题。\n", Kind::Problem), ["管护不到位、收费难"]);
    assert!(found("三、着力解决突出问题\n（一）加强管护。每厂一人。\n", Kind::Problem).is_empty());
    assert!(found("对存在违规收费等问题的，严肃处理。\n", Kind::Problem).is_empty());
}

#[test]
fn stages_have_their_time_from_the_bracket() {
    let text = "三、实施步骤\n（一）动员部署阶段（2026年3月）。制定方案。\n（二）集中实施阶段（4月至10月）。组织施工。\n";
    assert_eq!(
        found(text, Kind::Stage),
        ["动员部署阶段 time=2026年3月 detail=制定方案", "集中实施阶段 time=4月至10月 detail=组织施工"]
    );
}

#[test]
fn a_notice_says_which_meeting_is_held_when_and_where() {
    let text = "关于召开全县供水工作推进会的通知\n各乡镇人民政府：\n定于2026年3月18日上午在县会议中心召开推进会。\n一、参会人员\n（一）各乡镇乡镇长；\n（二）县直有关单位负责同志。\n会议由副县长梁思远主持。\n";
    assert_eq!(
        found(text, Kind::Meeting),
        [
            "全县供水工作推进会 date=2026年3月18日 place=县会议中心 attendees=各乡镇乡镇长 attendees=县直有关单位负责同志 chair=副县长梁思远"
        ]
    );
    assert!(found("一、时间地点\n检查时间：3月5日，地点：泮河镇。\n", Kind::Meeting).is_empty());
}

#[test]
fn the_work_is_what_the_title_names() {
    let text = "泮山县2026年农村供水提升实施方案\n一、总体目标\n到年底全县供水有保障，水质稳定达标。\n二、组织领导\n成立泮山县农村供水提升领导小组，办公室设在县水利局，负责日常工作。\n";
    assert_eq!(
        found(text, Kind::Work),
        [
            "农村供水提升 goal=到年底全县供水有保障，水质稳定达标 lead=泮山县农村供水提升领导小组 office=县水利局"
        ]
    );
    assert!(found("同志们，今天开个会。\n", Kind::Work).is_empty());
}

#[test]
fn papers_are_named_with_their_numbers_and_books_are_none() {
    let text = "根据《泮山县供水条例》和《关于加强管护的通知》（泮政办发〔2025〕7号），结合实际，请读《平凡的世界》。\n";
    assert_eq!(
        found(text, Kind::Policy),
        ["泮山县供水条例", "关于加强管护的通知 number=泮政办发〔2025〕7号"]
    );
}

#[test]
fn members_of_a_body_have_name_and_post() {
    let text = "组　长：石安　县委副书记、县长\n成　员：程　立　县水利局局长\n　　　　周怀河　县财政局局长\n";
    assert_eq!(
        found(text, Kind::Person),
        ["石安 title=县委副书记、县长", "程立 title=县水利局局长", "周怀河 title=县财政局局长"]
    );
    assert_eq!(
        found("成立以校长石安为组长，教导主任程立新为副组长的工作小组。\n", Kind::Person),
        ["石安 title=校长", "程立新 title=教导主任"]
    );
    assert_eq!(found("联系人：石安，电话：0000-1234567。\n", Kind::Person), ["石安 title=联系人"]);
    assert!(found("县委书记主持会议，县长讲话，各乡镇长发言。\n", Kind::Person).is_empty());
}

#[test]
fn honours_have_been_won_and_are_not_aimed_at() {
    let text = "我县被省水利厅评为“全省农村供水先进县”，荣获全国节水型社会建设示范县称号。\n";
    assert_eq!(
        found(text, Kind::Honour),
        ["全省农村供水先进县 giver=省水利厅", "全国节水型社会建设示范县称号"]
    );
    assert!(found("力争获得全国节水型社会建设示范县称号。\n", Kind::Honour).is_empty());
    assert_eq!(
        found("我县入选全国农村供水典型案例,成功创建省级节水型城市、国家水利风景区。\n", Kind::Honour),
        ["全国农村供水典型案例", "省级节水型城市", "国家水利风景区"]
    );
    assert!(found("获批国家级企业3家，群众获得感明显增强。\n", Kind::Honour).is_empty());
}

#[test]
fn a_project_has_its_cost_and_how_far_it_is() {
    let text = "泮河水厂二期项目总投资2.3亿元，已完成主体工程。\n总投资860万元的雨量站补建工程进展顺利。\n";
    assert_eq!(
        found(text, Kind::Project),
        ["泮河水厂二期项目 invest=2.3亿元 progress=已完成主体工程", "雨量站补建工程 invest=860万元"]
    );
}

#[test]
fn money_before_a_project_is_what_it_costs() {
    let text = "投入资金2798万元，实施泮河人饮工程；投资900多万元,对泮河小学、石桥小学等进行了改扩建。\n";
    assert_eq!(
        found(text, Kind::Project),
        [
            "泮河人饮工程 invest=2798万元 progress=实施",
            "泮河小学、石桥小学等 invest=900多万元 progress=改扩建"
        ]
    );
}

#[test]
fn each_bracket_of_a_paragraph_is_of_what_stands_before_it() {
    let text =
        "（一）抓好供水。更换管网86公里。（牵头单位：县水利局）检测水质每月一次。（牵头单位：县疾控中心）\n";
    let tasks = found(text, Kind::Task);
    assert_eq!(tasks, ["更换管网86公里 owner=县水利局", "检测水质每月一次 owner=县疾控中心"]);
}

#[test]
fn what_a_unit_is_responsible_for_is_a_task_of_its_own() {
    let text =
        "四、保障措施\n（一）明确职责。县水利局负责制定年度计划；县财政局会同县审计局负责管好专项资金。\n";
    assert_eq!(
        found(text, Kind::Task),
        ["制定年度计划 owner=县水利局", "管好专项资金 owner=县财政局 partners=县审计局"]
    );
    assert!(found("一把手负责抓总，谁的孩子谁抱走。\n", Kind::Task).is_empty());
}

#[test]
fn a_sentence_may_begin_with_the_deadline_and_who_keeps_it() {
    let text = "（一）统一编码。6月底前，县水利局建立水厂台账。\n";
    assert_eq!(
        found(text, Kind::Task),
        ["统一编码 detail=6月底前，县水利局建立水厂台账 owner=县水利局 due=6月底前"]
    );
    assert!(found("6月底前，雨水偏多，注意防汛。\n", Kind::Task).is_empty());
}

#[test]
fn a_table_of_a_line_a_cell_is_read_by_its_numbers() {
    let text = "序号\n重点任务\n责任单位\n供水类\n1\n改造管网\n县水利局\n2\n计量收费\n县供水公司\n3\n检测水质\n4\n巡查水源\n县生态环境局\n";
    assert_eq!(
        found(text, Kind::Task),
        ["改造管网 owner=县水利局", "计量收费 owner=县供水公司", "巡查水源 owner=县生态环境局"]
    );
    let barred = "任务|牵头单位|时限\n改造管网|县水利局|9月底\n";
    assert_eq!(found(barred, Kind::Task), ["改造管网 owner=县水利局 due=9月底"]);
}

#[test]
fn what_is_built_is_a_project_with_how_far_it_is() {
    let text = "泮河大桥、石桥湾水库建成投用，开工建设泮山二级公路。\n";
    assert_eq!(
        found(text, Kind::Project),
        ["泮河大桥 progress=建成投用", "石桥湾水库 progress=建成投用", "泮山二级公路 progress=开工建设",]
    );
    assert!(found("实施种业振兴工程，建成农村公路86条。\n", Kind::Project).is_empty());
}

#[test]
fn what_a_report_owns_up_to_is_told_a_clause_each() {
    let text =
        "我们也清醒看到，发展中还面临不少困难和问题：产业结构不够优，水利设施短板较多，个别干部作风不实。\n";
    assert_eq!(found(text, Kind::Problem), ["产业结构不够优", "水利设施短板较多", "个别干部作风不实"]);
}

#[test]
fn every_value_stands_in_the_paper_as_it_is_given() {
    let text = "泮山县供水实施方案\n一、重点任务\n（一）改造管网。更换86公里。（牵头单位：县水利局；完成时限：10月底）\n";
    let manuscript = read("稿.txt", text.as_bytes()).unwrap();
    let all = gather(&manuscript);
    assert!(all.iter().flat_map(|f| &f.said).all(|s| manuscript.text()[s.range.clone()] == s.words));
    assert!(!all.is_empty());
}

#[test]
fn cells_of_a_word_table_that_are_joined_speak_for_the_rows_below() {
    let cell = |words: &str, merge: &str| {
        format!("<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: [String; 4]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = |words: &str| cell(words, "");
    let rows = [
        row([plain("重点任务"), plain("工作内容"), plain("牵头单位"), plain("时限")]),
        row([
            cell("供水", "<w:vMerge w:val=\"restart\"/>"),
            plain("改造管网"),
            cell("县水利局", "<w:vMerge w:val=\"restart\"/>"),
            plain("9月底"),
        ]),
        row([cell("", "<w:vMerge/>"), plain("计量收费"), cell("", "<w:vMerge/>"), plain("12月底")]),
    ];
    let table = format!("<w:tbl>{}</w:tbl>", rows.concat());
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{table}</w:body></w:document>"#);
    let parts = [("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", document.as_bytes())];
    let manuscript = read("表.docx", &zip(&parts)).unwrap();
    assert_eq!(manuscript.blocks()[0].kind, BlockKind::Cell);
    let tasks: Vec<String> = gather(&manuscript).iter().map(shown).collect();
    assert_eq!(tasks, ["改造管网 owner=县水利局 due=9月底", "计量收费 owner=县水利局 due=12月底"]);
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "[一二（）()：；，。、《》“”\\n\\t0-9%年月日至到由县局牵头负责配合前完成达增长问题一是会议组长的亿元|-]{0,80}") {
        for name in ["稿.txt", "稿.md"] {
            let manuscript = read(name, text.as_bytes()).unwrap();
            for one in gather(&manuscript) {
                prop_assert!(one.said.iter().all(|s| manuscript.text().get(s.range.clone()).is_some()));
            }
        }
    }
}
