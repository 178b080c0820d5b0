"""Each type as it is drawn: golden facts by the text of the page, not by its pixels."""

import io
import re

import pytest
from PIL import Image

from congso.modules.documents import body as bodies
from congso.modules.documents import catalogue, notations
from congso.modules.documents.rendering import Family, ImageMissing, render
from congso.modules.documents.rendering.tests import factories
from congso.modules.documents.rendering.tests.factories import heading, paper, paragraph
from congso.modules.documents.rendering.tests.test_render import opened, page_texts

ONE_LINE = bodies.from_text("Nội dung của văn bản")
NAME = "a" * 64


def of_type(code, kind="peoples_committee", **changes):
    """Return a paper of a type in the style of a kind of organ, both as shipped."""
    one, style = catalogue.shipped_types()[code], catalogue.shipped_styles()[kind]
    pattern = style.notation if one.abbreviation else style.letter_notation
    facts = {name: getattr(style, name) for name in ("country", "motto", "under_organ", "number_words")}
    facts |= {
        "family": one.family,
        "title": one.title,
        "resolves": one.resolves,
        "attached_to": one.name,
        "number_mark": notations.mark_of(pattern),
        "notation": notations.notation(pattern, abbreviation=one.abbreviation, organ="UBND", unit=""),
        "archive": notations.filled(style.archive, unit="VP"),
        "body": ONE_LINE,
    }
    return paper(**(facts | changes))


