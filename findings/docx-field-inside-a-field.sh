#!/usr/bin/env bash
# A field inside the formula of another field: four readers of .docx print a number that is shown nowhere.
#
# Versions:  python-docx 1.2.0 (writes the document, too), mammoth 1.13.0, docx2txt 0.9, docx2python 3.7.1.
# Expected:  Word shows { = { REF received } * 2 } as the result of the outer field: 516. The inner field's 258 is part of the
#            outer field's code (ECMA-376 part 1, 17.16.18: what is between "begin" and "separate"), so it is no text.
# Seen:      all four join both results: 258516.
# Matters:   totals of tables in Word are such formulas. The digits run together to a plausible count, and nothing says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 docx2python==3.7.1

cd "$folder"
cat > try.py <<'PY'
import docx, docx2txt, mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

document = docx.Document()
paragraph = document.add_paragraph()._p
mark = '<w:fldChar w:fldCharType="%s"/>'
code = '<w:instrText xml:space="preserve">%s</w:instrText>'
inner = [mark % "begin", code % " REF received ", mark % "separate", "<w:t>258</w:t>", mark % "end"]
outer = [mark % "begin", code % " = ", *inner, code % " * 2 ", mark % "separate", "<w:t>516</w:t>", mark % "end"]
for content in outer:
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>"))
document.save("field.docx")

print("python-docx", docx.Document("field.docx").paragraphs[0].text)
print("mammoth", mammoth.extract_raw_text(open("field.docx", "rb")).value.strip())
print("docx2txt", docx2txt.process("field.docx").strip())
print("docx2python", docx2python("field.docx").text.strip())
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
python-docx 258516
mammoth 258516
docx2txt 258516
docx2python 258516
OUT
diff wanted seen && echo "still so"
