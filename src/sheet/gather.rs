//! Cells → facts.
//!
//! A sheet is either a list of 项目 and 内容, one value a row, or the records of one list, a row
//! each, a column for each key. Which it is, and what its columns mean, its headings tell, in
//! whatever order they stand: people's own workbooks have titles above the headings, units in
//! brackets, columns that the table of facts does not know. What is understood becomes a tree like
//! that of a YAML file, and the loader of facts judges it; what is not is listed with its cell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cells::{Book, Cell, Sheet};
use super::heading::{heading, no_record, squeezed};
use super::items;
use super::key::{self, Astray, List, Step, Target};
use super::tree::{Leaf, Tree};
use super::{CONTENT, ELSEWHERE, EXAMPLE, GUIDE, ITEM, MARKS, NEEDED, NOTES, NUMBER, OF, SINGLE, UNIT};
use crate::base::{Place, Problem, Text, lines::LineColumn, nearest::nearest, yaml::Value as Yaml};
use crate::model::Facts;
use crate::model::facts::{self, table::Kind};
use crate::text;

/// What was read of a workbook: the facts, with what a person should know in their notes, and
/// what could not be read.
#[derive(Debug)]
pub struct Reading {
    /// The facts that could be read.
    pub facts: Facts,
    /// What could not, in the order of the sheets.
    pub problems: Vec<Problem>,
}

/// Rows in which the headings are looked for.
const HEAD: usize = 20;

/// Reads the facts of a workbook. `file` is its name for messages; `stem` stands for the name of
/// a sheet that says nothing where there is only one.
pub fn gather(file: &str, stem: &str, book: &Book) -> Reading {
    let mut gather = Gather {
        file: file.into(),
        names: book.sheets.iter().map(|s| s.name.as_str().into()).collect(),
        places: Vec::new(),
        root: Tree::default(),
        problems: Vec::new(),
        notes: Vec::new(),
        names_of_records: BTreeMap::new(),
    };
    gather.place(0, 1, 1);
    gather.notes.extend(book.notes.iter().cloned());
    // Records before what belongs to them: a sheet of steps names the task of each.
    let mut known: Vec<(usize, What)> = Vec::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        if sheet.cells.is_empty() || sheet.name.trim() == GUIDE {
            continue;
        }
        match gather.what(index, sheet, book.sheets.len() == 1, stem) {
            Some(what) => known.push((index, what)),
            None => gather.unknown_sheet(index, sheet),
        }
    }
    known.sort_by_key(|(index, what)| (what.depth(), *index));
    for (index, what) in known {
        gather.sheet(index, &book.sheets[index], &what);
    }
    gather.finish()
}

/// What a sheet holds.
enum What {
    /// Single values.
    Singles(Singles),
    /// The records of a list.
    Records { head: u32, list: List },
    /// One record, on a row of its own.
    Record { head: u32, target: Target },
    /// It should hold records and has no headings, which was told.
    Unheaded,
}

/// A sheet of single values: the row of its headings, the columns of 项目, 内容 and 单位, and the
/// group that its keys may leave out.
struct Singles {
    head: u32,
    item: u32,
    content: u32,
    unit: Option<u32>,
    base: Option<Target>,
}

impl What {
    fn depth(&self) -> usize {
        match self {
            // Last, so that a path such as 任务[2].内容 finds the records of the sheet.
            Self::Singles(_) | Self::Unheaded => usize::MAX,
            Self::Records { list, .. } => list.path.len(),
            Self::Record { target, .. } => target.steps.len(),
        }
    }
}

/// What a column means.
enum Column {
    /// A value, at these steps below the record.
    Value {
        steps: Vec<Step>,
        target: Target,
        /// The unit that its heading says.
        unit: Option<String>,
        /// The columns that may say the unit of each row.
        units: Vec<u32>,
    },
    /// The unit of the figures in another column.
    Unit,
    /// The name or number of the record, of the list that has this many of its path's steps, to
    /// which the rows belong.
    Parent(usize),
    /// The number of a row.
    Number,
    /// Something else.
    Unknown,
    /// Something that was told of.
    Told,
}

struct Gather {
    file: Arc<str>,
    names: Vec<Arc<str>>,
    /// Sheet, row and column of each place.
    places: Vec<(usize, u32, u32)>,
    root: Tree,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    /// The first words of the records of each list, by its path: for the rows of a list below.
    names_of_records: BTreeMap<String, Vec<String>>,
}

