//! The decimal digits of floats, with one copy of the code for everything that is written: the standard library's fast
//! and exact ways to format floats would add six kilobytes to the page.

/// A float that is finite and not negative, in decimal digits.
#[derive(Clone)]
pub struct Decimal {
    /// Neither the first nor the last one is 0; zero has none.
    digits: String,
    /// How many of them stand before the point. Below 0, so many zeros stand between the point and them.
    point: i32,
}

impl Decimal {
    /// All the digits of a float. Its sign does not matter.
    pub fn exact(value: f64) -> Self {
        const FRACTION_BITS: u32 = 52;
        let bits = value.abs().to_bits();
        let fraction = bits & ((1 << FRACTION_BITS) - 1);
        let (mantissa, exponent) = match (bits >> FRACTION_BITS) as i32 {
            0 => (fraction, -1074),
            exponent => (fraction | 1 << FRACTION_BITS, exponent - 1075),
        };
        // A fraction of two is as many fives behind the point: 1 / 2 = 5 / 10.
        let halvings = mantissa.trailing_zeros().min((-exponent).max(0) as u32);
        let (mantissa, exponent) = (mantissa.checked_shr(halvings).unwrap_or(0), exponent + halvings as i32);
        let mut limbs = vec![(mantissa % LIMB) as u32, (mantissa / LIMB) as u32];
        let (base, most) = if exponent < 0 { (5_u32, 12) } else { (2, 29) };
        let mut power = exponent.unsigned_abs();
        while power > 0 && mantissa > 0 {
            multiply(&mut limbs, base.pow(power.min(most)));
            power -= power.min(most);
        }
        let mut digits = String::new();
        for limb in limbs.iter().rev() {
            let mut rest = *limb;
            let mut place = LIMB as u32 / 10;
            while place > 0 {
                if !digits.is_empty() || rest >= place {
                    digits.push(char::from(b'0' + (rest / place) as u8));
                }
                rest %= place;
                place /= 10;
            }
        }
        let point = digits.len() as i32 + exponent.min(0);
        Self { digits, point }.trimmed()
    }

    /// The fewest digits that read back as the same float, and of those the nearest to it. Where two are equally near,
    /// the last digit is even.
    pub fn shortest(value: f64) -> Self {
        let exact = Self::exact(value);
        // Up to 15 digits survive as a float, but for the very smallest ones.
        let fewest = if value < f64::MIN_POSITIVE { 1 } else { 15 };
        for count in fewest..17 {
            let nearest = exact.clone().rounded(count);
            if nearest.value() == value {
                return nearest;
            }
            // Below a power of two, floats lie closer together than above it.
            let above = exact.clone().cut(count, true);
            if above.value() == value {
                return above;
            }
        }
        exact.rounded(17)
    }

    /// The nearest number with so many digits, or fewer. Where two are equally near, the last digit is even.
    pub fn rounded(self, count: usize) -> Self {
        let digits = self.digits.as_bytes();
        let last_is_odd = count.checked_sub(1).and_then(|last| digits.get(last)).is_some_and(|last| last % 2 == 1);
        let is_above = match digits.get(count..) {
            Some([b'5']) => last_is_odd,
            Some([first, ..]) => *first >= b'5',
            _ => return self,
        };
        self.cut(count, is_above)
    }

    /// The first digits alone, or the next greater number of so many digits.
    fn cut(mut self, count: usize, next: bool) -> Self {
        self.digits.truncate(count);
        if next {
            while self.digits.ends_with('9') {
                self.digits.pop();
            }
            match self.digits.pop() {
                Some(last) => self.digits.push(char::from(last as u8 + 1)),
                None => {
                    self.digits.push('1');
                    self.point += 1;
                }
            }
        }
        self.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.ends_with('0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 1;
        }
        self
    }

    /// The float nearest to it.
    pub fn value(&self) -> f64 {
        format!("0.{}e{}", self.digits, self.point).parse().unwrap_or_default()
    }

    /// Its digits: the first and the last are not 0, and zero has none.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The power of ten of its first digit.
    pub fn exponent(&self) -> i32 {
        self.point - 1
    }

    /// As text with so many digits after the point; those that it has beyond are left out.
    pub fn with_places(&self, places: usize) -> String {
        let mut text = String::new();
        for power in (-(places as i32)..=self.exponent().max(0)).rev() {
            if power == -1 {
                text.push('.');
            }
            let index = usize::try_from(self.exponent() - power).ok();
            let digit = index.and_then(|index| self.digits.as_bytes().get(index));
            text.push(digit.map_or('0', |digit| char::from(*digit)));
        }
        text
    }
}

