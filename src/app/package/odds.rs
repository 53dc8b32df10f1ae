//! Values that facts do not bear out: at odds with the one fact of the thing (与事实不符), or said by a fact while
//! another says otherwise (事实互相矛盾). The rule `figure-mismatch` finds the most of them; here its findings
//! become grounds with file and line, and what else a table or a sentence makes certain is added.

use std::ops::Range;

use super::evidence::basis;
use super::held::{Ground, Spot};
use super::sentences::Stretch;
use crate::base::figures::{Figure, figures};
use crate::model::facts::path::pattern;
use crate::model::{Facts, Finding};
use crate::report::package::{Basis, Evidence, Sentence, Standing, Value};

/// The rule whose findings name the facts that they are about.
const RULE: &str = "figure-mismatch";

/// Whether a finding says at odds with which fact a value is.
fn is_odd(finding: &Finding) -> bool {
    finding.rule == RULE && !finding.notes.is_empty()
}

/// Whether a finding only counts values without a ground, which a package tells one by one.
pub(super) fn is_count(finding: &Finding) -> bool {
    finding.rule == RULE && finding.notes.is_empty()
}

/// The facts that a finding names, by where they are stated.
fn named(finding: &Finding, facts: &Facts) -> Vec<Basis> {
    let stated = super::held::texts(facts);
    let at = |place: &crate::base::Place| {
        stated.iter().find(|(path, _)| facts.get(path).is_some_and(|fact| fact.at == *place))
    };
    let places = finding.notes.iter().filter_map(|(place, _)| place.as_ref());
    places.filter_map(at).map(|(path, text)| basis(facts, path, None, text)).collect()
}

/// The facts of each finding that is about some.
pub(super) fn facts_of(
    finding: &Finding,
    sentences: &[Sentence],
    stretches: &[Stretch],
    facts: &Facts,
) -> Vec<Basis> {
    if !is_odd(finding) {
        return Vec::new();
    }
    let mut all = named(finding, facts);
    // What else was found to say the one or the other stands behind the value by now.
    for (sentence, stretch) in sentences.iter().zip(stretches) {
        for value in sentence.values.iter().filter(|v| touches(stretch, v, &finding.range)) {
            for basis in value.evidence.iter().flat_map(Evidence::bases) {
                if all.iter().all(|known| known.path != basis.path) {
                    all.push(basis.clone());
                }
            }
        }
    }
    all
}

fn touches(stretch: &Stretch, value: &Value, range: &Range<usize>) -> bool {
    let start = stretch.range.start;
    start + value.range.start < range.end && range.start < start + value.range.end
}

fn add(value: &mut Value, bases: &[Basis]) {
    for basis in bases {
        let known = value.evidence.iter().flat_map(Evidence::bases).any(|b| b.path == basis.path);
        if !known {
            value.evidence.push(Evidence::Fact(basis.clone()));
        }
    }
}

/// Puts what the check found at odds behind the values that it is about.
pub(super) fn mark(
    sentences: &mut [Sentence],
    stretches: &[Stretch],
    ground: &Ground<'_>,
    (facts, findings): (&Facts, &[Finding]),
) {
    for finding in findings.iter().filter(|f| is_odd(f)) {
        let named = named(finding, facts);
        let is_conflict = finding.notes.len() > 1;
        let Some(other) = named.last().filter(|_| is_conflict).cloned() else {
            each(sentences, stretches, &finding.range, &mut |value| {
                value.standing = Standing::AtOdds;
                value.evidence.clear();
                add(value, &named);
            });
            continue;
        };
        let own: Vec<Basis> = named[..named.len() - 1].to_vec();
        let prose = saying_otherwise(sentences, ground, &other, &own);
        let mut against = vec![other];
        against.extend(prose.iter().map(|(_, _, basis)| basis.clone()));
        each(sentences, stretches, &finding.range, &mut |value| {
            value.standing = Standing::Conflict;
            add(value, &own);
            add(value, &against);
        });
        for (n, at, _) in prose {
            let value = &mut sentences[n].values[at];
            value.standing = Standing::Conflict;
            add(value, &own);
        }
        // What is computed from a value that another fact denies is no surer than that.
        for value in sentences.iter_mut().flat_map(|s| &mut s.values) {
            let rests = |b: &Basis| own.iter().any(|own| own.path == b.path);
            if value.standing == Standing::Backed
                && value.evidence.iter().flat_map(Evidence::bases).any(rests)
            {
                value.standing = Standing::Conflict;
            }
        }
    }
}

fn each(
    sentences: &mut [Sentence],
    stretches: &[Stretch],
    range: &Range<usize>,
    put: &mut dyn FnMut(&mut Value),
) {
    for (sentence, stretch) in sentences.iter_mut().zip(stretches) {
        sentence.values.iter_mut().filter(|value| touches(stretch, value, range)).for_each(&mut *put);
    }
}

/// Values that say the other figure of the same thing: 整治率89.3% of a sentence of the facts, with that sentence.
fn saying_otherwise(
    sentences: &[Sentence],
    ground: &Ground<'_>,
    other: &Basis,
    own: &[Basis],
) -> Vec<(usize, usize, Basis)> {
    let mut found = Vec::new();
    let Some(figure) = figures(&other.said).into_iter().next() else { return found };
    for (n, sentence) in sentences.iter().enumerate() {
        for (at, value) in sentence.values.iter().enumerate() {
            let said = figures(&sentence.text[value.range.clone()]).into_iter().next();
            let same = said.is_some_and(|f| f.equals(&figure));
            let Some(basis) = value.bases().next().filter(|_| same && value.standing == Standing::Backed)
            else {
                continue;
            };
            let speaks = own.iter().any(|own| ground.speaks_of(&own.path, &spot(sentence, value)));
            if speaks && basis.path != other.path {
                found.push((n, at, basis.clone()));
            }
        }
    }
    found
}

/// A value as it stands in its sentence.
pub(super) fn spot<'t>(sentence: &'t Sentence, value: &Value) -> Spot<'t> {
    let whole = 0..sentence.text.len();
    Spot {
        text: &sentence.text,
        at: value.range.clone(),
        sentence: whole.clone(),
        paragraph: whole,
        heading: &sentence.heading,
    }
}

/// Values of a paper for which no fact stands, where one of the very same thing says otherwise: another figure in a
/// sentence that is a fact's own but for it, and a cell of a column whose other cells are those of the facts.
pub(super) fn otherwise(sentences: &mut [Sentence], stretches: &[Stretch], ground: &Ground<'_>) {
    for n in 0..sentences.len() {
        for at in 0..sentences[n].values.len() {
            let (sentence, value) = (&sentences[n], &sentences[n].values[at]);
            if !matches!(value.standing, Standing::Unbacked | Standing::SameOnly) {
                continue;
            }
            let found = match stretches[n].is_row {
                true => in_column(sentences, stretches, (n, at), ground),
                false => in_words(sentence, value).or_else(|| ground.growth_of(&spot(sentence, value))),
            };
            if let Some(evidence) = found {
                let value = &mut sentences[n].values[at];
                value.standing = Standing::AtOdds;
                value.evidence = vec![evidence];
            }
        }
    }
}

/// A figure in words that are a fact's, where that fact is the ground of another figure of the sentence.
fn in_words(sentence: &Sentence, value: &Value) -> Option<Evidence> {
    let said = figures(&sentence.text[value.range.clone()]).into_iter().next()?;
    let backed = sentence.values.iter().filter(|v| v.standing == Standing::Backed);
    let mut bases = backed.flat_map(|v| v.evidence.iter().flat_map(Evidence::bases));
    let place = spot(sentence, value);
    let is = |basis: &&Basis| {
        let one = |figure: &Figure| {
            !said.unit.is_empty() && figure.unit == said.unit && place.is_led_as(&basis.said, &figure.range)
        };
        figures(&basis.said).iter().any(one)
    };
    bases.find(is).map(|basis| Evidence::Fact(basis.clone()))
}

