//! `arithmetic` (算术): sums, differences, shares and growth that do not come out.
//!
//! Only what the sentence itself works out is checked: it gives both terms and the result, tied by
//! its own words (由……增加到……，增加了……). Every figure is allowed its rounding, 5.6% may be
//! anything from 5.55 to 5.65, and figures with 约, 近, 余 and the like prove nothing. Parts after
//! 其中 need not be all parts; only a part that is larger than its whole is told.

mod covered;
mod growth;
mod lists;
mod parts;
mod sectors;
mod shares;
mod sums;
mod whole;

use std::ops::Range;

use super::{About, Authority, Case, Example, Reads, Rule, example, told_once};
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::base::{Text, clause};
use crate::model::{Finding, Severity};
use crate::text;

/// The rule.
pub struct Arithmetic;

static ABOUT: About = About {
    id: "arithmetic",
    title: Text::fixed("算不拢的数字", "figures that do not add up"),
    severity: Severity::Warning,
    authority: Authority::Regulation,
    reads: Reads::Folded,
    why: Text::fixed(
        "改了一个数、忘了改跟着它算出来的数，是最常见的硬伤。本规则只算稿子自己摆出来的账：\
         由甲增加到乙、增加多少、年均增长多少、几倍、翻几番；甲比上年的乙提高多少；甲占乙的百分之几；几项合计多少；其中一项不能比总数大，各项相加也不能；\
         三次产业的比重合计一百，增加值合起来是生产总值；“四项指标分别下降”后面要有四个数；应到等于实到加请假，总投资等于各项资金。\
         办了的和没办的合起来是总数。百分数之差叫百分点，不叫百分之几。四舍五入的误差、带“约”“近”“余”的数，不指出；按不变价算的增速、口径会变的指标，留有余地；\
         拿不准的（三个名称两个数，部分列举）只提示。",
        "A figure is changed and what was worked out from it is not. The rule only checks sums that the paper \
         itself does: from A to B, by so much, by so much a year, so many times, doubled so often; B against last \
         year's A; A as a share of B; parts and their total; no part above its whole, nor all of them together; what \
         is done and what is left make the whole; the shares of the three sectors make a hundred and their values the \
         gross product; four indicators have four figures behind 分别; who is due is who is present and who is absent. \
         A difference of two percentages is in percentage points. Rounding is allowed for, and figures with 约, 近, 余 \
         prove nothing; growth at constant prices has a margin; what is not sure (three names and two figures, a list \
         that may be partial) is a hint.",
    ),
    examples: EXAMPLES,
};

