//! A pack to fill in (词库底稿), made of the table of keys: every list with one example row behind `#`.

use std::fmt::Write as _;

use super::load::KEYS;
use crate::base::{Lang, Text};
use crate::model::facts::table::{Field, Kind};

const HEAD: Text = Text::fixed(
    "# 词库：随年份变的名称和说法。在 wengao.yaml 里写 词库: [这个文件]，检查和起草时就照它判断。\n\
     # 例子前面的 # 去掉、改成自己的；不用的一类整段删去。名称和日期（核对的日子）要填。\n",
    "# A pack of dated words: names that change from year to year. With 词库: [this file] in wengao.yaml,\n\
     # checks and drafts go by it. Take the # off an example and make it your own; delete the lists that you\n\
     # do not need. 名称 (name) and 日期 (the day on which it was checked) have to be filled in.\n",
);

/// The stub.
#[must_use]
pub fn stub(lang: Lang) -> String {
    let mut out = HEAD.in_lang(lang).to_owned();
    for field in KEYS {
        match field.kind.fields() {
            [] => drop(writeln!(out, "{}:   # {}", field.key, field.label.in_lang(lang))),
            fields => {
                let _ = writeln!(out, "\n# {}\n{}:", field.label.in_lang(lang), field.key);
                for (n, row) in fields.iter().enumerate() {
                    let mark = if n == 0 { "- " } else { "  " };
                    let (key, label) = (row.key, row.label.in_lang(lang));
                    let _ = writeln!(out, "#  {mark}{key}: {}   # {label}", example(row));
                }
            }
        }
    }
    out
}

fn example(row: &Field) -> &'static str {
    match row.kind {
        Kind::List(_) if row.example.is_empty() => "[]",
        _ => row.example,
    }
}

#[cfg(test)]
mod tests {
    use super::stub;
    use crate::base::Lang;
    use crate::model::pack::load;

    #[test]
    fn its_examples_are_a_pack() {
        for lang in [Lang::Zh, Lang::En] {
            let stub = stub(lang);
            let filled = stub.replace("\n#  ", "\n   ").replacen("名称:", "名称: 甲", 1);
            let filled = filled.replacen("日期:", "日期: 2027-03-01", 1);
            let pack = load("词库.yaml", &filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
            let rows = [pack.bodies.len(), pack.formulas.len(), pack.eras.len(), pack.sessions.len()];
            assert_eq!((rows, pack.places.len()), ([1; 4], 1));
            assert!(load("词库.yaml", &stub).is_err());
        }
    }
}
