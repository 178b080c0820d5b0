"""Who finds incoming papers: the desk of the organ by its roles, whoever a direction names, the heir after a merger."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from congso.modules.documents import commands, findable, succession
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.tests.factories import LATER, NOW, TODAY, IncomingFactory, make_commune
from congso.shared import search
from congso.shared.accounts.queries import actor_for
from congso.shared.people.tests.factories import PositionFactory
from congso.shared.search.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_commune()


def found(position):
    hits = search.find("tuyên truyền", by=actor_for(position.id, on=TODAY), kinds=[findable.INCOMING])
    return [hit.record_id for hit in hits]


def test_a_clerk_of_a_later_day_finds_what_was_registered_before(commune):
    paper = IncomingFactory(organ=commune.organ)
    commands.register_incoming(paper.id, by=commune.actor("clerk"), now=NOW)

    assert found(PositionFactory(organ=commune.organ, clerk=True)) == [paper.id]


def test_the_heirs_clerk_finds_what_was_open_at_the_merger(commune):
    heir = make_commune("Trung Chính")
    paper = IncomingFactory(organ=commune.organ, registered=True)
    findable.index_incoming(paper)

    succession.move_incoming({commune.organ.id: heir.organ.id}, date(2025, 7, 1))

    assert (found(heir.clerk), found(commune.clerk)) == ([paper.id], [])


def test_who_was_named_finds_it_until_that_is_taken_back(commune):
    paper = IncomingFactory(organ=commune.organ, registered=True)
    by = commune.actor("chair")
    commands.direct_incoming(paper.id, DirectionInput(lead=commune.author.id), by=by, now=NOW)
    before = found(commune.author)

    commands.take_back_direction(paper.id, paper.directions.get().id, reason="Nhầm", by=by, now=LATER)

    assert (before, found(commune.author)) == ([paper.id], [])


def test_the_migration_adds_the_roles_to_what_is_there(commune):
    paper = IncomingFactory(organ=commune.organ, registered=True)
    findable.index_incoming(paper)
    Entry.objects.update(audience=[commune.clerk.id])
    migration = import_module("congso.modules.documents.migrations.0010_papers_found_by_role")

    for _ in range(2):
        migration.name_roles(apps, None)

    assert found(PositionFactory(organ=commune.organ, clerk=True)) == [paper.id]
    assert len(Entry.objects.get().audience) == 3
