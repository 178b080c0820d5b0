"""The words of office files, whoever made them."""

import io
import zipfile

import pytest

from congso.shared.files import media, office_texts
from congso.shared.files.tests.factories import docx_of, ods_of, odt_of, xlsx_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraphs(*runs):
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    return f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'


def words(content, kind=media.DOCX):
    return office_texts.text_of(content, kind).splitlines()


def test_each_paragraph_is_a_line():
    content = docx_of(paragraphs("<w:r><w:t>Kế </w:t></w:r><w:r><w:t>hoạch</w:t></w:r>", "<w:r><w:t>Một</w:t></w:r>"))

    assert words(content) == ["Kế hoạch", "Một"]


def test_capitals_that_are_only_a_look_are_capitals():
    run = "<w:r><w:rPr><w:caps/></w:rPr><w:t>Mật</w:t></w:r>"

    assert words(docx_of(paragraphs(run, "<w:r><w:t>Mật</w:t></w:r>"))) == ["MẬT", "Mật"]


def test_headers_deleted_words_and_watermarks_count():
    content = docx_of(
        paragraphs("<w:r><w:delText>đã xóa</w:delText></w:r>"),
        **{"word/header1.xml": '<x xmlns:v="urn:v"><v:textpath string="TỐI MẬT"/></x>'},
    )

    assert words(content) == ["đã xóa", "TỐI MẬT"]


def test_cells_of_a_sheet_are_lines_and_places_are_no_words():
    sheet = '<sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Ô hai</t></is></c></row></sheetData>'

    found = words(xlsx_of(["Ô một"], f"<worksheet>{sheet}</worksheet>"), media.XLSX)

    assert sorted(found) == ["Ô hai", "Ô một"]


@pytest.mark.parametrize(("make", "kind"), [(odt_of, media.ODT), (ods_of, media.ODS)])
def test_open_document_files_are_told_apart_and_read(make, kind):
    content = make("Kế hoạch", "TUYỆT MẬT")

    assert media.sniff(content) == kind
    assert words(content, kind) == ["Kế hoạch", "TUYỆT MẬT"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d><t>&e;</t></d>',
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d><t>&b;</t></d>',
        "<d><t>không đóng",
        "không phải XML",
    ],
)
def test_entities_and_broken_parts_are_refused(document):
    with pytest.raises(office_texts.NotReadable):
        words(docx_of(document))


def test_more_words_than_a_file_may_have_are_refused(monkeypatch):
    monkeypatch.setattr(office_texts, "MOST_LETTERS", 10)

    with pytest.raises(office_texts.NotReadable):
        words(docx_of(paragraphs("<w:r><w:t>dài hơn mười chữ</w:t></w:r>")))


def test_elements_without_letters_count_too(monkeypatch):
    monkeypatch.setattr(office_texts, "MOST_LETTERS", 100)
    assert words(docx_of(paragraphs("<w:r/>" * 50))) == []

    with pytest.raises(office_texts.NotReadable):
        words(docx_of(paragraphs("<w:r/>" * 100)))


def test_a_broken_archive_is_refused():
    content = bytearray(docx_of(paragraphs("<w:r><w:t>chữ</w:t></w:r>")))
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        place = whole.getinfo("word/document.xml").header_offset + 60
    content[place] ^= 0xFF

    with pytest.raises(office_texts.NotReadable):
        words(bytes(content))
