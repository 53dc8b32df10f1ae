//! What a table is (哪一类): which list of the facts, and which columns hold which fields.
//!
//! For each list the columns that its heads know are weighed: the head over the names most, one that no
//! other list has more than one that many have, the words of title and sheet besides. The heaviest is it,
//! if it is heavy enough and clearly ahead; if two are alike, it is asked.

use super::columns::Column;
use super::grid::Grid;
use super::heads::{self, Head, LISTS, Sense};
use super::mapping::{HeadSaid, TableSaid};
use super::regions::Region;
use super::shape::{Looked, fits, has_surname, is_office};
use super::value::{is_ditto, is_number, measure, narrow, says_nothing};
use crate::base::lexicon::ledger as lexicon;
use crate::model::facts::table::{Field, called};
use crate::sheet::key::{self, List};

/// What a person said of a table, and what its surroundings say.
pub struct Asked<'a> {
    /// The name of the sheet, or of the file.
    pub name: &'a str,
    /// The list that was named where the file was.
    pub forced: Option<&'a List>,
    /// What the mapping says of the table.
    pub said: Option<&'a TableSaid>,
    /// What the mapping says of a head.
    pub of_heads: &'a dyn Fn(&Head) -> Option<HeadSaid>,
}

/// A column that is read.
#[derive(Debug, Clone)]
pub struct Read {
    pub column: u32,
    /// All columns that its head reaches over.
    pub over: Vec<u32>,
    pub field: &'static Field,
    /// The unit of its head.
    pub unit: Option<String>,
    /// Whether its figures count what was lost.
    pub is_loss: bool,
    /// The head as it is shown.
    pub head: String,
}

/// Two columns of which cannot be told which one is meant.
#[derive(Debug, Clone)]
pub struct Doubt {
    pub column: u32,
    pub field: &'static Field,
    pub heads: [String; 2],
}

/// How a table is read.
#[derive(Debug, Clone)]
pub struct Plan {
    pub list: List,
    /// The path of ids, as in `meeting.agenda`.
    pub id: String,
    pub fields: Vec<Read>,
    /// The column of numbers.
    pub number: Option<u32>,
    /// The column of units of measure.
    pub measure: Option<u32>,
    pub doubts: Vec<Doubt>,
}

impl Plan {
    /// The column that holds a field.
    pub fn of(&self, id: &str) -> Option<&Read> {
        self.fields.iter().find(|read| read.field.id == id)
    }
}

/// What is known of a table.
#[derive(Debug)]
pub enum Verdict {
    Known(Plan),
    /// As likely one as another.
    Doubtful(Vec<List>),
    /// None of the facts, as far as can be told.
    Strange,
    /// A person said that it is not to be read.
    Left,
}

/// Weights below which a table is not taken for anything, and by which the first must be ahead.
const ENOUGH: usize = 5;
const AHEAD: usize = 2;

/// What a table is.
pub fn decide(grid: &Grid<'_>, region: &Region, columns: &[Column], asked: &Asked<'_>) -> Verdict {
    let lists = key::lists();
    let named = match asked.said {
        Some(TableSaid::Left) => return Verdict::Left,
        Some(TableSaid::List(list)) => Some(list),
        None => asked.forced,
    };
    if let Some(list) = named {
        return match plan(grid, region, columns, list, asked) {
            Some((plan, _)) => Verdict::Known(plan),
            None => Verdict::Doubtful(vec![list.clone()]),
        };
    }
    let says = |text: &str| lexicon::MENDING.iter().any(|word| text.contains(word));
    let mends = columns.iter().any(|column| column.head.parts.iter().any(|part| says(&part.full)));
    let mut weighed: Vec<(usize, Plan)> = lists
        .iter()
        .filter(|list| LISTS.iter().any(|(known, _)| *known == key::ids(&list.path)))
        .filter_map(|list| {
            let (plan, weight) = plan(grid, region, columns, list, asked)?;
            // What is mended or settled in the end is a problem, though its rows have measures and times as tasks do.
            let weight = match plan.id.as_str() {
                "problems" if mends => weight + 2,
                "tasks" if mends => weight.saturating_sub(2),
                _ => weight,
            };
            Some((weight + titled(&plan.id, region, asked.name), plan))
        })
        .collect();
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let best = weighed.first().map_or(0, |(weight, _)| *weight);
    let near = weighed.iter().filter(|(weight, _)| weight + AHEAD > best).count();
    if best < ENOUGH {
        return Verdict::Strange;
    }
    if near > 1 {
        return Verdict::Doubtful(weighed.into_iter().take(near).map(|(_, plan)| plan.list).collect());
    }
    weighed.into_iter().next().map_or(Verdict::Strange, |(_, plan)| Verdict::Known(plan))
}

