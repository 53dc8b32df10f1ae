//! A corpus at hand for as long as a door is open.
//!
//! A process that checks one paper opens the corpus and ends. An editor's or the page's stays for hours,
//! while others add to the corpus and tighten it; on a network share a file that was replaced can no longer
//! be read then, be it open or not. What came of a check that met this is thrown away, the corpus is opened
//! anew, and the paper is checked again from its beginning: half of an answer would be an all-clear that
//! nobody gave.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Corpus, PostingStore, Stock};
use crate::base::{Error, ErrorKind, Result};

/// A store that several checks share.
pub type Shared = Arc<dyn PostingStore>;

/// How often what changed under a check is opened anew for it.
const AGAIN: usize = 3;

/// A corpus that is opened anew where it has changed, with the set phrases that go with it.
pub struct Held {
    open: Box<dyn Fn() -> Result<Shared> + Send + Sync>,
    now: Mutex<Shared>,
    /// Known set phrases.
    pub stock: Stock,
}

impl Held {
    /// Opens a corpus; `open` is asked again where it has changed.
    ///
    /// # Errors
    /// Those of `open`.
    pub fn new(open: impl Fn() -> Result<Shared> + Send + Sync + 'static, stock: Stock) -> Result<Self> {
        let now = Mutex::new(open()?);
        Ok(Self { open: Box::new(open), now, stock })
    }

    /// The store as it was opened last.
    #[must_use]
    pub fn store(&self) -> Shared {
        Arc::clone(&self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs something on the corpus, again from its beginning if the corpus changed under it. A failure
    /// that `run` put into the corpus counts as its own.
    ///
    /// # Errors
    /// Those of `run`, and of opening the corpus anew.
    pub fn with<T>(&self, mut run: impl FnMut(Corpus<'_>) -> Result<T>) -> Result<T> {
        let mut turn = 0;
        loop {
            let (store, failure) = (self.store(), OnceLock::new());
            let done = run(Corpus { store: &*store, stock: &self.stock, failure: &failure });
            let error = match (failure.into_inner(), done) {
                (None, Ok(done)) => return Ok(done),
                (Some(error), _) | (None, Err(error)) => error,
            };
            turn += 1;
            if error.kind() != ErrorKind::Changed || turn > AGAIN {
                return Err(error);
            }
            self.reopen(&store)?;
        }
    }

    /// Opens the corpus anew, unless somebody else did so since `old` was opened.
    fn reopen(&self, old: &Shared) -> std::result::Result<(), Error> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&now, old) {
            *now = (self.open)()?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held").field("documents", &self.store().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{AGAIN, Held};
    use crate::base::{ErrorKind, Problem, Result, Text};
    use crate::corpus::{MemoryStore, Stock};

    fn changed() -> crate::base::Error {
        Problem::new(Text::fixed("换了", "changed")).kind(ErrorKind::Changed).into()
    }

    #[test]
    fn what_changed_under_a_check_is_opened_anew_and_checked_again() {
        let opened = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&opened);
        let open = move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Arc::new(MemoryStore::of(Vec::new())) as super::Shared)
        };
        let held = Held::new(open, Stock::default()).unwrap();
        let mut runs = 0;
        let done: Result<i32> = held.with(|corpus| {
            runs += 1;
            if runs == 1 {
                corpus.failed(changed());
            }
            Ok(7)
        });
        assert_eq!((done.unwrap(), runs, opened.load(Ordering::Relaxed)), (7, 2, 2));
        // One that keeps changing is told, and so is any other failure, at once.
        let mut runs = 0;
        let done: Result<()> = held.with(|_| {
            runs += 1;
            Err(changed())
        });
        assert_eq!((done.unwrap_err().kind(), runs), (ErrorKind::Changed, AGAIN + 1));
        let mut runs = 0;
        let done: Result<()> = held.with(|corpus| {
            runs += 1;
            corpus.failed(Problem::new(Text::fixed("坏了", "broken")).into());
            Ok(())
        });
        assert!(done.is_err() && runs == 1);
    }
}
