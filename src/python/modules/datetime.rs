//! `datetime`, on the virtual clock: a program begins at midnight on 2024-01-01, UTC.

use std::rc::Rc;

use super::calendar::{Moment, days_of_month, microseconds};
use super::timedelta::{self, TIMEDELTA, holds, microseconds_of};
use crate::python::compile::Comparison;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    let class = match name {
        "datetime" => &DATETIME,
        "date" => &DATE,
        "time" => &TIME,
        "timedelta" => &TIMEDELTA,
        "timezone" => &TIMEZONE,
        "UTC" => return Some(utc()),
        _ => return None,
    };
    Some(Value::Class(Class::Native(class)))
}

/// What an object of one of the classes shows.
struct Stamp {
    moment: Moment,
    /// It knows that it is in UTC.
    has_zone: bool,
}

static DATETIME: NativeClass = NativeClass {
    name: "datetime",
    module: "datetime",
    base: Class::Native(&DATE),
    methods: METHODS,
    construct: |_, it| construct(it, &DATETIME),
    attribute,
    of_class: |name| match name {
        "fromtimestamp" | "utcfromtimestamp" | "fromisoformat" | "strptime" | "combine" | "now" | "utcnow"
        | "today" => super::function(MADE, name),
        _ => None,
    },
    represent,
    ..NativeClass::PLAIN
};

static DATE: NativeClass = NativeClass {
    name: "date",
    module: "datetime",
    methods: METHODS,
    construct: |_, it| construct(it, &DATE),
    attribute,
    of_class: |name| match name {
        "today" => Some(Value::Native(&TODAY)),
        _ => None,
    },
    represent,
    ..NativeClass::PLAIN
};

static TIME: NativeClass = NativeClass {
    name: "time",
    module: "datetime",
    methods: METHODS,
    construct: |_, it| {
        let moment = construct_time(it)?;
        Ok(value(&TIME, moment, false))
    },
    attribute,
    represent,
    ..NativeClass::PLAIN
};

static TIMEZONE: NativeClass = NativeClass {
    name: "timezone",
    module: "datetime",
    of_class: |name| (name == "utc").then(utc),
    construct: |_, it| match it.positional.first().and_then(microseconds_of) {
        Some(0) => Ok(utc()),
        _ => raise(ExceptionKind::ValueError, "Signalbox knows no time zone but UTC"),
    },
    represent: |_| Some("datetime.timezone.utc".into()),
    methods: &[Native { name: "__str__", call: |_, _| Ok(Value::from("UTC")) }],
    ..NativeClass::PLAIN
};

static TODAY: Native =
    Native { name: "today", call: |machine, _| Ok(value(&DATE, midnight(Moment::now(machine)), false)) };

static MADE: &[Native] = &[
    Native {
        name: "now",
        call: |machine, it| {
            let [zone] = it.bind("now", ["tz"], 0)?;
            Ok(value(&DATETIME, Moment::now(machine), is_zone(zone)))
        },
    },
    Native { name: "utcnow", call: |machine, _| Ok(value(&DATETIME, Moment::now(machine), false)) },
    Native { name: "today", call: |machine, _| Ok(value(&DATETIME, Moment::now(machine), false)) },
    Native { name: "fromtimestamp", call: from_timestamp },
    Native { name: "utcfromtimestamp", call: from_timestamp },
    Native { name: "fromisoformat", call: from_iso_format },
    Native {
        name: "strptime",
        call: |machine, it| Ok(value(&DATETIME, checked(super::strptime::read(machine, it)?)?, false)),
    },
    Native {
        name: "combine",
        call: |_, it| {
            let [date, time] = it.bind("combine", ["date", "time"], 2)?;
            let (date, time) = (Object::state_of::<Stamp>(date)?, Object::state_of::<Stamp>(time)?);
            let Moment { year, month, day, .. } = date.moment;
            Ok(value(&DATETIME, Moment { year, month, day, ..time.moment }, false))
        },
    },
];

