use super::*;

/// Numbers of all sizes, of both signs, with runs of ones and zeros, at which carries go far.
fn numbers() -> Vec<BigInt> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut numbers: Vec<BigInt> = [0, 1, -1, 2, 7, -8, i64::MAX, i64::MIN].map(BigInt::from).into();
    for size in [1_u64, 31, 32, 33, 63, 64, 65, 96, 128, 200, 521] {
        let power = BigInt::from(1_i64).shift_left(size);
        numbers.extend([power.subtract(&BigInt::from(1_i64)), power.negated(), power]);
        let limbs = (0..=size / 32).map(|_| [random() as u32, 0, u32::MAX][random() as usize % 3]).collect();
        numbers.push(BigInt::of(random() % 2 == 0, limbs));
    }
    numbers
}

#[test]
fn quotient_and_remainder_give_the_number_again() {
    for left in numbers() {
        for right in numbers().iter().filter(|it| !it.is_zero()) {
            let (quotient, rest) = left.divide(right);
            assert_eq!(quotient.multiply(right).add(&rest), left, "{left:?} / {right:?}");
            assert!(rest.is_zero() || rest.is_negative() == right.is_negative());
            assert!(rest.clone().with_sign(false) < right.clone().with_sign(false));
            assert_eq!(left.add(right).subtract(right), left);
            assert_eq!(left.subtract(right).cmp(&BigInt::default()), left.cmp(right));
        }
    }
}

#[test]
fn shifts_are_multiplications_by_powers_of_two() {
    for number in numbers() {
        for count in [0, 1, 31, 32, 33, 64, 100] {
            let power = BigInt::from(1_i64).shift_left(count);
            assert_eq!(number.shift_left(count), number.multiply(&power));
            assert_eq!(number.shift_right(count), number.divide(&power).0);
            assert_eq!(power, BigInt::from(2_i64).power(count));
        }
    }
}

#[test]
fn bits_combine_as_in_two_s_complement() {
    for left in numbers() {
        for right in numbers() {
            let and = left.combine(&right, |left, right| left & right);
            let or = left.combine(&right, |left, right| left | right);
            let xor = left.combine(&right, |left, right| left ^ right);
            assert_eq!(and.add(&or), left.add(&right));
            assert_eq!(or.subtract(&and), xor);
            if let (Some(a), Some(b)) = (left.to_i64(), right.to_i64()) {
                assert_eq!((and.to_i64(), xor.to_i64()), (Some(a & b), Some(a ^ b)));
            }
        }
    }
}

#[test]
fn texts_read_back() {
    for number in numbers() {
        let sign = if number.is_negative() { "-" } else { "" };
        for (base, prefix) in [(2, "0b"), (8, "0o"), (10, ""), (16, "0x")] {
            let text = [sign, prefix, &number.digits(base).expect("few digits")].concat();
            assert_eq!(parse(&text, base), Ok(number.clone()));
            assert_eq!(parse(&text, 0), Ok(number.clone()));
        }
    }
    assert_eq!(parse(" 1_000 ", 10), Ok(BigInt::from(1000_i64)));
    for wrong in ["", "_1", "1_", "1__0", "0x10", "--1", "1 2"] {
        assert_eq!(parse(wrong, 10), Err(ParseError::Malformed), "{wrong}");
    }
    let longest = BigInt::from(10_i64).power(4300);
    assert_eq!(longest.digits(10), None);
    assert_eq!(longest.subtract(&BigInt::from(1_i64)).digits(10), Some("9".repeat(4300)));
    assert_eq!(parse(&"1".repeat(4301), 10), Err(ParseError::TooLong(4301)));
}

#[test]
fn floats_are_rounded_to_even() {
    let two = BigInt::from(2_i64);
    let at = |offset: i64| two.power(60).add(&BigInt::from(offset)).to_float();
    assert_eq!(at(128), Some(2_f64.powi(60)));
    assert_eq!(at(129), Some(2_f64.powi(60) + 256.0));
    assert_eq!(at(384), Some(2_f64.powi(60) + 512.0));
    assert_eq!(two.power(1024).to_float(), None);
    assert_eq!(two.power(1024).subtract(&two.power(970)).to_float(), None);
    assert_eq!(two.power(1024).subtract(&two.power(970)).subtract(&two).to_float(), Some(f64::MAX));
    for number in [0.0, 1.5, -1e300, 5e-324, 1e-310, f64::MAX, 0.1, -123_456.789] {
        let (mantissa, exponent) = float::parts(number);
        let scale = BigInt::from(1_i64).shift_left(u64::from(exponent.unsigned_abs()));
        let mantissa = BigInt::from(mantissa).with_sign(number < 0.0);
        let quotient = match exponent < 0 {
            true => true_quotient(&mantissa, &scale),
            false => true_quotient(&mantissa.multiply(&scale), &BigInt::from(1_i64)),
        };
        assert_eq!(quotient, Some(number));
        assert_eq!(compare_with_float(&BigInt::from_float(number), number.trunc()), Some(Ordering::Equal));
    }
    assert_eq!(true_quotient(&two, &two.power(1075)), Some(5e-324));
    assert_eq!(true_quotient(&BigInt::from(1_i64), &two.power(1075)), Some(0.0));
    assert_eq!(true_quotient(&BigInt::from(1_i64), &BigInt::from(3_i64)), Some(1.0 / 3.0));
}

#[test]
fn powers_and_hashes_are_cpython_s() {
    let number = |text| parse(text, 10).expect("a number");
    assert_eq!(number("3").power(100), number("515377520732011331036461129765621272702107522001"));
    let power = number("-7").power_modulo(&number("123456789012345678901"), &number("1000000007"));
    assert_eq!(power, number("119290052"));
    assert_eq!(number("3").inverse(&number("11")), Some(number("4")));
    assert_eq!(number("2").inverse(&number("4")), None);
    assert_eq!(number("-1").hash(), -2);
    assert_eq!(number("2305843009213693951").hash(), 0);
    assert_eq!(number("1000000000000000000000000000000").hash(), 465_258_685_558_744_706);
    assert_eq!(number("-10000000000000000000000000").hash(), -1_590_897_978_363_751_592);
    assert_eq!(hash_of_float(1e30), 465_278_570_183_583_362);
    assert_eq!(hash_of_float(0.1), 230_584_300_921_369_408);
    assert_eq!(hash_of_float(-2.5), -1_152_921_504_606_846_978);
    assert_eq!(hash_of_float(5e-324), 16_777_216);
}
