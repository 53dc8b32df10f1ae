//! What the heads of a ledger say (表头): the words that are compared, the unit, the year.
//!
//! Heads are written as the column is narrow: `本月止 累计`, `同比±%`, `投资（万元）` over `总投资`,
//! `2026年1—4月完成`. What differs from ledger to ledger and means nothing is taken off, and what is left
//! is looked up in the lexicon.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::value::measure;
use crate::base::lexicon::ledger as lexicon;
use crate::sheet::heading::squeezed;
use crate::sheet::key;

/// The heads of a list: the id of a field, and its words.
type Heads = &'static [(&'static str, &'static [&'static str])];

/// The lists that a ledger may hold, by their paths in the facts, each with its heads.
pub static LISTS: &[(&str, Heads)] = &[
    ("projects", lexicon::PROJECTS),
    ("tasks", lexicon::TASKS),
    ("measures", lexicon::MEASURES),
    ("targets", lexicon::TARGETS),
    ("indicators", lexicon::INDICATORS),
    ("units", lexicon::UNITS),
    ("problems", lexicon::PROBLEMS),
    ("honours", lexicon::HONOURS),
    ("people", lexicon::PEOPLE),
    ("meeting.agenda", lexicon::AGENDA),
    ("stages", lexicon::STEPS),
    ("policies", lexicon::POLICIES),
];

/// What a head may mean.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    /// The path of the list.
    pub list: &'static str,
    /// The id of the field; `name` and `called` are the first.
    pub field: &'static str,
    /// Where the word stands among those of the field; the earlier, the clearer.
    pub order: usize,
}

/// Every word of the lexicon with what it may mean; none for a head that means nothing.
static WORDS: LazyLock<HashMap<String, Vec<Sense>>> = LazyLock::new(|| {
    let lists = key::lists();
    let mut words: HashMap<String, Vec<Sense>> = HashMap::new();
    for (list, heads) in LISTS {
        let own = lists.iter().find(|known| key::ids(&known.path) == *list);
        for (field, all) in *heads {
            // _ is a blank in the name of a word list.
            let mut ids = own.into_iter().flat_map(|list| list.fields).map(|field| field.id);
            let field = ids.find(|id| id.replace('_', " ") == *field).unwrap_or(field);
            for (order, word) in all.iter().enumerate() {
                let sense = Sense { list, field, order };
                words.entry(folded(word)).or_default().push(sense);
            }
        }
    }
    for word in lexicon::NEUTRAL.iter().chain(lexicon::NUMBERS).chain(lexicon::UNIT) {
        words.entry(folded(word)).or_default();
    }
    words
});

/// The same with words that are alike made one: 牵头股室 and 牵头部门 are 牵头单位.
static ALIKE: LazyLock<HashMap<String, Vec<Sense>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<Sense>> = HashMap::new();
    // In one order: what is alike must not be read by chance.
    let mut known: Vec<_> = WORDS.iter().collect();
    known.sort_unstable_by_key(|(word, _)| *word);
    for (word, senses) in known {
        let all = words.entry(alike(word)).or_default();
        for sense in senses {
            match all.iter_mut().find(|known| known.list == sense.list && known.field == sense.field) {
                Some(known) => known.order = known.order.min(sense.order + LESS_CLEAR),
                None => all.push(Sense { order: sense.order + LESS_CLEAR, ..*sense }),
            }
        }
    }
    words
});

/// By how much a head that is only like a known one says less than that.
const LESS_CLEAR: usize = 200;

/// A head with the words that are as good as others made one.
fn alike(word: &str) -> String {
    /// What is replaced, by what, and that doubled.
    static PAIRS: LazyLock<Vec<(&str, &str, String)>> = LazyLock::new(|| {
        lexicon::ALIKE.iter().map(|(other, one)| (*other, *one, format!("{one}{one}"))).collect()
    });
    let mut plain: String = word.chars().filter(|c| !matches!(c, '的' | '和' | '与' | '及')).collect();
    for (other, one, doubled) in PAIRS.iter() {
        for found in [*other, doubled.as_str()] {
            if plain.contains(found) {
                plain = plain.replace(found, one);
            }
        }
    }
    plain
}

