//! Ledgers as offices keep them, of invented localities, each made in the test.

mod kinds;
mod layouts;

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::base::Lang;
use crate::model::facts::Value;
use crate::sheet::ledger::mapping::Mapping;
use crate::sheet::ledger::stub::stub;
use crate::sheet::{Reading, read, read_with};

/// A sheet of these rows; cells are parted by |, `^` is merged with the cell above it, `<` with the one
/// to the left, numbers are numbers, and nothing is nothing.
fn lay(sheet: &mut Worksheet, rows: &[&str]) {
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    let at = |row: usize, column: usize| cells.get(row).and_then(|r| r.get(column)).copied().unwrap_or("");
    for (row, line) in cells.iter().enumerate() {
        for (column, words) in line.iter().enumerate() {
            if matches!(*words, "" | "^" | "<") {
                continue;
            }
            let down = (row + 1..cells.len()).take_while(|r| at(*r, column) == "^").count();
            let right = (column + 1..line.len()).take_while(|c| at(row, *c) == "<").count();
            let (r, c) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            let words = words.replace("\\n", "\n");
            let plain = Format::new();
            if down + right > 0 {
                let (to_r, to_c) = (r + u32::try_from(down).unwrap(), c + u16::try_from(right).unwrap());
                sheet.merge_range(r, c, to_r, to_c, &words, &plain).unwrap();
            } else if let Ok(number) = words.parse::<f64>() {
                sheet.write_number(r, c, number).unwrap();
            } else {
                sheet.write_string(r, c, &words).unwrap();
            }
        }
    }
}

fn book(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        lay(book.add_worksheet().set_name(*name).unwrap(), rows);
    }
    book.save_to_buffer().unwrap()
}

/// The facts of one sheet, a line each: `projects[0].invest = 1.2亿元`.
fn facts(reading: &Reading) -> Vec<String> {
    let told = reading.facts.leaves().into_iter().filter(|(_, fact)| !matches!(fact.value, Value::Blank(_)));
    told.map(|(path, fact)| format!("{path} = {}", fact.value.text().unwrap_or_default())).collect()
}

fn of(rows: &[&str]) -> Vec<String> {
    facts(&read("台账.xlsx", &book(&[("Sheet1", rows)]), None).unwrap())
}

fn all_told(reading: &Reading) -> String {
    let all = reading.problems.iter().chain(&reading.facts.notes);
    all.map(|p| format!("{}\n", p.in_lang(Lang::Zh))).collect()
}

#[test]
fn groups_corners_sums_sections_and_remarks_are_what_they_are() {
    let rows: &[&str] = &[
        "泮山县2026年重点项目推进表|<|<|<|<|<|<",
        "填报单位：泮山县发展改革局|<|<||||单位：亿元",
        "序号|项目名称|投资情况|<|工程进度|计划竣工|责任单位",
        "^|^|总投资|年度计划|^|^|^",
        "合计|<|5.2|2.1|||",
        "一|工业项目（2个）|3.2|1.1|||",
        "1|泮河纸业技改项目|2|0.8|设备到货|2026年10月|县工业和信息化局\\n泮河镇",
        "2|竹器加工园|1.2|0.3|待定|已完工|^",
        "二|水利项目（1个）|2|1|||",
        "3|泮河堤防工程|约2亿元|1||2027年6月|同上",
        "备注：数据截至4月底。|<|<|<|<|<|<",
        "填表人：周明达|<|<||||",
    ];
    assert_eq!(
        of(rows),
        [
            "projects[0].name = 泮河纸业技改项目",
            "projects[0].invest = 2亿元",
            "projects[0].progress = 设备到货",
            "projects[0].due = 2026年10月",
            "projects[0].owner = 县工业和信息化局、泮河镇",
            "projects[1].name = 竹器加工园",
            "projects[1].invest = 1.2亿元",
            "projects[1].owner = 县工业和信息化局、泮河镇",
            "projects[2].name = 泮河堤防工程",
            "projects[2].invest = 约2亿元",
            "projects[2].due = 2027年6月",
            "projects[2].owner = 县工业和信息化局、泮河镇",
        ]
    );
}