/// How much the title and the name of the sheet speak for a list.
fn titled(list: &str, region: &Region, name: &str) -> usize {
    let Some((_, words)) = lexicon::TITLES.iter().find(|(of, _)| list.ends_with(of)) else { return 0 };
    let says = |text: &str| words.iter().any(|word| text.contains(word));
    let all_say = |text: &str| lexicon::TITLES.iter().any(|(_, all)| all.iter().any(|w| text.contains(w)));
    // The line right above says more than the one at the top of the sheet.
    let title = region.titles.iter().find(|title| all_say(title));
    let by_title = if title.is_some_and(|t| says(t)) { 3 } else { 0 };
    by_title.max(if says(name) { 2 } else { 0 })
}

/// How a table would be read as one of this list, and how much speaks for that; `None` if no column
/// holds the names.
fn plan(
    grid: &Grid<'_>,
    region: &Region,
    columns: &[Column],
    list: &List,
    asked: &Asked<'_>,
) -> Option<(Plan, usize)> {
    let id = key::ids(&list.path);
    let values: Vec<Vec<&str>> = columns.iter().map(|c| sample(grid, region, &c.over)).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    let measured = columns
        .iter()
        .zip(&values)
        .any(|(c, values)| c.head.is_one_of(lexicon::UNIT) && !values.is_empty() && are_measures(values));
    let year = region.year(columns.iter().filter_map(|c| c.head.year()));
    for (at, column) in columns.iter().enumerate() {
        let is_past = year.is_some() && column.head.year() == year.map(|year| year - 1);
        let found = candidate(at, column, list, &id, asked, (&values[at], region.corner.as_deref()));
        // A percentage beside indicators that have measures of their own is how much of a plan was done.
        let is_share = measured && column.head.unit() == Some("%");
        // What is invested in one year is not what a project costs.
        let is_of_a_year = column.head.year().is_some();
        let found = found.into_iter().filter(|one| {
            let is_amount = AMOUNTS.contains(&one.field.id);
            !(is_share && is_amount || is_of_a_year && one.field.id == "invest")
        });
        candidates.extend(found.map(|one| {
            // 2025年完成 in a table of 2026 is what was done the year before.
            let past = list.fields.iter().find(|f| ["prev", "base"].contains(&f.id));
            match past.filter(|_| is_past && one.field.id == "value") {
                Some(field) => Candidate { field, order: one.order + 50, ..one },
                None => one,
            }
        }));
    }
    if !candidates.iter().any(|c| c.field.id == list.fields[0].id) {
        let named = by_noun(columns, &values, list, &id);
        let is_titled = titled(&id, region, asked.name) > 0;
        candidates.extend(named.or_else(|| by_place(columns, &values, list, (&id, is_titled), &candidates)));
    }
    if asked.said.is_none() || candidates.iter().any(|c| c.field.id == list.fields[0].id) {
        let hinted = by_hint(columns, &values, list, &id, (&candidates, region.corner.as_deref(), measured));
        candidates.extend(hinted);
    }
    // Names first: without them there is no record, and 问题描述 is one where no other head is.
    candidates.sort_by_key(|c| (c.field.id != list.fields[0].id, c.order, c.at));
    let mut plan =
        Plan { list: list.clone(), id, fields: Vec::new(), number: None, measure: None, doubts: Vec::new() };
    let weight = assign(&mut plan, columns, candidates, region.year(std::iter::empty()));
    // A head over columns that are filled each says nothing of the one or the other.
    let is_parted = |read: &Read| {
        read.over.len() > 1 && region.rows.iter().any(|row| grid.own(*row, &read.over).len() > 1)
    };
    plan.fields.retain(|read| read.field.id == list.fields[0].id || !is_parted(read));
    let named = plan.of(list.fields[0].id)?.column;
    // Names mostly stand first, behind the numbers.
    let first = columns.iter().find(|c| !c.head.is_one_of(lexicon::NUMBERS));
    let weight = weight + usize::from(first.is_some_and(|c| c.column == named));
    for (column, values) in columns.iter().zip(&values) {
        let is_free = plan.fields.iter().all(|f| f.column != column.column);
        if is_free && plan.number.is_none() && column.head.is_one_of(lexicon::NUMBERS) {
            plan.number = Some(column.column);
        }
        if is_free && column.head.is_one_of(lexicon::UNIT) && are_measures(values) && !values.is_empty() {
            plan.measure = Some(column.column);
        }
    }
    // What only one kind of table has: why a problem came about, in what an indicator is measured, when the
    // parts of a meeting begin.
    let tells = match plan.id.as_str() {
        "problems" => plan.of("cause").is_some(),
        "indicators" => plan.measure.is_some(),
        "meeting.agenda" => {
            values.iter().any(|values| !values.is_empty() && values.iter().all(|v| is_clock(v)))
        }
        _ => false,
    };
    let weight = weight + if tells { 2 } else { 0 };
    // A town of which is not told what it did is where a problem is, or what a list is of.
    let says_more = plan.id != "units" || ["figure", "done"].iter().any(|f| plan.of(f).is_some());
    (says_more && (plan.fields.len() > 1 || asked.said.is_some() || weight > 3)).then_some((plan, weight))
}

