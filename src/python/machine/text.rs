//! The texts of values, for which objects of the program's own classes are asked.

use super::Machine;
use crate::python::compile::Conversion;
use crate::python::format;
use crate::python::integer::{BigInt, TOO_LONG};
use crate::python::modules;
use crate::python::values::{EnumerationKind, ExceptionKind, Raised, Value, raise, repr_with, str};

fn decimal(number: &BigInt) -> Result<String, Raised> {
    number.to_text().map_or_else(|| raise(ExceptionKind::ValueError, TOO_LONG), Ok)
}

impl Machine {
    /// The value as `repr` shows it.
    pub fn repr(&mut self, value: &Value) -> Result<String, Raised> {
        self.represent(value, None)
    }

    /// The value as `repr` shows it where its own class does not say how.
    pub fn repr_plainly(&mut self, value: &Value) -> Result<String, Raised> {
        self.represent(value, Some(value))
    }

    fn represent(&mut self, value: &Value, unasked: Option<&Value>) -> Result<String, Raised> {
        let mut failure = None;
        let text = repr_with(value, &mut |object| {
            if failure.is_some() || unasked.is_some_and(|unasked| unasked.is(object)) {
                return None;
            }
            let text = match object {
                Value::Big(number) => decimal(number).map(Some),
                _ => self.own_text(object, "__repr__"),
            };
            text.unwrap_or_else(|exception| {
                failure = Some(exception);
                None
            })
        });
        failure.map_or(Ok(text), Err)
    }

    /// The value as `str` and `print` show it.
    pub fn str(&mut self, value: &Value) -> Result<String, Raised> {
        match value {
            Value::Exception(_) | Value::Instance(_) | Value::Object(_) | Value::Type(_) => {
                match self.own_text(value, "__str__")? {
                    Some(text) => Ok(text),
                    None => self.str_plainly(value),
                }
            }
            value => self.str_plainly(value),
        }
    }

    /// The value as `str` shows it where its own class does not say how.
    pub fn str_plainly(&mut self, value: &Value) -> Result<String, Raised> {
        match value {
            Value::Str(text) => Ok(text.to_string()),
            Value::Exception(exception) => match exception.arguments.borrow().as_slice() {
                [one @ (Value::Instance(_) | Value::Exception(_))] => self.str(&one.clone()),
                _ => Ok(exception.message()),
            },
            Value::Instance(instance) => match (instance.member_text(), instance.core()) {
                (Some(text), _) => Ok(text),
                (None, Some(Value::Str(text))) => Ok(text.to_string()),
                _ => self.repr(value),
            },
            Value::Big(number) => decimal(number),
            Value::List(_)
            | Value::Tuple(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Future(_)
            | Value::Object(_)
            | Value::Type(_)
            | Value::EventLoop(_) => self.repr(value),
            other => Ok(str(other)),
        }
    }

    /// What an object's own special method says of it, if its class has one.
    fn own_text(&mut self, object: &Value, name: &str) -> Result<Option<String>, Raised> {
        match object {
            Value::Future(future) => return Ok(Some(self.future_text(future))),
            Value::EventLoop(number) => return Ok(Some(self.loop_text(*number))),
            Value::Object(it) if let Some(text) = modules::handle_text(self, it) => return Ok(Some(text)),
            _ => {}
        }
        let function = match object {
            Value::Object(_) => modules::method(object, name).map(Value::Native),
            _ => object.user_class().and_then(|class| class.find(name)),
        };
        let Some(function) = function else { return Ok(None) };
        match self.call_value(&function, std::slice::from_ref(object))? {
            Value::Str(text) => Ok(Some(text.to_string())),
            other => {
                let message = format!("{name} returned non-string (type {})", other.type_name());
                raise(ExceptionKind::TypeError, message)
            }
        }
    }

    /// The text of a value in an f-string or for `format`.
    pub fn format(
        &mut self,
        value: &Value,
        conversion: Conversion,
        specification: Option<&Value>,
    ) -> Result<String, Raised> {
        let converted = match conversion {
            Conversion::None => value.clone(),
            Conversion::Str => Value::text(self.str(value)?),
            Conversion::Repr => Value::text(self.repr(value)?),
            Conversion::Ascii => Value::text(format::ascii(&self.repr(value)?)),
        };
        let specification = match specification {
            Some(Value::Str(specification)) => specification.as_str(),
            _ if converted.user_class().is_none() => return self.str(&converted),
            _ => "",
        };
        if let Some(function) = converted.user_class().and_then(|class| class.find("__format__")) {
            let text = self.call_value(&function, &[converted.clone(), Value::text(specification)])?;
            return self.str(&text);
        }
        self.format_plainly(&converted, specification)
    }

    /// The text of a value in an f-string where its own class does not say how.
    pub fn format_plainly(&mut self, converted: &Value, specification: &str) -> Result<String, Raised> {
        let formatted = match converted {
            Value::Instance(instance) if !specification.is_empty() => {
                match (instance.class.enumeration(), instance.core()) {
                    (Some(enumeration), _) if enumeration.kind == EnumerationKind::Plain => {
                        format::format_str(&self.str(converted)?, specification)
                    }
                    (_, Some(core)) => return self.format_plainly(&core, specification),
                    (Some(_), None) => format::format_str(&self.str(converted)?, specification),
                    (None, None) => {
                        let message =
                            format!("unsupported format string passed to {}.__format__", converted.type_name());
                        return raise(ExceptionKind::TypeError, message);
                    }
                }
            }
            Value::Bool(_) | Value::Int(_) | Value::Big(_) if !specification.is_empty() => {
                format::format_int(&converted.integer().unwrap_or_default(), specification)
            }
            Value::Float(value) => format::format_float(*value, specification),
            Value::Str(text) => format::format_str(text, specification),
            other if specification.is_empty() => return self.str(other),
            Value::Object(_) if let Some(method) = modules::method(converted, "__format__") => {
                let text = Value::text(specification);
                let text = self.call_value(&Value::Native(method), &[converted.clone(), text])?;
                return self.str(&text);
            }
            other => {
                let message = format!("unsupported format string passed to {}.__format__", other.type_name());
                return raise(ExceptionKind::TypeError, message);
            }
        };
        formatted.or_else(|error| {
            let kind = ExceptionKind::ALL.iter().find(|kind| kind.name() == error.exception);
            raise(kind.copied().unwrap_or(ExceptionKind::ValueError), error.message)
        })
    }
}
