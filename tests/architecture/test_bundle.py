"""What a page loads stays small, and every class that it names is in the sheet."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "congso"
BUILT = SOURCE / "shared" / "ui" / "static" / "built"
DESK_BYTES = 150_000
PUBLIC_BYTES = 100_000
# A frame and a full list, as desk pages have it.
PAGE_BYTES = 6_000
# The form of a draft, with a list of recipients for each role.
COMPOSE_BYTES = 10_000
FONTS = ["bvp-400", "bvp-600", "bvp-figures-400", "bvp-figures-600"]

CLASS_ATTRIBUTE = re.compile(r'\bclass="((?:\{[%{].*?[%}]\}|[^"])*)"', re.DOTALL)
CLASS_IN_SHEET = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@pytest.fixture(scope="module", autouse=True)
def bundle():
    subprocess.run([sys.executable, ROOT / "frontend" / "build.py"], check=True)


def zipped(name: str) -> int:
    content = (BUILT / name).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 6))


def first_load(*scripts: str, page: int = PAGE_BYTES) -> int:
    return page + sum(map(zipped, ["congso.css", "icons.svg", *scripts, *(f"{name}.woff2" for name in FONTS)]))


def test_a_desk_page_loads_within_its_budget():
    assert first_load("desk.js") <= DESK_BYTES


def test_the_page_where_a_paper_is_written_loads_within_it_too_the_editor_included():
    assert first_load("compose.js", "editor.js", page=COMPOSE_BYTES) <= DESK_BYTES


def test_a_public_page_loads_within_its_budget():
    assert first_load("public.js") <= PUBLIC_BYTES


def test_the_frame_of_an_error_page_is_small():
    page = render_to_string("ui/error.html", {"message": "Không tìm thấy", "code": "not_found", "status": 404})

    assert len(gzip.compress(page.encode())) <= PAGE_BYTES


def classes_named() -> dict[str, str]:
    """Return each class that a template names, or the beginning of one that ends in a placeholder."""
    found = {}
    for path in SOURCE.rglob("templates/**/*.html"):
        for attribute in CLASS_ATTRIBUTE.findall(path.read_text()):
            fixed = re.sub(r"\{%.*?%\}", lambda tag: " " if _parts(tag[0]) else "", attribute, flags=re.DOTALL)
            names = re.sub(r"\{\{.*?\}\}", UNKNOWN, fixed).split()
            found.update(dict.fromkeys(names, str(path.relative_to(SOURCE))))
    return found


def _parts(tag: str) -> bool:
    return not tag.startswith(("{% block", "{% endblock"))


def test_every_class_of_a_template_is_in_the_sheet():
    known = set(CLASS_IN_SHEET.findall((BUILT / "congso.css").read_text()))

    missing = {
        name: where
        for name, where in classes_named().items()
        if not (any(one.startswith(name.split(UNKNOWN)[0]) for one in known) if UNKNOWN in name else name in known)
    }

    assert not missing


def test_no_template_carries_style_or_script_of_its_own():
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)")

    guilty = [path.name for path in SOURCE.rglob("templates/**/*.html") if inline.search(path.read_text())]

    assert guilty == []
