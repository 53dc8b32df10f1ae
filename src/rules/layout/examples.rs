//! What the rule must flag and what it must leave alone. The texts are set by the standard but for what is said
//! of each; localities are invented.

use super::super::{Example, example};

/// An example of a document that is set as this says.
const fn set(layout: &'static str, text: &'static str, flags: &'static [&'static str]) -> Example {
    Example { layout, ..example(text, flags) }
}

/// A speech of two lines, one of more, and a formal document with number and 版记.
const SHORT: &str =
    "在全县春灌工作会议上的讲话\n今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。";
const SPEECH: &str = "在全县春灌工作会议上的讲话\n同志们：\n一、把水送到田头\n今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。\n（一）清好干渠\n清河镇、青石镇的干渠三月底前清完，县水务局每周到渠上看一次。";
const PAPER: &str = "云溪县人民政府文件\n云溪政发〔2026〕5号\n云溪县人民政府关于做好春灌工作的通知\n各乡镇人民政府：\n一、把水送到田头\n今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。\n抄送：县委办公室\n云溪县人民政府办公室2026年3月5日印发";

/// See the module.
pub(super) static EXAMPLES: &[Example] = &[
    set("页边距 25.4 25.4 31.8 31.8", SHORT, &["在全县春灌工作会议上的讲"]),
    set("纸张 215.9 279.4", SHORT, &["在全县春灌工作会议上的讲"]),
    set("标题 宋体 18磅", SHORT, &["在全县春灌工作会议上的讲"]),
    set("正文 宋体 12磅", SHORT, &["今年春灌比往年早了十天，"]),
    set("一级标题 宋体；二级标题 仿宋", SPEECH, &["一、把水送到田头"]),
    set("行距 25磅", SHORT, &["今年春灌比往年早了十天，"]),
    set("正文 缩进0", SHORT, &["今年春灌比往年早了十天，"]),
    set("正文 宋体 写作仿宋_GB2312", SHORT, &["今年春灌比往年早了十天，", "今年春灌比往年早了十天，"]),
    set("页码 无", SHORT, &["在全县春灌工作会议上的讲"]),
    set("页码 单双页相同 居中", PAPER, &["云溪县人民政府关于做好春"]),
    set("红头 黑色；文号 居左 无线", PAPER, &["云溪县人民政府文件"]),
    set("版记 宋体 16磅 无线", PAPER, &["抄送：县委办公室"]),
    set(
        "页边距 25.4 25.4 31.8 31.8；标题 宋体 18磅；正文 宋体 12磅；一级标题 宋体；行距 20磅；页码 无",
        SPEECH,
        &["在全县春灌工作会议上的讲"],
    ),
    set(
        "正文 缩进0",
        "在全县春灌工作会议上的讲话\n　　今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后。",
        &["今年春灌比往年早了十天，"],
    ),
    set(
        "标题 居中",
        "在全县春灌工作会议上的讲话\n\n今年春灌比往年早了十天，各镇要先把干渠清一遍。\n\n\n再按地块排好水的先后，一家一户都说清楚。",
        &["再按地块排好水的先后，一"],
    ),
    set("标题 方正小标宋简体", SHORT, &[]),
    set("标题 方正小标宋_GBK", PAPER, &[]),
    set("正文 仿宋_GB2312；一级标题 方正黑体_GBK；二级标题 楷体_GB2312", SPEECH, &[]),
    set("行距 28磅", SHORT, &[]),
    set("页边距 34.6 32.6 28 26；行距 29.45磅", SHORT, &[]),
    set("页码 单双页相同 居中", SHORT, &[]),
    example(SPEECH, &[]),
    example(PAPER, &[]),
];