static EXAMPLES: &[Example] = &[
    example("全县茶园面积由12.4万亩增加到15.6万亩，增加了2.2万亩。", &["2.2万亩"]),
    example("森林覆盖率从61.2%提高到63.5%，提高1.3个百分点。", &["1.3个百分点"]),
    example("卫生厕所普及率从84.5%提高到92%，增长7.5%。", &["7.5%"]),
    example("群众满意度达到91.20分，比上年的88.10分提高了4.10分。", &["4.10分"]),
    example("脱贫人口1.2万人，占全县总人口24万人的8%。", &["8%"]),
    example("新建改造农路120公里，其中青石镇135公里。", &["135公里"]),
    example("石桥湾镇20个、枫林渡乡15个、竹溪坪镇10个，共计50个。", &["50个"]),
    example("粮食产量由20.5万吨提高到22.1万吨，增长7.8%，增加2.6万吨。", &["2.6万吨"]),
    example(
        "签约项目65个，总投资320亿元，其中工业项目38个、农业项目12个、服务业项目18个。",
        &["38个、农业项目12个、服务业项目18个"],
    ),
    example("新开工亿元以上项目93个、其中产业项目152个。", &["152个"]),
    example("产业结构调整为10:45:46。", &["10:45:46"]),
    example("排查隐患326件，化解310件，正在化解13件。", &["310件，正在化解13件"]),
    example("农机合作社由8家增加到12家，增长60%。", &["60%"]),
    example(
        "民生支出186亿元，其中教育62亿元、社保58亿元、卫生31亿元、其他45亿元。",
        &["62亿元、社保58亿元、卫生31亿元、其他45亿元"],
    ),
    example("反馈问题50个，已完成整改45个，整改完成率98%。", &["98%"]),
    example("服务事项1500项，其中网上可办1350项，占95%。", &["95%"]),
    example("农民收入由1.2万元增加到1.6万元，年均增长33%。", &["33%"]),
    example("下拨补助，水利、交通、教育占比分别为45.2%、30.1%、28.3%。", &["45.2%、30.1%、28.3%"]),
    example(
        "地区生产总值86.4亿元，其中第一产业增加值18.2亿元，第二产业增加值30.1亿元，第三产业增加值48.1亿元。",
        &["18.2亿元，第二产业增加值30.1亿元，第三产业增加值48.1亿元"],
    ),
    example("一产占比18.2%，二产占比34.8%，三产占比57%。", &["18.2%，二产占比34.8%，三产占比57%"]),
    example("产业结构由19.8:41:39.2优化为17.9:43:39.1，第二产业占比提高3个百分点。", &["3个百分点"]),
    example("茶叶加工企业由40家发展到160家，翻了三番。", &["翻了三番"]),
    example("五年来，税收收入由20.5亿元增加到41.2亿元，年均增长25%。", &["25%"]),
    example("专业合作社由120家增加到300家，增长2.5倍。", &["2.5倍"]),
    example("茶叶产量2.8万吨，比上年增加0.2万吨，增长12%。", &["12%"]),
    example("办件时限由20个工作日压缩至5个工作日，压缩率85%。", &["85%"]),
    example("四项指标分别下降27%、34.3%和16.9%。", &["四项指标分别下降27%、34.3%和16.9%"]),
    example("电子、建材、食品三大产业分别完成产值36亿元、28亿元、12亿元，增长5.1%、6.2%。", &["5.1%、6.2%"]),
    example(
        "安排3个乡镇补助：青石镇12万元、枫林乡9万元、清河镇7万元、竹溪镇5万元。",
        &["3个乡镇补助：青石镇12万元、枫林乡9万元、清河镇7万元、竹溪镇5万元"],
    ),
    example("应到代表220人，实到205人，请假12人。", &["12人"]),
    example("项目总投资5800万元，申请中央资金3000万元，省级补助1500万元，县级自筹800万元。", &["5800万元"]),
    example("上半年完成投资12.6亿元，下半年完成15.2亿元，全年完成投资28.8亿元。", &["28.8亿元"]),
    example("全县持证残疾人2400人，其中肢体残疾1200人，占50%；视力残疾240人，占15%。", &["15%"]),
    example("全县辖14个乡镇，其中12个镇、3个乡，共有168个村。", &["12个镇、3个"]),
    example(
        "全县发展党员260名，其中女党员120名。县里提出的28个主要指标中，经济类指标16个、民生类指标14个。",
        &["16个、民生类指标14个"],
    ),
    example(
        "现有经营主体635个，比上年净增9个。其中，合作社41个，家庭农场58个，种养户541个。",
        &["41个，家庭农场58个，种养户541个"],
    ),
    example("现有经营主体635个，比上年净增9个。其中，合作社41个，家庭农场53个，种养户541个。", &[]),
    example("化解债务8.1亿元（其中，县本级5.52亿元，乡镇2.84亿元）。", &["5.52亿元，乡镇2.84亿元"]),
    example("化解债务8亿元（其中，县本级5.52亿元，乡镇2.48亿元）。", &[]),
    example(
        "总投资211亿元，其中工业项目82个，投资170亿元；农业项目20个，投资44亿元，加快项目建设。",
        &["170亿元；农业项目20个，投资44亿元"],
    ),
    example(
        "完成投资100亿元以上，其中工业投资47亿元、农业投资36亿元、其他投资4亿元以上。",
        &["47亿元、农业投资36亿元、其他投资4亿元"],
    ),
    example("完成投资100亿元以上，其中工业投资47亿元、农业投资36亿元、其他投资24亿元以上。", &[]),
    example(
        "筹集住房14206套，其中：公租房2107套；改造棚户区10435户、工矿棚户区318户、危旧房346户。",
        &["2107套；改造棚户区10435户、工矿棚户区318户、危旧房346户"],
    ),
    example("对864名护林员考核，优秀213名、合格662名、不合格26名。", &["864名"]),
    example("对864名护林员考核，优秀213名、合格625名、不合格26名。", &[]),
    example("对864名护林员考核，优秀213名、合格625名。", &[]),
    example("签约亿元以上项目370个，其中5亿元以上项目100个、10亿元以上项目140个。", &["140个"]),
    example("签约亿元以上项目370个，其中5亿元以上项目140个、10亿元以上项目100个。", &[]),
    example(
        "15个集群包括茶叶、蜂蜜等6个新兴产业，竹木、石材等7个传统产业，文旅、康养等4个特色产业。",
        &["15个"],
    ),
    example("17个集群包括茶叶、蜂蜜等6个新兴产业，竹木、石材等7个传统产业，文旅、康养等4个特色产业。", &[]),
    example(
        "签约项目133个，青石镇引进23个，枫林乡、清河镇各19个，竹溪镇、沙坪镇和石桥镇各26个，云岭乡、白沙镇各12个。",
        &["133个"],
    ),
    example(
        "签约项目133个，青石镇引进23个，枫林乡、清河镇各19个，竹溪镇、沙坪镇和石桥镇各16个，云岭乡、白沙镇各12个。",
        &[],
    ),
    example(
        "实施项目412个，总投资239亿元，年度投资45.9亿元。基础项目95个，年度投资11.4亿元，修建道路；产业项目168个，年度投资\
         21.9亿元；民生项目84个，年度投资7.9亿元；生态项目101个，年度投资4.6亿元。",
        &["412个"],
    ),
    example(
        "实施项目412个，总投资239亿元，年度投资45.9亿元。基础项目95个，年度投资11.4亿元，修建道路；产业项目168个，年度投资\
         21.9亿元；民生项目48个，年度投资7.9亿元；生态项目101个，年度投资4.6亿元。",
        &[],
    ),
    example(
        "全年新增社员213名。\n新增社员的来源。茶农149名，果农346名，菜农299名，药农221名，渔户182名。",
        &[],
    ),
    example(
        "全年新增社员1131名。\n新增社员的来源。茶农149名，果农346名，菜农299名，药农221名，渔户161名。",
        &["149名，果农346名，菜农299名，药农221名，渔户161名"],
    ),
    example(
        "地区生产总值达到218.89亿元。\n一产增加值从14.25亿元增加到21.46亿元。\n二产增加值从60.14亿元增加到97.35亿元。\n\
         三产增加值由101.36亿元提高到163.08亿元。",
        &["218.89亿元"],
    ),
    example(
        "地区生产总值达到281.89亿元。\n一产增加值从14.25亿元增加到21.46亿元。\n二产增加值从60.14亿元增加到97.35亿元。\n\
         三产增加值由101.36亿元提高到163.08亿元。",
        &[],
    ),
    example("二产增加值从57.3亿元增加到97.4亿元，工业增加值从41.2亿元增加到98.6亿元。", &["98.6亿元"]),
    example("二产增加值从57.3亿元增加到97.4亿元，工业增加值从41.2亿元增加到86.8亿元。", &[]),
    example("实现生产总值120亿元，三次产业分别完成18亿元、52亿元、60亿元。", &["18亿元、52亿元、60亿元"]),
    example("全县社员总数为8640名，比2023年底净增120名，增幅为11.4%。", &["11.4%"]),
    example("全县社员总数为8640名，比2023年底净增120名，增幅为1.4%。", &[]),
    example(
        "打好春耕攻坚战，包括渠道清淤疏浚、病险塘坝加固、农机具检修保养、良种集中配送5个专项行动。",
        &["渠道清淤疏浚、病险塘坝加固、农机具检修保养、良种集中配送5个"],
    ),
    example("茶30亩，桑40亩，全镇共完成造林90亩。", &[]),
    example("全县辖15个乡镇，其中12个镇、3个乡，共有168个村。", &[]),
    example("城镇、农村居民收入分别增长5.1%和6.2%，居民存款增长8%。", &[]),
    example("财政总收入12.4亿元，增长8%，其中地方收入7.5亿元，增长9%；固定资产投资20亿元。", &[]),
    example("农产品加工产值由12亿元增加到18亿元，年均增长8.4%。", &[]),
    example("应到代表220人，实到205人，请假15人。", &[]),
    example("实施项目120个，其中新开工60个、续建40个、竣工50个。", &[]),
    example("甲区、乙区和丙区分别增长5.1%、6.2%和7.3%，均高于全县。", &[]),
    example("反馈问题36个，已整改32个，其余4个正在整改。", &[]),
    example("受理诉求128件，办结121件，满意率97.2%。", &[]),
    example("签约项目86个，其中亿元以上项目52个、5亿元以上项目18个。", &[]),
    example("余额120亿元，比年初增加12亿元，其中个人存款115亿元。", &[]),
    example("全县茶园面积由12.4万亩增加到15.6万亩，增加了3.2万亩。", &[]),
    example("森林覆盖率从61.2%提高到63.5%，提高2.3个百分点。", &[]),
    example("群众满意度达到91.20分，比上年的88.10分提高了3.10分。", &[]),
    example("脱贫人口1.2万人，占全县总人口24万人的5%。", &[]),
    example("地区生产总值从80.0亿元增加到86.4亿元，增长8%。", &[]),
    example("地区生产总值从约80亿元增加到90亿元以上，增长9%。", &[]),
    example("新建农路120公里，其中青石镇35公里、枫林渡乡20公里。", &[]),
    example("失业率从5%上升到8%，上升3个百分点。", &[]),
    example("石桥湾镇20个、枫林渡乡15个、竹溪坪镇10个，共计45个。", &[]),
    example("从3月5日到3月20日，新增20人。", &[]),
];