impl Gather {
    fn place(&mut self, sheet: usize, row: u32, column: u32) -> u32 {
        self.places.push((sheet, row, column));
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    fn at(&self, (sheet, row, column): (usize, u32, u32)) -> Place {
        let name = self.names.get(sheet).cloned().unwrap_or_default();
        Place::Cell { file: Arc::clone(&self.file), sheet: name, row, column }
    }

    fn problem(&mut self, at: (usize, u32, u32), problem: Problem) {
        let place = self.at(at);
        self.problems.push(problem.at(place));
    }

    fn note(&mut self, at: (usize, u32, u32), problem: Problem) {
        let place = self.at(at);
        self.notes.push(problem.at(place));
    }

    /// What a sheet holds, by its headings and its name.
    fn what(&mut self, index: usize, sheet: &Sheet, alone: bool, stem: &str) -> Option<What> {
        let name = squeezed(&sheet.name);
        let by_name = |name: &str| {
            let list = key::lists()
                .into_iter()
                .find(|l| l.name == name || key::resolve(name, None).is_ok_and(|t| t.steps == l.path));
            let record = key::resolve(name, None).ok().filter(|t| matches!(t.kind, Kind::Record(_)));
            (list, record)
        };
        let (mut list, mut record) = by_name(&name);
        if alone && list.is_none() && record.is_none() {
            (list, record) = by_name(&squeezed(stem));
        }
        let rows: Vec<u32> = sheet.rows().into_iter().take(HEAD).collect();
        if list.is_none() {
            for &head in &rows {
                let find = |word: &str| sheet.row(head).find(|(_, c)| heading(c.text()).0 == word);
                if let (Some((item, _)), Some((content, _))) = (find(ITEM), find(CONTENT)) {
                    let unit = find(UNIT).map(|(column, _)| column);
                    return Some(What::Singles(Singles { head, item, content, unit, base: record }));
                }
            }
        }
        let fields = list.as_ref().map(|l| l.fields).or(record.as_ref().map(|r| r.kind.fields()))?;
        let known = |row: u32| {
            let columns = sheet.row(row);
            let own = list.as_ref().map_or("", |l| l.name.rsplit('.').next().unwrap_or_default());
            let is_known = |words: &str| {
                let (bare, _) = heading(words);
                let first = bare.split(['.', '．']).next().unwrap_or_default();
                let known = |key: &str| fields.iter().any(|f| f.is_called(key));
                known(first) || first.strip_prefix(own).is_some_and(known)
            };
            columns.filter(|(_, cell)| is_known(cell.text())).count()
        };
        let head = rows.iter().copied().find(|&row| known(row) >= 2);
        let head = head.or_else(|| rows.iter().copied().find(|&row| known(row) == 1));
        let Some(head) = head else {
            let keys: Vec<_> = fields.iter().map(|f| f.key).collect();
            let keys = keys.join("、");
            self.problem(
                (index, rows.first().copied().unwrap_or(1), 1),
                Problem::new(Text::fixed("找不到表头", "no row of headings was found")).help(text!(
                    "表头一行写：{keys}；每行一条",
                    "one row with the headings {keys}, then a row for each record"
                )),
            );
            return Some(What::Unheaded);
        };
        Some(match (list, record) {
            (Some(list), _) => What::Records { head, list },
            (None, Some(target)) => What::Record { head, target },
            (None, None) => return None,
        })
    }

    fn unknown_sheet(&mut self, index: usize, sheet: &Sheet) {
        let lists = key::lists();
        let all: Vec<&str> = lists.iter().map(|l| l.name.as_str()).chain([SINGLE]).collect();
        let name = &sheet.name;
        let what = if name.is_empty() {
            Text::fixed(
                "看不出这张表是哪一类事实，没有读",
                "cannot tell what facts this table holds; it was not read",
            )
        } else {
            text!("不认识表“{name}”，没有读", "unknown sheet “{name}”; it was not read")
        };
        let names = all.join("、");
        let near = nearest(name, all.iter().copied());
        let help = match near {
            Some(near) => text!(
                "是不是“{near}”？表名（.csv 用文件名或 --sheet）可用：{names}",
                "did you mean “{near}”? Names of sheets (for a .csv its file's name, or --sheet): {names}"
            ),
            None => text!(
                "表名（.csv 用文件名或 --sheet）可用：{names}",
                "names of sheets (for a .csv its file's name, or --sheet): {names}"
            ),
        };
        let row = sheet.rows().first().copied().unwrap_or(1);
        let problem = Problem::new(what).help(help);
        // In a workbook of many sheets it may be meant for something else; alone it is the facts.
        if self.names.len() > 1 {
            self.note((index, row, 1), problem);
        } else {
            self.problem((index, row, 1), problem);
        }
    }

    fn sheet(&mut self, index: usize, sheet: &Sheet, what: &What) {
        let head = match what {
            What::Singles(Singles { head, .. }) | What::Records { head, .. } | What::Record { head, .. } => {
                *head
            }
            What::Unheaded => return,
        };
        self.merged(index, sheet, head);
        match what {
            What::Singles(singles) => self.singles(index, sheet, singles),
            What::Records { list, .. } => {
                self.records(index, sheet, head, &list.path, Kind::Record(list.fields), true);
            }
            What::Record { target, .. } => {
                self.records(index, sheet, head, &target.steps, target.kind, false);
            }
            What::Unheaded => {}
        }
    }

    /// Merged cells below the headings leave open whether the value is meant for each row.
    fn merged(&mut self, index: usize, sheet: &Sheet, head: u32) {
        for range in &sheet.merged {
            let ((row, column), to) = (range.from, range.to);
            if row > head && to != range.from && sheet.cell(row, column).is_some() {
                let end = format!("{}{}", crate::base::place::column_name(to.1), to.0);
                self.problem(
                    (index, row, column),
                    Problem::new(text!(
                        "合并单元格（到 {end}），看不出是只说一行还是每行都一样",
                        "merged cells (down to {end}): is this meant for one row or for each?"
                    ))
                    .help(Text::fixed("取消合并，每行都填上", "unmerge them and fill in each row")),
                );
            }
        }
    }

    fn singles(&mut self, index: usize, sheet: &Sheet, singles: &Singles) {
        let Singles { head, item, content, unit, base } = singles;
        let rows = below(sheet, *head);
        for column in filled(sheet, &rows) {
            let words = heading(sheet.text(*head, column)).0;
            let used = [Some(*item), Some(*content), *unit].contains(&Some(column))
                || NOTES.contains(&words.as_str())
                || [NEEDED, EXAMPLE, NUMBER].contains(&words.as_str());
            if !used {
                self.unknown_column(index, sheet, *head, column, &[]);
            }
        }
        for row in rows {
            let words = sheet.text(row, *item);
            let at = (index, row, *content);
            if words.is_empty() {
                if sheet.cell(row, *content).is_some() {
                    self.problem(
                        at,
                        Problem::new(Text::fixed("这一行没有写项目", "this row names no fact")).help(
                            Text::fixed(
                                "在“项目”一列写键名，如 会议.名称",
                                "put its key under 项目, such as 会议.名称",
                            ),
                        ),
                    );
                }
                continue;
            }
            let starless = words.trim_matches(['*', '＊', ' ', '　']);
            let (bare, bracket) = heading(words);
            let find = |words: &str| {
                let from_top = key::resolve(words, None);
                match base {
                    Some(base) if from_top.is_err() => key::resolve(words, Some(base)),
                    _ => from_top,
                }
            };
            let found = match find(starless) {
                Ok(target) => Ok((target, None)),
                Err(error) if bare == starless => Err(error),
                Err(_) => find(&bare).map(|target| (target, bracket)),
            };
            let (target, bracket) = match found {
                Ok(found) => found,
                Err(error) => {
                    let problem = astray(&error, words, &bare);
                    self.problem((index, row, *item), problem);
                    continue;
                }
            };
            let beside = unit.map_or("", |column| sheet.text(row, column));
            if sheet.cell(row, *content).is_none() {
                // A row that only names a group is a heading.
                let group = matches!(target.kind, Kind::Record(_) | Kind::Open)
                    || matches!(target.kind, Kind::List(item) if !item.fields().is_empty());
                if !group {
                    self.put(&target.steps, Leaf::Blank, at);
                }
                continue;
            }
            let unit_at = (!beside.is_empty()).then(|| (index, row, unit.unwrap_or(1)));
            let unit = if beside.is_empty() { bracket } else { Some(beside.to_owned()) };
            self.value(&target, sheet.cell(row, *content), unit.as_deref(), unit_at, at);
        }
    }

    /// Tells of a column that holds something and means nothing.
    fn unknown_column(&mut self, index: usize, sheet: &Sheet, head: u32, column: u32, known: &[&str]) {
        let words = heading(sheet.text(head, column)).0;
        let problem = if words.is_empty() {
            Problem::new(Text::fixed("这一列没有表头，没有读", "a column without a heading; it was not read"))
        } else {
            Problem::new(text!("不认识“{words}”这一列，没有读", "unknown column “{words}”; it was not read"))
        };
        let help = match nearest(&words, known.iter().copied()).filter(|_| !words.is_empty()) {
            Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
            None if known.is_empty() => Text::fixed(
                "要用它就另起一行写在“内容”下，否则不必理会",
                "put what is needed of it under 内容, or never mind",
            ),
            None => {
                let all = known.join("、");
                text!("可用的表头：{all}；用不上就不必理会", "headings that are known: {all}; or never mind")
            }
        };
        self.note((index, head, column), problem.help(help));
    }

    fn records(&mut self, index: usize, sheet: &Sheet, head: u32, path: &[Step], kind: Kind, many: bool) {
        let columns = self.columns(index, sheet, head, path, kind);
        self.units_above(index, sheet, head);
        let mut rows = below(sheet, head);
        rows.retain(|row| !skipped(sheet, *row, &columns));
        let filled = filled(sheet, &rows);
        let known: Vec<&str> = kind.fields().iter().map(|f| f.key).collect();
        for &column in &filled {
            if columns.get(&column).is_none_or(|c| matches!(c, Column::Unknown)) {
                self.unknown_column(index, sheet, head, column, &known);
            }
        }
        let mut counts: BTreeMap<Vec<Step>, usize> = BTreeMap::new();
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let first = columns.iter().find_map(|(&column, meaning)| {
                let holds = matches!(meaning, Column::Value { .. });
                sheet.cell(row, column).filter(|_| holds).map(|cell| (column, cell.text().trim().to_owned()))
            });
            let Some((first_column, first_words)) = first else { continue };
            if let Some(problem) =
                no_record(sheet, row, &first_words).filter(|_| !numbered(sheet, row, &columns))
            {
                self.note((index, row, first_column), problem);
                continue;
            }
            let Some(mut at) = self.parent(index, sheet, row, path, &columns) else { continue };
            let count = counts.entry(at.clone()).or_default();
            if many {
                let list = key::shown(&at);
                at.push(Step::Item(*count));
                names.entry(list).or_default().push(first_words);
            } else if *count > 0 {
                let name = key::shown(path);
                self.problem(
                    (index, row, first_column),
                    Problem::new(text!(
                        "“{name}”只有一组，这里又有一行",
                        "{name} is one group, here is a second row"
                    ))
                    .help(Text::fixed("只留一行", "keep one row")),
                );
                continue;
            }
            *count += 1;
            let whole = self.place(index, row, first_column);
            let record = self.root.below(&at);
            if record.at == 0 {
                record.at = whole;
            }
            for (&column, meaning) in &columns {
                let Column::Value { steps, target, unit, units } = meaning else { continue };
                if !filled.contains(&column) {
                    continue;
                }
                let target = Target { steps: at.iter().chain(steps).cloned().collect(), ..target.clone() };
                // A unit of its own row is stronger than the heading's.
                let beside = units.iter().rev().find(|other| !sheet.text(row, **other).is_empty());
                let unit = beside.map_or(unit.as_deref(), |other| Some(sheet.text(row, *other)));
                let unit_at = beside.map(|other| (index, row, *other));
                self.value(&target, sheet.cell(row, column), unit, unit_at, (index, row, column));
            }
        }
        self.names_of_records.extend(names);
    }

