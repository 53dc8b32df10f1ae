//! Where the tables of a sheet are (表的范围): their heads, their columns, their rows, what stands above.
//!
//! A row of heads is one in which several cells are heads that are known and none is a number. Below it
//! may stand a second row, of the columns of a group; beside it, behind a column that is empty or from
//! where the heads begin anew, another table.

use super::grid::Grid;
use super::heads::{folded, is_year, may_be_a_head, says_a_head, says_names};
use super::shape::is_time;
use super::value::{is_number, is_remark, is_sum, measure};
use crate::base::han::heading_number;
use crate::sheet::heading::squeezed;

/// A table on a sheet.
#[derive(Debug, Clone)]
pub struct Region {
    /// The rows of its heads, groups first; at least one.
    pub heads: Vec<u32>,
    /// Its columns.
    pub columns: Vec<u32>,
    /// The rows below its heads that are seen, down to the next table.
    pub rows: Vec<u32>,
    /// Lines right above its heads, then those at the top of the sheet.
    pub titles: Vec<String>,
    /// What a corner says of units: 万元, or 户、%.
    pub corner: Option<String>,
    /// Whether its heads are known, not only guessed to be heads.
    pub is_sure: bool,
    /// Whether its rows are columns of the sheet.
    pub is_turned: bool,
}

/// Rows of titles at most between a table and what stands above it.
const TITLES: usize = 4;
/// Characters of a head at most.
const LONGEST: usize = 32;
/// Rows of heads at most.
const DEEPEST: usize = 4;

impl Region {
    /// Whether a cell reaches over more columns than the head of its column does.
    pub fn is_wide(&self, grid: &Grid<'_>, at: (u32, u32)) -> bool {
        let head = self.heads.last().map_or(1, |row| grid.width((*row, at.1), &self.columns));
        grid.width(at, &self.columns) > head.max(1)
    }

    /// The same table with its rows as columns, on a sheet that is turned.
    pub fn turned(&self) -> Self {
        let mut columns = vec![*self.heads.last().unwrap_or(&1)];
        columns.extend(&self.rows);
        let (first, rest) = self.columns.split_first().unwrap_or((&1, &[]));
        Self { heads: vec![*first], columns, rows: rest.to_vec(), is_turned: true, ..self.clone() }
    }

    /// The year that it is of: the latest of its heads where they compare years, else the one that its title
    /// speaks of if that is later. `heads` are the years of heads that say no aim.
    pub fn year(&self, heads: &[u16]) -> Option<u16> {
        let of = |title: &String| crate::base::han::years_said(title).map(|(_, year)| year).max();
        let latest = heads.iter().copied().max();
        if heads.iter().min() != heads.iter().max() {
            return latest;
        }
        self.titles.iter().find_map(of).max(latest)
    }

    /// The cell of the group that reaches over an empty one of a row above the last.
    pub fn left(&self, grid: &Grid<'_>, at: (u32, u32)) -> (u32, u32) {
        let (row, column) = at;
        let is_group = self.heads.last().is_some_and(|last| row < *last);
        if !grid.text(at).is_empty() || !is_group {
            return at;
        }
        // The nearest filled one to the left, if its own columns have heads below as this one has.
        let below = |column: u32| self.heads.iter().any(|r| *r > row && !grid.text((*r, column)).is_empty());
        let before = self.columns.iter().rev().filter(|c| **c < column);
        let found = before.copied().find(|c| !grid.text((row, *c)).is_empty());
        found.filter(|c| below(column) && below(*c)).map_or(at, |c| grid.anchor((row, c)))
    }
}

/// The tables of a sheet, bands from the left, each from above.
pub fn find(grid: &Grid<'_>) -> Vec<Region> {
    let mut all = Vec::new();
    let bands = bands(grid);
    for band in &bands {
        let mut found: Vec<Region> = Vec::new();
        let mut at = 0;
        while let Some(&row) = grid.rows().get(at) {
            if !is_head(grid, row, band) {
                at += 1;
                continue;
            }
            let heads = heads(grid, at, band);
            // Right below heads stands a record, whatever it looks like.
            at = grid.rows().partition_point(|r| r <= heads.last().unwrap_or(&row)) + 1;
            found.extend(tables(grid, &heads, band));
        }
        let found = bounded(grid, found, band);
        // Beside a table that is known stands one that lies on its side.
        if found.is_empty() && bands.len() > 1 && stands_alone(grid, band) {
            all.extend(blind(grid, band));
        }
        all.extend(found);
    }
    all.sort_by_key(|r| (r.heads[0], r.columns[0]));
    if all.is_empty() {
        all.extend(blind(grid, grid.columns()));
    }
    all
}

