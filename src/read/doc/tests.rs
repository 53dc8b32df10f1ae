//! Documents of Word 97, read.
