//! Which sheets, columns and rows a workbook of facts has: from the questions of a skeleton, from
//! facts, or from both.
//!
//! A value goes where a person looks for it: the row or column of its key. What no single cell can
//! hold so that it reads back the same (an item that is itself of several lines, a figure in a list
//! with parts of its own) gets a row in 单项 under its full path, `任务[2].内容[1]`. So every tree of
//! facts has a workbook, whatever rows the table of facts will have.

use super::items;
use super::key::{self, List, Step, lists};
use super::{Contents, ELSEWHERE, OF};
use crate::base::Lang;
use crate::model::facts::table::{FACTS, FIGURE, Field, Kind};
use crate::model::facts::{Fact, Figure, Question, Record, Value, path, plain_figure};

/// The sheets of a workbook.
#[derive(Debug, Default)]
pub struct Plan {
    /// Rows of the sheet of single values.
    pub singles: Vec<Single>,
    /// The sheets of records.
    pub lists: Vec<Records>,
}

/// A row of the sheet of single values.
#[derive(Debug)]
pub struct Single {
    /// The path of ids.
    pub steps: Vec<Step>,
    /// Whether it only heads the rows of one group.
    pub group: bool,
    /// The value and its unit.
    pub value: (String, String),
    /// What the row says of itself.
    pub about: About,
}

/// What a row or column says of itself.
#[derive(Debug, Default)]
pub struct About {
    /// Whether it is needed, if a document asked for it.
    pub needed: Option<bool>,
    /// What it is and is used for.
    pub words: String,
    /// How it may look.
    pub example: String,
    /// The words that may stand there, if only some may.
    pub choices: Vec<&'static str>,
    /// Whether it holds several values, a line each.
    pub several: bool,
}

/// A sheet of records.
#[derive(Debug)]
pub struct Records {
    /// The list.
    pub list: List,
    /// The headings of columns that name the record to which a row belongs, outermost first.
    pub parents: Vec<String>,
    /// The columns of values.
    pub columns: Vec<Column>,
    /// The rows: for each column of `parents` and `columns` its cell.
    pub rows: Vec<Vec<String>>,
}

/// A column of a sheet of records.
#[derive(Debug)]
pub struct Column {
    /// The steps below the record, keys as ids.
    pub steps: Vec<Step>,
    /// The heading: the Chinese key.
    pub heading: String,
    /// What it says of itself.
    pub about: About,
}

/// Plans the workbook.
pub fn plan(contents: &Contents<'_>, lang: Lang) -> Plan {
    let mut planning = Planning { lang, lists: lists(), plan: Plan::default() };
    for question in contents.questions {
        planning.ask(question);
    }
    if let Some(facts) = contents.facts {
        planning.record(&facts.root, FACTS, &mut Vec::new(), &Where::Single);
    }
    let mut plan = planning.plan;
    group(&mut plan, lang);
    plan
}

struct Planning {
    lang: Lang,
    lists: Vec<List>,
    plan: Plan,
}

/// Where values go: the sheet of singles, or a row of a sheet of records, which starts at that many
/// steps of the path.
enum Where {
    Single,
    Row { sheet: usize, row: usize, from: usize },
}

impl Planning {
    /// Makes the row or column that a question asks for.
    fn ask(&mut self, question: &Question) {
        let steps: Vec<Step> = path::steps(&question.fact)
            .map(|step| match step {
                path::Step::Key(key) => Step::Key(key.to_owned()),
                path::Step::Index(_) | path::Step::Each => Step::Item(0),
            })
            .collect();
        let Some(field) = path::field(&question.fact) else {
            // Below 补充 the table knows no keys.
            return self.ask_single(steps, None, question);
        };
        match field.kind {
            Kind::Record(_) | Kind::List(Kind::Record(_)) => {
                // All of a group: every value in it.
                let each = if matches!(field.kind, Kind::List(_)) && !question.fact.ends_with("[]") {
                    "[]"
                } else {
                    ""
                };
                for inner in field.kind.fields() {
                    let fact = format!("{}{each}.{}", question.fact, inner.id);
                    self.ask(&Question { fact, example: String::new(), ..question.clone() });
                }
            }
            _ => match self.list_of(&steps) {
                Some((list, length)) => {
                    let sheet = self.sheet(&list);
                    let rest = steps.get(length + 1..).unwrap_or_default().to_vec();
                    let rest = if let Some((Step::Item(_), before)) = rest.split_last() {
                        before.to_vec()
                    } else {
                        rest
                    };
                    let about = self.about(Some(field), Some(question));
                    let column = self.column(sheet, &rest);
                    self.plan.lists[sheet].columns[column].about = about;
                }
                None => self.ask_single(steps, Some(field), question),
            },
        }
    }

    fn ask_single(&mut self, mut steps: Vec<Step>, field: Option<&'static Field>, question: &Question) {
        // `locality.towns[]` asks for the towns, which one cell holds.
        if let Some(Step::Item(_)) = steps.last() {
            steps.pop();
        }
        let about = self.about(field, Some(question));
        let row = self.single(&steps);
        self.plan.singles[row].about = about;
    }

    /// The innermost list of records that the path goes through, and its length in steps.
    fn list_of(&self, steps: &[Step]) -> Option<(List, usize)> {
        let same = |path: &[Step]| {
            path.len() < steps.len()
                && path.iter().zip(steps).all(|(a, b)| match (a, b) {
                    (Step::Key(a), Step::Key(b)) => a == b,
                    (Step::Item(_), Step::Item(_)) => true,
                    _ => false,
                })
                && matches!(steps[path.len()], Step::Item(_))
        };
        let longest = self.lists.iter().filter(|l| same(&l.path)).max_by_key(|l| l.path.len())?;
        Some((longest.clone(), longest.path.len()))
    }

    /// The sheet of a list, made where there is none yet.
    fn sheet(&mut self, list: &List) -> usize {
        if let Some(found) = self.plan.lists.iter().position(|r| r.list.path == list.path) {
            return found;
        }
        let above = (0..list.path.len()).filter(|&i| matches!(list.path[i], Step::Item(_)));
        let parents = above.map(|i| format!("{OF}{}", key::out_name(&list.path[..i]))).collect();
        let records = Records { list: list.clone(), parents, columns: Vec::new(), rows: Vec::new() };
        self.plan.lists.push(records);
        self.plan.lists.len() - 1
    }

    /// The column for steps below the records of a sheet, made where there is none yet.
    fn column(&mut self, sheet: usize, steps: &[Step]) -> usize {
        let records = &self.plan.lists[sheet];
        if let Some(found) = records.columns.iter().position(|c| c.steps == steps) {
            return found;
        }
        let mut fields = records.list.fields;
        let mut field = None;
        let mut keys = Vec::new();
        for step in steps {
            let Step::Key(id) = step else { continue };
            field = fields.iter().find(|f| f.id == *id);
            keys.push(field.map_or(id.as_str(), |f| f.key).to_owned());
            fields = field.map_or(&[], |f| f.kind.fields());
        }
        let about = self.about(field, None);
        let records = &mut self.plan.lists[sheet];
        records.columns.push(Column { steps: steps.to_vec(), heading: keys.join("."), about });
        let width = records.parents.len() + records.columns.len();
        records.rows.iter_mut().for_each(|row| row.resize(width, String::new()));
        records.columns.len() - 1
    }

    /// The row of a path in the sheet of singles, made where there is none yet.
    fn single(&mut self, steps: &[Step]) -> usize {
        if let Some(found) = self.plan.singles.iter().position(|s| s.steps == steps) {
            return found;
        }
        let ids: Vec<&str> = steps
            .iter()
            .filter_map(|step| if let Step::Key(id) = step { Some(id.as_str()) } else { None })
            .collect();
        let about = self.about(path::field(&ids.join(".")), None);
        self.plan.singles.push(Single {
            steps: steps.to_vec(),
            group: false,
            value: (String::new(), String::new()),
            about,
        });
        self.plan.singles.len() - 1
    }

    fn about(&self, field: Option<&'static Field>, question: Option<&Question>) -> About {
        let label = field.map_or("", |f| f.label.in_lang(self.lang));
        let purpose = question.map_or("", |q| q.purpose.in_lang(self.lang));
        let words = match (label, purpose, self.lang) {
            (label, "", _) => label.to_owned(),
            (label, purpose, _) if label == purpose => label.to_owned(),
            ("", purpose, _) => purpose.to_owned(),
            (label, purpose, Lang::Zh) => format!("{label}；用于{purpose}"),
            (label, purpose, Lang::En) => format!("{label}: {purpose}"),
        };
        let asked = question.map(|q| q.example.clone()).filter(|e| !e.is_empty());
        let kind = field.map(|f| f.kind);
        let choices = match kind {
            Some(Kind::Choice(choices)) => choices.to_vec(),
            Some(Kind::Flag) => vec!["是", "否"],
            _ => Vec::new(),
        };
        About {
            needed: question.map(|q| q.needed),
            words,
            example: asked.unwrap_or_else(|| field.map_or("", |f| f.example).to_owned()),
            choices,
            several: matches!(kind, Some(Kind::List(_))),
        }
    }

    fn record(&mut self, record: &Record, fields: &'static [Field], path: &mut Vec<Step>, place: &Where) {
        for (id, fact) in record {
            let field = fields.iter().find(|f| f.id == *id);
            path.push(Step::Key(id.clone()));
            self.fact(fact, field, field.map_or(Kind::Open, |f| f.kind), path, place);
            path.pop();
        }
    }

    fn fact(
        &mut self,
        fact: &Fact,
        field: Option<&'static Field>,
        kind: Kind,
        path: &mut Vec<Step>,
        place: &Where,
    ) {
        match (&fact.value, kind) {
            (Value::Record(record), _) => self.record(record, kind.fields(), path, place),
            (Value::List(items), Kind::List(Kind::Record(below))) => self.records(items, below, path),
            (Value::List(items), Kind::List(item)) => {
                let texts: Option<Vec<String>> = items
                    .iter()
                    .filter(|f| !matches!(&f.value, Value::Blank(words) if words.is_empty()))
                    .map(|f| one_cell(&f.value))
                    .collect();
                let cell = texts.zip(field).and_then(|(texts, field)| items::join(&texts, field));
                match cell {
                    Some(cell) => self.set(path, place, cell),
                    None => {
                        if let Where::Row { .. } = place {
                            self.set(path, place, ELSEWHERE.to_owned());
                        }
                        self.each(items, field, *item, path);
                    }
                }
            }
            (Value::List(items), _) => self.each(items, field, Kind::Open, path),
            // A group left empty asks for nothing.
            (Value::Blank(words), kind) if words.is_empty() && is_group(kind) => {}
            (Value::Figure(figure), _) => self.figure(figure, path, place),
            (value, Kind::Open) => self.set(path, &Where::Single, one_cell(value).unwrap_or_default()),
            (value, _) => self.set(path, place, one_cell(value).unwrap_or_default()),
        }
    }

    /// Items that no single cell holds: a row each.
    fn each(&mut self, items: &[Fact], field: Option<&'static Field>, kind: Kind, path: &mut Vec<Step>) {
        for (index, item) in items.iter().enumerate() {
            path.push(Step::Item(index));
            self.fact(item, field, kind, path, &Where::Single);
            path.pop();
        }
    }

    fn figure(&mut self, figure: &Figure, path: &mut Vec<Step>, place: &Where) {
        let text = figure.text();
        let plain = Figure { parts: Record::new(), ..figure.clone() };
        match place {
            Where::Single => {
                let row = self.single(path);
                let apart = plain_figure(&figure.value).unit.is_empty();
                self.plan.singles[row].value =
                    if apart { (figure.value.clone(), figure.unit.clone()) } else { (text, String::new()) };
            }
            Where::Row { .. } if plain_figure(&text) == plain => self.set(path, place, text),
            Where::Row { .. } => {
                self.set(path, place, figure.value.clone());
                path.push(Step::Key("unit".to_owned()));
                self.set(path, place, figure.unit.clone());
                path.pop();
            }
        }
        self.record(&figure.parts, FIGURE, path, place);
    }

