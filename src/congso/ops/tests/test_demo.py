"""The demo's people, door and list, on the locality of 2023."""

from datetime import timedelta

import pytest

from congso.kernel import clock
from congso.ops.demo import door, papers, staff, steps
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.ops.demo.making import FIRST_MOMENT
from congso.shared.accounts.models import Account
from congso.shared.accounts.sign_in import sign_in
from congso.shared.calendar import is_working_day
from congso.shared.organs.locality import load_locality
from congso.shared.people.models import Person, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def present():
    """The demo's first moment, its units and the people of the story there."""
    with clock.at(FIRST_MOMENT):
        load_locality(staff.IN_OFFICE_SINCE)
        staff.fill(posts_of_the_story())
        yield


def posts_of_the_story() -> list[staff.Post]:
    return [post for post in staff.posts() if post.username.endswith((".huyen", ".vhtt", ".thanglong"))]


def test_every_post_is_held_by_a_generated_person_of_another_name():
    load_locality(staff.IN_OFFICE_SINCE)

    staff.fill(staff.posts())

    assert Position.objects.count() == len(staff.posts()) == 12 + 29 * 5
    assert not Person.objects.filter(is_generated=False).exists()
    assert Person.objects.values("full_name").distinct().count() == Person.objects.count()


def test_filling_twice_adds_nobody(present):
    before = Person.objects.count()

    staff.fill(posts_of_the_story())

    assert (Person.objects.count(), Account.objects.count()) == (before, before)


def test_the_password_of_the_first_screen_opens_an_account(present):
    opened = sign_in("chutich.thanglong", PASSWORD, address="127.0.0.1", now=FIRST_MOMENT, real_now=FIRST_MOMENT)

    assert opened.person.full_name == "Cao Thị Mô Phỏng"


def test_the_door_offers_the_roles_of_the_story_in_order(present):
    roles = door.roles()

    assert [role.step for role in roles] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert roles[4].who == "Hoàng Thị Giả Sử, Văn thư, UBND xã Thăng Long"


def test_the_door_is_closed_once_the_units_are_gone(present):
    with clock.at(FIRST_MOMENT + timedelta(days=700)):
        assert door.roles() == []


def test_no_step_is_done_before_the_first_act(present):
    assert [step.key for step in steps.steps() if step.is_done()] == []


def test_papers_are_written_on_working_days_before_the_demo_begins():
    days = {paper.day for paper in papers.history()}

    assert all(is_working_day(day) for day in days)
    assert max(days) < FIRST_MOMENT.date()


def test_no_two_papers_of_a_sender_are_alike():
    told = [(paper.sender, paper.day, paper.subject) for paper in papers.history()]

    assert len(set(told)) == len(told)
