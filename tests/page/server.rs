//! A static file server for the release site.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

/// The path under which the site is served: it has to work under any.
const BASE: &str = "/some/path/";

/// Where the release site is served, up to the slash at the end. The first call starts the server; it lasts as long
/// as the process.
///
/// # Panics
///
/// When there is no release site.
pub fn address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
        assert!(
            folder.join("index.html").is_file(),
            "there is no release site in dist/: run `cargo xtask build` first"
        );
        serve(folder).expect("a port is free on 127.0.0.1")
    });
    &ADDRESS
}

/// Serves a folder as long as the process lasts. Gives its address, up to the slash at the end.
///
/// # Errors
///
/// When no port is free.
pub fn serve(folder: PathBuf) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that goes away in the middle of an answer is none of the server's business.
            thread::spawn(move || answer(stream, &folder).ok());
        }
    });
    Ok(format!("http://{address}{BASE}"))
}

/// Answers one request and closes the connection.
fn answer(mut stream: TcpStream, folder: &Path) -> Result<()> {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let file = match path.strip_prefix(BASE) {
        Some("") => Some("index.html"),
        Some(file) if !file.split('/').any(|part| part == "..") => Some(file),
        _ => None,
    };
    let content = file.and_then(|file| fs::read(folder.join(file)).ok());
    let status = match content {
        Some(_) => "200 OK",
        // Browsers ask every host for it, whatever page they show.
        None if path == "/favicon.ico" => "204 No Content",
        None => "404 Not Found",
    };
    let content = content.unwrap_or_default();
    let media_type = media_type(file.unwrap_or_default());
    let length = content.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&content)
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
