from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db.models import Q

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.shared.areas.dated import period
from congso.shared.areas.models import House
from congso.shared.areas.tests.factories import AreaFactory
from congso.shared.figures import Flow
from congso.shared.figures.commands import Question, inspect
from congso.shared.figures.folding import fold
from congso.shared.figures.periods import Period
from congso.shared.figures.queries import Part, Value, board, records_behind, total
from congso.shared.figures.rows import recorded_by
from congso.shared.figures.tests.models import Hotspot, Paper, registry
from congso.shared.journal.models import JournalLine
from congso.shared.organs.custody import Piece
from congso.shared.organs.models import OrganCustody, OrganPiece, PieceHouse
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 11, 29, 2, tzinfo=UTC)
DAY = date(2023, 11, 29)
MERGER = date(2025, 7, 1)
YEAR = Period.year(2023)
REGISTRY = registry()


def paper(organ, day=DAY, **values):
    return Paper.objects.create(organ_id=organ, issued_date=day, **values)


def read(figures, organs, periods, boundaries=DAY):
    fold(now=NOW, registry=REGISTRY)
    return board(figures, organs, periods, boundaries=boundaries, registry=REGISTRY)


def behind(figure, organs, part=Part.NUMERATOR, when=YEAR, **values):
    fold(now=NOW, registry=REGISTRY)
    return records_behind(figure, organs, when, **{"boundaries": DAY, "part": part, "registry": REGISTRY, **values})


class TestBoard:
    def test_a_ratio_keeps_both_sums(self):
        organ = uuid4()
        for is_signed in (True, True, False):
            paper(organ, is_signed=is_signed)

        value = read(["signing-rate"], [organ], [YEAR])["signing-rate", YEAR, organ]

        assert value == Value(2, 3)
        assert value.ratio == Fraction(2, 3)
        assert value.gap == 1

    def test_nothing_sent_is_no_ratio_rather_than_zero(self):
        organ = uuid4()

        assert read(["signing-rate"], [organ], [YEAR])["signing-rate", YEAR, organ].ratio is None

    def test_the_whole_is_no_mean_of_ratios(self):
        large, small = uuid4(), uuid4()
        for number in range(9):
            paper(large, is_signed=number > 0)
        paper(small, is_signed=True)

        values = read(["signing-rate"], [large, small], [YEAR])

        assert total(values, "signing-rate", YEAR, [large, small]).ratio == Fraction(9, 10)

    def test_periods_are_read_side_by_side(self):
        organ = uuid4()
        paper(organ, date(2023, 10, 31))
        paper(organ, date(2023, 11, 1))
        paper(organ, date(2022, 12, 31))
        periods = [YEAR, Period.month(2023, 11), Period.year_to(date(2023, 10, 31)), Period.year(2022)]

        values = read(["sent"], [organ], periods)

        assert [values["sent", when, organ].num for when in periods] == [2, 1, 1, 1]

    def test_a_stock_is_what_was_there_on_the_last_day(self):
        organ = uuid4()
        Hotspot.objects.create(organ_id=organ, since_date=date(2021, 5, 5))
        Hotspot.objects.create(organ_id=organ, since_date=date(2023, 2, 1), until_date=date(2023, 11, 29))
        periods = [Period.year(2022), Period.month(2023, 2), Period.year_to(date(2023, 11, 28)), Period.year_to(DAY)]

        values = read(["hotspots"], [organ], periods)

        assert [values["hotspots", when, organ].num for when in periods] == [1, 2, 2, 1]

    def test_a_merged_organ_is_counted_with_its_successor_in_the_new_boundaries_only(self):
        old, new = OrganFactory(valid=period(date(2020, 1, 1), MERGER)), OrganFactory(valid=period(MERGER))
        OrganCustody.objects.create(organ=old, holder=new, valid=period(MERGER))
        paper(old.id)
        periods, organs = [YEAR], [old.id, new.id]

        before = read(["sent"], organs, periods, boundaries=date(2025, 6, 30))
        after = read(["sent"], organs, periods, boundaries=MERGER)

        assert [before["sent", YEAR, organ].num for organ in organs] == [1, 0]
        assert [after["sent", YEAR, organ].num for organ in organs] == [0, 1]

    def test_a_split_organ_is_counted_by_houses_and_what_has_none_in_its_own_row(self):
        old, new, house = divided()
        for where in (house.id, house.id, House.objects.create().id, None):
            paper(old.id, house_id=where)
        organs = [old.id, new.id]

        before = read(["sent"], organs, [YEAR], boundaries=date(2025, 6, 30))
        after = read(["sent"], organs, [YEAR], boundaries=MERGER)

        assert [before["sent", YEAR, organ].num for organ in organs] == [4, 0]
        assert [after["sent", YEAR, organ].num for organ in organs] == [2, 2]

    def test_all_is_read_in_few_queries(self, django_assert_num_queries):
        organs = [uuid4() for _ in range(29)]
        fold(now=NOW, registry=REGISTRY)

        with django_assert_num_queries(3):
            board(list(REGISTRY.figures), organs, [YEAR, Period.month(2023, 1)], boundaries=DAY, registry=REGISTRY)


