//! The words for a wrong figure: what is printed, what is expected, why, and what else it may be.

use rust_decimal::Decimal;

use crate::evaluate::BrokenSum;
use crate::facts::Facts;
use crate::localize::{Explanation, Fix, Reason};
use crate::message::{Argument, Message};
use crate::pack::{Comparison, Pack, Sum};

/// So many blank cells that may be at fault are listed one by one.
pub(super) const BLANKS: usize = 2;
/// So many other explanations are written out.
pub(super) const ALTERNATIVES: usize = 4;

/// 现为 12，应为 21; said with less confidence where it is not the only explanation.
pub(super) fn wrong_figures(pack: &Pack, facts: &Facts<'_>, explanation: &Explanation, is_unique: bool) -> Message {
    let found = |fix: &Fix| match &*facts.figures[fix.figure].found {
        "" => Argument::from(Message::new("wrong-figure.blank")),
        found => Argument::from(found),
    };
    let mut fixes = explanation.fixes().map(|fix| {
        let key = if fix.is_bound { "wrong-figure.bound" } else { "wrong-figure" };
        let claim = Message::new(key).with("found", found(fix)).with("expected", fix.expected.to_string());
        (fix, claim)
    });
    let (first, mut message) = fixes.next().expect("explanations have figures");
    let others: Vec<Argument> = fixes
        .map(|(fix, claim)| {
            let place = place_beside(pack, first.figure, fix.figure);
            Message::new("wrong-figure.other").with("place", place).with("claim", claim).into()
        })
        .collect();
    if !others.is_empty() {
        message = Message::new("wrong-figures").with("first", message).with("others", Argument::Sentences(others));
    }
    if is_unique { message } else { Message::new("wrong-figure.likely").with("claim", message) }
}

/// 或应为 4
pub(super) fn or_expected(fix: &Fix) -> Message {
    if fix.is_bound {
        return Message::new("label.or-doubtful");
    }
    Message::new("label.or-expected").with("expected", fix.expected.to_string())
}

/// 总计 17，各项之和为 19；如只有此处有误，应为 19（个位写错）: at a total that is also one of the candidates.
pub(super) fn total_or_expected(total: Message, fix: &Fix, reason: Reason) -> Message {
    if fix.is_bound {
        return total;
    }
    Message::new("label.total-or-expected").with("total", total).with("expected", expected(fix, reason))
}

/// 应为 21（个位与十位颠倒）
pub(super) fn expected(fix: &Fix, reason: Reason) -> Message {
    if fix.is_bound {
        return Message::new("label.doubtful");
    }
    let expected = fix.expected.to_string();
    match self::reason(reason) {
        None => Message::new("label.expected").with("expected", expected),
        Some(reason) => Message::new("label.expected-reason").with("expected", expected).with("reason", reason),
    }
}

/// 总计 21，各项之和为 12
pub(super) fn sum(pack: &Pack, broken: &BrokenSum) -> Message {
    let of_pack = &pack.sums()[broken.sum];
    let message = match total_name(pack, broken) {
        Some(name) => Message::new("label.total").with("name", name),
        None => Message::new("label.sum")
            .with("says", says(pack, of_pack))
            .with("comparison", of_pack.comparison.opposite().symbol()),
    };
    sides(message, broken)
}

/// The sentence for one broken sum.
pub(super) fn broken_sum(pack: &Pack, broken: &BrokenSum) -> Message {
    let message = match (total_name(pack, broken), both_names(pack, broken)) {
        (_, Some((left, right))) => Message::new("broken-sum.both").with("left_name", left).with("right_name", right),
        (Some(name), None) => Message::new("broken-sum.total").with("name", name),
        (None, None) => Message::new("broken-sum"),
    };
    sides(message, broken).with("says", says(pack, &pack.sums()[broken.sum]))
}

/// What a sum says, and what it may be off by.
fn says(pack: &Pack, sum: &Sum) -> Argument {
    if sum.tolerance.is_zero() {
        return (&pack.rule_of(sum).says).into();
    }
    let message = Message::new("says.tolerance").with("says", &pack.rule_of(sum).says);
    message.with("tolerance", sum.tolerance.normalize().to_string()).into()
}

/// The sentence for several.
pub(super) fn broken_sums(pack: &Pack, sums: &[usize]) -> Message {
    let places = sums.iter().map(|&sum| pack.sums()[sum].place.as_str().into()).collect();
    Message::new("broken-sum.many").with("count", sums.len()).with("places", Argument::List(places))
}

/// The word that distinguishes a figure of a sum from its total.
pub(super) fn addend(pack: &Pack, figure: usize, total: Option<usize>) -> Message {
    Message::new("label.addend").with("name", own_name(pack, figure, total))
}

