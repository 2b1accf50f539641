//! Pages with all that belongs to them in one file: the page is read, and its places are those of the file.

use gouji::internal::document::{Block, Location};
use gouji::internal::limits::{Limit, Limits};
use gouji::internal::read::{Unreadable, kind, read};
use gouji::{Checker, Severity};

use crate::support::{figures, pack, page, report};

/// A part with its head.
fn part(kind: &str, packing: &str, body: &str) -> String {
    format!(
        "Content-Type: {kind};\r\n\tcharset=\"utf-8\"\r\nContent-Transfer-Encoding: {packing}\r\nContent-Location: file:///C:/r.htm\r\n\r\n{body}\r\n"
    )
}

fn letter_of(parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("------=_Next\r\n{part}")).collect();
    format!(
        "From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_Next\"\r\n\r\nThis is a letter.\r\n\r\n{parts}------=_Next--\r\n"
    )
}

/// Lines of 76 signs at most; what is no ASCII, and `=`, by its bytes.
fn quoted_printable(text: &str) -> String {
    let mut packed = String::new();
    let mut length = 0;
    for byte in text.bytes() {
        let sign = match byte {
            b'\n' => "\r\n".to_owned(),
            b'=' | 0x80.. => format!("={byte:02X}"),
            _ => char::from(byte).to_string(),
        };
        if byte == b'\n' {
            length = 0;
        } else if length + sign.len() > 75 {
            packed.push_str("=\r\n");
            length = 0;
        }
        length += sign.len();
        packed.push_str(&sign);
    }
    packed
}

fn base64(text: &str) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut packed = String::new();
    for (index, three) in text.as_bytes().chunks(3).enumerate() {
        let joined = three.iter().fold(0_u32, |joined, &byte| joined << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for sign in 0..4 {
            let is_filled = sign <= three.len();
            packed.push(if is_filled { SIGNS[(joined >> (18 - 6 * sign)) as usize & 63].into() } else { '=' });
        }
        if index % 19 == 18 {
            packed.push_str("\r\n");
        }
    }
    packed
}

#[test]
fn every_figure_is_read_from_its_place() {
    let report = report(5);
    let page = page::write(&report, page::Way::Portal, "utf-8");
    let other = part("image/png", "base64", "iVBORw0KGgo=");
    for (packing, body) in
        [("quoted-printable", quoted_printable(&page)), ("8bit", page.clone()), ("base64", base64(&page))]
    {
        let bytes = letter_of(&[part("text/html", packing, &body), other.clone()]);
        let checker = Checker::default();
        let document = checker.read("r.mht", bytes.as_bytes()).expect("a page");
        assert_eq!(document.format.name(), "mhtml");
        let bound = checker.bind(&document).expect("within the limits").pop().expect("a report");
        for (index, figure) in pack().figures.iter().enumerate() {
            let fact = &bound.facts.figures[index];
            if figures::is_one_row(&figure.id) && fact.location.is_none() {
                continue;
            }
            assert_eq!(fact.found, report.figures[index], "{packing}: {}", figure.id);
            let Some(Location::Text(place)) = &fact.location else { panic!("{packing}: {}", figure.id) };
            let cut = &bytes[place.start as usize..place.end as usize];
            match packing {
                "base64" => assert!(cut.len() <= report.figures[index].len() + 14, "{cut:?}"),
                _ => assert_eq!(cut.replace("=\r\n", ""), report.figures[index], "{packing}: {}", figure.id),
            }
        }
        let checked = checker.check("r.mht", bytes.as_bytes());
        assert!(checked.first().report.findings.iter().all(|finding| finding.severity != Severity::Error), "{packing}");
    }
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let document = read("r.xls", bytes, &Limits::default()).expect("pages");
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => texts.push(passage.text.to_string()),
            Block::Table(table) => texts.extend(table.cells().iter().map(|cell| cell.passage.text.to_string())),
            Block::Image(_) => {}
        }
    }
    texts
}

