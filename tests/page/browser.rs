//! Chromium behind chromedriver: one chromedriver for all tests that run at the same time, a browser for each.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Map, Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{RequestData, SessionId, WebDriver, WebElement};
use tokio::runtime::Runtime;

/// A browser of its own, with nothing remembered from others.
pub struct Browser {
    /// Runs the WebDriver client, which is asynchronous: the tests are not.
    pub runtime: Runtime,
    pub driver: WebDriver,
    _chromedriver: Arc<Chromedriver>,
}

impl Browser {
    /// Starts a browser.
    pub fn start() -> Self {
        let chromedriver = Chromedriver::shared();
        // The options that tests for wasm use too.
        let mut capabilities: Map<String, Value> =
            serde_json::from_str(include_str!("../../webdriver.json")).expect("webdriver.json is an object");
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let address = format!("http://127.0.0.1:{}", chromedriver.port);
        let driver = runtime.block_on(async { WebDriver::new(address, capabilities).await });
        let driver = driver.expect("chromedriver starts a browser");
        Self { runtime, driver, _chromedriver: chromedriver }
    }

    /// The name that the browser tells a screen reader for an element.
    pub fn accessible_name(&self, element: &WebElement) -> Option<String> {
        let request = ComputedLabel { element: element.element_id().to_string() };
        let answer = self.runtime.block_on(self.driver.cmd(request)).ok()?;
        answer.value().ok()
    }

    /// Sends a command of the Chrome DevTools protocol, and gives its answer.
    pub fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let request = DevTools { command, parameters };
        let answer = self.runtime.block_on(self.driver.cmd(request)).and_then(|answer| answer.value());
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Closes the browser.
    pub fn quit(self) {
        if let Err(error) = self.runtime.block_on(self.driver.quit()) {
            eprintln!("the browser did not close: {error}");
        }
    }
}

/// Asks for an element's accessible name.
#[derive(Debug)]
struct ComputedLabel {
    element: String,
}

impl FormatRequestData for ComputedLabel {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::GET, format!("session/{session}/element/{}/computedlabel", self.element))
    }
}

/// Asks chromedriver to pass a command on to the browser's DevTools.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl FormatRequestData for DevTools {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/goog/cdp/execute"))
            .add_body(json!({ "cmd": self.command, "params": self.parameters }))
    }
}

/// A running chromedriver; it ends with the last browser that uses it.
struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Chromedriver>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let chromedriver = Arc::new(Self::start());
            *shared = Arc::downgrade(&chromedriver);
            chromedriver
        })
    }

    fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is on PATH: `cargo xtask test` installs it");
        let mut lines = BufReader::new(process.stdout.take().expect("standard output is piped")).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // What it writes later has to go somewhere, or it would stop in the middle of a line.
        thread::spawn(move || lines.for_each(drop));
        Self { process, port: port.expect("chromedriver says on which port it listens") }
    }

    /// Asks it to close all browsers and end.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(5);
        if self.shut_down().is_ok() {
            while Instant::now() < deadline && matches!(self.process.try_wait(), Ok(None)) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        // Where it has ended by itself there is nothing left to kill.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
