//! Numbers that stand for what was listed before them, in its order: 「复议、诉讼分别为3件、1件」. May rely on records.

use super::record::{Record, Says};
use crate::pack::{Lexicon, NameKind};

/// Gives each of the numbers of a sentence that are respective what it counts: the names before the first of them, if those
/// are as many, or what the last counts before it were of.
pub(super) fn resolve(lexicon: &Lexicon, records: &mut [Record]) {
    let mut at = 0;
    while at < records.len() {
        if !records[at].is_respective || records[at].says != Says::Count {
            at += 1;
            continue;
        }
        let silent = |record: &Record| record.says == Says::Count && record.is_silent && record.before.is_some();
        let count = 1 + records[at + 1..].iter().take_while(|record| silent(record)).count();
        if count > 1 {
            assign(lexicon, records, at, count);
        }
        at += count;
    }
}

fn assign(lexicon: &Lexicon, records: &mut [Record], first: usize, count: usize) {
    let is_group = |name: &usize| lexicon.names[*name].kind == NameKind::Group;
    let own = records[first].clone();
    let listed: Vec<usize> = own.listed.clone();
    let before = first.checked_sub(count).map(|start| start..first);
    let groups: Option<Vec<usize>> = before.map(|before| {
        before
            .filter(|&at| records[at].says == Says::Count)
            .filter_map(|at| records[at].names.iter().copied().find(is_group))
            .collect()
    });
    for (nth, at) in (first..first + count).enumerate() {
        let names: Vec<usize> = if listed.len() == count {
            // What they have in common is no item of the list.
            let common = own.names.iter().copied().filter(|name| !listed.contains(name));
            let has_group = is_group(&listed[nth]);
            common.filter(|name| !has_group || !is_group(name)).chain([listed[nth]]).collect()
        } else if let Some(groups) = groups.as_ref().filter(|groups| groups.len() == count) {
            own.names.iter().copied().filter(|name| !is_group(name)).chain([groups[nth]]).collect()
        } else {
            return;
        };
        let record = &mut records[at];
        (record.scope, record.period) = (own.scope, own.period);
        record.is_known = own.would_be_known && !record.is_about;
        record.names = names;
        record.names.sort_unstable();
    }
}
