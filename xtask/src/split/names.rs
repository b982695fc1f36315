//! Short names for what passes between the code and the script that loads it.

use super::text::Module;

/// The module that wasm-bindgen's script is for the code, as the code calls it.
const MODULE: &str = "\"./signalbox_bg.js\"";
/// The exports that other scripts than wasm-bindgen's know.
const KEPT: [&str; 1] = ["load_rest"];

/// The module's text and wasm-bindgen's script, with the names of imports and exports replaced by letters.
pub fn shorten(module: &Module, script: &str) -> Result<(String, String), String> {
    let mut text = String::from("(module\n");
    let mut replaced = vec![(MODULE.to_owned(), "\"-\"".to_owned())];
    let (mut imports, mut exports) = (0, 0);
    for form in module.forms() {
        let (kind, from_script, count) = match form.kind() {
            "import" => ("import", "", &mut imports),
            "export" => ("export", "wasm.", &mut exports),
            _ => {
                text += form.text;
                continue;
            }
        };
        let name = form.text.split('"').nth(if kind == "import" { 3 } else { 1 }).unwrap_or_default();
        if KEPT.contains(&name) {
            text += form.text;
            continue;
        }
        let short = format!("{}{}", if kind == "import" { "" } else { "_" }, short(*count));
        *count += 1;
        text += &form.text.replacen(MODULE, "\"-\"", 1).replacen(&format!("\"{name}\""), &format!("\"{short}\""), 1);
        let ending = if kind == "import" { ":" } else { "" };
        replaced.push((format!("{from_script}{name}{ending}"), format!("{from_script}{short}{ending}")));
    }
    text += ")\n";
    Ok((text, replace_words(script, &replaced)?))
}

/// The text with each of these put for the other, wherever it does not go on into a longer name.
fn replace_words(text: &str, replaced: &[(String, String)]) -> Result<String, String> {
    let mut text = text.to_owned();
    for (old, new) in replaced {
        let mut result = String::with_capacity(text.len());
        let mut done = 0;
        for (at, _) in text.match_indices(old.as_str()) {
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
            let goes_on = text[at + old.len()..].starts_with(is_name) || text[..at].ends_with(is_name);
            if !goes_on || old.starts_with('"') {
                result += &text[done..at];
                result += new;
                done = at + old.len();
            }
        }
        if done == 0 && old.ends_with([':', '"']) {
            return Err(format!("wasm-bindgen's script has no {old}"));
        }
        result += &text[done..];
        text = result;
    }
    Ok(text)
}

/// The shortest names there are, one for each number.
pub fn short(mut number: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.insert(0, LETTERS[number % LETTERS.len()].into());
        number /= LETTERS.len();
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}
