// Reports that the tests make of a fixture: many small ones, a large one, hostile ones.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { randomFillSync } from "node:crypto";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const root = path.join(import.meta.dirname || path.dirname(new URL(import.meta.url).pathname), "../..");

export const REPORT = readFileSync(path.join(root, "fixtures/wrong-total/wrong-total.md"), "utf8");
export const AGENCY = "青岚县商务局";

// The same report of another agency, its wrong figure put right or not, other numbers in its text.
export function of(agency, isRight) {
  const text = REPORT.replaceAll(AGENCY, agency);
  if (!isRight) return text;
  const line = text.split("\n").find((line) => /（一）予以公开/.test(line));
  return text.replace(line, line.replace(/\b12\b/, "21"));
}

// A folder of so many reports, every tenth with a wrong figure.
export function folder(at, count) {
  mkdirSync(at, { recursive: true });
  for (let number = 0; number < count; number += 1) {
    const agency = `第${number}镇人民政府`;
    writeFileSync(path.join(at, `${String(number).padStart(4, "0")}.md`), of(agency, number % 10 !== 0));
  }
}

// A document of Word with these paragraphs and tables (lines with `|`), and a picture that nothing can be packed of.
export function docx(markdown, pictureBytes) {
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const paragraph = (text) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  const row = (line) => {
    const cells = line.trim().replace(/^\||\|$/g, "").split("|");
    return `<w:tr>${cells.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>${paragraph(cell.trim())}</w:tc>`).join("")}</w:tr>`;
  };
  let body = "";
  let rows = [];
  const table = () => {
    if (rows.length) body += `<w:tbl><w:tblPr/><w:tblGrid/>${rows.map(row).join("")}</w:tbl>`;
    rows = [];
  };
  for (const line of markdown.split("\n")) {
    if (line.startsWith("|")) {
      if (!/^\|[\s:|-]+\|$/.test(line) || /\w/.test(line)) rows.push(line);
    } else {
      table();
      if (line.trim()) body += paragraph(line.replace(/^#+ /, ""));
    }
  }
  table();
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const picture = new Uint8Array(pictureBytes);
  for (let at = 0; at < pictureBytes; at += 65536) randomFillSync(picture.subarray(at, Math.min(at + 65536, pictureBytes)));
  return zipSync({
    "[Content_Types].xml": strToU8(`${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`),
    "_rels/.rels": strToU8(`${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`),
    "word/document.xml": strToU8(`${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}<w:sectPr/></w:body></w:document>`),
    "word/media/image1.png": picture,
  }, { level: 0 });
}

export function zip(files) {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, typeof text === "string" ? strToU8(text) : text])));
}

// The parts of an archive as text.
export function unzip(bytes) {
  return Object.fromEntries(Object.entries(unzipSync(new Uint8Array(bytes))).map(([name, part]) => [name, strFromU8(part)]));
}
