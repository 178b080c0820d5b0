"""What is a secrecy stamp and what is an ordinary word; who may say otherwise."""

import unicodedata

import pytest

from congso.modules.documents.secrecy import (
    SecretContent,
    count_secrecy_marks,
    has_marked_name,
    refuse_secret,
)


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "  TUYỆT  MẬT ",
        "Kính gửi\nTỐI MẬT\n",
        "Tuyệt mật",
        "T U Y Ệ T  M Ậ T",
        "T\nU\nY\nỆ\nT\nM\nẬ\nT",
        "TUYỆTMẬT",
        "TUYET MAT",
        "TỐI MÂT",
        "MẠT",
        "MẶT",
        "T0I MẬT",
        "TỐl MẬT",
        "| TUYỆT MẬT |",
        "┌──────┐\n│ MẬT │\n└──────┘",
        "I MẬT I",
        "[MẬT]",
        "*** TỐI MẬT ***",
        "MẬT\tNông Cống, ngày 29 tháng 11 năm 2023",
        "Số: 15/KH-UBND      TỐI MẬT",
        "ＭẬＴ",
        "M\u200bẬ\u200bT",
        "МẬТ",
        "TUYỆT\nMẬT",
        unicodedata.normalize("NFD", "TUYỆT MẬT"),
    ],
)
def test_a_stamp_alone_on_its_line_or_in_its_box_is_found(text):
    assert count_secrecy_marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "BẢO MẬT",
        "bí mật kinh doanh",
        "BÍ MẬT NHÀ NƯỚC",
        "Bảo vệ bí mật nhà nước",
        "mật ong",
        "mật",
        "Mật",
        "DANH MỤC MẬT KHẨU",
        "MẤT",
        "MÁT",
        "tôi mất",
        "Tài liệu này đóng dấu TUYỆT MẬT theo quy định.",
        "Ba mức: MẬT, TỐI MẬT, TUYỆT MẬT",
        "Độ mật: thường",
        "MẬT 2",
        "TỐI",
        "",
    ],
)
def test_an_ordinary_word_or_a_sentence_is_no_stamp(text):
    assert not count_secrecy_marks(text)


@pytest.mark.parametrize(
    "name", ["TUYET MAT.pdf", "mat.docx", "Tối_mật-kế hoạch.pdf", "[MẬT] báo cáo.docx", "(TUYỆT MẬT).pdf"]
)
def test_a_name_that_is_or_holds_a_stamp_is_found(name):
    assert has_marked_name(name)


@pytest.mark.parametrize(
    "name", ["bao-mat.pdf", "BAO_MAT.pdf", "noi-toi-mat-ngu.docx", "mat-tran-to-quoc.pdf", "MẬT KHẨU.xlsx"]
)
def test_a_name_with_an_ordinary_word_is_not(name):
    assert not has_marked_name(name)


def test_stamps_are_counted_by_lines():
    assert count_secrecy_marks("MẬT\nchữ\nTỐI MẬT", "TUYỆT MẬT") == 3


class TestTheStatement:
    def refusal(self, *texts, **of):
        with pytest.raises(SecretContent) as refused:
            refuse_secret(*texts, **of)
        return refused.value

    def test_lets_the_very_same_text_pass(self):
        ticket = self.refusal("MẬT").ticket

        assert refuse_secret("MẬT", declared=ticket)

    def test_does_not_let_another_text_pass(self):
        ticket = self.refusal("MẬT").ticket

        assert self.refusal("MẬT\nkhác", declared=ticket)

    def test_is_bound_to_the_bytes_however_they_are_read_again(self):
        ticket = self.refusal("MẬT", of=b"%PDF", names=["a.pdf"]).ticket

        assert refuse_secret("M Ậ T", of=b"%PDF", names=["a.pdf"], declared=ticket)
        assert self.refusal("MẬT", of=b"%PDF2", names=["a.pdf"], declared=ticket)

    def test_of_nothing_marked_is_not_needed(self):
        assert not refuse_secret("Kế hoạch", declared="gì đó")

    @pytest.mark.parametrize("ticket", ["", "giả", "a:b:c"])
    def test_cannot_be_made_up(self, ticket):
        assert self.refusal("MẬT", declared=ticket)

    def test_tells_nothing_of_the_content(self):
        refusal = self.refusal("TUYỆT MẬT\nKế hoạch tác chiến")

        assert "tác chiến" not in f"{refusal!r} {refusal} {refusal.ticket}"
