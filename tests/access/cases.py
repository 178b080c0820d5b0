"""Every way into the site: route, method, and the record in the state in which the act is legal for somebody."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typst import Compiler

from congso.kernel.ids import new_id
from congso.modules.documents.placing import NAMES
from congso.modules.documents.signables import KIND
from congso.shared.accounts.tests.factories import PASSWORD
from congso.shared.keys.tests.factories import PIN
from tests.access.api_cases import CASES as API_CASES
from tests.access.case import WHY, Case, Typed, typed_by
from tests.access.dossiers import CASES as DOSSIER_CASES
from tests.access.dossiers import SIGNING as DOSSIER_SIGNING
from tests.access.world import MARK, World
from tests.access.writing_cases import CASES as WRITING_CASES


def _register(_world: World, _role: str) -> Mapping[str, Any]:
    return {"once": new_id(), "nam": "2023", "media": "pdf"}


def get(route: str, about: str = "", **more: Any) -> Case:
    return Case("GET", route, about, **more)


def post(route: str, about: str = "", **more: Any) -> Case:
    return Case("POST", route, about, **more)


def _chosen(what: str) -> Typed:
    """Return the form that asks for an act on many: every rule is asked when a paper's turn comes."""
    return lambda world, _role: {"once": str(new_id()), "chosen": [str(world.ids[what])]}


def _typed(**more: Any) -> Typed:
    """Return the draft's form as each role would send it for its own organ."""

    def typed(world: World, role: str) -> dict[str, Any]:
        position = world.positions.get(role, world.office.author)
        return {
            "secret": "no",
            "organ": str(position.organ_id),
            "type_code": "KH",
            "subject": "Kế hoạch trồng cây",
            "body_text": "Nội dung.",
            "urgency": "0",
            "version": str(world.versions["draft"]),
            **more,
        }

    return typed


def _reply(world: World, role: str) -> dict[str, Any]:
    """A form opened anew that names an incoming paper of the own organ as the one it answers."""
    return {**typed_by(_typed(version="0"), world, role), "reply_to": str(world.ids["directed in"])}


@cache
def _scanned() -> bytes:
    return Compiler(input="Kế hoạch trồng cây".encode()).compile(format="pdf")


def _attached(world: World, role: str) -> dict[str, Any]:
    return {"key": str(new_id()), "chosen": SimpleUploadedFile("bieu.pdf", _scanned(), "application/pdf")}


def _from_elsewhere(world: World, role: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("ke-hoach.pdf", _scanned(), "application/pdf")}


def _placed(world: World, role: str) -> dict[str, Any]:
    return {f"{name}_{part}": "50" if part != "page" else "1" for name in NAMES for part in ("page", "left", "top")}


def _scan(world: World, role: str) -> dict[str, Any]:
    """A paper signed by hand, as the clerk of each organ sends it."""
    chair = world.positions.get(f"{role.rpartition('-')[0]}-chair".removeprefix("-"), world.office.chair)
    return {
        "type_code": "KH",
        "subject": "Kế hoạch trồng cây",
        "signatory": str(chair.id),
        "reason": "Mất mạng cả ngày",
        "to": str(world.ids["receiver"]),
        "scan": SimpleUploadedFile("quet.pdf", _scanned(), content_type="application/pdf"),
    }


def _own_hat(world: World, role: str) -> dict[str, Any]:
    return {"position": str(world.positions.get(role, world.office.author).id)}


def _direction(world: World, _role: str) -> dict[str, Any]:
    return {"lead": str(world.office.author.id), "text": "Thực hiện", "due_date": "08/12/2023"}


def _stack(_world: World, _role: str) -> dict[str, Any]:
    scan = SimpleUploadedFile("xap.pdf", _scanned(), content_type="application/pdf")
    return {"once": str(new_id()), "came_by": "post", "scan": scan}


def _paper_of_stack(_world: World, _role: str) -> dict[str, Any]:
    return {
        "paper": str(new_id()),
        "sender_text": "Ủy ban nhân dân huyện Mẫu",
        "number_text": "901/KH-UBND",
        "document_date": "28/11/2023",
        "type_code": "KH",
        "subject": "Kế hoạch giấy",
        "urgency": "0",
    }


def _to_colleague(world: World, _role: str) -> dict[str, Any]:
    return {"lead": str(world.positions["colleague"].id)}


def _passed_on(world: World, _role: str) -> dict[str, Any]:
    return {"people": [str(world.office.author.id)]}


