import pytest

from congso.modules.documents.rendering.drawing import blocks_to_draw, listed
from congso.modules.documents.rendering.tests import factories
from congso.modules.documents.rendering.tests.factories import body, cell, paragraph, table, text


def words(block):
    return "".join(run["x"] for run in block["c"])


def columns(*rows):
    return blocks_to_draw(body(table(*rows)), articles=False)[0]["columns"]


def test_lines_end_with_semicolons_and_the_last_as_asked():
    assert listed(["Một", "Hai;", " ", "Ba."], last=".") == ["Một;", "Hai;", "Ba."]


@pytest.mark.parametrize("typed", ["Hết", "Hết.", "Hết;", "Hết./."])
def test_the_last_paragraph_ends_with_the_end_mark_once(typed):
    assert words(blocks_to_draw(body(paragraph(typed)), articles=False)[-1]) == "Hết./."


def test_a_paper_that_breaks_off_after_a_colon_gets_no_end_mark():
    assert words(blocks_to_draw(body(paragraph("như sau:")), articles=False)[-1]) == "như sau:"


def test_empty_paragraphs_are_not_drawn():
    tree = body(paragraph("Hết"), {"type": "paragraph"})

    assert len(blocks_to_draw(tree, articles=False)) == 1


def test_lists_become_paragraphs_with_marks_by_their_depth():
    inner = factories.listed("orderedList", [paragraph("a")], [paragraph("b")])
    tree = body(
        factories.listed("bulletList", [paragraph("một"), factories.listed("bulletList", [paragraph("hai")])]),
        factories.listed("orderedList", [paragraph("ba"), inner]) | {"attrs": {"start": 3}},
    )

    drawn = [words(block) for block in blocks_to_draw(tree, articles=False)]

    assert drawn == ["- một", "+ hai", "3. ba", "a) a", "b) b./."]


def test_the_word_of_an_article_is_bold_in_a_decision_only():
    tree = body(paragraph("Điều 12. Hiệu lực"), paragraph("Điều này"))

    article, plain = blocks_to_draw(tree, articles=True)

    assert article["c"] == [{"x": "Điều 12.", "b": True}, {"x": " Hiệu lực"}]
    assert len(plain["c"]) == 1
    assert len(blocks_to_draw(tree, articles=False)[0]["c"]) == 1


def test_marks_are_drawn():
    tree = body({"type": "paragraph", "content": [text("x", "bold", "underline"), {"type": "hardBreak"}, text("y")]})

    assert blocks_to_draw(tree, articles=False)[0]["c"] == [
        {"x": "x", "b": True, "u": True},
        {"br": True},
        {"x": "y./."},
    ]


def test_a_narrow_column_is_as_wide_as_it_needs_beside_a_wide_one():
    assert columns([cell("STT"), cell("Nội dung công việc")]) == [0, 18]


def test_columns_that_are_all_narrow_share_the_width():
    assert columns([cell("STT"), cell("Năm")]) == [8, 8]


def test_too_many_narrow_columns_share_the_width():
    assert 0 not in columns([cell("Tháng"), *[cell("100%")] * 9, cell("Nội dung công việc")])


def test_joined_cells_do_not_widen_a_column():
    assert columns([cell("Tên dài của cả nhóm cột", colspan=2)], [cell("1"), cell("Nội dung công việc")]) == [0, 18]


def test_rows_of_header_cells_repeat_on_each_page():
    drawn = blocks_to_draw(body(table([cell("A", header=True)], [cell("1")])), articles=False)[0]

    assert drawn["headers"] == 1


def test_a_header_that_reaches_down_takes_those_rows_along():
    top = [cell("TT", header=True, rowspan=2), cell("Năm", header=True, colspan=2)]
    rows = table(top, [cell("2023"), cell("2024")], [cell("1"), cell("12"), cell("34")])

    assert blocks_to_draw(body(rows), articles=False)[0]["headers"] == 2
