//! Search: the passages of a draft that other documents hold as well.
//!
//! ```text
//! fingerprints ─▶ hits ─▶ regions (hits of one document that lie together on both sides)
//!              ─▶ the likeliest regions, some for each place of the draft ─▶ alignment on the text
//!              ─▶ chains joined into passages ─▶ set phrases taken off ─▶ one passage, several sources
//! ```
//!
//! What is common is settled twice: by lists of set phrases ([`Stock`]) and by the corpus itself,
//! for a stretch that many localities share is nobody's own. How many are many depends on its
//! length: a clause that four localities share is a set phrase, a page that ten share was copied by
//! nine of them. Set phrases are taken off after alignment, never before: a copied page holds many
//! of them, and what remains decides.
//!
//! Work is bounded whatever the corpus holds: so many places of one fingerprint, so many documents
//! for one place of the draft, so many documents in all. The text of a document is only fetched to
//! be aligned.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use super::align::{Chain, Run, align};
use super::comparable::gloss;
use super::stock::Weight;
use super::{Comparable, DocumentId, K, Posting, PostingStore, Stock, fingerprints};
use crate::base::{Error, Result};

/// What a draft is held against.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The documents.
    pub store: &'a dyn PostingStore,
    /// Known set phrases.
    pub stock: &'a Stock,
    /// Where a failure of the store is put by whoever cannot return it.
    pub failure: &'a OnceLock<Error>,
}

impl Corpus<'_> {
    /// Keeps the first failure.
    pub fn failed(&self, error: Error) {
        // Later ones tell nothing new.
        let _ = self.failure.set(error);
    }
}

/// What is asked of a search.
pub struct Search<'a> {
    /// Letters of its own that a passage must have in a row.
    pub least: usize,
    /// Bytes of the draft that count as set phrases: titles, code.
    pub aside: &'a [Range<usize>],
    /// Documents that are not searched.
    pub skip: &'a dyn Fn(DocumentId) -> bool,
}

impl std::fmt::Debug for Corpus<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Corpus").field("documents", &self.store.len()).finish_non_exhaustive()
    }
}

/// A passage of a draft that stands in other documents as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its letters in the draft.
    pub letters: Range<usize>,
    /// Its bytes in the draft's text, with a pinyin gloss at its end.
    pub bytes: Range<usize>,
    /// How many of them the first source has as well.
    pub same: usize,
    /// How many of those are no set phrases.
    pub own: usize,
    /// How many localities have its rarest stretch, as far as was counted; at least 1.
    pub localities: u32,
    /// Where it stands as well, the likeliest source first; never empty.
    pub sources: Vec<Taken>,
}

/// Where a passage stands in another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The document.
    pub document: DocumentId,
    /// How many letters it shares with the passage.
    pub same: usize,
    /// The stretches of its text, in code points and in words; several where the order was changed
    /// and what lies between them is not in the draft.
    pub stretches: Vec<(Range<usize>, String)>,
    /// The equal runs, draft and document, in letters and in the order of the draft.
    pub runs: Vec<Run>,
}

/// Places of one fingerprint that are followed; the first ones, so that what stands together in
/// many documents is followed to the same of them.
const PLACES: usize = 48;

/// Places of the draft with the same fingerprint that are followed.
const REPEATS: u8 = 16;

/// Places of one fingerprint among which localities are counted.
const COUNTED: usize = 256;

/// Documents that are aligned for one place of the draft.
const DOCUMENTS: u8 = 6;

/// Documents that are aligned in all.
const MOST: usize = 240;

/// Sources that are told of one passage.
const SOURCES: usize = 5;

/// Letters between two hits of one region: in the draft, and in the document, where sentences may
/// have changed places.
const APART: usize = 48;
const SOURCE_APART: usize = 400;

/// Letters round a region that are aligned with it.
const MARGIN: usize = 96;

/// Letters between two chains of one passage.
const JOIN: usize = 24;
const SOURCE_JOIN: usize = 300;

/// Letters of a chain from which it may stand alone; a shorter one has to stand right beside one.
const ALONE: usize = 12;
const BESIDE: usize = 8;

/// Letters of its own that a longer passage must have in one piece at least.
const PIECE: usize = 8;

/// Letters of a set phrase within a piece that do not part it.
const BRIDGE: usize = 6;

/// Letters of its own that must stand on either side of a longer set phrase that does not part
/// them.
const SIDE: usize = 4;

/// Letters that names of offices bring to a piece at most.
const NAMED: usize = 4;

/// Letters of a set phrase that counts as part of what stands on either side of it, and how many
/// letters it counts as.
const PHRASE: usize = 4;
const SAID: usize = 2;

/// One letter in so many may be made up of worn words, which count half: a clause of nothing else is
/// what everybody says.
const FRESH: usize = 6;

/// Letters that a passage has in common with its source before it is widened to the ends of its
/// sentences, and letters by which it may be.
const WIDENED: usize = 20;
const EDGE: usize = 14;

/// Of so many letters at such an edge one at least is equal.
const LIKE: usize = 3;

/// Letters of its own from which a passage needs no long piece.
const MUCH: usize = 22;

/// Localities that make a clause a set phrase where there are few documents.
const FEW: u32 = 4;

/// Letters of a long clause.
const CLAUSE: usize = 24;

