//! Whether two windows say the same (判断): what speaks for it and against it, weighed together.
//!
//! No sign decides alone: two honest reports on one matter share rare words, figures and half of a clause. Weighed
//! together they part what was reworded from what is on the same matter. The weights are those of a logistic
//! regression over the pairs of windows that the look-up brings: 4 kinds of rewording by a program and two by hand
//! on one side (650 passages of published reports), 1.1 million letters of reports from other provinces on the other,
//! against 100 and 590 documents; what is taken off for more documents was set by hand.

use super::sentence::{Content, Window};
use crate::base::sorted::in_common;

/// What is seen of two windows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    /// How rare what both have is, in bits, of each turn no more than so many.
    pub bits: f32,
    /// That without the bound, as a part of all that they have: 0 to 1.
    pub share: f32,
    /// The same of the draft's alone.
    part: f32,
    /// Pairs of letters that both have, rare or not, as a part of all: 0 to 1. Whoever rewords keeps common words as
    /// well; whoever writes of the same matter has its rare words alone.
    plain: f32,
    /// Rare pairs that both have.
    rare: f32,
    /// Figures of several digits that both have.
    figures: f32,
    /// Clauses of the source of which the draft has a good part, as a part of all: 0 to 1.
    clauses: f32,
    /// Letters of the draft's window.
    letters: f32,
}

/// What each sign weighs; what is above nothing says the same.
struct Weights {
    bits: f32,
    apart: f32,
    plain: f32,
    plain_apart: f32,
    share_apart: f32,
    part: f32,
    rare: f32,
    figures: f32,
    clauses: f32,
    letters: f32,
    holders: f32,
    /// Of the logarithm of how many more documents than [`FEW`] were looked through: of more, more are like it by chance.
    documents: f32,
    bias: f32,
}

const WEIGHTS: Weights = Weights {
    bits: 0.022_67,
    apart: 0.015_80,
    plain: 5.496,
    plain_apart: 4.305,
    share_apart: 6.293,
    part: -19.062,
    rare: 4.043,
    figures: 1.291,
    clauses: 3.083,
    letters: -3.125,
    holders: -0.541,
    documents: -0.35,
    bias: 0.938,
};

/// Documents that the weights are for.
const FEW: f32 = 100.0;

/// Bits from which a pair counts as rare.
const RARE: f32 = 4.0;

/// Figures that count, at most.
const FIGURES: f32 = 6.0;

/// Localities that hold the same text from which on it is nobody's own, and the part of the bits that makes it the
/// same.
const HOLDERS: usize = 3;
const SAME: f32 = 0.85;

impl Signs {
    /// Of two windows, with the sentences of each, that have so many bits and such a share in common.
    pub fn of(
        (draft, own): (&Window, &[&Content]),
        (source, theirs): (&Window, &[&Content]),
        bits: f32,
        share: f32,
    ) -> Self {
        let (mut all, mut rare) = (0.0, 0);
        for (item, _) in draft.met(source) {
            all += item.weight;
            rare += usize::from(item.weight >= RARE);
        }
        let in_order = |of: &[&Content], list: fn(&Content) -> &[u32]| {
            let mut all: Vec<u32> = of.iter().flat_map(|content| list(content).iter().copied()).collect();
            all.sort_unstable();
            all
        };
        let both = |list| (in_order(own, list), in_order(theirs, list));
        let (here, there) = both(|content| &content.plain);
        let (figures, their_figures) = both(|content| &content.figures);
        let clauses: Vec<_> = theirs.iter().flat_map(|content| content.clauses.iter().copied()).collect();
        Self {
            bits,
            share,
            part: all / draft.weight.max(1.0),
            plain: (2 * in_common(&here, &there)) as f32 / (here.len() + there.len()).max(1) as f32,
            rare: rare as f32,
            figures: in_common(&figures, &their_figures) as f32,
            clauses: source.met_clauses(&clauses, draft),
            letters: draft.letters as f32,
        }
    }

    /// How much speaks for it that this was reworded, where other localities have `rivals` at the same sentences
    /// and so many documents were looked through; above 0 more does than not. `None` if so many hold it that it is
    /// nobody's own.
    pub fn weigh<'s>(&self, rivals: impl Iterator<Item = (u32, &'s Self)>, documents: u32) -> Option<f32> {
        let (mut holders, mut best) = (Vec::new(), [0.0f32; 3]);
        for (locality, other) in rivals {
            if other.bits >= self.bits * SAME {
                holders.push(locality);
            } else {
                let signs = [other.bits, other.plain, other.share];
                best.iter_mut().zip(signs).for_each(|(best, sign)| *best = best.max(sign));
            }
        }
        holders.sort_unstable();
        holders.dedup();
        if holders.len() >= HOLDERS {
            return None;
        }
        let [bits, plain, share] = best;
        let w = &WEIGHTS;
        Some(
            w.bias
                + w.bits * self.bits
                + w.apart * (self.bits - bits)
                + w.plain * self.plain
                + w.plain_apart * (self.plain - plain)
                + w.share_apart * (self.share - share)
                + w.part * self.part
                + w.rare * self.rare.ln_1p()
                + w.figures * self.figures.min(FIGURES)
                + w.clauses * self.clauses
                + w.letters * self.letters.ln_1p()
                + w.holders * holders.len() as f32
                + w.documents * (documents as f32 / FEW).max(1.0).ln(),
        )
    }
}
