//! What the rule must flag and what it must leave alone. All localities are invented.

use super::super::{Example, example, markdown};

/// See the module.
pub(super) static EXAMPLES: &[Example] = &[
    // Stand-ins before units, divisions, offices.
    example("云岭县今年新建农村公路x公里，惠及x万人。", &["x", "x"]),
    example("××县××镇要在×月×日前完成整改。", &["××", "××", "×", "×"]),
    example("20XX年，全县粮食总产达XX.X万吨，增长x.x%。", &["20XX", "XX.X", "x.x"]),
    example("２０ｘｘ年，青石镇新增就业ｘｘ人。", &["２０ｘｘ", "ｘｘ"]),
    example("下面，请*同志作表态发言。", &["*"]),
    example("首先发言的是*、*、*三位同志。", &["*", "*", "*"]),
    example("云岭县第×届人民代表大会第x次会议", &["×", "x"]),
    example("县长×××作工作报告。", &["×××"]),
    example("全县改造危房1××户，安置3xx人。", &["1××", "3xx"]),
    example("□□镇○○村被评为先进集体。", &["□□", "○○"]),
    example("会议深入学习_关于乡村振兴的要求，全面部署下步工作。", &["_"]),
    example("主持人：________", &["________"]),
    example("××2026年政府工作报告", &["××"]),
    example("争取资金？？万元，新建水窖00个。", &["？？", "00"]),
    // Fields and brackets left empty.
    example("关于[事项名称]的请示", &["[事项名称]"]),
    example("由【姓名】同志任组长。", &["【姓名】"]),
    example("（单位名称）关于报送材料的函", &["（单位名称）"]),
    example("【待补：同期数】", &["【待补：同期数】"]),
    example("（此处填写会议主题）", &["（此处填写会议主题）"]),
    example("全县共有（  ）个行政村。", &["（  ）"]),
    // Gaps.
    example("工业增加值增长  %。", &["  "]),
    example("2026年  月  日", &["  ", "  "]),
    example("云岭政发〔2026〕 号", &[" "]),
    example("参加会议共　　人。", &["　　"]),
    // Passages left out, notes, prompts, templates.
    example("一、主要成效\n……\n二、存在问题", &["……"]),
    example("抓好春耕生产。\n……略……\n抓好防汛备汛。", &["……略……"]),
    example("会议地点：待补充", &["待补充"]),
    example("TODO：补写第三部分", &["TODO"]),
    example("单击此处输入文字。", &["单击此处输入文字。"]),
    example("会议在{{ 会议.地点 }}召开。", &["{{ 会议.地点 }}"]),
    example("${name}同志主持会议。", &["${name}"]),
    // 某 in a title, and before an office.
    example("某县2026年春耕生产工作总结", &["某"]),
    example("主持人：某某同志", &["某某"]),
    // Markdown: the blank inside emphasis, and stars that are no emphasis.
    markdown("**xx镇**新增合作社**x**家。", &["xx", "x"]),
    markdown("完成县**届人大确定的目标，财政收入**亿元。", &["**", "**"]),
    markdown("| 指标 | 完成 |\n|---|---|\n| 投资 | ××亿元 |", &["××"]),
    // Letters, formulas, names.
    example("全县建成5G基站120个，创建5A级景区1家。", &[]),
    example("“4×4”产业体系、2×66万千瓦机组、“415X”产业集群", &[]),
    example("提供7×24小时服务，尺寸为100×200mm。", &[]),
    example("落实“1+N+X”政策体系，打造“7+3+X”格局。", &[]),
    example("配备X光机3台、x射线探伤仪1台，采购N95口罩。", &[]),
    example("实施“数据要素×”行动，培育“文旅×体育”业态。", &[]),
    example("得分=分值×权重，面积按长×宽计算。", &[]),
    example("变量x、y满足x+y=10。", &[]),
    example("附件名为报告_终稿.docx，邮箱为abc_x@example.com。", &[]),
    example("PM_2.5浓度降至30微克/立方米，PM2.5持续改善。", &[]),
    // Numerals, bullets, boxes, footnotes.
    example("一九九○年起，二○二六年三月止。", &[]),
    example("○ 加强领导\n○ 压实责任", &[]),
    example("请在方框内打√：□同意 □不同意", &[]),
    example("* 抓早\n* 抓实", &[]),
    example("生产总值*增长5%。\n*按不变价计算。", &[]),
    example("带*的为必填项。", &[]),
    example("公示手机号138****5678。", &[]),
    // Ellipses and dashes.
    example("我们的目标一定能够实现……", &[]),
    example("一、总体要求……………………1", &[]),
    example("下面进行第二项议程。\n（——待完毕）", &[]),
    example("——年初部署、年中检查、年底考核。", &[]),
    // 某, 待, brackets and blanks of ordinary prose.
    example("对某项工作、某一领域和某些环节，可以先行试点。", &[]),
    example("被告人李某某系某单位职工。", &[]),
    example("机制有待完善，待条件成熟后实施。", &[]),
    example("【导读】今年以来，青石镇农业稳定发展。", &[]),
    example("[责任单位：县农业农村局]", &[]),
    example("云岭政发〔2026〕12号", &[]),
    example("附件\n报名表\n姓名：______　电话：______", &[]),
    example("姓　名：张三　　职　务：科员", &[]),
    // Markdown's own signs.
    markdown("**产业振兴**是*第一位*的任务。\n\n* 抓早\n* 抓实", &[]),
    markdown("变量 `x` 与公式 $x_i$ 见[说明](http://example.com/x_x.html)。", &[]),
    markdown("- [x] 已完成\n- [ ] 未完成", &[]),
];
