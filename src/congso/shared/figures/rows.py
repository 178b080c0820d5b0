"""Which records belong to pieces of organs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from congso.shared.areas.tables import column_of
from congso.shared.figures.declarations import Measure
from congso.shared.organs.custody import Piece
from congso.shared.organs.models import OrganPiece, PieceHouse


def recorded_by(pieces: Sequence[Piece], measure: Measure) -> Q:
    """Return the condition that a record of the measure's table belongs to one of the ``pieces``."""
    unit = column_of(measure.model, measure.unit)
    numbers: defaultdict[UUID, set[int]] = defaultdict(set)
    for piece in pieces:
        numbers[piece.organ_id].add(piece.number)
    whole = [organ_id for organ_id, held in numbers.items() if 0 in held]
    if measure.house is None:
        return Q(**{f"{unit}__in": whole})
    divided = _divided(numbers)
    found = Q(**{f"{unit}__in": [organ_id for organ_id in whole if organ_id not in divided]})
    for organ_id in sorted(divided):
        found |= Q(**{unit: organ_id}) & _in_pieces(organ_id, numbers[organ_id], measure.house)
    return found


def _divided(numbers: Mapping[UUID, set[int]]) -> set[UUID]:
    """Return the organs of which some pieces are not among the ``numbers``."""
    cut = OrganPiece.objects.filter(organ_id__in=numbers).values_list("organ_id", "number")
    without_all = {organ_id for organ_id, number in cut if number not in numbers[organ_id]}
    return without_all | {organ_id for organ_id, held in numbers.items() if 0 not in held}


def _in_pieces(organ_id: UUID, numbers: set[int], house: str) -> Q:
    houses = PieceHouse.objects.filter(organ_id=organ_id, house_id=OuterRef(house))
    if 0 in numbers:
        return ~Q(Exists(houses.exclude(piece__in=numbers)))
    return Q(Exists(houses.filter(piece__in=numbers)))
