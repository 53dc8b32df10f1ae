//! What a paper takes of an office's own sample (样稿) besides its look: which of it is right for this paper, and what is
//! told of that.

use crate::base::{Result, Text};
use crate::model::{BlockKind, Manuscript};
use crate::read::read;
use crate::text;
use crate::write::format::{Form, Model, Taken, Wishes, restyle};

/// A sample, and what was told of it so far.
#[derive(Debug, Default)]
pub(super) struct Like {
    /// What it has to give.
    pub taken: Taken,
    /// What is told.
    pub said: Vec<Text>,
    /// The names of the gaps that were left (待补).
    pub gaps: Vec<String>,
}

impl Like {
    /// The .docx with what it lacks and the sample has, and how many lines came before its text.
    pub fn put(&mut self, bytes: Vec<u8>, wishes: Wishes, model: Option<&Model>) -> Result<(Vec<u8>, usize)> {
        let Taken { head, imprint, joint, more, .. } = &self.taken;
        if head.is_empty() && imprint.is_empty() {
            self.said.extend(refused(*joint, *more));
            return Ok((bytes, 0));
        }
        if !matches!(wishes.form, Form::Document | Form::Brief) {
            self.said.push(Text::fixed(
                "样稿有版头或版记，没有加进来：讲话稿不用；是公文、简报的写明 --form document、--form brief",
                "the sample has a head or a foot, which were not taken: a speech has none; of others say --form document or --form brief",
            ));
            return Ok((bytes, 0));
        }
        let laid = read("a.docx", &restyle(&bytes, &read("a.docx", &bytes)?, wishes, model)?.bytes)?;
        let has = |is: fn(BlockKind) -> bool| laid.blocks().iter().any(|block| is(block.kind));
        let own_head = has(BlockKind::is_red_head);
        let other = other_office(&laid, head).filter(|_| wishes.form == Form::Document);
        let takes_head = !head.is_empty() && !own_head && other.is_none();
        let takes_imprint = !imprint.is_empty() && !has(BlockKind::is_imprint);
        // Another office prints its papers itself.
        if other.is_some() {
            self.taken.imprint.iter_mut().for_each(|(_, words)| {
                if let Some((_, day)) = words.split_once('\t') {
                    *words = format!("【待补：印发机关】\t{day}");
                }
            });
        }
        let Taken { head, imprint, joint, more, .. } = &self.taken;
        let mut said = refused(*joint, *more && !own_head);
        if takes_head {
            said.push(head_taken(&self.taken));
        } else if let Some((sample, paper)) = other.as_ref().filter(|_| !own_head && !head.is_empty()) {
            said.push(text!(
                "样稿的版头没有加进来：样稿是“{sample}”，稿子是“{paper}”",
                "the sample's head was not taken: the sample is of {sample}, the paper of {paper}"
            ));
        }
        if takes_imprint {
            said.push(imprint_taken(imprint, other.is_none()));
        }
        let lines = if takes_head { head.len() } else { 0 };
        let gaps = head.iter().filter(|_| takes_head).chain(imprint.iter().filter(|_| takes_imprint));
        self.gaps.extend(gaps.flat_map(|(_, words)| named(words)));
        let bytes = if takes_head || takes_imprint {
            self.taken.put(&bytes, takes_head, takes_imprint)?
        } else {
            bytes
        };
        self.said.extend(said);
        Ok((bytes, lines))
    }

    /// What is still to be filled in.
    pub fn open(&self) -> Option<Text> {
        let gaps = self.gaps.join("、");
        (!gaps.is_empty()).then(|| {
            text!("照样稿留了空，要填：{gaps}", "gaps that the sample's form leaves, to be filled in: {gaps}")
        })
    }
}

/// What of the sample's head cannot be taken.
fn refused(joint: bool, more: bool) -> Vec<Text> {
    let mut said = Vec::new();
    if joint {
        said.push(Text::fixed(
            "样稿是联合行文，版头没有加进来",
            "the sample is of several offices; its head was not taken",
        ));
    }
    if more {
        said.push(Text::fixed(
            "样稿版头里有表格、文本框、艺术字或带链接的图，这些没有加进来，请从样稿复制",
            "the sample's head has a table, a text box or a picture with a link, which were not taken; copy them from it",
        ));
    }
    said
}

fn head_taken(taken: &Taken) -> Text {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (kind, words) in &taken.head {
        let row = kind.row();
        let gap = if *kind == BlockKind::Masthead { format!("“{words}”") } else { String::new() };
        zh.push(format!("{}{gap}", row.zh));
        en.push(format!("{} {gap}", row.name.replace('-', " ")).trim().to_owned());
    }
    if taken.has_logo() {
        zh.push("图标".to_owned());
        en.push("the picture".to_owned());
    }
    let (zh, en) = (zh.join("、"), en.join(", "));
    text!(
        "照样稿加了版头和红线：{zh}；机关名称是样稿的，字号、日期留空，请核对",
        "head and red line were taken from the sample: {en}; the office's name is the sample's, number and dates are gaps; please look"
    )
}

fn imprint_taken(imprint: &[(BlockKind, String)], own: bool) -> Text {
    let words: Vec<&str> = imprint.iter().map(|(_, words)| words.as_str()).collect();
    let words = words.join("；").replace('\t', " ");
    if !own {
        return text!("照样稿加了版记：{words}", "the foot (版记) was taken from the sample: {words}");
    }
    text!(
        "照样稿加了版记：{words}；印发机关是样稿的，请核对",
        "the foot (版记) was taken from the sample: {words}; who prints it is the sample's; please look"
    )
}

/// The names of the gaps in a line.
fn named(words: &str) -> Vec<String> {
    let gaps = words.split("【待补：").skip(1);
    gaps.filter_map(|rest| rest.split_once('】')).map(|(name, _)| name.to_owned()).collect()
}

/// The office that the sample's head names and the one that signs the paper or begins its title, where they differ.
fn other_office(paper: &Manuscript, head: &[(BlockKind, String)]) -> Option<(String, String)> {
    let (_, masthead) = head.iter().find(|(kind, _)| *kind == BlockKind::Masthead)?;
    let short = |name: &str| name.replace("人民", "").split_whitespace().collect::<String>();
    let sample = masthead.split_whitespace().collect::<String>();
    let sample = sample.strip_suffix("文件").unwrap_or(&sample).to_owned();
    let of = |wanted: BlockKind| {
        let blocks = paper.blocks().iter().filter(move |block| block.kind == wanted);
        blocks.map(|block| paper.block_text(block).trim().to_owned())
    };
    let title: String = of(BlockKind::Title).take(2).collect();
    let begins = title.split_once("关于").map(|(office, _)| office.to_owned());
    let begins = begins.filter(|office| office.chars().count() >= 4);
    let mut names = of(BlockKind::Signature).chain(begins);
    let other =
        names.find(|name| !short(&sample).contains(&short(name)) && !short(name).contains(&short(&sample)));
    other.map(|name| (sample.clone(), name))
}
