"""Why a file is not taken: what is wrong, that nothing was kept, what to do instead."""

from http import HTTPStatus
from typing import Self

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError


class FileRefused(DomainError):
    """Base of all refusals at the door. Nothing was kept."""

    code = "files.refused"
    message = _("Không nhận được tệp “%(name)s”. Chưa lưu gì.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FileEmpty(FileRefused):
    code = "files.empty"
    message = _("Tệp “%(name)s” không có nội dung nên không nhận. Chưa lưu gì. Kiểm tra lại tệp rồi chọn lần nữa.")


class FileTooLarge(FileRefused):
    code = "files.too_large"
    message = _("Tệp “%(name)s” nặng %(size)s, quá mức cho phép là %(limit)s. Chưa lưu gì. Giảm cỡ tệp rồi gửi lại.")
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    @classmethod
    def of(cls, name: str, size: int, limit: int) -> Self:
        """Return the refusal of a file of ``size`` bytes where ``limit`` are taken."""
        return cls(name=name, size=_megabytes(size), limit=_megabytes(limit))


class FileFromNobody(FileRefused):
    """Who sent it has not signed in; forms for everybody take no files."""

    code = "files.sign_in_first"
    message = _("Chưa đăng nhập nên không nhận tệp “%(name)s”. Chưa lưu gì. Đăng nhập rồi gửi lại.")
    status = HTTPStatus.UNAUTHORIZED


class FileTypeNotAccepted(FileRefused):
    code = "files.type_not_accepted"
    message = _("Tệp “%(name)s” không thuộc loại được nhận (%(accepted)s). Chưa lưu gì. Lưu lại theo loại này rồi gửi.")


class FileNameMisleads(FileRefused):
    code = "files.name_misleads"
    message = _("Tệp “%(name)s” có đuôi không đúng với nội dung (%(found)s). Chưa lưu gì. Đổi lại đuôi tệp rồi gửi.")


class FileUnsafe(FileRefused):
    code = "files.unsafe"
    message = _("Tệp “%(name)s” có cấu tạo bất thường, dễ gây hại, nên không nhận. Chưa lưu gì. Tạo lại tệp rồi gửi.")


class FileTooManyPixels(FileRefused):
    code = "files.too_many_pixels"
    message = _("Ảnh “%(name)s” quá lớn: nhận đến %(limit)s triệu điểm ảnh. Chưa lưu gì. Lưu lại ở cỡ nhỏ hơn rồi gửi.")


class StorageFull(DomainError):
    """The disk has no room: nothing of the file stays, and whatever was to be done with it was not done."""

    code = "files.storage_full"
    message = _(
        "Máy chủ hết chỗ lưu tệp nên chưa làm được. Chưa có gì thay đổi. Báo quản trị giải phóng chỗ rồi làm lại."
    )
    status = HTTPStatus.INSUFFICIENT_STORAGE


class FileMissing(DomainError):
    """A file that was accepted is gone or changed on the disk."""

    code = "files.missing"
    message = _("Tệp lưu trữ mã %(code)s bị thiếu hoặc hỏng. Báo quản trị khôi phục từ bản sao lưu.")
    status = HTTPStatus.INTERNAL_SERVER_ERROR


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",") + "\u00a0MB"
