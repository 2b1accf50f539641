#!/usr/bin/env bash
# A total that Word computed is gone from the text, if its field is written in the short form.
#
# Versions:  python-docx 1.2.0, mammoth 1.13.0, pandoc 3.9 (pypandoc-binary 1.17), docx2python 3.7.1, Python 3.
# Expected:  a field has a result, which is what Word shows. `w:fldSimple` holds it as ordinary runs, the long form
#            (`w:fldChar`) as runs between two marks; both read alike.
# Seen:      python-docx, mammoth and pandoc give 59 for the long form and nothing for the short one. docx2python gives
#            59 for both. The field here is the formula of a table, SUM(ABOVE).
# Matters:   totals are what such fields are for, and generators of documents write the short form because it is one
#            element. The cell reads as blank, and blank is often taken for 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    python-docx==1.2.0 mammoth==1.13.0 pypandoc-binary==1.17 docx2python==3.7.1

cd "$folder"
cat > try.py <<'PY'
import docx, mammoth, pypandoc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

RESULT = "<w:r><w:t>59</w:t></w:r>"
FORMS = {
    "long": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{RESULT}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "short": f'<w:fldSimple w:instr=" =SUM(ABOVE) ">{RESULT}</w:fldSimple>',
}
for name, field in FORMS.items():
    document = docx.Document()
    paragraph = document.add_paragraph("total ")._p
    for element in parse_xml(f"<w:p {nsdecls('w')}>{field}</w:p>"):
        paragraph.append(element)
    document.save(f"{name}.docx")
    print(name, "python-docx", repr(docx.Document(f"{name}.docx").paragraphs[-1].text))
    print(name, "mammoth", repr(mammoth.extract_raw_text(open(f"{name}.docx", "rb")).value.strip("\n")))
    print(name, "pandoc", repr(pypandoc.convert_file(f"{name}.docx", "plain").strip("\r\n")))
    print(name, "docx2python", repr(docx2python(f"{name}.docx").text.strip("\n")))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
long python-docx 'total 59'
long mammoth 'total 59'
long pandoc 'total 59'
long docx2python 'total 59'
short python-docx 'total '
short mammoth 'total '
short pandoc 'total'
short docx2python 'total 59'
OUT
diff wanted seen && echo "still so"
