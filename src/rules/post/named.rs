//! Where persons are surely named, with a post or without (人名): what may be another one in another version.
//!
//! A post, a label (联系人：) or 同志 makes a name sure; a name of three characters that is sure somewhere is one
//! wherever it stands.

use std::collections::BTreeSet;
use std::ops::Range;

use super::name::{self, End};
use super::people::people;
use crate::base::lexicon::placeholder::PERSON_LABELS;

/// The names of persons in a text, in order, as bytes.
#[must_use]
pub fn people_named(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = people(text).into_iter().map(|one| one.name_at).collect();
    labelled(text, &mut all);
    for (at, _) in text.match_indices("同志") {
        all.extend(name::at_end(&text[..at]).map(|(start, _)| start..at));
    }
    let known: BTreeSet<&str> = all.iter().filter_map(|range| text.get(range.clone())).collect();
    let long = known.into_iter().filter(|name| name.chars().nth(2).is_some());
    let again: Vec<Range<usize>> =
        long.flat_map(|name| text.match_indices(name).map(|(at, name)| at..at + name.len())).collect();
    all.extend(again);
    all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    all.dedup_by(|later, earlier| later.start < earlier.end);
    all
}

/// Whether words are a person's name and nothing else, where a person's name stood before.
#[must_use]
pub fn is_person(words: &str) -> bool {
    name::is_whole_name(words)
}

/// Names behind a label and its colon, and those that follow in its row: 联系人：周明达、李文清.
fn labelled(text: &str, all: &mut Vec<Range<usize>>) {
    let labels = text.match_indices(['：', ':']).filter(|(at, _)| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default().trim_end();
        PERSON_LABELS.iter().any(|label| line.ends_with(label))
    });
    for (at, colon) in labels {
        let mut from = at + colon.len();
        loop {
            from += text[from..].len() - text[from..].trim_start_matches(name::is_blank).len();
            let found = name::at_head(&text[from..], &|_| false).filter(|found| found.end == End::Firm);
            let Some(found) = found.filter(|found| name::is_whole_name(&found.text)) else { break };
            all.push(from..from + found.len);
            from += found.len;
            let Some(rest) = text[from..].strip_prefix('、') else { break };
            from = text.len() - rest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_person, people_named};

    fn found(text: &str) -> Vec<&str> {
        people_named(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn names_are_found_with_a_post_or_without() {
        assert_eq!(found("县长周明达主持会议。渠道由周明达联系。"), ["周明达", "周明达"]);
        assert_eq!(found("联系人：李文清，电话8812345。"), ["李文清"]);
        assert_eq!(found("联系人：李文清、王志远。"), ["李文清", "王志远"]);
        assert_eq!(found("会上，王志远同志作了说明。"), ["王志远"]);
        assert_eq!(found("负责人：由各镇确定。"), [""; 0]);
        assert_eq!(found("各镇要高度重视，安全第一，方法要对。"), [""; 0]);
        assert!(is_person("李文清") && !is_person("高度") && !is_person("安全生产"));
    }
}
