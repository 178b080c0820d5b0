import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.shared.files import clean_name
from congso.shared.files.names import LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        (unicodedata.normalize("NFD", "Kế hoạch.pdf"), "Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\báo cáo.docx", "báo cáo.docx"),
        ("/", "tệp"),
        ("", "tệp"),
        ("...", "tệp"),
        (".pdf", "tệp.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("anh\u202egnp.exe", "anhgnp.exe"),
        ('<b>"x"|y?*.txt', "bxy.txt"),
        ("con.txt", "tệp con.txt"),
        ("  nhiều   chỗ  trống .pdf ", "nhiều chỗ trống.pdf"),
    ],
)
def test_a_name_is_made_harmless(name, expected):
    assert clean_name(name) == expected


def test_an_over_long_name_keeps_its_extension():
    name = clean_name("ậ" * 500 + ".docx")

    assert name.endswith("ậ.docx")
    assert len(name.encode()) <= LONGEST_NAME


@given(st.text(max_size=400))
def test_any_name_becomes_a_file_name(name):
    cleaned = clean_name(name)

    assert 1 <= len(cleaned.encode(errors="surrogatepass")) <= LONGEST_NAME
    assert not set(cleaned) & set('/\\<>:"|?*\x00\n\r\u202e')
    assert clean_name(cleaned) == cleaned