/// A claim that does not hold: the figure that is wrong, and what it should be.
struct Wrong {
    range: Range<usize>,
    message: Text,
    severity: Severity,
}

impl Wrong {
    const fn new(range: Range<usize>, message: Text) -> Self {
        Self { range, message, severity: Severity::Warning }
    }
}

impl Rule for Arithmetic {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let text = case.folded().text();
        let all = &more_units(text, case.figures());
        let mut wrong = Vec::new();
        for here in groups(all, |first| clause::sentence(text, first.range.clone()).end) {
            wrong.extend(sentence(text, here));
            let timeless: Vec<Figure> = here.iter().filter(|f| !is_year(f)).cloned().collect();
            wrong.extend(growth::find(text, &timeless));
        }
        wrong.extend(sectors::find(text, all));
        wrong.extend(whole::find(text, all));
        wrong.extend(shares::of_told(text, all));
        wrong.extend(sums::find(text, all));
        wrong.extend(lists::find(text, all));
        wrong.extend(covered::find(text, all));
        let told = |w: Wrong| {
            ABOUT.finding(w.range, w.message).severity(w.severity).help(Text::fixed(
                "核对原始数据，改正算错或没有跟着改的那个数",
                "go back to the data and correct the figure that is wrong or was not updated",
            ))
        };
        let mut found: Vec<Finding> = wrong.into_iter().map(told).collect();
        told_once(&mut found);
        found
    }
}

