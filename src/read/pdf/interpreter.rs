//! The operations of a page, carried out as far as text, lines and what hides them are concerned.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Operation;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Rect, Stream};
use hayro_syntax::page::{Page, Resources};

use super::super::unreadable::Unreadable;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::faces::Faces;
use super::layers::Layers;
use super::matrix::{Area, Matrix, Point};
use super::paint;
use super::state::{Mode, State};
use super::typeface::{Drawn, UNKNOWN};
use crate::limits::{Limit, Limits};

/// Drawings within drawings are followed so far.
const DEEPEST: usize = 24;

/// What is kept from page to page.
pub(super) struct Interpreter<'a, 'l> {
    faces: Faces<'a>,
    layers: Layers,
    limits: &'l Limits,
    /// Bytes of operations that may still be read; what is drawn many times counts as often.
    left: u64,
}

impl<'a, 'l> Interpreter<'a, 'l> {
    pub fn new(layers: Layers, limits: &'l Limits) -> Self {
        Self { faces: Faces::default(), layers, limits, left: limits.inflated_bytes }
    }

    /// The name of a font by its number.
    pub fn name(&self, face: u16) -> &str {
        self.faces.name(face)
    }

    /// Draws a page.
    pub fn page(&mut self, page: &Page<'a>) -> Result<Canvas, Unreadable> {
        self.faces.turn_page();
        let (width, height) = page.render_dimensions();
        let area = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
        let matrix = Matrix(page.initial_transform(true).as_coeffs());
        let mut canvas = Canvas::new(area);
        let mut state = State::new(matrix, area);
        let resources = page.resources().clone();
        let operations = operations_of(page);
        self.take(operations.len())?;
        self.draw(&operations, &mut Drawing::new(&mut canvas, resources.clone(), state.clone(), 0))?;
        let notes = page.raw().get::<Array<'_>>(b"Annots");
        for note in notes.iter().flat_map(Array::iter::<Dict<'_>>) {
            state.matrix = matrix;
            self.note(&note, &mut Drawing::new(&mut canvas, resources.clone(), state.clone(), 0))?;
        }
        Ok(canvas)
    }

    fn take(&mut self, bytes: usize) -> Result<(), Unreadable> {
        let left = self.left.checked_sub(bytes as u64);
        self.left = left.ok_or_else(|| Unreadable::too_large(Limit::InflatedBytes, self.limits))?;
        Ok(())
    }

