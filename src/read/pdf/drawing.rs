//! One sequence of operations of a page, form or note: its state, its path, and what it leaves on the canvas.

use std::collections::HashMap;

use hayro_syntax::content::ops::TypedInstruction as Operation;
use hayro_syntax::object::{Dict, Number};
use hayro_syntax::page::Resources;

use super::super::unreadable::Unreadable;
use super::canvas::{Canvas, Glyph, Turn};
use super::matrix::{Area, Matrix};
use super::paint::{self, Space};
use super::path::{Filled, Path};
use super::state::{Face, Ink, Mode, State};
use super::typeface::Drawn;

/// States that may be kept to come back to.
const MOST_STATES: usize = 512;
/// What lets more through than this share covers nothing, and is text only where it is no larger than text is.
const OPAQUE: f64 = 0.6;
const LARGE: f64 = 28.0;

pub(super) struct Drawing<'c, 'a> {
    pub canvas: &'c mut Canvas,
    pub resources: Resources<'a>,
    pub state: State<'a>,
    /// Whether each piece of marked content that is open can be seen.
    pub marked: Vec<bool>,
    /// Drawings that it is within.
    pub depth: usize,
    /// The fonts that it has named so far.
    pub faces: HashMap<Vec<u8>, Option<Face<'a>>>,
    saved: Vec<State<'a>>,
    path: Path,
    /// The path is to clip what comes after it.
    clips: bool,
}

impl<'c, 'a> Drawing<'c, 'a> {
    pub fn new(canvas: &'c mut Canvas, resources: Resources<'a>, state: State<'a>, depth: usize) -> Self {
        Self {
            canvas,
            resources,
            state,
            marked: Vec::new(),
            depth,
            faces: HashMap::new(),
            saved: Vec::new(),
            path: Path::default(),
            clips: false,
        }
    }

    /// Whether what is drawn now is shown at all.
    pub fn is_seen(&self) -> bool {
        self.marked.last().copied().unwrap_or(true)
    }

    /// The glyph of a code, with its characters.
    pub fn glyphs(&mut self, characters: &[char], drawn: &Drawn, face: u16) -> Result<(), Unreadable> {
        const SMALLEST: f64 = 1.0;
        if !self.is_seen() || characters.iter().all(|c| c.is_whitespace()) {
            return Ok(());
        }
        let text = &self.state.text;
        let color = match text.mode {
            Mode::Hidden => {
                self.canvas.unseen += 1;
                return Ok(());
            }
            Mode::Stroke => self.state.stroke,
            Mode::Both if self.state.fill.color == paint::WHITE => self.state.stroke,
            Mode::Fill | Mode::Both => self.state.fill,
        };
        let matrix = text.to_page(self.state.matrix);
        let origin = matrix.apply(0.0, 0.0);
        let from_origin = |x: f64, y: f64| {
            let point = matrix.apply(x, y);
            (point.x - origin.x, point.y - origin.y)
        };
        let (right, down) = from_origin(1000.0, 0.0);
        let (across, along) = from_origin(0.0, 1000.0);
        let size = across.hypot(along);
        let Some(turn) = Turn::of(right, down) else { return Ok(()) };
        let alpha = color.alpha * self.state.veil;
        let is_faint = alpha < OPAQUE;
        if size < SMALLEST || alpha < 0.05 || is_faint && size > LARGE {
            return Ok(());
        }
        let unit = right.hypot(down) / (text.size * text.stretch).abs().max(f64::EPSILON);
        let reach = (text.character_space * text.stretch * unit).clamp(0.0, size / 2.0);
        // Of fonts that are written downwards, the width is known by where the glyph is.
        let width = if drawn.is_horizontal { drawn.advance.0 } else { -2.0 * drawn.shift.0 };
        let part = width / characters.len() as f64;
        for (index, &c) in characters.iter().enumerate() {
            let left = drawn.shift.0 + part * index as f64;
            let (top, bottom) = (drawn.shift.1 + ABOVE, drawn.shift.1 - BELOW);
            let corners = [(left, top), (left + part, top), (left + part, bottom), (left, bottom)];
            let Some(area) = Area::around(corners.map(|(x, y)| matrix.apply(x, y))) else { continue };
            let glyph = Glyph { c, area, reach, size, turn, face, is_faint };
            self.canvas.glyph(glyph, color.color, self.state.clip)?;
        }
        Ok(())
    }

    /// A picture, which fills the unit square.
    pub fn picture(&mut self, dict: &Dict<'_>) -> Result<(), Unreadable> {
        let area = self.state.matrix.apply_to(Area { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 });
        let has = |key: &[u8]| dict.contains_key(key);
        let is_mask = dict.get::<bool>(b"ImageMask").or_else(|| dict.get::<bool>(b"IM")).unwrap_or(false);
        let lets_through = has(b"SMask") || has(b"Mask") || is_mask || self.state.is_blended;
        let is_opaque = !lets_through && self.state.fill.alpha * self.state.veil >= OPAQUE;
        self.canvas.picture(area, is_opaque, self.state.clip)
    }

