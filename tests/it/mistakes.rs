//! One mistake at a time, in every shape: it is said, and nothing else is.

use crate::support::{Rng, pack, report};
use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::finding::{Finding, Subject};
use gouji::internal::pack::{Severity, ValueKind};
use rust_xlsxwriter::{Format, FormatBorder, Workbook};

const SEEDS: u64 = 30;

/// A cell of a report that is about to be spoilt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Slot {
    text: String,
    /// The figure of the form that it holds.
    figure: Option<usize>,
}

type Row = Vec<Slot>;

#[derive(Debug, Clone)]
struct Part {
    heading: Option<String>,
    texts: Vec<String>,
    /// Each with its index in the form.
    tables: Vec<(usize, Vec<Row>)>,
}

/// A report on its way from the form to a file; merged cells are written once, at their first slot.
#[derive(Debug, Clone)]
struct Draft {
    title: Option<String>,
    year: u16,
    preface: Option<String>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Markdown,
    Text,
    Workbook,
}

impl Draft {
    fn new(report: &Blank<'_>) -> Self {
        let part = |(index, section): (usize, &gouji::internal::pack::Section)| Part {
            heading: Some(report.heading(index)),
            texts: report.texts[index].lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            tables: section.tables.iter().map(|&table| (table, rows(report, table))).collect(),
        };
        let parts = report.pack.sections.iter().enumerate().map(part).collect();
        Self { title: Some(report.title()), year: report.year, preface: None, parts }
    }

    fn table(&mut self, table: usize) -> &mut Vec<Row> {
        let mut tables = self.parts.iter_mut().flat_map(|part| &mut part.tables);
        &mut tables.find(|(index, _)| *index == table).expect("a table of the form").1
    }

    /// The table in which a figure stands, and its row and column there.
    fn place(&mut self, figure: usize) -> (&mut Vec<Row>, usize, usize) {
        let rows = self.table(pack().figures[figure].table);
        let in_row = |slots: &Row| slots.iter().position(|slot| slot.figure == Some(figure));
        let found = rows.iter().enumerate().find_map(|(row, slots)| in_row(slots).map(|column| (row, column)));
        let (row, column) = found.expect("a figure of the table");
        (rows, row, column)
    }

    fn set(&mut self, figure: usize, text: impl Into<String>) {
        let (rows, row, column) = self.place(figure);
        rows[row][column].text = text.into();
    }

    fn write(&self, shape: Shape) -> (&'static str, Vec<u8>) {
        match shape {
            Shape::Markdown => ("r.md", self.markdown().into_bytes()),
            Shape::Text => {
                ("r.txt", self.lines().iter().map(|line| joined(line, "\t") + "\n").collect::<String>().into())
            }
            Shape::Workbook => ("r.xlsx", self.workbook()),
        }
    }

    fn markdown(&self) -> String {
        let mut text = String::new();
        let mut rows_before = 0;
        for line in self.lines() {
            let is_row = line.len() > 1;
            match line.first() {
                Some(_) if is_row => text.push_str(&format!("| {} |\n", joined(&line, " | "))),
                Some(slot) if self.parts.iter().any(|part| part.heading.as_ref() == Some(&slot.text)) => {
                    text.push_str(&format!("## {}\n", slot.text));
                }
                Some(slot) => text.push_str(&format!("{}\n", slot.text)),
                None => text.push('\n'),
            }
            if is_row && rows_before == 0 {
                text.push_str(&format!("|{}\n", "---|".repeat(line.len())));
            }
            rows_before = if is_row { rows_before + 1 } else { 0 };
        }
        text
    }

