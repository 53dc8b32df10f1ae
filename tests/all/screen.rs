//! What others wrote cannot steer the screen on which it is told of, whatever the command.

use crate::desk::Desk;

/// A text that clears the screen, hides what follows, turns its line round and forges a sentence.
const HOSTILE: &str = "云河县工作情况\n\n　　全县完成投资\u{1b}[2J\u{1b}[8mx万元\u{1b}[0m，\u{9b}31m涉及\u{202e}群众\u{2066}三万人\u{7}。。\n　　请于x月x日前报送\u{1b}]0;无问题\u{7}。\n";

/// A name that goes on after a line end.
const NAME: &str = "稿/甲\n错误：没有问题\u{1b}[1A\u{202e}.txt";

fn steers(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[test]
#[cfg(unix)]
fn nothing_of_others_steers_the_screen() {
    let desk = Desk::texts(&[
        (NAME, HOSTILE),
        ("稿/乙.txt", HOSTILE),
        ("新/丙.txt", "云河县\u{202e}\n\n　　全县\u{1b}[2J。\n"),
    ]);
    for args in [
        "check 稿 --all --show-info",
        "check 稿 --format github",
        "check 稿 --among",
        "fix 稿",
        "show 稿/乙.txt",
        "compare 稿/乙.txt 新/丙.txt",
        "corpus add --corpus 库 稿",
        "corpus list --corpus 库",
        "corpus show --corpus 库 乙",
        "gather 稿/乙.txt",
        "draft 稿/乙.txt",
        "facts check 稿/乙.txt",
        "template lint 稿/乙.txt",
        "check 没有\u{1b}[2J这个.txt",
        "check --only \u{1b}[2J 稿",
    ] {
        let told = desk.run(args);
        // The first line is the command as it was typed.
        let (_, told) = told.split_once('\n').unwrap_or_default();
        let found: Vec<char> = told.chars().filter(|c| steers(*c)).collect();
        assert!(found.is_empty(), "{args}: {found:?} in\n{told}");
        let forged = told.lines().find(|line| line.starts_with("错误：没有问题"));
        assert_eq!(forged, None, "{args}");
    }
}
