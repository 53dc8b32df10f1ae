//! What a skeleton may cost: so many steps, so much text, values of a bounded size.
//!
//! A skeleton is a small program, and one from elsewhere may be any. Tera has no bound of its own, so
//! [`bounded`](super::bounded) writes two filters into the body before Tera sees it: `weighed` behind
//! whatever is assigned, said, joined, compared or handed to a filter, `walked` behind what a loop goes
//! through. They count here, by what values weigh and never by the clock, so that the same skeleton and
//! facts end the same way on every machine. Tera's own filters that can make much of little are written
//! anew with a look at the outcome first.
//!
//! The count belongs to one rendering, and filters are given nothing of it: it lies in the thread while
//! [`render`] is at work.

use std::cell::RefCell;
use std::io::{self, Write};

use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::mark;
use crate::base::{Problem, Text};
use crate::model::Facts;
use crate::model::facts::{Record, Value as Known};
use crate::text;

/// The filters that the scan writes into a body.
pub(super) const WEIGHED: &str = "weighed";
pub(super) const WALKED: &str = "walked";

/// Steps of a rendering, each about 100 ns at most; the library's own take a few thousand.
pub(super) const STEPS: u64 = 8_000_000;
/// Steps more for each byte of the facts, since lists are gone through within lists.
const STEPS_OF_FACTS: u64 = 64;
/// The weight of one value in bytes, and how many times that of all facts it may be beyond.
const VALUE: usize = 256 << 10;
/// The items that a list out of nothing may have (`range`, `split`).
const ITEMS: usize = 10_000;
/// The bytes of a rendered text, marks included.
const OUTPUT: usize = 1 << 20;
/// Values within values, and phrases within phrases.
const DEPTH: usize = 16;
/// What a number, or the shell of a text or list, weighs.
const SHELL: usize = 32;

/// A bound that a skeleton ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Steps,
    Value,
    Items,
    Depth,
    Output,
}

impl Bound {
    /// What happened and what can be done.
    pub(super) fn problem(self) -> Problem {
        let (what, help) = match self {
            Self::Steps => (
                text!("模板运算太多，到这里停了下来", "the skeleton computes too much, and was stopped here"),
                Text::fixed(
                    "看看循环是不是套得太深、范围太大；要成批出稿，用 wengao draft --each",
                    "look for loops within loops and long ranges; for many documents use `wengao draft --each`",
                ),
            ),
            Self::Value => (
                text!(
                    "模板里有一个值越滚越大，到这里停了下来",
                    "a value of the skeleton grows too large, and was stopped here"
                ),
                Text::fixed(
                    "不要在循环里把一个变量接到它自己后面；要说的话直接写在正文里",
                    "do not join a variable to itself in a loop; say the words in the body where they belong",
                ),
            ),
            Self::Items => (
                text!(
                    "模板造出的列表超过 {ITEMS} 项",
                    "the skeleton makes a list of more than {ITEMS} items"
                ),
                Text::fixed(
                    "把 range、split 的范围改小；成批的内容放到事实文件的列表里",
                    "make the `range` or `split` smaller; put what there is much of into a list of the facts",
                ),
            ),
            Self::Depth => (
                text!(
                    "模板里的值或套语一层套一层，超过 {DEPTH} 层",
                    "values or phrases of the skeleton stand within one another more than {DEPTH} deep"
                ),
                Text::fixed("拆开来分别写", "write them one by one"),
            ),
            Self::Output => (
                text!(
                    "模板写出的文字太多，到这里停了下来",
                    "the skeleton writes too much text, and was stopped here"
                ),
                Text::fixed(
                    "看看循环的次数；一篇写不下的，分成几篇",
                    "look how often its loops go round; make several documents of what does not fit into one",
                ),
            ),
        };
        Problem::new(what).help(help)
    }
}

/// How much a rendering may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    steps: u64,
    value: usize,
    items: usize,
    output: usize,
    /// What all facts weigh.
    facts: usize,
}

impl Limits {
    /// Those of a skeleton of so many bytes with these facts.
    pub(super) fn of(skeleton: usize, facts: &Facts) -> Self {
        let facts = weight_of(&facts.root);
        Self {
            steps: STEPS + STEPS_OF_FACTS * facts as u64,
            value: VALUE + 2 * skeleton + 4 * facts,
            items: ITEMS,
            output: OUTPUT + 2 * skeleton + 8 * facts,
            facts,
        }
    }

    /// The bytes that phrases may put into one another, and the steps that they may take.
    pub(super) fn for_phrases(&self) -> (usize, u64) {
        (16 * self.output, self.steps)
    }
}

/// What the facts weigh, about as [`weight`] would have them.
fn weight_of(record: &Record) -> usize {
    fn one(value: &Known) -> usize {
        match value {
            Known::Record(record) => weight_of(record),
            Known::List(items) => SHELL + items.iter().map(|item| one(&item.value)).sum::<usize>(),
            other => SHELL + other.text().map_or(0, |text| text.len()),
        }
    }
    SHELL + record.iter().map(|(key, fact)| SHELL + key.len() + one(&fact.value)).sum::<usize>()
}

