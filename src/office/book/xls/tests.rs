//! Workbooks made record by record: what other programs write is tried in `tests/all/formats.rs`.

use super::Room;
use crate::base::{Lang, Result};
use crate::office::book::{Book, Cell};
use crate::office::compound::tests::compound;

fn read(bytes: &[u8]) -> Result<Book> {
    super::read(bytes, Room::ALL)
}

fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((bytes.len() as u16).to_le_bytes());
    record.extend(bytes);
    record
}

fn cell(kind: u16, at: (u16, u16), style: u16, rest: &[u8]) -> Vec<u8> {
    let head = [at.0, at.1, style].into_iter().flat_map(u16::to_le_bytes);
    record(kind, &head.chain(rest.iter().copied()).collect::<Vec<_>>())
}

/// Words in two bytes a character, behind a length of so many bytes.
fn wide(words: &str, length: usize) -> Vec<u8> {
    let units: Vec<u16> = words.encode_utf16().collect();
    let mut bytes = (units.len() as u16).to_le_bytes()[..length].to_vec();
    bytes.push(1);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

const BEGIN: &[u8] = &[0, 6, 5, 0, 0, 0, 0, 0];

/// The stream of a workbook with what its beginning and its sheets say; a sheet is its name, its state and its records.
fn stream(globals: &[Vec<u8>], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    let listed = |places: &[u32]| {
        let mut out = record(0x0809, BEGIN);
        out.extend(globals.concat());
        for ((name, state, _), place) in sheets.iter().zip(places) {
            let mut tab = place.to_le_bytes().to_vec();
            tab.extend([*state, 0]);
            tab.extend(wide(name, 1));
            out.extend(record(0x0085, &tab));
        }
        out.extend(record(0x000A, &[]));
        out
    };
    let mut place = listed(&vec![0; sheets.len()]).len() as u32;
    let mut places = Vec::new();
    let mut bodies = Vec::new();
    for (_, _, body) in sheets {
        places.push(place);
        let whole = [record(0x0809, BEGIN), body.clone(), record(0x000A, &[])].concat();
        place += whole.len() as u32;
        bodies.extend(whole);
    }
    [listed(&places), bodies].concat()
}

fn book(globals: &[Vec<u8>], sheets: &[(&str, u8, Vec<u8>)]) -> Book {
    read(&compound(&[("Workbook", &stream(globals, sheets))])).unwrap()
}

fn refused(stream: &[u8]) -> String {
    read(&compound(&[("Workbook", stream)])).unwrap_err().in_lang(Lang::En)
}

/// A style that shows numbers by this format.
fn style(format: u16) -> Vec<u8> {
    record(0x00E0, &[[0; 2], format.to_le_bytes()].concat())
}

#[test]
fn a_sheet_of_more_cells_than_there_is_room_for_is_refused() {
    let label = cell(0x0204, (0, 0), 0, &wide("一", 2));
    // Two numbers in one record, and a formula.
    let numbers = record(0x00BD, &[[1, 0, 0, 0].as_slice(), &[0; 12], &[1, 0]].concat());
    let formula = cell(0x0006, (2, 0), 0, &1.0f64.to_le_bytes());
    let sheets = [("表", 0, [label, numbers, formula].concat())];
    let file = compound(&[("Workbook", &stream(&[], &sheets))]);
    let read = |cells| super::read(&file, Room { cells, words: 100, signs: 0 });
    assert_eq!(read(4).unwrap().sheets[0].cells.len(), 4);
    assert!(read(3).unwrap_err().in_lang(Lang::En).contains("300000 cells"));
    // Two numbers of a style of four signs take eight.
    let globals = [record(0x041E, &[164u16.to_le_bytes().to_vec(), wide("0.00", 2)].concat()), style(164)];
    let numbers = record(0x00BD, &[[1, 0, 0, 0].as_slice(), &[0; 12], &[1, 0]].concat());
    let file = compound(&[("Workbook", &stream(&globals, &[("表", 0, numbers)]))]);
    let read = |signs| super::read(&file, Room { cells: 9, words: 100, signs });
    assert_eq!(read(8).unwrap().sheets[0].cells.len(), 2);
    assert!(read(7).unwrap_err().in_lang(Lang::En).contains("General or Number"));
}

#[test]
fn a_figure_is_what_its_cell_shows() {
    let globals = [
        record(0x041E, &[164u16.to_le_bytes().to_vec(), wide("0.00\"亿元\"", 2)].concat()),
        style(0),
        style(164),
        style(9),
        style(31),
    ];
    let body = [
        cell(0x0203, (0, 0), 1, &5.6f64.to_le_bytes()),
        cell(0x027E, (0, 1), 2, &((12i32 << 2 | 3).cast_unsigned()).to_le_bytes()),
        // Two cells beside each other: 46086 as a day, and minus three.
        record(
            0x00BD,
            &[
                &[1, 0, 0, 0],
                &3u16.to_le_bytes()[..],
                &(46_086u32 << 2 | 2).to_le_bytes(),
                &0u16.to_le_bytes(),
                &((-3i32 << 2 | 2).cast_unsigned()).to_le_bytes(),
                &[1, 0],
            ]
            .concat(),
        ),
        cell(0x0205, (2, 0), 0, &[1, 0]),
        cell(0x0205, (2, 1), 0, &[0x17, 1]),
    ];
    let book = book(&globals, &[("表", 0, body.concat())]);
    let shown: Vec<_> = book.sheets[0].cells.iter().map(|(at, cell)| (*at, cell.text())).collect();
    let expected = [
        ((1, 1), "5.60亿元"),
        ((1, 2), "12%"),
        ((2, 1), "2026年3月5日"),
        ((2, 2), "-3"),
        ((3, 1), "TRUE"),
        ((3, 2), "#REF!"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn shared_words_go_on_in_the_next_record_in_another_width() {
    let mut table = [2u32, 2].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
    table.extend([3, 0, 8 | 1, 1, 0]);
    table.extend("云溪".encode_utf16().flat_map(u16::to_le_bytes));
    // The third character stands in the next record, in one byte, and behind it a run of formats.
    let more = [&[0, b'A'][..], &[9; 4], &[2, 0, 4, 3, 0, 0, 0, b'G', b'D', 1, 2, 3]].concat();
    let globals = [record(0x00FC, &table), record(0x003C, &more), style(0)];
    let body = [cell(0x00FD, (0, 0), 0, &0u32.to_le_bytes()), cell(0x00FD, (1, 0), 0, &1u32.to_le_bytes())];
    let book = book(&globals, &[("表", 0, body.concat())]);
    assert_eq!((book.sheets[0].text(1, 1), book.sheets[0].text(2, 1)), ("云溪A", "GD"));
}

#[test]
fn a_formula_has_its_outcome_and_charts_are_no_cells() {
    let outcome = |bytes: [u8; 8]| [&bytes[..], &[0; 8]].concat();
    let body = [
        cell(0x0006, (0, 0), 0, &outcome([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])),
        record(0x0207, &wide("合格", 2)),
        cell(0x0006, (1, 0), 0, &outcome(12.5f64.to_le_bytes())),
        cell(0x0006, (2, 0), 0, &outcome([2, 0, 7, 0, 0, 0, 0xFF, 0xFF])),
        record(0x0809, BEGIN),
        cell(0x0203, (5, 5), 0, &1f64.to_le_bytes()),
        record(0x000A, &[]),
        cell(0x0204, (3, 0), 0, &wide("末行", 2)),
    ];
    let book = book(&[style(0)], &[("表", 0, body.concat())]);
    let shown: Vec<_> = book.sheets[0].cells.values().map(Cell::text).collect();
    assert_eq!(shown, ["合格", "12.5", "#DIV/0!", "末行"]);
}

#[test]
fn what_is_hidden_or_merged_is_known_and_a_hidden_sheet_is_told() {
    let mut row = [0u8; 16];
    (row[0], row[12]) = (4, 0x20);
    let body = [
        record(0x0208, &row),
        record(0x007D, &[2, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
        record(0x00E5, &[1, 0, 0, 0, 1, 0, 0, 0, 2, 0]),
        cell(0x0204, (0, 0), 0, &wide("甲", 2)),
    ];
    let hidden = cell(0x0204, (0, 0), 0, &wide("乙", 2));
    let book = book(&[style(0)], &[("表", 0, body.concat()), ("藏", 1, hidden)]);
    let sheet = &book.sheets[0];
    assert!(sheet.hidden_rows.contains(&5) && sheet.hides_column(3) && !sheet.hides_column(5));
    assert_eq!((sheet.merged[0].from, sheet.merged[0].to), ((1, 1), (2, 3)));
    assert_eq!(book.sheets.len(), 1);
    assert!(book.notes[0].in_lang(Lang::En).contains("hidden"));
}

#[test]
fn workbooks_of_excel_95_have_words_in_a_code_page() {
    let mut words = 6u16.to_le_bytes().to_vec();
    words.extend(*b"\xD4\xC6\xCF\xAA\xCF\xD8");
    let mut tab = vec![0, 0, 0, 0, 0, 0, 2, b'A', b'B'];
    let head = record(0x0809, &[0, 5, 5, 0, 0, 0, 0, 0]);
    let place = (head.len() + 4 + tab.len() + 4) as u32;
    tab[..4].copy_from_slice(&place.to_le_bytes());
    let sheet = [head.clone(), cell(0x0204, (0, 0), 0, &words), record(0x000A, &[])].concat();
    let stream = [head, record(0x0085, &tab), record(0x000A, &[]), sheet].concat();
    let book = read(&compound(&[("Book", &stream)])).unwrap();
    assert_eq!((book.sheets[0].name.as_str(), book.sheets[0].text(1, 1)), ("AB", "云溪县"));
}

#[test]
fn what_cannot_be_read_says_what_it_is() {
    assert!(refused(&stream(&[record(0x002F, &[1, 0])], &[])).contains("password"));
    let whole = stream(&[style(0)], &[("表", 0, cell(0x0204, (0, 0), 0, &wide("甲", 2)))]);
    assert!(refused(&whole[..whole.len() - 4]).contains("incomplete"));
    assert!(refused(b"").contains("incomplete"));
    // A list that names one sheet a hundred times.
    let sheet = (0..50).flat_map(|n| cell(0x0204, (n, 0), 0, &wide("字字字字", 2))).collect::<Vec<_>>();
    let mut tabs: Vec<(&str, u8, Vec<u8>)> = vec![("表", 0, Vec::new()); 100];
    tabs[0].2 = sheet;
    let mut bytes = stream(&[], &tabs);
    // Behind the first record, of twelve bytes, each names its sheet's place in a record of fourteen.
    let place = |n: usize| 12 + 14 * n + 4;
    let first: [u8; 4] = bytes[place(0)..place(0) + 4].try_into().unwrap();
    for n in 0..100 {
        bytes[place(n)..place(n) + 4].copy_from_slice(&first);
    }
    assert!(refused(&bytes).contains("incomplete"));
}

#[test]
fn flipped_and_cut_bytes_are_read_or_refused() {
    let globals = [style(0), record(0x00FC, &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 3, 4])];
    let body = [cell(0x00FD, (0, 0), 0, &[0; 4]), cell(0x0006, (1, 0), 0, &[0; 16])];
    let whole = compound(&[("Workbook", &stream(&globals, &[("表", 0, body.concat())]))]);
    for at in 0..whole.len() {
        for value in [0, 1, 0x7F, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            let _ = read(&bytes);
        }
        let _ = read(&whole[..at]);
    }
}
