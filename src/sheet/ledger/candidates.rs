//! Which columns may hold which fields of a list (哪一栏可能是哪一项): by their heads, as far as these are
//! known, by the ends and parts of heads, and for the names by what stands in the column.

use super::columns::Column;
use super::heads::{self, Sense};
use super::mapping::HeadSaid;
use super::shape::{Looked, fits, has_surname, is_office, is_score};
use super::sight::Sight;
use super::value::{is_number, narrow};
use crate::base::lexicon::ledger as lexicon;
use crate::model::facts::table::{Field, called};
use crate::sheet::key::List;

/// A column that may hold a field.
#[derive(Clone, Copy)]
pub struct Candidate {
    /// Its place among the columns.
    pub at: usize,
    pub field: &'static Field,
    /// The less, the clearer.
    pub order: usize,
    pub weight: usize,
}

/// Fields of indicators that are amounts.
const AMOUNTS: &[&str] = &["value", "prev", "target", "base"];

/// Ends of heads over units and people, whatever stands before them: 项目单位 are no projects.
const OTHERS: &[&str] = &["单位", "部门", "乡镇", "街道", "镇", "村", "园区", "人员", "姓名", "人", "领导"];

/// A table, looked at as one of a list.
#[derive(Clone, Copy)]
struct As<'a> {
    sight: &'a Sight<'a, 'a>,
    list: &'a List,
    /// The path of ids.
    id: &'a str,
}

/// What the columns of a table may hold of a list: the names first, then the clearest.
pub fn all(sight: &Sight<'_, '_>, list: &List, id: &str) -> Vec<Candidate> {
    let table = As { sight, list, id };
    let mut found: Vec<Candidate> = (0..sight.columns.len()).flat_map(|at| table.of_column(at)).collect();
    let first = list.fields[0].id;
    if !found.iter().any(|c| c.field.id == first) {
        found.extend(table.by_noun().or_else(|| table.by_place(&found)));
    }
    if !sight.is_said || found.iter().any(|c| c.field.id == first) {
        found.extend(table.by_hint(&found));
    }
    if id == "units" {
        table.one_measure(&mut found);
    }
    // Names first: without them there is no record, and 问题描述 is one where no other head is.
    found.sort_by_key(|c| (c.field.id != first, c.order, c.at));
    found
}

