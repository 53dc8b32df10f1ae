//! What goes out with the file (随文件带出的内容): names in tracked changes, comments and properties, hidden text,
//! paths of somebody's disk. Whoever is sent a .docx is sent these.
//!
//! Names are told by their first sign, as numbers are by a few of theirs. What programs and machines put where a
//! name should stand is nobody's, and the program's own comments are taken out by its next pass.

use std::ops::Range;

use super::Hit;
use crate::base::lexicon::sensitive as lexicon;
use crate::base::{Text, fold::Folded};
use crate::model::{Carried, CarriedKind, Manuscript, Severity};
use crate::text;

/// Names that are told.
const TOLD: usize = 3;

/// What a file carries, a finding a kind.
pub(super) fn find(manuscript: &Manuscript, folded: &Folded<'_>) -> Vec<Hit> {
    let mut kinds: Vec<CarriedKind> = manuscript.carried().iter().map(|c| c.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let hit = |kind| {
        let of_kind = manuscript.carried().iter().filter(|c| c.kind == kind);
        let (message, help, severity) = told(&merged(of_kind)?)?;
        let at = manuscript.carried().iter().filter(|c| c.kind == kind).find_map(|c| c.at.clone());
        let range = spot(manuscript, folded, at)?;
        Some(Hit { range, message, help, private: false, severity })
    };
    kinds.into_iter().filter_map(hit).collect()
}

/// Several of one kind as one.
fn merged<'c>(all: impl Iterator<Item = &'c Carried>) -> Option<Carried> {
    all.cloned().reduce(|mut sum, more| {
        sum.names.extend(more.names);
        sum.count += more.count;
        sum
    })
}

/// The first words of the place, or of the text, in bytes of the folded text.
fn spot(manuscript: &Manuscript, folded: &Folded<'_>, at: Option<Range<usize>>) -> Option<Range<usize>> {
    const WORDS: usize = 12;
    let text = manuscript.text();
    let said = |range: &Range<usize>| text.get(range.clone()).is_some_and(|t| !t.trim().is_empty());
    let shown = |range: &Range<usize>| said(range) && manuscript.mask(range.start).is_none();
    let blocks = || manuscript.blocks().iter().map(|b| b.range.clone());
    let beginning = || blocks().find(shown).or_else(|| blocks().find(said));
    let range = at.filter(said).or_else(beginning)?;
    let start = folded.forward(range.start);
    let words = folded.text().get(start..folded.forward(range.end))?;
    let lead = words.len() - words.trim_start().len();
    let words = words.trim().split('\n').next()?;
    let end = words.char_indices().nth(WORDS).map_or(words.len(), |(at, _)| at);
    (end > 0).then_some(start + lead..start + lead + end)
}

/// A name of which the first sign is left.
fn veiled(name: &str) -> String {
    let mut signs = name.chars();
    let first: String = signs.next().into_iter().collect();
    first + &"*".repeat(signs.count().clamp(1, 3))
}

/// Whether programs and machines are named so.
fn is_nobody(name: &str) -> bool {
    let name = name.trim().to_lowercase().replace('_', " ");
    let begun = lexicon::NOBODY_BEGINS.iter().filter_map(|begin| name.strip_prefix(begin));
    let numbered = begun.into_iter().any(|rest| rest.chars().any(|c| c.is_ascii_digit()));
    numbered || lexicon::NOBODY.contains(&name.as_str())
}

/// Names as they are told; `None` if nobody is named.
fn names(all: &[String]) -> Option<Text> {
    let mut somebody: Vec<&String> = all.iter().filter(|name| !is_nobody(name)).collect();
    somebody.dedup();
    let veiled: Vec<String> = somebody.iter().take(TOLD).map(|name| veiled(name)).collect();
    let more = somebody.len() > TOLD;
    let (zh, en) = (veiled.join("、"), veiled.join(", "));
    let (zh, en) = if more { (zh + "等", en + " and others") } else { (zh, en) };
    (!somebody.is_empty()).then(|| Text::new(zh, en))
}

/// A path without what comes after its drive or its server: a folder is often named for somebody.
fn shortened(path: &str) -> String {
    let path = path.trim_start_matches("file:").replace('\\', "/");
    let first = path.split('/').find(|step| !step.is_empty()).unwrap_or_default();
    [first, "\\…"].concat()
}

/// What is said of one kind, what to do, and how grave it is.
type Told = (Text, Text, Severity);

