"""What cannot be done with dossiers, and what to do instead."""

from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError


class DossierNotOpen(DomainError):
    code = "documents.dossier_not_open"
    message = _("Hồ sơ %(notation)s đã kết thúc nên không sửa được. Mở lại hồ sơ kèm lý do, rồi làm tiếp.")


class DossierNotClosed(DomainError):
    code = "documents.dossier_not_closed"
    message = _("Hồ sơ %(notation)s không ở trạng thái đã kết thúc nên chưa làm được việc này.")


class NotationTaken(DomainError):
    code = "documents.dossier_notation_taken"
    message = _("Số, ký hiệu hồ sơ %(notation)s năm %(year)s đã dùng. Chọn số, ký hiệu khác rồi lưu lại.")


class NotationWrong(DomainError):
    code = "documents.dossier_notation_wrong"
    message = _("Số, ký hiệu hồ sơ gồm chữ, số, dấu chấm, gạch, tối đa 20 ký tự, như 01.TCCB. Chưa lưu gì.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class RetentionWrong(DomainError):
    code = "documents.dossier_retention_wrong"
    message = _("Thời hạn bảo quản “Khác” phải ghi số năm từ 1 đến 100; thời hạn còn lại thì để trống. Chưa lưu gì.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class ReasonMissing(DomainError):
    code = "documents.dossier_reason_missing"
    message = _("Việc này phải ghi lý do, không quá 500 ký tự. Chưa có gì thay đổi.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class CatalogueApproved(DomainError):
    code = "documents.dossier_catalogue_approved"
    message = _("Danh mục hồ sơ năm %(year)s đã duyệt nên không sửa được. Hồ sơ phát sinh được lập ngoài danh mục.")


class CatalogueNotApproved(DomainError):
    code = "documents.dossier_catalogue_not_approved"
    message = _("Danh mục hồ sơ năm %(year)s chưa duyệt nên chưa lập hồ sơ theo danh mục được. Trình lãnh đạo duyệt.")


class CatalogueEmpty(DomainError):
    code = "documents.dossier_catalogue_empty"
    message = _("Danh mục hồ sơ năm %(year)s chưa có hồ sơ nào. Thêm hồ sơ rồi làm lại.")


class AlreadyInDossier(DomainError):
    code = "documents.already_in_dossier"
    message = _("Văn bản này đã có trong hồ sơ %(notation)s.")


class DossierFull(DomainError):
    code = "documents.dossier_full"
    message = _("Hồ sơ %(notation)s đã có %(most)s văn bản, tài liệu. Lập hồ sơ mới (tập tiếp theo) rồi cho vào đó.")


class PaperNotReady(DomainError):
    code = "documents.paper_not_ready_for_dossier"
    message = _("Văn bản đã rút, đã trả lại hoặc chưa vào sổ nên chưa cho vào hồ sơ được.")


class DossierEmpty(DomainError):
    code = "documents.dossier_empty"
    message = _("Hồ sơ %(notation)s chưa có văn bản, tài liệu nào nên chưa kết thúc được. Cho văn bản vào hồ sơ trước.")


class TooManyPages(DomainError):
    code = "documents.dossier_too_many_pages"
    message = _("Hồ sơ %(notation)s có %(pages)s trang, quá 9.999 trang. Tách thành nhiều tập rồi kết thúc từng tập.")


class DaysWrong(DomainError):
    code = "documents.dossier_days_wrong"
    message = _("Ngày kết thúc phải từ ngày bắt đầu đến hôm nay. Chưa có gì thay đổi; sửa ngày rồi kết thúc lại.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class StillMissing(DomainError):
    """Something is not done yet; the keeper may close all the same and says so."""

    code = "documents.dossier_misses_something"
    message = _("Hồ sơ còn thiếu: %(missing)s Đánh dấu “Vẫn kết thúc” nếu công việc đã xong.")


class KeptTooLong(DomainError):
    code = "documents.dossier_kept_too_long"
    message = _("Chỉ được giữ lại hồ sơ sau hạn nộp lưu, chậm nhất đến ngày %(latest)s. Chưa có gì thay đổi.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY
