from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congso.shared.journal import acts


class CalendarConfig(AppConfig):
    name = "congso.shared.calendar"
    label = "calendar"

    def ready(self) -> None:
        acts.register("calendar.overridden", _("đổi lịch làm việc ngày %(day)s"))
        acts.register("calendar.restored", _("trả lịch làm việc ngày %(day)s về như thường"))
