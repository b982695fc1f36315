//! Python's `random`: the same numbers, drawn in the same order.
//!
//! CPython 3.14 decides which numbers are drawn for what (`Modules/_randommodule.c`, `Lib/random.py`), and a program with
//! a fixed seed relies on it. The generator is the Mersenne Twister MT19937 of Matsumoto and Nishimura.

use super::elementary::{cos, ln, sin};

/// Words of the generator's state.
const WORDS: usize = 624;
/// How far apart two words are that are mixed.
const DISTANCE: usize = 397;
/// 4 e^(-1/2) / sqrt(2), of the ratio-of-uniforms method of Kinderman and Monahan.
const NORMAL_FACTOR: f64 = 1.7155277699214135;

/// A generator of random numbers (`random.Random`).
#[derive(Clone, Debug, PartialEq)]
pub struct MersenneTwister {
    state: [u32; WORDS],
    /// The next word of the state to be used.
    index: usize,
    /// The second number of the pair that [`Self::gauss`] draws at once.
    gauss_next: Option<f64>,
}

impl MersenneTwister {
    /// The generator that `random.seed(seed)` makes; for a negative seed, give its absolute value, as Python does.
    pub fn from_seed(seed: u64) -> Self {
        let (low, high) = (seed as u32, (seed >> 32) as u32);
        let key: &[u32] = if high == 0 { &[low] } else { &[low, high] };
        let mut twister = Self { state: [0; WORDS], index: WORDS, gauss_next: None };
        twister.fill(19_650_218);
        let mut at = 1;
        for step in 0..WORDS {
            let position = step % key.len();
            twister.state[at] = twister.mixed(at, 1_664_525).wrapping_add(key[position]).wrapping_add(position as u32);
            at = twister.after(at);
        }
        for _ in 1..WORDS {
            twister.state[at] = twister.mixed(at, 1_566_083_941).wrapping_sub(at as u32);
            at = twister.after(at);
        }
        twister.state[0] = 1 << 31;
        twister
    }

    /// A word of the state, mixed with the one before it.
    fn mixed(&self, at: usize, factor: u32) -> u32 {
        let before = self.state[at - 1];
        self.state[at] ^ (before ^ (before >> 30)).wrapping_mul(factor)
    }

    /// The index after this one, where the last is also the one before the second.
    fn after(&mut self, at: usize) -> usize {
        if at + 1 < WORDS {
            return at + 1;
        }
        self.state[0] = self.state[WORDS - 1];
        1
    }

    /// Fills the state from one word.
    fn fill(&mut self, seed: u32) {
        self.state[0] = seed;
        for at in 1..WORDS {
            let before = self.state[at - 1];
            self.state[at] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
        }
    }

    /// Makes the next 624 words.
    fn twist(&mut self) {
        for at in 0..WORDS {
            let joined = self.state[at] & 0x8000_0000 | self.state[(at + 1) % WORDS] & 0x7fff_ffff;
            let mut word = self.state[(at + DISTANCE) % WORDS] ^ (joined >> 1);
            if joined % 2 == 1 {
                word ^= 0x9908_b0df;
            }
            self.state[at] = word;
        }
        self.index = 0;
    }

