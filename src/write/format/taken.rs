//! What of an office's own sample (样稿) a paper may take besides its look: 版头 with its logo, and 版记.
//!
//! The office's own name stays; what is another document's (发文字号, 期号, dates, whom copies went to) becomes a gap with a
//! name (【待补：……】). What was taken is put in as paragraphs of the form's styles, and laid out with the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::paper::Paper;
use super::restyle::styles_part;
use super::scan::{Place, scan};
use crate::base::Result;
use crate::model::BlockKind;
use crate::office::added::{Relation, append, beside, declare, relate};
use crate::office::document::{open_whole, unsafe_change};
use crate::office::look::sheet::Sheet;
use crate::office::own::{STRICT_W, root};
use crate::office::package::{Package, Relationship};
use crate::office::splice::Splices;
use crate::office::xml::{Token, each};
use crate::write::docx::styles::Known;

/// A line of the form and what it says.
pub type Line = (BlockKind, String);

/// What a sample has to give.
#[derive(Debug, Default)]
pub struct Taken {
    /// 版头: 发文机关标志, 发文字号, 期号, 编印行.
    pub head: Vec<Line>,
    /// 版记: 抄送, 印发.
    pub imprint: Vec<Line>,
    /// Pictures of the head.
    logo: Vec<Picture>,
    /// Whether several offices stand in the head (联合行文), which is one paper's own.
    pub joint: bool,
    /// Whether something of the head was seen that cannot be taken: in a table, a text box, a picture with a link.
    pub more: bool,
}

/// A picture of the head.
#[derive(Debug)]
struct Picture {
    /// Its `w:drawing`, with the namespaces that it needs.
    xml: String,
    /// The relationships that it names, with the ends of their files' names, and the files.
    files: Vec<(String, String, Vec<u8>)>,
    /// Whether it stands in the line of the 发文机关标志.
    beside: bool,
}

impl Taken {
    /// What the sample has.
    pub(super) fn of(paper: &Paper<'_>, package: &mut Package<'_>, main: &str) -> Self {
        let mut taken = Self::default();
        let mut end = None;
        for (told, spoken) in paper.told.iter().zip(&paper.spoken) {
            let Some(paragraph) = paper.body.paragraphs.get(spoken.paragraph) else { continue };
            let words = paragraph.text.trim();
            if told.left {
                // 红头 within a table or a box.
                let look = paper.layout.paragraphs.get(spoken.paragraph);
                taken.more |= end.is_none() && look.is_some_and(|look| is_large_red(paper, look));
                continue;
            }
            if told.kind.is_red_head() {
                end = Some(spoken.place);
                if told.kind == BlockKind::Masthead {
                    taken.joint |= taken.head.iter().any(|(kind, _)| *kind == BlockKind::Masthead);
                }
                taken.head.extend(headed(told.kind, words));
            } else if told.kind.is_imprint() {
                let line = printed(told.kind, words);
                let new = line.filter(|line| !taken.imprint.contains(line));
                taken.imprint.extend(new);
            }
        }
        if !taken.head.iter().any(|(kind, _)| *kind == BlockKind::Masthead) || taken.joint {
            taken.head.clear();
        }
        let relationships = package.relationships(main);
        for place in end.map_or(&[][..], |end| &paper.scan.places[..=end]) {
            let beside = place.said;
            for drawing in drawings(paper.xml, place) {
                match Picture::of(drawing, beside, paper.xml, package, &relationships) {
                    Some(picture) => taken.logo.push(picture),
                    None => taken.more = true,
                }
            }
        }
        taken
    }

    /// Whether the head has pictures.
    #[must_use]
    pub fn has_logo(&self) -> bool {
        !self.logo.is_empty()
    }