/// A workbook: a page that says where its sheets are shown, buttons, and the sheets. A letter within a letter.
#[test]
fn the_pages_with_tables_are_read() {
    let frames =
        part("text/html", "quoted-printable", "<html><frameset rows=3D\"*\"><frame src=3D\"1.htm\"></frameset></html>");
    let buttons = part("text/html", "7bit", "<html><a href=\"1.htm\">Sheet1</a></html>");
    let sheet = part("text/html", "7bit", "<html><table><tr><td>12</td><td>7</td></tr></table></html>");
    assert_eq!(texts(letter_of(&[frames, buttons, sheet.clone()]).as_bytes()), ["12", "7"]);
    let inner = format!(
        "Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n{}--inner\r\n{sheet}--inner--\r\n",
        part("text/plain", "7bit", "8")
    );
    assert_eq!(texts(letter_of(&[inner, part("text/html", "7bit", "<p>9</p>")]).as_bytes()), ["12", "7"]);
}

/// The fields of a head come in any order and case, over several lines, with line ends of any system; and what is in it need
/// not be said to be a page with what belongs to it.
#[test]
fn heads_are_read_in_any_order() {
    let page = |head: &str| format!("{head}\n\n--x;y\nContent-Type: text/html\n\n<p>12</p>\n--x;y--\n");
    for head in [
        "Content-Type: multipart/related; boundary=\"x;y\"",
        "content-type: multipart/related;\n boundary=\"x;y\"\nMime-Version: 1.0",
        "CONTENT-TYPE:Multipart/Related;\n\ttype=\"text/html\";\n\tBoundary=\"x;y\"",
        "Subject: =?utf-8?B?5oC7?=\nDate: Mon, 1 Jan 2024 08:00:00 +0800\nContent-Type: multipart/related; boundary=\"x;y\"",
        "X-MimeOLE: Produced By Microsoft MimeOLE\nContent-Type: multipart/alternative; boundary=\"x;y\"",
        "From a@b Mon Jan  1 08:00:00 2024\nContent-Type: multipart/mixed; boundary=\"x;y\"",
        "\u{feff}\nContent-Type: multipart/related; boundary=\"x;y\"",
    ] {
        for end in ["\n", "\r\n"] {
            assert_eq!(texts(page(head).replace('\n', end).as_bytes()), ["12"], "{head:?}");
        }
    }
    let single = "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset=utf-8\n\n<p>1=\n2</p>";
    assert_eq!(texts(single.as_bytes()), ["12"]);
    let plain = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n12\n--x--\n";
    assert_ne!(kind("r.txt", plain.as_bytes(), &Limits::default()).name(), "mhtml");
}

/// The first page counts, unless the head names another one; soft line ends may be within a character.
#[test]
fn the_page_that_is_named_is_read() {
    let part = |id: &str, text: &str| {
        format!(
            "--x\nContent-ID: <{id}>\nContent-Location: {id}.htm\nContent-Type: text/html\nContent-Transfer-Encoding: Quoted-Printable\n\n{text}\n"
        )
    };
    let head = |start: &str| format!("Content-Type: multipart/related; boundary=x{start}\n\n");
    let parts = part("a", "<p>=E6=80=\n=BB 1") + &part("b", "<p>=E8=\r\n=AE=A1 2") + "--x--\n";
    assert_eq!(texts((head("") + &parts).as_bytes()), ["总 1"]);
    assert_eq!(texts((head("; start=\"<b>\"") + &parts).as_bytes()), ["计 2"]);
    let meta = "<meta charset=3Dgb2312><p>=D7=\n=DC=BC=C6 3";
    assert_eq!(texts((head("") + &part("a", meta) + "--x--\n").as_bytes()), ["总计 3"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let letter = letter_of(&[part("text/plain", "7bit", "总计 12")]);
    assert!(matches!(read("r.mht", letter.as_bytes(), &Limits::default()), Err(Unreadable::Damaged { .. })));
    assert_eq!(kind("r.mht", letter.as_bytes(), &Limits::default()).name(), "mhtml");
    let limits = Limits { text_bytes: 100, ..Limits::default() };
    let too_large = Some(Unreadable::TooLarge { what: Limit::TextBytes, limit: 100 });
    assert_eq!(read("r.mht", letter.as_bytes(), &limits).err(), too_large);
    let whole = letter_of(&[part("text/html", "quoted-printable", "<p>=E6=80=BB 12</p>=")]);
    for length in 0..whole.len() {
        let _ = read("r.mht", &whole.as_bytes()[..length], &Limits::default());
    }
}
