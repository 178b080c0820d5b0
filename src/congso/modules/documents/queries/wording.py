"""What the pages of types, styles and series show."""

from datetime import date
from typing import Any
from uuid import UUID

from congso.modules.documents import catalogue, series
from congso.modules.documents.kinds import SeriesScheme, TypeGroup
from congso.modules.documents.queries import history


def types_and_styles() -> dict[str, Any]:
    """Return all types, by group, and all styles as the rows say now, and how many of them are to be verified."""
    groups = list(TypeGroup)
    types = sorted(catalogue.types_now().values(), key=lambda one: groups.index(TypeGroup(one.group)))
    styles = list(catalogue.styles_now().values())
    to_verify = sum(not one.is_whole for one in types) + sum(not one.is_verified for one in styles)
    return {"types": types, "styles": styles, "to_verify": to_verify}


def history_of(key: str) -> list[history.HistoryLine]:
    """Return who corrected a type, or the style of a kind of organ, newest first."""
    entries = history.entries_about(catalogue.subject_of(key))
    return history.told(entries, history.people_in(entries))


def series_of_organ(organ_id: UUID, today: date) -> dict[str, Any]:
    """Return how an organ numbers this year and from which year a new choice would hold, with the choices made."""
    from_year = today.year + 1 if series.has_begun(organ_id, today.year) else today.year
    scheme, next_scheme = series.scheme_of(organ_id, today.year), series.scheme_of(organ_id, from_year)
    entries = [entry for entry in history.entries_about(organ_id) if entry.act == "documents.series_chosen"]
    return {
        "year": today.year,
        "scheme": SeriesScheme(scheme).label,
        "from_year": from_year,
        "next_scheme": next_scheme,
        "is_changing": scheme != next_scheme,
        "next_label": SeriesScheme(next_scheme).label,
        "history": history.told(entries, history.people_in(entries)),
    }