/// What a head may mean; `None` if it is none that is known.
fn senses(word: &str) -> Option<&'static [Sense]> {
    WORDS.get(word).map(Vec::as_slice)
}

/// What a head may mean that is known, or like one that is.
fn senses_alike(word: &str) -> Option<&'static [Sense]> {
    senses(word).or_else(|| ALIKE.get(&alike(word)).map(Vec::as_slice))
}

/// What a head may mean for a list that does not know it as a whole: what the longest known word at its end
/// means, since the head of a Chinese noun stands there (县级责任单位). Not where what stands before turns it into
/// something else (上年度全市位次, 协助责任单位).
pub fn senses_of_end(word: &str, list: Option<&str>) -> Vec<Sense> {
    /// These alone say too little.
    const EMPTY: &[&str] = &["单位", "部门", "名称", "内容", "项目", "时限"];
    let tails = lexicon::TAILS.iter().filter_map(|tail| word.strip_suffix(tail));
    let all: Vec<&str> = [word].into_iter().chain(tails).collect();
    for lengths in [3..=usize::MAX, 2..=2] {
        for word in &all {
            for (at, _) in word.char_indices() {
                let (before, end) = word.split_at(at);
                if !lengths.contains(&end.chars().count()) {
                    continue;
                }
                // What is known and no fact decides as well: 实际完成投资.
                let says_enough = || !EMPTY.contains(&alike(end).as_str());
                let Some(found) = senses_alike(end).filter(|_| says_enough()) else { continue };
                if found.is_empty() {
                    return Vec::new();
                }
                let of_list = found.iter().copied().filter(|s| list.is_none_or(|list| s.list == list));
                let found: Vec<Sense> = of_list.collect();
                if !found.is_empty() {
                    return kept(before, &found);
                }
            }
        }
    }
    Vec::new()
}

/// What a known word may still mean behind these words.
fn kept(before: &str, found: &[Sense]) -> Vec<Sense> {
    if turns(before) {
        return Vec::new();
    }
    let is_other = lexicon::TURNS_FIGURES.iter().any(|turn| before.contains(turn));
    found.iter().filter(|sense| !(is_other && FIGURES.contains(&sense.field))).copied().collect()
}

/// Whether words before a known one make something else of it. A single character does only right before
/// it: 原职务, but 目前 and 协议 are no turns.
fn turns(before: &str) -> bool {
    let before = ["目前", "当前"].iter().fold(before.to_owned(), |words, now| words.replace(now, ""));
    lexicon::TURNS.iter().any(|turn| match turn.chars().count() {
        1 => before.ends_with(turn),
        _ => before.contains(turn),
    })
}

/// The fields of a list that parts of a head speak for, where the head is not known: `text` are its words,
/// `joint` those of its group besides.
pub fn hinted(list: &str, text: &str, joint: &str) -> impl Iterator<Item = &'static str> {
    let own = list.rsplit('.').next().unwrap_or(list);
    lexicon::HINTS.iter().filter_map(move |(key, words)| {
        let field = key.strip_prefix(own)?.strip_prefix('.')?;
        let shuns = lexicon::SHUNS.iter().find(|(of, _)| of == key).map_or(&[][..], |(_, words)| words);
        let says = |word: &&str| word.split('+').all(|part| text.contains(part));
        (words.iter().any(says) && !shuns.iter().any(|word| joint.contains(word))).then_some(field)
    })
}

