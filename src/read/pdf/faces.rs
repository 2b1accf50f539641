//! The fonts of a file, kept for as long as they are likely to be used again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::Dict;

use super::state::Face;
use super::typeface::Fonts;

/// Fonts of so many bytes are kept before any is forgotten.
const MOST: usize = 2 << 20;

/// The fonts of a file by where they are described.
///
/// All are forgotten at the end of a page once they take too much room: files that were joined bring the same fonts again and
/// again, each time as others. Where this makes the same ones be read again and again, more are kept.
pub(super) struct Faces<'a> {
    fonts: Fonts<'a>,
    kept: HashMap<&'a [u8], Option<Face<'a>>>,
    numbers: HashMap<&'a [u8], u16>,
    names: Vec<String>,
    most: usize,
    /// Bytes of the fonts that are kept, and of those among them that had been forgotten.
    weight: usize,
    again: usize,
}

impl Default for Faces<'_> {
    fn default() -> Self {
        Self {
            fonts: Fonts::default(),
            kept: HashMap::new(),
            numbers: HashMap::new(),
            names: Vec::new(),
            most: MOST,
            weight: 0,
            again: 0,
        }
    }
}

impl<'a> Faces<'a> {
    /// The name of a font by its number.
    pub fn name(&self, face: u16) -> &str {
        self.names.get(face as usize).map_or("", String::as_str)
    }

    /// The font that a dictionary describes; none if it is broken.
    pub fn get(&mut self, dict: &Dict<'a>) -> Option<Face<'a>> {
        if let Some(face) = self.kept.get(dict.data()) {
            return face.clone();
        }
        let face = self.load(dict);
        self.kept.insert(dict.data(), face.clone());
        face
    }

    fn load(&mut self, dict: &Dict<'a>) -> Option<Face<'a>> {
        let face = self.fonts.load(dict)?;
        self.weight += face.weight();
        let number = match self.numbers.get(dict.data()) {
            Some(number) => {
                self.again += face.weight();
                *number
            }
            None => {
                let number = u16::try_from(self.names.len()).ok()?;
                self.names.push(face.name.clone());
                self.numbers.insert(dict.data(), number);
                number
            }
        };
        Some((number, Rc::new(RefCell::new(face))))
    }

    /// Goes on to another page.
    pub fn turn_page(&mut self) {
        if self.weight < self.most {
            return;
        }
        if self.again > self.weight / 2 {
            self.most *= 2;
        }
        self.fonts = Fonts::default();
        self.kept.clear();
        (self.weight, self.again) = (0, 0);
    }
}
