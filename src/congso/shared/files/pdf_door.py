"""A PDF file that will be signed and given to others: nothing in it may act, hide, or have been signed before.

It is looked into in a process of its own. A file whose structure is out of order, as some scanners make it, is drawn
anew from its pages, if that mends it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.shared.files import pages
from congso.shared.files.apart import Apart
from congso.shared.files.pages import PdfEncrypted, PdfNotReadable, PdfTooSlow

SECONDS: Final = 20.0


class PdfActs(DomainError):
    """It carries scripts, or opens, sends or plays something."""

    code = "files.pdf_acts"
    message = _("Tệp PDF có mã lệnh hoặc nút tự chạy nên không nhận. In lại ra PDF (Print to PDF) rồi chọn tệp đó.")


class PdfHidesFiles(DomainError):
    """Other files are inside it."""

    code = "files.pdf_hides_files"
    message = _(
        "Tệp PDF có tệp khác nhúng bên trong nên không nhận. Chưa lưu gì. Tách tệp đó ra gửi riêng, in lại ra PDF rồi "
        "chọn tệp mới."
    )


class PdfIsForm(DomainError):
    """A form of the kind XFA: other readers show other pages."""

    code = "files.pdf_is_form"
    message = _(
        "Tệp PDF là biểu mẫu XFA, mỗi phần mềm hiện một khác, nên không nhận. Chưa lưu gì. In ra PDF rồi chọn tệp mới."
    )


class PdfAlreadySigned(DomainError):
    """Somebody signed it: it cannot become a paper of ours."""

    code = "files.pdf_already_signed"
    message = _(
        "Tệp PDF đã có chữ ký số nên không làm thành văn bản mới được. Chưa lưu gì. Đính kèm tệp này vào văn bản, hoặc "
        "chọn bản chưa ký."
    )


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that may come in.

    :param pdf: as it was given, or drawn anew.
    :param is_signed: it has signatures of others; nothing may be written into it.
    :param has_form: it has fields of its own.
    :param was_rebuilt: its structure was out of order, the pages are the same.
    """

    pdf: bytes
    is_signed: bool = False
    has_form: bool = False
    was_rebuilt: bool = False


def passed(pdf: bytes) -> Passed:
    """Return the file if it may be taken.

    :raises PdfActs, PdfHidesFiles, PdfIsForm: what is in it is not taken.
    :raises congso.shared.files.pages.PdfNotReadable, PdfEncrypted, PdfTooLarge, PdfTooSlow: it cannot be opened.
    """
    try:
        found = _found(pdf)
    except PdfNotReadable:
        return _rebuilt(pdf)
    return Passed(pdf, is_signed="signed" in found, has_form="form" in found)


def passed_unsigned(file: Passed) -> Passed:
    """Return a file that passed if it may become a paper: without fields of its own, drawn anew where it has some.

    :raises PdfAlreadySigned: somebody has signed it.
    :raises congso.kernel.errors.DomainError: as :func:`passed`, of what was drawn anew.
    """
    if file.is_signed:
        raise PdfAlreadySigned
    return _rebuilt(file.pdf) if file.has_form else file


def _rebuilt(pdf: bytes) -> Passed:
    rebuilt = pages.rebuilt(pdf)
    found = _found(rebuilt)
    return Passed(rebuilt, is_signed="signed" in found, has_form="form" in found, was_rebuilt=True)


def _found(pdf: bytes) -> set[str]:
    try:
        head, _parts = _inspector.ask({}, pdf, seconds=SECONDS)
    except TimeoutError:
        raise PdfTooSlow from None
    except (OSError, EOFError):
        raise PdfNotReadable from None
    if "error" in head:
        raise PdfTooSlow if head["error"] == "too_complex" else PdfNotReadable
    found = set(head["found"])
    for word, refusal in _REFUSALS.items():
        if word in found:
            raise refusal
    return found


# The gravest first: it is what is said.
_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "encrypted": PdfEncrypted,
    "active": PdfActs,
    "embedded": PdfHidesFiles,
    "xfa": PdfIsForm,
}
_inspector = Apart(Path(__file__).with_name("pdf_inspect_process.py"))
