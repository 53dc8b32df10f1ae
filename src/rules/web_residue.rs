//! `web-residue` (网页残留): what a page puts around a text, left in it by copying.
//!
//! A line is furniture by what it says and by where it stands. `上传者：` and `ID:12345678` are never
//! prose; `关闭`, `来源：` and a bare address may be, so they count only as a whole line, and the
//! weaker ones only at the head or the tail or beside another piece of furniture. Collections add
//! suffixes to titles (精选5篇) and numbers to their pieces (篇1：). The fix deletes the words; a
//! line that nothing is left of goes with them where a file has lines (`write/fix/lines.rs`).

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::reading::anchors::Anchors;
use super::{About, Authority, Case, Reads, Rule, example, excerpt, markdown};
use crate::base::lexicon::web_residue as lexicon;
use crate::base::pattern::{compile, pattern};
use crate::base::{Text, emphasis, words::Words};
use crate::model::{BlockKind, Finding, Manuscript, MaskKind, Severity};
use crate::text;

/// The rule.
pub struct WebResidue;

static ABOUT: About = About {
    id: "web-residue",
    title: Text::fixed("网页上带下来的文字", "words of the web page it was copied from"),
    severity: Severity::Error,
    authority: Authority::Practice,
    reads: Reads::Prose,
    why: Text::fixed(
        "从网上复制的稿子常带着网页的零碎：编号、上传者、发布时间、“预览结束”、“责任编辑”、“打印本页”、上一篇下一篇、\
         “精选17篇”、小编导语、版权声明、&nbsp; 一类的代码。本规则只认独占一行的，较弱的还要求在开头、结尾或与别的\
         网页零碎相邻；正文里的“关闭煤矿12家”、“信息来源”不算。修复就是删去，整行没有了的，空行一并收掉。",
        "Text copied off the web brings the page along: ids, uploaders, dates of publication, 预览结束, 责任编辑, \
         print and close buttons, 上一篇, 精选17篇, an editor's lead, copyright lines, entities such as &nbsp;. Only \
         whole lines count, the weaker ones only at head or tail or beside other furniture; 关闭煤矿12家 in prose is \
         left alone. The fix deletes the words, and the line that nothing is left of.",
    ),
    examples: &[
        example(
            "春耕动员会上的讲话(精选5篇)\n\nID:20468135\n上传者:青石溪\n同志们：\n今天开会。",
            &["(精选5篇)", "ID:20468135", "上传者:青石溪"],
        ),
        example(
            "云岭县2026年工作总结\n发布时间：2026-01-08 10:20:31\n一年来，成效明显。",
            &["发布时间：2026-01-08 10:20:31"],
        ),
        example(
            "让我们共同努力！\n（责任编辑：李四）\n【打印本页】【关闭窗口】",
            &["（责任编辑：李四）", "【打印本页】【关闭窗口】"],
        ),
        example(
            "谢谢大家！\n上一篇：防汛工作汇报\n下一篇：没有了",
            &["上一篇：防汛工作汇报", "下一篇：没有了"],
        ),
        example(
            "以下是小编为大家整理的讲话稿，欢迎阅读。\n同志们：",
            &["以下是小编为大家整理的讲话稿，欢迎阅读。"],
        ),
        example("篇1：在春耕会上的讲话\n同志们：", &["篇1："]),
        example(
            "好的，以下是为您拟写的讲话稿：\n同志们：\n今天开会。\n如需进一步修改，请告诉我。",
            &["好的，以下是为您拟写的讲话稿：", "如需进一步修改，请告诉我。"],
        ),
        example("感谢大家！\n以上内容由AI生成，请核实后使用。", &["以上内容由AI生成，请核实后使用。"]),
        example("抓好春耕。\n仅展示310字，全文共1200字", &["仅展示310字，全文共1200字"]),
        example("抓好防汛。\n（阅读全文请先登录）", &["（阅读全文请先登录）"]),
        example("压实责任，\n第2 页共 8 页 把任务落到村。", &["第2 页共 8 页 "]),
        example("云岭县工作总结\n## 一、主要成效\n粮食增产。\n## 二、下一步打算\n抓好春耕。", &["##"]),
        example("规范人工智能生成内容的标识管理，好的做法要推广。\n如有其他问题，请与县政府办联系。", &[]),
        example("好，我来讲三点意见。\n这是我们的庄严承诺！\n希望本次活动能帮助大家。", &[]),
        example("会议强调，&nbsp;要抓好落实。<br>一要抓早。", &["&nbsp;", "<br>"]),
        example("当前位置：首页 > 讲话稿\n在推进会上的讲话\n同志们：", &["当前位置：首页 > 讲话稿"]),
        example(
            "　　请各单位照此执行。\nCopyright © 2026 All Rights Reserved\n京ICP备00000000号",
            &["Copyright © 2026 All Rights Reserved", "京ICP备00000000号"],
        ),
        example("关闭煤矿12家，来源可查。\n打印材料由办公室负责。", &[]),
        example("责任编辑要严格把关，出版单位落实责任。\n上一篇章已经写就。", &[]),
        example("时间：2026年3月5日上午9:00\n地点：县政府三楼会议室", &[]),
        example("登录县政府网站（http://www.example.gov.cn）查询。", &[]),
        example("目录\n一、总体要求\n二、主要任务", &[]),
        example("评选优秀论文17篇，精选案例5个。\nR&D经费投入增长，A<B。", &[]),
        example("第一篇 开启新征程\n第一章 发展环境", &[]),
        markdown("见[说明](http://example.com)。\n\n`<br>` 是换行。", &[]),
    ],
};

