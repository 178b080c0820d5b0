"""Guards: nobody passes who has not signed in, and no route stands without one."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path, reverse
from django_htmx.middleware import HtmxDetails

from congso.kernel.actor import Actor
from congso.kernel.errors import NotPermitted
from congso.kernel.ids import new_id
from congso.shared.authz import checks as routes
from congso.shared.authz import for_everyone, guarded, permission, signed_in


@permission("papers.own", "Xem văn bản của mình")
def OWN(actor, owner_id):  # noqa: N802 - a permission is a constant made of a rule
    return actor.person_id == owner_id


def view(request):
    return HttpResponse("trong nhà")


def ask(guard, *, actor, at="/van-ban/?trang=2", **headers):
    request = RequestFactory().get(at, headers=headers)
    request.actor = actor
    request.htmx = HtmxDetails(request)
    return guard(view)(request)


STRANGER, OFFICER = Actor.anonymous(), Actor(account_id=new_id(), person_id=new_id())


@pytest.mark.parametrize("guard", [signed_in, guarded(OWN)])
class TestGuards:
    def test_who_has_signed_in_passes(self, guard):
        assert ask(guard, actor=OFFICER).content.decode() == "trong nhà"

    def test_others_go_to_the_door_and_come_back_afterwards(self, guard):
        answer = ask(guard, actor=STRANGER)

        assert (answer.status_code, answer.url) == (302, f"{reverse('accounts:login')}?next=%2Fvan-ban%2F%3Ftrang%3D2")

    def test_a_part_of_a_page_sends_the_whole_page_to_the_door(self, guard):
        answer = ask(guard, actor=STRANGER, hx_request="true")

        assert answer.status_code == 401
        assert answer["HX-Redirect"].startswith(reverse("accounts:login"))

    def test_a_programme_is_told_to_sign_in(self, guard):
        answer = ask(guard, actor=STRANGER, at="/api/v1/papers")

        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_public_pages_are_open():
    assert ask(for_everyone, actor=STRANGER).content.decode() == "trong nhà"


class TestRules:
    def test_a_rule_allows_or_not(self):
        assert OWN.allows(OFFICER, OFFICER.person_id)
        assert not OWN.allows(OFFICER, new_id())

    def test_what_is_required_and_not_allowed_is_refused(self):
        OWN.require(OFFICER, OFFICER.person_id)

        with pytest.raises(NotPermitted):
            OWN.require(STRANGER, new_id())


class TestRoutes:
    def test_a_route_without_a_guard_does_not_start(self, monkeypatch):
        monkeypatch.setattr(routes, "all_routes", lambda: [("van-ban/", path("van-ban/", lambda _request: None))])

        [error] = routes.every_route_has_a_guard()

        assert "/van-ban/ has no guard" in error.msg

    def test_every_route_of_the_site_has_one(self):
        assert routes.every_route_has_a_guard() == []
