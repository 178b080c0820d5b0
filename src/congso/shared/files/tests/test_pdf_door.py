"""Hostile and broken PDF files end in a sentence, not in the store."""

import time

import pytest

from congso.shared.files import media, pages
from congso.shared.files.pages import PdfEncrypted, PdfNotReadable, PdfTooLarge, PdfTooSlow
from congso.shared.files.pdf_door import (
    PdfActs,
    PdfAlreadySigned,
    PdfHidesFiles,
    PdfIsForm,
    passed,
    passed_unsigned,
)
from congso.shared.files.tests import hostile


def test_a_plain_file_passes_as_it_is():
    pdf = hostile.plain()

    assert passed(pdf).pdf is pdf


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        pytest.param(hostile.with_script, PdfActs, id="a script at opening"),
        pytest.param(hostile.with_launch, PdfActs, id="a link that starts a program"),
        pytest.param(lambda: hostile.with_annotation(AA={"E": {"S": "/SubmitForm"}}), PdfActs, id="sends itself"),
        pytest.param(lambda: hostile.with_annotation(Subtype="/RichMedia"), PdfActs, id="a film"),
        pytest.param(hostile.with_embedded_file, PdfHidesFiles, id="a file inside"),
        pytest.param(lambda: hostile.with_annotation(Subtype="/FileAttachment"), PdfHidesFiles, id="a clip"),
        pytest.param(hostile.with_xfa, PdfIsForm, id="an XFA form"),
        pytest.param(lambda: hostile.encrypted(for_all=True), PdfEncrypted, id="a password"),
        pytest.param(lambda: hostile.encrypted(for_all=False), PdfEncrypted, id="an owner's password"),
        pytest.param(hostile.truncated, PdfNotReadable, id="cut in half"),
        pytest.param(lambda: b"%PDF-1.7\nnothing", PdfNotReadable, id="no PDF at all"),
    ],
)
def test_what_acts_hides_or_is_broken_is_refused(make, refusal):
    with pytest.raises(refusal):
        passed(make())


def test_an_ordinary_link_is_no_act():
    assert passed(hostile.with_annotation(A={"S": "/URI", "URI": "https://nongcong.thanhhoa.gov.vn"}))


def test_a_signed_file_passes_but_cannot_become_a_paper():
    file = passed(hostile.signed())
    assert file.is_signed
    with pytest.raises(PdfAlreadySigned):
        passed_unsigned(file)


def test_a_file_out_of_order_is_drawn_anew_with_the_same_pages():
    found = passed(hostile.out_of_order())

    assert found.was_rebuilt
    assert pages.count_of(found.pdf) == 1
    assert passed(found.pdf).pdf is found.pdf


def test_more_pages_than_anybody_reads_are_refused_at_once():
    start = time.monotonic()

    with pytest.raises(PdfTooLarge):
        pages.count_of(hostile.many_pages(10_001))

    assert time.monotonic() - start < 5


def test_a_bomb_costs_a_message():
    pdf = hostile.bomb(150)
    assert len(pdf) < 20_000

    with pytest.raises((PdfNotReadable, PdfTooSlow)):
        pages.texts_of(passed(pdf).pdf)

    assert pages.count_of(hostile.plain()) == 1


def test_a_file_that_is_a_zip_too_is_refused():
    with pytest.raises(media.Unsafe):
        media.sniff(hostile.polyglot())
