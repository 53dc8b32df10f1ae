//! How many documents a second one process drafts of the whole library, from loaded facts to the
//! bytes of a .docx: every skeleton for every topic in every sample locality.
//!
//! `cargo run --release --example bench_library`, and with `-- threads` as many at a time as the machine
//! has cores; `benches/peers/run.py` times both beside other document generators.

use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use wengao::{Facts, Options, Result, Settings, Skeleton, draft, library, load_facts, writer};

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its samples and a clock")]
fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/library");
    let load = |path: &Path| -> Option<Facts> {
        load_facts(&path.to_string_lossy(), &std::fs::read_to_string(path).ok()?).ok()
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
    let Some(docx) = writer("a.docx") else { return Ok(()) };
    let settings = Settings::default();
    let write = |skeleton: &Skeleton, facts: &Facts| -> Result<usize> {
        let manuscript = draft(skeleton, facts, &Options::default())?;
        Ok(docx.write(&manuscript, &settings)?.len())
    };
    // Loading the skeletons, phrases and topics belongs to the work that is timed.
    let library = library::built_in();
    let start = Instant::now();
    let lengths: Vec<usize> = if std::env::args().nth(1).as_deref() == Some("threads") {
        let ids = library.skeleton_ids();
        let skeletons: Vec<_> = ids.par_iter().map(|id| library.skeleton(id)).collect::<Result<_>>()?;
        let all = skeletons.par_iter().flat_map(|s| samples.par_iter().map(move |facts| (s, facts)));
        all.map(|(skeleton, facts)| write(skeleton, facts)).collect::<Result<_>>()?
    } else {
        let mut lengths = Vec::new();
        for id in library.skeleton_ids() {
            let skeleton = library.skeleton(&id)?;
            for facts in &samples {
                lengths.push(write(&skeleton, facts)?);
            }
        }
        lengths
    };
    let rate = lengths.len() as f64 / start.elapsed().as_secs_f64();
    let bytes: usize = lengths.iter().sum();
    println!("wengao: {rate:.1} documents/s, {} documents, {bytes} bytes", lengths.len());
    Ok(())
}