/// How much a line that a page may have left behind is believed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Nothing but a page says this.
    Sure,
    /// Nothing but a writing program says this.
    Chat,
    /// A page says this at its head or tail, or among other furniture.
    Edge,
}

/// The anchors of each pattern of the lexicon.
static ANCHORS: Anchors = include!(concat!(env!("OUT_DIR"), "/web_residue.anchors"));

/// Whole lines, without the blanks around them. A pattern is compiled when a line holds one of its
/// anchors.
struct Furniture {
    patterns: Vec<(Trust, &'static str, OnceLock<Regex>)>,
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let sure = lexicon::SURE.iter().map(|line| (Trust::Sure, *line, OnceLock::new()));
    let sure = sure.chain(lexicon::CHAT.iter().map(|line| (Trust::Chat, *line, OnceLock::new())));
    let edge = lexicon::EDGE.iter().map(|line| (Trust::Edge, *line, OnceLock::new()));
    Furniture { patterns: sure.chain(edge).collect() }
});

impl Furniture {
    fn trust(&self, line: &str) -> Option<Trust> {
        // The anchors spell the ends of the line as line ends.
        let bounded = format!("\n{line}\n");
        ANCHORS.candidates(&bounded, &mut Vec::new()).find_map(|index| {
            let (trust, source, pattern) = self.patterns.get(index)?;
            let whole = || compile(&format!("^(?:{source})$"));
            pattern.get_or_init(whole).is_match(line).then_some(*trust)
        })
    }
}

/// Buttons: `【打印】【关闭】`, `打印本页 | 关闭窗口`.
static BUTTONS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::BUTTONS.iter().copied()));

/// Whether a line is nothing but buttons, with brackets and bars between them.
fn is_buttons(line: &str) -> bool {
    let between = |c: char| c.is_whitespace() || "【】[]()（）《》<>«»|｜/:：·…".contains(c);
    let mut at = line.len() - line.trim_start_matches(between).len();
    let mut buttons = 0;
    while at < line.len() {
        let Some(button) = BUTTONS.at(line, at) else { return false };
        buttons += 1;
        at = line.len() - line[button.range.end..].trim_start_matches(between).len();
    }
    buttons > 0
}

