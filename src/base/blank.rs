//! What stands where a word is still missing (占位).
//!
//! The characters and words that writers put for a name, number or date they do not know yet, and
//! the words beside them that tell what is missing. The facts loader asks whether a whole value is
//! such a blank; the rule `placeholder` finds them inside running text, where the same characters
//! may also mean something; the Markdown reader asks whether a pair of stars is emphasis or two
//! names removed. All of them use these lists.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::Text;

/// Whether a run of `c` may stand for missing characters: `x`, `X`, `×`, `*`, `○`, `_` and their
/// kin. `〇` is not among them: it is the numeral zero (二〇二六).
#[must_use]
pub fn is_stand_in(c: char) -> bool {
    Sign::of(c).is_some()
}

/// A family of stand-in characters that look alike; a run is made of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `x` `X`, also the Cyrillic letters that input methods give for them.
    Letter,
    /// `×` and other crosses.
    Cross,
    /// `*` and other stars made of strokes.
    Star,
    /// `_`.
    Line,
    /// `○` `◯` `●`.
    Circle,
    /// `□` `△` and other geometric shapes, filled or not.
    Shape,
}

impl Sign {
    /// The family of a character, in full or half width; `None` if it is no stand-in.
    #[must_use]
    pub const fn of(c: char) -> Option<Self> {
        Some(match c {
            'x' | 'X' | 'ｘ' | 'Ｘ' | 'х' | 'Х' => Self::Letter,
            '×' | '✕' | '✖' | '╳' | '⨯' | '✗' | '✘' => Self::Cross,
            '*' | '＊' | '∗' | '﹡' | '✱' => Self::Star,
            '_' | '＿' | '﹍' | '﹏' => Self::Line,
            '○' | '◯' | '●' => Self::Circle,
            '□' | '■' | '△' | '▲' | '◇' | '◆' | '▢' | '※' => Self::Shape,
            _ => return None,
        })
    }
}

/// What a blank stands for, as its neighbours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lack {
    /// 年份, before 年.
    Year,
    /// 月份, before 月.
    Month,
    /// 日期, before 日.
    Day,
    /// 数字, before a measure word or unit.
    Number,
    /// 序数, after 第 or before 届.
    Ordinal,
    /// 人名, before or after an office.
    Person,
    /// 地名, before 县, 镇, 江 …
    Place,
    /// 名称 of an office, enterprise, meeting, project.
    Name,
    /// A passage.
    Passage,
    /// Nothing tells.
    Unknown,
}

impl Lack {
    /// The words for it after “缺” and “missing:”.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Year => Text::fixed("年份", "a year"),
            Self::Month => Text::fixed("月份", "a month"),
            Self::Day => Text::fixed("日期", "a day of the month"),
            Self::Number => Text::fixed("数字", "a number"),
            Self::Ordinal => Text::fixed("序数", "an ordinal number"),
            Self::Person => Text::fixed("人名", "a person's name"),
            Self::Place => Text::fixed("地名", "a place name"),
            Self::Name => Text::fixed("名称", "a name"),
            Self::Passage => Text::fixed("一段内容", "a passage"),
            Self::Unknown => Text::fixed("名称、数字或日期", "a name, number or date"),
        }
    }

    /// Whether it is a count or a date, which only a figure can fill.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day | Self::Number | Self::Ordinal)
    }
}

