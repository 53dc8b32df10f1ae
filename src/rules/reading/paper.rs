//! What a paper calls by its name: other papers (《…》) with their numbers, and the meeting at which a speech
//! is given.

use std::ops::Range;

use crate::base::lexicon::paper as lexicon;
use crate::base::pattern::pattern;

pattern! {
    /// 《…》, with 《…》 within it, and what stands in a bracket behind.
    static TITLED = r"《([^《》]*(?:[〈《][^〈〉《》]*[〉》][^《》]*)*)》(?:[（(]([^（）()《》]{2,24}?[〔\[［（(﹝]?[12][0-9]{3}[〕\]］）)﹞]?[^（）()《》]{0,6}?号)[)）])?";
    /// 在…会上的讲话, 在…会上的主持词: the group is the meeting.
    pub(crate) static SPOKEN = r"在(.{4,50}?(?:会|会议|仪式|活动))上?的(?:讲话|主持词|主持讲话|发言|致辞|动员讲话|总结讲话|表态发言)";
}

/// The papers that words name, without their marks, each with its number where one stands behind it.
pub fn titles(words: &str) -> impl Iterator<Item = (Range<usize>, Option<Range<usize>>)> {
    TITLED.on_lines(words, |line| line.contains('《')).filter_map(move |titled| {
        let (whole, title) = (titled.get(0)?, titled.get(1)?);
        let number = titled.get(2).map(|m| m.range());
        let named = number.is_some() || is_paper(title.as_str(), &words[..whole.start()]);
        named.then(|| (title.range(), number))
    })
}

/// A title without a note in brackets behind it: （试行）, （征求意见稿）.
#[must_use]
pub fn bare_title(words: &str) -> &str {
    let words = words.trim();
    let cut = words.rfind(['（', '(']).filter(|_| words.ends_with(['）', ')']));
    cut.map_or(words, |at| &words[..at]).trim_end_matches(['》', ' ', '的'])
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
