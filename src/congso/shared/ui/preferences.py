"""How one reader likes to read, kept in cookies of this browser: larger type, dark, single-letter keys, the tour."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest, HttpResponse

YEAR_IN_SECONDS = 365 * 24 * 60 * 60
PREFIX = "cs_"

# Name of the preference, and what it may be; the first is what holds without a cookie.
CHOICES = {
    "size": ("normal", "large"),
    "theme": ("light", "dark"),
    "keys": ("on", "off"),
    "tour": ("open", "closed"),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    size: str
    theme: str
    keys: str
    tour: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        return cls(**{name: _chosen(request, name) for name in CHOICES})


def is_choice(name: str, value: str) -> bool:
    return value in CHOICES.get(name, ())


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep one choice in the browser for a year; scripts may read it, nothing secret is in it."""
    response.set_cookie(PREFIX + name, value, max_age=YEAR_IN_SECONDS, samesite="Lax")


def _chosen(request: HttpRequest, name: str) -> str:
    value = request.COOKIES.get(PREFIX + name, "")
    return value if is_choice(name, value) else CHOICES[name][0]
