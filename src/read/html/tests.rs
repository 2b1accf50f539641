mod styled;
use std::fmt::Write;

use super::*;
use crate::document::{Cell, Location, Passage, Table};
use crate::limits::Limit;

fn read(source: &str) -> Vec<Block<'_>> {
    blocks(source, 0, &Limits::default()).expect("within the limits")
}

fn refusal(source: &str, limits: &Limits) -> Option<Unreadable> {
    blocks(source, 0, limits).err()
}

/// One block a line; a table row by row, each cell once, with what it covers if it is merged (`rows x columns`).
fn shown(source: &str) -> String {
    let mut shown = String::new();
    for block in read(source) {
        match block {
            Block::Heading(passage) => writeln!(shown, "# {:?}", passage.text),
            Block::Paragraph(passage) => writeln!(shown, "{:?}", passage.text),
            Block::Image(place) => writeln!(shown, "image {place:?}"),
            Block::Table(table) => {
                for row in table.rows() {
                    let own = row.cells().filter(|cell| cell.rows.start == row.index);
                    let cells: Vec<String> = own.map(cell_shown).collect();
                    writeln!(shown, "| {}", cells.join(" | ")).expect("strings take everything");
                }
                Ok(())
            }
        }
        .expect("strings take everything");
    }
    shown
}

fn cell_shown(cell: &Cell<'_>) -> String {
    let text = cell.passage.text.replace('\n', "\\n");
    let (rows, columns) = (cell.rows.len(), cell.columns.len());
    let merged = if rows * columns > 1 { format!(" {rows}x{columns}") } else { String::new() };
    format!("{text}{merged} @{}", cell.columns.start)
}

fn tables<'b, 's>(blocks: &'b [Block<'s>]) -> Vec<&'b Table<'s>> {
    let mut tables = Vec::new();
    for block in blocks {
        if let Block::Table(table) = block {
            tables.push(table);
        }
    }
    tables
}

fn the_table<'b, 's>(blocks: &'b [Block<'s>]) -> &'b Table<'s> {
    let [Block::Table(table)] = blocks else { panic!("one table: {blocks:?}") };
    table
}

fn paragraph_of(source: &str) -> Passage<'_> {
    let Some(Block::Paragraph(passage)) = read(source).pop() else { panic!("a paragraph: {source}") };
    passage
}

/// What the source has at the place of `part` of the passage.
fn raw<'s>(source: &'s str, passage: &Passage<'_>, part: &str) -> &'s str {
    let start = passage.text.find(part).expect("the part is in the text");
    let Location::Text(range) = passage.locate(start..start + part.len()) else { panic!("a text place") };
    &source[range.start as usize..range.end as usize]
}

#[test]
fn blocks_come_in_reading_order() {
    let source = "<html><head><title>no</title><style>p{}</style></head><body>
        <h1>年度<b>报告</b></h1><!-- no --><div>一<p>二<br>三<br/> 四 </p>五</div><script>if (a<b) {}</script>
        <ul><li>六<li> 七 <span>八</span> 九</ul><noscript><p>no</p></noscript><template><p>no</p></template>
        <p>&nbsp;</p><p>\u{3000}</p><p><br></p>十</body></html>";
    let expected = "# \"年度报告\"\n\"一\"\n\"二\\n三\\n四\"\n\"五\"\n\"六\"\n\"七 八 九\"\n\"十\"\n";
    assert_eq!(shown(source), expected);
}

#[test]
fn a_heading_that_is_never_closed_has_one_block() {
    assert_eq!(shown("<h2>一、总体情况<p>正文<p>正文"), "# \"一、总体情况\"\n\"正文\"\n\"正文\"\n");
    assert_eq!(shown("<h2><p>题</p></h2><p>文"), "# \"题\"\n\"文\"\n");
    assert_eq!(shown("<h2></h2><p>文"), "\"文\"\n");
    assert_eq!(shown("<h3><table><tr><td>1</table>文"), "| 1 @0\n\"文\"\n");
}

