//! Documents of Word 97, made byte by byte: what other programs write is tried in `tests/all/formats.rs`.

use super::Doc;
use super::fib::Fib;
use super::properties::Runs;
use crate::base::Lang;
use crate::model::{Beside, BlockKind, Gap, Manuscript};
use crate::office::compound::Compound;
use crate::office::compound::tests::compound;
use crate::read::{Reader, read};

/// Where text begins in the stream `WordDocument`.
const TEXT: usize = 2_048;

/// A document while it is made.
struct Maker {
    main: Vec<u8>,
    table: Vec<u8>,
    /// What the table of pieces says: characters, place, changes.
    pieces: Vec<(usize, u32, u16)>,
    lists: Vec<u8>,
    at: usize,
}

impl Maker {
    fn new() -> Self {
        let mut main = vec![0; TEXT];
        put(&mut main, 0, &0xA5ECu16.to_le_bytes());
        put(&mut main, 2, &0x00C1u16.to_le_bytes());
        Self { main, table: Vec::new(), pieces: Vec::new(), lists: Vec::new(), at: 0 }
    }

    /// A piece in two bytes a character, behind all that there are.
    fn wide(mut self, text: &str, changes: u16) -> Self {
        let place = self.main.len() as u32;
        self.main.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        self.pieces.push((text.encode_utf16().count(), place, changes));
        self
    }

    /// A piece in one byte a character.
    fn narrow(mut self, text: &[u8]) -> Self {
        self.pieces.push((text.len(), (2 * self.main.len() as u32) | 0x4000_0000, 0));
        self.main.extend_from_slice(text);
        self
    }

    /// A table, by its number in the head.
    fn table(mut self, number: usize, bytes: &[u8]) -> Self {
        let at = 154 + 8 * number;
        put(&mut self.main, at, &(self.table.len() as u32).to_le_bytes());
        put(&mut self.main, at + 4, &(bytes.len() as u32).to_le_bytes());
        self.table.extend_from_slice(bytes);
        self
    }

    /// A page of properties, with what it says of which bytes: `entry` is the size of an entry of the page.
    fn page(mut self, number: usize, entry: usize, runs: &[(usize, usize, &[u8])]) -> Self {
        self.main.resize(self.main.len().next_multiple_of(512), 0);
        let page_number = (self.main.len() / 512) as u32;
        let mut page = vec![0; 512];
        page[511] = runs.len() as u8;
        let mut free = 510;
        for (n, (start, end, says)) in runs.iter().enumerate() {
            put(&mut page, 4 * n, &(*start as u32).to_le_bytes());
            put(&mut page, 4 * n + 4, &(*end as u32).to_le_bytes());
            free = (free - says.len()) & !1;
            put(&mut page, free, says);
            page[4 * (runs.len() + 1) + entry * n] = (free / 2) as u8;
        }
        self.main.extend(page);
        let mut table = Vec::new();
        for n in [runs[0].0 as u32, runs[runs.len() - 1].1 as u32, page_number] {
            table.extend(n.to_le_bytes());
        }
        self.table(number, &table)
    }

