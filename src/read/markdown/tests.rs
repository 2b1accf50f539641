use std::fmt::Write as _;

use super::*;

fn place(location: &Location, source: &str) -> String {
    let Location::Text(range) = location else { panic!("a place in a text") };
    source[range.start as usize..range.end as usize].to_owned()
}

/// One block a line; a table row by row.
fn shown(source: &str) -> String {
    let mut shown = String::new();
    for block in blocks(source, 0, &Limits::default()).expect("within the limits") {
        match block {
            Block::Heading(passage) => writeln!(shown, "# {:?}", passage.text),
            Block::Paragraph(passage) => writeln!(shown, "{:?}", passage.text),
            Block::Image(at) => writeln!(shown, "image {}", place(&at, source)),
            Block::Table(table) => {
                for row in table.rows() {
                    let cells: Vec<String> = row.cells().map(|cell| cell.passage.text.replace('\n', "\\n")).collect();
                    writeln!(shown, "| {}", cells.join(" | ")).expect("strings take everything");
                }
                Ok(())
            }
        }
        .expect("strings take everything");
    }
    shown
}

#[test]
fn an_image_is_a_block_and_what_is_written_for_it_is_no_text() {
    let source = "前 ![2023年*年报*](a.png) 后 ![](b.png)\n\n![](c.png)\n\n## ![表](d.png)\n\n| a | ![x](e.png) |\n|---|---|\n| 1 | <img src=f> |\n\n<p><img src=\"g.png\"></p>\n";
    assert_eq!(
        shown(source),
        "\"前  后 \"\nimage ![2023年*年报*](a.png)\n| a | \n| 1 | \nimage ![x](e.png)\nimage <img src=\"g.png\">\n"
    );
    assert_eq!(
        shown("甲\n\n<div><img src=\"g.png\" alt=\"乙\"></div>\n"),
        "\"甲\"\nimage <img src=\"g.png\" alt=\"乙\">\n"
    );
}

/// The tables of a text as they are after its repair: their cells parted by `|`, tables by an empty line.
fn tables(source: &str) -> String {
    let rows = shown(source);
    let rows = rows.lines().map(|line| line.strip_prefix("| ").map_or("", |row| row));
    rows.filter(|row| !row.replace('|', "").trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn rows_need_neither_delimiters_nor_outer_pipes() {
    let expected = "甲 | 乙 | 丙\n1 | 2 | 3\n4 | 5 | 6";
    for source in [
        "| 甲 | 乙 | 丙 |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n",
        "一、\n| 甲 | 乙 | 丙 |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n二、\n",
        "一、\n甲 | 乙 | 丙 |\n1 | 2 | 3 |\n4 | 5 | 6 |\n二、\n",
        "甲 | 乙 | 丙\n1 | 2 | 3\n4 | 5 | 6\n\n二、\n",
        "甲 | 乙 | 丙\n--- | --- | ---\n1 | 2 | 3\n4 | 5 | 6\n二、\n",
        "甲 | 乙 | 丙\n---+---+---\n1 | 2 | 3\n4 | 5 | 6\n",
        "| 甲 | 乙 | 丙\n| --- | --- | ---\n| 1 | 2 | 3\n| 4 | 5 | 6\n",
        "甲｜乙｜丙\n1｜2｜3\n4｜5｜6\n",
        "- 表\n\n      | 甲 | 乙 | 丙 |\n      |---|---|---|\n      | 1 | 2 | 3 |\n      | 4 | 5 | 6 |\n",
    ] {
        assert_eq!(tables(source), expected, "{source}");
    }
}

#[test]
fn a_header_of_one_cell_is_no_heading() {
    let source = "前\n\n第（一）项  \n---  \n甲| 乙  \n1| 2  \n第（五）项  \n丙| 3  \n丁| 4  \n\n后\n";
    assert_eq!(
        shown(source),
        "\"前\"\n| 第（一）项 | \n| 甲 | 乙\n| 1 | 2\n\"第（五）项\"\n|  | \n| 丙 | 3\n| 丁 | 4\n\"后\"\n"
    );
    let source = "| 甲 |\n---\n| 1 |\n| 2 |\n";
    assert_eq!(tables(source), "甲\n1\n2");
    // Headings are still headings.
    let source = "前\n后\n---\n甲| 乙\n";
    assert!(shown(source).starts_with("# \"前\\n后\""), "{}", shown(source));
    assert_eq!(shown("标题 | 站点\n---\n\n正文\n"), "# \"标题 | 站点\"\n\"正文\"\n");
}

#[test]
fn text_with_pipes_is_no_table() {
    for source in ["首页 | 公开\n\n正文\n", "<p>甲 | 乙</p>\n<p>丙 | 丁</p>\n", "# 甲 | 乙\n\n# 丙 | 丁\n"]
    {
        assert_eq!(tables(source), "", "{source}");
    }
}

#[test]
fn attributes_are_no_text() {
    let source = "# 一、总体 {#一总体 .title style=\"x: y\"}\n\n[[12]{.underline}]{style=\"a\"} 件\n{: .lead}\n\n| a | b |\n|---|---|\n| [12]{.mark} | 3{: .x} |\n{: .table}\n\n{其中} {a}\n";
    assert_eq!(shown(source), "# \"一、总体\"\n\"12 件\"\n| a | b\n| 12 | 3\n\"{其中} {a}\"\n");
    for block in blocks(source, 7, &Limits::default()).expect("within the limits") {
        let Block::Table(table) = block else { continue };
        let cell = &table.cells()[2].passage;
        let Location::Text(range) = cell.place() else { panic!("a place in a text") };
        assert_eq!(&source[range.start as usize - 7..range.end as usize - 7], "12");
    }
}

#[test]
fn raised_text_is_no_digits() {
    let source = "| a | b |\n|---|---|\n| 10<sup>1</sup> | <sup>1</sup> |\n\n共10<SUB>2</SUB>件\n";
    assert_eq!(shown(source), "| a | b\n| 10^1 | 1\n\"共10^2件\"\n");
}

#[test]
fn marks_around_cells_of_html_are_left_out() {
    let source =
        "<table><tr><td>**甲**</td><td>**_12_**</td><td>*</td><td>`3`</td><td>[4]{.mark}</td><td>5*</td></table>\n";
    assert_eq!(shown(source), "| 甲 | 12 | * | 3 | 4 | 5*\n");
}

#[test]
fn text_right_behind_an_html_table_is_markdown() {
    let source = "一、\n<table><tr><td>1</td></tr></table>\n## 二、\n**三** 四\n";
    assert_eq!(shown(source), "\"一、\"\n| 1\n# \"二、\"\n\"三 四\"\n");
}

#[test]
fn fences_around_tables_are_none() {
    let source = "一、\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n二、\n```\nx | y\n```\n";
    assert_eq!(shown(source), "\"一、\"\n| a | b\n| 1 | 2\n\"二、\"\n\"x | y\\n\"\n");
}

#[test]
fn a_rule_without_outer_pipes_may_be_below_rows_that_have_them() {
    assert_eq!(tables("| a | b |\n-|-\n| 1 | 2 |\n"), "a | b\n1 | 2");
    assert_eq!(tables(" a | b\n---+---\n | 2\n"), "a | b\n | 2");
}
