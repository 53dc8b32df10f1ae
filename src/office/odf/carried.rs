//! What an .odt carries besides its text (随文件带出的内容): who wrote, changed and commented, what is not seen.

use std::ops::Range;

use super::file::File;
use super::walk::Odf;
use crate::model::{Carried, CarriedKind};
use crate::office::carried::{changes, comments_by, values};

/// Everything that a document carries.
pub fn carried(file: &mut File<'_>, odf: &Odf) -> Vec<Carried> {
    let mut all = changes(&odf.body);
    all.extend(comments_by(odf.comments.clone()));
    all.extend(hidden(odf));
    let properties = match file.part("meta.xml") {
        Some(meta) => values(&meta, &["initial-creator", "creator"]),
        // In one file of XML comments and changes name their makers by the same element.
        None => Vec::new(),
    };
    if !properties.is_empty() {
        let (kind, count) = (CarriedKind::Authors, properties.len());
        all.push(Carried { kind, names: properties, count, at: None });
    }
    all
}

/// Text that is not seen, by paragraphs.
fn hidden(odf: &Odf) -> Option<Carried> {
    let spans: Vec<Range<usize>> = odf.body.spans().collect();
    let mut said: Vec<&(usize, Range<usize>)> = odf
        .hidden
        .iter()
        .filter(|(paragraph, range)| {
            let text =
                odf.body.paragraphs.get(*paragraph).map_or("", |p| p.text.get(p.label..).unwrap_or(""));
            text.get(range.clone()).is_some_and(|words| !words.trim().is_empty())
        })
        .collect();
    let first = said.first().and_then(|(paragraph, range)| {
        let start = spans.get(*paragraph)?.start + odf.body.paragraphs.get(*paragraph)?.label;
        Some(start + range.start..start + range.end)
    });
    said.dedup_by_key(|(paragraph, _)| *paragraph);
    let count = said.len();
    (count > 0).then_some(Carried { kind: CarriedKind::Hidden, names: Vec::new(), count, at: first })
}
