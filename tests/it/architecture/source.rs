//! The source as these tests read it: each file's module, its names, and what it uses of other files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file of `src`, without its tests.
#[derive(Debug)]
pub struct Source {
    /// Below `src`.
    pub path: PathBuf,
    pub text: String,
}

impl Source {
    /// Every file, by path.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![root.clone()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of the source") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                    let text = std::fs::read_to_string(&path).expect("a source file");
                    files.push(Self { path: path.strip_prefix(&root).expect("below the root").to_owned(), text });
                }
            }
        }
        files.sort_by(|one, next| one.path.cmp(&next.path));
        files
    }

    /// Lines of code: no comments, and not the tests at the end of the file.
    pub fn code(&self) -> impl Iterator<Item = &str> {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code.lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// The path of the module from the root of the crate: none for `lib.rs`.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let names = path.iter().map(|name| name.to_string_lossy().into_owned());
        names.filter(|name| name != "lib").collect()
    }
}

/// The modules of the crate, and what each names.
#[derive(Debug)]
pub struct Modules {
    modules: BTreeMap<Vec<String>, Module>,
}

/// What a file defines, what it imports and what it names by a path.
#[derive(Debug, Default)]
struct Module {
    items: BTreeSet<String>,
    imports: Vec<Import>,
    paths: BTreeSet<Vec<String>>,
    /// Words outside of imports.
    words: BTreeSet<String>,
}

#[derive(Debug)]
struct Import {
    /// As written; `*` at the end where it takes all.
    path: Vec<String>,
    name: String,
    is_public: bool,
}

/// Where a path leads.
#[derive(Debug)]
enum Target {
    Module(Vec<String>),
    /// An item, in the module that defines it.
    Item(Vec<String>),
}

impl Modules {
    pub fn of(sources: &[Source]) -> Self {
        // The command's own file is another crate.
        let of_library = sources.iter().filter(|source| source.path != Path::new("main.rs"));
        Self { modules: of_library.map(|source| (source.module(), Module::of(&source.text))).collect() }
    }

    /// The modules whose items a module names. That a module declares another or exports its items is no use by itself.
    pub fn used_by(&self) -> BTreeMap<&[String], BTreeSet<&[String]>> {
        let used = |(own, module): (&'_ Vec<String>, &'_ Module)| {
            let mut used = BTreeSet::new();
            for import in &module.imports {
                let target = self.resolve(own, &import.path, 0);
                match target {
                    Some(Target::Item(home)) if !import.is_public || module.words.contains(&import.name) => {
                        used.insert(home);
                    }
                    // All of a module's names.
                    Some(Target::Module(home)) if import.name == "*" && !import.is_public => {
                        used.insert(home);
                    }
                    _ => {}
                }
            }
            for path in &module.paths {
                if let Some(Target::Item(home)) = self.resolve(own, path, 0) {
                    used.insert(home);
                }
            }
            used.remove(own);
            used
        };
        let borrowed = |home: Vec<String>| self.modules.get_key_value(&home).map(|(home, _)| home.as_slice());
        self.modules
            .iter()
            .map(|entry| (entry.0.as_slice(), used(entry).into_iter().filter_map(borrowed).collect()))
            .collect()
    }

    /// Follows a path from within a module; none where it leads out of the crate.
    fn resolve(&self, from: &[String], path: &[String], depth: usize) -> Option<Target> {
        // Two modules may take all of each other's names.
        if depth > 8 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(from.to_vec(), rest, depth),
            "super" => self.walk(from.split_last()?.1.to_vec(), rest, depth),
            // A path of an import may begin with the name of another crate.
            _ => {
                let module = self.modules.get(from)?;
                let is_child = self.modules.contains_key([from, std::slice::from_ref(first)].concat().as_slice());
                let is_imported = module.imports.iter().any(|import| import.name == *first && import.path != path);
                (is_child || is_imported).then(|| self.walk(from.to_vec(), path, depth)).flatten()
            }
        }
    }

    fn walk(&self, at: Vec<String>, path: &[String], depth: usize) -> Option<Target> {
        let Some((first, rest)) = path.split_first() else { return Some(Target::Module(at)) };
        match first.as_str() {
            "super" => return self.walk(at.split_last()?.1.to_vec(), rest, depth),
            "self" | "*" => return self.walk(at, rest, depth),
            _ => {}
        }
        let module = self.modules.get(&at)?;
        // A module and a function may bear one name; what follows says which it is.
        if module.items.contains(first) && rest.is_empty() {
            return Some(Target::Item(at));
        }
        let child = [at.as_slice(), std::slice::from_ref(first)].concat();
        if self.modules.contains_key(&child) {
            return self.walk(child, rest, depth);
        }
        if module.items.contains(first) {
            return Some(Target::Item(at));
        }
        for import in &module.imports {
            if import.name == *first {
                return match self.resolve(&at, &import.path, depth + 1)? {
                    Target::Module(home) => self.walk(home, rest, depth + 1),
                    item @ Target::Item(_) => Some(item),
                };
            }
        }
        let globs = module.imports.iter().filter(|import| import.name == "*");
        globs.filter_map(|import| self.resolve(&at, &import.path, depth + 1)).find_map(|target| match target {
            Target::Module(home) => self.walk(home, path, depth + 1),
            Target::Item(_) => None,
        })
    }
}

