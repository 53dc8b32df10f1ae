//! `wengao` (文稿): drafting and checking of Chinese official documents, offline.
//!
//! Facts go in and a manuscript comes out; a manuscript goes in and findings come out. Floors:
//! [`base`] · [`model`] · [`office`] · [`read`], [`draft`](mod@draft), [`write`](mod@write), [`sheet`], [`rules`] ·
//! [`report`], [`extract`](mod@extract) · [`app`] · [`cli`]; imports go down only.

pub mod app;
pub mod base;
pub mod cli;
pub mod corpus;
pub mod draft;
pub mod extract;
pub mod model;
pub mod office;
pub mod read;
pub mod report;
pub mod rules;
pub mod sheet;
pub mod write;
