//! What of Python and its library Signalbox runs, as far as the text alone can tell.

use ruff_python_ast::{ExceptHandler, Expr};
use ruff_text_size::Ranged;

use super::{Compiler, Instruction};
use crate::python::modules;
use crate::python::values::{Class, ExceptionKind, Value};

/// Builtins that reach out of the program, with what to say of them.
const REFUSED_BUILTINS: &[(&str, &str)] = &[
    ("open", "Signalbox has no files: let asyncio.sleep stand for the time that reading takes"),
    ("input", "Signalbox has no keyboard for the program: put the text into the program itself"),
    ("exec", "Signalbox does not run exec"),
    ("eval", "Signalbox does not run eval"),
    ("compile", "Signalbox does not run compile"),
    ("globals", "Signalbox does not run globals()"),
    ("locals", "Signalbox does not run locals()"),
    ("vars", "Signalbox does not run vars()"),
    ("__import__", "Signalbox does not run __import__"),
];

impl Compiler<'_> {
    /// Imports a module under a name, or says why not.
    pub(super) fn import(&mut self, node: &impl Ranged, module: &str) {
        if modules::find(module).is_none() && self.optional_imports == 0 {
            self.refuse(node, module_sentence(module));
        }
        let name = self.here().name(module);
        self.emit(Instruction::Import(name));
    }

    /// Where an import may fail, and a module has nothing of this name: raises what CPython would.
    pub(super) fn lacks_optional(&mut self, module: &str, name: &str) -> bool {
        let lacks = self.optional_imports > 0
            && module != "__future__"
            && modules::find(module).is_some_and(|module| (module.get)(name).is_none());
        if lacks {
            let message = format!("cannot import name '{name}' from '{module}'");
            self.here().constant(Value::Class(Class::Exception(ExceptionKind::ImportError)));
            self.here().constant(Value::text(message));
            self.emit(Instruction::Call { arguments: 1 });
            self.emit(Instruction::Raise);
        }
        lacks
    }

    /// Complains when a module has nothing of this name.
    pub(super) fn check_attribute(&mut self, node: &impl Ranged, module: &str, name: &str) {
        if let Some(module) = modules::find(module)
            && (module.get)(name).is_none()
        {
            self.refuse(node, format!("Signalbox does not run {}.{name} yet", module.name));
        }
    }

    /// Complains about a builtin that Signalbox does not run.
    pub(super) fn check_builtin(&mut self, node: &impl Ranged, name: &str) {
        if let Some((_, sentence)) = REFUSED_BUILTINS.iter().find(|(refused, _)| *refused == name) {
            self.refuse(node, sentence);
        }
    }
}

/// Whether a test asks where the program runs, so that what it guards may not be for here.
pub fn is_about_the_environment(test: &Expr) -> bool {
    match test {
        Expr::Name(name) => name.id == "TYPE_CHECKING",
        Expr::Attribute(it) => matches!(it.attr.as_str(), "TYPE_CHECKING" | "version_info" | "platform" | "name"),
        Expr::Compare(it) => is_about_the_environment(&it.left),
        Expr::UnaryOp(it) => is_about_the_environment(&it.operand),
        Expr::Call(it) => is_about_the_environment(&it.func),
        _ => false,
    }
}

/// Whether a handler catches what a failing import raises.
pub fn catches_import_errors(handler: &ExceptHandler) -> bool {
    let names = |class: &Expr| matches!(class, Expr::Name(name) if CAUGHT.contains(&name.id.as_str()));
    const CAUGHT: [&str; 4] = ["ImportError", "ModuleNotFoundError", "Exception", "BaseException"];
    match handler.as_except_handler().and_then(|handler| handler.type_.as_deref()) {
        None => true,
        Some(Expr::Tuple(classes)) => classes.elts.iter().any(names),
        Some(class) => names(class),
    }
}

/// Why a module cannot be imported.
fn module_sentence(module: &str) -> String {
    match module.split('.').next().unwrap_or_default() {
        "aiohttp" | "requests" | "httpx" | "urllib" | "urllib3" | "http" | "socket" | "socketserver" | "ssl"
        | "select" | "selectors" | "smtplib" | "ftplib" | "websockets" | "aiokafka" | "aio_pika" | "paramiko"
        | "asyncssh" => {
            format!("Signalbox has no network, so no {module}: let asyncio.sleep stand for the time a request takes")
        }
        "aiofiles" | "pathlib" | "io" | "shutil" | "tempfile" | "glob" | "csv" | "pickle" => {
            format!("Signalbox has no files, so no {module}: let asyncio.sleep stand for the time that reading takes")
        }
        "multiprocessing" | "subprocess" | "queue" | "_thread" | "trio" | "anyio" | "curio" | "gevent" => {
            format!("Signalbox runs asyncio in one thread, so no {module}: use asyncio's tasks, locks and queues")
        }
        "uvloop" | "nest_asyncio" => {
            format!("Signalbox has an event loop of its own, so no {module}: asyncio.run does all that is needed")
        }
        "numpy" | "pandas" | "tqdm" | "rich" | "colorama" | "pydantic" | "fastapi" | "flask" | "django" | "pytest" => {
            format!("Signalbox runs what comes with Python, so no {module}: leave it out, or put print in its place")
        }
        "sqlite3" | "asyncpg" | "aiosqlite" | "psycopg2" | "sqlalchemy" | "redis" | "aioredis" | "motor"
        | "pymongo" => {
            format!("Signalbox has no databases, so no {module}: let asyncio.sleep stand for the time a query takes")
        }
        _ => format!(
            "Signalbox has no module {module}: it runs one file, with the modules that asyncio programs use most"
        ),
    }
}
