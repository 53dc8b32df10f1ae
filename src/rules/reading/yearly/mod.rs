//! What of a finished text belongs to its year (随年变化的写法): the stretches that may change from one year to the
//! next, and what each is said of.

mod numerals;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::base::han::is_han;
use crate::base::lexicon::yearly as lexicon;
use crate::base::pattern::pattern;
use crate::base::words::Words;
use crate::base::{Text, clause};
use crate::model::{BlockKind, Manuscript, MaskKind};

/// What a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// 数字: a figure with its unit, in Arabic digits or in Han numerals.
    Figure,
    /// 日期: a day, a month, a deadline, a season of work.
    Date,
    /// 年份: a year, or several.
    Year,
    /// 规划: a plan period, or where a year stands in it.
    Period,
    /// 届次: the number of an edition, a session, a batch; what is the first of its kind.
    Ordinal,
    /// 会议: a meeting of its year.
    Meeting,
    /// 文件: the number of a document.
    Policy,
    /// 人名: who speaks, or holds an office.
    Person,
    /// 口号: a year that is named in quotation marks.
    Slogan,
    /// 比较: 去年, 今年, 同期.
    Comparison,
    /// 名单: the members of a list that a figure beside it counts. [`find`] leaves them to who asks what follows.
    List,
    /// 字句: words that somebody named herself.
    Words,
}

impl Kind {
    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Year => "year",
            Self::Period => "period",
            Self::Ordinal => "ordinal",
            Self::Meeting => "meeting",
            Self::Policy => "policy",
            Self::Person => "person",
            Self::Slogan => "slogan",
            Self::Comparison => "comparison",
            Self::List => "list",
            Self::Words => "words",
        }
    }

    /// What a person calls it.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Figure => Text::fixed("数字", "figure"),
            Self::Date => Text::fixed("日期", "date"),
            Self::Year => Text::fixed("年份", "year"),
            Self::Period => Text::fixed("规划", "plan period"),
            Self::Ordinal => Text::fixed("届次", "edition"),
            Self::Meeting => Text::fixed("会议", "meeting"),
            Self::Policy => Text::fixed("文号", "document number"),
            Self::Person => Text::fixed("人名", "person"),
            Self::Slogan => Text::fixed("口号", "slogan"),
            Self::Comparison => Text::fixed("年际", "year compared"),
            Self::List => Text::fixed("名单", "list"),
            Self::Words => Text::fixed("字句", "words"),
        }
    }
}

/// A stretch of a text that may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

impl Stretch {
    /// Whether what it says is one thing wherever it stands in the text; a figure is one of what it is said of.
    #[must_use]
    pub fn is_by_itself(&self, text: &str) -> bool {
        match self.kind {
            Kind::Figure | Kind::Ordinal => false,
            Kind::Date => text[self.range.clone()].contains('年'),
            _ => true,
        }
    }
}

const HAN_DIGITS: &str = "一二三四五六七八九十百零〇两";

