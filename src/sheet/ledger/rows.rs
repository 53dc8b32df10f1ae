//! Which rows of a ledger are records (哪些行是记录), and what they say.
//!
//! What stands between the records is passed (`passed`). A cell merged over several rows counts for each of them. Where the name is merged and nothing but the
//! measures differ, the rows are one record; where units or times differ, they are several of one name.

use super::At;
use super::Record;
use super::grid::Grid;
use super::heads::says_both;
use super::kind::{Plan, Read};
use super::passed::Rows;
use super::regions::Region;
use super::shape::is_score;
use super::value::{
    charged, figure, growth, is_ditto, is_number, items, joined, name, names, people, says_nothing, units,
    unnumbered,
};
use crate::base::lexicon::ledger as lexicon;
use crate::base::{Problem, Text};
use crate::model::facts::table::{Kind, names_units};
use crate::sheet::key::Step;
use crate::sheet::tree::Leaf;
use crate::text;

/// What the rows of a table gave.
#[derive(Debug, Default)]
pub struct Found {
    pub records: Vec<Record>,
    /// Rows that are sums, sections or remarks.
    pub passed: Vec<u32>,
    pub notes: Vec<(At, Problem)>,
    pub problems: Vec<(At, Problem)>,
}

/// A row of a record, each value with its cell.
struct Row {
    row: u32,
    /// The cell of the name, which several rows may share.
    name: At,
    values: Vec<(&'static str, Leaf, At)>,
}

/// Reads the records of a table.
pub fn read(grid: &Grid<'_>, region: &Region, plan: &Plan) -> Found {
    let looked = Rows::of(grid, region, plan);
    let mut reader = Reader { grid, region, plan, looked, found: Found::default() };
    let mut rows: Vec<Row> = Vec::new();
    for &row in &region.rows {
        if let Some(read) = reader.row(row, rows.last_mut()) {
            rows.push(read);
        }
    }
    reader.found.records = together(rows, plan);
    reader.found
}

struct Reader<'g, 's> {
    grid: &'g Grid<'s>,
    region: &'g Region,
    plan: &'g Plan,
    looked: Rows<'g, 's>,
    found: Found,
}

impl Reader<'_, '_> {
    /// The record of a row; `None` where it is none, or goes on with the one before.
    fn row(&mut self, row: u32, before: Option<&mut Row>) -> Option<Row> {
        let told = self.looked.told(row);
        if told.is_empty() {
            return None;
        }
        if self.looked.is_passed(row, &told) {
            self.found.passed.push(row);
            return None;
        }
        let named = self.plan.named()?;
        let at = super::columns::at(self.grid, row, &named.over);
        let words = self.grid.text(at);
        if says_nothing(words) {
            self.nameless(row, &told, before);
            return None;
        }
        let (words, own_unit) = name(words, &self.plan.id);
        let words = match &before {
            Some(before) if is_ditto(&words) => before.name_said(),
            _ => words,
        };
        let mut read = Row { row, name: at, values: vec![(named.field.id, Leaf::One(words), at)] };
        for column in self.plan.fields.iter().filter(|c| c.column != named.column) {
            let at = self.grid.anchor((row, column.column));
            let above = before.as_ref().and_then(|b| b.said(column.field.id));
            if let Some((owner, partners)) = self.parted(row, column) {
                read.values.push((column.field.id, Leaf::One(owner), at));
                let field = self.plan.list.fields.iter().find(|field| field.id == "partners");
                if let Some(field) = field.filter(|_| !partners.is_empty()) {
                    read.values.push((field.id, Leaf::Several(partners), at));
                }
                continue;
            }
            if let Some(said) = self.value(row, column, own_unit.as_deref(), above) {
                read.values.push((column.field.id, said, at));
            }
        }
        // An indicator of which no figure is known heads others, or is a remark.
        if ["indicators", "targets"].contains(&self.plan.id.as_str()) && read.values.len() == 1 {
            self.found.passed.push(row);
            return None;
        }
        Some(read)
    }

    /// A row without a name: measures that go on with the record before, or nothing.
    fn nameless(&mut self, row: u32, told: &[(u32, &str)], before: Option<&mut Row>) {
        let read: Vec<&Read> =
            self.plan.fields.iter().filter(|f| told.iter().any(|(column, _)| *column == f.column)).collect();
        if let ([only], Some(before)) = (&read[..], before)
            && matches!(only.field.kind, Kind::List(_))
            && told.len() == 1
            && let Some(Leaf::Several(more)) = self.value(row, only, None, None)
        {
            before.add(only.field.id, more);
            return;
        }
        if !read.is_empty() {
            let list = &self.plan.list.name;
            let at = (row, told[0].0);
            self.found.notes.push((
                at,
                Problem::new(text!(
                    "这一行没有名称，不知道是哪一条“{list}”，没有读",
                    "this row has no name, so it belongs to no item of {list}; it was not read"
                )),
            ));
        }
    }

