//! Heads and tables as departments really lay them out.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::{lay, of};
use crate::base::Lang;
use crate::sheet::ledger::stub::stub;
use crate::sheet::read;

/// A group that only holds columns together (问题情况, 责任落实) turned away what stood below it, and with the
/// names the whole table.
#[test]
fn a_group_of_sentences_says_nothing_of_its_columns() {
    let rows: &[&str] = &[
        "泮山县督察反馈问题整改清单|<|<|<|<|<|<",
        "编号|问题情况|<|<|整改安排|<|备注",
        "^|督察反馈问题|具体情形|症结分析|整改目标|整改主体|^",
        "001|污水直排|3处排口溢流|管网破损|排口截流|县住建局|",
        "002|扬尘管控松懈|工地围挡不严|以罚代管|全部达标|县城管局|",
    ];
    let all = of(rows);
    for told in [
        "problems[0].name = 污水直排",
        "problems[0].detail = 3处排口溢流",
        "problems[1].cause = 以罚代管",
        "problems[1].unit = 县城管局",
    ] {
        assert!(all.contains(&told.to_owned()), "{told}: {all:?}");
    }
}

/// 完成% below 年度计划 was read as the plan, and 本期 below 全市位次 as nothing.
#[test]
fn groups_of_figures_say_which_of_them_is_meant() {
    let rows: &[&str] = &[
        "泮山县农业农村监测指标|<|<|<|<|<|<|<",
        "指标|单位|本季末累计|<|年度计划|<|全市位次|<",
        "^|^|绝对数|增长%|计划数|完成%|本期|较上期",
        "冷库库容|吨|3200|5.2|8000|40.0|3|↑2",
        "培训农民|人|386|10.3|600|64.3|并列第1|—",
    ];
    let told = [
        "indicators[0].name = 冷库库容",
        "indicators[0].value = 3200吨",
        "indicators[0].yoy = 增长5.2%",
        "indicators[0].target = 8000吨",
        "indicators[0].rank = 3",
        "indicators[1].name = 培训农民",
        "indicators[1].value = 386人",
        "indicators[1].yoy = 增长10.3%",
        "indicators[1].target = 600人",
        "indicators[1].rank = 并列第1",
    ];
    assert_eq!(of(rows), told);
}

#[test]
fn names_parted_over_two_columns_are_read_and_sections_of_indicators_are_none() {
    let rows: &[&str] = &[
        "指标|<|单位|累计|年度目标",
        "服务能力|<|||",
        "农业总产值|<|亿元|28.46|不低于66",
        "其中|农业|亿元|13.2|",
        "^|牧业|亿元|9.87|7%以上",
    ];
    let told = [
        "indicators[0].name = 农业总产值",
        "indicators[0].value = 28.46亿元",
        "indicators[0].target = 不低于66亿元",
        "indicators[1].name = 农业",
        "indicators[1].value = 13.2亿元",
        "indicators[2].name = 牧业",
        "indicators[2].value = 9.87亿元",
        "indicators[2].target = 7%以上",
    ];
    assert_eq!(of(rows), told);
    let rows: &[&str] = &["指标名称||单位|累计", "农业总产值||亿元|28.46", "其中|农业|亿元|13.2"];
    assert!(of(rows).contains(&"indicators[1].name = 农业".to_owned()), "{:?}", of(rows));
}

#[test]
fn of_two_years_and_of_months_each_head_says_its_own() {
    let rows: &[&str] = &["项目|去年1—6月|今年1—6月|单位|计划数|占计划%", "新增就业|1985|2140|人|3600|59.4"];
    let told = [
        "indicators[0].name = 新增就业",
        "indicators[0].value = 2140人",
        "indicators[0].prev = 1985人",
        "indicators[0].target = 3600人",
    ];
    let all = of(rows);
    assert!(all.len() == 4 && told.iter().all(|t| all.contains(&(*t).to_owned())), "{all:?}");
    let bare = of(&["指标名称|单位|1—9月|2025年1—9月", "技改投资|亿元|12.3|10.7"]);
    let told =
        ["indicators[0].name = 技改投资", "indicators[0].value = 12.3亿元", "indicators[0].prev = 10.7亿元"];
    assert!(bare.len() == 3 && told.iter().all(|t| bare.contains(&(*t).to_owned())), "{bare:?}");
    let until = of(&["二级指标|单位|截至5月实绩|5月实绩", "优良天数|天|140|28"]);
    assert_eq!(until, ["indicators[0].name = 优良天数", "indicators[0].value = 140天"]);
    let levels = of(&["一级指标|二级指标|单位|累计", "绿色|优良天数|天|140"]);
    assert!(levels.contains(&"indicators[0].name = 优良天数".to_owned()), "{levels:?}");
}

