//! A skeleton and a facts file to fill in, out of a draft with blanks.

use super::files::{Over, Use, all_different, in_file, placed, written};
use super::library::{example_name, library};
use super::office::{Listener, Office};
use crate::base::{Result, Text};
use crate::extract::{Extracted, extract as take_apart};
use crate::model::Manuscript;
use crate::read::read;
use crate::report::cut;
use crate::text;

/// What was taken out of a draft.
pub struct Lifted {
    /// The draft.
    pub manuscript: Manuscript,
    /// The skeleton, the facts file and what was found on the way.
    pub extracted: Extracted,
    /// Where the skeleton, the facts file and the example go, `-` for whoever asked.
    targets: [Option<String>; 3],
    over: Over,
}

/// Takes a text apart into a skeleton for `to` and, where one is wanted, a facts file for `facts`; the values
/// that stood in it go beside the skeleton as its example. Nothing is written yet, and nothing will be unless
/// all can be.
///
/// # Errors
/// If the draft cannot be read or one of the files may not be written.
pub fn extract(
    office: &Office,
    name: &str,
    (to, facts): (&str, Option<&str>),
    over: Over,
    listener: &mut dyn Listener,
) -> Result<Lifted> {
    let files = &*office.files;
    let bytes = files.read(name, Use::Input)?;
    let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    for note in manuscript.notes() {
        listener.note(&in_file(note.clone(), name));
    }
    let extracted = take_apart(&manuscript, name, office.lang).map_err(|e| placed(e, name))?;
    // What does not load would be no use to anybody: better told here than at the first draft.
    library(office)?.skeleton_from(to, &extracted.skeleton)?;
    let beside = (to != "-" && !extracted.example.is_empty()).then(|| example_name(to));
    let targets = [Some(to.to_owned()), facts.map(str::to_owned), beside];
    let named: Vec<&str> = targets.iter().flatten().map(String::as_str).collect();
    named.iter().try_for_each(|target| files.may_write(target, over))?;
    all_different(files, &named)?;
    Ok(Lifted { manuscript, extracted, targets, over })
}

impl Lifted {
    /// Writes the files. What goes to `-` is returned.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn write(&self, office: &Office, listener: &mut dyn Listener) -> Result<String> {
        let mut unnamed = String::new();
        let mut said = Vec::new();
        let Extracted { skeleton, stub, example, .. } = &self.extracted;
        for (target, text) in self.targets.iter().zip([skeleton, stub, example]) {
            let Some(target) = target else { continue };
            if target == "-" {
                unnamed.push_str(text);
            } else {
                said.push(written(&*office.files, target, text.as_bytes(), self.over)?);
            }
        }
        said.iter().for_each(|said| listener.say(said));
        Ok(unnamed)
    }

    /// Says what was found, and which sentences are still somebody else's.
    pub fn tell(&self, listener: &mut dyn Listener) {
        tell(&self.extracted, &self.manuscript, listener);
    }
}

/// What was found, and which sentences are still somebody else's.
fn tell(extracted: &Extracted, manuscript: &Manuscript, listener: &mut dyn Listener) {
    /// Sentences that are listed; all of them stand in the skeleton's comments.
    const LISTED: usize = 5;
    /// Columns of a sentence that are shown.
    const SHOWN: usize = 52;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let Text { zh: places, en: places_en } = extracted.places();
    let facts = extracted.facts.len();
    let fact_s = plural(facts);
    listener
        .say(&Text::new(format!("{places}，{facts}项事实"), format!("{places_en}, {facts} fact{fact_s}")));
    let (numbered, kept) = extracted.headings;
    if numbered > 0 {
        let s = plural(numbered);
        listener
            .say(&text!("{numbered}个层次标题由程序编号", "{numbered} heading{s} numbered by the program"));
    }
    if kept > 0 {
        let s = plural(kept);
        listener.say(&text!(
            "{kept}个层次标题照原样保留，程序编的号会与它不同",
            "{kept} heading{s} kept as written, since the program would number otherwise"
        ));
    }
    let (sentences, own, (stock, letters)) = (extracted.sentences, extracted.own.len(), extracted.letters);
    if own == 0 {
        return;
    }
    let listed = own.min(LISTED);
    listener.say(&text!(
        "全稿固定提法{stock}字，其余{letters}字是原稿自己的话，在{sentences}句中的{own}句里；稿子若借自外地，照用等于照抄。是哪几句，模板里每段上面注明；最长的{listed}句：",
        "{stock} letters are set phrases; {letters} are the draft's own words, in {own} of {sentences} sentences. If it was borrowed, to keep them is to copy them. Comments in the skeleton name them; the longest {listed}:"
    ));
    let mut longest: Vec<_> = extracted.own.iter().collect();
    longest.sort_by_key(|(range, letters)| (std::cmp::Reverse(*letters), range.start));
    longest.truncate(LISTED);
    longest.sort_by_key(|(range, _)| range.start);
    for (range, letters) in longest {
        let line = manuscript.lines().line_of(range.start);
        let words = manuscript.text()[range.clone()].trim().to_owned();
        let words = cut(&words, SHOWN).into_owned();
        listener
            .say(&text!("  第{line}行，{letters}字：{words}", "  line {line}, {letters} letters: {words}"));
    }
}
