//! Posts (职务): whose, head or deputy, of which kind; and whether one person can hold two of them.
//!
//! 县农业农村局副局长 is an organisation, the sign of a deputy and the head of a post. Two posts are the same if
//! their heads are and the organisations may be (局长 is 县水利局局长 said shortly, 县住建局 stands for
//! 县住房城乡建设局). They stand together where custom gives both to one person: 县委副书记、县长;
//! 副县长、公安局局长; a part in a group beside one's post. All others are apart.

use std::sync::LazyLock;

use crate::base::han::is_han;
use crate::base::lexicon::post as lexicon;
use crate::base::words::Words;

/// The last words of posts.
pub(super) static HEADS: LazyLock<Words<'static>> =
    LazyLock::new(|| Words::of(lexicon::HEADS.iter().map(|h| h.0)));

/// The level of a post that does not say its own.
pub(super) const ANY: char = '*';

/// Of which kind the head of a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 县长, 镇长.
    Place,
    /// 局长, 主任.
    Chief,
    /// 书记.
    Party,
    /// 常委, 委员.
    Member,
    /// 组长, 会长: beside one's post.
    Beside,
    /// 调研员.
    Rank,
    /// 护林员, 劳动模范: a word for people, and no post.
    Role,
}

/// One post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post<'t> {
    /// As it is written, without what leads up to it.
    pub words: &'t str,
    /// Whose: 县水利局 of 县水利局副局长; empty if it is not said.
    pub org: &'t str,
    /// Whether it is a deputy's.
    pub deputy: bool,
    /// Its last word: 局长.
    pub head: &'static str,
    /// Whether it is a former post, or not yet one.
    pub past: bool,
    /// Whether its holder acts for the head: 代县长, 副局长（主持工作）.
    acting: bool,
    kind: Kind,
}

/// How two posts go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They may be one.
    Same,
    /// One person may hold both.
    Together,
    /// One person holds one of them.
    Apart,
}

const fn kind(number: u32) -> Kind {
    match number {
        1 => Kind::Place,
        3 => Kind::Party,
        4 => Kind::Member,
        5 => Kind::Beside,
        6 => Kind::Rank,
        7 => Kind::Role,
        _ => Kind::Chief,
    }
}

impl<'t> Post<'t> {
    /// The post that these words end in; `None` if they end in none.
    pub fn of(words: &'t str) -> Option<Self> {
        let bare = without_remark(words);
        let (head, number) =
            lexicon::HEADS.iter().filter(|h| bare.ends_with(h.0)).max_by_key(|h| h.0.len()).copied()?;
        let body = &bare[..bare.len() - head.len()];
        let deputy = lexicon::DEPUTIES.iter().find(|d| body.ends_with(**d));
        let org = deputy.map_or(body, |d| body.strip_suffix(*d).unwrap_or(body));
        let acting = ["代理", "代"].iter().find_map(|w| org.strip_suffix(w));
        let is_acting = acting.is_some() || words[bare.len()..].contains("主持");
        let org = acting.unwrap_or(org);
        let org = ["第一", "执行", "常务"].iter().find_map(|w| org.strip_suffix(w)).unwrap_or(org);
        let (start, past) = opening(org);
        let org = &org[start..];
        let deputy = deputy.is_some();
        Some(Self { words: &words[start..], org, deputy, head, past, acting: is_acting, kind: kind(number) })
    }

    /// The post of a short address behind a name: 滕伟副局长.
    pub fn short(deputy: bool, head: usize, words: &'t str) -> Self {
        let (head, number) = lexicon::HEADS[head];
        Self { words, org: "", deputy, head, past: false, acting: false, kind: kind(number) }
    }

