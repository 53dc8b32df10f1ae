//! First lines (GB/T 9704—2012, 7.3.3), and what is made of blanks and empty paragraphs (空格、空行) where a setting of
//! the paragraph says it once.

use super::{Departure, Kind, Paper, Part};
use crate::base::Text;
use crate::model::layout::{Align, Format};
use crate::text;

pub(super) fn departures(paper: &Paper<'_>) -> Vec<Departure> {
    [indents(paper), spaces(paper), blanks(paper)].into_iter().flatten().collect()
}

/// Blanks at the beginning of a paragraph, in half characters.
fn leading(paper: &Paper<'_>, index: usize) -> usize {
    let Some(look) = paper.layout.paragraphs.get(index) else { return 0 };
    let text = paper.manuscript.text().get(look.range.clone()).unwrap_or_default();
    let blanks = text.chars().take_while(|c| c.is_whitespace() && *c != '\n');
    blanks.map(|c| if matches!(c, '\u{3000}' | '\t') { 2 } else { 1 }).sum()
}

/// How far in the first line begins, in hundredths of a character of this size.
fn first_line(format: &Format, size: u32) -> i32 {
    let character = i32::try_from(size).unwrap_or(32).max(1) * 10;
    let own = format.first_characters.unwrap_or(format.first * 100 / character);
    let left = format.left_characters.unwrap_or(format.left * 100 / character);
    own + left
}

/// Text and headings whose first line does not begin two characters in.
fn indents(paper: &Paper<'_>) -> Option<Departure> {
    /// Hundredths of a character that rounding and a wish for neatness take.
    const SLACK: i32 = 30;
    let wrong = |i: &usize| {
        let (format, size) = (paper.format(*i), paper.face(*i).map_or(32, |face| face.size));
        let kept = matches!(format.align, Align::Left | Align::Both) && !format.numbered;
        kept && leading(paper, *i) == 0 && (first_line(&format, size) - 200).abs() > SLACK
    };
    let text: Vec<usize> = paper.of_part(|p| p == Part::Body).filter(wrong).collect();
    let headings: Vec<usize> = paper.of_part(|p| matches!(p, Part::Heading(_))).filter(wrong).collect();
    let at = text.iter().chain(&headings).copied().min()?;
    let (n, m) = (text.len(), headings.len());
    let format = paper.format(at);
    let size = paper.face(at).map_or(32, |face| face.size);
    let tenths = f64::from(first_line(&format, size)) / 100.0;
    let is = (tenths * 10.0).round() / 10.0;
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if n > 0 {
        zh.push(format!("正文{n}段"));
        en.push(format!("paragraphs of text ({n})"));
    }
    if m > 0 {
        zh.push(format!("层次标题{m}处"));
        en.push(format!("headings ({m})"));
    }
    let (zh, en) = (zh.join("、"), en.join(" and "));
    let message = Text::new(
        format!("{zh}段首没有空二字（首处空{is}字），应首行缩进2字符"),
        format!("the first lines of {en} are not two characters in (the first one is {is})"),
    );
    Some(Departure { kind: Kind::Indent, at, message, help: None, binding: true })
}

/// First lines put in, and dates put to the right, by blanks.
fn spaces(paper: &Paper<'_>) -> Option<Departure> {
    /// Half characters that are no slip of the hand, and those that put a line to the right.
    const INDENT: usize = 2;
    const ASIDE: usize = 8;
    let indented: Vec<usize> = paper
        .of_part(|p| matches!(p, Part::Body | Part::Heading(_)))
        .filter(|&i| leading(paper, i) >= INDENT)
        .collect();
    let aside: Vec<usize> =
        paper.of_part(|p| p == Part::Closing).filter(|&i| leading(paper, i) >= ASIDE).collect();
    let at = indented.iter().chain(&aside).copied().min()?;
    let (n, m) = (indented.len(), aside.len());
    let message = match (n, m) {
        (_, 0) => text!("有{n}段用空格作段首缩进", "paragraphs that begin with blanks for an indent: {n}"),
        (0, _) => {
            text!(
                "署名、日期有{m}处用空格定位",
                "lines of signature or date that are put in place by blanks: {m}"
            )
        }
        _ => text!(
            "有{n}段用空格作段首缩进，署名、日期有{m}处用空格定位",
            "paragraphs that begin with blanks for an indent: {n}; lines of signature or date that are put in place by them: {m}"
        ),
    };
    let help = Text::fixed(
        "删去空格，段落设首行缩进2字符，署名、日期设右缩进，换了字体字号也不会走位",
        "delete them and let the paragraphs say it: two characters in, or from the right; then nothing moves when fonts change",
    );
    Some(Departure { kind: Kind::Spaces, at, message, help: Some(help), binding: false })
}

/// Empty paragraphs that may stand between two parts: the standard has one line or two at some places, and a
/// seal needs room.
const fn allowed(before: Option<Part>, after: Option<Part>) -> usize {
    match (before, after) {
        // What is pushed down the first page, and what stands behind the end.
        (None, _) => 6,
        (_, None) | (_, Some(Part::Imprint)) => 3,
        (Some(Part::Masthead | Part::Number | Part::Head), _) => 3,
        (_, Some(Part::Masthead | Part::Number | Part::Title | Part::Head)) => 3,
        (_, Some(Part::Closing)) => 3,
        (Some(Part::Title | Part::Under), _) | (_, Some(Part::Annex | Part::Under)) => 2,
        (Some(Part::Closing | Part::Annex), _) => 3,
        (Some(Part::Cell | Part::Other), _) | (_, Some(Part::Cell | Part::Other)) => 1,
        _ => 0,
    }
}

/// Empty paragraphs where nothing asks for them.
fn blanks(paper: &Paper<'_>) -> Option<Departure> {
    let parts = &paper.parts;
    let looks = &paper.layout.paragraphs;
    let (mut sum, mut places, mut first) = (0, 0, None);
    let mut at = 0;
    while let Some(start) = (at..parts.len()).find(|&i| parts[i] == Part::Blank) {
        let end = (start..parts.len()).find(|&i| parts[i] != Part::Blank).unwrap_or(parts.len());
        at = end;
        // A page break needs a paragraph, and one may hang between two tables.
        let holds = |i: &usize| looks.get(*i).is_some_and(|l| l.breaks || paper.format(*i).begins_page);
        let n = (start..end).filter(|i| !holds(i) && !is_rule(paper, *i)).count();
        let (before, after) = (start.checked_sub(1).map(|i| parts[i]), parts.get(end).copied());
        if n > allowed(before, after) {
            sum += n;
            places += 1;
            first.get_or_insert(if end < parts.len() { end } else { start.saturating_sub(1) });
        }
    }
    let message = text!(
        "有{places}处共{sum}个空行用来隔开或下移文字",
        "empty paragraphs that keep text apart or push it down: {sum}, at places: {places}"
    );
    let help = Text::fixed(
        "删去空行，要隔开的设段前、段后，要另起页的插入分页符",
        "delete them; let paragraphs have space above or below, and begin a page by a page break",
    );
    Some(Departure { kind: Kind::Blanks, at: first?, message, help: Some(help), binding: false })
}

/// An empty paragraph that is there for its rule, or is a line of no height.
fn is_rule(paper: &Paper<'_>, index: usize) -> bool {
    use crate::model::layout::LineHeight;
    /// Twips of the lowest line in which a letter can be read.
    const LOWEST: u32 = 200;
    let format = paper.format(index);
    let low = matches!(format.line, LineHeight::Exact(twips) if twips < LOWEST);
    low || format.rule_above.is_some() || format.rule_below.is_some()
}
