//! The list of agencies: which must report, for which years, and which is superior to which. It is a table with one row
//! per agency, as a spreadsheet writes it: `organization,parent,kind,from,to,alias`.

use std::collections::HashMap;

use crate::document::Location;
use crate::encoding::Encoding;
use crate::label::Label;
use crate::message::{Argument, Message};
use crate::pack::CollectionSettings;

/// What separates names in the column of other names.
const BETWEEN_NAMES: [char; 6] = [';', '；', '、', '|', '/', '\n'];

/// All agencies of a list.
///
/// ```
/// use gouji::{Agencies, builtin_packs};
///
/// let list = "organization,parent,from\n青岚县人民政府,,\n青岚县商务局,青岚县人民政府,2021\n";
/// let agencies = Agencies::read(list.as_bytes(), &builtin_packs().0.collection)?;
/// let agency = &agencies.agencies[agencies.find("青岚县商务局").unwrap() as usize];
/// assert_eq!(agency.parent, Some(0));
/// assert!(!agency.exists_in(2020));
/// # Ok::<(), gouji::Message>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Agencies {
    pub agencies: Vec<Agency>,
    /// The encoding of the list.
    pub encoding: Option<Encoding>,
    /// What is odd about it and does no harm, with the line.
    pub remarks: Vec<Message>,
    by_name: HashMap<String, u32>,
}

/// An agency on the list.
#[derive(Debug, Clone)]
pub struct Agency {
    pub name: String,
    /// The agency above it, where that is on the list too.
    pub parent: Option<u32>,
    /// The agencies right below it, in the order of the list.
    pub children: Vec<u32>,
    /// Its report is the sum of those of the agencies below.
    pub is_consolidated: bool,
    /// The first and the last year it has to report for; without a bound where none is given.
    pub from: Option<u16>,
    pub to: Option<u16>,
    /// Its place in the list.
    pub location: Location,
}

