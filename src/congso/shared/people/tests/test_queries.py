from datetime import date

import pytest

from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.shared.areas.dated import period
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people import queries
from congso.shared.people.models import Role
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
ENDED = period(date(2021, 7, 1), DAY)


def test_labels_of_many_positions_ended_ones_too_cost_one_query(django_assert_num_queries):
    position, former = PositionFactory(clerk=True), PositionFactory(valid=ENDED)

    with django_assert_num_queries(1):
        labels = queries.labels([position.id, former.id, position.id, new_id()])

    assert set(labels) == {position.id, former.id}
    assert (labels[position.id].title, labels[position.id].role) == ("Văn thư", "records_clerk")


def test_staff_is_listed_leaders_first_then_by_given_name():
    organ = OrganFactory()
    for name in ["Nguyễn Văn Ý", "Lê Thị Ân", "Phạm An"]:
        PositionFactory(organ=organ, person=PersonFactory(full_name=name))
    PositionFactory(organ=organ, person=PersonFactory(full_name="Đỗ Yên"), deputy=True)
    PositionFactory(organ=organ, person=PersonFactory(full_name="Vũ Xuân"), chair=True)

    names = [label.full_name for label in queries.positions_in([organ.id], DAY)]

    assert names == ["Vũ Xuân", "Đỗ Yên", "Phạm An", "Lê Thị Ân", "Nguyễn Văn Ý"]


def test_only_who_holds_a_wanted_role_on_that_day_is_listed():
    organ = OrganFactory()
    clerk = PositionFactory(organ=organ, clerk=True)
    PositionFactory(organ=organ)
    PositionFactory(organ=organ, clerk=True, valid=ENDED)

    found = queries.positions_in([organ.id], DAY, roles=[Role.RECORDS_CLERK])

    assert [label.id for label in found] == [clerk.id]


def test_the_positions_of_a_person_are_listed_the_highest_first():
    person = PersonFactory()
    PositionFactory(person=person, clerk=True)
    PositionFactory(person=person, chair=True)
    assert [label.title for label in queries.positions_of(person.id, on=DAY)] == ["Chủ tịch", "Văn thư"]


def test_a_position_is_found_only_while_it_holds():
    position = PositionFactory(valid=ENDED)
    assert queries.get_position(position.id, on=date(2023, 11, 28)) == position
    with pytest.raises(NotFound):
        queries.get_position(position.id, on=DAY)
