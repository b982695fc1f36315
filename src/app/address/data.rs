//! A whole program as a part of an address: UTF-8, raw deflate, base64url without padding. The browser itself deflates
//! and inflates.

use js_sys::{IteratorNext, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, WritableStream};

use crate::python::LONGEST_PROGRAM;

#[wasm_bindgen]
extern "C" {
    /// A stream that is written to at one end and read from at the other.
    type Transform;

    #[wasm_bindgen(method, getter, structural)]
    fn readable(this: &Transform) -> ReadableStream;

    #[wasm_bindgen(method, getter, structural)]
    fn writable(this: &Transform) -> WritableStream;

    #[wasm_bindgen(extends = Transform)]
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    #[wasm_bindgen(extends = Transform)]
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// As browsers call raw deflate.
const FORMAT: &str = "deflate-raw";
/// What a browser inflates at once may become a thousand times as long; it is given no more than so many bytes.
const PART: usize = 1024;
/// What deflate makes of the longest program, if there is nothing in it to be made shorter.
const LONGEST_DEFLATED: usize = LONGEST_PROGRAM + LONGEST_PROGRAM / 100;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A program as it stands in an address.
///
/// # Errors
///
/// A sentence, where the browser does not know how to deflate.
pub async fn packed(text: &str) -> Result<String, String> {
    let stream = CompressionStream::new(FORMAT).map_err(|_| too_old())?;
    let deflated = through(stream.into(), text.as_bytes().to_vec(), usize::MAX).await;
    deflated.map(|bytes| to_letters(&bytes)).map_err(|_| too_old())
}

/// The program that stands so in an address.
///
/// # Errors
///
/// A sentence, where none stands there, or one that is longer than any that can be run. However long it would become, no
/// more of it is inflated.
pub async fn unpacked(data: &str) -> Result<String, String> {
    let damaged = || "The program in this address is damaged: some of it may have been lost on its way.".to_owned();
    let deflated = from_letters(data).ok_or_else(damaged)?;
    if deflated.len() > LONGEST_DEFLATED {
        return Err(too_long());
    }
    let stream = DecompressionStream::new(FORMAT).map_err(|_| too_old())?;
    match through(stream.into(), deflated, LONGEST_PROGRAM).await {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| damaged()),
        Err(Some(TooLong)) => Err(too_long()),
        Err(None) => Err(damaged()),
    }
}

fn too_long() -> String {
    let most = crate::draw::grouped(LONGEST_PROGRAM);
    ["The program in this address is longer than the ", &most, " bytes that Signalbox reads."].concat()
}

fn too_old() -> String {
    "This browser is too old for programs in addresses.".to_owned()
}

/// More came out of a stream than is wanted.
struct TooLong;

/// What comes out of a stream when these bytes go in. An error without a reason is the stream's own.
async fn through(stream: Transform, bytes: Vec<u8>, most: usize) -> Result<Vec<u8>, Option<TooLong>> {
    let writer = stream.writable().get_writer().map_err(|_| None)?;
    spawn_local(async move {
        for part in bytes.chunks(PART) {
            // Waits until what came of the part before has been read.
            let written = writer.write_with_chunk(&Uint8Array::from(part));
            if JsFuture::from(written).await.is_err() {
                return;
            }
        }
        let _ = JsFuture::from(writer.close()).await;
    });
    let reader: ReadableStreamDefaultReader = stream.readable().get_reader().unchecked_into();
    let mut result = Vec::new();
    loop {
        let next: IteratorNext = JsFuture::from(reader.read()).await.map_err(|_| None)?.unchecked_into();
        if next.done() {
            return Ok(result);
        }
        let part: Uint8Array = next.value().unchecked_into();
        if part.length() as usize > most - result.len() {
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(Some(TooLong));
        }
        result.extend(part.to_vec());
    }
}

pub(super) fn to_letters(bytes: &[u8]) -> String {
    let mut letters = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0, |bits, (index, byte)| bits | u32::from(*byte) << (16 - 8 * index));
        for index in 0..=three.len() {
            letters.push(LETTERS[(bits >> (18 - 6 * index)) as usize & 63].into());
        }
    }
    letters
}

fn from_letters(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for four in letters.as_bytes().chunks(4) {
        let mut bits = 0;
        for (index, letter) in four.iter().enumerate() {
            let value = LETTERS.iter().position(|known| known == letter)?;
            bits |= (value as u32) << (18 - 6 * index);
        }
        if four.len() == 1 {
            return None;
        }
        bytes.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    Some(bytes)
}
