"""Docs stay true: what README and docs point to exists, and each picture of the tour shows a living page."""

import json
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")
TOUR = ROOT / "docs" / "tour"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page):
    targets = [
        link
        for link in LINK.findall(CODE.sub("", page.read_text()))
        if not link.startswith(("http:", "https:", "mailto:"))
    ]

    missing = [target for target in targets if not (page.parent / target).exists()]

    assert missing == []


def test_each_picture_of_the_tour_shows_a_page_that_still_exists():
    names = set(_route_names())

    for picture, route in json.loads((TOUR / "tour.json").read_text()).items():
        assert (TOUR / picture).exists(), f"{picture} is missing: make screenshots"
        assert route in names, f"{picture} shows {route}, which is gone: make screenshots"


def test_the_readme_shows_the_whole_tour():
    shown = set(re.findall(r"docs/tour/([\w.-]+\.png)", (ROOT / "README.md").read_text()))

    assert shown == set(json.loads((TOUR / "tour.json").read_text()))


def _route_names(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _route_names(entry, inner)
        elif entry.name:
            yield namespace + entry.name