    /// What is shown of a note or the field of a form.
    fn note(&mut self, note: &Dict<'a>, drawing: &mut Drawing<'_, 'a>) -> Result<(), Unreadable> {
        const HIDDEN: u32 = 1 << 1 | 1 << 5;
        let kind = note.get::<Name<'_>>(b"Subtype");
        let is_popup = kind.as_ref().is_some_and(|kind| kind.as_ref() == b"Popup");
        if is_popup || note.get::<u32>(b"F").unwrap_or(0) & HIDDEN != 0 || !self.layers.shows(note, b"OC") {
            return Ok(());
        }
        let looks = note.get::<Dict<'_>>(b"AP").and_then(|looks| looks.get::<Object<'_>>(b"N"));
        let look = match looks {
            Some(Object::Stream(stream)) => Some(stream),
            Some(Object::Dict(looks)) => {
                note.get::<Name<'_>>(b"AS").and_then(|state| looks.get::<Stream<'_>>(state.as_ref()))
            }
            _ => None,
        };
        if look.is_none() && kind.is_some_and(|kind| kind.as_ref() == b"StrikeOut") {
            return strike(note, drawing);
        }
        let (Some(look), Some(place)) = (look, note.get::<Rect>(b"Rect")) else { return Ok(()) };
        let Some(own) = look.dict().get::<[f64; 4]>(b"BBox").and_then(area_of) else { return Ok(()) };
        let own = matrix_of(look.dict()).apply_to(own);
        let (x, y) = (place.width() / own.width(), place.height() / own.height());
        if !x.is_finite() || !y.is_finite() {
            return Ok(());
        }
        let fit = Matrix([x, 0.0, 0.0, y, place.x0 - x * own.left, place.y0 - y * own.top]);
        drawing.state.matrix = fit.then(drawing.state.matrix);
        self.form(&look, drawing)
    }

    fn draw(&mut self, operations: &[u8], drawing: &mut Drawing<'_, 'a>) -> Result<(), Unreadable> {
        let mut operations = TypedIter::new(operations);
        while let Some(operation) = operations.next() {
            if self.text(&operation, drawing)? || drawing.shape(&operation)? || drawing.settle(&operation) {
                continue;
            }
            match operation {
                Operation::SetGraphicsState(name) => {
                    if let Some(settings) = drawing.resources.get_ext_g_state(name.0) {
                        self.settings(&settings, drawing);
                    }
                }
                Operation::XObject(name) => {
                    if let Some(object) = drawing.resources.get_x_object(name.0) {
                        self.object(&object, drawing)?;
                    }
                }
                Operation::InlineImage(image) if drawing.is_seen() => drawing.picture(image.0.dict())?,
                Operation::BeginMarkedContent(_) => drawing.marked.push(drawing.is_seen()),
                Operation::BeginMarkedContentWithProperties(mark) => {
                    let is_seen = drawing.is_seen() && self.shows(mark.0, mark.1, &drawing.resources);
                    drawing.marked.push(is_seen);
                }
                Operation::EndMarkedContent(_) => drop(drawing.marked.pop()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether content with this mark is shown, and text of the report.
    fn shows(&self, mark: &Name<'_>, properties: &Object<'_>, resources: &Resources<'_>) -> bool {
        let name = properties.clone().into_name();
        if mark.as_ref() == b"OC" {
            return name.is_none_or(|name| self.layers.shows(&resources.properties, name.as_ref()));
        }
        if mark.as_ref() != b"Artifact" {
            return true;
        }
        let named = name.and_then(|name| resources.properties.get::<Dict<'_>>(name.as_ref()));
        let Some(properties) = named.or_else(|| properties.clone().into_dict()) else { return true };
        let is = |key: &[u8], value: &[u8]| properties.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value);
        // What is printed on every page.
        !is(b"Type", b"Pagination") && !is(b"Subtype", b"Watermark")
    }

    fn settings(&mut self, settings: &Dict<'a>, drawing: &mut Drawing<'_, 'a>) {
        let state = &mut drawing.state;
        if let Some(alpha) = settings.get::<f64>(b"ca") {
            state.fill.alpha = alpha;
        }
        if let Some(alpha) = settings.get::<f64>(b"CA") {
            state.stroke.alpha = alpha;
        }
        if let Some(width) = settings.get::<f64>(b"LW") {
            state.line_width = width;
        }
        if let Some(blend) = settings.get::<Name<'_>>(b"BM") {
            state.is_blended = !matches!(blend.as_ref(), b"Normal" | b"Compatible");
        }
        if let Some(mask) = settings.get::<Object<'_>>(b"SMask") {
            state.is_blended |= matches!(mask, Object::Dict(_));
        }
        if let Some(font) = settings.get::<Array<'_>>(b"Font") {
            let mut parts = font.flex_iter();
            if let (Some(dict), Some(size)) = (parts.next::<Dict<'_>>(), parts.next::<f64>()) {
                drawing.state.text.face = self.faces.get(&dict);
                drawing.state.text.size = size;
            }
        }
    }

    fn object(&mut self, object: &Stream<'a>, drawing: &mut Drawing<'_, 'a>) -> Result<(), Unreadable> {
        let dict = object.dict();
        if !drawing.is_seen() || !self.layers.shows(dict, b"OC") {
            return Ok(());
        }
        match dict.get::<Name<'_>>(b"Subtype").as_ref().map(AsRef::as_ref) {
            Some(b"Image") => drawing.picture(dict),
            Some(b"Form") => self.form(object, drawing),
            _ => Ok(()),
        }
    }

    /// A drawing within the drawing.
    fn form(&mut self, form: &Stream<'a>, drawing: &mut Drawing<'_, 'a>) -> Result<(), Unreadable> {
        if drawing.depth >= DEEPEST {
            return Ok(());
        }
        let Ok(operations) = form.decoded_data() else { return Ok(()) };
        self.take(operations.len() + 1)?;
        let dict = form.dict();
        let mut state = drawing.state.clone();
        state.matrix = matrix_of(dict).then(state.matrix);
        if let Some(own) = dict.get::<[f64; 4]>(b"BBox").and_then(area_of) {
            state.clip = state.clip.intersection(state.matrix.apply_to(own));
        }
        if dict.contains_key(b"Group") {
            state.veil *= std::mem::replace(&mut state.fill.alpha, 1.0);
            state.stroke.alpha = 1.0;
        }
        let resources = dict.get::<Dict<'_>>(b"Resources").map_or_else(|| drawing.resources.clone(), Resources::new);
        let mut inner = Drawing::new(drawing.canvas, resources, state, drawing.depth + 1);
        self.draw(&operations, &mut inner)
    }

    /// Carries an operation out if it is one of text.
    fn text(&mut self, operation: &Operation<'_, '_>, drawing: &mut Drawing<'_, 'a>) -> Result<bool, Unreadable> {
        let text = &mut drawing.state.text;
        match operation {
            Operation::BeginText(_) => (text.matrix, text.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Operation::TextFont(font) => {
                text.size = font.1.as_f64();
                let known = drawing.faces.get(font.0.as_ref()).cloned();
                text.face = known.unwrap_or_else(|| {
                    let face = drawing.resources.get_font(font.0).and_then(|dict| self.faces.get(&dict));
                    drawing.faces.insert(font.0.as_ref().to_vec(), face.clone());
                    face
                });
            }
            Operation::CharacterSpacing(space) => text.character_space = space.0.as_f64(),
            Operation::WordSpacing(space) => text.word_space = space.0.as_f64(),
            Operation::HorizontalScaling(percent) => text.stretch = percent.0.as_f64() / 100.0,
            Operation::TextLeading(leading) => text.leading = leading.0.as_f64(),
            Operation::TextRise(rise) => text.rise = rise.0.as_f64(),
            Operation::TextRenderingMode(mode) => {
                text.mode = match mode.0.as_i64() {
                    1 | 5 => Mode::Stroke,
                    2 | 6 => Mode::Both,
                    3 | 7 => Mode::Hidden,
                    _ => Mode::Fill,
                };
            }
            Operation::SetTextMatrix(m) => {
                let matrix = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                (text.matrix, text.line) = (Matrix(matrix), Matrix(matrix));
            }
            Operation::NextLine(by) => text.next_line(by.0.as_f64(), by.1.as_f64()),
            Operation::NextLineAndSetLeading(by) => {
                text.leading = -by.1.as_f64();
                text.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Operation::NextLineUsingLeading(_) => text.next_line(0.0, -text.leading),
            Operation::ShowText(shown) => self.show(shown.0.as_bytes(), drawing)?,
            Operation::NextLineAndShowText(shown) => {
                text.next_line(0.0, -text.leading);
                self.show(shown.0.as_bytes(), drawing)?;
            }
            Operation::ShowTextWithParameters(shown) => {
                (text.word_space, text.character_space) = (shown.0.as_f64(), shown.1.as_f64());
                text.next_line(0.0, -text.leading);
                self.show(shown.2.as_bytes(), drawing)?;
            }
            Operation::ShowTexts(parts) => {
                for part in parts.0.iter::<Object<'_>>() {
                    match part {
                        Object::Number(back) => drawing.state.text.go_back(back.as_f64()),
                        Object::String(shown) => self.show(shown.as_bytes(), drawing)?,
                        _ => {}
                    }
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Draws a text.
    fn show(&mut self, shown: &[u8], drawing: &mut Drawing<'_, 'a>) -> Result<(), Unreadable> {
        let Some((number, face)) = drawing.state.text.face.clone() else {
            // Nobody knows how many characters that is.
            let drawn = Drawn::unknown(shown.len());
            drawing.glyphs(&[UNKNOWN], &drawn, NAMELESS)?;
            drawing.state.text.go_on(&drawn, false);
            return Ok(());
        };
        let mut face = face.borrow_mut();
        let mut is_lost = false;
        let mut at = 0;
        while at < shown.len() {
            let drawn = face.read(shown, at);
            // From where a code is broken, nobody knows where the next one begins.
            is_lost |= drawn.is_broken;
            let characters = if is_lost { &[UNKNOWN][..] } else { face.characters(&drawn) };
            drawing.glyphs(characters, &drawn, number)?;
            drawing.state.text.go_on(&drawn, drawn.length == 1 && shown[at] == b' ');
            at += drawn.length;
        }
        Ok(())
    }
}

/// The number of a font that could not be found.
const NAMELESS: u16 = u16::MAX;

/// The operations of a page. The page itself would keep them as long as the file.
fn operations_of(page: &Page<'_>) -> Vec<u8> {
    if let Some(stream) = page.raw().get::<Stream<'_>>(b"Contents") {
        return stream.decoded_data().unwrap_or_default().into_owned();
    }
    let parts = page.raw().get::<Array<'_>>(b"Contents");
    let streams = parts.iter().flat_map(Array::raw_iter).filter_map(|part| match part {
        MaybeRef::Ref(place) => page.xref().get::<Stream<'_>>(place.into()),
        MaybeRef::NotRef(object) => object.into_stream(),
    });
    let mut operations = Vec::new();
    for part in streams.filter_map(|stream| stream.decoded_data().ok()) {
        operations.extend_from_slice(&part);
        operations.push(b' ');
    }
    operations
}

/// Draws the lines of a note that strikes text out and does not say how that looks: readers draw them by themselves.
fn strike(note: &Dict<'_>, drawing: &mut Drawing<'_, '_>) -> Result<(), Unreadable> {
    let places = note.get::<Array<'_>>(b"QuadPoints");
    let places: Vec<f64> = places.iter().flat_map(Array::iter::<f64>).collect();
    let matrix = drawing.state.matrix;
    let is_across = matrix.0[0].abs() >= matrix.0[1].abs();
    for corners in places.as_chunks::<8>().0 {
        let corners = corners.as_chunks::<2>().0.iter().map(|[x, y]| matrix.apply(*x, *y));
        let Some(area) = Area::around(corners) else { continue };
        let Point { x, y } = area.center();
        let line = if is_across { Area { top: y, bottom: y, ..area } } else { Area { left: x, right: x, ..area } };
        drawing.canvas.line(line, paint::BLACK, Area::ALL)?;
    }
    Ok(())
}

fn matrix_of(dict: &Dict<'_>) -> Matrix {
    dict.get::<[f64; 6]>(b"Matrix").map_or(Matrix::IDENTITY, Matrix)
}

fn area_of([x, y, right, bottom]: [f64; 4]) -> Option<Area> {
    Area::around([Point { x, y }, Point { x: right, y: bottom }])
}
