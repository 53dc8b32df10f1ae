//! Keys in cells: `会议.名称`, `任务[2].内容[1]`, `补充."3.5版"`.
//!
//! Dots part the keys, items of a list count from 1, as [`path::in_chinese`] shows them. Keys may be
//! Chinese or ids. Below 补充, where people name keys themselves, one that holds a sign of the path
//! is put in quotes, a quote inside written twice.
//!
//! [`path::in_chinese`]: crate::model::facts::path::in_chinese

use crate::model::facts::table::{FACTS, FIGURE, Field, Kind, called};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A key: the id of the table, or a key of one's own.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

/// Where a path leads.
#[derive(Debug, Clone)]
pub struct Target {
    /// The steps, keys as ids.
    pub steps: Vec<Step>,
    /// The last row of the table on the way.
    pub field: &'static Field,
    /// What may stand there.
    pub kind: Kind,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Astray {
    /// No such key.
    Unknown,
    /// A list that has several records; the path must tell which. Holds the list's key.
    WhichItem(&'static str),
}

/// Where the path in `words` leads, from the top of the facts or from below `base`.
///
/// # Errors
/// If it leads nowhere.
pub fn resolve(words: &str, base: Option<&Target>) -> Result<Target, Astray> {
    let written = parse(words).ok_or(Astray::Unknown)?;
    let mut steps = base.map_or(Vec::new(), |b| b.steps.clone());
    let mut field: Option<&'static Field> = base.map(|b| b.field);
    let mut kind = base.map_or(Kind::Record(FACTS), |b| b.kind);
    for step in written {
        match (step, kind) {
            (Step::Key(key), Kind::Open) => steps.push(Step::Key(key)),
            (Step::Item(index), Kind::Open) => steps.push(Step::Item(index)),
            (Step::Item(index), Kind::List(item)) => {
                steps.push(Step::Item(index));
                kind = *item;
            }
            (Step::Key(_), Kind::List(item)) if !item.fields().is_empty() => {
                return Err(Astray::WhichItem(field.map_or("", |f| f.key)));
            }
            (Step::Key(key), Kind::Record(_) | Kind::Figure) => {
                let squeezed: String = key.chars().filter(|c| !c.is_whitespace()).collect();
                let found = called(kind.fields(), &squeezed).ok_or(Astray::Unknown)?;
                steps.push(Step::Key(found.id.to_owned()));
                (field, kind) = (Some(found), found.kind);
            }
            _ => return Err(Astray::Unknown),
        }
    }
    field.filter(|_| !steps.is_empty()).map(|field| Target { steps, field, kind }).ok_or(Astray::Unknown)
}

/// The steps as written, ids not yet looked up; `None` for what is no path.
fn parse(words: &str) -> Option<Vec<Step>> {
    /// Steps of a path at most, about as many as YAML may nest: each takes a level of the stack when
    /// the facts are put together.
    const DEEPEST: usize = 64;
    let mut steps = Vec::new();
    let mut chars = words.trim().chars().peekable();
    loop {
        let mut key = String::new();
        if chars.peek() == Some(&'"') {
            chars.next();
            loop {
                match chars.next()? {
                    '"' if chars.peek() == Some(&'"') => key.extend(chars.next()),
                    '"' => break,
                    c => key.push(c),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|c| !matches!(c, '.' | '．' | '[' | '［')) {
                key.push(c);
            }
            key = key.trim().to_owned();
        }
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key));
        loop {
            if steps.len() > DEEPEST {
                return None;
            }
            match chars.next() {
                None => return Some(steps),
                Some('.' | '．') => break,
                Some('[' | '［') => {
                    let mut digits = String::new();
                    while let Some(c) = chars.next_if(char::is_ascii_digit) {
                        digits.push(c);
                    }
                    let number: usize = digits.parse().ok()?;
                    chars.next_if(|c| matches!(c, ']' | '］'))?;
                    steps.push(Step::Item(number.checked_sub(1)?));
                }
                Some(_) => return None,
            }
        }
    }
}

/// The path in Chinese keys, as [`resolve`] reads it.
pub fn shown(steps: &[Step]) -> String {
    let mut out = String::new();
    let mut fields: &[Field] = FACTS;
    let mut own = false;
    for step in steps {
        match step {
            Step::Item(index) => out.push_str(&format!("[{}]", index + 1)),
            Step::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                let field = fields.iter().find(|f| f.id == key).filter(|_| !own);
                match field {
                    Some(field) => out.push_str(field.key),
                    None => out.push_str(&quoted(key)),
                }
                own |= field.is_none_or(|f| matches!(f.kind, Kind::Open));
                fields = field.map_or(&[], |f| f.kind.fields());
            }
        }
    }
    out
}