pattern! {
    /// 2026年3月5日, 2026-03-05, 二〇二六年三月五日; without a day, with 底.
    static DATED = r"(?:[12][0-9]{3}年[0-9]{1,2}月(?:[0-9]{1,2}[日号])?(?:底|初|末|上旬|中旬|下旬)?|[12][0-9]{3}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}|[一二][〇零○Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)";
    /// 2024年, 2021—2025年, 2024年底, 二〇二四年.
    static YEAR = r"(?:[12][0-9]{3}年?[—–\-－~～至到]{1,2})?(?:[12][0-9]{3}|[一二][〇零○Ｏ一二三四五六七八九]{3})(?:年度|年(?:底|末|初|上半年|下半年)?)";
    /// A year in digits without 年: “2022”赛季.
    static BARE_YEAR = r"20[0-4][0-9]";
    /// 3月5日, 9月底, 10月中旬, 3—5月.
    static DAY = r"(?:[0-9]{1,2}(?:[—–\-－~～至到、]{1,2}))?[0-9]{1,2}月(?:[0-9]{1,2}[日号](?:[—–\-－~～至到]{1,2}[0-9]{1,2}[日号])?)?(?:底|初|末|份|上旬|中旬|下旬)?";
    /// 过去五年, 五年来, 今后两年.
    static SPAN = r"(?:刚刚过去的|过去的|过去|今后的|今后|未来|近|这|前|后)[一二三两四五六七八九十]{1,2}年|[两三四五六七八九十]{1,2}年来|[两三四五六七八九十]{1,2}年多?以来";
    /// “十四五”, “八五”普法, 第十五个五年规划.
    static PLAN = r"“?十[一二三四五六七八]五”?(?:规划|时期|期间|末|初)?|第?十[一二三四五六七八]个?五年规划|“[一二三四五六七八九]五”|[一二三四五六七八九]五普法";
    /// “项目攻坚年”: the group is what stands between the marks.
    static SLOGAN = r"[“‘]([\p{Han}、—·]{2,18}年)[”’]|(?:开展|实施|推进|深化|启动|组织)([\p{Han}]{3,12}年)(?:活动|行动)";
    /// 第十二届, 第3次, 第六批, 第二轮.
    static ORDINAL = r"第[一二三四五六七八九十百零〇两0-9]{1,5}(?:个五年|位次|届|次|批|期|轮|季|名|位|方阵|站)";
    /// 十届人大五次会议, without 第.
    static SESSION = r"[一二三四五六七八九十]{1,3}届|[一二三四五六七八九十]{1,3}运会|[一二三四五六七八九十]{1,2}次(?:会议|全会|全体|党代会|代表大会)";
    /// Plenums, congresses.
    static PLENUM = r"[一二三四五六七八九十]{1,3}届(?:[一二三四五六七八九十]{1,2}中?[、和及])*[一二三四五六七八九十]{1,2}中全会|[一二三四五六七八九十]{1,3}届历次全会|(?:十[一二三四五六七八九]|二十[一二三]?|二十)大";
    /// 中央经济工作会议, 省委十四届五次全会.
    static MEETING = r"中央[\p{Han}]{2,8}?工作会议|全国两会|[省市县区州旗]委[\p{Han}]{0,4}工作会议|(?:[省市县区州旗]|党)委[\p{Han}]{0,12}?(?:全会|全委会议)|[\p{Han}“”]{2,12}(?:动员会|动员大会|推进会|部署会|座谈会|表彰大会|总结大会|启动仪式)";
    /// 云办发〔2025〕3号, “1号文件”.
    static NUMBERED = r"[\p{Han}]{1,8}[〔\[［（﹝][12][0-9]{3}[〕\]］）﹞][0-9]{1,4}号|[0-9]{1,2}号文件";
    /// 县长 周明达, at the end of a line: the group is the name.
    static SPEAKER = r"(\p{Han}[ 　]?\p{Han}{1,2})$";
}

/// The places at which a text must be looked at, in order, none overlapping another.
#[must_use]
pub fn find(manuscript: &Manuscript) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for block in manuscript.blocks() {
        let words = manuscript.block_text(block);
        let at = block.range.start;
        in_block(words, block.kind, &mut |range, kind| {
            found.push(Stretch { range: at + range.start..at + range.end, kind });
        });
    }
    found.retain(|s| {
        !s.range.is_empty()
            && !matches!(manuscript.mask(s.range.start), Some(MaskKind::Code | MaskKind::Link))
    });
    found.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
    found
}

/// Takes stretches in order of how much is known of them: what is taken is not looked at again.
fn in_block(words: &str, kind: BlockKind, take: &mut dyn FnMut(Range<usize>, Kind)) {
    let mut taken = Taken { ranges: Vec::new() };
    let mut put = |range: Range<usize>, kind: Kind| {
        if taken.take(&range) {
            take(range, kind);
        }
    };
    if let Some(name) = speaker(words, kind) {
        put(name, Kind::Person);
    }
    dated(words, &mut put);
    named(words, &mut put);
    counted(words, &mut put);
}

/// Numbers of documents, slogans of a year, days and years.
fn dated(words: &str, put: &mut dyn FnMut(Range<usize>, Kind)) {
    let digit_before = |at: usize| words[..at].ends_with(|c: char| c.is_ascii_digit());
    for m in NUMBERED.find_iter(words) {
        put(m.range(), Kind::Policy);
    }
    for m in SLOGAN.captures_iter(words).filter_map(|c| c.get(1).or_else(|| c.get(2))) {
        if !m.as_str().contains("周年") && !m.as_str().starts_with(|c: char| HAN_DIGITS.contains(c)) {
            put(m.range(), Kind::Slogan);
        }
    }
    for m in DATED.find_iter(words).filter(|m| !digit_before(m.start())) {
        put(m.range(), Kind::Date);
    }
    for m in YEAR.find_iter(words).filter(|m| !digit_before(m.start())) {
        put(m.range(), Kind::Year);
    }
    for m in DAY.find_iter(words).filter(|m| !digit_before(m.start())) {
        put(m.range(), Kind::Date);
    }
}

/// Plan periods and meetings.
fn named(words: &str, put: &mut dyn FnMut(Range<usize>, Kind)) {
    static STAGES: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::STAGES.iter().copied()));
    for m in PLAN.find_iter(words) {
        // 十三五 of 二十三五 and 十五五 of 十五五运会 are parts of other words.
        let before = words[..m.start()].chars().next_back().unwrap_or(' ');
        if !"一二三四五六七八九".contains(before) || m.as_str().starts_with('“') {
            put(quoted(words, m.range()), Kind::Period);
        }
    }
    for m in STAGES.find_iter(words) {
        put(m.range, Kind::Period);
    }
    for m in PLENUM.find_iter(words).filter(|m| is_congress(words, &m.range())) {
        put(m.range(), Kind::Meeting);
    }
    for m in MEETING.find_iter(words) {
        put(meeting(words, m.range()), Kind::Meeting);
    }
}

