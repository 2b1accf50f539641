//! A report judged with those alone that its judgement depends on is judged as among all.

use std::sync::Arc;

use crate::support::archive::Plan;
use crate::support::archive::agencies::{Agency, HEADER};
use gouji::Checker;
use gouji::internal::agencies::Agencies;
use gouji::internal::collection::{
    Accusation, All, Builder, Collection, Common, Counters, Entry, Ground, How, Judgement,
};
use gouji::internal::digest::Digest;
use gouji::internal::message::Language;
use gouji::internal::pack::{Levels, builtin};

/// What is said of a report, its others by their numbers among all.
fn said(judgement: &Judgement, number: impl Fn(Entry) -> Entry) -> String {
    let accusation = |accusation: &Accusation| {
        let mut accusation = accusation.clone();
        match &mut accusation {
            Accusation::Sums { explanation, .. } => {
                for explanation in explanation.iter_mut() {
                    explanation.child = number(explanation.child);
                    if let How::FromLastYear(entry) = &mut explanation.how {
                        *entry = number(*entry);
                    }
                }
            }
            Accusation::Gap { last: other, .. }
            | Accusation::SameFigures { other, .. }
            | Accusation::SameText { other }
            | Accusation::LastYear { previous: other, .. }
            | Accusation::Duplicate { other } => *other = number(*other),
            Accusation::NotOnList => {}
        }
        accusation
    };
    let accusations: Vec<Accusation> = judgement.accusations.iter().map(accusation).collect();
    let reasons: Vec<String> = judgement.not_evaluated.iter().map(|why| why.say(Language::English)).collect();
    let previous = judgement.previous.map(&number);
    let children: Vec<Entry> = judgement.children.iter().copied().map(&number).collect();
    format!("{:?} {accusations:?} {reasons:?} {previous:?} {children:?} {:?}", judgement.tally, judgement.others)
}

/// What is common and who has reported, counted apart from the collection.
fn all(ground: &Ground, digests: &[Digest]) -> All {
    let settings = &builtin().0.collection;
    let list = ground.agencies().expect("a list");
    let hashes = || digests.iter().flat_map(|digest| digest.text.hashes().iter().copied());
    let whose =
        |digest: &Digest| (list.find(&digest.organization), digest.organization.clone(), ground.family(digest.pack));
    let mut uses: Vec<_> = digests
        .iter()
        .flat_map(|digest| digest.text.hashes().iter().map(move |&hash| (hash, whose(digest))))
        .map(|(hash, (listed, name, family))| (hash, family, listed, if listed.is_some() { "".into() } else { name }))
        .collect();
    uses.sort();
    uses.dedup();
    let mut counters = Counters::for_sentences(hashes().count());
    uses.iter().for_each(|(hash, ..)| counters.add(*hash));
    let common = Common::of(hashes().filter(|&hash| counters.is_over(hash, settings.common_agencies)));
    let mut reported: Vec<((u16, u16), u32)> = digests
        .iter()
        .filter_map(|digest| Some(((ground.family(digest.pack), digest.year), list.find(&digest.organization)?)))
        .filter(|((_, year), agency)| list.agencies[*agency as usize].exists_in(*year))
        .collect();
    reported.sort_unstable();
    reported.dedup();
    let counts = reported.chunk_by(|one, next| one.0 == next.0).map(|of_year| (of_year[0].0, of_year.len()));
    All::new(ground, common, counts)
}

#[test]
fn a_report_is_judged_alike_with_those_it_depends_on() {
    let plan = Plan { formats: vec!["md".to_owned()], seed: 21, breaks: 40, ..Plan::new(9, 12, 2020..=2024) };
    let checker = Checker::default().with_digests(&builtin().1);
    let (mut list, mut digests) = (HEADER.to_owned(), Vec::new());
    for place in plan.places() {
        list.extend(place.agencies.iter().map(Agency::row));
        for report in &place.reports {
            digests.extend(checker.check(&report.path, &report.bytes()).into_first().digest);
        }
    }
    // Some come twice, with other figures and with the same; some are by agencies that are on no list.
    let (again, other): (Vec<Digest>, Vec<Digest>) = (digests[..20].to_vec(), digests[40..60].to_vec());
    digests.extend(again.iter().chain(&again[..9]).cloned());
    digests.extend(other.into_iter().enumerate().map(|(number, mut digest)| {
        digest.organization =
            if number % 2 == 0 { again[number].organization.clone() } else { format!("{number}处").into() };
        digest
    }));
    let agencies = Agencies::read(list.as_bytes(), &checker.core().collection).expect("a list");
    let ground = Ground::new(checker.core(), checker.packs(), Some(agencies));
    let mut builder = Builder::on(&ground);
    for digest in &digests {
        builder.add(digest.clone());
    }
    let gap = digests.iter().find(|digest| digest.year == 2022).expect("five years");
    builder.add_unread(&gap.organization, 2021);
    let collection: Collection = builder.finish();
    let all = Arc::new(all(&ground, &digests));
    let levels = Levels::default();
    let (mut accused, mut alike, mut largest) = (0, 0, 0);
    for entry in 0..collection.len() {
        let judgement = collection.judge(entry, &levels);
        let (case, entries) = collection.case(entry);
        largest = largest.max(entries.len());
        alike += case.alike.iter().filter(|(_, alike)| alike.figures.is_some() || alike.text.is_some()).count();
        let own = case.own;
        let apart = case.collection(&ground, &all);
        assert_eq!(apart.identity(own), collection.identity(entry));
        let (among, apart) =
            (said(&judgement, |entry| entry), said(&apart.judge(own, &levels), |entry| entries[entry]));
        assert_eq!(among, apart, "report {entry} of {:?}, with {entries:?}", collection.identity(entry));
        accused += usize::from(!judgement.accusations.is_empty());
    }
    assert!(accused > 60 && alike > 20 && largest < 80, "{accused} accused, {alike} alike, {largest} together");
}
