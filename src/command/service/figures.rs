//! Figures of reports, as `gouji extract` has them.

use std::sync::Arc;

use super::super::extract::{Done, ExtractOne};
use super::{Files, Service};
use crate::extract::{Frame, Part, ROWS, Row};
use crate::message::{Argument, Message};
use crate::parallel;

/// What came of one report.
#[derive(Debug)]
pub enum Figure {
    Rows(Vec<Row<'static>>),
    /// No figures, and why: of a file, or of a folder or archive.
    LeftOut(String),
}

impl Service {
    /// A row for each figure, or for each report.
    pub fn frame(&self, is_wide: bool) -> Arc<Frame> {
        Arc::new(if is_wide { Frame::wide(self.checkers.forms()) } else { Frame::long() })
    }

    /// Hands over the figures of every report, in order; ends early where `sink` says so by `false`.
    pub fn figures(
        &self,
        Files(inputs): &Files,
        frame: &Arc<Frame>,
        jobs: usize,
        mut sink: impl FnMut(Figure) -> bool,
    ) {
        let work = ExtractOne {
            checkers: Arc::clone(&self.checkers),
            frame: Arc::clone(frame),
            format: &ROWS,
            language: self.language,
        };
        let left_out = |why: &Message| Figure::LeftOut(why.say(self.language));
        let passed_over = |key, name: String| Message::new(key).with("first", Argument::List(vec![name.into()]));
        parallel::ordered(inputs.iter(), jobs, self.longest(), work, |done| match done {
            Done::Reports(reports) => reports.into_iter().all(|report| match report {
                Ok((Part::Rows(rows), _)) => sink(Figure::Rows(rows)),
                Ok((Part::Bytes(_), _)) => true,
                Err(why) => sink(left_out(&why)),
            }),
            Done::Skipped(why) => sink(left_out(&why)),
            Done::Other(name) => sink(left_out(&passed_over("run.others", name))),
            Done::Own(name) => sink(left_out(&passed_over("run.own", name))),
        });
    }
}
