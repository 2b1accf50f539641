//! The lines of a page, across and upright, as one would see them: pieces that follow each other are one line, and two
//! lines close to each other are one, too.

use super::matrix::Area;

/// Lines no further apart than this are one.
const BESIDE: f64 = 3.4;
/// A line goes on behind a gap no longer than this.
const GAP: f64 = 4.0;
/// Shorter ones are no lines.
const SHORTEST: f64 = 5.0;
/// More lines than this are a drawing.
const MOST: usize = 4096;

/// A line: where it is, and from where to where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

#[derive(Debug, Default)]
pub(super) struct Rules {
    pub across: Vec<Rule>,
    pub upright: Vec<Rule>,
}

impl Rules {
    pub fn of(lines: &[Area]) -> Self {
        let (mut across, mut upright) = (Vec::new(), Vec::new());
        for line in lines {
            let center = line.center();
            let (width, height) = (line.width(), line.height());
            // A dot may be of a line in either direction.
            let is_dot = width.max(height) < 2.0 * width.min(height).max(0.5);
            if width >= height || is_dot {
                across.push(Rule { at: center.y, from: line.left, to: line.right });
            }
            if height > width || is_dot {
                upright.push(Rule { at: center.x, from: line.top, to: line.bottom });
            }
        }
        let (across, upright) = (joined(across), joined(upright));
        if across.len().max(upright.len()) > MOST { Self::default() } else { Self { across, upright } }
    }
}

/// Lines joined from their pieces, by place.
fn joined(mut pieces: Vec<Rule>) -> Vec<Rule> {
    pieces.sort_by(|one, other| one.at.total_cmp(&other.at));
    let mut lines: Vec<Rule> = Vec::new();
    let mut rest = &mut pieces[..];
    while let Some(first) = rest.first().map(|piece| piece.at) {
        let mut count = 1;
        while count < rest.len()
            && rest[count].at - rest[count - 1].at <= BESIDE
            && rest[count].at - first <= 1.5 * BESIDE
        {
            count += 1;
        }
        let (near, further) = rest.split_at_mut(count);
        let length: f64 = near.iter().map(|piece| piece.to - piece.from + 0.01).sum();
        let at = near.iter().map(|piece| piece.at * (piece.to - piece.from + 0.01)).sum::<f64>() / length;
        near.sort_by(|one, other| one.from.total_cmp(&other.from));
        let mut line: Option<Rule> = None;
        for piece in near {
            match &mut line {
                Some(line) if piece.from <= line.to + GAP => line.to = line.to.max(piece.to),
                _ => lines.extend(line.replace(Rule { at, ..*piece })),
            }
        }
        lines.extend(line);
        rest = further;
    }
    lines.retain(|line| line.to - line.from >= SHORTEST);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f64, top: f64, right: f64, bottom: f64) -> Area {
        Area { left, top, right, bottom }
    }

    #[test]
    fn pieces_and_doubled_lines_are_one() {
        let rules = Rules::of(&[
            line(10.0, 50.0, 60.0, 50.5),
            line(62.0, 50.0, 100.0, 50.5),
            line(10.0, 52.0, 100.0, 52.5),
            line(10.0, 80.0, 100.0, 80.0),
        ]);
        assert_eq!(rules.across.len(), 2);
        assert!((rules.across[0].to - 100.0).abs() < 0.01 && (rules.across[0].at - 51.25).abs() < 0.1);
        assert!(rules.upright.is_empty());
    }

    #[test]
    fn dots_in_a_row_are_a_line() {
        let dots: Vec<Area> = (0..20).map(|x| f64::from(x) * 3.0).map(|x| line(x, 9.0, x + 1.0, 10.0)).collect();
        let rules = Rules::of(&dots);
        assert_eq!((rules.across.len(), rules.upright.len()), (1, 0));
    }
}
