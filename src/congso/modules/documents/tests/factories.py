"""Makers of papers for tests, and the people around them."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import body as bodies
from congso.modules.documents import commands
from congso.modules.documents.commands import DraftInput
from congso.modules.documents.kinds import DocumentState, IncomingState, RecipientRole, Verdict
from congso.modules.documents.models import Document, Incoming
from congso.shared.accounts.queries import actor_for
from congso.shared.files.models import StoredFile
from congso.shared.organs.models import Organ, OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.models import Position
from congso.shared.people.tests.factories import PositionFactory

NOW = datetime(2023, 11, 29, 2, 0, tzinfo=UTC)  # 9:00 in Hanoi
LATER = NOW + timedelta(hours=1)
TODAY = date(2023, 11, 29)


@dataclass(frozen=True, slots=True)
class Office:
    """An organ with everyone that a paper passes."""

    organ: Organ
    drafting: Organ
    author: Position
    reviewer: Position
    chair: Position
    clerk: Position

    def actor(self, role, on=TODAY) -> Actor:
        """Return the actor of one of the positions: author, reviewer, chair, clerk."""
        return actor_for(getattr(self, role).id, on=on)


def make_district() -> Office:
    """A district committee with an office that drafts for it."""
    committee = OrganFactory.create(
        place_name="Nông Cống",
        place_name__name="Ủy ban nhân dân huyện Nông Cống",
        place_name__short_name="UBND huyện Nông Cống",
    )
    office = OrganFactory.create(
        kind=OrganKind.OFFICE,
        serves=committee,
        place_name="Nông Cống",
        place_name__name="Văn phòng HĐND và UBND huyện",
        place_name__short_name="Văn phòng",
        place_name__notation="VP",
    )
    return Office(
        organ=committee,
        drafting=office,
        author=PositionFactory.create(organ=office),
        reviewer=PositionFactory.create(organ=office, head=True),
        chair=PositionFactory.create(organ=committee, chair=True),
        clerk=PositionFactory.create(organ=committee, clerk=True),
    )


def make_commune(place="Thăng Long") -> Office:
    """A commune committee: everybody sits in it."""
    committee = OrganFactory.create(place_name=place)
    return Office(
        organ=committee,
        drafting=committee,
        author=PositionFactory.create(organ=committee),
        reviewer=PositionFactory.create(organ=committee, deputy=True),
        chair=PositionFactory.create(organ=committee, chair=True),
        clerk=PositionFactory.create(organ=committee, clerk=True),
    )


def body_of(text="Nội dung kế hoạch.") -> dict[str, Any]:
    return bodies.from_text(text)


def draft_input(office: Office, *to, **more) -> DraftInput:
    """Return what an author of ``office`` types for a complete plan to the organs ``to``."""
    values: dict[str, Any] = {
        "organ_id": office.organ.id,
        "type_code": "KH",
        "subject": "Kế hoạch tuyên truyền chuyển đổi số quý I năm 2024",
        "body": body_of(),
        "signatory_id": office.chair.id,
        "reviewer_ids": [office.reviewer.id],
        "recipients": [(organ.id, RecipientRole.TO) for organ in to],
    }
    return DraftInput(**values | more)


class StoredFileFactory(DjangoModelFactory[StoredFile]):
    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"tệp {n}".encode()).hexdigest())
    size = 1000
    media_type = "application/pdf"
    stored_at = NOW

    class Meta:
        model = StoredFile


class DocumentFactory(DjangoModelFactory[Document]):
    """A draft; ``approved``, ``signed``, ``numbered``, ``sealed`` and ``issued`` are rows that have come so far."""

    author = factory.SubFactory(PositionFactory)
    organ = factory.SelfAttribute("author.organ")
    drafting_organ = factory.SelfAttribute("author.organ")
    type_code = "KH"
    subject = "Kế hoạch tuyên truyền"
    body = factory.LazyFunction(body_of)
    created_at = NOW
    changed_at = NOW

    class Meta:
        model = Document

    class Params:
        approved = factory.Trait(
            state=DocumentState.APPROVED,
            signatory=factory.SubFactory(PositionFactory, deputy=True, organ=factory.SelfAttribute("..organ")),
            notation="KH-UBND",
            approved_pdf=factory.SubFactory(StoredFileFactory),
            approved_at=NOW,
            pages=2,
        )
        signed = factory.Trait(
            approved=True,
            state=DocumentState.SIGNED,
            signed_pdf=factory.SubFactory(StoredFileFactory),
            signed_at=NOW,
        )
        numbered = factory.Trait(
            signed=True,
            state=DocumentState.NUMBERED,
            series="KH",
            year=2023,
            number=factory.Sequence(lambda n: n + 1),
            issued_date=TODAY,
            numbered_at=NOW,
            numbered_pdf=factory.SubFactory(StoredFileFactory),
        )
        sealed = factory.Trait(
            numbered=True,
            state=DocumentState.SEALED,
            sealed_pdf=factory.SubFactory(StoredFileFactory),
            sealed_at=NOW,
            leader_validated=True,
            organ_validated=True,
        )
        issued = factory.Trait(sealed=True, state=DocumentState.ISSUED, issued_at=NOW)


class IncomingFactory(DjangoModelFactory[Incoming]):
    """A paper at the door whose signatures are valid; ``registered`` has its arrival number."""

    organ = factory.SubFactory(OrganFactory)
    sender_text = "Ủy ban nhân dân huyện Mẫu"
    number_text = factory.Sequence(lambda n: f"{n + 15}/KH-UBND")
    document_date = TODAY
    type_code = "KH"
    subject = "Kế hoạch tuyên truyền"
    file = factory.SubFactory(StoredFileFactory)
    pages = 2
    verdict = Verdict.PASSED
    state = IncomingState.VALIDATED
    arrived_at = NOW

    class Meta:
        model = Incoming

    class Params:
        registered = factory.Trait(
            state=IncomingState.REGISTERED,
            arrival_year=2023,
            arrival_number=factory.Sequence(lambda n: n + 1),
            registered_at=NOW,
        )


def hanoi(hour: int, minute: int = 0) -> datetime:
    """Return a moment of ``TODAY`` in Hanoi."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=clock.HANOI)


def drawn_and_signed(office: Office, *to, **more) -> Document:
    """Return a document with a real prepared file that stands as its signed one, for tests that are not of signing."""
    by = office.actor("author")
    draft = draft_input(office, *(to or [OrganFactory()]), reviewer_ids=[], **more)
    document = commands.create_draft(new_id(), draft, by=by, now=NOW)
    document = commands.submit_for_review(document.id, by=by, now=NOW)
    document.signed_pdf, document.signed_at = document.approved_pdf, NOW
    document.state = DocumentState.SIGNED
    document.save()
    return document
