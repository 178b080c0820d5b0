import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from congso.modules.documents import body as bodies
from congso.modules.documents.rendering import LetterNotDrawn, Paper, PaperTooLong, render
from congso.modules.documents.rendering.tests import factories
from congso.modules.documents.rendering.tests.factories import paper, paragraph
from congso.shared import serif

A4 = (595.28, 841.89)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def page_texts(drawn: Paper) -> list[str]:
    texts = []
    with opened(drawn.pdf) as document:
        for page in document:
            text_page = page.get_textpage()
            texts.append(" ".join(text_page.get_text_range().split()))
            text_page.close()
            page.close()
    return texts


def baseline_of(drawn: Paper, words: str) -> float:
    """Return the lowest y of the flat-bottomed first letter of ``words`` on page 1."""
    with opened(drawn.pdf) as document:
        page = document[0]
        text_page = page.get_textpage()
        searcher = text_page.search(words, match_case=True)
        place, _ = searcher.get_next()
        low = text_page.get_charbox(place)[1]
        for part in (searcher, text_page, page):
            part.close()
    return float(low)


def test_equal_content_gives_equal_bytes():
    assert render(paper()).pdf == render(paper()).pdf


def test_it_claims_to_be_pdf_a_2b():
    pdf = render(paper()).pdf

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_pages_are_a4():
    with opened(render(paper()).pdf) as document:
        assert document.get_page_size(0) == pytest.approx(A4, abs=0.1)


def test_the_text_can_be_copied_out_in_vietnamese():
    words = " ".join(page_texts(render(paper())))

    assert unicodedata.is_normalized("NFC", words)
    for phrase in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "HUYỆN NÔNG CỐNG",
        "/KH-UBND",
        "Chuyển đổi số huyện Nông Cống năm 2024",
        "- Rõ người, rõ việc;",
        "1. Văn phòng theo dõi",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "- Lưu: VT, VP.",
        "để được hướng dẫn./.",
    ):
        assert phrase in words


def test_number_and_date_are_left_for_later():
    words = page_texts(render(paper()))[0]

    assert "ngày" not in words.split("Nông Cống,")[1][:20]


def test_what_is_typed_is_never_code():
    trap = '#panic("x") $sum$ *đậm* _nghiêng_ <b> @ref // /* \\ `raw` [ ] = đề mục'
    content = paper(body=factories.body(paragraph(trap)), subject=trap, place=trap, recipients=(trap,))

    words = " ".join(page_texts(render(content)))

    assert words.count('#panic("x") $sum$ *đậm* _nghiêng_ <b> @ref // /* \\ `raw` [ ] = đề mục') >= 2


def test_a_decision_has_legal_bases_and_articles():
    content = paper(
        family="decision",
        title="QUYẾT ĐỊNH",
        resolves="QUYẾT ĐỊNH:",
        decided_by="CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NÔNG CỐNG",
        legal_bases=("Căn cứ Luật Tổ chức chính quyền địa phương", "Theo đề nghị của Chánh Văn phòng"),
        body=bodies.from_text("Điều 1. Thành lập tổ.\nĐiều 2. Tổ có nhiệm vụ hướng dẫn."),
    )

    words = page_texts(render(content))[0]

    assert "NÔNG CỐNG Căn cứ Luật Tổ chức chính quyền địa phương; Theo đề nghị của Chánh Văn phòng." in words
    assert "QUYẾT ĐỊNH: Điều 1. Thành lập tổ." in words


def test_a_letter_says_what_it_is_about_under_the_number_and_whom_it_is_for():
    content = paper(family="letter", title="", subject="Về việc báo cáo", addressees=("UBND các xã", "Các phòng, ban"))

    words = page_texts(render(content))[0]

    assert "V/v báo cáo" in words
    assert "Kính gửi: - UBND các xã; - Các phòng, ban." in words


def test_the_page_number_stands_from_the_second_page_on():
    texts = page_texts(render(paper(body=bodies.from_text("Nội dung của đoạn văn. " * 30 + "\n" + "Đoạn hai. " * 600))))

    assert not texts[0].startswith("1 ")
    assert texts[1].startswith("2 ")


def test_a_training_paper_says_so_on_every_page():
    texts = page_texts(render(paper(training=True, body=bodies.from_text("Đoạn văn. " * 900))))

    assert len(texts) > 1
    assert all("CHỈ DÙNG ĐỂ TẬP HUẤN" in words for words in texts)


