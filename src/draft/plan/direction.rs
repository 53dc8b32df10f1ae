//! Whether more or less of an indicator is better (指标的方向).
//!
//! Facts that fall are not bad and facts that rise are not good by themselves: 事故起数 that falls is an
//! achievement, 参保率 that falls is none. The word that stands last in a name decides, since the head
//! of a Chinese noun stands at its end; a name without a known word is not judged.

use std::sync::LazyLock;

use crate::base::lexicon::direction as lexicon;
use crate::base::words::{Found, Words};

/// The better side of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better: 覆盖率.
    Higher,
    /// Less is better: 事故起数.
    Lower,
}

/// The better side of an indicator of this name; `None` where its words do not tell.
pub(super) fn of_name(name: &str) -> Option<Better> {
    static LOWER: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::LOWER.iter().copied()));
    static HIGHER: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::HIGHER.iter().copied()));
    static UNSURE: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::UNSURE.iter().copied()));
    let (lower, higher) = (last(&LOWER, name), last(&HIGHER, name));
    let end = |found: &Option<Found>| found.as_ref().map_or(0, |f| f.range.end);
    let known = end(&lower).max(end(&higher));
    // 查处 much may mean much wrong or much done.
    let object =
        |f: &Found| lower.as_ref().is_some_and(|l| l.range.start == f.range.end && l.range.end == known);
    let vetoes = |f: Found| f.range.end >= known || object(&f) || f.range.start == 0 && higher.is_none();
    if UNSURE.every(name).any(vetoes) {
        return None;
    }
    match (lower, higher) {
        (lower, Some(higher)) if higher.range.end > end(&lower) => {
            let turned = lexicon::NOT.iter().any(|not| name[..higher.range.start].ends_with(not));
            Some(if turned { Better::Lower } else { Better::Higher })
        }
        // 消除黑臭河道 counts what was done away with: much of it may be good, or much may have been there.
        (Some(_), _) if lexicon::AWAY.iter().any(|verb| name.starts_with(verb)) => None,
        (Some(_), _) => Some(Better::Lower),
        (None, _) => name.ends_with('率').then_some(Better::Higher),
    }
}

/// The word of a list that ends last in a name, the longest of those.
fn last(words: &Words<'_>, name: &str) -> Option<Found> {
    words.every(name).max_by_key(|f| (f.range.end, f.range.len()))
}

#[cfg(test)]
mod tests {
    use super::{Better, of_name};

    #[test]
    fn the_last_word_of_a_name_tells_which_side_is_better() {
        for name in [
            "煤气中毒起数",
            "涉水投诉",
            "城镇调查失业率",
            "管网漏损率",
            "细颗粒物（PM2.5）年均浓度",
            "未整改的重大隐患",
            "没有管护人的工程",
            "尚未消除风险的监测户",
            "未办结求助单",
            "茶叶抽检不合格批次",
            "平均排队时间",
            "单位生产总值能耗",
            "小学辍学率",
            "政府债务率",
            "村级集体拖欠租金",
            "物业类诉求量",
            "刑事发案率",
            "办事平均往返里程",
            "未改造铸造厂",
            "撂荒梯田面积",
            "信访积案",
            "年收入不足30万元的集体",
            "每亩修复造价",
            "平均修复时间",
            "放学高峰平均通行时间",
            "著录差错率",
        ] {
            assert_eq!(of_name(name), Some(Better::Lower), "{name}");
        }
        for name in [
            "农村卫生厕所普及率",
            "隐患整改率",
            "投诉办结率",
            "信访积案化解率",
            "地区生产总值",
            "居民人均可支配收入",
            "粮食产量",
            "固定资产投资",
            "群众满意度",
            "空气质量优良天数",
            "参保人数",
            "枯水期供水保证率",
            "机收率",
            "集体成员分红总额",
            "草原综合植被盖度",
            "事故隐患整改率",
            "矛盾纠纷调解成功率",
            "献血人次",
            "单位团体献血",
            "志愿服务时长",
            "上半年进村快件",
            "新增公共泊位",
            "充电端口",
            "秸秆离田率",
        ] {
            assert_eq!(of_name(name), Some(Better::Higher), "{name}");
        }
        for name in [
            "常住人口",
            "行政区域面积",
            "查处无证电焊作业",
            "牧业年度牲畜存栏",
            "义务教育在校学生",
            "隐患排查",
            "群众举报隐患",
            "一般公共预算教育支出",
            "黄茶",
            "消除黑臭河道",
            "整改重大隐患",
        ] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }
}
