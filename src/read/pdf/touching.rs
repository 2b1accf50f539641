//! Figures that touch: in a narrow table without lines, nothing is between a wide figure and the next one.
//!
//! All other figures of a column begin, are centred or end at the same place. Where exactly one cut sets each part as those
//! of its column are, the parts are the figures.

use std::ops::Range;

use super::canvas::Glyph;
use super::matrix::Area;

/// Places no further apart than this are the same. The next digit is further away in the smallest print that is read.
const SAME: f64 = 0.4;
/// Of fewer figures, nobody can say how their column is set.
const LEAST: usize = 3;

/// Where the figures of a column begin, have their middle, and end; none of it where they differ.
#[derive(Debug)]
pub(super) struct Setting([Option<f64>; 3]);

impl Setting {
    pub fn of(figures: &[Area]) -> Self {
        let common = |place: fn(&Area) -> f64| {
            let (least, most) = figures
                .iter()
                .map(place)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| (least.min(at), most.max(at)));
            (figures.len() >= LEAST && most - least < SAME).then_some(f64::midpoint(least, most))
        };
        Self([common(|area| area.left), common(|area| area.center().x), common(|area| area.right)])
    }

    /// Whether a figure is set as those of the column are.
    pub fn fits(&self, figure: Area) -> bool {
        let places = [figure.left, figure.center().x, figure.right];
        self.0.iter().zip(places).any(|(known, at)| known.is_some_and(|known| (known - at).abs() < SAME))
    }
}

/// The figures of neighbouring columns that these glyphs are, with the number of the column of each; none where there is no
/// way to cut them, or more than one.
pub(super) fn figures(glyphs: &[Glyph], columns: &[Setting]) -> Option<Vec<(usize, Range<usize>)>> {
    let mut search = Search { glyphs, columns, ways: Vec::new(), left: MOST };
    for column in 0..columns.len() {
        search.from(column, 0, &mut Vec::new())?;
    }
    let mut ways = search.ways;
    let only = ways.pop().filter(|_| ways.is_empty())?;
    let begins_well = |(_, part): &(usize, Range<usize>)| !matches!(glyphs[part.start].c, '.' | ',');
    only.iter().all(begins_well).then_some(only)
}

/// What is tried for one run of digits; for real ones some dozens.
const MOST: usize = 4096;

struct Search<'g> {
    glyphs: &'g [Glyph],
    columns: &'g [Setting],
    ways: Vec<Vec<(usize, Range<usize>)>>,
    left: usize,
}

impl Search<'_> {
    /// Cuts what is from `start` on, the first part in this column; none once too much was tried.
    fn from(&mut self, column: usize, start: usize, parts: &mut Vec<(usize, Range<usize>)>) -> Option<()> {
        let Some(setting) = self.columns.get(column) else { return Some(()) };
        let mut area = self.glyphs.get(start)?.area;
        for end in start + 1..=self.glyphs.len() {
            self.left = self.left.checked_sub(1)?;
            area = area.union(self.glyphs[end - 1].area);
            if !setting.fits(area) {
                continue;
            }
            parts.push((column, start..end));
            if end == self.glyphs.len() {
                self.ways.push(parts.clone());
            } else {
                self.from(column + 1, end, parts)?;
            }
            parts.pop();
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::canvas::Turn;
    use super::*;

    fn glyphs(left: f64, text: &str) -> Vec<Glyph> {
        let glyph = |(index, c): (usize, char)| {
            let left = left + index as f64 * 5.0;
            let area = Area { left, top: 0.0, right: left + 5.0, bottom: 10.0 };
            Glyph { c, area, reach: 0.0, size: 10.0, turn: Turn::Right, face: 0, is_faint: false }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn area(left: f64, right: f64) -> Area {
        Area { left, top: 0.0, right, bottom: 10.0 }
    }

    #[test]
    fn the_places_of_other_figures_say_where_one_ends() {
        let centred =
            |at: f64| Setting::of(&[area(at - 5.0, at + 5.0), area(at - 7.5, at + 7.5), area(at - 2.5, at + 2.5)]);
        let columns = [centred(20.0), centred(42.5)];
        assert_eq!(figures(&glyphs(10.0, "956060079"), &columns), Some(vec![(0, 0..4), (1, 4..9)]));
        assert_eq!(figures(&glyphs(10.0, "9560"), &columns), Some(vec![(0, 0..4)]));
        assert_eq!(figures(&glyphs(8.0, "956060079"), &columns), None);
        // Figures that all have one width may be set to either side.
        let same = |at: f64| Setting::of(&[area(at, at + 10.0), area(at, at + 10.0), area(at, at + 10.0)]);
        assert_eq!(figures(&glyphs(10.0, "9560"), &[same(10.0), same(20.0)]), None);
    }
}
