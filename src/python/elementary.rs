//! Logarithm, exponential, sine and cosine, the same to the last bit wherever they run.
//!
//! The standard library's come from the system natively and from another implementation in wasm, and the two now and
//! then differ in the last bit: a run would then not be the same in the browser and on the command line. These work
//! with twice the digits and round once, so they give the nearest float, as the C libraries below CPython nearly always
//! do. `sqrt` needs no such care: IEEE 754 defines its every bit.

/// A number as the sum of two floats, the second far smaller than the first: about 106 bits.
#[derive(Clone, Copy)]
struct Double(f64, f64);

const LN_2: Double = Double(std::f64::consts::LN_2, 2.3190468138462996e-17);
const HALF_PI: Double = Double(std::f64::consts::FRAC_PI_2, 6.123233995736766e-17);

impl Double {
    /// The exact sum of two floats.
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let b_part = sum - a;
        Self(sum, (a - (sum - b_part)) + (b - b_part))
    }

    /// The exact product of two floats.
    fn product(a: f64, b: f64) -> Self {
        // The upper half of a float's digits, so that products of halves are exact.
        let upper = |value: f64| {
            let scaled = value * 134_217_729.0;
            scaled - (scaled - value)
        };
        let product = a * b;
        let (a_upper, b_upper) = (upper(a), upper(b));
        let (a_lower, b_lower) = (a - a_upper, b - b_upper);
        Self(product, ((a_upper * b_upper - product) + a_upper * b_lower + a_lower * b_upper) + a_lower * b_lower)
    }

    fn add(self, other: Self) -> Self {
        let Self(sum, error) = Self::sum(self.0, other.0);
        let Self(lower, lower_error) = Self::sum(self.1, other.1);
        let Self(sum, error) = Self::sum(sum, error + lower);
        Self::sum(sum, error + lower_error)
    }

    fn subtract(self, other: Self) -> Self {
        self.add(Self(-other.0, -other.1))
    }

    fn multiply(self, other: Self) -> Self {
        let Self(product, error) = Self::product(self.0, other.0);
        Self::sum(product, error + self.0 * other.1 + self.1 * other.0)
    }

    fn divide(self, other: Self) -> Self {
        let first = self.0 / other.0;
        let rest = self.subtract(other.multiply(Self(first, 0.0)));
        let second = rest.0 / other.0;
        let rest = rest.subtract(other.multiply(Self(second, 0.0)));
        Self::sum(first, second).add(Self(rest.0 / other.0, 0.0))
    }
}

/// The natural logarithm. Of zero it is negative infinity, of a negative number NaN.
pub fn ln(value: f64) -> f64 {
    logarithm(value).0
}

/// The logarithm to a base, both positive.
pub fn log_of_base(value: f64, base: f64) -> f64 {
    logarithm(value).divide(logarithm(base)).0
}

/// The natural logarithm, with twice the digits.
fn logarithm(value: f64) -> Double {
    if value.is_nan() || value < 0.0 {
        return Double(f64::NAN, 0.0);
    }
    if value == 0.0 {
        return Double(f64::NEG_INFINITY, 0.0);
    }
    if value == f64::INFINITY {
        return Double(value, 0.0);
    }
    // value = mantissa * 2^exponent, with the mantissa near 1.
    let subnormal = value < f64::MIN_POSITIVE;
    let bits = if subnormal { value * (1u64 << 54) as f64 } else { value }.to_bits();
    let mut exponent = (bits >> 52) as i32 - if subnormal { 1023 + 54 } else { 1023 };
    let mut mantissa = f64::from_bits(bits & ((1 << 52) - 1) | 1023 << 52);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln(m) = 2 artanh((m - 1) / (m + 1)), whose series needs odd powers of a ratio below 0.172.
    let ratio = Double(mantissa - 1.0, 0.0).divide(Double::sum(mantissa, 1.0));
    let square = ratio.multiply(ratio);
    let mut series = Double(0.0, 0.0);
    for odd in (1..=45).rev().step_by(2) {
        series = series.multiply(square).add(Double(1.0, 0.0).divide(Double(f64::from(odd), 0.0)));
    }
    let logarithm = series.multiply(ratio).multiply(Double(2.0, 0.0));
    LN_2.multiply(Double(f64::from(exponent), 0.0)).add(logarithm)
}

