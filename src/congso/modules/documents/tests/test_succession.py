"""When organs are merged, open papers go to the heir and done ones stay."""

from datetime import date

import pytest

from congso.modules.documents import succession
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Incoming
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


def test_open_papers_go_to_the_heir_with_numbers_of_its_register():
    ended, other, heir = OrganFactory.create_batch(3)
    first = IncomingFactory(organ=ended, registered=True, arrival_number=7)
    second = IncomingFactory(organ=other, registered=True, arrival_number=7)
    at_the_door = IncomingFactory(organ=ended)

    moved = succession.move_incoming({ended.id: heir.id, other.id: heir.id}, DAY)

    assert moved == 3
    numbers = Incoming.objects.filter(id__in=[first.id, second.id]).values_list(
        "organ", "arrival_year", "arrival_number"
    )
    assert sorted(numbers) == [(heir.id, 2025, 1), (heir.id, 2025, 2)]
    assert Incoming.objects.get(id=at_the_door.id).organ_id == heir.id


def test_what_is_done_stays_where_it_was():
    ended, heir = OrganFactory.create_batch(2)
    done = IncomingFactory(organ=ended, registered=True, state=IncomingState.CLOSED, closed_at=NOW)

    assert succession.move_incoming({ended.id: heir.id}, DAY) == 0
    assert Incoming.objects.get(id=done.id).organ_id == ended.id


def test_a_paper_that_several_had_received_is_taken_over_once():
    ended, other, heir = OrganFactory.create_batch(3)
    document = DocumentFactory(issued=True)
    for organ in (ended, other):
        IncomingFactory(organ=organ, document=document)

    succession.move_incoming({ended.id: heir.id, other.id: heir.id}, DAY)

    assert Incoming.objects.filter(organ=heir, document=document).count() == 1
