"""What the check of a file says: one verdict, the worst of all its signatures, with its reasons in Vietnamese."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """The three words of EN 319 102-1."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"

    @property
    def label(self) -> Promise:
        return OUTCOME_LABELS[self]

    def worst(self, other: "Outcome") -> "Outcome":
        """Return the graver of two: failed, then indeterminate, then passed."""
        return min(self, other, key=BY_GRAVITY.index)


BY_GRAVITY = [Outcome.FAILED, Outcome.INDETERMINATE, Outcome.PASSED]
OUTCOME_LABELS = {
    Outcome.PASSED: _("Hợp lệ"),
    Outcome.FAILED: _("Không hợp lệ"),
    Outcome.INDETERMINATE: _("Chưa kết luận được"),
}

REASONS: dict[str, str | Promise] = {
    "intact": _("Nội dung còn nguyên như khi ký."),
    "content_changed": _("Nội dung đã bị sửa sau khi ký."),
    "changed_after_seal": _("Tệp bị sửa sau khi cơ quan đóng dấu: số, ngày hoặc nội dung không còn như lúc phát hành."),
    "forbidden_change": _("Tệp bị sửa ở chỗ mà người ký không cho phép sửa."),
    "signature_broken": _("Chữ ký không khớp với chứng thư của người ký."),
    "not_all_covered": _("Chữ ký không bao trùm toàn bộ phần đã ký."),
    "unknown_authority": _("Chứng thư do nơi cấp mà hệ thống này không biết."),
    "certificate_expired": _("Chứng thư đã hết hạn, mà chữ ký không có dấu thời gian để biết ký từ khi nào."),
    "certificate_not_yet_valid": _("Chứng thư chưa có hiệu lực."),
    "certificate_revoked": _(
        "Chứng thư đã bị thu hồi, mà chữ ký không có dấu thời gian để biết ký trước hay sau khi thu hồi."
    ),
    "signed_outside_validity": _("Thời điểm ghi trong chữ ký nằm ngoài thời hạn của chứng thư."),
    "wrong_key_use": _("Chứng thư này không dùng để ký văn bản."),
    "no_signature": _("Tệp không có chữ ký số nào."),
    "not_a_pdf": _("Tệp hỏng hoặc không phải là PDF, nên không đọc được chữ ký."),
    "encrypted": _("Tệp bị đặt mật khẩu, nên không kiểm tra được."),
    "too_large": _("Tệp quá lớn, hệ thống không kiểm tra."),
    "too_complex": _("Tệp quá phức tạp, hệ thống dừng kiểm tra để giữ an toàn."),
}


def reason_text(code: str) -> str:
    """Return the Vietnamese sentence for a reason's code."""
    return str(REASONS.get(code, code))


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """What was found of one signature.

    :param signer: whose certificate it is.
    :param capacity: the reason written in the signature, e.g. ``TM. ỦY BAN NHÂN DÂN``.
    :param organ: the organization in the certificate.
    :param signed_at: by the signer's own clock, as there is no timestamp.
    :param covers_all: nothing at all was added after it.
    :param is_training: the certificate has no legal value.
    :param reasons: codes of :data:`REASONS`; ``intact`` alone if nothing is wrong.
    """

    field: str
    signer: str
    organ: str
    capacity: str
    signed_at: datetime | None
    outcome: Outcome
    reasons: tuple[str, ...]
    covers_all: bool
    is_training: bool
    certificate_ends: datetime | None = None

    @property
    def is_organ(self) -> bool:
        return self.field == "organ"

    @property
    def texts(self) -> list[str]:
        return [reason_text(code) for code in self.reasons]

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "signer": self.signer,
            "organ": self.organ,
            "capacity": self.capacity,
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "outcome": self.outcome.value,
            "reasons": list(self.reasons),
            "covers_all": self.covers_all,
            "is_training": self.is_training,
            "certificate_ends": self.certificate_ends.isoformat() if self.certificate_ends else None,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "SignatureFinding":
        return cls(
            field=row["field"],
            signer=row["signer"],
            organ=row["organ"],
            capacity=row["capacity"],
            signed_at=_moment(row["signed_at"]),
            outcome=Outcome(row["outcome"]),
            reasons=tuple(row["reasons"]),
            covers_all=row["covers_all"],
            is_training=row["is_training"],
            certificate_ends=_moment(row["certificate_ends"]),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one verdict of a file.

    :param outcome: the worst of its signatures; a file with none is ``indeterminate`` for ``no_signature``.
    :param reasons: codes, the gravest first, of what makes it so.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    signatures: tuple[SignatureFinding, ...]

    @property
    def passed(self) -> bool:
        return self.outcome == Outcome.PASSED

    @property
    def is_training(self) -> bool:
        return any(signature.is_training for signature in self.signatures)

    @property
    def texts(self) -> list[str]:
        return [reason_text(code) for code in self.reasons]

    @property
    def holds_until(self) -> datetime | None:
        """The earliest end of a certificate; later the same file may be judged otherwise."""
        return min((found.certificate_ends for found in self.signatures if found.certificate_ends), default=None)

    def has_passed(self, *fields: str) -> bool:
        """Say whether the file passes and each of these fields holds a signature that passes."""
        good = {found.field for found in self.signatures if found.outcome == Outcome.PASSED}
        return self.passed and good.issuperset(fields)

    def as_json(self) -> dict[str, Any]:
        return {"reasons": list(self.reasons), "signatures": [found.as_json() for found in self.signatures]}

    @classmethod
    def from_json(cls, outcome: str, row: Mapping[str, Any]) -> "Verdict":
        return cls(
            outcome=Outcome(outcome),
            reasons=tuple(row["reasons"]),
            signatures=tuple(SignatureFinding.from_json(found) for found in row["signatures"]),
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
