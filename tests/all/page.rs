//! `wengao page` as a browser and as whoever else is on this machine meets it: plain HTTP over a socket.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test runs the program and is its browser"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wengao::door::call;

/// A running server, ended with the test.
struct Page {
    child: Child,
    port: u16,
    token: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: its status, its headers in lower case, its body.
struct Answer(u16, String, Vec<u8>);

impl Page {
    fn open() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wengao"))
            .args(["--lang", "zh", "--no-config", "page", "--no-open"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (port, token) = line.trim().strip_prefix("http://127.0.0.1:").unwrap().split_once("/#").unwrap();
        Self { port: port.parse().unwrap(), token: token.to_owned(), child }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a request with these headers, and `Host` if it is not among them.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if headers.iter().all(|(name, _)| *name != "Host") {
            head += &format!("Host: {}\r\n", self.host());
        }
        if headers.iter().all(|(name, _)| *name != "Content-Length") {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        let _ = stream.write_all(body);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer(status, head, all[end + 4..].to_vec())
    }

    fn token(&self) -> (&str, &str) {
        ("X-Wengao-Token", &self.token)
    }
}

/// A call that checks a paper, as the page packs it.
fn parcel() -> Vec<u8> {
    let json = r#"{"lang":"zh","today":"2026-03-05","names":["讲话.txt"]}"#.as_bytes();
    let paper = "全年新改建农村公路x公里。\n".as_bytes();
    let number = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    [&number(2)[..], &number(json.len()), &number(paper.len()), json, paper].concat()
}

#[test]
fn the_page_is_given_out_and_its_calls_are_answered_as_the_library_answers_them() {
    let page = Page::open();
    let Answer(status, head, body) = page.ask("GET", "/", &[], b"");
    assert_eq!(status, 200, "{head}");
    let html = String::from_utf8(body).unwrap();
    for script in html.split("<script defer src=\"").skip(1).map(|s| s.split('"').next().unwrap()) {
        assert_eq!(page.ask("GET", &format!("/{script}"), &[], b"").0, 200, "{script}");
    }
    let Answer(status, head, body) = page.ask("POST", "/call/check", &[page.token()], &parcel());
    assert_eq!(status, 200, "{head}");
    assert_eq!(body, call("check", &parcel(), None));
}

#[test]
fn every_answer_tells_the_browser_to_keep_everything_here() {
    let page = Page::open();
    for (method, path) in [("GET", "/"), ("GET", "/page.css"), ("GET", "/no"), ("POST", "/call/check")] {
        let Answer(_, head, _) = page.ask(method, path, &[], b"");
        for sign in [
            "content-security-policy: default-src 'none'; script-src 'self'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(sign), "{path}: {sign}\n{head}");
        }
        assert!(!head.contains("access-control-allow") && !head.contains("unsafe-inline"), "{head}");
    }
}

#[test]
fn who_is_not_the_page_is_refused() {
    let page = Page::open();
    let (own, other) = (format!("http://{}", page.host()), format!("http://127.0.0.1:{}", page.port ^ 1));
    let rebound = format!("evil.example:{}", page.port);
    let wrong = format!("{}0", &page.token[1..]);
    let cases: [(&str, Vec<(&str, &str)>); 8] = [
        ("without the token", vec![]),
        ("with another token", vec![("X-Wengao-Token", &wrong)]),
        ("from a page of another port", vec![page.token(), ("Origin", &other)]),
        ("from a file", vec![page.token(), ("Origin", "null")]),
        ("from another site", vec![page.token(), ("Sec-Fetch-Site", "cross-site")]),
        ("under a name made to point here", vec![page.token(), ("Host", &rebound)]),
        ("a form of another site", vec![("Origin", &other), ("Content-Type", "text/plain")]),
        ("by its token in the body alone", vec![("Origin", &own), ("Sec-Fetch-Site", "same-origin")]),
    ];
    for (who, headers) in cases {
        assert_eq!(page.ask("POST", "/call/check", &headers, &parcel()).0, 403, "{who}");
        assert_eq!(page.ask("POST", "/bye", &headers, b"").0, 403, "{who}");
    }
    for host in ["evil.example", "evil.example:80", &rebound, "[::1]:80"] {
        assert_eq!(page.ask("GET", "/", &[("Host", host)], b"").0, 403, "{host}");
    }
}

#[test]
fn no_path_of_the_disk_is_opened_and_a_body_without_end_is_not_waited_for() {
    let page = Page::open();
    for path in ["/../Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/page/../../Cargo.toml", "/README.md"]
    {
        assert_eq!(page.ask("GET", path, &[], b"").0, 404, "{path}");
    }
    let huge = [page.token(), ("Content-Length", "99999999999")];
    assert_eq!(page.ask("POST", "/call/check", &huge, b"").0, 413);
    assert_eq!(page.ask("DELETE", "/call/check", &[page.token()], b"").0, 405);
    assert_eq!(page.ask("POST", "/call/check", &[page.token()], b"no parcel").0, 200);
}

#[test]
fn the_program_ends_when_the_page_says_goodbye_and_not_when_it_is_loaded_anew() {
    let mut page = Page::open();
    assert_eq!(page.ask("POST", "/bye", &[page.token()], b"").0, 204);
    assert_eq!(page.ask("POST", "/ping", &[page.token()], b"").0, 204);
    std::thread::sleep(Duration::from_secs(5));
    assert!(page.child.try_wait().unwrap().is_none(), "a page loaded anew ended it");
    assert_eq!(page.ask("POST", "/bye", &[page.token()], b"").0, 204);
    let start = Instant::now();
    while page.child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "it goes on without its page");
        std::thread::sleep(Duration::from_millis(100));
    }
}
