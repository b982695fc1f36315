//! Division, long-hand.

use super::{BigInt, limb, trim};

impl BigInt {
    /// Quotient, rounded down, and remainder, which has the divisor's sign: `divmod`. The divisor is not 0.
    pub fn divide(&self, divisor: &Self) -> (Self, Self) {
        let (quotient, rest) = divide(&self.limbs, &divisor.limbs);
        let mut quotient = Self::of(self.is_negative != divisor.is_negative, quotient);
        let mut rest = Self::of(self.is_negative, rest);
        if !rest.is_zero() && rest.is_negative != divisor.is_negative {
            quotient = quotient.subtract(&Self::from(1_i64));
            rest = rest.add(divisor);
        }
        (quotient, rest)
    }
}

/// Divides magnitudes in place by a divisor of one limb, which is not 0, and returns the remainder.
pub fn divide_small(limbs: &mut Vec<u32>, divisor: u32) -> u32 {
    let mut rest = 0;
    for limb in limbs.iter_mut().rev() {
        let dividend = rest << 32 | u64::from(*limb);
        *limb = (dividend / u64::from(divisor)) as u32;
        rest = dividend % u64::from(divisor);
    }
    trim(limbs);
    rest as u32
}

/// Quotient and remainder of magnitudes: Knuth's algorithm D.
pub fn divide(dividend: &[u32], divisor: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let size = divisor.len();
    if dividend.len() < size {
        return (Vec::new(), dividend.to_vec());
    }
    if let [divisor] = divisor {
        let mut quotient = dividend.to_vec();
        let rest = divide_small(&mut quotient, *divisor);
        return (quotient, vec![rest]);
    }
    // With the divisor's first bit set, a guess from its first two limbs is at most one too large.
    let shift = divisor[size - 1].leading_zeros();
    let divisor = shifted(divisor, shift);
    let mut rest = shifted(dividend, shift);
    let mut quotient = vec![0; rest.len() - size];
    let (first, second) = (u64::from(divisor[size - 1]), u64::from(divisor[size - 2]));
    for position in (0..quotient.len()).rev() {
        let top = u64::from(rest[position + size]) << 32 | u64::from(rest[position + size - 1]);
        let (mut guess, mut left) = (top / first, top % first);
        while guess >> 32 > 0 || guess * second > (left << 32 | u64::from(rest[position + size - 2])) {
            guess -= 1;
            left += first;
            if left >> 32 > 0 {
                break;
            }
        }
        let place = &mut rest[position..=position + size];
        let mut borrow = 0_i64;
        let mut carry = 0;
        for (index, place) in place.iter_mut().enumerate() {
            carry += guess * u64::from(limb(&divisor, index));
            borrow += i64::from(*place) - i64::from(carry as u32);
            *place = borrow as u32;
            carry >>= 32;
            borrow >>= 32;
        }
        if borrow < 0 {
            guess -= 1;
            let mut carry = 0;
            for (index, place) in place.iter_mut().enumerate() {
                carry += u64::from(*place) + u64::from(limb(&divisor, index));
                *place = carry as u32;
                carry >>= 32;
            }
        }
        quotient[position] = guess as u32;
    }
    for position in 0..size {
        let above = u64::from(rest[position + 1]) << 32;
        rest[position] = ((above | u64::from(rest[position])) >> shift) as u32;
    }
    rest.truncate(size);
    (quotient, rest)
}

/// The limbs, shifted by less than 32 bits, with one more at the end; a divisor's is 0.
fn shifted(limbs: &[u32], shift: u32) -> Vec<u32> {
    let below = |position: usize| if position == 0 { 0 } else { limbs[position - 1] };
    let pair = |position| u64::from(limb(limbs, position)) << 32 | u64::from(below(position));
    (0..=limbs.len()).map(|position| (pair(position) << shift >> 32) as u32).collect()
}