class TestRecordsBehind:
    def test_the_number_is_the_count_behind_it(self):
        organ = uuid4()
        for days in range(70):
            paper(organ, DAY - timedelta(days=days % 9), is_signed=days % 5 > 0)
        value = read(["signing-rate"], [organ], [YEAR])["signing-rate", YEAR, organ]

        for part, number in ((Part.NUMERATOR, value.num), (Part.DENOMINATOR, value.den), (Part.GAP, value.gap)):
            page = behind("signing-rate", [organ], part, limit=1000)
            assert len(page.records) == number
            assert page.more is None

    def test_pages_follow_each_other_without_loss_newest_first(self):
        organs = [uuid4(), uuid4()]
        for days in range(40):
            paper(organs[days % 2], DAY - timedelta(days=days // 5))

        found, after = [], None
        while True:
            page = behind("sent", organs, limit=7, after=after)
            found += [(record.issued_date, record.id) for record in page.records]
            after = page.more
            if after is None:
                break

        assert found == sorted(Paper.objects.values_list("issued_date", "id"), reverse=True)

    def test_a_rare_gap_is_found_far_back(self):
        organ = uuid4()
        gap = paper(organ, date(2023, 1, 2), is_signed=False)
        for days in range(60):
            paper(organ, DAY - timedelta(days=days))

        assert behind("signing-rate", [organ], Part.GAP, limit=1).records == [gap]

    def test_a_sum_shows_only_records_with_a_share(self):
        organ = uuid4()
        paper(organ, pages=0)
        shown = paper(organ, pages=2)

        assert behind("pages", [organ]).records == [shown]

    def test_a_stock_opens_onto_what_was_there(self):
        organ = uuid4()
        there = Hotspot.objects.create(organ_id=organ, since_date=date(2021, 5, 5))
        Hotspot.objects.create(organ_id=organ, since_date=date(2022, 5, 5), until_date=date(2023, 12, 31))
        Hotspot.objects.create(organ_id=organ, since_date=date(2024, 1, 1))

        assert behind("hotspots", [organ]).records == [there]

    @pytest.mark.parametrize("boundaries", [DAY, MERGER])
    def test_a_number_of_a_divided_organ_is_the_count_behind_it(self, boundaries):
        old, new, house = divided()
        for number in range(12):
            where = (house.id, House.objects.create().id, None)[number % 3]
            paper(old.id, DAY - timedelta(days=number // 4), house_id=where, is_signed=number % 2)
            Hotspot.objects.create(organ_id=old.id, since_date=DAY, house_id=where)
        organs = [old.id, new.id]

        for figure in ("signing-rate", "hotspots"):
            values = read([figure], organs, [YEAR], boundaries=boundaries)
            for organ in organs:
                value = values[figure, YEAR, organ]
                found = behind(figure, [organ], Part.NUMERATOR, boundaries=boundaries)
                assert len(found.records) == value.num
                found = behind(figure, [organ], Part.GAP, boundaries=boundaries)
                assert value.den is None or len(found.records) == value.gap

    def test_what_is_about_no_house_is_not_divided(self):
        old, new, _house = divided()
        flow = Flow("all", model=Paper, unit="organ_id", day="issued_date", where=Q())
        record = paper(old.id)

        assert list(Paper.objects.filter(recorded_by([Piece(new.id, 0), Piece(old.id, 1)], flow))) == []
        assert list(Paper.objects.filter(recorded_by([Piece(old.id, 0)], flow))) == [record]


def divided():
    """Return an organ that ended with a piece of one house, the heir who holds it from then on, and the house."""
    old, new = OrganFactory(valid=period(date(2020, 1, 1), MERGER)), OrganFactory(valid=period(MERGER))
    house = House.objects.create()
    OrganPiece.objects.create(organ=old, number=1, cut_from=0, area=AreaFactory())
    OrganCustody.objects.create(organ=old, piece=1, holder=new, valid=period(MERGER))
    PieceHouse.objects.create(organ=old, house=house, piece=1)
    return old, new, house


class TestInspect:
    def open(self, organ, by, **values):
        fold(now=NOW, registry=REGISTRY)
        chosen = {"figure": "sent", "organ_ids": [organ.id], "period": YEAR, "boundaries": DAY, **values}
        return inspect(Question(**chosen), by=by, now=NOW, registry=REGISTRY)

    def officer(self, organ):
        return Actor(account_id=uuid4(), organ_id=organ.id, serves=frozenset({organ.id}))

    def test_the_line_of_the_journal_says_what_was_opened(self):
        organ = OrganFactory()
        paper(organ.id, note="Về chuyển đổi số")

        opened = self.open(organ, self.officer(organ))

        assert [line.subject for line in opened.lines] == ["Về chuyển đổi số"]
        assert opened.value == Value(1)
        line = JournalLine.objects.get(act="figures.inspected")
        assert (line.subject_id, line.facts["figure"]) == (organ.id, "sent")

    def test_the_organ_above_may_look_down(self):
        above = OrganFactory()
        below = OrganFactory(parent=above)
        department = OrganFactory(serves=below)

        assert self.open(department, self.officer(above)).value == Value(0)

    def test_the_organ_below_may_not_look_up(self):
        above = OrganFactory()
        below = OrganFactory(parent=above)

        with pytest.raises(NotPermitted):
            self.open(above, self.officer(below))

    def test_one_foreign_organ_among_them_is_refused(self):
        own, foreign = OrganFactory(), OrganFactory()

        with pytest.raises(NotPermitted):
            self.open(own, self.officer(own), organ_ids=[own.id, foreign.id])

    def test_nobody_asks_for_nothing(self):
        organ = OrganFactory()

        with pytest.raises(NotPermitted):
            self.open(organ, self.officer(organ), organ_ids=[])

    def test_an_unknown_figure_is_not_found(self):
        organ = OrganFactory()

        with pytest.raises(NotFound):
            self.open(organ, self.officer(organ), figure="nothing")
