"""How long a dossier is kept (thời hạn bảo quản): the codes of the digitising practice, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FOREVER: Final = "01"
OTHER: Final = "07"
# Only what is kept so long goes to the archive.
YEARS_FOR_THE_ARCHIVE: Final = 5
LONGEST_YEARS: Final = 100


@dataclass(frozen=True, slots=True)
class Retention:
    """One code. ``years`` is nothing for what is kept for good, and for the code whose years are said each time."""

    code: str
    label: str | Promise
    years: int | None = None


RETENTIONS: Final[Mapping[str, Retention]] = {
    known.code: known
    for known in (
        Retention(FOREVER, gettext_lazy("Vĩnh viễn")),
        Retention("02", gettext_lazy("70 năm"), 70),
        Retention("03", gettext_lazy("50 năm"), 50),
        Retention("04", gettext_lazy("30 năm"), 30),
        Retention("05", gettext_lazy("20 năm"), 20),
        Retention("06", gettext_lazy("10 năm"), 10),
        Retention(OTHER, gettext_lazy("Khác (ghi số năm)")),
    )
}
CHOICES: Final = tuple((known.code, known.label) for known in RETENTIONS.values())


def years_of(code: str, other_years: int | None) -> int | None:
    """Return for how many years; nothing if for good."""
    return other_years if code == OTHER else RETENTIONS[code].years


def words_of(code: str, other_years: int | None) -> str:
    """Return the retention as it is printed: ``Vĩnh viễn``, ``10 năm``."""
    if code == OTHER:
        return _("%(years)s năm") % {"years": other_years}
    return str(RETENTIONS[code].label)


def goes_to_archive(code: str, other_years: int | None) -> bool:
    """Say whether such a dossier is handed over to the archive at all."""
    years = years_of(code, other_years)
    return years is None or years >= YEARS_FOR_THE_ARCHIVE


def expires_on(code: str, other_years: int | None, *, ended: date) -> date | None:
    """Return the first day on which the retention is over; nothing if it never is.

    Counted in whole years after the one in which the work ended.
    """
    years = years_of(code, other_years)
    return None if years is None else date(ended.year + 1 + years, 1, 1)
