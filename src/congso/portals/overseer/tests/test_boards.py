from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.portals.overseer.boards import percent
from congso.shared.figures.queries import Value


@pytest.mark.parametrize(
    ("num", "den", "shown"), [(11703, 11710, "99.94"), (11696, 11703, "99.94"), (49999, 50000, "99.99"), (7, 7, "100")]
)
def test_a_share_is_cut_off_after_two_places(num, den, shown):
    assert percent(Value(num, den)) == Decimal(shown)


def test_a_share_of_nothing_is_unknown_and_not_zero():
    assert percent(Value(0, 0)) is None
    assert percent(Value(5)) is None


@given(den=st.integers(1, 10**9), missing=st.integers(1, 10**9))
def test_only_what_is_complete_shows_a_hundred(den, missing):
    num = max(0, den - missing)

    shown = percent(Value(num, den))

    assert shown is not None
    assert Decimal(0) <= shown < Decimal(100)