/// The text of the report has the expected number.
pub(super) fn said(pack: &Pack, fix: &Fix) -> Message {
    Message::new("label.said").with("place", place(pack, fix.figure)).with("expected", fix.expected.to_string())
}

/// All figures one of which must be wrong.
pub(super) fn candidates(pack: &Pack, explanations: &[Explanation]) -> Message {
    let smallest: Vec<&Explanation> = explanations.iter().filter(|explanation| !explanation.totals_left).collect();
    let fixes = || smallest.iter().flat_map(|explanation| explanation.fixes());
    if fixes().all(|fix| fix.is_bound) {
        let places = fixes().map(|fix| place(pack, fix.figure).into()).collect();
        return Message::new("note.candidates.bound").with("places", Argument::List(places));
    }
    let candidates = smallest.iter().map(|explanation| self::fixes(pack, explanation).into()).collect();
    Message::new("note.candidates").with("candidates", Argument::Either(candidates))
}

/// What else it may be: other explanations of as few figures, and totals that were left behind. Several are a list.
pub(super) fn alternatives(
    pack: &Pack,
    facts: &Facts<'_>,
    best: &Explanation,
    explanations: &[Explanation],
) -> Vec<Message> {
    let others: Vec<&Explanation> = explanations[1..].iter().filter(|explanation| !explanation.totals_left).collect();
    let mut all: Vec<Message> = others.iter().take(ALTERNATIVES).map(|other| fixes(pack, other)).collect();
    match totals_left(pack, facts, best, explanations) {
        None => {}
        Some((what, ways)) if ways.is_empty() => all.push(what),
        Some((what, ways)) if all.is_empty() => {
            return listed(Message::new("note.alternative.either").with("what", what), ways);
        }
        Some((what, ways)) => {
            let ways = Argument::Either(ways.into_iter().map(Into::into).collect());
            all.push(Message::new("note.totals-left.and-one-of").with("what", what).with("ways", ways));
        }
    }
    let mut notes = match <[Message; 1]>::try_from(all) {
        Ok([only]) => vec![Message::new("note.alternative").with("what", only)],
        Err(all) if all.is_empty() => Vec::new(),
        Err(all) => listed(Message::new("note.alternatives"), all),
    };
    let more = others.len().saturating_sub(ALTERNATIVES);
    notes.extend((more > 0).then(|| Message::new("note.alternatives-more").with("count", more)));
    notes
}

/// A sentence and what it leads to, each with its number.
fn listed(head: Message, items: Vec<Message>) -> Vec<Message> {
    let item = |(what, number): (Message, usize)| {
        Message::new("note.alternatives.item").with("number", number).with("what", what)
    };
    std::iter::once(head).chain(items.into_iter().zip(1..).map(item)).collect()
}

/// The reading in which the figure is right and its totals were left behind; and where one of several further figures
/// was, too, these.
fn totals_left(
    pack: &Pack,
    facts: &Facts<'_>,
    best: &Explanation,
    explanations: &[Explanation],
) -> Option<(Message, Vec<Message>)> {
    let left: Vec<&Explanation> = explanations.iter().filter(|explanation| explanation.totals_left).collect();
    let first = *left.first().filter(|_| !best.totals_left)?;
    // What every reading has in common are the totals; the rest are ways of making up for what they leave.
    let is_common = |fix: &Fix| left.iter().all(|reading| reading.fixes().any(|other| other == fix));
    // Why they are wrong is said before.
    let named = |fix| (fix, Reason::Unexplained);
    let common = list(pack, first.fixes().filter(|fix| is_common(fix)).map(named));
    let ways = left
        .iter()
        .filter(|reading| left.len() > 1 && reading.fixes().any(|fix| !is_common(fix)))
        .map(|reading| list(pack, reading.fixes().filter(|fix| !is_common(fix)).map(named)));
    let found = best.fixes().map(|fix| (&*facts.figures[fix.figure].found).into()).collect();
    let message = Message::new("note.totals-left").with("found", Argument::List(found)).with("totals", common);
    Some((message, ways.collect()))
}

/// 总计应为 21（个位与十位颠倒）、……
fn fixes(pack: &Pack, explanation: &Explanation) -> Message {
    let events = explanation.events.iter();
    list(pack, events.flat_map(|event| event.fixes.iter().map(|fix| (fix, event.reason))))
}

/// 总计应为 21、……, each with its reason.
fn list<'f>(pack: &Pack, fixes: impl Iterator<Item = (&'f Fix, Reason)>) -> Message {
    let parts = fixes.map(|(fix, reason)| {
        let place = place(pack, fix.figure);
        if fix.is_bound {
            return Message::new("note.fix.bound").with("place", place).into();
        }
        Message::new("note.fix").with("place", place).with("fix", expected(fix, reason)).into()
    });
    Message::new("note.fixes").with("fixes", Argument::List(parts.collect()))
}

