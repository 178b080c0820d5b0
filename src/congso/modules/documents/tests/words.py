"""Makes Word files for tests, part by part."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


type Parts = Mapping[str, str | bytes]


def docx(*blocks: str, parts: Parts | None = None, relations: Mapping[str, str] | None = None) -> bytes:
    """Return a DOCX of ``blocks``; ``relations`` are targets by id, those with ``://`` external."""
    body = f"<w:document {SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    entries = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/image" Target="{target}"'
        f"{' TargetMode="External"' if '://' in target else ''}/>"
        for name, target in (relations or {}).items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>',
    }
    files |= parts or {}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def numbered(text: str, number_id: int, level: int = 0) -> str:
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def numbering(*levels: tuple[str, str], number_id: int = 1) -> str:
    """Return ``numbering.xml`` of one list: form and text of each level."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="7">{drawn}</w:abstractNum>'
        f'<w:num w:numId="{number_id}"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def cell(*blocks: str, span: int = 1, merge: str = "") -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{"".join(blocks) or para("")}</w:tc>'


def table(*rows: list[str], header: bool = False) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>"
    drawn = (f"<w:tr>{mark if header and not place else ''}{''.join(row)}</w:tr>" for place, row in enumerate(rows))
    return f"<w:tbl>{''.join(drawn)}</w:tbl>"


def drawing(relation: str, *, millimetres: int = 80, alt: str = "", how: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{millimetres * 36000}" cy="1"/><wp:docPr id="1" descr="{alt}"/>'
        f'<a:blip r:{how}="{relation}"/></wp:inline></w:drawing></w:r>'
    )


def png(width: int = 40, height: int = 30, colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def huge_png(side: int = 10_000) -> bytes:
    """Return a tiny file that says it is a picture of 100 megapixels."""
    file = io.BytesIO()
    Image.new("1", (side, side)).save(file, "PNG")
    return file.getvalue()
