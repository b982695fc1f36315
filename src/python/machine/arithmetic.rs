//! Operators on numbers.

use std::rc::Rc;

use super::{Machine, quick};
use crate::python::compile::Operator;
use crate::python::integer::{BigInt, true_quotient};
use crate::python::values::{ExceptionKind, Raised, Value, raise};

/// Numbers of more bits than this are refused: two of them would take a second to multiply.
const MOST_BITS: u64 = 1 << 20;

/// So many products of limbs are as much work as one jump backwards.
const LIMBS_PER_WORK: u64 = 64;

/// Up to here, every whole number is a float.
const LARGEST_EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// A number of any kind.
pub(super) enum Number {
    Whole(i64),
    Big(Rc<BigInt>),
    Float(f64),
}

/// The number that a value is, if it is one.
pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(value) => Some(Number::Whole(i64::from(*value))),
        Value::Int(value) => Some(Number::Whole(*value)),
        Value::Big(value) => Some(Number::Big(value.clone())),
        Value::Float(value) => Some(Number::Float(*value)),
        Value::Instance(instance) => number(&instance.core()?),
        _ => None,
    }
}

impl Number {
    fn to_float(&self) -> Result<f64, Raised> {
        match self {
            Self::Whole(number) => Ok(*number as f64),
            Self::Float(number) => Ok(*number),
            Self::Big(number) => number
                .to_float()
                .map_or_else(|| raise(ExceptionKind::OverflowError, "int too large to convert to float"), Ok),
        }
    }
}

/// The float nearest to a number; `None` for what is no number.
///
/// # Errors
/// `OverflowError` beyond the largest float.
pub fn to_float(value: &Value) -> Result<Option<f64>, Raised> {
    number(value).map(|number| number.to_float()).transpose()
}

impl Machine {
    /// Operators on whole numbers of 64 bits.
    pub(super) fn whole(&mut self, operator: Operator, a: i64, b: i64) -> Result<Value, Raised> {
        let result = match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply => quick::result(operator, a, b),
            Operator::Divide | Operator::FloorDivide | Operator::Modulo if b == 0 => return by_zero(),
            Operator::Divide if a.unsigned_abs().max(b.unsigned_abs()) <= LARGEST_EXACT => {
                return Ok(Value::Float(a as f64 / b as f64));
            }
            Operator::FloorDivide => a.checked_div(b).map(|quotient| {
                let is_exact = a % b == 0;
                if !is_exact && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
            }),
            Operator::Modulo => {
                let rest = a.wrapping_rem(b);
                Some(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
            }
            Operator::Power if b < 0 => return float(operator, a as f64, b as f64),
            Operator::Power => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
            Operator::LeftShift if (0..63).contains(&b) => a.checked_mul(1 << b),
            Operator::RightShift if b >= 0 => Some(a >> b.min(63)),
            Operator::And => Some(a & b),
            Operator::Or => Some(a | b),
            Operator::Xor => Some(a ^ b),
            Operator::Divide | Operator::LeftShift | Operator::RightShift => None,
        };
        match result {
            Some(number) => Ok(Value::Int(number)),
            None => self.big(operator, &BigInt::from(a), &BigInt::from(b)),
        }
    }

