//! 依据: the papers that this one rests on or is, with their numbers.

use super::habit::bare_title;
use super::page::Page;
use super::{Found, Kind};
use crate::base::lexicon::gather as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 《…》, with 《…》 within it, and what stands in a bracket behind.
    static TITLED = r"《([^《》]*(?:[〈《][^〈〉《》]*[〉》][^《》]*)*)》(?:[（(]([^（）()《》]{2,24}?[〔\[［（(﹝]?[12][0-9]{3}[〕\]］）)﹞]?[^（）()《》]{0,6}?号)[)）])?";
    /// 云政办发〔2026〕3号 as a line.
    static NUMBER = r"^[\p{Han}]{1,10}[〔\[［（(﹝][12][0-9]{3}[〕\]］）)﹞]第?[0-9]{1,4}号$";
    /// 关于…的通知.
    static ABOUT = r"关于.{4,60}?的?(?:通知|意见|方案|规定|办法|决定|通报|批复|函|公告|措施|计划|规划|细则|要点)(?:[（(](?:试行|修订|暂行|征求意见稿)[)）])?$";
}

/// The papers that a paper names.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for line in &page.lines {
        let words = page.said(&line.range);
        for titled in TITLED.on_lines(words, |line| line.contains('《')) {
            let (Some(whole), Some(title)) = (titled.get(0), titled.get(1)) else { continue };
            let number = titled.get(2);
            let at = |m: &regex::Match<'_>| line.range.start + m.start()..line.range.start + m.end();
            if number.is_none() && !is_paper(title.as_str(), &words[..whole.start()]) {
                continue;
            }
            let mut one = Found::named(Kind::Policy, page, &at(&title));
            if let Some(number) = number {
                one.say(page, "number", &at(&number));
            }
            put(&mut found, one);
        }
    }
    if let Some(own) = own(page) {
        put(&mut found, own);
    }
    found
}

/// Adds a paper, or its number to what is known of it.
fn put(found: &mut Vec<Found>, one: Found) {
    match found.iter_mut().find(|f| f.title() == one.title()) {
        Some(known) if known.get("number").is_none() => known.said.extend(one.said.into_iter().skip(1)),
        Some(_) => {}
        None => found.push(one),
    }
}

/// Whether what stands between 《》 is a paper and no book, newspaper or play.
fn is_paper(title: &str, before: &str) -> bool {
    let bare = bare_title(title).trim_end();
    let ends = lexicon::PAPER_ENDS.iter().any(|end| bare.ends_with(end));
    let led = lexicon::PAPER_LEADS.iter().any(|lead| before.ends_with(lead));
    let form = ["登记表", "申请表", "统计表", "汇总表", "承诺书", "通知书", "决定书", "告知书"];
    ends && (led && bare.chars().count() > 2 || bare.chars().count() >= 5)
        && !form.iter().any(|f| bare.ends_with(f))
}

/// The paper itself, where its head says that it is one: 关于…的意见, 云政发〔2026〕3号.
fn own(page: &Page<'_>) -> Option<Found> {
    /// Lines of the head of a paper.
    const HEAD: usize = 8;
    let head = &page.lines[..page.lines.len().min(HEAD)];
    let plain = |at: usize| head.get(at).is_some_and(|l| !l.cell && l.level.is_none());
    // A title may be set on two lines.
    let title = (0..head.len()).filter(|&at| plain(at)).find_map(|at| {
        [at, at + 1].into_iter().filter(|&to| plain(to)).find_map(|to| {
            let range = head[at].range.start..head[to].range.end;
            let words = page.words(&range).replace(['\n', '\r'], "");
            let called =
                ["召开", "举办", "举行"].iter().any(|w| words.contains(w)) && words.ends_with("通知");
            let named = ABOUT.is_match(&words) && !called && !words.contains(['。', '，', '：', '《', '；']);
            named.then_some(range)
        })
    })?;
    let number = head.iter().find(|l| NUMBER.is_match(page.said(&l.range)));
    let mut own = Found::named(Kind::Policy, page, &title);
    if let Some(number) = number {
        own.say(page, "number", &number.range);
    }
    Some(own)
}
