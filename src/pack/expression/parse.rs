//! From text to sums and conditions, by recursive descent.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::syntax::{Comparison, Condition, Item, Path, Problem, Relation, SyntaxError, Term, Whose};

const MAX_DEPTH: usize = 16;

/// Reads relations, with commas between them; each may go on with what it ends with: `lowest <= median <= highest`.
///
/// # Errors
/// With the place in `text` and what was expected there.
pub fn parse(text: &str) -> Result<Vec<Relation>, SyntaxError> {
    let mut parser = Parser::new(text);
    let mut relations = Vec::new();
    loop {
        let mut last = parser.relation(&RELATIONS, "expected.relation")?;
        while let Some(comparison) = parser.comparison(&RELATIONS) {
            let next = Relation { left: last.right.clone(), comparison, right: parser.sum(Decimal::ONE)? };
            relations.push(std::mem::replace(&mut last, next));
        }
        relations.push(last);
        if !parser.eat(",") {
            return parser.end(relations);
        }
    }
}

/// Reads a condition.
///
/// # Errors
/// As [`parse`].
pub fn condition(text: &str) -> Result<Condition, SyntaxError> {
    let mut parser = Parser::new(text);
    let condition = parser.condition()?;
    parser.end(condition)
}

/// Reads a sum without a comparison.
///
/// # Errors
/// As [`parse`].
pub fn sum(text: &str) -> Result<Vec<Term>, SyntaxError> {
    let mut parser = Parser::new(text);
    let terms = parser.sum(Decimal::ONE)?;
    parser.end(terms)
}