    /// Operators on whole numbers of any size.
    fn big(&mut self, operator: Operator, a: &BigInt, b: &BigInt) -> Result<Value, Raised> {
        let result = match operator {
            Operator::Add => a.add(b),
            Operator::Subtract => a.subtract(b),
            Operator::Multiply => {
                check_bits(a.bit_length() + b.bit_length())?;
                self.charge_bits(a.bit_length(), b.bit_length());
                a.multiply(b)
            }
            Operator::Divide | Operator::FloorDivide | Operator::Modulo if b.is_zero() => return by_zero(),
            Operator::Divide => {
                return match true_quotient(a, b) {
                    Some(quotient) => Ok(Value::Float(quotient)),
                    None => raise(ExceptionKind::OverflowError, "integer division result too large for a float"),
                };
            }
            Operator::FloorDivide | Operator::Modulo => {
                self.charge_bits(a.bit_length().saturating_sub(b.bit_length()), b.bit_length());
                let (quotient, rest) = a.divide(b);
                if operator == Operator::Modulo { rest } else { quotient }
            }
            Operator::Power if b.is_negative() => {
                let (a, b) = (Number::Big(Rc::new(a.clone())), Number::Big(Rc::new(b.clone())));
                return float(operator, a.to_float()?, b.to_float()?);
            }
            Operator::Power => {
                // Powers of 0, 1 and -1 stay small, whatever the exponent.
                let exponent = match (a.bit_length(), b.to_i64()) {
                    (0 | 1, _) => u64::from(!b.is_zero()) + u64::from(!b.is_zero() && !b.is_odd()),
                    (bits, exponent) => {
                        let exponent = exponent.map_or(u64::MAX, |exponent| exponent as u64);
                        let bits = (bits - 1).saturating_mul(exponent);
                        check_bits(bits)?;
                        self.charge_bits(bits, bits);
                        exponent
                    }
                };
                a.power(exponent)
            }
            Operator::LeftShift | Operator::RightShift if b.is_negative() => {
                return raise(ExceptionKind::ValueError, "negative shift count");
            }
            Operator::LeftShift if a.is_zero() => BigInt::default(),
            Operator::LeftShift => {
                let Some(count) = b.to_i64() else {
                    return raise(ExceptionKind::OverflowError, "too many digits in integer");
                };
                check_bits(a.bit_length().saturating_add(count as u64))?;
                a.shift_left(count as u64)
            }
            Operator::RightShift => a.shift_right(b.to_i64().map_or(u64::MAX, |count| count as u64)),
            Operator::And => a.combine(b, |a, b| a & b),
            Operator::Or => a.combine(b, |a, b| a | b),
            Operator::Xor => a.combine(b, |a, b| a ^ b),
        };
        check_bits(result.bit_length())?;
        Ok(result.into())
    }