    /// What a sheet says above its headings is a title; a unit there would be lost.
    fn units_above(&mut self, index: usize, sheet: &Sheet, head: u32) {
        for (&(row, column), cell) in sheet.cells.range(..(head, 0)) {
            let words = cell.text().trim();
            if words.starts_with("单位：") || words.starts_with("单位:") {
                self.note(
                    (index, row, column),
                    Problem::new(text!("“{words}”没有用上", "“{words}” was not used")).help(Text::fixed(
                        "把单位写进表头，如 投资（万元）",
                        "write the unit into the heading, as in 投资（万元）",
                    )),
                );
            }
        }
    }

    /// What each column of a sheet of records means.
    fn columns(
        &mut self,
        index: usize,
        sheet: &Sheet,
        head: u32,
        path: &[Step],
        kind: Kind,
    ) -> BTreeMap<u32, Column> {
        let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
        let fields = kind.fields();
        let anchor = fields.first().map(|field| Target { steps: Vec::new(), field, kind });
        let mut taken: BTreeMap<Vec<Step>, u32> = BTreeMap::new();
        let mut figure: Option<u32> = None;
        let own = key::out_name(path);
        for (column, cell) in sheet.row(head) {
            let words = cell.text().trim();
            let starless: String = squeezed(words).trim_matches(['*', '＊']).to_owned();
            let (bare, bracket) = heading(words);
            let find = |words: &str| key::resolve(words, anchor.as_ref()).ok();
            // 任务名称 on the sheet 任务 is its 名称.
            let short = bare.strip_prefix(own.rsplit('.').next().unwrap_or_default()).map(str::to_owned);
            let found = find(&starless)
                .map(|t| (t, None))
                .or_else(|| find(&bare).or_else(|| find(&short?)).map(|t| (t, bracket)));
            let parents: Vec<usize> = (0..path.len()).filter(|&i| matches!(path[i], Step::Item(_))).collect();
            let meaning = match found {
                Some((target, unit)) => {
                    let steps = target.steps.clone();
                    let is_figure = matches!(target.kind, Kind::Figure);
                    if let Some(first) = taken.get(&steps) {
                        let first = crate::base::place::column_name(*first);
                        self.problem(
                            (index, head, column),
                            Problem::new(text!(
                                "“{bare}”有两列，前一列是 {first}",
                                "“{bare}” has two columns, the first is {first}"
                            ))
                            .help(Text::fixed("只留一列", "keep one of them")),
                        );
                        columns.insert(column, Column::Told);
                        continue;
                    }
                    taken.insert(steps.clone(), column);
                    figure = is_figure.then_some(column).or(figure.filter(|f| *f + 1 != column));
                    Column::Value { steps, target, unit: unit.filter(|_| is_figure), units: Vec::new() }
                }
                None => match bare.as_str() {
                    NUMBER | "编号" | "#" | "No." | "No" => Column::Number,
                    UNIT | "计量单位" => match figure.and_then(|figure| columns.get_mut(&figure)) {
                        Some(Column::Value { units, .. }) => {
                            units.push(column);
                            Column::Unit
                        }
                        _ => Column::Unknown,
                    },
                    _ => {
                        let of = parents
                            .iter()
                            .copied()
                            .find(|&i| starless.strip_prefix(OF) == Some(key::out_name(&path[..i]).as_str()));
                        of.map_or(Column::Unknown, Column::Parent)
                    }
                },
            };
            columns.insert(column, meaning);
        }
        columns
    }