/// One letter in so many of a plain passage may be of set phrases, names, figures or worn.
const PLAIN: usize = 4;

/// From how many localities on a stretch of `length` letters is common, of `all`.
#[derive(Debug, Clone, Copy)]
struct Many {
    /// By a fingerprint alone. So few letters meet by chance in a large corpus, but a set phrase is
    /// said by one locality in a thousand there.
    alone: u32,
    /// By two fingerprints at the same distance, which no chance brings together.
    together: u32,
}

/// Four localities make a clause a set phrase. A longer stretch needs more, but never more than
/// one locality in twenty; unless it is `plain`, not in the words of set phrases: a page that five of
/// twenty have in their own words was copied by four of them.
fn many(length: usize, all: u32, plain: bool) -> Many {
    let by_length = if length <= CLAUSE {
        FEW
    } else {
        let by_length = u32::try_from(length / 6).unwrap_or(u32::MAX);
        by_length.min(if plain { all } else { all / 20 }).max(FEW + 1)
    };
    Many { alone: by_length.max(FEW + all / 1_000), together: by_length }
}

/// What a passage must have of its own in one piece, in half letters, where `least` letters are
/// asked for: the more documents there are, the longer are the runs that are equal by chance.
fn beyond_chance(least: usize, all: u32) -> usize {
    2 * least + usize::from(all >= 1_000) + 2 * usize::from(all >= 50_000)
}

/// A fingerprint of the draft met in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    document: DocumentId,
    /// Letters in the draft and in the document.
    draft: u32,
    source: u32,
    /// The index of the fingerprint.
    index: u32,
}

/// Hits of one document that lie together.
#[derive(Debug, Clone)]
struct Region {
    document: DocumentId,
    draft: Range<usize>,
    source: Range<usize>,
    /// Indices of its fingerprints, sorted.
    indices: Vec<u32>,
    score: u32,
}

/// The passages of a draft that documents of the corpus hold as well, in order.
///
/// # Errors
/// If the store fails.
pub fn search(draft: &Comparable<'_>, corpus: Corpus<'_>, asked: &Search<'_>) -> Result<Vec<Passage>> {
    let Looked { ground, hits, spread } = look(draft, corpus, asked, Followed::First)?;
    let mut passages = Vec::new();
    for (document, regions) in likeliest(regions(hits, &spread, ground.all)) {
        passages.extend(ground.held(corpus, document, &regions)?);
    }
    Ok(ground.settle(passages))
}

/// The same for each document by itself, whatever others hold, and only for those that hold any;
/// the others tell what is common. The draft is looked up once.
///
/// # Errors
/// If the store fails.
pub fn search_each(
    draft: &Comparable<'_>,
    corpus: Corpus<'_>,
    asked: &Search<'_>,
) -> Result<BTreeMap<DocumentId, Vec<Passage>>> {
    let Looked { ground, hits, spread } = look(draft, corpus, asked, Followed::OfEach)?;
    let mut each: BTreeMap<DocumentId, Vec<Region>> = BTreeMap::new();
    for region in regions(hits, &spread, ground.all) {
        each.entry(region.document).or_default().push(region);
    }
    let mut found = BTreeMap::new();
    for (document, regions) in each.into_values().flat_map(likeliest) {
        let passages = ground.settle(ground.held(corpus, document, &regions)?);
        if !passages.is_empty() {
            found.insert(document, passages);
        }
    }
    Ok(found)
}

/// Which places of a fingerprint are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Followed {
    /// The first [`PLACES`].
    First,
    /// The first of each document.
    OfEach,
}

/// A draft that was looked up.
struct Looked<'d, 't> {
    ground: Ground<'d, 't>,
    hits: Vec<Hit>,
    /// How many localities have each fingerprint.
    spread: Vec<u32>,
}

