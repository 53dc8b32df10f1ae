//! Heads and units as other departments write them.

use super::{all_told, book, facts, of};
use crate::sheet::{Reading, read};

fn sheet(name: &str, rows: &[&str]) -> Reading {
    read("台账.xlsx", &book(&[(name, rows)]), None).unwrap()
}

#[test]
fn an_offices_own_sections_are_units_of_tasks() {
    let rows: &[&str] = &[
        "序号|重点工作|工作标准|牵头股室|协办科室|完成日期",
        "1|水库扫尾|通过完工验收|建设管理股|质量安全站|10月25日",
        "2|河道采砂整治|违法采砂零发生|安全股|河长办|10月底",
    ];
    let read = of(rows);
    for said in ["tasks[0].owner = 建设管理股", "tasks[1].owner = 安全股", "tasks[1].partners[0] = 河长办"]
    {
        assert!(read.contains(&said.to_owned()), "{said}: {read:?}");
    }
}

#[test]
fn a_cell_that_does_not_say_who_leads_is_left_and_told() {
    let rows: &[&str] = &[
        "序号|重点任务|牵头及配合单位|时限要求",
        "1|推进项目建设|牵头单位：县发改局\\n配合单位：县财政局|全年",
        "2|争取上级资金|县财政局、县发改局|6月底前",
    ];
    let reading = sheet("Sheet1", rows);
    let read = facts(&reading);
    assert!(read.contains(&"tasks[0].owner = 县发改局".to_owned()), "{read:?}");
    assert!(read.contains(&"tasks[0].partners[0] = 县财政局".to_owned()), "{read:?}");
    assert!(!read.iter().any(|line| line.starts_with("tasks[1].owner")), "{read:?}");
    assert!(all_told(&reading).contains("看不出哪个牵头"), "{}", all_told(&reading));
}

#[test]
fn a_group_says_what_its_parts_are() {
    let rows: &[&str] = &[
        "序号|议定事项|牵头领导及单位|<|办结时限",
        "^|^|领导|单位|^",
        "1|出台人才安居办法|周明达|县人社局|8月15日",
        "2|研究市场改造方案|孙晓晨|县商务局|9月30日",
    ];
    assert!(of(rows).contains(&"tasks[0].owner = 县人社局".to_owned()), "{:?}", of(rows));
}

#[test]
fn points_are_what_a_unit_reached_and_why_they_were_lost_its_shortcoming() {
    let rows: &[&str] =
        &["名次|单位|得分|加减分|主要扣分原因", "1|清河镇|96.4|0.5|", "2|南桥乡|95.1|-0.2|信访积案化解慢1件"];
    let want = [
        "units[0].name = 清河镇",
        "units[0].figure = 96.4分",
        "units[1].name = 南桥乡",
        "units[1].figure = 95.1分",
        "units[1].lag = 信访积案化解慢1件",
    ];
    assert_eq!(of(rows), want);
}

#[test]
fn a_unit_is_found_wherever_a_clerk_writes_it() {
    let heads = "序号|项目名称|总投资|形象进度|责任单位";
    let rows = ["1|城南水厂|2600|主体封顶|县水务局", "2|环城公路|5600|路基成型|县交通局"];
    let plain = &[heads, rows[0], rows[1]][..];
    let below = |line| vec!["重点项目进展表|<|<|<|<", line, heads, rows[0], rows[1]];
    let ends = |line| vec![heads, rows[0], rows[1], line];
    for (name, rows) in [
        ("项目（单位：万元）", plain.to_vec()),
        ("Sheet1", below("填报单位：县发改局|<|单位：万元    截止日期：10月31日|<|<")),
        ("Sheet1", below("|||金额单位:万元，面积单位：亩|<")),
        ("Sheet1", ends("合计（万元）|<|8200||")),
        ("Sheet1", ends("注：1.资金单位为万元；2.数据截至10月底。|<|<|<|<")),
        ("Sheet1", [&["重点项目进展表（投资：万元）|<|<|<|<"][..], plain].concat()),
    ] {
        let read = facts(&sheet(name, &rows));
        assert!(read.contains(&"projects[0].invest = 2600万元".to_owned()), "{name} {rows:?}: {read:?}");
    }
    // Nobody says it.
    assert!(!of(plain).iter().any(|line| line.contains("invest")), "{:?}", of(plain));
}

