//! What a table is (哪一类): which list of the facts, and which columns hold which fields.
//!
//! For each list the columns that its heads know are weighed: the head over the names most, one that no
//! other list has more than one that many have, the words of title and sheet besides. The heaviest is it,
//! if it is heavy enough and clearly ahead; if two are alike, it is asked.

use super::candidates::{self, Candidate};
use super::columns::Column;
use super::grid::Grid;
use super::heads::LISTS;
use super::mapping::TableSaid;
use super::regions::Region;
use super::sight::{Asked, Sight};
use super::value::is_number;
use crate::base::lexicon::ledger as lexicon;
use crate::model::facts::table::Field;
use crate::sheet::key::{self, List};

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

    /// The column that holds the names.
    pub fn named(&self) -> Option<&Read> {
        self.of(self.list.fields[0].id)
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

/// Heads over ranks, which stand before names as numbers do.
const RANKS: &[&str] = &["名次", "排名", "位次", "排位"];

/// What a table is.
pub fn decide(grid: &Grid<'_>, region: &Region, columns: &[Column], asked: &Asked<'_>) -> Verdict {
    let named = match asked.said {
        Some(TableSaid::Left) => return Verdict::Left,
        Some(TableSaid::List(list)) => Some(list),
        None => asked.forced,
    };
    let sight = Sight::of(grid, region, columns, asked);
    if let Some(list) = named {
        return match plan(&sight, list) {
            Some((plan, _)) => Verdict::Known(plan),
            None => Verdict::Doubtful(vec![list.clone()]),
        };
    }
    let says = |text: &str| lexicon::MENDING.iter().any(|word| text.contains(word));
    let mends = columns.iter().any(|column| column.head.parts.iter().any(|part| says(&part.full)));
    let is_figures = |(column, values): &(&Column, &Vec<&str>)| {
        let numbers = values.iter().filter(|v| is_number(v)).count();
        numbers > 0 && numbers * 5 >= values.len() * 4 && !column.head.is_one_of(lexicon::NUMBERS)
    };
    let figures = columns.iter().zip(&sight.values).filter(is_figures).count();
    let mut weighed: Vec<(usize, Plan)> = key::lists()
        .iter()
        .filter(|list| LISTS.iter().any(|(known, _)| *known == key::ids(&list.path)))
        .filter_map(|list| {
            let (plan, weight) = plan(&sight, list)?;
            // What is mended or settled in the end is a problem, though its rows have measures and times as tasks do.
            let weight = match plan.id.as_str() {
                // What stands behind figures of a town is what it lacks, and no list of problems.
                "problems" if figures > if mends { 3 } else { 1 } => weight.saturating_sub(3),
                "problems" if mends => weight + 2,
                "tasks" if mends => weight.saturating_sub(2),
                _ => weight,
            };
            Some((weight + sight.titled(&plan.id), plan))
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

/// How a table would be read as one of this list, and how much speaks for that; `None` if no column
/// holds the names.
fn plan(sight: &Sight<'_, '_>, list: &List) -> Option<(Plan, usize)> {
    let Sight { grid, region, columns, .. } = *sight;
    let id = key::ids(&list.path);
    let candidates = candidates::all(sight, list, &id);
    let mut plan =
        Plan { list: list.clone(), id, fields: Vec::new(), number: None, measure: None, doubts: Vec::new() };
    let weight = assign(&mut plan, sight, candidates);
    // A head over columns that are filled each says nothing of the one or the other.
    let is_parted = |read: &Read| {
        read.over.len() > 1 && region.rows.iter().any(|row| grid.own(*row, &read.over).len() > 1)
    };
    plan.fields.retain(|read| read.field.id == list.fields[0].id || !is_parted(read));
    let named = plan.named()?.column;
    // Names mostly stand first, behind the numbers.
    let is_counted = |c: &&Column| c.head.is_one_of(lexicon::NUMBERS) || c.head.is_one_of(RANKS);
    let first = columns.iter().find(|c| !is_counted(c));
    let weight = weight + usize::from(first.is_some_and(|c| c.column == named));
    let is_free = |column: u32| plan.fields.iter().all(|f| f.column != column);
    let mut numbers = columns.iter().filter(|c| c.head.is_one_of(lexicon::NUMBERS)).map(|c| c.column);
    plan.number = numbers.find(|column| is_free(*column));
    plan.measure = sight.measures.iter().rev().copied().find(|column| is_free(*column));
    // What only one kind of table has: why a problem came about, in what an indicator is measured, when the
    // parts of a meeting begin.
    let tells = match plan.id.as_str() {
        "problems" => plan.of("cause").is_some(),
        "indicators" => plan.measure.is_some(),
        "meeting.agenda" => sight.has_clock,
        _ => false,
    };
    let weight = weight + if tells { 2 } else { 0 };
    // A town of which is not told what it did is where a problem is, or what a list is of.
    let says_more = plan.id != "units" || ["figure", "done"].iter().any(|f| plan.of(f).is_some());
    (says_more && (plan.fields.len() > 1 || sight.is_said || weight > 3)).then_some((plan, weight))
}

/// Gives each field the column that says it most clearly; what two heads that are known say alike is a doubt, but for years,
/// of which the later is this one.
fn assign(plan: &mut Plan, sight: &Sight<'_, '_>, candidates: Vec<Candidate>) -> usize {
    let columns = sight.columns;
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
        let mut alike: Vec<usize> = [one.at].into_iter().chain(rivals.map(|c| c.at)).collect();
        if !by_time(&mut alike, sight) {
            if one.order < 600 {
                plan.doubts.push(doubt(columns, alike[0], alike[1], one.field));
            }
            doubted.push(one.field.id);
            continue;
        }
        let (chosen, earlier) = (alike[0], alike.get(1).copied());
        taken.push(chosen);
        weight += one.weight;
        plan.fields.push(read(&columns[chosen], one.field));
        // The value of the year before; of ranks also those of the month before.
        let before = match one.field.id {
            "value" if earlier.is_some_and(|e| columns[e].head.month() == columns[chosen].head.month()) => {
                "prev"
            }
            "rank" => "rank_prev",
            _ => "",
        };
        let field = plan.list.fields.iter().find(|f| f.id == before);
        if let (Some(field), Some(earlier)) = (field, earlier)
            && plan.of(before).is_none()
        {
            taken.push(earlier);
            plan.fields.push(read(&columns[earlier], field));
        }
    }
    weight
}

/// Puts columns of which one field has to choose in order, the latest first; `false` where their heads do not
/// tell of each which is the later.
fn by_time(alike: &mut [usize], sight: &Sight<'_, '_>) -> bool {
    let later = |one: usize, other: usize| later(&sight.columns[one], &sight.columns[other], sight);
    // Of few columns each is held against each: one may say no time at all.
    for at in 0..alike.len() {
        let is_latest = |one: &usize| alike[at..].iter().all(|o| o == one || later(*one, *o) == Some(true));
        let Some(found) = alike[at..].iter().position(is_latest) else { return false };
        alike.swap(at, at + found);
    }
    true
}

/// Whether the first of two columns is of the year after that of the second, or of later months of one year. One
/// without a year is this year's, if the other is not of the year that the title speaks of; one without months is
/// of those of the table.
fn later(one: &Column, other: &Column, sight: &Sight<'_, '_>) -> Option<bool> {
    let months = [one, other].map(|column| column.head.month().or(sight.month));
    if let [Some(own), Some(others)] = months
        && one.head.year() == other.head.year()
    {
        return (own != others).then_some(own > others);
    }
    let titled = sight.region.year(&[]);
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
