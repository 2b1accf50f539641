//! The styles of an `.xlsx` workbook: fonts, grounds and number formats, and which cells of a style have.

use std::collections::HashMap;

use crate::read::unreadable::Unreadable;
use crate::read::workbook::looks::{Look, Looks};
use crate::read::xml::{Node, Nodes, Tag};

/// What is within the part so far.
#[derive(Debug, Default)]
struct Styles {
    formats: HashMap<u32, String>,
    fonts: Vec<Font>,
    /// The colour of each ground; none where it is no single one.
    grounds: Vec<Option<String>>,
    looks: Vec<Look>,
}

#[derive(Debug, Default)]
struct Font {
    is_struck: bool,
    color: Option<String>,
}

/// What the elements that are open are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Fonts,
    Font,
    Grounds,
    Ground,
    CellStyles,
    Other,
}

/// How the cells of each style look.
pub(super) fn looks(part: &str) -> Result<Looks, Unreadable> {
    let mut styles = Styles::default();
    let mut open = Vec::new();
    let mut nodes = Nodes::of(part);
    while let Some(node) = nodes.next()? {
        match node {
            Node::Start(tag) => {
                let within = open.last().copied().unwrap_or(Part::Other);
                open.push(styles.take(&tag, within));
            }
            Node::End => drop(open.pop()),
            Node::Text(_) => {}
        }
    }
    let Styles { formats, looks, .. } = styles;
    Ok(Looks::new(looks, |number| formats.get(&number).map(String::as_str)))
}

impl Styles {
    /// Takes an element in; gives what it is about.
    fn take(&mut self, tag: &Tag<'_>, within: Part) -> Part {
        match (within, tag.name()) {
            // Fonts and grounds of conditions and of tables are elsewhere.
            (Part::Other, "dxfs") => Part::Other,
            (Part::Other, "fonts") => Part::Fonts,
            (Part::Other, "fills") => Part::Grounds,
            (Part::Other, "cellXfs") => Part::CellStyles,
            (Part::Other, "numFmt") => {
                let number = tag.attribute("numFmtId").and_then(|number| number.trim().parse().ok());
                self.formats.extend(number.zip(tag.attribute("formatCode")));
                Part::Other
            }
            (Part::Fonts, "font") => {
                self.fonts.push(Font::default());
                Part::Font
            }
            (Part::Font, name) => {
                if let Some(font) = self.fonts.last_mut() {
                    match name {
                        "strike" => font.is_struck = tag.is_on(),
                        "color" => font.color = color(tag),
                        _ => {}
                    }
                }
                Part::Other
            }
            (Part::Grounds, "fill") => {
                self.grounds.push(None);
                Part::Ground
            }
            (Part::Ground, name) => {
                self.take_ground(tag, name);
                Part::Ground
            }
            (Part::CellStyles, "xf") => {
                let look = self.look(tag);
                self.looks.push(look);
                Part::Other
            }
            _ => Part::Other,
        }
    }

    fn take_ground(&mut self, tag: &Tag<'_>, name: &str) {
        let Some(ground) = self.grounds.last_mut() else { return };
        match name {
            "patternFill" if tag.attribute("patternType").is_none_or(|pattern| pattern == "none") => {
                *ground = Some(WHITE.to_owned());
            }
            "fgColor" if ground.is_none() => *ground = color(tag),
            _ => {}
        }
    }

    fn look(&self, tag: &Tag<'_>) -> Look {
        let number = |name: &str| tag.attribute(name).and_then(|number| number.trim().parse::<u32>().ok());
        let font = number("fontId").and_then(|font| self.fonts.get(font as usize));
        let color = font.and_then(|font| font.color.as_ref());
        let ground = number("fillId").and_then(|ground| self.grounds.get(ground as usize)?.as_ref());
        Look {
            format: number("numFmtId").unwrap_or_default(),
            is_struck: font.is_some_and(|font| font.is_struck),
            is_hidden: color.is_some() && color == ground,
        }
    }
}

const WHITE: &str = "FFFFFF";

/// A colour as it is written, white always as white.
fn color(tag: &Tag<'_>) -> Option<String> {
    let tint = tag.attribute("tint").filter(|tint| tint.trim().parse() != Ok(0.0)).unwrap_or_default();
    let (mut color, mut is_white) = (None, false);
    for (name, value) in tag.attributes() {
        match name {
            "rgb" => {
                // Before the colour there may be how much it covers, which programs pay no heed to.
                let rgb = value.get(value.len().saturating_sub(WHITE.len())..).unwrap_or_default();
                color = Some(rgb.to_ascii_uppercase());
                is_white |= rgb.eq_ignore_ascii_case(WHITE);
            }
            // The ground of windows; the first of the old list of colours.
            "theme" => {
                is_white |= value == "0";
                color = Some(format!("theme {value}"));
            }
            "indexed" => {
                is_white |= matches!(&*value, "1" | "9" | "65");
                color = Some(format!("indexed {value}"));
            }
            _ => {}
        }
    }
    let color = if is_white { WHITE.to_owned() } else { color? };
    Some(color + &tint)
}