#[test]
fn of_two_units_in_the_corner_shares_take_the_one_and_amounts_the_other() {
    let rows: &[&str] = &[
        "|||单位：亿元、%",
        "指标名称|绝对量|同比增长|全市位次",
        "地区生产总值|128.4|5.6|3",
        "城镇化率|54.2|1.1|5",
        "就业人数|3200|2.0|4",
    ];
    let read = of(rows);
    assert!(read.contains(&"indicators[0].value = 128.4亿元".to_owned()), "{read:?}");
    assert!(read.contains(&"indicators[1].value = 54.2%".to_owned()), "{read:?}");
    assert!(read.contains(&"indicators[2].value = 3200".to_owned()), "{read:?}");
}

#[test]
fn what_was_counted_so_far_is_the_value() {
    let rows: &[&str] = &[
        "指标|计量单位|本年情况|<|<|去年同期",
        "^|^|本月新增|累计|<|^",
        "^|^|^|人（户）数|支出资金（万元）|^",
        "农村低保对象|人|12|6840|310|6900",
        "特困供养人员|人|3|973|80|990",
    ];
    let read = of(rows);
    assert!(read.contains(&"indicators[0].value = 6840人".to_owned()), "{read:?}");
    assert!(read.contains(&"indicators[0].prev = 6900人".to_owned()), "{read:?}");
}

#[test]
fn a_time_is_no_amount() {
    let rows: &[&str] = &[
        "指标名称|计量单位|2025年实绩|2026年目标|完成时限",
        "粮食播种面积|万亩|42.3|42.6|2026年12月",
        "高标准农田|万亩|20.1|23.6|2026年11月",
    ];
    assert!(!of(rows).iter().any(|line| line.contains("value = 2026")), "{:?}", of(rows));
}

#[test]
fn years_may_be_numbers_and_of_two_spans_of_months_the_later_is_now() {
    let rows: &[&str] =
        &["指标|单位|2026|2025|增长%", "外贸进出口|万美元|3210|2854|12.5", "用电量|万千瓦时|35|34|2.9"];
    let read = of(rows);
    assert!(read.contains(&"indicators[0].value = 3210万美元".to_owned()), "{read:?}");
    assert!(read.contains(&"indicators[0].prev = 2854万美元".to_owned()), "{read:?}");
    let rows: &[&str] = &[
        "指标|单位|1-9月|<|<|1-8月|<",
        "^|^|总量|增速（%）|增速位次|增速（%）|增速位次",
        "工业增加值|亿元|31.2|6.6|3|6.1|4",
        "固定资产投资|亿元|44.9|3.4|7|2.0|9",
    ];
    let read = of(rows);
    for said in ["yoy = 增长6.6%", "rank = 3", "rank_prev = 4"] {
        assert!(read.contains(&format!("indicators[0].{said}")), "{said}: {read:?}");
    }
}

#[test]
fn a_table_that_lies_on_its_side_is_turned() {
    let rows: &[&str] = &[
        "项目|地区生产总值（亿元）|财政收入（亿元）",
        "2026年1-9月|128.4|6.8",
        "2025年1-9月|121.5|6.5",
        "同比增长（%）|5.7|4.6",
    ];
    let want = [
        "indicators[0].name = 地区生产总值",
        "indicators[0].value = 128.4亿元",
        "indicators[0].prev = 121.5亿元",
        "indicators[0].yoy = 增长5.7%",
        "indicators[1].name = 财政收入",
        "indicators[1].value = 6.8亿元",
        "indicators[1].prev = 6.5亿元",
        "indicators[1].yoy = 增长4.6%",
    ];
    assert_eq!(of(rows), want);
}

#[test]
fn a_card_of_one_record_has_its_heads_below_each_other() {
    let rows: &[&str] = &[
        "重点项目信息卡|<",
        "项目名称|清河镇集中供水工程",
        "建设内容|水厂1座、管网30公里",
        "总投资|2600万元",
        "形象进度|管网完成18公里",
        "责任单位|县水务局",
    ];
    let want = [
        "projects[0].name = 清河镇集中供水工程",
        "projects[0].invest = 2600万元",
        "projects[0].progress = 管网完成18公里",
        "projects[0].owner = 县水务局",
    ];
    assert_eq!(of(rows), want);
}

#[test]
fn of_a_column_that_nobody_knows_it_is_said_what_to_write() {
    let rows: &[&str] = &[
        "序号|重点任务|挂帅|配合单位|完成时限",
        "1|推进项目建设|县发改局|县财政局|全年",
        "2|争取上级资金|县财政局|县发改局|6月底前",
    ];
    let told = all_told(&sheet("Sheet1", rows));
    assert!(told.contains("挂帅: 任务."), "{told}");
    assert!(told.contains("牵头单位"), "{told}");
}
