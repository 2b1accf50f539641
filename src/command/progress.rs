//! The line on the terminal that says how far a run has come. It is on standard error, and gives way to what is
//! written to the same screen.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{FormattedDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::sources::{Inputs, Source};
use crate::message::{Language, Message};

/// A run that is over before needs no line.
const DELAY: Duration = Duration::from_millis(500);
/// So often a second the line is drawn at most.
const RATE: u8 = 8;
/// What is shown for a number that is not known.
const UNKNOWN: &str = "…";

pub(super) struct Progress {
    language: Language,
    inputs: Inputs,
    start: Instant,
    line: Line,
    findings: Arc<AtomicUsize>,
    total: Option<Total>,
}

enum Line {
    /// Nobody wants it, or nobody would see it.
    Unwanted,
    /// Not yet.
    Due,
    Drawn(ProgressBar),
}

impl Progress {
    /// For a run over `inputs`; drawn only on a terminal.
    pub fn new(is_wanted: bool, inputs: Inputs, language: Language) -> Self {
        let is_seen = is_wanted && std::io::stderr().is_terminal();
        let line = if is_seen { Line::Due } else { Line::Unwanted };
        Self { language, inputs, start: Instant::now(), line, findings: Arc::default(), total: None }
    }

    /// One report more, with so many findings.
    pub fn count(&mut self, reports: usize, findings: usize) {
        self.findings.fetch_add(findings, Ordering::Relaxed);
        if matches!(self.line, Line::Due) && self.start.elapsed() > DELAY {
            self.line = Line::Drawn(self.draw(reports));
            self.total = Some(Total::begin(self.inputs.clone()));
        }
        let Line::Drawn(line) = &self.line else { return };
        if line.length().is_none()
            && let Some(total) = self.total.as_ref().and_then(Total::known)
        {
            line.set_length(total as u64);
        }
        line.inc(1);
    }

    /// Writes what is seen on the terminal, with the line out of its way.
    pub fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        match &self.line {
            Line::Drawn(line) => line.suspend(write),
            Line::Unwanted | Line::Due => write(),
        }
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if let Line::Drawn(line) = std::mem::replace(&mut self.line, Line::Unwanted) {
            line.finish_and_clear();
        }
    }

    /// How many reports there are; none where counting them takes longer than `most`.
    pub fn total(&mut self, most: Duration) -> Option<usize> {
        let total = self.total.take().unwrap_or_else(|| Total::begin(self.inputs.clone()));
        let start = Instant::now();
        while total.known().is_none() && start.elapsed() < most {
            thread::sleep(Duration::from_millis(5));
        }
        total.known()
    }

    fn draw(&self, done: usize) -> ProgressBar {
        let target = ProgressDrawTarget::stderr_with_hz(RATE);
        let line =
            ProgressBar::with_draw_target(None, target).with_position(done as u64).with_elapsed(self.start.elapsed());
        line.set_style(self.style());
        line
    }

    fn style(&self) -> ProgressStyle {
        let place = |key: &str| format!("{{{key}}}");
        let message = Message::new("run.progress")
            .with("done", place("pos"))
            .with("total", place("total"))
            .with("rate", place("rate"))
            .with("left", place("left"))
            .with("findings", place("findings"));
        let template = format!("{{wide_bar}} {}", message.say(self.language));
        let findings = Arc::clone(&self.findings);
        ProgressStyle::with_template(&template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("━━ ")
            .with_key("total", |state: &ProgressState, line: &mut dyn Write| match state.len() {
                Some(total) => put(line, total),
                None => put(line, UNKNOWN),
            })
            .with_key("rate", |state: &ProgressState, line: &mut dyn Write| put(line, state.per_sec().round()))
            .with_key("left", |state: &ProgressState, line: &mut dyn Write| match state.len() {
                Some(_) => put(line, FormattedDuration(state.eta())),
                None => put(line, UNKNOWN),
            })
            .with_key("findings", move |_: &ProgressState, line: &mut dyn Write| {
                put(line, findings.load(Ordering::Relaxed));
            })
    }
}

fn put(line: &mut dyn Write, what: impl std::fmt::Display) {
    write!(line, "{what}").expect("the line is a text in memory");
}

/// How many reports there are, counted beside the run without reading them.
struct Total(Arc<OnceLock<usize>>);

impl Total {
    fn begin(inputs: Inputs) -> Self {
        let number = Arc::new(OnceLock::new());
        let own = Arc::clone(&number);
        thread::spawn(move || {
            let reports = inputs.iter().filter(|source| !matches!(source, Source::Skipped(_)));
            own.get_or_init(|| reports.count());
        });
        Self(number)
    }

    fn known(&self) -> Option<usize> {
        self.0.get().copied()
    }
}
