//! Tables (责任分工表, 项目表, 指标表): the heads of the columns say what stands below them.

use std::ops::Range;

use super::charge::units;
use super::page::{Cell, Page, Sheet};
use super::person::is_name;
use super::split::{bare, between, squeezed, unnumbered};
use super::{Found, Kind, Said};
use crate::base::lexicon::gather as lexicon;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Task,
    Detail,
    Aim,
    Lead,
    Owner,
    Partners,
    Due,
    Project,
    Invest,
    Progress,
    Indicator,
    Value,
    Target,
    Unit,
    Growth,
    Rank,
    Name,
    Post,
}

use Column as C;

/// Words of heads; of a head in two lists the first counts unless the table is of another kind.
const HEADS: &[(Column, &[&str])] = &[
    (C::Lead, lexicon::LEADS),
    (C::Owner, lexicon::OWNERS),
    (C::Partners, lexicon::PARTNERS),
    (C::Due, lexicon::DUES),
    (C::Project, lexicon::PROJECT_HEADS),
    (C::Invest, lexicon::INVEST_HEADS),
    (C::Progress, lexicon::PROGRESS_HEADS),
    (C::Indicator, lexicon::INDICATOR_HEADS),
    (C::Growth, lexicon::GROWTH_HEADS),
    (C::Rank, lexicon::RANK_HEADS),
    (C::Name, lexicon::NAME_HEADS),
    (C::Post, lexicon::POST_HEADS),
    (C::Unit, lexicon::UNIT_HEADS),
    (C::Value, lexicon::VALUE_HEADS),
    (C::Target, lexicon::TARGET_HEADS),
    (C::Aim, lexicon::AIM_HEADS),
    (C::Task, lexicon::TASK_HEADS),
    (C::Detail, lexicon::DETAIL_HEADS),
];

/// What a cell of a head may mean, its blanks and the bracket with the unit taken off.
fn meanings(words: &str) -> Vec<Column> {
    let bare = squeezed(words);
    let bare = bare.split(['（', '(']).next().unwrap_or_default();
    let exact: Vec<Column> =
        HEADS.iter().filter(|(_, heads)| heads.contains(&bare)).map(|(column, _)| *column).collect();
    if !exact.is_empty() || bare.is_empty() || bare.chars().count() > 12 {
        return exact;
    }
    // 牵头及责任部门, 拟完成时限: the word within tells.
    NEAR.iter().find(|(_, word)| bare.contains(word)).map(|(column, _)| *column).into_iter().collect()
}

/// Words within a head that tell what its column holds.
const NEAR: &[(Column, &str)] = &[
    (C::Lead, "牵头"),
    (C::Partners, "配合"),
    (C::Owner, "责任单位"),
    (C::Owner, "责任部门"),
    (C::Due, "时限"),
    (C::Due, "完成时间"),
    (C::Task, "任务"),
    (C::Detail, "措施"),
    (C::Detail, "内容"),
];

/// What the tables of a paper state.
pub(super) fn read(page: &Page<'_>) -> Vec<Found> {
    page.sheets.iter().flat_map(|sheet| of_sheet(page, sheet)).collect()
}

/// Reads a row, given where which column is.
type Kinds = fn(&Page<'_>, &[Cell], &dyn Fn(Column) -> Option<usize>) -> Option<Found>;

fn of_sheet(page: &Page<'_>, sheet: &Sheet) -> Vec<Found> {
    /// The head may stand below a name of the table and a line of units.
    const HEAD_ROWS: usize = 4;
    let heads =
        |row: &Vec<Cell>| -> Vec<Vec<Column>> { row.iter().map(|c| meanings(page.said(&c.range))).collect() };
    let head = sheet.rows.iter().take(HEAD_ROWS).enumerate().find_map(|(index, row)| {
        let heads = heads(row);
        (heads.iter().filter(|h| !h.is_empty()).count() >= 2).then_some((index, heads))
    });
    let Some((at, heads)) = head else { return Vec::new() };
    let column = |wanted: Column| heads.iter().position(|h| h.contains(&wanted));
    let rows = &sheet.rows[at + 1..];
    let read = |kind: Kinds| rows.iter().filter_map(|row| kind(page, row, &column)).collect::<Vec<_>>();
    if column(C::Project).is_some() && (column(C::Invest).is_some() || column(C::Progress).is_some()) {
        read(project)
    } else if column(C::Lead).or(column(C::Owner)).is_some() {
        tasks(page, rows, &heads)
    } else if column(C::Indicator).is_some() {
        let mut all = read(indicator);
        all.extend(read(target));
        all
    } else if column(C::Name).is_some() && column(C::Post).is_some() {
        read(person)
    } else {
        Vec::new()
    }
}

fn cell(row: &[Cell], at: Option<usize>) -> Option<&Range<usize>> {
    at.and_then(|at| row.get(at)).map(|c| &c.range).filter(|r| !r.is_empty())
}

fn say(found: &mut Found, page: &Page<'_>, key: &'static str, range: Option<&Range<usize>>) {
    if let Some(range) = range {
        found.say(page, key, range);
    }
}

/// Rows of 责任分工. Of several columns that may name the task the narrowest names it: one whose cells
/// are not joined over rows.
fn tasks(page: &Page<'_>, rows: &[Vec<Cell>], heads: &[Vec<Column>]) -> Vec<Found> {
    let of = |wanted: Column| heads.iter().position(|h| h.contains(&wanted));
    let all: Vec<usize> = (0..heads.len())
        .filter(|&i| heads[i].iter().any(|c| matches!(c, C::Task | C::Detail | C::Project)))
        .collect();
    let joined = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|c| c.continues));
    let Some(&first) = all.first() else { return Vec::new() };
    let name = all.iter().copied().find(|&c| !joined(c)).unwrap_or(first);
    let detail = all.iter().copied().find(|&c| c > name);
    let (lead, owner) = (of(C::Lead), of(C::Owner).filter(|&o| Some(o) != of(C::Lead)));
    let mut found = Vec::new();
    for row in rows {
        let Some(named) = cell(row, Some(name)) else { continue };
        let short = page.said(named).chars().filter(|c| c.is_alphabetic()).count() >= 2;
        if !short || row.get(name).is_some_and(|c| c.continues) {
            continue;
        }
        let mut one = Found::named(Kind::Task, page, &unnumbered(page.text, named));
        if let Some(detail) = cell(row, detail) {
            for line in between(page.text, detail, |c| c == '。') {
                one.say(page, "detail", &bare(page.text, &unnumbered(page.text, &line)));
            }
        }
        say(
            &mut one,
            page,
            "target",
            cell(row, of(C::Aim).filter(|a| !all.contains(a) || Some(*a) != detail && *a != name)),
        );
        let (lead, owner) = (cell(row, lead), cell(row, owner));
        let in_charge = lead.or(owner);
        if let Some(range) = in_charge {
            one.say(page, "owner", range);
        }
        let others = cell(row, of(C::Partners)).into_iter().chain(owner.filter(|_| lead.is_some()));
        for unit in others.flat_map(|r| units(page.text, r)) {
            one.say(page, "partners", &unit);
        }
        say(&mut one, page, "due", cell(row, of(C::Due)));
        found.push(one);
    }
    found
}

