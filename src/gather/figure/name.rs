//! What a figure counts, in the words of the paper.
//!
//! 自来水普及率达到96% has it before the figure, 新建20座水厂 round it. Where both sides may be it, the unit
//! tells: 座 and 名 stand before what they count, 元 and 公里 behind it.

use std::ops::Range;

use super::BOUNDS;
use super::piece::signs;
use crate::base::han::is_han;
use crate::base::lexicon::gather as lexicon;
use crate::base::lines::tight;
use crate::gather::page::Page;
use crate::rules::counted::{self, LEADS, LONGEST};

/// The name of what is counted.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Where it stands: in one stretch, or before and behind its figure.
    pub parts: Vec<Range<usize>>,
    /// Whether it stands behind its figure, or round it.
    pub behind: bool,
    /// Whether it says what was or is to be done.
    pub deed: bool,
}

impl Name {
    /// Of the words before a figure and the rest of the piece behind it.
    pub fn of(
        page: &Page<'_>,
        before: &Range<usize>,
        value: &Range<usize>,
        rest: &Range<usize>,
    ) -> Option<Self> {
        let unit = unit(page.said(value));
        let own = || Self::before(page, before).filter(|name| name.is_counted(page, before, unit));
        let rest = tight(page.text, rest.clone());
        let follows = |c: char| {
            (is_han(c) || c.is_ascii_alphabetic()) && !matches!(c, '和' | '且' | '并' | '及')
                || matches!(c, '“' | '《')
        };
        if !page.said(&rest).starts_with(follows) {
            return own();
        }
        let measured = lexicon::MEASURES.iter().any(|measure| unit.ends_with(measure));
        // 守牢18.65亿亩耕地 names it behind; 发放贷款3亿元支持生产 before.
        let named = |name: &Self| {
            let words = page.said(&name.parts[0]);
            words.chars().count() > 3 || lexicon::COUNTED.iter().any(|noun| words.ends_with(noun))
        };
        let own = if measured { own().filter(named) } else { None };
        own.or_else(|| Self::round(page, before, value, &rest))
    }

    /// Of the words before a figure alone.
    pub fn before(page: &Page<'_>, before: &Range<usize>) -> Option<Self> {
        let range = bare(page, before);
        let words = page.said(&range);
        let deed = lexicon::DEEDS.iter().any(|deed| words.starts_with(deed)) && words.chars().count() > 3;
        is_name(words).then(|| Self { parts: vec![range], behind: false, deed })
    }

    /// 新建20座水厂, 100名教师: what stands behind the figure, and the deed before it.
    fn round(
        page: &Page<'_>,
        before: &Range<usize>,
        value: &Range<usize>,
        rest: &Range<usize>,
    ) -> Option<Self> {
        let unit = unit(page.said(value));
        let noun = noun(page, value, rest)?;
        let words = page.said(&noun);
        let rate = unit.starts_with(['%', '％', '倍', '成']);
        let told = !rate || REACHES.iter().any(|w| words.contains(w));
        // 10亿元以上企业 are of a size and not so many.
        let sized = BOUNDS.iter().any(|bound| page.said(value).ends_with(bound))
            && lexicon::MEASURES.iter().any(|measure| unit.ends_with(measure));
        if !told || sized && !rate || unit.is_empty() || lexicon::SPANS.contains(&unit) {
            return None;
        }
        let lead = lead(page, before, words)?;
        let parts: Vec<Range<usize>> = lead.into_iter().chain([noun]).collect();
        let letters = parts.iter().map(|part| page.said(part).chars().count()).sum::<usize>();
        (letters > 2).then_some(Self { parts, behind: true, deed: true })
    }

    /// Whether a figure says how much there is of what is named before it, and is no number by the way: it has a
    /// unit, and a verb before it or a name that counts (率, 收入, 面积).
    fn is_counted(&self, page: &Page<'_>, before: &Range<usize>, unit: &str) -> bool {
        let words = self.parts.first().map_or("", |part| page.said(part));
        let before = page.said(before).trim();
        let counts = lexicon::COUNTED.iter().any(|noun| words.ends_with(noun));
        let verb = self.deed || lexicon::STRONG_VERBS.iter().any(|verb| before.ends_with(verb));
        // 完成小水池、小水窖等541处 is all of them, 县水利局等5家 is none.
        let done = LEADS.iter().any(|lead| before.starts_with(lead));
        let listed = words.ends_with('等') && !(self.deed || done);
        let alone = (before == words || words.chars().count() > 2) && !listed;
        let of_a_kind = ["各类", "各级", "各项"].iter().any(|kind| words.starts_with(kind));
        !unit.is_empty()
            && (counts || verb || alone)
            && !words.contains("我们")
            && (counts || self.deed || of_a_kind || !lexicon::NO_NAMES.iter().any(|no| words.starts_with(no)))
    }
}

/// The unit of a figure.
pub(super) fn unit(value: &str) -> &str {
    let number =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '—' | '-' | '~' | '～' | '－');
    let unit = value.trim_start_matches(number).trim_start();
    BOUNDS.iter().find_map(|bound| unit.strip_suffix(bound)).unwrap_or(unit)
}

