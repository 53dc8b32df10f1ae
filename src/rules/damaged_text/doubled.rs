//! Words and characters said twice: 总书记记, 认真认真落实, 的的.
//!
//! Chinese doubles on purpose — 常常, 研究研究, 一步一步 — and by chance where two words meet: 省委委员,
//! 创业创新. So a doubled word is one of the list below, and a doubled character is one that follows
//! a word of the list and does not begin another. Where words end is not known for certain, so what
//! is doubled is told and never fixed.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Harm, Hit};
use crate::model::Severity;

static LEXICON: &str = include_str!("../../../phrasebank/lexicon/doubled_words.txt");

/// A word whose last or first character stands twice, and particles that never do.
const ENDS: &str = "\
    总书记记 副书记记 委书记记 总书书记 习习近平 习近近平 习近平平 近平近平 总总书记 书书记 \
    主主席 中中央 党党中央 中央央 人民民政府 各各级 各级级 全全县 全全市 同同志 \
    同志志 的的 了了 和和 与与 在在 将将 把把 被被 为了了 以及及 我们们 他们们 \
    加加强 加强强 进进一步 进一步步 推推进 推进进 落落实 落实实 发发展 发展展 \
    工工作 工作作 建设设 提提高 提高高 坚坚持 坚持持 全全面 全面面 重重要 重要要 \
    问问题 问题题 社社会 经经济 经济济 群群众 群众众 组组织 政政府 领领导 领导导 \
    干干部 干部部 民民族 民族族 团团结 团结结 创创建 深深入 深入入 贯贯彻 贯彻彻 \
    确确保 确保保 主要要 必须须 不不断 不断断 努努力 切切实 切实实";

/// All of them, as they stand in a text.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    /// The words of the lexicon, each said twice.
    static TWICE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let lines = LEXICON.lines().filter(|l| !l.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(|word| word.repeat(2)).collect()
    });
    TWICE.iter().map(String::as_str).chain(ENDS.split_whitespace())
}

/// What may follow the doubled end and make another word of it.
fn reads_on(word: &str, after: &str) -> bool {
    const OTHER: &[(&str, &[&str])] = &[
        (
            "书记记",
            &["录", "者", "住", "得", "载", "忆", "在心", "在脑", "着", "下", "于", "入", "好", "大过", "功"],
        ),
        ("主席席", &["位", "间", "上"]),
        ("的的", &["确", "士"]),
        ("和和", &["平", "睦", "美", "谐", "气"]),
        ("了了", &["解", "结", "却", "无", "然"]),
        ("在在", &["建", "校", "职", "京", "岗", "线", "册", "编", "外", "场", "位", "校"]),
        ("将将", &["军", "士", "领", "来"]),
        (
            "工作作",
            &[
                "风", "为", "用", "出", "了", "业", "报告", "动员", "部署", "安排", "总结", "说明", "发言",
                "汇报", "讲话", "表态",
            ],
        ),
        ("发展展", &["示", "现", "望", "开", "会", "览", "厅", "馆", "区"]),
        (
            "推进进",
            &[
                "程", "度", "入", "口", "出", "行", "城", "村", "校", "乡", "企", "展", "社", "一步", "机关",
                "山", "军", "京",
            ],
        ),
        (
            "落实实",
            &["施", "际", "体", "事", "效", "名", "行", "现", "力", "验", "时", "物", "践", "干", "地", "招"],
        ),
        ("建设设", &["计", "施", "备", "立", "置", "想", "区", "定"]),
        (
            "提高高",
            &[
                "度", "质", "等", "效", "端", "校", "层", "考", "标", "新", "素", "原", "中", "技", "产",
                "品", "水", "危", "血", "龄", "价",
            ],
        ),
        ("坚持持", &["续", "久", "之", "证", "有", "股"]),
        ("全面面", &["向", "临", "对", "积", "貌", "试"]),
        ("重要要", &["求", "素", "点", "件", "道", "领", "事", "闻", "塞", "义"]),
        ("问题题", &["目", "材", "库"]),
        ("经济济", &["南", "宁", "源"]),
        ("群众众", &["多", "志", "人", "筹"]),
        ("领导导", &["致", "向", "师", "入", "弹", "游", "航"]),
        ("干部部", &["分", "门", "署", "长", "队", "属", "落", "级", "委", "里", "际", "务", "位"]),
        ("民族族", &["群", "人", "别", "谱"]),
        ("团结结", &["果", "合", "构", "束", "对", "成", "盟", "亲"]),
        ("深入入", &["户", "园", "企", "村", "社", "脑", "心", "库", "学", "口", "股", "党", "驻", "围"]),
        ("贯彻彻", &["底"]),
        (
            "确保保",
            &[
                "护", "障", "证", "持", "供", "险", "质", "密", "健", "洁", "温", "留", "值", "安", "税",
                "交", "民", "畅", "全", "暖", "电", "水", "价", "就业", "运",
            ],
        ),
        ("必须须", &["要", "知"]),
        ("主要要", &["求", "素", "点", "看", "有", "在", "从", "靠", "抓", "把", "做"]),
        ("不断断", &["链", "电", "水", "档", "供", "流"]),
        ("切实实", &["行", "现", "施", "际", "事", "效", "践"]),
        ("加强强", &["化", "度", "镇", "村", "县", "省", "国", "项", "基", "军", "企", "链", "农", "势"]),
        ("以及及", &["时", "格", "早", "其"]),
        ("同志志", &["愿", "向", "气", "同"]),
        ("进一步步", &["入", "伐", "行", "骤"]),
        ("中央央", &["企", "视", "行", "属", "地"]),
        ("各级级", &["别", "次"]),
        ("我们们", &[]),
        ("加加强", &[]),
        ("为了了", &["解", "结", "却"]),
        ("党党中央", &[]),
    ];
    OTHER.iter().any(|(w, next)| word.ends_with(w) && next.iter().any(|n| after.starts_with(n)))
}

