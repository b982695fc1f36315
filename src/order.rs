//! Sorting, with one copy of the code for everything that is sorted: each copy of the standard library's would add
//! four kilobytes to the page.

/// The positions of `count` things in ascending order, by what `is_less` says of two positions. Equal ones keep theirs.
pub fn ascending(count: usize, is_less: &mut dyn FnMut(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = order.clone();
    let mut width = 1;
    while width < count {
        for begin in (0..count).step_by(2 * width) {
            let middle = (begin + width).min(count);
            let end = (begin + 2 * width).min(count);
            let (mut left, mut right) = (begin, middle);
            for place in &mut merged[begin..end] {
                // The left one goes first unless the right one is less: what is equal stays in order.
                let takes_left = right >= end || (left < middle && !is_less(order[right], order[left]));
                let from = if takes_left { &mut left } else { &mut right };
                *place = order[*from];
                *from += 1;
            }
        }
        std::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

/// The items in the order of their keys. Items of the same key keep theirs.
pub fn ordered<T>(mut items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let keys: Vec<u64> = items.iter().map(key).collect();
    if keys.is_sorted() {
        return items;
    }
    let order = ascending(keys.len(), &mut |left, right| keys[left] < keys[right]);
    for (one, other) in exchanges(order) {
        items.swap(one, other);
    }
    items
}

/// What has to be exchanged, one pair after the other, for each place to get what stood at the position it names.
fn exchanges(mut order: Vec<usize>) -> Vec<(usize, usize)> {
    let mut exchanges = Vec::new();
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start || from == place {
                break;
            }
            exchanges.push((place, from));
            place = from;
        }
    }
    exchanges
}

/// A key for moments, none of which is negative: their order is that of their bits.
pub fn moment_key(seconds: f64) -> u64 {
    seconds.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_keep_their_order() {
        let words = ["pear", "fig", "apple", "kiwi", "date", "plum", "lime"];
        let sorted = ["fig", "pear", "kiwi", "date", "plum", "lime", "apple"];
        assert_eq!(ordered(words.to_vec(), |word| word.len() as u64), sorted);
    }

    #[test]
    fn any_number_of_things_is_sorted() {
        for count in 0..70_usize {
            let numbers: Vec<usize> = (0..count).map(|number| number * 31 % 67).collect();
            assert!(ordered(numbers.clone(), |number| *number as u64).is_sorted());
            let order = ascending(count, &mut |left, right| numbers[left] < numbers[right]);
            assert!(order.iter().map(|position| numbers[*position]).is_sorted());
        }
    }

    #[test]
    fn moments_are_in_the_order_of_their_keys() {
        let moments = [0.0, 0.01, 0.5, 1.0, 1.0 + f64::EPSILON, 1e9];
        assert!(moments.is_sorted_by_key(|moment| moment_key(*moment)));
    }
}
