//! `bytes`: its methods, and the ways from and to texts and numbers.

use std::rc::Rc;

use crate::python::integer::BigInt;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, ExceptionKind, Native, Raised, Value, raise, unfit};

/// Methods of bytes.
pub static METHODS: &[Native] = &[
    Native { name: "decode", call: decode },
    Native { name: "hex", call: hex },
    Native { name: "split", call: split },
    Native { name: "join", call: join },
    Native { name: "strip", call: |_, it| strip(it, true, true) },
    Native { name: "lstrip", call: |_, it| strip(it, true, false) },
    Native { name: "rstrip", call: |_, it| strip(it, false, true) },
    Native { name: "startswith", call: |_, it| affix(it, "startswith", |bytes, part| bytes.starts_with(part)) },
    Native { name: "endswith", call: |_, it| affix(it, "endswith", |bytes, part| bytes.ends_with(part)) },
    Native {
        name: "find",
        call: |_, it| {
            let found = find(receiver(it)?, &argument(it, 1)?, 0);
            Ok(Value::Int(found.map_or(-1, |position| position as i64)))
        },
    },
    Native { name: "count", call: |_, it| Ok(Value::from(pieces(receiver(it)?, &argument(it, 1)?, None).len() - 1)) },
    Native { name: "replace", call: replace },
    Native { name: "upper", call: |_, it| Ok(Value::Bytes(Rc::new(receiver(it)?.to_ascii_uppercase()))) },
    Native { name: "lower", call: |_, it| Ok(Value::Bytes(Rc::new(receiver(it)?.to_ascii_lowercase()))) },
];

/// `bytes.fromhex`.
pub static FROM_HEX: Native = Native { name: "fromhex", call: from_hex };

/// `int.from_bytes`.
pub static INT_FROM_BYTES: Native = Native { name: "from_bytes", call: int_from_bytes };

fn receiver<'a>(arguments: &Arguments<'a>) -> Result<&'a [u8], Raised> {
    match arguments.positional.first() {
        Some(Value::Bytes(bytes)) => Ok(bytes),
        _ => raise(ExceptionKind::TypeError, "this method needs a bytes object"),
    }
}

/// An argument that is to be bytes; a number stands for one byte.
fn argument(arguments: &Arguments<'_>, position: usize) -> Result<Vec<u8>, Raised> {
    match arguments.positional.get(position) {
        Some(Value::Bytes(bytes)) => Ok(bytes.to_vec()),
        Some(number @ Value::Int(_)) => Ok(vec![byte(number)?]),
        Some(other) => {
            raise(ExceptionKind::TypeError, format!("a bytes-like object is required, not '{}'", other.type_name()))
        }
        None => raise(ExceptionKind::TypeError, "this method needs one more argument"),
    }
}

/// The byte that a number is.
pub fn byte(number: &Value) -> Result<u8, Raised> {
    let byte = number.integer().and_then(|number| number.to_i64()).and_then(|number| u8::try_from(number).ok());
    match byte {
        Some(byte) => Ok(byte),
        None if number.class().is_subclass(Class::Int) => {
            raise(ExceptionKind::ValueError, "bytes must be in range(0, 256)")
        }
        None => unfit(number, "cannot be interpreted as an integer"),
    }
}

/// `bytes(...)`.
pub fn construct(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [source, encoding, errors] = arguments.bind("bytes", ["source", "encoding", "errors"], 0)?;
    let bytes = match source {
        Value::Unbound => Vec::new(),
        Value::Bytes(_) => return Ok(source.clone()),
        Value::Str(_) if matches!(encoding, Value::Unbound) => {
            return raise(ExceptionKind::TypeError, "string argument without an encoding");
        }
        Value::Str(text) => encoded(text, encoding, errors)?,
        number if number.class().is_subclass(Class::Int) => {
            let count = number.whole()?;
            let Ok(count) = usize::try_from(count) else {
                return raise(ExceptionKind::ValueError, "negative count");
            };
            machine.check_size(count)?;
            vec![0; count]
        }
        iterable => {
            let Ok(items) = machine.collect(iterable) else {
                let message = format!("cannot convert '{}' object to bytes", iterable.type_name());
                return raise(ExceptionKind::TypeError, message);
            };
            items.iter().map(byte).collect::<Result<_, _>>()?
        }
    };
    Ok(Value::Bytes(Rc::new(bytes)))
}

/// The encodings that programs name.
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
}

