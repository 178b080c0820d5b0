from datetime import date

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.shared.accounts import demo, sessions
from congso.shared.accounts.models import Account, LoginSession
from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory, sign_in
from congso.shared.accounts.tests.moments import NOON
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


def type_password(client, account, password=PASSWORD, **more):
    return client.post(reverse("accounts:login"), {"username": account.username, "password": password, **more})


class TestLogin:
    def test_the_right_password_opens_the_first_page(self, client):
        position = PositionFactory()

        response = type_password(client, AccountFactory(person=position.person))

        assert (response.status_code, response.url) == (302, reverse("desk:home"))
        assert client.get(reverse("accounts:sessions")).status_code == 200

    def test_one_goes_on_to_the_page_one_wanted(self, client):
        response = type_password(client, AccountFactory(), next="/tai-khoan/mat-khau/")
        assert response.url == "/tai-khoan/mat-khau/"

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_one_is_never_sent_to_another_site(self, client, elsewhere):
        response = type_password(client, AccountFactory(), next=elsewhere)
        assert response.url == reverse("desk:home")

    def test_a_wrong_password_says_what_to_check_and_does_not_come_back(self, client):
        response = type_password(client, AccountFactory(), password="sai mật khẩu rồi")

        assert response.status_code == 422
        assert "Kiểm tra bộ gõ tiếng Việt" in response.content.decode()
        assert "sai mật khẩu rồi" not in response.content.decode()

    def test_an_unknown_name_answers_like_a_wrong_password(self, client):
        known = type_password(client, AccountFactory(username="co.that"), password="sai")
        unknown = client.post(reverse("accounts:login"), {"username": "khong.co", "password": "sai"})
        assert known.status_code == unknown.status_code == 422

    def test_after_too_many_tries_the_minutes_are_said(self, client):
        account = AccountFactory()
        for _ in range(5):
            type_password(client, account, password="sai")

        response = type_password(client, account)

        assert response.status_code == 429
        assert "Thử lại sau 15 phút" in response.content.decode()

    def test_signing_in_gives_a_fresh_key(self, client):
        client.session.save()
        before = client.session.session_key

        type_password(client, AccountFactory())

        assert client.session.session_key != before


class TestLogout:
    def test_the_session_is_gone_and_it_is_on_the_record(self, client):
        account = sign_in(client, PositionFactory())

        client.post(reverse("accounts:logout"))

        assert not LoginSession.objects.filter(account=account).exists()
        assert JournalLine.objects.get(subject_id=account.id).act == "accounts.signed_out"


class TestDemoLogin:
    @pytest.fixture
    def offered(self, monkeypatch):
        position = PositionFactory(clerk=True)
        AccountFactory(person=position.person)
        monkeypatch.setattr(demo, "_offers", [lambda: [position.id]])
        return position

    def test_one_click_wears_the_offered_hat(self, client, settings, offered):
        settings.CONGSO_DEMO = True
        PositionFactory(person=offered.person, chair=True)

        response = client.post(reverse("accounts:demo_login"), {"position": str(offered.id)})

        assert response.status_code == 302
        assert client.session[sessions.HAT] == str(offered.id)

    def test_outside_the_demo_there_is_no_such_door(self, client, settings, offered):
        settings.CONGSO_DEMO = False
        response = client.post(reverse("accounts:demo_login"), {"position": str(offered.id)})
        assert response.status_code == 404

    def test_a_position_that_is_not_offered_is_not_found(self, client, settings, offered):
        settings.CONGSO_DEMO = True
        other = PositionFactory()
        AccountFactory(person=other.person)

        response = client.post(reverse("accounts:demo_login"), {"position": str(other.id)})

        assert response.status_code == 404

    @pytest.mark.parametrize("nonsense", ["", "1", "không"])
    def test_nonsense_is_not_found(self, client, settings, nonsense):
        settings.CONGSO_DEMO = True
        assert client.post(reverse("accounts:demo_login"), {"position": nonsense}).status_code == 404


