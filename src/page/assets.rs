//! The files that a browser shows, inside the program. `web/README.md` says what each is.
//!
//! The server gives them out one by one; the HTML file (`release/page/pack.py`) has them all inside, and
//! the program as WebAssembly besides.

use include_dir::{Dir, include_dir};

static WEB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/page/web");

/// The names of styles and scripts in their order; `carrier` stands for either carrier.
const ORDER: &str = include_str!("web/order.txt");

/// What stands for either carrier.
const CARRIER: &str = "carrier.js";

/// Where the styles and scripts go in `index.html`.
const MARKS: [&str; 2] = ["<!--style-->", "<!--scripts-->"];

/// A file of the server's page.
pub struct Asset {
    /// Its media type.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

fn text(name: &str) -> Option<&'static str> {
    WEB.get_file(name)?.contents_utf8()
}

/// The names in their order that end so, with this carrier.
fn names(ending: &'static str, carrier: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = ORDER.lines().filter(move |line| !line.starts_with('#') && line.ends_with(ending));
    lines.map(move |name| if name == CARRIER { carrier } else { name })
}

/// The file at a path of the server; `/` is the page.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let name = path.strip_prefix('/')?;
    if name.is_empty() {
        const SERVER: &str = "carrier-server.js";
        let styles: String = names(".css", SERVER)
            .map(|name| format!("<link rel=\"stylesheet\" href=\"{name}\">\n"))
            .collect();
        let scripts: String =
            names(".js", SERVER).map(|name| format!("<script defer src=\"{name}\"></script>\n")).collect();
        return Some(Asset { kind: "text/html; charset=utf-8", text: page(&styles, &scripts)? });
    }
    let kind = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => return None,
    };
    Some(Asset { kind, text: text(name)?.to_owned() })
}

fn page(styles: &str, scripts: &str) -> Option<String> {
    Some(text("index.html")?.replace(MARKS[0], styles).replace(MARKS[1], scripts))
}

#[cfg(test)]
mod tests {
    use super::{WEB, asset, names, text};

    #[test]
    fn every_script_and_style_is_there_and_the_page_names_it() {
        let page = asset("/").unwrap().text;
        for carrier in ["carrier-server.js", "carrier-file.js"] {
            let named: Vec<&str> = names(".css", carrier).chain(names(".js", carrier)).collect();
            for name in &named {
                let tag = page.contains(&format!("\"{name}\"")) || *name == "carrier-file.js";
                assert!(text(name).is_some() && tag, "{name}");
            }
            let files = WEB.files().filter_map(|f| f.path().to_str());
            let mut scripts = files.filter(|f| f.ends_with(".js") && !f.starts_with("carrier-"));
            assert!(scripts.all(|f| named.contains(&f)), "a script is not in order.txt");
        }
        assert!(asset("/index.html").is_none() && asset("/../mod.rs").is_none() && asset("x").is_none());
    }

    #[test]
    fn nothing_asks_for_an_address_or_makes_code_of_words() {
        for file in WEB.files().filter(|f| f.path().extension().is_some_and(|e| e != "md" && e != "txt")) {
            let words = file.contents_utf8().unwrap();
            for sign in ["http://", "https://", "onclick=", "innerHTML", "eval(", " style=\""] {
                assert!(!words.contains(sign), "{sign} in {}", file.path().display());
            }
        }
    }
}
