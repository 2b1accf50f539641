//! What the targets share with the tests of the package.

#[path = "../../tests/it/support/parts.rs"]
pub mod parts;
#[path = "../../tests/it/support/sound.rs"]
pub mod sound;
