"""What the draft's form begins with, and what it offers."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import body as bodies
from congso.modules.documents import catalogue, permissions
from congso.modules.documents.commands.layout import LONGEST as LAYOUT_PARTS
from congso.modules.documents.kinds import RecipientRole, TypeCode, Urgency
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.queries import choices
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.queries.lists import register_organ
from congso.shared.organs.queries import organs_served
from congso.shared.people.models import Position


def blank(by: Actor, *, answering: UUID | None = None) -> dict[str, Any]:
    """Return the first values of an empty form; of a reply, subject and recipients come from what is answered."""
    values: dict[str, Any] = {
        "organ": str(register_organ(by) or ""),
        "type_code": TypeCode.PLAN.value,
        "urgency": Urgency.ORDINARY,
        "version": 0,
        "as_position": by.position_id,
    }
    if answering is None:
        return values
    incoming = access_incoming(answering, by=by, to=permissions.ANSWER)
    return values | _answer(incoming)


def typed(document: Document) -> dict[str, Any]:
    """Return a draft as its form shows it."""
    recipients = list(document.recipients.order_by("place"))
    reviewers = document.reviews.filter(round=document.review_round).order_by("place")
    return {
        "secret": "no",
        "organ": str(document.organ_id),
        "type_code": document.type_code,
        "subject": document.subject,
        "legal_bases": "\n".join(document.legal_bases),
        "body_json": json.dumps(document.body, ensure_ascii=False),
        "body_text": bodies.to_text(document.body),
        "signatory": str(document.signatory_id or ""),
        "reviewers": [str(review.reviewer_id) for review in reviewers],
        "to": [str(to.organ_id) for to in recipients if to.organ_id and to.role == RecipientRole.TO],
        "informed": [str(to.organ_id) for to in recipients if to.role == RecipientRole.FOR_INFORMATION],
        "persons": [str(to.position_id) for to in recipients if to.position_id],
        "on_paper": "\n".join(f"{to.name}; {to.address}; {to.copies}" for to in recipients if to.name),
        "reply_due_date": document.reply_due_date,
        "urgency": document.urgency,
        **{name: getattr(document, name) for name in LAYOUT_PARTS},
        "version": document.edit_version,
        "as_position": document.author_id,
        "reply_to": document.reply_to_id,
    }


def offered(
    by: Actor, *, as_position: UUID | None = None, chosen: Sequence[UUID] = (), type_code: str = ""
) -> dict[str, Any]:
    """Return the choices of the form by field.

    :param as_position: the hat that the form was opened with, which may have lapsed since.
    :param type_code: what the draft has; it stays on offer though it is no longer chosen for new ones.
    """
    today = clock.today()
    position = _own_position(by, as_position or by.position_id)
    own = position.organ_id if position else by.organ_id
    if own is None:
        return {name: [] for name in ("organ", "type_code", "signatory", "reviewers", "to", "informed", "persons")}
    organ_ids = sorted(organs_served(own, on=today))
    organs = choices.issuing_organs(organ_ids, today)
    main = organs[0].id if organs else own
    recipients = choices.recipients(main, today, chosen=chosen)
    around = [UUID(key) for key, _name in recipients if key != choices.ALL_BELOW]
    return {
        "organ": [(str(organ.id), organ.name) for organ in organs],
        "type_code": catalogue.choices({organ.kind for organ in organs}, also=type_code),
        "signatory": choices.signatories(organ_ids, today),
        "reviewers": choices.reviewers(organ_ids, today, except_for=position.id if position else None),
        "to": recipients,
        "informed": recipients,
        "persons": choices.persons(organ_ids, around, today),
    }


def _own_position(by: Actor, position_id: UUID | None) -> Position | None:
    if position_id is None or by.person_id is None:
        return None
    return Position.objects.filter(id=position_id, person=by.person_id).first()


def chosen_organs(values: Any) -> list[UUID]:
    """Return the organs that a form, or its first values, names as recipients."""
    found = []
    for name in ("to", "informed"):
        listed = values.getlist(name) if hasattr(values, "getlist") else values.get(name, [])
        for value in listed:
            try:
                found.append(UUID(str(value)))
            except ValueError:
                continue
    return found


def _answer(incoming: Incoming) -> dict[str, Any]:
    subject = _("Kết quả thực hiện %(type)s số %(number)s ngày %(date)s của %(sender)s") % {
        "type": incoming.type_name,
        "number": incoming.number_text,
        "date": f"{incoming.document_date:%d/%m/%Y}",
        "sender": incoming.sender_text,
    }
    return {
        "type_code": TypeCode.REPORT.value,
        "subject": subject,
        "to": [str(incoming.sender_id)] if incoming.sender_id else [],
        "reply_to": incoming.id,
    }
