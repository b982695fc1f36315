//! Floats: conversion, comparison and division, each rounded once, to even.

use std::cmp::Ordering;

use super::BigInt;

const FRACTION_BITS: u32 = 52;

/// CPython takes numbers of all kinds modulo this one, a prime, for their hash.
const HASH_MODULUS: u64 = (1 << HASH_BITS) - 1;
const HASH_BITS: u32 = 61;

impl BigInt {
    /// The whole number that a float is after what follows its point is cut off; the float is finite.
    pub fn from_float(number: f64) -> Self {
        let (mantissa, exponent) = parts(number);
        let mantissa = Self::from(mantissa);
        let shift = u64::from(exponent.unsigned_abs());
        let magnitude = if exponent < 0 { mantissa.shift_right(shift) } else { mantissa.shift_left(shift) };
        magnitude.with_sign(number < 0.0)
    }

    /// The float nearest to it; `None` beyond the largest.
    pub fn to_float(&self) -> Option<f64> {
        self.scaled_to_float(0)
    }

    /// The float nearest to it times a power of two.
    fn scaled_to_float(&self, exponent: i64) -> Option<f64> {
        let length = self.bit_length() as i64;
        if length == 0 {
            return Some(0.0);
        }
        // The power of two of its first bit, and of the last one that a float of this size has.
        let first = length - 1 + exponent;
        let last = (first - i64::from(FRACTION_BITS)).max(-1074);
        if first > 1023 {
            return None;
        }
        let dropped = last - exponent;
        let kept = if dropped > 0 {
            let dropped = dropped as u64;
            let magnitude = self.clone().with_sign(false);
            let kept = magnitude.shift_right(dropped).magnitude()?;
            let is_above_half = self.bits(dropped - 1, 1) == 1;
            let is_half = self.trailing_zeros() == dropped - 1;
            kept + u64::from(is_above_half && (!is_half || kept % 2 == 1))
        } else {
            self.magnitude()? << -dropped
        };
        let float = kept as f64 * power_of_two(last);
        float.is_finite().then_some(if self.is_negative { -float } else { float })
    }

    /// Its hash, as CPython has it.
    pub fn hash(&self) -> i64 {
        let mut rest = 0_u64;
        for limb in self.limbs.iter().rev() {
            rest = ((u128::from(rest) << 32 | u128::from(*limb)) % u128::from(HASH_MODULUS)) as u64;
        }
        signed_hash(rest, self.is_negative)
    }
}

/// A float's digits as a whole number, and the power of two it is to be multiplied with. Its sign does not matter.
pub fn parts(number: f64) -> (u64, i32) {
    let bits = number.abs().to_bits();
    let fraction = bits & ((1 << FRACTION_BITS) - 1);
    match (bits >> FRACTION_BITS) as i32 {
        0 => (fraction, -1074),
        exponent => (fraction | 1 << FRACTION_BITS, exponent - 1075),
    }
}

/// From -1074 to 1023.
fn power_of_two(exponent: i64) -> f64 {
    match exponent + 1023 {
        biased @ 1.. => f64::from_bits((biased as u64) << FRACTION_BITS),
        _ => f64::from_bits(1 << (exponent + 1074)),
    }
}

/// The float nearest to the quotient, whose divisor is not 0; `None` beyond the largest.
pub fn true_quotient(dividend: &BigInt, divisor: &BigInt) -> Option<f64> {
    // Two bits more than a float has, and one that says whether anything follows.
    let shift = 66 + divisor.bit_length() as i64 - dividend.bit_length() as i64;
    let (left, right) = (dividend.clone().with_sign(false), divisor.clone().with_sign(false));
    let (quotient, rest) = match shift < 0 {
        true => left.divide(&right.shift_left(shift.unsigned_abs())),
        false => left.shift_left(shift as u64).divide(&right),
    };
    let quotient = match rest.is_zero() {
        true => quotient,
        false => quotient.combine(&BigInt::from(1_i64), |left, right| left | right),
    };
    let float = quotient.scaled_to_float(-shift)?;
    Some(if dividend.is_negative != divisor.is_negative { -float } else { float })
}

/// How a whole number and a float are ordered: exactly, as numbers.
pub fn compare_with_float(number: &BigInt, float: f64) -> Option<Ordering> {
    if !float.is_finite() {
        return 0.0.partial_cmp(&float);
    }
    let fraction = || 0.0.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal);
    Some(number.cmp(&BigInt::from_float(float)).then_with(fraction))
}

/// The hash of a float, as CPython has it: that of the equal whole number, if there is one. NaN has none of its own.
pub fn hash_of_float(float: f64) -> i64 {
    if float.is_infinite() {
        return if float > 0.0 { 314_159 } else { -314_159 };
    }
    let (mantissa, exponent) = parts(float);
    // Modulo 2**61 - 1, a shift by 61 bits changes nothing.
    let shift = exponent.rem_euclid(HASH_BITS as i32) as u32;
    let rest = ((u128::from(mantissa) << shift) % u128::from(HASH_MODULUS)) as u64;
    signed_hash(rest, float < 0.0)
}

/// CPython keeps -1 for failures.
fn signed_hash(rest: u64, is_negative: bool) -> i64 {
    let hash = if is_negative { -(rest as i64) } else { rest as i64 };
    if hash == -1 { -2 } else { hash }
}
