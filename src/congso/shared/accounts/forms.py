"""What is typed to sign in and to change a password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Gõ tên đăng nhập.")},
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Gõ mật khẩu.")},
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Gõ mật khẩu đang dùng.")},
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó gõ."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Gõ mật khẩu mới.")},
    )
    again = forms.CharField(
        label=_("Gõ lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Gõ lại mật khẩu mới.")},
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("Hai lần gõ mật khẩu mới chưa giống nhau."))
        return again


class TokenForm(forms.Form):
    """A new key for a program; sent twice, it makes one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    name = forms.CharField(
        label=_("Tên chương trình"),
        help_text=_("Để nhận ra khóa này về sau, ví dụ: Cổng thông tin của tỉnh."),
        max_length=80,
        error_messages={"required": _("Gõ tên chương trình sẽ dùng khóa.")},
    )
    days = forms.TypedChoiceField(
        label=_("Dùng được trong"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 ngày")), (90, _("90 ngày")), (180, _("180 ngày")), (365, _("một năm"))],
    )
    password = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        help_text=_("Gõ lại để biết đúng là chủ tài khoản lập khóa."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Gõ mật khẩu đang dùng.")},
    )