    /// The path of the list that a row's record goes into, with the items of the lists above it;
    /// `None`, told of, where the row does not say which.
    fn parent(
        &mut self,
        index: usize,
        sheet: &Sheet,
        row: u32,
        path: &[Step],
        columns: &BTreeMap<u32, Column>,
    ) -> Option<Vec<Step>> {
        let mut at = path.to_vec();
        for depth in (0..path.len()).filter(|&i| matches!(path[i], Step::Item(_))) {
            let name = key::out_name(&path[..depth]);
            let column = columns.iter().find(|(_, c)| matches!(c, Column::Parent(d) if *d == depth));
            let column = column.map(|(column, _)| *column);
            let words = column.map_or("", |column| sheet.text(row, column));
            let above = self.names_of_records.get(&key::shown(&at[..depth]));
            let found = above.and_then(|names| names.iter().position(|n| n == words));
            let number = words.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let number = number.filter(|n| above.is_none_or(|names| *n < names.len()));
            let Some(item) = found.or(number) else {
                let heading = format!("{OF}{name}");
                self.problem(
                    (index, row, column.unwrap_or(1)),
                    Problem::new(text!(
                        "看不出这一行属于哪一条“{name}”",
                        "cannot tell to which item of {name} this row belongs"
                    ))
                    .help(text!(
                        "在“{heading}”一列写它的名称，或是第几条",
                        "write its name, or its number, under {heading}"
                    )),
                );
                return None;
            };
            at[depth] = Step::Item(item);
        }
        Some(at)
    }

