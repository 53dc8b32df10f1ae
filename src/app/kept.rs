//! Where the copies of drafted documents (底稿) are kept: in `.wengao` beside each, or in one place for all.
//!
//! A place for all is named by the settings (底稿) or, before them, by the environment of who runs the program.
//! Below its `.wengao` a document has the path that it has below the folder of the settings; where the environment names
//! it, the path from the root.

use std::path::{Component, Path, PathBuf};

use super::files::{Files, Over, Use};
use super::office::Office;
use super::plan::of_document;
use super::settings;
use crate::base::{Problem, Result};
use crate::text;

/// The folder of the copies.
pub(super) const FOLDER: &str = ".wengao";

/// A place for all documents below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shelf {
    /// The folder of the copies.
    pub root: PathBuf,
    /// The folder of the documents, from the root; `None` if paths count from the root.
    base: Option<PathBuf>,
}

impl Shelf {
    /// The one that counts for documents in the folder of `document`; `None` if copies lie beside each.
    ///
    /// # Errors
    /// If the settings have faults, or name a place outside of their own folder.
    pub fn of(office: &Office, document: &str) -> Result<Option<Self>> {
        let files = &*office.files;
        if let Some(place) = &office.copies {
            return Ok(Some(Self { root: Path::new(place).join(FOLDER), base: None }));
        }
        let (config, _) = of_document(office, document)?;
        let Some((place, at)) = &config.copies else { return Ok(None) };
        let own = config.path.as_deref().and_then(|path| Path::new(path).parent());
        let own = files.real(&own.unwrap_or(Path::new("")).to_string_lossy());
        if !files.real(place).starts_with(&own) {
            return Err(abroad(place).at(at.clone()).into());
        }
        Ok(Some(Self { root: Path::new(place).join(FOLDER), base: Some(own) }))
    }

    /// Where the copy of a document is, by its path from the root.
    fn copy_of(&self, real: &Path) -> PathBuf {
        let below = self.base.as_ref().and_then(|base| real.strip_prefix(base).ok());
        self.root.join(below.map_or_else(|| from_root(real), Path::to_owned))
    }

    /// The document of a copy at this path below the root.
    pub fn document(&self, below: &Path) -> PathBuf {
        match &self.base {
            Some(base) => base.join(below),
            None if cfg!(windows) => {
                let mut parts = below.components();
                let drive = parts.next().map(|drive| drive.as_os_str().to_string_lossy().into_owned());
                Path::new(&format!("{}:\\", drive.unwrap_or_default())).join(parts.as_path())
            }
            None => Path::new("/").join(below),
        }
    }
}

/// A path from the root as one below a folder: `C:\稿` is `C/稿` there.
fn from_root(real: &Path) -> PathBuf {
    let part = |component: Component<'_>| match component {
        Component::Prefix(prefix) => {
            let name = prefix.as_os_str().to_string_lossy().into_owned();
            Some(name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().into())
        }
        Component::Normal(part) => Some(part.to_owned()),
        _ => None,
    };
    real.components().filter_map(part).collect()
}

fn abroad(place: &str) -> Problem {
    Problem::new(text!(
        "底稿的位置 {place} 不在这份设置的文件夹里，没有写",
        "the place of copies {place} lies outside of the folder of these settings; nothing was written"
    ))
    .help(text!(
        "确实要放到那里，把环境变量 WENGAO_COPIES 设为 {place}",
        "if they are to be kept there, set the environment variable WENGAO_COPIES to {place}"
    ))
}

/// Where the copy of a document as it was drafted is kept, and the folder whose `.gitignore` leaves it out.
#[derive(Debug, Clone)]
pub(super) struct Room {
    /// The copy.
    pub copy: PathBuf,
    root: PathBuf,
}

impl Room {
    /// Of the document at `path`.
    ///
    /// # Errors
    /// As [`Shelf::of`].
    pub fn of(office: &Office, path: &str) -> Result<Self> {
        if let Some(shelf) = Shelf::of(office, path)? {
            return Ok(Self { copy: shelf.copy_of(&office.files.real(path)), root: shelf.root });
        }
        let path = Path::new(path);
        let root = path.parent().unwrap_or(Path::new("")).join(FOLDER);
        Ok(Self { copy: root.join(path.file_name().unwrap_or_default()), root })
    }

    /// Makes the folder. A repository that holds it leaves it out.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn make(&self, files: &dyn Files) -> Result<()> {
        let folder = self.copy.parent().unwrap_or(Path::new(""));
        files.make_folder(&folder.to_string_lossy())?;
        let ignore = self.root.join(".gitignore").to_string_lossy().into_owned();
        if files.read(&ignore, Use::Look).is_err() {
            files.write(&ignore, b"*\n", Over::Own)?;
        }
        Ok(())
    }

    /// The name of the copy.
    pub fn copy(&self) -> String {
        self.copy.to_string_lossy().into_owned()
    }

    /// What is kept beside the copy under its name and this end.
    pub fn beside(&self, end: &str) -> String {
        format!("{}{end}", self.copy.to_string_lossy())
    }
}

/// The places of copies that count for a folder of documents: for `tidy`.
pub(super) fn shelf_of_folder(office: &Office, folder: &str) -> Result<Option<Shelf>> {
    // The settings of a folder are those of a document in it.
    Shelf::of(office, &Path::new(folder).join(settings::NAME).to_string_lossy())
}