/// The figures of one stretch at a time, of which `end` says where it ends by its first figure.
fn groups(all: &[Figure], end: impl Fn(&Figure) -> usize) -> impl Iterator<Item = &[Figure]> {
    let mut rest = all;
    std::iter::from_fn(move || {
        let end = end(rest.first()?);
        let count = rest.iter().take_while(|f| f.range.start < end).count().max(1);
        let (here, behind) = rest.split_at(count);
        rest = behind;
        Some(here)
    })
}

/// The figures with units that count here and nowhere else: 12镇, 198票, 金牌20枚.
fn more_units(text: &str, all: &[Figure]) -> Vec<Figure> {
    let counted = |f: &Figure| {
        let plain = f.unit.is_empty() && !text[..f.digits.start].ends_with('第');
        let unit = lexicon::MORE_UNITS.iter().copied().filter(|_| plain);
        unit.into_iter().find(|u| text[f.range.end..].starts_with(u))
    };
    let told = all.iter().map(|f| match counted(f) {
        Some(unit) => Figure { unit, range: f.range.start..f.range.end + unit.len(), ..f.clone() },
        None => f.clone(),
    });
    told.collect()
}

/// Whether a figure is a year.
fn is_year(f: &Figure) -> bool {
    f.unit == "年" && (1900.0..2100.0).contains(&f.value)
}

/// How a verb moves a figure; `None` if it is no such verb.
fn direction(verb: &str) -> Option<f64> {
    let ends = |list: &[&str]| list.iter().any(|w| verb.ends_with(w));
    if ends(lexicon::UP) {
        Some(1.0)
    } else if ends(lexicon::DOWN) {
        Some(-1.0)
    } else {
        None
    }
}

/// Whether a word beside the figure says that it is not exact.
fn vague(text: &str, f: &Figure) -> bool {
    let before = &text[..f.range.start];
    // 比去年的72个多18个: 多 is the verb.
    let after =
        text[f.range.end..].strip_prefix('多').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let after = after.unwrap_or(&text[f.range.end..]);
    lexicon::VAGUE_BEFORE.iter().any(|w| before.ends_with(w))
        || lexicon::VAGUE_BEHIND.iter().any(|w| after.starts_with(w))
        || text[f.digits.end..].starts_with(['多', '余'])
}