    /// Puts a cell's value where it belongs.
    fn value(
        &mut self,
        target: &Target,
        cell: Option<&Cell>,
        unit: Option<&str>,
        unit_at: Option<(usize, u32, u32)>,
        at: (usize, u32, u32),
    ) {
        let Some(cell) = cell else { return self.put(&target.steps, Leaf::Blank, at) };
        if cell.text().trim() == ELSEWHERE {
            return;
        }
        let words = match cell {
            Cell::Error(error) => {
                let problem = Problem::new(text!("单元格出错：{error}", "the cell holds an error: {error}"))
                    .help(Text::fixed("改好公式，或直接填上数值", "mend the formula, or type the value"));
                self.problem(at, problem);
                return self.put(&target.steps, Leaf::Blank, at);
            }
            Cell::Uncomputed => {
                let problem =
                    Problem::new(Text::fixed("公式还没有算出结果", "a formula that has not been calculated"))
                        .help(Text::fixed(
                            "用 Excel 或 WPS 打开，保存一次再试；或直接填上数值",
                            "open and save it once in Excel or WPS, or type the value",
                        ));
                self.problem(at, problem);
                return self.put(&target.steps, Leaf::Blank, at);
            }
            Cell::Date { date, shown, year_hidden } if matches!(target.kind, Kind::Date) => {
                if *year_hidden {
                    let (shown, year) = (shown.clone(), date.year);
                    self.note(
                        at,
                        Problem::new(text!(
                            "单元格只显示“{shown}”，年份{year}是表格里存的",
                            "the cell shows “{shown}”; the year {year} is what it holds"
                        ))
                        .help(Text::fixed("看看年份对不对", "see whether the year is right")),
                    );
                }
                facts::write::date(*date)
            }
            Cell::Flag(yes) if matches!(target.kind, Kind::Flag) => if *yes { "是" } else { "否" }.to_owned(),
            other => other.text().to_owned(),
        };
        if let Kind::List(_) = target.kind {
            let items = items::split(&words, target.field);
            let leaf = if items.is_empty() { Leaf::Blank } else { Leaf::Several(items) };
            return self.put(&target.steps, leaf, at);
        }
        let words = words.trim().to_owned();
        let Some(unit) = unit else { return self.put(&target.steps, Leaf::One(words), at) };
        if !matches!(target.kind, Kind::Figure) {
            if let Some(unit_at) = unit_at {
                let key = key::shown(&target.steps);
                self.note(
                    unit_at,
                    Problem::new(text!(
                        "“{key}”不是数值，单位“{unit}”没有用上",
                        "“{key}” is no figure; the unit “{unit}” was not used"
                    )),
                );
            }
            return self.put(&target.steps, Leaf::One(words), at);
        }
        let own = facts::plain_figure(&words).unit;
        if own.is_empty() {
            let mut below = target.steps.clone();
            below.push(Step::Key("unit".to_owned()));
            self.put(&below, Leaf::One(unit.to_owned()), unit_at.unwrap_or(at));
        } else if own != unit {
            self.note(
                at,
                Problem::new(text!(
                    "这里写的单位是“{own}”，表头或单位列是“{unit}”，按“{own}”读",
                    "the cell says “{own}”, the heading or the column of units “{unit}”; “{own}” was read"
                )),
            );
        }
        self.put(&target.steps, Leaf::One(words), at);
    }