    /// The next 32 bits.
    fn next_word(&mut self) -> u32 {
        if self.index == WORDS {
            self.twist();
        }
        let mut word = self.state[self.index];
        self.index += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// A number from 0 up to, but without, 1, in steps of 2^-53.
    pub fn random(&mut self) -> f64 {
        let upper = f64::from(self.next_word() >> 5);
        let lower = f64::from(self.next_word() >> 6);
        (upper * 67_108_864.0 + lower) / 9_007_199_254_740_992.0
    }

    /// A number of so many random bits, 64 at most.
    pub fn getrandbits(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.next_word() >> (32 - bits)),
            _ => {
                let lower = u64::from(self.next_word());
                lower | u64::from(self.next_word() >> (64 - bits.min(64))) << 32
            }
        }
    }

    /// A whole number from 0 up to, but without, `limit`.
    ///
    /// # Panics
    /// When `limit` is 0.
    pub fn randbelow(&mut self, limit: u64) -> u64 {
        assert!(limit > 0, "there is no number below 0");
        let bits = u64::BITS - limit.leading_zeros();
        loop {
            let number = self.getrandbits(bits);
            if number < limit {
                return number;
            }
        }
    }

    /// An item of `range(start)`, `range(start, stop)` or `range(start, stop, step)`, or the text of the `ValueError`.
    pub fn randrange(&mut self, start: i64, stop: Option<i64>, step: Option<i64>) -> Result<i64, String> {
        let Some(stop) = stop else {
            return match u64::try_from(start) {
                Ok(limit) if limit > 0 => Ok(self.randbelow(limit) as i64),
                _ => Err("empty range for randrange()".into()),
            };
        };
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err("zero step for randrange()".into());
        }
        let is_empty = if step > 0 { stop <= start } else { stop >= start };
        match step {
            _ if !is_empty => {
                let count = (start.abs_diff(stop) - 1) / step.unsigned_abs() + 1;
                // Whatever is drawn lies between two numbers of 64 bits.
                Ok(start.wrapping_add(step.wrapping_mul(self.randbelow(count) as i64)))
            }
            1 => Err(format!("empty range in randrange({start}, {stop})")),
            _ => Err(format!("empty range in randrange({start}, {stop}, {step})")),
        }
    }

    /// A whole number from `low` to `high`, both included, or the text of the `ValueError`.
    pub fn randint(&mut self, low: i64, high: i64) -> Result<i64, String> {
        if high < low {
            return Err(format!("empty range in randint({low}, {high})"));
        }
        let width = low.abs_diff(high);
        let above = match width.checked_add(1) {
            Some(count) => self.randbelow(count),
            // All 2^64 numbers: Python draws 65 bits until the highest is 0.
            None => loop {
                let number = self.getrandbits(64);
                if self.getrandbits(1) == 0 {
                    break number;
                }
            },
        };
        Ok(low.wrapping_add_unsigned(above))
    }

    /// The index of an item of a sequence with so many items (`random.choice`).
    ///
    /// # Panics
    /// When there are none.
    pub fn choice_index(&mut self, length: usize) -> usize {
        self.randbelow(length as u64) as usize
    }

    /// The index that `random.choices` draws for each item of its result.
    pub fn choices_index(&mut self, length: usize) -> usize {
        (self.random() * length as f64) as usize
    }

    /// The index that `random.choices` draws where the sums of the weights so far are given.
    ///
    /// # Panics
    /// When there are none.
    pub fn weighted_index(&mut self, sums: &[f64]) -> usize {
        let last = sums.len() - 1;
        let drawn = self.random() * sums[last];
        sums[..last].partition_point(|sum| *sum <= drawn)
    }

    /// Puts the items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.randbelow(last as u64 + 1) as usize;
            items.swap(last, other);
        }
    }

    /// The indices of `count` different items among `length`, in the order in which they are drawn, or the text of the
    /// `ValueError`.
    pub fn sample_indices(&mut self, length: usize, count: usize) -> Result<Vec<usize>, String> {
        if count > length {
            return Err("Sample larger than population or is negative".into());
        }
        // Which of two ways CPython goes depends on the memory that each would take there.
        let table = if count > 5 { 4usize.pow((3 * count - 1).ilog(4) + 1) } else { 0 };
        let mut drawn = Vec::with_capacity(count);
        if length <= 21 + table {
            let mut pool: Vec<usize> = (0..length).collect();
            for left in (length - count + 1..=length).rev() {
                drawn.push(pool.swap_remove(self.randbelow(left as u64) as usize));
            }
        } else {
            let mut seen = vec![false; length];
            while drawn.len() < count {
                let index = self.randbelow(length as u64) as usize;
                if !std::mem::replace(&mut seen[index], true) {
                    drawn.push(index);
                }
            }
        }
        Ok(drawn)
    }

    /// A number between two others.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random()
    }

    /// A number between two others, most often near `mode`, which is in the middle unless given.
    pub fn triangular(&mut self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let drawn = self.random();
        let middle = match mode {
            None => 0.5,
            Some(_) if high == low => return low,
            Some(mode) => (mode - low) / (high - low),
        };
        if drawn > middle {
            high + (low - high) * ((1.0 - drawn) * (1.0 - middle)).sqrt()
        } else {
            low + (high - low) * (drawn * middle).sqrt()
        }
    }

    /// The time to the next of events that come `rate` times per unit of time. Python raises `ZeroDivisionError` for a
    /// rate of 0, where this is infinite.
    pub fn expovariate(&mut self, rate: f64) -> f64 {
        -ln(1.0 - self.random()) / rate
    }

    /// A normally distributed number, as `random.normalvariate` draws it.
    pub fn normalvariate(&mut self, mean: f64, deviation: f64) -> f64 {
        loop {
            let first = self.random();
            let second = 1.0 - self.random();
            let ratio = NORMAL_FACTOR * (first - 0.5) / second;
            if ratio * ratio / 4.0 <= -ln(second) {
                return mean + ratio * deviation;
            }
        }
    }

    /// A normally distributed number, as `random.gauss` draws it: two at a time.
    pub fn gauss(&mut self, mean: f64, deviation: f64) -> f64 {
        let drawn = self.gauss_next.take().unwrap_or_else(|| {
            let angle = self.random() * std::f64::consts::TAU;
            let radius = (-2.0 * ln(1.0 - self.random())).sqrt();
            self.gauss_next = Some(sin(angle) * radius);
            cos(angle) * radius
        });
        mean + drawn * deviation
    }
}

