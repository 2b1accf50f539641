#!/usr/bin/env bash
# A comment on a total that Word has computed becomes part of the total: 126 with the comment "was 7" is 126was 7.
#
# Versions:  LibreOffice 7.4 of Debian 12 (soffice must be there); the document is written by Python's own zipfile.
# Expected:  a comment is beside the text, as everywhere else in the document; the total stays 126.
# Seen:      where the comment is tied to the result of a field, its words are read as the end of that result, and stay there
#            when the document is saved or converted. A comment of digits makes another number of the figure.
# Matters:   a figure that somebody has remarked on is another one after a conversion. Whoever writes comments has to put them
#            around whole fields.
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


def field(result):
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> =100+26 </w:instrText></w:r>'
    return f"<w:p>{mark % 'begin'}{code}{mark % 'separate'}{result}{mark % 'end'}</w:p>"



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


write("plain.docx", field(text(126)))
write("commented.docx", field(COMMENTED % text(126)))
PY
python3 write.py
for name in plain commented; do
  timeout 120 soffice -env:UserInstallation="file://$folder/profile" --headless --convert-to txt:Text $name.docx > /dev/null 2>&1
  echo "$name: $(grep -A 1 total $name.txt | tr '\r\n\t' '   ' | tr -s ' ' | sed 's/ *$//')"
done | tee seen
cat > wanted <<'OUT'
plain: total 126
commented: total 126was 7
OUT
diff wanted seen && echo "still so"