    /// An operator on two numbers of any kinds; `None` if they are none.
    pub(super) fn numbers(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Option<Value>, Raised> {
        let (Some(a), Some(b)) = (number(left), number(right)) else { return Ok(None) };
        let result = match (&a, &b) {
            (Number::Whole(a), Number::Whole(b)) => self.whole(operator, *a, *b)?,
            (Number::Float(_), _) | (_, Number::Float(_)) if !is_arithmetic(operator) => return Ok(None),
            (Number::Float(_), _) | (_, Number::Float(_)) => float(operator, a.to_float()?, b.to_float()?)?,
            _ => match (left.integer(), right.integer()) {
                (Some(a), Some(b)) => self.big(operator, &a, &b)?,
                _ => return Ok(None),
            },
        };
        let is_logic = matches!(operator, Operator::And | Operator::Or | Operator::Xor);
        Ok(Some(match (left, right, result) {
            (Value::Bool(_), Value::Bool(_), Value::Int(bit)) if is_logic => Value::Bool(bit != 0),
            (.., result) => result,
        }))
    }

    /// `pow(base, exponent, modulus)`.
    pub fn power_modulo(&mut self, base: &Value, exponent: &Value, modulus: &Value) -> Result<Value, Raised> {
        let (Some(base), Some(exponent), Some(modulus)) = (base.integer(), exponent.integer(), modulus.integer())
        else {
            let message = "pow() 3rd argument not allowed unless all arguments are integers";
            return raise(ExceptionKind::TypeError, message);
        };
        if modulus.is_zero() {
            return raise(ExceptionKind::ValueError, "pow() 3rd argument cannot be 0");
        }
        let bits = modulus.bit_length();
        // As much work as the largest product takes.
        if (bits / 32 + 1).pow(2).saturating_mul(exponent.bit_length()) > (MOST_BITS / 64).pow(2) {
            return raise(ExceptionKind::MemoryError, "Signalbox does not compute powers as large as this");
        }
        self.charge_bits(bits.saturating_mul(exponent.bit_length()), bits);
        let base = match exponent.is_negative() {
            false => Some(base),
            true => base.inverse(&modulus),
        };
        match base {
            Some(base) => Ok(base.power_modulo(&exponent.with_sign(false), &modulus).into()),
            None => raise(ExceptionKind::ValueError, "base is not invertible for the given modulus"),
        }
    }

    /// Counts the work of multiplying numbers of so many bits.
    fn charge_bits(&mut self, bits: u64, other_bits: u64) {
        let work = (bits / 32 + 1).saturating_mul(other_bits / 32 + 1) / LIMBS_PER_WORK;
        self.work = self.work.saturating_add(work);
        self.until_pause = self.until_pause.saturating_sub(work).max(1);
    }

    pub(super) fn negative(&mut self, value: &Value) -> Result<Value, Raised> {
        if let Value::Instance(_) = value
            && let Some(result) = self.call_special_nested(value, "__neg__", &[])?
        {
            return Ok(result);
        }
        match number(value) {
            Some(Number::Whole(number)) if number != i64::MIN => Ok(Value::Int(-number)),
            Some(Number::Whole(number)) => Ok(BigInt::from(number).negated().into()),
            Some(Number::Big(number)) => Ok(number.negated().into()),
            Some(Number::Float(number)) => Ok(Value::Float(-number)),
            None => self.unary_special(value, "-", "__neg__"),
        }
    }

    pub(super) fn positive(&mut self, value: &Value) -> Result<Value, Raised> {
        match value {
            Value::Bool(value) => Ok(Value::Int(i64::from(*value))),
            Value::Int(_) | Value::Big(_) | Value::Float(_) => Ok(value.clone()),
            value => self.unary_special(value, "+", "__pos__"),
        }
    }

    /// An operator on an object of a class that may have it.
    fn unary_special(&mut self, value: &Value, symbol: &str, name: &str) -> Result<Value, Raised> {
        match (self.call_special_nested(value, name, &[])?, value.core()) {
            (Some(result), _) => Ok(result),
            (None, Some(core)) if name == "__pos__" => self.positive(&core),
            (None, _) => bad_operand(symbol, value),
        }
    }

    pub(super) fn invert(&mut self, value: &Value) -> Result<Value, Raised> {
        if let Value::Instance(_) = value
            && let Some(result) = self.call_special_nested(value, "__invert__", &[])?
        {
            return Ok(result);
        }
        match number(value) {
            Some(Number::Whole(number)) => Ok(Value::Int(!number)),
            Some(Number::Big(number)) => Ok(number.negated().subtract(&BigInt::from(1_i64)).into()),
            _ => self.unary_special(value, "~", "__invert__"),
        }
    }
}

fn is_arithmetic(operator: Operator) -> bool {
    use Operator::{And, LeftShift, Or, RightShift, Xor};
    !matches!(operator, And | LeftShift | Or | RightShift | Xor)
}

fn check_bits(bits: u64) -> Result<(), Raised> {
    if bits <= MOST_BITS {
        return Ok(());
    }
    raise(ExceptionKind::MemoryError, format!("Signalbox computes with whole numbers of up to {MOST_BITS} bits"))
}

fn by_zero<T>() -> Result<T, Raised> {
    raise(ExceptionKind::ZeroDivisionError, "division by zero")
}

fn bad_operand(symbol: &str, value: &Value) -> Result<Value, Raised> {
    raise(ExceptionKind::TypeError, format!("bad operand type for unary {symbol}: '{}'", value.type_name()))
}

/// An arithmetic operator on floats.
pub(super) fn float(operator: Operator, a: f64, b: f64) -> Result<Value, Raised> {
    let result = match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide | Operator::FloorDivide | Operator::Modulo if b == 0.0 => return by_zero(),
        Operator::Divide => a / b,
        Operator::FloorDivide => floor_quotient(a, b),
        Operator::Modulo => modulo(a, b),
        Operator::Power if a == 0.0 && b < 0.0 => {
            return raise(ExceptionKind::ZeroDivisionError, "zero to a negative power");
        }
        Operator::Power if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 => {
            return raise(ExceptionKind::ValueError, "Signalbox does not run complex numbers");
        }
        Operator::Power => {
            let power = a.powf(b);
            if power.is_infinite() && a.is_finite() && b.is_finite() {
                let arguments = vec![Value::Int(34), Value::from("Numerical result out of range")];
                return Err(crate::python::values::Exception::new(ExceptionKind::OverflowError, arguments));
            }
            power
        }
        other => {
            let message = format!("unsupported operand type(s) for {}: 'float' and 'float'", other.symbol());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    Ok(Value::Float(result))
}

/// The remainder, with the divisor's sign even if it is zero.
fn modulo(a: f64, b: f64) -> f64 {
    let rest = a % b;
    match rest == 0.0 {
        true => 0.0_f64.copysign(b),
        false if (rest < 0.0) != (b < 0.0) => rest + b,
        false => rest,
    }
}

/// The whole quotient that belongs to the remainder: `1 // 0.1` is 9, since 0.1 is a little more than a tenth.
fn floor_quotient(a: f64, b: f64) -> f64 {
    let rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0_f64.copysign(a / b);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}