/// The count of a rendering that is under way.
struct Count {
    limits: Limits,
    left: u64,
    /// What the heaviest value so far weighs: an `in` may have to go through it.
    heaviest: usize,
    /// The bound that was met.
    met: Option<Bound>,
}

thread_local! {
    static COUNT: RefCell<Option<Count>> = const { RefCell::new(None) };
}

/// Takes the count away when a rendering is over, also by a panic.
struct Over;

impl Drop for Over {
    fn drop(&mut self) {
        COUNT.with_borrow_mut(|count| *count = None);
    }
}

/// What became of a rendering that failed.
pub(super) struct Failed {
    pub error: tera::Error,
    /// The bound that it met, if it did, with the line at which output ended where Tera knows none.
    pub met: Option<(Bound, Option<u32>)>,
}

/// Renders a template within its limits.
///
/// # Errors
/// As Tera has it; with the bound, where one was met.
pub(super) fn render(tera: &Tera, name: &str, context: &Context, limits: Limits) -> Result<String, Failed> {
    let count = Count { limits, left: limits.steps, heaviest: limits.facts, met: None };
    COUNT.with_borrow_mut(|own| *own = Some(count));
    let over = Over;
    let mut page = Page { text: Vec::new(), most: limits.output, is_full: false };
    let outcome = tera.render_to(name, context, &mut page);
    let met = COUNT.with_borrow(|count| count.as_ref().and_then(|count| count.met));
    #[cfg(test)]
    SPENT
        .set(SPENT.get().max(COUNT.with_borrow(|count| count.as_ref().map_or(0, |c| limits.steps - c.left))));
    drop(over);
    match outcome {
        Ok(()) => String::from_utf8(page.text)
            .map_err(|e| Failed { error: tera::Error::message(e.to_string()), met: None }),
        Err(error) if page.is_full => {
            let line = last_line(&page.text);
            Err(Failed { error, met: Some((Bound::Output, line)) })
        }
        Err(error) => Err(Failed { error, met: met.map(|bound| (bound, None)) }),
    }
}

