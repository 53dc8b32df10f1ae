//! In place of the crate of this name. `zip` asks it for the names of folders into which it unpacks, which
//! the page never does, and would bring wasm-bindgen along with it. Same input, same bytes: nobody is
//! given a random number here.

/// There are no random numbers.
#[derive(Debug)]
pub struct Error;

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no random numbers in a page")
    }
}

impl std::error::Error for Error {}

/// Never a number.
pub fn u64() -> Result<u64, Error> {
    Err(Error)
}

/// Fills nothing.
pub fn fill(_: &mut [u8]) -> Result<(), Error> {
    Err(Error)
}
