//! Shifts, and the operators on single bits, for which a negative number has ones without end before it.

use super::{BigInt, limb};

impl BigInt {
    /// How many bits its magnitude takes: `int.bit_length`.
    pub fn bit_length(&self) -> u64 {
        let last = self.limbs.last().map_or(0, |last| u64::from(last.leading_zeros()));
        self.limbs.len() as u64 * 32 - last
    }

    /// How many ones its magnitude has: `int.bit_count`.
    pub fn bit_count(&self) -> u32 {
        self.limbs.iter().map(|limb| limb.count_ones()).sum()
    }

    /// How many zeros its magnitude ends with.
    pub fn trailing_zeros(&self) -> u64 {
        let whole = self.limbs.iter().take_while(|limb| **limb == 0).count();
        whole as u64 * 32 + u64::from(limb(&self.limbs, whole).trailing_zeros())
    }

    pub fn shift_left(&self, count: u64) -> Self {
        let (whole, count) = ((count / 32) as usize, count % 32);
        let mut limbs = vec![0; whole];
        let mut below = 0;
        for limb in self.limbs.iter().chain(&[0]) {
            limbs.push((u64::from(*limb) << count) as u32 | below);
            below = (u64::from(*limb) << count >> 32) as u32;
        }
        Self::of(self.is_negative, limbs)
    }

    /// Shifts to the right and rounds down.
    pub fn shift_right(&self, count: u64) -> Self {
        let whole = usize::try_from(count / 32).unwrap_or(usize::MAX).min(self.limbs.len());
        let kept = &self.limbs[whole..];
        let pair = |position| u64::from(limb(kept, position + 1)) << 32 | u64::from(kept[position]);
        let limbs = (0..kept.len()).map(|position| (pair(position) >> (count % 32)) as u32).collect();
        let shifted = Self::of(self.is_negative, limbs);
        match self.is_negative && self.trailing_zeros() < count {
            true => shifted.subtract(&Self::from(1_i64)),
            false => shifted,
        }
    }

    /// The bits from a place on, as many as asked for, up to 32.
    pub fn bits(&self, place: u64, count: u32) -> u32 {
        let whole = (place / 32) as usize;
        let pair = u64::from(limb(&self.limbs, whole + 1)) << 32 | u64::from(limb(&self.limbs, whole));
        (pair >> (place % 32) & ((1 << count) - 1)) as u32
    }

    /// `&`, `|` or `^`, given as what it does with limbs.
    pub fn combine(&self, other: &Self, operator: fn(u32, u32) -> u32) -> Self {
        let size = self.limbs.len().max(other.limbs.len()) + 1;
        let (left, right) = (self.twos_complement(size), other.twos_complement(size));
        Self::from_twos_complement(left.iter().zip(&right).map(|(left, right)| operator(*left, *right)).collect())
    }

    /// The number in so many limbs, negative ones as two's complement.
    pub fn twos_complement(&self, size: usize) -> Vec<u32> {
        let mut limbs = self.limbs.clone();
        limbs.resize(size, 0);
        if self.is_negative {
            negate(&mut limbs);
        }
        limbs
    }

    /// The number that these limbs are; negative if the last one's first bit is set.
    pub fn from_twos_complement(mut limbs: Vec<u32>) -> Self {
        let is_negative = limbs.last().is_some_and(|last| last >> 31 == 1);
        if is_negative {
            negate(&mut limbs);
        }
        Self::of(is_negative, limbs)
    }
}

fn negate(limbs: &mut [u32]) {
    let mut carry = true;
    for limb in limbs {
        (*limb, carry) = (!*limb).overflowing_add(u32::from(carry));
    }
}