#[test]
fn an_investment_of_no_unit_is_left_out_and_told() {
    let rows: &[&str] = &["序号|项目名称|总投资|责任单位", "1|竹器加工园|1200|泮河镇"];
    let reading = read("台账.xlsx", &book(&[("Sheet1", rows)]), None).unwrap();
    assert!(!facts(&reading).iter().any(|f| f.contains("invest")), "{:?}", facts(&reading));
    assert!(all_told(&reading).contains("Sheet1!C2：“总投资”的“1200”看不出单位"), "{}", all_told(&reading));
}

#[test]
fn the_unit_in_charge_is_not_the_one_that_builds_where_both_are_there() {
    let both = of(&["项目名称|总投资（万元）|建设单位|责任单位", "竹器加工园|1200|泮河竹业公司|泮河镇"]);
    assert!(both.contains(&"projects[0].owner = 泮河镇".to_owned()), "{both:?}");
    let one = of(&["项目名称|总投资（万元）|建设单位|备注", "竹器加工园|1200|泮河竹业公司|"]);
    assert!(one.contains(&"projects[0].owner = 泮河竹业公司".to_owned()), "{one:?}");
}

#[test]
fn hidden_rows_and_columns_are_left_out_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("项目").unwrap();
    lay(
        sheet,
        &[
            "序号|项目名称|形象进度|总投资（万元）|责任单位|备注",
            "1|竹器加工园|主体封顶|1200|泮河镇|",
            "2|釉料厂|停工|800|泮河镇|调出",
            "3|冷库|装修|300|云溪镇|",
        ],
    );
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let reading = read("台账.xlsx", &book.save_to_buffer().unwrap(), None).unwrap();
    let all = facts(&reading).join("\n");
    assert!(all.contains("projects[1].name = 冷库") && !all.contains("釉料厂"), "{all}");
    assert!(!all.contains("progress"), "{all}");
    let told = all_told(&reading);
    assert!(told.contains("隐藏的行没有读：第3行") && told.contains("隐藏的列没有读：C列"), "{told}");
}

#[test]
fn measures_in_rows_of_their_own_are_one_task_unless_units_differ() {
    let rows: &[&str] = &[
        "附件1|||||",
        "云溪县优化营商环境任务分工表|<|<|<|<|<",
        "序号|工作任务|具体措施|牵头单位|配合单位|完成时限",
        "一、提升服务（1项）|<|<|<|<|<",
        "1|推进\\n一网通办|1.梳理事项清单；|县行政审批局|县公安局、县财政局|2026年6月",
        "^|^|2.设置专窗。|^|^|^",
        "2|降低成本|推行电子保函|县发展改革局|/|8月底前",
        "^|^|清理收费|县财政局|各乡镇|9月底前",
        "3|上门辅导|①建台账；②逐户走访|县税务局||长期坚持",
    ];
    assert_eq!(
        of(rows),
        [
            "tasks[0].name = 推进一网通办",
            "tasks[0].detail[0] = 梳理事项清单；",
            "tasks[0].detail[1] = 设置专窗。",
            "tasks[0].owner = 县行政审批局",
            "tasks[0].partners[0] = 县公安局",
            "tasks[0].partners[1] = 县财政局",
            "tasks[0].due = 2026年6月",
            "tasks[1].name = 降低成本",
            "tasks[1].detail[0] = 推行电子保函",
            "tasks[1].owner = 县发展改革局",
            "tasks[1].due = 8月底前",
            "tasks[2].name = 降低成本",
            "tasks[2].detail[0] = 清理收费",
            "tasks[2].owner = 县财政局",
            "tasks[2].partners[0] = 各乡镇",
            "tasks[2].due = 9月底前",
            "tasks[3].name = 上门辅导",
            "tasks[3].detail[0] = 建台账",
            "tasks[3].detail[1] = 逐户走访",
            "tasks[3].owner = 县税务局",
            "tasks[3].due = 长期坚持",
        ]
    );
}

