//! HTML, a whole page or a table inside Markdown: tags from the tokenizer, headings, paragraphs and tables out of them.
//! No tree is built. What a browser would make of the tags matters only where tables begin and end, and there the rules
//! of the standard for unclosed tags are kept.

mod bounded;
mod element;
mod length;
mod look;
mod path;
mod select;
mod selector;
mod sheet;
pub(super) mod spans;
mod style;
mod table;
mod tag;
mod text;
mod whole_tables;

use std::ops::Range;

use html5gum::Span;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use self::element::Element;
use self::path::Path;
use self::select::Select;
use self::selector::Reached;
use self::sheet::Sheet;
use self::style::Style;
use self::table::OpenTable;
pub(super) use self::tag::left_out;
use self::tag::{Attribute, Tag};
use self::text::{Edge, Flow, Run};
pub(super) use self::whole_tables::{table_end, tables_in};
use super::budget::Budget;
use super::colour::Colour;
use super::unreadable::Unreadable;
use crate::document::Block;
use crate::limits::{Limit, Limits};

/// Reads HTML into headings, paragraphs and tables in reading order. `base` is the place in the file of the first byte
/// of `source`.
///
/// A table that holds another with as many figures as itself lays out the page: its cells become running text. In a table
/// of figures, tables within a cell are part of its text. Captions, and text in a table but in none of its cells, come
/// before the table.
///
/// # Errors
/// When the tables nest deeper, or hold more cells, than `limits` allow.
pub fn blocks<'s>(source: &'s str, base: u32, limits: &Limits) -> Result<Vec<Block<'s>>, Unreadable> {
    if u32::try_from(source.len()).ok().and_then(|length| length.checked_add(base)).is_none() {
        return Err(Unreadable::too_large(Limit::FileBytes, limits));
    }
    let (blocks, is_sure) = shown(source, base, limits, true)?;
    if is_sure { Ok(blocks) } else { Ok(shown(source, base, limits, false)?.0) }
}

/// The page without what is hidden or struck out, if that is to be left out; and whether that can be relied on. Where what
/// is hidden never ends, or all tables are hidden, a script may be meant to show it.
fn shown<'s>(
    source: &'s str,
    base: u32,
    limits: &Limits,
    without_hidden: bool,
) -> Result<(Vec<Block<'s>>, bool), Unreadable> {
    let mut page = Page::new(source, base, limits, without_hidden);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| page.event(event, span).err());
    emitter.naively_switch_states(true);
    // The tokenizer runs to the end of the source unless the page refuses something.
    match bounded::first(source, emitter) {
        Some(Ok(refusal)) => return Err(refusal),
        Some(Err(too_many)) => return Err(Unreadable::damaged(too_many)),
        None => {}
    }
    let (has_hidden, is_open) = (page.has_hidden, page.silent.is_some());
    let blocks = page.finish()?;
    let has_table = blocks.iter().any(|block| matches!(block, Block::Table(_)));
    Ok((blocks, !has_hidden || has_table && !is_open))
}

/// What is open in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Neither a cell nor the caption.
    Rows,
    Cell {
        head: bool,
    },
    Caption,
}

/// A page as far as it has been read.
struct Page<'s, 'l> {
    source: &'s str,
    flow: Flow<'s>,
    /// The open tables, outermost first.
    tables: Vec<Open>,
    tag: Tag,
    /// The silent element that is open, and how often.
    silent: Option<(Vec<u8>, usize)>,
    select: Option<Select>,
    /// What is hidden or struck out is left out.
    without_hidden: bool,
    has_hidden: bool,
    /// What the style sheets so far hide.
    sheet: Sheet,
    path: Path,
    /// A style sheet is in another file.
    has_other_sheet: bool,
    /// The style sheet that is open is one for screens.
    is_for_screens: bool,
    /// Elements that are open whose text is raised or leads somewhere, and how often.
    raised: Vec<(Vec<u8>, usize)>,
    /// So many elements are open whose lines are kept.
    preformatted: usize,
    budget: Budget<'l>,
}