/// Fields of indicators that are amounts.
const AMOUNTS: &[&str] = &["value", "prev", "target", "base"];

fn are_measures(values: &[&str]) -> bool {
    values.iter().filter(|v| measure(v).is_some()).count() * 2 >= values.len()
}

/// Whether words are a time of the day, or from one to another: 9:00-9:15.
fn is_clock(words: &str) -> bool {
    let narrow = narrow(words).replace('：', ":");
    let hour = narrow.split(':').next().unwrap_or_default();
    narrow.contains(':') && (1..3).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit())
}

/// A column that may hold a field.
#[derive(Clone, Copy)]
struct Candidate {
    at: usize,
    field: &'static Field,
    /// The less, the clearer.
    order: usize,
    weight: usize,
}

/// The fields that a column may hold, as far as its values look like them.
fn candidate(
    at: usize,
    column: &Column,
    list: &List,
    id: &str,
    asked: &Asked<'_>,
    (values, corner): (&[&str], Option<&str>),
) -> Vec<Candidate> {
    match (asked.of_heads)(&column.head) {
        Some(HeadSaid::Left) => return Vec::new(),
        Some(HeadSaid::Field(of, word)) => {
            if of.as_ref().is_some_and(|of| of.path != list.path) {
                return Vec::new();
            }
            let field = called(list.fields, &word);
            return field.map(|field| Candidate { at, field, order: 0, weight: 4 }).into_iter().collect();
        }
        None => {}
    }
    let head = column.head.shown();
    let looked =
        Looked { values, unit: column.head.unit(), head: head.trim_end_matches(['）', '%']), corner };
    let senses = column.head.senses();
    let lists = |field: &Sense| {
        let others = senses.iter().filter(|s| s.list != field.list && s.field != "called").count();
        usize::from(others == 0) + 1
    };
    let mut found: Vec<Candidate> = Vec::new();
    for sense in senses.iter().filter(|s| s.list == id) {
        let first = &list.fields[0];
        let (field, order, weight) = match sense.field {
            "name" => (Some(first), 1 + sense.order, 4),
            "called" => (Some(first), 500 + sense.order, 1),
            other => (list.fields.iter().find(|f| f.id == other), 1 + sense.order, lists(sense)),
        };
        if let Some(field) = field.filter(|field| fits(id, field, &looked)) {
            found.push(Candidate { at, field, order, weight });
        }
    }
    // What the table of facts itself calls it, where the lexicon does not know the head.
    if let [only] = &column.head.parts[..]
        && heads::senses(&only.bare).is_none()
        && let Some(field) = called(list.fields, &only.bare).filter(|field| fits(id, field, &looked))
    {
        found.push(Candidate { at, field, order: 900, weight: 1 });
    }
    if found.is_empty() && !values.is_empty() {
        found.extend(by_end(at, column, list, id, &looked));
    }
    found
}

