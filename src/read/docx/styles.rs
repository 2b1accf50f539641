//! The styles of paragraphs, as far as they say what a paragraph is, and of runs, which may be raised. Programs name them as they like (WPS by numbers), so
//! what counts is what is in them.

use std::collections::HashMap;

use crate::read::unreadable::Unreadable;
use crate::read::word::OUTLINE_LEVELS;
use crate::read::xml::{Node, Nodes, Tag};

/// What a style, or a paragraph itself, says.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties {
    /// The name of a style.
    pub style: Option<String>,
    pub is_heading: Option<bool>,
    /// The list it is numbered in; `0` is none.
    pub list: Option<String>,
    /// The level in that list.
    pub level: Option<u32>,
    /// A line of a table of contents.
    pub is_contents: bool,
    pub run: RunStyle,
}

/// How the text of a run is set; none where nothing is said.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunStyle {
    /// Raised or lowered, smaller.
    is_script: Option<bool>,
    /// Raised or lowered, as large.
    is_moved: Option<bool>,
    is_struck: Option<bool>,
    is_struck_twice: Option<bool>,
    is_invisible: Option<bool>,
}

impl RunStyle {
    /// Takes a property out of `rPr`.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "vertAlign" => self.is_script = Some(matches!(tag.value().as_deref(), Some("superscript" | "subscript"))),
            "position" => self.is_moved = Some(tag.value().is_some_and(|height| !matches!(height.trim(), "0" | "-0"))),
            "strike" => self.is_struck = Some(tag.is_on()),
            "dstrike" => self.is_struck_twice = Some(tag.is_on()),
            "vanish" => self.is_invisible = Some(tag.is_on()),
            _ => {}
        }
    }

    pub fn is_raised(self) -> bool {
        self.is_script == Some(true) || self.is_moved == Some(true)
    }

    /// Struck out, or not shown.
    pub fn is_hidden(self) -> bool {
        [self.is_struck, self.is_struck_twice, self.is_invisible].contains(&Some(true))
    }

    fn or(self, other: Self) -> Self {
        Self {
            is_script: self.is_script.or(other.is_script),
            is_moved: self.is_moved.or(other.is_moved),
            is_struck: self.is_struck.or(other.is_struck),
            is_struck_twice: self.is_struck_twice.or(other.is_struck_twice),
            is_invisible: self.is_invisible.or(other.is_invisible),
        }
    }
}

impl Properties {
    /// Takes a property out of `pPr`.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "pStyle" => self.style = tag.value(),
            "outlineLvl" => self.is_heading = tag.number().map(|level| level < OUTLINE_LEVELS),
            "numId" => self.list = tag.value(),
            "ilvl" => self.level = tag.number(),
            _ => self.run.take(tag),
        }
    }

    /// The same, with what is not said here taken from `other`.
    fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            is_heading: self.is_heading.or(other.is_heading),
            list: self.list.or_else(|| other.list.clone()),
            level: self.level.or(other.level),
            is_contents: self.is_contents || other.is_contents,
            run: self.run.or(other.run),
        }
    }
}

/// All styles by their ids, each with what it takes from others.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Properties>);

impl Styles {
    /// # Errors
    /// When the part is no XML.
    pub fn read(part: &str) -> Result<Self, Unreadable> {
        let mut styles = HashMap::new();
        let mut open = Vec::new();
        let mut current: Option<(String, Properties)> = None;
        let mut nodes = Nodes::of(part);
        while let Some(node) = nodes.next()? {
            match node {
                Node::Start(tag) => {
                    let name = tag.name();
                    match (&mut current, name) {
                        (_, "style") => current = tag.attribute("styleId").map(|id| (id, Properties::default())),
                        (Some((_, style)), "name") => style.named(&tag.value().unwrap_or_default()),
                        // Until all are known, the style it is based on.
                        (Some((_, style)), "basedOn") => style.style = tag.value(),
                        (
                            Some((_, style)),
                            "outlineLvl" | "numId" | "ilvl" | "vertAlign" | "position" | "vanish" | "strike"
                            | "dstrike",
                        ) => style.take(&tag),
                        _ => {}
                    }
                    open.push(name == "style");
                }
                Node::End => {
                    if open.pop() == Some(true) {
                        styles.extend(current.take());
                    }
                }
                Node::Text(_) => {}
            }
        }
        let resolved = styles.iter().map(|(id, style)| (id.clone(), resolve(&styles, style)));
        Ok(Self(resolved.collect()))
    }

    /// How a style sets the text of runs.
    pub fn of_run(&self, style: &str) -> RunStyle {
        self.0.get(style).map(|style| style.run).unwrap_or_default()
    }

    /// What holds for a paragraph that says this of itself.
    pub fn apply(&self, own: Properties) -> Properties {
        match own.style.as_ref().and_then(|style| self.0.get(style)) {
            Some(style) => own.or(style),
            None => own,
        }
    }
}

impl Properties {
    /// Styles that come with the program bear the same English names in every language.
    fn named(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if name.starts_with("heading ") || name == "title" {
            self.is_heading = Some(true);
        }
        self.is_contents = name.starts_with("toc ") && name != "toc heading";
    }
}

/// A style with what it takes from those it is based on.
fn resolve(styles: &HashMap<String, Properties>, style: &Properties) -> Properties {
    /// Styles that are based on each other in a circle end here.
    const DEEPEST: usize = 16;
    let mut resolved = style.clone();
    let mut base = style.style.as_ref();
    for _ in 0..DEEPEST {
        let Some(next) = base.and_then(|id| styles.get(id)) else { break };
        resolved = resolved.or(next);
        base = next.style.as_ref();
    }
    resolved
}