    /// Who is in charge and who helps, where one cell says both and no column the latter.
    fn parted(&self, row: u32, column: &Read) -> Option<(String, Vec<String>)> {
        let is_one =
            self.plan.id == "tasks" && column.field.id == "owner" && self.plan.of("partners").is_none();
        let at = (row, column.column);
        (is_one && !self.region.is_wide(self.grid, at)).then(|| charged(self.grid.text(at)))?
    }

    /// What a cell says for its field.
    fn value(
        &mut self,
        row: u32,
        column: &Read,
        own_unit: Option<&str>,
        above: Option<Leaf>,
    ) -> Option<Leaf> {
        let at = (row, column.column);
        let cell = self.grid.cell(at)?;
        if let Some(fault) = cell.fault() {
            // One that divides by nothing has nothing to say yet.
            if !["#DIV/0!", "#N/A"].contains(&cell.text()) {
                self.found.problems.push((self.grid.anchor(at), fault));
            }
            return None;
        }
        let text = self.grid.text(at);
        // A remark that reaches over several columns is in none of them.
        if says_nothing(text) || self.region.is_wide(self.grid, at) {
            return None;
        }
        if is_ditto(text) {
            return above;
        }
        // Who leads and who helps, and the cell does not say which.
        if self.plan.id == "tasks" && column.field.id == "owner" && says_both(&column.head) {
            self.unparted(row, column, text);
            return None;
        }
        self.said(text, column, row, own_unit)
    }

    fn said(&mut self, text: &str, column: &Read, row: u32, own_unit: Option<&str>) -> Option<Leaf> {
        let (list, field) = (self.plan.id.as_str(), column.field);
        let one = |words: String| Some(Leaf::One(words)).filter(|_| !text.is_empty());
        let beside = self.plan.measure.map(|column| joined(self.grid.text((row, column))));
        let beside = beside.filter(|unit| !says_nothing(unit));
        match (list, field.id) {
            (_, "due") => {
                let words = joined(text);
                let is_no_time = lexicon::FINISHED.contains(&words.as_str())
                    || lexicon::PENDING.iter().any(|pending| words.contains(pending));
                if is_no_time { None } else { one(words) }
            }
            ("indicators", "yoy") => {
                match growth(text, self.rate(column, own_unit.or(beside.as_deref())), column.is_loss) {
                    Some(words) => one(words),
                    None => {
                        self.unclear(row, column, text);
                        None
                    }
                }
            }
            ("meeting.agenda", "person") => one(people(text)),
            _ if matches!(field.kind, Kind::List(_)) && names_units(field) => {
                Some(Leaf::Several(names(text))).filter(|said| *said != Leaf::Several(Vec::new()))
            }
            _ if matches!(field.kind, Kind::List(_)) => Some(Leaf::Several(items(text))),
            _ if matches!(field.kind, Kind::Figure) => {
                self.figure(text, column, row, own_unit.or(beside.as_deref()))
            }
            _ if names_units(field) || field.id == "giver" => one(units(text)),
            // 进度（%） says of 90 that it is 90%.
            _ => one(figure(text, column.unit.as_deref())),
        }
    }

