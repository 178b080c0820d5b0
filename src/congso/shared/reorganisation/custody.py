"""In whose rows the acts of ended organs are counted from a merger or split on, and those of new organs before it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from uuid import UUID

from django.db import connection
from django.db.models import Max

from congso.shared.areas.dated import DateRange, close, in_force, period
from congso.shared.figures.folding import regroup
from congso.shared.organs.custody import Piece
from congso.shared.organs.models import OrganCustody, OrganPiece, PieceHouse
from congso.shared.reorganisation.land import Land
from congso.shared.reorganisation.units import Branch

type Held = dict[Piece, UUID]
type Past = list[tuple[UUID, DateRange]]

_ROW = ("organ_id", "piece", "holder_id")


def pass_on(branch: Branch) -> None:
    """Count the ended organs of a merger, and what they had taken over before, with their heirs."""
    day, heirs = branch.plan.day, branch.heirs
    _hold({piece: heirs[holder] for piece, holder in _held(heirs, day).items()}, day)
    # An organ that only some of the areas had says nothing of the others' land.
    _remember(branch, at_least=len(branch.plan.areas))
    _rejoin(set(heirs.values()), day)


def divide(branches: Sequence[Branch], land: Land) -> frozenset[Piece]:
    """Count what an area's organs held with the successors on whose land it is; return the pieces that were cut.

    The caller ends its transaction with :func:`count_anew` of them.

    What lies wholly in one share goes there whole. What lies in several is cut: acts about a known house go where it
    stands, the others stay in the row of the organ that ended. Looking back, acts of a new organ stand where those of
    the organ that it was cut from do.
    """
    day = branches[0].plan.day
    held = _held(branches[0].heirs, day)
    lands = land.of_pieces(held)
    shares = {piece: sorted(land.shares(lands[piece])) for piece in held}
    heirs = {piece: [branch.heirs[holder] for branch in branches] for piece, holder in held.items()}
    _hold({piece: heirs[piece][taken[0]] for piece, taken in shares.items() if len(taken) == 1}, day)
    children = _cut({piece: taken for piece, taken in shares.items() if len(taken) > 1}, branches)
    for piece, by_share in children.items():
        _copy_past(piece, by_share.values(), day)
        for share, child in by_share.items():
            parts = [part for part in lands[piece] if land.share_of[part] == share]
            _put_houses(piece, child, [house for part in parts for house in land.houses.get(part, ())])
    _hold({child: heirs[piece][share] for piece, cut in children.items() for share, child in cut.items()}, day)
    for branch in branches:
        _remember(branch, at_least=1)
    return frozenset(children)


def count_anew(cut: Collection[Piece]) -> None:
    """Let the figures of pieces that were cut be grouped anew. Folds wait from here to the transaction's end."""
    regroup({piece.organ_id for piece in cut})


def _held(ended: Collection[UUID], day: date) -> Held:
    """Return which pieces the organs that end hold, with the holder of each."""
    rows = OrganCustody.objects.filter(in_force(day), holder_id__in=ended)
    taken_over = {Piece(organ, piece): holder for organ, piece, holder in rows.values_list(*_ROW)}
    return taken_over | {Piece(organ_id, 0): organ_id for organ_id in ended}


def _hold(holders: Held, day: date) -> None:
    """Let pieces be held by others from a day on."""
    rows = OrganCustody.objects.filter(in_force(day), organ_id__in={piece.organ_id for piece in holders})
    old = [row.id for row in rows if Piece(row.organ_id, row.piece) in holders]
    close(OrganCustody.objects.filter(id__in=old), day)
    _store((piece, holder, period(day)) for piece, holder in holders.items())


def _store(rows: Iterable[tuple[Piece, UUID, DateRange]]) -> None:
    OrganCustody.objects.bulk_create(
        OrganCustody(organ_id=piece.organ_id, piece=piece.number, holder_id=holder, valid=valid)
        for piece, holder, valid in rows
    )