/// The exponential: e to this power.
pub fn exp(power: f64) -> f64 {
    if power.is_nan() {
        return power;
    }
    if power > 709.8 {
        return f64::INFINITY;
    }
    if power < -745.2 {
        return 0.0;
    }
    // e^power = 2^doublings * e^rest, with a rest of at most half of ln 2.
    let doublings = (power / LN_2.0).round_ties_even();
    let rest = Double(power, 0.0).subtract(LN_2.multiply(Double(doublings, 0.0)));
    let mut series = Double(1.0, 0.0);
    for term in (1..=26).rev() {
        series = series.multiply(rest.divide(Double(f64::from(term), 0.0))).add(Double(1.0, 0.0));
    }
    // In two halves: the first alone may be beyond what a float can hold.
    let (half, doublings) = (doublings as i32 / 2, doublings as i32);
    let power_of_two = |exponent: i32| f64::from_bits(((exponent + 1023) as u64) << 52);
    series.0 * power_of_two(half) * power_of_two(doublings - half)
}

/// The sine of an angle in radians, for angles of some few turns.
pub fn sin(angle: f64) -> f64 {
    sine_after_quarters(angle, 0)
}

/// The cosine of an angle in radians, for angles of some few turns.
pub fn cos(angle: f64) -> f64 {
    sine_after_quarters(angle, 1)
}

/// The sine of an angle and so many quarter turns.
fn sine_after_quarters(angle: f64, quarters: i32) -> f64 {
    let turned = (angle / HALF_PI.0).round_ties_even();
    let rest = Double(angle, 0.0).subtract(HALF_PI.multiply(Double(turned, 0.0)));
    let quarter = (turned as i32 + quarters).rem_euclid(4);
    let square = rest.multiply(rest);
    // Taylor series of the sine (odd) or cosine (even) of what is at most an eighth turn, from its smallest term.
    let odd = quarter % 2 == 0;
    let mut series = Double(1.0, 0.0);
    for term in (2..=28).rev().step_by(2) {
        let term = if odd { term + 1 } else { term };
        let factor = square.divide(Double(-f64::from(term * (term - 1)), 0.0));
        series = series.multiply(factor).add(Double(1.0, 0.0));
    }
    let value = if odd { series.multiply(rest).0 } else { series.0 };
    if quarter < 2 { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_the_nearest_floats() {
        let cases = [
            (0.1, -2.3025850929940455),
            (2.0, std::f64::consts::LN_2),
            (1e-300, -690.7755278982137),
            (0.999999, -1.000000500029089e-6),
            (10.0, std::f64::consts::LN_10),
            (5e-324, -744.4400719213812),
            (f64::MAX, 709.782712893384),
            (1.0, 0.0),
            (0.0, f64::NEG_INFINITY),
            (f64::INFINITY, f64::INFINITY),
        ];
        for (value, logarithm) in cases {
            assert_eq!(ln(value), logarithm, "ln({value:e})");
        }
        assert!(ln(-1.0).is_nan());
    }

    #[test]
    fn exponentials_are_the_nearest_floats() {
        let cases = [
            (0.0, 1.0),
            (1.0, std::f64::consts::E),
            (-1.0, 0.36787944117144233),
            (10.0, 22026.465794806718),
            (700.0, 1.0142320547350045e304),
            (-700.0, 9.859_676_543_759_77e-305),
            (0.1, 1.1051709180756477),
        ];
        for (power, value) in cases {
            assert_eq!(exp(power), value, "exp({power})");
        }
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!((log_of_base(1000.0, 10.0), log_of_base(8.0, 2.0)), (3.0, 3.0));
    }

    #[test]
    fn sines_and_cosines_are_the_nearest_floats() {
        let cases = [
            (0.0, 0.0, 1.0),
            (0.5, 0.479425538604203, 0.8775825618903728),
            (1.0, 0.8414709848078965, 0.5403023058681398),
            (2.0, 0.9092974268256817, -0.4161468365471424),
            (3.0, 0.1411200080598672, -0.9899924966004454),
            (4.0, -0.7568024953079282, -0.6536436208636119),
            (6.0, -0.27941549819892586, 0.960170286650366),
            (-1.0, -0.8414709848078965, 0.5403023058681398),
        ];
        for (angle, sine, cosine) in cases {
            assert_eq!((sin(angle), cos(angle)), (sine, cosine), "{angle}");
        }
    }
}
