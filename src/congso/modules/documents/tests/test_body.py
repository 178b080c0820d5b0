import json
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.modules.documents import body as bodies
from congso.modules.documents.body import BodyNotUsable
from congso.modules.documents.rendering.tests.factories import body, cell, heading, listed, paragraph, table, text

LETTERS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Sm", "Zs"]) | st.sampled_from("ăâđêôơưếộữ<>&\"'"),
    min_size=1,
).filter(lambda words: unicodedata.is_normalized("NFC", words))
MARKS = st.sets(st.sampled_from(["bold", "italic", "underline"])).map(
    lambda names: [{"type": name} for name in ("bold", "italic", "underline") if name in names]
)
RUN = st.builds(lambda words, marks: text(words) | ({"marks": marks} if marks else {}), LETTERS, MARKS)
INLINE = st.lists(RUN | st.just({"type": "hardBreak"}), min_size=1, max_size=3)
PARAGRAPH = st.builds(lambda runs: {"type": "paragraph", "content": runs}, INLINE)
HEADING = st.builds(
    lambda runs, level: {"type": "heading", "attrs": {"level": level}, "content": runs}, INLINE, st.integers(1, 3)
)


def lists_of(items):
    item = st.tuples(PARAGRAPH, st.lists(items, max_size=1)).map(lambda parts: [parts[0], *parts[1]])
    return st.builds(
        lambda kind, content: listed(kind, *content),
        st.sampled_from(["bulletList", "orderedList"]),
        st.lists(item, min_size=1, max_size=3),
    )


LIST = st.recursive(PARAGRAPH, lists_of, max_leaves=4)
CELL = st.builds(
    lambda kind, content: {"type": kind, "content": [content]}, st.sampled_from(["tableCell", "tableHeader"]), LIST
)
TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=3).map(
        lambda rows: table(*rows)
    )
)
BODY = st.lists(PARAGRAPH | HEADING | LIST | TABLE, max_size=4).map(lambda nodes: body(*nodes))


@given(BODY)
def test_a_body_that_the_editor_makes_is_taken_unchanged(tree):
    assert bodies.from_json(json.dumps(tree)) == tree


@given(BODY)
def test_taking_in_twice_changes_nothing(tree):
    assert bodies.check(bodies.check(tree)) == bodies.check(tree)


@given(BODY)
def test_html_holds_no_markup_that_was_typed(tree):
    shown = bodies.to_html(tree)

    for tag in ("<script", "<img", "<a "):
        assert tag not in shown


@given(st.lists(LETTERS))
def test_plain_text_returns_as_it_was_typed_but_for_blanks(lines):
    kept = [" ".join(line.split()) for line in lines]

    returned = bodies.to_text(bodies.from_text("\n".join(lines)))

    assert returned == "\n".join(line for line in kept if line)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["type", "content", "attrs", "marks", "text", "level"]), inner)
        ),
        max_leaves=12,
    )
)
def test_nonsense_is_refused_and_never_breaks(tree):
    with suppress(BodyNotUsable):
        assert bodies.check(tree)["type"] == "doc"


def test_text_is_composed():
    taken = bodies.from_text(unicodedata.normalize("NFD", "Nông Cống"))

    assert bodies.to_text(taken) == "Nông Cống"


def test_control_characters_are_left_out():
    assert bodies.to_text(bodies.check(body(paragraph("Nông\x00\u202e Cống\ufeff")))) == "Nông Cống"


def test_a_table_reads_row_by_row():
    tree = body(heading(1, "Chỉ tiêu"), table([cell("1"), cell("Ký số")], [cell("2"), cell("Trực tuyến")]))

    assert bodies.to_text(tree) == "Chỉ tiêu\n1\tKý số\n2\tTrực tuyến"


def test_html_says_the_structure():
    tree = body(
        heading(1, "I. Việc & người"),
        {"type": "paragraph", "content": [text("đậm", "bold", "italic"), {"type": "hardBreak"}, text("<b>")]},
        table([cell("A", header=True, colspan=2)], [cell("1"), cell("2")]),
    )

    assert bodies.to_html(bodies.check(tree)) == (
        "<h3>I. Việc &amp; người</h3><p><strong><em>đậm</em></strong><br>&lt;b&gt;</p>"
        '<table><tr><th colspan="2"><p>A</p></th></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table>'
    )