/// Per cent may stand in the corner; how a share grew, nobody can tell from a number.
#[test]
fn a_rate_is_per_cent_where_amounts_grow() {
    let rows: &[&str] =
        &["单位：亿元、%|<|<|<", "指标|单位|累计|同比增速", "投资|亿元|9.1|6.2", "合格率|%|98|0.5"];
    let all = of(rows);
    assert!(all.contains(&"indicators[0].yoy = 增长6.2%".to_owned()), "{all:?}");
    assert!(!all.iter().any(|f| f.starts_with("indicators[1].yoy")), "{all:?}");
}

/// Only 工作内容 is a head that is known; what the others say was not looked at, nor the table.
#[test]
fn heads_that_are_like_known_ones_do_where_a_table_begins_and_one_cell_may_name_all_units() {
    let rows: &[&str] = &[
        "泮山县“清山护林”专项行动安排|<|<|<|<",
        "行动名称|工作内容|责任分工|节点要求|达到标准",
        "违法用火打击|查处一起、曝光一起|县公安局牵头，县检察院、县林业局配合|11月底前|立案率100%",
        "坟区清理|①摸清底数②清理一遍|牵头单位：县民政局\\n配合单位：各乡镇|2027年3月|",
        "宣传入户|发放一封信|县委宣传部、县教育局|长期|",
    ];
    let told = [
        "tasks[0].name = 违法用火打击",
        "tasks[0].detail[0] = 查处一起、曝光一起",
        "tasks[0].owner = 县公安局",
        "tasks[0].partners[0] = 县检察院",
        "tasks[0].partners[1] = 县林业局",
        "tasks[0].due = 11月底前",
        "tasks[0].target = 立案率100%",
        "tasks[1].name = 坟区清理",
        "tasks[1].detail[0] = 摸清底数",
        "tasks[1].detail[1] = 清理一遍",
        "tasks[1].owner = 县民政局",
        "tasks[1].partners[0] = 各乡镇",
        "tasks[1].due = 2027年3月",
        "tasks[2].name = 宣传入户",
        "tasks[2].detail[0] = 发放一封信",
        "tasks[2].owner = 县委宣传部、县教育局",
        "tasks[2].due = 长期",
    ];
    assert_eq!(of(rows), told);
}

#[test]
fn a_table_beside_another_may_begin_lower_and_with_heads_that_are_not_all_known() {
    let rows: &[&str] = &[
        "医保征缴进度通报|<|<|<|<|<|<|<",
        "截止11月18日||||包联部门督导情况|<|<|<",
        "位次|乡镇（街道）|征缴进度|短板||||",
        "1|湖东街道|94.5%||部门|包联村（个）|所包村征缴率％|备  注",
        "2|沙河镇|90.1%|外出多|县税务局|12|88.6|",
        "3|金岭乡|88.8%||县残联|9|未报|",
    ];
    // Merged only in the title, the gap is a column of nothing.
    let gap: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<&str> = row.split('|').collect();
            cells.insert(4, if cells[4] == "<" { "<" } else { "" });
            cells.join("|")
        })
        .collect();
    let all = of(&gap.iter().map(String::as_str).collect::<Vec<_>>());
    let told = [
        "units[0].name = 湖东街道",
        "units[0].figure = 94.5%",
        "units[1].name = 沙河镇",
        "units[1].figure = 90.1%",
        "units[1].lag = 外出多",
        "units[2].name = 金岭乡",
        "units[2].figure = 88.8%",
        "units[3].name = 县税务局",
        "units[3].figure = 88.6%",
        "units[4].name = 县残联",
    ];
    assert_eq!(all, told);
}

/// 项目乡镇 has 项目 in it, and its cells are towns.
#[test]
fn towns_are_no_projects_and_a_share_may_be_told_in_the_corner() {
    let rows: &[&str] = &[
        "高标准农田建设进度周报|<|<|<|<|<",
        "|||计量单位：亩、万元、%|<|<",
        "序号|项目乡镇|概算投资|工程进度|推进措施|存在困难",
        "1|青塘镇|2880|82.5|分段施工|",
        "2|河图乡|1920|68.3||青苗补偿",
    ];
    let told = [
        "units[0].name = 青塘镇",
        "units[0].figure = 82.5%",
        "units[0].done = 分段施工",
        "units[1].name = 河图乡",
        "units[1].figure = 68.3%",
        "units[1].lag = 青苗补偿",
    ];
    assert_eq!(of(rows), told);
}

