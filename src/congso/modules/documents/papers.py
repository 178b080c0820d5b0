"""From a document's record to the paper that is drawn, and to the words in its fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.modules.documents import body as bodies
from congso.modules.documents import catalogue, notations, placing, rendering
from congso.modules.documents.catalogue import PaperStyle, PaperType
from congso.modules.documents.kinds import Circulation, Family, RecipientRole, Urgency
from congso.modules.documents.models import Document, Recipient
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.organs.models import OrganKind
from congso.shared.organs.queries import OrganLabel, committees_under, labels, organs_served
from congso.shared.people.capacity import MayNotSign, SigningCapacity, capacity_for
from congso.shared.people.models import Position
from congso.shared.people.queries import labels as position_labels

# Organs under a head print the organ they serve above their own name; a collegiate one stands alone.
_UNDER_A_HEAD = frozenset({OrganKind.DEPARTMENT, OrganKind.OFFICE})
_COMMITTEE = "Ủy ban nhân dân "
# Minutes are signed by who chaired and who wrote (annex III, form 1.9); for contracts there is no form.
_CHAIR = "CHỦ TỌA"
_SECOND: Mapping[str, tuple[str, ...]] = {Family.MINUTES: ("THƯ KÝ",), Family.CONTRACT: ("ĐẠI DIỆN BÊN B",)}


@dataclass(frozen=True, slots=True)
class PreparedPaper:
    """A paper ready to be signed: empty fields for number, date and both signatures."""

    pdf: bytes
    pages: int
    notation: str
    number_mark: str
    signer_name: str
    capacity_code: str
    capacity_lines: tuple[str, ...]


def prepared(document: Document, *, now: datetime) -> PreparedPaper:
    """Draw the paper and give it its fields; a paper that is a file from elsewhere gets them where its author put them.

    :raises congso.shared.people.capacity.MayNotSign: the signatory has no competence for it.
    """
    if document.uploaded_pdf_id is not None:
        return _prepared_file(document, document.uploaded_pdf_id, now=now)
    content, capacity = _content(document, now=now)
    paper = rendering.render(content)
    return PreparedPaper(
        pdf=signing.prepare_pdf(paper.pdf, paper.placements),
        pages=paper.pages,
        notation=content.notation,
        number_mark=content.number_mark,
        signer_name=content.signer_name,
        capacity_code=capacity.code,
        capacity_lines=content.capacity_lines,
    )


def preview(document: Document, *, now: datetime) -> rendering.Paper:
    """Draw the paper as it stands, marked as a preview; a signatory who may not sign leaves the capacity empty."""
    if document.uploaded_pdf_id is not None:
        return rendering.Paper(pdf=files.read(document.uploaded_pdf_id), pages=document.pages, placements={})
    content, _capacity = _content(document, now=now, is_preview=True)
    return rendering.render(content)


def fix_signer(document: Document, *, today: date) -> None:
    """Set signer, capacity and notation as they would be printed, on a paper that is not drawn here; nothing is saved.

    :raises congso.shared.people.capacity.MayNotSign: the signatory has no competence for it.
    """
    signatory = _signatory(document)
    if signatory is None:
        raise ValueError("A signed paper has a signatory")
    capacity = capacity_for(signatory, organ_id=document.organ_id, on=today, type_code=document.type_code)
    names = labels({document.organ_id, document.drafting_organ_id}, on=today)
    document.signer_name = signatory.person.full_name
    organ, drafting = names[document.organ_id], names[document.drafting_organ_id]
    paper_type, style = catalogue.type_now(document.type_code), catalogue.style_now(organ.kind)
    pattern = pattern_of(paper_type, style)
    document.capacity_code = capacity.code
    document.capacity_lines = list(printed_capacity(capacity, paper_type, style))
    document.notation = notation_of(document, pattern, organ, drafting)
    document.number_mark = notations.mark_of(pattern)


def _prepared_file(document: Document, file_id: str, *, now: datetime) -> PreparedPaper:
    fix_signer(document, today=clock.day_of(now))
    places = placing.from_json(document.places)
    covering = [name for name, place in places.items() if place.covers]
    return PreparedPaper(
        pdf=signing.prepare_pdf(files.read(file_id), places, covering=covering),
        pages=document.pages,
        notation=document.notation,
        number_mark=document.number_mark,
        signer_name=document.signer_name,
        capacity_code=document.capacity_code,
        capacity_lines=tuple(document.capacity_lines),
    )


def number_in_field(document: Document) -> str:
    """Return what is filled into the field ``so``: below ten with a leading zero.

    With its notation, on a file from elsewhere that does not print it.
    """
    is_whole = bool(document.places.get("so", {}).get("whole"))
    return document.number_text if is_whole else f"{document.number:02d}"


def date_in_field(document: Document) -> str:
    """Return what is filled into the field ``ngay``: ``ngày 05 tháng 02 năm 2024``, with zeros as the decree asks."""
    day = document.issued_date
    if day is None:
        raise ValueError("A numbered document has a date")
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"  # noqa: PLR2004 - January and February
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def pattern_of(paper_type: PaperType, style: PaperStyle) -> str:
    """Return the pattern of number and notation: a type without an abbreviation is named like a letter."""
    return style.notation if paper_type.abbreviation else style.letter_notation


def notation_of(document: Document, pattern: str, organ: OrganLabel, drafting: OrganLabel) -> str:
    """Return the notation: type and organ (``KH-UBND``); of a letter organ and drafting unit (``UBND-VP``)."""
    return notations.notation(
        pattern,
        abbreviation=catalogue.type_now(document.type_code).abbreviation,
        organ=organ.notation,
        unit="" if drafting.id == organ.id else drafting.notation,
    )


def _content(
    document: Document, *, now: datetime, is_preview: bool = False
) -> tuple[rendering.PaperContent, SigningCapacity]:
    today = clock.day_of(now)
    recipients = list(document.recipients.order_by("place"))
    organs = {to.organ_id for to in recipients if to.organ_id}
    names = labels({document.organ_id, document.drafting_organ_id, *organs}, on=today)
    organ, drafting = names[document.organ_id], names[document.drafting_organ_id]
    paper_type, style = catalogue.type_now(document.type_code), catalogue.style_now(organ.kind)
    signatory = _signatory(document)
    capacity = _capacity(document, signatory, now=now, is_preview=is_preview)
    to = [names[entry.organ_id] for entry in recipients if entry.organ_id and entry.role == RecipientRole.TO]
    told = [names[entry.organ_id] for entry in recipients if entry.organ_id and entry.role != RecipientRole.TO]
    by_name = _by_name(recipients)
    addressees = (*_grouped(to, document, today=today), *by_name) if paper_type.is_addressed else ()
    content = rendering.PaperContent(
        **_of_type(paper_type, style, organ),
        **_of_document(document),
        superior_lines=_superior_lines(organ, today=today),
        organ_lines=_organ_lines(organ),
        notation=notation_of(document, pattern_of(paper_type, style), organ, drafting),
        place=organ.place_name,
        decided_by=_decided_by(organ),
        addressees=addressees,
        capacity_lines=printed_capacity(capacity, paper_type, style),
        second_lines=_second_lines(document, paper_type),
        signer_name=signatory.person.full_name if signatory else "",
        recipients=tuple(_recipient_lines(to, told, by_name, document, today=today, is_addressed=bool(addressees))),
        archive=notations.filled(
            style.archive, organ=organ.notation, unit="" if drafting.id == organ.id else drafting.notation
        ),
        made_at=now,
        training=settings.CONGSO_TRAINING,
        preview=is_preview,
    )
    return content, capacity


def _of_type(paper_type: PaperType, style: PaperStyle, organ: OrganLabel) -> dict[str, Any]:
    """Return what the type and the organ's style print."""
    return {
        "family": paper_type.family,
        "title": paper_type.title,
        "resolves": paper_type.resolves,
        "country": style.country,
        "motto": style.motto,
        "under_organ": style.under_organ,
        "number_words": style.number_words,
        "number_mark": notations.mark_of(pattern_of(paper_type, style)),
        "addressed_by": f"{organ.name} điện:" if paper_type.family == Family.TELEGRAM else "Kính gửi:",
        "attached_to": paper_type.name,
        "organ_name": organ.name,
    }


