// Lists the notes of a workbook that gouji annotate has written, as ExcelJS and SheetJS find them: a line a note, its file,
// its place, the text there and what is said, each set apart by a tab. NODE_PATH says where the libraries are.
let ExcelJS, XLSX;
try {
  ExcelJS = require('exceljs');
  XLSX = require('xlsx');
} catch (missing) {
  console.error(`exceljs and xlsx are needed: ${missing.message.split('\n')[0]}`);
  process.exit(77);
}

const line = (...words) => console.log(words.map((word) => String(word).replace(/[\t\n]+/g, ' / ')).join('\t'));

(async () => {
  const [path] = process.argv.slice(2);
  const sheets = XLSX.readFile(path);
  for (const name of sheets.SheetNames) {
    for (const [address, cell] of Object.entries(sheets.Sheets[name])) {
      for (const note of cell.c ?? []) line(path, `${name}!${address}`, cell.v, note.t);
    }
  }
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  book.eachSheet((sheet) =>
    sheet.eachRow({ includeEmpty: true }, (row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        if (!cell.note) return;
        line(path, `${sheet.name}!${cell.address}`, cell.value, cell.note.texts.map((text) => text.text).join(''));
      }),
    ),
  );
})();
