//! Patterns that match the empty text, and so match everywhere.

use regex::Regex;

use super::remark::Remark;
use crate::message::Message;
use crate::pack::Severity;
use crate::pack::raw::{self, Spanned};

pub(super) fn look(raw: &raw::Pack, remarks: &mut Vec<Remark>) {
    for pattern in patterns(raw) {
        let matches_nothing = Regex::new(pattern.get_ref()).is_ok_and(|regex| regex.is_match(""));
        if matches_nothing {
            remarks.push(Remark::new(Severity::Warning, Message::new("inspect.empty-pattern"), pattern.span()));
        }
    }
}

fn patterns(raw: &raw::Pack) -> impl Iterator<Item = &Spanned<String>> {
    let identify = raw.identify.iter();
    let identify = identify
        .flat_map(|own| own.title.iter().chain(own.period.iter().map(|period| &period.pattern)).chain(&own.opening));
    let open =
        raw.tables.iter().flat_map(|table| &table.blocks).filter_map(|block| block.open.as_ref()?.pattern.as_ref());
    let needs = raw.statements.iter().flat_map(|statement| statement.needs.iter().map(|need| &need.pattern));
    let prose = raw.prose_sums.iter().flat_map(|prose| {
        [&prose.pattern, &prose.item, &prose.open, &prose.partial, &prose.doubt].into_iter().flatten()
    });
    let claims = raw.prose.iter().flat_map(|prose| &prose.claims).map(|claim| &claim.pattern);
    identify.chain(open).chain(needs).chain(prose).chain(claims)
}
