//! Whether the time of a check grows with the text and no faster: `cargo run --release --example linear`.
//!
//! Some hundred and sixty patterns that look like the beginning of something (a number, a bracket, a list, a name) are
//! repeated to texts of 64 to 512 KB; for each the exponent of time over size is fitted by least squares of
//! their logarithms (1 is linear, 2 quadratic), with the processor time of this thread as Linux counts it.
//! Ends with 1 where an exponent is above 1.15 and the largest takes more than 0.3 s. `-- quick` takes texts of 16
//! to 128 KB, `-- md` reads them as Markdown, `-- WORD` tries those alone that hold it: `-- quick md WORD`.

#![expect(clippy::disallowed_methods, reason = "an example reads its arguments and the thread's clock")]

use std::process::ExitCode;
use std::time::Instant;

use wengao::{Case, Date, RULES, Settings, check, read};

/// What is repeated. A line end is in it where it is to be one.
const PATTERNS: &[&str] = &[
    "1.",
    "1.1.",
    "1,",
    "1，",
    "1-",
    "1—",
    "1/",
    "1:",
    "1%",
    "1％、",
    "12345",
    "１２３",
    "1 ",
    "-1",
    "+1亿元",
    "1年",
    "2026年",
    "2026年1月",
    "3月3日",
    "3月3日至",
    "2026-1-1 ",
    "第1",
    "第一",
    "第一章\n",
    "一、",
    "一、\n",
    "（一）",
    "（一）\n",
    "1.\n",
    "（1）\n",
    "一是",
    "一是甲；",
    "一要",
    "一二三四五",
    "十百千万亿",
    "万亿",
    "三点五",
    "百分之",
    "（",
    "）",
    "“",
    "”",
    "“”",
    "《",
    "》",
    "《》",
    "〈《",
    "【",
    "】",
    "[",
    "](",
    "((",
    "<",
    "<a>",
    "&",
    "&amp;",
    "&#1;",
    "。",
    "。。",
    "，",
    "，，",
    "、",
    "；",
    "……",
    "——",
    "·",
    "※",
    "*",
    "**",
    "_",
    "x",
    "xx县",
    "×",
    "○",
    "某",
    "某某",
    "____",
    "……\n",
    "\n",
    "\n\n",
    "\t",
    " \n",
    "　",
    "　　\n",
    "\r\n",
    "\u{200b}",
    "\u{301}",
    "\u{fffd}",
    "\u{202e}",
    "县",
    "县县",
    "云河县",
    "北京市",
    "市委市政府",
    "县委、县政府",
    "各乡镇、",
    "张三、",
    "张三同志",
    "县长张三",
    "的",
    "的的",
    "增长",
    "增长1%，",
    "比上年增长1%，",
    "其中：",
    "其中1人，",
    "共1人，其中1人，",
    "甲1人、",
    "占1%，",
    "从1到2，",
    "目标",
    "强调三点",
    "提出五点要求",
    "附件：1.",
    "附件1\n",
    "抄送：",
    "同志们：",
    "同志们：\n",
    "http://",
    "a@b.",
    "13800138000",
    "110101199001011234",
    "|",
    "|-|\n",
    "> ",
    "# ",
    "# a\n",
    "- ",
    "- a\n",
    "```\n",
    "    a\n",
    "`",
    "$",
    "\\",
    "{{",
    "{%",
    "中华人民共和国",
    "深入贯彻落实",
    "深入学习贯彻",
    "全面推进乡村振兴，",
    "坚持以人民为中心，",
    "二十大",
    "“十四五”",
    "十四五规划",
    "责任单位：",
    "牵头单位：县",
    "完成时限：",
    "a",
    "ab ",
    "A",
    "é",
    "한",
    "𠀀",
    "👍",
    "㎡",
    "①",
    "①②③",
    "㈠",
    "Ⅰ",
    "囧",
];

/// Bytes of the smallest text; the others have twice, four and eight times as many.
const SMALLEST: usize = 64 << 10;
/// Seconds below which the growth is that of the clock and of what is done once.
const SHORT: f64 = 0.3;
/// Above it the time grows faster than the text, whatever the machine was busy with.
const BAR: f64 = 1.15;
/// Seconds after which larger texts are not tried: what takes so long is told as it is.
const PATIENCE: f64 = 30.0;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| words.first().is_some_and(|word| word == name) && words.remove(0) == name;
    let quick = flag("quick");
    let markdown = flag("md");
    let sizes = [1, 2, 4, 8].map(|times| times * SMALLEST / if quick { 4 } else { 1 });
    let name = if markdown { "稿.md" } else { "稿.txt" };
    let tried = PATTERNS.iter().filter(|p| words.is_empty() || words.iter().any(|w| p.contains(&**w)));
    let mut worst = Vec::new();
    for pattern in tried {
        let mut seconds = Vec::new();
        for size in sizes {
            let text = pattern.repeat(size / pattern.len());
            seconds.push(time(name, &text, &[]));
            if seconds.last().is_some_and(|s| *s > PATIENCE) {
                break;
            }
        }
        let exponent = exponent(&sizes[..seconds.len()], &seconds);
        let times: Vec<String> = seconds.iter().map(|s| format!("{:.0}", s * 1_000.0)).collect();
        println!("{exponent:.2}\t{}\tms\t{pattern:?}", times.join(" "));
        let long = seconds.last().is_some_and(|s| *s > if quick { SHORT / 4.0 } else { SHORT });
        if exponent > BAR && long || seconds.len() < sizes.len() {
            worst.push((exponent, pattern));
        }
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (exponent, pattern) in &worst {
        println!("\n{exponent:.2} {pattern:?}: by rule, at {} KB", sizes[1] >> 10);
        let text = pattern.repeat(sizes[1] / pattern.len());
        let mut rules: Vec<(f64, &str)> =
            RULES.iter().map(|r| r.about().id).map(|id| (time(name, &text, &[id]), id)).collect();
        rules.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (seconds, rule) in rules.iter().take(4) {
            println!("  {:.0} ms {rule}", seconds * 1_000.0);
        }
    }
    println!("\n{} patterns, {} above {BAR}", PATTERNS.len(), worst.len());
    if worst.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Seconds that it takes to read and check a text, by these rules alone if there are any.
fn time(name: &str, text: &str, only: &[&str]) -> f64 {
    let settings = Settings::with(|s| {
        s.as_of = Date::parse("2026-03-05");
        s.only = only.iter().map(|&rule| rule.to_owned()).collect();
    });
    let start = clock();
    let manuscript = read(name, text.as_bytes()).unwrap_or_default();
    std::hint::black_box(check(&Case::new(&manuscript, &settings)));
    clock() - start
}

/// Seconds of processor time of this thread; of the wall where the system does not say.
fn clock() -> f64 {
    static BEGIN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGIN.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// The slope of the logarithm of time over that of size.
fn exponent(sizes: &[usize], seconds: &[f64]) -> f64 {
    let points: Vec<(f64, f64)> =
        sizes.iter().zip(seconds).map(|(size, s)| ((*size as f64).ln(), s.max(1e-6).ln())).collect();
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let (over, under) = points
        .iter()
        .fold((0.0, 0.0), |(over, under), p| (over + (p.0 - x) * (p.1 - y), under + (p.0 - x).powi(2)));
    if under > 0.0 { over / under } else { f64::NAN }
}