def _of_document(document: Document) -> dict[str, Any]:
    """Return what the author said of the paper."""
    return {
        "subject": document.subject,
        "body": document.body,
        "images": {sha256: files.read(sha256) for sha256 in bodies.images_in(document.body)},
        "legal_bases": tuple(document.legal_bases),
        "urgency": str(Urgency(document.urgency).label).upper() if document.urgency else "",
        "circulation": str(Circulation(document.circulation).label).upper() if document.circulation else "",
        "drafter_mark": document.drafter_mark,
        "contact": document.contact,
        "second_signer": document.second_signer,
    }


def _second_lines(document: Document, paper_type: PaperType) -> tuple[str, ...]:
    """Return who signs on the left, line by line; what the type's sample says where the author said nothing."""
    lines = tuple(line.strip().upper() for line in document.second_title.split(" / ") if line.strip())
    return lines or _SECOND.get(paper_type.family, ())


def printed_capacity(capacity: SigningCapacity, paper_type: PaperType, style: PaperStyle) -> tuple[str, ...]:
    """Return the lines above the signature with the marks of the organ's kind: ``T/M BAN THƯỜNG VỤ``."""
    if paper_type.family == Family.MINUTES:
        return (_CHAIR,)
    marks = {
        "TM.": style.for_collective,
        "Q.": style.acting,
        "KT.": style.for_head,
        "TL.": style.by_order,
        "TUQ.": style.by_delegation,
    }
    return tuple(_marked(line, marks) for line in capacity.lines)