/// Words that stand right after a blank, and what it then lacks, parted by blanks.
const AFTER: &[(Lack, &str)] = &[
    (Lack::Year, "年 年度 学年 年代"),
    (Lack::Month, "月 月份"),
    (Lack::Day, "日"),
    (Lack::Ordinal, "届 次会议 次全体会议 次全会 号文 季度 世纪 期"),
    (
        Lack::Number,
        "% ％ ‰ ℃ 个百分点 百分点 元 万元 亿元 万亿元 千元 百万元 千万元 美元 万美元 亿美元 万 亿 \
         千 百 人 万人 亿人 余人 多人 人次 万人次 亿人次 名 余名 位 个 余个 多个 万个 家 余家 万家 户 \
         余户 万户 次 余次 万次 项 余项 件 万件 条 余条 场 余场 场次 份 万份 篇 期 批 批次 册 万册 处 \
         座 栋 幢 台 万台 台套 台（套） 套 万套 辆 万辆 架 艘 间 所 块 张 万张 只 万只 头 万头 羽 \
         万羽 株 万株 棵 亩 万亩 亿亩 公顷 平方米 万平方米 平方公里 平方千米 公里 千米 米 里 吨 万吨 \
         亿吨 公斤 斤 万斤 亿斤 升 立方米 万立方米 亿立方米 千瓦 万千瓦 兆瓦 千瓦时 亿千瓦时 度 天 \
         小时 分钟 秒 周 周年 倍 成 类 种 级 档 轮 遍 大类 层 笔 单 宗 起 例 对 支 队次 岁 个月 代 号 \
         对口 学时 课时 床 张床位 时 点 分 分贝 毫克 微克 微克/立方米 字 页 章 节 款 站 方面 分之 km \
         kg km² m² ㎡ mm cm MW GW kW kWh GWh t",
    ),
    (
        Lack::Place,
        "省 市 县 区 旗 州 盟 地区 自治区 自治州 自治县 乡 镇 村 街道 社区 村民小组 组 屯 寨 庄 苏木 \
         嘎查 开发区 园区 高新区 新区 经开区 工业园 工业园区 路 街 大道 江 河 湖 山 水库 族 省委 市委 \
         县委 区委 镇党委 乡党委 县城 市区 城区 省道 国道 高速 机场 港 县域 市域 林区 灌区 流域 省级 \
         縣 區 鄉 鎮 街道辦 開發區",
    ),
    (
        Lack::Person,
        "同志 书记 副书记 县长 副县长 市长 副市长 省长 区长 副区长 镇长 乡长 旗长 州长 局长 副局长 \
         主任 副主任 主席 副主席 部长 副部长 厅长 副厅长 处长 科长 所长 院长 校长 委员 常委 常务 先生 \
         女士 教授 老师 同学 总经理 经理 董事长 组长 队长 站长 会长 秘书长 参谋长 政委 检察长 律师 \
         记者 医生 村长 支书 总书记 等同志 几位同志 書記 縣長 市長 區長 鎮長 局長 部長",
    ),
    (
        Lack::Name,
        "局 委 办 厅 部 院 校 学校 大学 中学 小学 医院 公司 有限公司 集团 银行 企业 中心 支部 党支部 \
         党委 党组 总支 人民政府 政府 人大 政协 法院 检察院 单位 部门 科 处 所 队 协会 商会 工程 项目 \
         活动 会议 计划 模式 品牌 节 产业 产业园 基地 合作社 农场 林场 煤矿 景区 文件 精神 方案 意见 \
         办法 通知 管理局 管理处 管委会 指挥部 领导小组 工作 事件 疫情 特色 平台 广场 公园 學校 辦 廳 \
         單位 部門 工作組",
    ),
];