pattern! {
    /// Suffixes of titles, after which the line ends.
    static SUFFIX = r"(?:[(（【\[]\s*(?:精选|通用|优选|汇总|合集|集锦|集合|推荐|必备|热门|实用|最新|优秀|优质|经典|整理|共|锦集|大全|通用版|精选版|范文|范本|模板|样本|样稿|参考)?(?:范文|版)?\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})?\s*篇?(?:范文|汇总|合集)?\s*[)）】\]]|(?:精选|通用|优选|汇总|合集|集锦|推荐|必备|热门|实用|最新|优秀|优质)(?:范文)?\s*(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*篇)$";
}

pattern! {
    /// 讲话稿范文, as the end of a title.
    static MODEL = r"(?:讲话|讲话稿|发言|发言稿|致辞|主持词|总结|方案|报告|汇报|体会|材料|计划|要点|演讲稿|简报|通知)((?:优秀|最新|精选|通用)?(?:范文|模板|范本)(?:大全|精选|参考|模板)?)$";
}

pattern! {
    /// 篇1：, as the start of a piece.
    static PIECE = r"^(?:[【\[]?(?:篇|范文|例文|篇章|参考范文|样本)\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[】\]]?[:：.、\s]|(?:第[一二三四五六七八九十]{1,3}篇|[一二三四五六七八九]篇)[:：]).*$";
}

pattern! {
    /// The number of a page and of all, with a blank in it, at one end of a line.
    static FOOT = r"(?:^第[ 　]?[0-9]+[ 　]?页[ 　]?[,，/]?[ 　]?共[ 　]?[0-9]+[ 　]?页(?:[ 　]|$)|[ 　]第[ 　]?[0-9]+[ 　]?页[ 　]?[,，/]?[ 　]?共[ 　]?[0-9]+[ 　]?页$)";
}

pattern! {
    /// Entities and tags inside a line. What went through several programs is encoded as often: &amp;amp;ldquo;.
    static MARKUP = r#"(?i)^(?:&(?:amp;)*(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot|ensp|emsp|thinsp|#\d{2,5}|#x[0-9a-f]{2,5});?|</?(?:br|p|div|span|font|strong|b|em|i|u|a|img|table|tbody|tr|td|th|ul|ol|li|h[1-6]|section|article|script|style|center|o:p)(?:\s[^<>\n]{0,200})?\s*/?>)"#;
}

/// Lines that count as head and as tail.
const EDGE: usize = 8;
/// Furniture stands so near to other furniture.
const BESIDE: usize = 3;
/// Characters of a line of furniture.
const LONGEST: usize = 200;

impl Rule for WebResidue {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let manuscript = case.manuscript;
        let text = manuscript.text();
        let lines: Vec<Range<usize>> = manuscript
            .blocks()
            .iter()
            .filter(|b| !b.kind.is_form() && !matches!(b.kind, BlockKind::Code | BlockKind::Cell))
            .flat_map(|b| split(text, &b.range))
            .collect();
        let mut trusts: Vec<Option<Trust>> = lines.iter().map(|r| trust(&text[r.clone()])).collect();
        for index in 0..lines.len() {
            if trusts[index] != Some(Trust::Edge) {
                continue;
            }
            let edge = index < EDGE || index + EDGE >= lines.len();
            let near = index.saturating_sub(BESIDE)..(index + BESIDE + 1).min(lines.len());
            let beside = near.into_iter().any(|i| matches!(trusts[i], Some(Trust::Sure | Trust::Chat)));
            if !edge && !beside {
                trusts[index] = None;
            }
        }
        let mut found = Vec::new();
        for (index, (range, trust)) in lines.iter().zip(&trusts).enumerate() {
            if manuscript.mask(range.start).is_some() {
                continue;
            }
            let words = &text[range.clone()];
            match trust {
                Some(trust) => found.push(furniture(text, range.clone(), *trust)),
                None => {
                    found.extend(
                        foot(text, words, range.start).or_else(|| parts(text, words, range.start, index)),
                    );
                }
            }
        }
        // Those of the lines are in order and do not overlap.
        let lines_found: Vec<Range<usize>> = found.iter().map(|f: &Finding| f.range.clone()).collect();
        let mut end = 0;
        for at in memchr::memchr2_iter(b'&', b'<', text.as_bytes()) {
            let Some(hit) = MARKUP.find(&text[at..]).filter(|_| at >= end) else { continue };
            end = at + hit.end();
            let before = lines_found.partition_point(|r| r.end <= at);
            if lines_found.get(before).is_none_or(|r| r.start >= end) {
                found.push(entity(hit.as_str(), at..end));
            }
        }
        found.extend(marks(manuscript).into_iter().filter(|f| {
            let before = lines_found.partition_point(|r| r.end <= f.range.start);
            lines_found.get(before).is_none_or(|r| r.start >= f.range.end)
        }));
        found
    }
}

