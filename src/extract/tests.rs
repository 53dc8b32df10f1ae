//! What extraction promises.
