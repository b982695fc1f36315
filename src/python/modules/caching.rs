//! `functools.lru_cache`, and `cmp_to_key`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Dict, ExceptionKind, Native, NativeClass, Object, Partial, Raised, Use, Value, hash, raise, repr,
};

/// A function together with what it has returned, by its arguments.
struct Cached {
    function: Value,
    /// The least recently used first.
    results: RefCell<Rc<Dict>>,
    /// How many results it keeps; all of them unless said.
    most: Option<usize>,
    hits: Cell<i64>,
    misses: Cell<i64>,
}

static CACHED: NativeClass = NativeClass {
    name: "_lru_cache_wrapper",
    module: "functools",
    is_function: true,
    methods: &[
        Native { name: "__call__", call },
        Native {
            name: "cache_info",
            call: |_, it| {
                let cached = Object::state_of::<Cached>(it.alone("cache_info")?)?;
                let size = cached.results.borrow().len();
                let most = cached.most.map_or(Value::None, Value::from);
                let numbers = [Value::Int(cached.hits.get()), Value::Int(cached.misses.get()), most, Value::from(size)];
                Ok(Object::value(&INFORMATION, Rc::new(numbers)))
            },
        },
        Native {
            name: "cache_clear",
            call: |_, it| {
                let cached = Object::state_of::<Cached>(it.alone("cache_clear")?)?;
                cached.results.replace(Rc::default());
                cached.hits.set(0);
                cached.misses.set(0);
                Ok(Value::None)
            },
        },
    ],
    attribute: |object, name| {
        let function = &object.state::<Cached>()?.function;
        match (name, function) {
            ("__wrapped__", function) => Some(function.clone()),
            ("__name__" | "__qualname__", Value::Function(function)) => Some(Value::text(&*function.name)),
            _ => None,
        }
    },
    ..NativeClass::PLAIN
};

/// What `cache_info` tells.
static INFORMATION: NativeClass = NativeClass {
    name: "CacheInfo",
    module: "functools",
    attribute: |object, name| {
        let numbers = object.state::<[Value; 4]>()?;
        FIELDS.iter().position(|field| *field == name).map(|at| numbers[at].clone())
    },
    represent: |object| {
        let numbers = object.state::<[Value; 4]>()?;
        let shown: Vec<String> =
            FIELDS.iter().zip(&*numbers).map(|(field, number)| [*field, &repr(number)].join("=")).collect();
        Some(["CacheInfo(", &shown.join(", "), ")"].concat())
    },
    ..NativeClass::PLAIN
};

const FIELDS: [&str; 4] = ["hits", "misses", "maxsize", "currsize"];

fn cached(function: &Value, most: Option<usize>) -> Value {
    let (hits, misses) = (Cell::new(0), Cell::new(0));
    Object::value(
        &CACHED,
        Rc::new(Cached { function: function.clone(), results: RefCell::default(), most, hits, misses }),
    )
}

/// `functools.cache`.
pub fn cache(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(cached(arguments.alone("cache")?, None))
}

/// `functools.lru_cache`, with a function at once or to be called with one.
pub fn lru_cache(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static DECORATE: Native = Native {
        name: "lru_cache",
        call: |_, it| match it.positional {
            [most, function] => Ok(cached(function, most_of(most)?)),
            _ => raise(ExceptionKind::TypeError, "lru_cache() takes a function"),
        },
    };
    let [most, _] = arguments.bind("lru_cache", ["maxsize", "typed"], 0)?;
    if super::builtins::is_callable(most) {
        return Ok(cached(most, Some(MOST)));
    }
    let most = most.given_or(Value::from(MOST));
    Ok(Value::Partial(Rc::new(Partial {
        function: Value::Native(&DECORATE),
        positional: vec![most],
        keywords: Vec::new(),
    })))
}

/// How many results are kept unless said.
const MOST: usize = 128;

fn most_of(most: &Value) -> Result<Option<usize>, Raised> {
    match most {
        Value::None => Ok(None),
        most => Ok(Some(usize::try_from(most.whole()?).unwrap_or(0))),
    }
}

