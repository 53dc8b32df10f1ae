//! Names of files as editors write them: `file:///home/a/%E7%A8%BF.md`.

/// The path that a URI means; `None` if it is no file's.
pub(super) fn path_of(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(rest.split(['?', '#']).next().unwrap_or_default())?;
    // /c:/稿.md is c:/稿.md.
    let drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes()[1].is_ascii_alphabetic();
    Some(if drive { path[1..].to_owned() } else { path })
}

/// The URI of a path from the root.
pub(super) fn uri_of(path: &std::path::Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    // What Windows calls a verbatim path is the path behind these signs.
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// A name for what is in no file yet, such as `untitled:Untitled-1`.
pub(super) fn unnamed(uri: &str, extension: &str) -> String {
    let last = uri.rsplit(['/', ':']).next().unwrap_or_default();
    let last = decoded(last).unwrap_or_default();
    if last.ends_with(extension) { last } else { format!("{last}{extension}") }
}

fn decoded(words: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(words.len());
    let mut rest = words.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        rest = others;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{path_of, unnamed, uri_of};

    #[test]
    fn a_path_comes_back_from_its_uri_on_every_machine() {
        for path in ["/家/a b/稿#1%.md", "c:/材料/稿.md"] {
            assert_eq!(path_of(&uri_of(path.as_ref())).unwrap(), path);
        }
        assert_eq!(path_of("file:///C%3A/a.md").unwrap(), "C:/a.md");
        assert_eq!(uri_of(r"\\?\C:\a.md".as_ref()), "file:///C%3A/a.md");
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("file:///%zz"), None);
        assert_eq!(unnamed("untitled:Untitled-1", ".md"), "Untitled-1.md");
    }
}