    fn put(&mut self, steps: &[Step], leaf: Leaf, at: (usize, u32, u32)) {
        let place = self.place(at.0, at.1, at.2);
        let tree = self.root.below(steps);
        // A list of words is either one cell or a row for each item.
        let several = matches!(leaf, Leaf::Several(_)) && !tree.items.is_empty();
        match &tree.leaf {
            Some(Leaf::Blank) | None if !several => {
                // An empty cell takes nothing from what another states.
                if !matches!(leaf, Leaf::Blank) || tree.leaf.is_none() && tree.items.is_empty() {
                    tree.leaf = Some(leaf);
                    tree.at = place;
                }
            }
            Some(_) if matches!(leaf, Leaf::Blank) => {}
            _ => {
                let first = tree
                    .leaf
                    .as_ref()
                    .map_or_else(|| tree.items.values().next().map_or(0, |item| item.at), |_| tree.at);
                let first = self.places.get(first as usize).copied().unwrap_or((0, 1, 1));
                let (key, first) = (key::shown(steps), self.at(first).label());
                self.problem(
                    at,
                    Problem::new(Text::new(
                        format!("“{key}”写了两次，前一处在 {}", first.zh),
                        format!("“{key}” is given twice, first at {}", first.en),
                    ))
                    .help(Text::fixed("只留一处", "keep one of them")),
                );
            }
        }
    }

