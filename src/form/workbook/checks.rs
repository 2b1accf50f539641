//! The sheet that says how the sums fare, and the marks in the tables that go by it.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, ConditionalFormatText, ConditionalFormatTextRule, Format, FormatAlign,
    FormatBorder, Formula, Url, Workbook, Worksheet, XlsxError,
};

use super::looks::{DOUBTFUL, RIGHT, WRONG, plain};
use crate::form::measure;
use crate::form::plan::{Plan, Relation};
use crate::form::relation::{Cells, address, compared, quoted};
use crate::message::{Language, Message};
use crate::pack::Severity;

/// Rows above the first sum: title, state, two lines of explanation, header.
const FIRST: u32 = 5;
/// Widths of the columns: state, level, place, what must hold, left, right, difference.
const WIDTHS: [usize; 7] = [10, 8, 56, 58, 11, 11, 11];
const STATE: u16 = 0;
const LEFT: u16 = 4;
const RIGHT_SIDE: u16 = 5;
const DIFFERENCE: u16 = 6;
/// Heights of rows, in points.
const LINE: f64 = 14.5;
const ROOM: f64 = 6.0;

/// What the sheet is called.
pub(super) fn name(language: Language) -> String {
    Message::new("blank.checks").say(language)
}

/// The name of the cell that says how a sum fares.
fn named(relation: usize) -> String {
    format!("check_{}", relation + 1)
}

/// How a sum fares, in the words of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Holds,
    Fails,
    Waits,
    DoesNotApply,
}

impl State {
    fn word(self, language: Language) -> String {
        let key = match self {
            Self::Holds => "blank.state.holds",
            Self::Fails => "blank.state.fails",
            Self::Waits => "blank.state.waits",
            Self::DoesNotApply => "blank.state.does-not-apply",
        };
        Message::new(key).say(language)
    }
}

/// Marks the figures of sums that do not hold: the graver ones first, which win.
pub(super) fn mark(
    sheet: &mut Worksheet,
    at: usize,
    plan: &Plan<'_>,
    cells: &Cells<'_>,
    language: Language,
) -> Result<(), XlsxError> {
    let fails = State::Fails.word(language);
    for (severity, (ink, ground)) in [(Severity::Error, WRONG), (Severity::Warning, DOUBTFUL)] {
        let format = Format::new().set_font_color(ink).set_background_color(ground);
        for (index, relation) in plan.relations.iter().enumerate().filter(|(_, own)| own.sum.severity == severity) {
            let marked = relation.marked().into_iter().filter(|figure| cells.places[figure].0 == at);
            let areas = cells.areas(marked, Some(at));
            let Some(first) = relation.marked().into_iter().find(|figure| cells.places[figure].0 == at) else {
                continue;
            };
            let (_, row, column) = cells.places[&first];
            let rule = ConditionalFormatFormula::new()
                .set_rule(Formula::new(format!("={}=\"{fails}\"", named(index))))
                .set_format(&format)
                .set_multi_range(areas.join(" "));
            sheet.add_conditional_format(row, column, row, column, &rule)?;
        }
    }
    Ok(())
}

