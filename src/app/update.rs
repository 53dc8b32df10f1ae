//! `wengao draft --update FILE`: a document that the writer went on with, brought up to date.
//!
//! Whenever a draft is written, a copy is kept in the folder `.wengao` beside it (底稿). When facts
//! or skeleton change, what changed between that copy and the new draft is put into the writer's
//! file, where her own changes stay; what both changed she is shown and must decide. All three texts
//! are compared as the readers read them, so any format that can be read and fixed will do. Her file
//! as it was is kept beside it as .bak.
//!
//! A .docx or an .odt keeps its formats, since only words within paragraphs are changed. Where paragraphs come
//! or go, its comments say so.

use std::ops::Range;

use super::files::{Files, Over, Use, written};
use super::kept::Room;
use super::office::{Listener, Office};
use crate::base::merge::{Conflict, Merged, Update, merge};
use crate::base::{Place, Problem, Result, Text};
use crate::model::Manuscript;
use crate::office::{Comment, Container};
use crate::read::read;
use crate::text;
use crate::write::fix::{Change, can_put, fix};

/// How the name of the file ends that keeps by which name a draft chose its phrases.
const NAME: &str = ".name";

/// The name by which a document's phrases were chosen when it was drafted. A meeting that is renamed
/// must not get other phrases all over.
pub(super) fn name_of(office: &Office, path: &str) -> Option<String> {
    let bytes = office.files.read(&Room::of(office, path).ok()?.beside(NAME), Use::Look).ok()?;
    String::from_utf8(bytes).ok()
}

/// Keeps a copy of a document that is drafted, and its name.
fn keep(files: &dyn Files, room: &Room, bytes: &[u8], name: &str) -> Result<()> {
    room.make(files)?;
    files.write(&room.beside(NAME), name.as_bytes(), Over::Own)?;
    files.write(&room.copy(), bytes, Over::Own).map(drop)
}

/// Whether the document at `path` is as it was drafted; `None` if there is no document, or no copy
/// of it as it was drafted to tell by.
fn is_as_drafted(files: &dyn Files, path: &str, room: &Room) -> Option<bool> {
    let copy = room.copy();
    if !(files.is_file(path) && files.is_file(&copy)) {
        return None;
    }
    Some(files.read(path, Use::Look).ok()? == files.read(&copy, Use::Look).ok()?)
}

/// Whether a new draft may take the place of what is at `path`. A draft that is there already is
/// better brought up to date than written anew, so that is named first.
///
/// # Errors
/// If something is there and `force` is off, or it may not be written in any case.
pub(super) fn may_replace(office: &Office, path: &str, force: bool) -> Result<()> {
    if path == "-" {
        return Ok(());
    }
    let files = &*office.files;
    // What no force overrides is told first.
    files.may_write(path, Over::Others)?;
    let Some(same) = is_as_drafted(files, path, &Room::of(office, path)?).filter(|_| !force) else {
        return files.may_write(path, over(force));
    };
    let (what, help) = if same {
        (
            text!("{path} 已经起草过，没有覆盖", "{path} was drafted before; it was not overwritten"),
            text!(
                "事实或模板变了，用 --update {path} 代替 --output；要重新写，加 --force",
                "to follow changed facts, pass --update {path} instead of --output; to write it anew, add --force"
            ),
        )
    } else {
        (
            text!(
                "{path} 起草以后改过，没有覆盖",
                "{path} was changed since it was drafted; it was not overwritten"
            ),
            text!(
                "用 --update {path} 代替 --output，改过的话都留着；要重新写，加 --force，改过的稿子另存为 .bak",
                "pass --update {path} instead of --output, which keeps the changes; to write it anew, add --force: what was changed is kept as .bak"
            ),
        )
    };
    Err(Problem::new(what).help(help).into())
}

/// What a new draft, or anything else that was asked for, may be written over.
#[must_use]
pub fn over(force: bool) -> Over {
    if force { Over::Others } else { Over::Nothing }
}

/// A draft that is to be written: its bytes in the format of the file, its name, and what keeps where its
/// pieces came from.
pub(super) struct New<'d> {
    pub bytes: &'d [u8],
    pub name: &'d str,
    pub keep_trace: &'d dyn Fn() -> Result<()>,
}

