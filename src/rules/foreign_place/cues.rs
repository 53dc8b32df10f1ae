//! What the words round a place name say of it (上下文线索).

use std::ops::Range;

/// How a mention reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the document speaks of its own place.
    Own,
    /// In the title of a document that this one rests on: 根据《昌宁县教育局关于…》.
    Basis,
    /// Nothing tells.
    Plain,
    /// There is a reason to name it: an event, a market, a road.
    Reason,
    /// Somebody went there or learns from it.
    Study,
    /// It helps or is helped; so do later mentions of it.
    Partner,
}

/// Right behind a name: what only the place's own document says.
static OWN_BEHIND: &[&str] = &[
    "委、",
    "委县",
    "委市",
    "委区",
    "各级各部门",
    "各级党",
    "各乡镇",
    "各镇",
    "各街道",
    "上下",
    "各族",
    "广大干部",
    "干部群众",
    "全体",
    "实际",
    "特色",
    "高质量发展",
    "经济社会",
    "新篇章",
    "篇章",
    "形象",
    "各项事业",
    "的各项事业",
    "直各",
    "县情",
    "区情",
    "市情",
    "的高质量发展",
    "实践",
];

/// Right before a name.
static OWN_BEFORE: &[&str] = &[
    "我们",
    "建设",
    "打造",
    "助推",
    "美丽",
    "幸福",
    "和谐",
    "谱写",
    "平安",
    "法治",
    "富裕",
    "魅力",
    "活力",
    "立足",
    "结合",
    "振兴",
    "建设新",
    "加快",
    "开创",
    "推动",
    "推进",
    "具有",
];

static PARTNER: &[&str] = &[
    "对口",
    "帮扶",
    "协作",
    "结对",
    "支援",
    "援建",
    "援藏",
    "援疆",
    "援青",
    "友好城市",
    "挂职",
    "签订",
    "签署",
    "缔结",
];

static STUDY: &[&str] = &[
    "赴",
    "考察",
    "学习借鉴",
    "借鉴",
    "对标",
    "参观",
    "观摩",
    "经验",
    "做法",
    "模式",
    "取经",
    "先进地区",
    "兄弟",
    "学习",
];

static REASON: &[&str] = &[
    "招商",
    "客商",
    "引进",
    "来自",
    "合作",
    "商会",
    "毗邻",
    "接壤",
    "交界",
    "邻近",
    "相邻",
    "周边",
    "邻县",
    "跨省",
    "省际",
    "通往",
    "直达",
    "直通",
    "高铁",
    "铁路",
    "高速",
    "航线",
    "公路",
    "物流",
    "通道",
    "销往",
    "远销",
    "出口",
    "市场",
    "籍",
    "务工",
    "外出",
    "打工",
    "转移",
    "迁",
    "发生",
    "地震",
    "洪灾",
    "洪涝",
    "事件",
    "事故",
    "暴雨",
    "骚乱",
    "疫情",
    "案件",
    "教训",
    "会议",
    "全会",
    "革命",
    "战役",
    "老区",
    "红军",
    "起义",
    "旧址",
    "遗址",
    "古代",
    "历史",
    "精神",
    "比赛",
    "锦标赛",
    "马拉松",
    "运动会",
    "冠军",
    "大学",
    "学院",
    "医院",
    "研究院",
    "集团",
    "公司",
    "企业",
    "比如",
    "例如",
    "流域",
    "山区",
    "论坛",
    "博览会",
    "展会",
    "展销",
    "推介会",
    "大湾区",
    "长三角",
    "京津冀",
    "试点",
    "批准",
    "人大常委会",
    "兄弟省",
    "全国各地",
    "分别",
    "部分省",
    "等地",
    "等省",
    "等县",
    "等市",
    "出生",
    "生于",
    "毕业",
    "调任",
    "同志",
];

/// The reading of the mention at `range`.
pub(super) fn read(text: &str, range: &Range<usize>) -> Reading {
    let sentence = around(text, range, &['。', '！', '？', '\n', '；']);
    let clause = around(text, range, &['。', '！', '？', '\n', '；', '，', ',', ';', '：', ':']);
    // Without the name itself: 象山区 is no 山区.
    let without = |whole: &Range<usize>| {
        format!("{}\u{0}{}", &text[whole.start..range.start], &text[range.end..whole.end])
    };
    let (sentence, clause) = (&*without(&sentence), &*without(&clause));
    let opens = text[..range.start].strip_suffix('《');
    if opens.is_some_and(|b| ["根据", "按照", "依据", "遵照", "依照", "对照"].iter().any(|w| b.ends_with(w)))
    {
        return Reading::Basis;
    }
    let has = |within: &str, words: &[&str]| words.iter().any(|w| within.contains(w));
    let (before, after) = (&text[..range.start], &text[range.end..]);
    // The General Secretary's visit to another province is not this document's to carry out.
    if before.ends_with("考察") && sentence.contains("总书记") {
        let spirit = after.chars().take(12).collect::<String>();
        return if has(&spirit, &["讲话", "指示"]) { Reading::Plain } else { Reading::Reason };
    }
    if has(clause, PARTNER) {
        return Reading::Partner;
    }
    if has(clause, STUDY) {
        return Reading::Study;
    }
    let own =
        OWN_BEHIND.iter().any(|w| after.starts_with(w)) || OWN_BEFORE.iter().any(|w| before.ends_with(w));
    if own && !has(clause, &["、与", "发生", "招商", "商会", "毗邻", "来自"]) {
        return Reading::Own;
    }
    if has(sentence, STUDY) {
        return Reading::Study;
    }
    if has(clause, REASON) || has(&without(&near(text, range)), REASON) || is_listed(before, after) {
        return Reading::Reason;
    }
    Reading::Plain
}

/// Whether a word right before the name says that somebody went there or looked to it.
pub(super) fn is_visited(before: &str) -> bool {
    ["赴", "去", "到", "借鉴", "学习", "考察", "参观", "对标", "与", "跟"].iter().any(|w| before.ends_with(w))
}

/// Part of a list: 浙江、江苏等.
fn is_listed(before: &str, after: &str) -> bool {
    after.starts_with('、') || before.ends_with('、') || after.starts_with('等') || after.starts_with('籍')
}

/// The bytes from the mark before to the mark behind, at most 120 characters either side.
fn around(text: &str, range: &Range<usize>, marks: &[char]) -> Range<usize> {
    let low = text.floor_char_boundary(range.start.saturating_sub(360));
    let high = text.ceil_char_boundary((range.end + 360).min(text.len()));
    let start = text[low..range.start]
        .rfind(marks)
        .map_or(low, |i| low + i + text[low + i..].chars().next().map_or(0, char::len_utf8));
    let end = text[range.end..high].find(marks).map_or(high, |i| range.end + i);
    start..end
}

/// Twelve characters either side, across commas.
fn near(text: &str, range: &Range<usize>) -> Range<usize> {
    let low = text.floor_char_boundary(range.start.saturating_sub(24));
    let high = text.ceil_char_boundary((range.end + 36).min(text.len()));
    low..high
}