const METHODS: &[Native] = &[
    Native { name: "strftime", call: format },
    Native { name: "__format__", call: format },
    Native { name: "isoformat", call: iso_format },
    Native { name: "__str__", call: |_, it| Ok(Value::text(iso(&*this(it)?, class_of(it), " ", ""))) },
    Native { name: "ctime", call: |_, it| Ok(Value::text(this(it)?.moment.formatted("%c"))) },
    Native { name: "timestamp", call: |_, it| Ok(Value::Float(this(it)?.moment.microseconds() as f64 / 1e6)) },
    Native { name: "weekday", call: |_, it| Ok(Value::Int(this(it)?.moment.weekday())) },
    Native { name: "isoweekday", call: |_, it| Ok(Value::Int(this(it)?.moment.weekday() + 1)) },
    Native { name: "toordinal", call: |_, it| Ok(Value::Int(this(it)?.moment.days() + 719_163)) },
    Native { name: "date", call: |_, it| Ok(value(&DATE, midnight(this(it)?.moment), false)) },
    Native {
        name: "time",
        call: |_, it| Ok(value(&TIME, Moment { year: 1900, month: 1, day: 1, ..this(it)?.moment }, false)),
    },
    Native { name: "replace", call: replace },
    Native { name: "astimezone", call: |_, it| Ok(value(&DATETIME, this(it)?.moment, true)) },
    Native { name: "__add__", call: |_, it| shift(it, 1) },
    Native { name: "__radd__", call: |_, it| shift(it, 1) },
    Native { name: "__sub__", call: subtract },
    Native { name: "__eq__", call: |_, it| compare(it, Comparison::Equal) },
    Native { name: "__lt__", call: |_, it| compare(it, Comparison::Less) },
    Native { name: "__le__", call: |_, it| compare(it, Comparison::LessOrEqual) },
    Native { name: "__gt__", call: |_, it| compare(it, Comparison::Greater) },
    Native { name: "__ge__", call: |_, it| compare(it, Comparison::GreaterOrEqual) },
];

fn utc() -> Value {
    Object::value(&TIMEZONE, Rc::new(()))
}

fn is_zone(value: &Value) -> bool {
    matches!(value, Value::Object(object) if object.class == &TIMEZONE)
}

fn value(class: &'static NativeClass, moment: Moment, has_zone: bool) -> Value {
    Object::value(class, Rc::new(Stamp { moment, has_zone }))
}

fn midnight(moment: Moment) -> Moment {
    Moment { hour: 0, minute: 0, second: 0, microsecond: 0, ..moment }
}