#[test]
fn headers_cover_what_they_span() {
    let source = r#"<table><tbody><tr><td colspan="3" rowspan="3">勾稽</td><td COLSPAN=" 7px">申请人情况</td></tr>
        <tr><td rowspan="2">自然人</td><td colspan="5">法人</td><td rowspan="2">总计</td></tr>
        <tr><td>企业</td><td>科研</td><td>公益</td><td>法律</td><td>其他</td></tr>
        <tr><td colspan="3">一、新收</td><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td></tr>
        </tbody></table>"#;
    let expected = "| 勾稽 3x3 @0 | 申请人情况 1x7 @3\n| 自然人 2x1 @3 | 法人 1x5 @4 | 总计 2x1 @9\n\
        | 企业 @4 | 科研 @5 | 公益 @6 | 法律 @7 | 其他 @8\n\
        | 一、新收 1x3 @0 | 1 @3 | 2 @4 | 3 @5 | 4 @6 | 5 @7 | 6 @8 | 7 @9\n";
    assert_eq!(shown(source), expected);
}

#[test]
fn figures_know_their_bytes() {
    let source = "<p>收到<b>12</b>件</p><table><tr><td>\n  <p align=center><span>34</span></p>\n</td>\
        <td>&nbsp;56&nbsp;</td><td>&#50;&#48;</td><td>7<b>8</b>9</td><td>22（其中修订16件）</td></table>";
    let blocks = read(source);
    let [Block::Paragraph(paragraph), Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(raw(source, paragraph, "12"), "12");
    let cell = |index: usize, part: &str| raw(source, &table.cells()[index].passage, part);
    assert_eq!(table.cells()[0].passage.text, "34");
    assert_eq!(cell(0, "34"), "34");
    assert_eq!(table.cells()[1].passage.text, "\u{a0}56\u{a0}");
    assert_eq!(cell(1, "56"), "56");
    assert_eq!(cell(2, "20"), "&#50;&#48;");
    assert_eq!(cell(2, "0"), "&#48;");
    assert_eq!(cell(3, "789"), "7<b>8</b>9");
    assert_eq!(cell(4, "16"), "16");
    assert_eq!(raw("&nGg;1", &paragraph_of("&nGg;1"), "\u{338}"), "&nGg;");
}

#[test]
fn places_count_from_the_base() {
    let document = "前文\n<table><tr><td>12</table>";
    let base = document.find('<').expect("a table");
    let blocks = blocks(&document[base..], base as u32, &Limits::default()).expect("a table");
    assert_eq!(raw(document, &the_table(&blocks).cells()[0].passage, "12"), "12");
    assert!(super::blocks("<p>1", u32::MAX - 2, &Limits::default()).is_err());
}

#[test]
fn lines_in_a_cell_are_kept_apart() {
    let source = "<table><tr><td><p>2</p><p>0</p></td><td>a<br>\r\n b<br/></td><td><div><p>c</p></div>\n</td>\
        <td>d\r\n  e</td><td>f <i> g</i> h</td></table>";
    assert_eq!(shown(source), "| 2\\n0 @0 | a\\nb @1 | c @2 | d e @3 | f g h @4\n");
    let blocks = read(source);
    let cells = the_table(&blocks).cells();
    assert_eq!(raw(source, &cells[0].passage, "0"), "0");
    assert_eq!(raw(source, &cells[1].passage, "\n"), "<br>\r\n ");
    assert_eq!(raw(source, &cells[3].passage, "e"), "e");
}

/// Line ends of the source are blanks, but for text that is to be shown as it is.
#[test]
fn lines_of_the_source_are_none_of_the_page() {
    let source = "<h2>一、总体\r\n 情况</h2><p>收到\n12\n\t件&#10;。<pre>一\n 二\r\n\n三</pre>四\n五<table><tr><td><span>1</span>\r\n\t<b>2</b></table>";
    let blocks = read(source);
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Heading(passage) | Block::Paragraph(passage) => Some(&*passage.text),
        Block::Table(_) | Block::Image(_) => None,
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["一、总体 情况", "收到 12 件\n。", "一\n二\n三", "四 五"]);
    let Some(Block::Table(table)) = blocks.last() else { panic!("a table") };
    let cell = &table.cells()[0];
    assert_eq!((&*cell.passage.text, raw(source, &cell.passage, "1 2")), ("1 2", "1</span>\r\n\t<b>2"));
}

