use super::*;
use crate::document::Location;

const ROWS: &str = "甲,1,2\n乙,3,4\n丙,5,6\n";

/// The rows of the one table, their cells set apart by slashes.
fn rows(source: &str) -> Vec<String> {
    let blocks = blocks(source, 0, &Limits::default()).expect("within the limits");
    let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
    table.rows().map(|row| row.cells().map(|cell| &*cell.passage.text).collect::<Vec<_>>().join("/")).collect()
}

fn separator(source: &str) -> Option<char> {
    Dialect::of(source).map(|dialect| char::from(dialect.separator))
}

#[test]
fn the_separator_is_the_one_that_makes_rows() {
    assert_eq!(separator(ROWS), Some(','));
    assert_eq!(separator(&ROWS.replace(',', ";")), Some(';'));
    assert_eq!(separator(&ROWS.replace(',', "\t")), None, "plain text");
    assert_eq!(separator("\"甲\"\t1\n\"乙\"\t2\n\"丙\"\t3\n"), Some('\t'));
    assert_eq!(separator("甲;1,5\n乙;2,5\n丙;3,5\n"), Some(';'));
}

#[test]
fn other_text_with_commas_holds_no_values() {
    for text in ["规章 1,234\n行政许可 2,345\n行政处罚 3,456\n", "| 甲 | 1,234 |\n| 乙 | 2,345 |\n| 丙 | 3,456 |\n"]
    {
        assert_eq!(separator(text), None, "{text}");
    }
    assert_eq!(separator("1,234\n2,345\n3,456\n"), None);
    assert_eq!(separator("共发布,更新各类信息。\n办理,答复。\n甲,12\n"), None);
}

#[test]
fn quotes_are_no_part_of_a_value() {
    let source = "\"甲,\n乙\",1\r\n\"丙\"\"丁\"\"\", \"2\"\r\n\r\n戊,\"3\"\r\n己,4,\r\n";
    assert_eq!(rows(source), ["甲,\n乙/1", "丙\"丁\"/2", "戊/3", "己/4/"]);
    // One quote that nobody closed is a character like others.
    assert_eq!(rows("\"甲,1\n乙,2\n丙,3\n丁,4\n"), ["\"甲/1", "乙/2", "丙/3", "丁/4"]);
    assert_eq!(rows("甲,\"1\n乙,2\n丙,3\n丁,4\n"), ["甲/\"1", "乙/2", "丙/3", "丁/4"]);
}

#[test]
fn lines_of_text_stay_whole() {
    let source = format!("一是制度,流程不够完善。\n{ROWS}");
    assert_eq!(rows(&source)[0], "一是制度,流程不够完善。");
}

#[test]
fn excel_names_the_separator() {
    let source = format!("sep=;\r\n{}", ROWS.replace(',', ";"));
    assert_eq!(rows(&source), ["甲/1/2", "乙/3/4", "丙/5/6"]);
    assert_eq!(rows(&source.replace('\n', "\r").replacen('\r', "\n", 1))[2], "丙/5/6");
}

#[test]
fn the_place_of_a_value_is_the_value_alone() {
    let source = "甲,\" 12\"\n乙,34\n丙,\"a\"\"56\"\n丁,7\n";
    let blocks = blocks(source, 0, &Limits::default()).expect("within the limits");
    let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
    for (figure, cell) in [("12", 1), ("34", 3), ("56", 5), ("7", 7)] {
        let passage = &table.cells()[cell].passage;
        let at = passage.text.find(figure).expect("the figure");
        let Location::Text(range) = passage.locate(at..at + figure.len()) else { panic!("a place in text") };
        assert_eq!(&source[range.start as usize..range.end as usize], figure);
    }
}