    /// The bytes of the file; its body is all of its characters.
    fn finish(mut self) -> Vec<u8> {
        let mut pieces = self.lists.clone();
        let mut says: Vec<u8> = Vec::new();
        let mut cp = 0u32;
        for (length, _, _) in &self.pieces {
            says.extend(cp.to_le_bytes());
            cp += *length as u32;
        }
        says.extend(cp.to_le_bytes());
        for (_, place, changes) in &self.pieces {
            says.extend([0, 0]);
            says.extend(place.to_le_bytes());
            says.extend(changes.to_le_bytes());
        }
        pieces.push(2);
        pieces.extend((says.len() as u32).to_le_bytes());
        pieces.extend(says);
        if self.at == 0 {
            put(&mut self.main, 76, &cp.to_le_bytes());
        }
        let made = self.table(33, &pieces);
        compound(&[("WordDocument", &made.main), ("0Table", &made.table)])
    }
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn read_doc(bytes: &[u8]) -> Manuscript {
    Doc.read("稿.doc", bytes).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    read("稿.doc", bytes).unwrap_err().in_lang(Lang::En)
}

#[test]
fn pieces_of_both_widths_follow_the_order_of_the_text_not_of_the_file() {
    let mut made = Maker::new().wide("清河镇，", 0).narrow(b"GDP \x93A\x94\r").wide("云溪县", 0);
    // Saved fast: what was typed last lies last.
    made.pieces.rotate_right(1);
    assert_eq!(read_doc(&made.finish()).text(), "云溪县清河镇，GDP “A”");
}

#[test]
fn signs_of_control_mean_what_they_do_in_a_docx() {
    let text = "一\u{B}二\t三\u{1E}四\u{1F}五\u{A0}六\u{2}\u{5}\r\u{13} PAGE \u{14}7\u{15}页\u{13} TOC \u{15}\r\
                前\u{C}后\r𠮷\u{F0FE}\u{F0A8}\r";
    let read = read_doc(&Maker::new().wide(text, 0).finish());
    assert_eq!(read.text(), "一\n二\t三-四五\u{A0}六\n7页\n前\n后\n𠮷☑□");
}

#[test]
fn what_was_deleted_is_left_out_and_what_is_hidden_is_told() {
    let at = |n: usize| TEXT + 2 * n;
    let runs: [(usize, usize, &[u8]); 4] = [
        (at(0), at(2), &[0]),
        (at(2), at(4), &[3, 0x00, 0x08, 1]),
        (at(4), at(6), &[3, 0x3C, 0x08, 1]),
        (at(6), at(8), &[0]),
    ];
    let made = Maker::new().wide("保留删去隐藏。\r", 0).page(12, 1, &runs);
    let read = read_doc(&made.finish());
    assert_eq!(read.text(), "保留隐藏。");
    let notes: String = read.notes().iter().map(|n| n.in_lang(Lang::En)).collect();
    assert!(notes.contains("tracked changes") && notes.contains("hidden"), "{notes}");
}

#[test]
fn a_piece_that_was_deleted_in_the_short_form_is_left_out() {
    let made = Maker::new().wide("留", 0).wide("删", 0x41 << 1 | 1 << 8).wide("下\r", 0);
    assert_eq!(read_doc(&made.finish()).text(), "留下");
}

#[test]
fn outline_levels_and_rows_of_tables_are_told_by_paragraphs() {
    let text = "标题行\r甲\u{7}乙\u{7}\u{7}丙\u{7}\u{7}正文\r";
    let at = |n: usize| TEXT + 2 * n;
    let cell: &[u8] = &[3, 0, 0, 0x16, 0x24, 1];
    let columns = |edges: &[i16]| {
        let mut says = vec![edges.len() as u8 - 1];
        says.extend(edges.iter().flat_map(|e| e.to_le_bytes()));
        let mut list = vec![0, 0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1, 0x08, 0xD6];
        list.extend((says.len() as u16 + 1).to_le_bytes());
        list.extend(says);
        list[0] = (list.len() as u8).div_ceil(2);
        list
    };
    let (two, one) = (columns(&[0, 1000, 3000]), columns(&[1005, 3000]));
    let runs: [(usize, usize, &[u8]); 7] = [
        (at(0), at(4), &[3, 0, 0, 0x40, 0x26, 1]),
        (at(4), at(6), cell),
        (at(6), at(8), cell),
        (at(8), at(9), &two),
        (at(9), at(11), cell),
        (at(11), at(12), &one),
        (at(12), at(15), &[2, 0, 0]),
    ];
    let read = read_doc(&Maker::new().wide(text, 0).page(13, 13, &runs).finish());
    let blocks: Vec<_> = read.blocks().iter().map(|b| (b.kind, read.block_text(b))).collect();
    let cell = BlockKind::Cell;
    let expected = [
        (BlockKind::Heading(2), "标题行"),
        (cell, "甲"),
        (cell, "乙"),
        (cell, "丙"),
        (BlockKind::Body, "正文"),
    ];
    assert_eq!(blocks, expected);
    let cells: Vec<_> =
        read.cells().iter().map(|c| (c.row, c.column, &read.text()[c.range.clone()])).collect();
    assert_eq!(cells, [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "丙")]);
}

