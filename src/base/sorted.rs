//! Lists in order, as bags.

/// How many two lists in order have in common, each as often as it stands in both.
#[must_use]
pub fn in_common<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::in_common;

    #[test]
    fn what_stands_twice_in_one_counts_once_with_one_in_the_other() {
        assert_eq!(in_common(&[1, 2, 2, 3, 5], &[2, 3, 3, 4, 5]), 3);
        assert_eq!(in_common(&[1, 1], &[1, 1, 1]), 2);
        assert_eq!(in_common::<u32>(&[], &[1]), 0);
    }
}
