//! A PostgreSQL server of one's own: in a folder that is swept away, on a socket in it, for nobody else.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test starts a server")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A server that ends with the test.
pub struct Server {
    folder: TempDir,
    tools: PathBuf,
    /// Whom the server runs as, where that is not whoever runs the test: it refuses root.
    user: Option<(u32, u32)>,
}

/// Where Debian, Red Hat and people put the programs.
fn tools() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    for root in ["/usr/lib/postgresql", "/usr"] {
        let versions = fs::read_dir(root).into_iter().flatten().flatten();
        places.extend(versions.map(|entry| entry.path().join("bin")));
    }
    places.into_iter().find(|place| place.join("initdb").exists() && place.join("postgres").exists())
}

impl Server {
    /// Starts a server; `None`, and it is said, where there is none.
    pub fn start() -> Option<Self> {
        let skip = |why: &str| {
            eprintln!("not run: {why}");
            assert!(std::env::var_os("WENGAO_POSTGRES").is_none(), "a server was promised: {why}");
            None::<Self>
        };
        let Some(tools) = tools() else { return skip("PostgreSQL's server is not on this machine") };
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        let user = owner(folder.path());
        let server = Self { folder, tools, user };
        let data = server.data();
        if !server
            .tool("initdb")
            .args(["-A", "scram-sha-256", "--pwfile"])
            .arg(server.password())
            .args(["-U", "wengao", "-E", "UTF8", "--locale=C", "-N", "-D"])
            .arg(&data)
            .status()
            .is_ok_and(|s| s.success())
        {
            return skip("initdb does not run here");
        }
        // No port at all, and nothing that only a pulled plug would need.
        let socket = server.folder.path().display().to_string();
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={socket} -c fsync=off -c shared_buffers=256MB"
        );
        let started = server
            .tool("pg_ctl")
            .args(["-w", "-t", "60", "-o", &options, "-l"])
            .arg(server.folder.path().join("log"))
            .arg("-D")
            .arg(&data)
            .arg("start")
            .status();
        if !started.is_ok_and(|s| s.success()) {
            let log = fs::read_to_string(server.folder.path().join("log")).unwrap_or_default();
            return skip(&format!("the server does not start: {log}"));
        }
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The file with the password that `initdb` reads.
    fn password(&self) -> PathBuf {
        let path = self.folder.path().join("password");
        fs::write(&path, "test\n").unwrap();
        path
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.tools.join(name));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/");
        #[cfg(unix)]
        if let Some((uid, gid)) = self.user {
            std::os::unix::process::CommandExt::uid(&mut command, uid);
            std::os::unix::process::CommandExt::gid(&mut command, gid);
        }
        command
    }

    /// The address of a schema in it, for whoever owns all.
    pub fn url(&self, schema: &str) -> String {
        self.url_of("wengao:test", schema)
    }

    /// The same for somebody else, `name:password`.
    pub fn url_of(&self, who: &str, schema: &str) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://{who}@{socket}/postgres?schema={schema}")
    }

    /// Runs statements; what they give.
    pub fn sql(&self, statements: &str) -> String {
        let output = Command::new("psql")
            .args(["-v", "ON_ERROR_STOP=1", "-At", "-U", "wengao", "-d", "postgres", "-c", statements, "-h"])
            .arg(self.folder.path())
            .env("PGPASSWORD", "test")
            .output()
            .unwrap();
        assert!(output.status.success(), "{statements}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Stops it, whoever is connected.
    pub fn stop(&mut self) {
        // One that is stopped already says so.
        let _ = self.tool("pg_ctl").args(["-m", "immediate", "stop", "-D"]).arg(self.data()).status();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Gives the folder to somebody who may run a server, where whoever runs the test is root.
#[cfg(unix)]
fn owner(folder: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    if fs::metadata(folder).unwrap().uid() != 0 {
        return None;
    }
    const NOBODY: u32 = 65534;
    chown(folder, Some(NOBODY), Some(NOBODY)).ok()?;
    Some((NOBODY, NOBODY))
}

#[cfg(not(unix))]
fn owner(_folder: &Path) -> Option<(u32, u32)> {
    None
}