/// The first column under a head that is not known and has the noun of the list in it, where no other
/// holds the names.
fn by_noun(columns: &[Column], values: &[Vec<&str>], list: &List, id: &str) -> Option<Candidate> {
    let (_, nouns) = lexicon::NOUNS.iter().find(|(of, _)| id.ends_with(of))?;
    let field = &list.fields[0];
    let is_it = |at: &usize| {
        let Some(own) = columns[*at].head.last() else { return false };
        let is_new = heads::senses(&own.bare).is_none() && heads::senses(&own.full).is_none();
        let looked = Looked { values: &values[*at], unit: None, head: &own.bare, corner: None };
        is_new
            && (ends_in(&own.bare, nouns) || !OTHERS.iter().any(|end| own.bare.ends_with(end)))
            && !values[*at].is_empty()
            && nouns.iter().any(|n| own.bare.contains(n))
            && fits(id, field, &looked)
    };
    // Names stand first, but for numbers and kinds.
    let at = (0..columns.len().min(3)).find(is_it)?;
    Some(Candidate { at, field, order: 900, weight: 2 })
}

/// Ends of heads over units and people, whatever stands before them: 项目单位 are no projects.
const OTHERS: &[&str] = &["单位", "部门", "乡镇", "街道", "镇", "村", "园区", "人员", "姓名", "人", "领导"];

fn ends_in(words: &str, nouns: &[&str]) -> bool {
    nouns.iter().any(|noun| words.ends_with(noun))
}

/// The column of names by what stands in it, under a head that nobody foresaw: towns, people, or what differs
/// from row to row, where other heads leave no doubt of the kind.
fn by_place(
    columns: &[Column],
    values: &[Vec<&str>],
    list: &List,
    (id, is_titled): (&str, bool),
    found: &[Candidate],
) -> Option<Candidate> {
    let field = &list.fields[0];
    let mut fields: Vec<(&str, usize)> = Vec::new();
    for one in found.iter().filter(|one| one.order < 1000) {
        match fields.iter_mut().find(|(id, _)| *id == one.field.id) {
            Some((_, weight)) => *weight = one.weight.max(*weight),
            None => fields.push((one.field.id, one.weight)),
        }
    }
    let known: usize = fields.iter().map(|(_, weight)| weight).sum();
    let (needed, fields_needed) = match id {
        "units" | "people" => (1, 1),
        "projects" | "tasks" | "indicators" | "problems" | "honours" if is_titled => (2, 2),
        "projects" | "tasks" | "indicators" | "problems" | "honours" => (4, 2),
        _ => return None,
    };
    if known < needed || fields.len() < fields_needed {
        return None;
    }
    let most = values.iter().map(Vec::len).max().unwrap_or(0);
    let is_it = |at: &usize| {
        let (values, Some(own)) = (&values[*at], columns[*at].head.last()) else { return false };
        let is_new = heads::senses(&own.bare).is_none() && heads::senses(&own.full).is_none()
            || id == "projects" && lexicon::CONTENTS.contains(&own.bare.as_str());
        let is_free = !found.iter().any(|one| one.at == *at);
        let looked = Looked { values, unit: None, head: &own.bare, corner: None };
        let mut each = values.clone();
        each.sort_unstable();
        each.dedup();
        let is_many = values.len() > 1 && values.len() * 5 >= most * 4 && each.len() * 10 >= values.len() * 9;
        let all =
            |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 5 >= values.len() * 4;
        let looks_so = match id {
            "units" => all(&is_office),
            "people" => all(&has_surname),
            _ => {
                !all(&|v| narrow(v).starts_with(|c: char| c.is_ascii_digit()))
                    && all(&|v| (2..50).contains(&v.chars().count()) && !is_number(v))
                    && !all(&has_surname)
                    && !OTHERS.iter().any(|end| own.bare.ends_with(end))
            }
        };
        let sorts = ends_in(&own.bare, lexicon::KINDS);
        is_new && is_free && is_many && looks_so && !sorts && fits(id, field, &looked)
    };
    let at = (0..columns.len().min(3)).find(is_it)?;
    Some(Candidate { at, field, order: 1100, weight: 1 })
}

