"""What every page's frame needs, asked only when the frame is drawn: a partial costs nothing here."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.shared.notify.queries import unread_count
from congso.shared.ui.hat import Hat, hat_of
from congso.shared.ui.navigation import NAVIGATION, ShownGroup
from congso.shared.ui.preferences import Preferences

NOTICES = "notify:list"


class Frame:
    """The frame around one page: who acts, where they may go, what is new, how they like to read."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.actor: Actor = getattr(request, "actor", None) or Actor.anonymous()
        self.preferences = Preferences.of(request)
        self.is_demo: bool = settings.CONGSO_DEMO
        self.is_training: bool = settings.CONGSO_TRAINING
        self.site_name: str = settings.CONGSO_SITE_NAME

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def hat(self) -> Hat:
        return hat_of(self._request)

    @cached_property
    def unread(self) -> int:
        return unread_count(self.actor)

    @cached_property
    def notices_url(self) -> str:
        try:
            return reverse(NOTICES)
        except NoReverseMatch:
            return ""

    @cached_property
    def counts(self) -> dict[str, int]:
        return NAVIGATION.counts(self.actor, self.today) if self.actor.is_authenticated else {}

    @cached_property
    def groups(self) -> list[ShownGroup]:
        match = self._request.resolver_match
        view_name = match.view_name if match else ""
        return NAVIGATION.shown_to(self.actor, view_name=view_name, counts=self.counts)

    @cached_property
    def phone_groups(self) -> list[ShownGroup]:
        return [group for group in self.groups if group.on_phone]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``frame``."""
    return {"frame": Frame(request)}