/// What is hidden or struck out is not there, unless the page would have nothing without it; a mark behind a figure is kept.
#[test]
fn what_is_hidden_or_struck_out_is_left_out() {
    let source = "<p>前<span style='Display : NONE'>隐</span><input hidden>后<s>删</s></p><table><tr><td hidden>7</td><td>12<sup>1</sup>\
        <td><del>9</del>34</td><td style=\"display:none\">8</td><td><sup>5</sup></table>";
    assert_eq!(shown(source), "\"前后\"\n| 12^1 @0 | 34 @1 | 5 @2\n");
    let hidden = "<div style=display:none><p>报告</p><table><tr><td>1</table></div>";
    assert_eq!(shown(hidden), "\"报告\"\n| 1 @0\n");
    assert_eq!(shown("<table><tr><td>1</table><div hidden><p>报告"), "| 1 @0\n\"报告\"\n");
}

/// A cell of the header claims rows below the header, and the row before those is too wide for other reasons.
#[test]
fn cells_end_before_rows_that_are_full_without_them() {
    let row =
        |cells: &str| format!("<tr>{}</tr>", cells.split(' ').map(|cell| format!("<td>{cell}")).collect::<String>());
    let head = "<tr><td rowspan=2>项<td colspan=4>数</tr><tr><td>甲<td rowspan=4 colspan=3>总计</tr>";
    let rest = row("三 0 0 0 0").repeat(3);
    let source = format!("<table>{head}{}{}{}{rest}</table>", row("乙 丙 丁"), row("一 1 2 3 6"), row("二 4 5 6 15"));
    let blocks = read(&source);
    let rows: Vec<Vec<&str>> =
        the_table(&blocks).rows().map(|row| row.cells().map(|cell| &*cell.passage.text).collect()).collect();
    assert_eq!(rows[3..5], [["一", "1", "2", "3", "6"], ["二", "4", "5", "6", "15"]]);
}

#[test]
fn blank_cells_stand_behind_their_tag() {
    let source = "<table><tr><td></td><td align='center'> <p></p></td><td>&nbsp;</table>";
    let blocks = read(source);
    let cells = the_table(&blocks).cells();
    let at = |tag: &str| (source.find(tag).expect("the tag") + tag.len()) as u32;
    assert_eq!(cells[0].passage.place(), Location::text(at("<td>")..at("<td>")));
    assert_eq!(cells[1].passage.place(), Location::text(at("<td align='center'>")..at("<td align='center'>")));
    assert_eq!(raw(source, &cells[2].passage, "\u{a0}"), "&nbsp;");
    assert!(cells.iter().all(Cell::is_blank));
}

#[test]
fn innermost_tables_are_tables() {
    let source = "<table><tr><td>导航<td><h2>标题</h2><p>首段</p>
          <table><caption>表一</caption><tr><td>1</table>
          <p>中段</p><table><tr><td>2</td></tr></table>尾段
        <tr><td>页脚</table>文末";
    let expected = "\"导航\"\n# \"标题\"\n\"首段\"\n\"表一\"\n| 1 @0\n\"中段\"\n| 2 @0\n\"尾段\"\n\"页脚\"\n\"文末\"\n";
    assert_eq!(shown(source), expected);
    assert_eq!(shown("<table><tr><td>a<table><tr><td>b<table><tr><td>c"), "\"a\"\n\"b\"\n| c @0\n");
    assert_eq!(shown("<table><caption>a<table><tr><td>b</table>c</table>"), "\"a\"\n| b @0\n\"c\"\n");
}

#[test]
fn a_table_between_rows_ends_the_open_one() {
    assert_eq!(shown("<table><tr><td>1</td></tr><table><tr><td>2</table></table>3"), "| 1 @0\n| 2 @0\n\"3\"\n");
}

#[test]
fn tags_need_not_be_closed() {
    assert_eq!(shown("<table><tr><td>1<td>2<p>3<tr><th>4<td>5"), "| 1 @0 | 2\\n3 @1\n| 4 @0 | 5 @1\n");
    assert_eq!(shown("<table><td>1<tbody><td>2<tfoot><td>3</table>"), "| 1 @0\n| 2 @0\n| 3 @0\n");
    assert_eq!(shown("<table><tr><td>1</th>2</td></table>"), "| 12 @0\n");
    assert_eq!(shown("<tr><td>1<td>2</tr>"), "\"1\"\n\"2\"\n");
    assert_eq!(shown("</table></td></tr></tbody></caption>1</p>2</br>3"), "\"1\"\n\"2\\n3\"\n");
    assert_eq!(shown("<p>1<td"), "\"1\"\n");
    assert_eq!(shown("<table></table><table><tr></table>"), "");
}