/// A text that ends at its bound.
struct Page {
    text: Vec<u8>,
    most: usize,
    is_full: bool,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > self.most {
            self.is_full = true;
            return Err(io::Error::other("the page is full"));
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
thread_local! {
    static SPENT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// The most steps that a rendering took while this was done.
#[cfg(test)]
pub(super) fn spent<T>(work: impl FnOnce() -> T) -> (T, u64) {
    SPENT.set(0);
    let outcome = work();
    (outcome, SPENT.get())
}

/// The line of the skeleton that wrote last, by its marks.
fn last_line(text: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(text);
    let at = text.rfind([mark::LINE, mark::VALUE])?;
    let digits = &text[at + mark::LINE.len_utf8()..];
    u32::try_from(mark::read_number(digits).0).ok()
}

/// Registers what counts, and what stands for Tera's own where that makes much of little.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(WEIGHED, weighed);
    tera.register_filter(WALKED, walked);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
    tera.register_filter("split", split);
    tera.register_filter("unique", unique);
    tera.register_function("range", range);
}

/// The error of a bound, which the count remembers.
fn stopped(count: &mut Count, bound: Bound) -> tera::Error {
    count.met = Some(bound);
    tera::Error::message(format!("the skeleton is stopped: {bound:?}"))
}

/// Asks the count, where a rendering is under way.
fn count<T>(ask: impl FnOnce(&mut Count) -> Result<T, Bound>, otherwise: T) -> TeraResult<T> {
    COUNT.with_borrow_mut(|count| match count {
        Some(count) => ask(count).map_err(|bound| stopped(count, bound)),
        None => Ok(otherwise),
    })
}

impl Count {
    fn spend(&mut self, steps: u64) -> Result<(), Bound> {
        self.left = self.left.checked_sub(steps).ok_or(Bound::Steps)?;
        Ok(())
    }

    /// What a value weighs, which may not be too much.
    fn weigh(&mut self, value: &Value) -> Result<usize, Bound> {
        let mut weight = 0;
        add_weight(value, 0, self.limits.value, &mut weight)?;
        self.heaviest = self.heaviest.max(weight);
        Ok(weight)
    }
}

fn add_weight(value: &Value, depth: usize, most: usize, weight: &mut usize) -> Result<(), Bound> {
    *weight += SHELL;
    if let Some(text) = value.as_str() {
        *weight += text.len();
        if phrases_deep(text) > DEPTH {
            return Err(Bound::Depth);
        }
    }
    if *weight > most {
        return Err(Bound::Value);
    }
    if depth >= DEPTH && (value.is_array() || value.is_map()) {
        return Err(Bound::Depth);
    }
    for item in value.as_array().unwrap_or_default() {
        add_weight(item, depth + 1, most, weight)?;
    }
    for (key, item) in value.as_map().into_iter().flatten() {
        *weight += SHELL + key.as_str().map_or(0, str::len);
        add_weight(item, depth + 1, most, weight)?;
    }
    Ok(())
}

/// How deep phrases stand within one another in a marked text.
fn phrases_deep(text: &str) -> usize {
    let Some(first) = mark::find_phrase(text) else { return 0 };
    let (mut depth, mut deepest) = (0_usize, 0);
    for sign in text[first..].chars() {
        match sign {
            mark::PHRASE => depth += 1,
            mark::PHRASE_END => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// What a filter works on costs one step for so many bytes.
const BYTES_A_STEP: usize = 64;
/// What is copied costs one for so many.
const COPIED_A_STEP: usize = 1024;

/// `value | weighed`: the value, counted. `joins=n` for a part of a text that is copied so many times until all
/// parts stand together; `seeks=true` before an `in`, which may go through any list.
fn weighed(value: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let joins = kwargs.get::<usize>("joins")?.unwrap_or(0);
    let may_seek = kwargs.get::<bool>("seeks")?.unwrap_or(false);
    count(
        |count| {
            let weight = count.weigh(&value)?;
            let sought = if may_seek { count.heaviest } else { 0 };
            let steps = 1 + (weight + sought) / BYTES_A_STEP + joins.saturating_mul(weight) / COPIED_A_STEP;
            count.spend(steps as u64)
        },
        (),
    )?;
    Ok(value)
}

/// `list | walked(n=…)`: the list, its rounds counted, each as heavy as what stands in the loop.
fn walked(value: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let each = kwargs.must_get::<u64>("n")?;
    count(
        |count| {
            let rounds = value.len().unwrap_or(0) as u64;
            count.heaviest = count.heaviest.max(value.as_str().map_or(0, str::len));
            count.spend(1 + rounds.saturating_mul(each))
        },
        (),
    )?;
    Ok(value)
}

/// Counts work on the way to something of this weight, which it may not exceed.
pub(super) fn made(steps: usize, weight: usize) -> TeraResult<()> {
    count(
        |count| {
            if weight > count.limits.value {
                return Err(Bound::Value);
            }
            count.spend((steps + weight / BYTES_A_STEP) as u64)
        },
        (),
    )
}

fn listed(items: usize) -> TeraResult<()> {
    count(
        |count| {
            if items > count.limits.items.max(count.limits.facts) {
                return Err(Bound::Items);
            }
            count.spend(items as u64)
        },
        (),
    )
}

/// `replace(from=…, to=…)`, as Tera has it.
fn replace(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let (from, to): (&str, &str) = (kwargs.must_get("from")?, kwargs.must_get("to")?);
    let times = text.matches(from).count();
    made(1, text.len().saturating_add(times.saturating_mul(to.len())))?;
    Ok(text.replace(from, to))
}

/// `join(sep=…)`, as Tera has it.
fn join(items: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let sep = kwargs.get::<&str>("sep")?.unwrap_or_default();
    made(items.len(), items.len().saturating_mul(sep.len()))?;
    Ok(items.iter().map(ToString::to_string).collect::<Vec<_>>().join(sep))
}

/// `split(pat=…)`, as Tera has it.
fn split(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let pat: &str = kwargs.must_get("pat")?;
    listed(text.matches(pat).count() + 1)?;
    Ok(Value::from(text.split(pat).map(Value::from).collect::<Vec<_>>()))
}

/// `indent(width=4, first=false, blank=false)`, as Tera has it, by spaces.
fn indent(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4);
    let first = kwargs.get::<bool>("first")?.unwrap_or(false);
    let blank = kwargs.get::<bool>("blank")?.unwrap_or(false);
    made(1, text.lines().count().saturating_mul(width).saturating_add(text.len()))?;
    let margin = " ".repeat(width);
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_blank = line.trim_end_matches('\n').is_empty();
        if if number == 0 { first } else { !is_blank || blank } {
            out.push_str(&margin);
        }
        out.push_str(line);
    }
    Ok(out)
}

/// `unique`, as Tera has it: each item is compared with those that stand.
fn unique(items: &[Value], _: Kwargs, _: &State) -> TeraResult<Vec<Value>> {
    made(items.len().saturating_mul(items.len()) / 8, 0)?;
    let mut out: Vec<Value> = Vec::new();
    for item in items {
        if !out.contains(item) {
            out.push(item.clone());
        }
    }
    Ok(out)
}

/// `range(end=…, start=0, step_by=1)`, as Tera has it.
fn range(kwargs: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or_default();
    let end: i64 = kwargs.must_get("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || step > 0 && start > end {
        return Err(tera::Error::message("`range` wants a step that leads from its start to its end"));
    }
    let far = if step > 0 {
        end.abs_diff(start)
    } else if start > end {
        start.abs_diff(end)
    } else {
        0
    };
    let items = far.div_ceil(step.unsigned_abs());
    listed(usize::try_from(items).unwrap_or(usize::MAX))?;
    let step_to = |n: u64| {
        i64::try_from(n).ok().and_then(|n| n.checked_mul(step)).and_then(|far| start.checked_add(far))
    };
    Ok((0..items).filter_map(step_to).collect())
}
