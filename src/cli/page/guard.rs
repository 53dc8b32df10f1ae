//! Who may ask the server: the page that it gave out, and nobody else on this machine or beyond.
//!
//! Any page of any site can send a request to a port of this machine. So a request counts only if it
//! names this server as its host (a foreign name that was made to point here does not), if the browser
//! does not say that another site sent it, and if it bears the token that only the page has, which
//! came to it behind the `#` of the address and so was never sent anywhere.

use subtle::ConstantTimeEq;

/// Bytes of the token: 128 bits.
const TOKEN: usize = 16;

/// What a request is held against.
pub(super) struct Guard {
    token: String,
    hosts: [String; 2],
}

/// What of a request the guard looks at; each header as it was sent.
#[derive(Default)]
pub(super) struct Asked<'r> {
    pub host: Option<&'r str>,
    pub origin: Option<&'r str>,
    /// `Sec-Fetch-Site`.
    pub site: Option<&'r str>,
    /// `X-Wengao-Token`.
    pub token: Option<&'r str>,
}

impl Guard {
    /// For a server on this port, with this token.
    pub fn new(port: u16, token: [u8; TOKEN]) -> Self {
        let token = token.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { token, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// The address that a person opens.
    pub fn address(&self) -> String {
        format!("http://{}/#{}", self.hosts[0], self.token)
    }

    /// Whether the request comes from a page of this server or from somebody who typed its address:
    /// enough for the page itself, in which there is nothing of anybody's.
    pub fn is_near(&self, asked: &Asked<'_>) -> bool {
        let host = asked.host.is_some_and(|host| self.hosts.iter().any(|own| own == host));
        let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|o| asked.host == Some(o));
        let site = asked.site.is_none_or(|site| site == "same-origin" || site == "none");
        host && asked.origin.is_none_or(own) && site
    }

    /// Whether the request is the page's own: what work is done for, and what ends the program.
    pub fn is_page(&self, asked: &Asked<'_>) -> bool {
        // Compared to the end whatever it is, so that the time taken tells nothing of it.
        let token = asked.token.unwrap_or_default().as_bytes().ct_eq(self.token.as_bytes());
        self.is_near(asked) && bool::from(token)
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Guard};

    const TOKEN: &str = "000102030405060708090a0b0c0d0e0f";

    fn guard() -> Guard {
        Guard::new(7070, std::array::from_fn(|n| u8::try_from(n).unwrap()))
    }

    fn page<'r>() -> Asked<'r> {
        Asked {
            host: Some("127.0.0.1:7070"),
            origin: Some("http://127.0.0.1:7070"),
            site: Some("same-origin"),
            token: Some(TOKEN),
        }
    }

    #[test]
    fn the_page_is_let_in_and_so_is_a_browser_that_sends_no_origin() {
        assert!(guard().is_page(&page()));
        assert!(guard().is_page(&Asked { origin: None, site: None, ..page() }));
        assert!(guard().is_near(&Asked { site: Some("none"), origin: None, token: None, ..page() }));
        assert!(guard().address().ends_with(&format!("/#{TOKEN}")));
    }

    #[test]
    fn a_name_that_was_made_to_point_here_is_refused() {
        for host in [None, Some("evil.example:7070"), Some("127.0.0.1"), Some("127.0.0.1:7071")] {
            let asked = Asked { host, ..page() };
            assert!(!guard().is_near(&asked) && !guard().is_page(&asked), "{host:?}");
        }
    }

    #[test]
    fn another_site_or_port_is_refused_though_it_knows_the_token() {
        for origin in ["http://127.0.0.1:9", "https://127.0.0.1:7070", "null", "http://localhost:7070"] {
            assert!(!guard().is_page(&Asked { origin: Some(origin), ..page() }), "{origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!guard().is_page(&Asked { site: Some(site), ..page() }), "{site}");
        }
    }

    #[test]
    fn without_the_token_nothing_is_done() {
        for token in [None, Some(""), Some(&TOKEN[1..]), Some("000102030405060708090a0b0c0d0e0e")] {
            assert!(!guard().is_page(&Asked { token, ..page() }), "{token:?}");
        }
    }
}
