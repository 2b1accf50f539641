//! Writes made reports that keep every rule into a folder, for measurements of the whole command:
//! `cargo run --release --example corpus -- FOLDER [COUNT] [md|txt|html|docx|xlsx|xls|xlsb|ods]`

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::Path;

use support::{document, markdown, page, report, text, workbook};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = arguments.first().map(Path::new) else {
        eprintln!("corpus FOLDER [COUNT] [md|txt|html|docx|xlsx|xls|xlsb|ods]");
        std::process::exit(2);
    };
    let count = arguments.get(1).and_then(|count| count.parse().ok()).unwrap_or(2000);
    let kind = arguments.get(2).map_or("md", String::as_str);
    for seed in 0..count {
        let mut report = report(seed);
        // Long enough to be like real ones: about 10 KB.
        report.texts[4] = report.texts[4].repeat(20);
        let bytes = match kind {
            "xlsx" => workbook::write(&report, workbook::Way::OneSheet),
            "xls" => workbook::write_as(workbook::Kind::Xls, &report, workbook::Way::OneSheet),
            "xlsb" => workbook::write_as(workbook::Kind::Xlsb, &report, workbook::Way::OneSheet),
            "ods" => workbook::write_as(workbook::Kind::Ods, &report, workbook::Way::OneSheet),
            "docx" => document::write(&report, document::Way::Word),
            "html" => page::write(&report, page::Way::Portal, "utf-8").into_bytes(),
            "txt" => text::write(&report, text::Way::Tabs).into_bytes(),
            _ => markdown::write(&report, markdown::Way::Padded).into_bytes(),
        };
        // A thousand files a folder, as archives are kept.
        let below = folder.join(format!("{:04}", seed / 1000));
        std::fs::create_dir_all(&below)?;
        std::fs::write(below.join(format!("{seed}.{kind}")), bytes)?;
    }
    Ok(())
}
