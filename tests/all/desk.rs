//! A folder with invented files, in which the built binary runs: for the tests that see the
//! program as a person does.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test makes files and runs the program"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder to run in.
pub struct Desk(pub TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let desk = Self::new();
        for (name, bytes) in files {
            desk.put(name, bytes);
        }
        desk
    }

    pub fn texts(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, text) in files {
            desk.put(name, text.as_bytes());
        }
        desk
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap()
    }

    /// Runs `wengao` with these arguments, separated by spaces, in Chinese, on 2026-03-05.
    pub fn run(&self, args: &str) -> String {
        self.run_at("", args, b"", "zh_CN.UTF-8")
    }

    pub fn run_in(&self, folder: &str, args: &str) -> String {
        self.run_at(folder, args, b"", "zh_CN.UTF-8")
    }

    pub fn run_with(&self, args: &str, stdin: &[u8], locale: &str) -> String {
        self.run_at("", args, stdin, locale)
    }

    fn run_at(&self, folder: &str, args: &str, stdin: &[u8], locale: &str) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wengao"))
            .args(args.split_whitespace())
            .current_dir(self.0.path().join(folder))
            .env_remove("NO_COLOR")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .env("LC_ALL", locale)
            .env("SOURCE_DATE_EPOCH", "1772668800")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments closes its input before it is written.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        let mut shown = format!("$ wengao {args}\n{}", String::from_utf8(output.stdout).unwrap());
        let errors = String::from_utf8(output.stderr).unwrap();
        if !errors.is_empty() {
            shown.push_str(&format!("--- stderr\n{errors}"));
        }
        shown.push_str(&format!("--- exit {}\n", output.status.code().unwrap()));
        shown.replace(&*self.0.path().to_string_lossy(), "…")
    }
}

/// Whether LibreOffice made files of these, in this format, in the folder. Of two runs with one profile the
/// second stops: each caller has a folder of its own.
pub fn made(files: &[PathBuf], format: &str, folder: &Path) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .arg(folder)
        .args(files)
        .output();
    match done {
        Ok(out) if out.status.success() => true,
        Ok(out) => {
            println!("skipped: soffice failed: {}", String::from_utf8_lossy(&out.stderr));
            false
        }
        Err(error) => {
            println!("skipped: soffice cannot be run: {error}");
            false
        }
    }
}

/// Several runs in one folder as one snapshot.
macro_rules! snapshot {
    ($($run:expr),+ $(,)?) => { insta::assert_snapshot!([$($run),+].join("\n")) };
}
