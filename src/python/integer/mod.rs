//! Whole numbers of any size: sign and magnitude, in 32-bit limbs.
//!
//! Only what 64 bits cannot hold is ever computed here, so short and plain counts for more than fast: as much again of
//! `num-bigint` would be three times the download.

mod bits;
mod division;
mod float;
mod power;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Ordering;

pub use float::{compare_with_float, hash_of_float, parts, true_quotient};
pub use text::{ParseError, TOO_LONG, parse};

/// A whole number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BigInt {
    is_negative: bool,
    /// The least first; the last one is not 0, and zero has none.
    limbs: Vec<u32>,
}

impl From<i64> for BigInt {
    fn from(number: i64) -> Self {
        Self::from(number.unsigned_abs()).with_sign(number < 0)
    }
}

impl From<u64> for BigInt {
    fn from(magnitude: u64) -> Self {
        Self::of(false, vec![magnitude as u32, (magnitude >> 32) as u32])
    }
}

impl BigInt {
    fn of(is_negative: bool, mut limbs: Vec<u32>) -> Self {
        trim(&mut limbs);
        Self { is_negative: is_negative && !limbs.is_empty(), limbs }
    }

    /// The number with this sign; zero has none.
    pub fn with_sign(self, is_negative: bool) -> Self {
        Self { is_negative: is_negative && !self.limbs.is_empty(), ..self }
    }

    /// The number in 64 bits, if they can hold it.
    pub fn to_i64(&self) -> Option<i64> {
        let magnitude = self.magnitude()?;
        match self.is_negative {
            true => 0_i64.checked_sub_unsigned(magnitude),
            false => i64::try_from(magnitude).ok(),
        }
    }

    /// The number without its sign in 64 bits, if they can hold it.
    fn magnitude(&self) -> Option<u64> {
        match self.limbs[..] {
            [] => Some(0),
            [low] => Some(u64::from(low)),
            [low, high] => Some(u64::from(high) << 32 | u64::from(low)),
            _ => None,
        }
    }

    pub fn is_negative(&self) -> bool {
        self.is_negative
    }

    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    pub fn is_odd(&self) -> bool {
        self.limbs.first().is_some_and(|limb| limb % 2 == 1)
    }

    pub fn negated(&self) -> Self {
        self.clone().with_sign(!self.is_negative)
    }

    pub fn add(&self, other: &Self) -> Self {
        self.add_with_sign(other, other.is_negative)
    }

    pub fn subtract(&self, other: &Self) -> Self {
        self.add_with_sign(other, !other.is_negative)
    }

    /// The sum with `other` taken with another sign.
    fn add_with_sign(&self, other: &Self, is_negative: bool) -> Self {
        if self.is_negative == is_negative {
            return Self::of(is_negative, sum(&self.limbs, &other.limbs));
        }
        match compare(&self.limbs, &other.limbs) {
            Ordering::Less => Self::of(is_negative, difference(&other.limbs, &self.limbs)),
            _ => Self::of(self.is_negative, difference(&self.limbs, &other.limbs)),
        }
    }

    pub fn multiply(&self, other: &Self) -> Self {
        let mut limbs = vec![0; self.limbs.len() + other.limbs.len()];
        for (position, factor) in self.limbs.iter().enumerate() {
            let mut carry = 0;
            for (place, limb) in limbs[position..].iter_mut().zip(&other.limbs) {
                let product = u64::from(*factor) * u64::from(*limb) + u64::from(*place) + carry;
                *place = product as u32;
                carry = product >> 32;
            }
            limbs[position + other.limbs.len()] = carry as u32;
        }
        Self::of(self.is_negative != other.is_negative, limbs)
    }

    /// Multiplies in place and adds; its sign does not change.
    fn multiply_small(&mut self, factor: u32, addend: u32) {
        let mut carry = u64::from(addend);
        for limb in &mut self.limbs {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.limbs.push(carry as u32);
        }
    }
}

impl PartialOrd for BigInt {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for BigInt {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => compare(&self.limbs, &other.limbs),
            (true, true) => compare(&other.limbs, &self.limbs),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

fn trim(limbs: &mut Vec<u32>) {
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
}

fn compare(left: &[u32], right: &[u32]) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

fn sum(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut carry = 0;
    let mut limbs = Vec::with_capacity(left.len().max(right.len()) + 1);
    for position in 0..left.len().max(right.len()) {
        carry += u64::from(limb(left, position)) + u64::from(limb(right, position));
        limbs.push(carry as u32);
        carry >>= 32;
    }
    limbs.push(carry as u32);
    limbs
}

/// `left` is not the smaller one.
fn difference(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut borrow = 0;
    let subtract = |(position, minuend): (usize, &u32)| {
        borrow += i64::from(*minuend) - i64::from(limb(right, position));
        let limb = borrow as u32;
        borrow >>= 32;
        limb
    };
    left.iter().enumerate().map(subtract).collect()
}

fn limb(limbs: &[u32], position: usize) -> u32 {
    limbs.get(position).copied().unwrap_or(0)
}
