//! `inspect` and `traceback`, as far as programs look at themselves while they run.

use crate::python::compile::CodeKind;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, Native, Raised, Value};
use crate::trace::Stream;

/// An attribute of `inspect`.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "iscoroutinefunction", call: is_coroutine_function },
        Native { name: "isasyncgenfunction", call: |_, it| Ok(Value::Bool(is_kind(it, CodeKind::AsyncGenerator)?)) },
        Native { name: "isgeneratorfunction", call: |_, it| Ok(Value::Bool(is_kind(it, CodeKind::Generator)?)) },
        Native { name: "iscoroutine", call: |_, it| is_class(it, |class| class == Class::Coroutine) },
        Native { name: "isgenerator", call: |_, it| is_class(it, |class| class == Class::Generator) },
        Native { name: "isasyncgen", call: |_, it| is_class(it, |class| class == Class::AsyncGenerator) },
        Native { name: "isfunction", call: |_, it| is_class(it, |class| class == Class::Function) },
        Native { name: "ismethod", call: |_, it| is_class(it, |class| class == Class::Method) },
        Native { name: "isbuiltin", call: |_, it| is_class(it, |class| class == Class::Builtin) },
        Native { name: "ismodule", call: |_, it| is_class(it, |class| class == Class::Module) },
        Native { name: "isclass", call: |_, it| is_class(it, |class| class == Class::Meta) },
        Native { name: "isawaitable", call: is_awaitable },
    ];
    super::function(FUNCTIONS, name)
}

/// Whether a function is an `async def` that awaits. See `inspect.iscoroutinefunction`.
pub fn is_coroutine_function(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Bool(is_kind(arguments, CodeKind::Coroutine)?))
}

fn is_kind(arguments: &Arguments<'_>, kind: CodeKind) -> Result<bool, Raised> {
    let mut function = arguments.alone("inspect")?.clone();
    loop {
        function = match &function {
            Value::Method(method) => method.function.clone(),
            Value::Partial(partial) => partial.function.clone(),
            Value::Function(function) => return Ok(function.code.kind == kind),
            _ => return Ok(false),
        };
    }
}

fn is_class(arguments: &Arguments<'_>, test: fn(Class) -> bool) -> Result<Value, Raised> {
    Ok(Value::Bool(test(arguments.alone("inspect")?.class())))
}

fn is_awaitable(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("isawaitable")?;
    let is_own = value.user_class().is_some_and(|class| class.find("__await__").is_some());
    Ok(Value::Bool(is_own || matches!(value.class(), Class::Coroutine | Class::Future | Class::Task)))
}

/// An attribute of `traceback`.
pub fn traceback(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native {
            name: "print_exc",
            call: |machine, _| {
                let text = text(machine, None);
                machine.print(Stream::Error, &text);
                Ok(Value::None)
            },
        },
        Native { name: "format_exc", call: |machine, _| Ok(Value::text(text(machine, None))) },
        Native {
            name: "print_exception",
            call: |machine, it| {
                let text = text(machine, Some(it));
                machine.print(Stream::Error, &text);
                Ok(Value::None)
            },
        },
        Native {
            name: "format_exception",
            call: |machine, it| {
                let text = text(machine, Some(it));
                Ok(Value::list(text.split_inclusive('\n').map(Value::from).collect()))
            },
        },
        Native {
            name: "format_exception_only",
            call: |machine, it| {
                let text = text(machine, Some(it));
                Ok(Value::list(text.split_inclusive('\n').next_back().map(Value::from).into_iter().collect()))
            },
        },
        Native { name: "print_stack", call: |_, _| Ok(Value::None) },
        Native { name: "print_tb", call: |_, _| Ok(Value::None) },
    ];
    super::function(FUNCTIONS, name)
}

/// The traceback of an exception that is given, in the older way behind its class, or of the one that is being handled.
fn text(machine: &mut Machine, given: Option<&Arguments<'_>>) -> String {
    let exception = match given {
        None => machine.handled(),
        Some(given) => given.positional.iter().find_map(|value| match value {
            Value::Exception(exception) => Some(exception.clone()),
            _ => None,
        }),
    };
    exception.map_or_else(|| "NoneType: None\n".to_owned(), |exception| machine.traceback(&exception))
}
