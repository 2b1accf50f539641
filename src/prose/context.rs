//! What goes on from clause to clause: the topic of the heading, and what a clause says without saying it again. May rely
//! on `numbers` and `record`.

use super::ordinals::{Style, ordinal};
use super::record::{Opener, Period, Scope};
use crate::pack::Lexicon;

/// What is known where a clause begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub topic: Option<usize>,
    /// How the heading is numbered that the topic comes from.
    style: Option<Style>,
    /// What was counted last.
    pub groups: Vec<usize>,
    /// It is sure what the sentence is about.
    pub is_anchored: bool,
    pub period: Period,
    pub scope: Scope,
    /// Names of a clause without a number, which may be in the next one.
    pub pending: Vec<usize>,
    /// A comparison that goes on in the next clause.
    pub is_compared: bool,
    /// It is with the year before.
    pub is_than_last_year: bool,
    /// A clause without a number spoke of other things.
    pub is_doubtful: bool,
    /// An agency or a matter was named of which all that follows is, until the report's own agency is named.
    pub is_held: bool,
    /// Disputes or documents were named with what makes them sure.
    pub is_anchored_besides: bool,
    /// What is counted is counted up to a day.
    pub is_until: bool,
    /// The report's own agency is who acts, and the sentence is of nothing else.
    pub is_of_own: bool,
    pub may_be_of_own: bool,
    /// A clause without a number has opened a list.
    pub opener: Option<Opener>,
}

impl Context {
    /// The text of a section begins.
    pub fn new(lexicon: &Lexicon, section: Option<usize>) -> Self {
        let topic =
            section.and_then(|section| lexicon.topics.iter().position(|topic| topic.sections.contains(&section)));
        Self { topic, ..Self::default() }
    }

    /// A sentence begins. `goes_on`: with parts of what was counted last.
    pub fn next_sentence(&mut self, goes_on: bool) {
        let period = if self.period == Period::Named { Period::Named } else { Period::Own };
        let kept = Self {
            topic: self.topic,
            style: self.style,
            groups: std::mem::take(&mut self.groups),
            is_anchored: self.is_anchored,
            period,
            ..Self::default()
        };
        if goes_on {
            self.groups = kept.groups;
            return;
        }
        *self = kept;
    }

    /// The bytes of an ordinal at the start of a sentence; a heading behind it sets the topic.
    pub fn heading(&mut self, lexicon: &Lexicon, sentence: &str) -> usize {
        let Some((style, len)) = ordinal(sentence) else { return 0 };
        let lead = &sentence[len..];
        let lead = &lead[..lead.find(['，', '：', ',', ':']).unwrap_or(lead.len())];
        let found = lexicon.topics.iter().enumerate().filter_map(|(index, topic)| {
            let first = topic.words.iter().filter_map(|word| lead.find(word.as_str())).min()?;
            Some((first, index))
        });
        match found.min() {
            Some((_, topic)) => {
                (self.topic, self.style) = (Some(topic), Some(style));
                self.leave();
            }
            None if self.style == Some(style) => {
                (self.topic, self.style) = (None, None);
                self.leave();
            }
            None => {}
        }
        len
    }

    fn leave(&mut self) {
        *self = Self { topic: self.topic, style: self.style, ..Self::default() };
    }

    /// The group whose words need not be said under the topic, or where the sentence has an anchor.
    pub fn default_group(&self, lexicon: &Lexicon) -> Option<usize> {
        let any = || lexicon.groups().first().copied().filter(|_| self.is_anchored);
        let Some(topic) = self.topic else { return any() };
        match lexicon.groups_of(topic) {
            [] => any(),
            [only] => Some(*only),
            [..] => None,
        }
    }
}
