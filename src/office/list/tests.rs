//! The ways of writing numbers.

use super::signs::Signs;

#[test]
fn numbers_of_an_odt_are_written_as_libreoffice_writes_them() {
    let written = |name: &str, numbers: &[u32]| {
        numbers.iter().map(|&n| Signs::of_odf(name, false).write(n)).collect::<Vec<_>>().join(" ")
    };
    for (name, numbers, said) in [
        ("一, 二, 三, ...", &[1, 10, 11, 20, 101, 1010][..], "一 十 十一 二十 一百零一 一千零一十"),
        ("壹, 贰, 叁, ...", &[3, 10, 105], "叁 壹拾 壹佰零伍"),
        ("甲, 乙, 丙, ...", &[1, 10, 11], "甲 癸 11"),
        ("①, ②, ③, ...", &[1, 21, 51], "① ㉑ 51"),
        ("1, 2, 3, ...", &[1, 20], "１ ２０"),
        ("a", &[1, 26, 27, 52, 53, 100, 1000], "a z aa az ba cv all"),
        ("A", &[27, 111, 9999], "AA DG NTO"),
        ("no such", &[7], "7"),
    ] {
        assert_eq!(written(name, numbers), said, "{name}");
    }
    assert_eq!(Signs::of_odf("a", true).write(28), "bb");
}

#[test]
fn numbers_are_written_as_word_writes_them() {
    let written = |name: &str, numbers: &[u32]| {
        numbers.iter().map(|&n| Signs::named(name).write(n)).collect::<Vec<_>>().join(" ")
    };
    for (name, numbers, said) in [
        ("chineseCounting", &[1, 10, 11, 20, 21, 101][..], "一 十 十一 二十 二十一 一百零一"),
        ("ideographDigital", &[9, 10, 21], "九 一〇 二一"),
        ("ideographTraditional", &[1, 10, 11], "甲 癸 11"),
        ("ideographZodiacTraditional", &[1, 2, 60, 61], "甲子 乙丑 癸亥 61"),
        ("chineseLegalSimplified", &[2, 10, 12, 105], "贰 壹拾 壹拾贰 壹佰零伍"),
        ("decimalEnclosedCircle", &[1, 20, 21, 35, 36, 50, 51], "① ⑳ ㉑ ㉟ ㊱ ㊿ 51"),
        ("decimalEnclosedParen", &[1, 20, 21], "⑴ ⒇ 21"),
        ("decimalFullWidth", &[1, 20], "１ ２０"),
        ("decimalZero", &[1, 10, 100], "01 10 100"),
        ("lowerLetter", &[1, 26, 27, 53, 780, 781], &format!("a z aa aaa {} 781", "z".repeat(30))),
        ("upperRoman", &[4, 9, 1994, 4000], "IV IX MCMXCIV 4000"),
        ("no such", &[0, u32::MAX], "0 4294967295"),
        ("chineseCounting", &[0, 10_000], "0 10000"),
    ] {
        assert_eq!(written(name, numbers), said, "{name}");
    }
}
