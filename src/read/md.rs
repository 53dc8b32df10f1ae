//! Markdown (.md): prose with masks over what is not prose.
//!
//! The text is the file as decoded; the parser only tells which bytes of it are words. Whatever
//! it does not give out as words — `#`, list bullets, table bars, the brackets and target of a
//! link — is masked, so a new construct of the parser is masked without a line here.
//!
//! A block is one line, though Markdown joins neighbouring lines to a paragraph: a clerk starts a
//! new line where she means a new paragraph, and nobody wraps Chinese by hand, since the break
//! would show as a blank. Cells of a table are blocks of their own.
//!
//! Where Markdown and the sense of Chinese prose differ, the sense decides: the stars of
//! `县**届……**亿元` are words removed ([`emphasis`]), lines that are indented by four blanks are
//! paragraphs, not code, and `${姓名}……${职务}` is no formula.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::txt::{line_blocks, line_kind, lost};
use super::{Reader, has_extension};
use crate::base::lines::tight;
use crate::base::{Problem, Result, Text, emphasis, encoding};
use crate::model::{Block, BlockKind, CellAt, Manuscript, Mask, MaskKind};
use crate::text;

/// The reader of Markdown.
pub struct Md;

impl Reader for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn knows(&self, name: &str, _head: &[u8]) -> bool {
        has_extension(name, self.extensions())
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Result<Manuscript> {
        let decoded = encoding::decode(bytes)?;
        let (notes, gaps) = (decoded.note(), lost(&decoded));
        let text = decoded.text;
        if text.bytes().filter(|b| b.is_ascii_punctuation()).count() > MARKS {
            return Err(too_many_marks().into());
        }
        let (_, pieces) = line_blocks(name, &text);
        let outline = Outline::of(&text);
        let blocks = outline.blocks(&text);
        let masks = outline.masks(&text);
        Ok(Manuscript::new(text, blocks, pieces, masks)
            .with_cells(outline.cells)
            .with_notes(notes.into_iter().collect())
            .with_gaps(gaps))
    }
}

/// Signs that may be Markdown's own, at most: the parser takes up to 90 bytes for each.
const MARKS: usize = 2_000_000;

/// A text of signs and hardly any words.
fn too_many_marks() -> Problem {
    Problem::new(text!(
        "Markdown 记号超过{MARKS}个，不像文稿，没有读取",
        "it has more than {MARKS} signs of Markdown, which no document has; it was not read"
    ))
    .help(Text::fixed("改名为 .txt 再检查", "name it .txt and check that"))
}

/// What the parser tells of a text. All ranges are bytes of it, in order of position.
#[derive(Default)]
struct Outline {
    /// Stretches of one kind; later ones lie behind earlier ones or inside them.
    stretches: Vec<(BlockKind, Range<usize>)>,
    /// Words, as people read them.
    words: Vec<Range<usize>>,
    /// Code, formulas, HTML, front matter.
    code: Vec<Range<usize>>,
    /// Links and images as wholes.
    links: Vec<Range<usize>>,
    /// Pairs of star or underline runs that Markdown takes for emphasis.
    emphases: Vec<(Range<usize>, usize)>,
    /// The cells of tables, without the blanks at their ends.
    cells: Vec<CellAt>,
}

