//! The work that a document is about: why, what, by when, with what outcome.

use super::Kind::{Date, Figure, List, Record, Words};
use super::{Field, row};

pub(super) static WORK: &[Field] = &[
    row("name", "名称", Words, "工作全称", "full name of the work", "农村人居环境整治提升"),
    row(
        "short",
        "简称",
        Words,
        "文中反复出现时的简称，名词，能放在“抓好”后面",
        "short name for repeated mention, a noun that may follow 抓好",
        "人居环境整治",
    ),
    row(
        "goal",
        "总目标",
        Words,
        "总目标，一句话",
        "the overall goal in one sentence",
        "到年底实现全县行政村生活垃圾收运处置体系全覆盖",
    ),
    row(
        "significance",
        "意义",
        List(&Record(SIGNIFICANCE)),
        "为什么要做，每条一个方面",
        "why it matters, one aspect each",
        "",
    ),
    row(
        "topic",
        "主题",
        Words,
        "属于哪个主题，决定用哪一包套语；wengao topic list 列出全部",
        "the topic, whose pack of phrases is used; `wengao topic list` shows all",
        "生态环境保护",
    ),
    row("scope", "范围", Words, "实施范围", "where it applies", "全县14个乡镇、168个行政村"),
    row(
        "guide",
        "指导思想",
        Words,
        "指导思想，一句话；不填用主题包里的",
        "the guiding idea; the topic pack's if left out",
        "以群众满意为标准，先地下、后地上，先急后缓",
    ),
    row(
        "principles",
        "原则",
        List(&Record(INSIGHT)),
        "基本原则，每条一个名称、一句展开",
        "the principles, each a name and a sentence",
        "",
    ),
    row(
        "thesis",
        "论断",
        Words,
        "文章的主要观点，一句话",
        "the main point of an article",
        "村庄环境的好坏，三分在建、七分在管",
    ),
    row("brand", "品牌", Words, "工作品牌、口号", "brand or slogan of the work", "云岭净美家园"),
    row(
        "progress",
        "进展",
        List(&Words),
        "已有基础、已经做到的",
        "what has been achieved so far",
        "去年新建改造农村户厕4200座",
    ),
    row(
        "gap",
        "差距",
        Words,
        "差距，一句话",
        "what is still lacking, in one sentence",
        "还有37个村没有污水处理设施",
    ),
    row(
        "situation",
        "形势",
        List(&Words),
        "眼前的形势，每条一句：天气、季节、在上级的位置",
        "how things stand now, a sentence each: weather, season, place in the ranking",
        "全市剩下的三类村庄，七成在我县",
    ),
    row("start", "开始", Date, "开始时间", "when it starts", "2026-03"),
    row("end", "完成", Date, "完成时间", "when it is to be done", "2026-12"),
    row(
        "lead",
        "牵头机构",
        Words,
        "领导小组或专班名称",
        "the body that leads it",
        "县农村人居环境整治提升工作专班",
    ),
    row("lead_head", "牵头领导", Words, "领导小组组长", "who heads that body", "县委副书记、县长周明达"),
    row("office", "办公室", Words, "日常工作机构", "the office in charge day by day", "县农业农村局"),
    row("funds", "资金", Figure, "投入资金", "funds", "6800万元"),
    row(
        "review",
        "督查",
        Words,
        "督查、通报的安排",
        "how and how often progress is reviewed",
        "每月调度、每季通报、年底考核",
    ),
    row(
        "next",
        "会后",
        List(&Words),
        "会后马上要办的事，每条一句，写明时间和谁办",
        "what is to be done right after the meeting, when and by whom",
        "3月12日前，各乡镇把任务清单报县工作专班",
    ),
    row("hotline", "监督电话", Words, "监督电话", "hotline for complaints", "0000-12345"),
];

pub(super) static SIGNIFICANCE: &[Field] = &[
    row("point", "要点", Words, "一句话的要点", "the point in one sentence", "这是落实上级部署的必然要求"),
    row(
        "detail",
        "展开",
        Words,
        "展开的事实或道理",
        "facts or reasons behind it",
        "省里把这项工作列入年度十件民生实事",
    ),
];

pub(super) static TASK: &[Field] = &[
    row("name", "名称", Words, "任务名称，动宾短语", "the task, verb and object", "抓好垃圾治理"),
    row(
        "now",
        "现状",
        Words,
        "目前情况，一句话",
        "how things stand, in one sentence",
        "全县农村每天产生垃圾约210吨，及时清走的只有165吨",
    ),
    row(
        "detail",
        "内容",
        List(&Words),
        "具体要求，每条一句，动词开头",
        "what is to be done, one sentence each, beginning with a verb",
        "健全户分类、村收集、镇转运、县处理体系",
    ),
    row(
        "target",
        "目标",
        Words,
        "完成标准、量化指标",
        "measurable target",
        "生活垃圾无害化处理率达到98%以上",
    ),
    row(
        "case",
        "事例",
        Words,
        "可以学的事例，一句话，点明地方和做法",
        "a case to learn from, in one sentence: where, and how",
        "石桥湾镇沿河村把十几处垃圾死角改成小菜园，一年没有反弹",
    ),
    row(
        "check",
        "查验",
        Words,
        "谁来查、怎么查，一句话",
        "who verifies it and how, in one sentence",
        "由县委督查室每月随机抽查20个村",
    ),
    row("owner", "牵头单位", Words, "牵头单位", "the unit in charge", "县住房城乡建设局"),
    row("partners", "配合单位", List(&Words), "配合单位", "units that cooperate", "各乡镇"),
    row("due", "完成时限", Words, "完成时限，写成“……前”", "deadline, as 9月底前", "9月底前"),
    ANSWERS,
];

