//! The styles of paragraphs, as far as they say what a paragraph is, and of runs, which may be raised. Programs name them as they like (WPS by numbers), so
//! what counts is what is in them.

use std::collections::HashMap;

use crate::read::colour::Colour;
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
    /// Of a size that is a line at best.
    is_tiny: Option<bool>,
    colour: Option<Colour>,
    /// What is behind it, itself or as part of its paragraph.
    ground: Option<Colour>,
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
            "sz" => self.is_tiny = tag.number().map(|halves| halves <= TINY),
            // By itself, text is light where its ground is dark.
            "color" => self.colour = tag.value().map(|digits| Colour::of_digits(&digits)),
            "shd" => self.ground = shading(tag).or(self.ground),
            "highlight" => {
                let ground = if tag.value().as_deref() == Some("white") { Colour::WHITE } else { Colour::Unknown };
                self.ground = Some(ground).filter(|_| tag.value().as_deref() != Some("none"));
            }
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

    /// Whether nobody can see it on a ground that is seen where it has none of its own.
    pub fn vanishes_on(self, ground: Colour) -> bool {
        self.is_tiny == Some(true)
            || self.colour.is_some_and(|colour| colour.vanishes_on(self.ground.unwrap_or(ground)))
    }

    /// The same with what is not said here taken from the style of the paragraph: two styles that switch the same on switch
    /// it off.
    fn within(self, paragraph: Self) -> Self {
        let toggled = |own: Option<bool>, around: Option<bool>| match (own, around) {
            (Some(true), Some(true)) => Some(false),
            (own, around) => own.filter(|is| *is).or(around),
        };
        Self {
            is_struck: toggled(self.is_struck, paragraph.is_struck),
            is_struck_twice: toggled(self.is_struck_twice, paragraph.is_struck_twice),
            is_invisible: toggled(self.is_invisible, paragraph.is_invisible),
            ..self.or(paragraph)
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            is_script: self.is_script.or(other.is_script),
            is_moved: self.is_moved.or(other.is_moved),
            is_struck: self.is_struck.or(other.is_struck),
            is_struck_twice: self.is_struck_twice.or(other.is_struck_twice),
            is_invisible: self.is_invisible.or(other.is_invisible),
            is_tiny: self.is_tiny.or(other.is_tiny),
            colour: self.colour.or(other.colour),
            ground: self.ground.or(other.ground),
        }
    }
}

/// Text of this size, in halves of a point, or a smaller one.
const TINY: u32 = 2;

/// The ground that `shd` states, if it states any.
pub(super) fn shading(tag: &Tag<'_>) -> Option<Colour> {
    let is_plain = matches!(tag.value().as_deref(), None | Some("clear" | "nil"));
    match tag.attribute("fill") {
        _ if !is_plain => Some(Colour::Unknown),
        None => None,
        Some(fill) if fill == "auto" => None,
        Some(fill) => Some(Colour::of_digits(&fill)),
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
pub(super) struct Styles {
    styles: HashMap<String, Properties>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// # Errors
    /// When the part is no XML.
    pub fn read(part: &str) -> Result<Self, Unreadable> {
        let mut styles = HashMap::new();
        let mut usual = None;
        let mut open = Vec::new();
        let mut current: Option<(String, Properties)> = None;
        let mut nodes = Nodes::of(part);
        while let Some(node) = nodes.next()? {
            match node {
                Node::Start(tag) => {
                    let name = tag.name();
                    match (&mut current, name) {
                        (_, "style") => {
                            let says = |name: &str, one: &[&str]| {
                                tag.attribute(name).is_some_and(|value| one.contains(&value.as_str()))
                            };
                            if says("type", &["paragraph"]) && says("default", &["1", "true", "on"]) {
                                usual = tag.attribute("styleId");
                            }
                            current = tag.attribute("styleId").map(|id| (id, Properties::default()));
                        }
                        (Some((_, style)), "name") => style.named(&tag.value().unwrap_or_default()),
                        // Until all are known, the style it is based on.
                        (Some((_, style)), "basedOn") => style.style = tag.value(),
                        (
                            Some((_, style)),
                            "outlineLvl" | "numId" | "ilvl" | "vertAlign" | "position" | "vanish" | "strike"
                            | "dstrike" | "sz" | "color" | "shd" | "highlight",
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
        Ok(Self { styles: resolved.collect(), usual })
    }

    fn of_run(&self, style: &str) -> RunStyle {
        self.styles.get(style).map(|style| style.run).unwrap_or_default()
    }

    /// How the text of a run is set that names no style, in a paragraph that says this of itself.
    pub fn of_paragraph(&self, own: &Properties) -> RunStyle {
        let style = own.style.as_ref().or(self.usual.as_ref()).map(|style| self.of_run(style)).unwrap_or_default();
        RunStyle { ground: own.run.ground.or(style.ground), ..style }
    }

    /// How the text of a run of that style is set.
    pub fn of_named(&self, style: &str, own: &Properties) -> RunStyle {
        self.of_run(style).within(self.of_paragraph(own))
    }

    /// Whether a style of tables puts grounds behind cells.
    pub fn shades(&self, style: &str) -> bool {
        self.of_run(style).ground.is_some()
    }

    /// What holds for a paragraph that says this of itself.
    pub fn apply(&self, own: Properties) -> Properties {
        match own.style.as_ref().and_then(|style| self.styles.get(style)) {
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
