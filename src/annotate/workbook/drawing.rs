//! What is drawn of notes: Excel keeps the boxes of a sheet in a part of their own, in a language older than the format.

use std::collections::HashSet;

use crate::document::CellRef;

/// The last column and row of a sheet.
const LAST: CellRef = CellRef { row: (1 << 20) - 1, column: (1 << 14) - 1 };
/// How far a box reaches, in columns and rows.
const WIDE: u32 = 4;
const HIGH: (usize, usize) = (4, 24);

/// The drawing with a box for each new note, and without those of notes that are gone.
pub(super) fn rewrite(before: Option<&str>, removed: &HashSet<CellRef>, added: &[(CellRef, usize)]) -> String {
    let empty = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype></xml>";
    let kept = without(before.unwrap_or(empty), removed);
    let Some(end) = kept.rfind("</").filter(|_| !added.is_empty()) else { return kept };
    // The names are those that all programs use; where a file has others, a box brings its own along.
    let is_declared = ["xmlns:v=", "xmlns:o=", "xmlns:x="].iter().all(|name| kept.contains(name));
    let names = if is_declared {
        ""
    } else {
        " xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\""
    };
    let first = numbers(&kept).max().unwrap_or(1024).saturating_add(1).max(1025);
    let boxes = (first..).zip(added).map(|(number, (cell, lines))| shape(number, *cell, *lines, names));
    let boxes: String = boxes.collect();
    format!("{}{boxes}{}", &kept[..end], &kept[end..])
}

/// The numbers of all that is drawn.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    })
}

/// The drawing without the boxes of the notes at these cells. It need not be XML: Excel leaves tags open in it.
fn without(text: &str, cells: &HashSet<CellRef>) -> String {
    const END: &str = "</v:shape>";
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<v:shape ") {
        let Some(end) = rest[start..].find(END).map(|end| start + end + END.len()) else { break };
        let own = &rest[start..end];
        let is_gone = own.contains("ObjectType=\"Note\"") && cell_of(own).is_some_and(|cell| cells.contains(&cell));
        kept.push_str(&rest[..if is_gone { start } else { end }]);
        rest = &rest[end..];
    }
    kept + rest
}

/// The cell that a box belongs to.
fn cell_of(shape: &str) -> Option<CellRef> {
    let number = |name: &str| {
        let (_, rest) = shape.split_once(&format!("<x:{name}>"))?;
        rest.split('<').next()?.trim().parse::<u32>().ok()
    };
    Some(CellRef { row: number("Row")?, column: number("Column")? })
}

/// The box of a note: hidden until the pointer is over its cell.
fn shape(number: u32, cell: CellRef, lines: usize, names: &str) -> String {
    let CellRef { row, column } = cell;
    let left = (column + 1).min(LAST.column - WIDE);
    let high = u32::try_from((lines * 2).clamp(HIGH.0, HIGH.1)).unwrap_or(0);
    let top = row.saturating_sub(1).min(LAST.row - high);
    let (right, bottom) = (left + WIDE, top + high);
    format!(
        "<v:shape{names} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:1.5pt;width:240pt;height:120pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}
