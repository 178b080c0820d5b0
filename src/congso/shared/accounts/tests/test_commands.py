from functools import partial

import pytest
from django.db import IntegrityError, transaction

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.accounts import commands
from congso.shared.accounts.commands import AccountExists
from congso.shared.accounts.models import Account, LoginSession
from congso.shared.accounts.passwords import WeakPassword
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.sign_in import WrongPassword
from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory, sign_in
from congso.shared.accounts.tests.moments import NOON
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
NEW = "một câu dễ nhớ hơn"
WHEN = {"now": NOON, "real_now": NOON}


@pytest.fixture
def colleague():
    return PositionFactory()


@pytest.fixture
def administrator(colleague):
    return actor_for(PositionFactory(organ=colleague.organ, administrator=True).id, on=DAY)


def acts_on(subject):
    return list(JournalLine.objects.filter(subject_id=subject.id).order_by("id").values_list("act", flat=True))


class TestCreateAccount:
    def create(self, person, by, **more):
        fields = {"username": "nguyen.mau", "password": NEW, "now": NOON, **more}
        return commands.create_account(person.id, by=by, **fields)

    def test_a_colleague_gets_an_account_and_must_choose_a_password(self, colleague, administrator):
        account = self.create(colleague.person, administrator)

        assert account.must_change_password
        assert Account.objects.get(id=account.id).check_password(NEW)
        assert acts_on(account) == ["accounts.created"]

    def test_without_a_password_no_password_opens_it(self, colleague, administrator):
        account = self.create(colleague.person, administrator, password=None)
        assert not account.has_usable_password()
        assert not account.must_change_password

    def test_the_administrator_of_a_committee_serves_its_offices_too(self, colleague, administrator):
        office = OrganFactory(serves=colleague.organ)
        assert self.create(PositionFactory(organ=office).person, administrator)

    def test_the_system_itself_may(self):
        assert self.create(PersonFactory(), Actor.system())

    def test_an_administrator_elsewhere_may_not(self, administrator):
        with pytest.raises(NotPermitted):
            self.create(PositionFactory().person, administrator)

    def test_a_chair_may_not(self, colleague):
        chair = actor_for(PositionFactory(organ=colleague.organ, chair=True).id, on=DAY)
        with pytest.raises(NotPermitted):
            self.create(colleague.person, chair)

    def test_a_taken_name_is_refused(self, colleague, administrator):
        AccountFactory(username="nguyen.mau")
        with pytest.raises(AccountExists):
            self.create(colleague.person, administrator)

    def test_a_person_has_one_account(self, colleague, administrator):
        AccountFactory(person=colleague.person)
        with pytest.raises(AccountExists):
            self.create(colleague.person, administrator)

    @pytest.mark.parametrize("username", ["ab", "có dấu", ".diem", "a" * 65 + " b"])
    def test_an_odd_name_is_refused(self, colleague, administrator, username):
        with pytest.raises(InvalidInput):
            self.create(colleague.person, administrator, username=username)

    @pytest.mark.parametrize("weak", ["ngắn", "1234567890", "password123", "nguyen.mau2023"])
    def test_a_weak_password_is_refused(self, colleague, administrator, weak):
        with pytest.raises(WeakPassword):
            self.create(colleague.person, administrator, password=weak)

    def test_nobody_is_not_found(self, administrator):
        with pytest.raises(NotFound):
            commands.create_account(new_id(), username="khong.co", password=NEW, by=administrator, now=NOON)


class TestChangePassword:
    def test_the_new_one_opens_and_only_the_kept_device_stays(self, client, another_client, colleague):
        account = sign_in(client, colleague)
        sign_in(another_client(), colleague)
        kept = LoginSession.objects.get(session_key=client.session.session_key)
        actor = actor_for(colleague.id, on=DAY)

        commands.change_password(PASSWORD, NEW, keep_session=kept.public_id, by=actor, **WHEN)

        assert Account.objects.get(id=account.id).check_password(NEW)
        assert list(LoginSession.objects.filter(account=account)) == [kept]
        assert acts_on(account) == ["accounts.password_changed"]

    def test_the_old_one_must_be_right(self, colleague):
        AccountFactory(person=colleague.person)
        with pytest.raises(WrongPassword):
            commands.change_password("sai", NEW, keep_session=None, by=actor_for(colleague.id, on=DAY), **WHEN)

    def test_a_weak_new_one_is_refused(self, colleague):
        AccountFactory(person=colleague.person)
        with pytest.raises(WeakPassword):
            commands.change_password(PASSWORD, "ngắn", keep_session=None, by=actor_for(colleague.id, on=DAY), **WHEN)

    def test_a_visitor_has_none_to_change(self):
        with pytest.raises(NotPermitted):
            commands.change_password(PASSWORD, NEW, keep_session=None, by=Actor.anonymous(), **WHEN)


class TestManageAccounts:
    MANAGE = [partial(commands.lock_account, real_now=NOON), commands.unlock_account]

    def test_locking_closes_the_account_and_its_devices(self, client, colleague, administrator):
        account = sign_in(client, colleague)

        commands.lock_account(account.id, by=administrator, **WHEN)

        assert not Account.objects.get(id=account.id).is_active
        assert not LoginSession.objects.filter(account=account).exists()
        assert acts_on(account) == ["accounts.locked"]

    def test_unlocking_opens_it_again(self, colleague, administrator):
        account = AccountFactory(person=colleague.person, is_active=False)

        commands.unlock_account(account.id, by=administrator, now=NOON)

        assert Account.objects.get(id=account.id).is_active
        assert acts_on(account) == ["accounts.unlocked"]

    def test_a_reset_password_must_be_changed_at_the_next_sign_in(self, client, colleague, administrator):
        account = sign_in(client, colleague)

        commands.reset_password(account.id, NEW, by=administrator, **WHEN)

        account.refresh_from_db()
        assert account.check_password(NEW)
        assert account.must_change_password
        assert not account.sessions.exists()
        assert acts_on(account) == ["accounts.password_reset"]

    @pytest.mark.parametrize("command", MANAGE)
    def test_a_colleague_may_not(self, command, colleague):
        account = AccountFactory(person=colleague.person)
        with pytest.raises(NotPermitted):
            command(account.id, by=actor_for(colleague.id, on=DAY), now=NOON)

    @pytest.mark.parametrize("command", MANAGE)
    def test_no_account_is_not_found(self, command, administrator):
        with pytest.raises(NotFound):
            command(new_id(), by=administrator, now=NOON)


def test_revoking_sessions_is_on_the_record(client, another_client, colleague):
    account = sign_in(client, colleague)
    sign_in(another_client(), colleague)

    assert commands.revoke_sessions(by=actor_for(colleague.id, on=DAY), **WHEN) == 2

    line = JournalLine.objects.get(subject_id=account.id)
    assert (line.act, line.facts) == ("accounts.sessions_revoked", {"count": 2})


def test_the_database_refuses_a_name_with_capitals():
    with pytest.raises(IntegrityError, match="account_name_is_plain_lower_case"), transaction.atomic():
        AccountFactory(username="Van.Thu")
