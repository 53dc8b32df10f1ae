//! How many documents a second one process drafts of the whole library, from loaded facts to the
//! bytes of a .docx: every skeleton for every topic in every sample locality.
//!
//! `cargo run --release --example library`; `benches/peers/run.py` times it beside other document
//! generators.

use std::path::Path;
use std::time::Instant;

use wengao::base::Result;
use wengao::draft::{Options, draft, library};
use wengao::model::{Facts, Settings, facts};
use wengao::write::writer;

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its samples and a clock")]
fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/library");
    let load = |path: &Path| -> Option<Facts> {
        facts::load(&path.to_string_lossy(), &std::fs::read_to_string(path).ok()?).ok()
    };
    let mut samples = Vec::new();
    for locality in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()) {
        for topic in std::fs::read_dir(&locality).into_iter().flatten().flatten().map(|e| e.path()) {
            if topic.to_string_lossy().contains("上年") {
                continue;
            }
            if let (Some(mut all), Some(own)) = (load(&locality.with_extension("yaml")), load(&topic)) {
                all.lay_over(own);
                samples.push(all);
            }
        }
    }
    let library = library::built_in();
    let Some(docx) = writer("a.docx") else { return Ok(()) };
    let settings = Settings::default();
    // Loading the skeletons, phrases and topics belongs to the work that is timed.
    let start = Instant::now();
    let (mut documents, mut bytes) = (0u32, 0);
    for id in library.skeleton_ids() {
        let skeleton = library.skeleton(&id)?;
        for facts in &samples {
            let manuscript = draft(&skeleton, facts, &Options::default())?;
            bytes += docx.write(&manuscript, &settings)?.len();
            documents += 1;
        }
    }
    let rate = f64::from(documents) / start.elapsed().as_secs_f64();
    println!("wengao: {rate:.1} documents/s, {documents} documents, {bytes} bytes");
    Ok(())
}
