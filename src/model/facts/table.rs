//! Which facts there are: the one table that the loader, the schema, the sample and the help read.
//!
//! A row is a Chinese key as a clerk writes it, the English id that skeletons and code use, a
//! kind, its meaning in both languages, and an example (about an invented locality). Files may
//! use keys or ids. Adding a fact is adding a row.

use crate::base::Text;

/// One fact that a file may state.
#[derive(Debug)]
pub struct Field {
    /// The English id: `place`.
    pub id: &'static str,
    /// The Chinese key: `地点`.
    pub key: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// What it means, in a few words.
    pub label: Text,
    /// What a clerk might write there; empty for records and lists of records.
    pub example: &'static str,
}

impl Field {
    /// Whether a word is its Chinese key or its id; files may use either.
    #[must_use]
    pub fn is_called(&self, word: &str) -> bool {
        self.key == word || self.id == word
    }
}

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Words on one or more lines.
    Words,
    /// A figure: `86.4亿元`, or a record of [`FIGURE`].
    Figure,
    /// A date: `2026-03-05`, `2026年3月5日`; month and day may be left out.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// 是 or 否.
    Flag,
    /// Named values.
    Record(&'static [Field]),
    /// Several values of one kind. A single value is taken as a list of one.
    List(&'static Kind),
    /// Any keys: whatever a locality needs that this table does not foresee.
    Open,
}

impl Kind {
    /// The fields below this kind; empty for plain values.
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Self::Record(fields) => fields,
            Self::List(item) => item.fields(),
            Self::Figure => FIGURE,
            _ => &[],
        }
    }
}

/// A row of a table of keys.
pub(crate) const fn row(
    id: &'static str,
    key: &'static str,
    kind: Kind,
    zh: &'static str,
    en: &'static str,
    example: &'static str,
) -> Field {
    Field { id, key, kind, label: Text::fixed(zh, en), example }
}

use Kind::{Choice, Date, Figure, Flag, List, Open, Record, Words};

/// The levels a locality may have (`地区.级别`).
pub const LEVELS: &[&str] =
    &["县", "市", "区", "旗", "自治县", "自治旗", "州", "盟", "地区", "乡", "镇", "街道"];

/// The whole model: the keys that may stand at the top of a facts file.
pub static FACTS: &[Field] = &[
    row("locality", "地区", Record(LOCALITY), "本地基本情况", "the locality", ""),
    row("document", "文稿", Record(DOCUMENT), "这篇文稿", "this document", ""),
    row("meeting", "会议", Record(MEETING), "会议", "the meeting", ""),
    row("work", "工作", Record(WORK), "文稿要讲的这项工作", "the work that the document is about", ""),
    row("tasks", "任务", List(&Record(TASK)), "重点任务", "the tasks, in order", ""),
    row("targets", "目标", List(&Record(TARGET)), "要达到的目标", "the targets", ""),
    row("stages", "步骤", List(&Record(STAGE)), "实施步骤，依次", "the stages, in order", ""),
    row("measures", "措施", List(&Record(MEASURE)), "保障措施", "the measures that secure the work", ""),
    row("problems", "问题", List(&Record(PROBLEM)), "存在的问题", "the problems", ""),
    row("results", "成效", List(&Record(RESULT)), "取得的成效", "what was achieved", ""),
    row("practices", "做法", List(&Record(PRACTICE)), "主要做法", "what was done, and how", ""),
    row("insights", "启示", List(&Record(INSIGHT)), "体会、启示", "what was learnt", ""),
    row("plans", "打算", List(&Record(TASK)), "下一步打算", "what comes next", ""),
    row("units", "单位进展", List(&Record(UNIT)), "各单位进展", "how far each unit has come", ""),
    row("awards", "表彰", List(&Record(AWARD)), "表彰的集体和个人", "who is commended", ""),
    row("voices", "群众评价", List(&Record(VOICE)), "群众说的话", "what people say", ""),
    row("indicators", "指标", List(&Record(INDICATOR)), "经济社会发展等指标", "indicators", ""),
    row("projects", "项目", List(&Record(PROJECT)), "重点项目", "projects", ""),
    row("honours", "荣誉", List(&Record(HONOUR)), "获得的荣誉", "honours received", ""),
    row("people", "人员", List(&Record(PERSON)), "文中的人", "the people named", ""),
    row("policies", "依据", List(&Record(POLICY)), "依据的文件", "the documents it rests on", ""),
    row("more", "补充", Open, "表里没有的其他事实，键名自定", "other facts, under keys of your own", ""),
];

