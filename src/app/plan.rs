//! What a document is checked with: the settings of the nearest `wengao.yaml` above it, the facts
//! and the baseline that go with them. `check` and `fix` share it.
//!
//! All of it is settled before the first document is read, so that a fault in a settings file is
//! told at once and the checking itself can run on all cores.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::facts;
use super::files::{Use, placed};
use super::office::{Listener, Office};
use super::settings::{self, Config, Flags};
use crate::base::{Error, Place, Result};
use crate::model::settings::HomeOrigin;
use crate::model::{Facts, Manuscript, Settings};
use crate::read::read;

/// What was asked for besides the settings files.
#[derive(Debug, Default)]
pub struct Asked {
    /// Which rules, which locality, which day.
    pub flags: Flags,
    /// Facts files in the place of those that the settings name.
    pub facts: Option<Vec<String>>,
    /// The baseline in the place of that which the settings name.
    pub baseline: Option<String>,
    /// The name by which the text without a name (`-`) is read.
    pub unnamed: Option<String>,
    /// Last year's paper, which the documents are held against.
    pub last_year: Option<String>,
}

/// What one document is checked with.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Its settings.
    pub settings: Settings,
    /// Its facts.
    pub facts: Option<Arc<Facts>>,
    /// Last year's paper.
    pub last_year: Option<Arc<Manuscript>>,
    /// The baseline that counts for it, as a path from where one stands.
    pub baseline: String,
    /// The settings that name that baseline though it lies outside of their folder: they may be a stranger's,
    /// so nothing is written there unasked.
    pub baseline_abroad: Option<Place>,
    /// Its path from the baseline's folder, with `/`; what an entry of the baseline names it.
    pub name: String,
}

impl Plan {
    /// The document's own locality as facts or settings have it; `None` if it is left to the document.
    #[must_use]
    pub fn locality(&self) -> Option<String> {
        self.facts
            .as_ref()
            .and_then(|facts| facts.text("locality.name"))
            .or_else(|| self.settings.home.clone())
    }

    /// Without a locality, the one that the file's name tells is its own: 云岭县2025年工作总结.docx.
    fn at_home(mut self, name: Option<&str>) -> Self {
        if self.locality().is_none()
            && let Some(named) = name.and_then(|name| settings::home_of_name(Path::new(name)))
        {
            (self.settings.home, self.settings.home_origin) = (Some(named), HomeOrigin::FileName);
        }
        self
    }
}