/// Writes the sheet.
pub(super) fn write(
    book: &mut Workbook,
    plan: &Plan<'_>,
    cells: &Cells<'_>,
    numbers: &[Option<Decimal>],
    language: Language,
) -> Result<(), XlsxError> {
    let name = name(language);
    for index in 0..plan.relations.len() {
        let row = FIRST + u32::try_from(index).unwrap_or(u32::MAX);
        let cell = address((row, STATE)).replace('A', "$A$");
        book.define_name(named(index), &format!("={}!{cell}", quoted(&name)))?;
    }
    let formats = Formats::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&name)?.set_formula_result_default("");
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width as f64)?;
    }
    super::page::set_up(sheet, &WIDTHS)?;
    let states: Vec<State> = plan.relations.iter().map(|relation| state(relation, numbers)).collect();
    let last = FIRST + u32::try_from(states.len()).unwrap_or(u32::MAX) - 1;
    head(sheet, &states, last, &formats, language)?;
    for ((row, relation), &state) in (FIRST..).zip(&plan.relations).zip(&states) {
        let formula = |text: String, value: String| Formula::new(format!("={text}")).set_result(value);
        let (left, right) = (address((row, LEFT)), address((row, RIGHT_SIDE)));
        let is_filled = cells.is_filled(relation, None);
        let guarded = |text: &str| match &is_filled {
            Some(is_filled) => format!("IF({is_filled},{text},\"\")"),
            None => text.to_owned(),
        };
        let judged = format!(
            "IF({},\"{}\",\"{}\")",
            compared(&address((row, DIFFERENCE)), relation.sum.comparison, relation.sum.tolerance),
            State::Holds.word(language),
            State::Fails.word(language),
        );
        let judged = relation.condition.as_ref().map_or(judged.clone(), |condition| {
            format!("IF({},{judged},\"{}\")", cells.condition(condition, None), State::DoesNotApply.word(language))
        });
        let judged = format!("IF({left}=\"\",\"{}\",{judged})", State::Waits.word(language));
        sheet.write_formula_with_format(row, STATE, formula(judged, state.word(language)), &formats.centered)?;
        let level = relation.sum.severity == Severity::Error;
        let level = Message::new(if level { "severity.error" } else { "severity.warning" });
        sheet.write_string_with_format(row, 1, level.say(language), &formats.centered)?;
        // To the figure that is marked.
        let first = relation.marked().first().map(|figure| cells.places[figure]);
        if let Some((of, at_row, at_column)) = first {
            let to = format!("internal:{}!{}", quoted(&cells.sheets[of]), address((at_row, at_column)));
            let link = Url::new(to).set_text(&relation.sum.place);
            sheet.write_url_with_format(row, 2, link, &formats.link)?;
        }
        let says = language.pick(&cells.pack.rule_of(relation.sum).says).to_owned();
        sheet.write_string_with_format(row, 3, &says, &formats.text)?;
        let lines = measure::lines(&says, WIDTHS[3]).max(measure::lines(&relation.sum.place, WIDTHS[2]));
        sheet.set_row_height(row, LINE * lines as f64 + ROOM)?;
        let is_known = state != State::Waits;
        let value = |number: Decimal| if is_known { number.normalize().to_string() } else { String::new() };
        let of = |figure: usize| numbers[figure];
        let (left_value, right_value) = (relation.left.value(of), relation.right.value(of));
        let sides = [(LEFT, &relation.left, left_value), (RIGHT_SIDE, &relation.right, right_value)];
        for (column, side, number) in sides {
            let text = guarded(&cells.sum(side, None));
            sheet.write_formula_with_format(row, column, formula(text, value(number)), &formats.number)?;
        }
        let text = format!("IF({left}=\"\",\"\",ROUND({left}-{right},6))");
        let difference = formula(text, value(left_value - right_value));
        sheet.write_formula_with_format(row, DIFFERENCE, difference, &formats.number)?;
    }
    color(sheet, last, language)
}

