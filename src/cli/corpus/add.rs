//! `wengao corpus add`: files of any known format into the corpus.
//!
//! Files are read, decoded, folded and fingerprinted on all cores, some hundreds at a time, while
//! those before them are packed and written; they are stored in the order of the arguments, sorted
//! within a folder, so the same files give the same corpus. A file that cannot be read is told and
//! counted; the others go in.

#![expect(clippy::disallowed_methods, reason = "this is the edge: folders are told from files here")]

use std::collections::BTreeSet;
use std::io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{change, folder_flag, folder_to_write, writer};
use crate::app::corpus::{Incoming, Indexes, prepare_all};
use crate::base::{Error, ErrorKind, Lang, Problem, Result, Text};
use crate::cli::trouble::cannot_read;
use crate::cli::{Exit, Subcommand, World, either, input};
use crate::corpus::disk::{Outcome, Prepared};
use crate::text;

/// `wengao corpus add`.
pub(super) const ADD: Subcommand = Subcommand {
    name: "add",
    about: Text::fixed("把文件、文件夹加入语料库", "add files and folders to the corpus"),
    define,
    run,
};

/// Files that are read at a time.
const BATCH: usize = 1024;

/// Documents left out that are told one by one.
const TOLD: usize = 10;

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(Arg::new("paths").required(true).num_args(1..).value_name(say("文件", "FILES")).help(say(
            "文件、文件夹或通配符；文件夹里能读的都加",
            "files, folders or patterns; of a folder whatever can be read",
        )))
        .arg(folder_flag(lang))
        .arg(Arg::new("replace").long("replace").action(ArgAction::SetTrue).help(say(
            "同名的换成新的；不加时新的另起一名",
            "take the place of documents of the same name; without it the new one gets another name",
        )))
        .args(change::values(lang).into_iter().filter(|a| a.get_id() != "title"))
        .after_help(say(
            "\
地区、年份、文种依次取自：上面的选项，文稿旁的 文件名.yaml，文件夹里的 目录.yaml，Markdown 的文首设置，标题，文件名，文件夹名。
目录.yaml 的写法：
  - {文件: '云岭县*', 地区: 云岭县}
  - {文件: 报告.docx, 年份: 2025, 文种: 工作总结}
一个文件里有许多篇的（“精选17篇”，以 篇一、第一篇、【篇1】 起头）拆成 名称#1、名称#2……",
            "\
Locality, year and genre come from the first of these that says them: the options above, NAME.yaml beside the document, 目录.yaml in its folder, the front matter of Markdown, the title, the file's name, the folder's name.
目录.yaml looks like this:
  - {文件: '云岭县*', 地区: 云岭县}
  - {文件: 报告.docx, 年份: 2025, 文种: 工作总结}
A file of many pieces (精选17篇, headed 篇一, 第一篇 or 【篇1】) is taken apart into NAME#1, NAME#2 ….",
        ))
}

