use super::*;

/// The rows of all tables in a text, each with its cells; lines of a cell are parted by `/`.
fn rows(source: &str) -> Vec<String> {
    let mut rows = Vec::new();
    for range in find(source) {
        let block = table(source, range, 0, &Limits::default()).expect("within the limits");
        let Some(Block::Table(table)) = block else { panic!("no table") };
        rows.extend(table.rows().map(|row| {
            let cells: Vec<_> = row.cells().map(|cell| cell.passage.text.replace('\n', "/")).collect();
            cells.join("|")
        }));
    }
    rows
}

#[test]
fn a_line_is_a_row_without_blank_lines_between_them() {
    let source = "前\n\n  ---------- ------ ---\n  信息内容   制发     \n  规章       12     3\n             4      \n  ---------- ------ ---\n\n后\n";
    assert_eq!(rows(source), ["信息内容|制发|", "规章|12|3", "|4|"]);
    let source = "项目    件数\n----  ------\n规章      12\n许可       3\n\n后";
    assert_eq!(rows(source), ["项目|件数", "规章|12", "许可|3"]);
}

#[test]
fn blank_lines_are_between_the_rows_of_a_multiline_table() {
    let source = "
  ------------------------
  结果\\    其他\\   总计
  维持     结果    \u{20}
  -------- ------- -------
  12       3       15

  （一）予 4       19
  以公开           \u{20}
  ------------------------

: 表题
";
    assert_eq!(rows(source), ["结果/维持|其他/结果|总计", "12|3|15", "（一）予/以公开|4|19"]);
    let source = "  ---- ----\n  甲   12\n\n  乙   3\n  ---- ----\n";
    assert_eq!(rows(source), ["甲|12", "乙|3"]);
}

#[test]
fn columns_are_measured_as_the_tool_did() {
    // A character is a column.
    let source = "项目      件数\n------  ----\n行政处罚      12\n行政许可证      3\n";
    assert_eq!(rows(source), ["项目|件数", "行政处罚|12", "行政许可证|3"]);
    // Quotation marks as wide as Chinese characters.
    let source = "----------  ----\n“三”稳定  12\n甲          3\n----------  ----\n";
    assert_eq!(rows(source), ["“三”稳定|12", "甲|3"]);
}

#[test]
fn restructured_text_goes_on_below_blank_cells() {
    let source = "====  ====\n项目  件数\n====  ====\n规章  12\n以外\n甲    3\n      件\n      4\n====  ====\n";
    assert_eq!(rows(source), ["项目|件数", "规章|12", "以外|", "甲|3/件", "|4"]);
}

#[test]
fn what_is_not_ruled_is_left_alone() {
    for source in [
        "- - -\n甲\n- - -\n",
        "--- ---\n",
        "标题\n---\n\n--- ---\n正文不合栏目\n",
        "a -- b\n- -\n",
        "| --- | --- |\n| - | - |\n",
    ] {
        assert_eq!(find(source), Vec::<Range<usize>>::new(), "{source:?}");
    }
}

#[test]
fn tables_end_where_their_rule_is() {
    let source = "--- ---\n甲  1\n--- ---\n\n乙\n\n--- ---\n丙  2\n--- ---\n";
    assert_eq!(find(source).len(), 2);
    assert_eq!(rows(source), ["甲|1", "丙|2"]);
}
