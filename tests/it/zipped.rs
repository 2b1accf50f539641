//! Zip archives of reports, as they are sent in: read in place, told as a folder is.
#![expect(clippy::unwrap_used, reason = "a command that cannot be run is a failed test")]

use std::fs;
use std::io::{Cursor, Write};
use std::process::{Output, Stdio};

use crate::command::{gouji, run, seen, status};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WRONG: &str = include_str!("../../fixtures/wrong-total/wrong-total.md");
const RIGHT: &str = include_str!("../../fixtures/baofeng-shape/baofeng-shape.txt");
/// Bit 0 of an entry's flags: it is under a password.
const LOCKED: u8 = 1;

fn archive(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn deflated(files: &[(&str, &str)]) -> Vec<u8> {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    archive(&files, CompressionMethod::Deflated)
}

/// The archive with every occurrence of some bytes changed into as many others.
fn changed(mut archive: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..archive.len()).filter(|&at| archive[at..].starts_with(from)).collect();
    assert!(!places.is_empty(), "nothing to change");
    for at in places {
        archive[at..at + to.len()].copy_from_slice(to);
    }
    archive
}

/// What is said of files in a folder, a line a finding.
fn said(files: &[(&str, &[u8])], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let format: &[&str] = if arguments.contains(&"--format") { &[] } else { &["--format", "concise"] };
    let mut command = gouji(&["check"]);
    command.args(format).args(arguments).current_dir(folder.path()).output().unwrap()
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

/// What is said of one archive alone.
fn said_of(archive: &[u8]) -> Vec<String> {
    lines(&said(&[("归档.zip", archive)], &["归档.zip"]))
}

#[test]
fn an_archive_is_told_as_the_folder_is() {
    let names =
        ["2023/商务局.md", "2023.md", "2023/a/水利局.md", "2022/教育局.md", "2023/.md/x.md", "~$x.md", "图.png"];
    let files: Vec<_> = names.iter().map(|name| (*name, WRONG)).collect();
    let whole = deflated(&files);
    let in_folder: Vec<_> = names.iter().map(|name| (format!("归档/{name}"), WRONG.as_bytes())).collect();
    let in_folder: Vec<_> = in_folder.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let folder = said(&in_folder, &["归档"]);
    let zip = said(&[("归档.zip", &whole)], &["归档.zip"]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(&zip.stdout), text(&folder.stdout).replace("归档/", "归档.zip/"));
    assert_eq!((text(&zip.stderr), status(&zip)), (text(&folder.stderr), 1));
    assert_eq!(lines(&zip).iter().filter(|line| line.contains("GJ300")).count(), 4);
    for jobs in ["1", "7"] {
        let again = said(&[("归档.zip", &whole)], &["--jobs", jobs, "归档.zip"]);
        assert_eq!(text(&again.stdout), text(&zip.stdout), "{jobs} threads");
    }
}

#[test]
fn archives_are_met_in_folders_in_lists_and_on_standard_input() {
    let whole = deflated(&[("商务局.md", WRONG)]);
    let there: &[(&str, &[u8])] = &[("送来/甲.ZIP", &whole), ("清单", "送来/甲.ZIP\n".as_bytes())];
    let finding = "送来/甲.ZIP/商务局.md:45:28: 错误 GJ300 表三 · （一）予以公开 · 自然人：现为 12，应为 21";
    assert_eq!(lines(&said(there, &["."])), [finding]);
    assert_eq!(lines(&said(there, &["--files-from", "清单"])), [finding]);
    let mut command = gouji(&["check", "--format", "concise", "-", "--stdin-filename", "送来/甲.ZIP"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&whole).unwrap();
    assert_eq!(lines(&child.wait_with_output().unwrap()), [finding]);
}

#[test]
fn names_are_read_in_the_encoding_they_are_written_in() {
    // 「年报」 in GBK, as Windows writes it without saying so; the same with the bar of old programs.
    let gbk = changed(deflated(&[("xxxx/a.md", WRONG)]), b"xxxx/a.md", b"\xc4\xea\xb1\xa8\\a.md");
    assert!(said_of(&gbk)[0].starts_with("归档.zip/年报/a.md:45:28: "));
    // UTF-8 that does not say so either.
    let utf8 = changed(deflated(&[("xxxxxx/a.md", WRONG)]), b"xxxxxx/a.md", "年报/a.md".as_bytes());
    assert!(said_of(&utf8)[0].starts_with("归档.zip/年报/a.md:45:28: "));
}

#[test]
fn names_that_lead_out_of_the_archive_are_only_names() {
    let whole = changed(deflated(&[("xx/xx/a.md", WRONG)]), b"xx/xx/a.md", b"../../a.md");
    assert!(said_of(&whole)[0].starts_with("归档.zip/../../a.md:45:28: "));
    let whole = changed(deflated(&[("xetc/a.md", WRONG)]), b"xetc/a.md", b"/etc/a.md");
    assert!(said_of(&whole)[0].starts_with("归档.zip//etc/a.md:45:28: "));
}

#[test]
fn what_cannot_be_read_is_told_of_the_file_it_is() {
    let right = deflated(&[("a.txt", RIGHT)]);
    // Of two entries the second is under a password: its flags follow eight bytes of its directory record.
    let mut locked = deflated(&[("a.txt", RIGHT), ("b.md", WRONG)]);
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let last = (0..locked.len()).rev().find(|&at| locked[at..].starts_with(mark)).unwrap();
        locked[last + flags] |= LOCKED;
    }
    let bzip2 = 12;
    let packed = method_changed(&right, bzip2);
    let mut damaged = deflated(&[("a.md", WRONG), ("b.md", WRONG)]);
    damaged[200] ^= 0xff;
    for (what, archive, expected) in [
        ("locked", locked, "归档.zip/b.md: 错误 GJ001 压缩包中的这个文件设有密码，无法打开"),
        ("packed", packed, "归档.zip/a.txt: 错误 GJ001 压缩包中的这个文件采用 Bzip2 方法压缩，不支持"),
        ("cut off", right[..right.len() - 30].to_vec(), "归档.zip: 错误 GJ001 压缩包已损坏（"),
        ("no archive", b"no archive".to_vec(), "归档.zip: 错误 GJ001 压缩包已损坏（"),
        (
            "nested",
            archive(&[("内.zip", &right)], CompressionMethod::Stored),
            "归档.zip/内.zip: 错误 GJ001 压缩包内含压缩包，只读取一层，其中的报告未核对",
        ),
    ] {
        let said = said_of(&archive);
        assert!(said.len() == 1 && said[0].starts_with(expected), "{what}: {said:#?}");
    }
    let said = said_of(&damaged);
    assert!(said[0].starts_with("归档.zip/a.md: 错误 GJ001 压缩包已损坏（"), "{said:#?}");
    assert!(said[1].starts_with("归档.zip/b.md:45:28: "), "the others are read: {said:#?}");
}

/// The archive of one entry with its method changed.
fn method_changed(archive: &[u8], method: u8) -> Vec<u8> {
    let mut archive = archive.to_vec();
    for (mark, at) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
        let start = (0..archive.len()).find(|&at| archive[at..].starts_with(mark)).unwrap();
        archive[start + at] = method;
    }
    archive
}

