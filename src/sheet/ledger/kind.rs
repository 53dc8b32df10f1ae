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
use super::shape::{Looked, fits};
use super::value::{is_ditto, says_nothing};
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
    let mut weighed: Vec<(usize, Plan)> = lists
        .iter()
        .filter(|list| LISTS.iter().any(|(known, _)| *known == key::ids(&list.path)))
        .filter_map(|list| {
            let (plan, weight) = plan(grid, region, columns, list, asked)?;
            Some((weight + titled(&key::ids(&list.path), region, asked.name), plan))
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
    let values: Vec<Vec<&str>> = columns.iter().map(|c| sample(grid, region, c.column)).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    let year = region.year(columns.iter().filter_map(|c| c.head.year()));
    for (at, column) in columns.iter().enumerate() {
        let is_past = year.is_some() && column.head.year() == year.map(|year| year - 1);
        candidates.extend(candidate(at, column, list, &id, asked, &values[at]).into_iter().map(|one| {
            // 2025年完成 in a table of 2026 is what was done the year before.
            let past = list.fields.iter().find(|f| ["prev", "base"].contains(&f.id));
            match past.filter(|_| is_past && one.field.id == "value") {
                Some(field) => Candidate { field, order: one.order + 50, ..one },
                None => one,
            }
        }));
    }
    if !candidates.iter().any(|c| c.field.id == list.fields[0].id) {
        candidates.extend(by_noun(columns, &values, list, &id));
    }
    // Names first: without them there is no record, and 问题描述 is one where no other head is.
    candidates.sort_by_key(|c| (c.field.id != list.fields[0].id, c.order, c.at));
    let mut plan =
        Plan { list: list.clone(), id, fields: Vec::new(), number: None, measure: None, doubts: Vec::new() };
    let weight = assign(&mut plan, columns, candidates);
    let named = plan.of(list.fields[0].id)?.column;
    // Names mostly stand first, behind the numbers.
    let first = columns.iter().find(|c| !c.head.is_one_of(lexicon::NUMBERS));
    let weight = weight + usize::from(first.is_some_and(|c| c.column == named));
    for (column, values) in columns.iter().zip(&values) {
        let is_free = plan.fields.iter().all(|f| f.column != column.column);
        if is_free && plan.number.is_none() && column.head.is_one_of(lexicon::NUMBERS) {
            plan.number = Some(column.column);
        }
        let are_measures =
            values.iter().filter(|v| super::value::measure(v).is_some()).count() * 2 >= values.len();
        if is_free && column.head.is_one_of(lexicon::UNIT) && are_measures && !values.is_empty() {
            plan.measure = Some(column.column);
        }
    }
    // A town of which is not told what it did is where a problem is, or what a list is of.
    let says_more = plan.id != "units" || ["figure", "done"].iter().any(|f| plan.of(f).is_some());
    (says_more && (plan.fields.len() > 1 || asked.said.is_some() || weight > 3)).then_some((plan, weight))
}

/// A column that may hold a field.
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
    values: &[&str],
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
    let looked = Looked { values, unit: column.head.unit(), head: head.trim_end_matches(['）', '%']) };
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
        let looked = Looked { values: &values[*at], unit: None, head: &own.bare };
        is_new
            && !values[*at].is_empty()
            && nouns.iter().any(|n| own.bare.contains(n))
            && fits(id, field, &looked)
    };
    // Names stand first, but for numbers and kinds.
    let at = (0..columns.len().min(3)).find(is_it)?;
    Some(Candidate { at, field, order: 900, weight: 2 })
}

/// What a head means of which only the end is known; of units also a share that nobody foresaw: 缴费率.
fn by_end(at: usize, column: &Column, list: &List, id: &str, looked: &Looked<'_>) -> Option<Candidate> {
    let own = column.head.last()?;
    let is_share = own.bare.ends_with('率') || own.unit.as_deref() == Some("%") && own.bare.contains("完成");
    let (field, order) =
        if id == "units" && is_share && !lexicon::TURNS.iter().any(|turn| own.bare.contains(turn)) {
            (list.fields.iter().find(|f| f.id == "figure")?, 800)
        } else if heads::senses(&own.bare).is_none() && heads::senses(&own.full).is_none() {
            let sense = heads::senses_of_end(&own.bare).into_iter().find(|s| s.list == id)?;
            match sense.field {
                "name" => (&list.fields[0], 600 + sense.order),
                "called" => return None,
                other => (list.fields.iter().find(|f| f.id == other)?, 600 + sense.order),
            }
        } else {
            return None;
        };
    fits(id, field, looked).then_some(Candidate { at, field, order, weight: 1 })
}

/// Gives each field the column that says it most clearly; what two say alike is a doubt, but for years,
/// of which the later is this one.
fn assign(plan: &mut Plan, columns: &[Column], candidates: Vec<Candidate>) -> usize {
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
            [other] => match later(&columns[one.at], &columns[other]) {
                Some(true) => (one.at, Some(other)),
                Some(false) => (other, Some(one.at)),
                None => {
                    plan.doubts.push(doubt(columns, one.at, other, one.field));
                    doubted.push(one.field.id);
                    continue;
                }
            },
            [other, ..] => {
                plan.doubts.push(doubt(columns, one.at, other, one.field));
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

/// Whether the first of two columns is of the year after that of the second.
fn later(one: &Column, other: &Column) -> Option<bool> {
    let (one, other) = (one.head.year()?, other.head.year()?);
    if one == other + 1 {
        return Some(true);
    }
    (other == one + 1).then_some(false)
}

fn doubt(columns: &[Column], one: usize, other: usize, field: &'static Field) -> Doubt {
    let heads = [columns[one].head.shown(), columns[other].head.shown()];
    Doubt { column: columns[other].column, field, heads }
}

fn read(column: &Column, field: &'static Field) -> Read {
    Read {
        column: column.column,
        field,
        unit: column.head.unit().map(str::to_owned),
        is_loss: column.head.is_one_of(lexicon::FALLING),
        head: column.head.shown(),
    }
}

/// What stands in a column, without what says nothing, and each merged cell once.
fn sample<'s>(grid: &Grid<'s>, region: &Region, column: u32) -> Vec<&'s str> {
    let rows = region.rows.iter().copied().filter(|row| {
        let anchor = grid.anchor((*row, column));
        anchor == (*row, column) && !region.is_wide(grid, anchor) && grid.own(*row, &region.columns).len() > 1
    });
    rows.map(|row| grid.text((row, column))).filter(|text| !says_nothing(text) && !is_ditto(text)).collect()
}
