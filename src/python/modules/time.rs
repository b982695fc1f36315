//! `time`, on the virtual clock.
//!
//! The clocks `time`, `monotonic` and `perf_counter` all start at 0 with the program. Who asks for the date or the time of
//! the day without saying when is told that the program began at midnight on 2024-01-01, UTC.

use std::rc::Rc;

use super::calendar::{BEGINNING, Moment, microseconds};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    match name {
        "struct_time" => Some(Value::Class(Class::Native(&STRUCT_TIME))),
        "timezone" | "altzone" | "daylight" => Some(Value::Int(0)),
        "tzname" => Some(Value::tuple(vec![Value::from("UTC"), Value::from("UTC")])),
        _ => super::function(FUNCTIONS, name),
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "time", call: now },
    Native { name: "monotonic", call: now },
    Native { name: "perf_counter", call: now },
    Native { name: "process_time", call: |_, _| Ok(Value::Float(0.0)) },
    Native { name: "thread_time", call: |_, _| Ok(Value::Float(0.0)) },
    Native { name: "time_ns", call: nanoseconds },
    Native { name: "monotonic_ns", call: nanoseconds },
    Native { name: "perf_counter_ns", call: nanoseconds },
    Native { name: "process_time_ns", call: |_, _| Ok(Value::Int(0)) },
    Native { name: "sleep", call: sleep },
    Native { name: "strftime", call: format },
    Native { name: "localtime", call: taken_apart },
    Native { name: "gmtime", call: taken_apart },
    Native {
        name: "ctime",
        call: |machine, it| Ok(Value::text(moment(machine, it.positional.first())?.formatted("%c"))),
    },
    Native {
        name: "asctime",
        call: |machine, it| Ok(Value::text(moment(machine, it.positional.first())?.formatted("%c"))),
    },
    Native { name: "mktime", call: put_together },
];

fn now(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Float(machine.clock()))
}

fn nanoseconds(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Int(microseconds(machine.clock()) * 1000))
}

/// Blocks everything: the clock moves, and nobody else does.
/// As many seconds as there are nanoseconds in 63 bits. See `_PyTime_FromSecondsObject`.
const LONGEST_SLEEP: f64 = 9_223_372_036.854_775;

fn sleep(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [seconds] = arguments.bind("sleep", ["seconds"], 1)?;
    let seconds = match seconds {
        Value::Float(seconds) if !seconds.is_nan() => *seconds,
        Value::Float(_) => return raise(ExceptionKind::ValueError, "Invalid value NaN (not a number)"),
        other => other.whole()? as f64,
    };
    if seconds < 0.0 {
        return raise(ExceptionKind::ValueError, "sleep length must be non-negative");
    }
    if seconds >= LONGEST_SLEEP {
        return raise(ExceptionKind::OverflowError, "timestamp out of range for platform time_t");
    }
    let line = machine.line();
    machine.block(seconds, line);
    Ok(Value::None)
}

/// The parts of a moment by their names, in their order.
const PARTS: [&str; 9] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"];

static STRUCT_TIME: NativeClass = NativeClass {
    name: "struct_time",
    module: "time",
    methods: &[
        Native { name: "__iter__", call: |machine, it| machine.iterate(&parts(it)?) },
        Native { name: "__len__", call: |_, _| Ok(Value::from(PARTS.len())) },
        Native {
            name: "__getitem__",
            call: |machine, it| {
                let [_, index] = it.bind("__getitem__", ["self", "key"], 2)?;
                machine.item_of(&parts(it)?, index)
            },
        },
    ],
    attribute: |object, name| match (object.state::<Moment>(), PARTS.iter().position(|part| *part == name)) {
        (Some(moment), Some(at)) => Some(Value::Int(numbers(&moment)[at])),
        _ => match name {
            "tm_zone" => Some(Value::from("UTC")),
            "tm_gmtoff" => Some(Value::Int(0)),
            _ => None,
        },
    },
    represent: |object| {
        let moment = object.state::<Moment>()?;
        let part = |(name, number): (&&str, i64)| format!("{name}={number}");
        let parts: Vec<String> = PARTS.iter().zip(numbers(&moment)).map(part).collect();
        Some(["time.struct_time(", &parts.join(", "), ")"].concat())
    },
    ..NativeClass::PLAIN
};

fn numbers(moment: &Moment) -> [i64; 9] {
    let Moment { year, month, day, hour, minute, second, .. } = *moment;
    [year, month, day, hour, minute, second, moment.weekday(), moment.day_of_year(), 0]
}

fn parts(arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let moment = Object::state_of::<Moment>(&arguments.positional[0])?;
    Ok(Value::tuple(numbers(&moment).into_iter().map(Value::Int).collect()))
}

/// Seconds since 1970 beyond which no date is told.
const LAST: f64 = 9e12;

/// The moment that is meant by seconds since 1970, by a `struct_time` or its parts, or by nothing: now.
fn moment(machine: &mut Machine, given: Option<&Value>) -> Result<Moment, Raised> {
    match given {
        None | Some(Value::None) => Ok(Moment::now(machine)),
        Some(Value::Tuple(parts)) if parts.len() == PARTS.len() => {
            let mut numbers = [0; 6];
            for (number, part) in numbers.iter_mut().zip(parts.iter()) {
                *number = part.whole()?;
            }
            let names = ["year", "month", "day of month", "hour", "minute", "seconds"];
            let ends = [(-9999, 9999), (1, 12), (1, 31), (0, 23), (0, 59), (0, 61)];
            for ((number, name), (least, most)) in numbers.into_iter().zip(names).zip(ends) {
                if !(least..=most).contains(&number) {
                    return raise(ExceptionKind::ValueError, format!("{name} out of range"));
                }
            }
            let [year, month, day, hour, minute, second] = numbers;
            Ok(Moment { year, month, day, hour, minute, second, microsecond: 0 })
        }
        Some(object @ Value::Object(_)) => Ok(*Object::state_of::<Moment>(object)?),
        Some(seconds) => match seconds.as_float() {
            Some(seconds) if seconds.is_nan() => raise(ExceptionKind::ValueError, "Invalid value NaN (not a number)"),
            Some(seconds) if seconds.abs() > LAST => {
                raise(ExceptionKind::OverflowError, "timestamp out of range for platform time_t")
            }
            Some(seconds) => Ok(Moment::at(seconds.floor() as i64 * 1_000_000)),
            None => unfit(seconds, "cannot be interpreted as an integer"),
        },
    }
}

fn taken_apart(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let moment = moment(machine, arguments.positional.first())?;
    Ok(Object::value(&STRUCT_TIME, Rc::new(moment)))
}

fn put_together(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let moment = moment(machine, Some(arguments.alone("mktime")?))?;
    Ok(Value::Float((moment.microseconds() / 1_000_000) as f64))
}

fn format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [Value::Str(format), rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "strftime() argument 1 must be str");
    };
    Ok(Value::text(moment(machine, rest.first())?.formatted(format)))
}

const _: () = assert!(BEGINNING % 86_400 == 0, "a program begins at midnight");