/// The cells of a row, whatever parts them in its format.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split(['\n', '|', '\t']).map(str::trim)
}

/// The cell of a row that a value fills: its column.
fn column(sentence: &Sentence, value: &Value) -> Option<usize> {
    let words = &sentence.text[value.range.clone()];
    cells(&sentence.text).position(|cell| cell == words)
}

fn in_column(
    sentences: &[Sentence],
    stretches: &[Stretch],
    (n, at): (usize, usize),
    ground: &Ground<'_>,
) -> Option<Evidence> {
    let (row, value) = (&sentences[n], &sentences[n].values[at]);
    let own = column(row, value)?;
    let first = cells(&row.text).next()?;
    let said = figures(&row.text[value.range.clone()]).into_iter().next()?;
    // Which fact the column is of: that of its other rows, all of them.
    let mut kind: Option<String> = None;
    let others = (0..sentences.len()).filter(|&m| m != n && stretches[m].table == stretches[n].table);
    for other in others.map(|m| &sentences[m]) {
        for cell in other.values.iter().filter(|v| column(other, v) == Some(own)) {
            let basis = cell.bases().next().filter(|_| cell.standing == Standing::Backed)?;
            let of = pattern(&basis.path);
            if kind.as_ref().is_some_and(|kind| *kind != of) {
                return None;
            }
            kind = Some(of);
        }
    }
    let basis = ground.of_record(first, &kind?)?;
    let figure = figures(&basis.said).into_iter().next()?;
    (figure.unit == said.unit && !figure.equals(&said)).then_some(Evidence::Fact(basis))
}

#[cfg(test)]
mod tests {
    use super::{mark, otherwise};
    use crate::app::package::held::{Ground, held};
    use crate::app::package::sentences::sentences;
    use crate::model::facts::load;
    use crate::read::read;

    const FACTS: &str = "\
地区: {名称: 云溪县}
工作: {进展: [去年新修渠道42公里，清淤的河段比上年多出18处]}
指标: [{名称: 有效灌溉面积, 值: 12.6万亩, 上年: 12.0万亩}]
";

    fn told(text: &str) -> Vec<String> {
        let facts = load("f.yaml", FACTS).unwrap();
        let manuscript = read("稿.txt", text.as_bytes()).unwrap();
        let (ground, stretches) = (Ground::of(&facts), sentences(&manuscript));
        let mut all = held(&manuscript, &stretches, &ground, &[]);
        mark(&mut all, &stretches, &ground, (&facts, &[]));
        otherwise(&mut all, &stretches, &ground);
        let values =
            all.iter().flat_map(|sentence| sentence.values.iter().map(move |value| (sentence, value)));
        values.map(|(s, value)| format!("{} {:?}", &s.text[value.range.clone()], value.standing)).collect()
    }

    #[test]
    fn a_growth_that_the_record_does_not_have_is_at_odds_and_one_that_was_rounded_is_not() {
        assert_eq!(told("有效灌溉面积比上年增长6%。"), ["6% AtOdds"]);
        assert_eq!(told("有效灌溉面积比上年下降5%。"), ["5% AtOdds"]);
        assert_eq!(told("有效灌溉面积比上年增长5%。"), ["5% Backed"]);
        assert_eq!(told("养殖水面比上年增长6%。"), ["6% Unbacked"]);
    }

    #[test]
    fn another_figure_in_the_words_of_a_fact_is_at_odds_only_where_that_fact_is_spoken_of() {
        assert_eq!(told("新修渠道42公里，清淤的河段比上年多出21处。"), ["42公里 Backed", "21处 AtOdds"]);
        assert_eq!(told("清淤的河段比上年多出21处。"), ["21处 Unbacked"]);
        assert_eq!(told("新修渠道42公里，关停的企业多出21处。"), ["42公里 Backed", "21处 Unbacked"]);
    }
}