/// Words before a figure without times at their head and verbs at their end.
pub(super) fn bare(page: &Page<'_>, before: &Range<usize>) -> Range<usize> {
    let mut range = counted::without_verb(page.text, counted::without_lead(page.text, before.clone()));
    // 党员占总数的6%: a share is named with what it is of.
    let words = page.said(&range);
    let share = words.strip_suffix('的').filter(|w| w.find('占').is_some_and(|at| at > 0));
    range.end = range.start + share.unwrap_or(words).len();
    // 为老年人免费提供体检服务: what is done is counted.
    let words = page.said(&range);
    if words.starts_with(FOR) {
        let deed = |at: &usize| lexicon::DEEDS.iter().any(|deed| words[*at..].starts_with(deed));
        let from = words.char_indices().map(|(at, _)| at).skip(3).find(deed);
        range.start += from.filter(|&at| words[at..].chars().count() > 3).unwrap_or(0);
    }
    // Of a long list the name of all of it: 开展送戏下乡、书法展览等文化活动.
    let words = page.said(&range);
    let all = words.rfind('等').map(|at| at + '等'.len_utf8()).filter(|&at| words[at..].chars().count() > 3);
    if let Some(all) = all.filter(|_| words.chars().count() > LONGEST) {
        range.start += all;
    }
    tight(page.text, range)
}

/// What a figure counts behind it.
fn noun(page: &Page<'_>, value: &Range<usize>, rest: &Range<usize>) -> Option<Range<usize>> {
    /// Characters of a noun that is told with all that describes it.
    const WHOLE: usize = 20;
    let mut range = rest.clone();
    let bounded = BOUNDS.iter().any(|bound| page.said(value).ends_with(bound));
    let measured = lexicon::MEASURES.iter().any(|measure| unit(page.said(value)).ends_with(measure));
    if let Some(kept) = page.said(&range).strip_prefix('的') {
        // 投资3亿元的水厂 counts no works.
        range.start = if bounded || !measured { range.end - kept.len() } else { return None };
    }
    // A list behind 的 or before 等 describes, another goes on with something else.
    let sign = signs(page.text, range.clone()).next().map(|sign| sign.start);
    if let Some(at) = sign.filter(|&at| !page.text[at..range.end].contains(['的', '等'])) {
        range.end = at;
    }
    let words = page.said(&range).trim_end_matches(['等', ' ']);
    range.end = range.start + words.len();
    let opens = |words: &str| words.starts_with(|c: char| NO_NOUN.contains(c));
    if (words.chars().count() > WHOLE || opens(words))
        && let Some(at) = words.rfind('的').map(|at| at + '的'.len_utf8())
    {
        range.start += at;
    }
    let words = page.said(&range);
    let letters = words.chars().count();
    let vague = lexicon::UNCOUNTED.iter().any(|w| words.starts_with(w) && letters <= w.chars().count() + 2);
    ((2..=LONGEST).contains(&letters) && !vague && !opens(words) && !counted::is_partial(words))
        .then_some(range)
}

/// The deed before a figure, if it is told there; `None` where what stands there makes the figure something
/// else.
fn lead(page: &Page<'_>, before: &Range<usize>, noun: &str) -> Option<Option<Range<usize>>> {
    /// Characters of a deed that is not known, and of whom it is asked.
    const DEED: usize = 8;
    const EACH: usize = 16;
    let mut range = counted::without_lead(page.text, before.clone());
    let all = page.said(&range).trim();
    let words = lexicon::ABOUT.iter().find_map(|about| all.strip_suffix(about)).unwrap_or(all);
    range = tight(page.text, range.start..range.start + words.len());
    let words = page.said(&range);
    let letters = words.chars().count();
    if words.is_empty() || words.ends_with(['为', '将', '把', '和', '及', '与']) {
        return Some(None);
    }
    if words.ends_with('等') {
        return (!lexicon::UNCOUNTED.iter().any(|w| noun.starts_with(w))).then_some(None);
    }
    let each = words.starts_with(['每', '各']) && letters > 2;
    let deed = lexicon::DEEDS.iter().any(|deed| words.starts_with(deed));
    if words.ends_with(|c: char| NO_LEAD.contains(c))
        || !each && !deed && lexicon::NO_NAMES.iter().any(|no| words.starts_with(no))
    {
        return None;
    }
    if each && letters <= EACH || letters <= DEED && !words.contains(['、', '，', '（', '“']) {
        return Some(Some(range));
    }
    let deed = lexicon::DEEDS.iter().filter(|deed| words.ends_with(**deed)).max_by_key(|deed| deed.len());
    Some(deed.map(|deed| range.end - deed.len()..range.end))
}

/// What begins words that say for whom or where something is done.
const FOR: &[char] = &['为', '对', '向', '给', '在', '以', '从'];

/// What does not stand right before a number that counts something.
const NO_LEAD: &str = "第每各这那按以前周差是分之从由于到至在对向的不";

/// What a noun does not begin with.
const NO_NOUN: &str = "级以及至到之是在从被对因均已都也又并或";

/// What says of a part of a whole what it reached.
const REACHES: &[&str] = &["达到", "实现", "完成", "纳入", "建成", "通过", "覆盖"];

/// Whether words say only what is done and not to what: 新投产, 基本建成.
fn is_deed(words: &str) -> bool {
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let deed = lexicon::DEEDS.iter().chain(lexicon::STATES).filter(|deed| rest.starts_with(**deed));
        let deed = deed.max_by_key(|deed| deed.len()).map(|deed| deed.len());
        let joins = matches!(first, '新' | '和' | '并' | '、' | '再' | '均' | '已').then(|| first.len_utf8());
        match deed.or(joins) {
            Some(len) => rest = &rest[len..],
            None => return false,
        }
    }
    true
}

/// Whether words name something that is counted.
pub(super) fn is_name(words: &str) -> bool {
    counted::is_name(words) && !is_deed(words)
}