    /// Carries an operation out if it only changes the state.
    pub fn settle(&mut self, operation: &Operation<'_, '_>) -> bool {
        let Self { state, resources, .. } = self;
        match operation {
            Operation::SaveState(_) if self.saved.len() < MOST_STATES => self.saved.push(state.clone()),
            Operation::RestoreState(_) => {
                if let Some(saved) = self.saved.pop() {
                    self.state = saved;
                }
            }
            Operation::Transform(m) => {
                let matrix = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                state.matrix = Matrix(matrix).then(state.matrix);
            }
            Operation::LineWidth(width) => state.line_width = width.0.as_f64(),
            Operation::ColorSpaceNonStroke(name) => state.fill.set_space(Space::named(name.0, resources)),
            Operation::ColorSpaceStroke(name) => state.stroke.set_space(Space::named(name.0, resources)),
            Operation::NonStrokeColor(parts) => state.fill.set(&parts.0),
            Operation::StrokeColor(parts) => state.stroke.set(&parts.0),
            Operation::NonStrokeColorNamed(parts) => state.fill.set(&parts.0),
            Operation::StrokeColorNamed(parts) => state.stroke.set(&parts.0),
            Operation::NonStrokeColorDeviceGray(c) => state.fill.set_in(Space::Gray, &[c.0]),
            Operation::StrokeColorDeviceGray(c) => state.stroke.set_in(Space::Gray, &[c.0]),
            Operation::NonStrokeColorDeviceRgb(c) => state.fill.set_in(Space::Rgb, &[c.0, c.1, c.2]),
            Operation::StrokeColorDeviceRgb(c) => state.stroke.set_in(Space::Rgb, &[c.0, c.1, c.2]),
            Operation::NonStrokeColorCmyk(c) => state.fill.set_in(Space::Cmyk, &[c.0, c.1, c.2, c.3]),
            Operation::StrokeColorCmyk(c) => state.stroke.set_in(Space::Cmyk, &[c.0, c.1, c.2, c.3]),
            _ => return false,
        }
        true
    }

    /// Carries an operation out if it is one of paths.
    pub fn shape(&mut self, operation: &Operation<'_, '_>) -> Result<bool, Unreadable> {
        let at = |x: Number, y: Number, matrix: Matrix| matrix.apply(x.as_f64(), y.as_f64());
        let matrix = self.state.matrix;
        match operation {
            Operation::MoveTo(to) => self.path.move_to(at(to.0, to.1, matrix)),
            Operation::LineTo(to) => self.path.line_to(at(to.0, to.1, matrix)),
            Operation::CubicTo(to) => self.path.curve_to(at(to.4, to.5, matrix)),
            Operation::CubicStartTo(to) => self.path.curve_to(at(to.2, to.3, matrix)),
            Operation::CubicEndTo(to) => self.path.curve_to(at(to.2, to.3, matrix)),
            Operation::ClosePath(_) => self.path.close(),
            Operation::RectPath(to) => self.path.rectangle(matrix, [to.0, to.1, to.2, to.3].map(|side| side.as_f64())),
            Operation::ClipNonZero(_) | Operation::ClipEvenOdd(_) => self.clips = true,
            Operation::EndPath(_) => self.end_path(),
            Operation::StrokePath(_) => self.paint(false, true)?,
            Operation::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(false, true)?;
            }
            Operation::FillPathNonZero(_)
            | Operation::FillPathNonZeroCompatibility(_)
            | Operation::FillPathEvenOdd(_) => self.paint(true, false)?,
            Operation::FillAndStrokeNonZero(_) | Operation::FillAndStrokeEvenOdd(_) => self.paint(true, true)?,
            Operation::CloseFillAndStrokeNonZero(_) | Operation::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn paint(&mut self, fills: bool, strokes: bool) -> Result<(), Unreadable> {
        let State { fill, stroke, clip, is_blended, line_width, matrix, veil, .. } = self.state;
        if self.is_seen() {
            if fills && fill.alpha * veil >= OPAQUE {
                for shape in self.path.filled() {
                    match shape {
                        Filled::Line(line) => self.canvas.line(line, fill.color, clip)?,
                        Filled::Cover(_) if is_blended => {}
                        Filled::Cover(area) => self.canvas.cover(area, fill.color, clip)?,
                    }
                }
            }
            if strokes && stroke.alpha * veil > 0.05 {
                for line in self.path.stroked(line_width * matrix.scale()) {
                    self.canvas.line(line, stroke.color, clip)?;
                }
            }
        }
        self.end_path();
        Ok(())
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.clips)
            && let Some(area) = self.path.area()
        {
            self.state.clip = self.state.clip.intersection(area);
        }
        self.path = Path::default();
    }
}

/// In thousandths of the size, what a glyph takes above and below its line.
const ABOVE: f64 = 880.0;
const BELOW: f64 = 140.0;

impl Ink {
    fn set_space(&mut self, space: Space) {
        (self.space, self.color) = (space, space.initial());
    }

    fn set(&mut self, parts: &[Number]) {
        self.color = self.space.color(parts);
    }

    fn set_in(&mut self, space: Space, parts: &[Number]) {
        self.space = space;
        self.set(parts);
    }
}

impl Turn {
    /// That of a text which goes on in this direction; none if that is aslant, as watermarks and stamps are.
    fn of(right: f64, down: f64) -> Option<Self> {
        const ASLANT: f64 = 0.06;
        let length = right.hypot(down);
        let (right, down) = (right / length, down / length);
        match (right, down) {
            _ if down.abs() < ASLANT && right > 0.0 => Some(Self::Right),
            _ if down.abs() < ASLANT && right < 0.0 => Some(Self::Left),
            _ if right.abs() < ASLANT && down > 0.0 => Some(Self::Down),
            _ if right.abs() < ASLANT && down < 0.0 => Some(Self::Up),
            _ => None,
        }
    }
}
