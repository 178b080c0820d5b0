"""Small contents of each kind that is taken, and of some that are not."""

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\nstartxref\n0\n%%EOF\n"


def image(kind, size=(4, 4)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind)
    return buffer.getvalue()


def archive(*names, content="<xml/>"):
    """Return a zip of these parts, each with the same content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, content)
    return buffer.getvalue()


def docx(*more, **how):
    return archive("word/document.xml", *more, **how)


def xlsx(*more, **how):
    return archive("xl/workbook.xml", *more, **how)


def packed(parts):
    """Return a zip of the parts, each with its content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archived.writestr(name, content, how)
    return buffer.getvalue()


def docx_of(document, **more):
    """Return a Word file with this main part, and ``more`` parts by name."""
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def docx_saying(*lines):
    """Return a Word file with these paragraphs."""
    said = "".join(f"<p><r><t>{line}</t></r></p>" for line in lines)
    return docx_of(f"<document>{said}</document>")


def xlsx_of(strings, sheet="<worksheet/>"):
    """Return an Excel file with these shared strings and one sheet."""
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def odt_of(*lines, kind="text"):
    said = "".join(f"<p>{line}</p>" for line in lines)
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": f"<body>{said}</body>"})


def ods_of(*lines):
    return odt_of(*lines, kind="spreadsheet")
