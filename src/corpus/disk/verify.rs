//! Reading everything there is, and comparing it with its checksums and with itself.

use std::path::Path;

use rayon::prelude::*;

use super::build::PARTS;
use super::files::damaged;
use super::foot::Section;
use super::segment::ENTRIES;
use super::{Prepared, Shelf};
use crate::base::{Result, Text};
use crate::corpus::Entry;

impl Shelf {
    /// Compares all of a segment with its checksums and with itself; `told` hears how many documents are done.
    pub(super) fn verify(&self, told: &mut dyn FnMut(u64)) -> Result<()> {
        /// Blocks of texts that are read at once.
        const AT_ONCE: usize = 256;
        let segment = &self.segment;
        let unfit = |zh, en| damaged(&self.listed.path(Path::new("")), &Text::fixed(zh, en));
        let identities = segment.identities()?;
        for section in [Section::Starts, Section::Locality, Section::Localities] {
            segment.section(section)?;
        }
        let blocks: Vec<usize> = (0..segment.text_blocks()?).collect();
        let mut bytes = 0;
        for some in blocks.chunks(AT_ONCE) {
            let read: Vec<Result<(u32, u64)>> = some
                .par_iter()
                .map(|&block| {
                    let texts = segment.texts(block)?;
                    let mut bytes = 0;
                    for document in texts.first..texts.first + texts.len() {
                        let text = segment.text_in(&texts, document)?;
                        bytes += text.len() as u64;
                        let prepared = Prepared::new(Entry::default(), text);
                        let at = document as usize;
                        let letters = segment.starts[at + 1] - segment.starts[at];
                        if prepared.identity != identities[at] || prepared.letters != letters {
                            return Err(unfit("文稿与索引不符", "a text does not fit the index"));
                        }
                    }
                    Ok((texts.first + texts.len(), bytes))
                })
                .collect();
            for read in read {
                let (document, of_block) = read?;
                bytes += of_block;
                told(document.into());
            }
        }
        if bytes != segment.foot.text_bytes {
            return Err(unfit("文稿总长不符", "the texts are not as long as they should be"));
        }
        for block in 0..(segment.foot.documents as usize).div_ceil(ENTRIES) {
            segment.entries(block)?;
        }
        let listed: Result<Vec<u64>> = (0..PARTS)
            .into_par_iter()
            .map(|part| {
                let mut listed = 0;
                segment.partition(part, |_, places| listed += places.len() as u64)?;
                Ok(listed)
            })
            .collect();
        if listed?.into_iter().sum::<u64>() != segment.foot.postings {
            return Err(unfit("索引条数不符", "the index does not have as many places as it should"));
        }
        Ok(())
    }
}
