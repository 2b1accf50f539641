//! What a report leaves for the formats that are written at the end: a line of JSON, what is told of it and what is drawn.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::super::{Input, Renderer, Style, told};
use super::drawing::{self, Drawing};
use super::places::Places;
use crate::facts::Value;

/// So many findings of one report are drawn.
const DRAWN: usize = 200;

/// A report, or what is told across reports of one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part<'a> {
    /// Its findings are all that is told of it.
    pub is_across: bool,
    pub told: Cow<'a, told::Report>,
    /// What each of the first findings points at.
    pub drawings: Vec<Vec<Drawing>>,
    /// The id of the form, and its figures; none where they are not asked for or not comparable.
    pub figures: Option<Figures>,
}

/// The figures of a report as texts, by the id of its form.
pub type Figures = (String, Vec<Option<String>>);

/// The line of a report; without its file, nothing is drawn.
pub(in super::super) fn part(
    renderer: &Renderer,
    told: &told::Report,
    file: Option<Input<'_>>,
    is_across: bool,
) -> String {
    let file = file.filter(|_| renderer.style != Style::Statistics);
    let part = Part {
        is_across,
        told: Cow::Borrowed(told),
        drawings: file
            .filter(|_| renderer.style == Style::Html)
            .map(|input| drawings(renderer, input))
            .unwrap_or_default(),
        figures: file.filter(|_| renderer.style == Style::Xlsx && !is_across).and_then(figures),
    };
    serde_json::to_string(&part).expect("plain data always serializes")
}

fn drawings(renderer: &Renderer, input: Input<'_>) -> Vec<Vec<Drawing>> {
    let findings = &input.checked.report.findings;
    if findings.is_empty() {
        return Vec::new();
    }
    let lines = input.lines();
    let places = Places::of(input.checked.document.as_ref());
    let drawn = findings.iter().take(DRAWN);
    drawn.map(|finding| drawing::of(input, finding, &places, &lines, renderer.language)).collect()
}

/// Every figure of the form as text, amounts in the form's own unit.
fn figures(input: Input<'_>) -> Option<Figures> {
    let (digest, pack) = (input.checked.digest.as_ref()?, input.checked.pack.as_ref()?);
    let values = digest.values(pack);
    if values.iter().all(|value| *value == Value::Absent) {
        return None;
    }
    let text = |value| if let Value::Number(number) = value { Some(number.normalize().to_string()) } else { None };
    Some((pack.id.clone(), values.into_iter().map(text).collect()))
}