fn encoding(name: &Value) -> Result<Encoding, Raised> {
    let Value::Str(name) = name else { return Ok(Encoding::Utf8) };
    match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "utf8" => Ok(Encoding::Utf8),
        "ascii" | "usascii" => Ok(Encoding::Ascii),
        "latin1" | "iso88591" => Ok(Encoding::Latin1),
        _ => raise(ExceptionKind::LookupError, format!("unknown encoding: {name}")),
    }
}

/// What happens to what cannot be encoded or decoded: unless it is left out or replaced, an exception.
fn is_ignored(errors: &Value) -> Option<bool> {
    match errors {
        Value::Str(errors) if errors.as_str() == "ignore" => Some(true),
        Value::Str(errors) if errors.as_str() == "replace" => Some(false),
        _ => None,
    }
}

/// `str.encode`.
pub fn encode(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [text, encoding, errors] = arguments.bind("encode", ["self", "encoding", "errors"], 1)?;
    match text {
        Value::Str(text) => Ok(Value::Bytes(Rc::new(encoded(text, encoding, errors)?))),
        other => unfit(other, "is not a string"),
    }
}

fn encoded(text: &str, name: &Value, errors: &Value) -> Result<Vec<u8>, Raised> {
    let (codec, limit) = match encoding(name)? {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Ascii => ("ascii", 128),
        Encoding::Latin1 => ("latin-1", 256),
    };
    let mut bytes = Vec::new();
    for (position, character) in text.chars().enumerate() {
        match (u32::from(character), is_ignored(errors)) {
            (code, _) if code < limit => bytes.push(code as u8),
            (_, Some(true)) => {}
            (_, Some(false)) => bytes.push(b'?'),
            (_, None) => {
                let is_beyond = |character: &char| u32::from(*character) >= limit;
                let count = text.chars().skip(position).take_while(is_beyond).count();
                let what = match count {
                    1 => {
                        let escaped = crate::python::format::ascii(character.encode_utf8(&mut [0; 4]));
                        format!("character '{escaped}' in position {position}")
                    }
                    _ => format!("characters in position {position}-{}", position + count - 1),
                };
                let message = format!("'{codec}' codec can't encode {what}: ordinal not in range({limit})");
                return raise(ExceptionKind::UnicodeEncodeError, message);
            }
        }
    }
    Ok(bytes)
}

fn decode(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, name, errors] = arguments.bind("decode", ["self", "encoding", "errors"], 1)?;
    let mut bytes = receiver(arguments)?;
    let (codec, limit) = match encoding(name)? {
        Encoding::Utf8 => ("utf-8", 0),
        Encoding::Ascii => ("ascii", 128),
        Encoding::Latin1 => ("latin-1", 256),
    };
    let mut text = String::new();
    let mut position = 0;
    while !bytes.is_empty() {
        let (valid, wrong) = match codec {
            "utf-8" => match std::str::from_utf8(bytes) {
                Ok(_) => (bytes.len(), 0),
                Err(error) => (error.valid_up_to(), error.error_len().unwrap_or(bytes.len() - error.valid_up_to())),
            },
            _ => {
                let valid = bytes.iter().take_while(|byte| u32::from(**byte) < limit).count();
                (valid, usize::from(valid < bytes.len()))
            }
        };
        match codec {
            "utf-8" => text.push_str(std::str::from_utf8(&bytes[..valid]).unwrap_or_default()),
            _ => text.extend(bytes[..valid].iter().map(|byte| char::from(*byte))),
        }
        if wrong > 0 {
            match is_ignored(errors) {
                Some(true) => {}
                Some(false) => text.push('\u{fffd}'),
                None => {
                    return undecodable(codec, &bytes[valid..], wrong, position + valid);
                }
            }
        }
        position += valid + wrong;
        bytes = &bytes[valid + wrong..];
    }
    Ok(Value::text(text))
}

fn undecodable(codec: &str, bytes: &[u8], count: usize, position: usize) -> Result<Value, Raised> {
    let reason = match (codec, bytes[0]) {
        ("utf-8", 0xc2..=0xf4) if count == bytes.len() => "unexpected end of data",
        ("utf-8", 0xc2..=0xf4) => "invalid continuation byte",
        ("utf-8", _) => "invalid start byte",
        _ => "ordinal not in range(128)",
    };
    let place = match count {
        1 => format!("byte 0x{:02x} in position {position}", bytes[0]),
        _ => format!("bytes in position {position}-{}", position + count - 1),
    };
    raise(ExceptionKind::UnicodeDecodeError, format!("'{codec}' codec can't decode {place}: {reason}"))
}