    fn workbook(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        // A blank cell in a frame has a record, as in forms that were printed once.
        let border = Format::new().set_border(FormatBorder::Thin);
        let sheet = workbook.add_worksheet();
        for (row, line) in self.lines().iter().enumerate() {
            for (column, slot) in line.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                if slot.text.is_empty() {
                    sheet.write_blank(row, column, &border).expect("a cell");
                    continue;
                }
                match slot.text.parse::<f64>().ok().filter(|_| slot.figure.is_some()) {
                    Some(number) => sheet.write(row, column, number).expect("a cell"),
                    None => sheet.write(row, column, slot.text.as_str()).expect("a cell"),
                };
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }

    /// Lines of one cell for text, of several for rows, of none for a blank line.
    fn lines(&self) -> Vec<Row> {
        let mut lines = Vec::new();
        let mut say = |text: &String| lines.extend([vec![Slot { text: text.clone(), figure: None }], Vec::new()]);
        self.title.iter().chain(&self.preface).for_each(&mut say);
        for part in &self.parts {
            let mut say = |text: &String| lines.extend([vec![Slot { text: text.clone(), figure: None }], Vec::new()]);
            part.heading.iter().chain(&part.texts).for_each(&mut say);
            for (_, rows) in &part.tables {
                lines.extend(rows.iter().cloned());
                lines.push(Vec::new());
            }
        }
        lines
    }
}

fn joined(line: &[Slot], between: &str) -> String {
    line.iter().map(|slot| slot.text.as_str()).collect::<Vec<_>>().join(between)
}

fn rows(report: &Blank<'_>, table: usize) -> Vec<Row> {
    let grid = report.grid(table);
    let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
    let mut rows = vec![vec![Slot::default(); width]; grid.len()];
    for (row, cells) in rows.iter_mut().zip(&grid) {
        for (column, cell) in cells {
            row[*column] = Slot { text: cell.text.clone(), figure: cell.figure };
        }
    }
    rows
}

/// What must be said: one finding of one of these kinds, about one of these.
struct Expected {
    what: String,
    kinds: &'static [&'static str],
    subjects: Vec<Subject>,
}

impl Expected {
    fn new(what: impl Into<String>, kinds: &'static [&'static str], subjects: impl Into<Vec<Subject>>) -> Self {
        Self { what: what.into(), kinds, subjects: subjects.into() }
    }

    fn is(&self, finding: &Finding) -> bool {
        self.kinds.contains(&finding.rule.kind.as_str()) && self.subjects.contains(&finding.subject)
    }
}

const SHAPES: [Shape; 3] = [Shape::Markdown, Shape::Text, Shape::Workbook];

