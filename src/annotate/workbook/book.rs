//! The part that lists the sheets of a workbook.

use crate::annotate::package::{Package, root};
use crate::annotate::xml::{Edits, Node, Walk, escaped, is_of_relations, prefix_of, with_attribute};
use crate::read::Unreadable;

const USUAL: &str = "xl/workbook.xml";
/// The family of relations where a workbook has none to go by.
const FAMILY: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const LONGEST_NAME: usize = 31;

/// What a workbook says of its sheets.
pub(super) struct Book {
    pub part: String,
    /// The namespace of workbooks, of which there are two.
    pub namespace: String,
    /// What the addresses of relations begin with.
    pub family: String,
    pub sheets: Vec<Sheet>,
    pub shared_texts: Option<String>,
    pub styles: Option<String>,
}

pub(super) struct Sheet {
    pub name: String,
    /// None of what is no worksheet.
    pub part: Option<String>,
    id: u32,
}

impl Book {
    pub fn read(package: &mut Package<'_>) -> Result<Self, Unreadable> {
        let part = package.main_part(USUAL)?;
        let relations = package.relations(&part)?;
        let by_kind = |kind: &str| relations.iter().find(|one| one.kind == kind);
        let family = by_kind("worksheet").map_or_else(|| FAMILY.to_owned(), |one| one.family.clone());
        let text = package.require(&part)?;
        let mut walk = Walk::of(&text);
        let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("a workbook that is none")) };
        let prefix = root.prefix();
        let own =
            if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", prefix.trim_end_matches(':')) };
        let namespace = root.attributes().find(|(name, _)| *name == own).map(|(_, value)| value).unwrap_or_default();
        let mut sheets = Vec::new();
        while let Some(node) = walk.next()? {
            let (Node::Start(tag) | Node::Empty(tag)) = node else { continue };
            if tag.name() != "sheet" {
                continue;
            }
            let id = tag.attribute("id").unwrap_or_default();
            let worksheet = relations.iter().find(|one| one.id == id && one.kind == "worksheet");
            sheets.push(Sheet {
                name: tag.attribute("name").unwrap_or_default(),
                part: worksheet.map(|one| one.part.clone()),
                id: tag.attribute("sheetId").and_then(|id| id.trim().parse().ok()).unwrap_or(0),
            });
        }
        let named = |kind| by_kind(kind).map(|one| one.part.clone()).filter(|part| package.has(|name| name == part));
        let (shared_texts, styles) = (named("sharedStrings"), named("styles"));
        Ok(Self { part, namespace, family, sheets, shared_texts, styles })
    }

    /// A name of that kind that no sheet has.
    pub fn free_name(&self, name: &str) -> String {
        let is_free = |name: &String| {
            let name = name.to_lowercase();
            self.sheets.iter().all(|sheet| sheet.name.to_lowercase() != name)
        };
        let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = names.find(is_free).expect("there are fewer sheets than numbers");
        name.chars().take(LONGEST_NAME).collect()
    }

    /// The text of the part with one sheet more, in front of all others. What counts sheets by their places counts on, and
    /// the sheet that was open stays open.
    pub fn with_sheet(&self, text: &str, name: &str, relation: &str) -> Result<String, Unreadable> {
        let mut walk = Walk::of(text);
        let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("a workbook that is none")) };
        let relation = match prefix_of(&root, is_of_relations) {
            Some(prefix) => format!("{prefix}id=\"{relation}\""),
            // Some writers declare the prefix in each element.
            None => format!("xmlns:r=\"{}\" r:id=\"{relation}\"", escaped(&self.family)),
        };
        let mut edits = Edits::default();
        let id = self.sheets.iter().map(|sheet| sheet.id).max().unwrap_or(0).saturating_add(1);
        let (mut is_put, mut has_views, mut sheets) = (false, false, None);
        while let Some(node) = walk.next()? {
            let (Node::Start(tag) | Node::Empty(tag)) = node else { continue };
            let own = &text[tag.span.clone()];
            let number = |name: &str| tag.attribute(name).and_then(|number| number.trim().parse::<u32>().ok());
            match tag.name() {
                "workbookView" => {
                    has_views = true;
                    let active = number("activeTab").unwrap_or(0).saturating_add(1);
                    let mut view = with_attribute(own, "activeTab", &active.to_string());
                    if number("firstSheet").is_some_and(|first| first > 0) {
                        view = with_attribute(&view, "firstSheet", "0");
                    }
                    edits.replace(tag.span.clone(), view);
                }
                "sheets" => sheets = Some((tag.span.start, tag.prefix())),
                "sheet" if !is_put => {
                    let (name, prefix) = (escaped(name), tag.prefix());
                    edits.insert(
                        tag.span.start,
                        format!("<{prefix}sheet name=\"{name}\" sheetId=\"{id}\" {relation}/>"),
                    );
                    is_put = true;
                }
                "definedName" => {
                    if let Some(sheet) = number("localSheetId") {
                        let sheet = sheet.saturating_add(1).to_string();
                        edits.replace(tag.span.clone(), with_attribute(own, "localSheetId", &sheet));
                    }
                }
                _ => {}
            }
        }
        if let Some((at, prefix)) = sheets.filter(|_| !has_views) {
            edits.insert(at, format!("<{prefix}bookViews><{prefix}workbookView activeTab=\"1\"/></{prefix}bookViews>"));
        }
        Ok(edits.apply(text))
    }
}
