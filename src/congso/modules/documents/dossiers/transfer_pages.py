"""What the pages of hand-overs show."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from congso.kernel.actor import Actor
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.transfer_signables import may_sign
from congso.modules.documents.dossiers.transfers import KIND
from congso.modules.documents.models import DossierTransfer, TransferLine, TransferState
from congso.modules.documents.queries.history import HistoryLine, entries_about, people_in, told
from congso.modules.signing import public as signing
from congso.shared.people.queries import PositionLabel, labels
from congso.shared.ui.paging import Keyset

NEWEST: Final = Keyset[DossierTransfer](("offered_at", "id"))


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One hand-over in a list."""

    transfer: DossierTransfer
    giver: str
    dossiers: int
    refused: int


@dataclass(frozen=True, slots=True)
class TransferPage:
    """One hand-over for who looks.

    :param may: accept, drop, sign.
    """

    transfer: DossierTransfer
    lines: tuple[TransferLine, ...]
    giver: PositionLabel
    receiver: PositionLabel | None
    history: tuple[HistoryLine, ...]
    may: frozenset[str]
    is_being_signed: bool


def transfers_of(by: Actor) -> QuerySet[DossierTransfer]:
    """Return the hand-overs that ``by`` gave, and those of the organs where ``by`` is clerk or leads."""
    desk = Q(organ__in=by.organs_where("records_clerk", "leader"))
    return DossierTransfer.objects.filter(desk | Q(giver=by.position_id) if by.position_id else desk)


def rows_of(transfers: list[DossierTransfer]) -> list[TransferRow]:
    """Return what lists show; two queries."""
    ids = [transfer.id for transfer in transfers]
    refused = Count("lines", filter=~Q(lines__refused_reason=""))
    counts = DossierTransfer.objects.filter(id__in=ids).annotate(all_lines=Count("lines"), refused=refused)
    counted = {key: (every, back) for key, every, back in counts.values_list("id", "all_lines", "refused")}
    givers = labels({transfer.giver_id for transfer in transfers})
    return [TransferRow(transfer, givers[transfer.giver_id].full_name, *counted[transfer.id]) for transfer in transfers]


def transfer_page(transfer: DossierTransfer, *, by: Actor) -> TransferPage:
    """Return the page, in six queries."""
    lines = transfer.lines.select_related("dossier").order_by("place")
    entries = entries_about(transfer.id)
    people = people_in(entries, transfer.giver_id, transfer.receiver_id)
    is_being_signed = signing.is_being_signed(KIND, transfer.id)
    is_giver = by.position_id is not None and by.position_id == transfer.giver_id
    is_archive = permissions.ARCHIVE.allows(by, transfer.organ_id)
    offered = {
        "accept": transfer.state == TransferState.OFFERED and is_archive and not is_giver,
        "drop": transfer.state in {TransferState.OFFERED, TransferState.TO_SIGN} and is_giver and not is_being_signed,
        "sign": may_sign(transfer, by) and not is_being_signed,
    }
    return TransferPage(
        transfer=transfer,
        lines=tuple(lines),
        giver=people[transfer.giver_id],
        receiver=people.get(transfer.receiver_id) if transfer.receiver_id else None,
        history=tuple(told(entries, people)),
        may=frozenset(name for name, is_offered in offered.items() if is_offered),
        is_being_signed=is_being_signed,
    )
