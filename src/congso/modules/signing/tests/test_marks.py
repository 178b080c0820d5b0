"""The organ's mark on a file that goes with a paper."""

import io

import pytest
from PIL import Image

from congso.modules.signing.pdf import making
from congso.modules.signing.pdf.checking import check_pdf
from congso.modules.signing.pdf.making import sign_pdf
from congso.modules.signing.pdf.marks import NotMarkable, drawn_mark, prepare_mark
from congso.modules.signing.tests.factories import NOW, key_of, prepared, root
from congso.shared.files import pages
from congso.shared.files.tests import hostile


def marked(pdf, words="15/KH-UBND"):
    key = key_of("UBND huyện Nông Cống")
    return sign_pdf(prepare_mark(pdf, words), field="organ", key=key, reason="", mark=words, signed_at=NOW)


def test_it_says_number_and_signing_time_with_its_zone(monkeypatch):
    drawn = []
    monkeypatch.setattr(making, "drawn_mark", lambda field, words: drawn.append(drawn_mark(field, words)) or drawn[0])

    marked(hostile.plain())

    assert pages.texts_of(drawn[0]) == ("15/KH-UBND; 2023-11-29T09:00:00+07:00",)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_it_stands_upright_at_the_top_right_however_the_page_is_turned(degrees):
    picture = Image.open(io.BytesIO(pages.images_of(marked(hostile.turned(degrees)), [1])[0])).convert("L")

    left, top, right, bottom = picture.point(lambda value: 255 * (value < 128)).getbbox()

    assert right > picture.width * 0.92
    assert left > picture.width * 0.4
    assert bottom < picture.height * 0.05
    assert (right - left) > 8 * (bottom - top)
    assert top > 0


def test_the_signature_holds_and_a_change_is_found():
    signed = marked(hostile.plain())

    assert check_pdf(signed, roots=[root()], moment=NOW).has_passed("organ")
    broken = bytearray(signed)
    broken[len(hostile.plain()) // 2] ^= 1
    assert not check_pdf(bytes(broken), roots=[root()], moment=NOW).passed


def test_another_number_makes_another_file():
    assert prepare_mark(hostile.plain(), "15/KH-UBND") != prepare_mark(hostile.plain(), "16/KH-UBND")


@pytest.mark.parametrize("make", [prepared, hostile.truncated, lambda: b"%PDF-1.7"])
def test_what_cannot_take_it_is_said_to_be_so(make):
    with pytest.raises(NotMarkable):
        prepare_mark(make(), "15/KH-UBND")
