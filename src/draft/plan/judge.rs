//! Whether a figure is ahead or behind (领先、落后): from its better side, its target, last year's, the mean
//! of the upper level and its rank; from nothing else.
//!
//! What fell, lags or missed its target is behind, whatever else is good of it, since it may not stand
//! among the achievements. A target that is not due yet says nothing.

use super::direction::{Better, of_name};
use super::due::{Day, due};
use super::item::Item;
use crate::base::han::parse_numeral;
use crate::draft::compute::pair;

/// What is to be said of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Improved, reached its target, above the mean, or gained a place; nothing against it.
    Ahead,
    /// Got worse, missed its target, below the mean, or lost a place.
    Behind,
    /// The same as before.
    Level,
    /// Nothing can be told.
    #[default]
    Unknown,
}

impl Verdict {
    /// What skeletons and programs read.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Behind => "behind",
            Self::Level => "level",
            Self::Unknown => "",
        }
    }

    /// The verdict of several signs: one that is against a figure outweighs all that are for it.
    fn of(signs: &[Self]) -> Self {
        let first = [Self::Behind, Self::Ahead, Self::Level].into_iter().find(|v| signs.contains(v));
        first.unwrap_or_default()
    }
}

/// The days between which a document speaks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    /// The day of the document.
    pub today: Option<Day>,
    /// The first and the last day of the work.
    pub start: Option<Day>,
    pub end: Option<Day>,
    /// Whether the document looks back on its year: a target of that year is due, whether or not somebody
    /// typed until when.
    pub looks_back: bool,
}

impl Time {
    /// The last day of a deadline.
    pub fn due(&self, text: &str) -> Option<Day> {
        due(text, self.start.or(self.today))
    }

    /// Whether a deadline has passed. One without a year has only where the work is under way on the day
    /// of the document: a summary speaks of next year's September.
    fn is_over(&self, text: &str) -> bool {
        let Some(today) = self.today else { return false };
        let under_way = self.start.is_some_and(|s| s <= today) && self.end.is_some_and(|e| today <= e);
        let says_year = text.contains("20") && text.contains('年');
        self.due(text).is_some_and(|day| day < today) && (under_way || says_year)
    }
}

/// A figure and what was found of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    pub better: Option<Better>,
    pub verdict: Verdict,
    /// How far it is behind, in percent of what it should be: of the target, of last year, of the mean.
    pub behind: u32,
    /// Whether it has reached its target.
    pub reached: bool,
}

/// An indicator; `target` is the record that sets its target, if there is one.
pub(super) fn indicator(one: &Item<'_>, target: Option<&Item<'_>>, time: &Time) -> Judged {
    let set = target.and_then(|t| better_of_target(&t.text("value"), &t.text("base")));
    let better = match one.flag("lower_better") {
        Some(true) => Some(Better::Lower),
        Some(false) => Some(Better::Higher),
        // What a name says counts: next year's 新增就业 may be set below this year's.
        None => of_name(&one.name()).or(set),
    };
    let value = one.text("value");
    let (goal, deadline) = goal(one, target);
    let reached =
        better.is_some_and(|b| matches!(side(&value, &goal, b), Some(Verdict::Ahead | Verdict::Level)));
    let mut signs = Vec::new();
    if let Some(better) = better {
        signs.push(side(&value, &one.text("prev"), better).or_else(|| by_words(&one.text("yoy"), better)));
        signs.push(side(&value, mean(&one.text("upper_mean")).1, better));
        if reached {
            signs.push(Some(Verdict::Ahead));
        } else if !goal.is_empty() && (time.is_over(&deadline) || deadline.is_empty() && time.looks_back) {
            signs.push(Some(Verdict::Behind));
        }
    }
    let (rank, before) = (one.text("rank"), one.text("rank_prev"));
    signs.push(by_rank(&rank, &before));
    let signs: Vec<Verdict> = signs.into_iter().flatten().collect();
    let verdict = Verdict::of(&signs);
    let (prev, upper) = (one.text("prev"), one.text("upper_mean"));
    let shares = [goal.as_str(), &prev, mean(&upper).1];
    let missing = better.map_or(0, |b| shares.iter().map(|than| lacks(&value, than, b)).max().unwrap_or(0));
    Judged { better, verdict, behind: missing, reached }
}

