#!/usr/bin/env bash
# A figure in a content control is gone once somebody has put a comment on it.
#
# Versions:  LibreOffice 7.4 of Debian 12 (soffice must be there); the document is written by Python's own zipfile.
# Expected:  the figure stays: a comment changes no text, with or without a control around the paragraph.
# Seen:      the cell is empty, on the screen and in every format it is converted to; nothing is said.
# Matters:   forms that offices hand out are made of content controls, and comments are how they are corrected: what was
#            remarked on is what is missing afterwards.
set -euo pipefail
command -v soffice > /dev/null || { echo "skipped: soffice is not here"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
soffice -env:UserInstallation="file://$folder/profile" --version
cat > write.py <<'PY'
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
COMMENTED = '<w:commentRangeStart w:id="0"/>%s<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'


def text(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def control(content):
    return f'<w:sdt><w:sdtPr><w:alias w:val="total"/></w:sdtPr><w:sdtContent><w:p>{content}</w:p></w:sdtContent></w:sdt>'



def row(label, cell):
    return f"<w:tr><w:tc><w:tcPr/><w:p>{text(label)}</w:p></w:tc><w:tc><w:tcPr/>{cell}</w:tc></w:tr>"


def write(name, total):
    rows = row("first", f"<w:p>{text(100)}</w:p>") + row("second", f"<w:p>{text(26)}</w:p>") + row("total", total)
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    relation = '<Relationship Id="r1" Type="{}/{}" Target="{}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    part = '<Override PartName="/word/{0}.xml" ContentType="{2}.{1}+xml"/>'
    with zipfile.ZipFile(name, "w") as package:
        put = package.writestr
        put("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + part.format("document", "document.main", TYPE) + part.format("comments", "comments", TYPE) + "</Types>")
        put("_rels/.rels", relations.format(relation.format(OFFICE, "officeDocument", "word/document.xml")))
        put("word/_rels/document.xml.rels", relations.format(relation.format(OFFICE, "comments", "comments.xml")))
        put("word/comments.xml", f'<w:comments {W}><w:comment w:id="0" w:author="a"><w:p>{text("was 7")}</w:p></w:comment></w:comments>')
        put("word/document.xml", f"<w:document {W}><w:body><w:tbl><w:tblPr/>{grid}{rows}</w:tbl><w:p/></w:body></w:document>")


write("plain.docx", control(text(126)))
write("commented.docx", control(COMMENTED % text(126)))
PY
python3 write.py
for name in plain commented; do
  timeout 120 soffice -env:UserInstallation="file://$folder/profile" --headless --convert-to txt:Text $name.docx > /dev/null 2>&1
  echo "$name: $(grep -A 1 total $name.txt | tr '\r\n\t' '   ' | tr -s ' ' | sed 's/ *$//')"
done | tee seen
cat > wanted <<'OUT'
plain: total 126
commented: total
OUT
diff wanted seen && echo "still so"
