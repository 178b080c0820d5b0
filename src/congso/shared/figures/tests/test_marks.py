from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.operations import AddConstraint, RemoveConstraint
from django.db.migrations.state import ModelState, ProjectState

from congso.shared.figures import MarksFigures
from congso.shared.figures.models import FigureMark
from congso.shared.figures.tests.models import Hotspot, Paper

pytestmark = pytest.mark.django_db
DAY = date(2023, 11, 29)
(CONSTRAINT,) = Paper._meta.constraints


def paper(**values):
    return Paper.objects.create(**{"organ_id": uuid4(), "issued_date": DAY, **values})


def marks():
    found = set(FigureMark.objects.values_list("track", "unit", "day"))
    FigureMark.objects.all().delete()
    return found


def test_a_new_record_marks_its_track_organ_and_day():
    record = paper()

    assert marks() == {("figures_tests_paper/organ_id/issued_date", record.organ_id, DAY)}


def test_a_record_of_two_days_marks_both_tracks():
    record = Hotspot.objects.create(organ_id=uuid4(), since_date=DAY, until_date=date(2024, 1, 1))

    assert marks() == {
        ("figures_tests_hotspot/organ_id/since_date", record.organ_id, DAY),
        ("figures_tests_hotspot/organ_id/until_date", record.organ_id, date(2024, 1, 1)),
    }


def test_a_change_marks_where_the_record_was_and_where_it_is():
    record = paper()
    before = marks()

    Paper.objects.update(issued_date=date(2023, 11, 30))

    assert marks() == before | {("figures_tests_paper/organ_id/issued_date", record.organ_id, date(2023, 11, 30))}


def test_a_removed_record_marks_where_it_was():
    paper()
    before = marks()

    Paper.objects.all().delete()

    assert marks() == before


def test_the_constraint_is_taken_off_and_put_on_by_migrations():
    with connection.schema_editor() as editor:
        editor.remove_constraint(Paper, CONSTRAINT)
    paper()
    assert marks() == set()

    with connection.schema_editor() as editor:
        editor.add_constraint(Paper, CONSTRAINT)
    paper()
    assert len(marks()) == 1


def test_a_changed_constraint_is_seen_by_makemigrations():
    changed = MarksFigures(name=CONSTRAINT.name, unit="organ_id", days=["issued_date"], columns=["state"])
    states = []
    for constraint in (CONSTRAINT, CONSTRAINT.clone(), changed):
        model = ModelState.from_model(Paper)
        model.options["constraints"] = [constraint]
        states.append(ProjectState({("figures_tests", "paper"): model}))
    before, same, after = states

    assert MigrationAutodetector(before, same)._detect_changes() == {}
    (migration,) = MigrationAutodetector(before, after)._detect_changes()["figures_tests"]
    assert [type(operation) for operation in migration.operations] == [RemoveConstraint, AddConstraint]


def test_cells_are_read_from_the_index_alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'figures_figurecell_pkey'")
        ((definition,),) = cursor.fetchall()

    assert definition.endswith("(grain, measure, unit, day, piece, step) INCLUDE (value)")
