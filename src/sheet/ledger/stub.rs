//! What is said of tables that were seen: how one was read, what is asked of one that is not clear, and
//! the mapping that answers it (映射.yaml 的底稿).

use super::columns::Column;
use super::grid::Grid;
use super::heads::LISTS;
use super::kind::{Doubt, Plan, Verdict};
use super::regions::Region;
use super::rows::Found;
use crate::base::{Lang, Problem, Text, place::column_name};
use crate::model::facts::write::scalar;
use crate::sheet::key::{self, List};
use crate::text;

/// A table as it was seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The name of its sheet.
    pub sheet: String,
    /// Its number on the sheet, from 0.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Whether any of its heads is known.
    pub is_sure: bool,
    /// The list that it is read into, if that is known.
    pub list: Option<String>,
    /// The lists that it may be.
    pub likely: Vec<String>,
    /// Its heads, each with the field that it is read into.
    pub heads: Vec<(String, Option<String>)>,
}

impl Seen {
    pub(super) fn new(
        sheet: &str,
        number: usize,
        region: &Region,
        columns: &[Column],
        verdict: &Verdict,
    ) -> Self {
        let (list, likely) = match verdict {
            Verdict::Known(plan) => (Some(plan.list.name.clone()), Vec::new()),
            Verdict::Doubtful(lists) => (None, lists.iter().map(|l| l.name.clone()).collect()),
            Verdict::Strange | Verdict::Left => (None, Vec::new()),
        };
        let field = |column: &Column| match verdict {
            Verdict::Known(plan) => {
                plan.fields.iter().find(|f| f.column == column.column).map(|f| f.field.key)
            }
            _ => None,
        };
        let heads = columns.iter().filter(|c| !c.head.parts.is_empty());
        Self {
            sheet: sheet.trim().to_owned(),
            number,
            title: region.titles.first().cloned().unwrap_or_default(),
            is_sure: region.is_sure,
            list,
            likely,
            heads: heads.map(|c| (c.head.shown(), field(c).map(str::to_owned))).collect(),
        }
    }
}

fn heads(columns: &[Column]) -> String {
    let all = columns.iter().filter(|c| !c.head.parts.is_empty()).map(|c| c.head.shown());
    all.collect::<Vec<_>>().join("、")
}

/// What is said of a table of which nobody knows what it is.
pub(super) fn strange(region: &Region, columns: &[Column]) -> Problem {
    let (heads, rows) = (heads(columns), region.rows.len());
    Problem::new(text!(
        "看不出这张表是哪一类事实，没有读；表头：{heads}；{rows}行",
        "cannot tell what facts this table holds; it was not read. Its heads: {heads}; {rows} rows"
    ))
    .help(MAP)
}

/// What is asked of a table that may be one thing or another.
pub(super) fn doubtful(region: &Region, columns: &[Column], lists: &[List]) -> Problem {
    let (heads, rows) = (heads(columns), region.rows.len());
    let names: Vec<String> = lists.iter().map(|l| format!("“{}”", l.name)).collect();
    let (zh, en) = (names.join("还是"), names.join(" or "));
    let what = if lists.len() > 1 {
        Text::new(
            format!("这张表是{zh}，看不准，没有读；表头：{heads}；{rows}行"),
            format!("this table may be {en}; it was not read. Its heads: {heads}; {rows} rows"),
        )
    } else {
        Text::new(
            format!("按{zh}读，找不到写名称的一列，没有读；表头：{heads}；{rows}行"),
            format!(
                "read as {en}, no column holds the names; it was not read. Its heads: {heads}; {rows} rows"
            ),
        )
    };
    Problem::new(what).help(MAP)
}

const MAP: Text = Text::fixed(
    "在表旁边的 映射.yaml 里写明；底稿用 wengao facts import … --mapping-stub 映射.yaml 写出",
    "say so in a 映射.yaml beside it; `wengao facts import … --mapping-stub 映射.yaml` writes one to fill in",
);

/// What is said of two columns of which cannot be told which is meant.
pub(super) fn doubt(doubt: &Doubt) -> Problem {
    let (key, [one, other]) = (doubt.field.key, &doubt.heads);
    Problem::new(text!(
        "“{key}”是“{one}”还是“{other}”，看不准，两列都没有读",
        "whether “{key}” is “{one}” or “{other}” cannot be told; neither was read"
    ))
    .help(MAP)
}

