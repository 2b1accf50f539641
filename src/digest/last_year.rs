//! What a report says of the year before, in a few bytes: most say nothing.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::prose::{Change, LastYear};

/// A statement about the year before, without its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stated {
    names: Box<[u16]>,
    change: Change,
    value: Written,
    current: Option<Written>,
}

/// A number by its digits, and how many of them are decimals.
type Written = (i64, u8);

impl Stated {
    /// None where a number is longer than any that is counted.
    pub fn new(said: &LastYear) -> Option<Self> {
        let current = match said.current {
            None => None,
            Some(number) => Some(written(number)?),
        };
        Some(Self {
            names: said.names.iter().map(|&name| u16::try_from(name).ok()).collect::<Option<_>>()?,
            change: said.change,
            value: written(said.value)?,
            current,
        })
    }

    pub fn read(&self) -> Option<LastYear> {
        let current = match self.current {
            None => None,
            Some(number) => Some(read(number)?),
        };
        let names = self.names.iter().map(|&name| usize::from(name)).collect();
        Some(LastYear { names, change: self.change, value: read(self.value)?, current })
    }
}

fn written(number: Decimal) -> Option<Written> {
    Some((i64::try_from(number.mantissa()).ok()?, u8::try_from(number.scale()).ok()?))
}

fn read((digits, decimals): Written) -> Option<Decimal> {
    Decimal::try_new(digits, u32::from(decimals)).ok()
}
