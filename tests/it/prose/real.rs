//! Sentences of real reports, where these are at hand.

use super::{Row, found, report};

/// The sentences of `prose_cases.json`, each by how it begins, with the figures beside it and what is wrong in it.
const REAL: &[(&str, &str, &[&str])] = &[
    ("全市全年备案政府信息依申请公开领域", "r.upheld 170, l.upheld 25, a.upheld 52", &["GJ424 134", "GJ424 57"]),
    (
        "全市全年共收办政府信息公开申请案件3607件",
        "received 3402, received.business 109, carried_in 91, carried_in.business 5, partly_granted 328, denied 142, \
         unavailable 1078, not_processed 406, other_outcome 341, carried_out 121",
        &[],
    ),
    (
        "息公开申请案件3646件",
        "received 3525, carried_in 121, partly_granted 471, denied 92, unavailable 941, not_processed 117, other_outcome 469, \
         carried_out 125",
        &[],
    ),
    (
        "予以公开及部分公开258件",
        "received 805, partly_granted 3, denied 35, unavailable 337, not_processed 158, r.upheld 5, r.pending 2, l.upheld 8, \
         l.pending 1",
        &["GJ422 258", "GJ422 33.9", "GJ422 265", "GJ426 均获维持"],
    ),
    (
        "市政府共受理政府信息公开申请 1295 件",
        "received 1295, carried_in 189, partly_granted 2, denied 20, unavailable 564, not_processed 80, other_outcome 319, \
         carried_out 293",
        &[],
    ),
    (
        "共受理政府信息公开申请 749 件",
        "received 705, received.business 8, carried_in 36, carried_out 31, r.upheld 74",
        &[],
    ),
    (
        "全年收到政府信息公开申请 34 件",
        "received 34, carried_in 2, unavailable 10, denied 2, other_outcome 14, carried_out 1",
        &[],
    ),
    ("2025 年打浦桥街道共受理", "received 19, other_outcome 8", &[]),
    ("2025年，全市共受理政府信息公开申请3259件", "received 3259, carried_in 77, carried_out 58", &[]),
    ("2025年受理信息公开申请10件", "received 10, carried_in 1", &[]),
    ("全年共审核发布各类公开政府信息249条", "", &[]),
    ("平台公开发布信息共计 109 条", "", &[]),
    (
        "2024年，全市共受理政府信息公开申请3119件",
        "received 3119, carried_in 34, carried_out 103, r.upheld 72, r.corrected 64, r.other 178, r.pending 37, l.upheld 13, \
         l.corrected 4, l.other 8, l.pending 1, a.upheld 12, a.corrected 1, a.other 1, a.pending 6",
        &[],
    ),
    ("2024年，区政府办代表区政府受理", "received 95", &[]),
    ("2023年全区受理政府信息公开申请21件", "received 21", &[]),
];

/// The real sentences, where they are at hand.
#[test]
fn real_sentences_are_judged_as_they_were() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports/prose_cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let cases: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let cases = cases.as_array().expect("a list");
    assert_eq!(cases.len(), REAL.len(), "a sentence without a verdict");
    let mut failures = String::new();
    for (case, (start, figures, expected)) in cases.iter().zip(REAL) {
        let text = case["text"].as_str().expect("a text");
        assert!(text.starts_with(start), "{text} is not {start}");
        let year = ["2025", "2023"].into_iter().find(|year| text.starts_with(year)).unwrap_or("2024");
        for agency in ["宿迁市人民政府", "上海市人民政府办公厅", "望江县商务局", "打浦桥街道办事处"]
        {
            let row = Row { agency, figures, text: "", expected };
            let report = report(&row).replace("2024", year).replacen("（一）主动", &format!("{text}\n\n（一）主动"), 1);
            let found = found(&report);
            // What is said of a whole city is a government's to say.
            let is_silent = found.is_empty() && text.contains("全市") && !agency.ends_with("政府");
            if found != *expected && !is_silent {
                failures += &format!("\n{agency}: {text}\n  [{figures}] {found:?}, not {expected:?}");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
