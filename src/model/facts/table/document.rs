//! The document and the meeting at which it is spoken.

use super::Kind::{Date, Figure, Flag, List, Record, Words};
use super::place::PERSON;
use super::work::INSIGHT;
use super::{Field, row};

pub(super) static DOCUMENT: &[Field] = &[
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
    row(
        "as_typed",
        "照填的次序",
        Flag,
        "问题、任务照填的先后写；不填则指标落后最多的在前",
        "problems and tasks in the order in which they are typed; if left out, what is furthest behind goes first",
        "否",
    ),
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

pub(super) static MEETING: &[Field] = &[
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

pub(super) static AGENDA: &[Field] = &[
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

pub(super) static THANKS: &[Field] = &[
    row("to", "对象", Words, "感谢谁", "who is thanked", "市农业农村局"),
    row("for", "事由", Words, "为了什么，一句话", "for what", "两年来派来了三批技术人员"),
];

pub(super) static REMARK: &[Field] = &[
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
