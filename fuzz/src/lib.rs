//! What the targets share with the tests of the package.

#[path = "../../tests/support/parts.rs"]
pub mod parts;
#[path = "../../tests/support/sound.rs"]
pub mod sound;