static LOCALITY: &[Field] = &[
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

static DOCUMENT: &[Field] = &[
    row(
        "title",
        "标题",
        Words,
        "标题；不填则由模板拟定",
        "title; the template makes one if left out",
        "在全县农村人居环境整治提升动员会上的讲话",
    ),
    row("date", "日期", Date, "成文或讲话日期", "date of the document or speech", "2026-03-05"),
    row("speaker", "讲话人", Words, "讲话人姓名", "the speaker's name", "林知远"),
    row("speaker_title", "讲话人职务", Words, "讲话人职务", "the speaker's title", "县委书记"),
    row("salutation", "称谓", Words, "称谓；不填则用“同志们”", "salutation; 同志们 if left out", "同志们"),
    row("issuer", "发文机关", Words, "发文机关", "the issuing office", "中共云岭县委办公室"),
    row("number", "文号", Words, "发文字号", "document number", "云办发〔2026〕1号"),
    row(
        "subtitle",
        "副标题",
        Words,
        "副标题，不带破折号",
        "subtitle, without the dash",
        "云岭县农村人居环境整治的做法",
    ),
    row(
        "author",
        "作者",
        Words,
        "作者姓名，或供稿单位",
        "the author's name, or the unit that writes",
        "林知远",
    ),
    row(
        "author_title",
        "作者职务",
        Words,
        "作者单位和职务",
        "the author's office and title",
        "中共云岭县委书记",
    ),
    row(
        "masthead",
        "报头",
        Words,
        "简报名称，或发文机关标志",
        "name of the brief, or the issuing office's masthead",
        "云岭县人居环境整治工作简报",
    ),
    row("issue", "期号", Words, "简报期号", "issue of the brief", "第6期"),
    row("addressee", "主送", List(&Words), "主送机关", "to whom it is sent", "各乡镇党委、政府"),
    row(
        "attachments",
        "附件",
        List(&Words),
        "附件名称",
        "titles of attachments",
        "云岭县农村人居环境整治任务分工表",
    ),
    row("cc", "抄送", List(&Words), "抄送机关，简报的报送、发送单位", "copied to", "县人大常委会办公室"),
    row("printer", "印发机关", Words, "印发机关", "the office that prints it", "云岭县人民政府办公室"),
    row("printed", "印发日期", Date, "印发日期", "when it was printed", "2026-03-06"),
    row("year", "年度", Words, "总结或安排的年度", "the year that is summed up or planned", "2026年"),
    row("next_year", "下年度", Words, "总结里的下一年度", "the year after", "2027年"),
    row(
        "sections",
        "章节",
        List(&Words),
        "要写哪几部分、什么次序；不填按模板",
        "which sections, in which order; the template's own if left out",
        "任务",
    ),
];

static MEETING: &[Field] = &[
    row("name", "名称", Words, "会议全称", "full name of the meeting", "全县农村人居环境整治提升动员会"),
    row("date", "日期", Date, "开会日期", "date of the meeting", "2026-03-05"),
    row("place", "地点", Words, "开会地点", "where it is held", "县会议中心一楼报告厅"),
    row("chair", "主持人", Words, "主持人", "who chairs it", "县委副书记、县长周明达"),
    row(
        "reporter",
        "通报人",
        Words,
        "会上通报情况或宣读方案的人",
        "who reported before the speech",
        "县委副书记、县长周明达",
    ),
    row(
        "reported",
        "通报内容",
        Words,
        "通报或宣读了什么，连动词写，接在通报人后面",
        "what was reported, with its verb; it follows the reporter",
        "宣读了全县农村人居环境整治工作方案",
    ),
    row("attendees", "参会人员", List(&Words), "参会人员、单位", "who attends", "各乡镇党政主要负责同志"),
    row("speakers", "发言单位", List(&Words), "会上作表态发言的单位", "units that spoke before", "石桥湾镇"),
    row("agenda", "议程", List(&Record(AGENDA)), "议程，依次", "agenda items, in order", ""),
    row("leaders", "出席领导", List(&Record(PERSON)), "出席的领导同志", "leaders who are present", ""),
    row("present", "到会人数", Figure, "到会人数", "how many are present", "320人"),
    row("form", "形式", Words, "开会形式，接在“以”后面", "how it is held; follows 以", "电视电话会议形式"),
    row("guests", "来宾", List(&Words), "来宾、客人", "guests", "市农业农村局的各位同志"),
    row(
        "season",
        "时令",
        Words,
        "时令、场景，一句话，放在致辞开头",
        "the season or scene, at the beginning of an address",
        "三月的云岭，新茶开园",
    ),
    row("thanks", "感谢", List(&Record(THANKS)), "要感谢的人", "who is thanked", ""),
    row(
        "remarks",
        "讲话要点",
        List(&Record(REMARK)),
        "会上讲了什么，供简报用",
        "what was said, for a brief",
        "",
    ),
    row(
        "summary",
        "小结",
        List(&Words),
        "主持人对会议的归纳，每条一句",
        "the chair's summing up, a sentence each",
        "明确了今年要完成的五项任务",
    ),
    row("demands", "要求", List(&Record(INSIGHT)), "主持人提的要求", "what the chair asks for", ""),
    row(
        "spirit",
        "精神",
        List(&Words),
        "要传达的会议、文件精神",
        "meetings and documents to be carried out",
        "全省农村人居环境整治提升现场会精神",
    ),
    row(
        "purpose",
        "目的",
        Words,
        "会议目的，动词开头，接在“主要任务是”后面",
        "its purpose, beginning with a verb",
        "统一思想、压实责任，动员全县上下打好农村人居环境整治提升攻坚战",
    ),
];

static AGENDA: &[Field] = &[
    row(
        "name",
        "事项",
        Words,
        "这一项做什么，动词开头，接在“请……”的人后面",
        "what is done, a verb and its object; follows the person",
        "宣读《云岭县农村人居环境整治提升工作方案》",
    ),
    row("person", "人员", Words, "由谁，职务和姓名", "by whom, title and name", "县委副书记、县长周明达同志"),
    row(
        "response",
        "回应",
        Words,
        "主持人听完后承接的一句话",
        "what the chair says afterwards",
        "方案已经印发，请各单位对照执行",
    ),
];

static THANKS: &[Field] = &[
    row("to", "对象", Words, "感谢谁", "who is thanked", "市农业农村局"),
    row("for", "事由", Words, "为了什么，一句话", "for what", "两年来派来了三批技术人员"),
];

static REMARK: &[Field] = &[
    row("person", "讲话人", Words, "职务和姓名", "title and name", "县委书记林知远"),
    row("verb", "语气", Words, "指出、强调、要求、表示", "the verb: 指出, 强调, 要求, 表示", "强调"),
    row(
        "points",
        "要点",
        List(&Words),
        "讲的要点，每条一句",
        "the points, a sentence each",
        "管护经费要跟着村走",
    ),
];

static STAGE: &[Field] = &[
    row("name", "名称", Words, "阶段名称", "the stage", "摸底排查阶段"),
    row("start", "开始", Words, "开始时间", "from", "2026年3月"),
    row("end", "结束", Words, "结束时间", "to", "4月"),
    row(
        "detail",
        "内容",
        List(&Words),
        "这一阶段做什么，每条一句",
        "what is done, a sentence each",
        "逐村核对户厕、公厕、管网底数，建立台账",
    ),
];

static RESULT: &[Field] = &[
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

static PRACTICE: &[Field] = &[
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

static INSIGHT: &[Field] = &[
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

static UNIT: &[Field] = &[
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

static AWARD: &[Field] = &[
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

static VOICE: &[Field] = &[
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

static WORK: &[Field] = &[
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
        "基本原则；不填用主题包里的",
        "the principles; the topic pack's if left out",
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

static SIGNIFICANCE: &[Field] = &[
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

static TASK: &[Field] = &[
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
];

static TARGET: &[Field] = &[
    row("name", "名称", Words, "目标名称", "what is measured", "农村卫生厕所普及率"),
    row("value", "目标值", Figure, "目标值", "the value to reach", "92%"),
    row("base", "基数", Figure, "现有水平", "the present value", "84.5%"),
    row("due", "时限", Words, "到何时，能放在“要做到”前面", "by when, as it stands before 要做到", "到年底"),
];

static MEASURE: &[Field] = &[
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
];

static PROBLEM: &[Field] = &[
    row("name", "名称", Words, "问题，一句话", "the problem in one sentence", "重建设、轻管护"),
    row("detail", "表现", Words, "具体表现、事例", "how it shows", "抽查的60座公厕中有11座无人保洁"),
    row("unit", "单位", Words, "涉及单位", "the unit concerned", "个别乡镇"),
];

static INDICATOR: &[Field] = &[
    row("name", "名称", Words, "指标名称", "the indicator", "地区生产总值"),
    row("value", "值", Figure, "数值，可连单位写", "the value, unit included if you like", "86.4亿元"),
    row("unit", "单位", Words, "单位", "the unit", "亿元"),
    row("year", "年份", Words, "年份", "the year", "2025"),
    row("yoy", "同比", Words, "同比增减", "change on the year before", "增长5.6%"),
    row("prev", "上年", Figure, "上年数", "the year before", "81.8亿元"),
    row("target", "目标", Figure, "目标数", "target", "91亿元"),
    row("rank", "位次", Words, "位次", "rank", "全市第3位"),
    row("source", "来源", Words, "来源", "source", "县统计局"),
    row("confirmed", "已核", Flag, "是否核实", "whether it was checked", "是"),
];

static PROJECT: &[Field] = &[
    row("name", "名称", Words, "项目名称", "the project", "城东污水处理厂二期"),
    row("invest", "投资", Figure, "总投资", "total investment", "1.2亿元"),
    row("progress", "进度", Words, "进度", "progress", "主体工程完成80%"),
    row("due", "完成时限", Words, "完成时限", "deadline", "2026年10月"),
    row("owner", "责任单位", Words, "责任单位", "the unit in charge", "县水务局"),
];

static HONOUR: &[Field] = &[
    row("name", "名称", Words, "荣誉名称", "the honour", "全省村庄清洁行动先进县"),
    row("giver", "授予单位", Words, "授予单位", "who gave it", "省农业农村厅"),
    row("year", "年份", Words, "年份", "the year", "2025"),
];

static PERSON: &[Field] = &[
    row("name", "姓名", Words, "姓名", "name", "周明达"),
    row("title", "职务", Words, "职务", "title", "县委副书记、县长"),
    row("body", "单位", Words, "单位", "body", "县委"),
    row("rank", "排序", Words, "排名次序，从1起", "place in protocol order, from 1", "2"),
];

static POLICY: &[Field] = &[
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

/// What may stand in place of a plain figure.
pub static FIGURE: &[Field] = &[
    row("value", "值", Words, "数字，按文件里的写法原样使用", "the digits, used exactly as written", "5.60"),
    row("unit", "单位", Words, "单位", "unit", "亿元"),
    row("year", "年份", Words, "年份", "year", "2025"),
    row("yoy", "同比", Words, "同比增减", "change on the year before", "增长5.6%"),
    row("source", "来源", Words, "来源", "source", "县统计局"),
    row("confirmed", "已核", Flag, "是否核实", "whether it was checked", "是"),
];

#[cfg(test)]
mod tests {
    use super::{FACTS, FIGURE, Field};
    use std::collections::HashSet;

    fn each_level(fields: &'static [Field], check: &mut dyn FnMut(&'static [Field])) {
        check(fields);
        for field in fields {
            if !field.kind.fields().is_empty() && !std::ptr::eq(field.kind.fields(), FIGURE) {
                each_level(field.kind.fields(), check);
            }
        }
    }

    #[test]
    fn no_level_has_a_key_or_id_twice_and_every_row_speaks_both_languages() {
        each_level(FACTS, &mut |fields| {
            let mut seen = HashSet::new();
            for field in fields {
                assert!(seen.insert(field.id) && seen.insert(field.key), "{}", field.key);
                assert!(!field.label.zh.is_empty() && !field.label.en.is_empty(), "{}", field.key);
                let leaf = field.kind.fields().is_empty() || std::ptr::eq(field.kind.fields(), FIGURE);
                assert_eq!(
                    leaf && !matches!(field.kind, super::Kind::Open),
                    !field.example.is_empty(),
                    "{}",
                    field.key
                );
            }
        });
    }
}