#[test]
fn growth_is_said_by_its_sign_and_nothing_is_said_of_a_number_without_a_unit() {
    let rows: &[&str] = &[
        "泮山县2026年1—4月主要经济指标|<|<|<|<|<",
        "指标名称|计量\\n单位|1—4月\\n累计|去年同期|同比±%|全市位次",
        "地区生产总值|亿元|61.28|57.86|6.1|4",
        "  其中：第一产业|亿元|7.05|6.72|-3.2|第6",
        "  #税收收入|万元|33915|31064|提高1.5个百分点|1",
        "合格率|%|98.5||0|",
    ];
    assert_eq!(
        of(rows),
        [
            "indicators[0].name = 地区生产总值",
            "indicators[0].value = 61.28亿元",
            "indicators[0].prev = 57.86亿元",
            "indicators[0].yoy = 增长6.1%",
            "indicators[0].rank = 4",
            "indicators[1].name = 第一产业",
            "indicators[1].value = 7.05亿元",
            "indicators[1].prev = 6.72亿元",
            "indicators[1].yoy = 下降3.2%",
            "indicators[1].rank = 第6",
            "indicators[2].name = 税收收入",
            "indicators[2].value = 33915万元",
            "indicators[2].prev = 31064万元",
            "indicators[2].yoy = 提高1.5个百分点",
            "indicators[2].rank = 1",
            "indicators[3].name = 合格率",
            "indicators[3].value = 98.5%",
            "indicators[3].yoy = 0%",
        ]
    );
    let bare = of(&["指标名称|完成数|同比增减", "粮食产量（万吨）|12.3|5.6"]);
    assert_eq!(bare, ["indicators[0].name = 粮食产量", "indicators[0].value = 12.3万吨"]);
    let loss = of(&["指标名称|单位|累计|同比下降（%）", "事故起数|起|12|5.6"]);
    assert!(loss.contains(&"indicators[0].yoy = 下降5.6%".to_owned()), "{loss:?}");
}

#[test]
fn of_two_years_the_later_is_this_one() {
    let rows: &[&str] = &["指标名称|单位|2025年完成|2026年完成", "财政收入|亿元|5.6|5.92"];
    let all = of(rows);
    assert!(all.contains(&"indicators[0].value = 5.92亿元".to_owned()), "{all:?}");
    assert!(all.contains(&"indicators[0].prev = 5.6亿元".to_owned()), "{all:?}");
}

#[test]
fn heads_below_a_group_are_read_with_it() {
    let rows: &[&str] = &[
        "主要指标||全市位次||同比（%）",
        "|累计|上月|本月|",
        "财政收入（亿元）|5.92|4|3|5.6",
        "投资（亿元）|9.1|2|2|-1",
    ];
    let all = of(rows);
    assert!(all.contains(&"indicators[0].rank = 3".to_owned()), "{all:?}");
    assert!(all.contains(&"indicators[0].rank_prev = 4".to_owned()), "{all:?}");
    assert!(all.contains(&"indicators[1].yoy = 下降1%".to_owned()), "{all:?}");
    // What was last year's is not this year's, though its own head is the same.
    let rows: &[&str] =
        &["指标名称|今年|<|去年同期|<", "^|绝对量|增速（%）|绝对量|增速（%）", "税收（亿元）|3.5|5|3.3|4"];
    let all = of(rows);
    assert!(all.contains(&"indicators[0].prev = 3.3亿元".to_owned()), "{all:?}");
    assert!(all.contains(&"indicators[0].value = 3.5亿元".to_owned()), "{all:?}");
    assert!(!all.iter().any(|f| f.contains("增长4%")), "{all:?}");
}

