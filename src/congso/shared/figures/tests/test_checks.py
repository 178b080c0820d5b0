import pytest
from django.db.models import Q

from congso.shared.figures import Figure, Flow, Registry
from congso.shared.figures.checks import figures_are_sound, problems
from congso.shared.figures.models import FigureFold
from congso.shared.figures.tests.models import Hotspot, Paper, registry

PAPER = {"model": Paper, "unit": "organ_id", "day": "issued_date", "house": "house_id"}


def found(*declarations):
    made = registry()
    made.add(*declarations)
    return " | ".join(problem.msg for problem in problems(made))


def test_the_site_is_sound():
    assert figures_are_sound() == []


def test_sound_declarations_pass():
    assert problems(registry()) == []


def test_a_forgotten_column_is_found():
    assert "exactly the columns" in found(Flow("notes", where=Q(note=""), **PAPER))


def test_a_table_names_one_house():
    assert "the same house" in found(Flow("notes", where=Q(), **PAPER | {"house": None}))


def test_a_forgotten_day_is_found():
    made = Registry()
    made.add(Flow("since", model=Hotspot, unit="organ_id", day="since_date", where=Q()))

    assert any("exactly the days" in problem.msg for problem in problems(made))


def test_a_moment_is_no_day():
    made = Registry()
    made.add(Flow("folds", model=FigureFold, unit="id", day="caught_up_at", where=Q()))

    messages = [problem.msg for problem in problems(made)]

    assert any("is no day" in message for message in messages)
    assert any("needs an index" in message for message in messages)
    assert any("need one MarksFigures" in message for message in messages)
    assert any("must say how its records are shown" in message for message in messages)


def test_a_sum_adds_whole_numbers_only():
    assert "no column of non-negative whole numbers" in found(Flow("notes", where=Q(), add="note", **PAPER))


def test_a_ratio_of_different_records_is_refused():
    assert "count different records" in found(Figure("odd", "Lạ", num="hotspots", den="papers.sent"))


def test_a_figure_needs_its_measures():
    with pytest.raises(ValueError, match="not declared"):
        Registry().add(Figure("lost", "Mất", num="nothing"))


def test_one_code_has_one_meaning():
    made = registry()

    with pytest.raises(ValueError, match="declared twice"):
        made.add(Flow("papers.sent", where=Q(), **PAPER))