/// The lines of a block, without blanks at their ends; empty ones left out.
fn split(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let mut from = block.start;
    let mut lines = Vec::new();
    for line in text[block.clone()].split_inclusive('\n') {
        let body = line.trim();
        let start = from + (line.len() - line.trim_start().len());
        if !body.is_empty() {
            lines.push(start..start + body.len());
        }
        from += line.len();
    }
    lines
}

fn trust(line: &str) -> Option<Trust> {
    if line.len() > LONGEST * 3 {
        return None;
    }
    if is_buttons(line) {
        // 大 and 更多 alone may be cut off from a table.
        return Some(if line.chars().count() > 1 { Trust::Sure } else { Trust::Edge });
    }
    FURNITURE.trust(line)
}

/// What collections add to titles.
fn parts(text: &str, words: &str, start: usize, index: usize) -> Option<Finding> {
    /// Characters of a title.
    const TITLE: usize = 60;
    if words.len() > 3 * TITLE || words.ends_with(['。', '；', '，']) {
        return None;
    }
    // What the patterns below cannot do without.
    let numbered =
        words.contains('篇') || words.contains("范文") || words.contains("例文") || words.contains("样本");
    let model = numbered || words.contains("模板") || words.contains("范本");
    let collected = model || ["精选", "通用", "合集", "集锦", "汇总"].iter().any(|w| words.contains(w));
    if let Some(piece) = numbered.then(|| PIECE.find(words)).flatten() {
        let sure = !words.starts_with(['第', '一', '二', '三', '四', '五', '六', '七', '八', '九']);
        let titled = lexicon::TITLED;
        if sure || titled.iter().any(|t| words.contains(t)) {
            let len = piece
                .as_str()
                .find([':', '：', '、', '.', ' ', '　'])
                .map_or(0, |i| i + words[i..].chars().next().map_or(0, char::len_utf8));
            return (len > 0).then(|| furniture(text, start..start + len, Trust::Sure));
        }
    }
    if let Some(suffix) = collected.then(|| SUFFIX.find(words)).flatten() {
        let says = suffix.as_str().trim_matches(['(', '（', '）', ')', '【', '】', '[', ']', ' ']);
        let counted = says.contains('篇') && says.chars().count() > 2;
        let named =
            lexicon::COLLECTIONS.iter().any(|w| says.starts_with(w)) && suffix.start() > 0 && index < EDGE;
        if suffix.start() > 0 && (counted || named) {
            return Some(furniture(text, start + suffix.start()..start + suffix.end(), Trust::Sure));
        }
    }
    let model = (model && index < EDGE).then(|| MODEL.captures(words)).flatten()?.get(1)?;
    Some(furniture(text, start + model.start()..start + model.end(), Trust::Edge))
}

fn furniture(text: &str, range: Range<usize>, trust: Trust) -> Finding {
    let words = &text[range.clone()];
    let shown = excerpt(words, 24);
    let message = match trust {
        Trust::Chat => text!(
            "“{shown}”像是写作程序答话里的，不是正文",
            "“{shown}” looks like what a writing program said to its user, not like the text"
        ),
        Trust::Sure | Trust::Edge => text!(
            "“{shown}”像是网页上带下来的，不是正文",
            "“{shown}” looks like part of a web page, not of the text"
        ),
    };
    ABOUT
        .finding(range, message)
        .severity(if trust == Trust::Edge { Severity::Warning } else { Severity::Error })
        .help(Text::fixed("删去", "delete it"))
        .fix(String::new())
}