#[test]
fn tables_below_and_beside_each_other_are_read_each() {
    let rows: &[&str] = &[
        "农村改厕进度表|<|<|<|<||垃圾收费进度表|<|<",
        "序号|乡镇|任务数|完成率|存在问题||乡镇|缴费率(%)|主要做法",
        "1|泮 河 镇|420|91.9%|||云溪镇|88.5|上门收缴",
        "2|云溪镇|510|84.9%|资料归档慢||泮河镇|80|",
        "合计|<|930|88%|||全县|84.2|",
        "",
        "问题整改清单|<|<|<",
        "序号|存在问题|整改措施|责任单位",
        "1|台账不全|补齐|泮河镇",
    ];
    assert_eq!(
        of(rows),
        [
            "units[0].name = 泮河镇",
            "units[0].figure = 91.9%",
            "units[1].name = 云溪镇",
            "units[1].figure = 84.9%",
            "units[1].lag = 资料归档慢",
            "units[2].name = 云溪镇",
            "units[2].figure = 88.5%",
            "units[2].done = 上门收缴",
            "units[3].name = 泮河镇",
            "units[3].figure = 80%",
            "problems[0].name = 台账不全",
            "problems[0].unit = 泮河镇",
        ]
    );
}

/// 问题描述 is what tells of a problem, where another head names it; alone it was taken for that all the
/// same, and the table for none.
#[test]
fn what_may_be_a_name_is_one_where_no_other_head_is() {
    let all = of(&["编号|所在地|问题描述|主要成因|责任主体", "1|泮河镇|污水直排|管网老旧|县住建局"]);
    let told = ["problems[0].name = 污水直排", "problems[0].cause = 管网老旧", "problems[0].unit = 县住建局"];
    assert_eq!(all, told);
    let both = of(&["存在问题|问题描述|责任单位", "污水直排|3处排口未截流|县住建局"]);
    assert!(both.contains(&"problems[0].detail = 3处排口未截流".to_owned()), "{both:?}");
    let towns = of(&[
        "安全检查问题清单|<|<|<",
        "序号|乡镇|发现的主要问题|问题成因",
        "1|泮河镇|消防通道堵塞|疏于管理",
    ]);
    assert!(towns.contains(&"problems[0].unit = 泮河镇".to_owned()), "{towns:?}");
}

/// 序 and 号 stand in two cells, so the second row of heads was taken for heads of another table.
#[test]
fn rows_down_to_which_a_head_reaches_are_heads() {
    let rows: &[&str] = &[
        "泮山县项目调度表|<|<|<|<",
        "单位：亿元|<|<|<|<",
        "序|项目名称|总投资|1-3月完成投资|<|推进责任部门",
        "号|^|^|完成额|占年计划%|^",
        "1|竹业园二期|3.2|0.4|40|县工信局",
    ];
    assert_eq!(
        of(rows),
        ["projects[0].name = 竹业园二期", "projects[0].invest = 3.2亿元", "projects[0].owner = 县工信局"]
    );
}

#[test]
fn tables_of_two_kinds_side_by_side_are_not_mixed_though_a_third_lies_under_both() {
    let rows: &[&str] = &[
        "乡镇|完成率|进展情况||存在问题|责任单位|原因分析",
        "泮河镇|92%|全部开工||台账不全|云溪镇|人手不足",
        "云溪镇|80%|||制度不严|泮河镇|",
        "",
        "序号|项目名称|建设地点|建设性质|总投资（万元）|责任单位|备注",
        "1|竹器加工园|城南|新建|1200|泮河镇|",
    ];
    assert_eq!(
        of(rows),
        [
            "units[0].name = 泮河镇",
            "units[0].figure = 92%",
            "units[0].done = 全部开工",
            "units[1].name = 云溪镇",
            "units[1].figure = 80%",
            "problems[0].name = 台账不全",
            "problems[0].unit = 云溪镇",
            "problems[0].cause = 人手不足",
            "problems[1].name = 制度不严",
            "problems[1].unit = 泮河镇",
            "projects[0].name = 竹器加工园",
            "projects[0].invest = 1200万元",
            "projects[0].owner = 泮河镇",
        ]
    );
}