    /// Whether it is held beside one's own: in a leading group, a society, a committee of all offices.
    pub fn is_beside(&self) -> bool {
        let committee = self.head == "主任"
            && self.org.ends_with("委员会")
            && !["人大", "监察", "发展", "健康", "居民", "村民", "社区"].iter().any(|w| self.org.contains(w));
        matches!(self.kind, Kind::Beside | Kind::Member | Kind::Rank | Kind::Role)
            || committee
            || lexicon::OFFICES_BESIDE.iter().any(|w| self.org.contains(w))
    }

    /// Whether it is a seat in a body and no office: 县委常委.
    pub fn is_member(&self) -> bool {
        self.kind == Kind::Member
    }

    /// Whether it is a word for people and no post.
    pub fn is_role(&self) -> bool {
        self.kind == Kind::Role
    }

    /// Whether it is the head or a deputy of a place: 县长, 副镇长.
    pub fn is_of_place(&self) -> bool {
        self.kind == Kind::Place
    }

    /// Whether one person of its body holds it: 局长, and no 副局长, 委员.
    pub fn is_single(&self) -> bool {
        !self.deputy && matches!(self.kind, Kind::Place | Kind::Chief | Kind::Party)
    }

    /// How it goes with another post.
    pub fn relation(&self, other: &Self) -> Relation {
        if self.head == other.head && are_one(self.org, other.org) {
            let own = self.deputy == other.deputy || self.is_member() || self.acting || other.acting;
            return if own { Relation::Same } else { Relation::Apart };
        }
        if self.past || other.past || self.is_beside() || other.is_beside() {
            return Relation::Together;
        }
        let together = match (self.kind, other.kind) {
            (Kind::Party, Kind::Party) => self.is_deputy_of_place() || other.is_deputy_of_place(),
            (Kind::Party, _) => party_and(self, other),
            (_, Kind::Party) => party_and(other, self),
            (Kind::Place, Kind::Chief) => self.deputy && other.org.contains("公安"),
            (Kind::Chief, Kind::Place) => other.deputy && self.org.contains("公安"),
            (Kind::Chief, Kind::Chief) => chiefs(self, other),
            _ => false,
        };
        if together { Relation::Together } else { Relation::Apart }
    }

    /// 县委副书记, 镇党委副书记.
    fn is_deputy_of_place(&self) -> bool {
        self.kind == Kind::Party && self.deputy
    }

    /// Its rank in protocol order among the leaders of a place, and the letter of its level; `None` for others.
    pub fn rank(&self) -> Option<(u8, char)> {
        let level = |words: &str| words.chars().rev().find(|c| lexicon::LEVEL.contains(c));
        if self.past {
            return None;
        }
        match self.kind {
            Kind::Place => {
                let own = self.head.chars().next()?;
                Some((if self.deputy { 8 } else { 2 }, own))
            }
            // 书记 alone is that of the place whose head stands beside it.
            Kind::Party if self.org.is_empty() && !self.deputy => Some((1, ANY)),
            Kind::Party => {
                let place = self.org.strip_suffix("党委").or_else(|| self.org.strip_suffix('委'))?;
                let own = place.chars().next_back().filter(|c| lexicon::LEVEL.contains(c))?;
                Some((if self.deputy { 5 } else { 1 }, own))
            }
            Kind::Member if self.head == "常委" => {
                let own = self.org.strip_suffix('委')?.chars().next_back()?;
                lexicon::LEVEL.contains(&own).then_some((6, own))
            }
            Kind::Chief => {
                let (of, first, second) = if self.org.contains("人大") && self.head == "主任" {
                    ("人大", 3, 7)
                } else if self.org.ends_with("政协") && self.head == "主席" {
                    ("政协", 4, 9)
                } else {
                    return None;
                };
                let inner = ["人大", "人大常委会", "政协"].iter().any(|w| {
                    self.org
                        .strip_suffix(w)
                        .is_none_or(|o| o.ends_with(|c: char| lexicon::LEVEL.contains(&c)))
                });
                let own = level(self.org.split(of).next()?)?;
                inner.then_some((if self.deputy { second } else { first }, own))
            }
            _ => None,
        }
    }
}

