//! The file as a package of parts: which are read, which are written anew, and how they name each other.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::refused::Refused;
use super::xml::{self, Edits, Node, Walk, escaped};
use crate::limits::Limits;
use crate::read::{Relation, Unreadable, ZipFile, relations};

const TYPES: &str = "[content_types].xml";

/// A file that is changed in some parts.
pub(super) struct Package<'b> {
    bytes: &'b [u8],
    file: ZipFile<'b>,
    /// How the names of its parts are written, by these in lower case.
    written: HashMap<String, String>,
    /// What is in the place of parts, by their names in lower case; parts of the file and new ones.
    changed: HashMap<String, String>,
    /// New parts, as they are to be named, in order.
    added: Vec<String>,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Refused> {
        let file = ZipFile::new(bytes, limits)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
        let names = zip.file_names().flatten().map(|name| name.replace('\\', "/"));
        let written = names.map(|name| (name.to_ascii_lowercase(), name)).collect();
        let mut package = Self { bytes, file, written, changed: HashMap::new(), added: Vec::new() };
        if package.is_signed()? { Err(Refused::Signed) } else { Ok(package) }
    }

    /// Whether there is a part such that, its name in lower case.
    pub fn has(&self, is_such: impl Fn(&str) -> bool) -> bool {
        self.file.has(&is_such) || self.added.iter().any(|name| is_such(&name.to_ascii_lowercase()))
    }

    /// Whether the file bears a digital signature, which holds for its parts as they are.
    fn is_signed(&mut self) -> Result<bool, Unreadable> {
        let is_origin = |one: &Relation| one.kind == "origin" && one.family.ends_with("digital-signature");
        Ok(self.has(|name| name.starts_with("_xmlsignatures/")) || self.relations("")?.iter().any(is_origin))
    }

    /// The text of a part as it is now, by its name in whatever case.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let name = name.to_ascii_lowercase();
        if let Some(text) = self.changed.get(&name) {
            return Ok(Some(text.clone()));
        }
        self.file.read(&name)?.map(xml::text).transpose()
    }

    /// The text of a part that must be there.
    pub fn require(&mut self, name: &str) -> Result<String, Unreadable> {
        self.text(name)?.ok_or_else(|| Unreadable::damaged(format!("no part named {name}")))
    }

    /// Writes a part anew, or a new one.
    pub fn write(&mut self, name: &str, text: String) {
        let key = name.to_ascii_lowercase();
        if self.file.part(&key).is_none() && !self.changed.contains_key(&key) {
            self.added.push(name.to_owned());
        }
        self.changed.insert(key, text);
    }

    /// How the name of a part is written: not all programs look for it whatever its case.
    fn written(&self, name: &str) -> String {
        let added = || self.added.iter().find(|added| added.eq_ignore_ascii_case(name));
        self.written.get(&name.to_ascii_lowercase()).or_else(added).map_or_else(|| name.to_owned(), String::clone)
    }

    /// The name of the part that the file is about.
    pub fn main_part(&mut self, usual: &str) -> Result<String, Unreadable> {
        crate::read::main_part(&mut self.file, usual)
    }

    /// What a part says of others, as they are named in lower case.
    pub fn relations(&mut self, owner: &str) -> Result<Vec<Relation>, Unreadable> {
        match self.text(&relations_of(owner))? {
            Some(text) => relations(owner, &text),
            None => Ok(Vec::new()),
        }
    }

    /// A name of this shape that no part bears: a number is put between.
    pub fn free_name(&self, before: &str, after: &str) -> String {
        let names = (1..).map(|number: u32| format!("{before}{number}{after}"));
        let is_free = |name: &String| {
            let name = name.to_ascii_lowercase();
            !self.has(|known| known == name)
        };
        names.into_iter().find(is_free).expect("there are fewer parts than numbers")
    }

    /// Adds a relation of that type from one part to another; its id.
    pub fn relate(&mut self, owner: &str, kind: &str, target: &str) -> Result<String, Unreadable> {
        const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let owner = &self.written(owner);
        let name = relations_of(owner);
        let text = self.text(&name)?.unwrap_or_else(|| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{NAMESPACE}\"></Relationships>"
            )
        });
        let known = relations(owner, &text)?;
        let ids = (1..).map(|number: u32| format!("rId{number}"));
        // Ids of relations to what is outside are in the text alone.
        let is_free = |id: &String| !known.iter().any(|one| one.id == *id) && !text.contains(&format!("\"{id}\""));
        let id = ids.into_iter().find(is_free).expect("there are fewer relations than numbers");
        let target = escaped(&way(owner, &self.written(target)));
        let text = appended(&text, |prefix| {
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })?;
        self.write(&name, text);
        Ok(id)
    }

    /// Says of what type a part is.
    pub fn declare(&mut self, part: &str, content_type: &str) -> Result<(), Unreadable> {
        let text = self.require(TYPES)?;
        let name = format!("/{part}");
        let is_known = declared(&text, "Override", "PartName", &name)?;
        if !is_known {
            let name = escaped(&name);
            let text = appended(&text, |prefix| {
                format!("<{prefix}Override PartName=\"{name}\" ContentType=\"{content_type}\"/>")
            })?;
            self.write(TYPES, text);
        }
        Ok(())
    }

    /// Says of what type parts with that extension are, where nothing says it.
    pub fn declare_extension(&mut self, extension: &str, content_type: &str) -> Result<(), Unreadable> {
        let text = self.require(TYPES)?;
        if declared(&text, "Default", "Extension", extension)? {
            return Ok(());
        }
        // Before all that names parts.
        let mut walk = Walk::of(&text);
        let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("no types of parts")) };
        let mut edits = Edits::default();
        let prefix = root.prefix();
        edits.insert(
            root.span.end,
            format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>"),
        );
        let text = edits.apply(&text);
        self.write(TYPES, text);
        Ok(())
    }

    /// The bytes of the file. What was not changed is copied as it is packed.
    pub fn pack(self) -> Result<Vec<u8>, Refused> {
        let failed = |error: zip::result::ZipError| Refused::NotPacked(error.to_string());
        let mut from = ZipArchive::new(Cursor::new(self.bytes)).map_err(failed)?;
        let mut into = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let write = |into: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str| {
            into.start_file(name, options).map_err(failed)?;
            into.write_all(text.as_bytes()).map_err(|error| Refused::NotPacked(error.to_string()))
        };
        for index in 0..from.len() {
            let entry = from.by_index_raw(index).map_err(failed)?;
            let name = entry.name().map_err(failed)?.into_owned();
            match self.changed.get(&name.replace('\\', "/").to_ascii_lowercase()) {
                Some(text) => write(&mut into, &name, text)?,
                None => into.raw_copy_file(entry).map_err(failed)?,
            }
        }
        for name in &self.added {
            write(&mut into, name, &self.changed[&name.to_ascii_lowercase()])?;
        }
        into.finish().map(Cursor::into_inner).map_err(failed)
    }
}

