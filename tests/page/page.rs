//! The page, read and operated through the names and roles that it promises.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, Key, WebElement};

use crate::browser::Browser;
use crate::server;
use crate::slider::Slider;

/// How long the page may take to show what it should.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the first visit may take, compilation of the wasm on a busy machine included.
const FIRST_PATIENCE: Duration = Duration::from_secs(20);

const BUTTONS: &str = "button, [role=button]";
const TEXTBOXES: &str = "textarea, [role=textbox], [contenteditable=true]";
const FIELDS: &str = "input:not([type]), textarea";
pub(crate) const SLIDERS: &str = "input[type=range], [role=slider]";

/// The text of an element as a screen reader reads it: without what is hidden from it, and each block on a line of its
/// own. A block with nothing in it is no line; one whose only content is hidden is an empty line.
const SPOKEN: &str = "
const spoken = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data === '' ? null : node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return null;
    const display = getComputedStyle(node).display;
    if (display === 'none') return null;
    if (node.getAttribute('aria-hidden') === 'true') return '';
    const parts = [...node.childNodes].map(spoken).filter(part => part !== null);
    if (parts.length === 0) return null;
    const text = parts.join('');
    return display.startsWith('inline') || display === 'contents' || text.endsWith('\\n') ? text : text + '\\n';
};
const inside = element => [...element.childNodes].map(spoken).filter(part => part !== null).join('');
";

/// The page in a browser of its own.
pub struct Page {
    browser: Browser,
}

/// A primitive's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The variable that holds the primitive.
    pub name: String,
    /// Its class, such as `Semaphore`.
    pub primitive: String,
    /// The words on it.
    pub text: String,
}

/// What the system says it prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// Opens the page in a new browser, waits until its first run is drawn, and tries something on it.
///
/// `query` is what follows the page's address, such as `?demo=lock`. When something fails, a picture of the page is
/// kept in `target/screenshots`.
///
/// # Panics
///
/// When `body` does, and when the page logged an error to the browser's console.
pub fn visit(query: &str, body: impl FnOnce(&Page)) {
    let page = Page { browser: Browser::start() };
    page.resize(1440, 900);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        page.go(query);
        body(&page);
        let errors = page.console_errors();
        assert!(errors.is_empty(), "the page logged errors to the console: {errors:#?}");
    }));
    if let Err(panic) = outcome {
        let test = thread::current().name().unwrap_or("page").replace("::", "-");
        page.save_picture(&format!("failed-{test}"));
        page.browser.quit();
        resume_unwind(panic);
    }
    page.browser.quit();
}

impl Page {
    /// Opens an address of the page in the same browser and waits until the first run is drawn.
    #[track_caller]
    pub fn go(&self, query: &str) {
        self.go_to(&format!("{}{query}", server::address()));
    }

    /// Opens the page at an address of another host in the same browser and waits until the first run is drawn.
    #[track_caller]
    pub fn go_to(&self, address: &str) {
        // From another document first: between addresses that differ in their fragment only, nothing would load.
        self.leave_for("about:blank");
        self.leave_for(address);
        self.wait_for("the first run to be drawn", FIRST_PATIENCE, |page| {
            page.evaluate("return performance.getEntriesByName('signalbox:ready', 'mark').length > 0", &[]) == true
        });
    }

    /// Opens any address in the same browser.
    #[track_caller]
    pub fn leave_for(&self, address: &str) {
        let loaded = self.browser.runtime.block_on(self.browser.driver.goto(address));
        loaded.unwrap_or_else(|error| panic!("{address} did not load: {error}"));
    }

    /// Has every file fetched anew from now on, as on a first visit.
    pub fn forget_files(&self) {
        self.browser.devtools("Network.enable", json!({}));
        self.browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
        self.browser.devtools("Network.setBypassServiceWorker", json!({ "bypass": true }));
    }

    /// Throws away what the browser keeps of files that it has fetched; an offline copy stays.
    pub fn clear_cache(&self) {
        self.browser.devtools("Network.clearBrowserCache", json!({}));
    }