/// What arguments mean, each file once; what of them means nothing; and what lies in a folder and is of a
/// format that no reader reads, which keeps nobody from adding the rest.
fn sources(arguments: &[String]) -> (Vec<Incoming>, Vec<Error>, Vec<Error>) {
    let (mut found, mut missed, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for argument in arguments {
        let (paths, none) = input::documents(std::slice::from_ref(argument));
        let inside = match std::fs::metadata(argument) {
            Ok(about) => about.is_dir(),
            // Names that are none (a pattern, a paper within an archive) lead nowhere; what the disk does not
            // tell would put its papers under other names.
            Err(error) if matches!(error.kind(), NotFound | NotADirectory | InvalidFilename) => false,
            Err(error) => {
                missed.push(cannot_read(argument, &error).into());
                continue;
            }
        };
        let root = bare(if inside && argument == "." { "" } else { argument });
        for (_, error) in none {
            let foreign = inside && error.kind() == ErrorKind::Format;
            if foreign {
                passed.push(error)
            } else {
                missed.push(error)
            };
        }
        for path in paths {
            if arguments.len() > 1 && !seen.insert(path.clone()) {
                continue;
            }
            // A paper of an archive is called after both; of a pattern only some folders may be real ones.
            let above = if inside { Some(root) } else { root.parent() };
            let mut folders = above.into_iter().flat_map(Path::ancestors);
            let below = folders.find_map(|folder| bare(&path).strip_prefix(folder).ok());
            let parts: Vec<_> = below.unwrap_or(root).iter().map(|p| p.to_string_lossy()).collect();
            let name = parts.join("/");
            found.push(Incoming { name, path });
        }
    }
    (found, missed, passed)
}

/// A path without what says that it begins here, which the walk leaves out.
fn bare(path: &str) -> &Path {
    Path::new(path.strip_prefix("./").unwrap_or(path))
}

type Prepare = Vec<Result<Vec<Prepared>>>;

/// What became of all files.
#[derive(Default)]
struct Tally {
    added: usize,
    replaced: usize,
    same: usize,
    empty: usize,
    failed: usize,
    collections: usize,
    /// Documents that were pieces of collections.
    split: usize,
    /// Documents left out, with the one that has the same words.
    twins: Vec<(String, String)>,
    /// Documents that got another name.
    renamed: Vec<(String, String)>,
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let folder = folder_to_write(matches, world)?;
    let paths: Vec<String> = matches.get_many("paths").unwrap_or_default().cloned().collect();
    let (incoming, missed, passed) = sources(&paths);
    let mut tally = Tally { failed: missed.len(), ..Tally::default() };
    missed.iter().for_each(|error| world.complain(error.problems()));
    passed.iter().flat_map(Error::problems).for_each(|problem| world.note(problem));
    let folders: BTreeSet<PathBuf> =
        incoming.iter().flat_map(|s| Path::new(&s.path).ancestors().skip(1).map(Path::to_owned)).collect();
    let files = world.office().files;
    let indexes = Indexes::read(&*files, folders.iter().map(PathBuf::as_path))?;
    let given = change::change_of_add(matches);
    let mut writer = writer(&folder, world)?;
    let replace = matches.get_flag("replace");
    let read = |some: &[Incoming]| prepare_all(&*files, some, &indexes, &given);
    let mut batches = incoming.chunks(BATCH);
    let mut ahead: Option<(&[Incoming], Prepare)> = batches.next().map(|some| (some, read(some)));
    let mut done = 0;
    while let Some((some, all)) = ahead.take() {
        let documents = tally.whole(all, world);
        let names: Vec<String> = documents.iter().map(|d| d.entry.name.clone()).collect();
        let next = batches.next();
        let (outcomes, coming) =
            rayon::join(|| writer.add(documents, replace), || next.map(|some| (some, read(some))));
        ahead = coming;
        names.into_iter().zip(outcomes?).for_each(|(name, outcome)| tally.count(name, outcome));
        done += some.len();
        let all = incoming.len();
        world.progress(Some(&text!("已读 {done}/{all} 个文件", "{done} of {all} files read")));
    }
    if !incoming.is_empty() {
        world.progress(Some(&Text::fixed("正在写入索引……", "writing the index …")));
    }
    writer.commit()?;
    world.progress(None);
    tally.tell(world);
    Ok(if tally.failed > 0 { Exit::Trouble } else { Exit::Clean })
}

impl Tally {
    /// The documents of the files that could be read; the others are told.
    fn whole(&mut self, all: Prepare, world: &mut World) -> Vec<Prepared> {
        let mut documents = Vec::new();
        for one in all {
            match one {
                Ok(pieces) => {
                    if pieces.len() > 1 {
                        self.collections += 1;
                        self.split += pieces.len();
                    }
                    documents.extend(pieces);
                }
                Err(error) => {
                    self.failed += 1;
                    world.progress(None);
                    world.complain(error.problems());
                }
            }
        }
        documents
    }

    fn count(&mut self, name: String, outcome: Outcome) {
        match outcome {
            Outcome::Added(new) => {
                self.added += 1;
                if new != name {
                    self.renamed.push((name, new));
                }
            }
            Outcome::Replaced => self.replaced += 1,
            Outcome::Same(other) => {
                self.same += 1;
                // A folder that is added again is no news.
                if name != other {
                    self.twins.push((name, other));
                }
            }
            Outcome::Empty => self.empty += 1,
        }
    }

    fn tell(&self, world: &mut World) {
        let Self { added, replaced, same, empty, failed, collections, split, .. } = *self;
        tell(world, &self.twins, |name, other| {
            text!(
                "{name} 与 {other} 内容相同，没有再加",
                "{name} has the same words as {other} and was left out"
            )
        });
        tell(world, &self.renamed, |name, new| {
            text!("已有另一篇 {name}，这一篇记作 {new}", "there is another {name}; this one is called {new}")
        });
        let plural = if added == 1 { "" } else { "s" };
        let mut sentence = text!("新增{added}篇", "{added} document{plural} added");
        let mut also = |count: usize, words: Text| {
            if count > 0 {
                let (zh, en) = (&sentence.zh, &sentence.en);
                sentence = Text::new(format!("{zh}，{}", words.zh), format!("{en}, {}", words.en));
            }
        };
        also(
            collections,
            text!("其中{split}篇拆自{collections}个合集", "{split} of them out of {collections} collections"),
        );
        also(replaced, text!("替换{replaced}篇", "{replaced} replaced"));
        also(same, text!("内容相同略过{same}篇", "{same} left out as the same"));
        also(empty, text!("没有文字略过{empty}篇", "{empty} left out as empty"));
        also(failed, text!("读不了{failed}个", "{failed} could not be read"));
        world.say(&sentence);
    }
}

/// Tells of the first of some documents, and how many more there are.
fn tell(world: &mut World, documents: &[(String, String)], sentence: impl Fn(&str, &str) -> Text) {
    for (name, other) in documents.iter().take(TOLD) {
        world.note(&Problem::new(sentence(name, other)));
    }
    let more = documents.len().saturating_sub(TOLD);
    if more > 0 {
        world.note(&Problem::new(text!("另有{more}篇也是这样", "{more} more like this")));
    }
}
