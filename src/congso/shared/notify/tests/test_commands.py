from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.shared import notify
from congso.shared.notify.commands import mark_all_read, mark_read
from congso.shared.notify.models import Notice
from congso.shared.notify.queries import PAGE_SIZE, notices_of, unread_count
from congso.shared.notify.tests.factories import NOON, PAPER, actor_of, tell
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


class TestTell:
    def test_each_position_gets_one_notice_in_one_query(self, django_assert_num_queries):
        first, second = PositionFactory(), PositionFactory()

        with django_assert_num_queries(1):
            tell(first, second, first)

        notice = Notice.objects.get(position=first)
        assert (notice.title, notice.url, notice.at) == ("Kế hoạch 15/KH-UBND đã đến", f"/van-ban/{PAPER}/", NOON)
        assert Notice.objects.filter(position=second).count() == 1

    def test_a_job_run_twice_tells_once_and_does_not_unread(self):
        position = PositionFactory()
        tell(position)
        mark_all_read(by=actor_of(position), now=NOON)

        tell(position)

        assert Notice.objects.get().read_at == NOON

    def test_told_again_later_it_is_unread_again(self):
        position = PositionFactory()
        tell(position)
        mark_all_read(by=actor_of(position), now=NOON)

        tell(position, title="Trả lại lần hai", at=LATER)

        notice = Notice.objects.get()
        assert (notice.title, notice.at, notice.read_at) == ("Trả lại lần hai", LATER, None)

    def test_an_older_telling_that_comes_late_changes_nothing(self):
        position = PositionFactory()
        tell(position, title="Mới", at=LATER)

        tell(position, title="Cũ", at=NOON)

        assert Notice.objects.get().title == "Mới"

    def test_nobody_to_tell(self):
        tell()

        assert not Notice.objects.exists()

    def test_a_long_title_is_cut(self):
        tell(PositionFactory(), title="dài " * 200)

        assert len(Notice.objects.get().title) == 300
        assert Notice.objects.get().title.endswith("…")

    @pytest.mark.parametrize("url", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
    def test_a_notice_leads_only_to_pages_of_this_site(self, url):
        with pytest.raises(IntegrityError, match="notice_leads_to_a_page_of_this_site"):
            notify.tell([PositionFactory().id], kind="a.b", title="x", url=url, subject_id=PAPER, at=NOON)

    def test_a_notice_says_something(self):
        with pytest.raises(IntegrityError, match="notice_says_something"):
            tell(PositionFactory(), title=" ")


class TestMarkRead:
    def test_one(self):
        position = PositionFactory()
        tell(position)
        tell(position, kind="documents.returned")
        notice = Notice.objects.get(kind="documents.returned")

        mark_read(notice.id, by=actor_of(position), now=NOON)
        mark_read(notice.id, by=actor_of(position), now=LATER)

        notice.refresh_from_db()
        assert notice.read_at == NOON
        assert unread_count(actor_of(position)) == 1

    def test_not_anothers(self):
        tell(PositionFactory())
        notice = Notice.objects.get()

        for stranger in (actor_of(PositionFactory()), Actor.anonymous()):
            with pytest.raises(NotFound):
                mark_read(notice.id, by=stranger, now=NOON)

    def test_all_of_ones_own(self):
        mine, other = PositionFactory(), PositionFactory()
        tell(mine, other)
        tell(mine, kind="documents.returned")

        assert mark_all_read(by=actor_of(mine), now=NOON) == 2
        assert unread_count(actor_of(mine)) == 0
        assert unread_count(actor_of(other)) == 1


class TestNoticesOf:
    def test_grouped_by_record_newest_first_in_one_query(self, django_assert_num_queries):
        position = PositionFactory()
        tell(position, title="a1", at=NOON)
        tell(position, title="b", subject_id=uuid4(), at=NOON + timedelta(minutes=1))
        tell(position, title="a2", kind="documents.returned", at=LATER)

        with django_assert_num_queries(1):
            page = notices_of(actor_of(position))

        assert [[notice.title for notice in group] for group in page.groups] == [["a2", "a1"], ["b"]]
        assert (page.newer, page.older) == (0, 0)

    def test_pages(self):
        position = PositionFactory()
        for minute in range(PAGE_SIZE + 1):
            tell(position, title=str(minute), subject_id=uuid4(), at=NOON + timedelta(minutes=minute))

        first, second = notices_of(actor_of(position)), notices_of(actor_of(position), page=2)

        assert (len(first.groups), first.newer, first.older) == (PAGE_SIZE, 0, 2)
        assert (len(second.groups), second.newer, second.older) == (1, 1, 0)
        assert second.groups[0][0].title == "0"

    def test_without_a_position_there_are_none(self):
        tell(PositionFactory())

        assert notices_of(Actor.anonymous()).groups == ()
        assert unread_count(Actor.anonymous()) == 0