/// An open table.
#[derive(Debug)]
struct Open {
    inside: Inside,
    content: OpenTable,
}

impl<'s, 'l> Page<'s, 'l> {
    fn new(source: &'s str, base: u32, limits: &'l Limits, without_hidden: bool) -> Self {
        Self {
            source,
            flow: Flow::new(source, base),
            tables: Vec::new(),
            tag: Tag::default(),
            silent: None,
            select: None,
            without_hidden,
            has_hidden: false,
            sheet: Sheet::default(),
            path: Path::default(),
            has_other_sheet: false,
            is_for_screens: true,
            raised: Vec::new(),
            preformatted: 0,
            budget: Budget::new(limits, Limit::TextBytes),
        }
    }

    fn event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Result<(), Unreadable> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let mut buffer = std::mem::take(&mut self.tag.name);
                buffer.clear();
                buffer.extend_from_slice(name);
                self.tag = Tag { name: buffer, start: text::boundary(self.source, span.start), ..Tag::default() };
                Ok(())
            }
            CallbackEvent::AttributeName { name } => {
                let is_named = matches!(name, b"class" | b"id");
                if is_named && self.sheet.is_empty() {
                    self.tag.attribute = Attribute::Other;
                } else {
                    self.tag.begin_attribute(name);
                }
                Ok(())
            }
            CallbackEvent::AttributeValue { value } => {
                self.tag.claim(value);
                Ok(())
            }
            // Tags that the end of the file cuts off never come to this, and are nothing.
            CallbackEvent::CloseStartTag { .. } => self.start(text::boundary(self.source, span.end)),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => {
                self.text(span.start..span.end, value);
                Ok(())
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => Ok(()),
        }
    }

    fn text(&mut self, from: Range<usize>, value: &[u8]) {
        if let Some((silent, _)) = &self.silent {
            if silent == b"style" && self.is_for_screens {
                self.sheet.read(&String::from_utf8_lossy(value));
            }
            return;
        }
        if !self.is_seen() {
            self.has_hidden |= !value.trim_ascii().is_empty();
            return;
        }
        let raw = self.source.get(from.clone()).unwrap_or_default();
        let lines = || value.split(|&byte| byte == b'\n');
        // Lines that end otherwise, by an entity say, are not distinguished.
        if self.preformatted == 0 || raw.split('\n').count() != lines().count() {
            self.run(Run::text(self.source, from, value));
            return;
        }
        let mut start = from.start;
        for (raw, line) in raw.split('\n').zip(lines()) {
            if start > from.start {
                self.run(Run::Break);
            }
            let end = start + raw.strip_suffix('\r').unwrap_or(raw).len();
            self.run(Run::text(self.source, start..end, line));
            start += raw.len() + 1;
        }
    }

    /// A start tag that ends at `at`.
    fn start(&mut self, at: usize) -> Result<(), Unreadable> {
        if let Some((name, depth)) = &mut self.silent {
            *depth += usize::from(*name == self.tag.name);
            return Ok(());
        }
        let element = Element::of(&self.tag.name);
        self.path.begin(&self.tag.name);
        let (style, reached) = self.style();
        if self.without_hidden && self.tag.is_left_out(style) {
            self.has_hidden = true;
            // A cell keeps its place unless it is not displayed at all.
            if matches!(element, Element::Cell { .. }) && !style.removes(self.tag.is_hidden) {
                self.start_element(element, at)?;
            }
            self.silent = Some((self.tag.name.clone(), 1));
            return Ok(());
        }
        self.enter_path(element, style, reached);
        let is_raised = matches!(element, Element::Raised) || matches!(element, Element::Inline) && style.raises();
        self.raise(is_raised, at);
        self.start_element(element, at)
    }

    /// What style sheets and the tag itself say of the element that begins, and how far each rule applies to it.
    fn style(&mut self) -> (Style, Vec<Reached>) {
        if self.sheet.is_empty() {
            return (self.tag.old_style.then(self.tag.style), Vec::new());
        }
        let (style, reached) = self.sheet.style(self.path.reached(), self.tag.named());
        (self.tag.old_style.then(style).then(self.tag.style), reached)
    }

    fn enter_path(&mut self, element: Element, style: Style, reached: Vec<Reached>) {
        self.has_other_sheet |= self.tag.is_sheet;
        if matches!(element, Element::Silent) || self.tag.has_no_end() {
            return;
        }
        let around = self.path.look();
        let look = style.look(around);
        if look != around || !self.path.is_empty() || self.sheet.looks_around() {
            self.path.enter(&self.tag.name, reached, look);
        }
    }

    /// Whether what comes next is seen.
    fn is_seen(&self) -> bool {
        let is_certain = !self.has_other_sheet && self.sheet.knows_grounds();
        let page = if is_certain { Colour::WHITE } else { Colour::Unknown };
        !self.without_hidden || self.path.look().is_seen(page)
    }

    /// Notes that raised text, or a link, begins; and how often an element of that name is open since.
    fn raise(&mut self, is_raised: bool, at: usize) {
        let end = at.saturating_sub(1) as u32..at as u32;
        if is_raised || self.tag.is_link {
            self.run(if is_raised { Run::Raised(end) } else { Run::Link(end) });
            self.raised.push((self.tag.name.clone(), 1));
        } else if let Some((name, count)) = self.raised.last_mut() {
            *count += usize::from(*name == self.tag.name);
        }
    }

    fn start_element(&mut self, element: Element, at: usize) -> Result<(), Unreadable> {
        self.end_select_at(element);
        match element {
            Element::Inline | Element::Raised => {}
            Element::Select => drop(self.select.get_or_insert_default()),
            Element::Choice => match &mut self.select {
                Some(select) => select.option(self.tag.is_chosen),
                None => self.run(Run::Edge(Edge::Block)),
            },
            Element::Break => self.run(Run::Break),
            Element::Image if self.path.look().is_invisible => {}
            Element::Image => self.run(Run::Image(self.tag.start as u32..at as u32)),
            Element::Block => self.run(Run::Edge(Edge::Block)),
            Element::Heading => self.run(Run::Edge(Edge::Heading)),
            Element::Preformatted => {
                self.preformatted += 1;
                self.run(Run::Edge(Edge::Block));
            }
            Element::Silent => {
                self.is_for_screens = self.tag.media.is_empty() || sheet::is_for_screens(&self.tag.media);
                self.silent = Some((self.tag.name.clone(), 1));
            }
            Element::Table => self.start_table()?,
            Element::Caption => self.enter(Inside::Caption),
            Element::RowGroup { foot } => {
                self.enter(Inside::Rows);
                if let Some(table) = self.table() {
                    table.begin_group(foot);
                }
            }
            Element::Row => {
                self.enter(Inside::Rows);
                let cost = self.table().map_or(0, OpenTable::begin_row);
                self.budget.take_cells(cost)?;
            }
            Element::Cell { head } => {
                self.enter(Inside::Cell { head });
                let (colspan, rowspan) = (self.tag.colspan.unwrap_or(1), self.tag.rowspan.unwrap_or(1));
                let cost = self.table().map_or(1, |table| table.begin_cell(at, colspan, rowspan));
                self.budget.take_cells(cost)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Unreadable> {
        if let Some((silent, depth)) = &mut self.silent {
            // What is written above other text need not have an end.
            let ends_all = name == b"ruby" && matches!(&**silent, b"rt" | b"rp");
            *depth -= usize::from(*silent == name);
            if ends_all || *depth == 0 {
                self.silent = None;
            }
            if ends_all {
                self.path.leave(name);
            }
            return Ok(());
        }
        self.path.leave(name);
        if let Some((_, count)) = self.raised.last_mut().filter(|(raised, _)| raised == name) {
            *count -= 1;
            if *count == 0 {
                self.raised.pop();
                self.run(Run::Level);
            }
        }
        let inside = self.tables.last().map(|table| table.inside);
        let element = Element::of(name);
        self.end_select_at(element);
        match element {
            Element::Inline | Element::Image | Element::Raised | Element::Silent | Element::Choice => {}
            Element::Select => self.end_select(),
            // A browser reads it as a break too.
            Element::Break => self.run(Run::Break),
            Element::Block => self.run(Run::Edge(Edge::Block)),
            Element::Heading => self.run(Run::Edge(Edge::Outside)),
            Element::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.run(Run::Edge(Edge::Block));
            }
            Element::Table => self.end_table()?,
            Element::Caption if inside == Some(Inside::Caption) => self.enter(Inside::Rows),
            Element::Cell { head } if inside.is_none_or(|inside| inside == Inside::Cell { head }) => {
                self.enter(Inside::Rows);
            }
            Element::Row if inside != Some(Inside::Caption) => {
                self.enter(Inside::Rows);
                if let Some(table) = self.table() {
                    table.end_row();
                }
            }
            Element::RowGroup { .. } if inside != Some(Inside::Caption) => {
                self.enter(Inside::Rows);
                if let Some(table) = self.table() {
                    table.end_group();
                }
            }
            // The standard has these ignored: they close nothing that is open.
            Element::Caption | Element::Cell { .. } | Element::Row | Element::RowGroup { .. } => {}
        }
        Ok(())
    }

    fn table(&mut self) -> Option<&mut OpenTable> {
        self.tables.last_mut().map(|table| &mut table.content)
    }

    /// A part of a table ends a list that was not closed.
    fn end_select_at(&mut self, element: Element) {
        use Element::{Caption, Cell, Row, RowGroup, Table};
        if matches!(element, Caption | Cell { .. } | Row | RowGroup { .. } | Table) {
            self.end_select();
        }
    }

    fn end_select(&mut self) {
        let Some(select) = self.select.take() else { return };
        select.shown().into_iter().for_each(|run| self.run(run));
    }

    /// Text goes to the innermost open cell; text between cells thus to the cell around their table.
    fn run(&mut self, run: Run) {
        if let Some(select) = &mut self.select {
            return select.record(run);
        }
        let cell = self.tables.iter_mut().rev().find(|table| matches!(table.inside, Inside::Cell { .. }));
        match cell {
            Some(table) => table.content.record(run),
            None => self.flow.play(&run),
        }
    }

    /// Closes what is open in the innermost table. Without a table its tags only part the text.
    fn enter(&mut self, inside: Inside) {
        self.raised.clear();
        match self.tables.last_mut() {
            // The next cell parts the text by itself.
            Some(table) if matches!(table.inside, Inside::Cell { .. }) => table.inside = inside,
            Some(table) => {
                table.inside = inside;
                self.part();
            }
            None => self.flow.edge(Edge::Outside),
        }
    }

    /// Ends the text around the innermost table.
    fn part(&mut self) {
        let around = self.tables.len().saturating_sub(1);
        let cell = self.tables[..around].iter_mut().rev().find(|table| matches!(table.inside, Inside::Cell { .. }));
        match cell {
            Some(table) => table.content.record(Run::Edge(Edge::Outside)),
            None => self.flow.edge(Edge::Outside),
        }
    }

    fn start_table(&mut self) -> Result<(), Unreadable> {
        // Between rows and cells there is no place for a table: the open one has ended without saying so.
        if self.tables.last().is_some_and(|table| table.inside == Inside::Rows) {
            self.end_table()?;
        }
        self.budget.check_nesting(self.tables.len())?;
        self.tables.push(Open { inside: Inside::Rows, content: OpenTable::default() });
        self.part();
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        if self.tables.is_empty() {
            self.flow.edge(Edge::Outside);
        }
        let Some(table) = self.tables.pop() else { return Ok(()) };
        match self.tables.last_mut() {
            Some(around) if matches!(around.inside, Inside::Cell { .. }) => {
                around.content.nest(table.content, self.source);
            }
            _ => table.content.finish(&mut self.flow, &mut self.budget)?,
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Block<'s>>, Unreadable> {
        self.end_select();
        while !self.tables.is_empty() {
            self.end_table()?;
        }
        self.flow.edge(Edge::Outside);
        Ok(self.flow.blocks)
    }
}

#[cfg(test)]
mod tests;
