//! What corpora are called: a folder, or the address of a database, of which no password is shown.

use std::path::Path;

/// Whether a name is the address of a database.
#[must_use]
pub fn is_remote(name: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| name.starts_with(scheme))
}

/// A name as it may be shown: the address of a database without who speaks to it and by what password.
#[must_use]
pub fn without_password(name: &str) -> String {
    if !is_remote(name) {
        return name.to_owned();
    }
    let bare = name.split_once("://").map_or(name, |(_, rest)| rest);
    // Behind the last @, wherever a password may have one.
    let bare = bare.rsplit('@').next().unwrap_or_default();
    let (place, query) = bare.split_once('?').unwrap_or((bare, ""));
    let schema = query.split('&').find_map(|part| part.strip_prefix("schema="));
    let schema = schema.filter(|s| s.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    let place = place.replace("%2F", "/").replace("%2f", "/");
    schema.map_or(place.clone(), |schema| format!("{place}/{schema}"))
}

/// What these corpora are called: by their last folder where that tells them apart, else by all of the name.
#[must_use]
pub fn shown(names: &[String]) -> Vec<String> {
    let safe: Vec<String> = names.iter().map(|name| without_password(name)).collect();
    let last = |name: &String| {
        let last = Path::new(name).file_name().map(|last| last.to_string_lossy().into_owned());
        last.unwrap_or_else(|| name.clone())
    };
    let short: Vec<String> = safe.iter().map(last).collect();
    let is_clear = |name: &String| short.iter().filter(|other| *other == name).count() == 1;
    safe.iter().zip(&short).map(|(name, short)| if is_clear(short) { short } else { name }.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (url, shown) in [
            ("postgres://u:s3@cr/et@h:5432/db", "h:5432/db"),
            ("postgres://u:s3cret@h/db?schema=shi&password=s3cret", "h/db/shi"),
            ("postgresql://u@%2Ftmp%2Fs/db?x=s3cret@y", "y"),
            ("语料库", "语料库"),
        ] {
            assert_eq!(super::without_password(url), shown);
        }
    }

    #[test]
    fn corpora_are_called_by_their_last_folder_where_that_tells_them_apart() {
        let of = |names: &[&str]| shown(&names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["语料库", "//share/市/语料库"]), ["语料库", "//share/市/语料库"]);
        assert_eq!(of(&["本办", "/mnt/市库"]), ["本办", "市库"]);
    }
}
