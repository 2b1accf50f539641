//! The agencies of a place: its government, the government's office, departments and townships.

use super::super::Rng;
use super::names::{self, OFFICES, OWN_OFFICE, TOWNSHIP_WORK};
use super::numbers::{Habits, Size, Stage};

/// An agency as the list of agencies has it, and what its reports are made of.
#[derive(Debug, Clone)]
pub struct Agency {
    pub name: String,
    /// Empty for a government.
    pub parent: String,
    pub kind: &'static str,
    /// The first and the last year for which it reports, where these are not the archive's.
    pub from: Option<u16>,
    pub to: Option<u16>,
    /// What it was called, and the first year of the name it has now.
    pub former: Option<(String, u16)>,
    pub work: [&'static str; 4],
    pub size: Size,
    pub habits: Habits,
}

/// The header of `agencies.csv`.
pub const HEADER: &str = "organization,parent,kind,from,to,alias\n";

impl Agency {
    /// The row of `agencies.csv`.
    pub fn row(&self) -> String {
        let year = |year: Option<u16>| year.map_or(String::new(), |year| year.to_string());
        let alias = self.former.as_ref().map_or("", |(name, _)| name);
        format!("{},{},{},{},{},{alias}\n", self.name, self.parent, self.kind, year(self.from), year(self.to))
    }

    /// What it is called in a year.
    pub fn name_in(&self, year: u16) -> &str {
        match &self.former {
            Some((former, since)) if year < *since => former,
            _ => &self.name,
        }
    }

    pub fn reports_in(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    pub fn stage(&self, year: u16) -> Stage {
        match year {
            _ if self.from == Some(year) => Stage::Begins,
            _ if self.to == Some(year) => Stage::Ends,
            _ => Stage::GoesOn,
        }
    }

    /// Whether it reports for every year of the archive.
    pub fn is_steady(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// The government of a place first, its office, then so many departments and townships.
pub fn of_place(index: usize, offices: usize, years: (u16, u16), rng: &mut Rng) -> Vec<Agency> {
    let place = names::place(index);
    let government = format!("{place}人民政府");
    let (first, last) = years;
    let agency = |name: &str, kind, work, size, rng: &mut Rng| Agency {
        name: format!("{place}{name}"),
        parent: government.clone(),
        kind,
        from: None,
        to: None,
        former: None,
        work,
        size,
        habits: Habits::new(size, names::makes_regulations(index) && name == OWN_OFFICE.name, rng),
    };
    let mut agencies = vec![
        Agency { parent: String::new(), ..agency("人民政府", "人民政府", OWN_OFFICE.work, Size::Large, rng) },
        agency(OWN_OFFICE.name, "办公室", OWN_OFFICE.work, Size::Large, rng),
    ];
    let departments = (offices - offices / 5).min(OFFICES.len());
    // Which ones a place has, and in which order, is its own.
    let start = rng.below(OFFICES.len());
    for step in 0..departments {
        let office = &OFFICES[(start + step * 7) % OFFICES.len()];
        let size = match rng.below(6) {
            _ if step == 0 => Size::Large,
            0..3 => Size::Large,
            3 | 4 => Size::Middle,
            _ => Size::Small,
        };
        let mut own = agency(office.name, "部门", office.work, size, rng);
        let middle = first + 1 + rng.below(usize::from(last - first).max(1)) as u16;
        let is_within = first < last;
        match step % 8 {
            2 if is_within => own.former = Some((format!("{place}{}", office.former), middle)),
            5 if is_within => own.from = Some(middle),
            7 if is_within => {
                own.to = Some(middle - 1);
                own.habits = own.habits.without_documents();
            }
            _ => {}
        }
        agencies.push(own);
    }
    for township in 0..offices - departments {
        let size = if rng.below(4) == 0 { Size::Middle } else { Size::Small };
        agencies.push(agency(&names::township(township + index), "乡镇", TOWNSHIP_WORK, size, rng));
    }
    agencies
}
