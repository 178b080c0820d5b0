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
from congso.kernel.errors import NotFound
from congso.modules.documents.commands.issuing import issue_document
from congso.modules.documents.commands.numbering import number_document
from congso.modules.documents.commands.registering import register_incoming
from congso.modules.documents.dossiers.errors import AlreadyInDossier
from congso.modules.documents.dossiers.filling import PAPER_KINDS, PaperKind, put_in


@dataclass(frozen=True, slots=True)
class Turn:
    """One paper's turn in a run.

    :param key: of the press, so that doing it twice does it once.
    :param target_id: where the paper is put, of acts that put papers somewhere.
    """

    paper_id: UUID
    by: Actor
    now: datetime
    key: UUID
    target_id: UUID | None = None


type Do = Callable[[Turn], str]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on a paper.

    :param do: does it; returns what came of it, one Vietnamese line.
    :param of: which papers it is done on.
    :param from_a_list: papers are ticked in a list of their own, not among what waits for the clerk.
    :param verb: on buttons and in titles; ``effect``: what it means for each paper, one sentence.
    """

    verb: str | Promise
    effect: str | Promise
    icon: str
    of: Literal["document", "incoming"]
    do: Do
    from_a_list: bool = False


def _number(turn: Turn) -> str:
    document = number_document(turn.paper_id, by=turn.by, now=turn.now, key=turn.key)
    return _("Đã cấp số %(number)s") % {"number": document.number_text}


def _issue(turn: Turn) -> str:
    document = issue_document(turn.paper_id, by=turn.by, now=turn.now, key=turn.key)
    return _("Đã phát hành %(number)s") % {"number": document.number_text}


def _register(turn: Turn) -> str:
    incoming = register_incoming(turn.paper_id, by=turn.by, now=turn.now, key=turn.key)
    return _("Đã vào sổ, số đến %(number)s") % {"number": incoming.arrival_number}


def _put_in(kind: PaperKind) -> Do:
    def put(turn: Turn) -> str:
        if turn.target_id is None:
            raise NotFound
        try:
            put_in(turn.target_id, kind, turn.paper_id, by=turn.by, now=turn.now)
        except AlreadyInDossier:
            # By this run, if the worker died before it could say so, or by somebody else.
            return _("Đã có trong hồ sơ")
        return _("Đã cho vào hồ sơ")

    return put


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
    **{
        f"file_{kind}": BulkAct(
            verb=gettext_lazy("Cho vào hồ sơ"),
            effect=gettext_lazy("Mỗi văn bản thuộc thêm hồ sơ này, không sao chép."),
            icon="folder-plus",
            of=kind,
            do=_put_in(kind),
            from_a_list=True,
        )
        for kind in PAPER_KINDS
    },
}
