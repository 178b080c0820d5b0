"""Forms for papers that came by post, by e-mail or by hand: the stack, and what each paper of it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents import catalogue
from congso.modules.documents.commands import EnteringInput
from congso.modules.documents.declaring import StatesNotSecret
from congso.modules.documents.kinds import CameBy, Urgency
from congso.modules.documents.queries.senders import organ_named
from congso.modules.documents.scans.proposals import Proposal, Proposed
from congso.shared.ui.forms import DateField


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """At least one file; cleaned to a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given or [None]]


class StackForm(StatesNotSecret):
    """Files of one stack; the view reads all of them."""

    use_required_attribute = False
    scan = SeveralFilesField(
        label=_("Tệp quét hoặc tệp nhận qua thư"),
        widget=SeveralFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={"required": _("Chọn tệp PDF hoặc ảnh đã quét.")},
    )
    came_by = forms.ChoiceField(
        label=_("Đến bằng"),
        choices=[(way.value, way.label) for way in (CameBy.POST, CameBy.HAND, CameBy.EMAIL)],
        initial=CameBy.POST,
        widget=forms.RadioSelect,
    )

    @property
    def asks_whether_secret(self) -> bool:
        """Also after a stack was refused while it was read."""
        return super().asks_whether_secret or bool(self.initial.get("secret_ticket"))


class PaperForm(forms.Form):
    """What the clerk confirms of one paper, side by side with its pages."""

    use_required_attribute = False
    paper = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    sender_text = forms.CharField(
        label=_("Nơi gửi"), max_length=200, widget=forms.TextInput(attrs={"list": "senders", "autocomplete": "off"})
    )
    number_text = forms.CharField(
        label=_("Số, ký hiệu"), help_text=_("Ví dụ 15/KH-UBND; không có thì ghi “không số”."), max_length=60
    )
    document_date = DateField(label=_("Ngày văn bản"))
    type_code = forms.ChoiceField(label=_("Loại văn bản"))
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    urgency = forms.TypedChoiceField(label=_("Độ khẩn"), choices=Urgency, coerce=int, initial=Urgency.ORDINARY)
    reply_due_date = DateField(label=_("Hạn trả lời"), required=False)
    duplicate_reason = forms.CharField(
        label=_("Lý do vẫn vào sổ"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    not_secret = forms.BooleanField(
        label=_("Đã xem các trang, không có dấu chỉ độ mật"),
        required=False,
    )

    def __init__(self, *args: Any, senders: Sequence[str] = (), **kwargs: Any) -> None:
        """Offer ``senders`` while the sender is typed."""
        super().__init__(*args, **kwargs)
        self.senders = senders
        types = [(kind.code, kind.name) for kind in catalogue.types().values()]
        self.fields["type_code"].choices = [("", _("Chọn loại")), *types]  # type: ignore[attr-defined]

    def said(self, today: date) -> EnteringInput:
        """Return what was confirmed, as the command takes it."""
        data = self.cleaned_data
        sender = organ_named(data["sender_text"], today)
        return EnteringInput(
            sender_id=sender.id if sender else None,
            sender_text=data["sender_text"],
            number_text=data["number_text"],
            document_date=data["document_date"],
            type_code=data["type_code"],
            subject=data["subject"],
            urgency=data["urgency"],
            reply_due_date=data["reply_due_date"],
            duplicate_reason=data["duplicate_reason"],
            not_secret=data["not_secret"],
        )

    def mark_unsure(self, proposal: Proposal) -> None:
        """Say in words what was not found on the page and what was read with doubt."""
        fields: dict[str, Proposed[Any] | None] = {
            "sender_text": proposal.sender,
            "number_text": proposal.number,
            "document_date": proposal.day,
            "type_code": proposal.type_code,
            "subject": proposal.subject,
        }
        for name, found in fields.items():
            if found is None:
                self.fields[name].help_text = _("Máy không thấy trên trang. Nhập theo trang giấy.")
            elif not found.is_sure:
                self.fields[name].help_text = _("Máy đọc chưa chắc. Đối chiếu với trang giấy.")


def first_values(proposal: Proposal, today: date) -> dict[str, Any]:
    """Return what the form begins with; a sender that the register of organs knows is written as it is there."""
    known = organ_named(proposal.sender.value, today) if proposal.sender else None
    return {
        "sender_text": known.name if known else proposal.sender.value if proposal.sender else "",
        "number_text": proposal.number.value if proposal.number else "",
        "document_date": proposal.day.value if proposal.day else None,
        "type_code": proposal.type_code.value if proposal.type_code else "",
        "subject": proposal.subject.value if proposal.subject else "",
    }