fn look<'d, 't>(
    draft: &'d Comparable<'t>,
    corpus: Corpus<'_>,
    Search { least, aside, skip }: &Search<'_>,
    followed: Followed,
) -> Result<Looked<'d, 't>> {
    let letters = draft.letters();
    let prints = fingerprints(letters);
    let hashes: Vec<u32> = prints.iter().map(|p| p.hash).collect();
    // As many localities as documents, at most.
    let all = corpus.store.len();
    // How many localities have each fingerprint.
    let mut spread = vec![0u32; prints.len()];
    let mut hits: Vec<Hit> = Vec::new();
    let mut counts = vec![Places::default(); prints.len()];
    let mut repeated: HashMap<u32, u8> = HashMap::new();
    corpus.store.lookup(&hashes, &mut |index, postings| {
        let Some(print) = prints.get(index) else { return };
        let counted = &postings.list[..postings.list.len().min(COUNTED)];
        let places = &mut counts[index];
        places.total = postings.total;
        places.looked_at = counted.len();
        places.list.extend(counted.iter().filter(|p| !skip(p.document)));
        spread[index] = places.spread(&places.list, corpus.store);
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        // A text that says the same thing all along is followed in some of its places.
        let times = repeated.entry(print.hash).or_default();
        *times = times.saturating_add(1);
        if *times > REPEATS {
            return;
        }
        let hit = |p: &Posting| Hit { document: p.document, draft: print.at, source: p.at, index };
        match followed {
            Followed::First => {
                hits.extend(postings.list.iter().filter(|p| !skip(p.document)).take(PLACES).map(hit));
            }
            Followed::OfEach => {
                let of_each = postings.list.chunk_by(|a, b| a.document == b.document);
                hits.extend(
                    of_each.filter(|p| !skip(p[0].document)).flat_map(|p| p.iter().take(PLACES)).map(hit),
                );
            }
        }
    })?;
    let mut known = corpus.stock.weigh(letters);
    for bytes in *aside {
        known[draft.within(bytes)].fill(Weight::Stock);
    }
    // How many localities share the stretch round each letter.
    let mut shared = vec![0u32; letters.len()];
    for (print, &spread) in prints.iter().zip(&spread) {
        let at = print.at as usize;
        shared[at..at + K].iter_mut().for_each(|s| *s = (*s).max(spread));
    }
    // And how many share two neighbouring fingerprints of it at their distance.
    let mut together = vec![0u32; letters.len()];
    for (pair, counts) in prints.windows(2).zip(counts.windows(2)) {
        let [first, second] = pair else { continue };
        let both = counts[0].followed_by(&counts[1], second.at - first.at);
        let spread = counts[0].spread(&both, corpus.store);
        let (start, end) = (first.at as usize, second.at as usize + K);
        together[start..end].iter_mut().for_each(|s| *s = (*s).max(spread));
    }
    let ground = Ground {
        draft,
        known,
        shared,
        together,
        all,
        least: beyond_chance(*least, all),
        fresh: 2 * (least - least / FRESH),
    };
    Ok(Looked { ground, hits, spread })
}

/// The first places of a fingerprint.
#[derive(Debug, Clone, Default)]
struct Places {
    list: Vec<Posting>,
    /// How many places there are, and among how many of them the list was chosen.
    total: u32,
    looked_at: usize,
}

impl Places {
    /// How many localities have these of its places, as far as was looked, and the rest as they.
    fn spread(&self, places: &[Posting], store: &dyn PostingStore) -> u32 {
        let mut seen: Vec<u32> = places.iter().map(|p| store.locality(p.document)).collect();
        seen.sort_unstable();
        seen.dedup();
        let distinct = u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let whole = distinct * u64::from(self.total) / (self.looked_at.max(1) as u64);
        u32::try_from(whole).unwrap_or(u32::MAX).min(store.len())
    }

    /// Its places that have one of the other's `distance` letters on.
    fn followed_by(&self, other: &Self, distance: u32) -> Vec<Posting> {
        let mut rest = other.list.as_slice();
        let follows = |place: &&Posting| {
            let wanted = Posting { document: place.document, at: place.at.saturating_add(distance) };
            rest = &rest[rest.partition_point(|p| *p < wanted)..];
            rest.first() == Some(&wanted)
        };
        let mut follows = follows;
        self.list.iter().filter(|place| follows(place)).copied().collect()
    }
}

/// Hits of one document that lie together on both sides, with what speaks for each group.
fn regions(mut hits: Vec<Hit>, spread: &[u32], all: u32) -> Vec<Region> {
    hits.sort_unstable();
    let mut regions = Vec::new();
    let mut rest = hits.as_mut_slice();
    while let Some(first) = rest.first() {
        // Up to the next gap in the draft, or the next document.
        let mut end = 1;
        while end < rest.len()
            && rest[end].document == first.document
            && (rest[end].draft - rest[end - 1].draft) as usize <= APART
        {
            end += 1;
        }
        let (group, after) = rest.split_at_mut(end);
        group.sort_unstable_by_key(|h| (h.source, h.draft));
        for near in group.chunk_by(|a, b| (b.source - a.source) as usize <= SOURCE_APART) {
            regions.extend(region(near, spread, all));
        }
        rest = after;
    }
    regions
}

/// The region of these hits; `None` if nothing in it is rare enough to be followed.
fn region(hits: &[Hit], spread: &[u32], all: u32) -> Option<Region> {
    let mut indices: Vec<u32> = hits.iter().map(|h| h.index).collect();
    indices.sort_unstable();
    indices.dedup();
    let start = hits.iter().map(|h| h.draft).min()? as usize;
    let end = hits.iter().map(|h| h.draft).max()? as usize + K;
    let source = hits.first()?.source as usize..hits.last()?.source as usize + K;
    let bound = many(end - start, all, true);
    let of = |&i: &u32| spread.get(i as usize).copied().unwrap_or(u32::MAX).max(1);
    if indices.iter().all(|i| of(i) >= bound.alone) {
        return None;
    }
    let score = indices.iter().map(|i| 1000 / of(i).isqrt()).sum();
    Some(Region { document: hits.first()?.document, draft: start..end, source, indices, score })
}

/// The regions to be aligned, by document: the likeliest first, until each place of the draft has
/// been held against enough documents.
fn likeliest(mut regions: Vec<Region>) -> BTreeMap<DocumentId, Vec<Region>> {
    regions.sort_by_key(|r| (std::cmp::Reverse(r.score), r.document, r.draft.start, r.source.start));
    let mut chosen: BTreeMap<DocumentId, Vec<Region>> = BTreeMap::new();
    let mut met: BTreeMap<u32, u8> = BTreeMap::new();
    for region in regions {
        let fresh = region.indices.iter().any(|i| met.get(i).is_none_or(|&n| n < DOCUMENTS));
        if !fresh || chosen.len() >= MOST && !chosen.contains_key(&region.document) {
            continue;
        }
        for &i in &region.indices {
            *met.entry(i).or_default() += 1;
        }
        chosen.entry(region.document).or_default().push(region);
    }
    chosen
}