def image(width=40, height=20):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("code", list(catalogue.shipped_types()))
def test_each_type_is_drawn_as_pdf_a_with_its_own_head_notation_and_fields(code):
    one = catalogue.shipped_types()[code]
    drawn = render(of_type(code))

    words = page_texts(drawn)[0]
    assert b"<pdfaid:part>2</pdfaid:part>" in drawn.pdf
    assert words.startswith("ỦY BAN NHÂN DÂN HUYỆN NÔNG CỐNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert f"/{one.abbreviation}-UBND" in words if one.abbreviation else "/UBND" in words
    assert set(drawn.placements) == {"so", "ngay", "leader", "organ"}
    assert ("V/v" in words) == (one.family == Family.LETTER)
    assert one.title in words


def test_every_font_is_embedded():
    pdf = render(of_type("QĐ")).pdf

    fonts = pdf.count(b"/Type/FontDescriptor")
    assert fonts == len(re.findall(rb"/FontFile[23] ", pdf)) > 0


def test_a_paper_of_the_party_has_its_own_head_and_notation():
    words = page_texts(render(of_type("KH", "party_committee", organ_lines=("HUYỆN ỦY NÔNG CỐNG",), notation="KH/HU")))[
        0
    ]

    assert words.startswith("HUYỆN ỦY NÔNG CỐNG * ĐẢNG CỘNG SẢN VIỆT NAM")
    assert "CỘNG HÒA" not in words
    assert "-KH/HU" in words
    assert "Số:" not in words
    assert "Lưu Văn phòng." in words


def test_a_slip_prints_no_subject():
    words = page_texts(render(of_type("GGT", subject="Cử cán bộ đến làm việc")))[0]

    assert "GIẤY GIỚI THIỆU Nội dung" in words


def test_a_resolution_resolves():
    words = page_texts(render(of_type("NQ", decided_by="HỘI ĐỒNG NHÂN DÂN", legal_bases=("Căn cứ Luật",))))[0]

    assert "HỘI ĐỒNG NHÂN DÂN Căn cứ Luật. QUYẾT NGHỊ: Nội dung" in words


def test_a_telegram_names_who_sends_it_and_to_whom():
    words = page_texts(render(of_type("CĐ", addressed_by="Ủy ban nhân dân huyện điện:", addressees=("Xã A", "Xã B"))))[
        0
    ]

    assert "Ủy ban nhân dân huyện điện: - Xã A; - Xã B." in words


@pytest.mark.parametrize("code", ["BB", "HĐ"])
def test_two_sign_side_by_side_and_the_recipients_stand_below(code):
    drawn = render(of_type(code, second_lines=("THƯ KÝ",), second_signer="Trần Thị Mẫu"))

    words = page_texts(drawn)[0]
    assert words.index("Trần Thị Mẫu") < words.index("Nơi nhận:")
    assert drawn.placements["leader"].x0 > 300


def test_urgency_circulation_drafter_and_contact_have_their_places():
    words = page_texts(
        render(
            of_type(
                "KH", urgency="HỎA TỐC", circulation="LƯU HÀNH NỘI BỘ", drafter_mark="PL.300", contact="Số 1 phố Mẫu"
            )
        )
    )[0]

    assert re.search(r"/KH-UBND.*HỎA TỐC.*LƯU HÀNH NỘI BỘ.*KẾ HOẠCH.*Lưu: VT, VP\. PL\.300", words)
    assert "Số 1 phố Mẫu" in words


def test_the_contact_stands_on_the_first_page_only():
    body = bodies.from_text("\n".join(["Đoạn văn của văn bản."] * 60))

    texts = page_texts(render(of_type("KH", contact="Số 1 phố Mẫu", body=body)))

    assert ["Số 1 phố Mẫu" in words for words in texts] == [True, False, False]


class TestAppendices:
    BODY = factories.body(
        paragraph("Nội dung chính"),
        heading(1, "Phụ lục I. Danh sách"),
        paragraph("Dòng một"),
        heading(1, "Phụ lục II"),
        heading(1, "Biểu mẫu"),
        paragraph("Dòng hai"),
    )

    def test_each_begins_a_page_after_the_signature(self):
        drawn = render(of_type("KH", body=self.BODY, organ_name="UBND huyện"))

        main, first, second = page_texts(drawn)
        assert "Nội dung chính./." in main
        assert "Nguyễn Văn Thử" in main
        assert "Phụ lục I DANH SÁCH (Kèm theo Kế hoạch số ……/KH-UBND ngày" in first
        assert "Dòng một./." in first
        assert "Phụ lục II BIỂU MẪU" in second
        assert (drawn.pages, drawn.placements["leader"].page) == (3, 1)

    def test_its_pages_are_counted_from_one(self):
        long = bodies.from_text("\n".join(["Dòng của phụ lục."] * 60))["content"]
        body = factories.body(paragraph("Nội dung"), heading(1, "Phụ lục"), *long)

        assert page_texts(render(of_type("KH", body=body)))[2].startswith("2 ")

    def test_a_sentence_about_an_appendix_is_not_one(self):
        body = factories.body(heading(1, "Phụ lục hợp đồng và thanh lý"), paragraph("Nội dung"))

        assert render(of_type("KH", body=body)).pages == 1


def test_a_chapter_and_its_title_stand_in_the_middle():
    body = factories.body(heading(1, "Chương I"), heading(1, "QUY ĐỊNH CHUNG"), paragraph("Điều 1. Phạm vi"))

    with opened(render(of_type("QC", body=body)).pdf) as document:
        page = document[0]
        text_page = page.get_textpage()
        place, _count = text_page.search("Chương I").get_next()
        left, *_ = text_page.get_charbox(place)
        text_page.close()
        page.close()
    assert left > 250


class TestImages:
    BODY = factories.body(
        paragraph("Xem hình"),
        {"type": "image", "attrs": {"sha256": NAME, "width": 80, "alt": "Sơ đồ"}},
        paragraph("Hết"),
    )

    def box_on(self, pdf, number):
        with opened(pdf) as document:
            page = document[number]
            (box,) = [found.get_bounds() for found in page.get_objects(filter=(3,))]
            page.close()
        return box

    def test_one_is_as_wide_as_was_asked(self):
        drawn = render(of_type("KH", body=self.BODY, images={NAME: image()}))

        left, _bottom, right, _top = self.box_on(drawn.pdf, 0)
        assert right - left == pytest.approx(80 * 72 / 25.4, abs=1)

    def test_a_very_high_one_fits_the_page(self):
        drawn = render(of_type("KH", body=self.BODY, images={NAME: image(20, 400)}))

        _left, bottom, _right, top = self.box_on(drawn.pdf, 1)
        assert top - bottom == pytest.approx(220 * 72 / 25.4, abs=1)

    def test_one_that_is_gone_is_told(self):
        with pytest.raises(ImageMissing, match="không còn trong kho tệp"):
            render(of_type("KH", body=self.BODY))
