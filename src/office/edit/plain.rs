//! Changed words in the XML as if they had always stood there.

use super::{Put, prefix_of, words};
use crate::office::body::NodeKind;
use crate::office::splice::{Splices, keeping_spaces};

/// What the XML becomes; `None` if a place is none of it.
pub(super) fn splices(xml: &str, puts: &[Put<'_>]) -> Option<Splices> {
    let mut splices = Splices::default();
    for put in puts {
        splice(xml, put, &mut splices)?;
    }
    Some(splices)
}

fn splice(xml: &str, put: &Put<'_>, splices: &mut Splices) -> Option<()> {
    let (cut, new) = (put.cut.clone(), put.new);
    if put.kind == NodeKind::Sign {
        if new.is_empty() {
            splices.replace(cut, "");
            return Some(());
        }
        // A sign stands beside `w:t`; its prefix tells that of the new one.
        let prefix = prefix_of(xml.get(cut.clone())?);
        let open = format!("<{prefix}t xml:space=\"preserve\">");
        let close = format!("</{prefix}t>");
        splices.replace(cut, format!("{open}{}{close}", words(new, &prefix, &open, &close)));
        return Some(());
    }
    let open = xml.get(put.open.clone())?;
    let prefix = prefix_of(open);
    let kept = keeping_spaces(open);
    let said = words(new, &prefix, &kept, &format!("</{prefix}t>"));
    let inside_cdata = put.kind == NodeKind::Cdata;
    let said = if inside_cdata && !said.is_empty() { format!("]]>{said}<![CDATA[") } else { said };
    // A space may now stand at the edge of its element, where it would not be shown.
    let beside = || Some(xml.get(..cut.start)?.ends_with(' ') || xml.get(cut.end..)?.starts_with(' '));
    if kept != open && (new.contains([' ', '\t', '\n']) || new.is_empty() && beside()?) {
        splices.keep(put.open.clone(), kept);
    }
    splices.replace(cut, said);
    Some(())
}
