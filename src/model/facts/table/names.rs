//! Other names of rows (别名): what the same thing is called in another list, in an office's own
//! tables, or by whoever forgets which word stands here.
//!
//! A task has a 牵头单位 and a measure a 责任单位, a target a 时限 and a task a 完成时限; nobody who
//! types keeps them apart, and nothing is gained by refusing one of them. Whatever shows a key shows
//! the row's own.

use super::Field;
use super::document::{AGENDA, DOCUMENT, MEETING, REMARK, THANKS};
use super::place::{AWARD, HONOUR, INDICATOR, LOCALITY, PERSON, POLICY, PROJECT, UNIT, VOICE};
use super::work::{
    INSIGHT, MEASURE, PRACTICE, PROBLEM, RESULT, SIGNIFICANCE, STAGE, SUGGESTION, TARGET, TASK, WORK,
};

type Also = (&'static [Field], &'static str, &'static [&'static str]);

/// Table, id of the row, and what else files may call it there.
#[rustfmt::skip]
static ALSO: &[Also] = &[
    (LOCALITY, "name", &["全称"]),
    (LOCALITY, "level", &["行政级别"]),
    (LOCALITY, "upper", &["所属"]),
    (LOCALITY, "population", &["常住人口"]),
    (DOCUMENT, "date", &["成文日期", "讲话日期", "发文日期", "落款日期", "时间"]),
    (DOCUMENT, "speaker_title", &["职务"]),
    (DOCUMENT, "issuer", &["落款", "署名", "发文单位", "落款单位", "单位"]),
    (DOCUMENT, "number", &["发文字号"]),
    (DOCUMENT, "masthead", &["简报名称"]),
    (DOCUMENT, "issue", &["期数"]),
    (DOCUMENT, "addressee", &["主送机关", "主送单位"]),
    (DOCUMENT, "cc", &["抄送机关", "抄送单位"]),
    (DOCUMENT, "printer", &["印发单位"]),
    (DOCUMENT, "year", &["年份"]),
    (DOCUMENT, "next_year", &["下一年度"]),
    (DOCUMENT, "sections", &["部分"]),
    (MEETING, "name", &["会议名称"]),
    (MEETING, "date", &["时间", "开会日期", "会议日期", "会议时间"]),
    (MEETING, "place", &["会议地点"]),
    (MEETING, "chair", &["主持"]),
    (MEETING, "attendees", &["参加人员", "参会单位", "与会人员"]),
    (MEETING, "speakers", &["表态单位"]),
    (MEETING, "leaders", &["参会领导", "到会领导"]),
    (MEETING, "present", &["参会人数", "人数"]),
    (MEETING, "form", &["会议形式"]),
    (MEETING, "purpose", &["会议目的"]),
    (MEETING, "spirit", &["会议精神"]),
    (AGENDA, "name", &["名称", "内容"]),
    (AGENDA, "person", &["谁", "讲话人"]),
    (THANKS, "to", &["名称", "单位"]),
    (THANKS, "for", &["原因"]),
    (REMARK, "person", &["谁", "姓名"]),
    (REMARK, "points", &["内容"]),
    (WORK, "name", &["工作名称"]),
    (WORK, "goal", &["目标"]),
    (WORK, "start", &["开始时间", "启动时间"]),
    (WORK, "end", &["完成时限", "完成时间", "时限", "结束", "截止时间"]),
    (WORK, "scope", &["实施范围"]),
    (WORK, "lead", &["领导小组"]),
    (WORK, "lead_head", &["组长"]),
    (WORK, "funds", &["经费", "投资"]),
    (WORK, "review", &["督导", "查验"]),
    (WORK, "hotline", &["举报电话"]),
    (SIGNIFICANCE, "point", &["名称"]),
    (SIGNIFICANCE, "detail", &["内容"]),
    (TASK, "owner", &["责任单位", "责任部门", "牵头部门", "负责单位"]),
    (TASK, "partners", &["协办单位", "配合部门", "参与单位"]),
    (TASK, "due", &["时限", "完成时间", "期限", "时间"]),
    (TASK, "target", &["目标值", "标准"]),
    (TARGET, "value", &["目标", "值"]),
    (TARGET, "base", &["现状"]),
    (TARGET, "due", &["完成时限", "完成时间", "期限", "时间"]),
    (TARGET, "task", &["任务"]),
    (STAGE, "start", &["开始时间"]),
    (STAGE, "end", &["完成", "完成时限", "完成时间", "结束时间", "时限"]),
    (MEASURE, "owner", &["牵头单位", "责任部门", "牵头部门", "负责单位"]),
    (MEASURE, "due", &["完成时限", "完成时间", "期限", "时间"]),
    (PROBLEM, "detail", &["内容", "展开"]),
    (PROBLEM, "unit", &["责任单位", "涉及单位"]),
    (RESULT, "name", &["名称"]),
    (RESULT, "detail", &["内容"]),
    (PRACTICE, "name", &["要点"]),
    (PRACTICE, "why", &["原因"]),
    (PRACTICE, "result", &["成效"]),
    (INSIGHT, "name", &["名称"]),
    (INSIGHT, "detail", &["内容"]),
    (SUGGESTION, "name", &["名称"]),
    (SUGGESTION, "detail", &["内容"]),
    (SUGGESTION, "to", &["责任单位", "单位"]),
    (UNIT, "name", &["单位"]),
    (UNIT, "figure", &["完成率", "进度", "值"]),
    (UNIT, "done", &["做法"]),
    (UNIT, "lag", &["差距", "问题"]),
    (AWARD, "name", &["名称"]),
    (AWARD, "winners", &["单位", "个人", "人员", "名单"]),
    (AWARD, "deed", &["事例"]),
    (VOICE, "who", &["人员", "姓名"]),
    (VOICE, "words", &["内容", "原话"]),
    (INDICATOR, "value", &["数值", "完成"]),
    (INDICATOR, "prev", &["上年同期", "去年", "基数"]),
    (INDICATOR, "target", &["目标值"]),
    (INDICATOR, "rank", &["排名"]),
    (INDICATOR, "rank_prev", &["上次排名"]),
    (PROJECT, "invest", &["总投资", "资金"]),
    (PROJECT, "progress", &["进展"]),
    (PROJECT, "due", &["时限", "完成时间", "期限"]),
    (PROJECT, "owner", &["牵头单位", "责任部门", "负责单位"]),
    (HONOUR, "giver", &["颁发单位"]),
    (HONOUR, "year", &["时间"]),
    (PERSON, "name", &["名称"]),
    (POLICY, "title", &["标题", "文件"]),
    (POLICY, "number", &["发文字号"]),
    (POLICY, "date", &["时间", "成文日期"]),
    (POLICY, "issuer", &["发文单位", "来源"]),
];

