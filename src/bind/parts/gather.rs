//! Puts pieces together to reports: a piece that prints what is there already, or is named otherwise, begins another one.

use std::collections::HashSet;

use super::piece::{Named, Piece};
use crate::pack::Core;

/// Pieces of one report.
#[derive(Debug)]
pub(super) struct Draft {
    /// In order.
    pub pieces: Vec<usize>,
    named: Option<Named>,
    begins: bool,
    has_text: bool,
    has_figures: bool,
    rows: HashSet<u32>,
    most_in_a_line: usize,
    labels: usize,
    forms: u64,
}

/// The reports, and the pieces that belong to none.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub drafts: Vec<Draft>,
    pub apart: Vec<usize>,
}

/// Gathers all pieces.
pub(super) fn gather(pieces: &[Piece], core: &Core) -> Gathered {
    let mut gathering = Gathering { pieces, drafts: Vec::new(), apart: Vec::new(), waiting: Vec::new() };
    for (index, piece) in pieces.iter().enumerate() {
        if piece.has_content() {
            gathering.add(index, core);
        } else {
            gathering.waiting.push(index);
        }
    }
    gathering.finish(core)
}

struct Gathering<'p> {
    pieces: &'p [Piece],
    drafts: Vec<Draft>,
    apart: Vec<usize>,
    /// Titles and text since the last piece with content.
    waiting: Vec<usize>,
}

impl Gathering<'_> {
    fn add(&mut self, index: usize, core: &Core) {
        let piece = &self.pieces[index];
        let named = self.name(index, core);
        if let Some(draft) = self.draft_of(piece, named.as_ref()) {
            self.leave_apart(Some(draft), piece.sheet_number());
            self.drafts[draft].take(index, piece, named);
            return;
        }
        let own = self.beginning(index);
        let waiting = std::mem::take(&mut self.waiting);
        let (before, own) = waiting.split_at(own);
        let own = own.to_vec();
        self.waiting = before.to_vec();
        self.leave_apart(self.drafts.len().checked_sub(1), None);
        let mut draft = Draft::of(own);
        draft.take(index, piece, named);
        self.drafts.push(draft);
    }

    /// Whose report a piece is of, by what is before it.
    fn name(&self, index: usize, core: &Core) -> Option<Named> {
        let all = self.waiting.iter().copied().chain([index]);
        let mut titles = all.filter_map(|index| self.pieces[index].title.as_ref());
        let with_agency = titles.clone().rfind(|title| !title.organization.is_empty());
        let titled = with_agency.or_else(|| titles.next_back()).cloned();
        titled.or_else(|| {
            let year = core.collection.sole_year(&self.pieces[index].sheet.as_ref()?.name)?;
            Some(Named { organization: String::new(), year })
        })
    }

    /// The report that a piece continues: the one named so, or the last one.
    fn draft_of(&self, piece: &Piece, named: Option<&Named>) -> Option<usize> {
        let last = self.drafts.len().checked_sub(1)?;
        let fits = |&draft: &usize| !self.drafts[draft].excludes(piece, named, self.pieces);
        if let Some(named) = named {
            let of_name = |draft: &usize| self.drafts[*draft].named.as_ref() == Some(named);
            return (0..=last).rev().take(NEAR).filter(of_name).find(fits).or_else(|| Some(last).filter(fits));
        }
        // Tables behind two texts may be of either.
        let is_bare = |draft: &Draft| draft.rows.is_empty();
        let is_open = self.drafts[..last].iter().rev().take(NEAR).any(is_bare) && is_bare(&self.drafts[last]);
        Some(last).filter(|_| !is_open || piece.rows.is_empty()).filter(fits)
    }

    /// How many of the waiting pieces are not of the report that begins with a piece: all before its title, and what is on
    /// other sheets.
    fn beginning(&self, index: usize) -> usize {
        let piece = &self.pieces[index];
        let title = |&index: &usize| self.pieces[index].title.as_ref();
        let has_agency = |index: &usize| title(index).is_some_and(|title| !title.organization.is_empty());
        let mut at = self.waiting.len();
        if piece.title.is_none() {
            let of_agency = self.waiting.iter().rposition(has_agency);
            at = of_agency.or_else(|| self.waiting.iter().rposition(|index| title(index).is_some())).unwrap_or(at);
        }
        let first = self.waiting.get(at).map_or(piece, |&index| &self.pieces[index]);
        let last_sheet = self.drafts.last().map(|draft| self.pieces[draft.last()].sheet_number());
        if last_sheet == Some(first.sheet_number()) {
            return at;
        }
        let is_before = |index: &&usize| self.pieces[**index].is_on_sheet_of(first) && title(index).is_none();
        at - self.waiting[..at].iter().rev().take_while(is_before).count()
    }

    /// What waits and is on a sheet of a report, or has its title, belongs to it; the rest to none. `sheet` is that of the piece behind.
    fn leave_apart(&mut self, draft: Option<usize>, sheet: Option<usize>) {
        for index in std::mem::take(&mut self.waiting) {
            let piece = &self.pieces[index];
            let Some(draft) = draft.map(|draft| &mut self.drafts[draft]) else {
                self.apart.push(index);
                continue;
            };
            let is_beside = piece.is_on_sheet_of(&self.pieces[draft.last()]);
            let leads_on = sheet.is_some() && (piece.sheet_number() == sheet || piece.title.is_some());
            if is_beside || leads_on {
                draft.pieces.push(index);
            } else {
                self.apart.push(index);
            }
        }
    }

    fn finish(mut self, core: &Core) -> Gathered {
        self.leave_apart(self.drafts.len().checked_sub(1), None);
        let Self { pieces, drafts, mut apart, .. } = self;
        let most = drafts.iter().map(|draft| draft.rows.len()).max().unwrap_or(0);
        let has_filled = drafts.iter().any(|draft| draft.has_figures);
        let is_report = |draft: &Draft| {
            let sheet = pieces[draft.pieces[0]].sheet.as_ref();
            let name = sheet.map_or("", |sheet| &sheet.name);
            !draft.is_beside_reports(most, has_filled, name, core)
        };
        let is_lone = drafts.len() == 1;
        let (mut drafts, others): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| is_lone || is_report(draft));
        // What is before the only report leads up to it.
        if let [only] = drafts.as_mut_slice() {
            let first = only.pieces[0];
            only.pieces.splice(0..0, apart.extract_if(.., |&mut piece| piece < first));
        }
        apart.extend(others.iter().map(|draft| draft.pieces[0]));
        apart.sort_unstable();
        Gathered { drafts, apart }
    }
}

