"""What the demo's papers are called and say: plausible, plain, and nobody's real paper."""

from dataclasses import dataclass
from datetime import date
from itertools import cycle

EVERY_COMMUNE = 29


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the history.

    :param sender: the commune that writes it, by its place in the list of codes; None for the district.
    :param to_communes: how many communes get it (of the district's papers; a commune writes to the district).
    :param reply_days: days until an answer is due; None if none is asked for.
    :param is_on_paper: signed and stamped by hand that day; its scan was sent.
    :param is_of_party: the district's Party committee writes it, to the People's Committee, in its own layout.
    """

    day: date
    type_code: str
    subject: str
    text: str
    sender: int | None = None
    to_communes: int = 0
    reply_days: int | None = None
    is_on_paper: bool = False
    is_of_party: bool = False


_OF_THE_DISTRICT = (
    (date(2023, 8, 7), "KH", "Kế hoạch chuyển đổi số 6 tháng cuối năm 2023", EVERY_COMMUNE, 30),
    (date(2023, 8, 21), "CV", "Về việc rà soát tài khoản của cán bộ, công chức trên hệ thống văn bản", 8, None),
    (date(2023, 9, 6), "QĐ", "Về việc giao chỉ tiêu chuyển đổi số cho các xã, thị trấn", EVERY_COMMUNE, None),
    (date(2023, 9, 18), "TB", "Kết luận cuộc họp giao ban tháng 9 năm 2023", 6, None),
    (date(2023, 10, 4), "CV", "Về việc tuyên truyền Ngày Chuyển đổi số quốc gia 10/10", EVERY_COMMUNE, 14),
    (date(2023, 10, 23), "GM", "Dự tập huấn kỹ năng số cho tổ công nghệ số cộng đồng", 7, None),
    (date(2023, 11, 8), "CV", "Về việc phối hợp rà soát hộ kinh doanh thanh toán không dùng tiền mặt", 6, 12),
    (date(2023, 11, 20), "KH", "Kế hoạch kiểm tra việc sử dụng chữ ký số quý IV năm 2023", EVERY_COMMUNE, 20),
    (date(2023, 11, 28), "CV", "Về việc báo cáo số nhà đã gắn mã địa chỉ số", 5, 3),
)
_OF_A_COMMUNE = (
    ("BC", "Kết quả thực hiện chuyển đổi số tháng {month}"),
    ("TTr", "Về việc hỗ trợ thiết bị cho tổ công nghệ số cộng đồng"),
    ("TB", "Phân công trực hỗ trợ người dân nộp hồ sơ trực tuyến"),
    ("KH", "Kế hoạch ra quân của tổ công nghệ số cộng đồng"),
)
_OF_THE_PARTY = (
    (date(2023, 9, 12), "CT", "Về tăng cường sự lãnh đạo đối với chuyển đổi số"),
    (date(2023, 10, 26), "KL", "Về kết quả chuyển đổi số chín tháng đầu năm 2023"),
)
_DAYS_OF_COMMUNES = (
    date(2023, 8, 25),
    date(2023, 9, 12),
    date(2023, 9, 27),
    date(2023, 10, 11),
    date(2023, 10, 26),
    date(2023, 11, 14),
    date(2023, 11, 27),
)
# The places in the list of papers of those that were signed by hand, so that the signing rate is not perfect.
_BY_HAND = frozenset({11, 30})
_TEXT = (
    "Thực hiện chương trình công tác năm 2023, {sender} {verb} như sau.\n"
    "Rà soát, cập nhật số liệu trên hệ thống; nêu rõ việc đã làm, việc chưa làm, nguyên nhân.\n"
    "Phân công người phụ trách từng việc, báo cáo đúng thời hạn.\n"
    "Đây là văn bản mẫu để tập huấn, không có giá trị thi hành."
)


def history() -> list[Paper]:
    """Return the papers of August to November 2023 in the order of their days."""
    written = [
        Paper(day, type_code, subject, _text("Ủy ban nhân dân huyện", type_code), to_communes=count, reply_days=days)
        for day, type_code, subject, count, days in _OF_THE_DISTRICT
    ]
    kinds = cycle(_OF_A_COMMUNE)
    for round_number, day in enumerate(_DAYS_OF_COMMUNES):
        # Each time another third or so of the communes writes.
        for commune in range(round_number % 4, EVERY_COMMUNE, 4):
            type_code, subject = next(kinds)
            written.append(
                Paper(
                    day,
                    type_code,
                    subject.format(month=day.month),
                    _text("Ủy ban nhân dân xã"),
                    sender=commune,
                    is_on_paper=len(written) in _BY_HAND,
                )
            )
    text = _text("Ban Thường vụ Huyện ủy")
    written += [Paper(day, type_code, subject, text, is_of_party=True) for day, type_code, subject in _OF_THE_PARTY]
    return sorted(written, key=lambda paper: paper.day)


def _text(sender: str, type_code: str = "") -> str:
    verb = "trân trọng kính mời đại biểu" if type_code == "GM" else "thông báo các nội dung cần thực hiện"
    return _TEXT.format(sender=sender, verb=verb)