/// What may stand before the doubled beginning and end a word with it.
fn reads_back(word: &str, before: Option<char>) -> bool {
    const OTHER: &[(&str, &str)] = &[
        ("书书记", "图文证读"),
        ("主主席", "民"),
        ("中中央", "其集"),
        ("全全县", "安健齐保"),
        ("全全市", "安健齐保"),
        ("全全面", "安健齐保"),
        ("同同志", "共协合如相"),
        ("加加强", "参增附添叠更"),
        ("进进一步", "推促先改引前递增跟演"),
        ("推推进", "助"),
        ("落落实", "部村角段"),
        ("发发展", "开研激引印颁"),
        ("工工作", "职员民化施手加分复军开技"),
        ("提提高", "前"),
        ("重重要", "尊注多双贵严着"),
        ("问问题", "访慰提询学质"),
        ("社社会", "合旅报"),
        ("经经济", "财已"),
        ("组组织", "小"),
        ("政政府", "财行民市"),
        ("领领导", "带引本率首"),
        ("干干部", "骨实能"),
        ("民民族", "农居市人村公"),
        ("团团结", "集共"),
        ("创创建", "首独开初"),
        ("确确保", "明精准正"),
        ("切切实", "一密亲"),
        ("坚坚持", "攻脱"),
        ("努努力", ""),
        ("深深入", "纵加"),
        ("群群众", "人"),
        ("各各级", ""),
        ("不不断", ""),
        ("的的", "目"),
        ("和和", "共温饱平柔"),
        ("了了", "为不"),
        ("在在", "存所实"),
        ("与与", "参"),
        ("为了了", ""),
        ("将将", "即大"),
    ];
    before.is_some_and(|c| OTHER.iter().any(|(w, b)| *w == word && b.contains(c)))
}

/// The word that was meant: without the first character that stands twice in a row, or half of
/// a word said twice.
fn once(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let half = chars.len() / 2;
    if chars.len().is_multiple_of(2) && half > 1 && chars[..half] == chars[half..] {
        return chars[..half].iter().collect();
    }
    if word == "总书书记" {
        return "总书记".to_owned();
    }
    let mut out = String::new();
    let mut dropped = false;
    for (index, &c) in chars.iter().enumerate() {
        if !dropped && index > 0 && chars[index - 1] == c {
            dropped = true;
        } else {
            out.push(c);
        }
    }
    out
}

/// A doubled word where it stands, unless it reads on or back into other words.
pub(super) fn hit(text: &str, range: Range<usize>) -> Option<Hit> {
    let word = &text[range.clone()];
    let after = &text[range.end..];
    let before = text[..range.start].chars().next_back();
    if reads_on(word, after) || reads_back(word, before) {
        return None;
    }
    Some(Hit {
        range,
        severity: Severity::Error,
        harm: Harm::Doubled,
        was: once(word),
        // Two words that meet look the same (推进|进境, 产业|产业链). Lists of what may follow know many
        // of them and never all, so the words are shown and nothing is changed.
        fix: None,
        weak: false,
    })
}