impl<'a> As<'a> {
    fn column(&self, at: usize) -> &'a Column {
        &self.sight.columns[at]
    }

    fn values(&self, at: usize) -> &'a [&'a str] {
        &self.sight.values[at]
    }

    fn field(&self, id: &str) -> Option<&'static Field> {
        self.list.fields.iter().find(|field| field.id == id)
    }

    /// Whether what stands in a column looks like a field.
    fn fits(&self, at: usize, field: &Field) -> bool {
        let head = self.column(at).head.shown();
        let looked = Looked {
            values: self.values(at),
            unit: self.column(at).head.unit(),
            head: head.trim_end_matches(['）', '%']),
            corner: self.sight.region.corner.as_deref(),
        };
        fits(self.id, field, &looked)
    }

    /// The fields that a column may hold, as far as its values look like them.
    fn of_column(&self, at: usize) -> Vec<Candidate> {
        let found = match &self.sight.said[at] {
            Some(HeadSaid::Left) => return Vec::new(),
            Some(HeadSaid::Field(of, word)) => {
                if of.as_ref().is_some_and(|of| of.path != self.list.path) {
                    return Vec::new();
                }
                let field = called(self.list.fields, word);
                field.map(|field| Candidate { at, field, order: 0, weight: 4 }).into_iter().collect()
            }
            None => self.by_head(at),
        };
        let head = &self.column(at).head;
        // A percentage beside indicators that have measures of their own is how much of a plan was done.
        let is_share = !self.sight.measures.is_empty() && head.unit() == Some("%");
        // What is invested in one year is not what a project costs.
        let is_of_a_year = head.year().is_some();
        let is_past = self.sight.year.is_some() && head.year() == self.sight.year.map(|year| year - 1);
        let past = self.list.fields.iter().find(|f| ["prev", "base"].contains(&f.id));
        // A whole year is not what nine months are compared with, nor is the year before the last.
        let is_older = head.year().zip(self.sight.year).is_some_and(|(year, this)| year + 1 < this);
        let is_other_time = is_older || is_past && head.month() != self.sight.month;
        let found = found.into_iter().filter(|one| {
            let is_amount = AMOUNTS.contains(&one.field.id);
            let is_value = one.field.id == "value";
            !(is_share && is_amount || is_of_a_year && one.field.id == "invest" || is_other_time && is_value)
        });
        // 2025年完成 in a table of 2026 is what was done the year before.
        let dated = |one: Candidate| match past.filter(|_| is_past && one.field.id == "value") {
            Some(field) => Candidate { field, order: one.order + 50, ..one },
            None => one,
        };
        found.map(dated).collect()
    }

    /// The fields that the head of a column speaks for.
    fn by_head(&self, at: usize) -> Vec<Candidate> {
        let head = &self.column(at).head;
        let senses = &self.sight.senses[at];
        let lists = |field: &Sense| {
            let others = senses.iter().filter(|s| s.list != field.list && s.field != "called").count();
            usize::from(others == 0) + 1
        };
        let mut found: Vec<Candidate> = Vec::new();
        for sense in senses.iter().filter(|s| s.list == self.id) {
            let first = &self.list.fields[0];
            let (field, order, weight) = match sense.field {
                "name" => (Some(first), 1 + sense.order, 4),
                // What many rows share sorts them, where another column is called so too: 项目 beside 工作内容.
                "called" => (Some(first), 500 + sense.order + 50 * usize::from(!self.differs(at)), 1),
                other => (self.field(other), 1 + sense.order, lists(sense)),
            };
            if let Some(field) = field.filter(|field| self.fits(at, field)) {
                found.push(Candidate { at, field, order, weight });
            }
        }
        // What the table of facts itself calls it, where the lexicon does not know the head.
        if let [only] = &head.parts[..]
            && only.senses().is_none()
            && let Some(field) = called(self.list.fields, &only.bare).filter(|field| self.fits(at, field))
        {
            found.push(Candidate { at, field, order: 900, weight: 1 });
        }
        if found.is_empty() && !self.values(at).is_empty() {
            found.extend(self.by_end(at));
        }
        found
    }

    /// What a head means of which only the end is known; of units also a share that nobody foresaw: 缴费率.
    fn by_end(&self, at: usize) -> Option<Candidate> {
        let own = self.column(at).head.last()?;
        let is_share =
            own.bare.ends_with('率') || own.unit.as_deref() == Some("%") && own.bare.contains('完');
        let is_another = lexicon::TURNS_SHARES.iter().any(|turn| own.bare.contains(turn));
        let (field, order) = if self.id == "units" && is_share && !is_another {
            // Of several shares the one of what was done: 签约完成率 beside 履约率.
            let order = if own.bare.ends_with("完成率") { 790 } else { 800 };
            (self.field("figure").filter(|field| self.fits(at, field))?, order)
        } else if !own.is_neutral() {
            // 进度 is a share or a sentence.
            let all = heads::senses_of_end(&own.bare, Some(self.id)).into_iter();
            let mut fields = all.filter_map(|sense| match sense.field {
                "name" => Some((&self.list.fields[0], 600 + sense.order)),
                "called" => None,
                other => Some((self.field(other)?, 600 + sense.order)),
            });
            fields.find(|(field, _)| self.fits(at, field))?
        } else {
            return None;
        };
        // What is known elsewhere says little here.
        Some(Candidate { at, field, order, weight: usize::from(own.senses().is_none()) })
    }

    /// Of shares and points, what the table is about: points where its title speaks of them, or there is no share.
    fn one_measure(&self, found: &mut Vec<Candidate>) {
        let is_score =
            |one: &Candidate| one.field.id == "figure" && is_score(&self.column(one.at).head.shown());
        let has_share = found.iter().any(|one| one.field.id == "figure" && !is_score(one));
        let says = |text: &str| lexicon::SCORED.iter().any(|word| text.contains(word));
        let is_titled = self.sight.region.titles.iter().any(|title| says(title)) || says(self.sight.name);
        if has_share {
            found.retain(|one| one.field.id != "figure" || is_score(one) == is_titled);
        }
    }

    /// The first column under a head that is not known and has the noun of the list in it, where no other
    /// holds the names.
    fn by_noun(&self) -> Option<Candidate> {
        let (_, nouns) = lexicon::NOUNS.iter().find(|(of, _)| self.id.ends_with(of))?;
        let field = &self.list.fields[0];
        let is_it = |at: &usize| {
            let Some(own) = self.column(*at).head.last() else { return false };
            own.senses().is_none()
                && (ends_in(&own.bare, nouns) || !ends_in(&own.bare, OTHERS))
                && !self.values(*at).is_empty()
                && nouns.iter().any(|n| own.bare.contains(n))
                && self.fits(*at, field)
        };
        // Names stand first, but for numbers and kinds.
        let at = (0..self.sight.columns.len().min(3)).find(is_it)?;
        Some(Candidate { at, field, order: 900, weight: 2 })
    }

    /// The column of names by what stands in it, under a head that nobody foresaw: towns, people, or what
    /// differs from row to row, where other heads leave no doubt of the kind.
    fn by_place(&self, found: &[Candidate]) -> Option<Candidate> {
        let mut fields: Vec<(&str, usize)> = Vec::new();
        for one in found.iter().filter(|one| one.order < 1000) {
            match fields.iter_mut().find(|(id, _)| *id == one.field.id) {
                Some((_, weight)) => *weight = one.weight.max(*weight),
                None => fields.push((one.field.id, one.weight)),
            }
        }
        let known: usize = fields.iter().map(|(_, weight)| weight).sum();
        // A title that says the list, or a head that at least says it is over names: 路线名称.
        let says_names =
            |at: usize| self.column(at).head.last().is_some_and(|own| own.bare.ends_with("名称"));
        let is_titled =
            self.sight.titled(self.id) > 0 || (0..self.sight.columns.len().min(3)).any(says_names);
        let (needed, fields_needed) = match self.id {
            "units" | "people" => (1, 1),
            "projects" | "tasks" | "indicators" | "problems" | "honours" if is_titled => (2, 2),
            "projects" | "tasks" | "indicators" | "problems" | "honours" => (4, 2),
            _ => return None,
        };
        if known < needed || fields.len() < fields_needed {
            return None;
        }
        let sorts = |at: usize| {
            let own = self.column(at).head.last();
            own.is_some_and(|own| ends_in(&own.bare, lexicon::KINDS))
        };
        let is_it = |at: &usize| self.may_be_names(*at) && !found.iter().any(|one| one.at == *at);
        let first = 0..self.sight.columns.len().min(3);
        // 类别 sorts records, but where nothing else names indicators it does.
        let other = || first.clone().find(|at| self.id == "indicators" && is_it(at));
        let at = first.clone().find(|at| !sorts(*at) && is_it(at)).or_else(other)?;
        Some(Candidate { at, field: &self.list.fields[0], order: 1100, weight: 1 })
    }

    /// Whether what a column holds differs from row to row.
    fn differs(&self, at: usize) -> bool {
        let values = self.values(at);
        let most = self.sight.values.iter().map(Vec::len).max().unwrap_or(0);
        let mut each = values.to_vec();
        each.sort_unstable();
        each.dedup();
        values.len() * 5 >= most * 4 && each.len() * 10 >= values.len() * 9
    }

    /// Whether a column holds what differs from row to row and looks like names of the list.
    fn may_be_names(&self, at: usize) -> bool {
        let values = self.values(at);
        let own = self.column(at).head.last();
        let bare = own.map_or("", |own| own.bare.as_str());
        let is_new = own.is_none_or(|own| own.senses().is_none())
            || self.id == "projects" && lexicon::CONTENTS.contains(&bare)
            || self.id == "indicators" && lexicon::KINDS.contains(&bare);
        let is_many = values.len() > 1 && self.differs(at);
        let all =
            |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 5 >= values.len() * 4;
        let looks_so = match self.id {
            "units" => all(&is_office),
            "people" => all(&has_surname),
            _ => {
                !all(&|v| narrow(v).starts_with(|c: char| c.is_ascii_digit()))
                    && all(&|v| (2..50).contains(&v.chars().count()) && !is_number(v))
                    && !all(&has_surname)
                    && !all(&|v| v.ends_with("公司") || v.ends_with("合作社"))
                    && !ends_in(bare, OTHERS)
            }
        };
        is_new && is_many && looks_so && self.fits(at, &self.list.fields[0])
    }

    /// The fields that parts of heads speak for which are not known: each only where one column says it, and
    /// that column nothing else.
    fn by_hint(&self, found: &[Candidate]) -> Vec<Candidate> {
        let mut hinted: Vec<Candidate> = Vec::new();
        for (at, column) in self.sight.columns.iter().enumerate() {
            let Some(own) = column.head.last() else { continue };
            // 时间 alone is the deadline of a task, and says nothing elsewhere.
            let is_time =
                self.id == "tasks" && !self.sight.has_clock && ["时间", "日期"].contains(&&*own.bare);
            let is_other = own.is_neutral() && !is_time
                || column.head.is_one_of(lexicon::UNIT)
                || found.iter().any(|one| one.at == at)
                || self.values(at).is_empty();
            if is_other {
                continue;
            }
            let groups: String = column.head.parts.iter().map(|part| part.bare.as_str()).collect();
            let text = if own.bare.chars().count() < 3 { &groups } else { &own.bare };
            let unit = column.head.unit();
            for named in heads::hinted(self.id, text, &groups) {
                let Some(field) = self.field(named) else { continue };
                let is_share =
                    unit == Some("%") && !self.sight.measures.is_empty() && AMOUNTS.contains(&named);
                let is_no_money = named == "invest"
                    && (unit.is_some_and(|unit| !unit.ends_with('元')) || column.head.year().is_some());
                let is_known = found.iter().any(|one| one.field.id == named);
                if !is_known && !is_share && !is_no_money && self.fits(at, field) {
                    hinted.push(Candidate { at, field, order: 1000, weight: 1 });
                }
            }
        }
        let is_only = |one: &Candidate| {
            hinted.iter().filter(|c| c.field.id == one.field.id || c.at == one.at).count() == 1
        };
        hinted.iter().copied().filter(is_only).collect()
    }
}

fn ends_in(words: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| words.ends_with(end))
}