def _confirmed(what: str, role: str) -> Typed:
    """The PIN on the confirmation page of ``what``, as ``role`` was shown it; others send the very same form."""

    def typed(world: World, _asker: str) -> dict[str, Any]:
        page = world.client(role).get(reverse("signing:confirm", args=[KIND]), {"id": world.ids[what]})
        return {"confirmation": page.context["token"], "pin": PIN, "chosen": [str(world.ids[what])]}

    return typed


def _ids(what: str, name: str = "id") -> Typed:
    return lambda world, _role: {name: world.ids[what]}


def _posted(world: World, _role: str) -> dict[str, Any]:
    return {"chosen": str(world.ids["on paper"]), "sent_date": "29/11/2023"}


KL = {"name": "Kết luận", "abbreviation": "KL", "title": "KẾT LUẬN", "family": "named", "group": "party"}
UNION = {
    "country": "ĐOÀN TNCS HỒ CHÍ MINH",
    "number_words": "Số:",
    "notation": "{số}/{loại}-{cơ quan}",
    "letter_notation": "{số}/{cơ quan}",
    "archive": "Lưu: VT",
    **{name: name[:2] for name in ("for_collective", "acting", "for_head", "by_order", "by_delegation")},
}


def _one_more(world: World, _role: str) -> dict[str, Any]:
    return {"reviewer": str(world.positions["colleague"].id)}


def _one_later(world: World, _role: str) -> dict[str, Any]:
    return {"reviewer": str(world.office.chair.id)}


def _copied(_world: World, _role: str) -> dict[str, Any]:
    return {"type_code": "SY", "page_numbers": "", "once": str(new_id())}


def _amended(_world: World, _role: str) -> dict[str, Any]:
    return {"reason": "Sai số tiền", "once": str(new_id())}


STATES = (
    "draft",
    "in_review",
    "returned",
    "approved",
    "signing",
    "signed",
    "numbered",
    "sealed",
    "issued",
    "to_recall",
    "recalled",
    "withdrawn",
)
INCOMING = ("arrived", "broken", "registered", "directed", "in_progress", "closed", "sent_back", "recalled")

