//! `wengao skeleton`: skeletons of one's own, made from texts that are there already.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, arguments, either, input, nested, output, run_nested, shelf};
use crate::base::{Lang, Place, Result, Text};
use crate::extract::{Extracted, extract};
use crate::model::Manuscript;
use crate::read::read;
use crate::report::cut;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "skeleton",
    about: Text::fixed("把现成的稿子变成自己的模板", "make a skeleton of one's own from a text"),
    define: |command, lang| nested(command, ACTIONS, lang),
    run: |matches, world| run_nested(ACTIONS, matches, world),
};

/// What comes after `wengao skeleton`.
static ACTIONS: &[Subcommand] = &[Subcommand {
    name: "extract",
    about: Text::fixed(
        "从带空白的旧稿提取模板和事实文件",
        "a skeleton and a facts file from a draft with blanks",
    ),
    define,
    run,
}];

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    let file = |name: &'static str| Arg::new(name).long(name).value_name(say("文件", "FILE"));
    command
        .arg(Arg::new("draft").required(true).value_name(say("旧稿", "DRAFT")).help(say(
            "带 x、×、*、某、【】等空白的稿子：.docx、.txt、.md",
            "a draft with blanks such as x, ×, *, 某, 【】: .docx, .txt, .md",
        )))
        .arg(file("output").short('o').default_value("-").hide_default_value(true).help(say(
            "模板写到这个 .tera 文件；不写则输出到屏幕",
            "write the skeleton to this .tera file; to the screen if not given",
        )))
        .arg(file("facts").short('f').help(say(
            "待填的事实文件写到这里；不写则不要",
            "write the facts file to fill in here; none if not given",
        )))
        .arg(arguments::force(lang))
        .after_help(say(
            "例：wengao skeleton extract 旧稿.docx --output 模板.tera --facts 事实.yaml\n填好事实后：wengao draft 模板.tera --facts 事实.yaml --output 文稿.docx",
            "Example: wengao skeleton extract old.docx --output own.tera --facts facts.yaml\nthen, with the facts filled in: wengao draft own.tera --facts facts.yaml --output new.docx",
        ))
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let path = matches.get_one::<String>("draft").map_or("-", String::as_str);
    let (to, facts) = (arguments::output_of(matches), matches.get_one::<String>("facts"));
    let force = matches.get_flag("force");
    let bytes = if path == "-" { world.read_stdin()? } else { input::read(path)? };
    // Both files or none.
    let targets: Vec<&str> = [Some(to), facts.map(String::as_str)].into_iter().flatten().collect();
    targets.iter().try_for_each(|target| output::may_write(target, force))?;
    output::all_different(&targets)?;
    let at = Place::File(path.into());
    let placed = |e: crate::base::Error| e.map(|p| if p.at.is_some() { p } else { p.at(at.clone()) });
    let manuscript = read(path, &bytes).map_err(placed)?;
    for note in manuscript.notes() {
        world.note(&note.clone().at(at.clone()));
    }
    let extracted = extract(&manuscript, path, world.lang).map_err(placed)?;
    // What does not load would be no use to anybody: better told here than at the first draft.
    shelf::library(world)?.skeleton_from(to, &extracted.skeleton)?;
    let texts = [&extracted.skeleton, &extracted.stub];
    let mut written = Vec::new();
    for (target, text) in targets.iter().zip(texts) {
        written.extend(output::write(world, target, text.as_bytes(), force)?);
    }
    written.iter().for_each(|said| world.say(said));
    tell(&extracted, &manuscript, world);
    Ok(Exit::Clean)
}

/// What was found, and which sentences are still somebody else's.
fn tell(extracted: &Extracted, manuscript: &Manuscript, world: &mut World) {
    /// Sentences that are listed; all of them stand in the skeleton's comments.
    const LISTED: usize = 5;
    /// Columns of a sentence that are shown.
    const SHOWN: usize = 52;
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (blanks, facts) = (extracted.blanks, extracted.facts.len());
    let (blank_s, fact_s) = (plural(blanks), plural(facts));
    world.say(&text!("{blanks}处空白，{facts}项事实", "{blanks} blank{blank_s}, {facts} fact{fact_s}"));
    let (numbered, kept) = extracted.headings;
    if numbered > 0 {
        let s = plural(numbered);
        world.say(&text!("{numbered}个层次标题由程序编号", "{numbered} heading{s} numbered by the program"));
    }
    if kept > 0 {
        let s = plural(kept);
        world.say(&text!(
            "{kept}个层次标题照原样保留，程序编的号会与它不同",
            "{kept} heading{s} kept as written, since the program would number otherwise"
        ));
    }
    let (sentences, own, (stock, letters)) = (extracted.sentences, extracted.own.len(), extracted.letters);
    if own == 0 {
        return;
    }
    let listed = own.min(LISTED);
    world.say(&text!(
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
        world.say(&text!("  第{line}行，{letters}字：{words}", "  line {line}, {letters} letters: {words}"));
    }
}
