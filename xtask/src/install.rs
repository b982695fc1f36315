//! Installing what is missing, and saying so. Where all is there, this takes a fraction of a second.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::program::{self, Outcome, say};

/// The Trunk that is installed. A newer one that is already there is used as it is.
const TRUNK: &str = "0.21.14";

/// The npm package whose `wasm-opt` is used; `Trunk.toml` names the same version.
const BINARYEN: &str = "132";
/// Which esbuild makes scripts and styles small: Trunk's own minifier cannot read what wasm-bindgen writes.
const ESBUILD: &str = "0.28";

/// Which CPython, compiled to wasm, has the last word: this is 3.14.
const PYODIDE: &str = "314.0.7";

/// Which axe-core looks for what keeps people from using the page.
const AXE: &str = "4.14.1";

/// What builds the sites in `examples/`.
const DOCUMENTATION: [(&str, &str); 2] = [("mkdocs", "1.6.1"), ("sphinx", "9.0.4")];

const TARGET: &str = "wasm32-unknown-unknown";

/// What it takes to make wasm that a script can load: the compiler's target, and the matching wasm-bindgen.
pub fn wasm_tools() -> Outcome {
    wasm_target()?;
    wasm_bindgen()
}

/// What it takes to show the page: Trunk beside [`wasm_tools`].
pub fn page_tools() -> Outcome {
    trunk()?;
    wasm_tools()
}

/// What it takes beyond [`page_tools`] to make the release site: `wasm-opt` and `esbuild`.
pub fn release_tools() -> Outcome {
    let folder = program::npm_folder();
    let is_there = |package: &str, version: &str| {
        let installed = fs::read_to_string(folder.join(format!("node_modules/{package}/package.json")));
        installed.is_ok_and(|text| text.contains(&format!("\"version\": \"{version}.")))
    };
    let needs_wasm_opt = !is_there("binaryen", BINARYEN) && !wasm_opt_on_path();
    if !needs_wasm_opt && is_there("esbuild", ESBUILD) {
        return Ok(());
    }
    say("fetching wasm-opt and esbuild from npm (some seconds)");
    npm_install(&folder, &[&format!("binaryen@{BINARYEN}"), &format!("esbuild@{ESBUILD}")])
}

/// What it takes to ask CPython: the npm package `pyodide`.
pub fn conformance_tools() -> Outcome {
    if is_installed(&python_folder(), "pyodide", PYODIDE) {
        return Ok(());
    }
    say("fetching CPython 3.14 as the npm package pyodide (some seconds)");
    npm_install(&python_folder(), &[&format!("pyodide@{PYODIDE}")])
}

/// What the page's tests need besides a browser: the npm package `axe-core`, in a folder of its own as well.
pub fn page_test_tools() -> Outcome {
    let folder = program::npm_folder().join("accessibility");
    if is_installed(&folder, "axe-core", AXE) {
        return Ok(());
    }
    say("fetching axe-core from npm (some seconds)");
    npm_install(&folder, &[&format!("axe-core@{AXE}")])
}

/// What it takes to build the examples: MkDocs and Sphinx, in a folder that Python is told to look at.
pub fn documentation_tools() -> Outcome {
    let folder = program::npm_folder().join("documentation");
    let is_there = |(name, version): &(&str, &str)| folder.join(format!("{name}-{version}.dist-info")).is_dir();
    if DOCUMENTATION.iter().all(is_there) {
        return Ok(());
    }
    say("fetching MkDocs and Sphinx with pip (half a minute)");
    // Some systems have Python without pip. Then there may still be the one that is part of Python.
    let has_pip = program::output(program::command("python3").args(["-m", "pip", "--version"])).is_some();
    let advice = "the examples need Python 3.11 or newer as `python3`, with pip or venv, and the network";
    let advise = |error| format!("{error}; {advice}");
    let mut python = program::command("python3");
    if !has_pip {
        let environment = program::npm_folder().join("pip");
        program::run(program::command("python3").args(["-m", "venv"]).arg(&environment)).map_err(advise)?;
        python = program::command(&environment.join("bin").join("python3").to_string_lossy());
    }
    python.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-conflicts"]);
    python.args(["--root-user-action=ignore", "--upgrade", "--target"]).arg(&folder);
    program::run(python.args(DOCUMENTATION.map(|(name, version)| format!("{name}=={version}")))).map_err(advise)
}

/// Whether npm has installed exactly this version to a folder.
fn is_installed(folder: &Path, package: &str, version: &str) -> bool {
    let installed = fs::read_to_string(folder.join("node_modules").join(package).join("package.json"));
    installed.is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")))
}

/// Where the npm package `pyodide` is.
pub fn pyodide_folder() -> PathBuf {
    python_folder().join("node_modules").join("pyodide")
}

/// A folder of its own: npm removes what it was not asked for from the folder it installs to.
fn python_folder() -> PathBuf {
    program::npm_folder().join("python")
}