@pytest.mark.parametrize(
    "tree",
    [
        None,
        {"type": "paragraph"},
        body({"type": "image", "attrs": {"src": "x"}}),
        body(text("không có đoạn")),
        body({"type": "paragraph", "content": [text("x")], "onclick": "y"}),
        body({"type": "paragraph", "attrs": {"style": "color:red"}, "content": [text("x")]}),
        body({"type": "paragraph", "content": [text("x", "link")]}),
        body({"type": "paragraph", "content": [{"type": "text", "text": ""}]}),
        body({"type": "heading", "attrs": {"level": 4}, "content": [text("x")]}),
        body({"type": "heading", "attrs": {"level": True}, "content": [text("x")]}),
        body({"type": "heading", "content": [text("x")]}),
        body(listed("bulletList")),
        body(listed("bulletList", [heading(1, "x")])),
    ],
)
def test_what_the_editor_cannot_make_is_refused(tree):
    with pytest.raises(BodyNotUsable, match="không phải đoạn văn"):
        bodies.check(tree)


@pytest.mark.parametrize(
    "rows",
    [
        [[cell("1")], [cell("1"), cell("2")]],
        [[cell("1", colspan=2)], [cell("1")]],
        [[cell("1", rowspan=2), cell("2")]],
        [[cell("1", rowspan=2), cell("2", rowspan=2)], [cell("3")]],
        [[cell("1", colspan=20), cell("2")]],
    ],
)
def test_a_table_whose_rows_do_not_fit_is_refused(rows):
    with pytest.raises(BodyNotUsable, match="bảng bị lệch"):
        bodies.check(body(table(*rows)))


def test_joined_cells_that_fit_are_taken():
    tree = body(table([cell("1", rowspan=2), cell("2", colspan=2)], [cell("3"), cell("4")]))

    assert bodies.to_text(bodies.check(tree)) == "1\t2\n3\t4"


def test_column_widths_of_the_screen_are_left_out():
    wide = cell("1") | {"attrs": {"colspan": 1, "rowspan": 1, "colwidth": [120]}}

    taken = bodies.check(body(table([wide])))

    assert "attrs" not in taken["content"][0]["content"][0]["content"][0]


def test_lists_nested_too_deep_are_refused():
    tree = paragraph("x")
    for _ in range(8):
        tree = listed("bulletList", [paragraph("x"), tree])

    with pytest.raises(BodyNotUsable, match="lồng nhau quá nhiều lớp"):
        bodies.check(body(tree))


def test_too_many_characters_are_refused():
    with pytest.raises(BodyNotUsable, match="phụ lục"):
        bodies.from_text("ă" * (bodies.MAX_CHARACTERS + 1))


def test_too_many_parts_are_refused():
    with pytest.raises(BodyNotUsable):
        bodies.check(body(*[{"type": "paragraph"}] * (bodies.MAX_NODES + 1)))


@pytest.mark.parametrize("sent", ["", "{", '"' + "x" * (bodies.MAX_BYTES + 1) + '"', "[" * 100_000], ids=range(4))
def test_what_is_not_json_is_refused(sent):
    with pytest.raises(BodyNotUsable):
        bodies.from_json(sent)


def test_an_empty_body_says_nothing():
    assert bodies.is_empty(bodies.empty())
    assert bodies.is_empty(bodies.from_text(" \n "))
    assert not bodies.is_empty(bodies.from_text("x"))


def picture(**attributes):
    return {"type": "image", "attrs": {"sha256": "ab" * 32, "width": 80, "alt": "Sơ đồ"} | attributes}


def test_a_picture_is_named_by_its_hash_and_says_what_it_shows():
    kept = bodies.check(body(picture(), table([cell("Ảnh") | {"content": [picture(sha256="cd" * 32)]}])))

    assert bodies.images_in(kept) == ["ab" * 32, "cd" * 32]
    assert "Sơ đồ" in bodies.to_text(kept)
    assert not bodies.is_empty(bodies.check(body(picture(alt=""))))
    assert 'src="/anh/abababab"' in bodies.to_html(kept, address_of=lambda sha256: f"/anh/{sha256[:8]}")


@pytest.mark.parametrize(
    "attributes",
    [{"sha256": "../../etc/passwd"}, {"sha256": "AB" * 32}, {"width": 4000}, {"width": "80"}, {"src": "http://x"}],
)
def test_a_picture_from_elsewhere_or_wider_than_the_page_is_refused(attributes):
    with pytest.raises(BodyNotUsable):
        bodies.check(body(picture(**attributes)))


def test_more_pictures_than_a_paper_holds_are_refused():
    with pytest.raises(BodyNotUsable, match="60 ảnh"):
        bodies.check(body(*[picture()] * (bodies.MAX_IMAGES + 1)))