type Comparisons = [(&'static str, Comparison)];

/// A sum holds, or it does not: what is to be said of it needs a value to aim at.
const RELATIONS: [(&str, Comparison); 5] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("≤", Comparison::AtMost),
    ("≥", Comparison::AtLeast),
    ("=", Comparison::Equal),
];

const COMPARISONS: [(&str, Comparison); 9] = [
    ("!=", Comparison::NotEqual),
    ("≠", Comparison::NotEqual),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("≤", Comparison::AtMost),
    ("≥", Comparison::AtLeast),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    whose: Whose,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, whose: Whose::Own }
    }

    fn end<T>(mut self, found: T) -> Result<T, SyntaxError> {
        self.skip_blanks();
        if self.at < self.text.len() { Err(self.expected("expected.end")) } else { Ok(found) }
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &'t str {
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

    /// A word that is no part of a longer one.
    fn eat_word(&mut self, word: &str) -> bool {
        self.skip_blanks();
        let ends = |rest: &str| !rest.starts_with(|c: char| is_of_name(c) || c == '.');
        let found = self.rest().strip_prefix(word).is_some_and(ends);
        if found {
            self.at += word.len();
        }
        found
    }

    fn expected(&self, what: &'static str) -> SyntaxError {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        SyntaxError { problem: Problem::Expected(what), span: self.at..self.at + width }
    }

    /// Goes one pair of brackets further in for `inner`.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxError { problem: Problem::TooDeep, span: self.at.saturating_sub(1)..self.at });
        }
        let found = inner(self);
        self.depth -= 1;
        found
    }

    fn close(&mut self) -> Result<(), SyntaxError> {
        if self.eat(")") { Ok(()) } else { Err(self.expected("expected.bracket")) }
    }

    fn condition(&mut self) -> Result<Condition, SyntaxError> {
        let mut any = vec![self.all()?];
        while self.eat_word("or") {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Condition::Any(any) })
    }

    fn all(&mut self) -> Result<Condition, SyntaxError> {
        let mut all = vec![self.part()?];
        while self.eat_word("and") {
            all.push(self.part()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::All(all) })
    }

    fn part(&mut self) -> Result<Condition, SyntaxError> {
        if self.eat_word("not") {
            return Ok(Condition::Not(Box::new(self.deeper(Self::part)?)));
        }
        // A bracket may be that of a condition or of a sum: the first is tried, the second is what it is otherwise.
        let start = self.at;
        if self.eat("(") {
            let inner = self.deeper(|parser| {
                let condition = parser.condition()?;
                parser.close()?;
                Ok(condition)
            });
            let goes_on = |parser: &mut Self| {
                parser.skip_blanks();
                parser.rest().starts_with(['+', '-', '=', '<', '>', '!', '≤', '≥', '≠'])
            };
            match inner {
                Err(error) if error.problem == Problem::TooDeep => return Err(error),
                Ok(condition) if !goes_on(self) => return Ok(condition),
                _ => self.at = start,
            }
        }
        Ok(Condition::Compared(self.relation(&COMPARISONS, "expected.comparison")?))
    }

    fn relation(&mut self, comparisons: &Comparisons, needed: &'static str) -> Result<Relation, SyntaxError> {
        let left = self.sum(Decimal::ONE)?;
        let Some(comparison) = self.comparison(comparisons) else { return Err(self.expected(needed)) };
        let right = self.sum(Decimal::ONE)?;
        Ok(Relation { left, comparison, right })
    }

    fn comparison(&mut self, comparisons: &Comparisons) -> Option<Comparison> {
        comparisons.iter().find(|(token, _)| self.eat(token)).map(|(_, comparison)| *comparison)
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
            let number = self.number(|c| c.is_ascii_digit() || c == '.')?;
            factor = factor.checked_mul(number).ok_or_else(|| self.expected("expected.smaller-number"))?;
            if !self.eat("*") {
                terms.push(Term { factor, whose: self.whose, item: Item::One });
                return Ok(());
            }
        }
        if self.eat("(") {
            let inner = self.deeper(|parser| parser.sum(factor))?;
            terms.extend(inner);
            return self.close();
        }
        let path = self.path()?;
        if !self.eat("(") {
            terms.push(Term { factor, whose: self.whose, item: Item::Name(path) });
            return Ok(());
        }
        match path.name.as_str() {
            "sum" => self.ranges(factor, terms),
            "previous" | "children" => self.of_another(&path, factor, terms),
            "percent" => {
                let part = self.path()?;
                if !self.eat(",") {
                    return Err(self.expected("expected.comma"));
                }
                let whole = self.path()?;
                terms.push(Term { factor, whose: self.whose, item: Item::Percent(part, whole) });
                self.close()
            }
            _ => Err(SyntaxError { problem: Problem::UnknownFunction(path.name), span: path.span }),
        }
    }

    /// The content of the brackets of `sum(…)`.
    fn ranges(&mut self, factor: Decimal, terms: &mut Vec<Term>) -> Result<(), SyntaxError> {
        loop {
            let from = self.path()?;
            if self.eat("(") {
                match from.name.as_str() {
                    "level" => {
                        self.skip_blanks();
                        let number = self.number(|c| c.is_ascii_digit())?;
                        let number =
                            usize::try_from(number.mantissa()).map_err(|_| self.expected("expected.smaller-number"))?;
                        self.close()?;
                        let span = from.span.start..self.at;
                        terms.push(Term { factor, whose: self.whose, item: Item::Level { number, span } });
                    }
                    "previous" | "children" => self.of_another(&from, factor, terms)?,
                    _ => return Err(SyntaxError { problem: Problem::UnknownFunction(from.name), span: from.span }),
                }
            } else {
                let item = if self.eat("..") { Item::Range(from, self.path()?) } else { Item::Name(from) };
                terms.push(Term { factor, whose: self.whose, item });
            }
            if self.eat(")") {
                return Ok(());
            }
            if !self.eat(",") {
                return Err(self.expected("expected.comma-or-bracket"));
            }
        }
    }

    /// The content of the brackets of `previous(…)` and `children(…)`.
    fn of_another(&mut self, function: &Path, factor: Decimal, terms: &mut Vec<Term>) -> Result<(), SyntaxError> {
        if self.whose != Whose::Own {
            return Err(SyntaxError { problem: Problem::Nested, span: function.span.clone() });
        }
        self.whose = if function.name == "previous" { Whose::Previous } else { Whose::Children };
        let inner = self.deeper(|parser| parser.sum(factor));
        self.whose = Whose::Own;
        terms.extend(inner?);
        self.close()
    }

    fn number(&mut self, is_part: impl Fn(char) -> bool) -> Result<Decimal, SyntaxError> {
        let rest = self.rest();
        let width = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let number = Decimal::from_str(&rest[..width]).map_err(|_| self.expected("expected.number"))?;
        self.at += width;
        Ok(number)
    }

    fn path(&mut self) -> Result<Path, SyntaxError> {
        self.skip_blanks();
        let start = self.at;
        loop {
            let rest = self.rest();
            // The row of the same name in another table, `requests.*.total`.
            let is_same_name = self.at > start && rest.starts_with("*.");
            let width = rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len()).max(usize::from(is_same_name));
            // Only the first part must begin with a letter: the rows of some forms are named by codes.
            if width == 0 || self.at == start && rest.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(self.expected("expected.name"));
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

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(terms: &[Term]) -> Vec<String> {
        let name = |term: &Term| {
            let item = match &term.item {
                Item::One => "1".to_owned(),
                Item::Name(path) => path.name.clone(),
                Item::Range(from, to) => format!("{}..{}", from.name, to.name),
                Item::Level { number, .. } => format!("level {number}"),
                Item::Percent(part, whole) => format!("{}/{}", part.name, whole.name),
            };
            let whose = if term.whose == Whose::Own { String::new() } else { format!("{:?} ", term.whose) };
            format!("{}*{whose}{item}", term.factor)
        };
        terms.iter().map(name).collect()
    }

    fn one(text: &str) -> Relation {
        let [relation] = <[Relation; 1]>::try_from(parse(text).expect("sound")).expect("one");
        relation
    }

    #[test]
    fn a_chain_is_a_relation_for_each_link() {
        let links = parse("lowest <= median <= sum(a, b)").expect("sound");
        let links: Vec<_> = links.iter().map(|link| (names(&link.left), link.comparison, names(&link.right))).collect();
        let name = |name: &str| vec![format!("1*{name}")];
        assert_eq!(links[0], (name("lowest"), Comparison::AtMost, name("median")));
        assert_eq!(links[1], (name("median"), Comparison::AtMost, vec!["1*a".to_owned(), "1*b".to_owned()]));
        assert_eq!(links.len(), 2);
        let both = parse("a <= b <= c, d = e").expect("sound");
        assert_eq!(both.iter().map(|link| names(&link.right)).collect::<Vec<_>>(), [["1*b"], ["1*c"], ["1*e"]]);
    }

    #[test]
    fn a_star_stands_for_the_name_of_the_row() {
        assert_eq!(names(&one("processed = dispositions.*.total").right), ["1*dispositions.*.total"]);
        assert_eq!(names(&one("p = percent(fees, costs.*.total)").right), ["1*fees/costs.*.total"]);
        assert_eq!(parse("p = percent(a)").expect_err("of what").problem, Problem::Expected("expected.comma"));
        assert_eq!(parse("a = b.*").expect_err("no column").problem, Problem::Expected("expected.name"));
        assert_eq!(names(&one("a = 2*b").right), ["2*b"]);
    }

    #[test]
    fn sums_are_written_as_one_would_say_them() {
        let relation = one("received + carried_in = concluded + carried_out");
        assert_eq!(names(&relation.left), ["1*received", "1*carried_in"]);
        assert_eq!(relation.comparison, Comparison::Equal);
        let relation = one("concluded >= sum(granted .. denied.state_secret, a.b) - 2*(x - y)");
        assert_eq!(names(&relation.right), ["1*granted..denied.state_secret", "1*a.b", "-2*x", "2*y"]);
        assert_eq!(relation.comparison, Comparison::AtLeast);
        let relation = one("this = sum(children(this), level(1)) + previous(a - 2*b) - 3");
        assert_eq!(names(&relation.right), ["1*Children this", "1*level 1", "1*Previous a", "-2*Previous b", "-3*1"]);
    }

    #[test]
    fn conditions_are_written_as_one_would_say_them() {
        let read = condition("not (a = 0 or b > 2) and (c + d) != 1").expect("sound");
        let Condition::All(all) = read else { panic!("{read:?}") };
        let [Condition::Not(not), Condition::Compared(compared)] = all.as_slice() else { panic!("{all:?}") };
        assert!(matches!(&**not, Condition::Any(any) if any.len() == 2));
        assert_eq!(names(&compared.left), ["1*c", "1*d"]);
        assert_eq!(compared.comparison, Comparison::NotEqual);
        // Names may begin with the words of the language.
        assert!(condition("order = 1 and notes = 2").is_ok());
    }

    #[test]
    fn a_mistake_is_shown_where_it_stands() {
        let error = |text| parse(text).expect_err("a mistake");
        assert_eq!(error("a + = b"), SyntaxError { problem: Problem::Expected("expected.name"), span: 4..5 });
        assert_eq!(error("a = (b").problem, Problem::Expected("expected.bracket"));
        assert_eq!(error("a = sum(b; c)").problem, Problem::Expected("expected.comma-or-bracket"));
        assert_eq!(error("a + b"), SyntaxError { problem: Problem::Expected("expected.relation"), span: 5..5 });
        assert_eq!(error("a = total(b)").problem, Problem::UnknownFunction("total".into()));
        assert_eq!(error("a = previous(b + children(c))"), SyntaxError { problem: Problem::Nested, span: 17..25 });
        assert_eq!(error("a = b b").span, 6..7);
        assert_eq!(error("a < b").span, 2..3);
        let deep = format!("a = {}b", "(".repeat(100));
        assert_eq!(error(&deep).problem, Problem::TooDeep);
        let deep = format!("{}a = b", "(".repeat(100));
        assert_eq!(condition(&deep).expect_err("too deep").problem, Problem::TooDeep);
        assert_eq!(condition("a = 1 and").expect_err("more is expected").span, 9..9);
    }
}
