"""Word files: what they say becomes the tree of a body; what has no place in it is told; hostile ones are refused."""

import socket

import pytest

from congso.modules.documents import body as bodies
from congso.modules.documents import importing
from congso.modules.documents.secrecy import count_secrecy_marks
from congso.modules.documents.tests.words import (
    SPACES,
    TYPES,
    W,
    cell,
    docx,
    drawing,
    huge_png,
    numbered,
    numbering,
    para,
    png,
    run,
    table,
)

NAME = "ab" * 32


def read(*blocks, **parts):
    """Return the checked body of a Word file, and what was left out, by its beginning."""
    word = importing.read_word(docx(*blocks, **parts))
    return bodies.check(word.body([NAME] * len(word.pictures))), {str(left.text): left for left in word.left}


def kinds(body):
    return [node["type"] for node in body["content"]]


def left_of(found, beginning):
    return next((left for text, left in found.items() if text.startswith(beginning)), None)


class TestWhatIsKept:
    def test_marks_come_from_the_run_and_from_its_styles(self):
        styles = f"""<w:styles xmlns:w="{W}">
            <w:style w:type="paragraph" w:styleId="Nhan"><w:basedOn w:val="Goc"/></w:style>
            <w:style w:type="paragraph" w:styleId="Goc"><w:rPr><w:b/></w:rPr></w:style></w:styles>"""
        body, left = read(
            para(
                run("đậm "),
                run("thường ", '<w:b w:val="0"/>'),
                run("nghiêng gạch", "<w:i/><w:u w:val='single'/>"),
                properties='<w:pStyle w:val="Nhan"/>',
            ),
            parts={"word/styles.xml": styles},
        )

        marks = [[mark["type"] for mark in node.get("marks", ())] for node in body["content"][0]["content"]]
        assert marks == [["bold"], [], ["bold", "italic", "underline"]]
        assert left == {}

    def test_headings_are_known_by_their_outline(self):
        styles = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H"><w:pPr><w:outlineLvl w:val="1"/>
            </w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>"""
        body, _left = read(para("II. MỤC TIÊU", properties='<w:pStyle w:val="H"/>'), parts={"word/styles.xml": styles})

        assert body["content"][0] == {
            "type": "heading",
            "attrs": {"level": 2},
            "content": [{"type": "text", "text": "II. MỤC TIÊU"}],
        }

    def test_plain_lists_stay_lists_within_lists(self):
        numbers = numbering(("decimal", "%1."), ("bullet", "o"))
        body, _left = read(
            numbered("một", 1),
            numbered("gạch", 1, 1),
            numbered("hai", 1),
            para("xen"),
            numbered("ba", 1),
            parts={"word/numbering.xml": numbers},
        )

        assert kinds(body) == ["orderedList", "paragraph", "orderedList"]
        assert body["content"][0]["content"][0]["content"][1]["type"] == "bulletList"
        assert body["content"][2]["attrs"] == {"start": 3}

    def test_marks_that_a_list_of_ours_would_change_are_kept_as_text(self):
        numbers = numbering(
            ("decimal", "Điều %1."), ("lowerLetter", "%2)"), ("upperRoman", "%3."), ("decimal", "%1.%4.")
        )
        body, _left = read(
            numbered("Phê duyệt", 1),
            numbered("một", 1, 1),
            numbered("hai", 1, 1),
            numbered("Giao", 1),
            numbered("lại", 1, 1),
            numbered("La Mã", 1, 2),
            numbered("nhiều cấp", 1, 3),
            parts={"word/numbering.xml": numbers},
        )

        assert bodies.to_text(body).splitlines() == [
            "Điều 1. Phê duyệt", "a) một", "b) hai", "Điều 2. Giao", "a) lại", "I. La Mã", "2.1. nhiều cấp",
        ]  # fmt: skip

    def test_joined_cells_keep_their_place(self):
        body, _left = read(
            table(
                [cell(para("TT"), merge="restart"), cell(para("Năm"), span=2)],
                [cell(merge="continue"), cell(para("2023")), cell(para("2024"))],
                [cell(para("1")), cell(para("a"))],
                header=True,
            )
        )

        rows = body["content"][0]["content"]
        assert rows[0]["content"][0]["type"] == "tableHeader"
        assert rows[0]["content"][0]["attrs"] == {"rowspan": 2}
        assert rows[0]["content"][1]["attrs"] == {"colspan": 2}
        assert [len(row["content"]) for row in rows] == [2, 2, 3]
        assert [row["content"][0]["type"] for row in rows] == ["tableHeader", "tableHeader", "tableCell"]

    def test_pictures_come_as_wide_as_they_were_with_their_words(self):
        body, _left = read(
            para("Sơ đồ:", drawing("p1", millimetres=90, alt="Sơ đồ tổ chức")),
            relations={"p1": "media/image1.png"},
            parts={"word/media/image1.png": png()},
        )

        assert body["content"][1] == {"type": "image", "attrs": {"sha256": NAME, "width": 90, "alt": "Sơ đồ tổ chức"}}

    def test_the_printed_frame_is_left_to_the_system(self):
        head = table([cell(para("UBND HUYỆN")), cell(para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))])
        end = table([cell(para("Nơi nhận:")), cell(para("CHỦ TỊCH"))])

        body, left = read(head, para("Nội dung"), *[para(f"đoạn {n}") for n in range(9)], end)

        assert "table" not in kinds(body)
        assert left_of(left, "Phần quốc hiệu").count == 2


class TestWhatIsLeftOut:
    def test_tracked_changes_are_taken_as_accepted_and_told(self):
        inserted = f'<w:ins w:id="1">{run("thêm")}</w:ins>'
        deleted = '<w:del w:id="2"><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>'

        body, left = read(para(run("giữ "), inserted, deleted))

        assert bodies.to_text(body) == "giữ thêm"
        assert left_of(left, "Sửa đổi").samples == ("thêm", "bỏ đi")

    def test_notes_boxes_equations_colours_and_hidden_words_are_told(self):
        box = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('trong hộp')}</w:txbxContent></v:textbox></w:pict></w:r>"
        body, left = read(
            para(
                run("đỏ", '<w:color w:val="FF0000"/>'),
                run("ẩn", "<w:vanish/>"),
                box,
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>",
                '<w:r><w:commentReference w:id="1"/></w:r>',
                run("H2O", '<w:vertAlign w:val="subscript"/>'),
                properties='<w:jc w:val="center"/>',
            ),
            parts={"word/header1.xml": f"<w:hdr {SPACES}>{para('Đầu trang của đơn vị')}</w:hdr>"},
        )

        assert bodies.to_text(body) == "đỏH2O"
        for beginning in (
            "Màu chữ",
            "Chữ ẩn",
            "Hộp chữ",
            "Chú thích",
            "Công thức",
            "Nhận xét",
            "Chữ chỉ số",
            "Căn giữa",
        ):
            assert left_of(left, beginning).count == 1
        assert left_of(left, "Đầu trang").samples == ("Đầu trang của đơn vị",)

    def test_a_picture_elsewhere_is_told_and_never_fetched(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.3)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
            body, left = read(para("chữ", drawing("p1", how="link")), relations={"p1": address})
            with pytest.raises(TimeoutError):
                server.accept()

        assert kinds(body) == ["paragraph"]
        assert left_of(left, "Ảnh để ở nơi khác").count == 1

    def test_pictures_that_cannot_be_used_cost_only_themselves(self):
        parts = {"word/media/a.png": huge_png(), "word/media/b.emf": b"\x01\x00\x00\x00EMF"}
        body, left = read(
            para("chữ", drawing("p1"), drawing("p2")), relations={"p1": "media/a.png", "p2": "media/b.emf"}, parts=parts
        )

        assert kinds(body) == ["paragraph"]
        assert left_of(left, "Ảnh quá lớn").samples == ("a.png",)
        assert left_of(left, "Ảnh không mở được").samples == ("b.emf",)

    def test_tables_in_tables_and_too_wide_ones_keep_their_words(self):
        wide = table([cell(para(f"c{n}")) for n in range(21)])
        body, left = read(wide, table([cell(table([cell(para("trong"))]), para("ngoài"))]))

        assert "c20" in bodies.to_text(body)
        assert "trong ngoài" in bodies.to_text(body)
        assert left_of(left, "Bảng hơn 20 cột")
        assert left_of(left, "Bảng trong bảng")


class TestTheGuardSeesEverything:
    @pytest.mark.parametrize(
        "stamped",
        [
            {"word/header1.xml": f"<w:hdr {SPACES}>{para('TỐI MẬT')}</w:hdr>"},
            {"word/comments.xml": f"<w:comments {SPACES}>{para('MẬT')}</w:comments>"},
            {"word/header2.xml": f'<w:hdr {SPACES}><w:p><w:pict><v:textpath string="MẬT"/></w:pict></w:p></w:hdr>'},
        ],
        ids=["header", "remark", "drawn letters"],
    )
    def test_a_stamp_outside_of_the_text(self, stamped):
        word = importing.read_word(docx(para("Thường"), parts=stamped))

        assert any(count_secrecy_marks(line) for line in word.guarded)

    def test_a_stamp_in_a_box_or_among_deleted_words(self):
        box = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('MẬT')}</w:txbxContent></v:textbox></w:pict></w:r>"
        deleted = "<w:del><w:r><w:delText>TUYỆT MẬT</w:delText></w:r></w:del>"

        word = importing.read_word(docx(para(run("Kế hoạch"), box), para(deleted)))

        assert [line for line in word.guarded if count_secrecy_marks(line)] == ["MẬT", "TUYỆT MẬT"]


ENTITY = (
    f'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {SPACES}><w:body><w:p/></w:body></w:document>'
)
BOMB = f"<w:document {SPACES}><w:body>{' ' * 60_000_000}</w:body></w:document>"
DEEP = f"<w:document {SPACES}><w:body>{'<w:sdt>' * 400}{'</w:sdt>' * 400}</w:body></w:document>"
MACRO_TYPES = TYPES.replace("document.main", "document.macroEnabled.main")


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"word/vbaProject.bin": b"x"}, importing.WordHasMacros),
        ({"[Content_Types].xml": MACRO_TYPES}, importing.WordHasMacros),
        ({"word/document.xml": ENTITY}, importing.WordUnsafe),
        ({"word/styles.xml": ENTITY}, importing.WordUnsafe),
        ({"word/document.xml": BOMB}, importing.WordTooLarge),
        ({"word/document.xml": DEEP}, importing.WordTooLarge),
        ({f"word/x{n}.xml": b"" for n in range(2001)}, importing.WordTooLarge),
        ({"../../etc/cron.d/x": b"x"}, importing.WordUnsafe),
        ({"C:\\x.xml": b"x"}, importing.WordUnsafe),
        ({"word/document.xml": b"<w:document"}, importing.WordNotReadable),
        ({"word/document.xml": f"<w:document {SPACES}/>"}, importing.WordNotReadable),
    ],
    ids=[
        "macros",
        "macros by type",
        "entity",
        "entity in styles",
        "bomb",
        "depth",
        "parts",
        "path",
        "drive",
        "cut",
        "empty",
    ],
)
def test_hostile_word_files_are_refused_with_words(parts, refusal):
    with pytest.raises(refusal):
        importing.read_word(docx(para("x"), parts=parts))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, importing.WordOldOrLocked),
        (docx(para("x"))[:-40], importing.WordNotReadable),
        (b"%PDF-1.7", importing.WordNotReadable),
        (b"", importing.WordNotReadable),
        (b"PK" + b"0" * importing.MAX_WORD_BYTES, importing.WordTooLarge),
    ],
    ids=["old or locked", "cut", "pdf", "nothing", "large"],
)
def test_other_files_are_refused_with_words(content, refusal):
    with pytest.raises(refusal):
        importing.read_word(content)


class TestPictures:
    def test_a_picture_is_written_afresh_and_bounded(self):
        made = importing.read_picture(png(4000, 100) + b"<script>alert(1)</script>")

        assert made.media_type == "image/png"
        assert b"script" not in made.content
        assert made.millimetres == bodies.WIDEST_MM

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (huge_png(), importing.PictureTooLarge),
            (b"\x89PNG\r\n\x1a\nkaputt", importing.PictureNotReadable),
            (png()[:60], importing.PictureNotReadable),
            (b"<svg onload='x'/>", importing.PictureNotReadable),
        ],
        ids=["100 megapixels", "broken", "cut", "svg"],
    )
    def test_what_is_no_picture_or_too_large_is_refused(self, content, refusal):
        with pytest.raises(refusal):
            importing.read_picture(content)


def test_a_file_that_takes_too_long_costs_one_message(monkeypatch):
    monkeypatch.setattr(importing, "MAX_SECONDS", 0.0)

    with pytest.raises(importing.WordTooSlow):
        importing.read_word(docx(*(para(f"đoạn {n}") for n in range(20_000))))
