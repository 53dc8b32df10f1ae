//! The papers in an archive or with a mail, as files of their own.

use serde::Deserialize;
use serde_json::json;

use super::request::{Reply, Request, problems};
use crate::app::{Use, unfold};
use crate::base::{Place, Problem, Result};

#[derive(Deserialize)]
struct Given {
    names: Vec<String>,
}

/// Each paper that these files hold by its name, and its bytes; and what was not opened.
pub(super) fn unfolded(request: &Request<'_>) -> Result<Reply> {
    let given: Given = request.asked()?;
    let (office, _) = request.office(&given.names);
    let (mut names, mut files, mut unread): (Vec<String>, Vec<Vec<u8>>, Vec<Problem>) = Default::default();
    for name in &given.names {
        let (papers, problems) = unfold(name, &office.files.read(name, Use::Look)?);
        unread.extend(problems.into_iter().map(|(path, problem)| problem.at(Place::File(path.into()))));
        for paper in papers {
            match office.files.read(&paper, Use::Look) {
                Ok(bytes) => {
                    names.push(paper);
                    files.push(bytes);
                }
                Err(error) => unread.extend_from_slice(error.problems()),
            }
        }
    }
    Ok(Reply { json: json!({ "names": names, "unread": problems(&unread, request.lang) }), files })
}
