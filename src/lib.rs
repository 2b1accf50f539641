//! gouji checks statutory reports made of sections and numeric tables, and names the wrong cell.
pub mod align;
pub mod label;
pub mod squeeze;

pub mod bind;
pub mod blank;
pub mod check;
pub mod checker;
pub mod document;
pub mod facts;
pub mod finding;
pub mod limits;
pub mod localize;
pub mod message;
pub mod pack;
pub mod position;
pub mod read;
pub mod render;
pub mod report;

pub mod cli;
pub mod command;
pub mod discover;
pub mod parallel;
