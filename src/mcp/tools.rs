//! The tools: what each is called, what it is for, what it takes and does.

use super::answer::Answer;
use super::arguments::{Arguments, Kind, Takes};
use super::{Room, check, draft, facts, format, renew};
use crate::base::{Result, Text};

/// One tool.
pub(super) struct Tool {
    pub name: &'static str,
    /// The subcommand that does the same.
    pub command: &'static str,
    /// What an assistant should know of it beyond the title.
    pub about: Text,
    pub takes: &'static [Takes],
    pub run: fn(&Room<'_>, &Arguments<'_>) -> Result<Answer>,
}

/// What an assistant is told of the whole.
pub(super) const INSTRUCTIONS: Text = Text::fixed(
    "起草和检查中国公文，全程离线。写好的稿子交给人之前先用 check 查一遍，再用 fix 改掉可以放心改的。\
     起草用 draft：事实只能来自用户，缺的会列出来，去问用户，不要编，也不要拿 x、待定之类充数；\
     每个数字的出处在 provenance 里。",
    "Drafts and checks Chinese official documents, offline. Run check on what you wrote before you hand it \
     over, then fix for what is safe to change. To draft, use draft: facts come from the user alone; what is \
     missing is listed, so ask for it and never make it up or put a placeholder there; provenance says where \
     each figure came from.",
);

