//! Sums: one instance of a rule for each row, column or figure it holds in, its names resolved to figures.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use toml::Value;

use super::super::error::{PackError, PackProblem};
use super::super::expression::{self, Condition, Item, Relation, SyntaxError, Term, Whose};
use super::super::form::{Pack, Rulebook, Table};
use super::super::open::Below;
use super::super::raw::{self, Spanned};
use super::super::severity::Severity;
use super::super::sum::{Addend, Compared, ForEach, Missing, Policy, Side, Sum, TakesIn};
use super::look_up::{fail, one_of, severity, table, unknown};
use super::scope::{self, Resolver, Scope};

/// The most figures that a rule may take in, in all places where it holds.
const MOST_ADDENDS: usize = 250_000;

/// Adds all instances of a sum to the rules of a pack, as those of the next one; how grave it is at most that one does not hold.
pub(super) fn add(raw: &raw::Sum, pack: &Pack, book: &mut Rulebook) -> Result<Severity, PackError> {
    let relations = expression::parse(raw.holds.get_ref()).map_err(|error| syntax(error, &raw.holds))?;
    let condition = raw.condition.as_ref().map(|text| {
        expression::condition(text.get_ref()).map(|read| (text, read)).map_err(|error| syntax(error, text))
    });
    let condition = condition.transpose()?;
    let severities = Severities::new(raw)?;
    let scopes = scopes(raw, &relations, pack)?;
    let is_nowhere = |id: &&Spanned<String>| {
        !scopes.iter().any(|scope| scope.is_named(pack, id.get_ref())) && !is_below_names(raw, id.get_ref(), pack)
    };
    if let Some(id) = raw.only.iter().chain(&raw.except).find(is_nowhere) {
        return Err(unknown(id.get_ref(), std::iter::empty(), &id.span()));
    }
    severities.check_names(&scopes, pack)?;
    let is_open = |term: &Term| match &term.item {
        Item::Level { .. } => true,
        Item::Name(path) => path.name == "below" || path.name == "open",
        _ => false,
    };
    let takes_open_rows = relations.iter().flat_map(Relation::terms).any(is_open);
    let (room, is_nowhere) = (Cell::new(MOST_ADDENDS), Cell::new(false));
    let meant = scopes.into_iter().filter(|scope| is_meant(*scope, raw, pack));
    let links =
        meant.flat_map(|scope| relations.iter().enumerate().map(move |(link, relation)| (scope, link, relation)));
    for (scope, link, relation) in links {
        is_nowhere.set(false);
        let at = |span: &Range<usize>| within(&raw.holds, span);
        let resolver = Resolver { pack, scope, room: &room, is_nowhere: &is_nowhere, at };
        let left = resolver.side(&relation.left)?;
        let right = resolver.side(&relation.right)?;
        // A report without rows of the level says nothing of what they come to.
        if takes_open_rows && [&left, &right].iter().any(|side| side.addends.is_empty()) {
            continue;
        }
        let inner = (scope, &room, &is_nowhere);
        let condition = condition.as_ref().map(|(text, read)| resolved(read, text, inner, pack)).transpose()?;
        if is_nowhere.get() {
            continue;
        }
        // Each link of a chain is a sum.
        let id = scope.id(pack, &raw.id);
        let sum = Sum {
            rule: book.rules.len(),
            id: if link == 0 { id } else { format!("{id}.{}", link + 1) },
            place: scope.place(pack),
            severity: severities.of(scope, pack),
            terms: terms(&left, &right),
            comparison: relation.comparison,
            // What is divided is no equation that a wrong figure could be found by.
            is_alone: raw.alone || [&left, &right].iter().any(|side| side.addends.iter().any(|own| own.of.is_some())),
            tolerance: tolerance(raw)?,
            missing: missing(&raw.missing)?,
            only_if_one_row: scope.only_if_one_row(pack),
            open_table: scope.table(pack).filter(|_| takes_open_rows),
            takes_in: takes_in(&left, &right, condition.as_ref()),
            left,
            right,
            condition,
        };
        push(sum, book);
    }
    Ok(severities.gravest())
}

