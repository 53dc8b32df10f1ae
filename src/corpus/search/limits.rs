//! Every number that a search is bounded by or decides by, in one place.
//!
//! Two kinds: what bounds the work, so that no corpus and no draft makes it long; and what tells
//! copied words from those that two writers hit upon. The second kind was settled by trying it on
//! copied and on honest drafts; what each must still do stands in `tests.rs`. Many follow from the
//! fingerprint: it has [`K`](crate::corpus::K) letters, 8, and a run of 13 has one for certain.

/// The bounds of a search. Letters are comparable letters.
#[derive(Debug)]
pub(super) struct Limits {
    // Looking up.
    /// Places of one fingerprint that are followed. The first ones, so that what stands together in
    /// many documents is followed to the same of them; eight times what is aligned in the end.
    pub places: usize,
    /// Places of the draft with the same fingerprint that are followed. A text that says one thing
    /// all along is met in these; the alignment finds the rest.
    pub repeats: u8,
    /// Places of one fingerprint among which localities are counted. Twice what a segment on disk
    /// lists (128), so that what lies in two segments is counted whole; beyond, the rest is taken to
    /// be as the first.
    pub counted: usize,

    // Choosing what is aligned.
    /// Letters of the draft between two hits of one region. A run of 13 letters has a fingerprint,
    /// so this bridges an edited clause of some thirty between two that are not.
    pub apart: usize,
    /// The same in the document: more, since sentences may have changed places there.
    pub source_apart: usize,
    /// Documents that are aligned for one place of the draft. One more than are told, in case one
    /// turns out to be a collision.
    pub documents: u8,
    /// Documents that are aligned in all. Each costs reading its text; a draft patched together of
    /// more is found out by these.
    pub most: usize,
    /// Letters round a region that are aligned with it, tripled as long as a chain reaches the edge.
    /// Some three sentences, so that few windows are aligned twice.
    pub margin: usize,

    // Joining chains into passages.
    /// Letters of the draft between two chains of one passage: a clause, since a passage with one of
    /// one's own in it is still one to whoever reads it.
    pub join: usize,
    /// The same in the document: a paragraph, so that sentences put in another order stay together.
    pub source_join: usize,
    /// Letters of a chain from which it may stand alone. One below the guaranteed 13: a shorter one
    /// is chance unless it stands beside another.
    pub alone: usize,
    /// Letters between a shorter chain and the one that it belongs to: a name or a figure.
    pub beside: usize,

    // What is its own.
    /// Letters of its own that a longer passage must have in one piece at least: one fingerprint's.
    pub piece: usize,
    /// Letters of its own from which a passage needs no longer piece: such a sum of pieces of eight
    /// does not come together by chance.
    pub much: usize,
    /// Letters of a set phrase within a piece that do not part it: one of the usual links of four
    /// letters, with a word.
    pub bridge: usize,
    /// Letters of its own that must stand on either side of a longer set phrase that does not part
    /// them. A word of two on either side comes together by chance.
    pub side: usize,
    /// Letters of a set phrase from which, with enough on either side, it is part of what was copied.
    pub phrase: usize,
    /// Letters that such a phrase counts as: less than any that it could have.
    pub said: usize,
    /// Letters that names of offices bring to a piece at most: two names, as each counts two. A list of
    /// offices is the same in every plan.
    pub named: usize,
    /// One letter in so many may be made up of worn words, which count half: a clause of nothing else
    /// is what everybody says.
    pub fresh: usize,
    /// One letter in so many of a plain passage may be of set phrases, names, figures or worn.
    pub plain: usize,

    // What many say.
    /// Localities that make a clause a set phrase where there are few documents. Three may have it
    /// from each other.
    pub few: u32,
    /// Letters of a long clause; up to here [`few`](Self::few) localities are enough.
    pub clause: usize,
    /// Letters of a longer stretch for which one locality more is asked.
    pub each: usize,
    /// Of so many localities one is enough, however long the stretch, unless it is plain.
    pub share: u32,
    /// Of so many localities one more is asked where one fingerprint alone tells: so few letters meet by
    /// chance in a large corpus.
    pub chance: u32,
    /// From how many documents on a piece must have half a letter more, and from how many another two
    /// halves: the more documents, the longer are the runs that are equal by chance.
    pub large: [u32; 2],

    // Telling it.
    /// Letters that a passage has in common with its source before it is widened to the ends of its
    /// sentences: of a shorter one the edge would be most.
    pub widened: usize,
    /// Letters by which it is widened on either side: a date or the name of a county with what it did.
    pub edge: usize,
    /// Of so many letters at such an edge one at least is equal, and of so many of a passage the edge
    /// is no more than one.
    pub like: usize,
    /// Sources that are told of one passage: more are no help to whoever has to rewrite it.
    pub sources: usize,
    /// Tenths of a passage that lie in another one from which it is another source of that.
    pub within: usize,
    /// Tenths of the first source's equal letters that another one must have to be told.
    pub as_good: usize,
}

/// The bounds that every search has.
pub(super) const LIMITS: Limits = Limits {
    places: 48,
    repeats: 16,
    counted: 256,

    apart: 48,
    source_apart: 400,
    documents: 6,
    most: 240,
    margin: 96,

    join: 24,
    source_join: 300,
    alone: 12,
    beside: 8,

    piece: 8,
    much: 22,
    bridge: 6,
    side: 4,
    phrase: 4,
    said: 2,
    named: 4,
    fresh: 6,
    plain: 4,

    few: 4,
    clause: 24,
    each: 6,
    share: 20,
    chance: 1_000,
    large: [1_000, 50_000],

    widened: 20,
    edge: 14,
    like: 3,
    sources: 5,
    within: 7,
    as_good: 6,
};
