//! The locality, its figures and its people.

use super::Kind::{Choice, Date, Figure, Flag, List, Words};
use super::{Field, LEVELS, row};

pub(super) static LOCALITY: &[Field] = &[
    row("name", "名称", Words, "全称", "full name", "云岭县"),
    row("short", "简称", Words, "简称", "short name", "云岭"),
    row(
        "level",
        "级别",
        Choice(LEVELS),
        "行政级别，决定“县委”“我县”等用词",
        "its level; decides 县委, 我县 and the like",
        "县",
    ),
    row("upper", "上级", List(&Words), "各级上级，从近到远", "upper levels, nearest first", "澜溪市"),
    row("self_reference", "自称", Words, "自称，通常不用填", "how it calls itself; rarely needed", "我县"),
    row("population", "人口", Figure, "常住人口", "resident population", "31.6万人"),
    row("area", "面积", Figure, "面积", "area", "2140平方公里"),
    row("towns", "乡镇", List(&Words), "下辖乡镇（街道）名称", "its towns and townships", "石桥湾镇"),
    row("town_count", "乡镇数", Figure, "下辖乡镇（街道）个数", "how many towns and townships", "14个"),
    row("village_count", "村数", Figure, "下辖行政村（社区）个数", "how many villages", "168个"),
    row("products", "特产", List(&Words), "特色产品", "products", "云岭高山茶"),
    row("landmarks", "地标", List(&Words), "地标、景区、河流", "landmarks", "云岭湖"),
    row("slogans", "口号", List(&Words), "本地口号、品牌", "slogans and brands", "云上茶乡"),
    row(
        "profile",
        "概况",
        List(&Words),
        "介绍本地的话，每条一句",
        "what is said of the locality to guests, a sentence each",
        "境内有云岭湖国家湿地公园，森林覆盖率72.3%",
    ),
    row("former_names", "曾用名", List(&Words), "曾用名", "former names", "云岭设治局"),
];

pub(super) static INDICATOR: &[Field] = &[
    row("name", "名称", Words, "指标名称", "the indicator", "地区生产总值"),
    row("value", "值", Figure, "数值，可连单位写", "the value, unit included if you like", "86.4亿元"),
    row("unit", "单位", Words, "单位", "the unit", "亿元"),
    row("year", "年份", Words, "年份", "the year", "2025"),
    row("yoy", "同比", Words, "同比增减", "change on the year before", "增长5.6%"),
    row("prev", "上年", Figure, "上年数", "the year before", "81.8亿元"),
    row("target", "目标", Figure, "目标数", "target", "91亿元"),
    row("rank", "位次", Words, "位次", "rank", "全市第3位"),
    row("rank_prev", "上次位次", Words, "上次的位次", "the rank before", "全市第5位"),
    row("upper_mean", "上级平均", Figure, "上级的平均数", "the mean of the upper level", "82.3亿元"),
    row(
        "lower_better",
        "越低越好",
        Flag,
        "是不是越低越好；不填看名称，如事故起数",
        "whether less is better; the name tells if left out, as of accidents",
        "否",
    ),
    row("source", "来源", Words, "来源", "source", "县统计局"),
    row("confirmed", "已核", Flag, "是否核实", "whether it was checked", "是"),
];

pub(super) static PROJECT: &[Field] = &[
    row("name", "名称", Words, "项目名称", "the project", "城东污水处理厂二期"),
    row("invest", "投资", Figure, "总投资", "total investment", "1.2亿元"),
    row("progress", "进度", Words, "进度", "progress", "主体工程完成80%"),
    row("due", "完成时限", Words, "完成时限", "deadline", "2026年10月"),
    row("owner", "责任单位", Words, "责任单位", "the unit in charge", "县水务局"),
];

pub(super) static HONOUR: &[Field] = &[
    row("name", "名称", Words, "荣誉名称", "the honour", "全省村庄清洁行动先进县"),
    row("giver", "授予单位", Words, "授予单位", "who gave it", "省农业农村厅"),
    row("year", "年份", Words, "年份", "the year", "2025"),
];

pub(super) static PERSON: &[Field] = &[
    row("name", "姓名", Words, "姓名", "name", "周明达"),
    row("title", "职务", Words, "职务", "title", "县委副书记、县长"),
    row("body", "单位", Words, "单位", "body", "县委"),
    row("rank", "排序", Words, "排名次序，从1起", "place in protocol order, from 1", "2"),
];

pub(super) static POLICY: &[Field] = &[
    row(
        "title",
        "名称",
        Words,
        "文件名称，不带书名号",
        "title, without 《》",
        "农村人居环境整治提升五年行动方案",
    ),
    row("number", "文号", Words, "文号", "number", "南办发〔2025〕8号"),
    row("date", "日期", Date, "日期", "date", "2025-11"),
    row("issuer", "发文机关", Words, "发文机关", "who issued it", "省委办公厅、省政府办公厅"),
];

/// What a line of set words is for (`常用表述.用于`).
pub(super) const USES: &[&str] = &["依据", "指导思想", "会议精神"];

pub(super) static WORDING: &[Field] = &[
    row(
        "text",
        "文字",
        Words,
        "原文，一句话，照抄文件",
        "the words, one sentence, as the source has them",
        "以学习运用“千万工程”经验为引领",
    ),
    row("use", "用于", Choice(USES), "放在哪里", "where it stands", "指导思想"),
    row(
        "source",
        "来源",
        Words,
        "出自哪个文件、哪次会议",
        "the document or meeting it is from",
        "省委农村工作会议",
    ),
    row("from", "起", Date, "从哪天起用", "from which day it is used", "2026-01-10"),
    row("until", "止", Date, "用到哪天", "until which day", "2026-12-31"),
];

pub(super) static UNIT: &[Field] = &[
    row("name", "名称", Words, "单位", "the unit", "石桥湾镇"),
    row("figure", "完成", Figure, "完成的数，用来排名", "what it has done; units are ranked by it", "96%"),
    row(
        "done",
        "进展",
        Words,
        "进展，一句话",
        "how far it has come, in a sentence",
        "18个村全部做到日产日清",
    ),
    row("lag", "不足", Words, "不足，一句话", "what it lacks, in a sentence", "管网工程比计划慢了40天"),
];

pub(super) static AWARD: &[Field] = &[
    row("name", "奖项", Words, "奖项", "the award", "人居环境整治先进集体"),
    row("winners", "对象", List(&Words), "受表彰的单位或个人", "who receives it", "石桥湾镇"),
    row("count", "数量", Figure, "多少个", "how many", "10个"),
    row(
        "deed",
        "事迹",
        Words,
        "一个代表的事迹",
        "what one of them did",
        "保洁员向春兰六年没有请过一天假，把三条河沟捡得见底",
    ),
];

pub(super) static VOICE: &[Field] = &[
    row("who", "谁", Words, "谁说的，地方和身份", "who says so: place and role", "竹溪坪镇的民宿老板"),
    row(
        "words",
        "话",
        Words,
        "原话，不带引号",
        "the words, without quotation marks",
        "以前客人看一眼就走，现在要提前半个月订",
    ),
];