/// Spans of years, what compares them, ordinals, figures.
fn counted(words: &str, put: &mut dyn FnMut(Range<usize>, Kind)) {
    static TIMES: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::TIMES.iter().copied()));
    static COMPARED: LazyLock<Words<'static>> =
        LazyLock::new(|| Words::of(lexicon::COMPARISONS.iter().copied()));
    static RECORDS: LazyLock<Words<'static>> = LazyLock::new(|| Words::of(lexicon::RECORDS.iter().copied()));
    for m in SPAN.find_iter(words) {
        put(m.range(), Kind::Year);
    }
    for m in COMPARED.find_iter(words) {
        put(m.range, Kind::Comparison);
    }
    for m in TIMES.find_iter(words) {
        put(m.range, Kind::Date);
    }
    for m in ORDINAL.find_iter(words) {
        put(m.range(), Kind::Ordinal);
    }
    for m in SESSION.find_iter(words) {
        let session = words[m.range()].trim_end_matches("会议").trim_end_matches("全会");
        put(m.start()..m.start() + session.len(), Kind::Ordinal);
    }
    for m in RECORDS.find_iter(words) {
        put(m.range, Kind::Ordinal);
    }
    for range in numerals::arabic(words) {
        put(range, Kind::Figure);
    }
    for m in BARE_YEAR.find_iter(words) {
        put(m.range(), Kind::Year);
    }
    for range in numerals::han(words) {
        put(range, Kind::Figure);
    }
}

/// What of a text is taken already.
struct Taken {
    ranges: Vec<Range<usize>>,
}

impl Taken {
    /// Takes a range, if nothing of it is taken.
    fn take(&mut self, range: &Range<usize>) -> bool {
        let at = self.ranges.partition_point(|r| r.end <= range.start);
        if self.ranges.get(at).is_some_and(|r| r.start < range.end) {
            return false;
        }
        self.ranges.insert(at, range.clone());
        true
    }
}

/// A name between quotation marks goes without them, one that has only one of them too.
fn quoted(words: &str, range: Range<usize>) -> Range<usize> {
    let said = &words[range.clone()];
    let opened = said.starts_with('“') && !said.contains('”');
    let start = if opened { range.start + '“'.len_utf8() } else { range.start };
    start..range.end
}

/// Whether 二十大 is the congress and no part of 二十大产业.
fn is_congress(words: &str, range: &Range<usize>) -> bool {
    if !words[range.clone()].ends_with('大') {
        return true;
    }
    let before = &words[..range.start];
    let after = &words[range.end..];
    let other = before.ends_with(|c: char| HAN_DIGITS.contains(c) || c == '第');
    !other && (before.ends_with("党的") || lexicon::CONGRESS.iter().any(|word| after.starts_with(word)))
}

/// A meeting from where its name begins: not 在, 召开, 参加 before it.
fn meeting(words: &str, range: Range<usize>) -> Range<usize> {
    let said = &words[range.clone()];
    let leads = lexicon::MEETS.iter();
    let start = leads.filter_map(|lead| said.rfind(lead).map(|at| at + lead.len())).max().unwrap_or(0);
    range.start + start..range.end
}

/// The name on the line of the speaker: 云岭县县长 周明达.
fn speaker(words: &str, kind: BlockKind) -> Option<Range<usize>> {
    let short = words.chars().count() <= 24 && !words.contains(['，', '。', '；', '：']);
    if !short
        || !matches!(kind, BlockKind::Body | BlockKind::SpeakerLine | BlockKind::Signature | BlockKind::Title)
    {
        return None;
    }
    let name = SPEAKER.captures(words.trim_end())?.get(1)?;
    let named = |from: usize| {
        let before = words[..from].trim_end();
        lexicon::OFFICES.iter().any(|office| before.ends_with(office))
    };
    if named(name.start()) {
        return Some(name.range());
    }
    // A name of two or three characters right behind the office, without a blank.
    let mut starts = words[name.range()].char_indices().map(|(at, _)| name.start() + at).skip(1);
    let start = starts.find(|&at| {
        let rest = &words[at..name.end()];
        named(at) && rest.chars().count() >= 2 && !rest.starts_with(char::is_whitespace)
    })?;
    Some(start..name.end())
}