/// The fields that parts of heads speak for which are not known: each only where one column says it, and
/// that column nothing else.
fn by_hint(
    columns: &[Column],
    values: &[Vec<&str>],
    list: &List,
    id: &str,
    (found, corner, measured): (&[Candidate], Option<&str>, bool),
) -> Vec<Candidate> {
    let mut hinted: Vec<Candidate> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(own) = column.head.last() else { continue };
        let is_other = heads::is_neutral(own)
            || column.head.is_one_of(lexicon::UNIT)
            || found.iter().any(|one| one.at == at)
            || values[at].is_empty();
        if is_other {
            continue;
        }
        let groups: String = column.head.parts.iter().map(|part| part.bare.as_str()).collect();
        let text = if own.bare.chars().count() < 3 { &groups } else { &own.bare };
        let head = column.head.shown();
        let unit = column.head.unit();
        let looked = Looked { values: &values[at], unit, head: head.trim_end_matches(['）', '%']), corner };
        for named in heads::hinted(id, text, &groups) {
            let Some(field) = list.fields.iter().find(|field| field.id == named) else { continue };
            let is_share = unit == Some("%") && measured && AMOUNTS.contains(&named);
            let is_no_money = named == "invest"
                && (unit.is_some_and(|unit| !unit.ends_with('元')) || column.head.year().is_some());
            let is_known = found.iter().any(|one| one.field.id == named);
            if !is_known && !is_share && !is_no_money && fits(id, field, &looked) {
                hinted.push(Candidate { at, field, order: 1000, weight: 1 });
            }
        }
    }
    let is_only =
        |one: &Candidate| hinted.iter().filter(|c| c.field.id == one.field.id || c.at == one.at).count() == 1;
    hinted.iter().copied().filter(is_only).collect()
}

/// What a head means of which only the end is known; of units also a share that nobody foresaw: 缴费率.
fn by_end(at: usize, column: &Column, list: &List, id: &str, looked: &Looked<'_>) -> Option<Candidate> {
    let own = column.head.last()?;
    let is_share = own.bare.ends_with('率') || own.unit.as_deref() == Some("%") && own.bare.contains("完成");
    let (field, order) = if id == "units" && is_share && !heads::turns(&own.bare) {
        (list.fields.iter().find(|f| f.id == "figure")?, 800)
    } else if !heads::is_neutral(own) {
        // 进度 is a share or a sentence.
        let all = heads::senses_of_end(&own.bare, Some(id)).into_iter();
        let mut fields = all.filter_map(|sense| match sense.field {
            "name" => Some((&list.fields[0], 600 + sense.order)),
            "called" => None,
            other => Some((list.fields.iter().find(|f| f.id == other)?, 600 + sense.order)),
        });
        fields.find(|(field, _)| fits(id, field, looked))?
    } else {
        return None;
    };
    // What is known elsewhere says little here.
    let is_new = heads::senses(&own.bare).is_none() && heads::senses(&own.full).is_none();
    fits(id, field, looked).then_some(Candidate { at, field, order, weight: usize::from(is_new) })
}

