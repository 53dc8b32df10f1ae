//! The files that a browser shows, inside the program. `web/README.md` says what each is.
//!
//! The server gives them out one by one; the HTML file has them all inside, and the program as
//! WebAssembly besides ([`whole`]).

use include_dir::{Dir, include_dir};

static WEB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/page/web");

/// The styles, in their order.
pub const STYLES: &[&str] = &["page.css", "draft.css"];

/// The scripts, in their order, but for the carrier, which comes first of those that use it.
const SCRIPTS: &[&str] = &[
    "parcel.js",
    "common.js",
    CARRIER,
    "check-state.js",
    "check-files.js",
    "check-text.js",
    "check-cards.js",
    "check.js",
    "form.js",
    "preview.js",
    "draft.js",
    "start.js",
];

/// What stands for either carrier.
const CARRIER: &str = "carrier";

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

/// The names of the scripts of the page that has this carrier.
fn scripts(carrier: &'static str) -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().map(move |name| if *name == CARRIER { carrier } else { *name })
}

/// The file at a path of the server; `/` is the page.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    let name = path.strip_prefix('/')?;
    if name.is_empty() {
        let styles: String =
            STYLES.iter().map(|name| format!("<link rel=\"stylesheet\" href=\"{name}\">\n")).collect();
        let scripts: String = scripts("carrier-server.js")
            .map(|name| format!("<script defer src=\"{name}\"></script>\n"))
            .collect();
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

/// The parts of the page in one file.
pub struct Whole {
    /// All styles.
    pub style: String,
    /// All scripts.
    pub script: String,
    /// The page, with a `<style>` and a `<script>` for them.
    html: String,
}

/// The page as one file, with this carrier.
#[must_use]
pub fn whole() -> Whole {
    let join = |names: &mut dyn Iterator<Item = &'static str>| names.filter_map(text).collect::<String>();
    Whole {
        style: join(&mut STYLES.iter().copied()),
        script: join(&mut scripts("carrier-file.js")),
        html: text("index.html").unwrap_or_default().to_owned(),
    }
}

impl Whole {
    /// The file: `head` goes before the styles (the content policy), `module` before the scripts (the
    /// element that holds the program).
    #[must_use]
    pub fn html(&self, head: &str, module: &str) -> String {
        let styles = format!("{head}<style>{}</style>\n", self.style);
        let scripts = format!("{module}<script>{}</script>\n", self.script);
        self.html.replace(MARKS[0], &styles).replace(MARKS[1], &scripts)
    }
}

#[cfg(test)]
mod tests {
    use super::{asset, scripts, text, whole};

    #[test]
    fn every_script_and_style_is_there_and_the_page_names_it() {
        let page = asset("/").unwrap().text;
        for name in scripts("carrier-server.js").chain(super::STYLES.iter().copied()) {
            assert!(text(name).is_some() && page.contains(&format!("\"{name}\"")), "{name}");
        }
        assert!(asset("/index.html").is_none() && asset("/../mod.rs").is_none() && asset("x").is_none());
    }

    #[test]
    fn the_one_file_has_no_address_in_it_and_no_handler() {
        let html = whole().html("", "");
        for sign in ["http://", "https://", "onclick=", "innerHTML", "eval(", " style=\""] {
            assert!(!html.contains(sign), "{sign}");
        }
    }
}