impl Outline {
    fn of(text: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut outline = Self::default();
        let mut titled = false;
        let (mut table, mut row, mut row_end) = (0, 0, 0);
        // Inside a code block or front matter the parser gives out text that is no prose.
        let mut mute: Option<TagEnd> = None;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::End(end) if mute == Some(end) => mute = None,
                _ if mute.is_some() => {}
                Event::Start(Tag::Heading { level, .. }) => {
                    let kind = heading(level, &mut titled);
                    outline.stretches.push((kind, range));
                }
                Event::Start(Tag::Item) => outline.stretches.push((BlockKind::Item, range)),
                Event::End(TagEnd::Table) => (table, row) = (table + 1, 0),
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => row += 1,
                Event::Start(Tag::TableHead | Tag::TableRow) => row_end = tight(text, range).end,
                Event::Start(Tag::TableCell) => {
                    // The cells that a row lacks under its heads are given out behind its line.
                    let range = range.start.min(row_end)..range.end.min(row_end);
                    outline.cell(table, row, tight(text, range));
                }
                Event::Start(Tag::BlockQuote(_)) => outline.stretches.push((BlockKind::Quotation, range)),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    // Four blanks before a Chinese paragraph indent it.
                    mute = Some(TagEnd::CodeBlock);
                    if text[range.clone()].contains(is_han) {
                        outline.words.extend(lines(text, &range));
                    } else {
                        outline.not_prose(range);
                    }
                }
                Event::Start(tag @ (Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::HtmlBlock)) => {
                    mute = Some(tag.to_end());
                    outline.not_prose(range);
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => outline.links.push(range),
                Event::Start(Tag::Strong) => outline.emphases.push((range, 2)),
                Event::Start(Tag::Emphasis) => outline.emphases.push((range, 1)),
                Event::Text(_) => outline.words.push(range),
                Event::InlineMath(_) | Event::DisplayMath(_) if is_formula(&text[range.clone()]) => {
                    outline.code.push(range);
                }
                Event::InlineMath(_) | Event::DisplayMath(_) => outline.words.push(range),
                Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => outline.code.push(range),
                Event::Rule => outline.rule(text, &range),
                _ => {}
            }
        }
        outline.give_back_removed_words(text);
        outline
    }

    /// A line of nothing but `***` or `____` may be a name removed; the rules decide. One of `---` is a rule of drafts.
    fn rule(&mut self, text: &str, range: &Range<usize>) {
        if !text[range.clone()].contains('-') {
            self.words.extend(lines(text, range));
        }
    }

    fn cell(&mut self, table: usize, row: usize, range: Range<usize>) {
        let last = self.cells.last().filter(|last| (last.table, last.row) == (table, row));
        let column = last.map_or(0, |last| last.column + 1);
        self.stretches.push((BlockKind::Cell, range.clone()));
        self.cells.push(CellAt { table, row, column, continues: false, range });
    }

    fn not_prose(&mut self, range: Range<usize>) {
        self.stretches.push((BlockKind::Code, range.clone()));
        self.code.push(range);
    }

    /// Stars that Markdown took for emphasis and the sense takes for words removed become words.
    fn give_back_removed_words(&mut self, text: &str) {
        let ends = |(range, len): &(Range<usize>, usize)| {
            (range.start..range.start + len, range.end - len..range.end)
        };
        let starred = |(open, _): &(Range<usize>, Range<usize>)| text[open.clone()].starts_with('*');
        let pairs: Vec<_> = self.emphases.iter().map(ends).filter(starred).collect();
        let sensible = |(open, close): &(Range<usize>, Range<usize>)| {
            let line = line_around(text, open.start, close.end);
            let local = |r: &Range<usize>| r.start - line.start..r.end - line.start;
            emphasis::makes_sense(&text[line.clone()], &local(open), &local(close))
        };
        // A single star amid Chinese is believed only where all single stars make sense.
        let single = |(open, _): &&(Range<usize>, Range<usize>)| open.len() == 1;
        // The parser gives out the stars of `**` that it could not pair one by one.
        let alone = |at: usize| {
            let star = |i: usize| text.as_bytes().get(i) == Some(&b'*');
            star(at) && !star(at + 1) && !at.checked_sub(1).is_some_and(star)
        };
        let literal = self
            .words
            .iter()
            .any(|w| memchr::memchr_iter(b'*', text[w.clone()].as_bytes()).any(|i| alone(w.start + i)));
        let doubtful = literal || pairs.iter().filter(single).any(|p| !sensible(p));
        for pair in &pairs {
            let (open, close) = pair;
            let line = line_around(text, open.start, close.end);
            let local = |r: &Range<usize>| r.start - line.start..r.end - line.start;
            let set_off = emphasis::set_off(&text[line.clone()], &local(open), &local(close));
            if !sensible(pair) || open.len() == 1 && doubtful && set_off != (true, true) {
                self.words.extend([open.clone(), close.clone()]);
            }
        }
        self.words.sort_by_key(|r| r.start);
    }

    /// A block for each line that has words or code in it, and for each cell of a table.
    fn blocks(&self, text: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        // The stretch that begins last before a line is the innermost around it.
        let mut open: Vec<&(BlockKind, Range<usize>)> = Vec::new();
        let mut stretches = self.stretches.iter().peekable();
        for line in text.split_inclusive('\n') {
            let range = at..at + line.trim_end_matches(['\n', '\r']).len();
            at += line.len();
            if text[range.clone()].trim().is_empty() {
                continue;
            }
            open.retain(|(_, r)| r.end > range.start);
            let mut cells = Vec::new();
            while let Some(stretch) = stretches.next_if(|(_, r)| r.start <= range.end) {
                if stretch.0 == BlockKind::Cell { cells.push(stretch.1.clone()) } else { open.push(stretch) }
            }
            if !cells.is_empty() {
                blocks.extend(
                    cells
                        .into_iter()
                        .filter(|c| !c.is_empty())
                        .map(|range| Block { kind: BlockKind::Cell, range }),
                );
                continue;
            }
            let kind = match open.last() {
                Some((kind, _)) => *kind,
                None => line_kind(&text[range.clone()]),
            };
            if kind == BlockKind::Code || self.has_words(&range) {
                blocks.push(Block { kind, range });
            }
        }
        blocks
    }

    fn has_words(&self, range: &Range<usize>) -> bool {
        let touches = |list: &[Range<usize>]| {
            list.get(list.partition_point(|w| w.end <= range.start)).is_some_and(|w| w.start < range.end)
        };
        touches(&self.words) || touches(&self.code)
    }

    /// Whatever is neither words nor blank.
    fn masks(&self, text: &str) -> Vec<Mask> {
        let mut masks = Vec::new();
        let mut kept: Vec<(Range<usize>, bool)> = self.words.iter().map(|r| (r.clone(), true)).collect();
        kept.extend(self.code.iter().map(|r| (r.clone(), false)));
        kept.sort_by_key(|(r, words)| (r.start, *words));
        let mut at = 0;
        for (range, words) in kept {
            if range.end <= at {
                continue;
            }
            let start = range.start.max(at);
            self.mask_gap(text, at..start, &mut masks);
            if !words {
                masks.push(Mask { range: start..range.end, kind: MaskKind::Code });
            }
            at = range.end;
        }
        self.mask_gap(text, at..text.len(), &mut masks);
        masks
    }

    /// Masks the signs between two stretches of words: a link's target, or markup.
    fn mask_gap(&self, text: &str, gap: Range<usize>, masks: &mut Vec<Mask>) {
        for range in lines(text, &gap) {
            let range = tight(text, range);
            if range.is_empty() {
                continue;
            }
            let index = self.links.partition_point(|l| l.end < range.end);
            let linked = self
                .links
                .get(index)
                .is_some_and(|l| l.start <= range.start && text[range.clone()].contains(']'));
            masks.push(Mask { range, kind: if linked { MaskKind::Link } else { MaskKind::Markup } });
        }
    }
}

