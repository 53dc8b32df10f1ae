//! An invented speech of about 4,500 characters, of the shape that the writer meets every day; and a
//! plan, a brief and a summary, drafted from the skeletons in `tests/render`.
//!
//! 云岭县, its people, places and figures do not exist.

use wengao::{Block, BlockKind, Manuscript, Options, draft, library};

use BlockKind::{
    Body, DateLine, DateOfIssue, Heading, Item, Quotation, Salutation, Signature, SpeakerLine, Title,
};

const OPENING: &str = "今天，我们召开全县农村供水保障推进会，主要任务是回顾上一阶段的工作，分析眼下存在的短板，安排部署下一步的重点任务。刚才，县水务局通报了工程进展，松河镇、白石乡和石桥街道作了发言，讲得都很实在。下面，我讲三点意见。";

/// Four paragraphs under each heading of the second level, in turn.
const PARAGRAPHS: [&str; 8] = [
    "去年以来，全县新建和改造集中供水工程38处，铺设管网216.5公里，受益群众4.27万人，农村自来水普及率由89.6%提高到93.1%，比年初确定的目标高出0.6个百分点。成绩的背后，是各乡镇、各部门一个村一个村跑、一处水源一处水源找的结果，是广大党员干部和水管员一道守出来的，来之不易，应当珍惜。",
    "也要看到，枯水季节“有管无水”的问题还没有根本解决，少数山区村组仍靠拉水过日子；有的工程建好以后管护跟不上，管子坏了没人修、水费收了没人管，群众意见不小。这些问题看起来是“小事”，落到一家一户就是大事，拖不得、等不得，更糊弄不得。",
    "县水务局要会同自然资源、生态环境等部门，对全县112处水源逐一复核，把水量、水质、保护范围三本账算清楚，9月底前报县政府。水源不稳的，要早作打算，能联网的联网、能扩容的扩容、确需新建的抓紧立项，决不能等到河沟断流了才去想办法。",
    "各乡镇要把管护责任落实到人头，每处工程都要有一名负责人、一本台账、一部公开电话，群众报修24小时内必须到场。县财政每年安排管护资金260万元，实行先考核、后拨付，干得好的多给，干得不好的少给直至不给，让管护人员有劲头、有压力、有奔头。",
    "要算好长远账。《云岭县农村供水高质量发展规划（2025—2030年）》已经印发，明确了“一张网、两座厂、三级管”的布局，各单位要对照规划倒排工期，每月调度一次、每季通报一次，年底交账。规划定了就要一张蓝图干到底，不能换一任领导换一套思路。",
    "要把质量放在第一位。管材进场要抽检，隐蔽工程要留影像，试压不合格的一律返工；监理单位要真正“长牙带刺”，不能当老好人。去年有2个项目因回填不实造成路面下沉，教训就在眼前，参建各方都要引以为戒，把每一道工序做扎实、做到位。",
    "要多听群众的话。水好不好喝、够不够用，群众最有发言权。县、乡两级每季度要开一次用水户恳谈会，把意见带回来、把办法送下去，能当场答复的当场答复，一时解决不了的说明原因、讲清时限，做到件件有着落、事事有回音，用看得见的变化赢得群众的信任。",
    "要加强宣传引导。供水是公共服务，节水是共同责任。各学校、各村（社区）要结合“世界水日”等节点开展活动，教育引导群众爱护管网、按时缴费、节约用水，在全社会形成惜水、护水的良好风尚，为工程长久运行打下基础。",
];

const HEADINGS: [(&str, [&str; 2]); 3] = [
    ("一、看清形势，增强抓好供水保障的紧迫感", ["（一）工作成效来之不易", "（二）短板弱项不容忽视"]),
    ("二、突出重点，推动各项任务落地见效", ["（一）把水源工程建扎实", "（二）把管护机制理顺畅"]),
    ("三、压实责任，凝聚齐抓共管的合力", ["（一）加强组织领导", "（二）严格督查问效"]),
];

/// The speech, its paragraphs joined by one LF.
pub fn speech() -> Manuscript {
    let mut blocks = vec![
        (Title, "在全县农村供水保障推进会上的讲话"),
        (DateLine, "（2026年3月5日）"),
        (SpeakerLine, "县委副书记、县长  李远山"),
        (Salutation, "同志们："),
        (Body, OPENING),
    ];
    let mut paragraphs = PARAGRAPHS.iter().cycle();
    for (first, seconds) in HEADINGS {
        blocks.push((Heading(1), first));
        for second in seconds {
            blocks.push((Heading(2), second));
            blocks.extend(paragraphs.by_ref().take(6).map(|&p| (Body, p)));
        }
    }
    blocks.push((Heading(3), "1．分级调度"));
    blocks.push((Heading(4), "（1）县级每月一次"));
    blocks.push((Item, "水源复核、管网改造、水质检测三项工作分别建账。"));
    blocks.push((Quotation, "“吃水不愁，日子才有劲头。”这是松河镇群众说的话，我们要记在心里。"));
    blocks.push((Body, "同志们，供水连着民心，细节关乎成败。让我们一件事情接着一件事情办，一年接着一年干，把清水送进每一户人家！"));
    blocks.push((Signature, "云岭县人民政府办公室"));
    blocks.push((DateOfIssue, "2026年3月5日"));
    manuscript(&blocks)
}

/// The skeletons in `tests/render`, by name.
pub const FORMS: [(&str, &str); 3] = [
    ("plan", include_str!("../render/plan.tera")),
    ("brief", include_str!("../render/brief.tera")),
    ("summary", include_str!("../render/summary.tera")),
];

/// What a skeleton drafts from its own example.
pub fn drafted(name: &str, source: &str) -> Manuscript {
    let skeleton = library::built_in().skeleton_from(name, source).expect("a sound skeleton");
    draft(&skeleton, skeleton.example(), &Options::default()).expect("a complete example")
}

/// A manuscript of these blocks, joined by one LF.
pub fn manuscript(parts: &[(BlockKind, &str)]) -> Manuscript {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for (index, (kind, words)) in parts.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind: *kind, range: start..text.len() });
    }
    Manuscript::new(text, blocks, Vec::new(), Vec::new())
}