/// A key of one's own, in quotes where something in it would be read as a sign.
fn quoted(key: &str) -> String {
    let plain = key.trim() == key
        && !key.is_empty()
        && !key.contains(['.', '．', '[', ']', '［', '］', '"', '*', '＊', '\n']);
    if plain { key.to_owned() } else { format!("\"{}\"", key.replace('"', "\"\"")) }
}

/// Every path of the table to a single value or a list of words, in Chinese keys, lists of records
/// left out: for suggestions.
pub fn all() -> Vec<String> {
    fn walk(at: &str, fields: &'static [Field], out: &mut Vec<String>) {
        for field in fields {
            let path = if at.is_empty() { field.key.to_owned() } else { format!("{at}.{}", field.key) };
            match field.kind {
                Kind::Record(below) => walk(&path, below, out),
                Kind::List(item) if !item.fields().is_empty() && !std::ptr::eq(item.fields(), FIGURE) => {}
                Kind::Open => {}
                _ => out.push(path),
            }
        }
    }
    let mut out = Vec::new();
    walk("", FACTS, &mut out);
    out
}

/// Every list of records of the table with its path of ids and the sheet that holds it.
pub fn lists() -> Vec<List> {
    fn walk(at: &[Step], fields: &'static [Field], out: &mut Vec<List>) {
        for field in fields {
            let mut path = at.to_vec();
            path.push(Step::Key(field.id.to_owned()));
            match field.kind {
                Kind::Record(below) => walk(&path, below, out),
                Kind::List(Kind::Record(below)) => {
                    let name = out_name(&path);
                    out.push(List { path: path.clone(), name, fields: below });
                    path.push(Step::Item(0));
                    walk(&path, below, out);
                }
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(&[], FACTS, &mut out);
    out
}

/// The list with this name, or with this path in Chinese keys or ids.
pub fn list(words: &str) -> Option<List> {
    let path = resolve(words, None).ok().map(|target| target.steps);
    lists().into_iter().find(|list| list.name == words || path.as_ref() == Some(&list.path))
}

/// A list of records, which has a sheet of its own.
#[derive(Debug, Clone)]
pub struct List {
    /// The path of ids; lists above it with item 0.
    pub path: Vec<Step>,
    /// The name of its sheet: `工作.意义`.
    pub name: String,
    /// The fields of its records.
    pub fields: &'static [Field],
}

/// The path of ids without the items: `meeting.agenda`.
pub fn ids(path: &[Step]) -> String {
    let keys = path.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Item(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// The path without the items, as the name of a sheet.
pub fn out_name(path: &[Step]) -> String {
    shown(path).replace("[1]", "")
}

#[cfg(test)]
mod tests {
    use super::{Astray, Step, lists, resolve, shown};

    #[test]
    fn paths_lead_where_they_say_and_are_shown_the_same_way() {
        for (words, seen) in [
            ("会议.名称", "会议.名称"),
            (" meeting . name ", "会议.名称"),
            ("任务［2］．内容[1]", "任务[2].内容[1]"),
            ("工作.资金.来源", "工作.资金.来源"),
            ("补充.\"3.5版\".清单[2]", "补充.\"3.5版\".清单[2]"),
            ("补充.\"说\"\"好\"\"\"", "补充.\"说\"\"好\"\"\""),
        ] {
            assert_eq!(shown(&resolve(words, None).unwrap().steps), seen, "{words}");
        }
        assert_eq!(resolve("会仪.名称", None).unwrap_err(), Astray::Unknown);
        assert_eq!(resolve("任务.名称", None).unwrap_err(), Astray::WhichItem("任务"));
        assert_eq!(resolve("任务[0].名称", None).unwrap_err(), Astray::Unknown);
        assert_eq!(resolve("", None).unwrap_err(), Astray::Unknown);
        let deep = |levels: usize| format!("补充.甲{}", "[1]".repeat(levels));
        assert!(resolve(&deep(50), None).is_ok());
        assert_eq!(resolve(&deep(100_000), None).unwrap_err(), Astray::Unknown);
        assert_eq!(resolve("任务[2]", None).unwrap().steps[1], Step::Item(1));
    }

    #[test]
    fn every_list_of_records_can_be_a_sheet_of_its_own() {
        let mut names: Vec<_> = lists().into_iter().map(|l| l.name).collect();
        assert!(names.contains(&"工作.意义".to_owned()));
        for name in &names {
            // Excel's limits on the name of a sheet.
            assert!(name.encode_utf16().count() <= 31, "{name}");
            assert!(!name.contains(['/', '\\', '?', '*', '[', ']', ':', '\'']), "{name}");
            assert!(![super::super::SINGLE, super::super::GUIDE].contains(&name.as_str()), "{name}");
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
