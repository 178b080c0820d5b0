"""Filters of lists that somebody keeps under a name."""

import unicodedata
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.models import SavedFilter
from congso.shared import journal
from congso.shared.ui.forms import ALL_FIELDS

MOST_FILTERS: Final = 20
LONGEST_NAME: Final = 60
LONGEST_QUERY: Final = 1000
# Where a page begins and which fields are open do not belong to a filter.
_PASSING: Final = frozenset({"sau", "truoc", ALL_FIELDS})


class TooManyFilters(DomainError):
    code = "documents.too_many_filters"
    message = _("Đã lưu %(most)s bộ lọc ở danh sách này. Xóa bộ lọc không dùng nữa rồi lưu lại.")


def plain_query(query: str) -> str:
    """Return a list's query as it is kept: without empty fields and without a page's place."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if value and name not in _PASSING])


@transaction.atomic(durable=True)
def save_filter(place: str, *, name: str, query: str, by: Actor, now: datetime) -> SavedFilter:
    """Keep the filter of a list for the present hat; one of the same name is replaced.

    :param place: the url name of the list.
    :raises NotPermitted: no hat is chosen.
    :raises InvalidInput: no name, or nothing is filtered.
    :raises TooManyFilters: one position keeps at most 20 for a list.
    """
    if by.position_id is None:
        raise NotPermitted
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    kept = plain_query(query)
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(detail=_("bộ lọc cần một tên, không quá 60 ký tự"))
    if not kept or len(kept) > LONGEST_QUERY:
        raise InvalidInput(detail=_("chưa lọc gì để lưu. Chọn điều kiện, bấm Lọc, rồi lưu"))
    hold_id(by.position_id)
    mine = SavedFilter.objects.filter(position=by.position_id, place=place)
    if mine.exclude(name=name).count() >= MOST_FILTERS:
        raise TooManyFilters(most=MOST_FILTERS)
    saved, _made = SavedFilter.objects.update_or_create(
        position_id=by.position_id, place=place, name=name, defaults={"query": kept, "saved_at": now}
    )
    journal.record("documents.filter_saved", subject_id=saved.id, by=by, at=now)
    return saved


@transaction.atomic(durable=True)
def drop_filter(filter_id: UUID, *, by: Actor, now: datetime) -> SavedFilter:
    """Forget a kept filter.

    :raises NotFound: there is none of that id that ``by`` keeps.
    """
    saved = SavedFilter.objects.select_for_update().filter(id=filter_id, position=by.position_id).first()
    if saved is None or by.position_id is None:
        raise NotFound
    saved.delete()
    journal.record("documents.filter_dropped", subject_id=filter_id, by=by, at=now)
    return saved


def saved_filters(place: str, by: Actor) -> list[SavedFilter]:
    """Return the filters that ``by`` keeps for a list, by name."""
    if by.position_id is None:
        return []
    return list(SavedFilter.objects.filter(position=by.position_id, place=place).order_by("name"))
