"""Every change of people and positions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.clock import day_of
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.kernel.vietnamese import name_sort_key
from congso.shared import journal
from congso.shared.areas.dated import period
from congso.shared.organs import queries as organs
from congso.shared.organs.models import Organ
from congso.shared.people import permissions
from congso.shared.people.models import Person, Position, Rank, Role

LONGEST_NAME = 100


class PositionOverlaps(DomainError):
    code = "people.position_overlaps"
    message = _("%(person)s đã giữ vai trò này tại cơ quan trong thời gian đó. Chưa có gì thay đổi.")


class HeadExists(DomainError):
    code = "people.head_exists"
    message = _("Trong thời gian đó cơ quan đã có %(person)s đứng đầu. Kết thúc chức vụ ấy trước rồi giao lại.")


class OrganDoesNotWork(DomainError):
    code = "people.organ_does_not_work"
    message = _("Cơ quan không hoạt động vào ngày bắt đầu giữ chức vụ. Chọn ngày khác hoặc cơ quan kế thừa.")


@transaction.atomic(durable=True)
def register_person(full_name: str, *, by: Actor, now: datetime, is_generated: bool = False) -> Person:
    """Enter a person, who must not be entered yet.

    :raises NotPermitted: ``by`` is no administrator.
    :raises InvalidInput: the name is empty or too long.
    """
    permissions.REGISTER.require(by, None)
    name = " ".join(full_name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(detail=_("họ và tên để trống hoặc dài quá %(longest)d chữ") % {"longest": LONGEST_NAME})
    person = Person.objects.create(full_name=name, sort_key=name_sort_key(name), is_generated=is_generated)
    journal.record("people.person_registered", subject_id=person.id, by=by, at=now)
    return person


@transaction.atomic(durable=True)
def appoint(  # noqa: PLR0913 - a position has these facts
    person_id: UUID,
    *,
    organ_id: UUID,
    role: Role,
    title: str,
    starts: date,
    by: Actor,
    now: datetime,
    ends: date | None = None,
    rank: Rank = Rank.MEMBER,
    is_acting: bool = False,
    unit_name: str = "",
) -> Position:
    """Give a person a position from ``starts`` up to, but without, ``ends``; it ends with its organ at the latest.

    :raises NotFound: no such person or organ.
    :raises NotPermitted: ``by`` is no administrator of the organ.
    :raises OrganDoesNotWork: the organ does not live on the first day.
    :raises PositionOverlaps: the person already has this role there then.
    :raises HeadExists: another person heads the organ then.
    """
    organ, person = _locked(Organ, organ_id), _locked(Person, person_id)
    permissions.MANAGE.require(by, organs.organs_served(organ_id, day_of(now)))
    position = Position(
        person=person,
        organ=organ,
        role=role,
        title=title.strip(),
        rank=rank,
        is_acting=is_acting,
        unit_name=unit_name.strip(),
        valid=_within_life_of(organ, starts, ends),
    )
    _refuse_overlaps(position)
    position.save(force_insert=True)
    facts = {"person": person_id, "organ": organ_id, "start": starts, "role": position.role}
    journal.record("people.appointed", subject_id=position.id, by=by, at=now, **facts)
    return position


@transaction.atomic(durable=True)
def end_position(position_id: UUID, *, ends: date, by: Actor, now: datetime) -> Position:
    """End a position: ``ends`` is the first day on which it no longer holds.

    :raises NotFound: no such position.
    :raises NotPermitted: ``by`` is no administrator of its organ.
    :raises InvalidInput: it had not begun by then, or was over.
    """
    position = _locked(Position, position_id)
    permissions.MANAGE.require(by, organs.organs_served(position.organ_id, day_of(now)))
    until = position.valid.upper
    if ends <= position.valid.lower or (until is not None and until < ends):
        raise InvalidInput(detail=_("ngày kết thúc nằm ngoài thời gian giữ chức vụ"))
    position.valid = period(position.valid.lower, ends)
    position.save(update_fields=["valid"])
    journal.record("people.position_ended", subject_id=position.id, by=by, at=now, end=ends)
    return position


def _locked[M: (Organ, Person, Position)](model: type[M], record_id: UUID) -> M:
    try:
        return model.objects.select_for_update().get(id=record_id)
    except model.DoesNotExist:
        raise NotFound from None


def _within_life_of(organ: Organ, starts: date, ends: date | None) -> "DateRange":
    if starts not in organ.valid:
        raise OrganDoesNotWork
    last = [day for day in (ends, organ.valid.upper) if day is not None]
    if ends is not None and ends <= starts:
        raise InvalidInput(detail=_("ngày kết thúc phải sau ngày bắt đầu"))
    return period(starts, min(last) if last else None)


def _refuse_overlaps(position: Position) -> None:
    same_time: dict[str, Any] = {"organ": position.organ, "role": position.role, "valid__overlap": position.valid}
    if Position.objects.filter(person=position.person, **same_time).exists():
        raise PositionOverlaps(person=position.person.full_name)
    if position.rank == Rank.HEAD and not position.unit_name:
        heads = Position.objects.filter(rank=Rank.HEAD, unit_name="", **same_time)
        if head := heads.select_related("person").first():
            raise HeadExists(person=head.person.full_name)
