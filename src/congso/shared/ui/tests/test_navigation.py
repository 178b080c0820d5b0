"""The side bar shows where the actor may go, and no more."""

from datetime import date

import pytest

from congso.kernel.actor import Actor
from congso.shared.ui.navigation import Entry, Navigation

TODAY = date(2023, 11, 29)
SOMEBODY = Actor()


@pytest.fixture
def navigation():
    found = Navigation()
    found.register(Entry(group="work", label="Việc của tôi", url_name="desk:home", badge="work"))
    return found


def test_a_group_without_pages_is_absent(navigation):
    groups = navigation.shown_to(SOMEBODY, view_name="", counts={})

    assert [group.label for group in groups] == ["Việc của tôi"]


def test_a_page_that_the_actor_has_no_use_for_is_absent(navigation):
    navigation.register(
        Entry(group="figures", label="Số liệu", url_name="desk:search", visible=lambda actor: actor.is_authenticated)
    )

    assert len(navigation.shown_to(SOMEBODY, view_name="", counts={})) == 1


def test_a_group_of_one_page_is_itself_the_present_page(navigation):
    group = navigation.shown_to(SOMEBODY, view_name="desk:home", counts={})[0]

    assert (group.is_present, group.is_open) == (True, False)


def test_a_group_of_pages_opens_on_each_of_its_views(navigation):
    navigation.register(Entry(group="documents", label="Đến", url_name="desk:search", views=("documents:incoming",)))
    navigation.register(Entry(group="documents", label="Đi", url_name="desk:menu"))

    group = navigation.shown_to(SOMEBODY, view_name="documents:incoming_detail", counts={})[1]

    assert group.is_open
    assert [page.is_present for page in group.entries] == [False, True]


def test_pages_stand_in_their_order(navigation):
    navigation.register(Entry(group="documents", label="Đi", url_name="desk:menu", order=2))
    navigation.register(Entry(group="documents", label="Đến", url_name="desk:search", order=1))

    group = navigation.shown_to(SOMEBODY, view_name="", counts={})[1]

    assert [page.label for page in group.entries] == ["Đến", "Đi"]


def test_numbers_of_several_modules_add_up(navigation):
    navigation.register_counter(lambda _actor, _today: {"work": 2})
    navigation.register_counter(lambda _actor, _today: {"work": 3, "other": 1})

    counts = navigation.counts(SOMEBODY, TODAY)

    assert navigation.shown_to(SOMEBODY, view_name="", counts=counts)[0].count == 5


def test_the_top_level_does_not_grow(navigation):
    with pytest.raises(ValueError, match="No navigation group"):
        navigation.register(Entry(group="products", label="Sản phẩm", url_name="desk:home"))


def test_registering_twice_shows_once(navigation):
    navigation.register(Entry(group="work", label="Việc của tôi", url_name="desk:home"))

    assert len(navigation.shown_to(SOMEBODY, view_name="", counts={})[0].entries) == 1
