"""Forms of work dossiers: they read what was typed; commands decide."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.attachment_forms import FilesField
from congso.modules.documents.declaring import StatesNotSecret
from congso.modules.documents.dossiers.opening import DossierInput
from congso.modules.documents.dossiers.retention import CHOICES, LONGEST_YEARS
from congso.modules.documents.models import Document, WorkDossier
from congso.modules.documents.models.dossiers import LONGEST_NOTATION
from congso.modules.documents.queries.choices import Choices
from congso.shared.ui.forms import DateField, FilterForm, TextField


class RetentionFields(forms.Form):
    """How long it is kept: a code, and the years of «khác»."""

    retention = forms.ChoiceField(label=_("Thời hạn bảo quản"), choices=CHOICES, initial="06")
    other_years = forms.IntegerField(
        label=_("Số năm, khi chọn Khác"), required=False, min_value=1, max_value=LONGEST_YEARS
    )


class DossierFields(RetentionFields):
    """What a dossier says of itself."""

    title = TextField(label=_("Tên hồ sơ"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("notation", "title", "retention", "other_years", "maker", "reason", "description", "is_construction")

    def given(self, notation: str = "") -> DossierInput:
        """Return what was typed."""
        data = self.cleaned_data
        return DossierInput(
            notation=data.get("notation") or notation,
            title=data["title"],
            retention=data["retention"],
            other_years=data["other_years"],
            description=data.get("description", ""),
            is_construction=data.get("is_construction", False),
        )


class DossierDetails(DossierFields):
    """What an opened dossier says more."""

    description = TextField(
        label=_("Ghi chú"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_construction = forms.BooleanField(
        label=_("Hồ sơ xây dựng cơ bản (nộp lưu sau 3 tháng từ khi quyết toán)"), required=False
    )


class EditDossierForm(DossierDetails):
    """Correct an open dossier."""

    @classmethod
    def of(cls, dossier: WorkDossier) -> "EditDossierForm":
        names = ("title", "description", "retention", "other_years", "is_construction")
        return cls(initial={name: getattr(dossier, name) for name in names})


class NotationField(TextField):
    """``01.TCCB``."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Số, ký hiệu hồ sơ"),
            help_text=_("Chữ, số, dấu chấm, gạch, như 01.TCCB."),
            max_length=LONGEST_NOTATION,
        )


class OutsideDossierForm(DossierDetails):
    """A dossier that the catalogue does not foresee."""

    notation = NotationField()
    reason = TextField(label=_("Lý do lập ngoài danh mục"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class EntryForm(DossierFields):
    """A line of the yearly catalogue."""

    notation = NotationField()
    maker = forms.TypedChoiceField(label=_("Người lập"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maker"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """When the work began and ended."""

    start_date = DateField(label=_("Ngày bắt đầu công việc"))
    end_date = DateField(label=_("Ngày kết thúc công việc"))
    all_the_same = forms.BooleanField(label=_("Vẫn kết thúc dù còn thiếu"), required=False)


class KeepLongerForm(forms.Form):
    """Until when the owner keeps it, and why."""

    until = DateField(label=_("Giữ lại đến ngày"))
    reason = TextField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class GiveForm(forms.Form):
    """Who makes the dossier from now on."""

    keeper = forms.TypedChoiceField(label=_("Giao cho"), coerce=UUID)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [("", _("Chọn người")), *people]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """By which issued decision a dossier is destroyed."""

    decision = forms.TypedChoiceField(label=_("Theo quyết định"), coerce=UUID)

    def __init__(self, *args: Any, decisions: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.id), f"{one.number_text}: {one.subject}") for one in decisions]
        self.fields["decision"].choices = [("", _("Chọn quyết định đã phát hành")), *offered]  # type: ignore[attr-defined]


class PutInForm(forms.Form):
    """Which of one's open dossiers a paper goes into."""

    dossier = forms.TypedChoiceField(label=_("Cho vào hồ sơ"), coerce=UUID)

    def __init__(self, *args: Any, dossiers: Sequence[WorkDossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(dossier.id), f"{dossier.notation}: {dossier.title}") for dossier in dossiers]
        self.fields["dossier"].choices = [("", _("Chọn hồ sơ đang mở")), *offered]  # type: ignore[attr-defined]


class FilesForm(StatesNotSecret):
    """Files of the dossier's own. ``key`` makes their ids, so that sent twice each is there once."""

    chosen = FilesField(label=_("Thêm tệp khác (biên bản, ảnh chụp)"))
    key = forms.UUIDField(initial=new_id, widget=forms.HiddenInput)


class DossierFilterForm(FilterForm):
    """Find a dossier by its words."""

    few = ("q",)
    q = TextField(label=_("Tên hoặc ký hiệu hồ sơ"), required=False, max_length=100)