    /// The records of a list, on its sheet.
    fn records(&mut self, items: &[Fact], below: &'static [Field], path: &mut Vec<Step>) {
        let pattern: Vec<Step> = path
            .iter()
            .map(|step| if let Step::Item(_) = step { Step::Item(0) } else { step.clone() })
            .collect();
        let Some(list) = self.lists.iter().find(|l| l.path == pattern).cloned() else { return };
        let sheet = self.sheet(&list);
        let filled = items.iter().filter_map(|item| match &item.value {
            Value::Record(record) if says_anything(&item.value) => Some(record),
            _ => None,
        });
        // Numbered as their rows will be read.
        for (index, record) in filled.enumerate() {
            let records = &mut self.plan.lists[sheet];
            let mut row = vec![String::new(); records.parents.len() + records.columns.len()];
            let above = (0..path.len()).filter(|&i| matches!(path[i], Step::Item(_)));
            for (cell, depth) in row.iter_mut().zip(above) {
                if let Step::Item(number) = path[depth] {
                    *cell = (number + 1).to_string();
                }
            }
            records.rows.push(row);
            let number = records.rows.len() - 1;
            let place = Where::Row { sheet, row: number, from: path.len() + 1 };
            path.push(Step::Item(index));
            self.record(record, below, path, &place);
            let records = &self.plan.lists[sheet];
            if records.rows[number][records.parents.len()..].iter().all(String::is_empty)
                && let Some(first) = below.first()
            {
                // A record of nothing but lists has to be seen as one.
                path.push(Step::Key(first.id.to_owned()));
                self.set(path, &place, ELSEWHERE.to_owned());
                path.pop();
            }
            path.pop();
        }
    }

    fn set(&mut self, path: &[Step], place: &Where, words: String) {
        match place {
            Where::Single => {
                let row = self.single(path);
                self.plan.singles[row].value = (words, String::new());
            }
            Where::Row { sheet, row, from } => {
                let column = self.column(*sheet, &path[*from..]);
                let records = &mut self.plan.lists[*sheet];
                let column = records.parents.len() + column;
                records.rows[*row][column] = words;
            }
        }
    }
}

/// Whether a kind is a group of values rather than one.
fn is_group(kind: Kind) -> bool {
    matches!(kind, Kind::Record(_) | Kind::Open | Kind::List(Kind::Record(_)))
}

/// Whether there is anything in a value to write down, a stand-in included.
fn says_anything(value: &Value) -> bool {
    match value {
        Value::Blank(words) => !words.is_empty(),
        Value::List(items) => items.iter().any(|f| says_anything(&f.value)),
        Value::Record(record) => record.values().any(|f| says_anything(&f.value)),
        _ => true,
    }
}

/// A value as a cell holds it, if it is a single one.
fn one_cell(value: &Value) -> Option<String> {
    match value {
        Value::Blank(words) => Some(words.clone()),
        Value::Flag(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        Value::Figure(figure) => {
            let text = figure.text();
            let same = plain_figure(&text) == Figure { parts: Record::new(), ..figure.clone() };
            (same && figure.parts.is_empty()).then_some(text)
        }
        other => other.text(),
    }
}

/// Puts the rows of one group together, in the order in which the groups come first, each under a
/// row that names it.
fn group(plan: &mut Plan, lang: Lang) {
    let key_of = |single: &Single| match single.steps.first() {
        Some(Step::Key(key)) => key.clone(),
        _ => String::new(),
    };
    let mut order: Vec<String> = Vec::new();
    for single in &plan.singles {
        let key = key_of(single);
        if !order.contains(&key) {
            order.push(key);
        }
    }
    let mut rows = std::mem::take(&mut plan.singles);
    for key in order {
        let field = FACTS.iter().find(|f| f.id == key);
        let words = field.map_or("", |f| f.label.in_lang(lang)).to_owned();
        plan.singles.push(Single {
            steps: vec![Step::Key(key.clone())],
            group: true,
            value: (String::new(), String::new()),
            about: About { words, ..About::default() },
        });
        let (own, rest): (Vec<_>, _) = rows.into_iter().partition(|single| key_of(single) == key);
        plan.singles.extend(own);
        rows = rest;
    }
}
