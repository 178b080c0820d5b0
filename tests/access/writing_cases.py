"""Every way into the writing of papers: files taken in, pictures, versions; see ``cases``."""

from typing import Any

from tests.access import writing
from tests.access.case import Case


def get(route: str, about: str = "", **more: Any) -> Case:
    return Case("GET", f"documents:{route}", about, **more)


def post(route: str, about: str = "", **more: Any) -> Case:
    return Case("POST", f"documents:{route}", about, **more)


CASES = [
    get("receive_file", "draft"),
    get("receive_file", "in_review"),
    post("receive_file", "draft", typed=writing.word_file),
    post("take_file", "draft", typed=writing.taken_file),
    post("add_picture", "draft", typed=writing.picture_file),
    *[get("picture", what, after=[writing.PICTURE]) for what in ("draft", "in_review", "issued")],
    *[get("panel", what, after=["phien-ban"], note=f"versions of {what}") for what in ("draft", "in_review", "issued")],
    *[get("compare_versions", what) for what in ("draft", "in_review", "issued")],
    post("keep_version", "draft", typed={"name": "trước khi sửa"}),
]
