//! Other programs: where they are, which version they have, how they end.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `Err` is a sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace")
}

/// Where npm packages are installed, for this work tree alone.
pub fn npm_folder() -> PathBuf {
    root().join("target").join("tools")
}

/// Says what is happening, in one line.
pub fn say(line: &str) {
    println!("xtask: {line}");
}

/// A program to be run in the workspace's folder, looked up among the installed tools first.
pub fn command(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    let name = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&name)
}

/// Runs a command to its end, its output shown.
pub fn run(command: &mut Command) -> Outcome {
    let words = words(command);
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("`{words}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{words}` failed ({status})")) }
}

/// Runs a command in place of this program, so that stopping one stops the other.
pub fn become_it(mut command: Command) -> Outcome {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        Err(format!("`{}` did not start: {error}", words(&command)))
    }
    #[cfg(not(unix))]
    run(&mut command)
}

/// What a command prints on its standard output, if it succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The version in a program's answer to `--version`: its first word that starts with a digit.
pub fn version(name: &str) -> Option<String> {
    let answer = output(command(name).arg("--version"))?;
    answer.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit())).map(str::to_owned)
}

/// The path of the first of these programs that is installed.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = search_path();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
    })
}

/// The words of a command, as one would type them.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// PATH with what is installed here in front: another `wasm-opt` may be too old to read today's wasm, and a
/// distribution's cargo does not put its folder of binaries on PATH.
fn search_path() -> OsString {
    let mut folders = vec![npm_folder().join("node_modules").join(".bin")];
    folders.extend(cargo_binaries());
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
}

/// Where `cargo install` puts programs.
fn cargo_binaries() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from);
    let home = || env::home_dir().map(|home| home.join(".cargo"));
    let root = folder("CARGO_INSTALL_ROOT").or_else(|| folder("CARGO_HOME")).or_else(home)?;
    Some(root.join("bin"))
}