/// A target: where it stands today, and whether its day has passed.
pub(super) fn target(one: &Item<'_>, time: &Time) -> Judged {
    let (value, base) = (one.text("value"), one.text("base"));
    // Next year's 新增就业 may be set below this year's and is no fall that is wanted.
    let better = better_of_target(&value, &base).filter(|b| of_name(&one.name()).is_none_or(|n| n == *b));
    let reached = pair(&value, &base).is_some_and(|(v, b, d)| v.at(d) == b.at(d));
    let over = time.is_over(&one.text("due"));
    let verdict = match (reached, over, better) {
        (true, ..) => Verdict::Ahead,
        (false, true, Some(_)) => Verdict::Behind,
        _ => Verdict::Unknown,
    };
    let behind = better.map_or(0, |b| lacks(&base, &value, b));
    Judged { better, verdict, behind: if reached { 0 } else { behind }, reached }
}

/// The value that an indicator is to reach, and until when.
pub(super) fn goal(one: &Item<'_>, target: Option<&Item<'_>>) -> (String, String) {
    let own = one.text("target");
    let deadline = target.map(|t| t.text("due")).unwrap_or_default();
    if own.is_empty() {
        (target.map(|t| t.text("value")).unwrap_or_default(), deadline)
    } else {
        (own, deadline)
    }
}

/// The label and the figure of a mean: 全市平均 and 65.5% of `全市平均65.5%`.
pub(super) fn mean(text: &str) -> (&str, &str) {
    let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    text.split_at(at)
}

/// Which side a target has from where things stand: what is to grow is better higher.
fn better_of_target(value: &str, base: &str) -> Option<Better> {
    let (value, base, decimals) = pair(value, base)?;
    match value.at(decimals).cmp(&base.at(decimals)) {
        std::cmp::Ordering::Greater => Some(Better::Higher),
        std::cmp::Ordering::Less => Some(Better::Lower),
        std::cmp::Ordering::Equal => None,
    }
}

/// On which side of another a figure stands; `None` where they cannot be compared.
pub(super) fn side(value: &str, than: &str, better: Better) -> Option<Verdict> {
    let (value, than, decimals) = pair(value, than)?;
    let step = value.at(decimals) - than.at(decimals);
    Some(match (step, better) {
        (0, _) => Verdict::Level,
        (1.., Better::Higher) | (..0, Better::Lower) => Verdict::Ahead,
        _ => Verdict::Behind,
    })
}

/// By the words of a change: 增长5.6%, 下降3.1%, 持平.
fn by_words(yoy: &str, better: Better) -> Option<Verdict> {
    let says = |words: &[&str]| words.iter().any(|word| yoy.contains(word));
    let up = says(&["增长", "提高", "上升", "增加", "翻了", "翻番"]) && !says(&["负增长"]);
    let down = says(&["下降", "减少", "降低", "负增长", "缩短", "缩小"]);
    match (up, down) {
        (true, false) => Some(if better == Better::Higher { Verdict::Ahead } else { Verdict::Behind }),
        (false, true) => Some(if better == Better::Lower { Verdict::Ahead } else { Verdict::Behind }),
        (false, false) if yoy.contains("持平") => Some(Verdict::Level),
        _ => None,
    }
}

/// By the place: one that was gained or lost, the first or the last.
fn by_rank(rank: &str, before: &str) -> Option<Verdict> {
    if ["倒数", "末位", "垫底"].iter().any(|word| rank.contains(word)) {
        return Some(Verdict::Behind);
    }
    let now = place(rank)?;
    let Some(before) = place(before) else { return (now == 1).then_some(Verdict::Ahead) };
    Some(match now.cmp(&before) {
        std::cmp::Ordering::Less => Verdict::Ahead,
        std::cmp::Ordering::Greater => Verdict::Behind,
        std::cmp::Ordering::Equal => Verdict::Level,
    })
}

/// The number of a place: 3 of 全市第3位 and 第三名; `None` of 倒数第二.
pub(super) fn place(rank: &str) -> Option<usize> {
    if rank.contains("倒数") {
        return None;
    }
    let (_, rest) = rank.split_once('第')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if digits > 0 {
        return rest[..digits].parse().ok();
    }
    let han = rest.find(|c: char| !"一二三四五六七八九十百".contains(c)).unwrap_or(rest.len());
    parse_numeral(&rest[..han])
}

/// By how many percent of `than` a figure falls short of it; 0 where it does not.
fn lacks(value: &str, than: &str, better: Better) -> u32 {
    if side(value, than, better) != Some(Verdict::Behind) {
        return 0;
    }
    let Some((value, than, decimals)) = pair(value, than) else { return 0 };
    let (value, than) = (value.at(decimals), than.at(decimals));
    let whole = value.abs().max(than.abs()).max(1);
    u32::try_from((value - than).abs() * 100 / whole).unwrap_or(100).min(100)
}
