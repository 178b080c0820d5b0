import pytest

from congso.shared.figures import jobs
from congso.shared.figures.models import FigureCell, FigureMark

pytestmark = pytest.mark.django_db


def test_running_the_fold_twice_is_safe():
    FigureMark.objects.create(track="gone/organ_id/day", unit="00000000-0000-0000-0000-000000000001", day="2023-11-29")

    jobs.fold_marks(timestamp=0)
    jobs.fold_marks(timestamp=0)

    assert not FigureMark.objects.exists()
    assert not FigureCell.objects.exists()
