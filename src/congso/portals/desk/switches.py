"""The ways to read that the menu offers, each as the one change that can be made now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.shared.ui.preferences import CHOICES, Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSwitch:
    name: str
    value: str
    label: str | Promise
    text: str | Promise
    button: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One preference of two values.

    :param to_second: the button's words while the first value holds; ``to_first`` the other way.
    """

    name: str
    label: str | Promise
    text: str | Promise
    to_second: str | Promise
    to_first: str | Promise

    def shown(self, chosen: Preferences) -> ShownSwitch:
        first, second = CHOICES[self.name]
        is_first = getattr(chosen, self.name) == first
        return ShownSwitch(
            name=self.name,
            value=second if is_first else first,
            label=self.label,
            text=self.text,
            button=self.to_second if is_first else self.to_first,
        )


SWITCHES = (
    Switch(
        name="size",
        label=_("Cỡ chữ"),
        text=_("Chữ to hơn một phần tư ở mọi trang."),
        to_second=_("Chữ to hơn"),
        to_first=_("Chữ thường"),
    ),
    Switch(
        name="theme",
        label=_("Nền trang"),
        text=_("Nền tối đỡ chói khi làm việc buổi tối. Văn bản vẫn hiện trên nền trắng."),
        to_second=_("Nền tối"),
        to_first=_("Nền sáng"),
    ),
    Switch(
        name="keys",
        label=_("Phím tắt một chữ"),
        text=_("Tắt nếu bấm nhầm hoặc khi dùng giọng nói để gõ."),
        to_second=_("Tắt phím tắt"),
        to_first=_("Bật phím tắt"),
    ),
    Switch(
        name="tour",
        label=_("Dòng “Thử việc này” ở cuối trang"),
        text=_("Chỉ có ở bản dùng thử."),
        to_second=_("Đóng"),
        to_first=_("Mở lại"),
    ),
)
