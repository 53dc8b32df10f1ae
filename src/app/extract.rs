//! A skeleton and a facts file to fill in, out of a draft with blanks.

use super::files::{Over, Use, all_different, in_file, placed, written};
use super::library::library;
use super::office::{Listener, Office};
use crate::base::Result;
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
    /// Where both go, `-` for whoever asked.
    targets: Vec<String>,
    over: Over,
}

/// Takes a draft apart into a skeleton for `to` and, where one is wanted, a facts file for `facts`.
/// Nothing is written yet, and nothing will be unless both can be.
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
    let targets: Vec<&str> = [Some(to), facts].into_iter().flatten().collect();
    targets.iter().try_for_each(|target| files.may_write(target, over))?;
    all_different(files, &targets)?;
    let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    for note in manuscript.notes() {
        listener.note(&in_file(note.clone(), name));
    }
    let extracted = take_apart(&manuscript, name, office.lang).map_err(|e| placed(e, name))?;
    // What does not load would be no use to anybody: better told here than at the first draft.
    library(office)?.skeleton_from(to, &extracted.skeleton)?;
    let targets = targets.into_iter().map(str::to_owned).collect();
    Ok(Lifted { manuscript, extracted, targets, over })
}

impl Lifted {
    /// Writes both files. What goes to `-` is returned.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn write(&self, office: &Office, listener: &mut dyn Listener) -> Result<String> {
        let mut unnamed = String::new();
        let mut said = Vec::new();
        for (target, text) in self.targets.iter().zip([&self.extracted.skeleton, &self.extracted.stub]) {
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
    let (blanks, facts) = (extracted.blanks, extracted.facts.len());
    let (blank_s, fact_s) = (plural(blanks), plural(facts));
    listener.say(&text!("{blanks}处空白，{facts}项事实", "{blanks} blank{blank_s}, {facts} fact{fact_s}"));
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