/// 书记 beside the head or a deputy of something else.
fn party_and(party: &Post<'_>, other: &Post<'_>) -> bool {
    if party.deputy {
        // A deputy secretary of a place leaves for the conference or the congress, and holds no seat of both.
        let left = || {
            let seat = other.org.contains("政协") || other.org.contains("人大");
            seat && party.rank().zip(other.rank()).is_some_and(|(a, b)| a.1 == b.1)
        };
        return !(other.deputy && (other.kind == Kind::Place || left()));
    }
    let group = party.org.ends_with("党组");
    if other.kind == Kind::Place {
        return group;
    }
    let body =
        ["党组", "党委", "党总支", "党支部", "委", "党"].iter().find_map(|w| party.org.strip_suffix(w));
    let watch = party.org.contains("纪") && other.org.contains("监");
    let law = party.org.contains("政法") && other.org.contains("公安");
    let one = group && party.org.len() == "党组".len() || body.is_some_and(|b| are_one(b, other.org));
    one || watch || law
}

/// Two heads or deputies of offices.
fn chiefs(one: &Post<'_>, other: &Post<'_>) -> bool {
    let honorary =
        |p: &Post<'_>| p.deputy && (p.org.contains("政协") || p.org.contains("人大") || p.head == "主席");
    // Leaders of the congress and of the conference are others.
    if (one.org.contains("人大") && other.org.contains("政协"))
        || (one.org.contains("政协") && other.org.contains("人大"))
    {
        return false;
    }
    let part = |whole: &Post<'_>, part: &Post<'_>| {
        whole.org.chars().count() >= 3 && part.org.len() > whole.org.len() && part.org.starts_with(whole.org)
    };
    let secretary = |a: &Post<'_>, b: &Post<'_>| a.head == "秘书长" && b.org.contains("办");
    honorary(one)
        || honorary(other)
        || part(one, other)
        || part(other, one)
        || secretary(one, other)
        || secretary(other, one)
}

/// Whether two names of organisations may mean one: 水利局 and 县水利局, 县住建局 and 县住房城乡建设局; nothing said
/// may be any.
pub(super) fn are_one(one: &str, other: &str) -> bool {
    if one.is_empty() || other.is_empty() || one.ends_with(other) || other.ends_with(one) {
        return true;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = long.chars();
    let within = short.chars().all(|c| rest.any(|d| d == c));
    let ends = short.chars().next_back() == long.chars().next_back() || short.ends_with('办');
    within && ends && short.chars().count() >= 2
}

/// 副县长（挂职） without what stands in brackets.
fn without_remark(words: &str) -> &str {
    let cut = words.rfind(['（', '(']).filter(|_| words.ends_with(['）', ')']));
    cut.map_or(words, |at| &words[..at])
}

/// Where an organisation begins, behind words that lead up to it, and whether they say that the post is a
/// former one.
fn opening(org: &str) -> (usize, bool) {
    let mut start = 0;
    for word in lexicon::OUTSIDE {
        let Some(at) = org.rfind(word) else { continue };
        let end = at + word.len();
        let rest = &org[end..];
        // 对外联络办, 有限公司, 经开区: one letter is a word of its own where a level or a place follows.
        let whole = word.chars().count() > 1
            || rest.is_empty()
            || rest
                .starts_with(|c: char| lexicon::LEVEL.contains(&c) || matches!(c, '我' | '本' | '全' | '中'));
        if whole && end > start {
            start = end;
        }
    }
    let rest = &org[start..];
    let past = lexicon::PAST.iter().filter(|w| rest.starts_with(**w)).map(|w| w.len()).max();
    let before = lexicon::PAST.iter().any(|w| org[..start].ends_with(w));
    let inner =
        rest.char_indices().any(|(at, c)| c == '原' && at > 0 && rest[at + c.len_utf8()..].is_empty());
    (start + past.unwrap_or(0), past.is_some() || before || inner)
}

/// The posts at the end of `region`, in order, and the byte at which they begin: 县委副书记、县长 of 由县委副书记、县长.
pub(super) fn chain(region: &str) -> Option<(usize, Vec<Post<'_>>)> {
    /// Characters that posts have together at most.
    const LONGEST: usize = 60;
    let inside = |c: char| is_han(c) || matches!(c, '、' | '（' | '）' | '(' | ')') || c.is_ascii_digit();
    let from = region
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|&(_, c)| inside(c))
        .last()
        .map_or(region.len(), |(at, _)| at);
    let mut posts = Vec::new();
    let mut start = region.len();
    let mut end = region.len();
    loop {
        let part_start = region[from..end].rfind('、').map_or(from, |at| from + at + '、'.len_utf8());
        let mut part = &region[part_start..end];
        // An opening bracket that closes nothing: （县委书记.
        let open = part.rfind(['（', '(']).filter(|_| !part.contains(['）', ')']));
        let cut = open.map_or(0, |at| at + part[at..].chars().next().map_or(0, char::len_utf8));
        part = &part[cut..];
        let mut own = Vec::new();
        for piece in part.split('兼') {
            own.extend(Post::of(piece));
        }
        let Some(first) = own.first() else { break };
        start = first.words.as_ptr() as usize - region.as_ptr() as usize;
        own.reverse();
        posts.extend(own);
        if part_start == from || cut > 0 || start > part_start {
            break;
        }
        end = part_start - '、'.len_utf8();
        if end <= from {
            break;
        }
    }
    posts.reverse();
    (!posts.is_empty()).then_some((start, posts))
}

