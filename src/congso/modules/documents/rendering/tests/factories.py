"""Papers and bodies as an office writes them."""

from datetime import UTC, datetime
from typing import Any

from congso.modules.documents.rendering import PaperContent

MADE_AT = datetime(2023, 11, 29, 2, 30, tzinfo=UTC)
type Tree = dict[str, Any]


def text(words: str, *marks: str) -> Tree:
    return {"type": "text", "text": words} | ({"marks": [{"type": mark} for mark in marks]} if marks else {})


def paragraph(words: str, *marks: str) -> Tree:
    return {"type": "paragraph", "content": [text(words, *marks)]}


def heading(level: int, words: str) -> Tree:
    return {"type": "heading", "attrs": {"level": level}, "content": [text(words)]}


def listed(kind: str, *items: list[Tree]) -> Tree:
    return {"type": kind, "content": [{"type": "listItem", "content": item} for item in items]}


def cell(words: str, *, header: bool = False, **attributes: int) -> Tree:
    return {"type": "tableHeader" if header else "tableCell", "attrs": attributes, "content": [paragraph(words)]}


def table(*rows: list[Tree]) -> Tree:
    return {"type": "table", "content": [{"type": "tableRow", "content": row} for row in rows]}


def body(*nodes: Tree) -> Tree:
    return {"type": "doc", "content": list(nodes)}


def plan_body() -> Tree:
    return body(
        paragraph("Thực hiện chủ trương của Huyện ủy, Ủy ban nhân dân huyện ban hành Kế hoạch như sau:"),
        heading(1, "I. MỤC ĐÍCH, YÊU CẦU"),
        listed("bulletList", [paragraph("Rõ người, rõ việc;")], [paragraph("Rõ thời hạn.")]),
        heading(1, "II. CHỈ TIÊU"),
        table(
            [cell("STT", header=True), cell("Chỉ tiêu", header=True), cell("Năm 2024", header=True, colspan=2)],
            [cell("1"), cell("Văn bản được ký số"), cell("100%"), cell("Văn phòng")],
        ),
        heading(1, "III. TỔ CHỨC THỰC HIỆN"),
        listed("orderedList", [paragraph("Văn phòng theo dõi, đôn đốc.")], [paragraph("Các xã báo cáo kết quả.")]),
        paragraph("Có vướng mắc, các đơn vị phản ánh về Văn phòng để được hướng dẫn."),
    )


def paper(**changes: Any) -> PaperContent:
    content: dict[str, Any] = {
        "family": "named",
        "title": "KẾ HOẠCH",
        "organ_lines": ("ỦY BAN NHÂN DÂN", "HUYỆN NÔNG CỐNG"),
        "notation": "KH-UBND",
        "place": "Nông Cống",
        "subject": "Chuyển đổi số huyện Nông Cống năm 2024",
        "body": plan_body(),
        "capacity_lines": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        "signer_name": "Nguyễn Văn Thử",
        "recipients": ("Thường trực Huyện ủy (b/c)", "UBND các xã, thị trấn"),
        "archive": "Lưu: VT, VP",
        "made_at": MADE_AT,
    }
    return PaperContent(**(content | changes))