/// Whether columns are a table by themselves: several rows of several cells.
fn stands_alone(grid: &Grid<'_>, columns: &[u32]) -> bool {
    /// Cells of a row, and such rows.
    const SOME: usize = 3;
    grid.rows().iter().filter(|row| grid.own(**row, columns).len() >= SOME).count() >= SOME
}

/// The table of columns in which no head is known: below the first row of several short words.
fn blind(grid: &Grid<'_>, columns: &[u32]) -> Option<Region> {
    let is_head = |row: u32| {
        let own = grid.own(row, columns);
        let short =
            |text: &str| text.chars().count() <= LONGEST && !is_number(text) && !text.contains(['：', '。']);
        own.len() > 1 && own.iter().all(|(_, text)| short(text))
    };
    let head = grid.rows().iter().copied().find(|row| is_head(*row))?;
    let rows: Vec<u32> = grid.rows().iter().copied().filter(|row| *row > head).collect();
    let is_table = rows.iter().any(|row| grid.own(*row, columns).len() > 1);
    let found = tables(grid, &[head], columns).into_iter().next().filter(|_| is_table)?;
    bounded(grid, vec![Region { is_sure: false, ..found }], columns).into_iter().next()
}

/// The columns in groups, parted where a column is empty; a group without heads goes with the one
/// before it.
fn bands(grid: &Grid<'_>) -> Vec<Vec<u32>> {
    let mut bands: Vec<Vec<u32>> = Vec::new();
    for &column in grid.columns() {
        let before = bands.last().and_then(|b| b.last()).copied();
        let gap = before
            .is_some_and(|b| (b + 1..column).any(|c| !grid.sheet().hides_column(c) && is_free(grid, c)));
        match bands.last_mut() {
            Some(band) if !gap => band.push(column),
            _ => bands.push(vec![column]),
        }
    }
    let has_heads = |band: &[u32]| grid.rows().iter().any(|row| is_head(grid, *row, band));
    let mut joined: Vec<Vec<u32>> = Vec::new();
    for band in bands {
        let own = has_heads(&band);
        match joined.last_mut() {
            // What has no heads goes on with the table before it, and never with the one behind it.
            Some(before) if !own || !has_heads(before) && !stands_alone(grid, before) => before.extend(band),
            _ => joined.push(band),
        }
    }
    joined
}

/// Whether no head or record reaches over a column that holds nothing: titles may.
fn is_free(grid: &Grid<'_>, column: u32) -> bool {
    let over = |row: &&u32| {
        let anchor = grid.anchor((**row, column));
        anchor.1 != column && !grid.text(anchor).is_empty() && grid.own(**row, grid.columns()).len() > 2
    };
    grid.rows().iter().find(over).is_none()
}

/// Whether a row is one of heads.
fn is_head(grid: &Grid<'_>, row: u32, band: &[u32]) -> bool {
    let own = grid.own(row, band);
    if own.iter().any(|(_, text)| text.chars().count() > LONGEST || is_number(text) && !is_year(text)) {
        return false;
    }
    // 6月底 and 各乡镇 stand in records too.
    let is_value = |text: &str| {
        text.starts_with('各')
            || text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(['底', '末'])
            || is_year(text)
            || is_time(text)
    };
    let known = own.iter().filter(|(_, text)| says_a_head(text) && !is_value(text)).count();
    let groups = own.iter().filter(|(c, _)| grid.width((row, *c), band) > 1).count();
    if known > 2 || known == 2 && known * 2 + groups >= own.len() {
        return true;
    }
    // Where a table begins, heads that are like known ones do as well.
    let is_short = own.iter().all(|(_, text)| squeezed(text).chars().count() <= 16);
    if known == 0 || own.len() < 3 || !is_short || !leads(grid, row, band) {
        return false;
    }
    let like = own.iter().filter(|(_, text)| may_be_a_head(text)).count();
    like > 1 && (like * 2 >= own.len() || numbers_below(grid, row, band) * 2 >= own.len())
}

/// How many cells of the row below are numbers.
fn numbers_below(grid: &Grid<'_>, row: u32, band: &[u32]) -> usize {
    let below = grid.rows().iter().find(|next| **next > row);
    below.map_or(0, |below| grid.own(*below, band).iter().filter(|(_, text)| is_number(text)).count())
}