/// Whether the words of a cell may be a head: one that is known, or whose end or parts are, or that has a unit.
pub fn may_be_a_head(text: &str) -> bool {
    let words = words(text);
    words.full.chars().count() <= 14
        && (words.senses().is_some()
            || words.unit.is_some()
            || !senses_of_end(&words.bare, None).is_empty()
            || LISTS.iter().any(|(list, _)| hinted(list, &words.bare, &words.bare).next().is_some()))
}

/// Fields of figures, whose heads mean something else with a word before them.
const FIGURES: &[&str] =
    &["invest", "value", "target", "prev", "base", "figure", "upper_mean", "yoy", "rank"];

/// One cell of the heads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// As it is written, without blanks.
    pub full: String,
    /// Without brackets, years and months.
    pub bare: String,
    /// The unit that it names.
    pub unit: Option<String>,
    /// The year that it names.
    pub year: Option<u16>,
    /// The last of the months that it names.
    pub month: Option<u8>,
}

impl Words {
    /// What they may mean as they are written, or else without brackets, years and months, or as words that are
    /// alike; `None` if that is no head that is known.
    pub fn senses(&self) -> Option<&'static [Sense]> {
        let is_head =
            || self.bare.chars().count() <= 12 && !self.bare.contains('：') && says_both(&self.bare);
        let both = || is_head().then(|| senses("责任分工")).flatten();
        senses(&self.full).or_else(|| senses_alike(&self.bare)).or_else(both)
    }

    /// Whether they are known and no fact: 备注.
    pub fn is_neutral(&self) -> bool {
        self.senses().is_some_and(<[Sense]>::is_empty)
    }
}

/// What stands over one column, from the group down to its own head.
#[derive(Debug, Clone, Default)]
pub struct Head {
    pub parts: Vec<Words>,
}

impl Head {
    /// What a person calls the column: its own head, behind that of its group.
    pub fn shown(&self) -> String {
        self.parts.iter().map(|p| p.full.as_str()).collect::<Vec<_>>().join("/")
    }

    /// Its own words.
    pub fn last(&self) -> Option<&Words> {
        self.parts.last()
    }

    /// The unit, of its own head or of the group.
    pub fn unit(&self) -> Option<&str> {
        self.parts.iter().rev().find_map(|p| p.unit.as_deref())
    }

    /// The year, of its own head or of the group.
    pub fn year(&self) -> Option<u16> {
        self.parts.iter().rev().find_map(|p| p.year)
    }

    /// The last month, of its own head or of the group.
    pub fn month(&self) -> Option<u8> {
        self.parts.iter().rev().find_map(|p| p.month)
    }

    /// Whether it speaks of what is to be reached: 2026年目标, 年度计划.
    pub fn is_aim(&self) -> bool {
        self.parts.iter().any(|p| ["目标", "计划", "预期"].iter().any(|aim| p.bare.contains(aim)))
    }