#[test]
fn what_cannot_be_read_says_what_it_is() {
    let whole = || Maker::new().wide("文\r", 0);
    let with = |at: usize, bytes: &[u8]| {
        let mut made = whole();
        put(&mut made.main, at, bytes);
        made.finish()
    };
    assert!(refused(&with(10, &[0, 1])).contains("password"));
    assert!(refused(&with(2, &[0x68, 0])).contains("Word 95"));
    assert!(refused(&with(0, &[0xDC, 0xA5, 0x65, 0])).contains("Word 95"));
    assert!(refused(&with(0, &[1, 2])).contains("damaged"));
    assert!(refused(b"\xDB\xA5\x2D\0\0\0").contains("before Word 95"));
    assert!(refused(&compound(&[("PowerPoint Document", b"1")])).contains("presentation"));
    assert!(refused(&compound(&[("EncryptedPackage", b"1")])).contains("password"));
    assert!(refused(&compound(&[("WordDocument", b"")])).contains("damaged"));
    assert!(refused(&compound(&[("CONTENTS", b"1")])).contains("Works"));
    assert!(refused(&compound(&[])).contains("compound"));
}

#[test]
fn what_lost_its_directory_is_what_it_is_called_and_no_workbook_for_a_word_in_its_text() {
    let whole = Maker::new().wide(&"Book Title\r".repeat(300), 0).finish();
    let told = refused(&whole[..whole.len() / 2]);
    assert!(told.contains(".doc, .wps") && told.contains("incomplete"), "{told}");
}

#[test]
fn a_text_that_breaks_off_is_read_as_far_as_it_goes() {
    let mut made = Maker::new().wide("前一段\r后一段\r", 0);
    made.pieces[0].0 += 5_000;
    let read = read_doc(&made.finish());
    assert!(read.text().starts_with("前一段\n后一段"), "{}", read.text());
    assert_eq!(read.gaps(), [Gap::Rest]);
}