/// What is said of one kind; `None` if it tells nobody's name, or is gone by the next pass.
fn told(carried: &Carried) -> Option<Told> {
    let count = carried.count;
    match carried.kind {
        CarriedKind::Changes | CarriedKind::Comments => Some(signed(carried)),
        CarriedKind::OwnChanges => Some((
            text!("有{count}处本程序（文稿 wengao）留下的修订", "tracked changes by this program: {count}"),
            Text::fixed("看过后接受或拒绝", "look them over and accept or reject them"),
            Severity::Info,
        )),
        CarriedKind::Hidden => Some((
            text!("有{count}段里有隐藏文字", "paragraphs with hidden text: {count}"),
            Text::fixed(
                "打印时看不见，谁打开文件都能调出来：不要的删去，要的取消“隐藏”",
                "it is not printed, and whoever opens the file can show it: delete it, or do not hide it",
            ),
            Severity::Warning,
        )),
        CarriedKind::Paths => {
            let path = shortened(carried.names.first()?);
            let message = text!(
                "有{count}处链接、图片或模板指向本机路径（{path}）",
                "links, pictures or templates that lead to a path of somebody's disk: {count} ({path})"
            );
            let help = Text::fixed(
                "路径里常有人名、单位名，别人那里也打不开：改成嵌入，或删去链接",
                "such a path often names people and leads nowhere elsewhere: embed what it means, or delete the link",
            );
            Some((message, help, Severity::Warning))
        }
        CarriedKind::Authors | CarriedKind::Companies | CarriedKind::Account => in_properties(carried),
        _ => None,
    }
}

/// Tracked changes and comments, and whose they are.
fn signed(carried: &Carried) -> Told {
    let count = carried.count;
    let (zh, en) = match names(&carried.names) {
        Some(by) => (format!("，署名{}", by.zh), format!(", signed {}", by.en)),
        None => (String::new(), String::new()),
    };
    let (message, help) = if carried.kind == CarriedKind::Changes {
        (
            text!("有{count}处没有定下来的修订{zh}", "tracked changes that are undecided: {count}{en}"),
            Text::fixed(
                "改前的字句和改的人都随文件出去：发出前接受或拒绝全部修订",
                "what stood there and who changed it goes out with the file: accept or reject them all",
            ),
        )
    } else {
        (
            text!("有{count}条批注没有删去{zh}", "comments that are left: {count}{en}"),
            Text::fixed(
                "批注和写批注的人都随文件出去：发出前删去",
                "they go out with the file, and so does who wrote them: delete them",
            ),
        )
    };
    (message, help, Severity::Warning)
}

/// What the properties of the file tell.
fn in_properties(carried: &Carried) -> Option<Told> {
    let help = Text::fixed(
        "发出前删去：Word 用“文件—信息—检查文档”，WPS 在文件的“属性”里改",
        "delete it before the file goes out: by “Inspect Document” in Word, in the file's properties in WPS",
    );
    // WPS puts an account into most files; nobody can read a name in it.
    if carried.kind == CarriedKind::Account {
        let message = Text::fixed(
            "文件属性里留着 WPS 账号的编号",
            "the properties of the file hold the number of an account with WPS",
        );
        return Some((message, help, Severity::Info));
    }
    let Text { zh, en } = names(&carried.names)?;
    let message = if carried.kind == CarriedKind::Authors {
        text!(
            "文件属性里留着作者或最后保存者的名字（{zh}）",
            "the properties of the file name its author or who last saved it ({en})"
        )
    } else {
        text!(
            "文件属性里留着单位或经理的名字（{zh}）",
            "the properties of the file name a company or a manager ({en})"
        )
    };
    Some((message, help, Severity::Warning))
}

#[cfg(test)]
mod tests {
    use super::{is_nobody, shortened, veiled};

    #[test]
    fn a_name_is_told_by_its_first_sign() {
        assert_eq!(["林知远", "Lin", "林"].map(veiled), ["林**", "L**", "林*"]);
    }

    #[test]
    fn what_programs_write_for_a_name_is_nobody() {
        for name in ["python-docx", "Administrator", "微软用户", "WPS_1506432", "DESKTOP-4K2", "Windows 用户"]
        {
            assert!(is_nobody(name), "{name}");
        }
        for name in ["林知远", "lzy", "云溪县政府办", "wps 林"] {
            assert!(!is_nobody(name), "{name}");
        }
    }

    #[test]
    fn of_a_path_no_more_is_told_than_its_drive() {
        assert_eq!(shortened("file:///C:/Users/lin/a.docx"), "C:\\…");
        assert_eq!(shortened("D:\\lin\\a.docx"), "D:\\…");
        assert_eq!(shortened("\\\\fileserver\\share\\lin\\a.dotx"), "fileserver\\…");
    }
}