DESK = [
    get("desk:front"),
    get("desk:home"),
    get("desk:search", query={"q": MARK}, note="finds"),
    get("desk:day", query={"ngay": "08/12/2023"}),
    get("desk:menu"),
    get("desk:tour"),
    get("desk:tour", demo=True, note="demo"),
    get("desk:accessibility"),
    get("desk:health"),
    post("desk:prefer", typed={"name": "size", "value": "large"}),
    get("overseer:board"),
    get("overseer:board", "organ", query=_ids("organ", "don-vi"), is_hidden=False),
    get("overseer:cards"),
    get("overseer:opened", before=["A13", "numerator"], note="own"),
    get("overseer:opened", "organ", before=["A13", "numerator"], query=_ids("organ", "don-vi"), is_hidden=False),
]
ACCOUNTS = [
    get("accounts:login"),
    post("accounts:login", typed={"username": "ai.do", "password": "không đúng"}, note="wrong password"),
    post("accounts:logout"),
    post("accounts:demo_login", typed=_own_hat),
    post("accounts:demo_login", typed=_own_hat, demo=True, note="demo, not offered"),
    get("accounts:hat"),
    post("accounts:hat", typed=_own_hat, note="own hat"),
    post("accounts:hat", typed=lambda world, _role: {"position": str(world.office.chair.id)}, note="the chair's hat"),
    get("accounts:sessions"),
    post("accounts:revoke_session", "device"),
    post("accounts:revoke_other_sessions"),
    get("accounts:tokens"),
    post(
        "accounts:tokens",
        typed=lambda _world, _role: {"id": str(new_id()), "name": "Cổng tỉnh", "days": "90", "password": PASSWORD},
    ),
    post("accounts:revoke_token", "token"),
    get("accounts:password"),
    post("accounts:password", typed={"old": PASSWORD, "new": "mưa rào Tế Lợi", "again": "mưa rào Tế Lợi"}),
    get("notify:list"),
    post("notify:read_all"),
    get("notify:open", "notice"),
]
SIGNING = [
    get("signing:confirm", "approved", before=[KIND], query=_ids("approved")),
    post("signing:confirm", "approved", before=[KIND], query=_ids("approved"), typed=_confirmed("approved", "chair")),
    get("signing:confirm", "numbered", before=[KIND], query=_ids("numbered")),
    post("signing:confirm", "numbered", before=[KIND], query=_ids("numbered"), typed=_confirmed("numbered", "clerk")),
    get("signing:progress", "request"),
    *[get("signing:report", what, before=[KIND]) for what in ("approved", "issued")],
    post("signing:report", "issued", before=[KIND]),
    *DOSSIER_SIGNING,
]
OUTGOING = [
    get("documents:outgoing"),
    get("documents:outgoing", query={"q": MARK}, note="finds"),
    get("documents:outgoing_register"),
    get("documents:labels", "issued", query=_ids("issued", "di"), is_hidden=False),
    get("documents:register_files"),
    get("documents:download_register", "register file"),
    post(
        "documents:export_register", before=["di"], typed=lambda *_: {"once": new_id(), "nam": "2023", "media": "pdf"}
    ),
    post("documents:close_register", before=["di"], typed={"nam": "2022"}),
    get("documents:closed_register", "closed register", after=["pdf"]),
    post("documents:save_filter", typed={"place": "documents:incoming", "name": "Trễ hạn", "query": "state=late"}),
    post("documents:drop_filter", "kept filter"),
    get("documents:types"),
    get("documents:type_edit", before=["KL"]),
    post("documents:type_edit", before=["KL"], typed=KL),
    get("documents:type_add"),
    post("documents:type_add", typed={**KL, "code": "TNg", "abbreviation": "TNg"}),
    get("documents:style_edit", before=["union"]),
    post("documents:style_edit", before=["union"], typed=UNION),
    get("documents:series"),
    post("documents:series", typed={"scheme": "common"}),
    get("documents:drafts"),
    get("documents:to_sign"),
    get("documents:clerk"),
    get("documents:clerk", after=["issue"], note="issue"),
    get("documents:bulk", before=["issue"], query={"all": "1"}, note="issue"),
    get("documents:bulk_run", "run"),
    get("documents:compose"),
    get("documents:compose", "directed in", query=_ids("directed in", "tra-loi"), note="reply to directed in"),
    get("documents:secret"),
    get("documents:scan"),
    get("documents:issue_scan", before=[new_id()]),
    post("documents:issue_scan", before=[new_id()], typed=_scan, note="new"),
    *[get("documents:detail", what) for what in STATES],
    *[get("documents:page", what, after=[1]) for what in ("draft", "approved", "issued")],
    *[get("documents:text", what) for what in ("draft", "approved", "issued")],
    *[get("documents:pdf", what) for what in ("draft", "approved", "issued")],
    *[get("documents:panel", what, after=["noi-nhan"]) for what in ("draft", "issued")],
    *[get("documents:panel", what, after=["tep-kem"], note=f"{what}, files") for what in ("draft", "issued")],
    *[
        get(f"documents:{route}", f"{what} file", after=after)
        for what in ("draft", "issued")
        for route, after in (("attachment", ()), ("attachment_page", [1]), ("attachment_file", ()))
    ],
    post("documents:attach", "draft", typed=_attached),
    post("documents:move_attachment", "draft", after=["draft file"]),
    post("documents:remove_attachment", "draft", after=["draft file"]),
    post("documents:restore_attachment", "draft", after=["draft file taken out"]),
    get("documents:from_pdf", "draft"),
    post("documents:from_pdf", "draft", typed=_from_elsewhere),
    post("documents:place_on_pdf", "draft file paper", typed=_placed),
    post("documents:drop_pdf", "draft file paper"),
    get("documents:edit", "draft"),
    post("documents:edit", "draft", typed=_typed()),
    post("documents:edit", "draft", typed=_typed(version="0"), note="draft as new"),
    post("documents:edit", "draft", typed={"secret": "yes"}, note="draft is secret"),
    post("documents:edit", before=[new_id()], typed=_typed(version="0"), note="new"),
    post("documents:edit", before=[new_id()], typed=_reply, note="new, answers directed in"),
    get("documents:edit", "in_review"),
    post("documents:autosave", "draft", typed=_typed()),
    post("documents:autosave", "draft", typed={"secret": "yes"}, note="draft is secret"),
    get("documents:preview", "draft"),
    get("documents:preview_page", "draft", after=[1]),
    post("documents:carry_over", "draft"),
    post("documents:submit", "draft"),
    post("documents:initial", "in_review"),
    post("documents:return", "in_review", typed=WHY),
    get("documents:panel", "in_review", after=["xem-xet"], note="in_review, chain"),
    post("documents:skip_reviewer", "in_review", typed=WHY),
    post("documents:add_reviewer", "in_review", typed=_one_more),
    post("documents:bring_forward", "in_review", typed=_one_later),
    post("documents:return", "approved", typed=WHY),
    post("documents:take_back", "in_review"),
    post("documents:number", "signed"),
    post("documents:bulk", before=["issue"], typed=_chosen("sealed"), is_hidden=False),
    post("documents:stop_bulk", "run"),
    post("documents:repeat_bulk", "run"),
    post("documents:cancel_number", "numbered", typed=WHY),
    post("documents:issue", "sealed"),
    *[post("documents:withdraw", what, typed=WHY) for what in ("draft", "numbered", "issued")],
]
AMENDING = [
    *[get("documents:panel", what, after=["thu-hoi"]) for what in ("issued", "to_recall", "recalled")],
    get("documents:incoming_panel", "recalled in", after=["thu-hoi"]),
    post("documents:order_recall", "issued", typed=WHY),
    post("documents:drop_recall", "to_recall"),
    post("documents:carry_out_recall", "to_recall"),
    post("documents:replace", "issued", typed=_amended),
    post("documents:correct", "issued", typed=_amended),
    post("documents:confirm_destroyed", "recalled in"),
]
COPYING = [
    get("documents:panel", "issued", after=["sao"], note="issued, copies"),
    get("documents:incoming_panel", "directed in", after=["sao"], note="directed in, copies"),
    post("documents:copy_document", "issued", typed=_copied),
    post("documents:copy_incoming", "directed in", typed=_copied),
    get("documents:copies"),
    get("documents:copy", "copy"),
    get("documents:copy_page", "copy", after=[1]),
    get("documents:copy_pdf", "copy"),
]
BY_NAME = [
    get("documents:personal"),
    *[get("documents:personal_detail", what) for what in ("sealed", "issued")],
    get("documents:personal_page", "issued", after=[1]),
    get("documents:personal_text", "issued"),
    get("documents:personal_pdf", "issued"),
    get("documents:despatch"),
    post("documents:despatch", typed=_posted, note="marks sent"),
]
ARRIVING = [
    get("documents:incoming"),
    get("documents:incoming", query={"q": MARK}, note="finds"),
    get("documents:incoming_register"),
    get("documents:following_register"),
    *[get("documents:incoming_detail", f"{what} in") for what in INCOMING],
    *[get("documents:incoming_page", f"{what} in", after=[1]) for what in ("arrived", "directed")],
    *[get("documents:incoming_text", f"{what} in") for what in ("arrived", "directed")],
    *[get("documents:incoming_pdf", f"{what} in") for what in ("arrived", "directed")],
    get("documents:incoming_panel", "directed in", after=["khong-co"], note="unknown panel"),
    *[
        get("documents:incoming_panel", "directed in", after=[key], note=f"directed in, {key}")
        for key in ("tien-do", "giao-tiep", "chi-dao-them", "chuyen-tiep", "nguoi-doc")
    ],
    *[get("documents:print_incoming", f"{what} in") for what in ("arrived", "directed")],
    get("documents:enter"),
    post("documents:enter", typed=_stack),
    get("documents:separator"),
    get("documents:separator_code"),
    get("documents:stack", "stack"),
    get("documents:stack_thumbnail", "stack", after=[0]),
    get("documents:stack_picture", "stack", after=[0]),
    post("documents:arrange_stack", "stack", typed={"act": "drop:1"}),
    get("documents:enter_paper", "stack", after=[0]),
    post("documents:enter_paper", "stack", after=[0], typed=_paper_of_stack),
    post("documents:drop_stack", "stack"),
    post("documents:register", "arrived in"),
    post("documents:return_incoming", "arrived in", typed=WHY),
    post("documents:direct", "registered in", typed=_direction),
    post("documents:split", "directed in", typed=_to_colleague),
    post("documents:change_due", "directed in", after=["order"], typed={**WHY, "due_in": "5"}),
    post("documents:take_back_direction", "directed in", after=["order"], typed=WHY),
    post("documents:forward", "closed in", typed=_passed_on),
    post("documents:remind", "directed in"),
    post("documents:take_on", "directed in"),
    post("documents:finish_part", "in_progress in"),
]
PAPERS = [*OUTGOING, *WRITING_CASES, *AMENDING, *COPYING, *BY_NAME, *ARRIVING, *DOSSIER_CASES]
CASES = [*DESK, *ACCOUNTS, *SIGNING, *PAPERS, *API_CASES]
