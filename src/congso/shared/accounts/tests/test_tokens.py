"""Keys of programs: one position each, shown once, ended with it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.accounts import commands, tokens
from congso.shared.accounts.jobs import forget_expired
from congso.shared.accounts.models import Account, ApiToken, LoginSession
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.sign_in import WrongPassword
from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory, RightsDelegationFactory, sign_in
from congso.shared.accounts.tests.moments import NOON
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.people.tests.factories import DAY, PositionFactory

pytestmark = pytest.mark.django_db
ME, PAGE = "/api/v1/me", "accounts:tokens"


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def clerk(client):
    """A clerk with an account, signed in with ``client``."""
    position = PositionFactory(clerk=True)
    sign_in(client, position)
    return position


def make(position, **more):
    values = {"name": "Cổng tỉnh", "days": 30, "password": PASSWORD, "by": actor_for(position.id, on=DAY), "now": NOON}
    return tokens.make_token(new_id(), **{**values, "real_now": datetime.now(UTC), **more})


def ask(client, secret, address=ME):
    return client.get(address, headers={"Authorization": f"Bearer {secret}"})


class TestMaking:
    def test_a_key_is_kept_as_its_digest_and_stands_in_the_journal(self, clerk):
        made = make(clerk)

        row = ApiToken.objects.get()
        assert made.secret.startswith("congso_")
        assert made.secret not in {row.digest, row.hint, row.name}
        assert JournalLine.objects.latest("id").act == "accounts.token_made"

    def test_without_a_hat_there_is_none(self, clerk):
        with pytest.raises(NotPermitted):
            make(clerk, by=Actor(account_id=Account.objects.get().id, person_id=clerk.person_id))

    @pytest.mark.parametrize("wrong", [{"name": " "}, {"days": 0}, {"days": 400}])
    def test_it_has_a_name_and_ends_within_a_year(self, clerk, wrong):
        with pytest.raises(InvalidInput):
            make(clerk, **wrong)

    def test_an_account_has_not_too_many(self, clerk, monkeypatch):
        monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
        make(clerk)

        with pytest.raises(tokens.TooManyTokens):
            make(clerk)

    def test_who_does_not_know_the_password_gets_none(self, clerk):
        with pytest.raises(WrongPassword):
            make(clerk, password="sai")

        assert not ApiToken.objects.exists()

    def test_the_database_refuses_one_that_never_worked(self, clerk):
        made = make(clerk).token

        with pytest.raises(IntegrityError, match="token_ends_after_its_beginning"), transaction.atomic():
            ApiToken.objects.filter(id=made.id).update(expires_at=made.created_at)


class TestUse:
    def test_it_acts_as_its_position_alone(self, client, another_client, clerk):
        other = PositionFactory(person=clerk.person, chair=True)

        found = ask(another_client(), make(clerk).secret).json()

        assert found["hat"]["position"] == str(clerk.id)
        assert str(other.id) not in str(found["hats"])

    def test_it_gains_no_rights_that_were_lent_to_its_position(self):
        position = PositionFactory()
        AccountFactory(person=position.person)
        secret = make(position).secret
        loan = RightsDelegationFactory(to_position=position)

        seat = tokens.seat_of_program(secret, on=DAY, at=datetime.now(UTC))

        assert actor_for(position.id, on=DAY).has_role("records_clerk", in_organ=loan.from_position.organ_id)
        assert seat.actor.roles == {(position.role, position.organ_id)}
        assert not seat.hat.borrowed

    def test_it_needs_no_token_of_forms_and_no_cookie(self, another_client, clerk):
        program = another_client(enforce_csrf_checks=True)
        header = {"Authorization": f"bearer {make(clerk).secret}"}

        answer = program.post("/api/v1/outgoing", "{}", "application/json", headers=header)

        assert answer.json()["code"] == "invalid_input"

    def test_pages_know_no_keys(self, another_client, clerk):
        answer = ask(another_client(), make(clerk).secret, reverse(PAGE))

        assert answer.status_code == 302

    def test_a_session_beside_it_does_not_count(self, client, clerk):
        assert ask(client, "congso_guessed").status_code == 401

    @pytest.mark.parametrize("secret", ["", "congso_guessed", "\udcff", "a" * 5000])
    def test_what_is_no_key_opens_nothing(self, another_client, clerk, secret):
        answer = another_client().get(ME, HTTP_AUTHORIZATION=f"Bearer {secret}")

        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["code"] == "accounts.token_refused"

    def test_it_ends_with_its_position(self, another_client, clerk):
        secret = make(clerk).secret
        clerk.valid = period(date(2021, 7, 1), DAY)
        clerk.save()

        assert ask(another_client(), secret).json()["code"] == "accounts.token_refused"

    @pytest.mark.parametrize("ended", [{"expires_at": NOON}, {"revoked_at": NOON}])
    def test_it_ends_when_it_expires_or_is_revoked(self, another_client, clerk, ended):
        made = make(clerk)
        ApiToken.objects.update(created_at=NOON - timedelta(days=1), **ended)

        assert ask(another_client(), made.secret).status_code == 401

    def test_who_must_change_the_password_does_so_first(self, another_client, clerk):
        secret = make(clerk).secret
        Account.objects.update(must_change_password=True)

        assert ask(another_client(), secret).json()["code"] == "accounts.must_change_password"

    def test_use_is_counted_and_too_much_is_told(self, another_client, clerk, monkeypatch):
        monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 2)
        secret, moment = make(clerk).secret, datetime(2026, 11, 24, 9, 0, 15, tzinfo=UTC)
        for _ in range(2):
            tokens.seat_of_program(secret, on=DAY, at=moment)

        with pytest.raises(tokens.TooManyCalls, match="45"):
            tokens.seat_of_program(secret, on=DAY, at=moment)

        tokens.seat_of_program(secret, on=DAY, at=moment + timedelta(minutes=1))
        assert ApiToken.objects.get().calls == 1

    def test_too_much_is_refused_before_more_is_read(self, clerk, monkeypatch, django_assert_max_num_queries):
        monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 0)
        secret = make(clerk).secret

        with django_assert_max_num_queries(5), pytest.raises(tokens.TooManyCalls):  # the token; the count as below
            tokens.seat_of_program(secret, on=DAY, at=datetime.now(UTC))

    def test_too_much_is_a_problem_that_says_when_to_ask_again(self, another_client, clerk, monkeypatch):
        monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 0)

        answer = ask(another_client(), make(clerk).secret)

        assert (answer.status_code, answer.json()["code"]) == (429, "accounts.too_many_calls")
        assert 0 < int(answer["Retry-After"]) <= 60

    def test_it_costs_four_queries(self, clerk, django_assert_num_queries):
        secret = make(clerk).secret

        with django_assert_num_queries(7):  # three of them make the count a transaction within the test's
            tokens.seat_of_program(secret, on=DAY, at=datetime.now(UTC))


class TestEnding:
    def test_only_the_own_one_can_be_revoked_and_once(self, client, another_client, clerk):
        made, stranger = make(clerk).token, PositionFactory()
        sign_in(another_client(), stranger)
        given = {"now": NOON, "real_now": datetime.now(UTC)}

        with pytest.raises(NotFound):
            tokens.revoke_token(made.id, by=actor_for(stranger.id, on=DAY), **given)
        tokens.revoke_token(made.id, by=actor_for(clerk.id, on=DAY), **given)

        assert JournalLine.objects.latest("id").act == "accounts.token_revoked"
        with pytest.raises(NotFound):
            tokens.revoke_token(made.id, by=actor_for(clerk.id, on=DAY), **given)

    def test_a_new_password_and_a_locked_account_end_all(self, clerk):
        by = actor_for(clerk.id, on=DAY)
        administrator = actor_for(PositionFactory(organ=clerk.organ, administrator=True).id, on=DAY)
        account = Account.objects.get(person=clerk.person)
        password, when = PASSWORD, {"now": NOON, "real_now": datetime.now(UTC)}

        for end in (
            lambda: commands.change_password(PASSWORD, "mưa rào Tế Lợi", keep_session=None, by=by, **when),
            lambda: commands.reset_password(account.id, "mưa rào Tế Lợi", by=administrator, **when),
            lambda: commands.lock_account(account.id, by=administrator, **when),
            lambda: commands.revoke_sessions(by=by, **when),
        ):
            make(clerk, password=password)
            end()
            password = "mưa rào Tế Lợi"
            assert not tokens.open_tokens(account.id, at=datetime.now(UTC)).exists()

    def test_one_device_less_ends_none(self, client, another_client, clerk):
        sign_in(another_client(), clerk)
        token = make(clerk).token
        device = LoginSession.objects.exclude(session_key=client.session.session_key).get()

        commands.revoke_sessions(
            only=device.public_id, by=actor_for(clerk.id, on=DAY), now=NOON, real_now=datetime.now(UTC)
        )

        assert list(tokens.open_tokens(token.account_id, at=datetime.now(UTC))) == [token]

    def test_what_ended_long_ago_is_forgotten_twice_as_well_as_once(self, clerk):
        make(clerk)
        make(clerk, real_now=datetime.now(UTC) - timedelta(days=200))

        for _ in range(2):
            forget_expired(timestamp=int(datetime.now(UTC).timestamp()))

        assert ApiToken.objects.count() == 1


class TestPage:
    def typed(self, **more):
        return {"id": str(new_id()), "name": "Cổng thông tin tỉnh", "days": "90", "password": PASSWORD, **more}

    def test_the_key_is_shown_once(self, client, another_client, clerk):
        sent = self.typed()

        first, again = client.post(reverse(PAGE), sent), client.post(reverse(PAGE), sent)

        secret = first.context["made"].secret
        assert secret in first.content.decode()
        assert (again.status_code, secret in again.content.decode()) == (409, False)
        assert secret not in client.get(reverse(PAGE)).content.decode()
        assert ask(another_client(), secret).status_code == 200

    def test_what_is_missing_is_said(self, client, clerk):
        answer = client.post(reverse(PAGE), self.typed(name=""))

        assert answer.status_code == 422
        assert "Gõ tên chương trình sẽ dùng khóa." in answer.content.decode()

    def test_a_wrong_password_makes_nothing_and_is_not_shown_again(self, client, clerk):
        answer = client.post(reverse(PAGE), self.typed(password="sai sai sai"))

        assert (answer.status_code, answer.context["made"]) == (422, None)
        assert "mật khẩu không đúng" in answer.content.decode()
        assert "sai sai sai" not in answer.content.decode()

    def test_who_signs_out_all_other_devices_is_told_that_keys_end(self, client, another_client, clerk):
        sign_in(another_client(), clerk)
        before = client.get(reverse("accounts:sessions")).content.decode()
        make(clerk)

        after = client.get(reverse("accounts:sessions")).content.decode()

        said = "Mọi khóa API của tài khoản cũng bị thu hồi."
        assert (said in before, said in after) == (False, True)

    def test_revoked_by_its_button(self, client, another_client, clerk):
        secret = client.post(reverse(PAGE), self.typed()).context["made"].secret

        answer = client.post(reverse("accounts:revoke_token", args=[ApiToken.objects.get().id]), follow=True)

        assert "Đã thu hồi khóa của “Cổng thông tin tỉnh”." in answer.content.decode()
        assert ask(another_client(), secret).status_code == 401
