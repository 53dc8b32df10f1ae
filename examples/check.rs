//! What the rules say of a file: `cargo run --example check -- 讲话稿.docx`; without arguments, of two
//! invented sentences.

use wengao::{Case, Lang, Result, Settings, check, read};

const DRAFT: &str = "同志们：\n　　今年全县新建农村公路x公里，***同志牵头。下面，我讲三点意见。\n";

#[expect(clippy::disallowed_methods, reason = "an example reads a file")]
fn main() -> Result<()> {
    let (name, bytes) = match std::env::args().nth(1) {
        Some(name) => (name.clone(), std::fs::read(&name).expect("a file to check")),
        None => ("讲话稿.txt".to_owned(), DRAFT.into()),
    };
    let manuscript = read(&name, &bytes)?;
    let settings = Settings::default();
    for finding in check(&Case::new(&manuscript, &settings)) {
        let place = manuscript.place(finding.range.start);
        let place = place.map_or(name.clone(), |p| p.label().in_lang(Lang::Zh).to_owned());
        println!("{place} [{}] {}", finding.rule, finding.message.in_lang(Lang::Zh));
    }
    Ok(())
}