    /// Whether its own words are among these.
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        self.last().is_some_and(|own| words.iter().any(|w| [&own.full, &own.bare].contains(&&folded(w))))
    }

    /// Whether it speaks of a single month, while others speak of the year so far.
    fn is_of_a_month(&self) -> bool {
        self.parts.iter().any(|p| {
            let rest = p.bare.strip_suffix("数").unwrap_or(&p.bare);
            lexicon::MONTH.contains(&rest) || lexicon::MONTH.iter().any(|m| p.bare == format!("{m}完成"))
        })
    }

    /// What the column may mean. Of a head below a group the two together say most (`上月` below
    /// `全市位次`); where group and head say two things that do not go together, nothing is said.
    pub fn senses(&self) -> Vec<Sense> {
        let Some(own) = self.last() else { return Vec::new() };
        let alone = own.senses();
        let Some(group) = self.parts.iter().rev().nth(1) else {
            return alone.unwrap_or_default().to_vec();
        };
        let known = group.senses();
        let above = known.unwrap_or_default();
        if lexicon::IN_A_WORD.contains(&own.bare.as_str()) && !above.is_empty() {
            return Vec::new();
        }
        if let Some(found) = of_part(own, group) {
            return found;
        }
        for joint in [format!("{}{}", own.bare, group.bare), format!("{}{}", group.bare, own.bare)] {
            if let Some(found) = senses(&joint).filter(|found| !found.is_empty()) {
                return found.to_vec();
            }
        }
        // 本期 and 上期 below 全市位次 are ranks, 较上期 is none.
        if let Some(rank) = above.iter().find(|sense| sense.field == "rank") {
            let field = match own.bare.as_str() {
                word if lexicon::NOW.contains(&word) => Some("rank"),
                word if lexicon::BEFORE.contains(&word) => Some("rank_prev"),
                _ => None,
            };
            if let Some(field) = field {
                return vec![Sense { field, ..*rank }];
            }
        }
        if self.is_of_a_month() {
            return Vec::new();
        }
        // 具体情况 below 目前进展 is how far it is, and 阶段 beside it no more than a word; so is a sum that says
        // nothing else.
        let alone = alone.unwrap_or_default();
        let is_among = |words: &[&str]| words.contains(&own.bare.as_str());
        let goes_on = is_among(lexicon::DETAILS) || alone.is_empty() && is_among(lexicon::TOTALS);
        if goes_on && !above.is_empty() {
            return above.to_vec();
        }
        if lexicon::COUNTS.contains(&own.bare.as_str()) && above.iter().any(|s| s.field == "value") {
            return above.iter().filter(|s| s.field == "value").copied().collect();
        }
        if lexicon::WHOLES.contains(&own.bare.as_str()) && known.is_none() {
            return of_whole(group);
        }
        alone.iter().filter_map(|sense| joined(sense, own, above)).collect()
    }
}

/// What a head says below a group, as one thing that it may mean goes together with what the group means.
fn joined(sense: &Sense, own: &Words, above: &[Sense]) -> Option<Sense> {
    // Of what is planned, 完成 is how much of it was done, and a percentage never the plan.
    let is_share = own.unit.as_deref() == Some("%") || own.bare.contains("完成");
    let is_total = lexicon::TOTALS.contains(&own.bare.as_str());
    let over = above.iter().find(|s| s.list == sense.list);
    match over.map(|s| s.field) {
        Some("target") if sense.field == "value" && is_share => None,
        // 绝对量 below 去年同期 is last year's, 增速 below 累计 is a growth.
        Some(field @ ("prev" | "target" | "upper_mean" | "base")) if sense.field == "value" => {
            over.filter(|s| s.field == field).copied()
        }
        // 累计 below 同比 is the growth so far.
        Some("yoy" | "rank") if sense.field == "value" && is_total => over.copied(),
        Some("value") | None => Some(*sense),
        Some(field) if FIGURES.contains(&field) || field == "rank_prev" => {
            (field == sense.field).then_some(*sense)
        }
        // What heads a group of sentences or units says nothing of its columns.
        Some(_) => Some(*sense),
    }
}

/// What a part says with the role of its group: 单位 below 牵头领导及单位. Nothing where the group has roles of
/// several kinds.
fn of_part(own: &Words, group: &Words) -> Option<Vec<Sense>> {
    const PARTS: &[&str] = &["单位", "名称", "时限"];
    let first = lexicon::ROLES.iter().find(|role| group.bare.contains(**role))?;
    let part = alike(&own.bare);
    if !PARTS.contains(&part.as_str()) {
        return None;
    }
    if says_both(&group.bare) {
        return Some(Vec::new());
    }
    senses_alike(&format!("{first}{part}")).filter(|found| !found.is_empty()).map(<[Sense]>::to_vec)
}

/// What the whole of a group is that only hints at what it means: 小计 below 资金规模和筹资方式.
fn of_whole(group: &Words) -> Vec<Sense> {
    let of_list = |(list, _): &(&'static str, Heads)| {
        let list = *list;
        hinted(list, &group.bare, &group.bare).map(move |field| Sense { list, field, order: LESS_CLEAR })
    };
    LISTS.iter().flat_map(of_list).collect()
}