/// So many reports are looked back at.
const NEAR: usize = 64;

impl Draft {
    fn of(pieces: Vec<usize>) -> Self {
        Self {
            pieces,
            named: None,
            begins: false,
            has_text: false,
            has_figures: false,
            rows: HashSet::new(),
            most_in_a_line: 0,
            labels: 0,
            forms: u64::MAX,
        }
    }

    fn last(&self) -> usize {
        self.pieces[self.pieces.len() - 1]
    }

    fn take(&mut self, index: usize, piece: &Piece, named: Option<Named>) {
        self.pieces.push(index);
        if self.named.is_none() {
            self.named = named;
        }
        self.begins |= piece.begins;
        self.has_text |= piece.has_text;
        self.has_figures |= piece.has_figures;
        self.rows.extend(&piece.rows);
        self.most_in_a_line = self.most_in_a_line.max(piece.most_in_a_line);
        self.labels += piece.labels;
        self.forms &= piece.forms;
    }

    /// Whether a piece cannot be of this report: its rows or sections are there already, or it is named otherwise.
    fn excludes(&self, piece: &Piece, named: Option<&Named>, pieces: &[Piece]) -> bool {
        /// Fewer labels say nothing of a form.
        const LABELS: usize = 6;
        let again = piece.rows.iter().filter(|row| self.rows.contains(row)).count();
        let repeats_rows = again >= 2 && again * 2 >= piece.rows.len().min(self.rows.len());
        let repeats_text = self.has_text && piece.has_text;
        let is_named_otherwise = self.named.as_ref().zip(named).is_some_and(|(own, other)| own.is_other_than(other));
        let is_other_form = self.forms & piece.forms == 0 && self.labels.min(piece.labels) >= LABELS;
        let is_elsewhere = !piece.is_on_sheet_of(&pieces[self.last()]);
        let begins_again = self.begins && piece.begins;
        repeats_rows || repeats_text || is_named_otherwise && (is_elsewhere || begins_again || is_other_form)
    }

    /// Whether this is no report, where there are others: a blank form, an overview of many agencies in one row each, a copy
    /// of less than half, a sheet that is named so. `most` is how many rows the largest report has.
    fn is_beside_reports(&self, most: usize, has_filled: bool, sheet: &str, core: &Core) -> bool {
        /// An overview has rows of the form as its columns.
        const COLUMNS: usize = 6;
        let is_overview = self.most_in_a_line >= COLUMNS && self.most_in_a_line * 2 > self.rows.len();
        let has_agency = self.named.as_ref().is_some_and(|named| !named.organization.is_empty());
        if is_overview || has_agency {
            return is_overview;
        }
        let is_blank = has_filled && !self.has_figures && !core.collection.names_report(sheet);
        let is_fragment = self.named.is_none() && !self.begins && self.rows.len() * 2 < most;
        is_blank || is_fragment || core.collection.beside_reports.is_match(sheet)
    }
}
