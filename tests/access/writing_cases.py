"""Every way into the writing of papers: files taken in, pictures, versions; see ``cases``."""

from typing import Any

from congso.kernel.ids import new_id
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
    *[get("panel", what, after=["gop-y"], note=f"remarks on {what}") for what in ("draft", "in_review", "approved")],
    *[post("remark", what, after=[new_id()], typed=writing.REMARK) for what in ("in_review", "approved")],
    post("resolve_remark", "remark"),
    get("templates"),
    post("save_template", "draft", after=[new_id()], typed={"name": "Mẫu mới"}),
    *[post("begin_from_template", what, after=[new_id()]) for what in ("template", "shared template")],
    *[post("rename_template", what, typed={"name": "Tên khác"}) for what in ("template", "shared template")],
    post("share_template", "shared template", typed={"shared": "1"}),
    *[post("drop_template", what) for what in ("template", "shared template")],
    get("groups"),
    get("group", before=[new_id()], note="new"),
    *[get("group", what) for what in ("group", "shared group")],
    post("group", "group", typed=writing.group_form),
    post("share_group", "shared group", typed={"shared": "1"}),
    *[post("drop_group", what) for what in ("group", "shared group")],
]
