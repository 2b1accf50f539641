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