def _marked(line: str, marks: Mapping[str, str]) -> str:
    first, _space, rest = line.partition(" ")
    return f"{marks[first]} {rest}" if first in marks else line


def _signatory(document: Document) -> Position | None:
    if document.signatory_id is None:
        return None
    return Position.objects.select_related("person", "organ").get(id=document.signatory_id)


def _capacity(document: Document, signatory: Position | None, *, now: datetime, is_preview: bool) -> SigningCapacity:
    nobody = SigningCapacity("", ())
    if signatory is None:
        return nobody
    try:
        return capacity_for(signatory, organ_id=document.organ_id, on=clock.day_of(now), type_code=document.type_code)
    except MayNotSign:
        if is_preview:
            return nobody
        raise


def _organ_lines(organ: OrganLabel) -> tuple[str, ...]:
    """Break the name of a People's Committee after its collective, as the decree's sample does."""
    if organ.name.startswith(_COMMITTEE):
        return (_COMMITTEE.strip().upper(), organ.name.removeprefix(_COMMITTEE).upper())
    return (organ.name.upper(),)


def _superior_lines(organ: OrganLabel, *, today: date) -> tuple[str, ...]:
    if organ.kind not in _UNDER_A_HEAD:
        return ()
    above = organs_served(organ.id, on=today) - {organ.id}
    return tuple(label.name.upper() for label in labels(above, on=today).values())


def _decided_by(organ: OrganLabel) -> str:
    """Return who decides, above the legal bases of a decision."""
    return organ.name.upper()


def _grouped(organs: Iterable[OrganLabel], document: Document, *, today: date) -> list[str]:
    """Return the organs' names; all committees below the issuing organ become one line."""
    listed = list(organs)
    below = set(committees_under(document.organ_id, on=today)) if len(listed) > 1 else set()
    if len(below) > 1 and below.issubset({organ.id for organ in listed}):
        return [str(_("UBND các xã, thị trấn")), *(organ.short_name for organ in listed if organ.id not in below)]
    return [organ.short_name for organ in listed]


def _by_name(recipients: Sequence[Recipient]) -> list[str]:
    """Return persons with their titles, then who gets it on paper."""
    people = position_labels([to.position_id for to in recipients if to.position_id])
    persons = [people[to.position_id] for to in recipients if to.position_id]
    return [*(f"{label.full_name}, {label.title}" for label in persons), *(to.name for to in recipients if to.name)]


def _recipient_lines(
    to: Sequence[OrganLabel],
    told: Sequence[OrganLabel],
    by_name: Sequence[str],
    document: Document,
    *,
    today: date,
    is_addressed: bool,
) -> list[str]:
    """Return «Nơi nhận»; whom the paper addresses above its body is only «Như trên» here."""
    named = [*_grouped(to, document, today=today), *by_name]
    lines = [str(_("Như trên"))] if is_addressed else named
    return [*lines, *_grouped(told, document, today=today)]
