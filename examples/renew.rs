//! What of finished papers may have to change, for measuring: one JSON list of [start, end, kind] a file, in
//! characters. `cargo run --release --example renew -- FILE…`
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring tool reads and prints")]

fn main() {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("the file reads");
        let manuscript = wengao::read(&name, &bytes).unwrap_or_else(|e| panic!("{e}"));
        let text = manuscript.text();
        let at = |byte: usize| text[..byte].chars().count();
        let found = wengao::renewal::find(&manuscript);
        let list: Vec<String> = found
            .iter()
            .map(|s| format!("[{}, {}, \"{}\"]", at(s.range.start), at(s.range.end), s.kind.label().en))
            .collect();
        println!("{name}\t[{}]", list.join(", "));
    }
}
