//! Which characters are taken for one another: read alike, or looking alike.
//!
//! Made by `build/alike.rs` from `phrasebank/alike/`, and asked where it lies. Sounds are syllables with their
//! tones; syllables that many speakers do not tell apart (zh and z, n and l, in and ing) are one family, and the
//! members of a family are what may have been meant. Words are a Bloom filter (1970): of what is no word one in
//! some two hundred passes for one.

use super::form::{ANY, RARE, bits};

/// Sections of the file: characters, where the readings of each begin, readings (syllable and family), where the
/// members of each family begin, members (character and syllable), where the look-alikes of each character
/// begin, look-alikes. All are numbers of two bytes; how many there are stands at the head, four bytes each.
const SECTIONS: usize = 7;

static SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/alike.bin"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bloom"));
static IDIOMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/idioms.bloom"));

/// In which way two characters are alike, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Read the same, tone and all (同音).
    Tone,
    /// The same syllable in another tone (同音不同调).
    Sound,
    /// A syllable of the same family (近音).
    Near,
    /// They look alike (形近).
    Shape,
}

/// A list of numbers of two bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Numbers(&'static [u8]);

impl Numbers {
    fn at(self, index: usize) -> u16 {
        self.0.get(index * 2..index * 2 + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
    }

    fn len(self) -> usize {
        self.0.len() / 2
    }

    fn find(self, wanted: u16) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.at(middle).cmp(&wanted) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

/// What the program knows of sounds and shapes.
#[derive(Debug, Clone, Copy)]
pub struct Alike {
    sections: [Numbers; SECTIONS],
}

impl Alike {
    /// The table that is built in.
    #[must_use]
    pub fn shipped() -> Self {
        let mut sections = [Numbers::default(); SECTIONS];
        let (head, mut rest) = SHIPPED.split_at_checked(SECTIONS * 4).unwrap_or_default();
        for (section, length) in sections.iter_mut().zip(head.as_chunks::<4>().0) {
            let length = u32::from_le_bytes(*length) as usize * 2;
            let (own, behind) = rest.split_at_checked(length).unwrap_or_default();
            *section = Numbers(own);
            rest = behind;
        }
        Self { sections }
    }

    fn index(&self, letter: char) -> Option<usize> {
        u16::try_from(u32::from(letter)).ok().and_then(|code| self.sections[0].find(code))
    }

    /// What may be meant by a character, each with how it is like it; one may be given twice, and by
    /// another likeness. Nothing of a character that the table does not have.
    pub fn of(&self, letter: char) -> impl Iterator<Item = (char, Likeness)> + use<> {
        self.heard(letter, false).chain(self.seen(letter))
    }

    /// The same without characters that the counts do not know, as far as that is noted.
    pub fn common(&self, letter: char) -> impl Iterator<Item = (char, Likeness)> + use<> {
        self.heard(letter, true).chain(self.seen(letter))
    }

    /// What is read alike.
    fn heard(&self, letter: char, common: bool) -> impl Iterator<Item = (char, Likeness)> + use<> {
        let [_, starts, readings, families, members, ..] = self.sections;
        let index = self.index(letter);
        let own = index.map_or(0..0, |at| starts.at(at) as usize..starts.at(at + 1) as usize);
        own.flat_map(move |reading| {
            let (syllable, family) =
                (readings.at(reading * 2) & !RARE, usize::from(readings.at(reading * 2 + 1)));
            (families.at(family) as usize..families.at(family + 1) as usize).filter_map(move |member| {
                let other = char::from_u32(members.at(member * 2).into())?;
                let same = members.at(member * 2 + 1);
                if common && same & RARE != 0 {
                    return None;
                }
                let same = same & !RARE;
                let likeness = if same == syllable {
                    Likeness::Tone
                } else if same >> 3 == syllable >> 3 {
                    Likeness::Sound
                } else {
                    Likeness::Near
                };
                (other != letter).then_some((other, likeness))
            })
        })
    }

    /// What looks alike.
    fn seen(&self, letter: char) -> impl Iterator<Item = (char, Likeness)> + use<> {
        let [.., starts, shapes] = self.sections;
        self.index(letter)
            .map_or(0..0, |at| starts.at(at) as usize..starts.at(at + 1) as usize)
            .filter_map(move |at| Some((char::from_u32(shapes.at(at).into())?, Likeness::Shape)))
    }

    /// In which way two characters are alike, if they are.
    #[must_use]
    pub fn likeness(&self, one: char, other: char) -> Option<Likeness> {
        self.of(one).filter(|(c, _)| *c == other).map(|(_, likeness)| likeness).min()
    }

    /// Whether these letters are a word of two to four characters.
    #[must_use]
    pub fn is_word(&self, letters: &[char]) -> bool {
        (2..=4).contains(&letters.len()) && holds(WORDS, letters.iter().copied())
    }

    /// Whether these four letters, but for the one at `hole`, are those of a word of four.
    #[must_use]
    pub fn may_be_idiom(&self, letters: &[char], hole: usize) -> bool {
        letters.len() == 4
            && holds(IDIOMS, letters.iter().enumerate().map(|(at, &c)| if at == hole { ANY } else { c }))
    }
}

/// Whether a Bloom filter has these letters: four bits each.
fn holds(filter: &[u8], letters: impl Iterator<Item = char>) -> bool {
    bits(letters, filter.len() * 8).all(|bit| filter[bit / 8] >> (bit % 8) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::{Alike, Likeness};

    #[test]
    fn characters_are_alike_by_sound_and_by_shape() {
        let alike = Alike::shipped();
        assert_eq!(alike.likeness('布', '部'), Some(Likeness::Tone));
        assert_eq!(alike.likeness('按', '安'), Some(Likeness::Sound));
        assert_eq!(alike.likeness('竞', '进'), Some(Likeness::Near));
        assert_eq!(alike.likeness('未', '末'), Some(Likeness::Shape));
        assert_eq!(alike.likeness('未', '百'), None);
        assert_eq!(alike.of('x').count(), 0);
    }

    #[test]
    fn a_word_is_one_and_what_is_none_is_not() {
        let alike = Alike::shipped();
        let is_word = |word: &str| alike.is_word(&word.chars().collect::<Vec<_>>());
        for word in ["安装", "部署", "图书馆", "一如既往"] {
            assert!(is_word(word), "{word}");
        }
        assert!(!is_word("装安") && !is_word("一如继往") && !is_word("安"));
    }
}
