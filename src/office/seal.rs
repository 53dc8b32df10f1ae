//! What holds a document shut (数字签名、限制编辑): a signature that any change breaks, a protection by which its
//! owner asks that it be left alone. Both are told of, and neither is overridden without a word.

use super::package::Package;
use super::xml::{Token, each};
use crate::base::{Problem, Text};

/// What holds a document shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// Signed: whoever changes a letter breaks the signature (数字签名).
    Signed,
    /// Protected: editing is restricted, with or without a password (限制编辑).
    Protected,
}

impl Seal {
    /// What is to be known of it, before or without a change.
    #[must_use]
    pub fn note(self) -> Problem {
        match self {
            Self::Signed => Problem::new(Text::fixed(
                "文稿有数字签名，改动以后签名失效",
                "the document is signed; a change breaks the signature",
            )),
            Self::Protected => {
                Problem::new(Text::fixed("文稿设了限制编辑", "editing of the document is restricted"))
            }
        }
    }

    /// Why a change was not written.
    #[must_use]
    pub fn refusal(self) -> Problem {
        let (zh, en) = match self {
            Self::Signed => ("改动会使数字签名失效", "a change would break its signature"),
            Self::Protected => ("它设了限制编辑", "its editing is restricted"),
        };
        Problem::new(Text::new(format!("没有改这份文稿：{zh}"), format!("the document was left alone: {en}")))
            .help(Text::fixed(
                "先问签发、设限的人；确实要改，加 --force（原件照样留 .bak）",
                "ask whoever signed or restricted it; if it has to be changed, add --force (what was there is kept as .bak)",
            ))
    }
}

/// What holds these bytes shut; nothing for what is no .docx or .odt.
#[must_use]
pub fn seals(bytes: &[u8]) -> Vec<Seal> {
    let Some(mut package) = bytes.starts_with(b"PK").then(|| Package::open(bytes)).flatten() else {
        return Vec::new();
    };
    of(&mut package)
}

/// What holds an opened container shut.
pub(crate) fn of(package: &mut Package<'_>) -> Vec<Seal> {
    let signed = package.relationships("").iter().any(|r| r.kind == "origin")
        || package.has("META-INF/documentsignatures.xml");
    let main = package.main_part().unwrap_or_default();
    let settings = package.relationships(&main).into_iter().find(|r| r.kind == "settings");
    let settings = settings.and_then(|settings| package.part(&settings.target));
    let protected = settings.is_some_and(|settings| is_protected(&settings.text));
    [signed.then_some(Seal::Signed), protected.then_some(Seal::Protected)].into_iter().flatten().collect()
}

/// Whether the settings keep people from editing. Of damaged settings as many count as can be read.
fn is_protected(settings: &str) -> bool {
    let mut protected = false;
    let _ = each(settings, |token, _| {
        let Token::Start(element) = token else { return };
        let on = |name| element.attribute(name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"));
        protected |= match element.name() {
            // Comments and tracked changes alone are asked for then; filling in forms is not what we do.
            "documentProtection" => on("enforcement"),
            "writeProtection" => on("recommended") || element.attribute("hash").is_some(),
            _ => false,
        };
    });
    protected
}

#[cfg(test)]
mod tests {
    use super::{Seal, is_protected, seals};

    #[test]
    fn a_protection_counts_where_it_is_in_force() {
        let settings = |inside: &str| format!(r#"<w:settings xmlns:w="w">{inside}</w:settings>"#);
        assert!(is_protected(&settings(r#"<w:documentProtection w:edit="readOnly" w:enforcement="1"/>"#)));
        assert!(is_protected(&settings(r#"<w:writeProtection w:recommended="true"/>"#)));
        assert!(!is_protected(&settings(r#"<w:documentProtection w:edit="readOnly" w:enforcement="0"/>"#)));
        assert!(!is_protected(&settings("<w:zoom/>")));
    }

    #[test]
    fn text_and_damage_hold_nothing_shut() {
        assert_eq!(seals("云河县".as_bytes()), Vec::<Seal>::new());
        assert_eq!(seals(b"PK\x03\x04"), Vec::<Seal>::new());
    }
}