impl Module {
    fn of(text: &str) -> Self {
        let tokens = without_tests(tokens(text));
        let mut module = Self::default();
        let mut depth = 0;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1).copied().unwrap_or_default();
            match *token {
                "{" => depth += 1,
                "}" => depth -= 1,
                "use" if next != "<" => {
                    let end = (at..tokens.len()).find(|&end| tokens[end] == ";").unwrap_or(tokens.len());
                    let is_public = at > 0 && matches!(tokens[at - 1], "pub" | ")");
                    module.import(&tokens[at + 1..end], is_public);
                    at = end;
                }
                word if is_word(word) => {
                    let mut path = vec![word.to_owned()];
                    if depth == 0 && DEFINING.contains(&word) && is_word(next) && !DEFINING.contains(&next) {
                        module.items.insert(next.to_owned());
                    }
                    if depth == 0 && word == "macro_rules" {
                        module.items.extend(tokens.get(at + 2).map(|name| (*name).to_owned()));
                    }
                    while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|part| is_word(part)) {
                        path.push(tokens[at + 2].to_owned());
                        at += 2;
                    }
                    module.words.extend(path.first().cloned());
                    if path.len() > 1 {
                        module.paths.insert(path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        module
    }

    /// The leaves of `a::{b, c::d as e, self}`.
    fn import(&mut self, tokens: &[&str], is_public: bool) {
        let mut stems: Vec<Vec<String>> = Vec::new();
        let mut path: Vec<String> = Vec::new();
        let mut name = None;
        let mut tokens = tokens.iter().copied().peekable();
        let mut leaf = |path: &mut Vec<String>, name: Option<String>, stem: &[String]| {
            if path.len() > stem.len() {
                let own = path.last().filter(|last| *last != "self").or(stem.last()).cloned();
                let name = name.or(own).unwrap_or_default();
                self.imports.push(Import { path: std::mem::take(path), name, is_public });
            }
            *path = stem.to_vec();
        };
        while let Some(token) = tokens.next() {
            let stem = stems.last().cloned().unwrap_or_default();
            match token {
                "{" => stems.push(path.clone()),
                "," => leaf(&mut path, name.take(), &stem),
                "}" => {
                    leaf(&mut path, name.take(), &stem);
                    stems.pop();
                    path.clear();
                    path.extend(stems.last().cloned().unwrap_or_default());
                }
                "as" => name = tokens.next().map(str::to_owned),
                "::" => {}
                word => path.push(word.to_owned()),
            }
        }
        leaf(&mut path, name, &[]);
    }
}

/// What stands before the name of an item.
const DEFINING: [&str; 10] = ["struct", "enum", "union", "trait", "type", "const", "static", "fn", "unsafe", "async"];

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::` and signs; no comments, no strings, no characters.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = raw_string(rest) {
            raw
        } else if first == '"' || rest.starts_with("b\"") {
            string(rest)
        } else if first == '\'' {
            character(rest)
        } else if is_of_word(first) {
            let word = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            tokens.push(&rest[..word]);
            word
        } else if rest.starts_with("::") {
            tokens.push("::");
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(&rest[..first.len_utf8()]);
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a string that begins here, its quotes included.
fn string(text: &str) -> usize {
    let begin = text.find('"').map_or(0, |quote| quote + 1);
    let mut is_escaped = false;
    for (at, c) in text[begin..].char_indices() {
        match c {
            '"' if !is_escaped => return begin + at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let marks = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let quoted = marks.trim_start_matches('#');
    let end = format!("\"{}", "#".repeat(marks.len() - quoted.len()));
    let body = quoted.strip_prefix('"')?;
    let length = body.find(&end)? + end.len();
    Some(text.len() - body.len() + length)
}

/// The length of a character, or of the mark of a lifetime.
fn character(text: &str) -> usize {
    let mut within = text[1..].chars();
    match (within.next(), within.next()) {
        (Some('\\'), _) => 3 + text[3..].find('\'').unwrap_or(0),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 1,
    }
}

/// The tokens without items that stand under `#[cfg(test)]`.
fn without_tests(tokens: Vec<&str>) -> Vec<&str> {
    const UNDER_TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].starts_with(&UNDER_TEST) {
            kept.push(tokens[at]);
            at += 1;
            continue;
        }
        let mut depth = 0;
        at += UNDER_TEST.len();
        while let Some(token) = tokens.get(at) {
            depth += i32::from(*token == "{") - i32::from(*token == "}");
            at += 1;
            if depth == 0 && matches!(*token, ";" | "}") {
                break;
            }
        }
    }
    kept
}