fn this(arguments: &Arguments<'_>) -> Result<Rc<Stamp>, Raised> {
    match arguments.positional {
        [stamp, ..] => Object::state_of(stamp),
        [] => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

fn class_of(arguments: &Arguments<'_>) -> &'static NativeClass {
    match arguments.positional.first() {
        Some(Value::Object(object)) => object.class,
        _ => &DATETIME,
    }
}

/// The numbers of a moment by their names, as far as they are given.
fn numbers(given: &[&Value], into: &mut [i64]) -> Result<(), Raised> {
    for (number, value) in into.iter_mut().zip(given) {
        if !matches!(value, Value::Unbound) {
            *number = value.whole()?;
        }
    }
    Ok(())
}

fn checked(numbers: [i64; 7]) -> Result<Moment, Raised> {
    let [year, month, day, hour, minute, second, microsecond] = numbers;
    let wrong = |message: String| raise(ExceptionKind::ValueError, message);
    if !(1..=9999).contains(&year) {
        return wrong(format!("year must be in 1..9999, not {year}"));
    }
    if !(1..=12).contains(&month) {
        return wrong(format!("month must be in 1..12, not {month}"));
    }
    let last = days_of_month(year, month);
    if !(1..=last).contains(&day) {
        return wrong(format!("day {day} must be in range 1..{last} for month {month} in year {year}"));
    }
    for (name, number, most) in
        [("hour", hour, 23), ("minute", minute, 59), ("second", second, 59), ("microsecond", microsecond, 999_999)]
    {
        if !(0..=most).contains(&number) {
            return wrong(format!("{name} must be in 0..{most}, not {number}"));
        }
    }
    Ok(Moment { year, month, day, hour, minute, second, microsecond })
}

const NAMES: [&str; 8] = ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo"];

fn construct(arguments: &Arguments<'_>, class: &'static NativeClass) -> Result<Value, Raised> {
    let given = arguments.bind(class.name, NAMES, 3)?;
    let mut parts = [1, 1, 1, 0, 0, 0, 0];
    numbers(&given[..7], &mut parts)?;
    Ok(value(class, checked(parts)?, is_zone(given[7])))
}

fn construct_time(arguments: &Arguments<'_>) -> Result<Moment, Raised> {
    let given = arguments.bind("time", ["hour", "minute", "second", "microsecond"], 0)?;
    let mut parts = [1900, 1, 1, 0, 0, 0, 0];
    numbers(&given, &mut parts[3..])?;
    checked(parts)
}

fn replace(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (stamp, class) = (this(arguments)?, class_of(arguments));
    let rest = Arguments { positional: &arguments.positional[1..], keywords: arguments.keywords };
    let given = rest.bind("replace", NAMES, 0)?;
    let Moment { year, month, day, hour, minute, second, microsecond } = stamp.moment;
    let mut parts = [year, month, day, hour, minute, second, microsecond];
    numbers(&given[..7], &mut parts)?;
    let has_zone = if let Value::Unbound = given[7] { stamp.has_zone } else { is_zone(given[7]) };
    Ok(value(class, checked(parts)?, has_zone))
}

fn from_timestamp(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [seconds, zone] = arguments.bind("fromtimestamp", ["timestamp", "tz"], 1)?;
    match seconds.as_float() {
        Some(seconds) => Ok(value(&DATETIME, Moment::at(microseconds(seconds)), is_zone(zone))),
        None => unfit(seconds, "cannot be interpreted as an integer"),
    }
}

fn from_iso_format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let text = machine.str(arguments.alone("fromisoformat")?)?;
    let (bare, has_zone) = match text.strip_suffix("+00:00").or_else(|| text.strip_suffix('Z')) {
        Some(bare) => (bare, true),
        None => (text.as_str(), false),
    };
    let mut parts = [1, 1, 1, 0, 0, 0, 0];
    let mut count = 0;
    let mut is_wrong = false;
    for piece in bare.split(['-', 'T', ' ', ':', '.']) {
        let digits = if count == 6 { [piece, "000000"].concat()[..6].to_owned() } else { piece.to_owned() };
        match (digits.parse(), parts.get_mut(count)) {
            (Ok(number), Some(part)) => *part = number,
            _ => is_wrong = true,
        }
        count += 1;
    }
    if count < 3 || is_wrong {
        return raise(
            ExceptionKind::ValueError,
            ["Invalid isoformat string: ", &machine.repr(&Value::text(text))?].concat(),
        );
    }
    Ok(value(&DATETIME, checked(parts)?, has_zone))
}

fn attribute(object: &Object, name: &str) -> Option<Value> {
    let stamp = object.state::<Stamp>()?;
    let Moment { year, month, day, hour, minute, second, microsecond } = stamp.moment;
    let parts = [year, month, day, hour, minute, second, microsecond];
    if name == "tzinfo" {
        return Some(if stamp.has_zone { utc() } else { Value::None });
    }
    NAMES.iter().zip(parts).find(|(part, _)| **part == name).map(|(_, number)| Value::Int(number))
}

fn represent(object: &Object) -> Option<String> {
    let stamp = object.state::<Stamp>()?;
    let Moment { year, month, day, hour, minute, second, microsecond } = stamp.moment;
    let mut parts = match object.class.name {
        "date" => vec![year, month, day],
        "time" => vec![hour, minute],
        _ => vec![year, month, day, hour, minute],
    };
    if object.class.name != "date" && (second, microsecond) != (0, 0) {
        parts.push(second);
        if microsecond != 0 {
            parts.push(microsecond);
        }
    }
    let mut shown: Vec<String> = parts.iter().map(i64::to_string).collect();
    if stamp.has_zone {
        shown.push("tzinfo=datetime.timezone.utc".into());
    }
    Some(["datetime.", object.class.name, "(", &shown.join(", "), ")"].concat())
}

/// See `datetime.isoformat`.
fn iso(stamp: &Stamp, class: &NativeClass, separator: &str, precision: &str) -> String {
    let moment = stamp.moment;
    let mut text = String::new();
    if class.name != "time" {
        text = [&super::calendar::padded(moment.year, 4), "-", &moment.formatted("%m-%d")].concat();
    }
    if class.name == "date" {
        return text;
    }
    if class.name == "datetime" {
        text.push_str(separator);
    }
    text += &match precision {
        "hours" => moment.formatted("%H"),
        "minutes" => moment.formatted("%H:%M"),
        "seconds" => moment.formatted("%H:%M:%S"),
        "milliseconds" => moment.formatted("%H:%M:%S.%f")[..12].to_owned(),
        "" | "auto" if moment.microsecond == 0 => moment.formatted("%H:%M:%S"),
        _ => moment.formatted("%H:%M:%S.%f"),
    };
    if stamp.has_zone {
        text.push_str("+00:00");
    }
    text
}

fn iso_format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (stamp, class) = (this(arguments)?, class_of(arguments));
    let [_, separator, precision] = match class.name {
        "time" => {
            let [me, precision] = arguments.bind("isoformat", ["self", "timespec"], 1)?;
            [me, &Value::Unbound, precision]
        }
        _ => arguments.bind("isoformat", ["self", "sep", "timespec"], 1)?,
    };
    let mut given = |value: &Value, default: &str| match value {
        Value::Unbound => Ok(default.to_owned()),
        value => machine.str(value),
    };
    Ok(Value::text(iso(&stamp, class, &given(separator, "T")?, &given(precision, "")?)))
}

fn format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, format] = arguments.bind("strftime", ["self", "format"], 2)?;
    let format = machine.str(format)?;
    let stamp = this(arguments)?;
    if format.is_empty() {
        return Ok(Value::text(iso(&stamp, class_of(arguments), " ", "")));
    }
    // Without a zone, nothing is known of it.
    let format = if stamp.has_zone { format } else { format.replace("%z", "").replace("%Z", "") };
    Ok(Value::text(stamp.moment.formatted(&format)))
}

