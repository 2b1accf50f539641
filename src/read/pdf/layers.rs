//! Layers of a file, some of which are switched off.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use hayro_syntax::xref::XRef;

/// Which layers cannot be seen.
#[derive(Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    pub fn of(file: &XRef) -> Self {
        let mut layers = Self::default();
        let Some(catalog) = file.get::<Dict<'_>>(file.root_id()) else { return layers };
        let Some(properties) = catalog.get::<Dict<'_>>(b"OCProperties") else { return layers };
        let Some(usual) = properties.get::<Dict<'_>>(b"D") else { return layers };
        let listed = |dict: &Dict<'_>, key: &[u8]| -> Vec<ObjectIdentifier> {
            let list = dict.get::<Array<'_>>(key).into_iter().flat_map(|list| list.raw_iter());
            list.filter_map(|item| item.as_obj_ref()).map(Into::into).collect()
        };
        if usual.get::<Name<'_>>(b"BaseState").is_some_and(|state| state.as_ref() == b"OFF") {
            layers.off.extend(listed(&properties, b"OCGs"));
        }
        let on = listed(&usual, b"ON");
        layers.off.retain(|layer| !on.contains(layer));
        layers.off.extend(listed(&usual, b"OFF"));
        layers
    }

    /// Whether what is in a layer can be seen: `dict` has it under `key`.
    pub fn shows(&self, dict: &Dict<'_>, key: &[u8]) -> bool {
        if self.off.is_empty() {
            return true;
        }
        let is_on = |layer: ObjectIdentifier| !self.off.contains(&layer);
        let Some(layer) = dict.get::<Dict<'_>>(key) else { return true };
        let members: Vec<ObjectIdentifier> = match layer.get::<Array<'_>>(b"OCGs") {
            Some(list) => list.raw_iter().filter_map(|item| item.as_obj_ref()).map(Into::into).collect(),
            None => layer.get_ref(b"OCGs").or_else(|| dict.get_ref(key)).map(Into::into).into_iter().collect(),
        };
        if members.is_empty() {
            return true;
        }
        let policy = layer.get::<Name<'_>>(b"P");
        let mut members = members.into_iter();
        match policy.as_ref().map(AsRef::as_ref) {
            Some(b"AllOn") => members.all(is_on),
            Some(b"AnyOff") => !members.all(is_on),
            Some(b"AllOff") => !members.any(is_on),
            _ => members.any(is_on),
        }
    }
}
