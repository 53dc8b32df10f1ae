//! The library (文稿库): skeletons, phrases and topic packs, built in and one's own.
//!
//! The built-in ones are `templates/` and `phrasebank/` inside the binary. An office keeps its own
//! beside them in a folder of the same shape, `templates/`, `phrases/` and `topics/`: a file there
//! takes the place of a built-in one of the same name, a phrase there that of a built-in phrase of
//! the same id. Nothing is parsed until it is asked for, so start-up does not grow with the
//! library, and what was parsed is kept, so a thousand drafts read a phrase file once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use include_dir::{Dir, include_dir};

use super::phrase::{self, Phrase, both};
use super::skeleton::{Skeleton, front};
use super::topic::{self, Topic};
use crate::base::{Problem, Result, Text, nearest::nearest};
use crate::model::facts::Value;
use crate::text;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static PHRASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/phrasebank/phrases");
static TOPICS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/phrasebank/topics");

/// The extension of a skeleton's file.
const EXTENSION: &str = ".tera";

/// What a list of skeletons shows of one.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The genre's name.
    pub title: Text,
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

type Kept<T> = Mutex<HashMap<String, Result<T>>>;

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
        self.ids("templates/", &TEMPLATES, EXTENSION)
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

    /// The text of a skeleton's file and its name for messages: the path of one's own, else the id.
    ///
    /// # Errors
    /// If there is none of this id; the nearest one is named.
    pub fn source(&self, id: &str) -> Result<(&str, &str)> {
        if let Some((_, own)) = self.own.get_key_value(&format!("templates/{id}{EXTENSION}")) {
            return Ok((&own.path, &own.text));
        }
        let file = TEMPLATES.get_file(format!("{id}{EXTENSION}")).filter(|f| f.contents_utf8().is_some());
        if let Some((name, text)) = file.and_then(|f| Some((f.path().to_str()?, f.contents_utf8()?))) {
            return Ok((name.strip_suffix(EXTENSION).unwrap_or(name), text));
        }
        let all = self.skeleton_ids();
        let help = match nearest(id, all.iter().map(String::as_str)) {
            Some(near) => text!(
                "是不是 {near}？wengao template list 列出全部",
                "did you mean {near}? `wengao template list` shows all"
            ),
            None => Text::fixed("用 wengao template list 查看全部", "`wengao template list` shows all"),
        };
        Err(Problem::new(text!("没有“{id}”这个模板", "there is no template “{id}”")).help(help).into())
    }

    /// A skeleton of the library, ready to draft.
    ///
    /// # Errors
    /// If there is none of this id, or one's own has faults. A built-in one that does not load is a
    /// fault that tests find.
    pub fn skeleton(self: &Arc<Self>, id: &str) -> Result<Skeleton> {
        let (name, text) = self.source(id)?;
        Skeleton::load(name, text, self)
    }

    /// A skeleton from the text of any file; it may use the library's phrases and topics.
    ///
    /// # Errors
    /// With everything that is wrong in the file.
    pub fn skeleton_from(self: &Arc<Self>, name: &str, source: &str) -> Result<Skeleton> {
        Skeleton::load(name, source, self)
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
                for phrase in phrase::load(&name, source)? {
                    if all.iter().all(|own| own.id != phrase.id) {
                        all.push(Arc::new(phrase));
                    }
                }
            }
            Ok(all)
        })
    }

    /// The topic pack of this id, title or other name.
    ///
    /// # Errors
    /// If there is none; the known ones are named. If its file has faults.
    pub fn topic(&self, name: &str) -> Result<Arc<Topic>> {
        let id = kept(&self.named, name, || self.topic_id(name))?;
        kept(&self.topics, &id, || {
            let file = format!("{id}.yaml");
            if let Some(own) = self.own.get(&format!("topics/{file}")) {
                return topic::load(&own.path, &own.text).map(Arc::new);
            }
            let source = TOPICS.get_file(&file).and_then(|f| f.contents_utf8()).unwrap_or_default();
            topic::load(&file, source).map(Arc::new)
        })
    }

    /// The id of the topic pack that goes by this name.
    fn topic_id(&self, name: &str) -> Result<Arc<str>> {
        let ids = self.topic_ids();
        if ids.iter().any(|id| id == name) {
            return Ok(name.into());
        }
        // A Chinese name may be any pack's; what stands on a file's second line is enough to tell.
        let named = |id: &&String| self.topic_text(id).is_some_and(|text| topic::is_named(text, name));
        if let Some(id) = ids.iter().find(named) {
            return Ok(id.as_str().into());
        }
        let known: Vec<_> = ids.iter().filter_map(|id| topic::title(self.topic_text(id)?)).collect();
        let (zh, en) = (known.join("、"), ids.join(", "));
        Err(Problem::new(text!("没有“{name}”这个主题包", "there is no topic pack “{name}”"))
            .help(text!(
                "工作.主题 从这些里选，或留空：{zh}；自己的主题包放在文稿库的 topics 文件夹",
                "choose one of these for 工作.主题, or leave it empty: {en}; packs of your own go into the library's topics folder"
            ))
            .into())
    }

    fn topic_text(&self, id: &str) -> Option<&str> {
        match self.own.get(&format!("topics/{id}.yaml")) {
            Some(own) => Some(&own.text),
            None => TOPICS.get_file(format!("{id}.yaml"))?.contents_utf8(),
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
                let (front, _) = front(&name.into(), text)?;
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
                Ok(Entry { title: both(&front.record, "title"), id, family, needs })
            })
            .collect()
    }
}

/// What was loaded under `name` before, or is loaded now.
fn kept<T: Clone>(kept: &Kept<T>, name: &str, load: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut all = kept.lock().unwrap_or_else(PoisonError::into_inner);
    match all.get(name) {
        Some(known) => known.clone(),
        None => all.entry(name.to_owned()).or_insert(load()).clone(),
    }
}
