//! A total in the text and its parts: listed behind it, in its bracket, or before it. May rely on records; sees no words.

use rust_decimal::Decimal;

use super::super::outcomes::Outcome;
use super::figures::Said;
use super::judged::{Judged, With};
use super::slips::{is_slip, is_slip_of_total};
use crate::finding::Label;
use crate::message::Message;
use crate::pack::{Check, Judges};
use crate::prose::{Mark, Opener, Period, Record, Says, Scope};

/// A total with its parts, by their places among the records.
#[derive(Debug)]
pub(super) struct List {
    pub total: usize,
    pub parts: Vec<usize>,
    /// All that is in the list's sentence behind the parts and might belong to it.
    more: Vec<usize>,
    kind: Kind,
    /// It says that it goes on.
    is_open: bool,
}

/// How sure it is that these are all the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The words say so.
    Closed,
    /// They are parts, perhaps not all.
    Partial,
    /// They are in the bracket behind the total, where mostly all are.
    Inside,
    /// They only look like parts.
    Bare,
    /// The total is behind them.
    Behind,
}

/// More parts than a sentence lists.
const MOST: usize = 64;

/// Every list of a paragraph.
pub(super) fn lists(records: &[Record]) -> Vec<List> {
    let list = |total| match (behind(records, total), before(records, total)) {
        // What it adds up is before it.
        (Some(List { kind: Kind::Bare, .. }), Some(before)) => Some(before),
        (behind, before) => behind.or(before),
    };
    (0..records.len()).filter_map(list).collect()
}

fn is_count(record: &Record) -> bool {
    record.says == Says::Count && record.period != Period::Last && !record.is_about
}

/// The parts that follow a total.
fn behind(records: &[Record], total: usize) -> Option<List> {
    let own = &records[total];
    if !is_count(own) || own.unit.is_none() || own.opener.is_some() {
        return None;
    }
    let follows = |record: &Record| {
        let goes_on = record.opener.is_some_and(|opener| opener != Opener::Colon) && record.period == Period::Own;
        record.sentence == own.sentence || record.sentence == own.sentence + 1 && goes_on
    };
    let rest = || (total + 1..records.len()).take_while(|&at| records[at].sentence <= own.sentence + 1);
    // What is said of the total itself is passed over: how much more it is than the year before.
    let first = rest().find(|&at| {
        let record = &records[at];
        let is_remark = matches!(
            record.says,
            Says::Difference { .. } | Says::Growth { .. } | Says::Share | Says::Nothing | Says::Rate
        );
        !(is_remark || record.period == Period::Last)
    })?;
    let record = &records[first];
    if !is_count(record) || record.unit != own.unit || !follows(record) {
        return None;
    }
    let is_inside = record.parent == Some(total) && record.depth > own.depth;
    if record.depth != own.depth && !is_inside {
        return None;
    }
    let (parts, separator) = parts(records, first, is_inside.then_some(total));
    let is_set_apart = first == total + 1 && record.before == Some(Mark::Comma) && own.before != Some(Mark::Item);
    let is_split = |parts: &[usize]| {
        let is_part = |&at: &usize| records[at].scope == Scope::Part && records[at].names.len() <= 1;
        own.scope == Scope::Whole && own.has_act && parts.iter().all(is_part)
    };
    let kind = match record.opener {
        Some(Opener::Lists | Opener::Colon) => Kind::Closed,
        Some(Opener::Among | Opener::Includes) => Kind::Partial,
        None if is_inside => Kind::Inside,
        None if own.is_total && separator == Some(Mark::Item) || record.is_inline && !own.is_inline => Kind::Bare,
        // 「收到留言9条，咨询类4条、建议类3条、投诉类2条」
        None if is_set_apart && separator == Some(Mark::Item) && parts.len() > 2 => Kind::Bare,
        // 「收到申请9件，网络申请5件，信函申请4件」
        None if is_set_apart && is_split(&parts) => Kind::Bare,
        None => return None,
    };
    let has_rest = parts.last().is_some_and(|&last| records[last].is_rest);
    let may_lack = |kind| matches!(kind, Kind::Partial | Kind::Inside);
    let kind = if has_rest && may_lack(kind) { Kind::Closed } else { kind };
    let is_open = parts.iter().chain([&total]).any(|&at| records[at].is_open);
    let end = parts.last().map_or(first, |&last| last + 1);
    let more = (end..records.len()).take_while(|&at| records[at].sentence == record.sentence);
    let is_more = |&at: &usize| {
        let more = &records[at];
        is_count(more) && more.unit == own.unit && (!is_inside || more.parent == Some(total))
    };
    let more = more.filter(is_more).collect();
    // 「书面9件，自然人5件」: parts of two kinds are no list.
    let is_named = |&at: &usize| records[at].names.len() > 1 && records[at].scope != Scope::Others;
    let is_mixed = parts.iter().any(is_named) && !parts.iter().all(is_named);
    (parts.len() > 1 && !(is_mixed && may_lack(kind))).then_some(List { total, parts, more, kind, is_open })
}