fn call(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [cached, rest @ ..] = arguments.positional else { return Ok(Value::None) };
    match look_up(machine, cached, rest, arguments.keywords)? {
        Cache::Hit(value) => Ok(value),
        Cache::Miss(function, entry) => {
            let value = machine.call_value_with(&function, rest, arguments.keywords)?;
            entry.keep(machine, &value);
            Ok(value)
        }
    }
}

/// What a cached function knows of a call.
pub enum Cache {
    Hit(Value),
    /// The function has to be called, and its result to be kept.
    Miss(Value, Entry),
}

/// Where the result of a cached function's call is kept.
pub struct Entry {
    cached: Rc<Cached>,
    key: Value,
}

impl Entry {
    /// Keeps a result; what was not used for longest may have to go.
    pub fn keep(&self, machine: &mut Machine, value: &Value) {
        let results = self.cached.results.borrow().clone();
        let Some(most) = self.cached.most else {
            // Whatever could be looked up can be kept.
            let _ = results.insert(machine, self.key.clone(), value.clone());
            return;
        };
        if most > 0 {
            let _ = results.insert(machine, self.key.clone(), value.clone());
        }
        if results.len() > most {
            results.remove_first();
        }
    }
}

/// Whether a value is a cached function.
pub fn is_cached(value: &Value) -> bool {
    matches!(value, Value::Object(object) if object.class == &CACHED)
}

/// Looks a call of a cached function up.
///
/// # Errors
/// `TypeError` for arguments that cannot be hashed.
pub fn look_up(
    machine: &mut Machine,
    cached: &Value,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result<Cache, Raised> {
    let cached = Object::state_of::<Cached>(cached)?;
    let mut key = positional.to_vec();
    for (name, value) in keywords {
        // The name of a parameter cannot be told from a text, but a tuple of it can.
        key.extend([Value::tuple(vec![Value::text(&**name)]), value.clone()]);
    }
    let key = Value::tuple(key);
    // What cannot be hashed is told of as such, not as the key of a dict.
    hash(machine, &key, Use::Itself)?;
    let results = cached.results.borrow().clone();
    if let Some(value) = results.get(machine, &key)? {
        cached.hits.set(cached.hits.get() + 1);
        if cached.most.is_some() {
            // To the end: it is the one used last.
            results.remove(machine, &key)?;
            results.insert(machine, key, value.clone())?;
        }
        return Ok(Cache::Hit(value));
    }
    cached.misses.set(cached.misses.get() + 1);
    Ok(Cache::Miss(cached.function.clone(), Entry { cached, key }))
}

/// What a value is sorted by, for a function that compares two of them.
static KEY: NativeClass = NativeClass {
    name: "K",
    module: "functools",
    methods: &[
        Native { name: "__lt__", call: |machine, it| is_ordered(machine, it, |order| order < 0) },
        Native { name: "__gt__", call: |machine, it| is_ordered(machine, it, |order| order > 0) },
        Native { name: "__le__", call: |machine, it| is_ordered(machine, it, |order| order <= 0) },
        Native { name: "__ge__", call: |machine, it| is_ordered(machine, it, |order| order >= 0) },
        Native { name: "__eq__", call: |machine, it| is_ordered(machine, it, |order| order == 0) },
    ],
    ..NativeClass::PLAIN
};

fn is_ordered(machine: &mut Machine, arguments: &Arguments<'_>, holds: fn(i64) -> bool) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("K", ["self", "other"], 2)?;
    let (left, right) = (Object::state_of::<(Value, Value)>(left)?, Object::state_of::<(Value, Value)>(right)?);
    let order = machine.call_value(&left.0, &[left.1.clone(), right.1.clone()])?;
    let order = order.as_float().unwrap_or(0.0);
    Ok(Value::Bool(holds(if order < 0.0 { -1 } else { i64::from(order > 0.0) })))
}

/// `functools.cmp_to_key`.
pub fn cmp_to_key(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static MAKE: Native = Native {
        name: "K",
        call: |_, it| match it.positional {
            [function, value] => Ok(Object::value(&KEY, Rc::new((function.clone(), value.clone())))),
            _ => raise(ExceptionKind::TypeError, "K() takes exactly one argument"),
        },
    };
    let function = arguments.alone("cmp_to_key")?.clone();
    let partial = Partial { function: Value::Native(&MAKE), positional: vec![function], keywords: Vec::new() };
    Ok(Value::Partial(Rc::new(partial)))
}