def _cut(shares: Mapping[Piece, Sequence[int]], branches: Sequence[Branch]) -> dict[Piece, dict[int, Piece]]:
    """Return the new pieces of each piece by share; a number is given once in an organ."""
    numbered = OrganPiece.objects.filter(organ_id__in={piece.organ_id for piece in shares})
    last = dict(numbered.values_list("organ_id").annotate(last=Max("number")))
    found: defaultdict[Piece, dict[int, Piece]] = defaultdict(dict)
    made = []
    for piece, taken in sorted(shares.items()):
        for share in taken:
            number = last[piece.organ_id] = last.get(piece.organ_id, 0) + 1
            found[piece][share] = Piece(piece.organ_id, number)
            area = branches[share].plan.successor
            made.append(OrganPiece(organ_id=piece.organ_id, number=number, cut_from=piece.number, area=area))
    OrganPiece.objects.bulk_create(made)
    return found


def _copy_past(piece: Piece, children: Collection[Piece], day: date) -> None:
    """Give pieces the past of the one that they were cut from."""
    rows = OrganCustody.objects.filter(organ_id=piece.organ_id, piece=piece.number, valid__startswith__lt=day)
    rows |= OrganCustody.objects.filter(organ_id=piece.organ_id, piece=piece.number, valid__startswith=None)
    _store((child, row.holder_id, _overlap(row.valid, period(None, day))) for row in rows for child in children)


def _put_houses(piece: Piece, child: Piece, houses: list[UUID]) -> None:
    """Let houses of a piece belong to one that was cut from it."""
    with connection.cursor() as cursor:
        if piece.number:
            PieceHouse.objects.filter(organ_id=piece.organ_id, piece=piece.number, house_id__in=houses).update(
                piece=child.number
            )
        else:
            cursor.execute(
                """
                INSERT INTO organs_piecehouse (organ_id, house_id, piece)
                SELECT %s, house, %s FROM unnest(%s::uuid[]) AS house ON CONFLICT DO NOTHING
                """,
                [child.organ_id, child.number, houses],
            )


def _remember(branch: Branch, *, at_least: int) -> None:
    """Count acts of new organs, looking back, where those of all the organs that they follow stand.

    Where these stand apart, or are fewer than ``at_least``, the new organ keeps a row of its own there.
    """
    followed: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for organ_id, heir in branch.heirs.items():
        followed[heir].append(organ_id)
    for heir, organs in followed.items():
        if len(organs) >= at_least:
            common = reduce(_common, (_past(organ_id, branch.plan.day) for organ_id in organs))
            _store((Piece(heir, 0), holder, valid) for holder, valid in common)


def _past(organ_id: UUID, day: date) -> Past:
    """Return all holders before a day of what an organ did; days without a row are its own."""
    found: Past = []
    start: date | None = None
    for row in OrganCustody.objects.filter(organ_id=organ_id, piece=0, valid__endswith__lte=day).order_by("valid"):
        if row.valid.lower != start:
            found.append((organ_id, period(start, row.valid.lower)))
        found.append((row.holder_id, row.valid))
        start = row.valid.upper
    return [*found, (organ_id, period(start, day))]


def _common(some: Past, others: Past) -> Past:
    both = ((holder, _overlap(one, other)) for holder, one in some for same, other in others if same == holder)
    return [(holder, valid) for holder, valid in both if not valid.isempty]


def _overlap(one: DateRange, other: DateRange) -> DateRange:
    starts = [day for day in (one.lower, other.lower) if day is not None]
    ends = [day for day in (one.upper, other.upper) if day is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return DateRange(empty=True) if start and end and start >= end else period(start, end)


def _rejoin(heirs: Collection[UUID], day: date) -> None:
    """Let what could not be divided follow its pieces where they have met again."""
    touched = OrganCustody.objects.filter(in_force(day), holder_id__in=heirs, piece__gte=1).values("organ_id")
    rows = OrganCustody.objects.filter(in_force(day), organ_id__in=touched)
    holders = {Piece(organ, piece): holder for organ, piece, holder in rows.values_list(*_ROW)}
    children: defaultdict[Piece, list[Piece]] = defaultdict(list)
    for cut in OrganPiece.objects.filter(organ_id__in=touched):
        children[Piece(cut.organ_id, cut.cut_from)].append(Piece(cut.organ_id, cut.number))
    met: Held = {}
    # A piece has a higher number than the one that it was cut from, so the smallest meet first.
    for piece in sorted(children, key=lambda piece: -piece.number):
        found = {holders.get(child, child.organ_id) for child in children[piece]}
        if len(found) == 1 and found <= set(heirs) and holders.get(piece) not in found:
            holders[piece] = met[piece] = next(iter(found))
    _hold(met, day)
