"""Every way into the API; see ``cases``."""

from typing import Any

from tests.access.case import WHY, Case, Typed
from tests.access.world import MARK, World


def get(route: str, about: str = "", **more: Any) -> Case:
    return Case("GET", f"api:{route}", about, **more)


def post(route: str, about: str = "", **more: Any) -> Case:
    return Case("POST", f"api:{route}", about, **more)


def put(route: str, about: str = "", **more: Any) -> Case:
    return Case("PUT", f"api:{route}", about, **more)


def _draft(**more: Any) -> Typed:
    """Return a draft as each role would send it for its own organ."""

    def typed(world: World, role: str) -> dict[str, Any]:
        position = world.positions.get(role, world.office.author)
        return {
            "is_not_secret": True,
            "organ": str(position.organ_id),
            "type_code": "KH",
            "subject": "Kế hoạch trồng cây",
            "body_text": "Nội dung.",
            **more,
        }

    return typed


def _saved(world: World, role: str) -> dict[str, Any]:
    sent = _draft()
    assert callable(sent)
    return {**sent(world, role), "version": world.versions["draft"]}


def _reply(world: World, role: str) -> dict[str, Any]:
    sent = _draft()
    assert callable(sent)
    return {**sent(world, role), "reply_to": str(world.ids["directed in"])}


def _order(world: World, _role: str) -> dict[str, Any]:
    return {"lead": str(world.office.author.id), "text": "Thực hiện", "due_date": "2023-12-08"}


ASKING = [
    get("openapi"),
    get("get_me"),
    get("get_work"),
    get("find_organs", query={"q": "thang long"}),
    get("get_organ", "organ", is_hidden=False),
    get("get_board"),
    get("open_figure", before=["A13", "numerator"], note="own"),
    get(
        "open_figure",
        "organ",
        before=["A13", "numerator"],
        query=lambda world, _role: {"organ": world.ids["organ"]},
        is_hidden=False,
    ),
    get("signing_progress", "request"),
    get("outgoing_register", before=[2023]),
    get("cancelled_numbers", before=[2023]),
    get("incoming_register", before=[2023]),
]
OUTGOING = [
    get("list_issued"),
    get("list_issued", query={"q": MARK}, note="finds"),
    get("list_drafts"),
    get("draft_choices"),
    *[get("get_document", what) for what in ("draft", "in_review", "approved", "sealed", "issued", "withdrawn")],
    *[get("document_file", what) for what in ("draft", "approved", "issued")],
    *[get("document_verdict", what) for what in ("draft", "issued")],
    *[get("document_history", what) for what in ("draft", "issued")],
    post("create_draft", typed=_draft(), note="new"),
    post("create_draft", typed=_reply, note="new, answers directed in"),
    put("save_draft", "draft", typed=_saved),
    post("submit_document", "draft"),
    post("initial_document", "in_review"),
    post("return_document", "in_review", typed=WHY),
    post("return_document", "approved", typed=WHY),
    post("number_document", "signed"),
    post("issue_document", "sealed"),
    *[post("withdraw_document", what, typed=WHY) for what in ("draft", "numbered")],
]
ARRIVING = [
    get("list_incoming"),
    get("list_incoming", query={"q": MARK}, note="finds"),
    *[get("get_incoming", f"{what} in") for what in ("arrived", "registered", "directed", "closed")],
    get("incoming_file", "directed in"),
    get("incoming_verdict", "directed in"),
    get("incoming_history", "directed in"),
    get("incoming_assignees", "registered in"),
    post("register_incoming", "arrived in"),
    post("direct_incoming", "registered in", typed=_order),
    post("return_incoming", "arrived in", typed=WHY),
]
CASES = [*ASKING, *OUTGOING, *ARRIVING]
