use super::{NumberFormat, Shown};

fn number(code: &str, stored: &str) -> String {
    match NumberFormat::of(code).map_or(Shown::Value, |format| format.number(stored)) {
        Shown::Value => "=".to_owned(),
        Shown::Nothing => "nothing".to_owned(),
        Shown::Text(text) => text,
    }
}

#[test]
fn usual_formats_show_the_value() {
    let codes = [
        "General",
        "G/通用格式",
        "0",
        "0_ ",
        "0.00",
        "#,##0",
        "#,##0.00_ ",
        "#,##0_);(#,##0)",
        "#,##0_);[Red](#,##0)",
        "0;[Red]-0",
        "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-",
        "[$¥-804]#,##0.00",
        "\"¥\"#,##0.00;[Red]\"¥\"-#,##0.00",
        "[DBNum1][$-804]General",
        "[Red]0",
        "@",
        "0.00E+00",
        "# ?/?",
        "0;-0;;@",
        "000",
    ];
    for code in codes {
        for stored in ["0", "21", "-21", "1036", "7730.28"] {
            assert_eq!(number(code, stored), "=", "{stored} in {code}");
        }
    }
}

#[test]
fn what_is_shown_otherwise_is_what_is_printed() {
    for (code, stored, shown) in [
        ("#,##0,", "21000", "21"),
        ("#,##0,", "21500", "22"),
        ("#,##0,", "-21000", "-21"),
        ("#,##0,", "400", "0"),
        ("0.0,,", "21400000", "21.4"),
        ("0.0,,\"百万\"", "21400000", "21.4百万"),
        ("0,.0", "21400", "21.4"),
        ("0%", "21", "2100%"),
        ("0.00%", "0.213", "21.30%"),
        ("0\"万\"", "21", "21万"),
        ("0万", "21", "21万"),
        ("0\"件\"", "21", "21件"),
        ("\"第\"0", "21", "第21"),
        ("\"<\"0", "21", "<21"),
        ("General\"件\"", "21", "21件"),
        ("0\\.0", "21", "2.1"),
        ("\"20\"00", "21", "2021"),
        ("00-00", "1234", "12-34"),
        ("0.##\"元\"", "7.5", "7.5元"),
        ("[<10]\"*\";0", "5", "*"),
        ("[<10]\"*\";0", "0", "*"),
        ("[<10]\"*\";0", "12", "="),
        ("[=0]\"-\";0", "0", "="),
        ("[=0]\"-\";0", "12", "="),
        ("[=1]\"是\";[=0]\"否\"", "1", "是"),
        ("[>=10000]0!.0,\"万\";0", "21", "="),
        ("[>=10000]0!.0,\"万\";0", "214000", "21.4万"),
        (";;;", "21", "nothing"),
        (";;;", "0", "nothing"),
        (";;", "21", "nothing"),
        ("0;0", "-21", "0;0: -21"),
        ("0;0", "21", "="),
        ("#,##0;[Red]#,##0", "-21", "#,##0;[Red]#,##0: -21"),
        ("yyyy/m/d", "5", "yyyy/m/d: 5"),
        ("[h]:mm", "5", "[h]:mm: 5"),
        ("0/00,", "5", "0/00,: 5"),
    ] {
        assert_eq!(number(code, stored), shown, "{stored} in {code}");
    }
}

#[test]
fn a_section_for_text_shows_or_hides_it() {
    let text = |code: &str| NumberFormat::of(code).map_or(Shown::Value, |format| format.text("甲"));
    assert_eq!(text("0"), Shown::Value);
    assert_eq!(text("#,##0,"), Shown::Value);
    assert_eq!(text(";;;"), Shown::Nothing);
    assert_eq!(text(";;;@"), Shown::Text("甲".to_owned()));
    assert_eq!(text("0;-0;0;@\"局\""), Shown::Text("甲局".to_owned()));
}

#[test]
fn formats_that_programs_know_by_number() {
    let shown = |number| NumberFormat::known(number).map(|format| format.number("5"));
    assert_eq!(shown(0), None);
    assert_eq!(shown(41), None);
    assert_eq!(shown(9), Some(Shown::Text("500%".to_owned())));
    assert_eq!(shown(14), Some(Shown::Text("yyyy/m/d: 5".to_owned())));
}
