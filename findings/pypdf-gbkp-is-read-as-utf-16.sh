#!/usr/bin/env bash
# One of the encodings that the PDF standard names for simplified Chinese is read as another: 1057 gives no digit.
#
# Versions:  pypdf 7.1.1, pdfminer.six 20260107, pypdfium2 5.15.2, Python 3.
# Expected:  GBK-EUC-H, GBKp-EUC-H, GBK2K-H, UniGB-UCS2-H and UniGB-UTF16-H stand side by side in the standard's table of
#            predefined CMaps; a reader knows them all, or reports an error for the page.
# Seen:      pypdf reads four of them. Of GBKp-EUC-H it logs that it is "not implemented yet, using utf-16-be instead" and
#            returns a text of the same length in which no character is right. GBKp differs from GBK in one code,
#            so the text would be right if it were read as that. pdfminer.six and pdfium read all five.
# Matters:   the page has text, so no one falls back to recognition, and a search for figures finds none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2

cd "$folder"
cat > try.py <<'PY'
import pdfminer.high_level, pypdf, pypdfium2


def write(encoding, codes):
    """A page with one line of text in a font that is not embedded, as offices write it."""
    content = b"BT /F 20 Tf 20 40 Td <" + codes.hex().encode() + b"> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[6 0 R]>>" % encoding.encode(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 8\n0000000000 65535 f \n%strailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))
    open("page.pdf", "wb").write(data)


CODECS = {"GBK-EUC-H": "gbk", "GBKp-EUC-H": "gbk", "GBK2K-H": "gb18030", "UniGB-UCS2-H": "utf-16-be", "UniGB-UTF16-H": "utf-16-be"}
for encoding, codec in CODECS.items():
    write(encoding, "总计1057".encode(codec))
    readers = {
        "pypdf": pypdf.PdfReader("page.pdf").pages[0].extract_text(),
        "pdfminer.six": pdfminer.high_level.extract_text("page.pdf"),
        "pdfium": pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_range(),
    }
    print(encoding, {name: "1057" in text for name, text in readers.items()})
PY
env/bin/python try.py 2> log | tee seen
grep -o "GBKp-EUC-H not implemented yet, using utf-16-be instead" log | head -1 | tee -a seen
cat > wanted <<'OUT'
GBK-EUC-H {'pypdf': True, 'pdfminer.six': True, 'pdfium': True}
GBKp-EUC-H {'pypdf': False, 'pdfminer.six': True, 'pdfium': True}
GBK2K-H {'pypdf': True, 'pdfminer.six': True, 'pdfium': True}
UniGB-UCS2-H {'pypdf': True, 'pdfminer.six': True, 'pdfium': True}
UniGB-UTF16-H {'pypdf': True, 'pdfminer.six': True, 'pdfium': True}
GBKp-EUC-H not implemented yet, using utf-16-be instead
OUT
diff wanted seen && echo "still so"
