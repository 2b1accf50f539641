//! What the operations of a page change for those behind them.

use std::cell::RefCell;
use std::rc::Rc;

use super::matrix::{Area, Matrix};
use super::paint::{self, Color, Space};
use super::typeface::{Drawn, Typeface};

/// A font in use, and its number among those of the file.
pub(super) type Face<'a> = (u16, Rc<RefCell<Typeface<'a>>>);

/// The graphics state.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub matrix: Matrix,
    pub clip: Area,
    pub fill: Ink,
    pub stroke: Ink,
    pub line_width: f64,
    /// How much of the drawing as a whole is seen, whatever is said within it.
    pub veil: f64,
    /// Whether what is drawn covers what is below it.
    pub is_blended: bool,
    pub text: Text<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub space: Space,
    pub color: Color,
    pub alpha: f64,
}

#[derive(Clone)]
pub(super) struct Text<'a> {
    pub face: Option<Face<'a>>,
    pub size: f64,
    pub character_space: f64,
    pub word_space: f64,
    /// 1 where the glyphs are as wide as they are.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub mode: Mode,
    pub matrix: Matrix,
    pub line: Matrix,
}

/// How glyphs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Fill,
    Stroke,
    Both,
    /// Not to be seen: for searching in a scan.
    Hidden,
}

impl State<'_> {
    pub fn new(matrix: Matrix, clip: Area) -> Self {
        let ink = Ink { space: Space::Gray, color: paint::BLACK, alpha: 1.0 };
        let text = Text {
            face: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: Mode::Fill,
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        Self { matrix, clip, fill: ink, stroke: ink, line_width: 1.0, veil: 1.0, is_blended: false, text }
    }
}

impl Text<'_> {
    /// Goes on to the next line.
    pub fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.matrix = self.line;
    }

    /// Moves on behind what was drawn.
    pub fn go_on(&mut self, drawn: &Drawn, is_blank: bool) {
        let space = self.character_space + if is_blank { self.word_space } else { 0.0 };
        let far = |advance: f64| advance / 1000.0 * self.size + space;
        let (x, y) =
            if drawn.is_horizontal { (far(drawn.advance.0) * self.stretch, 0.0) } else { (0.0, far(drawn.advance.1)) };
        self.matrix = Matrix::translation(x, y).then(self.matrix);
    }

    /// Moves back by so many thousandths of the size.
    pub fn go_back(&mut self, by: f64) {
        let by = -by / 1000.0 * self.size;
        let is_horizontal = self.face.as_ref().is_none_or(|(_, face)| face.borrow().is_horizontal());
        let (x, y) = if is_horizontal { (by * self.stretch, 0.0) } else { (0.0, by) };
        self.matrix = Matrix::translation(x, y).then(self.matrix);
    }

    /// From thousandths of the size to the page.
    pub fn to_page(&self, page: Matrix) -> Matrix {
        let size = Matrix([self.size * self.stretch / 1000.0, 0.0, 0.0, self.size / 1000.0, 0.0, self.rise]);
        size.then(self.matrix).then(page)
    }
}
