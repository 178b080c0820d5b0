import pytest

from congso.cli.options import Misunderstood
from congso.cli.verify_journal import read_anchor


def test_an_anchor_is_the_number_and_the_hash_of_a_seal():
    assert read_anchor("12:" + "9f" * 32) == (12, b"\x9f" * 32)
    assert read_anchor(None) is None


@pytest.mark.parametrize("text", ["", "12", "12:9f", "x:" + "9f" * 32, "12:" + "9F" * 32, "-1:" + "9f" * 32])
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(Misunderstood, match="niêm phong"):
        read_anchor(text)