impl Agency {
    /// Whether there was such an agency in a year.
    pub fn exists_in(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// A name as it is compared: one agency, however its name is typed.
pub fn folded(name: &str) -> String {
    Label::new(name).core
}

impl Agencies {
    /// The agency of a name, or of a name it once had.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(&folded(name)).copied()
    }

    /// All names of all agencies, as they are compared, in no order.
    pub fn names(&self) -> impl Iterator<Item = (&str, u32)> {
        self.by_name.iter().map(|(name, agency)| (name.as_str(), *agency))
    }

    /// The agency of which a name, or a former one, ends with this one, or this one with it, where there is just one: what may
    /// be meant.
    pub fn similar(&self, name: &str) -> Option<&Agency> {
        let name = folded(name);
        let is_similar = |own: &String| !name.is_empty() && (own.ends_with(&name) || name.ends_with(own.as_str()));
        let mut similar = self.by_name.iter().filter(|(own, _)| is_similar(own)).map(|(_, agency)| *agency);
        let first = similar.next()?;
        similar.all(|other| other == first).then(|| &self.agencies[first as usize])
    }

    /// Each further name of an agency with its own, folded.
    pub fn other_names(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let named =
            self.by_name.iter().map(|(name, &agency)| (name.clone(), folded(&self.agencies[agency as usize].name)));
        named.filter(|(name, own)| name != own)
    }

    /// Reads a list.
    ///
    /// # Errors
    /// What is wrong with it, with the line: a column or a name is missing, a name is there twice, a year is none, agencies are
    /// above each other.
    pub fn read(bytes: &[u8], words: &CollectionSettings) -> Result<Self, Message> {
        let list = Text::new(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(&list.text))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(list.text.as_bytes());
        let mut records = reader.records();
        let header = records.next().transpose().map_err(|error| unreadable(&error))?;
        let columns = Columns::new(&header.unwrap_or_default(), words)?;
        let mut agencies = Self { encoding: Some(list.encoding), ..Self::default() };
        let mut parents = Vec::new();
        for record in records {
            let record = record.map_err(|error| unreadable(&error))?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            let row = Row { record: &record, columns: &columns, text: &list.text };
            parents.push((row.text(columns.parent).to_owned(), row.line()));
            agencies.add(&row, &list, words)?;
        }
        if agencies.agencies.is_empty() {
            return Err(Message::new("agencies.empty"));
        }
        agencies.connect(&parents)?;
        Ok(agencies)
    }

    fn add(&mut self, row: &Row<'_>, list: &Text, words: &CollectionSettings) -> Result<(), Message> {
        let columns = row.columns;
        let name = row.text(Some(columns.organization));
        if folded(name).is_empty() {
            return Err(row.mistake("agencies.no-name"));
        }
        let kind = folded(row.text(columns.kind));
        let (from, to) = (row.year(columns.from)?, row.year(columns.to)?);
        if from > to && to.is_some() {
            return Err(row.mistake("agencies.backward").with("name", name));
        }
        let number = self.agencies.len() as u32;
        self.agencies.push(Agency {
            name: name.to_owned(),
            parent: None,
            children: Vec::new(),
            is_consolidated: !words.kinds.own.contains(&kind),
            from,
            to,
            location: list.place(row, name),
        });
        if !kind.is_empty() && !words.kinds.own.contains(&kind) && !words.kinds.consolidated.contains(&kind) {
            self.remarks.push(row.mistake("agencies.unknown-kind").with("kind", row.text(columns.kind)));
        }
        for name in std::iter::once(name).chain(row.text(columns.alias).split(BETWEEN_NAMES)) {
            let key = folded(name);
            if !key.is_empty() && self.by_name.insert(key, number).is_some_and(|other| other != number) {
                return Err(row.mistake("agencies.twice").with("name", name.trim()));
            }
        }
        Ok(())
    }

    /// Puts every agency below its parent.
    fn connect(&mut self, parents: &[(String, u64)]) -> Result<(), Message> {
        for (child, (parent, line)) in parents.iter().enumerate() {
            if parent.is_empty() {
                continue;
            }
            let Some(above) = self.find(parent) else {
                let remark = Message::new("agencies.unknown-parent").with("line", line.to_string());
                self.remarks.push(remark.with("name", parent.as_str()));
                continue;
            };
            self.agencies[child].parent = Some(above);
            self.agencies[above as usize].children.push(child as u32);
        }
        let Some(agency) = self.above_itself() else { return Ok(()) };
        let message = Message::new("agencies.circle").with("line", parents[agency].1.to_string());
        Err(message.with("name", self.agencies[agency].name.as_str()))
    }

    /// An agency that is above itself. Every agency is passed once, however deep the tree is.
    fn above_itself(&self) -> Option<usize> {
        // From which agency on an agency was first passed on the way up.
        let mut passed_from: Vec<Option<usize>> = vec![None; self.agencies.len()];
        for start in 0..self.agencies.len() {
            let mut next = Some(start);
            while let Some(agency) = next.filter(|&agency| passed_from[agency].is_none()) {
                passed_from[agency] = Some(start);
                next = self.agencies[agency].parent.map(|parent| parent as usize);
            }
            if next.is_some_and(|agency| passed_from[agency] == Some(start)) {
                return next;
            }
        }
        None
    }
}

fn unreadable(error: &csv::Error) -> Message {
    let line = error.position().map_or(1, csv::Position::line);
    Message::new("agencies.unreadable")
        .with("line", line.to_string())
        .with("detail", Argument::Reason(error.to_string()))
}

/// What separates the cells: a comma, unless the first line has more tabs or semicolons.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    // Of the same number the last one counts.
    [b';', b'\t', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// The columns of a list, by number.
struct Columns {
    organization: usize,
    parent: Option<usize>,
    kind: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    alias: Option<usize>,
}

impl Columns {
    fn new(header: &csv::StringRecord, words: &CollectionSettings) -> Result<Self, Message> {
        let names: Vec<String> = header.iter().map(folded).collect();
        let find = |known: &[String]| names.iter().position(|name| known.contains(name));
        let words = &words.columns;
        let Some(organization) = find(&words.organization) else {
            let known = words.organization.iter().map(|word| word.as_str().into()).collect();
            return Err(Message::new("agencies.no-column").with("known", Argument::List(known)));
        };
        Ok(Self {
            organization,
            parent: find(&words.parent),
            kind: find(&words.kind),
            from: find(&words.from),
            to: find(&words.to),
            alias: find(&words.alias),
        })
    }
}

/// A row of the list.
struct Row<'r> {
    record: &'r csv::StringRecord,
    columns: &'r Columns,
    /// The whole list.
    text: &'r str,
}

impl Row<'_> {
    /// The text of a column; empty where there is no such column.
    fn text(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.record.get(column)).unwrap_or_default()
    }

    fn year(&self, column: Option<usize>) -> Result<Option<u16>, Message> {
        let text = self.text(column);
        let digits = text.trim_end_matches(['年', '度']);
        match digits.parse() {
            _ if text.is_empty() => Ok(None),
            Ok(year) if (1900..=2200).contains(&year) => Ok(Some(year)),
            _ => Err(self.mistake("agencies.no-year").with("found", text)),
        }
    }

    /// The line it begins in. The end of the line before may count as its own, as may empty lines.
    fn line(&self) -> u64 {
        let Some(position) = self.record.position() else { return 1 };
        let rest = self.text.get(position.byte() as usize..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        position.line() + rest[..blank].matches('\n').count() as u64
    }

    fn mistake(&self, key: &'static str) -> Message {
        Message::new(key).with("line", self.line().to_string())
    }
}

/// The list as text, with the bytes each character came from.
struct Text {
    text: String,
    encoding: Encoding,
    /// Characters that are not one ASCII byte: bytes of the text, and of the file. Empty where they are the same.
    characters: Vec<(std::ops::Range<u32>, std::ops::Range<u32>)>,
    /// Bytes of the file before the text.
    start: usize,
}

