//! The styles of a text, as far as they say what is seen, and how lists are numbered.

use std::collections::{HashMap, HashSet};

use crate::read::colour::Colour;
use crate::read::unreadable::Unreadable;
use crate::read::word::{Level, Levels};
use crate::read::xml::{Node, Nodes, Tag};

/// How text looks, where it is said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    is_hidden: Option<bool>,
    is_struck: Option<bool>,
    is_raised: Option<bool>,
    /// Of a size that is a line at best.
    is_tiny: Option<bool>,
    colour: Option<Colour>,
    /// What is behind it.
    ground: Option<Colour>,
}

impl Look {
    /// Text on a ground of that colour.
    pub fn on(ground: Colour) -> Self {
        Self { ground: Some(ground), ..Self::default() }
    }

    /// What it is the ground of; none where what is behind it is seen.
    pub fn ground(self) -> Option<Colour> {
        self.ground
    }

    /// The same, with what is not said here taken from `other`.
    pub fn over(self, other: Self) -> Self {
        Self {
            is_hidden: self.is_hidden.or(other.is_hidden),
            is_struck: self.is_struck.or(other.is_struck),
            is_raised: self.is_raised.or(other.is_raised),
            is_tiny: self.is_tiny.or(other.is_tiny),
            colour: self.colour.or(other.colour),
            ground: self.ground.or(other.ground),
        }
    }

    /// Whether nothing of it is meant to be read, or nobody can see it.
    pub fn is_unseen(self) -> bool {
        let vanishes = self.colour.zip(self.ground).is_some_and(|(colour, ground)| colour.vanishes_on(ground));
        vanishes || [self.is_hidden, self.is_struck, self.is_tiny].contains(&Some(true))
    }

    pub fn is_raised(self) -> bool {
        self.is_raised == Some(true)
    }

    /// Takes what properties of text say.
    fn take(&mut self, tag: &Tag<'_>) {
        for (name, value) in tag.attributes() {
            match name {
                "display" => self.is_hidden = Some(value == "none"),
                "text-line-through-style" | "text-line-through-type" => {
                    self.is_struck = Some(value != "none");
                }
                "text-position" => self.is_raised = Some(!value.starts_with("0%")),
                "font-size" => self.is_tiny = size(&value).map(|size| size <= TINY),
                "color" => self.colour = Some(Colour::of_style(&value.to_ascii_lowercase())),
                // By itself, text is light where its ground is dark.
                "use-window-font-color" if value == "true" => self.colour = Some(Colour::Unknown),
                _ => {}
            }
        }
        self.take_ground(tag);
    }

    /// Takes the ground that properties of text, or of what holds it, say.
    fn take_ground(&mut self, tag: &Tag<'_>) {
        let colour =
            tag.full_attribute("fo:background-color").map(|colour| Colour::of_style(&colour.to_ascii_lowercase()));
        self.ground = colour.filter(|colour| *colour != Colour::Clear).or(self.ground);
    }
}

/// Text of this size (points), or a smaller one.
const TINY: f64 = 1.0;

/// A size in points; none where it is a share of another one.
fn size(text: &str) -> Option<f64> {
    text.strip_suffix("pt")?.parse().ok()
}

/// A style, with the one it is based on.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    look: Look,
    /// Its paragraphs are lines of a table of contents.
    is_contents: bool,
}

/// The name of the numbering of headings among those of lists.
pub(super) const OUTLINE: &str = "";

#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By their families and names.
    styles: HashMap<(String, String), Style>,
    hidden_tables: HashSet<String>,
    has_coloured_pages: bool,
    /// How lists are numbered.
    lists: HashMap<String, Levels>,
}

