//! A static file server for the release site, and for pages of others that show it in their text.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;

/// The path under which the site is served: it has to work under any.
const BASE: &str = "/some/path/";
/// The path under which the pages of others are served, which are in the folder `hosts`.
const HOSTS: &str = "/hosts/";
/// What stands in them for the address of the site: the query says it.
const SITE: &str = "SITE/";

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

/// The address of a page in the folder `hosts` that shows the release site: of the same origin as the site, or of another.
///
/// # Panics
///
/// When no port is free, or there is no release site.
pub fn host(file: &str, same_origin: bool) -> String {
    static OTHER: LazyLock<String> = LazyLock::new(|| serve(PathBuf::new()).expect("a port is free on 127.0.0.1"));
    if same_origin {
        return format!("{}{file}", address().replace(BASE, HOSTS));
    }
    format!("{}{file}?{}", OTHER.replace(BASE, HOSTS), address())
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
    let address = request.split(' ').nth(1).unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, BASE));
    let is_within = |file: &&str| !file.split('/').any(|part| part == "..");
    let host = path.strip_prefix(HOSTS).filter(is_within);
    let (file, content) = match (host, path.strip_prefix(BASE).filter(is_within)) {
        (Some(host), _) => (host, host_page(host, query)),
        (_, Some("")) => ("index.html", fs::read(folder.join("index.html")).ok()),
        (_, file) => (file.unwrap_or_default(), file.and_then(|file| fs::read(folder.join(file)).ok())),
    };
    let status = match content {
        Some(_) => "200 OK",
        // Browsers ask every host for it, whatever page they show.
        None if path == "/favicon.ico" => "204 No Content",
        None => "404 Not Found",
    };
    let content = content.unwrap_or_default();
    let media_type = media_type(file);
    let length = content.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&content)
}

/// A page of somebody else that shows the site at an address.
fn host_page(file: &str, site: &str) -> Option<Vec<u8>> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts").join(file)).ok()?;
    Some(page.replace(SITE, site).into_bytes())
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
