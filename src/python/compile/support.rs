//! What of Python and its library Signalbox runs, as far as the text alone can tell.

use ruff_text_size::Ranged;

use super::{Compiler, Instruction};
use crate::python::modules;

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
        if modules::find(module).is_none() {
            self.refuse(node, module_sentence(module));
        }
        let name = self.here().name(module);
        self.emit(Instruction::Import(name));
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
        _ => format!("Signalbox has no module {module} yet"),
    }
}