const fn takes(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Takes {
    Takes { name, kind, needed: false, about: Text::fixed(zh, en) }
}

const fn needs(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Takes {
    Takes { name, kind, needed: true, about: Text::fixed(zh, en) }
}

const TEXT: Takes = takes("text", Kind::Words, "文稿全文", "the whole text of the document");
const PATH: Takes = takes(
    "path",
    Kind::Words,
    "文件（.docx、.doc、.pdf、.txt 等）；要在启动时写明的文件夹之内",
    "a file (.docx, .doc, .pdf, .txt and others) among those that were named when the server was started",
);
const NAME: Takes = takes(
    "name",
    Kind::Words,
    "text 的文件名：扩展名定格式（.md 或 .txt），开头的地名表示是谁的稿子，如 云岭县2025年工作总结.md",
    "file name of text: its extension says the format (.md or .txt), a locality at its head whose document it is",
);
const FACTS: Takes = takes(
    "facts",
    Kind::Facts,
    "事实：YAML 文本，或同样形状的对象；数字连单位写成字符串（“5.60亿元”）",
    "facts: YAML, or an object of the same shape; figures as strings with their unit (\"5.60亿元\")",
);
const FACTS_PATHS: Takes = takes(
    "facts_paths",
    Kind::Names,
    "事实文件（.yaml、.xlsx、.csv），后面的优先",
    "facts files (.yaml, .xlsx, .csv), later ones over earlier ones",
);
const LOCALITY: Takes =
    takes("locality", Kind::Words, "本地全称，如 云岭县", "full name of the own locality, such as 云岭县");
const GENRE: Takes = takes(
    "genre",
    Kind::Words,
    "文种，按它查行文：请示、报告、函、通知、方案、总结、讲话、批复、纪要、意见；用户没有说的不要猜",
    "the genre whose rules the document is held to: 请示, 报告, 函, 通知, 方案, 总结, 讲话, 批复, 纪要, 意见; do not guess what the user did not say",
);
const AS_OF: Takes = takes(
    "as_of",
    Kind::Words,
    "按哪一天判断时间是否过时，如 2026-03-05；不写时是今天",
    "the day by which times are judged, such as 2026-03-05; today if not given",
);
const ONLY: Takes = takes("only", Kind::Names, "只用这些规则", "run only these rules");
const SKIP: Takes = takes("skip", Kind::Names, "不用这些规则", "do not run these rules");
const TRACK: Takes = takes(
    "track",
    Kind::Flag,
    "也返回标了修订的原稿（resource，base64），在 Word、LibreOffice 里逐处接受或拒绝；原稿要是 .docx 或 .odt",
    "the document with the changes as tracked ones as well (a resource, base64), to be accepted or refused in Word or LibreOffice; it must be a .docx or an .odt",
);
const PACKAGE: Takes = takes(
    "package",
    Kind::Flag,
    "也给出送审包（package）：每个数字、日期、人名的依据、算式、核实情况，待办事项，和上一份相比变了什么；没有依据的照实说，不要补",
    "the package for review as well (package): the ground of each figure, date and name, its arithmetic, whether it was checked, what is open, what is different from the last one; what has no ground is to be said, not mended",
);
const LAST_PACKAGE: Takes = takes(
    "last_package",
    Kind::Words,
    "上一份送审包的 包.json 的路径，和它比",
    "the path of 包.json of the last package, to be compared with",
);
const TEMPLATE: Text =
    Text::fixed("模板编号，见 template_list", "a skeleton's id, as template_list has them");

/// All tools, in the order of the list.
pub(super) static TOOLS: &[Tool] = &[
    Tool {
        name: "check",
        command: "check",
        about: Text::fixed(
            "找出没填完的地方、外地地名、过时的年份、序号错漏、说三点只有两点、重复段落、网页残留等。每处都带原文、位置、说明，能放心改的带改法。没有问题只是说这些规则没有发现。",
            "Finds placeholders, other places' names, stale years, broken numbering, “three points” followed by two, passages said twice, residue of web pages. Each finding quotes the words, says where and why, and carries a fix where one is safe. No finding means that these rules found none.",
        ),
        takes: &[
            TEXT,
            PATH,
            NAME,
            FACTS,
            FACTS_PATHS,
            LOCALITY,
            GENRE,
            AS_OF,
            ONLY,
            SKIP,
            PACKAGE,
            LAST_PACKAGE,
        ],
        run: check::check,
    },
    Tool {
        name: "fix",
        command: "fix",
        about: Text::fixed(
            "返回改好的全文，不写文件；只改标点、重字这类在任何稿子里都对的。",
            "Gives the text back with the changes made; no file is written. Only what is right in every text is changed.",
        ),
        takes: &[TEXT, PATH, NAME, FACTS, FACTS_PATHS, LOCALITY, GENRE, AS_OF, ONLY, SKIP, TRACK],
        run: check::fix,
    },
    Tool {
        name: "compare",
        command: "compare",
        about: Text::fixed(
            "比对两稿：text 或 path 是新稿，older 是旧稿，格式不限。返回改、删、增、移了多少段，哪几段挪了地方（moved），数字、日期、人名从什么变成什么（values）；marked 另给花脸稿。",
            "Holds two versions against each other: text or path is the newer one, older the older one, of any format. How many paragraphs changed, went, came and were moved (moved says which); which figures, dates and names became what (values); marked gives the document that shows it as well.",
        ),
        takes: &[
            TEXT,
            PATH,
            NAME,
            needs(
                "older",
                Kind::Documents,
                "旧稿，一份，有 text 或 path，可有 name",
                "the older version, one, with text or path and perhaps a name",
            ),
            takes(
                "marked",
                Kind::Flag,
                "也返回花脸稿（resource，base64）：在新稿上标出修订",
                "the newer version with what changed as tracked changes as well (a resource, base64)",
            ),
        ],
        run: check::versions,
    },
    Tool {
        name: "draft",
        command: "draft",
        about: Text::fixed(
            "用用户给的事实起草。缺的事实列在 missing 里，不会猜；去问用户。provenance 说明每一段文字来自哪项事实、哪条套语、模板哪一行。稿子起草后已检查，问题在 findings 里。loose 是悬空的（没有任务回应的问题、没有牵头单位的任务），wanted 是补上会更好的事实：都去问用户。",
            "Drafts from facts that the user gave. Missing ones are listed in missing and never guessed: ask the user. provenance says from which fact, phrase or line of the skeleton each stretch came. The draft has been checked: see findings. loose is what hangs loose (a problem that no task answers, a task without an owner), wanted which facts would improve it: ask the user for both.",
        ),
        takes: &[
            Takes { name: "template", kind: Kind::Words, needed: true, about: TEMPLATE },
            FACTS,
            FACTS_PATHS,
            takes(
                "format",
                Kind::Choice(&["markdown", "text"]),
                "格式，不写时是 markdown",
                "markdown if not given",
            ),
            takes(
                "length",
                Kind::Number,
                "大约多少字；事实不够时不凑",
                "about how many characters; never padded",
            ),
            takes("sections", Kind::Names, "只写哪几部分、什么次序", "which sections, in which order"),
            takes("seed", Kind::Number, "换一个数字，换一套说法", "another number chooses other phrases"),
            takes(
                "allow_missing",
                Kind::Flag,
                "缺少的写成【待补：…】，不停下",
                "write 【待补：…】 for what is missing instead of stopping",
            ),
            takes(
                "provenance",
                Kind::Choice(&["facts", "all", "none"]),
                "出处列多少：只列事实和由事实算出的（不写时），全部，不列",
                "how much of it: facts and what was computed from them (if not given), all, none",
            ),
            takes(
                "plan",
                Kind::Flag,
                "不起草，只看谋篇：哪个任务回应哪个问题、哪些指标好哪些差、什么悬空、补什么更好；缺事实也能看",
                "no draft but its plan: which task answers which problem, which figures are ahead or behind, what hangs loose, what would improve it; facts may be missing",
            ),
            PACKAGE,
            LAST_PACKAGE,
        ],
        run: draft::draft,
    },
    Tool {
        name: "renew",
        command: "renew",
        about: Text::fixed(
            "从去年的稿子做今年的：先不给 values，返回换一年可能要改的每个值（编号、去年的写法、原句）；去问用户今年是多少，不要猜。再给 values（“编号=今年的值”，没有变的“编号=不变”）或今年的事实，返回换好的全文；没有回答的照去年的留着，列在 open 里。",
            "This year's paper from last year's. Without values it lists each value that may have to change (row, last year's words, sentence): ask the user for this year's and never guess. With values (ROW=VALUE, ROW=不变 for one that is the same) or this year's facts it gives the text with them put in; what was not answered stands as last year's and is in open.",
        ),
        takes: &[
            TEXT,
            PATH,
            NAME,
            takes("values", Kind::Names, "回答，每条“编号=今年的值”", "answers, ROW=VALUE each"),
            FACTS,
            FACTS_PATHS,
            takes(
                "years",
                Kind::Number,
                "新稿比旧稿晚几年，不写时是1",
                "how many years lie between the papers, 1 if not given",
            ),
        ],
        run: renew::renew,
    },
    Tool {
        name: "format",
        command: "format",
        about: Text::fixed(
            "照 GB/T 9704 把稿子排成 .docx，返回文件（resource，base64）和做了什么（told）、什么拿不准（doubts，稿子里已加批注）；文字不动。不写任何文件，由你存到用户要的地方。样式用户没有说的不要猜。",
            "Lays a paper out to GB/T 9704 as a .docx, given back as a resource (base64), with what was done (told) and what is not sure (doubts, which are comments in it); words stay. No file is written: save it where the user wants it. Do not guess the form that the user did not say.",
        ),
        takes: &[
            TEXT,
            PATH,
            NAME,
            takes(
                "form",
                Kind::Choice(&["speech", "document", "brief", "reading"]),
                "讲话稿、公文、简报、朗读稿（大字，标每部分几分钟）；不写时看声明的文种，没有的按讲话稿",
                "reading: large letters, minutes of each part; if not given, by the declared genre, else a speech",
            ),
            takes(
                "fonts",
                Kind::Choice(&["standard", "gb2312", "founder", "wps"]),
                "字体名，不写时照设置",
                "names of fonts, those of the settings if not given",
            ),
            takes(
                "grid",
                Kind::Choice(&["9704", "33476"]),
                "22行的算法，不写时是 9704",
                "which reading of 22 lines, 9704 if not given",
            ),
            takes(
                "like",
                Kind::Words,
                "本单位样稿（.docx）的路径，照它的字体、字号、行距、页边距排；公文、简报没有版头、版记的照它加上，文号、日期、抄送留空",
                "the path of an office's own sample (.docx), whose fonts, sizes, lines and margins count; documents and briefs without head or foot get its, with gaps for number, dates and copies",
            ),
        ],
        run: format::formatted,
    },
    Tool {
        name: "template_list",
        command: "template list",
        about: Text::fixed(
            "每个模板的编号、名称、必需的事实。",
            "Each skeleton's id, title and the facts that it cannot do without.",
        ),
        takes: &[],
        run: draft::list,
    },
    Tool {
        name: "facts_schema",
        command: "facts schema",
        about: Text::fixed(
            "起草前先看要哪些事实：给出模板，返回待填的事实文件（YAML，必需的标明，带用处和例子）和它的 JSON Schema。不给模板时返回全部键的 JSON Schema，很长。",
            "Which facts to ask the user for before drafting: with a template, the facts file to fill in (YAML; needed ones marked, each with its use and an example) and its JSON Schema. Without one, the JSON Schema of all keys, which is long.",
        ),
        takes: &[
            Takes { name: "template", kind: Kind::Words, needed: false, about: TEMPLATE },
            takes(
                "keys",
                Kind::Choice(&["zh", "en"]),
                "用中文键（不写时）还是英文键",
                "Chinese keys (if not given) or ids",
            ),
        ],
        run: facts::schema,
    },
    Tool {
        name: "facts_read",
        command: "facts read",
        about: Text::fixed(
            "从方案、通知、总结采集事实：返回事实文件（YAML），值照原文抄录，行末是出处；只列有把握的。几份文件说法不一的在 doubts 里，模板还缺的在文件末尾：都去问用户，不要猜。用户核对后再拿去 draft。",
            "Facts from plans, notices and summaries: a facts file (YAML) whose values stand as they were found, each with its place; only what is sure. Where papers differ both are in doubts, and what the template still needs stands at the end of the file: ask the user for either, never guess. Let the user check it before you draft from it.",
        ),
        takes: &[
            needs(
                "papers",
                Kind::Documents,
                "有事实的文件，各有 text 或 path（.docx、.doc、.pdf、.txt 等），可有 name",
                "the papers, each with text or path (.docx, .doc, .pdf, .txt and others) and perhaps a name",
            ),
            Takes { name: "template", kind: Kind::Words, needed: false, about: TEMPLATE },
        ],
        run: facts::read,
    },
    Tool {
        name: "facts_check",
        command: "facts check",
        about: Text::fixed(
            "不认识的键、重复的键、类型不对的值、全角冒号，一次列出，带行列；没填的也列出。",
            "Unknown and double keys, values of the wrong kind, full-width colons, all at once with line and column; and what is left blank.",
        ),
        takes: &[FACTS, FACTS_PATHS],
        run: facts::check,
    },
    Tool {
        name: "explain",
        command: "explain",
        about: Text::fixed(
            "一条规则找什么、为什么、依据什么，会指出和不会指出的例子；不写规则时列出全部规则。",
            "What a rule looks for, why and by which standard, with examples of what it flags and leaves alone; without a rule, the list of all.",
        ),
        takes: &[takes("rule", Kind::Words, "规则的名字，如 placeholder", "the rule's id, as placeholder")],
        run: check::explain,
    },
    Tool {
        name: "corpus_compare",
        command: "corpus compare",
        about: Text::fixed(
            "一篇与另外一篇或几篇逐段对照，说出相同的段落和各占多少；固定提法不算。",
            "Holds a document against one or several others: the passages that they share and how much of each that is; set phrases do not count.",
        ),
        takes: &[
            TEXT,
            PATH,
            NAME,
            needs(
                "others",
                Kind::Documents,
                "对照的材料，各有 text 或 path，可有 name",
                "what it is held against, each with text or path and perhaps a name",
            ),
        ],
        run: check::compare,
    },
];

/// The subcommands that the tools name; the command line has each.
#[cfg(test)]
pub fn commands() -> Vec<&'static str> {
    TOOLS.iter().map(|tool| tool.command).collect()
}
