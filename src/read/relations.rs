//! The relations between the parts of a workbook or document: names of parts are the writer's to choose, and a relation
//! says which part is which.

use super::unreadable::Unreadable;
use super::xml::{self, Node, Nodes};
use super::zip_file::ZipFile;

/// What a part says of another.
#[derive(Debug)]
pub(crate) struct Relation {
    pub id: String,
    /// The last word of its address: `worksheet`, `styles`.
    pub kind: String,
    /// The rest of its address.
    pub family: String,
    /// The part that is meant, named as [`ZipFile`] names it.
    pub part: String,
}

/// The name of the part that the file is about; `usual` is its name where the file states none that is there.
pub(crate) fn main_part(file: &mut ZipFile<'_>, usual: &str) -> Result<String, Unreadable> {
    let stated = relations(file, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let stated = stated.map(|relation| relation.part).filter(|name| file.part(name).is_some());
    Ok(stated.unwrap_or_else(|| usual.to_owned()))
}

/// The relations of the part `owner`, or of the file itself where that is empty; none where it states none.
pub(super) fn relations(file: &mut ZipFile<'_>, owner: &str) -> Result<Vec<Relation>, Unreadable> {
    let (folder, name) = owner.rsplit_once('/').map_or(("", owner), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let Some(part) = file.read(&format!("{folder}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    of_text(owner, &xml::text(part)?)
}

/// The relations of the part `owner`, as the text of the part that holds them has them.
pub(crate) fn of_text(owner: &str, text: &str) -> Result<Vec<Relation>, Unreadable> {
    let folder = owner.rfind('/').map_or("", |slash| &owner[..=slash]);
    let mut nodes = Nodes::of(text);
    let mut relations = Vec::new();
    while let Some(node) = nodes.next()? {
        let Node::Start(tag) = node else { continue };
        let Some((kind, target)) = tag.attribute("Type").zip(tag.attribute("Target")) else { continue };
        // A part named so may be there all the same.
        if tag.attribute("TargetMode").is_some_and(|mode| mode == "External") {
            continue;
        }
        let part = named(folder, &target.replace('\\', "/").to_ascii_lowercase());
        let (family, kind) = kind.rsplit_once('/').unwrap_or(("", &kind));
        let (family, kind) = (family.to_owned(), kind.to_owned());
        relations.push(Relation { id: tag.attribute("Id").unwrap_or_default(), kind, family, part });
    }
    Ok(relations)
}

/// The part that a target means, which counts from the folder of its owner where it does not begin with a slash.
fn named(folder: &str, target: &str) -> String {
    let mut steps = Vec::new();
    let owner = if target.starts_with('/') { "" } else { folder };
    for step in owner.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            name => steps.push(name),
        }
    }
    steps.join("/")
}
