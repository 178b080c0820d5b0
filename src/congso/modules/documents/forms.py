"""Forms of the module: they read what was typed; commands decide."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents import body as bodies
from congso.modules.documents import catalogue
from congso.modules.documents.commands import CopyInput, DraftInput, PaperAddressee, ScanInput
from congso.modules.documents.commands.recipients import LONGEST_ADDRESS, LONGEST_NAME
from congso.modules.documents.declaring import StatesNotSecret
from congso.modules.documents.kinds import RecipientRole, TypeGroup, Urgency
from congso.modules.documents.layout_forms import LayoutFields
from congso.modules.documents.queries import choices
from congso.modules.documents.queries.reusing import GROUP, organs_in_group
from congso.shared.ui.forms import DateField

_PAGES = re.compile(r"(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?")
# A whole paragraph may come as the passage; the command says how much of it is one.
LONGEST_TYPED = 20_000


class KeyField(forms.UUIDField):
    """The key of one form as it was shown: sent twice, it is one act."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=new_id)


class ActForm(forms.Form):
    """A button: nothing to type."""

    key = KeyField()


class ReviewerForm(ActForm):
    """Who was chosen; the command says whether that person may be asked."""

    reviewer = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), _("Chọn người xem thêm.")))


class AddReviewerForm(ActForm):
    """One more person to look at a draft."""

    reviewer = forms.ChoiceField(label=_("Chuyển thêm người xem"))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer ``offered``."""
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = [("", _("Chọn người")), *offered]  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """Which form of copy, and of an extract which pages."""

    type_code = forms.ChoiceField(label=_("Hình thức sao"))
    page_numbers = forms.CharField(
        label=_("Trang trích sao"),
        help_text=_("Chỉ ghi khi trích sao. Ví dụ: 1, 3-4."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [one for one in catalogue.types().values() if one.group == TypeGroup.COPY and one.is_offered]
        self.fields["type_code"].choices = [(one.code, one.name) for one in kinds]  # type: ignore[attr-defined]

    def clean_page_numbers(self) -> list[int]:
        """Read «1, 3-4»."""
        found: set[int] = set()
        for part in self.cleaned_data["page_numbers"].replace(" ", "").split(","):
            if not part:
                continue
            read = _PAGES.fullmatch(part)
            if read is None:
                raise forms.ValidationError(_("Ghi số trang cách nhau bằng dấu phẩy, ví dụ: 1, 3-4."))
            found.update(range(int(read["first"]), int(read["last"] or read["first"]) + 1))
        return sorted(found)

    def wanted(self) -> CopyInput:
        """Return what was chosen, as the commands take it."""
        return CopyInput(self.cleaned_data["type_code"], self.cleaned_data["page_numbers"])


class ReasonForm(ActForm):
    """A button that needs a reason."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class InitialForm(ActForm):
    """The reviewer's agreement."""

    comment = forms.CharField(
        label=_("Ý kiến"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DraftForm(LayoutFields):
    """What an author types; see ``commands.DraftInput``.

    ``body_json`` comes from the page's editor; without scripts ``body_text`` is a plain box.
    """

    use_required_attribute = False
    secret = forms.ChoiceField(
        label=_("Văn bản này có bí mật nhà nước không?"),
        help_text=_("Bí mật nhà nước không được soạn trên máy nối mạng."),
        choices=[("no", _("Không có")), ("yes", _("Có, hoặc chưa chắc"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một câu trả lời rồi mới soạn được.")},
    )
    stamps_denied = forms.MultipleChoiceField(
        label=_("Chữ giống dấu độ mật"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organ = forms.ChoiceField(label=_("Cơ quan ban hành"))
    type_code = forms.ChoiceField(label=_("Loại văn bản"), choices=catalogue.choices)
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    legal_bases = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Mỗi dòng một căn cứ."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body_json = forms.CharField(required=False, widget=forms.HiddenInput)
    body_text = forms.CharField(
        label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 14, "data-editor": "body_json"})
    )
    signatory = forms.ChoiceField(label=_("Người ký"), required=False)
    reviewers = forms.MultipleChoiceField(
        label=_("Người xem xét"),
        help_text=_("Xem xét lần lượt theo thứ tự trong danh sách. Không chọn ai thì trình thẳng người ký."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to = forms.MultipleChoiceField(label=_("Nơi nhận"), required=False, widget=forms.CheckboxSelectMultiple)
    informed = forms.MultipleChoiceField(
        label=_("Nơi nhận để biết"), required=False, widget=forms.CheckboxSelectMultiple
    )
    persons = forms.MultipleChoiceField(label=_("Gửi đích danh"), required=False, widget=forms.CheckboxSelectMultiple)
    on_paper = forms.CharField(
        label=_("Nơi nhận bản giấy"),
        help_text=_("Mỗi dòng một nơi: tên; địa chỉ; số bản. Văn thư in và gửi."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reply_due_date = DateField(label=_("Hạn trả lời, báo cáo"), required=False)
    urgency = forms.TypedChoiceField(label=_("Độ khẩn"), choices=Urgency, coerce=int)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    as_position = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reply_to = forms.UUIDField(required=False, widget=forms.HiddenInput)
    key = KeyField()

    def __init__(self, *args: Any, offered: Mapping[str, choices.Choices], **kwargs: Any) -> None:
        """Offer ``offered``: choices by field name."""
        super().__init__(*args, **kwargs)
        nobody = ("", _("Chưa chọn"))
        for name, found in offered.items():
            field = self.fields[name]
            field.choices = [nobody, *found] if name == "signatory" else found  # type: ignore[attr-defined]
        if len(offered.get("organ", ())) == 1:
            self.fields["organ"].widget = forms.HiddenInput()
        stated = str(self.data.get("stamps_denied", ""))
        if stated.isdecimal():
            self.ask_whether_secret(int(stated))

    def ask_whether_secret(self, stamps: int) -> None:
        """Let the author state that so many lines, which look like a secrecy stamp, are none."""
        said = _("%(n)s dòng giống dấu độ mật không phải là dấu; văn bản không có bí mật nhà nước") % {"n": stamps}
        self.fields["stamps_denied"].choices = [(str(stamps), said)]  # type: ignore[attr-defined]

    def clean_on_paper(self) -> list[PaperAddressee]:
        return [_addressee(line) for line in self.cleaned_data["on_paper"].splitlines() if line.strip()]

    def mark_needed(self) -> None:
        """Show what submitting needs as needed, though a draft is kept without it; called when all is checked."""
        for name in ("subject", "body_text", "signatory", "to"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        tree, text = data.get("body_json", ""), data.get("body_text", "")
        body = bodies.from_json(tree) if tree else None
        # The editor sends no plain text: where it comes, somebody wrote without scripts, and what they see counts.
        if body is None or ("body_text" in self.data and text.split() != bodies.to_text(body).split()):
            body = bodies.from_text(text)
        data["body"] = body
        return data

    def draft(self, today: date) -> DraftInput:
        """Return what was typed, as the command takes it."""
        data = self.cleaned_data
        organ_id = UUID(data["organ"])
        to = _organs(data["to"], organ_id, today)
        informed = [organ for organ in _organs(data["informed"], organ_id, today) if organ not in to]
        return DraftInput(
            organ_id=organ_id,
            type_code=data["type_code"],
            subject=data["subject"],
            body=data["body"],
            legal_bases=data["legal_bases"].splitlines(),
            urgency=data["urgency"],
            signatory_id=UUID(data["signatory"]) if data["signatory"] else None,
            reviewer_ids=[UUID(value) for value in data["reviewers"]],
            recipients=[
                *((organ, RecipientRole.TO) for organ in to),
                *((organ, RecipientRole.FOR_INFORMATION) for organ in informed),
            ],
            persons=[UUID(value) for value in data["persons"]],
            on_paper=data["on_paper"],
            reply_due_date=data["reply_due_date"],
            layout=self.layout(),
            stamps_denied=int(data["stamps_denied"][0]) if data["stamps_denied"] else 0,
        )


class ReceiveFileForm(StatesNotSecret):
    """A Word file or a picture for the body of a draft; see ``commands.receive_file``."""

    file = forms.FileField(label=_("Tệp Word hoặc ảnh"))


class KeepVersionForm(forms.Form):
    """The name under which an author keeps the text as it is."""

    name = forms.CharField(label=_("Giữ nội dung hiện nay thành phiên bản có tên"), max_length=120)


class SavedNameForm(forms.Form):
    """The name of a template."""

    name = forms.CharField(label=_("Tên mẫu"), max_length=120)


class GroupForm(forms.Form):
    """A group of receivers."""

    use_required_attribute = False
    name = forms.CharField(label=_("Tên nhóm"), max_length=120)
    to = forms.MultipleChoiceField(label=_("Nơi nhận trong nhóm"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, organ_id: UUID, offered: choices.Choices, **kwargs: Any) -> None:
        """Offer ``offered`` as receivers."""
        super().__init__(*args, **kwargs)
        self.organ_id = organ_id
        self.fields["to"].choices = offered  # type: ignore[attr-defined]

    def organs(self, today: date) -> list[UUID]:
        return _organs(self.cleaned_data["to"], self.organ_id, today)


class RemarkForm(forms.Form):
    """A remark on a passage; see ``commands.remark_on_passage``."""

    block = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    passage = forms.CharField(label=_("Đoạn"), max_length=LONGEST_TYPED)
    text = forms.CharField(label=_("Góp ý"), max_length=2000)


class ResolveForm(forms.Form):
    """What the author did about a remark."""

    answer = forms.CharField(label=_("Đã làm gì"), max_length=500, required=False)


class TakeFileForm(forms.Form):
    """What a file gave, sent back by who saw it; see ``commands.take_file``."""

    body_json = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    left = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    place = forms.ChoiceField(
        label=_("Đặt vào đâu"),
        choices=[("replace", _("Thay toàn bộ nội dung đang soạn")), ("append", _("Thêm vào cuối nội dung đang soạn"))],
        widget=forms.RadioSelect,
    )


class ScanForm(StatesNotSecret):
    """A paper that was signed and stamped by hand, sent as a scan; see ``commands.ScanInput``."""

    type_code = forms.ChoiceField(label=_("Loại văn bản"), choices=catalogue.choices)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    signatory = forms.ChoiceField(label=_("Người đã ký"))
    reason = forms.CharField(
        label=_("Vì sao không ký số"),
        help_text=_("Văn bản này chỉ tính vào mẫu số của tỷ lệ ký số."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.MultipleChoiceField(label=_("Nơi nhận"), widget=forms.CheckboxSelectMultiple)
    scan = forms.FileField(label=_("Bản quét"))

    def __init__(self, *args: Any, organ_id: UUID, offered: Mapping[str, choices.Choices], **kwargs: Any) -> None:
        """Offer ``offered``: choices by field name."""
        super().__init__(*args, **kwargs)
        self.organ_id = organ_id
        for name in ("signatory", "to"):
            self.fields[name].choices = offered[name]  # type: ignore[attr-defined]

    def said(self, today: date) -> ScanInput:
        """Return what the clerk said of the paper, as the command takes it."""
        data = self.cleaned_data
        return ScanInput(
            organ_id=self.organ_id,
            type_code=data["type_code"],
            subject=data["subject"],
            signatory_id=UUID(data["signatory"]),
            reason=data["reason"],
            recipients=[(organ, RecipientRole.TO) for organ in _organs(data["to"], self.organ_id, today)],
        )


class SentOnPaperForm(forms.Form):
    """Which printed copies were sent, and on which day."""

    use_required_attribute = False
    chosen = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Chọn ít nhất một nơi nhận đã gửi.")),
    )
    sent_date = DateField(label=_("Ngày gửi"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("chosen") if hasattr(self.data, "getlist") else []
        self.fields["chosen"].choices = [(value, value) for value in sent if _is_id(value)]  # type: ignore[attr-defined]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _addressee(line: str) -> PaperAddressee:
    """Read «tên; địa chỉ; số bản»; address and number may be missing."""
    name, *more = (part.strip() for part in line.split(";"))
    copies = more.pop() if more and more[-1].isdecimal() else "1"
    if not name or len(name) > LONGEST_NAME or len(", ".join(more)) > LONGEST_ADDRESS or len(copies) > len("999"):
        raise forms.ValidationError(
            _("Dòng “%(line)s” chưa đúng: ghi tên; địa chỉ; số bản."), params={"line": line.strip()[:60]}
        )
    if int(copies) < 1:
        raise forms.ValidationError(_("Số bản của “%(name)s” phải từ 1."), params={"name": name})
    return PaperAddressee(name=name, address=", ".join(more), copies=int(copies))


def _organs(values: list[str], organ_id: UUID, today: date) -> list[UUID]:
    """Return the organs that were ticked, in order; all below, and a group, stand for each of theirs."""
    found: dict[UUID, None] = {}
    for value in values:
        if value == choices.ALL_BELOW:
            some = choices.all_below(organ_id, today)
        else:
            some = organs_in_group(value) if value.startswith(GROUP) else [UUID(value)]
        found |= dict.fromkeys(one for one in some if one != organ_id)
    return list(found)
