from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.models import Q

from congso.shared.figures import Flow, folding
from congso.shared.figures.folding import catch_up, fold, recompute
from congso.shared.figures.models import FigureCell, FigureFold, FigureMark, FigureMeasure
from congso.shared.figures.tests.models import Hotspot, Paper, registry

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 11, 29, 2, tzinfo=UTC)
DAY = date(2023, 11, 29)
REGISTRY = registry()


def fold_all():
    while fold(now=NOW, registry=REGISTRY):
        pass


def cells(code):
    number = FigureMeasure.objects.get(code=code).id
    rows = FigureCell.objects.filter(measure=number).order_by("grain", "day", "step")
    return [(row.grain, row.day, row.step * row.value) for row in rows]


def all_cells():
    return set(FigureCell.objects.values_list("grain", "measure", "unit", "day", "step", "value"))


def paper(**values):
    return Paper.objects.create(**{"organ_id": uuid4(), "issued_date": DAY, **values})


def test_a_record_counts_in_its_day_month_and_year():
    paper()

    fold_all()

    assert cells("papers.sent") == [(1, DAY, 1), (2, date(2023, 11, 1), 1), (3, date(2023, 1, 1), 1)]


def test_a_sum_adds_its_column():
    organ = uuid4()
    paper(organ_id=organ, pages=3)
    paper(organ_id=organ, pages=4)

    fold_all()

    assert cells("papers.pages")[0] == (1, DAY, 7)


def test_a_stock_takes_a_step_up_and_a_step_down():
    Hotspot.objects.create(organ_id=uuid4(), since_date=DAY, until_date=date(2024, 2, 3))

    fold_all()

    assert cells("hotspots") == [
        (1, DAY, 1),
        (1, date(2024, 2, 3), -1),
        (2, date(2023, 11, 1), 1),
        (2, date(2024, 2, 1), -1),
        (3, date(2023, 1, 1), 1),
        (3, date(2024, 1, 1), -1),
    ]


def test_a_correction_takes_the_record_out_of_where_it_was():
    record = paper()
    fold_all()

    record.issued_date = date(2022, 12, 31)
    record.save()
    fold_all()

    assert cells("papers.sent") == [(1, date(2022, 12, 31), 1), (2, date(2022, 12, 1), 1), (3, date(2022, 1, 1), 1)]


def test_a_record_that_is_gone_leaves_no_cell():
    record = paper()
    fold_all()

    record.delete()
    fold_all()

    assert cells("papers.sent") == []


def test_a_record_without_a_day_marks_nothing():
    paper(issued_date=None)

    assert FigureMark.objects.count() == 0


def test_a_change_that_no_measure_reads_marks_nothing():
    record = paper()
    fold_all()

    record.note = "đã đọc lại"
    record.save()

    assert not FigureMark.objects.exists()


def test_folding_twice_changes_nothing():
    paper()
    fold_all()
    before = all_cells()

    assert fold(now=NOW + timedelta(minutes=1), registry=REGISTRY) == 0
    assert all_cells() == before
    assert FigureFold.objects.get().caught_up_at == NOW + timedelta(minutes=1)


def test_recomputing_gives_the_same_cells():
    for days in range(40):
        paper(issued_date=DAY + timedelta(days=days), is_signed=days % 3 > 0, pages=days)
    fold_all()
    before = all_cells()

    recompute(now=NOW, registry=REGISTRY)

    assert all_cells() == before
    assert not FigureMark.objects.exists()


def test_records_older_than_their_measure_are_counted_too():
    paper()
    FigureMark.objects.all().delete()

    fold_all()

    assert cells("papers.sent")[0] == (1, DAY, 1)


def test_a_measure_that_means_another_thing_is_computed_anew():
    paper(state="draft")
    fold_all()
    changed = registry()
    changed.measures["papers.sent"] = Flow(
        "papers.sent", model=Paper, unit="organ_id", day="issued_date", house="house_id", where=Q(state="draft")
    )

    fold(now=NOW, registry=changed)

    assert cells("papers.sent")[0] == (1, DAY, 1)


class TestCatchUp:
    def test_what_waits_is_folded_if_it_is_little(self):
        fold_all()
        paper()

        assert catch_up(now=NOW, registry=REGISTRY) == NOW
        assert cells("papers.sent")[0] == (1, DAY, 1)

    def test_with_nothing_waiting_the_figures_are_of_now(self):
        fold_all()

        assert catch_up(now=NOW + timedelta(hours=1), registry=REGISTRY) == NOW + timedelta(hours=1)

    def test_much_is_left_to_the_job(self, monkeypatch):
        monkeypatch.setattr(folding, "LITTLE", 1)
        fold_all()
        for _ in range(2):
            paper()

        assert catch_up(now=NOW + timedelta(hours=1), registry=REGISTRY) == NOW
        assert FigureMark.objects.count() == 2


def test_a_table_with_figures_is_not_emptied_at_one_stroke():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE figures_tests_paper ENABLE TRIGGER paper_marks_figures_whole")

        with pytest.raises(IntegrityError, match="paper_marks_figures"):
            cursor.execute("TRUNCATE figures_tests_paper")
