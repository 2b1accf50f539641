//! Text of runs, some of which are raised or lowered.

/// A text as it is put together. Before what is raised or lowered behind other text there is a `^`, since it may be the mark
/// of a note: a 12 with a small 1 behind it is `12^1`, and no 121.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub text: String,
    is_raised: bool,
}

impl Runs {
    pub(super) fn push(&mut self, text: &str, is_raised: bool) {
        if text.is_empty() {
            return;
        }
        let is_behind_text = self.text.ends_with(|c: char| !c.is_whitespace());
        // A figure may have a blank before its mark.
        let is_behind_figure = self.text.strip_suffix(' ').is_some_and(|text| text.ends_with(is_digit));
        if is_raised && !self.is_raised && (is_behind_text || is_behind_figure) {
            self.text.push('^');
        }
        // Nobody can say what a figure is that goes on behind a mark.
        let goes_on = self.is_raised && self.text.ends_with(is_digit) && text.starts_with(is_digit);
        if goes_on && !is_raised {
            self.text.push('\u{fffd}');
        }
        self.text.push_str(text);
        self.is_raised = is_raised;
    }
}

impl From<String> for Runs {
    fn from(text: String) -> Self {
        Self { text, is_raised: false }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::Runs;

    fn text(runs: &[(&str, bool)]) -> String {
        let mut text = Runs::default();
        runs.iter().for_each(|(run, is_raised)| text.push(run, *is_raised));
        text.text
    }

    #[test]
    fn a_mark_is_no_digit_of_the_figure() {
        assert_eq!(text(&[("12", false), ("1", true)]), "12^1");
        assert_eq!(text(&[("1", false), ("2", false), ("1", true), (",", true), ("2", true)]), "12^1,2");
        assert_eq!(text(&[("12 ", false), ("1", true)]), "12 ^1");
        assert_eq!(text(&[("合计 ", false), ("12", true)]), "合计 12");
        assert_eq!(text(&[("12", true)]), "12");
        assert_eq!(text(&[("m", false), ("2", true), ("以上", false)]), "m^2以上");
        assert_eq!(text(&[("12", false), ("1", true), ("5", false)]), "12^1\u{fffd}5");
        assert_eq!(text(&[("1", true), ("12", false)]), "1\u{fffd}12");
    }
}