/// Words that open like a unit and are none: after a blank with a gap or beside stars, 年轻 is not 年.
const NO_UNIT: &str = "\
    年轻 年均 年人均 年产 年底 年初 年末 年内 年前 年终 年年 年来 年龄 年青 年间 年味 年货 年鉴 \
    年报 年会 年检 年审 年级 年限 月底 月初 月均 月月 月末 月度 日常 日前 日益 日均 日夜 日趋 \
    日渐 日后 日子 日程 日报 日志 日产 日用 日新 日日 日照 人民 人均 人员 人才 人大 人口 人居 \
    人人 人力 人文 人工 人类 人为 人事 人物 人社 人心 人情 人数 人间 人生 人选 人群 人身 人武 \
    人防 人家 人格 个人 个别 个性 个体 个案 个税 个中 个个 家庭 家园 家长 家乡 家家 家风 家电 \
    家禽 家具 家政 家国 家校 家族 家底 项目 项下 次数 次要 次生 次日 次年 次序 名单 名称 名录 \
    名额 名优 名牌 名义 名城 名村 名镇 名片 名誉 名师 名医 名家 名副 户籍 户外 户主 户厕 户户 \
    户均 位置 位于 位居 位列 位次 件件 条件 条例 条块 条款 条条 条线 场所 场景 场地 场馆 份额 \
    份内 期间 期待 期限 期盼 期望 期末 期货 批准 批评 批复 批示 批发 批量 处理 处置 处罚 处分 \
    处于 处处 处境 处级 座谈 座位 台账 台阶 台湾 台风 台胞 套路 间接 间隙 所有 所以 所在 所属 \
    所需 所得 所谓 所长 块状 张榜 只有 只要 只能 只是 头雁 头等 头部 头疼 羽毛 株洲 里程 里面 \
    里外 里子 升级 升学 升旗 升温 度假 度过 度汛 天然 天气 天下 天天 天津 天空 周边 周密 周期 \
    周末 周转 周到 周围 成立 成效 成为 成果 成功 成就 成员 成本 成熟 成长 成绩 成片 成品 类似 \
    类型 类别 种植 种子 种业 种粮 种类 种养 级别 级次 档案 档次 轮流 轮换 轮岗 轮训 层面 层层 \
    层次 层级 单位 单独 单价 单产 单体 单项 天数 件数 月数 年数 户数 个数 亩产 倍镜 倍数 单一 \
    单列 单纯 单元 宗教 宗旨 宗族 起来 起步 起草 起到 起点 起重 例如 例外 例会 例行 对于 对接 \
    对口 对象 对策 对照 对外 对标 对比 对此 支持 支撑 支部 支出 支付 支援 支柱 支农 代表 代替 \
    代理 代码 代价 代办 号召 号码 号称 时间 时代 时刻 时候 时限 时机 时任 时常 时节 时有 点击 \
    点位 点评 点赞 点亮 点面 点多 点点 分类 分别 分析 分布 分工 分管 分级 分解 分配 分为 分局 \
    分步 分批 分享 分散 分红 分离 分阶 分组 分数 分会 字体 字样 字数 页面 页码 章节 章程 节点 \
    节约 节能 节日 节目 节水 节庆 节假 款项 站点 站位 站在 站稳 方面军 元素 元旦 元宵 元宇 万众 \
    万象 万一 万物 万无 万达 千方 千家 千万不 百姓 百货 百年 百花 百日 百县 百千 百强 亿万 届时 \
    床位 岁月 笔者 笔记 倍增 倍加 篇章 册封 架构 秒杀 栋梁 亩均 米面 升国 吨粮 省级 市级 市场 \
    市民 市政 市域 市委 市直 市容 市值 市属 县级 县域 县委 县城 县直 县乡 县内 县属 县政 县人 \
    区域 区级 区委 区位 区直 区划 区别 乡村 乡镇 乡风 乡愁 乡贤 乡土 乡亲 镇村 镇域 镇区 村级 \
    村民 村镇 村庄 村居 村党 村两 村规 村集 村干 村支 村村 村容 组织 组建 组成 组长 组团 路径 \
    路线 路面 路网 街区 街巷 街面 山水 山区 山林 江河 河湖 河道 河长 湖泊 州委 盟委 旗帜 省委 \
    省政 省道 省内 省外 族群";