/// The items from `first` on, and what separates them.
fn parts(records: &[Record], first: usize, inside: Option<usize>) -> (Vec<usize>, Option<Mark>) {
    let start = &records[first];
    let mut parts = vec![first];
    let mut separator = None;
    for (at, record) in records.iter().enumerate().skip(first + 1).take(MOST) {
        if record.sentence != start.sentence || inside.is_some() && record.depth < start.depth {
            break;
        }
        // What is in the brackets of a part is its own.
        if record.depth > start.depth || !matches!(record.says, Says::Count) {
            continue;
        }
        let is_next = is_count(record) && record.unit == start.unit && record.opener.is_none() && !record.has_act;
        let goes_on = match (separator, record.before) {
            (_, None) => record.is_inline,
            (None, _) => true,
            (Some(Mark::Item), mark) => mark == Some(Mark::Item),
            (Some(Mark::Comma), mark) => mark != Some(Mark::Semicolon),
            (Some(_), _) => true,
        };
        if !is_next || !goes_on {
            break;
        }
        if record.before.is_some() {
            separator = separator.or(record.before);
        }
        parts.push(at);
    }
    (parts, separator)
}

/// The parts that a total follows.
fn before(records: &[Record], total: usize) -> Option<List> {
    let own = &records[total];
    if !is_count(own) || !own.is_total || !own.names.is_empty() || !own.is_plain || own.opener.is_some() {
        return None;
    }
    let mut parts = Vec::new();
    for at in (0..total).rev().take(MOST) {
        let record = &records[at];
        if record.sentence != own.sentence || record.depth < own.depth {
            break;
        }
        if record.depth > own.depth || record.says != Says::Count || record.period == Period::Last {
            continue;
        }
        // 「累计30条（篇、份）」 adds up what is counted in other units; 「共发布30条」 does not.
        if record.is_about || own.is_published && record.unit != own.unit {
            return None;
        }
        parts.push(at);
        if record.opener.is_some() || record.is_total && record.names.is_empty() {
            break;
        }
    }
    parts.reverse();
    // 「共收到9件，共办结8件，共结转1件」 are three totals; 「发布9条，培训3次，共50人次」 has no parts.
    let totals = parts.iter().filter(|&&at| records[at].is_total).count();
    if totals > 1 || parts.iter().all(|&at| records[at].unit != own.unit) || !is_adjacent(records, total) {
        return None;
    }
    (parts.len() > 1).then(|| List { total, parts, more: Vec::new(), kind: Kind::Behind, is_open: false })
}

/// Whether nothing but a mark, or a bracket with numbers of its own, is between a number's clause and the one before it.
fn is_adjacent(records: &[Record], own: usize) -> bool {
    const MARKS: usize = 6;
    let end = records[..own].iter().map(|record| record.clause.end).max().unwrap_or(0);
    records[own].clause.start <= end + MARKS
}

