//! A speech from facts: `cargo run --example draft -- 事实.yaml 讲话稿.docx`; without arguments, one
//! of an invented county, printed with the fact behind each figure.

use wengao::{Lang, Options, Result, Settings, draft, library, load_facts, writer};

#[expect(clippy::disallowed_methods, reason = "an example reads and writes files")]
fn main() -> Result<()> {
    let skeleton = library::built_in().skeleton("speech/mobilization")?;
    let mut args = std::env::args().skip(1);
    let (Some(input), Some(output)) = (args.next(), args.next()) else {
        let speech = draft(&skeleton, skeleton.example(), &Options::default())?;
        println!("{}", speech.text());
        let figures = speech
            .pieces()
            .iter()
            .filter(|piece| speech.text()[piece.range.clone()].starts_with(|c: char| c.is_ascii_digit()));
        for piece in figures {
            println!("{}\t{}", &speech.text()[piece.range.clone()], piece.from.label().in_lang(Lang::Zh));
        }
        return Ok(());
    };
    let facts = load_facts(&input, &std::fs::read_to_string(&input).expect("a file of facts"))?;
    // Every fact that is needed and missing comes in one error.
    let speech = draft(&skeleton, &facts, &Options::default())?;
    let format = writer(&output).expect("a name that ends in .docx, .md or .txt");
    std::fs::write(&output, format.write(&speech, &Settings::default())?).expect("a place to write");
    Ok(())
}