def test_a_preview_says_so_and_shows_the_blanks_of_the_date():
    words = page_texts(render(paper(preview=True)))[0]

    assert "BẢN XEM TRƯỚC, CHƯA CÓ GIÁ TRỊ" in words
    assert "ngày tháng năm" in words


@pytest.mark.parametrize(("field", "neighbour"), [("so", "KH-UBND"), ("ngay", "Nông Cống,")])
def test_a_text_field_stands_on_the_line_of_its_neighbour(field, neighbour):
    drawn = render(paper())

    assert drawn.placements[field].baseline == pytest.approx(baseline_of(drawn, neighbour), abs=0.3)


def test_the_number_field_touches_the_slash():
    drawn = render(paper())

    with opened(drawn.pdf) as document:
        page = document[0]
        text_page = page.get_textpage()
        searcher = text_page.search("/KH")
        place, _ = searcher.get_next()
        left = text_page.get_charbox(place, loose=True)[0]
        for part in (searcher, text_page, page):
            part.close()
    assert drawn.placements["so"].x1 == pytest.approx(left, abs=0.3)


def test_the_seal_covers_a_third_of_the_signature_from_the_left():
    placed = render(paper()).placements
    leader, organ = placed["leader"], placed["organ"]

    assert organ.x1 - leader.x0 == pytest.approx((leader.x1 - leader.x0) / 3, abs=0.1)
    assert organ.x1 - organ.x0 == pytest.approx(organ.y1 - organ.y0, abs=0.1)
    assert leader.page == organ.page


@pytest.mark.parametrize("lines", range(12, 34, 3))
def test_the_signature_never_stands_alone_on_a_page(lines):
    content = paper(body=bodies.from_text("\n".join(f"Đoạn thứ {number} của văn bản" for number in range(lines))))

    drawn = render(content)

    words = page_texts(drawn)[drawn.placements["leader"].page - 1]
    assert f"Đoạn thứ {lines - 1} của văn bản./." in words


def test_a_table_at_the_end_is_drawn_with_its_signature():
    rows = [[factories.cell(str(number)), factories.cell("Nội dung")] for number in range(80)]

    drawn = render(paper(body=factories.body(factories.table(*rows))))

    assert drawn.pages > 1
    assert "Nơi nhận:" in page_texts(drawn)[drawn.placements["leader"].page - 1]


def test_many_recipients_flow_over_the_page():
    drawn = render(paper(recipients=tuple(f"Ủy ban nhân dân xã thứ {number}" for number in range(120))))

    assert "xã thứ 119;" in " ".join(page_texts(drawn))


def test_a_hundred_pages_are_drawn():
    drawn = render(paper(body=bodies.from_text("\n".join(["Nội dung của một đoạn văn dài. " * 20] * 520))))

    assert 100 <= drawn.pages <= 160


def test_a_paper_without_end_is_refused():
    with pytest.raises(PaperTooLong, match="Chuyển bớt sang phụ lục"):
        render(paper(body=bodies.from_text("\n".join(["Dòng"] * 14_000))))


def test_a_text_of_blanks_is_still_a_paper():
    assert render(paper(body=bodies.empty(), recipients=(), subject="x")).pages == 1


@pytest.mark.parametrize("letter", ["😀", "漢", "ة"])
def test_a_letter_that_the_typeface_has_not_is_named(letter):
    with pytest.raises(LetterNotDrawn, match=f"Ký hiệu “{letter}” không in được"):
        render(paper(body=bodies.from_text(f"Xin chào {letter}")))


def test_a_long_name_of_a_place_takes_the_smaller_date_and_stays_on_one_line():
    drawn = render(paper(place="Thị trấn Nông Cống"))

    assert drawn.placements["ngay"].size == 13
    assert drawn.placements["ngay"].x1 <= 595.28 - 42
    assert drawn.placements["ngay"].baseline == pytest.approx(drawn.placements["so"].baseline, abs=1)


def test_the_date_has_room_for_the_longest():
    room = render(paper()).placements["ngay"]

    with TTFont(serif.SERIF_ITALIC, lazy=True) as font:
        names, widths = font.getBestCmap(), font["hmtx"]
        longest = sum(widths[names[ord(letter)]][0] for letter in "ngày 30 tháng 12 năm 2026")
    assert longest * room.size / 2048 <= room.x1 - room.x0


def test_two_at_once_draw_the_same_as_one():
    alone = render(paper()).pdf

    with ThreadPoolExecutor(2) as threads:
        drawn = list(threads.map(lambda subject: render(paper(subject=subject)).pdf, ["Một", paper().subject] * 4))

    assert set(drawn[1::2]) == {alone}
