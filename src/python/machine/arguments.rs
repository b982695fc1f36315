//! The arguments of calls: which parameter each is for.

use std::rc::Rc;

use crate::python::values::{Dict, ExceptionKind, Function, Raised, Value, raise};

/// The keyword arguments of a call, whose values lie in the order of their names.
pub(super) fn keywords(names: &[Value], values: &[Value]) -> Vec<(Rc<str>, Value)> {
    let name = |name: &Value| match name {
        Value::Str(name) => Rc::from(name.as_str()),
        _ => Rc::from(""),
    };
    names.iter().zip(values).map(|(key, value)| (name(key), value.clone())).collect()
}

/// The keyword arguments that a dict stands for.
pub(super) fn keywords_of(dict: &Value) -> Result<Vec<(Rc<str>, Value)>, Raised> {
    let Value::Dict(dict) = &dict.plain() else { return Ok(Vec::new()) };
    let keyword = |(key, value): (Value, Value)| match key {
        Value::Str(name) => Ok((Rc::from(name.as_str()), value)),
        _ => raise(ExceptionKind::TypeError, "keywords must be strings"),
    };
    dict.entries().into_iter().map(keyword).collect()
}

/// The locals of a call: each argument at its parameter. The messages are CPython's.
pub(super) fn bind(
    function: &Function,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result<Vec<Value>, Raised> {
    let code = &function.code;
    let signature = &code.signature;
    let name = &code.qualified_name;
    let wrong = |message: String| raise(ExceptionKind::TypeError, format!("{name}() {message}"));
    let mut values = vec![Value::Unbound; code.locals];
    let given = positional.len().min(signature.positional);
    values[..given].clone_from_slice(&positional[..given]);
    let parameters = signature.names.len();
    if signature.rest {
        values[parameters] = Value::tuple(positional[given..].to_vec());
    } else if positional.len() > signature.positional {
        let least = signature.positional - function.defaults.len();
        let expected = match (least, signature.positional) {
            (least, most) if least < most => format!("from {least} to {most} positional arguments"),
            (_, 1) => "1 positional argument".to_string(),
            (_, most) => format!("{most} positional arguments"),
        };
        let were = if positional.len() == 1 { "was" } else { "were" };
        return wrong(format!("takes {expected} but {} {were} given", positional.len()));
    }
    let rest = Dict::default();
    for (key, value) in keywords {
        let position = signature.names.iter().position(|parameter| parameter == key);
        match position.filter(|position| *position >= signature.positional_only) {
            Some(position) if matches!(values[position], Value::Unbound) => values[position] = value.clone(),
            Some(_) => return wrong(format!("got multiple values for argument '{key}'")),
            None if position.is_some() && !signature.keyword_rest => {
                let is_given = |name: &&Rc<str>| keywords.iter().any(|(key, _)| key == *name);
                let names: Vec<&str> =
                    signature.names[..signature.positional_only].iter().filter(is_given).map(|name| &**name).collect();
                let names = names.join(", ");
                return wrong(format!("got some positional-only arguments passed as keyword arguments: '{names}'"));
            }
            None if signature.keyword_rest => rest.set(key, value.clone()),
            None => return wrong(format!("got an unexpected keyword argument '{key}'")),
        }
    }
    if signature.keyword_rest {
        values[parameters + usize::from(signature.rest)] = Value::Dict(Rc::new(rest));
    }
    let first_default = signature.positional - function.defaults.len();
    for (position, default) in function.defaults.iter().enumerate() {
        let place = &mut values[first_default + position];
        if matches!(place, Value::Unbound) {
            *place = default.clone();
        }
    }
    for (position, default) in function.keyword_defaults.iter().enumerate() {
        let place = &mut values[signature.positional + position];
        if matches!(place, Value::Unbound) {
            *place = default.clone();
        }
    }
    let missing = |range: std::ops::Range<usize>| -> Vec<String> {
        let is_missing = |position: &usize| matches!(values[*position], Value::Unbound);
        range.filter(is_missing).map(|position| format!("'{}'", signature.names[position])).collect()
    };
    for (missing, kind) in
        [(missing(0..signature.positional), "positional"), (missing(signature.positional..parameters), "keyword-only")]
    {
        if !missing.is_empty() {
            let arguments = if missing.len() == 1 { "argument" } else { "arguments" };
            let message = format!("missing {} required {kind} {arguments}: {}", missing.len(), enumerate(&missing));
            return wrong(message);
        }
    }
    Ok(values)
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
fn enumerate(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}
