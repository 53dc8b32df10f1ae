//! Skeletons of strangers: each is a bomb, and each ends with what to do about it.

use std::fmt::Write as _;

use super::budget::{self, Bound};
use super::{Options, draft, library, mark};
use crate::base::{Error, Place};
use crate::model::Facts;
use crate::model::facts::load;

const FRONT: &str = "---\nid: own/h\ntitle: {zh: 试, en: test}\n---\n# 题\n\n";
/// The line of a file on which a body begins.
const FIRST: u32 = 7;

fn drafted(body: &str) -> Result<String, Error> {
    let skeleton = library::built_in().skeleton_from("own/h.tera", &format!("{FRONT}{body}\n"))?;
    draft(&skeleton, &Facts::default(), &Options::default()).map(|m| m.text().to_owned())
}

/// The one thing that is wrong with a body, and its line.
fn fault(body: &str) -> (String, Option<u32>) {
    let error = drafted(body).expect_err("a bound is met");
    let [problem] = error.problems() else { panic!("one problem: {error:?}") };
    assert!(problem.help.is_some(), "it says what to do: {problem:?}");
    let line = match &problem.at {
        Some(Place::Line { file, line, .. }) if &**file == "own/h.tera" => Some(*line),
        Some(Place::File(file)) if &**file == "own/h.tera" => None,
        other => panic!("it names the skeleton: {other:?}"),
    };
    (problem.what.zh.to_string(), line)
}

fn meets(bound: Bound, line: Option<u32>, body: &str) {
    let expected = bound.problem().what.zh.to_string();
    let start: String = body.chars().take(60).collect();
    assert_eq!(fault(body), (expected, line.map(|n| FIRST - 1 + n)), "{start}");
}

fn long(word: &str, times: usize) -> String {
    format!("{{% set a = \"{}\" %}}", word.repeat(times))
}

#[test]
fn loops_without_end_are_stopped_at_their_line() {
    meets(Bound::Items, Some(1), "{% for a in range(end=1000000000) %}x{% endfor %}");
    meets(
        Bound::Steps,
        Some(2),
        "{% for a in range(end=9000) %}\n{% for b in range(end=9000) %}{% endfor %}\n{% endfor %}",
    );
    let mut nested = String::new();
    for n in 0..6 {
        let _ = write!(nested, "{{% for a{n} in range(end=50) %}}");
    }
    meets(Bound::Steps, Some(1), &(nested + &"{% endfor %}".repeat(6)));
    let letters = long("甲", 20_000) + "{% for c in a %}{% for d in a %}{% endfor %}{% endfor %}";
    meets(Bound::Steps, Some(1), &letters);
}

#[test]
fn a_text_that_doubles_ends() {
    let start = "{% set_global a = \"甲\" %}\n{% for i in range(end=100) %}\n";
    let grows = |how: &str| format!("{start}{how}{{% endfor %}}\n{{{{ a }}}}");
    meets(Bound::Value, Some(3), &grows("{% set_global a = a ~ a %}"));
    meets(Bound::Value, Some(3), &grows("{% set_global a = a | replace(from=\"甲\", to=\"甲甲\") %}"));
    meets(Bound::Value, Some(3), &grows("{% set_global a %}{{ a }}{{ a }}{% endset %}"));
    meets(Bound::Value, Some(3), &grows("{% set_global a = [a, a] | join(sep=a) %}"));
    let lines = "{% set a = \"甲\" %}\n".to_owned() + &"{% set a = a ~ a %}\n".repeat(60) + "{{ a }}";
    meets(Bound::Value, Some(18), &lines);
    let chain = "{{ \"甲\"".to_owned() + &" | replace(from=\"甲\", to=\"甲甲\")".repeat(60) + " }}";
    meets(Bound::Value, Some(1), &chain);
}

#[test]
fn one_long_expression_is_not_free() {
    let joined = long("甲", 20_000) + "{{ " + &vec!["a"; 100].join(" ~ ") + " }}";
    assert!(drafted(&joined).is_err());
    let round = long("甲", 20_000) + "{% for i in range(end=9999) %}";
    for work in [
        format!("{{% if {} %}}{{% endif %}}", vec!["a"; 100].join(" ~ ")),
        "{% if a | upper | lower == a %}{% endif %}".to_owned(),
        "{% if a is containing(pat=\"乙\") %}{% endif %}".to_owned(),
        "{% if \"乙\" in a %}{% endif %}".to_owned(),
        "{% set b = a | split(pat=\"，\") | unique %}".to_owned(),
        "{% if a[1:] %}{% endif %}".to_owned(),
    ] {
        meets(Bound::Steps, Some(1), &format!("{round}{work}{{% endfor %}}"));
    }
}

#[test]
fn filters_that_repeat_are_looked_at_first() {
    let sep = "甲".repeat(20_000);
    meets(Bound::Value, Some(1), &format!("{{{{ range(end=9000) | join(sep=\"{sep}\") }}}}"));
    meets(Bound::Value, Some(1), "{{ \"甲\\n\\n乙\" | indent(width=999999999) }}");
    meets(Bound::Items, Some(1), &(long("甲", 20_000) + "{{ a | split(pat=\"\") | length }}"));
}

#[test]
fn lists_within_lists_have_a_floor() {
    let start = "{% set_global a = [1] %}{% for i in range(end=9000) %}";
    meets(Bound::Depth, Some(1), &format!("{start}{{% set_global a = [a] %}}{{% endfor %}}{{{{ a }}}}"));
    // Shared, such a list takes no room until somebody writes it.
    let many =
        format!("{start}{{% set_global a = {{\"k\": a, \"l\": a, \"m\": a, \"n\": a}} %}}{{% endfor %}}");
    meets(Bound::Value, Some(1), &many);
}

