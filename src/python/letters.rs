//! What kind a character beyond ASCII is. Browsers have Unicode's tables: there they are asked, not downloaded again.

/// Whether Unicode says that the character has this property, such as `Alphabetic`.
#[cfg(target_arch = "wasm32")]
pub fn has_property(character: char, property: &str) -> bool {
    let pattern = ["\\p{", property, "}"].concat();
    js_sys::RegExp::new(&pattern, "u").test(character.encode_utf8(&mut [0; 4]))
}

/// Lets the parser ask the browser what identifiers are made of. To be called before anything is parsed.
#[cfg(target_arch = "wasm32")]
pub fn prepare() {
    unicode_ident::ask([
        |character| has_property(character, "XID_Start"),
        |character| has_property(character, "XID_Continue"),
    ]);
}