/// Writes a new draft with its copy, keeping what it takes the place of unless that is as it was drafted.
/// What to say is returned.
///
/// Whoever ends the run in between leaves what the next one goes on with. A new document comes after its copy, so
/// that none is without; where one is replaced the copy comes after it, since a copy that is ahead of its
/// document would hide from `--update` what changed.
///
/// # Errors
/// If it cannot be written; see [`may_replace`].
pub(super) fn write(office: &Office, path: &str, new: &New<'_>, force: bool) -> Result<Text> {
    may_replace(office, path, force)?;
    let (files, room) = (&*office.files, Room::of(office, path)?);
    let keep = || keep(files, &room, new.bytes, new.name).and_then(|()| (new.keep_trace)());
    if !files.is_file(path) {
        keep()?;
        return put(files, (path, &room), new.bytes, force);
    }
    let said = put(files, (path, &room), new.bytes, force)?;
    keep().map(|()| said)
}

fn put(files: &dyn Files, (path, room): (&str, &Room), bytes: &[u8], force: bool) -> Result<Text> {
    // The copy may be behind a document that was written by a run that was ended.
    let is_written = || files.read(path, Use::Look).is_ok_and(|there| there == bytes);
    match is_as_drafted(files, path, room).map(|same| same || is_written()) {
        Some(true) => written(files, path, bytes, Over::Own),
        Some(false) => {
            let kept = files.write(path, bytes, Over::Original)?.unwrap_or_default();
            Ok(text!(
                "已写出 {path}；它起草以后改过，改过的稿子留在 {kept}",
                "wrote {path}; it had been changed since it was drafted, and is kept as it was in {kept}"
            ))
        }
        None => written(files, path, bytes, over(force)),
    }
}

/// Brings the document at `path` up to date with `drafted`, the new draft in its format. Whether
/// nothing is left for the writer to decide.
///
/// # Errors
/// If there is no copy of it as it was drafted, or one of the texts cannot be read or written.
pub fn update(
    office: &Office,
    path: &str,
    drafted: &[u8],
    name: &str,
    listener: &mut dyn Listener,
) -> Result<bool> {
    bring_up(office, path, &New { bytes: drafted, name, keep_trace: &|| Ok(()) }, listener)
}

/// The same, with where its pieces came from.
pub(super) fn bring_up(
    office: &Office,
    path: &str,
    new: &New<'_>,
    listener: &mut dyn Listener,
) -> Result<bool> {
    let &New { bytes: drafted, name, .. } = new;
    let files = &*office.files;
    // The document and its kept copy change together.
    let _held = files.hold(path)?;
    let hers_bytes = files.read(path, Use::Change)?;
    let room = Room::of(office, path)?;
    let copy = room.copy();
    if !files.is_file(&copy) {
        return Err(no_copy(path, &copy).into());
    }
    let copied = files.read(&copy, Use::Change)?;
    let base = read(path, &copied)?;
    let (hers, ours) = (read(path, &hers_bytes)?, read(path, drafted)?);
    let container = Container::of(&hers_bytes);
    // Where there are comments, what is to be decided stands in the document.
    let is_marked = container.as_ref().is_some_and(|c| c.comment.is_some());
    let Brought { changes, conflicts } = bring(&base, &hers, &ours, container.is_some());
    let mut bytes = fix(&hers_bytes, &hers, &changes)?;
    if let Some(comment) = container.and_then(|c| c.comment).filter(|_| !conflicts.is_empty()) {
        let changed = read(path, &bytes)?;
        let comments = comments(changed.text(), &changes, &conflicts, office);
        bytes = comment(&bytes, &changed, &comments, Some(office.today))?;
    }
    for conflict in &conflicts {
        let place = if container.is_some() {
            Place::File(path.into())
        } else {
            Place::line(&path.into(), hers.lines().line_column(hers.text(), conflict.range.start))
        };
        listener.note(&Problem::new(told(hers.text(), conflict)).at(place));
    }
    if bytes != hers_bytes {
        let kept = files.write(path, &bytes, Over::Original)?.unwrap_or_default();
        keep(files, &room, drafted, name)?;
        let (made, open) = (changes.len(), conflicts.len());
        listener.say(&text!(
            "已更新 {path}：改{made}处，待定{open}处；原稿在 {kept}",
            "updated {path}: {made} changes made, {open} to decide; as it was: {kept}"
        ));
    } else if conflicts.is_empty() || is_marked {
        // All that is new is in it, as after a run that was ended before the copy followed.
        if copied != drafted {
            keep(files, &room, drafted, name)?;
        }
        if conflicts.is_empty() {
            listener.say(&text!("{path} 不用更新", "{path} is up to date"));
        }
    }
    (new.keep_trace)()?;
    Ok(conflicts.is_empty())
}

