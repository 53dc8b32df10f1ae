//! RTF, read.
