//! Powers.

use super::BigInt;

impl BigInt {
    /// The number to a power.
    pub fn power(&self, mut exponent: u64) -> Self {
        let (mut result, mut square) = (Self::from(1_i64), self.clone());
        loop {
            if exponent % 2 == 1 {
                result = result.multiply(&square);
            }
            exponent /= 2;
            if exponent == 0 {
                return result;
            }
            square = square.multiply(&square);
        }
    }

    /// The number to a power that is not negative, modulo another number, which is not 0 and gives the sign.
    pub fn power_modulo(&self, exponent: &Self, modulus: &Self) -> Self {
        let base = self.divide(modulus).1;
        let mut result = Self::from(1_i64).divide(modulus).1;
        for place in (0..exponent.bit_length()).rev() {
            result = result.multiply(&result).divide(modulus).1;
            if exponent.bits(place, 1) == 1 {
                result = result.multiply(&base).divide(modulus).1;
            }
        }
        result
    }

    /// The number whose product with this one is 1, modulo another number, which is not 0; `None` if there is none.
    pub fn inverse(&self, modulus: &Self) -> Option<Self> {
        let (mut divisor, mut rest) = (modulus.clone(), self.divide(modulus).1);
        let (mut before, mut inverse) = (Self::default(), Self::from(1_i64));
        while !rest.is_zero() {
            let (quotient, next) = divisor.divide(&rest);
            (divisor, rest) = (rest, next);
            let following = before.subtract(&quotient.multiply(&inverse));
            (before, inverse) = (inverse, following);
        }
        match divisor.to_i64() {
            Some(1) => Some(before.divide(modulus).1),
            Some(-1) => Some(before.negated().divide(modulus).1),
            _ => None,
        }
    }
}