fn no_copy(path: &str, copy: &str) -> Problem {
    Problem::new(text!(
        "没有 {path} 的底稿（{copy}），不知道哪些是后来改的",
        "there is no copy of {path} as it was drafted ({copy}), so what was changed since cannot be told"
    ))
    .help(Text::fixed(
        "底稿在用 draft --output 写出文稿时留在同一文件夹的 .wengao 里；稿子换过地方的，把那个文件夹一起移过来",
        "`draft --output` keeps it in .wengao beside the document; move that folder along with the document",
    ))
}

/// What bringing a document up to date comes to.
struct Brought {
    /// What is changed in it.
    changes: Vec<Change>,
    /// What the writer must decide, in order.
    conflicts: Vec<Conflict>,
}

/// In a container only words within paragraphs are changed, and the rest is left to the writer.
fn bring(base: &Manuscript, hers: &Manuscript, ours: &Manuscript, in_container: bool) -> Brought {
    let Merged { updates, mut conflicts } = merge(base.text(), hers.text(), ours.text());
    let mut changes = Vec::new();
    for update in updates {
        match in_paragraphs(hers.text(), &update).filter(|_| in_container) {
            Some(parts) if parts.iter().all(|change| can_put(hers, change)) => changes.extend(parts),
            None if !in_container => changes.push(Change { range: update.range, text: update.text }),
            // Paragraphs come or go, or an automatic number would have to change.
            _ => conflicts.push(Conflict { range: update.range, ours: update.text }),
        }
    }
    conflicts.sort_by_key(|c| c.range.start);
    Brought { changes, conflicts }
}

/// An update as changes within paragraphs; nothing if paragraphs come or go.
fn in_paragraphs(text: &str, update: &Update) -> Option<Vec<Change>> {
    let old = &text[update.range.clone()];
    let (before, after): (Vec<_>, Vec<_>) = (old.split('\n').collect(), update.text.split('\n').collect());
    if before.len() != after.len() {
        return None;
    }
    let mut at = update.range.start;
    let mut changes = Vec::new();
    for (old, new) in before.iter().zip(after) {
        if *old != new {
            changes.push(Change { range: at..at + old.len(), text: new.to_owned() });
        }
        at += old.len() + 1;
    }
    Some(changes)
}

/// What a writer is told of a conflict.
fn told(hers: &str, conflict: &Conflict) -> Text {
    let mine = shown(&hers[conflict.range.clone()]);
    let new = shown(&conflict.ours);
    match (mine.is_empty(), new.is_empty()) {
        (true, _) => text!("新稿在这里加了“{new}”，请放进去", "the new draft adds “{new}” here; put it in"),
        (_, true) => {
            text!("新稿没有“{mine}”了，请决定去留", "the new draft has no “{mine}” any more; keep it or not")
        }
        _ => text!(
            "您改过“{mine}”，新稿作“{new}”，请决定用哪一句",
            "you changed this to “{mine}”; the new draft has “{new}”; decide which"
        ),
    }
}

fn shown(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" / ")
}

/// A comment for each conflict, on the words of `text`, in which the changes were made.
fn comments(text: &str, changes: &[Change], conflicts: &[Conflict], office: &Office) -> Vec<Comment> {
    // Where a byte of the text before the changes stands after them.
    let moved = |at: usize| {
        let shift: isize = changes
            .iter()
            .filter(|c| c.range.end <= at)
            .map(|c| c.text.len() as isize - c.range.len() as isize)
            .sum();
        at.saturating_add_signed(shift).min(text.len())
    };
    conflicts
        .iter()
        .map(|conflict| {
            let range = moved(conflict.range.start)..moved(conflict.range.end);
            let ours = &conflict.ours;
            let said = if ours.trim().is_empty() {
                Text::fixed(
                    "新稿里没有这些话了，请决定去留",
                    "the new draft has this no more; keep it or not",
                )
            } else {
                text!("新稿：{ours}", "new draft: {ours}")
            };
            let lines = said.in_lang(office.lang).lines().map(str::to_owned).collect();
            Comment { range: word_at(text, range), lines }
        })
        .collect()
}

/// A range that holds something: the words themselves, else the character before or after.
fn word_at(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default().trim_matches('\n');
    if !inner.is_empty() {
        let start = range.start + text[range.clone()].find(inner).unwrap_or(0);
        return start..start + inner.len();
    }
    let before = text[..range.start].char_indices().rev().find(|(_, c)| *c != '\n');
    let after = text[range.start..].char_indices().find(|(_, c)| *c != '\n');
    match (before, after) {
        (Some((at, c)), _) => at..at + c.len_utf8(),
        (None, Some((at, c))) => range.start + at..range.start + at + c.len_utf8(),
        _ => range,
    }
}