#[test]
fn text_has_an_end_wherever_it_is_written() {
    let text = "甲乙丙丁".repeat(500);
    meets(Bound::Output, Some(2), &format!("{{% for i in range(end=900) %}}\n{text}\n{{% endfor %}}"));
    meets(
        Bound::Value,
        Some(1),
        &format!("{{% set t %}}{{% for i in range(end=900) %}}{text}{{% endfor %}}{{% endset %}}"),
    );
    let value = long("甲", 20_000) + "\n{% for i in range(end=900) %}\n{{ a }}\n{% endfor %}";
    meets(Bound::Output, Some(3), &value);
}

#[test]
fn phrases_within_phrases_have_a_floor() {
    let start = "{% set_global p = \"甲30万元\" %}{% for i in range(end=9000) %}";
    meets(
        Bound::Depth,
        Some(1),
        &format!("{start}{{% set_global p = p | fresh %}}{{% endfor %}}{{{{ p }}}}"),
    );
    let asked = "{% set_global p = phrase(\"launch.done\", x=p) %}";
    meets(Bound::Depth, Some(1), &format!("{start}{asked}{{% endfor %}}{{{{ p }}}}"));
}

/// Each of many figures is looked for in all that was told.
#[test]
fn many_figures_that_may_have_been_told_end() {
    let text = "甲乙丙丁".repeat(5);
    let body = format!(
        "{{% for i in range(end=9000) %}}{{{{ \"{text}\" ~ i ~ \"37万元\" | fresh }}}}{{% endfor %}}"
    );
    meets(Bound::Steps, None, &body);
}

/// A library of a stranger's too: a phrase that says its slot eight times, within itself.
#[test]
fn a_phrase_that_repeats_what_it_is_given_ends() {
    let phrase = format!("- id: t.many\n  variants: ['{0}一', '{0}二', '{0}三', '{0}四']\n", "{x}".repeat(8));
    let own = library::Own { path: "phrases/t.yaml".to_owned(), text: phrase };
    let library = library::Library::with_own([("phrases/t.yaml".to_owned(), own)].into());
    let body =
        "{{ ".to_owned() + &"phrase(\"t.many\", x=".repeat(14) + "\"甲乙丙丁\"" + &")".repeat(14) + " }}";
    let skeleton = library.skeleton_from("own/h.tera", &format!("{FRONT}{body}\n")).unwrap();
    let error = draft(&skeleton, &Facts::default(), &Options::default()).unwrap_err();
    assert_eq!(error.problems()[0].what, Bound::Output.problem().what);
}

#[test]
fn parts_that_ask_for_parts_end() {
    let part = |n: u32| (format!("templates/parts/p{n}.tera"), format!("@part p{}\n", n + 1).repeat(60));
    let mut own: Vec<_> = (0..7).map(part).collect();
    own.push(("templates/parts/p7.tera".to_owned(), "甲\n".to_owned()));
    let own = own.into_iter().map(|(path, text)| (path.clone(), library::Own { path, text }));
    let library = library::Library::with_own(own.collect());
    let error = library.skeleton_from("own/h.tera", &format!("{FRONT}@part p0\n")).unwrap_err();
    assert!(error.to_string().contains("with its parts"), "{error}");
}

#[test]
fn what_is_no_skeleton_is_refused_before_it_runs() {
    for body in [
        "{% include \"body\" %}",
        "{% component a() %}{% endcomponent %}",
        "{{ [x for x in range(end=3)] }}",
        "{{ [...range(end=3)] }}",
        "{{ __tera_context }}",
        "{% set x = __tera_context %}{{ x }}",
        "{{ \"\\\"\" ~ __tera_context }}",
        "\u{FDD0}\u{FDE0}甲\u{FDD1}",
    ] {
        let error = drafted(body).expect_err(body);
        assert!(error.problems().iter().all(|p| p.at.is_some() && p.help.is_some()), "{body}: {error:?}");
    }
}

/// Pieces of marks, cut off by a slice or turned round, are no text.
#[test]
fn no_inner_sign_reaches_a_document() {
    let facts = load("f.yaml", "会议: {名称: 推进会}\n任务:\n- {名称: 清淤}\n").unwrap();
    for cut in ["[1:]", "[0:2]", "[0:1]", "[::-1]", " | reverse", " | truncate(length=2)", " | upper"] {
        let body = format!("甲{{{{ (meeting.name){cut} }}}}乙{{{{ (phrase(\"launch.done\")){cut} }}}}丙");
        let skeleton = library::built_in().skeleton_from("own/h.tera", &format!("{FRONT}{body}\n"));
        let Ok(made) = draft(&skeleton.unwrap(), &facts, &Options::default()) else { continue };
        assert_eq!(mark::find(made.text()), None, "{cut}: {}", made.text());
    }
}

#[test]
fn no_skeleton_of_the_library_comes_near_its_bounds() {
    let library = library::built_in();
    for id in library.skeleton_ids() {
        let skeleton = library.skeleton(&id).unwrap();
        let (drafted, spent) = budget::spent(|| draft(&skeleton, skeleton.example(), &Options::default()));
        assert!(drafted.is_ok() && spent > 0, "{id}: {spent} steps");
        assert!(spent * 100 < budget::STEPS, "{id}: {spent} steps");
    }
}
