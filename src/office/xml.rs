//! The XML of a part, pulled tag by tag: text, references, names and attributes, each in one place.
//!
//! Whoever reads a part of a .docx or an .xlsx reads it here, so that a line end, an `&#x4E00;` or
//! an empty element means the same to the text, the styles, the comments and the cells. Elements
//! are told by their local names: strict files (other namespaces) and odd prefixes read the same.
//! Every token comes with its bytes, by which whoever changes a part changes nothing else.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

/// What stands in the XML, comments and instructions left out.
#[derive(Debug)]
pub(crate) enum Token<'t> {
    /// A start tag. An empty element is a start and an end; its bytes are the start's.
    Start(Element<'t>),
    /// An end tag: the local name.
    End(&'t str),
    /// Text by the same bytes, but for line ends, which are all LF (XML 1.0, 2.11).
    Text(Cow<'t, str>),
    /// The same within CDATA, without its brackets.
    Cdata(Cow<'t, str>),
    /// What a reference such as `&amp;` or `&#x4E00;` stands for; one that XML does not know
    /// stands for itself, a character that does not exist is U+FFFD.
    Reference(Cow<'t, str>),
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'t>(&'t BytesStart<'t>);

impl<'t> Element<'t> {
    /// Its local name: `p` of `<w:p>`.
    pub(crate) fn name(self) -> &'t str {
        self.0.local_name().into_inner()
    }

    /// Its name with its prefix: `w:p`.
    pub(crate) fn qualified(self) -> &'t str {
        self.0.name().into_inner()
    }

    /// The value of an attribute, by its local name.
    pub(crate) fn attribute(self, name: &str) -> Option<String> {
        attribute(self.0, name)
    }

    /// Whether it declares a prefix.
    pub(crate) fn declares(self, prefix: &str) -> bool {
        let declaration = format!("xmlns:{prefix}");
        let mut attributes = self.0.attributes();
        attributes.with_checks(false).flatten().any(|a| a.key.as_ref() == declaration)
    }

    /// The namespace of its own prefix, if it is declared in this tag.
    pub(crate) fn namespace(self) -> Option<String> {
        let declaration = self
            .qualified()
            .split_once(':')
            .map_or("xmlns".to_owned(), |(prefix, _)| format!("xmlns:{prefix}"));
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.as_ref() == declaration)?;
        Some(found.value.into_owned())
    }
}

/// What `see` makes of the start tag of the root; `None` if there is none.
pub(crate) fn root<T>(xml: &str, see: impl FnOnce(Element<'_>) -> T) -> Option<T> {
    let mut xml = Xml::of(xml);
    while let Some((token, _)) = xml.read() {
        if let Token::Start(e) = token {
            return Some(see(e));
        }
    }
    None
}

/// The value of an attribute, by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), |v| v.into_owned()),
    )
}

/// The value of a yes-or-no property: being there means yes, unless it says no.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// A part that is being read.
pub(crate) struct Xml<'x> {
    reader: quick_xml::Reader<&'x [u8]>,
    event: Event<'x>,
    /// Where the last token ends.
    end: usize,
    /// Elements that are open.
    open: usize,
    stopped: Option<usize>,
}

impl<'x> Xml<'x> {
    /// Begins at the beginning.
    pub(crate) fn of(xml: &'x str) -> Self {
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = true;
        Self { reader, event: Event::Eof, end: 0, open: 0, stopped: None }
    }

    /// The next token and its bytes, which begin where the last one ended; `None` at the end and
    /// where the XML is malformed, which [`Self::stopped`] tells apart.
    pub(crate) fn read(&mut self) -> Option<(Token<'_>, Range<usize>)> {
        let mut start;
        loop {
            start = self.end;
            match self.reader.read_event() {
                Ok(event) => self.event = event,
                Err(_) => {
                    self.stopped = usize::try_from(self.reader.error_position()).ok();
                    return None;
                }
            }
            self.end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            match self.event {
                Event::Start(_) => self.open += 1,
                Event::End(_) => self.open = self.open.saturating_sub(1),
                Event::Eof => {
                    self.stopped = (self.open > 0).then_some(self.end);
                    return None;
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {}
                _ => continue,
            }
            break;
        }
        let token = match &self.event {
            Event::Start(e) => Token::Start(Element(e)),
            Event::End(e) => Token::End(e.local_name().into_inner()),
            Event::Text(e) => Token::Text(e.xml10_content()),
            Event::CData(e) => Token::Cdata(e.xml10_content()),
            Event::GeneralRef(e) => Token::Reference(match e.resolve_char_ref() {
                Ok(Some(c)) => c.to_string().into(),
                Ok(None) => match quick_xml::escape::resolve_xml_entity(e) {
                    Some(words) => words.into(),
                    None => format!("&{};", &**e).into(),
                },
                Err(_) => "\u{FFFD}".into(),
            }),
            _ => return None,
        };
        Some((token, start..self.end))
    }

    /// The byte at which reading stopped before the end: where the XML is malformed, or its last
    /// byte if elements are still open there.
    pub(crate) const fn stopped(&self) -> Option<usize> {
        self.stopped
    }
}

/// Shows `see` every token with its bytes; whether the XML came to its end.
pub(crate) fn each(xml: &str, mut see: impl FnMut(Token<'_>, Range<usize>)) -> bool {
    let mut xml = Xml::of(xml);
    while let Some((token, at)) = xml.read() {
        see(token, at);
    }
    xml.stopped().is_none()
}

#[cfg(test)]
mod tests {
    use super::{Token, Xml, each};

    /// What is said, with the bytes that say it.
    fn said(xml: &str) -> (Vec<(String, &str)>, bool) {
        let mut all = Vec::new();
        let whole = each(xml, |token, at| {
            let words = match token {
                Token::Start(e) => format!("<{} {:?}", e.name(), e.attribute("val")),
                Token::End(name) => format!("/{name}"),
                Token::Text(words) | Token::Cdata(words) | Token::Reference(words) => words.into_owned(),
            };
            all.push((words, &xml[at]));
        });
        (all, whole)
    }

    #[test]
    fn every_token_has_its_bytes_and_what_they_mean() {
        let (all, whole) =
            said("<w:p x:val='甲&amp;乙'>一\r\n<!-- - -->&lt;&#x4E8C;&nbsp;<![CDATA[<三>]]><w:tab/></w:p>");
        let expected = [
            ("<p Some(\"甲&乙\")", "<w:p x:val='甲&amp;乙'>"),
            ("一\n", "一\r\n"),
            ("<", "&lt;"),
            ("二", "&#x4E8C;"),
            ("&nbsp;", "&nbsp;"),
            ("<三>", "<![CDATA[<三>]]>"),
            ("<tab None", "<w:tab/>"),
            ("/tab", ""),
            ("/p", "</w:p>"),
        ];
        let all: Vec<_> = all.iter().map(|(words, bytes)| (words.as_str(), *bytes)).collect();
        assert_eq!(all, expected);
        assert!(whole);
    }

    #[test]
    fn what_breaks_off_or_is_crossed_says_where() {
        for (xml, stopped) in
            [("<a><b/></a>", None), ("<a><b>文", Some(9)), ("<a><b></a>", Some(6)), ("", None)]
        {
            let mut reader = Xml::of(xml);
            while reader.read().is_some() {}
            assert_eq!(reader.stopped(), stopped, "{xml}");
        }
    }
}
