"""What a deadline says while it is being typed."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from congso.shared.calendar.working_days import is_working_day, working_days_between
from congso.shared.ui.forms import typed_date
from congso.shared.ui.words import vn_date, vn_weekday

# Beyond this nobody counts working days.
FAR = timedelta(days=400)


def about_day(text: str, *, today: date) -> str:
    """Return weekday and working days left, or that the calendar has no such day."""
    found = typed_date(text, today)
    if found is None:
        return _("Chưa phải một ngày trong lịch")
    name = f"{vn_weekday(found)}, {vn_date(found)}"
    weekday = name[:1].upper() + name[1:]
    if found < today:
        return _("%(day)s, đã qua") % {"day": weekday}
    if found - today > FAR:
        return weekday
    left = working_days_between(today, found)
    rest = _("còn %(n)d ngày làm việc") % {"n": left} if left else _("hôm nay") if found == today else _("ngày nghỉ")
    if left and not is_working_day(found):
        rest = _("ngày nghỉ, còn %(n)d ngày làm việc") % {"n": left}
    return f"{weekday}, {rest}"
