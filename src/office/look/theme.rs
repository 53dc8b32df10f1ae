//! The fonts of a theme (主题字体): what `minorEastAsia` is in this document.

use crate::office::xml::{Token, Xml};

/// The fonts of a theme; empty where it names none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Of headings, of text: each for Latin letters, for East Asian ones, for those of Chinese.
    fonts: [[String; 3]; 2],
}

impl Theme {
    /// Reads a theme up to the end of its fonts.
    pub fn read(xml: &str) -> Self {
        let mut theme = Self::default();
        let mut row = None;
        let mut xml = Xml::of(xml);
        while let Some((token, _)) = xml.read() {
            match token {
                Token::Start(e) => {
                    let column = match e.name() {
                        "majorFont" => {
                            row = Some(0);
                            continue;
                        }
                        "minorFont" => {
                            row = Some(1);
                            continue;
                        }
                        "latin" => 0,
                        "ea" => 1,
                        "font" if e.attribute("script").is_some_and(|s| s == "Hans") => 2,
                        _ => continue,
                    };
                    if let Some(row) = row {
                        theme.fonts[row][column] = e.attribute("typeface").unwrap_or_default();
                    }
                }
                Token::End("fontScheme") => break,
                Token::End("majorFont" | "minorFont") => row = None,
                _ => {}
            }
        }
        theme
    }

    /// The font that a name such as `minorEastAsia` stands for. Where a theme leaves East Asian letters open,
    /// the font of the script counts.
    pub fn font(&self, name: &str) -> &str {
        let [latin, asian, chinese] = &self.fonts[usize::from(name.starts_with("minor"))];
        match name.ends_with("EastAsia") {
            true if asian.is_empty() => chinese,
            true => asian,
            false => latin,
        }
    }
}