#[test]
fn what_differs_from_row_to_row_is_the_name_where_all_else_leaves_no_doubt() {
    let rows: &[&str] = &[
        "金额单位：万元|<|<|<|<",
        "建设内容|所属学校|批复总投资|施工进度|实施单位",
        "新建教学楼|县三中|2860.35|主体施工|县教育项目办",
        "运动场改造|县一中|318|已完工|县一中",
    ];
    let all = of(rows);
    assert!(all.contains(&"projects[0].name = 新建教学楼".to_owned()), "{all:?}");
    assert!(all.contains(&"projects[1].invest = 318万元".to_owned()), "{all:?}");
    let parts = of(&[
        "类别|子项|建设内容|计划总投资（万元）|当前工作进展|建设主体",
        "供水|老城管网|更换12公里|3000|招标中|县水务公司",
        "道路|解放路|改造2公里|5600|施工中|县城投",
    ]);
    assert!(parts.contains(&"projects[0].name = 老城管网".to_owned()), "{parts:?}");
    // Cars have none of what tells of a list.
    assert!(of(&["车号|车型|责任单位|时间", "1号|中巴|县委办|9月", "2号|大巴|县府办|9月"]).is_empty());
}

#[test]
fn who_leads_and_who_helps_may_stand_in_brackets_and_records_may_look_like_heads() {
    let rows: &[&str] = &[
        "百日攻坚任务清单|<|<|<|<|<",
        "攻坚方向|攻坚任务|攻坚措施|责任单位（牵头）|责任单位（配合）|攻坚时限",
        "项目|开工攻坚|倒排工期|县发改局|各乡镇|6月底",
        "环境|扬尘治理|湿法作业|县环境局|县住建局|7月底",
    ];
    let all = of(rows);
    for told in [
        "tasks[0].name = 开工攻坚",
        "tasks[0].owner = 县发改局",
        "tasks[0].partners[0] = 各乡镇",
        "tasks[0].due = 6月底",
        "tasks[1].detail[0] = 湿法作业",
    ] {
        assert!(all.contains(&told.to_owned()), "{told}: {all:?}");
    }
}

/// 6月 was a value, the figure of the month that of the year so far, and 名称 an indicator.
#[test]
fn heads_that_go_on_below_without_being_merged_are_heads() {
    let rows: &[&str] = &[
        "2026年上半年主要指标|<|<|<|<|<|<",
        "指标|计量|绝对额|<|增速（%）|<|全市",
        "名称|单位|6月|1-6月|6月|1-6月|位次",
        "财政收入|亿元|1.2|6.5|3.1|5.2|3",
    ];
    let told = [
        "indicators[0].name = 财政收入",
        "indicators[0].value = 6.5亿元",
        "indicators[0].yoy = 增长5.2%",
        "indicators[0].rank = 3",
    ];
    let all = of(rows);
    assert!(all.len() == 4 && told.iter().all(|t| all.contains(&(*t).to_owned())), "{all:?}");
    let parted = of(&["指标|单位|累计|<|去年同期", "财政收入|亿元|1.2|6.5|5", "税收|亿元|1|2|3"]);
    assert!(!parted.iter().any(|f| f.contains("value")), "{parted:?}");
}

/// Petitions have measures and times as tasks do; nobody may take them for tasks.
#[test]
fn what_is_mended_is_a_problem_and_no_task() {
    let all = of(&[
        "重复信访事项化解台账|<|<|<|<",
        "序号|信访事项|成因|化解措施|包案单位|化解期限",
        "1|安置房办证难|用地手续缺失|容缺办理|县自然资源局|6月底",
        "2|拖欠工资|资金断裂|启用保证金|县人社局|4月底",
    ]);
    assert!(all.contains(&"problems[0].cause = 用地手续缺失".to_owned()), "{all:?}");
    let other = of(&[
        "事项|整改措施|责任单位|完成时限",
        "修堤|分段施工|县水利局|6月底",
        "清淤|先急后缓|县水利局|5月底",
    ]);
    assert!(!other.iter().any(|f| f.starts_with("tasks")), "{other:?}");
}