/// Whether the clause before a figure has one of the words.
fn speaks(text: &str, f: &Figure, words: &[&str]) -> bool {
    let clause = clause::behind(text, f.range.start);
    words.iter().any(|w| clause.contains(w))
}

fn between<'t>(text: &'t str, a: &Figure, b: &Figure) -> &'t str {
    text.get(a.range.end..b.range.start).unwrap_or_default()
}

fn sentence(text: &str, all: &[Figure]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for window in all.windows(3) {
        let [a, b, c] = window else { continue };
        if [a, b, c].iter().any(|f| vague(text, f)) {
            continue;
        }
        wrong.extend(share(text, a, b, c));
    }
    for (i, total) in all.iter().enumerate() {
        if !vague(text, total) && !matches!(total.unit, "" | "%" | "年" | "月" | "日" | "百分点") {
            wrong.extend(parts::total(text, all, i));
            wrong.extend(parts::of_which(text, all, i));
            wrong.extend(parts::done_and_left(text, all, i));
        }
        wrong.extend(shares::find(text, all, i));
    }
    wrong
}

/// 甲，占乙的丙%; 总数甲，其中乙，占总数的丙%.
fn share(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    /// Characters of the words for the whole.
    const LONGEST: usize = 16;
    if a.unit != b.unit || a.unit.is_empty() || !c.is_percent() || a.is_percent() {
        return None;
    }
    let (ab, bc) = (between(text, a, b).trim(), between(text, b, c).trim());
    let told = ab.trim_start_matches(['，', ',']);
    let of = ["占", "完成", "达到", "为"].iter().any(|w| told.starts_with(w));
    if bc == "的" && of && told.chars().count() <= LONGEST && b.value > 0.0 {
        return share_of(text, a, b, c);
    }
    // 应参保人数40万人，已参保36万人，占应参保人数的90%: the whole is named again.
    let name = bc.trim_start_matches(['，', ',']).strip_prefix('占')?.strip_suffix('的')?;
    let bare = ["总数", "总量", "总额", "的"].iter().find_map(|w| name.strip_suffix(w)).unwrap_or(name);
    let whole = clause::behind(text, a.range.start);
    let fits = (2..=8).contains(&bare.chars().count()) && whole.contains(bare) && b.value <= a.value;
    (fits && a.value > 0.0).then(|| share_of(text, b, a, c))?
}

/// What the result should be, from the ends of what both terms may be.
fn differs(c: &Figure, low: f64, high: f64) -> bool {
    // One more unit of the last digit below, for those who cut instead of rounding.
    let slack = c.slack + 1e-9 * high.abs().max(1.0);
    c.value < low.min(high) - slack - c.slack || c.value > low.max(high) + slack
}

fn share_of(text: &str, a: &Figure, b: &Figure, c: &Figure) -> Option<Wrong> {
    let low = (a.value - a.slack) / (b.value + b.slack) * 100.0;
    let high = (a.value + a.slack) / (b.value - b.slack).max(f64::MIN_POSITIVE) * 100.0;
    let (part, whole, said) = (&text[a.range.clone()], &text[b.range.clone()], &text[c.range.clone()]);
    let percent = shown(a.value / b.value * 100.0, c.slack);
    differs(c, low, high).then(|| {
        let message = text!(
            "{part}占{whole}，不是“{said}”，算下来是{percent}%",
            "{part} of {whole} is not “{said}” but {percent}%"
        );
        Wrong::new(c.range.clone(), message)
    })
}

/// The scale that a figure is written in: 10,000 for 万亩.
fn scale(text: &str, f: &Figure) -> f64 {
    let digits: f64 = text[f.digits.clone()].replace(',', "").parse().unwrap_or(0.0);
    if digits > 0.0 { f.value / digits } else { 1.0 }
}

/// A total that its parts do not make: they make `sum`.
fn not_the_sum(text: &str, total: &Figure, sum: f64) -> Wrong {
    let scale = scale(text, total);
    let (n, unit) = (shown(sum / scale, total.slack / scale), total.unit_words(text));
    let said = &text[total.range.clone()];
    let message = text!("各项相加是{n}{unit}，不是“{said}”", "the parts add up to {n}{unit}, not “{said}”");
    Wrong::new(total.range.clone(), message)
}

/// A number with as many decimals as `slack` allows.
fn shown(value: f64, slack: f64) -> String {
    let decimals = if slack >= 0.4 {
        0
    } else if slack >= 0.04 {
        1
    } else {
        2
    };
    format!("{value:.decimals$}")
}
