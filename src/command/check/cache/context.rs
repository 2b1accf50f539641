//! What a run is asked for: all that findings depend on besides the file itself.

use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use crate::message::Language;

use super::super::super::setup;

/// A hash of what a run is asked for.
#[derive(Debug, Clone)]
pub(in crate::command) struct Context {
    program: u64,
    asked: [u8; 16],
}

impl Context {
    /// Of a run with this configuration, as `gouji config` prints it, in this language, with these rule packs and accepted
    /// findings. Outputs are made anew of what is kept.
    pub fn new(config: &str, language: Language, rules: &[PathBuf], accepted: &[Vec<u8>]) -> Self {
        let program = program();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&program.to_le_bytes()).update(&[language as u8]);
        add(&mut hasher, config.as_bytes());
        let rules: Vec<Vec<u8>> = rules
            .iter()
            .filter_map(|path| setup::rule_files(path).ok())
            .flatten()
            // It was compiled a moment ago.
            .map(|file| std::fs::read(file).unwrap_or_default())
            .collect();
        add_all(&mut hasher, &rules);
        add_all(&mut hasher, accepted);
        let mut asked = [0; 16];
        hasher.finalize_xof().fill(&mut asked);
        Self { program, asked }
    }

    /// What identifies the program.
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

/// A list, which does not run into the next one.
fn add_all(hasher: &mut blake3::Hasher, list: &[Vec<u8>]) {
    hasher.update(&(list.len() as u64).to_le_bytes());
    list.iter().for_each(|item| add(hasher, item));
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
