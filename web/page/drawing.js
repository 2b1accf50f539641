// What a finding points at: tables and passages with marks, as the command's page draws them.

import { apart, element } from "./dom.js";
import { say } from "./words.js";

// All that is drawn of a finding.
export function drawings(finding) {
  const further = [];
  for (const excerpt of finding.excerpts || []) {
    const marks = (excerpt.pieces || []).flatMap((piece) => piece.marks);
    further.push(...marks.sort((one, other) => one - other).filter((mark) => mark > 0));
  }
  // Marks are numbered as they are read; 0 is the place of the finding.
  const number = (mark) => further.indexOf(mark) + 1;
  return (finding.excerpts || []).flatMap((excerpt) => (
    (excerpt.pieces || []).map((piece) => drawing(finding, excerpt, piece, number))
  ));
}

function drawing(finding, excerpt, piece, number) {
  const notes = piece.marks.map((mark) => {
    const said = at(finding, mark);
    return said && said.words ? element("li", {}, sup(number(mark)), apart(said.words)) : null;
  });
  return element("figure", { class: "drawing" },
    excerpt.path ? element("figcaption", {}, element("b", { text: say("other-file") }), " ", apart(excerpt.path)) : null,
    piece.table && piece.table.length ? table(finding, piece.table, number) : passage(piece.text || [], number),
    notes.some(Boolean) ? element("ul", { class: "marks" }, notes) : null);
}

function table(finding, rows, number) {
  const cell = (row, cell) => {
    const mark = cell.mark === undefined ? null : number(cell.mark);
    const isNumber = /^[\d.,+%-]*\d[\d.,+%-]*$/.test(cell.text || "");
    const name = row.header || cell.label ? "th" : "td";
    const properties = {
      rowspan: cell.rows > 1 ? cell.rows : null,
      colspan: cell.columns > 1 ? cell.columns : null,
      class: mark === null ? (isNumber ? "n" : cell.label ? "label" : null) : mark === 0 ? "wrong" : "also",
    };
    if (mark === null) return element(name, properties, cell.text ? apart(cell.text) : null);
    const right = expected(finding, cell.mark);
    return element(name, properties,
      element("mark", {}, apart(cell.text || "␣")), sup(mark),
      right ? [" ", element("ins", { "aria-label": `${say("expected")} ${right}` }, apart(right))] : null);
  };
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("as-printed") },
    element("table", {}, rows.map((row) => (
      element("tr", { class: row.gap ? "gap" : null }, row.cells.map((one) => cell(row, one)))
    ))));
}

function passage(stretches, number) {
  return element("p", { class: "text" }, element("bdi", {}, stretches.map(({ text, mark }) => {
    if (mark === undefined) return document.createTextNode(text);
    return [element("mark", { class: number(mark) === 0 ? "wrong" : "also", text }), sup(number(mark))];
  })));
}

function sup(number) {
  return number ? element("sup", { text: number }) : null;
}

// The place of a mark, and what is said there.
function at(finding, mark) {
  const labels = finding.labels || [];
  if (mark > 0) {
    const label = labels[mark - 1];
    return label && { location: label.location, words: label.message };
  }
  const same = labels.find((label) => !label.path && equal(label.location, finding.location));
  return finding.location && { location: finding.location, words: same && same.message };
}

// The expected value at a mark, by the likeliest explanation: of figures that are wrong together, each its own.
function expected(finding, mark) {
  if (mark === 0 && finding.expected !== undefined) return finding.expected;
  const said = at(finding, mark);
  const [first] = finding.suspects || [];
  const suspect = said && first && first.find(({ location }) => equal(location, said.location));
  return suspect && suspect.expected;
}

function equal(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
