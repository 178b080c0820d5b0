from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from congso.kernel.actor import Actor
from congso.shared import search
from congso.shared.search import kinds
from congso.shared.search.finding import look

DAY = date(2023, 11, 29)
ORGAN = UUID(int=1)
ASKER = Actor(
    account_id=uuid4(), position_id=UUID(int=2), person_id=UUID(int=3), organ_id=ORGAN, serves=frozenset({ORGAN})
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register("test.paper", "Văn bản", lambda record_id: f"/van-ban/{record_id}/")
    kinds.register("test.task", "Nhiệm vụ", lambda record_id: f"/nhiem-vu/{record_id}/")


def put(title, text="", *, kind="test.paper", day=DAY, audience=(ORGAN,), record_id=None):
    record_id = record_id or uuid4()
    search.index(kind, record_id, day=day, title=title, text=text, audience=audience)
    return record_id


def titles(query, by=ASKER, **more):
    return [hit.title for hit in search.find(query, by=by, **more)]


class TestFind:
    @pytest.mark.parametrize(
        ("title", "query"),
        [
            ("Kế hoạch của huyện Nông Cống", "nong cong"),
            ("Kế hoạch của huyện Nông Cống", "NÔNG CỐNG"),
            ("Ke hoach cua huyen Nong Cong", "Nông Cống"),
            ("Đề án đường sá", "de an duong"),
            ("De an", "Đề án"),
            ("Số 15/KH-UBND", "15/KH-UBND"),
            ("Số 15/KH-UBND", "kh ubnd 15"),
            ("Quyết định 01/2024/QĐ-UBND", "qd-ubnd 2024"),
            ("Covid19 và 5G", "5g covid19"),
        ],
    )
    def test_words_are_found_with_and_without_marks(self, title, query):
        put(title)

        assert titles(query) == [title]

    def test_a_query_in_decomposed_form_finds_the_same(self):
        put("Nông Cống")

        assert titles("No\u0302ng Co\u0302\u0301ng") == ["Nông Cống"]

    def test_all_words_must_be_there(self):
        put("Nông Cống")

        assert titles("nông thôn") == []

    def test_words_of_the_text_are_found_after_those_of_the_title(self):
        put("Báo cáo", "chuyển đổi số", day=DAY)
        put("Chuyển đổi số", day=DAY - timedelta(days=9))

        assert titles("chuyen doi so") == ["Chuyển đổi số", "Báo cáo"]

    def test_what_is_written_with_the_same_marks_comes_first(self):
        put("Hội nghị cong", day=DAY)
        put("Hội nghị Cống", day=DAY - timedelta(days=9))

        assert titles("cống") == ["Hội nghị Cống", "Hội nghị cong"]
        assert titles("cong") == ["Hội nghị cong", "Hội nghị Cống"]

    def test_only_the_words_that_carry_marks_must_agree_with_them(self):
        put("hoi nghi cong", day=DAY)
        put("Hội nghị Cống", day=DAY - timedelta(days=9))

        assert titles("hoi nghi cống") == ["Hội nghị Cống", "hoi nghi cong"]

    def test_the_newest_come_first(self):
        put("Kế hoạch cũ", day=DAY - timedelta(days=1))
        put("Kế hoạch mới", day=DAY)

        assert titles("kế hoạch") == ["Kế hoạch mới", "Kế hoạch cũ"]

    def test_a_hit_says_kind_day_and_address(self):
        record_id = put("Kế hoạch")

        (hit,) = search.find("kế", by=ASKER)

        assert (hit.kind, hit.label, hit.record_id, hit.day) == ("test.paper", "Văn bản", record_id, DAY)
        assert hit.url == f"/van-ban/{record_id}/"

    def test_kinds_and_limit_narrow(self):
        for day in range(3):
            put(f"Kế hoạch {day}", day=DAY + timedelta(days=day))
        put("Kế hoạch khác", kind="test.task")

        assert titles("kế hoạch", kinds=["test.paper"], limit=2) == ["Kế hoạch 2", "Kế hoạch 1"]
        assert look("kế hoạch", by=ASKER, limit=0).counts == {"test.paper": 3, "test.task": 1}

    def test_costs_one_query(self, django_assert_num_queries):
        put("Kế hoạch")

        with django_assert_num_queries(1):
            search.find("kế hoạch", by=ASKER)


class TestAudience:
    @pytest.mark.parametrize("key", [ORGAN, UUID(int=2), UUID(int=3)])
    def test_organ_position_or_person_opens(self, key):
        put("Kế hoạch", audience=[uuid4(), key])

        assert titles("kế hoạch") == ["Kế hoạch"]

    def test_others_find_nothing(self):
        put("Kế hoạch", audience=[uuid4()])
        put("Kế hoạch kín", audience=[])

        assert titles("kế hoạch") == []
        assert look("kế hoạch", by=ASKER).counts == {}

    def test_nobody_finds_nothing(self):
        put("Kế hoạch")

        assert titles("kế hoạch", by=Actor.anonymous()) == []
        assert titles("kế hoạch", by=Actor.system()) == []

    def test_a_kind_that_nobody_registered_is_not_found(self):
        put("Kế hoạch", kind="test.unknown")

        assert titles("kế hoạch") == []


class TestHostileQueries:
    @pytest.mark.parametrize(
        "query",
        [
            "",
            "   ",
            "!!! &&& ||| ''' \\ :* <-> ( ) %s %(x)s",
            "\x00",
            "kế\x00hoạch",
            "a" * 100_000,
            "từ " * 10_000,
            "' OR 1=1 --",
            "-kế",
            "😀",
            "\u0301\u0301",
            "\ud800",
        ],
    )
    def test_none_fails_and_none_finds_what_has_not_its_words(self, query):
        put("Văn bản")

        assert titles(query) == []

    def test_limits_out_of_range_are_brought_into_it(self):
        put("Kế hoạch")

        assert titles("kế", limit=10**12) == ["Kế hoạch"]
        assert titles("kế", limit=-1) == ["Kế hoạch"]


class TestIndexAndDrop:
    def test_indexing_again_replaces(self):
        record_id = put("Dự thảo cũ")

        put("Bản mới", record_id=record_id)

        assert titles("dự thảo") == []
        assert titles("bản mới") == ["Bản mới"]

    def test_a_dropped_record_is_not_found_and_dropping_twice_is_the_same(self):
        record_id = put("Kế hoạch")

        search.drop("test.paper", record_id)
        search.drop("test.paper", record_id)

        assert titles("kế hoạch") == []

    def test_long_and_strange_text_goes_in(self):
        put("Kế hoạch" * 200, "x" * 5000 + " " + "chữ\x00 😀 " * 60_000)

        assert len(titles("chữ")) == 1


def test_counts_by_kind():
    put("Kế hoạch")
    put("Kế hoạch 2")
    put("Kế hoạch 3", kind="test.task")

    assert look("kế hoạch", by=ASKER).counts == {"test.paper": 2, "test.task": 1}