fn project(page: &Page<'_>, row: &[Cell], of: &dyn Fn(Column) -> Option<usize>) -> Option<Found> {
    let name = cell(row, of(C::Project)).filter(|r| is_worded(page, r))?;
    let mut one = Found::named(Kind::Project, page, name);
    let invest = cell(row, of(C::Invest)).filter(|r| page.said(r).starts_with(|c: char| c.is_ascii_digit()));
    // A figure without its unit is read with the head of its column, which may say 万元.
    let whole = invest.filter(|r| page.said(r).ends_with('元'));
    say(&mut one, page, "invest", whole);
    say(&mut one, page, "progress", cell(row, of(C::Progress)));
    say(&mut one, page, "due", cell(row, of(C::Due)));
    say(&mut one, page, "owner", cell(row, of(C::Lead).or(of(C::Owner))));
    Some(one)
}

fn is_worded(page: &Page<'_>, range: &Range<usize>) -> bool {
    let words = page.said(range);
    let total = ["合计", "总计", "小计"].iter().any(|t| words.trim() == *t);
    !total && words.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// A value with the unit of its column behind it.
fn valued(
    found: &mut Found,
    page: &Page<'_>,
    key: &'static str,
    value: Option<&Range<usize>>,
    unit: Option<&Range<usize>>,
) {
    let Some(value) = value.filter(|r| page.said(r).chars().any(|c| c.is_ascii_digit())) else { return };
    let mut words = page.words(value);
    if let Some(unit) = unit.filter(|_| words.ends_with(|c: char| c.is_ascii_digit())) {
        words.push_str(&page.words(unit));
    }
    found.said.push(Said { key, words, range: value.clone() });
}

fn indicator(page: &Page<'_>, row: &[Cell], of: &dyn Fn(Column) -> Option<usize>) -> Option<Found> {
    let name = cell(row, of(C::Indicator)).filter(|r| is_worded(page, r))?;
    let mut one = Found::named(Kind::Indicator, page, name);
    valued(&mut one, page, "value", cell(row, of(C::Value)), cell(row, of(C::Unit)));
    say(&mut one, page, "rank", cell(row, of(C::Rank)));
    (one.said.len() > 1).then_some(one)
}

fn target(page: &Page<'_>, row: &[Cell], of: &dyn Fn(Column) -> Option<usize>) -> Option<Found> {
    let name = cell(row, of(C::Indicator)).filter(|r| is_worded(page, r))?;
    let mut one = Found::named(Kind::Target, page, name);
    valued(&mut one, page, "value", cell(row, of(C::Target)), cell(row, of(C::Unit)));
    let said = one.said.len() > 1;
    valued(&mut one, page, "base", cell(row, of(C::Value)), cell(row, of(C::Unit)));
    say(&mut one, page, "due", cell(row, of(C::Due)));
    said.then_some(one)
}

fn person(page: &Page<'_>, row: &[Cell], of: &dyn Fn(Column) -> Option<usize>) -> Option<Found> {
    let name = cell(row, of(C::Name))?;
    if !is_name(&squeezed(page.said(name))) {
        return None;
    }
    let mut one = super::person::named(page, name);
    say(&mut one, page, "title", cell(row, of(C::Post)));
    Some(one)
}
