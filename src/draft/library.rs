//! The library (文稿库): skeletons, phrases and topic packs, built in and one's own.
//!
//! The built-in ones are `templates/` and `phrasebank/` inside the binary. An office keeps its own
//! beside them in a folder of the same shape, `templates/`, `phrases/` and `topics/`: a file there
//! takes the place of a built-in one of the same name, a phrase there that of a built-in phrase of
//! the same id. The YAML of built-in files is parsed when the program is built (`build/trees.rs`).
//! Nothing is read until it is asked for, so start-up does not grow with the library, and what was
//! read is kept, so a thousand drafts read a phrase file once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsStr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use include_dir::{Dir, include_dir};

use super::front::{self, front};
use super::phrase::{self, Phrase, both};
use super::topic::{self, Topic};
use crate::base::{ErrorKind, Problem, Result, Text, nearest::nearest, yaml};
use crate::model::Facts;
use crate::model::facts::{self, Value};
use crate::text;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static PHRASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/phrasebank/phrases");
static TOPICS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/phrasebank/topics");

// What the build read of their YAML: `TREES`, sorted by names such as `phrases/open.yaml`.
include!(concat!(env!("OUT_DIR"), "/trees.rs"));

/// The extension of a skeleton's file.
const EXTENSION: &str = ".tera";

/// What the file of its example facts, beside it, is called instead.
pub const EXAMPLE: &str = ".example.yaml";

/// The folder of parts, below that of skeletons.
const PARTS: &str = "parts/";

/// What a list of skeletons shows of one.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The genre's name.
    pub title: Text,
    /// What it is for.
    pub about: Text,
    /// Its family: the folder.
    pub family: String,
    /// Patterns of the facts it cannot do without.
    pub needs: Vec<String>,
}

/// A file of one's own library.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its path as a person would write it, for messages.
    pub path: String,
    /// What it says.
    pub text: String,
}

pub(super) type Kept<T> = Mutex<HashMap<String, Result<T>>>;

/// Skeletons, phrases and topics to draft from.
#[derive(Debug, Default)]
pub struct Library {
    /// One's own files by their path below the library's folder: `phrases/open.yaml`.
    own: BTreeMap<String, Own>,
    phrases: Kept<Vec<Arc<Phrase>>>,
    topics: Kept<Arc<Topic>>,
    /// Which pack is meant by each name that was asked for.
    named: Kept<Arc<str>>,
}

/// The built-in library, for as long as the program runs.
#[must_use]
pub fn built_in() -> Arc<Library> {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(Arc::default);
    Arc::clone(&LIBRARY)
}

/// The tree of a built-in file's YAML, packed.
fn packed(name: &str) -> Option<&'static [u8]> {
    let at = TREES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(TREES[at].1)
}

fn names(dir: &'static Dir<'static>, extension: &str, out: &mut BTreeSet<String>) {
    let name =
        |f: &include_dir::File<'_>| Some(f.path().to_str()?.strip_suffix(extension)?.replace('\\', "/"));
    out.extend(dir.files().filter_map(name));
    for dir in dir.dirs() {
        names(dir, extension, out);
    }
}

impl Library {
    /// A library with files of one's own, by their paths below its folder, `/` between the parts.
    #[must_use]
    pub fn with_own(own: BTreeMap<String, Own>) -> Arc<Self> {
        Arc::new(Self { own, ..Self::default() })
    }

    /// The names below one of the library's folders, sorted.
    fn ids(&self, folder: &str, dir: &'static Dir<'static>, extension: &str) -> Vec<String> {
        let mut out = BTreeSet::new();
        names(dir, extension, &mut out);
        let own = self.own.keys().filter_map(|p| p.strip_prefix(folder)?.strip_suffix(extension));
        out.extend(own.map(str::to_owned));
        out.into_iter().collect()
    }

    /// The ids of all skeletons, sorted.
    #[must_use]
    pub fn skeleton_ids(&self) -> Vec<String> {
        let mut ids = self.ids("templates/", &TEMPLATES, EXTENSION);
        ids.retain(|id| !id.starts_with(PARTS));
        ids
    }

