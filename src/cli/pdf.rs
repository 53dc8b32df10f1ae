//! A .docx as a PDF, by LibreOffice where it is installed: no one else sets a page on every machine.

#![expect(clippy::disallowed_methods, reason = "another program reads and writes files")]

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::base::{Problem, Result, Text};
use crate::text;

/// What LibreOffice is called, and where it lies.
const NAMES: [&str; 5] = [
    "soffice",
    "libreoffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];

/// Looks whether it has ended, in tenths of a second, at most: three minutes.
const LOOKS: u32 = 1_800;

/// The document as a PDF.
///
/// # Errors
/// If LibreOffice is not there, or does not make one.
pub(super) fn pdf(docx: &[u8]) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir().map_err(|_| failed())?;
    let paper = folder.path().join("paper.docx");
    std::fs::write(&paper, docx).map_err(|_| failed())?;
    let mut child = start(folder.path(), &paper)?;
    for _ in 0..LOOKS {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Ok(Some(_)) => {
                return std::fs::read(folder.path().join("paper.pdf")).map_err(|_| failed().into());
            }
            Err(_) => return Err(failed().into()),
        }
    }
    // What hangs would keep its folder; whether it could be ended does not matter any more.
    let _ = child.kill();
    let _ = child.wait();
    Err(failed().into())
}

/// Starts it with a profile of its own, so that one that is open is left alone.
fn start(folder: &Path, paper: &Path) -> Result<Child> {
    let slashes = folder.display().to_string().replace('\\', "/");
    let profile = format!("-env:UserInstallation=file:///{}/profile", slashes.trim_start_matches('/'));
    for name in NAMES {
        let started = Command::new(name)
            .arg(&profile)
            .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
            .arg(folder)
            .arg(paper)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(child) => return Ok(child),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let what = text!("LibreOffice 启动不了：{error}", "LibreOffice cannot be started: {error}");
                return Err(Problem::new(what).help(HELP).into());
            }
        }
    }
    let what = Text::fixed(
        "这台电脑上没有找到 LibreOffice，PDF 没有写",
        "there is no LibreOffice on this machine, so no PDF was written",
    );
    Err(Problem::new(what).help(HELP).into())
}

const HELP: Text = Text::fixed(
    "写成 .docx，再用 Word 或 WPS 另存为 PDF",
    "write a .docx and save it as PDF from Word or WPS",
);

fn failed() -> Problem {
    Problem::new(Text::fixed("LibreOffice 没有做出 PDF", "LibreOffice made no PDF")).help(HELP)
}