#[test]
fn a_footer_comes_last() {
    let source = "<table><thead><tr><td>h<tfoot><tr><td>f<tbody><tr><td rowspan=2>1<tr><td>2</table>";
    assert_eq!(shown(source), "| h @0\n| 1 2x1 @0\n| 2 @1\n| f @0\n");
}

#[test]
fn spans_end_where_the_rows_do() {
    assert_eq!(shown("<table><tr><td rowspan=9>1<td>2<tr><td>3</table>"), "| 1 2x1 @0 | 2 @1\n| 3 @1\n");
    assert_eq!(shown("<table><tr><td rowspan=2>1<tr></table>"), "| 1 @0\n");
    // Not into the next group.
    let source = "<table><thead><tr><td rowspan=3>1<td>2<tbody><tr><td>3<td>4</table>";
    assert_eq!(shown(source), "| 1 @0 | 2 @1\n| 3 @0 | 4 @1\n");
    let source = "<table><tr><td rowspan=0>1<td>2<tr><td>3</tbody><tr><td>4</table>";
    assert_eq!(shown(source), "| 1 2x1 @0 | 2 @1\n| 3 @1\n| 4 @0\n");
}

#[test]
fn cells_may_overlap() {
    let source = "<table><tr><td>1<td rowspan=2>2<td>3<tr><td colspan=2>4<td>5</table>";
    assert_eq!(shown(source), "| 1 @0 | 2 2x1 @1 | 3 @2\n| 4 1x2 @0 | 5 @2\n");
    let source = "<table><tr><td rowspan=3>1<td>2<td rowspan=2>3<tr><td colspan=3>4<tr><td>5<td>6<td>7</table>";
    assert_eq!(shown(source), "| 1 3x1 @0 | 2 @1 | 3 2x1 @2\n| 4 1x3 @1\n| 5 @1 | 6 @2 | 7 @3\n");
}

#[test]
fn claims_are_bounded() {
    let source = "<table><tr><td colspan=99999999999999999999 rowspan=4294967296>1<td colspan=0 rowspan=x>2</table>";
    assert_eq!(shown(source), "| 1 1x1000 @0 | 2 @1000\n");
    assert_eq!(shown("<table><tr><td colspan=2 colspan=3>1<td colspan=''>2</table>"), "| 1 1x2 @0 | 2 @2\n");
}

#[test]
fn stray_text_comes_before_the_table() {
    let source = "<table>甲<caption>表题</caption><tr>乙<td>1</td>丙<td>2</td></tr><p>丁</p></table>";
    assert_eq!(shown(source), "\"甲\"\n\"表题\"\n\"乙\"\n\"丙\"\n\"丁\"\n| 1 @0 | 2 @1\n");
}

#[test]
fn the_limits_hold() {
    let limits = Limits { nesting: 3, cells: 10, ..Limits::default() };
    let nested = "<table><tr><td>".repeat(4);
    let nesting = Unreadable::TooLarge { what: Limit::Nesting, limit: 3 };
    let cells = Unreadable::TooLarge { what: Limit::Cells, limit: 10 };
    assert_eq!(refusal(&nested, &limits), Some(nesting));
    assert_eq!(refusal(&nested[..nested.len() * 3 / 4], &limits), None);
    assert_eq!(refusal(&format!("<table>{}", "<td>".repeat(10)), &limits), None);
    assert_eq!(refusal(&format!("<table>{}", "<td>".repeat(11)), &limits), Some(cells.clone()));
    assert_eq!(refusal(&"<table><td>1</table>".repeat(11), &limits), Some(cells.clone()));
    assert_eq!(refusal(&format!("<table>{}", "<tr>".repeat(12)), &limits), Some(cells.clone()));
    let tall = format!("<table><tr><td rowspan=0><td rowspan=9>{}", "<tr><td>".repeat(4));
    assert_eq!(refusal(&tall, &limits), Some(cells));
}

