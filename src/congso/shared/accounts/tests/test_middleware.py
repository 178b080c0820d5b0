"""The hat of a session over time: chosen, lost in the middle of a form, all gone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages

from congso.kernel import clock
from congso.shared.accounts import sessions
from congso.shared.accounts.models import Account, LoginSession
from congso.shared.accounts.tests.factories import RightsDelegationFactory, sign_in
from congso.shared.accounts.tests.moments import NOON
from congso.shared.areas.dated import period
from congso.shared.people.tests.factories import PersonFactory, PositionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("congso.shared.accounts.tests.urls")]
TOMORROW = NOON + timedelta(days=1)
UNTIL_TODAY = period(date(2021, 7, 1), date(2023, 11, 30))


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def clerk():
    """The position of a clerk whose last day is today."""
    return PositionFactory(clerk=True, valid=UNTIL_TODAY)


@pytest.fixture
def chair(clerk):
    """Another position of the same person, which goes on."""
    return PositionFactory(person=clerk.person, chair=True)


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestActor:
    def test_a_visitor_is_nobody_and_costs_no_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/act/")
        assert response.status_code == 302

    def test_session_and_actor_cost_three_queries(self, client, clerk, django_assert_max_num_queries):
        sign_in(client, clerk)
        with django_assert_max_num_queries(3):
            response = client.get("/act/")
        assert response.content.decode() == f"acted as {clerk.id}"

    def test_the_hat_of_the_session_is_worn_not_the_highest(self, client, clerk, chair):
        sign_in(client, clerk)
        assert client.get("/act/").content.decode() == f"acted as {clerk.id}"

    def test_the_actor_serves_the_organs_above_and_has_lent_roles(self, client, clerk):
        position = PositionFactory(organ=clerk.organ)
        RightsDelegationFactory(from_position=clerk, to_position=position)
        sign_in(client, position)

        actor = client.get("/act/").wsgi_request.actor

        assert actor.roles == {("specialist", clerk.organ_id), ("records_clerk", clerk.organ_id)}

    def test_a_locked_account_is_nobody_at_once(self, client, clerk):
        account = sign_in(client, clerk)
        Account.objects.filter(id=account.id).update(is_active=False)
        assert client.get("/act/").status_code == 302

    def test_use_is_noted_at_most_once_in_five_minutes(self, client, clerk):
        sign_in(client, clerk)
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        session = client.session
        session[sessions.LAST_SEEN_AT] = long_ago.isoformat()
        session.save()

        client.get("/act/")

        seen = LoginSession.objects.get().last_seen_at
        assert seen
        assert seen > long_ago


class TestHatLost:
    def test_a_page_says_so_and_goes_on_under_the_remaining_hat(self, client, clerk, chair):
        sign_in(client, clerk)

        with clock.at(TOMORROW):
            response = client.get("/act/")

        assert response.content.decode() == f"acted as {chair.id}"
        [said] = messages_of(response)
        assert said.startswith("Vai trò Văn thư, UBND xã Mẫu hết hiệu lực từ ngày 30/11/2023.")
        assert said.endswith("Nay làm việc với tư cách Chủ tịch, UBND xã Mẫu.")

    def test_it_is_said_once(self, client, clerk, chair):
        sign_in(client, clerk)
        with clock.at(TOMORROW):
            client.get("/act/")
            assert client.get("/act/").wsgi_request.hat_lost is None

    def test_a_form_filled_in_under_it_is_not_done_under_another(self, client, clerk, chair):
        sign_in(client, clerk)

        with clock.at(TOMORROW):
            response = client.post("/act/", {"typed": "nội dung"})

        assert response.status_code == 409
        assert "Việc vừa bấm chưa được làm." in response.content.decode()

    def test_sending_the_form_again_does_not_slip_through(self, client, clerk, chair):
        sign_in(client, clerk)
        with clock.at(TOMORROW):
            client.post("/act/")
            assert client.post("/act/").status_code == 409

    @pytest.mark.parametrize("part", [{"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}])
    def test_a_part_fetched_by_a_script_does_not_settle_it(self, client, clerk, chair, part):
        sign_in(client, clerk)
        with clock.at(TOMORROW):
            client.get("/act/", headers=part)
            assert client.post("/act/").status_code == 409

    def test_a_view_that_keeps_what_was_typed_gets_it(self, client, clerk, chair):
        sign_in(client, clerk)

        with clock.at(TOMORROW):
            response = client.post("/draft/", {"typed": "nội dung"})

        assert response.content.decode() == f"kept, was {clerk.id}"

    def test_what_was_typed_is_kept_even_when_no_hat_remains(self, client, clerk):
        sign_in(client, clerk)
        with clock.at(TOMORROW):
            response = client.post("/draft/", {"typed": "nội dung"})
        assert response.content.decode() == f"kept, was {clerk.id}"

    def test_without_another_the_page_says_whom_to_ask(self, client, clerk):
        sign_in(client, clerk)

        with clock.at(TOMORROW):
            response = client.get("/act/")

        assert response.status_code == 403
        page = response.content.decode()
        assert "Vai trò Văn thư, UBND xã Mẫu hết hiệu lực từ ngày 30/11/2023." in page
        assert "Hỏi quản trị của cơ quan" in page

    def test_without_any_one_can_still_sign_out(self, client, clerk):
        account = sign_in(client, clerk)

        with clock.at(TOMORROW):
            client.post("/tai-khoan/dang-xuat/")

        assert not LoginSession.objects.filter(account=account).exists()

    def test_who_never_had_a_position_is_told_so(self, client):
        former = PositionFactory(person=PersonFactory(), valid=period(date(2020, 1, 1), date(2021, 1, 1)))
        sign_in(client, former)
        session = client.session
        del session[sessions.HAT]
        session.save()

        response = client.get("/act/")

        assert "chưa có chức vụ nào còn hiệu lực" in response.content.decode()
