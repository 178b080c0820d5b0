"""Acts that can be done on many papers at once. Each is the ordinary command; another module's act may be added."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.actor import Actor
from congso.modules.documents.commands.issuing import issue_document
from congso.modules.documents.commands.numbering import number_document
from congso.modules.documents.commands.registering import register_incoming

type Do = Callable[[UUID, Actor, datetime, UUID], str]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on a paper.

    :param do: paper, actor, moment, key of the press; return what came of it, one Vietnamese line.
    :param of: which papers it is done on.
    :param verb: on buttons and in titles; ``effect``: what it means for each paper, one sentence.
    """

    verb: str | Promise
    effect: str | Promise
    icon: str
    of: Literal["document", "incoming"]
    do: Do


def _number(document_id: UUID, by: Actor, now: datetime, key: UUID) -> str:
    document = number_document(document_id, by=by, now=now, key=key)
    return _("Đã cấp số %(number)s") % {"number": document.number_text}


def _issue(document_id: UUID, by: Actor, now: datetime, key: UUID) -> str:
    document = issue_document(document_id, by=by, now=now, key=key)
    return _("Đã phát hành %(number)s") % {"number": document.number_text}


def _register(incoming_id: UUID, by: Actor, now: datetime, key: UUID) -> str:
    incoming = register_incoming(incoming_id, by=by, now=now, key=key)
    return _("Đã vào sổ, số đến %(number)s") % {"number": incoming.arrival_number}


ACTS: Final[Mapping[str, BulkAct]] = {
    "number": BulkAct(
        verb=gettext_lazy("Cấp số"),
        effect=gettext_lazy("Mỗi văn bản được cấp số tiếp theo trong sổ của loại mình và ghi ngày hôm nay."),
        icon="number",
        of="document",
        do=_number,
    ),
    "issue": BulkAct(
        verb=gettext_lazy("Phát hành"),
        effect=gettext_lazy("Mỗi văn bản được gửi ngay đến tất cả nơi nhận ghi trong đó."),
        icon="send",
        of="document",
        do=_issue,
    ),
    "register": BulkAct(
        verb=gettext_lazy("Vào sổ"),
        effect=gettext_lazy("Mỗi văn bản được lấy số đến tiếp theo và trình lãnh đạo cho ý kiến."),
        icon="inbox",
        of="incoming",
        do=_register,
    ),
}
