//! Words of others on a screen (屏幕上的字): what would steer a terminal is shown as a sign instead.
//!
//! A text, a file's name, a note from a corpus may hold escapes that clear the screen, hide a finding or
//! put words where the program seems to say them; directions (bidi controls) that turn a line round; line
//! breaks in a name, after which a sentence of the program could be forged. Whatever reaches a terminal
//! goes through here, letters and signs that people write as they are.

use std::borrow::Cow;

/// The text with every character that steers a terminal shown as a sign: `␛` for the escape character and
/// its like, `<U+202E>` for those that have no sign. Line ends and tabs stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, steers)
}

/// As [`visible`], for what stands on one line, such as a file's name: line ends are signs too.
#[must_use]
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    shown(text, |c| steers(c) || matches!(c, '\t' | '\n'))
}

/// As [`visible`], with every further line set in, so that none of them can pass for a sentence of its own.
#[must_use]
pub fn hanging(text: &str) -> String {
    let text = visible(text);
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() && !line.starts_with("  ") {
            out.push_str("  ");
        }
        out.push_str(line);
    }
    out
}

/// C0 and C1 but for line ends and tabs, separators of lines that some terminals obey, and directions.
fn steers(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{2028}' | '\u{2029}' | '\u{200E}' | '\u{200F}' | '\u{061C}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}

fn shown(text: &str, steers: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&steers) else { return Cow::Borrowed(text) };
    // A .txt of Windows ends its lines with both.
    let (clean, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(clean);
    let mut all = rest.chars().peekable();
    while let Some(c) = all.next() {
        match c {
            '\r' if all.peek() == Some(&'\n') && !steers('\n') => {}
            c if !steers(c) => out.push(c),
            '\u{7F}' => out.push('␡'),
            '\0'..='\u{1F}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            c => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{hanging, on_one_line, visible};

    #[test]
    fn what_steers_a_terminal_is_a_sign_and_what_people_write_stays() {
        let written = "云河县\t2026年\n“好”——、①";
        assert_eq!(visible(written), written);
        assert_eq!(visible("\x1b[2J完\x07\x7f"), "␛[2J完␇␡");
        assert_eq!(visible("\u{9b}31m\u{202e}txt\u{2029}"), "<U+009B>31m<U+202E>txt<U+2029>");
        assert_eq!(visible("一行\r\n二行\r假"), "一行\n二行␍假");
        assert_eq!(on_one_line("a\n错误：b\r\nc"), "a␊错误：b␍␊c");
    }

    #[test]
    fn no_further_line_begins_where_a_sentence_does() {
        assert_eq!(hanging("甲.txt\n未发现问题\n  办法：改名\n"), "甲.txt\n  未发现问题\n  办法：改名\n");
    }
}