/// Without a format 0.92 is shown as 0.92, and nobody reads that as 0.92%.
#[test]
fn a_head_is_believed_only_where_its_values_look_like_it() {
    let all = of(&["乡镇|完成率|进度", "泮河镇|0.92|已全部开工", "云溪镇|0.8|正在招标"]);
    assert!(!all.iter().any(|f| f.contains("figure")), "{all:?}");
    assert!(all.contains(&"units[0].done = 已全部开工".to_owned()), "{all:?}");
    let all = of(&["乡镇|进度|存在问题", "泮河镇|92%|", "云溪镇|80%|人手不足"]);
    assert!(all.contains(&"units[0].figure = 92%".to_owned()), "{all:?}");
}

#[test]
fn people_agenda_and_honours_on_their_own_sheets() {
    let sheets: &[(&str, &[&str])] = &[
        ("封面", &["泮山县春茶推介会"]),
        (
            "名单",
            &[
                "参会人员名单|<|<",
                "序号|姓  名|单位及职务",
                "一、县领导|<|<",
                "1|周　明|县委书记",
                "2|林知远|\\n县长",
            ],
        ),
        ("议程", &["时间|议程|主讲人", "9:00|观看专题片|/", "9:10|交流发言|周明\\n林知远", "9:40|散会|"]),
        ("所获荣誉", &["荣誉称号|级别|授予单位", "全省茶叶十强县|省级|省农业农村厅", "省级示范园|^|^"]),
        ("车辆", &["车号|车型|座位数", "1号|中巴|28"]),
    ];
    let reading = read("会务.xlsx", &book(sheets), None).unwrap();
    assert_eq!(
        facts(&reading),
        [
            "people[0].name = 周明",
            "people[0].title = 县委书记",
            "people[1].name = 林知远",
            "people[1].title = 县长",
            "meeting.agenda[0].name = 观看专题片",
            "meeting.agenda[1].name = 交流发言",
            "meeting.agenda[1].person = 周明、林知远",
            "meeting.agenda[2].name = 散会",
            "honours[0].name = 全省茶叶十强县",
            "honours[0].giver = 省农业农村厅",
            "honours[1].name = 省级示范园",
            "honours[1].giver = 省农业农村厅",
        ]
    );
    assert!(reading.problems.is_empty(), "{}", all_told(&reading));
    // Beside what is read, a table of something else is only told of; all are in the stub.
    assert!(reading.seen.iter().any(|s| s.sheet == "车辆" && s.list.is_none()));
}

#[test]
fn what_is_doubtful_is_asked_and_a_mapping_answers() {
    let rows: &[&str] =
        &["事项|内容|责任单位|日期", "修堤|分段施工|县水利局|6月底", "清淤|先急后缓|县水利局|5月底"];
    let bytes = book(&[("Sheet1", rows)]);
    let asked = read("台账.xlsx", &bytes, None).unwrap();
    assert!(facts(&asked).is_empty(), "{:?}", facts(&asked));
    assert!(!asked.problems.is_empty() && all_told(&asked).contains("映射.yaml"), "{}", all_told(&asked));
    let said = "表:\n  Sheet1: 任务\n表头:\n  内容: 任务.内容\n  日期: 完成时限\n";
    let mapping = Mapping::read("映射.yaml", said).unwrap();
    assert_eq!(
        facts(&read_with("台账.xlsx", &bytes, None, &mapping).unwrap()),
        [
            "tasks[0].name = 修堤",
            "tasks[0].detail[0] = 分段施工",
            "tasks[0].owner = 县水利局",
            "tasks[0].due = 6月底",
            "tasks[1].name = 清淤",
            "tasks[1].detail[0] = 先急后缓",
            "tasks[1].owner = 县水利局",
            "tasks[1].due = 5月底",
        ]
    );
    let left = Mapping::read("映射.yaml", "表: {Sheet1: 不读}").unwrap();
    assert!(facts(&read_with("台账.xlsx", &bytes, None, &left).unwrap()).is_empty());
}