/// Whether nothing but titles stands between a row and the top of the sheet or an empty row.
fn leads(grid: &Grid<'_>, row: u32, band: &[u32]) -> bool {
    let above = (1..row).rev().take(TITLES + 1);
    for row in above {
        match grid.own(row, band).len() {
            0 => return true,
            1 | 2 => {}
            _ => return false,
        }
    }
    row <= u32::try_from(TITLES).unwrap_or(0) + 1
}

/// The rows of heads, of which the first that is known is that at `at`.
fn heads(grid: &Grid<'_>, at: usize, band: &[u32]) -> Vec<u32> {
    let mut heads = Vec::new();
    if let Some(above) = at.checked_sub(1).map(|i| grid.rows()[i])
        && above + 1 == grid.rows()[at]
        && is_groups(grid, above, band)
    {
        heads.push(above);
    }
    heads.push(grid.rows()[at]);
    for &row in &grid.rows()[at + 1..] {
        let last = heads.last().copied().unwrap_or(row);
        if heads.len() >= DEEPEST || !is_below(grid, last, row, band) {
            break;
        }
        heads.push(row);
    }
    heads
}

/// Whether a row above heads says only groups of them.
fn is_groups(grid: &Grid<'_>, row: u32, band: &[u32]) -> bool {
    let own = grid.own(row, band);
    let is_group = |(column, text): &(u32, &str)| {
        let width = grid.width((row, *column), band);
        (2..band.len()).contains(&width)
            && text.chars().count() <= 10
            && !text.contains(['：', ':'])
            && heading_number(text).is_none()
    };
    own.len() > 1 && own.iter().all(is_group)
}

/// Whether a row holds the heads below groups of the row before it, their units, or their numbers.
fn is_below(grid: &Grid<'_>, last: u32, row: u32, band: &[u32]) -> bool {
    let own = grid.own(row, band);
    if own.is_empty() || own.iter().any(|(_, text)| text.chars().count() > LONGEST) {
        return false;
    }
    // Down to where one of the heads reaches, all are heads.
    let reaches = |column: &u32| {
        let anchor = grid.anchor((row, *column));
        anchor.0 < row && anchor.0 + 3 > last && grid.end(anchor).0 >= row && !grid.text(anchor).is_empty()
    };
    if band.iter().any(reaches) {
        return true;
    }
    let is_unit = |text: &str| {
        let folded = folded(text);
        measure(folded.trim_matches(['（', '）'])).is_some()
    };
    if own.iter().all(|(_, text)| is_unit(text)) && own.len() > 1 {
        return true;
    }
    let numbered = own.iter().filter_map(|(_, text)| text.parse::<usize>().ok()).collect::<Vec<_>>();
    if numbered.len() > 2
        && numbered.len() + 2 >= own.len()
        && numbered.windows(2).all(|w| w[1] == w[0] + 1)
        && numbered[0] <= 2
    {
        return numbered[0] == 1 && numbered.len() * 2 > band.len();
    }
    if own.iter().any(|(_, text)| is_number(text)) {
        return false;
    }
    // 绝对额 over 6月 and 1-6月, beside heads that go on below: 指标 over 名称.
    let parts = |column: &u32| {
        let (width, end) = (grid.width((last, *column), band), grid.end((last, *column)));
        let below: Vec<u32> = band.iter().copied().filter(|c| (*column..=end.1).contains(c)).collect();
        width > 1 && end.0 < row && grid.own(row, &below).len() > 1
    };
    let like = own.iter().filter(|(_, text)| may_be_a_head(text)).count();
    let is_short = own.iter().all(|(_, text)| squeezed(text).chars().count() <= 8);
    if is_short
        && like * 2 >= own.len()
        && own.len() > 2
        && grid.own(last, band).iter().any(|(c, _)| parts(c))
    {
        return true;
    }
    // Each stands under a group: a cell over several columns, or an empty one beside it.
    let under = |column: u32| {
        let wide = grid.width((last, column), band) > 1 && grid.end((last, column)).0 < row;
        wide || (grid.text((last, column)).is_empty() && column > band[0])
            || band.iter().any(|next| {
                *next > column
                    && grid.text((last, *next)).is_empty()
                    && !grid.text((row, *next)).is_empty()
                    && band.iter().filter(|c| (column + 1..*next).contains(c)).count() == 0
            })
    };
    own.iter().all(|(column, _)| under(*column)) && own.len() > 1
}