/// What else files may call a row.
pub(super) fn also(field: &Field) -> impl Iterator<Item = &'static str> {
    let rows = ALSO.iter().filter(|(table, id, _)| *id == field.id && holds(table, field));
    rows.flat_map(|(.., names)| names.iter().copied())
}

/// Whether this row is one of the table: rows of one id stand in many.
fn holds(table: &'static [Field], field: &Field) -> bool {
    table.as_ptr_range().contains(&std::ptr::from_ref(field))
}

/// The rows whose words name units, of which one cell may hold several: 县医保局、县税务局.
static UNITS: &[(&[Field], &str)] = &[
    (LOCALITY, "upper"),
    (LOCALITY, "towns"),
    (MEETING, "speakers"),
    (TASK, "owner"),
    (TASK, "partners"),
    (MEASURE, "owner"),
    (PROJECT, "owner"),
    (PROBLEM, "unit"),
    (SUGGESTION, "to"),
    (AWARD, "winners"),
];

/// Whether the words of a row name units, several of which one cell may hold.
#[must_use]
pub fn names_units(field: &Field) -> bool {
    UNITS.iter().any(|(table, id)| *id == field.id && holds(table, field))
}

/// What levels are called besides (`地区.级别`): a county-level city speaks as a city.
const LEVELS: &[(&str, &str)] = &[
    ("县级", "县"),
    ("县级市", "市"),
    ("地级市", "市"),
    ("市级", "市"),
    ("市辖区", "区"),
    ("县级区", "区"),
    ("区级", "区"),
    ("自治州", "州"),
    ("民族乡", "乡"),
    ("乡级", "乡"),
    ("镇级", "镇"),
    ("街道办", "街道"),
    ("街道办事处", "街道"),
];