    /// The names of the parts that skeletons may hold, sorted.
    #[must_use]
    pub fn part_names(&self) -> Vec<String> {
        let ids = self.ids("templates/", &TEMPLATES, EXTENSION);
        ids.iter().filter_map(|id| id.strip_prefix(PARTS)).map(str::to_owned).collect()
    }

    /// The text of a part and its name for messages.
    ///
    /// # Errors
    /// If there is none of this name; the nearest one is named.
    pub(super) fn part(&self, name: &str) -> Result<(&str, &str)> {
        self.file(&format!("{PARTS}{name}")).ok_or_else(|| {
            let all = self.part_names();
            let help = match nearest(name, all.iter().map(String::as_str)) {
                Some(near) => text!("是不是 {near}？", "did you mean {near}?"),
                None => {
                    let (zh, en) = (all.join("、"), all.join(", "));
                    text!(
                        "部件放在 templates/parts 文件夹，现有：{zh}",
                        "parts stand in the folder templates/parts; there are: {en}"
                    )
                }
            };
            Problem::new(text!("没有“{name}”这个部件", "there is no part “{name}”")).help(help).into()
        })
    }

    /// The text of a skeleton or part and its name for messages.
    fn file(&self, id: &str) -> Option<(&str, &str)> {
        if let Some((_, own)) = self.own.get_key_value(&format!("templates/{id}{EXTENSION}")) {
            return Some((&own.path, &own.text));
        }
        // The folder's files by their names: paths are compared by their components otherwise.
        let (folder, name) = id.rsplit_once('/')?;
        let is_named = |file: &&include_dir::File<'_>| {
            let own = file.path().file_name().and_then(OsStr::to_str);
            own.and_then(|own| own.strip_suffix(EXTENSION)) == Some(name)
        };
        let file = TEMPLATES.get_dir(folder)?.files().find(is_named)?;
        let (name, text) = (file.path().to_str()?, file.contents_utf8()?);
        Some((name.strip_suffix(EXTENSION).unwrap_or(name), text))
    }

    /// The file of one's own that holds a skeleton's example facts.
    pub(super) fn own_example(&self, id: &str) -> Option<&Own> {
        self.own.get(&format!("templates/{id}{EXAMPLE}"))
    }

    /// Whether the example facts of a skeleton that is built in stand beside it.
    pub(super) fn has_example(&self, id: &str) -> bool {
        !self.own.contains_key(&format!("templates/{id}{EXTENSION}"))
            && TEMPLATES.contains(format!("{id}{EXAMPLE}"))
    }

    /// The example facts that stand beside a skeleton that is built in; tests see to it that they read.
    pub(super) fn example(&self, id: &str) -> Facts {
        let name = format!("{id}{EXAMPLE}");
        let text = TEMPLATES.get_file(&name).and_then(|f| f.contents_utf8()).unwrap_or_default();
        facts::load(&name, text).unwrap_or_default()
    }

    /// The text of a skeleton's example facts, comments included: its file's, else what its front matter
    /// has; empty if there is none.
    ///
    /// # Errors
    /// If there is no skeleton of this id.
    pub fn example_text(&self, id: &str) -> Result<String> {
        let (_, source) = self.source(id)?;
        if let Some(own) = self.own_example(id) {
            return Ok(own.text.clone());
        }
        let beside = TEMPLATES.get_file(format!("{id}{EXAMPLE}")).filter(|_| self.has_example(id));
        Ok(match beside.and_then(|f| f.contents_utf8()) {
            Some(text) => text.to_owned(),
            None => front::example(source),
        })
    }

    /// The families of phrases, sorted.
    #[must_use]
    pub fn phrase_families(&self) -> Vec<String> {
        self.ids("phrases/", &PHRASES, ".yaml")
    }

    /// The ids of the topic packs, sorted.
    #[must_use]
    pub fn topic_ids(&self) -> Vec<String> {
        self.ids("topics/", &TOPICS, ".yaml")
    }

    /// The text of a skeleton's file and its name for messages: the path of one's own, else the id. It may
    /// be called by its id, by the last part of that, or by its genre (`动员讲话`).
    ///
    /// # Errors
    /// If there is none of this name; the nearest one is named.
    pub fn source(&self, name: &str) -> Result<(&str, &str)> {
        self.source_of(&self.skeleton_id(name))
    }

    /// The id of the skeleton that goes by this name; the name itself if there is none.
    #[must_use]
    pub fn skeleton_id(&self, name: &str) -> String {
        let name = name.trim();
        // An id is known without reading any front matter.
        if self.file(name).is_some() {
            return name.to_owned();
        }
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        let mut called = self.titles().into_iter().filter(|(id, title)| {
            same(&title.zh) || same(&title.en) || id.split_once('/').is_some_and(|(_, last)| same(last))
        });
        called.next().map_or_else(|| name.to_owned(), |(id, _)| id)
    }

    /// The ids of all skeletons with the names of their genres; without those whose front matter is not
    /// sound.
    fn titles(&self) -> Vec<(String, Text)> {
        let title = |id: String| {
            let (name, text) = self.file(&id)?;
            let (front, _) = front(&name.into(), text, self.front_of(&id)).ok()?;
            Some((id, both(&front.record, "title")))
        };
        self.skeleton_ids().into_iter().filter_map(title).collect()
    }

    fn source_of(&self, id: &str) -> Result<(&str, &str)> {
        if let Some(found) = self.file(id).filter(|_| !id.starts_with(PARTS)) {
            return Ok(found);
        }
        let all = self.skeleton_ids();
        // Whoever guesses in Chinese is answered in Chinese.
        let titles = if id.is_ascii() { Vec::new() } else { self.titles() };
        let known = all.iter().map(String::as_str).chain(titles.iter().map(|(_, t)| &*t.zh));
        let help = match nearest(id, known) {
            Some(near) => text!(
                "是不是 {near}？wengao template list 列出全部",
                "did you mean {near}? `wengao template list` shows all"
            ),
            None => Text::fixed("用 wengao template list 查看全部", "`wengao template list` shows all"),
        };
        Err(Problem::new(text!("没有“{id}”这个模板", "there is no template “{id}”"))
            .help(help)
            .kind(ErrorKind::Unknown)
            .into())
    }

    /// The front matter of a skeleton that is built in, packed.
    pub(super) fn front_of(&self, id: &str) -> Option<&'static [u8]> {
        let name = format!("templates/{id}{EXTENSION}");
        packed(&name).filter(|_| !self.own.contains_key(&name))
    }

    /// Of a family the phrases that these ids name; all of it if one of them is not there, or somebody's own
    /// file has part in it.
    ///
    /// # Errors
    /// As [`phrases`](Self::phrases).
    pub(super) fn phrases_of(&self, family: &str, ids: &BTreeSet<&str>) -> Result<Vec<Arc<Phrase>>> {
        let name = format!("phrases/{family}.yaml");
        let Some(packed) = packed(&name).filter(|_| !self.own.contains_key(&name)) else {
            return self.phrases(family);
        };
        let file: Arc<str> = format!("{family}.yaml").into();
        let source = PHRASES.get_file(&*file).and_then(|f| f.contents_utf8()).unwrap_or_default();
        let is_asked_for = |entry: &yaml::Entry| match &entry.value.value {
            yaml::Value::Scalar(id) => entry.key == "id" && ids.contains(id.as_str()),
            _ => false,
        };
        let (mut root, problems) = yaml::unpack_or_read(Some(packed), &file, source);
        if let Some(yaml::Node { value: yaml::Value::List(items), .. }) = &mut root {
            items.retain(
                |item| matches!(&item.value, yaml::Value::Map(entries) if entries.iter().any(is_asked_for)),
            );
            if items.len() == ids.len() {
                let all = phrase::of(&file, (root, problems))?;
                return Ok(all.into_iter().map(Arc::new).collect());
            }
        }
        self.phrases(family)
    }

    /// The phrases of a family, which is the name of a file. An unknown family has none.
    ///
    /// # Errors
    /// If a file of the family is not a sound phrase file.
    pub fn phrases(&self, family: &str) -> Result<Vec<Arc<Phrase>>> {
        kept(&self.phrases, family, || {
            let name = format!("{family}.yaml");
            let mut all: Vec<Arc<Phrase>> = Vec::new();
            if let Some(own) = self.own.get(&format!("phrases/{name}")) {
                all.extend(phrase::load(&own.path, &own.text)?.into_iter().map(Arc::new));
            }
            if let Some(source) = PHRASES.get_file(&name).and_then(|f| f.contents_utf8()) {
                let file: Arc<str> = name.as_str().into();
                let read = yaml::unpack_or_read(packed(&format!("phrases/{name}")), &file, source);
                for phrase in phrase::of(&file, read)? {
                    if all.iter().all(|own| own.id != phrase.id) {
                        all.push(Arc::new(phrase));
                    }
                }
            }
            Ok(all)
        })
    }

    /// What a person should know of the facts' topic: that it has no pack, so that the general phrases are
    /// used. `None` if it has one, or no topic is named.
    #[must_use]
    pub fn topic_note(&self, facts: &Facts) -> Option<Problem> {
        let fact = facts.get("work.topic")?;
        let name = fact.value.text()?;
        let error = self.topic(&name).err().filter(|e| e.kind() == ErrorKind::Unknown)?;
        let help = error.problems().first().and_then(|p| p.help.clone());
        let note = Problem::new(text!(
            "没有“{name}”这个主题包，用通用的说法",
            "there is no topic pack “{name}”; the general phrases are used"
        ));
        let note = note.at(fact.at.clone());
        Some(help.into_iter().fold(note, Problem::help))
    }

    /// The topic pack of this id, title or other name.
    ///
    /// # Errors
    /// If there is none; the known ones are named. If its file has faults.
    pub fn topic(&self, name: &str) -> Result<Arc<Topic>> {
        let id = kept(&self.named, name, || self.topic_id(name))?;
        self.topic_of(&id)
    }

    /// The id of the topic pack that goes by this name.
    fn topic_id(&self, name: &str) -> Result<Arc<str>> {
        let ids = self.topic_ids();
        let named = || ids.iter().find(|id| self.topic_names(id).iter().any(|n| n == name));
        if let Some(id) = ids.iter().find(|id| *id == name).or_else(named) {
            return Ok(id.as_str().into());
        }
        let titles: Vec<_> = ids.iter().filter_map(|id| self.topic_names(id).into_iter().next()).collect();
        let near = nearest(name, titles.iter().map(String::as_str));
        let (near_zh, near_en) = near.map_or_else(Default::default, |near| {
            (format!("是不是“{near}”？"), format!("did you mean “{near}”? "))
        });
        let (zh, en) = (titles.join("、"), ids.join(", "));
        Err(Problem::new(text!("没有“{name}”这个主题包", "there is no topic pack “{name}”"))
            .help(Text::new(
                format!("{near_zh}工作.主题 从这些里选，或留空：{zh}；自己的主题包放在文稿库的 topics 文件夹"),
                format!("{near_en}choose one of these for 工作.主题, or leave it empty: {en}; packs of your own go into the library's topics folder"),
            ))
            .kind(ErrorKind::Unknown)
            .into())
    }

    /// The topic pack of this id.
    fn topic_of(&self, id: &str) -> Result<Arc<Topic>> {
        kept(&self.topics, id, || {
            let file = format!("{id}.yaml");
            if let Some(own) = self.own.get(&format!("topics/{file}")) {
                return topic::load(&own.path, &own.text).map(Arc::new);
            }
            let source = TOPICS.get_file(&file).and_then(|f| f.contents_utf8()).unwrap_or_default();
            let name: Arc<str> = file.as_str().into();
            let read = yaml::unpack_or_read(packed(&format!("topics/{file}")), &name, source);
            topic::of(&name, read).map(Arc::new)
        })
    }

    /// What a topic pack is called, its title first. Those built in are not parsed for it; one's own
    /// may be written in any style of YAML.
    fn topic_names(&self, id: &str) -> Vec<String> {
        let file = format!("{id}.yaml");
        match self.own.get(&format!("topics/{file}")) {
            // What is wrong in a pack is told when it is used.
            Some(own) => self.topic_of(id).map_or_else(|_| topic::names(&own.text), |t| t.names.clone()),
            None => topic::names(TOPICS.get_file(file).and_then(|f| f.contents_utf8()).unwrap_or_default()),
        }
    }

    /// All skeletons for a list; their bodies are not parsed.
    ///
    /// # Errors
    /// If a front matter is not sound.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        self.skeleton_ids()
            .into_iter()
            .map(|id| {
                let (name, text) = self.source(&id)?;
                let (front, _) = front(&name.into(), text, self.front_of(&id))?;
                let family = id.split('/').next().unwrap_or_default().to_owned();
                let needs = match front.record.get("needs").map(|f| &f.value) {
                    Some(Value::List(items)) => items
                        .iter()
                        .filter_map(|item| match &item.value {
                            Value::Record(r) => r.get("fact")?.value.text(),
                            _ => None,
                        })
                        .collect(),
                    _ => Vec::new(),
                };
                let (title, about) = (both(&front.record, "title"), both(&front.record, "about"));
                Ok(Entry { title, about, id, family, needs })
            })
            .collect()
    }
}

