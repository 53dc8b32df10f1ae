//! How many documents a second one process drafts, from loaded facts to the bytes of a .docx.
//!
//! `cargo run --release --example bench_throughput -- 2000`; `benches/peers/run.py` times it beside other
//! document generators.

use std::time::Instant;

use wengao::{Options, Settings, draft, library, writer};

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its argument and a clock")]
fn main() -> wengao::Result<()> {
    let wanted: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let skeleton = library::built_in().skeleton("speech/mobilization")?;
    let Some(docx) = writer("a.docx") else { return Ok(()) };
    let settings = Settings::default();
    let one = |seed| {
        let manuscript = draft(&skeleton, skeleton.example(), &Options::with(|o| o.seed = seed))?;
        docx.write(&manuscript, &settings)
    };
    let mut size = 0;
    for seed in 0..20 {
        size = one(seed)?.len();
    }
    let start = Instant::now();
    for seed in 0..wanted {
        one(seed)?;
    }
    let rate = wanted as f64 / start.elapsed().as_secs_f64();
    println!("wengao: {rate:.1} documents/s, {size} bytes");
    Ok(())
}
