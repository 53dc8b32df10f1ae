//! A check that written markup keeps the schema's order of children.
//!
//! The orders are those of ECMA-376 Part 1, annex A (wml.xsd), the elements that this writer may
//! come to use. Word refuses some files that break them and silently drops properties in others;
//! LibreOffice and python-docx accept nearly anything, so no test with them would tell.

use quick_xml::events::Event;

/// Each parent with its children in the schema's order.
const ORDER: &[(&str, &str)] = &[
    ("document", "background body"),
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd \
         tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi \
         adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc \
         textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof \
         snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd \
         fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    ),
    (
        "sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType \
         pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid \
         printerSettings sectPrChange",
    ),
    ("styles", "docDefaults latentStyles style"),
    ("docDefaults", "rPrDefault pPrDefault"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat \
         locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    (
        "settings",
        "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins \
         bordersDoNotSurroundHeader bordersDoNotSurroundFooter hideSpellingErrors hideGrammaticalErrors \
         proofState attachedTemplate trackRevisions documentProtection defaultTabStop autoHyphenation \
         evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing \
         characterSpacingControl strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore footnotePr \
         endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping shapeDefaults decimalSymbol \
         listSeparator",
    ),
    (
        "compat",
        "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace \
         doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting",
    ),
    ("font", "altName panose1 charset family notTrueType pitch sig embedRegular"),
    ("pBdr", "top left bottom right between bar"),
    ("tbl", "tblPr tblGrid tr"),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc \
         tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    ("tblBorders", "top left bottom right insideH insideV"),
    ("tblCellMar", "top left bottom right"),
    ("tblGrid", "gridCol"),
    ("tr", "tblPrEx trPr tc"),
    // wml.xsd lets these stand in any order; one is kept all the same.
    ("trPr", "cantSplit trHeight tblHeader jc"),
    ("tc", "tcPr p"),
    (
        "tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign \
         hideMark",
    ),
    ("p", "pPr r"),
    ("r", "rPr t"),
];

/// Children that may stand in any order and number after the fixed ones.
const FREE: &[&str] = &["t", "tab", "br", "fldChar", "instrText"];

/// What is wrong with the order of children in `xml`; empty if nothing is. An element that the
/// table does not know under a parent that it does know is wrong too.
pub fn faults(part: &str, xml: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // The open elements, each with the last child's place in its parent's order.
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                let name = e.local_name().as_ref().to_owned();
                if let Some((parent, last)) = open.last_mut()
                    && let Some((_, order)) = ORDER.iter().find(|(p, _)| p == parent)
                    && !(parent == "r" && FREE.contains(&name.as_str()))
                {
                    match order.split_whitespace().position(|child| child == name) {
                        None => faults.push(format!("{part}: <{name}> in <{parent}> is unknown here")),
                        Some(at) if at < *last => {
                            faults.push(format!("{part}: <{name}> comes too late in <{parent}>"));
                        }
                        Some(at) => *last = at,
                    }
                }
                open.push((name, 0));
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) => return faults,
            Ok(_) => {}
            Err(error) => {
                faults.push(format!("{part}: {error}"));
                return faults;
            }
        }
    }
}

#[test]
fn a_wrong_order_is_noticed() {
    let xml = "<w:p><w:pPr><w:jc/><w:ind/></w:pPr><w:r><w:t/><w:rPr/></w:r></w:p>";
    assert_eq!(faults("x", xml).len(), 1);
    assert_eq!(faults("x", "<w:pPr><w:jc/><w:odd/></w:pPr>").len(), 1);
}