#[test]
fn what_is_too_large_is_told_without_being_inflated() {
    let zeros = vec![b'0'; 3 << 20];
    let bomb = archive(&[("a.md", &zeros), ("b.md", WRONG.as_bytes())], CompressionMethod::Deflated);
    let files: &[(&str, &[u8])] = &[("归档.zip", &bomb)];
    for (limit, expected) in [
        ("file-bytes=1000000", "归档.zip/a.md: 错误 GJ001 文件过大，超过 1000000 字节"),
        ("inflated-bytes=1000000", "归档.zip/a.md: 错误 GJ001 文件解压后过大，超过 1000000 字节"),
    ] {
        let said = lines(&said(files, &["--limit", limit, "归档.zip"]));
        assert_eq!(said[0], expected);
        assert!(said[1].starts_with("归档.zip/b.md:45:28: "));
    }
    // An entry that inflates to more than it says breaks off.
    let size = (zeros.len() as u32).to_le_bytes();
    let lying = changed(bomb, &size, &9u32.to_le_bytes());
    assert!(said_of(&lying)[0].starts_with("归档.zip/a.md: 错误 GJ001 压缩包已损坏（"));
}

#[test]
fn entries_that_share_their_bytes_are_not_read() {
    let mut whole = deflated(&[("a.md", WRONG), ("b.md", WRONG)]);
    // The second record of the directory points to where the first entry lies.
    let records: Vec<usize> = (0..whole.len()).filter(|&at| whole[at..].starts_with(b"PK\x01\x02")).collect();
    whole[records[1] + 42..records[1] + 46].copy_from_slice(&[0; 4]);
    let said = said_of(&whole);
    assert_eq!(said, ["归档.zip: 错误 GJ001 压缩包已损坏（技术信息：其中的文件相互重叠）"]);
}

#[test]
fn what_to_do_about_it_is_said() {
    let inner = deflated(&[("a.txt", RIGHT)]);
    let whole = archive(&[("内.zip", &inner)], CompressionMethod::Stored);
    for (language, hint) in [("zh", "请将内层压缩包取出，单独核对"), ("en", "extract the inner archive")]
    {
        let output = said(&[("归档.zip", &whole)], &["--format", "full", "--lang", language, "归档.zip"]);
        assert!(seen(&output).contains(hint), "{}", seen(&output));
    }
}

#[test]
fn an_archive_without_reports_is_a_warning() {
    let whole = deflated(&[("图.png", "x")]);
    let output = said(&[("归档.zip", &whole), ("a.txt", RIGHT.as_bytes())], &["."]);
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(stderr.starts_with("归档.zip 中没有报告\n"), "{stderr}");
    assert_eq!(status(&output), 0);
    let alone = said(&[("归档.zip", &whole)], &["归档.zip"]);
    assert_eq!(status(&alone), 3);
}

#[test]
fn names_that_stand_twice_are_a_warning() {
    let whole = changed(deflated(&[("a.txt", RIGHT), ("b.txt", RIGHT)]), b"b.txt", b"a.txt");
    let output = said(&[("归档.zip", &whole)], &["--lang", "en", "归档.zip"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let warning = "归档.zip contains several files of the same name; only the last of them was checked\n";
    assert!(stderr.starts_with(warning), "{stderr}");
}

#[test]
fn a_document_under_the_name_of_an_archive_is_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "会议通知").unwrap();
    let book = book.save_to_buffer().unwrap();
    let alone = folder.path().join("年报.zip");
    fs::write(&alone, &book).unwrap();
    let within = folder.path().join("归档.zip");
    fs::write(&within, archive(&[("商务局.zip", &book)], CompressionMethod::Deflated)).unwrap();
    for path in [alone, within] {
        let output = run(&["check", "--format", "json", path.to_str().unwrap()]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["reports"][0]["format"], "xlsx", "{json}");
        assert_eq!(json["reports"][0]["findings"][0]["kind"], "unknown-form");
    }
}
