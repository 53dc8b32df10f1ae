//! A paper laid out to the standard (排版): read, set, and what was not sure commented.

use super::files::{Use, in_file, placed};
use super::like::Like;
use super::office::{Listener, Office};
use super::plan::{Asked as Planned, plans};
use crate::base::{Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::model::{Manuscript, Settings};
use crate::office::{Comment, Make, add};
use crate::read::read;
use crate::rules::{self, Case, declared_genre};
use crate::text;
use crate::write::format::{
    Done, Doubt, Form, Grid, Laid, Model, Wishes, laid, put_minutes, restyle, timed, told_minutes,
    without_minutes,
};
use crate::write::{self, Writer as _};

/// What was asked for; what was not goes by the settings, then by what is usual.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What the paper is.
    pub form: Option<Form>,
    /// The names of its fonts.
    pub fonts: Option<Fonts>,
    /// Which reading of 22 lines.
    pub grid: Grid,
    /// An office's own sample, whose look counts.
    pub like: Option<String>,
}

/// A paper that was laid out.
#[derive(Debug)]
pub struct Formatted {
    /// The .docx.
    pub bytes: Vec<u8>,
    /// What it was taken for, and who says so.
    pub form: Text,
    /// Where the sample departs from the standard, and what it has nothing of.
    pub sample: Vec<Text>,
    /// What was done.
    pub done: Done,
    /// How long it takes to read it out.
    pub minutes: Vec<Text>,
    /// What is not sure, a sentence a kind.
    pub doubts: Vec<Text>,
}

/// Lays out a paper; nothing is written.
///
/// # Errors
/// If it cannot be read, or its markup cannot be changed without risk to its words.
pub fn format(office: &Office, name: &str, asked: &Asked, listener: &mut dyn Listener) -> Result<Formatted> {
    let bytes = office.files.read(name, Use::Input)?;
    let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    for note in manuscript.notes() {
        listener.note(&in_file(note.clone(), name));
    }
    let plan = plans(office, &Planned::default(), &[name.to_owned()], listener)?;
    let settings = plan.into_iter().next().unwrap_or_default().settings;
    let genre = declared_genre(&manuscript, &settings);
    let (form, said) = form(asked.form, genre.as_deref());
    let wishes = Wishes { form, fonts: asked.fonts.unwrap_or(settings.fonts), grid: asked.grid };
    let (model, mut like) = match &asked.like {
        Some(like) => {
            let (model, like) = sample(office, like, wishes)?;
            (Some(model), like)
        }
        None if form == Form::Reading => (Some(Model::reading(wishes.fonts)), Like::default()),
        None => (None, Like::default()),
    };
    let mut formatted = formatted(&bytes, &manuscript, wishes, model.as_ref(), &mut like, office)
        .map_err(|e| placed(e, name))?;
    formatted.doubts.extend(like.open());
    (formatted.form, formatted.sample) = (said, like.said);
    Ok(formatted)
}

/// The look of an office's own sample; where it departs from the standard, and what it has nothing of.
fn sample(office: &Office, name: &str, wishes: Wishes) -> Result<(Model, Like)> {
    let bytes = office.files.read(name, Use::Input)?;
    if Make::of(&bytes).name != "docx" {
        let what = Text::fixed(
            "样稿要是 .docx，别的格式里没有版式",
            "a sample has to be a .docx; no other format has a look",
        );
        return Err(placed(Problem::new(what).into(), name));
    }
    let manuscript = read(name, &bytes).map_err(|e| placed(e, name))?;
    let (model, taken) = write::format::sample(&bytes, &manuscript, wishes).map_err(|e| placed(e, name))?;
    let settings = Settings::with(|s| s.only = vec!["layout".to_owned()]);
    let mut said = Vec::new();
    for finding in rules::check(&Case::new(&manuscript, &settings)) {
        let all = std::iter::once(&finding.message).chain(finding.notes.iter().map(|(_, note)| note));
        said.extend(all.map(|one| {
            let Text { zh, en } = one;
            text!("样稿与标准不一：{zh}", "the sample departs from the standard: {en}")
        }));
    }
    let lacks = model.lacks();
    if !lacks.is_empty() {
        let mut counted = Done::default();
        lacks.iter().for_each(|kind| counted.count(*kind));
        let (zh, en): (Vec<_>, Vec<_>) =
            counted.kinds.values().map(|((zh, en), _)| (zh.clone(), en.clone())).unzip();
        let (zh, en) = (zh.join("、"), en.join(", "));
        said.push(text!(
            "样稿里没有，照标准排：{zh}",
            "set by the standard, since the sample has none: {en}"
        ));
    }
    Ok((model, Like { taken, said, ..Like::default() }))
}

/// What a paper is: as asked, as declared, else a speech; and who says so.
fn form(asked: Option<Form>, genre: Option<&str>) -> (Form, Text) {
    let named = |genre: &str| match genre {
        "讲话" => Form::Speech,
        brief if brief.starts_with("简报") || brief.starts_with("brief") => Form::Brief,
        _ => Form::Document,
    };
    let (form, why) = match (asked, genre) {
        (Some(form), _) => (form, Text::fixed("--form", "--form")),
        (None, Some(genre)) => (named(genre), text!("声明的文种：{genre}", "the declared genre, {genre}")),
        (None, None) => (
            Form::default(),
            Text::fixed(
                "没有写明样式，也没有声明文种；是公文、简报的写明：--form document、--form brief",
                "neither form nor genre was given; of others say --form document or --form brief",
            ),
        ),
    };
    let label = form.label();
    let said = Text::new(
        format!("按{}排（{}）", label.zh, why.zh),
        format!("laid out as {} ({})", label.en, why.en),
    );
    (form, said)
}

