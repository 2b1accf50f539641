//! Files that cannot be read, and say why.

use gouji::internal::limits::{Limit, Limits};
use gouji::{Checker, Location, Unreadable};

use super::lines;
use crate::support::pdf::{Encoding, Pdf, file, stream};

fn refused(bytes: &[u8], limits: &Limits) -> Unreadable {
    gouji::internal::read::read("r.pdf", bytes, limits).map(|_| ()).expect_err("a file that cannot be read")
}

#[test]
fn a_scan_says_so() {
    let image =
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80");
    let mut scan = Pdf::new(Encoding::Ucs2);
    scan.objects = vec![image.clone()];
    scan.resources = "/XObject<</I 5 0 R>>".to_owned();
    let mut page = scan.page();
    page.raw("q 595 0 0 842 0 0 cm /I Do Q 3 Tr");
    page.text(60.0, 100.0, 10.0, "共12件");
    scan.add(page);
    assert_eq!(refused(&scan.finish(), &Limits::default()), Unreadable::Scanned);

    // Of one with text on other pages, it says which page that is.
    let mut partly = Pdf::new(Encoding::Ucs2);
    partly.objects = vec![image];
    partly.resources = "/XObject<</I 5 0 R>>".to_owned();
    let mut page = partly.page();
    page.text(60.0, 100.0, 10.0, "一、总体情况");
    partly.add(page);
    let mut page = partly.page();
    page.raw("q 595 0 0 842 0 0 cm /I Do Q");
    partly.add(page);
    let bytes = partly.finish();
    let checker = Checker::default();
    let document = checker.read("r.pdf", &bytes).expect("a page with text");
    assert!(matches!(document.images().next(), Some(Location::Page { page: 2, .. })));
}

#[test]
fn what_inflates_without_end_is_refused() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 8 << 20]).expect("in memory");
    let packed = packed.finish().expect("in memory");
    let mut again = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    again.write_all(&packed).expect("in memory");
    let again = again.finish().expect("in memory");
    let bare = packed[2..packed.len() - 4].to_vec();
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    for (entries, bytes) in [
        ("/Filter/FlateDecode", &packed),
        ("/Filter[/FlateDecode/FlateDecode]", &again),
        // The parser takes these, too.
        ("/Filter/FlateDecode/DecodeParms<<>>", &bare),
        ("/Filter[/ASCIIHexDecode/FlateDecode]", &digits(&packed)),
        ("/Filter[/FlateDecode/ASCIIHexDecode/FlateDecode]", &packed),
    ] {
        let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec();
        let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
        let bytes = file(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), pages, page, stream(entries, bytes)]);
        assert_eq!(
            refused(&bytes, &limits),
            Unreadable::TooLarge { what: Limit::InflatedBytes, limit: 1 << 20 },
            "{entries}"
        );
    }
}

/// A drawing that draws itself, and one in which each draws the next one several times.
#[test]
fn drawings_within_drawings_end() {
    let form = |other: usize| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</I {other} 0 R>>>>");
        stream(&entries, b"/I Do /I Do /I Do")
    };
    let drawn = |objects: Vec<Vec<u8>>| {
        let mut file = Pdf::new(Encoding::Ucs2);
        file.objects = objects;
        file.resources = "/XObject<</I 5 0 R>>".to_owned();
        let mut page = file.page();
        page.raw("/I Do");
        page.text(60.0, 100.0, 10.0, "共12件");
        file.add(page);
        file.finish()
    };
    assert_eq!(lines(&drawn(vec![form(6), form(5)])), ["共12件"]);
    let limits = Limits { inflated_bytes: 1 << 16, ..Limits::default() };
    let many = drawn((6..=25).map(form).collect());
    assert_eq!(refused(&many, &limits), Unreadable::TooLarge { what: Limit::InflatedBytes, limit: 1 << 16 });
}

#[test]
fn a_password_is_said() {
    let bytes = Pdf::of(Encoding::Ucs2, |page| page.text(60.0, 100.0, 10.0, "共12件"));
    let key = "00".repeat(32);
    let lock = format!("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>/ID[<00><00>]/Root 1 0 R");
    let at = bytes.windows(11).rposition(|window| window == b"/Root 1 0 R").expect("the trailer");
    let locked = [&bytes[..at], lock.as_bytes(), &bytes[at + 11..]].concat();
    assert_eq!(refused(&locked, &Limits::default()), Unreadable::Encrypted);
}