impl Styles {
    /// Reads all styles of a part, up to the text itself.
    ///
    /// # Errors
    /// When the part is no XML.
    pub fn read(&mut self, part: &str) -> Result<(), Unreadable> {
        let mut nodes = Nodes::of(part);
        let mut current: Option<(String, String)> = None;
        let mut list: Option<String> = None;
        while let Some(node) = nodes.next()? {
            let Node::Start(tag) = node else { continue };
            let name = || tag.full_attribute("style:name").unwrap_or_default();
            match tag.full_name() {
                "office:body" => return Ok(()),
                "style:style" => {
                    let key = (tag.full_attribute("style:family").unwrap_or_default(), name());
                    let parent = tag.full_attribute("style:parent-style-name");
                    let is_contents = is_contents(&key.1);
                    self.styles.insert(key.clone(), Style { parent, look: Look::default(), is_contents });
                    current = Some(key);
                }
                "style:text-properties" => {
                    if let Some(style) = current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                        style.look.take(&tag);
                    }
                }
                "style:paragraph-properties"
                | "style:table-cell-properties"
                | "style:table-row-properties"
                | "style:graphic-properties" => {
                    if let Some(style) = current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                        style.look.take_ground(&tag);
                    }
                }
                // A picture behind the text.
                "style:background-image" if tag.full_attribute("xlink:href").is_some() => {
                    if let Some(style) = current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                        style.look.ground = Some(Colour::Unknown);
                    }
                }
                "style:page-layout-properties" => {
                    let mut page = Look::default();
                    page.take_ground(&tag);
                    self.has_coloured_pages |= page.ground.is_some_and(|ground| ground != Colour::WHITE);
                }
                "style:table-properties" => {
                    if let Some(style) = current.as_ref().and_then(|key| self.styles.get_mut(key)) {
                        style.look.take_ground(&tag);
                    }
                    let is_hidden = tag.full_attribute("table:display").is_some_and(|shown| shown == "false");
                    self.hidden_tables.extend(current.clone().filter(|_| is_hidden).map(|(_, name)| name));
                }
                "text:list-style" => {
                    (current, list) = (None, Some(name()));
                }
                "text:outline-style" => {
                    (current, list) = (None, Some(OUTLINE.to_owned()));
                }
                "text:list-level-style-number" | "text:outline-level-style" => {
                    let level = crate::read::open_document::repeated(&tag, "text:level") as usize - 1;
                    let levels = list.as_ref().map(|list| self.lists.entry(list.clone()).or_default());
                    if let Some(slot) = levels.and_then(|levels| levels.get_mut(level)) {
                        *slot = self::level(&tag, level);
                    }
                }
                // Their text looks as said there, and is none of the style's.
                "text:list-level-style-bullet" | "text:list-level-style-image" | "style:default-style" => {
                    current = None;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What is behind all text.
    pub fn page(&self) -> Colour {
        if self.has_coloured_pages { Colour::Unknown } else { Colour::WHITE }
    }

    /// How text of a style looks.
    pub fn look(&self, family: &str, name: &str) -> Look {
        self.resolved(family, name).look
    }

    /// A style with what it takes from those it is based on.
    fn resolved(&self, family: &str, name: &str) -> Style {
        /// Styles that are based on each other in a circle end here.
        const DEEPEST: usize = 16;
        let mut resolved = Style::default();
        let mut next = Some(name.to_owned());
        for _ in 0..DEEPEST {
            let Some(style) = next.and_then(|name| self.styles.get(&(family.to_owned(), name))) else { break };
            resolved.look = resolved.look.over(style.look);
            resolved.is_contents |= style.is_contents;
            next = style.parent.clone();
        }
        resolved
    }

    /// How a paragraph of a style looks, and whether it is a line of a table of contents.
    pub fn paragraph(&self, name: &str) -> (Look, bool) {
        let style = self.resolved("paragraph", name);
        (style.look, style.is_contents)
    }

    pub fn hides_table(&self, name: &str) -> bool {
        self.hidden_tables.contains(name)
    }

    /// How lists are numbered, by the names of their styles.
    pub fn take_lists(&mut self) -> HashMap<String, Levels> {
        std::mem::take(&mut self.lists)
    }
}

/// Whether a style that comes with a program is one of lines of a table of contents: such styles bear the same English names
/// in every language, in which a blank is written by its number.
fn is_contents(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace("_20_", "");
    let level = name.strip_prefix("contents").or_else(|| name.strip_prefix("toc"));
    level.is_some_and(|level| level.starts_with(|c: char| c.is_ascii_digit()))
}

/// What a level prints: the numbers of some levels with what is before and behind them.
fn level(tag: &Tag<'_>, level: usize) -> Level {
    let attribute = |name: &str| tag.full_attribute(name).unwrap_or_default();
    let format = attribute("style:num-format");
    if format.is_empty() {
        return Level { format: "none".to_owned(), ..Level::default() };
    }
    let shown = crate::read::open_document::repeated(tag, "text:display-levels") as usize;
    let mut text = attribute("style:num-prefix");
    for shown in (level + 1).saturating_sub(shown)..=level {
        text.extend(char::from_u32(shown as u32));
        if shown < level {
            text.push('.');
        }
    }
    text.push_str(&attribute("style:num-suffix"));
    let start = tag.full_attribute("text:start-value").and_then(|start| start.parse().ok());
    Level { start, format: format_name(&format).to_owned(), text, is_legal: false }
}

/// The name of a numbering format, by how its first numbers look.
fn format_name(format: &str) -> &'static str {
    match format.split(',').next().unwrap_or_default().trim() {
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "一" => "chineseCounting",
        "壹" => "chineseLegalSimplified",
        "①" => "decimalEnclosedCircle",
        "⑴" => "decimalEnclosedParen",
        "⒈" => "decimalEnclosedFullstop",
        "１" => "decimalFullWidth",
        _ => "decimal",
    }
}