/// Whether the open names of one of the tables each have a row with this id.
fn is_below_names(raw: &raw::Sum, id: &str, pack: &Pack) -> bool {
    let is_meant = |table: &&Table| raw.table.iter().chain(&raw.tables).any(|own| *own.get_ref() == table.id);
    let named = pack.tables.iter().filter(is_meant).flat_map(|table| &table.blocks);
    named.filter_map(|block| block.named.as_ref()).any(|named| match &named.below {
        Below::Rows(rows) => rows.iter().any(|(own, _)| own == id),
        Below::Nothing | Below::Several => false,
    })
}

fn push(sum: Sum, book: &mut Rulebook) {
    if sum.takes_in != TakesIn::default() {
        book.sums_across.push(sum);
        return;
    }
    if sum.severity > Severity::Advice && !sum.is_alone {
        for addend in sum.addends() {
            for &figure in [&addend.figure].into_iter().chain(&addend.parts) {
                book.in_sums[figure] = true;
            }
        }
    }
    book.sums.push(sum);
}

fn takes_in(left: &Side, right: &Side, condition: Option<&Condition<Compared>>) -> TakesIn {
    let takes_in = |whose: Whose| {
        let of_side = |side: &Side| side.addends.iter().any(|addend| addend.whose == whose);
        let mut of_compared = |compared: &Compared| compared.addends().any(|addend| addend.whose == whose);
        of_side(left) || of_side(right) || condition.is_some_and(|condition| condition.any(&mut of_compared))
    };
    TakesIn { previous: takes_in(Whose::Previous), children: takes_in(Whose::Children) }
}

/// A mistake in an expression, at its place in the pack.
fn syntax(error: SyntaxError, text: &Spanned<String>) -> PackError {
    fail(PackProblem::Expression(error.problem), &within(text, &error.span))
}

/// A place in a text of the pack; the span of a TOML string covers its quotation marks.
fn within(text: &Spanned<String>, span: &Range<usize>) -> Range<usize> {
    let start = text.span().start + 1;
    start + span.start..start + span.end
}

/// Where the sum holds, before `only` is looked at.
fn scopes(raw: &raw::Sum, relations: &[Relation], pack: &Pack) -> Result<Vec<Scope>, PackError> {
    let tables: Vec<usize> = raw.table.iter().chain(&raw.tables).map(|id| table(id, pack)).collect::<Result<_, _>>()?;
    let items = relations.iter().flat_map(Relation::terms).flat_map(|term| match &term.item {
        Item::Name(path) => [Some(path), None],
        Item::Range(from, to) => [Some(from), Some(to)],
        Item::Percent(part, whole) => [Some(part), Some(whole)],
        Item::One | Item::Level { .. } => [None, None],
    });
    let names: BTreeSet<&str> = items.flatten().map(|path| path.name.as_str()).collect();
    let for_each = raw.for_each.as_ref().map(|word| one_of(word.get_ref(), &ForEach::ALL, &word.span())).transpose()?;
    let of_table = |table: usize| match for_each {
        None => vec![Scope::Table { table }],
        Some(ForEach::Row) => scope::rows(pack, table, &names),
        Some(ForEach::Column) => scope::columns(pack, table, &names),
        Some(ForEach::Figure) => scope::figures(pack, table),
        Some(ForEach::Code) => scope::codes(pack, table),
        Some(ForEach::Name) => scope::names(pack, table),
    };
    match for_each {
        _ if !tables.is_empty() => Ok(tables.into_iter().flat_map(of_table).collect()),
        None => Ok(vec![Scope::Report]),
        Some(ForEach::Figure) => Ok((0..pack.tables.len()).flat_map(of_table).collect()),
        Some(_) => {
            let span = raw.for_each.as_ref().map_or(raw.holds.span(), Spanned::span);
            Err(fail(PackProblem::Lacking("table"), &span))
        }
    }
}

fn is_meant(scope: Scope, raw: &raw::Sum, pack: &Pack) -> bool {
    let is_one_of = |ids: &[Spanned<String>]| ids.iter().any(|id| scope.is_named(pack, id.get_ref()));
    (raw.only.is_empty() || is_one_of(&raw.only)) && !is_one_of(&raw.except)
}