    fn finish(mut self) -> Reading {
        let root = std::mem::take(&mut self.root);
        let mut node = root.into_node(&self.places);
        if node.value == Yaml::Empty {
            node.value = Yaml::Map(Vec::new());
        }
        let places: Vec<Place> = self.places.iter().map(|&at| self.at(at)).collect();
        let place = |at: LineColumn| {
            places.get(at.line as usize).cloned().unwrap_or_else(|| Place::File(Arc::clone(&self.file)))
        };
        let (mut facts, found) = facts::from_tree(&node, &place);
        // By sheet as the tabs stand, then by row and column.
        let order = |problem: &Problem| match &problem.at {
            Some(Place::Cell { sheet, row, column, .. }) => {
                (self.names.iter().position(|n| n == sheet).unwrap_or(0), *row, *column)
            }
            _ => (0, 0, 0),
        };
        let mut problems: Vec<Problem> = self.problems.into_iter().chain(found).collect();
        problems.sort_by_key(order);
        facts.notes.extend(self.notes);
        facts.notes.sort_by_key(order);
        Reading { facts, problems }
    }
}

/// The rows below the headings that hold something.
fn below(sheet: &Sheet, head: u32) -> Vec<u32> {
    sheet.rows().into_iter().filter(|row| *row > head).collect()
}

/// The columns that hold something in these rows.
fn filled(sheet: &Sheet, rows: &[u32]) -> BTreeSet<u32> {
    rows.iter().flat_map(|row| sheet.row(*row)).map(|(column, _)| column).collect()
}

/// Whether a row has a number of its own, which totals, remarks and explanations have not.
fn numbered(sheet: &Sheet, row: u32, columns: &BTreeMap<u32, Column>) -> bool {
    columns.iter().any(|(&column, meaning)| {
        matches!(meaning, Column::Number) && sheet.text(row, column).parse::<u32>().is_ok()
    })
}

/// Rows that explain: marked under 序号, or with nothing but explanations in them.
fn skipped(sheet: &Sheet, row: u32, columns: &BTreeMap<u32, Column>) -> bool {
    let marked = columns.iter().any(|(&column, meaning)| {
        matches!(meaning, Column::Number) && NOTES.contains(&sheet.text(row, column))
    });
    if numbered(sheet, row, columns) {
        return false;
    }
    let explains = |cell: &Cell| MARKS.iter().any(|mark| cell.text().trim_start().starts_with(mark));
    marked || sheet.row(row).all(|(_, cell)| explains(cell))
}

fn astray(error: &Astray, words: &str, bare: &str) -> Problem {
    match error {
        Astray::WhichItem(list) => {
            let rest = bare.split_once('.').map_or("", |(_, rest)| rest);
            Problem::new(text!("“{words}”没有说是第几条", "“{words}” does not say which item")).help(text!(
                "写成 {list}[1].{rest}，或填在表“{list}”里",
                "write {list}[1].{rest}, or use the sheet {list}"
            ))
        }
        Astray::Unknown => {
            let all = key::all();
            let problem = Problem::new(text!("没有“{words}”这个项目", "unknown fact “{words}”"));
            let help = match nearest(bare, all.iter().map(String::as_str)) {
                Some(near) => text!("是不是“{near}”？", "did you mean “{near}”?"),
                None => text!(
                    "项目写成“组.键”，如 会议.名称；表里没有的写成 补充.{bare}",
                    "write it as group.key, such as 会议.名称; facts of your own as 补充.{bare}"
                ),
            };
            problem.help(help)
        }
    }
}
