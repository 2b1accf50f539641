"""Lists the marks of copies that gouji annotate has written, as openpyxl and python-docx find them.

A line a mark: the file, its place, the text there, what is said, each set apart by a tab.
"""
import sys

try:
    import docx
    import openpyxl
except ImportError as missing:
    print(f"openpyxl and python-docx 1.2 are needed: {missing}", file=sys.stderr)
    sys.exit(77)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def line(*words):
    print("\t".join(str(word).replace("\t", " ").replace("\n", " / ") for word in words))


def workbook(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    line(path, f"{sheet.title}!{cell.coordinate}", cell.value, cell.comment.text)


def document(path):
    opened = docx.Document(path)
    said = {str(comment.comment_id): comment.text for comment in opened.comments}
    elements = list(opened.element.body.iter())
    for start, element in enumerate(elements):
        if element.tag == W + "commentRangeStart":
            number = element.get(W + "id")
            text = ""
            for inner in elements[start:]:
                if inner.tag == W + "commentRangeEnd" and inner.get(W + "id") == number:
                    break
                if inner.tag == W + "t":
                    text += inner.text or ""
            line(path, number, text, said[number])


for name in sys.argv[1:]:
    (document if name.endswith(".docx") else workbook)(name)