/// What a blank lacks that stands right before `rest`, and the words that tell it; the longest
/// word of the lists wins.
///
/// ```
/// use wengao::base::blank::{Lack, before};
/// assert_eq!(before("万人次，增长"), Some((Lack::Number, "万人次")));
/// assert_eq!(before("同志主持"), Some((Lack::Person, "同志")));
/// assert_eq!(before("，全县"), None);
/// ```
#[must_use]
pub fn before(rest: &str) -> Option<(Lack, &'static str)> {
    let words = BY_FIRST.get(&rest.chars().next()?)?;
    words.after.iter().copied().find(|(_, w)| {
        rest.strip_prefix(w).is_some_and(|after| {
            // `x km` is a unit, `x kind` is none.
            !w.ends_with(|c: char| c.is_ascii_alphabetic())
                || !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// The words of the lists that begin with one character.
#[derive(Default)]
struct Words {
    /// Of [`AFTER`], the longest first.
    after: Vec<(Lack, &'static str)>,
    /// Of [`NO_UNIT`].
    no_unit: Vec<&'static str>,
}

/// Both lists by first character: a dirty draft asks them thousands of times.
static BY_FIRST: LazyLock<HashMap<char, Words>> = LazyLock::new(|| {
    let mut index: HashMap<char, Words> = HashMap::new();
    for &(lack, words) in AFTER {
        for word in words.split_whitespace() {
            index.entry(first(word)).or_default().after.push((lack, word));
        }
    }
    for word in NO_UNIT.split_whitespace() {
        index.entry(first(word)).or_default().no_unit.push(word);
    }
    for words in index.values_mut() {
        words.after.sort_by_key(|(_, w)| std::cmp::Reverse(w.len()));
    }
    index
});

fn first(word: &str) -> char {
    word.chars().next().unwrap_or_default()
}

/// As [`before`], where the blank itself is in doubt: `年轻` does not count as `年`.
///
/// ```
/// use wengao::base::blank::unit;
/// assert!(unit("年，").is_some());
/// assert!(unit("年轻干部").is_none());
/// ```
#[must_use]
pub fn unit(rest: &str) -> Option<(Lack, &'static str)> {
    let found = before(rest)?;
    let words = BY_FIRST.get(&rest.chars().next()?)?;
    (!words.no_unit.iter().any(|w| rest.starts_with(w) && w.len() > found.1.len())).then_some(found)
}

/// Whether a number must follow these words: they end in 第, 达到, 约, 增长 …
#[must_use]
pub fn wants_number(words: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "第", "达", "达到", "约", "近", "超", "超过", "突破", "增长", "下降", "增加", "减少", "提高",
        "提升", "降低", "上升", "共", "共有", "共计", "累计", "总计", "合计", "完成", "实现", "投资",
        "投入", "总投资", "新增", "新建", "改建", "建成", "为", "至", "到", "占", "有", "等", "仅", "满",
        "每", "不少于", "不低于", "压减", "引进", "收入", "签约", "资金", "总额", "总量", "排名", "位居",
        "位列", "全年", "全县", "面积", "人口", "减贫", "降", "增", "计", "共计", "收到", "办理", "发放",
    ];
    WORDS.iter().any(|w| words.ends_with(w))
}

/// Words that say a value is still to come. As a whole value or in brackets they are always
/// blanks; in running text `待定` may be said of a plan.
#[rustfmt::skip]
pub const PENDING: &[&str] = &[
    "待定", "待补", "待补充", "待填", "待填写", "待核", "待核实", "待核对", "待确认", "待确定", "待完善",
    "待更新", "待查", "待落实", "待统计", "待提供", "未定", "暂缺", "暂无", "略", "空", "无数据", "TODO",
    "TBD", "FIXME", "N/A", "NA", "n/a", "todo", "tbd",
];

/// A value that says nothing: only strokes and dots, or 某某.
static NOTHING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[/\\\-—－?？….、]+|某某.*)$").expect("a pattern known at build time"));

/// What brackets hold where they tell the writer to fill them: 待补：人口, 此处填写, 填写人口.
static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:待(?:定|补|填|核|确|完善|更新|查|落实|统计|提供)|此处|填写)")
        .expect("a pattern known at build time")
});

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
    /// Brackets in brackets that are looked into; nobody writes more.
    const DEEPEST: usize = 8;
    let mut value = value;
    for _ in 0..DEEPEST {
        value = value.trim().trim_matches(['。', '；', '，', ' ', '　']);
        if value.is_empty() || PENDING.contains(&value) || NOTHING.is_match(value) || is_run(value) {
            return true;
        }
        let Some(inner) = value.strip_prefix(['【', '（', '(', '[', '{', '〔', '「', '<', '《', '“'])
        else {
            return false;
        };
        value = inner.trim_end_matches(['】', '）', ')', ']', '}', '〕', '」', '>', '》', '”']);
        if ORDER.is_match(value) {
            return true;
        }
    }
    false
}

/// `x万人`, `20xx年`, `**个`: a run of stand-ins, and around it only digits and a short unit.
fn is_run(value: &str) -> bool {
    let Some(run) = value.find(is_stand_in) else { return false };
    let digits = &value[..run];
    let after = value[run..].trim_start_matches(|c: char| {
        is_stand_in(c) || matches!(c, '.' | '月' | '日' | '年' | '-' | '、' | ' ')
    });
    let is_unit = |s: &str| s.is_empty() || before(s).is_some_and(|(_, word)| word == s);
    digits.chars().all(|c| c.is_ascii_digit() || c == '第') && is_unit(after)
}

#[cfg(test)]
mod tests {
    use super::is_blank_value;

    /// Each bracket took a level of the stack.
    #[test]
    fn a_value_of_nothing_but_brackets_is_looked_into_so_far_and_no_further() {
        assert!(is_blank_value("【（待补）】"));
        assert!(!is_blank_value(&"（".repeat(1_000_000)));
    }
}