/// What is above the sums.
fn head(
    sheet: &mut Worksheet,
    states: &[State],
    last: u32,
    formats: &Formats,
    language: Language,
) -> Result<(), XlsxError> {
    let say = |message: Message| message.say(language);
    sheet.write_string_with_format(0, 0, name(language), &formats.title)?;
    sheet.set_row_height(0, 30)?;
    let count = |state: State| states.iter().filter(|known| **known == state).count();
    let (area, word) = (format!("A{}:A{}", FIRST + 1, last + 1), |state: State| state.word(language));
    let counted = |state: State| format!("COUNTIF({area},\"{}\")", word(state));
    let (fails, waits) = (counted(State::Fails), counted(State::Waits));
    let with = |key, number: &str| Message::new(key).with("count", number).say(language);
    // Numbers are joined into the sentence by the formula.
    let joined = |key| {
        let text = with(key, "\u{1}");
        let (before, after) = text.split_once('\u{1}').unwrap_or((&text, ""));
        (format!("\"{before}\"&"), format!("&\"{after}\""))
    };
    let ((a, b), (c, d)) = (joined("blank.state.some-fail"), joined("blank.state.some-wait"));
    let all = say(Message::new("blank.state.all-hold"));
    let formula = format!("=IF({fails}>0,{a}{fails}{b},IF({waits}>0,{c}{waits}{d},\"{all}\"))");
    let now = match (count(State::Fails), count(State::Waits)) {
        (0, 0) => all,
        (0, waits) => with("blank.state.some-wait", &waits.to_string()),
        (fails, _) => with("blank.state.some-fail", &fails.to_string()),
    };
    sheet.write_formula_with_format(1, 0, Formula::new(formula).set_result(now), &formats.state)?;
    sheet.set_row_height(1, 24)?;
    sheet.write_string_with_format(2, 0, say(Message::new("blank.checks.colors")), &formats.note)?;
    sheet.write_string_with_format(3, 0, say(Message::new("blank.checks.others")), &formats.note)?;
    let keys = [
        "blank.column.state",
        "blank.column.level",
        "blank.column.place",
        "blank.column.holds",
        "blank.column.left",
        "blank.column.right",
        "blank.column.difference",
    ];
    for (column, key) in (0..).zip(keys) {
        sheet.write_string_with_format(FIRST - 1, column, say(Message::new(key)), &formats.head)?;
    }
    sheet.set_row_height(FIRST - 1, 22)?;
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    sheet.set_freeze_panes(FIRST, 0)?;
    Ok(())
}

/// Colours the states.
fn color(sheet: &mut Worksheet, last: u32, language: Language) -> Result<(), XlsxError> {
    for (state, (ink, ground)) in [(State::Fails, WRONG), (State::Holds, RIGHT)] {
        let format = Format::new().set_font_color(ink).set_background_color(ground);
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(state.word(language)))
            .set_format(&format);
        sheet.add_conditional_format(FIRST, STATE, last, STATE, &rule)?;
    }
    Ok(())
}

/// How a sum fares with what is in the form.
fn state(relation: &Relation<'_>, numbers: &[Option<Decimal>]) -> State {
    let of = |figure: usize| numbers[figure];
    let is_filled = if relation.takes_blanks() {
        let is_begun = |mut figures: Box<dyn Iterator<Item = usize> + '_>| figures.any(|figure| of(figure).is_some());
        let sides = [&relation.left, &relation.right].into_iter().filter(|side| !side.terms.is_empty());
        sides.into_iter().all(|side| is_begun(Box::new(side.figures())))
    } else {
        relation.needed().into_iter().all(|figure| of(figure).is_some())
    };
    if !is_filled {
        return State::Waits;
    }
    if !relation.applies(&of) {
        return State::DoesNotApply;
    }
    let (left, right) = (relation.left.value(of), relation.right.value(of));
    if relation.sum.comparison.holds(left, right, relation.sum.tolerance) { State::Holds } else { State::Fails }
}

/// The formats of this sheet.
struct Formats {
    title: Format,
    state: Format,
    note: Format,
    head: Format,
    centered: Format,
    link: Format,
    text: Format,
    number: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF)).set_text_wrap();
        let centered = || cell().set_align(FormatAlign::Center);
        Self {
            title: plain().set_bold().set_font_size(16),
            state: plain().set_bold().set_font_size(12),
            note: plain().set_font_color(Color::RGB(0x0059_5959)),
            head: centered().set_bold().set_background_color(Color::RGB(0x00ED_EDED)),
            centered: centered(),
            link: cell().set_font_color(Color::RGB(0x001F_5582)),
            text: cell(),
            number: cell().set_align(FormatAlign::Right),
        }
    }
}
