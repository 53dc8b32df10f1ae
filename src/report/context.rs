//! What stands round a finding: by rule, words and a little context a finding is known again after
//! the text was edited elsewhere. Baselines and the fingerprints of SARIF stand on it.

use std::ops::Range;

/// Characters of context on either side.
const WIDTH: usize = 8;

/// Up to eight characters before and after `range`, within its lines; white space is left out,
/// since it changes when a paragraph is laid out anew.
#[must_use]
pub fn context(text: &str, range: &Range<usize>) -> (String, String) {
    // No look at the whole line: it may be a document of its own.
    let within = |c: &char| *c != '\n';
    let kept = |c: &char| !c.is_whitespace() && !c.is_control();
    let before = text[..range.start].chars().rev().take_while(within);
    let after = text[range.end..].chars().take_while(within);
    let mut head: Vec<char> = before.filter(kept).take(WIDTH).collect();
    head.reverse();
    (head.into_iter().collect(), after.filter(kept).take(WIDTH).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn context_does_as_its_example_says() {
        use crate::report::context;
        let text = "同志们：\n　　全县完成投资x亿元，同比增长5%。";
        let at = text.find('x').unwrap();
        assert_eq!(context(text, &(at..at + 1)), ("全县完成投资".into(), "亿元，同比增长5".into()));
    }
}
