//! What collections have in common, however many are made: the rules, the forms, the list of agencies.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::agencies::Agencies;
use crate::evaluate::Numbers;
use crate::pack::{Core, Pack};

/// For two forms, the figures of the first by those of the second.
type Translated = BTreeMap<(u16, u16), Vec<Option<usize>>>;

/// The rules, the forms and the list of agencies by which reports are compared. Where collections are made by the thousand, one for
/// each report with those it is compared with, they share it.
#[derive(Debug)]
pub struct Ground {
    pub(super) core: Arc<Core>,
    pub(super) packs: Vec<Arc<Pack>>,
    pub(super) agencies: Option<Agencies>,
    /// For each form, the first of its family.
    families: Vec<u16>,
    /// For two forms of a family, the figures of the first by those of the second; worked out where two forms meet.
    figures: OnceLock<Translated>,
}

impl Ground {
    /// For reports in these forms, with the list of agencies if there is one.
    pub fn new(core: &Arc<Core>, packs: &[Arc<Pack>], agencies: Option<Agencies>) -> Arc<Self> {
        let families: Vec<u16> = packs.iter().map(|pack| family(pack, packs)).collect();
        Arc::new(Self { core: Arc::clone(core), packs: packs.to_vec(), agencies, families, figures: OnceLock::new() })
    }

    /// The first form of the family of a form, both by their places.
    pub fn family(&self, form: u16) -> u16 {
        self.families.get(usize::from(form)).copied().unwrap_or(form)
    }

    /// The list of agencies.
    pub fn agencies(&self) -> Option<&Agencies> {
        self.agencies.as_ref()
    }

    /// How many agencies are on the list.
    pub(super) fn listed(&self) -> usize {
        self.agencies.as_ref().map_or(0, |agencies| agencies.agencies.len())
    }

    /// The numbers of a report in one form, by the figures of another one.
    pub(super) fn in_form(&self, numbers: Numbers, of: u16, wanted: u16) -> Numbers {
        if of == wanted {
            return numbers;
        }
        let figures = self.figures.get_or_init(|| figures(&self.packs, &self.families));
        let places = figures.get(&(wanted, of)).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| place.and_then(|place| numbers.get(place).copied().flatten())).collect()
    }
}

/// The first form of the same family.
fn family(pack: &Pack, packs: &[Arc<Pack>]) -> u16 {
    let is_same = |other: &Arc<Pack>| match &pack.family {
        Some(family) => other.family.as_ref() == Some(family),
        None => other.id == pack.id,
    };
    packs.iter().position(is_same).and_then(|index| u16::try_from(index).ok()).unwrap_or(u16::MAX)
}

fn figures(packs: &[Arc<Pack>], families: &[u16]) -> Translated {
    let mut figures = Translated::new();
    for (own, pack) in packs.iter().enumerate() {
        for (other, other_pack) in packs.iter().enumerate().filter(|(other, _)| families[*other] == families[own]) {
            let places: HashMap<&str, usize> =
                other_pack.figures.iter().enumerate().map(|(index, figure)| (figure.id.as_str(), index)).collect();
            let own_figures = pack.figures.iter().map(|figure| places.get(figure.id.as_str()).copied());
            figures.insert((own as u16, other as u16), own_figures.collect());
        }
    }
    figures
}