/// The tables that stand side by side under these heads: each begins where the heads begin anew, or
/// behind a column that is empty down to the next heads.
fn tables(grid: &Grid<'_>, heads: &[u32], band: &[u32]) -> Vec<Region> {
    let head = |column: u32| {
        let mut all = heads.iter().map(|row| squeezed(grid.text((*row, column))));
        all.rfind(|t| !t.is_empty()).unwrap_or_default()
    };
    let last = heads.last().copied().unwrap_or(0);
    let below: Vec<u32> = grid.rows().iter().copied().filter(|row| *row > last).collect();
    let below = below.split(|row| is_head(grid, *row, band)).next().unwrap_or_default();
    let is_gap = |column: u32| {
        head(column).is_empty() && below.iter().all(|row| grid.sheet().text(*row, column).is_empty())
    };
    let anew = |parts: &[Vec<u32>], column: u32| {
        parts.last().is_some_and(|part| {
            let begins = grid.anchor((heads[0], column)).1 == column;
            part.len() > 1 && begins && !head(column).is_empty() && head(column) == head(part[0])
        })
    };
    let is_table = |from: u32| {
        let own = grid.own(heads[0], band).into_iter().chain(grid.own(last, band));
        own.filter(|(column, text)| *column >= from && says_a_head(text)).count() > 1
    };
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for (at, &column) in band.iter().enumerate() {
        let is_behind_gap = at > 0 && is_gap(band[at - 1]) && !is_gap(column) && is_table(column);
        let anew = is_behind_gap || anew(&parts, column);
        match parts.last_mut() {
            Some(part) if !anew => part.push(column),
            _ => parts.push(vec![column]),
        }
    }
    let of = |mut columns: Vec<u32>| {
        // Behind the last head nothing belongs to the table.
        while columns.last().is_some_and(|c| head(*c).is_empty()) {
            columns.pop();
        }
        // The names may have no head, right before the first that has one.
        let from = columns.iter().position(|c| !head(*c).is_empty())?;
        let named = |column: u32| {
            let said = below.iter().filter(|row| !grid.text((**row, column)).is_empty());
            said.filter(|row| !is_number(grid.text((**row, column)))).count() * 2 > below.len()
        };
        let is_named = from == 1 && !says_names(head(columns[1]).as_str()) && named(columns[0]);
        columns.drain(..if is_named { 0 } else { from });
        let region = Region {
            heads: heads.to_vec(),
            columns,
            rows: Vec::new(),
            titles: Vec::new(),
            corner: None,
            is_sure: true,
            is_turned: false,
        };
        (!region.columns.is_empty()).then_some(region)
    };
    parts.into_iter().filter_map(of).collect()
}

/// The tables of a band with their rows, titles and corners.
fn bounded(grid: &Grid<'_>, mut found: Vec<Region>, band: &[u32]) -> Vec<Region> {
    let top: Vec<(String, Option<String>)> =
        found.first().map(|first| above(grid, first.heads[0], band)).unwrap_or_default();
    let mut ends = Vec::new();
    for region in &mut found {
        let near = above(grid, region.heads[0], band);
        let rows = u32::try_from(near.len()).unwrap_or(0);
        ends.push((region.heads[0], region.heads[0].saturating_sub(rows)));
        region.corner = near.iter().find_map(|(_, unit)| unit.clone());
        let all = near.iter().chain(&top).map(|(title, _)| title.clone());
        region.titles = all.filter(|t| !t.is_empty()).collect();
    }
    for region in &mut found {
        let from = region.heads.last().copied().unwrap_or(0);
        let next = ends.iter().filter(|(head, _)| *head > from).map(|(_, first)| *first).min();
        let rows = grid.rows().iter().copied();
        region.rows = rows.filter(|row| *row > from && next.is_none_or(|next| *row < next)).collect();
    }
    found.retain(|region| !region.rows.is_empty());
    for region in &mut found {
        region.corner = region.corner.take().or_else(|| elsewhere(grid, region));
    }
    found
}

