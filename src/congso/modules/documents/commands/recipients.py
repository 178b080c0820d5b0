"""Where a paper goes: organs, persons, addressees on paper; and noting that printed copies were sent."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.modules.documents import permissions
from congso.modules.documents.kinds import RecipientRole
from congso.modules.documents.models import Document, Recipient
from congso.shared import journal

MOST_COPIES = 999
LONGEST_NAME, LONGEST_ADDRESS = 200, 300


class SendingDayAhead(DomainError):
    code = "documents.sending_day_ahead"
    message = _("Ngày gửi %(day)s chưa tới, hoặc trước ngày ban hành văn bản. Chưa có gì được ghi.")
    status = 422


@dataclass(frozen=True, slots=True)
class PaperAddressee:
    """Who has no account and gets printed copies by post or by hand."""

    name: str
    address: str = ""
    copies: int = 1


@transaction.atomic(savepoint=False)
def set_recipients_step(
    document: Document,
    organs: Sequence[tuple[UUID, str]],
    *,
    persons: Sequence[UUID] = (),
    on_paper: Sequence[PaperAddressee] = (),
) -> None:
    """Replace the recipients of a draft by these, in the order of «Nơi nhận»: organs, persons, addressees on paper.

    :raises InvalidInput: an addressee without a name, or with no copy, too many, or too long a text.
    """
    document.recipients.all().delete()
    found = [Recipient(organ_id=organ_id, role=RecipientRole(role)) for organ_id, role in dict(organs).items()]
    found += [Recipient(position_id=position_id) for position_id in dict.fromkeys(persons)]
    found += [_addressed(addressee) for addressee in dict.fromkeys(on_paper)]
    for place, recipient in enumerate(found):
        recipient.document, recipient.place = document, place
    Recipient.objects.bulk_create(found)


@transaction.atomic(durable=True)
def mark_sent_on_paper(recipient_ids: Collection[UUID], *, sent_date: date, by: Actor, now: datetime) -> int:
    """Note the day on which printed copies left the house; return how many were not noted before.

    :raises NotFound: one of them is no addressee of an issued paper that ``by`` may see.
    :raises NotPermitted: ``by`` is not the records clerk of its organ.
    :raises SendingDayAhead: the day is to come, or lies before the paper's own.
    """
    wanted = (
        Recipient.objects.select_for_update(of=("self",))
        .filter(id__in=recipient_ids, document__in=Document.objects.visible_to(by), copies__gte=1)
        .select_related("document")
    )
    found = list(wanted.filter(document__issued_at__isnull=False).order_by("document_id", "place"))
    if {recipient.id for recipient in found} != set(recipient_ids):
        raise NotFound
    waiting = [recipient for recipient in found if recipient.sent_date is None]
    for recipient in waiting:
        if not permissions.ISSUE.allows(by, recipient.document):
            raise NotPermitted
        issued = recipient.document.issued_date
        if sent_date > clock.day_of(now) or (issued is not None and sent_date < issued):
            raise SendingDayAhead(day=f"{sent_date:%d/%m/%Y}")
    Recipient.objects.filter(id__in=[recipient.id for recipient in waiting]).update(sent_date=sent_date)
    for document_id in dict.fromkeys(recipient.document_id for recipient in waiting):
        copies = sum(recipient.copies for recipient in waiting if recipient.document_id == document_id)
        journal.record("documents.sent_on_paper", subject_id=document_id, by=by, at=now, count=copies)
    return len(waiting)


def _addressed(addressee: PaperAddressee) -> Recipient:
    name = unicodedata.normalize("NFC", " ".join(addressee.name.split()))
    address = unicodedata.normalize("NFC", " ".join(addressee.address.split()))
    if not name:
        raise InvalidInput(detail=_("nơi nhận bản giấy cần có tên"))
    if len(name) > LONGEST_NAME or len(address) > LONGEST_ADDRESS:
        raise InvalidInput(detail=_("tên hoặc địa chỉ nơi nhận bản giấy quá dài"))
    if not 1 <= addressee.copies <= MOST_COPIES:
        raise InvalidInput(detail=_("số bản giấy phải từ 1 đến 999"))
    return Recipient(name=name, address=address, copies=addressee.copies)
