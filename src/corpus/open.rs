//! Corpora by the names that a person gives them: folders.

use std::path::Path;
use std::sync::Arc;

use super::disk;
use super::held::Shared;
use super::joined::join;
use crate::base::Result;

/// Opens the corpora of these names, the more one's own first, as one; none is an empty corpus.
///
/// # Errors
/// If one of them is none, is damaged, or cannot be read.
pub fn open_all(names: &[String]) -> Result<Shared> {
    let known = shown(names);
    let opened: Result<Vec<(String, Shared)>> =
        names.iter().zip(known).map(|(name, known)| Ok((known, open_one(name)?))).collect();
    join(opened?)
}

fn open_one(name: &str) -> Result<Shared> {
    Ok(Arc::new(disk::open(Path::new(name))?))
}

/// What these corpora are called: by their last folder where that tells them apart, else by all of the name.
#[must_use]
pub fn shown(names: &[String]) -> Vec<String> {
    let last = |name: &String| {
        let last = Path::new(name).file_name().map(|last| last.to_string_lossy().into_owned());
        last.unwrap_or_else(|| name.clone())
    };
    let short: Vec<String> = names.iter().map(last).collect();
    let is_clear = |name: &String| short.iter().filter(|other| *other == name).count() == 1;
    names.iter().zip(&short).map(|(name, short)| if is_clear(short) { short } else { name }.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn corpora_are_called_by_their_last_folder_where_that_tells_them_apart() {
        let of = |names: &[&str]| shown(&names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["语料库", "//share/市/语料库"]), ["语料库", "//share/市/语料库"]);
        assert_eq!(of(&["本办", "/mnt/市库"]), ["本办", "市库"]);
    }
}
