//! The server: gives out the page's files, carries its calls, ends when nobody is there any more.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::guard::{Asked, Guard};
use crate::base::{Problem, Result};
use crate::corpus::Held;
use crate::page::{asset, call};
use crate::text;

/// The largest body of a call, in bytes: a pile of long papers with pictures.
const LARGEST: u64 = 512 << 20;

/// The largest head of a request, in bytes, and the most headers that it has.
const HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 64;

/// So long a connection may say nothing. Browsers open some that they may need.
const PATIENCE: Duration = Duration::from_secs(30);

/// Without a sign of the page for so long it is gone: its goodbye was lost, or the browser fell. A
/// browser slows the clocks of a page that is out of sight, and a machine may sleep over noon.
const SILENCE: Duration = Duration::from_secs(3 * 60 * 60);

/// So long after the page said goodbye the program ends, unless it was only loaded anew.
const GOODBYE: Duration = Duration::from_secs(4);

/// How often it is looked whether anybody is there.
const TICK: Duration = Duration::from_millis(250);

/// What a browser may do with the page: show its own files and ask its own server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// A server that listens and does not answer yet.
pub(super) struct Server {
    listener: TcpListener,
    address: String,
    desk: Arc<Desk>,
}

/// What the answers need.
struct Desk {
    guard: Guard,
    corpus: Option<Held>,
    presence: Presence,
}

impl Server {
    /// Listens on this port of the loopback address; 0 is any that is free.
    ///
    /// # Errors
    /// If the port is taken, or the machine has no random numbers.
    pub fn start(port: u16, corpus: Option<Held>) -> Result<Self> {
        let listen = || {
            let listener = TcpListener::bind(("127.0.0.1", port))?;
            Ok((listener.local_addr()?.port(), listener))
        };
        let (port, listener) = listen().map_err(|why: io::Error| {
            Problem::new(text!("端口 {port} 用不了：{why}", "port {port} cannot be used: {why}"))
                .help(text!("不写 --port，随便找一个空着的", "leave --port out, and a free one is found"))
        })?;
        let mut token = [0; 16];
        getrandom::fill(&mut token)
            .map_err(|why| Problem::new(text!("取不到随机数：{why}", "no random numbers: {why}")))?;
        let guard = Guard::new(port, token);
        let address = guard.address();
        let desk = Arc::new(Desk { guard, corpus, presence: Presence::new() });
        Ok(Self { listener, address, desk })
    }

    /// The address of the page, with the token.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers until the page is gone; with `stay`, until the process is ended. Each connection has a
    /// thread and one request, so none waits for another.
    pub fn serve(self, stay: bool) {
        let Self { listener, desk, .. } = self;
        let at_the_desk = Arc::clone(&desk);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = Arc::clone(&at_the_desk);
                std::thread::spawn(move || desk.receive(stream));
            }
        });
        while stay || !desk.presence.is_gone() {
            std::thread::sleep(TICK);
        }
    }
}

impl Desk {
    /// One request and its answer. A browser that went away meanwhile needs none.
    fn receive(&self, mut stream: TcpStream) {
        let patience = stream.set_read_timeout(Some(PATIENCE));
        let Ok((head, behind)) = patience.and_then(|()| head(&mut stream)) else { return };
        let answer = match Asking::of(&head) {
            Some(asking) => self.answer(&asking, &mut behind.chain(&stream)),
            None => Answer::status(400),
        };
        // What was not read would make the other side believe that its connection broke.
        let sent = stream.write_all(&answer.packed()).and_then(|()| stream.flush());
        if sent.is_ok() && stream.shutdown(std::net::Shutdown::Write).is_ok() {
            let _ = io::copy(&mut stream.take(1 << 20), &mut io::sink());
        }
    }

    fn answer(&self, asking: &Asking<'_>, body: &mut dyn Read) -> Answer {
        let asked = &asking.asked;
        match (asking.method, asking.path.strip_prefix("/call/")) {
            _ if !self.guard.is_near(asked) => Answer::status(403),
            ("GET", None) => match asset(asking.path) {
                Some(asset) => Answer { status: 200, kind: asset.kind, body: asset.text.into_bytes() },
                None => Answer::status(404),
            },
            ("POST", _) if !self.guard.is_page(asked) => Answer::status(403),
            ("POST", Some(route)) => self.call(route, asking.length, body),
            ("POST", None) if asking.path == "/ping" => {
                self.presence.seen();
                Answer::status(204)
            }
            ("POST", None) if asking.path == "/bye" => {
                self.presence.leaves();
                Answer::status(204)
            }
            ("POST", None) => Answer::status(404),
            _ => Answer::status(405),
        }
    }