/// A condition with its names resolved to figures.
fn resolved(
    condition: &Condition,
    text: &Spanned<String>,
    (scope, room, is_nowhere): (Scope, &Cell<usize>, &Cell<bool>),
    pack: &Pack,
) -> Result<Condition<Compared>, PackError> {
    let each = |parts: &[Condition]| {
        parts.iter().map(|part| resolved(part, text, (scope, room, is_nowhere), pack)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match condition {
        Condition::All(parts) => Condition::All(each(parts)?),
        Condition::Any(parts) => Condition::Any(each(parts)?),
        Condition::Not(part) => Condition::Not(Box::new(resolved(part, text, (scope, room, is_nowhere), pack)?)),
        Condition::Compared(relation) => {
            let resolver = Resolver { pack, scope, room, is_nowhere, at: |span: &Range<usize>| within(text, span) };
            let (left, right) = (resolver.side(&relation.left)?, resolver.side(&relation.right)?);
            Condition::Compared(Compared { left, comparison: relation.comparison, right })
        }
    })
}

fn tolerance(raw: &raw::Sum) -> Result<Decimal, PackError> {
    let Some(text) = &raw.tolerance else { return Ok(Decimal::ZERO) };
    let number = Decimal::from_str(text.get_ref()).ok().filter(|number| !number.is_sign_negative());
    let problem = || PackProblem::NotOneOf { found: text.get_ref().clone(), allowed: "0.01, 0.5 …".to_owned() };
    number.ok_or_else(|| fail(problem(), &text.span()))
}

fn missing(raw: &raw::Missing) -> Result<Missing, PackError> {
    let policy = |word: &Option<Spanned<String>>| {
        let Some(word) = word else { return Ok(Policy::default()) };
        one_of(word.get_ref(), &Policy::ALL, &word.span())
    };
    Ok(Missing { absent: policy(&raw.absent)?, blank: policy(&raw.blank)?, mark: policy(&raw.mark)? })
}

/// See [`Sum::terms`].
fn terms(left: &Side, right: &Side) -> Option<Arc<[(u32, i64)]>> {
    if !left.constant.is_zero() || !right.constant.is_zero() {
        return None;
    }
    let mut terms: BTreeMap<u32, i64> = BTreeMap::new();
    for (side, sign) in [(left, 1), (right, -1)] {
        for addend in &side.addends {
            let is_plain = addend.parts.is_empty() && addend.of.is_none();
            let factor = Some(addend.factor()).filter(|factor| factor.is_integer() && is_plain)?;
            let factor = i32::try_from(factor.normalize().mantissa()).ok()?;
            *terms.entry(u32::try_from(addend.figure).ok()?).or_default() += sign * i64::from(factor);
        }
    }
    Some(terms.into_iter().filter(|term| term.1 != 0).collect())
}

/// How grave it is that a sum does not hold, by row or column.
struct Severities<'r> {
    by_id: Vec<(&'r str, Severity)>,
    otherwise: Severity,
    span: Range<usize>,
}

impl<'r> Severities<'r> {
    fn new(raw: &'r raw::Sum) -> Result<Self, PackError> {
        let Some(written) = &raw.severity else {
            return Ok(Self { by_id: Vec::new(), otherwise: Severity::Error, span: 0..0 });
        };
        let span = written.span();
        let read = |value: &'r Value| severity(value.as_str().unwrap_or_default(), &span);
        let Value::Table(words) = written.get_ref() else {
            return Ok(Self { by_id: Vec::new(), otherwise: read(written.get_ref())?, span });
        };
        let mut severities = Self { by_id: Vec::new(), otherwise: Severity::Error, span: span.clone() };
        for (id, word) in words {
            match id.as_str() {
                "otherwise" => severities.otherwise = read(word)?,
                id => severities.by_id.push((id, read(word)?)),
            }
        }
        Ok(severities)
    }

    fn gravest(&self) -> Severity {
        self.by_id.iter().map(|(_, severity)| *severity).fold(self.otherwise, Severity::max)
    }

    fn of(&self, scope: Scope, pack: &Pack) -> Severity {
        let own = self.by_id.iter().find(|(id, _)| scope.is_named(pack, id));
        own.map_or(self.otherwise, |(_, severity)| *severity)
    }

    fn check_names(&self, scopes: &[Scope], pack: &Pack) -> Result<(), PackError> {
        let is_known = |id: &str| scopes.iter().any(|scope| scope.is_named(pack, id));
        match self.by_id.iter().find(|(id, _)| !is_known(id)) {
            None => Ok(()),
            Some((id, _)) => Err(unknown(id, std::iter::empty(), &self.span)),
        }
    }
}

impl Compared {
    fn addends(&self) -> impl Iterator<Item = &Addend> {
        self.left.addends.iter().chain(&self.right.addends)
    }
}
