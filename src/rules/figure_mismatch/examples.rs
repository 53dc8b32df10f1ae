//! What the rule must flag and what it must leave alone. All localities are invented.

use super::super::{Example, example};

const FACTS: &str = "\
地区: {名称: 云岭县, 简称: 云岭, 人口: 31.6万人}
文稿: {日期: 2026-03-05}
会议: {名称: 全县人居环境整治动员会, 日期: 2026-03-05, 地点: 县会议中心一楼报告厅}
指标:
- {名称: 地区生产总值, 值: 86.4亿元, 年份: 2025, 同比: 增长5.6%, 上年: 81.8亿元}
目标:
- {名称: 卫生厕所普及率, 基数: 84.5%, 目标值: 92%}
任务:
- {名称: 改厕, 目标: 新建村卫生厕所普及率达到95%}
";

/// Facts that contradict each other.
const BOTH: &str = "\
地区: {名称: 云岭县}
指标:
- {名称: 卫生厕所普及率, 值: 85.4%}
目标:
- {名称: 卫生厕所普及率, 基数: 84.5%, 目标值: 92%}
";

/// See the module.
pub(super) static EXAMPLES: &[Example] = &[
    example("2025年，全县地区生产总值达到81.8亿元。", &["81.8亿元"]).with(FACTS),
    example("去年，全县地区生产总值完成86.4亿元，增长6.5%。", &["6.5%"]).with(FACTS),
    example("云岭县常住人口31.6万人。", &[]).with(FACTS),
    example("云岭县常住人口36.1万人。", &["36.1万人"]).with(FACTS),
    example("3月6日，县委召开全县人居环境整治动员会。", &["3月6日"]).with(FACTS),
    example("县委在县文化馆召开全县人居环境整治动员会。", &["县文化馆"]).with(FACTS),
    example("到年底，卫生厕所普及率要达到92%；目前卫生厕所普及率为85.4%。", &["85.4%"]).with(FACTS),
    example("2025年，全县地区生产总值86.40亿元，同比增长5.6%。", &[]).with(FACTS),
    example("2024年，全县地区生产总值81.8亿元。", &[]).with(FACTS),
    example("3月5日，县委在县会议中心召开全县人居环境整治动员会。", &[]).with(FACTS),
    example("目前，卫生厕所普及率为85.4%。", &["85.4%"]).with(BOTH),
    example("2025年，全县地区生产总值达到81.8亿元。", &[]),
    example("全县地区生产总值突破86亿元。", &[]).with(FACTS),
    example("县委在哈日努登镇会议中心召开全县人居环境整治动员会。", &["哈日努登镇会议中心"]).with(FACTS),
    // A target among others: its own value is no slip.
    example("各村都有保洁员；全年卫生厕所普及率达到92%。", &[]).with(FACTS),
    example("各村都有保洁员；全年卫生厕所普及率达到97%。", &["97%"]).with(FACTS),
    example("把厕改好，卫生厕所普及率达到95%。", &[]).with(FACTS),
    example("石桥湾镇常住人口2.1万人。", &["2.1万人"]).with(FACTS),
];
