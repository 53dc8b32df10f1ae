//! What single elements say: signs that are no `w:t`, and what is the contrary of a tracked change.

/// Of an element of a tracked change, the one that would say the contrary; of others their own name.
pub(super) fn contrary(name: &str) -> &str {
    match name {
        "del" => "ins",
        "ins" => "del",
        "moveFrom" => "moveTo",
        "moveTo" => "moveFrom",
        "delText" => "t",
        "delInstrText" => "instrText",
        name => name,
    }
}

/// The character of a `w:sym`.
pub(super) fn symbol(code: &str) -> Option<char> {
    sign_of(u32::from_str_radix(code, 16).ok()?)
}

/// The character of a symbol font. Such fonts put their signs at U+F000 and above, where a plain text can
/// show only the few that forms use: boxes and ticks of Wingdings.
pub fn sign_of(code: u32) -> Option<char> {
    match code {
        0xF06F | 0xF0A8 | 0xF071 => Some('□'),
        0xF052 | 0xF0FE => Some('☑'),
        0xF0FC => Some('✓'),
        0xE000..=0xF8FF => None,
        _ => char::from_u32(code),
    }
}
