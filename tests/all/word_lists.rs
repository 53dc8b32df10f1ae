//! The loader of word lists: what it makes of a file, and what it says of a slip.
//!
//! The loader is a part of the build, so a slip in a list stops the build; here it is given lists
//! with one slip each.

#[path = "../../build/lexicon.rs"]
mod lexicon;

use lexicon::{Slip, has_sections, module};

/// What is said of a list below a head of one line, the head taken for line 1.
fn said(list: &str) -> Vec<(usize, String)> {
    let slips = module("words", &format!("# Words. Our own.\n{list}")).err().unwrap_or_default();
    slips.into_iter().map(|Slip { line, what }| (line, what)).collect()
}

#[test]
fn a_section_becomes_a_constant_with_its_comments() {
    let list = "# Words. Our own.\n\n[points 要点]\n# Nouns that announce.\n方面 问题\nClick_here\n";
    assert_eq!(
        module("count_claim", list).unwrap(),
        "#[doc = \"Words. Our own.\"]\npub mod count_claim {\n    #[doc = \"要点\"]\n    \
         #[doc = \"Nouns that announce.\"]\n    pub const POINTS: &[&str] = \
         &[\"方面\", \"问题\", \"Click here\"];\n}\n"
    );
}

#[test]
fn records_hold_numbers_days_characters_and_lists() {
    let list = "# Words. Our own.\n[a 甲: number, number, day]\n20 3 2024-07-18\n20 4 2025-10-23\n\
                [b 乙: word, characters, characters]\n江西 长送 -\n[c 丙: word, numbers]\n兰西 620000 630000\n\
                [d 丁: word, words]\n我们们 -\n[e 戊: character]\n县 市\n[f 己: word, year]\n教师节 1985\n";
    let made = module("m", list).unwrap();
    for constant in [
        "A: &[(u32, u32, (u16, u8, u8))] = &[(20, 3, (2024, 7, 18)), (20, 4, (2025, 10, 23))];",
        "B: &[(&str, &str, &str)] = &[(\"江西\", \"长送\", \"\")];",
        "C: &[(&str, &[u32])] = &[(\"兰西\", &[620000, 630000])];",
        "D: &[(&str, &[&str])] = &[(\"我们们\", &[])];",
        "E: &[char] = &['县', '市'];",
        "F: &[(&str, u16)] = &[(\"教师节\", 1985)];",
    ] {
        assert!(made.contains(constant), "{constant}\n{made}");
    }
}

#[test]
fn a_pattern_that_opens_with_a_bracket_is_a_line_and_no_heading() {
    let list = "# Patterns. Our own.\n[sure 网页字句: line]\n[0-9]{4}年 .*\n[.…]*(预览|试读)\n";
    let made = module("m", list).unwrap();
    assert!(made.contains("&[\"[0-9]{4}年 .*\", \"[.…]*(预览|试读)\"]"), "{made}");
}

#[test]
fn a_file_without_a_heading_is_left_to_those_who_read_it() {
    assert!(has_sections("# Words.\n\n[points 要点]\n方面\n"));
    assert!(!has_sections("# Words.\n布署\t部署\n"));
    assert!(!has_sections(""));
}

#[test]
fn a_word_that_stands_twice_is_told_with_both_lines() {
    let told = "“问题” stands here again; it is on line 3".to_owned();
    assert_eq!(said("[points 要点]\n方面 问题\n重点 问题\n"), [(4, told)]);
    let told = "“江西” stands here again; it is on line 3".to_owned();
    assert_eq!(said("[b 乙: word, characters]\n江西 长\n江西 送\n"), [(4, told)]);
    let told = "“校” stands twice on this line".to_owned();
    assert_eq!(said("[d 丁: word, words]\n在在 校 职 校\n"), [(3, told)]);
    let told = "“岸” stands twice in “岸北岸”".to_owned();
    assert_eq!(said("[b 乙: word, characters]\n江西 岸北岸\n"), [(3, told)]);
}

#[test]
fn a_section_without_a_word_is_told_where_it_begins() {
    let told = "a section without a word".to_owned();
    assert_eq!(said("[points 要点]\n# None yet.\n[things 事项]\n工作\n"), [(2, told)]);
}

#[test]
fn a_slip_in_a_heading_is_told() {
    for (heading, told) in [
        ("[points]", "the section “points” does not say its Chinese name: [points 中文]"),
        ("[points 要点: wrod]", "no kind of column: “ wrod”"),
        ("[points2 要点]", "“points2” is no name of a section; a to z and _ only"),
        ("[a 甲: words, word]", "only the last column may take the rest of its line"),
        ("[a 甲: word, line]", "a section of lines has no other column"),
    ] {
        assert_eq!(said(&format!("{heading}\n"))[0], (2, told.to_owned()));
    }
    let told = "this section is there already, on line 2".to_owned();
    assert_eq!(said("[a 甲]\n工作\n[a 甲]\n任务\n"), [(4, told)]);
}

#[test]
fn a_slip_in_a_record_is_told() {
    for (list, told) in [
        ("[a 甲: number, day]\n20\n", "2 columns are wanted here, 1 are given"),
        ("[a 甲: word, word]\n县 市 区\n", "2 columns are wanted here, 3 are given"),
        ("[a 甲: number]\n二十\n", "“二十” is no whole number"),
        ("[a 甲: number, day]\n20 2022-13-01\n", "“2022-13-01” is no day; write 2022-10-22"),
        ("[a 甲: word, year]\n教师节 85\n", "“85” is no year of four digits"),
        ("[a 甲: character]\n县委\n", "“县委” is more than one character"),
    ] {
        assert_eq!(said(list)[0], (3, told.to_owned()));
    }
}

#[test]
fn a_file_says_what_it_is_and_holds_nothing_before_its_first_section() {
    let slips = module("m", "[a 甲]\n工作\n").unwrap_err();
    assert_eq!(slips[0].what, "the head does not say what this is and where it is from");
    assert_eq!(said("工作\n[a 甲]\n任务\n")[0], (2, "words before the first section".to_owned()));
}
