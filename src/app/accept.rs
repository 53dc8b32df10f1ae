//! What can be done about a finding besides mending the text: its words are allowed in the settings, or
//! it is accepted in the baseline. What the file would become is proposed; who asked decides.

use std::path::Path;

use super::baseline::accepting;
use super::files::{Use, read_text};
use super::office::Office;
use super::plan::Plan;
use super::settings::{self, NAME, nearest_from};
use crate::base::{Result, yaml};
use crate::model::Finding;
use crate::model::facts::write::scalar;

/// A file as it would become.
#[derive(Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its name.
    pub name: String,
    /// Its text; `None` if there is no such file yet.
    pub before: Option<String>,
    /// Its text to be.
    pub after: String,
}

/// The settings file of a document with the words of a rule allowed; without one, a new one in
/// `folder`. `None` if the file is written in a way that is not understood here.
///
/// # Errors
/// If it cannot be read.
pub fn allow(
    office: &Office,
    document: &str,
    folder: &str,
    (rule, words): (&str, &str),
) -> Result<Option<Proposed>> {
    let files = &*office.files;
    let real = files.real(document);
    let found = real.parent().and_then(|folder| nearest_from(files, folder)).map(|(_, shown)| shown);
    let name = found.clone().unwrap_or_else(|| Path::new(folder).join(NAME).to_string_lossy().into_owned());
    let before = if found.is_some() { Some(read_text(files, &name, Use::Look)?) } else { None };
    let after = allowing(before.as_deref().unwrap_or_default(), rule, words);
    // The text is put together by hand, to keep comments and order; it counts only if it says so.
    let after = after.filter(|after| settings::allows(after, rule, words));
    Ok(after.map(|after| Proposed { name, before, after }))
}

/// The text of a settings file with one more item under 放行.
fn allowing(source: &str, rule: &str, words: &str) -> Option<String> {
    let item = format!("{{规则: {rule}, 词: {}}}", scalar(words));
    let tree = yaml::parse(source, &|_| false).root?;
    let entries: &[yaml::Entry] = match &tree.value {
        yaml::Value::Map(entries) => entries,
        yaml::Value::Empty => &[],
        _ => return None,
    };
    let Some(entry) = entries.iter().find(|e| e.key == "放行" || e.key == "allow") else {
        let gap = if source.is_empty() || source.ends_with('\n') { "" } else { "\n" };
        return Some(format!("{source}{gap}放行:\n- {item}\n"));
    };
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let start_of = |line: u32| lines.iter().take(line as usize - 1).map(|l| l.len()).sum::<usize>();
    let key = start_of(entry.key_at.line);
    let colon = key + source[key..].find(':')?;
    let behind = source[colon + 1..].trim_start_matches([' ', '\n', '\r']);
    let (at, put) = match &entry.value.value {
        yaml::Value::List(items) if behind.starts_with('[') => {
            let at = source.len() - behind.len() + 1;
            (at, if items.is_empty() { item } else { format!("{item}, ") })
        }
        yaml::Value::List(items) => {
            let first = items.first()?.at.line;
            let line = lines.get(first as usize - 1)?;
            let indent = &line[..line.find('-')?];
            (start_of(first), format!("{indent}- {item}\n"))
        }
        yaml::Value::Empty => (colon + 1, format!(" [{item}]")),
        _ => return None,
    };
    Some(format!("{}{put}{}", &source[..at], &source[at..]))
}

/// The baseline of a document with one more of its findings accepted.
///
/// # Errors
/// If it cannot be read, or has faults.
pub fn accept(office: &Office, plan: &Plan, text: &str, finding: &Finding) -> Result<Proposed> {
    let (files, name) = (&*office.files, plan.baseline.clone());
    let before = if files.is_file(&name) { Some(read_text(files, &name, Use::Look)?) } else { None };
    let after = accepting((&name, before.as_deref()), plan, (text, finding), office.lang)?;
    Ok(Proposed { name, before, after })
}

#[cfg(test)]
mod tests {
    use super::{allowing, settings};

    #[test]
    fn words_are_allowed_in_whatever_style_the_file_is_written() {
        for source in [
            "",
            "本地: 云岭县 # 注",
            "放行: []\n",
            "放行:\n规则: {placeholder: 警告}\n",
            "放行: [某某大道, {规则: placeholder, 词: 某某}] # 注\n本地: 云岭县\n",
            "放行:\n  # 路名\n  - 某某大道\n  - {规则: placeholder, 词: 某某}\n本地: 云岭县\n",
            "allow:\n- 某某大道\n",
        ] {
            let after = allowing(source, "placeholder", "***: x").unwrap();
            assert!(settings::allows(&after, "placeholder", "***: x"), "{after}");
            assert!(!settings::allows(&after, "level-word", "***: x"), "{after}");
        }
        assert_eq!(allowing("放行: 某某大道\n", "placeholder", "x"), None);
    }
}
