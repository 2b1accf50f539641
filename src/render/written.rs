//! A run in one format: what comes before, between and behind its reports.

use std::fmt;
use std::io::{self, Write};

use super::format::Format;
use super::held::{Aside, Held, Made};
use super::options::Options;
use super::output::{Collector, Output, Part, Setting};
use crate::view::{Across, Document, Report, Summary, Verdict};

/// A format with how it is written.
///
/// ```
/// use gouji::Language;
/// use gouji::render::{Format, Options, Setting, Written};
/// use gouji::view::{Across, Document, Input, Report};
///
/// # mod made { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shelters/made.rs")); }
/// # use made::*;
/// let (checker, text) = (checker(), REPORT_2024.replace("| 18 |", "| 81 |"));
/// let checked = checker.check("2024.md", text.as_bytes());
/// let views = Report::all(Input::new(&checked, text.as_bytes()), Language::English);
/// let lines = Written { format: Format::Concise, options: Options::new(Language::English) };
/// let lines = lines.run(Setting::new(checker.packs()), &Document::new(views, Across::default()))?;
/// assert!(lines.starts_with(b"2024.md:5:19: error GJ300"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Written {
    pub format: Format,
    pub options: Options,
}

impl Written {
    /// What is written of a report. Where findings across reports may still come, so that its verdict may be another one in the
    /// end, with what is written then.
    pub fn made(&self, report: &mut Report, is_open: bool) -> Made {
        let text = self.report(report);
        if !is_open {
            return Made { text, if_accused: None };
        }
        let own = std::mem::replace(&mut report.verdict, Verdict::Findings);
        let if_accused = Some(self.report(report)).filter(|accused| *accused != text);
        report.verdict = own;
        Made { text, if_accused }
    }

    /// What is written of a report; empty in formats that take in the report itself.
    pub fn report(&self, report: &Report) -> String {
        self.format.output().report(&self.options, report)
    }

    /// What is written of what is said across reports of one of them, in the same way.
    pub fn across(&self, report: &Report) -> String {
        self.format.output().across(&self.options, report)
    }

    /// A whole run as bytes.
    ///
    /// # Errors
    /// When there is no room for what some formats keep back on the way.
    pub fn run(&self, setting: Setting<'_>, run: &Document) -> io::Result<Vec<u8>> {
        self.run_by(self.format.output(), setting, run)
    }

    /// The same, by what writes this format. Who names that holds no other format in his program: the page would not have room
    /// for all of them.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn run_by(&self, output: &'static dyn Output, setting: Setting<'_>, run: &Document) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut stream = Stream::by(output, self.clone(), setting, &mut bytes)?;
        stream.begin()?;
        for report in &run.reports {
            stream.take(Part::settled(report, false), &output.report(&self.options, report).into())?;
        }
        stream.begin_across()?;
        let mut across = run.archive.clone();
        for report in across.take_reports() {
            stream.take(Part::settled(&report, true), &output.across(&self.options, &report).into())?;
        }
        stream.finish(&across, &run.summary)?;
        drop(stream);
        Ok(bytes)
    }
}

/// A run that is written in one format as its reports come. From the first report on whose verdict shows in it and is not
/// certain before all reports are compared, it is kept back, and written at the end.
pub struct Stream<W> {
    pub written: Written,
    output: &'static dyn Output,
    pub writer: W,
    /// For formats that are more than one part after the other.
    collector: Option<Box<dyn Collector>>,
    /// The list that is being written has a part already, and the next one needs something between.
    has_parts: bool,
    /// What is written is said across reports.
    is_across: bool,
    held: Option<Held>,
}

impl<W: fmt::Debug> fmt::Debug for Stream<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("written", &self.written).field("writer", &self.writer).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Stream<W> {
    /// Nothing is written yet.
    ///
    /// # Errors
    /// When nothing can be kept back.
    pub fn new(written: Written, setting: Setting<'_>, writer: W) -> io::Result<Self> {
        Self::by(written.format.output(), written, setting, writer)
    }

    /// The same, by what writes this format.
    fn by(output: &'static dyn Output, written: Written, setting: Setting<'_>, writer: W) -> io::Result<Self> {
        let collector = output.collector(&written.options, setting)?;
        Ok(Self { written, output, writer, collector, has_parts: false, is_across: false, held: None })
    }

    /// Writes what comes before all reports.
    ///
    /// # Errors
    /// When the writer takes no more, as in all that follows.
    pub fn begin(&mut self) -> io::Result<()> {
        self.write(&self.output.head(&self.written.options))
    }

    /// From here on, parts are of what is said across reports.
    pub fn begin_across(&mut self) -> io::Result<()> {
        if let Some(held) = &mut self.held {
            return held.begin_across();
        }
        self.is_across = true;
        let Some(head) = self.output.across_head() else { return Ok(()) };
        self.has_parts = false;
        self.write(head)
    }

    /// Hands a part on to what collects reports, or writes what [`Written`] has made of it.
    pub fn take(&mut self, part: Part<'_>, made: &Made) -> io::Result<()> {
        if let Some(collector) = &mut self.collector {
            return collector.take(part, &mut self.writer);
        }
        if self.held.is_none() && made.if_accused.is_some() {
            self.held = Some(Held::new());
        }
        match &mut self.held {
            Some(held) => held.take(part, made),
            None => self.write_part(&made.text),
        }
    }

    /// Writes what was kept back, now that every verdict is known.
    fn write_held(&mut self) -> io::Result<()> {
        let Some(held) = self.held.take() else { return Ok(()) };
        held.read(|aside| match aside {
            Aside::Part(text) => self.write_part(text),
            Aside::BeginAcross => self.begin_across(),
        })
    }

    /// Writes the end.
    pub fn finish(&mut self, across: &Across, summary: &Summary) -> io::Result<()> {
        self.write_held()?;
        let (output, options) = (self.output, self.written.options.clone());
        self.write_part(&output.across_suppressed(&options, across))?;
        self.write(&output.tail(&options, across, summary))?;
        if let Some(collector) = self.collector.take() {
            collector.finish(across, summary, &mut self.writer)?;
        }
        self.writer.flush()
    }

    /// Writes a part, behind what comes between it and the one before.
    fn write_part(&mut self, part: &str) -> io::Result<()> {
        if part.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.has_parts, true) {
            let output = self.output;
            self.write(if self.is_across { output.across_separator() } else { output.separator() })?;
        }
        self.write(part)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())
    }
}
