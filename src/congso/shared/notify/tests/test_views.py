import pytest
from django.urls import reverse

from congso.shared.accounts.tests.factories import sign_in
from congso.shared.notify.models import Notice
from congso.shared.notify.tests.factories import PAPER, tell
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def position():
    return PositionFactory()


@pytest.fixture
def desk(client, position):
    sign_in(client, position)
    return client


def test_unread_is_bold_and_says_so(desk, position):
    tell(position)

    page = desk.get(reverse("notify:list")).content.decode()

    assert "<b>Kế hoạch 15/KH-UBND đã đến</b>" in page
    assert "(chưa đọc)" in page
    assert "1 tin chưa đọc" in page


def test_an_empty_list_teaches(desk):
    page = desk.get(reverse("notify:list")).content.decode()

    assert "Chưa có thông báo nào" in page
    assert "Đánh dấu đã đọc hết" not in page


def test_opening_a_notice_marks_it_read_and_leads_there(desk, position):
    tell(position)

    answer = desk.get(reverse("notify:open", args=[Notice.objects.get().id]))

    assert (answer.status_code, answer["Location"]) == (302, f"/van-ban/{PAPER}/")
    assert Notice.objects.get().read_at is not None
    assert "<b>Kế hoạch" not in desk.get(reverse("notify:list")).content.decode()


def test_anothers_notice_is_not_found(desk):
    tell(PositionFactory())

    assert desk.get(reverse("notify:open", args=[Notice.objects.get().id])).status_code == 404


def test_all_are_marked_read_by_post_only(desk, position):
    tell(position)

    assert desk.get(reverse("notify:read_all")).status_code == 405
    answer = desk.post(reverse("notify:read_all"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("notify:list"))
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30, "99"])
def test_strange_page_numbers_are_answered(desk, page):
    assert desk.get(reverse("notify:list"), {"trang": page}).status_code == 200


def test_a_visitor_is_sent_to_the_door(client):
    for answer in (client.get(reverse("notify:list")), client.post(reverse("notify:read_all"))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:login"))
