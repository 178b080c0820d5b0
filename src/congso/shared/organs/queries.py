"""What is asked about organs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from congso.kernel.prepared import prepared
from congso.kernel.vietnamese import fold
from congso.shared.areas.dated import in_force, last_known
from congso.shared.organs.models import (
    Organ,
    OrganArea,
    OrganCode,
    OrganCodeAuthority,
    OrganKind,
    OrganName,
    Relation,
)


@dataclass(frozen=True, slots=True)
class OrganLabel:
    """What to print for an organ.

    :param name: ``Ủy ban nhân dân xã Thăng Long``.
    :param short_name: ``UBND xã Thăng Long``.
    :param notation: what stands in a paper's notation, ``UBND``.
    :param place_name: what stands before a paper's date, ``Thăng Long``.
    :param code: its identifier by Decision 20/2020, or nothing.
    """

    id: UUID
    name: str
    short_name: str
    notation: str
    place_name: str
    kind: str
    code: str


def labels(organ_ids: Collection[UUID], on: date) -> dict[UUID, OrganLabel]:
    """Return the labels by organ, in one query: as of ``on``, else as of the last day before it."""
    return {label.id: label for label in map(_label, _labels(organ_ids=frozenset(organ_ids), on=on))}


def find(text: str, on: date, limit: int = 20) -> list[OrganLabel]:
    """Return organs alive on a day whose name holds each word of ``text``, accents or not, in Vietnamese order."""
    names = OrganName.objects.filter(in_force(on), in_force(on, "organ__"))
    for word in fold(text).split():
        names = names.filter(search_key__contains=word)
    ids = list(names.order_by("sort_key", "organ_id").values_list("organ_id", flat=True)[:limit])
    found = labels(ids, on)
    return [found[organ_id] for organ_id in ids]


def organs_served(organ_id: UUID, on: date) -> frozenset[UUID]:
    """Return an organ and those that it serves on a day, directly or through another."""
    return frozenset(
        _walk(
            """
            SELECT p.parent_id FROM organs_organplace p JOIN tree ON p.organ_id = tree.id
            WHERE p.relation = 'serves' AND p.valid @> %(on)s::date
            """,
            organ_id,
            on,
        )
    )


def who_answers(organ_id: UUID, on: date) -> tuple[UUID, ...]:
    """Return who answers on a day for what an organ did: itself while it lives, else its living successors.

    More than one follows a split or a dissolution; none, if the register knows no successor.
    """
    heirs = _walk(
        """
        SELECT s.to_organ_id FROM organs_organsuccession s JOIN tree ON s.from_organ_id = tree.id
        WHERE s.date <= %(on)s
        """,
        organ_id,
        on,
    )
    return tuple(Organ.objects.filter(in_force(on), id__in=heirs).order_by("id").values_list("id", flat=True))


def committees_under(organ_id: UUID, on: date) -> tuple[UUID, ...]:
    """Return the People's Committees of the areas directly below those of an organ, in Vietnamese order."""
    return tuple(_committees_under(organ_id=organ_id, on=on))


@prepared
def _committees_under(*, organ_id: UUID, on: date) -> QuerySet[OrganName, UUID]:
    own = OrganArea.objects.filter(in_force(on), organ_id=organ_id).values("area_id")
    below = OrganArea.objects.filter(
        in_force(on),
        in_force(on, "organ__"),
        in_force(on, "area__places__"),
        organ__kind=OrganKind.PEOPLES_COMMITTEE,
        area__places__parent_id__in=own,
    )
    names = OrganName.objects.filter(in_force(on), organ_id__in=below.values("organ_id"))
    return names.order_by("sort_key", "organ_id").values_list("organ_id", flat=True)


def committees_by_branch(organ_id: UUID, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return by People's Committee directly below an organ on a day itself with all below it, down the whole tree."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE below(parent_id, id) AS (
                SELECT p.parent_id, p.organ_id FROM organs_organplace p JOIN organs_organ o ON o.id = p.organ_id
                WHERE p.relation = %(relation)s AND p.valid @> %(on)s::date AND o.kind = %(kind)s
            ),
            tree(branch, id) AS (
                SELECT id, id FROM below WHERE parent_id = %(organ)s
                UNION
                SELECT tree.branch, below.id FROM below JOIN tree ON below.parent_id = tree.id
            )
            SELECT branch, array_agg(id) FROM tree GROUP BY branch
            """,
            {
                "organ": organ_id,
                "on": on,
                "relation": Relation.SUBORDINATE,
                "kind": OrganKind.PEOPLES_COMMITTEE,
            },
        )
        return {branch: frozenset(found) for branch, found in cursor.fetchall()}


def organ_of(area_id: UUID, kind: str, on: date) -> UUID | None:
    """Return the organ of a kind that is competent for exactly that area on a day."""
    rows = OrganArea.objects.filter(in_force(on), in_force(on, "organ__"), area_id=area_id, organ__kind=kind)
    return rows.order_by("organ_id").values_list("organ_id", flat=True).first()


def overseers(organ_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[UUID]]:
    """Return by organ those that may look into its work on a day: itself, whom it serves, those above, its heirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE tree(root, id) AS (
                SELECT r.id, r.id FROM unnest(%(organs)s::uuid[]) AS r(id)
                UNION
                SELECT tree.root, up.id FROM tree CROSS JOIN LATERAL (
                    SELECT p.parent_id AS id FROM organs_organplace p
                    WHERE p.organ_id = tree.id AND p.valid @> %(on)s::date
                    UNION ALL
                    SELECT s.to_organ_id FROM organs_organsuccession s
                    WHERE s.from_organ_id = tree.id AND s.date <= %(on)s
                ) AS up
            )
            SELECT root, array_agg(id) FROM tree GROUP BY root
            """,
            {"organs": list(organ_ids), "on": on},
        )
        return {root: frozenset(found) for root, found in cursor.fetchall()}


@prepared
def _labels(*, organ_ids: Collection[UUID], on: date) -> QuerySet[Any, Any]:
    codes = OrganCode.objects.filter(organ_id=OuterRef("organ_id"), authority=OrganCodeAuthority.QD20)
    code = Coalesce(Subquery(last_known(codes, "organ_id", on).values("code")[:1]), Value(""))
    names = last_known(OrganName.objects.filter(organ_id__in=organ_ids), "organ_id", on)
    rows: QuerySet[Any, Any] = names.annotate(code=code).values(*_LABEL)
    return rows


_LABEL = ("organ_id", "name", "short_name", "notation", "place_name", "organ__kind", "code")


def _label(row: dict[str, object]) -> OrganLabel:
    return OrganLabel(*(row[name] for name in _LABEL))  # type: ignore[arg-type]  # in the order of the fields


def _walk(step: str, organ_id: UUID, on: date) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE tree(id) AS (SELECT %(organ)s::uuid UNION {step}) SELECT id FROM tree",  # noqa: S608 - constant text
            {"organ": organ_id, "on": on},
        )
        return [row[0] for row in cursor.fetchall()]
