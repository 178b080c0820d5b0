"""The words of a state. No new colour, no new shade: ask for a word."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A badge.

    :param tone: ``idle``, ``info``, ``warn``, ``ok`` or ``bad``.
    """

    label: str | Promise
    tone: str
    icon: str


STATUSES = {
    "draft": Status(label=_("Dự thảo"), tone="idle", icon="pencil"),
    "in_review": Status(label=_("Chờ xem xét"), tone="info", icon="eye-check"),
    "waiting_sign": Status(label=_("Chờ ký"), tone="warn", icon="writing-sign"),
    "in_work": Status(label=_("Đang xử lý"), tone="info", icon="progress"),
    "done": Status(label=_("Xong"), tone="ok", icon="check"),
    "issued": Status(label=_("Đã phát hành"), tone="ok", icon="send"),
    "due_soon": Status(label=_("Sắp đến hạn"), tone="warn", icon="clock"),
    "late": Status(label=_("Quá hạn"), tone="bad", icon="alert-triangle"),
    "returned": Status(label=_("Trả lại"), tone="bad", icon="arrow-back-up"),
    "withdrawn": Status(label=_("Đã thu hồi"), tone="idle", icon="ban"),
}
