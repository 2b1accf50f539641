//! A made archive in a folder, with a report among it that wishes harm to those who print its words.

use std::fs;
use std::path::Path;

use super::archive::Plan;
use super::archive::agencies::{Agency, HEADER};

/// The name of the report that wishes harm, and what stands in it.
pub const HOSTILE: &str = "<script>alert(1)&'\u{202e}\"=x.md";
pub const HOSTILE_ORGAN: &str = "=cmd<script>alert(1)>\"'局";

/// A small archive with breaks of several kinds, its list as `agencies.csv`.
pub fn archive(folder: &Path) {
    let formats = ["md", "html", "xlsx", "docx"].map(str::to_owned).to_vec();
    let plan = Plan { formats, breaks: 14, ..Plan::new(2, 5, 2022..=2024) };
    let mut list = HEADER.to_owned();
    for place in plan.places() {
        list.extend(place.agencies.iter().map(Agency::row));
        for report in &place.reports {
            let path = folder.join(&report.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, report.bytes()).expect("a report");
        }
    }
    fs::write(folder.join("organs.csv"), list).expect("a list");
    let wrong = fs::read_to_string("fixtures/wrong-total/wrong-total.md").expect("a fixture");
    let title = wrong.lines().next().expect("a title").to_owned();
    let year = title.find("20").expect("a year");
    // Written so that it is text: markup would not be part of the name.
    let agency = HOSTILE_ORGAN.replace('<', "&lt;");
    let hostile = wrong.replacen(&title, &format!("# {agency}{}", &title[year..]), 1);
    fs::write(folder.join(HOSTILE), hostile).expect("a report");
}