    /// The unit of a growth: that of its head; per cent where the corner says so of amounts, or the head that it is
    /// a rate. How shares grew is said in points, which nobody can tell.
    fn rate<'c>(&self, column: &'c Read, measure: Option<&str>) -> Option<&'c str> {
        let corner = self.region.corner.as_deref().unwrap_or_default();
        let is_rate = ["增速", "增长率", "增减率", "增幅"].iter().any(|end| column.head.ends_with(end));
        let of_amounts = measure.is_some_and(|unit| !unit.starts_with(['%', '‰']) && !unit.contains("百分"));
        let is_share = (is_rate || corner.contains('%')) && of_amounts;
        column.unit.as_deref().or(is_share.then_some("%"))
    }

    /// A figure with the unit that its name, its head, its row or the corner gives.
    fn figure(&mut self, text: &str, column: &Read, row: u32, unit: Option<&str>) -> Option<Leaf> {
        let unit = match self.plan.id.as_str() {
            "units" if is_score(&column.head) => Some("分"),
            "units" => Some("%"),
            _ => column.unit.as_deref().or(unit).or_else(|| self.corner(row)),
        };
        // 96.5分 has its unit already.
        let words = figure(text, unit);
        // Nobody pays in a number alone.
        if self.plan.id == "projects" && is_number(&words) {
            self.unclear(row, column, text);
            return None;
        }
        Some(Leaf::One(words))
    }

    /// The unit that the corner says for the figures of a row. Of 万元、个 money is what is invested; of 亿元、% it is
    /// the amounts that are money, and the shares that are none.
    fn corner(&self, row: u32) -> Option<&str> {
        let corners = self.region.corner.as_deref()?;
        let only = |keep: &dyn Fn(&str) -> bool| {
            let mut fit = corners.split('、').filter(|unit| keep(unit));
            fit.next().filter(|_| fit.next().is_none())
        };
        if self.plan.id == "projects" {
            return only(&|unit| unit.ends_with('元'));
        }
        let named = self.plan.named()?;
        let (name, _) = name(self.grid.text(super::columns::at(self.grid, row, &named.over)), &self.plan.id);
        let is_share = lexicon::SHARES.iter().any(|end| name.ends_with(end));
        let unit = only(&|unit| unit.starts_with(['%', '‰']) == is_share)?;
        // A corner that says money says nothing of how many there are.
        let is_counted = lexicon::UNCOUNTED.iter().any(|end| name.ends_with(end));
        (!unit.ends_with('元') || !is_counted).then_some(unit)
    }

    fn unparted(&mut self, row: u32, column: &Read, text: &str) {
        let (head, words) = (&column.head, joined(text));
        let what = text!(
            "“{head}”的“{words}”看不出哪个牵头、哪个配合，没有读",
            "“{words}” under “{head}” does not say who leads and who helps; it was not read"
        );
        let help = Text::fixed(
            "写成“县教育局牵头，县财政局配合”，或分成牵头单位、配合单位两列",
            "write 县教育局牵头，县财政局配合, or part it into the columns 牵头单位 and 配合单位",
        );
        self.found.notes.push(((row, column.column), Problem::new(what).help(help)));
    }

    fn unclear(&mut self, row: u32, column: &Read, text: &str) {
        let (head, words) = (&column.head, joined(text));
        self.found.notes.push((
            (row, column.column),
            Problem::new(text!(
                "“{head}”的“{words}”看不出单位，没有读",
                "the unit of “{words}” under “{head}” is not known; it was not read"
            ))
            .help(Text::fixed(
                "把单位写进表头，如 （万元）",
                "write the unit into the heading, as in （万元）",
            )),
        ));
    }
}

impl Row {
    fn said(&self, id: &str) -> Option<Leaf> {
        self.values.iter().find(|(field, ..)| *field == id).map(|(_, said, _)| said.clone())
    }

    fn name_said(&self) -> String {
        match self.values.first() {
            Some((_, Leaf::One(words), _)) => words.clone(),
            _ => String::new(),
        }
    }

    /// Adds items to a list.
    fn add(&mut self, id: &str, more: Vec<String>) {
        for (field, said, _) in &mut self.values {
            if let (true, Leaf::Several(items)) = (*field == id, said) {
                items.extend(more);
                return;
            }
        }
    }
}

/// Whether a field may differ between rows of one record: what is done, how it shows, of a problem also whose
/// it is.
fn is_many(list: &str, field: &str) -> bool {
    matches!(field, "detail" | "cause" | "now") || list == "problems" && field == "unit"
}

/// The records: rows that share the cell of their name are one, where only their measures differ.
fn together(rows: Vec<Row>, plan: &Plan) -> Vec<Record> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group[0].name == row.name => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    let same = |a: &Row, b: &Row| {
        plan.fields
            .iter()
            .map(|f| f.field.id)
            .filter(|id| !is_many(&plan.id, id))
            .all(|id| a.said(id) == b.said(id))
    };
    let mut records = Vec::new();
    for mut group in groups {
        let is_one = group.len() > 1 && group[1..].iter().all(|row| same(&group[0], row));
        if is_one {
            let rest = group.split_off(1);
            join(&mut group[0], rest, plan);
        }
        records.extend(group.into_iter().map(record));
    }
    records
}

/// Puts what other rows say besides into the first one.
fn join(first: &mut Row, rest: Vec<Row>, plan: &Plan) {
    let mut taken: Vec<At> = first.values.iter().map(|(.., at)| *at).collect();
    for (id, said, at) in rest.into_iter().flat_map(|row| row.values) {
        if !is_many(&plan.id, id) || taken.contains(&at) {
            continue;
        }
        taken.push(at);
        match (first.values.iter_mut().find(|(field, ..)| *field == id), said) {
            (Some((_, Leaf::Several(items), _)), Leaf::Several(more)) => items.extend(more),
            (Some((_, Leaf::One(words), _)), Leaf::One(more)) if *words != more => {
                let end = words.trim_end_matches(['。', '；', ';']).len();
                words.truncate(end);
                words.push(if id == "unit" { '、' } else { '；' });
                words.push_str(unnumbered(&more));
            }
            (None, said) => first.values.push((id, said, at)),
            _ => {}
        }
    }
}

fn record(row: Row) -> Record {
    // What a merged cell says stands, for this record, on its own row.
    let (first, name) = (row.row, (row.row, row.name.1));
    let values = row
        .values
        .into_iter()
        .map(|(id, said, at)| (vec![Step::Key(id.to_owned())], said, (first.max(at.0), at.1)));
    Record { at: name, values: values.collect() }
}
