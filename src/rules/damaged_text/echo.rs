//! A phrase said twice on end, up to a mark: `环境质量方面环境质量方面，`.
//!
//! `slips` asks the counts whether a word that stands twice may be meant, and knows words of few
//! characters. Of a longer phrase nothing need be asked: nobody says it twice and then pauses. What is said
//! one by one (一个项目一个项目地抓), what calls out (加油) and what is quoted is left alone.

use super::{Harm, Hit};
use crate::base::charset::CharSet;
use crate::base::han::is_han;
use crate::model::Severity;

/// Characters of a phrase.
const SHORTEST: usize = 4;
const LONGEST: usize = 24;

/// Where a phrase ends and nothing is called out.
static ENDS: CharSet = CharSet::of("，、；：。,;:");

/// With these a phrase says that it goes from one to the next.
const EACH: [char; 3] = ['一', '逐', '每'];

/// All of them.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut settled = 0;
    for (end, _) in ENDS.find_iter(text) {
        let run: Vec<(usize, char)> = text[settled..end]
            .char_indices()
            .rev()
            .take(2 * LONGEST + 1)
            .take_while(|&(_, c)| is_han(c))
            .collect();
        let quoted = run.last().is_some_and(|&(at, _)| text[..settled + at].ends_with(['“', '‘', '《']));
        let longest = (run.len() / 2).min(LONGEST);
        let length = (SHORTEST..=longest).rev().find(|&length| {
            let (second, first) = run[..2 * length].split_at(length);
            first.iter().map(|f| f.1).eq(second.iter().map(|s| s.1))
        });
        if let Some(length) = length.filter(|_| !quoted) {
            let start = settled + run[2 * length - 1].0;
            let phrase: Vec<char> = text[start..end].chars().take(length).collect();
            // 坚持坚持坚持坚持: it is not the phrase that stands twice, but a word that stands often.
            let often = (1..length).any(|part| {
                length.is_multiple_of(part) && phrase.chunks(part).all(|piece| piece == &phrase[..part])
            });
            if !often && !EACH.contains(&phrase[0]) {
                let was: String = phrase.iter().collect();
                hits.push(Hit {
                    fix: Some(was.clone()),
                    was,
                    ..Hit::of(start..end, Severity::Warning, Harm::Doubled)
                });
            }
        }
        settled = end;
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::find;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|hit| &text[hit.range]).collect()
    }

    #[test]
    fn a_phrase_said_twice_before_a_mark_is_a_slip() {
        assert_eq!(
            found("抓好防汛抗旱方面防汛抗旱方面，，以及春耕备播工作春耕备播工作。"),
            ["防汛抗旱方面防汛抗旱方面", "春耕备播工作春耕备播工作"]
        );
    }

    #[test]
    fn what_is_meant_to_be_said_twice_is_no_slip() {
        for text in [
            "要一个项目一个项目抓，一件实事一件实事办。",
            "抓住一个难题一个难题，逐村逐户逐村逐户。",
            "大家喊：“乡村振兴乡村振兴，就看今朝。”",
            "努力努力努力努力，坚持坚持再坚持。",
            "春耕备播春耕备播！",
            "推进产业振兴产业园，乡镇乡镇长参加。",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
