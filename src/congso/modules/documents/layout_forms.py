"""Forms of types, styles and series, and the parts of the draft's form that say how the paper looks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.modules.documents import catalogue
from congso.modules.documents.catalogue import PaperStyle, PaperType
from congso.modules.documents.commands.layout import LONGEST, LayoutInput
from congso.modules.documents.commands.wording import StyleInput, TypeInput
from congso.modules.documents.kinds import Circulation, Family, SeriesScheme, TypeGroup
from congso.shared.ui.forms import TextField


class LayoutFields(forms.Form):
    """What the author may say of the layout; all of it may stay empty."""

    circulation = forms.ChoiceField(
        label=_("Phạm vi lưu hành"), choices=[("", _("Không ghi")), *Circulation.choices], required=False
    )
    drafter_mark = TextField(
        label=_("Ký hiệu người soạn thảo, số bản"),
        help_text=_("Ví dụ: PL.300"),
        max_length=LONGEST["drafter_mark"],
        required=False,
    )
    contact = TextField(label=_("Địa chỉ, điện thoại ở cuối trang đầu"), max_length=LONGEST["contact"], required=False)
    second_title = TextField(
        label=_("Bên cùng ký (biên bản, hợp đồng)"),
        help_text=_("In bên trái, ví dụ: Đại diện bên B / Giám đốc. Họ ký ngoài hệ thống."),
        max_length=LONGEST["second_title"],
        required=False,
    )
    second_signer = TextField(label=_("Họ và tên người cùng ký"), max_length=LONGEST["second_signer"], required=False)

    def layout(self) -> LayoutInput:
        """Return what was typed, as the command takes it."""
        return LayoutInput(**{name: self.cleaned_data[name] for name in LONGEST})

    @property
    def says_layout(self) -> bool:
        """Whether any of the parts is filled in, so that they are shown open."""
        return any(self[name].value() or self[name].errors for name in LONGEST)


class TypeForm(forms.Form):
    """A type of paper; see ``commands.TypeInput``."""

    use_required_attribute = False
    name = TextField(label=_("Tên loại"), max_length=60)
    abbreviation = TextField(
        label=_("Chữ viết tắt trong ký hiệu"),
        help_text=_("Công văn, thư công không có chữ viết tắt."),
        max_length=8,
        required=False,
    )
    title = TextField(label=_("Dòng tên loại in trên văn bản"), max_length=80, required=False)
    resolves = TextField(
        label=_("Dòng giữa căn cứ và nội dung"), help_text=_("Ví dụ: QUYẾT ĐỊNH:"), max_length=80, required=False
    )
    family = forms.ChoiceField(label=_("Mẫu trình bày"), choices=Family)
    group = forms.ChoiceField(label=_("Nhóm khi chọn"), choices=TypeGroup)
    used_by = forms.MultipleChoiceField(
        label=_("Cơ quan dùng"),
        help_text=_("Không chọn là mọi cơ quan."),
        choices=lambda: [(kind, style.kind_name) for kind, style in catalogue.styles().items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_addressed = forms.BooleanField(label=_("In “Kính gửi” trên nội dung"), required=False)
    is_offered = forms.BooleanField(label=_("Cho chọn khi soạn văn bản"), required=False)
    is_verified = forms.BooleanField(label=_("Tên và chữ viết tắt đã đối chiếu với căn cứ"), required=False)
    is_layout_verified = forms.BooleanField(label=_("Mẫu trình bày đã đối chiếu với căn cứ"), required=False)
    source = TextField(label=_("Căn cứ"), max_length=300, required=False)

    @classmethod
    def of(cls, known: PaperType) -> "TypeForm":
        return cls(initial={name: getattr(known, name) for name in cls.base_fields})

    def wanted(self) -> TypeInput:
        """Return what was typed, as the command takes it."""
        return TypeInput(**{name: self.cleaned_data[name] for name in TypeForm.base_fields})


class NewTypeForm(TypeForm):
    """A type that the product did not ship."""

    code = TextField(label=_("Mã loại"), help_text=_("1 đến 8 chữ cái, không đổi được về sau."), max_length=8)
    field_order = ("code",)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code in catalogue.types_now():
            raise forms.ValidationError(_("Mã này đã có. Mở loại đó để sửa."))
        return code


class StyleForm(forms.Form):
    """The style of a kind of organ; see ``commands.StyleInput``."""

    use_required_attribute = False
    country = TextField(label=_("Dòng trên cùng bên phải"), max_length=80)
    motto = TextField(
        label=_("Dòng dưới"), help_text=_("Để trống nếu không có tiêu ngữ."), max_length=80, required=False
    )
    under_organ = TextField(
        label=_("Dấu dưới tên cơ quan"), help_text=_("Để trống là một đường kẻ."), max_length=8, required=False
    )
    number_words = TextField(label=_("Chữ trước số"), max_length=12)
    notation = TextField(
        label=_("Mẫu số, ký hiệu"),
        help_text=_("{số} là số, {loại} chữ viết tắt tên loại, {cơ quan}, {đơn vị} soạn thảo; […] bỏ đi nếu trống."),
        max_length=60,
    )
    letter_notation = TextField(label=_("Mẫu số, ký hiệu công văn"), max_length=60)
    for_collective = TextField(label=_("Thay mặt tập thể"), max_length=8)
    acting = TextField(label=_("Quyền cấp trưởng"), max_length=8)
    for_head = TextField(label=_("Ký thay"), max_length=8)
    by_order = TextField(label=_("Thừa lệnh"), max_length=8)
    by_delegation = TextField(label=_("Thừa ủy quyền"), max_length=8)
    archive = TextField(label=_("Dòng lưu trong “Nơi nhận”"), max_length=80)
    is_verified = forms.BooleanField(label=_("Đã đối chiếu với căn cứ"), required=False)
    source = TextField(label=_("Căn cứ"), max_length=300, required=False)

    @classmethod
    def of(cls, known: PaperStyle) -> "StyleForm":
        return cls(initial={name: getattr(known, name) for name in cls.base_fields})

    def wanted(self) -> StyleInput:
        """Return what was typed, as the command takes it."""
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in StyleForm.base_fields}
        return StyleInput(**values)


class SeriesForm(forms.Form):
    """How the organ numbers; see ``commands.choose_series``."""

    scheme = forms.ChoiceField(label=_("Cách đánh số"), choices=SeriesScheme, widget=forms.RadioSelect)