/// What a stretch is said of: the words before it in its clause, and what is counted behind it. Where
/// these only say that something grew, what grew is told by the figure before it.
#[must_use]
pub fn about(manuscript: &Manuscript, stretches: &[Stretch], index: usize) -> String {
    /// Characters that name a thing.
    const LONGEST: usize = 12;
    let text = manuscript.text();
    let range = &stretches[index].range;
    let block = manuscript.block(range.start).map_or(0..text.len(), |b| b.range.clone());
    let own = clause::clause(text, range.clone());
    let start = own.start.max(block.start);
    // Not beyond the stretch before it: 7.8%、8.4% are of different things.
    let before = index.checked_sub(1).map(|i| &stretches[i]).filter(|b| b.range.end > start);
    let from = before.map_or(start, |b| b.range.end);
    let words: String = text[from..range.start].chars().filter(|c| is_han(*c)).collect();
    let words: String = last(&words, LONGEST).to_owned();
    let noun: String = text[range.end..own.end.min(block.end).max(range.end)]
        .chars()
        .take_while(|c| is_han(*c))
        .take(6)
        .collect();
    let mut thing = words.as_str();
    while let Some(shorter) = lexicon::GROWS.iter().find_map(|end| thing.strip_suffix(end)) {
        thing = shorter;
    }
    let bare = thing.chars().count() < 2;
    if !bare {
        return format!("{words}{}", if words.chars().count() < 6 { noun } else { String::new() });
    }
    // What stood before it, one step back: enough to keep two equal growths apart.
    let Some(previous) = index.checked_sub(1).filter(|&i| stretches[i].range.start >= block.start) else {
        return format!("{words}{noun}");
    };
    let earlier = &stretches[previous].range;
    let clause_before = clause::clause(text, earlier.clone());
    let subject: String = text[clause_before.start.max(block.start)..earlier.end]
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    format!("{}{words}{noun}", last(&subject, LONGEST + 6))
}

fn last(words: &str, most: usize) -> &str {
    let from = words.char_indices().rev().nth(most - 1).map_or(0, |(at, _)| at);
    &words[from..]
}

/// The year that the text is of: of its date, else the one it names most.
#[must_use]
pub fn base_year(text: &str, stretches: &[Stretch]) -> Option<u16> {
    /// Bytes of the head of a text, where its date stands.
    const HEAD: usize = 600;
    let year = |s: &Stretch| text[s.range.clone()].get(..4).and_then(|y| y.parse::<u16>().ok());
    let dated = |s: &&Stretch| s.kind == Kind::Date && s.range.start < HEAD && year(s).is_some();
    if let Some(year) = stretches.iter().find(dated).and_then(year) {
        return Some(year);
    }
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for year in stretches.iter().filter(|s| matches!(s.kind, Kind::Year | Kind::Date)).filter_map(year) {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(year, n)| (n, year)).map(|(year, _)| year)
}

#[cfg(test)]
mod tests {
    use super::{Kind, find};
    use crate::read::read;

    fn found(text: &str) -> Vec<(String, Kind)> {
        let manuscript = read("稿.txt", text.as_bytes()).unwrap();
        let all = find(&manuscript).into_iter();
        all.map(|s| (manuscript.text()[s.range].to_owned(), s.kind)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn what_belongs_to_its_year_is_found_with_what_it_is() {
        let text = "2025年，全县粮食产量12.6万吨，比上年增长1.3%，居全市第3位。3月底前召开云岭县第八届人民代表大会第五次会议。\
                    “十四五”收官之年，开展“项目攻坚年”活动。";
        assert_eq!(
            found(text),
            [
                ("2025年", Kind::Year),
                ("12.6万吨", Kind::Figure),
                ("上年", Kind::Comparison),
                ("1.3%", Kind::Figure),
                ("第3位", Kind::Ordinal),
                ("3月底", Kind::Date),
                ("第八届", Kind::Ordinal),
                ("第五次", Kind::Ordinal),
                ("“十四五”", Kind::Period),
                ("收官之年", Kind::Period),
                ("项目攻坚年", Kind::Slogan),
            ]
            .map(|(words, kind)| (words.to_owned(), kind))
        );
    }

    #[test]
    fn what_only_looks_like_a_figure_is_left_alone() {
        for text in [
            "一是抓早，二是抓小。",
            "进一步统一思想，落实“三农”政策，做到万无一失。",
            "拨打12345热线，沿318国道、2号线布置。",
            "建设5G基站，创建4A级景区，治理PM2.5。",
            "（一）加强领导",
            "1. 压实责任",
        ] {
            assert_eq!(words(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn han_numerals_that_count_are_figures() {
        assert_eq!(
            words("新建三所学校，连续四年增收，近百家企业复工，两千多人参加。"),
            ["三所", "四年", "百家", "两千多人"]
        );
    }

    #[test]
    fn who_speaks_is_a_name() {
        assert_eq!(found("云岭县县长　周明达")[0], ("周明达".to_owned(), Kind::Person));
        assert_eq!(words("各位代表"), Vec::<String>::new());
    }
}
