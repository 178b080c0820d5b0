"""One world: a commune with papers in every state, the commune beside it, the district above it.

Everything that belongs to the commune carries ``MARK`` in its words, so that a leak is found by searching a page.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from typst import Compiler

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import commands, findable, series, signables
from congso.modules.documents.commands import CopyInput, DirectionInput, PaperAddressee
from congso.modules.documents.kinds import DocumentState, IncomingState, RecipientRole, ReviewState, StackState
from congso.modules.documents.models import Direction, Document, RegisterKind, RegisterMedia, ScanStack
from congso.modules.documents.registers import keeping, writing
from congso.modules.documents.registers.filters import RegisterFilter
from congso.modules.documents.scans import passing
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    Office,
    body_of,
    draft_input,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared import files, numbering
from congso.shared.accounts import tokens
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import PASSWORD, sign_in
from congso.shared.areas.models import AreaKind
from congso.shared.areas.tests.factories import AreaFactory
from congso.shared.figures.folding import fold
from congso.shared.keys.tests.factories import PIN, made_key
from congso.shared.notify.models import Notice
from congso.shared.organs.models import OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.models import Position
from congso.shared.people.tests.factories import PositionFactory
from tests.access.shelving import make_dossiers
from tests.access.writing import keep_for_later, put_pictures

MARK = "sông Hoàng"
OWN = ("author", "colleague", "head", "chair", "clerk", "admin")
FOREIGN = ("other-author", "other-head", "other-chair", "other-clerk", "other-admin")
ABOVE = ("up-clerk", "up-head")
ANONYMOUS = "nobody"
ROLES = (*OWN, *FOREIGN, *ABOVE, ANONYMOUS)


@dataclass(slots=True)
class World:
    """Positions by role, ids by the word that the table uses for the record."""

    office: Office
    positions: dict[str, Position] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        return actor_for(self.positions[role].id, on=TODAY)

    def client(self, role: str) -> Client:
        """Return a fresh browser in which that role is signed in."""
        client = Client()
        if role != ANONYMOUS:
            client.cookies["sessionid"] = self.sessions[role]
        return client

    def subject(self, what: str) -> str:
        return f"Kế hoạch nạo vét {MARK}, {what}"


def make_world() -> World:
    """Make the world; the clock stands at ``NOW``, a transaction is open or the test cleans up."""
    province = AreaFactory(kind=AreaKind.DISTRICT, name="Nông Cống")
    district = OrganFactory(
        area=province,
        place_name="Nông Cống",
        place_name__name="Ủy ban nhân dân huyện Nông Cống",
        place_name__short_name="UBND huyện Nông Cống",
    )
    department = OrganFactory(
        kind=OrganKind.DEPARTMENT, serves=district, place_name="Nông Cống", place_name__short_name="Phòng VHTT"
    )
    home, other = (
        OrganFactory(place_name=name, parent=district, area=AreaFactory(name=name, parent=province))
        for name in ("Thăng Long", "Tế Lợi")
    )
    staff = {**_staff(home, ""), **_staff(other, "other-")}
    staff["up-clerk"] = PositionFactory(organ=district, clerk=True)
    staff["up-chair"] = PositionFactory(organ=district, chair=True)
    staff["up-head"] = PositionFactory(organ=department, head=True, title="Trưởng phòng")
    world = World(Office(home, home, staff["author"], staff["head"], staff["chair"], staff["clerk"]), staff)
    _sign_everybody_in(world)
    _keep_registers(world)
    _write(world)
    put_pictures(world.ids)
    keep_for_later(world)
    _receive(world)
    make_dossiers(world, f"Hồ sơ nạo vét {MARK}")
    run = commands.begin_bulk(
        new_id(), act="issue", subject_ids=[world.ids["sealed"]], by=world.actor("clerk"), now=NOW
    )
    world.ids["run"] = run.id
    world.ids["organ"] = home.id
    world.ids["notice"] = Notice.objects.filter(position=staff["author"]).latest("at").id
    fold(now=NOW)
    return world


def _staff(organ: Any, prefix: str) -> dict[str, Position]:
    return {
        f"{prefix}author": PositionFactory(organ=organ),
        f"{prefix}head": PositionFactory(organ=organ, head=True, unit_name="Văn phòng"),
        f"{prefix}chair": PositionFactory(organ=organ, chair=True),
        f"{prefix}clerk": PositionFactory(organ=organ, clerk=True),
        f"{prefix}admin": PositionFactory(organ=organ, administrator=True),
    } | ({} if prefix else {"colleague": PositionFactory(organ=organ)})


def _sign_everybody_in(world: World) -> None:
    for role, position in world.positions.items():
        client = Client()
        sign_in(client, position)
        world.sessions[role] = client.cookies["sessionid"].value
    telephone = Client()
    sign_in(telephone, world.positions["author"])
    world.ids["device"] = UUID(telephone.session["public_id"])
    made = tokens.make_token(
        new_id(),
        name="Cổng tỉnh",
        days=30,
        password=PASSWORD,
        by=world.actor("author"),
        now=NOW,
        real_now=datetime.now(UTC),
    )
    world.ids["token"] = made.token.id


def _write(world: World) -> None:
    """Outgoing papers: the first steps by commands with a real file, one issued with real signatures, the rest rows."""
    office = world.office
    made_key("person", office.chair.person_id, now=NOW)
    made_key("organ", office.organ.id, now=NOW)
    receiver = OrganFactory(place_name="Trung Chính")
    world.ids["receiver"] = receiver.id
    for what in ("draft", "in_review", "returned", "approved", "signing", "issued"):
        _begin(world, what, receiver)
    for what in ("draft", "issued"):
        _attach(world, what)
    _begin(world, "draft file paper", receiver)
    commands.take_pdf(world.ids["draft file paper"], _pdf(), name="ke-hoach.pdf", by=world.actor("author"), now=NOW)
    author, head = world.actor("author"), world.actor("head")
    for what in ("in_review", "returned", "approved", "signing", "issued"):
        commands.submit_for_review(world.ids[what], by=author, now=NOW)
    # Asked a week ago, so that the turn may be passed over; one more comes later.
    reviewed = Document.objects.get(id=world.ids["in_review"])
    reviewed.reviews.update(asked_at=NOW - timedelta(days=7))
    reviewed.reviews.create(reviewer=office.chair, round=1, place=1)
    commands.return_to_author(world.ids["returned"], reason="Nêu rõ kinh phí", by=head, now=NOW)
    for what in ("approved", "signing", "issued"):
        commands.initial(world.ids[what], by=head, now=NOW)
    run_jobs()
    _confirm(world, "issued", "chair")
    run_jobs()
    signed_file = Document.objects.get(id=world.ids["issued"]).signed_pdf_id
    commands.number_document(world.ids["issued"], by=world.actor("clerk"), now=NOW)
    numbered = Document.objects.get(id=world.ids["issued"])
    _confirm(world, "issued", "clerk")
    run_jobs()
    commands.issue_document(world.ids["issued"], by=world.actor("clerk"), now=NOW)
    run_jobs()
    whole = Document.objects.get(id=world.ids["issued"])
    world.ids["copy"] = commands.copy_document(
        world.ids["issued"], new_id(), CopyInput("SY"), by=world.actor("clerk"), now=NOW
    ).id
    world.ids["on paper"] = whole.recipients.get(copies=2).id
    files = {"approved_pdf_id": whole.approved_pdf_id, "signed_pdf_id": signed_file}
    later = {"numbered_pdf_id": numbered.numbered_pdf_id, "sealed_pdf_id": whole.sealed_pdf_id}
    _row(world, "signed", signed=True, **files)
    _row(world, "numbered", numbered=True, numbered_pdf_id=numbered.numbered_pdf_id, **files)
    _row(world, "sealed", sealed=True, **files, **later)
    _row(world, "withdrawn", state=DocumentState.WITHDRAWN, withdrawal_reason="Không cần nữa", withdrawn_at=NOW)
    for what, role in (("approved", "chair"), ("numbered", "clerk")):
        document = Document.objects.get(id=world.ids[what])
        commands.mark_read(document.id, str(document.file_id), by=world.actor(role), now=NOW)
    world.ids["request"] = _confirm(world, "signing", "chair")
    for what in ("to_recall", "recalled"):
        _row(world, what, issued=True, **files, **later)
        why = f"Sai diện tích bên {MARK}"
        commands.order_recall(world.ids[what], reason=why, by=world.actor("chair"), now=NOW)
    commands.carry_out_recall(world.ids["recalled"], by=world.actor("clerk"), now=NOW)


def _begin(world: World, what: str, receiver: Any) -> None:
    draft = draft_input(
        world.office,
        receiver,
        subject=world.subject(what),
        body=body_of(f"Nạo vét {MARK}."),
        persons=[world.positions["colleague"].id],
        on_paper=[PaperAddressee("Hợp tác xã Mẫu", copies=2)],
    )
    document = commands.create_draft(new_id(), draft, by=world.actor("author"), now=NOW)
    world.ids[what], world.versions[what] = document.id, document.edit_version


def _pdf() -> bytes:
    return Compiler(input=f"Danh sách {MARK}".encode()).compile(format="pdf")


def _attach(world: World, what: str) -> None:
    """Put a file with the paper; another one that was taken out again."""
    pdf = _pdf()
    by = world.actor("author")
    for word in (f"{what} file", f"{what} file taken out"):
        world.ids[word] = new_id()
        commands.attach(world.ids[what], world.ids[word], pdf, name=f"Danh sách {MARK}.pdf", by=by, now=NOW)
    commands.remove_attachment(world.ids[what], world.ids[f"{what} file taken out"], by=by, now=NOW)


def _confirm(world: World, what: str, role: str) -> UUID:
    """Read the paper and confirm its next signature."""
    document, by = Document.objects.get(id=world.ids[what]), world.actor(role)
    commands.mark_read(document.id, str(document.file_id), by=by, now=NOW)
    [info] = signables.describe([document.id], by)
    return signing.request_signatures([info.order], pin=PIN, by=by, now=NOW)


def _row(world: World, what: str, **values: Any) -> None:
    office = world.office
    values |= {"id": new_id(), "author": office.author, "signatory": office.chair, "subject": world.subject(what)}
    if values.keys() & {"numbered", "sealed", "issued"}:
        values["number"] = numbering.take_next(
            series.key_of(office.organ.id, "KH", TODAY.year), subject_id=values["id"], at=NOW
        )
    document = DocumentFactory(**values)
    document.reviews.create(
        reviewer=office.reviewer, round=1, place=0, state=ReviewState.INITIALLED, asked_at=NOW, decided_at=NOW
    )
    document.recipients.create(organ=OrganFactory(place_name="Minh Khôi"), role=RecipientRole.TO, place=0)
    world.ids[what] = document.id


def _receive(world: World) -> None:
    """Incoming papers in their states: whoever directs, leads and supports is known."""
    office = world.office
    file_id = Document.objects.get(id=world.ids["issued"]).sealed_pdf_id
    for what in ("arrived", "broken", "registered", "directed", "in_progress", "closed", "sent_back", "recalled"):
        values: dict[str, Any] = {"registered": what not in {"arrived", "broken", "sent_back", "recalled"}}
        if what == "recalled":
            values |= {"state": IncomingState.RECALLED, "recall_reason": "Nhầm", "recalled_at": NOW}
        if what == "sent_back":
            values = {"state": IncomingState.RETURNED, "return_reason": "Không thuộc thẩm quyền"}
        if what == "broken":
            values["verdict"] = "failed"
        paper = IncomingFactory(
            organ=office.organ,
            subject=world.subject(f"{what} in"),
            file_id=file_id,
            arrived_at=datetime(2023, 11, 28, 2, tzinfo=UTC),
            **values,
        )
        world.ids[f"{what} in"] = paper.id
        if paper.arrival_number is not None:
            findable.index_incoming(paper)
    order = DirectionInput(
        lead=office.author.id, support=[office.reviewer.id], text="Khẩn trương", due_date=TODAY + timedelta(days=3)
    )
    _stack(world)
    for what in ("directed in", "in_progress in"):
        commands.direct_incoming(world.ids[what], order, by=world.actor("chair"), now=NOW)
    world.ids["order"] = Direction.objects.get(incoming=world.ids["directed in"]).id
    commands.take_on(world.ids["in_progress in"], by=world.actor("author"), now=NOW)
    to_know = DirectionInput(lead=None, informed=[office.author.id], only_to_know=True)
    commands.direct_incoming(world.ids["closed in"], to_know, by=world.actor("chair"), now=NOW)


def _keep_registers(world: World) -> None:
    """A register of the clerk as a file, one that is closed, a filter that the clerk keeps."""
    by, organ_id = world.actor("clerk"), world.office.organ.id
    book, whole = RegisterKind.INCOMING, RegisterFilter()
    asked = writing.ask_for_file(
        new_id(), organ_id, kind=book, year=NOW.year, asked=whole, media=RegisterMedia.PDF, by=by, now=NOW
    )
    closing = writing.close_register(organ_id, kind=book, year=NOW.year - 1, by=by, now=NOW)
    run_jobs()
    kept = keeping.save_filter("documents:incoming", name="Quá hạn", query="state=late", by=by, now=NOW)
    world.ids |= {"register file": asked.id, "closed register": closing.id, "kept filter": kept.id}


def _stack(world: World) -> None:
    """A stack of two papers of a page each, ready to be entered."""
    key, pdf = passing.new_key(), files.read(Document.objects.get(id=world.ids["issued"]).sealed_pdf_id or "")
    stack = ScanStack.objects.create(
        organ=world.office.organ,
        taken_by=world.office.clerk,
        taken_at=NOW,
        came_by="post",
        state=StackState.READY,
        files=[{"name": "a.pdf", "media": "application/pdf", "pages": 2}],
        key=key,
        papers=[[0], [1]],
    )
    for place in (0, 1):
        stack.pages.create(place=place, file=0, file_place=0, is_read=True, is_typed=True)
        for size in ("small", "shown"):
            passing.keep(stack.id, f"{size}-{place}", b"RIFF", key=key)
    passing.keep(stack.id, "file-0", pdf, key=key)
    world.ids["stack"] = stack.id