    /// A .docx with the head before its text and the 版记 behind it, as far as they are wanted.
    ///
    /// # Errors
    /// If it is damaged, or holds markup that cannot be changed without risk to its words.
    pub fn put(&self, bytes: &[u8], head: bool, imprint: bool) -> Result<Vec<u8>> {
        let (mut package, main, part) = open_whole(bytes)?;
        let xml = &part.text;
        let scan = scan(xml).filter(|scan| scan.prefix == "w").ok_or_else(unsafe_change)?;
        let strict = root(xml).is_some_and(|(_, namespace)| namespace == STRICT_W);
        let mut parts = BTreeMap::new();
        let (styles_name, styles) = styles_part(&mut package, &main, strict, &mut parts)?;
        let mut styles = Styles { sheet: Sheet::read(styles.clone()), xml: styles };
        let mut above = String::new();
        if head {
            // Pictures of a strict document are spoken of in other words.
            let mut logo = Vec::new();
            for (n, picture) in self.logo.iter().enumerate().filter(|_| !strict) {
                let drawing = picture.put(n, &mut package, &main, &mut parts)?;
                logo.push((picture.beside, drawing));
            }
            let alone = logo.iter().filter(|(beside, _)| !beside);
            for (_, drawing) in alone {
                let _ =
                    write!(above, r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{drawing}</w:r></w:p>"#);
            }
            let mut within: Vec<String> =
                logo.into_iter().filter(|(beside, _)| *beside).map(|(_, drawing)| drawing).collect();
            for (kind, words) in &self.head {
                let pictures =
                    if *kind == BlockKind::Masthead { std::mem::take(&mut within) } else { Vec::new() };
                above.push_str(&styles.paragraph(*kind, words, &pictures).ok_or_else(unsafe_change)?);
            }
        }
        let mut below = String::new();
        for (kind, words) in self.imprint.iter().filter(|_| imprint) {
            below.push_str(&styles.paragraph(*kind, words, &[]).ok_or_else(unsafe_change)?);
        }
        let mut splices = Splices::default();
        let start = body_start(xml).ok_or_else(unsafe_change)?;
        let last = scan.sections.last().filter(|s| !scan.places.iter().any(|p| p.range.end >= s.end));
        let end = last.map_or(scan.end, |section| section.start);
        splices.replace(start..start, above);
        splices.replace(end..end, below);
        let changed = splices.apply(xml).ok_or_else(unsafe_change)?;
        parts.insert(main, part.encoding.encode(&changed));
        parts.insert(styles_name, styles.xml.into_bytes());
        package.with(parts)
    }
}

/// Whether most of a paragraph is red and as large as a 发文机关标志.
fn is_large_red(paper: &Paper<'_>, look: &crate::model::layout::Look) -> bool {
    let face = paper.layout.main_face(look, |range| range.len()).and_then(|row| paper.layout.faces.get(row));
    face.is_some_and(|face| {
        face.size >= 40 && face.colour.is_some_and(|[r, g, b]| r >= 0xC0 && g <= 0x50 && b <= 0x50)
    })
}

/// A line of the head with gaps for what is another document's.
fn headed(kind: BlockKind, words: &str) -> Option<Line> {
    let said = match kind {
        BlockKind::Masthead => words.to_owned(),
        BlockKind::DocumentNumber => "【待补：发文字号】".to_owned(),
        BlockKind::IssueNumber => "第【待补：期号】期".to_owned(),
        BlockKind::EditedLine => format!("{}\t【待补：日期】", super::laid::two_parts(words)?.0),
        _ => return None,
    };
    Some((kind, said))
}

/// A line of the 版记, likewise. What goes on from the line above has no label and is nobody's here.
fn printed(kind: BlockKind, words: &str) -> Option<Line> {
    let said = if kind == BlockKind::CopyLine {
        let (label, _) = words.split_once(['：', ':'])?;
        let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
        let known = ["抄送", "报送", "分送", "发送", "主送"].contains(&label.as_str());
        known.then(|| format!("{label}：【待补：{label}机关】"))?
    } else {
        // 县政府办公室 2026年3月5日印发: where the day begins is where its first figure stands.
        let day = words.find(|c: char| c.is_ascii_digit())?;
        let office = words[..day].trim();
        (!office.is_empty()).then(|| format!("{office}\t【待补：印发日期】印发"))?
    };
    Some((kind, said))
}

/// The drawings of a paragraph, those of newer programs' alternatives left out.
fn drawings<'x>(xml: &'x str, place: &Place) -> Vec<&'x str> {
    const END: &str = "</w:drawing>";
    let Some(mut rest) = xml.get(place.range.clone()).filter(|p| !p.contains("AlternateContent")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    while let Some(start) = rest.find("<w:drawing") {
        let Some(end) = rest[start..].find(END) else { break };
        let (one, after) = rest[start..].split_at(end + END.len());
        if one.contains("<pic:pic") {
            found.push(one);
        }
        rest = after;
    }
    found
}