class TestHat:
    def test_who_holds_two_positions_picks_one(self, client):
        person = PersonFactory()
        chair, clerk = PositionFactory(person=person, chair=True), PositionFactory(person=person, clerk=True)
        sign_in(client, chair)

        client.post(reverse("accounts:hat"), {"position": str(clerk.id)})

        assert client.session[sessions.HAT] == str(clerk.id)

    def test_the_page_names_all_hats(self, client):
        person = PersonFactory()
        chair = PositionFactory(person=person, chair=True)
        PositionFactory(person=person, clerk=True)
        sign_in(client, chair)

        page = client.get(reverse("accounts:hat")).content.decode()

        assert "Chủ tịch" in page
        assert "Văn thư" in page

    def test_nobody_wears_the_hat_of_another(self, client):
        sign_in(client, PositionFactory())
        response = client.post(reverse("accounts:hat"), {"position": str(PositionFactory(chair=True).id)})
        assert response.status_code == 404

    def test_an_ended_position_is_no_hat(self, client):
        position = PositionFactory()
        former = PositionFactory(person=position.person, chair=True, valid=period(date(2021, 7, 1), DAY))
        sign_in(client, position)

        response = client.post(reverse("accounts:hat"), {"position": str(former.id)})

        assert response.status_code == 404


class TestDevices:
    @pytest.fixture
    def position(self):
        return PositionFactory()

    def test_own_devices_are_listed_and_the_present_one_is_marked(self, client, position):
        sign_in(client, position)
        page = client.get(reverse("accounts:sessions")).content.decode()
        assert "Firefox trên Linux" in page
        assert "Thiết bị này" in page

    def test_another_device_is_signed_out(self, client, position, another_client):
        other = another_client()
        sign_in(other, position)
        sign_in(client, position)
        device = LoginSession.objects.get(session_key=other.session.session_key)

        client.post(reverse("accounts:revoke_session", args=[device.public_id]))

        assert other.get(reverse("accounts:sessions")).status_code == 302
        assert client.get(reverse("accounts:sessions")).status_code == 200

    def test_all_others_are_signed_out_at_once(self, client, position, another_client):
        others = [another_client(), another_client()]
        for other in others:
            sign_in(other, position)
        sign_in(client, position)

        client.post(reverse("accounts:revoke_other_sessions"))

        assert LoginSession.objects.get(account__person=position.person).session_key == client.session.session_key

    def test_the_device_of_another_person_is_not_found(self, client, position, another_client):
        stranger = another_client()
        sign_in(stranger, PositionFactory())
        sign_in(client, position)
        device = LoginSession.objects.get(session_key=stranger.session.session_key)

        response = client.post(reverse("accounts:revoke_session", args=[device.public_id]))

        assert response.status_code == 404
        assert stranger.get(reverse("accounts:sessions")).status_code == 200

    def test_revoking_the_present_device_signs_out(self, client, position):
        sign_in(client, position)
        device = LoginSession.objects.get(session_key=client.session.session_key)

        response = client.post(reverse("accounts:revoke_session", args=[device.public_id]))

        assert response.url == reverse("accounts:login")


class TestPassword:
    NEW = "một câu dễ nhớ hơn"

    def change(self, client, **typed):
        fields = {"old": PASSWORD, "new": self.NEW, "again": self.NEW, **typed}
        return client.post(reverse("accounts:password"), fields)

    def test_it_is_changed_and_other_devices_are_signed_out(self, client, another_client):
        position = PositionFactory()
        other = another_client()
        sign_in(other, position)
        account = sign_in(client, position)

        response = self.change(client)

        assert response.status_code == 302
        assert Account.objects.get(id=account.id).check_password(self.NEW)
        assert [row.session_key for row in LoginSession.objects.filter(account=account)] == [client.session.session_key]

    def test_two_different_new_ones_are_refused_beside_the_field(self, client):
        sign_in(client, PositionFactory())
        response = self.change(client, again="khác rồi")
        assert response.status_code == 422
        assert "chưa giống nhau" in response.content.decode()

    def test_a_wrong_old_one_is_refused(self, client):
        sign_in(client, PositionFactory())
        assert self.change(client, old="không phải").status_code == 422

    def test_who_must_change_it_is_led_there_first(self, client):
        account = sign_in(client, PositionFactory())
        Account.objects.filter(id=account.id).update(must_change_password=True)

        response = client.get(reverse("desk:home"))

        assert response.url == reverse("accounts:password")