/// Of a task and of a measure: which problems it answers.
const ANSWERS: Field = row(
    "answers",
    "针对",
    List(&Words),
    "解决哪些问题，写问题的名称",
    "which problems it answers, by their names",
    "重建设、轻管护",
);

pub(super) static TARGET: &[Field] = &[
    row("name", "名称", Words, "目标名称", "what is measured", "农村卫生厕所普及率"),
    row("value", "目标值", Figure, "目标值", "the value to reach", "92%"),
    row("base", "基数", Figure, "现有水平", "the present value", "84.5%"),
    row("due", "时限", Words, "到何时，能放在“要做到”前面", "by when, as it stands before 要做到", "到年底"),
    row(
        "task",
        "对应",
        Words,
        "靠哪一项任务达到，写任务的名称",
        "the task by which it is reached, by its name",
        "抓好厕所革命",
    ),
];

pub(super) static STAGE: &[Field] = &[
    row("name", "名称", Words, "阶段名称", "the stage", "摸底排查阶段"),
    row("start", "开始", Words, "开始时间", "from", "2026年3月"),
    row("end", "结束", Words, "结束时间", "to", "4月"),
    row(
        "time",
        "时间",
        Words,
        "起止连着写的时间，代替开始和结束",
        "the time in one, in place of start and end",
        "3—4月",
    ),
    row(
        "detail",
        "内容",
        List(&Words),
        "这一阶段做什么，每条一句",
        "what is done, a sentence each",
        "逐村核对户厕、公厕、管网底数，建立台账",
    ),
];

pub(super) static MEASURE: &[Field] = &[
    row("name", "名称", Words, "措施名称", "the measure", "落实管护经费"),
    row(
        "detail",
        "内容",
        List(&Words),
        "具体做法，每条一句",
        "how it is done, one sentence each",
        "县财政按每村每年3万元安排管护补助",
    ),
    row("owner", "责任单位", Words, "责任单位", "the unit in charge", "县财政局"),
    row("due", "时限", Words, "时限", "deadline", "4月底前"),
    ANSWERS,
];

pub(super) static PROBLEM: &[Field] = &[
    row("name", "名称", Words, "问题，一句话", "the problem in one sentence", "重建设、轻管护"),
    row("detail", "表现", Words, "具体表现、事例", "how it shows", "抽查的60座公厕中有11座无人保洁"),
    row("unit", "单位", Words, "涉及单位", "the unit concerned", "个别乡镇"),
    row(
        "cause",
        "原因",
        Words,
        "为什么会这样，一句话",
        "why it is so, in one sentence",
        "公厕建成后没有移交，管护经费没有列入预算",
    ),
];

pub(super) static SUGGESTION: &[Field] = &[
    row(
        "name",
        "要点",
        Words,
        "建议，一句话",
        "what is suggested, in one sentence",
        "把管护经费列入县级预算",
    ),
    row(
        "detail",
        "展开",
        Words,
        "理由和做法",
        "why, and how",
        "每年约需420万元，可从农村公共服务运行经费中统筹",
    ),
    row("to", "对象", Words, "向谁提", "to whom it is made", "县财政局"),
];

pub(super) static RESULT: &[Field] = &[
    row("name", "要点", Words, "成效，一句话", "what was achieved, in a phrase", "村庄面貌有了看得见的变化"),
    row(
        "detail",
        "展开",
        Words,
        "数字和事实",
        "figures and facts behind it",
        "日产日清的村从96个增加到168个，热线投诉由1186件降到402件",
    ),
];

pub(super) static PRACTICE: &[Field] = &[
    row("name", "名称", Words, "做法，标题式短语", "the practice, as a heading", "把管护账算到每一处设施"),
    row(
        "why",
        "缘由",
        Words,
        "当时遇到什么、为什么这样做",
        "what stood in the way; why it was done so",
        "建成的公厕、管网没有产权单位，坏了找不到人修",
    ),
    row(
        "detail",
        "内容",
        List(&Words),
        "怎样做的，每条一句",
        "how it was done, a sentence each",
        "逐处登记产权单位和报修电话，挂牌公布",
    ),
    row(
        "case",
        "事例",
        Words,
        "一个具体事例",
        "a case",
        "枫林渡乡茶坪村的管网漏水，从报修到修好用了31个小时",
    ),
    row(
        "result",
        "效果",
        Words,
        "这一条的效果，有前后对比",
        "its effect, before and after",
        "报修平均用时由9天缩短到2天",
    ),
];

pub(super) static INSIGHT: &[Field] = &[
    row("name", "要点", Words, "一句话", "in one sentence", "群众不点头的事，干成了也守不住"),
    row(
        "detail",
        "展开",
        Words,
        "道理和依据",
        "reasons and evidence",
        "两年里反弹的9个村，都是干部替群众扫出来的",
    ),
];