/// What is said of a table that was read.
pub(super) fn told(
    grid: &Grid<'_>,
    region: &Region,
    plan: &Plan,
    columns: &[Column],
    found: &Found,
) -> Problem {
    let (list, count) = (&plan.list.name, found.records.len());
    let read: Vec<String> = plan.fields.iter().map(|f| format!("{}←{}", f.field.key, f.head)).collect();
    let read = read.join("，");
    let is_left = |c: &&Column| {
        !plan.fields.iter().any(|f| f.column == c.column)
            && plan.number != Some(c.column)
            && plan.measure != Some(c.column)
            && !c.head.parts.is_empty()
    };
    let left: Vec<String> = columns.iter().filter(is_left).map(|c| c.head.shown()).collect();
    let is_strange = |c: &&Column| is_left(c) && c.head.last().is_some_and(|own| own.senses().is_none());
    let strange = columns.iter().find(is_strange).map(|c| c.head.shown());
    let mut zh = format!("按“{list}”读了{count}条：{read}");
    let mut en = format!("{count} read as {list}: {read}");
    if !left.is_empty() {
        let left = left.join("、");
        zh.push_str(&format!("；没有读的列：{left}"));
        en.push_str(&format!("; columns that were not read: {left}"));
    }
    if !found.passed.is_empty() && !region.is_turned {
        let rows = ranges(&found.passed);
        zh.push_str(&format!("；合计、小标题和附注不算记录：第{rows}行"));
        en.push_str(&format!("; sums, sections and remarks are no records: rows {rows}"));
    }
    if region.is_turned {
        zh.push_str("；表是横着排的，一列一条");
        en.push_str("; the table lies on its side, a column for each");
    } else {
        told_of_hidden(grid, region, columns, [&mut zh, &mut en]);
    }
    let problem = Problem::new(Text::new(zh, en));
    match strange.and_then(|head| what_to_write(plan, &head)) {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// Tells of hidden rows and columns.
fn told_of_hidden(grid: &Grid<'_>, region: &Region, columns: &[Column], [zh, en]: [&mut String; 2]) {
    let sheet = grid.sheet();
    let (first, last) = (region.heads[0], region.rows.last().copied().unwrap_or(0));
    let held: Vec<u32> = sheet.rows();
    let hidden: Vec<u32> =
        held.into_iter().filter(|r| (first..=last).contains(r) && sheet.hidden_rows.contains(r)).collect();
    if !hidden.is_empty() {
        let rows = ranges(&hidden);
        zh.push_str(&format!("；隐藏的行没有读：第{rows}行"));
        en.push_str(&format!("; hidden rows were not read: rows {rows}"));
    }
    let (from, to) = (columns.first().map_or(0, |c| c.column), columns.last().map_or(0, |c| c.column));
    let filled = |column: &u32| region.heads.iter().any(|row| sheet.cell(*row, *column).is_some());
    let hidden: Vec<String> =
        (from..=to).filter(|c| sheet.hides_column(*c)).filter(filled).map(column_name).collect();
    if !hidden.is_empty() {
        let columns = hidden.join("、");
        zh.push_str(&format!("；隐藏的列没有读：{columns}列"));
        en.push_str(&format!("; hidden columns were not read: {columns}"));
    }
}

/// What a mapping would say of a head that nobody knows; `None` where the table has all that its list takes.
fn what_to_write(plan: &Plan, head: &str) -> Option<Text> {
    let (_, heads) = LISTS.iter().find(|(list, _)| *list == plan.id)?;
    let takes = |id: &str| heads.iter().any(|(field, _)| field.replace(' ', "_") == id);
    let free = plan.list.fields.iter().filter(|field| plan.of(field.id).is_none() && takes(field.id));
    let keys: Vec<&str> = free.map(|field| field.key).collect();
    let (list, head, first) = (&plan.list.name, scalar(head), keys.first()?);
    let keys = keys.join("、");
    Some(text!(
        "有要读的列，就在表旁边的 映射.yaml 的“表头:”下面写它是哪个键，如“{head}: {list}.{first}”；还空着的键：{keys}",
        "for a column that is to be read, write its key under 表头: in a 映射.yaml beside the table, such as `{head}: {list}.{first}`; keys without a column: {keys}"
    ))
}

/// Numbers of rows, those that follow each other as one: 5、9—11.
fn ranges(rows: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match parts.last_mut() {
            Some((_, to)) if *to + 1 == row => *to = row,
            _ => parts.push((row, row)),
        }
    }
    let said =
        parts.iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}—{to}") });
    said.collect::<Vec<_>>().join("、")
}

/// A mapping to fill in: every table that was seen with its heads, and what is known of them already.
#[must_use]
pub fn stub(seen: &[Seen], lang: Lang) -> String {
    let lists: Vec<String> = key::lists().into_iter().map(|l| l.name).collect();
    let lists = lists.join(lang.either("、", ", "));
    let mut out = text!(
        "# 映射：台账里的表和表头各是什么。空着的由程序判断；不要读的写“不读”。\n# 类可用：{lists}\n# 表头写那一类里的键，如 完成时限；同一张工作表上的第二张表写作 表名#2。\n",
        "# What the tables and heads of ledgers are. Left empty, the program decides; 不读 is what is to be left.\n# Lists: {lists}\n# A head is given a key of its list, such as 完成时限; the second table of a sheet is NAME#2.\n"
    )
    .in_lang(lang)
    .to_owned();
    out.push_str("表:\n");
    for table in seen {
        let several = seen.iter().filter(|s| s.sheet == table.sheet).count() > 1;
        let name =
            if several { format!("{}#{}", table.sheet, table.number + 1) } else { table.sheet.clone() };
        if !table.title.is_empty() {
            out.push_str(&format!("  # {}\n", table.title));
        }
        out.push_str(&format!("  {}:\n", scalar(&name)));
        out.push_str(&format!("    类:{}", table.list.as_ref().map_or(String::new(), |l| format!(" {l}"))));
        if !table.likely.is_empty() {
            let likely = table.likely.join(lang.either("、", ", "));
            out.push_str(text!("  # 可能是 {likely}", "  # perhaps {likely}").in_lang(lang));
        }
        out.push_str("\n    表头:\n");
        for (head, field) in &table.heads {
            let field = field.as_ref().map_or(String::new(), |f| format!(" {f}"));
            out.push_str(&format!("      {}:{field}\n", scalar(head)));
        }
    }
    out
}
