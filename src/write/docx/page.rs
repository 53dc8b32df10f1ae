//! The page of GB/T 9704-2012 in the units of a .docx.
//!
//! Lengths are twips (1/20 pt, 1 mm = 56.69 twips), font sizes half-points. Each number has the
//! sentence of the standard that it comes from; where word processors force another number than
//! plain division gives, the reason stands beside it.

/// A4, 210 mm wide (GB/T 9704-2012, 5.1).
pub const WIDTH: u32 = 11_906;
/// A4, 297 mm high.
pub const HEIGHT: u32 = 16_838;
/// 天头: 37 mm (5.2.1).
pub const TOP: u32 = 2_098;
/// 订口: 28 mm (5.2.1).
pub const LEFT: u32 = 1_587;
/// What is left of 210 mm beside 28 mm and a 版心 of 156 mm (5.2.2): 26 mm.
pub const RIGHT: u32 = 1_474;
/// What is left of 297 mm below 37 mm and a 版心 of 225 mm: 35 mm.
pub const BOTTOM: u32 = 1_984;

/// One line: 225 mm / 22 (5.2.4) is 28.99 pt. The usual 29 pt is 4 twips too much over a page and
/// gives 21 lines; 28.95 pt gives 22.
pub const LINE: u32 = 579;

/// Taken from between any two characters. 28 characters of 16 pt are 158 mm, 2 mm wider than the
/// 版心 (5.2.4); a quarter of a point less each and they are 155.6 mm. A character grid
/// (`w:docGrid w:type="linesAndChars"`) says the same to Word, but LibreOffice makes 18
/// characters a line of it.
pub const TRACKING: i32 = -5;

/// 2号, 22 pt: the title (7.3.1).
pub const TITLE_SIZE: u32 = 44;
/// 3号, 16 pt: the text (5.2.3).
pub const BODY_SIZE: u32 = 32;
/// 4号, 14 pt: page numbers (7.5).
pub const NUMBER_SIZE: u32 = 28;

/// 62 pt, 22 mm: what the standard's 2012 edition leaves to the office (7.2.4: 醒目、美观、庄重) is
/// mostly set as high as the one of 1999 allowed.
pub const MASTHEAD_SIZE: u32 = 124;
/// From the upper edge of the 版心 to that of the 发文机关标志 (7.2.4).
pub const THIRTY_FIVE_MM: u32 = 1_984;
/// 4号, 14 pt: the 版记 (7.4).
pub const IMPRINT_SIZE: u32 = 28;
/// The 版记's lines.
pub const IMPRINT_LINE: u32 = 480;
/// Above and below them, so that the characters, which stand low in their line, come to stand in
/// the middle between the rules.
pub const IMPRINT_ABOVE: u32 = 20;
/// See [`IMPRINT_ABOVE`].
pub const IMPRINT_BELOW: u32 = 90;
/// 4号: cells of tables with few columns.
pub const CELL_LARGE: u32 = 28;
/// 小四, 12 pt: cells of tables with many columns.
pub const CELL_SMALL: u32 = 24;

/// Two characters of 16 pt: the first line of a paragraph (7.3.3). Word takes the indent in
/// characters where there is one, WPS and LibreOffice may take this one; both are always written.
pub const TWO_CHARACTERS: u32 = 640;

/// One character of 14 pt: page numbers stand one character in from the edge (7.5).
pub const NUMBER_INDENT: u32 = 280;

/// The page number's line is set exactly as high as its characters.
pub const NUMBER_LINE: u32 = 280;

/// From the paper's lower edge to the page number's line. The dash lies half a line above and has
/// to be 7 mm (397 twips) below the 版心 (7.5): 1984 − 397 − 280 / 2.
pub const FOOTER: u32 = BOTTOM - 397 - NUMBER_LINE / 2;