/// A level: how its numbers are written, what it shows, and flags.
fn level(signs: u8, shown: &str, flags: u8, goes_on: u8) -> Vec<u8> {
    let mut bytes = vec![1, 0, 0, 0, signs, flags];
    bytes.extend([0; 9]);
    // A tab follows; no properties.
    bytes.extend([0; 11]);
    bytes.extend([goes_on, 0]);
    bytes.extend((shown.encode_utf16().count() as u16).to_le_bytes());
    bytes.extend(shown.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn automatic_numbers_are_those_of_the_lists() {
    let at = |n: usize| TEXT + 2 * n;
    let on = |list: u16, depth: u8| {
        let [low, high] = list.to_le_bytes();
        [5, 0, 0, 0x0B, 0x46, low, high, 0x0A, 0x26, depth][..].to_vec()
    };
    // The third names the list by its number below zero, the fifth one that begins at 5, the last none.
    let said: Vec<(u16, u8)> =
        vec![(1, 0), (1, 1), (1u16.wrapping_neg(), 1), (1, 0), (2, 0), (1, 1), (0xF801, 0), (9, 0)];
    let lists: Vec<Vec<u8>> = said.iter().map(|(list, depth)| on(*list, *depth)).collect();
    let runs: Vec<(usize, usize, &[u8])> =
        lists.iter().enumerate().map(|(n, list)| (at(2 * n), at(2 * n + 2), list.as_slice())).collect();
    let mut kinds = vec![1, 0, 7, 0, 0, 0];
    kinds.extend([0; 4]);
    kinds.extend([0xFF, 0x0F].repeat(9));
    kinds.extend([0, 0]);
    let mut levels = [level(39, "\0、", 0, 0), level(0, "（\u{1}）", 0, 0)].concat();
    levels.extend(level(23, "•", 0, 0).repeat(7));
    let list = |own: u8| [[7, 0, 0, 0].as_slice(), &[0; 8], &[own, 0, 0, 0]].concat();
    let own = [[0xFF; 4].as_slice(), &[0xFF; 4], &[5, 0, 0, 0, 0x10, 0, 0, 0]].concat();
    let named = [[2, 0, 0, 0].as_slice(), &list(0), &list(1), &own].concat();
    let mut made =
        Maker::new().wide("甲\r乙\r丙\r丁\r戊\r己\r庚\r辛\r", 0).page(13, 13, &runs).table(73, &kinds);
    // The levels lie behind the kinds, where no length tells of them.
    made.table.extend(levels);
    let read = read_doc(&made.table(74, &named).finish());
    assert_eq!(read.text(), "一、甲\n（1）乙\n（2）丙\n二、丁\n五、戊\n（1）己\n庚\n辛");
    assert_eq!(read.made().len(), 6);
}

#[test]
fn notes_stand_beside_the_words_that_call_them() {
    let calls = [3u32.to_le_bytes(), 5u32.to_le_bytes(), [0; 4]].concat();
    let ends = [0u32, 4, 9].map(u32::to_le_bytes).concat();
    let mut made =
        Maker::new().wide("全县增\u{2}长。\r", 0).wide("\u{2}初步\r", 0).table(2, &calls).table(3, &ends);
    made.at = 1;
    put(&mut made.main, 76, &7u32.to_le_bytes());
    put(&mut made.main, 80, &4u32.to_le_bytes());
    let read = read_doc(&made.finish());
    let lines: Vec<_> =
        read.margin().iter().map(|l| (l.beside, l.text.as_str(), &read.text()[l.at.clone()])).collect();
    assert_eq!(lines, [(Beside::Footnote, "初步", "全县增")]);
}

/// A chain of pieces that all say the same stretch would make gigabytes of kilobytes.
#[test]
fn pieces_that_repeat_a_stretch_are_bounded_by_the_file() {
    let mut made = Maker::new().wide(&"字".repeat(20_000), 0);
    let piece = made.pieces[0];
    made.pieces = vec![piece; 5_000];
    let bytes = made.finish();
    let read = read_doc(&bytes);
    assert!(read.text().chars().count() <= bytes.len());
    assert_eq!(read.gaps(), [Gap::Rest]);
}

#[test]
fn a_page_of_properties_that_is_named_again_and_again_is_read_once() {
    let runs: [(usize, usize, &[u8]); 1] = [(TEXT, TEXT + 4, &[0])];
    let made = Maker::new().wide("文\r", 0).page(12, 1, &runs);
    let number = made.table[8..12].to_vec();
    let table = [vec![0; 4 * 1_001], number.repeat(1_000)].concat();
    let bytes = made.table(12, &table).finish();
    let fib = Fib::read(&Compound::open(&bytes).unwrap()).unwrap();
    assert_eq!(Runs::of_characters(&fib).len(), 1);
}

#[test]
fn stories_of_headers_that_go_back_are_not_read_again() {
    let told = |starts: &[u32]| {
        // Six of footnotes, six of a section, and what means nothing.
        let table: Vec<u8> = [0; 6].iter().chain(starts).flat_map(|n| n.to_le_bytes()).collect();
        let mut made = Maker::new().wide("文\r", 0).wide("县府\r\r", 0).table(11, &table);
        made.at = 1;
        put(&mut made.main, 76, &2u32.to_le_bytes());
        put(&mut made.main, 84, &4u32.to_le_bytes());
        let read = read_doc(&made.finish());
        assert_eq!((read.text(), read.gaps()), ("文", &[][..]));
        read.margin().iter().map(|line| (line.beside, line.text.clone())).collect::<Vec<_>>()
    };
    let head = || (Beside::Header, "县府".to_owned());
    assert_eq!(told(&[0, 3, 3, 3, 3, 3, 3, 9]), [head()]);
    assert_eq!(told(&[0, 0, 3, 3, 3, 3, 3, 9]), [head()]);
    assert_eq!(told(&[0, 0, 0, 3, 3, 3, 3, 9]), [(Beside::Footer, "县府".to_owned())]);
    // The head of the first page lies before what was looked at already.
    assert_eq!(told(&[3, 4, 4, 4, 0, 3, 3, 9]), []);
}

#[test]
fn flipped_and_cut_bytes_are_read_or_refused() {
    let at = |n: usize| TEXT + 2 * n;
    let runs: [(usize, usize, &[u8]); 2] =
        [(at(0), at(2), &[3, 0, 0, 0x16, 0x24, 1]), (at(2), at(4), &[2, 0, 0])];
    let made =
        Maker::new().wide("一\u{7}\u{7}二\r", 0).page(13, 13, &runs).table(56, &[1; 60]).table(40, &[1; 64]);
    let whole = made.finish();
    for at in 0..whole.len() {
        for value in [0, 1, 0x7F, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            let _ = Doc.read("稿.doc", &bytes);
        }
        let _ = Doc.read("稿.doc", &whole[..at]);
    }
}
