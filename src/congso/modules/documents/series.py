"""Number series of outgoing papers: one per type, or one for all, as the head of the organ chose; copies apart.

Numbers run from 1 in each year. A choice holds from 1 January of its year; see ``commands.choose_series``.
Source: Decree 30/2020/NĐ-CP, article 15 and annex III.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection

from congso.modules.documents import catalogue
from congso.modules.documents.kinds import SeriesScheme, TypeCode, TypeGroup
from congso.modules.documents.models.series import SeriesChoice
from congso.shared.numbering.models import Counter

COMMON: Final = "chung"
COPIES: Final = "sao"
# Types that ship without an abbreviation share the notation of letters, so they share its numbers.
LIKE_LETTERS: Final = frozenset({TypeCode.LETTER.value, "ThC"})


def key_of(organ_id: UUID, series: str, year: int) -> str:
    """Return the name of a series among all numbers of the installation."""
    return f"documents/{organ_id}/{series}/{year}"


def keys_of(organ_id: UUID, year: int) -> list[str]:
    """Return the names of all series that an organ may have had in a year."""
    return [key_of(organ_id, one, year) for one in {COMMON, COPIES, *catalogue.types()}]


def series_of(organ_id: UUID, type_code: str, year: int) -> str:
    """Return in which series a paper of the type is numbered that year.

    Until the transaction ends, nobody can choose another scheme for the organ.
    """
    known = catalogue.types().get(type_code)
    if known is not None and known.group == TypeGroup.COPY:
        return COPIES
    hold(organ_id, shared=True)
    if scheme_of(organ_id, year) == SeriesScheme.COMMON:
        return COMMON
    return TypeCode.LETTER.value if type_code in LIKE_LETTERS else type_code


def scheme_of(organ_id: UUID, year: int) -> str:
    """Return how the organ numbers that year; nothing chosen is a series for each type."""
    chosen = SeriesChoice.objects.filter(organ=organ_id, from_year__lte=year).order_by("-from_year")
    return chosen.values_list("scheme", flat=True).first() or SeriesScheme.PER_TYPE


def has_begun(organ_id: UUID, year: int, *, but: Collection[str] = (COPIES,)) -> bool:
    """Say whether a number was given that year in any series of the organ except ``but``."""
    names = {COMMON, COPIES, *catalogue.types_now()} - {*but}
    return Counter.objects.filter(series__in=[key_of(organ_id, one, year) for one in names]).exists()


def hold(organ_id: UUID, *, shared: bool) -> None:
    """Keep the scheme of the organ as it is until the transaction ends; many may number while it is held shared."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"documents.series/{organ_id}"])
