//! Floor 6: the page (网页): one function, [`call`], behind the one page that two carriers show.
//!
//! The carriers are a server on the loopback address (`wengao page`) and an HTML file with the program
//! inside as WebAssembly (`release/page`). Both hand over the name of a route and a [`parcel`] of
//! bytes and show what comes back; they know nothing of documents. Nothing is kept between two calls:
//! what somebody dropped on the page stays in the page and comes along each time, so a call does the
//! same whoever carries it, and closing the page leaves nothing behind.
//!
//! | file | what |
//! |---|---|
//! | `parcel` | JSON and files in one stretch of bytes |
//! | `request` | what every call has: language, day, files; what it is answered with |
//! | `hello` | what there is: rules, genres, topics |
//! | `bundle` | the papers in an archive or with a mail |
//! | `check` | papers checked, reported, mended |
//! | `form` | what a genre asks for, as fields |
//! | `facts` | facts in and out: workbook, YAML, the form's own |
//! | `draft` | a document as it comes to be, with where each word is from |
//! | `package` | what stands behind a draft or a paper, for whoever signs it |
//! | `gather` | what papers state, each value at its place, and the file of what is kept |
//! | `compare` | two versions as one document, and what differs |
//! | `format` | a paper laid out to the standard |
//! | `renew` | this year's paper from last year's: the rows, what fills them, the files |
//! | `assets` | the files that a browser shows |
//! | `web/` | those files: plain HTML, CSS and scripts |
//!
//! Positions in answers count Unicode code points, as in the JSON report.

mod assets;
mod bundle;
mod check;
mod compare;
mod draft;
mod facts;
mod form;
mod format;
mod gather;
mod hello;
mod package;
pub mod parcel;
mod renew;
mod request;

use crate::base::{Problem, Result};
use crate::corpus::Held;
use crate::text;
pub use assets::asset;
use request::{Reply, Request};

/// One thing that the page may ask for.
struct Route {
    name: &'static str,
    answer: fn(&Request) -> Result<Reply>,
}

/// All of them; `docs/page.md` has a row for each.
static ROUTES: &[Route] = &[
    Route { name: "hello", answer: hello::hello },
    Route { name: "unfold", answer: bundle::unfolded },
    Route { name: "check", answer: check::check },
    Route { name: "report", answer: check::report },
    Route { name: "fix", answer: check::fix },
    Route { name: "form", answer: form::form },
    Route { name: "facts", answer: facts::facts },
    Route { name: "facts_file", answer: facts::file },
    Route { name: "draft", answer: draft::draft },
    Route { name: "draft_file", answer: draft::file },
    Route { name: "draft_package", answer: package::draft },
    Route { name: "check_package", answer: package::check },
    Route { name: "gather", answer: gather::gather },
    Route { name: "gather_file", answer: gather::file },
    Route { name: "format", answer: format::formatted },
    Route { name: "renew", answer: renew::renew },
    Route { name: "renew_fill", answer: renew::fill },
    Route { name: "renew_file", answer: renew::file },
    Route { name: "compare", answer: compare::compare },
];

/// Answers a call of the page; `kept` is a corpus that the carrier has at hand. What goes wrong is an
/// answer too, with `problems` that a person can read.
#[must_use]
pub fn call(route: &str, body: &[u8], kept: Option<&Held>) -> Vec<u8> {
    let (lang, answer) = match Request::of(body, kept) {
        Ok(request) => (request.lang, answer(route, &request)),
        Err(error) => (crate::base::Lang::default(), Err(error)),
    };
    answer.unwrap_or_else(|error| Reply::failed(&error, lang)).packed()
}

fn answer(route: &str, request: &Request) -> Result<Reply> {
    match ROUTES.iter().find(|r| r.name == route) {
        Some(known) => (known.answer)(request),
        None => Err(Problem::new(text!("没有“{route}”这项功能", "there is no route “{route}”")).into()),
    }
}

#[cfg(test)]
mod tests;