    /// How long the page's scripts have run since some moment, in milliseconds of the processor's time.
    pub fn script_time(&self) -> f64 {
        self.browser.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }));
        let answer = self.browser.devtools("Performance.getMetrics", json!({}));
        let metrics = answer["metrics"].as_array().into_iter().flatten();
        let seconds = metrics.filter(|metric| metric["name"] == "ScriptDuration").find_map(|it| it["value"].as_f64());
        seconds.expect("the browser measures scripts") * 1000.0
    }

    /// Waits until something holds on the page, for ten seconds at most.
    ///
    /// # Panics
    ///
    /// When it still does not hold then; says what the page shows instead.
    #[track_caller]
    pub fn wait_until(&self, what: &str, condition: impl FnMut(&Self) -> bool) {
        self.wait_for(what, PATIENCE, condition);
    }

    #[track_caller]
    fn wait_for(&self, what: &str, patience: Duration, mut condition: impl FnMut(&Self) -> bool) {
        let deadline = Instant::now() + patience;
        while !condition(self) {
            if Instant::now() > deadline {
                panic!("waited {} s in vain for {what}; {}", patience.as_secs(), self.description());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the page shows, for somebody who reads why a test failed.
    fn description(&self) -> String {
        let output = self.evaluate("return document.querySelector('[role=log]')?.innerText ?? null", &[]);
        format!(
            "the page shows sentence {:?}, alerts {:?}, tasks {:?}, output {output}, console errors {:?}",
            self.sentences(),
            self.alerts(),
            self.tasks(),
            self.console_errors()
        )
    }

    /// Clicks a button as soon as it is there, enabled and not covered by something else.
    #[track_caller]
    pub fn press(&self, name: &str) {
        self.on_element(BUTTONS, name, |button| {
            let enabled = self.wait(button.is_enabled())?;
            if enabled { self.wait(button.click()) } else { None }
        });
    }

    /// Whether there is a button of this name.
    pub fn has_button(&self, name: &str) -> bool {
        self.find(BUTTONS, name).is_some()
    }

    /// Pauses the playback if it runs.
    #[track_caller]
    pub fn pause(&self) {
        if self.has_button("Pause") {
            self.press("Pause");
            self.wait_until("a button named Play", |page| page.has_button("Play"));
        }
    }

    /// Pauses, and goes back to the start.
    #[track_caller]
    pub fn restart(&self) {
        self.pause();
        self.press("Restart");
        self.pause();
    }

    /// Steps forward until something holds.
    ///
    /// # Panics
    ///
    /// When it does not hold within `most` steps.
    #[track_caller]
    pub fn step_until(&self, what: &str, most: usize, condition: impl Fn(&Self) -> bool) {
        for _ in 0..most {
            if condition(self) {
                return;
            }
            self.step("Step forward");
        }
        assert!(condition(self), "within {most} steps never: {what}; {}", self.description());
    }

    /// Presses `Step forward` or `Step back` and waits until the page shows another moment.
    #[track_caller]
    pub fn step(&self, button: &str) {
        let moment = || (self.slider("Timeline").value(), self.sentences(), self.tasks());
        let before = moment();
        self.press(button);
        self.wait_until(&format!("{button} to lead to another moment"), |_| moment() != before);
    }

    /// The slider of this name, which need not be there yet.
    pub fn slider<'page>(&'page self, name: &'page str) -> Slider<'page> {
        Slider::new(self, name)
    }

    /// The names of all sliders.
    pub fn slider_names(&self) -> Vec<String> {
        self.all(SLIDERS).iter().filter_map(|slider| self.browser.accessible_name(slider)).collect()
    }

    /// The text in the editor.
    #[track_caller]
    pub fn program(&self) -> String {
        self.ask(TEXTBOXES, "Program", "return element.value ?? element.innerText", Value::Null)
    }

    /// Replaces the text in the editor, as pasting over all of it does.
    #[track_caller]
    pub fn paste_program(&self, text: &str) {
        let script = "
            element.focus();
            document.execCommand('selectAll');
            document.execCommand('insertText', false, argument);
            return true";
        self.ask::<bool>(TEXTBOXES, "Program", script, json!(text));
    }

    /// Types at the end of the text in the editor.
    #[track_caller]
    pub fn type_at_end(&self, keys: &str) {
        self.on_element(TEXTBOXES, "Program", |textbox| {
            self.wait(async {
                textbox.send_keys(Key::Control + Key::End).await?;
                // The combination holds the control key down until a null key.
                textbox.send_keys(Key::Null + keys).await
            })
        });
    }

    /// Types on the keyboard, wherever the focus is.
    #[track_caller]
    pub fn type_keys(&self, keys: &str) {
        let typed = self.wait(self.browser.driver.action_chain().send_keys(keys).perform());
        typed.unwrap_or_else(|| panic!("{keys:?} cannot be typed"));
    }

    /// Presses a key while the control key is held down, wherever the focus is.
    #[track_caller]
    pub fn press_with_control(&self, key: char) {
        let keys = self.browser.driver.action_chain().key_down(Key::Control).send_keys(key).key_up(Key::Control);
        self.wait(keys.perform()).unwrap_or_else(|| panic!("control and {key:?} cannot be pressed"));
    }

    /// The name of what has the focus; nothing if it has none.
    pub fn focused(&self) -> Option<String> {
        self.browser.accessible_name(&self.wait(self.browser.driver.active_element())?)
    }

    /// The name of the open dialog; nothing while none is open.
    pub fn dialog(&self) -> Option<String> {
        let name = self.evaluate("return document.querySelector('dialog[open]')?.ariaLabel ?? null", &[]);
        name.as_str().map(str::to_owned)
    }

    /// What is written in a field of this name, one line high or more.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        self.ask(FIELDS, name, "return element.value", Value::Null)
    }

    /// Whether there is such a field.
    pub fn has_field(&self, name: &str) -> bool {
        self.find(FIELDS, name).is_some()
    }

    /// Whether there is a slider of this name.
    pub fn has_slider(&self, name: &str) -> bool {
        self.find(SLIDERS, name).is_some()
    }

    /// Ticks a box, or takes the tick away.
    #[track_caller]
    pub fn tick(&self, name: &str) {
        self.on_element("input[type=checkbox]", name, |tick| self.wait(tick.click()));
    }

    /// Chooses what says this in the list of this name.
    #[track_caller]
    pub fn choose(&self, list: &str, says: &str) {
        let script = "
            element.selectedIndex = [...element.options].findIndex(option => option.text === argument);
            element.dispatchEvent(new Event('change', { bubbles: true }));
            return element.selectedIndex >= 0";
        assert!(self.ask::<bool>("select", list, script, json!(says)), "{list} has no {says}");
    }

    /// What was copied last.
    pub fn clipboard(&self) -> String {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.browser.devtools("Browser.grantPermissions", permissions);
        let text = self.evaluate("return navigator.clipboard.readText()", &[]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Has the browser save in this folder what it is asked to save.
    pub fn save_to(&self, folder: &Path) {
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        self.browser.devtools("Browser.setDownloadBehavior", behaviour);
    }

    /// What the program has printed up to the playhead.
    #[track_caller]
    pub fn output(&self) -> String {
        self.ask("[role=log]", "Output", &format!("{SPOKEN} return inside(element)"), Value::Null)
    }

    /// The sentence about the current step.
    #[track_caller]
    pub fn sentence(&self) -> String {
        let sentences = self.sentences();
        assert!(!sentences.is_empty(), "nothing has the role status");
        sentences[0].clone()
    }

    fn sentences(&self) -> Vec<String> {
        self.visible_texts("[role=status], output")
    }

    /// What stands in the region of this name, if there is one to be seen.
    pub fn region(&self, name: &str) -> Option<String> {
        let region = self.find("section, [role=region]", name)?;
        let text = self.evaluate(&format!("{SPOKEN} return inside(arguments[0])"), &[region.to_json().ok()?]);
        text.as_str().map(str::to_owned)
    }

    /// Presses a key where the focus is.
    #[track_caller]
    pub fn press_key(&self, key: Key) {
        let focused = self.wait(self.browser.driver.active_element()).expect("something has the focus");
        let _ = self.wait(focused.send_keys(key + ""));
    }

    /// Moves the focus to a button.
    #[track_caller]
    pub fn focus_on(&self, button: &str) {
        self.ask::<bool>(BUTTONS, button, "element.focus(); return document.activeElement === element", Value::Null);
    }

    /// What the page warns of.
    pub fn alerts(&self) -> Vec<String> {
        self.visible_texts("[role=alert]")
    }

    /// Waits for a warning that has all these words in it, and gives it back.
    #[track_caller]
    pub fn wait_for_alert(&self, words: &[&str]) -> String {
        let has_words = |alert: &String| words.iter().all(|word| alert.contains(word));
        self.wait_until(&format!("an alert with {words:?}"), |page| page.alerts().iter().any(has_words));
        self.alerts().into_iter().find(has_words).unwrap_or_default()
    }

    /// The tokens: each task's name and state.
    pub fn tasks(&self) -> Vec<(String, String)> {
        let script = "return [...document.querySelectorAll('[data-task][data-state]')]
            .map(token => [token.dataset.task, token.dataset.state])";
        let mut tasks: Vec<(String, String)> =
            serde_json::from_value(self.evaluate(script, &[])).expect("a token has a name and a state");
        tasks.sort();
        tasks.dedup();
        tasks
    }

    /// How many tasks are in this state.
    pub fn tasks_in(&self, state: &str) -> usize {
        self.tasks().iter().filter(|(_, found)| found == state).count()
    }

    /// The primitives' cards.
    pub fn cards(&self) -> Vec<Card> {
        let card = |element: &WebElement| {
            let script = format!("{SPOKEN} return [arguments[0].dataset.primitive, inside(arguments[0])]");
            let (primitive, text) = serde_json::from_value(self.evaluate(&script, &[element.to_json().ok()?])).ok()?;
            Some(Card { name: self.browser.accessible_name(element)?, primitive, text })
        };
        self.all("[data-primitive]").iter().filter_map(card).collect()
    }

    /// What the page's wasm records of a program, as JSON lines.
    #[track_caller]
    pub fn trace(&self, program: &str, until: Option<f64>) -> String {
        let script = "return window.wasmBindings.trace(arguments[0], arguments[1] ?? undefined)";
        let trace = self.evaluate(script, &[json!(program), json!(until)]);
        trace.as_str().expect("a trace is a text").to_owned()
    }

    /// The errors in the browser's console, once: a second call gives only those that came since.
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.wait(self.browser.driver.browser_log()).unwrap_or_default();
        entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
    }

    /// Takes a picture of the page in a window of this size, as `target/screenshots/NAME.png`.
    #[track_caller]
    pub fn screenshot(&self, name: &str, width: u32, height: u32, scheme: Scheme) {
        self.resize(width, height);
        self.prefer(scheme);
        self.wait_until("the page to come to rest", |page| {
            page.evaluate("return document.getAnimations().every(each => each.playState !== 'running')", &[]) == true
        });
        self.save_picture(name);
    }

    /// Lets the system prefer light or dark pages.
    pub fn prefer(&self, scheme: Scheme) {
        let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.browser.devtools("Emulation.setEmulatedMedia", features);
    }

    /// Gives the page a window of this size, in pixels; a visit starts with 1440 by 900.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// Lets the browser find no file at addresses like these, a list of patterns, nor in the offline copy.
    pub fn block(&self, addresses: &Value) {
        self.browser.devtools("Network.enable", json!({}));
        self.browser.devtools("Network.setBlockedURLs", json!({ "urls": addresses }));
        self.browser.devtools("Network.setBypassServiceWorker", json!({ "bypass": true }));
    }

    /// Runs a script in the page; its arguments are `arguments[0]` and so on, its value is what it returns.
    #[track_caller]
    pub fn evaluate(&self, script: &str, arguments: &[Value]) -> Value {
        let result = self.browser.runtime.block_on(self.browser.driver.execute(script, arguments));
        match result {
            Ok(value) => value.json().clone(),
            Err(error) => panic!("a script failed in the page: {error}"),
        }
    }

    /// Runs a script on the element of this name among those that `selector` selects, as soon as it is there. The
    /// script knows it as `element`, and `argument`.
    #[track_caller]
    pub(crate) fn ask<T: DeserializeOwned>(&self, selector: &str, name: &str, script: &str, argument: Value) -> T {
        let script = format!("const [element, argument] = arguments; {script}");
        self.on_element(selector, name, |element| {
            let arguments = [element.to_json().ok()?, argument.clone()];
            self.wait(self.browser.driver.execute(script.as_str(), arguments))?.convert().ok()
        })
    }

    /// Does something with the element of this name among those that `selector` selects, as soon as it is there and
    /// it works: the page may replace an element at any time.
    #[track_caller]
    pub(crate) fn on_element<T>(&self, selector: &str, name: &str, act: impl Fn(&WebElement) -> Option<T>) -> T {
        let mut result = None;
        self.wait_until(&format!("what is named {name} among {selector}"), |page| {
            result = page.find(selector, name).and_then(|element| act(&element));
            result.is_some()
        });
        result.expect("waited for it")
    }

    /// Waits for an answer of the browser; `None` where it says no.
    pub(crate) fn wait<T>(&self, answer: impl Future<Output = WebDriverResult<T>>) -> Option<T> {
        self.browser.runtime.block_on(answer).ok()
    }

    pub(crate) fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The first element among those that `selector` selects whose accessible name is `name`.
    fn find(&self, selector: &str, name: &str) -> Option<WebElement> {
        self.all(selector).into_iter().find(|element| self.browser.accessible_name(element).as_deref() == Some(name))
    }

    fn all(&self, selector: &str) -> Vec<WebElement> {
        self.wait(self.browser.driver.find_all(By::Css(selector))).unwrap_or_default()
    }

    /// The texts of elements that can be seen and are not empty.
    fn visible_texts(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .filter(element => element.checkVisibility())
            .map(element => element.innerText.trim()).filter(text => text !== '')";
        serde_json::from_value(self.evaluate(script, &[json!(selector)])).unwrap_or_default()
    }

    fn save_picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
        let path = folder.join(format!("{name}.png"));
        let picture = self.browser.runtime.block_on(self.browser.driver.screenshot_as_png());
        let saved = picture.map_err(|error| error.to_string()).and_then(|picture| {
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, picture)).map_err(|error| error.to_string())
        });
        if let Err(error) = saved {
            eprintln!("no picture {}: {error}", path.display());
        }
    }
}
