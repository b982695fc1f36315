//! `python3 -m http.server`, the plainest of all static hosts, which can be switched off.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A host with a copy of the release site, in a folder of its own below `target`.
pub struct Host {
    process: Child,
    port: u16,
    root: PathBuf,
    path: String,
}

impl Host {
    /// Starts a host, and copies the release site to a path of it such as `some/deep/path`.
    ///
    /// # Panics
    ///
    /// When there is no release site, or no Python.
    pub fn start(path: &str) -> Self {
        static HOSTS: AtomicU32 = AtomicU32::new(0);
        let number = HOSTS.fetch_add(1, Ordering::Relaxed);
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
        let root = target.join("hosts").join(format!("{}-{number}", std::process::id()));
        copy(&target.join("../dist"), &root.join(path));
        let mut process = Command::new("python3")
            .args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "0", "--directory"])
            .arg(&root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is on PATH");
        let mut lines = BufReader::new(process.stdout.take().expect("standard output is piped")).lines();
        let line = lines.next().and_then(Result::ok).unwrap_or_default();
        let port = line.split_once(" port ").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
        Self { process, port: port.expect("http.server says on which port it listens"), root, path: path.to_owned() }
    }

    /// Where the release site is, up to the slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.path)
    }

    /// The folder of the release site.
    pub fn folder(&self) -> PathBuf {
        self.root.join(&self.path)
    }

    /// Switches the host off.
    pub fn stop(&mut self) {
        self.process.kill().expect("the host can be stopped");
        self.process.wait().expect("the host ends");
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Where it has been stopped there is nothing left to kill.
        self.process.kill().ok();
        self.process.wait().ok();
        fs::remove_dir_all(&self.root).ok();
    }
}

/// Copies a folder with all that is in it.
///
/// # Panics
///
/// When that is not possible.
pub fn copy(from: &Path, to: &Path) {
    let copied = fs::create_dir_all(to).and_then(|()| fs::read_dir(from)).and_then(|mut entries| {
        entries.try_for_each(|entry| {
            let entry = entry?;
            let to = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                copy(&entry.path(), &to);
                return Ok(());
            }
            fs::copy(entry.path(), to).map(|_| ())
        })
    });
    copied.unwrap_or_else(|error| panic!("{} cannot be copied to {}: {error}", from.display(), to.display()));
}
