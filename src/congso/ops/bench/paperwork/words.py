"""What the papers of the bench say: three pages, the same in the office and in the reference."""

from datetime import datetime
from typing import Any, Final

from congso.modules.documents import body as bodies
from congso.modules.documents import rendering

_PARAGRAPH: Final = (
    "Ủy ban nhân dân xã yêu cầu các ban, ngành, đoàn thể, công chức chuyên môn và các thôn rà soát, cập nhật đầy đủ "
    "kết quả thực hiện chuyển đổi số trên địa bàn; phân công người phụ trách, tổng hợp số liệu đúng hạn và chịu trách "
    "nhiệm về tính chính xác của số liệu đã báo cáo. Khó khăn, vướng mắc phải nêu rõ nguyên nhân và đề xuất cách làm."
)
_PARAGRAPHS: Final = 16
TYPE: Final = "BC"


def subject_of(number: int) -> str:
    return f"Kết quả chuyển đổi số của xã, kỳ báo cáo thứ {number}"


def body_of(number: int) -> dict[str, Any]:
    """Return a body of three pages that differs from paper to paper."""
    lines = [f"Báo cáo số liệu kỳ thứ {number}.", *(f"{place}. {_PARAGRAPH}" for place in range(1, _PARAGRAPHS + 1))]
    return bodies.from_text("\n\n".join(lines))


def content_of(number: int, *, made_at: datetime) -> rendering.PaperContent:
    """Return what is drawn of the paper, as the product would put it together."""
    return rendering.PaperContent(
        family=rendering.Family.NAMED,
        title="BÁO CÁO",
        organ_lines=("ỦY BAN NHÂN DÂN", "XÃ THĂNG LONG"),
        notation="BC-UBND",
        place="Thăng Long",
        subject=subject_of(number),
        addressees=("UBND huyện Nông Cống", "UBND xã Tân Thọ"),
        body=body_of(number),
        capacity_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer_name="Cao Thị Mô Phỏng",
        recipients=("Như trên",),
        archive="Lưu: VT",
        made_at=made_at,
        training=True,
    )