/// Whether the words of a cell are a head that is known.
pub fn says_a_head(text: &str) -> bool {
    words(text).senses().is_some()
}

/// Whether a head speaks of those in charge and of those who help: 牵头及配合单位. Not 责任配合单位, who only help.
pub fn says_both(head: &str) -> bool {
    const LEAD: [&str; 4] = ["牵头", "主办", "主责", "责任"];
    let rest = LEAD.iter().find_map(|lead| Some((*lead, head.split_once(lead)?.1)));
    rest.is_some_and(|(lead, rest)| {
        let next = ["单位", "部门", "和", "与", "及", "（", "或"];
        let then = next.iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        (lead != "责任" || then.len() < rest.len()) && lexicon::HELPERS.iter().any(|h| then.starts_with(h))
    })
}

/// Whether a head stands over names or numbers of records.
pub fn says_names(text: &str) -> bool {
    let words = words(text);
    let is_name = |sense: &Sense| ["name", "called"].contains(&sense.field);
    lexicon::NUMBERS.contains(&words.bare.as_str())
        || words.senses().is_some_and(|all| all.iter().any(is_name))
}

/// The words of a head.
pub fn words(text: &str) -> Words {
    let mut full = folded(text.trim_matches(['*', '＊', '★', ' ', '　']));
    if is_year(&full) {
        full.push('年');
    }
    let mut bare = full.clone();
    let mut unit = None;
    while let Some(open) = bare.rfind('（')
        && bare.ends_with('）')
        && open > 0
    {
        let inner = &bare[open + '（'.len_utf8()..bare.len() - '）'.len_utf8()];
        let inner = inner.strip_prefix("单位：").unwrap_or(inner).trim_start_matches('±');
        unit = measure(inner).or(unit);
        // 责任单位（配合） is 配合责任单位.
        let role =
            ["牵头", "主办", "主责", "配合", "协办", "参与", "协同"].into_iter().find(|role| *role == inner);
        bare.truncate(open);
        if let Some(role) = role {
            bare.insert_str(0, role);
        }
    }
    // 授予（颁发）单位 is 授予单位.
    while let Some((before, rest)) = bare.split_once('（')
        && let Some((_, after)) = rest.split_once('）')
        && !before.is_empty()
    {
        bare = format!("{before}{after}");
    }
    bare = signless(bare);
    if let Some(rest) = bare.strip_suffix('%').filter(|rest| !rest.is_empty()) {
        unit = unit.or_else(|| Some("%".to_owned()));
        bare = signless(rest.to_owned());
    }
    // 总投资万元 is 总投资, in 万元.
    let money = ["万元", "亿元", "元"].into_iter().find_map(|m| Some((bare.strip_suffix(m)?, m)));
    if let Some((rest, money)) =
        money.filter(|(rest, _)| unit.is_none() && senses_alike(&timeless(rest)).is_some())
    {
        unit = Some(money.to_owned());
        bare = rest.to_owned();
    }
    let (year, month) = (year(&bare), month(&bare));
    let full = full.trim_end_matches('%').to_owned();
    Words { bare: timeless(&bare), full, unit, year, month }
}

/// Words without ± at their ends, which says no more than 增减.
fn signless(words: String) -> String {
    let rest = words.trim_matches(['±', '＋', '－', '+', '-']);
    if rest.is_empty() || rest == "%" { words } else { rest.to_owned() }
}

/// One way of writing for each head: no blanks, brackets of one width, no signs between words.
pub fn folded(text: &str) -> String {
    squeezed(text)
        .chars()
        .filter_map(|c| match c {
            '(' => Some('（'),
            ')' => Some('）'),
            '％' => Some('%'),
            ':' => Some('：'),
            '、' | '／' | '·' | '*' | '＊' => None,
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
            c => Some(c),
        })
        .collect()
}

