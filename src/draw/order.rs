//! Sorting, compiled once for all that is sorted: each further kind of element would add three kilobytes to the page.

/// The items in the order of their keys; items of the same key keep theirs.
pub fn ordered<T>(items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let mut places: Vec<(u64, usize)> = items.iter().map(key).zip(0..).collect();
    if places.is_sorted() {
        return items;
    }
    places.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(_, place)| items[place].take()).collect()
}

/// A key for moments, none of which is negative: their order is that of their bits.
pub fn moment_key(seconds: f64) -> u64 {
    seconds.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        assert_eq!(ordered(items, |item| item.0), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn moments_are_in_the_order_of_their_keys() {
        let moments = [0.0, 0.01, 0.5, 1.0, 1.0 + f64::EPSILON, 1e9];
        assert!(moments.is_sorted_by_key(|moment| moment_key(*moment)));
    }
}
