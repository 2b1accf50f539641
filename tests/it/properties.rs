//! Any table that keeps the rules is silent; any single figure of table three that is changed is named, with its value.

use crate::support::figures::is_one_row;
use crate::support::shape::{Shape, shapes};
use crate::support::{pack, report};
use gouji::Checker;
use gouji::internal::document::Location;
use gouji::internal::finding::Subject;
use gouji::internal::pack::Severity;
use proptest::prelude::*;

/// A figure of table three that the form prints.
fn figures() -> impl Strategy<Value = usize> {
    let of_table = |id: &str| id.starts_with("requests.");
    let all: Vec<usize> = pack()
        .figures
        .iter()
        .enumerate()
        .filter(|(_, figure)| of_table(&figure.id) && !is_one_row(&figure.id))
        .map(|(index, _)| index)
        .collect();
    prop::sample::select(all)
}

fn shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(shapes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_keeps_the_rules_is_silent(seed: u64, shape in shape()) {
        let (name, bytes) = shape.write(&report(seed));
        let checked = Checker::default().check(name, &bytes);
        prop_assert!(checked.first().report.findings.is_empty(), "{:?}", checked.first().report.findings);
        prop_assert!(checked.first().report.not_evaluated.is_empty());
    }

    #[test]
    fn one_wrong_figure_is_named_once_with_its_value(
        seed: u64, shape in shape(), figure in figures(), wrong in 0_u32..100_000,
    ) {
        let mut report = report(seed);
        let right = std::mem::replace(&mut report.figures[figure], wrong.to_string());
        prop_assume!(right != wrong.to_string());
        let (name, bytes) = shape.write(&report);
        let checked = Checker::default().check(name, &bytes);
        let errors: Vec<_> = checked.first().report.findings.iter().filter(|f| f.severity == Severity::Error).collect();
        prop_assert_eq!(errors.len(), 1, "{:?}", errors);
        prop_assert_eq!(&errors[0].subject, &Subject::Cell(pack().figures[figure].id.clone()));
        prop_assert_eq!(errors[0].expected.as_deref(), Some(right.as_str()));
        prop_assert_eq!((errors[0].rule.name.as_str(), errors[0].unique), ("wrong-figure", Some(true)));
        if let Some(Location::Text(range)) = &errors[0].location {
            let encoding = checked.first().report.encoding.expect("a text");
            let text = encoding.text(&bytes[range.start as usize..range.end as usize]);
            prop_assert_eq!(text, wrong.to_string());
        }
    }
}