/// A figure's row and column, without its table.
fn place(pack: &Pack, figure: usize) -> String {
    let figure = &pack.figures[figure];
    let table = &pack.tables[figure.table];
    let (row, column) = (&table.rows[figure.row].place, &table.columns[figure.column].place);
    if column.is_empty() { row.clone() } else { format!("{row} · {column}") }
}

/// The place of a figure, as it is said where another one was named before.
fn place_beside(pack: &Pack, before: usize, figure: usize) -> Argument {
    let (before, own) = (&pack.figures[before], &pack.figures[figure]);
    let column = &pack.tables[own.table].columns[own.column].place;
    let is_same_row = (before.table, before.row) == (own.table, own.row) && !column.is_empty();
    if is_same_row {
        Message::new("place.in-this-row").with("column", column.as_str()).into()
    } else {
        place(pack, figure).into()
    }
}

fn sides(message: Message, broken: &BrokenSum) -> Message {
    message.with("left", text(broken.left)).with("right", text(broken.right))
}

/// A number as amounts are printed, with its decimals; longer fractions come from factors.
fn text(number: Decimal) -> String {
    const DECIMALS: u32 = 4;
    if number.scale() <= DECIMALS { number.to_string() } else { number.normalize().to_string() }
}

/// The names of the two sides, where each is a figure.
fn both_names<'p>(pack: &'p Pack, broken: &BrokenSum) -> Option<(&'p str, &'p str)> {
    let sum = &pack.sums()[broken.sum];
    let ([left], [right]) = (sum.left.addends.as_slice(), sum.right.addends.as_slice()) else { return None };
    let is_plain = [left, right].into_iter().all(|addend| addend.factor.is_none());
    let is_plain = is_plain && sum.left.constant.is_zero() && sum.right.constant.is_zero();
    let names = (own_name(pack, left.figure, Some(right.figure)), own_name(pack, right.figure, Some(left.figure)));
    is_plain.then_some(names)
}

/// The name of the total, where the sum has one.
fn total_name<'p>(pack: &'p Pack, broken: &BrokenSum) -> Option<&'p str> {
    let sum = &pack.sums()[broken.sum];
    let total = sum.total().filter(|_| sum.comparison == Comparison::Equal && sum.right.constant.is_zero())?;
    Some(own_name(pack, total.figure, sum.right.addends.first().map(|addend| addend.figure)))
}

/// The word that distinguishes a figure from another of the same sum: its column in a row, its row in a column.
fn own_name(pack: &Pack, figure: usize, other: Option<usize>) -> &str {
    let figure = &pack.figures[figure];
    let table = &pack.tables[figure.table];
    let in_one_row = other.is_some_and(|other| pack.figures[other].row == figure.row);
    if in_one_row { &table.columns[figure.column].place } else { &table.rows[figure.row].place }
}

/// How it came about; none where nothing shows it.
fn reason(reason: Reason) -> Option<Message> {
    Some(match reason {
        Reason::DigitsTransposed { place } => match (digit(place + 1), digit(place)) {
            (Some(left), Some(right)) => {
                Message::new("reason.digits-transposed").with("left", left).with("right", right)
            }
            _ => Message::new("reason.digits-transposed.any"),
        },
        Reason::DigitReplaced { place } => match digit(place) {
            Some(digit) => Message::new("reason.digit-replaced").with("digit", digit),
            None => Message::new("reason.digit-replaced.any"),
        },
        Reason::DigitDropped => Message::new("reason.digit-dropped"),
        Reason::DigitDoubled => Message::new("reason.digit-doubled"),
        Reason::DigitAdded => Message::new("reason.digit-added"),
        Reason::DecimalShifted => Message::new("reason.decimal-shifted"),
        Reason::OffByOne => Message::new("reason.off-by-one"),
        Reason::LeftAtZero => Message::new("reason.left-at-zero"),
        Reason::CopiedFromNeighbour => Message::new("reason.copied-from-neighbour"),
        Reason::TotalNotUpdated => Message::new("reason.total-not-updated"),
        Reason::MovedColumn => Message::new("reason.moved-column"),
        Reason::MovedRow => Message::new("reason.moved-row"),
        Reason::RowShifted => Message::new("reason.row-shifted"),
        Reason::Swapped => Message::new("reason.swapped"),
        Reason::FormulaOfOtherCells => Message::new("reason.formula-of-other-cells"),
        Reason::FormulaNotRecalculated => Message::new("reason.formula-not-recalculated"),
        Reason::Unexplained => return None,
    })
}

/// 个位, 十位, …
fn digit(place: usize) -> Option<Message> {
    const NAMES: [&str; 5] = ["digit.units", "digit.tens", "digit.hundreds", "digit.thousands", "digit.ten-thousands"];
    NAMES.get(place).map(|name| Message::new(name))
}