/// Whether words are the number of a year alone, which heads may be: 2026.
pub fn is_year(words: &str) -> bool {
    words.len() == 4 && words.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// The year of four digits that stands before 年.
fn year(words: &str) -> Option<u16> {
    let (before, _) = words.split_once('年')?;
    let from = before.len().checked_sub(4)?;
    before.get(from..).filter(|year| is_year(year))?.parse().ok()
}

/// The month of one or two digits before the last 月, or that ends the quarters that are said.
fn month(words: &str) -> Option<u8> {
    let ends = [("一季度", 3), ("1季度", 3), ("上半年", 6), ("前三季度", 9), ("3季度", 9)];
    if let Some((_, month)) = ends.iter().find(|(part, _)| words.contains(part)) {
        return Some(*month);
    }
    let (before, _) = words.rsplit_once('月')?;
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before[digits..].parse().ok().filter(|month| (1..=12).contains(month))
}

/// The same of words that begin with this year or the last.
fn of_this_or_last(words: &str) -> Option<String> {
    // 去年1—6月 is 去年同期, 今年1—6月 the year so far.
    for (year, other) in [("今年", ""), ("本年", ""), ("去年", "去年同期"), ("上年", "上年同期")]
    {
        let Some(after) = words.strip_prefix(year) else { continue };
        let bare = timeless(after);
        if after == bare || bare.starts_with("当月") {
            continue;
        }
        return Some(match (other, bare.strip_prefix("累计")) {
            ("", _) => bare,
            (other, Some(after)) => or_else(after, other),
            (other, None) => format!("{other}{bare}"),
        });
    }
    None
}

/// Words without the year and the months that they are of: 2026年1—4月完成 is 完成. What is of months
/// alone is 累计, what is of one month 当月.
fn timeless(words: &str) -> String {
    if let Some(said) = of_this_or_last(words) {
        return said;
    }
    let mut rest = words;
    if year(words).is_some()
        && let Some((_, after)) = words.split_once('年')
    {
        rest = after.strip_prefix('度').unwrap_or(after);
        // What stands below a year alone is what was done in it.
        if rest.is_empty() {
            return "累计".to_owned();
        }
    }
    let was_dated = rest.len() != words.len();
    let until = rest.strip_prefix("截至").or(rest.strip_prefix("截止"));
    let rest = until.unwrap_or(rest);
    for part in ["一季度", "1季度", "上半年", "前三季度", "1至3季度", "全年"] {
        if let Some(after) = rest.strip_prefix(part)
            && (part != "全年" || was_dated)
        {
            return or_else(after, "累计");
        }
    }
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() == rest.len() {
        return rest.to_owned();
    }
    let range = digits.strip_prefix('月').unwrap_or(digits);
    if let Some(after) = range.strip_prefix(['—', '–', '-', '－', '~', '～', '至', '到', '一']) {
        let after = after.trim_start_matches(['—', '-']);
        let last = after.trim_start_matches(|c: char| c.is_ascii_digit());
        if last.len() < after.len()
            && let Some(after) = last.strip_prefix('月')
        {
            return or_else(after.strip_prefix(['份', '底', '末']).unwrap_or(after), "累计");
        }
    }
    match digits.strip_prefix('月') {
        // 截至5月 is the year so far.
        Some(after) if until.is_some() => {
            or_else(after.trim_start_matches(['份', '底', '末']).trim_start_matches("累计"), "累计")
        }
        Some(after) => match after.strip_prefix(['底', '末']) {
            Some(after) => or_else(after, "累计"),
            None => format!("当月{}", after.strip_prefix('份').unwrap_or(after)),
        },
        None => rest.to_owned(),
    }
}

fn or_else(words: &str, other: &str) -> String {
    if words.is_empty() { other.to_owned() } else { words.to_owned() }
}
