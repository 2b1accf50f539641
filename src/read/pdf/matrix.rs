//! Places on a page, in points, and what moves them.

/// A point of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// A rectangle of a page; `top` is less than `bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// What all points are in.
    pub const ALL: Self = Self { left: f64::MIN, top: f64::MIN, right: f64::MAX, bottom: f64::MAX };

    /// The smallest that holds these points; none if there is none.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let area = |point: Point| Self { left: point.x, top: point.y, right: point.x, bottom: point.y };
        points.into_iter().map(area).reduce(Self::union)
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both have in common; turned inside out where that is nothing.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn center(self) -> Point {
        Point { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// Whether two texts begin, have their middle or end at the same place.
    pub fn is_set_as(self, other: Self) -> bool {
        const SAME: f64 = 1.0;
        let apart = [self.left - other.left, self.center().x - other.center().x, self.right - other.right];
        apart.iter().any(|apart| apart.abs() < SAME)
    }

    pub fn contains(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    pub fn corners(self) -> [Point; 4] {
        let point = |x, y| Point { x, y };
        [
            point(self.left, self.top),
            point(self.right, self.top),
            point(self.right, self.bottom),
            point(self.left, self.bottom),
        ]
    }

    pub fn is_finite(self) -> bool {
        [self.left, self.top, self.right, self.bottom].iter().all(|side| side.is_finite())
    }
}

/// How points are moved: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one first, then `outer`.
    #[must_use]
    pub fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [oa, ob, oc, od, oe, of]) = (self.0, outer.0);
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    pub fn apply(self, x: f64, y: f64) -> Point {
        let [a, b, c, d, e, f] = self.0;
        Point { x: a * x + c * y + e, y: b * x + d * y + f }
    }

    /// Where the sides of an area come to be.
    pub fn apply_to(self, area: Area) -> Area {
        let corners = area.corners().map(|corner| self.apply(corner.x, corner.y));
        Area::around(corners).unwrap_or(area)
    }

    /// By how much it makes things larger.
    pub fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}
