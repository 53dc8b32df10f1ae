//! In place of the crate of this name. A workbook's writer asks a browser for the time as soon as it begins;
//! what it is told is written over by the day that the page says, so the clock may stand still.

/// JavaScript's `Date`.
#[derive(Debug)]
pub struct Date;

impl Date {
    /// Milliseconds since 1970: none.
    #[must_use]
    pub const fn now() -> f64 {
        0.0
    }
}
