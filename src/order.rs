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

/// Sorts in place, by what `is_less` says of two things. Equal ones keep their order.
pub fn sort<T>(items: &mut Vec<T>, is_less: &mut dyn FnMut(&T, &T) -> bool) {
    let order = ascending(items.len(), &mut |left, right| is_less(&items[left], &items[right]));
    let mut places: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|position| places[position].take()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_keep_their_order() {
        let words = ["pear", "fig", "apple", "kiwi", "date", "plum", "lime"];
        let mut sorted = words.to_vec();
        sort(&mut sorted, &mut |left, right| left.len() < right.len());
        assert_eq!(sorted, ["fig", "pear", "kiwi", "date", "plum", "lime", "apple"]);
    }

    #[test]
    fn any_number_of_things_is_sorted() {
        for count in 0..70_usize {
            let mut numbers: Vec<usize> = (0..count).map(|number| number * 31 % 67).collect();
            let mut expected = numbers.clone();
            expected.sort_unstable();
            sort(&mut numbers, &mut |left, right| left < right);
            assert_eq!(numbers, expected);
        }
    }
}
