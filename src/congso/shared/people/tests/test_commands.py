from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people import commands
from congso.shared.people.commands import HeadExists, OrganDoesNotWork, PositionOverlaps
from congso.shared.people.models import Rank, Role
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory, actor_of

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 11, 29, 5, tzinfo=UTC)


@pytest.fixture
def organ():
    return OrganFactory()


@pytest.fixture
def administrator(organ):
    return actor_of(PositionFactory(organ=organ, administrator=True))


def appoint(person, organ, by, **more):
    fields = {"role": Role.RECORDS_CLERK, "title": "Văn thư", "starts": DAY, "now": NOON, **more}
    return commands.appoint(person.id, organ_id=organ.id, by=by, **fields)


class TestRegisterPerson:
    def test_a_person_is_entered_with_a_key_by_the_given_name(self, administrator):
        person = commands.register_person("  Nguyễn  Văn Thử ", by=administrator, now=NOON)

        assert (person.full_name, person.sort_key.split()[0]) == ("Nguyễn Văn Thử", "thu~2")
        assert JournalLine.objects.get(subject_id=person.id).act == "people.person_registered"

    def test_who_is_no_administrator_may_not(self):
        with pytest.raises(NotPermitted):
            commands.register_person("Lê Thị Mẫu", by=actor_of(PositionFactory()), now=NOON)

    @pytest.mark.parametrize("name", ["  ", "a" * 101])
    def test_a_name_is_needed_and_has_an_end(self, administrator, name):
        with pytest.raises(InvalidInput):
            commands.register_person(name, by=administrator, now=NOON)


class TestAppoint:
    def test_the_position_holds_from_its_first_day_and_is_on_the_record(self, organ, administrator):
        position = appoint(PersonFactory(), organ, administrator)

        assert position.valid == period(DAY)
        line = JournalLine.objects.get(subject_id=position.id)
        assert (line.act, line.facts["start"]) == ("people.appointed", "2023-11-29")

    def test_it_ends_with_its_organ_at_the_latest(self, administrator, organ):
        district = OrganFactory(valid=period(date(2020, 1, 1), date(2025, 7, 1)))
        position = appoint(PersonFactory(), district, Actor.system(), ends=date(2026, 1, 1))
        assert position.valid.upper == date(2025, 7, 1)

    def test_an_organ_that_does_not_live_on_the_first_day_takes_nobody(self):
        future = OrganFactory(valid=period(date(2025, 7, 1)))
        with pytest.raises(OrganDoesNotWork):
            appoint(PersonFactory(), future, Actor.system())

    def test_the_administrator_of_the_committee_appoints_in_its_offices(self, organ, administrator):
        office = OrganFactory(serves=organ)
        position = appoint(
            PersonFactory(), office, administrator, role=Role.HEAD, rank=Rank.HEAD, title="Chánh Văn phòng"
        )
        assert position.organ == office

    def test_an_administrator_elsewhere_may_not(self, administrator):
        with pytest.raises(NotPermitted):
            appoint(PersonFactory(), OrganFactory(), administrator)

    def test_a_chair_who_is_no_administrator_may_not(self, organ):
        chair = actor_of(PositionFactory(organ=organ, chair=True))
        with pytest.raises(NotPermitted):
            appoint(PersonFactory(), organ, chair)

    def test_the_same_role_in_the_same_organ_is_held_once_at_a_time(self, organ, administrator):
        clerk = PositionFactory(organ=organ, clerk=True)
        with pytest.raises(PositionOverlaps):
            appoint(clerk.person, organ, administrator)

    def test_another_role_in_the_same_organ_may_be_held_beside_it(self, organ, administrator):
        clerk = PositionFactory(organ=organ, clerk=True)
        assert appoint(clerk.person, organ, administrator, role=Role.SPECIALIST, title="Công chức")

    def test_an_organ_has_one_head_at_a_time(self, organ, administrator):
        PositionFactory(organ=organ, chair=True)
        with pytest.raises(HeadExists):
            appoint(PersonFactory(), organ, administrator, role=Role.LEADER, rank=Rank.HEAD, title="Chủ tịch")

    def test_the_next_head_may_start_on_the_day_after_the_last(self, organ, administrator):
        PositionFactory(organ=organ, chair=True, valid=period(date(2021, 7, 1), DAY))
        assert appoint(PersonFactory(), organ, administrator, role=Role.LEADER, rank=Rank.HEAD, title="Chủ tịch")

    def test_an_end_before_the_beginning_is_refused(self, organ, administrator):
        with pytest.raises(InvalidInput):
            appoint(PersonFactory(), organ, administrator, ends=DAY)

    def test_nobody_is_not_found(self, organ, administrator):
        with pytest.raises(NotFound):
            commands.appoint(
                new_id(), organ_id=organ.id, role=Role.HEAD, title="x", starts=DAY, by=administrator, now=NOON
            )


class TestEndPosition:
    def test_it_no_longer_holds_on_that_day(self, organ, administrator):
        position = PositionFactory(organ=organ, clerk=True)

        ended = commands.end_position(position.id, ends=DAY, by=administrator, now=NOON)

        assert DAY not in ended.valid
        assert JournalLine.objects.get(subject_id=position.id).act == "people.position_ended"

    @pytest.mark.parametrize("day", [date(2021, 7, 1), date(2024, 1, 2)])
    def test_a_day_outside_its_period_is_refused(self, organ, administrator, day):
        position = PositionFactory(organ=organ, clerk=True, valid=period(date(2021, 7, 1), date(2024, 1, 1)))
        with pytest.raises(InvalidInput):
            commands.end_position(position.id, ends=day, by=administrator, now=NOON)

    def test_an_administrator_elsewhere_may_not(self, administrator):
        with pytest.raises(NotPermitted):
            commands.end_position(PositionFactory().id, ends=DAY, by=administrator, now=NOON)

    def test_no_position_is_not_found(self, administrator):
        with pytest.raises(NotFound):
            commands.end_position(new_id(), ends=DAY, by=administrator, now=NOON)


class TestTheDatabaseRefuses:
    def refuses(self, sentence):
        return pytest.raises(IntegrityError, match=sentence)

    def test_a_role_held_twice_at_a_time(self):
        first = PositionFactory(clerk=True)
        with self.refuses("person_holds_a_role_in_an_organ_once_at_a_time"), transaction.atomic():
            PositionFactory(person=first.person, organ=first.organ, clerk=True)

    def test_two_heads_at_a_time(self):
        first = PositionFactory(chair=True)
        with self.refuses("organ_has_one_head_at_a_time"), transaction.atomic():
            PositionFactory(organ=first.organ, chair=True)

    def test_a_position_beyond_the_life_of_its_organ(self):
        organ = OrganFactory(valid=period(date(2020, 1, 1), date(2025, 7, 1)))
        with self.refuses("position_only_while_its_organ_lives"), transaction.atomic():
            PositionFactory(organ=organ)

    def test_a_clerk_of_rank(self):
        with self.refuses("position_of_rank_has_a_role_that_leads"), transaction.atomic():
            PositionFactory(clerk=True, rank=Rank.HEAD)

    def test_an_acting_member(self):
        with self.refuses("position_acts_only_for_a_head"), transaction.atomic():
            PositionFactory(is_acting=True)

    def test_a_position_without_a_title_or_a_first_day(self):
        with self.refuses("position_has_a_title"), transaction.atomic():
            PositionFactory(title="")
        with self.refuses("position_has_a_first_day"), transaction.atomic():
            PositionFactory(valid=period(None, DAY), organ=OrganFactory(valid=period(None)))
