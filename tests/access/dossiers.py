"""Work dossiers in the world, and every way to them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from congso.kernel.ids import new_id
from congso.modules.documents.tests.words import png
from tests.access.case import WHY, Case
from tests.access.world import World


def _outside(_world: World, _role: str) -> Mapping[str, Any]:
    return {
        "once": str(new_id()),
        "notation": "09.KH",
        "title": "Hồ sơ mới",
        "retention": "06",
        "reason": "Phát sinh",
    }


def _line(_world: World, _role: str) -> Mapping[str, Any]:
    return {"once": str(new_id()), "nam": "2024", "notation": "08.KH", "title": "Hồ sơ mới", "retention": "06"}


def _files(_world: World, _role: str) -> Mapping[str, Any]:
    return {"key": str(new_id()), "chosen": SimpleUploadedFile("a.png", png(colour="green"))}


def _given(world: World, _role: str) -> Mapping[str, Any]:
    return {"keeper": str(world.positions["colleague"].id)}


def _picked(world: World, _role: str) -> Mapping[str, Any]:
    return {"once": str(new_id()), "chosen": [str(world.ids["issued"])]}


def _into(world: World, _role: str) -> Mapping[str, Any]:
    return {"dossier": str(world.ids["dossier"])}


def _offered(world: World, _role: str) -> Mapping[str, Any]:
    return {"once": str(new_id()), "chosen": [str(world.ids["closed dossier"])]}


def _by_decision(world: World, _role: str) -> Mapping[str, Any]:
    return {"decision": str(world.ids["decision"])}


def _to_sign(world: World, _role: str) -> Mapping[str, Any]:
    return {"id": str(world.ids["to sign transfer"])}


DETAILS = {"title": "Tên khác", "retention": "06"}
DAYS = {"start_date": "01/11/2023", "end_date": "29/11/2023"}
LONGER = {**WHY, "until": "30/11/2024"}


def get(route: str, about: str = "", **more: Any) -> Case:
    return Case("GET", f"documents:{route}", about, **more)


def post(route: str, about: str = "", **more: Any) -> Case:
    return Case("POST", f"documents:{route}", about, **more)


ITEM = {"after": ["dossier file"]}
CASES = [
    get("dossiers"),
    *[get("dossiers", before=[key], note=key) for key in ("da-ket-thuc", "den-han", "co-quan", "luu-tru")],
    get("dossier_new"),
    post("dossier_new", typed=_outside),
    post("dossier_from_entry", "entry 2023", typed={"once": str(new_id())}),
    get("dossier_catalogue"),
    post("dossier_catalogue", typed=_line),
    post("copy_dossier_catalogue", typed={"nam": "2024"}),
    post("approve_dossier_catalogue", typed={"nam": "2024"}),
    get("dossier_entry", "entry 2024"),
    post("dossier_entry", "entry 2024", typed=_line),
    post("drop_dossier_entry", "entry 2024"),
    *[get("dossier", what) for what in ("dossier", "closed dossier")],
    get("edit_dossier", "dossier"),
    post("edit_dossier", "dossier", typed=DETAILS),
    post("close_dossier", "dossier", typed=DAYS),
    post("reopen_dossier", "closed dossier", typed=WHY),
    post("keep_dossier_longer", "closed dossier", typed=LONGER),
    post("give_dossier", "dossier", typed=_given),
    get("dossier_pick", "dossier", after=["di"]),
    get("dossier_pick", "dossier", after=["den"], note="dossier, incoming"),
    post("dossier_pick", "dossier", after=["di"], typed=_picked),
    post("add_dossier_files", "dossier", typed=_files),
    get("dossier_file", "dossier", **ITEM),
    post("take_out_of_dossier", "dossier", **ITEM),
    post("put_back_in_dossier", "dossier", after=["dossier file taken out"]),
    post("note_dossier_item", "dossier", typed={"note": "bản chụp"}, **ITEM),
    post("move_dossier_item", "dossier", typed={"up": "0"}, **ITEM),
    post("export_dossier", "dossier", typed={"once": str(new_id())}),
    get("dossier_exports", "dossier"),
    get("dossier_export", "dossier", after=["export"]),
    get("dossier_transfers"),
    post("offer_dossiers", typed=_offered),
    *[get("dossier_transfer", f"{what} transfer") for what in ("offered", "to sign")],
    get("dossier_transfer_page", "to sign transfer", after=[1]),
    get("dossier_transfer_pdf", "to sign transfer"),
    post("accept_transfer", "offered transfer"),
    post("refuse_dossier", "offered transfer", after=["offered dossier"], typed=WHY),
    post("drop_transfer", "to sign transfer"),
    post("propose_destruction", "expired dossier", typed={**WHY, "once": str(new_id())}),
    post("destroy_dossier", "proposed dossier", typed=_by_decision),
    post("refuse_destruction", "proposed dossier", typed=WHY),
    post("put_document_in_dossier", "draft", typed=_into),
    post("put_incoming_in_dossier", "directed in", typed=_into),
    get("panel", "issued", after=["ho-so"], note="issued, dossiers"),
    get("incoming_panel", "directed in", after=["ho-so"], note="directed in, dossiers"),
]
SIGNING = [
    Case("GET", "signing:confirm", "to sign transfer", before=["documents.transfer"], query=_to_sign, is_hidden=False),
]
