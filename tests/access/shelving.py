"""Work dossiers in the world."""

from datetime import date
from typing import Any
from uuid import UUID

from congso.kernel.ids import new_id
from congso.modules.documents.dossiers import catalogues, destroying, exporting, filling, transfers
from congso.modules.documents.tests.dossiers import close, given, make_dossier, put_file
from congso.modules.documents.tests.factories import NOW, DocumentFactory


def make_dossiers(world: Any, title: str) -> None:
    """One open with a paper and a file, one closed, one in the catalogue that nobody has begun."""
    office, by = world.office, world.actor("author")
    open_one = make_dossier(office, title=title)
    world.ids["dossier"] = open_one.id
    world.ids["dossier file"] = put_file(open_one, office).id
    gone = put_file(open_one, office, colour="blue")
    filling.take_out(open_one.id, gone.id, by=by, now=NOW)
    world.ids["dossier file taken out"] = gone.id
    filling.put_in(open_one.id, "document", world.ids["issued"], by=by, now=NOW)
    world.ids["export"] = _exported(open_one.id, world)
    closed = make_dossier(office, notation="02.TCCB", title=title)
    put_file(closed, office)
    world.ids["closed dossier"] = close(closed, office).id
    _hand_over(world, title)
    _propose(world, title)
    _foresee(world, title)


def _foresee(world: Any, title: str) -> None:
    organ_id = world.office.organ.id
    for year in (2023, 2024):
        key = new_id()
        catalogues.add_entry(
            key,
            organ_id,
            year=year,
            given=given(notation="05.KH", title=title),
            maker_id=None,
            by=world.actor("clerk"),
            now=NOW,
        )
        world.ids[f"entry {year}"] = key
    catalogues.approve_catalogue(organ_id, year=2023, by=world.actor("chair"), now=NOW)


def _exported(dossier_id: UUID, world: Any) -> UUID:
    export = exporting.ask_for_export(new_id(), dossier_id, by=world.actor("author"), now=NOW)
    exporting.write_export(export.id, now=NOW)
    return export.id


def _hand_over(world: Any, title: str) -> None:
    """One that waits for the archive, one whose minutes wait for the giver."""
    for what, notation in (("offered", "03.TCCB"), ("to sign", "04.TCCB")):
        dossier = make_dossier(world.office, notation=notation, title=title)
        put_file(dossier, world.office)
        close(dossier, world.office)
        transfer = transfers.offer_transfer(new_id(), [dossier.id], by=world.actor("author"), now=NOW)
        world.ids[f"{what} transfer"], world.ids[f"{what} dossier"] = transfer.id, dossier.id
    transfers.accept_transfer(world.ids["to sign transfer"], by=world.actor("clerk"), now=NOW)


def _propose(world: Any, title: str) -> None:
    """Two whose short retention was over long ago; one is proposed for destruction."""
    for what, notation in (("expired", "10.TCCB"), ("proposed", "11.TCCB")):
        dossier = make_dossier(world.office, notation=notation, title=title, retention="07", other_years=1)
        put_file(dossier, world.office)
        old = date(2020, 5, 4)
        world.ids[f"{what} dossier"] = close(dossier, world.office, start=old, end=old).id
    by = world.actor("clerk")
    destroying.propose_destruction(world.ids["proposed dossier"], new_id(), reason="Hết hạn", by=by, now=NOW)
    office = world.office
    world.ids["decision"] = DocumentFactory(
        author=office.author,
        organ=office.organ,
        type_code="QĐ",
        series="QĐ",
        notation="QĐ-UBND",
        number=900,
        year=2022,
        issued_date=date(2022, 12, 5),
        subject="Quyết định tiêu hủy hồ sơ hết hạn",
        issued=True,
    ).id