#[cfg(test)]
mod tests {
    use super::{Post, Relation, are_one, chain};

    fn how(one: &str, other: &str) -> Relation {
        Post::of(one).unwrap().relation(&Post::of(other).unwrap())
    }

    #[test]
    fn a_post_said_shortly_is_the_same_and_posts_of_one_person_stand_together() {
        assert_eq!(how("县水利局局长", "局长"), Relation::Same);
        assert_eq!(how("县住房城乡建设局局长", "县住建局局长"), Relation::Same);
        assert_eq!(how("县委副书记", "县长"), Relation::Together);
        assert_eq!(how("县水利局党组书记", "县水利局局长"), Relation::Together);
        assert_eq!(how("副县长", "县公安局局长"), Relation::Together);
        assert_eq!(how("县防汛指挥部指挥长", "副县长"), Relation::Together);
    }

    #[test]
    fn posts_that_one_person_cannot_hold_are_apart() {
        for (one, other) in [
            ("县水利局局长", "县水利局副局长"),
            ("县水利局局长", "县教育局局长"),
            ("镇长", "镇党委书记"),
            ("副县长", "县人大常委会副主任"),
            ("县委副书记", "常务副县长"),
            ("县委副书记", "县政协副主席"),
        ] {
            assert_eq!(how(one, other), Relation::Apart, "{one} {other}");
        }
    }

    #[test]
    fn posts_before_a_name_are_read_from_the_last_to_the_first() {
        let (start, posts) = chain("会议由县委副书记、县长").unwrap();
        assert_eq!(start, "会议由".len());
        assert_eq!(posts.iter().map(|p| p.words).collect::<Vec<_>>(), ["县委副书记", "县长"]);
        let (_, posts) = chain("副县长兼县公安局局长").unwrap();
        assert_eq!(posts.len(), 2);
        assert!(chain("抓好水利、交通").is_none());
    }

    #[test]
    fn organisations_of_two_places_are_two() {
        assert!(!are_one("云溪县水利局", "青河县水利局"));
        assert!(!are_one("县水利局", "市水利局"));
        assert!(are_one("县政府办", "县政府办公室"));
    }
}
