//! Stands in for the crate of the same name. Browsers have the tables of Unicode already: there the page says, once,
//! how to ask. Elsewhere the tables are those of another crate.

#[cfg(not(target_arch = "wasm32"))]
mod tables {
    use unicode_xid::UnicodeXID;

    /// Whether an identifier can begin with the character.
    pub fn is_xid_start(character: char) -> bool {
        UnicodeXID::is_xid_start(character)
    }

    /// Whether an identifier can go on with the character.
    pub fn is_xid_continue(character: char) -> bool {
        UnicodeXID::is_xid_continue(character)
    }
}

#[cfg(target_arch = "wasm32")]
mod tables {
    use std::sync::OnceLock;

    /// Two questions about a character beyond ASCII: whether an identifier can begin, and go on, with it.
    type Questions = [fn(char) -> bool; 2];

    static QUESTIONS: OnceLock<Questions> = OnceLock::new();

    /// Says how to ask. Until then, every character beyond ASCII is taken for a letter.
    pub fn ask(questions: Questions) {
        let _ = QUESTIONS.set(questions);
    }

    fn answer(question: usize, character: char) -> bool {
        QUESTIONS.get().is_none_or(|questions| questions[question](character))
    }

    /// Whether an identifier can begin with the character.
    pub fn is_xid_start(character: char) -> bool {
        character.is_ascii_alphabetic() || (!character.is_ascii() && answer(0, character))
    }

    /// Whether an identifier can go on with the character.
    pub fn is_xid_continue(character: char) -> bool {
        character.is_ascii_alphanumeric() || character == '_' || (!character.is_ascii() && answer(1, character))
    }
}

#[cfg(target_arch = "wasm32")]
pub use tables::ask;
pub use tables::{is_xid_continue, is_xid_start};
