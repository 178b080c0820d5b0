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
