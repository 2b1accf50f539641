use super::*;

/// The rows of the first drawn table, each with its cells, merged ones in every row they cover.
fn rows(source: &str) -> Vec<String> {
    let parts = parts(source).expect("a drawn table");
    let part = parts.into_iter().find(|part| part.is_drawn).expect("a drawn part");
    let block = table(source, part.range, 0, &Limits::default()).expect("within the limits");
    let Some(Block::Table(table)) = block else { panic!("no table") };
    let row = |row: crate::document::Row<'_, '_>| {
        let cells: Vec<_> = row.cells().map(|cell| cell.passage.text.replace('\n', "/")).collect();
        cells.join(" ")
    };
    table.rows().map(row).collect()
}

#[test]
fn cells_may_take_several_lines_and_reach_past_others() {
    let source = "
        ┌─────┬─────────┐
        │     │ 申请人  │
        │勾稽 ├────┬────┤
        │     │自然│总计│
        │     │人  │    │
        ├─────┼────┼────┤
        │一、 │ 3  │ 12 │
        ├──┬──┼────┼────┤
        │  │甲│ +1 │ -  │
        │三├──┼────┼────┤
        │  │乙│    │ 5  │
        └──┴──┴────┴────┘";
    assert_eq!(rows(source), ["勾稽 申请人", "勾稽 自然/人 总计", "一、 3 12", "三 甲 +1 -", "三 乙  5"]);
    let source =
        "a\n\n+---+-----+\n| x | 1-2 |\n|   | +3  |\n+===+=====+\n| y | 12  |\n+---+-----+\nb".replace("\\\n", "\n");
    assert_eq!(rows(&source), ["x 1-2/+3", "y 12"]);
}

#[test]
fn lines_are_rows_where_figures_stand_below_each_other() {
    let source = "+---+---+\n| x | n |\n+---+---+\n| a | 1 |\n| b | 2 |\n+---+---+\n".replace("\\\n", "\n");
    assert_eq!(rows(&source), ["x n", "a 1", "b 2"]);
}

#[test]
fn what_is_no_drawing_is_left_alone() {
    for source in ["| a | b |\n|---|---|\n| 1 | 2 |\n", "a ─ b\n", "──────\n", "1-+2\n| x |\n", "+-+\n", "│\n─\n"]
    {
        assert_eq!(parts(source), None, "{source:?}");
    }
    let source = "前\n+--+\n| 1|\n+--+\n后";
    let parts: Vec<_> =
        parts(source).expect("a table").into_iter().map(|part| (&source[part.range], part.is_drawn)).collect();
    assert_eq!(parts, [("前\n", false), ("+--+\n| 1|\n+--+\n", true), ("后", false)]);
}
