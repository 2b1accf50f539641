//! Running text read as a reader does: who, when, what, how many.
//!
//! 1. `tokens` cuts a sentence into words of the pack's lexicon, numbers with their units, marks, and what is unknown.
//! 2. `clauses` makes of them clauses as they nest in brackets and follow each other.
//! 3. `reader` takes one clause after the other and makes a `record` of each number: what it counts, whose it is and of
//!    which year. What a clause leaves out it has from the clauses before it; `context` is what goes on from one to the next.
//!
//! What records say is compared in `check`, which sees no words. The words are the pack's ([`Lexicon`](crate::pack::Lexicon)),
//! the grammar is here. A number is of the whole report only where every word of its clause is known and none of them
//! makes it a part, another agency's, another year's or about right: everything else is kept as a number of the text, and
//! is compared with other numbers of the text at most.

mod numbers;
mod tokens;
mod clauses;
mod subject;
mod record;
mod said;
mod context;
mod naming;
mod reader;

pub use reader::Reader;
pub use record::{Opener, Period, Record, Says, Scope};
pub use subject::is_own_agency;
pub use tokens::Mark;
