//! All tests from outside, in one binary: each of its own would link the whole program again.
//!
//! `cargo test --test all cmd::` runs those of one file. `desk` and `sample` are what several use.

#[macro_use]
mod desk;
mod sample;

mod among;
mod beside;
mod clear;
mod clerk;
mod cmd;
mod compare;
mod corpus;
mod docx;
mod door;
mod each;
mod extract;
mod flipped;
mod format;
mod formats;
mod fuzz;
mod gather;
mod genres;
mod gold;
mod house;
mod kills;
mod layout;
mod ledger;
mod library;
mod lsp;
mod many;
mod mcp;
mod numbers;
mod odt;
mod offline;
mod package;
mod packs;
mod page;
mod programs;
mod readme;
mod render;
mod renew;
mod screen;
mod sheet;
mod surround;
mod update;
mod word_lists;