/// The first mark of Markdown in a text that is none, and how often it stands there: writing programs leave
/// them by the dozen, and one finding says enough.
fn marks(manuscript: &Manuscript) -> Vec<Finding> {
    /// Fewer are somebody's own signs.
    const FEWEST: usize = 2;
    let text = manuscript.text();
    if manuscript.masks().iter().any(|m| m.kind == MaskKind::Markup)
        || memchr::memchr2(b'#', b'*', text.as_bytes()).is_none()
    {
        return Vec::new();
    }
    let mut found: [Vec<Range<usize>>; 2] = [Vec::new(), Vec::new()];
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let sign = line.len() - line.trim_start_matches('#').len();
        if (1..=6).contains(&sign) && line[sign..].starts_with(' ') {
            found[0].push(from..from + sign);
        }
        if line.contains("**") {
            let pairs = emphasis::pairs(line).into_iter().filter(|r| r.len() == 2);
            found[1].extend(pairs.map(|r| from + r.start..from + r.end));
        }
        from += line.len();
    }
    let heads = found[0].len();
    let [headings, stars] = found;
    let mut findings = Vec::new();
    for (ranges, fewest) in [(headings, FEWEST), (stars, if heads > 0 { FEWEST } else { 2 * FEWEST })] {
        let Some(first) = ranges.first().filter(|_| ranges.len() >= fewest) else { continue };
        let (sign, times) = (&text[first.clone()], ranges.len());
        let message = text!(
            "“{sign}”是 Markdown 的记号，留在了正文里，全文有 {times} 处",
            "“{sign}” is a mark of Markdown left in the text, {times} of them in all"
        );
        let help = Text::fixed(
            "全部删去；本来就是 Markdown 的，文件名用 .md",
            "delete all of them; name the file .md if it is Markdown",
        );
        findings.push(ABOUT.finding(first.clone(), message).severity(Severity::Warning).help(help));
    }
    findings
}

/// 第1页 共10页 at the end of a line that is more than that: a page's foot caught between two lines.
fn foot(text: &str, words: &str, start: usize) -> Option<Finding> {
    if !words.contains('第') || !words.contains('页') {
        return None;
    }
    let hit = FOOT.find(words)?;
    Some(furniture(text, start + hit.start()..start + hit.end(), Trust::Sure))
}

fn entity(words: &str, range: Range<usize>) -> Finding {
    let name = words.trim_matches(['&', ';']).to_ascii_lowercase();
    let name = name.rsplit("amp;").next().unwrap_or_default();
    let plain = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "hellip" => "…",
        "mdash" => "—",
        "middot" => "·",
        _ => "",
    };
    // A paragraph or quotation mark cannot be told from its code alone.
    let safe =
        !plain.is_empty() || words.starts_with('<') || matches!(name, "nbsp" | "ensp" | "emsp" | "thinsp");
    ABOUT
        .finding(range, text!("“{words}”是网页代码", "“{words}” is code of a web page"))
        .help(Text::fixed(
            "删去，或换成它所代表的字符",
            "delete it, or write the character that it stands for",
        ))
        .fix(safe.then(|| plain.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{FURNITURE, MARKUP, compile, entity};

    #[test]
    fn an_entity_that_was_encoded_several_times_is_decoded_to_the_end() {
        for (code, plain) in [
            ("&amp;amp;rdquo;", Some("”")),
            ("&amp;amp;", Some("&")),
            ("&amp;nbsp;", Some("")),
            ("&amp;lt;", Some("<")),
            ("&amp;#167;", None),
        ] {
            let hit = MARKUP.find(code).unwrap();
            assert_eq!(hit.range(), 0..code.len(), "{code}");
            assert_eq!(entity(code, hit.range()).fix.map(|f| f.text).as_deref(), plain, "{code}");
        }
    }

    #[test]
    fn every_line_of_the_lexicon_is_a_pattern() {
        for (_, source, _) in &FURNITURE.patterns {
            assert!(compile(source).captures_len() > 0, "{source}");
        }
    }
}
