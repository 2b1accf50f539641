//! Signs that a form gives a meaning of its own: `<1` is a number that is not stated, and no text.

use super::printed::Printed;
use crate::facts::Value;
use crate::pack::Pack;
use crate::squeeze::Squeezed;

/// The table with the signs of the form known as such.
pub(super) fn read<'o, 'd>(mut printed: Printed<'o, 'd>, pack: &Pack) -> Printed<'o, 'd> {
    if pack.marks.is_empty() {
        return printed;
    }
    let unknown = |value: &Value| matches!(value, Value::Unreadable(_));
    for field in printed.fields.iter_mut().filter(|field| unknown(&field.value) && field.targets().is_empty()) {
        if pack.mark(&Squeezed::new(field.text()).text).is_some() {
            field.value = Value::Mark;
        }
    }
    printed
}
