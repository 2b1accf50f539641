//! Shapes that are drawn on a page: lines, and areas that cover what is below.

use super::matrix::{Area, Matrix, Point};

/// What is thinner than this many points is a line.
const THIN: f64 = 3.2;
/// A line is straight if its ends differ by no more than this.
const STRAIGHT: f64 = 0.6;

/// A path, its points already on the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    parts: Vec<Part>,
}

#[derive(Debug, Default)]
struct Part {
    points: Vec<Point>,
    is_closed: bool,
    is_curved: bool,
}

/// What a path that is filled comes to.
pub(super) enum Filled {
    Line(Area),
    /// An area with straight sides, all of which is covered.
    Cover(Area),
}

impl Path {
    pub fn move_to(&mut self, point: Point) {
        self.parts.push(Part { points: vec![point], ..Part::default() });
    }

    pub fn line_to(&mut self, point: Point) {
        match self.parts.last_mut() {
            Some(part) if part.is_closed => {
                let start = part.points[0];
                self.parts.push(Part { points: vec![start, point], ..Part::default() });
            }
            Some(part) => part.points.push(point),
            None => self.move_to(point),
        }
    }

    pub fn curve_to(&mut self, point: Point) {
        self.line_to(point);
        if let Some(part) = self.parts.last_mut() {
            part.is_curved = true;
        }
    }

    pub fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.is_closed = true;
        }
    }

    pub fn rectangle(&mut self, matrix: Matrix, [x, y, width, height]: [f64; 4]) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let points = corners.map(|(x, y)| matrix.apply(x, y)).to_vec();
        self.parts.push(Part { points, is_closed: true, is_curved: false });
    }

    /// All that it is in.
    pub fn area(&self) -> Option<Area> {
        Area::around(self.parts.iter().flat_map(|part| part.points.iter().copied()))
    }

    /// The straight lines that a pen of this width draws along it.
    pub fn stroked(&self, width: f64) -> impl Iterator<Item = Area> {
        let half = width.min(THIN) / 2.0;
        self.parts.iter().flat_map(Part::sides).filter_map(move |(from, to)| {
            let area = Area::around([from, to])?;
            let is_upright = area.width() <= STRAIGHT;
            if !is_upright && area.height() > STRAIGHT {
                return None;
            }
            let (x, y) = if is_upright { (half, 0.0) } else { (0.0, half) };
            Some(Area { left: area.left - x, top: area.top - y, right: area.right + x, bottom: area.bottom + y })
        })
    }

    /// The lines and areas that it is once it is filled.
    pub fn filled(&self) -> Vec<Filled> {
        let areas = || self.parts.iter().filter_map(|part| Area::around(part.points.iter().copied()));
        // A frame is drawn as one rectangle within another.
        if let [outer, inner] = &self.parts[..]
            && let (Some(outer), Some(inner)) = (outer.rectangle(), inner.rectangle())
            && let Some(sides) = frame(outer, inner).or_else(|| frame(inner, outer))
        {
            return sides.into_iter().map(Filled::Line).collect();
        }
        let is_one = self.parts.len() == 1;
        let parts = self.parts.iter().zip(areas());
        let shape = |(part, area): (&Part, Area)| {
            if area.width().min(area.height()) <= THIN {
                return (!part.is_curved).then_some(Filled::Line(area));
            }
            // Of several, one may be the hole in another.
            (is_one && part.rectangle().is_some()).then_some(Filled::Cover(area))
        };
        parts.filter_map(shape).collect()
    }
}

/// The four sides of a frame, if it is as thin as a line.
fn frame(outer: Area, inner: Area) -> Option<[Area; 4]> {
    let gaps = [inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom];
    let sides = [
        Area { right: inner.left, ..outer },
        Area { left: inner.right, ..outer },
        Area { bottom: inner.top, ..outer },
        Area { top: inner.bottom, ..outer },
    ];
    gaps.iter().all(|gap| (0.0..=THIN).contains(gap)).then_some(sides)
}

impl Part {
    fn sides(&self) -> impl Iterator<Item = (Point, Point)> {
        let last = if self.is_closed { self.points.last().zip(self.points.first()) } else { None };
        let sides = self.points.windows(2).map(|pair| (pair[0], pair[1])).chain(last.map(|(from, to)| (*from, *to)));
        sides.filter(|_| !self.is_curved)
    }

    /// The rectangle that it is.
    fn rectangle(&self) -> Option<Area> {
        let area = Area::around(self.points.iter().copied())?;
        let near = |one: f64, other: f64| (one - other).abs() <= STRAIGHT;
        let is_corner = |point: &Point| {
            (near(point.x, area.left) || near(point.x, area.right))
                && (near(point.y, area.top) || near(point.y, area.bottom))
        };
        let is_rectangle = !self.is_curved && (4..=5).contains(&self.points.len()) && self.points.iter().all(is_corner);
        is_rectangle.then_some(area)
    }
}