/// The lines right above a row of heads, from below, each with the unit that its corner says.
fn above(grid: &Grid<'_>, head: u32, band: &[u32]) -> Vec<(String, Option<String>)> {
    // 甲县项目进展（单位：万元） is a title all the same.
    let is_titled = |text: &str| {
        let before = text.split(['（', '(']).next().unwrap_or_default();
        before.chars().count() > 6 && !before.contains(['：', ':'])
    };
    let mut lines: Vec<(String, Option<String>)> = Vec::new();
    let mut row = head;
    while lines.len() < TITLES && row > 1 {
        row -= 1;
        let mut own = grid.own(row, band);
        // A title over this table and those beside it.
        let over = grid.anchor((row, band.first().copied().unwrap_or(1)));
        if own.is_empty() && over.0 == row && !grid.text(over).is_empty() {
            own.push((over.1, grid.text(over)));
        }
        let is_aside = |text: &str| is_remark(text) || corner(text).is_some() && !is_titled(text);
        let plain: Vec<_> = own.iter().filter(|(_, text)| !is_aside(text)).collect();
        let has_title = lines.iter().any(|(title, _)| !title.is_empty());
        // A record of the table above, its remarks, or the gap below it.
        let is_record = plain.len() > 2 || plain.len() == 2 && own.len() == 2 && band.len() > 2;
        let is_dated = plain.iter().any(|(_, text)| text.contains('年') && text.chars().count() < 24);
        let is_gap = own.is_empty() && (has_title || row + 1 < head);
        if is_gap || is_record && !is_dated || has_title && plain.is_empty() && !own.is_empty() && row > 2 {
            break;
        }
        let unit = own.iter().find_map(|(_, text)| corner(text));
        lines.push((plain.iter().map(|(_, text)| squeezed(text)).collect(), unit));
    }
    lines
}

/// The units that words say for all figures of a table, parted by 、: 单位：万元, or （万元、%） alone, and not
/// 填报单位：县统计局.
pub fn corner(text: &str) -> Option<String> {
    let text = folded_signs(text);
    let plain = text.trim().trim_matches(['（', '）']);
    if plain.len() + 2 <= text.trim().len()
        && let Some(units) = measures(plain)
    {
        return Some(units);
    }
    let marks = ["单位均为", "单位为", "单位：", "（投资：", "（金额：", "（资金："];
    let find = |text: &str| {
        let after =
            |mark: &&str| text.match_indices(*mark).find_map(|(at, _)| measures(&text[at + mark.len()..]));
        marks.iter().find_map(after)
    };
    // 甲县项目进度（万元） says it of all that stands below.
    let at_end = || {
        let (title, unit) = text.trim().strip_suffix('）')?.rsplit_once('（')?;
        measures(unit).filter(|_| title.chars().count() > 8 && !title.contains('（'))
    };
    find(&text).or_else(|| find(&squeezed(&text))).or_else(at_end)
}

/// The units at the beginning of words, parted by 、.
fn measures(words: &str) -> Option<String> {
    let end = |c: char| c.is_whitespace() || matches!(c, '；' | ';' | '）' | '。' | '：');
    let words = words.trim_start().split(end).next().unwrap_or_default();
    let known: Vec<String> = words.split(['、', '，', ',', '和', '及']).map_while(measure_or_share).collect();
    (!known.is_empty()).then(|| known.join("、"))
}

/// A unit, or two that a stroke parts and that are no rate: 亿元/%.
fn measure_or_share(words: &str) -> Option<String> {
    measure(words).filter(|unit| !unit.ends_with("/%")).or_else(|| {
        let (one, other) = words.split_once('/')?;
        Some(format!("{}、{}", measure(one)?, measure(other)?))
    })
}

/// The unit that is said elsewhere: in brackets behind the name of a sheet, in a remark below the table, or
/// beside its sum.
fn elsewhere(grid: &Grid<'_>, region: &Region) -> Option<String> {
    let of_sheet = |name: &str| {
        let inner = name.trim().strip_suffix(['）', ')'])?.rsplit(['（', '(']).next()?;
        corner(inner).or_else(|| measures(inner))
    };
    let of_row = |row: &u32| {
        let own = grid.own(*row, &region.columns);
        let (_, first) = own.first()?;
        if is_remark(first) {
            return corner(first);
        }
        let at = first.rfind(['（', '(']).filter(|_| is_sum(first) && first.ends_with(['）', ')']))?;
        measures(first[at..].trim_matches(['（', '(', '）', ')']))
    };
    of_sheet(&grid.sheet().name).or_else(|| region.rows.iter().find_map(of_row))
}

/// Brackets and colons of one width.
fn folded_signs(text: &str) -> String {
    text.replace('(', "（").replace(')', "）").replace(':', "：").replace('／', "/").replace('％', "%")
}