fn npm_install(folder: &Path, packages: &[&str]) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let mut npm = program::command("npm");
    npm.args(["install", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
    npm.arg("--prefix").arg(folder).args(packages);
    let advice = "npm comes with Node.js, version 20 or newer, and needs the network";
    program::run(&mut npm).map_err(|error| format!("{error}; {advice}"))
}

/// What it takes to run the page's tests: Chromium or Chrome, and its WebDriver.
pub fn browser() -> Outcome {
    if browser_is_there() {
        return Ok(());
    }
    const MANAGERS: [(&str, &[&str]); 6] = [
        ("apt-get", &["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]),
        ("dnf", &["install", "--assumeyes", "chromium", "chromedriver"]),
        ("zypper", &["--non-interactive", "install", "chromium", "chromedriver"]),
        ("pacman", &["-S", "--noconfirm", "chromium"]),
        ("apk", &["add", "chromium", "chromium-chromedriver"]),
        ("brew", &["install", "--cask", "google-chrome", "chromedriver"]),
    ];
    let by_hand = "the tests need Chromium or Chrome and its chromedriver, both on PATH";
    let manager = MANAGERS.into_iter().find(|(name, _)| program::find(&[name]).is_some());
    let Some((name, arguments)) = manager else {
        return Err(format!("{by_hand}; please install them, then start this again"));
    };
    let typed = format!("{name} {}", arguments.join(" "));
    let is_root = || program::output(program::command("id").arg("-u")).is_some_and(|user| user.trim() == "0");
    let may_sudo = || program::output(program::command("sudo").args(["-n", "true"])).is_some();
    let prefix: &[&str] = if name == "brew" || is_root() {
        &[]
    } else if may_sudo() {
        &["sudo", "-n"]
    } else {
        return Err(format!("{by_hand}; please type `sudo {typed}`, then start this again"));
    };
    let package_manager = |arguments: &[&str]| {
        let mut words = prefix.iter().chain([&name]).chain(arguments);
        let mut command = program::command(words.next().expect("there is the package manager's name"));
        program::run(command.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    say(&format!("installing Chromium and chromedriver with {name} (a minute)"));
    if name == "apt-get" {
        // A machine that was just set up has no list of packages. Where the list cannot be had, an old one may do.
        package_manager(&["update"]).ok();
    }
    package_manager(arguments).map_err(|error| format!("{error}; {by_hand}"))?;
    if browser_is_there() { Ok(()) } else { Err(format!("{by_hand}; `{typed}` did not put them there")) }
}

fn wasm_target() -> Outcome {
    let sysroot = program::output(program::command("rustc").args(["--print", "sysroot"]))
        .ok_or("`rustc` is missing: Rust comes from rustup.rs")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say(&format!("adding the compiler's {TARGET} target (half a minute)"));
    program::run(program::command("rustup").args(["target", "add", TARGET])).map_err(|error| {
        format!("{error}; a Rust that rustup did not install gets {TARGET} from where it came from itself")
    })
}

fn trunk() -> Outcome {
    if program::version("trunk").is_some_and(|found| numbers(&found) >= numbers(TRUNK)) {
        return Ok(());
    }
    say(&format!("compiling Trunk {TRUNK}, once on this machine (five to ten minutes)"));
    cargo_install("trunk", TRUNK)
}

fn wasm_bindgen() -> Outcome {
    let version = locked_version("wasm-bindgen")?;
    // The two sides of the bindings talk in a format that changes with every version.
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    if programs.iter().all(|name| program::version(name).as_deref() == Some(&version)) {
        return Ok(());
    }
    say(&format!("compiling the command line of wasm-bindgen {version}, once on this machine (two minutes)"));
    cargo_install("wasm-bindgen-cli", &version)
}

fn cargo_install(name: &str, version: &str) -> Outcome {
    let mut cargo = program::cargo();
    cargo.args(["install", "--locked", "--force", &format!("{name}@{version}")]);
    if !std::io::stderr().is_terminal() {
        cargo.arg("--quiet");
    }
    program::run(&mut cargo)
}

/// The version of a package that `Cargo.lock` names.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(program::root().join("Cargo.lock"))
        .map_err(|error| format!("cannot read Cargo.lock: {error}"))?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| format!("Cargo.lock does not name {package}"))
}

/// A version's parts, for comparison: `0.21.14` is newer than `0.21.9`.
fn numbers(version: &str) -> Vec<u32> {
    version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}

fn wasm_opt_on_path() -> bool {
    program::find(&["wasm-opt"]).is_some() && program::version("wasm-opt").as_deref() == Some(BINARYEN)
}

fn browser_is_there() -> bool {
    let browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let applications = ["/Applications/Google Chrome.app", "/Applications/Chromium.app"];
    let browser = program::find(&browsers).is_some() || applications.iter().any(|path| Path::new(path).exists());
    browser && program::find(&["chromedriver"]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_their_numbers() {
        assert!(numbers("0.21.14") > numbers("0.21.9"));
        assert!(numbers("0.22.0-beta.1") > numbers("0.21.14"));
        assert!(numbers("0.21.13") < numbers("0.21.14"));
    }

    #[test]
    fn the_lock_file_names_the_bindings() {
        let version = locked_version("wasm-bindgen").expect("the page needs it");
        assert_eq!(numbers(&version).len(), 3, "{version}");
        assert!(locked_version("no-such-package").is_err());
    }
}