fn shift(arguments: &Arguments<'_>, sign: i64) -> Result<Value, Raised> {
    let Some(distance) = arguments.positional.get(1).and_then(microseconds_of) else {
        return Ok(Value::NotImplemented);
    };
    let (stamp, class) = (this(arguments)?, class_of(arguments));
    let moved = Moment::at(stamp.moment.microseconds().saturating_add(distance.saturating_mul(sign)));
    if !(1..=9999).contains(&moved.year) {
        return raise(ExceptionKind::OverflowError, "date value out of range");
    }
    let moved = if class == &DATE { midnight(moved) } else { moved };
    Ok(value(class, moved, stamp.has_zone))
}

fn subtract(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let Some(Ok(other)) = arguments.positional.get(1).map(Object::state_of::<Stamp>) else {
        return shift(arguments, -1);
    };
    let this = this(arguments)?;
    if this.has_zone != other.has_zone {
        return raise(ExceptionKind::TypeError, "can't subtract offset-naive and offset-aware datetimes");
    }
    Ok(timedelta::value(this.moment.microseconds() - other.moment.microseconds()))
}

fn compare(arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let this = this(arguments)?;
    let Some(Ok(other)) = arguments.positional.get(1).map(Object::state_of::<Stamp>) else {
        return Ok(Value::NotImplemented);
    };
    if this.has_zone != other.has_zone {
        return match comparison {
            Comparison::Equal => Ok(Value::Bool(false)),
            _ => raise(ExceptionKind::TypeError, "can't compare offset-naive and offset-aware datetimes"),
        };
    }
    Ok(Value::Bool(holds(comparison, this.moment.microseconds(), other.moment.microseconds())))
}