impl Text {
    /// UTF-8, or what Excel writes on a Chinese system.
    fn new(bytes: &[u8]) -> Self {
        let (encoding, start) = Encoding::of_windows(bytes);
        if let Some(text) = Encoding::utf8(&bytes[start..]).filter(|_| encoding == Encoding::Utf8) {
            return Self { text: text.to_owned(), encoding, characters: Vec::new(), start };
        }
        let transcoded = encoding.transcode(bytes, start);
        Self { text: transcoded.text, encoding, characters: transcoded.characters, start }
    }

    /// The place of the name of an agency, or of its row.
    fn place(&self, row: &Row<'_>, name: &str) -> Location {
        let start = row.record.position().map_or(0, |position| position.byte() as usize);
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.trim_start_matches(['\n', '\r']);
        let start = start + (rest.len() - line.len());
        let line = line.lines().next().unwrap_or_default();
        // One name may be the beginning of another one in the row.
        let is_whole = |at: &usize| {
            let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !goes_on(line[..*at].chars().next_back()) && !goes_on(line[*at + name.len()..].chars().next())
        };
        let at = line.match_indices(name).map(|(at, _)| at).find(is_whole).or_else(|| line.find(name));
        let (at, length) = at.map_or((0, line.len()), |at| (at, name.len()));
        let byte = |at: usize| u32::try_from(self.byte(at)).unwrap_or(u32::MAX);
        Location::text(byte(start + at)..byte(start + at + length))
    }

    /// The byte of the file that a byte of the text came from.
    fn byte(&self, at: usize) -> usize {
        let after = self.characters.partition_point(|(text, _)| text.end as usize <= at);
        match after.checked_sub(1).map(|index| &self.characters[index]) {
            None => self.start + at,
            Some((text, file)) => {
                // One-byte characters between two others are two bytes each in UTF-16, where all are listed.
                file.end as usize + (at - text.end as usize)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Language;
    use crate::pack::builtin;

    fn read(text: &str) -> Result<Agencies, String> {
        let agencies = Agencies::read(text.as_bytes(), &builtin().0.collection);
        agencies.map_err(|message| message.say(Language::English))
    }

    #[test]
    fn a_list_in_any_spelling() {
        let text = "机关名称,上级,类型,起始年度,撤销年度,曾用名\n青岚县人民政府,,人民政府,,,\n\
                    青岚县商务局,青岚县人民政府,部门,2021年,,青岚县商务和粮食局；青岚县经贸局\n";
        for bytes in [text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()] {
            let agencies = Agencies::read(&bytes, &builtin().0.collection).expect("a list");
            let second = agencies.find(" 青岚县 经贸局").expect("a former name");
            let agency = &agencies.agencies[second as usize];
            assert_eq!((agency.name.as_str(), agency.parent, agency.from), ("青岚县商务局", Some(0), Some(2021)));
            assert_eq!(agencies.agencies[0].children, [1]);
            let Location::Text(range) = agency.location.clone() else { panic!("a text has bytes") };
            let own = &bytes[range.start as usize..range.end as usize];
            assert_eq!(agencies.encoding.expect("a text").text(own), "青岚县商务局");
            assert!(agencies.remarks.is_empty(), "{:?}", agencies.remarks);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let mistakes = [
            ("name,parent\nA,B\n", "no column"),
            ("organization,parent\n", "no agency"),
            ("organization,parent\n商务局,\n商 务 局,\n", "line 3"),
            ("organization,from\n商务局,去年\n", "line 2"),
            ("organization,parent\n,上级\n", "line 2"),
            ("organization,from,to\n商务局,2022,2021\n", "line 2"),
            ("organization,parent\n甲局,乙局\n乙局,甲局\n", "line 2"),
            ("organization,from\r\n\r\n商务局,2022\r\n\r\n水利局,去年\r\n", "line 5"),
            // Who is below a circle is not on it.
            ("organization,parent\n甲局,乙局\n乙局,丙局\n丙局,乙局\n", "line 3"),
            ("organization,parent\n甲局,甲局\n", "line 2"),
        ];
        for (text, expected) in mistakes {
            let error = read(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
        let chain: String = (0..100_000).map(|agency| format!("{agency}局,{}局\n", agency + 1)).collect();
        let agencies = read(&format!("organization,parent\n{chain}")).expect("a list");
        assert_eq!(agencies.remarks.len(), 1, "the last one's parent is not on the list");
        let agencies = read("parent,organization\n县府办,县府\n").expect("a list");
        assert_eq!(agencies.agencies[0].location, Location::text(30..36), "not the first 县府 of the row");
        let agencies = read("organization;parent;kind\n甲局;乙府;作坊\n").expect("a list");
        assert_eq!(agencies.remarks.len(), 2, "{:?}", agencies.remarks);
    }
}