/// Stretches of a document in code points and in words.
fn words(source: &Comparable<'_>, mut stretches: Vec<Range<usize>>) -> Vec<(Range<usize>, String)> {
    // Chains whose stretches of the document lie close to each other are one stretch of it.
    stretches.sort_by_key(|s| (s.start, s.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for next in stretches {
        match joined.last_mut() {
            Some(last) if next.start <= last.end + JOIN => last.end = last.end.max(next.end),
            _ => joined.push(next),
        }
    }
    let text = source.text();
    let (mut byte, mut point) = (0, 0);
    joined
        .into_iter()
        .map(|stretch| {
            let bytes = source.bytes(stretch);
            point += text[byte..bytes.start].chars().count();
            let words = &text[bytes.clone()];
            let length = words.chars().count();
            let found = (point..point + length, words.to_owned());
            (byte, point) = (bytes.end, point + length);
            found
        })
        .collect()
}

/// Whether a sentence ends between a letter and the one before it.
fn parts(text: &Comparable<'_>, at: usize) -> bool {
    if at == 0 || at >= text.len() {
        return true;
    }
    let is_digit = |i: usize| (0x30..=0x39).contains(&text.letters()[i]);
    // Both halves of a rare character stand at the same place, with nothing between them.
    let between = text.text().get(text.bytes(at - 1..at).end..text.byte(at)).unwrap_or_default();
    // The point of 3.5 ends nothing.
    between.contains(['。', '！', '？', '；', '!', '?', ';', '\n'])
        || between.contains('.') && !(is_digit(at - 1) && is_digit(at))
}

/// Whether two stretches are alike but for figures and names: 云岭县 and 石塘县 are.
fn alike(here: &[u16], there: &[u16]) -> bool {
    let (short, long) = if here.len() <= there.len() { (here, there) } else { (there, here) };
    let figure = |l: &u16| if (0x30..=0x39).contains(l) { 0x30 } else { *l };
    let mut rest: Vec<u16> = long.iter().map(figure).collect();
    let common = |l: &u16| rest.iter().position(|r| *r == figure(l)).map(|at| rest.swap_remove(at));
    let common = short.iter().filter_map(common).count();
    common * LIKE >= long.len()
}

/// The draft, and what is known of each of its letters.
struct Ground<'d, 't> {
    draft: &'d Comparable<'t>,
    /// What it is by the lists.
    known: Vec<Weight>,
    /// How many localities share the stretch round it.
    shared: Vec<u32>,
    /// How many localities share two fingerprints round it.
    together: Vec<u32>,
    /// How many localities there are.
    all: u32,
    /// Half letters of its own that a passage must have in one piece.
    least: usize,
    /// How many it must have where worn words count half.
    fresh: usize,
}

/// What a passage has of its own in one piece, counted letter by letter, in half letters.
#[derive(Debug, Default)]
struct Pieces {
    /// What the piece has, and its part behind the last set phrase.
    piece: Share,
    stretch: Share,
    /// What the piece had before that set phrase, as long as there is too little behind it.
    before: Share,
    /// Whether that set phrase counts once there is enough behind it.
    phrase: bool,
    /// What names brought to the piece.
    names: usize,
    /// Letters of set phrases since the last own one.
    between: usize,
    /// The most that a piece has, and the most with worn words halved.
    longest: usize,
    freshest: usize,
}

/// Letters of one's own, and the same with worn words halved.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Share {
    own: usize,
    fresh: usize,
}

impl Share {
    fn add(&mut self, other: Self) {
        self.own += other.own;
        self.fresh += other.fresh;
    }
}

impl Pieces {
    /// One letter more, of so much weight, and of so much if worn words are halved.
    fn letter(&mut self, own: usize, fresh: usize) {
        if own == 0 {
            self.between += 1;
            return;
        }
        if self.between > 0 {
            let enough = self.stretch.own >= 2 * SIDE;
            if self.between > BRIDGE {
                let piece = std::mem::take(&mut self.piece);
                if enough {
                    self.before = piece;
                } else {
                    (self.before, self.names) = (Share::default(), 0);
                }
            }
            self.stretch = Share::default();
            self.phrase = enough && self.between >= PHRASE;
            self.between = 0;
        }
        let letter = Share { own, fresh };
        self.piece.add(letter);
        self.stretch.add(letter);
        if self.stretch.own >= 2 * SIDE {
            // A set phrase with enough on either side belongs to what was copied.
            self.piece.add(std::mem::take(&mut self.before));
            if std::mem::take(&mut self.phrase) {
                self.piece.add(Share { own: 2 * SAID, fresh: 2 * SAID });
            }
        }
        self.longest = self.longest.max(self.piece.own);
        self.freshest = self.freshest.max(self.piece.fresh);
    }

    /// What one more letter of a name weighs.
    fn name(&mut self) -> (usize, usize) {
        let weight = usize::from(self.names < 2 * NAMED);
        self.names += weight;
        (weight, weight)
    }

    /// The next letter begins a new piece.
    fn part(&mut self) {
        let Self { longest, freshest, .. } = *self;
        *self = Self { longest, freshest, ..Self::default() };
    }
}

impl Ground<'_, '_> {
    /// The passages that a document holds in these regions, as far as there is enough to them.
    fn held(&self, corpus: Corpus<'_>, document: DocumentId, regions: &[Region]) -> Result<Vec<Passage>> {
        let text = corpus.store.text(document)?;
        let source = Comparable::of(&text);
        let mut held = Vec::new();
        for (letters, chains) in self.passages(&source, regions) {
            let mut runs: Vec<Run> = chains.iter().flat_map(|c| c.runs.iter().copied()).collect();
            runs.sort_unstable();
            let Some((same, own, localities)) = self.worth(&letters, &runs) else { continue };
            let mut stretches: Vec<Range<usize>> = chains.iter().map(Chain::source).collect();
            let letters = self.widened(&source, letters, same, &mut stretches);
            let bytes = self.bytes(&letters);
            let sources = vec![Taken { document, same, stretches: words(&source, stretches), runs }];
            held.push(Passage { letters, bytes, same, own, localities, sources });
        }
        Ok(held)
    }

    /// The passages of one document: stretches of the draft with their chains.
    fn passages(&self, source: &Comparable<'_>, regions: &[Region]) -> Vec<(Range<usize>, Vec<Chain>)> {
        let mut windows: Vec<(Range<usize>, Range<usize>)> =
            regions.iter().map(|r| (r.draft.clone(), r.source.clone())).collect();
        windows.sort_by_key(|(d, s)| (d.start, s.start));
        let mut chains: Vec<Chain> = Vec::new();
        for (inner, source_inner) in windows {
            chains.extend(self.aligned(source, &inner, &source_inner));
        }
        chains.sort_by_key(|c| (c.runs[0], std::cmp::Reverse(c.same())));
        // Windows overlap: what was found twice counts once, the longer one.
        let mut kept: Vec<Chain> = Vec::new();
        for chain in chains {
            match kept.last_mut() {
                Some(last) if chain.draft().start < last.draft().end => {
                    if chain.same() > last.same() {
                        *last = chain;
                    }
                }
                _ => kept.push(chain),
            }
        }
        let mut passages: Vec<(Range<usize>, Vec<Chain>)> = Vec::new();
        for chain in kept {
            let here = chain.draft();
            let joins = passages.last().is_some_and(|(range, chains)| {
                let weak = chain.same() < ALONE || chains.iter().all(|c| c.same() < ALONE);
                let gap = here.start - range.end;
                let there = chain.source();
                let near = chains.iter().any(|c| {
                    let other = c.source();
                    there.start <= other.end + SOURCE_JOIN && other.start <= there.end + SOURCE_JOIN
                });
                near && gap <= if weak { BESIDE } else { JOIN }
            });
            match passages.last_mut() {
                Some((range, chains)) if joins => {
                    range.end = here.end;
                    chains.push(chain);
                }
                _ => passages.push((here, vec![chain])),
            }
        }
        passages
    }

    /// The chains of a window, which grows as long as a chain reaches its edge.
    fn aligned(
        &self,
        source: &Comparable<'_>,
        inner: &Range<usize>,
        source_inner: &Range<usize>,
    ) -> Vec<Chain> {
        let (letters, others) = (self.draft.letters(), source.letters());
        let mut margin = MARGIN;
        loop {
            let grown =
                |r: &Range<usize>, by: usize, most: usize| r.start.saturating_sub(by)..(r.end + by).min(most);
            let within = grown(inner, margin, letters.len());
            let source_within = grown(source_inner, 2 * margin, others.len());
            let chains = align(letters, within.clone(), others, source_within.clone());
            let at_edge = chains.iter().any(|c| {
                let (d, s) = (c.draft(), c.source());
                c.same() >= ALONE
                    && ((d.start < within.start + K && within.start > 0 && s.start > 0)
                        || (d.end + K > within.end && within.end < letters.len() && s.end < others.len()))
            });
            if !at_edge || margin > letters.len() {
                return chains;
            }
            margin *= 3;
        }
    }

    /// A longer passage goes to the ends of its sentences, where no more than a name or a figure was
    /// changed there; the stretches of the document, in the order of the draft, go with it.
    fn widened(
        &self,
        source: &Comparable<'_>,
        letters: Range<usize>,
        same: usize,
        stretches: &mut [Range<usize>],
    ) -> Range<usize> {
        let mut letters = letters;
        if same < WIDENED {
            return letters;
        }
        let most = EDGE.min(same / LIKE);
        let (draft, others) = (self.draft.letters(), source.letters());
        if let Some(first) = stretches.first_mut() {
            let head = |text: &Comparable<'_>, start: usize| {
                (start.saturating_sub(most)..=start).rev().find(|&i| parts(text, i))
            };
            if let (Some(here), Some(there)) = (head(self.draft, letters.start), head(source, first.start))
                && alike(&draft[here..letters.start], &others[there..first.start])
            {
                (letters.start, first.start) = (here, there);
            }
        }
        if let Some(last) = stretches.last_mut() {
            let tail = |text: &Comparable<'_>, end: usize| {
                (end..=(end + most).min(text.len())).find(|&i| parts(text, i))
            };
            if let (Some(here), Some(there)) = (tail(self.draft, letters.end), tail(source, last.end))
                && alike(&draft[letters.end..here], &others[last.end..there])
            {
                (letters.end, last.end) = (here, there);
            }
        }
        letters
    }

    /// The bytes of these letters, with a gloss on the last of them.
    fn bytes(&self, letters: &Range<usize>) -> Range<usize> {
        let bytes = self.draft.bytes(letters.clone());
        bytes.start..gloss(self.draft.text().as_bytes(), bytes.end).unwrap_or(bytes.end)
    }

    /// How many letters of these runs are equal, how many are own, and how many localities share
    /// the rarest of them; `None` if what remains is too little.
    fn worth(&self, letters: &Range<usize>, runs: &[Run]) -> Option<(usize, usize, u32)> {
        let worn = letters.clone().filter(|&i| self.known[i] != Weight::Own).count();
        let bound = many(letters.len(), self.all, worn * PLAIN <= letters.len());
        let some = u32::midpoint(FEW, bound.alone);
        let common = |i: usize| self.shared[i] >= bound.alone || self.together[i] >= bound.together;
        let (mut same, mut own, mut rarest) = (0, 0, u32::MAX);
        let mut pieces = Pieces::default();
        for run in runs {
            pieces.part();
            for i in run.draft.max(letters.start)..(run.draft + run.length).min(letters.end) {
                same += 1;
                // What a few localities have beyond chance is half a set phrase.
                let rare = if self.shared[i] < some { 2 } else { 1 };
                let (weight, fresh) = match self.known[i] {
                    Weight::Rest => continue,
                    Weight::Name => pieces.name(),
                    Weight::Own if !common(i) => (rare, rare),
                    Weight::Worn if !common(i) => (rare, 1),
                    _ => (0, 0),
                };
                if weight > 0 && self.shared[i] > 0 {
                    rarest = rarest.min(self.shared[i]);
                }
                own += weight;
                pieces.letter(weight, fresh);
            }
        }
        let longest = pieces.longest;
        let worn = pieces.freshest < self.fresh;
        // Of what is no set phrase, most is equal.
        let stock = letters.clone().filter(|&i| self.known[i] == Weight::Stock || common(i)).count();
        let much = own >= 2 * MUCH && longest >= 2 * PIECE && own >= letters.len() - stock;
        let localities = if rarest == u32::MAX { 1 } else { rarest };
        (longest >= self.least && !worn || much).then_some((same, own / 2, localities))
    }

    /// One passage for each stretch, with all its sources; in order, none overlapping another.
    fn settle(&self, mut passages: Vec<Passage>) -> Vec<Passage> {
        passages.sort_by_key(|p| {
            (std::cmp::Reverse((p.own, p.same)), p.letters.start, p.sources.first().map(|s| s.document))
        });
        let mut settled: Vec<Passage> = Vec::new();
        for mut passage in passages {
            let mut left = passage.letters.clone();
            let mut home: Option<usize> = None;
            for (i, other) in settled.iter().enumerate() {
                let overlap =
                    left.end.min(other.letters.end).saturating_sub(left.start.max(other.letters.start));
                if overlap == 0 {
                    continue;
                }
                // Another source of the same passage, or of a part of it.
                if overlap * 10 >= passage.letters.len() * 7 {
                    home = Some(i);
                    break;
                }
                if other.letters.start <= left.start {
                    left.start = other.letters.end.min(left.end);
                } else {
                    left.end = other.letters.start.max(left.start);
                }
            }
            if let Some(home) = home.and_then(|i| settled.get_mut(i)) {
                if passage.same * 10 >= home.same * 6 && home.sources.len() < SOURCES {
                    home.sources.append(&mut passage.sources);
                }
                continue;
            }
            if left != passage.letters {
                let Some(source) = passage.sources.first() else { continue };
                // What is left of it begins and ends with equal letters again.
                let inside = |r: &&Run| r.draft < left.end && r.draft + r.length > left.start;
                let Some(first) = source.runs.iter().find(inside) else { continue };
                let Some(last) = source.runs.iter().rev().find(inside) else { continue };
                left = left.start.max(first.draft)..left.end.min(last.draft + last.length);
                let Some((same, own, localities)) = self.worth(&left, &source.runs) else { continue };
                passage =
                    Passage { bytes: self.bytes(&left), letters: left, same, own, localities, ..passage };
            }
            settled.push(passage);
        }
        settled.sort_by_key(|p| (p.letters.start, p.letters.end));
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Entry, GUARANTEED, MemoryStore, letters};
    use proptest::prelude::*;

    /// Letters that follow each other at random; the same number gives the same text.
    fn words(seed: u64, length: usize) -> String {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from_u32(0x4E00 + u32::try_from(state >> 44).unwrap() % 4000).unwrap()
            })
            .collect()
    }

    fn store(texts: &[&str]) -> MemoryStore {
        let entry = |n: usize| Entry { name: format!("{n}.txt"), ..Entry::default() };
        MemoryStore::of(texts.iter().enumerate().map(|(n, text)| (entry(n), (*text).to_owned())).collect())
    }

    fn found(text: &str, store: &dyn PostingStore) -> Vec<Passage> {
        let (stock, failure) = (Stock::default(), OnceLock::new());
        let asked = Search { least: GUARANTEED, aside: &[], skip: &|_| false };
        search(&Comparable::of(text), Corpus { store, stock: &stock, failure: &failure }, &asked).unwrap()
    }

    fn folded(text: &str) -> Vec<u16> {
        let mut out = Vec::new();
        letters(text, &mut out);
        out
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        assert!(found("", &store(&[&words(1, 500)])).is_empty());
        assert!(found(&words(1, 500), &store(&[])).is_empty());
        assert!(found(&words(1, 500), &store(&["", &words(2, 500)])).is_empty());
    }

    #[test]
    fn a_reposted_passage_is_one_with_several_sources() {
        let passage = words(3, 60);
        let texts: Vec<String> =
            (0..3).map(|n| format!("{}{passage}{}", words(10 + n, 200), words(20 + n, 90))).collect();
        let store = store(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let found = found(&format!("{}{passage}{}", words(30, 300), words(31, 300)), &store);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].sources.len(), 3);
        assert_eq!(found[0].localities, 3);
    }

    /// The words of the draft that are found, beyond these set phrases.
    fn flagged_beyond<'t>(stock: &Stock, draft: &'t str, texts: &[&str]) -> Vec<&'t str> {
        let (failure, store) = (OnceLock::new(), store(texts));
        let asked = Search { least: GUARANTEED, aside: &[], skip: &|_| false };
        let corpus = Corpus { store: &store, stock, failure: &failure };
        let found = search(&Comparable::of(draft), corpus, &asked).unwrap();
        found.iter().map(|p| &draft[p.bytes.clone()]).collect()
    }

    /// The same with the set phrases that the program knows.
    fn flagged<'t>(draft: &'t str, texts: &[&str]) -> Vec<&'t str> {
        flagged_beyond(&Stock::known(), draft, texts)
    }

    #[test]
    fn a_clause_put_together_from_the_words_of_set_phrases_is_nobodys() {
        let clause = "河道清后要守住，常抓不忘保安澜，重要位";
        let (draft, text) = (format!("会上说，{clause}子。"), format!("各乡镇{clause}次，久久为功。"));
        let mut stock = Stock::default();
        assert_eq!(flagged_beyond(&stock, &draft, &[&text]), [clause]);
        stock.add("河道清淤不松劲\n守土有责要守住\n常抓不懈见成效\n年年清淤保安澜\n摆上重要位置");
        assert_eq!(flagged_beyond(&stock, &draft, &[&text]), [""; 0]);
    }

    #[test]
    fn what_five_of_twenty_have_in_their_own_words_is_copied_and_in_worn_ones_common() {
        let page = words(51, 124);
        let others = (0..20).map(|n| match n {
            0..5 => format!("{}{page}{}", words(60 + n, 90), words(80 + n, 90)),
            _ => words(60 + n, 200),
        });
        let texts: Vec<String> = others.collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let draft = format!("{}{page}{}", words(52, 100), words(53, 100));
        let mut stock = Stock::default();
        assert_eq!(flagged_beyond(&stock, &draft, &texts), [page.as_str()]);
        // Every second run of three letters is in a list.
        let letters: Vec<char> = page.chars().collect();
        let lists: Vec<String> = letters.chunks(6).map(|c| c.iter().take(3).collect()).collect();
        stock.add(&lists.join("\n"));
        assert_eq!(flagged_beyond(&stock, &draft, &texts), [""; 0]);
    }

    #[test]
    fn a_renamed_beginning_and_end_of_a_copied_sentence_belong_to_it() {
        let kept = "把撂荒梯田划成小块认领给在外乡贤，谁认领谁请人种，秋后新米寄进城，剩下的换成渠边的新石板";
        let source = format!("账本翻到头。2024年6月，石塘县{kept}，唐兴平等235人参加。饭后散了。");
        let copied = format!("2025年11月，云岭县{kept}，李家旺等81人参加");
        let draft = format!("会开得很短。{copied}。散会。");
        assert_eq!(flagged(&draft, &[&source]), [copied]);
        // What is one's own there is not taken along.
        let own = format!("谁家缺劳力先问一声，青山镇{kept}，石匠分文不收，。");
        assert_eq!(flagged(&own, &[&source]), [kept]);
    }

    #[test]
    fn sentences_end_where_they_do_and_not_within_figures_or_rare_characters() {
        let text = Comparable::of("投入3.5亿元,新建𠮷塔.成了。好");
        let ends: Vec<usize> = (0..=text.len()).filter(|&i| parts(&text, i)).collect();
        let letters = String::from_utf16(text.letters()).unwrap();
        assert_eq!(letters, "投入35亿元新建𠮷塔成了好");
        assert_eq!(ends, [0, 11, 13, 14]);
    }

    #[test]
    fn a_set_phrase_between_copied_words_does_not_part_them() {
        let copied = "灶台边上记账，坚持以习近平新时代中国特色社会主义思想为指导，晒谷场上对账";
        let texts = (format!("会上有人提起来，{copied}。"), format!("我们这几年{copied}，都清楚。"));
        assert_eq!(flagged(&texts.0, &[&texts.1]), [copied]);
        // A word or two on either side come together by chance.
        let chance = "二是坚持以习近平新时代中国特色社会主义思想为指导，采取";
        let texts = (format!("会上说，{chance}办法。"), format!("我们{chance}行动。"));
        assert_eq!(flagged(&texts.0, &[&texts.1]), [""; 0]);
    }

    #[test]
    fn one_office_counts_as_four_letters_and_a_list_of_them_as_no_more() {
        let one = "渠长每夜轮流打钟放水，县住房城乡建设局";
        let texts = (format!("会上说，{one}要管。"), format!("我们{one}来看。"));
        assert_eq!(flagged(&texts.0, &[&texts.1]), [one]);
        let list = "由县住房城乡建设局牵头，县财政局、县自然资源局、县水利局配合，打钟放水";
        let texts = (format!("会上说，{list}。"), format!("我们{list}，"));
        assert_eq!(flagged(&texts.0, &[&texts.1]), [""; 0]);
    }

    #[test]
    fn each_document_is_held_against_the_draft_by_itself() {
        let (one, other) = (words(41, 80), words(42, 80));
        let store = store(&[&format!("{}{one}", words(43, 50)), &words(44, 300), &format!("{other}{one}")]);
        let (stock, failure, draft) =
            (Stock::default(), OnceLock::new(), format!("{one}{}{other}", words(45, 90)));
        let asked = Search { least: GUARANTEED, aside: &[], skip: &|d| d.0 == 3 };
        let corpus = Corpus { store: &store, stock: &stock, failure: &failure };
        let each = search_each(&Comparable::of(&draft), corpus, &asked).unwrap();
        let shared: Vec<(u32, usize)> =
            each.iter().map(|(d, passages)| (d.0, passages.iter().map(|p| p.same).sum())).collect();
        assert_eq!(shared, [(0, 80), (2, 160)]);
        assert!(each.values().flatten().all(|p| p.sources.len() == 1));
    }

    // A letter that repeats itself makes every run equal to every other.
    #[test]
    fn texts_that_repeat_themselves_take_linear_time() {
        let one = "抓".repeat(300_000);
        found(&one, &store(&[&one, &one]));
        let clause = "抓好春耕备耕，".repeat(50_000);
        assert!(!found(&clause, &store(&[&clause])).is_empty());
    }

    #[test]
    fn a_megabyte_is_held_against_a_megabyte() {
        let (text, passage) = (words(5, 350_000), words(6, 400));
        let draft = format!("{}{passage}{}", words(7, 200_000), words(8, 150_000));
        let found = found(&draft, &store(&[&format!("{text}{passage}"), &words(9, 1_000)]));
        assert_eq!(found.len(), 1);
        assert_eq!(&draft[found[0].bytes.clone()], passage);
        assert_eq!(found[0].sources[0].stretches, [(350_000..350_400, passage)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Stretches of a document put into a draft, with single edits: each verbatim run of the
        /// guaranteed length is inside a passage, and both sides map back to what is equal.
        #[test]
        fn every_verbatim_run_of_the_guaranteed_length_is_found(
            seed in 0u64..1000,
            pieces in prop::collection::vec((0usize..900, 13usize..90, 0usize..40), 1..5),
            edits in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let source: Vec<char> = words(seed, 1000).chars().collect();
            let mut draft: Vec<char> = words(seed + 5000, 50).chars().collect();
            for (n, &(from, length, own)) in pieces.iter().enumerate() {
                draft.extend(&source[from..(from + length).min(1000)]);
                draft.extend(words(seed + 6000 + n as u64, 20 + own).chars());
            }
            for edit in &edits {
                let at = edit.index(draft.len());
                draft[at] = '改';
            }
            let (draft, source): (String, String) = (draft.iter().collect(), source.iter().collect());
            let store = store(&[&words(seed + 9000, 700), &source]);
            let found = found(&draft, &store);
            let (a, b) = (folded(&draft), folded(&source));
            for i in 0..a.len() {
                for j in 0..b.len() {
                    if i > 0 && j > 0 && a[i - 1] == b[j - 1] { continue; }
                    let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                    if length >= GUARANTEED {
                        let inside = found.iter().any(|p| p.letters.start <= i && i + length <= p.letters.end);
                        prop_assert!(inside, "run of {} at {}", length, i);
                    }
                }
            }
            let mut end = 0;
            for passage in &found {
                prop_assert!(passage.letters.start >= end && passage.letters.start < passage.letters.end);
                end = passage.letters.end;
                let comparable = Comparable::of(&draft);
                prop_assert_eq!(comparable.within(&passage.bytes), passage.letters.clone());
                for taken in &passage.sources {
                    let text = store.text(taken.document).unwrap();
                    for (points, words) in &taken.stretches {
                        let there: String = text.chars().skip(points.start).take(points.len()).collect();
                        prop_assert_eq!(&there, words);
                    }
                    let other = folded(&text);
                    for run in &taken.runs {
                        prop_assert_eq!(&a[run.draft..run.draft + run.length], &other[run.source..run.source + run.length]);
                    }
                }
            }
            prop_assert_eq!(found, self::found(&draft, &store));
        }
    }
}
