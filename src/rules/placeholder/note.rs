//! Notes to oneself (待办批注) and prompts that nobody overwrote: `待补充`, `TODO：`, `此处填写…`,
//! `单击此处输入文字`, `错误!未找到引用源`.
//!
//! `有待完善` and `待处理事项` are prose. A pending word is a note where nothing of the sentence
//! follows it: before a closing bracket, after a colon, at the end of a clause.

use super::field::is_order_here;
use super::page::Page;
use super::{Judged, Notation, Suspect, Verdict, is_han};
use crate::base::blank::{self, Lack};
use crate::base::lexicon::placeholder as lexicon;

/// Looks at the word that starts at `at`.
pub(super) fn find(page: &Page<'_>, at: usize) -> Judged {
    let step = page.text[at..].chars().next().map_or(1, char::len_utf8);
    let text = page.after(at);
    let found = if text.starts_with('待') { pending(page, at, text) } else { other(page, at, text) };
    match found {
        Some((len, verdict, notation)) => {
            let range = at..at + len;
            Judged {
                suspect: Some(Suspect { range, verdict, lack: Lack::Unknown, notation }),
                resume: at + len,
            }
        }
        None => Judged::none(at + step),
    }
}

/// What a writing program says to whoever asked: 希望这份讲话稿对您有帮助！
pub(super) fn chat(page: &Page<'_>, at: usize) -> Judged {
    let (before, text) = (page.before(at), page.after(at));
    let end = at + text.find(['。', '！', '）', '\r']).unwrap_or(text.len());
    let said = lexicon::CHAT_ENDS.iter().any(|w| before.contains(w) || text.contains(w));
    noted(at..end, said && !page.in_quote(at))
}

/// 联系方式：手机号: what the value is called, where the value belongs.
pub(super) fn value(page: &Page<'_>, at: usize) -> Judged {
    let text = page.after(at);
    let name = lexicon::VALUE_NAMES.iter().filter(|n| text.starts_with(**n)).map(|n| n.len()).max();
    let end = at + name.unwrap_or('：'.len_utf8());
    let rest = page.after(end);
    let ends = rest.trim().is_empty() || rest.starts_with(['）', ')', '　', ' ']);
    noted(at..end, ends && page.before(at).ends_with(is_han) && !page.in_form(at))
}

/// A note that a writer should look at, if it is one.
fn noted(range: std::ops::Range<usize>, is_note: bool) -> Judged {
    let resume = range.end;
    let suspect = is_note.then_some(Suspect {
        range,
        verdict: Verdict::Look,
        lack: Lack::Unknown,
        notation: Notation::Note,
    });
    Judged { suspect, resume }
}

/// 待定, 待补充 …; the length of the note.
fn pending(page: &Page<'_>, at: usize, text: &str) -> Option<(usize, Verdict, Notation)> {
    let word = blank::PENDING.iter().filter(|p| text.starts_with(**p)).max_by_key(|p| p.len())?;
    let before = page.before(at);
    let prev = before.chars().next_back();
    if prev.is_some_and(|c| "有亟急尚还仍等招善对看接款优期厚慢虐以相留静坐未正".contains(c))
    {
        return None;
    }
    let prev = if page.left(at).len() < before.len() { page.left(at).chars().next_back() } else { prev };
    let rest = page.right(at + word.len());
    let ends = rest.trim().is_empty()
        || rest.starts_with([
            '，', '。', '；', '、', '）', ')', '】', ']', ',', '|', '！', '\r', '\t', '〕', '}',
        ]);
    let noted = rest.starts_with(['：', ':']) && !prev.is_some_and(is_han);
    let alone = prev.is_none_or(|c| matches!(c, '：' | ':' | '（' | '(' | '【' | '[' | '|' | '　' | ' '));
    // 设施待核实处: the note stands for a figure.
    let counted = blank::unit(rest)
        .is_some_and(|(lack, w)| lack.is_figure() && !w.starts_with(['年', '月', '期']))
        && *word != "待查";
    if counted && prev.is_some_and(is_han) {
        return Some((word.len(), Verdict::Look, Notation::Note));
    }
    if !(ends || noted) {
        return None;
    }
    let in_bracket = rest.starts_with(['）', ')', '】', ']', '〕', '}']);
    let sure = (alone || in_bracket || noted) && !matches!(*word, "待定" | "待查" | "待落实");
    let said = lexicon::OF_WORK.contains(word) && !(alone || in_bracket);
    let question = *word == "待定" && rest.starts_with('、');
    (!said && !question).then_some((
        word.len(),
        if sure { Verdict::Sure } else { Verdict::Look },
        Notation::Note,
    ))
}

fn other(page: &Page<'_>, at: usize, text: &str) -> Option<(usize, Verdict, Notation)> {
    let before = page.before(at);
    let prev = before.chars().next_back();
    if lexicon::PROMPTS.iter().any(|p| text.starts_with(p))
        || text.starts_with("点击") && asks_for_words(text)
    {
        let end = text
            .find(['。', '，', '；', '】', ']', '）', '\r', '\t', '|', '”'])
            .map_or(text.len(), |i| if text[i..].starts_with('。') { i + '。'.len_utf8() } else { i });
        return (end > 0).then_some((end, Verdict::Sure, Notation::Prompt));
    }
    if text.starts_with("此处") {
        let order = is_order_here(text) && !prev.is_some_and(|c| "从由到至".contains(c)) && !page.in_form(at);
        let end = text.find(['。', '，', '；', '】', ']', '）', ')', '\r', '：']).unwrap_or(text.len());
        return order.then_some((end, Verdict::Sure, Notation::Note));
    }
    if text.starts_with("暂缺") || text.starts_with("数据缺") {
        let word = if text.starts_with("暂缺") { "暂缺" } else { "数据缺" };
        let ends = text[word.len()..].starts_with(['）', ')', '】', ']']) || text.len() == word.len();
        return (ends && prev.is_some_and(|c| !is_han(c))).then_some((
            word.len(),
            Verdict::Look,
            Notation::Note,
        ));
    }
    let word = ["TODO", "TBD", "TBC", "FIXME"].into_iter().find(|w| text.starts_with(w))?;
    let rest = &text[word.len()..];
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if rest.starts_with(latin) || before.ends_with(latin) {
        return None;
    }
    let colon =
        rest.trim_start().starts_with([':', '：', '】', ']', '）', ')', '!', '！']) || rest.trim().is_empty();
    let alone = matches!(before.trim(), "" | "//" | "#" | "-" | "*" | "--")
        && !rest.trim_start().starts_with(['是', '列', '清', '应'])
        || before.ends_with(['：', ':', '（', '(', '[', '【', '#', '|']);
    (colon || alone).then_some((word.len(), Verdict::Sure, Notation::Note))
}

/// 点击此处添加标题, not 点击此处查看详情.
fn asks_for_words(text: &str) -> bool {
    let rest = text.strip_prefix("点击").unwrap_or(text);
    let rest =
        rest.strip_prefix("此处").or(rest.strip_prefix("这里")).or(rest.strip_prefix("输入").map(|_| rest));
    rest.is_some_and(|r| lexicon::PROMPTED.iter().any(|v| r.starts_with(v)))
}
