//! `wengao fonts`: which of the fonts that papers name this machine lacks, and what it shows instead.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, Subcommand, World, either};
use crate::base::lexicon::layout as lexicon;
use crate::base::{Lang, Problem, Result, Text};
use crate::model::settings::Fonts;
use crate::text;

/// The subcommand.
pub static COMMAND: Subcommand = Subcommand {
    name: "fonts",
    about: Text::fixed(
        "这台电脑缺公文要用的哪些字体，缺的会显示成什么",
        "which fonts of official documents this machine lacks, and what shows instead",
    ),
    define,
    run,
};

fn define(command: Command, lang: Lang) -> Command {
    let say = |zh, en| either(lang, zh, en);
    command
        .arg(Arg::new("fonts").long("fonts").value_name(say("字体", "FONTS")).value_parser(Fonts::ALL.map(|(name, _)| name)).help(say(
            "哪一套字体名；不写时用 wengao.yaml 的“字体”",
            "which names of fonts; 字体 of wengao.yaml if not given",
        )))
        .after_help(say(
            "退出码：0 都有；1 有缺的；2 没有找到字体文件夹\n只看这台电脑：稿子拿到别处，以别处的为准；Word、WPS 自带而没有装进系统的字体看不到。",
            "Exit codes: 0 all are there; 1 some are lacking; 2 no fonts were found\nOnly this machine is looked at: elsewhere other fonts count; fonts that Word or WPS carry and do not install are not seen.",
        ))
}

/// The fonts of a paper: what each is for, its name, and what names of its make have in them.
fn wanted(fonts: Fonts) -> [(Text, &'static str, &'static [&'static str]); 5] {
    [
        (Text::fixed("标题", "title"), fonts.title(), lexicon::STANDARD_TITLE),
        (Text::fixed("正文", "text"), fonts.body(), lexicon::FANGSONG),
        (Text::fixed("一级标题", "headings of level 1"), fonts.hei(), lexicon::HEI),
        (Text::fixed("二级标题", "headings of level 2"), fonts.kai(), lexicon::KAI),
        (Text::fixed("页码", "page numbers"), fonts.song(), lexicon::SONG),
    ]
}

fn run(matches: &ArgMatches, world: &mut World) -> Result<Exit> {
    let asked = matches.get_one::<String>("fonts");
    let asked = asked.and_then(|name| Fonts::ALL.iter().find(|(known, _)| known == name)).map(|&(_, f)| f);
    let fonts = asked.unwrap_or_else(|| world.office().settings().fonts);
    let families = families();
    if families.is_empty() {
        let what = Text::fixed(
            "没有找到字体文件夹，看不了这台电脑有哪些字体",
            "no folder of fonts was found, so it cannot be said which there are",
        );
        return Err(Problem::new(what).into());
    }
    let mut exit = Exit::Clean;
    let mut out = String::new();
    for (use_of, name, kin) in wanted(fonts) {
        let there = families.iter().any(|family| family.eq_ignore_ascii_case(name));
        let Text { zh, en } = &use_of;
        let line = if there {
            text!("{zh}：{name}，有", "{en}: {name}, there")
        } else {
            exit = Exit::Findings;
            let told = lacking(instead(name), alike(&families, kin));
            Text::new(
                format!("{zh}：{name}，没有；{}", told.zh),
                format!("{en}: {name}, lacking; {}", told.en),
            )
        };
        out.push_str(line.in_lang(world.lang));
        out.push('\n');
    }
    let count = families.len();
    let told = text!("看了系统字体，共{count}个名字", "looked at the system's fonts: {count} names");
    out.push_str(told.in_lang(world.lang));
    out.push('\n');
    world.print_page(out)?;
    Ok(exit)
}

/// What is told of a font that is not there.
fn lacking(instead: Option<String>, alike: Vec<&str>) -> Text {
    let shown = match instead {
        Some(other) => text!("LibreOffice 等会显示成 {other}", "LibreOffice and others show {other} instead"),
        None => Text::fixed(
            "显示成什么由 Word、WPS 自己定，看不到",
            "what shows instead is settled by Word or WPS and cannot be looked at",
        ),
    };
    match &alike[..] {
        [] => shown,
        all => {
            let (zh, en) = (all.join("、"), all.join(", "));
            let (one, other) = (shown.zh, shown.en);
            text!("{one}；有相近的：{zh}", "{other}; alike and there: {en}")
        }
    }
}

/// Fonts of the same make that are there, a few of them.
fn alike<'f>(families: &'f [String], kin: &[&str]) -> Vec<&'f str> {
    const MOST: usize = 3;
    let is_kin = |family: &&String| {
        let lower = family.to_lowercase();
        kin.iter().any(|kin| lower.contains(kin))
    };
    families.iter().filter(is_kin).map(String::as_str).take(MOST).collect()
}

/// The names of all fonts that are installed, in whatever languages their files have them.
#[cfg(not(target_family = "wasm"))]
fn families() -> Vec<String> {
    let mut all = fontdb::Database::new();
    all.load_system_fonts();
    let names = all.faces().flat_map(|face| face.families.iter().map(|(name, _)| name.clone()));
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// There is no machine to look at.
#[cfg(target_family = "wasm")]
fn families() -> Vec<String> {
    Vec::new()
}

/// What the machine takes for a font that it lacks, where fontconfig settles that.
fn instead(name: &str) -> Option<String> {
    let asked = std::process::Command::new("fc-match")
        .args(["-f", "%{family[0]}", &format!("{name}:lang=zh-cn")])
        .output()
        .ok()?;
    let family = String::from_utf8(asked.stdout).ok()?;
    let family = family.trim();
    (asked.status.success() && !family.is_empty()).then(|| family.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{alike, lacking};
    use crate::base::Lang;

    #[test]
    fn fonts_of_the_same_make_are_offered() {
        let there: Vec<String> =
            ["AR PL UKai", "FZFangSong-Z02", "仿宋_GB2312", "黑体"].map(str::to_owned).to_vec();
        assert_eq!(alike(&there, &["仿宋", "fangsong"]), ["FZFangSong-Z02", "仿宋_GB2312"]);
        let told = lacking(Some("Noto Sans".into()), vec!["仿宋_GB2312"]);
        assert_eq!(told.in_lang(Lang::Zh), "LibreOffice 等会显示成 Noto Sans；有相近的：仿宋_GB2312");
        assert!(lacking(None, Vec::new()).in_lang(Lang::En).contains("cannot be looked at"));
    }
}
