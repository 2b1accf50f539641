#!/usr/bin/env bash
# Two figures on two lines of a Word cell become one number: 1 above 12 is read as 112.
#
# Versions:  mammoth 1.13.0, pandoc 3.9 (pypandoc-binary 1.17), docx2python 3.7.1, python-docx 1.2.0, Python 3.
# Expected:  the standard has two elements for a line that ends inside a paragraph, `w:br` and `w:cr`, and says that the
#            second is the same as the first without attributes. Readers give a line break, or at least a blank, for both.
# Seen:      mammoth, pandoc and docx2python break the line at `w:br` and pass over `w:cr`, so that the digits meet.
#            python-docx breaks the line at both.
# Matters:   programs that export to .docx write `w:cr` for a line end in a value. Nothing in the output tells 112 from a
#            figure that somebody wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    mammoth==1.13.0 pypandoc-binary==1.17 docx2python==3.7.1 python-docx==1.2.0

cd "$folder"
cat > try.py <<'PY'
import docx, mammoth, pypandoc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

for element in ("br", "cr"):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
    run = f"<w:p {nsdecls('w')}><w:r><w:t>1</w:t><w:{element}/><w:t>12</w:t></w:r></w:p>"
    cell.paragraphs[0]._p.append(parse_xml(run)[0])
    document.save("cell.docx")
    print(element, "mammoth", mammoth.convert_to_html(open("cell.docx", "rb")).value.split("<td>")[2].split("</p>")[0])
    print(element, "pandoc", pypandoc.convert_file("cell.docx", "html").split("<th>")[2].split("</th>")[0].replace("\r", "").replace("\n", ""))
    print(element, "docx2python", repr(docx2python("cell.docx").body[0][0][1][0]))
    print(element, "python-docx", repr(docx.Document("cell.docx").tables[0].cell(0, 1).text))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
br mammoth <p>1<br />12
br pandoc 1<br />12
br docx2python '1\n12'
br python-docx '1\n12'
cr mammoth <p>112
cr pandoc 112
cr docx2python '112'
cr python-docx '1\n12'
OUT
diff wanted seen && echo "still so"