/// The plans of documents, in their order.
///
/// # Errors
/// With the faults of every settings file and facts file that counts for one of them.
pub fn plans(
    office: &Office,
    asked: &Asked,
    names: &[String],
    listener: &mut dyn Listener,
) -> Result<Vec<Plan>> {
    let mut planner = Planner::default();
    // Without documents the facts are loaded all the same: their faults should be told.
    if names.is_empty() {
        facts::load(office, &facts::over_defaults(office, &office.config, asked.facts.clone()))?;
    }
    let mut plans = Vec::new();
    let mut problems = Vec::new();
    let last_year = asked.last_year.as_deref().map(|name| last_year(office, name)).transpose()?.map(Arc::new);
    for name in names {
        match planner.plan(office, asked, name, &mut problems) {
            Ok(plan) => plans.push(Plan { last_year: last_year.clone(), ..plan }),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    for facts in planner.facts.values().flatten() {
        facts.notes.iter().for_each(|note| listener.note(note));
    }
    Error::unless_empty(problems, plans)
}

/// Last year's paper.
fn last_year(office: &Office, name: &str) -> Result<Manuscript> {
    let bytes = office.files.read(name, Use::Input)?;
    read(name, &bytes).map_err(|error| placed(error, name))
}

/// What several documents have in common, read once.
#[derive(Default)]
struct Planner {
    nearest: Nearest,
    facts: BTreeMap<Vec<String>, Option<Arc<Facts>>>,
}

impl Planner {
    /// The plan of one document. Faults of its facts go to `problems`, where each is told once.
    fn plan(
        &mut self,
        office: &Office,
        asked: &Asked,
        document: &String,
        problems: &mut Vec<crate::base::Problem>,
    ) -> Result<Plan> {
        let files = &*office.files;
        let here = files.real("");
        let name = if document == "-" { asked.unnamed.as_ref() } else { Some(document) };
        let real = name.map(|n| files.real(n));
        let (config, folder) = self.nearest.above(office, real.as_deref().and_then(Path::parent))?;
        let folder = folder.unwrap_or_else(|| here.clone());
        let below = |folder: &Path| real.as_deref().and_then(|r| r.strip_prefix(folder).ok());
        let mut settings = settings::settings(&config, below(&folder), &asked.flags);
        settings.as_of = settings.as_of.or(Some(office.today));
        let chosen = facts::over_defaults(office, &config, asked.facts.clone());
        let baseline = asked.baseline.clone().unwrap_or_else(|| settings::baseline(&config));
        let beside = Path::new(&baseline).parent().filter(|p| !p.as_os_str().is_empty());
        let beside = beside.map_or(here, |p| files.real(&p.to_string_lossy()));
        let named = config.baseline.as_ref().filter(|_| asked.baseline.is_none());
        let abroad =
            named.filter(|(path, _)| !files.real(path).starts_with(&folder)).map(|(_, at)| at.clone());
        let shown = name;
        let name = match below(&beside) {
            Some(below) => below.to_string_lossy().replace('\\', "/"),
            None => shown.unwrap_or(document).clone(),
        };
        let facts = self.facts.entry(chosen).or_insert_with_key(|chosen| {
            let loaded = facts::load(office, chosen).unwrap_or_else(|error| {
                problems.extend_from_slice(error.problems());
                None
            });
            loaded.map(Arc::new)
        });
        let plan =
            Plan { settings, facts: facts.clone(), last_year: None, baseline, baseline_abroad: abroad, name };
        Ok(plan.at_home(shown.map(String::as_str)))
    }
}

/// A settings file that counts somewhere, and the folder that it is in.
type Counting = (Arc<Config>, Option<PathBuf>);

/// Settings files that were read, so that none is read twice.
#[derive(Default)]
struct Nearest {
    of_folder: BTreeMap<PathBuf, Counting>,
    of_file: BTreeMap<PathBuf, Arc<Config>>,
}

impl Nearest {
    /// The settings that count in `folder`, and the folder of their file; the office's for a text
    /// that lies nowhere.
    fn above(&mut self, office: &Office, folder: Option<&Path>) -> Result<Counting> {
        let files = &*office.files;
        let Some(folder) = folder.filter(|_| office.nearest) else {
            let beside = office.config.path.as_deref().map(|p| {
                let folder = Path::new(p).parent().filter(|p| !p.as_os_str().is_empty());
                files.real(&folder.unwrap_or(Path::new(".")).to_string_lossy())
            });
            return Ok((Arc::clone(&office.config), beside));
        };
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(known.clone());
        }
        let counting = match settings::nearest_from(files, folder) {
            None => (Arc::default(), None),
            Some((beside, shown)) => {
                let config = match self.of_file.get(&beside) {
                    Some(config) => Arc::clone(config),
                    None => {
                        let config = settings::read(files, &shown);
                        // A faulty file is told of once, not again for each folder below it.
                        let failed = config.as_ref().err().cloned();
                        let config = Arc::new(config.unwrap_or_default());
                        self.of_file.insert(beside.clone(), Arc::clone(&config));
                        if let Some(error) = failed {
                            return Err(error);
                        }
                        config
                    }
                };
                (config, Some(beside))
            }
        };
        self.of_folder.insert(folder.to_owned(), counting.clone());
        Ok(counting)
    }
}

/// The settings for a document of this name, and its path from their file's folder.
///
/// # Errors
/// If the settings file has faults.
pub fn of_document(office: &Office, name: &str) -> Result<(Arc<Config>, Option<PathBuf>)> {
    let real = office.files.real(name);
    let (config, folder) = Nearest::default().above(office, real.parent())?;
    let folder = folder.unwrap_or_else(|| office.files.real(""));
    Ok((config, real.strip_prefix(folder).ok().map(Path::to_owned)))
}
