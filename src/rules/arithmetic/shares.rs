//! Shares of a whole: `甲，其中乙，占丙%`, `甲，整改乙，整改率丙%`, `占比分别为甲、乙、丙`.

use super::{Wrong, between, share_of, vague};
use crate::base::clause;
use crate::base::figures::Figure;
use crate::base::lexicon::arithmetic as lexicon;
use crate::text;

pub(super) fn find(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    of_which(text, all, i).or_else(|| rate(text, all, i)).or_else(|| respectively(text, all, i))
}

/// `甲，其中乙，占丙%`, `占比丙%`, `占甲的名称比重丙%`.
fn of_which(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let [a, b, c] = all.get(i..i + 3)? else { return None };
    let (ab, bc) = (between(text, a, b), between(text, b, c));
    let led = ab.trim_start_matches(['，', '、', ',']);
    let same =
        a.unit == b.unit && !a.unit.is_empty() && !a.is_percent() && c.is_percent() && b.value <= a.value;
    if !same
        || !led.starts_with("其中")
        || ab.chars().count() > 30
        || led.contains(['，', '、'])
        || vague(text, a)
        || vague(text, b)
    {
        return None;
    }
    let said = bc.trim_start_matches(['，', '、', ',', '（']).strip_prefix('占')?;
    let least = ["超过", "超", "达到", "达", "为"].iter().find_map(|w| said.strip_suffix(w)).unwrap_or(said);
    let name = least.trim_start_matches('比').trim_end_matches(['的', '比', '重']);
    let whole = clause::behind(text, a.range.start);
    let total = ["总数", "总量", "总额", "全部"].contains(&name) || name.is_empty();
    if !(total || name.chars().count() <= 8 && whole.contains(name)) {
        return None;
    }
    // 占比超过70%: 60.8% is not.
    if said.ends_with('超') || said.ends_with("超过") {
        let share = b.value / a.value * 100.0;
        return (share + 1.0 < c.value).then(|| share_of(text, b, a, c))?;
    }
    (!vague(text, c)).then(|| share_of(text, b, a, c))?
}

/// `甲，已整改乙，整改率丙%`.
fn rate(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let [a, b, c] = all.get(i..i + 3)? else { return None };
    let (ab, bc) = (between(text, a, b), between(text, b, c));
    let same =
        a.unit == b.unit && !a.unit.is_empty() && !a.is_percent() && c.is_percent() && b.value <= a.value;
    let said = bc.trim_start_matches(['，', '、', ',', '（']);
    let rate = said.trim_end_matches(['达', '到', '为']).strip_suffix('率')?;
    let short = ab.chars().count() <= 10 && rate.chars().count() <= 6 && ab.starts_with(['，', '、']);
    // 办结121件，办结率: of what was told, not 满意率, and not 及时办结率.
    let verb =
        lexicon::RATES.iter().any(|v| rate.starts_with(v) && ab.contains(v) && !ab.contains(['未', '不']));
    (same && short && verb && ![a, b, c].iter().any(|f| vague(text, f))).then(|| share_of(text, b, a, c))?
}

/// `甲、乙、丙占比分别为45.2%、30.1%、28.3%`: what makes nearly a hundred was meant to make it.
fn respectively(text: &str, all: &[Figure], i: usize) -> Option<Wrong> {
    let first = all.get(i).filter(|f| f.is_percent())?;
    let led = clause::behind(text, first.range.start).trim_end_matches(['为', '是', '达', '到']);
    let of = ["占比分别", "比重分别", "比例分别", "分别占", "占比依次"].iter().any(|w| led.ends_with(w));
    if !of {
        return None;
    }
    let joined = |pair: &[Figure]| {
        pair[1].is_percent() && matches!(between(text, &pair[0], &pair[1]), "、" | "和" | "，")
    };
    let count = 1 + all[i..].windows(2).take_while(|pair| joined(pair)).count();
    let shares = &all[i..i + count];
    let (sum, slack): (f64, f64) =
        (shares.iter().map(|f| f.value).sum(), shares.iter().map(|f| f.slack).sum());
    let apart = (sum - 100.0).abs();
    let whole = first.range.start..shares.last()?.range.end;
    (count >= 3 && apart > slack + 0.001 && apart < 5.0).then(|| {
        let sum = format!("{sum:.1}");
        let message = text!("各项占比相加是{sum}%，不是100%", "the shares add up to {sum}%, not 100%");
        Wrong::new(whole, message)
    })
}

/// 新增贷款62.9亿元，……涉农贷款36.2亿元，占新增贷款的57.5%: a share of what the paragraph told before. Where it is
/// right of any figure there, it is right.
pub(super) fn of_told(text: &str, all: &[Figure]) -> Vec<Wrong> {
    /// Figures before it, and bytes, in which the whole is told.
    const MOST: usize = 10;
    const FAR: usize = 600;
    let mut found = Vec::new();
    for (i, pair) in all.windows(2).enumerate() {
        let [p, c] = pair else { continue };
        let gap = between(text, p, c);
        let Some(name) = named(gap).filter(|_| c.is_percent() && !p.is_percent() && !p.unit.is_empty())
        else {
            continue;
        };
        if vague(text, p) || vague(text, c) || p.value <= 0.0 || matches!(p.unit, "年" | "月" | "日" | "倍")
        {
            continue;
        }
        let line = text[..p.range.start].rfind('\n').unwrap_or(0).max(p.range.start.saturating_sub(FAR));
        let before: Vec<&Figure> = all[..i]
            .iter()
            .rev()
            .take(MOST)
            .filter(|w| w.range.start >= line && w.unit == p.unit && w.value >= p.value)
            .collect();
        let share = |w: &Figure| p.value / w.value * 100.0;
        let fits = |w: &&&Figure| {
            (share(w) - c.value).abs()
                <= c.slack * 2.0 + share(w) * (p.slack / p.value + w.slack / w.value) + 0.05
        };
        // What is right of another whole, or of itself in another order, is left alone.
        if before.iter().any(|w| fits(&w)) {
            continue;
        }
        let last = |w: &&&Figure| {
            let clause = clause::behind(text, w.range.start);
            let clause = clause.rsplit('、').next().unwrap_or(clause);
            clause.contains(name)
        };
        let Some(w) = before.iter().find(last).filter(|w| !vague(text, w)) else { continue };
        if c.value <= 100.0 {
            found.extend(share_of(text, p, w, c));
        }
    }
    found
}

/// What a share is told of: 新增贷款 of 占新增贷款的.
fn named(gap: &str) -> Option<&str> {
    let noun = gap.trim_start_matches(crate::base::han::is_han);
    let led = if gap.starts_with('占') { gap } else { noun };
    let said = led.trim_start_matches(['，', '、', ',', '（']).strip_prefix('占')?;
    let name =
        said.trim_end_matches(['的', '达', '到', '为', '比', '重', '约']).trim_start_matches(['比', '全']);
    let name = name.trim_end_matches("比重").trim_end_matches('的');
    let short = (3..=12).contains(&name.chars().count()) && !name.contains(['，', '、', '。', '；']);
    (short && !lexicon::ALL_OF.contains(&name)).then_some(name)
}
