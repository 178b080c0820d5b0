"""Word files and pictures as drafts take them, opened in a process of their own (``word.process``)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.modules.documents import body as bodies
from congso.shared.files.apart import Apart

MAX_WORD_BYTES: Final = 30_000_000
MAX_PICTURE_BYTES: Final = 20_000_000
MAX_SECONDS: Final = 20.0
NARROWEST_MM: Final = 5
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\x00", b"MM\x00*")

type Node = dict[str, Any]


class ImportRefused(DomainError):
    """Base of what is not opened. Nothing was kept."""

    code = "documents.import_refused"
    message = _("Không mở được tệp. Chưa lưu gì.")
    status = 422


class WordNotReadable(ImportRefused):
    code = "documents.word_not_readable"
    message = _("Tệp Word bị hỏng hoặc không phải tệp .docx nên không mở được. Lưu lại bằng Word rồi chọn lại.")


class WordOldOrLocked(ImportRefused):
    code = "documents.word_old_or_locked"
    message = _(
        "Tệp là Word đời cũ (.doc) hoặc có đặt mật khẩu. Mở bằng Word, bỏ mật khẩu, lưu dạng .docx rồi chọn lại."
    )


class WordHasMacros(ImportRefused):
    code = "documents.word_has_macros"
    message = _(
        "Tệp Word có mã lệnh (macro) nên không nhận: mã lệnh có thể gây hại. Lưu lại dạng .docx không có macro "
        "rồi chọn lại."
    )


class WordUnsafe(ImportRefused):
    code = "documents.word_unsafe"
    message = _(
        "Tệp Word có cấu tạo bất thường, trỏ ra ngoài tệp, nên không nhận. Chép nội dung sang tệp mới rồi chọn lại."
    )


class WordTooLarge(ImportRefused):
    code = "documents.word_too_large"
    message = _("Tệp Word quá lớn, hoặc giải nén ra quá lớn: nhận đến 30 MB. Bỏ bớt ảnh hoặc tách tệp rồi chọn lại.")


class WordTooSlow(ImportRefused):
    code = "documents.word_too_slow"
    message = _("Tệp Word quá phức tạp nên đọc không xong. Tách thành nhiều tệp nhỏ rồi chọn lại.")


class PictureNotReadable(ImportRefused):
    code = "documents.picture_not_readable"
    message = _("Tệp không phải ảnh, hoặc ảnh bị hỏng. Nhận ảnh PNG, JPEG, GIF, BMP, TIFF, WebP.")


class PictureTooLarge(ImportRefused):
    code = "documents.picture_too_large"
    message = _("Ảnh quá lớn: nhận đến 20 MB và 50 triệu điểm ảnh. Thu nhỏ ảnh rồi chọn lại.")


_REFUSALS: Final[Mapping[str, type[ImportRefused]]] = {
    "broken": WordNotReadable,
    "old_or_locked": WordOldOrLocked,
    "macros": WordHasMacros,
    "paths": WordUnsafe,
    "entities": WordUnsafe,
    "bomb": WordTooLarge,
    "picture_unreadable": PictureNotReadable,
    "picture_too_large": PictureTooLarge,
}

# What a body has no place for, and what becomes of it; in the order in which it is told.
LEFT: Final[Mapping[str, str | Promise]] = {
    "frame": _("Phần quốc hiệu, số ký hiệu, nơi nhận, chữ ký: hệ thống tự vẽ"),
    "headers": _("Đầu trang, chân trang: bỏ"),
    "footnotes": _("Chú thích cuối trang: bỏ"),
    "comments": _("Nhận xét bên lề: bỏ"),
    "tracked": _("Sửa đổi đang theo dõi: phần thêm được nhận, phần xóa bỏ hẳn"),
    "text_boxes": _("Hộp chữ: bỏ"),
    "equations": _("Công thức toán: bỏ"),
    "charts": _("Biểu đồ, sơ đồ: bỏ, chèn lại dưới dạng ảnh"),
    "shapes": _("Hình vẽ: bỏ, chèn lại dưới dạng ảnh"),
    "objects": _("Đối tượng nhúng: bỏ"),
    "pictures_elsewhere": _("Ảnh để ở nơi khác, không nằm trong tệp: bỏ"),
    "picture_unreadable": _("Ảnh không mở được (EMF, WMF hoặc hỏng): bỏ, chèn lại ảnh PNG, JPEG"),
    "picture_too_large": _("Ảnh quá lớn: bỏ, thu nhỏ rồi chèn lại"),
    "pictures_too_many": _("Ảnh thứ 61 trở đi: bỏ"),
    "nested_tables": _("Bảng trong bảng: giữ chữ, bỏ khung"),
    "wide_tables": _("Bảng hơn 20 cột: giữ chữ, bỏ khung"),
    "symbols": _("Ký hiệu của phông riêng: bỏ"),
    "hidden": _("Chữ ẩn: bỏ"),
    "old_fonts": _("Chữ gõ bằng phông cũ (.VnTime, VNI): sẽ sai dấu, chuyển sang Unicode trong Word rồi nhận lại"),
    "raised": _("Chữ chỉ số trên, dưới: thành chữ thường"),
    "struck": _("Gạch ngang chữ: thành chữ thường"),
    "colours": _("Màu chữ, màu nền: bỏ"),
    "alignment": _("Căn giữa, căn phải: theo thể thức chung"),
    "links": _("Đường liên kết: giữ chữ, bỏ địa chỉ"),
    "page_breaks": _("Ngắt trang: bỏ"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """One kind of thing that a Word file holds and a body does not."""

    text: str | Promise
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordContent:
    """What a Word file gave; nothing of it is kept yet.

    :param tree: a body, not yet checked, whose pictures are numbered.
    :param pictures: their bytes and media types.
    :param guarded: every line of the file, for ``secrecy.refuse_secret``.
    """

    tree: Node
    pictures: tuple[tuple[bytes, str], ...]
    left: tuple[Left, ...]
    guarded: tuple[str, ...]

    def body(self, names: list[str]) -> Node:
        """Return the tree with its pictures named by ``names``, in their order."""
        return _with_names(self.tree, names)


@dataclass(frozen=True, slots=True)
class SafePicture:
    content: bytes
    media_type: str
    points: int

    @property
    def millimetres(self) -> int:
        """As wide as on a screen, no wider than the text of a page."""
        return min(max(round(self.points * 25.4 / 96), NARROWEST_MM), bodies.WIDEST_MM)


def read_word(content: bytes) -> WordContent:
    """Return what a Word file holds.

    :raises ImportRefused: one of the classes above; nothing was kept.
    """
    if len(content) > MAX_WORD_BYTES:
        raise WordTooLarge
    _head, parts = _ask("word", content, otherwise=WordNotReadable)
    told = json.loads(parts[0])
    return WordContent(
        tree=told["tree"],
        pictures=tuple(zip(parts[1:], told["media_types"], strict=True)),
        left=tuple(_in_order(told["left"])),
        guarded=tuple(told["guarded"]),
    )


def read_picture(content: bytes) -> SafePicture:
    """Return a picture written afresh: PNG or JPEG of bounded size, without anything but its points.

    :raises PictureNotReadable, PictureTooLarge: it is not taken.
    """
    if len(content) > MAX_PICTURE_BYTES:
        raise PictureTooLarge
    head, parts = _ask("picture", content, otherwise=PictureNotReadable)
    return SafePicture(parts[0], head["media_type"], head["width"])


def is_picture(content: bytes) -> bool:
    """Say whether ``content`` begins as pictures do."""
    return content.startswith(_PICTURES)


def of_picture(content: bytes) -> WordContent:
    """Return a picture as a body of its own; raises as :func:`read_picture`."""
    picture = read_picture(content)
    node = {"type": "image", "attrs": {"picture": 0, "width": picture.millimetres, "alt": ""}}
    return WordContent({"type": "doc", "content": [node]}, ((picture.content, picture.media_type),), (), ())


def _ask(op: str, content: bytes, *, otherwise: type[ImportRefused]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        head, parts = _reader.ask({"op": op}, content, seconds=MAX_SECONDS)
    except TimeoutError:
        raise WordTooSlow from None
    except (OSError, EOFError):
        raise otherwise from None
    if "error" in head:
        raise _REFUSALS.get(head["error"], otherwise)
    return head, parts


def _in_order(told: Iterable[Mapping[str, Any]]) -> Iterable[Left]:
    found = {entry["kind"]: entry for entry in told}
    known = ((text, found[kind]) for kind, text in LEFT.items() if kind in found)
    return (Left(text, entry["count"], tuple(entry["samples"])) for text, entry in known)


def _with_names(node: Node, names: list[str]) -> Node:
    if node["type"] == "image":
        attributes = dict(node["attrs"])
        return {"type": "image", "attrs": {"sha256": names[attributes.pop("picture")]} | attributes}
    if "content" not in node:
        return node
    return node | {"content": [_with_names(child, names) for child in node["content"]]}


_reader = Apart("congso.modules.documents.word.process")
