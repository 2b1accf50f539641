//! The language of sums.
//!
//! ```text
//! relation = sum ("=" | "<=" | ">=") sum
//! sum      = ["-"] term { ("+" | "-") term }
//! term     = [ number "*" ] factor
//! factor   = path | "sum" "(" range { "," range } ")" | "(" sum ")"
//! range    = path [ ".." path ]          every figure of the form from the first to the last
//! path     = name { "." name }
//! ```
//!
//! A name that is followed by a bracket is a function; `previous(…)` and `children(…)` are kept for the year before and
//! the organs below, so that packs need no new syntax for them.

use std::ops::Range;
use std::str::FromStr;

use rust_decimal::Decimal;

/// A relation between two sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub left: Vec<Term>,
    pub comparison: Comparison,
    pub right: Vec<Term>,
}

/// How the two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    AtMost,
    AtLeast,
}

impl Comparison {
    /// As printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
        }
    }
}

/// A figure, or a range of figures, times a factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub factor: Decimal,
    pub from: Path,
    /// The end of a range, inclusive.
    pub to: Option<Path>,
}

/// A dotted name and where it stands in the expression (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub name: String,
    pub span: Range<usize>,
}

/// What is wrong with an expression, and where in it (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub problem: Problem,
    pub span: Range<usize>,
}

/// The mistakes an expression can have. Their words are in the message catalogues under `pack.<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Something else was due here.
    Expected(&'static str),
    /// No such function.
    UnknownFunction(String),
    /// Known, but this version does not evaluate it.
    ReservedFunction(String),
    /// Brackets within brackets beyond any need.
    TooDeep,
}

const MAX_DEPTH: usize = 16;

/// Reads a relation.
///
/// # Errors
/// With the place in `text` and what was due there.
pub fn parse(text: &str) -> Result<Relation, SyntaxError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let left = parser.sum(Decimal::ONE)?;
    let comparison = parser.comparison()?;
    let right = parser.sum(Decimal::ONE)?;
    parser.skip_blanks();
    if parser.at < text.len() {
        return Err(parser.expected("the end"));
    }
    Ok(Relation { left, comparison, right })
}

/// Reads a sum by itself.
///
/// # Errors
/// With the place in `text` and what was due there.
pub fn parse_sum(text: &str) -> Result<Vec<Term>, SyntaxError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let sum = parser.sum(Decimal::ONE)?;
    parser.skip_blanks();
    if parser.at < text.len() {
        return Err(parser.expected("the end"));
    }
    Ok(sum)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expected(&self, what: &'static str) -> SyntaxError {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        SyntaxError { problem: Problem::Expected(what), span: self.at..self.at + width }
    }

    fn comparison(&mut self) -> Result<Comparison, SyntaxError> {
        for (token, comparison) in [
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("≤", Comparison::AtMost),
            ("≥", Comparison::AtLeast),
            ("=", Comparison::Equal),
        ] {
            if self.eat(token) {
                return Ok(comparison);
            }
        }
        Err(self.expected("=, <= or >="))
    }

    fn sum(&mut self, factor: Decimal) -> Result<Vec<Term>, SyntaxError> {
        let mut terms = Vec::new();
        let mut sign = if self.eat("-") { -factor } else { factor };
        loop {
            self.term(sign, &mut terms)?;
            if self.eat("+") {
                sign = factor;
            } else if self.eat("-") {
                sign = -factor;
            } else {
                return Ok(terms);
            }
        }
    }

    fn term(&mut self, sign: Decimal, terms: &mut Vec<Term>) -> Result<(), SyntaxError> {
        self.skip_blanks();
        let mut factor = sign;
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let width = self.rest().find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest().len());
            let number = Decimal::from_str(&self.rest()[..width]).map_err(|_| self.expected("a number"))?;
            factor = factor.checked_mul(number).ok_or_else(|| self.expected("a smaller number"))?;
            self.at += width;
            if !self.eat("*") {
                return Err(self.expected("*"));
            }
        }
        if self.eat("(") {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(SyntaxError { problem: Problem::TooDeep, span: self.at - 1..self.at });
            }
            terms.extend(self.sum(factor)?);
            self.depth -= 1;
            return if self.eat(")") { Ok(()) } else { Err(self.expected(")")) };
        }
        let path = self.path()?;
        if !self.eat("(") {
            terms.push(Term { factor, from: path, to: None });
            return Ok(());
        }
        match path.name.as_str() {
            "sum" => {}
            "previous" | "children" => {
                return Err(SyntaxError { problem: Problem::ReservedFunction(path.name), span: path.span });
            }
            _ => return Err(SyntaxError { problem: Problem::UnknownFunction(path.name), span: path.span }),
        }
        loop {
            let from = self.path()?;
            let to = if self.eat("..") { Some(self.path()?) } else { None };
            terms.push(Term { factor, from, to });
            if self.eat(")") {
                return Ok(());
            }
            if !self.eat(",") {
                return Err(self.expected(", or )"));
            }
        }
    }

    fn path(&mut self) -> Result<Path, SyntaxError> {
        self.skip_blanks();
        let start = self.at;
        loop {
            let rest = self.rest();
            let width = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            if width == 0 || rest.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(self.expected("a name"));
            }
            self.at += width;
            // One dot leads on; two are a range.
            if !self.rest().starts_with('.') || self.rest().starts_with("..") {
                break;
            }
            self.at += 1;
        }
        Ok(Path { name: self.text[start..self.at].to_owned(), span: start..self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(terms: &[Term]) -> Vec<String> {
        let name = |t: &Term| match &t.to {
            Some(to) => format!("{}*{}..{}", t.factor, t.from.name, to.name),
            None => format!("{}*{}", t.factor, t.from.name),
        };
        terms.iter().map(name).collect()
    }

    #[test]
    fn sums_are_written_as_one_would_say_them() {
        let relation = parse("received + carried_in = concluded + carried_out").expect("sound");
        assert_eq!(names(&relation.left), ["1*received", "1*carried_in"]);
        assert_eq!(relation.comparison, Comparison::Equal);
        let relation = parse("concluded >= sum(granted .. denied.state_secret, a.b) - 2*(x - y)").expect("sound");
        assert_eq!(names(&relation.right), ["1*granted..denied.state_secret", "1*a.b", "-2*x", "2*y"]);
        assert_eq!(relation.comparison, Comparison::AtLeast);
    }

    #[test]
    fn a_mistake_is_shown_where_it_stands() {
        let error = |text| parse(text).expect_err("a mistake");
        assert_eq!(error("a + = b"), SyntaxError { problem: Problem::Expected("a name"), span: 4..5 });
        assert_eq!(error("a + b"), SyntaxError { problem: Problem::Expected("=, <= or >="), span: 5..5 });
        assert_eq!(error("a = total(b)").problem, Problem::UnknownFunction("total".into()));
        assert_eq!(error("a = previous(b)").problem, Problem::ReservedFunction("previous".into()));
        assert_eq!(error("a = b b").span, 6..7);
        let deep = format!("a = {}b", "(".repeat(100));
        assert_eq!(error(&deep).problem, Problem::TooDeep);
    }
}