/// Limbs hold nine digits each, the least first.
const LIMB: u64 = 1_000_000_000;

/// The factor is below [`LIMB`].
fn multiply(limbs: &mut Vec<u32>, factor: u32) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        let product = u64::from(*limb) * u64::from(factor) + carry;
        *limb = (product % LIMB) as u32;
        carry = product / LIMB;
    }
    if carry > 0 {
        limbs.push(carry as u32);
    }
}

/// A float that is not negative, rounded to so many digits after the point.
pub fn rounded_to_places(value: f64, places: usize) -> Decimal {
    let exact = Decimal::exact(value);
    match usize::try_from(exact.point + places.min(i32::MAX as usize / 2) as i32) {
        Ok(count) => exact.rounded(count),
        Err(_) => Decimal::exact(0.0),
    }
}

/// A float with so many digits after the point, as `{:.places$}` writes it.
pub fn fixed(value: f64, places: usize) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let text = if value.is_finite() { rounded_to_places(value, places).with_places(places) } else { "inf".to_owned() };
    [sign, &text].concat()
}

/// A float with as many digits as it takes to read it back, as `{}` writes it.
pub fn plain(value: f64) -> String {
    if !value.is_finite() {
        return fixed(value, 0);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let decimal = Decimal::shortest(value.abs());
    let places = usize::try_from(decimal.digits().len() as i32 - decimal.point).unwrap_or(0);
    [sign, &decimal.with_places(places)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Floats of all sizes, with many and with few digits, and those at which powers of two begin.
    fn floats() -> impl Iterator<Item = f64> {
        let mut state = 88_172_645_463_325_252_u64;
        let scattered = std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from_bits(state >> 1)
        });
        let powers = (0..2046).map(|exponent| f64::from_bits(exponent << 52));
        let halves = (0..2000).map(|number| f64::from(number) / 16.0);
        let cents = (0..2000).map(|number| f64::from(number) / 100.0);
        let tiny = (0..300).map(f64::from_bits);
        scattered.filter(|value| value.is_finite()).take(20_000).chain(powers).chain(halves).chain(cents).chain(tiny)
    }

    #[test]
    fn places_are_those_of_the_standard_library() {
        for value in floats() {
            for places in [0, 1, 2, 6, 17] {
                assert_eq!(fixed(value, places), format!("{value:.places$}"));
                assert_eq!(fixed(-value, places), format!("{:.places$}", -value));
            }
        }
        assert_eq!(fixed(f64::INFINITY, 2), "inf");
        assert_eq!(fixed(f64::NEG_INFINITY, 2), "-inf");
        assert_eq!(fixed(f64::NAN, 2), "NaN");
        assert_eq!(fixed(0.3, 60), format!("{:.60}", 0.3));
    }

    #[test]
    fn plain_texts_are_those_of_the_standard_library() {
        for value in [0.0, 1.0, 0.5, 100.0, 1e9, 1e21, 123.456, 1e-7, f64::INFINITY] {
            assert_eq!(plain(value), value.to_string());
            assert_eq!(plain(-value), (-value).to_string());
        }
        assert_eq!(plain(f64::NAN), "NaN");
    }

    #[test]
    fn rounded_digits_are_those_of_the_standard_library() {
        for value in floats().filter(|value| *value > 0.0) {
            for count in [1, 2, 13, 17, 40] {
                let decimal = Decimal::exact(value).rounded(count);
                let written = format!("{value:.*e}", count - 1);
                let (mantissa, exponent) = written.split_once('e').expect("an exponent");
                assert_eq!(decimal.digits(), mantissa.replace('.', "").trim_end_matches('0'), "{value:e}");
                assert_eq!(decimal.exponent().to_string(), exponent, "{value:e}");
            }
        }
    }

    #[test]
    fn shortest_digits_are_those_of_the_standard_library_but_for_ties() {
        let mut ties = 0;
        for value in floats() {
            let decimal = Decimal::shortest(value);
            assert_eq!(decimal.value(), value);
            let written = format!("{value:e}");
            let (mantissa, exponent) = written.split_once('e').expect("an exponent");
            let mantissa = mantissa.replace('.', "");
            if decimal.digits() != mantissa.trim_end_matches('0') {
                // Of two that are equally near, the standard library takes the greater.
                let even = Decimal::exact(value).rounded(mantissa.len());
                assert_eq!((decimal.digits(), decimal.digits().len()), (even.digits(), mantissa.len()), "{value:e}");
                ties += 1;
            }
            assert_eq!(decimal.exponent().to_string(), exponent, "{value:e}");
        }
        assert!(ties < 200, "{ties}");
    }
}
