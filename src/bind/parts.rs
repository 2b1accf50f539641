//! Which lines of a document belong to which report. A file may hold several: on a sheet each, or one behind the other;
//! and beside them what belongs to none, as covers and blank forms do.

mod gather;
mod piece;
mod pieces;
mod signs;

use std::ops::Range;
use std::sync::Arc;

use super::outline::Outline;
use crate::document::{Location, Part};
use crate::pack::{Core, Pack};
use gather::Draft;
use piece::Piece;

/// How the lines of a document are shared out.
#[derive(Debug)]
pub(super) struct Split {
    pub reports: Vec<Own>,
    /// The first thing in each stretch that belongs to no report.
    pub apart: Vec<Location>,
}

/// The lines of one report.
#[derive(Debug)]
pub(super) struct Own {
    pub lines: Vec<Range<usize>>,
    /// None where it is the only one.
    pub part: Option<Part>,
}

/// Shares out the lines among reports. None where all of them are one report, as nearly always: that is seen by what is
/// printed twice, and by the sheets, before anything is looked at in detail.
pub(super) fn split(outline: &Outline<'_>, packs: &[Arc<Pack>], core: &Core) -> Option<Split> {
    if !signs::may_hold_several(outline) {
        return None;
    }
    let pieces = pieces::pieces(outline, packs);
    let gathered = gather::gather(&pieces, core);
    let is_whole = gathered.drafts.len() == 1 && gathered.apart.is_empty();
    if gathered.drafts.is_empty() || is_whole {
        return None;
    }
    let apart = gathered.apart.iter().filter_map(|&piece| outline.start(pieces[piece].lines.clone())).collect();
    Some(Split { reports: named(&gathered.drafts, &pieces), apart })
}

/// The reports by their sheets, or where two begin on one sheet, by number.
fn named(drafts: &[Draft], pieces: &[Piece]) -> Vec<Own> {
    let of = drafts.len();
    let sheets: Vec<_> = drafts.iter().map(|draft| pieces[draft.pieces[0]].sheet.clone()).collect();
    let mut different: Vec<_> = sheets.iter().flatten().map(|sheet| sheet.number).collect();
    different.dedup();
    let is_by_sheet = different.len() == of;
    let part = |index: usize| match &sheets[index] {
        _ if of == 1 => None,
        Some(sheet) if is_by_sheet => Some(Part::Sheet(Arc::clone(&sheet.name))),
        _ => Some(Part::Place { number: index + 1, of }),
    };
    let own = |(index, draft): (usize, &Draft)| Own {
        lines: draft.pieces.iter().map(|&piece| pieces[piece].lines.clone()).collect(),
        part: part(index),
    };
    drafts.iter().enumerate().map(own).collect()
}
