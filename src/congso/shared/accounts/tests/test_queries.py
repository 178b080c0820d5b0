from datetime import date

import pytest

from congso.kernel.errors import NotFound
from congso.shared.accounts.queries import accounts_in, actor_for, hats_of
from congso.shared.accounts.tests.factories import AccountFactory
from congso.shared.areas.dated import period
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db


class TestActorFor:
    def test_the_actor_carries_ids_and_the_one_role_of_the_position(self):
        position = PositionFactory(chair=True)
        account = AccountFactory(person=position.person)

        actor = actor_for(position.id, on=DAY)

        assert (actor.account_id, actor.person_id, actor.position_id) == (account.id, position.person_id, position.id)
        assert actor.roles == {("leader", position.organ_id)}
        assert actor.serves == {position.organ_id}

    def test_who_works_in_an_office_serves_its_committee(self):
        committee = OrganFactory()
        position = PositionFactory(organ=OrganFactory(serves=committee))
        assert actor_for(position.id, on=DAY).serves == {position.organ_id, committee.id}

    def test_a_role_in_the_office_is_none_in_the_committee(self):
        committee = OrganFactory()
        head = PositionFactory(organ=OrganFactory(serves=committee), head=True)
        assert not actor_for(head.id, on=DAY).has_role("head", in_organ=committee.id)

    def test_two_positions_give_two_actors_not_one_with_both_roles(self):
        person = PersonFactory()
        chair, clerk = PositionFactory(person=person, chair=True), PositionFactory(person=person, clerk=True)
        assert actor_for(chair.id, on=DAY).roles.isdisjoint(actor_for(clerk.id, on=DAY).roles)

    def test_it_costs_two_queries(self, django_assert_num_queries):
        position = PositionFactory()
        with django_assert_num_queries(2):
            actor_for(position.id, on=DAY)

    def test_a_position_that_is_over_makes_no_actor(self):
        with pytest.raises(NotFound):
            actor_for(PositionFactory(valid=period(date(2021, 7, 1), DAY)).id, on=DAY)


class TestHatsOf:
    def test_the_highest_comes_first(self):
        account = AccountFactory()
        PositionFactory(person=account.person, clerk=True)
        PositionFactory(person=account.person, chair=True)
        assert [hat.title for hat in hats_of(account, on=DAY)] == ["Chủ tịch", "Văn thư"]

    def test_a_hat_says_the_name_that_the_organ_has_on_that_day(self):
        account = AccountFactory()
        PositionFactory(person=account.person, organ=OrganFactory(place_name="Thăng Long"))
        assert [hat.organ_name for hat in hats_of(account, on=DAY)] == ["UBND xã Thăng Long"]

    def test_many_hats_cost_one_query(self, django_assert_num_queries):
        account = AccountFactory()
        PositionFactory.create_batch(3, person=account.person)
        with django_assert_num_queries(1):
            assert len(hats_of(account, on=DAY)) == 3


def test_accounts_in_an_organ_are_those_of_its_staff_today_by_given_name():
    organ = OrganFactory()
    for name in ["Nguyễn Văn Ý", "Lê Thị Ân", "Phạm An"]:
        AccountFactory(person=PositionFactory(organ=organ, person=PersonFactory(full_name=name)).person)
    AccountFactory(person=PositionFactory(organ=organ, valid=period(date(2021, 7, 1), DAY)).person)

    assert [str(account.person) for account in accounts_in(organ.id, on=DAY)] == [
        "Phạm An",
        "Lê Thị Ân",
        "Nguyễn Văn Ý",
    ]
