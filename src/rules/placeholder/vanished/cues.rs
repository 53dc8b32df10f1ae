//! The table of what is looked at: words after or before which a value cannot be missing unseen. One pass
//! finds all of them; the files of the table judge by their neighbours.

use std::sync::LazyLock;

use super::{Joint, days, names, ordinals, rows};
use crate::base::counts::Counts;
use crate::base::lexicon::placeholder as lexicon;
use crate::base::words::Words;
use crate::rules::placeholder::page::Page;

/// Judges the cue that stands at these bytes, from the first to the one after the last.
type Look = fn(&Page<'_>, Counts<'_>, usize, usize) -> Option<Joint>;

static TABLE: &[(&[&str], Look)] = &[
    (lexicon::OTHERS, names::others),
    (lexicon::TORN_ROWS, names::torn),
    (&["同志"], names::comrade),
    (lexicon::REACHED, names::reached),
    (&["月日"], days::month_and_day),
    (lexicon::IN_YEAR, days::in_year),
    (&["年月"], days::year_and_month),
    (lexicon::YEAR_OPENS, days::year_opens),
    (lexicon::OF_YEAR, days::month_of_year),
    (lexicon::TEN_DAYS, days::ten_days),
    (&["于日"], days::day),
    (lexicon::HOURS, days::hour),
    (lexicon::JUBILEES, days::jubilee),
    (&["余年"], days::years),
    (&["的以上"], rows::part),
    (&["月，", "月、"], days::month_opens),
    (&["截至月底", "截至月末"], days::up_to_month),
    (&["第"], ordinals::ordinal),
    (lexicon::SITTINGS, ordinals::sitting),
    (&["党的大", "党的届"], ordinals::congress),
    (&["〕号", "]号"], ordinals::number),
    (lexicon::DONE_BY, rows::done_by),
    (lexicon::DONE_TOGETHER, rows::done_together),
    (lexicon::KIN, rows::kin),
    (&["、先生", "、女士"], rows::addressed),
    (lexicon::HANGING, rows::hanging),
    (lexicon::BORDERS, rows::border),
    (lexicon::LABELS, rows::label),
    (lexicon::AT_PLACE, rows::place),
    (lexicon::GRADUATED, rows::school),
    (lexicon::BARE_ITEMS, rows::bare_item),
    (lexicon::BARE_POINTS, rows::bare_point),
    (lexicon::COMPARED, rows::compared),
];

static CUES: LazyLock<(Words<'static>, Vec<Look>)> = LazyLock::new(|| {
    let words = TABLE.iter().flat_map(|(words, _)| words.iter().copied());
    let looks = TABLE.iter().flat_map(|(words, look)| words.iter().map(move |_| *look));
    (Words::of(words), looks.collect())
});

/// Looks at every cue of the page.
pub(super) fn find(page: &Page<'_>, counts: Counts<'_>) -> Vec<Joint> {
    let (words, looks) = &*CUES;
    words
        .find_iter(page.text)
        .filter_map(|found| looks[found.word](page, counts, found.range.start, found.range.end))
        .collect()
}
