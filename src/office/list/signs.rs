//! How numbers are written (编号格式): `w:numFmt`.

use crate::base::han::numeral;

/// The ways of writing numbers that Chinese papers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// No number but a sign (项目符号).
    Bullet,
    /// Nothing.
    None,
    /// 1, 2, and all ways that no row is for.
    Decimal,
    /// 01, 02.
    Padded,
    /// １, ２.
    Wide,
    /// 一, 十, 十一.
    Counting,
    /// 一, 一〇, 一一.
    Digits,
    /// 壹, 壹拾.
    Legal,
    /// 壹, 貳, 參.
    LegalTraditional,
    /// 甲, 乙.
    Stems,
    /// 子, 丑.
    Branches,
    /// 甲子, 乙丑.
    Cycle,
    /// Signs that stand one after the other in Unicode: the first, and how many there are.
    Row(&'static [(char, u32)]),
    /// a, b; after z aa, bb.
    Letters(bool),
    /// a, b; after z aa, ab.
    Alphabet(bool),
    /// i, ii.
    Roman(bool),
    /// - 1 -.
    Dashed,
}

const CIRCLES: &[(char, u32)] = &[('①', 20), ('㉑', 15), ('㊱', 15)];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

impl Signs {
    /// Those that `w:numFmt` names.
    pub fn named(name: &str) -> Self {
        match name {
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "decimalZero" => Self::Padded,
            "decimalFullWidth" | "decimalFullWidth2" => Self::Wide,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting" => Self::Counting,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::Digits,
            "chineseLegalSimplified" => Self::Legal,
            "ideographLegalTraditional" => Self::LegalTraditional,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "ideographZodiacTraditional" => Self::Cycle,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Row(CIRCLES),
            "decimalEnclosedFullstop" => Self::Row(&[('⒈', 20)]),
            "decimalEnclosedParen" => Self::Row(&[('⑴', 20)]),
            "ideographEnclosedCircle" => Self::Row(&[('㊀', 10)]),
            "lowerLetter" => Self::Letters(false),
            "upperLetter" => Self::Letters(true),
            "lowerRoman" => Self::Roman(false),
            "upperRoman" => Self::Roman(true),
            "numberInDash" => Self::Dashed,
            _ => Self::Decimal,
        }
    }

    /// Those that a `style:num-format` of an .odt names, as LibreOffice shows them; `doubled` is
    /// `style:num-letter-sync`.
    pub fn of_odf(name: &str, doubled: bool) -> Self {
        let letters = |upper| if doubled { Self::Letters(upper) } else { Self::Alphabet(upper) };
        match name {
            "" => Self::None,
            "a" => letters(false),
            "A" => letters(true),
            "i" => Self::Roman(false),
            "I" => Self::Roman(true),
            "01, 02, 03, ..." => Self::Padded,
            // So the full-width figures are called.
            "1, 2, 3, ..." => Self::Wide,
            "一, 二, 三, ..." => Self::Counting,
            "壹, 贰, 叁, ..." => Self::Legal,
            "壹, 貳, 參, ..." => Self::LegalTraditional,
            "甲, 乙, 丙, ..." => Self::Stems,
            "子, 丑, 寅, ..." => Self::Branches,
            "①, ②, ③, ..." => Self::Row(CIRCLES),
            _ => Self::Decimal,
        }
    }

    /// A number as it is shown; one that these signs cannot write in Arabic figures.
    pub fn write(self, n: u32) -> String {
        let written = match self {
            Self::Bullet | Self::None => Some(String::new()),
            Self::Decimal => None,
            Self::Padded => Some(format!("{n:02}")),
            Self::Wide => Some(each_digit(n, "０１２３４５６７８９")),
            Self::Counting => usize::try_from(n).ok().filter(|n| (1..10_000).contains(n)).map(numeral),
            Self::Digits => Some(each_digit(n, "〇一二三四五六七八九")),
            Self::Legal => legal(n, "壹贰叁肆伍陆柒捌玖"),
            Self::LegalTraditional => legal(n, "壹貳參肆伍陸柒捌玖"),
            Self::Stems => nth(STEMS, n),
            Self::Branches => nth(BRANCHES, n),
            Self::Cycle => (1..=60)
                .contains(&n)
                .then(|| nth(STEMS, (n - 1) % 10 + 1).zip(nth(BRANCHES, (n - 1) % 12 + 1)))
                .flatten()
                .map(|(stem, branch)| stem + &branch),
            Self::Row(rows) => in_rows(rows, n),
            Self::Letters(upper) => letters(n, upper),
            Self::Alphabet(upper) => alphabet(n, upper),
            Self::Roman(upper) => roman(n, upper),
            Self::Dashed => Some(format!("- {n} -")),
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

/// The character of this place, from 1.
fn nth(signs: &str, n: u32) -> Option<String> {
    let at = usize::try_from(n).ok()?.checked_sub(1)?;
    signs.chars().nth(at).map(String::from)
}

fn each_digit(n: u32, digits: &str) -> String {
    let digit = |d: char| digits.chars().nth(d.to_digit(10).map_or(0, |d| d as usize));
    n.to_string().chars().filter_map(digit).collect()
}

/// 壹佰零壹: unlike [`numeral`], ten has its one.
fn legal(n: u32, digits: &str) -> Option<String> {
    let value = usize::try_from(n).ok().filter(|n| (1..10_000).contains(n))?;
    let said = numeral(value);
    let said = if (10..20).contains(&value) { format!("一{said}") } else { said };
    let sign = |c: char| match c {
        '十' => Some('拾'),
        '百' => Some('佰'),
        '千' => Some('仟'),
        '零' => Some('零'),
        _ => digits.chars().nth("一二三四五六七八九".chars().position(|d| d == c)?),
    };
    said.chars().map(sign).collect()
}

fn in_rows(rows: &[(char, u32)], n: u32) -> Option<String> {
    let mut at = n.checked_sub(1)?;
    for &(first, count) in rows {
        if at < count {
            return char::from_u32(u32::from(first) + at).map(String::from);
        }
        at -= count;
    }
    None
}

fn letters(n: u32, upper: bool) -> Option<String> {
    /// The last that Word writes so.
    const MOST: u32 = 780;
    let at = n.checked_sub(1).filter(|_| n <= MOST)?;
    let letter = char::from_u32(u32::from(if upper { 'A' } else { 'a' }) + at % 26)?;
    Some(std::iter::repeat_n(letter, at as usize / 26 + 1).collect())
}

fn alphabet(n: u32, upper: bool) -> Option<String> {
    let mut left = n;
    let mut said = Vec::new();
    while left > 0 {
        left -= 1;
        said.push(char::from_u32(u32::from(if upper { 'A' } else { 'a' }) + left % 26)?);
        left /= 26;
    }
    (!said.is_empty()).then(|| said.iter().rev().collect())
}

fn roman(n: u32, upper: bool) -> Option<String> {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return None;
    }
    let mut left = n;
    let mut said = String::new();
    for (value, signs) in VALUES {
        while left >= value {
            said.push_str(signs);
            left -= value;
        }
    }
    Some(if upper { said } else { said.to_lowercase() })
}