    fn call(&self, route: &str, length: Option<u64>, from: &mut dyn Read) -> Answer {
        let Some(length) = length.filter(|&n| n <= LARGEST) else { return Answer::status(413) };
        let mut body = Vec::new();
        if from.take(length).read_to_end(&mut body).is_err() || body.len() as u64 != length {
            return Answer::status(400);
        }
        let _busy = self.presence.work();
        let kept = self.corpus.as_ref();
        Answer { status: 200, kind: "application/octet-stream", body: call(route, &body, kept) }
    }
}

/// Reads up to the blank line behind the headers; what of the body came along with them stands behind.
fn head(stream: &mut TcpStream) -> io::Result<(Vec<u8>, io::Cursor<Vec<u8>>)> {
    let (mut all, mut some) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = memchr::memmem::find(&all, b"\r\n\r\n") {
            let behind = all.split_off(end + 4);
            return Ok((all, io::Cursor::new(behind)));
        }
        let read = stream.read(&mut some)?;
        if read == 0 || all.len() > HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        all.extend(&some[..read]);
    }
}

/// The head of a request.
struct Asking<'r> {
    method: &'r str,
    /// The path, without what stands behind `?`.
    path: &'r str,
    length: Option<u64>,
    asked: Asked<'r>,
}

impl<'r> Asking<'r> {
    /// `None` if it is no HTTP.
    fn of(head: &'r [u8]) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        request.parse(head).ok().filter(httparse::Status::is_complete)?;
        let header = |name: &str| {
            let found = request.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
            found.and_then(|h| std::str::from_utf8(h.value).ok())
        };
        Some(Self {
            method: request.method?,
            path: request.path?.split(['?', '#']).next().unwrap_or_default(),
            length: header("Content-Length").and_then(|n| n.parse().ok()),
            asked: Asked {
                host: header("Host"),
                origin: header("Origin"),
                site: header("Sec-Fetch-Site"),
                token: header("X-Wengao-Token"),
            },
        })
    }
}

/// What goes back.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

impl Answer {
    const fn status(status: u16) -> Self {
        Self { status, kind: "text/plain", body: Vec::new() }
    }

    fn packed(&self) -> Vec<u8> {
        let Self { status, kind, body } = self;
        let length = body.len();
        let mut head = format!(
            "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n"
        );
        HEADERS.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        [format!("{head}\r\n").as_bytes(), body].concat()
    }
}

/// Whether somebody sits before the page.
struct Presence {
    start: Instant,
    /// Milliseconds since the start at which the page was last heard of.
    last: AtomicU64,
    /// The same for its goodbye; 0 while it has said none.
    goodbye: AtomicU64,
    /// Calls that are being answered.
    busy: AtomicU64,
}

impl Presence {
    fn new() -> Self {
        let [last, goodbye, busy] = [(); 3].map(|()| AtomicU64::new(0));
        Self { start: Instant::now(), last, goodbye, busy }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn seen(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
        self.goodbye.store(0, Ordering::Relaxed);
    }

    fn leaves(&self) {
        self.goodbye.store(self.now().max(1), Ordering::Relaxed);
    }

    fn work(&self) -> Busy<'_> {
        self.seen();
        self.busy.fetch_add(1, Ordering::Relaxed);
        Busy(self)
    }

    fn is_gone(&self) -> bool {
        let since = |then: u64| Duration::from_millis(self.now().saturating_sub(then));
        let goodbye = self.goodbye.load(Ordering::Relaxed);
        let left = goodbye > 0 && since(goodbye) > GOODBYE;
        self.busy.load(Ordering::Relaxed) == 0 && (left || since(self.last.load(Ordering::Relaxed)) > SILENCE)
    }
}

/// A call that is being answered, until it is dropped.
struct Busy<'p>(&'p Presence);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
        self.0.seen();
    }
}