impl List {
    /// What the parts come to, if the list does not add up to its total.
    fn fault(&self, records: &[Record]) -> Option<Decimal> {
        let value = |at: &usize| records[*at].value;
        let total = value(&self.total);
        let sum: Decimal = self.parts.iter().map(value).sum();
        if self.fits(records, total) {
            return None;
        }
        let is_wrong = match self.kind {
            Kind::Closed => sum > total || !self.is_open,
            Kind::Partial | Kind::Inside if self.is_of_form(records) => false,
            Kind::Inside if !self.is_open && is_slip(sum, total) => true,
            Kind::Inside => sum > total || !self.is_open && self.is_slip(records, sum, total),
            Kind::Partial => sum > total || !self.is_open && self.is_slip(records, sum, total),
            Kind::Bare => sum * Decimal::TWO >= total && self.is_slip(records, sum, total),
            Kind::Behind => true,
        };
        is_wrong.then_some(sum)
    }

    /// Whether some adjacent parts add up to the total: a sentence may go on behind its list.
    fn fits(&self, records: &[Record], total: Decimal) -> bool {
        let mut all: Vec<Decimal> = self.parts.iter().chain(&self.more).map(|&at| records[at].value).collect();
        if self.kind == Kind::Behind {
            all.reverse();
        }
        let mut so_far = Decimal::ZERO;
        all.iter().enumerate().any(|(index, part)| {
            so_far += part;
            index > 0 && so_far == total
        })
    }

    /// Whether all parts are the form's own, of which a sentence may name any.
    fn is_of_form(&self, records: &[Record]) -> bool {
        let is_of_form = |&at: &usize| !records[at].names.is_empty() && records[at].scope != Scope::Part;
        self.parts.iter().all(is_of_form)
    }

    /// Whether the difference is that of a total or a part that was mistyped, and not of parts that are not listed.
    fn is_slip(&self, records: &[Record], sum: Decimal, total: Decimal) -> bool {
        let most = sum * Decimal::from(4) >= total * Decimal::from(3);
        let repaired = |&at: &usize| {
            let part = records[at].value;
            let repaired = part + total - sum;
            !repaired.is_sign_negative() && is_slip(part, repaired)
        };
        is_slip_of_total(sum, total) || most && self.parts.iter().any(repaired)
    }
}

impl Said<'_, '_> {
    /// Lists against their totals. What the tables speak for, or against already, is not judged again.
    pub fn judge_lists(&self, lists: &[List], judged: &[Judged]) -> Vec<Judged> {
        let is_list = |check: &Check| matches!(check, Check::ProseSum(sum) if sum.judges == Judges::Lists);
        let Some(rule) = self.pack.rules().iter().find(|rule| is_list(&rule.check) && !self.levels.is_off(rule)) else {
            return Vec::new();
        };
        let outcome = |at: &usize| {
            let start = self.records()[*at].at.start;
            judged.iter().find(|judged| judged.at.start == start).map(|judged| judged.outcome)
        };
        let mut all = Vec::new();
        for list in lists {
            let members = || [list.total].into_iter().chain(list.parts.iter().copied());
            let is_known = members().all(|at| outcome(&at) == Some(Outcome::Holds));
            let is_reported = members().any(|at| outcome(&at) == Some(Outcome::Broken));
            if is_known || is_reported {
                continue;
            }
            let total = &self.records()[list.total];
            let Some(sum) = list.fault(self.records()) else {
                let parts = list.parts.iter().map(|&at| self.records()[at].at.clone()).collect();
                all.push(Judged::holds(total.at.clone(), With::Parts(parts)));
                continue;
            };
            let unit = total.unit.map_or("", |unit| self.pack.text().lexicon.unit_word(unit));
            let message = Message::new("prose-sum")
                .with("total", total.value.normalize().to_string())
                .with("unit", unit)
                .with("count", list.parts.len())
                .with("sum", sum.normalize().to_string());
            let mut finding = self.finding(total, rule, message);
            finding.found = Some(total.value.normalize().to_string());
            finding.expected = Some(sum.normalize().to_string());
            let label =
                |&at: &usize| Label::new(self.locate(self.records()[at].at.clone()), Message::new("label.part"));
            finding.labels = list.parts.iter().map(label).collect();
            all.push(Judged::broken(total.at.clone(), finding));
        }
        all
    }
}
