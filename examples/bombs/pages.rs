//! Bombs in .pdf and .doc.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Bomb, check};

/// All of them.
pub const BOMBS: &[Bomb] = &[
    check(".pdf whose page unpacks to 1 GB", "a.pdf", || {
        page(&deflate(&vec![b' '; 1 << 30]), "/Filter /FlateDecode")
    }),
    check(".pdf packed twice, 1 GB", "a.pdf", || {
        page(&deflate(&deflate(&vec![b' '; 1 << 30])), "/Filter [/FlateDecode /FlateDecode]")
    }),
    check(".pdf of 200 streams of 90 MB", "a.pdf", || many(200, 90 << 20)),
    check(".pdf whose objects lie in a stream of 1 GB", "a.pdf", object_stream),
    check(".pdf of pages 100,000 deep", "a.pdf", deep_pages),
    check(".pdf whose pages are their own parents", "a.pdf", || {
        pdf(&["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".into()])
    }),
    check(".pdf of forms in forms, ten in each, nine deep", "a.pdf", forms),
    check(".pdf of arrays a million deep", "a.pdf", || {
        pdf(&[
            "<</Type/Catalog/Pages 2 0 R>>".into(),
            format!("<</Type/Pages/Kids {}", "[".repeat(1_000_000)).into(),
        ])
    }),
    check(".pdf of a page of 2,000,000 signs", "a.pdf", || {
        page(&deflate(&text(&"1 0 0 1 9 9 Tm (a) Tj ".repeat(2_000_000))), "/Filter /FlateDecode")
    }),
    check(".pdf of 5,000,000 lines that are drawn", "a.pdf", || {
        page(
            &deflate(
                &[text("1 0 0 1 9 9 Tm (abc) Tj "), "1 1 m 9 9 l S ".repeat(5_000_000).into_bytes()].concat(),
            ),
            "/Filter /FlateDecode",
        )
    }),
    check(".pdf whose table of objects leads back to itself", "a.pdf", || {
        b"%PDF-1.5\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF".to_vec()
    }),
    check(".doc whose chain of sectors turns back", "a.doc", || compound(true)),
    check(".doc of a text of 60 MB in one piece", "a.doc", || compound(false)),
];

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).unwrap_or_default()
}

/// A .pdf of these objects, from 1.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    places.iter().for_each(|at| out.extend(format!("{at:010} 00000 n \n").into_bytes()));
    let end = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    out.extend(end.into_bytes());
    out
}

fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{head}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// A page whose contents are these bytes.
fn page(bytes: &[u8], filter: &str) -> Vec<u8> {
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".into(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".into(),
        stream(filter, bytes),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into(),
    ])
}

/// Signs of a page in its font.
fn text(signs: &str) -> Vec<u8> {
    format!("BT /F 10 Tf {signs}ET ").into_bytes()
}

/// Pages whose contents unpack to so many bytes each.
fn many(count: usize, bytes: usize) -> Vec<u8> {
    let kids: String = (0..count).map(|n| format!("{} 0 R ", n + 4)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 595 842]>>").into(),
        stream(
            "/Filter /FlateDecode",
            &deflate(&[text("1 0 0 1 9 9 Tm (abc) Tj "), vec![b' '; bytes]].concat()),
        ),
    ];
    objects.extend((0..count).map(|_| b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".to_vec()));
    pdf(&objects)
}

/// A .pdf whose catalogue lies in a stream that unpacks to 1 GB.
fn object_stream() -> Vec<u8> {
    let mut inside = b"1 0 2 30 <</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Kids[]/Count 0>>".to_vec();
    inside.resize(1 << 30, b' ');
    let mut out = b"%PDF-1.5\n".to_vec();
    out.extend(b"3 0 obj\n");
    out.extend(stream("/Type/ObjStm/N 2/First 9/Filter/FlateDecode", &deflate(&inside)));
    out.extend(b"\nendobj\n");
    let start = out.len();
    let table: [u8; 20] = [0, 0, 0, 255, 255, 2, 0, 3, 0, 0, 2, 0, 3, 0, 1, 1, 0, 9, 0, 0].map(|b: u8| b);
    out.extend(b"4 0 obj\n");
    out.extend(stream("/Type/XRef/Size 4/W[1 2 2]/Root 1 0 R", &table));
    out.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF").into_bytes());
    out
}

fn deep_pages() -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec!["<</Type/Catalog/Pages 2 0 R>>".into()];
    objects.extend((3..100_003).map(|n| format!("<</Type/Pages/Kids[{n} 0 R]/Count 1>>").into_bytes()));
    pdf(&objects)
}

/// Forms each of which draws the next one ten times.
fn forms() -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".into(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".into(),
        stream("", "/X Do ".repeat(10).as_bytes()),
    ];
    for n in 5..14 {
        let head =
            format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>", n + 1);
        objects.push(stream(&head, "/X Do ".repeat(10).as_bytes()));
    }
    pdf(&objects)
}

/// A .doc whose text is a chain of sectors that leads back to its first one, or one that is whole.
fn compound(turns: bool) -> Vec<u8> {
    const SECTOR: usize = 512;
    let text = if turns { 64 } else { 120_000 };
    let all = 2 + text;
    let tables = (all + 200usize).div_ceil(127);
    let mut next: Vec<u32> = vec![0xFFFF_FFFD; tables];
    next.push(0xFFFF_FFFE);
    let first = next.len() as u32;
    next.extend((1..text as u32).map(|n| first + n));
    next.push(if turns { first } else { 0xFFFF_FFFE });
    next.resize(tables * 128, 0xFFFF_FFFF);
    let mut file = vec![0; SECTOR];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    (file[30], file[32]) = (9, 6);
    let head = [(44, tables as u32), (48, tables as u32), (56, 0), (60, 0xFFFF_FFFE), (68, 0xFFFF_FFFE)];
    let listed = (0..109).map(|n| (76 + 4 * n, if n < tables { n as u32 } else { 0xFFFF_FFFF }));
    for (at, value) in head.into_iter().chain(listed) {
        file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    file.extend(next.iter().flat_map(|n| n.to_le_bytes()));
    for (name, kind, child, start) in [
        ("Root Entry", 5, 1, 0xFFFF_FFFE),
        ("WordDocument", 2, u32::MAX, first),
        ("1Table", 2, u32::MAX, first),
        ("", 0, 0, 0),
    ] {
        let mut entry = [0u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        (entry[64], entry[66]) = (units.len() as u8 + 2, kind);
        let right = if name == "WordDocument" { 2 } else { u32::MAX };
        for (at, value) in [(68, u32::MAX), (72, right), (76, child), (116, start), (120, u32::MAX)] {
            entry[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
        }
        file.extend(entry);
    }
    let mut main = vec![b'a'; text * SECTOR];
    main[..SECTOR].fill(0);
    main[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
    file.extend(main);
    file
}