/// The first element of a part.
pub(super) fn root<'x>(walk: &mut Walk<'x>) -> Result<Option<xml::Tag<'x>>, Unreadable> {
    while let Some(node) = walk.next()? {
        if let Node::Start(tag) | Node::Empty(tag) = node {
            return Ok(Some(tag));
        }
    }
    Ok(None)
}

/// A part with something more as the last thing in its root, made with the prefix of the root.
pub(super) fn appended(text: &str, what: impl Fn(&str) -> String) -> Result<String, Unreadable> {
    let mut walk = Walk::of(text);
    let Some(root) = root(&mut walk)? else { return Err(Unreadable::damaged("a part with nothing in it")) };
    let what = what(&root.prefix());
    let mut edits = Edits::default();
    if walk.depth == 0 {
        let tag = &text[root.span.clone()];
        let open = tag.trim_end_matches('>').trim_end_matches('/');
        edits.replace(root.span.clone(), format!("{open}>{what}</{}{}>", root.prefix(), root.name()));
    } else {
        edits.insert(walk.skip()?.start, what);
    }
    Ok(edits.apply(text))
}

/// Whether the types of parts have such an element, compared without regard to case.
fn declared(text: &str, element: &str, attribute: &str, value: &str) -> Result<bool, Unreadable> {
    let mut walk = Walk::of(text);
    while let Some(node) = walk.next()? {
        if let Node::Start(tag) | Node::Empty(tag) = node
            && tag.name() == element
            && tag.attribute(attribute).is_some_and(|known| known.eq_ignore_ascii_case(value))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The part that holds the relations of another.
fn relations_of(owner: &str) -> String {
    match owner.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{owner}.rels"),
    }
}

/// The folder of a part, with the slash at its end.
pub(super) fn folder_of(part: &str) -> &str {
    part.rfind('/').map_or("", |slash| &part[..=slash])
}

/// The way from the folder of a part to another part.
fn way(owner: &str, target: &str) -> String {
    let from: Vec<&str> = folder_of(owner).split_terminator('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let is_same = |(one, other): &(&&str, &&str)| one.eq_ignore_ascii_case(other);
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(is_same).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}
