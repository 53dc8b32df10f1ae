//! Sounds, shapes and words (`phrasebank/alike/`) as tables that are looked up where they lie. What the
//! sections of the first are is told in `src/base/counts/alike.rs`.

#[path = "../src/base/counts/form.rs"]
mod form;

use std::collections::BTreeMap;

use form::{ANY, RARE, bits};

/// Lines without remarks.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// A syllable as those say it who do not tell some sounds apart.
fn family(syllable: &str) -> String {
    let mut family = syllable.to_owned();
    for (one, other) in [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("hu", "fu")] {
        if let Some(rest) = family.strip_prefix(one) {
            family = format!("{other}{rest}");
        }
    }
    for (one, other) in [("ing", "in"), ("eng", "en"), ("ang", "an")] {
        if let Some(rest) = family.strip_suffix(one) {
            family = format!("{rest}{other}");
        }
    }
    family
}

fn code(letter: char) -> u16 {
    u16::try_from(u32::from(letter)).expect("characters of the basic plane")
}

/// The table of sounds and shapes.
pub fn table(sounds: &str, shapes: &str) -> Vec<u8> {
    let mut syllables: Vec<&str> = Vec::new();
    let mut families: BTreeMap<String, Vec<(u16, u16)>> = BTreeMap::new();
    let mut readings: BTreeMap<u16, Vec<(u16, String)>> = BTreeMap::new();
    for line in lines(sounds) {
        let (read, letters) = line.split_once(' ').expect("a syllable and its characters");
        let (syllable, tone) = read.split_at(read.len() - 1);
        let number = syllables.iter().position(|s| *s == syllable).unwrap_or_else(|| {
            syllables.push(syllable);
            syllables.len() - 1
        });
        let number = (number << 3) as u16 | tone.parse::<u16>().expect("a tone");
        let known = letters.split('|').next().unwrap_or_default().chars().count();
        for (at, letter) in letters.chars().filter(|&c| c != '|').enumerate() {
            let number = if at < known { number } else { number | RARE };
            families.entry(family(syllable)).or_default().push((code(letter), number));
            readings.entry(code(letter)).or_default().push((number, family(syllable)));
        }
    }
    let mut alike: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
    for line in lines(shapes) {
        let (letter, others) = line.split_once(' ').expect("a character and its look-alikes");
        let letter = letter.chars().next().expect("a character");
        alike.insert(code(letter), others.chars().map(code).collect());
    }
    let mut sections: [Vec<u16>; 7] = Default::default();
    let start = |section: &[u16], width: usize| (section.len() / width) as u16;
    let numbers: BTreeMap<&String, u16> = families.keys().zip(0..).collect();
    for (letter, read) in &readings {
        sections[0].push(*letter);
        let from = start(&sections[2], 2);
        sections[1].push(from);
        sections[2].extend(read.iter().flat_map(|(syllable, family)| [*syllable, numbers[family]]));
        let from = start(&sections[6], 1);
        sections[5].push(from);
        sections[6].extend(alike.get(letter).into_iter().flatten());
    }
    let (ends, shapes) = (start(&sections[2], 2), start(&sections[6], 1));
    sections[1].push(ends);
    sections[5].push(shapes);
    for members in families.values() {
        let from = start(&sections[4], 2);
        sections[3].push(from);
        sections[4].extend(members.iter().flat_map(|(letter, syllable)| [*letter, *syllable]));
    }
    let end = start(&sections[4], 2);
    sections[3].push(end);
    let head = sections.iter().flat_map(|section| (section.len() as u32).to_le_bytes());
    head.chain(sections.iter().flatten().flat_map(|number| number.to_le_bytes())).collect()
}

fn all(list: &str) -> impl Iterator<Item = String> {
    lines(list).flat_map(|line| {
        let (first, rests) = line.split_once(' ').expect("a character and the rests of its words");
        rests.split(' ').map(move |rest| format!("{first}{rest}"))
    })
}

/// The words, as [`bloom`] holds them.
pub fn words(list: &str) -> Vec<u8> {
    bloom(&all(list).collect::<Vec<_>>(), 12)
}

/// The words of four characters, each with one of them open. It is asked first and the words after it, so it
/// may be wrong more often.
pub fn idioms(list: &str) -> Vec<u8> {
    let open = |word: String| {
        (0..4).map(move |hole| {
            word.chars().enumerate().map(|(at, c)| if at == hole { ANY } else { c }).collect()
        })
    };
    bloom(&all(list).filter(|word| word.chars().count() == 4).flat_map(open).collect::<Vec<String>>(), 8)
}

/// A Bloom filter of so many bits to a word.
fn bloom(words: &[String], room: usize) -> Vec<u8> {
    let mut bytes = vec![0_u8; words.len() * room / 8];
    for word in words {
        for bit in bits(word.chars(), bytes.len() * 8) {
            bytes[bit / 8] |= 1 << (bit % 8);
        }
    }
    bytes
}
