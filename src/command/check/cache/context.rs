//! What a run is asked for: all that findings depend on besides the file itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use crate::config::Config;
use crate::render::{Renderer, Style};

use super::super::super::setup;

/// A hash of what a run is asked for.
#[derive(Debug, Clone)]
pub(in crate::command) struct Context {
    program: u64,
    asked: [u8; 16],
}

impl Context {
    /// Of a run with this configuration, which is told in these ways, where this is accepted.
    pub fn new(config: &Config, renderers: &[Renderer], accepted: &[Vec<u8>]) -> Self {
        let program = program();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&program.to_le_bytes());
        for file in config.values.rules.iter().filter_map(|path| setup::rule_files(&path.value).ok()).flatten() {
            add(&mut hasher, &rules(file));
        }
        // All that was said there: a remark that is changed costs a check, which is better than to forget a key.
        add(&mut hasher, format!("{config:?}").as_bytes());
        accepted.iter().for_each(|part| add(&mut hasher, part));
        for renderer in renderers {
            // Only what is drawn depends on the width of the terminal.
            let width = if renderer.style == Style::Full { renderer.width } else { 0 };
            // What the rules say comes from the program and the files above.
            let renderer = Renderer { width, rules: Arc::default(), ..renderer.clone() };
            add(&mut hasher, format!("{renderer:?}").as_bytes());
        }
        let mut asked = [0; 16];
        hasher.finalize_xof().fill(&mut asked);
        Self { program, asked }
    }

    /// What stands for the program.
    pub(super) fn program(&self) -> u64 {
        self.program
    }

    /// The key of a file.
    pub(super) fn key(&self, path: &str) -> Vec<u8> {
        [&self.asked[..], path.as_bytes()].concat()
    }
}

/// Texts one after the other, none of which runs into the next.
fn add(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

/// The text of a rule file; it was compiled a moment ago.
fn rules(file: PathBuf) -> Vec<u8> {
    std::fs::read(file).unwrap_or_default()
}

/// The version of the program, and of two builds of one version which it is.
fn program() -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    let metadata = std::env::current_exe().and_then(std::fs::metadata);
    if let Ok(metadata) = metadata {
        hasher.update(&metadata.len().to_le_bytes());
        let built = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        hasher.update(&built.unwrap_or_default().as_nanos().to_le_bytes());
    }
    let (first, _) =
        hasher.finalize().as_bytes().split_first_chunk().map(|(first, rest)| (*first, rest)).expect("32 bytes");
    u64::from_le_bytes(first)
}
