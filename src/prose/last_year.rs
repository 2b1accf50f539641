//! What the text says of the year before, and by how much the year's numbers differ from it: to be compared with last year's
//! report. May rely on all of this folder.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::record::{Opener, Period, Record, Says, Scope};
use super::text::Paragraph;
use crate::pack::Pack;

/// More than a report says of the year before.
const MOST: usize = 16;

/// A statement about the year before, and its place.
#[derive(Debug)]
pub struct OfLastYear {
    /// Which paragraph, and which of its records.
    pub paragraph: usize,
    pub record: usize,
    pub said: LastYear,
}

/// What is said of the year before, where it is certain what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastYear {
    /// Names of the lexicon.
    pub names: Vec<usize>,
    pub change: Change,
    /// The number of the year before, or the change: below 0 where it is less.
    pub value: Decimal,
    /// The year's own number that a change is of, where the text has it; else that of the tables.
    pub current: Option<Decimal>,
}

/// Whether a number is one of the year before, or says how it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    None,
    Difference,
    Percent,
}

/// What a report says of the year before, in order.
pub fn of_last_year(pack: &Pack, text: &[Paragraph<'_, '_>]) -> Vec<OfLastYear> {
    let all = text.iter().enumerate().flat_map(|(paragraph, Paragraph { records, .. })| {
        (0..records.len()).filter_map(move |record| stated(pack, records, (paragraph, record)))
    });
    all.take(MOST).collect()
}

fn stated(pack: &Pack, records: &[Record], (paragraph, index): (usize, usize)) -> Option<OfLastYear> {
    let record = &records[index];
    let is_last = record.period == Period::Last;
    let (change, value) = match record.says {
        // 「上年未收到申请」 is of 0.
        Says::Count | Says::None if is_last && record.is_certain_but_for_time(pack) => (Change::None, record.value),
        Says::Difference { is_more } if is_change(records, index) => (Change::Difference, signed(record, is_more)),
        Says::Growth { is_more } if is_change(records, index) => (Change::Percent, signed(record, is_more)),
        _ => return None,
    };
    if record.is_at_most || includes_others(records, index) {
        return None;
    }
    let current = current(pack, records, index);
    let (names, current) = match (record.names.is_empty(), change) {
        (true, _) => (&current?.names, current.map(|current| current.value)),
        (false, Change::None) => (&record.names, None),
        (false, _) if current.is_some_and(|current| current.names == record.names) => {
            (&record.names, current.map(|current| current.value))
        }
        // 「申请数量比上年增加12件」: it says itself what has changed.
        (false, _) if record.is_certain(pack) => (&record.names, None),
        _ => return None,
    };
    // What is carried over is of two years.
    let is_carried = |&name: &usize| pack.text().lexicon.names[name].kind.is_carried();
    let said = LastYear { names: names.clone(), change, value, current: current.filter(|_| change != Change::None) };
    (!names.iter().any(is_carried)).then_some(OfLastYear { paragraph, record: index, said })
}

fn signed(record: &Record, is_more: bool) -> Decimal {
    if is_more { record.value } else { -record.value }
}

/// Whether a record says how a number of the whole report has changed since the year before.
fn is_change(records: &[Record], index: usize) -> bool {
    let record = &records[index];
    let is_sure = record.is_plain && !record.is_about && !record.is_respective && record.period == Period::Own;
    is_sure && record.scope == Scope::Whole && is_than_last_year(records, index)
}

/// Whether it is the year before with which it is compared: by its own words, or by those of the change before it.
fn is_than_last_year(records: &[Record], index: usize) -> bool {
    let record = &records[index];
    if record.is_than_last_year || record.is_compared {
        return record.is_than_last_year;
    }
    let Some(before) = index.checked_sub(1) else { return false };
    let is_change = matches!(records[before].says, Says::Difference { .. } | Says::Growth { .. });
    records[before].sentence == record.sentence && is_change && is_than_last_year(records, before)
}

/// The year's own number before a record, with nothing else between them than what is compared with it; it may end the sentence
/// before: 「收到申请42件。比上年增加12件。」
fn current<'r>(pack: &Pack, records: &'r [Record], index: usize) -> Option<&'r Record> {
    let record = &records[index];
    let is_beside = |before: &Record| {
        matches!(before.says, Says::Difference { .. } | Says::Growth { .. })
            || before.says == Says::Count && before.period == Period::Last && before.names.is_empty()
    };
    let is_first = |index: usize| index.checked_sub(1).is_none_or(|before| records[before].sentence < record.sentence);
    let opens = (0..=index).rev().find(|&index| is_first(index)).unwrap_or(index);
    let goes_on = records[opens].is_compared && records[opens].names.is_empty();
    let first = record.sentence - usize::from(goes_on && record.sentence > 0);
    let mut before = records[..index].iter().rev().take_while(|before| before.sentence >= first);
    let current = before.find(|before| !is_beside(before))?;
    // Of two numbers the change may be of the first one, too.
    let is_only = before.next().is_none_or(is_beside)
        || record.parent.is_some_and(|parent| std::ptr::eq(&records[parent], current));
    let is_it = current.says == Says::Count && current.is_certain(pack) && !current.names.is_empty();
    let has_unit = record.unit.is_none() || record.unit == current.unit;
    (is_only && is_it && has_unit && current.depth <= record.depth).then_some(current)
}

/// Whether a bracket behind it says what is included: only there is it known what is counted.
fn includes_others(records: &[Record], index: usize) -> bool {
    let mut others = records.iter().filter(|record| record.parent == Some(index));
    others.any(|record| matches!(record.opener, Some(Opener::Includes | Opener::Lists)))
}
