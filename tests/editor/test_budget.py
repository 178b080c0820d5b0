"""What the compose page loads: usable within the desk's budget, the editor after that."""

from tests.architecture.test_bundle import DESK_BYTES, bundle, first_load, zipped

__all__ = ["bundle"]
EDITOR_BYTES = 85_000


def test_the_compose_page_can_be_used_within_the_budget_of_a_desk_page():
    assert first_load("desk.js") + zipped("compose.js") <= DESK_BYTES


def test_the_editor_that_follows_stays_small():
    assert zipped("editor.js") <= EDITOR_BYTES