#[test]
fn two_columns_that_say_the_same_are_not_chosen_from() {
    let rows: &[&str] = &["项目名称|形象进度|形象进度|总投资（万元）", "竹器加工园|主体封顶|装修|1200"];
    let reading = read("台账.xlsx", &book(&[("Sheet1", rows)]), None).unwrap();
    assert_eq!(facts(&reading), ["projects[0].name = 竹器加工园", "projects[0].invest = 1200万元"]);
    assert!(
        all_told(&reading).contains("Sheet1!C1：“进度”是“形象进度”还是“形象进度”"),
        "{}",
        all_told(&reading)
    );
}

#[test]
fn a_mapping_says_what_the_program_does_not_know() {
    let rows: &[&str] = &["甲|乙|丙", "修堤|县水利局|6月底"];
    let bytes = book(&[("杂表", rows)]);
    let said = "表:\n  杂表:\n    类: 任务\n    表头: {甲: 名称, 乙: 牵头单位, 丙: 不读}\n";
    let reading = read_with("台账.xlsx", &bytes, None, &Mapping::read("映射.yaml", said).unwrap()).unwrap();
    assert_eq!(facts(&reading), ["tasks[0].name = 修堤", "tasks[0].owner = 县水利局"]);
}

#[test]
fn faults_of_a_mapping_are_told_all_at_once_with_their_lines() {
    let said = "表:\n  甲: 任物\n  乙: [项目]\n表头:\n  丙: 任务.投资\n  丁: 没有\n别的: 1\n";
    let error = Mapping::read("映射.yaml", said).unwrap_err();
    let told = error.in_lang(Lang::Zh);
    for part in [
        "映射.yaml:2",
        "是不是“任务”",
        "映射.yaml:3",
        "映射.yaml:5",
        "“任务”里没有“投资”",
        "映射.yaml:6",
        "映射.yaml:7",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(Mapping::read("映射.yaml", "").is_ok());
    assert!(Mapping::read("映射.yaml", "表:\n  甲:\n表头:\n  乙:\n").is_ok());
}

#[test]
fn a_stub_reads_back_and_changes_nothing() {
    let sheets: &[(&str, &[&str])] = &[
        ("进度", &["乡镇|完成率", "泮河镇|92%", "", "问题清单|<", "存在问题|责任单位", "台账不全|泮河镇"]),
        ("杂表", &["甲|乙: 丙", "修堤|县水利局"]),
    ];
    let bytes = book(sheets);
    let before = read("台账.xlsx", &bytes, None).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let stub = stub(&before.seen, lang);
        let mapping = Mapping::read("映射.yaml", &stub).unwrap();
        assert_eq!(facts(&read_with("台账.xlsx", &bytes, None, &mapping).unwrap()), facts(&before), "{stub}");
        assert!(stub.contains("进度#2") && stub.contains("杂表"), "{stub}");
    }
    assert_eq!(facts(&before).len(), 4);
}

#[test]
fn a_sheet_in_the_programs_own_shape_is_never_a_ledger() {
    let rows: &[&str] = &["序号|名称|牵头单位|完成时限", "1|修堤|县水利局|6月底", "2|合计||"];
    let reading = read("台账.xlsx", &book(&[("任务", rows)]), None).unwrap();
    assert!(reading.facts.notes.is_empty(), "{}", all_told(&reading));
    assert!(reading.facts.get("tasks[1].name").is_some());
}