#[test]
fn a_year_of_investment_is_not_the_whole_and_a_quantity_no_time() {
    let all = of(&[
        "项目名称|2026年计划投资（万元）|竣工里程完成时序|形象进度",
        "县道改造|1200|35.6|路基完成",
        "桥梁加固|800|12.4|招标中",
    ]);
    assert!(!all.iter().any(|f| f.contains("invest") || f.contains("due")), "{all:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_table_is_read_without_a_panic(
        cells in proptest::collection::vec(proptest::collection::vec(
            prop_oneof![
                Just("序号".to_owned()), Just("项目名称".to_owned()), Just("总投资（万元）".to_owned()), Just("乡镇".to_owned()),
                Just("完成率".to_owned()), Just("责任单位".to_owned()), Just("同上".to_owned()), Just("合计".to_owned()),
                Just("^".to_owned()), Just("<".to_owned()), Just(String::new()), Just("2026年1—4月".to_owned()),
                "[一二三（）()、.：%±0-9年月 ]{0,6}", "[0-9.+-]{1,4}",
            ], 1..7), 1..9),
    ) {
        let rows: Vec<String> = cells.iter().map(|row| row.join("|")).collect();
        let mut book = Workbook::new();
        // Ranges that overlap are refused by the writer, not the reader: such cells are written as words.
        let flat: Vec<String> = rows.iter().map(|row| row.replace('<', "小计")).collect();
        let flat: Vec<&str> = flat.iter().map(String::as_str).collect();
        lay(book.add_worksheet(), &flat);
        let bytes = book.save_to_buffer().unwrap();
        let reading = read("台账.xlsx", &bytes, None).unwrap();
        let _ = stub(&reading.seen, Lang::Zh);
    }
}

/// Its heads were read as a record of the table above, and its units as indicators.
#[test]
fn a_table_below_another_begins_at_its_heads_though_most_are_not_known() {
    let rows: &[&str] = &[
        "表一　服务数据|<|<|<|<",
        "项目|计量单位|累计数|同比（%）|上年同期",
        "接待群众|人次|3126|3.6|3017",
        "||||",
        "表二　签约情况|<|<|<|<",
        "单位|应签约户数|签约完成率|回访率|存在不足",
        "石桥镇|1240|88.5%|81.0%|人手不足",
        "清泉乡|863|95.1%|90.2%|",
        "填报人：周明远||||联系电话：0000-6112345",
    ];
    let all = of(rows);
    for told in ["indicators[0].name = 接待群众", "units[0].name = 石桥镇", "units[1].figure = 95.1%"]
    {
        assert!(all.contains(&told.to_owned()), "{told}: {all:?}");
    }
    assert!(!all.iter().any(|told| told.contains("填报人") || told.starts_with("indicators[1]")), "{all:?}");
}

/// The left one, whose heads are not known, was read with the right one on its side.
#[test]
fn a_table_that_lies_on_its_side_is_not_mixed_with_one_beside_it() {
    let rows: &[&str] = &[
        "期别|粮食产量（万吨）|蔬菜产量（万吨）|水果产量（万吨）||乡镇|完成投资（万元）|占年计划比重|滞后原因",
        "2026年1—9月|12.6|33.1|5.2||石桥镇|8421|81.2%|",
        "2025年1—9月|12.1|31.8|5.0||清泉乡|3296|66.4%|砂石供应紧张",
        "同比增长|4.1%|4.1%|4.0%||双塘乡|4157|73.8%|",
    ];
    let all = of(rows);
    for told in ["indicators[0].name = 粮食产量", "units[0].name = 石桥镇", "units[1].lag = 砂石供应紧张"]
    {
        assert!(all.contains(&told.to_owned()), "{told}: {all:?}");
    }
    assert!(
        !all.iter().any(|told| told.contains(".name = 乡镇") || told.contains(".name = 滞后")),
        "{all:?}"
    );
}

#[test]
fn steps_papers_and_how_far_it_is_are_known_by_their_heads() {
    let all = of(&["阶段|起止时间|主要工作", "摸底|3月1日—3月20日|逐村登记", "整治|4月—9月|按单销号"]);
    assert!(all.contains(&"stages[1].time = 4月—9月".to_owned()), "{all:?}");
    let all = of(&[
        "文件名称|发文字号|印发时间",
        "关于供水管护的意见|泮政办发〔2026〕4号|2026年3月",
        "计量收费办法|泮水发〔2026〕7号|2026年4月",
    ]);
    assert!(all.contains(&"policies[0].number = 泮政办发〔2026〕4号".to_owned()), "{all:?}");
    let all = of(&[
        "项目名称|总投资（万元）|目前进展|<|工程进度（%）",
        "^|^|阶段|具体情况|^",
        "东岸水厂|2300|在建|厂房封顶|62",
    ]);
    assert!(
        all.iter().any(|told| told.ends_with("progress = 厂房封顶") || told.ends_with("progress = 62%")),
        "{all:?}"
    );
}

/// The year of the aim was taken for the one at hand, and the values of the two before for each other.
#[test]
fn the_year_of_an_aim_is_none_that_was_reached() {
    let told =
        of(&["指标|2024年|2025年|2026年目标", "普惠率（%）|91.2|93.5|95", "研发投入（亿元）|1.86|2.14|2.5"]);
    for told_of in
        ["indicators[0].value = 93.5%", "indicators[0].prev = 91.2%", "indicators[1].target = 2.5亿元"]
    {
        assert!(told.contains(&told_of.to_owned()), "{told_of}: {told:?}");
    }
}
