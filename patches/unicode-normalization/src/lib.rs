//! Stands in for the crate of the same name, whose tables weigh 112 KB of wasm for the sake of one call: the parser
//! brings identifiers beyond ASCII into form NFKC. Here they stay as they are written, so `ﬁ` (one character) and `fi`
//! are two names, and so are two ways to write `é`; a program that uses both for one name is not to be found.

/// What the parser asks of texts.
pub trait UnicodeNormalization {
    /// The characters of the text, as they are.
    fn nfkc(self) -> impl Iterator<Item = char>;
}

impl UnicodeNormalization for &str {
    fn nfkc(self) -> impl Iterator<Item = char> {
        self.chars()
    }
}