#[test]
fn the_work_does_not_grow_with_the_claims() {
    let wide = format!("<table>{}", "<tr><td colspan=1000 rowspan=65534><td>1".repeat(1000));
    // Each row holds what all rows above it reach into: half a million slots.
    assert_eq!(tables(&read(&wide))[0].rows().map(|row| row.cells().count()).sum::<usize>(), 501_500);
    for heap in ["<p>", "<b>x", "&", "&a", "&nbsp;", "\r", "<", "</>", "</td>", "<td>", "<!--", "<br>", "<tr>", "x "] {
        let _ = blocks(&heap.repeat(100_000), 0, &Limits::default());
        let _ = blocks(&format!("<table><td>{}", heap.repeat(100_000)), 0, &Limits::default());
    }
}

#[test]
fn a_page_of_shanghai() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reports/shanghai_office_2019.html");
    let Ok(source) = std::fs::read_to_string(path) else {
        eprintln!("skipped: {path} is not here");
        return;
    };
    let blocks = read(&source);
    let tables = tables(&blocks);
    let [three, four] = tables.as_slice() else { panic!("two tables") };
    let figures: Vec<usize> =
        three.rows().map(|row| row.cells().filter(|cell| cell.columns.start >= 3).count()).collect();
    assert_eq!(figures, [&[1, 3, 7][..], &[7; 23]].concat());
    let last = three.rows().last().expect("rows");
    let texts: Vec<&str> = last.cells().map(|cell| cell.passage.text.trim()).collect();
    assert_eq!(texts, ["四、结转下年度继续办理", "72", "", "", "", "", "", "72"]);
    assert!(last.cells().all(|cell| cell.columns.end <= 10));
    let count = |table: &Table<'_>| table.rows().map(|row| row.cells().count()).collect::<Vec<_>>();
    assert_eq!(count(four), [2, 7, 15, 15]);
    for table in tables {
        for cell in table.cells().iter().filter(|cell| cell.passage.text.parse::<u32>().is_ok()) {
            assert_eq!(raw(&source, &cell.passage, &cell.passage.text), cell.passage.text);
        }
    }
}

/// Looks at every place in the page. A break comes from markup, and an entity is itself; whatever else is a character
/// is that character in the source.
fn check_places(source: &str, base: u32) {
    // In these other rules hold for what is text; it may be matched as one whole.
    let odd = source.contains("<textarea") || source.contains("<xmp");
    let Ok(blocks) = blocks(source, base, &Limits::default()) else { return };
    let check = |passage: &Passage<'_>| {
        let text: &str = &passage.text;
        let mut parts: Vec<_> = text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect();
        parts.push(0..text.len());
        parts.push(text.len()..text.len());
        for part in parts {
            let Location::Text(range) = passage.locate(part.clone()) else { panic!("a text place") };
            let start = range.start.checked_sub(base).expect("behind the base") as usize;
            let place = start..(range.end - base) as usize;
            let raw = source.get(place).unwrap_or_else(|| panic!("{range:?} in {source:?}"));
            let text = &text[part];
            if text.chars().count() != 1 || text == "\n" || text == raw || odd {
                continue;
            }
            let entity = raw.starts_with('&') && !raw[1..].contains(['&', '<', '\r', '\n', ' ']);
            let line_end = text == " " && raw.chars().all(char::is_whitespace);
            assert!(entity || line_end, "{text:?} is {raw:?} in {source:?}");
        }
    };
    for block in &blocks {
        match block {
            Block::Heading(passage) | Block::Paragraph(passage) => check(passage),
            Block::Image(_) => {}
            Block::Table(table) => {
                for cell in table.cells() {
                    check(&cell.passage);
                    assert!(!cell.rows.is_empty() && !cell.columns.is_empty());
                    assert!(cell.rows.end as usize <= table.rows().len());
                }
            }
        }
    }
}

struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn no_page_is_too_odd() {
    let parts = [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<td rowspan=3>",
        "<td colspan=2 rowspan=0>",
        "<th>",
        "<tbody>",
        "<thead>",
        "<tfoot>",
        "</tbody>",
        "<caption>",
        "</caption>",
        "<p>",
        "</p>",
        "<br>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "</>",
        "<",
        "</",
        "<!",
        "<!--",
        "-->",
        "<!-->",
        "<?",
        ">",
        "&",
        "&nbsp;",
        "&#50;",
        "&amp;",
        "&lt",
        "&#",
        "&#x3",
        ";",
        "&notit;",
        "&nGg;",
        "&nosuch;",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\0",
        "年",
        "12",
        "３",
        "a",
        "\u{a0}",
        "\u{3000}",
        "\u{feff}",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<![CDATA[",
        "]]>",
        "<td a=\"",
        "\"",
        "'",
        "<xmp>",
        "</xmp>",
        "<template>",
        "</template>",
        "<svg/>",
        "x",
    ];
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    for _ in 0..20_000 {
        let count = random.below(24);
        let source: String = (0..count).map(|_| parts[random.below(parts.len())]).collect();
        check_places(&source, random.below(3) as u32);
    }
}

#[test]
fn no_slice_of_a_page_is_too_odd() {
    let page = "<html>\r\n<h1>报告</h1>\r\n<table border=\"1\">\r\n<caption>表 A&amp;B</caption><thead><tr>\r\n<th rowspan=\"2\">\
        项目</th><th colspan='2'>数&nbsp;量</th></tr><tr><td>甲</td><td>乙<br/>&#50;&#x30;</td></tr></thead><tbody>\r\n\
        <tr><td><p>（一）</p>\r\n<p>12</p></td><td><table><tr><td>3</td></tr></table></td><td>&nbsp;</td></tr>\r\n\
        </tbody></table><!-- x --><p>尾 &lt; 1</p></html>";
    let characters: Vec<char> = page.chars().collect();
    let mut random = Xorshift(0x2545_f491_4f6c_dd1d);
    for _ in 0..4000 {
        let from = random.below(characters.len());
        let length = random.below(characters.len() - from + 1);
        let mut slice = characters[from..from + length].to_vec();
        for _ in 0..random.below(6) {
            let at = random.below(slice.len() + 1);
            match random.below(3) {
                0 => slice.insert(at, characters[random.below(characters.len())]),
                1 if at < slice.len() => drop(slice.remove(at)),
                _ => slice.extend_from_within(at..slice.len().min(at + 40)),
            }
        }
        check_places(&slice.into_iter().collect::<String>(), 0);
    }
}

#[test]
fn images_are_behind_the_block_or_table_they_are_in() {
    let places = |source: &str| {
        let images = read(source).into_iter().map(|block| match block {
            Block::Image(Location::Text(range)) => source[range.start as usize..range.end as usize].to_owned(),
            Block::Table(_) => "table".to_owned(),
            Block::Heading(passage) | Block::Paragraph(passage) => passage.text.into_owned(),
            Block::Image(_) => panic!("a place in a text"),
        });
        images.collect::<Vec<_>>()
    };
    let source = "<h2>四、</h2><p>见<IMG alt='表' src=a>表<img src=b></p><p><img src=c></p><p>五</p>";
    assert_eq!(places(source), ["四、", "见表", "<IMG alt='表' src=a>", "五"]);
    let source = "<table><tr><td>1<td><img src=a /><tr><td>2<td>3</table><img src=b>末";
    assert_eq!(places(source), ["table", "<img src=a />", "末", "<img src=b>"]);
    // A table that lays out the page.
    let source = "<table><tr><td><img src=a><table><tr><td>1</table></td></tr></table>";
    assert_eq!(places(source), ["<img src=a>", "table"]);
    assert_eq!(places("<div style='display:none'><img src=a></div><table><tr><td>1</table>"), ["table"]);
}

#[test]
fn of_a_list_to_choose_from_one_option_is_shown() {
    let source = "<table><tr><td><select><option>7<option selected>12</option><option>3</option></select><td>4\
        <tr><td><select><optgroup label=a><option>5</option><option>6</optgroup></select>件<td><select><option>8<td>9</table>";
    assert_eq!(shown(source), "| 12 @0 | 4 @1\n| 5件 @0 | 8 @1 | 9 @2\n");
    assert_eq!(shown("<p>甲<select><option selected>乙</select></p><option>丙"), "\"甲乙\"\n\"丙\"\n");
}
