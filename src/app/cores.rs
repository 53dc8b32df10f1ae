//! The one place where work goes to several cores; a page has one, and one document needs no more.

use rayon::prelude::*;

/// `work` on each of `all`, in their order.
pub(super) fn each<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if all.len() > 1 && !cfg!(target_family = "wasm") {
        all.par_iter().map(&work).collect()
    } else {
        all.iter().map(work).collect()
    }
}
