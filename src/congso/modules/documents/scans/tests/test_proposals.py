"""What first pages say of themselves: of typed papers of every layout, and of scans where Tesseract is installed."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from congso.kernel.vietnamese import fold
from congso.modules.documents import catalogue
from congso.modules.documents.scans import ocr, pages
from congso.modules.documents.scans.numbers import NumberNotUsable, canonical
from congso.modules.documents.scans.proposals import propose
from congso.modules.documents.scans.tests.papers import JPEG, PDF, SUBJECT, scanned, typed_paper

# One of each layout, and those that people confuse.
CODES = ("KH", "CV", "QĐ", "NQ", "BB", "HĐ", "CĐ", "GM", "ThC")
reads = pytest.mark.skipif(
    not ocr.is_there(), reason="Tesseract with Vietnamese is not installed: scans are not read in this run"
)


@pytest.fixture(scope="module", autouse=True)
def shipped():
    catalogue.keep_shipped()


def paper_of(code):
    kind = catalogue.types()[code]
    return typed_paper(
        family=kind.family,
        title=kind.title,
        resolves=kind.resolves,
        notation=f"{kind.abbreviation}-UBND" if kind.abbreviation else "UBND-VX",
        addressees=("Ủy ban nhân dân các xã, thị trấn",) if kind.is_addressed else (),
        legal_bases=("Căn cứ Luật Tổ chức chính quyền địa phương",) if kind.resolves else (),
    )


def said_by(lines):
    return propose(lines, {kind.code: (kind.title, kind.abbreviation) for kind in catalogue.types().values()})


@pytest.mark.parametrize("code", CODES)
def test_a_typed_paper_says_all_of_itself(code):
    kind = catalogue.types()[code]

    said = said_by(pages.see(paper_of(code), PDF, 0, turn=0).lines)

    assert said.sender.value == "Ủy ban nhân dân huyện Nông Cống"
    assert said.number.value == (f"15/{kind.abbreviation}-UBND" if kind.abbreviation else "15/UBND-VX")
    assert (said.day.value, said.type_code.value, said.subject.value) == (date(2023, 11, 29), code, SUBJECT)


def test_a_party_paper_has_its_own_notation():
    content = typed_paper(
        country="ĐẢNG CỘNG SẢN VIỆT NAM",
        motto="",
        organ_lines=("BAN CHẤP HÀNH ĐẢNG BỘ", "HUYỆN NÔNG CỐNG"),
        under_organ="*",
        number_words="Số 27",
        number_mark="-",
        notation="KH/HU",
    )

    said = said_by(pages.see(content, PDF, 0, turn=0).lines)

    assert (said.number.value, said.type_code.value) == ("27-KH/HU", "KH")
    assert fold(said.sender.value) == "ban chap hanh dang bo huyen nong cong"


def test_a_page_without_a_head_proposes_nothing():
    said = said_by([["Trang hai của một văn bản nào đó", 100, 100, 80, 900, 100]])

    assert (said.number, said.day, said.type_code) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("15/KH-UBND", "15/KH-UBND"),
        (" 5 / KH - UBND ", "05/KH-UBND"),
        ("27-KH/HU", "27-KH/HU"),
        ("15/2023/NQ-HĐND", "15/2023/NQ-HĐND"),
        ("07a/QĐ–UBND", "07a/QĐ-UBND"),
    ],
)
def test_a_number_is_kept_in_one_way(typed, kept):
    assert canonical(typed) == kept


@pytest.mark.parametrize("typed", ["", "15", "KH-UBND", "15/", "mười lăm/KH", "1" * 7 + "/KH", "15/" + "A" * 90])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NumberNotUsable):
        canonical(typed)


@reads
def test_a_scan_that_lies_on_its_side_and_tilted_is_read():
    picture = scanned(paper_of("KH"), tilt=1.5, turn=90)
    turn = ocr.turn_of(pages.see(picture, JPEG, 0, turn=0).to_read)
    seen = pages.see(picture, JPEG, 0, turn=turn)
    with Image.open(BytesIO(seen.to_read)) as upright:
        reading = ocr.read(seen.to_read, width=upright.width, height=upright.height)

    said = said_by(reading.lines)

    assert turn == 90
    assert (said.day.value, said.type_code.value) == (date(2023, 11, 29), "KH")
    assert fold(said.subject.value) == fold(SUBJECT)
    assert "chuyển đổi số" in " ".join(line[0] for line in pages.see(reading.pdf, PDF, 0, turn=0).lines)