/// What was loaded under `name` before, or is loaded now.
pub(super) fn kept<T: Clone>(kept: &Kept<T>, name: &str, load: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut all = kept.lock().unwrap_or_else(PoisonError::into_inner);
    match all.get(name) {
        Some(known) => known.clone(),
        None => all.entry(name.to_owned()).or_insert(load()).clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Library, Own, PHRASES, TOPICS, TREES, built_in};
    use crate::base::{Lang, yaml};

    #[test]
    fn what_the_build_read_of_each_file_is_what_its_text_says() {
        let library = built_in();
        for (name, packed) in TREES {
            let text = match name.split_once('/').unwrap() {
                ("phrases", file) => PHRASES.get_file(file).unwrap().contents_utf8().unwrap(),
                ("topics", file) => TOPICS.get_file(file).unwrap().contents_utf8().unwrap(),
                (_, file) => {
                    let (_, text) = library.source(file.strip_suffix(".tera").unwrap()).unwrap();
                    text["---".len()..].split("\n---\n").next().unwrap()
                }
            };
            let parsed = yaml::parse(text, &|_| false);
            assert!(parsed.faults.is_empty(), "{name}");
            assert_eq!(yaml::unpack(packed, text), parsed.root.unwrap(), "{name}");
        }
        let ids = [library.skeleton_ids(), library.phrase_families(), library.topic_ids()];
        assert_eq!(TREES.len(), ids.concat().len());
    }

    #[test]
    fn what_a_built_in_pack_is_called_is_told_without_parsing_it() {
        let library = built_in();
        for id in library.topic_ids() {
            assert_eq!(library.topic_names(&id), library.topic(&id).unwrap().names, "{id}");
        }
    }

    /// Only `title: {zh: …}` on one line and `names: […]` on one line were understood.
    #[test]
    fn packs_of_ones_own_are_found_by_name_in_whatever_style_they_are_written() {
        for head in [
            "title: {zh: 渔业, en: Fishery}\nnames: [捕捞, 水产]\n",
            "title:\n  zh: 渔业\n  en: Fishery\nnames:\n- 捕捞\n- 水产\n",
            "title: {en: \"Fishery\", zh: \"渔业\"}\nnames: ['捕捞',\n  \"水产\"]\n",
            "tasks: []\n\"title\": {\n  zh: 渔业, # 原名水产\n  en: Fishery}\nnames: [捕捞, 水产]\r\n",
        ] {
            let own = Own { path: "own/fish.yaml".to_owned(), text: format!("id: fish\n{head}") };
            let library = Library::with_own(BTreeMap::from([("topics/fish.yaml".to_owned(), own)]));
            for name in ["fish", "渔业", "捕捞", "水产"] {
                assert_eq!(library.topic(name).unwrap().id, "fish", "{name}: {head}");
            }
            let error = library.topic("航天").unwrap_err();
            assert!(error.in_lang(Lang::Zh).contains("渔业"), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_in_a_pack_of_ones_own_is_told_when_it_is_asked_for_by_its_name() {
        let text = "id: fish\ntitle: {zh: 渔业, en: Fishery}\nkinds: [捕捞]\n";
        let own = Own { path: "own/fish.yaml".to_owned(), text: text.to_owned() };
        let library = Library::with_own(BTreeMap::from([("topics/fish.yaml".to_owned(), own)]));
        let error = library.topic("渔业").unwrap_err();
        assert!(error.in_lang(Lang::En).starts_with("own/fish.yaml:3:1"), "{error}");
        assert_eq!(library.topic("教育").unwrap().id, "education");
    }
}