#[cfg(test)]
mod tests {
    //! Every expected number was drawn by CPython 3.14.

    use super::*;

    #[test]
    fn a_seed_gives_the_numbers_of_cpython() {
        let mut twister = MersenneTwister::from_seed(42);
        let numbers = [(); 3].map(|()| twister.random());
        assert_eq!(numbers, [0.6394267984578837, 0.025010755222666936, 0.27502931836911926]);
        let bits = [8, 64, 40].map(|bits| twister.getrandbits(bits));
        assert_eq!(bits, [57, 13_585_496_030_504_862_185, 743_469_555_623]);
        assert_eq!(MersenneTwister::from_seed((1 << 40) + 7).random(), 0.6137037779936511);
    }

    #[test]
    fn whole_numbers_are_drawn_as_cpython_draws_them() {
        let mut twister = MersenneTwister::from_seed(0);
        let dice = [(); 10].map(|()| twister.randint(1, 5).unwrap());
        assert_eq!(dice, [4, 4, 1, 3, 5, 4, 4, 3, 4, 3]);
        let up = [(); 5].map(|()| twister.randrange(0, Some(100), Some(7)).unwrap());
        assert_eq!(up, [63, 98, 98, 21, 56]);
        let down = [(); 5].map(|()| twister.randrange(10, Some(0), Some(-3)).unwrap());
        assert_eq!(down, [7, 4, 7, 10, 4]);
        assert_eq!(twister.randrange(1000, None, None), Ok(931));
        assert_eq!(twister.randint(i64::MIN, i64::MAX), Ok(-3_502_159_106_106_506_455));
    }

    #[test]
    fn sequences_are_mixed_as_cpython_mixes_them() {
        let mut twister = MersenneTwister::from_seed(1);
        let mut letters = *b"abcdefgh";
        twister.shuffle(&mut letters);
        assert_eq!(&letters, b"dgbfhaec");
        let chosen = [(); 6].map(|()| b"abc"[twister.choice_index(3)]);
        assert_eq!(&chosen, b"bcbaab");
        assert_eq!(twister.sample_indices(10, 4), Ok(vec![0, 6, 8, 4]));
        assert_eq!(twister.sample_indices(1000, 7), Ok(vec![780, 785, 2, 712, 456, 272, 738]));
        assert_eq!([(); 5].map(|()| twister.choices_index(10)), [8, 5, 1, 3, 0]);
        assert_eq!([(); 5].map(|()| twister.weighted_index(&[1.0, 3.0, 3.0, 6.0])), [3, 0, 3, 3, 3]);
    }

    #[test]
    fn distributions_are_those_of_cpython() {
        let mut twister = MersenneTwister::from_seed(3);
        assert_eq!([(); 2].map(|()| twister.uniform(0.5, 1.5)), [0.7379646270918914, 1.0442292252959517]);
        assert_eq!(twister.triangular(1.0, 5.0, Some(2.0)), 2.250356750154113);
        assert_eq!(twister.triangular(0.0, 1.0, None), 0.5549831680690013);
        assert_eq!(twister.expovariate(2.0), 0.49137595554479707);
        assert_eq!(twister.normalvariate(0.0, 1.0), 0.7816657256315148);
        let pairs = [(); 3].map(|()| twister.gauss(10.0, 2.0));
        assert_eq!(pairs, [10.648217621585909, 16.562846722879655, 6.260236960023162]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_in_cpythons_words() {
        let mut twister = MersenneTwister::from_seed(0);
        let refused = |result: Result<i64, String>| result.unwrap_err();
        assert_eq!(refused(twister.randrange(0, None, None)), "empty range for randrange()");
        assert_eq!(refused(twister.randrange(5, Some(5), None)), "empty range in randrange(5, 5)");
        assert_eq!(refused(twister.randrange(5, Some(9), Some(-2))), "empty range in randrange(5, 9, -2)");
        assert_eq!(refused(twister.randrange(5, Some(9), Some(0))), "zero step for randrange()");
        assert_eq!(refused(twister.randint(6, 1)), "empty range in randint(6, 1)");
        assert_eq!(twister.sample_indices(2, 3).unwrap_err(), "Sample larger than population or is negative");
    }
}