impl Picture {
    fn of(
        drawing: &str,
        beside: bool,
        xml: &str,
        package: &mut Package<'_>,
        relationships: &[Relationship],
    ) -> Option<Self> {
        let ids: BTreeSet<&str> =
            drawing.split("r:embed=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        if ids.is_empty() || drawing.contains("r:id=") || drawing.contains("r:link=") {
            return None;
        }
        let mut files = Vec::new();
        for id in ids {
            let target = &relationships.iter().find(|r| r.id == id && r.kind == "image")?.target;
            let end = target.rsplit_once('.')?.1.to_lowercase();
            type_of(&end)?;
            files.push((id.to_owned(), end, package.bytes(target)?));
        }
        let root = xml.find("<w:body").and_then(|body| xml.get(..body))?;
        let mut declared = String::new();
        for one in root.split("xmlns:").skip(1) {
            let Some((prefix, rest)) = one.split_once("=\"") else { continue };
            let Some((namespace, _)) = rest.split_once('"') else { continue };
            let own = format!("xmlns:{prefix}=");
            if prefix != "w" && drawing.contains(&format!("{prefix}:")) && !drawing.contains(&own) {
                let _ = write!(declared, " {own}\"{namespace}\"");
            }
        }
        let drawing = drawing.replacen("<w:drawing", &format!("<w:drawing{declared}"), 1);
        Some(Self { xml: drawing, files, beside })
    }

    /// Puts its files into a container; its `w:drawing` by the ids that they got.
    fn put(
        &self,
        n: usize,
        package: &mut Package<'_>,
        main: &str,
        parts: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<String> {
        let mut xml = self.xml.clone();
        for (m, (old, end, bytes)) in self.files.iter().enumerate() {
            let names = (1..).map(|k: usize| format!("media/wengaoLogo{n}-{m}-{k}.{end}"));
            let free = |file: &String| !package.has(&beside(main, file));
            let file = names.take(1_000).find(free).ok_or_else(unsafe_change)?;
            let name = beside(main, &file);
            declare(package, &name, type_of(end).unwrap_or_default(), parts)?;
            let relation = Relation { kind: "image", target: &file, wanted: "rIdWengaoLogo" };
            let id = relate(package, main, relation, false, parts)?;
            parts.insert(name, bytes.clone());
            xml = xml.replace(&format!("r:embed=\"{old}\""), &format!("r:embed=\"{id}\""));
        }
        Ok(xml)
    }
}

/// The content type of a picture by the end of its file's name.
fn type_of(end: &str) -> Option<&'static str> {
    Some(match end {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "emf" => "image/x-emf",
        "wmf" => "image/x-wmf",
        _ => return None,
    })
}

/// A table of styles that gets those of the lines that are put in.
struct Styles {
    sheet: Sheet,
    xml: String,
}

impl Styles {
    fn paragraph(&mut self, kind: BlockKind, words: &str, pictures: &[String]) -> Option<String> {
        let known = Known::of(kind);
        let row = self.sheet.styles.iter().position(|s| s.of_paragraphs && s.name == known.name());
        let id = match row {
            Some(row) => self.sheet.styles[row].id.clone(),
            None => {
                let (id, name) = (format!("Wengao{}", known.id()), known.name());
                self.xml = append(&self.xml, |_| {
                    format!(
                        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/></w:style>"#
                    )
                })?;
                self.sheet = Sheet::read(self.xml.clone());
                id
            }
        };
        let drawn: String = pictures.iter().map(|drawing| format!("<w:r>{drawing}</w:r>")).collect();
        let escaped = quick_xml::escape::partial_escape(words);
        let said = escaped.replace('\t', r#"</w:t><w:tab/><w:t xml:space="preserve">"#);
        Some(format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr>{drawn}<w:r><w:t xml:space="preserve">{said}</w:t></w:r></w:p>"#
        ))
    }
}

/// Where the text of a body begins.
fn body_start(xml: &str) -> Option<usize> {
    let mut found = None;
    let sound = each(xml, |token, at| {
        if let Token::Start(e) = token
            && e.name() == "body"
            && !xml[at.clone()].ends_with("/>")
        {
            found = found.or(Some(at.end));
        }
    });
    found.filter(|_| sound)
}

#[cfg(test)]
mod tests {
    use super::{headed, printed};
    use crate::model::BlockKind as K;

    #[test]
    fn what_is_another_documents_becomes_a_gap() {
        let said = |line: Option<super::Line>| line.map(|(_, words)| words);
        let told = |words: &str| Some(words.to_owned());
        assert_eq!(said(headed(K::Masthead, "云溪县水务局文件")), told("云溪县水务局文件"));
        assert_eq!(said(headed(K::DocumentNumber, "云水发〔2026〕3号")), told("【待补：发文字号】"));
        assert_eq!(
            said(headed(K::EditedLine, "县政府办公室编　2026年3月5日")),
            told("县政府办公室编\t【待补：日期】")
        );
        assert_eq!(said(printed(K::CopyLine, "抄送：县委办公室。")), told("抄送：【待补：抄送机关】"));
        assert_eq!(said(printed(K::CopyLine, "县人大常委会办公室。")), None);
        assert_eq!(
            said(printed(K::PrintLine, "云溪县水务局办公室 2026年3月5日印发")),
            told("云溪县水务局办公室\t【待补：印发日期】印发")
        );
    }
}
