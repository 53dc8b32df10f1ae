//! What stands where a word is still missing (占位).
//!
//! The characters and words that writers put for a name, number or date they do not know yet.
//! The facts loader asks whether a whole value is such a blank; the rule `placeholder` finds them
//! inside running text, where the same characters may also mean something. Both use these lists.

/// Whether a run of `c` may stand for missing characters: `x`, `X`, `×`, `*`, `○`, `_` and their
/// kin. `〇` is not among them: it is the numeral zero (二〇二六).
#[must_use]
pub fn is_stand_in(c: char) -> bool {
    matches!(
        c,
        'x' | 'X'
            | 'ｘ'
            | 'Ｘ'
            | '×'
            | '✕'
            | '╳'
            | '*'
            | '＊'
            | '∗'
            | '※'
            | '○'
            | '◯'
            | '●'
            | '□'
            | '■'
            | '△'
            | '▲'
            | '_'
            | '＿'
    )
}

/// Words that say a value is still to come. As a whole value or in brackets they are always
/// blanks; in running text `待定` may be said of a plan.
pub const PENDING: &[&str] = &[
    "待定",
    "待补",
    "待补充",
    "待填",
    "待填写",
    "待核",
    "待核实",
    "待核对",
    "待确认",
    "待确定",
    "待完善",
    "待更新",
    "待查",
    "待落实",
    "待统计",
    "待提供",
    "未定",
    "暂缺",
    "暂无",
    "略",
    "空",
    "无数据",
    "TODO",
    "TBD",
    "FIXME",
    "N/A",
    "NA",
    "n/a",
    "todo",
    "tbd",
];

/// Whether a whole value is a blank: `x万人`, `待定`, `/`, `某某`, `20xx年`, `【待补：人口】`, `（  ）`.
///
/// ```
/// use wengao::base::blank::is_blank_value;
/// for blank in ["x万人", "待定", "/", "—", "XX", "某某", "20xx年", "【待补：人口】", "（ ）", "**个", "？"] {
///     assert!(is_blank_value(blank), "{blank}");
/// }
/// for value in ["5.60", "X光室", "12.6万人", "3×4", "某项工作", "5G基站", "0", "无"] {
///     assert!(!is_blank_value(value), "{value}");
/// }
/// ```
#[must_use]
pub fn is_blank_value(value: &str) -> bool {
    let value = value.trim().trim_matches(['。', '；', '，', ' ', '　']);
    if value.is_empty() || PENDING.contains(&value) {
        return true;
    }
    let inner = value
        .strip_prefix(['【', '（', '(', '[', '{', '〔', '「', '<', '《', '“'])
        .map(|v| v.trim_end_matches(['】', '）', ')', ']', '}', '〕', '」', '>', '》', '”']));
    if let Some(inner) = inner
        && (is_blank_value(inner)
            || PENDING.iter().any(|p| p.starts_with('待') && inner.starts_with(p))
            || inner.starts_with("此处")
            || inner.starts_with("填写"))
    {
        return true;
    }
    if value.starts_with("某某")
        || value.chars().all(|c| matches!(c, '/' | '-' | '—' | '－' | '?' | '？' | '…' | '.' | '、' | '\\'))
    {
        return true;
    }
    // `x万人`, `20xx年`, `**个`: a run of stand-ins, and around it only digits and a short unit.
    let Some(run) = value.find(is_stand_in) else { return false };
    let before = &value[..run];
    let after = value[run..].trim_start_matches(|c: char| {
        is_stand_in(c) || matches!(c, '.' | '月' | '日' | '年' | '-' | '、' | ' ')
    });
    let is_unit = |s: &str| {
        matches!(
            s,
            "" | "%"
                | "％"
                | "个百分点"
                | "人"
                | "万人"
                | "亿元"
                | "万元"
                | "元"
                | "个"
                | "家"
                | "户"
                | "次"
                | "项"
                | "名"
                | "公里"
                | "亩"
                | "万亩"
                | "平方公里"
                | "年"
                | "月"
                | "日"
                | "县"
                | "市"
                | "区"
                | "旗"
                | "乡"
                | "镇"
                | "村"
                | "街道"
                | "同志"
                | "书记"
                | "县长"
                | "局长"
                | "主任"
                | "省"
                | "州"
                | "局"
                | "办"
                | "号"
                | "届"
                | "期"
                | "吨"
                | "万吨"
                | "天"
                | "小时"
        )
    };
    before.chars().all(|c| c.is_ascii_digit() || c == '第') && is_unit(after)
}