/// The level of the list that a word means. 县（市） is the one of the two that the locality's `name`
/// ends in, and 县 where that tells nothing.
#[must_use]
pub fn level_named(word: &str, name: Option<&str>) -> Option<&'static str> {
    if let Some((_, level)) = LEVELS.iter().find(|(other, _)| *other == word) {
        return Some(level);
    }
    let plain: String =
        word.chars().filter(|c| !matches!(c, '（' | '）' | '(' | ')' | '、' | '/' | ' ')).collect();
    match plain.as_str() {
        "县市" | "县市区" | "县区" | "市县" => {
            let last = name.and_then(|n| super::LEVELS[..3].iter().find(|l| n.ends_with(**l)));
            Some(last.copied().unwrap_or("县"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ALSO, LEVELS, UNITS, level_named};
    use crate::model::facts::load;
    use crate::model::facts::table;

    #[test]
    fn each_name_is_of_a_row_that_there_is_and_no_level_means_none() {
        for (table, id, _) in ALSO {
            assert!(table.iter().any(|f| f.id == *id), "{id}");
        }
        for (table, id) in UNITS {
            assert!(table.iter().any(|f| f.id == *id), "{id}");
        }
        assert!(LEVELS.iter().all(|(_, level)| table::LEVELS.contains(level)));
    }

    #[test]
    fn what_another_list_calls_the_same_thing_is_taken_here_too() {
        for (file, path, value) in [
            ("任务: [{名称: 清渠, 责任单位: 县水利局}]\n", "tasks[0].owner", "县水利局"),
            ("任务: [{名称: 清渠, 时限: 5月底前}]\n", "tasks[0].due", "5月底前"),
            ("措施: [{名称: 清渠, 牵头单位: 县水利局, 完成时限: 5月}]\n", "measures[0].due", "5月"),
            ("会议: {时间: 2026-04-02}\n", "meeting.date", "2026年4月2日"),
            ("文稿: {讲话日期: 2026-04-02, 落款: 泮山县水利局}\n", "document.issuer", "泮山县水利局"),
            ("步骤: [{名称: 清淤, 完成: 4月底}]\n", "stages[0].end", "4月底"),
            ("步骤: [{名称: 清淤, 时间: 3—4月}]\n", "stages[0].time", "3—4月"),
            ("表彰: [{奖项: 管水能手, 单位: 泮河镇}]\n", "awards[0].winners[0]", "泮河镇"),
            ("单位进展: [{名称: 泮河镇, 完成率: 61%}]\n", "units[0].figure", "61%"),
            ("打算: [{名称: 清渠, 责任单位: 县水利局}]\n", "plans[0].owner", "县水利局"),
        ] {
            assert_eq!(load("a.yaml", file).unwrap().text(path).as_deref(), Some(value), "{file}");
        }
        let twice = load("a.yaml", "任务: [{名称: 清渠, 责任单位: 甲局, 牵头单位: 乙局}]\n").unwrap_err();
        assert!(twice.to_string().contains("given twice"), "{twice}");
    }

    #[test]
    fn a_county_level_city_is_a_city_and_either_of_two_is_told_by_the_name() {
        assert_eq!(level_named("县级市", None), Some("市"));
        assert_eq!(level_named("市辖区", None), Some("区"));
        assert_eq!(level_named("县（市）", Some("泮山市")), Some("市"));
        assert_eq!(level_named("县(市、区)", Some("泮山区")), Some("区"));
        assert_eq!(level_named("县（市）", None), Some("县"));
        assert_eq!(level_named("郡", Some("泮山县")), None);
    }
}
