#!/usr/bin/env bash
# The sign of a negative figure is gone: Word's non-breaking hyphen is no text for two readers.
#
# Versions:  docx2txt 0.9, docx2python 3.7.1, python-docx 1.2.0, mammoth 1.13.0, Python 3.
# Expected:  Ctrl+Shift+Hyphen in Word makes `w:noBreakHyphen`, which keeps -57 on one line; readers give a hyphen.
# Seen:      docx2txt and docx2python give 57. python-docx gives "-57" with an ordinary hyphen, mammoth with U+2011, which
#            Python's int() refuses.
# Matters:   accounts keep a minus sign with its figure in just this way. 57 and -57 are both plausible.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    docx2txt==0.9 docx2python==3.7.1 python-docx==1.2.0 mammoth==1.13.0

cd "$folder"
cat > try.py <<'PY'
import docx, docx2txt, mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

document = docx.Document()
document.add_paragraph()._p.append(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:noBreakHyphen/><w:t>57</w:t></w:r></w:p>")[0])
document.save("change.docx")
print("docx2txt", ascii(docx2txt.process("change.docx").strip()))
print("docx2python", ascii(docx2python("change.docx").text.strip()))
print("python-docx", ascii(docx.Document("change.docx").paragraphs[-1].text))
print("mammoth", ascii(mammoth.extract_raw_text(open("change.docx", "rb")).value.strip()))
PY
env/bin/python try.py | tee seen
cat > wanted <<'OUT'
docx2txt '57'
docx2python '57'
python-docx '-57'
mammoth '\u201157'
OUT
diff wanted seen && echo "still so"