/// Gives each field the column that says it most clearly; what two heads that are known say alike is a doubt, but for years,
/// of which the later is this one.
fn assign(plan: &mut Plan, columns: &[Column], candidates: Vec<Candidate>, titled: Option<u16>) -> usize {
    let mut weight = 0;
    let mut doubted: Vec<&str> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for (nth, one) in candidates.iter().enumerate() {
        if taken.contains(&one.at) || plan.of(one.field.id).is_some() || doubted.contains(&one.field.id) {
            continue;
        }
        let rivals = candidates[nth + 1..].iter().filter(|c| {
            c.field.id == one.field.id && c.order == one.order && c.at != one.at && !taken.contains(&c.at)
        });
        let rivals: Vec<usize> = rivals.map(|c| c.at).collect();
        let (chosen, earlier) = match rivals[..] {
            [] => (one.at, None),
            [other] => match later(&columns[one.at], &columns[other], titled) {
                Some(true) => (one.at, Some(other)),
                Some(false) => (other, Some(one.at)),
                None => {
                    if one.order < 600 {
                        plan.doubts.push(doubt(columns, one.at, other, one.field));
                    }
                    doubted.push(one.field.id);
                    continue;
                }
            },
            [other, ..] => {
                if one.order < 600 {
                    plan.doubts.push(doubt(columns, one.at, other, one.field));
                }
                doubted.push(one.field.id);
                continue;
            }
        };
        taken.push(chosen);
        weight += one.weight;
        plan.fields.push(read(&columns[chosen], one.field));
        let last_year = plan.list.fields.iter().find(|f| f.id == "prev" && one.field.id == "value");
        if let (Some(field), Some(earlier)) = (last_year, earlier)
            && plan.of("prev").is_none()
        {
            taken.push(earlier);
            plan.fields.push(read(&columns[earlier], field));
        }
    }
    weight
}

/// Whether the first of two columns is of the year after that of the second. One without a year is this year's,
/// if the other is not of the year that the title speaks of.
fn later(one: &Column, other: &Column, titled: Option<u16>) -> Option<bool> {
    match (one.head.year(), other.head.year()) {
        (Some(one), Some(other)) if one == other + 1 => Some(true),
        (Some(one), Some(other)) if other == one + 1 => Some(false),
        (None, Some(year)) if titled.is_none_or(|titled| titled == year + 1) => Some(true),
        (Some(year), None) if titled.is_none_or(|titled| titled == year + 1) => Some(false),
        _ => None,
    }
}

fn doubt(columns: &[Column], one: usize, other: usize, field: &'static Field) -> Doubt {
    let heads = [columns[one].head.shown(), columns[other].head.shown()];
    Doubt { column: columns[other].column, field, heads }
}

fn read(column: &Column, field: &'static Field) -> Read {
    Read {
        column: column.column,
        over: column.over.clone(),
        field,
        unit: column.head.unit().map(str::to_owned),
        is_loss: column.head.is_one_of(lexicon::FALLING),
        head: column.head.shown(),
    }
}

/// What stands in a column, without what says nothing, and each merged cell once.
fn sample<'s>(grid: &Grid<'s>, region: &Region, over: &[u32]) -> Vec<&'s str> {
    let at = |row: &u32| {
        let anchor = super::columns::at(grid, *row, over);
        let is_own =
            anchor.0 == *row && !region.is_wide(grid, anchor) && grid.own(*row, &region.columns).len() > 1;
        is_own.then(|| grid.text(anchor))
    };
    let said = region.rows.iter().filter_map(at);
    said.filter(|text| !says_nothing(text) && !is_ditto(text)).collect()
}
