//! The second stage: a report judged with those that it is compared with, by the code that judges it among all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji::collection::{Alike, All, Builder, Case, Collection, Common, Counters, Ground, Judgement};
use gouji::reread;
use gouji::{Agencies, Checker, Digest, Language};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use serde::{Deserialize, Serialize};

use super::Kernel;

/// What reports are compared by, besides themselves: made anew on every executor.
#[pyclass(frozen, module = "gouji._gouji")]
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(super) checker: Arc<Checker>,
    pub(super) language: Language,
    pub(super) ground: Arc<Ground>,
    pub(super) all: Arc<All>,
    pub(super) list: Option<List>,
}

/// The list of agencies as it is given.
#[derive(Debug)]
pub(super) struct List {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A report that takes part in a comparison: its digest, the name of its agency, its path as it is shown, the file it is in, its
/// place in that, its part, its verdict by itself.
type Member = (PyBackedBytes, String, String, String, Option<PyBackedBytes>, Option<String>, String);
/// The reports of a case, which of them is judged, what is like what, and the years of files that cannot be read.
type Given = (Vec<Member>, usize, Vec<(usize, Option<usize>, Option<usize>)>, Vec<u16>);
/// A file that is to be read again: as it is shown, where it is, and where in that.
type File = (String, String, Option<Vec<u8>>);
/// How many rules hold, are broken, could not be evaluated; why not; the files to be read again; what is to be said then.
type Judged = ([usize; 3], Vec<String>, Vec<File>, Option<Vec<u8>>);
/// An agency of the list: its name, the one above it, whether it is the sum of those below, its first and its last year.
type Listed = (String, Option<u32>, bool, Option<u16>, Option<u16>);

/// A report with something against it, until its file is there.
#[derive(Serialize, Deserialize)]
pub(super) struct Accused {
    pub case: Case,
    /// For each report of the case: its path as it is shown, its part.
    pub files: Vec<(String, Option<String>)>,
    /// The verdict of the report by itself.
    pub before: String,
}

#[pymethods]
impl Comparison {
    /// `agencies` is the list with its path, `common` the sentences that are nobody's own, `reported` how many agencies of the list
    /// have a report in a family of forms and a year.
    #[new]
    fn new(
        kernel: &Kernel,
        agencies: Option<(String, Vec<u8>)>,
        common: Vec<u32>,
        reported: Vec<(u16, u16, usize)>,
    ) -> PyResult<Self> {
        let (checker, language) = (Arc::clone(&kernel.checker), kernel.language);
        let list = agencies.map(|(path, bytes)| List { path, bytes });
        let read = |list: &List| Agencies::read(&list.bytes, &checker.core().collection);
        let agencies = list.as_ref().map(read).transpose();
        let path = list.as_ref().map(|list| list.path.as_str()).unwrap_or_default();
        let agencies = agencies.map_err(|why| PyValueError::new_err(format!("{path}: {}", why.say(language))))?;
        let ground = Ground::new(checker.core(), checker.packs(), agencies);
        let reported = reported.into_iter().map(|(family, year, count)| ((family, year), count));
        let all = Arc::new(All::new(&ground, Common::of(common), reported));
        Ok(Self { checker, language, ground, all, list })
    }

    /// The agencies of the list.
    fn agencies(&self) -> Vec<Listed> {
        let agencies = self.ground.agencies().map_or(&[][..], |list| &list.agencies);
        let listed = agencies.iter();
        listed.map(|own| (own.name.clone(), own.parent, own.is_consolidated, own.from, own.to)).collect()
    }

    /// All names of the agencies, as names are compared, with their numbers.
    fn names(&self) -> Vec<(String, u32)> {
        let names = self.ground.agencies().into_iter().flat_map(Agencies::names);
        names.map(|(name, agency)| (name.to_owned(), agency)).collect()
    }

    /// What is odd about the list and does no harm.
    fn remarks(&self) -> Vec<String> {
        let remarks = self.ground.agencies().map_or(&[][..], |list| &list.remarks);
        remarks.iter().map(|remark| remark.say(self.language)).collect()
    }

    /// How many counters are counted with for so many sentences, and how many agencies it takes for a counter to be full.
    fn counters(&self, sentences: usize) -> (usize, u8) {
        let most = self.checker.core().collection.common_agencies;
        (Counters::room(sentences), Counters::most(most) + 1)
    }

    /// How many sentences two reports have at least in common to be looked at.
    fn copied_least(&self) -> usize {
        self.checker.core().collection.copied_least
    }

    /// For pairs of reports, whether the second has most of the text of the first.
    fn copied(&self, py: Python<'_>, pairs: Vec<(PyBackedBytes, PyBackedBytes)>) -> PyResult<Vec<bool>> {
        py.detach(|| {
            let settings = &self.checker.core().collection;
            let is_copied = |(own, other): &(PyBackedBytes, PyBackedBytes)| {
                let (own, other) = (digest(own)?, digest(other)?);
                Ok(self.all.common().is_copied(&own.text, &other.text, settings))
            };
            pairs.iter().map(is_copied).collect()
        })
    }