/// Title for the first `#`, then 层次标题: `##` is of the first level.
fn heading(level: HeadingLevel, titled: &mut bool) -> BlockKind {
    match level {
        HeadingLevel::H1 if !*titled => {
            *titled = true;
            BlockKind::Title
        }
        HeadingLevel::H1 | HeadingLevel::H2 => BlockKind::Heading(1),
        HeadingLevel::H3 => BlockKind::Heading(2),
        HeadingLevel::H4 => BlockKind::Heading(3),
        HeadingLevel::H5 | HeadingLevel::H6 => BlockKind::Heading(4),
    }
}

/// `$x^2$` is a formula; what lies between the dollars of two template names is prose.
fn is_formula(text: &str) -> bool {
    !text.starts_with("${") && (!text.contains(is_han) || text.contains('\\') || text.contains('='))
}

/// The lines of a range, without their ends.
fn lines(text: &str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range.clone()].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// As much of the lines around a range as tells what stands beside it.
fn line_around(text: &str, start: usize, end: usize) -> Range<usize> {
    const REACH: usize = 64;
    let from = text.floor_char_boundary(start.saturating_sub(REACH));
    let to = text.floor_char_boundary(end + REACH);
    let from = text[from..start].rfind('\n').map_or(from, |i| from + i + 1);
    let to = text[end..to].find('\n').map_or(to, |i| end + i);
    from..to
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::{BlockKind, Manuscript, MaskKind};
    use crate::read::read;

    fn md(text: &str) -> Manuscript {
        read("稿.md", text.as_bytes()).unwrap()
    }

    /// The text with masked bytes taken out.
    fn prose(m: &Manuscript) -> String {
        m.text().char_indices().filter(|&(i, _)| m.mask(i).is_none()).map(|(_, c)| c).collect()
    }

    #[test]
    fn a_text_of_nothing_but_signs_is_refused_with_what_to_do() {
        let told = read("稿.md", "[".repeat(super::MARKS + 1).as_bytes()).unwrap_err();
        assert!(told.in_lang(crate::base::Lang::En).contains("name it .txt"), "{told}");
        assert!(read("稿.md", "[".repeat(9_999).as_bytes()).is_ok());
    }

    #[test]
    fn headings_items_cells_and_quotations_are_told_apart() {
        let m = md(
            "# 青石镇春耕方案\n\n## 一、目标\n\n到4月底完成。\n\n- 备种\n- 备肥\n\n| 村 | 亩 |\n|---|---|\n| 上坝 | 300 |\n\n> 抓早抓实。\n",
        );
        let kinds: Vec<_> = m.blocks().iter().map(|b| (b.kind, m.block_text(b))).collect();
        assert_eq!(
            kinds,
            [
                (BlockKind::Title, "# 青石镇春耕方案"),
                (BlockKind::Heading(1), "## 一、目标"),
                (BlockKind::Body, "到4月底完成。"),
                (BlockKind::Item, "- 备种"),
                (BlockKind::Item, "- 备肥"),
                (BlockKind::Cell, "村"),
                (BlockKind::Cell, "亩"),
                (BlockKind::Cell, "上坝"),
                (BlockKind::Cell, "300"),
                (BlockKind::Quotation, "> 抓早抓实。"),
            ]
        );
        assert_eq!(
            prose(&m).split_whitespace().collect::<Vec<_>>(),
            [
                "青石镇春耕方案",
                "一、目标",
                "到4月底完成。",
                "备种",
                "备肥",
                "村",
                "亩",
                "上坝",
                "300",
                "抓早抓实。"
            ]
        );
    }

    #[test]
    fn a_row_shorter_than_its_head_lacks_cells_and_takes_none_from_what_follows() {
        let m = md(
            "| 任务 | 单位 | 时限 |\n|---|---|---|\n| 备种 | 农业站 |\n| 备肥 | 供销社 | 3月底 |\n| 备水 |\n以上由镇里督办。\n\n望落实。\n\n> | 村 | 亩 |\n> |---|---|\n> | 上坝 |\n\n完。\n",
        );
        let blocks: Vec<_> = m.blocks().iter().map(|b| m.block_text(b)).collect();
        let words =
            "任务 单位 时限 备种 农业站 备肥 供销社 3月底 备水 以上由镇里督办。 望落实。 村 亩 上坝 完。";
        assert_eq!(blocks, words.split(' ').collect::<Vec<_>>());
        let cells = m.cells().iter().map(|c| (c.table, c.row, c.column, &m.text()[c.range.clone()]));
        let rows = [
            [(0, 0, 0, "任务"), (0, 0, 1, "单位"), (0, 0, 2, "时限")],
            [(0, 1, 0, "备种"), (0, 1, 1, "农业站"), (0, 1, 2, "")],
            [(0, 2, 0, "备肥"), (0, 2, 1, "供销社"), (0, 2, 2, "3月底")],
            [(0, 3, 0, "备水"), (0, 3, 1, ""), (0, 3, 2, "")],
            [(0, 4, 0, "以上由镇里督办。"), (0, 4, 1, ""), (0, 4, 2, "")],
        ];
        let quoted = [(1, 0, 0, "村"), (1, 0, 1, "亩"), (1, 1, 0, "上坝"), (1, 1, 1, "")];
        assert_eq!(cells.collect::<Vec<_>>(), [rows.as_flattened(), &quoted].concat());
    }

    #[test]
    fn code_formulas_html_and_front_matter_are_no_prose() {
        let m =
            md("---\ntitle: x\n---\n\n用 `x_1` 和 $a*b$ 计算<br>产量。\n\n```\nx = 1\n```\n\n<div>x</div>\n");
        assert_eq!(prose(&m).split_whitespace().collect::<String>(), "用和计算产量。");
        assert!(m.masks().iter().any(|k| k.kind == MaskKind::Code && &m.text()[k.range.clone()] == "`x_1`"));
    }

    #[test]
    fn the_target_of_a_link_is_masked_and_its_words_are_not() {
        let m = md("见[实施方案](http://example.com/x_x.docx)。\n");
        assert_eq!(prose(&m), "见实施方案。\n");
        assert!(m.masks().iter().any(|k| k.kind == MaskKind::Link));
    }

    #[test]
    fn stars_of_emphasis_are_masked_and_stars_for_words_are_kept() {
        assert_eq!(prose(&md("要把**产业振兴**抓实，*从严从实*。\n")), "要把产业振兴抓实，从严从实。\n");
        for text in [
            "新签项目**个，其中亿元以上**个。\n",
            "在*月*日召开会议。\n",
            "讲好*故事、彰显*特色、创造*经验。\n",
        ] {
            assert_eq!(prose(&md(text)), text);
        }
    }

    #[test]
    fn a_paragraph_indented_by_four_blanks_is_prose() {
        let m = md("同志们：\n\n    今年要办好三件事。\n");
        assert!(prose(&m).contains("今年要办好三件事。"));
        assert_eq!(m.blocks()[1].kind, BlockKind::Body);
    }

    #[test]
    fn lines_keep_their_numbers() {
        let m = md("# 方案\n\n第一段。\n第二段。\n");
        let at = m.text().find("第二").unwrap();
        assert_eq!(m.place(at).unwrap().label().zh, "稿.md:4:1");
        assert_eq!(m.blocks().len(), 3);
    }

    proptest! {
        #[test]
        fn any_text_reads_with_sorted_tables(text in "[a*_`#>|x$\\[\\](){}<\n \\-~!县年月，。1\\\\]{0,80}") {
            let m = md(&text);
            prop_assert_eq!(m.text(), text.as_str());
            prop_assert!(m.blocks().windows(2).all(|w| w[0].range.end <= w[1].range.start));
            prop_assert!(m.masks().windows(2).all(|w| w[0].range.end <= w[1].range.start));
            let in_block = |at: usize| m.blocks().iter().any(|b| b.range.contains(&at));
            let words = text.char_indices().filter(|&(at, c)| c.is_alphanumeric() && m.mask(at).is_none());
            prop_assert!(words.map(|(at, _)| at).all(in_block));
        }
    }
}
