//! What a sheet holds, by its headings and its name.

use super::Gather;
use crate::base::{Problem, Text, nearest::nearest};
use crate::model::facts::table::{Field, Kind, called};
use crate::office::book::{Sheet, Spot};
use crate::sheet::heading::{heading, squeezed};
use crate::sheet::key::{self, List, Step, Target};
use crate::sheet::{CONTENT, ITEM, SINGLE, UNIT};
use crate::text;

/// Rows in which the headings are looked for.
const HEAD: usize = 20;

/// What a sheet holds.
pub(super) enum What {
    /// Single values.
    Singles(Singles),
    /// Records.
    Records(Records),
    /// It should hold records and has no headings, which was told.
    Unheaded,
}

/// A sheet of single values: the row of its headings, the columns of 项目, 内容 and 单位, and the
/// group that its keys may leave out.
pub(super) struct Singles {
    head: u32,
    pub item: u32,
    pub content: u32,
    pub unit: Option<u32>,
    pub base: Option<Target>,
}

/// A sheet of records: the row of its headings, where its records go, and what they are.
pub(super) struct Records {
    head: u32,
    pub path: Vec<Step>,
    pub kind: Kind,
    /// Whether they make a list; otherwise there is one, on a row of its own.
    pub many: bool,
}

impl What {
    /// How deep its facts lie: a sheet is read after those that it may refer to.
    pub fn depth(&self) -> usize {
        match self {
            // Last, so that a path such as 任务[2].内容 finds the records of the sheet.
            Self::Singles(_) | Self::Unheaded => usize::MAX,
            Self::Records(records) => records.path.len(),
        }
    }

    /// The row of its headings.
    pub const fn head(&self) -> Option<u32> {
        match self {
            Self::Singles(singles) => Some(singles.head),
            Self::Records(records) => Some(records.head),
            Self::Unheaded => None,
        }
    }
}

/// What a name of a sheet says: the list whose records it holds, or the one record.
struct Named {
    list: Option<List>,
    record: Option<Target>,
}

impl Named {
    fn by(name: &str) -> Self {
        let record = key::resolve(name, None).ok().filter(|t| matches!(t.kind, Kind::Record(_)));
        Self { list: key::list(name), record }
    }

    const fn is_nothing(&self) -> bool {
        self.list.is_none() && self.record.is_none()
    }

    fn fields(&self) -> Option<&'static [Field]> {
        self.list.as_ref().map(|l| l.fields).or(self.record.as_ref().map(|r| r.kind.fields()))
    }

    /// How many headings of a row its records know; 任务名称 is 名称 on the sheet 任务.
    fn known(&self, sheet: &Sheet, row: u32) -> usize {
        let fields = self.fields().unwrap_or_default();
        let own = self.list.as_ref().map_or("", |l| l.name.rsplit('.').next().unwrap_or_default());
        let is_known = |words: &str| {
            let (bare, _) = heading(words);
            let first = bare.split(['.', '．']).next().unwrap_or_default();
            let known = |key: &str| called(fields, key).is_some();
            known(first) || first.strip_prefix(own).is_some_and(known)
        };
        sheet.row(row).filter(|(_, cell)| is_known(cell.text())).count()
    }

    fn records(self, head: u32) -> Option<Records> {
        match self {
            Self { list: Some(list), .. } => {
                Some(Records { head, path: list.path, kind: Kind::Record(list.fields), many: true })
            }
            Self { record: Some(target), .. } => {
                Some(Records { head, path: target.steps, kind: target.kind, many: false })
            }
            Self { list: None, record: None } => None,
        }
    }
}

impl Gather {
    /// What a sheet holds; `None` where neither its name nor its headings say. Where it is `alone`,
    /// the name of the file may.
    pub(super) fn what(&mut self, number: usize, sheet: &Sheet, alone: bool, stem: &str) -> Option<What> {
        let mut named = Named::by(&squeezed(&sheet.name));
        if alone && named.is_nothing() {
            named = Named::by(&squeezed(stem));
        }
        let rows: Vec<u32> = sheet.rows().into_iter().take(HEAD).collect();
        if named.list.is_none() {
            for &head in &rows {
                let find = |word: &str| sheet.row(head).find(|(_, c)| heading(c.text()).0 == word);
                if let (Some((item, _)), Some((content, _))) = (find(ITEM), find(CONTENT)) {
                    let unit = find(UNIT).map(|(column, _)| column);
                    return Some(What::Singles(Singles { head, item, content, unit, base: named.record }));
                }
            }
        }
        let fields = named.fields()?;
        let head = rows.iter().copied().find(|&row| named.known(sheet, row) >= 2);
        let head = head.or_else(|| rows.iter().copied().find(|&row| named.known(sheet, row) == 1));
        let Some(head) = head else {
            let keys: Vec<_> = fields.iter().map(|f| f.key).collect();
            let keys = keys.join("、");
            let row = rows.first().copied().unwrap_or(1);
            self.problem(
                Spot { sheet: number, row, column: 1 },
                Problem::new(Text::fixed("找不到表头", "no row of headings was found")).help(text!(
                    "表头一行写：{keys}；每行一条",
                    "one row with the headings {keys}, then a row for each record"
                )),
            );
            return Some(What::Unheaded);
        };
        named.records(head).map(What::Records)
    }

    /// Tells of a sheet that is for nothing known.
    pub(super) fn unknown_sheet(&mut self, number: usize, sheet: &Sheet) {
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
        let spot = Spot { sheet: number, row, column: 1 };
        let problem = Problem::new(what).help(help);
        // In a workbook of many sheets it may be meant for something else; alone it is the facts.
        if self.names.len() > 1 {
            self.note(spot, problem);
        } else {
            self.problem(spot, problem);
        }
    }
}