    /// Judges a report of each case.
    fn judge(&self, py: Python<'_>, cases: Vec<Given>) -> PyResult<Vec<Judged>> {
        py.detach(|| cases.into_iter().map(|case| self.judged(case)).collect())
    }
}

/// For each sentence the two counters of so many by which it is counted.
#[pyfunction]
pub(crate) fn places(py: Python<'_>, hashes: Vec<u32>, room: usize) -> (Vec<usize>, Vec<usize>) {
    py.detach(|| hashes.into_iter().map(|hash| Counters::places(hash, room)).map(|[one, two]| (one, two)).unzip())
}

fn digest(bytes: &[u8]) -> PyResult<Digest> {
    postcard::from_bytes(bytes).map_err(|error| PyValueError::new_err(format!("no digest of this version: {error}")))
}

/// What all reports have in common: the sentences that are nobody's own, how many agencies have reported, and which have not.
type InCommon = (Vec<u32>, Vec<(u16, u16, usize)>, Vec<(usize, u16, u16)>);

/// Judges all reports together, as on one machine: `members` are all of them in order, and between them the files of a known agency
/// and year that cannot be read, which have no digest.
#[pyfunction]
pub(crate) fn judge_all(
    py: Python<'_>,
    comparison: &Comparison,
    members: Vec<(Option<PyBackedBytes>, Member, u16)>,
) -> PyResult<(Vec<Judged>, InCommon)> {
    py.detach(|| comparison.judged_all(members))
}

impl Comparison {
    fn judged(&self, (members, own, alike, unread): Given) -> PyResult<Judged> {
        let named = |(bytes, name, ..): &Member| {
            let mut digest = digest(bytes)?;
            digest.organization = name.as_str().into();
            Ok(digest)
        };
        let digests = members.iter().map(named).collect::<PyResult<Vec<_>>>()?;
        let alike = alike.into_iter().map(|(entry, figures, text)| (entry, Alike { figures, text })).collect();
        let case = Case { digests, own, alike, unread };
        let collection = case.clone().collection(&self.ground, &self.all);
        let members: Vec<&Member> = members.iter().collect();
        self.of_one(&collection, own, &members, || (case, (0..members.len()).collect()))
    }

    fn judged_all(&self, rows: Vec<(Option<PyBackedBytes>, Member, u16)>) -> PyResult<(Vec<Judged>, InCommon)> {
        let mut builder = Builder::on(&self.ground);
        let mut members = Vec::new();
        for (bytes, member, year) in &rows {
            match bytes {
                None => builder.add_unread(&member.1, *year),
                Some(bytes) => {
                    builder.add(digest(bytes)?);
                    members.push(member);
                }
            }
        }
        let collection = builder.finish();
        let judged = (0..members.len()).map(|own| self.of_one(&collection, own, &members, || collection.case(own)));
        let judged = judged.collect::<PyResult<Vec<_>>>()?;
        let all = collection.all();
        let missing = collection.missing().0.into_iter().map(|missing| (missing.agency, missing.year, missing.form));
        let mut common: Vec<u32> = all.common().hashes().collect();
        common.sort_unstable();
        let reported = all.reported().map(|((family, year), count)| (family, year, count));
        Ok((judged, (common, reported.collect(), missing.collect())))
    }

    /// Judges one report; of one that is accused, with its case and the reports in that.
    fn of_one(
        &self,
        collection: &Collection,
        own: usize,
        members: &[&Member],
        case: impl FnOnce() -> (Case, Vec<usize>),
    ) -> PyResult<Judged> {
        // What others do not survive is said of none of them.
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let judgement = self.judgement(collection, own);
            let reasons = self.reasons(collection, own, &judgement, members[own]);
            (judgement, reasons)
        }));
        let Ok((judgement, reasons)) = judged else { return Ok(([0; 3], Vec::new(), Vec::new(), None)) };
        let tally = [judgement.tally.held, judgement.tally.broken, judgement.tally.not_evaluated];
        if judgement.accusations.is_empty() {
            return Ok((tally, reasons, Vec::new(), None));
        }
        let file = |entry: usize| {
            let (_, _, shown, source, place, ..) = members[entry];
            (shown.clone(), source.clone(), place.as_ref().map(|place| place.to_vec()))
        };
        let mut wanted: Vec<File> = judgement.beside().into_iter().chain([own]).map(file).collect();
        wanted.sort();
        wanted.dedup();
        let (case, entries) = case();
        let file = |&entry: &usize| (members[entry].2.clone(), members[entry].5.clone());
        let accused = Accused { case, files: entries.iter().map(file).collect(), before: members[own].6.clone() };
        let accused = postcard::to_stdvec(&accused).map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok((tally, reasons, wanted, Some(accused)))
    }

    pub(super) fn judgement(&self, collection: &Collection, own: usize) -> Judgement {
        collection.judge(own, self.checker.levels(Some(collection.pack(own))))
    }

    fn reasons(&self, collection: &Collection, own: usize, judgement: &Judgement, member: &Member) -> Vec<String> {
        let place = (&*member.2, member.5.as_deref());
        let reasons = reread::not_evaluated(collection, own, judgement, place, self.language).into_iter();
        reasons.map(|reason| serde_json::to_string(&reason).expect("plain data always serializes")).collect()
    }
}
