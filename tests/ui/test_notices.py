"""«Thông báo» in a real browser, at both widths."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from congso.shared import notify
from congso.shared.notify.models import Notice
from congso.shared.people.tests.factories import PersonFactory, PositionFactory
from tests.browser import assert_accessible, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NOON = datetime(2023, 11, 29, 5, 0, tzinfo=UTC)
TITLES = [
    ("documents.arrived", "Kế hoạch 15/KH-UBND của UBND huyện Nông Cống đã đến"),
    ("documents.directed", "Giao chủ trì: báo cáo kết quả gắn mã địa chỉ số, hạn 8/12/2023"),
    ("documents.returned", "Dự thảo “Kế hoạch tập huấn kỹ năng số cho cán bộ thôn năm 2024” bị trả lại"),
]


@pytest.fixture
def position():
    position = PositionFactory(chair=True, person=PersonFactory(full_name="Nguyễn Văn Thử"))
    for number, (kind, title) in enumerate(TITLES):
        notify.tell(
            [position.id],
            kind=kind,
            title=title,
            url=reverse("desk:home"),
            subject_id=UUID(int=number // 2),
            at=NOON + timedelta(minutes=number),
        )
    Notice.objects.filter(kind="documents.arrived").update(read_at=NOON)
    return position


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_notices_are_accessible(request, live_server, position, width):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, position)

    visit(page, live_server.url + reverse("notify:list"))

    assert_accessible(page)
    picture(page, f"notices-{width}")
    page.get_by_role("link", name="bị trả lại").click()
    assert page.url.endswith(reverse("desk:home"))
    assert Notice.objects.get(kind="documents.returned").read_at is not None
