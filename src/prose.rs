//! Running text read as a reader does: who, when, what, how many.
//!
//! 1. `tokens` cuts a sentence into words of the pack's lexicon, numbers with their units, marks, and what is unknown.
//! 2. `clauses` groups these into clauses, nested in brackets or one after another.
//! 3. `statements` takes one clause after the other and makes a `record` of each number: what it counts, whose it is and of
//!    which year. `said` is what the words around a number say, `naming` what they name, `certain` whether that is sure. What a
//!    clause leaves out it has from the clauses before it: `context` is what goes on from one to the next.
//! 4. `reader` passes over sentences that say nothing of numbers, and puts the records of the others in order; `text` reads
//!    the whole report. `meaning` says which sums of figures a number may be, `last_year` what is said of the year before.
//!
//! What records say is compared in `check`, which sees no words. The words are the pack's ([`Lexicon`](crate::pack::Lexicon)),
//! the grammar is here. A number counts as one of the whole report only if every word of its clause is known and none says
//! that it is a part, an estimate, or of another agency or year. All others are kept as numbers of the text, and are
//! compared only with each other.

mod numbers;
mod ordinals;
mod subject;
mod tokens;
mod clauses;
mod record;
mod said;
mod context;
mod naming;
mod respective;
mod certain;
mod statements;
mod reader;
mod meaning;
mod text;
mod last_year;

pub use last_year::{Change, LastYear, OfLastYear, of_last_year};
pub use meaning::{only_figure, readings_of};
pub use record::{Opener, Period, Record, Says, Scope};
pub use subject::Own;
pub use text::{Paragraph, read};
pub use tokens::Mark;