/// The paper laid out and commented.
fn formatted(
    bytes: &[u8],
    read_as: &Manuscript,
    wishes: Wishes,
    model: Option<&Model>,
    like: &mut Like,
    office: &Office,
) -> Result<Formatted> {
    let (mut restyled, doubts) = if Make::of(bytes).name == "docx" {
        let bare = without_minutes(bytes)?;
        let (bare, _) = like.put(bare, wishes, model)?;
        let restyled = if bare == *bytes {
            restyle(bytes, read_as, wishes, model)?
        } else {
            restyle(&bare, &read("a.docx", &bare)?, wishes, model)?
        };
        let doubts = restyled.doubts.clone();
        (restyled, doubts)
    } else {
        let Laid { manuscript, doubts, front } = laid(read_as, wishes.form);
        if manuscript.text().trim().is_empty() {
            return Err(nothing().into());
        }
        let settings = Settings::with(|s| s.fonts = wishes.fonts);
        let written = write::Docx.write(&manuscript, &settings)?;
        let (written, lines) = like.put(written, wishes, model)?;
        let doubts = doubts.into_iter().map(|(n, doubt)| (n + lines, doubt)).collect();
        let again = read("a.docx", &written)?;
        let mut restyled = restyle(&written, &again, wishes, model)?;
        (restyled.done.anew, restyled.done.front) = (true, front);
        (restyled, doubts)
    };
    let mut minutes = Vec::new();
    if model.is_some_and(|model| model.aloud) {
        let parts = timed(&read("a.docx", &restyled.bytes)?);
        restyled.bytes = put_minutes(&restyled.bytes, &restyled.heading, &parts)?;
        minutes = told_minutes(&parts);
    }
    let manuscript = read("a.docx", &restyled.bytes)?;
    let comments = comments(&manuscript, &doubts, office);
    let bytes = match &comments[..] {
        [] => restyled.bytes,
        comments => add(&restyled.bytes, &manuscript.file_text(), comments, Some(office.today))?,
    };
    let doubts = listed(&manuscript, &doubts);
    let form = Text::fixed("", "");
    Ok(Formatted { bytes, form, sample: Vec::new(), done: restyled.done, minutes, doubts })
}

fn nothing() -> Problem {
    Problem::new(Text::fixed("文稿里没有可排的文字", "there is no text to lay out"))
        .help(Text::fixed("扫描件请先识别成文字", "of a scan, have the text recognised first"))
}

/// The words of the paragraphs that say something.
fn said(manuscript: &Manuscript) -> Vec<std::ops::Range<usize>> {
    let trimmed = |block: &crate::model::Block| {
        let words = manuscript.block_text(block);
        let start = block.range.start + words.len() - words.trim_start().len();
        start..start + words.trim().len()
    };
    manuscript.blocks().iter().map(trimmed).collect()
}

/// Comments of a kind, at most; more of them are only told.
const MOST: usize = 12;

fn comments(manuscript: &Manuscript, doubts: &[(usize, Doubt)], office: &Office) -> Vec<Comment> {
    let said = said(manuscript);
    let mut counted = std::collections::BTreeMap::<Doubt, usize>::new();
    let mut comments = Vec::new();
    for (nth, doubt) in doubts {
        let count = counted.entry(*doubt).or_default();
        *count += 1;
        if *count <= MOST
            && let Some(range) = said.get(*nth)
        {
            let lines = vec![doubt.comment().in_lang(office.lang).to_owned()];
            comments.push(Comment { range: manuscript.in_file(range), lines });
        }
    }
    comments
}

/// What is not sure, each kind with its first words and how many more there are.
fn listed(manuscript: &Manuscript, doubts: &[(usize, Doubt)]) -> Vec<Text> {
    let said = said(manuscript);
    let mut kinds: std::collections::BTreeMap<Doubt, Vec<usize>> = std::collections::BTreeMap::new();
    doubts.iter().for_each(|(nth, doubt)| kinds.entry(*doubt).or_default().push(*nth));
    kinds
        .into_iter()
        .filter_map(|(doubt, all)| {
            let words = manuscript.text().get(said.get(*all.first()?)?.clone())?;
            let short: String = words.chars().filter(|c| !c.is_control()).take(20).collect();
            Some(doubt.listed(&short, all.len() - 1))
        })
        .collect()
}

/// Tells whoever listens what came of it.
pub fn tell(formatted: &Formatted, listener: &mut dyn Listener) {
    listener.say(&formatted.form);
    if formatted.done.anew {
        listener.say(&Text::fixed(
            "不是 .docx：按文字重新排成，原文件里的图片、脚注等没有带过来",
            "no .docx: laid out anew from its text; pictures, notes and the like were not taken over",
        ));
    }
    let all = formatted.sample.iter().chain(&formatted.minutes);
    all.chain(&formatted.done.sentences()).chain(&formatted.doubts).for_each(|said| listener.say(said));
}