fn hex(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let separator = match arguments.positional.get(1) {
        Some(Value::Str(separator)) => separator.as_str(),
        _ => "",
    };
    let mut text = String::new();
    for (position, byte) in receiver(arguments)?.iter().enumerate() {
        if position > 0 {
            text.push_str(separator);
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(Value::text(text))
}

fn from_hex(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let Some(Value::Str(text)) = arguments.positional.last() else {
        return raise(ExceptionKind::TypeError, "fromhex() argument must be str or bytes-like");
    };
    let mut bytes = Vec::new();
    let mut characters = text.chars().enumerate().filter(|(_, character)| !character.is_ascii_whitespace());
    while let Some((position, high)) = characters.next() {
        let low = characters.next();
        let digits = (high.to_digit(16), low.and_then(|(_, low)| low.to_digit(16)));
        let (Some(high), Some(low)) = digits else {
            let message = match (digits.0, low) {
                (Some(_), None) => "fromhex() arg must contain an even number of hexadecimal digits".to_owned(),
                (Some(_), Some((position, _))) => {
                    format!("non-hexadecimal number found in fromhex() arg at position {position}")
                }
                _ => format!("non-hexadecimal number found in fromhex() arg at position {position}"),
            };
            return raise(ExceptionKind::ValueError, message);
        };
        bytes.push((high * 16 + low) as u8);
    }
    Ok(Value::Bytes(Rc::new(bytes)))
}

/// Where bytes contain others, from a position on.
fn find(bytes: &[u8], sought: &[u8], from: usize) -> Option<usize> {
    let last = bytes.len().checked_sub(sought.len())?;
    (from..=last).find(|position| bytes[*position..].starts_with(sought))
}

/// Whether bytes contain others, or the byte that a number is.
pub fn contains(bytes: &[u8], member: &Value) -> Result<bool, Raised> {
    match member {
        Value::Bytes(part) => Ok(find(bytes, part, 0).is_some()),
        member if member.class().is_subclass(Class::Int) => match byte(member) {
            Ok(byte) => Ok(bytes.contains(&byte)),
            Err(_) => raise(ExceptionKind::ValueError, "byte must be in range(0, 256)"),
        },
        other => {
            raise(ExceptionKind::TypeError, format!("a bytes-like object is required, not '{}'", other.type_name()))
        }
    }
}

/// What stands between the separators, the first so many of which count.
fn pieces<'a>(bytes: &'a [u8], separator: &[u8], most: Option<usize>) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let (mut begin, mut from) = (0, 0);
    while let Some(place) = find(bytes, separator, from).filter(|_| Some(pieces.len()) != most) {
        pieces.push(&bytes[begin..place]);
        begin = place + separator.len();
        from = begin + usize::from(separator.is_empty());
    }
    pieces.push(&bytes[begin..]);
    pieces
}

fn split(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, separator, most] = arguments.bind("split", ["self", "sep", "maxsplit"], 1)?;
    let most = match most {
        Value::Int(most) => usize::try_from(*most).ok(),
        _ => None,
    };
    let bytes = receiver(arguments)?;
    let parts = match separator {
        Value::Bytes(separator) if separator.is_empty() => {
            return raise(ExceptionKind::ValueError, "empty separator");
        }
        Value::Bytes(separator) => pieces(bytes, separator, most),
        Value::Unbound | Value::None => words(bytes, most),
        other => {
            let message = format!("a bytes-like object is required, not '{}'", other.type_name());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    Ok(Value::list(parts.into_iter().map(|part| Value::Bytes(Rc::new(part.to_vec()))).collect()))
}

/// What stands between blanks; what follows so many words stays together.
fn words(bytes: &[u8], most: Option<usize>) -> Vec<&[u8]> {
    let mut words = Vec::new();
    let mut rest = bytes.trim_ascii_start();
    while !rest.is_empty() {
        let end = rest.iter().position(u8::is_ascii_whitespace).filter(|_| Some(words.len()) != most);
        let end = end.unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = rest[end..].trim_ascii_start();
    }
    words
}

fn join(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, iterable] = arguments.bind("join", ["self", "iterable"], 2)?;
    let separator = receiver(arguments)?;
    let mut joined = Vec::new();
    for (position, item) in machine.collect(iterable)?.iter().enumerate() {
        let Value::Bytes(item) = item else {
            let kind = item.type_name();
            let message = format!("sequence item {position}: expected a bytes-like object, {kind} found");
            return raise(ExceptionKind::TypeError, message);
        };
        if position > 0 {
            joined.extend(separator);
        }
        joined.extend(item.iter());
    }
    Ok(Value::Bytes(Rc::new(joined)))
}

