//! The server: gives out the page's files, carries its calls, ends when nobody is there any more.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tiny_http::{Header, Method, Request, Response, Server as Http};

use super::guard::{Asked, Guard};
use crate::base::{Problem, Result};
use crate::corpus::PostingStore;
use crate::corpus::disk::DiskCorpus;
use crate::page::{asset, call};
use crate::text;

/// The largest body of a call, in bytes: a pile of long papers with pictures.
const LARGEST: u64 = 512 << 20;

/// Threads that answer: one may check a long paper while the page still pings.
const THREADS: usize = 4;

/// Without a sign of the page for so long it is gone. A browser slows the clocks of a page that is out
/// of sight to one tick a minute.
const SILENCE: Duration = Duration::from_secs(180);

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
    http: Http,
    guard: Guard,
    address: String,
    store: Option<DiskCorpus>,
    presence: Presence,
}

impl Server {
    /// Listens on this port of the loopback address; 0 is any that is free.
    ///
    /// # Errors
    /// If the port is taken, or the machine has no random numbers.
    pub fn start(port: u16, store: Option<DiskCorpus>) -> Result<Self> {
        let http = Http::http(("127.0.0.1", port)).map_err(|why| {
            Problem::new(text!("端口 {port} 用不了：{why}", "port {port} cannot be used: {why}"))
                .help(text!("不写 --port，随便找一个空着的", "leave --port out, and a free one is found"))
        })?;
        let port = http.server_addr().to_ip().map_or(port, |at| at.port());
        let mut token = [0; 16];
        getrandom::fill(&mut token)
            .map_err(|why| Problem::new(text!("取不到随机数：{why}", "no random numbers: {why}")))?;
        let guard = Guard::new(port, token);
        let address = guard.address();
        Ok(Self { http, guard, address, store, presence: Presence::new() })
    }

    /// The address of the page, with the token.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers until the page is gone; with `stay`, until the process is ended.
    pub fn serve(&self, stay: bool) {
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while let Ok(request) = self.http.recv() {
                        self.answer(request);
                    }
                });
            }
            while stay || !self.presence.is_gone() {
                std::thread::sleep(TICK);
            }
            // Each call of `recv` that waits is let go by one.
            (0..THREADS).for_each(|_| self.http.unblock());
        });
    }

    fn answer(&self, mut request: Request) {
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        let (near, page) = {
            let asked = asked(&request);
            (self.guard.is_near(&asked), self.guard.is_page(&asked))
        };
        let answer = match (request.method(), path.strip_prefix("/call/")) {
            _ if !near => status(403),
            (Method::Get, None) => match asset(&path) {
                Some(asset) => bytes(asset.text.into_bytes(), asset.kind),
                None => status(404),
            },
            (Method::Post, _) if !page => status(403),
            (Method::Post, Some(route)) => self.call(route, &mut request),
            (Method::Post, None) if path == "/ping" => {
                self.presence.seen();
                status(204)
            }
            (Method::Post, None) if path == "/bye" => {
                self.presence.leaves();
                status(204)
            }
            (Method::Post, None) => status(404),
            _ => status(405),
        };
        // A page that was closed meanwhile needs no answer.
        let _ = request.respond(answer);
    }

    fn call(&self, route: &str, request: &mut Request) -> Answer {
        let Some(length) = request.body_length().filter(|&n| n as u64 <= LARGEST) else {
            return status(413);
        };
        let mut body = Vec::with_capacity(length);
        if request.as_reader().take(LARGEST).read_to_end(&mut body).is_err() {
            return status(400);
        }
        let _busy = self.presence.work();
        let kept = self.store.as_ref().map(|store| store as &dyn PostingStore);
        bytes(call(route, &body, kept), "application/octet-stream")
    }
}

type Answer = Response<std::io::Cursor<Vec<u8>>>;

fn status(code: u16) -> Answer {
    with_headers(Response::from_data(Vec::new()).with_status_code(code))
}

fn bytes(bytes: Vec<u8>, kind: &str) -> Answer {
    let kind = Header::from_bytes("Content-Type", kind);
    let answer = with_headers(Response::from_data(bytes));
    kind.into_iter().fold(answer, Response::with_header)
}

fn with_headers(answer: Answer) -> Answer {
    let headers = HEADERS.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
    headers.fold(answer, Response::with_header)
}

fn asked(request: &Request) -> Asked<'_> {
    let header =
        |name: &'static str| request.headers().iter().find(|h| h.field.equiv(name)).map(|h| h.value.as_str());
    Asked {
        host: header("Host"),
        origin: header("Origin"),
        site: header("Sec-Fetch-Site"),
        token: header("X-Wengao-Token"),
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