/// Makes the mistake in reports of many seeds and every shape, and tells of all that were not said as they should.
fn make(mistake: impl Fn(&mut Draft, &mut Rng) -> Expected) {
    let mut failures = Vec::new();
    for seed in 0..SEEDS {
        let mut draft = Draft::new(&report(seed));
        let expected = mistake(&mut draft, &mut Rng::new(seed ^ 0x5eed));
        failures.extend(SHAPES.iter().filter_map(|&shape| failure(&draft, seed, shape, &expected)));
    }
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// Makes the mistake at every figure that is wanted.
fn make_everywhere(
    shapes: &[Shape],
    is_wanted: impl Fn(usize) -> bool,
    mistake: impl Fn(&mut Draft, usize) -> Expected,
) {
    let mut failures = Vec::new();
    for figure in figures_where(is_wanted) {
        let seed = figure as u64 % SEEDS;
        let mut draft = Draft::new(&report(seed));
        let expected = mistake(&mut draft, figure);
        failures.extend(shapes.iter().filter_map(|&shape| failure(&draft, seed, shape, &expected)));
    }
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

/// What is wrong with what is said of a draft.
fn failure(draft: &Draft, seed: u64, shape: Shape, expected: &Expected) -> Option<String> {
    let (name, bytes) = draft.write(shape);
    let checked = Checker::default().check(name, &bytes);
    let severe: Vec<_> = checked.first().report.findings.iter().filter(|f| f.severity > Severity::Advice).collect();
    if matches!(severe.as_slice(), [only] if expected.is(only)) {
        return None;
    }
    let said: Vec<_> = severe.iter().map(|f| format!("{} {:?} {}", f.rule.name, f.subject, f.place)).collect();
    Some(format!("{shape:?}, seed {seed}: {}: {said:?}", expected.what))
}

const NOT_A_COUNT: &[&str] = &["not-a-count"];
const BLANK_CELL: &[&str] = &["blank-cell"];

fn table_index(id: &str) -> usize {
    pack().tables.iter().position(|table| table.id == id).expect("a table of the form")
}

fn figure_where(rng: &mut Rng, is_wanted: impl Fn(usize) -> bool) -> usize {
    *rng.pick(&figures_where(is_wanted))
}

/// Figures that the report prints: not those of a group in one row.
fn figures_where(is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let is_printed = |figure: usize| {
        let figure = &pack().figures[figure];
        pack().tables[figure.table].rows[figure.row].is_leaf
    };
    (0..pack().figures.len()).filter(|&figure| is_printed(figure) && is_wanted(figure)).collect()
}

fn is_count(figure: usize) -> bool {
    pack().figures[figure].value == ValueKind::Count
}

fn stands_in(figure: usize, table: &str) -> bool {
    pack().tables[pack().figures[figure].table].id == table
}

fn cell(figure: usize) -> Subject {
    Subject::Cell(pack().figures[figure].id.clone())
}

fn row(figure: usize) -> Subject {
    let figure = &pack().figures[figure];
    let table = &pack().tables[figure.table];
    Subject::Row(format!("{}.{}", table.id, table.rows[figure.row].id))
}

/// The column of a row's own label: the last one that holds text before the figures.
fn own_label(slots: &Row) -> usize {
    let figures = slots.iter().position(|slot| slot.figure.is_some()).expect("a row of figures");
    slots[..figures].iter().rposition(|slot| !slot.text.is_empty()).expect("a label")
}

/// A figure that stands for its row, in a table whose rows have labels.
fn any_row(rng: &mut Rng) -> usize {
    figure_where(rng, |figure| !stands_in(figure, "disputes"))
}

#[test]
fn a_section_is_left_out() {
    make(|draft, rng| {
        let section = rng.below(6);
        draft.parts.remove(section);
        Expected::new(
            format!("no section {}", section + 1),
            &["missing-section"],
            [Subject::Section(section as u32 + 1)],
        )
    });
}

#[test]
fn a_heading_is_left_out_and_its_table_stays() {
    make(|draft, rng| {
        let section = rng.below(6);
        draft.parts[section].heading = None;
        Expected::new(
            format!("no heading {}", section + 1),
            &["missing-section"],
            [Subject::Section(section as u32 + 1)],
        )
    });
}

#[test]
fn a_section_is_empty() {
    make(|draft, rng| {
        let section = *rng.pick(&[0, 4, 5]);
        draft.parts[section].texts.clear();
        Expected::new(
            format!("section {} empty", section + 1),
            &["empty-section"],
            [Subject::Section(section as u32 + 1)],
        )
    });
}

#[test]
fn two_sections_are_swapped() {
    make(|draft, rng| {
        let section = rng.below(5);
        draft.parts.swap(section, section + 1);
        let subjects = [section + 1, section + 2].map(|number| Subject::Section(number as u32));
        Expected::new(format!("section {} behind its next", section + 1), &["misplaced-section"], subjects)
    });
}

#[test]
fn a_section_bears_another_number() {
    make(|draft, rng| {
        let section = rng.below(6);
        let other = ["七", "八", "九"][rng.below(3)];
        let heading = draft.parts[section].heading.as_mut().expect("a heading");
        *heading = format!("{other}、{}", pack().sections[section].title);
        Expected::new(heading.clone(), &["misplaced-section"], [Subject::Section(section as u32 + 1)])
    });
}

#[test]
fn the_title_is_left_out() {
    make(|draft, _| {
        draft.title = None;
        Expected::new("no title", &["missing-statement"], [Subject::Report])
    });
}

#[test]
fn a_table_is_left_out() {
    make(|draft, rng| {
        let table = rng.below(3);
        draft.parts.iter_mut().for_each(|part| part.tables.retain(|(index, _)| *index != table));
        let id = &pack().tables[table].id;
        Expected::new(format!("no table {id}"), &["missing-table"], [Subject::Table(id.clone())])
    });
}

#[test]
fn a_row_is_left_out() {
    make(|draft, rng| {
        let figure = any_row(rng);
        let (rows, at, _) = draft.place(figure);
        let label = own_label(&rows[at]);
        let removed = rows.remove(at);
        // What is merged with the rows below stays.
        for (slot, next) in removed[..label].iter().zip(rows.get_mut(at).into_iter().flatten()) {
            if next.text.is_empty() {
                next.text.clone_from(&slot.text);
            }
        }
        Expected::new(format!("no row {}", removed[label].text), &["missing-row"], [row(figure)])
    });
}

#[test]
fn a_column_of_table_three_is_left_out() {
    make(|draft, rng| leave_out_column(draft, rng, "requests"));
}

#[test]
fn a_column_of_table_two_is_left_out() {
    make(|draft, rng| leave_out_column(draft, rng, "disclosure"));
}

#[test]
fn a_column_of_table_four_is_left_out() {
    make(|draft, rng| leave_out_column(draft, rng, "disputes"));
}

fn leave_out_column(draft: &mut Draft, rng: &mut Rng, table: &str) -> Expected {
    // The first column of table two holds the figures of its other blocks too.
    let figure = figure_where(rng, |figure| {
        let id = &pack().figures[figure].id;
        stands_in(figure, table) && (table != "disclosure" || id.ends_with("repealed") || id.ends_with("in_force"))
    });
    let (rows, _, column) = draft.place(figure);
    let header = rows.iter().take_while(|slots| slots.iter().all(|slot| slot.figure.is_none())).count();
    let own = rows[..header].iter().rposition(|slots| !slots[column].text.is_empty()).expect("a label");
    for (at, slots) in rows.iter_mut().enumerate().filter(|(_, slots)| slots.len() > column) {
        let removed = slots.remove(column);
        // What is merged with the columns to the right stays.
        if at < own
            && let Some(next) = slots.get_mut(column).filter(|next| next.text.is_empty())
        {
            next.text = removed.text;
        }
    }
    let of_form = &pack().figures[figure];
    let column = &pack().tables[table_index(table)].columns[of_form.column];
    // Table four prints a column of each name for each group.
    let id = if table == "disputes" { of_form.id.clone() } else { format!("{table}.{}", column.id) };
    let subject = Subject::Column(id);
    Expected::new(format!("no column of {}", pack().figures[figure].place), &["missing-column"], [subject])
}

#[test]
fn a_cell_is_emptied() {
    make_everywhere(&SHAPES, |figure| !leads_its_row(figure), empty);
}

/// The row of table four has no label: nothing stands before its first figure.
fn leads_its_row(figure: usize) -> bool {
    pack().figures[figure].id == "disputes.reconsideration.upheld"
}

fn empty(draft: &mut Draft, figure: usize) -> Expected {
    draft.set(figure, "");
    Expected::new(format!("{} empty", pack().figures[figure].id), BLANK_CELL, [cell(figure)])
}

#[test]
fn the_first_cell_of_a_row_without_label_is_empty_or_no_figure() {
    make_everywhere(&SHAPES, leads_its_row, empty);
    make_everywhere(&SHAPES, leads_its_row, |draft, figure| spoil(draft, figure, "若干"));
    make_everywhere(&SHAPES, leads_its_row, |draft, figure| spoil(draft, figure, "12？"));
}

#[test]
fn a_cell_is_deleted_with_its_mark() {
    make_everywhere(&[Shape::Markdown, Shape::Text], |_| true, delete);
}

#[test]
#[ignore = "a row that moved left reads as a blank total; where no sums tell, as in table two, nothing tells it from one"]
fn a_cell_is_deleted_and_its_row_moves_up() {
    make_everywhere(&[Shape::Workbook], |_| true, delete);
}

fn delete(draft: &mut Draft, figure: usize) -> Expected {
    let (rows, at, column) = draft.place(figure);
    rows[at].remove(column);
    let is_last = rows[at][column..].iter().all(|slot| slot.figure.is_none());
    let mut subjects = vec![row(figure)];
    if stands_in(figure, "disputes") {
        subjects[0] = Subject::Row("disputes.reconsideration".to_owned());
    }
    if is_last {
        subjects.push(cell(figure));
    }
    Expected::new(format!("{} deleted", pack().figures[figure].id), BLANK_CELL, subjects)
}

#[test]
fn a_row_stands_twice() {
    make(|draft, rng| {
        let figure = any_row(rng);
        let (rows, at, _) = draft.place(figure);
        let label = own_label(&rows[at]);
        let mut again = rows[at].clone();
        again[..label].iter_mut().for_each(|slot| slot.text.clear());
        rows.insert(at + 1, again);
        Expected::new(format!("{} twice", rows[at][label].text), &["unexpected-row"], [row(figure)])
    });
}

#[test]
fn two_rows_are_swapped() {
    make(|draft, rng| {
        let next_to = |figure: usize| {
            let figure = &pack().figures[figure];
            let rows = &pack().tables[figure.table].rows;
            let next = rows.get(figure.row + 1).filter(|next| next.is_leaf);
            next.is_some_and(|next| next.parent == rows[figure.row].parent && next.block == rows[figure.row].block)
        };
        let figure = figure_where(rng, |figure| !stands_in(figure, "disputes") && next_to(figure));
        let (rows, at, _) = draft.place(figure);
        let (above, below) = rows.split_at_mut(at + 1);
        let label = own_label(&above[at]);
        above[at][label..].swap_with_slice(&mut below[0][label..]);
        let next = above[at].iter().find_map(|slot| slot.figure).expect("figures of the row");
        Expected::new(
            format!("{} below its next", above[at][label].text),
            &["unexpected-row"],
            [row(figure), row(next)],
        )
    });
}

#[test]
fn a_figure_is_changed() {
    make_everywhere(
        &SHAPES,
        |figure| !stands_in(figure, "disclosure"),
        |draft, figure| {
            let (rows, at, column) = draft.place(figure);
            let text = &mut rows[at][column].text;
            let old: usize = text.parse().expect("a count");
            *text = (old + 1 + figure % 9).to_string();
            let mut subjects = vec![cell(figure)];
            // One sum alone cannot tell which of its figures it is.
            if stands_in(figure, "disputes") {
                subjects.push(Subject::Report);
            }
            let what = format!("{}: {text} for {old}", pack().figures[figure].id);
            Expected::new(what, &["broken-sum", "wrong-figure"], subjects)
        },
    );
}

#[test]
fn words_stand_for_a_figure() {
    make_everywhere(&SHAPES, |figure| !leads_its_row(figure), |draft, figure| spoil(draft, figure, "若干"));
}

#[test]
fn a_figure_is_negative() {
    make_everywhere(&SHAPES, |_| true, |draft, figure| spoil(draft, figure, "-5"));
}

#[test]
fn a_count_is_a_fraction() {
    make_everywhere(&SHAPES, is_count, |draft, figure| spoil(draft, figure, "3.5"));
}

#[test]
fn a_figure_has_a_question_mark() {
    make_everywhere(&SHAPES, |figure| !leads_its_row(figure), |draft, figure| spoil(draft, figure, "12？"));
}

fn spoil(draft: &mut Draft, figure: usize, text: &str) -> Expected {
    draft.set(figure, text);
    Expected::new(format!("{}: {text}", pack().figures[figure].id), NOT_A_COUNT, [cell(figure)])
}

#[test]
fn the_period_is_another_year() {
    make(|draft, rng| {
        let year = draft.year - 1 - rng.below(2) as u16;
        draft.preface = Some(format!("统计期限自{year}年1月1日起至{year}年12月31日止。"));
        Expected::new(format!("{year} for {}", draft.year), &["wrong-year"], [Subject::Text("period".to_owned())])
    });
}

#[test]
fn a_list_in_the_text_does_not_add_up() {
    make(|draft, _| {
        let text = draft.parts[0].texts.iter_mut().find(|text| text.contains("共计 ")).expect("a list");
        let total = text.replacen("共计 ", "共计 9", 1);
        *text = total;
        let quoted: String = text.chars().filter(|c| *c != ' ').collect();
        let quoted = quoted[quoted.find("全年公开信息共计").expect("a list")..]
            .split('。')
            .next()
            .expect("a sentence")
            .to_owned();
        Expected::new("a total of too many", &["prose-sum"], [Subject::Text(quoted)])
    });
}

/// The drafts themselves are right: whatever is said of a spoilt one is due to the mistake.
#[test]
fn drafts_are_right() {
    let checker = Checker::default();
    for seed in 0..SEEDS {
        let draft = Draft::new(&report(seed));
        for shape in [Shape::Markdown, Shape::Text, Shape::Workbook] {
            let (name, bytes) = draft.write(shape);
            let findings = checker.check(name, &bytes).into_first().report.findings;
            let said: Vec<_> = findings.iter().map(|f| (&f.rule.name, &f.place)).collect();
            assert!(said.is_empty(), "{shape:?}, seed {seed}: {said:?}");
        }
    }
}