fn strip(arguments: &Arguments<'_>, at_start: bool, at_end: bool) -> Result<Value, Raised> {
    let mut bytes = receiver(arguments)?;
    let removed = match arguments.positional.get(1) {
        None | Some(Value::None) => b" \t\n\r\x0b\x0c".to_vec(),
        Some(_) => argument(arguments, 1)?,
    };
    while let [first, rest @ ..] = bytes
        && at_start
        && removed.contains(first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && at_end
        && removed.contains(last)
    {
        bytes = rest;
    }
    Ok(Value::Bytes(Rc::new(bytes.to_vec())))
}

fn affix(arguments: &Arguments<'_>, name: &str, has: fn(&[u8], &[u8]) -> bool) -> Result<Value, Raised> {
    let bytes = receiver(arguments)?;
    let is_there = |part: &Value| matches!(part, Value::Bytes(part) if has(bytes, part));
    match arguments.positional.get(1) {
        Some(part @ Value::Bytes(_)) => Ok(Value::Bool(is_there(part))),
        Some(Value::Tuple(parts)) => Ok(Value::Bool(parts.iter().any(is_there))),
        other => {
            let kind = other.map_or("NoneType", |other| other.type_name());
            raise(ExceptionKind::TypeError, format!("{name} first arg must be bytes or a tuple of bytes, not {kind}"))
        }
    }
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (old, new) = (argument(arguments, 1)?, argument(arguments, 2)?);
    let parts = pieces(receiver(arguments)?, &old, None);
    machine.check_size(parts.len() * (new.len() + 1))?;
    Ok(Value::Bytes(Rc::new(parts.join(&new[..]))))
}

/// Whether the first byte is the least.
fn is_little(order: &Value) -> Result<bool, Raised> {
    match order {
        Value::Unbound => Ok(false),
        Value::Str(order) if order.as_str() == "big" => Ok(false),
        Value::Str(order) if order.as_str() == "little" => Ok(true),
        _ => raise(ExceptionKind::ValueError, "byteorder must be either 'little' or 'big'"),
    }
}

/// `int.to_bytes`.
pub fn int_to_bytes(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [number, length, order, signed] = arguments.bind("to_bytes", ["self", "length", "byteorder", "signed"], 1)?;
    let Some(number) = number.integer() else { return unfit(number, "cannot be interpreted as an integer") };
    let Ok(length) = usize::try_from(length.given_or(Value::Int(1)).whole()?) else {
        return raise(ExceptionKind::ValueError, "length argument must be non-negative");
    };
    machine.check_size(length)?;
    let is_signed = !matches!(signed, Value::Unbound) && signed.is_true();
    if number.is_negative() && !is_signed {
        return raise(ExceptionKind::OverflowError, "can't convert negative int to unsigned");
    }
    // With a sign, a bit more, but for the least of all that begin with a one.
    let magnitude = if number.is_negative() { number.add(&BigInt::from(1_i64)) } else { number.clone() };
    if magnitude.bit_length() + u64::from(is_signed) > length as u64 * 8 {
        return raise(ExceptionKind::OverflowError, "int too big to convert");
    }
    let limbs = number.twos_complement(length / 4 + 1);
    let mut bytes: Vec<u8> = limbs.iter().flat_map(|limb| limb.to_le_bytes()).take(length).collect();
    if !is_little(order)? {
        bytes.reverse();
    }
    Ok(Value::Bytes(Rc::new(bytes)))
}

fn int_from_bytes(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [source, order, signed] = arguments.bind("from_bytes", ["bytes", "byteorder", "signed"], 1)?;
    let items = machine.collect(source)?;
    let mut bytes: Vec<u8> = items.iter().map(byte).collect::<Result<_, _>>()?;
    if !is_little(order)? {
        bytes.reverse();
    }
    let is_negative =
        !matches!(signed, Value::Unbound) && signed.is_true() && bytes.last().is_some_and(|last| *last >= 0x80);
    bytes.resize(bytes.len() / 4 * 4 + 4, if is_negative { 0xff } else { 0 });
    let mut limbs: Vec<u32> =
        bytes.chunks_exact(4).map(|chunk| u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]])).collect();
    // So that a number without sign has none.
    limbs.push(if is_negative { u32::MAX } else { 0 });
    Ok(BigInt::from_twos_complement(limbs).into())
}
